"""What one person may ask about: the permitted forms of a snapshot, their records and their names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import overload

import numpy as np

from assistant.asking.records.columns import Codes, Column, Mask
from assistant.asking.records.fields import Sort
from assistant.asking.records.finding_frame import Forms, findings_of
from assistant.asking.records.frame import Frame, Rows
from assistant.asking.records.permitted import APPROVED, Permitted
from assistant.asking.records.records import Cell, Record
from assistant.asking.records.store import Snapshot
from assistant.form.model import Form
from assistant.people.person import Person
from assistant.rules.profile import profile_for
from assistant.rules.score import ScoreSheet, score_form


@dataclass(frozen=True)
class KnownForm:
    """A permitted form with its records; its text is read when it is first needed."""

    view: View
    place: int
    number: int

    @cached_property
    def form(self) -> Form:
        """The form itself."""
        return self.view.texts_of([self.number])[0]

    @cached_property
    def sheet(self) -> ScoreSheet:
        """Its score sheet."""
        return score_form(self.form, profile_for(self.form))

    @property
    def year(self) -> int | None:
        """The year that the form tells."""
        number = self.record["year"].number
        return None if number is None else int(number)

    @property
    def record(self) -> Record:
        """The form as a record."""
        return self.view.snapshot.frames["forms"].record(self.place)

    @cached_property
    def indicators(self) -> Sequence[Record]:
        """Its indicators."""
        return self._rows("indicators")

    @cached_property
    def funds(self) -> Sequence[Record]:
        """Its fund rows."""
        return self._rows("funds")

    def _rows(self, of: Sort) -> Rows:
        start, end = self.view.snapshot.starts[of][self.place : self.place + 2].tolist()
        return Rows(self.view.snapshot.frames[of], np.arange(start, end, dtype=np.int32))


class KnownForms(Sequence[KnownForm]):
    """The permitted forms by their order."""

    def __init__(self, view: View) -> None:
        self._view = view

    def __len__(self) -> int:
        return len(self._view.places)

    @overload
    def __getitem__(self, at: int) -> KnownForm: ...
    @overload
    def __getitem__(self, at: slice) -> list[KnownForm]: ...
    def __getitem__(self, at: int | slice) -> KnownForm | list[KnownForm]:
        places = self._view.places
        if isinstance(at, slice):
            return [self._known(place) for place in places[at].tolist()]
        return self._known(int(places[at]))

    def _known(self, place: int) -> KnownForm:
        return KnownForm(self._view, place, int(self._view.snapshot.numbers[place]))


class ByNumber(Mapping[int, KnownForm]):
    """The permitted forms by their number; those looked at stay at hand."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._known: dict[int, KnownForm] = {}

    def __getitem__(self, number: int) -> KnownForm:
        found = self._known.get(number)
        if found is None:
            place = self._view.snapshot.place_of(number)
            if place is None or not self._view.allowed[place]:
                raise KeyError(number)
            if len(self._known) >= _AT_HAND:
                self._known.clear()
            found = self._known[number] = KnownForm(self._view, place, number)
        return found

    def __contains__(self, number: object) -> bool:
        place = self._view.snapshot.place_of(number) if isinstance(number, int) else None
        return place is not None and bool(self._view.allowed[place])

    def __iter__(self) -> Iterator[int]:
        return iter(self._view.snapshot.numbers[self._view.places].tolist())

    def __len__(self) -> int:
        return len(self._view.places)


_AT_HAND = 5000


class View:
    """The forms that ``allowed`` marks of a snapshot."""

    def __init__(self, snapshot: Snapshot, allowed: Mask) -> None:
        self.snapshot, self.allowed = snapshot, allowed
        self.places: Codes = np.flatnonzero(allowed).astype(np.int32)
        self.forms = KnownForms(self)
        self.by_number = ByNumber(self)
        self._rows: dict[Sort, Rows] = {}

    def records(self, of: Sort) -> Rows:
        """All records of a sort; the forms are checked when findings are first asked for."""
        found = self._rows.get(of)
        if found is None:
            found = self._rows[of] = self._findings() if of == "findings" else self._of(of)
        return found

    def texts_of(self, numbers: Iterable[int]) -> list[Form]:
        """The forms of these numbers."""
        return self.snapshot.store.forms(self.snapshot, numbers)

    def column(self, of: Sort, field: str) -> tuple[Sequence[Cell], Codes]:
        """The cells of a field and, for each permitted record, the place of its own among them."""
        column = self.snapshot.frames[of].column(field)
        return column.cells, column.codes[self.records(of).places]

    def used(self, of: Sort, field: str) -> list[Cell]:
        """The different cells of a field in the permitted records."""
        column = self.snapshot.frames[of].column(field)
        return [column.cells[place] for place in column.used(self.records(of).places).tolist()]

    def _of(self, of: Sort) -> Rows:
        owned = self.allowed[self.snapshot.owners[of]]
        return Rows(self.snapshot.frames[of], np.flatnonzero(owned).astype(np.int32))

    def _findings(self) -> Rows:
        snapshot = self.snapshot
        approved = np.array([state == APPROVED for state in snapshot.states], dtype=np.bool_)
        whole = bool(np.array_equal(self.allowed, approved))
        forms = Forms(snapshot.frames["forms"], snapshot.blocks, self.places, whole, self.texts_of)
        return findings_of(forms, snapshot.store.findings, snapshot.store.offices)


def view_of(snapshot: Snapshot, permitted: Permitted, person: Person) -> View:
    """What ``permitted`` lets count of the forms that ``person`` may see."""
    allowed = np.array([state in permitted.states for state in snapshot.states], dtype=np.bool_)
    forms = snapshot.frames["forms"]
    if (years := permitted.years) is not None:
        allowed &= _holds(forms.column("year"), lambda cell: cell.number in years)
    if (units := permitted.units) is not None:
        allowed &= _of_an_office(forms, lambda cell: cell.text in units)
    if not person.sees_all_past:
        allowed &= _of_an_office(forms, lambda cell: bool(person.roles) and person.covers(cell.text))
    return View(snapshot, allowed)


_OFFICES = ("_unit", "_department")


def _of_an_office(forms: Frame, holds: Callable[[Cell], bool]) -> Mask:
    """The forms whose 实施单位 or 主管部门 it is."""
    unit, department = (_holds(forms.column(name), holds) for name in _OFFICES)
    return unit | department


def _holds(column: Column, holds: Callable[[Cell], bool]) -> Mask:
    return column.where(holds, np.arange(len(column.codes), dtype=np.int32))
