"""帮助: the manual of the repository, shown in the page with its table of contents."""

from __future__ import annotations

import re
from pathlib import Path

import streamlit as st

from assistant.web.shown.escape import escape

_MANUAL = Path(__file__).resolve().parents[3] / "docs" / "manual.md"
_PART = re.compile(
    r"^!\[(?P<caption>[^\]]*)\]\((?P<image>[\w./-]+)\)\s*$|^(?P<level>##|###) (?P<heading>.+)$", re.MULTILINE
)
_WIDTHS = (20, 80)


def page() -> None:
    """Draws the manual; its pictures are files beside it."""
    if not _MANUAL.is_file():
        st.html('<div class="af-empty">手册还没有安装：缺少 docs/manual.md。</div>')
        return
    text = _MANUAL.read_text(encoding="utf-8")
    listed, shown = st.columns(_WIDTHS, gap="medium")
    with listed:
        st.html(contents(text))
    with shown, st.container(key="manual"):
        _manual(text)


def contents(text: str) -> str:
    """The headings as links to their places in the page, numbered as they come."""
    headings = [found for found in _PART.finditer(text) if found["heading"]]
    items = "".join(
        f'<li data-level="{len(found["level"])}"><a href="#part-{number}">{escape(found["heading"])}</a></li>'
        for number, found in enumerate(headings, 1)
    )
    return f'<nav class="af-contents" aria-label="目录"><ol>{items}</ol></nav>'


def _manual(text: str) -> None:
    start, number = 0, 0
    for found in _PART.finditer(text):
        _prose(text[start : found.start()])
        start = found.end()
        if found["heading"]:
            number += 1
            draw = st.header if len(found["level"]) == 2 else st.subheader
            draw(found["heading"], anchor=f"part-{number}")
        else:
            picture = _MANUAL.parent / found["image"]
            if picture.is_file():
                st.image(str(picture), caption=found["caption"])
    _prose(text[start:])


def _prose(text: str) -> None:
    if text.strip():
        st.markdown(text)
