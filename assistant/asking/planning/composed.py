"""Questions with two figures or more, clause by clause: A加B一共多少, A比B多多少, A占B几成, A和B对得上吗."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.asking.planning.figure_words import (
    ADDED,
    AGAINST,
    AMONG,
    APART,
    AVERAGE,
    COUNT_AT_END,
    COUNTED,
    CUT,
    DIGITS,
    EACH,
    IT,
    MUCH_AT_END,
    NUMBER,
    OTHERS,
    PLUS,
    SIGNS,
    TOGETHER,
    WHOLE,
    asks,
    clauses,
    is_light,
    than_average,
    ways,
)
from assistant.asking.planning.meaning import Meaning
from assistant.asking.planning.operands import (
    Operand,
    Understand,
    alike,
    asked_at_end,
    field_exchanged,
    field_said,
    operand_of,
)
from assistant.asking.planning.same_year import of_that_year
from assistant.asking.reading.entities import Entities
from assistant.asking.reading.years import forms_beside
from assistant.asking.records.fields import FIELDS
from assistant.asking.records.query import Measure, Query, Step, StepKind
from assistant.form.numerals import number_of

_TWO = 2


@dataclass(frozen=True)
class _Part:
    """A figure with its place among the terms and results; ``operand`` None for a result."""

    place: int
    operand: Operand | None


def as_composed(
    text: str, before: Operand | None, understand: Understand, entities: Entities
) -> Meaning | None:
    """The meaning of ``text``; ``before``: what gave the one figure of the last answer."""
    return _Composer(before, understand, entities).meaning(text)


class _Composer:
    def __init__(self, before: Operand | None, understand: Understand, entities: Entities) -> None:
        self.understand = understand
        self.entities = entities
        self.terms: list[Operand] = []
        self.steps: list[Step] = []
        self.context = ""
        self.before = before
        self.known: dict[str, Operand | None] = {}

    def meaning(self, text: str) -> Meaning | None:
        text = than_average(CUT.sub("", DIGITS.sub("", text)))
        each = False
        for clause in clauses(text):
            if is_light(clause):
                continue
            if self._each(clause):
                each = True
            elif self._among(clause) or self._apart(clause):
                continue
            elif not any(
                taken(clause) for taken in (self._computed, self._added, self._against, self._figure)
            ):
                if self.terms or asks(clause):
                    return None
                self.context += f"{clause},"
        if not (self.steps or (each and len(self.terms) > 1)):
            return None
        first = self.terms[0].query.model_copy(update={"steps": self._steps()})
        queries = (first, *(term.query for term in self.terms[1:]))
        return Meaning(queries=queries, labels=self._labels())

    def _labels(self) -> tuple[str, ...]:
        """What the terms are called; those that are called the same with their projects."""
        labels = [term.label for term in self.terms]
        return tuple(
            f"“{self.entities.by_number[term.form].record['project_name'].text}”的{term.label}"
            if labels.count(term.label) > 1 and term.form is not None
            else term.label
            for term in self.terms
        )

    def _steps(self) -> tuple[Step, ...]:
        """The steps with the places of results counted after all of the terms."""

        def placed(place: int) -> int:
            return place if place >= 0 else len(self.terms) - 1 - place

        return tuple(
            step.model_copy(update={"of": tuple(placed(place) for place in step.of)}) for step in self.steps
        )

    def _among(self, clause: str) -> bool:
        """其中中央频占费占多少, after a sum over all: the part that it has of that."""
        found = AMONG.fullmatch(clause)
        if found is None or not self.terms or self.steps:
            return False
        whole = self.terms[-1]
        part = self._beside(found["a"], whole)
        if part is None or part.query == whole.query:
            return False
        self.steps.append(Step(op="share", of=(self._part(part).place, len(self.terms) - 2)))
        return True

    def _apart(self, clause: str) -> bool:
        """…一致吗,差多少: whether two figures are the same tells their difference too."""
        return bool(self.steps) and self.steps[-1].op == "same" and APART.fullmatch(clause) is not None

    def _each(self, clause: str) -> bool:
        """A和B各完成了多少: one figure for each thing named."""
        found = EACH.fullmatch(clause)
        if found is None:
            return False
        for pieces in ways(found["listed"]):
            last, _, shared = pieces[-1].partition("的")
            for listed, asked in (
                (pieces, found["asked"]),
                ([*pieces[:-1], last], f"的{shared}{found['asked']}"),
            ):
                figures = [self._operand(f"{piece}{asked}") for piece in listed]
                known = [figure for figure in figures if figure is not None]
                stated = {tuple(condition.field for condition in figure.query.where) for figure in known}
                if len(known) == len(pieces) == len({figure.query for figure in known}) and len(stated) == 1:
                    self.terms += known
                    return True
        return False

    def _computed(self, clause: str) -> bool:
        names = self.entities.named_spans(clause)
        for op, sign, end in SIGNS:
            for found in sign.finditer(clause):
                if any(a < found.start() and found.end() < b for a, b in names):
                    continue
                right = end.fullmatch(clause, found.end())
                if right is None:
                    continue
                left = clause[: found.start()].removesuffix("的")
                if left.endswith(("各", "各自", "分别")):
                    continue
                if (number := NUMBER.fullmatch(right["b"])) is not None:
                    if self._against_number(op, left, number):
                        return True
                elif (
                    parts := self._pair(left, right["b"]) or self._counted(clause, left, right["b"])
                ) is not None:
                    self.steps.append(Step(op=op, of=tuple(part.place for part in parts)))
                    return True
        return False

    def _counted(self, clause: str, left: str, right: str) -> tuple[_Part, ...] | None:
        """成本指标比满意度指标多几条: how many records there are of each."""
        unit = COUNT_AT_END.search(clause)
        if unit is None or not left:
            return None
        pair = self._pair(f"{left}有几{unit['unit']}", f"{right}有几{unit['unit']}")
        apart = pair is not None and len({p.operand.query.of for p in pair if p.operand is not None}) > 1
        return None if apart else pair

    def _against_number(self, op: StepKind, left: str, number: re.Match[str]) -> bool:
        """比100万多多少, 跟14.85对得上吗: a figure against a number that was said."""
        first = self._first(left, "")
        if first is None:
            return False
        unit = {"万": "万元", "块": "元", "百分点": "%"}.get(number["unit"], number["unit"] or "")
        self.steps.append(Step(op=op, of=(first.place,), number=Decimal(number["n"]), unit=unit))
        return True

    def _pair(self, left: str, right: str) -> tuple[_Part, ...] | None:
        """The two figures of a clause; nothing said on the left means the last figure."""
        others, average = OTHERS.search(right), AVERAGE.fullmatch(right)
        terms, steps = list(self.terms), list(self.steps)
        first = self._first(left, "" if others or average else right)
        if first is None:
            return None
        if average is not None:
            second = self._average(average, first)
        else:
            second = self._others(right, others, first) if others else self._second(right, first)
        if second is not None and not left.strip("的"):
            first = self._of_the_same_field(first, second, right)
        if second is None or (first.operand is not None and second.query == first.operand.query):
            self.terms, self.steps = terms, steps
            return None
        return (first, self._part(second))

    def _of_the_same_field(self, first: _Part, second: Operand, right: str) -> _Part:
        """占全部预算几成, after what a form spent: its budget is what all budgets are set against."""
        owner = first.operand
        if owner is None or owner.form is None or owner.field == second.field or not WHOLE.search(right):
            return first
        own = self._of_the_form(owner, FIELDS[second.query.of][second.field].label) if second.field else None
        return self._part(own) if own is not None and own.field == second.field else first

    def _first(self, left: str, right: str) -> _Part | None:
        """The figure on the left: named, added up, asked of what is on the right too, or the last one."""
        if not left.strip("的"):
            return self._last()
        if len(self.terms) > 1 and not self.steps and TOGETHER.fullmatch(left):
            return self._all_added()
        found = self._operand(left)
        last = self.before
        if found is None and last is not None and last.form is not None and not self.terms:
            found = self._of_the_form(last, left)
        if found is None and PLUS.search(left) and any(self._pieces(pieces) for pieces in ways(left)):
            return _Part(-len(self.steps), None)
        if found is None and right:
            second = self._operand(right)
            found = self._beside(left, second) if second is not None else None
        return self._part(found) if found is not None else None

    def _last(self) -> _Part | None:
        if self.steps:
            return _Part(-len(self.steps), None)
        if self.terms:
            return _Part(len(self.terms) - 1, self.terms[-1])
        said = self._operand("") if self.context else None
        last = said or self.before
        return self._part(last) if last is not None else None

    def _part(self, operand: Operand) -> _Part:
        self.terms.append(operand)
        return _Part(len(self.terms) - 1, operand)

    def _operand(self, text: str) -> Operand | None:
        """The figure of ``text``, of what was named before it where it names nothing itself."""
        if text not in self.known:
            found = operand_of(f"{self.context}{text}", self.understand, self.entities)
            self.known[text] = None if found is not None and self._strays(found, text) else found
        return self.known[text]

    def _strays(self, found: Operand, text: str) -> bool:
        """Whether a figure is of the whole library, though the one before it is of a few forms."""
        whole = found.query.forms is None and found.query.rows is None
        few = any(term.query.forms is not None or term.query.rows is not None for term in self.terms)
        return whole and few and not WHOLE.search(text)

    def _second(self, text: str, first: _Part) -> Operand | None:
        """What the first figure is set against: named itself, or of the same form, or of the same field."""
        owner = first.operand or (self.terms[0] if self.terms else None)
        own = IT.sub("", text)
        if owner is None:
            return self._operand(own)
        if (whole := of_that_year(own, owner, self.understand, self.entities)) is not None:
            return whole
        _, reading = self.understand(own)
        if reading.sources and not reading.names_something() and owner.form is not None:
            return self._of_the_form(owner, f"{own}{field_said(owner)}") or self._of_the_form(owner, own)
        named = reading.names_something()
        if reading.fields and not named and not WHOLE.search(own) and owner.form is not None:
            if (
                own == text
                and alike(owner, reading)
                and (exchanged := field_exchanged(owner, own)) is not None
            ):
                found = operand_of(exchanged, self.understand, self.entities)
                if found is not None and found.form == owner.form and found.query != owner.query:
                    return found
            return self._of_the_form(owner, own)
        if own != text and owner.form is not None:
            return self._of_the_form(owner, own)
        if not reading.fields and (named or WHOLE.search(own)):
            return self._beside(own, owner) or (None if owner.reading.fields else self._operand(own))
        return self._operand(own)

    def _of_the_form(self, owner: Operand, text: str) -> Operand | None:
        """The figure of ``text``, of the form that another figure is of."""
        return operand_of(f"{owner.form}号表的{text}", self.understand, self.entities)

    def _beside(self, text: str, other: Operand) -> Operand | None:
        """A name, or all, with what is asked of the other figure: 离退休处, beside 轻工处的预算合计."""
        tail = asked_at_end(other.reading)
        if not tail:
            return None
        uncounted = COUNTED.sub("", tail)
        for said in (f"{text}{tail}", f"{text}的{tail}", f"{text}{uncounted}"):
            found = operand_of(said, self.understand, self.entities)
            if found is not None and found.field == other.field and not self._strays(found, text):
                return found
        return None

    def _others(self, text: str, others: re.Match[str], first: _Part) -> Operand | None:
        """其他项目的平均分: over all but the form of the first figure."""
        owner = first.operand
        if owner is None or owner.form is None:
            return None
        whole = f"所有项目的{text[: others.start()]}{text[others.end() :]}"
        found = operand_of(whole, self.understand, self.entities)
        if found is None or found.field != owner.field:
            field = owner.reading.fields[-1].text if owner.reading.fields else ""
            found = operand_of(f"{whole}{field}", self.understand, self.entities) if field else None
        if found is None or found.query.forms is not None or found.field != owner.field:
            return None
        query = found.query.model_copy(update={"without": (owner.form,)})
        return replace(found, query=query, label=f"其余项目{whole.removeprefix('所有项目的')}")

    def _average(self, said: re.Match[str], first: _Part) -> Operand | None:
        """各项目的平均: of the first figure's field, over all forms."""
        owner = first.operand
        if owner is None or owner.form is None or owner.query.of != "forms" or not owner.field:
            return None
        if said["field"]:
            other = operand_of(f"所有项目的平均{said['field']}", self.understand, self.entities)
            if other is None or other.field != owner.field:
                return None
        mean = Measure(op="mean", field=owner.field)
        query = Query(of="forms", ask="term", forms=forms_beside((owner.form,), self.entities), measure=mean)
        return replace(owner, query=query, label=f"各项目平均{FIELDS['forms'][owner.field].label}")

    def _added(self, clause: str) -> bool:
        """A、B两项一共多少: several figures added up."""
        ends = [found for found in ADDED.finditer(clause) if found.end() == len(clause)]
        if not ends and PLUS.search(clause):
            ends = list(MUCH_AT_END.finditer(clause))
        if not ends:
            return False
        listed = clause[: ends[0].start()]
        if len(self.terms) > 1 and not listed.strip("的两三四五几者个都"):
            return bool(self._all_added())
        if (whole := self._operand(clause)) is not None:
            self._part(whole)
            return True
        return any(self._pieces(pieces) for pieces in ways(listed))

    def _all_added(self) -> _Part:
        self.steps.append(Step(op="sum", of=tuple(range(len(self.terms)))))
        return _Part(-len(self.steps), None)

    def _pieces(self, pieces: Sequence[str]) -> bool:
        number = next((found for found in [COUNTED.search(pieces[-1])] if found), None)
        if number is not None and number_of(number["n"]) == len(pieces):
            pieces = [*pieces[:-1], pieces[-1][: number.start()] + pieces[-1][number.end() :]]
        elif number is not None:
            return False
        last = self._operand(pieces[-1])
        if last is None:
            return False
        found: list[Operand] = []
        for piece in pieces[:-1]:
            one = self._operand(piece)
            one = (
                one
                if one is not None and one.field == last.field
                else self._beside(self.context + piece, last)
            )
            if one is None:
                return False
            found.append(one)
        found.append(last)
        if len({one.query for one in found}) < len(found):
            return False
        self.steps.append(Step(op="sum", of=tuple(self._part(one).place for one in found)))
        return True

    def _against(self, clause: str) -> bool:
        """谁多, 差多少: the last two figures."""
        if len(self.terms) < _TWO or self.steps or not AGAINST.fullmatch(clause):
            return False
        self.steps.append(Step(op="difference", of=(len(self.terms) - 2, len(self.terms) - 1)))
        return True

    def _figure(self, clause: str) -> bool:
        """A clause that asks for one figure of its own."""
        if not asks(clause):
            return False
        found = self._operand(clause)
        if found is None and self.terms:
            found = self._like_the_last(clause)
        if found is not None:
            self._part(found)
        return found is not None

    def _like_the_last(self, clause: str) -> Operand | None:
        """实际加起来是多少, 离退休处两个项目平均多少: the last figure with another name or field."""
        last = self.terms[-1]
        said = MUCH_AT_END.sub("", clause)
        _, reading = self.understand(said)
        named = reading.names_something() or reading.sources
        if reading.fields and not named and alike(last, reading) and len(reading.fields) == 1:
            exchanged = field_exchanged(last, reading.fields[0].text)
            found = operand_of(exchanged, self.understand, self.entities) if exchanged else None
            return found if found is not None and found.form == last.form else None
        if named and not reading.fields and last.reading.fields:
            field = last.reading.fields[-1].text
            found = operand_of(f"{said}的{field}", self.understand, self.entities)
            found = found or operand_of(f"{said}{field}", self.understand, self.entities)
            same = found is not None and (found.field, found.op) == (last.field, last.op)
            return found if same else None
        return None
