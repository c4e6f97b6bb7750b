"""Whose satisfaction a figure tells: 官兵满意度96% names the group of the one row on satisfaction."""

from __future__ import annotations

import re

from assistant.form.model import Indicator
from assistant.understanding.quantities import Quantity
from assistant.understanding.reading import Reading
from assistant.understanding.row_matching import content_of

_OF_WHOM = re.compile(
    r"(?P<who>[\u3400-\u9fff]{2,10}?)(?:对[\u3400-\u9fff]{2,8})?(?:总体|综合|平均)?满意[度率]"
)
_ANYBODY = re.compile(
    r"服务对象|受益(?:对象|群众|人群)|总体|综合|整体|平均|调查|问卷|测评|社会公众|指标|行|[我咱]|觉|认为|应该|估计|可能|大概|希望|力争"
)
_AND = re.compile(r"和|与|跟|及|以及|、")


def name_groups(reading: Reading, rows: tuple[int, ...], subject: str, told: Quantity) -> None:
    """Names the one row after the group that ``subject`` tells; a second group gets a row of its own."""
    if len(rows) != 1 or told.kind != "percent":
        return
    row = rows[0]
    indicator = reading.form.indicators[row - 1]
    alone = sum("满意" in one.name for one in reading.form.indicators) == 1
    if not alone or "满意" not in indicator.name or reading.before.indicators[row - 1].actual.strip():
        return
    written = {edit.location.row for edit in reading.sets if edit.location.field in ("target", "actual")}
    groups = [who for part in _AND.split(subject) if (who := _group(part))]
    if row not in written or not groups or any(who in indicator.name for who in groups[:1]):
        return
    reading.set("indicators", row, "name", f"{groups[0]}满意度")
    filled = reading.form.indicators[row - 1]
    for who in groups[1:]:
        values = {"target": indicator.target, "actual": told.text if filled.actual else ""}
        reading.inserted.append(
            Indicator(level1=indicator.level1, level2=indicator.level2, name=f"{who}满意度").model_copy(
                update=values
            )
        )


def _group(words: str) -> str:
    found = _OF_WHOM.search(content_of(words))
    return "" if found is None or _ANYBODY.search(found["who"]) else found["who"]
