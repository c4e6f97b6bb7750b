"""Hostile and broken files: each gives one clear Chinese sentence, within limits of time and memory."""

from __future__ import annotations

import re
import resource
import time
import tomllib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from assistant.documents import batch, delimited, grid, read, read_pdf, read_xlsx, safety
from assistant.documents.confined_child import ADDRESS_SPACE, SECONDS
from assistant.documents.docx_package import W, pack
from assistant.documents.read import read_bytes
from assistant.documents.safety import MAX_BYTES, Kind, refusal
from assistant.documents.write_docx import write_docx
from assistant.documents.write_xlsx import write_xlsx
from assistant.form.model import Form, Indicator

FORM = Form(project_name="某项目", indicators=(Indicator(level1="产出指标", name="甲"),))
DOCX = write_docx(FORM)
XLSX = write_xlsx(FORM)


def message(data: bytes, name: str = "表.docx") -> str:
    result = read_bytes(data, name)
    assert result.forms == ()
    (problem,) = result.problems
    assert problem.file == name
    assert re.search(r"[\u4e00-\u9fff]", problem.message)
    assert problem.message.endswith("。")
    return problem.message


def repacked(data: bytes, **parts: bytes | None) -> bytes:
    """The package with parts replaced, or left out for None; ``__`` is ``/``, ``_dot_`` is ``.`` in names."""
    changed = {name.replace("__", "/").replace("_dot_", "."): part for name, part in parts.items()}
    buffer = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(buffer, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changed:
                new.writestr(name, old.read(name))
        for name, part in changed.items():
            if part is not None:
                new.writestr(name, part)
    return buffer.getvalue()


def body(content: bytes) -> bytes:
    return b'<w:document xmlns:w="' + W.encode() + b'"><w:body>' + content + b"</w:body></w:document>"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "空的"),
        (b" \n\t", "空的"),
        (b"\xff\xfe", "空的"),
        (b"%PDF-1.7 ...", "不完整"),
        (b"{\\rtf1 ...", "RTF"),
        (b"\x89PNG\r\n\x1a\n....", "图片"),
        (b"Rar!\x1a\x07....", "压缩包"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "旧版"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (b"\x00\x01\x02\x03" * 40, "认不出"),
        (b"PK\x03\x04 no package", "不完整"),
        (DOCX[: len(DOCX) // 2], "不完整"),
        (DOCX[:-30], "不完整"),
        (XLSX[: len(XLSX) // 2], "不完整"),
        (repacked(DOCX, word__document_dot_xml=None), "不是 Word"),
        (repacked(DOCX, word__document_dot_xml=b""), "不完整"),
        (repacked(DOCX, word__document_dot_xml=b"<w:document"), "不完整"),
        (repacked(DOCX, word__vbaProject_dot_bin=b"\x00"), "宏"),
        (repacked(XLSX, xl__vbaProject_dot_bin=b"\x00"), "宏"),
        (repacked(DOCX, **{"..__x_dot_xml": b""}), "不安全"),
        (repacked(DOCX, **{"__etc__passwd": b""}), "不安全"),
        (repacked(DOCX, **{"C:__x_dot_xml": b""}), "不安全"),
        (repacked(DOCX, word__document_dot_xml=body(b"").decode().encode("utf-16")), "不安全"),
        (
            repacked(DOCX, word__document_dot_xml=b'<?xml version="1.0" encoding="UTF-7"?>' + body(b"")),
            "不安全",
        ),
    ],
)
def test_each_kind_of_bad_file_is_named(data: bytes, words: str) -> None:
    assert words in message(data)


def test_entities_are_refused_in_word_and_excel() -> None:
    doctype = b'<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    text = b"<w:p><w:r><w:t>A&e;B</w:t></w:r></w:p>"
    assert "不安全" in message(repacked(DOCX, word__document_dot_xml=doctype + body(text)))
    with ZipFile(BytesIO(XLSX)) as package:
        sheet = package.read("xl/worksheets/sheet1.xml")
        book = package.read("xl/workbook.xml")
    assert "不安全" in message(repacked(XLSX, xl__worksheets__sheet1_dot_xml=doctype + sheet))
    assert "不安全" in message(repacked(XLSX, xl__workbook_dot_xml=doctype + book))


def test_an_encrypted_entry_is_named() -> None:
    data = bytearray(DOCX)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = 0
        while (at := data.find(signature, at)) >= 0:
            data[at + offset] |= 1
            at += 4
    assert "密码" in message(bytes(data))


def test_duplicate_entries_are_refused() -> None:
    buffer = BytesIO(DOCX)
    with ZipFile(buffer, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr("word/document.xml", body(b""))
    assert "不安全" in message(buffer.getvalue())


def _many_paragraphs() -> bytes:
    return repacked(DOCX, word__document_dot_xml=body(b"<w:p/>" * 2_000_000))


def _many_attributes() -> bytes:
    element = b"<w:p " + b" ".join(b'a%d=""' % n for n in range(1000)) + b"/>"
    return repacked(DOCX, word__document_dot_xml=body(element * 1800))


def _many_entries() -> bytes:
    buffer = BytesIO(DOCX)
    with ZipFile(buffer, "a") as package:
        for number in range(2100):
            package.writestr(f"word/{number}.xml", b"")
    return buffer.getvalue()


def _large_entry() -> bytes:
    return repacked(DOCX, word__media__x_dot_bin=b"\x00" * (21 * 1024 * 1024))


def _merged_everywhere() -> bytes:
    with ZipFile(BytesIO(XLSX)) as package:
        sheet = package.read("xl/worksheets/sheet1.xml")
    huge = re.sub(rb'<mergeCell ref="[^"]*"', b'<mergeCell ref="A1:XFD1048576"', sheet, count=1)
    assert huge != sheet
    return repacked(XLSX, xl__worksheets__sheet1_dot_xml=huge)


def _one_cell_far_away() -> bytes:
    with ZipFile(BytesIO(XLSX)) as package:
        sheet = package.read("xl/worksheets/sheet1.xml")
    far = sheet.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')
    return repacked(XLSX, xl__worksheets__sheet1_dot_xml=far)


@pytest.mark.parametrize(
    "bomb", [_many_paragraphs, _many_attributes, _many_entries, _large_entry, _merged_everywhere]
)
def test_bombs_cost_neither_time_nor_memory(bomb: Callable[[], bytes]) -> None:
    data = bomb()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    assert "多得不正常" in message(data)
    assert time.process_time() - start < 2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150 * 1024


def test_a_far_cell_is_cut_off_and_reported() -> None:
    start = time.process_time()
    result = read_bytes(_one_cell_far_away(), "表.xlsx")
    assert time.process_time() - start < 5
    assert [form.project_name for form in result.forms] == ["某项目"]
    assert ["太大" in problem.message for problem in result.problems] == [True]


def test_billion_laughs_in_html_and_deep_json_end_in_a_sentence() -> None:
    assert message(b"<!DOCTYPE html><html>" + b"<div>" * 200_000)
    assert "JSON" in message(b'{"forms":' + b"[" * 200_000)


@pytest.mark.parametrize(
    "text",
    [
        "\t项目名称\n\t甲\n\n" * 150_000,
        "甲,乙,丙\n" * 500_000,
        "<html><table>" + ("<tr>" + "<td rowspan=200>x" * 200 + "</tr>" + "<tr></tr>" * 199) * 10,
        "<html>" + "<td a b c>" * 600_000,
    ],
)
def test_texts_of_absurd_size_are_refused_at_once(text: str) -> None:
    start = time.process_time()
    assert "多得不正常" in message(text.encode())
    assert time.process_time() - start < 3


def test_a_header_of_many_thousand_columns_costs_no_time() -> None:
    names = [
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        *(f"分值（{n}）" for n in range(60_000)),
    ]
    cells = "".join(f"<w:tc><w:p><w:r><w:t>{name}</w:t></w:r></w:p></w:tc>" for name in names)
    start = time.process_time()
    assert "没有找到自评表" in message(pack(body(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>".encode())))
    assert time.process_time() - start < 3


def test_a_file_over_the_limit_is_not_looked_at() -> None:
    assert "MB" in message(b"PK\x03\x04" + bytes(MAX_BYTES))


def test_the_name_decides_nothing() -> None:
    for name in ("表.txt", "表.pdf", "../../etc/passwd", "没有扩展名"):
        assert [form.project_name for form in read_bytes(DOCX, name).forms] == ["某项目"]
        assert [form.project_name for form in read_bytes(XLSX, name).forms] == ["某项目"]


def test_an_empty_document_says_that_there_is_no_form() -> None:
    assert "没有找到自评表" in message(pack(body(b"")))


ROOT = Path(__file__).resolve().parents[2]
MANUAL = (ROOT / "docs" / "manual.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "sentence",
    [
        *(refusal(kind) for kind in Kind if kind not in (Kind.ZIP, Kind.PDF, Kind.TEXT)),
        *(safety._PROTECTED, safety._BROKEN, safety.TOO_MUCH, safety._DANGEROUS, safety._MACROS),
        *(safety.DAMAGED, safety.OTHER_PACKAGE, batch.NESTED, read._TOO_LARGE_HERE, read_pdf._SCANNED),
    ],
)
def test_the_manual_names_every_refusal(sentence: str) -> None:
    assert re.split("[，。（]", sentence)[0] in MANUAL


def test_the_manual_gives_every_limit_as_it_is() -> None:
    mega = 1024 * 1024
    upload = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    for line in (
        f"| 在网页里上传的一个文件 | {upload['server']['maxUploadSize']} MB |",
        f"| 用终端命令读的一个文件 | {MAX_BYTES // mega} MB |",
        f"（如 Windows 服务器） | {read._MAX_BYTES_HERE // mega} MB |",
        f"| .zip 里的文件 | {batch.MOST_MEMBERS} 个 | 压缩包里的文件超过{batch.MOST_MEMBERS}个 |",
        f"| .zip 解开以后 | 共 {batch._MOST_TOTAL // mega} MB，压缩不超过 {batch._MOST_RATIO} 倍 |",
        f"| {safety._MAX_ENTRIES} 个部件，解开后一个 {safety._MAX_ENTRY_BYTES // mega} MB、"
        f"共 {safety._MAX_TOTAL_BYTES // mega} MB，压缩不超过 {safety._MAX_RATIO} 倍 |",
        f"| 一张表格 | {grid._MOST_CELLS // 10_000} 万格 |",
        f"| {safety._MAX_LINES // 10_000} 万行、{safety._MAX_CELLS // 10_000} 万格；"
        f"网页 {safety._MAX_PAGE // 10_000} 万字 |",
        f"| PDF | {read_pdf._MOST_PAGES} 页，一页 {read_pdf._MOST_GLYPHS // 10_000} 万字、"
        f"{read_pdf._MOST_STROKES} 条线 |",
        f"| {read_xlsx._MOST_ROWS} 行、{read_xlsx._MOST_COLUMNS} 列，多的部分不读 |",
        f"| 计算 {SECONDS} 秒、内存 {ADDRESS_SPACE / 1e9:g} GB |",
    ):
        assert line in MANUAL
    assert delimited._MOST_CELLS == grid._MOST_CELLS
