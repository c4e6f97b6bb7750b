"""Questions over the library: understood, executed, answered; records are kept with the library's forms."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from threading import RLock
from typing import TypeVar

from assistant.asking.answering import combined, compared, compose, joined, over_years
from assistant.asking.answering.answer import Answer, Sources, dated, nothing
from assistant.asking.answering.contents import summary
from assistant.asking.answering.model_prose import told_by_model
from assistant.asking.answering.nearest import nearest
from assistant.asking.language.asides import without_asides
from assistant.asking.language.words import in_looser_words
from assistant.asking.planning.before import Understood
from assistant.asking.planning.meaning import Meaning
from assistant.asking.planning.model_query import meaning_by_model
from assistant.asking.planning.understand import understand
from assistant.asking.planning.wording import in_words
from assistant.asking.reading import several
from assistant.asking.reading.entities import Entities
from assistant.asking.reading.matching import RowId
from assistant.asking.reading.mentions import Reading
from assistant.asking.records.ahead import Progress, compute_ahead
from assistant.asking.records.block_parts import ChangedError
from assistant.asking.records.execute import MixedUnitsError, Result, run
from assistant.asking.records.fields import COUNTERS, FIELDS
from assistant.asking.records.permitted import EVERYTHING, Permitted
from assistant.asking.records.query import Query
from assistant.asking.records.records import Cell
from assistant.asking.records.repeated_names import repeats_projects
from assistant.asking.records.store import KEPT_FORMS, RecordStore, Snapshot
from assistant.asking.records.view import View, view_of
from assistant.asking.stepwise import InSteps
from assistant.asking.turn import Turn
from assistant.errors import ModelUnavailableError
from assistant.library import Library
from assistant.llm import ChatModel

__all__ = ["Asker", "Turn"]

A = TypeVar("A")
_MAX_QUESTION = 500
_HITS = 20
_ATTEMPTS = 3
_CITED = 60
"""So many records of an answer are cited, at most …"""
_PROSE = frozenset(("quote", "how", "check"))
"""… but in these answers every one."""
_WORD = 12
_VIEWS = 8
"""How many scopes are kept ready: persons of one office share one."""
_UNCLEAR = (
    "没有完全读懂这个问题，不能据此回答。请换个说法，写明问的是哪些表或指标、看哪一项，"
    "例如“总分低于97分的项目有哪些”。"
)


@dataclass(frozen=True)
class _Asked:
    """What may be asked about, as it was when the library was read."""

    view: View
    entities: Entities
    sources: Sources


class Asker:
    """Answers questions over one library. ``model`` None: without a model. One object serves all threads."""

    def __init__(self, library: Library, model: ChatModel | None = None) -> None:
        self._library = library
        self._model = model
        self._lock = RLock()
        self._views: OrderedDict[Permitted, _Asked] = OrderedDict()

    def ask(self, question: str, before: Turn | None = None, permitted: Permitted = EVERYTHING) -> Answer:
        """The answer to one question; ``before`` is the last turn of the conversation."""
        return self.turn(question, before, permitted).answer

    def turn(self, question: str, before: Turn | None = None, permitted: Permitted = EVERYTHING) -> Turn:
        """The answer with what the next question may refer to; only forms that ``permitted`` allows count."""
        question = question.strip()[:_MAX_QUESTION]
        turn = self._over_one_library(lambda view: self._in_view(question, before, view), permitted)
        return turn.following(before)

    def _in_view(self, question: str, before: Turn | None, view: _Asked) -> Turn:
        asked, asides = without_asides(question, lambda text: bool(view.entities.named_spans(text)))
        return self._without_asides(asked, before, view).beside(asides)

    def _without_asides(self, question: str, before: Turn | None, view: _Asked) -> Turn:
        steps = self._steps(before, view)
        if (stepwise := steps.before_all(question)) is not None:
            return stepwise
        whole = self._single(question, before, view)
        if not whole.answer.found and steps.goes_on(question):
            again = self._single(question, before, view, joined=True, asked=False)
            whole = again if again.answer.found else whole
        turns = [] if _is_one(whole) else self._all_answered(question, before, view)
        if whole.answer.found:
            return whole if _tells_all(whole, turns) else _joined(question, turns)
        if turns:
            return _joined(question, turns)
        if (stepwise := steps.after_all(question)) is not None:
            return stepwise
        if whole.answer.choices:
            return whole
        return self._in_parts(question, before, view) or self._with_nearest(whole, before, view)

    def _steps(self, before: Turn | None, view: _Asked) -> InSteps:
        def ask(question: str, before: Turn | None, *, joined: bool = False) -> Turn:
            return self._single(question, before, view, joined=joined, asked=False)

        return InSteps(ask, view.entities, before)

    def _all_answered(self, question: str, before: Turn | None, view: _Asked) -> list[Turn]:
        """The turns of several questions of one sentence; none where any of them has no answer."""
        turns = self._one_by_one(several.parts_of(question), before, view, asked=self._model is None)
        return turns if all(turn.answer.found for turn in turns) else []

    def _with_nearest(self, refused: Turn, before: Turn | None, view: _Asked) -> Turn:
        """A refusal with what could be asked instead, where words were not understood."""
        meaning, reading = refused.understood.meaning, refused.understood.reading
        if reading.says("foreign", "opinion") or meaning.kind == "query" or not refused.question:
            return refused
        choices = nearest(
            refused.question,
            reading,
            meaning,
            lambda text: self._single(text, before, view, asked=False).answer,
            view.entities,
        )
        told = f"{refused.answer.answer}可以改问：{'；'.join(choice.label for choice in choices)}。"
        answer = refused.answer.model_copy(update={"answer": told, "choices": choices})
        return replace(refused, answer=answer) if choices else refused

    def _in_parts(self, question: str, before: Turn | None, view: _Asked) -> Turn | None:
        """Several questions one after the other, each answered; None where no part of it can be."""
        looser, _ = in_looser_words(question, view.entities.named_spans)
        parts = several.parts_of(question) or several.parts_of(looser)
        turns = self._one_by_one(parts, before, view)
        return _joined(question, turns) if any(turn.answer.found for turn in turns) else None

    def _one_by_one(
        self, parts: Sequence[str], before: Turn | None, view: _Asked, *, asked: bool = True
    ) -> list[Turn]:
        """The turns of the questions of one sentence, each after the one before that was answered."""
        turns: list[Turn] = []
        for part in parts:
            told = next((turn for turn in reversed(turns) if turn.answer.found), None)
            turn = self._single(part, told or before, view, joined=told is not None, asked=asked)
            if not turn.answer.found:
                turn = self._steps(told or before, view).after_all(part) or turn
            # After a part that was not understood, what names nothing itself may be about that.
            alone = not turns or told is not None or turn.understood.reading.stands_alone()
            turns.append(turn if alone else replace(turn, answer=_unclear("")))
        return turns

    def _single(
        self, question: str, before: Turn | None, view: _Asked, *, joined: bool = False, asked: bool = True
    ) -> Turn:
        """The turn of one question; ``asked`` False: only tried, so that no model is asked."""
        last = before.before(joined=joined) if before else None
        understood = understand(
            question, view.entities, year=view.entities.newest_year, before=last, reworded=asked
        )
        if not asked:
            return self._answered(question, understood, view)
        meaning, notice = self._with_model(question, understood.meaning, view)
        turn = self._answered(question, replace(understood, meaning=meaning), view)
        told, told_notice = self._told(question, turn)
        notice = notice or told_notice
        return replace(turn, answer=told.model_copy(update={"notice": notice}) if notice else told)

    def rerun(
        self,
        question: str,
        queries: Sequence[Query],
        labels: Sequence[str] = (),
        permitted: Permitted = EVERYTHING,
    ) -> Turn:
        """``queries`` executed as they are: a corrected or a saved question over the forms of today.

        Forms and rows that are named in them and no longer there are passed over.
        """
        meaning = Meaning(queries=tuple(queries), labels=tuple(labels))
        understood = Understood(meaning, Reading(question))
        return self._over_one_library(lambda view: self._answered(question, understood, view), permitted)

    def _over_one_library(self, answer: Callable[[_Asked], A], permitted: Permitted) -> A:
        """An answer over the forms of one moment: begun anew where another process changes them meanwhile."""
        for _ in range(_ATTEMPTS - 1):
            try:
                return answer(self._current(permitted))
            except ChangedError:
                continue
        return answer(self._current(permitted))

    def _answered(self, question: str, understood: Understood, view: _Asked) -> Turn:
        answer, results = self._answer(understood.meaning, view)
        forms = dict.fromkeys(chain.from_iterable(result.records.forms.tolist() for result in results))
        rows = [
            row
            for result in results
            if result.records.frame.of == "indicators"
            for row in zip(result.records.forms.tolist(), result.records.rows.tolist(), strict=True)
        ]
        if not forms and len(queries := understood.meaning.queries) == 1 and queries[0].ask == "yesno":
            # The one that is not so is still what was spoken of.
            rows = list(queries[0].rows or ())
            forms = dict.fromkeys(queries[0].forms or (form for form, _ in rows))
        return Turn(question, answer, understood, tuple(forms), tuple(rows))

    def _with_model(self, question: str, meaning: Meaning, view: _Asked) -> tuple[Meaning, str]:
        """A model is asked only for what the words alone did not explain; its query is checked first."""
        if self._model is None or meaning.kind != "unclear":
            return meaning, ""
        try:
            hits = [h for h in self._library.search(question, _HITS) if h.row.form in view.entities.by_number]
            found = meaning_by_model(question, view.entities, hits, self._model)
        except ModelUnavailableError as error:
            return meaning, f"{error}这个问题按不用模型的方式处理。"
        if found is None:
            return meaning, "模型给出的查询没有通过核对，没有采用。"
        return found, ""

    def _told(self, question: str, turn: Turn) -> tuple[Answer, str]:
        """Passages in a model's words, each sentence on a checked quotation; else as they were quoted."""
        answer = turn.answer
        if self._model is None or not answer.found or not all(q.ask == "quote" for q in turn.queries):
            return answer, ""
        if not turn.queries:
            return answer, ""
        try:
            told, notice = told_by_model(question, answer, answer.values, self._model)
        except ModelUnavailableError as error:
            return answer, f"{error}下面是原文。"
        return told or answer, notice

    def _answer(self, meaning: Meaning, view: _Asked) -> tuple[Answer, list[Result]]:
        if meaning.kind == "choose":
            listed = "；".join(choice.label for choice in meaning.choices)
            return Answer(answer=f"您问的是哪一个？{listed}。", found=False, choices=meaning.choices), []
        if meaning.kind == "unclear":
            return _unclear(meaning.reason), []
        if meaning.kind == "nothing" or not meaning.queries:
            return nothing(meaning.reason).model_copy(update={"notice": meaning.notice}), []
        understood = in_words(meaning.queries, _Names(view), meaning.notes)
        try:
            results = [run(query, view.view.records) for query in meaning.queries]
            together = combined.values_of(meaning.queries, results)
        except MixedUnitsError as error:
            known = FIELDS[meaning.queries[0].of].get(str(error))
            label = known.label if known else "数字"
            return nothing(f"可以直接比较的数字：这些{label}的单位不同", understood), []
        if other := next((p for p in zip(meaning.queries, results, strict=True) if _others(*p)), None):
            return _unclear(
                f"问题里说的是{other[0].many}{COUNTERS[other[0].of]}，按理解找到的是{len(other[1].records)}{COUNTERS[other[0].of]}"
            ), []
        view.view.texts_of(_cited(meaning.queries, results))
        try:
            answer = _composed(meaning, results, together, view.sources)
        except MixedUnitsError:
            return nothing("可以直接比较的数字：各年的单位不同", understood), []
        return answer.model_copy(update={"understood": understood, "notice": meaning.notice}), results

    def over(self, use: Callable[[View], A], permitted: Permitted = EVERYTHING) -> A:
        """What ``use`` makes of the records that may be asked about; it may be called more than once."""
        return self._over_one_library(lambda asked: use(asked.view), permitted)

    def years(self) -> tuple[int, ...]:
        """The years of the forms that may be asked about, the latest first."""
        return tuple(sorted(self._current(EVERYTHING).entities.years, reverse=True))

    def knows_any(self) -> bool:
        """Whether there is any form that may be asked about."""
        return len(self._current(EVERYTHING).view.forms) > 0

    def prepare(self, progress: Progress | None = None) -> None:
        """Computes and stores what is missing, so that no question waits for it; tells ``progress`` of it."""
        compute_ahead(self._library.facts(), progress)
        self._over_one_library(lambda asked: asked.view.records("findings"), EVERYTHING)

    def _snapshot(self) -> Snapshot:
        return self._library.facts().kept(RecordStore).current()

    def _current(self, permitted: Permitted) -> _Asked:
        snapshot = self._snapshot()
        known = self._views.get(permitted)
        if known is not None and known.view.snapshot is snapshot:
            return known
        with self._lock:
            view = view_of(snapshot, permitted, self._library.person)
            known = _Asked(view, Entities(view), Sources(view.by_number, years=repeats_projects(view)))
            self._views[permitted] = known
            self._views.move_to_end(permitted)
            while len(self._views) > _VIEWS:
                self._views.popitem(last=False)
            return known


def _joined(question: str, turns: Sequence[Turn]) -> Turn:
    """The turns of the questions of one sentence as one; at least one of them was answered."""
    last = next(turn for turn in reversed(turns) if turn.answer.found)
    computed = [bool(turn.queries) and all(query.ask == "value" for query in turn.queries) for turn in turns]
    answer = joined.together([turn.question for turn in turns], [turn.answer for turn in turns], computed)
    return replace(last, question=question, answer=answer, parts=len(turns))


def _is_composed(queries: Sequence[Query]) -> bool:
    """Whether several figures are asked for together, so that each question of a sentence has its own.

    超得最多的是哪条,超了多少: by what is ranked the second question tells.
    """
    ranked = any(query.order and query.limit == 1 and query.show for query in queries)
    # 哪个分值出现最多,出现几次: how often it comes is told with it.
    counted = any(query.group and FIELDS[query.of][query.group].unit for query in queries)
    summed = any(query.show and query.measures() for query in queries)
    computed = any(query.change or query.steps for query in queries)
    return len(queries) > 1 or ranked or counted or summed or computed


def _is_one(whole: Turn) -> bool:
    """Whether the sentence asks one thing, however many questions it is put in."""
    reading = whole.understood.reading
    return _is_composed(whole.queries) or several.within_one(reading.text, reading.checks)


def _tells_all(whole: Turn, turns: Sequence[Turn]) -> bool:
    """Whether a single answer tells what the questions of its sentence are answered with one by one.

    Also where it took them up together and tells a figure that none of them does: but for a sum that it has
    not, or records that are listed and not among its own.
    """
    if not turns:
        return True
    of_funds = whole.queries and all(query.of == "funds" for query in whole.queries)
    if of_funds and any(query.of != "funds" for one in turns for query in one.queries):
        # 用到其他资金的是哪些表，各用了多少: a part of its own is not of the source any more.
        return True
    left = [one for one in turns if not joined.tells(whole.answer, one.answer, listed=_lists(one))]
    summed = any(all(query.ask == "value" for query in one.queries) for one in left)
    places = set(whole.answer.table.places)
    listed = [one for one in left if any(query.ask == "list" for query in one.queries)]
    missing = any(not set(one.answer.table.places) <= places for one in listed)
    more = joined.tells_more(whole.answer, [one.answer for one in turns])
    return not left or (more and not (summed or missing))


def _lists(turn: Turn) -> bool:
    """Whether the records of an answer are what is asked, and not their number or a figure of theirs."""
    return any(query.ask not in ("count", "value") for query in turn.queries)


class _Names:
    """What the forms and indicators of a view are called."""

    def __init__(self, asked: _Asked) -> None:
        self._forms, self._told = asked.view.by_number, asked.sources.years

    def form(self, number: int) -> str:
        if number not in self._forms:
            return str(number)
        record = self._forms[number].record
        return dated(record["project_name"].text, record, told=self._told)

    def row(self, row: RowId) -> str:
        form, at = row
        rows = self._forms[form].indicators if form in self._forms else ()
        return rows[at - 1]["name"].text if 0 < at <= len(rows) else ""


def _composed(
    meaning: Meaning, results: Sequence[Result], together: Sequence[Cell], sources: Sources
) -> Answer:
    """The answer to the queries of a meaning. Raises MixedUnitsError where years do not compare."""
    first = meaning.queries[0]
    if first.ask == "years":
        return over_years.compose(meaning.queries, meaning.labels, results, sources)
    if first.ask == "term":
        return combined.combine(meaning.queries, meaning.labels, results, together, sources)
    if first.ask == "summary":
        return summary(results, sources)
    if len(results) > 1:
        return compared.compare(meaning.queries, meaning.labels, results, sources)
    return compose.compose(first, results[0], sources)


def _cited(queries: Sequence[Query], results: Sequence[Result]) -> list[int]:
    """The forms of the records that an answer cites: read all at once they cost one query."""
    found: dict[int, None] = {}
    for query, result in zip(queries, results, strict=True):
        many = KEPT_FORMS if query.ask in _PROSE else _CITED
        found |= dict.fromkeys(result.records.forms[:many].tolist())
    return list(found)[:KEPT_FORMS]


def _others(query: Query, result: Result) -> bool:
    """Whether other records were found than the question tells of."""
    return query.many is not None and query.many != len(result.records)


def _unclear(reason: str) -> Answer:
    return Answer(answer=_part(reason) + _UNCLEAR, found=False)


def _part(reason: str) -> str:
    """What was not understood: a word of the question, or a sentence."""
    if not reason:
        return ""
    return f"{reason}。" if len(reason) > _WORD else f"没有读懂问题里的“{reason}”。"
