"""The findings that every past form has by itself, stored in the blocks of the forms."""

from __future__ import annotations

import json
import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import RLock
from typing import NamedTuple

import numpy as np

from assistant.asking.records.block_parts import BlockParts, ChangedError
from assistant.asking.records.blocks import HEAD, Known, fingerprint
from assistant.asking.records.columns import BlockColumns, Codes, Column, Growing, column_of, read, written
from assistant.asking.records.records import Cell
from assistant.asking.records.said import said_of
from assistant.form.model import Form
from assistant.library import Facts, StoredForm
from assistant.rules.batch import full_marks
from assistant.rules.check import ANY_RATES, Rates, check_alone
from assistant.rules.fund_style import RateStyle, shared_style
from assistant.rules.lasting import office_of

NARROW = ("rule", "severity", "section", "field", "row")
WIDE = ("place", "message", "printed", "expected", "arithmetic")
"""Texts of which nearly every finding has its own: read block by block, where they are shown."""
RATES = "_rates"
"""Under which usual rates a finding holds; empty: under all."""
OF_FORMS = ("_style", "_file", "_office", "_full")
"""What findings across forms depend on: a cell for each form, not for each finding."""
_NO_STYLE = "NONE"
_PIECES = 256
_YES = "1"


def rates_told(rates: Rates) -> str:
    """Usual rates as a cell."""
    return "" if rates == ANY_RATES else ",".join(sorted(style_told(style) for style in rates))


def style_told(style: RateStyle | None) -> str:
    """A usual rate as a word."""
    return style.name if style else _NO_STYLE


class Head(NamedTuple):
    """Which forms a block holds, and how many findings each of them has."""

    fingerprint: str
    numbers: Sequence[int]
    contents: Sequence[str]
    sizes: Sequence[int]


@dataclass(frozen=True)
class FindingBlock:
    """A block of findings as it is in a snapshot."""

    number: int
    stamp: str
    sizes: Sequence[int]


class FindingStore:
    """The own findings of one library's forms; one object serves all threads."""

    def __init__(self, facts: Facts, changed: Callable[[], None]) -> None:
        """``changed`` is called where what is stored turns out not to be what it was."""
        self._facts, self._changed = facts, changed
        self._stored = BlockParts(facts.findings)
        self._lock = RLock()
        self._columns = BlockColumns(self._parts)
        self._pieces: OrderedDict[tuple[int, str], tuple[str, Column]] = OrderedDict()

    def current(self, blocks: Sequence[Known]) -> tuple[FindingBlock, ...]:
        """The findings of these blocks; the forms that were not checked yet are checked, and kept."""
        with self._lock:
            heads = self._facts.findings.part(HEAD)
            found = []
            for block in blocks:
                body = self._stored.trusted(block.number, block.stamp, heads.get(block.number))
                head = _head_read(body) if body is not None else self._checked(block)
                found.append(FindingBlock(block.number, block.stamp, head.sizes))
            return tuple(found)

    def column(self, blocks: Sequence[FindingBlock], name: str) -> Column:
        """A column over all these blocks."""
        with self._lock:
            return self._columns.column(name, blocks)

    def piece(self, block: FindingBlock, name: str) -> Column:
        """The column of one block."""
        key = (block.number, name)
        with self._lock:
            known = self._pieces.get(key)
            if known is None or known[0] != block.stamp:
                [(_, body)] = self._parts([block], name)
                known = self._pieces[key] = block.stamp, read(body)
                while len(self._pieces) > _PIECES:
                    self._pieces.popitem(last=False)
            self._pieces.move_to_end(key)
            return known[1]

    def _parts(self, blocks: Sequence[FindingBlock], name: str) -> list[tuple[FindingBlock, bytes]]:
        try:
            return self._stored.parts(blocks, name)
        except ChangedError:
            self._changed()
            raise

    def _checked(self, block: Known) -> Head:
        """Checks the forms of a block that were not, and stores the block."""
        old = self._old(block.number)
        known = dict(zip(old.head.numbers, old.head.contents, strict=True)) if old else {}
        wanted = dict(zip(block.head.numbers, block.head.contents, strict=True))
        missing = [number for number, content in wanted.items() if known.get(number) != content]
        forms = self._facts.forms(missing)
        if len(forms) != len(missing):
            raise ChangedError
        new = _made(forms, [wanted[form.number] for form in forms])
        whole = _merged(old, new, list(wanted)) if old else new
        self._stored.save(block.number, block.stamp, _parts_of(whole))
        return whole.head

    def _old(self, number: int) -> _Block | None:
        """What is stored of a block, where it was found by the same rules and is whole."""
        parts = self._facts.findings.block(number)
        head = _head_read(parts[HEAD].body) if HEAD in parts else None
        if head is None or head.fingerprint != fingerprint():
            return None
        try:
            return _Block(head, {name: read(parts[name].body) for name in _NAMES})
        except KeyError:
            return None


_OF_FINDINGS = (*NARROW, *WIDE, RATES)
_NAMES = (*_OF_FINDINGS, *OF_FORMS)


class _Block(NamedTuple):
    head: Head
    columns: Mapping[str, Column]


def checked_parts(forms: Sequence[StoredForm], contents: Sequence[str]) -> dict[str, bytes]:
    """What is stored of a block of these forms, which are checked for it."""
    return _parts_of(_made(forms, contents))


def _made(forms: Sequence[StoredForm], contents: Sequence[str]) -> _Block:
    checked = [[(said_of(one.form, found), rates) for found, rates in check_alone(one.form)] for one in forms]
    every = [one for of_form in checked for one in of_form]
    columns = {name: column_of(said.cell(name) for said, _ in every) for name in (*NARROW, *WIDE)}
    columns[RATES] = column_of(Cell(rates_told(rates)) for _, rates in every)
    of_forms = [_of_form(one.form) for one in forms]
    columns |= {name: column_of(Cell(texts[at]) for texts in of_forms) for at, name in enumerate(OF_FORMS)}
    numbers, sizes = [one.number for one in forms], [len(of_form) for of_form in checked]
    return _Block(Head(fingerprint(), numbers, list(contents), sizes), columns)


def _of_form(form: Form) -> tuple[str, ...]:
    style = shared_style(form)
    full = _YES if full_marks(form) else ""
    return (style_told(style) if style else "", form.source.file, office_of(form), full)


def _merged(old: _Block, new: _Block, numbers: Sequence[int]) -> _Block:
    """The block of the forms ``numbers``: those of ``new``, the others as they are in ``old``."""
    places = {number: at for at, number in enumerate((*old.head.numbers, *new.head.numbers))}
    chosen = [places[number] for number in numbers]
    sizes = [*old.head.sizes, *new.head.sizes]
    contents = [*old.head.contents, *new.head.contents]
    starts = np.cumsum([0, *sizes])
    findings = np.concatenate([np.arange(starts[at], starts[at + 1]) for at in chosen])
    columns: dict[str, Column] = {}
    for name in _NAMES:
        grown = Growing()
        codes = np.concatenate([grown.add(block.columns[name]) for block in (old, new)])
        columns[name] = Column(grown.cells, codes[findings if name in _OF_FINDINGS else chosen])
    head = Head(fingerprint(), list(numbers), [contents[at] for at in chosen], [sizes[at] for at in chosen])
    return _Block(head, columns)


def _parts_of(block: _Block) -> dict[str, bytes]:
    head = zlib.compress(json.dumps(block.head).encode())
    return {HEAD: head, **{name: written(column) for name, column in block.columns.items()}}


def _head_read(body: bytes) -> Head:
    return Head(*json.loads(zlib.decompress(body)))


def owners_of(blocks: Iterable[FindingBlock]) -> Codes:
    """For each finding the place of its form."""
    sizes = np.array([size for block in blocks for size in block.sizes], dtype=np.int32)
    return np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)


def starts_of(blocks: Iterable[FindingBlock]) -> Codes:
    """Where the findings of each block begin, and where the last ones end."""
    return np.cumsum([0, *(sum(block.sizes) for block in blocks)])
