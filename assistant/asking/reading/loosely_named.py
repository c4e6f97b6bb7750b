"""Names said with characters left out, 房租征缴 for 房屋出租征缴任务, and names that only prose has."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.asking.reading.entities import Entities

_LEAST, _MOST = 4, 12
_SHARE, _MARGIN = 0.75, 0.2
"""So much of a phrase must a name hold in order, and so much less all others."""
_PROSE = 5
_BESIDE = 3
"""So many characters after a stretch of prose may be lost: 汇智兴业接的."""
_VERB = re.compile("^(?:委托|让|请|由|叫|跟|和|给|与|向)|(?:接|做|干|签|办|搞|承担|负责|公司)+$")


def loosely_named(
    phrases: Sequence[str], forms: Sequence[int] | None, entities: Entities
) -> list[tuple[str, str]]:
    """Of ``phrases`` those that one name alone, or the prose of few cells, nearly holds, each with that."""
    found = []
    for phrase in phrases:
        meant = _by_rows(phrase, forms, entities) or _in_prose(phrase, forms, entities)
        if meant and meant != phrase:
            found.append((phrase, meant))
    return found


def _by_rows(phrase: str, forms: Sequence[int] | None, entities: Entities) -> str:
    """The one name of an indicator that holds most of ``phrase`` in order; "" for none, or more than one."""
    if not _LEAST <= len(phrase) <= _MOST:
        return ""
    shares = {name: _common(phrase, name) / len(phrase) for name in entities.rows_sharing(phrase, forms)}
    ranked = sorted(shares, key=lambda name: -shares[name])
    if not ranked or shares[ranked[0]] < _SHARE:
        return ""
    apart = len(ranked) == 1 or shares[ranked[0]] - shares[ranked[1]] >= _MARGIN
    return ranked[0] if apart else ""


def _common(one: str, other: str) -> int:
    """The length of the longest common subsequence."""
    row = [0] * (len(other) + 1)
    for a in one:
        last = 0
        for at, b in enumerate(other, 1):
            row[at], last = (last + 1 if a == b else max(row[at], row[at - 1])), row[at]
    return row[-1]


def _in_prose(phrase: str, forms: Sequence[int] | None, entities: Entities) -> str:
    """The longest beginning of ``phrase`` that prose holds, where next to nothing comes after it."""
    core = _VERB.sub("", phrase)
    for size in range(len(core), _PROSE - 1, -1):
        # What stands before tells things of one kind apart, what comes after rarely does.
        part = core[:size]
        if len(core) - size <= _BESIDE and entities.passages([part], forms):
            return part
    return ""
