"""Header names decide, wherever the columns stand: editions of the form, several forms, split tables."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from assistant.documents.read import read_bytes
from assistant.form.model import Form, Indicator
from tests.documents.wordml import C, document, official, paragraph, table

TITLE = paragraph("项目支出绩效自评表")
YEAR = paragraph("（2023年度）")
LABEL = C("", 1, "go on")


def read(*blocks: str) -> tuple[Form, ...]:
    result = read_bytes(document(*blocks), "表.docx")
    assert result.problems == ()
    return result.forms


def read_one(*blocks: str) -> Form:
    (form,) = read(*blocks)
    return form


def indicators(header: list[str | C], *rows: list[str | C]) -> tuple[Indicator, ...]:
    form = read_one(TITLE, table(official(header, rows)))
    assert form.total.score == "96.17"
    return form.indicators


def test_the_usual_form() -> None:
    form = read_one(TITLE, YEAR, table(official()))
    assert (form.title, form.year_line, form.year) == ("项目支出绩效自评表", "（2023年度）", 2023)
    assert (form.project_name, form.department, form.unit) == ("学校操场改造", "某县教育局", "某县第一中学")
    assert [line.label for line in form.funds] == ["年度资金总额", "其中：财政拨款"]
    assert (form.funds[0].executed, form.funds[0].rate, form.funds[1].score) == ("57", "95%", "—")
    assert (form.goal.expected, form.goal.actual) == ("改造操场一处。\n按期投用。", "已改造并投用。")
    assert [(row.level1, row.level2, row.name) for row in form.indicators] == [
        ("产出指标", "数量指标", "改造面积"),
        ("产出指标", "数量指标", "更换器材"),
        ("效益指标", "社会效益指标", "学生体育活动条件"),
        ("满意度指标", "服务对象满意度指标", "师生满意度"),
    ]
    assert form.indicators[1].explanation == "到货延迟。\n改进措施：催交。"
    assert form.total.model_dump() == {"weight": "100", "score": "96.17", "note": ""}
    assert form.unplaced == ()


def test_columns_in_another_order() -> None:
    (row,) = indicators(
        [
            "一级指标",
            "二级指标",
            "三级指标",
            "分值",
            "年度指标值（A）",
            "实际完成值（B）",
            "自评得分",
            "未完成原因分析",
        ],
        ["产出指标", "数量指标", "改造面积", "30", "≥1处", "1处", "30", "无"],
    )
    assert row == Indicator(
        level1="产出指标",
        level2="数量指标",
        name="改造面积",
        target="≥1处",
        actual="1处",
        weight="30",
        score="30",
        explanation="无",
    )


def test_sign_value_and_unit_in_columns_of_their_own() -> None:
    header: list[str | C] = [
        "一级指标",
        "二级指标",
        "三级指标",
        "指标性质",
        "指标值",
        "度量单位",
        "完成值",
        "权重",
        "得分",
        "备注",
    ]
    rows = indicators(
        header,
        ["产出指标", "数量指标", "改造面积", "≥", "8000", "平方米", "8100", "30", "30", ""],
        ["", "质量指标", "验收合格率", "＝", "100", "%", "100", "20", "20", ""],
        ["效益指标", "社会效益指标", "活动条件", "定性", "优", "", "优", "30", "30", "现场查看"],
    )
    assert [row.target for row in rows] == ["≥8000平方米", "＝100%", "优"]
    assert [row.actual for row in rows] == ["8100平方米", "100%", "优"]
    assert rows[2].explanation == "现场查看"
    form = read_one(
        table(official(header, [["产出指标", "数量指标", "甲", "定性", "优", "/", "优", "1", "1", ""]]))
    )
    assert {entry.text for entry in form.unplaced} == {"定性", "/"}


@pytest.mark.parametrize(
    ("section", "score", "rows", "weights"),
    [
        ("预算执行情况\n（万元）（20分）", "得分", ("100|98|98.00%|19.6", "100|98|98.00%|"), ["20", ""]),
        ("预算执行情况", "得分（20分×执行率）", ("100|98|98.00%|19.6", "100|98|98.00%|"), ["20", ""]),
        ("预算执行（满分10分）", "自评得分", ("100|98|98.00%|", "100|98|98.00%|9.8"), ["", "10"]),
        ("预算执行情况", "得分", ("100|98|98.00%|19.6",), [""]),
    ],
)
def test_points_of_the_execution_rate_that_stand_only_in_a_label(
    section: str, score: str, rows: tuple[str, ...], weights: list[str]
) -> None:
    funds: list[list[str | C]] = [
        [C(section, 2, "start"), "", "预算数（A）", "执行数（B）", C("执行率（B/A）", 2), C(score, 3)]
    ]
    for number, row in enumerate(rows):
        budget, executed, rate, points = row.split("|")
        name = "其中：县级资金" if number else "年度资金总额"
        funds.append([C("", 2, "go on"), name, budget, executed, C(rate, 2), C(points, 3)])
    (head, *_), rest = official()[:1], official()[5:]
    form = read_one(TITLE, table([head, *funds, *rest]))
    assert [line.weight for line in form.funds] == weights


@pytest.mark.parametrize(
    "row",
    [
        [C("自评等级", 2), C("良", 7)],
        [C("绩效评价等次：良", 9)],
        [C("评价等级", 3), C("", 1), C("良", 5)],
    ],
)
def test_a_row_of_its_own_for_the_grade(row: list[str | C]) -> None:
    form = read_one(TITLE, table([*official(), row, [C("备注", 2), C("到货延迟。", 7)]]))
    assert (form.grade, form.remark, form.total.score, form.unplaced) == ("良", "到货延迟。", "96.17", ())


def test_a_grade_among_the_header_fields_and_one_below_the_table() -> None:
    head, *rest = official()
    above = read_one(
        TITLE, table([head, [C("自评得分", 2), C("96.17", 3), "自评等级", C("优", 3)], *rest[1:]])
    )
    assert above.grade == "优"
    assert read_one(TITLE, table(official()), paragraph("自评等级：优")).grade == "优"


def test_a_column_of_points_counts_more_than_a_label() -> None:
    rows = official()
    rows[2] = [C("项目资金（20分）", 2, "start"), *rows[2][1:]]
    form = read_one(TITLE, table(rows))
    assert form.funds[0].weight == "10"


def test_an_actual_that_is_no_bare_number_keeps_to_itself_beside_a_column_of_units() -> None:
    header: list[str | C] = [
        "一级指标",
        "二级指标",
        "三级指标",
        "指标性质",
        "指标值",
        "单位",
        "完成值",
        "权重",
        "得分",
    ]
    printed = [
        ("≥", "95", "%", "0.98"),
        ("≤", "5", "%", "0.8"),
        ("≥", "12", "套", "12台"),
        ("≥", "3", "次", "≥3"),
        ("≥", "1,200", "米", "1,180.5"),
        ("＝", "3", "项", "已完成"),
        ("定性", "2023年6月底前", "/", "2023年5月"),
    ]
    rows = indicators(header, *(["产出指标", "数量指标", "甲", *cells, "5", "5"] for cells in printed))
    wanted = ["0.98", "0.8%", "12台", "≥3次", "1,180.5米", "已完成", "2023年5月"]
    assert [row.actual for row in rows] == wanted


def test_a_header_of_two_rows_with_parts_below_the_target() -> None:
    upper = [
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
        "偏差原因分析及改进措施",
    ]
    rows = indicators(
        [C(text, 3) if text == "年度指标值" else C(text, 1, "start") for text in upper],
        [LABEL, LABEL, LABEL, "符号", "指标值", "计量单位", LABEL, LABEL, LABEL, LABEL],
        ["产出指标", "数量指标", "改造面积", "≥", "8000", "平方米", "8100平方米", "30", "30", ""],
    )
    assert [(row.name, row.target, row.actual) for row in rows] == [("改造面积", "≥8000平方米", "8100平方米")]


def test_a_wrapped_header_over_two_rows() -> None:
    rows = indicators(
        [
            "绩效",
            "一级指标",
            "二级指标",
            "三级指标",
            "年度",
            "实际",
            "分值",
            "得分",
            "偏差原因分析及改进措施",
        ],
        ["指标", "", "", "", "指标值", "完成值", "", "", ""],
        ["", "产出指标", "数量指标", "改造面积", "≥1处", "1处", "30", "30", ""],
    )
    assert [(row.name, row.target, row.actual) for row in rows] == [("改造面积", "≥1处", "1处")]


def test_cost_as_a_first_level_and_levels_with_points() -> None:
    rows = indicators(
        [
            "一级指标",
            "二级指标",
            "三级指标",
            "年度指标值",
            "实际完成值",
            "分值",
            "得分",
            "偏差原因分析及改进措施",
        ],
        [C("成本指标\n（20分）", 1, "start"), "经济成本指标", "改造单价", "≤75元", "70元", "20", "20", ""],
        [LABEL, "生态环境成本指标", "建筑垃圾", "≤3吨", "2吨", "0", "0", ""],
        [C("产出指标\n（40分）", 1, "start"), "数量指标", "面积", "≥1处", "1处", "40", "40", ""],
    )
    assert [row.level1 for row in rows] == ["成本指标（20分）", "成本指标（20分）", "产出指标（40分）"]


def test_year_start_targets_give_way_to_the_targets_of_the_year() -> None:
    header: list[str | C] = [
        "一级指标",
        "二级指标",
        "三级指标",
        "年初指标值",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
        "偏差原因",
    ]
    form = read_one(
        table(official(header, [["产出指标", "数量指标", "面积", "≥2处", "≥1处", "1处", "30", "30", ""]]))
    )
    assert form.indicators[0].target == "≥1处"
    assert [(entry.place, entry.text) for entry in form.unplaced] == [("绩效指标第1行“年初指标值”", "≥2处")]
    header.remove("年度指标值")
    form = read_one(
        table(official(header, [["产出指标", "数量指标", "面积", "≥2处", "1处", "30", "30", ""]]))
    )
    assert form.indicators[0].target == "≥2处"


def test_reason_and_measure_in_two_columns_and_a_score_of_the_finance_office() -> None:
    header: list[str | C] = [
        "一级指标",
        "二级指标",
        "三级指标",
        "指标值",
        "完成值",
        "分值",
        "得分",
        "财政审核评分",
        "偏差原因",
        "改进措施",
    ]
    form = read_one(
        table(
            official(
                header,
                [
                    [
                        "产出指标",
                        "数量指标",
                        "面积",
                        "≥2处",
                        "1处",
                        "30",
                        "15",
                        "14",
                        "雨季停工。",
                        "明年补齐。",
                    ]
                ],
            )
        )
    )
    assert form.indicators[0].explanation == "雨季停工。\n明年补齐。"
    assert [(entry.place, entry.text) for entry in form.unplaced] == [("绩效指标第1行“财政审核评分”", "14")]


def test_rows_of_one_table_that_differ_by_a_hair_in_their_grid() -> None:
    form = read_one(
        table(
            official(
                [
                    C("绩效指标", 1, "start"),
                    "一级指标",
                    "二级指标",
                    C("三级指标", 2),
                    "年度指标值",
                    C("实际完成值", 2),
                    "分值",
                    "得分",
                    "偏差原因分析及改进措施",
                ],
                [[LABEL, "产出指标", "数量指标", "面积", C("≥1处", 2), C("1处", 2), "30", "30", ""]],
            )
        )
    )
    assert [(row.name, row.target, row.actual, row.weight) for row in form.indicators] == [
        ("面积", "≥1处", "1处", "30")
    ]


def test_an_explanation_over_several_rows_belongs_to_each_a_weight_to_the_first() -> None:
    rows = indicators(
        [
            "一级指标",
            "二级指标",
            "三级指标",
            "年度指标值",
            "实际完成值",
            "分值",
            "得分",
            "偏差原因分析及改进措施",
        ],
        ["产出指标", "数量指标", "甲", "≥2处", "1处", C("20", 1, "start"), "5", C("雨季停工。", 1, "start")],
        ["", "", "乙", "≥2处", "1处", LABEL, "5", LABEL],
    )
    assert [row.explanation for row in rows] == ["雨季停工。", "雨季停工。"]
    assert [row.weight for row in rows] == ["20", ""]
    assert rows[1].level2 == "数量指标"


def test_a_new_first_level_ends_the_second_level_above() -> None:
    rows = indicators(
        [
            "一级指标",
            "二级指标",
            "三级指标",
            "年度指标值",
            "实际完成值",
            "分值",
            "得分",
            "偏差原因分析及改进措施",
        ],
        ["产出指标", "成本指标", "甲", "≤2万元", "1万元", "20", "20", ""],
        ["满意度指标", "", "乙", "≥90%", "95%", "10", "10", ""],
    )
    assert (rows[1].level1, rows[1].level2) == ("满意度指标", "")


def test_several_forms_with_other_tables_and_texts_between() -> None:
    other = table([["序号", "附件名称", "页数"], ["1", "验收报告", "12"]])
    forms = read(
        paragraph("附件2"),
        TITLE,
        YEAR,
        table(official()),
        paragraph("以下为附件清单。"),
        other,
        TITLE,
        paragraph("（2022年度）"),
        table(official()),
    )
    assert [form.year for form in forms] == [2023, 2022]
    assert forms[0].indicators == forms[1].indicators
    kept = [entry.text for form in forms for entry in form.unplaced]
    assert any("附件2" in text for text in kept)
    assert any("以下为附件清单。" in text for text in kept)
    assert any("验收报告" in text for text in kept)


def test_two_forms_in_one_table_without_titles() -> None:
    forms = read(table([*official(), *official()]))
    assert len(forms) == 2
    assert forms[0].indicators == forms[1].indicators


@pytest.mark.parametrize("repeated", [True, False])
def test_a_table_that_a_page_break_cut_in_two(repeated: bool) -> None:
    rows = official()
    header, body = rows[7], rows[8:]
    second = [*([header] if repeated else []), *body[2:]]
    form = read_one(TITLE, table([*rows[:8], *body[:2]]), paragraph(), table(second))
    assert form == read_one(TITLE, table(rows))


def test_title_and_year_inside_the_table() -> None:
    form = read_one(table([[C("项目支出绩效自评表\n（2023年度）", 9)], *official()]))
    assert (form.title, form.year_line) == ("项目支出绩效自评表", "（2023年度）")
    form = read_one(table([[C("某市项目支出\n绩效自评表", 9)], [C("（2023年度）", 9)], *official()]))
    assert (form.title, form.year_line) == ("某市项目支出绩效自评表", "（2023年度）")
    form = read_one(paragraph("2023年度项目支出绩效自评表"), table(official()))
    assert (form.title, form.year_line, form.year) == ("2023年度项目支出绩效自评表", "", 2023)


def test_remark_notes_and_signatures() -> None:
    form = read_one(
        TITLE,
        table([*official(), [C("说明", 2), C("请在此处简要说明。\n无。", 7)]]),
        paragraph("注：1.执行率等于执行数除以预算数。"),
        paragraph("2.得分不超过分值。"),
        paragraph("填表人：      联系电话："),
    )
    assert form.remark == "请在此处简要说明。\n无。"
    assert form.notes == (
        "注：1.执行率等于执行数除以预算数。",
        "2.得分不超过分值。",
        "填表人：      联系电话：",
    )
    assert form.unplaced == ()


def test_labels_with_their_value_in_one_paragraph() -> None:
    rows = official()[2:]
    form = read_one(
        TITLE,
        paragraph("项目名称：学校操场改造"),
        paragraph("主管部门:某县教育局"),
        paragraph("金额单位：元"),
        table(rows),
    )
    assert (form.project_name, form.department) == ("学校操场改造", "某县教育局")
    # The label of the funds says 万元, but the line above came first.
    assert form.money_unit == "元"


def test_goals_beside_their_labels() -> None:
    rows = official()
    rows[5:7] = [
        [C("年度总体目标", 2), C("改造操场一处。", 7)],
        [C("年度总体目标完成情况", 2), C("已改造。", 7)],
    ]
    form = read_one(TITLE, table(rows))
    assert (form.goal.expected, form.goal.actual) == ("改造操场一处。", "已改造。")


def test_unknown_header_rows_are_kept() -> None:
    rows = official()
    rows.insert(2, [C("项目负责人", 2), C("见附表", 3), "联系电话", C("8600000", 3)])
    form = read_one(TITLE, table(rows))
    assert {(entry.place, entry.text) for entry in form.unplaced} == {
        ("项目负责人", "见附表"),
        ("联系电话", "8600000"),
    }


def test_a_scored_form_for_transfers_without_money_columns_of_the_year_start() -> None:
    rows = official()
    rows[0] = [C("转移支付（项目）名称", 2), C("校舍安全补助", 7)]
    rows[1] = [C("中央主管部门", 2), C("教育部", 7)]
    rows.insert(2, [C("地方主管部门", 2), C("某县教育局", 3), "资金使用单位", C("某县第一中学", 3)])
    form = read_one(paragraph("中央对地方专项转移支付绩效自评表"), table(rows))
    assert form.template == "transfer"
    assert (form.central_department, form.department, form.unit) == ("教育部", "某县教育局", "某县第一中学")
    assert form.indicators[0].weight == "30"


def test_amounts_in_yuan() -> None:
    rows = official()
    rows[2] = [C("项目资金（元）", 2, "start"), *rows[2][1:]]
    assert read_one(TITLE, table(rows)).money_unit == "元"


def test_the_office_that_fills_in_is_the_unit_only_where_no_other_is_named() -> None:
    above = paragraph("填报单位：某县教育局    金额单位：元   填报日期：2023年3月")
    form = read_one(TITLE, above, table(official()))
    assert (form.unit, form.money_unit) == ("某县第一中学", "元")
    assert {"某县教育局", "填报日期：2023年3月"} <= {entry.text for entry in form.unplaced}
    rows = official()
    rows[1] = [C("主管部门", 2), C("某县教育局", 7)]
    assert read_one(TITLE, above, table(rows)).unit == "某县教育局"


def test_amounts_beside_their_labels() -> None:
    rows = official()
    rows[2:5] = [["全年预算数（万元）", "60", "全年执行数（万元）", C("57", 2), "执行率", C("95%", 3)]]
    form = read_one(TITLE, table(rows))
    assert [line.model_dump(exclude_defaults=True) for line in form.funds] == [
        {"budget": "60", "executed": "57", "rate": "95%"}
    ]


def test_two_levels_and_numbered_rows() -> None:
    rows = indicators(
        ["序号", "一级指标", "二级指标", "年度指标值", "实际完成值", "分值", "得分", "备注"],
        ["1", "产出指标", "改造面积", "≥1处", "1处", "50", "50", ""],
        ["2", "", "更换器材", "=12套", "12套", "40", "40", ""],
    )
    assert [(row.level1, row.level2, row.name) for row in rows] == [
        ("产出指标", "", "改造面积"),
        ("产出指标", "", "更换器材"),
    ]


def test_a_total_beside_its_label_in_one_cell() -> None:
    rows = official()
    rows[-1] = [C("总分：96.17", 9)]
    form = read_one(TITLE, table(rows))
    assert form.total.model_dump() == {"weight": "", "score": "96.17", "note": ""}


def test_the_form_of_a_whole_department() -> None:
    rows = official()
    rows[0] = [C("支出名称", 2), C("部门整体支出", 7)]
    rows[2] = [C("部门支出\n（万元）", 2, "start"), *rows[2][1:]]
    rows[5] = [C("部门年度总体目标", 1, "start"), *rows[5][1:]]
    form = read_one(TITLE, table(rows))
    assert form.project_name == "部门整体支出"
    assert [line.label for line in form.funds] == ["年度资金总额", "其中：财政拨款"]
    assert (form.goal.expected, form.goal.actual) == ("改造操场一处。\n按期投用。", "已改造并投用。")
    assert form.unplaced == ()


def kept(form: Form) -> set[str]:
    return {entry.text for entry in form.unplaced}


def test_goal_above_the_money_as_some_cities_print_it() -> None:
    rows = official()
    funds, goal, rest = rows[2:5], rows[5:7], rows[7:]
    usual = read_one(TITLE, table(rows))
    assert read_one(TITLE, table([*rows[:2], *goal, *funds, *rest])) == usual
    beside = [
        [C("年初设定目标", 2), C("改造操场一处。\n按期投用。", 7)],
        [C("年度目标完成情况", 2), C("已改造并投用。", 7)],
    ]
    assert read_one(TITLE, table([*rows[:2], *beside, *funds, *rest])) == usual


def test_money_and_goal_below_the_indicators() -> None:
    rows = official()
    usual = read_one(TITLE, table(rows))
    assert read_one(TITLE, table([*rows[:2], *rows[7:-1], *rows[2:7], rows[-1]])) == usual
    assert read_one(TITLE, table([*rows[:2], *rows[7:], *rows[2:7]])) == usual


def test_amounts_beside_their_labels_below_the_goal() -> None:
    rows = official()
    pairs = [[C("项目资金（万元）", 2), "预算数", C("60", 2), "执行数", C("57", 3)]]
    form = read_one(TITLE, table([*rows[:2], *rows[5:7], *pairs, *rows[7:]]))
    assert [(line.budget, line.executed) for line in form.funds] == [("60", "57")]
    assert form.goal.actual == "已改造并投用。"
    assert len(form.indicators) == 4


@pytest.mark.parametrize(
    ("unit", "budget", "expected", "actual"),
    [
        ("用款单位", "调整预算", "总体绩效目标", "总体目标完成情况"),
        ("项目承办单位", "追加后预算", "年度主要工作目标", "年度工作目标完成情况"),
        ("建设单位（盖章）", "年度预算", "全年预期总目标", "总目标实现情况"),
    ],
)
def test_labels_that_nobody_listed(unit: str, budget: str, expected: str, actual: str) -> None:
    rows = official()
    rows[1] = [*rows[1][:2], unit, rows[1][3]]
    rows[2] = [cell if cell != "全年预算数" else budget for cell in rows[2]]
    rows[5] = [rows[5][0], C(expected, 4), C(actual, 4)]
    usual = read_one(TITLE, table(official()))
    assert read_one(TITLE, table(rows)) == usual
    rows[5:7] = [[C(expected, 2), C("改造操场一处。\n按期投用。", 7)], [C(actual, 2), C("已改造并投用。", 7)]]
    assert read_one(TITLE, table(rows)) == usual


def test_the_listed_name_of_the_unit_is_preferred_to_one_that_only_reads_alike() -> None:
    rows = official()
    rows.insert(1, [C("项目责任单位", 2), C("基建科", 7)])
    form = read_one(TITLE, table(rows))
    assert form.unit == "某县第一中学"
    assert "基建科" in kept(form)


def test_a_short_goal_that_reads_like_a_label() -> None:
    rows = official()
    rows[5:7] = [
        [C("年度总体目标", 2), C("完成年度目标", 7)],
        [C("年度总体目标完成情况", 2), C("全年工作目标完成", 7)],
    ]
    form = read_one(TITLE, table(rows))
    assert (form.goal.expected, form.goal.actual) == ("完成年度目标", "全年工作目标完成")


@pytest.mark.parametrize(
    ("sign", "value", "unit"),
    [
        ("绩效指标性质", "本年绩效指标值", "绩效度量单位"),
        ("指标值方向", "年度计划值", "指标计量单位"),
    ],
)
def test_unlisted_headers_of_sign_value_and_unit(sign: str, value: str, unit: str) -> None:
    rows = indicators(
        ["序号", "一级指标", "二级指标", "三级指标", sign, value, unit, "完成值", "权重", "得分"],
        ["1", "产出指标", "数量指标", "改造面积", "≥", "8000", "平方米", "8100", "30", "30"],
    )
    assert [(row.name, row.target, row.actual) for row in rows] == [("改造面积", "≥8000平方米", "8100平方米")]


def test_one_header_over_target_actual_and_reason() -> None:
    rows = indicators(
        [
            *(C(text, 1, "start") for text in ("一级指标", "二级指标", "三级指标")),
            C("指标完成情况", 3),
            C("分值", 1, "start"),
            C("得分", 1, "start"),
        ],
        [LABEL, LABEL, LABEL, "年初\n目标值", "年末\n完成值", "未完成原因分析\n与改进措施", LABEL, LABEL],
        ["产出指标", "数量指标", "面积", "≥2处", "1处", "雨季停工。", "30", "15"],
    )
    assert [(row.target, row.actual, row.explanation, row.score) for row in rows] == [
        ("≥2处", "1处", "雨季停工。", "15")
    ]


@pytest.mark.parametrize(
    ("header", "text"),
    [
        ("偏差率", "-50.00%"),
        ("偏离度（%）", "50"),
        ("是否存在偏差", "是"),
        ("完成情况", "部分完成"),
        ("完成进度", "50%"),
    ],
)
def test_a_column_that_says_how_far_not_why(header: str, text: str) -> None:
    form = read_one(
        table(
            official(
                ["一级指标", "二级指标", "三级指标", "指标值", "完成值", header, "分值", "得分", "偏差原因"],
                [["产出指标", "数量指标", "面积", "≥2处", "1处", text, "30", "15", "雨季停工。"]],
            )
        )
    )
    assert (form.indicators[0].actual, form.indicators[0].explanation) == ("1处", "雨季停工。")
    assert [(entry.place, entry.text) for entry in form.unplaced] == [(f"绩效指标第1行“{header}”", text)]


TASKS: list[list[str | C]] = [
    [C("年度主要任务", 1, "start"), C("任务名称", 3), C("主要内容", 3), "预算数", "执行数"],
    [LABEL, C("操场排水", 3), C("更换排水沟", 3), "20", "19"],
    [LABEL, C("围网更换", 3), C("更换围网", 3), "10", "10"],
]
CONDUCT: list[list[str | C]] = [
    [C("资金管理情况", 2, "start"), C("", 1), C("情况说明", 3), C("存在问题和改进措施", 3)],
    [C("", 2, "go on"), C("分配科学性", 1), C("按因素法分配", 3), C("无", 3)],
    [C("", 2, "go on"), C("拨付合规性", 1), C("按国库集中支付拨付", 3), C("无", 3)],
]


@pytest.mark.parametrize("at", [2, 5])
@pytest.mark.parametrize(("block", "texts"), [(TASKS, ("操场排水", "19")), (CONDUCT, ("按因素法分配",))])
def test_another_block_beside_the_money_is_kept_and_no_part_of_it(
    block: list[list[str | C]], texts: tuple[str, ...], at: int
) -> None:
    rows = official()
    rows[at:at] = block
    form, usual = read_one(TITLE, table(rows)), read_one(TITLE, table(official()))
    assert form.funds == usual.funds
    assert (form.goal, form.indicators, form.total) == (usual.goal, usual.indicators, usual.total)
    whole = " ".join(f"{entry.place} {entry.text}" for entry in form.unplaced)
    assert all(text in whole for text in texts)


def test_blanks_in_a_level_that_was_set_over_two_lines() -> None:
    rows = indicators(
        ["一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分", "偏差原因"],
        ["效 益\n指 标", "社会效益\n指　标", "甲 乙", "≥2处", "2处", "30", "30", ""],
    )
    assert (rows[0].level1, rows[0].level2, rows[0].name) == ("效益指标", "社会效益指标", "甲 乙")


def sums(form: Form) -> list[tuple[str, str, str, int, int]]:
    return [(row.label, row.weight, row.score, row.first, row.last) for row in form.row_sums]


@pytest.mark.parametrize(
    ("row", "label"),
    [
        ([LABEL, C("产出指标小计", 5), "50", "46.67", ""], "产出指标小计"),
        ([LABEL, "产出指标", "小计", "", "", "", "50", "46.67", ""], "产出指标小计"),
        ([LABEL, C("合计", 5), "50", "46.67", ""], "合计"),
        ([LABEL, C("小计（50分）", 6), "46.67", ""], "小计（50分）"),
    ],
)
def test_subtotals_are_no_indicators_and_end_nothing(row: list[str | C], label: str) -> None:
    rows = official()
    form = read_one(TITLE, table([*rows[:10], row, *rows[10:]]))
    assert len(form.indicators) == 4
    assert sums(form) == [(label, "50", "46.67", 1, 2)]
    assert (form.total.weight, form.total.score) == ("100", "96.17")
    assert form.unplaced == ()


@pytest.mark.parametrize(
    "row",
    [
        [LABEL, "", "", "……", "", "", "", "", ""],
        [LABEL, C("产出指标小计", 5), "", "", ""],
        [LABEL, C("小计", 3), "50", "46.67", "", "", ""],
    ],
)
def test_dots_and_subtotals_without_points_in_their_columns_are_kept_as_text(row: list[str | C]) -> None:
    rows = official()
    form = read_one(TITLE, table([*rows[:10], row, *rows[10:]]))
    assert (len(form.indicators), form.row_sums, len(form.unplaced)) == (4, (), 1)


def test_a_subtotal_right_below_another_one_begins_where_that_one_does() -> None:
    rows = official()
    small, large = [LABEL, C("小计", 5), "50", "46.67", ""], [LABEL, C("产出指标小计", 5), "50", "46.67", ""]
    last = [LABEL, C("小计", 5), "40", "40", ""]
    form = read_one(TITLE, table([*rows[:10], small, large, *rows[10:12], last, rows[-1]]))
    assert [seen[3:] for seen in sums(form)] == [(1, 2), (1, 2), (3, 4)]


def test_the_sum_of_the_indicators_above_the_total() -> None:
    rows = official()
    form = read_one(TITLE, table([*rows[:-1], [C("合计", 6), "90", "86.67", ""], rows[-1]]))
    assert (form.total.weight, form.total.score) == ("100", "96.17")
    assert sums(form) == [("合计", "90", "86.67", 1, 4)]


def test_the_title_again_on_the_next_page_begins_no_form() -> None:
    rows = official()
    form = read_one(TITLE, YEAR, table([*rows[:10], [C("项目支出绩效自评表", 9)], rows[7], *rows[10:]]))
    assert (form.project_name, len(form.indicators), form.total.score) == ("学校操场改造", 4, "96.17")


def test_two_forms_of_one_title_stay_two() -> None:
    forms = read(TITLE, YEAR, table(official()), TITLE, YEAR, table(official()))
    assert [len(form.indicators) for form in forms] == [4, 4]


def test_several_goals_each_with_its_own_indicators() -> None:
    rows = official()
    blocks = [
        [C("年度目标1（40分）", 2), C("改造操场一处。", 7)],
        *rows[7:10],
        [C("年度目标2（40分）", 2), C("改善学生体育活动条件。", 7)],
        rows[7],
        *rows[10:],
    ]
    form = read_one(TITLE, table([*rows[:5], *blocks]))
    assert form.goal.expected == "改造操场一处。\n改善学生体育活动条件。"
    assert [row.name for row in form.indicators] == ["改造面积", "更换器材", "学生体育活动条件", "师生满意度"]
    assert form.total.score == "96.17"
    assert sums(form) == [("年度目标1（40分）", "40", "", 1, 2), ("年度目标2（40分）", "40", "", 3, 4)]


def beside(label: str) -> Sequence[str | C]:
    """The indicators' header with this label at its left."""
    return [C(label, 1, "start"), *official()[7][1:]]


def test_goals_with_points_beside_the_indicators() -> None:
    rows = official()
    pages = [beside("年度目标1\n（50分）"), rows[8], beside("年度目标1\n（50分）"), rows[9]]
    form = read_one(TITLE, table([*rows[:7], *pages, beside("年度目标2\n（40分）"), *rows[10:]]))
    assert sums(form) == [("年度目标1（50分）", "50", "", 1, 2), ("年度目标2（40分）", "40", "", 3, 4)]


def test_points_of_the_goal_itself_are_none_of_the_indicators() -> None:
    rows = official()
    form = read_one(
        TITLE, table([*rows[:5], [C("年度总体目标（10分）", 2), C("改造操场一处。", 7)], *rows[7:]])
    )
    assert (form.row_sums, form.goal.expected) == ((), "改造操场一处。")


def test_a_total_for_each_goal() -> None:
    rows = official()
    first = [C("合计", 6), "50", "46.67", ""]
    form = read_one(TITLE, table([*rows[:10], first, *rows[7:8], *rows[10:]]))
    assert (form.total.weight, sums(form)) == ("100", [("合计", "50", "46.67", 1, 2)])


def test_goals_with_points_in_rows_of_their_own() -> None:
    rows = official()
    goals: list[list[str | C]] = [[C("年度目标1：改造操场一处（50分）", 9)], [C("年度目标2（40分）", 9)]]
    form = read_one(TITLE, table([*rows[:8], goals[0], *rows[8:10], goals[1], *rows[10:]]))
    assert len(form.indicators) == 4
    assert [(weight, *where) for _, weight, _, *where in sums(form)] == [("50", 1, 2), ("40", 3, 4)]
    assert form.goal.expected.endswith("改造操场一处（50分）")


def test_a_goal_without_points_ends_the_one_above_it() -> None:
    rows = official()
    form = read_one(
        TITLE, table([*rows[:7], beside("年度目标1（50分）"), *rows[8:10], beside("年度目标2"), *rows[10:]])
    )
    assert sums(form) == [("年度目标1（50分）", "50", "", 1, 2)]


def test_printed_sums_come_back_from_json() -> None:
    rows = official()
    form = read_one(TITLE, table([*rows[:10], [LABEL, C("小计", 5), "50", "46.67", ""], *rows[10:]]))
    data = form.to_json()
    assert read_bytes(json.dumps(data).encode(), "表.json").forms[0].row_sums == form.row_sums
    data["row_sums"] = [{"label": "小计", "first": "一", "last": 2}]
    (again,) = read_bytes(json.dumps(data).encode(), "表.json").forms
    assert (again.row_sums, len(again.unplaced)) == ((), 1)


def test_the_total_below_the_grade() -> None:
    *rows, total = official()
    form = read_one(TITLE, table([*rows, [C("自评等级", 2), C("优", 7)], total]))
    assert (form.grade, form.total.score, len(form.indicators)) == ("优", "96.17", 4)
