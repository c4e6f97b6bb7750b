"""Questions over a library of three years, some of whose projects were renamed a little."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.asking.asker import Asker
from assistant.form.model import Form, FundLine, Indicator, Total
from assistant.library import Library
from tests.asking.played import last_turn
from vectorstore.index import IndicatorIndex

_FORMS = (
    ("城区行道树补植", "园林科", 2022, "120", "108", "96.5", "800株", ""),
    ("城区行道树补植", "园林科", 2023, "150", "150", "98", "1000株", ""),
    ("城区行道树补植", "园林科", 2024, "135", "121.5", "97", "900株", "苗木供应不足，分批补种。"),
    ("老旧电梯更新补助", "房管科", 2022, "60", "60", "99", "12台", ""),
    ("老旧电梯更新补助资金", "房管科", 2023, "80", "80", "97.5", "20台", ""),
    ("老旧住宅电梯更新补助资金", "房管科", 2024, "90", "90", "100", "25台", ""),
    ("候鸟栖息地巡护", "湿地科", 2022, "30", "27", "94", "40次", "雨季道路中断，改用无人机。"),
    ("候鸟栖息地巡护", "湿地科", 2023, "34", "34", "93", "44次", ""),
    ("数字孪生平台运维", "信息科", 2024, "200", "170", "96", "2个", ""),
)
_COUNTED = {
    "园林科": "补植行道树数量",
    "房管科": "更新电梯数量",
    "湿地科": "巡护次数",
    "信息科": "运维系统数量",
}


def _form(row: tuple[str, str, int, str, str, str, str, str]) -> Form:
    name, unit, year, budget, executed, total, done, why = row
    return Form(
        project_name=name,
        unit=unit,
        year=year,
        money_unit="万元",
        funds=(
            FundLine(
                label="年度资金总额",
                initial=budget,
                budget=budget,
                executed=executed,
                weight="10",
                rate="",
                score="10",
            ),
        ),
        indicators=(
            Indicator(
                level1="产出指标",
                level2="数量指标",
                name=_COUNTED[unit],
                target=f"≥{done}",
                actual=done,
                weight="50",
                score="50",
                explanation=why,
            ),
        ),
        total=Total(weight="100", score=total),
    )


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asker]:
    folder: Path = tmp_path_factory.mktemp("years")
    library = Library(f"sqlite:///{folder}/l.sqlite", IndicatorIndex())
    library.add_forms(_form(one) for one in _FORMS)
    yield Asker(library)
    library.close()


@pytest.mark.parametrize(
    ("question", "figures", "said"),
    [
        ("城区行道树补植2024年的预算比上年减少了多少？", ("15万元", "10%"), "2024年比2023年减少"),
        ("城区行道树补植2023年预算较2022年增长了百分之几", ("30万元", "25%"), "2023年比2022年增加"),
        ("2023年城区行道树补植的执行数同比增加多少", ("42万元", "38.89%"), "2022年108万元，2023年150万元"),
        ("与2022年相比，候鸟栖息地巡护2023年的执行率是提高了还是下降了", ("10个百分点",), "上升10个百分点"),
        ("老旧电梯更新补助从2022年到2024年预算增加了多少", ("30万元", "50%"), "2024年比2022年增加"),
        ("2024年补植行道树数量比上年多了还是少了，差多少", ("100株",), "减少100株"),
        ("2023年全部项目的预算合计比2022年增加了多少", ("54万元",), "2023年比2022年增加"),
    ],
)
def test_one_year_is_set_against_another(
    asker: Asker, question: str, figures: tuple[str, ...], said: str
) -> None:
    answer = asker.ask(question)
    assert answer.values[: len(figures)] == figures
    assert said in answer.answer
    assert answer.arithmetic


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("逐年列出城区行道树补植的预算数", ("120万元", "150万元", "135万元")),
        ("城区行道树补植历年总分", ("96.5分", "98分", "97分")),
        ("2022至2023年候鸟栖息地巡护每年的预算", ("30万元", "34万元")),
        ("老旧电梯更新补助三年一共更新了多少台电梯", ("57台", "12台", "20台", "25台")),
        ("城区行道树补植近两年预算合计是多少", ("285万元", "150万元", "135万元")),
        ("城区行道树补植平均每年实际补植多少株", ("900株", "800株", "1000株", "900株")),
        ("城区行道树补植哪一年的执行率最高？是多少", ("2023年", "100%", "90%", "100%", "90%")),
        ("候鸟栖息地巡护哪一年总分最低", ("2023年", "93分", "94分", "93分")),
    ],
)
def test_one_figure_of_a_project_over_years(asker: Asker, question: str, values: tuple[str, ...]) -> None:
    assert asker.ask(question).values == values


@pytest.mark.parametrize(
    ("questions", "values"),
    [
        (("城区行道树补植2023年的执行数是多少", "那上一年呢"), ("108万元",)),
        (("城区行道树补植2024年的总分是多少", "去年呢", "前年呢"), ("96.5分",)),
        (("2024年老旧住宅电梯更新补助资金的预算是多少", "那2023年呢"), ("80万元",)),
        (
            ("城区行道树补植2023年的执行数是多少", "那上一年呢", "两年相比增加了多少"),
            ("42万元", "38.89%", "108万元", "150万元"),
        ),
        (("2022年预算最高的项目是哪个", "那2023年呢"), ("城区行道树补植", "150万元")),
        (("逐年列出城区行道树补植的总分", "预算数呢"), ("120万元", "150万元", "135万元")),
        (
            ("逐年列出城区行道树补植的预算", "三年合计是多少"),
            ("405万元", "120万元", "150万元", "135万元"),
        ),
        (("全部项目三年的预算合计是多少", "其中园林科的是多少"), ("405万元",)),
        (("2024年执行率达到100%的项目有几个", "是哪几个"), ("老旧住宅电梯更新补助资金", "100.00%")),
    ],
)
def test_a_question_follows_on_one_of_another_year(
    asker: Asker, questions: tuple[str, ...], values: tuple[str, ...]
) -> None:
    assert last_turn(asker, questions).answer.values == values


@pytest.mark.parametrize(
    ("question", "projects"),
    [
        ("三年执行率都是100%的项目有哪些", {"老旧住宅电梯更新补助资金"}),
        ("哪些项目2023年执行率是100%，到2024年又掉到95%以下", {"城区行道树补植"}),
        ("哪些项目三年都有", {"城区行道树补植", "老旧住宅电梯更新补助资金"}),
        ("只在2024年有的项目有哪些", {"数字孪生平台运维"}),
        ("2023年有而2024年没有的项目有哪些", {"候鸟栖息地巡护"}),
        ("2022、2023两年总分都低于95分的项目有哪些", {"候鸟栖息地巡护"}),
        ("三年总分都低于95分的项目有哪些", set()),
    ],
)
def test_projects_are_picked_by_what_holds_in_several_years(
    asker: Asker, question: str, projects: set[str]
) -> None:
    turn = asker.turn(question)
    assert turn.answer.found
    assert {row[0] for row in turn.answer.table.rows} == projects


def test_the_year_stands_beside_a_project(asker: Asker) -> None:
    assert "城区行道树补植（2024年）" in asker.ask("偏差原因提到苗木的是哪一年的哪个项目").answer
    listed = asker.ask("执行率低于95%的项目有哪些")
    assert "城区行道树补植（2022年，90.00%）" in listed.answer
    assert "年度" in listed.table.columns
    assert "年度" not in asker.ask("2024年执行率低于95%的项目有哪些").table.columns


def test_a_year_without_a_form_is_said(asker: Asker) -> None:
    assert not asker.ask("候鸟栖息地巡护2024年的预算比上年增加了多少").found
    told = asker.ask("逐年列出候鸟栖息地巡护的预算数")
    assert "2024年" in told.notice
    assert not asker.ask("城区行道树补植2025年的预算比2024年增加了多少").found


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("老旧电梯更新补助2022年预算多少，2024年多少", ("60万元", "90万元")),
        ("老旧电梯更新补助最近两年预算各多少", ("80万元", "90万元")),
        ("城区行道树补植这三年各花了多少钱", ("108万元", "150万元", "121.5万元")),
    ],
)
def test_a_project_is_followed_under_its_other_names(
    asker: Asker, question: str, values: tuple[str, ...]
) -> None:
    assert asker.ask(question).values == values


@pytest.mark.parametrize("short", ["行道补植", "候栖巡护"])
def test_a_project_of_several_years_is_known_by_some_of_its_characters(asker: Asker, short: str) -> None:
    told = asker.ask(f"{short}2023年的预算是多少")
    assert told.values in (("150万元",), ("34万元",))


def test_words_from_the_middle_of_a_name_are_not_put_into_others(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    library = Library(f"sqlite:///{tmp_path_factory.mktemp('aims')}/l.sqlite", IndicatorIndex())
    library.add_forms([_form(("青年驻村成长计划", "园林科", 2024, "50", "45", "98", "5元", ""))])
    assert Asker(library).ask("青年驻村成长计划花多少钱").values[0] == "45万元"
    library.close()
