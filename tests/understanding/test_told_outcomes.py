"""Results told without a number: which rates they fill, and what they leave alone."""

from __future__ import annotations

import pytest

from assistant.form.model import Form, Indicator
from assistant.understanding.message_facts import read_facts

ROWS = (
    ("数量指标", "购置监控设备数量", "≥40台"),
    ("质量指标", "设备验收合格率", "=100%"),
    ("质量指标", "政府采购合规率", "=100%"),
    ("质量指标", "参训人员考核合格率", "≥95%"),
    ("质量指标", "安全事故发生数", "=0起"),
    ("时效指标", "补贴发放及时率", "=100%"),
    ("时效指标", "完工时间", "2024年10月底前"),
    ("服务对象满意度指标", "居民满意度", "≥90%"),
)
FORM = Form(
    year=2024,
    indicators=tuple(
        Indicator(level1="产出指标", level2=level, name=name, target=target) for level, name, target in ROWS
    ),
)


def told(text: str, form: Form = FORM) -> dict[str, str]:
    """The actual values by the names of their rows; anything else that was set fails."""
    edits = read_facts(text, form).edits
    assert all(edit.location.field == "actual" for edit in edits), edits
    return {form.indicators[(edit.location.row or 0) - 1].name: edit.new for edit in edits}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("采购都合规", {"政府采购合规率": "100%"}),
        ("采购合规、设备验收合格", {"政府采购合规率": "100%", "设备验收合格率": "100%"}),
        ("补贴全部及时发到了，没有延误", {"补贴发放及时率": "100%"}),
        ("学员考核都合格", {"参训人员考核合格率": "100%"}),
        ("监控40台都装了，全部通过验收", {"购置监控设备数量": "40台", "设备验收合格率": "100%"}),
        ("没有一件不合格，验收都通过了", {"设备验收合格率": "100%"}),
        ("没出过安全事故，采购也都合规", {"安全事故发生数": "0起", "政府采购合规率": "100%"}),
    ],
)
def test_an_outcome_of_all_is_a_whole_rate(text: str, expected: dict[str, str]) -> None:
    assert told(text).items() >= expected.items()


@pytest.mark.parametrize(
    "text",
    [
        "大部分设备验收合格",
        "采购基本合规",
        "除了两台，设备都验收合格了",
        "设备没有按时到货",
        "下一步确保采购都合规",
        "设备要全部验收合格",
        "采购都合规吗？",
        "道路都按时完工了",
    ],
)
def test_what_is_not_said_of_all_of_a_row_fills_nothing(text: str) -> None:
    assert told(text) == {}


def test_a_result_that_stands_is_kept() -> None:
    rows = tuple(
        row.model_copy(update={"actual": "98%"}) if row.name == "政府采购合规率" else row
        for row in FORM.indicators
    )
    assert told("采购都合规", FORM.model_copy(update={"indicators": rows})) == {}


def test_what_no_word_can_tell_is_asked_for() -> None:
    remarks = read_facts("居民都很满意", FORM).remarks
    assert any("满意度" in one and "百分数" in one for one in remarks)
    dated = FORM.model_copy(update={"indicators": (FORM.indicators[6],)})
    assert any("日期" in one for one in read_facts("都按时完成了", dated).remarks)


def test_a_figure_that_was_done_in_time_leaves_the_target_alone() -> None:
    assert told("监控设备装了43台，都按时完成") == {"购置监控设备数量": "43台"}
