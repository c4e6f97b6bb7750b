"""Builds the services once from the settings; the entry points (app.py, the terminal) call only this."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Thread

from assistant.asking.asker import Asker
from assistant.conversation.rehearsal import rehearse
from assistant.conversation.session import DraftSession
from assistant.documents.confined import start_reading
from assistant.library import Library
from assistant.llm import ChatModel, OpenAIChat, OpenAIEmbedder
from assistant.people import ALL_UNITS, Person, Role
from assistant.settings import Settings
from vectorstore.corpus import bundled_forms
from vectorstore.index import IndicatorIndex

_LOG = logging.getLogger(__name__)
_KEPT_ASKERS = 64

Reader = tuple[tuple[str, ...], str]
"""What decides which past forms somebody sees: units and the setting."""


@dataclass(frozen=True)
class Services:
    """What a page or a command may call, as one person may use it. ``model`` None: no model is configured."""

    settings: Settings
    library: Library
    session: DraftSession
    model: ChatModel | None
    asker: Asker
    _asker_for: Callable[[Reader], Asker]
    _warming: list[Thread] = field(default_factory=list, compare=False, repr=False)

    @property
    def person(self) -> Person:
        """Whose services these are."""
        return self.library.person

    def for_person(self, person: Person) -> Services:
        """The same services, sharing what is in memory, bound to another person."""
        library = self.library.for_person(person)
        # Without a role nobody may ask: such a person's asker stands on a library that refuses.
        if person.has(*Role):
            reader = (ALL_UNITS,) if person.past_forms == "all" else tuple(sorted(person.units))
            asker = self._asker_for((reader, person.past_forms))
        else:
            asker = Asker(library, self.model)
        session = DraftSession(library, library.search, self.model)
        return Services(self.settings, library, session, self.model, asker, self._asker_for)

    def warm(self) -> None:
        """Loads in the background what the first file, search and draft of a process would wait for."""
        thread = Thread(target=self._warm, name="warm", daemon=True)
        self._warming.append(thread)
        thread.start()

    def _warm(self) -> None:
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
        units, past_forms = reader
        sees = Person(id="reader", roles=frozenset({Role.REVIEWER}), units=units).model_copy(
            update={"past_forms": past_forms}
        )
        return Asker(library.for_person(sees), model)

    session = DraftSession(library, library.search, model)
    return Services(settings, library, session, model, Asker(library, model), asker_for)


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
