"""Bringing past forms into the library from the page."""

from __future__ import annotations

from functools import partial

import streamlit as st

from assistant.services import Services
from assistant.web import state
from assistant.web.shown.report import table
from assistant.web.shown.uploads import files_in, folder_choice, read_files, say_problems

_TEACH = (
    '<div class="af-empty af-teach"><b>把往年的自评表导进来，起草的建议和问答就以它们为准。</b>'
    "<ol><li>选文件，或打开“整个文件夹”选一个文件夹。</li><li>先看读出来的是不是对的，再按“导入”。</li>"
    "<li>项目、单位、年度都相同的算同一张表：内容有变化就更新，旧内容作为版本留着；重复导入不会多出来。</li></ol></div>"
)


def bring_in(services: Services) -> None:
    """Draws the files, what was read from them, and the button that stores it."""
    with st.container(key="import"):
        folder_choice("import_files")
        files = files_in("import_files", "往年的自评表")
        if not files:
            st.html(_TEACH)
            return
        forms, problems = read_files(files)
        say_problems(problems)
        if not forms:
            return
        rows = [
            (form.source.file, form.project_name, form.unit, form.year_line, len(form.indicators))
            for form in forms
        ]
        st.html(f'<div class="af-quiet">读到 {len(forms)} 张表，请核对：</div>')
        st.html(table(("文件", "项目名称", "实施单位", "年度", "指标数"), rows))
        if st.button(f"导入这 {len(forms)} 张", key="import-forms", type="primary"):
            with st.spinner("正在导入并更新索引…"):
                result = state.attempt(partial(services.library.add_forms, forms))
            state.show_trouble()
            if result is not None:
                st.html(
                    f'<div class="af-good" role="status">导入完成：新增 {result.added} 张，'
                    f"更新 {result.updated} 张，没有变化 {result.unchanged} 张。</div>"
                )
