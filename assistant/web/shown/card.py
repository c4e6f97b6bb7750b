"""A Proposal as HTML: where, old → new, why, on which evidence, whose idea. Pure, no Streamlit."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.drafting.proposal import Decision, Proposal
from assistant.form.edit import Edit, read_cell
from assistant.form.finding import Location
from assistant.form.model import Form
from assistant.form.wording import FIELD_NAMES, place_name
from assistant.grounding.evidence import Evidence
from assistant.web.shown.escape import conspicuous, escape
from assistant.web.shown.form_table import Proposed
from assistant.web.shown.place import form_address
from assistant.web.shown.spread_plot import spread_of, spread_plot
from assistant.web.shown.text_difference import text_difference

SOURCES = {"user": "您的话", "rules": "规则", "model": "模型"}
_KINDS = {
    "facts": "您提供的情况",
    "target": "年度指标值",
    "explanation": "偏差说明",
    "indicator": "新增指标",
    "goal": "年度总体目标",
    "weights": "分值",
    "summary": "自评概述",
}
_DECISIONS = {"accepted": "已采纳", "edited": "已修改采纳", "rejected": "未采用", "withdrawn": "已不适用"}
_LEVELS = 2
_AMOUNTS = ("initial", "budget", "executed")
_ROW_NAMES = {"funds": "label", "indicators": "name"}
_HEADER = tuple(FIELD_NAMES)
_SECTIONS = ("title", "header", "funds", "goal", "indicators", "total")


def proposal_card(form: Form, proposal: Proposal) -> str:
    """The card of a pending proposal, without its buttons."""
    parts = [_head(form, proposal), _change(form, proposal)]
    if proposal.reason:
        parts.append(f'<div class="af-reason">{escape(proposal.reason)}</div>')
    if not proposal.grounded:
        parts.append(
            '<div class="af-unsure">其中有数字或名称在表、您的话和依据里都找不到，请核实后再采纳。</div>'
        )
    if proposal.question:
        parts.append(f'<div class="af-question">{escape(proposal.question)}</div>')
    if proposal.evidence:
        parts += [_spread(proposal), _evidence(proposal.evidence)]
    return f'<div class="af-card">{"".join(parts)}</div>'


def decided_line(form: Form, proposal: Proposal, decision: Decision) -> str:
    """What became of a proposal, in one line."""
    text = proposal.new
    where = _where(form, proposal)
    if proposal.kind == "indicator":
        text = "，".join(part for part in text.split("｜")[_LEVELS:] if part) or text
        where = _KINDS["indicator"]
    elif proposal.kind == "facts" and len(proposal.edits) == 1 and proposal.edits[0].operation == "set":
        # By its number then: the row may have moved, or another may stand there now.
        at = proposal.edits[0].location
        field = FIELD_NAMES.get(at.field, "")
        where = f"第{at.row}行{field}" if at.section == "indicators" else escape(_place(form, at))
    said = escape("；".join(text.splitlines()))
    return (
        f'<div class="af-decided" data-decision="{decision}"><b>{_DECISIONS.get(decision, "")}</b> '
        f"{where}：<span>{said}</span></div>"
    )


def proposed(proposals: Iterable[Proposal]) -> Proposed:
    """What the pending ``proposals`` would change, for the form's table to show as not yet decided."""
    cells = {}
    rows = []
    for edit in (edit for proposal in proposals for edit in proposal.edits):
        if edit.operation == "set":
            cells[(edit.location.section, edit.location.row, edit.location.field)] = edit.new
        elif edit.operation == "insert" and edit.indicator is not None:
            rows.append(edit.indicator)
    return Proposed(cells=cells, rows=tuple(rows))


def _where(form: Form, proposal: Proposal) -> str:
    if proposal.kind in ("facts", "summary"):
        return _KINDS[proposal.kind]
    if proposal.kind == "indicator":
        return " · ".join([_KINDS["indicator"], *map(escape, proposal.new.split("｜")[:_LEVELS])])
    return escape(_place(form, proposal.location)) or _KINDS[proposal.kind]


def _place(form: Form, location: Location) -> str:
    """A place in few words: the row's own name rather than its number where it has one."""
    field = FIELD_NAMES.get(location.field, "")
    if location.section in ("header", "title"):
        return field or place_name(form, location)
    if location.section == "goal":
        return "实际完成情况" if location.field == "actual" else field
    if location.section == "indicators" and location.row is not None:
        name = read_cell(form, Location(section="indicators", row=location.row, field="name"))
        return f"第{location.row}行 {name} · {field}" if name else f"第{location.row}行 {field}"
    if location.section == "funds" and location.row is not None:
        label = read_cell(form, Location(section="funds", row=location.row, field="label"))
        field += f"（{form.money_unit}）" if location.field in _AMOUNTS and form.money_unit else ""
        return f"{label} · {field}" if label else f"第{location.row}行 {field}"
    return place_name(form, location)


def _head(form: Form, proposal: Proposal) -> str:
    return (
        f'<div class="af-cardhead"><b>{_where(form, proposal)}</b>'
        f'<span class="af-source" data-source="{proposal.source}">{SOURCES[proposal.source]}</span></div>'
    )


def _change(form: Form, proposal: Proposal) -> str:
    if proposal.kind == "indicator" and len(proposal.edits) == 1:
        parts = proposal.new.split("｜")[_LEVELS:] or [proposal.new]
        chips = "".join(f"<span>{conspicuous(part)}</span>" for part in parts if part)
        return f'<div class="af-chips">{chips}</div>'
    # Told with its place even where it is a single cell: the head does not name it.
    if len(proposal.edits) > 1 or (proposal.kind in ("facts", "weights") and proposal.edits):
        return _edits(form, proposal)
    return f'<div class="af-change">{_difference(proposal.old, proposal.new)}</div>'


def _edits(form: Form, proposal: Proposal) -> str:
    """Each edit in a line, in the order of the form; the cells of one row of the form share theirs."""
    printed = {edit.location.field for edit in proposal.edits}
    shown = sorted(
        (e for e in proposal.edits if e.location.field != "year" or "year_line" not in printed),
        key=_standing,
    )
    rows: dict[tuple[str, int, str], list[Edit]] = {}
    for number, edit in enumerate(shown):
        at = edit.location
        own = edit.operation != "set" or at.section not in ("funds", "indicators") or at.row is None
        rows.setdefault((at.section, number if own else at.row or 0, edit.operation), []).append(edit)
    lines = "".join(
        _edit_row(form, edits[0]) if len(edits) == 1 else _row_of(form, edits) for edits in rows.values()
    )
    return f'<table class="af-edits"><tbody>{lines}</tbody></table>'


def _standing(edit: Edit) -> tuple[int, int, int]:
    """Where an edit stands in the form, top to bottom; cells of one row stay as they were said."""
    at = edit.location
    section = _SECTIONS.index(at.section) if at.section in _SECTIONS else len(_SECTIONS)
    field = _HEADER.index(at.field) if at.section == "header" and at.field in _HEADER else 0
    return section, at.row or 0, field


def _row_of(form: Form, edits: list[Edit]) -> str:
    """Several cells of one row of the form."""
    place = edits[0].location
    name = read_cell(form, place.model_copy(update={"field": _ROW_NAMES[place.section]}))
    number = f"第{place.row}行 " if place.section == "indicators" or not name else ""
    cells = "".join(
        f"<span><i>{FIELD_NAMES.get(edit.location.field, '')}</i> {_difference(edit.old, edit.new)}</span>"
        for edit in edits
    )
    unit = f"<i>{escape(form.money_unit)}</i>" if place.section == "funds" else ""
    return f'<tr><th>{escape(number + name)}</th><td class="af-cells">{cells}{unit}</td></tr>'


def _edit_row(form: Form, edit: Edit) -> str:
    # A row that is to come has no place yet: at its number another one stands.
    where = "新增一行" if edit.operation == "insert" else _place(form, edit.location)
    if edit.operation == "delete":
        change = "<del>删除这一行</del>"
    else:
        change = _difference(edit.old, _edit_text(edit))
    return f"<tr><th>{escape(where)}</th><td>{change}</td></tr>"


def _difference(old: str, new: str) -> str:
    """Where nothing stood before, the text itself: colour everywhere would tell nothing."""
    return text_difference(old, new) if old else conspicuous(new)


def _edit_text(edit: Edit) -> str:
    if edit.indicator is not None:
        row = edit.indicator
        told = (row.level2, row.name, row.target, row.actual and f"完成{row.actual}")
        return "｜".join(text for text in told if text)
    return edit.fund.label if edit.fund is not None else edit.new


def _spread(proposal: Proposal) -> str:
    """The plot of past values for a proposed target; "" for other cards and where too few compare."""
    row = proposal.edits[0].indicator
    if proposal.kind == "indicator" and row is not None:
        target, name = row.target, row.name
    elif proposal.kind == "target":
        target, name = proposal.new, ""
    else:
        return ""
    found = spread_of(target, name, proposal.evidence)
    return spread_plot(found) if found is not None else ""


def _evidence(evidence: tuple[Evidence, ...]) -> str:
    rows = "".join(_evidence_row(item) for item in evidence)
    return (
        f'<details class="af-evidence"><summary>依据：往年 {len(evidence)} 条</summary>'
        f"<table><tbody>{rows}</tbody></table></details>"
    )


def _evidence_row(item: Evidence) -> str:
    year = f"{item.year}年 " if item.year and str(item.year) not in item.project_name else ""
    values = [f"指标值 {escape(item.target)}"] if item.target else []
    values += [f"完成 {escape(item.actual)}"] if item.actual else []
    values += [f"得分 {escape(item.score)}"] if item.score else []
    told = item.text not in ("", f"目标{item.target}，实际{item.actual}", f"目标{item.target}")
    cited = f'<div class="af-cited">{escape(item.text)}</div>' if told else ""
    whence = f"{year}{escape(item.project_name)} · {escape(item.unit)}"
    place = Location(section="indicators", row=item.row) if item.row is not None else None
    link = f'<a href="{escape(form_address(item.form, place))}">打开库中第{item.form}号</a>'
    return (
        f"<tr><td><b>{escape(item.indicator)}</b> {' · '.join(values)}{cited}"
        f'<div class="af-quiet">{whence}（{link}）</div></td></tr>'
    )
