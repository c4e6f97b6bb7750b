"""同一段理由贴到两行: rows of one form whose explanations read the same."""

from __future__ import annotations

import re

from assistant.asking.planning.kinds import one
from assistant.asking.planning.meaning import Meaning
from assistant.asking.reading.entities import Entities
from assistant.asking.reading.mentions import Reading
from assistant.asking.reading.reading import read
from assistant.asking.reading.scope import scope_of
from assistant.asking.records.query import Condition, Measure, Query, Shape
from assistant.asking.records.records import YES

_THING = "(?:偏差)?(?:原因|理由|说明|解释|话)+"
_SEVERAL = "(?:[两2三几多]|好几|不止一)[行条处个项](?:指标|行|地方)?(?:里|上|去|的)*"
_ALIKE = "(?:写得|写的|都|是|竟然?|居然|完全)*(?:一模一样|一样|一字不差|相同|雷同|重复)的?"
_SAME = re.compile(
    f"(?:把)?(?:同一?[段条句个样]|相同|一样|雷同|重复)的?{_THING}[^,;，；]{{0,5}}?"
    f"(?:原封不动|一字不差|原样|照样)?(?:地)?(?:贴|写|用|抄|套|填|复制|出现|照搬)(?:到|在|了|给|过|进)*{_SEVERAL}|{_SEVERAL}{_THING}{_ALIKE}|{_SEVERAL}(?:写|用|填)(?:了|着|的)*(?:相同|一样|同样|雷同)的?{_THING}|{_THING}(?:在)?(?:[两2三几多])[行条处](?:之间|里|上|间)?(?:整段|完全|一字不差)?(?:地)?(?:重复|雷同|相同|一样)的?"
)
_BLANKS = re.compile(
    '[,，;；。?？]*[^,，;；。?？]*(?:[“"][^”"]*[”"][、和]?)+[^,，;；]*(?:不算|除外|不计)[^,，;；]*$'
)
"""“无”“/”这种不算: an explanation that says nothing is none."""


def as_repeated(question: str, entities: Entities, year: int | None) -> tuple[Meaning, Reading] | None:
    """The forms, or the rows of those named, where an explanation stands twice; None where none is asked."""
    said = _SAME.search(question)
    if said is None:
        return None
    rest = _BLANKS.sub("", question[: said.start()] + question[said.end() :])
    reading = read(rest, entities)
    scope = scope_of(reading, entities, year)
    other = reading.fields or reading.levels or reading.bounds or scope.rows or scope.passages
    if scope.unknown or scope.missing_year is not None or other:
        return None
    told = Condition(field="reason", op="eq", texts=(YES,))
    query = Query(
        of="indicators", forms=scope.forms, without=scope.without, where=(told,), alike="explanation"
    )
    if scope.forms is not None and len(scope.forms) == 1:
        return one(query.model_copy(update={"show": ("explanation",)})), reading
    ask: Shape = "count" if reading.says("count") and not reading.says("which") else "list"
    return one(
        query.model_copy(update={"group": "form", "measure": Measure(op="count"), "ask": ask})
    ), reading
