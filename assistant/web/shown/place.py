"""A place of a form in a page's address (``indicators-5-target``), and which drawn cell it is. Pure."""

from __future__ import annotations

import re
from typing import get_args

from assistant.form.finding import Location, Section
from assistant.form.model import Form

_WRITTEN = re.compile(r"([a-z]+)(?:-(\d{1,4}))?(?:-([a-z][a-z_0-9]*))?", re.ASCII)
_SECTIONS = frozenset(get_args(Section))
_FIRST_FIELD = {
    "title": "project_name",
    "header": "project_name",
    "funds": "label",
    "goal": "expected",
    "indicators": "name",
    "total": "score",
}
_AT_THE_ROWS = {"weights": "weight", "cost": "name", "structure": "name"}
_MERGED = ("level1", "level2")
_DIGITS = 9


def read_place(text: str) -> Location | None:
    """``section``, ``section-row`` or ``section-row-field`` as a Location; None for anything else."""
    found = _WRITTEN.fullmatch(text)
    if found is None or found[1] not in _SECTIONS:
        return None
    row = int(found[2]) if found[2] else None
    return Location.model_validate({"section": found[1], "row": row or None, "field": found[3] or ""})


def written(location: Location) -> str:
    """The text that ``read_place`` reads back."""
    parts = [location.section, str(location.row or ""), location.field]
    return "-".join(part for part in parts if part)


def form_number(text: str) -> int | None:
    """The number of a past form as an address names it; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else None


def form_address(form: int, place: Location | None = None) -> str:
    """The address of a past form in 项目库, at a cell: to open, to keep or to send on."""
    return f"library?form={form}" + (f"&at={written(place)}" if place is not None else "")


def cell_of(form: Form, location: Location) -> Location:
    """The one drawn cell that stands for ``location``: a whole row's name, a section's first cell."""
    section, row, field = location.section, location.row, location.field
    if section in _AT_THE_ROWS:
        return cell_of(
            form, Location(section="indicators", row=row or 1, field=field or _AT_THE_ROWS[section])
        )
    if section == "title":
        return Location(section="header", field=_FIRST_FIELD["header"])
    if section in ("indicators", "funds"):
        row = row or 1
        field = "name" if field in _MERGED else field
    else:
        row = None
    if section == "header" and field == "year":
        field = "year_line"
    return Location(section=section, row=row, field=field or _FIRST_FIELD[section])
