"""The users in 系统: who may log in, with which roles and for which units; kept by administrators."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from assistant.people import ALL_UNITS, Person, Role
from assistant.people.person import ROLE_NAMES
from assistant.services import Services
from assistant.web import state
from assistant.web.shown.escape import visible
from assistant.web.shown.report import table
from assistant.web.shown.trail import trail_table

_EVERYWHERE = "全部单位"
_ALONE = (
    "现在按单人方式使用，不需要登录，所有功能都能用。多人使用时，请按部署说明配置登录、指定第一位管理员，"
    "再由他在这里添加用户、角色和单位。"
)
_NEW = "添加新用户"
_ROLES = "经办：起草、提交本单位的表；审核：查看、批注、评分、退回、通过；管理：本页。可以选几个"
_NO_ROLE = "没有选角色，这个用户登录后什么也做不了；请至少选一个角色再保存。暂时不让他用的，去掉“在用”即可。"
_NO_UNIT = (
    "经办和审核只能用自己单位的表：请在“单位”里一行填一个单位，要管全部单位的请勾选“全部单位”，再保存。"
)
_TIMES = "users_saved"


def users_table(services: Services, *, login: bool) -> None:
    """Draws the register; without login there is nobody to keep."""
    st.html("<h3>用户</h3>")
    if not login:
        st.html(f'<div class="af-quiet">{_ALONE}</div>')
        return
    persons = services.library.register.persons()
    if persons:
        st.html(table(("登录标识", "姓名", "角色", "单位", "状态"), map(_row, persons)))
    _form(services, persons)
    if trail := services.library.register.trail():
        with st.expander("用户变动记录：谁在什么时候改了谁的角色和单位"):
            st.html(trail_table(trail))


def _row(person: Person) -> tuple[str, ...]:
    roles = "、".join(ROLE_NAMES[role] for role in Role if role in person.roles)
    units = _EVERYWHERE if person.everywhere else "、".join(person.units)
    return person.id, person.name, roles, units, "在用" if person.active else "已停用"


def _form(services: Services, persons: Sequence[Person]) -> None:
    """One form to add somebody or to change somebody who is there."""
    names = [_NEW, *(visible(f"修改 {person.signed}") for person in persons)]
    at = st.selectbox(
        "添加或修改", range(len(names)), format_func=lambda n: names[n], key="user-who", width=420
    )
    person = persons[at - 1] if at else Person(id="", roles=frozenset({Role.DRAFTER}))
    # A new form, and so an empty one, after each that was added.
    key = f"user-{person.id if at else st.session_state.get(_TIMES, '')}"
    with st.form(key=f"{key}-form", border=True):
        left, right = st.columns(2, gap="small")
        identity = left.text_input(
            "登录标识（登录系统给出的，例如邮箱）", person.id, key=f"{key}-id", disabled=bool(at)
        )
        name = right.text_input("姓名", person.name, key=f"{key}-name")
        roles = st.pills(
            "角色",
            list(Role),
            selection_mode="multi",
            default=[role for role in Role if role in person.roles],
            format_func=lambda role: ROLE_NAMES[role],
            key=f"{key}-roles",
            help=_ROLES,
        )
        units = st.text_area(
            "单位（一行一个，与表上的“实施单位”一致）",
            "\n".join(unit for unit in person.units if unit != ALL_UNITS),
            key=f"{key}-units",
            height=80,
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            everywhere = st.checkbox(_EVERYWHERE, person.everywhere, key=f"{key}-everywhere")
            active = st.checkbox("在用", person.active, key=f"{key}-active")
            saved = st.form_submit_button("保存", type="primary", key=f"{key}-save")
    if saved:
        _save(
            services,
            Person(
                id=identity,
                name=name,
                roles=frozenset(roles),
                units=(ALL_UNITS,) if everywhere else tuple(units.splitlines()),
                active=active,
            ),
        )


def _save(services: Services, changed: Person) -> None:
    if changed.active and not changed.roles:
        state.say_trouble(_NO_ROLE)
        return
    if changed.active and changed.has(Role.DRAFTER, Role.REVIEWER) and not "".join(changed.units).strip():
        state.say_trouble(_NO_UNIT)
        return
    if state.attempt(lambda: services.library.register.save(changed)) is not None:
        st.session_state[_TIMES] = st.session_state.get(_TIMES, 0) + 1
        st.toast(f"已保存{visible(changed.name or changed.id)}。", icon=":material/check:")
    st.rerun()
