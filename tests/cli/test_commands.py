"""The terminal contract: what is printed where, and the exit codes."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from assistant.cli import importing, main
from assistant.cli.importing import Journal
from assistant.cli.library import open_library

FORMS = Path(__file__).resolve().parents[1] / "rules" / "forms"
FORM = FORMS / "project_10.json"


@pytest.fixture
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("ASSISTANT_HOME", str(folder))
    for name in (
        "OPENAI_API_KEY",
        "OPENAI_BASE_URL",
        "OPENAI_MODEL",
        "OPENAI_EMBEDDING_MODEL",
        "DATABASE_URL",
        "CHROMA_URL",
    ):
        monkeypatch.delenv(name, raising=False)
    return folder


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, Any, str]:
    """Exit code, the JSON document on stdout (or its text), stderr."""
    code = main([str(a) for a in arguments])
    out, err = capsys.readouterr()
    return code, json.loads(out) if "--json" in arguments else out, err


def changed(tmp_path: Path, **cells: Any) -> Path:
    form = json.loads(FORM.read_text(encoding="utf-8"))
    for path, text in cells.items():
        section, row, field = path.split("__")
        form[section][int(row) - 1][field] = text
    target = tmp_path / "form.json"
    target.write_text(json.dumps(form, ensure_ascii=False), encoding="utf-8")
    return target


def test_read_prints_forms_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    code, document, err = run(capsys, "read", FORM, "--json")
    assert (code, err, document["problems"]) == (0, "", [])
    [form] = document["forms"]
    wanted = json.loads(FORM.read_text(encoding="utf-8"))
    assert form["indicators"] == wanted["indicators"]
    assert form["source"] == {"file": FORM.name, "position": 1}
    assert form["money_unit"] == "万元"


def test_read_reports_a_bad_file_and_reads_the_others(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    bad = tmp_path / "坏.docx"
    bad.write_bytes(b"PK\x03\x04 not a zip")
    code, document, err = run(capsys, "read", bad, FORM, "--json")
    assert code == 2
    assert len(document["forms"]) == 1
    assert [p["file"] for p in document["problems"]] == [bad.name]
    assert len(err.strip().splitlines()) == 1 and bad.name in err


def test_read_of_a_missing_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, document, err = run(capsys, "read", tmp_path / "没有.docx", "--json")
    assert code == 2 and document["forms"] == [] and "没有.docx" in err


def test_check_is_clean_on_a_valid_form(capsys: pytest.CaptureFixture[str]) -> None:
    code, document, _ = run(capsys, "check", FORM, "--json")
    assert code == 0
    [form] = document["forms"]
    assert form["findings"] == []
    assert form["score"]["total_printed"] == form["score"]["total_rule"]
    assert {"rate", "weight", "printed", "rule", "formula"} <= set(form["score"]["execution"])
    assert all({"row", "weight", "printed", "rule", "formula"} <= set(i) for i in form["score"]["indicators"])


def test_check_finds_a_wrong_score_and_exits_1(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = changed(tmp_path, indicators__1__score="1")
    code, document, _ = run(capsys, "check", path, "--json")
    assert code == 1
    found = [f for f in document["forms"][0]["findings"] if f["rule"] == "rule_score"]
    assert [f["location"]["row"] for f in found] == [1]
    assert set(found[0]) >= {
        "code",
        "severity",
        "printed",
        "expected",
        "arithmetic",
        "message",
        "hint",
        "basis",
    }


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".html"])
def test_check_writes_the_report(capsys: pytest.CaptureFixture[str], tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"报告{suffix}"
    code, _, _ = run(capsys, "check", changed(tmp_path, indicators__1__score="1"), FORM, "--report", target)
    assert code == 1
    data = target.read_bytes()
    assert data.startswith(b"<!DOCTYPE html>" if suffix == ".html" else b"PK")
    if suffix == ".html":
        text = data.decode("utf-8")
        assert "总览" in text and "得分明细" in text and "S0" in text


def test_check_refuses_an_unknown_profile(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "check", FORM, "--profile", "mars-2049")
    assert code == 2 and "mars-2049" in err and "national-2020" in err


def test_export_and_read_back(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for suffix in (".docx", ".xlsx"):
        target = tmp_path / f"out{suffix}"
        code, document, _ = run(capsys, "export", FORM, "-o", target, "--json")
        assert (code, document) == (0, {"files": [str(target)]})
        _, again, _ = run(capsys, "read", target, "--json")
        wanted = json.loads(FORM.read_text(encoding="utf-8"))
        assert {key: again["forms"][0][key] for key in wanted} == wanted


def test_export_refuses_another_kind(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, _, err = run(capsys, "export", FORM, "-o", tmp_path / "out.pdf")
    assert code == 2 and ".docx" in err


def test_import_twice_changes_nothing(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    code, first, _ = run(capsys, "import", FORMS, "--json")
    assert code == 0 and first["added"] == len(list(FORMS.glob("*.json"))) and first["problems"] == []
    _, second, _ = run(capsys, "import", FORMS, "--json")
    assert (second["added"], second["updated"], second["unchanged"]) == (0, 0, first["added"])


def test_search_over_the_bundled_forms(
    capsys: pytest.CaptureFixture[str], home: Path, tmp_path: Path
) -> None:
    code, document, _ = run(capsys, "search", "资金拨付及时率", "-n", "3", "--level2", "时效", "--json")
    assert code == 0
    hits = document["hits"]
    assert [h["rank"] for h in hits] == list(range(1, len(hits) + 1)) and hits
    assert hits[0]["indicator"] == "资金拨付及时率"
    assert all("时效" in h["level2"] for h in hits)
    keys = {"rank", "score", "form", "project_name", "department", "unit", "level1", "level2", "indicator"}
    assert keys | {"target", "actual", "explanation"} <= set(hits[0])
    queries = tmp_path / "queries.txt"
    queries.write_text("满意度\n\n培训人数\n", encoding="utf-8")
    _, many, _ = run(capsys, "search", "--queries", queries, "--json")
    assert [r["query"] for r in many["results"]] == ["满意度", "培训人数"]
    assert all(r["hits"] for r in many["results"])


def test_search_needs_exactly_one_kind_of_query(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    code, _, err = run(capsys, "search")
    assert code == 2 and "--queries" in err


def test_draft_proposes_targets_with_evidence(
    capsys: pytest.CaptureFixture[str], home: Path, tmp_path: Path
) -> None:
    form = json.loads(FORM.read_text(encoding="utf-8"))
    row = next(n for n, i in enumerate(form["indicators"], 1) if "满意度" in i["name"])
    path = changed(tmp_path, **{f"indicators__{row}__target": ""})
    code, document, _ = run(capsys, "draft", path, "--goal", "targets", "--offline", "--json")
    assert code == 0 and document["notice"] == ""
    [proposal] = [p for p in document["proposals"] if p["location"]["row"] == row]
    assert proposal["location"]["section"] == "indicators" and proposal["location"]["field"] == "target"
    assert "%" in proposal["new"] and proposal["grounded"] is True and proposal["source"] == "rules"
    assert proposal["evidence"] and {"form", "project_name", "indicator", "text"} <= set(
        proposal["evidence"][0]
    )


def test_rules_lists_and_explains(capsys: pytest.CaptureFixture[str]) -> None:
    code, text, _ = run(capsys, "rules")
    assert code == 0 and "rule_score" in text and "不检查" in text
    code, page, _ = run(capsys, "rules", "rule_score")
    assert code == 0 and "正例" in page and "反例" in page
    code, _, err = run(capsys, "rules", "X999")
    assert code == 2 and "X999" in err


@pytest.mark.parametrize(
    "arguments",
    [["nonsense"], ["read"], ["read", "--what", "x"], ["search", "x", "-n", "zero"], ["rules", "a", "b"]],
)
def test_bad_usage_is_one_chinese_line(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    code, out, err = run(capsys, *arguments)
    assert code == 2 and out == ""
    assert len(err.strip().splitlines()) == 1 and "用法见" in err


def test_import_with_several_jobs_keeps_the_order(
    capsys: pytest.CaptureFixture[str], home: Path, tmp_path: Path
) -> None:
    form = json.loads(FORM.read_text(encoding="utf-8"))
    for number in range(3):
        copy = form | {"project_name": f"项目{number}"}
        (tmp_path / f"{number}.json").write_text(json.dumps(copy, ensure_ascii=False), encoding="utf-8")
    (tmp_path / "9.docx").write_bytes(b"PK\x03\x04")
    code, document, _ = run(capsys, "import", tmp_path, "--jobs", "2", "--json")
    assert code == 2 and document["added"] == 3
    assert [p["file"] for p in document["problems"]] == ["9.docx"]


def test_an_import_shows_a_person_how_far_it_is(
    capsys: pytest.CaptureFixture[str], home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "表.json").write_text(FORM.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04")
    _, _, err = run(capsys, "import", tmp_path)
    assert "2/2" not in err, "a file or a pipe gets no bar"
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    _, _, err = run(capsys, "import", tmp_path)
    assert "导入" in err and "2/2" in err


def test_check_writes_review_copies_beside_the_originals(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    source = tmp_path / "表.docx"
    run(capsys, "export", changed(tmp_path, indicators__1__score="99"), "-o", source)
    before = source.read_bytes()
    code, _, err = run(capsys, "check", source, "--copies", tmp_path / "批注")
    assert code == 1
    assert "批注稿1份" in err
    (made,) = (tmp_path / "批注").iterdir()
    assert made.name == "表-批注.docx"
    assert b"word/comments.xml" in made.read_bytes()
    assert source.read_bytes() == before
    run(capsys, "check", source, FORM, "--copies", tmp_path / "批注.zip")
    with ZipFile(tmp_path / "批注.zip") as package:
        assert package.namelist() == ["表-批注.docx", "project_10-批注.docx"]


def test_export_of_a_folder_to_one_zip(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, document, _ = run(capsys, "export", FORMS, "-o", tmp_path / "全部.zip", "--json")
    assert (code, document["files"]) == (0, [str(tmp_path / "全部.zip")])
    code, document, _ = run(capsys, "read", tmp_path / "全部.zip", "--json")
    assert code == 0
    assert len(document["forms"]) == len(list(FORMS.glob("*.json")))


def test_an_import_that_was_killed_goes_on_without_reading_again(
    capsys: pytest.CaptureFixture[str], home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "_GROUP", 2)
    folder = tmp_path / "表"
    folder.mkdir()
    form = json.loads(FORM.read_text(encoding="utf-8"))
    for number in range(5):
        form["project_name"] = f"项目{number}"
        (folder / f"{number}.json").write_text(json.dumps(form, ensure_ascii=False), encoding="utf-8")
    (folder / "坏.docx").write_bytes(b"PK\x03\x04")
    seen: list[Path] = []
    read_each = importing.read_each

    def read(files: list[Path], *, jobs: int) -> Any:
        if len(seen) >= 4:
            raise KeyboardInterrupt
        seen.extend(files)
        return read_each(files, jobs=jobs)

    with monkeypatch.context() as killed:
        killed.setattr(importing, "read_each", read)
        with pytest.raises(KeyboardInterrupt):
            importing.import_files(sorted(folder.iterdir()), store, Journal(home / "import.journal"), 1)
    assert len(seen) == 4
    with (home / "import.journal").open("a") as journal:
        journal.write('{"files": ["half a li')

    def again(files: list[Path], *, jobs: int) -> Any:
        seen.extend(files)
        return read_each(files, jobs=jobs)

    monkeypatch.setattr(importing, "read_each", again)
    code, document, err = run(capsys, "import", folder, "--json")
    assert code == 2
    assert document["added"] == 5
    assert [problem["file"] for problem in document["problems"]] == ["坏.docx"]
    assert "接着上次" in err
    assert len(seen) == len(set(seen)) == 6
    code, document, _ = run(capsys, "import", folder, "--json")
    assert (document["added"], document["unchanged"]) == (0, 5)


def store(forms: Any) -> Any:
    with open_library(offline=True) as services:
        return services.library.add_forms(forms)
