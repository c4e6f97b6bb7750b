"""Questions answered in two steps: the first finds forms or a figure, the second is asked of it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Protocol

from assistant.asking.answering import joined
from assistant.asking.answering.answer import Answer
from assistant.asking.language.frames import plain_text
from assistant.asking.language.mistyped import without_wish
from assistant.asking.language.patterns import WHOLE
from assistant.asking.planning.following.followed import by_place
from assistant.asking.planning.following.turn_words import points_into
from assistant.asking.planning.in_steps import (
    HeldAgainst,
    Picking,
    against_next,
    asks_more_than_cells,
    held_against,
    picking,
    the_one,
)
from assistant.asking.planning.meaning import Choice
from assistant.asking.reading.entities import Entities
from assistant.asking.reading.reading import read
from assistant.asking.turn import Turn


class Ask(Protocol):
    """How a question is asked."""

    def __call__(self, question: str, before: Turn | None, *, joined: bool = False) -> Turn:
        """The turn of one question, after another or not; ``joined``: both are of one sentence."""


_EACH_OF = 5
"""Of so many forms one after the other is told, at most."""
_MOST_CHOICES = 8
_LEAST = 2
"""A single character names nothing."""
_FIGURE = re.compile("-?[0-9][0-9.,]*(?:万元?|亿元|元|分|%|[个条张家人次])?")
_AMONG = re.compile("^(?:的|,|里头?面?|当?中|之中|其中)+")
_MOST_NAMED = 8
_THAT_ROW = re.compile(
    "(?:那么?|其中|里面)?(?P<front>(?![第前后])[^,;]{2,14}?)的?[那这](?:一)?[条项](?:指标)?的?,?(?P<rest>[^,;]{2,})$"
)
_LEADING = re.compile("^(?:那么?|其中|[这那](?:些|几[个张])(?:项目|表)?|它们?|,)*的?")
_BESIDE = re.compile("[占比和跟与]")
"""What stands behind may be all there are: 占全部预算几成."""
_OTHERS = re.compile("另外|其[他它余]|别的|还有")
_OVER_ALL = (
    "per_unit",
    "per_form",
    "per_year",
    "year_last",
    "year_now",
    "year_next",
    "year_before",
    "year_after",
)
_PICKS = ("which", "count", "top", "top_n", "nth", "last_n")
_IT = re.compile(
    "它(?:自己|本身)?(?!们)|(?:这|那|该)(?:一)?[个张份](?:项目|表)|同一?[个张份](?:项目|表)(?:里头?|里面|中|内)?,?"
)


class InSteps:
    """``before``: the last turn."""

    def __init__(self, ask: Ask, entities: Entities, before: Turn | None) -> None:
        self._ask = ask
        self._entities = entities
        self._before = before

    def before_all(self, question: str) -> Turn | None:
        """The turn of a question that no single query answers rightly; None where one may."""
        text = _plain(question)
        if (one := self._one_of_the_rows(question, text)) is not None:
            return one
        back = self._before is not None and _IT.search(text)
        held = None if back else held_against(text, self._apart)
        if held is not None and (turn := self._held(question, held)) is not None:
            return turn
        paired = against_next(text)
        if paired is not None and (pair := self._ask(paired, None)).answer.found:
            return replace(pair, question=question)
        picked = picking(text) or the_one(text)
        if picked is None or picked.asks_which or self._is_of_the_shown(text, picked):
            return None
        if not (picked.of_row or picked.of_office or asks_more_than_cells(read(picked.rest, self._entities))):
            return None
        return self._picked(question, picked)

    def after_all(self, question: str) -> Turn | None:
        """The turn of a question that no single query answered."""
        text = _plain(question)
        if (named := self._named(text)) is not None:
            again = self.before_all(named) or self._ask(named, None)
            return replace(again, question=question) if again.answer.found else None
        for picked in (picking(text), the_one(text)):
            if picked is None or self._is_of_the_shown(text, picked):
                continue
            if (turn := self._picked(question, picked)) is not None:
                return turn
        return None

    def _one_of_the_rows(self, question: str, text: str) -> Turn | None:
        """扣得最多的那条为什么没完成: which of the indicators shown it is, then what is asked of it."""
        said = _THAT_ROW.match(text)
        if said is None or self._before is None or len(self._before.rows) < _LEAST:
            return None
        first = self._ask(f"其中{said['front']}的是哪条指标", self._before)
        if not first.answer.found or len(first.rows) != 1 or first.rows[0] not in self._before.rows:
            return None
        second = self._ask(f"它{said['rest']}", first)
        # That it has no answer is the answer: the other rows were not asked for.
        return _one_turn(question, first if second.answer.found else None, second)

    def _is_of_the_shown(self, text: str, picked: Picking) -> bool:
        """剩得最多的那个占这里面的百分之几, 第三个的预算: of what the last answer showed, not of all."""
        if self._before is None:
            return False
        placed = by_place(text, self._before.before(), self._entities) is not None
        return placed or points_into(picked.rest)

    def _named(self, text: str) -> str | None:
        """它的执行率比平均低多少, 占总预算几成: with the numbers of the forms that the last answer showed."""
        forms = self._before.forms if self._before is not None else ()
        if len(forms) == 1 and _IT.search(text):
            return _IT.sub(f"{forms[0]}号表", text, count=1)
        of_rows = self._before is not None and self._before.rows
        if of_rows or len(forms) > _MOST_NAMED or not self.goes_on(text):
            return None
        return f"{'、'.join(f'{form}号表' for form in forms)}{_LEADING.sub('', text)}"

    def goes_on(self, question: str) -> bool:
        """Whether what a question is asked of is not said, so that it is what the last answer showed."""
        if self._before is None or not self._before.forms:
            return False
        text = _plain(question)
        if by_place(text, self._before.before(), self._entities) is not None:
            return False
        said = read(text, self._entities)
        own = _BESIDE.split(text)[0]
        whole = re.search(WHOLE, own) or _OTHERS.search(own) or said.says(*_OVER_ALL)
        others = {noun.name for noun in said.nouns} & {"form", "unit"} and said.says(*_PICKS)
        office = {m.name for m in said.fields} & {"unit_name", "unit_who", "unit_asked"}
        return not (said.names_something() or said.years or said.unsure or whole or (others and not office))

    def _apart(self, said: str) -> tuple[str, str] | None:
        """园区专项执行率 as the name and the field."""
        fields = read(said, self._entities).fields
        last = fields[-1] if fields else None
        if last is None or last.end < len(said) or last.start < _LEAST:
            return None
        return said[: last.start].removesuffix("的"), last.text

    def _held(self, question: str, held: HeldAgainst) -> Turn | None:
        if not held.first:
            second = self._ask(held.then(""), None)
            return _one_turn(question, None, second) if second.answer.found else None
        first = self._ask(held.first, None)
        if not first.answer.found or len(set(first.forms)) != 1:
            return None
        if held.counted:
            figure = f"{len(first.rows)}个" if first.rows else ""
        else:
            figure = next((value for value in first.answer.values if _FIGURE.fullmatch(value)), "")
        if not figure:
            return None
        name = self._entities.by_number[first.forms[0]].form.project_name
        told = first.answer.model_copy(update={"answer": f"“{name}”的{held.field}：{figure}。"})
        second = self._ask(held.then(figure), None)
        return _one_turn(question, replace(first, answer=told), second) if second.answer.found else None

    def _picked(self, question: str, picked: Picking) -> Turn | None:
        first = self._ask(picked.first, self._before)
        forms = first.forms
        shape = {query.ask for query in first.queries}
        if (
            not first.answer.found
            or not forms
            or not shape <= {"top", "list"}
            or (picked.told and len(forms) > 1)
        ):
            return None
        if picked.of_office:
            return self._of_office(question, first, picked.rest)
        if len(forms) == 1:
            return self._of_one(question, first, forms[0], picked.rest)
        if picked.ranks_within or (picked.many > 1 and not picked.each):
            second = self._ask(f"其中{_AMONG.sub('', picked.rest)}", first)
            inside = second.answer.found and set(second.forms) <= set(forms)
            told = re.search("各|分别", picked.rest) is not None
            return _one_turn(question, first, second, both=told) if inside else None
        if len(forms) > _EACH_OF:
            return self._asked_back(question, first, picked)
        return self._of_each(question, first, picked)

    def _of_one(self, question: str, first: Turn, form: int, rest: str) -> Turn | None:
        second = self._ask(f"{form}号表{rest}", None)
        return _one_turn(question, first, second) if second.answer.found else None

    def _of_office(self, question: str, first: Turn, rest: str) -> Turn | None:
        """What is asked of the one office that was picked."""
        groups = {query.group for query in first.queries}
        names = {self._entities.by_number[form].form.unit for form in first.forms}
        if not groups <= {"unit", "department"} or ("unit" in groups and len(names) != 1):
            return None
        second = self._ask(rest.lstrip(",;的"), first, joined=True)
        inside = second.answer.found and set(second.forms) <= set(first.forms)
        return _one_turn(question, first, second) if inside else None

    def _of_each(self, question: str, first: Turn, picked: Picking) -> Turn | None:
        rest = re.sub("^(?:的)?(?:各自?|分别)|各自?(?=有|是)|分别(?=有|是)", "", picked.rest)
        turns = [self._ask(f"{form}号表{rest}", None) for form in first.forms]
        told = [turn for turn in turns if turn.answer.found]
        if not told or any(turn.understood.meaning.kind not in ("query", "nothing") for turn in turns):
            return None
        names = [self._entities.by_number[form].form.project_name for form in first.forms]
        answers = [
            turn.answer.model_copy(update={"answer": f"“{name}”：{turn.answer.answer}"})
            if turn.answer.found
            else turn.answer
            for name, turn in zip(names, turns, strict=True)
        ]
        together = replace(told[-1], answer=joined.together(names, answers), forms=first.forms, rows=())
        return _one_turn(question, first, together)

    def _asked_back(self, question: str, first: Turn, picked: Picking) -> Turn:
        """Several forms are equal: which of them is meant."""
        choices = tuple(
            Choice(
                label=self._entities.by_number[form].form.project_name, question=f"{form}号表{picked.rest}"
            )
            for form in first.forms[:_MOST_CHOICES]
        )
        listed = "；".join(choice.label for choice in choices)
        answer = f"并列的有{len(first.forms)}张表。您问的是哪一个？{listed}。"
        return replace(first, question=question, answer=Answer(answer=answer, found=False, choices=choices))


def _plain(question: str) -> str:
    return plain_text(without_wish(question))


def _one_turn(question: str, first: Turn | None, second: Turn, *, both: bool = False) -> Turn:
    """The second answer, with what the first one found before it; ``both``: its figures were asked too."""
    if first is None:
        return replace(second, question=question)
    one, two = first.answer, second.answer
    answer = two.model_copy(
        update={
            "answer": f"{one.answer}{two.answer}",
            "values": (*two.values, *(one.values if both else ())),
            "citations": tuple(dict.fromkeys((*two.citations, *one.citations))),
            "understood": f"先找：{one.understood}；再问：{two.understood}",
            "notice": "；".join(dict.fromkeys(filter(None, (one.notice, two.notice)))),
        }
    )
    return replace(second, question=question, answer=answer, parts=2)
