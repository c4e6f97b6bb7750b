"""Turns as people type them, played through the session: each must leave the form that they mean."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.conversation.session import DraftSession
from assistant.form.rounding import plain
from tests.conversation.playing import play, row

TELEGRAM = "市博物馆 青铜器保护修复 2024 预算150万 支出142.5万"
RESULTS = "修复文物≥60件 实际54件；建档率100% 100%；专家满意度≥90% 93%"


def test_a_telegram_is_a_header(session: DraftSession) -> None:
    form = play(session, TELEGRAM).form
    assert (form.unit, form.project_name, form.year) == ("市博物馆", "青铜器保护修复", 2024)
    assert (form.funds[0].budget, form.funds[0].executed, form.funds[0].rate) == ("150", "142.5", "95.00%")


def test_told_rows_take_the_place_of_suggestions_without_figures(session: DraftSession) -> None:
    view = play(session, TELEGRAM, RESULTS)
    assert (row(view, "修复文物").target, row(view, "修复文物").actual) == ("≥60件", "54件")
    assert (row(view, "建档率").target, row(view, "专家满意度").actual) == ("=100%", "93%")
    assert not [one.name for one in view.form.indicators if "数量" in one.level2 and "待填" in one.target]
    assert sum(Decimal(one.weight) for one in view.form.indicators) == 90


def test_a_weight_that_the_person_sets_stays(session: DraftSession) -> None:
    view = play(session, TELEGRAM, RESULTS, "修复文物那行分值改成15分", "再加一个质量指标")
    assert row(view, "修复文物").weight == "15"
    outputs = [Decimal(one.weight) for one in view.form.indicators if "产出" in one.level1]
    assert sum(outputs) == 50


def test_a_level_gets_the_points_that_are_said(session: DraftSession) -> None:
    view = play(session, TELEGRAM, RESULTS, "产出分值调成40，效益调成40分")
    for level in ("产出", "效益"):
        points = [Decimal(one.weight) for one in view.form.indicators if level in one.level1]
        assert sum(points) == 40


def test_one_more_row_of_a_level_is_one(session: DraftSession) -> None:
    before = play(session, TELEGRAM)
    after = play(session, TELEGRAM, "时效指标再来一条")
    assert len(after.form.indicators) == len(before.form.indicators) + 1


def test_deleted_by_mistake_comes_back(session: DraftSession) -> None:
    view = play(session, TELEGRAM, RESULTS, "删掉建档率那一行", "哎删错了，恢复")
    assert row(view, "建档率").actual == "100%"


def test_the_last_row_is_one_row(session: DraftSession) -> None:
    before = play(session, TELEGRAM)
    after = play(session, TELEGRAM, "删掉最后一行")
    assert [one.name for one in after.form.indicators] == [one.name for one in before.form.indicators][:-1]


@pytest.mark.parametrize("text", ["行了，导出word给我", "给我导出来", "表格下载", "生成word"])
def test_the_document_is_offered(session: DraftSession, text: str) -> None:
    view = session.say(session.begin().id, text)
    assert "导出" in view.messages[-1].text


def test_a_question_on_what_was_just_said_is_answered_with_it(session: DraftSession) -> None:
    view = play(session, TELEGRAM, RESULTS)
    view = session.say(view.id, "修复文物给20分，扣多少")
    assert "20 × 54 ÷ 60 = 18，扣2分" in view.messages[-1].text


def test_what_is_missing_is_named(session: DraftSession) -> None:
    view = play(session, TELEGRAM, "修复文物≥60件")
    view = session.say(view.id, "还有哪些没填？")
    assert "修复文物" in view.messages[-1].text


def test_sources_make_the_total(session: DraftSession) -> None:
    form = play(session, "县水利局2024年渠道清淤工程，中央资金300万，县里配套50万").form
    assert (form.funds[0].budget, form.funds[1].budget) == ("350", "350")


def test_the_summary_has_its_numbers_from_the_sheet(session: DraftSession) -> None:
    view = play(
        session, TELEGRAM, RESULTS, "其他都按目标完成", "修复少6件是因为两名修复师外借，明年由修复科补齐人手"
    )
    view = session.say(view.id, "写个自评总结")
    text = view.proposals[-1].new
    sheet = view.report.sheet
    for part in (
        "全年预算150万元",
        "全年执行142.5万元",
        "预算执行率95%",
        f"自评得分{plain(sheet.total_rule or Decimal(0), 2)}分",
        "实际54件",
    ):
        assert part in text
    assert "两名修复师外借" in text and "明年由修复科补齐人手" in text
    assert view.proposals[-1].grounded


def test_a_cause_of_low_spending_explains_no_row(session: DraftSession) -> None:
    view = play(
        session,
        "市博物馆 青铜器保护修复 2024 预算150万 支出120万",
        RESULTS,
        "钱没花完是因为设备尾款要验收后支付",
    )
    assert "尾款" in view.form.total.note and "执行率80%" in view.form.total.note
    assert "尾款" not in row(view, "修复文物").explanation


def test_undo_with_its_reason_and_export_after_figures(session: DraftSession) -> None:
    before = play(session, TELEGRAM, RESULTS)
    view = session.say(before.id, "建档率目标改成98%")
    view = session.decide(view.id, next(p for p in view.decisions if view.decisions[p] == "pending"), True)
    assert row(view, "建档率").target == "=98%"
    view = session.say(view.id, "等等，改错了，撤回")
    assert row(view, "建档率").target == "=100%"
    assert "导出" in session.say(view.id, "建档率实际99%。行了，导出吧").messages[-1].text


def test_a_drafted_text_keeps_step_with_a_correction(session: DraftSession) -> None:
    view = play(session, TELEGRAM, RESULTS, "其余按目标值填", "不对，修复文物是55件")
    assert row(view, "修复文物").actual == "55件"
    assert "54件" not in view.form.goal.actual


def test_money_left_with_its_cause_in_the_same_message(session: DraftSession) -> None:
    view = play(session, "市博物馆 青铜器保护修复 2024，预算150万，付了142.5万，其中7.5万的检测费没结算")
    assert "检测费" in view.form.total.note
    assert view.form.funds[0].executed == "142.5"


def test_what_was_done_of_a_planned_row_is_its_result_and_no_row_of_its_own(session: DraftSession) -> None:
    view = session.begin()
    view = session.say(
        view.id,
        "县交通局2024年农村公路养护，预算300万元，计划养护公路120公里，实际养了112公里，沿线受益3.5万人",
    )
    names = [one.edits[0].indicator.name for one in view.proposals if one.edits[0].indicator is not None]
    assert not [name for name in names if name.startswith("养")], names


def test_undo_in_words_takes_back_what_followed_from_the_last_statement(session: DraftSession) -> None:
    before = play(session, TELEGRAM, RESULTS).form
    view = play(session, TELEGRAM, RESULTS, "修复文物目标改成50件", "撤回")
    assert view.form == before, "the goal that was drafted anew with it goes back, too"
    view = session.say(view.id, "修复文物目标改成50件")
    view = session.accept_all(view.id)
    view = session.say(view.id, "撤销，应该是55件")
    view = session.accept_all(view.id)
    assert row(view, "修复文物").target == "≥55件"


def test_which_rows_fell_short_is_answered_from_the_form(session: DraftSession) -> None:
    view = play(session, TELEGRAM, RESULTS)
    view = session.say(view.id, "哪些指标没完成")
    told = view.messages[-1].text
    assert "修复文物" in told and "54件" in told and "原因待填" in told
    assert "建档率" not in told.split("还没填完成值")[0]


def test_points_that_fill_a_level_leave_no_place_for_suggestions(session: DraftSession) -> None:
    view = play(
        session,
        TELEGRAM,
        "修复文物≥60件，实际54件，20分；建档率100%，实际100%，20分；完工时间2024年10月底前，实际2024年10月9日，10分",
    )
    output = [one for one in view.form.indicators if "产出" in one.level1]
    assert [one.weight for one in output] == ["20", "20", "10"]
    assert any("效益" in one.level1 for one in view.form.indicators), "other levels keep theirs"


def test_a_measure_told_alone_waits_for_its_cause_once(session: DraftSession) -> None:
    view = play(session, TELEGRAM, RESULTS, "修复文物下一步打算与省级实验室合作")
    assert "省级实验室" in row(view, "修复文物").explanation
    assert "【待填】" in row(view, "修复文物").explanation
    assert not [one for one in view.proposals if view.decisions[one.id] == "pending"]
    view = session.say(view.id, "修复文物少是因为除锈药剂断供")
    view = session.accept_all(view.id)
    told = row(view, "修复文物").explanation
    assert "除锈药剂断供" in told and "省级实验室" in told and "【待填】" not in told


def test_a_further_reason_stands_beside_the_first(session: DraftSession) -> None:
    view = play(
        session, TELEGRAM, RESULTS, "修复文物少了6件，除锈药剂断供", "修复文物的原因再补充一句，两名技师退休"
    )
    assert all(words in row(view, "修复文物").explanation for words in ("药剂断供", "技师退休"))


def test_planned_things_get_rows_after_what_was_spent_is_told(session: DraftSession) -> None:
    view = play(
        session,
        "清溪县水利局，农村饮水管网改造，2024年度",
        "预算680万元，执行652万元",
        "目标：铺设管道46公里，安装水表3200块",
    )
    assert row(view, "管道").target == "≥46公里"
    assert row(view, "水表").target == "≥3200块"
    assert not view.form.goal.expected.startswith("：")
