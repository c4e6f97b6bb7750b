"""The official table as data: which cell stands where, for every writer of the form.

Columns are given by their edges in millimetres on an A4 page in portrait, 174 mm wide.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import Literal

from assistant.documents.widths import divide
from assistant.form.model import Form, Indicator
from assistant.form.wording import FIELD_NAMES

WIDTH = 174
_SECTION = 8
_LABEL = 26
_LONG_PROSE = 500
_OTHER_HEADER = ("其他评分部分", "评分内容", "分值", "得分")
"""Above ``Form.other_scores``, for which the national table has no place; read back by these names."""

CellKind = Literal["label", "short", "prose"]


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell between two edges (mm). ``height`` counts rows; 0 is the lower part of a cell merged from above.

    ``own`` marks an empty cell that must not be taken for the lower part of the one above. A cell that is
    ``open_below`` has no line under it. ``value`` marks a label that somebody wrote: the levels.
    """

    text: str
    left: int
    right: int
    kind: CellKind = "short"
    height: int = 1
    own: bool = False
    open_below: bool = False
    value: bool = False


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row from the left edge to the right one.

    ``splits``: a page break may go through it. ``follows``: it stays on the page of the row below.
    """

    cells: tuple[Placed, ...]
    splits: bool = False
    follows: bool = False


@dataclass(frozen=True, slots=True)
class OfficialTable:
    """The form as printed: ``head`` ends with the goal, ``body`` begins with the indicators' header."""

    title: str
    year_line: str
    head: tuple[PlacedRow, ...]
    body: tuple[PlacedRow, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Edition:
    """What differs between the templates: printed names, and the columns with their widths in millimetres."""

    header: tuple[tuple[tuple[str, str], ...], ...]
    funds: str
    goal: tuple[str, str, str]
    fund_columns: Mapping[str, tuple[str, int]]
    columns: Mapping[str, tuple[str, int]]
    remark: str


_SCORED_FUNDS = {
    "label": ("", 36),
    "initial": ("年初预算数", 20),
    "budget": ("全年预算数", 20),
    "executed": ("全年执行数", 20),
    "weight": ("分值", 13),
    "rate": ("执行率", 20),
    "score": ("得分", 19),
}
_SCORED_COLUMNS = {
    "level1": ("一级指标", 20),
    "level2": ("二级指标", 17),
    "name": ("三级指标", 32),
    "target": ("年度指标值", 20),
    "actual": ("实际完成值", 20),
    "weight": ("分值", 12),
    "score": ("得分", 15),
    "explanation": ("偏差原因分析及改进措施", 30),
}
_PROJECT = _Edition(
    header=((("项目名称", "project_name"),), (("主管部门", "department"), ("实施单位", "unit"))),
    funds="项目资金",
    goal=("年度总体目标", "预期目标", "实际完成情况"),
    fund_columns=_SCORED_FUNDS,
    columns=_SCORED_COLUMNS,
    remark="备注",
)
_TRANSFER = _Edition(
    header=(
        (("转移支付（项目）名称", "project_name"),),
        (("中央主管部门", "central_department"),),
        (("地方主管部门", "department"), ("资金使用单位", "unit")),
    ),
    funds="资金情况",
    goal=("总体目标完成情况", "总体目标", "全年实际完成情况"),
    fund_columns={
        "label": ("", 44),
        "budget": ("全年预算数（A）", 36),
        "executed": ("全年执行数（B）", 36),
        "rate": ("预算执行率（B/A）", 32),
    },
    columns={
        "level1": ("一级指标", 20),
        "level2": ("二级指标", 17),
        "name": ("三级指标", 38),
        "target": ("指标值", 22),
        "actual": ("全年实际完成值", 24),
        "explanation": ("未完成原因和改进措施", 45),
    },
    remark="说明",
)


def official_table(form: Form) -> OfficialTable:
    """``form`` laid out as its template prescribes. Empty cells stay empty."""
    edition = _edition(form)
    funds = (*_fund_rows(form, edition), *_other_rows(form, edition))
    head = (*_header_rows(form, edition), *funds, *_goal_rows(form, edition))
    widths = _widths(form, edition)
    body = (*_indicator_rows(form, edition, widths), *_closing_rows(form, edition, widths))
    return OfficialTable(form.title, form.year_line, head, body, form.notes)


def _edition(form: Form) -> _Edition:
    """The template's edition; a transfer form that is scored gets the columns for it."""
    if form.template == "project":
        return _PROJECT
    scored_funds = any(line.initial or line.weight or line.score for line in form.funds)
    scored = any(row.weight or row.score for row in form.indicators) or any(form.total.model_dump().values())
    names = {role: text for role, (text, _) in _TRANSFER.columns.items()}
    columns = {role: (names.get(role, text), width) for role, (text, width) in _SCORED_COLUMNS.items()}
    return _Edition(
        header=_TRANSFER.header,
        funds=_TRANSFER.funds,
        goal=_TRANSFER.goal,
        fund_columns=_SCORED_FUNDS if scored_funds else _TRANSFER.fund_columns,
        columns=columns if scored else _TRANSFER.columns,
        remark=_TRANSFER.remark,
    )


def _widths(form: Form, edition: _Edition) -> list[int]:
    """Widths of the indicators' columns, fitted to their texts."""
    usual = {role: width for role, (_, width) in edition.columns.items()}
    flexible = {role: usual[role] for role in ("name", "target", "actual", "explanation")}
    header = {role: edition.columns[role][0] for role in flexible}
    rows = [header, *({role: getattr(row, role) for role in flexible} for row in form.indicators)]
    return list((usual | divide(flexible, rows)).values())


def _cells(texts: Iterable[str], widths: Iterable[int], left: int, kind: CellKind) -> tuple[Placed, ...]:
    """Neighbouring cells from ``left`` on."""
    edges = list(accumulate(widths, initial=left))
    return tuple(
        Placed(text, start, end, kind) for text, start, end in zip(texts, edges, edges[1:], strict=False)
    )


def _header_rows(form: Form, edition: _Edition) -> Iterable[PlacedRow]:
    for pairs in edition.header:
        widths = (_LABEL, WIDTH - _LABEL) if len(pairs) == 1 else (_LABEL, 68, 24, WIDTH - _LABEL - 92)
        left = 0
        cells = []
        for number, (label, field) in enumerate(pairs):
            middle, right = left + widths[2 * number], left + widths[2 * number] + widths[2 * number + 1]
            cells += [Placed(label, left, middle, "label"), Placed(getattr(form, field), middle, right)]
            left = right
        yield PlacedRow(tuple(cells))


def _fund_rows(form: Form, edition: _Edition) -> Iterable[PlacedRow]:
    label = f"{edition.funds}\n（{form.money_unit}）"
    names = [name for name, _ in edition.fund_columns.values()]
    widths = [width for _, width in edition.fund_columns.values()]
    height = 1 + len(form.funds)
    yield PlacedRow((Placed(label, 0, _LABEL, "label", height), *_cells(names, widths, _LABEL, "label")))
    for line in form.funds:
        texts = [getattr(line, role) for role in edition.fund_columns]
        yield PlacedRow((Placed("", 0, _LABEL, "label", height=0), *_cells(texts, widths, _LABEL, "short")))


def _other_rows(form: Form, edition: _Edition) -> Iterable[PlacedRow]:
    """Points of other blocks, without which the printed total would not add up; nothing where none are."""
    if not form.other_scores:
        return
    points = [width for _, width in edition.fund_columns.values()][-2:]
    widths = (WIDTH - _LABEL - sum(points), *points)
    block, *names = _OTHER_HEADER
    yield PlacedRow(
        (Placed(block, 0, _LABEL, "label"), *_cells(names, widths, _LABEL, "label")), follows=True
    )
    heights = _runs([(row.block or number,) for number, row in enumerate(form.other_scores)])
    for row, height in zip(form.other_scores, heights, strict=True):
        label = Placed(row.block, 0, _LABEL, "label", height, own=not row.block, value=True)
        yield PlacedRow((label, *_cells((row.name, row.weight, row.score), widths, _LABEL, "short")))


def _goal_rows(form: Form, edition: _Edition) -> Iterable[PlacedRow]:
    label, *names = edition.goal
    widths = (82, WIDTH - _SECTION - 82)
    texts = (form.goal.expected, form.goal.actual)
    yield PlacedRow((Placed(label, 0, _SECTION, "label", 2), *_cells(names, widths, _SECTION, "label")))
    prose = _cells(texts, widths, _SECTION, "prose")
    yield PlacedRow((Placed("", 0, _SECTION, "label", height=0), *prose), splits=True)


def _indicator_rows(form: Form, edition: _Edition, widths: Sequence[int]) -> Iterable[PlacedRow]:
    count = len(form.indicators)
    # The header row is printed on every page, so the section's label must not be merged into it.
    corner = Placed("" if count else "绩效指标", 0, _SECTION, "label", open_below=count > 0)
    names = [name for name, _ in edition.columns.values()]
    yield PlacedRow((corner, *_cells(names, widths, _SECTION, "label")), follows=True)
    edges = list(accumulate(widths, initial=_SECTION))
    for number, (indicator, heights) in enumerate(
        zip(form.indicators, _level_heights(form.indicators), strict=True)
    ):
        cells = [Placed("绩效指标", 0, _SECTION, "label", height=0 if number else count)]
        for role, left, right in zip(edition.columns, edges, edges[1:], strict=False):
            text: str = getattr(indicator, role)
            if role in heights:
                cells.append(Placed(text, left, right, "label", heights[role], own=not text, value=True))
            else:
                cells.append(Placed(text, left, right, _kind(role, text)))
        long = max(len(indicator.explanation), len(indicator.actual)) > _LONG_PROSE
        yield PlacedRow(tuple(cells), splits=long, follows=number >= count - 2 and not long)


def _kind(role: str, text: str) -> CellKind:
    """Long texts read better from the left, short values stand in the middle of their cell."""
    return "prose" if role in ("name", "explanation") or len(text) > 16 or "\n" in text else "short"


def _level_heights(indicators: Sequence[Indicator]) -> list[dict[str, int]]:
    """Rows that the levels of each indicator reach down; 0 where the cell above covers them.

    Equal neighbours are one cell; a second level ends with its first; an empty level is a cell of its own.
    """
    firsts = _runs([(row.level1 or number,) for number, row in enumerate(indicators)])
    blocks = accumulate(int(height > 0) for height in firsts)
    seconds = _runs(
        [
            (block, row.level2 or number)
            for number, (block, row) in enumerate(zip(blocks, indicators, strict=True))
        ]
    )
    return [{"level1": first, "level2": second} for first, second in zip(firsts, seconds, strict=True)]


def _runs(keys: Sequence[tuple[str | int, ...]]) -> list[int]:
    heights: list[int] = []
    for _, run in groupby(keys):
        length = len(list(run))
        heights += [length, *([0] * (length - 1))]
    return heights


def _closing_rows(form: Form, edition: _Edition, widths: Sequence[int]) -> Iterable[PlacedRow]:
    if "weight" in edition.columns:
        total = form.total
        *_, weight, score, note = widths
        left = WIDTH - weight - score - note
        cells = _cells((total.weight, total.score), (weight, score), left, "short")
        last = Placed(total.note, WIDTH - note, WIDTH, _kind("explanation", total.note))
        yield PlacedRow((Placed("总分", 0, left, "label"), *cells, last))
    if form.grade:
        label = Placed(FIELD_NAMES["grade"], 0, _LABEL, "label")
        yield PlacedRow((label, Placed(form.grade, _LABEL, WIDTH, _kind("grade", form.grade))))
    if form.remark or form.template == "transfer":
        label = Placed(edition.remark, 0, _LABEL, "label")
        yield PlacedRow((label, Placed(form.remark, _LABEL, WIDTH, "prose")), splits=True)
