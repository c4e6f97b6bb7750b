"""The prose that a person may ask about: explanations, goals, notes; looked through block by block."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial

import numpy as np

from assistant.asking.language.texts import Pairs, has_pair
from assistant.asking.records.columns import Codes, Mask
from assistant.asking.records.view import View
from assistant.form.text import pairs

RowId = tuple[int, int]
"""Form and row; row 0 means the form's goals and note."""
_Parts = Sequence[Sequence[Sequence[str]]]
"""Of every part one word must be told; each word as its pairs of characters."""


class Prose:
    """Rows are indicators with their actual, explanation and target, and forms with their goals and note."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._told: dict[str, bool] = {}

    def has(self, text: str) -> bool:
        """Whether a character, or a pair of them, stands in any of it."""
        if text not in self._told:
            self._told[text] = self._has(text)
        return self._told[text]

    def _has(self, text: str) -> bool:
        likely = [at for at, known in enumerate(self._pairs) if has_pair(known, text)]
        if any(self._is_whole(at) for at in likely):
            return True
        allowed = self._view.allowed
        return any(self._found(at, [[[text]]], allowed, explaining=False) for at in likely)

    def holding(
        self, parts: Sequence[Sequence[str]], allowed: Mask | None, *, explaining: bool
    ) -> tuple[RowId, ...]:
        """The rows that tell a word of every part; ``allowed`` (None: all) marks the forms that count."""
        wanted = [[pairs(word) for word in part] for part in parts]
        marked = self._view.allowed
        if allowed is not None:
            marked = np.zeros_like(marked)
            marked[self._view.places[allowed]] = True
        likely = [
            at
            for at, known in enumerate(self._pairs)
            if _tells(wanted, partial(has_pair, known)) and marked[self._forms_of(at)].any()
        ]
        blocks = self._view.snapshot.blocks
        # Read together they cost a few queries, one by one some for each.
        self._view.snapshot.store.prose([blocks[at] for at in likely], explaining=explaining)
        found = [row for at in likely for row in self._found(at, wanted, marked, explaining=explaining)]
        return tuple(sorted(found))

    def _found(self, at: int, wanted: _Parts, marked: Mask, *, explaining: bool) -> list[RowId]:
        """The rows of a block, of the forms that ``marked`` has, that tell a word of every part."""
        snapshot = self._view.snapshot
        (told,) = snapshot.store.prose([snapshot.blocks[at]], explaining=explaining)
        forms, frame = self._forms_of(at), snapshot.frames["indicators"]
        owners, starts = snapshot.owners["indicators"], snapshot.starts["indicators"]
        first, last = int(starts[forms.start]), int(starts[forms.stop])
        numbers = np.concatenate((frame.forms[first:last], snapshot.numbers[forms]))
        rows = np.concatenate((frame.rows[first:last], np.zeros(forms.stop - forms.start, dtype=np.int32)))
        counted = np.concatenate((marked[owners[first:last]], marked[forms]))
        good = np.zeros(len(told.texts), dtype=np.bool_)
        good[told.codes[counted]] = True
        good[_left_out(wanted, told.texts, np.flatnonzero(good).tolist())] = False
        chosen = np.flatnonzero(counted & good[told.codes])
        return list(zip(numbers[chosen].tolist(), rows[chosen].tolist(), strict=True))

    def _forms_of(self, at: int) -> slice:
        """Where the forms of a block stand among all of the snapshot."""
        return slice(int(self._starts[at]), int(self._starts[at + 1]))

    def _is_whole(self, at: int) -> bool:
        """Whether all forms of a block are permitted."""
        return bool(self._view.allowed[self._forms_of(at)].all())

    @cached_property
    def _starts(self) -> Codes:
        return np.cumsum([0, *(len(block.head.numbers) for block in self._view.snapshot.blocks)])

    @cached_property
    def _pairs(self) -> list[Pairs]:
        return self._view.snapshot.store.pairs(self._view.snapshot)


def _left_out(wanted: _Parts, texts: Sequence[str], among: list[int]) -> list[int]:
    """The places ``among`` those of the texts that do not tell a word of every part."""
    good = set(among)
    for part in wanted:
        telling: set[int] = set()
        for word in part:
            left = list(good)
            for pair in word:
                left = [place for place in left if pair in texts[place]]
            telling.update(left)
        good = telling
    return [place for place in among if place not in good]


def _tells(wanted: _Parts, has: Callable[[str], bool]) -> bool:
    return all(any(all(map(has, word)) for word in part) for part in wanted)
