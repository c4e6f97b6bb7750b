"""What a message says in the light of the conversation: rows still on cards, an open question, a model."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.conversation import texts
from assistant.conversation.cards import with_row
from assistant.conversation.draft_log import DraftLog
from assistant.conversation.model_facts import facts_by_model, joined
from assistant.conversation.requests import waiting_cards
from assistant.conversation.steps import deviating_rows, has_low_execution
from assistant.drafting.proposal import Proposal
from assistant.errors import ModelUnavailableError
from assistant.form.edit import Edit, read_cell
from assistant.form.finding import Location
from assistant.form.model import Form, Frozen, Indicator
from assistant.llm import ChatModel
from assistant.rules.check import Report
from assistant.understanding.clauses import clean, is_question
from assistant.understanding.message_facts import read_facts, unread
from assistant.understanding.offices import looks_like_office
from assistant.understanding.project_names import looks_like_name
from assistant.understanding.quantities import find_quantities
from assistant.understanding.reading import Cause, Doubt, Situation, StatedFacts
from assistant.understanding.row_matching import find_rows, row_numbers

_SHORTEST_GOAL = 10
_SHORT_REPLY = 20
_CORRECTS = re.compile(r"不对|错|更正|改(?![造善建革良进装扩编])|应该|应为|实际|完成|达到|一共|总共|^是|，是")
_BOTH = re.compile(r"都是|全部|全都|两个都|两行都|每(?:一)?行|都(?:要|填|写)?$")
_CHOICE = re.compile(
    r"^(?:是|就是|选|说的是)?(?:第)?(\d{1,3}|[一二三四五六七八九十]{1,3})(?:行|个|项|条)?(?:指标)?(?:的|吧)?$"
)
_NO_GOAL = re.compile(r"因为|由于|原因|(?:其他|其余|剩下)[^，。]*(?:完成|目标|指标)|指标")
_NOT_AN_ANSWER = re.compile(
    r"不知道|不清楚|还没|没有|暂时|稍后|以后再|跳过|先不|随便|不确定|忘了|^[?？!！。，、\W\d]+$"
)


class Amended(Frozen):
    """A row that waits with the stated facts, before and after a message about it."""

    old: Indicator
    new: Indicator


class Heard(Frozen):
    """A message as read. ``filled``: waiting cards of new rows, with the target that was told for them.

    ``amended``: rows that stated facts bring, as told anew. ``gone``: waiting rows that are not wanted.
    ``missed``: sentences that tell something, of which nothing was read.
    """

    facts: StatedFacts = StatedFacts()
    filled: tuple[Proposal, ...] = ()
    amended: tuple[Amended, ...] = ()
    gone: tuple[str, ...] = ()
    notice: str = ""
    missed: tuple[str, ...] = ()

    @property
    def tells_nothing(self) -> bool:
        """Whether nothing was read that changes the form or a card."""
        return self.facts == StatedFacts() and not (self.filled or self.amended or self.gone)

    @property
    def tells_results(self) -> bool:
        """Whether a result stands on a card now."""
        rows = [row for one in self.filled if (row := one.edits[0].indicator) is not None]
        return any(row.actual for row in rows) or any(
            one.new.actual != one.old.actual for one in self.amended
        )


def listen(model: ChatModel | None, said: str, form: Form, report: Report, log: DraftLog) -> Heard:
    """What a cleaned message states; ``form`` already carries the facts that wait to be confirmed."""
    situation = situation_of(form, report, log)
    chosen = _chosen(said, form, log, situation)
    if chosen is not None:
        return Heard(facts=chosen)
    heard = _with_waiting_rows(said, form, log, situation)
    if heard.tells_nothing:
        heard = Heard(facts=_bare_answer(said, form, log))
    elif not heard.filled and _only_figures(heard.facts, said) and _asks_cause(situation):
        # 有两家没通过审核，少发20万: figures without a row, said where a cause is asked for, tell the cause.
        told = read_facts(f"因为{said}", form, situation)
        heard = Heard(facts=told) if told.causes and not told.edits else heard
    if model is None or is_question(said):
        missed = unread(said, form, situation) if heard.facts != StatedFacts() else ()
        return heard.model_copy(update={"missed": missed})
    try:
        by_model = facts_by_model(model, said, form, situation)
    except ModelUnavailableError as problem:
        notice = texts.NEEDS_MODEL.format(reason=str(problem).rstrip("。"))
        return heard.model_copy(update={"notice": notice})
    return heard.model_copy(update={"facts": joined(heard.facts, by_model)})


def _only_figures(facts: StatedFacts, said: str) -> bool:
    """Whether all that was read are figures without a row, or such as would replace a result unasked."""
    replacing = all(
        edit.location.section == "indicators" and edit.location.field == "actual" and edit.old
        for edit in facts.edits
    )
    read = StatedFacts(edits=facts.edits, unplaced=facts.unplaced)
    return facts == read and facts != StatedFacts() and replacing and not _CORRECTS.search(said)


def _asks_cause(situation: Situation) -> bool:
    return situation.asked is not None and situation.asked.field in ("explanation", "note")


def situation_of(form: Form, report: Report, log: DraftLog) -> Situation:
    """What was going on before the newest message."""
    asking = (one.location for one in log.pending() if one.question and one.kind != "indicator")
    return Situation(
        asked=log.asked or next(asking, None),
        recent=log.recent,
        latest=log.latest,
        deviating=deviating_rows(form, report),
        low_execution=has_low_execution(form, report),
        topic=log.topic if log.topic is not None and log.topic <= len(form.indicators) else None,
        cause=log.causes[-1] if log.causes else None,
        named=_named_last(form, log),
    )


def _named_last(form: Form, log: DraftLog) -> tuple[str, ...]:
    """The rows that the newest cards add, of them those that the person named, else those they set."""
    said = ""
    for at, message in reversed(list(enumerate(log.messages))):
        said = log.messages[at - 1].text if at else ""
        cards = [card for one in message.proposals if (card := log.proposal(one)) is not None]
        edits = [
            edit
            for card in cards
            if log.decisions.get(card.id) in ("pending", "accepted", "edited")
            for edit in card.edits
        ]
        if added := tuple(edit.indicator.name for edit in edits if edit.indicator is not None):
            return _as_said(edits, said) or added
        if any(edit.location.section == "indicators" for edit in edits if edit.location.field == "target"):
            rows = {edit.location.row for edit in log.latest if edit.location.section == "indicators"}
            return tuple(row.name for number, row in enumerate(form.indicators, 1) if number in rows)
    return ()


def _as_said(edits: Sequence[Edit], said: str) -> tuple[str, ...]:
    """The rows among ``edits`` whose target is a figure of what was said."""
    told = {figure.number for figure in find_quantities(clean(said)) if figure.number is not None}
    rows = [edit.indicator for edit in edits if edit.indicator is not None]
    return tuple(row.name for row in rows if any(one.number in told for one in find_quantities(row.target)))


def _with_waiting_rows(said: str, form: Form, log: DraftLog, situation: Situation) -> Heard:
    """The message read as if the rows on waiting cards stood in the form already.

    What it tells of such a row goes onto the row's card, or into the stated facts that bring the row.
    """
    waiting = waiting_cards(log)
    count = len(form.indicators)
    if not waiting:
        return Heard(facts=read_facts(said, form, situation))
    cards = (one.card for one in waiting)
    asking = next((n for n, one in enumerate(cards, count + 1) if one.question), None)
    if situation.asked is None and asking is not None:
        place = Location(section="indicators", row=asking, field="target")
        situation = situation.model_copy(update={"asked": place})
    full = form.model_copy(update={"indicators": (*form.indicators, *(one.row for one in waiting))})
    facts = read_facts(said, full, situation)
    if any(row > count for doubt in facts.doubts for row in doubt.rows):
        return Heard(facts=read_facts(said, form, situation.model_copy(update={"asked": None})))
    filled: dict[str, Proposal] = {}
    amended: dict[str, Amended] = {}
    gone: list[str] = []
    for edit in facts.edits:
        row = edit.location.row or 0
        if not _beyond(edit, count):
            continue
        one = waiting[row - count - 1]
        if edit.operation == "delete":
            gone.append(one.row.name)
        elif one.card.kind == "indicator":
            filled[one.card.id] = _filled(filled.get(one.card.id, one.card), edit)
        else:
            known = amended.get(one.row.name)
            told = (known.new if known else one.row).model_copy(update={edit.location.field: edit.new})
            amended[one.row.name] = Amended(old=one.row, new=told)
    kept = tuple(edit for edit in facts.edits if not _beyond(edit, count))
    causes = tuple(
        cause
        if cause.row is None or cause.row <= count
        else cause.model_copy(update={"row": None, "about": waiting[cause.row - count - 1].row.name})
        for cause in facts.causes
    )
    facts = facts.model_copy(update={"edits": kept, "causes": causes})
    return Heard(
        facts=facts, filled=tuple(filled.values()), amended=tuple(amended.values()), gone=tuple(gone)
    )


def _beyond(edit: Edit, count: int) -> bool:
    row = edit.location.row or 0
    return edit.location.section == "indicators" and edit.operation != "insert" and row > count


def answered(cards: tuple[Proposal, ...], form: Form, words: str) -> tuple[Proposal, ...]:
    """Cards of new rows, those filled whose question the words answer already: 救助1500人次 for 救助人次."""
    count = len(form.indicators)
    rows = tuple(row for one in cards if (row := one.edits[0].indicator) is not None)
    if len(rows) != len(cards) or not any(one.question for one in cards):
        return cards
    full = form.model_copy(update={"indicators": (*form.indicators, *rows)})
    kept = list(cards)
    for edit in read_facts(words, full).edits:
        at = (edit.location.row or 0) - count - 1
        if (
            edit.location.field == "target"
            and edit.operation == "set"
            and 0 <= at < len(kept)
            and kept[at].question
        ):
            kept[at] = _filled(kept[at], edit)
    return tuple(kept)


def _filled(card: Proposal, edit: Edit) -> Proposal:
    """The card of a new row with what was told for one of its cells."""
    insert = card.edits[0]
    if insert.indicator is None:
        return card
    row = insert.indicator.model_copy(update={edit.location.field: edit.new})
    answered = with_row(card, row)
    question = "" if edit.location.field == "target" else card.question
    return answered.model_copy(update={"question": question, "reason": "按您说的填写。", "source": "user"})


def _chosen(said: str, form: Form, log: DraftLog, situation: Situation) -> StatedFacts | None:
    """What the reply to "which row?" settles, for all that waited for it; None where it is no such reply."""
    rows = _chosen_rows(said, form, log.choice[0]) if log.choice else ()
    if not rows:
        return None
    labels = {"target": "年度指标值", "weight": "分值", "score": "得分"}
    causes: list[Cause] = []
    stated: list[str] = []
    for choice in log.choice:
        if choice.cause is not None:
            causes += [choice.cause.model_copy(update={"row": row}) for row in rows]
        else:
            label = labels.get(choice.field, "实际完成值")
            stated += [f"第{row}行{label}是{choice.value}" for row in rows]
    edits = read_facts("；".join(stated), form, situation).edits if stated else ()
    return StatedFacts(edits=edits, causes=tuple(causes))


def _chosen_rows(said: str, form: Form, choice: Doubt) -> tuple[int, ...]:
    if len(said) > _SHORT_REPLY:
        return ()
    if _BOTH.search(said):
        return choice.rows
    named = [row for row in row_numbers(said, len(form.indicators)) if row in choice.rows]
    if named:
        return tuple(named)
    if bare := _CHOICE.match(said):
        number = next(iter(row_numbers(f"第{bare[1]}行", len(form.indicators))), 0)
        if number in choice.rows:
            return (number,)
        return (choice.rows[number - 1],) if 1 <= number <= len(choice.rows) else ()
    alike = [row for row in find_rows(form, said).rows if row in choice.rows]
    return tuple(alike) if len(alike) == 1 and not re.search(r"\d", said) else ()


def _bare_answer(said: str, form: Form, log: DraftLog) -> StatedFacts:
    """A message that is nothing but the answer to what was asked: 市教育局, 2023."""
    asked = log.asked
    plain = said.strip("。！， ")
    if asked is None or is_question(said):
        return StatedFacts()
    if asked.section == "header" and asked.field == "year":
        found = re.fullmatch(r"(?:是)?(20\d\d)(?:年|年度)?(?:的)?", plain)
        return read_facts(f"{found[1]}年度", form) if found else StatedFacts()
    new = re.sub(r"^(?:那?就?(?:是|叫|用|为)|就是)|的?(?:吧|呀|啊|哦)$", "", plain)
    if asked.section == "header":
        new = new.strip("“”《》 ")
        fits = looks_like_name(new) if asked.field == "project_name" else looks_like_office(new)
    elif asked.section == "goal":
        fits = len(plain) >= _SHORTEST_GOAL and not _NO_GOAL.search(plain)
        new += "。"
    else:
        return StatedFacts()
    if not fits or _NOT_AN_ANSWER.search(plain):
        return StatedFacts()
    return StatedFacts(edits=(Edit(location=asked, old=read_cell(form, asked), new=new),))
