"""The words of a check: a figure of a form, what is printed of it, what the rule gives, that they differ.

Each is a token of its own, so that they may stand in any order; which of them make up a question of a check
is for the reader of them to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_THIS = "(?:的|这|那|一|项|栏|块|行|格|列|部分|方面|上|里)*"
_POINTS = "(?:得分|分数|评分|打分)"
_FILL = "(?:打印|填写|填报|登记|写|填|印|报|标|登|录)"
_GIVE = "(?:打|给|评|得|拿)"
_ADD = "(?:相加|加总|累加|合计|求和|之和|总和|加(?!不))"
_CALC = "(?:计算|核算|测算|折算|换算|推算|重算|复算|算|折|除)"
_ANEW = "(?:重新|(?<!权)重|再|自己|自行|实际|真正|真实|老老实实)"
_OUT = "(?:一?[遍下次回]|出来|下来|起来|过来|一起|在?一块儿?|在一起|到一起|的话|后|过|出)*"
_DUE = "(?:(?:应该|应当|应|该)?得(?:的)?分数?|得分|分数?|结果|数字?|数值|值)"
_AMOUNT = "(?:全年)?(?:预算|执行|支出)(?:数|额)?"
_MONEY = f"{_AMOUNT}[和与跟同及、除比÷/以]+{_AMOUNT}"
_BASIS = (
    f"(?:公式|规则|规定|标准|评分办法|(?:实际)?完成的?(?:比例|率|情况|程度)|比例|{_MONEY}|[0-9.]+%|(?:预算)?执行率"
    "|满分(?:10|十)分|(?:10|十)分)(?:的?执行率)?"
)
_MANY = "(?:多少|几)(?![张个份家条项处])(?P<{}>分|个?百分点|%)?"
_ADVERB = "(?:各自?|分别|到底|究竟|又|正确的?|其实|本来|按理|都|的|,)*"
_LESS = "(?:(?<!没)有|是不是|有没有|是否)?"
_AMISS = "(?:错|不对|不准|有误|有问题|不正确|走样)"

_TOKENS = (
    # That they do not differ
    (
        "fits",
        f"(?<!有)(?:都|全|均)?(?:没有?|未|并未|从未|不曾)(?:被|有)?(?:{_FILL}|{_GIVE}|计算|算|加)(?:得|的)?{_AMISS}误?"
        "|(?<!没)(?<!不)(?:能|都|全|均)*(?:对得上|相符|一致|吻合|匹配)(?=的)",
    ),
    # That they differ
    (
        "differs",
        f"{_LESS}(?:{_FILL}|{_GIVE}|计算|算|加)(?:得|的)?{_AMISS}误?了?(?:吧|没有?|吗)?"
        "|错误|有误|不正确|不准确|不对(?!应)(?:吧)?",
    ),
    (
        "differs",
        f"{_LESS}(?:对|合|加)不(?:上|拢|起来)号?|(?:不相?符合?|不一致|不相?吻合|不匹配|有出入|有偏差|有误差)",
    ),
    (
        "differs",
        "(?:不是|没有?|未|并非|并未|并没有?)(?:严格|真)?(?:按照?|照着?|用|拿)"
        f"(?:这个|这么|这|{_BASIS})*(?:来|去)?(?:{_CALC}|{_GIVE})(?:出来)?(?:的)?(?:吧|吗)?",
    ),
    ("apart", "不一样|不相同|不同|不相等|不等|有差异|有差别|有差距|不是(?:一回事|一个数|同一个数)"),
    (
        "agrees",
        "(?:是不是|是否|能否|能不能|会不会|能|算不算)(?:都)?(?:相符|对得上|一致|符合|吻合|一样|匹配|相等)(?:的)?(?:吗|么)?"
        "|(?:相符|对得上|一致|符合|吻合|匹配|相等)(?:吗|么|不|没有?|否)",
    ),
    # How much they are apart
    (
        "gap",
        f"{_ADVERB}(?:多|少)(?:{_GIVE}|{_FILL}|算|加)了?(?:它|他们|自己|人家)*的?{_MANY.format('p1')}"
        f"|{_ADVERB}(?:虚高|偏高|偏低|(?:{_GIVE}|{_FILL}|算|加)得?[高低多少])(?:出|掉)?了?{_MANY.format('p2')}",
    ),
    ("off", f"{_ADVERB}(?:(?:相)?(?:差|错)(?:了|出)?|[高低多少](?:出|掉)?了?){_MANY.format('p3')}"),
    (
        "way",
        f"(?:多|少)(?:{_GIVE}|{_FILL}|算|加)了?|虚高|偏高|偏低|(?:{_GIVE}|{_FILL}|算|加)(?:得)?[高低多少]了?"
        "|(?:还|要|都)?[高低多少大小](?=,|的(?:[,是有]|自评表|表|项目))",
    ),
    # What the rule gives
    (
        "due",
        f"{_ADVERB}(?:{_ANEW}*的?(?:上)?(?:应该|应当|应|该)(?:能)?(?:是|为|得|给|打|评|拿|填|算|有)*{_MANY.format('p4')}"
        f"|{_ANEW}+(?:上)?{_CALC}{_OUT}(?:又|应该|应)?(?:是|为|得|有)?{_MANY.format('p5')}"
        f"|(?:实际|真正|真实|正确)(?:上|的)?(?:又|应该|应)?(?:是|为)?{_MANY.format('p6')})",
    ),
    (
        "rule",
        f"(?:按照?|照着?|依照?|根据|拿|用|以|凭|套用?)(?:这个|这|实际的?)?{_BASIS}"
        f"(?:[,的]?(?:来|去)?{_ANEW}*[×*乘以]*(?:10|十)?分?(?:{_CALC}|{_GIVE})?{_OUT})(?:的)?{_DUE}?(?![0-9])",
    ),
    ("rule", f"(?:公式|规则)(?:{_CALC}|给|要求|规定)?(?:出来)?(?:的)?{_DUE}?"),
    ("rule", "应得执行得分|(?:实际)?(?:应该?|该)(?:得|给|打)(?:的)?(?:分数?|得分)?(?![多几])"),
    (
        "again",
        f"{_ANEW}+(?:{_CALC}|加){_OUT}(?:的)?{_DUE}?|(?:重算|算)(?:出来|下来|一遍)(?:的)?{_DUE}?|重算(?:的)?{_DUE}?",
    ),
    ("reached", "(?:实际)?完成的?(?:比例|率|情况|程度)"),
    (
        "fact",
        "(?:预算数?[和与跟、]执行数?|执行数?[和与跟、]预算数?)|(?:实际|真实)(?:情况|数字?|数据|值)?(?![完执花支达])",
    ),
    # What is printed
    (
        "shown",
        f"{_ADVERB}(?:(?:表|表格)(?:上|里|中)(?:面)?(?:它|他们)?(?:给?自己|实际|最后|最终)?(?:{_FILL}|{_GIVE}|算)?"
        f"|(?:它|他们)?(?:给?自己|实际|最后|最终)?(?:{_FILL}|{_GIVE}|算))"
        f"(?:的|了|着|得)?(?:又|却)?(?:是|为)?{_MANY.format('p7')}",
    ),
    ("ask", f"{_ADVERB}(?:是|为|得|有)?{_MANY.format('p8')}"),
    (
        "printed",
        "(?:(?:表|表格)(?:上|里|中)(?:面)?)(?:的)?(?:自己)?"
        f"(?:(?:{_FILL}|{_GIVE})(?:出来)?(?:的|得|着|了)*)?(?:的)?(?:是)?{_DUE}?"
        f"|(?:给?自己)?(?:{_FILL}(?:出来)?(?:的|得|着|了)*|{_GIVE}(?:的|了|出来的))(?:的)?(?:是)?(?:数字?|分数?|值)?",
    ),
    # The figures of a form
    (
        "sum",
        f"(?:把|将)?(?:各|每一?|逐)(?:个|项|分项|行|条)*(?:指标)?(?:的)?{_POINTS}(?:[和跟与、]|加上?|连同?)?"
        f"(?:预算)?(?:执行)?率?{_POINTS}?(?:全|都|重新?|再|全部)*{_ADD}{_OUT}(?:的)?(?:数|和|结果|总数|总和)?"
        "|各项得分加起来",
    ),
    (
        "added",
        f"(?:各|每一?|逐|分|所有)(?:项|分项|行|条)(?:的)?(?:重新?|再|实际)*{_ADD}{_OUT}(?:的)?(?:数|和|结果|总数)?"
        f"|(?:重新?|再|实际)*加(?:总|起来|出来|到?一起|在?一块儿?)(?:的)?(?:数|和|结果|总数)?",
    ),
    ("total", "(?:自评|填报)?总(?:得|评)?分(?!值)|合计得?分|自评得?分"),
    (
        "exec",
        f"(?:预算|资金)?执行[率律]?{_THIS}{_POINTS}|(?:预算)?执行(?:率)?分(?![值析成为档段组])"
        "|(?:预算)?执行(?:率)?(?:的|那|这)*(?:10|十)分",
    ),
    (
        "part",
        "(?:花钱|用钱|资金|预算|经费|钱|执行)(?:执行|使用)?(?:的)?(?:这|那)一?(?:项|块|栏|行|部分)(?:的)?",
    ),
    ("rate", "(?:预算|资金)?执行[率律](?:这|那)?(?:一)?(?:项|栏|块|行|格)?"),
    (
        "score",
        f"(?:(?:各|每一?|逐)(?:个|项|分项|行|条)*)?(?:指标)?(?:的)?{_POINTS}(?:这|那)?(?:一)?(?:项|栏|块|行|格)?",
    ),
    ("funds", "(?:年度|全年)?(?:资金|预算|项目)?总额|资金合计"),
    (
        "sources",
        "(?:下面|下头|底下|三|几|各|每|所有)*(?:个|项|类)?(?:资金)?(?:的)?来源(?:行|资金|金额|明细)?(?:的)?(?:数字?|金额)?",
    ),
    # What joins them
    ("if", "(?:要是|如果|假如|倘若|若)(?=[^,]{0,7}(?:按|照|重新|拿|用))"),
    (
        "who",
        "的?(?:是|有)?(?:哪(?:些|几)?[张个份]?|(?:多少|几)[张个份]|谁)?的?(?:自评)?(?:表|项目|单子)(?:有|是)?(?:哪(?:些|几)[张个份]?|(?:多少|几)[张个份]|谁)?",
    ),
    ("number", "[0-9.]+(?:%|分)?"),
    (
        "join",
        "[(](?:最多|满分|最高|按|封顶)*(?:10|十)分(?:封顶|满分)?[)]",
    ),
    (
        "join",
        "全部|所有|有没有|是不是|是否|这一?[项栏行格块列]|那一?[项栏行格块列]|之间|其实|明明|但是?|可是?|却|相比|相对|比起来|一对",
    ),
    ("join", "自治?(?!区)|[,、的得是了在就又还也都和与跟同及比把将被之间来看里上吧啊呢]"),
)
_TOKEN = re.compile("|".join(f"(?P<{kind}{at}>{pattern})" for at, (kind, pattern) in enumerate(_TOKENS)))
_GIVEN = re.compile("[得给打评]")
"""该得多少: of points, though they are not said."""
_KINDS = tuple(kind for kind, _ in _TOKENS)


class Token(NamedTuple):
    """A word of a check; ``points``: it asks for so many points."""

    kind: str
    start: int
    end: int
    text: str
    points: bool


def tokens_of(text: str, taken: Sequence[bool]) -> Iterator[tuple[Token, ...]]:
    """The runs of such words that stand side by side in ``text``; none where anything is ``taken``."""
    run: list[Token] = []
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None or found.end() == at or any(taken[at : found.end()]):
            if run:
                yield tuple(run)
            run = []
            at += 1
            continue
        run.append(_token(found))
        at = found.end()
    if run:
        yield tuple(run)


def _token(found: re.Match[str]) -> Token:
    groups = found.groupdict()
    kind = next(kind for at, kind in enumerate(_KINDS) if groups[f"{kind}{at}"] is not None)
    points = any(groups[f"p{at}"] == "分" for at in range(1, 9)) or (
        kind == "due" and _GIVEN.search(found[0])
    )
    return Token(kind, found.start(), found.end(), found[0], bool(points))
