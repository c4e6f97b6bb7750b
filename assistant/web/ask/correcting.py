"""A question's query to be corrected: conditions, grouping, order; what changes is executed exactly again."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

import streamlit as st

from assistant.asking.asker import Turn
from assistant.asking.planning.wording import SIGNS, condition_in_words
from assistant.asking.records.fields import FIELDS, Sort
from assistant.asking.records.query import GROUPED, Condition, Order, Query
from assistant.services import Services
from assistant.web import state
from assistant.web.ask import session
from assistant.web.shown.escape import visible

_NONE = ""
_GROUPS: dict[Sort, tuple[str, ...]] = {
    "forms": ("unit", "department", "year", "grade"),
    "indicators": ("form", "unit", "year", "level1", "level2", "met", "target_kind", "counted_in"),
    "funds": ("unit", "year", "label"),
    "findings": ("form", "unit", "rule", "severity"),
}
_DIRECTIONS = {True: "从大到小", False: "从小到大"}


def edit_query(services: Services, turn: Turn, number: int) -> None:
    """The controls of a query; the button runs what they say."""
    query = turn.queries[0]
    kept = [_condition(c, query, f"{number}-{at}") for at, c in enumerate(query.where)]
    either = [
        _keep("或".join(condition_in_words(c, query.of) for c in several), f"{number}-any-{at}")
        for at, several in enumerate(query.any_of)
    ]
    added = _added(query, number)
    group = _group(query, number)
    order, limit = _order(query, number, group)
    changed = query.model_copy(
        update={
            "where": (*(c for c in kept if c is not None), *added),
            "any_of": tuple(a for a, keep in zip(query.any_of, either, strict=True) if keep),
            "group": group,
            "order": order,
            "limit": limit,
            "offset": query.offset if limit == query.limit else 0,
            "ask": _shape(query, group, order),
        }
    )
    st.button(
        "按这些条件重新查",
        key=f"rerun-{number}",
        type="primary",
        disabled=changed == query,
        on_click=state.action(
            partial(session.rerun, services, turn.question, (changed,), turn.understood.meaning.labels)
        ),
    )


def _shape(query: Query, group: str, order: Order | None) -> str:
    if query.ask in ("value", "count", "yesno") and not group:
        return query.ask
    return "top" if order is not None and query.ask == "top" else "list"


def _keep(words: str, key: str) -> bool:
    return st.checkbox(visible(words).replace("[", "［"), value=True, key=f"keep-{key}")


def _condition(condition: Condition, query: Query, key: str) -> Condition | None:
    """One condition: left out, or with another comparison and number."""
    simple = condition.number is not None and condition.op in SIGNS and not condition.other
    if not simple or condition.number is None:
        return condition if _keep(condition_in_words(condition, query.of), key) else None
    field = FIELDS[query.of][condition.field]
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        keep = st.checkbox(field.label, value=True, key=f"keep-{key}")
        sign = st.selectbox(
            "比较",
            list(SIGNS),
            index=list(SIGNS).index(condition.op),
            format_func=SIGNS.__getitem__,
            key=f"sign-{key}",
            label_visibility="collapsed",
            width=110,
        )
        unit = condition.unit or field.unit
        value = st.number_input(
            f"数值{unit}",
            value=float(condition.number),
            key=f"number-{key}",
            label_visibility="collapsed",
            width=130,
            format="%g",
        )
        st.html(f'<div class="af-quiet">{unit}</div>')
    number = condition.number if value == float(condition.number) else Decimal(str(value))
    changed = condition.model_copy(update={"op": sign, "number": number})
    return changed if keep else None


def _added(query: Query, number: int) -> Sequence[Condition]:
    """One more condition on a field that holds numbers."""
    numeric = [name for name, field in FIELDS[query.of].items() if field.unit]
    if not numeric:
        return ()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        field = st.selectbox(
            "再加一个条件",
            [_NONE, *numeric],
            format_func=partial(_label, query.of),
            key=f"more-{number}",
            width=190,
        )
        if not field:
            return ()
        sign = st.selectbox(
            "比较", list(SIGNS), format_func=SIGNS.__getitem__, key=f"more-sign-{number}", width=110
        )
        value = st.number_input("数值", value=0.0, key=f"more-number-{number}", width=130, format="%g")
    unit = FIELDS[query.of][field].unit
    unit = "" if unit == "分" else unit
    return (Condition(field=field, op=sign, number=Decimal(str(value)), unit=unit),)


def _group(query: Query, number: int) -> str:
    names = list(dict.fromkeys([_NONE, *_GROUPS[query.of], *([query.group] if query.group else [])]))
    chosen = st.selectbox(
        "分组",
        names,
        index=names.index(query.group),
        format_func=partial(_label, query.of),
        key=f"group-{number}",
        width=190,
    )
    return chosen or _NONE


def _order(query: Query, number: int, group: str) -> tuple[Order | None, int | None]:
    numeric = [name for name, field in FIELDS[query.of].items() if field.unit]
    names = [_NONE, GROUPED] if group else [_NONE, *numeric]
    now = query.order.field if query.order and query.order.field in names else _NONE
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        field = st.selectbox(
            "排序",
            names,
            index=names.index(now),
            format_func=partial(_label, query.of),
            key=f"order-{number}-{bool(group)}",
            width=190,
        )
        if not field:
            return None, None
        down = st.selectbox(
            "方向",
            [True, False],
            index=0 if not query.order or query.order.descending else 1,
            format_func=_DIRECTIONS.__getitem__,
            key=f"way-{number}",
            width=110,
        )
        limit = st.number_input(
            "取前几个（0为全部）",
            value=query.limit or 0,
            min_value=0,
            step=1,
            key=f"limit-{number}",
            width=150,
        )
    return Order(field=field, descending=down), int(limit) or None


def _label(of: Sort, name: str) -> str:
    if not name:
        return "（无）"
    return "结果" if name == GROUPED else "项目" if name == "form" else FIELDS[of][name].label
