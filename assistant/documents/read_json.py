"""Reads forms from JSON: one Form, a list of them, or ``{"forms": [...]}`` as ``read --json`` prints it.

Numbers are taken as they are written, unknown keys are kept as unplaced.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from assistant.errors import UnreadableFileError
from assistant.form.model import Form, FundLine, Goal, Indicator, OtherScore, RowSum, Source, Total, Unplaced
from assistant.form.text import visible

_TEXT_FIELDS = (
    "title", "year_line", "project_name", "department", "central_department", "unit", "remark", "grade"
)  # fmt: skip
_CHOICES = {"template": ("project", "transfer"), "money_unit": ("万元", "元")}
_Row = FundLine | Indicator | OtherScore
_Part = type[FundLine] | type[Goal] | type[Indicator] | type[OtherScore] | type[Total]
_ROWS: dict[str, type[FundLine] | type[Indicator] | type[OtherScore]] = {
    "funds": FundLine,
    "indicators": Indicator,
    "other_scores": OtherScore,
}
_BLOCKS: dict[str, type[Goal] | type[Total]] = {"goal": Goal, "total": Total}
_OWN_KEYS = {"project_name", "indicators", "funds", "goal"}


def read_json(text: str, file: str) -> tuple[list[Form], int]:
    """The forms, and how many invisible characters were taken out. Raises UnreadableFileError."""
    try:
        # Numbers stay as printed: 100.00 must not become 100.0.
        data = json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
    except (ValueError, RecursionError) as error:
        raise UnreadableFileError(f"不是有效的 JSON（{_where(error)}），请检查文件是否完整。") from error
    items = data.get("forms", data) if isinstance(data, dict) else data
    items = items if isinstance(items, list) else [items]
    readers = [_Reader(item) for item in items if isinstance(item, dict) and item.keys() & _OWN_KEYS]
    if not readers:
        raise UnreadableFileError(
            "JSON 里没有自评表：应当是一张表、一组表，或带“forms”的对象，请用本系统导出的 JSON。"
        )
    forms = [reader.form(file, position) for position, reader in enumerate(readers, 1)]
    return forms, sum(reader.removed for reader in readers)


def _where(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"第{error.lineno}行第{error.colno}个字附近"
    return "嵌套太深" if isinstance(error, RecursionError) else "内容无法识别"


class _Reader:
    """One form's dictionary; what has no place in a Form is collected on the way."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self.removed = 0
        self.unplaced: list[Unplaced] = []

    def form(self, file: str, position: int) -> Form:
        """The form; ``source`` is the file that was read."""
        known: dict[str, Any] = {}
        for key, value in self.data.items():
            if key in _CHOICES:
                known[key] = self._choice(value, key)
            elif key in _TEXT_FIELDS:
                known[key] = self._text(value, key)
            elif key in _ROWS:
                known[key] = tuple(self._rows(key, value))
            elif key in _BLOCKS:
                known[key] = _BLOCKS[key](**self._cells(_BLOCKS[key], value, key))
            elif key != "source":
                known |= self._other(key, value)
        source = Source(file=file, position=position)
        return Form(**known, source=source, unplaced=tuple(self.unplaced))

    def _other(self, key: str, value: Any) -> dict[str, Any]:
        if key == "year":
            return {key: self._year(value)}
        if key in ("notes", "absent"):
            return {key: tuple(self._texts(value, key))}
        if key == "row_sums":
            return {key: tuple(self._sums(value))}
        if key == "unplaced":
            self._keep_unplaced(value)
        else:
            self._keep(key, value)
        return {}

    def _text(self, value: Any, place: str) -> str:
        if value is None:
            return ""
        if isinstance(value, dict | list):
            self._keep(place, value)
            return ""
        if isinstance(value, bool):
            return "是" if value else "否"
        text, removed = visible(str(value))
        self.removed += removed
        return text.strip()

    def _cells(self, model: _Part, value: Any, place: str) -> dict[str, str]:
        if not isinstance(value, dict):
            self._keep(place, value)
            return {}
        cells = {}
        for key, cell in value.items():
            if key in model.model_fields:
                cells[key] = self._text(cell, f"{place}.{key}")
            else:
                self._keep(f"{place}.{key}", cell)
        return cells

    def _rows(self, key: str, value: Any) -> list[_Row]:
        if not isinstance(value, list):
            self._keep(key, value)
            return []
        model = _ROWS[key]
        return [model(**self._cells(model, row, f"{key}[{number}]")) for number, row in enumerate(value, 1)]

    def _sums(self, value: Any) -> Iterator[RowSum]:
        for item in value if isinstance(value, list) else [value]:
            cells = dict(item) if isinstance(item, dict) else {}
            cells |= {key: self._text(cells.get(key), key) for key in ("label", "weight", "score")}
            try:
                yield RowSum.model_validate(cells)
            except ValidationError:
                self._keep("row_sums", item)

    def _texts(self, value: Any, key: str) -> list[str]:
        values = value if isinstance(value, list) else [value]
        return [text for item in values if (text := self._text(item, key))]

    def _keep_unplaced(self, value: Any) -> None:
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict) and set(item) == {"place", "text"}:
                self._keep(self._text(item["place"], "unplaced"), item["text"])
            else:
                self._keep("unplaced", item)

    def _year(self, value: Any) -> int | None:
        text = self._text(value, "year")
        if text.isascii() and text.isdigit() and len(text) == 4:
            return int(text)
        self._keep("year", text)
        return None

    def _choice(self, value: Any, key: str) -> str:
        text = self._text(value, key)
        if text in _CHOICES[key]:
            return text
        self._keep(key, text)
        return _CHOICES[key][0]

    def _keep(self, place: str, value: Any) -> None:
        is_text = isinstance(value, str)
        text = self._text(value if is_text else json.dumps(value, ensure_ascii=False), place)
        if text and text != "null":
            self.unplaced.append(Unplaced(place=place, text=text))
