"""Runs the catalogue over a form, or over a batch of forms."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.form.finding import Finding
from assistant.form.model import Form, Frozen
from assistant.rules.profile import Profile
from assistant.rules.score import ScoreSheet


class Report(Frozen):
    """A checked form. ``findings`` ordered by place in the form, then severity."""

    form: Form
    profile: str
    year: int | None = None
    sheet: ScoreSheet
    findings: tuple[Finding, ...]


def check_form(form: Form, profile: Profile | None = None, year: int | None = None) -> Report:
    """Checks one form; ``profile`` None chooses by the form, ``year`` overrides the form's own."""
    return check_forms([form], profile, year)[0]


def check_forms(
    forms: Sequence[Form], profile: Profile | None = None, year: int | None = None
) -> list[Report]:
    """Checks a batch: the same as one by one, plus the rules that compare forms and the year told by the majority."""
    raise NotImplementedError
