"""Every cell of the past forms, where the hand-verified transcription lies beside the repository."""

from __future__ import annotations

import json
import subprocess
import unicodedata
from io import BytesIO
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from docx import Document
from docx.table import _Cell

from assistant.documents.read import ReadResult, read_bytes, read_paths
from assistant.documents.write_docx import write_docx
from assistant.documents.write_xlsx import write_xlsx
from tests.documents.dumps import dump

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
SEEDS = SHARED / "seeds" / "past-forms.txt"
GOLDEN = sorted((SHARED / "golden" / "forms").glob("*.json"))

pytestmark = pytest.mark.skipif(not SEEDS.exists(), reason="the shared past forms are not on this machine")


@pytest.fixture(scope="module")
def read() -> ReadResult:
    return read_paths([SEEDS])


def plain(text: Any) -> str:
    return "".join(unicodedata.normalize("NFKC", str(text or "")).split())


def cells(value: Any, path: str = "") -> dict[str, str]:
    if isinstance(value, dict):
        return {k: v for key, part in value.items() for k, v in cells(part, f"{path}.{key}").items()}
    if isinstance(value, list):
        return {k: v for n, part in enumerate(value, 1) for k, v in cells(part, f"{path}[{n}]").items()}
    return {path: plain(value)}


def test_as_many_forms_and_no_problems(read: ReadResult) -> None:
    assert len(read.forms) == len(GOLDEN)
    assert read.problems == ()


@pytest.mark.parametrize("number", range(len(GOLDEN)))
def test_every_cell(read: ReadResult, number: int) -> None:
    wanted = json.loads(GOLDEN[number].read_text(encoding="utf-8"))
    form = read.forms[number]
    got = cells(form.to_json())
    assert {path: got.get(path, "") for path in cells(wanted)} == cells(wanted)
    assert len(form.indicators) == len(wanted["indicators"])
    assert len(form.funds) == len(wanted["funds"])
    assert form.unplaced == ()


def test_prose_keeps_its_paragraphs_and_labels_lose_their_breaks(read: ReadResult) -> None:
    for form in read.forms:
        for row in form.indicators:
            assert "\n" not in row.level1 + row.level2 + row.target
    broken = [row.explanation for form in read.forms for row in form.indicators if "\n" in row.explanation]
    assert any("\n改进措施" in text for text in broken)


def test_gb18030_gives_the_same_forms(read: ReadResult) -> None:
    again = read_bytes(SEEDS.read_text(encoding="utf-8").encode("gb18030"), SEEDS.name)
    assert again == read


@pytest.mark.parametrize("write", [write_docx, write_xlsx])
def test_every_form_survives_the_official_table(read: ReadResult, write: Any) -> None:
    for form in read.forms:
        again = read_bytes(write(form), "表")
        assert again.problems == ()
        assert [f.model_copy(update={"source": form.source}) for f in again.forms] == [form]


def test_every_form_survives_as_text(read: ReadResult) -> None:
    text = "".join(dump(_printed(write_docx(form))) for form in read.forms)
    again = read_bytes(text.encode("utf-8"), SEEDS.name)
    assert again == read


def _printed(document: bytes) -> list[list[str]]:
    """What stands in the cells of each row, nothing where a cell goes on from above."""
    written = Document(BytesIO(document))
    heading = [[paragraph.text] for paragraph in written.paragraphs[:2] if paragraph.text.strip()]
    return heading + [
        [
            "" if cell.vMerge == "continue" else "\n".join(p.text for p in _Cell(cell, table).paragraphs)
            for cell in row._tr.tc_lst
        ]
        for table in written.tables
        for row in table.rows
    ]


@pytest.mark.office
@pytest.mark.skipif(which("soffice") is None, reason="LibreOffice is not installed")
def test_every_form_survives_pdf(read: ReadResult, tmp_path: Path) -> None:
    for number, form in enumerate(read.forms):
        (tmp_path / f"{number:02}.docx").write_bytes(write_docx(form))
    command = ["soffice", "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"]
    command += ["--convert-to", "pdf", "--outdir", str(tmp_path), *map(str, sorted(tmp_path.glob("*.docx")))]
    subprocess.run(command, check=True, capture_output=True, timeout=110)
    again = read_paths(sorted(tmp_path.glob("*.pdf")))
    assert again.problems == ()
    assert len(again.forms) == len(read.forms)
    due = [cell for form in read.forms for cell in cells(_unsourced(form)).items()]
    got = [cell for form in again.forms for cell in cells(_unsourced(form)).items()]
    assert got == due


def _unsourced(form: Any) -> dict[str, Any]:
    data: dict[str, Any] = form.to_json()
    del data["source"]
    return data
