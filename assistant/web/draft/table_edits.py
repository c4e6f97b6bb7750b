"""What a person did in an editable table, as Edits of the form. Pure, no Streamlit.

The editable table reports *all* its changes since it was first shown, each time; what is new is the
difference to its last report. So the table never has to be replaced between two changes, and none is lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from assistant.form.edit import Edit, read_cell
from assistant.form.finding import Location
from assistant.form.model import BLANK, Form, FundLine, Indicator

Section = Literal["funds", "indicators"]
Cells = dict[int, dict[str, str]]
"""Changed texts by row (from 1) and field."""


def reported(raw: Mapping[str, Any]) -> Cells:
    """The widget's own dictionary as Cells; an emptied cell arrives as None and means ``""``."""
    return {
        int(row) + 1: {field: "" if value is None else str(value) for field, value in cells.items()}
        for row, cells in raw.get("edited_rows", {}).items()
    }


def new_edits(section: Section, form: Form, before: Cells, after: Cells) -> tuple[Edit, ...]:
    """The edits for what ``after`` reports beyond ``before``, on the form as it stands."""
    return tuple(
        Edit(location=place, old=read_cell(form, place), new=text)
        for row, cells in sorted(after.items())
        for field, text in cells.items()
        if before.get(row, {}).get(field) != text
        and read_cell(form, place := Location(section=section, row=row, field=field)) != text
    )


def new_row(form: Form, level1: str, level2: str) -> Edit:
    """A new indicator to be filled in, behind the last one of its kind."""
    numbered = list(enumerate(form.indicators, 1))
    same = [n for n, row in numbered if (row.level1, row.level2) == (level1, level2)]
    near = [n for n, row in numbered if row.level1 == level1]
    behind = max(same or near or [len(numbered)])
    return Edit(
        operation="insert",
        location=Location(section="indicators", row=behind + 1),
        indicator=Indicator(level1=level1, level2=level2, name=BLANK),
    )


def new_fund(form: Form) -> Edit:
    """A new source of funds to be filled in, as the last row."""
    place = Location(section="funds", row=len(form.funds) + 1)
    return Edit(operation="insert", location=place, fund=FundLine(label=BLANK))


def moved_row(form: Form, section: Section, row: int, to: int) -> tuple[Edit, ...]:
    """Takes a row away and puts it where row ``to`` stood; the rows between move up or down."""
    place = Location(section=section, row=to)
    taken = (
        Edit(operation="insert", location=place, fund=form.funds[row - 1])
        if section == "funds"
        else Edit(operation="insert", location=place, indicator=form.indicators[row - 1])
    )
    return without_row(row, section), taken


def without_row(row: int, section: Section = "indicators") -> Edit:
    """Takes a row away."""
    return Edit(operation="delete", location=Location(section=section, row=row))
