"""The cards of the conversation: stated facts, told causes, suggestions of the rules, last year's targets."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass

from assistant.conversation.rollover import next_year
from assistant.conversation.texts import summary
from assistant.drafting.context import Context, form_year
from assistant.drafting.explanations import compose, gap_of, measure_for
from assistant.drafting.goals import goal_proposals
from assistant.drafting.placing import current
from assistant.drafting.precedents import likeness, same_project
from assistant.drafting.proposal import Proposal, Proposals, Search
from assistant.drafting.propose import propose
from assistant.drafting.structure import Structure, structure_of
from assistant.drafting.summary import summary_proposals
from assistant.drafting.weights import weight_proposals
from assistant.form.edit import Edit, apply, read_cell
from assistant.form.finding import Location
from assistant.form.model import BLANK, Form, Indicator
from assistant.form.rounding import plain
from assistant.grounding.evidence import Evidence
from assistant.library import StoredForm
from assistant.llm import ChatModel
from assistant.rules.profile import profile_for
from assistant.rules.score import total_fund_row
from assistant.rules.year import own_year
from assistant.understanding.fund_facts import cell_amount
from assistant.understanding.quantities import find_quantities, same_group
from assistant.understanding.reading import Cause

_SAME_ROW = 0.75
_STATED = "根据您说的内容整理，采纳前请核对。"


@dataclass(frozen=True)
class Desk:
    """What the conversation works with; ``past`` gives the library's forms, ``model`` may be None."""

    search: Search
    past: Callable[[], Sequence[StoredForm]]
    model: ChatModel | None = None

    def context(self, form: Form, words: str) -> Context:
        """What the single kinds of proposals need."""
        return Context(form, self.search, words, profile_for(form), form_year(form, words))


def facts_card(form: Form, edits: tuple[Edit, ...], reason: str = _STATED) -> Proposal | None:
    """One card for all that was stated; None where nothing would change."""
    edits = current(form, edits)
    if not edits:
        return None
    first = edits[0]
    return Proposal(
        id="facts",
        kind="facts",
        edits=edits,
        location=first.location,
        old=first.old if len(edits) == 1 else "",
        new=first.new if len(edits) == 1 and first.operation == "set" else summary(form, edits),
        reason=reason,
        source="user",
    )


def indicator_cards(desk: Desk, form: Form, words: str) -> Proposals:
    """The indicators that a project lacks."""
    found = propose(form, "indicators", desk.search, words=words, model=desk.model)
    return found.model_copy(update={"proposals": tuple(p for p in found.proposals if p.kind == "indicator")})


def named_rows(desk: Desk, form: Form, said: str) -> tuple[Proposal, ...]:
    """Rows for the quantities that one message names and ``form`` has no row for yet."""
    rules_only = Desk(search=desk.search, past=desk.past)
    told = [one for one in find_quantities(said) if one.number is not None]
    cards = []
    for one in indicator_cards(rules_only, form, said).proposals:
        row = one.edits[0].indicator
        figures = find_quantities(row.target) if row is not None else ()
        if row is not None and "成本" in row.level2:
            continue
        if any(f.number == q.number and same_group(f.unit, q.unit) for f in figures for q in told):
            cards.append(one)
    return tuple(cards)


def more_rows(
    desk: Desk, form: Form, words: str, levels: Sequence[str], known: Sequence[Indicator] = ()
) -> tuple[Proposal, ...]:
    """One further row for each of ``levels`` (keys of second levels; one named twice gets two).

    ``known``: rows that are proposed already, or were turned down; none like them is proposed.
    """
    structure = structure_of(form, profile_for(form))
    rules_only = Desk(search=desk.search, past=desk.past)
    cards: list[Proposal] = []
    for key in levels:
        rows = [*form.indicators, *known, *(row for one in cards if (row := one.edits[0].indicator))]
        crowded = form.model_copy(update={"indicators": tuple(_elsewhere(structure, key, rows))})
        found = indicator_cards(rules_only, crowded, words).proposals
        own = [one for one in found if (row := one.edits[0].indicator) and structure.key(row) == key]
        cards += own[:1]
    return tuple(cards)


def _elsewhere(structure: Structure, key: str, rows: Sequence[Indicator]) -> Iterator[Indicator]:
    """``rows`` with those of one second level moved to another, so that the level seems to lack a row."""
    first = structure.first_of(key)
    others = [one.key for one in structure.levels if one.key != key]
    beside = [other for other in others if structure.first_of(other) == first] or others
    level1, level2 = structure.labels(beside[0])
    for row in rows:
        moved = {"level1": level1, "level2": level2}
        yield row.model_copy(update=moved) if structure.key(row) == key else row


def costs_in_step(form: Form, edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """The targets of cost rows that held the whole budget or a blank, where ``edits`` set the budget."""
    number = total_fund_row(form)
    place = Location(section="funds", row=number, field="budget")
    changed = next((one for one in edits if one.operation == "set" and one.location == place), None)
    old = cell_amount(form.funds[number - 1].budget) if number is not None else None
    new = cell_amount(changed.new) if changed is not None else None
    if new is None or old == new:
        return ()
    found: list[Edit] = []
    for row, indicator in enumerate(form.indicators, 1):
        at = Location(section="indicators", row=row, field="target")
        if is_whole_cost(indicator.name) and indicator.target == f"≤{BLANK}{form.money_unit}":
            found.append(Edit(location=at, old=indicator.target, new=f"≤{plain(new)}{form.money_unit}"))
        if old is None:
            continue
        target = next(iter(find_quantities(indicator.target)), None)
        yuan = target.in_yuan if target is not None else None
        if target is None or yuan is None or "成本" not in indicator.level1 + indicator.level2:
            continue
        if yuan == old * (1 if form.money_unit == "元" else 10000) and target.number is not None:
            value = f"{target.sign}{plain(target.number * new / old)}{target.unit}"
            found.append(Edit(location=at, old=indicator.target, new=value))
    return tuple(found)


def is_whole_cost(name: str) -> bool:
    """Whether a row is called as the proposal of the whole cost is, whose figures follow the form's money."""
    return name.endswith("总成本")


def costs_spent(form: Form, edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """What was spent as the result of the whole cost, where ``edits`` tell it and the row has none yet."""
    number = total_fund_row(form)
    place = Location(section="funds", row=number, field="executed")
    told = next((one for one in edits if one.operation == "set" and one.location == place), None)
    if told is None or cell_amount(told.new) is None:
        return ()
    known = {edit.location.row for edit in edits if edit.location.field == "actual"}
    return tuple(
        Edit(
            location=Location(section="indicators", row=row, field="actual"),
            old=indicator.actual,
            new=f"{told.new}{form.money_unit}",
        )
        for row, indicator in enumerate(form.indicators, 1)
        if is_whole_cost(indicator.name)
        and indicator.actual in ("", f"{told.old}{form.money_unit}")
        and indicator.target.endswith(form.money_unit)
        and row not in known
    )


def name_card(form: Form, name: str) -> Proposal:
    """A name made of the user's own words, to be accepted or replaced."""
    location = Location(section="header", field="project_name")
    return Proposal(
        id="name",
        kind="facts",
        edits=(Edit(location=location, old=form.project_name, new=name),),
        location=location,
        old=form.project_name,
        new=name,
        reason="您还没有说项目名称，这是按您的描述拟的；请改成批复文件上的名称，或采纳。",
    )


def with_row(card: Proposal, row: Indicator) -> Proposal:
    """The card of a new row with other content, its question answered."""
    return card.model_copy(
        update={
            "edits": (card.edits[0].model_copy(update={"indicator": row}),),
            "new": row_text(row),
            "question": "",
            "grounded": True,
        }
    )


def row_text(row: Indicator) -> str:
    """A new row as its card shows it: 一级｜二级｜名称｜指标值｜分值, and its result where that is told."""
    weight = f"{row.weight}分" if row.weight else ""
    told = (f"实际{row.actual}",) if row.actual else ()
    return "｜".join((row.level1, row.level2, row.name, row.target, weight, *told))


def target_cards(desk: Desk, form: Form, words: str) -> Proposals:
    """Targets for rows that have none."""
    return propose(form, "targets", desk.search, words=words, model=desk.model)


def explanation_cards(desk: Desk, form: Form, causes: Sequence[Cause]) -> Proposals:
    """Explanations for the rows that deviate, and for a low execution, with the causes told for them.

    Nothing else that was said is a cause, so nothing else is passed on.
    """
    words = "\n".join(_sentence(form, cause) for cause in causes if not cause.about)
    return propose(form, "explanations", desk.search, words=words, model=desk.model)


def weight_cards(desk: Desk, form: Form, kept: Container[int | None] = ()) -> tuple[Proposal, ...]:
    """The weights completed or corrected; none where they fit, or on a form that is not scored.

    ``kept``: rows whose weight the person has set.
    """
    if form.template != "project" or not form.indicators:
        return ()
    structure = structure_of(form, profile_for(form))
    return tuple(weight_proposals(desk.context(form, ""), structure, kept=kept))


def goal_cards(desk: Desk, form: Form, *, anew: bool = False) -> tuple[Proposal, ...]:
    """Texts of the goal composed of the indicators, for the empty ones of the two; ``anew`` for both."""
    found = goal_proposals(desk.context(form, ""), anew=anew)
    return tuple(one for one in found if one.new != one.old)


def summary_cards(desk: Desk, form: Form) -> tuple[Proposal, ...]:
    """The summary of the self-evaluation; none while the results tell too little."""
    return tuple(summary_proposals(desk.context(form, "")))


def told_explanations(desk: Desk, form: Form, causes: Sequence[Cause]) -> Proposals:
    """Explanations with the causes that the user told, one card each."""
    cards: list[Proposal] = []
    notice = ""
    for cause in (one for one in causes if not one.about):
        if not cause.cause:
            cards.append(_plain_card(form, cause))
            continue
        found = explanation_cards(desk, form, (cause,))
        notice = notice or found.notice
        card = next((one for one in found.proposals if one.location == explanation_place(cause)), None)
        cards.append(card if card is not None and cause.cause[:4] in card.new else _plain_card(form, cause))
    return Proposals(proposals=tuple(cards), notice=notice)


def last_form(desk: Desk, form: Form) -> StoredForm | None:
    """The newest past form of the same project, of an earlier year where years are known, or None."""
    if not form.project_name:
        return None
    same = [
        (own_year(stored.form).year or 0, likeness(form.project_name, stored.form.project_name), stored)
        for stored in desk.past()
        if same_project(form.project_name, stored.form.project_name)
    ]
    earlier = [entry for entry in same if form.year is None or entry[0] < form.year]
    return max(earlier, key=lambda entry: entry[:2])[2] if earlier else None


def rolled_over(desk: Desk, form: Form, past: StoredForm) -> tuple[tuple[Edit, ...], tuple[Proposal, ...]]:
    """What the past form gives this one: offices it lacks as edits, rows and targets as cards."""
    renewed = next_year(past.form)
    edits = tuple(
        Edit(location=Location(section="header", field=field), new=getattr(renewed, field))
        for field in ("department", "unit")
        if not getattr(form, field) and getattr(renewed, field)
    )
    cards = []
    for number, row in enumerate(renewed.indicators, 1):
        known = next(
            (at for at, own in enumerate(form.indicators, 1) if likeness(own.name, row.name) >= _SAME_ROW),
            None,
        )
        card = (
            _past_row(form, past, number, row)
            if known is None
            else _past_target(form, past, number, row, known)
        )
        if card is not None:
            cards.append(card)
    return edits, tuple(cards)


def _past_row(form: Form, past: StoredForm, number: int, row: Indicator) -> Proposal:
    location = Location(section="indicators", row=len(form.indicators) + 1)
    return Proposal(
        id="row",
        kind="indicator",
        edits=(Edit(operation="insert", location=location, indicator=row),),
        location=location,
        new=row_text(row),
        reason=_from_last_year(past),
        evidence=(_evidence(past, number),),
    )


def _past_target(form: Form, past: StoredForm, number: int, row: Indicator, known: int) -> Proposal | None:
    location = Location(section="indicators", row=known, field="target")
    old = read_cell(form, location)
    if not row.target or old == row.target:
        return None
    return Proposal(
        id="target",
        kind="target",
        edits=(Edit(location=location, old=old, new=row.target),),
        location=location,
        old=old,
        new=row.target,
        reason=_from_last_year(past),
        evidence=(_evidence(past, number),),
    )


def _from_last_year(past: StoredForm) -> str:
    year = own_year(past.form).year
    when = f"{year}年" if year else "往年"
    return f"照{when}同一项目的自评表（库中第{past.number}号），指标值请按今年的实际情况核定。"


def _evidence(past: StoredForm, number: int) -> Evidence:
    row = past.form.indicators[number - 1]
    return Evidence(
        form=past.number,
        row=number,
        project_name=past.form.project_name,
        indicator=row.name,
        year=own_year(past.form).year,
        unit=past.form.unit,
        target=row.target,
        actual=row.actual,
        score=row.score,
    )


def explanation_place(cause: Cause) -> Location:
    """The cell that explains what a cause is about."""
    if cause.row is None:
        return Location(section="total", field="note")
    return Location(section="indicators", row=cause.row, field="explanation")


def _sentence(form: Form, cause: Cause) -> str:
    """A cause as one sentence that names its row, so that it can be about no other."""
    if cause.row is None:
        subject = "预算执行率低"
    else:
        subject = f"第{cause.row}行“{form.indicators[cause.row - 1].name}”没有完成"
    measure = f"，改进措施：{cause.measure}" if cause.measure else ""
    return re.sub(r"[。；！？\n]+", "，", f"{subject}的原因是{cause.cause}{measure}")


def _plain_card(form: Form, cause: Cause) -> Proposal:
    """The user's own words in the form's style, with the row's figures, where the rules ask for none."""
    row = form.indicators[cause.row - 1] if cause.row is not None else None
    if row is not None and (gap := gap_of(row)) is not None:
        new = compose(gap, cause.cause, cause.measure or measure_for(gap.kind, row, cause.cause, form.unit))
        why = "原因取自您所说。" if cause.cause else "改进措施取自您所说，原因请补充。"
        question = "" if cause.cause else f"第{cause.row}行“{row.name}”{gap.short}，主要是什么原因？"
        return _told_card(form, cause, new, f"偏差的大小由指标值和完成值算出；{why}", question)
    measure = f"改进措施：{cause.measure.rstrip('。')}。" if cause.measure else ""
    question = "" if cause.measure or cause.row is None else "下一步打算怎么改进？"
    new = f"偏差原因：{cause.cause.rstrip('。') or BLANK}。{measure}"
    return _told_card(form, cause, new, "按您说的原因整理。", question)


def _told_card(form: Form, cause: Cause, new: str, reason: str, question: str = "") -> Proposal:
    location = explanation_place(cause)
    old = read_cell(form, location)
    return Proposal(
        id="explanation",
        kind="explanation",
        edits=(Edit(location=location, old=old, new=new),),
        location=location,
        old=old,
        new=new,
        reason=reason,
        source="user",
        question=question,
    )


def trial(form: Form, edits: Sequence[Edit]) -> Form:
    """``form`` with the sets of ``edits``; rows keep their numbers."""
    return apply(form, [edit for edit in edits if edit.operation == "set" or edit.fund is not None])
