"""The one place that talks through langchain_openai and openai. Imported late: it takes seconds."""

from __future__ import annotations

import ipaddress
import json
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from typing import Any, cast
from urllib.parse import urlsplit

import httpx2
import openai
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage, HumanMessage
from langchain_openai import ChatOpenAI, OpenAIEmbeddings
from langsmith import tracing_context
from pydantic import SecretStr

from assistant.llm.extract import last_object, without_thoughts
from assistant.llm.reply import Reply, Turn, WireError

Tell = Callable[[str], None]
Chunks = Generator[AIMessageChunk, None, None]
_OFFICIAL = "https://api.openai.com/v1"
_NO_KEY = "none"
_CONNECT_SECONDS = 10.0


class Wire:
    """One endpoint and model. Safe to use from several threads."""

    def __init__(self, base_url: str, api_key: str, model: str) -> None:
        address = _address(base_url, "/chat/completions")
        self._chat = ChatOpenAI(
            model=model,
            base_url=address,  # always explicit: left open, the environment may send prompts to a gateway
            api_key=SecretStr(api_key or _NO_KEY),
            max_retries=0,  # the client waits up to two minutes on a server's word; the budget decides here
            use_responses_api=False,
            cache=False,
            http_socket_options=(),  # the vendor's own would switch off proxies set in the environment
            http_client=_http_client(address),
        )

    def send(
        self,
        turns: Sequence[Turn],
        options: dict[str, Any],
        *,
        stream: bool,
        seconds: float,
        tell: Tell | None = None,
    ) -> Reply:
        """The reply to ``turns``; ``options`` are further request fields. Raises WireError.

        ``tell`` hears what has arrived so far, which calls for a stream.
        """
        messages = [_message(turn) for turn in turns]
        timeout = httpx2.Timeout(seconds, connect=min(seconds, _CONNECT_SECONDS))
        # extra_body keeps response_format away from the vendor's own parsing, which raises on fenced JSON
        fields: dict[str, Any] = {"timeout": timeout, "extra_body": options}
        try:
            with tracing_context(enabled=False):
                if stream or tell is not None:
                    # Closed by name: a stream given up half-way else keeps its connection until a collection.
                    with closing(cast(Chunks, self._chat.stream(messages, **fields))) as chunks:
                        return _reply(_joined(chunks, tell), streamed=True)
                return _reply(self._chat.invoke(messages, **fields), streamed=False)
        except (WireError, TimeoutError):
            raise
        except Exception as error:
            raise _wire_error(error) from error


class EmbeddingWire:
    """The embeddings of one endpoint and model. Safe to use from several threads."""

    def __init__(self, base_url: str, api_key: str, model: str) -> None:
        address = _address(base_url, "/embeddings")
        self._embeddings = OpenAIEmbeddings(
            model=model,
            openai_api_base=address,
            openai_api_key=SecretStr(api_key or _NO_KEY),
            check_embedding_ctx_length=False,  # LangChain's own method would send token numbers
            max_retries=0,
            http_client=_http_client(address),
        )

    def send(self, texts: Sequence[str], *, seconds: float) -> list[Any]:
        """For each text what the server gave for it, None where it gave nothing. Raises WireError."""
        timeout = httpx2.Timeout(seconds, connect=min(seconds, _CONNECT_SECONDS))
        try:
            # Below LangChain's own method, which trusts the order of the reply and drops its indices.
            reply = self._embeddings.client.create(
                model=self._embeddings.model, input=list(texts), encoding_format="float", timeout=timeout
            )
            by_index = {item.index: item.embedding for item in reply.data}
        except Exception as error:
            raise _wire_error(error) from error
        return [by_index.get(number) for number in range(len(texts))]


def _address(base_url: str, path: str) -> str:
    return (base_url or _OFFICIAL).rstrip("/").removesuffix(path)


def _message(turn: Turn) -> BaseMessage:
    return HumanMessage(turn.text) if turn.role == "user" else AIMessage(turn.text)


def _joined(chunks: Iterator[AIMessageChunk], tell: Tell | None) -> AIMessage:
    whole = None
    arrived = ""
    for chunk in chunks:
        whole = chunk if whole is None else whole + chunk
        if tell is not None:
            called = "".join(part["args"] or "" for part in chunk.tool_call_chunks)
            if new := str(chunk.text) + called:
                arrived += new
                tell(arrived)
    if whole is None:
        raise WireError("cut")
    message: AIMessage = whole
    return message


def _reply(message: AIMessage, *, streamed: bool) -> Reply:
    finish = str(message.response_metadata.get("finish_reason") or "")
    if streamed and not finish:
        raise WireError("cut")
    usage = message.usage_metadata
    tool = _tool_arguments(message)
    text = str(message.text)
    return Reply(
        text=json.dumps(tool, ensure_ascii=False) if tool is not None else without_thoughts(text),
        data=tool if tool is not None else last_object(text),
        by_tool=tool is not None,
        finish=finish,
        refused=bool(message.additional_kwargs.get("refusal")) or finish == "content_filter",
        input_tokens=usage["input_tokens"] if usage else None,
        output_tokens=usage["output_tokens"] if usage else None,
    )


def _tool_arguments(message: AIMessage) -> dict[str, Any] | None:
    if message.tool_calls:
        return message.tool_calls[-1]["args"] or None
    if message.invalid_tool_calls:
        return last_object(message.invalid_tool_calls[-1]["args"] or "")
    return None


def _wire_error(error: Exception) -> WireError:
    if isinstance(error, openai.APITimeoutError | httpx2.TimeoutException):
        return WireError("timeout")
    if isinstance(error, openai.APIStatusError):
        return WireError("status", error.message, error.status_code, _retry_after(error.response))
    if isinstance(error, openai.APIConnectionError | httpx2.HTTPError):
        return WireError("cut" if _broke_off(error) else "connection")
    # Whatever else the vendor's parsing raises (HTML pages, null choices, missing keys): unreadable.
    return WireError("unreadable", str(error))


def _broke_off(error: BaseException | None) -> bool:
    """Whether the connection stood and then ended early; the vendors wrap that twice."""
    while error is not None:
        if isinstance(error, httpx2.ProtocolError | httpx2.ReadError):
            return True
        error = error.__cause__
    return False


def _retry_after(response: httpx2.Response) -> float | None:
    try:
        return max(0.0, float(response.headers["retry-after"]))
    except (KeyError, ValueError):
        return None


def _http_client(address: str) -> httpx2.Client:
    host = urlsplit(address).hostname or ""
    # An intranet server must not be asked for through a proxy that happens to be set for the outside.
    mounts = {f"all://{host}": None} if _on_intranet(host) else None
    return openai.DefaultHttpxClient(mounts=mounts, event_hooks={"response": [_bound_body]})


def _on_intranet(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return "." not in host or host.endswith((".local", ".lan", ".internal", ".intranet"))


def _bound_body(response: httpx2.Response) -> None:
    """Ends a body that drips on and on, so that no abandoned call lives longer than its own time limit."""
    seconds = response.request.extensions["timeout"]["read"]
    response.stream = _BoundStream(response.stream, time.monotonic() + seconds)


class _BoundStream(httpx2.SyncByteStream):
    def __init__(self, stream: Any, end: float) -> None:
        self._stream = stream
        self._end = end

    def __iter__(self) -> Iterator[bytes]:
        for part in self._stream:
            if time.monotonic() > self._end:
                raise httpx2.ReadTimeout("the body took longer than the whole call may")
            yield part

    def close(self) -> None:
        self._stream.close()
