"""The model at the edge: the only module that imports langchain_openai and openai."""

from __future__ import annotations

from typing import Protocol, TypeVar

from pydantic import BaseModel

Answer = TypeVar("Answer", bound=BaseModel)


class ChatModel(Protocol):
    """What the rest of the program knows of a language model: a typed answer, or ModelUnavailableError."""

    def answer(self, prompt: str, schema: type[Answer], *, prompt_id: str) -> Answer:
        """The model's reply to ``prompt`` as ``schema``, within the time budget.

        Raises ModelUnavailableError (with a Chinese reason) on timeout, refusal, wrong JSON, cut streams, no network.
        """
        ...
