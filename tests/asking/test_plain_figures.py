"""Plain questions by families, right answers computed from the forms themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

import pytest

from assistant.asking.asker import Asker
from assistant.asking.records.records import Record
from assistant.asking.records.view import View

_ROUNDED = Decimal("0.01")


def _forms(asker: Asker) -> list[Record]:
    def records(view: View) -> list[Record]:
        return [form.record for form in view.by_number.values()]

    return asker.over(records)


def _sum(forms: Iterable[Record], field: str) -> Decimal:
    return sum((form[field].number or Decimal(0) for form in forms), Decimal(0))


def _money(number: Decimal) -> str:
    return f"{number.normalize():f}万元"


@pytest.mark.parametrize("said", ["花了多少", "用了多少钱", "执行了多少", "支出多少钱"])
@pytest.mark.parametrize(
    ("condition", "field", "low", "high"),
    [
        ("执行率100%的项目", "rate", 100, 100),
        ("总分100分的项目", "total", 100, 100),
        ("指标超过10个的项目", "indicator_count", 11, 99),
        ("指标数8到13个的项目", "indicator_count", 8, 13),
        ("预算在10万到100万之间的项目", "budget", 10, 100),
    ],
)
def test_what_some_forms_spent(
    asker: Asker, condition: str, field: str, low: int, high: int, said: str
) -> None:
    meant = [f for f in _forms(asker) if f[field].number is not None and low <= f[field].number <= high]
    assert asker.ask(f"{condition}一共{said}").values[0] == _money(_sum(meant, "executed"))
    assert asker.ask(f"有多少{condition}").values[0] == f"{len(meant)}张"


@pytest.mark.parametrize("limit", [100, 300, 1000])
@pytest.mark.parametrize(
    "question", ["合计预算超过{}万元的处室有哪些", "哪些处室预算总额超过{}万", "总预算在{}万元以上的处室"]
)
def test_groups_above_a_limit(asker: Asker, question: str, limit: int) -> None:
    offices: dict[str, list[Record]] = defaultdict(list)
    for form in _forms(asker):
        offices[form["unit"].text].append(form)
    above = "以上" in question
    budgets = {name: _sum(forms, "budget") for name, forms in offices.items()}
    wanted = {name for name, sum_ in budgets.items() if sum_ > limit or (above and sum_ == limit)}
    assert set(asker.ask(question.format(limit)).values) & set(offices) == wanted


def test_a_limit_of_a_group_in_other_units(asker: Asker) -> None:
    said = "预算合计{}的处室有几个"
    values = [
        asker.ask(said.format(limit)).values for limit in ("超过500万元", "超过0.05亿元", "超过5000000元")
    ]
    assert values[0] == values[1] == values[2] == ("5个",)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("预算超过100万元", "指标少于10个"),
        ("执行率不到100%", "指标少于10个"),
        ("指标少于10个", "总分满分"),
    ],
)
def test_the_number_of_indicators_beside_another_condition(asker: Asker, one: str, other: str) -> None:
    def places(question: str) -> set[int]:
        return {form for form, _ in asker.ask(question).table.places}

    left, right = places(f"{one}的项目有哪些"), places(f"{other}的项目有哪些")
    assert places(f"{one}而且{other}的项目有哪些") == left & right
    assert places(f"{one}或者{other}的项目有哪些") == left | right


@pytest.mark.parametrize("points", ["正好3分", "突破3分", "介于1到4分之间"])
def test_points_lost_are_compared(asker: Asker, points: str) -> None:
    told = {"正好3分": (3, 3), "突破3分": (Decimal("3.01"), 100), "介于1到4分之间": (1, 4)}[points]
    lost = {f.form: f["total_lost"].number for f in _forms(asker)}
    wanted = {form for form, number in lost.items() if number is not None and told[0] <= number <= told[1]}
    answer = asker.ask(f"扣分{points}的项目有哪些")
    assert {form for form, _ in answer.table.places} == wanted


@pytest.mark.parametrize(
    ("field", "said"), [("budget", "预算"), ("total", "总分"), ("executed", "支出"), ("rate", "执行率")]
)
def test_the_ends_are_set_apart(asker: Asker, field: str, said: str) -> None:
    numbers = [f[field].number for f in _forms(asker) if f[field].number is not None]
    apart = max(numbers) - min(numbers)
    values = "".join(asker.ask(f"最高{said}和最低{said}差多少").values)
    assert f"{apart.normalize():f}" in values


def test_points_of_a_kind_are_added_up(asker: Asker) -> None:
    assert asker.ask("葡萄酒项目的产出指标占多少分").values[-1] == "50分"
    assert asker.ask("工业节能减排工作专项经费的成本指标得了多少分").values[-1] == "14.7分"
    assert "110分" in asker.ask("招商引资那张表的分值加起来是不是100").values


def test_a_word_inside_of_a_name_divides_nothing(asker: Asker) -> None:
    asked = "中央无线电频率占用经费和六十年代精简退职老职工生活补助费支出一共多少"
    assert asker.ask(asked).values[0] == "8096.784万元"


@pytest.mark.parametrize("year", [2022, 2023, 2024])
def test_one_year_of_several(years_asker: Asker, year: int) -> None:
    own = [f for f in _forms(years_asker) if f["year"].text == str(year)]
    budget = _sum(own, "budget")
    assert years_asker.ask(f"{year}年平均每个项目预算多少").values == (
        f"{(budget / len(own)).quantize(_ROUNDED).normalize():f}万元",
    )
    top = max(own, key=lambda form: form["budget"].number or 0)
    share = (top["budget"].number or Decimal(0)) * 100 / budget
    told = f"{share.quantize(_ROUNDED).normalize():f}%"
    name = top["project_name"].text
    assert told in years_asker.ask(f"{year}年{name}占总预算的百分之几").values
    assert years_asker.ask(f"{year}年乡村戏台修缮的预算排第几").values[0].startswith("第")


def test_an_office_over_years_is_more_than_one_project(years_asker: Asker) -> None:
    values = years_asker.ask("林业局历年预算").values
    assert values == ("300万元", "322万元", "579万元")
    assert years_asker.ask("乡村戏台修缮历年预算平均多少").values[0] == "123.33万元"
    assert years_asker.ask("乡村戏台修缮历年预算合计多少").values[0] == "370万元"


def test_the_overall_rate_of_each_office(asker: Asker) -> None:
    offices: dict[str, list[Record]] = defaultdict(list)
    for form in _forms(asker):
        offices[form["unit"].text].append(form)
    rates = {name: _sum(own, "executed") * 100 / _sum(own, "budget") for name, own in offices.items()}
    least = min(rates, key=lambda name: rates[name])
    values = asker.ask("哪个处室的总体执行率最低").values
    assert values == (least, f"{rates[least].quantize(_ROUNDED).normalize():f}%")


@pytest.mark.parametrize("question", ["哪年预算最多", "预算总额最高的是哪一年", "哪一年的预算合计最大"])
def test_the_year_that_is_most_of_all(years_asker: Asker, question: str) -> None:
    assert years_asker.ask(question).values[:2] == ("2024年", "803万元")
