"""How past indicators were reached: the counts agree with the score sheets, for whoever may see what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.asking.asker import Asker
from assistant.asking.reached import BANDS, Reached, band_of, kind_name, reached, reaching
from assistant.form.model import Form, Indicator
from assistant.library import Library
from assistant.people import Person, Role
from assistant.rules.check import check_form
from assistant.rules.score import ScoreSheet
from vectorstore.index import IndicatorIndex


def counted(library: Library, year: int | None = None, department: str = "") -> Reached:
    return Asker(library).over(lambda view: reached(view, "level2", year, department))


def of_sheets(forms: list[Form]) -> dict[str, Counter[str]]:
    """The same counts, from the score sheet of each form."""
    found: dict[str, Counter[str]] = {}
    for form in forms:
        sheet: ScoreSheet = check_form(form).sheet
        for row, score in zip(form.indicators, sheet.indicators, strict=True):
            found.setdefault(kind_name(row.level2), Counter())[band_of(score.completion)] += 1
    return found


def test_the_counts_are_those_of_the_score_sheets(library: Library) -> None:
    forms = [stored.form for stored in library.forms()]
    found = counted(library)
    assert found.kinds == of_sheets(forms)
    assert list(found.kinds) == sorted(found.kinds, key=lambda kind: (-found.kinds[kind].total(), kind))
    assert (found.forms, found.whole.total()) == (len(forms), sum(len(form.indicators) for form in forms))
    rates = [rate for form in forms if (rate := check_form(form).sheet.execution.rate) is not None]
    assert found.rates == len(rates)
    assert found.mean is not None
    assert abs(found.mean - 100 * sum(rates, Decimal(0)) / len(rates)) < Decimal("0.005")


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Library]:
    """Three forms whose cost is to stay under 10万元."""
    opened = Library(f"sqlite:///{tmp_path}/l.sqlite", IndicatorIndex())
    opened.add_forms(
        [
            spending("8万元", 2023, "县水利局"),
            spending("10万元", 2024, "县水利局"),
            spending("20万元", 2024, "县交通局"),
        ]
    )
    yield opened
    opened.close()


def spending(actual: str, year: int, department: str) -> Form:
    row = Indicator(
        level1="产出指标", level2="成本指标", name="成本", target="≤10万元", actual=actual, weight="90"
    )
    name, unit = f"花费{actual}", f"{department}工程站"
    return Form(project_name=name, department=department, unit=unit, year=year, indicators=(row,))


def test_where_less_is_better_a_smaller_actual_is_more_than_reached(small: Library) -> None:
    [kind] = counted(small).kinds.values()
    assert kind == Counter({BANDS[3]: 1, BANDS[2]: 1, BANDS[0]: 1})
    assert reaching(kind) == (2, 3)


def test_a_year_and_a_department_narrow(small: Library) -> None:
    assert counted(small, 2024).whole == Counter({BANDS[2]: 1, BANDS[0]: 1})
    assert counted(small, department="县水利局").whole == Counter({BANDS[3]: 1, BANDS[2]: 1})
    assert counted(small, 2024, "县水利局").whole == Counter({BANDS[2]: 1})
    assert counted(small, 1999) == Reached(0, {}, 0, None)


def test_what_a_person_may_not_see_and_what_is_out_of_use_does_not_count(small: Library) -> None:
    roles = frozenset({Role.DRAFTER})
    person = Person(id="d", roles=roles, units=("县交通局工程站",), past_forms="own")
    assert counted(small.for_person(person)).whole == Counter({BANDS[0]: 1})
    small.set_state(1, "withdrawn", by="管理员")
    assert counted(small).forms == 2


@pytest.mark.parametrize(
    ("completion", "band"),
    [
        ("0.79", 0),
        ("0.8", 1),
        ("0.999", 1),
        ("1", 2),
        ("1.001", 3),
        ("1.299", 3),
        ("1.3", 4),
        (None, 5),
    ],
)
def test_bands_at_their_borders(completion: str | None, band: int) -> None:
    assert band_of(Decimal(completion) if completion else None) == BANDS[band]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("经济效益", "经济效益指标"),
        ("经济效益\n指标", "经济效益指标"),
        ("服务对象满意度指标", "满意度指标"),
        (" ", "（没有写）"),
    ],
)
def test_a_kind_is_one_however_it_is_printed(text: str, kind: str) -> None:
    assert kind_name(text) == kind
