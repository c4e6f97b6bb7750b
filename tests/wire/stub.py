"""A local OpenAI-compatible server: plays a script or answers by a function, and records requests.

    with Stub([refused("response_format"), said('{"row": 1}')]) as stub:
        OpenAIChat(stub.url, "", "stub-model")

A script that runs dry answers 500 and sets ``ran_dry``. A request for a stream gets its reply as one.
"""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Scripted:
    """One reply.

    ``raw`` replaces the JSON body. ``delay`` waits before anything is sent; ``drip`` sends a blank every
    50 ms for so long before the body; ``pace`` waits after each event of a stream; ``cut`` closes the
    connection in the middle of the body.
    """

    message: dict[str, Any] | None = None
    status: int = 200
    body: dict[str, Any] | None = None
    raw: bytes | None = None
    finish: str | None = "stop"
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0
    drip: float = 0
    pace: float = 0
    cut: bool = False

    def but(self, **changes: Any) -> Scripted:
        """The same reply with some fields changed."""
        return replace(self, **changes)


@dataclass(frozen=True)
class Received:
    """One request: its path, headers (names in lower case) and JSON body."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def words(self) -> str:
        """All that was said to the model."""
        return "\n".join(str(message["content"]) for message in self.body["messages"])

    @property
    def way(self) -> str:
        """How the answer was asked for: tools, json_schema, json_object or text."""
        if "tools" in self.body:
            return "tools"
        return self.body.get("response_format", {}).get("type", "text")


def said(text: str | None) -> Scripted:
    """A reply in text."""
    return Scripted(message={"role": "assistant", "content": text})


def called(arguments: dict[str, Any] | str, name: str = "answer") -> Scripted:
    """A reply as a tool call."""
    text = arguments if isinstance(arguments, str) else json.dumps(arguments, ensure_ascii=False)
    call = {"id": "call-1", "type": "function", "function": {"name": name, "arguments": text}}
    message = {"role": "assistant", "content": None, "tool_calls": [call]}
    return Scripted(message=message, finish="tool_calls")


def refused(message: str, status: int = 400, **headers: str) -> Scripted:
    """An HTTP error in the usual shape."""
    return Scripted(status=status, body={"error": {"message": message, "type": "error"}}, headers=headers)


Answering = Callable[[Received], Scripted]


class Stub:
    """The server, for the length of a ``with`` block."""

    def __init__(self, script: Sequence[Scripted] | Answering) -> None:
        self.requests: list[Received] = []
        self.ran_dry = False
        self.hung_up = threading.Event()  # a client closed its connection before the reply was over
        self._answering = script if callable(script) else self._from(iter(script))
        self._released = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        """What OPENAI_BASE_URL would be."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    @property
    def ways(self) -> list[str]:
        """How each answer was asked for, in order."""
        return [request.way for request in self.requests]

    def __enter__(self) -> Stub:
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=5)

    def _from(self, script: Iterator[Scripted]) -> Answering:
        def answering(request: Received) -> Scripted:
            reply = next(script, None)
            if reply is None:
                self.ran_dry = True
                return refused("the script ran dry", status=500)
            return reply

        return answering

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        stub = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                length = int(self.headers.get("content-length", 0))
                body = json.loads(self.rfile.read(length))
                headers = {name.lower(): value for name, value in self.headers.items()}
                request = Received(self.path, headers, body)
                stub.requests.append(request)
                reply = stub._answering(request)
                stub._released.wait(reply.delay)
                try:
                    stub._send(self, reply, stream=bool(body.get("stream")))
                except OSError:  # as some scenarios want it to
                    stub.hung_up.set()

            def log_message(self, *_: object) -> None:
                pass

        return Handler

    def _send(self, handler: BaseHTTPRequestHandler, reply: Scripted, *, stream: bool) -> None:
        streamed = stream and reply.raw is None and reply.status == 200
        content = _events(reply) if streamed else _body(reply)
        handler.send_response(reply.status)
        kind = "text/event-stream" if streamed else "application/json"
        for name, value in {"Content-Type": kind, "Connection": "close", **reply.headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        blanks = int(reply.drip / 0.05)
        handler.send_header("Content-Length", str(blanks + len(content) + (2 if reply.pace else 0)))
        handler.end_headers()
        for _ in range(blanks):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            if self._released.wait(0.05):
                return
        content = content[: len(content) // 2] if reply.cut else content
        for part in content.split(b"\n\n") if reply.pace else ():
            handler.wfile.write(part + b"\n\n")
            handler.wfile.flush()
            if self._released.wait(reply.pace):
                return
        if not reply.pace:
            handler.wfile.write(content)
        handler.wfile.flush()
        handler.close_connection = True
        if reply.cut:
            handler.connection.shutdown(socket.SHUT_RDWR)


def _body(reply: Scripted) -> bytes:
    if reply.raw is not None:
        return reply.raw
    body = reply.body
    if body is None:
        choice = {"index": 0, "message": reply.message, "finish_reason": reply.finish}
        usage = {"prompt_tokens": 40, "completion_tokens": 8, "total_tokens": 48}
        body = {**_envelope("chat.completion"), "choices": [choice], "usage": usage}
    return json.dumps(body, ensure_ascii=False).encode()


def _events(reply: Scripted) -> bytes:
    message = dict(reply.message or {})
    text = message.pop("content", None) or ""
    for number, call in enumerate(message.get("tool_calls", [])):
        call["index"] = number
    deltas = [message, *({"content": text[at : at + 7]} for at in range(0, len(text), 7))]
    chunks = [({"index": 0, "delta": delta, "finish_reason": None}) for delta in deltas]
    if reply.finish is not None:
        chunks.append({"index": 0, "delta": {}, "finish_reason": reply.finish})
    lines = [json.dumps({**_envelope("chat.completion.chunk"), "choices": [chunk]}) for chunk in chunks]
    if reply.finish is not None:
        lines.append("[DONE]")
    return "".join(f"data: {line}\n\n" for line in lines).encode()


def _envelope(kind: str) -> dict[str, Any]:
    return {"id": "stub-1", "object": kind, "created": int(time.time()), "model": "stub-model"}
