"""All past forms as columns: computed once for each form, stored beside it, read as questions need them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from threading import RLock

import numpy as np

from assistant.asking.language.texts import Pairs, Texts
from assistant.asking.records.block_parts import BlockParts, ChangedError
from assistant.asking.records.blocks import (
    FORMS_IN_BLOCK,
    HEAD,
    PAIRS,
    SHARED,
    SORTS,
    TELLING,
    Block,
    Head,
    Known,
    Told,
    block_of,
    block_read,
    fingerprint,
    head_read,
    merged,
    pairs_read,
    part_name,
    stamp_of,
    stored_fields,
    told,
)
from assistant.asking.records.columns import BlockColumns, Codes, Column, read
from assistant.asking.records.fields import Sort
from assistant.asking.records.finding_blocks import FindingStore
from assistant.asking.records.frame import Frame
from assistant.asking.records.offices import OfficeFindings
from assistant.asking.records.records import Cell, records_of
from assistant.form.model import Form
from assistant.library import Facts, Stamp

KEPT_FORMS = 5000
"""So many forms stay at hand as they were read."""


@dataclass(frozen=True)
class Snapshot:
    """The past forms as they were at a generation: ``numbers`` and ``states`` of each, records of each sort.

    ``owners``: for each record of a sort the place of its form among ``numbers``; ``starts``: where the
    records of each form begin, and where the last ones end.
    """

    generation: int
    blocks: tuple[Known, ...]
    numbers: Codes
    states: tuple[str, ...]
    frames: dict[Sort, Frame]
    owners: dict[Sort, Codes]
    starts: dict[Sort, Codes]
    store: RecordStore

    def place_of(self, number: int) -> int | None:
        """Where a form stands among ``numbers``; None where there is none of this number."""
        if not len(self.numbers) or not self.numbers[0] <= number <= self.numbers[-1]:
            return None
        at = int(np.searchsorted(self.numbers, np.int32(number)))
        return at if self.numbers[at] == number else None


class RecordStore:
    """The computed records of one library; one object serves all threads and all askers."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._lock = RLock()
        self._snapshot: Snapshot | None = None
        self._columns = BlockColumns(self._parts)
        self._texts: dict[str, Texts] = {}
        self._stored = BlockParts(facts)
        self.findings = FindingStore(facts, self._forget)
        self.offices = OfficeFindings(facts)
        self._forms: OrderedDict[tuple[int, str], Form] = OrderedDict()
        self._prose: dict[tuple[int, bool], tuple[str, Told]] = {}
        self._pairs: dict[int, tuple[str, Pairs]] = {}

    def current(self) -> Snapshot:
        """The past forms of now; what was not computed yet of them is computed and stored first."""
        newest = self._facts.generation()
        known = self._snapshot
        if known is not None and known.generation == newest:
            return known
        with self._lock:
            newest = self._facts.generation()
            if self._snapshot is None or self._snapshot.generation != newest:
                self._snapshot = self._read(newest)
            return self._snapshot

    def _forget(self) -> None:
        self._snapshot = None

    def texts(self, of: Sort, field: str) -> Texts:
        """The texts of a stored field, by the places of its cells."""
        name = part_name(of, field)
        with self._lock:
            texts = self._texts.setdefault(name, Texts())
            cells = self._columns.cells(name)
            texts.add([cell.text for cell in cells[len(texts.all) :]])
            return texts

    def forms(self, snapshot: Snapshot, numbers: Iterable[int]) -> list[Form]:
        """These forms; read together, they cost one query."""
        keys = [(number, self._content(snapshot, number)) for number in numbers]
        with self._lock:
            missing = [number for number, content in keys if (number, content) not in self._forms]
            for stored in self._facts.forms(missing) if missing else ():
                self._forms[stored.number, self._content(snapshot, stored.number)] = stored.form
            if any(key not in self._forms for key in keys):
                raise ChangedError
            found = [self._forms[key] for key in keys]
            for key in keys:
                self._forms.move_to_end(key)
            while len(self._forms) > KEPT_FORMS:
                self._forms.popitem(last=False)
            return found

    def prose(self, blocks: Sequence[Known], *, explaining: bool = False) -> list[Told]:
        """The prose of these blocks; ``explaining``: only what explains deviations."""
        with self._lock:
            missing = [b for b in blocks if self._prose.get((b.number, explaining), ("",))[0] != b.stamp]
            fields = TELLING[explaining]
            parts = [self._parts(missing, part_name(of, name)) for of, name in fields]
            for several in zip(*parts, strict=True):
                bodies = dict(zip(fields, (body for _, body in several), strict=True))
                found = told(_reading(bodies), explaining=explaining)
                block = several[0][0]
                self._prose[block.number, explaining] = (block.stamp, found)
            return [self._prose[block.number, explaining][1] for block in blocks]

    def pairs(self, snapshot: Snapshot) -> list[Pairs]:
        """For each block the pairs of characters in its prose."""
        with self._lock:
            missing = [b for b in snapshot.blocks if self._pairs.get(b.number, ("",))[0] != b.stamp]
            for block, body in self._parts(missing, PAIRS):
                self._pairs[block.number] = (block.stamp, pairs_read(body))
            return [self._pairs[block.number][1] for block in snapshot.blocks]

    def _content(self, snapshot: Snapshot, number: int) -> str:
        head = snapshot.blocks[self._block_at(snapshot, number)].head
        return head.contents[head.numbers.index(number)]

    def _block_at(self, snapshot: Snapshot, number: int) -> int:
        wanted = number // FORMS_IN_BLOCK
        at = min(wanted, len(snapshot.blocks) - 1)
        while snapshot.blocks[at].number > wanted:
            at -= 1
        return at

    def _parts(self, blocks: Sequence[Known], name: str) -> list[tuple[Known, bytes]]:
        """A part of each of these blocks."""
        try:
            return self._stored.parts(blocks, name)
        except ChangedError:
            self._snapshot = None
            raise

    def _read(self, generation: int) -> Snapshot:
        stamps = self._facts.stamps()
        heads = self._facts.part(HEAD)
        blocks: list[Known] = []
        for number, forms in groupby(stamps, key=lambda stamp: stamp.number // FORMS_IN_BLOCK):
            some = list(forms)
            stamp = stamp_of(some)
            head = self._stored.trusted(number, stamp, heads.get(number))
            known = head_read(head) if head is not None else self._computed(number, stamp, some)
            blocks.append(Known(number, stamp, known))
        return self._assembled(generation, tuple(blocks), stamps)

    def _computed(self, number: int, stamp: str, forms: Sequence[Stamp]) -> Head:
        """Computes what is missing of a block, and stores it."""
        old = self._stored_block(number)
        known = dict(zip(old.head.numbers, old.head.contents, strict=True)) if old else {}
        changed = [form.number for form in forms if known.get(form.number) != form.content]
        contents = {form.number: form.content for form in forms}
        found = [records_of(stored) for stored in self._facts.forms(changed)]
        if len(found) != len(changed):
            raise ChangedError
        block = block_of(found, [contents[one.number] for one in found])
        if old is not None:
            block = merged(old, block, [form.number for form in forms])
        self._stored.save(number, stamp, block.parts())
        return block.head

    def _stored_block(self, number: int) -> Block | None:
        """What is stored of a block, where it was computed by the same rules and is whole."""
        parts = self._facts.block(number)
        if HEAD not in parts or head_read(parts[HEAD].body).fingerprint != fingerprint():
            return None
        try:
            return block_read({name: part.body for name, part in parts.items()})
        except KeyError:
            return None

    def _assembled(self, generation: int, blocks: tuple[Known, ...], stamps: Sequence[Stamp]) -> Snapshot:
        numbers = np.array([stamp.number for stamp in stamps], dtype=np.int32)
        snapshot = Snapshot(generation, blocks, numbers, tuple(s.state for s in stamps), {}, {}, {}, self)
        for of in SORTS:
            sizes = np.array([size for block in blocks for size in block.head.sizes(of)], dtype=np.int32)
            owners = np.repeat(np.arange(len(numbers), dtype=np.int32), sizes)
            starts = np.concatenate(([0], np.cumsum(sizes))).astype(np.int32)
            rows = np.arange(len(owners), dtype=np.int32) - np.repeat(starts[:-1], sizes) + np.int32(1)
            rows = np.zeros_like(rows) if of == "forms" else rows
            snapshot.owners[of], snapshot.starts[of] = owners, starts
            snapshot.frames[of] = Frame(of, numbers[owners], rows, _Loading(self, snapshot, of))
        return snapshot

    def column(self, snapshot: Snapshot, of: Sort, field: str) -> Column:
        """A stored column over all blocks of a snapshot."""
        with self._lock:
            return self._columns.column(part_name(of, field), snapshot.blocks)


def _reading(bodies: Mapping[tuple[Sort, str], bytes]) -> Callable[[Sort, str], Column]:
    return lambda of, name: read(bodies[of, name])


@dataclass(frozen=True)
class _Loading:
    """Loads the columns of one sort of a snapshot."""

    store: RecordStore
    snapshot: Snapshot
    of: Sort

    def __call__(self, field: str) -> Column | None:
        if field in stored_fields(self.of):
            return self.store.column(self.snapshot, self.of, field)
        if field == "form":
            cells = [Cell(str(n), Decimal(n)) for n in self.snapshot.numbers.tolist()]
            return Column(cells, self.snapshot.owners[self.of])
        if self.of != "forms" and field == "row":
            rows = self.snapshot.frames[self.of].rows
            most = int(rows.max(initial=0))
            return Column([Cell(str(n), Decimal(n)) for n in range(most + 1)], rows)
        if self.of != "forms" and field in SHARED:
            whole = self.snapshot.frames["forms"].column(field)
            return Column(whole.cells, whole.codes[self.snapshot.owners[self.of]])
        return None
