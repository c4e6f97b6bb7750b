"""Signing in at an OpenID Connect provider, in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from assistant.library.database import Database
from assistant.library.register import Register
from assistant.people import LOCAL, Person, Role
from assistant.settings import Settings
from tests.browser import running
from tests.browser.identity_provider import provider, secrets_file
from tests.browser.running import press, settled


@pytest.mark.skipif(running.CHROMIUM is None, reason="there is no chromium on this machine")
def test_signed_in_known_signed_out_and_a_stranger(launched: Browser, tmp_path: Path) -> None:
    port = running.free_port()
    address = f"http://127.0.0.1:{port}"
    folder = tmp_path / ".streamlit"
    folder.mkdir()
    with provider() as city:
        (folder / "secrets.toml").write_text(secrets_file(city, address), encoding="utf-8")
        settings = {"HOME": str(tmp_path), "ASSISTANT_ADMIN": "chief@city"}
        with running.server(tmp_path, settings, port=port):
            database = Database(Settings(home=tmp_path).database)
            drafter = Person(id="wang@city", name="王芳", roles=frozenset({Role.DRAFTER}), units=("某局",))
            Register(database, LOCAL).save(drafter)
            database.close()
            page = running.open_page(launched, address)
            expect(page.locator("body")).to_contain_text("请用单位的账号登录")
            expect(page.locator("body")).not_to_contain_text("从一句话开始")

            city.who = {"email": "Wang@city", "email_verified": True, "name": "别的名字"}
            page.get_by_role("button", name="登录").click()
            expect(page.locator("body")).to_contain_text("从一句话开始")
            settled(page)
            page.get_by_role("link", name="王芳").click()
            settled(page)
            expect(page.locator(".st-key-me")).to_contain_text("经办")

            press(page, "退出登录")
            expect(page.locator("body")).to_contain_text("请用单位的账号登录")

            city.who = {"email": "who@city"}
            page.get_by_role("button", name="登录").click()
            expect(page.locator("body")).to_contain_text("您还没有使用权限")
            page.context.close()
