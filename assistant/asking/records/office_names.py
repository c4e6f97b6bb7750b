"""The names of offices, found by the characters in them: a library of many places has thousands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

import numpy as np

from assistant.asking.language.naming import is_called, nearly
from assistant.asking.records.columns import Codes

_NONE: Codes = np.empty(0, dtype=np.int32)


class OfficeNames:
    """Offices by their names, each with its forms."""

    def __init__(self, forms: Mapping[str, Codes]) -> None:
        self._names = tuple(forms)
        self._forms = forms

    def items(self) -> Iterable[tuple[str, Codes]]:
        """Every name with its forms."""
        return self._forms.items()

    def called(self, name: str, core: str) -> list[Codes]:
        """The forms of each office that people call ``name``; ``core``: that without its ending."""
        # An office that is one character shorter holds nothing that the name does not.
        shorter = [name[:at] + name[at + 1 :] for at in range(len(name))]
        likely = {*self.holding(core + name[-1]), *(one for one in shorter if one in self._forms)}
        return [self._forms[office] for office in likely if is_called(name, core, office)]

    def nearly_called(self, name: str, core: str, at: int) -> list[Codes]:
        """The forms of each office that ends as ``name`` and holds ``core`` with ``core[at]`` another one."""
        likely = self.holding(core[:at] + core[at + 1 :] + name[-1])
        found = (one for one in likely if one.endswith(name[-1]) and nearly(core, at, one))
        return [self._forms[office] for office in found]

    def holding(self, characters: Iterable[str]) -> list[str]:
        """The names in which each of these characters stands, in their order."""
        postings = sorted((self._by_character.get(one, _NONE) for one in set(characters)), key=len)
        if not postings:
            return [*self._names]
        left = postings[0]
        for places in postings[1:]:
            left = left[np.isin(left, places, assume_unique=True)]
        return [self._names[place] for place in left.tolist()]

    @cached_property
    def _by_character(self) -> dict[str, Codes]:
        found: dict[str, list[int]] = {}
        for place, name in enumerate(self._names):
            for character in set(name):
                found.setdefault(character, []).append(place)
        return {character: np.array(places, dtype=np.int32) for character, places in found.items()}


def grouped(keys: Mapping[int, str], codes: Codes, values: Codes) -> dict[str, Codes]:
    """The ``values`` of each key in their order; ``codes`` tells for every value the place of its key."""
    order = np.argsort(codes, kind="stable")
    present, starts = np.unique(codes[order], return_index=True)
    parts = np.split(values[order], starts[1:]) if len(present) else []
    found: dict[str, list[Codes]] = {}
    for place, part in zip(present.tolist(), parts, strict=True):
        found.setdefault(keys[place], []).append(part)
    return {
        key: several[0] if len(several) == 1 else np.concatenate(several) for key, several in found.items()
    }
