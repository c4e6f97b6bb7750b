"""What differs between two forms, field by field, for people to read; rows are matched by name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from assistant.form.edit import read_cell
from assistant.form.finding import Location
from assistant.form.merge import same_rows
from assistant.form.model import Form, Frozen, FundLine, Indicator

_HEADER = (
    "title",
    "year_line",
    "project_name",
    "department",
    "central_department",
    "unit",
    "money_unit",
    "remark",
    "grade",
)
_BLOCKS = {"goal": ("expected", "actual"), "total": ("weight", "score", "note")}


class Change(Frozen):
    """One difference. ``row`` names a row that was ``added`` or ``removed``; else ``old`` became ``new``.

    ``location`` is a place of the newer form, of the older one where the row was removed.
    """

    kind: Literal["changed", "added", "removed"] = "changed"
    location: Location
    old: str = ""
    new: str = ""


def changes(before: Form, after: Form) -> tuple[Change, ...]:
    """Everything that a reader sees to be different, in the order of the form."""
    return tuple(_all(before, after))


def _all(before: Form, after: Form) -> Iterator[Change]:
    for field in _HEADER:
        place = Location(section="header", field=field)
        yield from _cell(before, after, place, place)
    yield from _rows(before, after, "funds")
    for field in _BLOCKS["goal"]:
        place = Location(section="goal", field=field)
        yield from _cell(before, after, place, place)
    yield from _rows(before, after, "indicators")
    for field in _BLOCKS["total"]:
        place = Location(section="total", field=field)
        yield from _cell(before, after, place, place)


def _rows(before: Form, after: Form, section: Literal["funds", "indicators"]) -> Iterator[Change]:
    mapped = same_rows(before, after, section)
    back = {new: old for old, new in mapped.items()}
    olds: tuple[FundLine | Indicator, ...] = getattr(before, section)
    news: tuple[FundLine | Indicator, ...] = getattr(after, section)
    for at, row in enumerate(news, 1):
        place = Location(section=section, row=at)
        if at not in back:
            yield Change(kind="added", location=place, new=_told(row))
            continue
        for field in type(row).model_fields:
            there = Location(section=section, row=at, field=field)
            yield from _cell(before, after, there.model_copy(update={"row": back[at]}), there)
    for at, row in enumerate(olds, 1):
        if at not in mapped:
            yield Change(kind="removed", location=Location(section=section, row=at), old=_told(row))


def _cell(before: Form, after: Form, old_place: Location, place: Location) -> Iterator[Change]:
    old, new = read_cell(before, old_place), read_cell(after, place)
    if old != new:
        yield Change(location=place, old=old, new=new)


def _told(row: FundLine | Indicator) -> str:
    if isinstance(row, FundLine):
        return "｜".join(text for text in (row.label, row.budget, row.executed) if text)
    return "｜".join(text for text in (row.level2, row.name, row.target, row.actual) if text)
