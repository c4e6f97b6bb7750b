"""Review: the queue, the acts, comments at cells and the reviewers' points, as one person may use them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from assistant.errors import AssistantError
from assistant.form.finding import Location
from assistant.library import access, draft_store, review_store
from assistant.library.draft_store import DraftHead, DraftRecord
from assistant.library.review_store import Comment, Move
from assistant.library.shelf import Shelf
from assistant.people.person import Person, Role
from assistant.people.transitions import ACTS, Act, ActId, possible

_POINTS = re.compile(r"\d{1,3}(?:\.\d{1,2})?")


class Review:
    """The way of drafts to approval. Reviewers see what was submitted, never what is being worked on."""

    def __init__(self, shelf: Shelf, person: Person) -> None:
        self._database = shelf.database
        self._person = person

    def queue(self) -> list[DraftRecord]:
        """The drafts that the person reviews, as submitted last and without their conversations."""
        self._person.need(Role.REVIEWER)
        submitted = draft_store.read_submitted(self._database)
        return [_shown(record) for record in submitted if access.may_review(self._person, record)]

    def submitted(self, draft_id: str, version: int | None = None) -> DraftRecord:
        """A draft as submitted last, or an earlier ``version`` that was submitted too."""
        record = draft_store.read_head(self._database, draft_id)
        access.need_review(self._person, record)
        versions = self._versions(draft_id)
        wanted = record.submitted_version if version is None else version
        if wanted not in versions:
            raise AssistantError(f"第{wanted}版没有提交过，审核人只能看提交过的版本。")
        return _shown(draft_store.read(self._database, draft_id, wanted))

    def submitted_before(self, draft_id: str) -> DraftRecord | None:
        """The version submitted before the last one; None where it was submitted only once."""
        self.submitted(draft_id)
        versions = self._versions(draft_id)
        return self.submitted(draft_id, versions[-2]) if len(versions) > 1 else None

    def head(self, draft_id: str) -> DraftHead:
        """Where a draft stands, for somebody who works on it or reviews it."""
        head = draft_store.read_head(self._database, draft_id)
        access.need_any(self._person, head)
        return head

    def acts(self, record: DraftHead) -> tuple[Act, ...]:
        """What the person may do now with a draft that the person works on or reviews."""
        allowed = {Role.DRAFTER: access.may_work, Role.REVIEWER: access.may_review}
        return tuple(
            act
            for act in possible(self._person, record.state, record.submitter)
            if allowed[act.role](self._person, record)
        )

    def move(self, draft_id: str, act: ActId, reason: str = "", seen: int | None = None) -> None:
        """Does an act on a draft: submit, withdraw, return, approve, reopen.

        ConflictError where ``seen``, the version that the person looked at, is no longer the newest.
        """
        wanted = ACTS[act]
        record = draft_store.read_head(self._database, draft_id)
        need = access.need_work if wanted.role == Role.DRAFTER else access.need_review
        need(self._person, record)
        review_store.move(self._database, draft_id, wanted, self._person, reason, seen)

    def moves(self, draft_id: str) -> list[Move]:
        """The way of a draft so far, oldest first."""
        access.need_any(self._person, draft_store.read_head(self._database, draft_id))
        return review_store.moves(self._database, draft_id)

    def comments(self, draft_id: str) -> list[Comment]:
        """All comments on a draft, oldest first."""
        access.need_any(self._person, draft_store.read_head(self._database, draft_id))
        return review_store.comments(self._database, draft_id)

    def comment(self, draft_id: str, version: int, location: Location, text: str) -> None:
        """A reviewer's comment at a place of a submitted version."""
        self.submitted(draft_id, version)
        review_store.add_comment(self._database, draft_id, version, location, text, self._person)

    def resolve(self, draft_id: str, comment: int, *, done: bool = True) -> None:
        """Marks a comment as settled (by who corrects the form, or by who reviews it), or opens it again."""
        access.need_any(self._person, draft_store.read_head(self._database, draft_id))
        review_store.resolve_comment(self._database, draft_id, comment, self._person, done=done)

    def scores(self, draft_id: str, version: int) -> dict[int, str]:
        """The reviewer's points of a submitted version by row; 0 is the execution of the budget."""
        self.submitted(draft_id, version)
        return review_store.scores(self._database, draft_id, version)

    def queue_scores(self) -> dict[tuple[str, int], dict[int, str]]:
        """The points of everything in the queue, by draft and version."""
        self._person.need(Role.REVIEWER)
        heads = {record.id for record in self.queue()}
        every = review_store.all_scores(self._database)
        return {place: points for place, points in every.items() if place[0] in heads}

    def save_scores(
        self, draft_id: str, version: int, points: Mapping[int, str], weights: Mapping[int, Decimal | None]
    ) -> None:
        """Stores points; ``weights`` bounds them. Raises AssistantError for what is no such number."""
        self.submitted(draft_id, version)
        kept = {row: _points(row, text.strip(), weights.get(row)) for row, text in points.items()}
        review_store.save_scores(self._database, draft_id, version, kept, self._person)

    def _versions(self, draft_id: str) -> list[int]:
        """The versions that were submitted, in their order, each once."""
        moves = review_store.moves(self._database, draft_id)
        return list(dict.fromkeys(move.version for move in moves if move.act == "submit"))


def _shown(record: DraftRecord) -> DraftRecord:
    return record.model_copy(update={"log": {}})


def _points(row: int, text: str, weight: Decimal | None) -> str:
    if not text:
        return ""
    name = f"第{row}行" if row else "预算执行率"
    if not _POINTS.fullmatch(text):
        raise AssistantError(f"{name}的审核得分“{text[:20]}”不是分数；请填数字，最多两位小数。")
    if weight is not None and Decimal(text) > weight:
        raise AssistantError(f"{name}的审核得分{text}超过了分值{weight.normalize():f}。")
    return text
