"""Why and how, told by a model from passages only: every sentence stands on a quotation that is checked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.asking.answering.answer import Answer, Citation
from assistant.form.numerals import normal
from assistant.form.quantities import find_quantities
from assistant.llm import ChatModel
from assistant.prompt import Block, load_prompt

_MOST_PASSAGES, _MOST_SENTENCES = 30, 5
_LEAST_QUOTE = 4
_SPACE = re.compile(r"\s+")


class SentenceReply(BaseModel):
    """One sentence with what it stands on."""

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)

    text: str = Field(description="一句话")
    passage_id: str = Field(description="所据原文的编号，如 E1")
    quote: str = Field(description="从这段原文一字不差抄出的依据")


class PassagesReply(BaseModel):
    """An answer from passages."""

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)

    answerable: Literal["yes", "no"] = Field(description="原文能不能回答")
    sentences: tuple[SentenceReply, ...] = Field(description="回答，每句附依据；回答不了就留空")


def told_by_model(
    question: str, answer: Answer, texts: Sequence[str], model: ChatModel
) -> tuple[Answer | None, str]:
    """``answer`` (passages quoted, one citation each) in the model's words above its quotations.

    None with a notice where the model's reply does not hold; None without one where it says that the
    passages do not answer. Raises ModelUnavailableError.
    """
    blocks = _blocks(answer.citations, texts)
    if not blocks:
        return None, ""
    prompt = load_prompt("passages")
    text = prompt.render(passages=blocks, question=question)
    reply = model.answer(text, PassagesReply, prompt_id=prompt.reference)
    if reply.answerable == "no":
        return None, ""
    passages = dict(blocks)
    if not reply.sentences or not all(holds(one, passages, question) for one in reply.sentences):
        return None, "模型的回答没有通过逐字核对，没有采用，下面是原文。"
    told = reply.sentences[:_MOST_SENTENCES]
    said = "".join(one.text.rstrip("。；;") + "。" for one in told)
    return answer.model_copy(update={"answer": f"{said}\n依据原文：\n{answer.answer}"}), ""


def holds(sentence: SentenceReply, passages: Mapping[str, str], question: str) -> bool:
    """Whether the quotation stands in its passage, and every number there or in the question."""
    passage = passages.get(sentence.passage_id.strip(), "")
    quote = _plain(sentence.quote)
    if len(quote) < _LEAST_QUOTE or quote not in _plain(passage):
        return False
    given = _numbers(passage) | _numbers(question)
    return bool(sentence.text.strip()) and _numbers(sentence.text) <= given


def _blocks(citations: Sequence[Citation], texts: Sequence[str]) -> list[Block]:
    return [
        (f"E{number}", f"{citation.project_name}｜{citation.where}｜{text}")
        for number, (citation, text) in enumerate(zip(citations, texts, strict=False), 1)
    ][:_MOST_PASSAGES]


def _plain(text: str) -> str:
    return _SPACE.sub("", normal(text))


def _numbers(text: str) -> set[object]:
    return {quantity.number for quantity in find_quantities(normal(text))}
