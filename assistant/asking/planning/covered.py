"""Whether a query uses everything that the question says: an answer to part of a question is no answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.asking.planning.asked import POINTS_ASKED, Asked
from assistant.asking.planning.leftover import words_left
from assistant.asking.planning.meaning import Meaning
from assistant.asking.planning.passed_over import passed_over
from assistant.asking.planning.used import Used, all_of
from assistant.asking.reading import conditions as cond
from assistant.asking.reading.aimed import AIM
from assistant.asking.reading.intents import FINDING_WORDS
from assistant.asking.reading.mentions import Mention
from assistant.asking.reading.predicates import Predicate
from assistant.asking.reading.several import spans_of
from assistant.asking.records.query import Query

_PROSE = frozenset(("quote", "how", "check"))
_FORMS_COUNTED = re.compile("(?:几|多少)(?:张表|个项目|个处室|家单位)")
_KINDS = frozenset(("level1", "level2"))
_UNIT_ASKED = re.compile("(?:多少|几)个?([家人名天次期篇班场户])")
_NUMBERS = re.compile("总数|条数|个数")
_FOR_THEM = {
    *("exec_lost", "total_lost", "lost", "actual_kind", "actual_unit", "exec_score_rule", "total_rule")
}
"""Fields that a condition in words can be read as where the word for another cell stands beside it."""

_OF_CHECKS = frozenset(("rule_score", "total_rule", "total_sum", "exec_score_rule", "rate", "rate_printed"))
"""What a check tells of a figure, whichever of these was said."""


def left_out(meaning: Meaning, asked: Asked) -> str:
    """The first words of the question that no query uses; "" where all are used."""
    if (part := _other_part(meaning, asked)) is not None:
        return part
    used = Used(tuple(all_of(meaning.queries)))
    if narrows := passed_over(used, asked):
        return narrows
    if any(query.of == "findings" for query in used.queries):
        return _row_pointed_at(used, asked)
    return "" if used.asks(*_PROSE) else _words_left_out(used, asked)


def _words_left_out(used: Used, asked: Asked) -> str:
    if mark := next((mark for mark in asked.reading.marks if not _mark_used(mark, used, asked)), None):
        return mark.text
    if any(_excludes_itself(query) for query in used.queries):
        marks = dict.fromkeys(m.text for p in asked.predicates for m in _marks_of(p, asked))
        return "、".join(marks or (m.text for m in asked.reading.levels))
    for mention in asked.said_fields():
        if not _field_used(mention, used, asked):
            return mention.text
    return _levels_left(used, asked) or words_left(used, asked)


def _mark_used(mark: Mention, used: Used, asked: Asked) -> bool:
    if mark.name in cond.WORDS and not asked.scope.rows:
        fields = {c.field for of in ("forms", "indicators") for c in cond.of_word(mark, of)}
        return bool((fields | _FOR_THEM) & used.fields) or _of_groups(used)
    check = _CHECKS.get(mark.name)
    return check is None or mark.name in cond.WORDS or check(used, asked)


def _row_pointed_at(used: Used, asked: Asked) -> str:
    """那条扣5.8分的指标…对不对: findings of the whole form, or of another cell, are no answer."""
    exact = [b for b in asked.reading.bounds if b.number != b.number.to_integral_value() and not b.unit]
    if exact:
        return asked.reading.text[exact[0].start : exact[0].end]
    said = [b for b in asked.reading.bounds if b.unit in ("分", "%") and not b.signed]
    of_rows = any(noun.name == "row" for noun in asked.reading.nouns) or asked.reading.rows
    pointed = said and of_rows and not any(query.having or query.rows for query in used.queries)
    return asked.reading.text[said[0].start : said[0].end] if pointed else ""


def _other_part(meaning: Meaning, asked: Asked) -> str | None:
    """Of several questions in one sentence the first that a single query does not answer too."""
    text = asked.reading.text
    if (counted := _counted_apart(meaning, asked)) is not None:
        return counted
    spans = spans_of(text)
    if len(spans) < 2 or len(meaning.queries) != 1:
        return None
    if (other := _of_another_office(asked, spans)) is not None:
        return other
    query, parts = meaning.queries[0], [_Part(asked, start, end) for start, end in spans]
    by_rule = {*_OF_CHECKS, *query.show} if query.ask == "check" else set()
    ranked = [part for part in parts if part.ranks]
    told, summed = query.ask in _PROSE, _SUMS & {*query.show, *(c.field for c in query.conditions())}
    for at, part in enumerate(parts):
        apart = [one for one in ranked if one is not part]
        left = (
            (at > 0 and part.ranks and bool(apart) and apart[0] is parts[0])
            or (told and not part.tells and bool(part.fields - by_rule or part.counts))
            or (bool(query.order) and bool(apart) and part.sums and not query.group)
            or (
                query.ask == "top"
                and part.counts
                and bool(apart)
                and not any(m.op == "count" or m.field == "indicator_count" for m in query.measures())
                and not (query.order and query.order.field == "indicator_count")
            )
            or (query.ask in ("count", "list") and part.sums and not (query.measures() or summed))
            or (query.ask == "count" and at > 0 and part.counts and parts[0].counts)
            or (at > 0 and len(query.rows or ()) == 1 and part.unit and parts[0].unit not in ("", part.unit))
            or (
                query.ask == "list"
                and query.of == "indicators"
                and not query.group
                and at > 0
                and _FORMS_COUNTED.search(text[spans[at][0] : spans[at][1]]) is not None
            )
            or (query.ask == "count" and at > 0 and part.lists and part.narrows and parts[0].counts)
            or (query.ask == "count" and at > 0 and text[spans[at][0] : spans[at][1]].endswith("吗"))
        )
        if left:
            return text[spans[at][0] : spans[at][1]].strip(",;")
    whole = asked.one_form() and query.of == "forms" and query.ask == "list"
    return text[spans[1][0] :].strip(",;") if whole else None


_LIMIT_AFTER = 2
"""指标数超过10个, 指标数在10个以上: a number said so near is a limit."""


def _counted_apart(meaning: Meaning, asked: Asked) -> str | None:
    """成本指标条数和超支条数, 前三和后三: two things are asked, and one is no answer to both."""
    ends = [m for m in asked.reading.marks if m.name in ("top_n", "last_n")]
    if len(meaning.queries) == 1 and {m.name for m in ends} == {"top_n", "last_n"}:
        return ends[1].text
    places = [m for m in asked.reading.marks if m.name == "nth"]
    if len(places) > 1 and len(meaning.queries) == 1 and meaning.queries[0].limit == 1:
        # 第二和第四: one place is no answer to both.
        return places[-1].text
    counts = [m for m in asked.reading.marks if m.name == "count"]
    limits = [bound.start for bound in asked.reading.bounds]
    counts += [
        m
        for m in asked.reading.fields
        if m.name == "indicator_count" and not any(m.end <= at <= m.end + _LIMIT_AFTER for at in limits)
    ]
    query = meaning.queries[0]
    grouped = query.group and not (query.group == "form" and asked.one_form())
    single = len(meaning.queries) == 1 and not (grouped or query.having or query.each or query.also)
    said = [m.text for m in counts] if len(counts) > 1 else _NUMBERS.findall(asked.reading.text)
    return said[1] if single and len(said) > 1 and query.ask in ("count", "list") else None


def _of_another_office(asked: Asked, spans: Sequence[tuple[int, int]]) -> str | None:
    """人事处的总分多少，节能处的总分多少: each question of an office of its own."""
    offices = [[o for o in asked.reading.offices if start <= o[0] < end] for start, end in spans]
    if not all(offices) or asked.scope.parts:
        return None
    forms = [{form for _, _, numbers in own for form in numbers} for own in offices]
    apart = all(not forms[0] & other for other in forms[1:])
    return asked.reading.text[spans[1][0] : spans[1][1]].strip(",;") if apart else None


class _Part:
    """What one of several questions in a sentence asks."""

    def __init__(self, asked: Asked, start: int, end: int) -> None:
        marks = {m.name for m in asked.reading.marks if start <= m.start < end}
        named = {m.name for m in asked.said_fields() if start <= m.start < end}
        self.ranks = bool(marks & {"top", "top_n", "nth", "last_n"})
        self.sums = bool(marks & {"sum", "mean", "median"})
        found = "".join(
            m.text for m in asked.reading.marks if m.name == "problems" and start <= m.start < end
        )
        told = bool(named & {"reason_text", "measure_text"})
        self.counts = (
            "count" in marks
            or ("unit_of_value" in marks and not told)
            or re.match("(?:查出|发现|有)?(?:来)?(?:多少|几)", found) is not None
        )
        units = _UNIT_ASKED.search(asked.reading.text[start:end])
        self.unit = units[1] if units else ""
        self.lists = "which" in marks
        self.narrows = any(start <= p.start < end for p in asked.predicates)
        self.tells = bool(named & {"reason_text", "measure_text"} or marks & {"how", "correct"})
        self.fields = named - {"reason_text", "measure_text"}


def _excludes_itself(query: Query) -> bool:
    """定量和定性 of one record: nothing is both, so something else was asked."""
    kinds = [c for c in query.where if c.texts and not c.negated and (c.op == "eq" or c.field in _KINDS)]
    return any(
        left.field == right.field and not set(left.texts) & set(right.texts)
        for at, left in enumerate(kinds)
        for right in kinds[at + 1 :]
    )


def _marks_of(predicate: Predicate, asked: Asked) -> list[Mention]:
    return [m for m in asked.reading.marks if predicate.start <= m.start < predicate.end]


def _levels_left(used: Used, asked: Asked) -> str:
    levels = {"level1", "level2", "levels"} & used.fields
    left = asked.reading.levels and not levels and not asked.scope.rows
    return asked.reading.levels[0].text if left else ""


def _of_groups(used: Used) -> bool:
    return any(query.having or query.every for query in used.queries)


def _field_used(mention: Mention, used: Used, asked: Asked) -> bool:
    names = {mention.name, cond.field_of(mention.name, "forms"), cond.field_of(mention.name, "indicators")}
    names |= _ALSO.get(mention.name, set())
    names |= {"weight"} if mention.name == "score" and POINTS_ASKED.fullmatch(mention.text) else set()
    if names & used.fields or any(mention in p.fields for p in asked.predicates):
        return not (used.asks("cells", "list") and _between_two(mention, asked))
    full = any((c.field, c.other) == ("score", "weight") for c in used.conditions)
    told = mention.name in _WHERE_TOLD and bool(asked.scope.passages)
    compared = mention.name in ("executed", "actual") and _is_compared(mention, asked)
    if told or compared or (mention.name == "lost" and full):
        return True
    if mention.name == "unit_name" and len(asked.scope.parts) > 1 and used.asks("compare"):
        return True
    rates = ("rate", "left_rate", "score_rate")
    if mention.name in rates and any(query.base_field for query in used.queries):
        return True
    if mention.name == "completion" and any(q.order and q.order.field == "gap" for q in used.queries):
        return True
    if mention.name in ("gap", "completion"):
        differences = _DIFFERENCES & used.fields if mention.name == "gap" else ()
        apart = any(step.op == "difference" for query in used.queries for step in query.steps)
        return used.asks("compare", "ratio") or used.op("range") or bool(differences) or apart
    counted = mention.name == "indicator_count" and (used.op("count", "share") or used.asks("count", "list"))
    money = mention.name == "budget" and "预算" not in mention.text
    return counted or money or (mention.name in ("note", "goal_actual") and used.asks("list", "count"))


def _between_two(mention: Mention, asked: Asked) -> bool:
    """参展人数和天数差多少: how far two things are apart is not how far one is from what it aims at."""
    text = asked.reading.text
    each = re.search("(?:各自?|分别)(?:相|还)?$", text[: mention.start])
    if mention.name != "gap" or not mention.text.startswith(("差", "相差")) or each or AIM.search(text):
        return False
    clause = text.rfind(",", 0, mention.start) + 1
    names = asked.entities.named_spans(text)
    return any(
        not any(start < found.start() and found.end() < end for start, end in names)
        for found in _TWO_THINGS.finditer(text, clause, mention.start)
    )


_TWO_THINGS = re.compile("和|跟|与|、|之间|(?:两|二|2)[个项条张家者]|俩")


def _is_compared(mention: Mention, asked: Asked) -> bool:
    """实际花得比目标多, 完成值没到目标: what is held against the target is what it always is."""
    after = [m for m in asked.reading.marks if 0 <= m.start - mention.end <= _BESIDE]
    return any(m.name in ("exceeded", "missed", "reached", "exactly", "times", "under_share") for m in after)


_BESIDE = 1
_WHERE_TOLD = frozenset(
    ("reason_text", "measure_text", "target", "goal_expected", "goal_actual", "note", "remark")
)
_ALSO = {
    "reason_text": {"explanation", "reason", "measure"},
    "measure_text": {"explanation", "measure"},
    "unit_who": {"unit"},
    "unit_name": {"unit"},
    "unit_asked": {"unit"},
    "project_text": {"project_name", "form"},
    "year_text": {"year"},
    "overspent": {"executed", "overspent", "gap"},
    "unspent": {"gap", "unspent"},
    "budget": {"target", "unspent"},
    "executed": {"actual", "unspent", "overspent"},
    "initial": {"adjusted", "adjusted_rate"},
    "score_gap": {"score_gap", "exec_gap", "total_gap"},
    "rate": {"rate", "completion", "rate_printed"},
    "completion": {"completion", "met_share"},
    "actual": {"completion", "gap", "met", "actual", "actual_kind", "actual_unit"},
    "target": {"completion", "gap", "met", "target", "target_kind", "target_sign", "target_unit"},
    "weight": {"score_rate", "lost", "weight"},
    "total": {"grade"},
    "score": {"total", "score", "score_rate", "lost"},
    "lost": {"total_lost", "lost", "exec_lost"},
}


def _ordered(used: Used, _asked: Asked) -> bool:
    if used.asks("compare") and len(used.queries) > 1:
        return True
    return any(query.order for query in used.queries) or used.op("max", "min", "range")


def _grouped(field: str) -> Callable[[Used, Asked], bool]:
    def check(used: Used, asked: Asked) -> bool:
        listed = used.asks("cells") or field in {name for q in used.queries for name in q.show}
        among = asked.scope.parts and used.asks("compare")
        fields = {field, "department"} if field == "unit" else {field}
        return bool(listed or among) or any(
            fields & {query.group, query.each, *query.contents} for query in used.queries
        )

    return check


def _per_form(used: Used, _asked: Asked) -> bool:
    grouped = any(query.group or query.each for query in used.queries)
    whole = any(query.every for query in used.queries)
    return grouped or whole or used.asks("cells", "list", "top") or bool(used.measures)


def _summed(used: Used, asked: Asked) -> bool:
    if used.op("sum", "count", "share", "median", "mean") or used.asks("count", "yesno"):
        return True
    if used.fields & _SUMS:
        return True
    if any(q.order and q.order.field in ("total_lost", "lost", "met_share") for q in used.queries):
        return True
    if used.asks("cells") and any(len(q.rows or ()) > 1 for q in used.queries):
        return False
    single = all(len(query.forms or ()) == 1 or len(query.rows or ()) == 1 for query in used.queries)
    return single or not asked.numeric(asked.of)


def _of_one_form(used: Used) -> bool:
    """An aggregate of one form is its cell."""
    return used.asks("cells") and all(q.forms is not None and len(q.forms) == 1 for q in used.queries)


def _for_each_form(used: Used) -> bool:
    """平均每张表有几个数量指标: such rows by the number of forms."""
    return any(step.op == "per" for query in used.queries for step in query.steps)


def _listed(used: Used, asked: Asked) -> bool:
    """哪些 wants names, not one figure."""
    figure = bool(used.queries) and all(q.ask == "value" and not q.group for q in used.queries)
    return not figure or used.op("share", "range", "count") or len(used.queries) > 1 or not asked.head


def _excluded(used: Used, _asked: Asked) -> bool:
    return any(query.without or query.lacking for query in used.queries) or any(
        c.negated for c in used.conditions
    )


def _either(used: Used, asked: Asked) -> bool:
    several = any(len(c.texts) > 1 for c in used.conditions)
    either = several or any(query.any_of for query in used.queries) or bool(asked.scope.parts)
    return either or all(_between_offices(m, asked) for m in asked.reading.marks if m.name == "or")


def _between_offices(mark: Mention, asked: Asked) -> bool:
    """离退休处或者无线电局的项目: the forms of both are looked at."""
    before = any(0 <= mark.start - end <= 1 for _, end, _ in asked.reading.offices)
    after = any(0 <= start - mark.end <= 1 for start, _, _ in asked.reading.offices)
    return before and after


def _lacking(used: Used, _asked: Asked) -> bool:
    empty = any(c.op in ("empty", "lacks") or c.negated for c in used.conditions)
    return empty or any(query.lacking or query.having for query in used.queries)


_DIFFERENCES = frozenset(
    ("gap", "overspent", "unspent", "score_gap", "total_diff", "total_gap", "exec_gap", "adjusted")
)
_SUMS = frozenset(("weight_sum", "total_sum"))
"""What is a sum itself: 合计多少 asks for it."""
_CHECKS: dict[str, Callable[[Used, Asked], bool]] = {
    **dict.fromkeys(FINDING_WORDS, lambda _used, _asked: False),
    "wrong_weight": lambda used, _: {"weight", "exec_weight"} <= used.fields,
    **dict.fromkeys(("top", "top_n", "nth", "last_n", "order_up", "order_down"), _ordered),
    "or": _either,
    "nearest": lambda used, _: used.asks("compare") and "completion" in used.fields,
    "besides": _excluded,
    "except": _excluded,
    "left_out": _excluded,
    "not_it": _excluded,
    "negated_set": _lacking,
    "than_mean": lambda used, _: used.op("mean", "median") or any(c.against for c in used.conditions),
    "extremes": lambda used, _: used.op("range") or len(used.queries) > 1,
    "median": lambda used, _: used.op("median") or _of_one_form(used),
    "mean": lambda used, asked: (
        used.op("mean") or _of_one_form(used) or _for_each_form(used) or asked.says("weighted")
    ),
    "which": _listed,
    "sum": _summed,
    "share": lambda used, _: used.op("share") or used.asks("ratio"),
    "compare_two": lambda used, _: (
        used.asks("compare", "ratio", "cells", "quote", "top")
        or used.op("range")
        or bool(used.fields & _DIFFERENCES)
        or any(query.group for query in used.queries)
    ),
    "same": lambda used, _: used.asks("compare"),
    "ratio": lambda used, _: used.asks("ratio") or "completion" in used.fields,
    "per_unit": _grouped("unit"),
    "which_unit": _grouped("unit"),
    "count_units": _grouped("unit"),
    # What is listed is told with its year.
    "per_year": lambda used, asked: (
        _grouped("year")(used, asked) or (used.asks("list") and asked.says("which"))
    ),
    "per_counted": _grouped("counted_in"),
    "per_level1": _grouped("level1"),
    # 按一级指标分,哪类最多.
    "per_level2": lambda used, _: any(q.group in ("level1", "level2") for q in used.queries),
    "per_form": _per_form,
    "reason_contains": lambda used, asked: (
        bool(asked.scope.passages or asked.reading.causes or asked.scope.given)
        or any(c.texts and c.op in ("contains", "lacks", "eq") for c in used.conditions)
    ),
    **dict.fromkeys(("same_one", "kind_of_unit", "share_of_some"), lambda used, _: used.asks("compare")),
    **dict.fromkeys(("mode", "per_value"), lambda used, _: any(query.group for query in used.queries)),
    "divided": lambda used, _: len(used.queries) > 1 or any(query.group for query in used.queries),
}
"""For each word that a query must show some trace of: whether it does."""
