"""Why something missed its plan, as the user tells it, and which row that is about."""

from __future__ import annotations

import re

from assistant.form.model import Form, Indicator
from assistant.understanding.clauses import Sentence, split
from assistant.understanding.consequences import read_consequence, read_follower, read_shared_cause
from assistant.understanding.deviating import (
    DEVIATES,
    IS_BECAUSE,
    LATE,
    deviating_rows,
    missed_plan,
    named_rows,
    tells_result,
    told_size,
)
from assistant.understanding.implied_causes import (
    read_backward_cause,
    read_befallen,
    read_same_cause,
    read_sized_cause,
    read_unpaid_cause,
    rows_of_part,
)
from assistant.understanding.quantities import find_quantities
from assistant.understanding.reading import READ, Cause, Doubt, Reading
from assistant.understanding.row_matching import is_date_row, mask_row_numbers
from assistant.understanding.statements import formal, read_causes, read_measures

_EXPLICIT = re.compile(
    r"因为|由于|原因|导致|造成|致使|受[^，。]{1,20}影响|因(?!此|而|素|特|子|果|公"
    r"|地制宜)[\u3400-\u9fff]{2,}|是[^，。]{2,30}(?:的缘故|引起的|造成的|所致)"
)
_SO_MUCH = re.compile(r"[这那]么[多少大高低]|好多|很多|不少|许多|一些|一点")
_SUBJECT_IS = re.compile(
    r"^(?P<name>[\u3400-\u9fff]{2,10}?)(?:低|高|少|没到|没达到|没完成|未完成|不够|上不去|超了?)?"
    r"(?:\d+[件起次例])?(?:主要)?是(?!否|不是|多少|因|由)(?=[\u3400-\u9fff]{4}|\d+[月个台人名辆天][\u3400-\u9fff]{3})"
)
_MONEY = re.compile(
    r"执行率|支出|支付|付款|资金|预算|钱|花|经费|拨付|[尾余]款|进度款|首付款|质保金|没付|未付|款项|决算"
)
_IS_FIGURE = re.compile(r"[\d.,%万元亿人次个场期□，。\s是为]+")
_STATE = re.compile(
    r"没|未|不|走了|缺|断|停|延|晚|涨|坏|故障|疫情|雨|雪|洪|旱|冰|少|辞职|离职|请假|外出|搬|拆|迁|取消|改期|封|堵|慢|紧张|困难|冲突|变|升级|打不通"
)
_NOT_WANTED = re.compile(r"原因[^，。]{0,4}(?:不用|不需要|不必|不要|别|无需|没必要)(?:再)?(?:写|填|说|加)")
_DICTATED = re.compile(
    r"^(?:(?:算了|那|好|行|嗯)?，?(?:还是)?(?:加上|写上|补上|填上|写一下)(?:吧)?，)?(?:那|你)?(?:就|请|帮我|可以|直接)*(?:把)?(?:偏差)?"
    r"(?:(?:写|填|补)(?:上|一下|个)?(?:偏差)?原因|(?:偏差)?原因(?:就|可以|帮我|你|请)*(?:写|填)(?:成|上|为)?|就(?:写|填)(?:成|上)?(?=[“\"「]))"
    r"[：，]?(?![：，吧])"
)
_DENIED = re.compile(r"(?:不|并非|不是|并不是)$")
_NO_WORDS = re.compile(r"(?:一下|一个|写|填|补|上|吧|好|说明|原因|帮我|你)+")
_NOT_KNOWN = re.compile(
    r"^(?:还|暂时|暂|尚)?(?:没有?|未)[\u3400-\u9fff]{0,3}(?:调查|测|统计|问|汇总|出来|确定)|^等|不(?:改|要|用)"
)
_NO_CAUSE = re.compile(
    r"不知道|不清楚|不确定|不记得|没有原因|没原因|稍后|以后再|等(?:一)?下|跳过|再说|先不|^算了|改回|改[成为]\d|恢复[成到]|^(?:采纳|采用|同意|接受|确认|撤销)"
)
_SHORTEST_CAUSE, _SHORTEST_ROW_CAUSE, _NEAR_START = 3, 2, 6
_MAINLY = re.compile(
    r"^(?:(?:主要|具体)是(?=[\u3400-\u9fff\d])"
    r"|主要(?!是|指标|目标|任务|工作|内容|建设|包括|用于)(?=[\u3400-\u9fff]{6})"
    r"|是(?=[\u3400-\u9fff]{4}|\d+[个名家户场次][\u3400-\u9fff]{4}))"
    r"(?!因为|由于|原因|不是|否|什么|为什么)"
)
_REASON_START = re.compile(
    r"^(?:主要|具体)?(?:偏差)?原因(?:主要)?(?:就?(?:写|填|说)(?:成|是|为)?|就是|是|为|在于|有|：)"
)
_TO_WRITE = re.compile(
    r"^(?:如果|要是|那)?(?:真?要|需要|非要|一定要)?(?:写|填|说明|解释)(?:原因|说明)?的话，?(?:那?就|可以)?(?:写|填|说)?(?:成|是)?"
)


def read_told_causes(reading: Reading) -> None:
    """Reads causes and measures out of ``reading.rest``; the figures before a cause are left to be read."""
    if _read_dictated(reading) or read_same_cause(reading):
        return
    expected = _is_asked(reading)
    sentences = [part for sentence in split(reading.rest) for part in _by_subject(reading, sentence)]
    for at, sentence in enumerate(sentences):
        if not reading.rest[sentence.start : sentence.end].strip(READ + "，。； "):
            continue
        following = tuple(sentences[at : at + 2])
        if read_follower(reading, sentence):
            continue
        if read_shared_cause(reading, following) or read_consequence(reading, following):
            continue
        if read_sized_cause(reading, following) or read_backward_cause(reading, sentence):
            continue
        start = _start(reading, sentence, expected=expected)
        if start is not None:
            _read_from(reading, following, start, _question_before(reading, sentence))
        else:
            read_befallen(reading, following, _question_before(reading, sentence))


def _question_before(reading: Reading, sentence: Sentence) -> str:
    """The question that ends right before a sentence, "" where none does."""
    before = [one for one in split(reading.rest) if one.end <= sentence.start]
    clause = before[-1].clauses[-1] if before else None
    return clause.text if clause is not None and clause.mood == "asked" else ""


def _by_subject(reading: Reading, sentence: Sentence) -> list[Sentence]:
    """人次没到是…，及时率是…: cut before each clause that is about another row: one that deviates, or whose
    result it tells (少2扇是测量有误，满意度95%)."""
    cuts = [0]
    deviating = deviating_rows(reading)
    for at, clause in enumerate(sentence.clauses[1:], 1):
        found = _SUBJECT_IS.match(clause.text) if clause.mood == "stated" else None
        named = named_rows(reading.whole(), found["name"]).rows if found else ()
        if any(row in deviating for row in named) or tells_result(reading, clause):
            cuts.append(at)
    ends = [*cuts[1:], len(sentence.clauses)]
    parts = [sentence.clauses[start:end] for start, end in zip(cuts, ends, strict=True)]
    return [
        Sentence(start=one[0].start, end=one[-1].end, clauses=one, ends_topic=sentence.ends_topic)
        for one in parts
    ]


def read_bare_cause(reading: Reading) -> None:
    """A message that says nothing else is the answer to 主要是什么原因？ even without a 因为."""
    read_unpaid_cause(reading)
    silent = not (reading.sets or reading.deleted or reading.inserted or reading.causes or reading.doubts)
    if not _is_asked(reading) or not silent or reading.unplaced or reading.roll_over:
        return
    sentences = split(reading.rest)
    first = sentences[0] if sentences else None
    if first is None or first.clauses[0].mood != "stated":
        return
    whole = reading.rest[first.start : first.end].strip()
    if len(whole) >= _SHORTEST_CAUSE and not _IS_FIGURE.fullmatch(whole) and not _NO_CAUSE.search(whole):
        _read_from(reading, sentences[:2], first.start)


def _is_asked(reading: Reading) -> bool:
    asked = reading.situation.asked
    return asked is not None and asked.field in ("explanation", "note")


def _read_dictated(reading: Reading) -> bool:
    """要写的话就写…: what is to be written, for the row that is talked of. True where the message is that."""
    found = _TO_WRITE.match(reading.rest)
    found = found if found and found.end() else _DICTATED.match(reading.rest)
    words = reading.rest[found.end() :].strip("，。 ") if found else ""
    row = _talked_of(reading)
    if len(words) < _SHORTEST_CAUSE or row is None or READ in words:
        return False
    words = quoted[1] if (quoted := re.fullmatch(r"[“\"「]([^”\"」]+)[”\"」]", words)) else words
    if _names_other(reading, words, row):
        return False
    measures = read_measures(words)
    cause = formal(_before_measure(words))
    reading.explain(Cause(row=row, cause=cause, measure=measures[0].text if measures else ""))
    reading.take(0, len(reading.rest))
    return True


def _talked_of(reading: Reading) -> int | None:
    """The row that dictated words are for: the one talked of, asked for, or the only one that deviates."""
    topic, asked = reading.situation.topic, reading.situation.asked
    if topic is not None:
        return topic
    if asked is not None and asked.field == "explanation":
        return asked.row
    deviating = reading.situation.deviating
    return deviating[0] if len(deviating) == 1 else None


def _names_other(reading: Reading, words: str, row: int) -> bool:
    """Whether the words begin with the name of another row that deviates."""
    said = re.split(r"[，。；]", words)[0]
    marker = _EXPLICIT.search(said)
    named = named_rows(reading.form, said[: marker.start()]) if marker and marker.start() else None
    return named is not None and bool(set(named.rows) & set(reading.situation.deviating) - {row})


def _read_from(reading: Reading, sentences: tuple[Sentence, ...], start: int, asked: str = "") -> None:
    """``asked``: the question that the cause answers, which names its row or the money."""
    first = sentences[0]
    words = reading.rest[start : first.end]
    told = read_causes(words)
    subject = reading.rest[first.start : start].strip("，") or re.sub(
        "为什么|为啥|为何|怎么|咋|呢$", "", asked
    )
    if told and _acts(reading, words.split("因")[0]):
        text = formal(_before_measure(words))
        subject = words
    else:
        plain = _MAINLY.sub("", _REASON_START.sub("", _before_measure(words)))
        text = told[0].text if told else formal(plain.strip("，。 "))
    measure = measure_after(reading, sentences, start)
    if text and not _NO_WORDS.fullmatch(text):
        row = None if subject.strip(READ + "， ") else _told_right_before(reading, start)
        cause = Cause(row=row, cause=text, measure=measure)
        if row is not None:
            reading.explain(cause)
        else:
            _assign(reading, cause, subject)
        reading.take(start, first.end)


def _told_right_before(reading: Reading, at: int) -> int | None:
    """The row that deviates and whose figures end right before a place: 计划2场，演了1场，因为…."""
    deviating = deviating_rows(reading)
    ends = [row for _, end, row in reading.told_at if end <= at <= end + 2 and row in deviating]
    return ends[-1] if ends else None


def _before_measure(words: str) -> str:
    measures = read_measures(words)
    at = words.find(measures[0].text[:4]) if measures else -1
    return words[:at] if at > 0 else words


def _start(reading: Reading, sentence: Sentence, *, expected: bool) -> int | None:
    """Where the cause begins in a sentence that tells one, else None."""
    whole = reading.rest[sentence.start : sentence.end]
    deviating = bool(deviating_rows(reading)) or reading.situation.low_execution
    for clause in sentence.clauses:
        if clause.mood != "stated":
            continue
        before = reading.rest[sentence.start : clause.start]
        if _MAINLY.match(clause.text) and (
            DEVIATES.search(before) or (clause.text[0] != "是" and DEVIATES.search(whole))
        ):
            return clause.start
        subject = _SUBJECT_IS.match(clause.text)
        if subject and set(named_rows(reading.whole(), subject["name"]).rows) & set(deviating_rows(reading)):
            return clause.start + subject.end()
        marker = _EXPLICIT.search(clause.text)
        said_so = _said_so(clause.text, marker)
        if said_so and (deviating or _MONEY.search(clause.text[: said_so.end()])):
            return clause.start + said_so.end()
        if marker and (_NOT_WANTED.search(clause.text) or _DENIED.search(clause.text[: marker.start()])):
            continue
        if not marker or not (read_causes(clause.text) or _REASON_START.match(clause.text)):
            continue
        deviates = DEVIATES.search(whole) or _REASON_START.match(clause.text) or expected
        if deviates or deviating:
            if _acts(reading, clause.text[: marker.start()]):
                return clause.start
            return clause.start if marker.start() == 0 else _subject_end(clause.text, marker) + clause.start
    return _unmarked(reading, sentence)


def _said_so(text: str, marker: re.Match[str] | None) -> re.Match[str] | None:
    """少了两台是…: what says so, unless the words of a cause tell by themselves where it begins."""
    found = IS_BECAUSE.search(text)
    return found if found and (marker is None or marker.start() == found.end() - 1) else None


def _unmarked(reading: Reading, sentence: Sentence) -> int | None:
    """Where a cause without any 因为 begins: right after a clause that says that a row fell short."""
    short = False
    deviating = set(deviating_rows(reading))
    fresh = {row for row in deviating if row > len(reading.form.indicators) or _is_told(reading, row)}
    for clause in sentence.clauses:
        if clause.mood != "stated":
            return None
        read = READ in clause.text
        if short and not read and _STATE.search(clause.text) and not _NOT_KNOWN.match(clause.text):
            return clause.start
        says_so = DEVIATES.search(clause.text) and not find_quantities(clause.text)
        named = set(named_rows(reading.whole(), _without_deviation(clause.text)).rows) if says_so else set()
        sized = DEVIATES.search(clause.text) and told_size(reading, clause.text) in deviating
        short = bool(named & deviating) or (read and bool(fresh)) or bool(sized)
    return None


def _acts(reading: Reading, subject: str) -> bool:
    """Whether the words before 因为 belong to the cause: 40个老师 in 40个老师因为甲流请假了."""
    deviates = DEVIATES.search(subject) or re.search(r"[少多差是]", subject)
    return not deviates and told_size(reading, subject) is not None


def _subject_end(text: str, marker: re.Match[str]) -> int:
    """Where the subject of a cause ends: 没完成是|因为… , but 疫情导致 begins with its clause."""
    if marker.group() in ("导致", "造成", "致使") or marker.group().startswith("是"):
        return 0
    return marker.start() - (1 if text[: marker.start()].endswith("是") else 0)


def measure_after(reading: Reading, sentences: tuple[Sentence, ...], start: int) -> str:
    """The measure told after the cause, in its sentence or as the whole of the next one, which is taken."""
    here = reading.rest[start : sentences[0].end]
    if told := read_measures(here):
        return told[0].text
    if len(sentences) > 1:
        following = reading.rest[sentences[1].start : sentences[1].end]
        told = read_measures(following)
        if told and not read_causes(following) and following.find(told[0].text[:4]) <= _NEAR_START:
            reading.take(sentences[1].start, sentences[1].end)
            return told[0].text
    return ""


def _assign(reading: Reading, cause: Cause, subject: str) -> None:
    """Gives a cause to the row that is named, to the only row that deviates, or asks which one is meant."""
    if len(cause.cause) < _SHORTEST_ROW_CAUSE:
        return
    form, deviating = reading.whole(), deviating_rows(reading)
    asked = reading.situation.asked
    if sized := told_size(reading, subject) or missed_plan(reading, subject):
        reading.explain(cause.model_copy(update={"row": sized}))
        return
    # 12月10日办完的，满意度低是因为…: what stands right before the cause counts, the rest only without it.
    named = named_rows(form, _without_deviation(re.split(r"[，。；]", subject.rstrip("，"))[-1]))
    named = named if named.rows else named_rows(form, _without_deviation(subject))
    rows = [row for row in named.rows if row in deviating] or list(named.rows)
    rows = rows or list(rows_of_part(reading, subject))
    if not rows and LATE.search(subject):
        rows = [row for row in deviating if is_date_row(form.indicators[row - 1])]
    fresh = [row for row in deviating if row > len(reading.form.indicators) or _is_told(reading, row)]
    deviating = () if not rows and _tells_a_day(form, deviating, subject) else deviating
    of_money = _MONEY.search(subject) and not set(rows) & set(deviating)
    if len(rows) == 1 and not of_money:
        reading.explain(cause.model_copy(update={"row": rows[0]}))
    elif of_money or (asked is not None and asked.field == "note" and not fresh):
        reading.explain(cause)
    elif asked is not None and asked.field == "explanation" and asked.row:
        reading.explain(cause.model_copy(update={"row": asked.row}))
    elif len(deviating) == 1 or (len(fresh) == 1 and not rows):
        reading.explain(cause.model_copy(update={"row": fresh[0] if len(fresh) == 1 else deviating[0]}))
    elif not deviating and reading.situation.low_execution and not subject.strip("，□ "):
        reading.explain(cause)
    elif form.indicators:
        _ask_row(reading, form.indicators, cause, tuple(rows) or deviating)


def _tells_a_day(form: Form, deviating: tuple[int, ...], subject: str) -> bool:
    """11月才装完，是进场晚了 explains no count: a day is told right before, and no row of days deviates."""
    days = [one for one in find_quantities(mask_row_numbers(subject)) if one.kind == "date"]
    late = [row for row in deviating if is_date_row(form.indicators[row - 1])]
    return bool(days) and not late


def _is_told(reading: Reading, row: int) -> bool:
    """Whether this message told the row's actual value."""
    return any(
        edit.location.row == row and edit.location.field == "actual" and edit.location.section == "indicators"
        for edit in reading.sets
    )


def _without_deviation(subject: str) -> str:
    subject = _SO_MUCH.sub("", subject)
    quantity = next(iter(find_quantities(mask_row_numbers(subject))), None)
    if quantity is None:
        return DEVIATES.sub("", subject)
    words = DEVIATES.sub("", subject[: quantity.start]), DEVIATES.sub("", subject[quantity.end :])
    return words[0] + subject[quantity.start : quantity.end] + words[1]


def _ask_row(
    reading: Reading, indicators: tuple[Indicator, ...], cause: Cause, rows: tuple[int, ...]
) -> None:
    rows = tuple(row for row in rows if row <= len(reading.form.indicators))
    names = "、".join(f"第{row}行“{indicators[row - 1].name}”" for row in rows)
    among = f"可能是{names}。" if names else ""
    example = rows[0] if rows else 1
    question = f"“{cause.cause}”说的是哪一行的偏差原因？{among}请回复行号，例如“第{example}行”。"
    reading.doubt(Doubt(question=question, rows=rows, field="explanation", cause=cause))
