"""Measures drafting on past forms: each is hidden in turn and drafted from the others, beside two baselines.

Targets are drafted from a copy without targets, actuals, scores and explanations; explanations from one
without explanations, once with nothing said and once with the printed causes told by the user.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from assistant.drafting.context import Context, form_year, is_open
from assistant.drafting.explanations import Gap, cause_in, gap_of, nothing_said, rows_needing
from assistant.drafting.precedents import likeness
from assistant.drafting.proposal import Search
from assistant.drafting.propose import propose
from assistant.drafting.targets import draft_target
from assistant.form.edit import Edit, apply
from assistant.form.finding import Location, Severity
from assistant.form.model import BLANK, Form, Frozen, Goal, Indicator, Total
from assistant.form.value import Direction, Kind, Value, direction, in_unit_of, read_target
from assistant.llm import ChatModel
from assistant.rules.check import check_form
from assistant.rules.profile import profile_for
from assistant.rules.reasons import has_measure
from assistant.understanding.measure import read_measure
from assistant.understanding.quantities import find_quantities
from vectorstore.corpus import bundled_forms
from vectorstore.index import Filters, Hit, IndicatorIndex
from vectorstore.row import rows_of

DRAFTING = "drafting"
BY_MODEL = "drafting with the configured model"
NEAREST = "copy of the nearest row"
USUAL = "most frequent of the second level"

_PEOPLE = frozenset({"人", "名", "位"})
_OPEN_YET = frozenset({"actual_missing", "score_missing", "goal_missing", "placeholder"})


class Counts(Frozen):
    """How often a method was right: (hits, cases) per measure, and plain counts of what must be zero."""

    kind_and_sign: tuple[int, int] = (0, 0)
    unit: tuple[int, int] = (0, 0)
    value: tuple[int, int] = (0, 0)
    explained: tuple[int, int] = (0, 0)
    told: tuple[int, int] = (0, 0)
    invented: int = 0
    findings: int = 0

    def __add__(self, other: Counts) -> Counts:
        def both(one: tuple[int, int], two: tuple[int, int]) -> tuple[int, int]:
            return one[0] + two[0], one[1] + two[1]

        return Counts(
            kind_and_sign=both(self.kind_and_sign, other.kind_and_sign),
            unit=both(self.unit, other.unit),
            value=both(self.value, other.value),
            explained=both(self.explained, other.explained),
            told=both(self.told, other.told),
            invented=self.invented + other.invented,
            findings=self.findings + other.findings,
        )


@dataclass(frozen=True)
class _Hidden:
    """A form and a search that does not know it."""

    number: int
    form: Form
    others: tuple[Form, ...]
    search: Search
    model: ChatModel | None


def evaluate_drafting(model: ChatModel | None = None) -> list[dict[str, Any]]:
    """One row per method over the bundled forms: shares between 0 and 1, and counts that should be 0.

    With ``model`` its row stands first, beside the rules' own.
    """
    forms = bundled_forms()
    index = IndicatorIndex(None)
    try:
        index.rebuild(
            [row for number, form in enumerate(forms, 1) for row in rows_of(number, form, form.year)]
        )
        table = as_table(evaluate(forms, index.search))
        if model is not None:
            table.insert(0, as_table(evaluate(forms, index.search, model))[0] | {"method": BY_MODEL})
        return table
    finally:
        index.close()


def evaluate(forms: Sequence[Form], search: Search, model: ChatModel | None = None) -> dict[str, Counts]:
    """The counts of each method; the forms are numbered from 1 as in ``search``."""
    total = {DRAFTING: Counts(), NEAREST: Counts(), USUAL: Counts()}
    for number, form in enumerate(forms, 1):
        others = tuple(other for other in forms if other is not form)
        hidden = _Hidden(number, form, others, without(search, number), model)
        for method, counts in _targets(hidden).items():
            total[method] += counts
        for method, counts in _explanations(hidden).items():
            total[method] += counts
    return total


def as_table(counts: dict[str, Counts]) -> list[dict[str, Any]]:
    """The counts as shares, one row per method."""
    return [
        {
            "method": method,
            "kind and sign": _share(one.kind_and_sign),
            "unit": _share(one.unit),
            "value within 10%": _share(one.value),
            "explanations complete": _share(one.explained),
            "told causes kept": _share(one.told),
            "invented figures": one.invented,
            "findings added": one.findings,
        }
        for method, one in counts.items()
    ]


def without(search: Search, number: int) -> Search:
    """``search`` that does not know the form ``number``."""

    def others(query: str, n: int = 10, filters: Filters | None = None) -> list[Hit]:
        wanted = filters or Filters()
        return search(query, n, wanted.model_copy(update={"without_forms": (*wanted.without_forms, number)}))

    return others


def _share(counts: tuple[int, int]) -> float | None:
    return counts[0] / counts[1] if counts[1] else None


def _targets(hidden: _Hidden) -> dict[str, Counts]:
    form = hidden.form
    rows = tuple(
        Indicator(level1=row.level1, level2=row.level2, name=row.name, weight=row.weight)
        for row in form.indicators
    )
    bare = form.model_copy(
        update={"indicators": rows, "goal": Goal(expected=form.goal.expected), "total": Total()}
    )
    drafted = propose(bare, "targets", hidden.search, model=hidden.model).proposals
    texts = {
        DRAFTING: {one.location.row or 0: one.new for one in drafted},
        NEAREST: {n: _nearest(hidden, row) for n, row in enumerate(rows, 1)},
        USUAL: {n: _usual(hidden, row) for n, row in enumerate(rows, 1)},
    }
    evidence = {one.location.row or 0: one.evidence for one in drafted}
    context = Context(bare, hidden.search, "", profile_for(bare), form_year(bare))
    found = {}
    for method, proposed in texts.items():
        counts = Counts(findings=_findings(context, proposed, "target"))
        for number, printed in enumerate(form.indicators, 1):
            text = proposed.get(number, "")
            counts += agreement(form, printed, text)
            cited = evidence.get(number, ()) if method == DRAFTING else ()
            computed = draft_target(context, number).computed if method == DRAFTING else ""
            own = read_measure(printed.name, printed.level2).basis in ("office", "budget")
            free = method != DRAFTING and not own
            if text and not free and not context.supports(text, () if own else cited, computed):
                counts += Counts(invented=1)
        found[method] = counts
    return found


def agreement(form: Form, printed: Indicator, text: str) -> Counts:
    """How a proposed target agrees with the printed one; a blank in it leaves the value open."""
    target = read_target(printed.target, name=printed.name, level2=printed.level2)
    if target.kind is Kind.EMPTY:
        return Counts()
    said = read_target(text.replace(BLANK, "1"), name=printed.name, level2=printed.level2)
    same = _kind(said) == _kind(target) and _way(said, printed) == _way(target, printed)
    counts = Counts(kind_and_sign=(int(same), 1))
    if target.unit_norm:
        fits = said.unit_norm == target.unit_norm or {said.unit_norm, target.unit_norm} <= _PEOPLE
        counts += Counts(unit=(int(fits), 1))
    if target.number is not None and _knowable(form, printed, target):
        counts += Counts(value=(int(not is_open(text) and _close(said, target)), 1))
    return counts


def _kind(value: Value) -> Kind:
    return Kind.QUALITATIVE if value.kind is Kind.TEXT else value.kind


def _way(value: Value, row: Indicator) -> str:
    """≥, = and no sign ask for at least so much (= 0 for at most), as the scorer reads them."""
    way = direction(value, name=row.name, level2=row.level2)
    if way is Direction.EQUAL:
        way = Direction.LOWER if value.number == 0 else Direction.HIGHER
    return str(way)


def _close(said: Value, target: Value) -> bool:
    number = in_unit_of(said, target) if said.number is not None else None
    if number is None or target.number is None:
        return False
    return abs(number - target.number) <= abs(target.number) * Decimal("0.1")


def _knowable(form: Form, row: Indicator, target: Value) -> bool:
    """Whether the value can be known: a rate, or a number that the name, goal or budget states."""
    if target.unit_norm == "%":
        return True
    told = (row.name, form.goal.expected, *(line.budget for line in form.funds[:1]))
    return any(one.number == target.number for text in told for one in find_quantities(text))


def _nearest(hidden: _Hidden, row: Indicator) -> str:
    return _by_nearness(hidden, row)[0].target


def _usual(hidden: _Hidden, row: Indicator) -> str:
    level = read_measure(row.name, row.level2, row.level1).level
    found = Counter(
        other.target
        for form in hidden.others
        for other in form.indicators
        if read_measure(other.name, other.level2, other.level1).level == level
    )
    return found.most_common(1)[0][0] if found else ""


def _findings(context: Context, texts: dict[int, str], field: str) -> int:
    """Errors and warnings more once all ``texts`` stand in the form; cells still open are no fault."""
    edits = [
        Edit(location=Location(section="indicators", row=number, field=field), new=text)
        for number, text in texts.items()
        if text
    ]

    def loud(form: Form) -> Counter[str]:
        report = check_form(form, context.profile)
        kept = (one for one in report.findings if one.severity is not Severity.NOTE)
        return Counter(one.rule for one in kept if one.rule not in _OPEN_YET)

    return (loud(apply(context.form, edits)) - loud(context.form)).total()


def _explanations(hidden: _Hidden) -> dict[str, Counts]:
    form = hidden.form
    bare = form.model_copy(
        update={"indicators": tuple(row.model_copy(update={"explanation": ""}) for row in form.indicators)}
    )
    context = Context(bare, hidden.search, "", profile_for(bare), form_year(bare))
    needing = rows_needing(context)
    silent = propose(bare, "explanations", hidden.search, model=hidden.model).proposals
    causes = {n: cause_in(form.indicators[n - 1].explanation) for n in needing}
    words = "\n".join(f"第{n}行的原因是{cause}。" for n, cause in causes.items() if cause)
    told = propose(bare, "explanations", hidden.search, words=words, model=hidden.model).proposals
    texts = {
        DRAFTING: {one.location.row: one.new for one in silent if one.location.row},
        NEAREST: {n: _nearest_explanation(hidden, bare.indicators[n - 1]) for n in needing},
        USUAL: {n: _usual_explanation(hidden, bare.indicators[n - 1]) for n in needing},
    }
    asked = {one.location.row for one in silent if one.question}
    found = {}
    for method, proposed in texts.items():
        counts = Counts(findings=_findings(context, proposed, "explanation"))
        for number in needing:
            text, gap = proposed.get(number, ""), gap_of(bare.indicators[number - 1])
            full = gap is not None and complete(text, gap, asked=number in asked)
            counts += Counts(explained=(int(full), 1))
            computed = f"{gap.figures}；{gap.short}" if gap else ""
            counts += Counts(invented=int(bool(text) and not context.supports(text, (), computed)))
        found[method] = counts
    kept = {one.location.row: one.new for one in told}
    found[DRAFTING] += _kept(causes, kept)
    return found


def _kept(causes: dict[int, str], texts: dict[int | None, str]) -> Counts:
    stated = {number: cause for number, cause in causes.items() if cause}
    hits = sum(_words_of(cause) in _words_of(texts.get(number, "")) for number, cause in stated.items())
    return Counts(told=(hits, len(stated)))


def _words_of(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())


def complete(text: str, gap: Gap, *, asked: bool) -> bool:
    """Whether an explanation gives both figures, a cause (or a blank that is asked about), a measure."""
    figures = [one.number for one in find_quantities(gap.short) if one.number is not None]
    stated = {one.number for one in find_quantities(text)}
    open_cause = is_open(text)
    return bool(text) and set(figures) <= stated and has_measure(text) and (asked or not open_cause)


def _nearest_explanation(hidden: _Hidden, row: Indicator) -> str:
    said = (other.explanation for other in _by_nearness(hidden, row))
    return next((text for text in said if not nothing_said(text)), "")


def _by_nearness(hidden: _Hidden, row: Indicator) -> list[Indicator]:
    """The rows of the other forms, those with the name most alike first."""
    others = [other for form in hidden.others for other in form.indicators]
    return sorted(others, key=lambda other: -likeness(row.name, other.name))


def _usual_explanation(hidden: _Hidden, row: Indicator) -> str:
    level = read_measure(row.name, row.level2, row.level1).level
    return _most_common(
        other.explanation
        for form in hidden.others
        for other in form.indicators
        if read_measure(other.name, other.level2, other.level1).level == level
    )


def _most_common(texts: Iterable[str]) -> str:
    found = Counter(text for text in texts if not nothing_said(text))
    return found.most_common(1)[0][0] if found else ""
