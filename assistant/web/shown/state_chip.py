"""Where a form stands on its way to approval, as a small label. Pure."""

from __future__ import annotations

from assistant.people.transitions import STATE_NAMES, DraftState


def state_chip(of: DraftState) -> str:
    """A state as a small coloured label."""
    return f'<span class="af-state" data-state="{of.value}">{STATE_NAMES[of]}</span>'
