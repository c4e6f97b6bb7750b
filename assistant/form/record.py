"""Values that are made and asked by the thousand while a form is checked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar, dataclass_transform

TEXTS_OF_A_FORM = 256
"""How many texts a cache keeps that is asked for texts of forms: those of a long one.

Texts of forms before it are hardly asked for again, and to look through a large memory takes longer than to
read them anew.
"""

_T = TypeVar("_T")
_V = TypeVar("_V")


@dataclass_transform(frozen_default=True)
def record(made: type[_T]) -> type[_T]:
    """A class of named fields in slots: one is read in a third of the time that a named tuple takes.

    That nobody changes a field is checked by mypy alone: a check by Python would make a value four times as
    slow to build.
    """
    return dataclass(slots=True, unsafe_hash=True)(made)


class computed(Generic[_T, _V]):  # noqa: N801  a decorator
    """An attribute computed when it is first asked for: ``functools.cached_property`` without its lock.

    Python 3.11 takes one for each of them, although each value here belongs to one thread.
    """

    def __init__(self, function: Callable[[_T], _V]) -> None:
        self._function = function
        self.__doc__ = function.__doc__

    def __set_name__(self, owner: type[_T], name: str) -> None:
        self._name = name

    def __get__(self, owner: _T, _: type[_T]) -> _V:
        value = vars(owner)[self._name] = self._function(owner)
        return value
