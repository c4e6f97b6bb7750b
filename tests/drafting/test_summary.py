"""The paragraph on money and points: what the form does not tell is left blank, never reckoned."""

from __future__ import annotations

import pytest

from assistant.drafting.context import Context, form_year
from assistant.drafting.summary import summary_text
from assistant.form.model import BLANK, Form
from assistant.rules.profile import profile_for
from tests.drafting.past_rows import nothing
from tests.drafting.sample_forms import trained


def summary(budget: str, executed: str, note: str = "") -> str:
    whole = trained()
    line = whole.funds[0].model_copy(
        update={"initial": budget, "budget": budget, "executed": executed, "rate": "", "score": ""}
    )
    total = whole.total.model_copy(update={"note": note})
    form: Form = whole.model_copy(update={"funds": (line, *whole.funds[1:]), "total": total})
    return summary_text(Context(form, nothing, "", profile_for(form), form_year(form)))


@pytest.mark.parametrize(
    ("budget", "executed", "told"),
    [
        ("50", "", f"全年预算50万元，全年执行{BLANK}万元"),
        ("", "48", f"全年预算{BLANK}万元，全年执行48万元"),
        ("0", "48", f"全年预算{BLANK}万元，全年执行48万元"),
    ],
)
def test_an_amount_that_is_missing_is_a_blank_and_gives_no_rate(
    budget: str, executed: str, told: str
) -> None:
    text = summary(budget, executed)
    assert told in text
    assert "预算执行率尚未计分" in text
    assert "%" not in text.split("。")[0]
    assert "等次" not in text


def test_a_full_budget_has_its_rate() -> None:
    assert "全年预算50万元，全年执行48万元，预算执行率96%。" in summary("50", "48")


def test_an_overspent_budget_is_said_to_be_so_with_its_cause() -> None:
    assert f"超出全年预算3万元，超支原因是{BLANK}" in summary("50", "53")
    text = summary("50", "53", "偏差原因：药品涨价。改进措施：下一年度按询价结果申报预算。")
    assert "超出全年预算3万元，药品涨价" in text
    assert "执行率偏低" not in text
    assert "预算执行率106%" not in text
