"""How figures changed from year to year, of projects or of offices, in words."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.asking.answering import answer as words
from assistant.asking.answering.answer import Answer, Sources, Table
from assistant.asking.records.fields import COUNTERS, FIELDS
from assistant.asking.records.frame import Rows
from assistant.asking.records.query import Query
from assistant.asking.records.records import Cell
from assistant.asking.records.results import Group, Result

_CITED, _CHARTED = 60, 30
_PLACES, _EXACT = 2, 6
_WHOLE = 100
_WAYS = {"up": "增加", "down": "减少", "apart": "变化", "": "变化"}


def changes(query: Query, result: Result, sources: Sources) -> Answer:
    """The answer to a query with a change."""
    groups = result.groups
    beside = f"（另有{result.alone}个没有可比的数字，没有计入）" if result.alone else ""
    if not groups:
        none = {"count": "0个", "yesno": "没有"}.get(query.ask, "0")
        return Answer(answer=f"没有这样的{_noun(query)}{beside}。", values=(none,))
    names = [_name(query, group, sources) for group in groups]
    told = [_told(query, group) for group in groups]
    lines = [f"{name}（{one}）" for name, one in zip(names, told, strict=True)]
    first = {"count": [f"{len(groups)}个"], "yesno": ["有", f"{len(groups)}个"]}.get(query.ask, [])
    figures = [
        text
        for name, group in zip(names, groups, strict=True)
        for text in (name, *_moves(query, group.more[0], group.more[-1]))
    ]
    field = query.measure.field if query.measure else ""
    cited = [record for group in groups for rows in (group.records, *group.earlier) for record in rows[:1]]
    return Answer(
        answer=f"{_head(query, len(groups))}{words.enumerated(lines)}{beside}。",
        values=(*first, *figures),
        table=_table(query, groups, names),
        citations=tuple(sources.cite(record, field) for record in cited[:_CITED]),
        arithmetic=tuple(_arithmetic(query, name, group) for name, group in zip(names, groups, strict=True))[
            : words.NAMED
        ],
        chart=tuple(
            (name, float(group.value.number or 0))
            for name, group in zip(names[:_CHARTED], groups[:_CHARTED], strict=True)
        )
        if len(groups) > 1
        else (),
        chart_label=f"{words.measure_name(query)}{_WAYS[query.change.way] if query.change else ''}",
    )


def _noun(query: Query) -> str:
    return "项目" if query.group == "form" else FIELDS[query.of][query.group].label


def _name(query: Query, group: Group, sources: Sources) -> str:
    return sources[int(group.key)].record["project_name"].text if query.group == "form" else group.key


def _head(query: Query, number: int) -> str:
    label = (
        words.measure_name(query).removesuffix("合计") if query.group == "form" else words.measure_name(query)
    )
    change = query.change
    if query.ask == "top" and query.order is not None and change is not None:
        what = f"{label}{_WAYS[change.way]}{'幅度' if change.relative else ''}"
        most = "最多" if query.order.descending else "最少"
        if change.relative:
            most = "最大" if query.order.descending else "最小"
        return f"{what}{most}的是" if query.limit == 1 and not query.offset else f"按{what}排："
    yes = "有，" if query.ask == "yesno" else ""
    return f"{yes}共{number}个{_noun(query)}："


def _years(group: Group) -> list[str]:
    """The years of the figures, the latest first."""
    return [_year(rows) for rows in (group.records, *group.earlier)]


def _year(rows: Rows) -> str:
    years = {year for year in rows.texts("year") if year}
    return f"{min(years)}年" if len(years) == 1 else ""


def _figure(query: Query, cell: Cell) -> str:
    if cell.number is None or query.measure is None:
        return ""
    return words.measured(cell, query.measure, query)


def _unit(query: Query, cell: Cell) -> str:
    field = query.measure.field if query.measure else ""
    return cell.unit or (FIELDS[query.of][field].unit if field else COUNTERS[query.of])


def _moves(query: Query, new: Cell, old: Cell) -> list[str]:
    """By how much it changed, and at what rate where the figure is no rate itself."""
    if new.number is None or old.number is None:
        return []
    unit, apart = _unit(query, new), abs(new.number - old.number)
    own = "个百分点" if unit == "%" else unit
    moved = [words.figure(apart, own, _EXACT if unit != "%" else _PLACES)]
    if unit != "%" and old.number:
        moved.append(words.figure(apart * _WHOLE / abs(old.number), "%", _PLACES))
    return moved


def _way(new: Cell, old: Cell) -> str:
    if new.number is None or old.number is None or new.number == old.number:
        return ""
    return "增加" if new.number > old.number else "减少"


def _change_cells(query: Query, new: Cell, old: Cell) -> tuple[str, str]:
    """The change and its rate as they stand in a table."""
    way, moved = _way(new, old), _moves(query, new, old)
    apart, rate = (*moved, "")[:2] if moved else ("", "")
    sign = "-" if way == "减少" and rate else ""
    return (f"{way}{apart}" if way else "没有变化"), f"{sign}{rate}"


def _told(query: Query, group: Group) -> str:
    years, cells = _years(group), list(group.more)
    course = "→".join(
        f"{year}{_figure(query, cell)}" for year, cell in zip(reversed(years), reversed(cells), strict=True)
    )
    way, moved = _way(cells[0], cells[-1]), _moves(query, cells[0], cells[-1])
    if not way:
        return f"{course}，没有变化"
    rate = f"，{'增长' if way == '增加' else '下降'}{moved[1]}" if len(moved) > 1 else ""
    return f"{course}，{way}{moved[0]}{rate}"


def _arithmetic(query: Query, name: str, group: Group) -> str:
    new, old = group.more[0], group.more[-1]
    apart = words.figure((new.number or Decimal(0)) - (old.number or Decimal(0)), _unit(query, new))
    return f"{name}：{_figure(query, new)} − {_figure(query, old)} = {apart}"


def _table(query: Query, groups: Sequence[Group], names: Sequence[str]) -> Table:
    """A line for each group; of more than two times a line for each time."""
    if len(groups[0].earlier) > 1:
        return _by_years(query, groups, names)
    years, label = _years(groups[0]), words.measure_name(query)
    rows = []
    for name, group in zip(names, groups, strict=True):
        figures = [_figure(query, cell) for cell in reversed(group.more)]
        rows.append((name, *figures, *_change_cells(query, group.more[0], group.more[-1])))
    return Table(
        columns=(_noun(query), *(f"{year}{label}" for year in reversed(years)), "变化", "变化率"),
        rows=tuple(rows),
        places=tuple((_form_of(query, group.key, group.records), 0) for group in groups),
    )


def _by_years(query: Query, groups: Sequence[Group], names: Sequence[str]) -> Table:
    rows, places = [], []
    for name, group in zip(names, groups, strict=True):
        before: Cell | None = None
        times = zip(_years(group), group.more, (group.records, *group.earlier), strict=True)
        for year, cell, records in reversed(list(times)):
            moved = _change_cells(query, cell, before) if before is not None else ("", "")
            rows.append((name, year, _figure(query, cell), *moved))
            places.append((records[0].form if len(records) else 0, 0))
            before = cell
    return Table(
        columns=(_noun(query), "年度", words.measure_name(query), "变化", "变化率"),
        rows=tuple(rows),
        places=tuple(places),
    )


def _form_of(query: Query, key: str, records: Rows) -> int:
    if query.group == "form":
        return int(key)
    return records[0].form if len(records) else 0
