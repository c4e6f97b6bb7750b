"""All findings of a form, each with a way to its cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from assistant.form.finding import Finding, Location, Severity
from assistant.form.model import Form
from assistant.web.shown.report import GAP, finding_groups, finding_item

_MOST_LED = 60
_GO = "看这一格"


def findings_view(
    form: Form,
    findings: Sequence[Finding],
    key: str,
    go: Callable[[Location], None],
    *,
    in_work: bool = False,
) -> None:
    """Draws the findings, errors first; notes folded away so that they never drown the rest.

    ``key`` makes the widgets unique; ``go`` leads to a place of the form; ``in_work`` as for
    ``finding_groups``. Of very many findings only the first have a button.
    """
    if not findings:
        st.html('<div class="af-good">没有发现问题。</div>')
        return
    drawn = 0
    for name, mark, found in finding_groups(form, findings, in_work=in_work):
        folded, brief = mark == Severity.NOTE.value, mark == GAP
        with (
            st.container(key=f"found-{mark}-{key}"),
            st.expander(f"{name} {len(found)} 条", expanded=not folded),
        ):
            led = found[: max(0, _MOST_LED - drawn)]
            for number, finding in enumerate(led, drawn):
                _item(finding_item(form, finding, brief=brief), f"look-{key}-{number}", finding.location, go)
            drawn += len(led)
            if rest := found[len(led) :]:
                st.html("".join(finding_item(form, finding, brief=brief) for finding in rest))


def _item(told: str, key: str, place: Location, go: Callable[[Location], None]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.html(told, width="stretch")
        st.button(_GO, key=key, on_click=partial(go, place))
