"""What is not wrong but not yet written: findings about empty cells of a form in work. Pure."""

from __future__ import annotations

from assistant.errors import AssistantError
from assistant.form.edit import read_cell
from assistant.form.finding import Finding
from assistant.form.model import Form

_OF_ALL_ROWS = ("structure", "weights", "indicators", "cost")


def is_gap(form: Form, finding: Finding) -> bool:
    """Whether the finding only says that something is still to be filled in.

    An explanation is no gap: it is owed because of what other cells say.
    """
    location = finding.location
    if location.section in _OF_ALL_ROWS and location.row is None:
        return not form.indicators
    if location.field in ("", "explanation"):
        return False
    try:
        return not read_cell(form, location).strip()
    except AssistantError:
        return False
