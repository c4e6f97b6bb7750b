"""Workbooks: values as Excel shows them, merged cells, sheets, formulas; web pages called .xls."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.cell_range import CellRange

from assistant.documents.read import ReadResult, read_bytes
from assistant.form.model import Form

HEADER = [
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "分值",
    "得分",
    "偏差原因分析及改进措施",
]
FUNDS = ["项目资金（万元）", None, "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"]
ROWS: list[list[Any]] = [
    ["项目支出绩效自评表"],
    ["项目名称", "图书更新"],
    FUNDS,
    [None, "年度资金总额", 20, 20, 19, 10, "95%", 9.5],
    ["年度总体目标", "预期目标", None, None, "实际完成情况"],
    [None, "更新图书。", None, None, "已更新。"],
    HEADER,
    ["产出指标", "数量指标", "更新册数", "≥100册", 120, 50, 50, None],
    [None, None, "更新种数", "≥10种", 9, 40, 36, "采购延迟。\n改进措施：提前下单。"],
    ["总分", None, None, None, None, 100, 95.5, None],
]
MERGED = ("A1:H1", "B2:H2", "A3:A4", "A5:A6", "B5:D5", "E5:H5", "B6:D6", "E6:H6", "A8:A9", "B8:B9", "A10:E10")
FIRST_ACTUAL = "E8"


def book(rows: list[list[Any]] = ROWS, merged: tuple[str, ...] = MERGED) -> Workbook:
    made = Workbook()
    sheet = made.worksheets[0]
    for row in rows:
        sheet.append(row)
    for area in merged:
        sheet.merge_cells(area)
    return made


def read(made: Workbook) -> ReadResult:
    buffer = BytesIO()
    made.save(buffer)
    return read_bytes(buffer.getvalue(), "表.xlsx")


def read_one(made: Workbook) -> Form:
    result = read(made)
    assert result.problems == ()
    (form,) = result.forms
    return form


def test_a_sheet_with_merged_cells() -> None:
    form = read_one(book())
    assert (form.title, form.project_name) == ("项目支出绩效自评表", "图书更新")
    assert [(row.level1, row.level2, row.name, row.actual) for row in form.indicators] == [
        ("产出指标", "数量指标", "更新册数", "120"),
        ("产出指标", "数量指标", "更新种数", "9"),
    ]
    assert form.indicators[1].explanation == "采购延迟。\n改进措施：提前下单。"
    assert (form.total.weight, form.total.score) == ("100", "95.5")
    assert (form.funds[0].executed, form.goal.actual) == ("19", "已更新。")


def test_levels_that_are_only_left_blank_are_carried_down_too() -> None:
    assert read_one(book(merged=tuple(area for area in MERGED if not area.endswith("9")))) == read_one(book())


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (0.9987, "0.00%", "99.87%"),
        (1, "0%", "100%"),
        (0.125, "0%", "13%"),
        (1234567.5, "#,##0.00", "1,234,567.50"),
        (12, "0.00", "12.00"),
        (12.5, "General", "12.5"),
        (0.1 + 0.2, "General", "0.3"),
        (100000000000, "General", "100000000000"),
        (-3, "0", "-3"),
        (-3, "0;(0)", "(3)"),
        (12, '"≥"0"个"', "≥12个"),
        (8.5, '0.0"万元"', "8.5万元"),
        (8, "0.##", "8"),
        (0, '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        (3.5, '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "3.50"),
        (0, "0.0;-0.0;0", "0.0"),
        (True, "General", "TRUE"),
        ("=1", "General", "=1"),
        (date(2023, 12, 31), "yyyy/m/d", "2023/12/31"),
        (date(2023, 2, 1), "yyyy-mm-dd", "2023-02-01"),
        (date(2023, 2, 1), 'yyyy"年"m"月"d"日"', "2023年2月1日"),
        (date(2023, 2, 1), 'yyyy"年"m"月"', "2023年2月"),
        (datetime.fromisoformat("2023-02-01T09:30"), "yyyy-mm-dd hh:mm", "2023-02-01 09:30"),
    ],
)
def test_values_as_excel_shows_them(value: Any, number_format: str, shown: str) -> None:
    made = book()
    cell = made.worksheets[0][FIRST_ACTUAL]
    cell.value = value
    if value == "=1":
        cell.data_type = "s"
    cell.number_format = number_format
    assert read_one(made).indicators[0].actual == shown


def test_several_sheets_other_sheets_and_hidden_ones() -> None:
    made = book()
    made.create_sheet("附件清单").append(["验收报告", "12页"])
    second = made.create_sheet("第二张")
    for row in ROWS:
        second.append(row)
    hidden = made.create_sheet("字典")
    hidden.append(["产出指标"])
    hidden.sheet_state = "hidden"
    result = read(made)
    assert [form.source.position for form in result.forms] == [1, 2]
    assert any("验收报告" in entry.place + entry.text for form in result.forms for entry in form.unplaced)
    assert ["字典" in problem.message for problem in result.problems] == [True]


def test_hidden_rows_and_columns_are_not_read() -> None:
    rows = [["内部编号 7", "模板"], *[[f"码{number}", *row] for number, row in enumerate(ROWS)]]
    made = book(rows, ())
    sheet = made.worksheets[0]
    for area in MERGED:
        cells = CellRange(area)
        cells.shift(col_shift=1, row_shift=1)
        sheet.merge_cells(cells.coord)
    sheet.column_dimensions["A"].hidden = True
    sheet.row_dimensions[1].hidden = True
    result = read(made)
    assert ["隐藏的行和列" in problem.message for problem in result.problems] == [True]
    wanted = read_one(book())
    assert [form.model_copy(update={"source": wanted.source}) for form in result.forms] == [wanted]


def test_a_merged_level_whose_first_row_is_hidden() -> None:
    made = book()
    made.worksheets[0].row_dimensions[8].hidden = True
    (row,) = read(made).forms[0].indicators
    assert (row.level1, row.level2, row.name) == ("产出指标", "数量指标", "更新种数")


def test_a_title_that_is_printed_above_the_page() -> None:
    made = book([[None], *ROWS[1:]])
    made.worksheets[0].oddHeader.center.text = "项目支出绩效自评表"
    assert read_one(made) == read_one(book())


def test_a_formula_without_its_value_is_reported() -> None:
    made = book()
    made.worksheets[0]["G10"] = "=SUM(G8:G9)"
    result = read(made)
    assert result.forms[0].total.score == ""
    assert ["公式" in problem.message for problem in result.problems] == [True]


@pytest.mark.parametrize("target", ["=100%", "=12场", "=0", "=2000名", "=1,200元", "=0.65"])
def test_a_target_that_a_program_took_for_a_formula(target: str) -> None:
    made = book()
    made.worksheets[0]["D8"] = target
    assert made.worksheets[0]["D8"].data_type == "f"
    result = read(made)
    assert (result.forms[0].indicators[0].target, result.problems) == (target, ())


@pytest.mark.parametrize("formula", ["=D9", "=1+1", "=NOW()", '="100%"', "=A1%"])
def test_only_literals_are_read_from_formulas(formula: str) -> None:
    made = book()
    made.worksheets[0]["D8"], made.worksheets[0]["D9"] = formula, "=10种"
    result = read(made)
    assert [row.target for row in result.forms[0].indicators] == ["", "=10种"]
    assert ["公式" in problem.message for problem in result.problems] == [True]


def test_a_web_page_that_calls_itself_a_workbook() -> None:
    page = """<html><head><title>x</title><style>td{}</style></head><body><h1>项目支出绩效自评表</h1><table>
    <tr><td>项目名称</td><td colspan="7">图书
      更新</td></tr>
    <tr><td rowspan="2">项目资金（万元）</td><td></td><td>年初预算数</td><td>全年预算数</td>
    <td>全年执行数</td><td>分值</td><td>执行率</td><td>得分</td></tr><tr><td>年度资金总额</td><td>20</td><td>20</td><td>19</td>
    <td>10</td><td>95%</td><td>9.5</td></tr>
    <tr><td rowspan="2">年度总体目标</td>
    <td colspan=3>预期目标</td><td colspan=4>实际完成情况</td></tr>
    <tr><td colspan="3">更新图书。</td><td colspan="4">已更新。</td></tr>
    <tr><th>一级指标</th><th>二级指标</th><th>三级指标</th><th>年度<br>指标值</th><th>实际完成值</th>
    <th>分值</th><th>得分</th><th>偏差原因分析及改进措施</th></tr>
    <tr><td rowspan=2>产出指标</td><td rowspan="2">数量指标</td>
    <td>更新册数</td><td>&ge;100册</td><td>120</td>
    <td>50</td><td>50</td><td></td></tr>
    <tr><td>更新种数</td>
    <td>≥10种</td><td>9</td><td>40</td><td>36</td>
    <td><p>采购延迟。</p><p>改进措施：提前下单。</p></td></tr>
    <tr><td colspan="5">总分</td><td>100</td><td>95.5</td><td></td></tr></table><script>1</script></body>"""
    wanted = read_one(book())
    for data in (page.encode(), page.encode("gb18030")):
        result = read_bytes(data, "表.xls")
        assert result.problems == ()
        assert [form.model_copy(update={"source": wanted.source}) for form in result.forms] == [wanted]


def test_an_empty_margin_left_of_the_table_changes_nothing() -> None:
    made = book([[None, *row] for row in ROWS], ())
    for area in MERGED:
        cells = CellRange(area)
        cells.shift(col_shift=1)
        made.worksheets[0].merge_cells(cells.coord)
    assert read_one(made).model_dump(exclude={"source"}) == read_one(book()).model_dump(exclude={"source"})


def test_a_sheet_in_which_nothing_is_merged() -> None:
    rows = [
        *ROWS[:1],
        ["项目名称", None, "图书更新"],
        ["主管部门", None, "某县教育局", None, "实施单位", "某县图书馆"],
        ["项目负责人", None, "某人", None, "联系电话", None, "8600000"],
        *ROWS[2:],
    ]
    form = read_one(book(rows, ()))
    assert (form.project_name, form.department, form.unit) == ("图书更新", "某县教育局", "某县图书馆")
    assert (form.goal.expected, form.goal.actual) == ("更新图书。", "已更新。")
    assert [row.level1 for row in form.indicators] == ["产出指标", "产出指标"]
    kept = " ".join(f"{entry.place} {entry.text}" for entry in form.unplaced)
    assert "某人" in kept
    assert "8600000" in kept


def test_the_page_header_of_a_hidden_sheet_says_nothing() -> None:
    made = book([[None], *ROWS[1:]])
    made.create_sheet("旧表").oddHeader.center.text = "项目支出绩效自评表"
    assert read(made).forms[0].title == "项目支出绩效自评表"
    made.worksheets[1].sheet_state = "hidden"
    assert read(made).forms[0].title == ""
