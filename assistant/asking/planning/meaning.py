"""What a question was understood to ask."""

from __future__ import annotations

from typing import Literal

from assistant.asking.records.query import Query
from assistant.form.model import Frozen


class Choice(Frozen):
    """One of several things that a question may mean, with the question that means only this."""

    label: str
    question: str


class Meaning(Frozen):
    """``queries``: one, or those that are compared; none where there is no answer.

    ``kind``: ``query``; ``choose`` (ambiguous: one of ``choices``); ``nothing`` (the forms do not say:
    ``reason`` names what); ``unclear`` (not understood). ``notes`` say how something was read that could be
    read otherwise; ``notice``: what is to be told beside the answer. ``years``: those that the questions
    which follow on each other asked of, the last one last.
    """

    kind: Literal["query", "choose", "nothing", "unclear"] = "query"
    queries: tuple[Query, ...] = ()
    labels: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    reason: str = ""
    notes: tuple[str, ...] = ()
    notice: str = ""
    years: tuple[int, ...] = ()


def forms_named(meaning: Meaning) -> set[int]:
    """The forms that a meaning names."""
    return {
        form
        for query in meaning.queries
        for form in (*(query.forms or ()), *(f for f, _ in query.rows or ()))
    }


def by_year(meaning: Meaning) -> bool:
    """Whether a meaning tells of each year."""
    return any("year" in (query.group, query.each) for query in meaning.queries)
