"""Rules of the family funds about the sources: whether they are there, add up, and are written alike."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.form.amount import read_points, read_weight
from assistant.form.finding import Severity
from assistant.form.model import Form
from assistant.form.rounding import plain
from assistant.rules.fund_lines import (
    COLUMN_NAMES,
    Column,
    ReadFund,
    added,
    adds_up,
    columns_of,
)
from assistant.rules.fund_style import RateStyle, rate_style
from assistant.rules.rule import Case, Observation, Rule, rule

_TEN_THOUSAND = Decimal(10_000)
_ONE_SOURCE = re.compile("财政")
_DASHES = frozenset("-—–－―ー─/\\")
_COUNTING_DIGITS = frozenset("123456789")


def _split(case: Case) -> tuple[ReadFund | None, list[ReadFund]]:
    return case.total_fund, [row for row in case.fund_rows if not row.is_total]


def _known(rows: Sequence[ReadFund], column: Column) -> list[Decimal]:
    return [amount for row in rows if (amount := row.amounts[column]) is not None]


@rule("F006", Severity.WARNING)
def fund_sources_missing(case: Case) -> Iterator[Observation]:
    """资金来源没有填写

    检查什么：总额行有金额时，当年财政拨款、上年结转、其他资金等来源行是否填写；有预算的来源行是否填写执行数。
    依据：自评表项目资金部分按来源分列，总额等于各来源之和。
    为什么：缺少来源，看不出资金是财政拨款、结转还是其他资金，也无法核对总额。
    反例：
        删除 = funds[2]
        删除 = funds[3]
        删除 = funds[4]
    或
        funds[2].executed =
    或
        funds[2].initial =
        funds[2].budget =
        funds[2].executed =
        funds[3].initial =
        funds[3].budget =
        funds[3].executed =
        funds[4].initial =
        funds[4].budget =
        funds[4].executed =
    正例：
        funds[3].initial =
        funds[3].budget =
        funds[3].executed =
    不检查什么：没有这项来源的行可以空着、填0或画横线；只有一行“财政资金总额”、来源分栏横列的表式；各来源已经填全而合计不符的，由fund_sources_sum检查。
    """
    total, sources = _split(case)
    if total is None:
        return
    columns = [column for column in columns_of(case.form) if (total.amounts[column] or 0) > 0]
    empty = [column for column in columns if not _known(sources, column)]
    if columns and empty == columns:
        if not sources and ("funds.sources" in case.form.absent or _ONE_SOURCE.search(total.cells.label)):
            return
        yield _no_sources(total, sources, columns)
        return
    for row in sources:
        if (row.amounts["budget"] or 0) > 0 and row.amounts["executed"] is None:
            yield _lacks_executed(row, total, sources)
            if "executed" in empty:
                return
    for column in columns:
        yield from _incomplete(total, sources, column, empty)


def _no_sources(total: ReadFund, sources: Sequence[ReadFund], columns: Sequence[Column]) -> Observation:
    missing = "没有来源行" if not sources else "各来源行都是空的"
    shown = "、".join(f"{COLUMN_NAMES[column]}{getattr(total.cells, column)}" for column in columns)
    return Observation(
        message=f"{total.name}填写了{shown}，但{missing}。",
        section="funds",
        row=total.number,
        printed="只有总额" if not sources else "来源行空白",
        expected="各来源之和等于总额",
        hint="按来源填写当年财政拨款、上年结转资金、其他资金的预算数和执行数，没有的填0。",
    )


def _lacks_executed(row: ReadFund, total: ReadFund, sources: Sequence[ReadFund]) -> Observation:
    amounts = [source.amounts["executed"] for source in sources]
    whole = total.amounts["executed"]
    return Observation(
        message=f"{row.name}有全年预算数{row.cells.budget}，没有填写全年执行数。",
        section="funds",
        row=row.number,
        field="executed",
        printed=row.cells.executed,
        expected="全年执行数，没有支出的填0",
        arithmetic=f"各来源执行数 {added(amounts)}，总额 {plain(whole)}" if whole is not None else "",
        hint="填写这一来源的全年执行数；没有支出的填0，并核对总额等于各来源之和。",
    )


def _incomplete(
    total: ReadFund, sources: Sequence[ReadFund], column: Column, empty: Sequence[Column]
) -> Iterator[Observation]:
    """A column whose filled sources stay below the total while others are blank."""
    whole, known = total.amounts[column], _known(sources, column)
    if whole is None or column in empty or len(known) == len(sources) or adds_up(whole, sources, column):
        return
    blank = [row for row in sources if row.amounts[column] is None]
    reported = column == "executed" and any((row.amounts["budget"] or 0) > 0 for row in blank)
    if sum(known, Decimal(0)) > whole or reported:
        return
    filled = sum(known, Decimal(0))
    yield Observation(
        message=f"{COLUMN_NAMES[column]}：已填的来源合计{plain(filled)}，少于总额{plain(whole)}，"
        f"{'、'.join(row.name for row in blank)}空着。",
        section="funds",
        row=blank[0].number,
        field=column,
        expected=plain(whole - filled),
        arithmetic=f"{added([row.amounts[column] for row in sources])} ≠ {plain(whole)}",
        hint="补填空着的来源，使各来源之和等于总额。",
    )


@rule("F007", Severity.ERROR)
def fund_sources_sum(case: Case) -> Iterator[Observation]:
    """各来源之和不等于资金总额

    检查什么：年初预算数、全年预算数、全年执行数三列中，来源行都有数（或合计已超过总额）时，其和是否等于总额行。
    依据：自评表项目资金部分：年度资金总额＝当年财政拨款＋上年结转资金＋其他资金。
    为什么：合计不符说明总额或某个来源填错，会使执行率失真。
    反例：
        funds[2].budget = 79
    或
        funds[3].executed = 1
    正例：
        funds[2].budget = 60
        funds[3].budget = 20
    不检查什么：两位小数四舍五入造成的尾差；还有来源空着而合计不足的，由fund_sources_missing提示。
    """
    total, sources = _split(case)
    if total is None:
        return
    for column in columns_of(case.form):
        whole, known = total.amounts[column], _known(sources, column)
        if whole is None or not known or adds_up(whole, sources, column):
            continue
        whole_sum = sum(known, Decimal(0))
        if len(known) < len(sources) and whole_sum <= whole:
            continue
        addition = added([row.amounts[column] for row in sources])
        mixed = whole_sum > 0 and whole / whole_sum in (_TEN_THOUSAND, 1 / _TEN_THOUSAND)
        yield Observation(
            message=f"{COLUMN_NAMES[column]}：各来源合计{plain(whole_sum)}，总额填写为{plain(whole)}，"
            f"相差{plain(abs(whole - whole_sum))}{case.form.money_unit}。",
            section="funds",
            row=total.number,
            field=column,
            printed=getattr(total.cells, column),
            expected=plain(whole_sum),
            arithmetic=f"{addition} = {plain(whole_sum)} ≠ {plain(whole)}",
            hint="两者正好相差一万倍，请检查是否混用了元和万元。"
            if mixed
            else "核对总额和各来源，改正填错的一项。",
        )


@rule("F008", Severity.NOTE)
def fund_row_format(case: Case) -> Iterator[Observation]:
    """资金来源行的写法不统一

    检查什么：来源行是否填了分值和得分（提醒）；横线、空格、0是否混用，有金额的各行执行率是否有的填有的不填，带不带“万”是否一致，
        一批表一起检查时执行率栏的写法是否与多数表相同（提示）。
    依据：自评表只有总额行计分，来源行的分值、得分栏为“—”。
    为什么：来源行也填分值，汇总时会重复计分；写法不一致影响读数和导入。
    反例：
        funds[2].weight = 10
        funds[2].score = 9.8
    或
        funds[2].rate = —
    或
        funds[3].initial = —
        funds[3].budget = -
        funds[3].executed = —
    正例：
        funds[3].initial = —
        funds[3].budget = —
        funds[3].executed = —
    不检查什么：金额的对错；转移支付自评表各行都可以填执行率。
    """
    _, sources = _split(case)
    uniform = case.form.template == "project"
    for row in sources if case.form.is_scored else ():
        weight, score = read_weight(row.cells.weight), read_points(row.cells.score)
        if weight is not None or score is not None:
            yield Observation(
                message=f"{row.name}填写了分值{row.cells.weight or '空'}、得分{row.cells.score or '空'}，"
                "来源行不计分，容易重复计算。",
                section="funds",
                row=row.number,
                field="weight" if weight is not None else "score",
                printed=f"分值{row.cells.weight}，得分{row.cells.score}",
                expected="—",
                hint="把来源行的分值和得分改为“—”，只在总额行计分。",
                severity=Severity.WARNING,
            )
    mixed = _mixes_units(case)
    flaws = {
        row.number: found
        for row in sources
        if (found := list(_flaws(row, case.form, sources, mixed_units=mixed)))
    }
    for number, style in _odd_rates(sources, case.usual_rates) if uniform else ():
        flaws.setdefault(number, []).append(f"执行率栏{style.value}")
    if flaws:
        listed = "；".join(f"第{number}行{'、'.join(found)}" for number, found in sorted(flaws.items()))
        yield Observation(
            message=f"资金来源行的写法不统一：{listed}。",
            section="funds",
            expected="没有金额的统一填0或空着，分值、得分统一为“—”，执行率栏同一种写法",
            hint="把各来源行改成同一种写法。",
        )


def _mixes_units(case: Case) -> bool:
    """True where some amounts carry a unit and others do not."""
    rows, columns = case.fund_rows, columns_of(case.form)
    if not any(row.with_unit for row in rows):
        return False
    amounts = ((row, column) for row in rows for column in columns)
    told = {
        column in row.with_unit
        for row, column in amounts
        if not _COUNTING_DIGITS.isdisjoint(getattr(row.cells, column))
    }
    return len(told) > 1


def _flaws(row: ReadFund, form: Form, sources: Sequence[ReadFund], *, mixed_units: bool) -> Iterator[str]:
    """What is uneven in a source row, in words."""
    cells, columns = row.cells, columns_of(form)
    money = [getattr(cells, column).strip() for column in columns]
    texts = [*money, cells.weight.strip(), cells.rate.strip(), cells.score.strip()]
    if len({text for text in texts if text and _DASHES.issuperset(text)}) > 1:
        yield "混用不同的横线"
    if any(money) and not all(money) and not any((row.amounts[column] or 0) > 0 for column in columns):
        yield "有的填0有的空着"
    if mixed_units and any(
        column not in row.with_unit and (row.amounts[column] or 0) > 0 for column in columns
    ):
        yield "金额没有带“万”而其他行带了"
    if form.template == "transfer":
        return
    if not cells.weight.strip() and any(
        not _DASHES.isdisjoint(text) for text in (cells.score, *(source.cells.weight for source in sources))
    ):
        yield "分值栏空着"


def _odd_rates(sources: Sequence[ReadFund], usual: RateStyle | None) -> Iterator[tuple[int, RateStyle]]:
    """The source rows whose rate cell is unlike the other forms', or else unlike the form's other rows."""
    styles = {row.number: rate_style(row.cells) for row in sources}
    if usual is not None:
        yield from ((number, style) for number, style in styles.items() if style is not usual)
        return
    spent = {row.number for row in sources if (row.amounts["budget"] or 0) > 0}
    filled = [number for number in spent if styles[number] is RateStyle.FILLED]
    empty = {style for style in styles.values() if style is not RateStyle.FILLED}
    if filled and len(filled) < len(spent):
        yield from ((number, styles[number]) for number in sorted(spent))
    elif len(empty) > 1:
        yield from ((number, style) for number, style in styles.items() if style is RateStyle.DASH)


@rule("F009", Severity.NOTE)
def fund_unit_noise(case: Case) -> Iterator[Observation]:
    """金额后面重复写了单位

    检查什么：表头已注明万元（或元）时，金额单元格里是否又写了“万”“万元”“元”。
    依据：自评表项目资金部分的表头统一注明金额单位，单元格只填数字。
    为什么：数字后面带单位，表格软件不能求和，也容易把元和万元混在一起。
    反例：
        funds[1].budget = 80万
        funds[1].initial = 80万
        funds[1].executed = 78.4万
    正例：
        funds[1].budget = 80.00
    不检查什么：带单位的金额照样换算后参与计算，不影响得分。
    """
    columns = columns_of(case.form)
    shown = frozenset(columns)
    rows = [row for row in case.fund_rows if not shown.isdisjoint(row.with_unit)]
    if not rows:
        return
    first = rows[0].cells
    printed = " / ".join(text for column in columns if (text := getattr(first, column)))
    yield Observation(
        message=f"项目资金第{'、'.join(str(row.number) for row in rows)}行的金额带了单位（如{printed}），"
        f"表头已注明{case.form.money_unit}。",
        section="funds",
        printed=printed,
        expected="只填数字",
        hint=f"去掉金额后面的单位，只填以{case.form.money_unit}为单位的数字。",
    )


BY_USUAL_RATES: tuple[Rule, ...] = (fund_row_format,)
"""Rules that ask how the other forms of a batch fill the 执行率 cells."""

RULES: tuple[Rule, ...] = (
    fund_sources_missing,
    fund_sources_sum,
    fund_row_format,
    fund_unit_noise,
)
