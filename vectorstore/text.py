"""Text as search features: single characters, pairs of neighbours, and whole Latin words or numbers."""

from __future__ import annotations

import re
import unicodedata
from operator import add

_RUNS = re.compile(r"[㐀-鿿𠀀-𯿿々〇]+|[a-z]+|\d+(?:\.\d+)?")
_SIGNS = str.maketrans("≧≦", "≥≤")


def normalise(text: str) -> str:
    """``text`` as it is compared: full-width forms folded (NFKC), lower case, one form of each sign."""
    return unicodedata.normalize("NFKC", text).translate(_SIGNS).lower()


def runs(text: str) -> list[str]:
    """The unbroken runs of Chinese characters, Latin letters or digits of ``text``, normalised."""
    return _RUNS.findall(normalise(text))


def features(text: str) -> list[str]:
    """The characters and pairs of neighbours of the Chinese runs, and the other runs whole; with repeats."""
    found: list[str] = []
    for run in runs(text):
        if run[0].isascii():
            found.append(run)
            continue
        found.extend(run)
        found.extend(map(add, run, run[1:]))
    return found
