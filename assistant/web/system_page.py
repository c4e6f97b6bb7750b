"""系统: whether the model, the library and the index are there, and where the data lies."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from assistant import __version__
from assistant.people import Role
from assistant.rules.profile import load_profile, profile_ids
from assistant.services import Services
from assistant.web import state
from assistant.web.identity import configured_login
from assistant.web.report_view import table
from assistant.web.users_table import users_table


def page(services: Services) -> None:
    """Draws the state of the installation."""
    state.show_trouble()
    services.person.need(Role.ADMIN)
    with st.container(key="system"):
        users_table(services, login=configured_login() != "none")
        st.html("<h3>系统状态</h3>" + table(("项目", "状态"), _rows(services)))
        st.html('<div class="af-quiet">索引可随时从数据库重建，不会丢失任何表。</div>')
        if st.button("重建索引", key="reindex", icon=":material/refresh:"):
            with st.spinner("正在重建索引…"):
                rows = state.attempt(services.library.reindex)
            state.show_trouble()
            if rows is not None:
                st.html(f'<div class="af-good">已重建，共 {rows} 行指标。</div>')


def _rows(services: Services) -> Iterator[tuple[str, str]]:
    settings = services.settings
    forms = services.library.forms()
    yield "版本", __version__
    if services.model is None:
        yield "语言模型", "没有配置；检索、起草、检查和导出照常按规则和往年数据进行"
    else:
        yield "语言模型", f"{settings.chat_model}（{settings.base_url or '默认地址'}）"
    yield "项目库", f"{len(forms)} 张往年的表，{sum(len(one.form.indicators) for one in forms)} 行指标"
    yield "草稿", f"{len(services.library.drafts())} 份"
    yield "数据库", "自带的 SQLite 文件" if not settings.database_url else "外部数据库"
    yield (
        "向量索引",
        "自带，在数据目录内" if not settings.chroma_url else f"Chroma 服务 {settings.chroma_url}",
    )
    yield "数据目录", str(settings.home)
    yield "评分口径", "；".join(load_profile(identifier).name for identifier in profile_ids())
