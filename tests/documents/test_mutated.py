"""Mutated files of every kind: each ends in forms or in clear sentences, in bounded time."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache
from io import BytesIO
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from assistant.documents.read import read_bytes
from assistant.documents.write_docx import write_docx
from assistant.documents.write_xlsx import write_xlsx
from tests.documents.dumps import dump, form_rows
from tests.documents.editions import as_html, random_edition, sheet_of
from tests.documents.pdf_files import as_pdf
from tests.documents.test_writing import FORM

_SECONDS = 40
"""More than a limited process may compute for one file, on a machine that does other things too."""
_PIECES = (
    b"<",
    b"&",
    b"\x00",
    b"</w:tc>",
    b"%",
    b"endobj",
    b"\t",
    b'"',
    b"{",
    b"9" * 40,
    b"<td rowspan=9999>",
)


@cache
def whole(kind: str) -> bytes:
    made = sheet_of(FORM, random_edition(Random(7)))
    writers: dict[str, Callable[[], bytes]] = {
        "docx": lambda: write_docx(FORM),
        "xlsx": lambda: write_xlsx(FORM),
        "html": lambda: as_html(made),
        "pdf": lambda: as_pdf([made]),
        "txt": lambda: dump([*form_rows("甲"), *form_rows("乙")]).encode(),
        "json": lambda: FORM.model_dump_json().encode(),
    }
    return writers[kind]()


def mutated(data: bytes, random: Random) -> bytes:
    """``data`` with some bytes changed, taken out, doubled or put in."""
    changed = bytearray(data)
    for _ in range(random.randint(1, 6)):
        start = random.randrange(len(changed) or 1)
        end = min(len(changed), start + random.choice((1, 4, 60, 2000)))
        match random.randrange(4):
            case 0:
                changed[start:end] = bytes(random.randrange(256) for _ in range(end - start))
            case 1:
                del changed[start:end]
            case 2:
                changed[start:start] = changed[start:end]
            case _:
                changed[start:start] = random.choice(_PIECES)
    return bytes(changed)


def mutated_inside(data: bytes, random: Random) -> bytes:
    """A package of which one part is mutated, the package itself being sound."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        names = old.namelist()
        chosen = random.choice(
            [name for name in names if name.endswith(("document.xml", "sheet1.xml")) or random.random() < 0.2]
        )
        for name in names:
            part = old.read(name)
            new.writestr(name, mutated(part, random) if name == chosen else part)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["docx", "xlsx", "pdf", "html", "txt", "json"])
def test_a_mutated_file_is_read_or_refused_in_a_sentence(kind: str) -> None:
    random = Random(kind)
    for number in range(30 if kind == "pdf" else 60):
        inside = kind in ("docx", "xlsx") and number % 3
        data = (mutated_inside if inside else mutated)(whole(kind), random)
        start = time.perf_counter()
        result = read_bytes(data, "表")
        assert time.perf_counter() - start < _SECONDS
        assert result.forms or result.problems
        assert all(problem.message.endswith("。") for problem in result.problems)
