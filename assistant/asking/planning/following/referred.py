"""Which of the records shown in a conversation 这几条, 那两张表 or 它俩 means.

Most often those of the last answer. Where these are not as many as is said, or are no indicators, the turns
before it are looked through: several that showed one record each are taken together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.asking.planning.before import Before
from assistant.form.numerals import number_of

_N = "[0-9]+|[一二两三四五六七八九十]+"
_PLURAL = re.compile(
    f"(?:(?<![一-龥])|[这那]|当初[这那]?)(?:(?P<n>{_N})|(?P<few>(?<=[这那])[几些]))"
    "(?P<kind>[条项]|[张份]|[个家])(?P<noun>指标|项目|专项|表|处室|单位|科室|部门)?(?![一-龥]*[以之][上下内外])"
    "|(?P<both>[它他]们?俩|二者|两者|(?<![一-龥])[它他]们)"
)
"""这几条, 那两张表, 三条 (at the beginning), 它俩."""
_ROWS, _FORMS = "rows", "forms"
_OF_KIND = {"条": _ROWS, "项": _ROWS, "张": _FORMS, "份": _FORMS}
_OF_NOUN = {"指标": _ROWS, "项目": _FORMS, "专项": _FORMS, "表": _FORMS}
_LEAST = 2


def with_those_meant(text: str, before: Before) -> Before:
    """The last turn with the records that ``text`` points to; as it is where none are or fit."""
    said = _PLURAL.search(text)
    if said is None or before.joined or before.meaning is None or before.meaning.kind != "query":
        return before
    many = _how_many(said)
    kind = _OF_NOUN.get(said["noun"] or "") or _OF_KIND.get(said["kind"] or "") or ""
    if many is not None and many < _LEAST:
        return before
    if any(_fits(before, one, many) for one in ([kind] if kind else [_ROWS, _FORMS])):
        return before
    return next((one for one in _meant(before, kind, many) if one is not None), before)


def _how_many(said: re.Match[str]) -> int | None:
    """How many are meant; None where it is only told that there are several."""
    number = number_of(said["n"].replace("两", "二")) if said["n"] else None
    if number is not None:
        return int(number)
    return _LEAST if said["both"] and not said["both"].endswith("们") else None


def _fits(turn: Before, kind: str, many: int | None) -> bool:
    shown = turn.rows if kind == _ROWS else turn.forms
    return len(shown) == many if many is not None else len(shown) >= _LEAST


def _meant(before: Before, kind: str, many: int | None) -> Iterator[Before | None]:
    """What may be meant, the latest first; nothing from before a question that had no answer."""
    turns = (*before.trail, before)
    since = max((at + 1 for at, one in enumerate(turns) if not _is_answered(one)), default=0)
    turns = turns[since:]
    for one in [kind] if kind else [_ROWS, _FORMS]:
        if many is not None:
            yield _together(turns[-many:], one, many, before)
        for turn in reversed(turns[:-1]):
            if _fits(turn, one, many):
                yield _shown_by(turn, one)


def _is_answered(turn: Before) -> bool:
    return turn.meaning is not None and turn.meaning.kind == "query" and bool(turn.forms)


def _shown_by(turn: Before, kind: str) -> Before:
    return turn if kind == _ROWS else replace(turn, rows=())


def _together(turns: Sequence[Before], kind: str, many: int, last: Before) -> Before | None:
    """The single records of so many turns, one after the other; None where any showed more."""
    if kind == _ROWS:
        rows = tuple(dict.fromkeys(row for turn in turns if len(turn.rows) == 1 for row in turn.rows))
        forms = tuple(dict.fromkeys(form for form, _ in rows))
        return replace(last, rows=rows, forms=forms) if len(rows) == many else None
    single = [turn.forms[0] for turn in turns if len(turn.forms) == 1]
    forms = tuple(dict.fromkeys(single))
    return replace(last, forms=forms, rows=()) if len(forms) == many else None
