"""Two people's changes of one form put together, cell by cell; what both changed differently is a clash."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, Literal, TypeVar

from assistant.form.finding import Location
from assistant.form.model import Form, Frozen, FundLine, Indicator

RowMap = dict[int, int]
"""Rows of an older form -> the same rows of a newer one, both from 1; a row that is gone is missing."""

Side = Literal["mine", "theirs"]
Row = TypeVar("Row", FundLine, Indicator)
_SECTIONS = ("funds", "indicators")
_AS_READ = ("notes", "unplaced", "other_scores", "row_sums", "absent")
_APART = {*_SECTIONS, "goal", "total", "source", *_AS_READ}


class Clash(Frozen):
    """A place that both changed. ``location`` counts rows of *theirs*, for ``kind`` "gone" rows of the base.

    ``cell``: two texts for one cell. ``gone``: they deleted a row that I changed. ``kept``: I deleted a row
    that they changed.
    """

    location: Location
    kind: Literal["cell", "gone", "kept"] = "cell"
    base: str = ""
    mine: str = ""
    theirs: str = ""


class Merged(Frozen):
    """The common form, with *theirs* at every clash that no pick decided; ``clashes``: the undecided ones."""

    form: Form
    clashes: tuple[Clash, ...] = ()


def same_rows(before: Form, after: Form, section: Literal["funds", "indicators"] = "indicators") -> RowMap:
    """Which row became which, by level and name; a row that was renamed in its place is still the same."""
    old, new = _keys(getattr(before, section)), _keys(getattr(after, section))
    found: RowMap = {}
    for tag, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal" or (tag == "replace" and end - start == new_end - new_start):
            found |= {start + at + 1: new_start + at + 1 for at in range(end - start)}
    return found


def merge(base: Form, mine: Form, theirs: Form, picks: Mapping[Clash, Side] | None = None) -> Merged:
    """What ``mine`` and ``theirs`` each changed since ``base``, together; ``picks`` decide known clashes."""
    judge = _Judge(picks or {})
    update: dict[str, object] = {
        name: judge.value(Location(section="header", field=name), *_values(name, base, mine, theirs))
        for name in Form.model_fields
        if name not in _APART
    }
    for name in _AS_READ:
        update[name] = getattr(theirs if getattr(mine, name) == getattr(base, name) else mine, name)
    for section in ("goal", "total"):
        update[section] = _block(section, _values(section, base, mine, theirs), judge)
    update["funds"] = _rows("funds", base, mine, theirs, judge)
    update["indicators"] = _rows("indicators", base, mine, theirs, judge)
    return Merged(form=theirs.model_copy(update=update), clashes=tuple(judge.clashes))


class _Judge:
    """Decides between two values and remembers where nobody has decided yet."""

    def __init__(self, picks: Mapping[Clash, Side]) -> None:
        self._picks = picks
        self.clashes: list[Clash] = []

    def value(self, location: Location, base: object, mine: object, theirs: object) -> object:
        if mine in (base, theirs):
            return theirs
        if theirs == base:
            return mine
        texts = {"base": _text(base), "mine": _text(mine), "theirs": _text(theirs)}
        return mine if self.mine(Clash(location=location, **texts)) else theirs

    def mine(self, clash: Clash) -> bool:
        """Whether mine counts; without a pick theirs does, and the clash stays open."""
        side = self._picks.get(clash)
        if side is None:
            self.clashes.append(clash)
        return side == "mine"


def _rows(
    section: Literal["funds", "indicators"], base: Form, mine: Form, theirs: Form, judge: _Judge
) -> tuple[FundLine, ...] | tuple[Indicator, ...]:
    if section == "funds":
        return tuple(_merged_rows(section, (base, mine, theirs), lambda form: form.funds, judge))
    return tuple(_merged_rows(section, (base, mine, theirs), lambda form: form.indicators, judge))


def _merged_rows(
    section: Literal["funds", "indicators"],
    forms: tuple[Form, Form, Form],
    rows_of: Callable[[Form], Sequence[Row]],
    judge: _Judge,
) -> Iterator[Row]:
    """Rows in their order; rows that only mine has follow the row that they follow in mine."""
    base, mine, theirs = forms
    olds, mines, others = rows_of(base), rows_of(mine), rows_of(theirs)
    to_mine, to_theirs = same_rows(base, mine, section), same_rows(base, theirs, section)
    origin = {new: old for old, new in to_theirs.items()}
    added = _added(mines, to_mine, others, set(origin))
    yield from added.get(0, [])
    for at, other in enumerate(others, 1):
        old = origin.get(at)
        if old is None:
            yield other
        elif old in to_mine:
            yield _merged_row(section, at, olds[old - 1], mines[to_mine[old] - 1], other, judge)
        elif other != olds[old - 1] and not judge.mine(
            _whole(section, at, "kept", olds[old - 1], None, other)
        ):
            yield other
        if old is not None:
            yield from added.get(old, [])
    for old, new in to_mine.items():
        if old in to_theirs:
            continue
        row = mines[new - 1]
        if row != olds[old - 1] and judge.mine(_whole(section, old, "gone", olds[old - 1], row, None)):
            yield row
        yield from added.get(old, [])


def _block(section: str, blocks: tuple[Any, Any, Any], judge: _Judge) -> Any:
    cells = {
        field: judge.value(_place(section, None, field), *_values(field, *blocks))
        for field in type(blocks[-1]).model_fields
    }
    return blocks[-1].model_copy(update=cells)


def _merged_row(section: str, at: int, old: Row, mine: Row, other: Row, judge: _Judge) -> Row:
    cells = {
        field: judge.value(_place(section, at, field), *_values(field, old, mine, other))
        for field in type(other).model_fields
    }
    return other.model_copy(update=cells)


def _added(
    mines: Sequence[Row], to_mine: RowMap, others: Sequence[Row], inherited: set[int]
) -> dict[int, list[Row]]:
    """Rows that only mine has, by the base row behind which they stand; not what both have added."""
    back = {new: old for old, new in to_mine.items()}
    theirs = [row for at, row in enumerate(others, 1) if at not in inherited]
    found: dict[int, list[Row]] = {}
    last = 0
    for at, row in enumerate(mines, 1):
        if at in back:
            last = back[at]
        elif not any(_keys([row]) == _keys([other]) for other in theirs):
            found.setdefault(last, []).append(row)
    return found


def _whole(
    section: str, at: int, kind: Literal["gone", "kept"], base: Row, mine: Row | None, theirs: Row | None
) -> Clash:
    texts = {"base": _row_text(base), "mine": _row_text(mine), "theirs": _row_text(theirs)}
    return Clash(location=_place(section, at, ""), kind=kind, **texts)


def _row_text(row: FundLine | Indicator | None) -> str:
    return "" if row is None else "｜".join(text for text in dict(row).values() if text)


def _place(section: str, row: int | None, field: str) -> Location:
    return Location.model_validate({"section": section, "row": row, "field": field})


def _values(field: str, *holders: Frozen) -> tuple[object, object, object]:
    base, mine, theirs = (getattr(holder, field) for holder in holders)
    return base, mine, theirs


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _keys(rows: Sequence[FundLine] | Sequence[Indicator]) -> list[tuple[str, str]]:
    return [(row.level2, row.name) if isinstance(row, Indicator) else ("", row.label) for row in rows]
