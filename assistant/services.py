"""Builds the services once from the settings; the entry points (app.py, the terminal) call only this."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from threading import Thread
from typing import TYPE_CHECKING

from assistant.documents.confined import start_reading
from assistant.library import Library
from assistant.llm import ChatModel, OpenAIChat, OpenAIEmbedder
from assistant.people import ALL_UNITS, Person, Role
from assistant.settings import Settings
from vectorstore.corpus import bundled_forms
from vectorstore.index import IndicatorIndex

if TYPE_CHECKING:
    from assistant.asking.asker import Asker
    from assistant.conversation.session import DraftSession

_LOG = logging.getLogger(__name__)
_KEPT_ASKERS = 64

Reader = tuple[tuple[str, ...], str]
"""What decides which past forms somebody sees: units and the setting."""


@dataclass(frozen=True)
class Services:
    """What a page or a command may call, as one person may use it. ``model`` None: no model is configured.

    Conversation and questions are loaded by the first who uses them: the first page needs neither.
    """

    settings: Settings
    library: Library
    model: ChatModel | None
    _asker_for: Callable[[Reader], Asker]
    _warming: list[Thread] = field(default_factory=list, compare=False, repr=False)

    @property
    def person(self) -> Person:
        """Whose services these are."""
        return self.library.person

    @cached_property
    def session(self) -> DraftSession:
        """Drafts and the conversation over them."""
        from assistant.conversation.session import DraftSession  # noqa: PLC0415

        return DraftSession(self.library, self.library.search, self.model)

    @cached_property
    def asker(self) -> Asker:
        """Questions over the past forms, shared by all who see the same ones."""
        from assistant.asking.asker import Asker  # noqa: PLC0415

        person = self.person
        if not person.has(*Role):
            # Without a role nobody may ask: such a person's asker stands on a library that refuses.
            return Asker(self.library, self.model)
        reader = (ALL_UNITS,) if person.past_forms == "all" else tuple(sorted(person.units))
        return self._asker_for((reader, person.past_forms))

    def for_person(self, person: Person) -> Services:
        """The same services, sharing what is in memory, bound to another person."""
        return Services(self.settings, self.library.for_person(person), self.model, self._asker_for)

    def warm(self) -> Thread:
        """Loads in the background what the first file, search and draft of a process would wait for."""
        thread = Thread(target=self._warm, name="warm", daemon=True)
        self._warming.append(thread)
        thread.start()
        return thread

    def _warm(self) -> None:
        from assistant.conversation.rehearsal import rehearse  # noqa: PLC0415

        try:
            start_reading()
            rehearse(self.library.search)
        except Exception:  # noqa: BLE001  the first who needs what failed here is told what to do about it
            _LOG.warning("not everything could be loaded ahead", exc_info=True)
        # What was loaded stays for good: no later collection is to walk through it.
        gc.collect()
        gc.freeze()

    def close(self) -> None:
        """Gives the database and the index folder back."""
        for thread in self._warming:
            thread.join()
        self.library.close()


def open_services(settings: Settings, *, offline: bool = False, indexed: bool = True) -> Services:
    """Opens the library (filling an empty one with the bundled past forms) and what stands on it.

    They belong to the local person, who may do everything. ``offline`` leaves configured models aside.
    ``indexed`` False: the index of a library that was empty is built by the first search.
    """
    settings.home.mkdir(parents=True, exist_ok=True)
    index = IndicatorIndex(
        settings.home / "chroma",
        chroma_url=settings.chroma_url,
        embedder=None if offline else embedder_from(settings),
    )
    library = Library(settings.database, index)
    if not library.facts().any():
        library.add_forms(bundled_forms(), index=indexed)
    model = None if offline else model_from(settings)

    @lru_cache(maxsize=_KEPT_ASKERS)
    def asker_for(reader: Reader) -> Asker:
        """One asker, with the records it keeps, for all who see the same past forms."""
        from assistant.asking.asker import Asker  # noqa: PLC0415

        units, past_forms = reader
        sees = Person(id="reader", roles=frozenset({Role.REVIEWER}), units=units).model_copy(
            update={"past_forms": past_forms}
        )
        return Asker(library.for_person(sees), model)

    return Services(settings, library, model, asker_for)


def embedder_from(settings: Settings) -> OpenAIEmbedder | None:
    """The configured embedding model, or None."""
    if not settings.has_embedding_model:
        return None
    return OpenAIEmbedder(settings.base_url, settings.api_key.get_secret_value(), settings.embedding_model)


def model_from(settings: Settings) -> ChatModel | None:
    """The configured chat model, or None."""
    if not settings.has_model:
        return None
    return OpenAIChat(
        settings.base_url,
        settings.api_key.get_secret_value(),
        settings.chat_model,
        log_folder=settings.home / "calls",
    )
