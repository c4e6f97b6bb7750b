"""Rows of 绩效指标 that carry no points of their own: what the template left, and parts of the row above."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.form.model import Form
from assistant.rules.levels import first_level, stem_of
from assistant.rules.reading import RowCells

_NOTHING = re.compile(r"[\s\-—–―/\\…\.。·]*|无|不涉及|不适用")
_TEMPLATE_NAME = re.compile(
    r"(?:(?:三级)?指标\s*[0-9０-９一二三四五六七八九十①-⑳]*\s*[：:、.．]?)?"
    r"(?:[\s\-—–―/…\.。·]*|无|不涉及|不适用)"
)
_PART_OF = re.compile(r"^\s*其中")
_MARK = "★"
_PROCESS = re.compile("决策|管理|过程|投入")
_SCORED_BLOCK = re.compile(r"分值\s.*(?:得分|自评分)")
"""The header of such a block, its cells apart by a blank."""


def is_spare(cells: RowCells) -> bool:
    """Whether a row says nothing: no name but the template's own (指标2：, ……), and nothing beside it."""
    # The points first: hardly any row that says something has none.
    if not _says_nothing(cells.weight):
        return False
    beside = (cells.score, cells.target, cells.actual, cells.explanation)
    if not all(map(_says_nothing, beside)):
        return False
    return bool(_TEMPLATE_NAME.fullmatch(cells.name.strip())) or _repeats_level(cells.name)


def _says_nothing(text: str) -> bool:
    # Most cells that are asked are points, and digits need no closer look.
    return not text.isdecimal() and _NOTHING.fullmatch(text) is not None


def _repeats_level(name: str) -> bool:
    """Whether the name is only that of a second level: 服务对象满意度指标."""
    return name.strip().endswith("指标") and bool(stem_of(name))


def parts_of_rows(rows: Sequence[RowCells]) -> dict[int, int]:
    """Row (from 1) that breaks another one down, without points of its own -> the row that it belongs to.

    Such rows begin with 其中, or follow a row marked ★ on the edition that marks what is scored.
    """
    parts: dict[int, int] = {}
    whole = 0
    for number, cells in enumerate(rows, 1):
        scored = not (_says_nothing(cells.weight) and _says_nothing(cells.score))
        if scored or not whole or not _same_level(cells, rows[whole - 1]):
            whole = number if scored else 0
        elif not is_spare(cells) and (
            _PART_OF.match(cells.name) or (_MARK in rows[whole - 1].name and _MARK not in cells.name)
        ):
            parts[number] = whole
    return parts


def is_of_process(cells: RowCells) -> bool:
    """Whether a row judges how the project was decided on and run, so that it has no value to reach."""
    return first_level(cells) is None and bool(_PROCESS.search(cells.level1))


def scored_elsewhere(form: Form) -> bool:
    """Whether a block that is no part of the form (资金管理情况) has points too, which count towards 总分."""
    return any(_SCORED_BLOCK.search(entry.text) for entry in form.unplaced)


def _same_level(cells: RowCells, other: RowCells) -> bool:
    return (cells.level1, cells.level2) == (other.level1, other.level2)
