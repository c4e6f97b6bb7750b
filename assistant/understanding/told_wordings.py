"""Rows told in words alone: 生活便利程度，目标为明显改善，实际为明显改善 is a row with both its values."""

from __future__ import annotations

import re

from assistant.form.model import Indicator
from assistant.understanding.clauses import is_question, split
from assistant.understanding.levels import level_of
from assistant.understanding.reading import READ, Reading
from assistant.understanding.row_matching import STRONG, content_of, find_rows, is_worded

_LEVELS = r"经济效益|社会效益|生态效益|可持续影响|效益|质量"
_HOW = r"进一步|明显|显著|有效|持续|逐步|大幅|较好|不断|稳步|切实|有所|基本|全面|长期|稳定|较大|极大|充分"
_END = r"显著|明显|良好|提升|改善|增强|提高|丰富|完善|健全|优化|稳定|达标|合格|好转|长效|规范"
_WORDING = rf"(?:(?:{_HOW})[\u3400-\u9fff]{{0,6}}|[\u3400-\u9fff]{{0,4}}(?:{_END}))"
_IS = r"(?:定的|定|设)?(?:也|都|还|仍|就)?(?:是|为|：|达到)*"
_TOLD = re.compile(
    rf"^(?:(?P<level>{_LEVELS})(?:指标)?(?:方面|上|里|这块|：)?[，：]?(?:是)?)?(?P<name>[\u3400-\u9fff]{{4,20}}?)[，：的]?(?:这[条项个])?"
    rf"(?:年度|年初)?(?:目标|指标|计划|预期)值?{_IS}[“\"]?(?P<target>{_WORDING})[”\"]?"
    rf"[，、](?:年末|年底|全年|最后)?(?:实际|结果|评估|自评|完成|达到)+(?:情况|结果|效果|值)?(?:下来)?{_IS}[“\"]?(?P<actual>{_WORDING})[”\"]?(?:了|吧)?$"
)
_OF_PROJECT = re.compile(r"^(?:项目|总体|年度|本年|今年|绩效|我们|单位)")


def read_told_wordings(reading: Reading) -> None:
    """Reads such sentences out of ``reading.rest``; a worded row of the form that is meant takes both."""
    if not reading.form.project_name and not reading.form.indicators:
        return
    for sentence in split(reading.rest, reading.form.year):
        text = reading.rest[sentence.start : sentence.end]
        found = _TOLD.match(text)
        if READ in text or found is None or is_question(text) or _OF_PROJECT.match(found["name"]):
            continue
        if all(clause.mood == "stated" for clause in sentence.clauses) and content_of(found["name"]):
            _place(reading, found)
            reading.take(sentence.start, sentence.end)


def _place(reading: Reading, found: re.Match[str]) -> None:
    match = find_rows(reading.form, found["name"])
    row = match.row if match.strength >= STRONG else None
    if row is not None and is_worded(reading.form.indicators[row - 1]):
        reading.set("indicators", row, "target", found["target"])
        reading.set("indicators", row, "actual", found["actual"])
        return
    level1, level2 = level_of(reading.form, found["name"], None, found["level"] or "社会效益")
    values = {"target": found["target"], "actual": found["actual"]}
    reading.inserted.append(Indicator(level1=level1, level2=level2, name=found["name"], **values))
