"""The small plot of past values: numbers in one unit, none where too few compare."""

from __future__ import annotations

from assistant.grounding.evidence import Evidence
from assistant.web.shown.spread_plot import spread_of, spread_plot


def past(target: str, actual: str) -> Evidence:
    return Evidence(form=1, row=1, indicator="参训人员满意度", target=target, actual=actual)


def test_past_values_are_brought_to_the_proposed_unit() -> None:
    found = spread_of("≤50万元", "总成本", [past("≤400000元", "38万元"), past("≤60万元", "55万元")])
    assert found is not None
    assert [str(number) for number in (*found.targets, *found.actuals)] == ["40", "60", "38", "55"]
    text = spread_plot(found)
    assert "往年目标40万元–60万元，实际38万元–55万元；竖线为本次建议50万元" in text
    assert text.count('data-dot="target"') == text.count('data-dot="actual"') == 2


def test_a_blank_is_shown_without_a_line() -> None:
    found = spread_of("≥【待填】人", "培训人数", [past("≥80人", "84人"), past("≥100人", "96人")])
    assert found is not None and found.proposed is None
    assert "<u " not in spread_plot(found)


def test_nothing_to_compare_is_no_plot() -> None:
    assert spread_of("有效提升", "能力", [past("有效提升", "有效提升")]) is None
    assert spread_of("≥95%", "合格率", [past("≥95%", "97%")]) is None


def test_one_value_only_stands_in_the_middle() -> None:
    found = spread_of("=100%", "完成率", [past("100%", "100%"), past("100%", "100%")])
    assert found is not None
    assert "left:50" in spread_plot(found)
