"""Whether a query uses everything that the question says: an answer to part of a question is no answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.asking import conditions as cond
from assistant.asking.asked import Asked
from assistant.asking.intents import FINDING_WORDS
from assistant.asking.meaning import Meaning
from assistant.asking.mentions import Mention
from assistant.asking.places import PLACE
from assistant.asking.predicates import Predicate
from assistant.asking.query import Condition, Measure, Query
from assistant.asking.several import spans_of
from assistant.asking.words import bundled_words

_PROSE = frozenset(("quote", "how", "check"))
_OPERATORS = re.compile(
    "(?:怎么|咋|如何)(?!样|完成)|为[什何啥]|除[了去开]|(?<!而)非(?!常)|最(?!后|终)|偏离(?!原因|分析|情况)|接近|相近|要么|[高低多少大小早晚先迟]于|以[上下]|超(?!级|市)|不(?:足|到|满|及|含|包括|是|算)|排除|扣除|不同|相同|[没未](?!有?$)|扣(?!除)|丢|欠|剩|倒数|垫底"
)
"""What is left of a question where it should not be: words that change its meaning."""


_RECORDS_AFTER = re.compile("(?:类|方面|有关|相关)?的?(?:绩效)?(?:指标|项目|表|专项|处|单位|部门|科室|单子)")
"""哪几个口岸 asks for what no record is; 哪些培训指标 does not."""
_APART = re.compile("对不上|不一致|不一样|不相等|不相符|不吻合|有出入")
_TWO = re.compile("两者|二者|[它这那]俩|彼此")
_ANOTHER = re.compile("(?:另外?|另一|其[他余它])(?:的)?[一二两三四五六七八九十几那]*[个条张项](?=[一-龥])")
"""另外一条: not what the last answer showed."""
_OF_ITS_OWN = re.compile("占了?(?:它|其|该|自己|自身|本身|本项目|这张|这个)")
_FORMS_COUNTED = re.compile("(?:几|多少)(?:张表|个项目|个处室|家单位)")
_OVERALL = re.compile("(?:总体|整体)执行率")
_WHERE = re.compile("哪(?:里|儿|边)|何处|什么地方")
_PER_ONE = re.compile(
    "各(?:奖励|奖补|补贴|补助|分到|分得|拨付|拨)了?(?:多少|几)|[人户]均|单价|每(?:一)?[人户亩吨]|每(?:一)?(?:个|家|名|位)(?!项目|表|处|单位|部门|科室|指标|级|类|[一二]级|年|档)[一-龥]{2}"
)
"""人均, 每个园区: an amount for each of what is counted; only an indicator of its own states one."""


_EACH_PERSON = re.compile("人均|每(?:一)?(?:个|位|名)?人")


_FOR_THEM = {"exec_lost", "total_lost", "lost", "actual_kind", "exec_score_rule", "total_rule"}
"""Fields that a condition in words can be read as where the word for another cell stands beside it."""


@dataclass(frozen=True)
class _Used:
    queries: tuple[Query, ...]

    @cached_property
    def conditions(self) -> list[Condition]:
        return [c for query in self.queries for c in query.conditions()]

    @cached_property
    def measures(self) -> list[Measure]:
        return [m for query in self.queries for m in query.measures()]

    @cached_property
    def fields(self) -> set[str]:
        found = {c.field for c in self.conditions} | {c.other for c in self.conditions}
        found |= {m.field for m in self.measures}
        for query in self.queries:
            found |= {*query.show, query.group, query.each, query.base_field}
            found |= {query.order.field} if query.order else set()
        return found

    def op(self, *names: str) -> bool:
        """Whether one of these is computed or compared with."""
        return any(m.op in names for m in self.measures) or any(c.against in names for c in self.conditions)

    def asks(self, *shapes: str) -> bool:
        return any(query.ask in shapes for query in self.queries)


def left_out(meaning: Meaning, asked: Asked) -> str:
    """The first words of the question that no query uses; "" where all are used."""
    if (part := _other_part(meaning, asked)) is not None:
        return part
    used = _Used(tuple(_all(meaning.queries)))
    if any(query.of == "findings" for query in used.queries):
        return _row_pointed_at(used, asked)
    if used.asks(*_PROSE):
        return ""
    for mark in asked.reading.marks:
        if mark.name in cond.WORDS and not asked.scope.rows:
            fields = {c.field for of in ("forms", "indicators") for c in cond.of_word(mark, of)}
            if not (fields | _FOR_THEM) & used.fields and not _of_groups(used):
                return mark.text
        elif (check := _CHECKS.get(mark.name)) and not check(used, asked):
            return mark.text
    if any(_excludes_itself(query) for query in used.queries):
        return "、".join(dict.fromkeys(m.text for p in asked.predicates for m in _marks_of(p, asked)))
    for mention in asked.said_fields():
        if not _field_used(mention, used, asked):
            return mention.text
    return _levels_left(used, asked) or _words_left(used, asked)


def _row_pointed_at(used: _Used, asked: Asked) -> str:
    """那条扣5.8分的指标…对不对: findings of the whole form are no answer for one row of it."""
    said = [b for b in asked.reading.bounds if b.unit in ("分", "%") and not b.signed]
    of_rows = any(noun.name == "row" for noun in asked.reading.nouns) or asked.reading.rows
    pointed = said and of_rows and not any(query.having or query.rows for query in used.queries)
    return asked.reading.text[said[0].start : said[0].end] if pointed else ""


def _other_part(meaning: Meaning, asked: Asked) -> str | None:
    """Of several questions in one sentence the first that a single query does not answer too."""
    text = asked.reading.text
    spans = spans_of(text)
    if len(spans) < 2 or len(meaning.queries) != 1:
        return None
    query, parts = meaning.queries[0], [_Part(asked, start, end) for start, end in spans]
    by_rule = {"rule_score", "total_rule", "exec_score_rule"} if query.ask == "check" else set()
    ranked = [part for part in parts if part.ranks]
    told = query.ask in _PROSE
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
                and not any(m.op == "count" for m in query.measures())
                and not (query.order and query.order.field == "indicator_count")
            )
            or (query.ask in ("count", "list") and part.sums and not query.measures())
            or (query.ask == "count" and at > 0 and part.counts and parts[0].counts)
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
        self.lists = "which" in marks
        self.narrows = any(start <= p.start < end for p in asked.predicates)
        self.tells = bool(named & {"reason_text", "measure_text"} or marks & {"how", "correct"})
        self.fields = named - {"reason_text", "measure_text"}


def _excludes_itself(query: Query) -> bool:
    """定量和定性 of one record: nothing is both, so something else was asked."""
    kinds = [c for c in query.where if c.op == "eq" and c.texts and not c.negated]
    return any(
        left.field == right.field and not set(left.texts) & set(right.texts)
        for at, left in enumerate(kinds)
        for right in kinds[at + 1 :]
    )


def _marks_of(predicate: Predicate, asked: Asked) -> list[Mention]:
    return [m for m in asked.reading.marks if predicate.start <= m.start < predicate.end]


def _levels_left(used: _Used, asked: Asked) -> str:
    levels = {"level1", "level2", "levels"} & used.fields
    left = asked.reading.levels and not levels and not asked.scope.rows
    return asked.reading.levels[0].text if left else ""


def _words_left(used: _Used, asked: Asked) -> str:
    """Words of the rest that would change the meaning."""
    checks = (
        *(_groups_left, _things_left, _comparisons_left, _others_left, _operators_left),
        *(_strange_left, _places_left, _counted_left),
    )
    return next((left for check in checks if (left := check(used, asked))), "")


def _groups_left(used: _Used, asked: Asked) -> str:
    only = re.search("只[有设含]|仅[有设]", asked.reading.rest)
    if only and not any(query.having for query in used.queries):
        return only[0]
    grouped = any(query.group in ("unit", "form") for query in used.queries)
    whole = re.search("全都|全部都|(?:项目|指标)都(?!是(?:哪|谁|什么))", asked.reading.rest)
    return whole[0] if whole and grouped and not any(query.every for query in used.queries) else ""


def _things_left(_used: _Used, asked: Asked) -> str:
    for mark in (m for m in asked.reading.marks if m.name == "which"):
        thing = next((p for p in asked.reading.phrases if p.start == mark.end), None)
        if thing is not None and not _RECORDS_AFTER.match(asked.reading.text[thing.end :]):
            return f"{mark.text}{thing.text}"
    return ""


def _counted_left(used: _Used, asked: Asked) -> str:
    """几个老师, of rows in whose names there are no 老师."""
    rows = [row for query in used.queries for row in query.rows or ()]
    names = [f"{asked.record(row)['name'].text}{asked.record(row)['project_name'].text}" for row in rows]
    for mark in (m for m in asked.reading.marks if m.name in ("count", "unit_of_value")):
        thing = next((p.text for p in asked.reading.phrases if p.start == mark.end), "")[:2]
        if len(thing) > 1 and names and not any(thing in name for name in names):
            return f"{mark.text}{thing}"
    return ""


def _comparisons_left(used: _Used, asked: Asked) -> str:
    apart = _APART.search(asked.reading.rest)
    if apart and not used.asks("compare", "ratio"):
        return apart[0]
    than = re.search("(?<![对相])比(?![较例重率如赛])", asked.reading.rest)
    return than[0] if than and not used.asks("compare", "ratio") and not used.op("range") else ""


def _others_left(used: _Used, asked: Asked) -> str:
    """An amount for each, a place, another one, both: what only a query of its own answers."""
    text = asked.reading.text
    for per in _PER_ONE.finditer(text):
        rows = [row for query in used.queries for row in query.rows or ()]
        alike = {per[0][:2]} | ({"人均", "每人"} if _EACH_PERSON.match(per[0]) else set())
        if not any(part in asked.record(row)["name"].text for row in rows for part in alike):
            return per[0]
    if (place := PLACE.search(text)) and not used.asks("place"):
        return place[0]
    if (other := _ANOTHER.search(text)) and not asked.scope.given:
        return other[0]
    overall = _OVERALL.search(text)
    if overall and used.op("mean") and not any(query.base_field for query in used.queries):
        return overall[0]
    own = _OF_ITS_OWN.search(text)
    if own and used.op("share") and not any(query.base_field or query.base_forms for query in used.queries):
        return own[0]
    two = _TWO.search(text)
    return two[0] if two and not used.asks("compare", "ratio", "value") else ""


def _operators_left(_used: _Used, asked: Asked) -> str:
    found = _OPERATORS.search(asked.reading.rest)
    return found[0] if found else ""


def _strange_left(_used: _Used, asked: Asked) -> str:
    """A single character that nothing took and that is part of a name, or states something (伟 of 张伟)."""
    return next((c for c in asked.reading.loose if c in bundled_words().strange), "")


def _places_left(used: _Used, asked: Asked) -> str:
    """扣在哪儿, after another question: rows, or a reason, that no list of forms tells."""
    where = _WHERE.search(asked.reading.rest)
    return (
        where[0]
        if where and all(query.of == "forms" for query in used.queries) and not used.asks("cells")
        else ""
    )


def _all(queries: Sequence[Query]) -> list[Query]:
    return [one for query in queries for one in (query, *_all((*query.within, *query.lacking)))]


def _of_groups(used: _Used) -> bool:
    return any(query.having or query.every for query in used.queries)


def _field_used(mention: Mention, used: _Used, asked: Asked) -> bool:
    names = {mention.name, cond.field_of(mention.name, "forms"), cond.field_of(mention.name, "indicators")}
    names |= _ALSO.get(mention.name, set())
    if names & used.fields or any(mention in p.fields for p in asked.predicates):
        return True
    if mention.name in _WHERE_TOLD and asked.scope.passages:
        return True
    if mention.name == "rate" and any(query.base_field for query in used.queries):
        return True
    if mention.name in ("gap", "completion"):
        differences = {"overspent", "unspent"} & used.fields if mention.name == "gap" else ()
        return used.asks("compare", "ratio") or used.op("range") or bool(differences)
    counted = mention.name == "indicator_count" and (used.op("count", "share") or used.asks("count", "list"))
    money = mention.name == "budget" and "预算" not in mention.text
    return counted or money or (mention.name in ("note", "goal_actual") and used.asks("list", "count"))


_WHERE_TOLD = frozenset(("reason_text", "measure_text", "target", "goal_expected", "goal_actual", "note"))
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
    "executed": {"actual", "unspent"},
    "initial": {"adjusted"},
    "rate": {"rate", "completion", "rate_printed"},
    "completion": {"completion", "met_share"},
    "actual": {"completion", "gap", "met", "actual", "actual_kind"},
    "target": {"completion", "gap", "met", "target", "target_kind", "target_sign"},
    "weight": {"score_rate", "lost", "weight"},
    "score": {"total", "score", "score_rate", "lost"},
    "lost": {"total_lost", "lost", "exec_lost"},
}


def _ordered(used: _Used, _asked: Asked) -> bool:
    if used.asks("compare") and len(used.queries) > 1:
        return True
    return any(query.order for query in used.queries) or used.op("max", "min", "range")


def _grouped(field: str) -> Callable[[_Used, Asked], bool]:
    def check(used: _Used, _asked: Asked) -> bool:
        listed = used.asks("cells") or field in {name for q in used.queries for name in q.show}
        return listed or any(field in (query.group, query.each) for query in used.queries)

    return check


def _per_form(used: _Used, _asked: Asked) -> bool:
    grouped = any(query.group or query.each for query in used.queries)
    whole = any(query.every for query in used.queries)
    return grouped or whole or used.asks("cells", "list", "top") or bool(used.measures)


def _summed(used: _Used, asked: Asked) -> bool:
    if used.op("sum", "count", "share", "median", "mean") or used.asks("count", "yesno"):
        return True
    if any(q.order and q.order.field in ("total_lost", "lost", "met_share") for q in used.queries):
        return True
    if used.asks("cells") and any(len(q.rows or ()) > 1 for q in used.queries):
        return False
    single = all(len(query.forms or ()) == 1 or len(query.rows or ()) == 1 for query in used.queries)
    return single or not asked.numeric(asked.of)


def _of_one_form(used: _Used) -> bool:
    """An aggregate of one form is its cell."""
    return used.asks("cells") and all(q.forms is not None and len(q.forms) == 1 for q in used.queries)


def _listed(used: _Used, asked: Asked) -> bool:
    """哪些 wants names, not one figure."""
    figure = bool(used.queries) and all(q.ask == "value" and not q.group for q in used.queries)
    return not figure or used.op("share", "range", "count") or len(used.queries) > 1 or not asked.head


def _excluded(used: _Used, _asked: Asked) -> bool:
    return any(query.without or query.lacking for query in used.queries) or any(
        c.negated for c in used.conditions
    )


def _either(used: _Used, asked: Asked) -> bool:
    several = any(len(c.texts) > 1 for c in used.conditions)
    return several or any(query.any_of for query in used.queries) or bool(asked.scope.parts)


def _lacking(used: _Used, _asked: Asked) -> bool:
    empty = any(c.op in ("empty", "lacks") or c.negated for c in used.conditions)
    return empty or any(query.lacking or query.having for query in used.queries)


_CHECKS: dict[str, Callable[[_Used, Asked], bool]] = {
    **dict.fromkeys(FINDING_WORDS, lambda _used, _asked: False),
    **dict.fromkeys(("top", "top_n", "nth", "last_n", "order_up", "order_down"), _ordered),
    "or": _either,
    "besides": _excluded,
    "except": _excluded,
    "not_it": _excluded,
    "negated_set": _lacking,
    "than_mean": lambda used, _: used.op("mean", "median") or any(c.against for c in used.conditions),
    "extremes": lambda used, _: used.op("range") or len(used.queries) > 1,
    "median": lambda used, _: used.op("median") or _of_one_form(used),
    "mean": lambda used, _: used.op("mean") or _of_one_form(used),
    "which": _listed,
    "sum": _summed,
    "share": lambda used, _: used.op("share") or used.asks("ratio"),
    "compare_two": lambda used, _: (
        used.asks("compare", "ratio", "cells", "quote", "top")
        or used.op("range")
        or bool(used.fields & {"gap", "overspent", "unspent", "score_gap", "total_diff"})
        or any(query.group for query in used.queries)
    ),
    "same": lambda used, _: used.asks("compare"),
    "ratio": lambda used, _: used.asks("ratio") or "completion" in used.fields,
    "per_unit": _grouped("unit"),
    "which_unit": _grouped("unit"),
    "count_units": _grouped("unit"),
    "per_year": _grouped("year"),
    "per_level1": _grouped("level1"),
    "per_level2": _grouped("level2"),
    "per_form": _per_form,
}
"""For each word that a query must show some trace of: whether it does."""
