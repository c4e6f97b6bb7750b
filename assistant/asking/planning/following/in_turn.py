"""A question that follows on another one, tied to it by what the last answer left to refer to.

What it does with that is told by its own words, tried in this order:

- 所有, 全部, 不限: it is asked of all that there are, no longer of what was shown;
- 其余, 没设的, 差多少, 比最低的高多少, 最多的是哪家: it is computed with what was shown;
- 那园区处呢, 换成执行数, 最低的呢: it exchanges one thing of the last question and keeps the rest.

What is none of these is asked of the records shown where it names none itself, and stands alone where it does
(``followed``). What cannot be tied is not understood, and never asked of the whole library.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.asking.language.frames import plain_text
from assistant.asking.language.mistyped import without_wish
from assistant.asking.planning.before import Ask, Before, Understood
from assistant.asking.planning.following.elsewhere import same_indicator
from assistant.asking.planning.following.followed import by_place
from assistant.asking.planning.following.of_shown import of_shown
from assistant.asking.planning.following.said_in_full import of_the_known, of_the_topic, of_this_thing
from assistant.asking.planning.following.switched import switched, without_its_scope, year_of
from assistant.asking.planning.following.turn_words import Widened, bare, widened
from assistant.asking.planning.following.whose import whose
from assistant.asking.reading.entities import Entities
from assistant.asking.reading.reading import read
from assistant.asking.records.query import Query


def in_turn(
    question: str, before: Before, entities: Entities, year: int | None, ask: Ask
) -> Understood | None:
    """What a question means that widens, computes with, or exchanges something of the last one."""
    text = plain_text(without_wish(question))
    return _InTurn(text, before, entities, year, ask).understood() if before.meaning is not None else None


@dataclass(frozen=True)
class _InTurn:
    """The question, and what the last one left; ``ask`` as in ``Ask``."""

    text: str
    before: Before
    entities: Entities
    year: int | None
    ask: Ask

    def understood(self) -> Understood | None:
        """In the order told above; a later question of one sentence only exchanges something."""
        if not self.before.joined and (tied := self._by_what_was_left()) is not None:
            return tied
        if (topic := of_the_topic(self.text, self.entities)) is not None:
            return self.ask(topic, None)
        of_none = whose(self.text, self.before) if not self.before.rows else None
        if of_none is not None:
            # 有几条,在几张表里, where there is none: of no form, rather than of all.
            return Understood(of_none, read(self.text, self.entities), among=self.before)
        if (known := of_the_known(self.text, self.before, self.entities)) is not None:
            return self.ask(known, None)
        if (thing := of_this_thing(self.text, self.before)) is not None:
            return self.ask(thing, None)
        if by_place(self.text, self.before, self.entities) is not None:
            return None
        full = switched(self.text, self.before, self.entities, self.year) or self._of_the_reordered()
        again = self.ask(full, self.before.among) if full is not None else None
        return again if again is not None and again.meaning.kind != "unclear" else None

    def _of_the_reordered(self) -> str | None:
        """换成预算超过1000万的呢, after a list that was only put in order: another list than that one."""
        query, last = self.before.query, self.before.trail[-1] if self.before.trail else None
        if last is None or query is None or query.order is None or not bare(self.text).instead:
            return None
        same = sorted(self.before.forms) == sorted(last.forms) and set(self.before.rows) == set(last.rows)
        return switched(self.text, last, self.entities, self.year) if same and query.limit is None else None

    def _by_what_was_left(self) -> Understood | None:
        """Asked of all that there are, or computed with what was shown."""
        text, before = self.text, self.before
        wide = widened(bare(text).text)
        if wide is not None and (all_of := self._of_all(wide)) is not None:
            return all_of
        if (elsewhere := same_indicator(bare(text).text, before, self.entities, self.ask)) is not None:
            return elsewhere
        shown = of_shown(text, before, self.entities, self.year, self.ask)
        return Understood(shown, read(text, self.entities), among=before) if shown is not None else None

    def _of_all(self, wide: Widened) -> Understood | None:
        """The question of all that there are: its own words, else those of the last question."""
        if wide.own or (wide.noun and wide.counts):
            return self._of_all_alone(wide)
        full = without_its_scope(self.before, self.entities, self.year)
        if full is None:
            return None
        again = self.ask(full, None)
        queries = again.meaning.queries
        if not wide.counts or len(queries) != 1:
            return again
        meaning = again.meaning.model_copy(update={"queries": (_counted(queries[0], wide),)})
        return replace(again, meaning=meaning)

    def _of_all_alone(self, wide: Widened) -> Understood:
        """那所有项目里没花完的有几个: in the year that was spoken of, where 那 goes on from it."""
        rest = bare(self.text).text
        goes_on = rest != self.text and not read(self.text, self.entities).years
        dated = year_of(self.before, self.entities) if goes_on else ""
        alone = self.ask(f"{dated}{rest}" if dated else self.text, None)
        if alone.meaning.kind == "query" or not wide.own:
            return alone
        rows = self.before.query is not None and self.before.query.of == "indicators"
        noun = wide.noun or ("指标" if rows else "项目")
        return self.ask(f"{dated}所有{noun}中{wide.own}", None)


def _counted(query: Query, wide: Widened) -> Query:
    """How many there are; 涉及几张表, of indicators: how many forms they are of."""
    if query.of == "indicators" and wide.counted in ("表", "项目"):
        return Query(of="forms", ask="count", within=(query.model_copy(update={"ask": "list"}),))
    return query.model_copy(update={"ask": "count"})
