"""Which forms of different years are of one project, also where it was renamed a little."""

from __future__ import annotations

import re
from collections import defaultdict
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
    return shorter in longer or _in_order(shorter, longer) >= _SHARED * len(shorter)


def _in_order(left: str, right: str) -> int:
    """How many characters two texts have in common in the same order."""
    last = [0] * (len(right) + 1)
    for one in left:
        row = [0]
        for at, other in enumerate(right, 1):
            row.append(last[at - 1] + 1 if one == other else max(last[at], row[-1]))
        last = row
    return last[-1]


def of_projects(rows: Rows, others: Rows) -> Mask:
    """For each record whether its project is one of those of ``others``."""
    known: dict[str, set[Project]] = defaultdict(set)
    for one in _projects(others):
        known[one.unit].add(one)
    own = _projects(rows)
    # A project that has a form of its own name among the others is not another's renamed.
    exact = {one for one in own if one in known[one.unit]}
    found = {
        one: one in exact or any(is_same(one, other) for other in known[one.unit] - exact) for one in set(own)
    }
    return np.array([found[one] for one in own], dtype=np.bool_)


def _projects(rows: Rows) -> list[Project]:
    names, units = rows.texts("project_name"), rows.texts("unit")
    return [project(name, unit) for name, unit in zip(names, units, strict=True)]
