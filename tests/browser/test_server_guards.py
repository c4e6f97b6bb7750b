"""What the server itself refuses, whatever a page or a person sends."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.browser.running import settled

_TOO_LARGE = 25 * 1024 * 1024


def upload_address(page: Page, address: str, folder: Path) -> tuple[str, dict[str, str]]:
    """Where the page puts a file of its session, and with which headers."""
    file = folder / "小.docx"
    file.write_bytes(b"no form")
    page.goto(f"{address}/check")
    settled(page)
    with page.expect_request(lambda request: "/upload_file/" in request.url) as sent:
        page.set_input_files('.st-key-check_files input[type="file"]', file)
    settled(page)
    request = sent.value
    assert request.method == "PUT"
    return request.url, request.all_headers()


def test_a_file_that_is_too_large_is_refused_by_the_server_too(
    page: Page, address: str, tmp_path: Path
) -> None:
    url, headers = upload_address(page, address, tmp_path)
    token = {name: value for name, value in headers.items() if "xsrf" in name.lower()}
    assert token
    file = {"file": {"name": "大.docx", "mimeType": "application/octet-stream", "buffer": b"0" * 100}}
    small = page.request.put(url, headers=token, multipart=file)
    assert small.ok, "the same request with a small file is taken"
    file["file"]["buffer"] = b"0" * _TOO_LARGE
    assert page.request.put(url, headers=token, multipart=file).status == 413


def test_a_file_without_the_token_of_the_page_is_refused(page: Page, address: str, tmp_path: Path) -> None:
    url, _ = upload_address(page, address, tmp_path)
    file = {"file": {"name": "别处.docx", "mimeType": "application/octet-stream", "buffer": b"x"}}
    assert page.request.put(url, multipart=file).status == 403


@pytest.mark.parametrize("origin", ["http://attacker.invalid", "null"])
def test_a_page_of_another_origin_gets_no_session(page: Page, address: str, origin: str) -> None:
    target = f"ws://{urlsplit(address).netloc}/_stcore/stream"

    with (
        pytest.raises(InvalidStatus) as refused,
        connect(target, origin=origin, subprotocols=["streamlit"]),  # type: ignore[list-item, arg-type]
    ):
        pass
    assert refused.value.response.status_code == 403


def test_files_of_no_use_are_told_in_chinese(page: Page, address: str, tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("空.docx", "照片.jpg", "大.docx")]
    for file, content in zip(files, (b"", b"\xff\xd8\xff0000", b"0" * _TOO_LARGE), strict=True):
        file.write_bytes(content)
    page.goto(f"{address}/check")
    settled(page)
    page.set_input_files('.st-key-check_files input[type="file"]', files)
    problems = page.locator(".af-problems")
    expect(problems).to_contain_text("空.docx")
    expect(problems).to_contain_text("照片.jpg")
    uploader = page.locator(".st-key-check_files").get_by_test_id("stFileUploader")
    after = uploader.evaluate("box => getComputedStyle(box, '::after').content")
    assert "每个文件不能超过 20 MB" in after
    assert "Traceback" not in page.locator("body").inner_text()
