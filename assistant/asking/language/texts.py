"""Many short texts, found by the pairs of characters in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.integer[Any]]
Pairs = NDArray[np.uint64]
_BREAK = 10
_BITS = np.uint64(21)
"""So many bits hold any character."""
_LAST = np.uint64((1 << 21) - 1)
_MOST_PARTS = 8
_NONE: Places = np.empty(0, dtype=np.int32)


@dataclass(frozen=True)
class _Part:
    """``keys``: pairs in rising order; the texts with the n-th are ``places[starts[n]:starts[n + 1]]``.

    ``first``: the place of its first text.
    """

    first: int
    keys: Pairs
    starts: NDArray[np.intp]
    places: Places

    def having(self, key: np.uint64) -> Places:
        at = int(np.searchsorted(self.keys, key))
        if at == len(self.keys) or self.keys[at] != key:
            return _NONE
        return self.places[self.starts[at] : self.starts[at + 1]]


class Texts:
    """Texts by the order in which they came; more can be added at any time."""

    def __init__(self) -> None:
        self.all: list[str] = []
        self._parts: list[_Part] = []

    def add(self, texts: Sequence[str]) -> None:
        """Takes up more texts."""
        if not texts:
            return
        kept, first = self._parts, len(self.all)
        self.all += texts
        if len(kept) >= _MOST_PARTS:
            # The small parts become one; all of it is arranged anew only when they are no longer small.
            kept = kept[:1] if len(self.all) < 2 * kept[1].first else []
            first = self._parts[1].first if kept else 0
        self._parts = [*kept, _part(self.all[first:], first)]

    def having(self, pair: str) -> Places:
        """The places of the texts that hold a pair of characters, in rising order."""
        key = _key(pair)
        found = [part.having(key) for part in self._parts]
        return found[0] if len(found) == 1 else np.concatenate(found or [_NONE])

    def having_all(self, wanted: Iterable[str]) -> Places:
        """The places of the texts that hold each of these pairs."""
        found = sorted((self.having(pair) for pair in set(wanted)), key=len)
        if not found:
            return _NONE
        left, among = found[0], np.zeros(len(self.all), dtype=np.bool_)
        for places in found[1:]:
            if not len(left):
                return left
            among[places] = True
            left = left[among[left]]
            among[places] = False
        return left


def pairs_in(texts: Sequence[str]) -> Pairs:
    """The different pairs of characters in these texts, and what texts of one character say, as numbers."""
    keys, _ = _keys("\n".join(texts))
    return np.union1d(keys, np.array([ord(text) for text in texts if len(text) == 1], dtype=np.uint64))


def has_pair(known: Pairs, text: str) -> bool:
    """Whether a pair of characters, or one character, stands in the texts of ``pairs_in``."""
    if len(text) == 1:
        one = np.uint64(ord(text))
        return bool(((known >> _BITS == one) | (known & _LAST == one)).any())
    key = _key(text)
    at = int(np.searchsorted(known, key))
    return at < len(known) and bool(known[at] == key)


def _key(pair: str) -> np.uint64:
    return (np.uint64(ord(pair[0])) << _BITS) | np.uint64(ord(pair[1]))


def _keys(joined: str) -> tuple[Pairs, NDArray[np.intp]]:
    """The pairs within the lines of a text, and for each the place of its first character."""
    characters = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    inside = characters != _BREAK
    at = np.flatnonzero(inside[:-1] & inside[1:])
    return (characters[at].astype(np.uint64) << _BITS) | characters[at + 1].astype(np.uint64), at


def _part(texts: Sequence[str], first: int) -> _Part:
    keys, at = _keys("\n".join(texts))
    ends = np.cumsum([len(text) + 1 for text in texts])
    places = np.searchsorted(ends, at, side="right").astype(np.int32) + np.int32(first)
    order = np.argsort(keys, kind="stable")
    keys, places = keys[order], places[order]
    new = np.ones(len(keys), dtype=np.bool_)
    new[1:] = (keys[1:] != keys[:-1]) | (places[1:] != places[:-1])
    keys, places = keys[new], places[new]
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1]))) if len(keys) else at[:0]
    return _Part(first, keys[starts], np.append(starts, len(keys)), places)
