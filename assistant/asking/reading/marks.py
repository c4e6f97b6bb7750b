"""What of a phrase each name holds, as marks over its characters, and how much that is worth."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from assistant.asking.language.texts import Places
from assistant.asking.language.words import bundled_words
from assistant.asking.records.columns import Codes, Mask
from assistant.asking.records.named import Named
from assistant.form.text import pairs
from vectorstore.lexicon import bundled_lexicon

Bits = NDArray[np.uint8]
_CLOSE = 1e-9


@dataclass
class Covered:
    """Of the names that ``among`` marks those that hold a part of a phrase, with the characters they hold."""

    named: Named
    among: Mask
    width: int
    _held: list[tuple[Places, int, int]] = field(default_factory=list)

    def collect(self, wanted: Sequence[str], start: int, end: int) -> None:
        """The names with all of these pairs hold the characters from ``start`` to ``end``."""
        self.add(self.named.having(wanted, self.among), start, end)

    def add(self, names: Places, start: int, end: int) -> None:
        """These names hold the characters from ``start`` to ``end``."""
        if len(names):
            self._held.append((names, start, end))

    def __bool__(self) -> bool:
        return bool(self._held)

    def patterns(self) -> tuple[Places, Codes, list[int]]:
        """The names, for each the number of its pattern, and the patterns as bits (bit n: character n)."""
        names = np.unique(np.concatenate([n for n, _, _ in self._held])) if self._held else self.among[:0]
        marks = np.zeros((len(names), self.width), dtype=np.bool_)
        for held, start, end in self._held:
            marks[np.searchsorted(names, held), start:end] = True
        packed = np.packbits(marks, axis=1, bitorder="little")
        numbers, rows = _different(packed)
        return names.astype(np.int32), numbers, [int.from_bytes(row.tobytes(), "little") for row in rows]


_OWN_WORD = 3
"""A word of so many characters that only prose says means no other that names say: 云课堂, not any 培训."""


def collect_synonyms(text: str, covered: Sequence[Covered], told: Callable[[str], bool]) -> None:
    """A name that says another word for one of the text holds the characters of that word.

    ``told``: whether a word is said in prose alone.
    """
    lexicon, apart = bundled_lexicon(), bundled_words().apart
    start = 0
    for run in text.split("\n"):
        place = start
        for word in lexicon.segment(run):
            itself = word in apart or (len(word) >= _OWN_WORD and told(word))
            for other in () if itself else lexicon.widened.get(word, {}):
                if len(other) > 1:
                    for names in covered:
                        names.collect(pairs(other), place, place + len(word))
            place += len(word)
        start += len(run) + 1


@dataclass(frozen=True)
class Best:
    """The records that hold the most; ``bits``: the characters that the first of them holds."""

    worth: float
    records: Codes
    bits: int


def best_forms(forms: Covered, allowed: Mask, weights: Sequence[float]) -> Best:
    """The permitted forms whose names hold the most."""
    names, numbers, patterns = forms.patterns()
    return _best(forms.named, names, numbers, [(bits, _worth(bits, weights)) for bits in patterns], allowed)


def best_rows(rows: Covered, forms: Covered, owners: Codes, allowed: Mask, weights: Sequence[float]) -> Best:
    """The rows whose names hold the most, together with the names of their forms."""
    names, numbers, patterns = rows.patterns()
    form_names, form_numbers, form_patterns = forms.patterns()
    by_name = np.zeros(len(forms.among), dtype=np.int32)
    by_name[form_names] = form_numbers + 1
    records = rows.named.records(names)
    records = records[allowed[records]]
    by_row = np.zeros(len(rows.among), dtype=np.int32)
    by_row[names] = numbers
    of_row = by_row[rows.named.codes[records]].astype(np.int64)
    of_form = by_name[forms.named.codes[owners[records]]]
    many = len(form_patterns) + 1
    both, which = np.unique(of_row * many + of_form, return_inverse=True)
    bits = [
        patterns[key // many] | (form_patterns[key % many - 1] if key % many else 0) for key in both.tolist()
    ]
    return _chosen(records, which, [(one, _worth(one, weights)) for one in bits])


def _best(
    named: Named, names: Places, numbers: Codes, worths: Sequence[tuple[int, float]], allowed: Mask
) -> Best:
    table = np.zeros(len(named.present), dtype=np.int32)
    table[names] = numbers
    records = named.records(names)
    records = records[allowed[records]]
    return _chosen(records, table[named.codes[records]], worths)


def _chosen(records: Codes, which: Codes, worths: Sequence[tuple[int, float]]) -> Best:
    if not len(records):
        return Best(0.0, records, 0)
    present = np.unique(which).tolist()
    best = max(worths[at][1] for at in present)
    good = np.zeros(len(worths), dtype=np.bool_)
    good[[at for at in present if worths[at][1] >= best - _CLOSE]] = True
    chosen = np.flatnonzero(good[which])
    return Best(best, records[chosen], worths[int(which[chosen[0]])][0])


def _worth(bits: int, weights: Sequence[float]) -> float:
    return sum(w for at, w in enumerate(weights) if bits >> at & 1)


def _different(packed: Bits) -> tuple[Codes, Bits]:
    """For each row the number of its kind, and the kinds."""
    if not len(packed):
        return np.empty(0, dtype=np.int32), packed
    whole = np.ascontiguousarray(packed).view(np.dtype((np.void, packed.shape[1]))).ravel()
    _, first, numbers = np.unique(whole, return_index=True, return_inverse=True)
    return numbers.astype(np.int32), packed[first]
