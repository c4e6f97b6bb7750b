"""批次总览: execution rates, points and findings of all submitted forms as pictures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from assistant.form.finding import Severity
from assistant.form.wording import NO_NAME, SEVERITY_NAMES
from assistant.library import DraftRecord
from assistant.people.transitions import STATE_NAMES
from assistant.reviewing import review_lines, review_total
from assistant.rules.check import Report
from assistant.services import Services
from assistant.web.shown.escape import visible

_SHOWN = 40
_NAME = 16
_BAR, _STEP = 14, 26
_STATE_COLOURS = {"已提交": "#4f7fb8", "退回": "#d39a3a", "通过": "#4f9a6d"}
_SEVERITY_COLOURS = {"错误": "#c9574b", "提醒": "#d9a441"}
_SCORE_COLOURS = {"自评": "#aebccb", "规则": "#2f66ad", "审核": "#f0b429"}
_RATE_STEPS, _RATE_COLOURS = [80, 95, 100.005], ["#c9574b", "#d9a441", "#4f9a6d", "#c9574b"]
_FULL = 100
_QUIET = "#8793a1"


def overview(services: Services, queue: Sequence[DraftRecord], reports: Mapping[str, Report]) -> None:
    """Draws the pictures; the worst on top, at most so many as can be looked at."""
    units = [visible(record.unit or record.form.unit) or "（未填单位）" for record in queue]
    states = Counter(record.state for record in queue)
    told = "，".join(f"{STATE_NAMES[one]} {count} 张" for one, count in states.items())
    st.html(f'<div class="af-quiet">共 {len(queue)} 张：{told}；来自 {len(set(units))} 个单位。</div>')
    left, right = st.columns(2, gap="medium")
    with left:
        _rates(queue, reports)
        _bars(
            "各单位的进度（张）",
            [(unit, STATE_NAMES[record.state]) for unit, record in zip(units, queue, strict=True)],
            _STATE_COLOURS,
        )
    with right:
        _scores(services, queue, reports)
        _bars(
            "各单位的检查发现（条）",
            [
                (unit, SEVERITY_NAMES[finding.severity])
                for unit, record in zip(units, queue, strict=True)
                for finding in reports[record.id].findings
                if finding.severity != Severity.NOTE
            ],
            _SEVERITY_COLOURS,
        )


def _rates(queue: Sequence[DraftRecord], reports: Mapping[str, Report]) -> None:
    rows = [
        {"项目": name, "执行率": float(rate * 100)}
        for name, record in zip(_names(queue), queue, strict=True)
        if (rate := reports[record.id].sheet.execution.rate) is not None
    ]
    if not rows:
        return
    frame = pd.DataFrame(sorted(rows, key=lambda row: float(str(row["执行率"])))[:_SHOWN])
    frame["标签"] = frame["执行率"].clip(lower=_FULL)
    frame["文字"] = frame["执行率"].map("{:.1f}%".format)
    top = float(frame["标签"].max()) + 12
    colours = alt.Scale(type="threshold", domain=_RATE_STEPS, range=_RATE_COLOURS)
    axis = alt.Axis(labelExpr="datum.label + '%'", values=list(range(0, int(top) + 1, 20)))
    names = alt.Y("项目:N", sort=None, title=None, axis=alt.Axis(labelLimit=190, ticks=False))
    base = alt.Chart(frame).encode(y=names, tooltip=["项目:N", alt.Tooltip("文字:N", title="执行率")])
    bars = base.mark_bar(size=_BAR, cornerRadiusEnd=3).encode(
        x=alt.X("执行率:Q", title=None, scale=alt.Scale(domain=[0, top]), axis=axis),
        color=alt.Color("执行率:Q", scale=colours, legend=None),
    )
    line = (
        alt.Chart(pd.DataFrame({"满": [_FULL]})).mark_rule(strokeDash=[4, 3], color=_QUIET).encode(x="满:Q")
    )
    figures = base.mark_text(align="left", dx=6, color=_QUIET).encode(x="标签:Q", text="文字:N")
    _draw("预算执行率（低于95%黄，低于80%或超过100%红）", bars + line + figures, len(frame))


def _scores(services: Services, queue: Sequence[DraftRecord], reports: Mapping[str, Report]) -> None:
    rows: list[dict[str, Any]] = []
    scores = services.library.review.queue_scores()
    for name, record in zip(_names(queue), queue, strict=True):
        report = reports[record.id]
        given = scores.get((record.id, record.version), {})
        total = review_total(report, review_lines(report, given))
        sums = {"自评": total.printed, "规则": total.rule, "审核": total.points}
        rows += [
            {"项目": name, "谁": who, "得分": float(points), "序": at}
            for at, (who, points) in enumerate(sums.items())
            if points is not None
        ]
    if not rows:
        return
    frame = pd.DataFrame(rows)
    lowest = frame.groupby("项目")["得分"].min().sort_values()
    shown = list(lowest.index[:_SHOWN])
    frame = frame[frame["项目"].isin(shown)]
    start = max(0.0, float(frame["得分"].min()) // 10 * 10 - 5)
    y = alt.Y("项目:N", sort=shown, title=None, axis=alt.Axis(labelLimit=190, ticks=False, grid=True))
    end = max(100.0, float(frame["得分"].max())) + 1
    x = alt.X("得分:Q", title=None, scale=alt.Scale(domain=[start, end], nice=False))
    spans = alt.Chart(frame).mark_line(color="#b8c2ce", strokeWidth=2).encode(x=x, y=y, detail="项目:N")
    dots = (
        alt.Chart(frame)
        .mark_point(filled=True, opacity=1)
        .encode(
            x=x,
            y=y,
            color=_colour("谁", _SCORE_COLOURS),
            # Equal points lie on each other: the largest below, so that each is still seen.
            size=alt.Size(
                "谁:N", scale=alt.Scale(domain=list(_SCORE_COLOURS), range=[210, 100, 35]), legend=None
            ),
            order=alt.Order("序:Q"),
            tooltip=["项目:N", "谁:N", alt.Tooltip("得分:Q")],
        )
    )
    _draw("得分：自评、规则、审核", spans + dots, len(shown))


def _bars(title: str, pairs: Sequence[tuple[str, str]], colours: dict[str, str]) -> None:
    """Stacked bars: how often each kind occurs with each unit."""
    if not pairs:
        return
    sums = Counter(unit for unit, _ in pairs)
    units = [unit for unit, _ in sums.most_common(_SHOWN)]
    rows = [
        {"单位": unit, "类": kind, "数": count, "序": list(colours).index(kind)}
        for (unit, kind), count in Counter(pairs).items()
        if unit in units
    ]
    chart = (
        alt.Chart(pd.DataFrame(rows))
        .mark_bar(size=_BAR)
        .encode(
            y=alt.Y("单位:N", sort=units, title=None, axis=alt.Axis(labelLimit=190, ticks=False)),
            x=alt.X("数:Q", title=None, axis=alt.Axis(tickMinStep=1, format="d")),
            color=_colour("类", colours),
            order=alt.Order("序:Q"),
            tooltip=["单位:N", "类:N", "数:Q"],
        )
    )
    _draw(title, chart, len(units))


def _colour(field: str, colours: dict[str, str]) -> alt.Color:
    scale = alt.Scale(domain=list(colours), range=list(colours.values()))
    return alt.Color(f"{field}:N", scale=scale, legend=alt.Legend(title=None, orient="top", offset=4))


def _draw(title: str, chart: Any, rows: int) -> None:
    st.html(f'<h4 class="af-chart">{title}</h4>')
    height = max(90, rows * _STEP + 50)
    st.altair_chart(chart.properties(height=height).configure_view(stroke=None), width="stretch")


def _names(queue: Sequence[DraftRecord]) -> list[str]:
    """Short project names, told apart by their numbers where they would be the same."""
    seen: Counter[str] = Counter()
    names = []
    for record in queue:
        name = visible(record.form.project_name) or NO_NAME
        name = name if len(name) <= _NAME else name[: _NAME - 1] + "…"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name}（{seen[name]}）")
    return names
