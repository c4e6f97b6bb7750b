"""帮助: the manual of the repository, shown in the page."""

from __future__ import annotations

import re
from pathlib import Path

import streamlit as st

_MANUAL = Path(__file__).resolve().parents[2] / "docs" / "manual.md"
_IMAGE = re.compile(r"^!\[([^\]]*)\]\(([\w./-]+)\)\s*$", re.MULTILINE)


def page() -> None:
    """Draws the manual; its pictures are files beside it."""
    if not _MANUAL.is_file():
        st.html('<div class="af-empty">手册还没有安装：缺少 docs/manual.md。</div>')
        return
    text = _MANUAL.read_text(encoding="utf-8")
    with st.container(key="manual"):
        start = 0
        for image in _IMAGE.finditer(text):
            _prose(text[start : image.start()])
            start = image.end()
            picture = _MANUAL.parent / image.group(2)
            if picture.is_file():
                st.image(str(picture), caption=image.group(1))
        _prose(text[start:])


def _prose(text: str) -> None:
    if text.strip():
        st.markdown(text)
