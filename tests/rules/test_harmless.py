"""Other ways to print the same form: no rule of funds, weights and scores may object to a valid one."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from overlay import named_form

from assistant.form.finding import Severity
from assistant.form.model import Form, FundLine, Indicator
from assistant.rules import funds, scores, weights
from assistant.rules.check import check_form
from assistant.rules.profile import profile_for
from assistant.rules.score import score_form

NAMES = ("project_10", "project_101", "transfer")
FAMILIES = {entry.name for family in (funds, weights, scores) for entry in family.RULES}
WIDE = str.maketrans("0123456789.%,", "０１２３４５６７８９．％，")
MONEY = ("initial", "budget", "executed")
NUMBER = re.compile(r"\d+(?:\.\d+)?")


def each_fund(change: Callable[[FundLine], FundLine]) -> Callable[[Form], Form]:
    return lambda form: form.model_copy(update={"funds": tuple(change(line) for line in form.funds)})


def each_row(change: Callable[[Indicator], Indicator]) -> Callable[[Form], Form]:
    return lambda form: form.model_copy(update={"indicators": tuple(change(row) for row in form.indicators)})


def money(convert: Callable[[str], str]) -> Callable[[FundLine], FundLine]:
    return lambda line: line.model_copy(
        update={
            key: convert(text) for key in MONEY if (text := getattr(line, key)).replace(".", "").isdigit()
        }
    )


def values(convert: Callable[[str], str]) -> Callable[[Indicator], Indicator]:
    return lambda row: row.model_copy(
        update={key: convert(getattr(row, key)) for key in ("target", "actual")}
    )


def points(convert: Callable[[str], str]) -> Callable[[Indicator], Indicator]:
    return lambda row: row.model_copy(
        update={key: convert(text) for key in ("weight", "score") if (text := getattr(row, key))}
    )


def in_yuan(form: Form) -> Form:
    turned = each_fund(money(lambda text: f"{Decimal(text) * 10_000:f}"))(form)
    return turned.model_copy(update={"money_unit": "元"})


def without_units(text: str) -> str:
    return re.sub(r"(?<=\d)(?:人|期|盏|台|次|所|条|平方公里)$", "", text)


def grouped(text: str) -> str:
    return NUMBER.sub(lambda found: f"{Decimal(found[0]):,}", text) if "年" not in text else text


def widened(text: str) -> str:
    return text.translate(WIDE)


def spaced(text: str) -> str:
    return re.sub(r"(?<=[≥≤=])(?=\d)|(?<=\d)(?=[一-龥%])", " ", text)


def in_words(text: str) -> str:
    return text.replace("≥", "不低于").replace("≤", "不超过").replace("=", "等于")


def dashed(line: FundLine) -> FundLine:
    empty = all(getattr(line, key) in ("0", "") for key in MONEY)
    return line.model_copy(update=dict.fromkeys(MONEY, "—")) if empty else line


def blank(line: FundLine) -> FundLine:
    empty = all(getattr(line, key) in ("0", "") for key in MONEY)
    return line.model_copy(update=dict.fromkeys(MONEY, "")) if empty else line


def as_fraction(text: str) -> str:
    found = re.fullmatch(r"(\d+(?:\.\d+)?)%", text)
    return f"{Decimal(found[1]) / 100:f}" if found else text


def with_points_of_levels(form: Form) -> Form:
    def labelled(row: Indicator) -> Indicator:
        weights = [Decimal(other.weight or 0) for other in form.indicators if other.level1 == row.level1]
        return row.model_copy(update={"level1": f"{row.level1}（{sum(weights):f}分）"}) if row.weight else row

    return each_row(labelled)(form)


CHANGES = {
    "as printed": lambda form: form,
    "funds in 元": in_yuan,
    "amounts with 万元": each_fund(money(lambda text: text + "万元")),
    "amounts with two decimals": each_fund(money(lambda text: f"{Decimal(text):.2f}")),
    "amounts in full width": each_fund(money(widened)),
    "amounts with separators": each_fund(money(grouped)),
    "sources without money dashed": each_fund(dashed),
    "sources without money blank": each_fund(blank),
    "rate of one decimal": each_fund(
        lambda line: line.model_copy(update={"rate": line.rate.replace("0%", "%")})
    ),
    "values without units": each_row(
        lambda row: row.model_copy(update={"actual": without_units(row.actual)})
    ),
    "values in full width": each_row(values(widened)),
    "values with separators": each_row(values(grouped)),
    "values with blanks": each_row(values(spaced)),
    "values with old signs": each_row(values(lambda text: text.replace("≥", "≧").replace("≤", "≦"))),
    "signs as two characters": each_row(values(lambda text: text.replace("≥", ">=").replace("≤", "<="))),
    "signs in words": each_row(values(in_words)),
    "costs in 元": each_row(
        values(lambda text: re.sub(r"(\d+(?:\.\d+)?)万元", lambda f: f"{Decimal(f[1]) * 10_000:f}元", text))
    ),
    "costs with 万 alone": each_row(values(lambda text: text.replace("万元", "万"))),
    "actual percentages as fractions": each_row(
        lambda row: row.model_copy(update={"actual": as_fraction(row.actual)})
    ),
    "points with two decimals": each_row(points(lambda text: f"{Decimal(text):.2f}")),
    "points with 分": each_row(points(lambda text: text + "分")),
    "points in full width": each_row(points(widened)),
    "levels with points": with_points_of_levels,
    "dates with slashes": each_row(
        values(lambda text: re.sub(r"(\d{4})年(\d+)月(\d+)日", r"\1/\2/\3", text))
    ),
    "dates with dots": each_row(values(lambda text: re.sub(r"(\d{4})年(\d+)月(\d+)日", r"\1.\2.\3", text))),
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_the_same_form_printed_otherwise(name: str, change: Callable[[Form], Form]) -> None:
    given = named_form(name)
    form = change(given)
    loud = [
        f"{finding.rule}: {finding.message}"
        for finding in check_form(form).findings
        if finding.rule in FAMILIES and finding.severity is not Severity.NOTE
    ]
    assert loud == []
    wanted, sheet = score_form(given, profile_for(given)), score_form(form, profile_for(form))
    assert [score.rule for score in sheet.indicators] == [score.rule for score in wanted.indicators]
    assert sheet.execution.rate == wanted.execution.rate


def test_the_changes_change_something() -> None:
    for label, change in CHANGES.items():
        changed = any(change(named_form(name)) != named_form(name) for name in NAMES)
        assert changed == (label != "as printed"), label
