"""Files and folders: problems are values, JSON in several shapes, unknown keys kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.documents.read import read_bytes, read_paths
from assistant.documents.write_docx import write_docx
from assistant.form.model import Form, Indicator, Unplaced
from tests.documents.dumps import dump, form_rows

FORM = Form(
    project_name="某项目",
    indicators=(Indicator(level1="产出指标", name="甲", explanation="一。\n二。"),),
    notes=("注：无。",),
    year=2023,
)


def as_json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    "shape",
    [lambda form: form, lambda form: [form], lambda form: {"forms": [form], "problems": []}],
    ids=["form", "list", "forms"],
)
def test_json_in_its_shapes(shape: Any) -> None:
    result = read_bytes(as_json(shape(FORM.to_json())), "表.json")
    assert result.problems == ()
    assert [form.model_copy(update={"source": FORM.source}) for form in result.forms] == [FORM]
    assert result.forms[0].source.file == "表.json"


def test_json_numbers_are_taken_as_written_and_unknown_keys_kept() -> None:
    text = """{"project_name": "某项目", "year": "2023", "template": "odd", "owner": {"name": "甲"},
      "goal": "全年完成",
      "funds": [{"label": "合计", "budget": 100.00, "executed": 1e2, "rate": null, "extra": 5}],
      "indicators": [{"name": "甲", "weight": 10, "score": 9.50}, "不是指标"], "total": {"score": [1]}}"""
    (form,) = read_bytes(text.encode(), "表.json").forms
    assert (form.funds[0].budget, form.funds[0].executed, form.funds[0].rate) == ("100.00", "1e2", "")
    assert (form.indicators[0].weight, form.indicators[0].score) == ("10", "9.50")
    assert (form.year, form.template) == (2023, "project")
    kept = {entry.place: entry.text for entry in form.unplaced}
    assert kept == {
        "template": "odd", "owner": '{"name": "甲"}', "goal": "全年完成", "funds[1].extra": "5",
        "indicators[2]": "不是指标", "total.score": '["1"]',
    }  # fmt: skip


def test_unplaced_entries_and_invisible_characters_in_json() -> None:
    form = FORM.model_copy(
        update={"unplaced": (Unplaced(place="表尾", text="同意"),), "project_name": "某\u202e项目"}
    )
    result = read_bytes(json.dumps(form.to_json()).encode(), "表.json")
    assert result.forms[0].project_name == "某项目"
    assert result.forms[0].unplaced == form.unplaced
    assert ["1个看不见的" in problem.message for problem in result.problems] == [True]


@pytest.mark.parametrize(
    "text",
    ["{", "[1, 2]", '{"a": 1}', "[]", "{}", '"只是文字"', "[" * 5000, '{"forms": 5}', '{"forms": [{}]}'],
)
def test_json_without_a_form_is_a_problem(text: str) -> None:
    result = read_bytes(text.encode(), "表.json")
    assert result.forms == ()
    assert len(result.problems) == 1


def test_paths_and_folders_in_order(tmp_path: Path) -> None:
    (tmp_path / "乙").mkdir()
    (tmp_path / "乙" / "2.docx").write_bytes(write_docx(FORM))
    (tmp_path / "1.txt").write_text(dump([*form_rows("一"), *form_rows("二")]), encoding="utf-8")
    (tmp_path / "~$2.docx").write_bytes(b"lock file")
    (tmp_path / ".DS_Store").write_bytes(b"\x00\x00\x00\x01")
    (tmp_path / "3.pdf").write_bytes(b"%PDF-1.7")
    result = read_paths([tmp_path, tmp_path / "没有.docx", tmp_path / "1.txt"])
    both = [("一", "1.txt", 1), ("二", "1.txt", 2)]
    found = [(form.project_name, form.source.file, form.source.position) for form in result.forms]
    assert found == [*both, ("某项目", "2.docx", 1), *both]
    assert [(Path(problem.file).name, problem.message[:6]) for problem in result.problems] == [
        ("3.pdf", "文件不完整或"), ("没有.docx", "文件打不开或")
    ]  # fmt: skip


def test_nothing_to_read_is_an_empty_result(tmp_path: Path) -> None:
    assert read_paths([]) == read_paths([tmp_path])
