"""Departments in a question: 市水利局, 卫健委, 残联, 教育部门 as people call those that forms are of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from assistant.asking.language.naming import in_order
from assistant.asking.language.words import bundled_words
from assistant.asking.records.columns import Codes

_PLACE = re.compile("^[一-龥A-Za-z×*]{1,9}?(?:自治区|自治州|新区|开发区|[省市县区州盟旗])(?=[一-龥]{2})")
_PLACE_END = re.compile("[省市县区州盟旗]")
_OWN = "本全我"
_SHORT_PLACE = 2
_ENDS = "局委厅办会联院署部社馆院室"
_LOOSE_END = re.compile("(?:职能|主管)?(?:部门|系统|条线|口)$")
_MENTION = re.compile(f"部门|系统|条线|口(?![径号岸])|[{_ENDS}]")
_LONGEST = 20
_LAST = 4
"""The end of a short name stands among so many last characters: 委 in 委员会, 联 in 联合会."""


class Department(NamedTuple):
    """A department as printed, its place (青禾市, "" where none is printed), what is left, and its forms."""

    name: str
    place: str
    core: str
    forms: tuple[int, ...]


class Named(NamedTuple):
    """Where a department is named, and those that may be meant; more than one: which is not said."""

    start: int
    end: int
    departments: tuple[Department, ...]


class Departments:
    """The departments of a library."""

    def __init__(self, forms: Mapping[str, Codes]) -> None:
        self.all = tuple(
            _department(name, tuple(sorted(numbers.tolist()))) for name, numbers in forms.items() if name
        )
        self.several = len(self.all) > 1

    def named(self, text: str) -> list[Named]:
        """The departments named in ``text`` from left to right; none where all forms are of one."""
        found: list[Named] = []
        if not self.several:
            return found
        for match in _MENTION.finditer(text):
            after = found[-1].end if found else 0
            if (one := self._ending(text, max(after, match.end() - _LONGEST), match.end())) is not None:
                found = [*found, one]
        return found

    def places(self, text: str) -> list[tuple[int, int, tuple[int, ...]]]:
        """The places whose departments have forms (青禾市), named for themselves, each with their forms."""
        found: dict[str, list[int]] = {}
        for one in self.all:
            found.setdefault(one.place, []).extend(one.forms)
        known = [(place, forms) for place, forms in found.items() if len(place) > _SHORT_PLACE]
        return [
            (match.start(), match.end(), tuple(sorted(forms)))
            for place, forms in known
            for match in re.finditer(re.escape(place), text)
        ]

    def _ending(self, text: str, earliest: int, end: int) -> Named | None:
        for start in range(earliest, end - 1):
            meant = tuple(one for one in self.all if _is_called(text[start:end], one))
            if not meant:
                continue
            before = text[:start]
            elsewhere = _PLACE_END.search(before[-1:]) and not (before[-2:-1] and before[-2:-1] in _OWN)
            if elsewhere:
                return Named(start - 1, end, ())
            return Named(start, end, _said_in_full(text[start:end], meant))
        return None


def _department(name: str, forms: tuple[int, ...]) -> Department:
    place = _PLACE.match(name)
    said = place[0] if place and not name.startswith("城市") else ""
    while said and (more := _PLACE.match(name[len(said) :])) and not name[len(said) :].startswith("城市"):
        if _is_a_field(more[0]):
            break
        said += more[0]
    return Department(name, said, name[len(said) :], forms)


def _is_a_field(words: str) -> bool:
    """城市 in 住房城市建设 and 社区 are no places."""
    return words.endswith(("城市", "社区", "都市"))


def _is_called(short: str, department: Department) -> bool:
    """Whether ``short`` is the department's name, or what people call it."""
    if short == department.name:
        return True
    own = _without_place(short, department.place)
    if own is None:
        return False
    core = department.core
    words = bundled_words().departments.get(own, ())
    if len(own) > 1 and any(in_order(word, core) and core.startswith(word[0]) for word in words):
        return True
    field = _LOOSE_END.sub("", own)
    if field != own:
        return len(field) > 1 and core.startswith(field[0]) and in_order(field, core)
    if len(own) < 2 or not core.startswith(own[0]) or not in_order(own, core):
        return False
    return own[-1] in core[-_LAST:]


def _without_place(short: str, place: str) -> str | None:
    """水利局 of 市水利局, 青禾水利局, 我市水利局 for a place called 青禾市; None where nothing is left."""
    if not place:
        return short
    called = {place[at:] for at in range(len(place))}
    called |= {part[:-1] for part in called if len(part) > _SHORT_PLACE}
    called |= {f"{own}{place[-1]}" for own in _OWN}
    said = max((part for part in called if short.startswith(part)), key=len, default="")
    return short[len(said) :] or None


def _said_in_full(short: str, meant: tuple[Department, ...]) -> tuple[Department, ...]:
    """Of those that may be meant the one that is printed so."""
    return tuple(one for one in meant if short in (one.name, one.core)) or meant
