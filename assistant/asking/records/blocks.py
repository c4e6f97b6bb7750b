"""What is computed of the past forms as it is stored: in blocks of some forms, a part for each field."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np

from assistant.asking.language.naming import squeezed
from assistant.asking.language.texts import Pairs, pairs_in
from assistant.asking.records.columns import Codes, Column, Growing, column_of, read, written
from assistant.asking.records.fields import FIELDS, Sort
from assistant.asking.records.records import Cell, FormRecords, Record, computed
from assistant.library import Stamp

FORMS_IN_BLOCK = 256
HEAD, PAIRS = "head", "pairs"
SORTS: tuple[Sort, ...] = ("forms", "indicators", "funds")
SHARED = frozenset(("form", "project_name", "unit", "department", "year"))
"""Fields of the form that its rows have too; they are stored once."""
_NUMBERED = frozenset(("form", "row"))
_BESIDE: Mapping[Sort, tuple[str, ...]] = {
    "forms": ("_header", "_unit", "_department"),
    "indicators": ("_name", "_reached"),
    "funds": (),
}
"""Stored beside the fields: names as they are compared, offices as printed, how far a target was reached."""
_HERE = Path(__file__).parent
_COMPUTED_BY = (
    "../../form",
    "../../rules",
    "blocks.py",
    "columns.py",
    "fields.py",
    "finding_blocks.py",
    "../language/naming.py",
    "offices.py",
    "records.py",
    "said.py",
    "../language/texts.py",
)


TELLING: Mapping[bool, tuple[tuple[Sort, str], ...]] = {
    False: (
        *(("indicators", name) for name in ("actual", "explanation", "target")),
        *(("forms", name) for name in ("goal_expected", "goal_actual", "note")),
    ),
    True: (("indicators", "explanation"), ("forms", "note")),
}
"""The fields that hold prose; True: those that explain deviations."""


class Told(NamedTuple):
    """Prose without white space: of every indicator row, then of every form (its goals and its note)."""

    texts: Sequence[str]
    codes: Codes


@cache
def fingerprint() -> str:
    """A hash of the program's parts that decide what is computed of a form."""
    hashed = hashlib.sha256()
    for name in _COMPUTED_BY:
        place = _HERE / name
        files = sorted(place.rglob("*")) if place.is_dir() else [place]
        for file in files:
            if file.suffix in (".py", ".yaml"):
                hashed.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return hashed.hexdigest()


def stamp_of(forms: Sequence[Stamp]) -> str:
    """What decides all parts of a block."""
    said = "\n".join([fingerprint(), *(f"{form.number} {form.content}" for form in forms)])
    return hashlib.sha256(said.encode()).hexdigest()


def stored_fields(of: Sort) -> tuple[str, ...]:
    """The fields of a sort that have a part of their own."""
    shared = frozenset() if of == "forms" else SHARED
    return (*(name for name in FIELDS[of] if name not in shared | _NUMBERED), *_BESIDE[of])


def part_name(of: Sort, field: str) -> str:
    """The name under which a field is stored."""
    return f"{of}.{field}"


@dataclass(frozen=True)
class Head:
    """Which forms a block holds, and how many rows of each sort each of them has."""

    fingerprint: str
    numbers: tuple[int, ...]
    contents: tuple[str, ...]
    indicators: tuple[int, ...]
    funds: tuple[int, ...]

    def sizes(self, of: Sort) -> Sequence[int]:
        """How many records of a sort each form has."""
        return (
            [1] * len(self.numbers)
            if of == "forms"
            else self.indicators
            if of == "indicators"
            else self.funds
        )

    def starts(self, of: Sort) -> Sequence[int]:
        """Where the records of each form begin, and where the last ones end."""
        ends: list[int] = np.cumsum([0, *self.sizes(of)]).tolist()
        return ends


@dataclass(frozen=True)
class Known:
    """A block as it is in a snapshot."""

    number: int
    stamp: str
    head: Head


@dataclass(frozen=True)
class Block:
    """The computed columns of some forms side by side."""

    head: Head
    columns: Mapping[str, Column]

    @cached_property
    def pairs(self) -> Pairs:
        """The different pairs of characters in all prose."""
        return pairs_in(told(lambda of, name: self.columns[part_name(of, name)]).texts)

    def parts(self) -> dict[str, bytes]:
        """All parts as bytes, by name."""
        head = json.dumps(self.head.__dict__).encode()
        return {
            HEAD: zlib.compress(head),
            PAIRS: zlib.compress(self.pairs.tobytes()),
            **{name: written(column) for name, column in self.columns.items()},
        }


def head_read(body: bytes) -> Head:
    """A head that was stored."""
    said = json.loads(zlib.decompress(body))
    lists = (tuple(said[name]) for name in ("numbers", "contents", "indicators", "funds"))
    return Head(said["fingerprint"], *lists)


def pairs_read(body: bytes) -> Pairs:
    """The pairs that were stored."""
    return np.frombuffer(zlib.decompress(body), dtype=np.uint64)


def block_read(parts: Mapping[str, bytes]) -> Block:
    """A whole block that was stored. Raises KeyError where a part is missing."""
    names = [part_name(of, field) for of in SORTS for field in stored_fields(of)]
    return Block(head_read(parts[HEAD]), {name: read(parts[name]) for name in names})


def block_of(forms: Sequence[FormRecords], contents: Sequence[str]) -> Block:
    """The block of these forms, which are in the order of their numbers."""
    columns = {
        part_name(of, field): column_of(_cells(forms, of, field))
        for of in SORTS
        for field in stored_fields(of)
    }
    head = Head(
        fingerprint(),
        tuple(one.number for one in forms),
        tuple(contents),
        tuple(len(one.indicators) for one in forms),
        tuple(len(one.funds) for one in forms),
    )
    return Block(head, columns)


def merged(old: Block, new: Block, numbers: Sequence[int]) -> Block:
    """The block of the forms ``numbers``: those of ``new``, the others as they are in ``old``."""
    places = {number: (0, at) for at, number in enumerate(old.head.numbers)}
    places |= {number: (1, at) for at, number in enumerate(new.head.numbers)}
    chosen, heads = [places[number] for number in numbers], (old.head, new.head)
    columns: dict[str, Column] = {}
    for of in SORTS:
        starts = [head.starts(of) for head in heads]
        shift = (0, starts[0][-1])
        index = np.concatenate(
            [np.arange(starts[which][at], starts[which][at + 1]) + shift[which] for which, at in chosen]
        )
        for field in stored_fields(of):
            name, grown = part_name(of, field), Growing()
            codes = np.concatenate([grown.add(block.columns[name]) for block in (old, new)])
            columns[name] = Column(grown.cells, codes[index])
    head = Head(
        new.head.fingerprint,
        tuple(numbers),
        tuple(heads[which].contents[at] for which, at in chosen),
        tuple(heads[which].indicators[at] for which, at in chosen),
        tuple(heads[which].funds[at] for which, at in chosen),
    )
    return Block(head, columns)


def told(column: Callable[[Sort, str], Column], *, explaining: bool = False) -> Told:
    """The prose of records, all of it or what explains deviations; ``column`` gives those of its fields."""
    known: dict[str, int] = {}
    codes: list[int] = []
    for sort in ("indicators", "forms"):
        codes += _joined([column(of, name) for of, name in TELLING[explaining] if of == sort], known)
    return Told(list(known), np.array(codes, dtype=np.int32))


def _joined(columns: Sequence[Column], known: dict[str, int]) -> list[int]:
    """For each record the number of its texts put together."""
    seen: dict[tuple[int, ...], int] = {}
    found = []
    for codes in zip(*(column.codes.tolist() for column in columns), strict=True):
        place = seen.get(codes)
        if place is None:
            cells = (column.cells[code].text for column, code in zip(columns, codes, strict=True))
            place = known.setdefault("".join(" ".join(cells).split()), len(known))
            seen[codes] = place
        found.append(place)
    return found


def _cells(forms: Iterable[FormRecords], of: Sort, field: str) -> Iterable[Cell]:
    if field in _BESIDE[of]:
        return (_beside(one, record, field) for one in forms for record in _records(one, of))
    return (record[field] for one in forms for record in _records(one, of))


def _beside(one: FormRecords, record: Record, field: str) -> Cell:
    match field:
        case "_header":
            return Cell(squeezed(one.form.project_name))
        case "_unit":
            return Cell(one.form.unit)
        case "_department":
            return Cell(one.form.department)
        case "_reached":
            return computed(one.sheet.indicators[(record.row or 1) - 1].completion, "")
        case _:
            return Cell(squeezed(record["name"].text))


def _records(one: FormRecords, of: Sort) -> Sequence[Record]:
    if of == "forms":
        return (one.record,)
    return one.indicators if of == "indicators" else one.funds
