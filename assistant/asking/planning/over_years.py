"""Questions over several years: one figure year by year, its change, sum or mean, and the year of an end."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from assistant.asking.language.frames import plain_text
from assistant.asking.planning.before import Before
from assistant.asking.planning.figures_of_years import Figure, Figures, Single, as_figure, is_of_office
from assistant.asking.planning.meaning import Meaning
from assistant.asking.planning.year_words import (
    Frame,
    added_again,
    elaborated,
    frame_of,
    moved_alone,
    moved_year,
    other_year,
)
from assistant.asking.reading.entities import Entities
from assistant.asking.reading.mentions import Reading
from assistant.asking.reading.same_project import SameProjects
from assistant.asking.records.query import Query, Step

_ASKS = re.compile("多少|几(?![十百千])|哪|谁|什么")
_LEAST = 2
_PRIVATE = 0xE000
_OTHERS = re.compile(
    "(?:那么?)?(?:另外|其他|其余|剩下|别的)的?(?:[两二三几]?个?年度?|年份)(?:的)?(?:也|都|呢|各|分别)*(?:算|查|列|说|看|报)?(?:一?下|出来|一遍)?(?:是多少|多少|呢)?"
)
_RECORDS = re.compile("项目|表|指标")
_SETS = re.compile("哪些|哪几个|哪个项目|有没有|项目(?:有|是)|谁|最|排|前[一二三四五六七八九十0-9]+")


def over_years(
    question: str, entities: Entities, single: Single, before: Before | None, *, whole: bool
) -> tuple[Meaning, Reading] | None:
    """The meaning of a question over several years; None where it is none.

    ``whole``: figures of several forms too, not of one project alone.
    """
    if len(entities.years) < _LEAST:
        return None
    return _OverYears(entities, single, before, whole).meaning(plain_text(question))


@dataclass(frozen=True)
class _OverYears:
    entities: Entities
    single: Single
    before: Before | None
    whole: bool

    @property
    def _figures(self) -> Figures:
        return Figures(self.entities, self.single)

    def meaning(self, text: str) -> tuple[Meaning, Reading] | None:
        last = self._last_years()
        if self.before is not None and last and (year := other_year(text, last)) is not None:
            return self._of_other_year(year, last) if not self.whole else None
        if self.before is not None and len(last) == 1 and _OTHERS.fullmatch(text):
            others = tuple(sorted(set(self.entities.years) - set(last)))
            return (
                self._of_last(Frame("", others, None, named=True)) or self._again_in(others, last)
                if not self.whole
                else None
            )
        frame = frame_of(text, self.entities.years, last[-1:])
        if frame is not None and not (frame.op is None and not frame.each and _SETS.search(text)):
            return self._series(frame)
        asked = self._asked_before()
        if asked and (op := added_again(text)) is not None:
            return self._again(asked, Frame("", (), op))
        if asked and last and (year := moved_year(text, self.entities.years)) is not None:
            years = (year - 1, year)
            return self._of_years(asked, Frame("", years, "change")) if not self.whole else None
        if asked and elaborated(text) and self.before is not None and self.before.meaning is not None:
            return self.before.meaning, self.before.reading
        if frame is not None or self.whole:
            return None
        return self._other_figure(text, asked) if asked else self._moved_alone(text)

    def _moved_alone(self, text: str) -> tuple[Meaning, Reading] | None:
        """家长满意度是升了还是降了: over the years of the project, or in the one that is said."""
        spans = self.entities.named_spans(text)
        hidden = text
        for at, (start, end) in reversed(list(enumerate(spans))):
            hidden = f"{hidden[:start]}{chr(_PRIVATE + at)}{hidden[end:]}"
        frame = moved_alone(hidden, self.entities.years)
        if frame is None:
            return None
        base = frame.base
        for at, (start, end) in enumerate(spans):
            base = base.replace(chr(_PRIVATE + at), text[start:end])
        known = [year for year in sorted(frame.years, reverse=True) if year in self.entities.years]
        found = ((year, self._figures.of_year(base, year, added=False)) for year in known)
        year, figure = next((one for one in found if one[1] is not None), (0, None))
        if figure is None or figure.form is None or not self._has_number(figure):
            return None
        same = SameProjects(self.entities)
        years = tuple(year for year in known if same.moved(figure.query, year) is not None)
        if len(years) < _LEAST:
            return None
        return self._built(figure, year, years, frame.op)

    def _has_number(self, figure: Figure) -> bool:
        """Whether the one cell that a figure is of holds a number."""
        form, rows = self.entities.by_number[figure.form or 0], figure.query.rows
        record = form.indicators[rows[0][1] - 1] if rows and len(rows) == 1 else form.record
        return not (rows and len(rows) > 1) and record[figure.field].number is not None

    def _last_years(self) -> tuple[int, ...]:
        """The years that the questions before asked of, the last one last."""
        if self.before is None or self.before.meaning is None:
            return ()
        if self.before.meaning.years:
            return self.before.meaning.years
        if len(said := self.before.reading.years) == 1:
            return (said[0],)
        known = self.entities.by_number
        found = {known[form].year for form in self.before.forms if form in known}
        years = {year for year in found if year is not None}
        return tuple(years) if len(years) == 1 else ()

    def _asked_before(self) -> tuple[Query, ...]:
        """What the last question asked year by year; () where it did not."""
        queries = self.before.meaning.queries if self.before and self.before.meaning else ()
        return queries if queries and queries[0].ask == "years" else ()

    def _of_other_year(self, year: int, last: tuple[int, ...]) -> tuple[Meaning, Reading] | None:
        """那2022年呢: the last question asked of that year."""
        if self.before is None or self.before.meaning is None:
            return None
        if asked := self._asked_before():
            return self._of_one(year, asked, last)
        old = self.before.reading.text
        if year not in self.entities.years:
            return Meaning(kind="nothing", reason=f"{year}年的表"), self.before.reading
        dated, count = re.subn("20[0-9]{2}(?=年)|20[0-9]{2}(?![0-9])", str(year), old, count=1)
        text = dated if count else f"{year}年{_RELATIVE.sub('', old)}"
        meaning, reading = self.single(text, None)
        queries = self.before.meaning.queries
        alone = len(queries) == 1 and len(set(self._forms(queries[0]))) == 1
        alone = alone and not is_of_office(self.before.reading)
        if alone and queries[0].limit is None:
            moved = SameProjects(self.entities).moved(queries[0], year)
            if moved is not None:
                meaning = Meaning(queries=(moved,))
                reading = replace(reading, years=[year])
        if meaning.kind != "query":
            return None
        return meaning.model_copy(update={"years": (*last, year)}), reading

    def _again_in(self, years: tuple[int, ...], last: tuple[int, ...]) -> tuple[Meaning, Reading] | None:
        """另外两年也算一下, after a value: the same of each of these years, side by side."""
        found = [self._of_other_year(year, last) for year in years]
        known = [one for one in found if one is not None and len(one[0].queries) == 1]
        if not known or len(known) < len(years) or any(one.queries[0].ask != "value" for one, _ in known):
            return None
        queries = tuple(one.queries[0] for one, _ in known)
        labels = tuple(f"{year}年" for year in years)
        return Meaning(queries=queries, labels=labels, years=years), known[-1][1]

    def _of_one(
        self, year: int, asked: tuple[Query, ...], last: tuple[int, ...]
    ) -> tuple[Meaning, Reading] | None:
        """那2023年呢, after a figure year by year: the one of that year."""
        if self.before is None or asked[-1].measure is None:
            return None
        moved = SameProjects(self.entities).moved(asked[-1], year)
        if moved is None:
            return None
        query = _as_cell(moved, asked[-1].measure.field)
        return Meaning(queries=(query,), years=(*last, year)), replace(self.before.reading, years=[year])

    def _forms(self, query: Query) -> list[int]:
        return [*(query.forms or ()), *(form for form, _ in query.rows or ())]

    def _other_figure(self, text: str, asked: tuple[Query, ...]) -> tuple[Meaning, Reading] | None:
        """参与人次呢, after another figure year by year: the same of this one."""
        dated = re.search("20[0-9]{2}|去年|上年|今年", text)
        if self.before is None or asked[-1].measure is None or dated is not None:
            return None
        anchor = _as_cell(asked[-1], asked[-1].measure.field)
        forms = tuple(dict.fromkeys(self._forms(anchor)))
        if len(forms) != 1:
            return None
        year = self.entities.by_number[forms[0]].year
        last = Before(self.before.reading, forms, anchor.rows or (), Meaning(queries=(anchor,)))
        meaning, reading = self.single(text, last)
        figure = as_figure(meaning, reading, text, self.entities)
        if figure is None or figure.form != forms[0] or year is None:
            return None
        years = tuple(y for y in (self.entities.by_number[self._forms(q)[0]].year for q in asked) if y)
        return self._built(figure, year, years, asked[0].steps[0].op if asked[0].steps else None)

    def _series(self, frame: Frame) -> tuple[Meaning, Reading] | None:
        if frame.base == "":
            return self._of_last(frame)
        known = [year for year in sorted(frame.years, reverse=True) if year in self.entities.years]
        missing = [year for year in frame.years if year not in self.entities.years]
        if missing and frame.op == "change":
            return Meaning(kind="nothing", reason=f"{missing[0]}年的表"), Reading(frame.base)
        for year in known:
            figure = self._figures.of_year(frame.base, year, added=False)
            if figure is not None and figure.adds_any_rows:
                figure = self._figures.told(frame.base, year) or figure
            if figure is not None and figure.form is not None:
                mean = "mean" if frame.op is None and "平均" in frame.base else None
                years = self._own_years(figure.form, frame) if frame.counted else frame.years
                return self._built(figure, year, years, frame.op or mean)
        told = (self._figures.told(f"{frame.base}{unit}", max(known, default=0)) for unit in (frame.unit, ""))
        if not self.whole and (figure := next((one for one in told if one is not None), None)) is not None:
            return self._built(figure, max(known), frame.years, frame.op)
        return self._of_many(frame, known)

    def _own_years(self, form: int, frame: Frame) -> tuple[int, ...]:
        """两年一共, of a project that has forms of two years: these; else the latest ones."""
        same = SameProjects(self.entities)
        own = tuple(year for year in sorted(self.entities.years) if same.form_of(form, year) is not None)
        return own if len(own) == len(frame.years) else frame.years

    def _of_last(self, frame: Frame) -> tuple[Meaning, Reading] | None:
        """两年相比增加了多少, 三年合计是多少: of the figure that the last question asked for."""
        if self.before is None or self.before.meaning is None:
            return None
        years = frame.years
        asked = self._asked_before()
        last = self.before.meaning.years
        if asked and frame.op == "change" and frame.named:
            return self._of_years(asked, frame)
        if asked:
            return self._again(asked, frame)
        if frame.named:
            pass
        elif len(years) == _LEAST and len(last) >= _LEAST:
            years = tuple(sorted(last[-2:]))
        elif len(years) == _LEAST and (one := self._last_years()) and one[-1] not in years:
            years = (one[-1], one[-1] + 1)
        queries = self.before.meaning.queries
        figure = (
            as_figure(self.before.meaning, self.before.reading, "", self.entities)
            if len(queries) == 1
            else None
        )
        if figure is None:
            return None
        if figure.form is not None and (year := self.entities.by_number[figure.form].year) is not None:
            return self._built(figure, year, years, frame.op)
        text = re.sub("20[0-9]{2}年?度?的?", "", self.before.reading.text)
        return self._of_many(replace(frame, base=text, years=years), sorted(years, reverse=True))

    def _of_years(self, asked: tuple[Query, ...], frame: Frame) -> tuple[Meaning, Reading] | None:
        """那2024年比2023年多多少, after the same of other years."""
        forms = self._forms(asked[-1])
        year = self.entities.by_number[forms[0]].year if len(set(forms)) == 1 else None
        if self.before is None or year is None:
            return None
        return self._built(Figure(asked[-1], self.before.reading), year, frame.years, frame.op)

    def _again(self, asked: tuple[Query, ...], frame: Frame) -> tuple[Meaning, Reading] | None:
        """三年合计, after one figure year by year: computed with the same figures."""
        if self.before is None or self.before.meaning is None:
            return None
        steps = (Step(op=frame.op, of=tuple(range(len(asked)))),) if frame.op else ()
        first = asked[0].model_copy(update={"steps": steps})
        meaning = self.before.meaning.model_copy(update={"queries": (first, *asked[1:])})
        return meaning, self.before.reading

    def _of_many(self, frame: Frame, known: list[int]) -> tuple[Meaning, Reading] | None:
        """A figure of several forms: asked of each year anew."""
        spent = frame.op == "sum" and _ASKS.search(frame.base) is not None
        ends = frame.op in ("highest", "lowest") and not _RECORDS.search(frame.base)
        found = {year: self._figures.of_year(frame.base, year, added=True) for year in reversed(known)}
        figures = {year: figure for year, figure in found.items() if figure is not None}
        of_office = any(figure.of_office for figure in figures.values())
        told = self.whole or frame.each or spent or ends or of_office
        if not (told or frame.op in ("change", "mean")):
            return None
        if figures:
            figures |= self._of_no_such(figures[max(figures)], set(found) - set(figures))
            figures = dict(sorted(figures.items()))
        absent = [year for year in found if year not in figures]
        if len(figures) < _LEAST or any(not self._has_none(figures, year) for year in absent):
            return None
        if len({(figure.query.of, figure.query.measure) for figure in figures.values()}) > 1:
            return None
        queries = {year: figure.query for year, figure in figures.items()}
        meaning = _told(queries, frame.base, frame.op)
        if absent:
            none = "、".join(map(str, absent))
            meaning = meaning.model_copy(update={"notice": f"{none}年没有这样的表，没有计入"})
        return meaning, figures[max(figures)].reading

    def _of_no_such(self, figure: Figure, years: Collection[int]) -> dict[int, Figure]:
        """提到疫情的: none in the years in which nothing tells so."""
        if not figure.reading.causes or figure.field:
            return {}
        none = figure.query.model_copy(update={"forms": (), "rows": None})
        return {year: replace(figure, query=none) for year in years}

    def _has_none(self, figures: dict[int, Figure], year: int) -> bool:
        """Whether the offices that are named have no forms of ``year``."""
        reading = figures[max(figures)].reading
        own = {form for _, _, forms in reading.offices for form in forms}
        return bool(own) and own.isdisjoint(self.entities.of_years((year,)))

    def _built(
        self, figure: Figure, year: int, years: tuple[int, ...], op: str | None
    ) -> tuple[Meaning, Reading] | None:
        """The figure of one project with those of its forms of the other years."""
        if figure.query.rows and figure.query.where:
            # A row that a condition leaves out in some years has no figure then, and is not empty.
            return None
        same = SameProjects(self.entities)
        queries = {year: figure.query} if year in years else {}
        for other in years:
            if other != year and (moved := same.moved(figure.query, other)) is not None:
                queries[other] = moved
        queries = dict(sorted(queries.items()))
        absent = [str(y) for y in years if y not in queries]
        if op == "change" and absent:
            return Meaning(kind="nothing", reason=f"这个项目{absent[0]}年的这项数字"), figure.reading
        if not queries or (len(queries) < _LEAST and op != "change" and not absent):
            return None
        meaning = _told(queries, "", op)
        names = dict.fromkeys(
            self.entities.by_number[form].record["project_name"].text
            for query in queries.values()
            for form in self._forms(query)[:1]
        )
        notes = (f"各年名称不同，按同一个项目理解：{'、'.join(names)}",) if len(names) > 1 else ()
        notice = f"{'、'.join(absent)}年没有找到这项数字，没有计入" if absent else ""
        return meaning.model_copy(update={"notes": notes, "notice": notice}), figure.reading


_RELATIVE = re.compile("^(?:去年|上一?年|今年|本年|前年)度?的?")


def _as_cell(query: Query, field: str) -> Query:
    """The cell of which ``query`` computes with the number; how many records where there is no ``field``."""
    plain = query.model_copy(update={"measure": None, "steps": ()})
    return plain.model_copy(update={"ask": "cells", "show": (field,)} if field else {"ask": "count"})


def _told(queries: dict[int, Query], label: str, op: str | None) -> Meaning:
    """One query for each year, in their order, with what is computed of them."""
    steps = (Step.model_validate({"op": op, "of": tuple(range(len(queries)))}),) if op else ()
    found = [query.model_copy(update={"ask": "years", "steps": ()}) for query in queries.values()]
    found[0] = found[0].model_copy(update={"steps": steps})
    return Meaning(
        queries=tuple(found), labels=tuple(f"{year}年{label}" for year in queries), years=tuple(queries)
    )
