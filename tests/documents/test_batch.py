"""Many files as one .zip: read within limits, written with names that harm nothing."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from assistant.documents.batch import MOST_MEMBERS, zipped
from assistant.documents.read import read_bytes
from assistant.documents.write_docx import write_docx
from assistant.documents.write_xlsx import write_xlsx
from tests.documents.test_safety import FORM

DOCX = write_docx(FORM)


def archive(files: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return out.getvalue()


def messages(data: bytes) -> list[str]:
    return [problem.message for problem in read_bytes(data, "汇总.zip").problems]


def test_forms_of_all_files_whatever_their_folders() -> None:
    files = {
        "一处/甲.docx": DOCX,
        "二处/乙.xlsx": write_xlsx(FORM),
        "../../etc/丙.docx": DOCX,
        "/丁.docx": DOCX,
    }
    result = read_bytes(archive(files), "汇总.zip")
    assert [form.source.file for form in result.forms] == ["甲.docx", "乙.xlsx", "丙.docx", "丁.docx"]
    assert {form.project_name for form in result.forms} == {FORM.project_name}
    assert result.problems == ()


def test_lock_files_and_folders_are_passed_over() -> None:
    files = {"甲.docx": DOCX, "~$甲.docx": b"x", "__MACOSX/._甲.docx": b"x", "空/": b"", ".DS_Store": b"x"}
    result = read_bytes(archive(files), "汇总.zip")
    assert len(result.forms) == 1
    assert result.problems == ()


def test_names_that_chinese_windows_wrote_are_readable() -> None:
    data = archive({"x" * len("自评表.docx".encode("gbk")): DOCX})
    data = data.replace(b"x" * len("自评表.docx".encode("gbk")), "自评表.docx".encode("gbk"))
    (form,) = read_bytes(data, "汇总.zip").forms
    assert form.source.file == "自评表.docx"


def test_one_bad_file_stops_no_other() -> None:
    bad = {
        "坏.docx": DOCX[:200],
        "图.png": b"\x89PNG\r\n\x1a\n",
        "里.zip": archive({"甲.docx": DOCX}),
        "空.txt": b"",
    }
    result = read_bytes(archive({**bad, "好.docx": DOCX}), "汇总.zip")
    assert [form.source.file for form in result.forms] == ["好.docx"]
    told = {problem.file: problem.message for problem in result.problems}
    assert set(told) == set(bad)
    assert "压缩包里还有压缩包" in told["里.zip"]
    assert all(message.endswith("。") for message in told.values())


def test_too_many_files_and_bombs_are_refused() -> None:
    assert str(MOST_MEMBERS) in messages(archive({f"{n}.txt": b"" for n in range(MOST_MEMBERS + 1)}))[0]
    assert "多得不正常" in messages(archive({"大.txt": bytes(40 * 1024 * 1024)}))[0]
    assert "多得不正常" in messages(archive({f"{n}": b"" for n in range(2500)}))[0]
    assert "没有文件" in messages(archive({"空/": b""}))[0]


def test_a_zip_of_forms_has_harmless_names_each_its_own() -> None:
    names = ["甲/乙:丙?.docx", "甲.docx", "甲.docx", "", "../../etc/passwd", "长" * 300 + ".docx"]
    data = zipped((name, DOCX) for name in names)
    with ZipFile(BytesIO(data)) as package:
        written = package.namelist()
    assert len(set(written)) == len(names)
    assert not any(set(name) & set('\\/:*?"<>|') or name.startswith(".") for name in written)
    assert max(map(len, written)) < 100
    assert written[1:3] == ["甲.docx", "甲（2）.docx"]
    assert len(read_bytes(data, "汇总.zip").forms) == len(names)
