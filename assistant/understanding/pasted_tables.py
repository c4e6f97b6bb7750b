"""Rows pasted from a table: lines of cells, with a header or without, merged cells left empty."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from assistant.form.model import Indicator
from assistant.form.rounding import plain
from assistant.form.units import unit_at
from assistant.understanding.clauses import CELL
from assistant.understanding.customs import customs
from assistant.understanding.fund_facts import Role, line_named, set_amount
from assistant.understanding.levels import level_of
from assistant.understanding.quantities import Quantity, find_quantities
from assistant.understanding.reading import Reading
from assistant.understanding.row_facts import actual_text, signed, target_text
from assistant.understanding.row_matching import STRONG, find_rows

_COLUMNS = (
    ("number", r"序号|编号"),
    ("level1", r"一级(?:绩效)?指标"),
    ("level2", r"二级(?:绩效)?指标|指标(?:类型|类别)"),
    ("name", r"三级(?:绩效)?指标|(?:绩效|考核)?指标(?:名称|内容)?|考核(?:内容|项目)|名称|内容|任务"),
    ("unit", r"(?:计量|度量)?单位"),
    (
        "explanation",
        r"[^\t]*(?:偏差|未完成)?[^\t]*原因[^\t]*|改进措施|备注|说明",
    ),
    ("score", r"(?:自评)?得分|评分|自评分"),
    ("weight", r"(?:指标)?(?:分值|权重|标准分|满分)(?:[（(]分[）)])?"),
    ("initial", r"年初预算数?"),
    ("budget", r"(?:全年|调整后?)预算数?"),
    ("executed", r"(?:全年|实际)(?:执行|支出)数?"),
    ("target", r"(?:年度|年初|全年|绩效)?(?:指标值|目标值?|计划(?:值|数|完成值?)?|任务数?)"),
    ("actual", r"(?:全年|年度|年末)?(?:实际)?(?:完成|达到)(?:值|情况|数)?|实际(?:完成)?(?:值|数)?|完成值"),
)
_HEADERS = tuple((name, re.compile(rf"(?:{words})(?:[（(].*[）)])?")) for name, words in _COLUMNS)
_LEVEL = re.compile(
    r"(?:产出|效益|满意度|(?:服务对象|社会公众)?满意度|数量|质量|时效|成本|经济效益|社会效益|生态效益|可持续影响)(?:指标)?"
)
_FIRST_LEVEL = re.compile(r"(?:产出|效益|满意度)(?:指标)?")
_LABELS = {"项目名称": "project_name", "主管部门": "department", "实施单位": "unit", "项目单位": "unit"}
_FEWEST = 2
_PROSE = 8


@dataclass
class _Line:
    start: int
    end: int
    cells: list[str]


@dataclass
class _Table:
    """Which column holds what, and what merged cells of the lines above go on to say."""

    columns: dict[int, str] = field(default_factory=dict)
    level1: str = ""
    level2: str = ""

    def of(self, cells: list[str]) -> dict[str, str]:
        """The cells by column; a line that is too short lacks the merged cells on its left."""
        width = max(self.columns, default=-1) + 1
        if len(cells) < width and cells and not _LEVEL.fullmatch(cells[0]):
            cells = [""] * (width - len(cells)) + cells
        return {name: cells[at] for at, name in self.columns.items() if at < len(cells)}


def read_tables(reading: Reading) -> None:
    """Reads the lines with cells out of ``reading.rest``."""
    lines = _lines(reading.rest)
    if not lines:
        return
    table = _Table()
    used: set[int] = set()
    for line in lines:
        if not any(re.search(r"[^\s:：-]", cell) for cell in line.cells):
            pass  # the rule under a header
        elif header := _header(line.cells):
            table = _Table(columns=header)
        elif _is_basic(line.cells):
            _read_basics(reading, line.cells)
        else:
            table.columns = table.columns or _by_content([one.cells for one in lines])
            if "executed" in table.columns.values() and "name" not in table.columns.values():
                _read_funds(reading, table, line.cells)
            else:
                _read_row(reading, table, line.cells, used)
        reading.take(line.start, line.end)


def _lines(text: str) -> list[_Line]:
    found, start = [], 0
    for line in text.split("\n"):
        if CELL in line:
            cells = [cell.strip(" ，") for cell in line.split(CELL)]
            found.append(_Line(start=start, end=start + len(line), cells=cells))
        start += len(line) + 1
    return found


def _header(cells: list[str]) -> dict[int, str]:
    named = {
        at: name
        for at, cell in enumerate(cells)
        if (name := next((one for one, words in _HEADERS if words.fullmatch(cell)), ""))
    }
    told = set(named.values()) & {"name", "target", "actual", "budget", "executed"}
    return named if len(named) >= _FEWEST and told and not any(map(find_quantities, cells)) else {}


def _is_basic(cells: list[str]) -> bool:
    return any(cell.rstrip("：") in _LABELS for cell in cells)


def _read_basics(reading: Reading, cells: list[str]) -> None:
    """项目名称 and the like with their value in the next cell that is not empty."""
    filled = [cell for cell in cells if cell]
    for label, value in pairwise(filled):
        name = _LABELS.get(label.rstrip("："))
        if name and value.rstrip("：") not in _LABELS:
            reading.set("header", None, name, value)


def _by_content(lines: list[list[str]]) -> dict[int, str]:
    """The columns of a table without a header, by what most of their cells hold."""
    width = max(map(len, lines))
    kinds = [[_kind(line[at]) for line in lines if at < len(line) and line[at]] for at in range(width)]
    most = [max(set(kind), key=kind.count) if kind else "" for kind in kinds]
    columns: dict[int, str] = {}
    texts = [at for at, kind in enumerate(most) if kind == "text"]
    figures = [at for at, kind in enumerate(most) if kind == "figure"]
    if not texts or not figures:
        return {}
    first = next((at for at in texts if at + 1 in figures or at + 1 == figures[0]), texts[0])
    if figures[0] < first and all(line[figures[0]].isdigit() for line in lines if line[figures[0]]):
        figures = figures[1:]
    columns[first] = "name"
    columns |= dict(
        zip([at for at in figures if at > first], ("target", "actual", "weight", "score"), strict=False)
    )
    columns |= {at: "explanation" for at in texts if figures and at > figures[-1]}
    levels = [at for at, kind in enumerate(most) if kind == "level" and at < first]
    return columns | dict(zip(levels[-2:], ("level1", "level2")[-len(levels[-2:]) :], strict=False))


def _kind(cell: str) -> str:
    if _LEVEL.fullmatch(cell):
        return "level"
    found = find_quantities(cell)
    whole = found and len(cell) - len(found[0].text) <= _FEWEST
    return "figure" if whole or re.fullmatch(r"[\d.,]+分?", cell) else "text"


def _read_funds(reading: Reading, table: _Table, cells: list[str]) -> None:
    label = next((cell for cell in cells if cell and not find_quantities(cell)), "")
    line = line_named(label)
    if line is None:
        return
    for column, text in table.of(cells).items():
        amount = next(iter(find_quantities(text)), None)
        if amount is not None and column in ("initial", "budget", "executed"):
            money = amount if amount.kind == "money" else _in_unit(amount, reading.form.money_unit)
            set_amount(reading, Role.model_validate({"line": line, "columns": (column,)}), money)


def _in_unit(quantity: Quantity, unit: str) -> Quantity:
    found = next(iter(find_quantities(quantity.sign + quantity.text + unit)), None)
    return found or quantity


def _read_row(reading: Reading, table: _Table, cells: list[str], used: set[int]) -> None:
    told = table.of(cells)
    table.level1 = told.get("level1") or table.level1
    if _FIRST_LEVEL.fullmatch(told.get("level2", "")) and "level1" not in told:
        table.level1 = told["level2"]
    table.level2 = told.get("level2") or ("" if told.get("level1") else table.level2)
    name = re.sub(r"^\d+[.、]|^指标\d*[:：]", "", told.get("name", "")).strip()
    if len(name) < _FEWEST or not any(told.get(key) for key in ("target", "actual", "weight")):
        return
    target, actual = (_figure(told, column) for column in ("target", "actual"))
    match = find_rows(reading.form, name, target or actual)
    row = match.row if match.strength >= STRONG else None
    level1, level2 = _levels(reading, table, name, target or actual)
    alike = row is not None and row not in used and reading.form.indicators[row - 1].level2 == level2
    base = reading.form.indicators[row - 1] if alike and row else Indicator(level1=level1, level2=level2)
    filled = _filled(reading, base.model_copy(update={"name": name}), told, target, actual)
    if not alike or row is None:
        reading.inserted.append(filled)
        return
    used.add(row)
    for column in ("name", "target", "actual", "weight", "explanation"):
        reading.set("indicators", row, column, getattr(filled, column))


def _filled(
    reading: Reading, row: Indicator, told: dict[str, str], target: Quantity | None, actual: Quantity | None
) -> Indicator:
    texts: dict[str, str] = {}
    if told.get("target"):
        plain_row = row if target is not None and target.sign else row.model_copy(update={"target": ""})
        texts["target"] = target_text(plain_row, signed(target)) if target is not None else told["target"]
        row = row.model_copy(update=texts)
    if told.get("actual"):
        texts["actual"] = actual_text(row, actual, reading.form.year) if actual else told["actual"]
    points = next(iter(find_quantities(told.get("weight", ""))), None)
    if points is not None and points.number is not None:
        texts["weight"] = plain(points.number)
    if len(told.get("explanation", "")) >= _PROSE:
        texts["explanation"] = told["explanation"]
    return row.model_copy(update=texts)


def _figure(told: dict[str, str], column: str) -> Quantity | None:
    """The figure that is all of a cell, with the unit of the unit's own column; None for words."""
    cell = told.get(column, "")
    bracketed = re.search(r"[（(](?:单位[:：])?([^（()）]{1,4})[)）]$", told.get("name", ""))
    unit = told.get("unit", "") or (bracketed[1] if bracketed else "")
    found = next(iter(find_quantities(cell)), None)
    if found is None or len(cell) - len(found.text) > _FEWEST:
        return None
    return _in_unit(found, unit) if found.kind == "bare" and unit and unit_at(unit, 0) == unit else found


def _levels(reading: Reading, table: _Table, name: str, quantity: Quantity | None) -> tuple[str, str]:
    known = customs().second_level(table.level2, table.level1) if table.level2 or table.level1 else None
    exact = known is not None and table.level2 and any(word in table.level2 for word in known.words)
    said = table.level2 if exact else "满意度" if "满意" in table.level1 else ""
    return level_of(reading.form, name, quantity, said)
