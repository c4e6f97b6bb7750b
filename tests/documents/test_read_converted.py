"""Files of other office programs: read through LibreOffice, which learns and reaches nothing else."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from shutil import which
from threading import Thread
from zipfile import ZipFile

import pytest

from assistant.documents import read_converted
from assistant.documents.read import read_bytes
from assistant.documents.write_docx import write_docx
from assistant.documents.write_xlsx import write_xlsx
from assistant.form.model import Form
from tests.documents.test_writing import FORM, TRANSFER

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
WORD = OLE + "WordDocument\0".encode("utf-16-le") + bytes(100)
ODT = "application/vnd.oasis.opendocument.text"
office = pytest.mark.skipif(which("soffice") is None, reason="LibreOffice is not installed")


def saved_as(ending: str, form: Form, folder: Path) -> bytes:
    """The form as LibreOffice saves it in a format."""
    modern, data = ("xlsx", write_xlsx(form)) if ending in ("xls", "ods") else ("docx", write_docx(form))
    source = folder / f"form.{modern}"
    source.write_bytes(data)
    command = ["soffice", "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    command += ["--convert-to", ending, "--outdir", str(folder / "out"), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=100)
    return (folder / "out" / f"form.{ending}").read_bytes()


def open_document(**parts: str) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as package:
        for name, content in {"mimetype": ODT, **parts}.items():
            package.writestr(name.replace("__", "/") + ("" if name == "mimetype" else ".xml"), content)
    return buffer.getvalue()


def sentence(data: bytes) -> str:
    result = read_bytes(data, "去年的表.doc")
    assert result.forms == ()
    return "".join(problem.message for problem in result.problems)


@pytest.mark.office
@office
@pytest.mark.parametrize(
    ("ending", "form", "name"),
    [
        ("doc", FORM, "表.wps"),
        ("doc", TRANSFER, "表.doc"),
        ("xls", FORM, "表.et"),
        ("xls", TRANSFER, "--help; $(reboot).pdf"),
        ("odt", FORM, "表.odt"),
        ("ods", FORM, "表.docx"),
        ("rtf", FORM, "表.doc"),
    ],
)
def test_a_form_of_an_older_program_is_the_same_form(
    ending: str, form: Form, name: str, tmp_path: Path
) -> None:
    """The content decides, the name nothing: what WPS calls .wps and .et is Word's and Excel's."""
    result = read_bytes(saved_as(ending, form, tmp_path), name)
    assert result.problems == ()
    (again,) = result.forms
    assert again.source.file == name
    assert again.model_copy(update={"source": form.source}) == form


@pytest.fixture
def asked() -> Iterator[tuple[int, list[str]]]:
    """A web server on this machine: its port, and what it was asked for."""
    paths: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def parse_request(self) -> bool:
            paths.append(self.raw_requestline.decode("latin-1"))
            return False

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port, paths
        server.shutdown()


@pytest.mark.office
@office
def test_linked_pictures_are_not_fetched(asked: tuple[int, list[str]], tmp_path: Path) -> None:
    port, paths = asked
    picture = (
        '<text:p><draw:frame svg:width="2cm" svg:height="2cm" text:anchor-type="as-char">'
        f'<draw:image xlink:href="http://127.0.0.1:{port}/seen.png" xlink:type="simple" xlink:show="embed" '
        'xlink:actuate="onLoad"/></draw:frame></text:p></office:text>'
    )
    buffer = BytesIO()
    with ZipFile(BytesIO(saved_as("odt", FORM, tmp_path))) as old, ZipFile(buffer, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "content.xml":
                assert b"</office:text>" in part
                part = part.replace(b"</office:text>", picture.encode())
            new.writestr(name, part)
    assert [form.project_name for form in read_bytes(buffer.getvalue(), "表.odt").forms] == [
        FORM.project_name
    ]
    assert paths == []


@pytest.mark.office
@office
def test_a_damaged_file_ends_in_the_usual_sentence(tmp_path: Path) -> None:
    data = saved_as("doc", FORM, tmp_path)
    assert sentence(data[:2048] + bytes(len(data) - 2048)).endswith("。")


def test_without_libreoffice_the_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_converted, "which", lambda name: None)
    assert "旧版" in sentence(WORD)
    assert "另存为 .docx" in sentence(WORD)
    assert "RTF" in sentence(b"{\\rtf1 \\trowd }")
    assert ".odt" in sentence(open_document(content="<x/>"))


def program(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """A program of the name ``soffice``, the first on the path."""
    file = folder / "soffice"
    file.write_text("#!/bin/sh\n" + script)
    file.chmod(0o700)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")


def test_what_is_no_document_is_not_handed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, monkeypatch, f"touch {tmp_path}/started")
    protected = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    hostile = '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]><d>&e;</d>'
    assert "旧版" in sentence(OLE)
    assert "密码" in sentence(OLE + "EncryptedPackage".encode("utf-16-le"))
    assert "RTF" in sentence(b"{\\rtf1 no table}")
    assert "密码" in sentence(open_document(**{"META-INF__manifest": protected}))
    assert "不安全" in sentence(open_document(content=hostile))
    assert not (tmp_path / "started").exists()


def test_the_program_learns_neither_name_nor_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    program(tmp_path, monkeypatch, f'{{ env; echo "$@"; }} > {tmp_path}/seen')
    assert "旧版" in sentence(WORD)
    seen = (tmp_path / "seen").read_text()
    assert "--headless" in seen
    assert "sk-secret" not in seen
    assert "去年的表" not in seen
    folder = Path(seen.split("HOME=")[1].splitlines()[0])
    assert not folder.exists()


def test_a_program_that_hangs_is_ended_with_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_converted, "_SECONDS", 1)
    program(tmp_path, monkeypatch, f"sleep 50 & echo $! > {tmp_path}/child; wait")
    start = time.perf_counter()
    assert "旧版" in sentence(WORD)
    assert time.perf_counter() - start < 10
    child = Path("/proc") / (tmp_path / "child").read_text().strip() / "stat"
    assert not child.exists() or ") Z" in child.read_text()
