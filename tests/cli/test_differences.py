"""`differences`: snapshots of findings, and what changed between two of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.cli import main

FORM = Path(__file__).parents[1] / "rules" / "forms" / "project_10.json"


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = main([str(a) for a in ("differences", *arguments)])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def written(path: Path, **cells: Any) -> Path:
    path.write_text(
        json.dumps(json.loads(FORM.read_text(encoding="utf-8")) | cells, ensure_ascii=False), encoding="utf-8"
    )
    return path


def test_a_change_shows_with_form_cell_and_rule(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    form, kept = written(tmp_path / "form.json"), tmp_path / "kept.json"
    assert run(capsys, form, "--write", kept)[0] == 0
    code, out, _ = run(capsys, form, "--since", kept)
    assert code == 0 and "没有变化" in out
    written(form, year_line="", title="")
    code, out, _ = run(capsys, form, "--since", kept)
    assert code == 0 and "多了2条，少了0条" in out
    assert "＋ 01 中小学教师信息技术应用能力培训  title" in out and "T001 title_missing" in out


def test_json_lists_what_was_added_and_removed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    form, kept = written(tmp_path / "form.json", title=""), tmp_path / "kept.json"
    run(capsys, form, "--write", kept)
    written(form)
    code, out, _ = run(capsys, form, "--since", kept, "--json")
    document = json.loads(out)
    assert code == 0 and document["added"] == [] and document["forms"] == 1
    assert [(seen["rule"], seen["severity"]) for seen in document["removed"]] == [
        ("T001 title_missing", "warning")
    ]
    assert document["by_rule"] == [
        {"rule": "T001 title_missing", "severity": "warning", "added": 0, "removed": 1}
    ]


def test_the_bundled_forms_are_the_default(capsys: pytest.CaptureFixture[str]) -> None:
    committed = Path(__file__).parents[1] / "rules" / "corpus_findings.json"
    code, out, _ = run(capsys, "--since", committed)
    assert code == 0 and out.startswith("20张表") and "没有变化" in out


def test_the_library_can_be_looked_at(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("CHROMA_URL", raising=False)
    code, out, _ = run(capsys, "--library", "--json")
    assert code == 0 and json.loads(out)["forms"] == 20


@pytest.mark.parametrize("text", ["", "[1]", '{"forms": [], "findings": [["x"]]}'])
def test_a_file_that_is_no_snapshot(capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str) -> None:
    kept = tmp_path / "kept.json"
    kept.write_text(text, encoding="utf-8")
    code, out, err = run(capsys, "--since", kept)
    assert code == 2 and out == "" and len(err.strip().splitlines()) == 1 and "--write" in err


def test_files_or_the_library_not_both(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, FORM, "--library")
    assert code == 2 and "二者选一" in err
