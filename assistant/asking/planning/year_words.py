"""What a question says of several years: which years, and what is asked of them together."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from assistant.asking.planning.ways import DOWN, MOVE, UP
from assistant.asking.records.query import StepKind
from assistant.form.numerals import number_of

_Y = "20[0-9]{2}年?度?"
_RELATIVE = "上一?年度?|去年度?|[前头]一年度?|前年度?"
_NOW = re.compile("(?:今年|本年(?!级)|当年(?!财政|拨款)|最新一?年)度?")
_TWO_AGO = re.compile("(?<!以)前年度?")
_LAST_YEAR = re.compile("去年度?|(?<!比|较|同|跟|和|与)上一?年度?(?!结转|结余|同期)(?=[有就才没])")
_YEAR_BEFORE = re.compile("上一?年度?(?!结转|结余)|[前头]一年度?")
_ONE = re.compile(
    f"(?P<year>20[0-9]{{2}})年?度?的?|(?P<before>前年)度?的?|(?P<last>{_RELATIVE})的?|(?:今年|本年|当年)度?的?"
)
RANGE = re.compile(
    "(?:从|自|在)?(?P<a>20[0-9]{2})年?度?(?:到|至|[-—~～]+|以来到)(?P<b>20[0-9]{2})年?度?"
    "(?:(?:这|的)?[两二三四五六]个?年度?)?(?:间|期间|之间|以来|来)?的?"
)
YEARS_LISTED = re.compile(
    f"{_Y}(?:(?:[、,]|和|与|跟|及|以及){_Y})+(?:(?:这|的)?[两二三四五六]个?年度?)?(?:间|里|来|之间)?的?"
)
SOME = re.compile(
    "(?:(?:最?近|过去|这|前后|连续|头尾)的?)?(?P<n>[两二三四五六]|(?<![0-9])[2-6])个?年(?:度)?(?!级|期|制|行动|计划|规划)度?(?:以来|来|间|里|内|之间|之中)?的?"
)
_ALL = re.compile(
    "(?:逐年|历年|分年度?|按年度?(?!度|指标|目标|计划|资金|预算)|每一?个?年度?|各个?年度?|年年)(?:来|的|地)?"
)
WHOLE_TIME = re.compile("连续|每一?年|年年|[两二三四五六]个?年(?!级|期|制|行动|计划|规划)度?")
_FEW = re.compile("(?:这|最?近|过去)几个?年(?:度)?(?:以来|来|里|间|之间)?的?")
_EACH_YEAR = re.compile(f"{_ALL.pattern}|分年度?")
_WHICH = re.compile("(?:在|是)?(?:哪一?个?年度?|什么年份|哪个年份)(?:的|时)?")
_MEAN = re.compile("平均(?:下来)?每?一?年(?!度)|每一?年平均(?!每)|年均|(?<![历每各0-9])年平均")
_SUM = re.compile("合计|一共|总共|累计|共计|总计|加起来|加在一起|加总|总和|之和")
_THAN = re.compile(
    f"(?:与|和|跟|同|同比)?(?:比起|相比于?|相较于?|较之|对比|比|较)(?P<a>{_Y}|{_RELATIVE})(?:同期)?(?:的|相比|比|时|,)*"
    f"|(?:与|和|跟|同)(?P<b>{_Y}|{_RELATIVE})(?:同期)?的?(?:(?:相比较?|比较?|对比)的?,?|(?=一样|相同|一致|持平|差|相差))|(?P<same>同比)"
)
_MORE = (
    f"{UP}|{DOWN}|{MOVE}|(?<!新)增|减|涨|降|升|跌|(?<![花用支])掉|提(?=了|[多几没])|变(?=了|过|[多几没])"
    "|多|少|高|低|快|慢|贵|便宜|相差|差距|差额|差"
)
_MORE_SIGNS = "加少长降升高低涨减增跌多差快慢贵宜"
_WHETHER = "有没有|是不是|是否|没有|没变|吗|没|一样|相同|不变|一致|持平|不一"
_TAIL = re.compile(
    f"(?:[增降涨]幅|(?:增长|下降|增加|减少|变化)率|增速|{_WHETHER}|{_MORE}|了|是|还|又|有|为|(?<![支产])出|,|的|得|幅度|情况|怎样|怎么样|怎么|如何|趋势|走势|变|多大"
    "|过|(?:多少|几)(?:万元|个?百分点|万|元|分|个|张|项|条|点)?|百分之|之间|相比|比较?|对比)+$"
)
_MOVED = re.compile(
    f"[增降涨]幅|(?:增长|下降)率|增速|(?:变化|变动)(?:的)?(?:趋势|走势|情况)?(?:如何|$)|(?:怎么|怎样|如何)(?:变化|变动|变)|走势|趋势|(?:{_MORE})(?:了|出)?(?:多少|几|百分之|幅度|情况|怎|吗|没|多大|$)|(?:有没有|是不是|是否)(?:{_MORE})|变没变|(?:一样|相同|一致|持平|不变)了?(?:吗|没|$)|(?:是|有)?(?:{_MORE})(?:了|出)?还是|有(?:什么|何|没有)变化"
)
_MORE_IN = re.compile("(?:更|比较)?(?P<low>低|少|小|差)?(?(low)|[高多大好])(?:一?些|一点)?(?=$|,)")
_OR_IN = re.compile(
    "(?P<a>20[0-9]{2})年?度?(?P<what>[^,;]*?)(?:是)?(?:更|比较)?(?P<way>[多少高低大小])(?:一?些)?还是(?P<b>20[0-9]{2})年?度?(?:更)?(?P=way)"
)
"""2022年预算多还是2023年多."""
_BY_HOW_MUCH = re.compile(",(?:各|又)?(?:相|[高多低少])?(?:差|出|了)+(?:多少|几)[一-龥]{0,4}$")
_BOTH = 2
WHICH_MORE = re.compile("更|哪一?个?年(?:度|份)?(?:的|是|要)?(?:比较)?[高多大低少小](?:一?些)?(?=$|,)")
_EACH_SAID = re.compile(
    "(?P<before>[^,]*?)(?P<a>20[0-9]{2})年(?P<what>[^,]*?)(?:有|是|为)?(?P<ask>(?:几|多少)[个条张项])(?P<after>[^,]*)"
    "(?P<others>(?:,(?:那么?)?20[0-9]{2}年(?:(?:又|则)?(?:有|是|为)?(?:几|多少)[个条张项]|呢))+)"
)
"""追加预算的项目2022年几个, 2023年几个."""
_RATE_TOO = re.compile(
    ",(?:又)?(?:[增降涨]幅|(?:增长|下降)率)(?:是|有|为)?(?:多少|多大|百分之几|百分之多少)$"
)
"""涨了多少元, 涨幅多少: told with the change anyway."""
_WHICH_OF_THEM = re.compile(
    "哪(?:些|几[个条张]|[一两三]?[个条张])(?:[^,]{0,6}(?:项目|指标|表|局|部门|单位|处室))|谁"
)
"""哪个项目的指标比上年多: what is listed, no figure of a year."""
_EACH_COUNTED = re.compile("(?:各|分别)有?(?:几|多少)[个条张项](?!百)")
_TWO_ASKED = re.compile("(?:多少|几)[^,]*,[^,]*(?:多少|几)")
_COUNTED_APART = re.compile("(?:多少|几)(?P<counter>[个张条])?(?P<noun>(?:自评)?表|项目|指标)?[^,;]{0,2}$")
_COUNTERS = {"张": "表", "条": "指标"}
_NOUN = re.compile("(?:自评)?表|项目|指标")
_NOUN_LAST = re.compile(f"(?:{_NOUN.pattern})$")
_OF_SUCH = re.compile("的最[多少](?:$|,)")
"""哪年指标没达标的最多."""
_MOST_OF = re.compile("最[多少](?:$|,)")
"""哪一年扣分的指标最多: in each year there are so many."""
_HANDED_IN = re.compile("(?:申|上)?[报交填]的(?=自评表|表|项目)")
_HOW_NOW = re.compile("(?:,|的|情况|怎么样|怎样|如何|呢)*")
"""跟上一年比呢."""
_LISTING = re.compile(
    "^(?:请|麻烦)?(?:帮我|给我)?(?:列出|列一下|列|说说|看看|告诉我|统计一?下?)|(?:分别|各自|各)(?=[是为有多几花用支得拿扣完达做安报交剩定要到实])|(?:列出来?|列一下)$|分别"
)
_WENT = re.compile(
    f"(?:{UP}|{DOWN}|{MOVE}|涨|降|升|跌|(?<!新)增)(?:幅度?|率)?(?:了|出)?(?:是|有)?(?:还是|多少|几|百分之|多大|吗|没|情况|趋势|如何|怎|$)|有没有变|变没变|变了"
)
_ASIDE = re.compile(
    "目标|年初|计划|预期|原定|原来|预算|追加|调整|调[增减]|最|哪|谁|原因|为什么|项目有|指标有"
)
"""What is set against something else than another year, or listed."""
_ENDS = re.compile("(?:最|属)(?:高|多|大|好|贵|长)(?:的)?")
_LOW = re.compile("(?:最)(?:低|少|小|差|便宜|短)(?:的)?")
_EDGE = re.compile("^(?:的|,|是|在|那么?|我们|请问)+|(?:的|,|是|呢|有|为)+$")
_HOW_MUCH = re.compile("(?:,|是|有|为|达到?|分别|各)*(?:多大|(?:多少|几)(?:万元?|元|分|个?百分点)?)$")
_NO_FIGURE = re.compile(
    "(?:,|是|有|为|又|结果|数|值|一下)*(?:多少|几)?[一-龥]{0,2}?(?:,|是|有|为)*|(?:它|这个项目|该项目)的?"
)
_RECORDS = re.compile("(?:项目|表|指标)(?:的?(?:数|个数|张数)|$)|预算|支出|花|总分|得分|结余|执行")
_AMOUNT = re.compile(f"(?<=[{_MORE_SIGNS}了])(?:多少|几)[一-龥]{{1,3}}$")
_FIGURE = re.compile("预算|支出|执行|总分|得分|结余|目标|完成|分数|金额|资金|率")
_SPENT = re.compile("了(?:多少|几)")
_DONE = re.compile("[了得扣花拿丢剩用](?:多少|几)")
_EITHER_SPENT = re.compile("(?:是)?多(?:花|用|支出)了?还是少(?:花|用|支出)了?")
_SPENT_MORE = re.compile("([多少])(?:[花用]|支出)掉?(?=了|多少|几|百分)")
"""比上年多花了多少: the spending, by how much more."""
_DID_MORE = re.compile("(?P<way>多(?!少)|少)(?P<what>(?!出)[^了的,得多少几,是]{1,3})(?=了(?:多少|几))")
"""比上年少办了几场, 多培训了几人: what is done, by how much less."""
_LED = re.compile(f"^(?:{_MORE})(?:了|出)*(?=(?:多少|几)[一-龥]{{2}})")
"""多了多少公里健身步道: so many kilometres of it."""
_TOLD = re.compile(",?(?:请|麻烦)?(?:给我|帮我)?(?:说|报|列|讲|查|看|写)(?:一?下|说|看)(?:吧)?$")
_BEFORE_LAST = 2
"""前年 is so many years ago."""


@dataclass(frozen=True)
class Frame:
    """``base`` is the question without its years, "" where only the last one is meant; ``op`` None: each."""

    base: str
    years: tuple[int, ...]
    op: StepKind | None
    stated: bool = True
    """Whether the years are named, so that those are meant and no others."""
    each: bool = False
    """Whether each year is asked: 每年有几个."""
    named: bool = False
    """Whether a year is written."""
    counted: bool = False
    """Whether no more than a number of years is said: 两年一共."""
    unit: str = ""
    """多少顶: what the change is counted in, as it is asked; "" where it is not."""


def _unmoved(text: str) -> str:
    """A clause without the change that it asks for: 执行数增加了多少万元."""
    return _EDGE.sub("", _TAIL.sub("", _AMOUNT.sub("", text)))


def year_of(said: str, newest: int) -> int:
    """上一年 before ``newest``; a year that is written is that year."""
    if said[:2] == "20":
        return int(said[:4])
    return newest - (_BEFORE_LAST if said.startswith("前年") else 1)


def frame_of(text: str, known: Collection[int], last: tuple[int, ...] = ()) -> Frame | None:
    """What ``text`` asks of several years; None where of one, or of none.

    ``known``: the years of the library; ``last``: those that the questions before asked of.
    """
    text = _EACH_SAID.sub(_listed, _RATE_TOO.sub("", text))
    text = _HANDED_IN.sub("的", _OR_IN.sub(r"\g<a>年和\g<b>年\g<what>哪年\g<way>", text))
    text = _SPENT_MORE.sub(r"支出\1", _EITHER_SPENT.sub("支出多还是少", text))
    text = _DID_MORE.sub(lambda more: f"{'' if len(more['what']) == 1 else more['what']}{more['way']}", text)
    frame = _against(text, known, last) or _over(text, known, last)
    listed = frame is not None and frame.op == "change" and _WHICH_OF_THEM.search(frame.base)
    return None if listed else frame


def _listed(said: re.Match[str]) -> str:
    """The years that are asked one by one, side by side."""
    years = "、".join(f"{year}年" for year in (said["a"], *re.findall("20[0-9]{2}", said["others"])))
    return f"{years}{said['before']}{said['what']}各有{said['ask']}{said['after']}"


def moved_alone(text: str, known: Collection[int]) -> Frame | None:
    """A change of which no years are said (all that there are), or one: against the year before; else None.

    ``text``: its names hidden, whose words tell of no change.
    """
    if not _WENT.search(text) or _ASIDE.search(text) or _THAN.search(text) or years_of(text, known)[0]:
        return None
    said = {int(year) for year in re.findall("20[0-9]{2}", text)}
    if len(said) > 1 or _WHICH.search(text) or re.search("[去今上前]年", text):
        return None
    year = said.pop() if said else None
    years = tuple(sorted(known)) if year is None else (year - 1, year)
    base = _unmoved(_clean(re.sub("20[0-9]{2}年?度?的?", "", text)))
    return Frame(base, years, "change", stated=False, named=year is not None) if base else None


def _moved(text: str) -> bool:
    """Whether a change is asked for; the 多 and 少 of 多少 are none."""
    return _MOVED.search(text.replace("多少", "几")) is not None


def _against(text: str, known: Collection[int], last: tuple[int, ...]) -> Frame | None:
    """比上年增加多少: one year set against another."""
    found = _THAN.search(text)
    if found is None:
        return None
    before, after = text[: found.start()], text[found.end() :]
    own = _ONE.search(before) or _ONE.search(after)
    said = found["a"] or found["b"] or "上年"
    if not (_moved(text) or found["same"] or _HOW_NOW.fullmatch(after)):
        return None
    if _EACH_YEAR.search(before) and not _ONE.search(before):
        return Frame(
            _unmoved(_clean(f"{_EACH_YEAR.sub('', before)}{after}")),
            tuple(sorted(known)),
            "change",
            each=True,
        )
    newest = last[-1] if last else max(known)
    now = int(own["year"]) if own and own["year"] else newest
    if own and own["last"]:
        now = newest - 1
    then = year_of(said, now)
    rest = _LED.sub("", _TAIL.sub("", _AMOUNT.sub("", after)))
    base = _clean(_ONE.sub("", f"{before.rstrip(',的')}{'的' if rest and before else ''}{rest}"))
    if not _NOUN.search(base) and not _FIGURE.search(base):
        base = f"{base}{_counted(after)}"
    named = bool(own and own["year"]) or said[:2] == "20"
    years, asked = tuple(sorted((then, now))), _AMOUNT.search(after)
    unit = asked[0] if asked is not None else ""
    return Frame(_unmoved(base), years, "change", named=named, unit=unit) if then != now else None


def _counted(text: str) -> str:
    """少几张表: what there are fewer of; "" where that is not said."""
    found = _COUNTED_APART.search(text)
    if found is None:
        return ""
    return found["noun"] or _COUNTERS.get(found["counter"] or "", "")


def _over(text: str, known: Collection[int], last: tuple[int, ...]) -> Frame | None:
    years, rest = years_of(text, known)
    which = _WHICH.search(text)
    mean = _MEAN.search(text)
    if mean is not None and not years:
        years, rest = tuple(sorted(known)), text
    if which is not None and (_ENDS.search(text) or _LOW.search(text)):
        return _end_of(rest or text, years or tuple(sorted(known)))
    if which is not None and not years and WHICH_MORE.search(text):
        years, rest = tuple(sorted(known)), _WHICH.sub("哪年", text)
    if which is not None and years and (more := _MORE_IN.search(rest)) is not None:
        most = "少" if more["low"] else "多"
        most = most if _NOUN_LAST.search(rest[: more.start()]) else "低" if more["low"] else "高"
        ended = f"{rest[: more.start()]}最{most}{rest[more.end() :]}"
        return replace(_end_of(ended, years), stated=True)
    if not years or which is not None:
        return None
    stated = _ALL.search(text) is None
    each = _EACH_YEAR.search(text) is not None or _EACH_COUNTED.search(text) is not None
    apart = re.search("分别|各|每|逐|列(?!支)", text)
    added = re.search("历年|几个?年", text) is not None and not apart
    counted = SOME.search(text) is not None and re.search("20[0-9]{2}|近|过去", text) is None
    if mean is not None or (rest and not apart and re.search("平均", rest) and SOME.search(text)):
        base = _clean(re.sub("平均", "", _MEAN.sub("", rest)))
        return Frame(base, years, "mean", stated, counted=counted)
    moved = _moved(rest)
    if moved and not re.search("最", rest):
        return Frame(_unmoved(_clean(_SUM.sub("", rest))), years, "change", stated, each)
    if _SUM.search(rest):
        # 三年的预算合计各是多少: the sum is that of each year.
        return Frame(
            _clean(_SUM.sub("", rest)),
            years,
            None if (each and not added) or apart else "sum",
            stated,
            each,
            counted=counted,
        )
    if _TWO_ASKED.search(rest):
        return None
    spent = _SPENT.search(rest) and not apart
    return Frame(_clean(rest), years, "sum" if spent else None, stated, each, counted=counted)


def _end_of(text: str, years: tuple[int, ...]) -> Frame:
    """哪一年最高: the year with the highest figure."""
    op: StepKind = "lowest" if _LOW.search(text) else "highest"
    whole, text = text, _BY_HOW_MUCH.sub("", text)
    # 哪年高, 差多少: of two years the one set against the other tells both.
    op = "change" if text != whole and len(years) == _BOTH else op
    rest = _WHICH.sub("", _HOW_MUCH.sub("", text))
    rest = re.sub("(?:,|是|有|为)*(?:多少|几)[^,]{0,3}$", "", _LOW.sub("", _ENDS.sub("", rest)))
    base = _clean(rest.replace("花的", "花"))
    if _OF_SUCH.search(text) and not _NOUN_LAST.search(base) and (noun := _NOUN.search(base)) is not None:
        base = f"{base}的{noun[0]}"
    counted = _MOST_OF.search(text) is not None and _NOUN_LAST.search(base) is not None
    return Frame(base, years, op, each=counted)


def dated_text(text: str, newest: int) -> str:
    """``text`` with 今年, 去年, 前年 as the years meant; 上年 is the one before the year that is said."""
    said = re.findall("20[0-9]{2}(?=年)", text)
    own = int(said[0]) if len(set(said)) == 1 else newest
    text = _NOW.sub(f"{newest}年", text)
    text = _TWO_AGO.sub(f"{newest - 2}年", text)
    last = own - 1 if said else newest - 1
    text = _LAST_YEAR.sub(f"{last}年", text)
    named = [int(year) for year in re.findall("20[0-9]{2}(?=年)", text)]
    return _YEAR_BEFORE.sub(f"{(max(named) if named else newest) - 1}年", text)


def added_again(text: str) -> StepKind | None:
    """加起来多少, 平均呢 of figures told year by year: what is computed of them; None where not asked."""
    found = _AGAIN.fullmatch(text)
    return None if found is None else "mean" if found["mean"] else "sum"


def years_of(text: str, known: Collection[int]) -> tuple[tuple[int, ...], str]:
    """The years that are meant, with the text without them; () where it is one year."""
    if (found := RANGE.search(text)) is not None:
        years = range(int(found["a"]), int(found["b"]) + 1)
        return tuple(year for year in years if year in known), _without(text, found)
    if (found := YEARS_LISTED.search(text)) is not None:
        listed = sorted({int(year) for year in re.findall("20[0-9]{2}", found[0])})
        return tuple(listed), _without(text, found)
    if _ONE.search(text) and re.search("20[0-9]{2}", text):
        return (), ""
    if (found := SOME.search(text)) is not None and (n := number_of(found["n"])) is not None:
        many = sorted(known)[-int(n) :]
        return tuple(many), _without(text, found)
    found = _ALL.search(text) or _FEW.search(text)
    if found is not None and not _MEAN.search(text):
        return tuple(sorted(known)), _without(text, found)
    return (), ""


def _without(text: str, found: re.Match[str]) -> str:
    rest = f"{text[: found.start()]}{text[found.end() :]}"
    # 从2022年到2024年三年, 三年每年: one more word for the same years.
    rest = _FEW.sub("", SOME.sub("", rest))
    return rest if _MEAN.search(rest) else _ALL.sub("", rest)


def _clean(text: str) -> str:
    text = _LISTING.sub("", _TOLD.sub("", text))
    text = text if _DONE.search(text) else _HOW_MUCH.sub("", text) or text
    last = ""
    while text != last:
        last, text = text, _EDGE.sub("", text)
    return "" if _NO_FIGURE.fullmatch(text) and not _RECORDS.match(text) else text


_FOLLOW = re.compile(
    "(?:(?:照|按|用)(?:这个|这种|同样的?|上面的?|刚才的?)(?:算法|口径|办法|方法|标准)(?:来?算)?,?)?"
    f"(?:那么?|如果是|换成|换到|再看|看看)?(?:再|再往)?(?P<y>{_Y}|{_RELATIVE}|前一年)(?:度)?的?(?:那个|情况)?(?:前[三3两二四4五5]名?|最[高低多少]的?)?(?:呢|又?(?:是多少|有多少|怎么样|如何|有哪些|是哪些|是哪个|是哪几个|有几个|是什么))?"
)


_MOVED_ON = re.compile(
    f"(?:那么?)?(?:到了?)?(?P<y>20[0-9]{{2}})年度?(?:呢)?,?(?:比上年|比上一?年|同比)?(?:又|再|还|是)*(?:{_MORE}|变)(?:化)?(?:了|出)*(?:还是(?:{_MORE})了?)?,?(?:又)?(?:差|多|少)?(?:多少|几|吗|呢)?[一-龥%]{{0,3}}"
)
_AGAIN = re.compile(
    f"(?:那么?)?(?:这?[两二三四五]年|几年|历年)?(?:的)?(?:(?P<sum>{_SUM.pattern})|(?P<mean>{_MEAN.pattern}|平均(?:下来)?))(?:的|是|有|花了?|得了?)*(?:(?:多少|几)[一-龥]{{0,3}}|呢)?"
)
_ELABORATED = re.compile(
    "(?:那么?)?(?:[增降涨]幅|(?:增长|下降|增加|减少|变化)率|增速|(?:增长|下降|增加|减少|提高|降低)了?(?:百分之)?(?:多少|几)(?:个百分点)?)(?:是多少|呢|多大)*"
)


_OF_EACH = re.compile(
    "历年|逐年|年年|[各每]个?年|(?:[两二三四五六]|[最]?近几|这几)个?年度?[^,;]{0,12}(?:各(?!项|指标|单位|部门|处)|分别)"
    "|20[0-9]{2}年?(?:[、,，和与及到至-]20[0-9]{2}年?)+[^,;，；]{0,20}(?:各(?:有|是|为)?[几多]|分别(?:有|是|为)?[几多])"
)


def of_each_year(text: str) -> bool:
    """历年项目数, 三年的预算合计各是多少: a figure of every year, not one of all of them."""
    return _OF_EACH.search(text) is not None


def elaborated(text: str) -> bool:
    """增长率呢, after a change: what was told with it."""
    return _ELABORATED.fullmatch(text) is not None


def moved_year(text: str, known: Collection[int]) -> int | None:
    """2024年呢,又变了多少, after a change: the year that is set against the one before it."""
    found = _MOVED_ON.fullmatch(dated_text(text, max(known)))
    return int(found["y"]) if found is not None else None


def other_year(text: str, last: tuple[int, ...]) -> int | None:
    """那上一年呢: the year that the last question is asked of now; ``last``: those that it was asked of."""
    found = _FOLLOW.fullmatch(text)
    if found is None:
        return None
    # 去年呢, 前年呢, one after the other: each one year back.
    again = len(last) > 1 and last[-1] == last[-2] - 1 and found["y"].startswith("前年")
    return last[-1] - 1 if again else year_of(found["y"], last[-1])
