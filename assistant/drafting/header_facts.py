"""Project name, department, unit and year from ordinary sentences."""

from __future__ import annotations

import re

from assistant.drafting.clauses import split
from assistant.drafting.quantities import chinese_number, find_quantities
from assistant.drafting.reading import Reading

_IS = (
    r"(?:应该|应当|应|就|改|换|填|写|暂定)?(?:是|为|叫做|叫|名为|称为|改成|改为|换成|填成|写成|写|填"
    r"|成|：|=)+"
)
_QUOTED = r"[《“「\"『【](?P<quoted>[^》”」\"』】\n]{2,80})[》”」\"』】]"
_NEXT_LABEL = (
    r"主管部门|主管单位|实施单位|项目单位|承担单位|预算单位|填报单位|项目名称|年初预算|全年预算|预算"
    r"|资金|总投资|年度总体目标|总体目标"
    r"|实际支出|全年执行|执行数|支出"
)
_ORG_END = (
    "(?:"
    "管理局|分局|局|管理处|办事处|处|科室|科|股|中心|总站|工作站|服务站|站|研究所"
    "|派出所|卫生所|事务所|所|医院|卫生院|法院|检察院|学院|研究院|院|厅|管委会"
    "|管理委员会|居委会|村委会|委员会|卫健委|发改委|教体委|农委|经信委|住建委|国资委"
    "|政法委|纪委|党委|团委|编委|办公室|办|总队|支队|大队|中队|消防队|工作队|队"
    "|博物馆|图书馆|文化馆|美术馆|体育馆|档案馆|科技馆|馆|幼儿园|学校|大学|中学|小学"
    "|党校|技校|公司|集团|社区|街道|乡政府|镇政府|人民政府|政府|宣传部|组织部|统战部"
    "|武装部|部|署|联合会|协会|总会|学会|商会|妇联|残联|文联|侨联|科协|工会|总工会"
    "|公路段|工务段|段|供销社|合作社|出版社|报社|电视台|广播台|气象台|天文台|动物园|植物园|公园|园区"
    "|林场|牧场|农场|水库|苗圃|基地|兵团|师|团|委|会|乡|镇"
    ")"
)
_ORG = (
    rf"[\u3400-\u9fffA-Za-z0-9·（）()]{{0,40}}?{_ORG_END}(?![\u3400-\u9fff]{{0,12}}{_ORG_END}(?:$"
    rf"|[，。；！的]))"
)
_NAME_END = (
    "(?:"
    "项目|工程|计划|行动|专项资金|补助资金|奖补资金|资金|专项经费|工作经费|经费|补助费"
    "|生活补助|补助|补贴|津贴|救助|奖励|奖补|支出|购置|采购|培训|培训班|活动|大赛"
    "|展览|展会|会议|规划|编制费|改造|建设|维修|维护|运维|养护|管护|保养|运营|推广|宣传|演练|论坛|运动会|博览会|艺术节|文化节|比赛|竞赛|研究|开发|系统|平台|服务|普查|调查|检测|监测"
    "|治理|修复|整治|费|事业|试点|示范"
    ")"
)
_NOT_A_VALUE = re.compile(
    r"^(?:呢|吗|还|没|未|不(?!动产|锈|孕)|和|与|、|要(?!素)|怎么|怎样|什么|哪|啥|多少|谁|错|应该|的|有"
    r"|在|改|填|写|空|待|需要|可以|可不|能|会|我|你|"
    r"名称|名字|一样|同上|为了|因为|由于|去年|今年|上年|：)"
)
_LABELS = {
    "project_name": r"(?:项目(?:的)?(?:全称|名称|名字|名)|(?:本|该|这个|此|我们(?:这个|的)?)?项目(?=叫"
    r"|名叫|名为|称为|就叫))",
    "department": r"(?:上级|行业|业务|归口)?主管(?:的)?(?:部门|单位|局|机关)(?:名称)?|上级(?:部门|单位)"
    r"|(?<![\u3400-\u9fff])(?:主管|上级)(?=：)",
    "unit": r"(?:项目)?(?:具体)?(?:实施|承担|承办|执行|预算|填报|申报|用款|使用|责任|牵头|组织"
    r"|建设)(?:的)?(?:单位|部门|处室|科室)(?:名称)?"
    r"|项目单位(?:名称)?|(?<![\u3400-\u9fff])(?:我们?的?)?单位(?:名称)?(?=是(?!不|否)|为|叫|：)"
    r"|我们(?:的)?(?:单位|处室|科室)|(?<![\u3400-\u9fff])(?:实施|承办|承担)(?=：)",
}
_BOTH_UNITS = re.compile(
    rf"主管部门(?:和|与|、|及)(?:实施|项目)?单位(?:都|均|同)?{_IS}(?P<value>[^，。；！？\n□]{{2,40}})"
)
_VALUE = (
    rf"(?:{_QUOTED}(?=$|[，。；！？\n□吧]|项目|的|{_NEXT_LABEL})"
    rf"|(?P<value>(?:“[^”\n]*”|[^，。；！？\n□])+?)(?=$|[，。；！？\n□]|{_NEXT_LABEL}))"
)
_STRONG_LABEL = {"project_name": "项目名称", "department": "主管部门", "unit": "实施单位|项目单位"}
_STAMP = r"(?:（[^（）]{1,8}）|\([^()]{1,8}\))?"
_PROJECT_IS = re.compile(
    r"(?:^|[，。；！\n])(?:这个|本|该|此|我们的?)?项目(?:就?是|为|：)(?:20\d\d年度?的?|□+)?的?"
    r"(?P<value>(?!为|由|在|从|用|给|要|按|怎|什|啥|否|不|没|去年|今年|一个|一项|我|市|省|县|区)"
    r"[\u3400-\u9fffA-Za-z0-9·“”（）()—\-]{4,50}?)(?=$|[，。；！\n]|(?:的)?(?:绩效)?自评)"
)
_DOING_IS = re.compile(
    r"(?:做|搞|办|实施|申报|承担)的(?:项目)?(?:就?是|叫)(?P<value>[\u3400-\u9fffA-Za-z0-9·“”（）()—\-]{4,50}?)"
    r"(?=$|[，。；！\n])"
)
_DOING = (
    r"(?:我们?(?:局|处|科|所|院|校|站|厅|委|中心|单位|学校|医院)?里?|本单位|单位|局里|处里|这次|今年|本年"
    r"|这边)*(?:要|想|准备|计划|打算|需要|正在|在|拟|将|今年|本年度|是)*"
    r"(?:做|搞|办|实施|开展|承担|负责|推进|执行|申报|申请|填报|填写|填|编制|编|写|起草|拟写|建设)(?:了"
    r"|的是|的|一下|好)?"
    r"(?:一个|一项|一份|一张|一期|一次|一场|一批|一下|个|份|张|这个|关于|有关|20\d\d年度的?|20\d\d年的)*"
)
_DOES_NAMED = re.compile(
    rf"(?:^|[，。；！\n])(?:20\d\d年度?的?|□+)?(?=我|今年|本年|要|想|准备|计划|打算|做|搞|办|实施|开展"
    rf"|承担|申报){_DOING}"
    rf"(?P<value>[\u3400-\u9fffA-Za-z0-9·“”（）()—\-]{{2,60}}?{_NAME_END})(?=$|[，。；！\n])"
)
_DOES = re.compile(
    rf"(?:^|[，。；！\n]|帮我|请|麻烦|给我|替我|帮忙)(?:20\d\d年度?的?|□+)?{_DOING}(?:{_QUOTED}"
    rf"|(?P<value>[\u3400-\u9fffA-Za-z0-9·“”（）()—\-、]{{2,60}}?))"
    r"(?P<end>的?(?:项目支出)?(?:绩效)?(?:自评价?|自我评价|评价)(?:表|报告)?|项目)(?=$|[，。；！\n]"
    r"|的?(?:项目支出)?绩效)"
)
_STARTS = re.compile(
    rf"(?:^|[。；\n])(?:你好[，！]?|您好[，！]?)?(?P<value>(?!我|这|该|本项|此|那|你|您|请|去年|今年|把"
    rf"|第)[\u3400-\u9fffA-Za-z0-9·“”（）()—\-]{{2,50}}?{_NAME_END})"
    r"(?=$|[，。；！\n]|是|由|总?预算|资金|共?安排|执行|支出|(?:20\d\d年度?)?的?(?:绩效)?自评)"
)
_QUOTED_ONLY = re.compile(
    r"《(?P<quoted>[^》\n]{3,80})》|“(?P<quoted2>[^”\n]{4,80})”(?=项目|专项|工程|的?自评|，|$)"
)
_WE_ARE = re.compile(
    rf"(?:我们?|这里|这边|我方|本单位)(?:单位|这边|这里|这儿|这)?(?:就?是|来自|属于|隶属于?"
    rf"|在)(?P<value>{_ORG})"
)
_BY = re.compile(
    rf"(?:由|是|(?:^|[，。；\n])(?:该|本|这个)?(?:项目)?(?:由)?)(?P<value>(?!项目){_ORG})(?:20\d\d年度?"
    rf"|今年|本年度?)?(?:负责|牵头|具体|组织|承担|统一)*"
    r"(?:实施|承担|承办|组织|负责|开展|执行|落实)"
)
_UNDER = re.compile(
    rf"(?:归|受|由|上级是|上面是|主管的?是)(?P<value>{_ORG})(?:主管|归口|管理|管(?!理)|$|[，。；！\n])"
    rf"|(?:^|[，。；\n])(?P<value2>(?!归|受|由){_ORG})主管(?=$|[，。；！\n])"
)
_YEAR_LABELLED = re.compile(
    rf"(?:年度|年份|所属年度|评价年度){_IS}?(?P<a>20\d\d)|(?P<b>20\d\d)年度|(?<!\d)(?P<c>2\d)年度"
    r"|今年(?:是|就是)(?P<d>20\d\d)|(?:^|[，。；□])(?P<f>2\d)年的?(?=$|[，。；]|项目|自评)"
    r"|(?:是|填|做|写|按|改成|改为)(?:的是)?(?P<e>20\d\d)年?的?(?=$|[，。；！？\n]|项目|自评|表|，)"
)
_YEAR_PLAIN = re.compile(
    r"(?<![\d至到-])(?P<year>20\d\d)年(?!\d|底|末|年底|年末|前|之前|以前|起|后|以后|以来|度?(?:至|到"
    r"|-)|[一-龥]{0,6}结转)"
)
_CHINESE_YEAR = re.compile(r"二[〇零○]([一二三四五六七八九〇零○])([一二三四五六七八九〇零○])年")


def read_header(reading: Reading) -> None:
    """Reads the basic facts of the project out of ``reading.rest``."""
    reading.rest = _CHINESE_YEAR.sub(_arabic_year, reading.rest)
    _read_units_together(reading)
    for field in ("project_name", "department", "unit"):
        _read_labelled(reading, field)
    if not reading.form.project_name:
        _read_name(reading)
    _read_organisations(reading)
    _read_year(reading)


def set_year(reading: Reading, year: int) -> None:
    """Sets the year and the printed year line."""
    reading.set("header", None, "year", str(year))
    reading.set("header", None, "year_line", f"（{year}年度）")


def _arabic_year(match: re.Match[str]) -> str:
    digits = [chinese_number(character.replace("○", "〇")) for character in match.groups()]
    # Seven characters stay seven, so that places in the text remain right.
    return f"20{digits[0]}{digits[1]}年"


def _stated(reading: Reading, at: int) -> bool:
    for sentence in split(reading.text):
        for clause in sentence.clauses:
            if clause.start <= at < clause.end:
                return clause.mood == "stated"
    return True


def _read_units_together(reading: Reading) -> None:
    if match := _BOTH_UNITS.search(reading.rest):
        value = _organisation(match["value"])
        if _is_value(value) and _stated(reading, match.start()):
            reading.set("header", None, "department", value)
            reading.set("header", None, "unit", value)
            reading.take(*match.span())


def _read_labelled(reading: Reading, field: str) -> None:
    patterns = (
        rf"(?:{_LABELS[field]}){_STAMP}{_IS}{_VALUE}",
        rf"(?:{_STRONG_LABEL[field]})(?:名称)?{_STAMP}{_VALUE}",
        rf"(?:{_LABELS[field]})(?:名称)?从.{{1,40}}(?:改成|改为|换成|变成){_VALUE}",
        rf"(?:{_LABELS[field]})(?:名称)?(?:是|写|填|说)?(?:的)?(?:不对|错了|有误|不准确|填错了?"
        rf"|写错了?)，{_IS}{_VALUE}",
    )
    for pattern in patterns:
        for match in re.finditer(pattern, reading.rest):
            value = _value_of(match)
            value = _project_name(value) if field == "project_name" else _organisation(value)
            if _is_value(value) and _stated(reading, match.start()):
                reading.set("header", None, field, value)
                reading.take(*match.span())


def _read_name(reading: Reading) -> None:
    quoted = [m for m in _QUOTED_ONLY.finditer(reading.rest) if _stated(reading, m.start())]
    for pattern in (_PROJECT_IS, _DOING_IS, _DOES, _DOES_NAMED, _STARTS):
        match = pattern.search(reading.rest)
        if match is None or not _stated(reading, match.start()):
            continue
        value = _project_name(_value_of(match))
        if (
            match.re is _DOES
            and match["end"] == "项目"
            and not value.endswith("项目")
            and not match["quoted"]
        ):
            value += "项目"
        counts = [one for one in find_quantities(value) if one.kind != "date"]
        if _is_value(value) and len(value) >= 4 and "□" not in value and not counts and "了" not in value:
            reading.set("header", None, "project_name", value)
            _take_value(reading, match)
            return
    if quoted and "项目" in reading.text + "项目" and len(quoted) == 1:
        group = "quoted" if quoted[0]["quoted"] else "quoted2"
        reading.set("header", None, "project_name", quoted[0][group].strip())
        reading.take(*quoted[0].span())


def _take_value(reading: Reading, match: re.Match[str]) -> None:
    group = "quoted" if "quoted" in match.re.groupindex and match["quoted"] else "value"
    reading.take(*match.span(group))


def _read_organisations(reading: Reading) -> None:
    for match in _UNDER.finditer(reading.rest):
        group = "value" if match["value"] else "value2"
        if _stated(reading, match.start()) and not reading.form.department:
            reading.set("header", None, "department", _organisation(match[group]))
            reading.take(*match.span())
    for pattern in (_WE_ARE, _BY):
        for match in pattern.finditer(reading.rest):
            value = _organisation(match["value"])
            if (
                _stated(reading, match.start())
                and _is_value(value)
                and not reading.form.unit
                and len(value) >= 3
            ):
                reading.set("header", None, "unit", value)
                reading.take(*match.span("value"))


def _read_year(reading: Reading) -> None:
    labelled = [m for m in _YEAR_LABELLED.finditer(reading.rest) if _stated(reading, m.start())]
    stated = [m for m in labelled if reading.form.year is None or not m["b"] or len(reading.text) <= 12]
    if stated:
        group = next(name for name in "abcdef" if stated[-1][name])
        text = stated[-1][group]
        set_year(reading, int(text) if len(text) == 4 else 2000 + int(text))
        reading.take(*stated[-1].span())
        return
    if reading.form.year is not None:
        return
    years = [int(m["year"]) for m in _YEAR_PLAIN.finditer(reading.text) if _stated(reading, m.start())]
    if years:
        set_year(reading, max(years))


def _value_of(match: re.Match[str]) -> str:
    groups = match.groupdict()
    return str(groups.get("quoted") or groups.get("value") or "").strip()


def _project_name(text: str) -> str:
    text = re.sub(r"^(?:[：=]|是|为|叫)+", "", text.strip())
    if re.fullmatch(r"“[^“”]*”|《[^《》]*》|\"[^\"]*\"|「[^「」]*」", text):
        text = text[1:-1]
    return re.sub(r"(?:吧|哈|哦|啊|呀)+$", "", text)


def _organisation(text: str) -> str:
    text = re.sub(r"^(?:[：=]|是|为|都是|均为)+", "", text.strip())
    text = re.sub(rf"({_ORG_END})的(?=[\u3400-\u9fff]{{2,}})", r"\1", text)
    return re.sub(r"(?:吧|哈|哦|啊|呀|的|来着)+$", "", text).strip('“”《》"「」 ')


def _is_value(text: str) -> bool:
    return len(text) >= 2 and not _NOT_A_VALUE.match(text) and not re.fullmatch(r"[\d.%万元亿\W]+", text)
