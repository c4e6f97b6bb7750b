"""What a quotation in a question states: which cell it is looked for in, and how."""

from __future__ import annotations

import re

from assistant.asking.language.numbers import Comparison
from assistant.asking.language.patterns import LACKS
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
    '(?:名称|名字|名)(?:里面?|中|当中|上)?(?:没有?|未|不|都|也|还)*(?:有|带有?|含有?|包含|出现|提到|提及|说到|写到?|是|叫)[了着过]?[“"‘「『]?$'
)
_CALLED = re.compile('(?:叫做?|名为|名叫|称为)[“"‘「『]$')
_INDICATOR = re.compile('[”"’」』]的?(?:[这那][个条项])?指标(?!值)')
_CELLS = (
    ("target", re.compile("指标值|目标值?(?:里|中|是|写|带|含|用)")),
    ("explanation", re.compile('(?:提到|提及|说到|写到|讲到|谈到|说|讲|称|提出?)[了过]?[“"‘「『]')),
    ("actual", re.compile("完成值|完成情况|实际完成|完成(?:一)?栏")),
)
"""The cell that is said to hold what is quoted."""
_NAMED = {"target": "target", "actual": "actual", "reason_text": "explanation"}
_IN_IT = re.compile('[^,;“"‘「『《]{0,8}[“"‘「『《]')
"""目标明明写的是“…: nothing but how it is written stands between the cell and what is quoted."""
_AND = re.compile("[和与跟同、及]")
_LISTED_QUOTES = re.compile('[”"」』》][、,]?[“"「『《]')
_SIGNS = frozenset("≤≥≦≧=<>%")
_AT_LEAST, _AT_MOST = ("≥", "≧", ">="), ("≤", "≦", "<=")
_IN_WORDS = {
    **dict.fromkeys(("不低于", "不少于", "不小于", "大于等于", "大于或等于", "至少", *_AT_LEAST), _AT_LEAST),
    **dict.fromkeys(
        ("不超过", "不高于", "不大于", "不多于", "小于等于", "小于或等于", "至多", *_AT_MOST), _AT_MOST
    ),
}
_SOME_NUMBER = re.compile("(?:或等于)?(?:多少|几|某个?数|[xX]+|[.…]+|□)?(?:[个家人次项万元%]|个数)?$")
"""“不低于多少”: of the sign alone is spoken, whatever number follows it."""


def quotations(of: Sort, reading: Reading, entities: Entities) -> list[Condition]:
    """What all quotations state; one listed beside another (“长期”“效果显著”) is an alternative to it."""
    found = [one for at in range(len(reading.quotes)) for one in _quoted(at, of, reading, entities)]
    if reading.quotes and LACKS.search(reading.text.split(reading.quotes[0])[0]):
        found = [c.model_copy(update={"negated": True}) for c in found]
    listed = reading.says("or") or _LISTED_QUOTES.search(reading.text)
    if len(found) > 1 and listed and len({(c.field, c.negated) for c in found}) == 1:
        either = tuple(dict.fromkeys(text for c in found for text in c.texts))
        op = found[0].op if len({c.op for c in found}) == 1 else "contains"
        found = [found[0].model_copy(update={"op": op, "texts": either})]
    return found


def _quoted(at: int, of: Sort, reading: Reading, entities: Entities) -> list[Condition]:
    """Of the quotation number ``at`` the cells that read exactly so, where there are any, else hold it."""
    quote = reading.quotes[at]
    if of == "indicators" and (level := _LEVEL_SAID.search(reading.text)):
        field = "level1" if level[0][0] == "一" else "level2"
        return [Condition(field=field, op="contains", texts=(quote.removesuffix("指标"),))]
    if of == "indicators" and _is_called(at, reading) and (names := entities.printed_names(quote)):
        return [Condition(field="name", op="eq", texts=names)]
    named = _named_before(at, reading) if of == "indicators" else ()
    fields = named if len(named) > 1 else (_field(at, of, reading, entities),)
    exact = of == "indicators" and all(entities.reads(field, quote) for field in fields)
    whole = exact and re.search(
        "(?:是|为|等于|填|写)(?:成|着|的是|的|了|为)*(?:[0-9一二两三四五六七八九十]个字)?$",
        _before(at, reading).rstrip("“\"'「『《‘"),
    )
    signs = _signs_meant(quote)
    said = quote if quote in _IN_WORDS else _SOME_NUMBER.sub("", quote, count=1)
    texts = tuple(dict.fromkeys((said, *signs))) if signs else (quote,)
    op: Comparison = "eq" if whole else "contains"
    return [Condition(field=field, op=op, texts=texts) for field in fields]


def _is_called(at: int, reading: Reading) -> bool:
    """叫“及时率”的指标: the whole name of an indicator."""
    before = _before(at, reading)
    after = reading.text[len(before) + len(reading.quotes[at]) :]
    return _CALLED.search(before) is not None and _INDICATOR.match(after) is not None


def _before(at: int, reading: Reading) -> str:
    """What stands before a quotation, not before the same word where it is not quoted; with the mark."""
    quote = reading.quotes[at]
    marked = list(re.finditer(f"[“\"'「『《‘]{re.escape(quote)}", reading.text))
    if not marked:
        return reading.text.split(quote)[0]
    again = min(reading.quotes[:at].count(quote), len(marked) - 1)
    return reading.text[: marked[again].start() + 1]


def _signs_meant(quote: str) -> tuple[str, ...]:
    """The signs that say what is quoted (“不低于”, “≥”); none where it is no sign."""
    return _IN_WORDS.get(quote, _IN_WORDS.get(_SOME_NUMBER.sub("", quote, count=1), ()))


def _field(at: int, of: Sort, reading: Reading, entities: Entities) -> str:
    if _IN_THE_NAME.search(_before(at, reading)):
        return "name" if of == "indicators" else "project_name"
    return _of_form(reading) if of == "forms" else _of_row(at, reading, entities)


def _of_form(reading: Reading) -> str:
    prose = [m.name for m in reading.fields if m.name in ("goal_expected", "goal_actual", "note")]
    if prose:
        return prose[0]
    money = [m.name for m in reading.fields if m.name in cond.MONEY]
    if money and not re.search("名称|项目名", reading.text):
        return money[0] if not FIELDS["forms"][money[0]].computed else "budget"
    return "unit" if re.search("处室|单位", reading.text) else "project_name"


def _named_before(at: int, reading: Reading) -> tuple[str, ...]:
    """The cell named right before the quotation, with those joined to it: 目标和完成值都写“长期”."""
    told = _before(at, reading)
    before = [m for m in reading.fields if m.name in _NAMED and m.end <= len(told)]
    if not before or not _IN_IT.fullmatch(told, before[-1].end):
        return ()
    cells = before[-1:]
    while len(cells) < len(before):
        left = before[-len(cells) - 1]
        if not _AND.fullmatch(told, left.end, cells[0].start):
            break
        cells.insert(0, left)
    return tuple(dict.fromkeys(_NAMED[m.name] for m in cells))


def _cell_said(reading: Reading) -> str:
    """A cell that is named anywhere; "" for none."""
    return next((field for field, pattern in _CELLS if pattern.search(reading.text)), "")


def _of_row(at: int, reading: Reading, entities: Entities) -> str:
    quote = reading.quotes[at]
    if quote in _SIGNS or _signs_meant(quote):
        return (
            "actual"
            if _CELLS[2][1].search(reading.text) and not _CELLS[0][1].search(reading.text)
            else "target"
        )
    named = _named_before(at, reading)
    called = not named and len(quote) > _SHORT and entities.row_is_called(quote)
    if called and not _HOLDS.search(reading.text):
        return "name"
    if said := named[-1] if named else _cell_said(reading):
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
