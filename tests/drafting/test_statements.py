"""What users state: quantities with their thing and year, causes, measures."""

from __future__ import annotations

import pytest

from assistant.drafting.statements import count_name, read_causes, read_measures, read_statements


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("举办3期培训班，培训村医120人次", [("培训班期数", "3期"), ("培训村医人次", "120人次")]),
        ("修路12公里，安装路灯200盏", [("修路里程", "12公里"), ("安装路灯数量", "200盏")]),
        ("发放补贴500户", [("发放补贴户数", "500户")]),
        ("给500户困难群众发放补贴", [("补贴困难群众户数", "500户")]),
        ("购买电脑30台、打印机5台", [("购买电脑数量", "30台"), ("打印机数量", "5台")]),
        ("为20家企业提供贷款贴息", [("贷款贴息企业数量", "20家")]),
        ("签约项目5个，引进投资2亿元", [("签约项目数量", "5个"), ("引进投资金额", "2亿元")]),
        ("造林5000亩，成活率85%以上", [("造林面积", "5000亩"), ("成活率", "85%")]),
        ("新增能源站2座", [("新增能源站数量", "2座")]),
        ("开展5次教师培训", [("教师培训次数", "5次")]),
    ],
)
def test_quantities_are_named_as_offices_name_them(words: str, names: list[tuple[str, str]]) -> None:
    assert [(count_name(one), one.quantity.text) for one in read_statements(words)] == names


def test_last_year_and_this_year_are_told_apart() -> None:
    last, this = read_statements("去年培训了84人，今年计划100人")
    assert (last.past, last.quantity.text, this.past, this.quantity.text) == (True, "84人", False, "100人")
    assert (this.thing, this.phase) == ("培训", "plan")


def test_a_named_year_is_placed_by_the_forms_year() -> None:
    last, this = read_statements("2023年完成培训84人，2024年目标100人", 2024)
    assert (last.past, this.past) == (True, False)


def test_questions_and_suppositions_state_nothing() -> None:
    assert read_statements("培训100人够吗？") == ()
    assert read_statements("如果培训100人，要多少钱？") == ()


@pytest.mark.parametrize(
    ("words", "cause"),
    [
        ("培训人数只完成了88人，因为有12人临时出差", "因有12人临时出差"),
        ("受强降雨影响，工期推迟", "受强降雨影响，工期推迟"),
        ("原因是设备到货晚，下一步我们会提前下单", "设备到货晚"),
        ("招标流标导致采购推迟", "招标流标导致采购推迟"),
        ("第4行展会推迟到明年举办", "展会推迟到明年举办"),
        ("人数少是因为没来参加", "未参加"),
    ],
)
def test_causes_are_taken_over_in_the_forms_language(words: str, cause: str) -> None:
    assert [told.text for told in read_causes(words)] == [cause]


@pytest.mark.parametrize("words", ["为什么扣分？", "因此要加强管理。", "满意度目标改成95%", "培训100人。"])
def test_no_cause_is_read_into_words_that_state_none(words: str) -> None:
    assert read_causes(words) == ()


def test_measures_are_told_apart_from_causes() -> None:
    words = "原因是财政资金没到位，下一步我们会加强对接。"
    assert [told.text for told in read_measures(words)] == ["下一步我单位会加强对接"]
    assert [told.text for told in read_causes(words)] == ["财政资金未到位"]
