"""Families of plain questions over all bundled forms, with answers told from the JSON of these alone."""

from __future__ import annotations

import re

import pytest

from assistant.asking.answering.answer import Answer
from assistant.asking.asker import Asker
from tests.asking.plain_grid import FORMS, ROWS, TESTS, having, places
from tests.asking.played import last_turn

_OFFICES = {"轻工业处": (13, 14, 15, 16, 17, 18), "无线电管理局": (9, 20), "节能处": (8,)}
_COUNT = re.compile("([0-9]+)[个条张]")
such = pytest.mark.parametrize("said", TESTS)


def _shown(answer: Answer) -> set[tuple[int, int]]:
    return {(form, row) for form, row in answer.table.places if row}


def _forms(answer: Answer) -> set[int]:
    return {form for form, _ in answer.table.places}


def _count(answer: Answer) -> int:
    found = _COUNT.search(" ".join(answer.values[:2]))
    return int(found[1]) if found else 0


@such
@pytest.mark.parametrize("template", ["{}的指标有哪些", "所有项目里有哪些{}的指标", "全部表里{}的有哪几条"])
def test_indicators_of_all_forms(asker: Asker, said: str, template: str) -> None:
    assert _shown(asker.ask(template.format(said))) == places(TESTS[said])


@such
@pytest.mark.parametrize("office", _OFFICES)
def test_indicators_of_an_office(asker: Asker, said: str, office: str) -> None:
    wanted = places(TESTS[said], _OFFICES[office])
    assert _shown(asker.ask(f"{office}哪些指标{said}")) == wanted
    assert _count(asker.ask(f"{office}{said}的指标有几个")) == len(wanted)


@such
def test_whether_a_form_has_such(asker: Asker, said: str) -> None:
    for number in (3, 18, 20):
        wanted = places(TESTS[said], (number,))
        answer = asker.ask(f"{FORMS[number]['project_name']}这个项目有没有{said}的指标")
        assert answer.answer.startswith("有" if wanted else "没有"), answer.answer
        assert _shown(answer) == wanted


@such
def test_forms_by_such_indicators(asker: Asker, said: str) -> None:
    test = TESTS[said]
    assert _forms(asker.ask(f"有{said}的指标的项目有哪些")) == having(test)
    assert _forms(asker.ask(f"哪几个项目一个{said}的指标都没有")) == FORMS.keys() - having(test)
    assert _forms(asker.ask(f"至少有两个{said}的指标的项目有哪些")) == having(test, 2)
    assert _forms(asker.ask(f"哪些项目的{said}的指标有三个以上")) == having(test, 3)


@such
def test_what_follows_on_a_list_is_asked_of_it(asker: Asker, said: str) -> None:
    listed = f"节能处{said}的指标有哪些"
    wanted = places(TESTS[said], (8,))
    rows = [row for row in ROWS if (row.form, row.at) in wanted]
    outputs = {(row.form, row.at) for row in rows if "产出" in row.cells["level1"]}
    for follows in ("其中产出的有哪些", "里面的产出指标有哪些"):
        assert _shown(last_turn(asker, (listed, follows)).answer) == outputs
    other = last_turn(asker, (listed, "那么资产出租出借成本性支出的呢")).answer
    assert _shown(other) == places(TESTS[said], (10,))
    if len(rows) > 1:
        assert _count(last_turn(asker, (listed, "一共几个")).answer) == len(rows)
        assert _shown(last_turn(asker, (listed, "按分值从高到低排")).answer) == wanted
        assert _shown(last_turn(asker, (listed, "各扣了多少分")).answer) == wanted
        summed = last_turn(asker, (listed, "分值一共多少分")).answer.values[0]
        assert summed == f"{sum(row.number('weight') or 0 for row in rows):f}分"


def test_among_nothing_there_is_nothing(asker: Asker) -> None:
    turn = last_turn(asker, ("自治区葡萄酒产业发展专项资金没完成的指标有哪些", "其中效益的有哪些"))
    assert not turn.answer.table.places


@pytest.mark.parametrize(
    ("cell", "asked"),
    [
        ("target", "要求达到多少"),
        ("actual", "完成情况"),
        ("weight", "值几分"),
        ("score", "拿了几分"),
    ],
)
def test_a_row_is_meant_by_its_whole_name(asker: Asker, cell: str, asked: str) -> None:
    names = [row.cells["name"] for row in ROWS]
    projects = {told["project_name"] for told in FORMS.values()}
    for row in ROWS:
        name = row.cells["name"]
        if names.count(name) > 1 or name in projects or row.cells[cell] == "" or name.startswith("指标"):
            continue
        answer = asker.ask(f"{FORMS[row.form]['project_name']}的{name}{asked}")
        assert _shown(answer) == {(row.form, row.at)}, name


@pytest.mark.parametrize(
    ("question", "test"),
    [
        ("偏差原因提到去世但没提疫情的指标有哪些", lambda told: "去世" in told and "疫情" not in told),
        ("原因里有疫情或航班的指标有哪些", lambda told: "疫情" in told or "航班" in told),
        ("哪些指标的原因疫情和去世都提到了", lambda told: "疫情" in told and "去世" in told),
        ("原因里写了培训的指标有哪些", lambda told: "培训" in told),
    ],
)
def test_what_explanations_tell(asker: Asker, question: str, test: object) -> None:
    assert callable(test)
    assert _shown(asker.ask(question)) == places(lambda row: test(row.cells["explanation"]))


@pytest.mark.parametrize("asked", ["被扣几分", "得了多少分"])
def test_a_row_is_of_the_office_named_before_it(asker: Asker, asked: str) -> None:
    assert _shown(asker.ask(f"消费品处，培训班次{asked}")) == {(2, 1)}


def test_a_figure_is_told_with_its_reason(asker: Asker) -> None:
    answer = asker.ask("资产出租出借成本性支出的完成房屋出租征缴任务扣了几分、什么原因")
    assert "5.8分" in answer.values
    assert "疫情影响" in answer.answer
