"""Whose forms and which years count, before anything is searched; saved questions asked again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.asking.asker import Asker
from assistant.asking.notebook import asked_again, difference, snapshot, written
from assistant.asking.records.permitted import Permitted
from assistant.form.model import Form, FundLine, Indicator, Total
from assistant.library import Library
from tests.drafting.scripted_model import ScriptedModel
from vectorstore.index import IndicatorIndex


def made(name: str, unit: str, year: int, score: str) -> Form:
    row = Indicator(
        level1="产出指标",
        level2="数量指标",
        name=f"{name}长度",
        target="≥10公里",
        actual="8公里",
        weight="90",
        score=score,
        explanation="汛期早。",
    )
    fund = FundLine(label="年度资金总额", initial="10", budget="10", executed="10", weight="10", score="10")
    total = Total(weight="100", score=str(int(score) + 10))
    return Form(project_name=name, unit=unit, year=year, funds=(fund,), indicators=(row,), total=total)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library(f"sqlite:///{tmp_path}/l.sqlite", IndicatorIndex())
    opened.add_forms(
        [
            made("沟渠清淤", "县水务局", 2023, "70"),
            made("道路养护", "县交通局", 2023, "60"),
            made("沟渠清淤", "县水务局", 2024, "85"),
        ]
    )
    yield opened
    opened.close()


def test_only_approved_forms_count_unless_others_are_wanted(library: Library) -> None:
    asker = Asker(library)
    assert asker.ask("一共有多少张表").values == ("3张",)
    library.set_state(2, "withdrawn", by="管理员")
    assert asker.ask("一共有多少张表").values == ("2张",)
    every = Permitted(states=frozenset(("approved", "withdrawn")))
    assert asker.ask("一共有多少张表", permitted=every).values == ("3张",)


def test_what_is_not_permitted_is_as_if_it_were_not_there(library: Library) -> None:
    asker, own = Asker(library), Permitted(units=frozenset(("县水务局",)))
    assert asker.ask("总分最低的项目是哪个", permitted=own).values[0] == "沟渠清淤"
    refused = asker.ask("道路养护的总分是多少", permitted=own)
    assert not refused.found
    assert "70" not in refused.answer
    assert asker.ask("道路养护的总分是多少").values == ("70分",)
    assert not asker.ask("2024年有几张表", permitted=Permitted(years=frozenset((2023,)))).found


def test_a_model_is_never_shown_what_is_not_permitted(library: Library) -> None:
    model = ScriptedModel([{"answerable": "no", "sentences": []}])
    Asker(library, model).ask("沟渠清淤长度为什么没完成", permitted=Permitted(units=frozenset(("县水务局",))))
    assert "道路养护" not in "".join(model.prompts)


def test_a_saved_question_over_next_years_forms_shows_what_changed(library: Library) -> None:
    asker = Asker(library)
    then = Permitted(years=frozenset((2023,)))
    turn = asker.turn("总分低于90分的项目有哪些", permitted=then)
    library.questions.save(
        turn.question, written(turn.queries), turn.understood.meaning.labels, snapshot(turn.answer)
    )
    (saved,) = library.questions.saved()
    same = asked_again(saved, asker, then).answer
    assert not difference(saved.answer, same).lines
    library.add_forms([made("道路养护", "县交通局", 2024, "65")])
    changed = difference(saved.answer, asked_again(saved, asker, Permitted(years=frozenset((2024,)))).answer)
    assert "减少：沟渠清淤，县水务局" in changed.lines
    assert "道路养护，县交通局：总分由70分变为75分" in changed.lines


def test_a_saved_question_that_names_a_project_is_read_anew(library: Library) -> None:
    asker = Asker(library)
    turn = asker.turn("沟渠清淤的总分是多少", permitted=Permitted(years=frozenset((2023,))))
    library.questions.save(turn.question, written(turn.queries), (), snapshot(turn.answer))
    (saved,) = library.questions.saved()
    assert asked_again(saved, asker, Permitted(years=frozenset((2024,)))).answer.values == ("95分",)
