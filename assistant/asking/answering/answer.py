"""A result -> an answer: one sentence, the exact values, the rows, where they stand, the arithmetic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from assistant.asking.planning.meaning import Choice
from assistant.asking.planning.wording import measure_in_words
from assistant.asking.records.fields import COUNTERS, FIELDS, NOUNS, Sort
from assistant.asking.records.frame import Rows
from assistant.asking.records.query import Measure, Query
from assistant.asking.records.records import Cell, FormRecords, Record
from assistant.form.amount import read_points
from assistant.form.finding import Location
from assistant.form.model import Frozen
from assistant.form.numerals import number_of
from assistant.form.rounding import plain
from assistant.form.wording import place_name
from assistant.rules.score import total_fund_row

NOT_THERE = "材料里没有"
NAMED = 10
"""So many records are named in a sentence, at most."""
MOST_ROWS = 5000
"""What a table shows at most; nobody reads on, and the number of all stands in the sentence."""
_LEAST = Decimal("0.005")
"""Half of the last printed place of a score."""
_BASIC: dict[Sort, tuple[str, ...]] = {
    "forms": ("form", "project_name", "unit"),
    "indicators": ("form", "project_name", "name", "target", "actual"),
    "funds": ("form", "project_name", "label"),
    "findings": ("form", "project_name", "place", "message", "arithmetic"),
}


class Citation(Frozen):
    """Where an answer stands: ``where`` in words; ``section``, ``row`` and ``field`` as a finding's place."""

    form: int
    project_name: str
    where: str
    section: str = "header"
    row: int | None = None
    field: str = ""


class Table(Frozen):
    """What the answer rests on, as text; ``places``: form and row (0: none) of each line.

    ``fields``: the field that each column shows, of records of ``of``; empty where lines are groups.
    """

    of: Sort = "forms"
    fields: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    places: tuple[tuple[int, int], ...] = ()


class Answer(Frozen):
    """An answer to a question.

    ``values``: the exact figures or names asked for. ``arithmetic``: how a computed one came about.
    ``understood``: the question as it was read. ``chart``: labels with numbers, empty where none helps.
    """

    answer: str
    values: tuple[str, ...] = ()
    table: Table = Table()
    citations: tuple[Citation, ...] = ()
    found: bool = True
    arithmetic: tuple[str, ...] = ()
    understood: str = ""
    notice: str = ""
    choices: tuple[Choice, ...] = ()
    chart: tuple[tuple[str, float], ...] = ()
    chart_label: str = ""

    def to_json(self) -> dict[str, Any]:
        """The terminal contract's shape, with what was understood beside it."""
        rows = [
            {"form": form, **({"row": at} if at else {}), **dict(zip(self.table.columns, row, strict=True))}
            for (form, at), row in zip(self.table.places, self.table.rows, strict=True)
        ]
        data: dict[str, Any] = {
            "answer": self.answer,
            "values": list(self.values),
            "rows": rows,
            "citations": [citation.model_dump() for citation in self.citations],
            "found": self.found,
            "understood": self.understood,
        }
        if self.arithmetic:
            data["arithmetic"] = list(self.arithmetic)
        if self.notice:
            data["notice"] = self.notice
        if self.choices:
            data["choices"] = [choice.model_dump() for choice in self.choices]
        return data


class Sources:
    """The forms that answers cite; ``years``: each is told with its year."""

    def __init__(self, by_number: Mapping[int, FormRecords], *, years: bool = False) -> None:
        self._by_number = by_number
        self.years = years

    def telling_years(self, told: bool) -> Sources:
        """These, with the year of a form beside its project where ``told``, or where it always is."""
        return Sources(self._by_number, years=told or self.years)

    def __getitem__(self, number: int) -> FormRecords:
        return self._by_number[number]

    def short(self, number: int) -> str:
        """The project in quotation marks, with its year where that is told."""
        record = self._by_number[number].record
        return dated(f"“{record['project_name'].text}”", record, told=self.years)

    def cite(self, record: Record, field: str = "") -> Citation:
        """The place of a record's field."""
        one = self._by_number[record.form]
        return Citation(
            form=record.form,
            project_name=one.record["project_name"].text,
            where=self._where(one, record, field),
            **dict(zip(("section", "row", "field"), self._place(one, record, field), strict=True)),
        )

    def _where(self, one: FormRecords, record: Record, field: str) -> str:
        if record.of == "findings":
            return record["place"].text
        section, row, cell = self._place(one, record, field)
        if section == "header" and not cell:
            return "项目名称"
        location = Location.model_validate({"section": section, "row": row, "field": cell})
        return place_name(one.form, location)

    def _place(self, one: FormRecords, record: Record, field: str) -> tuple[str, int | None, str]:
        if record.of == "findings":
            return record["section"].text or "header", record.row, record["field"].text
        return place_of(record.of, field, record.row, total_fund_row(one.form))


def place_of(of: Sort, field: str, row: int | None, fund_row: int | None) -> tuple[str, int | None, str]:
    """Section, row and cell of the form where a field of a record stands."""
    known = FIELDS[of].get(field)
    section, cell = (known.section, known.cell) if known else ("", "")
    if of == "indicators":
        return ("indicators", row, cell) if section == "indicators" else ("indicators", row, "")
    if of == "funds" or section == "funds":
        return "funds", row if of == "funds" else fund_row, cell
    return (section or "header"), None, cell


def nothing(reason: str, understood: str = "") -> Answer:
    """The plain answer where the forms do not say."""
    return Answer(answer=f"{NOT_THERE}{reason}。", found=False, understood=understood)


def difference(printed: str, expected: str) -> str:
    """How far what is printed is from what it should be; "" where it is not, or where one is no number."""
    left, right = (read_points(text.rstrip("分%")) for text in (printed, expected))
    if left is None or right is None or abs(left - right) < _LEAST:
        return ""
    return f"{plain(abs(left - right), 2)}{'个百分点' if expected.endswith('%') else '分'}"


def shown(cell: Cell, unit: str = "", places: int = 6) -> str:
    """A cell in words: as printed where it has text of its own, else its number with its unit."""
    unit = cell.unit or unit
    text = cell.text.strip()
    if cell.number is None:
        return text
    number = plain(cell.number, places) if not text else ""
    if unit == "万元" and cell.number and _bare(text) and number_of(text) == cell.number * 10000:
        # Printed in a form that counts in 元.
        return f"{text}元"
    if text and (unit == "" or text.endswith(unit) or not _bare(text)):
        return text
    return f"{text or number}{unit}"


def _bare(text: str) -> bool:
    return text.replace(".", "").replace(",", "").replace("-", "").replace("−", "").isdigit()


def figure(number: Decimal, unit: str, places: int = 6) -> str:
    """A computed number with its unit."""
    return f"{plain(number, places)}{unit}"


def value_of(record: Record, field: str, counter: str = "") -> str:
    """A record's field in words; ``counter``: the word that indicators are counted with."""
    if field == "indicator_count" and counter:
        return f"{record[field].text}{counter}"
    return shown(record[field], FIELDS[record.of][field].unit)


def table_of(query: Query, records: Sequence[Record], extra: Sequence[str] = ()) -> Table:
    """The records with the columns that matter."""
    used = ["year"] if several_years(records) else []
    used += [c.field for c in query.conditions()] + [c.other for c in query.conditions() if c.other]
    names = [*_BASIC[query.of], *query.show, *extra, *used]
    names += [measure.field for measure in query.measures()]
    names += [query.order.field] if query.order and query.order.field != "value" else []
    columns = [n for n in dict.fromkeys(names) if n and n in FIELDS[query.of] and n not in ("row", "form")]
    if query.of == "indicators" and "explanation" not in columns and {"reason", "measure"} & set(columns):
        columns.append("explanation")
    records = records[:MOST_ROWS]
    return Table(
        of=query.of,
        fields=tuple(columns),
        columns=tuple(FIELDS[query.of][name].label for name in columns),
        rows=tuple(zip(*(values_of(records, name) for name in columns), strict=True)),
        places=tuple((record.form, record.row or 0) for record in records),
    )


def values_of(records: Sequence[Record], field: str, counter: str = "") -> list[str]:
    """A field of many records in words, as ``value_of`` does it."""
    if not isinstance(records, Rows) or (field == "indicator_count" and counter):
        return [value_of(record, field, counter) for record in records]
    unit = FIELDS[records.frame.of][field].unit
    cells = records.cells(field)
    known = {cell: shown(cell, unit) for cell in set(cells)}
    return [known[cell] for cell in cells]


def labels_of(records: Sequence[Record]) -> list[str]:
    """What records are called in a list."""
    if not isinstance(records, Rows):
        return [label_of(record) for record in records]
    if records.frame.of == "findings":
        return [text.rstrip("。") for text in records.texts("message")]
    return records.texts("name" if records.frame.of == "indicators" else "project_name")


def label_of(record: Record) -> str:
    """What a record is called in a list."""
    if record.of == "indicators":
        return record["name"].text
    if record.of == "findings":
        return record["message"].text.rstrip("。")
    return record["project_name"].text


def several_years(records: Sequence[Record]) -> bool:
    """Whether records are of forms of more than one year, so that each is told with its own."""
    if isinstance(records, Rows):
        return len(set(records.texts("year")) - {""}) > 1
    return len({record["year"].text for record in records} - {""}) > 1


def year_of(record: Record) -> str:
    """2023年; "" where the form states no year."""
    return f"{record['year'].text}年" if record["year"].text else ""


def dated(name: str, record: Record, *, told: bool) -> str:
    """A name with the year of its form where that is to be ``told``."""
    return f"{name}（{year_of(record)}）" if told and year_of(record) else name


def counted(number: int, query: Query) -> str:
    """3张, 12个; 12条 where the question counts so."""
    return f"{number}{query.counter or COUNTERS[query.of]}"


def enumerated(labels: Sequence[str]) -> str:
    """Names in a row; a long list is cut with its number."""
    listed = "；".join(labels[:NAMED])
    return listed if len(labels) <= NAMED else f"{listed}……（其余见表）"


def noun(of: Sort) -> str:
    """What records are called."""
    return NOUNS[of]


def measure_name(query: Query) -> str:
    """合计, 平均 … with the field's name."""
    measure = query.measure
    if measure is None or not measure.field:
        return f"{NOUNS[query.of]}数" + ("占比" if measure and measure.op == "share" else "")
    return measure_in_words(measure, query.of)


def moved_way(apart: Decimal, unit: str) -> str:
    """Which way a figure went: a rate up or down, an amount more or less; "" where it did not."""
    ways = ("上升", "下降") if unit == "%" else ("增加", "减少")
    return (ways[0] if apart > 0 else ways[1]) if apart else ""


def measured(cell: Cell | None, measure: Measure, query: Query) -> str:
    """An aggregate with its unit; "" where nothing could be computed."""
    if cell is None or cell.number is None:
        return ""
    unit = "%" if measure.op == "share" else cell.unit
    counter = query.counter or COUNTERS[query.of]
    unit = unit or (FIELDS[query.of][measure.field].unit if measure.field else counter)
    return figure(cell.number, unit, 2 if measure.op in ("mean", "share") else 6)
