"""The names of offices, found by the characters in them: a library of many places has thousands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property

import numpy as np

from assistant.asking.language.naming import is_called, nearly
from assistant.asking.records.columns import Codes

OFFICE_ENDS = "处室|处|局|办公室|办|中心|科|站|委|厅|院|所|室|队|部|股"
_AUTHORITY = re.compile("(?:厅|委(?!员)|局|府)(?=.)")
OFFICE_ENDING = re.compile(f"(?:{OFFICE_ENDS})$")
"""What people leave off an office's name, or put there."""
_LEAST = 5
"""A whole name of fewer characters may be part of another word."""
_NEAR_END = 8
_NONE: Codes = np.empty(0, dtype=np.int32)


class OfficeNames:
    """Offices by their names, each with its forms."""

    def __init__(self, forms: Mapping[str, Codes]) -> None:
        self._names = tuple(forms)
        self._forms = forms

    @cached_property
    def own_ends(self) -> frozenset[str]:
        """The last two characters of names that do not end as offices usually do: 化馆 of 文化馆."""
        return frozenset(name[-2:] for name in self._names if not OFFICE_ENDING.search(name))

    def called(self, name: str, core: str) -> list[Codes]:
        """The forms of each office that people call ``name``; ``core``: that without its ending."""
        # An office that is one character shorter holds nothing that the name does not.
        shorter = [name[:at] + name[at + 1 :] for at in range(len(name))]
        likely = {*self.holding(core + name[-1]), *(one for one in shorter if one in self._forms)}
        return [self._forms[office] for office in likely if is_called(name, core, office)]

    def shortened(self, name: str) -> list[Codes]:
        """The forms of each office, such as no usual ending tells, that ends with what ``name`` is short for.

        体校: the last character is the office's own, the others begin words near the end of it.
        """
        if name[-1] not in self._own_last:
            return []
        ends = re.compile(f"{'[^、]{0,4}?'.join(map(re.escape, name))}$")
        likely = (one for one in self.holding(name) if one[-2:] in self.own_ends and not one.endswith(name))
        return [self._forms[office] for office in likely if ends.search(office[-_NEAR_END:])]

    @cached_property
    def _own_last(self) -> frozenset[str]:
        return frozenset(end[-1] for end in self.own_ends)

    def whole_in(self, text: str) -> list[tuple[int, int, list[Codes]]]:
        """Where ``text`` has whole names, of which none overlaps a longer one, each with its forms."""
        found: list[tuple[int, int, list[Codes]]] = []
        longest = max(map(len, self._whole), default=0)
        for size in range(min(longest, len(text)), _LEAST - 1, -1):
            stretches = dict.fromkeys(text[at : at + size] for at in range(len(text) - size + 1))
            for name in stretches:
                at = text.find(name) if name in self._whole else -1
                if at >= 0 and not any(a < at + size and at < b for a, b, _ in found):
                    found.append((at, at + size, self._whole[name]))
        return sorted(found, key=lambda one: one[:2])

    @cached_property
    def _whole(self) -> Mapping[str, list[Codes]]:
        """The names, also without the authority before them: 离退休干部工作处."""
        names: dict[str, list[Codes]] = {}
        for office, numbers in self._forms.items():
            own = _AUTHORITY.split(office)[-1]
            for name in {office, own if OFFICE_ENDING.search(own) else office}:
                names.setdefault(name, []).append(numbers)
        return names

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
