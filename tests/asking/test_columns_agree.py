"""Columns give what going through the records one by one gives, for any query over any records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any

import pytest

from assistant.asking.asker import Asker
from assistant.asking.evaluate import questions
from assistant.asking.records import execute
from assistant.asking.records.aggregates import MixedUnitsError
from assistant.asking.records.columns import column_of, read, written
from assistant.asking.records.fields import Sort
from assistant.asking.records.frame import rows_of
from assistant.asking.records.query import Condition, Measure, Order, Query
from assistant.asking.records.records import Cell, FormRecords, Record, records_of
from assistant.library import Library
from assistant.rules.check import check_forms
from tests.asking import plain_execution
from vectorstore.corpus import bundled_forms
from vectorstore.index import IndicatorIndex

Source = Callable[[Sort], Sequence[Record]]


def told(result: Any) -> tuple[Any, ...]:
    """All of a result that an answer can be made of."""
    return (
        [(record.of, record.form, record.row) for record in result.records],
        [
            (group.key, group.value, group.more, [(record.form, record.row) for record in group.records])
            for group in result.groups
        ],
        result.value,
        result.whole,
        result.more,
    )


def outcome(run: Callable[[], Any]) -> Any:
    try:
        return told(run())
    except MixedUnitsError as error:
        return str(error)


def agree(query: Query, source: Source) -> None:
    by_column = outcome(lambda: execute.run(query, lambda of: rows_of(of, source(of))))
    assert by_column == outcome(lambda: plain_execution.run(query, source))


@cache
def queries_of_the_project() -> tuple[Query, ...]:
    with closing(Library("sqlite://", IndicatorIndex(None))) as library:
        library.add_forms(bundled_forms())
        asker = Asker(library)
        turns = [asker.turn(one.ask) for half in ("tuning", "reported") for one in questions(half)]
    return tuple(query for turn in turns for query in turn.queries)


@cache
def bundled_records(of: Sort) -> list[Record]:
    library = Library("sqlite://", IndicatorIndex(None))
    with closing(library):
        library.add_forms(bundled_forms())
        computed: list[FormRecords] = [records_of(stored) for stored in library.forms()]
    reports = check_forms([one.form for one in computed])
    parts: dict[Sort, Callable[[FormRecords, int], Sequence[Record]]] = {
        "forms": lambda one, _: (one.record,),
        "indicators": lambda one, _: one.indicators,
        "funds": lambda one, _: one.funds,
        "findings": lambda one, at: plain_execution.finding_records(
            one.record, one.form, reports[at].findings
        ),
    }
    return [record for at, one in enumerate(computed) for record in parts[of](one, at)]


def test_every_query_of_the_projects_questions() -> None:
    assert len(queries_of_the_project()) > 100
    for query in queries_of_the_project():
        agree(query, bundled_records)


TEXTS = ("", "无", "已完成", "受疫情影响", "产出指标", "产出", "培训人数", "服务对象满意度", "满意度指标")
UNITS = ("", "人", "个", "万元", "元", "%", "天")
ORDERS = ("eq", "ne", "gt", "ge", "lt", "le")
FIELDS_OF: dict[Sort, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "forms": (("total", "budget"), ("unit", "project_name", "form")),
    "indicators": (
        ("actual", "target", "weight", "score"),
        ("name", "level2", "explanation", "unit", "form"),
    ),
}


class Drawn:
    """Records and queries drawn by chance, the same ones for a seed."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.alike = self.chance.random() < 0.7

    def few(self, draw: Callable[[], Any], most: int, often: float = 0.4) -> tuple[Any, ...]:
        return tuple(draw() for _ in range(most) if self.chance.random() < often)

    def number(self) -> Decimal:
        if self.chance.random() < 0.5:
            return Decimal(self.chance.choice(("0", "1", "1.0", "2", "10", "-3.5", "100", "0.001")))
        if self.chance.random() < 0.3:
            return Decimal(self.chance.randrange(50)) / self.chance.randrange(1, 8)
        return Decimal(self.chance.randrange(-(10**6), 10**12)).scaleb(-3)

    def text(self) -> Cell:
        return Cell(self.chance.choice(TEXTS))

    def measured(self) -> Cell:
        unit = self.chance.choice(("", "人") if self.alike else UNITS)
        return Cell() if self.chance.random() < 0.1 else Cell(self.text().text, self.number(), unit)

    def points(self) -> Cell:
        number = self.number()
        return Cell() if self.chance.random() < 0.1 else Cell(str(number), number, "分")

    def records(self) -> dict[Sort, list[Record]]:
        found: dict[Sort, list[Record]] = {"forms": [], "indicators": []}
        for number in range(1, self.chance.randrange(1, 7) + 1):
            shared = {
                "form": Cell(str(number), Decimal(number)),
                "unit": self.text(),
                "project_name": self.text(),
            }
            head = {**shared, "total": self.points(), "budget": self.measured()}
            found["forms"].append(Record("forms", number, None, head))
            for row in range(1, self.chance.randrange(6)):
                cells = {name: self.text() for name in ("name", "level2", "explanation")}
                cells |= {"actual": self.measured(), "target": self.measured()}
                cells |= {"weight": self.points(), "score": self.points()}
                found["indicators"].append(Record("indicators", number, row, {**shared, **cells}))
        return found

    def condition(self, of: Sort, *, against: bool = True) -> Condition:
        numeric, textual = FIELDS_OF[of]
        said: dict[str, Any] = {"negated": self.chance.random() < 0.3, "field": self.chance.choice(numeric)}
        match self.chance.randrange(5 if against else 4):
            case 0:
                op = self.chance.choice((*ORDERS, "between"))
                said |= {"op": op, "number": self.number(), "unit": self.chance.choice(UNITS)}
                said |= {"upper": self.number()} if op == "between" else {}
            case 1:
                said |= {"op": self.chance.choice(ORDERS), "other": self.chance.choice(numeric)}
                said |= {"factor": self.chance.choice((Decimal(1), Decimal("1.5")))}
            case 2 | 3:
                said["field"] = self.chance.choice((*textual, *numeric))
                said["op"] = self.chance.choice(("eq", "ne", "contains", "lacks", "empty", "filled"))
                said["texts"] = tuple(self.chance.choice(TEXTS) for _ in range(2))
            case _:
                said |= {"op": self.chance.choice(ORDERS), "against": self.chance.choice(("mean", "median"))}
        return Condition(**said)

    def measure(self, of: Sort) -> Measure:
        op = self.chance.choice(("count", "sum", "mean", "median", "max", "min", "range", "share"))
        bare = op in ("count", "share") and self.chance.random() < 0.5
        return Measure(op=op, field="" if bare else self.chance.choice(FIELDS_OF[of][0]))

    def query(self, of: Sort, *, inner: bool = True) -> Query:
        chance, (numeric, textual) = self.chance, FIELDS_OF[of]
        said: dict[str, Any] = {
            "of": of,
            "limit": chance.choice((None, 1, 2, 3)),
            "offset": chance.randrange(3),
        }
        said["where"] = self.few(lambda: self.condition(of), 2)
        said["any_of"] = self.few(lambda: (self.condition(of), self.condition(of)), 1, 0.3)
        said["without"] = self.few(lambda: chance.randrange(1, 7), 1, 0.3)
        if chance.random() < 0.3:
            said["forms"] = self.few(lambda: chance.randrange(1, 8), 5, 0.8)
        if of == "indicators" and chance.random() < 0.3:
            said["rows"] = self.few(lambda: (chance.randrange(1, 7), chance.randrange(1, 6)), 12, 0.9)
        if chance.random() < 0.6:
            said |= {"measure": self.measure(of), "also": self.few(lambda: self.measure(of), 1)}
            said |= {"base_field": chance.choice(("", *numeric))}
            said |= {"base": self.few(lambda: self.condition(of, against=False), 1)}
        if chance.random() < 0.4:
            said |= {"group": chance.choice(textual), "every_form": chance.random() < 0.5}
            said["having"] = self.few(
                lambda: Condition(field="value", op=chance.choice(("gt", "eq", "le")), number=self.number()),
                1,
            )
        if chance.random() < 0.5:
            field = "value" if said.get("group") else chance.choice(numeric)
            said["order"] = Order(field=field, descending=chance.random() < 0.5)
            said["each"] = chance.choice(("", "", *textual))
        said["every"] = self.few(lambda: self.condition(of, against=False), 1, 0.2)
        if inner:
            for name in ("within", "lacking"):
                said[name] = self.few(
                    lambda: self.query(chance.choice(("forms", "indicators")), inner=False), 1, 0.2
                )
        return Query(**said)


@pytest.mark.parametrize("seed", range(20))
def test_any_query_over_any_records(seed: int) -> None:
    for number in range(40):
        drawn = Drawn(1000 * seed + number)
        records = drawn.records()
        agree(drawn.query(drawn.chance.choice(("forms", "indicators"))), lambda of, known=records: known[of])


@pytest.mark.parametrize("seed", range(5))
def test_a_column_is_read_as_it_was_written(seed: int) -> None:
    drawn = Drawn(seed)
    for make in (drawn.text, drawn.measured, drawn.points):
        cells = [make() for _ in range(drawn.chance.randrange(1, 400))]
        back = read(written(column_of(cells)))
        assert [back.at(at) for at in range(len(cells))] == cells


@pytest.mark.parametrize("many", [100, 300])
def test_many_groups_are_added_up_as_few_are(many: int) -> None:
    records = [
        Record("indicators", n, 1, {"score": Cell(f"{n}.{n % 10}", Decimal(n) + Decimal(n % 10) / 10, "分")})
        for n in range(1, many)
    ]
    for op in ("sum", "mean", "max"):
        query = Query.model_validate(
            {"of": "indicators", "group": "form", "measure": {"op": op, "field": "score"}}
        )
        agree(
            query,
            lambda _of: [
                Record(r.of, r.form, r.row, {**r.cells, "form": Cell(str(r.form))}) for r in records
            ],
        )
