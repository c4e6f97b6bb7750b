"""评分: the reviewer's points beside those of the form and of the rules, row by row, with their sums."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from assistant.form.rounding import plain
from assistant.library import DraftRecord
from assistant.reviewing import ReviewLine, ReviewTotal, review_lines, review_total
from assistant.rules.check import Report
from assistant.services import Services
from assistant.web import state
from assistant.web.shown.escape import escape, visible

_COLUMNS = {"行": 40, "指标": 360, "分值": 60, "自评得分": 85, "规则得分": 85, "审核得分": 110}
_WORDS = "指标"
_OWN = "审核得分"


def review_scores(services: Services, record: DraftRecord, report: Report) -> None:
    """Draws the points of a submitted form; the last column is the reviewer's to fill in."""
    points = services.library.review.scores(record.id, record.version)
    lines = review_lines(report, points)
    if not lines:
        st.html('<div class="af-empty">这种表不逐项计分，没有可以打的分。</div>')
        return
    st.html(score_sums(review_total(report, lines)))
    _table(services, record, lines)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            "没评的按规则得分填入",
            key="score-by-rule",
            icon=":material/calculate:",
            on_click=_fill,
            args=(services, record, lines),
        )
        st.html('<div class="af-quiet">双击“审核得分”一列填写，回车即保存；清空即取消这一行的评分。</div>')
    if told := _differences(lines):
        st.html(told)


def score_sums(total: ReviewTotal) -> str:
    """The three sums in a line."""
    parts = [
        ("自评", _number(total.printed)),
        ("规则", _number(total.rule)),
        ("审核", _number(total.points) if total.points is not None else f"已评 {total.done}/{total.rows} 项"),
    ]
    if total.points is not None and total.printed is not None:
        parts.append(("审核比自评", _signed(total.points - total.printed)))
    if total.deviation is not None:
        parts.append(("偏离度", f"{plain(total.deviation * 100, 2)}%"))
    told = "".join(
        f'<span class="af-figure"><span>{name}</span><b>{escape(text)}</b></span>' for name, text in parts
    )
    return f'<div class="af-scoreline">{told}</div>'


def _table(services: Services, record: DraftRecord, lines: tuple[ReviewLine, ...]) -> None:
    """One widget for as long as only its own changes are stored, so that none of them is lost."""
    kept = st.session_state.get("review_scores_base")
    stored = {line.row: _number(line.points) if line.points is not None else "" for line in lines}
    if kept is None or kept["form"] != (record.id, record.version) or kept["seen"] != stored:
        kept = {
            "form": (record.id, record.version),
            "base": stored,
            "seen": stored,
            "turn": (kept or {}).get("turn", 0) + 1,
        }
        st.session_state["review_scores_base"] = kept
    rows = [
        [
            str(line.row or ""),
            visible(line.name),
            _number(line.weight),
            _number(line.printed),
            _number(line.rule),
            kept["base"][line.row],
        ]
        for line in lines
    ]
    key = f"scores-{record.id}-{record.version}-{kept['turn']}"
    st.data_editor(
        pd.DataFrame(rows, columns=list(_COLUMNS)),
        key=key,
        hide_index=True,
        num_rows="fixed",
        row_height=30,
        height="content",
        disabled=[name for name in _COLUMNS if name != _OWN],
        column_config={
            name: st.column_config.TextColumn(width=width, alignment="left" if name == _WORDS else "right")
            for name, width in _COLUMNS.items()
        },
        on_change=_save,
        args=(services, record, lines, key),
    )


def _save(services: Services, record: DraftRecord, lines: tuple[ReviewLine, ...], key: str) -> None:
    kept = st.session_state["review_scores_base"]
    changed = _changed(st.session_state[key], lines)
    now = {**kept["base"], **changed}

    def save() -> None:
        new = {row: text for row, text in now.items() if text != kept["seen"][row]}
        services.library.review.save_scores(record.id, record.version, new, _weights(lines))
        kept["seen"] = {row: _plain(text) for row, text in now.items()}

    state.attempt(save)


def _changed(raw: dict[str, Any], lines: tuple[ReviewLine, ...]) -> dict[int, str]:
    return {
        lines[int(at)].row: str(cells[_OWN] or "").strip()
        for at, cells in raw.get("edited_rows", {}).items()
        if _OWN in cells
    }


def _fill(services: Services, record: DraftRecord, lines: tuple[ReviewLine, ...]) -> None:
    new = {
        line.row: plain(given, 2)
        for line in lines
        if line.points is None and (given := line.rule if line.rule is not None else line.printed) is not None
    }
    save = services.library.review.save_scores
    state.attempt(partial(save, record.id, record.version, new, _weights(lines)))


def _weights(lines: tuple[ReviewLine, ...]) -> dict[int, Decimal | None]:
    return {line.row: line.weight for line in lines}


def _differences(lines: tuple[ReviewLine, ...]) -> str:
    """The rows where the reviewer and the form disagree."""
    rows = "".join(
        f'<tr><td class="af-left">{escape(f"第{line.row}行 " if line.row else "")}{escape(line.name)}</td>'
        f"<td>{_number(line.printed)}</td><td>{_number(line.points)}</td><td><b>{_signed(line.difference)}</b></td></tr>"
        for line in lines
        if line.difference
    )
    if not rows:
        return ""
    return (
        '<div class="af-quiet">审核与自评不同的行</div><table class="af-plain"><thead><tr><th>指标</th>'
        f"<th>自评</th><th>审核</th><th>差</th></tr></thead><tbody>{rows}</tbody></table>"
    )


def _number(value: Decimal | None) -> str:
    return "—" if value is None else plain(value, 2)


def _signed(value: Decimal) -> str:
    return f"+{plain(value, 2)}" if value > 0 else plain(value, 2)


def _plain(text: str) -> str:
    return plain(Decimal(text), 2) if text else ""
