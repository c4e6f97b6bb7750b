"""How a rate was found: 抽查了200户，满意的190户. Such counts are no values; the rate follows from them."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.form.rounding import plain
from assistant.understanding.clauses import Sentence, split
from assistant.understanding.quantities import Quantity, find_quantities
from assistant.understanding.reading import READ, Reading
from assistant.understanding.row_facts import mode_of
from assistant.understanding.row_matching import content_of, mask_row_numbers, unit_of

_ASKED = re.compile(
    r"(?:我们|一共|总共|共|其中|电话|现场|随机|入户|线上|网上)*"
    r"(?:抽(?:查|检|样|取)?|回访|走访|访问|问卷|调查|测评|问|发放?|发出|收回?|回收|填写|有效)(?:调查|测评)?"
    r"(?:了|出|到|回)*(?:有效)?(?:问卷|样本|电话|家长|群众|居民|村民|学[生员]|患者|病人|企业|商户|游客|职工|老人|用户|农户|牧民|观众|读者)*$"
)
_STARTS = re.compile(r"(?:^|[，度率])$")
_GOOD = r"(?:满意|合格|达标|通过|赞成|好评|知晓|知道|了解|正常|完好|答对)"
_PLEASED = re.compile(
    rf"(?:表示|说|填的?|选的?|打的?|觉得|评价|其中|有|，)*(?:很|非常|比较|基本)?{_GOOD}(?:的|有|是|占|了)*$"
)
_PLEASED_AFTER = re.compile(
    rf"(?:都)?(?:表示|评价|说|填的?|选的?|打的?|觉得|认为)?(?:很|非常|比较|基本)?{_GOOD}(?:$|，|的)"
)
_ON_WHAT = re.compile(r"^(?:有效)?(?:问卷|样本|电话|答卷)")
_RATE = re.compile(r"满意|[合达通好知完正].{1,2}率")


def read_surveys(reading: Reading) -> None:
    """Puts the rate in place of the counts that it follows from, or takes them out where it is told, too."""
    for sentence in split(reading.rest, reading.form.year):
        text = reading.rest[sentence.start : sentence.end]
        if READ not in text and all(one.mood == "stated" for one in sentence.clauses):
            _read(reading, sentence, text)


def _read(reading: Reading, sentence: Sentence, text: str) -> None:
    asked: list[tuple[int, Quantity]] = []
    pleased: list[Quantity] = []
    told = False
    figures = find_quantities(mask_row_numbers(text))
    end = 0
    for at, figure in enumerate(figures):
        before = text[end : figure.start]
        after = text[figure.end : figures[at + 1].start if at + 1 < len(figures) else None]
        verb = _ASKED.search(before)
        if figure.kind not in ("count", "bare"):
            result = figure.kind == "percent" and mode_of(before, figure, "") != "target"
            told = told or (result and bool(asked or pleased))
        elif _PLEASED.search(before) or (
            not content_of(_ON_WHAT.sub("", before)) and _PLEASED_AFTER.match(after)
        ):
            pleased.append(figure)
        elif verb and _STARTS.search(before[: verb.start()]):
            asked.append((end + verb.start(), figure))
        end = figure.end
    if not asked or not (pleased or told or _RATE.search(text)):
        return
    for begin, figure in asked:
        reading.take(sentence.start + begin, sentence.start + figure.end)
    for figure in pleased:
        begin = max(text.rfind(mark, 0, figure.start) for mark in "，；。\n") + 1
        alone = not find_quantities(text[begin : figure.start])
        reading.take(sentence.start + (begin if alone else figure.start), sentence.start + figure.end)
    if pleased and not told:
        _work_out(reading, sentence, text, asked[0][0], asked[-1][1], pleased[-1])


def _work_out(
    reading: Reading, sentence: Sentence, text: str, begin: int, asked: Quantity, pleased: Quantity
) -> None:
    """Writes the rate in the counts' place, for the row that stands before them or is talked of."""
    if not asked.number or pleased.number is None or pleased.number > asked.number:
        return
    rate = plain((pleased.number / asked.number * Decimal(100)).quantize(Decimal("0.01"))) + "%"
    shown = f"{plain(pleased.number)} ÷ {plain(asked.number)}＝{rate}"
    name = text[:begin].strip("，")
    written = f"，实际{rate}" if name else ""
    place = sentence.start + begin
    if name and pleased.end - begin >= len(written):
        start = place - 1 if text[begin - 1] == "，" else place
        reading.rest = reading.rest[:start] + written + reading.rest[start + len(written) :]
        reading.remark(f"按{shown}填。")
    elif (
        not name
        and (row := _rated(reading, text)) is not None
        and unit_of(reading.form.indicators[row - 1]) == "%"
    ):
        reading.set("indicators", row, "actual", rate)
        reading.remark(f"“{reading.form.indicators[row - 1].name}”按{shown}填。")


def _rated(reading: Reading, text: str) -> int | None:
    """The row whose rate is worked out where none is named: the only one on satisfaction, else the topic."""
    pleased = [n for n, row in enumerate(reading.form.indicators, 1) if "满意" in row.name]
    if "满意" in text and len(pleased) == 1:
        return pleased[0]
    return reading.situation.topic
