"""A finding is a value: what a rule saw, where, what it expected and how it computed that."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from assistant.form.model import Frozen

Section = Literal["title", "header", "funds", "goal", "indicators", "weights", "total", "structure", "cost"]


class Severity(StrEnum):
    """error: arithmetic or a rule is violated; warning: a person must look; note: form and style."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Location(Frozen):
    """A place in a form. ``row`` counts the section's rows from 1, None means the whole section.

    ``field`` is a field name of the section's model (``target``, ``executed`` …) or ``""`` for the whole row.
    """

    section: Section
    row: int | None = None
    field: str = ""


class Finding(Frozen):
    """What ``check`` prints. ``message`` and ``hint`` are Chinese, for staff; ``code`` is forever."""

    code: str
    rule: str
    severity: Severity
    location: Location
    printed: str = ""
    expected: str = ""
    arithmetic: str = ""
    message: str
    hint: str = ""
    basis: str = ""
