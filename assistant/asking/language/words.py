"""The words of questions, read strictly from the files of ``words/``: classes, and patterns over them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from assistant.asking.language.numbers import NUMBER
from assistant.errors import DefinitionError
from assistant.form.model import Frozen
from vectorstore.lexicon import StrictLoader

_FOLDER = Path(__file__).with_name("words")
_NAMED = re.compile("<([A-Z_]+)>")
_ALL_FORMS = "(?:这|那|所有|全部)?(?:[0-9一二两三四五六七八九十百几]+[张份个])(?:自评)?(?:表|项目|单子)"
Lines = dict[str, tuple[str, ...]]
"""Ways to say each thing: one pattern a line, those before win."""


class _ClassesFile(Frozen):
    version: int
    classes: dict[str, str]
    parts: dict[str, str]


class _PlainlyFile(Frozen):
    """``alike``: a plain word -> words that mean the same; ``patterns``: a plain wording -> patterns."""

    version: int
    alike: dict[str, str]
    patterns: Lines


class _SaidFile(Frozen):
    version: int
    said: Lines


class _FieldsFile(Frozen):
    version: int
    fields: Lines


class _LevelsFile(Frozen):
    version: int
    levels: Lines
    sources: Lines


class _ForeignFile(Frozen):
    version: int
    words: str
    strange: str
    apart: str
    patterns: tuple[str, ...]


class _DepartmentsFile(Frozen):
    version: int
    called: Mapping[str, str]


class _IdleFile(Frozen):
    version: int
    filler: str
    light: str
    strikes: str
    beside: str
    soft: str
    verbs: str
    alike: tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """``said``, ``fields``, ``levels``, ``sources`` as in the files; ``filler``: words; ``idle``: characters.

    ``plainly``: other ways to say a thing, each with the words that are known for it; ``loosely``: such
    ways that mean it only in a question that is not understood else; ``foreign``: what no form has a
    cell for; ``strange``: single characters that must not be left over; ``apart``: words that
    mean themselves alone; ``light``: stretches that say nothing; ``remark``: clauses of what the asker does
    or thinks, of which ``strikes`` finds the word that tells so; ``soft``: words that a name need not hold;
    ``verbs``: characters that it need not hold at either end of what is said;
    ``alike``: words for one thing, as explanations use them; ``departments``: a department's former or
    everyday name with those that it has now.
    """

    said: tuple[tuple[str, re.Pattern[str]], ...]
    fields: tuple[tuple[str, re.Pattern[str]], ...]
    levels: tuple[tuple[str, re.Pattern[str]], ...]
    sources: tuple[tuple[str, re.Pattern[str]], ...]
    foreign: re.Pattern[str]
    filler: re.Pattern[str]
    idle: frozenset[str]
    plainly: tuple[tuple[re.Pattern[str], str], ...]
    loosely: tuple[tuple[re.Pattern[str], str], ...]
    strange: frozenset[str]
    apart: frozenset[str]
    light: re.Pattern[str]
    strikes: re.Pattern[str]
    remark: re.Pattern[str]
    soft: tuple[str, ...]
    verbs: frozenset[str]
    alike: tuple[tuple[str, ...], ...]
    departments: Mapping[str, tuple[str, ...]]


class Classes:
    """The named classes of words and parts of patterns, each as a regular expression.

    Raises ValueError for a class that is empty or holds a word twice, and for a name that nothing defines.
    """

    def __init__(self, classes: Mapping[str, str], parts: Mapping[str, str]) -> None:
        self._patterns = {"N": NUMBER}
        self._used = {"N"}
        for name, words in classes.items():
            self._patterns[name] = any_of(_listed(name, words))
        for name, part in parts.items():
            self._patterns[name] = f"(?:{self.whole(part)})"

    def whole(self, pattern: str) -> str:
        """``pattern`` with the classes and parts put in that it names."""
        return _NAMED.sub(self._named, pattern)

    def compiled(self, lines: Lines) -> tuple[tuple[str, re.Pattern[str]], ...]:
        """The ways to say each thing as one pattern a thing."""
        if empty := [name for name, ways in lines.items() if not ways]:
            raise ValueError(f"{'、'.join(empty)} 没有写法")
        return tuple(
            (name, re.compile("|".join(self.whole(way) for way in ways))) for name, ways in lines.items()
        )

    def unused(self) -> list[str]:
        """The names that no pattern uses."""
        return sorted(self._patterns.keys() - self._used)

    def _named(self, found: re.Match[str]) -> str:
        if found[1] not in self._patterns:
            raise ValueError(f"没有叫 <{found[1]}> 的词类")
        self._used.add(found[1])
        return self._patterns[found[1]]


def any_of(words: Iterable[str]) -> str:
    """A pattern of these words, the longest at a place first; common beginnings are written once."""
    tree: dict[str, Any] = {}
    for word in words:
        branch = tree
        for character in word:
            branch = branch.setdefault(character, {})
        branch[""] = {}
    return f"(?:{_branches(tree)})"


def _branches(tree: dict[str, Any]) -> str:
    """The words of a tree; those that end with their first character become a set of characters."""
    ends = "".join(re.escape(c) for c, branch in tree.items() if branch.keys() == {""})
    longer = [re.escape(c) + _after(branch) for c, branch in tree.items() if c and branch.keys() != {""}]
    return "|".join((*longer, *([f"[{ends}]"] if len(ends) > 1 else [ends] if ends else [])))


def _after(tree: dict[str, Any]) -> str:
    """What follows a character; where a word ends with it too, that is optional."""
    further = _branches(tree)
    if "" in tree:
        return f"(?:{further})?"
    return f"(?:{further})" if len(tree) > 1 else further


def _listed(name: str, words: str) -> list[str]:
    """The words of a class. Raises ValueError where there is none, or one twice."""
    listed = words.split()
    twice = sorted({word for word in listed if listed.count(word) > 1})
    if not listed or twice:
        raise ValueError(f"词类 {name} {'为空' if not listed else '重复了' + '、'.join(twice)}")
    return listed


@cache
def bundled_words() -> Words:
    """The words that ship with the program. Raises DefinitionError where a file is not as it should be."""
    return words_in(_FOLDER)


def words_in(folder: Path) -> Words:
    """The words of the files in ``folder``. Raises DefinitionError where one is not as it should be."""
    try:
        return _read(folder)
    except (OSError, yaml.YAMLError, ValidationError, re.error, ValueError) as error:
        raise DefinitionError(f"问句词表（{folder.name}）有误：{error}") from error


def _read(folder: Path) -> Words:
    def content(name: str) -> Any:
        text = (folder / f"{name}.yaml").read_text(encoding="utf-8")
        return yaml.load(text, Loader=StrictLoader)  # noqa: S506 - a SafeLoader

    named = _ClassesFile.model_validate(content("classes"))
    classes = Classes(named.classes, named.parts)
    plainly = _PlainlyFile.model_validate(content("plainly"))
    loosely = _PlainlyFile.model_validate(content("loosely"))
    foreign = _ForeignFile.model_validate(content("foreign"))
    idle = _IdleFile.model_validate(content("idle"))
    departments = _DepartmentsFile.model_validate(content("departments"))
    kinds = _LevelsFile.model_validate(content("levels"))
    filler = _listed("filler", idle.filler)
    light, strikes = _listed("light", idle.light), _listed("strikes", idle.strikes)
    words = Words(
        classes.compiled(_SaidFile.model_validate(content("said")).said),
        classes.compiled(_FieldsFile.model_validate(content("fields")).fields),
        classes.compiled(kinds.levels),
        classes.compiled(kinds.sources),
        re.compile(
            "|".join((*map(classes.whole, foreign.patterns), any_of(_listed("foreign", foreign.words))))
        ),
        re.compile(any_of(word for word in filler if len(word) > 1)),
        frozenset(word for word in filler if len(word) == 1),
        _plainly(plainly, classes),
        _plainly(loosely, classes),
        frozenset(_listed("strange", foreign.strange)),
        frozenset(_listed("apart", foreign.apart)),
        re.compile(f"{any_of(light)}+"),
        re.compile(any_of(strikes)),
        re.compile(f"(?:{any_of({*light, *strikes, *_listed('beside', idle.beside)})}|{_ALL_FORMS})+"),
        tuple(sorted(_listed("soft", idle.soft), key=lambda word: (-len(word), word))),
        frozenset(_listed("verbs", idle.verbs)),
        tuple(tuple(line.split()) for line in idle.alike),
        {name: tuple(now.split()) for name, now in departments.called.items()},
    )
    if unused := classes.unused():
        raise ValueError(f"没有用到的词类：{'、'.join(unused)}")
    return words


def _plainly(file: _PlainlyFile, classes: Classes) -> tuple[tuple[re.Pattern[str], str], ...]:
    alike = [(re.compile(any_of(_listed(plain, words))), plain) for plain, words in file.alike.items()]
    patterns: list[tuple[re.Pattern[str], str]] = []
    for plain, ways in file.patterns.items():
        # A way that names parts of what it found stands alone, so that others may name theirs alike.
        apart = [(way,) for way in ways if "(?P<" in way]
        shared = tuple(way for way in ways if "(?P<" not in way)
        each = classes.compiled({str(at): one for at, one in enumerate((*apart, shared)) if one or not ways})
        patterns += [(pattern, plain) for _, pattern in each]
    return (*alike, *patterns)


Names = Callable[[str], list[tuple[int, int]]]
"""The stretches of a text that are names as printed; these stay as they are."""


def in_known_words(text: str, names: Names = lambda _: []) -> str:
    """``text`` with other ways to say a thing put into the words that the lists know."""
    return _rewritten(text, names, bundled_words().plainly)[0]


def in_looser_words(text: str, names: Names = lambda _: []) -> tuple[str, tuple[tuple[str, str], ...]]:
    """``text`` with the looser ways to say a thing put into known words, and what was put into which."""
    return _rewritten(text, names, bundled_words().loosely)


def _rewritten(
    text: str, names: Names, ways: Iterable[tuple[re.Pattern[str], str]]
) -> tuple[str, tuple[tuple[str, str], ...]]:
    changed: list[tuple[str, str]] = []

    def replaced(found: re.Match[str], plain: str, kept: list[tuple[int, int]]) -> str:
        # Neither inside a name, nor from the middle of one: 营养改善计划花多少.
        if any(
            start <= found.start() < end and (found.end() <= end or found.start() > start)
            for start, end in kept
        ):
            return found[0]
        changed.append((found[0], found.expand(plain)))
        return changed[-1][1]

    for pattern, plain in ways:
        if pattern.search(text):
            kept = names(text)
            text = pattern.sub(lambda found: replaced(found, plain, kept), text)  # noqa: B023
    return text, tuple(changed)


def without_light_clauses(text: str) -> str:
    """…,报一下; 嗯,…: without the clauses that say nothing."""
    clauses = text.split(",")
    kept = [clause for clause in clauses if clause and not bundled_words().light.fullmatch(clause)]
    return ",".join(kept) if kept else text
