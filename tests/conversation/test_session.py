"""The drafting session over a real library: the main journey without a page, decisions, undo, conflicts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.conversation.session import DraftSession, DraftView
from assistant.documents.read import read_bytes
from assistant.documents.write_docx import write_docx
from assistant.errors import AssistantError, ConflictError, ModelUnavailableError
from assistant.form.edit import Edit
from assistant.form.finding import Location, Severity
from assistant.form.model import Form, Indicator
from assistant.llm.model import Answer
from assistant.services import open_services
from assistant.settings import Settings

DESCRIPTION = (
    "我们是市教育局教师科，2023年做骨干教师能力提升培训项目，主管部门市教育局，年初预算30万元，没有调整，"
    "都是当年财政拨款，实际支出28.6万元。去年培训了66人，今年计划培训80人，办2期，参训教师满意度92%以上"
)


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DraftSession]:
    services = open_services(Settings(home=tmp_path_factory.mktemp("home")), offline=True)
    yield services.session
    services.close()


def pending(view: DraftView, kind: str) -> list[str]:
    return [one.id for one in view.proposals if one.kind == kind and view.decisions[one.id] == "pending"]


def errors(view: DraftView) -> set[str]:
    return {finding.rule for finding in view.report.findings if finding.severity is Severity.ERROR}


def row(view: DraftView, name: str) -> tuple[int, Indicator]:
    return next((n, one) for n, one in enumerate(view.form.indicators, 1) if name in one.name)


def described(session: DraftSession) -> DraftView:
    return session.accept_all(session.say(session.begin().id, DESCRIPTION).id)


def test_from_a_description_to_a_complete_form_without_errors(session: DraftSession) -> None:
    view = session.say(session.begin().id, DESCRIPTION)
    assert view.form == session.begin().form, "saying something changes no cell"
    assert len(pending(view, "facts")) == 1
    cards = [one for one in view.proposals if one.kind == "indicator"]
    assert {one.edits[0].indicator.level1 for one in cards if one.edits[0].indicator} == {
        "产出指标",
        "效益指标",
        "满意度指标",
    }
    leaning = [one for one in cards if one.evidence]
    assert len(leaning) >= 3
    assert all(evidence.form >= 1 and evidence.project_name for one in leaning for evidence in one.evidence)

    view = session.accept_all(session.say(view.id, "确认").id)
    form = view.form
    assert (form.project_name, form.unit, form.year) == ("骨干教师能力提升培训项目", "市教育局教师科", 2023)
    assert (form.funds[0].budget, form.funds[0].rate, form.funds[0].score) == ("30", "95.33%", "9.53")
    assert row(view, "培训人数")[1].target == "≥80人"
    assert sum(int(one.weight) for one in form.indicators) == 90
    assert pending(view, "goal"), "the goal is composed once the rows are settled"
    view = session.accept_all(view.id)
    assert "培训人数不少于80人" in view.form.goal.expected

    view = session.say(view.id, "培训人数实际完成72人，培训班次2期，其他都是100%，总成本28.6万元")
    view = session.say(view.id, "确认")
    assert row(view, "培训人数")[1].score == "8.1"
    assert "deviation_unexplained" in errors(view)
    card = next(one for one in view.proposals if one.id in pending(view, "explanation"))
    assert "80人" in card.new and "72人" in card.new and "90%" in card.new
    assert card.question and "【待填】" in card.new, "a cause is asked for, never invented"

    view = session.say(view.id, "部分学校值班教师紧张，没来参加。下一步与学校错峰安排。")
    card = next(one for one in view.proposals if one.id in pending(view, "explanation"))
    assert "值班教师紧张" in card.new and "错峰安排" in card.new and not card.question
    view = session.decide(view.id, card.id, accept=True)
    assert "deviation_unexplained" not in errors(view)

    for step in range(4):
        worded = [n for n, one in enumerate(view.form.indicators, 1) if not one.actual]
        if not worded:
            break
        view = session.say(view.id, "其他指标都完成了")
        view = session.accept_all(view.id)
        assert step < 3, view.messages[-1].text
    view = session.accept_all(view.id)
    assert errors(view) == set()
    assert all(step.done for step in view.steps), view.steps
    assert view.report.sheet.total_rule is not None and view.report.sheet.total_rule < 100
    assert "扣0.9分" in session.say(view.id, "为什么扣分").messages[-1].text

    back = read_bytes(write_docx(view.form), "自评表.docx").forms[0]
    assert (back.indicators, back.funds, back.goal) == (view.form.indicators, view.form.funds, view.form.goal)


def test_nothing_is_written_before_the_person_decides(session: DraftSession) -> None:
    view = described(session)
    version = view.version
    view = session.say(view.id, "培训人数实际完成72人")
    assert view.version == version and row(view, "培训人数")[1].actual == ""
    view = session.say(view.id, "不对")
    assert pending(view, "facts") == [] and row(view, "培训人数")[1].actual == ""
    view = session.say(session.say(view.id, "培训人数实际完成73人").id, "对")
    assert row(view, "培训人数")[1].actual == "73人"


def test_newer_facts_take_the_place_of_older_ones(session: DraftSession) -> None:
    view = described(session)
    view = session.say(view.id, "培训人数72人，参训教师满意度95%")
    view = session.say(view.id, "不对，是74人")
    assert len(pending(view, "facts")) == 1, "one card holds all that waits"
    view = session.say(view.id, "好的")
    assert row(view, "培训人数")[1].actual == "74人"
    assert row(view, "参训教师满意度")[1].actual == "95%"


def test_a_yes_and_more_in_one_message(session: DraftSession) -> None:
    view = session.say(described(session).id, "培训人数72人")
    view = session.say(view.id, "好的，另外参训教师满意度95%")
    assert row(view, "培训人数")[1].actual == "72人"
    assert row(view, "参训教师满意度")[1].actual == ""
    assert len(pending(view, "facts")) == 1


def test_the_same_card_twice_is_safe(session: DraftSession) -> None:
    view = session.say(described(session).id, "培训人数72人")
    card = pending(view, "facts")[0]
    first = session.decide(view.id, card, accept=True)
    again = session.decide(view.id, card, accept=True)
    assert (again.version, again.form) == (first.version, first.form)
    assert session.decide(view.id, card, accept=False).decisions[card] == "accepted"
    with pytest.raises(AssistantError, match="找不到这条建议"):
        session.decide(view.id, "p999", accept=True)


def test_indicator_cards_find_their_place_in_any_order(session: DraftSession) -> None:
    straight = session.say(session.begin().id, DESCRIPTION)
    backwards = session.say(session.begin().id, DESCRIPTION)
    for card in pending(straight, "indicator"):
        straight = session.decide(straight.id, card, accept=True)
    for card in reversed(pending(backwards, "indicator")):
        backwards = session.decide(backwards.id, card, accept=True)
    levels = [(one.level1, one.level2) for one in straight.form.indicators]
    assert [(one.level1, one.level2) for one in backwards.form.indicators] == levels
    assert {one.name for one in backwards.form.indicators} == {one.name for one in straight.form.indicators}


def test_own_text_counts_as_the_persons(session: DraftSession) -> None:
    view = session.say(session.begin().id, DESCRIPTION)
    card = next(one for one in view.proposals if one.kind == "indicator" and "培训人数" in one.new)
    view = session.decide(
        view.id, card.id, accept=True, new="产出指标｜数量指标｜骨干教师培训人数｜≥85人｜12分"
    )
    assert view.decisions[card.id] == "edited"
    _, content = row(view, "骨干教师培训人数")
    assert (content.target, content.weight) == ("≥85人", "12")


def test_what_was_spent_is_the_result_of_a_cost_that_was_taken_over_after_it_was_told(
    session: DraftSession,
) -> None:
    view = described(session)
    number, content = row(view, "总成本")
    assert content.actual == ""
    (card,) = pending(view, "facts")
    view = session.decide(view.id, card, accept=True)
    assert view.form.indicators[number - 1].actual == "28.6万元"
    assert not pending(view, "facts")


def test_a_whole_cost_that_is_not_to_be_filled_is_not_asked_for_again(session: DraftSession) -> None:
    view = described(session)
    (card,) = pending(view, "facts")
    view = session.decide(view.id, card, accept=False)
    assert not pending(view, "facts")
    assert row(view, "总成本")[1].actual == ""


@pytest.mark.parametrize("said", ["这两条照目标完成", "刚加的都完成了", "上面两条跟目标一样"])
def test_the_rows_added_last_are_done_as_planned(session: DraftSession, said: str) -> None:
    view = described(session)
    view = session.say(view.id, "加两个指标：示范课不少于16场，教研沙龙不少于6场")
    view = session.say(view.id, "确认")
    before = {one.name: one.actual for one in view.form.indicators}
    view = session.say(session.say(view.id, said).id, "确认")
    after = {one.name: one.actual for one in view.form.indicators}
    changed = {
        name: actual for name, actual in after.items() if actual != before[name] and "总成本" not in name
    }
    assert changed == {"示范课": "16场", "教研沙龙": "6场"}


def test_a_row_that_is_added_again_takes_the_new_target(session: DraftSession) -> None:
    view = described(session)
    view = session.say(session.say(view.id, "加一个指标：培训人数不少于90人").id, "确认")
    rows = [one for one in view.form.indicators if "培训人数" in one.name]
    assert [one.target for one in rows] == ["≥90人"]


def test_a_question_about_other_forms_in_between_changes_nothing(session: DraftSession) -> None:
    view = described(session)
    number, _ = row(view, "参训教师满意度")
    asked = session.say(view.id, "满意度一般定多少")
    answer = asked.messages[-1].text
    assert "库中第" in answer
    assert asked.form == view.form
    again = session.say(view.id, "这类指标别人都定多少")
    assert again.messages[-1].text == answer
    told = session.say(session.say(view.id, "那目标改94%吧").id, "确认")
    assert told.form.indicators[number - 1].target == "≥94%"


def test_a_deleted_row_is_spared_in_words(session: DraftSession) -> None:
    view = described(session)
    names = [one.name for one in view.form.indicators]
    view = session.say(session.say(view.id, "删掉第1行").id, "确认")
    assert [one.name for one in view.form.indicators] == names[1:]
    view = session.say(view.id, "算了还是留着吧")
    assert [one.name for one in view.form.indicators] == names


def test_waiting_cards_follow_their_rows(session: DraftSession) -> None:
    view = described(session)
    number, content = row(view, "参训教师满意度")
    view = session.say(view.id, "参训教师满意度95%")
    view = session.edit(
        view.id, (Edit(operation="delete", location=Location(section="indicators", row=1)),), view.version
    )
    card = next(one for one in view.proposals if one.id in pending(view, "facts"))
    told = next(edit for edit in card.edits if edit.new == "95%")
    assert told.location.row == number - 1
    view = session.decide(view.id, card.id, accept=True)
    assert row(view, content.name)[1].actual == "95%"


def test_a_cell_that_the_person_changed_is_no_longer_proposed(session: DraftSession) -> None:
    view = described(session)
    number, _ = row(view, "培训人数")
    view = session.say(view.id, "培训人数72人")
    place = Location(section="indicators", row=number, field="actual")
    view = session.edit(view.id, (Edit(location=place, old="", new="75人"),), view.version)
    waiting = [one for one in view.proposals if one.id in pending(view, "facts")]
    assert all(edit.location != place for one in waiting for edit in one.edits)
    assert row(view, "培训人数")[1].actual == "75人"


def test_undo_goes_back_step_by_step(session: DraftSession) -> None:
    fresh = session.begin()
    assert not fresh.can_undo
    assert "没有可以撤销" in session.undo(fresh.id).messages[-1].text
    before = described(session)
    told = session.say(before.id, "培训人数72人")
    card = pending(told, "facts")[0]
    after = session.decide(told.id, card, accept=True)
    assert pending(after, "explanation")
    back = session.say(after.id, "撤销")
    assert back.form == before.form
    assert back.version == after.version + 1
    assert back.decisions[card] == "withdrawn", "what was taken back does not come in again with the next yes"
    assert pending(back, "explanation") == []
    again = session.say(session.say(back.id, "培训人数75人").id, "好的")
    assert row(again, "培训人数")[1].actual == "75人"
    view = session.undo(again.id)
    while view.can_undo:
        view = session.undo(view.id)
    assert view.form == session.begin().form


def test_a_suggestion_waits_again_after_undo(session: DraftSession) -> None:
    view = session.say(session.begin().id, DESCRIPTION)
    card = pending(view, "indicator")[0]
    view = session.undo(session.decide(view.id, card, accept=True).id)
    assert view.decisions[card] == "pending" and not view.form.indicators


def test_the_answer_to_a_waiting_row_goes_onto_its_card(session: DraftSession) -> None:
    view = session.say(
        session.begin().id, "项目名称是农村公路改造项目，2023年度，实施单位是县公路段，主管部门是县交通局"
    )
    view = session.accept_all(view.id)
    card = next(one for one in view.proposals if "里程" in one.new and view.decisions[one.id] == "pending")
    assert card.question
    view = session.say(view.id, "改造里程12公里")
    filled = next(one for one in view.proposals if "里程" in one.new and view.decisions[one.id] == "pending")
    assert "≥12公里" in filled.new and not filled.question
    assert view.decisions[card.id] == "withdrawn"


def test_a_table_edit_on_an_old_version_is_refused(session: DraftSession) -> None:
    view = described(session)
    edit = Edit(location=Location(section="header", field="unit"), old=view.form.unit, new="教师发展科")
    changed = session.edit(view.id, (edit,), view.version)
    assert changed.form.unit == "教师发展科"
    other = edit.model_copy(update={"new": "教师工作处"})
    with pytest.raises(ConflictError):
        session.edit(view.id, (other,), view.version)
    same = session.edit(view.id, (edit,), changed.version)
    assert same.version == changed.version, "an edit that changes nothing makes no version"


def test_row_commands_by_chat(session: DraftSession) -> None:
    view = described(session)
    count = len(view.form.indicators)
    number, content = row(view, "培训班次")
    view = session.say(session.say(view.id, f"删掉第{number}行").id, "确认")
    assert len(view.form.indicators) == count - 1
    assert content.name not in {one.name for one in view.form.indicators}
    view = session.say(view.id, "加一个指标：教研活动场次不少于6场")
    view = session.say(view.id, "确认")
    number, content = row(view, "教研活动场次")
    assert (content.level2, content.target) == ("数量指标", "≥6场")
    assert view.form.indicators[number - 2].level2 == "数量指标", "it stands with its level"


def test_which_row_is_asked_and_answered(session: DraftSession) -> None:
    rows = tuple(
        Indicator(level1="满意度指标", level2="满意度指标", name=name, target="≥90%", weight="5")
        for name in ("参训教师满意度", "派出学校满意度")
    )
    view = session.begin(Form(project_name="教师培训", year=2023, indicators=rows))
    view = session.say(view.id, "满意度目标92%，实际95%")
    assert "哪一行" in view.messages[-1].text and not pending(view, "facts")
    view = session.say(session.say(view.id, "第2行").id, "确认")
    assert (view.form.indicators[1].target, view.form.indicators[1].actual) == ("≥92%", "95%")
    assert view.form.indicators[0].actual == ""


def test_results_told_before_there_were_rows_come_back(session: DraftSession) -> None:
    view = session.say(session.begin().id, "今年实际培训了71人")
    view = session.accept_all(session.say(view.id, DESCRIPTION).id)
    card = next(one for one in view.proposals if one.id in pending(view, "facts"))
    assert card.edits[0].new == "71人"
    number, _ = row(view, "培训人数")
    assert card.edits[0].location.row == number


def test_a_result_told_with_the_plan_stands_in_the_row_at_once(session: DraftSession) -> None:
    view = session.say(session.begin().id, DESCRIPTION + "，实际培训了71人")
    _, trained = row(session.accept_all(view.id), "培训人数")
    assert (trained.target, trained.actual) == ("≥80人", "71人")


def test_what_is_told_of_a_waiting_row_stands_on_its_card(session: DraftSession) -> None:
    view = session.say(session.begin().id, DESCRIPTION)
    view = session.say(session.say(view.id, "培训人数实际完成71人").id, "不对，培训人数实际是73人")
    card = next(
        one for one in view.proposals if one.id in pending(view, "indicator") and "培训人数" in one.new
    )
    assert card.new.endswith("｜实际73人") and "培训人数" in view.messages[-1].text
    _, trained = row(session.decide(view.id, card.id, accept=True), "培训人数")
    assert (trained.target, trained.actual) == ("≥80人", "73人")


def test_a_row_that_waits_with_the_stated_facts_is_corrected_and_deleted_there(session: DraftSession) -> None:
    view = session.say(session.begin().id, "县水务局2024年管网改造项目，改造管网计划12公里，实际改了11公里")
    view = session.say(view.id, "改造管网实际是11.5公里")
    (card,) = (one for one in view.proposals if one.id in pending(view, "facts"))
    assert "≥12公里，实际11.5公里" in card.new
    view = session.say(view.id, "把改造管网里程那行删掉")
    assert all("公里" not in one.new for one in view.proposals if one.id in pending(view, "facts"))
    assert "不列" in view.messages[-1].text


def test_last_years_form_gives_targets(session: DraftSession) -> None:
    view = session.say(session.begin().id, "项目名称是自治区葡萄酒产业发展专项资金，2022年度")
    view = session.say(view.id, "照去年的来")
    cards = [one for one in view.proposals if one.id in pending(view, "indicator") and "往年" not in one.new]
    named = {one.edits[0].indicator.name for one in cards if one.edits[0].indicator}
    assert "培育知名葡萄酒品牌数" in named
    past = next(one for one in cards if "培育知名葡萄酒品牌数" in one.new and one.reason.startswith("照"))
    assert past.edits[0].indicator is not None and past.edits[0].indicator.actual == ""
    assert past.evidence[0].form and past.evidence[0].actual, "last year's result is shown beside it"
    view = session.say(session.begin().id, "项目名称是深海采矿试验，2022年度")
    assert "没有找到" in session.say(view.id, "照去年的来").messages[-1].text


def test_who_and_what_stands_in_the_audit_trail(tmp_path: Path) -> None:
    services = open_services(Settings(home=tmp_path), offline=True)
    view = services.session.say(services.session.begin().id, DESCRIPTION)
    view = services.session.decide(view.id, pending(view, "facts")[0], accept=True)
    view = services.session.decide(view.id, pending(view, "indicator")[0], accept=True)
    view = services.session.undo(view.id)
    entries = services.library.audit(f"draft:{view.id}")
    assert [entry.by for entry in entries] == ["", "user", "rules", "user"]
    assert "撤销" in entries[-1].what
    services.close()


def test_a_form_that_was_read_opens_with_the_next_question(session: DraftSession) -> None:
    view = session.begin(Form(project_name="图书室建设", unit="公共服务科", department="市文化局"))
    assert "年度" in view.messages[-1].text
    view = session.say(session.say(view.id, "2024").id, "确认")
    assert view.form.year == 2024
    assert "预算" in view.messages[-1].text


TEXTS = st.one_of(
    st.text(max_size=120),
    st.lists(
        st.sampled_from(
            [
                "第1行",
                "删掉",
                "培训人数",
                "88人",
                "满意度",
                "95%",
                "确认",
                "撤销",
                "，",
                "。",
                "？",
                "因为",
                "预算",
                "60万",
                "不对",
                "是",
                "好的",
                "《",
                "》",
                "加一个指标：",
                "照去年的来",
                "为什么扣分",
            ]
        ),
        max_size=8,
    ).map("".join),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_say_never_raises(session: DraftSession, texts: list[str]) -> None:
    rows = (
        Indicator(
            level1="产出指标", level2="数量指标", name="培训人数", target="≥100人", actual="80人", weight="50"
        ),
        Indicator(
            level1="满意度指标", level2="满意度指标", name="参训人员满意度", target="≥90%", weight="40"
        ),
    )
    view = session.begin(Form(project_name="教师培训", year=2023, indicators=rows))
    for text in texts:
        view = session.say(view.id, text)
        assert view.messages[-1].role == "assistant" and view.messages[-1].text
        assert all(view.decisions[one.id] for one in view.proposals)


class Unreachable:
    """A configured model that never answers."""

    def answer(self, prompt: str, schema: type[Answer], *, prompt_id: str) -> Answer:
        raise ModelUnavailableError("连接不上模型服务")


def test_a_model_that_is_down_changes_nothing_but_the_notice(tmp_path: Path) -> None:
    services = open_services(Settings(home=tmp_path), offline=True)
    session = DraftSession(services.library, services.library.search, Unreachable())
    plain = services.session.say(services.session.begin().id, DESCRIPTION)
    view = session.say(session.begin().id, DESCRIPTION)
    assert "连接不上" in view.messages[-1].notice
    assert [(one.kind, one.new) for one in view.proposals] == [(one.kind, one.new) for one in plain.proposals]
    view = session.accept_all(view.id)
    view = session.accept_all(session.say(view.id, "培训人数实际完成72人").id)
    assert row(view, "培训人数")[1].actual == "72人"
    services.close()
