"""A form that is called one, 三项经费那张表, with what is said of it beside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.asking.reading.entities import Entities
from assistant.asking.reading.matching import ALMOST_KNOWN, Match
from assistant.asking.reading.mentions import Mention, Reading

_THAT_FORM = re.compile(
    "(?:经费|资金|专项|项目|费用)?的?(?P<that>[这那](?:一)?[份张笔](?:表|项目|钱|资金|经费|专项|单子)?)"
)
_HALF_KNOWN = 0.6
"""So much of what a form is called by may be a name of its rows: 皮革公司三项经费那张."""


_SEVERAL = re.compile("(?:这|那)?(?:[两二三四2-4]|几)(?:个|张|份)$")
_PROJECTS = re.compile("的?(?:表|项目|专项|单子)(?!名|数)")


def of_projects(
    reading: Reading, words: tuple[str, ...], entities: Entities, forms: tuple[int, ...] | None
) -> Match | None:
    """两个无线电项目，监测次数: rows of several forms of one name; None where none of theirs is named."""
    named = [
        m
        for m in reading.phrases
        if _SEVERAL.search(reading.text[: m.start]) and _PROJECTS.match(reading.text, m.end)
    ]
    others = tuple(word for word in words if word not in {m.text for m in named})
    if len(named) != 1 or not others:
        return None
    owners = entities.match([named[0].text], forms, projects=True)
    if owners.unknown > ALMOST_KNOWN or len(owners.forms) < 2:
        return None
    beside = entities.match(others, owners.forms)
    return beside if beside.unknown <= ALMOST_KNOWN and beside.rows else None


def in_a_form(
    reading: Reading, words: tuple[str, ...], entities: Entities, forms: tuple[int, ...] | None
) -> tuple[int, Match, tuple[str, ...]] | None:
    """三项经费那张表，采暖费指标: the form, what is said beside, and what that means there; None where no
    form alone is called so, or nothing is said beside.
    """
    called = [(m, found) for m in reading.phrases if (found := _THAT_FORM.match(reading.text, m.end))]
    if len(called) != 1 or len(words) < 2:
        return None
    mention, that = called[0]
    owner = entities.match([reading.text[mention.start : that.start("that")]], forms, projects=True)
    if owner.unknown > _HALF_KNOWN or len(owner.forms) != 1:
        return None
    others = tuple(word for word in words if word != mention.text)
    left = owner.left.split()
    if owner.unknown > ALMOST_KNOWN and entities.match(left, owner.forms).unknown > ALMOST_KNOWN:
        return None
    beside = (*left, *others)
    return owner.forms[0], entities.match(beside, owner.forms), beside


def beside_a_cause(reading: Reading, words: tuple[str, ...]) -> tuple[str, ...]:
    """因为联系不上人,补助没发全的: the names beside a cause, without the short word for what was not done."""
    missed = {m.start for m in reading.marks if m.name == "missed"}
    lacking = {m.text for m in reading.phrases if m.end in missed and len(m.text) <= _SHORT}
    return tuple(word for word in words if word not in lacking)


_SHORT = 2


_SIDE_BY_SIDE = re.compile("相当于|是(?!哪|多|什|几|谁)|和|与|跟|、|还是|及|vs|比")
_WELL_KNOWN = 0.35


def of_the_first(
    things: Sequence[tuple[int, int, Sequence[Mention], tuple[int, ...]]], text: str, entities: Entities
) -> bool:
    """葡萄酒专项，企业人员满意度: whether commas alone set its indicators after a form, or an office."""
    first, *others = things
    apart = any(_SIDE_BY_SIDE.search(text[one[1] : two[0]]) for one, two in pairwise(things))
    if apart or bool(first[3]) == bool(first[2]) or any(other[3] or not other[2] for other in others):
        return False
    owners = first[3]
    if not owners:
        form = entities.match([m.text for m in first[2]], None, projects=True)
        if len(form.forms) != 1 or form.unknown > ALMOST_KNOWN:
            return False
        owners = form.forms
    matches = [entities.match([m.text for m in other[2]], owners) for other in others]
    return all(match.rows and match.unknown <= _WELL_KNOWN for match in matches)
