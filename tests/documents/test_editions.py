"""Editions of the form as offices print it: other names, orders, columns and merged cells, each cell read."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from assistant.documents.read import read_bytes
from assistant.form.model import Form
from tests.documents.accuracy import wrong_cells
from tests.documents.editions import (
    Sheet,
    as_docx,
    as_html,
    as_xlsx,
    docx_blocks,
    random_edition,
    sheet_of,
)
from tests.documents.wordml import C, document, paragraph, table
from vectorstore.corpus import bundled_forms

FORMS = [form for form in bundled_forms() if form.template == "project"]
SEEDS = range(40)


def sheet(seed: int) -> tuple[Sheet, list[str]]:
    """A form in an edition of its own, and the texts of the columns that no form has."""
    edition = random_edition(Random(seed))
    return sheet_of(FORMS[seed % len(FORMS)], edition), [
        text for role, _, text in edition.columns if role == "extra"
    ]


@pytest.mark.parametrize("write", [as_docx, as_xlsx, as_html])
def test_every_cell_of_any_edition(write: Callable[[Sheet], bytes]) -> None:
    for seed in SEEDS:
        made, extras = sheet(seed)
        result = read_bytes(write(made), "表")
        assert result.problems == ()
        (form,) = result.forms
        assert wrong_cells(made.expected, form) == {}, f"edition {seed}"
        kept = [entry.text for entry in form.unplaced]
        for text in extras:
            assert kept.count(text) >= len(form.indicators), f"edition {seed} loses “{text}”"


def test_tens_of_editions_in_one_document_with_other_tables_between() -> None:
    sheets = [sheet(seed)[0] for seed in SEEDS]
    other = table([["序号", "姓名", "电话"], ["1", "甲", "8600000"]])
    blocks = [block for made in sheets for block in (*docx_blocks(made), paragraph("附：联系人"), other)]
    forms = read_bytes(document(*blocks), "汇总.docx").forms
    assert len(forms) == len(sheets)
    for made, form in zip(sheets, forms, strict=True):
        # A line right below foot notes goes on with them.
        assert wrong_cells(made.expected, form).keys() <= {f".notes[{len(made.expected.notes) + 1}]"}
    assert sum("8600000" in entry.text for form in forms for entry in form.unplaced) == len(sheets)


HEAD: list[list[str | C]] = [
    [C("项目名称", 2), C("道路养护", 7)],
    [C("主管部门", 2), C("某县交通局", 3), "实施单位", C("某县公路段", 3)],
    [
        C("项目资金（万元）", 2, "start"),
        "",
        "年初预算数",
        "全年预算数",
        "全年执行数",
        "分值",
        "执行率",
        "得分",
    ],
    [C("", 2, "go on"), "年度资金总额", "60", "60", "57", "10", "95%", "9.5"],
    [C("年度总体目标", 1, "start"), C("预期目标", 4), C("实际完成情况", 4)],
    [C("", 1, "go on"), C("养护道路10公里。", 4), C("已完成。", 4)],
]


def one(*rows: list[str | C]) -> Form:
    (form,) = read_bytes(document(table([*HEAD, *rows])), "表.docx").forms
    return form


def test_levels_whose_header_stands_below_that_of_the_values() -> None:
    start = [
        C(name, 1, "start") for name in ("年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施")
    ]
    form = one(
        [C("绩效指标", 4), *start],
        ["一级指标", "二级指标", C("三级指标", 2), *[C("", 1, "go on")] * 5],
        ["产出指标", "数量指标", C("里程", 2), "10公里", "9公里", "50", "45", "雨季停工。"],
    )
    (row,) = form.indicators
    assert list(row.model_dump().values()) == [
        "产出指标", "数量指标", "里程", "10公里", "9公里", "50", "45", "雨季停工。"
    ]  # fmt: skip
    assert form.goal.expected == "养护道路10公里。"


def test_headers_that_are_nowhere_listed_are_known_by_their_words() -> None:
    form = one(
        [
            "绩效指标",
            "一级指标",
            "二级指标",
            "三级指标",
            "2023年度指标值",
            "1-12月实际完成情况",
            "上年完成值",
            "分值权重分",
            "自评得分（保留两位小数）",
        ],
        ["", "产出指标", "数量指标", "里程", "10公里", "9公里", "8公里", "50", "45"],
    )
    (row,) = form.indicators
    assert (row.target, row.actual, row.weight, row.score) == ("10公里", "9公里", "50", "45")
    assert [(entry.place, entry.text) for entry in form.unplaced] == [("绩效指标第1行“上年完成值”", "8公里")]


def test_a_block_of_texts_between_amounts_and_goals_is_no_row_of_amounts() -> None:
    rows = [*HEAD[:4]]
    rows += [
        [C("资金管理情况", 2, "start"), C("", 3), C("情况说明", 2), C("存在问题和改进措施", 2)],
        [C("", 2, "go on"), C("分配科学性", 3), C("按因素法分配", 2), C("无", 2)],
    ]
    header: list[str | C] = ["一级指标", "二级指标", C("三级指标", 3), "指标值", "完成值", "分值", "得分"]
    body: list[str | C] = ["产出指标", "数量指标", C("里程", 3), "10公里", "9公里", "50", "45"]
    (form,) = read_bytes(document(table([*rows, *HEAD[4:], header, body])), "表.docx").forms
    assert [line.label for line in form.funds] == ["年度资金总额"]
    assert any("按因素法分配" in entry.text for entry in form.unplaced)


def test_a_header_of_two_rows_that_stands_again_on_the_next_page() -> None:
    upper = [C("年度指标值", 3) if name == "年度指标值" else C(name, 1, "start") for name in
             ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分")]  # fmt: skip
    below = [*[C("", 1, "go on")] * 3, "符号", "数值", "单位", *[C("", 1, "go on")] * 3]
    form = one(
        upper, below, ["产出指标", "数量指标", "里程", "≥", "10", "公里", "9公里", "50", "45"],
        upper, below, ["", "", "座数", "≥", "3", "座", "3座", "10", "10"],
    )  # fmt: skip
    assert [(row.level1, row.name, row.target) for row in form.indicators] == [
        ("产出指标", "里程", "≥10公里"),
        ("产出指标", "座数", "≥3座"),
    ]


def test_a_first_level_that_stands_in_a_row_of_its_own() -> None:
    header: list[str | C] = [
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
        C("备注", 2),
    ]
    body: list[str | C] = ["", "数量指标", "里程", "10公里", "9公里", "50", "45", C("", 2)]
    form = one(header, [C("产出指标（50分）", 9)], body)
    assert [(row.level1, row.level2, row.name) for row in form.indicators] == [
        ("产出指标（50分）", "数量指标", "里程")
    ]
