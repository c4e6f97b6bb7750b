"""One answer: its sentence, how it was understood, arithmetic, chart, table, and what to do with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import partial

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from assistant.asking.answering.answer import Answer, Citation
from assistant.asking.answering.export import write_answer
from assistant.asking.asker import Turn
from assistant.form.finding import Location
from assistant.form.rounding import plain
from assistant.form.wording import FIELD_NAMES, SECTION_NAMES
from assistant.services import Services
from assistant.web import state
from assistant.web.ask import session
from assistant.web.ask.correcting import edit_query
from assistant.web.shown.escape import escape, visible

_CITED = 6
_ROWS = 10
_ROW_HEIGHT, _HEAD_HEIGHT = 31, 33
_BARS = 20
_FEW = 3
_MOST_WORDS = 300
_FIGURE = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)([万亿]元?|元|分|%|个|张|处|倍|)")
_WHOLE_UNIT = {"万": "万元", "亿": "亿元"}
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NARROW = {"项目名称": 190, "实施单位": 130}
_FIGURES, _CENTS = 135, 2


def answer_view(services: Services, turn: Turn, number: int, *, last: bool) -> None:
    """Draws the answer of ``turn``; only the ``last`` one has its chart and its controls."""
    answer = turn.answer
    st.html(f'<div class="af-said">{escape(answer.answer)}</div>')
    if answer.notice:
        st.html(f'<div class="af-notice">{escape(answer.notice)}</div>')
    _choices(answer, number)
    if answer.understood:
        st.html(f'<div class="af-quiet"><b>理解为</b> {escape(answer.understood)}</div>')
    if answer.arithmetic:
        lines = "".join(f"<li>{escape(line)}</li>" for line in answer.arithmetic)
        st.html(f'<div class="af-quiet"><b>算式</b><ul class="af-sums">{lines}</ul></div>')
    if answer.table.rows:
        _table(services, turn, number)
    if last and len(answer.chart) > 1:
        _chart(answer)
    _actions(services, turn, number, last=last)


def _choices(answer: Answer, number: int) -> None:
    for at, choice in enumerate(answer.choices):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                "问这一个", key=f"choice-{number}-{at}", on_click=session.suggest, args=(choice.question,)
            )
            st.html(f'<div class="af-quiet">{escape(choice.label)}</div>')


def _chart(answer: Answer) -> None:
    """Bars beside their names and figures, in the order of the answer."""
    bars = answer.chart[:_BARS]
    most = max(abs(figure) for _, figure in bars) or 1.0
    lines = "".join(
        f"<li><span>{escape(label)}</span>"
        f'<i><b style="width:{abs(figure) / most * 100:.1f}%"{_below_zero(figure)}></b></i>'
        f"<em>{plain(Decimal(str(figure)), 2)}</em></li>"
        for label, figure in bars
    )
    more = len(answer.chart) - len(bars)
    rest = f'<div class="af-quiet">图中只画了前{_BARS}个。</div>' if more > 0 else ""
    st.html(
        f'<div class="af-quiet"><b>{escape(answer.chart_label)}</b></div>'
        f'<ul class="af-bars">{lines}</ul>{rest}'
    )


def _below_zero(figure: float) -> str:
    return ' class="af-below"' if figure < 0 else ""


def _table(services: Services, turn: Turn, number: int) -> None:
    """Sortable; a click on a cell opens its form there."""
    table = turn.answer.table
    frame = pd.DataFrame(
        dict(_column(name, [row[at] for row in table.rows]) for at, name in enumerate(table.columns))
    )
    narrow = bool(st.session_state.get(session.OPENED))
    chosen = st.dataframe(
        frame,
        key=f"answer-table-{number}",
        width="content" if len(frame.columns) <= _FEW else "stretch",
        hide_index=True,
        on_select="rerun",
        selection_mode="single-cell",
        height="content" if len(frame) <= _ROWS else _HEAD_HEIGHT + _ROW_HEIGHT * _ROWS,
        column_config={name: _shown(name, frame[name], narrow=narrow) for name in frame.columns},
    )
    seen = f"ask_seen-{number}"
    cells = [(int(line), str(name)) for line, name in chosen.selection.cells]
    if cells and st.session_state.get(seen) != cells:
        st.session_state[seen] = cells
        line, name = cells[0]
        column = list(frame.columns).index(name) if name in frame.columns else 0
        form, place = session.cell_in(services, table, line, column)
        if form:
            session.open_form(form, place)
            st.rerun()


def _shown(name: str, cells: pd.Series, *, narrow: bool) -> ColumnConfig:
    """Figures under each other in a column no wider than they need; long decimals stay as they are.

    ``narrow``: beside an opened form the names give way, so that the figures stay in sight.
    """
    kinds = st.column_config
    if not pd.api.types.is_numeric_dtype(cells):
        return kinds.TextColumn(width=_NARROW.get(name) if narrow else None)
    decimals = max((len(f"{cell:.6f}".rstrip("0").partition(".")[2]) for cell in cells), default=0)
    return kinds.NumberColumn(width=_FIGURES, format=f"%.{decimals}f" if decimals <= _CENTS else None)


def _column(name: str, cells: Sequence[str]) -> tuple[str, list[str] | list[float]]:
    """A column that sorts as people expect: numbers of one unit as numbers, the unit in the heading."""
    found = [_FIGURE.fullmatch(cell) for cell in cells]
    units = {_WHOLE_UNIT.get(match[2], match[2]) for match in found if match}
    if len(units) == 1 and all(found):
        unit = units.pop()
        return f"{name}（{unit}）" if unit else name, [float(match[1]) for match in found if match]
    return name, [visible(cell) for cell in cells]


def _actions(services: Services, turn: Turn, number: int, *, last: bool) -> None:
    """Places, export, correction, notebook and judgement in one line."""
    answer = turn.answer
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if answer.citations:
            _places(answer, number)
        if answer.table.rows:
            st.download_button(
                "导出 .xlsx",
                data=partial(write_answer, turn.question, answer),
                file_name="问答结果.xlsx",
                mime=_XLSX,
                key=f"download-{number}",
                on_click="ignore",
                type="tertiary",
                icon=":material/download:",
            )
        if last and len(turn.queries) == 1:
            with st.popover("改条件", type="tertiary", icon=":material/tune:"):
                edit_query(services, turn, number)
        if answer.found:
            saving = state.action(partial(_save, services, turn, number))
            saved = bool(st.session_state.get(f"ask_saved-{number}"))
            st.button(
                "已存入问题本" if saved else "存入问题本",
                key=f"save-{number}",
                on_click=saving,
                type="tertiary",
                icon=":material/bookmark_added:" if saved else ":material/bookmark:",
                disabled=saved,
            )
        _judgement(services, turn, number)


def _save(services: Services, turn: Turn, number: int) -> None:
    session.save(services, turn)
    st.session_state[f"ask_saved-{number}"] = True


def _places(answer: Answer, number: int) -> None:
    """The cells that the answer rests on, by form; a click opens the form there."""
    by_form: dict[int, list[Citation]] = {}
    for citation in answer.citations:
        by_form.setdefault(citation.form, []).append(citation)
    openings = st.session_state.get(session.OPENINGS, 0)
    with st.popover(
        f"出处：{len(by_form)}张表",
        type="tertiary",
        icon=":material/find_in_page:",
        key=f"places-{number}-{openings}",
    ):
        for form, cited in by_form.items():
            st.html(f'<div class="af-quiet">第{form}号表 {escape(cited[0].project_name)}</div>')
            once = list(dict.fromkeys((session.cell_of(one), one.where) for one in cited))
            with st.container(horizontal=True, gap="small"):
                for at, (place, where) in enumerate(once[:_CITED]):
                    st.button(
                        _cell_label(place),
                        key=f"open-{number}-{form}" if at == 0 else f"open-{number}-{form}-{at}",
                        help=visible(where).replace("\\", "").replace("<", "＜").replace("[", "［"),
                        on_click=session.open_form,
                        args=(form, place),
                    )


def _cell_label(place: Location | None) -> str:
    """The cell in words of our own, no text of the form."""
    if place is None:
        return "打开"
    at = f"第{place.row}行" if place.row else ""
    return f"{SECTION_NAMES.get(place.section, '')}{at}{FIELD_NAMES.get(place.field, '')}" or "打开"


def _judgement(services: Services, turn: Turn, number: int) -> None:
    """Thumbs, and a word where the answer was no good; kept with who and when."""
    key = f"judged-{number}"
    given = st.feedback("thumbs", key=key)
    noted = f"ask_noted-{number}"
    if given is not None and st.session_state.get(noted) != given:
        st.session_state[noted] = given
        state.attempt(partial(session.rate, services, turn, good=bool(given)))
    if given == 0:
        words = st.text_input(
            "哪里不对？",
            key=f"why-{number}",
            max_chars=_MOST_WORDS,
            placeholder="哪里不对？写好按回车",
            label_visibility="collapsed",
            width=220,
        )
        told = f"ask_told-{number}"
        if words and st.session_state.get(told) != words:
            st.session_state[told] = words
            state.attempt(partial(session.rate, services, turn, good=False, words=words))
            st.toast("已记下，谢谢。")
