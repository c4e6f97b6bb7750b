"""系统: whether the model, the library and the index are there and answer, and where the data lies."""

from __future__ import annotations

import time
from collections.abc import Iterator

import streamlit as st

from assistant import __version__
from assistant.connection import SECONDS, try_model
from assistant.people import Role
from assistant.rules.profile import load_profile, profile_ids
from assistant.services import Services
from assistant.web import state
from assistant.web.shell.identity import configured_login
from assistant.web.shown.escape import escape
from assistant.web.shown.report import table
from assistant.web.system.users import users_table

_ENVIRONMENT = (
    '<div class="af-quiet">要接上语言模型，请管理员在启动前设置环境变量 <code>OPENAI_BASE_URL</code>、'
    "<code>OPENAI_MODEL</code>（需要时还有 <code>OPENAI_API_KEY</code>），指向任何兼容 OpenAI 接口的服务。"
    "模型只改进措辞和听懂更多说法，从不计算分数。</div>"
)


def page(services: Services) -> None:
    """Draws the state of the installation."""
    state.show_trouble()
    services.person.need(Role.ADMIN)
    with st.container(key="system"):
        users_table(services, login=configured_login() != "none")
        st.html("<h3>系统状态</h3>" + table(("项目", "状态"), _rows(services)))
        st.html("<h3>语言模型</h3>")
        _model(services)
        st.html("<h3>检索</h3>")
        st.html('<div class="af-quiet">索引可随时从数据库重建，不会丢失任何表。</div>')
        with st.container(horizontal=True, gap="small"):
            tried = st.button("试一次检索", key="try-search", icon=":material/search:")
            rebuilt = st.button("重建索引", key="reindex", icon=":material/refresh:")
        if tried:
            _try_search(services)
        if rebuilt:
            _rebuild(services)


def _rows(services: Services) -> Iterator[tuple[str, str]]:
    settings = services.settings
    forms, rows = services.asker.over(lambda view: (len(view.forms), len(view.records("indicators"))))
    yield "版本", __version__
    yield "项目库", f"{forms} 张可作依据的往年的表，{rows} 行指标"
    yield "草稿", f"{services.library.count_drafts()} 份"
    yield "数据库", "自带的 SQLite 文件" if not settings.database_url else "外部数据库"
    yield (
        "向量索引",
        "自带，在数据目录内" if not settings.chroma_url else f"Chroma 服务 {settings.chroma_url}",
    )
    yield "向量模型", _embedding(services)
    yield "数据目录", str(settings.home)
    yield "评分口径", "；".join(load_profile(identifier).name for identifier in profile_ids())
    yield "默认口径", "按每张表的版式：一级指标里有“成本指标”用财预〔2021〕101号，其余用财预〔2020〕10号"


def _embedding(services: Services) -> str:
    """Whether an embedding model takes part in the search, for how many rows, and what to do for the rest."""
    counted = services.library.model_rows
    if counted is None:
        return "没有配置（OPENAI_EMBEDDING_MODEL）；检索按词语、同义词和自带的向量进行，不需要它"
    carried, rows = counted
    name = services.settings.embedding_model
    if not rows:
        return f"{name}；索引还没有打开，按下面的“试一次检索”后再看"
    if carried == rows:
        return f"{name}；索引的 {rows} 行指标都有它的向量"
    notice = services.library.search_notice
    return (
        f"{name}；索引的 {rows} 行指标中 {carried} 行有它的向量，其余 {rows - carried} 行只按词语检索。"
        f"{notice}请确认模型能用，再按下面的“重建索引”"
    )


def _model(services: Services) -> None:
    settings = services.settings
    if services.model is None:
        st.html(
            "<div>没有配置模型。检索、起草、检查、问答和导出照常按规则和往年数据进行。</div>" + _ENVIRONMENT
        )
        return
    name = f"{settings.chat_model}（{settings.base_url or '默认地址'}）"
    st.html(f"<div>{escape(name)}</div>")
    if st.button("测试连接", key="test-model", icon=":material/network_check:"):
        with st.spinner(f"正在请模型回答一个字，最多等 {SECONDS:.0f} 秒…"):
            seconds = state.attempt(lambda: try_model(settings))
        state.show_trouble()
        if seconds is not None:
            st.html(f'<div class="af-good" role="status">连接正常，模型用 {seconds:.1f} 秒作了答复。</div>')


def _try_search(services: Services) -> None:
    start = time.monotonic()
    hits = state.attempt(lambda: services.library.search("服务对象满意度", 3))
    state.show_trouble()
    if hits is not None:
        spent = (time.monotonic() - start) * 1000
        st.html(
            f'<div class="af-good" role="status">检索正常：找到 {len(hits)} 条，用时 {spent:.0f} 毫秒。</div>'
        )


def _rebuild(services: Services) -> None:
    with st.spinner("正在重建索引…"):
        rows = state.attempt(services.library.reindex)
    state.show_trouble()
    if rows is not None:
        st.html(f'<div class="af-good" role="status">已重建，共 {rows} 行指标。</div>')
