"""Form -> the official table as .xlsx."""

from __future__ import annotations

from assistant.form.model import Form


def write_xlsx(form: Form) -> bytes:
    """The official table as a workbook; text that starts with = + - @ is never taken for a formula."""
    raise NotImplementedError
