"""The field's synonyms: loaded strictly from ``lexicon.yaml``, used to widen a query."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import Field, ValidationError

from assistant.errors import DefinitionError
from assistant.form.model import Frozen
from vectorstore.text import normalise

_FILE = Path(__file__).with_name("lexicon.yaml")

_PARTICLES = frozenset("的了吗呢吧啊呀嘛么")

SAME, SAID = 0.8, 0.7
"""How much a match by a synonym, or by a printed word for a spoken one, counts beside the word itself."""


class Topic(Frozen):
    """One part of the field. Lines of words apart by spaces; in ``said`` with an arrow between spoken and printed."""

    name: str
    same: tuple[str, ...] = ()
    said: tuple[str, ...] = ()


class LexiconFile(Frozen):
    """The shape of ``lexicon.yaml``.

    ``idle``: words of asking that say nothing about what is looked for; ``general``: words that say how something
    is counted or done, whatever it is; ``plain``: everyday words to cut sentences at; ``wishes``: words that ask for one kind of indicator, by part of its level.
    """

    version: int
    idle: str = ""
    general: str = ""
    plain: str = ""
    wishes: dict[str, str] = Field(default_factory=dict)
    topics: tuple[Topic, ...]


@dataclass(frozen=True)
class Lexicon:
    """``widened`` gives for a word the other words to look for, with their weights; ``fingerprint`` names the file."""

    widened: Mapping[str, Mapping[str, float]]
    idle: frozenset[str]
    general: frozenset[str]
    wishes: Mapping[str, Sequence[str]]
    fingerprint: str

    def segment(self, run: str, longest: int = 0) -> list[str]:
        """``run`` cut into known words and the stretches between them: the fewest unknown characters, then words.

        ``longest`` limits the length of a word; 0 is no limit.
        """
        best: list[tuple[int, int, list[tuple[str, bool]]]] = [(0, 0, [])]
        longest = min(longest or self._longest, self._longest)
        for end in range(1, len(run) + 1):
            options = []
            for start in range(max(0, end - longest), end):
                word = run[start:end]
                unknown, pieces, cut = best[start]
                if self.knows(word):
                    # A single character is a word only where nothing longer covers it.
                    options.append(
                        (unknown + (2 if len(word) > 1 else 3) - 2, pieces + 1, [*cut, (word, True)])
                    )
                elif len(word) == 1:
                    options.append((unknown + 4, pieces + 1, [*cut, (word, False)]))
            best.append(min(options, key=lambda option: option[:2]))
        return _joined(best[-1][2])

    def wished(self, text: str) -> frozenset[str]:
        """The levels that words of ``text`` ask for; a longer word hides the shorter ones in it (多少钱 hides 多少)."""
        found: set[str] = set()
        for word, level in self._wishing:
            if word in text:
                found.add(level)
                text = text.replace(word, " ")
        return frozenset(found)

    @property
    def _wishing(self) -> list[tuple[str, str]]:
        pairs = [(word, level) for level, words in self.wishes.items() for word in words]
        return sorted(pairs, key=lambda pair: len(pair[0]), reverse=True)

    def knows(self, word: str) -> bool:
        """Whether ``word`` stands in the lexicon."""
        return word in self.widened or word in self.idle

    @property
    def _longest(self) -> int:
        return max((len(word) for word in (*self.widened, *self.idle)), default=0)


@cache
def bundled_lexicon() -> Lexicon:
    """The lexicon that ships with the program."""
    return load(_FILE)


def load(file: Path) -> Lexicon:
    """Reads a lexicon. Raises DefinitionError for unknown or double keys and for a word that repeats in its line."""
    text = file.read_text(encoding="utf-8")
    try:
        content = LexiconFile.model_validate(yaml.load(text, Loader=_StrictLoader))  # noqa: S506  a SafeLoader
    except (yaml.YAMLError, ValidationError) as error:
        raise DefinitionError(f"同义词表 {file.name} 有误：{error}") from error
    widened: dict[str, dict[str, float]] = {}
    for topic in content.topics:
        _add_topic(widened, topic, file.name)
    for word in _words(content.plain, "plain", file.name):
        widened.setdefault(word, {})
    fingerprint = hashlib.sha256(text.encode()).hexdigest()[:8]
    return Lexicon(
        widened,
        frozenset(_words(content.idle, "idle", file.name)),
        _with_spoken(widened, _words(content.general, "general", file.name)),
        {level: _words(words, level, file.name) for level, words in content.wishes.items()},
        fingerprint,
    )


def _add_topic(widened: dict[str, dict[str, float]], topic: Topic, file: str) -> None:
    for line in topic.same:
        words = _words(line, topic.name, file)
        for word in words:
            for other in words:
                _link(widened, word, other, SAME)
    known: set[str] = set()
    for line in topic.said:
        spoken, arrow, printed = line.partition("->")
        keys = _words(spoken, topic.name, file)
        if not arrow or "->" in printed or known.intersection(keys):
            raise DefinitionError(
                f"同义词表 {file} 的“{topic.name}”：“{line}”缺少箭头，或左边的词已经出现过。"
            )
        known.update(keys)
        for key in keys:
            for word in _words(printed, topic.name, file):
                _link(widened, key, word, SAID)


def _with_spoken(widened: Mapping[str, Mapping[str, float]], general: Sequence[str]) -> frozenset[str]:
    """``general`` and the words that stand for nothing but general words."""
    known = set(general)
    spoken = {word for word, links in widened.items() if links and known.issuperset(links)}
    return frozenset(known | spoken)


def _link(widened: dict[str, dict[str, float]], word: str, other: str, weight: float) -> None:
    links = widened.setdefault(word, {})
    widened.setdefault(other, {})
    if other != word:
        links[other] = max(weight, links.get(other, 0.0))


def _words(line: str, place: str, file: str) -> Sequence[str]:
    words = normalise(line).split()
    repeated = {word for word in words if words.count(word) > 1}
    if repeated:
        raise DefinitionError(
            f"同义词表 {file} 的“{place}”中“{'、'.join(sorted(repeated))}”重复，请删去一个。"
        )
    return words


def _joined(pieces: Sequence[tuple[str, bool]]) -> list[str]:
    """Neighbouring unknown characters become one stretch, and so do words of one character beside them.

    发 is a word in 钱发了, but not in a 发展 that the lexicon does not have.
    """
    found: list[str] = []
    stretch = ""
    strange = False
    for text, known in [*pieces, ("", True)]:
        if len(text) == 1 and text not in _PARTICLES:
            stretch += text
            strange = strange or not known
            continue
        if stretch:
            found.extend([stretch] if strange else stretch)
        stretch, strange = "", False
        if text:
            found.append(text)
    return found


class _StrictLoader(yaml.SafeLoader):
    """YAML that refuses a key given twice; plain YAML silently keeps the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        repeated = {key for key in keys if keys.count(key) > 1}
        if repeated:
            raise yaml.constructor.ConstructorError(
                None, None, f"{sorted(map(str, repeated))} given twice", node.start_mark
            )
        return super().construct_mapping(node, deep=deep)
