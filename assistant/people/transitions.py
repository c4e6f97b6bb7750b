"""The way of a form from draft to approval, as data: which act leads from where to where, and whose it is."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from assistant.errors import AssistantError, PermissionDeniedError
from assistant.form.model import Frozen
from assistant.people.person import LOCAL, Person, Role


class DraftState(StrEnum):
    """草稿, 已提交, 退回, 通过."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"


STATE_NAMES = {
    DraftState.DRAFT: "草稿",
    DraftState.SUBMITTED: "已提交",
    DraftState.RETURNED: "退回",
    DraftState.APPROVED: "通过",
}
EDITABLE = frozenset({DraftState.DRAFT, DraftState.RETURNED})
ActId = Literal["submit", "withdraw", "return", "approve", "reopen"]


class Act(Frozen):
    """One transition. ``reason``: must be given. ``submitter``: True only who submitted, False never they."""

    id: ActId
    title: str
    source: frozenset[DraftState]
    target: DraftState
    role: Role
    reason: bool = False
    submitter: bool | None = None


ACTS: dict[ActId, Act] = {
    act.id: act
    for act in (
        Act(id="submit", title="提交", source=EDITABLE, target=DraftState.SUBMITTED, role=Role.DRAFTER),
        Act(
            id="withdraw",
            title="撤回",
            source=frozenset({DraftState.SUBMITTED}),
            target=DraftState.DRAFT,
            role=Role.DRAFTER,
            submitter=True,
        ),
        Act(
            id="return",
            title="退回",
            source=frozenset({DraftState.SUBMITTED}),
            target=DraftState.RETURNED,
            role=Role.REVIEWER,
            reason=True,
            submitter=False,
        ),
        Act(
            id="approve",
            title="通过",
            source=frozenset({DraftState.SUBMITTED}),
            target=DraftState.APPROVED,
            role=Role.REVIEWER,
            submitter=False,
        ),
        Act(
            id="reopen",
            title="撤销通过",
            source=frozenset({DraftState.APPROVED}),
            target=DraftState.RETURNED,
            role=Role.REVIEWER,
            reason=True,
            submitter=False,
        ),
    )
}


def possible(person: Person, state: DraftState, submitter: str) -> tuple[Act, ...]:
    """What ``person`` may do in ``state``; ``submitter`` is the id of who submitted it, "" for none."""
    return tuple(act for act in ACTS.values() if not _objection(act, person, state, submitter))


def allow(act: Act, person: Person, state: DraftState, submitter: str, reason: str) -> None:
    """Raises PermissionDeniedError or, for the wrong state or a missing reason, AssistantError."""
    if not person.has(act.role):
        person.need(act.role)
    if state not in act.source:
        raise AssistantError(f"这张表现在是“{STATE_NAMES[state]}”，不能再{act.title}；请刷新后看最新状态。")
    if objection := _objection(act, person, state, submitter):
        raise PermissionDeniedError(objection)
    if act.reason and not reason.strip():
        raise AssistantError(f"{act.title}要写明理由，让经办人知道改什么。")


def _objection(act: Act, person: Person, state: DraftState, submitter: str) -> str:
    """Why ``person`` may not do ``act``, "" where nothing speaks against it."""
    if not person.has(act.role) or state not in act.source:
        return f"现在不能{act.title}。"
    if person == LOCAL or act.submitter is None:
        return ""
    own = person.id == submitter
    if act.submitter and not own:
        return f"只有提交人自己可以{act.title}；审核人可以把它退回。"
    if not act.submitter and own:
        return f"自己提交的表不能由自己{act.title}，请另一位审核人处理。"
    return ""
