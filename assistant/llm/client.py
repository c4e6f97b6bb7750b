"""A language model behind an OpenAI-compatible address: the ladder, one repair turn, one budget."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import ModelUnavailableError
from assistant.llm.deadline import Deadline, Exchange
from assistant.llm.extract import UnusableReplyError, typed
from assistant.llm.ladder import MEMORY, Dialect, Rung, refuses_streams
from assistant.llm.log import CallLog, CallRecord
from assistant.llm.model import Answer
from assistant.llm.progress import current_turn
from assistant.llm.redaction import redacted
from assistant.llm.reply import Reply, Turn, WireError
from assistant.llm.wording import format_request, plain_schema, repair_request

if TYPE_CHECKING:
    from assistant.llm.wire import Tell, Wire

_QUOTED_BACK = 4000  # characters of a failed reply that are shown to the model again
_LONGEST_WAIT = 5.0  # seconds before the one retry of a busy server

_REASONS = {
    "timeout": "模型在{budget}秒内没有给出完整答复，请稍后再试，或请管理员检查模型服务。",
    "connection": "连不上模型服务，请检查网络和 OPENAI_BASE_URL 的地址。",
    "cut": "模型的答复中途断开，请稍后再试。",
    "unreadable": "模型服务的答复读不懂，请管理员检查 OPENAI_BASE_URL（通常以 /v1 结尾）。",
    "refused": "模型拒绝回答这个问题，请换一种说法。",
    "truncated": "模型的答复超过长度上限，没有说完，请减少一次处理的内容。",
    "wrong_format": "模型两次都没有按要求的格式答复，请换一个模型或稍后再试。",
    "key": "模型服务不接受密钥，请管理员检查 OPENAI_API_KEY。",
    "not_found": "模型服务没有这个地址或模型，请管理员检查 OPENAI_BASE_URL 和 OPENAI_MODEL。",
    "busy": "模型服务繁忙或额度用尽，请稍后再试。",
    "server": "模型服务出错（{status}），请稍后再试。",
    "request": "模型服务不接受这次请求（{status}），资料可能太长或含有它不处理的内容。",
}


class CallFailedError(ModelUnavailableError):
    """A call without a usable answer; ``kind`` is a key of the reasons above, for the log."""

    def __init__(self, kind: str, *, status: int | None = None, budget: float = 0) -> None:
        super().__init__(_REASONS[kind].format(status=status, budget=f"{budget:g}"))
        self.kind = kind


class OpenAIChat:
    """ChatModel over chat completions of any compatible server.

    ``base_url`` ``""`` means api.openai.com, ``api_key`` may be ``""`` on an intranet. ``budget_seconds``
    bounds a whole call with all its attempts. ``log_folder`` None keeps no log; ``keep_texts`` adds prompt
    and reply to it.
    """

    def __init__(
        self,
        base_url: str,
        api_key: str,
        model: str,
        *,
        budget_seconds: float = 60,
        log_folder: Path | None = None,
        keep_texts: bool = False,
    ) -> None:
        self._base_url = base_url
        self._api_key = api_key
        self._model = model
        self._budget = budget_seconds
        self._log = CallLog(log_folder)
        self._keep_texts = keep_texts
        self._opened: Wire | None = None

    def answer(self, prompt: str, schema: type[Answer], *, prompt_id: str) -> Answer:
        """The model's reply as ``schema``. Raises ModelUnavailableError; see ChatModel."""
        wire = self._wire()
        record = CallRecord(prompt=prompt_id, schema=schema.__name__, model=self._model)
        if self._keep_texts:
            record.asked = redacted(prompt)
        started = time.monotonic()
        turn = current_turn()
        listener = turn.listener if turn is not None else None
        seconds = self._budget
        try:
            seconds = min(seconds, turn.deadline.remaining()) if turn is not None else seconds
            deadline = Deadline(seconds)
            answer = Exchange[Answer]().run(
                seconds,
                lambda tell: self._converse(
                    wire, prompt, schema, deadline, record, tell if listener is not None else None
                ),
                listener,
            )
        except TimeoutError:
            record.outcome = "timeout"
            raise CallFailedError("timeout", budget=round(seconds, 1)) from None
        except WireError as error:
            failure = _failure(error, seconds)
            record.outcome = failure.kind
            raise failure from None  # the vendor's message may quote the key
        except CallFailedError as error:
            record.outcome = error.kind
            raise
        finally:
            record.seconds = round(time.monotonic() - started, 3)
            self._log.add(record)
        return answer

    def _wire(self) -> Wire:
        if self._opened is None:
            from assistant.llm.wire import Wire  # noqa: PLC0415 - takes seconds, and most runs need no model

            self._opened = Wire(self._base_url, self._api_key, self._model)
        return self._opened

    def _converse(
        self,
        wire: Wire,
        prompt: str,
        schema: type[Answer],
        deadline: Deadline,
        record: CallRecord,
        tell: Tell | None,
    ) -> Answer:
        dialect = MEMORY.recall(self._base_url, self._model)
        exchange = _Exchange(wire, schema, deadline, record, dialect, tell)
        repair: tuple[Turn, ...] = ()
        for outcome in ("ok", "repaired"):
            reply = exchange.ask(prompt, repair)
            if self._keep_texts:
                record.replied = redacted(reply.text)
            if reply.refused:
                raise CallFailedError("refused")
            try:
                answer = typed(reply.data, schema)
            except UnusableReplyError as error:
                if reply.finish == "length":
                    raise CallFailedError("truncated") from error
                repair = _repair_turns(reply, error)
                exchange.reconsider(reply)
            else:
                record.outcome = outcome
                exchange.reconsider(reply)
                MEMORY.keep(self._base_url, self._model, exchange.dialect)
                return answer
        raise CallFailedError("wrong_format")


class _Exchange:
    """Requests of one call: goes down the ladder where the server refuses, retries once where it is busy."""

    def __init__(
        self,
        wire: Wire,
        schema: type[Answer],
        deadline: Deadline,
        record: CallRecord,
        dialect: Dialect,
        tell: Tell | None,
    ) -> None:
        self.dialect = dialect
        self._tell = tell
        self._wire = wire
        self._name = schema.__name__
        self._schema = plain_schema(schema)
        self._deadline = deadline
        self._record = record
        self._may_retry = True

    def ask(self, prompt: str, repair: tuple[Turn, ...]) -> Reply:
        """The reply to the prompt (and the repair turn, if any). Raises WireError or TimeoutError."""
        while True:
            try:
                return self._send(prompt, repair)
            except WireError as error:
                if self._tell is not None and not self.dialect.stream and refuses_streams(error):
                    self._tell = None
                    continue
                other = self.dialect.after_refusal(error.status, str(error)) if error.status else None
                if other is not None:
                    self.dialect = other
                    continue
                wait = _retry_wait(error)
                if wait is None or not self._may_retry:
                    raise
                self._may_retry = False
                self._deadline.wait(wait)

    def reconsider(self, reply: Reply) -> None:
        """Goes one rung down where the server let the rung pass but did not keep to it."""
        ignored = self.dialect.rung is Rung.TOOLS and not reply.by_tool
        if ignored or reply.data is None:
            self.dialect = self.dialect.lower() or self.dialect

    def _send(self, prompt: str, repair: tuple[Turn, ...]) -> Reply:
        request = f"{prompt.rstrip()}\n\n{format_request(self._schema, self.dialect.rung)}"
        options = self.dialect.request_options(self._name, self._schema)
        self._record.rung = self.dialect.rung.name.lower()
        self._record.requests += 1
        reply = self._wire.send(
            (Turn("user", request), *repair),
            options,
            stream=self.dialect.stream,
            seconds=self._deadline.remaining(),
            tell=self._tell,
        )
        self._count(reply)
        return reply

    def _count(self, reply: Reply) -> None:
        for name in ("input_tokens", "output_tokens"):
            used = getattr(reply, name)
            if used is not None:
                setattr(self._record, name, (getattr(self._record, name) or 0) + used)


def _repair_turns(reply: Reply, error: UnusableReplyError) -> tuple[Turn, ...]:
    """The failed reply and what is wrong with it; none for an empty reply: servers refuse empty turns."""
    if not reply.text:
        return ()
    return (Turn("assistant", reply.text[:_QUOTED_BACK]), Turn("user", repair_request(str(error))))


def _retry_wait(error: WireError) -> float | None:
    """Seconds to wait before the one retry; None where a retry cannot help or would take too long."""
    if error.kind in ("connection", "cut"):
        return 0.2
    if error.status == 429 or (error.status or 0) >= 500:
        wait = 0.5 if error.retry_after is None else error.retry_after
        return wait if wait <= _LONGEST_WAIT else None
    return None


def _failure(error: WireError, budget: float) -> CallFailedError:
    if error.kind != "status":
        return CallFailedError(error.kind, budget=budget)
    status = error.status or 0
    kind = {401: "key", 403: "key", 404: "not_found", 429: "busy", 503: "busy", 529: "busy"}.get(status)
    if kind is None:
        kind = "server" if status >= 500 else "request"
    return CallFailedError(kind, status=status)
