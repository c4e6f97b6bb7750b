"""Figures of a name or of the goal that speak of an indicator row and say something else than the row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain

from assistant.form.finding import Severity
from assistant.form.numerals import normal
from assistant.form.rounding import plain
from assistant.form.text import pairs
from assistant.form.units import ratio, standard, times
from assistant.form.value import Kind, Sign, Value
from assistant.rules.figures import Figure, figures, figures_of_name
from assistant.rules.line import Line
from assistant.rules.measures import name_unit
from assistant.rules.rule import Case

# Asked of every row, see ``value_types``.
_EMPTY, _QUANTITATIVE = Kind.EMPTY, Kind.QUANTITATIVE
_QUALIFIES = re.compile("每|人均|平均|各|满|不足|第|标准|单")
_OF_A_SORT = re.compile("级|型|制|式|吨级|规模|岁|以[上下内]|的(?![有共])")
_PLANNED = re.compile("计划|目标|应(?!急|用|对|援|届|收)|原[定有来]|预计|预期|年初|任务|拟")
_PART = re.compile("其中|包括|含|分别")
_END = re.compile(r"[)）」”。,，的]*(?:数|人数|数量|次数|家数|户数|总数|情况)?$")
_COUNT_WORD = re.compile(
    r"(?:总)?(?:数量|[一-龥]数|里程|长度|面积|规模|场次|批次|人次|数)(?:\([^)]*\))?$|\([^)]*\)$"
)
_REPORTED = re.compile("(?:共计|合计|总计|共|实际|已|达到|达|为|是|了|提升至|提高到|增长)+$")
_WORD = re.compile("[一-龥]+")
_NARROWED = re.compile("[县区镇乡村市州院校所站队员类型级]$")
"""What makes the same words speak of a part: 东山镇新增就业 beside 新增就业."""
_RATE_END = re.compile("率$|(?<![长宽高深厚])度$")
_SHORTEST_LINK = 4
_SHORTEST_NOUN = 3
_MOST_WORDS = 0.6
_NEAREST = 4
_FARTHEST = Decimal(5)
_TELLING_DIGITS = 3

Contradiction = tuple[Line, str, str, Severity | None]
"""Row, what is said in Chinese, the numbers used, a severity other than the rule's own."""


def contradictions(case: Case) -> Iterator[Contradiction]:
    """Every figure of a name or of the goal that contradicts its row."""
    expected, actual = figures(case.form.goal.expected), figures(case.form.goal.actual)
    for line in case.lines:
        if line.target.kind is not _QUANTITATIVE or not (unit := _unit(line)):
            continue
        if found := _in_name(line, unit):
            yield found
        if expected and (found := _in_goal(case, line, unit, expected, planned=True)):
            yield found
        if actual and (found := _in_goal(case, line, unit, actual, planned=False)):
            yield found


def _unit(line: Line) -> str:
    return line.target.unit_norm or line.actual.unit_norm or standard(name_unit(line))


def _in_name(line: Line, unit: str) -> Contradiction | None:
    target = line.target.number
    told = figures_of_name(line.cells.name) if unit != "%" and target is not None else ()
    told = tuple(f for f in told if f.same_kind(unit)) if told else ()
    if not told or any(_QUALIFIES.search(f.lead[-4:]) or _OF_A_SORT.match(f.tail) or f.about for f in told):
        return None
    if target is None or any(f.equals(target, unit) for f in chain(told, _runs(told))):
        return None
    total = sum((f.number for f in told), Decimal(0))
    at_end = len(told) == 1 and _END.fullmatch(told[0].tail)
    if not at_end and not told[0].is_people:
        return None
    shown = " + ".join(f.printed for f in told)
    said = f"名称里是{shown}，指标值是{line.cells.target.strip()}"
    return line, said, f"{plain(total)} ≠ {plain(target)}", None if at_end else Severity.WARNING


def _in_goal(
    case: Case, line: Line, unit: str, told: tuple[Figure, ...], *, planned: bool
) -> Contradiction | None:
    """A figure of the goal that reports this row's quantity with another number; None if there is none."""
    target = line.target.number
    actual = target if planned else line.reached
    if target is None or actual is None or line.actual.kind is _EMPTY:
        return None
    alike = [f for f in told if f.same_kind(unit)]
    if not alike or (planned and line.target.sign in (Sign.GT, Sign.LT)):
        return None
    if any(f.equals(actual, unit) for f in chain(alike, _runs(alike))):
        return None
    named = figures_of_name(line.cells.name)
    for figure in alike:
        if figure.about or _PART.search(figure.lead) or (not planned and _PLANNED.search(figure.lead)):
            continue
        whole = _is_named(figure, line)
        if not whole and not _comparable(figure, actual, unit):
            continue
        part = not whole and len(alike) > 1 and figure.number < actual
        linked = (
            not part
            and (
                whole or _is_linked(figure, line) or (not planned and _answers_plan(case, line, figure, unit))
            )
            and not any(f.equals(figure.number, unit) for f in named)
        )
        same_thing = _is_telling(figure) or _is_about(figure, line) or _shares_words(figure, line)
        repeats_target = not planned and same_thing and figure.equals(target, unit)
        if linked or repeats_target:
            title, cell = ("预期目标", line.cells.target) if planned else ("实际完成情况", line.cells.actual)
            said = f"{title}里是{figure.printed}，{'指标值' if planned else '完成值'}是{cell.strip()}"
            return line, said, f"{plain(figure.number)} ≠ {plain(actual)}", None
    return None


def _comparable(figure: Figure, number: Decimal, unit: str) -> bool:
    """True for the same order of magnitude; a total beside a price per piece is another thing."""
    factor = ratio(figure.unit, unit)
    if factor is None or number == 0:
        return factor is not None
    share = times(figure.number, factor) / number
    return 1 / _FARTHEST < share < _FARTHEST


def _runs(told: Sequence[Figure]) -> Iterator[Figure]:
    """The sums of neighbouring figures of one unit: parts that add up to a row's number."""
    for start, first in enumerate(told):
        total = first.number
        for figure in told[start + 1 :]:
            if figure.unit != first.unit:
                break
            total += figure.number
            yield first._replace(number=total)


def _is_telling(figure: Figure) -> bool:
    """True for a number that two things rarely share by chance: 474, not 100 or 5."""
    digits = figure.number.as_tuple().digits
    return len("".join(map(str, digits)).rstrip("0")) >= _TELLING_DIGITS and figure.unit != "%"


def _is_linked(figure: Figure, line: Line) -> bool:
    """True where the words around ``figure`` are the row's name: right before it, right after it, or loosely.

    Loosely: the clause ends with a word of the name and has most of its words (新建高清视频探头 580 路 for
    新建高清探头数量).
    """
    lead, name = figure.lead[-16:], normal(line.cells.name)
    for end in range(len(lead), max(_SHORTEST_LINK, len(lead) - _NEAREST) - 1, -1):
        if lead[end - _SHORTEST_LINK : end] in name:
            return True
    if len(figure.tail) >= _SHORTEST_LINK and figure.tail[:_SHORTEST_LINK] in name:
        return True
    noun = _WORD.match(figure.tail)
    if noun and len(noun[0]) >= _SHORTEST_NOUN and name.endswith(noun[0]):
        return True
    wanted = set(pairs(_subject(line, figure)))
    return len(wanted) >= _SHORTEST_LINK - 2 and lead[-2:] in wanted and _share(wanted, lead) >= _MOST_WORDS


def _answers_plan(case: Case, line: Line, figure: Figure, unit: str) -> bool:
    """True where 预期目标 gives the row's target after the same words: 惠及学生3万人, 惠及学生32450人.

    It proves nothing where another row has the same target.
    """
    words, target = _REPORTED.sub("", figure.lead)[-_SHORTEST_LINK:], line.target
    if len(words) < _SHORTEST_LINK or target.number is None:
        return False
    if any(_has_target(other, target) for other in case.lines if other is not line):
        return False
    # 不低于99% is near 100%, and still another row's.
    exact = (plan._replace(about=False) for plan in figures(case.form.goal.expected))
    return any(plan.equals(target.number, unit) and plan.lead.endswith(words) for plan in exact)


def _has_target(line: Line, target: Value) -> bool:
    return line.target.number == target.number and line.target.unit_norm == target.unit_norm


def _is_named(figure: Figure, line: Line) -> bool:
    """True where the clause of ``figure`` ends with the row's whole name, its counting word apart."""
    lead, subject = _REPORTED.sub("", figure.lead), _subject(line, figure)
    if len(subject) < _SHORTEST_NOUN or not lead.endswith(subject):
        return False
    return not _NARROWED.search(lead.removesuffix(subject))


def _shares_words(figure: Figure, line: Line) -> bool:
    """True where the clause of ``figure`` has most of the words of the row's name, in any order."""
    wanted = set(pairs(_subject(line, figure)))
    return len(wanted) >= _SHORTEST_LINK - 2 and _share(wanted, figure.lead) >= _MOST_WORDS


def _subject(line: Line, figure: Figure) -> str:
    """What the row counts: its name without 数量, 个数 … and without the unit."""
    name = normal(line.cells.name)
    if _RATE_END.search(name):
        return name.removesuffix("增长率") if name.endswith("增长率") else name
    return _COUNT_WORD.sub("", name).removesuffix(figure.unit)


def _is_about(figure: Figure, line: Line) -> bool:
    """True where ``figure`` counts what the row's name names: 60个行政村 for 覆盖行政村数量."""
    return len(figure.tail) >= _SHORTEST_NOUN and figure.tail[:_SHORTEST_NOUN] in normal(line.cells.name)


def _share(wanted: set[str], text: str) -> float:
    return len(wanted.intersection(pairs(text))) / len(wanted)
