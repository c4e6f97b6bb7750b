"""The parts of blocks as they are stored; what the database does not take stays in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from assistant.asking.records.columns import Stamped
from assistant.errors import AssistantError
from assistant.library import Parts, Stored

B = TypeVar("B", bound=Stamped)


class ChangedError(AssistantError):
    """The library was changed by another process while a question was being answered."""

    def __init__(self) -> None:
        super().__init__("往年库正在被其他程序更新，请稍后再问一次。")


class BlockParts:
    """Parts of blocks, each under the stamp of what it was computed from."""

    def __init__(self, stored: Parts) -> None:
        self._stored = stored
        self._unsaved: dict[int, dict[str, bytes]] = {}
        self._doubtful: set[int] = set()

    def trusted(self, number: int, stamp: str, head: Stored | None) -> bytes | None:
        """The stored ``head`` of a block where the block need not be computed; else None."""
        if head is None or head.stamp != stamp or number in self._doubtful:
            return None
        self._unsaved.pop(number, None)
        return head.body

    def parts(self, blocks: Sequence[B], name: str) -> list[tuple[B, bytes]]:
        """A part of each of these blocks. Raises ChangedError where one is not there as it should be."""
        saved = [block.number for block in blocks if block.number not in self._unsaved]
        stored = self._stored.part(name, saved) if saved else {}
        found = []
        for block in blocks:
            if block.number in self._unsaved:
                found.append((block, self._unsaved[block.number][name]))
                continue
            part = stored.get(block.number)
            if part is None or part.stamp != block.stamp:
                self._doubtful.add(block.number)
                raise ChangedError
            found.append((block, part.body))
        return found

    def save(self, number: int, stamp: str, parts: Mapping[str, bytes]) -> None:
        """Stores a block that was computed."""
        try:
            self._stored.save(number, stamp, parts)
            self._unsaved.pop(number, None)
        except AssistantError:
            # A database that cannot be written to is still asked: what was computed stays in memory.
            self._unsaved[number] = dict(parts)
        self._doubtful.discard(number)
