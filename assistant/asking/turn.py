"""An answer with what a question that follows on it needs."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.asking.answering.answer import Answer
from assistant.asking.answering.rounded import rounded
from assistant.asking.language.asides import Asides
from assistant.asking.planning.before import Before, Understood
from assistant.asking.planning.following.in_a_row import same_figure
from assistant.asking.records.query import Query

_IN_A_ROW = 7
"""So many turns before the last one are set against it, or may still be meant, at most."""


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
    earlier: tuple[Turn, ...] = ()
    """The turns before it that asked the same figure of something else, without what was before them."""
    trail: tuple[Turn, ...] = ()
    """All turns before it, the first one first, without what was before them."""

    standing: Turn | None = None
    """What is still spoken of after a question that had no answer and named nothing itself."""

    def before(self, *, joined: bool = False) -> Before:
        """The turn as what a question that follows on it is read with."""
        if self.standing is not None:
            return self.standing.before(joined=joined)
        told = self.understood
        return Before(
            told.reading,
            self.forms,
            self.rows,
            told.meaning,
            joined=joined,
            among=told.among,
            earlier=tuple(turn.before() for turn in self.earlier),
            trail=tuple(turn.before() for turn in self.trail),
            question=self.question,
        )

    def following(self, last: Turn | None) -> Turn:
        """The turn with those that it goes on from: 那B呢, after the same of A."""
        if last is None:
            return self
        last = last.standing or last
        if not (self.answer.found or self.understood.reading.names_something()) and len(last.forms) == 1:
            return replace(self, standing=last)
        alone = replace(last, earlier=(), trail=())
        followed = replace(self, trail=(*last.trail, alone)[-_IN_A_ROW:])
        if not same_figure(last.before(), self.before()):
            return followed
        return replace(followed, earlier=(*last.earlier, alone)[-_IN_A_ROW:])

    def beside(self, asides: Asides) -> Turn:
        """The turn with figures rounded as wished and with what was left aside told; a refusal as it is."""
        if not self.answer.found:
            return self
        answer = rounded(self.answer, asides.places) if asides.places is not None else self.answer
        notice = "；".join(one for one in (answer.notice, *asides.notes) if one)
        return replace(self, answer=answer.model_copy(update={"notice": notice}))

    @property
    def queries(self) -> tuple[Query, ...]:
        """What was executed; empty where nothing was, or more than one question."""
        return self.understood.meaning.queries if self.parts == 1 else ()
