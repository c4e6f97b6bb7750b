"""How a rate was found: 抽查了200户，满意的190户. Such counts are no values; the rate follows from them."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.form.rounding import plain
from assistant.understanding.clauses import Sentence, split
from assistant.understanding.quantities import Quantity, find_quantities
from assistant.understanding.reading import READ, Reading
from assistant.understanding.row_matching import STRONG, content_of, find_rows, mask_row_numbers, unit_of

_ASKED = re.compile(
    r"(?:^|，|[度率])(?:我们|一共|总共|共|其中|电话|现场|随机|入户|线上|网上|实际)*"
    r"(?:抽(?:查|检|样|取|了)?|回访|走访|访问|问卷|调查|测评|问|发放?|发出|收回?|回收|填写|有效)(?:调查|测评)?(?:了|出|到|回)*(?:有效)?(?:问卷|样本|电话)*$"
)
_PLEASED = re.compile(
    r"(?:表示|评价|其中|有|，)*(?:很|非常|比较|基本)?(?:满意|合格|达标|通过|赞成|好评)(?:的|有|是|占|了)*$"
)
_PLEASED_AFTER = re.compile(
    r"(?:都)?(?:表示|评价)?(?:很|非常|比较|基本)?(?:满意|合格|达标|通过|赞成|好评)(?:$|，|的)"
)
_RATE = re.compile(r"满意|合格率|达标率|通过率|好评率")


def read_surveys(reading: Reading) -> None:
    """Takes the counts of a survey out of ``reading.rest``, and works out the rate where none is told."""
    for sentence in split(reading.rest, reading.form.year):
        text = reading.rest[sentence.start : sentence.end]
        if READ not in text and all(one.mood == "stated" for one in sentence.clauses):
            _read(reading, sentence, text)


def _read(reading: Reading, sentence: Sentence, text: str) -> None:
    asked: list[Quantity] = []
    pleased: list[Quantity] = []
    rates = False
    figures = find_quantities(mask_row_numbers(text))
    end = 0
    for at, figure in enumerate(figures):
        before, after = (
            text[end : figure.start],
            text[figure.end : figures[at + 1].start if at + 1 < len(figures) else None],
        )
        end = figure.end
        if figure.kind not in ("count", "bare"):
            rates = rates or (figure.kind == "percent" and bool(asked or pleased))
        elif _PLEASED.search(before) or (not content_of(before) and _PLEASED_AFTER.match(after)):
            pleased.append(figure)
        elif _ASKED.search(before):
            asked.append(figure)
    if not asked or not (pleased or rates or _RATE.search(text)):
        return
    if pleased and not rates:
        _work_out(reading, text, asked[-1], pleased[-1])
    for figure in (*asked, *pleased):
        begin = max(text.rfind(mark, 0, figure.start) for mark in "，；。\n") + 1
        alone = not find_quantities(text[begin : figure.start]) and not _RATE.search(
            text[begin : figure.start]
        )
        reading.take(sentence.start + (begin if alone else figure.start), sentence.start + figure.end)


def _work_out(reading: Reading, text: str, asked: Quantity, pleased: Quantity) -> None:
    """The rate of the row that the sentence names, or that is talked of, if it has no result yet."""
    if not asked.number or pleased.number is None or pleased.number > asked.number:
        return
    words = _ASKED.split(text[: asked.start])[0].split("，")[0]
    figures = find_quantities(words)
    match = find_rows(reading.form, words[: figures[0].start] if figures else words)
    row = match.row if match.strength >= STRONG else None if content_of(words) else reading.situation.topic
    if row is None or unit_of(reading.form.indicators[row - 1]) != "%":
        return
    rate = plain((pleased.number / asked.number * Decimal(100)).quantize(Decimal("0.01")))
    reading.set("indicators", row, "actual", f"{rate}%")
    name = reading.form.indicators[row - 1].name
    reading.remark(f"“{name}”按{plain(pleased.number)} ÷ {plain(asked.number)}＝{rate}%填。")
