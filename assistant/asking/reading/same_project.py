"""A question of one form asked of the form of the same project in another year."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.asking.reading.entities import Entities
from assistant.asking.reading.matching import RowId
from assistant.asking.records.projects import Project, project, same_named, same_project, shared_in_order
from assistant.asking.records.query import Query
from assistant.form.text import pairs

_UNIT = re.compile("(?:多少|几)(?P<asked>[一-龥]{1,2})|(?P<number>[一-龥])数(?!量)")
_COVERED = 0.5
_ASKED = re.compile("(多少|几)(?P<unit>[一-龥]{1,4})")
_DOING = re.compile(
    "实际|完成值|新增加?|新建|新修|改建|采购|购买|购置|添置|完成|举办|开展|建成|建设"
    "|[了的共是有得,]|(?<![一-龥])数量?$|[修建造盖铺架办做搞买装]"
)
"""Words that say no more than that something was done."""
_MOST_ROWS = 2000


class SameProjects:
    """The forms of one project over the years, and the same indicators in them."""

    def __init__(self, entities: Entities) -> None:
        self._entities = entities

    def form_of(self, form: int, year: int) -> int | None:
        """The form of the same project in ``year``: of its own name, else the one renamed a little."""
        own = self._entities.by_number[form]
        if own.year == year:
            return form
        wanted = project(own.record["project_name"].text, own.record["unit"].text)
        beside = {one for number, one in self._of_year(own.year) if number != form}
        return same_project(wanted, self._of_year(year), beside)

    def _of_year(self, year: int | None) -> list[tuple[int, Project]]:
        numbers = [one.number for one in self._entities.forms]
        told = zip(*(self._entities.headers(name) for name in ("project_name", "unit", "year")), strict=True)
        return [
            (number, project(name, unit))
            for number, (name, unit, of) in zip(numbers, told, strict=True)
            if of == str(year)
        ]

    def moved(self, query: Query, year: int) -> Query | None:
        """``query`` of one form asked of the same project's form of ``year``; None where there is none."""
        forms = set(query.forms or ()) | {form for form, _ in query.rows or ()}
        if (
            len(forms) != 1
            or query.within
            or query.lacking
            or (target := self.form_of(min(forms), year)) is None
        ):
            return None
        if query.rows is None:
            return query.model_copy(update={"forms": (target,), "steps": ()})
        rows = [self._row_in(row, target) for row in query.rows]
        if not rows or any(row is None for row in rows):
            return None
        kept = tuple(row for row in rows if row is not None)
        return query.model_copy(
            update={"rows": kept, "forms": None if query.forms is None else (target,), "steps": ()}
        )

    def followed(
        self, forms: tuple[int, ...], rows: tuple[RowId, ...], years: Sequence[int], text: str
    ) -> tuple[tuple[int, ...], tuple[RowId, ...]]:
        """The forms, and a row of each, of what is named by some of them in all of ``years``.

        As they are where one year alone is asked, every year has a form, or several rows are named in one.
        """
        covered = {self._year(form) for form in forms} >= {*years}
        if len(years) <= 1 or covered or len(rows) > len(forms):
            return forms, rows
        query = Query(of="indicators" if rows else "forms", forms=forms, rows=rows or None)
        same = self.over(query, years, text) or query
        found = same.rows or ()
        return same.forms or tuple(sorted({form for form, _ in found})), found

    def over(self, query: Query, years: Sequence[int], text: str) -> Query | None:
        """``query`` of one project, or of one of its rows, asked of these years; None where it is of none.

        Of several rows of a form the one meant is that whose name shares most with ``text``; of several
        projects those that are named alone count.
        """
        named = {*(query.forms or ()), *(form for form, _ in query.rows or ())}
        if not named:
            return None
        first = min(named)
        alone = all(self._of_project(first, self._year(form)) == form for form in named)
        if not alone:
            return self._named_in(query, years)
        forms = {year: form for year in years if (form := self._of_project(first, year)) is not None}
        if query.rows is None:
            return query.model_copy(update={"forms": tuple(forms.values())})
        meant = [row for form in sorted(named) for row in self._meant(query.rows, form, text)]
        known = {form: [row for row in meant if row[0] == form] for form in forms.values()}
        found = [self._row_in(meant[0], form) for form in forms.values() if not known[form]]
        rows = {*(row for several in known.values() for row in several), *(row for row in found if row)}
        return query.model_copy(update={"rows": tuple(sorted(rows)), "forms": None}) if rows else None

    def _year(self, form: int) -> int | None:
        return self._entities.by_number[form].year

    def _of_project(self, form: int, year: int | None) -> int | None:
        return self.form_of(form, year) if year is not None else None

    def _named_in(self, query: Query, years: Sequence[int]) -> Query:
        rows, forms = query.rows, query.forms
        kept_rows = None if rows is None else tuple(row for row in rows if self._year(row[0]) in years)
        kept_forms = None if forms is None else tuple(form for form in forms if self._year(form) in years)
        return query.model_copy(update={"rows": kept_rows, "forms": kept_forms})

    def _meant(self, rows: Sequence[RowId], form: int, text: str) -> list[RowId]:
        own = [row for row in rows if row[0] == form]
        one = self.row_asked(own, text) if len(own) > 1 else None
        return [one] if one is not None else own

    def _row_in(self, row: RowId, form: int) -> RowId | None:
        """The indicator of the same name in another form."""
        own, others = (self._names(one) for one in (row[0], form))
        at = same_named(row[1] - 1, own, others)
        return (form, at + 1) if at is not None else None

    def _names(self, form: int) -> list[str]:
        return ["".join(r["name"].text.split()) for r in self._entities.by_number[form].indicators]

    def row_asked(self, rows: Sequence[RowId], text: str) -> RowId | None:
        """The one of several rows that counts what is asked, by a name that shares most with the question."""
        if len({form for form, _ in rows}) != 1:
            return None
        known = [(row, self._entities.by_number[row[0]].indicators[row[1] - 1]) for row in rows]
        if (unit := _UNIT.search(text)) is not None:
            counted = [
                one for one in known if _counts(one[1]["actual"].unit, unit["asked"] or unit["number"])
            ]
            known = counted or known
        shared = [(len(set(pairs(record["name"].text)) & set(pairs(text))), row) for row, record in known]
        most = max(number for number, _ in shared)
        found = [row for number, row in shared if number == most]
        return found[0] if len(found) == 1 else None

    def counted(self, text: str, year: int) -> RowId | None:
        """The row of the form that ``text`` names by most of its name, by what it counts."""
        said = set(pairs(text))
        best: list[tuple[float, int]] = []
        for number, one in self._of_year(year):
            own = set(pairs(one.name))
            if own and (covered := len(own & said) / len(own)) >= _COVERED:
                best.append((covered, number))
        best.sort(reverse=True)
        if not best or (len(best) > 1 and best[0][0] == best[1][0]):
            return None
        form = best[0][1]
        unit = _UNIT.search(text)
        rows = [
            (form, at)
            for at, record in enumerate(self._entities.by_number[form].indicators, 1)
            if unit and _counts(record["actual"].unit, unit["asked"] or unit["number"])
        ]
        return self.row_asked(rows, text) if rows else None

    def told(self, text: str, year: int) -> RowId | None:
        """The one row of ``year`` in whose name, project and office all stands that ``text`` says.

        Beside how much is asked and words for doing: 新修了多少公里健身步道. None where a word is left, or
        several rows are meant.
        """
        asked = _ASKED.search(text)
        said = _DOING.sub("", text)
        likely = {row for pair in pairs(said) for row in self._entities.related_rows([pair])}
        forms = set(self._entities.of_years((year,)))
        found: list[tuple[int, RowId]] = []
        for form, at in sorted(row for row in likely if row[0] in forms)[:_MOST_ROWS]:
            own = self._entities.by_number[form]
            record = own.indicators[at - 1]
            unit = record["actual"].unit
            if asked is not None and not (unit and asked["unit"].startswith(unit)):
                continue
            words = _DOING.sub("", text.replace(f"{asked[1]}{unit}", "，") if asked is not None else text)
            name = record["name"].text
            of_form = "".join(own.record[field].text for field in ("project_name", "unit", "department"))
            if words and set(words) - {"，"} <= {*name, *of_form} and set(pairs(words)) & set(pairs(name)):
                found.append((shared_in_order(words, name), (form, at)))
        best = max((shared for shared, _ in found), default=0)
        rows = [row for shared, row in found if shared == best]
        return rows[0] if len(rows) == 1 else None


def _counts(unit: str, said: str) -> bool:
    """Whether a cell in ``unit`` counts what was asked: 多少所学校, 多少人次."""
    return bool(unit) and (said.startswith(unit) or unit.endswith(said) or unit.startswith(said))
