"""规则: the catalogue to be searched and read, and the scoring profiles with their sources."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from assistant.form.wording import SEVERITY_NAMES
from assistant.rules.catalogue import FAMILIES, RULES
from assistant.rules.page import rule_page
from assistant.rules.rule import RuleEntry
from assistant.web import state
from assistant.web.check.batch import title_of
from assistant.web.rules.profiles import not_checked, profiles

_RULES, _PROFILES, _NOT_CHECKED = "检查规则", "评分口径", "不检查什么"
_SHOWN, _OPENED, _SEEN = "rules_shown", "rule_opened", "rule_address"
_ALL = "全部"
_NONE = "没有这样的规则。换一个词，例如“执行率”“满意度”“年度”，或者把类别和级别选成“全部”。"
_HEAD, _ROW, _TABLE = 38, 35, 470
_WIDTHS = (46, 54)
_ANCHOR = re.compile(r'<a id="[A-Z0-9]+"></a>\n*')
_NAME = re.compile(rf"^({'|'.join(SEVERITY_NAMES.values())}) · `\w+`", re.MULTILINE)
_TO_RULE = re.compile(r"\]\(#([A-Z]\d+)\)")
_INTRODUCTION = (
    '<div class="af-quiet">程序实际执行的检查就是这些。<b>错误</b>：算术不对或违反明确的规定，报出前必须改；'
    "<b>提醒</b>：很可能有问题，请人看一眼，有理由的可以保留；<b>提示</b>：写法和格式，不影响得分。</div>"
)


def page() -> None:
    """Draws the catalogue, the profiles or what is left to people; ``?rule=E001`` opens that rule."""
    state.show_trouble()
    asked = st.query_params.get("rule", "")
    if asked and st.session_state.get(_SEEN) != asked:
        st.session_state[_SEEN] = st.session_state[_OPENED] = asked
        st.session_state[_SHOWN] = _RULES
    st.session_state.setdefault(_SHOWN, _RULES)
    shown = st.segmented_control(
        "看什么", (_RULES, _PROFILES, _NOT_CHECKED), required=True, key=_SHOWN, label_visibility="collapsed"
    )
    {_PROFILES: profiles, _NOT_CHECKED: not_checked}.get(shown or _RULES, _catalogue)()


def _catalogue() -> None:
    listed, opened = st.columns(_WIDTHS, gap="small")
    with listed:
        found = _found()
        if found:
            told = f"{len(RULES)} 条规则，列出 {len(found)} 条，点一行看说明和例子"
            st.html(f'<div class="af-quiet">{told}</div>')
            _list(found)
        else:
            st.html(f'<div class="af-empty">{_NONE}</div>')
    with opened, st.container(key="view-rule", height=560):
        codes = [entry.code for entry in RULES]
        code = st.session_state.get(_OPENED)
        if code in codes:
            st.markdown(readable(rule_page(RULES[codes.index(code)])))
        else:
            st.html(
                _INTRODUCTION + '<div class="af-empty">点一条规则，这里写明它检查什么、为什么、'
                "依据是什么，什么样的会报、什么样的不报。</div>"
            )


def readable(text: str) -> str:
    """A rule's Markdown for this page: links to rules lead to this page; no raw HTML, no program names."""
    bare = _NAME.sub(r"\1", _ANCHOR.sub("", text))
    return _TO_RULE.sub(r"](rules?rule=\1)", bare).replace("<br>或：", "；**或**：")


def _found() -> list[RuleEntry]:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        words = st.text_input("查找", key="rules_words", placeholder="例如：执行率、满意度、E001")
        family = st.selectbox("类别", [_ALL, *FAMILIES.values()], key="rules_family", width=150)
        severity = st.selectbox("级别", [_ALL, *SEVERITY_NAMES.values()], key="rules_severity", width=95)
    return [
        entry
        for entry in RULES
        if all(word in f"{entry.code} {entry.contract}" for word in words.split())
        and family in (_ALL, FAMILIES[entry.code[0]])
        and severity in (_ALL, SEVERITY_NAMES[entry.severity])
    ]


def _list(found: Sequence[RuleEntry]) -> None:
    frame = pd.DataFrame(
        [[e.code, SEVERITY_NAMES[e.severity], title_of(e.code), FAMILIES[e.code[0]]] for e in found],
        columns=["编号", "级别", "检查什么", "类别"],
    )
    key = f"rules-table-{hash(tuple(entry.code for entry in found))}"
    st.dataframe(
        frame,
        key=key,
        hide_index=True,
        on_select=partial(_open, key, [entry.code for entry in found]),
        selection_mode="single-cell",
        height=min(_HEAD + _ROW * len(found), _TABLE),
        column_config={
            "编号": st.column_config.TextColumn(width=55),
            "级别": st.column_config.TextColumn(width=50),
            "检查什么": st.column_config.TextColumn(width=330),
        },
    )


def _open(key: str, codes: Sequence[str]) -> None:
    rows = [row for row, _ in st.session_state[key].selection.cells]
    if rows and rows[0] < len(codes):
        st.session_state[_OPENED] = codes[rows[0]]
