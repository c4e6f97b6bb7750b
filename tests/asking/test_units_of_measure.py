"""Indicators by the unit in which their target counts."""

from __future__ import annotations

import re

import pytest

from assistant.asking.asker import Asker


def _counting_in(asker: Asker, *units: str) -> set[tuple[int, int]]:
    rows = asker.over(lambda view: [row for form in view.forms for row in form.indicators])
    counting = re.compile(f"[0-9](?:{'|'.join(units)})(?![一-龥/])")
    return {(row.form, row.row or 0) for row in rows if counting.search(row["target"].text)}


@pytest.mark.parametrize(
    ("unit", "question"),
    [
        ("家", "以“家”为单位的指标有哪些"),
        ("次", "目标值按次来计的指标有哪几条"),
        ("次", "计量单位是次的指标有哪些"),
        ("家", "单位是家的指标有几个"),
    ],
)
def test_the_unit_is_told_in_words(asker: Asker, unit: str, question: str) -> None:
    assert set(asker.ask(question).table.places) == _counting_in(asker, unit)


def test_an_office_is_no_unit_of_measure(asker: Asker) -> None:
    assert asker.ask("单位是轻工业处的指标有几个").values[0] == "43个"


def test_indicators_are_counted_by_their_unit(asker: Asker) -> None:
    counted = asker.ask("每种计量单位各有几条指标").values
    assert counted[counted.index("家") + 1] == f"{len(_counting_in(asker, '家'))}条"


def test_none_counts_in_a_known_unit_that_no_form_has(asker: Asker) -> None:
    assert asker.ask("以公里为单位的指标有几个").values == ("0个",)


def test_a_cell_that_is_written_in_per_cent(asker: Asker) -> None:
    rows = asker.over(lambda view: [row for form in view.forms for row in form.indicators])
    wanted = {
        (row.form, row.row) for row in rows if row["target_kind"].text == "定性" and "%" in row["actual"].text
    }
    assert wanted
    asked = asker.ask("目标是文字描述、完成值却写成百分数的指标有哪些")
    assert set(asked.table.places) == wanted


@pytest.mark.parametrize(
    "said", ["目标值是百分比的指标有几个", "指标值为百分数的有几条", "目标值填成百分数的有几条"]
)
def test_a_target_in_per_cent_however_it_is_said(asker: Asker, said: str) -> None:
    plainly = asker.ask("指标值含“%”的指标有哪些")
    assert set(asker.ask(said).table.places) == set(plainly.table.places)
