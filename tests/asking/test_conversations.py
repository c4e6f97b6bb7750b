"""What a question means by what was said before it: which records, which figures, which field."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.asking.asker import Asker
from assistant.asking.evaluate import Question, given_by, is_right
from assistant.form.model import Form
from tests.asking.played import last_turn
from tests.asking.test_in_turn import FORMS, budget, executed, number, total


def rate(form: Form) -> Decimal:
    return executed(form) * 100 / budget(form)


def of_unit(name: str) -> list[Form]:
    return [form for form in FORMS.values() if form.unit.endswith(name)]


def has(asker: Asker, asked: str, *values: object) -> None:
    """The conversation ends with an answer that tells these figures."""
    turns = asked.split(">>")
    wanted = Question(ask=turns[-1], kind="follow", values=tuple(str(value) for value in values))
    answer = last_turn(asker, turns).answer
    assert is_right(wanted, given_by(answer)), answer.answer


def shows(asker: Asker, asked: str, *places: tuple[int, int]) -> None:
    """The conversation ends with just these records."""
    answer = last_turn(asker, asked.split(">>")).answer
    assert answer.found and set(answer.table.places) == set(places), answer.answer


def refuses(asker: Asker, asked: str) -> None:
    answer = last_turn(asker, asked.split(">>")).answer
    assert not answer.found, answer.answer


WINE, SMES, PARKS, TALENT = FORMS[18], FORMS[19], FORMS[7], FORMS[4]


@pytest.mark.parametrize(
    "then",
    ["两个预算差多少", "它俩差多少", "后面那个比前面那个多多少", "前者比后者少多少", "它们的预算相差多少万"],
)
def test_two_that_were_asked_for_are_set_against_each_other(asker: Asker, then: str) -> None:
    has(asker, f"葡萄酒专项预算多少>>那中小企业专项呢>>{then}", budget(SMES) - budget(WINE))


def test_another_field_of_the_two(asker: Asker) -> None:
    apart = abs((total(WINE) or 0) - (total(SMES) or 0))
    has(asker, "葡萄酒专项预算多少>>那中小企业专项呢>>两个项目的总分差多少", apart)
    has(asker, "葡萄酒专项预算多少>>中小企业专项总分多少>>它俩总分差几分", apart)
    has(asker, "葡萄酒专项和中小企业专项哪个预算多>>总分差几分", apart)


@pytest.mark.parametrize("then", ["高多少", "高几分", "差几分", "差多少"])
def test_how_much_more_after_a_comparison(asker: Asker, then: str) -> None:
    apart = (total(FORMS[5]) or Decimal(0)) - (total(TALENT) or Decimal(0))
    has(asker, f"招商引资专项和天山企业家培养计划，哪个总分高>>{then}", apart)


def test_the_lesser_of_two(asker: Asker) -> None:
    has(asker, "节能减排专项和葡萄酒专项谁的预算多>>少的那个总分多少", total(WINE))
    has(asker, "招商引资专项和天山企业家培养计划谁的预算多>>多的那个执行率多少", 100)


def test_indicators_one_after_the_other(asker: Asker) -> None:
    has(asker, "园区工业增加值增速实际多少>>园区工业总产值增速呢>>哪个更高，高多少", "0.8")
    has(
        asker,
        "组织参加第十七届中博会企业数量完成多少>>纳入运行监测的企业数量呢>>后面那个比前面那个多几家",
        463 - 44,
    )


def test_places_of_what_was_listed(asker: Asker) -> None:
    amounts = sorted({form.unit: Decimal(0) for form in FORMS.values()})
    sums = sorted(
        (sum(budget(f) for f in FORMS.values() if f.unit == unit) for unit in amounts), reverse=True
    )
    has(asker, "各处室预算分别多少>>前两名差多少", sums[0] - sums[1])
    has(asker, "各处室预算分别多少>>第二名和第三名差多少", sums[1] - sums[2])
    has(asker, "各处室预算分别多少>>最多的和最少的差多少", sums[0] - sums[-1])


def test_offices_that_tie(asker: Asker) -> None:
    tied = [sum(budget(f) for f in of_unit(name)) for name in ("离退休干部工作处", "无线电管理局")]
    asked = "报表数量最多的是哪个处室>>并列第二的是哪几家"
    assert "离退休干部工作处" in last_turn(asker, asked.split(">>")).answer.answer
    has(asker, f"{asked}>>这两家的预算差多少", tied[1] - tied[0])
    has(asker, f"{asked}>>两家总共花了多少", sum(executed(f) for f in FORMS.values() if f.unit in _TIED))


_TIED = {form.unit for form in (*of_unit("离退休干部工作处"), *of_unit("无线电管理局"))}


def test_those_of_an_earlier_turn(asker: Asker) -> None:
    asked = "设了资金拨付及时率的有哪些项目>>其中哪个没达到目标"
    shows(asker, f"{asked}>>这四条里分值只有1.5分的是哪条", (19, 11))
    asked = "总分低于97分的有哪些>>其中预算最大的是哪个"
    has(asker, f"{asked}>>这三张表预算一共多少", sum(budget(FORMS[n]) for n in (1, 10, 19)))


def test_nothing_is_taken_from_before_a_question_that_was_not_answered(asker: Asker) -> None:
    refuses(asker, "总分低于97分的有哪些>>明天天气怎么样>>这三张表预算一共多少")


def test_the_mean_that_was_told(asker: Asker) -> None:
    points = [points for form in FORMS.values() if (points := total(form)) is not None]
    above = sum(one > sum(points) / len(points) for one in points)
    for then in ("高于这个平均分的有几张", "比这个平均分高的有几个", "高于这个数的有几张表"):
        has(asker, f"各项目总分平均多少>>{then}", above)
    rates = {number: rate(form) for number, form in FORMS.items()}
    below = [number for number, one in rates.items() if one < sum(rates.values()) / len(rates)]
    shows(asker, "各项目平均执行率多少>>低于平均的有哪些", *((number, 0) for number in below))


def test_the_part_of_a_sum(asker: Asker) -> None:
    whole = sum(executed(form) for form in FORMS.values())
    share = (executed(PARKS) * 100 / whole).quantize(Decimal("0.01"))
    has(asker, "所有项目一共花了多少>>园区专项占其中的百分之几", share)
    share = (budget(WINE) * 100 / sum(budget(f) for f in of_unit("轻工业行业管理处"))).quantize(
        Decimal("0.01")
    )
    has(asker, "轻工业行业管理处预算合计多少>>葡萄酒专项占其中几成", share)


def test_the_same_indicator_in_other_forms(asker: Asker) -> None:
    others = ((2, 6), (9, 8), (11, 7))
    first = "园区专项的培训按期完成率目标多少"
    for then in ("别的表里这条指标完成得怎么样", "其他项目里有没有同样的指标", "其他表的实际完成值呢"):
        shows(asker, f"{first}>>{then}", *others)
    refuses(asker, "节能减排专项的能效对标报告的合格率是多少>>别的表里这条指标呢")


def test_whose_an_indicator_is(asker: Asker) -> None:
    for then in ("这是哪个项目里的指标", "它是哪张表的", "这条指标属于哪个项目"):
        shows(asker, f"驻村人员休假交通数量目标是几次>>{then}", (11, 0))


def test_indicators_of_the_forms_shown(asker: Asker) -> None:
    lost = [
        (n, at)
        for n, form in FORMS.items()
        for at, row in enumerate(form.indicators, 1)
        if (weight := number(row.weight)) is not None
        and (score := number(row.score)) is not None
        and score < weight
    ]
    for then in ("具体到指标是哪几条", "落到指标上是哪些", "反映在指标上有哪几条"):
        shows(asker, f"有指标扣分的项目有几个>>{then}", *lost)


def test_the_forms_of_the_indicators_shown(asker: Asker) -> None:
    wine = sum(budget(form) for form in of_unit("轻工业行业管理处"))
    has(asker, "轻工业行业管理处的项目一共有多少条指标>>这些项目预算一共多少", wine)
    has(asker, "没完成目标的指标有几条>>哪个处室最多", 3)


def test_beyond_the_targets_of_what_was_counted(asker: Asker) -> None:
    counted = "节能处那张表，超出目标的成本指标有几条"
    has(asker, f"{counted}>>分别超了多少万", 2, 40)
    has(asker, f"{counted}>>一共超了多少万", 42)
    has(asker, "中央无线电频率占用经费的成本指标有几条>>哪条剩得最多，剩了多少", "1147.42")


def test_what_else_is_so_too(asker: Asker) -> None:
    shows(asker, "节能减排专项的绿色发展行动经费扣了几分>>这张表还有哪几条指标也扣了分", (8, 9))
    full = [n for n, form in FORMS.items() if total(form) == 100 and n != 18]
    shows(asker, "葡萄酒专项总分多少>>还有哪些项目也是100分", *((n, 0) for n in full))


def test_one_of_a_list_by_a_condition(asker: Asker) -> None:
    shows(asker, "总分低于97分的有哪些>>预算不到20万的是哪个项目", (10, 0))
    shows(asker, "哪些表设了“培训按期完成率”这条指标>>目标值填成日期的是哪张表", (7, 0))


def test_another_quotation(asker: Asker) -> None:
    shows(asker, "哪个项目的偏差原因每条都写“无偏离”>>整栏都写“/”的呢", (16, 0), (17, 0))


def test_the_difference_of_what_was_checked(asker: Asker) -> None:
    has(asker, "中小企业专项的执行得分填对了吗>>差几分", "0.58")
    has(asker, "总分填错的是哪张表>>相差几分", "9.5")


def test_beside_something_named(asker: Asker) -> None:
    for then in ("和节能减排专项差多少", "跟节能减排专项比差多少", "与节能减排专项相差多少万"):
        has(asker, f"园区专项预算多少>>{then}", budget(FORMS[8]) - budget(PARKS))


@pytest.mark.parametrize(
    "name", ["棉花专项", "棉花产业发展专项", "煤炭专项", "光伏发电项目", "教育厅", "装备处"]
)
def test_another_name_that_is_none(asker: Asker, name: str) -> None:
    refuses(asker, f"葡萄酒专项预算多少>>那{name}呢")
    refuses(asker, f"园区专项总分多少>>{name}的呢")


def test_a_known_name_for_an_unknown_one(asker: Asker) -> None:
    has(asker, "甘肃的园区专项预算多少>>那自治区的呢", 1000)


def test_the_first_of_a_list(asker: Asker) -> None:
    rows = PARKS.indicators[6:9]
    spent = sum(number(row.actual) or Decimal(0) for row in rows)
    has(asker, "园区专项的成本指标有哪些>>前三条的完成值加起来多少", spent)


def test_the_last_of_a_list(asker: Asker) -> None:
    first = "各地州工信局的表扣分的指标有哪些"
    shows(asker, f"{first}>>后两条的目标各是多少", (19, 3), (19, 14))
    shows(asker, f"{first}>>头两条完成了多少", (19, 2), (19, 3))


def test_one_of_the_indicators_shown(asker: Asker) -> None:
    has(asker, "节能减排专项的成本指标有哪些>>超得最多的那条目标是多少", 1070)
    has(asker, "各地州工信局的表扣分的指标有哪些>>没写原因的那条扣了几分", 2)
    refuses(asker, "各地州工信局的表扣分的指标有哪些>>扣得最多的那条为什么没完成")


def test_what_a_printed_figure_comes_to(asker: Asker) -> None:
    has(asker, "天山企业家人才培养计划表上印的执行率是多少>>按预算数和执行数重新算应该是多少", "97.60")
    has(asker, "中小企业专项执行得分填的几分>>按执行率算应该是几分", "9.58")


def test_the_part_of_its_own_budget(asker: Asker) -> None:
    share = ((budget(PARKS) - executed(PARKS)) * 100 / budget(PARKS)).normalize()
    has(asker, "园区专项预算多少>>剩了多少没花>>占预算的百分之几", share)


def test_satisfaction_of_several_projects(asker: Asker) -> None:
    has(asker, "园区专项满意度多少>>招商引资专项呢>>节能减排呢>>哪个最高", 98, 60, 100)


def test_whose_figure_is_higher(asker: Asker) -> None:
    has(asker, "园区处和节能处，谁的执行率高>>谁的预算高", 1000, 3000, 2000)


def test_an_office_beside_the_next(asker: Asker) -> None:
    has(asker, "哪个处室的预算总额最大>>比第二名多多少", 10270 - 3000)
    has(asker, "报表最多的是哪个处室>>比第二名多几张", 4)


def test_those_that_are_not_as_all_were_asked_to_be(asker: Asker) -> None:
    asked = "节能减排专项的指标都达到目标了吗>>没达到的是哪几条"
    shows(asker, asked, (8, 8), (8, 9))
    has(asker, f"{asked}>>分别差多少", 2, 40)
    assert not last_turn(asker, ("满意度指标都达到目标了吗", "没达到的是哪条")).answer.table.places


def test_what_is_still_spoken_of_after_a_fragment_that_was_not_understood(asker: Asker) -> None:
    has(asker, "总分超过100分的是哪张表>>多了几勺>>它的预算是多少", budget(FORMS[5]))


def test_the_indicators_where_the_points_of_a_form_went(asker: Asker) -> None:
    shows(asker, "扣分最多的项目是哪个>>扣了几分>>扣在哪些指标上", (10, 7))


def test_the_smaller_of_a_list(asker: Asker) -> None:
    has(asker, "无线电管理局有哪些项目>>其中预算小的那个执行率多少", 100)


def test_two_amounts_of_one_form(asker: Asker) -> None:
    apart = budget(PARKS) - executed(PARKS)
    has(asker, "园区专项预算多少>>执行了多少>>相差多少万", apart)
    refuses(asker, "园区专项预算多少>>总分呢>>差多少")
