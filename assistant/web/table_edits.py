"""What a person did in an editable table, as Edits of the form. Pure, no Streamlit.

The editable table reports *all* its changes since it was first shown, each time; what is new is the
difference to its last report. So the table never has to be replaced between two changes, and none is lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from assistant.form.edit import Edit
from assistant.form.finding import Location
from assistant.form.model import Form, Frozen, FundLine, Indicator

Section = Literal["funds", "indicators"]


class TableReport(Frozen):
    """All changes since the table was first shown: ``edited`` by row from 0, ``deleted`` rows from 0."""

    edited: Mapping[int, Mapping[str, str]] = {}
    added: tuple[Mapping[str, str], ...] = ()
    deleted: frozenset[int] = frozenset()

    @classmethod
    def of(cls, raw: Mapping[str, Any] | None) -> TableReport:
        """From the widget's own dictionary; an emptied cell arrives as None and means ``""``."""
        raw = raw or {}
        edited = {int(row): _texts(cells) for row, cells in raw.get("edited_rows", {}).items()}
        added = tuple(_texts(cells) for cells in raw.get("added_rows", []))
        return cls(edited=edited, added=added, deleted=frozenset(raw.get("deleted_rows", [])))


def new_edits(
    section: Section, base: Sequence[FundLine | Indicator], before: TableReport, after: TableReport
) -> tuple[Edit, ...]:
    """The edits that bring the form, which already has what ``before`` says, to what ``after`` says.

    ``base``: the rows that the table was first shown with.
    """
    kept = len(base) - len(before.deleted)
    return (
        *_cell_edits(section, base, before, after),
        *_added_edits(section, kept, before.added, after.added),
        *(
            Edit(operation="delete", location=_at(section, _number(row, before)))
            for row in sorted(after.deleted - before.deleted, reverse=True)
        ),
    )


def _cell_edits(
    section: Section, base: Sequence[FundLine | Indicator], before: TableReport, after: TableReport
) -> Iterator[Edit]:
    for row in sorted(before.edited.keys() | after.edited.keys()):
        if row in before.deleted | after.deleted or row >= len(base):
            continue
        was, now = before.edited.get(row, {}), after.edited.get(row, {})
        for field in sorted(was.keys() | now.keys()):
            printed = getattr(base[row], field)
            old, new = was.get(field, printed), now.get(field, printed)
            if old != new:
                yield Edit(location=_at(section, _number(row, before), field), old=old, new=new)


def _added_edits(
    section: Section,
    kept: int,
    before: Sequence[Mapping[str, str]],
    after: Sequence[Mapping[str, str]],
) -> Iterator[Edit]:
    """Added rows stand behind all others; which of them was removed again shows only in their contents."""
    for offset, (was, now) in enumerate(zip(before, after, strict=False)):
        for field in sorted(was.keys() | now.keys()):
            old, new = was.get(field, ""), now.get(field, "")
            if old != new:
                yield Edit(location=_at(section, kept + offset + 1, field), old=old, new=new)
    for number in range(kept + len(before), kept + len(after), -1):
        yield Edit(operation="delete", location=_at(section, number))
    for number, cells in enumerate(after[len(before) :], kept + len(before) + 1):
        if section == "funds":
            yield Edit(operation="insert", location=_at(section, number), fund=FundLine(**cells))
        else:
            yield Edit(operation="insert", location=_at(section, number), indicator=Indicator(**cells))


def rows_of(form: Form, section: Section) -> tuple[FundLine | Indicator, ...]:
    """The rows of a section."""
    return form.funds if section == "funds" else form.indicators


def _number(row: int, before: TableReport) -> int:
    """The row's number in the form as it stands, from 1."""
    return row + 1 - sum(gone < row for gone in before.deleted)


def _at(section: Section, row: int, field: str = "") -> Location:
    return Location(section=section, row=row, field=field)


def _texts(cells: Mapping[str, Any]) -> dict[str, str]:
    return {field: "" if value is None else str(value) for field, value in cells.items()}
