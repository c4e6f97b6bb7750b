"""Rules that compare the forms of a batch, and spending with output."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.form.finding import Severity
from assistant.form.value import Kind, Value, in_unit_of
from assistant.rules.deviation import percent
from assistant.rules.phrasing import named, same_words, shortened
from assistant.rules.reasons import reason_of
from assistant.rules.rule import BatchRule, Case, Line, Observation, Rule, batch_rule, rule

_SHORTEST_NAME = 6
_FULL = Decimal(100)
_FEWEST_FORMS = 3
_LOW_RATE = Decimal("0.8")
_TOLD = re.compile("节约|节省|结余|节余|招标|中标|压减|压缩|执行率|拨付|支付|支出|尾款|结算|到账|到位")


@dataclass(frozen=True)
class _Place:
    """A row of a form of the batch."""

    form: int
    line: Line


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
    totals = [case.sheet.total_printed for case in cases if case.form.template == "project"]
    if len(totals) != len(cases) or any(total is None or total < _FULL for total in totals):
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
    依据：预算执行与绩效结果应匹配（在用系统的预警：执行率与指标得分率相差过大）
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
    told = " ".join(
        reason_of(text) for text in (case.form.total.note, *(line.cells.explanation for line in case.lines))
    )
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


def _keys(case: Case, line: Line) -> Iterator[tuple[str, ...]]:
    """What makes two rows the same indicator: the project, or the office where the name is telling."""
    name, year = same_words(line.cells.name), str(case.year.year)
    unit, project = same_words(case.form.unit), same_words(case.form.project_name)
    if not name:
        return
    if project and unit:
        yield "project", project, unit, year, name
    absolute = line.target.kind is Kind.QUANTITATIVE and line.target.unit_norm not in ("", "%")
    if unit and absolute and len(name) >= _SHORTEST_NAME:
        yield "unit", unit, year, name


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


RULES: tuple[Rule | BatchRule, ...] = (cross_form, all_full_marks, spending_output_mismatch)
