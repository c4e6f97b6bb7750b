"""The names of the records that a person may ask about, of one sort: which there are, and whose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np

from assistant.asking.language.naming import one_other
from assistant.asking.language.texts import Places
from assistant.asking.records.columns import Codes, Mask
from assistant.asking.records.fields import Sort
from assistant.asking.records.view import View
from assistant.form.text import pairs


class Named:
    """Names by their places; a record is meant by its place among the permitted ones of its sort."""

    def __init__(self, view: View, of: Sort, field: str) -> None:
        _, self.codes = view.column(of, field)
        self._texts = view.snapshot.store.texts(of, field)
        self.present = self.used_by(np.arange(len(self.codes), dtype=np.int32))

    def __getitem__(self, place: int) -> str:
        return self._texts.all[place]

    def of(self, record: int) -> str:
        """The name of a record."""
        return self._texts.all[int(self.codes[record])]

    def used_by(self, records: Codes) -> Mask:
        """For each name whether one of these records has it."""
        used = np.zeros(len(self._texts.all), dtype=np.bool_)
        used[self.codes[records]] = True
        return used

    def has(self, pair: str) -> bool:
        """Whether a pair of characters stands in a name."""
        return len(self.having([pair])) > 0

    def having(self, wanted: Sequence[str], among: Mask | None = None) -> Places:
        """The names that hold each of these pairs; ``among`` (None: all that there are) marks which count."""
        found = self._texts.having(wanted[0]) if len(wanted) == 1 else self._texts.having_all(wanted)
        marked = self.present if among is None else among
        # Texts that came after these names were listed are of forms that are not looked at yet.
        found = found[found < len(marked)]
        return found[marked[found]]

    def holding(self, text: str) -> Iterator[int]:
        """The names in which ``text`` stands as it is."""
        if len(text) < 2:
            return (at for at in np.flatnonzero(self.present).tolist() if text in self._texts.all[at])
        return (at for at in self.having(pairs(text)).tolist() if text in self._texts.all[at])

    def inside(self, text: str) -> Iterator[tuple[str, int]]:
        """The names of a single record that stand whole in ``text``, each with its record."""
        for at in self._listed.tolist():
            if self._texts.all[at] in text and self.number_of_records(at) == 1:
                yield self._texts.all[at], int(self._by_name[self._starts[at]])

    def matching(self, pattern: re.Pattern[str]) -> Iterator[int]:
        """The names in a part of which a pattern is found that spans no line."""
        for found in pattern.finditer(self._joined):
            place = int(np.searchsorted(self._ends, found.start(), side="right"))
            yield int(self._listed[place])

    def nearly(self, phrase: str) -> list[int]:
        """The names that hold ``phrase`` with one character another one, in rising order."""
        found: set[int] = set()
        for at in range(len(phrase)):
            pattern = re.compile(one_other(phrase, at))
            wanted = [*pairs(phrase[:at]), *pairs(phrase[at + 1 :])]
            likely = (
                (place for place in self.having(wanted).tolist() if pattern.search(self._texts.all[place]))
                if wanted
                else self.matching(pattern)
            )
            found.update(likely)
        return sorted(found)

    def records(self, names: Places) -> Codes:
        """The records that have one of these names, in their order."""
        if not len(names):
            return self.codes[:0]
        starts, sizes = self._starts[names], self._starts[names + 1] - self._starts[names]
        skipped = np.repeat(np.cumsum(sizes) - sizes, sizes)
        within = np.arange(int(sizes.sum())) - skipped
        return np.sort(self._by_name[np.repeat(starts, sizes) + within])

    def number_of_records(self, name: int) -> int:
        """How many records have a name."""
        return int(self._starts[name + 1] - self._starts[name])

    @cached_property
    def _by_name(self) -> Codes:
        return np.argsort(self.codes, kind="stable").astype(np.int32)

    @cached_property
    def _starts(self) -> Codes:
        counts = np.bincount(self.codes, minlength=len(self._texts.all))
        return np.concatenate(([0], np.cumsum(counts)))

    @cached_property
    def _listed(self) -> Codes:
        return np.flatnonzero(self.present)

    @cached_property
    def _joined(self) -> str:
        return "\n".join([self._texts.all[at] for at in self._listed.tolist()])

    @cached_property
    def _ends(self) -> Codes:
        return np.cumsum([len(self._texts.all[at]) + 1 for at in self._listed.tolist()])
