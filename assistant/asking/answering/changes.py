"""Figures of projects or of offices at several times in words: how they changed, what they add up to."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from assistant.asking.answering import answer as words
from assistant.asking.answering.answer import Answer, Sources, Table
from assistant.asking.records.fields import COUNTERS, FIELDS
from assistant.asking.records.frame import Rows
from assistant.asking.records.query import Change, Measure, Query
from assistant.asking.records.records import Cell
from assistant.asking.records.results import Group, Result

_CITED, _CHARTED = 60, 30
_PLACES, _EXACT, _WHOLE = 2, 6, 100
_TWO = 2
_WAYS = {"up": "增加", "down": "减少", "apart": "变化", "": "变化"}
_MADE = {"sum": "合计", "mean": "平均", "each": ""}


def changes(query: Query, change: Change, result: Result, sources: Sources) -> Answer:
    """The answer to a query with a change."""
    groups = result.groups
    beside = f"（另有{result.alone}个没有可比的数字，没有计入）" if result.alone else ""
    if not groups:
        none = {"count": "0个", "yesno": "没有"}.get(query.ask, "0")
        return Answer(answer=f"没有这样的{_noun(query)}{beside}。", values=(none,))
    names = _names(query, groups, sources)
    said = _Said(query, change, groups, sources)
    lines = [f"{name}（{said.told(group)}）" for name, group in zip(names, groups, strict=True)]
    first = {"count": [f"{len(groups)}个"], "yesno": ["有", f"{len(groups)}个"]}.get(query.ask, [])
    figures = [text for name, group in zip(names, groups, strict=True) for text in (name, *said.made(group))]
    field = query.measure.field if query.measure else ""
    cited = [rows[0] for group in groups for rows in group.times if rows is not None and len(rows)]
    charted = list(zip(names, groups, strict=True))[:_CHARTED]
    total = said.total(groups)
    whole = f"；合计{_WAYS[change.way]}{total}" if total else ""
    return Answer(
        answer=f"{said.head(len(groups))}{words.enumerated(lines)}{whole}{beside}。",
        values=(*first, *figures, *([total] if total else ())),
        table=said.table(names, groups),
        citations=tuple(sources.cite(record, field) for record in cited[:_CITED]),
        arithmetic=tuple(
            f"{name}：{line}"
            for name, group in zip(names[: words.NAMED], groups, strict=False)
            if (line := said.arithmetic(group))
        ),
        chart=tuple((name, float(group.value.number or 0)) for name, group in charted)
        if len(groups) > 1
        else (),
        chart_label=said.label,
    )


def _noun(query: Query) -> str:
    own = {"form": "项目", "row": "指标"}.get(query.group)
    return own or FIELDS[query.of][query.group].label


def _names(query: Query, groups: Sequence[Group], sources: Sources) -> list[str]:
    """What the groups are called: an indicator beside its project, where they are of several."""
    if query.group == "form":
        return [sources[int(group.key)].record["project_name"].text for group in groups]
    if query.group != "row":
        return [group.key for group in groups]
    records = [group.records[0] for group in groups]
    alone = len({record.form for record in records}) == 1
    return [r["name"].text if alone else f"{r['project_name'].text}的{r['name'].text}" for r in records]


def _year(rows: Rows | None) -> str:
    years = {year for year in rows.texts("year") if year} if rows is not None else set()
    return f"{min(years)}年" if len(years) == 1 else ""


def _year_asked(query: Query, sources: Sources) -> str:
    """The year of the forms that are looked at, where no group has any record of theirs."""
    return f"{sources[query.forms[0]].record['year'].text}年" if query.forms else ""


class _Said:
    """The words for the groups of one query."""

    def __init__(self, query: Query, change: Change, groups: Sequence[Group], sources: Sources) -> None:
        self._years = [
            next((year for one in groups if (year := _year(one.times[at]))), "") or _year_asked(own, sources)
            for at, own in enumerate((query, *change.since))
        ]
        self._query = query
        self._change = change
        self._measure = query.measure or Measure(op="count")
        name = words.measure_name(query)
        alone = query.group in ("form", "row") or change.op == "sum"
        self._name = name.removesuffix("合计") if alone else name

    @property
    def label(self) -> str:
        """What each group's value is: 全年预算数增加幅度."""
        if self._change.op != "change":
            return f"{self._name}{_MADE[self._change.op]}"
        return f"{self._name}{_WAYS[self._change.way]}{'幅度' if self._change.relative else ''}"

    def head(self, number: int) -> str:
        """The words before the groups."""
        query = self._query
        if query.ask == "top" and query.order is not None:
            ends = ("最大", "最小") if self._change.relative else ("最多", "最少")
            ends = ("最高", "最低") if self._change.op == "mean" else ends
            most = ends[0] if query.order.descending else ends[1]
            alone = query.limit == 1 and not query.offset
            return f"{self.label}{most}的是" if alone else f"按{self.label}排："
        return f"{'有，' if query.ask == 'yesno' else ''}共{number}个{_noun(query)}："

    def told(self, group: Group) -> str:
        """The figures in the order of time, and what is made of them."""
        times = list(zip(self._years, group.more, strict=True))
        known = [f"{year}{self._figure(cell)}" for year, cell in reversed(times) if cell.number is not None]
        if self._change.op in ("sum", "mean"):
            return f"{'，'.join(known)}，{_MADE[self._change.op]}{self._value(group)}"
        course = "→".join(known)
        new, old = self._ends(group)
        if self._change.op == "each" and len(known) < len(times):
            return course
        way, moved = self._way(new, old), self._moves(new, old)
        if not way:
            return f"{course}，没有变化"
        rate = f"，{'增长' if way == '增加' else '下降'}{moved[1]}" if len(moved) > 1 else ""
        return f"{course}，{way}{moved[0]}{rate}"

    def made(self, group: Group) -> list[str]:
        """The figures asked for."""
        if self._change.op in ("sum", "mean"):
            return [self._value(group)]
        if self._change.op == "each":
            return [self._figure(cell) for cell in reversed(group.more) if cell.number is not None]
        new, old = self._ends(group)
        # What did not change is told as it stands.
        same = [] if self._way(new, old) else [self._figure(new)]
        return [*self._moves(new, old), *same]

    def total(self, groups: Sequence[Group]) -> str:
        """By how much all of several groups went the one way together; "" where that makes no sum."""
        numbers = [group.value.number for group in groups if group.value.number is not None]
        units = {self._unit(group.value) for group in groups}
        one_way = self._change.op == "change" and self._change.way in ("up", "down")
        summed = one_way and self._query.group != "row" and not units & {"%", "分"}
        if not summed or self._query.ask == "top" or len(units) > 1 or len(numbers) < _TWO:
            return ""
        return words.figure(sum(numbers, Decimal(0)), units.pop(), _EXACT)

    def arithmetic(self, group: Group) -> str:
        """How the value came about; "" where the figures stand side by side."""
        known = [self._figure(cell) for cell in reversed(group.more) if cell.number is not None]
        if self._change.op in ("sum", "mean"):
            terms = " + ".join(known)
            terms = f"({terms}) ÷ {len(known)}" if self._change.op == "mean" else terms
            return f"{terms} = {self._value(group)}"
        new, old = self._ends(group)
        if self._change.op == "each" or new.number is None or old.number is None or new.text:
            return ""
        apart = words.figure(new.number - old.number, self._unit(new))
        return f"{self._figure(new)} − {self._figure(old)} = {apart}"

    def table(self, names: Sequence[str], groups: Sequence[Group]) -> Table:
        """A line for each group; of a course over more than two times one for each time."""
        if self._change.op in ("change", "each") and len(groups[0].times) > _TWO:
            return self._by_years(names, groups)
        columns = [f"{year}{self._name}" for year in reversed(self._years)]
        more = ("变化", "变化率") if self._change.op in ("change", "each") else (self.label,)
        rows = [
            (name, *map(self._figure, reversed(group.more)), *self._last_cells(group))
            for name, group in zip(names, groups, strict=True)
        ]
        places = tuple(self._place(group.key, group.records) for group in groups)
        return Table(columns=(_noun(self._query), *columns, *more), rows=tuple(rows), places=places)

    def _by_years(self, names: Sequence[str], groups: Sequence[Group]) -> Table:
        rows, places = [], []
        for name, group in zip(names, groups, strict=True):
            times = [one for one in zip(group.times, group.more, strict=True) if one[0] is not None][::-1]
            for before, (records, cell) in pairwise([(None, None), *times]):
                moved = self._change_cells(cell or Cell(), before[1]) if before[1] is not None else ("", "")
                rows.append((name, _year(records), self._figure(cell or Cell()), *moved))
                places.append(self._place("", records) if records is not None else (0, 0))
        columns = (_noun(self._query), "年度", self._name, "变化", "变化率")
        return Table(columns=columns, rows=tuple(rows), places=tuple(places))

    def _last_cells(self, group: Group) -> tuple[str, ...]:
        if self._change.op in ("sum", "mean"):
            return (self._value(group),)
        return self._change_cells(*self._ends(group))

    def _ends(self, group: Group) -> tuple[Cell, Cell]:
        return group.more[0], group.more[-1]

    def _place(self, key: str, records: Rows) -> tuple[int, int]:
        if self._query.group == "form" and key:
            return int(key), 0
        first = records[0] if len(records) else None
        if first is None:
            return 0, 0
        return first.form, first.row or 0 if self._query.group == "row" else 0

    def _figure(self, cell: Cell) -> str:
        return cell.text or words.measured(cell, self._measure, self._query)

    def _value(self, group: Group) -> str:
        number, unit = group.value.number, self._unit(group.value)
        if number is None:
            return ""
        return words.figure(number, unit, _PLACES if self._change.op == "mean" else _EXACT)

    def _unit(self, cell: Cell) -> str:
        field = self._measure.field
        return cell.unit or (FIELDS[self._query.of][field].unit if field else COUNTERS[self._query.of])

    def _moves(self, new: Cell, old: Cell) -> list[str]:
        """By how much it changed, and at what rate where the figure is no rate itself."""
        if new.number is None or old.number is None or new.text:
            return []
        unit, apart = self._unit(new), abs(new.number - old.number)
        own = "个百分点" if unit == "%" else unit
        moved = [words.figure(apart, own, _EXACT if unit != "%" else _PLACES)]
        if unit != "%" and old.number:
            moved.append(words.figure(apart * _WHOLE / abs(old.number), "%", _PLACES))
        return moved

    def _way(self, new: Cell, old: Cell) -> str:
        if new.number is None or old.number is None:
            return ""
        return words.moved_way(new.number - old.number, self._unit(new))

    def _change_cells(self, new: Cell, old: Cell) -> tuple[str, str]:
        """The change and its rate as they stand in a table."""
        way, moved = self._way(new, old), self._moves(new, old)
        if not moved:
            return "", ""
        apart, rate = (*moved, "")[:2]
        sign = "-" if way == "减少" and rate else ""
        return (f"{way}{apart}" if way else "没有变化"), f"{sign}{rate}"
