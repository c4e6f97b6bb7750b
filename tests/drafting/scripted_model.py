"""A model that plays a script, records what it was sent, and fails when the script runs dry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.errors import ModelUnavailableError
from assistant.llm.model import Answer


class ScriptedModel:
    """``replies`` are played in order: a dict is validated as the schema, an error is raised."""

    def __init__(self, replies: Sequence[dict[str, Any] | ModelUnavailableError]) -> None:
        self.replies = list(replies)
        self.prompts: list[str] = []
        self.ids: list[str] = []

    def answer(self, prompt: str, schema: type[Answer], *, prompt_id: str) -> Answer:
        self.prompts.append(prompt)
        self.ids.append(prompt_id)
        assert self.replies, "the script has run dry"
        reply = self.replies.pop(0)
        if isinstance(reply, ModelUnavailableError):
            raise reply
        try:
            return schema.model_validate(reply)
        except ValueError as error:
            raise ModelUnavailableError("回答不合格式") from error
