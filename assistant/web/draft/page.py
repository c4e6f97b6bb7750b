"""起草: the draft in work, or the ways to begin one."""

from __future__ import annotations

from assistant.errors import AssistantError
from assistant.people import Role
from assistant.services import Services
from assistant.web import state
from assistant.web.draft.start import start


def page(services: Services) -> None:
    """Draws the draft in work, or the ways to begin one."""
    services.person.need(Role.DRAFTER)
    state.write_address()
    state.show_trouble()
    if not state.draft_id():
        start(services)
        return
    # The first page of a process is drawn before conversation and form are loaded.
    from assistant.web.draft import work  # noqa: PLC0415

    try:
        summary = services.library.draft_summary(state.draft_id())
        view = services.session.view(summary.id)
    except AssistantError as error:
        state.keep_draft("")
        state.write_address()
        state.say_trouble(str(error))
        start(services)
        return
    work.work(services, summary, view)
