"""What a proposal or a text may cite: a past row, as it was retrieved."""

from __future__ import annotations

from assistant.form.model import Frozen


class Evidence(Frozen):
    """A past row that a proposal leans on. ``row`` None: the whole form is meant; ``text`` is cited."""

    form: int
    row: int | None = None
    project_name: str = ""
    indicator: str = ""
    year: int | None = None
    unit: str = ""
    target: str = ""
    actual: str = ""
    score: str = ""
    text: str = ""
