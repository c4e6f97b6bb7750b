"""What a question says of projects or offices by a change between years: which years, which way, how far."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistant.asking.language.numbers import NUMBER, Bound, find_bounds
from assistant.asking.planning.change_years import CHAIN, GAP, Pieces, years_said
from assistant.asking.planning.ways import DOWN, DOWN_RATES, MOVE, STILL, UP, UP_RATES
from assistant.asking.planning.year_words import dated_text
from assistant.asking.records.query import GROUPED, Condition, Made, Shape, Way
from assistant.form.numerals import number_of

_UP = f"{UP}|{UP_RATES}|(?:涨|升|(?<!新)增|加)(?=了|得|最|出|的|$|,|□|超|[0-9])"
_DOWN = f"{DOWN}|{DOWN_RATES}|(?:降|跌|减|(?<![花用支])掉|砍|缩|压)(?=了|得|最|出|的|$|,|□|超|[0-9])"
_WAY = re.compile(
    f"(?P<still>{STILL})|(?:(?P<down>{_DOWN})|(?P<up>{_UP})|(?P<apart>{MOVE}|(?:差距|相差|差额|差异|差别)(?=最|的?排)))"
    "(?:的)?(?:幅度|数额|金额|额度|比例|率|额|数|值)?(?:了|得|出|是|有)*"
)
_BARE = re.compile(
    "(?<![最多少至])(?<!第[二三四五六七2-9])(?:(?P<up>[多高大])|(?P<down>[少低小]))(?=了|的|出|得|$|,|□|项目|专项|部门|单位|有?(?:哪|几)|[0-9超不花给拨批用支]|安排|下达|执行|投入)(?:了|出|得)*"
)
_RATE = re.compile("率|幅|速|快|慢|比例|百分之|%")
_MOST = re.compile(
    "(?:的)?(?:是|为|属)?最(?:为|是)?(?:(?P<high>多|大|快|高|猛|厉害|明显|显著|狠|凶|突出|剧烈)|(?P<low>少|小|慢|低))(?:者|的)*"
    f"(?:(?P<many>{NUMBER})(?:个|家|名|项))?"
    f"|(?:的)?(?:排(?:名|在)?|位列|居)?(?:前|头)(?P<first>{NUMBER})(?:个|家|名|位|项|大)?(?:的)?"
    "|(?:的)?(?:排(?:名|在)?|位列|居|位居)?(?:第一|首位|榜首)(?:的|名|位)*"
    "|(?:的)?(?:排(?:名|在)?)?第(?P<place>二|三|四|五|[2-5])(?:大|多|高|快|名|位)?(?:的)?"
)
_ORDER = re.compile(
    "(?:按|依)?(?:照)?(?:的)?(?:(?:从|由)[大高多快]到[小低少慢]|(?P<up>(?:从|由)[小低少慢]到[大高多快])|降序|(?P<rise>升序))(?:的?顺序)?(?:给|对|把|将)?"
    "|(?:给|对|把|将)?(?:来|进行)?排(?:个?[序名队]|列|行|一?下|出来)"
)
_NOUN = "项目|专项|主管部门|部门|(?<=[各个家些])局|(?<=[的□])局(?=$|,|□|是|有)|实施单位|单位|处室|科室|股室"
_WHO = re.compile(
    "(?:的)?(?P<ask>哪些|哪几[个家]|哪一?[个家]|几[个家]|多少[个家]?|什么|有没有|是否有|有无|各|每一?|所有|全部|全体|任何)?"
    f"(?:的)?(?:[个家])?(?P<noun>{_NOUN})(?:里头?面?|中|当中|之中)?(?:的)?"
)
_ROWS = re.compile("(?:的)?(?:[个条项])?(?P<noun>指标)(?P<ask>)(?:里头?面?|中|当中|之中)?(?:的)?")
_KIND = re.compile("(?:数量|质量|时效|成本|经济|社会|生态|效益|可持续影响|影响|满意度|产出|服务对象)$")
_KIND_LAST = re.compile(f"(?P<said>.+?)的?(?P<what>{_KIND.pattern[:-1]}指标)$")
_ROW_COUNTED = re.compile(f"(?:{_UP}|{_DOWN}|[多少])(?:出来?|掉)?了?(?:几|多少)[条个项](?![次百]|点)")
"""扣分的指标少了几条: so many fewer of them, not those whose figures fell."""
_ASK = re.compile(
    "(?:分别|都|各自?|一共|总共|共)*(?:有|是|为)?(?:哪些|哪几[个家条项]|哪一?[个家条项]|哪[两三四五六]个|谁家?|几[个家条项](?!百分点|点|次)|多少[个家条项](?!百分|次))|有没有|是否有|有无"
    "|(?:请|帮我|麻烦)?(?:列出来?|列一下|列举|找出来?|筛选?出来?|查一?下|看看|统计一?下|说说|告诉我)|名单|清单|排名|排行"
)
_HOW_FAR = re.compile(
    "(?:分别|各自?|又|都|具体)?(?:是|为|有)?(?:多少|几)(?:万元|个?百分点|万|元|分|个|项|条|钱)?(?=$|,|□)|百分之(?:几|多少)|多大|怎么样|怎样|如何|情况|(?:对比|比较)$"
)
_TOO = re.compile(
    f"(?:分别|各自?|又|都|具体)*(?:{_UP}|{_DOWN}|{MOVE})(?:的)?(?:幅度|数额|金额|额度|比例|率|额|数|值)?(?:了|得|出|是|有)*(?=(?:多少|几|百分之|多大))"
)
"""…, 分别增加了多少: how far those found went, which is told anyway."""
_COUNT = re.compile(
    "(?<!哪)几[个家条项](?!百分点|点|次)|多少[个家条项](?!百分|次)|多少(?=项目|部门|单位|专项|处室|指标)|[个家条]数"
)
_WHETHER = re.compile("有没有|是否有|有无|吗$")
_WHICH = re.compile("哪|谁|什么(?=项目|部门|单位)|名单|清单|列|找出|筛")
_EACH = re.compile("各(?!年)|每(?!一?年)|分别|逐个")
_EACH_COUNTED = re.compile("(?:各自?|分别)有?(?:几|多少)[个条项张](?!百)")
"""各有几条: a number for each of them."""
_EACH_OFFICE = re.compile("(?:各|每一?)个?(?:主管部门|部门|局|实施单位|单位|处室|科室|股室)")
_FORMS_COUNTED = re.compile("(?:各自?|分别)?有?(?:几|多少)[个张]?(?:项目|专项|(?:自评)?表)")
"""各局各有几个项目: what is counted of each."""
_EACH_OF = re.compile(f"(?:各|每一?)个?(?:{_NOUN.replace('(?<=[各个家些])', '')})")
_TOTAL = re.compile(
    "(?:的)?(?:合计|累计|总共|一共|总计|共计|加起来|加在一起|之和|总和|总额|总量)(?:的|是|为)?(?:[高多大](?=于|出|过))?"
)
_AVERAGE = re.compile("(?:的)?(?:平均每年|每年平均|平均下来|年均|平均)(?:的|是|为)?")
_IN_ALL = re.compile(
    f",(?:一共|总共|合计|总计|共)(?:又|都)?(?:{_UP}|{_DOWN})(?:了|出)?(?:多少|几)[一-龥]{{0,3}}$"
)
"""一共增加了多少, of those that are listed: what is told with them."""
_ADDED = re.compile("合计|一共|总共|总计|共计|加起来|总和|平均")
_ASIDE = re.compile(
    "(?:[比较与和跟同到]|相对于?|超过?|[高低多少]于)年初|年初[^,]*(?:全年|调整)"
    "|(?:(?<!相)比|[较与和跟同到离距超过达成]|[高低多少大小]于)了?(?:年度|预期)?目标|目标值?(?:还|都)?[高低多少](?!于20)"
    "|追加|调整|调增|调减|占|原因|为什么|为何|以下简称"
)
"""What is set against something else than another year, or tells why."""
_TO = re.compile("(?:到|至|回|为|成)了?(?=[0-9])")
"""降到90%: where it ends, not how far it went."""
_BETWEEN = re.compile("(?:的|了|得|出|幅度|额|率|是|为|在|都|均|有|达|达到|超)*")
_TWICE = re.compile("翻了?(?:一)?[番倍]|成倍(?=增)")
_THEN = re.compile("^(?:那么?|反过来|再看)?(?:呢)?|呢$")
_LEAST = 2
_PROJECTS = ("项目", "专项")


@dataclass(frozen=True)
class Wanted:
    """``base``: the question without the change; ``years``: the latest first, each set against the next.

    ``noun``: what is listed, counted or ranked; ``most``: the largest change first, None: in no order;
    ``limit``: so many, after ``offset``.
    """

    base: str
    years: tuple[int, ...]
    noun: str
    way: Way
    relative: bool
    having: tuple[Condition, ...] = ()
    most: bool | None = None
    limit: int | None = None
    offset: int = 0
    ask: Shape = "list"
    op: Made = "change"
    notes: tuple[str, ...] = ()


def wanted_change(text: str, known: Collection[int], names: Sequence[tuple[int, int]]) -> Wanted | None:
    """The change that ``text`` lists, counts or ranks projects or offices by; None where it does not.

    ``known``: the years of the library; ``names``: stretches of ``text`` that are names as printed.
    """
    kept = [text[start:end] for start, end in names]
    for at, (start, end) in reversed(list(enumerate(names))):
        text = f"{text[:start]}{chr(_PRIVATE + at)}{text[end:]}"
    if _ASIDE.search(text) or "多出来" in text:
        return None
    text = _IN_ALL.sub("", text)
    found = _of(dated_text(text, max(known)), sorted(known, reverse=True))
    if found is None:
        return None
    base = "".join(kept[ord(c) - _PRIVATE] if 0 <= ord(c) - _PRIVATE < len(kept) else c for c in found.base)
    return (
        None
        if re.search("哪|谁|几|多少|最|什么|20[0-9]{2}", base)
        else Wanted(**{**vars(found), "base": base})
    )


_PRIVATE = 0xE000


def other_change(text: str) -> Wanted | None:
    """降得最多的呢, after a question by a change: the other way; None where ``text`` says anything else."""
    left = Pieces(text)
    moved = _way_of(left, "")
    if moved is None or moved.way in ("", "apart"):
        return None
    bounds = _how_far(left, moved)
    most, limit, offset = _most(left)
    for pattern in (_WHO, _ASK, _TOO, _HOW_FAR, _THEN):
        left.take(pattern)
    if left.left():
        return None
    relative = moved.relative or any(bound.unit in ("%", "倍") for bound in bounds)
    return Wanted(
        base="",
        years=(),
        noun="",
        way=moved.way,
        relative=relative,
        having=_having(bounds, moved),
        most=most,
        limit=limit,
        offset=offset,
        ask=_shape(text, most),
    )


def _of(text: str, known: Sequence[int]) -> Wanted | None:
    left = Pieces(text)
    chain = left.take(CHAIN)
    said = years_said(left, known, chain)
    if said is None:
        return None
    moved = _way_of(left, said.way) or (_together(left, chain) if said.listed else None)
    if moved is None or (chain is None and not said.told and (moved.bare or "年初" in text)):
        return None
    bounds = _how_far(left, moved)
    most, limit, offset = _most(left)
    counted = left.take(_FORMS_COUNTED) if _EACH_OFFICE.search(text) else None
    who = _who(left, text)
    if who is None or not _is_asked(text, who, moved, ranked=most is not None, bounded=bool(bounds)):
        return None
    for pattern in (_EACH_COUNTED, _ASK, _TOO, _HOW_FAR, _ASK, _HOW_FAR):
        left.take(pattern)
    each = (counted is not None or _is_each(text, ranked=most is not None)) and not moved.still
    several = each and _EACH_OF.search(text) is not None
    if _WAY.search(left.rest) or (chain is not None and moved.way in ("", "apart") and not several):
        return None
    ordered = most is not None and limit is None
    having = _having(bounds, moved)
    if moved.way == "apart" and most is None and not (each or moved.still):
        # 有变化的: those that did not change are none of them.
        having = (*having, Condition.model_validate({"field": GROUPED, "op": "gt", "number": 0}))
    return Wanted(
        # 目标提高了的满意度指标: of the kind, the target.
        base=_KIND_LAST.sub(r"\g<what>的\g<said>", f"{left.left()}{'项目' if counted else ''}"),
        years=said.years
        if chain is not None or each or moved.op != "change"
        else (said.years[0], said.years[-1]),
        noun="部门" if who["noun"] == "局" else who["noun"],
        way="" if each or moved.still or ordered else moved.way,
        op="each" if each and moved.op == "change" and len(said.years) > _LEAST else moved.op,
        relative=moved.relative or any(bound.unit in ("%", "倍") for bound in bounds if moved.op == "change"),
        having=having,
        most=most != (ordered and moved.way == "down") if most is not None else None,
        limit=limit,
        offset=offset,
        ask=_shape(text, most) if counted is None else "list",
        notes=said.notes,
    )


def _is_each(text: str, *, ranked: bool) -> bool:
    """Whether every project or office is told: 各部门, 各项目分别."""
    counted = _COUNT.search(_EACH_COUNTED.sub("", text)) is not None
    return not (ranked or _WHICH.search(text) or counted) and _EACH.search(text) is not None


def _is_asked(text: str, who: re.Match[str], moved: _Moved, *, ranked: bool, bounded: bool) -> bool:
    """Whether projects or offices are asked for, not one figure of them all together."""
    each = _is_each(text, ranked=ranked)
    if moved.op == "each" and not (each and _EACH_OF.search(text)):
        return False
    if moved.op == "mean" and who["noun"] not in _PROJECTS:
        # The mean of an office over years is that of its forms, not of its years.
        return False
    together = moved.op == "change" and who["noun"] in _PROJECTS and _ADDED.search(text) is not None
    together = together or (who["ask"] in ("所有", "全部", "全体") and not each)
    told = [_WHICH, _COUNT, _WHETHER]
    asks = each or ranked or bounded or any(pattern.search(text) for pattern in told)
    return not (together and (each or not asks)) and (asks or text.endswith(who["noun"]))


def _who(left: Pieces, text: str) -> re.Match[str] | None:
    """What is listed: what is said last; None where nothing is, or things of two sorts are.

    Indicators where nothing else is named: 满意度指标 may be what a project is said to have.
    """
    found = []
    while (who := left.take(_WHO)) is not None:
        found.append(who)
    if not found and not _ROW_COUNTED.search(text):
        return _rows(left)
    if found and re.search("指标(?:一共|总共|共)?(?:有|是)?(?:几|多少|哪)", text):
        return None
    sorts = {who["noun"] in _PROJECTS for who in found}
    return found[-1] if len(sorts) == 1 else None


def _rows(left: Pieces) -> re.Match[str] | None:
    """Indicators, of which the kind stays: 满意度指标里."""
    found = left.take(_ROWS)
    if found is not None and _KIND.search(left.rest[: found.start()]):
        left.rest = f"{left.rest[: found.start()]}{found['noun']}{left.rest[found.start() :]}"
    return found


def _shape(text: str, most: bool | None) -> Shape:
    if _COUNT.search(_EACH_COUNTED.sub("", text)):
        return "count"
    if most is not None:
        return "top"
    return "yesno" if _WHETHER.search(text) else "list"


@dataclass(frozen=True)
class _Moved:
    """A change as it is said; ``bare``: only by 多, 少, not 多了; ``at``: where it stood."""

    way: Way
    at: int
    relative: bool = False
    still: bool = False
    bare: bool = False
    twice: bool = False
    op: Made = "change"


def _way_of(left: Pieces, way: Way) -> _Moved | None:
    """Which way a figure went, with how that is measured."""
    if (twice := left.take(_TWICE)) is not None:
        left.take(_WAY)
        return _Moved("up", twice.start(), relative=True, twice=True)
    if way:
        return _Moved(way, left.rest.index(GAP))
    found, bare = left.take(_WAY), None
    if found is None:
        found = bare = left.take(_BARE)
    if found is None or _TO.match(left.rest, found.start() + 1):
        return None
    groups = found.groupdict()
    near = left.rest[found.start() : found.start() + 4]
    relative = _RATE.search(found[0]) is not None or re.match(f"{GAP}最[快慢]", near) is not None
    told: Way = "up" if groups.get("up") else "down" if groups.get("down") else "apart"
    return _Moved(
        told,
        found.start(),
        relative,
        still=bool(groups.get("still")),
        bare=bare is not None and "了" not in bare[0],
    )


def _together(left: Pieces, chain: re.Match[str] | None) -> _Moved:
    """三年合计, 三年平均: what is made of the figures where no change is said of them."""
    ways: tuple[tuple[re.Pattern[str], Made], ...] = ((_TOTAL, "sum"), (_AVERAGE, "mean"))
    for pattern, op in ways:
        if chain is None and (found := left.take(pattern)) is not None:
            return _Moved("", found.start(), op=op)
    return _Moved("", 0, op="each")


def _how_far(left: Pieces, moved: _Moved) -> list[Bound]:
    """The numbers that the change is compared with, taken out."""
    found = []
    for bound in find_bounds(left.rest):
        after = bound.start > moved.at and _BETWEEN.fullmatch(left.rest[moved.at + 1 : bound.start])
        before = bound.end <= moved.at and _BETWEEN.fullmatch(left.rest[bound.end : moved.at])
        if (after or before) and (bound.signed or bound.unit not in ("个", "家", "名", "项", "")):
            found.append(bound)
    for bound in reversed(found):
        left.cut(bound.start, bound.end)
    return found


def _having(bounds: Sequence[Bound], moved: _Moved) -> tuple[Condition, ...]:
    if moved.still:
        return (Condition.model_validate({"field": GROUPED, "op": "eq", "number": 0}),)
    if moved.twice and not bounds:
        return (Condition.model_validate({"field": GROUPED, "op": "ge", "number": 100, "unit": "%"}),)
    found = []
    for bound in bounds:
        scale = 100 if bound.unit == "倍" else 1
        unit = {"倍": "%", "百分点": "%", "个百分点": "%"}.get(bound.unit, bound.unit)
        ends = [(bound.op, bound.number)] + ([("le", bound.upper)] if bound.upper is not None else [])
        found += [
            Condition.model_validate({"field": GROUPED, "op": op, "number": n * scale, "unit": unit})
            for op, n in ends
        ]
    return tuple(found)


def _most(left: Pieces) -> tuple[bool | None, int | None, int]:
    """The largest change first or last, how many, and how many are passed over."""
    most, limit, offset = None, None, 0
    while (found := left.take(_MOST)) is not None:
        most = found["low"] is None if most is None else most
        if (number := found["many"] or found["first"]) is not None:
            limit = int(number_of(number) or 1)
        elif found["place"] is not None:
            limit, offset = 1, int(number_of(found["place"]) or 1) - 1
    if most is not None:
        return most, limit or 1, offset
    order = left.take(_ORDER)
    if order is None:
        return None, None, 0
    left.take(_ORDER)
    return not (order["up"] or order["rise"]), None, 0
