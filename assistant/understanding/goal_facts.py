"""年度总体目标 from the conversation: the expected goal and what became of it, word for word."""

from __future__ import annotations

import re

from assistant.understanding.clauses import is_question
from assistant.understanding.reading import READ, Reading
from assistant.understanding.row_matching import content_of, find_rows

_IS = (
    r"(?:应该|应|就|可以|请|帮我|你)*(?:是|为|：|改成|改为|写成|写|填|换成|定为)"
    r"(?:是|为|：|上|下|成|这样|如下)*"
)
_GOAL = r"(?:我们的?|本|项目的?|今年的?|该|把)*(?:年度|总体|总|绩效|预期){1,3}的?目标"
_EXPECTED = re.compile(rf"(?:^|[，。；\n□]){_GOAL}{_IS}(?P<text>[^\n{READ}]+)")
_MORE = re.compile(
    rf"(?:^|[，。；\n□]){_GOAL}(?:里|中|后面|最后)?(?:再|还)?(?:加|补|添)(?:上|入|一?[句条点个])*[：，]?(?P<text>[^\n{READ}]+)"
)
_PLAIN = re.compile(
    rf"(?:^|[，。；\n□])(?:我们的?|本|项目的?|今年的?|该)*目标(?:是|为|：)(?P<text>[^\n{READ}]{{6,}})"
)
_ACTUAL = re.compile(
    rf"(?:^|[，。；\n□])(?:年度|总体|总|绩效|项目)*(?:目标)?(?:的)?(?:实际完成情况|完成情况|实现情况"
    rf"|达成情况){_IS}(?P<text>[^\n{READ}]{{4,}})"
)
_PLAIN_LENGTH, _SHORTEST = 10, 4
_NEXT = re.compile(
    r"[。；\n](?=(?:[^。；\n]{0,6}(?:完成情况|实际|预算|主管部门|实施单位|去年|培训人数|指标)))"
)


def read_goal(reading: Reading) -> None:
    """Reads the goal's two texts out of ``reading.rest``; a plain 目标是 that rows can take is left."""
    for pattern, field in ((_ACTUAL, "actual"), (_MORE, "expected"), (_EXPECTED, "expected")):
        _read(reading, pattern, field)


def read_plain_goal(reading: Reading) -> None:
    """Reads a mere 目标是…, where neither a row nor the goal has taken it."""
    _read(reading, _PLAIN, "expected")


def _read(reading: Reading, pattern: re.Pattern[str], field: str) -> None:
    found = pattern.search(reading.rest)
    if found is None or is_question(found.group()):
        return
    said = _NEXT.split(found["text"])[0]
    text = said.strip("，；。：: “”") + "。"
    goal = reading.form.goal.expected
    if pattern is _PLAIN and (goal or _means_rows(reading, text) or len(text) < _PLAIN_LENGTH):
        return
    if len(content_of(text)) < _SHORTEST:
        return
    if pattern is _MORE and goal:
        text = goal.rstrip("。") + "；" + text
    reading.set("goal", None, field, text)
    if pattern is not _PLAIN:
        reading.take(found.start(), found.start("text") + len(said))


def _means_rows(reading: Reading, text: str) -> bool:
    return any(find_rows(reading.form, clause).rows for clause in re.split(r"[，、；。]", text) if clause)
