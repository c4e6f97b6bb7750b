"""Text in which a line is a row: TAB, comma, semicolon or drawn lines, with all or only the filled cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from assistant.documents.read import read_bytes
from assistant.form.model import Form
from tests.documents.dumps import dump, form_rows

Rows = Sequence[Sequence[str]]


def one_line_cells() -> list[list[str]]:
    return [[cell.replace("\n", "").strip() for cell in row] for row in form_rows()]


def filled_up(rows: Rows) -> list[list[str]]:
    widest = max(map(len, rows))
    return [[*row, *[""] * (widest - len(row))] for row in rows]


def read_one(text: str) -> Form:
    result = read_bytes(text.encode(), "表.txt")
    assert result.problems == ()
    (form,) = result.forms
    return form


def tabbed(rows: Rows) -> str:
    return "\n".join("\t".join(row) for row in rows)


def stripped(rows: Rows) -> str:
    return "\n".join("\t".join(row).rstrip() for row in rows)


def without_merged_cells(rows: Rows) -> str:
    return "\n".join("\t".join(row).strip() if len(row) == 9 else "\t".join(row) for row in rows)


def comma(rows: Rows) -> str:
    return "\n".join(",".join(row) for row in rows)


def semicolon(rows: Rows) -> str:
    return "\n".join(";".join(row) for row in rows)


def markdown(rows: Rows) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in filled_up(rows)]
    return "\n".join([lines[0], "|" + "---|" * 9, *lines[1:]])


def drawn(rows: Rows) -> str:
    rule = "+" + "------+" * 9
    lines = ["|" + "|".join(f" {cell} " for cell in row) + "|" for row in filled_up(rows)]
    return "\n".join([rule, *(part for line in lines for part in (line, rule))])


def boxed(rows: Rows) -> str:
    return drawn(rows).replace("+", "┼").replace("------", "──").replace("|", "│")


WAYS: tuple[Callable[[Rows], str], ...] = (
    tabbed, stripped, without_merged_cells, comma, semicolon, markdown, drawn, boxed
)  # fmt: skip


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_every_way_to_write_a_table_says_the_same(way: Callable[[Rows], str]) -> None:
    rows = one_line_cells()
    wanted = read_one(dump(rows))
    assert read_one(way(rows)) == wanted
    assert way is without_merged_cells or read_one(way(filled_up(rows))) == wanted


def test_title_and_notes_around_a_drawn_table() -> None:
    rows = one_line_cells()
    text = f"附件2\n\n{rows[0][0]}\n（2023年度）\n{markdown(rows[1:])}\n\n注：得分保留两位小数。\n"
    form = read_one(text)
    assert (form.title, form.year, form.notes) == (rows[0][0], 2023, ("注：得分保留两位小数。",))
    assert len(form.indicators) == 5
    assert any("附件2" in entry.text for entry in form.unplaced)


def test_a_row_of_a_drawn_table_over_several_lines() -> None:
    text = drawn(one_line_cells()).replace(
        "| 新增图书册数 | ≥5000册 | 4800册 |", "| 新增图书 | ≥5000册 | 4800册 |"
    )
    text = text.replace(
        "采购周期延长。改进措施：提前招标。 |",
        "采购周期延长。 |\n| | | | 册数 | | | | | 改进措施：提前招标。 |",
    )
    form = read_one(text)
    assert form.indicators[1].name == "新增图书册数"
    assert form.indicators[1].explanation == "采购周期延长。\n改进措施：提前招标。"


def test_an_explanation_column_that_is_empty_in_all_rows() -> None:
    rows = [
        row[:-1] if len(row) == 9 and row[-1] != "偏差原因分析及改进措施" else row for row in one_line_cells()
    ]
    form = read_one(tabbed(rows))
    assert [row.level2 for row in form.indicators][:3] == ["数量指标", "数量指标", "质量指标"]
    assert [row.explanation for row in form.indicators] == [""] * 5


def test_rows_that_would_fill_the_memory_are_refused() -> None:
    text = "\n".join(["项目名称,甲,乙", "甲" + "," * 200_000, *["一级指标,二级指标,三级指标"] * 2_000])
    result = read_bytes(text.encode(), "表.csv")
    assert result.forms == ()
    assert "多得不正常" in result.problems[0].message
