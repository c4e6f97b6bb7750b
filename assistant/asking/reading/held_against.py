"""Figures held against the rule: which of them, and whether they differ, by how much, or what both read.

The words of it (see ``language.checking``) stand in any order; a run of them that names a figure and says
what it is held against is one question, whatever stands before and after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from assistant.asking.language.checking import Token, tokens_of
from assistant.asking.reading.mentions import Mention

_LEFT = frozenset(("number", "who"))
"""What stands between and is read by itself."""
_LOOSE = frozenset(("join", "than", *_LEFT))
_BY_RULE = frozenset(("rule", "due", "again", "fact", "reached"))
_PRINTED = frozenset(("printed", "shown"))
_BY_POINTS = re.compile("公式|规则|规定|标准|办法|比例")
"""A total by the rule: of the points that each indicator should have, not of those that are printed."""
_MORE = re.compile("[多高](?!少)")


_MISPUT = re.compile("[多少高低]?(?:填|写|印|报|标|登|算|加)|虚报")
"""多报了, 填低了: not said of a figure that is merely low."""


class _Figure(NamedTuple):
    """The fields of what is printed, what the rule gives, and how far apart; the mark of a mistake.

    ``apart``: how far, whichever is more; "" where no field tells it.
    """

    printed: str
    by_rule: str
    gap: str
    wrong: str
    apart: str = ""


_FIGURES = {
    "exec": _Figure("exec_score", "exec_score_rule", "exec_gap", "wrong_exec_score", "exec_diff"),
    "rate": _Figure("rate_printed", "rate", "", "wrong_rate", "rate_diff"),
    "total": _Figure("total", "total_rule", "total_gap", "wrong_total", "total_diff"),
    "sum": _Figure("total", "total_sum", "", "wrong_total", "sum_diff"),
    "score": _Figure("score", "rule_score", "score_gap", "wrong_score"),
    "weights": _Figure("", "weight_sum", "", "wrong_weight"),
    "funds": _Figure("", "", "", "wrong_sources"),
}


class Held(NamedTuple):
    """``marks``: that it is wrong, or is not; none where neither is said. ``fields``: the figures asked for.

    ``used``: the stretches of the question that say so.
    """

    marks: tuple[Mention, ...]
    fields: tuple[Mention, ...]
    used: tuple[tuple[int, int], ...]


def checks_in(text: str, taken: Sequence[bool]) -> Iterator[tuple[tuple[int, int], Held]]:
    """Each check that ``text`` asks for, with its place; none where anything is ``taken`` already."""
    for run in tokens_of(text, taken):
        if (held := held_against(run, ends=run[-1].end == len(text))) is not None:
            yield (run[0].start, run[-1].end), held


def held_against(run: Sequence[Token], *, ends: bool) -> Held | None:
    """What a run of such words asks, that ``ends`` the question or not; None where it asks for no check."""
    words = _without_comparing(_trimmed(run))
    kinds = {word.kind for word in words}
    figure = _figure_of(words, kinds)
    if figure is None:
        return None
    used = tuple((word.start, word.end) for word in words if word.kind not in _LEFT)
    known, by_rule, printed = _FIGURES[figure], kinds & _BY_RULE, kinds & _PRINTED
    named = _named(words)
    held = bool(by_rule or printed or "way" in kinds or len({word.kind for word in named} - {"part"}) > 1)
    way = _way_of(words, figure, by_rule=bool(by_rule)) if named else ""
    if figure == "weights" and (off := next((w for w in words if w.kind == "off_full"), None)) is not None:
        return Held((_mention("weight_off", off),), (), used)
    far = next((word for word in words if word.kind == "far"), None)
    if far is not None:
        return Held((), (_mention(known.apart, far),), used) if held and known.apart else None
    wrong = next((w for w in words if w.kind in ("fits", "differs", "apart", "agrees")), None)
    if wrong is None and way:
        wrong = next(w for w in words if w.kind in ("gap", "way", "off"))
    if wrong is not None and (held or way or (wrong.kind in ("fits", "differs") and named)):
        mistaken = "" if figure == "score" and way else known.wrong
        names = (mistaken, "rightly" if wrong.kind == "fits" else "", way)
        marks = [_mention(name, wrong) for name in names if name]
        numbers = "number" in kinds and known.printed
        beside = (_mention(known.printed, named[0]),) if numbers and named else ()
        return Held(tuple(marks), beside, used)
    asked = () if figure == "funds" else _asked(words, known, held=held, ends=ends) or _stated(words, known)
    asked = asked or _by_its_points(words, known)
    if not asked:
        return None
    if figure == "score" and "way" in kinds and not (by_rule or printed):
        # 打分偏低的指标有哪些,偏低多少: which way they are off is a condition on them, and read by itself.
        used = tuple((word.start, word.end) for word in words if word.kind in ("gap", "off"))
    return Held((_mention("correct", words[0]),) if figure == "weights" else (), asked, used)


def _without_comparing(words: tuple[Token, ...]) -> tuple[Token, ...]:
    """哪个总分高,高多少: a bare 高 says nothing of a rule; two forms are compared."""
    kinds = {word.kind for word in words}
    if kinds & (_BY_RULE | _PRINTED) or len({word.kind for word in _named(words)}) > 1:
        return words
    return tuple(word for word in words if word.kind != "way" or _BARE.fullmatch(word.text) is None)


_BARE = re.compile("(?:还|要|都)?[高低多少大小]")


def _trimmed(run: Sequence[Token]) -> tuple[Token, ...]:
    """The words without what only joins them at either end; a number at the end is what one of them reads."""
    words = list(run)
    while words and words[0].kind in _LOOSE:
        words.pop(0)
    while words and words[-1].kind in _LOOSE - {"number"}:
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
    if "weights" in kinds:
        return None if kinds & {"exec", "rate", "total", "sum", "score"} else "weights"
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


def _asked(words: Sequence[Token], known: _Figure, *, held: bool, ends: bool) -> tuple[Mention, ...]:
    """The figures asked for: how far apart, what the rule gives, and what is printed beside that."""
    if any(w.kind == "gap" or (w.kind == "off" and held) for w in words):
        apart = next(w for w in words if w.kind in ("gap", "off"))
        fields = [known.gap] if known.gap else [field for field in (known.printed, known.by_rule) if field]
        return tuple(_mention(field, apart) for field in fields)
    of_rule = [word for word in words if word.kind in (*_BY_RULE, "sum") and word.kind != "fact"]
    shown = next((word for word in words if word.kind in _PRINTED), None)
    asks = any(word.kind in ("due", "shown", "ask") for word in words) or (ends and words[-1].kind == "again")
    if not of_rule or not asks:
        return ()
    beside = (_mention(known.printed, shown),) if shown is not None and known.printed else ()
    return (*beside, _mention(known.by_rule, of_rule[0]))


def _stated(words: Sequence[Token], known: _Figure) -> tuple[Mention, ...]:
    """应得9.58分却只打了9分: what the rule gives and what is printed, each with a number right behind it."""
    before = [left for left, right in pairwise(words) if right.kind == "number"]
    if not any(word.kind == "rule" for word in before):
        return ()
    return tuple(_mention(known.by_rule if w.kind == "rule" else known.printed, w) for w in before)


def _by_its_points(words: Sequence[Token], known: _Figure) -> tuple[Mention, ...]:
    """花钱那一项只得了9分: their number, if no word, tells that points are meant."""
    parts = (word for word in words if word.kind == "part" and word.points)
    return tuple(_mention(known.printed, part) for part in parts)


def _way_of(words: Sequence[Token], figure: str, *, by_rule: bool) -> str:
    """The mark for which way figures are off: 虚高,高多少 of a form, 打得比规则高 of its indicators."""
    apart = any(word.kind in ("gap", "off") or _MISPUT.match(word.text) for word in words)
    told = next((word for word in words if word.kind in ("way", "gap")), None)
    if told is None:
        return ""
    ways = {_MORE.search(word.text) is not None for word in words if word.kind in ("way", "gap")}
    if len(ways) > 1:
        return ""
    more = ways.pop() != (not _MISPUT.match(told.text) and _rule_first(words))
    if figure == "score" and by_rule and not apart:
        return "over_scored" if more else "under_scored"
    if figure in ("exec", "total", "sum", "rate") and apart:
        return "too_high" if more else "too_low"
    return ""


def _rule_first(words: Sequence[Token]) -> bool:
    """按公式算的比填的高: it is what the rule gives that is more."""
    than = next((at for at, word in enumerate(words) if word.kind == "than"), 0)
    return any(word.kind in _BY_RULE or word.kind == "sum" for word in words[:than]) and not any(
        word.kind in _BY_RULE or word.kind == "sum" for word in words[than:]
    )


def _mention(field: str, word: Token) -> Mention:
    return Mention(field, word.start, word.end, word.text)
