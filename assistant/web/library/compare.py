"""Two past forms side by side: which fields differ between two years of a project."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from assistant.library import StoredForm
from assistant.rules.year import own_year
from assistant.services import Services
from assistant.web.library.comparison import Line, compared, likeness
from assistant.web.shown.escape import escape, visible

_NONE = '<span class="af-quiet">（没有这一行）</span>'


def compare(services: Services) -> None:
    """Draws the two choices and the differences; the likeliest other year comes first."""
    stored = services.library.forms()
    if len(stored) < 2:
        st.html('<div class="af-empty">至少要有两张表才能对比，先到“导入”里再导一张。</div>')
        return
    left_side, right_side = st.columns(2, gap="small")
    with left_side:
        left = _choice("一张表", stored, "compare_left")
    others = sorted(
        (one for one in stored if one.number != left.number),
        key=lambda one: -likeness(left.form, one.form),
    )
    with right_side:
        right = _choice("和它对比的表（名称相近的在前）", others, f"compare_right_{left.number}")
    only = st.toggle("只看不同的地方", value=True, key="compare_only")
    lines = compared(left.form, right.form)
    differing = [line for line in lines if line.differs]
    st.html(f'<div class="af-quiet">共 {len(lines)} 项，不同的 {len(differing)} 项</div>')
    with st.container(key="view-compare", height=470):
        st.html(_drawn(differing if only else lines, left, right))


def _choice(label: str, forms: Sequence[StoredForm], key: str) -> StoredForm:
    texts = {one.number: _named(one) for one in forms}
    number = st.selectbox(label, list(texts), format_func=lambda n: texts[n], key=key)
    return next(one for one in forms if one.number == number)


def _named(one: StoredForm) -> str:
    year = own_year(one.form).year
    return f"{one.number}. {visible(one.form.project_name) or '（无项目名称）'}（{year or '年度不详'}）"


def _drawn(lines: Sequence[Line], left: StoredForm, right: StoredForm) -> str:
    if not lines:
        return '<div class="af-good">两张表的内容没有不同。</div>'
    body = []
    for section, members in groupby(lines, lambda line: line.section):
        body.append(f'<tr><th colspan="3" class="af-left">{escape(section)}</th></tr>')
        body += [_row(line) for line in members]
    head = "".join(f"<th>{escape(text)}</th>" for text in ("项目", _named(left), _named(right)))
    return (
        f'<table class="af-plain af-compared"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(body)}</tbody></table>"
    )


def _row(line: Line) -> str:
    mark = ' data-differs="1"' if line.differs else ""
    cells = "".join(
        f'<td class="af-left"{mark}>{_NONE if text is None else escape(text)}</td>'
        for text in (line.left, line.right)
    )
    return f'<tr><td class="af-left">{escape(line.label)}</td>{cells}</tr>'
