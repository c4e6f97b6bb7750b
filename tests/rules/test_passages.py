"""Reasons and measures that stand below the table, in rows of their own, notes or a second column."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from overlay import named_form, overlaid

from assistant.form.model import Form, Unplaced
from assistant.rules.check import check_form

SHORT = {"indicators[2].explanation": ""}
"""342 of 360 teachers and 9.50 of 10 points, with nothing in the cell."""
ALSO = {"indicators[8].actual": "85%", "indicators[8].score": "9.44"}
"""The satisfaction falls short too."""


def told(
    pieces: Sequence[tuple[str, str]] = (), notes: Sequence[str] = (), changes: dict[str, str] | None = None
) -> list[tuple[str, str, int | None]]:
    """The findings on reasons: rule, severity, row."""
    form: Form = overlaid(named_form("project_10"), SHORT if changes is None else changes)
    unplaced = tuple(Unplaced(place=place, text=text) for place, text in pieces)
    form = form.model_copy(update={"unplaced": unplaced, "notes": tuple(notes)})
    rules = ("deviation_unexplained", "over_completion_unexplained", "explanation_without_measure")
    return [
        (found.rule, found.severity.value, found.location.row)
        for found in check_form(form).findings
        if found.rule in rules or found.rule == "low_execution_unexplained"
    ]


MISSING = [("deviation_unexplained", "error", 2)]
DOUBTFUL = [("deviation_unexplained", "warning", 2)]


@pytest.mark.parametrize(
    "piece",
    [
        ("第1个表格第22行“偏差大或目标未完成原因分析”", "两所寄宿制学校封闭管理，部分教师没有到场。"),
        ("第1个表格第20行“未完成绩效目标的原因”", "受暴雪影响，两期停课。"),
        ("第1个表格第21行“存在的问题”", "参训教师比计划少18人，两所学校封闭管理。"),
        ("第1个表格第21行“自评结论”", "培训班全部办完，参训教师人数未达到目标。"),
        ("正文", "三、偏差原因分析：两所寄宿制学校封闭管理。"),
        ("reasons", "参训教师342人，两所寄宿制学校因封闭管理没有派人。"),
        ("绩效指标第2行“备注”", "两所寄宿制学校封闭管理。"),
    ],
)
def test_a_reason_below_the_table_counts(piece: tuple[str, str]) -> None:
    assert told([piece]) == []


@pytest.mark.parametrize(
    "piece",
    [
        ("第1个表格第22行“偏差大或目标未完成原因分析”", "无"),
        ("第1个表格第21行“存在的问题”", "部分学校网络带宽不足。"),
        ("第1个表格第21行“自评结论”", "全年举办培训班6期，参训教师342人，培训合格率97.5%。"),
        ("绩效指标第3行“备注”", "两所寄宿制学校封闭管理。"),
        ("绩效指标第2行“偏差率”", "-5.00%"),
        ("绩效指标第2行“备注”", "佐证材料为培训签到表"),
        ("绩效指标第2行“完成情况”", "参训教师342人"),
        ("绩效指标第2行“评分标准”", "未达到目标的，按完成比例计分"),
        ("项目类别", "1.部门预算项目 ☑　2.省对下转移支付项目 □"),
    ],
)
def test_other_words_below_the_table_excuse_nothing(piece: tuple[str, str]) -> None:
    assert told([piece]) == MISSING


def test_reasons_of_other_rows_only_leave_a_doubt() -> None:
    label = "第1个表格第22行“偏差原因分析”"
    passage = (label, "教师满意度85%，食宿安排不够细致。")
    assert told([passage], changes=SHORT | ALSO) == DOUBTFUL
    both = (label, "参训教师少18人，是因为学校封闭管理；满意度偏低，是因为食宿安排不够细致。")
    assert told([both], changes=SHORT | ALSO) == []
    general = (label, "两所寄宿制学校封闭管理，课程和食宿安排受到影响。")
    assert told([general], changes=SHORT | ALSO) == []
    assert told([(label, "受客观因素影响。")]) == DOUBTFUL


@pytest.mark.parametrize(
    "notes",
    [
        ["注：1.偏差较大的须说明原因并提出措施。2.参训教师人数未达到目标的按比例计分。"],
        ["注：4.偏差原因分析：对未完成的指标逐项分析原因，提出改进措施。"],
        ["填表说明：未完成原因：简要说明没有达到目标的情况。"],
        ["备注：定量指标完成值未达到指标值的，应分析原因。"],
    ],
)
def test_notes_on_how_to_fill_in_the_form_are_no_reason(notes: list[str]) -> None:
    assert told(notes=notes) == MISSING


def test_a_note_of_the_office_itself_counts() -> None:
    assert told(notes=["注：1.参训教师人数未达到目标，是两所寄宿制学校封闭管理所致。"]) == []


def test_a_heading_and_the_paragraph_after_it() -> None:
    pieces = [("正文", "三、偏差原因及改进措施"), ("正文", "两所寄宿制学校封闭管理。今后错开月考安排。")]
    assert told(pieces) == []


def test_measures_below_the_table() -> None:
    cause = {"indicators[2].explanation": "两所寄宿制学校封闭管理。"}
    label = "第1个表格第23行“改进措施”"
    missing = [("explanation_without_measure", "warning", 2)]
    assert told(changes=cause) == missing
    assert told([(label, "下一年提前与学校商定时间。")], changes=cause) == []
    assert told([(label, "对没有到场的参训教师组织线上补训。")], changes=cause) == []
    assert told([(label, "无")], changes=cause) == missing
    two = cause | ALSO | {"indicators[8].explanation": "食宿安排不够细致。今后改进。"}
    assert told([(label, "改善食宿，提高参训教师满意度。")], changes=two) == missing


def test_far_over_the_target() -> None:
    over = {"indicators[6].actual": "70所"}
    assert told(changes=over) == [("over_completion_unexplained", "warning", 6)]
    label = "第1个表格第22行“偏差原因分析”"
    assert told([(label, "市里新增两个片区的学校一并使用共享课程资源。")], changes=over) == []


LOW = {
    "funds[1].executed": "60",
    "funds[1].rate": "75.00%",
    "funds[2].executed": "60",
    "goal.actual": "全年举办集中培训班6期，参训教师342人。",
    "indicators[2].explanation": "学校封闭管理。今后组织补训。",
}


def test_notes_on_amounts_do_not_explain_a_low_execution() -> None:
    low = [("low_execution_unexplained", "warning", 1)]
    assert told(changes=LOW) == low
    printed = "注：1.预算执行情况口径：执行数为财政资金实际支出数。2.其他资金包括自有资金等。"
    assert told(notes=[printed], changes=LOW) == low
    standard = ("绩效指标第1行“评分标准”", "支出进度达到要求得满分")
    assert told([standard], changes=LOW) == low
    assert told(notes=["注：执行率偏低，尾款待审计后支付。"], changes=LOW) == []
    assert told([("第1个表格第23行“执行率低的原因”", "设备年底才验收。")], changes=LOW) == []
