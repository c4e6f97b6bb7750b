"""What one thing has of an amount of several: 轻工处的预算里，葡萄酒占多少; 葡萄酒占轻工处预算的百分之几."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.asking.language.patterns import WHOLE
from assistant.asking.planning.meaning import Meaning
from assistant.asking.planning.operands import Operand, Understand, operand_of
from assistant.asking.reading.entities import Entities
from assistant.asking.reading.mentions import Reading
from assistant.asking.records.query import Query, Step

_OWN = "(?:一[家项个条块]|自己|本身|单独|独自|(?:这|那)[个家张份条项块笔](?:项目|表|指标)?)*"
_HAS = re.compile(f"{_OWN}(?:独|就|只|才|仅|共|约|大概|大约|能|要|一共|总共)*占(?:了|到|去|据|的)*")
_SHARE = re.compile(
    "(?:其中|总数|总量)?的?(?:(?:多少|几)(?:个?百分点|%)?(?:的?(?:比例|比重|份额))?|百分之(?:几|多少)|几成|几分之几"
    "|(?:多大|什么)的?(?:比例|比重|份额|一块)?|(?:比例|比重|份额|百分比|比)(?:是|为|有)*(?:多少|多大|多高|几)?)"
    "[啊呀呢吧嘛]*$"
)
_AMONG = re.compile("(?:里头?面?|当?中|之中)(?:面)?[,:]?|[,:]")
_SUMS = re.compile("合计|总额|总数|总和|之和|加起来|一共|总共")


def as_part_of_whole(text: str, plain: Meaning, understand: Understand, entities: Entities) -> Meaning | None:
    """The share of two figures of one field, of which the second is added up over what holds the first.

    Unclear where both are named and ``plain`` would take the part of all that there is.
    """
    if "占" not in text:
        return None
    named = False
    for part, whole in _divided(text, entities):
        _, reading = understand(whole)
        if not reading.names_something() or re.search(f"{WHOLE}(?:的)?(?:项目|表)", whole):
            continue
        if (meaning := _share(part, whole, reading, understand, entities)) is not None:
            return meaning
        named = named or understand(part)[1].names_something()
    of_all = any(
        query.measure is not None and query.measure.op == "share" and query.base_forms in (None, query.forms)
        for query in plain.queries
    )
    return Meaning(kind="unclear", reason="占") if named and of_all else None


def _divided(text: str, entities: Entities) -> Iterator[tuple[str, str]]:
    """The part and the whole, in every way in which the text can be divided."""
    for has in _HAS.finditer(text):
        told, asked = text[: has.start()], _SHARE.search(text, has.end())
        if asked is None or _in_a_word(text, text.index("占", has.start()), entities):
            continue
        if asked.start() > has.end():
            yield told, text[has.end() : asked.start()]
            continue
        for among in _AMONG.finditer(told):
            part = told[among.end() :]
            if among.start() and part and not re.search("[,;]", part):
                yield part, told[: among.start()].removeprefix("在")


def _in_a_word(text: str, at: int, entities: Entities) -> bool:
    """占 in 频占费."""
    beside = (text[max(0, at - 1) : at + 1], text[at : at + 2])
    return any(len(pair) > 1 and entities.names_have(pair) for pair in beside)


def _share(
    part: str, whole: str, reading: Reading, understand: Understand, entities: Entities
) -> Meaning | None:
    fields = reading.fields or understand(part)[1].fields
    if not fields:
        return None
    field = fields[-1].text.removeprefix("的")
    said = whole if reading.fields else f"{whole}的{field}"
    of_all = _summed(said, understand, entities)
    if of_all is None or _is_one(of_all.query):
        return None
    own = part if understand(part)[1].fields else f"{part}的{field}"
    of_part = operand_of(own, understand, entities)
    if of_part is None or not _belongs(of_part, of_all):
        of_part = _summed(own, understand, entities)
    if of_part is None or not _belongs(of_part, of_all):
        return None
    first = of_part.query.model_copy(update={"steps": (Step(op="share", of=(0, 1)),)})
    return Meaning(queries=(first, of_all.query), labels=(of_part.label, of_all.label))


def _summed(said: str, understand: Understand, entities: Entities) -> Operand | None:
    """The sum over all that is said."""
    return operand_of(said if _SUMS.search(said) else f"{said}合计", understand, entities)


def _is_one(query: Query) -> bool:
    """Whether it is of one record: that is no whole of several."""
    return len(query.rows or ()) == 1 or (query.of == "forms" and len(query.forms or ()) == 1)


def _belongs(part: Operand, whole: Operand) -> bool:
    """Whether the first is of the same sort and field, and of some of the records of the second."""
    one, all_of = part.query, whole.query
    if (one.of, part.field, part.op) != (all_of.of, whole.field, whole.op) or one == all_of:
        return False
    if all_of.rows is not None and not set(one.rows or ()) <= set(all_of.rows):
        return False
    if all_of.forms is None:
        return False
    forms = {form for form, _ in one.rows or ()} or set(one.forms or ())
    return bool(forms) and forms <= set(all_of.forms)
