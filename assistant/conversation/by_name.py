"""Decisions on cards that are called by name: 采纳培训人数和满意度, 质量指标那条不用."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from assistant.drafting.proposal import Proposal
from assistant.form.model import Form

_YES = "可以采纳|采纳|采用|同意|接受|保留"
_NO = "不采纳|不采用|不同意|不接受|不用|不要|不需要"
_VERB_FIRST = re.compile(
    rf"^(?:请|帮我|那就?|就|先|把|我)*(?:(?P<no>{_NO})|(?P<yes>{_YES}))(?P<names>.{{2,}}?)[，。！\s]*$",
    re.DOTALL,
)
_NAME_FIRST = re.compile(
    rf"^(?:请|帮我|把|那|这|个|条)*(?P<names>.{{2,}}?)，?(?:那|这)?[个条项张]?(?:卡片|建议)?"
    rf"(?:就|也|都|先|我们?)*(?:(?P<no>{_NO})|(?P<yes>{_YES}))(?:了|吧|啊|的|[，。！\s])*$",
    re.DOTALL,
)
_BETWEEN = re.compile(r"[、，,和]|还有|以及")
_AROUND = re.compile(
    r"^[“\"「《\s]+|[”\"」》\s]+$|^(?:那|这)[个条项张](?:叫)?|(?:那|这)?[几两三四五]?[个条项张]?(?:的)?(?:指标|建议|卡片|吧|了)*$"
)
_SHORTEST = 2


class Named(NamedTuple):
    """The cards that a message decides on, and whether it takes them."""

    cards: tuple[Proposal, ...]
    taken: bool


def decided_by_name(said: str, pending: Sequence[Proposal], form: Form) -> Named | None:
    """The pending cards that a whole cleaned message calls by name; None where it does something else.

    Every name must belong to a card, so that nothing that was said is passed over.
    """
    for pattern in (_VERB_FIRST, _NAME_FIRST):
        found = pattern.match(said)
        if found is None:
            continue
        names = [name for part in _BETWEEN.split(found["names"]) if (name := _AROUND.sub("", part.strip()))]
        chosen = [_cards(name, pending, form) for name in names]
        if names and all(chosen):
            cards = {card.id: card for group in chosen for card in group}
            return Named(tuple(cards.values()), found["yes"] is not None)
    return None


def _cards(name: str, pending: Sequence[Proposal], form: Form) -> list[Proposal]:
    if len(name) < _SHORTEST:
        return []
    same = [card for card in pending if name == _name_of(card, form)]
    return same or [card for card in pending if name in _name_of(card, form)]


def _name_of(card: Proposal, form: Form) -> str:
    row = card.edits[0].indicator if card.edits else None
    if row is not None:
        return row.name
    number = card.location.row
    if card.location.section == "indicators" and number is not None and number <= len(form.indicators):
        return form.indicators[number - 1].name
    return ""
