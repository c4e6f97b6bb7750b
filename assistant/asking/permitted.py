"""Which forms of the library a person may ask about, decided before anything is searched."""

from __future__ import annotations

from assistant.form.model import Frozen
from assistant.library import StoredForm
from assistant.rules.year import own_year

APPROVED = "approved"


class Permitted(Frozen):
    """What counts: forms of these ``units`` (实施单位 or 主管部门 as printed) and ``years``; None: of all.

    ``states``: of the library's forms only those in one of these; the approved ones unless said otherwise.
    A form without a year counts only where ``years`` is None.
    """

    units: frozenset[str] | None = None
    years: frozenset[int] | None = None
    states: frozenset[str] = frozenset((APPROVED,))

    def allows(self, stored: StoredForm) -> bool:
        """Whether this form may be asked about."""
        if stored.state not in self.states:
            return False
        if self.units is not None and not self.units & {stored.form.unit, stored.form.department}:
            return False
        return self.years is None or own_year(stored.form).year in self.years


EVERYTHING = Permitted()
"""All approved forms."""
