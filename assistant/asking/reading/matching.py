"""What a phrase was found to mean, and what of it a name need not hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.asking.language.words import bundled_words

RowId = tuple[int, int]
"""Form and row."""
ALMOST_KNOWN = 0.25
"""A phrase of which no more is unknown means what was found."""


@dataclass(frozen=True)
class Match:
    """What a phrase means. ``unknown``: share of the phrase (by weight) that nothing explains.

    ``forms`` alone where only names of projects matched, else also ``rows``; ``left``: what is unexplained.
    """

    forms: tuple[int, ...] = ()
    rows: tuple[RowId, ...] = ()
    unknown: float = 1.0
    left: str = ""


def forgiven(match: Match, text: str, weights: Sequence[float]) -> Match:
    """The match where words that a name need not hold do not count as unknown."""
    if not match.forms or match.unknown <= 0:
        return match
    missing = [at for at, c in enumerate(match.left) if c not in " \n"]
    soft = {
        at
        for word in bundled_words().soft
        for start in range(len(text) - len(word) + 1)
        if text.startswith(word, start)
        for at in range(start, start + len(word))
    }
    soft |= set(_done_at_ends(text))
    hard = [at for at in missing if at not in soft]
    known = sum(w for at, w in enumerate(weights) if at not in missing)
    rest = sum(weights[at] for at in hard)
    left = "".join(c if at in hard else " " for at, c in enumerate(match.left))
    return replace(match, unknown=rest / ((known + rest) or 1.0), left=left)


def _done_at_ends(text: str) -> Iterator[int]:
    """Where a run begins or ends with what was done: 铺 of 污水管网铺."""
    verbs, start = bundled_words().verbs, 0
    for run in text.split("\n"):
        yield from (start + at for at in {0, len(run) - 1} if len(run) > 1 and run[at] in verbs)
        start += len(run) + 1
