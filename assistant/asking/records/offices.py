"""The findings that compare past forms of one office: of one year, and of a year with the one before."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from itertools import groupby
from threading import RLock
from typing import NamedTuple

from assistant.asking.records.blocks import fingerprint
from assistant.asking.records.said import Said, said_of
from assistant.errors import AssistantError
from assistant.form.model import Form
from assistant.library import Facts
from assistant.rules.batch import IN_ONE_YEAR, OF_TWO_YEARS
from assistant.rules.check import case_of
from assistant.rules.rule import BatchRule, Case, FormYear
from assistant.rules.year import own_year

_MOST_KEPT = 20_000
_SAVED_AT_ONCE = 500
_STAMP = 32


class Member(NamedTuple):
    """A form of an office; ``told``: the year that other forms tell for it, 0 where it tells its own."""

    number: int
    content: str
    told: int = 0


class Group(NamedTuple):
    """The forms of an office in a year, and those of the year before."""

    office: str
    year: int
    now: tuple[Member, ...]
    before: tuple[Member, ...]


class Found(NamedTuple):
    """The findings of a group, each with the number of its form, under the stamps of its forms."""

    now: str
    before: str
    same_year: Sequence[tuple[int, Said]]
    two_years: Sequence[tuple[int, Said]]

    def of(self, now: str, before: str) -> list[tuple[int, Said]] | None:
        """What was found where it still holds, also where nothing is left of the year before; else None."""
        if self.now != now or before not in (self.before, ""):
            return None
        return [*self.same_year, *(self.two_years if before else ())]


Forms = Callable[[Iterable[int]], list[Form]]
"""Reads the forms of these numbers."""


class OfficeFindings:
    """The findings across forms of one library; one object serves all threads."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._lock = RLock()
        self._stored: dict[str, dict[int, Found]] | None = None
        self._kept: OrderedDict[tuple[str, int, str, str], list[tuple[int, Said]]] = OrderedDict()

    def of(self, groups: Sequence[Group], forms: Forms, *, keep: bool) -> list[tuple[int, Said]]:
        """The findings of these groups with the numbers of their forms.

        ``keep``: these are all groups of the library, so that what is found is stored.
        """
        with self._lock:
            missing = [group for group in groups if self._known(group) is None]
            if missing:
                # Another process may have compared them meanwhile.
                self._stored = None
                missing = [group for group in missing if self._known(group) is None]
            self._compare(missing, groups, forms, keep=keep)
            return [one for group in groups for one in self._known(group) or ()]

    def _known(self, group: Group) -> list[tuple[int, Said]] | None:
        now, before = _stamp(group.now), _stamp(group.before)
        stored = self._read().get(_key(group.office), {}).get(group.year)
        found = stored.of(now, before) if stored else None
        return found if found is not None else self._kept.get((group.office, group.year, now, before))

    def _read(self) -> dict[str, dict[int, Found]]:
        if self._stored is None:
            self._stored = {office: _body_read(body) for office, body in self._facts.offices().items()}
        return self._stored

    def _compare(self, missing: Sequence[Group], every: Sequence[Group], forms: Forms, *, keep: bool) -> None:
        """Compares the forms of the ``missing`` groups, and keeps what is found."""
        years: dict[str, set[int]] = {}
        for group in every if keep else ():
            years.setdefault(group.office, set()).add(group.year)
        changed: dict[str, dict[int, Found]] = {}
        for office, some in groupby(missing, key=lambda group: group.office):
            found = {group.year: compared(group, forms) for group in some}
            if keep:
                known = {**self._read().get(_key(office), {}), **found}
                changed[_key(office)] = {year: known[year] for year in known if year in years[office]}
                if len(changed) >= _SAVED_AT_ONCE:
                    self._save(changed)
                    changed = {}
                continue
            for year, one in found.items():
                self._kept[office, year, one.now, one.before] = [*one.same_year, *one.two_years]
            while len(self._kept) > max(_MOST_KEPT, len(every)):
                self._kept.popitem(last=False)
        if changed:
            self._save(changed)

    def _save(self, changed: Mapping[str, dict[int, Found]]) -> None:
        self._read().update(changed)
        with suppress(AssistantError):
            # A database that cannot be written to is still asked: what was found stays in memory.
            self._facts.save_offices({office: _body_of(found) for office, found in changed.items()})


def compared(group: Group, forms: Forms) -> Found:
    """What the rules that compare forms of an office find in the forms of a group."""
    read = forms([member.number for member in (*group.before, *group.now)])
    cases = [_case(form, member) for form, member in zip(read, (*group.before, *group.now), strict=True)]
    later = cases[len(group.before) :]
    same_year = _found(IN_ONE_YEAR, later, group.now)
    two_years = _found(OF_TWO_YEARS, cases, (*group.before, *group.now)) if group.before else []
    return Found(_stamp(group.now), _stamp(group.before), same_year, two_years)


def _found(
    rules: Sequence[BatchRule], cases: Sequence[Case], members: Sequence[Member]
) -> list[tuple[int, Said]]:
    return [
        (members[at].number, said_of(cases[at].form, finding))
        for rule in rules
        for at, finding in rule.findings(cases)
    ]


def _case(form: Form, member: Member) -> Case:
    year = FormYear(year=member.told, told_by="batch") if member.told else own_year(form)
    return case_of(form, year)


def _stamp(members: Sequence[Member]) -> str:
    """What decides what is found among these forms; empty for none."""
    if not members:
        return ""
    said = "\n".join([fingerprint(), *(f"{one.number} {one.content} {one.told}" for one in members)])
    return hashlib.sha256(said.encode()).hexdigest()[:_STAMP]


def _key(office: str) -> str:
    return hashlib.sha256(office.encode("utf-8", "surrogatepass")).hexdigest()


def _body_of(found: Mapping[int, Found]) -> bytes:
    return zlib.compress(json.dumps(found, ensure_ascii=True).encode())


def _body_read(body: bytes) -> dict[int, Found]:
    """What was stored; nothing where another version of the program wrote it in a form of its own."""
    try:
        return {
            int(year): Found(
                now, before, *([(number, Said(*said)) for number, said in part] for part in parts)
            )
            for year, (now, before, *parts) in json.loads(zlib.decompress(body)).items()
        }
    except (zlib.error, ValueError, TypeError):
        return {}
