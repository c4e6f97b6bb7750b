"""A scope narrowed by what else the question says of it: the kind, the unit, the number, the subject."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from assistant.asking.reading import conditions as cond
from assistant.asking.reading.entities import Entities
from assistant.asking.reading.matching import RowId
from assistant.asking.reading.mentions import Reading
from assistant.asking.reading.scope import Scope
from assistant.asking.reading.unit_asked import COUNTING, unit_counted
from assistant.asking.records.execute import satisfies
from assistant.asking.records.records import Record
from assistant.form.numerals import number_of
from assistant.form.units import ratio, standard

_COUNTED_ROWS = frozenset(("万元", "亿元", "%", "平方米", *"家人名次场期篇天户班"))
_NUMBER_LAST = re.compile("([0-9]+)[家人名次场期天户个]$")


def of_kind(scope: Scope, reading: Reading, entities: Entities) -> Scope:
    """2000名教师培训的满意度: the kind of indicator asked for, in the form of the row that the name found."""
    levels = [c for m in reading.levels for c in cond.of_levels((m,))]
    if scope.given or not scope.rows or not levels or len({form for form, _ in scope.rows}) > 1:
        return scope
    records = [entities.by_number[form].indicators[row - 1] for form, row in scope.rows]
    if any(satisfies(record, c) for record in records for c in levels):
        return scope
    return replace(scope, rows=(), forms=tuple(dict.fromkeys(form for form, _ in scope.rows)))


_COUNTED_IN = re.compile("(?P<unit>[人家次场期天篇户])数$")


def in_counted(scope: Scope, entities: Entities) -> Scope:
    """培训人数 of one form: not a share among the trained, though its name is alike, but what counts 人."""
    said = _COUNTED_IN.search(scope.words[-1]) if scope.words else None
    if said is None or not scope.rows or len({form for form, _ in scope.rows}) > 1:
        return scope
    form = entities.by_number[scope.rows[0][0]]
    named = [form.indicators[row - 1] for _, row in scope.rows]
    own = [said[0] in r["name"].text or counts_in(r, said["unit"]) for r in named]
    if any(own):
        return replace(scope, rows=tuple(row for row, is_so in zip(scope.rows, own, strict=True) if is_so))
    rows = tuple((form.number, r.row or 0) for r in form.indicators if counts_in(r, said["unit"]))
    return replace(scope, rows=rows) if rows else replace(scope, rows=(), unknown=scope.words[-1])


def in_unit_asked(scope: Scope, reading: Reading, entities: Entities) -> Scope:
    """办了几次干部培训: not its cost, which is called just so, but the row so called that counts 次."""
    unit = unit_counted(reading.text)
    if unit not in COUNTING or not scope.rows or len({form for form, _ in scope.rows}) > 1:
        return scope
    form = entities.by_number[scope.rows[0][0]]
    named = [form.indicators[row - 1] for _, row in scope.rows]
    if any(counts_in(record, unit) for record in named):
        return scope
    names = [record["name"].text for record in named]
    rows = tuple(
        (form.number, record.row or 0)
        for record in form.indicators
        if counts_in(record, unit) and any(name in record["name"].text for name in names)
    )
    return replace(scope, rows=rows) if len(rows) == 1 else scope


_NONE_OF = re.compile("一(?P<unit>公里|[一-龥])")


def in_unit_of_none(scope: Scope, reading: Reading, entities: Entities) -> Scope:
    """一家企业都没去: of the rows named those that count in 家; all where none does."""
    said = reading.said.get("none_done")
    found = _NONE_OF.search(said.text) if said is not None else None
    rows = tuple(
        (form, row)
        for form, row in scope.rows
        if found and _own_unit(entities.by_number[form].indicators[row - 1]) == found["unit"]
    )
    return replace(scope, rows=rows, forms=tuple(dict.fromkeys(n for n, _ in rows))) if rows else scope


_THINGS_COUNTED = re.compile("了(?:多少|几)(?P<unit>[个家名项件])(?P<thing>项目|[一-龥]{2})")
"""支持了多少个项目: what a project did, counted; the forms themselves are not."""


def counts_things(scope: Scope, reading: Reading) -> bool:
    """Whether what is counted are things that the one form named did so many of."""
    one = scope.forms is not None and len(scope.forms) == 1 and not scope.by_office
    return one and _THINGS_COUNTED.search(reading.text) is not None


def in_things_counted(scope: Scope, reading: Reading, entities: Entities) -> Scope:
    """专项支持了多少个项目: of the form named the one row that counts them in its unit, by its name."""
    found = _THINGS_COUNTED.search(reading.text)
    if found is None or scope.rows or not counts_things(scope, reading):
        return scope
    (number,) = scope.forms or ()
    rows = tuple(
        (number, record.row or 0)
        for record in entities.by_number[number].indicators
        if record["target"].unit == found["unit"] and found["thing"] in record["name"].text
    )
    return replace(scope, rows=rows, passages=()) if len(rows) == 1 else scope


def with_said_number(scope: Scope, reading: Reading, entities: Entities) -> Scope:
    """培训次数18次的是哪张表: of the rows named those that read so, where some do and others do not.

    说好给474人发: where none does, the one row of the form that aims at so many.
    """
    said = {b.number for b in reading.bounds if b.unit in _COUNTED_ROWS and not b.signed}
    if not said or not scope.rows:
        return scope

    def reads(row: RowId) -> bool:
        record = entities.by_number[row[0]].indicators[row[1] - 1]
        return record["actual"].number in said or record["target"].number in said

    rows = tuple(row for row in scope.rows if reads(row))
    if not rows and len(owners := {form for form, _ in scope.rows}) == 1:
        (form,) = owners
        own = entities.by_number[form].indicators
        rows = tuple((form, r.row or 0) for r in own if r["target"].number in said and _counts(r, reading))
        rows = rows if len(rows) == 1 else ()
    return replace(scope, rows=rows, forms=tuple(dict.fromkeys(n for n, _ in rows))) if rows else scope


def without_other_numbers(scope: Scope, entities: Entities) -> Scope:
    """原定补助24人, 这张表发了几个人: what has no such number is not named by it."""

    def strange(label: str, part: Scope) -> bool:
        number = _NUMBER_LAST.search(label)
        records = [entities.by_number[form].indicators[row - 1] for form, row in part.rows]
        texts = [record[cell].text for record in records for cell in ("name", "target", "actual")]
        return number is not None and bool(texts) and not any(number[1] in text for text in texts)

    kept = tuple((label, part) for label, part in scope.parts if not strange(label, part))
    if len(kept) != 1 or kept == scope.parts:
        return scope
    ((label, part),) = kept
    return replace(scope, forms=part.forms, rows=part.rows, parts=(), words=(label,))


def _counts(record: Record, reading: Reading) -> bool:
    """Whether the row counts in the unit of a number that is said."""
    own = record["target"].unit or record["actual"].unit
    return any(b.unit == own for b in reading.bounds if not b.signed)


def topic(scope: Scope, reading: Reading, entities: Entities) -> Scope:
    """培训类指标, 跟培训有关的指标: a subject of indicators of several forms, not one project."""
    if scope.rows or scope.passages or scope.by_office or not scope.words:
        return scope
    if not re.search(
        f"{re.escape(scope.words[-1])}(?:类|方面|有关|相关)?的?(?:方面|类)?的?(?:指标|是?哪?[几些]?条)",
        reading.text,
    ):
        return scope
    dated = entities.of_years(reading.years) if reading.years else None
    rows = tuple(row for row in entities.related_rows(scope.words) if dated is None or row[0] in dated)
    # The forms of one project, one a year, are not several.
    by_year = Counter(entities.by_number[form].year for form in {form for form, _ in rows})
    several = max(by_year.values(), default=0) > 1
    return replace(scope, forms=None, rows=rows) if several else scope


_COUNTED_FORMS = re.compile(
    "(?P<n>[0-9]+|[两二三四五])[个张份家](?:[^,;、的]{0,10}?)(?:项目|自评表|表|专项)(?!数|名)"
)
_KNOWN = 0.35
"""Of what is said of a row no more may be unknown."""


def in_each_counted(scope: Scope, reading: Reading, entities: Entities) -> Scope:
    """两个无线电项目的测试次数: the row of each of the forms that are counted, not the best of all."""
    counted = _COUNTED_FORMS.search(reading.text)
    if counted is None or not scope.rows:
        return scope
    inside = [m.text for m in reading.phrases if counted.start() <= m.start < counted.end()]
    others = [m.text for m in reading.phrases if not counted.start() <= m.start < counted.end()]
    of_offices = tuple(dict.fromkeys(n for _, _, numbers in reading.offices for n in numbers))
    forms = entities.match(inside, of_offices or None, projects=True).forms if inside else of_offices
    if not others or len(forms) < 2 or number_of(counted["n"]) != len(forms):
        return scope
    matches = [entities.match(others, (form,)) for form in forms]
    if any(len(match.rows) != 1 or match.unknown > _KNOWN for match in matches):
        return scope
    return replace(scope, forms=forms, rows=tuple(match.rows[0] for match in matches), unknown="")


_VOLUMES = frozenset("册本")
"""So many volumes are not so many texts."""


def _own_unit(record: Record) -> str:
    return record["target"].unit or record["actual"].unit


def counts_in(record: Record, unit: str) -> bool:
    """Whether a row counts in ``unit``, by its cells or, where they have none, by its name."""
    if own := _own_unit(record):
        if unit in _VOLUMES or own in _VOLUMES:
            return own == unit
        # 元/平方米, 次/人/年: what is counted, of each of something.
        return own != "个" and ratio(own.split("/")[0], standard(unit)) is not None
    name = record["name"].text
    if unit in ("人", "名"):
        return re.search("人数|人次|人才数|[0-9]人|人员数", name) is not None
    return {"场": "次", "期": "次"}.get(unit, unit) in name
