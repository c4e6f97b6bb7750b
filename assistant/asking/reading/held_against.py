"""Figures held against the rule: which of them, and whether they differ, by how much, or what both read.

The words of it (see ``language.checking``) stand in any order; a run of them that names a figure and says
what it is held against is one question, whatever stands before and after it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from assistant.asking.language.checking import Token
from assistant.asking.reading.mentions import Mention

_LOOSE = frozenset(("join", "number"))
_BY_RULE = frozenset(("rule", "due", "fact", "reached"))
_PRINTED = frozenset(("printed", "shown"))
_BY_POINTS = re.compile("公式|规则|规定|标准|办法|比例")
"""A total by the rule: of the points that each indicator should have, not of those that are printed."""


class _Figure(NamedTuple):
    """The fields of what is printed, what the rule gives, and how far apart; the mark of a mistake."""

    printed: str
    by_rule: str
    gap: str
    wrong: str


_FIGURES = {
    "exec": _Figure("exec_score", "exec_score_rule", "exec_gap", "wrong_exec_score"),
    "rate": _Figure("rate_printed", "rate", "", "wrong_rate"),
    "total": _Figure("total", "total_rule", "total_gap", "wrong_total"),
    "sum": _Figure("total", "total_sum", "", "wrong_total"),
    "score": _Figure("score", "rule_score", "score_gap", "wrong_score"),
    "funds": _Figure("", "", "", "wrong_sources"),
}


class Held(NamedTuple):
    """``marks``: that it is wrong, or is not; none where neither is said. ``fields``: the figures asked for.

    ``used``: the stretches of the question that say so.
    """

    marks: tuple[Mention, ...]
    fields: tuple[Mention, ...]
    used: tuple[tuple[int, int], ...]


def held_against(run: Sequence[Token]) -> Held | None:
    """What a run of such words asks; None where it asks for no check."""
    words = _trimmed(run)
    kinds = {word.kind for word in words}
    figure = _figure_of(words, kinds)
    if figure is None:
        return None
    used = tuple((word.start, word.end) for word in words if word.kind != "number")
    known, by_rule, printed = _FIGURES[figure], kinds & _BY_RULE, kinds & _PRINTED
    named = _named(words)
    held = bool(by_rule or printed or len({word.kind for word in named} - {"part"}) > 1)
    wrong = next((w for w in words if w.kind in ("fits", "differs", "apart", "agrees")), None)
    if wrong is not None and (held or (wrong.kind in ("fits", "differs") and named)):
        marks = [_mention(known.wrong, wrong)]
        if wrong.kind == "fits":
            marks.append(_mention("rightly", wrong))
        numbers = "number" in kinds and known.printed
        beside = (_mention(known.printed, named[0]),) if numbers and named else ()
        return Held(tuple(marks), beside, used)
    if figure == "funds":
        return None
    asked = _asked(words, known, named, held=held)
    return Held((), asked, used) if asked else None


def _trimmed(run: Sequence[Token]) -> tuple[Token, ...]:
    words = list(run)
    while words and words[0].kind in _LOOSE:
        words.pop(0)
    while words and words[-1].kind in _LOOSE:
        words.pop()
    return tuple(words)


def _named(words: Sequence[Token]) -> list[Token]:
    """The words for figures; 各项加起来 is one only beside a total."""
    return [word for word in words if word.kind in (*_FIGURES, "part", "added", "sources")]


def _figure_of(words: Sequence[Token], kinds: set[str]) -> str | None:
    """Which figure is held against the rule; None where none is, or several are."""
    points = any(word.points for word in words) or "score" in kinds
    if kinds & {"funds", "sources"}:
        both = "funds" in kinds and kinds & {"sources", "added"}
        return "funds" if both and not kinds & {"exec", "rate", "total", "score", "sum"} else None
    if kinds & {"sum", "total"}:
        return None if kinds & {"exec", "rate"} else _total_of(words, kinds)
    if "exec" in kinds or (kinds & {"rate", "part"} and points):
        return "exec"
    if "added" in kinds or "part" in kinds:
        return None
    return next((kind for kind in ("rate", "score") if kind in kinds), None) or _by_basis(
        words, points=points
    )


def _total_of(words: Sequence[Token], kinds: set[str]) -> str:
    """A total is held against the points that are printed, or against those that the rule gives."""
    by_points = any(_BY_POINTS.search(word.text) for word in words if word.kind == "rule")
    return "total" if by_points and not kinds & {"sum", "added"} else "sum"


def _by_basis(words: Sequence[Token], *, points: bool) -> str | None:
    """按执行率该得几分, 按完成比例该得几分: the points that a rate gives, or what was completed."""
    by_rule = next((word for word in words if word.kind == "rule"), None)
    if by_rule is None or not points:
        return None
    return "exec" if any(sign in by_rule.text for sign in ("执行", "%", "10", "十")) else "score"


def _asked(
    words: Sequence[Token], known: _Figure, named: Sequence[Token], *, held: bool
) -> tuple[Mention, ...]:
    """The figures asked for: how far apart, what the rule gives, and what is printed beside that."""
    of_rule = [word for word in words if word.kind in _BY_RULE and word.kind != "fact"]
    apart = next((word for word in words if word.kind == "gap" or (word.kind == "off" and held)), None)
    shown = next((word for word in words if word.kind in _PRINTED), None)
    if apart is not None and (named or of_rule):
        fields = [known.gap] if known.gap else [known.printed, known.by_rule]
        return tuple(_mention(field, apart) for field in fields)
    due = next((word for word in of_rule if word.kind == "due"), None)
    asked = due or (shown if shown is not None and shown.kind == "shown" else None)
    if not of_rule or asked is None:
        return ()
    beside = (_mention(known.printed, shown),) if shown is not None else ()
    return (*beside, _mention(known.by_rule, due or of_rule[0]))


def _mention(field: str, word: Token) -> Mention:
    return Mention(field, word.start, word.end, word.text)
