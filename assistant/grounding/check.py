"""Every figure and name of a text must stand in its facts; a sentence with one that does not is marked."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

from assistant.form.model import UNVERIFIED, Frozen
from assistant.form.text import visible
from assistant.grounding.facts import Facts, readable, sentences
from assistant.grounding.figures import find_figures
from assistant.grounding.names import find_names, without_names

_ENDING = re.compile(r"[。！？!?；;\s]*[”’」』》）)]*\s*$")
_BLANK = re.compile("【待填[^】]*】")


class Unsupported(Frozen):
    """A figure or a name without a source: as read (normal form), and the sentence that it stands in."""

    kind: Literal["number", "date", "name"]
    text: str
    sentence: str


class Grounded(Frozen):
    """A checked text: ``text`` with 【待核实】 at each sentence in doubt, ``kept`` without them."""

    text: str
    kept: str
    unsupported: tuple[Unsupported, ...] = ()

    @property
    def grounded(self) -> bool:
        """Whether every figure and name has a source."""
        return not self.unsupported


def ground(text: str, facts: Facts) -> Grounded:
    """``text``, sentence by sentence, against ``facts``; invisible characters and old marks are taken out.

    Figures are compared exactly with their units, whatever their spelling; only results of arithmetic and
    amounts with 约 may be rounded, half up, to the digits printed. Claims without figure or name pass.
    """
    return ground_each(text, lambda _: facts)


def ground_each(text: str, facts_for: Callable[[str], Facts]) -> Grounded:
    """As ``ground``, with the facts that each sentence may lean on."""
    marked, kept = [], []
    unsupported: list[Unsupported] = []
    for sentence in sentences(visible(text)[0].replace(UNVERIFIED, "")):
        problems = _problems(sentence, facts_for(sentence))
        unsupported += problems
        marked.append(_mark(sentence) if problems else sentence)
        kept.append("" if problems else sentence)
    return Grounded(text="".join(marked), kept="".join(kept).strip(), unsupported=tuple(unsupported))


def _problems(sentence: str, facts: Facts) -> list[Unsupported]:
    shown = sentence.strip()
    clean = readable(_BLANK.sub("", sentence))
    names = find_names(clean, facts.text)
    found = [Unsupported(kind="name", text=name.text, sentence=shown) for name in names if not name.known]
    for figure in find_figures(without_names(clean, names)):
        if not facts.supports(figure):
            kind: Literal["number", "date"] = "date" if figure.days else "number"
            found.append(Unsupported(kind=kind, text=figure.text, sentence=shown))
    return found


def _mark(sentence: str) -> str:
    ending = _ENDING.search(sentence)
    at = ending.start() if ending else len(sentence)
    return sentence[:at] + UNVERIFIED + sentence[at:]
