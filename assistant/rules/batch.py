"""Rules that compare the forms of a batch, and spending with output."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.form.amount import read_points
from assistant.form.finding import Severity
from assistant.form.model import Form
from assistant.form.rounding import half_up, plain
from assistant.form.text import shortened
from assistant.form.value import Direction, Kind, Sign, Value, in_unit_of
from assistant.rules.deviation import is_money_cost, percent, ratio_shown
from assistant.rules.lasting import office_of, without_year
from assistant.rules.line import Line
from assistant.rules.phrasing import named, same_words
from assistant.rules.reasons import reason_of
from assistant.rules.rule import BatchRule, Case, Observation, Rule, batch_rule, rule

_SHORTEST_NAME = 6
_FULL = Decimal(100)
_FEWEST_FORMS = 3
_LOW_RATE = Decimal("0.8")
_MOST_DECIMALS = 6
_TOLD = re.compile("节约|节省|结余|节余|招标|中标|压减|压缩|执行率|拨付|支付|支出|尾款|结算|到账|到位")


@dataclass(frozen=True)
class _Place:
    """A row of a form of the batch."""

    form: int
    line: Line


@dataclass(frozen=True)
class _Years:
    """The same indicator in a year (``form`` is the index of that form) and in the year before."""

    form: int
    case: Case
    line: Line
    before: Case
    last: Line
    same_project: bool

    @property
    def told(self) -> tuple[str, str]:
        """The year before and the year, the former with its project where that is another."""
        other = "" if self.same_project else f"“{shortened(self.before.form.project_name)}”"
        return f"{other}{self.before.year.year}年", f"{self.case.year.year}年"

    def shown(self, number: Decimal) -> str:
        """``number`` with the unit of this year's target."""
        return _figure(number) + (self.line.target.unit or self.last.target.unit)


@batch_rule("B001", Severity.NOTE)
def cross_form(cases: Sequence[Case]) -> Iterator[tuple[int, Observation]]:
    """同一个指标在两张表里的数不同

    检查什么：一起检查的表中，同一年度、同一实施单位（或同一项目）、名称相同的指标，指标值或完成值不同。
        同一项目的两张表为提醒，同一单位的两个项目为提示。
    依据：同一事项的数据应一致（财预〔2020〕10号 单位自评要求，未核对原文）
    为什么：同一件事报了两个数，审核时放在一起就会发现。
    反例：
        表2 = project_10
        表2.indicators[6].actual = 50所
    正例：
        表2 = project_101
    不检查什么：不同单位的同名指标；同一单位不同项目的比率（及时率、满意度）和短名称。
    """
    places: dict[tuple[str, ...], list[_Place]] = defaultdict(list)
    for index, case in enumerate(cases):
        for line in case.lines:
            for key in _keys(case, line):
                places[key].append(_Place(index, line))
    reported: set[tuple[int, int]] = set()
    for key, group in places.items():
        first = group[0]
        for other in group[1:]:
            at = (other.form, other.line.number)
            if other.form == first.form or at in reported or not _differ(first.line, other.line):
                continue
            reported.add(at)
            yield (
                other.form,
                _different_figures(cases, first, other, Severity.WARNING if key[0] == "project" else None),
            )


@batch_rule("B002", Severity.WARNING)
def all_full_marks(cases: Sequence[Case]) -> Iterator[tuple[int, Observation]]:
    """一批表全都是满分

    检查什么：一起检查的表全部自评 100 分。三张及以上为提醒，两张为提示。
    依据：自评结果应客观、真实（财预〔2020〕10号 单位自评要求，未核对原文）
    为什么：没有一处不足的一批自评，审核时会逐项抽查。
    反例：
        表样 = project_101
        表2 = project_101
    正例：
        表2 = project_101
    不检查什么：单独一张表是不是满分；不打分的转移支付表。
    """
    if not all(full_marks(case.form) for case in cases):
        return
    for index, case in enumerate(cases):
        yield (
            index,
            Observation(
                f"一起检查的{len(cases)}张表全部自评100分。",
                "total",
                field="score",
                printed=case.form.total.score,
                expected="如实反映差异",
                arithmetic=f"{len(cases)} 张中 {len(cases)} 张 100 分",
                hint="逐项核对完成值和证明材料，有不足的如实扣分并说明。",
                severity=None if len(cases) >= _FEWEST_FORMS else Severity.NOTE,
            ),
        )


@rule("B003", Severity.WARNING)
def spending_output_mismatch(case: Case) -> Iterator[Observation]:
    """钱没有花完，产出却全部满分

    检查什么：执行率低于 80%，而所有产出指标都得了满分；说明了是节约、结余或者尚未支付的给提示。
    依据：预算执行与绩效结果应匹配（在用的填报系统的预警：执行率与指标得分率相差过大）
    为什么：少花了两成以上的钱而事情全部做完，不是预算做大了，就是产出报高了，或者钱还没付。
    反例：
        funds[1].executed = 48
        funds[1].rate = 60.00%
        funds[1].score = 6.00
        funds[2].executed = 48
        indicators[5].actual = 48万元
        indicators[2].actual = 360人
        indicators[2].score = 10
        indicators[2].explanation = 无
        total.score = 96.00
    正例：
        funds[1].executed = 72
        funds[1].rate = 90.00%
        funds[1].score = 9.00
        funds[2].executed = 72
        indicators[5].actual = 72万元
    不检查什么：不打分的转移支付表；执行率低的说明是否充分（见 low_execution_unexplained）。
    """
    rate = case.sheet.execution.rate
    outputs = [line for line in case.lines if "产出" in line.cells.level1 and "成本" not in line.cells.level2]
    scored = [
        line.score for line in outputs if line.score.weight is not None and line.score.printed is not None
    ]
    if rate is None or rate >= _LOW_RATE or not scored or len(scored) < len(outputs):
        return
    if any((score.printed or 0) < (score.weight or 0) for score in scored):
        return
    said = [line.cells.explanation for line in case.lines] + [part.text for part in case.passages]
    told = " ".join(map(reason_of, said))
    weight = sum((score.weight or Decimal(0) for score in scored), Decimal(0))
    yield Observation(
        f"执行率只有{percent(rate)}，{len(scored)}项产出指标却全部满分。",
        "funds",
        row=1,
        field="rate",
        printed=percent(rate),
        expected="支出与产出相匹配，或说明原因",
        arithmetic=f"执行率 {percent(rate)} ＜ {percent(_LOW_RATE)}；产出得分 {weight} = 分值 {weight}",
        hint="核对产出的完成值；确实节约的，在偏差栏写明节约了多少、为什么。",
        severity=Severity.NOTE if _TOLD.search(told) else None,
    )


@batch_rule("B004", Severity.NOTE)
def across_years(cases: Sequence[Case]) -> Iterator[tuple[int, Observation]]:
    """目标比上年下降，或者连续两年定得过低

    检查什么：一起检查的表中有相邻两个年度、同一单位的同一项目（名称中的年度不计）时，名称相同的指标：
        今年的指标值低于上年的指标值，或者上年的完成值已达到它的130%，越低越好的则是反过来，为提示；两年的完成值都达到目标的
        130%（以评分口径的规定为准）而目标没有提高，为提醒。同一单位的不同项目只比较有计量单位、名称
        六个字以上的数量，一律为提示。
    依据：指标值明显偏低的适当扣分（财预〔2020〕10号，未核对原文）；较上年下降为审核时常见的意见
    为什么：两年的表放在一起，目标往下定、年年轻松超额，一看便知。
    反例：
        表2.year_line = （2023年度）
        表2.indicators[6].target = ≥40所
        或
        indicators[6].actual = 60所
        表2.year_line = （2023年度）
        表2.indicators[6].actual = 63所
    正例：
        表2.year_line = （2023年度）
        表2.indicators[3].target = ≥97.5%
        表2.indicators[6].target = ≥52所
        表2.indicators[8].target = ≥96%
    不检查什么：相隔一年以上的表；表中没有写明年度的表；随预算变动的成本总额；“=”、区间、日期和定性的目标；
        符号写反的行（见 target_sign_odd、cost_sign）；同一年度有几个不同数的同名指标；
        任务是不是本来就减少了。
    """
    for pair in _year_pairs(cases):
        if (seen := _low_twice(pair) or _eased(pair)) is not None:
            yield pair.form, seen


def _keys(case: Case, line: Line) -> Iterator[tuple[str, ...]]:
    """What makes two rows the same indicator: the project, or the office where the name is telling."""
    name, year = same_words(line.cells.name), str(case.year.year)
    unit, project = same_words(case.form.unit), same_words(case.form.project_name)
    if not name:
        return
    if project and unit:
        yield "project", project, unit, year, name
    if unit and _is_telling(line, name):
        yield "unit", unit, year, name


def _is_telling(line: Line, name: str) -> bool:
    """True where two projects mean the same by a row: a long name and an absolute quantity."""
    absolute = line.target.kind is Kind.QUANTITATIVE and line.target.unit_norm not in ("", "%")
    return absolute and len(name) >= _SHORTEST_NAME


def _differ(first: Line, second: Line) -> bool:
    return _apart(first.target, second.target) or _apart(first.actual, second.actual)


def _apart(first: Value, second: Value) -> bool:
    """True where both cells hold numbers that compare and are not equal."""
    if first.number is None or second.number is None:
        return False
    return in_unit_of(second, first) not in (None, first.number)


def _different_figures(
    cases: Sequence[Case], first: _Place, other: _Place, severity: Severity | None
) -> Observation:
    here, there = other.line, first.line
    field = "target" if _apart(there.target, here.target) else "actual"
    values = [getattr(line.cells, field).strip() for line in (here, there)]
    project = shortened(cases[first.form].form.project_name)
    return Observation(
        f"{named(here)}在这张表是“{shortened(values[0])}”，"
        f"在“{project}”的表第{there.number}行是“{shortened(values[1])}”。",
        "indicators",
        here.number,
        field,
        printed=values[0],
        expected=values[1],
        hint="核对是不是同一件事；是的，两张表用同一个数。",
        severity=severity,
    )


def _year_pairs(cases: Sequence[Case]) -> Iterator[_Years]:
    """Every row that has the same indicator in a form of the year before, once."""
    groups: dict[tuple[str, ...], dict[int, list[_Place]]] = defaultdict(lambda: defaultdict(list))
    for index, case in enumerate(cases):
        year = case.year.year
        if year is None or case.year.told_by == "batch":
            continue
        for line in filter(_has_better, case.lines):
            for key in _lasting_keys(case, line):
                groups[key][year].append(_Place(index, line))
    compared: set[tuple[int, int]] = set()
    # All projects before all offices: a row is compared with another project only where its own is not there.
    for key, years in sorted(groups.items(), key=lambda item: item[0][0]):
        for year, places in sorted(years.items()):
            earlier = years.get(year - 1, [])
            if not _one_figure(earlier) or not _one_figure(places):
                continue
            last = earlier[0]
            for place in places:
                if (at := (place.form, place.line.number)) in compared:
                    continue
                compared.add(at)
                case, before, same = cases[place.form], cases[last.form], key[0] == "project"
                yield _Years(place.form, case, place.line, before, last.line, same)


def _has_better(line: Line) -> bool:
    """True where a higher, or a lower, target is the better one whatever the year's budget."""
    return (
        line.target.kind is Kind.QUANTITATIVE
        and line.direction in (Direction.HIGHER, Direction.LOWER)
        and not line.is_backwards
        and not is_money_cost(line)
    )


def _lasting_keys(case: Case, line: Line) -> Iterator[tuple[str, ...]]:
    """As ``_keys``, but the same in every year; the department stands in for a unit that is not printed."""
    name, project = without_year(line.cells.name), without_year(case.form.project_name)
    unit = office_of(case.form)
    if name and project and unit:
        yield "project", project, unit, name
    if name and unit and _is_telling(line, name):
        yield "unit", unit, name


def full_marks(form: Form) -> bool:
    """Whether a form gives itself all points."""
    total = read_points(form.total.score) if form.is_scored else None
    return total is not None and total >= _FULL


def _one_figure(places: Sequence[_Place]) -> bool:
    """True for one row, or copies of it: of several figures none can be told to be the right one."""
    return len({(place.line.target.raw.strip(), place.line.actual.raw.strip()) for place in places}) == 1


def _exact_actual(line: Line, other: Value) -> Decimal | None:
    """The actual in the unit of ``other``; None where it is a bound, a range or no number."""
    exact = line.actual.kind is Kind.QUANTITATIVE and line.actual.sign in (Sign.NONE, Sign.EQ)
    return in_unit_of(line.actual, other) if exact else None


def _low_twice(pair: _Years) -> Observation | None:
    """The finding where both years are far above a target that was not raised."""
    target, last = pair.line.target.number, in_unit_of(pair.last.target, pair.line.target)
    actual, reached = (_exact_actual(line, pair.line.target) for line in (pair.line, pair.last))
    upwards = pair.line.direction is pair.last.direction is Direction.HIGHER
    if not upwards or target is None or last is None or actual is None or reached is None or target > last:
        return None
    ratios = _far_over(pair.before, pair.last), _far_over(pair.case, pair.line)
    if not all(ratios):
        return None
    earlier, now = pair.told
    return Observation(
        f"{named(pair.line)}{earlier}目标{pair.shown(last)}、完成{pair.shown(reached)}，"
        f"{now}目标{pair.shown(target)}、完成{pair.shown(actual)}，两年都远超目标而目标没有提高，年初目标偏低。",
        "indicators",
        pair.line.number,
        "target",
        printed=pair.line.cells.target.strip(),
        expected="按往年实际完成设定的目标",
        arithmetic=f"{earlier} {ratios[0]}；{now} {ratios[1]}；目标 {_figure(target)} ≤ {_figure(last)}",
        hint="在偏差栏说明两年都远超目标的原因，下一年度参照实际完成提高指标值。",
        severity=Severity.WARNING if pair.same_project else None,
    )


def _far_over(case: Case, line: Line) -> str:
    """``60 ÷ 45 = 133.33% ≥ 130.00%`` where the actual reaches the profile's limit, else ``""``."""
    limit, target = case.profile.over_limit.value, line.target.number
    actual = _exact_actual(line, line.target)
    if limit is None or target is None or actual is None or target <= 0 or actual < limit * target:
        return ""
    return f"{ratio_shown(line)} ≥ {percent(limit)}"


def _eased(pair: _Years) -> Observation | None:
    """The finding where the target asks for less than that of the year before, or than what was reached."""
    target = pair.line.target.number
    if target is None or pair.line.direction is not pair.last.direction:
        return None
    higher = pair.line.direction is Direction.HIGHER
    known = {
        "目标": in_unit_of(pair.last.target, pair.line.target),
        "完成值": _far_reached(pair, higher=higher),
    }
    better = {
        label: number
        for label, number in known.items()
        if number is not None and (target < number if higher else target > number)
    }
    if not better:
        return None
    (earlier, now), word, sign = pair.told, "低于" if higher else "高于", "＜" if higher else "＞"
    best = max(better.values()) if higher else min(better.values())
    told = "和".join(f"{label}{pair.shown(number)}" for label, number in better.items())
    return Observation(
        f"{named(pair.line)}{now}目标“{shortened(pair.line.cells.target)}”，{word}{earlier}的{told}。",
        "indicators",
        pair.line.number,
        "target",
        printed=pair.line.cells.target.strip(),
        expected=f"{'不低于' if higher else '不高于'}{pair.shown(best)}",
        arithmetic="；".join(
            f"{now}目标 {_figure(target)} {sign} {earlier}{label} {_figure(number)}"
            for label, number in better.items()
        ),
        hint="任务没有减少的，参照上年设定指标值；确有减少或不可比的，准备好理由。",
    )


def _far_reached(pair: _Years, *, higher: bool) -> Decimal | None:
    """Last year's actual where it makes this year's target far too easy by the profile's limit, else None.

    Every year reaches a little more than its target; that alone is no reason to ask.
    """
    target, reached = pair.line.target.number, _exact_actual(pair.last, pair.line.target)
    limit = pair.case.profile.over_limit.value
    if limit is None or target is None or reached is None or min(target, reached) <= 0:
        return None
    return reached if (reached >= limit * target if higher else target >= limit * reached) else None


def _figure(number: Decimal) -> str:
    """``number`` as people write it; what does not divide evenly between units, with six decimals."""
    _, _, exponent = number.as_tuple()
    long = isinstance(exponent, int) and exponent < -_MOST_DECIMALS
    return plain(half_up(number, _MOST_DECIMALS) if long else number)


IN_ONE_YEAR: tuple[BatchRule, ...] = (cross_form,)
"""Batch rules that compare only forms of one office and one year."""

OF_TWO_YEARS: tuple[BatchRule, ...] = (across_years,)
"""Batch rules that compare only forms of one office with those of the year before; found in the later one."""

OF_ALL: tuple[BatchRule, ...] = (all_full_marks,)
"""Batch rules that look at the whole batch."""

RULES: tuple[Rule | BatchRule, ...] = (cross_form, all_full_marks, spending_output_mismatch, across_years)
