"""Lines of a PDF cell as text: what a narrow cell wrapped is joined again, paragraphs stay apart."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.documents.celltext import begins_paragraph
from assistant.documents.pdf_page import TextLine

_CENTRED = 0.8
_SLACK = 0.35
"""Parts of a character's size: how far a line may be off its middle, or off its end, by rounding."""


def joined_lines(lines: Sequence[TextLine], left: float, right: float) -> str:
    """The text of lines that stand between two edges, a line break where a paragraph ends."""
    text = ""
    before: TextLine | None = None
    for line in lines:
        if before is not None:
            goes_on = wraps(before, line, left, right) and not begins_paragraph(before.text, line.text)
            text += _joint(text, before, line) if goes_on else "\n"
        text += line.text
        before = line
    return text


def wraps(before: TextLine, line: TextLine, left: float, right: float) -> bool:
    """Whether the break between two lines was made for lack of room: ``line``'s beginning did not fit."""
    size = before.size
    room_left, room_right = before.left - left, right - before.right
    centred = abs(room_left - room_right) <= _CENTRED * size
    room = room_left + room_right if centred else room_right
    return room < line.first + _SLACK * size


def _joint(text: str, before: TextLine, line: TextLine) -> str:
    last, first = text[-1:], line.text[:1]
    both_letters = last.isascii() and first.isascii() and last.isalpha() and first.isalpha()
    return " " if both_letters else ""
