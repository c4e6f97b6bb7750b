"""What the rest of the program knows of a language model."""

from __future__ import annotations

from typing import Protocol, TypeVar

from pydantic import BaseModel

Answer = TypeVar("Answer", bound=BaseModel)


class ChatModel(Protocol):
    """A typed answer, or ModelUnavailableError."""

    def answer(self, prompt: str, schema: type[Answer], *, prompt_id: str) -> Answer:
        """The model's reply to ``prompt`` as ``schema``, within the time budget of one call.

        ``prompt_id`` goes into the call log (``Prompt.reference``: id, version and hash).
        Raises ModelUnavailableError (with a Chinese reason) on timeout, refusal, wrong JSON, cut streams or
        no network. A caller with several questions stops at the first one: the next would wait as long.
        """
        ...
