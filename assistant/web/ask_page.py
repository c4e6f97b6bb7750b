"""问答: questions over the past forms, each answer with its rows, arithmetic and places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from assistant.asking.answer import Answer
from assistant.asking.asker import Turn
from assistant.asking.export import write_answer
from assistant.rules.check import check_form
from assistant.services import Services
from assistant.web import state
from assistant.web.escape import escape, visible
from assistant.web.form_view import form_view

SUGGESTED = (
    "没花完的钱按差额从大到小排一排",
    "哪些表一个成本指标都没设？",
    "完成值超过目标一倍还没写原因的指标有哪些？",
    "哪些表的执行得分算错了？",
    "哪个处室的预算总额最高？",
    "没完成目标的指标占全部指标的百分之几？",
)
_TURNS, _OPENED, _ASKED, _WORDS = "ask_turns", "ask_opened", "ask_next", "ask_words"
_FACES = {"user": ":material/person:", "assistant": ":material/query_stats:"}
_MAX_WORDS = 500
_KEPT = 30
_CITED = 8
_FIGURE = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)([万亿]?元|分|%|个|张|处|)")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def page(services: Services) -> None:
    """Draws the conversation; a cited form opens beside it."""
    state.show_trouble()
    if not services.library.forms():
        st.html('<div class="af-empty">项目库里还没有表。请用终端命令 import 导入往年的自评表。</div>')
        return
    question = st.session_state.pop(_ASKED, "") or st.session_state.get(_WORDS)
    if question:
        with st.spinner("正在查往年的表…"):
            state.attempt(partial(_ask, services, question))
    opened = st.session_state.get(_OPENED)
    if opened is None:
        _conversation(_turns())
    else:
        talk, shown = st.columns((48, 52), gap="small")
        with talk:
            _conversation(_turns())
        with shown:
            _opened(services, opened)
    st.chat_input("就往年的表提问，例如：轻工处一共执行了多少钱？", key=_WORDS, max_chars=_MAX_WORDS)


def _turns() -> list[Turn]:
    turns: list[Turn] = st.session_state.setdefault(_TURNS, [])
    return turns


def _ask(services: Services, question: str) -> None:
    turns = _turns()
    turns.append(services.asker.turn(question, turns[-1] if turns else None))
    del turns[:-_KEPT]


def _suggest(question: str) -> None:
    st.session_state[_ASKED] = question


def _open(form: int | None) -> None:
    st.session_state[_OPENED] = form


def _conversation(turns: Sequence[Turn]) -> None:
    if not turns:
        st.html(
            '<div class="af-quiet">按表中填写的内容和规则算出来的结果回答，每个回答都列出依据；'
            "材料里没有的就说没有。可以接着问“其中哪些没写原因？”“那园区处呢？”。</div>"
        )
        for number, question in enumerate(SUGGESTED):
            st.button(
                question, key=f"suggested-{number}", on_click=_suggest, args=(question,), width="stretch"
            )
        return
    for number, turn in enumerate(turns):
        with st.chat_message("user", avatar=_FACES["user"]):
            st.html(f'<div class="af-said">{escape(turn.question)}</div>')
        with st.chat_message("assistant", avatar=_FACES["assistant"]):
            _answer(turn, number, last=number == len(turns) - 1)


def _answer(turn: Turn, number: int, *, last: bool) -> None:
    answer = turn.answer
    st.html(f'<div class="af-said">{escape(answer.answer)}</div>')
    if answer.notice:
        st.html(f'<div class="af-notice">{escape(answer.notice)}</div>')
    for at, choice in enumerate(answer.choices):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button("问这一个", key=f"choice-{number}-{at}", on_click=_suggest, args=(choice.question,))
            st.html(f'<div class="af-quiet">{escape(choice.label)}</div>')
    if answer.understood:
        st.html(f'<div class="af-quiet">理解为：{escape(answer.understood)}</div>')
    for line in answer.arithmetic:
        st.html(f'<div class="af-quiet">算式：{escape(line)}</div>')
    if last and len(answer.chart) > 1:
        chart = pd.DataFrame(
            {
                "名称": [visible(label) for label, _ in answer.chart],
                answer.chart_label: [n for _, n in answer.chart],
            }
        )
        st.bar_chart(chart, x="名称", y=answer.chart_label, horizontal=True, sort=False)
    if answer.table.rows:
        _table(turn, number)
    _citations(answer, number)


def _table(turn: Turn, number: int) -> None:
    table = turn.answer.table
    frame = pd.DataFrame(
        dict(_column(name, [row[at] for row in table.rows]) for at, name in enumerate(table.columns))
    )
    st.dataframe(frame, key=f"answer-table-{number}", hide_index=True)
    st.download_button(
        "下载这张表（.xlsx）",
        data=partial(write_answer, turn.question, turn.answer),
        file_name="问答结果.xlsx",
        mime=_XLSX,
        key=f"download-{number}",
        on_click="ignore",
    )


def _column(name: str, cells: Sequence[str]) -> tuple[str, list[str] | list[float]]:
    """A column that sorts as people expect: numbers of one unit as numbers, the unit in the heading."""
    found = [_FIGURE.fullmatch(cell) for cell in cells]
    units = {match[2] for match in found if match}
    if len(units) == 1 and all(found):
        unit = units.pop()
        return f"{name}（{unit}）" if unit else name, [float(match[1]) for match in found if match]
    return name, [visible(cell) for cell in cells]


def _citations(answer: Answer, number: int) -> None:
    """One button per cited form, with the places of it that the answer rests on."""
    places: dict[int, list[str]] = {}
    names = {}
    for citation in answer.citations:
        places.setdefault(citation.form, []).append(citation.where)
        names[citation.form] = citation.project_name
    if not places:
        return
    with st.expander(f"出处：{len(places)}张表"):
        for form, where in places.items():
            shown = "；".join(dict.fromkeys(where[:_CITED])) + ("……" if len(where) > _CITED else "")
            with st.container(horizontal=True, vertical_alignment="center"):
                st.button(f"打开第{form}号表", key=f"open-{number}-{form}", on_click=_open, args=(form,))
                st.html(f'<div class="af-quiet">{escape(names[form])}：{escape(shown)}</div>')


def _opened(services: Services, form: int) -> None:
    st.button("关闭这张表", key="close-form", on_click=_open, args=(None,))
    stored = services.library.form(form)
    form_view(check_form(stored.form), f"ask-{form}")
