"""Which forms of the library a person may ask about, decided before anything is searched."""

from __future__ import annotations

from assistant.form.model import Frozen

APPROVED = "approved"


class Permitted(Frozen):
    """What counts: forms of these ``units`` (实施单位 or 主管部门 as printed) and ``years``; None: of all.

    ``states``: of the library's forms only those in one of these; the approved ones unless said otherwise.
    A form without a year counts only where ``years`` is None.
    """

    units: frozenset[str] | None = None
    years: frozenset[int] | None = None
    states: frozenset[str] = frozenset((APPROVED,))


EVERYTHING = Permitted()
"""All approved forms."""
