"""Header rows: which column of a table holds which field, wherever it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from assistant.documents.celltext import label_key
from assistant.documents.grid import Cell, Paragraph, ParagraphRole, Row
from assistant.documents.labels import (
    SECOND_CHOICE,
    field_of,
    fund_like,
    fund_role,
    goal_like,
    indicator_like,
    indicator_role,
    is_amount,
    is_part_label,
    is_section_label,
    is_source,
    is_task_label,
    names_value,
)

SECTION = "section"
LABEL = "label"
EXTRA = "extra"
SOURCE = "source"
_LONGEST_FRAGMENT = 4
_AMOUNTS = {"initial", "budget", "executed", "rate"}
_ALL_SOURCES = ("合计", "小计", "总额", "总计")
_LEVEL_ROLES = {"level1", "level2", "name"}


class Line(NamedTuple):
    """One row of a table, or one paragraph as a row of one cell.

    ``own`` are its cells that carry text of their own. ``grid`` numbers the blocks of the
    document, so that rows of one table are known as such; ``number`` counts the rows of one from 0.
    """

    cells: Row
    own: Row
    place: str
    grid: int
    exact: bool = True
    paragraph: bool = False
    role: ParagraphRole = ""
    number: int = 0

    @property
    def leads(self) -> bool:
        """Whether the text begins in the first cell not merged from above, as labels of rows do."""
        if not self.exact or not self.own:
            return bool(self.own)
        return next((cell for cell in self.cells if not cell.covered), None) is self.own[0]

    @property
    def text(self) -> str:
        """The row's own text, cells apart by a blank."""
        return " ".join(cell.text.strip() for cell in self.own)


def table_line(cells: Row, place: str, grid: int, exact: bool, number: int = 0) -> Line:
    """A row of a table."""
    own = tuple(cell for cell in cells if not cell.covered and cell.text and not cell.text.isspace())
    return Line(cells, own, place, grid, exact, number=number)


def paragraph_line(paragraph: Paragraph, grid: int) -> Line:
    """A paragraph as a row of one cell."""
    cells = (Cell(paragraph.text, 0),)
    own = cells if paragraph.text.strip() else ()
    return Line(cells, own, paragraph.place, grid, paragraph=True, role=paragraph.role)


class Column(NamedTuple):
    """Grid columns ``start`` up to (not including) ``end`` hold ``role``; ``header`` is printed above."""

    role: str
    start: int
    end: int
    header: str


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns under one header, in their order, and the table (``grid``) in which the header stands."""

    columns: tuple[Column, ...]
    grid: int

    def has(self, role: str) -> bool:
        """Whether any column holds ``role``."""
        return any(column.role == role for column in self.columns)

    def assign(self, line: Line) -> list[tuple[Column, Cell]]:
        """Each cell of ``line`` with its column.

        By number where the row has as many cells as there are columns (rows of one Word table often differ
        by a hair in their grid), else by the widest overlap; where spans are unknown, short rows lack merged
        cells on their left.
        """
        missing = len(self.columns) - len(line.cells)
        if missing == 0:
            return list(zip(self.columns, line.cells, strict=True))
        if not line.exact or line.grid != self.grid:
            return self._by_order(line, missing)
        return [(self._under(cell), cell) for cell in line.cells]

    def _by_order(self, line: Line, missing: int) -> list[tuple[Column, Cell]]:
        if missing > 0:
            return list(zip(self.columns[missing:], line.cells, strict=True))
        blank = all(not cell.text.strip() for cell in line.cells[:-missing])
        cells = line.cells[-missing:] if blank else line.cells[:missing]
        surplus = line.cells[:-missing] if blank else line.cells[missing:]
        beside = Column(EXTRA, len(self.columns), len(self.columns) + 1, "")
        return [*zip(self.columns, cells, strict=True), *((beside, cell) for cell in surplus)]

    def fits(self, line: Line) -> bool:
        """Whether a row of another table can belong here: as many cells as columns."""
        return len(line.cells) == len(self.columns)

    def _under(self, cell: Cell) -> Column:
        def overlap(column: Column) -> int:
            return min(column.end, cell.column + cell.width) - max(column.start, cell.column)

        return max(self.columns, key=overlap)


def fund_columns(line: Line) -> Columns | None:
    """The columns of 项目资金 where ``line`` is their header, else None."""
    roles = {fund_role(cell.text) or fund_like(cell.text) for cell in line.own}
    if len(roles & _AMOUNTS) < 2:
        return None
    columns = _sources_across(_header(line, fund_role, fund_like))
    first = next(n for n, column in enumerate(columns) if column.role not in (SECTION, EXTRA, SOURCE))
    leading: list[Column] = []
    for n, column in enumerate(columns[:first]):
        if column.role == SOURCE:
            leading.append(column)
            continue
        # 任务名称 names the row, 主要内容 beside it is said of it; parts of one label have no headers.
        beside = column.role == EXTRA and any(c.role == LABEL and c.header.strip() for c in leading)
        role = SECTION if n == 0 and first > 1 else EXTRA if beside else LABEL
        leading.append(column._replace(role=role))
    # Between amounts nothing is a section's label: what stands there is kept.
    amounts = [
        column._replace(role=EXTRA) if column.role == SECTION else column for column in columns[first:]
    ]
    if not any(column.role == "budget" for column in amounts):
        # The only budget that an edition prints, 年初预算数（A）, is the one its rate is reckoned from.
        amounts = [c._replace(role="budget") if c.role == "initial" else c for c in amounts]
    return Columns((*leading, *amounts), line.grid)


def _sources_across(columns: list[Column]) -> list[Column]:
    """The columns of a header that lists the sources side by side: 中央, 本级, 其他; 合计 is the budget."""
    total = next((n for n, c in enumerate(columns) if label_key(c.header) in _ALL_SOURCES), 0)
    if any(c.role in ("budget", "initial") for c in columns) or not total:
        return columns
    sources = [n for n, c in enumerate(columns[:total]) if c.role == EXTRA and is_source(c.header)]
    if not sources:
        return columns
    role = dict.fromkeys(sources, SOURCE) | {total: "budget"}
    return [column._replace(role=role.get(n, column.role)) for n, column in enumerate(columns)]


def is_task_header(columns: Columns) -> bool:
    """Whether amounts are listed by task (任务名称, 主要内容), not by source."""
    return any(is_task_label(column.header) for column in columns.columns if column.role in (LABEL, EXTRA))


def is_same_header(header: Columns, other: Columns | None) -> bool:
    """Whether a header of 项目资金 is the other one printed again, as on a new page."""
    return other is not None and [c.role for c in header.columns] == [c.role for c in other.columns]


def is_amount_row(columns: Columns, line: Line) -> bool:
    """Whether a row below the header of 项目资金 may belong to it: texts stand in no amount's place."""
    cells = [(column, cell) for column, cell in columns.assign(line) if not cell.covered]
    texts = {
        role: [cell.text for column, cell in cells if column.role in roles and cell.text.strip()]
        for role, roles in (("amount", _AMOUNTS - {"rate"}), ("mark", {"rate", "weight", "score"}))
    }
    if not texts["amount"]:
        return all(is_amount(text) for text in texts["mark"])
    return any(is_amount(text) or any(map(str.isdigit, text)) for text in texts["amount"])


class FundPair(NamedTuple):
    """An amount that stands beside its label, and the grid columns of both."""

    role: str
    label: int
    amount: int
    text: str


def fund_pairs(line: Line) -> list[FundPair]:
    """Amounts of a row in which each label has its amount beside it (at least two do), else nothing."""
    cells = [cell for cell in line.cells if not cell.covered]
    pairs = [
        FundPair(_fund(label.text), label.column, amount.column, amount.text.strip())
        for label, amount in pairwise(cells)
        if _fund(label.text) and not _fund(amount.text) and is_amount(amount.text)
    ]
    return pairs if len({pair.role for pair in pairs}) >= 2 else []


def _fund(text: str) -> str:
    return fund_role(text) or fund_like(text)


def fund_pair_row(
    pairs: Sequence[FundPair], line: Line
) -> tuple[str, dict[str, str], list[tuple[str, str]]] | None:
    """Label and amounts of a row below ``pairs`` that is built like them, None where it is another row.

    The third: label and amount of pairs that no field holds (到位数).
    """
    at = {cell.column: cell for cell in line.cells if not cell.covered}
    labels = [at[pair.label].text.strip() for pair in pairs if pair.label in at]
    if not labels or not any(labels) or any(field_of(label) for label in labels):
        return None
    if len({label for label in labels if label}) > 1:
        return None
    amounts = {pair.role: at[pair.amount].text.strip() for pair in pairs if pair.amount in at}
    used = {pair.label for pair in pairs} | {pair.amount for pair in pairs}
    others = [cell for cell in line.own if cell.column not in used and not is_section_label(cell.text)]
    label = next(label for label in labels if label)
    beside = [cell.text.strip() for cell in others]
    alike = beside[::2] == [label] * (len(beside) // 2) and all(map(is_amount, beside[1::2]))
    if not alike or not all(is_amount(text) for text in amounts.values()):
        return None
    return label, amounts, list(zip(beside[::2], beside[1::2], strict=True))


def is_upper_header(line: Line) -> bool:
    """Whether a row heads the values of 绩效指标, while the levels have their header in the row below."""
    roles = {indicator_role(cell.text) for cell in line.own}
    values = {"target", "actual", "weight", "score", "explanation"}
    return len(roles & values) >= 3 and not roles & _LEVEL_ROLES and is_section_label(line.own[0].text)


def indicator_columns(line: Line, upper: Line | None = None) -> Columns | None:
    """The columns of 绩效指标 where ``line`` is their header (or the first row of it), else None.

    ``upper``: the row above, where it heads columns that have no header in ``line``.
    """
    roles = {indicator_role(cell.text) for cell in line.own}
    levels = roles & _LEVEL_ROLES
    if len(levels) < 2 and not (levels and (upper or roles & {"target", "actual"})):
        return None
    columns = _from_levels(_header(line, indicator_role, indicator_like))
    if upper is not None:
        columns = _below(columns, upper)
        roles |= {column.role for column in columns}
    first = next(n for n, column in enumerate(columns) if column.role not in (SECTION, EXTRA))
    marked = [
        Column(SECTION if n < first else EXTRA, column.start, column.end, column.header)
        if n < first or column.role == SECTION
        else column
        for n, column in enumerate(columns)
    ]
    if "name" not in roles:
        # Where only two levels are printed, the second one is the indicator itself.
        marked = [column._replace(role="name") if column.role == "level2" else column for column in marked]
    return Columns(_best_choice(tuple(marked)), line.grid)


def _from_levels(columns: list[Column]) -> list[Column]:
    """The columns, those left of all levels without a role: 年度绩效指标完成情况 labels the section there."""
    first = next((n for n, column in enumerate(columns) if column.role in _LEVEL_ROLES), 0)
    beside = [c if c.role in (SECTION, EXTRA) else c._replace(role=EXTRA) for c in columns[:first]]
    return [*beside, *_guessed(columns[first:], indicator_like)]


def _below(columns: list[Column], upper: Line) -> list[Column]:
    """The columns, those without a role named by the cell above them."""
    named = []
    for column in columns:
        above = next((c for c in upper.cells if c.column <= column.start < c.column + c.width), None)
        role = indicator_role(above.text) if above and column.role in (SECTION, EXTRA) else ""
        named.append(column._replace(role=role, header=above.text) if above and role else column)
    return named


def second_header(columns: Columns, line: Line) -> Columns | None:
    """``columns`` with the second row of a header taken in (年度 above 指标值); None where it is data."""
    assigned = columns.assign(line)
    own = [(column, cell) for column, cell in assigned if not cell.covered and cell.text.strip()]
    parts = [(column, cell) for column, cell in own if column.role != SECTION]
    if not parts or not all(is_section_label(cell.text) for column, cell in own if column.role == SECTION):
        return None
    if not all(_role_below(column, cell) for column, cell in parts):
        return None
    below = {id(column): [c for above, c in assigned if above is column] for column in columns.columns}
    merged: list[Column] = []
    for column in columns.columns:
        cells = [cell for cell in below[id(column)] if not cell.covered]
        if not any(cell.text.strip() for cell in cells):
            merged.append(column)
        elif len(cells) == 1:
            text = column.header + cells[0].text
            merged.append(Column(_role_below(column, cells[0]), column.start, column.end, text))
        else:
            merged += [
                Column(_role_below(column, c) or EXTRA, c.column, c.column + c.width, column.header + c.text)
                for c in cells
            ]
    return Columns(_best_choice(tuple(merged)), columns.grid)


def goal_columns(line: Line) -> Columns | None:
    """The columns of 年度总体目标 where ``line`` heads both halves and holds nothing else, else None."""
    if not any(goal_like(cell.text) == "actual" for cell in line.own):
        return None
    columns = _header(line, lambda text: goal_like(text) or "")
    actual = max((n for n, column in enumerate(columns) if column.role == "actual"), default=0)
    # Between the two halves stand only cells that were not merged with the first one.
    expected = actual - 1
    while expected > 0 and not columns[expected].header.strip():
        expected -= 1
    if actual == 0 or columns[expected].role != "expected":
        return None
    if any(not _labels_goal(column.header) for column in columns[:expected]):
        return None
    marked = [
        column._replace(role="expected" if expected <= n < actual else "actual" if n == actual else EXTRA)
        if n >= expected
        else column._replace(role=SECTION)
        for n, column in enumerate(columns)
    ]
    return Columns(tuple(marked), line.grid)


def ends_goal(columns: Columns, line: Line) -> bool:
    """Whether a row below the header of 年度总体目标 begins with another part's label at the left."""
    return any(
        is_part_label(cell.text) and goal_like(cell.text) is None
        for column, cell in columns.assign(line)
        if column.role == SECTION and not cell.covered
    )


def _labels_goal(text: str) -> bool:
    """Whether a text can stand at the left edge of 年度总体目标."""
    return is_section_label(text) or is_part_label(text) or goal_like(text) is not None


def _header(
    line: Line, role_of: Callable[[str], str], like: Callable[[str], str] | None = None
) -> list[Column]:
    """Every cell of a row as a column; cells without a role are section labels (blank) or extra columns.

    ``like`` guesses the roles that no listed name has taken.
    """
    columns = []
    for cell in line.cells:
        # 年度预算 is made of the words of section labels, and a header all the same.
        header = like is not None and not cell.covered and bool(like(cell.text))
        blank = SECTION if cell.covered or (is_section_label(cell.text) and not header) else EXTRA
        role = "" if cell.covered else role_of(cell.text)
        columns.append(Column(role or blank, cell.column, cell.column + cell.width, cell.text))
    return _guessed(columns, like) if like else columns


def _guessed(columns: list[Column], like: Callable[[str], str]) -> list[Column]:
    """The columns with roles for unlisted headers, each role once."""
    taken = {column.role for column in columns}
    guessed = []
    for column in columns:
        role = like(column.header) if column.role == EXTRA else ""
        if role and role not in taken:
            taken.add(role)
            guessed.append(column._replace(role=role))
        else:
            guessed.append(column)
    return guessed


def _role_below(column: Column, cell: Cell) -> str:
    """The role that the second row of a header gives to a column; ``""`` where the text is no header."""
    role = indicator_role(cell.text)
    if not role and (column.role == EXTRA or len(label_key(cell.text)) <= _LONGEST_FRAGMENT):
        role = indicator_role(column.header + cell.text)
    role = role or indicator_like(cell.text)
    if column.role in ("target", "actual") and role == "unit":
        return "unit" if column.role == "target" else "actual_unit"
    return role


def _best_choice(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Of 指标值 and 年初指标值, of 偏差原因 and 备注, only the first is taken."""
    kept = []
    for column in columns:
        rivals = [c for c in columns if c.role == column.role and not SECOND_CHOICE.search(c.header)]
        doubtful = column.role in ("target", "actual", "explanation") and bool(
            SECOND_CHOICE.search(column.header)
        )
        if column.role == "actual" and not doubtful:
            # 完成情况 (完成, 部分完成) beside 实际完成值.
            rivals = [c for c in rivals if names_value(c.header)]
            doubtful = not names_value(column.header)
        if doubtful and rivals:
            kept.append(Column(EXTRA, column.start, column.end, column.header))
        else:
            kept.append(column)
    return tuple(kept)
