"""Who sits in front of the page: the local person, or whoever the login or the proxy in front names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import streamlit as st

from assistant.library.register import folded_identity
from assistant.people import ALL_UNITS, LOCAL, Person, Role
from assistant.people.person import ROLE_NAMES
from assistant.services import Services
from assistant.settings import Settings
from assistant.web.shown.escape import escape

Login = Literal["none", "oidc", "headers"]
_WHO = "person"
_NAMES = ("name", "preferred_username", "given_name")
_NO_LOGIN = (
    "设置了管理员（ASSISTANT_ADMIN），但没有配置登录，所以谁也进不来。"
    "请按 docs/deployment.md 配置 OIDC 登录或代理请求头，或去掉这项设置、按单人方式使用。"
)
_NO_ADMIN = (
    "登录已经配置，但还没有任何用户。请用环境变量 ASSISTANT_ADMIN 指定第一位管理员的登录标识，再重新启动。"
)


def signed_in(services: Services) -> Person | None:
    """The person to work as; None where the page has told why nobody can, or asks to log in."""
    login = configured_login()
    if login == "none":
        if services.settings.admin:
            _tell("暂时不能使用", _NO_LOGIN)
            return None
        return LOCAL
    claims = st.user.to_dict()
    if login == "oidc" and not claims.get("is_logged_in"):
        _ask_to_log_in()
        return None
    person = person_for(services, claims)
    _forget_others(person)
    if person is None or not person.has(*Role):
        _unknown(services, claims, login)
        return None
    return person


def configured_login() -> Login:
    """How people log in here: at an OIDC provider (secrets), by a trusted proxy's headers, or not at all."""
    if st.secrets.load_if_toml_exists() and "auth" in st.secrets:
        return "oidc"
    return "headers" if st.get_option("server.trustedUserHeaders") else "none"


def person_for(services: Services, claims: Mapping[str, object]) -> Person | None:
    """The person whom the claims of a login name; None for a stranger.

    The first administrator is one even before anybody is in the register.
    """
    settings = services.settings
    identity = _identity(settings, claims)
    if not identity or identity == LOCAL.id:
        return None
    known = services.library.register.find(identity)
    if identity == folded_identity(settings.admin):
        known = known or Person(id=identity, name=_name(claims), units=(ALL_UNITS,))
        known = known.model_copy(update={"roles": known.roles | {Role.ADMIN}, "active": True})
    if known is None or not known.active:
        return None
    return known.model_copy(update={"past_forms": settings.past_forms})


def person_page(person: Person) -> None:
    """我: who is logged in, with which rights, and the way out."""
    roles = "、".join(ROLE_NAMES[role] for role in Role if role in person.roles)
    units = "全部单位" if person.everywhere else "、".join(person.units) or "（没有设置）"
    with st.container(key="me"):
        st.html(
            f"<h3>{escape(person.shown)}</h3><table class='af-plain'><tbody>"
            f"<tr><th>登录标识</th><td class='af-left'>{escape(person.id)}</td></tr>"
            f"<tr><th>角色</th><td class='af-left'>{escape(roles)}</td></tr>"
            f"<tr><th>单位</th><td class='af-left'>{escape(units)}</td></tr></tbody></table>"
            '<div class="af-quiet">角色和单位由管理员在“系统”页设置。</div>'
        )
        if configured_login() == "oidc":
            st.button("退出登录", key="logout", icon=":material/logout:", on_click=st.logout)


def _forget_others(person: Person | None) -> None:
    """A browser window that goes on as somebody else begins with nothing of the person before."""
    now = person.id if person is not None else ""
    if st.session_state.get(_WHO, now) != now:
        st.session_state.clear()
    st.session_state[_WHO] = now


def _identity(settings: Settings, claims: Mapping[str, object]) -> str:
    """The identity, "" where there is none or the provider says that it is not verified."""
    if settings.identity_claim == "email" and claims.get("email_verified") in (False, "false"):
        return ""
    value = claims.get(settings.identity_claim)
    return folded_identity(value) if isinstance(value, str) else ""


def _name(claims: Mapping[str, object]) -> str:
    return next((str(claims[key]) for key in _NAMES if claims.get(key)), "")


def _ask_to_log_in() -> None:
    with st.container(key="login"):
        st.html('<div class="af-hero af-alone"><h1>绩效自评助手</h1><p>请用单位的账号登录。</p></div>')
        st.button("登录", key="login-do", type="primary", icon=":material/login:", on_click=st.login)


def _unknown(services: Services, claims: Mapping[str, object], login: Login) -> None:
    identity = _identity(services.settings, claims)
    if not services.settings.admin and not services.library.register.any():
        _tell("暂时不能使用", _NO_ADMIN)
    elif not identity:
        _tell(
            "认不出您是谁",
            "登录信息里没有可用的标识。请联系管理员检查登录配置（ASSISTANT_IDENTITY_CLAIM）。",
        )
    else:
        _tell(
            "您还没有使用权限",
            f"您已登录（登录标识：{identity}），但管理员还没有给您设置角色。"
            "请把这个登录标识告诉管理员，由他在“系统”页添加。",
        )
    if login == "oidc":
        st.button("换一个账号", key="logout", icon=":material/logout:", on_click=st.logout)


def _tell(title: str, text: str) -> None:
    st.html(f'<div class="af-hero af-alone"><h1>{escape(title)}</h1><p>{escape(text)}</p></div>')
