"""Builds the services once from the settings; the entry points (app.py, the terminal) call only this."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.asking.asker import Asker
from assistant.conversation.session import DraftSession
from assistant.library import Library
from assistant.llm import ChatModel, OpenAIChat, OpenAIEmbedder
from assistant.settings import Settings
from vectorstore.corpus import bundled_forms
from vectorstore.index import IndicatorIndex


@dataclass(frozen=True)
class Services:
    """What a page or a command may call. ``model`` is None where no model is configured."""

    settings: Settings
    library: Library
    session: DraftSession
    model: ChatModel | None
    asker: Asker

    def close(self) -> None:
        """Gives the database and the index folder back."""
        self.library.close()


def open_services(settings: Settings, *, offline: bool = False) -> Services:
    """Opens the library (filling an empty one with the bundled past forms) and what stands on it.

    ``offline`` leaves configured models aside.
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
    return Services(
        settings, library, DraftSession(library, library.search, model), model, Asker(library, model)
    )


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
