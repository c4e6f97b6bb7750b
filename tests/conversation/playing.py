"""Conversations played through a session."""

from __future__ import annotations

from assistant.conversation.session import DraftSession, DraftView
from assistant.form.model import Indicator


def play(session: DraftSession, *messages: str) -> DraftView:
    """Says each message and accepts what comes of it."""
    view = session.begin()
    for text in messages:
        view = session.say(view.id, text)
        for _ in range(4):
            waiting = [one for one in view.proposals if view.decisions[one.id] == "pending"]
            for one in waiting:
                view = session.decide(view.id, one.id, True)
    return view


def row(view: DraftView, name: str) -> Indicator:
    return next(one for one in view.form.indicators if name in one.name)
