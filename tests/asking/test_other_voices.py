"""Questions as people speak: other words for targets and parts of them, asides, exclusions, row numbers."""

from __future__ import annotations

import pytest

from assistant.asking.asker import Asker


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("资金拨付及时率在战新专项里当初定的是多少", {"100%"}),
        ("人均培训费用上限是多少", {"≦1833"}),
        ("办公用房运转费控制在多少以内", {"<=72万元"}),
        ("驻村人员休假交通那条，指标怎么定的", {"=6次/人/年"}),
        ("现场督导调研经费比限额省了多少", {"0万元"}),
        ("房屋出租征缴只完成了多少比例", {"41.97%", "58.03%"}),
        ("引导社会投资的完成值是目标的百分之几", {"1250%"}),
        ("中博会签约额比目标多了几成", {"6.67%", "200万元"}),
        ("节能专项比目标多奖励了几个绿色制造单位", {"3个"}),
    ],
)
def test_targets_and_parts_of_them_in_other_words(asker: Asker, question: str, values: set[str]) -> None:
    assert values <= set(asker.ask(question).values)


@pytest.mark.parametrize(
    ("asked", "plainly"),
    [
        ("葡萄酒专项的执行率，嗯……是多少来着", "葡萄酒专项的执行率是多少"),
        ("没有成本指标的项目，报一下", "没有成本指标的项目"),
        ("一条成本指标都没设的是哪些表", "没有成本指标的表"),
        ("得分低于分值的指标有多少条（预算执行率那一行别算进来）", "得分低于分值的指标有多少条"),
        ("除了执行率，离休干部表还在哪几条指标上扣了分", "离休干部表被扣分的指标有哪几条"),
        ("自评刚好满分的有几张表", "满分的有几张表"),
        ("钱没花完的项目按剩下的金额排一下", "钱没花完的项目按未执行金额从大到小排序"),
        ("执行数跟全年预算数一分不差的项目有哪些", "执行数等于全年预算数的项目有哪些"),
        ("预算没花完，总分却在99分以上的是哪几张", "有结余且总分99分以上的是哪几张表"),
        ("数量指标设得最多的是哪张表，几条", "数量指标最多的表是哪张"),
        ("二级指标是“成本指标”的有几条", "成本指标有几条"),
        ("中央频占费的预算是多少", "20号表的预算是多少"),
    ],
)
def test_the_same_is_understood(asker: Asker, asked: str, plainly: str) -> None:
    answer = asker.ask(asked)
    assert answer.found
    assert answer.table.places == asker.ask(plainly).table.places


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("葡萄酒专项的满意度有没有达到目标", "有，1个"),
        ("预算执行率的分值都是10分吗", "20张表中有1张不符合"),
        ("产出指标一共多少条，效益指标多少条", "46"),
        ("2号表第3行为啥扣了分", "航班"),
        ("APEC技展会的企业数为啥挂零", "还没有举办"),
        ("只扣了不到一分的项目有几个", "共5张表"),
        ("哪张表的执行得分少给了", "共2张"),
        ("效益指标总分值不到30分的表", "共4张表"),
        ("时效指标里拿了满分的占多少", "90.91%"),
        ("哪条成本突破上限最多", "40万元"),
        ("有两个以上项目的处室，各自预算合计多少", "10270万元"),
        ("没写年度的表里，预算最大的是哪张", "3000万元"),
        ("招商经费里委托外面公司画产业链图谱，花了多少", "10万元"),
    ],
)
def test_what_is_asked_is_told(asker: Asker, question: str, says: str) -> None:
    assert says in asker.ask(question).answer


@pytest.mark.parametrize(
    "question",
    [
        "张伟负责哪个项目",
        "上海的企业参加了几家",
        "阿克苏地区的满意度",
        "无线电培训请了几个老师",
        "中小企业服务券是哪52家企业申领的",
        "资产出租那个项目，承租的是哪家单位",
        "葡萄酒专项的满意度，问卷发了多少份",
        "20号表怎么没有总分",
        "离休干部还剩几个人",
        "年度没写全的表",
        "平均执行率和总体执行率各是多少",
    ],
)
def test_what_was_passed_over_is_no_answer(asker: Asker, question: str) -> None:
    assert not asker.ask(question).found


@pytest.mark.parametrize(
    ("first", "then", "says"),
    [
        ("满分的有几张表", "还有比100更高的吗", "100.5分"),
        ("20号表的执行率多少", "怎么算出来的", "÷ 9580万元"),
        ("中央无线电频占经费里设施购建为什么没花完", "这块离上限还剩多少钱没用", "1147.42万"),
    ],
)
def test_what_follows_keeps_what_was_asked_of(asker: Asker, first: str, then: str, says: str) -> None:
    assert says in asker.ask(then, asker.turn(first)).answer
