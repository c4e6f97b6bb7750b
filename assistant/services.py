"""Builds the services once from the settings; the entry points (app.py, the terminal) call only this."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from assistant.asking.asker import Asker
from assistant.conversation.session import DraftSession
from assistant.library import Library
from assistant.llm import ChatModel, OpenAIChat, OpenAIEmbedder
from assistant.people import ALL_UNITS, Person, Role
from assistant.settings import Settings
from vectorstore.corpus import bundled_forms
from vectorstore.index import IndicatorIndex

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

    def close(self) -> None:
        """Gives the database and the index folder back."""
        self.library.close()


def open_services(settings: Settings, *, offline: bool = False) -> Services:
    """Opens the library (filling an empty one with the bundled past forms) and what stands on it.

    They belong to the local person, who may do everything. ``offline`` leaves configured models aside.
    """
    settings.home.mkdir(parents=True, exist_ok=True)
    index = IndicatorIndex(
        settings.home / "chroma",
        chroma_url=settings.chroma_url,
        embedder=None if offline else embedder_from(settings),
    )
    library = Library(settings.database, index)
    if not library.forms():
        library.add_forms(bundled_forms())
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
