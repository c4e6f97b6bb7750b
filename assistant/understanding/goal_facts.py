"""年度总体目标 from the conversation: the expected goal and what became of it, word for word."""

from __future__ import annotations

import re

from assistant.understanding.clauses import is_question
from assistant.understanding.reading import READ, Reading
from assistant.understanding.row_matching import content_of, find_rows

_IS = r"(?:应该|应)?(?:是|为|：|改成|改为|写成|写|填)+"
_EXPECTED = re.compile(
    rf"(?:^|[，。；\n□])(?:我们的?|本|项目的?|今年的?|该)*(?:年度|总体|绩效|预期|年度总体|总体绩效"
    rf"|年度绩效){{1,3}}的?目标{_IS}(?P<text>[^\n{READ}]+)"
)
_PLAIN = re.compile(
    rf"(?:^|[，。；\n□])(?:我们的?|本|项目的?|今年的?|该)*目标(?:是|为|：)(?P<text>[^\n{READ}]{{6,}})"
)
_ACTUAL = re.compile(
    rf"(?:^|[，。；\n□])(?:年度|总体|总|绩效|项目)*(?:目标)?(?:的)?(?:实际完成情况|完成情况|实现情况"
    rf"|达成情况){_IS}(?P<text>[^\n{READ}]{{4,}})"
)
_NEXT = re.compile(
    r"[。；\n](?=(?:[^。；\n]{0,6}(?:完成情况|实际|预算|主管部门|实施单位|去年|培训人数|指标)))"
)


def read_goal(reading: Reading) -> None:
    """Reads the goal's two texts out of ``reading.rest``; a plain 目标是 that rows can take is left."""
    for pattern, field in ((_ACTUAL, "actual"), (_EXPECTED, "expected"), (_PLAIN, "expected")):
        found = pattern.search(reading.rest)
        if found is None or is_question(found.group()):
            continue
        start = found.start("text")
        text = _NEXT.split(found["text"])[0].strip("，；。 “”") + "。"
        if pattern is _PLAIN and (reading.form.goal.expected or _means_rows(reading, text) or len(text) < 10):
            continue
        if len(content_of(text)) < 4:
            continue
        reading.set("goal", None, field, text)
        end = start + len(_NEXT.split(found["text"])[0])
        if pattern is not _PLAIN:
            reading.take(found.start(), end)


def _means_rows(reading: Reading, text: str) -> bool:
    return any(find_rows(reading.form, clause).rows for clause in re.split(r"[，、；。]", text) if clause)
