"""Every target and actual of the past forms, as read by hand."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from assistant.form.value import Value, direction, read_actual, read_target

GOLDEN = Path(__file__).parents[2].parent / "shared" / "golden"
pytestmark = pytest.mark.skipif(not GOLDEN.is_dir(), reason="the hand-read values are not on this machine")


@cache
def rows() -> list[dict[str, Any]]:
    file = GOLDEN / "values.json"
    return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else []


@cache
def indicators(form: int) -> list[dict[str, str]]:
    text = (GOLDEN / "forms" / f"{form:02}.json").read_text(encoding="utf-8")
    return json.loads(text)["indicators"]


def decimal(number: float | None) -> Decimal | None:
    return None if number is None else Decimal(str(number))


def differences(value: Value, wanted: dict[str, Any]) -> list[str]:
    worded = isinstance(wanted["value"], str)
    pairs = {
        "kind": (value.kind.value, wanted["kind"]),
        "sign": (value.sign.value, wanted["op"]),
        "number": (value.number, None if worded else decimal(wanted["value"])),
        "upper": (value.upper, decimal(wanted["value2"])),
        "unit": (value.unit, wanted["unit"]),
        "unit_norm": (value.unit_norm, wanted["unit_norm"]),
        "text": (value.date or value.wording, wanted["value"] if worded else ""),
        "narrative": (value.narrative, wanted.get("narrative", False)),
    }
    return [f"{key}: read {got!r}, printed {want!r}" for key, (got, want) in pairs.items() if got != want]


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['form']}.{row['row']}")
def test_row(row: dict[str, Any]) -> None:
    cells = indicators(row["form"])[row["row"] - 1]
    target = read_target(cells["target"], name=cells["name"], level2=cells["level2"])
    assert differences(target, row["target"]) == []
    assert differences(read_actual(cells["actual"], target), row["actual"]) == []
    assert direction(target, name=cells["name"], level2=cells["level2"]).value == row["direction"]


def test_all_rows_are_there() -> None:
    assert len(rows()) == 203
