"""A drafting conversation: stored in the library, turn by turn, every change a decision of the person."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from assistant.conversation import texts
from assistant.conversation.blank_form import blank_form
from assistant.conversation.by_name import decided_by_name
from assistant.conversation.cards import Desk
from assistant.conversation.commands import Command, read_command, split_undo, split_yes
from assistant.conversation.draft_log import DraftLog, Message, Past
from assistant.conversation.draft_view import DraftView, checked, view_of
from assistant.conversation.followups import followed_up, in_step, open_question
from assistant.conversation.merging import ClashError, clash_at, join, overtaken
from assistant.conversation.own_words import in_own_words, own_weights
from assistant.conversation.steps import Step, next_question
from assistant.conversation.turn import converse
from assistant.conversation.undoing import step_back, steps_of_turn
from assistant.drafting.placing import current, make, rebased, row_map
from assistant.drafting.proposal import Decision, Proposal, Search
from assistant.errors import AssistantError, ConflictError
from assistant.form.changes import changes
from assistant.form.edit import Edit, apply
from assistant.form.merge import Clash, Side
from assistant.form.model import BLANK, Form
from assistant.library import DraftRecord, Library
from assistant.llm import ChatModel, Listener, one_turn
from assistant.people.person import short_name
from assistant.rules.fill import fill_scores
from assistant.rules.profile import profile_for
from assistant.understanding.clauses import clean

__all__ = ["DraftSession", "DraftView", "Message", "Step"]

_LONGEST_MESSAGE = 4000
_ATTEMPTS = 4
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


class DraftSession:
    """Drafting over a library; stateless between calls, so that any process can serve the next turn."""

    def __init__(self, library: Library, search: Search, model: ChatModel | None = None) -> None:
        self._library = library
        self._desk = Desk(search=search, past=library.precedents, model=model)

    def begin(self, form: Form | None = None) -> DraftView:
        """A new draft: empty, or from a form that was read or rolled over."""
        opened = form if form is not None else blank_form()
        log = DraftLog()
        if form is None:
            log = log.told(texts.WELCOME)
        else:
            question = next_question(opened, checked(opened))
            log = log.told(f"{texts.OPENED}\n{question.text}").model_copy(update={"asked": question.asked})
        record = self._library.new_draft(opened, log.model_dump(mode="json"))
        return view_of(record, log)

    def view(self, draft_id: str) -> DraftView:
        """The draft as it stands. Raises AssistantError where there is none."""
        record, log = self._load(draft_id)
        return view_of(record, log)

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
        heard = len(self._load(draft_id)[1].messages)
        with one_turn(listener):
            return self._in_turn(lambda: self._say(draft_id, text, heard))

    def _say(self, draft_id: str, text: str, heard: int) -> DraftView:
        record, log = self._load(draft_id)
        words = text.strip()[:_LONGEST_MESSAGE]
        if any(one.role == "user" and one.text == words for one in log.messages[heard:]):
            return view_of(record, log)  # said already, before the last attempt was overtaken
        log = log.heard(words)
        said = clean(text[:_LONGEST_MESSAGE])
        waiting = [one for one in log.pending() if one.kind == "facts"]
        yes, rest = split_yes(said)
        if yes and waiting and read_command(rest) is None:
            record, log = self._accept(record, log, waiting)
            return self._answer(record, log, rest)
        command = read_command(said)
        if command == "undo" or (command == "keep" and not waiting):
            return self._undo(record, log, row_back="删" in said, turn=True)
        taken_back, rest = split_undo(said)
        if taken_back:
            view = self._undo(record, log, turn=True)
            return self._answer(*self._load(view.id), rest) if rest else view
        if command == "restart":
            return self._restart(record, log)
        if command == "skip":
            return self._put_off(record, log)
        if command in ("accept", "accept_all", "reject", "decline", "keep"):
            return self._settle(record, log, command, waiting)
        return self._answer(record, log, said)

    def decide(
        self,
        draft_id: str,
        proposal_id: str,
        accept: bool,
        new: str | None = None,
        base_version: int | None = None,
    ) -> DraftView:
        """采纳, 修改 (``new`` is the person's own text) or 不用. Accepting re-scores, and may add follow-ups.

        A card that has been decided or withdrawn already is left as it is. ConflictError where somebody
        changed its cell after ``base_version``, which the person saw.
        """
        return self._in_turn(lambda: self._decide(draft_id, proposal_id, accept, new, base_version))

    def _decide(
        self, draft_id: str, proposal_id: str, accept: bool, new: str | None, base_version: int | None
    ) -> DraftView:
        record, log = self._load(draft_id)
        proposal = log.proposal(proposal_id)
        if proposal is None:
            raise AssistantError("找不到这条建议，请刷新页面后再试。")
        decided = log.decisions.get(proposal_id)
        if accept and decided in ("pending", "withdrawn"):
            self._need_same(record, base_version, [proposal])
        if decided != "pending":
            return view_of(record, log)
        if not accept:
            log = log.decided(proposal_id, "rejected")
            log = followed_up(self._desk, log, record.form, checked(record.form))
            return self._keep(record, log)
        own = in_own_words(proposal, new, record.form)
        record, log = self._accept(record, log, [own], edited=own != proposal)
        return self._follow(record, log)

    def accept_all(self, draft_id: str, base_version: int | None = None) -> DraftView:
        """Accepts each pending proposal that is grounded and asks nothing; errors as in ``decide``."""
        record, log = self._load(draft_id)
        self._need_same(record, base_version, log.pending())
        return self._accept_sure(record, log)

    def edit(
        self,
        draft_id: str,
        edits: tuple[Edit, ...],
        base_version: int,
        picks: Mapping[Clash, Side] | None = None,
    ) -> DraftView:
        """Changes made in the table that showed ``base_version``.

        What others saved since is merged; ClashError where both changed the same cell and ``picks`` does not
        tell which text counts.
        """
        return self._in_turn(lambda: self._edit(draft_id, edits, base_version, picks or {}))

    def undo(self, draft_id: str, base_version: int | None = None) -> DraftView:
        """Back to the version before the last change (itself a new version).

        ConflictError where ``base_version``, which the person saw, is no longer the newest.
        """
        record, log = self._load(draft_id)
        self._need_newest(record, base_version, "撤销")
        return self._undo(record, log)

    def restore(self, draft_id: str, version: int, base_version: int) -> DraftView:
        """An older version once more, as a new one. ConflictError as for ``undo``."""
        record, log = self._load(draft_id)
        self._need_newest(record, base_version, "恢复")
        form = self._library.draft(draft_id, version).form
        if form == record.form:
            return view_of(record, log)
        record, log = self._save(record, log, form, by="user", what=f"恢复到第{version}版")
        return self._follow(record, log, f"已恢复到第{version}版的内容，存为第{record.version}版。")

    def _in_turn(self, call: Callable[[], DraftView]) -> DraftView:
        """``call`` again where another person wrote between its reading and writing."""
        for _ in range(_ATTEMPTS - 1):
            try:
                return call()
            except ClashError:
                raise
            except ConflictError:
                continue
        return call()

    def _edit(
        self, draft_id: str, edits: tuple[Edit, ...], base_version: int, picks: Mapping[Clash, Side]
    ) -> DraftView:
        record, log = self._load(draft_id)
        if record.version == base_version:
            form = apply(record.form, edits)
            if form == record.form:
                return view_of(record, log)
            record, log = self._save(record, log, form, by="user", what="在表格中修改")
            return self._follow(record, log.remembering(edits).weighing(edits))
        base = self._library.draft(draft_id, base_version)
        joined = join(base, edits, record, self._others(record, base_version), picks)
        if joined.form == record.form:
            return view_of(record, log)
        what = "合并修改" if picks else "在表格中修改，与他人的修改自动合并"
        record, log = self._save(record, log, joined.form, by="user", what=what)
        return self._follow(record, log, joined.notice)

    def _others(self, record: DraftRecord, base_version: int) -> str:
        """Who saved what came after ``base_version``."""
        trail = self._library.audit(f"draft:{record.id}")
        return "、".join(
            dict.fromkeys(short_name(one.person) for one in trail if one.version > base_version and one.edits)
        )

    def _need_newest(self, record: DraftRecord, base_version: int | None, what: str) -> None:
        if base_version is not None and record.version != base_version:
            raise overtaken(what, self._others(record, base_version), record.version)

    def _need_same(self, record: DraftRecord, base_version: int | None, cards: Sequence[Proposal]) -> None:
        """Raises ConflictError where somebody changed a cell of ``cards`` after the person looked at them."""
        if base_version is None or record.version == base_version:
            return
        since = changes(self._library.draft(record.id, base_version).form, record.form)
        edits = tuple(edit for one in cards for edit in one.edits if edit.operation == "set")
        if error := clash_at(record, edits, since, self._others(record, base_version)):
            raise error

    def _load(self, draft_id: str) -> tuple[DraftRecord, DraftLog]:
        record = self._library.draft(draft_id)
        return record, DraftLog.model_validate(record.log)

    def _keep(self, record: DraftRecord, log: DraftLog) -> DraftView:
        """Stores a turn that changed no cell."""
        kept = self._library.save_log(record.id, log.model_dump(mode="json"), record.revision)
        return view_of(kept, log)

    def _save(
        self, record: DraftRecord, log: DraftLog, form: Form, *, by: str, what: str
    ) -> tuple[DraftRecord, DraftLog]:
        """Stores a changed form, its computed cells written, as a new version to which undo leads back."""
        form = fill_scores(form, profile_for(form))
        past = Past(version=record.version, decisions=DraftLog.model_validate(record.log).decisions)
        log = in_step(log, record.form, form).model_copy(update={"trail": (*log.trail, past)})
        return self._store(record, log, form, by=by, what=what), log

    def _store(self, record: DraftRecord, log: DraftLog, form: Form, *, by: str, what: str) -> DraftRecord:
        """The version after ``record`` with its log; ConflictError where either was written since."""
        return self._library.save_draft(
            record.id,
            form,
            log.model_dump(mode="json"),
            base_version=record.version,
            base_revision=record.revision,
            by=by,
            what=what,
        )

    def _follow(self, record: DraftRecord, log: DraftLog, opening: str = "") -> DraftView:
        return self._keep(record, followed_up(self._desk, log, record.form, checked(record.form), opening))

    def _answer(self, record: DraftRecord, log: DraftLog, said: str) -> DraftView:
        if named := decided_by_name(said, log.pending(), record.form):
            if not named.taken:
                return self._drop(record, log, named.cards)
            record, log = self._accept(record, log, named.cards)
            return self._follow(record, log, texts.WRITTEN)
        turn = converse(self._desk, record.form, checked(record.form), log, said)
        decisions: dict[str, Decision] = {**log.decisions, **dict.fromkeys(turn.replaced, "withdrawn")}
        log = log.model_copy(
            update={
                "decisions": decisions,
                "words": (*log.words, turn.words) if turn.words else log.words,
                "unplaced": (*log.unplaced, *turn.unplaced),
                "causes": log.causes_with(turn.causes, turn.edits),
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
        if command in ("reject", "decline", "keep"):
            return self._drop(record, log, chosen)
        record, log = self._accept(record, log, chosen)
        return self._follow(record, log, texts.WRITTEN)

    def _drop(self, record: DraftRecord, log: DraftLog, cards: Sequence[Proposal]) -> DraftView:
        for one in cards:
            log = log.decided(one.id, "rejected")
        return self._keep(record, log.told(texts.REJECTED))

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
        question = next_question(record.form, checked(record.form), log.passed)
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
        question = next_question(record.form, checked(record.form), log.passed)
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
        own += own_weights(form, own)
        return record, log.remembering(tuple(taken)).weighing(tuple(own))

    def _undo(
        self, record: DraftRecord, log: DraftLog, *, row_back: bool = False, turn: bool = False
    ) -> DraftView:
        """One version back; ``row_back``: as far as a deleted row stands in the form again.

        ``turn``: with what followed by itself from what the person said last.
        """
        if not log.trail:
            return self._keep(record, log.told(texts.NOTHING_TO_UNDO))
        steps = steps_of_turn(log) if turn else 1
        form, log = step_back(
            record.form,
            log,
            lambda version: self._library.draft(record.id, version).form,
            row_back=row_back,
            steps=steps,
        )
        return view_of(self._store(record, log, form, by="user", what="撤销"), log)
