"""Editions of provinces and cities: blocks with points of their own, cells that the form has no place for."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from assistant.documents.read import read_bytes
from assistant.form.model import Form, OtherScore
from assistant.rules.check import check_form
from tests.documents.test_layout import TITLE, read, read_one
from tests.documents.wordml import C, document, official, paragraph, table

ROWS = list[list[str | C]]
GO = C("", 1, "go on")


def managed(header: list[str | C], *rows: list[str | C], before: int = 5) -> Form:
    """The usual form with a block of other rows above its row number ``before``."""
    usual = official()
    return read_one(TITLE, table([*usual[:before], header, *rows, *usual[before:]]))


def points(form: Form) -> list[tuple[str, str, str, str]]:
    return [(row.block, row.name, row.weight, row.score) for row in form.other_scores]


def test_a_block_with_points_between_money_and_goal() -> None:
    form = managed(
        [C("资金管理情况", 2, "start"), C("情况说明", 3), "分值", "得分", C("存在问题和改进措施", 2)],
        [C("", 2, "go on"), "分配科学性", C("按因素法分到各校", 2), "4", "4", C("", 2)],
        [
            C("", 2, "go on"),
            "下达及时性",
            C("晚于规定十天", 2),
            "4",
            "3",
            C("审批环节多。今后提前申报。", 2),
        ],
    )
    assert points(form) == [
        ("资金管理情况", "分配科学性", "4", "4"),
        ("资金管理情况", "下达及时性", "4", "3"),
    ]
    assert [line.label for line in form.funds] == ["年度资金总额", "其中：财政拨款"]
    assert len(form.indicators) == 4
    kept = {(entry.place, entry.text) for entry in form.unplaced}
    assert ("下达及时性“存在问题和改进措施”", "审批环节多。今后提前申报。") in kept
    assert check_form(form).sheet.total_rule == Decimal("103.17")


def test_blocks_whose_points_stand_in_their_labels() -> None:
    form = managed(
        ["项目权重", C("评价内容", 2), "分值", "自评分", "复核分", C("评价标准及依据", 3)],
        ["项目决策3分", C("立项依据", 2), "3", "3", "", C("有批复得3分。", 3)],
        [C("项目管理9分", 1, "start"), C("财务制度", 2), "5", "4", "", C("制度健全得5分。", 3)],
        [GO, C("监督检查", 2), "4", "4", "", C("有记录得4分。", 3)],
        before=7,
    )
    assert points(form) == [
        ("项目决策3分", "立项依据", "3", "3"),
        ("项目管理9分", "财务制度", "5", "4"),
        ("项目管理9分", "监督检查", "4", "4"),
    ]
    assert len(form.indicators) == 4


@pytest.mark.parametrize(
    "row",
    [
        [C("合计", 2), C("", 3), "8", "7", C("", 2)],
        [C("", 2, "go on"), "使用规范性", C("按规定使用", 2), "", "", C("", 2)],
        [C("", 2, "go on"), "使用规范性", C("按规定使用", 2), "见附件", "", C("", 2)],
    ],
)
def test_rows_of_such_a_block_without_points_of_their_own_are_kept_as_text(row: list[str | C]) -> None:
    form = managed(
        [C("资金管理情况", 2, "start"), C("情况说明", 3), "分值", "得分", C("问题", 2)],
        [C("", 2, "go on"), "分配科学性", C("按因素法", 2), "8", "7", C("", 2)],
        row,
    )
    assert [score.name for score in form.other_scores] == ["分配科学性"]
    texts = " ".join(entry.text for entry in form.unplaced)
    assert ("按规定使用" in texts) or ("合计" in texts)


def test_points_in_another_table_are_none_of_the_form() -> None:
    other = table([["评价内容", "分值", "得分"], ["档案管理", "5", "5"]])
    (form,) = read(TITLE, table(official()), paragraph("附：科室考核"), other)
    assert form.other_scores == ()


def test_a_form_read_back_from_its_json_keeps_both() -> None:
    form = managed(
        [C("项目管理", 2), C("检查内容", 3), "分值", "得分", C("备注", 2)],
        [C("", 2), C("档案", 3), "5", "5", C("", 2)],
    ).model_copy(update={"absent": ("funds.rate",)})
    data = json.dumps({"forms": [form.to_json()]}, ensure_ascii=False).encode()
    (again,) = read_bytes(data, "表.json").forms
    assert (again.other_scores, again.absent) == (form.other_scores, form.absent)
    assert again.other_scores[0] == OtherScore(block="项目管理", name="档案", weight="5", score="5")


HUBEI: ROWS = [
    [C("项目名称", 2), C("城区绿地养护", 5)],
    [C("主管部门", 2), C("某市园林局", 2), "项目实施单位", C("某市绿化队", 2)],
    [C("项目类别", 2), C("1、部门预算项目☑ 2、专项□", 5)],
    [
        C("预算执行情况（万元）（20分）", 2, "start"), "", "预算数（A）", "执行数（B）", "执行率（B/A）",
        "得分（20分×执行率）",
    ],
    [C("", 2, "go on"), "年度财政资金总额", "80", "76", "95%", "19"],
    [
        C("年度绩效目标1（80分）", 1, "start"), "一级指标", "二级指标", "三级指标", "年初目标值（A）",
        "实际完成值（B）", "得分",
    ],
    [GO, C("产出指标", 1, "start"), "数量指标", "养护面积", "≥12公顷", "12公顷", "40"],
    [GO, GO, "质量指标", "苗木成活率", "≥95%", "96%", "20"],
    [GO, C("效益指标", 1, "start"), "社会效益指标", "绿地开放时间", "全年开放", "全年开放", "10"],
    [GO, GO, "满意度指标", "市民满意度", "≥90%", "93%", "10"],
    [C("总分", 6), "99"],
    [C("偏差大或目标未完成原因分析", 2), C("部分苗木款跨年支付。", 5)],
    [C("改进措施及结果应用方案", 2), C("今后按季度结算。", 5)],
]  # fmt: skip


def test_goals_that_head_the_indicators_leave_no_place_for_another() -> None:
    (form,) = read(paragraph("2022年度城区绿地养护项目自评表"), table(HUBEI))
    assert {"goal.expected", "goal.actual", "indicators.weight"} <= set(form.absent)
    report = check_form(form)
    assert report.profile == "hubei"
    assert "项目类别" in report.sheet.profile_reason
    found = {(seen.rule, seen.severity.value) for seen in report.findings}
    assert not {("goal_missing", "error"), ("level_label", "warning"), ("exec_score", "error")} & found
    assert ("weight_not_positive", "note") in found


def test_a_goal_without_a_cell_for_what_was_reached() -> None:
    usual = official()
    form = read_one(TITLE, table([*usual[:5], [C("项目年度目标", 2), C("改造操场一处。", 7)], *usual[7:]]))
    assert form.goal.expected == "改造操场一处。"
    assert form.absent == ("goal.actual",)


def test_a_goal_that_was_left_out_is_not_absent() -> None:
    usual = official()
    (form,) = read_bytes(document(TITLE, table([*usual[:5], *usual[7:]])), "表.docx").forms
    assert form.absent == ()
    assert [seen.rule for seen in check_form(form).findings].count("goal_missing") == 2


def test_sources_side_by_side_with_their_sum_as_the_budget() -> None:
    usual = official()
    funds: ROWS = [
        [
            C("项目资金来源", 1, "start"), "中央（万元）", "省（万元）", "本级（万元）", "其他（万元）",
            "合计（万元）", "执行数（万元）", C("执行率", 2),
        ],
        [GO, "", "20", "40", "", "60", "57", C("95%", 2)],
    ]  # fmt: skip
    form = read_one(TITLE, table([*usual[:2], *funds, *usual[5:]]))
    (line,) = form.funds
    assert (line.budget, line.executed, line.rate) == ("60", "57", "95%")
    assert form.absent == ("funds.sources",)
    assert [entry.text for entry in form.unplaced] == ["20", "40"]
    assert not {"fund_sources_missing", "budget_zero"} & {seen.rule for seen in check_form(form).findings}


@pytest.mark.parametrize(
    ("line", "score"),
    [
        ("填报日期：2023年3月2日    自评总分：96.17    单位负责人：", "96.17"),
        ("自评得分：96.17分", "96.17"),
        ("填报日期：    总分：    分", ""),
    ],
)
def test_a_total_in_the_head_of_the_form(line: str, score: str) -> None:
    rows = official()[:-1]
    (form,) = read(TITLE, paragraph(line), table(rows))
    assert form.total.score == score
    assert form.project_name == "学校操场改造"


def test_the_total_below_the_table_counts_more_than_that_in_its_head() -> None:
    (form,) = read(TITLE, paragraph("自评总分：95"), table(official()))
    assert form.total.score == "96.17"
    assert any(entry.text == "95" for entry in form.unplaced)


def test_one_title_over_several_forms_of_a_file() -> None:
    first, second = read(
        TITLE, paragraph("（2022年度）"), table(official()), paragraph(""), table(official())
    )
    assert (second.title, second.year_line, second.year) == ("", "", 2022)
    assert {"title", "year_line"} <= set(second.absent)
    assert not first.absent
    rules = {seen.rule for seen in check_form(second).findings}
    assert not rules & {"title_missing", "year_missing"}


def test_a_form_that_alone_lacks_a_title_has_lost_it() -> None:
    year = paragraph("（2022年度）")
    forms = read(TITLE, year, table(official()), table(official()), TITLE, year, table(official()))
    assert [bool(form.title) for form in forms] == [True, False, True]
    assert "title_missing" in {seen.rule for seen in check_form(forms[1]).findings}


def test_the_label_left_of_the_levels_is_no_column_of_values() -> None:
    header: list[str | C] = [
        C("四、年度绩效指标完成情况", 1, "start"), "一级指标", "二级指标", "三级指标", "指标分值",
        C("预期指标值", 2), "单项指标实际完成值", "单项指标完成情况", "自评得分",
    ]  # fmt: skip
    below: list[str | C] = [GO, GO, GO, GO, GO, "符号", "单位（文字描述）", GO, GO, GO]
    merged: list[str | C] = [
        C(cell.text, cell.wide, "start") if isinstance(cell, C) and cell.wide == 1 else
        cell if isinstance(cell, C) else C(cell, 1, "start") for cell in header
    ]  # fmt: skip
    row: list[str | C] = [
        GO, "产出指标", "质量指标", "覆盖率", "25", ">=98", "%（百分比）", "100%", "完成", "25",
    ]  # fmt: skip
    usual = official()
    form = read_one(TITLE, table([*usual[:7], merged, below, row, [C("五、自评总分", 9), "100"]]))
    (read_row,) = form.indicators
    assert (read_row.target, read_row.actual, read_row.weight, read_row.score) == (
        ">=98%",
        "100%",
        "25",
        "25",
    )
    assert form.total.score == "100"


def test_pairs_of_amounts_that_no_field_holds_are_kept_beside_the_sources() -> None:
    usual = official()
    funds: ROWS = [
        ["预算执行情况", "预算数", "60", "到位数", "60", "执行数", "57", "", ""],
        ["", "其中：财政资金", "60", "其中：财政资金", "60", "其中：财政资金", "57", "", ""],
        ["", "其他", "0", "其他", "0", "其他", "0", "", ""],
    ]
    form = read_one(TITLE, table([*usual[:2], *funds, *usual[5:]]))
    assert [(line.label, line.budget, line.executed) for line in form.funds] == [
        ("", "60", "57"),
        ("其中：财政资金", "60", "57"),
        ("其他", "0", "0"),
    ]
    assert "到位数" in [entry.text for entry in form.unplaced]
    assert ("项目资金第2行“其中：财政资金”", "60") in [(e.place, e.text) for e in form.unplaced]
    assert not {"exec_rate", "fund_sources_missing"} & {seen.rule for seen in check_form(form).findings}


def test_an_equals_sign_drawn_as_a_line_of_a_box() -> None:
    header: list[str | C] = [
        "一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "实际完成值", "分值", "得分",
    ]  # fmt: skip
    rows: ROWS = [["产出指标", "数量指标", "资助人数", "═", "735", "人", "735", "50", "50"]]
    form = read_one(TITLE, table([*official()[:7], header, *rows]))
    assert form.indicators[0].target == "=735人"


def test_other_matters_above_the_total_are_a_remark() -> None:
    usual = official()
    row: list[str | C] = [C("其他需要说明事项", 3), C("无", 6)]
    form = read_one(TITLE, table([*usual[:-1], row, usual[-1]]))
    assert len(form.indicators) == 4
    assert (form.remark, form.total.score) == ("无", "96.17")


def test_a_document_of_forms_of_several_provinces() -> None:
    content = document(TITLE, table(official()), paragraph("2022年度城区绿地养护项目自评表"), table(HUBEI))
    forms = read_bytes(content, "表.docx").forms
    assert [check_form(form).profile for form in forms] == ["national-2020", "hubei"]
