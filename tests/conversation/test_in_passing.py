"""Second thoughts and turns said in passing, played through the session: what the form holds after them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.conversation.session import DraftSession
from tests.conversation.playing import play, row

HEADER = "梅岭县林业局，封山育林项目，2024年度"
ROWS = "管护站维修目标12座，实际9座；护林员培训计划60人，实际60人；巡护里程计划八百公里，巡了七百二十公里"


@pytest.mark.parametrize(
    "text", ["撤销上面管护站那条", "算了还是撤回吧，我再问问", "把刚才改的管护站撤回", "撤回刚刚改的"]
)
def test_undo_may_say_what_it_undoes(session: DraftSession, text: str) -> None:
    view = play(session, HEADER, ROWS, "管护站维修实际改成11座", text)
    assert row(view, "管护站").actual == "9座"


def test_who_speaks_and_what_is_filled_in_may_stand_in_one_breath(session: DraftSession) -> None:
    form = play(session, "我是梅岭县水利局的要填那个小水库安全监测经费二零二三年度的自评表").form
    assert (form.project_name, form.unit, form.year) == ("小水库安全监测经费", "梅岭县水利局", 2023)


@pytest.mark.parametrize(
    ("text", "actual"),
    [
        ("管护站不是九座是十座", "10座"),
        ("不对，管护站是10座，9是上半年的数", "10座"),
        ("9座只是南片的，管护站应该是10座", "10座"),
    ],
)
def test_a_figure_of_something_else_gives_way(session: DraftSession, text: str, actual: str) -> None:
    view = play(session, HEADER, ROWS, text)
    assert (row(view, "管护站").target, row(view, "管护站").actual) == ("≥12座", actual)


def test_a_slip_in_the_same_breath_is_no_figure(session: DraftSession) -> None:
    view = play(
        session, HEADER, "护林员培训计划60人，实际66人，不对，是56人；管护站维修12座，坏了5座，修了12座"
    )
    assert (row(view, "护林员").target, row(view, "护林员").actual) == ("≥60人", "56人")
    assert "66" not in view.form.model_dump_json()


@pytest.mark.parametrize("text", ["产出55效益20满意15", "产出：55，效益：20，满意度：15"])
def test_points_of_levels_come_in_a_run(session: DraftSession, text: str) -> None:
    view = play(session, HEADER, ROWS, text)
    points = {
        level: sum(Decimal(one.weight) for one in view.form.indicators if level in one.level1)
        for level in ("产出", "效益", "满意度")
    }
    assert points == {"产出": 55, "效益": 20, "满意度": 15}


def test_those_rows_done_are_counted_not_read(session: DraftSession) -> None:
    view = play(session, HEADER, "先说目标：管护站维修12座，护林员培训60人", "上面两项都做完了，一个不少")
    assert (row(view, "管护站").actual, row(view, "护林员").actual) == ("12座", "60人")


def test_money_of_one_level_used_up_is_its_own(session: DraftSession) -> None:
    form = play(
        session,
        HEADER,
        "预算260万，其中省级180万、县级80万。支出方面，省级那块用了171万，县级80万用完",
    ).form
    assert (form.funds[0].budget, form.funds[0].executed) == ("260", "251")


@pytest.mark.parametrize(
    ("text", "name", "actual"),
    [
        ("苗木检疫差错率不超过5‰，抽检了4000株，出错14株", "差错率", "3.5‰"),
        ("造林验收合格率目标95%，抽查80个小班，2个不合格", "造林验收合格率", "97.5%"),
        ("村民满意度目标90%，发出220份问卷，收回200份，其中188份满意", "满意度", "94%"),
    ],
)
def test_a_rate_follows_from_what_was_found(session: DraftSession, text: str, name: str, actual: str) -> None:
    assert row(play(session, HEADER, text), name).actual == actual


def test_a_day_that_was_put_off_and_why(session: DraftSession) -> None:
    view = play(
        session,
        HEADER,
        "围栏安装30公里，竣工时间9月20日前，标牌制作50块。结果围栏安装了30公里，竣工推迟到10月15日，标牌50块都到了",
        "拖期是雨季山路塌方",
    )
    told = row(view, "竣工时间")
    assert (told.target, told.actual) == ("9月20日前", "2024年10月15日")
    assert "山路塌方" in told.explanation


def test_a_row_may_be_told_in_words(session: DraftSession) -> None:
    view = play(session, HEADER, "生态效益方面，林区生物多样性，目标为“持续改善”，年底评估为“有所改善”")
    told = row(view, "生物多样性")
    assert (told.level2, told.target, told.actual) == ("生态效益指标", "持续改善", "有所改善")


def test_a_cause_finds_its_row_by_the_plan_or_by_its_place(session: DraftSession) -> None:
    view = play(
        session,
        HEADER,
        "火情起数下降率目标20%，实际14%；宣讲计划8场，只办了6场，因为道路结冰",
        "没降到20%主要是清明上坟烧纸多",
    )
    assert "主要原因是清明上坟烧纸多" in row(view, "下降率").explanation
    assert "道路结冰" in row(view, "宣讲").explanation


def test_what_is_said_of_oneself_is_no_row(session: DraftSession) -> None:
    names = [one.name for one in play(session, HEADER + "，这两天感冒头疼").form.indicators]
    assert not [name for name in names if "感冒" in name]


def test_the_plan_may_stand_behind_its_result(session: DraftSession) -> None:
    told = row(play(session, HEADER, "瞭望塔建了4座，本来就要求4座；围栏安装计划3公里，装了3公里"), "瞭望塔")
    assert (told.target, told.actual) == ("≥4座", "4座")
