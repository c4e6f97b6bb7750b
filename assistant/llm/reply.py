"""What goes over the wire and comes back, free of any vendor's types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True)
class Turn:
    """One message of the exchange."""

    role: Literal["user", "assistant"]
    text: str


@dataclass(frozen=True)
class Reply:
    """A finished reply.

    ``data`` is the object found in it, None where there is none; ``by_tool`` whether it came as a tool call.
    ``finish`` is the server's finish reason (``length``: cut by its limit); ``refused``: the model declined.
    """

    text: str = ""
    data: dict[str, Any] | None = None
    by_tool: bool = False
    finish: str = ""
    refused: bool = False
    input_tokens: int | None = None
    output_tokens: int | None = None


class WireError(Exception):
    """An exchange that brought no reply.

    ``status`` is the HTTP status, None where there was none; ``retry_after`` the server's wish in seconds.
    The message is the server's own and may hold parts of a key: it is matched against, never shown or logged.
    """

    def __init__(
        self,
        kind: Literal["status", "connection", "cut", "timeout", "unreadable"],
        message: str = "",
        status: int | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.status = status
        self.retry_after = retry_after
