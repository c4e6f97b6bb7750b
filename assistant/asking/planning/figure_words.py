"""The words that set figures against each other, or add them up."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.asking.language.words import bundled_words
from assistant.asking.planning.meaning import Meaning
from assistant.asking.records.query import StepKind

_OWN = "(?:要|还|又|竟然?|居然|反而|反倒|倒|实际|就|各|到底|具体|究竟|都|总共|一共)*"


_MORE = f"{_OWN}(?:多|少|高|低|大|小|超|差|贵|省)(?:出来?|了|上)*[收花用发做办支拨投培]?(?:了)?"


_UNIT = "(?:万元?|亿元?|元|块|钱|分|个?百分点|个点|%|[个条项家人名次场期篇天份张])*"


_MUCH = f"{_OWN}(?:多少|几){_UNIT}(?:钱)?"


_AND = "(?:和|跟|与|同|、)"


_FITS = (
    "(?:到底|究竟)?(?:能不能|能否|可否|能|是不是|是否|会不会)?(?:完全|正好|刚好)?"
    "(?:对不对得上|对得上对不上|对得上|对不上|对上|一致|相等|相符|相同|一样(?:多|高|大)?|吻合|合得上|扯得平|持平)(?:号)?了?(?:吗|不|么|没有|没|否|不是|吧)?"
)


_BETWEEN: tuple[tuple[StepKind, str, str], ...] = (
    ("difference", "相比于?|相较于?|比起|较之|比(?![例重率较])", f"{_MORE}{_MUCH}"),
    ("difference", _AND, f"(?:之间)?{_OWN}(?:相差|差额|差距|差)(?:是|了|有)?{_MUCH}"),
    ("difference", "减去?", f"(?:是|等于|得|剩|还剩){_MUCH}"),
    ("quotient", "相当于|等于|顶|是", "的?(?:多少|几)倍"),
    ("quotient", "除以|÷", f"(?:是|等于|得){_MUCH}"),
    ("share", "除以|÷", "(?:是|得|等于)(?:百分之(?:几|多少)|几成)"),
    ("share", "是|相当于|为", "的?(?:几分之几|百分之(?:几|多少)|几成)"),
    (
        "share",
        "(?:只|才|能|就|约|大概|大约|一共|总共)*占(?:到|了|去)*",
        "(?:的|里头?|里面|当?中)*(?:百分之(?:几|多少)|比例|比重|百分比|几成|份额|几分之几"
        "|多少(?:个?百分点|%)?|多大(?:的?(?:比例|比重|一块))?)(?:是|为|有|达)?(?:多少|几|多大|多高)?",
    ),
    ("same", "和|跟|与|同", _FITS),
    ("same", "(?:是不是|是否|等不)等于", "(?:吗|么|不|没有?)?"),
    ("same", "(?<!有指标分值)(?<!有指标得分)等于", "(?:吗|么|不|没有?)"),
)


SIGNS = tuple((op, re.compile(sign), re.compile(f"(?P<b>.+?){end}")) for op, sign, end in _BETWEEN)
"""What stands between two figures, and what follows the second."""


ADDED = re.compile(
    "(?:加起来|加一起|加在一起|加到一起|[加合]在?一块儿?|合起来|合在一起|合计|一共|总共|相加|之和|一加|加总|总和|累加|统共|共计)"
    f"(?:的|是|为|有|得|算|数)*(?:{_MUCH})?(?:的)?"
)


TOGETHER = re.compile(f"(?:这|那)?(?:两|三|几)?(?:[个项笔家张者])?(?:{ADDED.pattern})(?:的)?")
"""合起来, before 占全厅几成: all figures that were asked before."""


_PIECES = re.compile("、|再?加上?|和|跟|与|以及|还有|\\+")


PLUS = re.compile("再?加上|(?<![增附参追施])加(?![起总在到一权])|\\+")


COUNTED = re.compile(
    "(?P<n>[0-9]+|[两二三四五六七八九十]+)(?:个|块|项|条|笔|张|家|份|行)(?:指标|项目|表)?(?:的)?"
)


EACH = re.compile("(?P<listed>.+?)(?:各自?(?!个?(?:项目|表|处室|单位|指标))|分别)(?P<asked>[^,;]+)")


NUMBER = re.compile("(?P<n>[0-9]+(?:\\.[0-9]+)?)(?P<unit>万元?|亿元?|元|块|分|%|[个条项家人名次场期篇天])?")


COUNT_AT_END = re.compile("(?:多少|几)(?P<unit>[个条项张])$")
MUCH_AT_END = re.compile(f"(?:是|为|有)?{_MUCH}$")


AGAINST = re.compile(
    "(?:哪[个边条项张头笔]|谁)的?[一-龥]{0,3}?得?(?:更|要|比较)?(?:多|少|高|低|大|小|好|差)(?:一?些|一点)?"
    f"|(?:两[者个边])?(?:之间)?(?:相?差|相差|差距){_MUCH}|(?:多|少){_MUCH}"
)


APART = re.compile(f"(?:两者|两个数|之间)?(?:相?差|差额|差距)(?:是|了|有)?{_MUCH}")


CUT = re.compile(
    f"(?<=[多少高低大小超])(?:了|出|一些|一点)*,{_OWN}(?:[多少高低大小超]|超)(?:出|了)*(?={_MUCH}$)"
)


DIGITS = re.compile("[(（]?(?:保留|取|精确到)?(?:小数点后)?[一两二三四0-9]位(?:小数)?[)）]?")


WHOLE = re.compile(
    "全部|所有|全区|全厅|整个|总盘子|每个项目|各项目|(?:[0-9]+|[一二两三四五六七八九十]+)个项目|全年度?总"
)


OTHERS = re.compile(
    "(?:除(?:了|去)?(?:它|这[个张条])?(?:以外|之外|外)?的?)?(?:其他|其余|其它|别的|余下的?|剩下的?|另外)(?:的)?"
    "(?:[0-9]+|[一二两三四五六七八九十]+)?(?:[个张家])?(?:项目|表|单位)?(?:的)?"
)


AVERAGE = re.compile(
    "(?:(?:全部|所有|整个|总体|整体|各|每个|大家|全[厅局])的?)?(?:[0-9]+|[一二两三四五六七八九十]+)?(?:个|张)?"
    "(?:项目|表|专项|自评表)?的?(?:总体|整体)?(?:平均(?:值|数|水平|线)?|均值|均线)的?(?P<field>[一-龥]{0,6}?)(?:的)?(?:水平|值|数)?"
    "(?:相?比(?:起来|较)?)?"
)
"""The mean over all forms: 各项目平均, 平均执行率."""


_EITHER_WAY = re.compile(
    "(?:[多高大超强好]了?(?:还是|或者?是?)[少低小不差弱](?:于|足|了)?)(?:,(?:相?差|差了)(?:多少|几))?(?:[个条分张]|个?百分点)?$"
)
"""多还是少, after two figures."""


_THE_MEAN = "[^,;]{0,8}?(?:平均|均值|均线)[^,;]{0,6}?"
_WITH_MEAN = re.compile(f"(?:和|跟|与|同)(?P<mean>{_THE_MEAN})(?:相)?比(?:起来|较)?(?:呢)?,?(?:是|算|要)?")
_BEYOND_MEAN = re.compile(
    f"(?:超过|超出|高出|高于|多于|低于|少于|不及|不到)了?(?P<mean>(?:全部|所有|各)?(?:项目|表)?{_THE_MEAN})(?=(?:多少|几)[^,;]*$)"
)


IT = re.compile(
    "^(?:这|它|其|该|本|自己|自身|这个|该个|那个|那张|这张|同一?张)(?:项目|表|专项)?(?:自己|本身)?的?(?:那|这)?"
)


_LIGHT = re.compile(
    "(?:合计|总|得)?(?:数|结果|式子|算式)?(?:也)?(?:给我|报我|列出来|列一下|说一下|写出来|要有)?"
)


AMONG = re.compile(
    "其中(?P<a>.+?)(?:只|就|约|大概)*占(?:到|了|去)*"
    "(?:百分之(?:几|多少)|多大(?:的?(?:比例|比重))?|多少|几成|比例|比重)(?:是|为|有)?(?:多少|多大|多高)?"
)
"""Of the sum asked before the part that one thing has."""


_AGAINST_LAST = re.compile("(?:那么?|它|这)*(?:跟|和|与|同|比)(?![较例重])")


def computes(meaning: Meaning) -> bool:
    """Whether a meaning already sets figures against each other."""
    return any(
        query.ask in ("compare", "ratio", "check", "how", "place", "first", "term")
        or any(measure.op in ("share", "range") for measure in query.measures())
        or {"gap", "completion", "unspent", "overspent"}
        & {*query.show, query.order.field if query.order else ""}
        for query in meaning.queries
    )


def against_the_last(text: str) -> bool:
    """跟这张表的执行数一致吗: what is set against the figure of the last answer."""
    return _AGAINST_LAST.match(text) is not None


def names_each(text: str) -> bool:
    """Whether one figure for each of several things is asked."""
    return EACH.search(text) is not None


def may_be_composed(text: str) -> bool:
    """Whether any words of ``text`` set figures against each other, or add them up."""
    return sets_against(text) or re.search("加|一共|总共|合计|之和|总和", text) is not None


def sets_against(text: str) -> bool:
    """Whether any words set figures against each other, and do not only add them up."""
    return (
        re.search(
            "比|差|占|倍|(?:超|高|低|多|少|不及|不到)[^,;]{0,6}(?:平均|均值)|等于|对[得不能]|对上|一致|相等|相符|吻合|一样|相同|持平|减|除以|[哪谁][^,;]{0,4}[多少高低大小]",
            text,
        )
        is not None
    )


def than_average(text: str) -> str:
    """和平均比是高还是低, 超过平均多少 in the words of a comparison: 比平均多多少."""
    text = _WITH_MEAN.sub(lambda said: f"比{said['mean']}", text)
    text = _BEYOND_MEAN.sub(lambda said: f"比{said['mean']}多", text)
    return _EITHER_WAY.sub("多多少", text)


def clauses(text: str) -> Iterator[str]:
    """The clauses of a question."""
    yield from (clause for clause in re.split("[,;]", text) if clause)


def adds_figures(text: str) -> bool:
    """Whether figures are asked one after the other, and the last clause takes them all together."""
    *told, last = clauses(text) if text else [""]
    return len(told) > 1 and TOGETHER.match(last) is not None and all(map(asks, told))


def asks(clause: str) -> bool:
    """Whether a clause asks for anything."""
    return re.search("多少|几(?![十百千])|哪|谁|什么|吗$|怎", clause) is not None


def is_light(clause: str) -> bool:
    """Whether a clause says nothing about what is looked for."""
    return bool(_LIGHT.fullmatch(clause) or bundled_words().light.fullmatch(clause))


def ways(listed: str) -> Iterator[list[str]]:
    """Ways to divide a list: at every sign, or at each single one."""
    signs = list(_PIECES.finditer(listed))
    whole = [piece for piece in _PIECES.split(listed) if piece]
    if len(whole) > 1:
        yield whole
    if len(signs) > 1:
        for sign in signs:
            if listed[: sign.start()] and listed[sign.end() :]:
                yield [listed[: sign.start()], listed[sign.end() :]]
