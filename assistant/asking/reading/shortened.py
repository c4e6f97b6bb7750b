"""Names said in fewer characters than they have: 战新, 运维, 中央频占费."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np

from assistant.asking.language.naming import FEW
from assistant.asking.reading.marks import Covered
from assistant.asking.records.named import Named
from assistant.form.text import pairs

_MOST_SHORT = 8
_FEW_NAMES = 64
_START = "(?:^|自治区|[省市县区年度])"


OneProject = Callable[[int], bool]
"""Whether a name is that of one project alone, whose forms are of different years."""


def by_abbreviation(
    projects: Named, known: Callable[[str], bool], one_project: OneProject, text: str, forms: Covered
) -> None:
    """战新 for 战略性新兴: where one project alone is shortened so, and no name holds the word itself.

    ``known``: whether the names of the library hold a pair of characters.
    """
    at = 0
    for run in text.split("\n"):
        if FEW + 1 >= len(run) > 1 and not any(map(known, pairs(run))):
            short = ".{1,3}?".join(map(re.escape, run))
            likely, pattern = set(projects.matching(re.compile(short))), re.compile(_START + short)
            found = [name for name in likely if pattern.search(projects[name])]
            alone = len(found) == 1 and one_project(found[0])
            if alone and forms.among[found[0]]:
                forms.add(np.array(found, dtype=np.int32), at, at + len(run))
        at += len(run) + 1


def by_short_row(indicators: Named, text: str, rows: Covered) -> None:
    """运维 for 运行维护, among the rows of few forms: where the name of one alone is shortened so."""
    names = np.flatnonzero(rows.among).tolist()
    at = 0
    for run in text.split("\n"):
        if len(names) <= _FEW_NAMES and len(run) in (FEW - 1, FEW) and not rows.named.has(run[:2]):
            pattern = re.compile("[^、和与及]{0,2}?".join(map(re.escape, run)))
            found = [name for name in names if pattern.search(indicators[name])]
            if len(found) == 1:
                rows.add(np.array(found, dtype=np.int32), at, at + len(run))
        at += len(run) + 1


def by_characters(projects: Named, one_project: OneProject, text: str, forms: Covered) -> None:
    """中央频占费 for 中央无线电频率占用经费: one project's name alone has these characters in order."""
    at = 0
    for run in text.split("\n"):
        # 中央频占费监测设施: the name of a row may follow on that of its project.
        for size in range(min(_MOST_SHORT, len(run)), FEW, -1):
            if (name := _alone_in_order(projects, one_project, run[:size], forms)) is not None:
                forms.add(np.array([name], dtype=np.int32), at, at + size)
                break
        at += len(run) + 1


def _alone_in_order(projects: Named, one_project: OneProject, text: str, forms: Covered) -> int | None:
    """The one project's name that has the characters of ``text`` in order, where no name holds it whole."""
    if all(map(projects.has, pairs(text))):
        return None
    pattern = re.compile(".{0,4}?".join(map(re.escape, text)))
    found = {name for name in projects.matching(pattern) if forms.among[name]}
    name = found.pop() if len(found) == 1 else None
    return name if name is not None and one_project(name) else None
