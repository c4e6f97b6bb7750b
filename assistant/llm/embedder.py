"""Vectors of short texts from an OpenAI-compatible address; one bad text never spoils the others."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from assistant.errors import ModelUnavailableError
from assistant.llm.deadline import Deadline, Exchange
from assistant.llm.reply import WireError

if TYPE_CHECKING:
    from assistant.llm.wire import EmbeddingWire

_BATCH = 64
_MOST_REFUSALS = 12
"""So many refusals in a row, without one answer between them, and it is not the texts."""
_LONGEST_WAIT = 5.0  # seconds before the one retry of a busy server

_REASONS = {
    "timeout": "向量模型没有在时限内答复",
    "connection": "连不上向量模型服务，请检查网络和 OPENAI_BASE_URL 的地址",
    "cut": "向量模型的答复中途断开",
    "unreadable": "向量模型服务的答复读不懂，请管理员检查 OPENAI_BASE_URL（通常以 /v1 结尾）",
    401: "向量模型服务不接受密钥，请管理员检查 OPENAI_API_KEY",
    403: "向量模型服务不接受密钥，请管理员检查 OPENAI_API_KEY",
    404: "没有这个向量模型，请管理员检查 OPENAI_BASE_URL 和 OPENAI_EMBEDDING_MODEL",
    429: "向量模型服务繁忙或额度用尽",
    503: "向量模型服务繁忙",
}
_BUSY = (429, 503)


class OpenAIEmbedder:
    """TextEmbedder over ``/v1/embeddings`` of any compatible server.

    ``base_url`` ``""`` means api.openai.com, ``api_key`` may be ``""`` on an intranet.
    """

    def __init__(self, base_url: str, api_key: str, model: str) -> None:
        self._base_url = base_url
        self._api_key = api_key
        self._batch = _BATCH
        self._opened: EmbeddingWire | None = None
        self.model = model

    def embed(self, texts: Sequence[str], seconds: float) -> list[tuple[float, ...] | None]:
        """One vector for each text, all of one length; None for a text that got none, or no finite one.

        Raises ModelUnavailableError where the server answers nothing, or not within ``seconds``.
        """
        wire = self._wire()
        call = _Call(wire, Deadline(seconds), self._batch)
        try:
            found = Exchange[list[Any]]().run(seconds, lambda _: call.all_of(list(texts)))
        except TimeoutError:
            raise _failure("timeout") from None
        except WireError as error:
            raise _failure(error.status or error.kind) from None  # the vendor's message may quote the key
        self._batch = call.batch
        return _of_one_length([_checked(vector) for vector in found])

    def _wire(self) -> EmbeddingWire:
        if self._opened is None:
            from assistant.llm.wire import EmbeddingWire  # noqa: PLC0415 - takes seconds, and most need no model

            self._opened = EmbeddingWire(self._base_url, self._api_key, self.model)
        return self._opened


class _Call:
    """The requests for one list of texts: refused ones are halved until the bad text stands alone.

    Where both halves of a refused request pass, it was its size; ``batch`` shrinks to what passes.
    """

    def __init__(self, wire: EmbeddingWire, deadline: Deadline, batch: int) -> None:
        self.batch = batch
        self._wire = wire
        self._deadline = deadline
        self._refusals = 0
        self._may_retry = True

    def all_of(self, texts: Sequence[str]) -> list[Any]:
        """What the server gave for each text. Raises WireError or TimeoutError."""
        found: list[Any] = []
        while len(found) < len(texts):
            found += self._some(texts[len(found) : len(found) + self.batch])[0]
        return found

    def _some(self, texts: Sequence[str]) -> tuple[list[Any], bool]:
        """The answers, and whether none of the texts was refused on its own."""
        try:
            answer = self._send(texts)
        except WireError as error:
            if not _blames_the_request(error):
                raise
            self._refusals += 1
            if self._refusals >= _MOST_REFUSALS:
                raise
            if len(texts) == 1:
                return [None], False
        else:
            self._refusals = 0
            return answer, True
        half = (len(texts) + 1) // 2
        (first, one), (second, other) = self._some(texts[:half]), self._some(texts[half:])
        if one and other:
            self.batch = min(self.batch, half)
        return first + second, one and other

    def _send(self, texts: Sequence[str]) -> list[Any]:
        try:
            return self._wire.send(texts, seconds=self._deadline.remaining())
        except WireError as error:
            wait = 0.5 if error.retry_after is None else error.retry_after
            if error.status not in _BUSY or not self._may_retry or wait > _LONGEST_WAIT:
                raise
            self._may_retry = False
            self._deadline.wait(wait)
            return self._wire.send(texts, seconds=self._deadline.remaining())


def _blames_the_request(error: WireError) -> bool:
    """Whether a part of the texts may still pass: too many, too long, or one that crashes the server."""
    return error.status in (400, 413, 422) or (error.status or 0) in range(500, 503)


def _checked(vector: Any) -> tuple[float, ...] | None:
    """A vector of finite numbers that are not all 0, else None."""
    try:
        numbers = tuple(float(number) for number in vector)
    except (TypeError, ValueError):
        return None
    return numbers if all(map(math.isfinite, numbers)) and any(numbers) else None


def _of_one_length(vectors: list[tuple[float, ...] | None]) -> list[tuple[float, ...] | None]:
    lengths = [len(vector) for vector in vectors if vector]
    usual = max(set(lengths), key=lengths.count, default=0)
    return [vector if vector and len(vector) == usual else None for vector in vectors]


def _failure(reason: str | int) -> ModelUnavailableError:
    told = _REASONS.get(reason, f"向量模型服务出错（{reason}）")
    return ModelUnavailableError(f"{told}；检索暂时只按词语排序。")
