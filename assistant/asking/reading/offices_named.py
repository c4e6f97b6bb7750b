"""Offices in a question: 离退休处, 县图书馆, 基础教育股 as people call those that implement forms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np

from assistant.asking.records.columns import Codes
from assistant.asking.records.office_names import OfficeNames

_ENDS = "处室|处|局|办公室|办|中心|科|站|委|厅|院|所|室|队|部|股"
_ORGANISATION = re.compile(f"[一-龥]{{1,12}}?(?:{_ENDS}|支队|学校|医院|公司)")
_AUTHORITY = re.compile("(?:厅|委(?!员)|局|府)(?=.)")
_TAIL = re.compile(f"(?:{_ENDS})$")
_WORD = re.compile("[一-龥]{2,13}$")
_LONG_NAME = 5
_LEAST = 3
Mentioned = tuple[int, int, tuple[int, ...]]
"""Where an office is named, and the forms that it implements."""


class OfficesNamed:
    """The offices of a library."""

    def __init__(self, names: OfficeNames) -> None:
        self._names = names

    def in_full(self, text: str) -> list[Mentioned]:
        """Whole names of offices in ``text``, the longest first, with their forms."""
        found: list[Mentioned] = []
        longest = max(map(len, self._full_names), default=0)
        for size in range(min(longest, len(text)), _LONG_NAME - 1, -1):
            stretches = dict.fromkeys(text[at : at + size] for at in range(len(text) - size + 1))
            for unit in stretches:
                at = text.find(unit) if unit in self._full_names else -1
                if at >= 0 and not any(a < at + size and at < b for a, b, _ in found):
                    found.append((at, at + size, _sorted(self._full_names[unit])))
        return sorted(found)

    def mentioned(self, text: str) -> list[Mentioned]:
        """Names of offices in ``text``, as printed or as people call them, each with its forms."""
        found = []
        for start, end in self._likely(text):
            words = text[start:end]
            best = self._called(words)
            if best is None:
                best = self._mistyped(words)
            if best is not None:
                length, forms = best
                found.append((end - length, end, forms))
        return found

    def _likely(self, text: str) -> Iterator[tuple[int, int]]:
        """Stretches that end as offices do, or as one of the library's: 文化馆."""
        usual = {match.end(): match.start() for match in _ORGANISATION.finditer(text)}
        own = {end for end in range(2, len(text) + 1) if text[end - 2 : end] in self._own_ends}
        after = 0
        for end in sorted({*usual, *own}):
            word = _WORD.search(text[max(after, usual.get(end, 0)) : end])
            if word is not None:
                yield end - len(word[0]), end
                after = end

    @cached_property
    def _own_ends(self) -> frozenset[str]:
        """The last two characters of offices whose names do not end as offices usually do."""
        return frozenset(name[-2:] for name, _ in self._names.items() if not _ORGANISATION.search(name[-3:]))

    @cached_property
    def _full_names(self) -> Mapping[str, list[Codes]]:
        """The offices' names, also without the authority before them: 离退休干部工作处."""
        names: dict[str, list[Codes]] = {}
        for unit, numbers in self._names.items():
            own = _AUTHORITY.split(unit)[-1]
            for name in {unit, own if _TAIL.search(own) else unit}:
                names.setdefault(name, []).append(numbers)
        return names

    def _called(self, words: str) -> tuple[int, tuple[int, ...]] | None:
        """The longest end of ``words`` that names an office: its length and forms."""
        for start in range(len(words) - 1):
            name = words[start:]
            core = _TAIL.sub("", name)
            if forms := self._names.called(name, core):
                return len(name), _sorted(forms)
        return None

    def _mistyped(self, words: str) -> tuple[int, tuple[int, ...]] | None:
        """离退修处: three characters or more before the ending, one of them another one."""
        for start in range(len(words) - _LEAST):
            name = words[start:]
            core = _TAIL.sub("", name)
            if len(core) < _LEAST or core == name:
                continue
            for at in range(1, len(core)):
                if forms := self._names.nearly_called(name, core, at):
                    return len(name), _sorted(forms)
        return None


def inside_one_another(found: Sequence[Mentioned]) -> list[Mentioned]:
    """公安局交警大队: an office named right after the one that it is of, as one."""
    joined: list[Mentioned] = []
    for start, end, forms in sorted(found):
        if joined and joined[-1][1] == start and (shared := {*joined[-1][2]} & {*forms}):
            joined[-1] = (joined[-1][0], end, tuple(sorted(shared)))
        else:
            joined.append((start, end, forms))
    return joined


def _sorted(forms: Sequence[Codes]) -> tuple[int, ...]:
    return tuple(np.unique(np.concatenate(forms)).tolist())
