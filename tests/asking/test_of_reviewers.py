"""Questions of reviewers over the past forms: sources of money, findings, reasons, what follows on what."""

from __future__ import annotations

import pytest

from assistant.asking.asker import Asker
from tests.asking.played import last_turn


@pytest.mark.parametrize(
    ("question", "forms"),
    [
        ("没有安排财政拨款、总分高于99分的项目有哪些", {2, 4, 5, 6}),
        ("哪些项目不用财政拨款，钱都来自其他资金", {2, 6}),
        ("有上年结转资金又没花完钱的项目是哪几个", {12}),
        ("没列具体的资金来源、只填了总额的是哪张表", {4}),
        ("执行得分被扣过的项目有哪些", {2, 4, 6, 7, 12, 19}),
        ("离退休处或者节能处的项目，花的比预算少的有哪几个", {12}),
        ("总分过了98分又不到99分的项目有哪些", {7, 15}),
        ("预算10万到20万之间的项目（20万整的不算）有哪些", {3, 4, 10, 17}),
        ("没安排成本指标的表有哪些", {2, 6}),
        ("分值和得分都空着的表有哪几张", {20}),
        ("一条偏差原因都没写的表有哪些", {4, 5, 6, 7, 11, 13, 14, 16, 17, 18}),
        ("一处错误都没有、总分100分的项目有哪些", {11, 13, 14, 16, 17, 18}),
        ("说明栏里写到去世的表有哪些", {3, 12, 15}),
        ("印的执行率跟按执行数算出来的不一样的表有哪些", {4}),
    ],
)
def test_forms_by_what_reviewers_look_for(asker: Asker, question: str, forms: set[int]) -> None:
    turn = asker.turn(question, None)
    assert turn.answer.found, turn.answer.answer
    assert set(turn.forms) == forms, turn.answer.understood


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("葡萄酒专项的钱是从哪里来的", "当年财政拨款：全年预算数222.5万"),
        ("按预算加权，所有项目的平均执行率是多少", "90.41%"),
        ("得分率按分值加权的平均是多少", "98.7%"),
        ("平均每张表有几个满意度指标", "平均每张表1.05个"),
        ("轻工业处的预算跟节能处比，少多少", "节能处多2676.08236万元"),
        ("六十年代精简退职补助的支出比预算多百分之几", "比预算多8.45%"),
        ("离休干部那张表扣了3分，这3分扣在哪些地方", "执行扣分1分"),
        ("警告和错误各有几条", "提醒（66条）；错误（22条）"),
        ("哪条规则查出的警告最多", "没有计量单位"),
        ("哪条成本指标超得最多，超了多少万元", "40万元"),
        ("数量指标分值加起来最大的是哪张表，合计几分", "41分"),
        ("扣了分的指标，按二级指标分各有几个", "数量指标（6个）"),
        ("葡萄酒专项的得分按二级指标各是多少", "服务对象满意度指标"),
        ("没写原因的指标，全部表加起来一共多少条", "共177条"),
        ("质量指标的条数是成本指标的几倍", "0.77倍"),
        ("轻工业处的项目平均每个花了多少钱", "53.99万元"),
        ("执行率不到85%的项目是什么原因", "尾款"),
        ("葡萄酒专项的成本指标都是怎么写的", "=100%"),
        ("结余加起来多少，超支的那个别拿来抵", "1674.9704万元"),
        ("轻工业处的项目先放一边，剩下的总预算是多少", "17127.5354万元"),
    ],
)
def test_figures_that_reviewers_ask_for(asker: Asker, question: str, said: str) -> None:
    answer = asker.ask(question)
    assert answer.found, answer.answer
    assert said in answer.answer


@pytest.mark.parametrize(
    ("questions", "said"),
    [
        (("预算比执行数多的项目有哪些", "其中差额超过100万的是哪几个"), "共2张"),
        (("得分低于分值的指标有几个", "差距在2分以上的有哪些"), "共4个"),
        (("哪个项目花的比预算多", "超了百分之几"), "比预算多8.45%"),
        (("园区专项和节能专项的预算差多少", "执行率呢，差几个百分点"), "12.7个百分点"),
        (("园区处和节能处谁的总分高", "那执行率呢"), "节能处多12.7个百分点"),
        (("总分最低的三个项目是哪几个", "最低的那个扣在哪条指标上"), "完成房屋出租征缴任务"),
        (("执行得分算错的表有哪些", "按规则这两张该得几分"), "应为9.95"),
        (("偏差原因提到疫情的项目有哪些", "去掉中央那张表，还有哪些"), "共3张"),
        (("偏差原因提到疫情的项目有哪些", "去掉无线电那两个项目，还有哪些"), "共2张"),
        (("两个无线电项目先不算，其余项目的预算一共多少", "园区专项在这里面占多少"), "13.92%"),
        (("园区专项成本指标的完成值加起来多少", "和它的执行数一致吗，差多少"), "多120.8万元"),
        (("葡萄酒专项的预算是多少", "比园区专项少多少"), "少777.5万元"),
        (("所有项目一共花了多少钱", "其中节能处的占百分之几"), "全年执行数占比是19.01%"),
    ],
)
def test_questions_that_follow(asker: Asker, questions: tuple[str, ...], said: str) -> None:
    turn = last_turn(asker, questions)
    assert turn.answer.found, turn.answer.answer
    assert said in turn.answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "三个离退休处项目的预算各是多少",
        "成本指标按分值加权的平均完成率是多少",
        "扣分原因跟疫情没关系的项目有哪些",
        "平均每个园区补助多少钱",
        "离退休处的执行率跟其他处室比，差多少",
    ],
)
def test_what_would_be_a_guess_is_not_answered(asker: Asker, question: str) -> None:
    assert not asker.ask(question).found


def test_it_is_not_guessed_among_several_that_are_alike(asker: Asker) -> None:
    several = asker.turn("总分第三高的项目是哪个", None)
    assert len(several.forms) > 1
    assert not asker.turn("它扣在哪儿了", several).answer.found


@pytest.mark.parametrize(
    "opening",
    ["审计同志来核对，", "人大代表关心这件事：", "第三方评审问一句：", "我是区政协委员，想弄清楚一件事："],
)
def test_who_asks_says_nothing_of_the_forms(asker: Asker, opening: str) -> None:
    assert asker.ask(f"{opening}园区专项的总分是多少").values == asker.ask("园区专项的总分是多少").values
