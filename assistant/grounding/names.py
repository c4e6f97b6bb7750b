"""Names in a sentence, found without a model: titles, document numbers, quoted, bodies, places, Latin words.

Chinese has no word boundaries, so a body or a place is found by its last characters (公司, 局, 市, 县), and
what stands before them is compared with the facts: the longest stretch that the facts know must begin where a
word begins. Generic mentions (各县, 有关部门, 园区, 我局, 物业公司) are no names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from assistant.grounding.figures import MASK

NameKind = Literal["title", "document", "quoted", "body", "place", "latin"]

_TITLE = re.compile("《([^《》]{1,60})》")
_DOCUMENT = re.compile(r"([一-龥]{0,8})[〔\[(【]((?:19|20)[0-9]{2})[〕\])】]\s*([0-9]{1,5})\s*号")
_ORDER = re.compile("第[0-9]{1,4}号(?:令|文件?|公告)")
_QUOTED = re.compile('[“"‘「『]([^“”"‘’「」『』]{1,60})[”"’」』]')
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9.+&_-]*[A-Za-z0-9]")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s一-龥，。；]+|[\w.+-]+@[\w-]+\.[\w.]+", re.ASCII)
_RUN_BEFORE = re.compile("[一-龥·A-Za-z]{0,24}$")
_NUMBERED_BODY = re.compile("第[0-9一二三四五六七八九十百]+$")
_CENTRED = re.compile("以[一-龥]{0,12}为$")
_SURE = 4  # characters of a known name from which its beginning needs no check


class _Words:
    """The word lists as patterns."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.endings: tuple[tuple[NameKind, re.Pattern[str]], ...] = (
            ("body", _any_of(data["bodies"].split())),
            ("place", _any_of(data["places"].split())),
        )
        self.other_words = {ending: frozenset(after) for ending, after in data["other_words"].items()}
        self.before_no_place = {place: frozenset(chars) for place, chars in data["before_no_place"].items()}
        self.everyday = re.compile(
            "(?:"
            + "|".join(f"(?:{_any_of(v.split()).pattern}){k}" for k, v in data["everyday"].items())
            + ")$"
        )
        before = _any_of(data["before_a_name"].split()).pattern
        self.boundary = re.compile(f"(?:{before})$")
        self.last_boundary = re.compile(f".*(?:{before})")
        modifiers, subjects = data["generic"].split(), data["subjects"].split()
        self._of_office = re.compile(f"(?:{_any_of(modifiers).pattern})*")
        self._of_other = re.compile(f"(?:{_any_of([*modifiers, *subjects]).pattern})*")
        self.offices = frozenset(data["offices"].split())
        self.common_latin = frozenset(data["common_latin"].split())
        self.common_quoted = frozenset(data["common_quoted"].split())
        self.gazetteer = _any_of(data["gazetteer"].split())

    def is_generic(self, before: str, ending: str) -> bool:
        """Whether nothing but generic words stands before an ending."""
        pattern = self._of_office if ending in self.offices else self._of_other
        return pattern.fullmatch(before) is not None


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


@cache
def _words() -> _Words:
    return _Words(yaml.safe_load(Path(__file__).with_name("names.yaml").read_text(encoding="utf-8")))


@dataclass(frozen=True)
class Name:
    """A name in a normal sentence, and where it stands. ``known``: the facts have it."""

    kind: NameKind
    text: str
    start: int
    end: int
    known: bool


def find_names(text: str, facts: str) -> list[Name]:
    """All names of a normal sentence in order; ``facts`` is the normal text of all facts."""
    found: list[Name] = []
    for search in (_marked, _numbered, _latin, _ending, _listed):
        for name in search(text, facts):
            # The place in a known name of a body is looked at by itself: 西湖县水利局 is not 东湖县水利局.
            if not any(
                _overlap(name, other) for other in found if not (other.known and other.kind == "body")
            ):
                found.append(name)
    return sorted(found, key=lambda name: name.start)


def without_names(text: str, names: Iterable[Name]) -> str:
    """``text`` with the names masked whose figures are their own: all but bodies and places.

    Those are found by their last characters, their beginning is uncertain, and a figure may stand before it.
    """
    for name in names:
        if name.kind not in ("body", "place"):
            text = text[: name.start] + MASK * (name.end - name.start) + text[name.end :]
    return text


def _overlap(one: Name, other: Name) -> bool:
    return one.start < other.end and other.start < one.end


def stands_in(name: str, facts: str) -> bool:
    """Whether ``facts`` hold ``name``, not as a part of a longer number or Latin word."""
    head = r"(?<![0-9.])" if name[0].isdigit() else r"(?<![A-Za-z])" if re.match("[A-Za-z]", name[0]) else ""
    tail = (
        r"(?![0-9.]*[0-9])"
        if name[-1].isdigit()
        else r"(?![A-Za-z])"
        if re.match("[A-Za-z]", name[-1])
        else ""
    )
    return re.search(head + re.escape(name) + tail, facts, re.IGNORECASE) is not None


def _marked(text: str, facts: str) -> Iterator[Name]:
    for match in _TITLE.finditer(text):
        yield Name("title", match[0], match.start(), match.end(), stands_in(match[1], facts))
    for match in _QUOTED.finditer(text):
        content = match[1].strip(",;。、 ")
        known = not content or content in _words().common_quoted or stands_in(content, facts)
        yield Name("quoted", match[0], match.start(), match.end(), known)


def _numbered(text: str, facts: str) -> Iterator[Name]:
    for match in _DOCUMENT.finditer(text):
        number = re.compile(rf"[〔\[(【]{match[2]}[〕\])】]\s*{match[3]}\s*号")
        issuers = [_RUN_BEFORE.search(facts, 0, known.start()) for known in number.finditer(facts)]
        known = any(issuer is not None and _same_issuer(match[1], issuer[0]) for issuer in issuers)
        issuer = _words().last_boundary.match(match[1])
        start = match.start() + (issuer.end() if issuer else 0)
        yield Name("document", text[start : match.end()], start, match.end(), known)
    for match in _ORDER.finditer(text):
        yield Name("document", match[0], match.start(), match.end(), stands_in(match[0], facts))


def _same_issuer(said: str, known: str) -> bool:
    """Whether two runs of characters before a document's number end in the same issuer's sign."""
    if not said or not known:
        return not said
    shared = 0
    while shared < min(len(said), len(known)) and said[-1 - shared] == known[-1 - shared]:
        shared += 1
    rest = said[: len(said) - shared]
    return shared > 0 and (shared == len(known) or not rest or _words().boundary.search(rest) is not None)


def _latin(text: str, facts: str) -> Iterator[Name]:
    for match in _ADDRESS.finditer(text):
        yield Name("latin", match[0], match.start(), match.end(), match[0] in facts)
    for match in _LATIN.finditer(text):
        if re.search("[0-9]", match[0]) or text[match.start() - 1 : match.start()].isdigit():
            continue  # a code or a unit: see figures
        known = match[0].upper() in _words().common_latin or stands_in(match[0], facts)
        yield Name("latin", match[0], match.start(), match.end(), known)


def _ending(text: str, facts: str) -> Iterator[Name]:
    for kind, pattern in _words().endings:
        for match in pattern.finditer(text):
            name = _name_before(text, match, facts, kind)
            if name is not None:
                yield name


def _name_before(text: str, ending: re.Match[str], facts: str, kind: NameKind) -> Name | None:
    """The name with this ending; None for a generic mention or a word that only looks like one."""
    words, last = _words(), ending[0]
    run = _RUN_BEFORE.search(text, 0, ending.start())
    core = run[0] if run else ""
    if not core or words.everyday.search(core + last) or (last == "中心" and _CENTRED.search(core)):
        return None
    if text[ending.end() : ending.end() + 1] in words.other_words.get(last, ()):
        return None
    known = _longest_known(core, last, facts)
    rest = core[: len(core) - known]
    # What an unknown word before a county or an office can be is a place, and that is looked at by itself.
    sure = 2 if kind == "place" or last in words.offices else _SURE
    if known and (known >= sure or words.boundary.search(rest) or words.is_generic(rest, last)):
        return _with_number(
            text, Name(kind, core[len(rest) :] + last, ending.start() - known, ending.end(), True), facts
        )
    bounded = words.last_boundary.match(core)
    own = core[bounded.end() :] if bounded else core
    if words.is_generic(own, last):
        return None
    return Name(kind, own + last, ending.start() - len(own), ending.end(), False)


def _with_number(text: str, name: Name, facts: str) -> Name:
    """第十二中学 for 中学: the number before a known name belongs to it, and must be known with it."""
    number = _NUMBERED_BODY.search(text, 0, name.start)
    if number is None:
        return name
    whole = number[0] + name.text
    return Name(name.kind, whole, number.start(), name.end, whole in facts)


def _longest_known(core: str, ending: str, facts: str) -> int:
    """How many characters before the ending the facts have too, together with the ending."""
    return next((len(core) - start for start in range(len(core)) if core[start:] + ending in facts), 0)


def _listed(text: str, facts: str) -> Iterator[Name]:
    words = _words()
    for match in words.gazetteer.finditer(text):
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        if before in words.before_no_place.get(match[0], ()) or after in words.other_words.get(match[0], ()):
            continue
        yield Name("place", match[0], match.start(), match.end(), match[0] in facts)
