"""Values that are made and asked by the thousand while a form is checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

_T = TypeVar("_T")


@dataclass_transform(frozen_default=True)
def record(made: type[_T]) -> type[_T]:
    """A class of named fields in slots: one is read in a third of the time that a named tuple takes.

    That nobody changes a field is checked by mypy alone: a check by Python would make a value four times as
    slow to build.
    """
    return dataclass(slots=True, unsafe_hash=True)(made)
