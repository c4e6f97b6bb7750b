"""Words for a share that ask for none: those of an indicator's own name, and 百分之几 for a figure itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.asking.reading.mentions import Mention, Reading

_FEW_ROWS = 3
_SHARE_WORD = re.compile("占比|比例|比率|比重|百分比|率$")
_UNIT_ASKED = re.compile("[,、](?:它|其|只|才)?(?:是|为|有|达到?|打到|完成|到)?了?$")


def without_shares_of_none(reading: Reading, names: Sequence[str]) -> Reading:
    """占比 in …人员中占比: what a named indicator itself is called asks for nothing; ``names``: of these."""
    inside = {m for m in reading.marks if m.name in ("share", "mean") and names and _in_names(m, names)}
    inside |= {m for m in reading.marks if m.name == "share" and _is_unit(m, reading)}
    if not inside:
        return reading
    marks = [m for m in reading.marks if m not in inside]
    said = {name: m for name, m in reading.said.items() if m not in inside}
    return replace(reading, marks=marks, said=said)


def _is_unit(mark: Mention, reading: Reading) -> bool:
    """满意度最低的是哪个,百分之几: the figure that is ranked by, not a part of a whole."""
    ranked = any(m.name in ("top", "top_n", "nth", "last_n") and m.end <= mark.start for m in reading.marks)
    alone = mark.text in ("百分之几", "百分之多少") and _UNIT_ASKED.search(reading.text[: mark.start])
    return ranked and bool(alone) and "占" not in reading.text


def _in_names(mark: Mention, names: Sequence[str]) -> bool:
    """Whether the names of indicators say what the mark does: 占比, 比例 and 占百分之几 are one."""
    few = len(names) < _FEW_ROWS
    shared = mark.name == "share" and few and any(_SHARE_WORD.search(name) for name in names)
    return all(mark.text.strip("的") in name for name in names) or shared
