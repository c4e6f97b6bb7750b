"""The audit trail as HTML: who did what when, on whose proposal, what stood there before and after. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.form.edit import Edit
from assistant.form.model import Form
from assistant.form.wording import place_name
from assistant.library import AuditEntry
from assistant.people.person import short_name
from assistant.web.review.notes import when
from assistant.web.shown.escape import escape
from assistant.web.shown.text_difference import text_difference

_SOURCES = {"user": "本人", "rules": "规则建议", "model": "模型建议"}
_HEAD = ("时间", "谁", "版本", "做了什么，改前 → 改后", "依据")
_SHOWN = 3
_ROW_PARTS = {"indicators": ("name", "target", "actual"), "funds": ("label", "budget", "executed")}
_NO_FORM = Form()


def trail_table(entries: Sequence[AuditEntry]) -> str:
    """The audit trail, newest first."""
    head = "".join(f"<th>{name}</th>" for name in _HEAD)
    body = "".join(_row(entry) for entry in reversed(entries))
    return f'<table class="af-plain af-trail"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _row(entry: AuditEntry) -> str:
    cells = (
        escape(when(entry.at)),
        escape(short_name(entry.person)) if entry.person else "",
        f"第{entry.version}版" if entry.version else "",
        f"{escape(entry.what)}{_changed(entry.edits)}",
        escape(_SOURCES.get(entry.by, entry.by)),
    )
    return "<tr>" + "".join(f'<td class="af-left">{cell}</td>' for cell in cells) + "</tr>"


def _changed(edits: Sequence[Edit]) -> str:
    """The changed cells; many of them are unfolded when they are wanted."""
    if not edits:
        return ""
    lines = [f"<li>{_edit(edit)}</li>" for edit in edits]
    if len(lines) <= _SHOWN:
        return f'<ul class="af-sums">{"".join(lines)}</ul>'
    return (
        f'<details><summary>改了 {len(lines)} 处</summary><ul class="af-sums">{"".join(lines)}</ul></details>'
    )


def _edit(edit: Edit) -> str:
    place = escape(place_name(_NO_FORM, edit.location))
    if edit.operation == "set":
        return f"{place}：{text_difference(edit.old, edit.new) or '（空）'}"
    if edit.operation == "delete":
        return f"<b>删去</b> {place}"
    row = edit.fund or edit.indicator
    parts = _ROW_PARTS[edit.location.section]
    told = "｜".join(text for part in parts if (text := getattr(row, part, "")))
    return f"<b>新增</b> {place} <ins>{escape(told)}</ins>"
