"""Which forms of different years are of one project, also where it was renamed a little."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np

from assistant.asking.records.columns import Mask
from assistant.asking.records.frame import Rows

_NUMBER = re.compile("[0-9一二三四五六七八九十]+(?=期|批|标段|号|阶段|年)")
_ASIDE = re.compile("[^0-9A-Za-z一-龥]|20[0-9]{2}年?度?")
_SHARED = 0.8
_LEAST = 5


class Project(NamedTuple):
    """What a form calls its project, and who carries it out."""

    name: str
    unit: str


def project(name: str, unit: str) -> Project:
    """A project as it is compared: without signs and years."""
    return Project(_ASIDE.sub("", name), "".join(unit.split()))


def is_same(left: Project, right: Project) -> bool:
    """Whether two names are one project's: equal, one within the other, or nearly all characters in order."""
    if left == right:
        return True
    if left.unit != right.unit or _NUMBER.findall(left.name) != _NUMBER.findall(right.name):
        return False
    return is_nearly(left.name, right.name)


def is_nearly(left: str, right: str) -> bool:
    """Whether the shorter name, of five characters at least, is nearly all in the longer one, in order."""
    shorter, longer = sorted((left, right), key=len)
    if len(shorter) < _LEAST:
        return left == right
    return shorter in longer or shared_in_order(shorter, longer) >= _SHARED * len(shorter)


def shared_in_order(left: str, right: str) -> int:
    """How many characters two texts have in common in the same order."""
    last = [0] * (len(right) + 1)
    for one in left:
        row = [0]
        for at, other in enumerate(right, 1):
            row.append(last[at - 1] + 1 if one == other else max(last[at], row[-1]))
        last = row
    return last[-1]


def same_projects(rows: Rows, others: Rows) -> dict[int, int]:
    """For each form of ``rows`` that of the same project among ``others``; none where not sure which."""
    by_name: dict[str, list[tuple[int, Project]]] = defaultdict(list)
    by_unit: dict[str, list[tuple[int, Project]]] = defaultdict(list)
    for form, one in zip(others.forms.tolist(), _projects(others), strict=True):
        by_name[one.name].append((form, one))
        by_unit[one.unit].append((form, one))
    own = _projects(rows)
    beside, found = set(own), {}
    for form, wanted in zip(rows.forms.tolist(), own, strict=True):
        likely = dict([*by_unit[wanted.unit], *by_name[wanted.name]])
        if (same := same_project(wanted, list(likely.items()), beside)) is not None:
            found[form] = same
    return found


def same_project(
    wanted: Project, known: Sequence[tuple[int, Project]], beside: Collection[Project]
) -> int | None:
    """The one form among ``known`` of the project: of its own name, else the one renamed a little.

    What stands ``beside`` the project in its own year under its own name is another one.
    """
    exact = [number for number, one in known if one == wanted]
    if exact:
        return exact[0] if len(exact) == 1 else None
    named = [number for number, one in known if one.name == wanted.name and one not in beside]
    if len(named) == 1:
        return named[0]
    near = [number for number, one in known if one not in beside and is_same(one, wanted)]
    return near[0] if len(near) == 1 else None


def same_named(at: int, own: Sequence[str], others: Sequence[str]) -> int | None:
    """Where among the indicators ``others`` of a form that stands which is at ``at`` of ``own``, by its name.

    Of one name several times the first is the first; else one renamed a little, which has no namesake in its
    own form. None where that is not sure.
    """
    name = own[at]
    exact = [place for place, other in enumerate(others) if other == name]
    if exact:
        return exact[own[:at].count(name)] if len(exact) == own.count(name) else None
    near = [place for place, other in enumerate(others) if other not in own and is_nearly(name, other)]
    return near[0] if len(near) == 1 else None


def of_projects(rows: Rows, others: Rows) -> Mask:
    """For each record whether its project is one of those of ``others``."""
    known: dict[str, set[Project]] = defaultdict(set)
    for one in _projects(others):
        known[one.unit].add(one)
    own = _projects(rows)
    # A project that has a form of its own name among the others is not another's renamed.
    exact = {one for one in own if one in known[one.unit]}
    # Of the same name under another office: it has moved there, where only one is called so.
    names = Counter(one.name for several in known.values() for one in several - exact)
    found = {
        one: one in exact
        or names[one.name] == 1
        or any(is_same(one, other) for other in known[one.unit] - exact)
        for one in set(own)
    }
    return np.array([found[one] for one in own], dtype=np.bool_)


def _projects(rows: Rows) -> list[Project]:
    names, units = rows.texts("project_name"), rows.texts("unit")
    return [project(name, unit) for name, unit in zip(names, units, strict=True)]
