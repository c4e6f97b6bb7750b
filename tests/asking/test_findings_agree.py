"""Findings as they are kept are those of a check of all permitted forms together, whatever changes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from assistant.asking.asker import Asker
from assistant.asking.records.permitted import EVERYTHING, Permitted
from assistant.asking.records.records import Record
from assistant.asking.records.view import View
from assistant.form.model import Form, FundLine, Indicator, Source, Total
from assistant.library import Library
from assistant.rules.check import check_forms
from tests.asking.plain_execution import finding_records
from vectorstore.corpus import bundled_forms
from vectorstore.index import IndicatorIndex

OFFICES = ("县水务局", "县交通局", "县教育局", "—", "")
NAMES = ("渠道维修长度", "受益农户户数", "群众满意度")


def drawn(chance: Random, number: int) -> Form:
    """A form that may tell no year, share its office, project and indicators with others, or be like them."""
    year = chance.choice((None, 2021, 2022, 2022, 2023))
    lines = [
        FundLine(label="年度资金总额", budget="10", executed="9", weight="10", rate="90%", score="9"),
        *(
            FundLine(label="其他资金", budget=chance.choice(("0", "5")), executed="4", rate=rate)
            for rate in chance.choices(("", "—", "80%"), k=chance.randrange(3))
        ),
    ]
    rows = tuple(indicator(chance) for _ in range(chance.randrange(5)))
    return Form(
        project_name="南干渠" if number % 4 else f"第{number}号渠道",
        unit=chance.choice(OFFICES[:2] if number % 4 else OFFICES),
        department=chance.choice(OFFICES),
        year=year,
        remark=f"第{number}张表",
        funds=tuple(lines[: chance.randrange(4)]),
        indicators=rows,
        total=Total(weight="100", score=chance.choice(("100", "100", "95"))),
        source=Source(file=chance.choice(("甲.docx", "乙.docx"))),
    )


def indicator(chance: Random) -> Indicator:
    number = chance.choice((5, 6, 10, 30))
    unit = chance.choice(("公里", "户", "%"))
    return Indicator(
        level1="产出指标",
        level2="数量指标",
        name=chance.choice(NAMES),
        target=f"≥{number}{unit}",
        actual=f"{number + chance.choice((0, 0, 0, 20))}{unit}",
        weight="10",
        score="10",
        explanation=chance.choice(("", "受天气影响推迟。", "无")),
    )


def said(records: Iterator[Record]) -> list[tuple[object, ...]]:
    names = ("form", "project_name", "year", "rule", "severity", "section", "field", "place", "message")
    fields = (*names, "printed", "expected", "arithmetic", "unit", "department")
    return [(record.form, record.row, *(record[name] for name in fields)) for record in records]


def checked(view: View) -> list[tuple[object, ...]]:
    """The findings of the permitted forms, all of them checked together now."""
    numbers = [known.number for known in view.forms]
    reports = check_forms([known.form for known in view.forms])
    return said(
        record
        for number, report in zip(numbers, reports, strict=True)
        for record in finding_records(view.by_number[number].record, report.form, report.findings)
    )


def view(asker: Asker, permitted: Permitted = EVERYTHING) -> View:
    return asker._current(permitted).view


def agree(asker: Asker, permitted: Permitted = EVERYTHING) -> None:
    now = view(asker, permitted)
    assert said(iter(now.records("findings"))) == checked(now)


@pytest.mark.parametrize("seed", range(6))
def test_findings_kept_are_those_of_a_check_of_all(tmp_path: Path, seed: int) -> None:
    chance = Random(seed)
    address = f"sqlite:///{tmp_path / 'library.sqlite3'}"
    with (
        closing(Library(address, IndicatorIndex(None))) as library,
        closing(Library(address, IndicatorIndex(None))) as elsewhere,
    ):
        here, there = Asker(library), Asker(elsewhere)
        for _ in range(3):
            forms = [drawn(chance, chance.randrange(40)) for _ in range(chance.randrange(3, 15))]
            chance.choice((library, elsewhere)).add_forms(forms, index=False)
            for asker in (here, there):
                agree(asker)
            years = frozenset(chance.sample((2021, 2022, 2023), k=chance.randrange(1, 3)))
            agree(here, Permitted(years=years))
            agree(there, Permitted(units=frozenset(("县水务局",))))


def test_what_is_drawn_has_findings_of_every_sort_that_depends_on_other_forms() -> None:
    chance = Random(0)
    batches = [check_forms([drawn(chance, number) for number in range(12)]) for _ in range(10)]
    found = {finding.rule for reports in batches for report in reports for finding in report.findings}
    assert found >= {"cross_form", "across_years", "fund_row_format", "year_missing"}


def test_the_bundled_forms(tmp_path: Path) -> None:
    with closing(Library(f"sqlite:///{tmp_path / 'library.sqlite3'}", IndicatorIndex(None))) as library:
        library.add_forms(bundled_forms(), index=False)
        agree(Asker(library))


def test_all_full_marks_are_told_of_every_form() -> None:
    with closing(Library("sqlite://", IndicatorIndex(None))) as library:
        asker = Asker(library)
        every = {"total": Total(weight="100", score="100")}
        full = [form.model_copy(update=every) for form in bundled_forms() if form.template == "project"]
        library.add_forms(full[:5], index=False)
        agree(asker)
        rules = view(asker).records("findings").texts("rule")
        assert rules.count("all_full_marks") == 5
        library.add_forms([drawn(Random(1), 1).model_copy(update={"total": Total(score="90")})], index=False)
        agree(asker)
        assert "all_full_marks" not in view(asker).records("findings").texts("rule")
