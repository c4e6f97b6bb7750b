"""The name of the project as a sentence gives it, or as a bare answer."""

from __future__ import annotations

import re

from assistant.understanding.clauses import is_question, is_stated
from assistant.understanding.offices import NAME_END, ORG_END, is_value
from assistant.understanding.quantities import find_quantities
from assistant.understanding.reading import Reading

QUOTED = r"[《“「\"『【](?P<quoted>[^》”」\"』】\n]{2,80})[》”」\"』】]"
_PROJECT_IS = re.compile(
    r"(?:^|[，。；！\n])(?:这个|本|该|此|我们的?)?项目(?:嘛|呢|的话|吧|哈|，)?(?:就?是|为|：)(?:20\d\d年度?的?|□+)?的?"
    r"(?P<value>(?!为|由|在|从|用|给|要|按|怎|什|啥|否|不|没|去年|今年|一个|一项|我|市|省|县|区)"
    r"[\u3400-\u9fffA-Za-z0-9·+&“”（）()—\-]{4,50}?)(?=$|[，。；！\n]|(?:的)?(?:绩效)?自评)"
)
_DOING_IS = re.compile(
    r"(?:做|搞|办|实施|申报|承担)的(?:项目)?(?:就?是|叫)(?P<value>[\u3400-\u9fffA-Za-z0-9·+&“”（）()—\-]{4,50}?)"
    r"(?=$|[，。；！\n])"
)
_DOING = (
    r"(?:(?:我们?|咱们?|俺们)(?:局|处|科|所|院|校|站|厅|委|中心|单位|学校|医院)?(?:（[^（）]{0,40}）)?里?|本单位|单位|局里|处里|这次|今年|本年"
    r"|这边)*(?:要|想|准备|计划|打算|需要|正在|在|拟|将|今年|本年度|是)*"
    r"(?:做|搞|办(?!公|事|案)|举办|承办|召开|举行|实施|开展|承担|负责|推进|执行|申报|申请|填报|填写|填|编制|编|写|起草|拟写|建设|弄(?!堂)|整(?=个|一|那|这|20))(?:了"
    r"|的是|的|一下|好)?"
    r"(?:一个|一项|一份|一张|一期|一次|一场|一批|一下|个|份|张|[这那]个|关于|有关|20\d\d年度?的?)*"
)
_DOES_NAMED = re.compile(
    rf"(?:^|[，。；！\n])(?:20\d\d年度?的?|□+)?(?=我|今年|本年|要|想|准备|计划|打算|填|写|编|做|搞|弄|整|办|举办|承办|召开|举行|实施|开展"
    rf"|承担|申报){_DOING}"
    rf"(?P<value>[\u3400-\u9fffA-Za-z0-9·+&“”（）()—\-]{{2,60}}?{NAME_END})(?=$|[，。；！\n])"
)
_DOES = re.compile(
    rf"(?:^|[，。；！\n]|帮我|请|麻烦|给我|替我|帮忙|让我|叫我|安排我)(?:20\d\d年度?的?|□+)?{_DOING}(?:{QUOTED}"
    rf"|(?P<value>[\u3400-\u9fffA-Za-z0-9·+&“”（）()—\-、]{{2,60}}?))"
    r"(?P<end>的?(?:项目支出)?(?:绩效)?(?:自评价?|自我评价|评价)(?:表|报告)?|项目)(?=$|[，。；！\n]"
    r"|的?(?:项目支出)?绩效)"
)
_STARTS = re.compile(
    rf"(?:^|[。；\n])(?:你好[，！]?|您好[，！]?)?(?:□+，?(?:20\d\d年度?的?)?)?"
    r"(?P<value>(?!我|这|该|本项|此|那|你|您|请|去年|今年|把|第\d|给|为|对|向|建设(?![局厅委])|新建|采购|购置|举办|组织|开展|发放|实施)"
    rf"[\u3400-\u9fffA-Za-z0-9·+&“”（）()—\-]{{2,50}}?{NAME_END})"
    r"(?!，(?:年度)?(?:目标|计划|指标值|要求|任务)[^，。；]{0,3}\d)(?=$|[，。；！（\n]|是|由|总?预算|资金(?=\d|共|约|是|为|：)|共?安排|执行|支出|(?:20\d\d年度?)?的?(?:绩效)?自评)"
)
_QUOTED_ONLY = re.compile(
    r"《(?P<quoted>[^》\n]{3,80})》|(?<!就写)(?<!写成)(?<!改成)(?<!原因写)“(?P<quoted2>[^”\n]{4,80})”(?=项目|专项|工程|的?自评|，|$)"
)
_IS_EVALUATED = re.compile(
    r"(?:要|想|准备|需要|该|得)?(?:自评|评价?|评的|填(?:表|报|写)?|报)的(?:项目)?(?:就?是|叫)"
    r"(?P<value>(?!不|否|什么|啥|哪)[\u3400-\u9fffA-Za-z0-9·+&“”（）()—\-]{4,40}?)(?=$|[，。；！\n]|项目$)"
)
_TO_EVALUATE = re.compile(
    r"(?:^|[。；\n])(?:你好[，！]?|您好[，！]?)?(?:20\d\d年度?的?|□+，?)?"
    r"(?:我们?(?:局|委|站|院|校|处|中心|单位)?(?:20\d\d年度?)?的?)?"
    r"(?P<value>(?!我|这|那|该|你|您|请|去年|今年|把|给|为什么|怎么|什么|项目|单位|所有|全部|每)[\u3400-\u9fffA-Za-z·+&“”（）()—\-]{4,40}?)"
    r"(?:项目)?(?:需要|要|得|想|该)(?:做|填|写|搞|报|弄|进行|开展)?(?:一?[个份张下])?(?:绩效)?自评表?(?:了|吧)?(?=$|[，。；！\n])"
)
_NAME = r"[\u3400-\u9fffA-Za-z0-9·+&“”（）()—\-]"
_TO_HAND_IN = re.compile(
    r"(?:^|[，。；！\n])[^，。；！\n]{0,8}?(?:[这那]个|有一?个|[要得]?交|上报|报送|填报|报(?!告|名|销|废|酬|社|纸|刊)|帮忙?(?:我|一下)?填(?:写|一下|个)?)"
    rf"(?:一下)?(?:20\d\d年度?的?|□+)?(?P<value>(?!自评|绩效|张|份|个|表){_NAME}{{4,40}}?(?:项目)?)(?:这个|那个)?(?:的|要|该|得|也|准备|今年|开始|做|填|交|写|一?[个份张下])*"
    r"(?:项目支出)?(?:绩效)?自评(?:表|报告)?(?:了|吧|啦|的|哈)*(?=$|[，。；！\n])"
)
_OFFICE_FILLS = re.compile(
    rf"{ORG_END}的?(?:今年|这次|现在|要|想|来|准备|得|需要|打算)+(?:填|做|报|写|弄|编)(?:写|报|一下|个)?(?:[那这]一?[个份张笔项])?"
    rf"(?:20\d\d年度?的?)?(?P<value>(?!自评|绩效|张|份|个|表){_NAME}{{4,40}}?)(?=(?:20\d\d年度?)?的?(?:项目支出)?(?:绩效)?自评)"
)
"""我是甲局的要填那个乙经费的自评表: who speaks and what is filled in, in one breath."""
_HAS_PROJECT = re.compile(
    r"(?:^|[，。；！\n])(?:我们?|咱们?|单位|[局处院校站馆]里|今年|手[头上上]|这边|这里)*(?:有|申请到?|承担|拿到|争取到)了?(?:这么)?一?个"
    rf"(?P<value>(?!什么|问题|事){_NAME}{{3,40}}?项目)(?=$|[，。；！\n])"
)
_ONLY_YEAR = re.compile(r"(?:20)?\d\d年?度?的?")
_PHRASE = re.compile(
    r"(?:^|[，。；！：\n□])(?:20\d\d年度?的?)?(?:□的)?(?P<value>(?!我|这|那|该|你|您|请|去年|今年|第\d|实际|完成|举办|给|为|对|向"
    r"|建设|新建|采购|购置|发放|修补|开展|组织|进行|实施|推进|主要|计划(?!生育)|预计|下一步|今后)"
    rf"[\u3400-\u9fffA-Za-z·+&“”（）()—\-]{{2,40}}?{NAME_END})"
    r"(?!，(?:年度)?(?:目标|计划|指标值|要求|任务)[^，。；]{0,3}\d)(?=$|[，。；！\n]|20\d\d年|(?<=.{6}(?:经费|资金|补助))\d+(?:\.\d+)?万"
    r"|(?P<money>\d+(?:\.\d+)?(?:万|亿)元?(?=$|[，。；！\n])))"
)
SAYS_SOMETHING = re.compile(
    r"了|是(?!否)|没|未(?!成年|来)|已|都(?!市)|把|被|因为|由于|按(?!摩)|其他|其余|剩|全部|均|实际|导致|原因|受.+影响"
    r"|超(?!市|声)|比|不(?!动产)"
)
"""Words of a statement, which no name carries."""
_OF_FUNDS = re.compile(
    r"(?:其中|共|总共|一共|中央|省|自治区|市|区|县|级|本级|上级|当年|财政|其他|自筹|自有|专项|社会|资金|拨款|补助|经费|预算|年初|全年|收入|债券?"
    r"|到位|下达|安排|拨付|批复|投入|结余|追加|国债|衔接|转移支付|一般公共|政府性基金|来源|的|为|地方|配套|和)+"
)
_FOR_LATER = re.compile(r"下一?步|今后|以后|后续|接下来|明年|来年|打算")
_NOT_YET = re.compile("还没|没有|没(?=[调统]|做|填|写|完)|未(?=[调统]|完成)")
_OWN_YEAR = re.compile(r"^20\d\d年度?的?")
_TELEGRAM = re.compile(
    r"(?:^|[，。；\n□])(?:20)?\d\d年(?:度)?(?:的)?(?=$|[，。；\n])|(?:^|[，。；])□{3,}(?=$|[，。；])"
)
_PLAIN_CLAUSE = re.compile(
    r"(?:^|[，。；\n])(?:20\d\d年度?的?)?(?P<value>(?!请|帮|你|您|我|把|给|为|对|向|今年|本年|去年|数量|质量|时效)[\u3400-\u9fff“”（）()·A-Za-z]{5,30}?)"
    r"(?:的?(?:绩效)?自评表?)?(?=$|[，。；\n]|20\d\d年)"
)
_THIS_PROJECT = re.compile(
    r"(?:^|[，。；！\n])(?P<value>(?!我|这|那|该|你|您|请|去年|今年|把)[\u3400-\u9fffA-Za-z0-9·+&“”（）()—\-]{4,40}?)(?:这个|这一|这)项目"
)
_LONGEST_ANSWER, _SHORTEST = 40, 4
_NOT_A_NAME = re.compile(
    r"因为|由于|原因|了(?!解)|[，。；？！\n]|没|吗|呢|怎么|什么|多少|不知道|不清楚|其他|其余|剩下|都(?!市)|全部|按|是(?!否)"
    r"|确认|跳过|稍后|随便|指标|请|帮|去年|目标|^(?:在|有|给|把|被|会|要|能|可以|我|你|他|这|那|还|再|就|先)"
)


def read_name(reading: Reading) -> None:
    """Reads the project's name out of ``reading.rest``: quoted, as what is done, or a clause of its own."""
    quoted = [m for m in _QUOTED_ONLY.finditer(reading.rest) if is_stated(reading.text, m.start())]
    for pattern in (
        _PROJECT_IS,
        _THIS_PROJECT,
        _DOING_IS,
        _IS_EVALUATED,
        _TO_EVALUATE,
        _TO_HAND_IN,
        _OFFICE_FILLS,
        _HAS_PROJECT,
        _DOES,
        _DOES_NAMED,
        _STARTS,
        _PHRASE,
    ):
        for match in pattern.finditer(reading.rest):
            if value := _usable(reading, match):
                reading.set("header", None, "project_name", value)
                _take_value(reading, match)
                return
    if len(quoted) == 1:
        group = "quoted" if quoted[0]["quoted"] else "quoted2"
        if re.match(r"因|由于|按|受|为了", quoted[0][group]):
            return
        reading.set("header", None, "project_name", quoted[0][group].strip())
        reading.take(*quoted[0].span())


def read_name_clause(reading: Reading) -> None:
    """A clause of a telegram (县残联，辅助器具适配，2023年，预算45万) that can be nothing but the name."""
    if reading.form.indicators or not _TELEGRAM.search(reading.rest):
        return
    for found in _PLAIN_CLAUSE.finditer(reading.rest):
        value = found["value"]
        other = SAYS_SOMETHING.search(value) or _OF_FUNDS.fullmatch(value) or _NOT_A_NAME.search(value)
        if (
            other
            or not is_value(value)
            or find_quantities(value)
            or not is_stated(reading.text, found.start("value"))
        ):
            continue
        reading.set("header", None, "project_name", project_name(value))
        reading.take(*found.span("value"))
        return


def looks_like_name(text: str) -> bool:
    """Whether a bare answer to "what is the project called?" is a name, and not a statement or a question."""
    bare = project_name(text.strip("“”《》。 "))
    if not _SHORTEST <= len(bare) <= _LONGEST_ANSWER or is_question(bare) or _NOT_A_NAME.search(bare):
        return False
    counts = [one for one in find_quantities(bare) if one.kind != "date"]
    return not counts and is_value(bare)


def _usable(reading: Reading, match: re.Match[str]) -> str:
    """The name that a match gives, "" where it is none."""
    if not is_stated(reading.text, match.start()):
        return ""
    value = project_name(value_of(match))
    quoted = match.groupdict().get("quoted")
    if not quoted and (_FOR_LATER.match(value) or _ONLY_YEAR.fullmatch(value) or _NOT_YET.search(value)):
        return ""
    if not quoted and len(dated := _OWN_YEAR.sub("", value)) >= _SHORTEST:
        value = dated
    if match.re is _DOES and match["end"] == "项目" and not value.endswith("项目") and not quoted:
        value += "项目"
    amounts = [one for one in find_quantities(reading.text) if one.kind == "money"]
    if match.re is _PHRASE and match["money"] and (len(amounts) > 1 or reading.form.indicators):
        return ""
    if match.re is _PHRASE and any(row.actual for row in reading.form.indicators):
        return ""
    if match.re is _PHRASE and (SAYS_SOMETHING.search(value) or _OF_FUNDS.fullmatch(value)):
        return ""
    counts = [one for one in find_quantities(value) if one.kind != "date"]
    usable = (
        is_value(value) and len(value) >= _SHORTEST and "□" not in value and not counts and "了" not in value
    )
    return value if usable else ""


def _take_value(reading: Reading, match: re.Match[str]) -> None:
    group = "quoted" if "quoted" in match.re.groupindex and match["quoted"] else "value"
    reading.take(*match.span(group))


def value_of(match: re.Match[str]) -> str:
    """The quoted or plain value of a match."""
    groups = match.groupdict()
    return str(groups.get("quoted") or groups.get("value") or "").strip()


def project_name(text: str) -> str:
    """A name without what frames it in a sentence."""
    text = re.sub(r"^(?:[：=]|那?就?(?:是|为|叫|用)做?)+", "", text.strip())
    text = re.sub(
        r"^(?:本表|本次|这次|这张表|此表)(?:是|为)?|^项目(?=[\u3400-\u9fff]{6})(?!管理|建设|库|前期|评|监)",
        "",
        text,
    )
    text = re.sub(r"^(?:[搞弄](?!好|清)|做(?!好|强|大))(?:了|个|一个)?(?=[\u3400-\u9fff]{4})", "", text)
    text = re.sub(r"(?:这|那)(?:一)?个?(?:项目|表)$", "", text)
    text = re.sub(r"^([“《][^”》]+[”》])的项目$", r"\1", text)
    if re.fullmatch(r"“[^“”]*”|《[^《》]*》|\"[^\"]*\"|「[^「」]*」", text):
        text = text[1:-1]
    return re.sub(r"(?:吧|哈|哦|啊|呀)+$", "", text)
