"""Form -> the official .docx."""

from __future__ import annotations

from assistant.form.model import Form


def write_docx(form: Form) -> bytes:
    """The official table (A4, merged cells) as a .docx; reading it back gives the same form."""
    raise NotImplementedError
