"""One question in many orders and with other words for each part is answered alike."""

from __future__ import annotations

import pytest

from assistant.asking.asker import Asker
from assistant.asking.language.frames import in_one_order

FORMS = (
    *(
        "哪些项目{c}？",
        "哪几张表{c}",
        "{c}的表有哪些？",
        "{c}的是哪些项目",
        "把{c}的项目都找出来",
        "请列示{c}的项目",
    ),
    *(
        "{c}的项目清单",
        "帮我找一下{c}的表",
        "有哪些项目{c}？",
        "查一下哪些项目{c}",
        "筛选{c}的项目",
        "所有{c}的项目",
    ),
    *(
        "麻烦把{c}的项目给我列一列",
        "我想知道哪些项目{c}",
        "20个项目中{c}的有哪些",
        "都有哪些表{c}啊",
        "哪些单子{c}",
    ),
    *("项目里{c}的有哪些？", "请列明{c}的项目名称", "把所有{c}的表挑出来给我", "在这20个项目里，{c}的是哪些"),
)
ROWS = (
    *(
        "哪些指标{c}？",
        "哪几条指标{c}",
        "{c}的指标有哪些？",
        "把{c}的指标都找出来",
        "请列示{c}的指标",
        "{c}的指标清单",
    ),
    *(
        "有哪些指标{c}？",
        "查一下哪些指标{c}",
        "筛选{c}的指标",
        "所有{c}的指标",
        "指标里{c}的有哪些？",
        "请列明{c}的指标名称",
    ),
)
COUNTS = (
    *(
        "有几张表{c}？",
        "多少个项目{c}",
        "{c}的项目有多少个？",
        "{c}的有几个项目",
        "统计一下{c}的项目有多少",
        "数一数{c}的表",
    ),
    *("一共有几个项目{c}", "总共多少张表{c}", "20张表里有几张{c}", "{c}的项目总数", "请统计{c}的项目个数"),
)
OF_FORMS = {
    "执行率低于95%": (
        *(
            "预算执行率不到95%",
            "执行进度没到百分之九十五",
            "执行率在95%以下",
            "执行率连95%都没到",
            "支出比例不到95%",
        ),
        *("执行率够不上95%", "预算完成率不足95%"),
    ),
    "没有成本指标": (
        *(
            "一个成本指标都没设",
            "缺成本指标",
            "成本指标一条都没有",
            "不含成本指标",
            "成本指标空缺",
            "成本指标数为0",
        ),
        *("成本方面没有指标", "压根没设成本指标"),
    ),
    "没有社会效益指标": (
        "未设置社会效益指标",
        "社会效益指标一个都没有",
        "缺少社会效益指标",
        "社会效益指标缺失",
    ),
    "钱没花完": (
        *("资金没有全部支出", "没有全额执行", "执行数小于预算数", "资金有结余", "预算没执行完", "经费没用完"),
    ),
    "产出指标分值合计超过60分": (
        "产出指标的分值加起来超过60分",
        "产出指标分值总数超过60分",
        "产出指标权重合计超过60分",
    ),
    "执行得分没拿满": ("执行率得分被扣了分", "预算执行得分低于10分", "执行得分未得满分"),
}
OF_ROWS = {
    "被扣了分": ("没得满分", "得分低于分值", "丢了分", "得分不满", "没拿到满分"),
    "没写原因": ("没填偏差原因", "原因栏空着", "未说明原因", "偏差原因为空", "没有解释原因"),
    "偏差原因提到疫情": (
        "把原因归到疫情",
        "因疫情产生偏差",
        "拿疫情说事",
        "原因栏提到疫情",
        "偏差原因涉及疫情",
    ),
}


def _alike(asker: Asker, first: str, others: list[str]) -> None:
    expected = asker.ask(first)
    assert expected.found
    assert expected.table.places
    for question in others:
        answer = asker.ask(question)
        assert (question, set(answer.table.places)) == (question, set(expected.table.places))


@pytest.mark.parametrize("told", OF_FORMS)
def test_forms_in_any_order(asker: Asker, told: str) -> None:
    _alike(asker, FORMS[0].format(c=told), [frame.format(c=told) for frame in FORMS[1:]])


@pytest.mark.parametrize("told", OF_FORMS)
def test_forms_in_other_words(asker: Asker, told: str) -> None:
    _alike(asker, FORMS[0].format(c=told), [FORMS[0].format(c=way) for way in OF_FORMS[told]])


@pytest.mark.parametrize("told", OF_FORMS)
def test_how_many_in_any_order(asker: Asker, told: str) -> None:
    _alike(asker, COUNTS[0].format(c=told), [frame.format(c=told) for frame in COUNTS[1:]])


@pytest.mark.parametrize("told", OF_ROWS)
def test_indicators_in_any_order_and_in_other_words(asker: Asker, told: str) -> None:
    orders = [frame.format(c=told) for frame in ROWS[1:]]
    _alike(asker, ROWS[0].format(c=told), [*orders, *(ROWS[0].format(c=way) for way in OF_ROWS[told])])


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("把没写原因的指标都列出来", "没写原因的指标有哪些"),
        ("20张表里有几张没写年度", "没写年度的表有几张"),
        ("得分低于分值的指标有几条", "得分低于分值的指标有几条"),
        # More than one thing is told, or something else is asked: the words stay as they are.
        ("哪些表执行率低于95%，差多少", "哪些表执行率低于95%，差多少"),
        ("葡萄酒专项的指标数是多少", "葡萄酒专项的指标数是多少"),
        ("总分最低的项目有哪些", "总分最低的项目有哪些"),
        ("每个处室有几个项目", "每个处室有几个项目"),
    ],
)
def test_only_a_single_condition_is_put_first(said: str, read: str) -> None:
    assert in_one_order(said) == read


@pytest.mark.parametrize(
    ("question", "forms"),
    [
        ("预算没花完、总分还在99分以上的是哪几个项目", {2, 4, 6}),
        ("资金全部花完但有指标扣分的项目有哪些", {1, 8, 9, 10, 15}),
        ("没花完的钱按差额排，前三名是谁，各差多少", {7, 19, 20}),
        ("打0分的指标有哪些", {19}),
    ],
)
def test_a_condition_beside_others_counts(asker: Asker, question: str, forms: set[int]) -> None:
    assert {form for form, _ in asker.ask(question).table.places} == forms


@pytest.mark.parametrize(
    ("first", "then", "says"),
    [
        ("预算最多的三个项目", "加起来是多少", "13670万元"),
        ("预算最多的三个项目", "三家合起来是多少万元", "13670万元"),
        ("轻工处有哪些项目", "预算一共多少", "323.91764万元"),
        ("总分最低的项目是哪个", "扣在哪些指标上", "完成房屋出租征缴任务"),
        ("天山企业家人才培养计划实际培训了多少人", "超了百分之几", "40%"),
        ("哪些表没有成本指标", "把对应的处室也说一下", "自治区工信厅规划与投资处"),
    ],
)
def test_what_was_shown_is_meant(asker: Asker, first: str, then: str, says: str) -> None:
    answer = asker.turn(then, asker.turn(first)).answer
    assert says in answer.answer
    assert "20张" not in answer.answer


def test_a_form_without_measures_tells_none_in_any_row(asker: Asker) -> None:
    """However it is told; beside another condition, the measure of those rows is meant."""
    expected = {form for form, _ in asker.ask("没有写改进措施的项目有哪些").table.places}
    assert 1 not in expected
    for question in (
        "哪些项目没写改进措施",
        "未写改进措施的表",
        "有几个项目没提改进措施",
        "列出没有改进措施的项目",
    ):
        assert {form for form, _ in asker.ask(question).table.places} == expected
    told = {form for form, _ in asker.ask("扣了分但没写改进措施的项目有哪些").table.places}
    assert told
    assert told != expected
