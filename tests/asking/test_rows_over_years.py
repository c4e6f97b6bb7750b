"""Indicators over several years: which came, went, changed, were met in one year and missed in another."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.asking.asker import Asker
from assistant.library import Library
from tests.asking import changing_rows
from vectorstore.index import IndicatorIndex


@pytest.fixture(scope="module")
def rows_asker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asker]:
    opened = Library(f"sqlite:///{tmp_path_factory.mktemp('rows')}/l.sqlite", IndicatorIndex())
    opened.add_forms(changing_rows.forms())
    yield Asker(opened)
    opened.close()


def _rows(asker: Asker, question: str) -> set[str]:
    answer = asker.ask(question)
    assert answer.found, answer.answer
    return {f"{form}#{row}" for form, row in answer.table.places}


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("2022年新增的指标有哪些", {"2#3"}),
        ("2021年有、2022年没有的指标是哪条", {"1#3"}),
        ("老年助餐2022年取消了哪个指标", {"1#3"}),
        ("与2021年相比，2022年老年助餐多了哪条指标", {"2#3"}),
        ("2022年不再考核的数量指标有哪些", {"1#3"}),
        ("2022年比2021年多出来的指标是哪条", {"2#3"}),
        ("2021年比2022年多出来的指标是哪条", {"1#3"}),
        ("2021年没达标、2022年达标了的指标有哪些", {"2#1"}),
        ("灌区渠道清淤2021年达标、2022年却没达标的指标有哪几条", {"5#1", "5#2"}),
        ("2022年扣了分而2023年满分的指标是哪些", {"3#2", "6#1", "6#3"}),
        ("2021年和2022年都没达标的指标有哪些", {"8#2", "5#3"}),
        ("灌区渠道清淤三年都没达标的指标有吗", set()),
        ("老年助餐三年都达标的指标有哪些", {"3#4"}),
    ],
)
def test_indicators_by_the_years_in_which_they_are_so(
    rows_asker: Asker, question: str, rows: set[str]
) -> None:
    assert _rows(rows_asker, question) == rows


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("2022年完成值比2021年低的满意度指标有哪些", {"5#3"}),
        ("满意度指标里，2023年实际值比2022年下降的是哪条", {"3#4"}),
        ("质量指标比上一年提高的有哪些", {"3#2"}),
        ("2023年目标值比2022年高的数量指标有哪几条", {"3#1"}),
        ("提灌泵站改造2021年和2022年完成值不一样的指标有哪些", {"8#1", "8#2"}),
        ("水利局2022年得分比2021年低的指标有哪些", {"5#1", "5#2"}),
        ("2023年目标和上年一样的数量指标有哪些", {"3#3", "6#1"}),
        ("2022年哪条满意度指标比2021年提高得最多", {"2#4"}),
    ],
)
def test_indicators_by_their_change(rows_asker: Asker, question: str, rows: set[str]) -> None:
    assert _rows(rows_asker, question) == rows


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("满意度指标里，2023年实际值比2022年上升的有几条", ("1个",)),
        ("2022年没达标、2023年达标了的指标一共几条", ("3条",)),
        ("2023年扣分的指标比2022年少了几条", ("3个",)),
        ("2022年满意度指标降幅最大的是哪条", ("群众满意度", "2个百分点")),
        ("年初预算三年一分没变的项目是哪个，是多少万", ("老年助餐服务", "0万元", "0%", "60万元")),
    ],
)
def test_their_number_and_their_figures(rows_asker: Asker, question: str, values: tuple[str, ...]) -> None:
    answer = rows_asker.ask(question)
    assert answer.values[: len(values)] == values, answer.answer


def test_what_does_not_compare_is_not_ranked(rows_asker: Asker) -> None:
    assert not rows_asker.ask("哪条指标的完成值比上年减少最多").found
    assert rows_asker.ask("完成值比上年减少的指标有哪些").found


def test_a_figure_year_by_year_stands_beside_its_rows(rows_asker: Asker) -> None:
    assert _rows(rows_asker, "清淤渠道长度三年分别是多少") == {"4#1", "5#1", "6#1"}
    assert _rows(rows_asker, "餐食抽检合格率哪一年最高") == {"3#2"}


@pytest.mark.parametrize(
    ("question", "forms"),
    [
        ("2022年还在做、到2023年就没有自评表的是哪一个项目", {8}),
        ("2021年有、2022年有、2023年没有的项目有哪些", {8}),
        ("2022年做了、2023年不做了的项目是哪些", {8}),
    ],
)
def test_projects_that_ended(rows_asker: Asker, question: str, forms: set[int]) -> None:
    assert {form for form, _ in rows_asker.ask(question).table.places} == forms


@pytest.mark.parametrize(
    ("question", "values", "said"),
    [
        (
            "灌区渠道清淤的群众满意度是升了还是降了，变化几个百分点",
            ("5个百分点", "2个百分点"),
            "上升5个百分点",
        ),
        ("餐食抽检合格率变化了几个百分点", ("4个百分点",), "上升4个百分点"),
        ("2022年每公里清淤费用涨了多少", ("0.3万元",), "增加0.3万元"),
        ("清淤渠道长度2022年比头一年少清了多少公里", ("4.5公里",), "减少4.5公里"),
        ("2023年比2022年多清了多少公里渠道", ("7.5公里",), "增加7.5公里"),
        ("助餐点位数三年有没有变过", ("1个",), "增加"),
        ("设备完好率提高了还是下降了", ("0.5个百分点",), "上升0.5个百分点"),
    ],
)
def test_a_change_of_an_indicator(
    rows_asker: Asker, question: str, values: tuple[str, ...], said: str
) -> None:
    answer = rows_asker.ask(question)
    assert set(values) <= set(answer.values), answer.answer
    assert said in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "清淤渠道长度和每公里清淤费用2023年比2022年变化多少",
        "哪个项目的指标2023年比2022年多",
    ],
)
def test_one_of_several_is_not_told_for_all(rows_asker: Asker, question: str) -> None:
    told = rows_asker.ask(question)
    assert not told.found or {"36公里", "2.1万元"} <= set(told.values)


def test_a_wording_has_no_change_to_tell(rows_asker: Asker) -> None:
    assert "合格率" not in rows_asker.ask("清淤渠道长度比目标少了多少").answer
    assert rows_asker.ask("2022年清淤渠道长度比目标少了多少").values[-1] == "3.5公里"


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("这两年一共改造了多少座泵站", "9座"),
        ("三年总共开了多少个助餐点位", "67个"),
        ("三年一共清了多少公里渠道", "97.5公里"),
        ("2022年提灌泵站比2021年多改造了几座", "1座"),
    ],
)
def test_what_was_done_in_words_of_its_own(rows_asker: Asker, question: str, value: str) -> None:
    assert rows_asker.ask(question).values[:1] == (value,), rows_asker.ask(question).answer


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("每年提到雨季的指标各有几条", ("3个", "0个", "2个")),
        ("哪一年扣分的指标更多", ("2022年", "5个")),
        ("哪一年的表最少，几张", ("2023年", "2张")),
        ("哪年水利局的指标没达标的最多", ("2022年", "4个")),
    ],
)
def test_how_many_in_each_year(rows_asker: Asker, question: str, values: tuple[str, ...]) -> None:
    answer = rows_asker.ask(question)
    assert answer.values[: len(values)] == values, answer.answer


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("提灌泵站改造最后一年是哪年", (8, 0)),
        ("志愿服务时长是从哪一年开始有的", (2, 3)),
        ("灌区渠道清淤最早是哪一年安排的", (4, 0)),
        ("印发宣传单这个指标最后一次是哪一年", (1, 3)),
    ],
)
def test_the_first_and_the_last_year(rows_asker: Asker, question: str, place: tuple[int, int]) -> None:
    assert rows_asker.ask(question).table.places == (place,), rows_asker.ask(question).answer
