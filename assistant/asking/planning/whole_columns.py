"""What holds of a whole column of a form: 偏差原因整列空白的表, 完成值都是“100%”的表."""

from __future__ import annotations

import re

from assistant.asking.language.patterns import WHOLE_COLUMN
from assistant.asking.planning.asked import Asked
from assistant.asking.planning.heads import is_used
from assistant.asking.records.query import Condition

_ALL_QUOTED = re.compile(
    '(?:都|全部?|均|统统|通通|一律|清一色)(?:只|光|就)?(?:是|为|填|写|标|印|画|打)?(?:的|着|了|成|是)*[“"‘『「《]'
)
_BLANK = frozenset(("blank_reason", "no_reason", "empty_cell"))
_EVERY_CELL = re.compile("全|整|都|统统|通通|[一半]个?(?:格|字)")
"""偏差原因全空, 都空着: said of a form, of all of its cells."""
_CELLS = frozenset(("explanation", "target", "actual", "weight", "score", "reason", "measure"))


def of_whole_columns(asked: Asked) -> tuple[Condition, ...]:
    """The conditions on a cell that every indicator of a form must meet; none where any one may."""
    rows = any(noun.name == "row" and not is_used(noun, asked.reading) for noun in asked.reading.nouns)
    column = WHOLE_COLUMN.search(asked.reading.text) or (
        not rows and any(m.name in _BLANK and _EVERY_CELL.search(m.text) for m in asked.reading.marks)
    )
    if not (column or _ALL_QUOTED.search(asked.reading.text)):
        return ()
    stated = (c for c in asked.stated("indicators").where if c.field in _CELLS and not c.negated)
    return tuple(c for c in stated if column or c.op == "eq")
