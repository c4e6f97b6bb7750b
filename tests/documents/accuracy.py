"""How many cells of a form were read as they should be."""

from __future__ import annotations

import unicodedata
from typing import Any

from assistant.form.model import Form


def cells(value: Any, path: str = "") -> dict[str, str]:
    """Every cell of a form by its path; blanks and widths of characters do not count."""
    if isinstance(value, dict):
        kept = {key: part for key, part in value.items() if key not in ("source", "unplaced", "absent")}
        return {k: v for key, part in kept.items() for k, v in cells(part, f"{path}.{key}").items()}
    if isinstance(value, list):
        return {k: v for n, part in enumerate(value, 1) for k, v in cells(part, f"{path}[{n}]").items()}
    return {path: "".join(unicodedata.normalize("NFKC", str(value or "")).split())}


def wrong_cells(wanted: Form, read: Form) -> dict[str, tuple[str, str]]:
    """Path -> what should have been read and what was."""
    due, got = cells(wanted.to_json()), cells(read.to_json())
    return {
        path: (due.get(path, ""), got.get(path, ""))
        for path in due | got
        if due.get(path, "") != got.get(path, "")
    }
