"""A typed answer out of what models really send: thoughts, fences, prose around the JSON, wrapped objects."""

from __future__ import annotations

import json
import re
from typing import Any

from pydantic import ValidationError

from assistant.llm.model import Answer

MAX_CHARACTERS = 200_000
_MAX_STARTS = 400
_THOUGHT_MARK = re.compile(r"(</?think(?:ing)?>)", re.IGNORECASE)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")


class UnusableReplyError(Exception):
    """A reply that is not the asked-for object; the message (Chinese) is sent back in the repair turn."""


def without_thoughts(text: str) -> str:
    """``text`` without reasoning blocks, closed, cut off, or opened by the server's own template."""
    said: list[str] = []
    thinking = False
    for number, part in enumerate(_THOUGHT_MARK.split(text)):
        if number % 2 == 0:
            said += [] if thinking else [part]
        elif part.startswith("</"):
            said = said if thinking else []
            thinking = False
        else:
            thinking = True
    return "".join(said).strip()


def last_object(text: str) -> dict[str, Any] | None:
    """The last complete JSON object in ``text`` that is not inside another one; None where there is none.

    Line breaks inside strings and trailing commas are forgiven, NaN and Infinity are not.
    """
    text = without_thoughts(text[:MAX_CHARACTERS])
    found = _scan(text)
    return found if found is not None else _scan(_TRAILING_COMMA.sub(r"\1", text))


def _scan(text: str) -> dict[str, Any] | None:
    decoder = json.JSONDecoder(strict=False, parse_constant=_no_constant)
    found: dict[str, Any] | None = None
    position = text.find("{")
    for _ in range(_MAX_STARTS):
        if position < 0:
            break
        try:
            candidate, end = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            end = position + 1
        else:
            found = candidate
        position = text.find("{", end)
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def typed(data: dict[str, Any] | None, schema: type[Answer]) -> Answer:
    """``data`` as ``schema``; raises UnusableReplyError that names every wrong field."""
    if data is None:
        raise UnusableReplyError("答复中没有完整的 JSON 对象。")
    try:
        return schema.model_validate(_unwrapped(data, schema))
    except ValidationError as error:
        raise UnusableReplyError(_named(error)) from error


def _unwrapped(data: dict[str, Any], schema: type[Answer]) -> dict[str, Any]:
    """The object itself where a model put it under one foreign key (``{"arguments": {…}}``)."""
    while len(data) == 1:
        key, inner = next(iter(data.items()))
        if key in schema.model_fields or not isinstance(inner, dict):
            break
        data = inner
    return data


def _named(error: ValidationError) -> str:
    problems = []
    for item in error.errors(include_url=False, include_context=False)[:8]:
        place = ".".join(str(part) for part in item["loc"]) or "整个对象"
        if item["type"] == "missing":
            problems.append(f"{place}：缺少这个字段")
        elif item["type"] == "extra_forbidden":
            problems.append(f"{place}：没有这个字段，请去掉")
        else:
            problems.append(f"{place}：{item['msg']}")
    return "；".join(problems) + "。"
