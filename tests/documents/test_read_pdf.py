"""PDF with text: forms over several pages, cut rows, missing lines; what has no text says so."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from random import Random

import pytest
from reportlab.pdfgen.canvas import Canvas

from assistant.documents.read import read_bytes
from assistant.documents.read_pdf import read_pdf
from tests.documents.accuracy import cells, wrong_cells
from tests.documents.editions import Edition, Sheet, random_edition, sheet_of
from tests.documents.pdf_files import LINES, OPEN_SIDES, ROWS_ONLY, Commands, as_pdf, rules_above_cells
from vectorstore.corpus import bundled_forms

FORMS = [form for form in bundled_forms() if form.template == "project"]
GOAL = 0.98


def sheet(seed: int) -> Sheet:
    """A form in an edition of its own; reportlab keeps no cell that is merged over a page."""
    edition = random_edition(Random(seed))
    levels = "repeated" if edition.levels == "merged" else edition.levels
    return sheet_of(FORMS[seed % len(FORMS)], replace(edition, levels=levels, section=False))


def accuracy(sheets: list[Sheet], data: bytes) -> float:
    result = read_bytes(data, "表.pdf")
    assert len(result.forms) == len(sheets), result.problems
    wrong = sum(
        len(wrong_cells(made.expected, form)) for made, form in zip(sheets, result.forms, strict=True)
    )
    return 1 - wrong / sum(len(cells(made.expected.to_json())) for made in sheets)


@pytest.mark.parametrize(
    ("lines", "wide", "size"),
    [(LINES, False, 9.0), (LINES, True, 8.0), (OPEN_SIDES, False, 10.5), (LINES, False, 12.0)],
    ids=["usual", "landscape", "open sides", "narrow columns"],
)
def test_ruled_forms_of_several_pages(lines: Commands, wide: bool, size: float) -> None:
    for seed in range(5000, 5006):
        made = sheet(seed)
        data = as_pdf([made], lines=lines, wide=wide, size=size, footer="某单位 2023-12-31")
        assert accuracy([made], data) >= GOAL, f"edition {seed}"


@pytest.mark.parametrize("size", [9.0, 10.0])
def test_rows_that_a_page_break_cuts(size: float) -> None:
    for seed in range(5000, 5008):
        made = sheet(seed)
        assert accuracy([made], as_pdf([made], size=size, split=True)) >= GOAL, f"edition {seed}"


def test_several_forms_in_one_file() -> None:
    sheets = [sheet(seed) for seed in range(6000, 6006)]
    assert accuracy(sheets, as_pdf(sheets)) >= GOAL


def test_a_table_that_is_ruled_by_rows_only() -> None:
    names = {
        "level1": "一级指标", "level2": "二级指标", "name": "三级指标", "target": "年度指标值",
        "actual": "实际完成值", "weight": "分值", "score": "得分", "explanation": "偏差原因",
    }  # fmt: skip
    columns = tuple((role, name, "") for role, name in names.items())
    plain = Edition(columns, levels="repeated", section=False, goal="rows", funds="pairs")
    for number in range(4):
        made = sheet_of(FORMS[number], replace(plain, money=""))
        for row in made.rows:
            # No cell reaches down: there is no line that could show it.
            row[:] = [box._replace(high=1) for box in row]
        made.rows[2:] = [[box for box in row if box.text != "项目资金"] for row in made.rows[2:]]
        data = as_pdf([_without_funds(made)], lines=ROWS_ONLY, wide=True, size=8, room=9)
        assert accuracy([_without_funds(made)], data) >= 0.9


@pytest.mark.parametrize("frame", [False, True], ids=["open", "framed"])
def test_lines_that_stop_at_merged_labels(frame: bool) -> None:
    for seed in range(7000, 7012):
        edition = replace(random_edition(Random(seed)), levels="merged", section=bool(seed % 2))
        form = FORMS[seed % len(FORMS)]
        made = sheet_of(form.model_copy(update={"indicators": form.indicators[:8]}), edition)
        lines = [*rules_above_cells(made), *([("BOX", (0, 0), (-1, -1), 0.5, "black")] if frame else [])]
        data = as_pdf([made], lines=lines, wide=True, size=7, room=6)
        assert accuracy([made], data) >= 0.95, f"edition {seed}"


def _without_funds(made: Sheet) -> Sheet:
    """The sheet without the rows of amounts, whose label would be a merged cell."""
    first = next(n for n, row in enumerate(made.rows) if row[0].text == "预期目标")
    rows = [*made.rows[:2], *made.rows[first:]]
    return replace(made, rows=rows, expected=made.expected.model_copy(update={"funds": ()}))


def test_wrapped_lines_are_joined_and_paragraphs_kept() -> None:
    made = sheet(5000)
    form = made.expected
    prose = "一是在全县范围内组织开展农村公路日常养护工作并按季度进行检查考核。\n二是更换损坏的标志标牌。"
    rows = [
        [box._replace(text=prose) if box.text == form.goal.expected else box for box in row]
        for row in made.rows
    ]
    (read,) = read_bytes(as_pdf([replace(made, rows=rows)]), "表.pdf").forms
    assert read.goal.expected == prose


def test_a_scan_says_that_it_has_no_text() -> None:
    out = BytesIO()
    canvas = Canvas(out)
    canvas.rect(50, 50, 200, 200, fill=1)
    canvas.save()
    (problem,) = read_bytes(out.getvalue(), "扫描.pdf").problems
    assert "扫描件" in problem.message
    assert problem.message.endswith("。")


def test_a_password_and_a_torn_file_are_named() -> None:
    data = as_pdf([sheet(1)], password="secret")
    assert "密码" in read_bytes(data, "表.pdf").problems[0].message
    whole = as_pdf([sheet(1)])
    for part in (whole[:200], whole[: len(whole) // 2]):
        result = read_bytes(part, "表.pdf")
        assert result.forms or result.problems[0].message.endswith("。")


def test_page_numbers_and_running_lines_are_no_text_of_the_form() -> None:
    data = as_pdf([sheet(5004)], size=12, footer="第三科室 打印于 2023-12-31")
    texts = [getattr(block, "text", "") for block in read_pdf(data).blocks]
    assert not any("打印于" in text or "页" in text for text in texts)
