"""Parts of a named whole, whether one named record is so, whole columns, what is left out, dates in cells."""

from __future__ import annotations

import pytest

from assistant.asking.asker import Asker


def _forms(asker: Asker, question: str) -> set[int]:
    answer = asker.ask(question)
    assert answer.found, answer.answer
    return {form for form, _ in answer.table.places}


@pytest.mark.parametrize(
    ("question", "share"),
    [
        ("轻工处的预算里葡萄酒专项占多少", "68.69%"),
        ("葡萄酒专项占轻工处预算的百分之几", "68.69%"),
        ("无线电管理局的全年预算中，中央频占费占多大比例", "93.28%"),
        ("园区成本指标的分值里，规划编制补助那条占几成", "40%"),
        ("规划编制补助的目标值占园区成本指标目标值合计的百分之几", "96%"),
    ],
)
def test_a_part_is_taken_of_the_whole_that_is_named(asker: Asker, question: str, share: str) -> None:
    assert asker.ask(question).values[0] == share


def test_a_part_of_a_named_whole_is_never_taken_of_all(asker: Asker) -> None:
    assert not asker.ask("轻工处的扣分里葡萄酒专项占多少").found


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("能源审计核查家数达标了没有", ("是", "≥80家", "80家")),
        ("中博会企业数量没达标吧", ("是", "≥50家", "44家")),
        ("园区专项的钱花完了吧", ("没有", "1000万元", "873万元")),
        ("人事处的项目总分低于99分吗", ("没有", "99.76分")),
        ("园区专项培训按期完成率，写的日期是2021年的吗", ("没有", "2020/12/31", "2020/12/31")),
    ],
)
def test_whether_one_record_is_so_is_told_with_its_cells(
    asker: Asker, question: str, values: tuple[str, ...]
) -> None:
    answer = asker.ask(question)
    assert answer.values == values
    assert answer.citations


def test_an_empty_cell_is_neither_above_nor_below(asker: Asker) -> None:
    assert not asker.ask("中央频占费总分超过90分吗").found


def test_how_much_is_asked_of_what_is_not_so(asker: Asker) -> None:
    assert "6家" in asker.ask("中博会企业数量达标没有，差多少").values


@pytest.mark.parametrize(
    ("question", "forms"),
    [
        ("偏差原因整列空白的表有哪些", {6, 7, 11, 14, 18}),
        ("偏差原因整列都是“/”的表有哪些", {16, 17}),
        ("偏差原因全部填“无”的表有哪些", {5, 13}),
        ("扣了分、原因却半个字没写的指标出在哪几张表", {15, 19}),
        ("钱没花完，指标却一分没扣的有哪些", {4, 6, 7}),
        ("满分的不算，还有哪些项目", {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 19}),
        ("执行得分低于执行率×10的是哪几张，超支的不算", {12, 19}),
        ("哪几张表的时效目标安排到了2022年", {4}),
        ("标题漏了的表是哪张", {14}),
        ("只有其他资金的是哪几张", {2, 6}),
        ("当年财政拨款那行预算填了、执行数没填的有哪些表", {11}),
        ("找不着人、联系不上，这类原因哪几张表里有", {3, 15}),
    ],
)
def test_forms(asker: Asker, question: str, forms: set[int]) -> None:
    assert _forms(asker, question) == forms


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("预算在100万到1000万（不含1000万）的项目有几个", {"4张"}),
        ("总分98分及以上、95到98分（不含98分）、95分以下各几张", {"14张", "4张", "1张"}),
        ("按一级指标分一分，产出和效益各几条", {"137条", "46条"}),
        ("印了总分的表有几张", {"19张"}),
        ("扣分的指标有几个，成本指标不算", {"11个"}),
        ("把中央频占费刨掉，其余项目合在一起的执行率是多少", {"97.74%"}),
    ],
)
def test_numbers(asker: Asker, question: str, values: set[str]) -> None:
    assert values <= set(asker.ask(question).values)


def test_who_the_counted_ones_are_no_form_tells(asker: Asker) -> None:
    answer = asker.ask("参展的那50家重点企业，名单给一份")
    assert not answer.found
    assert "□" not in answer.answer


def test_the_other_end_of_the_rows_that_were_ranked(asker: Asker) -> None:
    first = asker.turn("中央频占费的成本指标里完成率最低的是哪条")
    assert "90.26%" in asker.ask("最高的那条呢", first).values
