"""A turn that nobody sees: it loads what the first turn of a process would otherwise wait for."""

from __future__ import annotations

from assistant.conversation.blank_form import blank_form
from assistant.conversation.cards import Desk
from assistant.conversation.draft_log import DraftLog
from assistant.conversation.draft_view import checked
from assistant.conversation.turn import converse
from assistant.drafting.proposal import Search

_WORDS = "2025年职工技能培训项目，主管部门市人力资源和社会保障局，预算50万元，支出48万元，计划培训200人。"


def rehearse(search: Search) -> None:
    """Drafts from a sentence without a model, and forgets it: nothing is stored."""
    form = blank_form()
    converse(Desk(search=search, past=tuple), form, checked(form), DraftLog(), _WORDS)
