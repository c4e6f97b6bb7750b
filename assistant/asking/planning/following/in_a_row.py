"""差多少, 哪个高, 加起来呢: asked of the figures that a conversation showed.

These are the sides of a comparison, the figures that were asked for one after the other, or those of the
records or groups in the last answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.asking.planning.before import Before
from assistant.asking.planning.following.figure_of import figure_of, is_figure
from assistant.asking.planning.following.set_against import SetAgainst, set_against
from assistant.asking.planning.meaning import Meaning
from assistant.asking.planning.operands import added_up
from assistant.asking.reading.conditions import field_of
from assistant.asking.reading.entities import Entities
from assistant.asking.reading.same_project import SameProjects
from assistant.asking.records.fields import FIELDS
from assistant.asking.records.query import Measure, Query, Shape
from assistant.form.units import ratio

_TWO = 2
_LISTED = ("cells", "list", "top")
_SHARES = ("%", "分")


@dataclass(frozen=True)
class _Figure:
    """A figure that was shown, and what it is of."""

    label: str
    query: Query


def asked_in_a_row(text: str, before: Before, entities: Entities) -> Meaning | None:
    """The meaning of ``text`` where it sets against each other, or adds up, figures that were shown."""
    said = set_against(text, entities)
    return _Shown(said, before, entities).meaning() if said is not None else None


@dataclass(frozen=True)
class _Shown:
    """What is said of the figures, and the turn that they were shown in."""

    said: SetAgainst
    before: Before
    entities: Entities

    def meaning(self) -> Meaning | None:
        figures = self._figures()
        if len(figures) < _TWO or not self._compare(figures):
            return None
        if self.said.op == "sum":
            return _added(figures)
        if self.said.op != "which":
            figures = figures[-_TWO:]
        ask: Shape = "ratio" if self.said.op == "times" else "compare"
        queries = tuple(one.query.model_copy(update={"ask": ask, "steps": ()}) for one in figures)
        return Meaning(queries=queries, labels=tuple(one.label for one in figures))

    def _figures(self) -> list[_Figure]:
        """The figures meant, by the field that is said or else by their own."""
        found = self._of_a_comparison() or self._asked_for() or self._of_the_last()
        if self.said.places is not None:
            found = [found[place] for place in self.said.places if -len(found) <= place < len(found)]
            found = found if len(found) == len(self.said.places) else []
        elif self.said.many is not None:
            found = found[-self.said.many :] if len(found) >= self.said.many else []
        if not self.said.field:
            return found
        other = [self._by_field(one) for one in found]
        return [one for one in other if one is not None] if None not in other else []

    def _of_a_comparison(self) -> list[_Figure]:
        """The sides that the last question set against each other."""
        meaning = self.before.meaning
        if meaning is None or len(meaning.queries) != len(meaning.labels):
            return []
        compared = all(query.ask in ("compare", "ratio") for query in meaning.queries)
        pairs = zip(meaning.labels, meaning.queries, strict=True)
        return [_Figure(label, query) for label, query in pairs] if compared else []

    def _asked_for(self) -> list[_Figure]:
        """The figures of the turns that asked the same of one thing after the other.

        Where the field is said, the last turns need only have shown one form each.
        """
        asked = (*self.before.earlier, self.before) if self.before.earlier else ()
        if asked:
            return _labelled(asked, self.entities)
        if not self.said.field and self.said.op != "sum" and (two := self._two_fields()):
            return two
        turns = (*self.before.trail, self.before)[-(self.said.many or _TWO) :]
        forms = tuple(dict.fromkeys(turn.forms[0] for turn in turns if len(turn.forms) == 1))
        if not self.said.field or len(forms) < len(turns) or len(turns) < _TWO:
            return []
        return [self._of_form(form, self.said.field) for form in forms]

    def _two_fields(self) -> list[_Figure]:
        """花了多少, 预算呢, 差多少: two amounts of one form, asked for one after the other."""
        terms = [figure_of(turn) for turn in (*self.before.trail, self.before)[-_TWO:]]
        known = [term for term in terms if term is not None and term.measure is not None]
        alone = all(one.of == "forms" and len(one.forms or ()) == 1 and not one.where for one in known)
        fields = [one.measure.field for one in known if one.measure is not None]
        units = {FIELDS["forms"][field].unit for field in fields if field} if alone else set()
        same = len({one.forms for one in known}) == 1 and len(set(fields)) == _TWO
        if len(known) != _TWO or not same or len(units) != 1 or units == {""} or "" in fields:
            return []
        return [_Figure(FIELDS["forms"][f].label, one) for f, one in zip(fields, known, strict=True)]

    def _of_form(self, form: int, field: str) -> _Figure:
        query = Query(of="forms", forms=(form,), measure=Measure(op="sum", field=field_of(field, "forms")))
        return _Figure(self.entities.by_number[form].record["project_name"].text, query)

    def _of_the_last(self) -> list[_Figure]:
        """Those of the two records, or groups, that the last answer showed; a longer list is ranked instead.

        What was listed is added up as any records are.
        """
        query = self.before.query
        if query is None or query.change is not None or self.said.op == "sum":
            return []
        if query.group in ("unit", "department"):
            return self._of_groups(query)
        field = self.before.field or (field_of(self.said.field, query.of) if self.said.field else "")
        known = FIELDS[query.of].get(field)
        if known is None or query.of not in ("forms", "indicators") or query.group:
            return []
        if query.ask not in _LISTED and not self.said.field:
            return []
        measure = Measure(op="sum", field=field)
        if query.of == "forms":
            found = [Query(of="forms", forms=(form,), measure=measure) for form in self.before.forms]
        else:
            found = [Query(of="indicators", rows=(row,), measure=measure) for row in self.before.rows]
        named = [_Figure(self._name(one), one) for one in found]
        return named if self.said.places is not None or len(named) == _TWO else []

    def _of_groups(self, query: Query) -> list[_Figure]:
        """The offices whose forms were shown, in the order of the answer."""
        if query.measure is None or query.where or query.any_of or query.of != "forms":
            return []
        if query.measure.op not in ("sum", "count"):
            return []
        offices: dict[str, list[int]] = {}
        first = query.ask == "top" and query.limit == 1 and not query.offset
        for form in self._by_their_sums(query) if first and self.said.places else self.before.forms:
            name = self.entities.by_number[form].record[query.group].text
            offices.setdefault(name, []).append(form)
        whole = self.said.places is not None or len(offices) == _TWO
        groups = offices.items() if whole else ()
        return [
            _Figure(name, Query(of="forms", forms=tuple(forms), measure=query.measure))
            for name, forms in groups
        ]

    def _by_their_sums(self, query: Query) -> list[int]:
        """The forms among which the first office was picked, the office with most, or least, of all first."""
        looked_at = query.forms if query.forms is not None else [form.number for form in self.entities.forms]
        field = query.measure.field if query.measure is not None else ""
        sums: dict[str, Decimal] = {}
        for form in looked_at:
            record = self.entities.by_number[form].record
            own = record[field].number if field else Decimal(1)
            name = record[query.group].text
            sums[name] = sums.get(name, Decimal(0)) + (own or Decimal(0))
        falling = query.order is None or query.order.descending

        def place(form: int) -> Decimal:
            own = sums[self.entities.by_number[form].record[query.group].text]
            return -own if falling else own

        return sorted(looked_at, key=place)

    def _by_field(self, figure: _Figure) -> _Figure | None:
        """The figure of the field that is said, of the same records."""
        query, field = figure.query, field_of(self.said.field, figure.query.of)
        if query.measure is not None and query.measure.field == field:
            return figure
        plain = not (query.where or query.any_of or query.within or query.lacking)
        if field not in FIELDS[query.of] or not plain or (query.of == "indicators" and query.rows is None):
            return None
        many = query.forms is None or len(query.forms) > 1
        rates = query.of == "forms" and FIELDS["forms"][field].unit in _SHARES
        measure = Measure(op="mean" if rates and many else "sum", field=field)
        changed = query.model_copy(update={"measure": measure, "order": None, "limit": None, "offset": 0})
        return _Figure(figure.label, changed)

    def _compare(self, figures: Sequence[_Figure]) -> bool:
        """Whether the cells of indicators are counted in units that can be set against each other."""
        units = [
            self.entities.by_number[form].indicators[row - 1][one.query.measure.field].unit
            for one in figures
            if one.query.of == "indicators" and one.query.measure is not None and one.query.measure.field
            for form, row in one.query.rows or ()
        ]
        first = units[0] if units else ""
        return all(one == first or ratio(one, first) is not None for one in units)

    def _name(self, query: Query) -> str:
        """The name of the one form, or of the row, by its project where the names are alike."""
        known = self.entities.by_number
        if query.rows is not None:
            form, row = query.rows[0]
            names = {known[form].indicators[row - 1]["name"].text for form, row in self.before.rows}
            return known[form].indicators[row - 1]["name" if len(names) > 1 else "project_name"].text
        return known[(query.forms or (0,))[0]].record["project_name"].text


def same_figure(one: Before, other: Before) -> bool:
    """Whether two questions ask the same figure, of different records."""
    first, second = is_figure(one), is_figure(other)
    return first is not None and first == second and figure_of(one) != figure_of(other)


def _added(figures: Sequence[_Figure]) -> Meaning | None:
    measure = figures[0].query.measure
    field = FIELDS[figures[0].query.of][measure.field].label if measure is not None and measure.field else ""
    labels = tuple(f"“{one.label}”{field}" for one in figures)
    return added_up(Meaning(queries=tuple(one.query for one in figures), labels=labels))


def _labelled(asked: Sequence[Before], entities: Entities) -> list[_Figure]:
    """The figures with the names of what they are of; none where one has no name."""
    found = []
    dated = _of_years(asked, entities)
    for at, one in enumerate(asked):
        term = figure_of(one)
        label = dated[at] if dated else _label(one, term, entities) if term is not None else ""
        if term is None or not label:
            return []
        found.append(_Figure(label, term))
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
    if term.rows is not None and len(term.rows) == 1:
        form, row = term.rows[0]
        of_kind = bool(one.reading.levels)
        return entities.by_number[form].indicators[row - 1]["project_name" if of_kind else "name"].text
    offices = one.reading.offices
    if len(offices) == 1 and not one.reading.phrases:
        return one.reading.text[slice(*offices[0][:2])]
    kinds = {m.name for m in one.reading.levels}
    nouns = {noun.name for noun in one.reading.nouns}
    if len(kinds) == 1 and nouns <= {"row"} and not (offices or one.reading.phrases):
        return f"{kinds.pop()}指标"
    alone = term.forms is not None and len(term.forms) == 1 and not term.where
    return entities.by_number[term.forms[0]].record["project_name"].text if alone and term.forms else ""
