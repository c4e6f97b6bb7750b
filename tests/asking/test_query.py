"""The question as data: executed exactly over records of forms made for these tests."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from assistant.asking.records.execute import MixedUnitsError, run, satisfies
from assistant.asking.records.fields import Sort
from assistant.asking.records.frame import Rows, rows_of
from assistant.asking.records.query import Condition, Measure, Order, Query
from assistant.asking.records.records import Cell, Record, records_of
from assistant.form.model import Form, FundLine, Indicator, Total
from assistant.library import StoredForm


def form(name: str, budget: str, executed: str, unit: str = "甲处", money_unit: str = "万元") -> Form:
    fund = FundLine(
        label="年度资金总额",
        initial=budget,
        budget=budget,
        executed=executed,
        weight="10",
        rate="100%",
        score="10",
    )
    rows = (
        Indicator(
            level1="产出指标",
            level2="数量指标",
            name="办班次数",
            target="≥2次",
            actual="5次",
            weight="60",
            score="60",
        ),
        Indicator(
            level1="产出指标",
            level2="成本指标",
            name="办班成本",
            target="≤3万元",
            actual="25000元",
            weight="30",
            score="20",
        ),
    )
    return Form.model_validate(
        {
            "project_name": name,
            "unit": unit,
            "funds": (fund,),
            "indicators": rows,
            "total": Total(weight="100", score="90"),
            "money_unit": money_unit,
        }
    )


def records(*forms: Form) -> list[Record]:
    return [records_of(StoredForm(number=n, form=f)).record for n, f in enumerate(forms, 1)]


FORMS = records(
    form("图书室", "10", "8"),
    form("清淤", "200000", "200000", "乙处", "元"),
    form("植树", "30万", "33万"),
)
ROWS = list(records_of(StoredForm(number=1, form=form("图书室", "10", "8"))).indicators)


def source(of: Sort) -> Rows:
    return rows_of(of, FORMS if of == "forms" else ROWS)


def test_money_of_forms_in_yuan_and_in_ten_thousands_adds_up() -> None:
    result = run(Query(measure=Measure(op="sum", field="budget"), ask="value"), source)
    assert result.value is not None
    assert result.value.number == Decimal(60)


def test_conditions_narrow_and_order_ranks() -> None:
    query = Query(
        where=(Condition(field="budget", op="ge", number=Decimal("0.002"), unit="亿元"),),
        order=Order(field="budget"),
    )
    assert [record.form for record in run(query, source).records] == [3, 2]


def test_what_is_left_and_what_is_over() -> None:
    left = run(Query(where=(Condition(field="unspent", op="gt", number=Decimal(0)),)), source)
    over = run(Query(where=(Condition(field="overspent", op="gt", number=Decimal(0)),)), source)
    assert [r["unspent"].number for r in left.records] == [Decimal(2)]
    assert [r.form for r in over.records] == [3]


def test_groups_carry_their_aggregate() -> None:
    query = Query(group="unit", measure=Measure(op="sum", field="executed"), order=Order(field="value"))
    groups = run(query, source).groups
    assert [(group.key, group.value.number) for group in groups] == [
        ("甲处", Decimal(41)),
        ("乙处", Decimal(20)),
    ]


def test_a_form_without_any_such_row_is_a_group_of_nothing() -> None:
    zero = Condition(field="value", op="eq", number=Decimal(0))
    where = (Condition(field="level2", op="contains", texts=("成本",)),)
    query = Query(of="indicators", where=where, group="form", every_form=True, having=(zero,))
    assert [group.key for group in run(query, source).groups] == ["2", "3"]


def test_a_share_is_of_everything_in_scope() -> None:
    query = Query(forms=(1,), measure=Measure(op="share", field="budget"), ask="value")
    result = run(query, source)
    assert result.value is not None
    assert round(result.value.number or 0, 2) == Decimal("16.67")


def test_units_are_converted_and_incomparable_ones_never_compared() -> None:
    cost = ROWS[1]
    assert satisfies(cost, Condition(field="actual", op="lt", number=Decimal("2.6"), unit="万元"))
    assert not satisfies(cost, Condition(field="actual", op="ge", number=Decimal(1), unit="次"))
    assert cost["met"].text == "是"


def test_numbers_of_different_units_are_not_added() -> None:
    with pytest.raises(MixedUnitsError):
        run(Query(of="indicators", measure=Measure(op="sum", field="actual")), source)


def test_ties_at_the_limit_are_all_shown() -> None:
    query = Query(order=Order(field="total"), limit=1)
    assert len(run(query, source).records) == 3


def test_a_field_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValidationError, match="没有这些字段"):
        Query(where=(Condition(field="salary", op="gt", number=Decimal(1)),))


NUMBERS = st.lists(st.decimals(min_value=0, max_value=10**9, places=4), min_size=1, max_size=20)


@given(NUMBERS)
def test_sum_order_and_extremes_agree_with_plain_arithmetic(numbers: list[Decimal]) -> None:
    made = [Record("forms", n, None, {"budget": Cell(str(x), x, "万元")}) for n, x in enumerate(numbers)]
    total = run(Query(measure=Measure(op="sum", field="budget")), lambda of: rows_of(of, made)).value
    assert total is not None
    assert total.number == sum(numbers)
    ranked = run(Query(order=Order(field="budget")), lambda of: rows_of(of, made)).records
    assert [r["budget"].number for r in ranked] == sorted(numbers, reverse=True)
    highest = run(Query(measure=Measure(op="max", field="budget")), lambda of: rows_of(of, made))
    assert {r["budget"].number for r in highest.records} == {max(numbers)}
