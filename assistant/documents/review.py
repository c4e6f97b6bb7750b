"""The review copy: a form's document with the findings as comments at their cells."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.documents import confined
from assistant.documents.comments import annotated
from assistant.documents.safety import DAMAGED, TOO_MUCH, Kind, kind_of
from assistant.documents.write_docx import write_docx
from assistant.errors import UnreadableFileError
from assistant.form.finding import Finding
from assistant.form.model import Form


def review_copy(form: Form, findings: Sequence[Finding]) -> bytes:
    """The official table as .docx, each finding as a Word comment at its cell."""
    return annotated(write_docx(form), 1, findings)


def annotated_original(original: bytes, form: Form, findings: Sequence[Finding]) -> bytes:
    """The uploaded .docx that ``form`` was read from, the findings as comments in it, all else untouched.

    ``form.source.position`` says which form of the document is meant. Raises UnreadableFileError where
    ``original`` is no .docx, or has no such form.
    """
    position = form.source.position
    if not confined.available():
        return annotated(original, position, findings)
    head = {
        "do": "annotate",
        "position": position,
        "findings": [finding.model_dump(mode="json") for finding in findings],
    }
    try:
        kind, content = confined.ask(head, original)
    except confined.ChildEndedError as ended:
        raise UnreadableFileError(TOO_MUCH if ended.over_limit else DAMAGED) from None
    if kind == "refused":
        raise UnreadableFileError(content.decode())
    return content


def reviewed_file(original: bytes, checked: Sequence[tuple[Form, Sequence[Finding]]]) -> list[bytes]:
    """All findings on the forms of one file: in the original where that is a .docx, else one copy a form."""
    if kind_of(original) is Kind.ZIP:
        try:
            document = original
            for form, findings in checked:
                document = annotated_original(document, form, findings)
        except UnreadableFileError:
            pass
        else:
            return [document]
    return [review_copy(form, findings) for form, findings in checked]
