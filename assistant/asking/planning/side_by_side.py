"""Several answers asked at once: 定性和定量指标各几个, 离退休处、轻工处的平均总分分别是多少."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.asking.planning.asked import Asked
from assistant.asking.planning.binding import ranking_of
from assistant.asking.planning.by_department import office_label
from assistant.asking.planning.meaning import Meaning
from assistant.asking.planning.said_aggregates import aggregates_of
from assistant.asking.planning.wording import condition_in_words
from assistant.asking.reading.conditions import of_levels
from assistant.asking.reading.predicates import Predicate
from assistant.asking.reading.several import spans_of
from assistant.asking.records.fields import FIELDS, Sort
from assistant.asking.records.query import Condition, Measure, Order, Query

_EACH = re.compile(
    "各(?!种)|分别|(?:哪个|哪类|哪种|谁)(?:更|要|比较)?[多少高低大小]|(?:多|少|相差|差)(?:多少|几)|每[档类组段]|(?:对比|比较)一下"
)
_LISTED = re.compile("(?:的|、|,|;|和|与|及|以及|还有|指标|项目|表)*")
_TWO = 2
_TIERS = re.compile("分档|各档|每档|分段|每段|分布|各区间")


def as_side_by_side(asked: Asked) -> Meaning | None:
    """One query for each of the things named or the conditions listed side by side."""
    text = asked.reading.text
    if (among := _by_among(asked)) is not None:
        return among
    if not _EACH.search(text) and not _TIERS.search(text) and not _in_parallel(asked):
        return None
    if asked.says("per_unit", "per_form", "per_counted", "per_level1", "per_level2", "per_year"):
        return None
    if asked.says("top", "top_n", "nth", "last_n"):
        return _ranked_each(asked)
    return _by_forms(asked) or _by_levels(asked) or _by_things(asked) or _by_conditions(asked)


def _in_parallel(asked: Asked) -> bool:
    """人事处的总分多少，节能处的总分多少: each question has one of the offices named."""
    spans, parts = spans_of(asked.reading.text), asked.scope.parts
    offices = [start for start, _, _ in asked.reading.offices]
    each = all(any(start <= at < end for at in offices) for start, end in spans)
    return each and 1 < len(spans) == len(parts) == len(offices)


def _by_among(asked: Asked) -> Meaning | None:
    """成本指标有几个，其中超预算的有几个: the whole and the part, each counted."""
    text = asked.reading.text
    at = text.find("其中")
    counts = [m for m in asked.reading.marks if m.name == "count"]
    if at < 1 or not counts or counts[0].start > at:
        return None
    whole = [p for p in asked.predicates if p.end <= at]
    part = [p for p in asked.predicates if p.start >= at]
    if not part or len({p.of for p in (*whole, *part)}) > 1:
        return None
    of = part[0].of
    first = tuple(c for p in whole for c in p.conditions)
    second = (*first, *(c for p in part for c in p.conditions))
    base = Query(**asked.scoped(of), measure=Measure(op="count"), ask="value")
    queries = (base.model_copy(update={"where": first}), base.model_copy(update={"where": second}))
    return Meaning(
        queries=queries,
        labels=("全部", "其中" + "且".join(condition_in_words(c, of) for p in part for c in p.conditions)),
    )


def _by_forms(asked: Asked) -> Meaning | None:
    """两张表各有几条指标没拿满分: the indicators of each form, counted."""
    each = re.search("各(?:自)?(?:有|是)?(?:多少|几)", asked.reading.text)
    forms = asked.scope.forms
    if each is None or forms is None or len(forms) < 2 or not asked.says("count") or asked.scope.rows:
        return None
    if not asked.rows_spoken or asked.scope.parts or len(asked.reading.levels) > 1:
        return None
    stated = asked.stated("indicators")
    query = Query(**asked.scoped("indicators"), where=stated.where, any_of=stated.any_of)
    counted = {"group": "form", "measure": Measure(op="count"), "every_form": True}
    return Meaning(queries=(query.model_copy(update=counted),))


def _by_levels(asked: Asked) -> Meaning | None:
    """产出、效益、满意度三类指标各…: groups of the kinds named."""
    levels = asked.reading.levels
    if asked.head == "form" and not re.search("各|分别", asked.reading.text):
        return None
    if len({m.name for m in levels}) < 2 or any(m.name == "or" for m in asked.reading.marks):
        return None
    if asked.says("share"):
        return _parts_of_all(asked)
    first = all(m.name in ("产出", "效益", "满意度") for m in levels)
    stated = asked.stated("indicators")
    measure = _measure(asked, "indicators")
    return Meaning(
        queries=(
            Query(
                **asked.scoped("indicators"),
                where=stated.where,
                any_of=stated.any_of,
                group="level1" if first else "level2",
                measure=measure,
            ),
        )
    )


def _parts_of_all(asked: Asked) -> Meaning | None:
    """产出、效益、满意度各占百分之几: the number of each kind, of the number of all indicators."""
    if asked.predicates and any(p.conditions[0].field not in ("level1", "level2") for p in asked.predicates):
        return None
    counted = (Measure(op="count"),) if asked.says("count") else ()
    base = Query(**asked.scoped("indicators"), base_forms=asked.scope.forms, ask="value", also=counted)
    kinds = {m.name: m for m in asked.reading.levels}
    queries = tuple(
        base.model_copy(update={"where": tuple(of_levels([m])), "measure": Measure(op="share")})
        for m in kinds.values()
    )
    return Meaning(queries=queries, labels=tuple(f"{name}指标" for name in kinds))


def _measure(asked: Asked, of: Sort) -> Measure:
    aggregates = [one for one in aggregates_of(asked) if one.field in FIELDS[of]]
    if aggregates:
        return Measure(op=aggregates[0].op, field=aggregates[0].field)
    fields = [name for name in asked.numeric(of) if FIELDS[of][name].unit and FIELDS[of][name].unit != "%"]
    used = {c.field for c in asked.stated(of).where}
    fields = [name for name in fields if name not in used]
    return Measure(op="sum", field=fields[0]) if fields else Measure(op="count")


def _by_things(asked: Asked) -> Meaning | None:
    """Offices or projects named side by side, with an aggregate or a number of each."""
    parts = asked.scope.parts
    aggregates = aggregates_of(asked)
    # 哪家的预算多: which of them it is, no figure of each.
    which = any(m.name == "unit_name" for m in asked.reading.fields)
    if len(parts) < 2 or which or any(part.rows for _, part in parts):
        return None
    if not aggregates and not asked.says("count") and all(len(p.forms or ()) == 1 for _, p in parts):
        return None
    of: Sort = "indicators" if asked.rows_spoken else "forms"
    set_against = of == "indicators" or (_sets_against(asked) and len(parts) == _TWO)
    if not aggregates and not asked.says("count") and set_against:
        return None
    stated = asked.stated(of)
    measures = [Measure(op=one.op, field=one.field) for one in aggregates if one.of == of]
    if not measures:
        fields = [n for n in asked.numeric(of) if FIELDS[of][n].unit]
        measures = [
            Measure(op="mean" if FIELDS[of][n].unit in ("%", "分") else "sum", field=n) for n in fields
        ]
    measures = measures or [Measure(op="count")]
    against = asked.says("compare_two", "same") and len(measures) == 1 and not asked.says("count")
    queries = tuple(
        Query(
            of=of,
            forms=part.forms,
            where=stated.where,
            any_of=stated.any_of,
            measure=measures[0],
            also=tuple(measures[1:]),
            ask="compare" if against else "value",
        )
        for _, part in parts
    )
    return Meaning(
        queries=queries, labels=tuple(office_label(asked, label, part.forms or ()) for label, part in parts)
    )


def _ranked_each(asked: Asked) -> Meaning | None:
    """水利局和教育局预算最高的项目分别是哪个: a ranking among the forms of each of the offices named."""
    parts, ranking = asked.scope.parts, ranking_of(asked)
    several = len(parts) > 1 and all(len(part.forms or ()) > 1 and not part.rows for _, part in parts)
    if not several or ranking is None or ranking.of != "forms" or ranking.field not in FIELDS["forms"]:
        return None
    if not re.search("分别|各", asked.reading.text) or ranking.noun == "unit":
        return None
    stated = asked.stated("forms")
    queries = tuple(
        Query(
            forms=part.forms,
            where=stated.where,
            any_of=stated.any_of,
            ask="top",
            order=Order(field=ranking.field, descending=ranking.descending),
            limit=ranking.limit,
            offset=ranking.offset,
            show=("unit",),
        )
        for _, part in parts
    )
    return Meaning(queries=queries, labels=tuple(label for label, _ in parts))


def _sets_against(asked: Asked) -> bool:
    """A处的预算比B处少多少: the figures are set against each other, which a comparison does."""
    return asked.says("compare_two", "ratio") or "gap" in asked.said_names()


def _by_conditions(asked: Asked) -> Meaning | None:
    """Conditions on one field listed side by side, each counted."""
    chain = _chain(asked)
    if len(chain) < 2:
        return None
    of = chain[0].of
    listed = [c for one in chain for c in one.conditions]
    stated = asked.stated(of)
    where = tuple(c for c in stated.where if c not in listed)
    if any(m.name == "or" for m in asked.reading.marks):
        return None
    measure = _measure(asked, of)
    counted = asked.says("count") and measure.op != "count"
    measures = (Measure(op="count"), measure) if counted else (measure,)
    base = Query(**asked.scoped(of), measure=measures[0], also=measures[1:], ask="value")
    queries = tuple(base.model_copy(update={"where": (*where, *one.conditions)}) for one in _apart(chain))
    labels = tuple("且".join(condition_in_words(c, of) for c in one.conditions) for one in _apart(chain))
    return Meaning(queries=queries, labels=labels)


def _apart(chain: Sequence[Predicate]) -> Sequence[Predicate]:
    """Steps of a scale do not overlap: 95到100 beside 正好100 leaves 100 out."""
    points = {c.number for one in chain for c in one.conditions if c.op == "eq"}
    if not any(c.op == "between" for one in chain for c in one.conditions):
        return chain
    ends = {end for one in chain for c in one.conditions if c.op == "between" for end in (c.number, c.upper)}
    strict = {"le": "lt", "ge": "gt"}
    found = []
    for one in chain:
        kept = tuple(
            c.model_copy(update={"op": strict[c.op]}) if c.op in strict and c.number in ends else c
            for c in one.conditions
        )
        extra = tuple(
            Condition(field=c.field, op="ne", number=end, unit=c.unit)
            for c in one.conditions
            if c.op == "between"
            for end in (c.number, c.upper)
            if end in points
        )
        found.append(Predicate(one.start, one.end, one.of, (*kept, *extra), one.fields))
    return found


def _chain(asked: Asked) -> list[Predicate]:
    """The longest run of predicates on one field with nothing but a comma or 和 between them."""
    chains = [[one] for one in asked.predicates[:1]]
    for left, right in pairwise(asked.predicates):
        same = left.conditions[0].field == right.conditions[0].field and left.of == right.of
        if same and _LISTED.fullmatch(asked.reading.text[left.end : right.start]):
            chains[-1].append(right)
        else:
            chains.append([right])
    return max(chains, key=len, default=[])
