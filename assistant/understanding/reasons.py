"""Reasons by the shape of the sentence: who (春节和八一) deviated how (少的那几个) and, after it, why.

A sentence is read as subject, deviation and the rest. The subject names rows, or the size of the deviation
does; the rest is the reason, up to where it tells what is done about it. 因为 is not needed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.form.model import Indicator
from assistant.form.units import unit_at
from assistant.form.value import Direction, Kind, direction, in_unit_of, read_actual, read_target
from assistant.understanding.clauses import Clause, Sentence, split
from assistant.understanding.deviating import is_size, named_rows, tells_result
from assistant.understanding.fund_facts import cell_amount
from assistant.understanding.implied_causes import refers_back
from assistant.understanding.quantities import Quantity, find_quantities, same_group
from assistant.understanding.reading import READ, Cause, Doubt, Reading
from assistant.understanding.row_matching import STRONG, content_of, row_numbers, unit_of
from assistant.understanding.statements import formal, read_measures

_VERB = (
    r"(?:做|办|建|跑|补|换|测|划|加|拆|铺|挖|播|养|买|装|修|种|发|培训|完成|改|拍|来|参加|收|查|检|救|扫|采购|安装|新建|维修|举办|开|用|花"
    r"|清|治理|招|写|印|干|弄|搞)"
)
_NOT = (
    r"(?:没有?|未|没能|未能|不)(?:能|有)?(?:按时|按期|如期|全部|完全)?"
    rf"(?:达标|达到?|完成|完工|竣工|{_VERB}(?:完|够|成|满|到|好|齐|足|上)?|够|满|到位|理想|高|足|到)(?:目标|任务|计划|预期|要求)?"
)
_DEVIATION = re.compile(
    rf"(?P<less>{_NOT}|(?<![多不至减])(?:少|差|缺|低|晚|慢|拖|短)(?!年|数民|儿|先|于|保|收入|碳)|不足|偏低|较低|上不去)"
    r"|(?P<more>超额|超出|超过|超(?!市|声|限|载|前|高)|(?<![许增])多(?!数|媒|功|层|元|式|少|样|次|项|家|个(?!百分点))|偏高|(?<![最更提中升走])高(?=是|的原因|主要|就是))"
)
_BEFORE_SIZE = re.compile(rf"{_VERB}?(?:了|的|出来?|掉|完成|将近|接近|大约|约|这|那)*")
_SOME = re.compile(
    r"几?个?(?P<unit>人次|场次|班次|户次|[个人户台次场期件条处家名座亩位只株本项批间套辆])|几(?=的)"
)
_LINK = re.compile(
    rf"(?:了|的|些|一点|一些|得|人|部分|情况)*(?:{_NOT})?(?:的?(?:主要)?原因(?:就|也)?(?:有)?(?:[两三四几]个?(?:方面|点)?)?(?:是|为|在于|：|，)*)?"
    r"(?:也|都|就|主要|全|还|其实|大多|多半|基本上?|一是)*(?P<link>是因为|是由于|因为|由于|是|因(?!此|而|素)|：|，)?"
)
_AND = re.compile(r"和|与|跟|及|以及|、|还有")
_NO_REASON = re.compile(
    r"^(?:但|不过|可是|然而|虽然|目标|实际|计划|完成|应该|应为|改|不是|不对|第?\d+[行条]?$|对的?|正常|可以|没事|允许)|^[\d.,%≥≤]+[\u3400-\u9fff%]{0,3}$|写错|打错|填错|记错|说错|抄错"
)
_QUESTION = re.compile(r"怎么|为什么|为啥|多少|吗$|呢$|哪|咋|什么")
_FIGURE_WORDS = re.compile(r"目标|实际|计划|指标值|完成(?!后|的)")
_MARK = re.compile(
    r"^(?:原因(?:就|可以|主要)?(?:写|填|说)?(?:是|为|成|上|：)*(?=[\u3400-\u9fff]{3})|也|都|就|全|还|主要|说到底|归根到底|其实|(?:都?是)?(?:同?一个|一样的)原因[，：]?)*(?:还?是(?:因为|由于)?|因为|由于)(?!否)"
)
_ITSELF = re.compile(
    r"^(?P<name>[\u3400-\u9fff]{2,12}?)(?:那?边|这?块|呢)?(?:主要|则)?(?:是因为|因为|是)(?!否|不是|多少)"
)
_THOSE = re.compile(
    r"^(?:那|这|剩下?的?|另外的?|还有|少的|差的|没[\u3400-\u9fff]{1,2}的)+(?:\d+|[一二三四五六七八九十百两]+)[\u3400-\u9fff]{1,2}?(?:呢|嘛)?(?:也|都|全|主要)*是(?:因为|由于)?(?!不是|多少|否)"
)
_SO = re.compile(r"所以|因此|因而|于是|导致|造成|结果")
_ONLY_DEVIATES = re.compile(r"(?:工期|进度|时间|完成率|执行率|得分)[\u3400-\u9fff]{0,6}$")
_LABEL = re.compile(
    r"^(?:把|将)?(?P<name>[^，：]{0,16}?)(?:[那这]个?|的)?(?:偏差)?原因(?:说明)?(?:里|应该|应|就|请|帮我|要|再|还)*"
    r"(?:(?:改|写|填|换)(?:成|为|是|：)+|(?P<more>(?:补充|补|加|添)(?:上|一?[句点条个]|1[句点条个]|一下|说明)*[：，]?))(?=[\u3400-\u9fff\d“]|$)"
)
_RATE_IS = re.compile(
    r"(?:预算)?(?:执行率|支出率|支付率|支出进度)(?:低|不高|偏低|较低|上不去|没到|只有|才|只|是|为|到|不到)*(?:\d[\d.]*%?)?(?:，|：|，?(?:主要)?是(?:因为|由于)?)(?=[\u3400-\u9fff])"
)
_ANSWER = re.compile(r"(?:主要|就|还)?是(?!不|否|多少|什么)|因为|由于")
_EACH_OF = re.compile(
    r"^(?P<names>[^，：]{3,40}?)(?:都)?(?:没完成|未完成|没达标|低|少)?的?原因分别(?:是|为|：)(?P<reasons>[^。；]+)$"
)
_BECAUSE = re.compile(r"因为|由于|因(?!此|而)|受")
_NOT_THAT = re.compile(r"(?:并)?不是(?:因为)?[^，。；]{1,16}，(?:而|主要)*是(?:因为|由于)?")
_LED_TO = re.compile(
    r"^(?P<cause>[^，]{3,40}?)(?:直接)?(?:导致|造成|致使|使得)(?:了)?(?P<effect>[^，]{2,30})$"
)
_EACH = re.compile(
    r"一个(?:主要)?是(?:因为)?(?P<one>[^，。；]+?)，?(?:另外?)?一个(?:主要)?是(?:因为)?(?P<other>[^，。；]+)$"
)
_PAIR = 2
_SHORTEST, _LONGEST_SUBJECT = 3, 20


@dataclass(frozen=True)
class _Opening:
    """The rows that a reason is for; ``begin``: of the clause that names them, ``start``: of the reason.

    ``more``: it is told beside the one that was told before.
    """

    rows: tuple[int | None, ...]
    begin: int
    start: int
    more: bool = False


def read_reasons(reading: Reading) -> None:
    """Reads such sentences out of ``reading.rest``; a sentence may hold several, one after the other.

    What only says that a row deviated, too (泵站少，满意度也低，…), shares the reason that follows.
    """
    for sentence in split(reading.rest):
        if _read_each(reading, sentence) or refers_back(sentence):
            continue
        openings = _openings(reading, sentence)
        ends = [*(one.begin for one in openings[1:]), sentence.end] if openings else []
        waiting: list[_Opening] = []
        for opening, limit in zip(openings, ends, strict=True):
            end = _end_of(reading, sentence, opening, limit)
            words = reading.rest[opening.start : end].strip("，。； ")
            waiting.append(opening)
            if words:
                if _explain(reading, waiting, words):
                    reading.take(waiting[0].begin, end)
                waiting = []
        before = reading.rest[sentence.start : waiting[0].begin].strip("，") if waiting else ""
        if before and READ not in before and _BECAUSE.match(before) and _explain(reading, waiting, before):
            reading.take(sentence.start, sentence.end)


def _read_each(reading: Reading, sentence: Sentence) -> bool:
    """Reads 甲和乙的原因分别是…、…: one reason for each row."""
    found = _EACH_OF.match(reading.rest[sentence.start : sentence.end])
    if found is None:
        return False
    names = [name for name in _AND.split(found["names"]) if content_of(name)]
    reasons = [one for one in re.split("[、，]|和(?=[^、，]{4})", found["reasons"]) if one]
    matches = [named_rows(reading.whole(), name) for name in names]
    fits = len(names) == len(reasons) and all(one.row and one.strength >= STRONG for one in matches)
    for match, reason in zip(matches, reasons, strict=False) if fits else ():
        reading.explain(Cause(row=match.row, cause=formal(reason)))
    if not fits:
        reading.doubt(Doubt(question=f"“{found['reasons']}”里的原因和指标对不上，请一项一项地说。"))
    reading.take(sentence.start, sentence.end)
    return True


def _openings(reading: Reading, sentence: Sentence) -> list[_Opening]:
    found: list[_Opening] = []
    if any(_SO.match(clause.text) for clause in sentence.clauses):
        return found
    for at, clause in enumerate(sentence.clauses):
        following = sentence.clauses[at + 1] if at + 1 < len(sentence.clauses) else None
        answers = following is not None and following.mood == "stated" and _ANSWER.match(following.text)
        if (
            (clause.mood != "stated" and not answers)
            or READ in clause.text
            or (len(sentence.clauses) == 1 and _led_to(reading, clause))
        ):
            continue
        opening = (
            _labelled(reading, clause)
            or _of_money(reading, clause, sentence.end)
            or _opening(reading, clause, sentence.end)
            or _sized(reading, clause)
            or (_another(reading, clause, sentence.end) if found else None)
        )
        if opening is not None:
            found.append(opening)
    return found


def _opening(reading: Reading, clause: Clause, end: int) -> _Opening | None:
    for deviation in _DEVIATION.finditer(clause.text):
        subject = clause.text[: deviation.start()]
        asked = clause.mood == "asked"
        subject = _QUESTION.sub("", subject) if asked else subject
        if len(subject) > _LONGEST_SUBJECT or (not asked and _QUESTION.search(clause.text)):
            return None
        if (denied := _NOT_THAT.match(reading.rest, clause.start + deviation.end())) and denied.end() < end:
            rows = _rows(reading, subject, None, "", more=deviation["more"] is not None)
            return _Opening(rows=rows, begin=clause.start, start=denied.end()) if rows else None
        after, size, unit = _size(clause.text, deviation.end())
        link = _LINK.match(reading.rest, clause.start + after, end)
        ends = link is not None and link.end() >= clause.end
        if link is None or not (
            link["link"]
            or ends
            or (after > deviation.end() and "的" in clause.text[deviation.end() : link.end()])
        ):
            continue
        rest = reading.rest[link.end() : end].strip("，。； ")
        if (
            (0 < len(rest) < _SHORTEST)
            or READ in rest[:_SHORTEST]
            or _NO_REASON.search(rest)
            or _ONLY_DEVIATES.match(rest)
        ):
            continue
        if not subject and (named := _named_after(reading, link.end(), rest)) is not None:
            return _Opening(rows=(named[0],), begin=clause.start, start=named[1])
        rows = _rows(reading, subject, size, unit, more=deviation["more"] is not None)
        if rows and not (link["link"] == "，" and _tells_figures(reading, rest, rows)):
            return _Opening(rows=rows, begin=clause.start, start=link.end())
    return None


def _named_after(reading: Reading, at: int, rest: str) -> tuple[int, int] | None:
    """没达标的主要是托位，…: the row that stands behind 是, and where its reason begins."""
    name, comma, _ = rest.partition("，")
    found = (
        _named(reading, name, _deviating(reading, more=False))
        if comma and len(name) <= _LONGEST_SUBJECT
        else None
    )
    start = reading.rest.find("，", at) + 1
    return (found, start) if found is not None else None


def _led_to(reading: Reading, clause: Clause) -> bool:
    """Reads 空调供货晚导致开园时间推迟: the cause stands before what it led to."""
    found = _LED_TO.match(clause.text)
    if found is None:
        return False
    way = (*_deviating(reading, more=False), *_deviating(reading, more=True))
    named = [_named(reading, _without_deviation(part), way) for part in _AND.split(found["effect"])]
    if not named or None in named:
        return False
    for row in named:
        reading.explain(Cause(row=row, cause=formal(found["cause"])))
    reading.take(clause.start, clause.end)
    return True


def _labelled(reading: Reading, clause: Clause) -> _Opening | None:
    """满意度的原因改成…: a reason with its label, for the row that is named or talked of."""
    label = _LABEL.match(clause.text)
    if label is None or _QUESTION.search(clause.text):
        return None
    match = named_rows(reading.whole(), label["name"])
    topic = reading.situation.topic
    row = match.row if match.strength >= STRONG else None if content_of(label["name"]) else topic
    start = clause.start + label.end()
    return _Opening((row,), clause.start, start, more=bool(label["more"])) if row is not None else None


def _of_money(reading: Reading, clause: Clause, end: int) -> _Opening | None:
    """执行率90%，质保金要等一年: why not all was spent."""
    found = _RATE_IS.match(reading.rest, clause.start, end)
    rest = reading.rest[found.end() : end].strip("，。； ") if found else ""
    told = len(rest) >= _SHORTEST and not _NO_REASON.search(rest) and not _tells_figures(reading, rest, ())
    if found is None or not told or not _is_unspent(reading) or _QUESTION.search(clause.text):
        return None
    return _Opening((None,), clause.start, found.end())


def _is_unspent(reading: Reading) -> bool:
    line = reading.form.funds[0] if reading.form.funds else None
    budget = cell_amount(line.budget) if line is not None else None
    executed = cell_amount(line.executed) if line is not None else None
    return budget is not None and executed is not None and executed < budget


def _another(reading: Reading, clause: Clause, end: int) -> _Opening | None:
    """…，满意度是施工扰民: after one row's reason, that of another one whose name stands for itself."""
    subject = _ITSELF.match(clause.text)
    rest = reading.rest[clause.start + subject.end() : end] if subject else ""
    if subject is None or len(rest) < _SHORTEST or _NO_REASON.search(rest) or find_quantities(rest[:_PAIR]):
        return None
    row = _named(
        reading, subject["name"], (*_deviating(reading, more=False), *_deviating(reading, more=True))
    )
    start = clause.start + subject.end()
    return _Opening(rows=(row,), begin=clause.start, start=start) if row is not None else None


def _sized(reading: Reading, clause: Clause) -> _Opening | None:
    """那52户也是淹了的: the row that lacks just that many."""
    found = _THOSE.match(clause.text)
    figures = find_quantities(clause.text[: found.end()]) if found is not None else ()
    way = (*_deviating(reading, more=False), *_deviating(reading, more=True))
    rows = [n for n in way if figures and is_size(reading.whole().indicators[n - 1], figures[0])]
    if found is None or len(rows) != 1 or len(clause.text) - found.end() < _PAIR:
        return None
    return _Opening(rows=(rows[0],), begin=clause.start, start=clause.start + found.end())


def _size(text: str, at: int) -> tuple[int, Quantity | None, str]:
    """Where the size of a deviation ends (少了|3场, 少的那|几个), the size, or the unit where it is vague."""
    begin = _BEFORE_SIZE.match(text, at)
    begins = begin.end() if begin else at
    figure = next((one for one in find_quantities(text) if one.start == begins), None)
    if figure is not None:  # 少的7个航次: the thing counted stands behind 个
        return figure.end + len(unit_at(text, figure.end)), figure, figure.unit
    some = _SOME.match(text, begins) or re.compile(rf"一{_SOME.pattern}").match(text, begins)
    return (some.end(), None, some["unit"] or "") if some else (at, None, "")


def _rows(reading: Reading, subject: str, size: Quantity | None, unit: str, *, more: bool) -> tuple[int, ...]:
    """The rows that the subject names and that deviate this way; without one, the row of that size."""
    way = _deviating(reading, more=more)
    form = reading.whole()
    if numbers := row_numbers(subject, len(form.indicators)):
        return tuple(row for row in numbers if row in way)
    if not content_of(subject):
        counted = [row for row in way if unit and same_group(unit, unit_of(form.indicators[row - 1]) or "%")]
        missed = [row for row in way if more or not _is_saved(form.indicators[row - 1])]
        sized = [row for row in missed if size is not None and is_size(form.indicators[row - 1], size)]
        topic = reading.situation.topic
        if size is None and topic is not None and topic in (counted or way):
            return (topic,)
        chosen = sized if size is not None else counted if unit else missed
        return tuple(chosen) if len(chosen) == 1 else ()
    parts = [_without_deviation(part) for part in _AND.split(subject) if content_of(part)]
    singles = [_named(reading, part, way) for part in parts]
    if all(singles):
        return tuple(dict.fromkeys(row for row in singles if row is not None))
    whole = _named(reading, subject, way)
    return (whole,) if whole is not None else ()


def _is_saved(row: Indicator) -> bool:
    """Whether a cost lies under its bound, which is no miss."""
    target = read_target(row.target, name=row.name, level2=row.level2)
    actual = read_actual(row.actual, target)
    under = target.number is not None and actual.number is not None and actual.number < target.number
    return under and direction(target, name=row.name, level2=row.level2) is Direction.LOWER


def _without_deviation(words: str) -> str:
    """管网少0.8公里 names 管网."""
    found = _DEVIATION.search(words, _PAIR)
    return words[: found.start()] if found else words


def _named(reading: Reading, words: str, way: tuple[int, ...]) -> int | None:
    match = named_rows(reading.whole(), words)
    rows = [row for row in match.rows if row in way] if match.strength >= STRONG else []
    return rows[0] if len(rows) == 1 else None


def _deviating(reading: Reading, *, more: bool) -> tuple[int, ...]:
    """All rows whose result lies on that side of their target; days later than planned count as less."""
    rows = []
    for number, row in enumerate(reading.whole().indicators, 1):
        target = read_target(row.target, name=row.name, level2=row.level2)
        actual = read_actual(row.actual, target)
        if target.kind is Kind.DATE:
            off = not more and bool(actual.date) and actual.date > target.date
        elif direction(target, name=row.name, level2=row.level2) is Direction.LOWER:
            off = actual.number is not None and actual.number != target.number
        else:
            reached = in_unit_of(actual, target)
            held = target.number if reached is not None else None
            off = held is not None and reached is not None and (reached > held if more else reached < held)
        if off:
            rows.append(number)
    return tuple(rows)


def _tells_figures(reading: Reading, rest: str, rows: tuple[int, ...]) -> bool:
    """Whether what follows a comma gives values of rows rather than a reason."""
    first = rest.split("，", maxsplit=1)[0]
    figure = next((one for one in find_quantities(first) if one.kind not in ("date", "bare")), None)
    if figure is None:
        return False
    name, form = first[: figure.start], reading.whole()
    if _FIGURE_WORDS.search(name):
        return True
    match = named_rows(form, name)
    meant = match.rows if match.strength >= STRONG else () if content_of(name) else rows
    return any(same_group(unit_of(form.indicators[row - 1]), figure.unit) for row in meant)


def _end_of(reading: Reading, sentence: Sentence, opening: _Opening, end: int) -> int:
    """The reason ends before a clause that gives another row its figure, or that asks."""
    for clause in sentence.clauses:
        if not opening.start < clause.start < end:
            continue
        figures = [one for one in find_quantities(clause.text) if one.kind not in ("date", "bare")]
        if clause.mood != "stated" or READ in clause.text or tells_result(reading, clause):
            return clause.start
        if figures and _FIGURE_WORDS.search(clause.text[: figures[0].start]):
            match = named_rows(reading.whole(), clause.text[: figures[0].start])
            if match.strength >= STRONG and not set(match.rows) & set(opening.rows):
                return clause.start
    return end


def _explain(reading: Reading, openings: list[_Opening], words: str) -> bool:
    rows = list(dict.fromkeys(row for one in openings for row in one.rows))
    each = _EACH.match(words) if len(rows) == _PAIR else None
    reasons = [each["one"], each["other"]] if each else [words] * len(rows)
    told = [_split(reason) for reason in reasons]
    if any(len(cause) < _PAIR and not measure for cause, measure in told) and not each:
        return False
    last = reading.situation.cause
    for row, (cause, measure) in zip(rows, told, strict=True):
        further = openings[-1].more and last is not None and last.row == row
        whole = f"{last.cause}，{cause}" if further and last is not None else cause
        reading.explain(Cause(row=row, cause=whole, measure=measure))
    return True


def _split(words: str) -> tuple[str, str]:
    """The cause, and what is done about it."""
    measures = read_measures(words)
    at = words.find(measures[0].text[:4]) if measures else -1
    cause = formal(_MARK.sub("", (words[:at] if at >= 0 else words).strip("，。； ")))
    cause = re.sub("(?<=了)的$", "", cause)
    return cause, measures[0].text if measures else ""
