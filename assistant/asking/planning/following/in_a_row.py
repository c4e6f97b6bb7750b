"""差多少, 哪个高, 加起来呢: asked of what the last questions asked one after the other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.asking.planning.before import Before
from assistant.asking.planning.meaning import Meaning
from assistant.asking.planning.operands import as_term
from assistant.asking.reading.entities import Entities
from assistant.asking.reading.same_project import SameProjects
from assistant.asking.records.fields import FIELDS
from assistant.asking.records.query import Measure, Query, Shape, Step

_TWO = 2
_OF_BOTH = (
    "(?:那么?|这|那就)?(?:[它他她]们?)?(?:这|那)?"
    "(?:两者|二者|俩|[两二三四五几](?:个|家|项|张|份|边|者)?(?:项目|处室|单位|部门|专项|表)?)?(?:之间|相互|互相)?的?"
)
_UNIT = "(?:万元?|亿元?|元|钱|分|个?百分点|个点|[个张条项])*"
_APART = re.compile(f"{_OF_BOTH}(?:相差|差距|差额|相?差)(?:是|了|有)*(?:多少|几|多大){_UNIT}")
_WHICH = re.compile(
    f"{_OF_BOTH},?(?:里|中|当中)?(?:哪(?:一)?[个家张项边份年]度?|谁)(?:项目|处室|单位|部门|表)?(?:的)?(?:更|要|比较|较|最)?"
    f"(?:高|低|多|少|大|小)(?:一?些|一?点)?(?:,?(?:高|低|多|少|大|小)(?:出|了)*(?:多少|几){_UNIT})?"
)
_TIMES = re.compile(f"{_OF_BOTH}(?:是|相差|差|前者是后者的?|大概是?)*(?:多少|几)倍")
_SUM = re.compile(
    f"{_OF_BOTH}(?:加起来|合起来|加一起|加在一起|合在一起|合计|一共|总共|拢共|相加|总计)(?:是|有|为)?(?:(?:多少|几){_UNIT})?"
)
_NAMES_NONE = re.compile("呢|是多少|[?？!！]")


def is_figure(before: Before) -> tuple[str, str, str] | None:
    """What one figure a question asked for: the sort of record, the field, and how it is computed."""
    term = figure_of(before)
    if term is None or term.measure is None:
        return None
    return term.of, term.measure.field, term.measure.op


def same_figure(one: Before, other: Before) -> bool:
    """Whether two questions ask the same figure, of different records."""
    first, second = is_figure(one), is_figure(other)
    return first is not None and first == second and figure_of(one) != figure_of(other)


def asked_in_a_row(text: str, before: Before, entities: Entities) -> Meaning | None:
    """The meaning of ``text`` where it sets against each other, or adds up, what was asked before it."""
    said = _NAMES_NONE.sub("", text)
    ways = [way for way in (_APART, _WHICH, _TIMES, _SUM) if way.fullmatch(said)]
    if not ways:
        return None
    asked = (*before.earlier, before) if before.earlier else ()
    figures = _labelled(asked, entities) if asked else _of_a_comparison(before)
    if len(figures) < _TWO:
        return None
    if ways[0] is _SUM:
        return _added(figures)
    if ways[0] is not _WHICH:
        figures = figures[-_TWO:]
    ask: Shape = "ratio" if ways[0] is _TIMES else "compare"
    queries = tuple(query.model_copy(update={"ask": ask, "steps": ()}) for _, query in figures)
    return Meaning(queries=queries, labels=tuple(label for label, _ in figures))


def _added(figures: Sequence[tuple[str, Query]]) -> Meaning | None:
    queries = [query.model_copy(update={"ask": "term", "steps": ()}) for _, query in figures]
    measure = queries[0].measure
    if measure is None or measure.op not in ("sum", "count"):
        return None
    if measure.field and FIELDS[queries[0].of][measure.field].unit == "%":
        return None
    queries[0] = queries[0].model_copy(update={"steps": (Step(op="sum", of=tuple(range(len(queries)))),)})
    field = FIELDS[queries[0].of][measure.field].label if measure.field else ""
    labels = tuple(f"“{label}”{field}" for label, _ in figures)
    return Meaning(queries=tuple(queries), labels=labels)


def _of_a_comparison(before: Before) -> list[tuple[str, Query]]:
    """The figures that the last question set against each other."""
    meaning = before.meaning
    if meaning is None or len(meaning.queries) != len(meaning.labels):
        return []
    compared = all(query.ask in ("compare", "ratio") for query in meaning.queries)
    return list(zip(meaning.labels, meaning.queries, strict=True)) if compared else []


def _labelled(asked: Sequence[Before], entities: Entities) -> list[tuple[str, Query]]:
    """The figures with the names of what they are of; none where one has no name."""
    found = []
    dated = _of_years(asked, entities)
    for at, one in enumerate(asked):
        term = figure_of(one)
        label = dated[at] if dated else _label(one, term, entities) if term is not None else ""
        if term is None or not label:
            return []
        found.append((label, term))
    return found


def _of_years(asked: Sequence[Before], entities: Entities) -> list[str]:
    """The years of one project that was asked of in several; [] where other things were asked of."""
    forms = [entities.by_number[one.forms[0]] for one in asked if len(one.forms) == 1]
    years = [form.year for form in forms if form.year is not None]
    if not len(forms) == len(asked) == len(set(years)):
        return []
    same = SameProjects(entities)
    if any(
        same.form_of(forms[0].number, year) != form.number for year, form in zip(years, forms, strict=True)
    ):
        return []
    return [f"{year}年" for year in years]


def _label(one: Before, term: Query, entities: Entities) -> str:
    offices = one.reading.offices
    if len(offices) == 1 and not one.reading.phrases:
        return one.reading.text[slice(*offices[0][:2])]
    kinds = {m.name for m in one.reading.levels}
    nouns = {noun.name for noun in one.reading.nouns}
    if len(kinds) == 1 and nouns <= {"row"} and not (offices or one.reading.phrases):
        return f"{kinds.pop()}指标"
    alone = term.forms is not None and len(term.forms) == 1 and not term.where
    return entities.by_number[term.forms[0]].record["project_name"].text if alone and term.forms else ""


def figure_of(before: Before) -> Query | None:
    """The one figure that a question asked for; None where it asked for several, or for none."""
    queries = before.meaning.queries if before.meaning is not None else ()
    if len(queries) != 1 or queries[0].rows is not None or queries[0].change is not None:
        return None
    query = queries[0]
    if query.ask == "top" and query.of == "forms" and query.order is not None and not query.group:
        if query.limit != 1 or len(before.forms) != 1:
            return None
        measure = Measure(op="sum", field=query.order.field)
        return Query(ask="term", forms=before.forms, measure=measure)
    return as_term(query)
