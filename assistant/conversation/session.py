"""A drafting conversation: stored in the library, turn by turn, every change a decision of the person."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.conversation import texts
from assistant.conversation.blank_form import blank_form
from assistant.conversation.cards import Desk
from assistant.conversation.commands import Command, read_command, split_yes
from assistant.conversation.draft_log import DraftLog, Message, Past
from assistant.conversation.followups import followed_up, in_step, open_question
from assistant.conversation.steps import Step, next_question, steps_of
from assistant.conversation.turn import converse
from assistant.drafting.placing import current, make, rebased, row_map
from assistant.drafting.proposal import Decision, Proposal, Search
from assistant.errors import AssistantError, ConflictError
from assistant.form.edit import Edit, apply
from assistant.form.finding import Location
from assistant.form.model import BLANK, Form, Frozen, Indicator
from assistant.library import DraftRecord, Library
from assistant.llm import ChatModel, Listener, one_turn
from assistant.rules.check import Report, check_form
from assistant.rules.fill import fill_scores
from assistant.rules.profile import profile_for
from assistant.understanding.clauses import clean
from assistant.understanding.message_facts import read_facts

__all__ = ["DraftSession", "DraftView", "Message", "Step"]

_LONGEST_MESSAGE = 4000
_ORDER = ("facts", "indicator", "weights", "target", "goal", "explanation", "summary")
_KIND_NAMES = {
    "facts": "您提供的情况",
    "indicator": "新增指标",
    "weights": "分值",
    "target": "年度指标值",
    "goal": "总体目标",
    "explanation": "偏差说明",
    "summary": "自评概述",
}


class DraftView(Frozen):
    """All that a page needs of a draft. ``decisions`` maps each proposal's id to what became of it."""

    id: str
    version: int
    form: Form
    report: Report
    messages: tuple[Message, ...]
    proposals: tuple[Proposal, ...]
    decisions: dict[str, Decision]
    steps: tuple[Step, ...]
    can_undo: bool


class DraftSession:
    """Drafting over a library; stateless between calls, so that any process can serve the next turn."""

    def __init__(self, library: Library, search: Search, model: ChatModel | None = None) -> None:
        self._library = library
        self._desk = Desk(search=search, past=library.forms, model=model)

    def begin(self, form: Form | None = None) -> DraftView:
        """A new draft: empty, or from a form that was read or rolled over."""
        opened = form if form is not None else blank_form()
        log = DraftLog()
        if form is None:
            log = log.told(texts.WELCOME)
        else:
            question = next_question(opened, _checked(opened))
            log = log.told(f"{texts.OPENED}\n{question.text}").model_copy(update={"asked": question.asked})
        record = self._library.new_draft(opened, log.model_dump(mode="json"))
        return _view(record, log)

    def view(self, draft_id: str) -> DraftView:
        """The draft as it stands. Raises AssistantError where there is none."""
        record, log = self._load(draft_id)
        return _view(record, log)

    @property
    def has_model(self) -> bool:
        """Whether a model takes part, so that a turn may take long and may be stopped."""
        return self._desk.model is not None

    def say(self, draft_id: str, text: str, listener: Listener | None = None) -> DraftView:
        """One chat turn: adds the user's message and the answer with its proposals.

        Nothing that is stated changes a cell before it is accepted: a plain 确认 or 好的 accepts the stated
        facts, 不用 drops the row that is asked about, 跳过 puts it off, 撤销 takes the last change back.
        ``listener`` hears a model's reply arrive, before it is checked; what it raises ends the turn, and
        nothing of it is kept.
        """
        with one_turn(listener):
            return self._say(draft_id, text)

    def _say(self, draft_id: str, text: str) -> DraftView:
        record, log = self._load(draft_id)
        log = log.heard(text.strip()[:_LONGEST_MESSAGE])
        said = clean(text[:_LONGEST_MESSAGE])
        waiting = [one for one in log.pending() if one.kind == "facts"]
        yes, rest = split_yes(said)
        if yes and waiting and read_command(rest) is None:
            record, log = self._accept(record, log, waiting)
            return self._answer(record, log, rest)
        command = read_command(said)
        if command == "undo":
            return self._undo(record, log, row_back="删" in said)
        if command == "restart":
            return self._restart(record, log)
        if command == "skip":
            return self._put_off(record, log)
        if command in ("accept", "accept_all", "reject", "decline"):
            return self._settle(record, log, command, waiting)
        return self._answer(record, log, said)

    def decide(self, draft_id: str, proposal_id: str, accept: bool, new: str | None = None) -> DraftView:
        """采纳, 修改 (``new`` is the person's own text) or 不用. Accepting re-scores, and may add follow-ups.

        A card that has been decided or withdrawn already is left as it is.
        """
        record, log = self._load(draft_id)
        proposal = log.proposal(proposal_id)
        if proposal is None:
            raise AssistantError("找不到这条建议，请刷新页面后再试。")
        if log.decisions.get(proposal_id) != "pending":
            return _view(record, log)
        if not accept:
            log = log.decided(proposal_id, "rejected")
            log = followed_up(self._desk, log, record.form, _checked(record.form))
            return self._keep(record, log)
        own = _own(proposal, new, record.form)
        record, log = self._accept(record, log, [own], edited=own != proposal)
        return self._follow(record, log)

    def accept_all(self, draft_id: str) -> DraftView:
        """Accepts every pending proposal that is grounded and has no open question."""
        record, log = self._load(draft_id)
        return self._accept_sure(record, log)

    def edit(self, draft_id: str, edits: tuple[Edit, ...], base_version: int) -> DraftView:
        """Changes made in the table. Raises ConflictError where ``base_version`` is no longer the newest."""
        record, log = self._load(draft_id)
        if record.version != base_version:
            raise ConflictError("这份草稿刚刚被改过，您的修改没有写入；请在最新一版上再改。")
        form = apply(record.form, edits)
        if form == record.form:
            return _view(record, log)
        record, log = self._save(record, log, form, by="user", what="在表格中修改")
        return self._follow(record, log.remembering(edits).weighing(edits))

    def undo(self, draft_id: str) -> DraftView:
        """Back to the version before the last change (itself a new version)."""
        record, log = self._load(draft_id)
        return self._undo(record, log)

    def _load(self, draft_id: str) -> tuple[DraftRecord, DraftLog]:
        record = self._library.draft(draft_id)
        return record, DraftLog.model_validate(record.log)

    def _keep(self, record: DraftRecord, log: DraftLog) -> DraftView:
        """Stores a turn that changed no cell."""
        self._library.save_log(record.id, log.model_dump(mode="json"))
        return _view(record, log)

    def _save(
        self, record: DraftRecord, log: DraftLog, form: Form, *, by: str, what: str
    ) -> tuple[DraftRecord, DraftLog]:
        """Stores a changed form, its computed cells written, as a new version to which undo leads back."""
        form = fill_scores(form, profile_for(form))
        past = Past(version=record.version, decisions=DraftLog.model_validate(record.log).decisions)
        log = in_step(log, record.form, form).model_copy(update={"trail": (*log.trail, past)})
        saved = self._library.save_draft(
            record.id, form, log.model_dump(mode="json"), base_version=record.version, by=by, what=what
        )
        return saved, log

    def _follow(self, record: DraftRecord, log: DraftLog, opening: str = "") -> DraftView:
        return self._keep(record, followed_up(self._desk, log, record.form, _checked(record.form), opening))

    def _answer(self, record: DraftRecord, log: DraftLog, said: str) -> DraftView:
        turn = converse(self._desk, record.form, _checked(record.form), log, said)
        decisions: dict[str, Decision] = {**log.decisions, **dict.fromkeys(turn.replaced, "withdrawn")}
        log = log.model_copy(
            update={
                "decisions": decisions,
                "words": (*log.words, turn.words) if turn.words else log.words,
                "unplaced": (*log.unplaced, *turn.unplaced),
                "causes": tuple({(one.row, one.about): one for one in (*log.causes, *turn.causes)}.values()),
                "asked": turn.asked,
                "choice": turn.choice,
                "rolls_over": turn.rolls_over,
                "topic": turn.topic if turn.topic is not None else log.topic,
            }
        )
        log = log.remembering(turn.edits).told(turn.text, turn.proposals, turn.notice)
        return self._keep(record, log)

    def _settle(
        self, record: DraftRecord, log: DraftLog, command: Command, waiting: Sequence[Proposal]
    ) -> DraftView:
        """确认, 全部采纳 or 不用 in words: about the stated facts, else about the card that is asked for."""
        if command == "accept_all":
            return self._accept_sure(record, log, told=True)
        asking = log.asking()
        if command == "decline" and asking is not None and not waiting:
            declined = log.decided(asking.id, "rejected")
            return self._follow(record, declined, texts.declined(asking))
        chosen = list(waiting) or self._newest(log)
        if not chosen:
            return self._nothing_chosen(record, log, command)
        if command == "accept" and all(BLANK[:3] in one.new for one in chosen):
            return self._keep(record, log.told(open_question(log)))
        if command in ("reject", "decline"):
            for one in chosen:
                log = log.decided(one.id, "rejected")
            return self._keep(record, log.told(texts.REJECTED))
        record, log = self._accept(record, log, chosen)
        return self._follow(record, log, texts.WRITTEN)

    @staticmethod
    def _newest(log: DraftLog) -> list[Proposal]:
        """The one card that a short answer can mean: the only one of the last message, or the only one."""
        pending = list(log.pending())
        shown = log.messages[-2].proposals if len(log.messages) > 1 else ()
        newest = [one for one in pending if one.id in shown]
        return next((cards for cards in (newest, pending) if len(cards) == 1), [])

    def _nothing_chosen(self, record: DraftRecord, log: DraftLog, command: Command) -> DraftView:
        if pending := log.pending():
            return self._keep(record, log.told(texts.WHICH_CARD.format(count=len(pending))))
        if log.asked is not None and log.asked.field == "initial" and command == "accept":
            return self._answer(record, log, "年初预算没有调整")
        question = next_question(record.form, _checked(record.form), log.passed)
        told = log.told(f"{texts.NOTHING_PENDING}{question.text}")
        return self._keep(record, told.model_copy(update={"asked": question.asked}))

    def _put_off(self, record: DraftRecord, log: DraftLog) -> DraftView:
        """跳过: the open question is not asked again; the next one is."""
        asking = log.asking()
        if asking is not None:
            log = log.model_copy(update={"skipped": (*log.skipped, asking.id)})
        elif log.asked is not None:
            log = log.model_copy(update={"passed": (*log.passed, log.asked)})
        if log.asking() is not None:
            return self._keep(record, log.told(texts.PUT_OFF + open_question(log)))
        question = next_question(record.form, _checked(record.form), log.passed)
        told = log.told(texts.PUT_OFF + question.text)
        return self._keep(record, told.model_copy(update={"asked": question.asked}))

    def _restart(self, record: DraftRecord, log: DraftLog) -> DraftView:
        """An empty form again, as a new version from which undo leads back."""
        withdrawn: dict[str, Decision] = dict.fromkeys((one.id for one in log.pending()), "withdrawn")
        kept = DraftLog(
            messages=log.messages,
            proposals=log.proposals,
            decisions={**log.decisions, **withdrawn},
            trail=log.trail,
            issued=log.issued,
        )
        record, kept = self._save(record, kept, blank_form(), by="user", what="全部重来")
        return self._keep(record, kept.told(f"{texts.RESTARTED}\n{texts.WELCOME}"))

    def _accept_sure(self, record: DraftRecord, log: DraftLog, *, told: bool = False) -> DraftView:
        """``told``: in words; said again, it takes the cards without evidence too."""
        answered = [one for one in log.pending() if not one.question]
        grounded = [one for one in answered if one.grounded]
        chosen = grounded or (answered if told else [])
        sure = sorted(chosen, key=lambda one: _ORDER.index(one.kind))
        if not sure:
            text = open_question(log) if log.pending() else texts.NOTHING_PENDING
            return self._keep(record, log.told(text))
        record, log = self._accept(record, log, sure)
        return self._follow(record, log, texts.accepted(len(sure)))

    def _accept(
        self, record: DraftRecord, log: DraftLog, proposals: Sequence[Proposal], *, edited: bool = False
    ) -> tuple[DraftRecord, DraftLog]:
        """Makes the changes of some cards, in the order of the form, as one new version."""
        form = record.form
        taken: list[Edit] = []
        own: list[Edit] = []
        for one in proposals:
            moved_one = rebased(one, row_map(record.form, form))
            edits = current(form, moved_one.edits) if moved_one is not None else ()
            if not edits:
                log = log.decided(one.id, "withdrawn")
                continue
            form = make(form, edits, profile_for(form))
            taken += edits
            own += edits if one.kind == "facts" or edited else ()
            log = log.decided(one.id, "edited" if edited else "accepted")
        if form == record.form:
            return record, log
        source = "user" if edited else proposals[0].source
        kinds = "、".join(dict.fromkeys(_KIND_NAMES[one.kind] for one in proposals))
        what = f"{'修改后采纳' if edited else '采纳'}{kinds}（{len(proposals)}项）"
        record, log = self._save(record, log, form, by=source, what=what)
        own += _own_weights(form, own)
        return record, log.remembering(tuple(taken)).weighing(tuple(own))

    def _undo(self, record: DraftRecord, log: DraftLog, *, row_back: bool = False) -> DraftView:
        """One version back; ``row_back``: as far as a deleted row stands in the form again."""
        if not log.trail:
            return self._keep(record, log.told(texts.NOTHING_TO_UNDO))
        versions = [(past, self._library.draft(record.id, past.version).form) for past in reversed(log.trail)]
        count = len(record.form.indicators)
        fuller = (at for at, (_, form) in enumerate(versions) if len(form.indicators) > count)
        steps = next(fuller, 0) if row_back else 0
        past, form = versions[steps]
        decisions = _decisions_before(log, past)
        rows = row_map(record.form, form)
        still = {one.id: moved for one in log.pending() if (moved := rebased(one, rows)) is not None}
        question = next_question(form, _checked(form), log.passed)
        same = len(form.indicators) == len(record.form.indicators)
        log = log.changed(still).model_copy(
            update={
                "decisions": decisions,
                "trail": log.trail[: -1 - steps],
                "recent": log.recent if same else (),
                "latest": log.latest if same else (),
                "choice": (),
                "topic": None,
            }
        )
        waiting = len(log.pending())
        told = texts.UNDONE + (texts.WHICH_CARD.format(count=waiting) if waiting else "")
        log = log.told(told).model_copy(update={"asked": question.asked})
        saved = self._library.save_draft(
            record.id, form, log.model_dump(mode="json"), base_version=record.version, by="user", what="撤销"
        )
        return _view(saved, log)


def _checked(form: Form) -> Report:
    return check_form(form, profile_for(form))


def _view(record: DraftRecord, log: DraftLog) -> DraftView:
    report = _checked(record.form)
    return DraftView(
        id=record.id,
        version=record.version,
        form=record.form,
        report=report,
        messages=log.messages,
        proposals=log.proposals,
        decisions=log.decisions,
        steps=steps_of(record.form, report),
        can_undo=bool(log.trail),
    )


def _decisions_before(log: DraftLog, past: Past) -> dict[str, Decision]:
    """The decisions as they were; stated facts that were taken back do not wait again, suggestions do."""
    before: dict[str, Decision] = {}
    for one in log.proposals:
        was = past.decisions.get(one.id, "withdrawn")
        taken = log.decisions.get(one.id) in ("accepted", "edited")
        before[one.id] = "withdrawn" if one.kind == "facts" and taken and was == "pending" else was
    return before


def _own_weights(form: Form, edits: Sequence[Edit]) -> list[Edit]:
    """The weights that the person gave with new rows, as edits of the rows where they stand now."""
    told = {(row.level2, row.name): row.weight for edit in edits if (row := edit.indicator) is not None}
    return [
        Edit(location=Location(section="indicators", row=number, field="weight"), new=row.weight)
        for number, row in enumerate(form.indicators, 1)
        if told.get((row.level2, row.name))
    ]


def _own(proposal: Proposal, new: str | None, form: Form) -> Proposal:
    """``proposal`` with the person's own text in place of the proposed one."""
    text = (new or "").strip()
    if not text or text == proposal.new.strip():
        return proposal
    if proposal.kind == "indicator" and proposal.edits[0].indicator is not None:
        row = _own_row(proposal.edits[0].indicator, text)
        edits: tuple[Edit, ...] = (proposal.edits[0].model_copy(update={"indicator": row}),)
    elif len(proposal.edits) == 1 and proposal.edits[0].operation == "set":
        edits = (proposal.edits[0].model_copy(update={"new": text}),)
    else:
        edits = read_facts(text, form).edits or proposal.edits
    return proposal.model_copy(update={"edits": edits, "new": text, "source": "user", "question": ""})


def _own_row(row: Indicator, text: str) -> Indicator:
    """一级｜二级｜名称｜指标值｜分值 as the person changed it; a text without bars is a new name."""
    parts = [part.strip() for part in re.split(r"[｜|]", text)]
    if len(parts) == 1:
        return row.model_copy(update={"name": text})
    fields = ("level1", "level2", "name", "target", "weight")
    update = dict(zip(fields, parts, strict=False))
    if "weight" in update:
        update["weight"] = update["weight"].removesuffix("分")
    return row.model_copy(update=update)
