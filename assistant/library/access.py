"""Which drafts a person may see: to work on them in their own unit, or to review what was submitted."""

from __future__ import annotations

from assistant.errors import PermissionDeniedError
from assistant.library.draft_store import DraftHead
from assistant.people.person import Person, Role


def may_work(person: Person, record: DraftHead) -> bool:
    """Whether the person drafts for the unit that owns the draft."""
    return person.has(Role.DRAFTER) and person.covers(record.unit)


def may_review(person: Person, record: DraftHead) -> bool:
    """Whether the person reviews that unit and the draft was ever submitted."""
    return person.has(Role.REVIEWER) and person.covers(record.unit) and record.submitted_version is not None


def need_work(person: Person, record: DraftHead) -> None:
    """Raises PermissionDeniedError unless ``may_work``."""
    need_work_for(person, record.unit)


def need_work_for(person: Person, unit: str) -> None:
    """Raises PermissionDeniedError unless the person drafts for ``unit``."""
    person.need(Role.DRAFTER)
    if not person.covers(unit):
        raise PermissionDeniedError("这份草稿属于别的单位，您不能查看或修改；请从自己的草稿列表中选择。")


def need_review(person: Person, record: DraftHead) -> None:
    """Raises PermissionDeniedError unless ``may_review``."""
    person.need(Role.REVIEWER)
    if not may_review(person, record):
        raise PermissionDeniedError("这张表没有提交，或不在您审核的单位范围内；请从审核列表中选择。")


def need_any(person: Person, record: DraftHead) -> None:
    """Raises PermissionDeniedError unless the person works on the draft or reviews it."""
    if not may_review(person, record):
        need_work(person, record)
