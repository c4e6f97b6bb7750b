"""What an office says of its rows outside their cells: rows of its own below the table, passages, notes.

Some editions have no column for reasons but rows such as 偏差大或目标未完成原因分析 and 改进措施 below 总分.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from assistant.form.numerals import normal
from assistant.form.text import pairs
from assistant.rules.beside import MEASURES, PROBLEMS, REASONS, Passage
from assistant.rules.deviation import Deviation
from assistant.rules.figures import figures
from assistant.rules.line import Line
from assistant.rules.reasons import has_measure, is_generic, reason_of
from assistant.rules.rule import Case

_OF_THE_ROW = re.compile("备注|说明|原因|措施|情况|分析|偏差")
_FOR_REASONS = re.compile("原因|措施|备注|说明|分析")
_PAPERS = re.compile("附件|佐证|台账|签到|来源|凭证|合同|报告|清单|按.{1,8}口径|详?见")
_CAUSE = re.compile(
    "因|由于|受|影响|导致|致使|造成|未|没|不足|不够|不高|滞后|偏[低高少慢多]|[低少]于|少[办完培建做]|缺|困难|问题|下降|推迟|延"
    "|新增|增加|追加|扩大|调整"
)
_WORDS = re.compile("[一-龥]{4}")
_SENTENCES = re.compile(r"[。;；!！\n]")
_COUNT_WORD = re.compile(
    r"(?:总)?(?:数量|[一-龥]数|里程|长度|面积|规模|场次|批次|人次|数|情况|完成时间|时间)(?:\([^)]*\))?$|\([^)]*\)$"
)
_SATISFIED = "满意"
_SHORTEST_NAME = 3
_MOST_WORDS = 0.6
_TELLING_DIGITS = 3


class Told(StrEnum):
    """Where a row's reason or measure stands, if not in its cell.

    OF_IT: a passage speaks of the row. OF_ALL: one is given for whatever fell short. OF_OTHERS: one speaks of
    other rows only, or says nothing definite.
    """

    NOWHERE = "nowhere"
    OF_OTHERS = "of_others"
    OF_ALL = "of_all"
    OF_IT = "of_it"


def reason_beside(case: Case, line: Line) -> Told:
    """Where the reason of a row stands that has none in its cell."""
    said = case.passages
    if not said:
        return Told.NOWHERE
    for passage in said:
        if passage.row is not None:
            if passage.row == line.number and _is_reason(passage):
                return Told.OF_IT
        elif any(_names(case, sentence, line) for sentence in _causes(passage)):
            return Told.OF_IT
    general = [p for p in said if p.row is None and REASONS.search(p.label) and reason_of(p.text)]
    return _of_all_or_others(case, line, general)


def measure_beside(case: Case, line: Line) -> Told:
    """Where the measure of a row stands whose cell has none."""
    year = case.year.year or 0
    said = [
        p
        for p in case.passages
        if reason_of(p.text) and (MEASURES.search(p.label) or has_measure(p.text, year))
    ]
    for passage in said:
        if passage.row is not None:
            if passage.row == line.number:
                return Told.OF_IT
        elif any(_names(case, sentence, line) for sentence in _SENTENCES.split(passage.text)):
            return Told.OF_IT
    general = [p for p in said if p.row is None and (MEASURES.search(p.label) or REASONS.search(p.label))]
    return _of_all_or_others(case, line, general)


def is_explained(case: Case, line: Line) -> bool:
    """True where the row's cell, or a passage that counts for the row, gives a reason."""
    return bool(line.reason) or reason_beside(case, line) in (Told.OF_IT, Told.OF_ALL)


def speaks_of(case: Case, words: re.Pattern[str], goal_words: re.Pattern[str]) -> bool:
    """True where an explanation or a passage speaks of ``words``, or the goal's report of ``goal_words``."""
    texts = [line.cells.explanation for line in case.lines]
    texts += [f"{passage.label}:{passage.text}" for passage in case.passages]
    return any(words.search(text) for text in texts) or bool(goal_words.search(case.form.goal.actual))


def _of_all_or_others(case: Case, line: Line, general: list[Passage]) -> Told:
    if not general:
        return Told.NOWHERE
    others = [other for other in case.lines if other.number != line.number and _strays(case, other)]
    for passage in general:
        if is_generic(passage.text):
            continue
        if not any(_names(case, part, other) for part in _SENTENCES.split(passage.text) for other in others):
            return Told.OF_ALL
    return Told.OF_OTHERS


def _strays(case: Case, line: Line) -> bool:
    score = line.score
    lost = score.printed is not None and score.weight is not None and score.printed < score.weight
    return lost or case.deviation(line) in (Deviation.MISSED, Deviation.OVER)


def _is_reason(passage: Passage) -> bool:
    """True for a sentence in another column of the row; 70.00% under 偏差率 and 完成 are none."""
    if not (_OF_THE_ROW.search(passage.label) and _WORDS.search(passage.text) and reason_of(passage.text)):
        return False
    if _CAUSE.search(passage.text):
        return True
    return _FOR_REASONS.search(passage.label) is not None and not _PAPERS.search(passage.text)


def _causes(passage: Passage) -> Iterator[str]:
    """The sentences that can be a reason: all where the label says so, else those telling of a shortfall."""
    labelled = REASONS.search(passage.label) or PROBLEMS.search(passage.label)
    if not reason_of(passage.text):
        return
    for sentence in _SENTENCES.split(passage.text):
        if labelled or _CAUSE.search(sentence):
            yield sentence


def _names(case: Case, sentence: str, line: Line) -> bool:
    """True where a sentence has the row's name, most of its words, or its actual as printed."""
    body, subject = normal(sentence), _subject(line)
    for other in case.lines:
        # 参训教师满意度 says nothing of 参训教师人数.
        if subject != (longer := _subject(other)) and subject in longer:
            body = body.replace(longer, "、")
    if len(subject) >= _SHORTEST_NAME and subject in body:
        return True
    if _has_value(body, line) or (_SATISFIED in subject and _SATISFIED in body):
        return True
    wanted = set(pairs(subject))
    if len(wanted) < _SHORTEST_NAME - 1:
        return False
    return len(wanted.intersection(pairs(body))) / len(wanted) >= _MOST_WORDS


def _subject(line: Line) -> str:
    """The row's name without its counting word."""
    return _COUNT_WORD.sub("", normal(line.cells.name))


def _has_value(sentence: str, line: Line) -> bool:
    number = line.actual.number
    if number is None or len(number.normalize().as_tuple().digits) < _TELLING_DIGITS:
        return False
    return any(found.number == number and found.unit == line.actual.unit_norm for found in figures(sentence))
