"""审核, the review bar, versions, users: at first, at work, when something goes wrong, without rights."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from assistant.conversation.session import DraftView
from assistant.form.edit import Edit
from assistant.form.finding import Location
from assistant.form.model import Form
from assistant.people import ALL_UNITS, LOCAL, DraftState, Person, Role
from assistant.services import Services
from assistant.web.shell import identity
from tests.web.conftest import html_of
from tests.web.forms import DREDGING, TRANSFER
from tests.web.html_table import Page
from tests.web.test_escape import HOSTILE

REASON = Location(section="indicators", row=2, field="explanation")
OpenAs = Callable[..., AppTest]


def draw(name: str, person: object) -> None:
    """What AppTest runs as a script: one page with the services as ``person`` has them."""
    from importlib import import_module  # noqa: PLC0415 - the function's body is the script

    from app import services  # noqa: PLC0415
    from assistant.web import state  # noqa: PLC0415

    with state.guarded():
        import_module(f"assistant.web.{name}.page").page(services().for_person(person))


@pytest.fixture
def open_as(services: Services) -> OpenAs:
    def opened(name: str, person: Person = LOCAL, **first: Any) -> AppTest:
        test = AppTest.from_function(draw, kwargs={"name": name, "person": person}, default_timeout=20)
        for key, value in first.items():
            test.session_state[key] = value
        return test.run()

    return opened


@pytest.fixture
def unit(request: pytest.FixtureRequest) -> str:
    """A unit of the test's own, so that tests do not see each other's drafts."""
    return f"单位{abs(hash(request.node.name))}"


def drafter(unit: str) -> Person:
    return Person(id="wang@city", name="王芳", roles=frozenset({Role.DRAFTER}), units=(unit,))


def reviewer(unit: str) -> Person:
    return Person(id="li@city", name="李审", roles=frozenset({Role.REVIEWER}), units=(unit,))


def submitted(services: Services, unit: str, form: Form = DREDGING) -> DraftView:
    mine = services.for_person(drafter(unit))
    view = mine.session.begin(form.model_copy(update={"unit": unit}))
    mine.library.review.move(view.id, "submit")
    return view


class TestReview:
    def test_an_empty_queue_says_how_it_fills(self, open_as: OpenAs, unit: str) -> None:
        assert "还没有提交上来的表" in html_of(open_as("review", reviewer(unit)))

    def test_who_is_no_reviewer_is_told_so(self, open_as: OpenAs, services: Services, unit: str) -> None:
        submitted(services, unit)
        shown = html_of(open_as("review", drafter(unit)))
        assert "需要“审核”角色" in shown
        assert DREDGING.project_name not in shown

    def test_a_form_is_shown_with_findings_and_comments_at_its_cells(
        self, open_as: OpenAs, services: Services, unit: str
    ) -> None:
        view = submitted(services, unit)
        library = services.for_person(reviewer(unit)).library
        library.review.comment(view.id, 1, REASON, "请写明改进措施")
        test = open_as("review", reviewer(unit))
        assert list(test.dataframe[0].value["项目名称"]) == [DREDGING.project_name]
        page = Page(html_of(test))
        assert page.cell("连续降雨停工。").attributes["data-mark"] == "comment"
        assert "请写明改进措施（李审）" in page.text
        assert "分值合计为50" in page.text

    def test_a_comment_is_written_at_a_cell(self, open_as: OpenAs, services: Services, unit: str) -> None:
        view = submitted(services, unit)
        test = open_as("review", reviewer(unit))
        place = next(box for box in test.selectbox if box.key == f"comment-row-{view.id}")
        place.set_value(next(n for n, text in enumerate(place.options) if "清运淤泥" in text)).run()
        test.selectbox(key=f"comment-field-indicators-{view.id}").set_value("explanation").run()
        assert "data-here" in Page(html_of(test)).cell("连续降雨停工。").attributes, "the cell is led to"
        test.text_area(key=f"comment-text-{view.id}").set_value("请写明改进措施")
        test.button(key="comment-do").click().run()
        [comment] = services.library.review.comments(view.id)
        assert (comment.location, comment.text, comment.person) == (
            REASON,
            "请写明改进措施",
            "李审（li@city）",
        )
        test.segmented_control(key="review_view").set_value("批注").run()
        test.button(key=f"look-note-{comment.id}").click().run()
        assert "data-here" in Page(html_of(test)).cell("连续降雨停工。").attributes

    def test_findings_become_comments_once(self, open_as: OpenAs, services: Services, unit: str) -> None:
        view = submitted(services, unit)
        test = open_as("review", reviewer(unit), review_view="批注")
        test.button(key="findings-to-comments").click().run()
        texts = [comment.text for comment in services.library.review.comments(view.id)]
        assert any("分值合计为50" in text for text in texts)
        assert "findings-to-comments" not in [button.key for button in test.button]
        settle = next(button for button in test.button if (button.key or "").startswith("settle-"))
        settle.click().run()
        assert services.library.review.comments(view.id)[0].resolved_by

    def test_returned_with_a_reason_only(self, open_as: OpenAs, services: Services, unit: str) -> None:
        view = submitted(services, unit)
        test = open_as("review", reviewer(unit))
        test.button(key="return-do").click().run()
        assert "写明理由" in html_of(test)
        test.text_area(key=f"return-reason-{view.id}").set_value("缺少改进措施")
        test.button(key="return-do").click().run()
        assert services.library.draft(view.id).state == DraftState.RETURNED
        assert "这里没有表了" in html_of(test)

    def test_approved_and_opened_again(self, open_as: OpenAs, services: Services, unit: str) -> None:
        view = submitted(services, unit)
        test = open_as("review", reviewer(unit))
        test.button(key="approve").click().run()
        number = services.library.draft(view.id).form_number
        assert number is not None
        assert services.library.form(number).state == "approved"
        test = open_as("review", reviewer(unit), review_state=DraftState.APPROVED)
        test.text_area(key=f"reopen-reason-{view.id}").set_value("重复申报")
        test.button(key="reopen-do").click().run()
        assert services.library.form(number).state == "withdrawn"

    def test_points_are_filled_in_by_the_rules_and_summed(
        self, open_as: OpenAs, services: Services, unit: str
    ) -> None:
        view = submitted(services, unit)
        test = open_as("review", reviewer(unit), review_view="评分")
        assert "已评 0/5 项" in html_of(test)
        test.button(key="score-by-rule").click().run()
        review = services.for_person(reviewer(unit)).library.review
        assert review.scores(view.id, 1) == {0: "9.5", 1: "10", 2: "9", 3: "10", 4: "10"}
        assert "偏离度50.76%" in Page(html_of(test)).text
        review.save_scores(view.id, 1, {2: "7.5"}, {})
        rows = Page(html_of(open_as("review", reviewer(unit), review_view="评分"))).rows
        assert [cell.text for cell in rows[-1]] == ["第2行 清运淤泥", "9", "7.5", "-1.5"]

    def test_a_form_without_points_has_none_to_give(
        self, open_as: OpenAs, services: Services, unit: str
    ) -> None:
        submitted(services, unit, TRANSFER)
        assert "不逐项计分" in html_of(open_as("review", reviewer(unit), review_view="评分"))

    def test_differences_from_the_year_before_and_the_last_submission(
        self, open_as: OpenAs, services: Services, unit: str
    ) -> None:
        before = {"unit": unit, "year": 2023, "year_line": "（2023年度）", "project_name": f"{unit}清淤"}
        services.library.add_forms([DREDGING.model_copy(update=before)])
        view = submitted(services, unit, DREDGING.model_copy(update={"project_name": f"{unit}清淤"}))
        first = html_of(open_as("review", reviewer(unit), review_view="与上次提交比"))
        assert "第一次提交" in first
        assert "没有不同" in html_of(open_as("review", reviewer(unit), review_view="与上年比"))
        review = services.for_person(reviewer(unit)).library.review
        review.move(view.id, "return", "偏差原因不完整")
        mine = services.for_person(drafter(unit))
        mine.session.edit(view.id, (Edit(location=REASON, new="连续降雨停工，下一步备足设备。"),), 1)
        mine.library.review.move(view.id, "submit")
        for compared in ("与上次提交比", "与上年比"):
            assert "下一步备足设备" in html_of(open_as("review", reviewer(unit), review_view=compared))
        trail = Page(html_of(open_as("review", reviewer(unit), review_view="记录"))).text
        for text in ("退回：偏差原因不完整", "在表格中修改", "李审", "王芳"):
            assert text in trail

    def test_the_batch_at_a_glance(self, open_as: OpenAs, services: Services, unit: str) -> None:
        submitted(services, unit)
        submitted(services, unit, TRANSFER)
        test = open_as("review", reviewer(unit), review_shown="批次总览")
        text = Page(html_of(test)).text
        assert "共 2 张" in text
        assert len(test.get("vega_lite_chart")) == 4

    @pytest.mark.parametrize("text", HOSTILE)
    def test_hostile_names_and_comments_stay_text(
        self, open_as: OpenAs, services: Services, unit: str, text: str
    ) -> None:
        view = submitted(services, unit, DREDGING.model_copy(update={"project_name": text or "x"}))
        review = services.for_person(reviewer(unit)).library.review
        review.comment(view.id, 1, REASON, text or "x")
        for shown in ("表格", "批注", "记录"):
            test = open_as("review", reviewer(unit), review_view=shown)
            page = Page(html_of(test))
            assert not {"script", "img", "svg", "a", "h1", "iframe"} & {tag for tag, _ in page.tags}
            assert not test.markdown


class TestDrafting:
    def test_submitted_and_withdrawn(self, open_as: OpenAs, services: Services, unit: str) -> None:
        view = services.for_person(drafter(unit)).session.begin(DREDGING)
        test = open_as("draft", drafter(unit), draft=view.id)
        assert "很可能被退回" in html_of(test)
        test.button(key="submit").click().run()
        assert "等待审核" in html_of(test)
        test.button(key="withdraw").click().run()
        assert services.library.draft(view.id).state == DraftState.DRAFT

    def test_what_cannot_be_submitted_is_told(self, open_as: OpenAs, services: Services, unit: str) -> None:
        view = services.for_person(drafter(unit)).session.begin()
        test = open_as("draft", drafter(unit), draft=view.id)
        assert "还缺项目名称" in html_of(test)
        assert test.button(key="submit").disabled

    def test_a_returned_form_shows_what_to_correct(
        self, open_as: OpenAs, services: Services, unit: str
    ) -> None:
        view = submitted(services, unit)
        review = services.for_person(reviewer(unit)).library.review
        review.comment(view.id, 1, REASON, "请写明改进措施")
        review.move(view.id, "return", "缺少改进措施")
        test = open_as("draft", drafter(unit), draft=view.id)
        page = Page(html_of(test))
        assert "缺少改进措施" in page.text
        assert page.cell("连续降雨停工。").attributes["data-mark"] == "comment"
        [comment] = review.comments(view.id)
        test.button(key=f"done-{comment.id}").click().run()
        assert "请写明改进措施" not in Page(html_of(test)).text
        test.button(key="submit").click().run()
        assert services.library.draft(view.id).state == DraftState.SUBMITTED

    def test_another_units_draft_is_not_shown(self, open_as: OpenAs, services: Services, unit: str) -> None:
        view = submitted(services, unit)
        shown = html_of(open_as("draft", drafter("别的单位"), draft=view.id))
        assert "属于别的单位" in shown
        assert DREDGING.project_name not in shown

    def test_versions_are_compared_and_restored(self, open_as: OpenAs, services: Services, unit: str) -> None:
        mine = services.for_person(drafter(unit))
        view = mine.session.begin(DREDGING)
        place = Location(section="header", field="unit")
        mine.session.edit(view.id, (Edit(location=place, new="某市排水中心"),), view.version)
        test = open_as("draft", drafter(unit), draft=view.id)
        test.button(key="versions").click().run()
        text = Page(html_of(test)).text
        assert "某市河道管理所 → 某市排水中心" in text
        assert "新建草稿" in text
        test.button(key="restore").click().run()
        now = mine.session.view(view.id)
        assert (now.version, now.form.unit) == (3, DREDGING.unit)

    def test_a_change_of_both_is_asked_and_decided(
        self, open_as: OpenAs, services: Services, unit: str
    ) -> None:
        mine = services.for_person(drafter(unit))
        view = mine.session.begin(DREDGING)
        test = open_as("draft", drafter(unit), draft=view.id, sheet_shown="编辑", edit_part="基本信息和目标")
        place = Location(section="header", field="unit")
        services.session.edit(view.id, (Edit(location=place, new="对方的单位"),), view.version)
        test.session_state["clash"] = clash_of(mine, view, place)
        test.run()
        text = Page(html_of(test)).text
        for one in ("某市河道管理所", "对方的单位", "我的单位"):
            assert one in text
        test.button(key="merge-drop").click().run()
        assert mine.session.view(view.id).form.unit == "对方的单位"
        assert "原来" not in Page(html_of(test)).text


def clash_of(mine: Services, view: DraftView, place: Location) -> Exception:
    try:
        mine.session.edit(view.id, (Edit(location=place, new="我的单位"),), view.version)
    except Exception as error:  # noqa: BLE001  the page keeps it just so
        return error
    raise AssertionError("there was nothing to ask")


class TestIdentity:
    ADMIN = "Chief@City"

    def known(self, services: Services, claims: dict[str, object], **settings: object) -> Person | None:
        changed = services.settings.model_copy(update={"admin": self.ADMIN, **settings})
        return identity.person_for(replace(services, settings=changed), claims)

    def test_the_first_administrator_needs_no_entry(self, services: Services) -> None:
        chief = self.known(services, {"email": "chief@city", "name": "主任"})
        assert chief is not None
        assert (chief.roles, chief.shown) == (frozenset({Role.ADMIN}), "主任")

    @pytest.mark.parametrize(
        "claims",
        [
            {},
            {"email": None},
            {"email": ""},
            {"email": "who@city"},
            {"email": "local"},
            {"email": "chief@city", "email_verified": False},
            {"name": "chief@city"},
        ],
    )
    def test_nobody_else_gets_in(self, services: Services, claims: dict[str, object]) -> None:
        assert self.known(services, claims) is None

    def test_the_register_decides_and_the_setting_narrows(self, services: Services) -> None:
        wang = drafter("某市林业局").model_copy(update={"id": "wang.fang"})
        services.library.register.save(wang)
        found = self.known(services, {"sub": "WANG.FANG"}, identity_claim="sub", past_forms="own")
        assert found == wang.model_copy(update={"past_forms": "own"})
        services.library.register.save(wang.model_copy(update={"active": False}))
        assert self.known(services, {"sub": "wang.fang"}, identity_claim="sub") is None

    @pytest.mark.parametrize(
        ("login", "user", "told"),
        [
            ("oidc", {"is_logged_in": False}, "请用单位的账号登录"),
            ("oidc", {"is_logged_in": True, "email": "who@city"}, "您还没有使用权限"),
            ("headers", {"email": None}, "还没有任何用户"),
        ],
    )
    def test_the_door(
        self,
        services: Services,
        monkeypatch: pytest.MonkeyPatch,
        login: str,
        user: dict[str, object],
        told: str,
    ) -> None:
        monkeypatch.setattr(identity, "configured_login", lambda: login)
        if login == "headers":
            monkeypatch.setattr(type(services.library.register), "any", lambda _: False)
        else:
            services.library.register.save(drafter("某市林业局"))
        test = AppTest.from_file("../../app.py", default_timeout=20)
        test.user = user
        shown = html_of(test.run())
        assert told in shown
        assert "从一句话开始" not in shown

    def test_a_window_that_changes_hands_forgets_the_person_before(
        self, services: Services, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(identity, "configured_login", lambda: "headers")
        for name in ("wang@city", "zhao@city"):
            services.library.register.save(
                drafter("某市林业局").model_copy(update={"id": name, "name": name})
            )
        test = AppTest.from_file("../../app.py", default_timeout=20)
        test.user = {"email": "wang@city"}
        test.run()
        test.session_state["draft"] = "of-wang"
        test.session_state["clash"] = None
        test.user = {"email": "wang@city"}
        assert test.run().session_state["person"] == "wang@city"
        assert "clash" in test.session_state
        test.user = {"email": "zhao@city"}
        test.run()
        assert test.session_state["person"] == "zhao@city"
        assert "clash" not in test.session_state
        assert "draft" not in test.session_state or not test.session_state["draft"]

    def test_an_administrator_without_a_login_lets_nobody_in(self, services: Services) -> None:
        told = AppTest.from_function(knock, kwargs={"admin": self.ADMIN}, default_timeout=20).run()
        assert "没有配置登录" in html_of(told)
        assert "进来了" not in html_of(told)
        assert "进来了" in html_of(
            AppTest.from_function(knock, kwargs={"admin": ""}, default_timeout=20).run()
        )


def knock(admin: str) -> None:
    """What AppTest runs as a script: the door of an installation with this administrator and no login."""
    from dataclasses import replace  # noqa: PLC0415 - the function's body is the script

    import streamlit as st  # noqa: PLC0415

    from app import services  # noqa: PLC0415
    from assistant.web.shell import identity  # noqa: PLC0415

    settings = services().settings.model_copy(update={"admin": admin})
    if identity.signed_in(replace(services(), settings=settings)) is not None:
        st.html("进来了")


class TestUsers:
    CHIEF = Person(id="chief@city", name="主任", roles=frozenset({Role.ADMIN}), units=(ALL_UNITS,))

    def test_alone_there_is_nobody_to_keep(self, open_as: OpenAs) -> None:
        assert "按单人方式使用" in html_of(open_as("system"))

    def test_only_administrators_see_the_system(self, open_as: OpenAs, unit: str) -> None:
        shown = html_of(open_as("system", drafter(unit)))
        assert "需要“管理”角色" in shown
        assert "数据目录" not in shown

    def test_nobody_is_added_who_could_do_nothing(
        self, open_as: OpenAs, services: Services, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("assistant.web.system.page.configured_login", lambda: "headers")
        test = open_as("system", self.CHIEF)
        test.text_input(key="user--id").set_value("wu@city")
        test.get_by_key("user--roles").set_value([])
        test.button(key="user--save").click().run()
        assert "没有选角色" in html_of(test)
        test.get_by_key("user--roles").set_value([Role.DRAFTER])
        test.text_area(key="user--units").set_value(" \n")
        test.button(key="user--save").click().run()
        assert "一行填一个单位" in html_of(test)
        assert services.library.register.find("wu@city") is None

    def test_somebody_is_added_and_changed(
        self, open_as: OpenAs, services: Services, unit: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("assistant.web.system.page.configured_login", lambda: "headers")
        test = open_as("system", self.CHIEF)
        test.checkbox(key="user--everywhere").check()
        test.button(key="user--save").click().run()
        assert "登录标识不能为空" in html_of(test)
        test.checkbox(key="user--everywhere").uncheck()
        test.text_input(key="user--id").set_value("Zhou@city")
        test.text_input(key="user--name").set_value("周")
        test.text_area(key="user--units").set_value(f"{unit}\n某市水务局")
        test.button(key="user--save").click().run()
        zhou = services.library.register.find("zhou@city")
        assert zhou is not None
        assert not [field.value for field in test.text_input if field.value], "ready for the next one"
        assert (zhou.roles, zhou.units) == (frozenset({Role.DRAFTER}), (unit, "某市水务局"))
        names = test.selectbox(key="user-who").options
        test.selectbox(key="user-who").set_value(
            next(n for n, name in enumerate(names) if "周" in name)
        ).run()
        test.checkbox(key="user-zhou@city-active").uncheck()
        test.button(key="user-zhou@city-save").click().run()
        assert "已停用" in html_of(test)
        assert [entry.person for entry in services.library.audit("person:zhou@city")] == [
            "主任（chief@city）"
        ] * 2
