"""How an endpoint takes a request for structured output: the rungs of the ladder, remembered per process.

No single method works on every OpenAI-compatible server: some refuse ``response_format``, some a forced
``tool_choice``, some ignore both and answer in text, some models answer only as a stream.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import IntEnum
from threading import Lock
from typing import Any

from assistant.llm.reply import WireError

TOOL = "answer"
_FORMAT_WORDS = re.compile(r"tool|function|response_format|json|schema|grammar|jinja", re.IGNORECASE)
_STREAM_WORDS = re.compile(r"\bstream(ing)?\b|流式", re.IGNORECASE)
_NEVER_BY_FORMAT = re.compile(
    r"context.?(length|window)|maximum context|too long|inspection|content.?(filter|policy)|sensitive|敏感",
    re.IGNORECASE,
)


class Rung(IntEnum):
    """Ways to ask for a typed answer, the most binding first."""

    TOOLS = 0
    JSON_SCHEMA = 1
    JSON_OBJECT = 2
    TEXT = 3


@dataclass(frozen=True)
class Dialect:
    """What one endpoint and model accept: the rung to ask on, and whether to ask for a stream."""

    rung: Rung = Rung.TOOLS
    stream: bool = False

    def request_options(self, name: str, schema: dict[str, Any]) -> dict[str, Any]:
        """The request's fields beside model and messages; ``schema`` as plain_schema gives it.

        ``tool_choice`` is ``auto`` because a forced choice is refused by several servers.
        """
        if self.rung is Rung.TOOLS:
            function = {"name": TOOL, "description": f"提交结果（{name}）", "parameters": schema}
            return {"tools": [{"type": "function", "function": function}], "tool_choice": "auto"}
        if self.rung is Rung.JSON_SCHEMA:
            named = {"name": name, "schema": schema, "strict": True}
            return {"response_format": {"type": "json_schema", "json_schema": named}}
        if self.rung is Rung.JSON_OBJECT:
            return {"response_format": {"type": "json_object"}}
        return {}

    def lower(self) -> Dialect | None:
        """One rung down, or None at the lowest."""
        return None if self.rung is Rung.TEXT else replace(self, rung=Rung(self.rung + 1))

    def after_refusal(self, status: int, message: str) -> Dialect | None:
        """What to try after an HTTP error; None where another way of asking would not help."""
        if _NEVER_BY_FORMAT.search(message):
            return None
        names_format = bool(_FORMAT_WORDS.search(message))
        if status not in (400, 422) and not (status in (404, 500, 501) and names_format):
            return None
        if not self.stream and _STREAM_WORDS.search(message) and not names_format:
            return replace(self, stream=True)
        return self.lower()


def refuses_streams(error: WireError) -> bool:
    """Whether a server refused a request because it was to be streamed."""
    return error.status in (400, 404, 405, 422, 501) and bool(_STREAM_WORDS.search(str(error)))


class Memory:
    """Which dialect worked last, by address and model. Only what was answered in is remembered."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Dialect] = {}
        self._lock = Lock()

    def recall(self, base_url: str, model: str) -> Dialect:
        """The dialect to begin with."""
        with self._lock:
            return self._known.get((base_url, model), Dialect())

    def keep(self, base_url: str, model: str, dialect: Dialect) -> None:
        """Remembers a dialect that was answered in."""
        with self._lock:
            self._known[base_url, model] = dialect


MEMORY = Memory()
"""The process's own memory: an endpoint is probed once, not once per page or per draft."""
