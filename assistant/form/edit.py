"""Changes of a form as values: a form is never changed in place, an edit makes a new one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from assistant.errors import AssistantError
from assistant.form.finding import Location
from assistant.form.model import Form, Frozen, FundLine, Indicator

HEADER_FIELDS = (
    "template",
    "title",
    "year_line",
    "year",
    "project_name",
    "department",
    "central_department",
    "unit",
    "money_unit",
    "remark",
    "grade",
)
_ROWS: dict[str, type[Frozen]] = {"funds": FundLine, "indicators": Indicator}
_BLOCKS = ("goal", "total")


class Edit(Frozen):
    """One change of one place.

    ``set`` replaces the text of a cell (``location.field``; ``old`` is what stood there).
    ``insert`` puts an indicator or fund row *before* ``location.row`` (last row + 1 appends); its content is
    ``indicator`` or ``fund``. ``delete`` removes ``location.row``. The year travels as text, ``""`` for None.
    """

    operation: Literal["set", "insert", "delete"] = "set"
    location: Location
    old: str = ""
    new: str = ""
    indicator: Indicator | None = None
    fund: FundLine | None = None


def read_cell(form: Form, location: Location) -> str:
    """The text at ``location``; ``""`` where there is no such row; AssistantError for an unknown field."""
    holder = _holder(form, location)
    if holder is None:
        return ""
    if location.field not in type(holder).model_fields:
        raise AssistantError(f"表中没有“{location.section}.{location.field}”这个单元格，请检查位置。")
    value = getattr(holder, location.field)
    return "" if value is None else str(value)


def apply(form: Form, edits: Iterable[Edit]) -> Form:
    """``form`` with ``edits`` made in order. Raises AssistantError for a place that does not exist.

    Sums printed among the indicators are gone with the first change of their points.
    """
    before = _points(form)
    for edit in edits:
        form = _set(form, edit) if edit.operation == "set" else _move_rows(form, edit)
    return form.model_copy(update={"row_sums": ()}) if form.row_sums and _points(form) != before else form


def _points(form: Form) -> list[tuple[str, str]]:
    return [(row.weight, row.score) for row in form.indicators] if form.row_sums else []


def difference(before: Form, after: Form) -> tuple[Edit, ...]:
    """Edits that turn ``before`` into ``after``: ``apply(before, difference(before, after)) == after``.

    Cells of rows that both have are compared by number; surplus rows are deleted from the end or appended.
    Covers what a person edits (header, funds, goal, indicators, total), not where the form was read.
    """
    edits = [
        edit
        for name in HEADER_FIELDS
        if (edit := _cell_edit(before, after, Location(section="header", field=name)))
    ]
    for section, model in _ROWS.items():
        old_rows, new_rows = getattr(before, section), getattr(after, section)
        for number in range(1, min(len(old_rows), len(new_rows)) + 1):
            edits += _fields_edits(before, after, section, number, model.model_fields)
        for number in range(len(old_rows), len(new_rows), -1):
            edits.append(Edit(operation="delete", location=_at(section, number)))
        for number in range(len(old_rows) + 1, len(new_rows) + 1):
            row = new_rows[number - 1]
            key = "fund" if section == "funds" else "indicator"
            edits.append(Edit(operation="insert", location=_at(section, number), **{key: row}))
    for section in _BLOCKS:
        edits += _fields_edits(before, after, section, None, type(getattr(before, section)).model_fields)
    return tuple(edits)


def _at(section: str, row: int | None, field: str = "") -> Location:
    return Location.model_validate({"section": section, "row": row, "field": field})


def _fields_edits(
    before: Form, after: Form, section: str, row: int | None, fields: Iterable[str]
) -> list[Edit]:
    return [edit for name in fields if (edit := _cell_edit(before, after, _at(section, row, name)))]


def _cell_edit(before: Form, after: Form, location: Location) -> Edit | None:
    old, new = read_cell(before, location), read_cell(after, location)
    return Edit(location=location, old=old, new=new) if old != new else None


def _holder(form: Form, location: Location) -> Frozen | None:
    """What holds the field: the form itself, a row, or a block; None for a row that does not exist."""
    if location.section in ("header", "title"):
        return form
    if location.section in _BLOCKS:
        block: Frozen = getattr(form, location.section)
        return block
    if location.section in _ROWS and location.row is not None:
        rows: tuple[Frozen, ...] = getattr(form, location.section)
        return rows[location.row - 1] if 1 <= location.row <= len(rows) else None
    raise AssistantError(f"“{location.section}”不是可以修改的位置，请指明表中的行和列。")


def _set(form: Form, edit: Edit) -> Form:
    location = edit.location
    holder = _holder(form, location)
    if holder is None:
        raise AssistantError(f"第{location.row}行不存在，无法修改；请先添加这一行。")
    read_cell(form, location)
    new: Any = edit.new
    if location.field == "year":
        new = int(edit.new) if edit.new else None
    changed = type(holder).model_validate({**dict(holder), location.field: new})
    if isinstance(changed, Form):
        return changed
    if location.row is None:
        return form.model_copy(update={location.section: changed})
    rows = list(getattr(form, location.section))
    rows[location.row - 1] = changed
    return form.model_copy(update={location.section: tuple(rows)})


def _move_rows(form: Form, edit: Edit) -> Form:
    location = edit.location
    if location.section not in _ROWS or location.row is None:
        raise AssistantError("只能在资金和指标两部分增删行，请指明是第几行。")
    rows = list(getattr(form, location.section))
    content = edit.fund if location.section == "funds" else edit.indicator
    last = len(rows) + (1 if edit.operation == "insert" else 0)
    if not 1 <= location.row <= last:
        raise AssistantError(f"第{location.row}行不存在：这一部分只有{len(rows)}行。")
    if edit.operation == "delete":
        del rows[location.row - 1]
    elif content is None:
        raise AssistantError("要添加的行没有内容。")
    else:
        rows.insert(location.row - 1, content)
    return form.model_copy(update={location.section: tuple(rows)})
