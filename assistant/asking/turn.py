"""An answer with what a question that follows on it needs."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.asking.answering.answer import Answer
from assistant.asking.planning.before import Before, Understood
from assistant.asking.records.query import Query


@dataclass(frozen=True)
class Turn:
    """An answer with what a question that follows on it needs."""

    question: str
    answer: Answer
    understood: Understood
    forms: tuple[int, ...] = ()
    rows: tuple[tuple[int, int], ...] = ()
    parts: int = 1
    """How many questions it was."""

    @property
    def queries(self) -> tuple[Query, ...]:
        """What was executed; empty where nothing was, or more than one question."""
        return self.understood.meaning.queries if self.parts == 1 else ()

    def left(self, *, joined: bool) -> Before:
        """What it leaves to refer to; ``joined``: to a question in the same sentence."""
        told = self.understood
        return Before(
            told.reading,
            self.forms,
            self.rows,
            told.meaning,
            joined=joined,
            among=told.among,
            beside=told.beside,
            question=self.question,
        )
