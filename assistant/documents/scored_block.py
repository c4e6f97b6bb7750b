"""Blocks of rows with points outside 项目资金 and 绩效指标: 资金管理情况, 项目决策, 项目管理."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from assistant.documents.celltext import label_key, one_line, unwrapped
from assistant.documents.columns import EXTRA, LABEL, Column, Columns, Line
from assistant.documents.grid import Cell
from assistant.documents.labels import fund_role, half_width, indicator_role, is_total, label_before_colon
from assistant.form.model import OtherScore

_TEXT = "text"
_TOLD = re.compile(r"说明|情况$|标准|依据|办法|内容说明|要点|解释|原因|措施|备注|证明|材料")
_BLOCK = re.compile(r"管理|决策|过程|投入|执行|实施|组织|制度|绩效")
_NO_POINTS = re.compile(r"[-—–/\\无]*")
_POINTS = re.compile(r"\d+(?:\.\d+)?分?")


class ScoredRow(NamedTuple):
    """A row of such a block, the cells of its points, and what else it says: header and text."""

    score: OtherScore
    cells: dict[str, Cell]
    texts: list[tuple[str, str]]


def scored_columns(line: Line) -> Columns | None:
    """The columns of such a block where ``line`` is its header: names, 分值 and 得分; else None."""
    roles = [fund_role(cell.text) or indicator_role(cell.text) for cell in line.own]
    if not {"weight", "score"} <= set(roles) or set(roles) & {
        "level1",
        "level2",
        "target",
        "actual",
        "budget",
    }:
        return None
    columns: list[Column] = []
    for cell in line.cells:
        taken = {column.role for column in columns}
        role = fund_role(cell.text) or indicator_role(cell.text)
        if role not in ("weight", "score") or role in taken:
            before = not taken & {"weight", "score"}
            told = bool(_TOLD.search(label_key(cell.text))) and bool(columns)
            role = LABEL if before and not told else _TEXT if before else EXTRA
        columns.append(Column(role, cell.column, cell.column + cell.width, cell.text))
    return Columns(tuple(columns), line.grid) if columns[0].role == LABEL else None


def scored_row(columns: Columns, line: Line) -> ScoredRow | None:
    """What a row under such a header says; None where it has no points, or adds up the rows above it."""
    if not line.own or is_total(label_before_colon(line.own[0].text)):
        return None
    labels: list[str] = []
    points: dict[str, Cell] = {}
    texts: list[tuple[str, str]] = []
    for column, cell in columns.assign(line):
        text = cell.text.strip()
        if column.role in ("weight", "score"):
            points.setdefault(column.role, cell)
        elif text and column.role == LABEL:
            labels.append(one_line(cell.text))
        elif text and not cell.covered:
            texts.append((one_line(column.header), cell.text))
    values = {role: unwrapped(cell.text) for role, cell in points.items() if not cell.covered}
    if len(labels) == 1 and line.cells[0].covered and texts:
        # Names under the header of what is told of them: 情况说明 over both.
        labels.append(one_line(texts.pop(0)[1]))
    if not labels or not _is_scored(values):
        return None
    block = labels[0] if len(labels) > 1 else _heading(columns)
    score = OtherScore(block=block, name=labels[-1], **values)
    return ScoredRow(score, points, texts)


def _is_scored(values: dict[str, str]) -> bool:
    """True where one of 分值 and 得分 is a number and the other one none but a number."""
    texts = [half_width(text) for text in values.values()]
    return any(map(_POINTS.fullmatch, texts)) and all(
        _POINTS.fullmatch(text) or _NO_POINTS.fullmatch(text) for text in texts
    )


def _heading(columns: Columns) -> str:
    """What the header says of all rows: 资金管理情况."""
    return next(_block_names(columns), "")


def _block_names(columns: Columns) -> Iterator[str]:
    for column in columns.columns:
        if column.role == LABEL and _BLOCK.search(column.header):
            yield one_line(column.header)
