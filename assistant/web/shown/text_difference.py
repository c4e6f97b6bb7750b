"""What became of a text, as HTML: short ones as old → new, long ones with their differences inside. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from assistant.form.changes import Change
from assistant.form.model import Form
from assistant.form.wording import place_name
from assistant.web.shown.escape import escape

_SHORT = 30
_ALIKE = 0.35
_LEAST = 6


def text_difference(old: str, new: str) -> str:
    """The way from ``old`` to ``new``, everything escaped."""
    if not old:
        return f"<ins>{escape(new)}</ins>"
    if not new:
        return f"<del>{escape(old)}</del>"
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if max(len(old), len(new)) <= _SHORT or matcher.ratio() < _ALIKE:
        return f"<del>{escape(old)}</del> → <ins>{escape(new)}</ins>"
    return "".join(_inside(matcher, old, new))


def difference_table(before: Form, after: Form, found: Iterable[Change]) -> str:
    """Each difference in a line: where, and what became of it."""
    rows = "".join(_row(before, after, change) for change in found)
    return f'<table class="af-plain af-edits af-differ"><tbody>{rows}</tbody></table>'


def _row(before: Form, after: Form, change: Change) -> str:
    if change.kind == "added":
        place, told = place_name(after, change.location), f"<b>新增</b> <ins>{escape(change.new)}</ins>"
    elif change.kind == "removed":
        place, told = place_name(before, change.location), f"<b>删去</b> <del>{escape(change.old)}</del>"
    else:
        place, told = place_name(after, change.location), text_difference(change.old, change.new)
    return f"<tr><th>{escape(place)}</th><td>{told}</td></tr>"


def _inside(matcher: SequenceMatcher[str], old: str, new: str) -> Iterator[str]:
    for same, start, end, new_start, new_end in _pieces(matcher):
        if same:
            yield escape(old[start:end])
            continue
        if end > start:
            yield f"<del>{escape(old[start:end])}</del>"
        if new_end > new_start:
            yield f"<ins>{escape(new[new_start:new_end])}</ins>"


def _pieces(matcher: SequenceMatcher[str]) -> Iterator[tuple[bool, int, int, int, int]]:
    """What stayed and what changed; a few characters that stayed between two changes belong to them.

    Chinese words are short: told apart character by character, two sentences become a riddle.
    """
    codes = matcher.get_opcodes()
    changed: list[int] | None = None
    for at, (kind, *span) in enumerate(codes):
        inner = 0 < at < len(codes) - 1
        if kind == "equal" and not (inner and span[1] - span[0] < _LEAST):
            if changed is not None:
                yield (False, changed[0], changed[1], changed[2], changed[3])
                changed = None
            yield (True, span[0], span[1], span[2], span[3])
        elif changed is None:
            changed = list(span)
        else:
            changed[1], changed[3] = span[1], span[3]
    if changed is not None:
        yield (False, changed[0], changed[1], changed[2], changed[3])
