"""What one chat message says, as data, and the working copy that is filled while the message is read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from assistant.form.edit import Edit, apply, read_cell
from assistant.form.finding import Location
from assistant.form.model import Form, Frozen, FundLine, Indicator

READ = "□"
"""Stands for every character that has been understood, so that no other reader reads it again."""


_HEADING = re.compile(
    r"^(?:因|由于|原因)?(?:主要)?(?:是|有|为)?(?:以下)?(?:[两三四几2-5]个?(?:方面|点|条)?)?(?:同?一个)?(?:原因)?[，：]+"
)


class Cause(Frozen):
    """Why a row (``row`` None: the spending) missed or exceeded its plan; ``measure`` "" if none was told.

    ``about``: the name of a row that is not in the form yet; "" for others.
    """

    row: int | None
    cause: str
    measure: str = ""
    about: str = ""


def settled(causes: Iterable[Cause], form: Form) -> tuple[Cause, ...]:
    """``causes``, those about a row by its name with the number that it has in ``form`` by now."""
    numbers = {row.name: number for number, row in enumerate(form.indicators, 1)}
    return tuple(
        cause.model_copy(update={"row": numbers[cause.about], "about": ""})
        if cause.about in numbers
        else cause
        for cause in causes
    )


class Doubt(Frozen):
    """What the message leaves open. ``rows`` and ``field``: the cells that ``value`` may belong to."""

    question: str
    rows: tuple[int, ...] = ()
    field: str = ""
    value: str = ""
    cause: Cause | None = None


class Unplaced(Frozen):
    """A stated figure that no cell can hold yet, word for word; ``done``: said of what was done."""

    text: str
    done: bool = False


class StatedFacts(Frozen):
    """A message as read.

    ``remarks``: what the user should know about parts that were understood but change nothing.
    ``roll_over``: last year's targets are wanted. ``same``: something stated stands there already.
    """

    edits: tuple[Edit, ...] = ()
    causes: tuple[Cause, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    remarks: tuple[str, ...] = ()
    roll_over: bool = False
    same: bool = False


class Situation(Frozen):
    """What was going on before the message.

    ``asked``: the cell that the assistant asked for last. ``recent``: the edits said or accepted, newest
    last; ``latest`` those of the last message that stated any.
    ``deviating``: rows that need an explanation. ``topic``: the indicator row talked of last.
    ``cause``: the cause told last. ``named``: the names of the rows that were added or changed last.
    """

    asked: Location | None = None
    recent: tuple[Edit, ...] = ()
    latest: tuple[Edit, ...] = ()
    deviating: tuple[int, ...] = ()
    low_execution: bool = False
    topic: int | None = None
    cause: Cause | None = None
    named: tuple[str, ...] = ()


class Reading:
    """The message while it is read. ``form`` already carries the cells set so far; rows keep their numbers.

    ``text`` is the cleaned message, ``rest`` the same with READ for what has been understood.
    ``told_at``: where the figures of rows that were spelled out stand, and the rows (of ``whole()``).
    """

    def __init__(self, text: str, form: Form, situation: Situation) -> None:
        self.text = text
        self.rest = text
        self.form = form
        self.before = form
        self.situation = situation
        self.sets: list[Edit] = []
        self.lines: list[Edit] = []
        self.deleted: list[int] = []
        self.inserted: list[Indicator] = []
        self.causes: list[Cause] = []
        self.doubts: list[Doubt] = []
        self.unplaced: list[Unplaced] = []
        self.remarks: list[str] = []
        self.parts: dict[tuple[int, str], tuple[Decimal, ...]] = {}
        self.roll_over = False
        self.same = False
        self.topic = situation.topic
        self.told_at: list[tuple[int, int, int]] = []

    def take(self, start: int, end: int) -> None:
        """Marks a span as understood."""
        self.rest = self.rest[:start] + READ * (end - start) + self.rest[end:]

    def set(
        self,
        section: Literal["header", "funds", "goal", "indicators", "total"],
        row: int | None,
        field: str,
        new: str,
    ) -> None:
        """Sets a cell; set twice it keeps the later value, a value that stands there already is no edit."""
        location = Location(section=section, row=row, field=field)
        old = read_cell(self.before, location)
        self.sets = [edit for edit in self.sets if edit.location != location]
        if section == "indicators":
            self.topic = row
        if old != new:
            self.sets.append(Edit(location=location, old=old, new=new))
        self.same = self.same or old == new
        self.form = apply(self.before, [*self.lines, *self.sets])

    def add_line(self, line: FundLine) -> int:
        """Appends a fund row that the form lacks; gives its number."""
        number = len(self.form.funds) + 1
        self.lines.append(Edit(operation="insert", location=Location(section="funds", row=number), fund=line))
        self.form = apply(self.before, [*self.lines, *self.sets])
        return number

    def doubt(self, doubt: Doubt) -> None:
        """Adds a question back, once."""
        if all(known.question != doubt.question for known in self.doubts):
            self.doubts.append(doubt)

    def remark(self, text: str) -> None:
        """Adds a remark, once."""
        if text not in self.remarks:
            self.remarks.append(text)

    def whole(self) -> Form:
        """The form with the rows that this message adds, at the end."""
        return self.form.model_copy(update={"indicators": (*self.form.indicators, *self.inserted)})

    def explain(self, cause: Cause) -> None:
        """Adds a cause, without 原因有两个： before it; a row that this message adds is meant by its name."""
        cause = cause.model_copy(update={"cause": _HEADING.sub("", cause.cause)})
        count = len(self.form.indicators)
        if cause.row is not None and cause.row > count:
            name = self.inserted[cause.row - count - 1].name
            cause = cause.model_copy(update={"row": None, "about": name})
        else:
            self.topic = cause.row or self.topic
        self.causes.append(cause)

    def year(self) -> int | None:
        """The form's year as far as it is known by now."""
        return self.form.year
