"""Offices in a question: 离退休处, 县图书馆, 基础教育股 as people call those that implement forms."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from assistant.asking.records.columns import Codes
from assistant.asking.records.office_names import OFFICE_ENDING, OFFICE_ENDS, OfficeNames
from assistant.form.text import pairs

_ORGANISATION = re.compile(f"[一-龥]{{1,12}}?(?:{OFFICE_ENDS}|支队|学校|医院|公司)")
_WORD = re.compile("[一-龥]{2,13}$")
_ANY_SUCH = re.compile("(?:(?:几|多少|[0-9])[所家个]|[县市区镇乡村州]的)(?:学校|医院|公司|支队|中心)$")
"""抽查了几所学校, 哪个县的学校: some of a kind, no office that is called so."""
_LEAST = 3
Mentioned = tuple[int, int, tuple[int, ...]]
"""Where an office is named, and the forms that it implements."""


class OfficesNamed:
    """The offices of a library. ``known``: whether its names say a pair of characters themselves."""

    def __init__(self, names: OfficeNames, known: Callable[[str], bool]) -> None:
        self._names, self._known = names, known

    def in_full(self, text: str) -> list[Mentioned]:
        """Whole names of offices in ``text``, the longest first, with their forms."""
        return [(start, end, _sorted(forms)) for start, end, forms in self._names.whole_in(text)]

    def mentioned(self, text: str) -> list[Mentioned]:
        """Names of offices in ``text``, as printed or as people call them, each with its forms."""
        found = []
        for start, end in self._likely(text):
            words = text[start:end]
            if _ANY_SUCH.search(text[:end]):
                continue
            best = self._called(words)
            if best is None:
                best = self._mistyped(words)
            if best is not None:
                length, forms = best
                found.append((end - length, end, forms))
        return [*found, *self._shortened(text, found)]

    def _shortened(self, text: str, found: Sequence[Mentioned]) -> Iterator[Mentioned]:
        """体校 for 体育运动学校: two or three characters of one office alone, in order, its last the last."""
        taken = {at for start, end, _ in found for at in range(start, end)}
        for start in range(len(text) - 1):
            for end in (start + _LEAST, start + _LEAST - 1):
                name = text[start:end]
                if len(name) < end - start or not _WORD.fullmatch(name) or taken & {*range(start, end)}:
                    continue
                if any(map(self._known, pairs(name))) or len(forms := self._names.shortened(name)) != 1:
                    continue
                taken |= {*range(start, end)}
                yield start, end, _sorted(forms)

    def _likely(self, text: str) -> Iterator[tuple[int, int]]:
        """Stretches that end as offices do, or as one of the library's: 文化馆."""
        usual = {match.end(): match.start() for match in _ORGANISATION.finditer(text)}
        own = {end for end in range(2, len(text) + 1) if text[end - 2 : end] in self._names.own_ends}
        after = 0
        for end in sorted({*usual, *own}):
            word = _WORD.search(text[max(after, usual.get(end, 0)) : end])
            if word is not None:
                yield end - len(word[0]), end
                after = end

    def _called(self, words: str) -> tuple[int, tuple[int, ...]] | None:
        """The longest end of ``words`` that names an office: its length and forms."""
        for start in range(len(words) - 1):
            name = words[start:]
            core = OFFICE_ENDING.sub("", name)
            if forms := self._names.called(name, core):
                return len(name), _sorted(forms)
        return None

    def _mistyped(self, words: str) -> tuple[int, tuple[int, ...]] | None:
        """离退修处: three characters or more before the ending, one of them another one."""
        for start in range(len(words) - _LEAST):
            name = words[start:]
            core = OFFICE_ENDING.sub("", name)
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
