"""Remarks, wishes for the form of an answer and comments beside a question; what may narrow it stays."""

import pytest

from assistant.asking.answering.answer import Answer
from assistant.asking.answering.rounded import rounded
from assistant.asking.asker import Asker
from assistant.asking.language.asides import without_asides


def left(question: str, *names: str) -> str:
    return without_asides(question, lambda text: any(name in text for name in names))[0]


@pytest.mark.parametrize(
    "said",
    [
        "说来奇怪，",
        "我翻了半天，",
        "想请教一下，",
        "核对完发现，",
        "把二十张表摊开来看，",
        "领导让我查一下：",
        "写稿子时看到一个挺意外的现象，",
        "不太明白，",
        "长话短说，",
    ],
)
def test_a_remark_at_the_head_says_nothing(said: str) -> None:
    asked = "结余最多的是哪个项目？"
    assert left(said + asked) == asked


@pytest.mark.parametrize(
    "question",
    [
        "西部的，结余最多的是哪个项目？",
        "看过的，结余最多的是哪个项目？",
        "核对发现对不上，是哪几张？",
        "没写完的，结余最多的是哪个项目？",
        "审计，结余最多的是哪个项目？",
        "结余最多的是哪个项目，西部的",
        "结余最多的是哪个项目，却没扣分",
        "结余为零的有几个，照理该整改的",
        "结余为零的有几个，怕是重点项目的",
        "结余为零的有几个，其中恐怕多半扣了分",
        "照理该评满分却没评满分的指标有几条",
    ],
)
def test_what_may_narrow_a_question_stays(question: str) -> None:
    assert left(question) == question


def test_a_clause_with_a_name_stays() -> None:
    assert left("核对台账，花了多少？", "核对台账") == "核对台账，花了多少？"
    assert left("核对台账，花了多少？") == "花了多少？"


@pytest.mark.parametrize(
    ("said", "places"),
    [
        ("，四舍五入到小数点后两位", 2),
        ("，取一位小数", 1),
        ("？三位小数就行", 3),
        ("（保留整数）", 0),
        ("保留两位小数", 2),
        ("，结果精确到小数点后1位即可", 1),
    ],
)
def test_a_wish_to_round_is_read(said: str, places: int) -> None:
    question, asides = without_asides("结余的中位数是多少" + said, lambda _: False)
    assert (question.rstrip("，？"), asides.places) == ("结余的中位数是多少", places)


def test_a_question_that_follows_is_rounded_too(asker: Asker) -> None:
    first = asker.turn("2021年园区专项资金的预算是多少")
    assert asker.turn("想请教一下，执行率呢，保留一位小数", first).answer.values == ("87.3%",)


def test_figures_are_rounded_half_up_and_it_is_told() -> None:
    exact = Answer(answer="平均是3.145万元，即41.3455万元。", values=("3.145万元", "7.1%", "某项目"))
    answer = rounded(exact, 2)
    assert answer.values == ("3.15万元", "7.1%", "某项目")
    assert answer.answer == "平均是3.15万元，即41.3455万元。"
    assert "3.145万元取3.15万元" in answer.notice
    assert rounded(exact, 3) == exact


def test_a_number_or_a_list_is_wished_only_where_it_is_asked() -> None:
    assert left("没扣分的有几个，说个数就行") == "没扣分的有几个，"
    assert left("没扣分的有哪些，列个名单给我") == "没扣分的有哪些，"
    assert left("没扣分的有几个，列个名单给我") == "没扣分的有几个，是哪些"
    assert left("没扣分的有哪些，说个数就行") == "没扣分的有哪些，说个数就行"


def test_exactly_is_said_once() -> None:
    assert left("预算正好花完、不多不少的有哪些") == "预算正好花完的有哪些"
    assert left("得分跟分值严丝合缝、一分不差的有几条") == "得分跟分值一样的有几条"
    assert left("不多不少完成目标的有几条") == "不多不少完成目标的有几条"


def test_a_comment_behind_the_question_is_told(asker: Asker) -> None:
    answer = asker.ask("没填总分的表有几张？按理说都该填")
    assert answer.values == asker.ask("没填总分的表有几张").values
    assert "“按理说都该填”没有当作条件" in answer.notice


@pytest.mark.parametrize(
    "narrowed", ["西部的", "重点项目的", "新开工的", "续建的", "跨年度的", "怕是重点项目的", "援疆的"]
)
def test_kinds_that_no_form_tells_are_refused(asker: Asker, narrowed: str) -> None:
    assert asker.ask("总分低于97分的项目有几个").found
    assert not asker.ask(f"总分低于97分的项目有几个，{narrowed}").found


def test_an_answer_is_told_in_as_many_places(asker: Asker) -> None:
    assert asker.ask("各表执行数合计是多少万元，四舍五入取一位小数").values == ("15777.5万元",)
    assert asker.ask("各表执行数合计是多少万元").values == ("15777.49664万元",)
