"""The question as data, and its exact execution over records; no text of a question gets here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Literal, TypeVar

from pydantic import model_validator

from assistant.asking.language.numbers import Comparison
from assistant.asking.records.fields import FIELDS, Sort
from assistant.asking.records.records import Record
from assistant.form.model import Frozen

Operation = Literal["count", "sum", "mean", "median", "max", "min", "range", "share"]
Shape = Literal[
    "list",
    "count",
    "value",
    "cells",
    "top",
    "compare",
    "ratio",
    "yesno",
    "quote",
    "how",
    "check",
    "place",
    "first",
    "term",
    "years",
    "summary",
]
StepKind = Literal[
    "sum", "difference", "quotient", "share", "same", "per", "mean", "change", "highest", "lowest"
]
Way = Literal["", "up", "down", "apart"]
Made = Literal["change", "each", "sum", "mean"]
"""What is made of figures of several times."""
T = TypeVar("T")
Source = Callable[[Sort], Sequence[Record]]
"""All records of a sort."""
GROUPED = "value"
"""The field name under which ``having`` and ``sort`` mean a group's aggregate."""


class Condition(Frozen):
    """A comparison of a field with ``number`` (in ``unit``), ``texts``, or ``factor`` × the field ``other``.

    ``texts`` of ``contains`` are alternatives; ``eq`` and ``ne`` compare the text where ``number`` is None.
    ``upper``: the other end of ``between``. ``against``: the number is the mean or median of the field over
    all that is looked at. A cell without a number, or with a unit that does not compare, never satisfies a
    comparison of numbers, ``negated`` or not.
    """

    field: str
    op: Comparison
    number: Decimal | None = None
    unit: str = ""
    texts: tuple[str, ...] = ()
    other: str = ""
    factor: Decimal = Decimal(1)
    upper: Decimal | None = None
    negated: bool = False
    against: Literal["", "mean", "median"] = ""


class Measure(Frozen):
    """What is computed of the records; ``field`` "" for a number of records. ``share``: in per cent."""

    op: Operation
    field: str = ""


class Order(Frozen):
    """Order by a field, or by ``value`` of the groups."""

    field: str
    descending: bool = True


class Step(Frozen):
    """A computation with figures: ``of`` are their places, terms first, then the results of earlier steps.

    ``difference``, ``quotient`` and ``share`` are of the first against the second; of ``same``, their
    difference too, only whether there is any is asked. ``per``: an amount for each of what the second counts,
    whose ``unit`` is said here. ``number`` (in ``unit``): the second, where it was
    said. ``mean``, ``change``, ``highest`` and ``lowest`` are over the years of ``of``; of ``change`` the
    first and the last are set against each other.
    """

    op: StepKind
    of: tuple[int, ...]
    number: Decimal | None = None
    unit: str = ""


class Change(Frozen):
    """The figures of each group at several times, and what is made of them.

    ``since``: the query for each earlier time, the latest first. ``change``: the latest is set against the
    earliest; of several the change must go the same way from each to the next. ``each``: they stand side by
    side. ``sum`` and ``mean`` are of those that there are. ``relative``: in per cent of the earliest.
    ``way``: only groups whose figure went ``up`` or ``down``, each by a positive number; ``apart``: by how
    much it moved, whichever way; "": the difference as it is.
    """

    since: tuple[Query, ...]
    op: Made = "change"
    relative: bool = False
    way: Way = ""


class Query(Frozen):
    """A question over ``of``.

    ``forms`` and ``rows`` (form, row) narrow what is looked at; None means all. ``group``: a field whose
    values make groups (``form``: its records; ``row``: each alone), each with ``measure``; ``having`` are
    conditions on that; with ``every_form`` a form without any record counts as a group of 0. ``offset``: how
    many of the order are passed over (第二高: 1).
    ``show``: fields of interest, for the answer and its table. ``base``, ``base_forms``, ``base_field``: a
    share's whole, where it is not everything by the same measure. ``ask`` is the shape of the answer.

    ``any_of``: of each of these tuples one condition must hold. ``without``: forms left aside. ``within`` and
    ``lacking``: only forms (or rows) that these queries give, or do not give. ``also``: more aggregates
    beside ``measure``. ``each``: the order and limit count within every value of this field. ``every``: all
    records of a group must meet these. ``counter``: the word that the question counts with, "" as usual.

    ``many``: how many records the question says that there are; of another number it is not about them.

    ``width``: groups are not single numbers of the field but steps so wide, in its unit, from the lowest.

    ``alike``: only rows whose text in this field another row of the same form has too.

    ``place`` asks which place the one form of ``base_forms`` has in the order, ``first`` whether the first.

    ``joined`` and ``apart``: only forms whose project these queries give too, or do not give, in whatever
    year; of queries over indicators, only rows whose indicator they give in the form of that project.
    ``years`` is ``term`` with a query for each year.

    A query whose ``ask`` is ``term`` gives one figure, its ``measure``; the first of several terms holds the
    ``steps`` that are computed with all of them.

    ``contents``: the different texts of these fields are told under each group, one level in another.
    ``summary`` stands first of three queries: over the forms, their missed indicators, and the findings.

    With ``change`` the value of a group is what that makes of its ``measure`` at several times.
    """

    of: Sort = "forms"
    ask: Shape = "list"
    forms: tuple[int, ...] | None = None
    rows: tuple[tuple[int, int], ...] | None = None
    where: tuple[Condition, ...] = ()
    group: str = ""
    width: Decimal | None = None
    every_form: bool = False
    measure: Measure | None = None
    having: tuple[Condition, ...] = ()
    order: Order | None = None
    limit: int | None = None
    offset: int = 0
    show: tuple[str, ...] = ()
    base_forms: tuple[int, ...] | None = None
    base: tuple[Condition, ...] = ()
    base_field: str = ""
    any_of: tuple[tuple[Condition, ...], ...] = ()
    without: tuple[int, ...] = ()
    within: tuple[Query, ...] = ()
    lacking: tuple[Query, ...] = ()
    joined: tuple[Query, ...] = ()
    apart: tuple[Query, ...] = ()
    also: tuple[Measure, ...] = ()
    each: str = ""
    every: tuple[Condition, ...] = ()
    counter: str = ""
    alike: str = ""
    many: int | None = None
    steps: tuple[Step, ...] = ()
    change: Change | None = None
    contents: tuple[str, ...] = ()

    def conditions(self) -> tuple[Condition, ...]:
        """All conditions on a record, whether all or one of several must hold."""
        return (*self.where, *(one for several in self.any_of for one in several), *self.every)

    def measures(self) -> tuple[Measure, ...]:
        """All aggregates, the first one first."""
        return (*((self.measure,) if self.measure else ()), *self.also)

    @model_validator(mode="after")
    def _known_fields(self) -> Query:
        known = FIELDS[self.of]
        named = [c.field for c in (*self.conditions(), *self.base)]
        named += [c.other for c in self.conditions() if c.other]
        named += [
            *self.show,
            *self.contents,
            self.group,
            self.each,
            self.alike,
            *(measure.field for measure in self.measures()),
        ]
        named += [self.order.field] if self.order and self.order.field != GROUPED else []
        unknown = sorted({name for name in named if name and name not in known})
        if unknown:
            raise ValueError(f"{self.of} 没有这些字段：{'、'.join(unknown)}")
        return self


Change.model_rebuild()
