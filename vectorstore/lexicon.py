"""The field's words, read strictly from ``lexicon.yaml``: they cut a query into words and widen it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import Field, ValidationError

from assistant.errors import DefinitionError
from assistant.form.model import Frozen
from vectorstore.text import normalise

_FILE = Path(__file__).with_name("lexicon.yaml")

SAME, SAID = 0.8, 0.7
"""How much a match by a synonym, or by a printed word for a spoken one, counts beside the word itself."""

PARTICLES = frozenset("的了吗呢吧啊呀嘛么")
"""Characters that end a word wherever they stand."""


class Topic(Frozen):
    """One part of the field: lines of words apart by spaces, in ``said`` as ``spoken … -> printed …``."""

    name: str
    same: tuple[str, ...] = ()
    said: tuple[str, ...] = ()


class LexiconFile(Frozen):
    """The shape of ``lexicon.yaml``; its head says what each part is for."""

    version: int
    idle: str = ""
    general: str = ""
    plain: str = ""
    wishes: dict[str, str] = Field(default_factory=dict)
    topics: tuple[Topic, ...]


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Words to cut by and to look for.

    ``widened``: every known word with the words to look for beside it and their weights. ``idle`` words say
    nothing, ``general`` ones how a thing is counted. ``wishes``: part of a 二级指标, and words for it.
    """

    widened: Mapping[str, Mapping[str, float]]
    idle: frozenset[str] = frozenset()
    general: frozenset[str] = frozenset()
    wishes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    _longest: int = field(init=False)
    _wishing: tuple[tuple[str, str], ...] = field(init=False)

    def __post_init__(self) -> None:
        longest = max((len(word) for word in (*self.widened, *self.idle)), default=1)
        pairs = [(word, level) for level, words in self.wishes.items() for word in words]
        object.__setattr__(self, "_longest", longest)
        object.__setattr__(self, "_wishing", tuple(sorted(pairs, key=lambda pair: -len(pair[0]))))

    def knows(self, word: str) -> bool:
        """Whether ``word`` stands in the lexicon."""
        return word in self.widened or word in self.idle

    def segment(self, run: str, longest: int = 0) -> list[str]:
        """``run`` cut into known words and the stretches between them, leaving as little as possible unknown.

        ``longest`` limits the length of a word; 0 is no limit.
        """
        return list(_segment(self, run, min(longest or self._longest, self._longest)))

    def wished(self, text: str) -> frozenset[str]:
        """The levels that words of ``text`` ask for; a longer word hides those in it (多少 in 多少钱)."""
        found: set[str] = set()
        for word, level in self._wishing:
            if word in text:
                found.add(level)
                text = text.replace(word, " ")
        return frozenset(found)


_COST_OF_SINGLE, _COST_OF_UNKNOWN = 1, 4
"""A word of one character is taken only where nothing longer covers it, an unknown one as a last resort."""


@lru_cache(maxsize=8192)
def _segment(lexicon: Lexicon, run: str, limit: int) -> tuple[str, ...]:
    """``run`` cut into words of at most ``limit`` characters."""
    costs: list[tuple[int, int]] = [(0, 0)]
    words: list[tuple[str, bool]] = []
    for end in range(1, len(run) + 1):
        options = []
        for start in range(max(0, end - limit), end):
            word = run[start:end]
            known = lexicon.knows(word)
            if known or len(word) == 1:
                price = (_COST_OF_SINGLE if known else _COST_OF_UNKNOWN) if len(word) == 1 else 0
                cost, pieces = costs[start]
                options.append((cost + price, pieces + 1, word, known))
        cost, pieces, word, known = min(options, key=lambda option: option[:2])
        costs.append((cost, pieces))
        words.append((word, known))
    return tuple(_joined(_traced(words)))


@cache
def bundled_lexicon() -> Lexicon:
    """The lexicon that ships with the program."""
    return load(_FILE)


def load(file: Path) -> Lexicon:
    """Reads a lexicon. Raises DefinitionError for an unknown key, or for a key or a word given twice."""
    text = file.read_text(encoding="utf-8")
    try:
        content = LexiconFile.model_validate(yaml.load(text, Loader=StrictLoader))  # noqa: S506  a SafeLoader
    except (yaml.YAMLError, ValidationError) as error:
        raise DefinitionError(f"同义词表 {file.name} 有误：{error}") from error
    widened: dict[str, dict[str, float]] = {}
    for topic in content.topics:
        _add_topic(widened, topic, file.name)
    for word in _words(content.plain, "plain", file.name):
        widened.setdefault(word, {})
    return Lexicon(
        widened,
        frozenset(_words(content.idle, "idle", file.name)),
        _with_spoken(widened, _words(content.general, "general", file.name)),
        {level: _words(words, level, file.name) for level, words in content.wishes.items()},
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
                f"同义词表 {file} 的“{topic.name}”：“{line}”缺少箭头，或左边有词重复，请改正。"
            )
        known.update(keys)
        for key in keys:
            for word in _words(printed, topic.name, file):
                _link(widened, key, word, SAID)


def _link(widened: dict[str, dict[str, float]], word: str, other: str, weight: float) -> None:
    links = widened.setdefault(word, {})
    widened.setdefault(other, {})
    if other != word:
        links[other] = max(weight, links.get(other, 0.0))


def _with_spoken(widened: Mapping[str, Mapping[str, float]], general: Sequence[str]) -> frozenset[str]:
    """``general`` and the words that stand for nothing but general words."""
    known = set(general)
    spoken = {word for word, links in widened.items() if links and known.issuperset(links)}
    return frozenset(known | spoken)


def _words(line: str, place: str, file: str) -> Sequence[str]:
    words = normalise(line).split()
    repeated = {word for word in words if words.count(word) > 1}
    if repeated:
        raise DefinitionError(
            f"同义词表 {file} 的“{place}”中“{'、'.join(sorted(repeated))}”重复，请删去一个。"
        )
    return words


def _traced(words: Sequence[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """The cut of the whole run, from the last word of each of its beginnings."""
    found: list[tuple[str, bool]] = []
    end = len(words)
    while end:
        found.append(words[end - 1])
        end -= len(words[end - 1][0])
    return found[::-1]


def _joined(pieces: Sequence[tuple[str, bool]]) -> list[str]:
    """Neighbouring unknown characters become one stretch, and so do words of one character beside them.

    发 is a word in 钱发了, but not in a 发展 that the lexicon does not have.
    """
    found: list[str] = []
    stretch = ""
    strange = False
    for text, known in [*pieces, ("", True)]:
        if len(text) == 1 and text not in PARTICLES:
            stretch += text
            strange = strange or not known
            continue
        if stretch:
            found.extend([stretch] if strange else stretch)
        stretch, strange = "", False
        if text:
            found.append(text)
    return found


class StrictLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML that refuses a key given twice; plain YAML silently keeps the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """The mapping of ``node``."""
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        repeated = {key for key in keys if keys.count(key) > 1}
        if repeated:
            raise yaml.constructor.ConstructorError(
                None, None, f"{sorted(map(str, repeated))} given twice", node.start_mark
            )
        mapping: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        return mapping
