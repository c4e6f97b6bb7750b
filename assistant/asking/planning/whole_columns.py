"""What holds of a whole column of a form: 偏差原因整列空白的表, 完成值都是“100%”的表."""

from __future__ import annotations

import re

from assistant.asking.language.patterns import WHOLE_COLUMN
from assistant.asking.planning.asked import Asked
from assistant.asking.records.query import Condition

_ALL_QUOTED = re.compile(
    '(?:都|全部?|均|统统|通通|一律|清一色)(?:只|光|就)?(?:是|为|填|写|标|印|画|打)?(?:的|着|了|成|是)*[“"‘『「《]'
)
_CELLS = frozenset(("explanation", "target", "actual", "weight", "score", "reason", "measure"))


def of_whole_columns(asked: Asked) -> tuple[Condition, ...]:
    """The conditions on a cell that every indicator of a form must meet; none where any one may."""
    column = WHOLE_COLUMN.search(asked.reading.text)
    if not (column or _ALL_QUOTED.search(asked.reading.text)):
        return ()
    stated = (c for c in asked.stated("indicators").where if c.field in _CELLS and not c.negated)
    return tuple(c for c in stated if column or c.op == "eq")
