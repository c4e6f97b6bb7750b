"""Typing errors in a query: words of the lexicon that sound the same, or differ in one character."""

from __future__ import annotations

import os
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from vectorstore.lexicon import PARTICLES, Lexicon

_LONGEST = 6
_SHORT, _LONG = 3, 4

Sound = tuple[str, ...]


@dataclass(frozen=True)
class Correction:
    """``typed`` was read as the word ``meant``."""

    typed: str
    meant: str


def corrected(run: str, lexicon: Lexicon, seen: Container[str]) -> tuple[str, tuple[Correction, ...]]:
    """``run`` with its typing errors mended by words that the library has.

    ``seen``: the characters and pairs of the library. A character is doubted only where no word of the
    lexicon covers it and the library has neither pair that it stands in.
    """
    made: list[Correction] = []
    while len(made) < _LONGEST:
        found = _first(run, lexicon, seen)
        if found is None:
            break
        made.append(found)
        run = run.replace(found.typed, found.meant, 1)
    return run, tuple(made)


def _first(run: str, lexicon: Lexicon, seen: Container[str]) -> Correction | None:
    doubted = {at for at in _uncovered(run, lexicon) if not _in_use(run, at, seen)}
    for length in range(min(_LONGEST, len(run)), 1, -1):
        for start in range(len(run) - length + 1):
            inside = [at - start for at in doubted if start <= at < start + length]
            if inside:
                typed = run[start : start + length]
                meant = _meant(typed, inside, lexicon, seen)
                if meant:
                    return Correction(typed, meant)
    return None


def _uncovered(run: str, lexicon: Lexicon) -> Iterator[int]:
    at = 0
    for word in lexicon.segment(run):
        if not lexicon.knows(word):
            yield from (at + place for place, character in enumerate(word) if character not in PARTICLES)
        at += len(word)


def _in_use(run: str, at: int, seen: Container[str]) -> bool:
    return any(len(pair) == 2 and pair in seen for pair in (run[max(0, at - 1) : at + 1], run[at : at + 2]))


def _meant(typed: str, doubted: Sequence[int], lexicon: Lexicon, seen: Container[str]) -> str:
    """The word that ``typed`` stands for, "" where there is none."""
    if lexicon.knows(typed):
        return ""
    if len(typed) < _SHORT and len(doubted) < len(typed):
        return ""  # beside a word of one character (查) any other may stand
    for word in _words_by_sound(lexicon).get(_sound(typed), ()):
        if set(word) & set(typed) and _stands_in(word, seen):
            return word
    # By shape alone only a long word, or one that is wrong in a character that nobody here uses.
    for at in doubted:
        if lexicon.knows(typed[:at] + typed[at + 1 :]) and at in (0, len(typed) - 1):
            continue  # a word with something strange before or after it
        strange = typed[at] not in seen and typed[at] not in _characters(lexicon)
        if len(typed) >= (_SHORT if strange else _LONG):
            for word in _words_by_shape(lexicon).get(typed[:at] + "?" + typed[at + 1 :], ()):
                if _stands_in(word, seen):
                    return word
    return ""


def _stands_in(word: str, seen: Container[str]) -> bool:
    return all(word[at : at + 2] in seen for at in range(len(word) - 1))


@cache
def _words_by_sound(lexicon: Lexicon) -> dict[Sound, list[str]]:
    found: dict[Sound, list[str]] = {}
    for word in _correctable(lexicon):
        found.setdefault(_sound(word), []).append(word)
    return found


@cache
def _words_by_shape(lexicon: Lexicon) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word in _correctable(lexicon):
        if len(word) >= _SHORT:
            for at in range(len(word)):
                found.setdefault(word[:at] + "?" + word[at + 1 :], []).append(word)
    return found


@cache
def _characters(lexicon: Lexicon) -> frozenset[str]:
    return frozenset("".join(lexicon.widened)) | frozenset("".join(lexicon.idle))


def _correctable(lexicon: Lexicon) -> list[str]:
    return [word for word in lexicon.widened if 1 < len(word) <= _LONGEST and not word.isascii()]


def _sound(word: str) -> Sound:
    return tuple(_reading(character) for character in word)


def sound_alike(left: str, right: str) -> bool:
    """Whether two words of the same length are pronounced the same, tones aside."""
    return _sound(left) == _sound(right)


@cache
def _reading(character: str) -> str:
    """How a character sounds, without its tone; itself where it has no reading."""
    # Read at its import: words would take a second and much memory, and single characters are enough.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import Style, pinyin  # noqa: PLC0415  only a doubtful query needs it

    sound = pinyin(character, style=Style.NORMAL)[0][0]
    if sound[:2] in ("zh", "ch", "sh"):
        sound = sound[0] + sound[2:]
    return sound[:-1] if sound.endswith(("ang", "eng", "ing")) else sound
