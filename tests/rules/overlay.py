"""Named valid forms and changes on them, for the cases and the examples of the rules' contracts.

A change is a path and a text, see ``assistant.rules.contract.place``; rows count from 1. Beside these there
are ``other_scores[2].score``, ``row_sums[1].weight``, and ``absent``: cells that the printed form has no
place for, apart by blanks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from assistant.form import edit
from assistant.form.model import Form, FundLine, Indicator
from assistant.rules.contract import place, written_out

AS_READ = re.compile(r"(other_scores|row_sums)\[(\d+)\]\.(\w+)")
"""A cell that a person cannot edit: no place of the form's contract."""
FORMS = Path(__file__).parent / "forms"


@cache
def named_form(name: str) -> Form:
    """The valid form ``forms/<name>.json``."""
    return Form.model_validate(json.loads((FORMS / f"{name}.json").read_text(encoding="utf-8")))


def overlaid(
    form: Form,
    changes: Mapping[str, str] | None = None,
    delete: Iterable[str] = (),
    add: Mapping[str, list[dict[str, Any]]] | None = None,
) -> Form:
    """``form`` with cells set, rows added at the end of their section, then rows deleted or cells emptied."""
    edits = []
    for path, text in (changes or {}).items():
        if path == "absent":
            form = form.model_copy(update={"absent": tuple(text.split())})
            continue
        if found := AS_READ.fullmatch(path):
            rows = [dict(row) for row in getattr(form, found[1])]
            rows[int(found[2]) - 1][found[3]] = text
            form = Form.model_validate({**dict(form), found[1]: rows})
            continue
        location = place(path)
        if location.field == "year":
            form = form.model_copy(update={"year": int(text)})
            continue
        old = edit.read_cell(form, location)
        edits.append(edit.Edit(location=location, old=old, new=written_out(text)))
    for section, rows in (add or {}).items():
        for number, row in enumerate(rows, len(getattr(form, section)) + 1):
            content = (
                {"indicator": Indicator(**row)} if section == "indicators" else {"fund": FundLine(**row)}
            )
            edits.append(edit.Edit(operation="insert", location=place(f"{section}[{number}]"), **content))
    for path in sorted(delete, key=lambda text: -(place(text).row or 0)):
        location = place(path)
        if location.row is not None and not location.field:
            edits.append(edit.Edit(operation="delete", location=location))
        else:
            edits.append(edit.Edit(location=location, new=""))
    # The form is one that was printed so, not one that somebody changed.
    return edit.apply(form, edits).model_copy(update={"row_sums": form.row_sums})
