"""What a cell looks like, how actual and target stand, empty columns, causes, kinds, said in any order."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from assistant.asking.asker import Asker
from assistant.form.model import Form, Indicator
from vectorstore.corpus import bundled_forms

Rows = set[tuple[int, int]]
Told = Callable[[Form, Indicator], bool]


def _where(told: Told) -> Rows:
    forms = enumerate(bundled_forms(), start=1)
    return {(n, at) for n, form in forms for at, row in enumerate(form.indicators, 1) if told(form, row)}


def _rows(asker: Asker, question: str) -> Rows:
    answer = asker.ask(question)
    assert answer.found, (question, answer.answer)
    return set(answer.table.places)


def _forms(places: Iterable[tuple[int, int]]) -> set[int]:
    return {form for form, _ in places}


@pytest.mark.parametrize(
    ("questions", "told"),
    [
        (
            (
                "目标是用百分数定的质量指标有哪些",
                "质量指标里目标写成百分比的有几条",
                "目标用百分数写的质量指标",
            ),
            lambda _, row: "质量" in row.level2 and "%" in row.target,
        ),
        (
            ("目标写“长期”、完成值却填成百分数的是哪条", "完成值填百分数、目标明明写“长期”的指标"),
            lambda _, row: row.target == "长期" and "%" in row.actual,
        ),
        (
            ("目标写“100%”、完成值写“50%”的是哪条", "完成值填的“50%”而目标是“100%”的指标有几条"),
            lambda _, row: (row.target, row.actual) == ("100%", "50%"),
        ),
        (
            ("目标里写“有效”、完成值里也写“有效”的指标有几条",),
            lambda _, row: "有效" in row.target and "有效" in row.actual,
        ),
        (
            ("目标和完成值都写“长期”的指标有哪些", "目标写“长期”、完成值也写“长期”的有几条"),
            lambda _, row: row.target == row.actual == "长期",
        ),
        (
            ("目标是“≥90%”的指标有几条", "哪几条指标的目标写着“≥90%”"),
            lambda _, row: row.target == "≥90%",
        ),
        (
            ("目标带≤号的质量指标有哪些", "目标用“≤”的质量指标", "目标写着“不超过”的质量指标有几条"),
            lambda _, row: "质量" in row.level2 and row.target[:1] in "≤≦",
        ),
        (
            ("效益指标里用百分数定目标的有哪些", "百分数目标的效益指标有几条"),
            lambda _, row: "效益" in row.level1 and "%" in row.target,
        ),
        (
            ("目标是日期、完成值却写文字的是哪条", "完成值填的是文字、目标却是日期的指标"),
            lambda _, row: row.actual == "完成",
        ),
        (
            ("成本指标里目标没带单位的有几条", "目标值没写计量单位的成本指标有哪些"),
            lambda _, row: "成本" in row.level2 and row.target == "≦1833",
        ),
        (
            ("明明是2021年的表，目标期限却写到2022年的指标", "2021年的表里目标时限写成2022年的是哪条"),
            lambda _, row: "2022" in row.target,
        ),
        (
            ("目标写着“不超过多少”的时效指标或成本指标，实际是0的有哪些", "目标是“≤”、实际为0的成本指标"),
            lambda _, row: "成本" in row.level2 and "≤" in row.target and row.actual == "0万元",
        ),
        (
            (
                "满意度放在效益指标底下的是哪张表的哪一条",
                "不放在满意度指标、而是归到效益指标下面的满意度是哪条",
            ),
            lambda _, row: "满意" in row.level2 and "效益" in row.level1,
        ),
    ],
)
def test_conditions_on_cells(asker: Asker, questions: tuple[str, ...], told: Told) -> None:
    expected = _where(told)
    assert expected
    for question in questions:
        assert (question, _rows(asker, question)) == (question, expected)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("目标不是文字的时效指标有几条", lambda row: "时效" in row.level2),
        (
            "目标带了单位的数量指标有几条",
            lambda row: "数量" in row.level2 and row.target[-1:] not in "0123456789",
        ),
        ("原因栏空着的指标有几条", lambda row: row.explanation == ""),
        ("时效指标里目标不是日期的有几条", lambda row: "时效" in row.level2 and "20" not in row.target),
        ("没填偏差原因的指标有几条", lambda row: row.explanation == ""),
        ("没写偏差原因的指标有几条", lambda row: row.explanation in ("", "/", "无", "无偏离")),
    ],
)
def test_how_many_are_so(asker: Asker, question: str, told: Callable[[Indicator], bool]) -> None:
    expected = len(_where(lambda _, row: told(row)))
    assert asker.ask(question).values[0] == f"{expected}条"


@pytest.mark.parametrize(
    "question",
    [
        "偏差原因那一栏从头到尾一格都没填的是哪几张表",
        "哪些表的偏差原因都空着",
        "偏差说明全部留空的表有几张",
        "偏差原因一列通篇空白的表",
        "整张表偏差原因都空着的项目有哪些",
    ],
)
def test_a_whole_column_is_empty_only_where_nothing_is_filled_in(asker: Asker, question: str) -> None:
    forms = enumerate(bundled_forms(), start=1)
    blank = {n for n, form in forms if not any(row.explanation for row in form.indicators)}
    answer = asker.ask(question)
    assert _forms(answer.table.places) == blank
    assert "不算空" in answer.understood


@pytest.mark.parametrize(
    ("question", "forms"),
    [
        ("想找个先例：因为航班耽误造成偏差的，哪些项目写过？", {2}),
        ("偏差说明里讲到有人联系不上的，是哪几张表？", {3, 15}),
        ("哪些项目解释说是因为航班才没做好的", {2}),
        ("几个项目的偏差原因拿去世说事儿啊", {3, 12, 15}),
        ("偏差原因把航班搬出来说事的项目", {2}),
        ("因为领取人去世产生偏差的项目有哪些", {3, 12, 15}),
        ("哪几个项目以航班为由解释偏差", {2}),
        ("哪些表里的原因涉及人员去世", {3, 12, 15}),
        ("有人过世导致没发够的表是哪几张", {3, 15}),
        ("偏差原因只写了四个字“疫情影响”的是哪张表", {10}),
        ("哪些项目推说是航班的缘故", {2}),
    ],
)
def test_causes_in_everyday_words(asker: Asker, question: str, forms: set[int]) -> None:
    assert _forms(_rows(asker, question)) == forms


def test_what_came_of_a_cause_is_still_a_condition(asker: Asker) -> None:
    assert _rows(asker, "说是因为去世的人多才没完成的指标有哪些") == {(3, 1), (15, 1)}


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("园区专项那张表，哪些指标做得比说好的多", {(7, 4), (7, 5), (7, 13)}),
        ("中小企业专项里哪几条指标比目标少", {(19, 2), (19, 3), (19, 14)}),
        ("离退休处的表里有几条成本指标比控制价低", {(12, 5)}),
        ("哪些指标一点没做，分也没拿到", {(19, 3), (19, 14)}),
        ("完成值填0、得分也是0的指标", {(19, 3), (19, 14)}),
        ("哪些指标一分不少、完成值却是0万元", {(7, 7)}),
        ("成本实际比目标低一成以上的有哪些", {(7, 7), (20, 10), (20, 12)}),
        ("园区专项里省了钱的成本指标有哪几条", {(7, 7), (7, 10)}),
        ("完成值是目标的四成到六成的指标有哪些", {(1, 3), (10, 7)}),
        ("哪些指标做得比说好的多十倍以上", {(1, 5), (1, 6), (7, 4), (7, 5)}),
    ],
)
def test_how_actual_and_target_stand(asker: Asker, question: str, rows: Rows) -> None:
    assert _rows(asker, question) == rows


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("时效指标平均一条多少分？没填分值的刨掉", "8.69分"),
        ("没填分值的剔除，经济效益指标的平均分值是多少", "9分"),
        ("质量指标平均每条给几分，没打分值的刨除", "8.42分"),
    ],
)
def test_what_has_no_points_is_left_out_of_a_mean(asker: Asker, question: str, value: str) -> None:
    assert asker.ask(question).values == (value,)


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("哪些表把按时结题率列作了考核指标", {(6, 4)}),
        ("把“群体上访事件发生率”作为考核指标的项目有哪些", {(3, 7), (12, 7)}),
    ],
)
def test_forms_that_have_an_indicator_show_it(asker: Asker, question: str, rows: Rows) -> None:
    assert _rows(asker, question) == rows


@pytest.mark.parametrize(
    ("question", "form"),
    [("哪张表的满意度指标目标最低", 5), ("哪张表的满意度完成值最低", 5)],
)
def test_what_is_never_added_up_ranks_a_form_by_one_row(asker: Asker, question: str, form: int) -> None:
    answer = asker.ask(question)
    assert _forms(answer.table.places) == {form}
    assert "60%" in answer.values[1]


@pytest.mark.parametrize("question", ["没完成也没扣分的指标有吗", "没扣分也没完成目标的指标有没有"])
def test_whether_any_is_so(asker: Asker, question: str) -> None:
    assert asker.ask(question).values[0] == "没有"


def test_what_the_asker_thinks_of_it_asks_nothing(asker: Asker) -> None:
    plain = asker.ask("完成值超过目标10倍的指标有哪些？")
    assert asker.ask("完成值超过目标10倍的指标有哪些？目标怕是定得太低了").table.places == plain.table.places
