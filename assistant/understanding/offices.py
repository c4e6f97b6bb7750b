"""Offices in ordinary sentences: the unit that a message begins with or says it is, and who is over it."""

from __future__ import annotations

import re

from assistant.understanding.clauses import is_stated
from assistant.understanding.reading import Reading

ORG_END = (
    "(?:"
    "管理局|分局|局|管理处|办事处|处|科室|科|股|中心(?![小中]学|幼儿园|学校|卫生院|医院|校)|总站|工作站|服务站|站|研究所"
    "|派出所|卫生所|事务所|所|医院|卫生院|法院|检察院|学院|研究院|院|厅|管委会"
    "|管理委员会|居委会|村委会|委员会|卫健委|发改委|教体委|农委|经信委|住建委|国资委"
    "|政法委|纪委|党委|团委|编委|办公室|办|总队|支队|大队|中队|消防队|工作队|队"
    "|博物馆|图书馆|文化馆|美术馆|体育馆|档案馆|科技馆|馆|幼儿园|学校|大学|中学|小学"
    "|[党技体卫艺戏聋盲特职]校|公司|集团|社区|街道|乡政府|镇政府|人民政府|政府|宣传部|组织部|统战部"
    "|武装部|部|署|联合会|协会|总会|学会|商会|妇联|残联|文联|侨联|科协|工会|总工会"
    "|公路段|工务段|段|供销社|合作社|出版社|报社|电视台|广播台|气象台|天文台|动物园|植物园|公园|园区"
    "|疾控|林场|牧场|农场|水库|苗圃|基地|兵团|师|团|委|会|乡|镇"
    ")"
)
_AUTHORITY_END = (
    "(?:管理局|局|厅|委员会|管委会|卫健委|发改委|教体委|农委|经信委|住建委|国资委|政法委|纪委|法院|检察院|办公室|办事处"
    "|街道办|网信办|编办|文明办|老龄办|人防办|外事办|信访办|政府办|党政办|府办|振兴办|关工委|工信委|总队|支队|大队|中队|残联|妇联|文联|侨联|科协|工会|联合会|供销社|政府|团委|宣传部|组织部|统战部|武装部|疾控|团[省市区县州]委"
    "|(?:机关事务|疾病预防控制|疾控|妇幼保健|公共资源交易|政务服务|会计核算|融媒体|不动产登记|国库集中支付|农业技术推广|应急救援"
    "|动物疫病预防控制|城市管理|市政管理|园林绿化|救助管理|就业服务|社会保险|医疗保障|大数据|信访接待)(?:管理|服务)?中心)"
)
_BODY_END = (
    "中心(?![小中]学|幼儿园|学校|卫生院|医院|校)"
    "|处|科室|科|所|院|馆|[党技体卫艺戏聋盲特职]校|学校|中学|小学|大学|学院|幼儿园|公司|集团|(?<![排插列组])队|公路段|站|街道|乡|镇"
)
_INSTITUTION_END = rf"(?:{_AUTHORITY_END}|{_BODY_END})"
ORG = (
    rf"[\u3400-\u9fffA-Za-z0-9·（）()]{{0,40}}?{ORG_END}(?![\u3400-\u9fff]{{0,12}}{ORG_END}(?:$"
    rf"|[，。；！的]))"
)
_NOT_A_VALUE = re.compile(
    r"^(?:呢|吗|还|没|未|不(?!动产|锈|孕)|和|与|、|要(?!素)|怎么|怎样|什么|哪|啥|多少|谁|错|应该|的|有"
    r"|在|改|填|写|空(?![气调中军港心巢])|待|需要|可以|可不|能|会|我|你|"
    r"名称|名字|少了|多了|漏了?|[打搞弄记]错|一样|同上|为了|因为|由于|去年|今年|上年|：)"
)
_DOES_SOMETHING = (
    r"采购|购置|购买|新购|新建|改建|扩建|建设|改造|维修|修缮|发放|组织|举办|开展|培训|委托|聘请|承办|实施|奖补|补助"
    r"|支持|办理|养护|引进|安装|慰问|更换|租赁|化解|推广|筛查|加装|铺设|[拍配建修装种]"
)
NAME_END = (
    "(?:"
    "项目|工程|计划|行动|专项资金|补助资金|奖补资金|资金|专项经费|工作经费|经费|补助费"
    "|生活补助|补助|补贴|津贴|救助|奖励|奖补|支出|购置|采购|培训|培训班|活动|大赛"
    "|展览|展会|会议|规划|编制费|改造|建设|维修|维护|运维|养护|管护|保养|运营|推广|宣传|演练|论坛|运动会|博览会|艺术节|文化节|比赛|竞赛|研究|开发|系统|平台|服务|普查|调查|检测|监测"
    "|治理|修复|整治|(?<=[\u3400-\u9fff]{4})保护|费|事业|试点|示范|数字化|信息化|慰问|储备|接种|绿化|保洁|管理|招商引资|援助|保障|防治"
    "|防控|筛查|抽查|排查|节|赛|会演|下乡|扩容|(?<!有效)(?<!明显)(?<!显著)(?<!持续)(?<!稳步)(?<!逐步)提升|处置|处理|更新|升级|整改|测绘|修编|评估|审计|鉴定|监理|租赁|供暖|取暖"
    "|安保|看护|托育|义诊|征收|搬迁|安置|帮扶|助学|资助|放映|出版|印制|制作|拍摄|孵化|推介|参展|办案|执法|巡护|抢险|救灾|轮换|除险|加固"
    "|助学金|奖学金|慰问金|抚恤金|保障金|免费开放|引进|招聘|评选|作业|造林|清运|清淤|抽检|防疫|安装|更换"
    ")"
)
"""How the names of projects end."""
_NO_OFFICE = (
    r"(?!我|们|你|您|他|这|那|该|本(?!溪)|此|请|帮|项目|去年|今年|上年|明年|在|由|是|给|为|对|向|从|把|将|新建|改造|建设|修|采购|购置"
    r"|开展|举办|组织|实施|完成|主管|实施|承担|上级|单位|计划|预算)"
)
_BEGINS = (
    r"(?:^|[。；！\n]|^[^，。]{0,12}(?:表|吧|好|下)，)(?:你好[，！]?|您好[，！]?)?(?:请|麻烦)?(?:(?:帮我|帮忙|给我|替我)(?:填写?|写|起草|做|编|拟"
    r"|准备)(?:一下|一份|一张|个)*)?(?:20\d\d年度?的?)?(?:我们)?"
)
_SUBJECT = re.compile(
    rf"{_BEGINS}(?P<value>{_NO_OFFICE}(?:"
    rf"[\u3400-\u9fff（）()]{{0,24}}?{_INSTITUTION_END}"
    r"(?=20\d\d年|今年|本年|计划(?!生育)|打算|准备|拟(?!定)|要(?!素)|将(?!军)|负责|需要|想|买|给|为(?!了|主)|对|向|搞|做"
    rf"|(?:{_DOES_SOMETHING})[^，。；\n]{{0,20}}(?:\d|一批))"
    rf"|[\u3400-\u9fff（）()]{{1,24}}?{_INSTITUTION_END}(?=，)"
    rf"|[\u3400-\u9fff（）()]{{0,24}}?{_AUTHORITY_END}(?=[\u3400-\u9fff]{{2,20}}\d|(?:举办|开展|承办|召开|发放|聘请|租赁|购置|采购)"
    rf"|[\u3400-\u9fffA-Za-z“”·]{{2,30}}?{NAME_END}(?:$|[，。；！\n\d]))))"
)
_SAYS_MORE = re.compile(
    "没|未(?!成年)|[差少]了?[一两二三四五六七八九十几\\d]|了|吗|呢|怎么|什么|多少|所以|因为"
)
_GENERIC = re.compile(r".|街道|乡镇|办公室|政府|委员会|中队|大队|支队|总队|中心|学校|公司|集团|幼儿园|工会")
_SHORT_OFFICE = re.compile(r"[妇残文侨]联|科协|[团纪编]委|疾控")
_BEFORE_OFFICE = re.compile(
    r"^(?:(?:[\u3400-\u9fff]{0,2}(?:老师|领导|主任|同志))?(?:你好|您好)|(?:咱们?|俺们?|我们?|我|本人|这里|这边|这儿|那)(?:这边|这里)?(?:就?是|来自|属于|在)?"
    r"|(?:填报|实施|项目|申报|承担|执行|预算)?单位(?:名称)?(?=[\u3400-\u9fff]{4})(?:是|为|叫)?)+"
)
_PERSON = re.compile(
    rf"({ORG_END})的?(?:[小老][\u3400-\u9fff]|[\u3400-\u9fff]{{1,3}}(?:老师|主任|科长|站长|所长|会计|同志|医生|护士长|校长|干事))$"
)
_SURE_OFFICE, _SHORTEST_OFFICE = 5, 3
_CLAUSE_OFFICE = re.compile(
    rf"(?:^|[，。；！？：（\n□])(?:(?:这个|这)是|我是|我们是|我这边是|我们这边是|单位|我(?![们院校局处县市区镇乡馆所站委厅司省]))?(?P<value>(?![（(]){_NO_OFFICE}[\u3400-\u9fff（）()xX×]{{0,24}}?{_INSTITUTION_END}"
    r"(?:[\u3400-\u9fff]{1,4}(?:处|科|股|室|站|办|队))?)的?(?=$|[，。；！）\n]|20\d\d|\d\d年|(?:负责)?(?:填报|申报|编报|填表|上报)(?:$|[，。；！）\n]))"
)
_WE_ARE = re.compile(
    rf"我们?(?:局|委|办|院|校|处|中心|单位)?[（(](?P<value2>{ORG})[）)]|"
    rf"(?:我们?|这里|这边|我方|本单位)(?:单位|这边|这里|这儿|这)?(?:就?是|来自|属于|隶属于?"
    rf"|在)(?P<value>{ORG})"
)
_OF_TABLE = re.compile(
    rf"(?:整|弄|填|做|写|报)(?:一?下|一?个)?(?:我们|咱们?|俺们)(?P<value>[\u3400-\u9fff]{{0,12}}?{_INSTITUTION_END})的(?:这[个张])?(?:自评)?表"
)
_BY = re.compile(
    rf"(?:由|是|(?:^|[，。；\n])(?:该|本|这个)?(?:项目)?(?:由)?)(?P<value>(?!项目){ORG})(?:20\d\d年度?"
    rf"|今年|本年度?)?(?:负责|牵头|具体|组织|承担|统一)*"
    r"(?:实施|承担|承办|组织|负责|开展|执行|落实|填报|申报)"
)
_AT = re.compile(rf"(?:^|[，。；])(?:我)?在(?P<value>{ORG})(?:工作|上班)?(?=$|[，。；\n])")
_UNDER = re.compile(
    rf"(?:归|受|由|上级是|上面是|主管的?是)(?P<value>{ORG})(?:主管|归口|管理|管(?!理)|$|[，。；！\n])"
    rf"|(?:^|[，。；\n])(?P<value2>(?!归|受|由){ORG})主管(?=$|[，。；！\n])"
)


def read_units_named(reading: Reading) -> None:
    """The unit as the office that a message begins with: 市民政局要…, 统计局，…, 园林局绿化养护."""
    found = _SUBJECT.search(reading.rest) if not reading.form.unit else None
    if (
        found is not None
        and not _GENERIC.fullmatch(found["value"])
        and is_stated(reading.text, found.start("value"))
    ):
        reading.set("header", None, "unit", organisation(found["value"]))
        reading.take(*found.span("value"))


def read_organisations(reading: Reading) -> None:
    """Who is over the project, and the unit as it says of itself (我们是…, 由…实施)."""
    for match in _UNDER.finditer(reading.rest):
        group = "value" if match["value"] else "value2"
        if is_stated(reading.text, match.start()) and not reading.form.department:
            reading.set("header", None, "department", organisation(match[group]))
            reading.take(*match.span())
    for pattern in (_WE_ARE, _OF_TABLE, _BY, _AT):
        for match in pattern.finditer(reading.rest):
            value = organisation(match["value"] or match.groupdict().get("value2") or "")
            if (
                is_stated(reading.text, match.start())
                and is_value(value)
                and not reading.form.unit
                and len(value) >= 3
            ):
                reading.set("header", None, "unit", value)
                reading.take(*(match.span("value") if match["value"] else match.span()))


def read_office_clause(reading: Reading) -> None:
    """The unit where a whole clause is nothing but an office: 农田建设项目，沙湾县农业农村局，2022年."""
    for found in _CLAUSE_OFFICE.finditer(reading.rest):
        value = organisation(found["value"])
        sure = re.search(r"[省市区县州旗]", value) is not None
        if (
            reading.form.unit
            or (reading.form.indicators and not sure)
            or _GENERIC.fullmatch(value)
            or not is_value(value)
        ):
            continue
        if (len(value) >= _SHORTEST_OFFICE or _SHORT_OFFICE.fullmatch(value)) and is_stated(
            reading.text, found.start("value")
        ):
            reading.set("header", None, "unit", value)
            reading.take(*found.span("value"))


def looks_like_office(text: str) -> bool:
    """Whether a bare answer can be the name of an office or a section."""
    office = re.fullmatch(rf"[\u3400-\u9fffA-Za-z0-9·（）()]{{0,36}}{ORG_END}", text)
    return office is not None and is_value(text) and not _SAYS_MORE.search(text)


def without_office(clause: str, *offices: str) -> str:
    """``clause`` without the office that it begins with: one of ``offices``, or one that is recognised."""
    known = next((one for one in offices if one and clause.startswith(one)), "")
    found = None if known else _SUBJECT.match(clause)
    return clause[found.end("value") :] if found else clause.removeprefix(known)


def organisation(text: str) -> str:
    """The name of an office without what frames it in a sentence."""
    text = re.sub(r"^(?:[：=]|是|为|都是|均为)+", "", text.strip())
    text = _BEFORE_OFFICE.sub("", _PERSON.sub(r"\1", text))
    text = re.sub(r"([省市区县旗乡镇])里的", r"\1", text)
    text = re.sub(r"[，\s]*20\d\d年度?$", "", text)
    text = re.sub(rf"({ORG_END})的(?=[\u3400-\u9fff]{{2,}})", r"\1", text)
    return re.sub(r"(?:吧|哈|哦|啊|呀|的|来着)+$", "", text).strip('“”《》"「」 ')


def is_value(text: str) -> bool:
    """Whether what stands behind a label can be its value at all: no question, no particle, no figure."""
    named = len(text) >= _SURE_OFFICE and re.search(rf"[省市县区州旗].{{0,16}}{_INSTITUTION_END}$", text)
    return (
        len(text) >= 2
        and not re.match(r"\d+楼", text)
        and (named or not _NOT_A_VALUE.match(text))
        and not re.fullmatch(r"[\d.%万元亿\W]+", text)
    )
