"""What was understood of a question, with the places where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from assistant.asking.language.numbers import Bound

_SHORT = 2

TAKEN = "□"
"""Stands in the text for what has been understood."""


class Mention(NamedTuple):
    """A word of the question that was understood as ``name``."""

    name: str
    start: int
    end: int
    text: str


class Written(NamedTuple):
    """A date, a year or a unit that a cell reads: where it is said, and the ways to write it.

    ``field``: the cell that holds nothing else; "" where a target or an actual has it inside.
    """

    start: int
    texts: tuple[str, ...]
    field: str = ""


@dataclass
class Reading:
    """``typed``: the question as it was asked; ``text``: in known words.

    ``said``: what was understood, by kind, the first of each; ``marks``: all of it.
    ``notes`` say what was put right; ``rest``: the text without all that was understood. ``nouns``: what
    records are called (项目, 指标, 处室). ``causes``: what an explanation must tell. ``phrases``: stretches
    left over, with their places; ``loose``: single characters left over.
    ``written``: dates and years that a cell reads, not those of the forms.
    ``rows``: numbers of rows (第3行).
    ``sources``: the rows of the funds that are named. ``checks``: where a figure is held against the rule.
    """

    text: str
    typed: str = ""
    notes: tuple[str, ...] = ()
    rest: str = ""
    loose: str = ""
    marks: list[Mention] = field(default_factory=list)
    nouns: list[Mention] = field(default_factory=list)
    said: dict[str, Mention] = field(default_factory=dict)
    fields: list[Mention] = field(default_factory=list)
    levels: list[Mention] = field(default_factory=list)
    sources: list[Mention] = field(default_factory=list)
    checks: list[tuple[int, int]] = field(default_factory=list)
    bounds: list[Bound] = field(default_factory=list)
    offices: list[tuple[int, int, tuple[int, ...]]] = field(default_factory=list)
    unsure: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    years: list[int] = field(default_factory=list)
    causes: list[str] = field(default_factory=list)
    quotes: list[str] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    phrases: list[Mention] = field(default_factory=list)

    def names_something(self) -> bool:
        """Whether an office, a form, an indicator or a quotation is named."""
        return bool(self.offices or self.phrases or self.numbers or self.quotes or self.causes)

    def stands_alone(self) -> bool:
        """Whether what is named is more than a word of two characters, which may be a verb: 落实了没有."""
        named = self.offices or self.numbers or self.quotes or self.causes
        return bool(named) or any(m.end - m.start > _SHORT for m in self.phrases)

    def says(self, *names: str) -> bool:
        """Whether any of these was said."""
        return any(name in self.said for name in names)
