"""One plan in other words and orders: formulas, sources of money, two things compared, cells as printed."""

from __future__ import annotations

import pytest

from assistant.asking.answering.answer import Answer
from assistant.asking.asker import Asker
from assistant.asking.language.formulas import in_fields


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ("拿全年执行数除以预算数算一遍,低于95%的表", "执行率,低于95%的表"),
        ("执行得分小于10分×执行率的项目", "执行得分小于应得执行得分的项目"),
        ("葡萄酒专项的执行得分按100%乘以10应为几分", "葡萄酒专项的应得执行得分是几分"),
        ("每条指标得分加上预算执行的10分合计是多少", "各项得分加起来是多少"),
        # What is no formula stays
        ("执行数比预算小的项目", "执行数比预算小的项目"),
        ("执行数占预算数的比例", "执行数占预算数的比例"),
    ],
)
def test_a_formula_is_the_field_that_holds_its_result(said: str, field: str) -> None:
    assert in_fields(said) == field


@pytest.mark.parametrize(
    ("asked", "plainly"),
    [
        # Computed figures
        ("执行得分跟执行率乘10算的对不上的，是哪几张", "执行得分算错的表有哪些"),
        ("执行率自己重算（执行数÷预算数），别看印的，不足96%的有几个项目", "执行率低于96%的项目有几个"),
        ("执行得分打低了的有哪几张？超支的不算", "没超支的项目里，执行得分低于按规则得分的有哪些"),
        ("规划编制费执行得分应得几分，填了几分", "规划编制费的执行得分应该是多少"),
        # Sources of money
        ("规划编制费的经费来源填在哪一类，全年预算几万", "规划编制费的资金来源是什么，预算多少"),
        ("规划编制费出的是财政拨款吗，还是其他资金", "规划编制费的资金来源是什么"),
        ("财政拨款为零的项目有几个", "没有财政拨款的项目有几个"),
        # Two things, in other orders
        ("园区两个增速（工业总产值、工业增加值）谁高", "园区工业总产值增速和工业增加值增速哪个高"),
        # How many are asked for, and by what
        ("哪四个项目预算最多，分别是多少", "预算最多的四个项目"),
        ("最低的是哪三个项目，按执行率来排", "执行率最低的三个项目"),
        ("扣分榜TOP3的指标", "扣分最多的三个指标"),
        ("各牵头单位有几张表", "每个处室有几张表"),
        # What is told beside
        ("把执行率不到90%的项目列出来，附上各自的全年预算数", "执行率低于90%的项目的全年预算数"),
        # A project with what is asked of it
        ("资产出租出借那张，房屋出租征缴满分多少，得了几分", "完成房屋出租征缴任务的分值和得分是多少"),
        ("招商引资专项由哪家单位承办", "招商引资专项的实施单位是哪个"),
        # What cells read
        ("标题、备注两栏都空着的表", "标题为空且备注为空的表"),
        ("年度资金总额那一行，数后头跟着“万元”的有哪些表", "全年预算数含“万元”的表有哪些"),
        # Causes
        ("抱怨财政拨款太慢的项目有几个", "偏差原因说财政拨款不及时的项目有几个"),
        ("理由是人联系不到的表有哪些", "偏差原因说联系不上人的表有哪些"),
        # Targets
        ("天山企业家培训人数超额的比例是百分之几", "天山企业家培训人数比目标多百分之几"),
    ],
)
def test_the_same_is_answered_in_other_words(asker: Asker, asked: str, plainly: str) -> None:
    answer, expected = asker.ask(asked), asker.ask(plainly)
    assert expected.found, plainly
    assert answer.found, answer.answer
    assert figures(expected) <= figures(answer), answer.answer
    assert sorted(answer.table.places) == sorted(expected.table.places)


def figures(answer: Answer) -> set[str]:
    """The values that are numbers: names may be said in short."""
    return {value for value in answer.values if value[0].isdigit()}


@pytest.mark.parametrize(
    ("asked", "values"),
    [
        ("用其他资金的项目有哪些，这部分预算一共多少", {"144.0558万元"}),
        ("离休遗孀项目的财政拨款执行数超了预算数多少", {"28.7004万元"}),
        ("两个无线电项目的频占费征缴任务各少收了多少，哪个缺口大", {"40.95万元", "86.57万元"}),
    ],
)
def test_figures_are_found_however_they_are_asked_for(asker: Asker, asked: str, values: set[str]) -> None:
    answer = asker.ask(asked)
    assert values <= set(answer.values), answer.answer


def test_what_was_reached_is_told_with_its_figures(asker: Asker) -> None:
    answer = asker.ask("葡萄酒专项的企业工作人员满意度达到目标了吗").answer
    assert "≥95%" in answer
    assert "完成值95%" in answer


def test_a_source_that_was_shown_is_set_against_its_own_budget(asker: Asker) -> None:
    shown = asker.turn("有上年结转资金的是哪个项目，多少万", None)
    assert "12.38%" in asker.turn("这笔结转占它全年预算的百分之几", shown).answer.values


@pytest.mark.parametrize(
    "asked",
    [
        # 项目数 of an indicator's name is no number of forms.
        "招商签订项目数比目标多几个",
    ],
)
def test_what_is_not_understood_is_not_answered(asker: Asker, asked: str) -> None:
    assert not asker.ask(asked).found
