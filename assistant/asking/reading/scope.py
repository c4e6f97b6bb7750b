"""Which forms and rows a question is about: offices, numbers of forms, years, and names loosely worded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.asking.language.naming import in_order, only_soft
from assistant.asking.reading.called import beside_a_cause, in_a_form, of_projects, of_the_first
from assistant.asking.reading.elsewhere import not_of_the_library
from assistant.asking.reading.entities import Entities
from assistant.asking.reading.left_aside import left_aside
from assistant.asking.reading.matching import ALMOST_KNOWN, Match, RowId
from assistant.asking.reading.mentions import Mention, Reading
from assistant.asking.reading.same_project import SameProjects
from assistant.asking.reading.telling import EXPLAINED, in_figures, telling_of_counted
from assistant.asking.reading.years import TIMES_TOLD, by_year
from assistant.form.text import pairs

_BETWEEN = re.compile("相当于|是(?!哪|多|什|几|谁)|和|与|跟|、|或者?|还是|以及|及|vs|比|,|;")
_UNKNOWN = 0.5
_PROSE_SAID = frozenset(("reason_text", "measure_text", "goal_expected", "goal_actual", "note", "remark"))
_FEW_FORMS = 3
_CALLED_A_FORM = re.compile(
    "(?:这个|那个)?(?:项目|专项)|的?[这那](?:一)?[份张笔](?:表|项目|钱|资金|经费|专项|单子)?(?![一-龥]*指标$)"
)
"""中央频占费那份, 无线电那笔钱: what is named is a form."""
_SLIGHT = 2
"""A word of so many characters that no name holds is no reason to look into all prose."""
_DEPARTMENT = re.compile("[厅委]$")
_ORGANISATION = re.compile("(?:厅|局|委|处|部|院|学校|中心|公司|银行|医院)$")
"""What ends like an office and is none of the library's must not be found in the prose of another's form."""


@dataclass(frozen=True)
class Scope:
    """``forms``: None means all. ``rows`` where indicators are named. ``parts``: things named side by side.

    ``passages``: rows whose prose holds what no name holds; ``unknown``: words that nothing explains;
    ``given``: what the last answer showed; ``without``: forms left aside (除轻工处以外).
    ``suggested``: forms whose names differ from ``words`` by one character.
    """

    forms: tuple[int, ...] | None = None
    rows: tuple[RowId, ...] = ()
    parts: tuple[tuple[str, Scope], ...] = ()
    passages: tuple[RowId, ...] = ()
    words: tuple[str, ...] = ()
    unknown: str = ""
    missing_year: int | None = None
    named: bool = False
    by_office: bool = False
    given: bool = False
    without: tuple[int, ...] = ()
    suggested: tuple[int, ...] = ()


def scope_of(reading: Reading, entities: Entities, year: int | None) -> Scope:
    """What ``reading`` is about; ``year`` is the year that 今年 means."""
    if (apart := left_aside(reading)) is None:
        scope = _in_rows(_scope_of(reading, entities, year), reading, entities)
        return _in_its_years(scope, reading, entities)
    aside, rest = apart
    excluded = _scope_of(aside, entities, None)
    if excluded.unknown or not excluded.forms:
        return Scope(unknown=excluded.unknown or "、".join(m.text for m in aside.phrases), named=True)
    return replace(_scope_of(rest, entities, year), without=excluded.forms)


def _in_its_years(scope: Scope, reading: Reading, entities: Entities) -> Scope:
    """A project named as it is called in one of the years asked: its forms of all of these years."""
    named = scope.named and not (scope.by_office or scope.unknown or reading.numbers or reading.rows)
    if not named or not scope.forms:
        return scope
    years = sorted(set(reading.years))
    forms, rows = SameProjects(entities).followed(scope.forms, scope.rows, years, reading.text)
    return replace(scope, forms=forms, rows=rows)


def _in_rows(scope: Scope, reading: Reading, entities: Entities) -> Scope:
    """2号表第3行: the rows of one form that are named by their numbers."""
    if not reading.rows or scope.unknown or scope.missing_year is not None:
        return scope
    form = scope.forms[0] if scope.forms is not None and len(scope.forms) == 1 else 0
    many = len(entities.by_number[form].indicators) if form else 0
    if not all(0 < number <= many for number in reading.rows):
        return replace(scope, unknown=f"第{reading.rows[0]}行", named=True)
    return replace(scope, rows=tuple((form, number) for number in reading.rows), named=True)


def _scope_of(reading: Reading, entities: Entities, year: int | None) -> Scope:
    forms, missing = by_year(reading, entities, year)
    if missing is not None:
        return Scope(missing_year=missing)
    dated = forms
    offices = [found for found in reading.offices if not _is_department(found, reading, entities)]
    office_forms = tuple(sorted({n for _, _, numbers in offices for n in numbers}))
    if office_forms:
        if forms is not None and not {*forms} & {*office_forms}:
            named = "、".join(reading.text[start:end] for start, end, _ in offices)
            return Scope(unknown=f"{named}在这一年的表", named=True)
        forms = _both(forms, office_forms)
    if reading.numbers:
        numbered = entities.numbered(reading.numbers)
        if not numbered:
            return Scope(unknown=f"编号{reading.numbers[0]}的表", named=True)
        forms = _both(forms, numbered)
    words = tuple(
        m.text for m in reading.phrases if not _wording(m, entities) and not _of_written(m, reading)
    )
    if reading.causes:
        return _told(reading, entities, forms, bool(office_forms), beside_a_cause(reading, words))
    parts = _parts(reading, offices, entities, forms if not office_forms else dated)
    if not words:
        return Scope(
            forms,
            words=words,
            parts=parts,
            named=bool(office_forms or reading.numbers),
            by_office=bool(office_forms),
        )
    return _named(reading, words, entities, forms, parts, by_office=bool(office_forms))


def _named(
    reading: Reading,
    words: tuple[str, ...],
    entities: Entities,
    forms: tuple[int, ...] | None,
    parts: tuple[tuple[str, Scope], ...],
    *,
    by_office: bool,
) -> Scope:
    """What ``words`` name, among ``forms``."""
    if by_office or (inside := in_a_form(reading, words, entities, forms)) is None:
        return _anywhere(reading, words, entities, forms, parts, by_office=by_office)
    form, match, beside = inside
    scope = _matched(match, beside, (form,), entities, by_office, reading)
    if not scope.unknown:
        return scope
    other = _anywhere(reading, words, entities, forms, parts, by_office=by_office)
    return scope if other.unknown or form not in (other.forms or ()) else other


def _anywhere(
    reading: Reading,
    words: tuple[str, ...],
    entities: Entities,
    forms: tuple[int, ...] | None,
    parts: tuple[tuple[str, Scope], ...],
    *,
    by_office: bool,
) -> Scope:
    """What ``words`` name, wherever in the library."""
    if not by_office and (inside := of_projects(reading, words, entities, forms)) is not None:
        return Scope(inside.forms, inside.rows, words=words, named=True)
    if parts:
        union = tuple(sorted({n for _, part in parts for n in part.forms or ()}))
        rows = tuple(sorted({row for _, part in parts for row in part.rows}))
        return Scope(union, rows, parts, words=words, named=True)
    if (elsewhere := not_of_the_library(words, reading, entities)) is not None:
        return Scope(forms, words=words, unknown=elsewhere, named=True)
    if not by_office and (related := _related(reading, words, entities)) is not None:
        return related
    return _matched(entities.match(words, forms), words, forms, entities, by_office, reading)


def _related(reading: Reading, words: tuple[str, ...], entities: Entities) -> Scope | None:
    """跟培训有关的指标, 医院方面的项目: all that have the words in their names."""
    if re.search("(?:有关|相关|类|方面)的?指标", reading.text) and len(words) == 1:
        rows = entities.related_rows(words)
        if rows:
            return Scope(None, rows, words=words, named=True, given=True)
    if re.search("有关|相关|关于|之类|类的?(?:项目|表)|方面的?(?:项目|表)", reading.rest):
        found = entities.related(words, named=re.search("类的?(?:项目|表)", reading.text) is not None)
        return Scope(found, words=words, named=True, by_office=True) if found else None
    return None


def _matched(
    match: Match,
    words: Sequence[str],
    forms: tuple[int, ...] | None,
    entities: Entities,
    by_office: bool,
    reading: Reading,
) -> Scope:
    explained = EXPLAINED.search(reading.text) is not None
    if match.rows and _is_project(reading):
        project = _as_project(match, words, forms, entities)
        # 监测次数，两个无线电项目的…: only one of several words is what the project is called.
        match = project if project.unknown <= match.unknown or len(words) == 1 else match
    # Looking through all prose takes long: only where names do not explain enough.
    told = entities.passages(words, forms, explained) if match.unknown > ALMOST_KNOWN else ()
    of_prose = Scope(forms, passages=told, words=tuple(words), named=bool(forms), by_office=by_office)
    if match.unknown > _UNKNOWN:
        why = explained or any(m.name in ("reason_text", "measure_text") for m in reading.fields)
        slight = len(words) == 1 and len(words[0]) == _SLIGHT and not why and not explained
        return _hardly_known(match, of_prose, entities, explained, slight)
    unknown = " ".join(match.left.split()) if match.unknown > ALMOST_KNOWN else ""
    unknown = unknown or _unmatched(match, words, entities)
    if unknown and told and unknown not in words:
        return of_prose
    figures = any(m.name not in _PROSE_SAID for m in reading.fields)
    if unknown and not figures and (inside := entities.passages(unknown.split(), match.forms)):
        return Scope(match.forms, match.rows, passages=inside, words=tuple(words), named=True)
    if unknown and (row := _row_that_tells(unknown, match, entities)) is not None:
        return Scope((row[0],), (row,), words=tuple(words), named=True)
    suggested = entities.read_as(words[0], match.forms) if unknown and len(words) == 1 else ()
    known = Scope(match.forms or forms, match.rows, words=tuple(words), unknown=unknown, named=True)
    return replace(known, by_office=by_office, suggested=suggested)


def _hardly_known(match: Match, of_prose: Scope, entities: Entities, explained: bool, slight: bool) -> Scope:
    """Names explain less than half of what is said: some prose tells it, or nothing does."""
    words, left = of_prose.words, " ".join(match.left.split())
    nothing = replace(of_prose, passages=(), named=True, by_office=False)
    if slight:
        return replace(nothing, unknown=words[0])
    if len(words) > 1 and (row := _row_that_tells(left, match, entities)) is not None:
        found = replace(nothing, forms=(row[0],))
        figure = in_figures(row, left.split(), entities)
        return replace(found, rows=(row,)) if figure else replace(found, passages=(row,))
    told = of_prose.passages or entities.passages(left.split(), match.forms or of_prose.forms, explained)
    if not told and len(left) > _SLIGHT and " " not in left:
        told = entities.passages([left], of_prose.forms, explained)
    if told and not (len(words) == 1 and _ORGANISATION.search(words[0])):
        return replace(of_prose, passages=told)
    suggested = entities.read_as(words[0], match.forms) if len(words) == 1 and match.forms else ()
    return replace(nothing, unknown=left or "".join(words), suggested=suggested)


def _row_that_tells(left: str, match: Match, entities: Entities) -> RowId | None:
    """委托外面公司画产业链图谱: of the forms found, the one row whose cells tell what the names do not."""
    runs = [run for run in left.split() if len(run) > _SLIGHT]
    if not runs or not match.forms or len(match.forms) > _FEW_FORMS:
        return None
    for first in (0, 1):
        told = entities.passages([run[first:] for run in runs if len(run) - first > _SLIGHT], match.forms)
        if len(told) == 1 and told[0][1]:
            return told[0]
    return None


def _unmatched(match: Match, words: Sequence[str], entities: Entities) -> str:
    """What of the words the names found do not hold: a whole word, or what other names have.

    立项 in 园区专项是哪年立项的; 节能 in 节能专项的合同, where an indicator of another
    project matched better.
    """
    left = match.left.split("\n")
    for run in match.left.split():
        if len(run) > _SLIGHT and not any(map(entities.knows, pairs(run))):
            return run
        if len(run) > 1 and all(map(entities.names_have, pairs(run))) and entities.names_a_project(run):
            return run
    if len(left) != len(words):
        return ""
    return next((word for word, rest in zip(words, left, strict=True) if len(word) > 1 and rest == word), "")


def _as_project(
    match: Match, words: Sequence[str], forms: tuple[int, ...] | None, entities: Entities
) -> Match:
    """The form where its name holds nearly all that is said; where it holds nothing, only names count."""
    if len(match.forms) == 1:
        beside = [entities.beside_form(word, match.forms[0]) for word in words]
        if not any(beside):
            return replace(match, rows=())
        if beside != list(words):
            return match
    return entities.match(words, forms, projects=True)


def _is_project(reading: Reading) -> bool:
    """无线电频占费项目的…: what is named is called a project."""
    last = max(reading.phrases, key=lambda m: m.end, default=None)
    rows = reading.levels or any(noun.name == "row" for noun in reading.nouns)
    if last is None or rows:
        return False
    called = _CALLED_A_FORM.match(reading.text[last.end :])
    return called is not None or re.search("专项(?:资金|经费)?$", last.text) is not None


def _told(
    reading: Reading,
    entities: Entities,
    forms: tuple[int, ...] | None,
    by_office: bool,
    words: tuple[str, ...],
) -> Scope:
    """The rows and notes that tell a cause, among what is named beside it."""
    among = forms
    if words:
        match = entities.match(words, forms)
        if match.unknown > _UNKNOWN:
            return Scope(forms, words=words, unknown=" ".join(match.left.split()), named=True)
        forms = match.forms or forms
    told = telling_of_counted(reading, entities, forms, among)
    if "备注" in reading.text:
        told = tuple(place for place in told if not place[1])
    if not told:
        return Scope(forms, unknown="、".join(reading.causes), named=True)
    return Scope(
        forms, passages=told, words=tuple(reading.causes), named=bool(words or forms), by_office=by_office
    )


def _wording(mention: Mention, entities: Entities) -> bool:
    """长期的, 效果显著: what a qualitative target says, not a name."""
    return entities.is_wording(mention.text.removesuffix("的"))


def _of_written(mention: Mention, reading: Reading) -> bool:
    """时间 in 完成时间写成2020年的: the cell, not a name."""
    return bool(reading.written) and mention.text.removesuffix("的") in TIMES_TOLD


def _is_department(found: tuple[int, int, tuple[int, ...]], reading: Reading, entities: Entities) -> bool:
    """工信厅 as the department of all forms, not as the office that implements one."""
    if entities.by_department.several:
        return False
    start, end, _ = found
    text = reading.text[start:end]
    follows = reading.text[end : end + 2]
    if not _DEPARTMENT.search(text) or follows.startswith("本级"):
        return False
    return any(in_order(text, department) for department in entities.departments)


def _both(forms: tuple[int, ...] | None, others: tuple[int, ...]) -> tuple[int, ...]:
    if forms is None:
        return others
    shared = tuple(n for n in forms if n in others)
    return shared or others


def _without_gaps(reading: Reading) -> str:
    """The text without the words for differences: 比 in 比目标多 sets nothing side by side."""
    text = list(reading.text)
    for mention in (m for m in reading.fields if m.name == "gap"):
        text[mention.start : mention.end] = "□" * (mention.end - mention.start)
    return "".join(text)


def _is_inside(row: Scope, form: Scope) -> bool:
    """An indicator beside the project that has it: 战略性新兴产业专项，引导社会投资…"""
    return bool(row.rows) and not form.rows and bool(set(row.forms or ()) & set(form.forms or ()))


def _is_own_name(label: str, scope: Scope, entities: Entities) -> bool:
    """纺织人才赴企业培训, which the name of the form nearly holds as well as that of a row."""
    if not scope.rows or scope.forms is None or len(scope.forms) != 1:
        return False
    return len(entities.beside_form(label, scope.forms[0])) * 3 <= len(label)


_CALLED_SO = re.compile("(?:这|那)?(?:两|三|[0-9])?个?(?:项目|专项|表)")


def _says_little(mention: Mention, reading: Reading, entities: Entities) -> bool:
    """人数, 企业: a word of everyday; 人才 in 招商引资和人才项目 is what a project is called."""
    if not only_soft(mention.text):
        return False
    text, listed = reading.text, "、" in reading.text[max(0, mention.start - 1) : mention.end + 1]
    called = listed or _CALLED_SO.match(text, mention.end) is not None
    return not called or not entities.names_a_project(mention.text)


def _parts(
    reading: Reading,
    offices: Sequence[tuple[int, int, tuple[int, ...]]],
    entities: Entities,
    forms: tuple[int, ...] | None,
) -> tuple[tuple[str, Scope], ...]:
    """Things named side by side (葡萄酒和园区): each on its own, where each is known and they differ."""
    things: list[tuple[int, int, list[Mention], tuple[int, ...]]] = []
    marks = sorted(
        [(m.start, m.end, m, ()) for m in reading.phrases]
        + [(a, b, None, _both(forms, numbers)) for a, b, numbers in offices],
        key=lambda mark: mark[0],
    )
    last = 0
    text = _without_gaps(reading)
    for start, end, mention, numbers in marks:
        if mention is not None and _says_little(mention, reading, entities):
            continue
        apart = not things or _BETWEEN.search(text[last:start])
        if apart:
            things.append((start, end, [], ()))
        before = things.pop()
        phrases = [*before[2], mention] if mention is not None else before[2]
        things.append((before[0], end, phrases, numbers or before[3]))
        last = end
    if len(things) < 2 or of_the_first(things, reading.text, entities):
        return ()
    found: list[tuple[str, Scope]] = []
    for start, end, phrases, numbers in things:
        scope = Scope(numbers or None)
        if phrases:
            match = entities.match([p.text for p in phrases], numbers or forms)
            if match.unknown > 0.35:
                return ()
            scope = Scope(match.forms, match.rows)
        found.append((reading.text[start:end], scope))
    return tuple(found) if _are_apart(found, entities) else ()


def _are_apart(found: Sequence[tuple[str, Scope]], entities: Entities) -> bool:
    """Whether things named side by side are different ones, none of them a row of another."""
    if any(_is_inside(one, other) for _, one in found for _, other in found):
        return False
    if (
        any(_is_own_name(label, one, entities) for label, one in found)
        and len({s.forms for _, s in found}) == 1
    ):
        return False
    keys = {(scope.forms, scope.rows) for _, scope in found}
    return len(keys) == len(found)
