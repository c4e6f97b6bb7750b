"""Asks the project's own questions and compares with verified answers; top-10 retrieval stands beside it."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal, NamedTuple

import yaml

from assistant.asking.answering.answer import Answer
from assistant.asking.asker import Asker
from assistant.form.model import Frozen
from assistant.form.numerals import normal
from assistant.library import Library
from vectorstore.corpus import bundled_forms
from vectorstore.index import IndicatorIndex

_FOLDER = Path(__file__).with_name("evaluation")
_NUMBER = re.compile("[0-9]+(?:[.][0-9]+)?")
Part = Literal["tuning", "reported", "others"]
"""Our own questions, half of them kept out of tuning, and those of people who saw no code and no product."""
_REPORTED: dict[str, Part] = {"own questions": "reported", "other people's": "others"}


class Question(Frozen):
    """A question with what a right answer has.

    ``values``: numbers that must be among the answer's values; ``forms`` and ``rows`` (``3#2``): exactly
    these records; ``order``: these forms in this order; ``says``: words of the answer; ``found`` False: that
    the forms do not say is the right answer. ``after``: what was asked before it in the conversation.
    """

    ask: str
    kind: str
    values: tuple[str, ...] = ()
    forms: tuple[int, ...] | None = None
    rows: tuple[str, ...] | None = None
    order: tuple[int, ...] | None = None
    says: tuple[str, ...] = ()
    found: bool = True
    after: tuple[str, ...] = ()


class Outcome(NamedTuple):
    """One question with the verdict."""

    question: Question
    right: bool
    answered: bool
    seconds: float


class Given(NamedTuple):
    """What is judged: values, rows as (form, row or 0), the text, and whether there is an answer."""

    values: tuple[str, ...]
    places: tuple[tuple[int, int], ...]
    text: str
    found: bool


def questions(part: Part) -> tuple[Question, ...]:
    """The questions of one part."""
    content = yaml.safe_load((_FOLDER / f"{part}.yaml").read_text(encoding="utf-8"))
    return tuple(Question.model_validate(entry) for entry in content["questions"])


def is_right(question: Question, given: Given) -> bool:
    """Whether an answer has everything that ``question`` wants, and no other rows."""
    if not question.found or not given.found:
        return question.found == given.found
    numbers = {Decimal(n) for value in given.values for n in _NUMBER.findall(normal(value).replace(",", ""))}
    forms = list(dict.fromkeys(form for form, _ in given.places))
    checks = (
        all(Decimal(value) in numbers for value in question.values),
        question.forms is None or sorted(forms) == sorted(question.forms),
        question.rows is None or {f"{form}#{row}" for form, row in given.places} == set(question.rows),
        question.order is None or tuple(forms) == question.order,
        all(text in given.text for text in question.says),
    )
    return all(checks)


def run_questions(asked: Sequence[Question], give: Callable[[Question], Given]) -> list[Outcome]:
    """Every question asked and judged."""
    outcomes = []
    for question in asked:
        started = time.perf_counter()
        given = give(question)
        seconds = time.perf_counter() - started
        outcomes.append(Outcome(question, is_right(question, given), given.found, seconds))
    return outcomes


def given_by(answer: Answer) -> Given:
    """An answer as it is judged."""
    text = "\n".join((answer.answer, *answer.arithmetic))
    return Given(answer.values, answer.table.places, text, answer.found)


def asked_of(asker: Asker, question: Question) -> Given:
    """What ``asker`` answers after the questions of the conversation before it."""
    turn = None
    for text in question.after:
        turn = asker.turn(text, turn)
    return given_by(asker.turn(question.ask, turn).answer)


def evaluate_asking() -> list[dict[str, Any]]:
    """The measured rows: the asker without a model, and the ten best hits of the search as the answer.

    Of our own questions that were kept out of tuning, and of other people's.
    """
    with TemporaryDirectory() as folder:
        library = Library(f"sqlite:///{folder}/library.sqlite", IndicatorIndex())
        library.add_forms(bundled_forms())
        asker = Asker(library)
        rows = []
        for whose, part in _REPORTED.items():
            asked = questions(part)
            by_asker = run_questions(asked, lambda one: asked_of(asker, one))
            by_search = run_questions(asked, lambda one: _searched(library, one.ask))
            rows += [_row(f"{whose}, no model", by_asker), _row(f"{whose}, top-10 retrieval", by_search)]
        library.close()
    return rows


def _searched(library: Library, text: str) -> Given:
    """The baseline, kindly judged: every cell of the ten hits counts as a value it gave."""
    rows = [hit.row for hit in library.search(text, 10)]
    cells = [cell for row in rows for cell in (row.target, row.actual, row.weight, row.score)]
    prose = [text for row in rows for text in (row.explanation, row.unit, row.project_name, row.actual)]
    return Given(tuple(cells), tuple((row.form, row.row) for row in rows), "\n".join(prose), bool(rows))


def _row(method: str, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    answerable = [one for one in outcomes if one.question.found]
    unanswerable = [one for one in outcomes if not one.question.found]
    return {
        "method": method,
        "questions": len(outcomes),
        "exactly right": _share(one.right for one in outcomes),
        "of the answerable": _share(one.right for one in answerable),
        "rightly refused": _share(one.right for one in unanswerable),
        "wrong answers given": sum(one.answered and not one.right for one in outcomes),
        "median ms": round(statistics.median(one.seconds for one in outcomes) * 1000, 1),
    }


def _share(rights: Any) -> float:
    listed = list(rights)
    return sum(listed) / len(listed) if listed else 0.0
