"""All findings of the permitted forms as records: their own as stored, and what only the others tell."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from assistant.asking.records.blocks import SHARED, Known
from assistant.asking.records.columns import Codes, Column, column_of
from assistant.asking.records.finding_blocks import (
    NARROW,
    RATES,
    WIDE,
    FindingBlock,
    FindingStore,
    owners_of,
    starts_of,
    style_told,
)
from assistant.asking.records.frame import Frame, Rows
from assistant.asking.records.offices import Group, Member, OfficeFindings
from assistant.asking.records.records import Cell
from assistant.asking.records.said import RULE_RANKS, SECTION_RANKS, SEVERITY_RANKS, Said, said_of
from assistant.form.model import Form, Total
from assistant.rules.batch import OF_ALL
from assistant.rules.check import case_of, check_alone
from assistant.rules.fund_style import RateStyle, usual_of
from assistant.rules.rule import FormYear
from assistant.rules.year import majority


class Extra(NamedTuple):
    """A finding that a form has only beside the others; ``place``: that of its form."""

    place: int
    said: Said


class Forms(NamedTuple):
    """The past forms that findings are asked of, of those of a snapshot: the ones at ``places``.

    ``whole``: these are all that anybody may ask about. ``texts`` reads forms by their numbers.
    """

    frame: Frame
    blocks: Sequence[Known]
    places: Codes
    whole: bool
    texts: Callable[[Iterable[int]], list[Form]]

    def number(self, place: int) -> int:
        """The number of the form at a place."""
        return int(self.frame.forms[place])


@dataclass(frozen=True)
class FindingFrame(Frame):
    """Findings as records, of which long texts are read where one is looked at."""

    look: Callable[[str, int], Cell] = lambda _name, _at: Cell()
    apart: ClassVar[frozenset[str]] = frozenset(WIDE)

    def cell(self, name: str, at: int) -> Cell:
        """The cell of a record."""
        return self.look(name, at) if name in self.apart else super().cell(name, at)


def findings_of(forms: Forms, store: FindingStore, offices: OfficeFindings) -> Rows:
    """The findings of these forms, checked together, in the order of the forms and of their places."""
    blocks = store.current(forms.blocks)
    beside = _Beside(forms, store, blocks)
    told = beside.years_told()
    extras = [*beside.of_told(told), *beside.of_offices(offices, told), *beside.of_all()]
    owners = owners_of(blocks)
    chosen = np.zeros(len(forms.frame), dtype=np.bool_)
    chosen[forms.places] = True
    chosen[list(told)] = False
    usual = style_told(beside.usual)
    rates = store.column(blocks, RATES)
    holds = np.array(
        [cell.text == "" or usual in cell.text.split(",") for cell in rates.cells], dtype=np.bool_
    )
    own = np.flatnonzero(chosen[owners] & holds[rates.codes])
    order, places = _ordered(own, owners[own], extras, lambda name: store.column(blocks, name))
    return _rows(forms, store, blocks, order, places, [extra.said for extra in extras])


class _Beside:
    """What the other forms that are checked with a form tell of it."""

    def __init__(self, forms: Forms, store: FindingStore, blocks: Sequence[FindingBlock]) -> None:
        self._forms, self._store, self._blocks = forms, store, blocks
        years = forms.frame.column("year")
        known = np.array([int(cell.number or 0) for cell in years.cells], dtype=np.int32)
        self._years = known[years.codes]
        self.usual = self._usual()

    def _column(self, name: str) -> Column:
        return self._store.column(self._blocks, name)

    def _usual(self) -> RateStyle | None:
        styles = self._column("_style")
        counts = zip(styles.cells, styles.counts(self._forms.places).tolist(), strict=True)
        shared = Counter({RateStyle[cell.text]: count for cell, count in counts if cell.text and count})
        return usual_of(shared, len(self._forms.places))

    def years_told(self) -> dict[int, int]:
        """The places of the forms that tell no year, with the year that the others tell for them."""
        places = self._forms.places
        silent = places[self._years[places] == 0].tolist()
        if not silent:
            return {}
        files, years = self._column("_file"), self._years[places].tolist()
        of_file: dict[int, Counter[int]] = defaultdict(Counter)
        for file, year in zip(files.codes[places].tolist(), years, strict=True):
            of_file[file][year] += 1
        every = Counter(years)
        for counts in (every, *of_file.values()):
            del counts[0]
        told = {at: majority(of_file[int(files.codes[at])]) or majority(every) for at in silent}
        return {at: year for at, year in told.items() if year}

    def of_told(self, told: dict[int, int]) -> Iterator[Extra]:
        """The own findings of forms of which only the others tell the year."""
        numbers = [self._forms.number(place) for place in told]
        usual = style_told(self.usual)
        for (place, year), form in zip(told.items(), self._forms.texts(numbers), strict=True):
            for finding, rates in check_alone(form, FormYear(year=year, told_by="batch")):
                if usual in map(style_told, rates):
                    yield Extra(place, said_of(form, finding))

    def of_offices(self, offices: OfficeFindings, told: dict[int, int]) -> Iterator[Extra]:
        """The findings of the rules that compare forms of one office."""
        groups = list(self._groups(told))
        place_of = {self._forms.number(place): place for place in self._forms.places.tolist()}
        for number, said in offices.of(groups, self._forms.texts, keep=self._forms.whole):
            yield Extra(place_of[number], said)

    def _groups(self, told: dict[int, int]) -> Iterator[Group]:
        contents = [content for block in self._forms.blocks for content in block.head.contents]
        offices, years = self._column("_office"), self._years.tolist()
        members: dict[int, dict[int, list[Member]]] = defaultdict(lambda: defaultdict(list))
        for place in self._forms.places.tolist():
            by_others = told.get(place, 0)
            member = Member(self._forms.number(place), contents[place], by_others)
            members[int(offices.codes[place])][by_others or years[place]].append(member)
        for office, by_year in members.items():
            for year, now in by_year.items() if offices.cells[office].text else ():
                before = by_year.get(year - 1, []) if year else []
                if before or len(now) > 1:
                    yield Group(offices.cells[office].text, year, tuple(now), tuple(before))

    def of_all(self) -> Iterator[Extra]:
        """The findings of the rules that look at all forms together."""
        places, full = self._forms.places, self._column("_full")
        if len(places) < 2 or not all(full.cells[code].text for code in np.unique(full.codes[places])):
            return
        # These rules look at nothing but the totals.
        forms = [Form(total=Total(score=text)) for text in self._forms.frame.column("total").texts(places)]
        cases = [case_of(form, FormYear()) for form in forms]
        for rule in OF_ALL:
            for at, finding in rule.findings(cases):
                yield Extra(int(places[at]), said_of(forms[at], finding))


def _ordered(
    own: Codes, owners: Codes, extras: Sequence[Extra], column: Callable[[str], Column]
) -> tuple[Codes, Codes]:
    """All findings by form and place in it, and the places of their forms; extras count on after the own."""
    if not extras:
        return own, owners
    touched = np.isin(owners, [extra.place for extra in extras])
    some = own[touched]
    tables: tuple[tuple[str, Callable[[Cell], int]], ...] = (
        ("section", lambda cell: SECTION_RANKS[cell.text]),
        ("row", lambda cell: int(cell.text or 0)),
        ("severity", lambda cell: SEVERITY_RANKS[cell.text]),
        ("rule", lambda cell: RULE_RANKS[cell.text]),
    )
    keys = [owners[touched]]
    for name, rank in tables:
        cells, codes = column(name)
        keys.append(np.array([rank(cell) for cell in cells], dtype=np.int32)[codes[some]])
    more = np.array([(extra.place, *extra.said.order) for extra in extras], dtype=np.int32)
    keys = [np.concatenate((key, more[:, at])) for at, key in enumerate(keys)]
    numbers = np.concatenate((some, len(column("row").codes) + np.arange(len(extras))))
    sorting = np.lexsort(keys[::-1])
    order = np.concatenate((own[~touched], numbers[sorting]))
    places = np.concatenate((owners[~touched], keys[0][sorting]))
    by_form = np.argsort(places, kind="stable")
    return order[by_form], places[by_form]


def _rows(
    forms: Forms,
    store: FindingStore,
    blocks: Sequence[FindingBlock],
    order: Codes,
    places: Codes,
    extras: Sequence[Said],
) -> Rows:
    starts = starts_of(blocks)

    def stored(name: str) -> Column:
        own = store.column(blocks, name)
        if not extras:
            return Column(own.cells, own.codes[order])
        more = column_of(said.cell(name) for said in extras)
        codes = np.concatenate((own.codes, more.codes + len(own.cells)))
        return Column([*own.cells, *more.cells], codes[order])

    def load(name: str) -> Column | None:
        if name in SHARED:
            whole = forms.frame.column(name)
            return Column(whole.cells, whole.codes[places])
        return stored(name) if name in (*NARROW, *WIDE) and name != "row" else None

    def look(name: str, at: int) -> Cell:
        number = int(order[at])
        if number >= starts[-1]:
            return extras[number - int(starts[-1])].cell(name)
        block = int(np.searchsorted(starts, number, side="right")) - 1
        return store.piece(blocks[block], name).at(number - int(starts[block]))

    numbers = stored("row")
    rows = np.array([int(cell.text or 0) for cell in numbers.cells], dtype=np.int32)[numbers.codes]
    frame = FindingFrame("findings", forms.frame.forms[places], rows, load, look=look)
    return Rows(frame, np.arange(len(order), dtype=np.int32))
