"""Facts that a model finds in a message: taken only where they stand in it, stated and of this year."""

from __future__ import annotations

import re

from assistant.drafting.replies import StatedFact, StatementReply
from assistant.form.model import Form, Indicator
from assistant.llm import ChatModel
from assistant.prompt import load_prompt
from assistant.understanding.clauses import clean, split
from assistant.understanding.fund_facts import Role, set_amount
from assistant.understanding.header_facts import set_year
from assistant.understanding.quantities import Quantity, find_quantities, same_group
from assistant.understanding.reading import Cause, Reading, Situation, StatedFacts
from assistant.understanding.row_facts import write_figure
from assistant.understanding.row_matching import STRONG, find_rows, is_worded, unit_of

_HEADER = {"project_name": "project_name", "unit": "unit", "department": "department"}
_GOAL = {"goal_expected": "expected", "goal_actual": "actual"}
_MONEY = {
    "budget_initial": Role(columns=("initial",)),
    "budget": Role(columns=("budget",)),
    "executed": Role(columns=("executed",)),
}


def facts_by_model(model: ChatModel, text: str, form: Form, situation: Situation) -> StatedFacts:
    """What ``model`` finds stated in ``text``. Raises ModelUnavailableError."""
    prompt = load_prompt("statement")
    shown = prompt.render(form=form_lines(form), message=text)
    reply = model.answer(shown, StatementReply, prompt_id=prompt.reference)
    reading = Reading(clean(text), form, situation)
    causes: dict[int, Cause] = {}
    for fact in reply.facts:
        if not _stands(reading, fact.value):
            continue
        if fact.place in ("cause", "measure"):
            _keep_cause(reading, causes, fact)
        else:
            _write(reading, fact)
    told = tuple(cause for cause in causes.values() if cause.cause)
    return StatedFacts(edits=(*reading.lines, *reading.sets), causes=told, doubts=tuple(reading.doubts))


def joined(by_rules: StatedFacts, by_model: StatedFacts) -> StatedFacts:
    """Both readings: the rules' where both read a cell, the model's where the rules left something open."""
    held = {edit.location for edit in by_rules.edits}
    added = tuple(edit for edit in by_model.edits if edit.operation != "set" or edit.location not in held)
    rows = {edit.location.row for edit in added if edit.location.section == "indicators"}
    doubts = tuple(doubt for doubt in by_rules.doubts if not rows.intersection(doubt.rows))
    told = {cause.row for cause in by_rules.causes}
    causes = tuple(cause for cause in by_model.causes if cause.row not in told)
    values = [edit.new for edit in added if edit.operation == "set"]
    unplaced = tuple(part for part in by_rules.unplaced if not any(value in part.text for value in values))
    return by_rules.model_copy(
        update={
            "edits": (*by_rules.edits, *added),
            "causes": (*by_rules.causes, *causes),
            "doubts": (*doubts, *(d for d in by_model.doubts if d not in doubts)),
            "unplaced": unplaced,
        }
    )


def form_lines(form: Form) -> str:
    """The form as the model is shown it: the basic facts, then one line for each indicator."""
    basic = (("项目名称", form.project_name), ("实施单位", form.unit), ("主管部门", form.department))
    lines = [f"{label}：{value}" for label, value in basic if value]
    lines += [_row_line(number, row) for number, row in enumerate(form.indicators, 1)]
    return "\n".join(lines) or "（空表）"


def _row_line(number: int, row: Indicator) -> str:
    values = f"指标值 {row.target or '空'}｜完成值 {row.actual or '空'}"
    return f"第{number}行｜{row.level1}｜{row.level2}｜{row.name}｜{values}"


def _stands(reading: Reading, value: str) -> bool:
    """Whether a value stands to the letter in a clause that states something about this year."""
    wanted = clean(value)
    at = reading.text.find(wanted) if wanted else -1
    if at < 0:
        return False
    for sentence in split(reading.text, reading.form.year):
        for clause in sentence.clauses:
            if clause.start <= at < clause.end:
                return clause.mood == "stated" and clause.when != "past"
    return False


def _keep_cause(reading: Reading, causes: dict[int, Cause], fact: StatedFact) -> None:
    row = _row(reading, fact)
    if row is None and not re.search(r"执行|支出|资金|预算", fact.name):
        return
    known = causes.get(row or 0, Cause(row=row, cause=""))
    causes[row or 0] = known.model_copy(update={fact.place: fact.value})


def _write(reading: Reading, fact: StatedFact) -> None:
    if fact.place in _HEADER:
        reading.set("header", None, _HEADER[fact.place], fact.value.strip())
    elif fact.place in _GOAL:
        reading.set("goal", None, _GOAL[fact.place], fact.value.strip())
    elif fact.place == "year":
        if found := re.search(r"20\d\d", fact.value):
            set_year(reading, int(found.group()))
    elif fact.place in _MONEY:
        quantity = _only_quantity(fact.value)
        if quantity is not None and quantity.kind == "money":
            set_amount(reading, _MONEY[fact.place], quantity)
    else:
        _write_row(reading, fact)


def _write_row(reading: Reading, fact: StatedFact) -> None:
    row = _row(reading, fact)
    if row is None:
        return
    indicator = reading.form.indicators[row - 1]
    column = "target" if fact.place == "target" else "actual"
    quantity = _only_quantity(fact.value)
    if quantity is None:
        if is_worded(indicator):
            reading.set("indicators", row, column, fact.value.strip())
        return
    unit = unit_of(indicator)
    if quantity.kind in ("bare", "date") or not unit or same_group(quantity.unit, unit):
        write_figure(reading, row, "target" if column == "target" else "actual", quantity)


def _row(reading: Reading, fact: StatedFact) -> int | None:
    if 1 <= fact.row <= len(reading.form.indicators):
        return fact.row
    match = find_rows(reading.form, fact.name, _only_quantity(fact.value))
    return match.row if match.strength >= STRONG else None


def _only_quantity(text: str) -> Quantity | None:
    found = find_quantities(text)
    return found[0] if len(found) == 1 else None
