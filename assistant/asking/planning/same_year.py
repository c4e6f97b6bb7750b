"""The other figure of a comparison in the year of the first: 教育局当年全部项目的预算."""

from __future__ import annotations

import re

from assistant.asking.planning.figure_words import WHOLE
from assistant.asking.planning.operands import Operand, Understand, field_said, operand_of
from assistant.asking.reading.entities import Entities

_SAME_YEAR = re.compile("(?:当年|同年|同期|该年|本年)度?的?")
_YEAR = re.compile("20[0-9]{2}")
_TWO = 2


def of_that_year(text: str, owner: Operand, understand: Understand, entities: Entities) -> Operand | None:
    """教育局当年全部项目的预算: over several forms, of the year that the other figure is of."""
    forms = owner.query.forms or tuple(form for form, _ in owner.query.rows or ())
    years = {entities.by_number[form].year for form in forms}
    own = years.pop() if len(years) == 1 else None
    if own is None or len(entities.years) < _TWO or _YEAR.search(text):
        return None
    if not (WHOLE.search(text) or understand(text)[1].offices):
        return None
    said, field = f"{own}年{_SAME_YEAR.sub('', text)}", field_said(owner)
    counted = owner.op == "count"
    many = "有几条" if owner.query.of == "indicators" else "有几个"
    ways = (f"{said}{many}",) if counted else (f"{said}合计", f"{said}{field}合计", f"{said}的{field}合计")
    for way in ways:
        found = operand_of(way, understand, entities)
        if found is None or found.form is not None or found.query.rows is not None:
            continue
        if (found.field, found.query.of) == (owner.field, owner.query.of):
            return found
    return None
