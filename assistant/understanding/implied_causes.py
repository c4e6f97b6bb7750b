"""Causes that no 因为 marks: by the size of what is missing, after a question, as what befell a row, 同上."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.understanding.clauses import Clause, Sentence
from assistant.understanding.deviating import DEVIATES, deviating_rows, named_rows, told_size
from assistant.understanding.fund_facts import cell_amount
from assistant.understanding.quantities import Quantity, find_quantities
from assistant.understanding.reading import READ, Cause, Reading
from assistant.understanding.row_matching import STRONG, row_numbers, unit_of
from assistant.understanding.statements import formal, read_measures

_RESULT = re.compile(r"实际|完成(?!不|率)|达到|目标|计划|改[成为]|应该?[是为]|不是|不对|错|更正")
_BEFELL = re.compile(
    r"故障|坏了|断[了网电]|停[了电水工产]|暴雨|大雪|洪|干旱|疫情|台风|地震|塌|冻|辞职|离职|生病|病了|请假|换人|流标|退回|被[\u3400-\u9fff]{2}"
    r"|没[\u3400-\u9fff]{0,3}(?:批|到货|验收|来|交|报)|取消|改期|推迟|延误|涨价|缺[人货料]|不够|不让|不同意|反对|耽误"
)
_WENT_WRONG = re.compile(r"没|未|不(?!动产|锈)|退|延|晚|缓|停")
_IS_FOR = re.compile(r"元?(?:主要|都|全)?(?:是|属于)(?=[\u3400-\u9fff]{2})")
_ASKS_WHY = re.compile(r"说明|解释|原因|写|为什么|为啥|咋|怎么|没[到达完]|超|少|低|多")
_OF_MONEY = re.compile(
    r"执行率|[钱款资金预算]{1,2}[怎为][^，]{0,3}没|没[花用]|未花|没用|没付|未支付|没支|结余|万元?|支出"
)
_SAVED = re.compile(
    r"(?:省|剩|余|结余|没花|没用)(?:下|出)?(?:来|完)?的?(?:这|那)?(?:些|部分)?(?:钱|资金|款项?|部分)?(?:主要|都|全)?是(?:因为|由于)?"
    r"(?!财政|中央|其他|自筹)(?=[\u3400-\u9fff]{4})"
)
_LEFT = re.compile(r"走|搬|关[门停]|没|未|不|退|取消|去世|死|坏|倒闭|注销")
_BACKWARD = re.compile(r"(?:都|就|全)?是(?:因为|由于)(?:这个|这事|此事|这件事|这些|上面)[^，。]{0,4}$")
_SO = re.compile(r"^(?:所以|因此|因而|导致|造成)")
_MARKED = re.compile(r"因|由于|原因|^[^，]{0,12}[少差缺多超]")
_SAME = re.compile(
    r"^(?P<rows>[^，。；]{0,24}?)(?:的)?(?:偏差)?(?:原因|说明)(?:也|和|跟|与|都|就|是|写|填)*"
    r"(?P<as>[^，。；]{0,12}?)(?:同上|同前|同样|一样|相同|一致|照抄|同一个)(?:的)?$"
)
_SAME_TOO = re.compile(
    r"^(?P<rows>[^，。；]{2,24}?)(?:也|同样|都)(?:还)?是(?:因为)?(?:这个|那个|同一个|同样的?|一样的|上面的?|前面的?)(?:这个)?(?:原因|缘故|情况|道理)$"
)
_PART = re.compile(
    r"^(?:但是?|不过|因为|由于|主要是?|就是|其中|是)*第(?:[一二三四五六七八九十]|\d{1,2})(?:个|次)?(?P<unit>[期批场次班轮届回季包]|季度|阶段|标段|标|班次|批次|期班)"
    r"(?=的?[\u3400-\u9fff]{2}|$)"
)
_SHORTEST_ROWS = 2
_SHORTEST = 6


def read_same_cause(reading: Reading) -> bool:
    """Reads 507人的原因同上: the cause told last, for the row named. True where the message is that."""
    said = reading.rest.strip("，。！")
    found = _SAME.match(said) or _SAME_TOO.match(said)
    last = reading.situation.cause
    if found is None or last is None:
        return False
    words = found["rows"].removesuffix("的")
    if _OF_MONEY.search(words):
        reading.explain(last.model_copy(update={"row": None, "about": ""}))
        reading.take(0, len(reading.rest))
        return True
    rows = _rows_of(reading, words)
    if len(rows) != 1 and not row_numbers(words, len(reading.form.indicators)):
        return False
    for row in rows:
        reading.explain(last.model_copy(update={"row": row, "about": ""}))
    reading.take(0, len(reading.rest))
    return True


def _rows_of(reading: Reading, words: str) -> tuple[int, ...]:
    """The deviating rows that ``words`` name: by a figure of theirs, by name, else the one talked of."""
    deviating = deviating_rows(reading)
    form = reading.whole()
    figures = find_quantities(words)
    by_figure = tuple(
        row for row in deviating if figures and _has(form.indicators[row - 1].actual, figures[0])
    )
    if len(by_figure) == 1:
        return by_figure
    if len(words) >= _SHORTEST_ROWS:
        named = named_rows(form, words)
        return tuple(row for row in named.rows if row in deviating) or named.rows
    topic = reading.situation.topic
    return (topic,) if topic in deviating and topic is not None else deviating


def _has(cell: str, figure: Quantity) -> bool:
    return any(one.number is not None and one.number == figure.number for one in find_quantities(cell))


def read_sized_cause(reading: Reading, sentences: tuple[Sentence, ...]) -> bool:
    """Reads 有3个小区意见不统一，…: figures that are the very size of what rows lack tell why they lack it.

    Rows that another clause of the sentence sizes (480户就是这3个小区的) share the cause.
    """
    sentence = sentences[0]
    stated = [clause for clause in sentence.clauses if clause.mood == "stated"]
    text = reading.rest[sentence.start : sentence.end]
    known = set(reading.situation.deviating)
    if not stated or not known or READ in text or _MARKED.search(stated[0].text):
        return False
    sized = [(clause, row) for clause in stated if (row := told_size(reading, clause.text)) in known]
    measured = [clause for clause in stated if _quantities(clause)]
    if not sized or sized[0][0] != stated[0] or (len(stated) == 1 and not _LEFT.search(text)):
        return False
    if any(_RESULT.search(clause.text) and not _is_later(clause) for clause in (stated[0], *measured)):
        return False
    if any(clause not in [one for one, _ in sized] and not _is_later(clause) for clause in measured):
        return False
    bare = len(stated) > 1 and find_quantities(stated[0].text)[-1].end == len(stated[0].text)
    told = _with_measure(reading, sentences, stated[1].start if bare else sentence.start)
    for row in dict.fromkeys(row for _, row in sized):
        reading.explain(told.model_copy(update={"row": row}))
    reading.take(sentence.start, sentence.end)
    return True


def refers_back(sentence: Sentence) -> bool:
    """Whether a sentence ends with 都是因为这个, so that its reason stands before."""
    return len(sentence.clauses) > 1 and bool(_BACKWARD.search(sentence.clauses[-1].text))


def read_backward_cause(reading: Reading, sentence: Sentence) -> bool:
    """Reads …停工两个月，少一个、晚一个月都是因为这个: what comes before, for the rows that deviate."""
    clauses = sentence.clauses
    rows = deviating_rows(reading)
    if not rows or not refers_back(sentence):
        return False
    cause = formal(reading.rest[sentence.start : clauses[-2].end])
    if READ in cause:
        return False
    for row in rows:
        reading.explain(Cause(row=row, cause=cause))
    reading.take(sentence.start, sentence.end)
    return True


def _quantities(clause: Clause) -> list[Quantity]:
    if _SO.match(clause.text):
        return []
    return [one for one in find_quantities(clause.text) if one.kind != "date"]


def _is_later(clause: Clause) -> bool:
    return clause.when == "next" or bool(read_measures(clause.text))


def read_befallen(reading: Reading, sentences: tuple[Sentence, ...], asked: str) -> bool:
    """Reads what befell a row that deviates: 直播那天平台故障，…; or what follows a question about it.

    ``asked``: the question right before the sentence, "" for none.
    """
    sentence = sentences[0]
    first = sentence.clauses[0]
    text = reading.rest[sentence.start : sentence.end]
    if first.mood != "stated" or READ in text or len(text) < _SHORTEST or _RESULT.search(first.text):
        return False
    if asked and _OF_MONEY.search(asked) and _ASKS_WHY.search(asked):
        reading.explain(_with_measure(reading, sentences, sentence.start))
        reading.take(sentence.start, sentence.end)
        return True
    rows = _asked_rows(reading, asked) if asked else ()
    if not rows:
        rows = _struck_rows(reading, sentence)
    if not rows and (_WENT_WRONG.search(first.text) or _BEFELL.search(first.text)):
        rows = rows_of_part(reading, first.text)
    if len(rows) != 1:
        return False
    told = _with_measure(reading, sentences, _cause_start(reading, sentence, rows[0], asked))
    if not told.cause:
        return False
    reading.explain(told.model_copy(update={"row": rows[0]}))
    reading.take(sentence.start, sentence.end)
    return True


def _asked_rows(reading: Reading, asked: str) -> tuple[int, ...]:
    if not _ASKS_WHY.search(asked):
        return ()
    named = named_rows(reading.whole(), DEVIATES.sub("", asked).split("要")[0])
    return tuple(row for row in named.rows if row in deviating_rows(reading))


def _struck_rows(reading: Reading, sentence: Sentence) -> tuple[int, ...]:
    """The deviating rows that the first clause begins with, where it or the next tells what befell them."""
    first = sentence.clauses[0].text
    near = "，".join(clause.text for clause in sentence.clauses[:2])
    if not _BEFELL.search(near):
        return ()
    subject = first[: found.start()] if (found := _BEFELL.search(first)) else first
    subject = re.split(
        r"[那这][天批个边条行块项]|当天|那次|那场|那阵|的时候|期间|(?<=.)少|(?<=.)差", subject
    )[0]
    named = named_rows(reading.whole(), subject)
    strong = named.rows if named.strength >= STRONG else ()
    return tuple(row for row in strong if row in reading.situation.deviating)


def rows_of_part(reading: Reading, clause: str) -> tuple[int, ...]:
    """第3期师资没请到: the deviating row that is counted in 期, that is named, or that alone fell short."""
    part = _PART.match(clause)
    if part is None:
        return ()
    form, deviating = reading.whole(), deviating_rows(reading)
    counted = [n for n in deviating if part["unit"][0] == unit_of(form.indicators[n - 1])[:1]]
    named = named_rows(form, _WENT_WRONG.split(clause[part.end() :])[0])
    told = [row for row in named.rows if row in deviating]
    for rows in (told if len(told) == 1 else [], counted, list(deviating)):
        if len(rows) == 1:
            return (rows[0],)
    return ()


def _cause_start(reading: Reading, sentence: Sentence, row: int, asked: str) -> int:
    """A first clause that only says that the row fell short is no part of the cause."""
    first = sentence.clauses[0]
    tells = _BEFELL.search(first.text) or _PART.match(first.text)
    short = not asked and not tells and len(sentence.clauses) > 1
    return sentence.clauses[1].start if short else sentence.start


def _with_measure(reading: Reading, sentences: tuple[Sentence, ...], start: int) -> Cause:
    """The cause that begins at ``start``; its measure may be the next sentence, which is taken then."""
    words = reading.rest[start : sentences[0].end].strip("，。； ")
    measures = read_measures(words)
    at = words.find(measures[0].text[:4]) if measures else -1
    cause = formal((words[:at] if at > 0 else words).strip("，。； "))
    measure = measures[0].text if measures else ""
    if not measure and len(sentences) > 1:
        following = reading.rest[sentences[1].start : sentences[1].end]
        told = read_measures(following)
        if told and READ not in following and following.startswith(told[0].text[:2]):
            measure = told[0].text
            reading.take(sentences[1].start, sentences[1].end)
    return Cause(row=None, cause=cause, measure=measure)


def read_unpaid_cause(reading: Reading) -> None:
    """Reads 其中12.4万的展柜没验收没付: an amount that is exactly what was not spent tells what it is for."""
    line = reading.form.funds[0] if reading.form.funds else None
    budget = cell_amount(line.budget) if line is not None else None
    executed = cell_amount(line.executed) if line is not None else None
    if budget is None or executed is None or budget <= executed:
        return
    if any(cause.row is None and not cause.about for cause in reading.causes):
        return
    unit = Decimal(1) if reading.form.money_unit == "元" else Decimal(10000)
    for clause in re.split(r"[，。；\n]", reading.rest):
        if saved := _SAVED.match(clause):
            reading.explain(Cause(row=None, cause=formal(clause[saved.end() :])))
            return
        amounts = [one for one in find_quantities(clause) if one.in_yuan == (budget - executed) * unit]
        if len(amounts) == 1 and (
            _WENT_WRONG.search(clause, amounts[0].end) or _IS_FOR.match(clause, amounts[0].end)
        ):
            words = re.sub(r"^(?:其中|还|另外|主要是|剩下的?|剩余的?)*(?:还)?(?:有|是)?", "", clause)
            if len(words) - len(amounts[0].text) >= _SHORTEST:
                reading.explain(Cause(row=None, cause=formal(words)))
                return
