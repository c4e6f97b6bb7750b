"""The unit that indicators are said to count in: 以“家”为单位的指标, 按人次计的, 完成值写成百分数的."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from assistant.asking.reading.mentions import Written
from assistant.asking.reading.unit_asked import COUNTING

_UNIT = "[“\"'「『]?(?P<{0}>%|[a-zA-Z]{{1,3}}|[一-龥]{{1,4}}?)[”\"'」』]?"
_COUNTED = re.compile(
    f"(?:以|用|按|拿|论)(?:照)?{_UNIT.format('by')}(?:来|去|作|做|当|为|成)*"
    "(?:(?:计量|度量)?单位(?:来)?(?:计算?|统计|衡量)?|计量|计数|衡量|度量|计(?=的|[,;]|$)|数(?=的))"
    f"|(?:计量|度量|(?:目标|指标|完成)值?的?)单位(?:名称)?(?:是|为|用|写|填|选)*(?:的|成|作)?{_UNIT.format('is')}(?=的|[,;]|$|指标)"
    f"|单位(?:是|为){_UNIT.format('of')}(?=的(?:[^,;]{{0,6}}指标|有)|指标)"
)
_PERCENT = re.compile(
    "(?<![该当要不没未非])(?:写|填|印|用|以|拿|按|表示|记|算|是|为|带|定|设|标|给)(?:成|为|的是|作|了|着|个)*(?:的)?百分(?:数|比|率|号)"
    "(?:的?形式)?(?:来|去)?(?:写|填|定|设|标|印|表示|表述|计|衡量|给|考核|规定)*(?:出来|的|了|成)*"
    "(?=的|$|[,;、却但可而又也还且]|指标|目标|完成值|有|[一二三四五六七八九十0-9]级)"
    "|百分(?:数|比|率)(?:型|类|形式)?的?(?=目标|指标值|完成值)"
)
"""本该填百分比, 不是百分数: what should stand there, or is said not to."""
_SAME = ("%", "百分比", "百分数", "百分点"), ("人", "名"), ("公里", "千米")
"""Ways to write one unit; 人次 is another than 人."""


def units_said(text: str, is_unit: Callable[[str], bool]) -> Iterator[tuple[Written, int]]:
    """Where a unit is told, with the ways to write it; ``is_unit``: whether any indicator has it."""
    for found in _COUNTED.finditer(text):
        unit = found["by"] or found["is"] or found["of"]
        ways = next((ways for ways in _SAME if unit in ways), (unit,))
        if COUNTING.intersection(ways) or any(map(is_unit, ways)):
            yield Written(found.start(), ways, "counted_in"), found.end()
    for found in _PERCENT.finditer(text):
        yield Written(found.start(), ("%", "％")), found.end()
