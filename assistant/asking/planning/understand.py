"""A question in words -> a query, without a model: known words, numbers, and names by retrieval."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from pydantic import ValidationError

from assistant.asking.language.frames import plain_text
from assistant.asking.language.mistyped import without_wish
from assistant.asking.planning import cells, kinds, plan
from assistant.asking.planning.asked import Asked
from assistant.asking.planning.before import Before, Understood
from assistant.asking.planning.besides import besides_shown, leaving_aside
from assistant.asking.planning.by_change import by_change, changed_again
from assistant.asking.planning.by_department import which_department, which_project
from assistant.asking.planning.by_name import counted_by_name, those_by_name
from assistant.asking.planning.by_source import in_full
from assistant.asking.planning.by_such_rows import by_such_rows
from assistant.asking.planning.comparison import as_comparison
from assistant.asking.planning.composed import as_composed
from assistant.asking.planning.details import as_detail
from assistant.asking.planning.explained import as_prose
from assistant.asking.planning.figure_words import (
    adds_figures,
    against_the_last,
    computes,
    may_be_composed,
    names_each,
    sets_against,
)
from assistant.asking.planning.figures_of_years import in_each_year
from assistant.asking.planning.following.asked_again import (
    compared_again,
    share_again,
    share_of_the_same,
    summed_again,
    those_counted,
)
from assistant.asking.planning.following.checked_again import checked_again
from assistant.asking.planning.following.figure_again import figure_again
from assistant.asking.planning.following.followed import beyond_target, by_place, carried, corrected
from assistant.asking.planning.following.in_a_row import asked_in_a_row
from assistant.asking.planning.following.in_turn import in_turn
from assistant.asking.planning.following.referred import with_those_meant
from assistant.asking.planning.following.tied import cannot_be_tied, narrowed, points_back
from assistant.asking.planning.following.turn_words import asked_last
from assistant.asking.planning.foreign import told_all_the_same
from assistant.asking.planning.fund_rows import as_fund_rows
from assistant.asking.planning.meaning import Meaning, by_year, forms_named
from assistant.asking.planning.operands import Understand, last_figure
from assistant.asking.planning.otherwise import may_be_reworded, other_wordings
from assistant.asking.planning.over_years import over_years
from assistant.asking.planning.part_of_whole import as_part_of_whole
from assistant.asking.planning.per_unit import PER_UNIT, as_per_unit
from assistant.asking.planning.places import as_place
from assistant.asking.planning.repeated import as_repeated
from assistant.asking.planning.said_again import of_the_last
from assistant.asking.planning.sets_over_years import sets_over_years
from assistant.asking.planning.shares import as_share
from assistant.asking.planning.side_by_side import as_side_by_side
from assistant.asking.planning.spent_on import as_spent_on
from assistant.asking.planning.summed_too import as_summed_too
from assistant.asking.planning.tiers import as_tiers
from assistant.asking.planning.two_sets import as_two_sets, by_kind
from assistant.asking.planning.under_offices import as_summary, as_under_offices
from assistant.asking.planning.weighted import as_weighted
from assistant.asking.planning.which_years import years_of_the_last
from assistant.asking.planning.whole import whole
from assistant.asking.planning.year_words import of_each_year
from assistant.asking.reading.entities import Entities
from assistant.asking.reading.mentions import Reading
from assistant.asking.reading.reading import read
from assistant.asking.reading.respelt import respelt
from assistant.asking.reading.scope import scope_of
from assistant.asking.reading.spelt_out import spelt_out
from assistant.asking.reading.unit_price import in_names_of_prices
from assistant.asking.reading.whole_rows import by_whole_names
from assistant.asking.reading.years import in_its_year, in_the_only_year, said_of_years

_ATTEMPTS: tuple[Callable[[Asked], Meaning | None], ...] = (
    as_place,
    as_under_offices,
    as_summary,
    as_fund_rows,
    as_spent_on,
    kinds.as_where_lost,
    kinds.as_arithmetic,
    kinds.as_weights_of_form,
    kinds.as_weights_summed,
    kinds.as_sum_against_cell,
    kinds.as_check,
    kinds.as_findings,
    as_prose,
    as_tiers,
    as_side_by_side,
    as_share,
    as_comparison,
    as_weighted,
    plan.as_plan,
    cells.as_cells,
)
"""From the most to the least special; the first that fits is the meaning."""


def understand(
    question: str,
    entities: Entities,
    *,
    year: int | None = None,
    before: Before | None = None,
    reworded: bool = True,
) -> Understood:
    """What is asked after ``before``; ``year``: the latest one; ``reworded``: in other words too."""
    question, before = in_full(_spelt_out(question, entities, before), before)
    before = with_those_meant(plain_text(question), before) if before is not None else None

    def ask(text: str, last: Before | None) -> Understood:
        return understand(text, entities, year=year, before=last, reworded=False)

    if before is not None and (held := checked_again(question, before)) is not None:
        return Understood(held, read(question, entities))
    if before is not None and (tied := in_turn(question, before, entities, year, ask)) is not None:
        return tied
    return _after(question, entities, year, before, reworded=reworded)


def _after(
    question: str, entities: Entities, year: int | None, before: Before | None, *, reworded: bool
) -> Understood:
    """What a question asks, alone or of the records that the last answer showed."""
    for way in (_leaving_aside, _of_several_figures):
        if (found := way(question, entities, year, before)) is not None:
            return found
    if (repeated := as_repeated(without_wish(question), entities, year)) is not None:
        return Understood(*repeated)
    understood = _as_worded(question, entities, year, before)
    if before is not None:
        text, meaning, said = plain_text(question), understood.meaning, read(question, entities)
        same = summed_again(text, meaning, before, entities)
        same = same or share_again(text, meaning, said, before, entities) or compared_again(said, before)
        same = same or share_of_the_same(meaning, said, before)
        understood = replace(understood, meaning=same or meaning)
    if understood.meaning.kind != "query" or (of_each_year(question) and not by_year(understood.meaning)):
        each = replace(understood, meaning=in_each_year(understood.meaning, entities))
        understood = _over_years(question, entities, year, before, whole=True) or each
    if not reworded or not may_be_reworded(understood.meaning, understood.reading):
        return understood
    for text, notes in other_wordings(question, understood.reading, understood.meaning, entities):
        again = _as_worded(text, entities, year, before)
        if again.meaning.kind == "query":
            told = again.meaning.model_copy(update={"notes": (*notes, *again.meaning.notes)})
            return replace(again, meaning=told)
    return understood


def _spelt_out(question: str, entities: Entities, before: Before | None) -> str:
    """The question with what stands for a name in full."""
    question = in_names_of_prices(spelt_out(question, entities), entities)
    if before is None:
        return question
    years = before.reading.years
    year = f"{years[0]}年" if len(years) == 1 else ""
    office = _office_of(before, entities)
    return of_the_last(question, before.meaning, f"{year}{office}" if office else "")


def _office_of(before: Before, entities: Entities) -> str:
    """The office of all forms that the last answer showed; "" where there are several."""
    offices = {entities.by_number[form].record["unit"].text for form in before.forms}
    return offices.pop() if len(offices) == 1 else ""


def _leaving_aside(
    question: str, entities: Entities, year: int | None, before: Before | None
) -> Understood | None:
    """除了这条还有哪几条: what the last answer showed is left aside."""
    if before is None or before.meaning is None:
        return None
    of_one = len(forms_named(before.meaning)) == 1
    aside = besides_shown(without_wish(question), before.forms, before.rows, of_one=of_one)
    if aside is None:
        return None
    rest = _respelt(aside[0], entities, year, None)
    return replace(rest, meaning=leaving_aside(rest.meaning, aside[1]))


def _of_several_figures(
    question: str, entities: Entities, year: int | None, before: Before | None
) -> Understood | None:
    """Figures asked in a row, those of several years, or the last one in another way."""
    text = plain_text(question)
    if before is not None and (row := asked_in_a_row(text, before, entities)) is not None:
        return Understood(row, before.reading)
    if (over := _of_several_years(question, entities, year, before)) is not None:
        return over
    again = figure_again(text, before, entities) if before is not None else None
    return Understood(again, before.reading) if again is not None and before is not None else None


def _of_several_years(
    question: str, entities: Entities, year: int | None, before: Before | None
) -> Understood | None:
    """A question over several years of one project, or one that goes through what was counted."""
    if (over := _over_years(question, entities, year, before, whole=False)) is not None:
        return over
    if before is not None and (listed := those_counted(plain_text(question), before)) is not None:
        return Understood(listed, before.reading)
    return None


def _over_years(
    question: str, entities: Entities, year: int | None, before: Before | None, *, whole: bool
) -> Understood | None:
    """A question over several years; ``whole``: of several forms too."""

    ask = partial(_worded, entities=entities, year=year)
    alone, found = partial(ask, before=None), None
    if not whole:
        found = years_of_the_last(question, entities, alone, before)
        found = found or changed_again(question, before)
        for way in (by_change, sets_over_years):
            found = found or way(question, entities, alone)
    found = found or over_years(without_wish(question), entities, ask, before, whole=whole)
    return Understood(*found) if found is not None else None


def _as_worded(question: str, entities: Entities, year: int | None, before: Before | None) -> Understood:
    """What the words of ``question`` ask, with figures set against each other where they are."""
    question = those_by_name(question, entities) or question
    understood = _by_counted_name(_respelt(question, entities, year, before), question, entities, year)
    each = _per_unit(question, understood, entities, year, before)
    if each is not None:
        return replace(understood, meaning=each)
    back = before is not None and points_back(question)
    if not back and (such := by_such_rows(understood.reading.text, _alone(None, entities, year))) is not None:
        return replace(understood, meaning=such)
    text, alone = _text(question, understood, entities, before), _alone(understood.reading, entities, year)
    if (summed := as_summed_too(text, lambda said: _worded(said, before, entities, year))) is not None:
        return replace(understood, meaning=summed)
    if (part := as_part_of_whole(text, understood.meaning, alone, entities)) is not None:
        return replace(understood, meaning=part)
    understood = replace(understood, meaning=by_kind(understood.meaning, understood.reading))
    sets = None if back else _two_sets(question, understood, entities, year, before)
    if sets is not None:
        return replace(understood, meaning=sets)
    composed = _composed(question, understood, entities, year, before)
    return replace(understood, meaning=composed) if composed is not None else understood


def _worded(
    text: str, before: Before | None, entities: Entities, year: int | None
) -> tuple[Meaning, Reading]:
    """What a part of a question asks, as the whole of it is read."""
    understood = _as_worded(text, entities, year, before)
    return understood.meaning, understood.reading


def _by_counted_name(
    understood: Understood, question: str, entities: Entities, year: int | None
) -> Understood:
    """三个专项经费分别花了多少: the projects that are called so, where nothing else was understood."""
    counted = any(query.many is not None for query in understood.meaning.queries)
    if understood.meaning.kind == "query" and not counted:
        return understood
    if (named := counted_by_name(question, entities)) is None:
        return understood
    again = _understood(named, entities, year, None)
    return again if again.meaning.kind == "query" else understood


def _alone(whole: Reading | None, entities: Entities, year: int | None) -> Understand:
    """The meaning of a question of its own, with its reading; a part of ``whole`` is in the year of that."""

    def single(text: str) -> tuple[Meaning, Reading]:
        said = in_its_year(text, whole, entities, year) if whole is not None else text
        understood = _understood(said, entities, year, None)
        return understood.meaning, understood.reading

    return single


def _per_unit(
    question: str, plain: Understood, entities: Entities, year: int | None, before: Before | None
) -> Meaning | None:
    """人均: an amount by what a row counts."""
    if not PER_UNIT.search(question) or plain.meaning.kind == "choose":
        return None
    shown = before.forms if before is not None else ()
    text = _text(question, plain, entities, before)
    return as_per_unit(text, plain.meaning, _alone(None, entities, year), entities, year, shown)


def _text(question: str, understood: Understood, entities: Entities, before: Before | None) -> str:
    """The question in known words; of one that follows on another without what was carried over."""
    return understood.reading.text if before is None else read(without_wish(question), entities).text


def _two_sets(
    question: str, plain: Understood, entities: Entities, year: int | None, before: Before | None
) -> Meaning | None:
    """Two sets of records by one figure."""
    text = _text(question, plain, entities, before)
    if not sets_against(text) and not names_each(text) and not re.search("哪|谁|呢$", text):
        return None
    return as_two_sets(text, _alone(plain.reading, entities, year), entities)


def _composed(
    question: str, plain: Understood, entities: Entities, year: int | None, before: Before | None
) -> Meaning | None:
    """The meaning with figures set against each other; None where ``plain`` does so, or nothing does."""
    each = names_each(question)
    known = plain.meaning.kind == "query"
    among = re.search("[,，;；]其中[^,，;；]*占", question) is not None
    # 比预算多花多少 is a figure of the form itself, whatever was told of it last.
    own = {m.name for m in plain.reading.fields} & {"unspent", "overspent"}
    last = before is not None and against_the_last(question) and not own
    done = (known and not sets_against(question)) or (computes(plain.meaning) and not last)
    done = done and not adds_figures(plain_text(question))
    if not (each or among) and (not may_be_composed(question) or done):
        return None
    if each and known and len(forms_named(plain.meaning)) != 1:
        return None
    figure = last_figure(before) if before is not None else None
    dated = plain.reading if plain.reading.years or before is None else before.reading
    alone = _alone(dated, entities, year)
    found = as_composed(_text(question, plain, entities, before), figure, alone, entities)
    if each and known and found is not None and len(forms_named(found)) < len(found.queries):
        return None
    return found


def _respelt(question: str, entities: Entities, year: int | None, before: Before | None) -> Understood:
    """The meaning of the words as they stand, else with names put right."""
    understood = _understood(question, entities, year, before)
    if understood.meaning.kind in ("query", "unclear") or not understood.reading.phrases:
        return understood
    mended = respelt([m.text for m in understood.reading.phrases], entities)
    text = understood.reading.text
    for typed, meant in mended:
        text = text.replace(typed, meant)
    again = _understood(text, entities, year, before) if mended else understood
    if again.meaning.kind != "query":
        return understood
    notes = tuple(f"“{typed}”按“{meant}”理解" for typed, meant in mended)
    meaning = again.meaning.model_copy(update={"notes": (*notes, *again.meaning.notes)})
    return Understood(meaning, again.reading)


def _understood(question: str, entities: Entities, year: int | None, before: Before | None) -> Understood:
    question = without_wish(question)
    if before is not None and (named := by_place(question, before, entities)) is not None:
        question, before = named
    reading = read(question if before is None else asked_last(question), entities)
    if before is None:
        reading = in_the_only_year(reading, entities)
    else:
        reading = carried(beyond_target(reading, before), before, entities)
    if before is not None and (again := corrected(reading, before)) is not None:
        return Understood(again, reading)
    scope = by_whole_names(scope_of(reading, entities, year), reading, entities)
    among = None
    if before is not None:
        own, scope = scope, narrowed(scope, reading, before)
        if (untied := cannot_be_tied(scope, reading, before)) is not None:
            return Understood(untied, reading)
        among = before if scope != own else None
        if reading.says("share") and scope.forms == before.forms and not reading.years:
            # 占总预算的几成, of what was found in 2023: of all that there is of 2023.
            reading = replace(reading, years=before.reading.years)
    try:
        asked = Asked(reading, scope, entities)
        meaning = _meaning(asked)
        shown = (before.forms, before.rows) if before is not None else ((), ())
        if _may_be_told(meaning, asked) and (detail := as_detail(asked, shown)) is not None:
            meaning = detail
        notice = said_of_years(reading, entities, year, scope.forms)
        told = meaning.model_copy(update={"notice": notice}) if notice else meaning
        return Understood(told, reading, among)
    except ValidationError:
        # A word for a field that this sort of record does not have: the question was not understood.
        return Understood(Meaning(kind="unclear"), reading)


def _meaning(asked: Asked) -> Meaning:
    scope = asked.scope
    if asked.says("opinion"):
        return Meaning(kind="nothing", reason="看法、建议这类内容，只能按表中填写的事实回答")
    if asked.reading.unsure:
        return which_department(asked)
    if scope.missing_year is not None:
        return Meaning(kind="nothing", reason=f"{scope.missing_year}年的表")
    if scope.suggested and len(scope.words[0]) > 2:
        return which_project(asked)
    if scope.unknown:
        return Meaning(kind="nothing", reason=f"“{scope.unknown}”")
    if asked.says("foreign") and not told_all_the_same(asked):
        return Meaning(kind="nothing", reason=f"“{asked.reading.said['foreign'].text}”这类信息")
    for attempt in _ATTEMPTS:
        meaning = attempt(asked)
        if meaning is not None:
            return whole(meaning, asked)
    return Meaning(kind="unclear")


def _may_be_told(meaning: Meaning, asked: Asked) -> bool:
    """Whether no cell answers and prose may: not where no form could tell it."""
    never = asked.says("opinion", "foreign") or asked.scope.missing_year is not None
    return meaning.kind != "query" and not never
