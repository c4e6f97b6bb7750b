"""A question that follows on another one, tied to it by what the last answer left to refer to.

What it does with that is told by its own words, tried in this order:

- 所有, 全部, 不限: it is asked of all that there are, no longer of what was shown;
- 其余, 没设的, 差多少, 比最低的高多少, 最多的是哪家: it is computed with what was shown;
- 那园区处呢, 换成执行数, 最低的呢: it exchanges one thing of the last question and keeps the rest.

What is none of these is asked of the records shown where it names none itself, and stands alone where it does
(``followed``). What cannot be tied is not understood, and never asked of the whole library.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.asking.language.frames import plain_text
from assistant.asking.language.mistyped import without_wish
from assistant.asking.planning.before import Ask, Before, Understood
from assistant.asking.planning.followed import by_place
from assistant.asking.planning.meaning import Meaning
from assistant.asking.planning.of_shown import of_shown
from assistant.asking.planning.operands import as_term
from assistant.asking.planning.switched import Switched, switched, without_its_scope
from assistant.asking.planning.turn_words import Widened, bare, widened
from assistant.asking.reading.entities import Entities
from assistant.asking.reading.reading import read
from assistant.asking.records.query import Query


def in_turn(
    question: str, before: Before, entities: Entities, year: int | None, ask: Ask
) -> Understood | None:
    """What a question means that widens, computes with, or exchanges something of the last one."""
    text = plain_text(without_wish(question))
    if before.joined or before.meaning is None or by_place(text, before, entities) is not None:
        return None
    if (wide := widened(bare(text).text)) is not None and (all_of := _of_all(wide, text, before, ask)):
        return all_of
    if (meaning := of_shown(text, before, entities, year, ask)) is not None:
        return Understood(meaning, read(text, entities), among=before)
    if (full := switched(text, before, entities, year)) is None:
        return None
    again = ask(full.text, before.among)
    return None if again.meaning.kind == "unclear" else replace(again, beside=_beside(full, before, again))


def _of_all(wide: Widened, text: str, before: Before, ask: Ask) -> Understood | None:
    """The question of all that there are: its own words, else those of the last question."""
    if wide.own or (wide.noun and wide.counts):
        alone = ask(text, None)
        rows = before.query is not None and before.query.of == "indicators"
        noun = wide.noun or ("指标" if rows else "项目")
        return (
            alone if alone.meaning.kind == "query" or not wide.own else ask(f"所有{noun}中{wide.own}", None)
        )
    full = without_its_scope(before)
    if full is None:
        return None
    again = ask(full, None)
    queries = again.meaning.queries
    if not wide.counts or len(queries) != 1:
        return again
    return replace(again, meaning=again.meaning.model_copy(update={"queries": (_counted(queries[0], wide),)}))


def _counted(query: Query, wide: Widened) -> Query:
    """How many there are; 涉及几张表, of indicators: how many forms they are of."""
    if query.of == "indicators" and wide.counted in ("表", "项目"):
        return Query(of="forms", ask="count", within=(query.model_copy(update={"ask": "list"}),))
    return query.model_copy(update={"ask": "count"})


def _beside(full: Switched, before: Before, again: Understood) -> tuple[Query, ...]:
    """The figures that stand beside the new one: the last one, where only what it is of was exchanged."""
    mine, last = _figure(again.meaning), before.query
    if mine is None or last is None or as_term(last, alone=True) is None:
        return ()
    if full.scope_only:
        return (*before.beside, last)
    moved = {"show": mine.show, "measure": mine.measure}
    same_kind = all(one.ask == mine.ask and one.of == mine.of for one in before.beside)
    return tuple(one.model_copy(update=moved) for one in before.beside) if same_kind else ()


def _figure(meaning: Meaning) -> Query | None:
    one = meaning.queries[0] if len(meaning.queries) == 1 else None
    return one if one is not None and as_term(one, alone=True) is not None else None
