"""The text dump: blank lines in cells, missing titles, other widths, other encodings."""

from __future__ import annotations

import pytest

from assistant.documents.read import read_bytes
from assistant.form.model import Form
from tests.documents.dumps import FUNDS, HEADER, dump, form_rows


def read_text(text: str, encoding: str = "utf-8") -> tuple[Form, ...]:
    result = read_bytes(text.encode(encoding), "往年.txt")
    assert result.problems == ()
    return result.forms


def read_one(text: str) -> Form:
    (form,) = read_text(text)
    return form


PLAIN = dump(form_rows())


def test_a_form_is_read_whole() -> None:
    form = read_one(PLAIN)
    assert (form.template, form.title, form.project_name) == (
        "project",
        "项目支出绩效自评表",
        "公共图书馆开放补助",
    )
    assert (form.department, form.unit, form.money_unit) == ("某市文化和旅游局", "某市图书馆", "万元")
    assert [line.label for line in form.funds] == ["年度资金总额", "其中：当年财政拨款", "上年结转资金"]
    assert form.funds[0].model_dump(exclude={"label"}) == {
        "initial": "80", "budget": "80", "executed": "76", "weight": "10", "rate": "95%", "score": "9.5"
    }  # fmt: skip
    assert form.goal.actual == "全年开放310天，办活动22场。"
    assert [(row.level1, row.level2) for row in form.indicators] == [
        ("产出指标", "数量指标"),
        ("产出指标", "数量指标"),
        ("产出指标", "质量指标"),
        ("效益指标", "社会效益指标"),
        ("满意度指标", "服务对象满意度指标"),
    ]
    assert form.indicators[1].explanation == "采购周期延长。\n改进措施：提前招标。"
    assert form.total.model_dump() == {"weight": "100", "score": "98.7", "note": ""}
    assert (form.unplaced, form.notes, form.remark) == ((), (), "")
    assert (form.source.file, form.source.position) == ("往年.txt", 1)


@pytest.mark.parametrize(
    "text",
    [
        PLAIN.replace("\n", "\r\n"),
        "\ufeff" + PLAIN,
        PLAIN.rstrip("\n"),
        "\n\n" + PLAIN + "\n\n\n",
        PLAIN.replace("\t项目支出绩效自评表\n", "项目支出绩效自评表\n"),
        PLAIN.replace("\t读书活动场次\n", "\t读书活动场次\n\n\n"),
        PLAIN.replace("\t≥5000册\n", "\t≥5000册\n\n"),
        PLAIN.replace("\t22场\n", "\t22场\n\n\n\n"),
        PLAIN.replace("\t实际\n完成值\n", "\t实际\n\n完成值\n\n"),
        PLAIN.replace("\t预期目标\n", "\t预期目标\n\n"),
        PLAIN.replace("\t全年免费开放，办好读书活动。\n", "\t全年免费开放，办好读书活动。\n\n\n"),
        PLAIN.replace("\t年度资金总额\n", "\t年度资金总额\n\n"),
        PLAIN.replace("\t项目名称\n", "\t项目名称\n\n"),
        PLAIN.replace("\t总分\n", "\t总  分\n\n"),
        PLAIN.replace("\t98.7\n", "\t98.7\n\n"),
        PLAIN.replace("改进措施：提前招标。\n", "改进措施：提前招标。\n\n\n\n"),
        PLAIN.replace("采购周期延长。\n改进", "采购周期延长。\n\n\n改进"),
        PLAIN.replace("\t总分\n\t100\n", "\t总分\n\t\n\t100\n"),
        PLAIN.replace("\t项目资金\n（万元）\n", "\t项目资金\n\n（万元）\n\n"),
    ],
)
def test_blank_lines_and_line_ends_change_nothing(text: str) -> None:
    assert read_one(text) == read_one(PLAIN)


def test_several_forms_one_without_title_one_with_trailing_rows() -> None:
    rows = [*form_rows("甲"), [""], *form_rows("乙", title=""), *form_rows("丙")]
    forms = read_text(dump(rows))
    assert [form.project_name for form in forms] == ["甲", "乙", "丙"]
    assert [form.title for form in forms] == ["项目支出绩效自评表", "", "项目支出绩效自评表"]
    assert [form.source.position for form in forms] == [1, 2, 3]
    assert all(len(form.indicators) == 5 and form.unplaced == () for form in forms)


def test_gb18030_and_utf16() -> None:
    for encoding in ("gb18030", "gbk", "utf-16"):
        assert read_text(PLAIN, encoding) == read_text(PLAIN)


def test_a_header_in_two_rows() -> None:
    rows = form_rows()
    upper = [cell.split("\n")[0] if "\n" in cell and number else cell for number, cell in enumerate(HEADER)]
    lower = ["", "", "", "", "指标值", "完成值", "", "", ""]
    rows[rows.index(HEADER)] = upper
    rows.insert(rows.index(upper) + 1, lower)
    assert read_one(dump(rows)) == read_one(PLAIN)


def test_the_label_column_may_be_missing_or_stand_lower() -> None:
    without = [row[1:] if len(row) == 9 else row for row in form_rows()]
    assert read_one(dump(without)) == read_one(PLAIN)
    lower = form_rows()
    lower[lower.index(HEADER)] = ["", *HEADER[1:]]
    lower.insert(10, [""] * 9)
    lower[11][0] = "年度绩效指标完成情况"
    assert read_one(dump(lower)) == read_one(PLAIN)


def test_a_short_goal_above_a_header_without_label_stays_a_goal() -> None:
    rows = [row[1:] if len(row) == 9 else row for row in form_rows()]
    rows[8][2] = "完成目标"
    form = read_one(dump(rows))
    assert form.goal.actual == "完成目标"
    assert len(form.indicators) == 5


def test_rows_that_lack_the_cells_of_merged_levels() -> None:
    rows = form_rows()
    rows[11] = rows[11][3:]
    rows[12] = rows[12][2:]
    assert read_one(dump(rows)) == read_one(PLAIN)


def test_a_dump_without_any_blank_line() -> None:
    text = "\n".join(line for line in PLAIN.split("\n") if line)
    assert read_one(text) == read_one(PLAIN)


def test_the_form_for_transfers() -> None:
    text = dump(
        [
            ["某省（项目）绩效目标自评表"],
            ["（2022年度）"],
            ["转移支付（项目）名称", "农村客运补贴"],
            ["中央主管部门", "交通运输部"],
            ["地方主管部门", "某省交通运输厅", "资金使用单位", "各县交通局"],
            ["资金情况\n（万元）", "", "全年预算数（A）", "全年执行数（B）", "预算执行率\n（B/A）"],
            ["", "年度资金总额", "500", "480", "96%"],
            ["", "其中：中央财政资金", "500", "480", "96%"],
            ["总体目标完成情况", "总体目标", "全年实际完成情况"],
            ["", "保障农村客运通达。", "客运通达率稳定。"],
            [
                "绩\n效\n指\n标",
                "一级指标",
                "二级指标",
                "三级指标",
                "指标值",
                "全年实际完成值",
                "未完成原因和改进措施",
            ],
            ["", "产出指标", "数量指标", "补贴车辆数", "≥300辆", "310辆", ""],
            [
                "",
                "满意度\n\n指标",
                "满意度指标",
                "乘客满意度",
                "≥90%",
                "88%",
                "班次偏少。改进措施：增加班次。",
            ],
            ["说明", "无"],
        ]
    )
    form = read_one(text)
    assert form.template == "transfer"
    assert (form.central_department, form.department, form.unit) == (
        "交通运输部",
        "某省交通运输厅",
        "各县交通局",
    )
    assert (form.year_line, form.year, form.remark) == ("（2022年度）", 2022, "无")
    assert form.funds[1].model_dump(exclude_defaults=True) == {
        "label": "其中：中央财政资金", "budget": "500", "executed": "480", "rate": "96%"
    }  # fmt: skip
    assert [row.level1 for row in form.indicators] == ["产出指标", "满意度指标"]
    assert form.indicators[1].explanation == "班次偏少。改进措施：增加班次。"
    assert form.unplaced == ()


def test_foot_notes_in_cells_and_in_paragraphs() -> None:
    rows = [*form_rows("甲"), ["备注：资金含上年结转。"], ["注：1.得分保留两位小数。"]]
    text = dump(rows) + "2.定性指标分三档评分。\n\n" + dump(form_rows("乙")) + "注：本表一式两份。\n"
    first, second = read_text(text)
    assert first.remark == "资金含上年结转。"
    assert first.notes == ("注：1.得分保留两位小数。\n2.定性指标分三档评分。",)
    assert second.notes == ("注：本表一式两份。",)


def test_a_blank_template() -> None:
    blank = [
        [cell if number < 4 and len(row) == 9 else "" for number, cell in enumerate(row)]
        for row in form_rows()
    ]
    rows = form_rows()
    for number, row in enumerate(rows):
        if len(row) == 9 and row != HEADER:
            rows[number] = blank[number]
        elif row[0] in ("项目名称", "主管部门"):
            rows[number] = [cell if position % 2 == 0 else "" for position, cell in enumerate(row)]
        elif len(row) == 8 and row != FUNDS:
            rows[number] = [*row[:2], *[""] * 6]
        elif len(row) == 3 and not row[0]:
            rows[number] = ["", "", ""]
        elif row[0] == "总分":
            rows[number] = ["总分", "100", "", ""]
    rows.insert(1, ["（    年度）"])
    form = read_one(dump(rows))
    assert (form.project_name, form.department, form.unit, form.goal.expected) == ("", "", "", "")
    assert (form.year_line, form.year) == ("（    年度）", None)
    assert [line.label for line in form.funds] == ["年度资金总额", "其中：当年财政拨款", "上年结转资金"]
    assert [row.name for row in form.indicators][:2] == ["读书活动场次", "新增图书册数"]
    assert form.total.model_dump() == {"weight": "100", "score": "", "note": ""}
    assert form.unplaced == ()


def test_lines_of_tab_separated_cells() -> None:
    rows = form_rows()
    width = 9
    lines = ["\t".join(cell.replace("\n", "") for cell in row) + "\t" * (width - len(row)) for row in rows]
    form = read_one("\n".join(lines))
    wanted = read_one(PLAIN)
    assert form.indicators[0] == wanted.indicators[0]
    assert form.funds == wanted.funds
    assert form.goal == wanted.goal
    assert (form.project_name, form.unit) == (wanted.project_name, wanted.unit)
    assert form.total == wanted.total


def test_amounts_in_yuan() -> None:
    assert read_one(PLAIN.replace("（万元）", "（元）")).money_unit == "元"
    assert read_one("单位：元\n\n" + PLAIN.replace("\n（万元）", "")).money_unit == "元"


def test_what_fits_nowhere_is_kept_with_its_place() -> None:
    rows = form_rows()
    rows.insert(3, ["项目负责人及电话", "见附件三"])
    rows.insert(11, ["", "", "", "", "", "", "", "", "", "多出来的一格"])
    rows.append(["审核意见", "同意"])
    form = read_one(dump(rows))
    kept = {entry.place: entry.text for entry in form.unplaced}
    assert kept["项目负责人及电话"] == "见附件三"
    assert "多出来的一格" in "".join([*kept.values(), *(row.explanation for row in form.indicators)])
    assert len(form.indicators) == 6
    assert any(text == "同意" for text in kept.values())


def test_a_form_without_its_indicators_is_read_and_reported() -> None:
    rows = [row for row in form_rows() if len(row) != 9 and row[0] != "总分"]
    result = read_bytes(dump(rows).encode(), "缺.txt")
    (form,) = result.forms
    assert form.project_name == "公共图书馆开放补助"
    assert "绩效指标" in result.problems[0].message


@pytest.mark.parametrize("text", ["今天天气很好。", "项目名称：某项目", "\t姓名\n\t年龄\n\n\t张\n\t20\n"])
def test_text_without_a_form_is_a_problem(text: str) -> None:
    result = read_bytes(text.encode(), "别的.txt")
    assert result.forms == ()
    assert "没有找到自评表" in result.problems[0].message


def test_invisible_characters_are_taken_out_and_reported() -> None:
    text = PLAIN.replace("读者满意度", "读者\u200b满意\u202e度").replace("96%", "9\x076%")
    result = read_bytes(text.encode(), "往年.txt")
    assert result.forms == read_text(PLAIN)
    assert "3个看不见的" in result.problems[0].message
