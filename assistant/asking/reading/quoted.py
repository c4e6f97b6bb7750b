"""What a quotation in a question states: which cell it is looked for in, and how."""

from __future__ import annotations

import re

from assistant.asking.reading import conditions as cond
from assistant.asking.reading.entities import Entities
from assistant.asking.reading.mentions import Reading
from assistant.asking.records.fields import FIELDS, Sort
from assistant.asking.records.query import Condition

_LEVEL_SAID = re.compile("[一二]级(?:绩效)?指标(?:类别)?(?:名称)?(?:是|为|叫|属于|里|写)")
"""二级指标是“成本指标”的: what is quoted is a kind of indicator."""
_SHORT = 3
_HOLDS = re.compile('(?:提到|提及|说到|写到|讲到|谈到|含有?|包含|出现|写着?|填)[了过]?[“"‘「『]')
"""What follows is looked for inside of cells, even where it is an indicator's name."""
_IN_THE_NAME = re.compile(
    '(?:名称|名字|名)(?:里面?|中|上)?(?:有|带有?|含有?|包含|出现|是|叫)[了着]?[“"‘「『]$'
)
_CALLED = re.compile('(?:叫做?|名为|名叫|称为)[“"‘「『]$')
_INDICATOR = re.compile('[”"’」』]的?(?:[这那][个条项])?指标(?!值)')
_CELLS = (
    ("target", re.compile("指标值|目标值?(?:里|中|是|写|带|含|用)")),
    ("explanation", re.compile('(?:提到|提及|说到|写到|讲到|谈到|说|讲|称|提出?)[了过]?[“"‘「『]')),
    ("actual", re.compile("完成值|完成情况|实际完成|完成(?:一)?栏")),
)
"""The cell that is said to hold what is quoted."""
_SIGNS = frozenset("≤≥≦≧=<>%")
_SIGNS_ALIKE = {"≤": ("≦", "<="), "≥": ("≧", ">="), "≦": ("≤", "<="), "≧": ("≥", ">=")}


def quoted(quote: str, of: Sort, reading: Reading, entities: Entities) -> Condition:
    """Cells that read exactly so where there are any (完成值写的是“完成”), else those that hold it."""
    if of == "indicators" and (level := _LEVEL_SAID.search(reading.text)):
        field = "level1" if level[0][0] == "一" else "level2"
        return Condition(field=field, op="contains", texts=(quote.removesuffix("指标"),))
    if of == "indicators" and _is_called(quote, reading) and (names := entities.printed_names(quote)):
        return Condition(field="name", op="eq", texts=names)
    field = _field(quote, of, reading, entities)
    exact = of == "indicators" and entities.reads(field, quote)
    whole = exact and re.search(
        "(?:是|为|等于|填|写)(?:成|着|的是|的|了|为)?$", reading.text.split(quote)[0].rstrip("“\"'「『《‘")
    )
    texts = (quote, *_SIGNS_ALIKE.get(quote, ()))
    return Condition(field=field, op="eq" if whole else "contains", texts=texts)


def _is_called(quote: str, reading: Reading) -> bool:
    """叫“及时率”的指标: the whole name of an indicator."""
    before, _, after = reading.text.partition(quote)
    return _CALLED.search(before) is not None and _INDICATOR.match(after) is not None


def _field(quote: str, of: Sort, reading: Reading, entities: Entities) -> str:
    if _IN_THE_NAME.search(reading.text.split(quote)[0]):
        return "name" if of == "indicators" else "project_name"
    return _of_form(reading) if of == "forms" else _of_row(quote, reading, entities)


def _of_form(reading: Reading) -> str:
    prose = [m.name for m in reading.fields if m.name in ("goal_expected", "goal_actual", "note")]
    if prose:
        return prose[0]
    money = [m.name for m in reading.fields if m.name in cond.MONEY]
    if money and not re.search("名称|项目名", reading.text):
        return money[0] if not FIELDS["forms"][money[0]].computed else "budget"
    return "unit" if re.search("处室|单位", reading.text) else "project_name"


def _of_row(quote: str, reading: Reading, entities: Entities) -> str:
    if quote in _SIGNS:
        return (
            "actual"
            if _CELLS[2][1].search(reading.text) and not _CELLS[0][1].search(reading.text)
            else "target"
        )
    if len(quote) > _SHORT and entities.row_is_called(quote) and not _HOLDS.search(reading.text):
        return "name"
    said = next((field for field, pattern in _CELLS if pattern.search(reading.text)), "")
    if said:
        return said
    if any(entities.is_wording(one) for one in reading.quotes):
        return "target"
    if re.search("原因|说明|偏差|理由|解释|措施", reading.text):
        return "explanation"
    if entities.in_a_name(quote):
        return "name"
    written = ("explanation", "target", "actual")
    told = "explanation" if entities.passages([quote], explained=True) else "name"
    return next((field for field in written if entities.reads(field, quote)), told)
