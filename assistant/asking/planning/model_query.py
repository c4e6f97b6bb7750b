"""The same typed query by a model, where the words alone did not suffice; checked before it runs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.asking.language.numbers import Comparison
from assistant.asking.planning.meaning import Meaning
from assistant.asking.reading.entities import Entities
from assistant.asking.records.fields import FIELDS, Sort
from assistant.asking.records.query import Condition, Measure, Operation, Order, Query
from assistant.asking.records.records import Cell
from assistant.form.numerals import normal
from assistant.form.quantities import find_quantities
from assistant.llm import ChatModel
from assistant.prompt import load_prompt
from vectorstore.index import Hit

_LISTED = 200
_ROW = re.compile(r"([0-9]+)#([0-9]+)")
_ALWAYS = frozenset((Decimal(0), Decimal(1), Decimal(100)))
"""Numbers that a condition may carry although the question does not print them: nothing, one, all of it."""


class ConditionReply(BaseModel):
    """One condition."""

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)

    field: str = Field(description="字段名")
    op: Comparison = Field(description="比较方式；contains 含有、lacks 不含、empty 空、filled 非空")
    value: str = Field(description="比较的数字或文字；没有就留空")
    unit: str = Field(description="数字的单位；没有就留空")


class QuestionReply(BaseModel):
    """A question as a query."""

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)

    answerable: Literal["yes", "no"] = Field(description="表里的内容能不能回答")
    of: Literal["forms", "indicators", "findings"] = Field(description="要数或要列的记录")
    ask: Literal["list", "count", "value", "cells", "top", "yesno", "quote"] = Field(description="回答的样子")
    form_numbers: tuple[int, ...] = Field(description="只问这些表；全部就留空")
    row_ids: tuple[str, ...] = Field(description="只问这些指标，如 3#2；全部就留空")
    where: tuple[ConditionReply, ...] = Field(description="条件")
    group: str = Field(description="按哪个字段分组；不分组就留空")
    measure: Literal["", "count", "sum", "mean", "median", "max", "min", "range"] = Field(
        description="怎样汇总；不汇总就留空"
    )
    measure_field: str = Field(description="汇总哪个字段；数个数就留空")
    order_field: str = Field(description="按哪个字段排；分组结果写 value；不排就留空")
    direction: Literal["", "down", "up"] = Field(description="down 从大到小，up 从小到大；不排就留空")
    limit: int = Field(description="取前几个；不限写 0", ge=0)
    show: tuple[str, ...] = Field(description="要看的字段")


def meaning_by_model(
    question: str, entities: Entities, hits: Sequence[Hit], model: ChatModel
) -> Meaning | None:
    """What the model understood; None where its query does not hold. Raises ModelUnavailableError."""
    prompt = load_prompt("question")
    text = prompt.render(
        question=question,
        fields="\n".join(
            f"{of}：" + "，".join(f"{f.id} {f.label}" for f in known.values()) for of, known in FIELDS.items()
        ),
        forms="\n".join(_form_line(one.record.cells) for one in entities.forms[:_LISTED]),
        rows="\n".join(
            f"{hit.row.form}#{hit.row.row}｜{hit.row.level2}｜{hit.row.indicator}" for hit in hits
        ),
    )
    reply = model.answer(text, QuestionReply, prompt_id=prompt.reference)
    if reply.answerable == "no":
        return Meaning(kind="nothing", reason="可以回答这个问题的内容")
    try:
        query = _query(reply)
    except (ValidationError, InvalidOperation, KeyError):
        return None
    return Meaning(queries=(query,)) if _holds(query, question, entities, hits) else None


def _form_line(cells: Mapping[str, Cell]) -> str:
    return "｜".join(cells[name].text for name in ("form", "project_name", "unit", "year"))


def _query(reply: QuestionReply) -> Query:
    of: Sort = reply.of
    operation: Operation | None = reply.measure or None
    measure = Measure(op=operation, field=reply.measure_field) if operation else None
    order = Order(field=reply.order_field, descending=reply.direction != "up") if reply.order_field else None
    return Query(
        of=of,
        ask=reply.ask,
        forms=reply.form_numbers or None,
        rows=tuple((int(m[1]), int(m[2])) for text in reply.row_ids if (m := _ROW.fullmatch(text))) or None,
        where=tuple(_condition(one) for one in reply.where),
        group=reply.group,
        measure=measure,
        order=order,
        limit=reply.limit or None,
        show=reply.show,
    )


def _condition(reply: ConditionReply) -> Condition:
    if reply.op in ("empty", "filled"):
        return Condition(field=reply.field, op=reply.op)
    if reply.op in ("contains", "lacks") or not re.fullmatch(r"-?[0-9.]+", reply.value):
        return Condition(field=reply.field, op=reply.op, texts=(reply.value,))
    return Condition(field=reply.field, op=reply.op, number=Decimal(reply.value), unit=reply.unit)


def _holds(query: Query, question: str, entities: Entities, hits: Sequence[Hit]) -> bool:
    """Only forms, rows and numbers that the model was given, and a shape that can be put into words."""
    numbers = {quantity.number for quantity in find_quantities(normal(question))} | _ALWAYS
    asked = [condition.number for condition in query.where if condition.number is not None]
    given = {(hit.row.form, hit.row.row) for hit in hits}
    needs_show = query.ask in ("cells", "quote") and not query.show
    needs_measure = query.ask == "value" and query.measure is None
    needs_order = query.ask == "top" and query.order is None
    return (
        all(number in numbers for number in asked)
        and all(number in entities.by_number for number in query.forms or ())
        and all(row in given for row in query.rows or ())
        and not (needs_show or needs_measure or needs_order)
    )
