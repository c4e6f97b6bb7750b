"""What the cells of one row say: the 总分 row, and values whose sign and unit have columns of their own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from assistant.documents.celltext import one_line, paragraphs, unwrapped
from assistant.documents.columns import EXTRA, SECTION, Columns, Line
from assistant.documents.grid import Cell
from assistant.documents.labels import field_of, half_width, is_amount, is_total, label_before_colon
from assistant.form.model import FundLine, Total

_COMPARISON = re.compile(r"[≥≤＝=><≧≦＞＜]{1,2}|不低于|不高于|不少于|不超过|大于等于|小于等于|大于|小于|等于")
_WITH_SIGN = re.compile(rf"(?:{_COMPARISON.pattern})\s*-?\d[\d,]*(?:\.\d+)?")
"""A sign and the number that belongs into the next column, both in the column of the sign."""
_DRAWN_EQUALS = str.maketrans("═〓", "==")
_SAID_TWICE = re.compile(r"^[%％][(（]百分[比率点]?[)）]$")
_NUMBER = re.compile(r"[\d.]+%?分?")
_BARE_NUMBER = re.compile(r"[≥≤=><]{0,2}\s*-?\d[\d,]*(?:\.\d+)?(?:\s*[-~～—至]\s*\d[\d,]*(?:\.\d+)?)?")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_SHARE_OF_ONE = Decimal("0.05")
"""0.98 beside 95 in a column of % is a share of one; 0.8 beside 5 is a percentage."""
_LONGEST_LEVEL = 20
_NO_UNIT = ("/", "无", "—", "-")
_SUBTOTAL = re.compile(
    r"(?:[一-龥]{0,10}(?:指标|部分|类))?(?:分值|得分|权重|本页|以上)?(?:小计|合计)(?:得分|分值|分)?(?:\(.*\))?:?"
)
_LEVEL = re.compile(r"[一-龥]{2,10}指标(?:\(.*\))?|[绩效指标]{1,4}")
_DOTS = re.compile(r"(?:…|\.{3}|⋯)+")
_PLAIN_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_LEAST_OF_ALL = 80
_POINTS = re.compile(r"\((?:满分|分值|权重|共)?:?(\d+(?:\.\d+)?)分")
_LONGEST_POINTS_LABEL = 40
_MOST_POINTS = 100
_TOTAL_FIELDS = {"weight": "weight", "score": "score", "explanation": "note"}


class TotalRow(NamedTuple):
    """The 总分 row: its label's cell, the fields of Total, their cells where known, and what is left over."""

    label: Cell
    values: dict[str, str]
    cells: dict[str, Cell]
    surplus: list[str]


def quantity(
    texts: Mapping[str, Sequence[str]], sign: str, value: str, unit: str
) -> tuple[str, list[tuple[str, str]]]:
    """Sign, value and unit in columns of their own, joined: ≥, 12, 个 → ≥12个; and what is left."""
    parts = texts.get(value, [])
    text = unwrapped(parts[0] if len(parts) == 1 else "".join(one_line(part) for part in parts))
    left: list[tuple[str, str]] = []
    for part in map(_plain_sign, texts.get(sign, [])):
        if not text and _WITH_SIGN.fullmatch(part):
            text = part
        elif _COMPARISON.fullmatch(part) and text and not _COMPARISON.match(text):
            text = part + text
        elif not (_COMPARISON.fullmatch(part) and text.startswith(part)):
            left.append(("指标性质", part))
    for part in map(one_line, texts.get(unit, [])):
        once = _SAID_TWICE.sub("%", part)
        if part in _NO_UNIT or not text:
            left.append(("计量单位", part))
        elif not text.endswith(once):
            text += once
    return text, left


def _plain_sign(text: str) -> str:
    """A sign as it is meant: offices draw = with the line of a box."""
    return one_line(text).translate(_DRAWN_EQUALS)


def in_unit_column(actual: str, target: str, texts: Mapping[str, Sequence[str]]) -> str:
    """A bare number as actual takes the unit that the row has in a column of its own, as the target does.

    ``target``: the row's target with its unit. A share of one beside a percentage stays as it is.
    """
    units = texts.get("unit", ())
    unit = one_line(units[0]) if len(units) == 1 and not texts.get("actual_unit") else ""
    bare = unicodedata.normalize("NFKC", actual).strip()
    if not unit or unit in _NO_UNIT or not target.endswith(unit) or not _BARE_NUMBER.fullmatch(bare):
        return actual
    if unicodedata.normalize("NFKC", unit) == "%":
        wanted = _FIGURE.search(unicodedata.normalize("NFKC", target))
        reached = _FIGURE.search(bare.replace(",", ""))
        if (
            wanted
            and reached
            and 0 < Decimal(reached[0]) <= min(Decimal(1), Decimal(wanted[0]) * _SHARE_OF_ONE)
        ):
            return actual
    return actual + unit


def level_heading(line: Line, header: Columns) -> str:
    """The first level that a row over all columns names for the rows below it; ``""`` for other rows."""
    if len(line.own) != 1 or line.own[0].width < len(header.columns) - 1:
        return ""
    text = one_line(line.own[0].text)
    return text if "指标" in text and len(text) <= _LONGEST_LEVEL else ""


def is_subtotal(line: Line) -> bool:
    """Whether a row adds up the rows above it (产出指标小计 | 50 | 49.5) and is none itself, nor the 总分."""
    texts = [half_width(cell.text) for cell in line.own]
    sums = [text for text in texts if _SUBTOTAL.fullmatch(text)]
    if not sums or not all(text in sums or is_amount(text) or _LEVEL.fullmatch(text) for text in texts):
        return False
    numbers = [Decimal(text) for text in texts if _PLAIN_NUMBER.fullmatch(text)]
    # 合计 is also what 总分 may be called: the points of all rows are 100, of the indicators 80 or more.
    return not any(is_total(text) for text in sums) or (len(numbers) > 1 and numbers[0] < _LEAST_OF_ALL)


def is_ellipsis(line: Line) -> bool:
    """Whether a row holds only the …… of the printed form, levels apart: nothing was filled in."""
    texts = [half_width(cell.text) for cell in line.own]
    dots = [text for text in texts if _DOTS.fullmatch(text)]
    return bool(dots) and all(text in dots or _LEVEL.fullmatch(text) for text in texts)


def read_total(line: Line, header: Columns | None) -> TotalRow:
    """The 总分 row: by the columns of ``header`` where the table tells them, else by order."""
    number = next(n for n, cell in enumerate(line.cells) if is_total(label_before_colon(cell.text)))
    label = line.cells[number]
    cells = [cell for cell in line.cells[number + 1 :] if not cell.covered]
    beside = label.text[len(label_before_colon(label.text)) + 1 :]
    if beside.strip():
        cells = [label._replace(text=beside), *cells]
    if line.exact and header is not None and header.grid == line.grid:
        row = _by_columns(line, header, label, cells)
        if row is not None:
            return row
    return _by_order(label, [cell.text.strip() for cell in cells])


def _by_columns(line: Line, header: Columns, label: Cell, cells: list[Cell]) -> TotalRow | None:
    """None where the row does not keep to the columns above it."""
    first = next((n for n, column in enumerate(header.columns) if column.role == "weight"), 0)
    # As in every row: as many cells as columns are taken in order, else by where they stand.
    tail = header.columns[first:]
    pairs = list(zip(tail, cells, strict=True)) if len(tail) == len(cells) else header.assign(line)
    row = TotalRow(label, {}, {}, [])
    for column, cell in pairs:
        name = _TOTAL_FIELDS.get(column.role, "")
        if cell not in cells:
            continue
        if name:
            row.cells.setdefault(name, cell)
        if not cell.text.strip():
            continue
        if column.role in (EXTRA, SECTION) and column.header.strip():
            row.surplus.append(cell.text)
        elif not name or name in row.values:
            return None
        else:
            row.values[name] = paragraphs(cell.text)
    misplaced = "weight" not in row.values and (row.surplus or _NUMBER.fullmatch(row.values.get("note", "")))
    found = bool(row.values) or not any(cell.text.strip() for cell in cells)
    return row if found and not misplaced else None


def _by_order(label: Cell, texts: list[str]) -> TotalRow:
    """Weight, score and note from what follows the label 总分."""
    while len(texts) > 3 and not texts[0]:
        texts = texts[1:]
    numbers = [text for text in texts if _NUMBER.fullmatch(text)]
    if len(texts) < 3 and len(numbers) == 1:
        note = "\n".join(text for text in texts if text and text != numbers[0])
        return TotalRow(label, {"score": numbers[0], "note": note}, {}, [])
    weight, score, note = (*texts[:3], "", "", "")[:3]
    values = {"weight": unwrapped(weight), "score": unwrapped(score), "note": paragraphs(note)}
    return TotalRow(label, values, {}, texts[3:])


def blanks_before_value(cells: Sequence[Cell], label: int) -> int:
    """Empty cells between a label and its value, where cells that belong together were not merged."""
    filled = [n for n in range(label + 1, len(cells)) if cells[n].text.strip()]
    if not filled or filled[0] == label + 1 or field_of(cells[filled[0]].text):
        return 0
    # Two texts after the gap may be another label, which nobody has listed, and its value.
    alone = len(filled) == 1 or bool(field_of(cells[filled[1]].text))
    return filled[0] - label - 1 if alone else 0


def points_in(label: str) -> str:
    """The points that a label of 项目资金 states: 预算执行情况（20分）, 得分（20分×执行率）; else ``""``."""
    found = _POINTS.search(half_width(label)) if len(label) <= _LONGEST_POINTS_LABEL else None
    return found[1] if found and Decimal(found[1]) < _MOST_POINTS else ""


def is_points(text: str) -> bool:
    """Whether a cell holds a number of points: 50, 49.5分."""
    return bool(_NUMBER.fullmatch(half_width(text)))


def total_of_header(total: Total, text: str) -> tuple[Total, str]:
    """The total with the score that the form's head states (自评总分：95), and what is left of that."""
    number = _NUMBER.fullmatch(half_width(text))
    if not number or total.score.strip():
        return total, "" if half_width(text) in ("", "分") else text
    return total.model_copy(update={"score": text.strip().removesuffix("分")}), ""


def with_points(funds: Sequence[FundLine], points: str) -> tuple[FundLine, ...]:
    """The fund rows, ``points`` as 分值 of the row that is scored where no row has a 分值."""
    if not points or any(line.weight for line in funds):
        return tuple(funds)
    scored = next((n for n, line in enumerate(funds) if line.score.strip()), 0)
    return tuple(
        line.model_copy(update={"weight": points}) if n == scored else line for n, line in enumerate(funds)
    )
