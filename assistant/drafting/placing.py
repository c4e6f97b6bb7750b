"""Where edits belong in a form that has changed since they were proposed."""

from __future__ import annotations

from assistant.drafting.proposal import Proposal
from assistant.drafting.structure import place, structure_of
from assistant.form.edit import Edit, apply, read_cell
from assistant.form.finding import Location
from assistant.form.merge import RowMap, same_rows
from assistant.form.model import Form, Indicator
from assistant.rules.profile import Profile


def row_map(before: Form, after: Form) -> RowMap:
    """Which row became which, by level and name; a row that was renamed in its place is still the same."""
    return same_rows(before, after)


def moved(location: Location, rows: RowMap) -> Location | None:
    """A location in the newer form; None where its row is gone."""
    if location.section != "indicators" or location.row is None:
        return location
    row = rows.get(location.row)
    return None if row is None else location.model_copy(update={"row": row})


def moved_edits(edits: tuple[Edit, ...], rows: RowMap) -> tuple[Edit, ...]:
    """Edits for the newer form; those of rows that are gone are left out, insertions stay as they are."""
    kept = []
    for edit in edits:
        location = edit.location if edit.operation == "insert" else moved(edit.location, rows)
        if location is not None:
            kept.append(edit.model_copy(update={"location": location}))
    return tuple(kept)


def rebased(proposal: Proposal, rows: RowMap) -> Proposal | None:
    """``proposal`` for the newer form; None where nothing of it is left."""
    edits = moved_edits(proposal.edits, rows)
    if not edits or (proposal.kind != "facts" and len(edits) != len(proposal.edits)):
        return None
    inserts = proposal.kind == "indicator"
    location = proposal.location if inserts else moved(proposal.location, rows) or edits[0].location
    return proposal.model_copy(update={"edits": edits, "location": location})


def make(form: Form, edits: tuple[Edit, ...], profile: Profile) -> Form:
    """``form`` with ``edits``: new indicators go where their level belongs, one that is there is left out.

    Deletions are made from the last row up, in whatever order. AssistantError for a row that is gone.
    """
    sets = [edit for edit in edits if edit.operation == "set"]
    lines = [edit for edit in edits if edit.operation == "insert" and edit.fund is not None]
    deleted = sorted(
        (edit for edit in edits if edit.operation == "delete"), key=lambda edit: -(edit.location.row or 0)
    )
    form = apply(form, [*(edit for edit in lines if not _has_line(form, edit)), *sets, *deleted])
    for edit in edits:
        if edit.operation == "insert" and edit.indicator is not None and not _has_row(form, edit.indicator):
            form = _inserted(form, edit.indicator, profile)
    return form


def current(form: Form, edits: tuple[Edit, ...]) -> tuple[Edit, ...]:
    """``edits`` with what stands in their cells now; those that would change nothing are left out."""
    renewed = []
    for edit in edits:
        if edit.operation == "set":
            old = read_cell(form, edit.location)
            if old == edit.new:
                continue
            renewed.append(edit.model_copy(update={"old": old}))
        elif edit.indicator is None or not _has_row(form, edit.indicator):
            renewed.append(edit)
    return tuple(renewed)


def _inserted(form: Form, indicator: Indicator, profile: Profile) -> Form:
    structure = structure_of(form, profile)
    key = structure.key(indicator)
    known = any(level.key == key for level in structure.levels)
    row = place(form, key, structure) if known else len(form.indicators) + 1
    at = Location(section="indicators", row=row)
    return apply(form, [Edit(operation="insert", location=at, indicator=indicator)])


def _has_row(form: Form, indicator: Indicator) -> bool:
    return any(row.level2 == indicator.level2 and row.name == indicator.name for row in form.indicators)


def _has_line(form: Form, edit: Edit) -> bool:
    return edit.fund is not None and any(line.label == edit.fund.label for line in form.funds)
