"""Where nothing is begun yet: start by a sentence, from a file, from a past form, or go on with a draft."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st

from assistant.conversation.rollover import next_year
from assistant.form.model import Form
from assistant.services import Services
from assistant.web import state
from assistant.web.draft.draft_list import draft_list
from assistant.web.shown.escape import visible
from assistant.web.shown.uploads import read_upload, say_problems

if TYPE_CHECKING:
    from assistant.conversation.session import DraftView

EXAMPLES = (
    "我们是市农业技术推广站，主管部门市农业农村局，2025年做高素质农民培训项目，预算60万元，实际支出57.6万元，"
    "去年培训了84人，今年计划100人。",
    "2025年老旧小区加装电梯补助项目，主管部门市住房和城乡建设局，实施单位市住房保障中心，预算600万元，"
    "计划补助30部电梯。",
    "我要填政务信息系统运行维护项目的自评表，2025年，预算120万元，支出118.5万元，维护系统8个。",
)
_HERO = (
    '<div class="af-hero"><h1>项目支出绩效自评表，从一句话开始</h1>'
    "<p>说清是什么项目、哪个单位、哪一年、预算和支出多少，助手按往年相近项目给出指标和目标值的建议，"
    "每条都带出处，由您决定采纳、修改或不用；得分随时按规则重算，最后导出正式的 Word 表。</p></div>"
)
_WIDTHS = (60, 40)


def start(services: Services) -> None:
    """Draws the ways to begin; each of them leads to a draft in work."""
    with st.container(key="start"):
        st.html(_HERO)
        words = st.chat_input("用一两句话说说您的项目", key="first_words", submit_mode="disable")
        if words:
            _begin_with_words(services, words)
        said, drafts = st.columns(_WIDTHS, gap="medium")
        with said:
            st.html('<div class="af-quiet">不知道怎么说？点一句试试，说得越全，建议越准：</div>')
            for number, example in enumerate(EXAMPLES):
                if st.button(example, key=f"example-{number}", width="stretch"):
                    _begin_with_words(services, example)
        with drafts:
            draft_list(services)
        st.html('<div class="af-quiet">或者，从已有的东西开始：</div>')
        past, upload, blank = st.columns(3, gap="small")
        with past.container(border=True, height="stretch"):
            _from_past(services)
        with upload.container(border=True, height="stretch"):
            _from_file(services)
        with blank.container(border=True, height="stretch"):
            _from_nothing(services)


def _begin_with_words(services: Services, words: str) -> None:
    """The draft is opened at once; its conversation makes the first turn, as it does every other."""
    state.keep_first_words(words)
    begin(services.session.begin)


def begin(make: Callable[[], DraftView]) -> None:
    """Makes a draft and opens it; a failure is told in one sentence."""
    view = state.attempt(make)
    if view is not None:
        state.keep_draft(view.id)
    st.rerun()


def _from_past(services: Services) -> None:
    st.html("<b>去年的表，填到今年</b>")
    forms = tuple(stored.form for stored in services.library.precedents())
    if not forms:
        st.html('<div class="af-quiet">项目库里还没有表。先在“项目库”页导入往年的表。</div>')
        return
    chosen = _choose_form("选一张往年的表（可输入几个字查找）", forms, "start_past")
    st.html('<div class="af-quiet">指标和目标值带过来，年度加一，完成值、得分和说明清空。</div>')
    if st.button("滚动到新一年", key="roll-past"):
        begin(lambda: services.session.begin(next_year(chosen)))


def _from_file(services: Services) -> None:
    st.html("<b>手头的文件</b>")
    file = st.file_uploader("上传一张填了一半的表，或去年的表", key="start_file")
    if file is None:
        st.html('<div class="af-quiet">放进一张新草稿接着填，原文件不动。</div>')
        return
    result = read_upload(file.getvalue(), file.name)
    say_problems(result.problems)
    if not result.forms:
        return
    chosen = _choose_form("文件中的表", result.forms, "start_form")
    with st.container(horizontal=True, gap="small"):
        if st.button("用这张表", key="use-file", type="primary"):
            begin(lambda: services.session.begin(chosen))
        if st.button("滚动到下一年", key="roll-file"):
            begin(lambda: services.session.begin(next_year(chosen)))


def _from_nothing(services: Services) -> None:
    st.html("<b>一张空白表</b>")
    st.html(
        '<div class="af-quiet">正式版式的空表。助手按“基本信息→资金→目标→指标→完成情况→偏差”一步步问，'
        "您可以在对话里答，也可以直接在表格里填。</div>"
    )
    if st.button("从空白表开始", key="start-blank"):
        begin(services.session.begin)


def _choose_form(label: str, forms: tuple[Form, ...], key: str) -> Form:
    """The form chosen; numbered, for the widget tells options apart by their texts alone."""
    texts = [
        f"{number}. {visible(form.project_name) or '（无项目名称）'}（{visible(form.unit) or '未填单位'}）"
        for number, form in enumerate(forms, 1)
    ]
    return forms[st.selectbox(label, range(len(texts)), format_func=lambda at: texts[at], key=key)]
