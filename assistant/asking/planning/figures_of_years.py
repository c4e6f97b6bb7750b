"""The one figure of one year that a question asks for, of whatever it names."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.asking.planning.before import Before
from assistant.asking.planning.meaning import Meaning
from assistant.asking.planning.operands import as_term
from assistant.asking.reading.entities import Entities
from assistant.asking.reading.matching import RowId
from assistant.asking.reading.mentions import Reading
from assistant.asking.reading.same_project import SameProjects
from assistant.asking.records.query import Measure, Query

Single = Callable[[str, Before | None], tuple[Meaning, Reading]]
"""What a question of one year asks, alone or after another."""
_ASKS = re.compile("多少|几(?![十百千])|哪|谁|什么")
_LEAST = 2
_AND = re.compile("(?<=.)(?:和|与|、|及)(?=.)")
"""Two things, of which one is no answer."""
_COUNTED = re.compile("(?:多少|几)(?!万?元|钱)[一-龥]|[一-龥]数(?!量)")
_RECORDS_LAST = re.compile("(项目|自评表|(?<!报)表|指标)(?:的)?(?:个数|张数|条数|数量?)?$")


@dataclass(frozen=True)
class Figure:
    """One figure of one year, with its reading."""

    query: Query
    reading: Reading

    @property
    def field(self) -> str:
        """What is computed with; "" where records are counted."""
        return self.query.measure.field if self.query.measure else ""

    @property
    def of_office(self) -> bool:
        """Whether it is of all forms of an office, however many there are in that year."""
        return is_of_office(self.reading)

    @property
    def form(self) -> int | None:
        """The one form that it is of; None too of what tells a cause, of however many forms that is."""
        if self.of_office or self.reading.causes:
            return None
        forms = {form for form, _ in self.query.rows or ()} or set(self.query.forms or ())
        return forms.pop() if len(forms) == 1 else None

    @property
    def adds_any_rows(self) -> bool:
        """Whether it adds what indicators reached, of which no single one is named."""
        alone = self.query.rows is not None and len(self.query.rows) == 1
        return self.query.of == "indicators" and self.field == "actual" and not alone


def is_of_office(reading: Reading) -> bool:
    """Whether nothing but offices is named."""
    return bool(reading.offices) and not (reading.phrases or reading.numbers or reading.quotes)


def in_each_year(meaning: Meaning, entities: Entities) -> Meaning:
    """历年预算总额和执行总额: figures of all that there is, of each year; any other meaning as it is."""
    query = meaning.queries[0] if meaning.kind == "query" and len(meaning.queries) == 1 else None
    if (
        len(entities.years) < _LEAST
        or query is None
        or query.ask != "value"
        or query.measure is None
        or query.group
        or query.steps
    ):
        return meaning
    if query.rows is not None or query.order is not None or query.change is not None:
        return meaning
    return meaning.model_copy(
        update={"queries": (query.model_copy(update={"group": "year", "ask": "list"}),)}
    )


def as_figure(meaning: Meaning, reading: Reading, base: str, entities: Entities) -> Figure | None:
    """The one figure that a meaning asks for."""
    if meaning.kind != "query" or len(meaning.queries) != 1:
        return None
    query = meaning.queries[0]
    if query.rows and _names_several(query.rows, base, entities):
        return None
    if query.ask == "cells" and query.rows is not None and len(query.rows) > 1:
        row = SameProjects(entities).row_asked(query.rows, base)
        query = query.model_copy(update={"rows": (row,)}) if row else query
    if query.ask == "cells" and query.of == "indicators" and "actual" in query.show:
        query = query.model_copy(update={"show": ("actual",)})
    if query.rows:
        # 单台采购成本: what is named is of that kind in every year.
        where = tuple(c for c in query.where if c.field not in ("level1", "level2"))
        query = query.model_copy(update={"where": where})
    term = as_term(query, reading)
    if term is None or term.limit is not None:
        return None
    return Figure(term.model_copy(update={"ask": "years"}), reading)


def _names_several(rows: Sequence[RowId], base: str, entities: Entities) -> bool:
    """家长满意度、学生满意度: whether several indicators of one form are named, one beside the other."""
    own = entities.by_number[rows[0][0]].indicators
    said = [name for name in {"".join(one["name"].text.split()) for one in own} if name in base]
    return len([one for one in said if not any(one in other != one for other in said)]) > 1


class Figures:
    """The figures of single years in what ``single`` understands."""

    def __init__(self, entities: Entities, single: Single) -> None:
        self._entities, self._single = entities, single

    def of_year(self, base: str, year: int, *, added: bool) -> Figure | None:
        """The figure that ``base`` asks for, of ``year``; ``added``: of several forms too, as their sum."""
        base = base if _ASKS.search(base) else _RECORDS_LAST.sub(r"\1有几个", base)
        asks = _ASKS.search(base) is not None
        summed = "合计" if added and "平均" not in base else ""
        ways = [f"{year}年{base}"] if asks else []
        ways += [f"{year}年{base}{summed}是多少"] if added or not asks else []
        figure = None
        for said in ways:
            meaning, reading = self._single(said, None)
            figure = figure or as_figure(meaning, reading, base, self._entities)
        counted = figure is not None and figure.query.of == "indicators" and not figure.field
        if counted and "指标" not in base and not added:
            # 补助的个数: what an indicator counts, not how many indicators there are.
            return self._loosely(base, year)
        if figure is not None:
            return figure
        return self._loosely(base, year) if not added else None

    def _loosely(self, base: str, year: int) -> Figure | None:
        """维修了多少所学校, where the words name an indicator only by what it counts."""
        between = base
        for start, end in self._entities.named_spans(base):
            between = f"{between[:start]}{'□' * (end - start)}{between[end:]}"
        if _AND.search(between):
            return None
        row = SameProjects(self._entities).counted(base, year) if _COUNTED.search(base) is not None else None
        return self._of_row(row, base, year) if row is not None else self.told(base, year)

    def told(self, base: str, year: int) -> Figure | None:
        """新修了多少公里健身步道, where one indicator has all of the words."""
        row = SameProjects(self._entities).told(base, year)
        return self._of_row(row, base, year) if row is not None else None

    def _of_row(self, row: RowId, base: str, year: int) -> Figure:
        query = Query(of="indicators", ask="years", rows=(row,), measure=Measure(op="sum", field="actual"))
        return Figure(query, Reading(f"{year}年{base}", years=[year]))
