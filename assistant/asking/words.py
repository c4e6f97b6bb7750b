"""The words of questions, read strictly from ``words.yaml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from pydantic import ValidationError

from assistant.asking.numbers import NUMBER
from assistant.errors import DefinitionError
from assistant.form.model import Frozen

_FILE = Path(__file__).with_name("words.yaml")


class _WordsFile(Frozen):
    version: int
    parts: dict[str, str]
    plainly: dict[str, str]
    said: dict[str, str]
    fields: dict[str, str]
    levels: dict[str, str]
    foreign: str
    filler: str
    soft: str
    alike: tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """``said``, ``fields``, ``levels`` as in the file; ``filler``: words; ``idle``: single characters.

    ``plainly``: other ways to say a thing, each with the words that are known for it;
    ``soft``: words that a name need not hold; ``alike``: words for one thing, as explanations use them.
    """

    said: tuple[tuple[str, re.Pattern[str]], ...]
    fields: tuple[tuple[str, re.Pattern[str]], ...]
    levels: tuple[tuple[str, re.Pattern[str]], ...]
    foreign: re.Pattern[str]
    filler: re.Pattern[str]
    idle: frozenset[str]
    plainly: tuple[tuple[re.Pattern[str], str], ...] = ()
    soft: tuple[str, ...] = ()
    alike: tuple[tuple[str, ...], ...] = ()


@cache
def bundled_words() -> Words:
    """The words that ship with the program. Raises DefinitionError where the file is not as it should be."""
    try:
        content = _WordsFile.model_validate(yaml.safe_load(_FILE.read_text(encoding="utf-8")))
        filler = sorted(content.filler.split(), key=lambda word: (-len(word), word))
        parts = {"N": NUMBER, **content.parts}
        return Words(
            tuple(
                (name, re.compile(_whole(text, parts), re.IGNORECASE)) for name, text in content.said.items()
            ),
            tuple((name, re.compile(pattern)) for name, pattern in content.fields.items()),
            tuple((name, re.compile(pattern)) for name, pattern in content.levels.items()),
            re.compile("|".join(f"(?:{word})" for word in content.foreign.split())),
            re.compile("|".join(re.escape(word) for word in filler if len(word) > 1)),
            frozenset(word for word in filler if len(word) == 1),
            tuple((re.compile(_whole(pattern, parts)), plain) for plain, pattern in content.plainly.items()),
            tuple(sorted(content.soft.split(), key=lambda word: (-len(word), word))),
            tuple(tuple(line.split()) for line in content.alike),
        )
    except (yaml.YAMLError, ValidationError, re.error) as error:
        raise DefinitionError(f"问句词表 {_FILE.name} 有误：{error}") from error


def in_known_words(text: str) -> str:
    """``text`` with other ways to say a thing put into the words that the lists know."""
    for pattern, plain in bundled_words().plainly:
        text = pattern.sub(plain, text)
    return text


def _whole(pattern: str, parts: dict[str, str]) -> str:
    """A pattern with the named parts put in."""
    for name, part in parts.items():
        pattern = pattern.replace(f"<{name}>", part)
    return pattern
