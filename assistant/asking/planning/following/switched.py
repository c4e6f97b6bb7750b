"""A follow-up that exchanges one thing of the last question: 那园区处呢, 换成执行数, 最低的呢.

Its own words take the places of those of the last question that say the same kind of thing (which form, which
field, which end of the order, which number); the whole is then asked as a question of its own. Nothing is
exchanged where any of its words has no such place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.asking.language.patterns import QUOTE
from assistant.asking.planning.before import Before
from assistant.asking.planning.following.turn_words import (
    Bare,
    bare,
    means_all,
    names_records,
    only_ties,
    points_into,
    without_pointing,
)
from assistant.asking.reading.entities import Entities
from assistant.asking.reading.mentions import Mention, Reading
from assistant.asking.reading.reading import read
from assistant.asking.reading.scope import scope_of
from assistant.form.numerals import number_of

_RANKS = ("top", "top_n", "nth", "last_n")
_ADDS = ("sum", "mean", "median")
_ASKS = ("count", "which", "yesno")
_COUNTED = re.compile("(?:[0-9]+|[两二三四五六七八九十]+)[个张份家](?=项目|表|专项|自评表|单位)")
"""两个 of 离退休处两个项目: how many there are is not said of another office."""
_END = re.compile("最(?P<way>[高低大小多少好差长短])")
_FIRST = re.compile(
    "(?:排(?:名|在)?)?(?:第(?P<nth>[0-9一二两三四五六七八九十]+)|前(?:面)?(?P<n>[0-9一二两三四五六七八九十]+))(?:名|个|位|张|条|项|家)?的?"
)
_CALLED = re.compile("的?(?:[这那]?一?[个张份笔])?")
_NOTHING = re.compile("(?:[只光就仅](?:看|要|算|说|列)|占|的|呢|[是有]|哪[些几]?[个条张项]?|几[个条张项])*")
_QUOTED = re.compile("(?:[整一]?栏|[每各]条|全|都|[写填打标印划画成着了的是])*“[^”]+”")
"""整栏都打“/”: that cells read so."""
_MONEY = re.compile("(?:专项)?(?:资金|经费)(?:项目)?|专项(?!目)")
"""专项资金 of 葡萄酒专项资金: part of what it is called."""
_NUMBER = re.compile("[0-9][0-9.]*(?:万元?|亿元?|元|分|%|个百分点|[个张条项家])?")
Span = tuple[int, int]
Edit = tuple[int, int, str]


def switched(question: str, before: Before, entities: Entities, year: int | None) -> str | None:
    """The question in full; None where it is none that exchanges something."""
    said = bare(question)
    old, now = before.reading, read(said.text, entities)
    by_years = before.meaning is not None and any(query.ask == "years" for query in before.meaning.queries)
    if not old.text or by_years or _is_of_its_own(now) or points_into(said.text) or means_all(said.text):
        return None
    edits = _Exchange(old, now, before, said, entities, year).edits()
    if not edits:
        return None
    text = old.text
    for start, end, new in sorted(edits, reverse=True):
        text = f"{text[:start]}{new}{text[end:]}"
    text = _COUNTED.sub("", text) if _scopes(now) else text
    return f"{year_of(before, entities)}{text}" if not read(text, entities).years else text


def year_of(before: Before, entities: Entities) -> str:
    """The one year of what was shown, in a library of several: of that year is what follows too."""
    years = {entities.by_number[form].year for form in before.forms if form in entities.by_number}
    return f"{years.pop()}年" if len(years) == 1 and len(entities.years) > 1 else ""


def _is_of_its_own(now: Reading) -> bool:
    """Whether it says more than what may take the place of something."""
    told = (
        len(now.quotes) > 1 or now.causes or now.years or now.written or now.rows or now.sources or now.unsure
    )
    marks = {m.name for m in now.marks} - {*_RANKS, *_ADDS, *_ASKS}
    called = _called(now)
    named = names_records(replace(now, nouns=[n for n in now.nouns if n not in called]))
    names = [Mention("name", start, end, "") for start, end in _scopes(now)]
    quoted = [Mention("quote", *found.span(), found[0]) for found in _QUOTED.finditer(now.text)]
    ties = only_ties(replace(now, phrases=[*names, *called, *quoted]))
    return bool(told or marks or now.numbers or named) or not ties


def _called(now: Reading) -> list[Mention]:
    """The nouns that are only part of what the name before is called: 葡萄酒专项, 园区处那个项目."""
    ends = [end for _, end in _scopes(now)]
    return [
        n
        for n in now.nouns
        if any(n.start < end or _CALLED.fullmatch(now.text[end : n.start]) for end in ends)
    ]


def _scopes(reading: Reading) -> list[Span]:
    """Where a form or an office is named; two that touch are one."""
    found = sorted([(a, b) for a, b, _ in reading.offices] + [(m.start, m.end) for m in reading.phrases])
    joined: list[Span] = []
    for start, end in found:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    ends = [_MONEY.match(reading.text, end) for _, end in joined]
    return [(start, said.end() if said else end) for (start, end), said in zip(joined, ends, strict=True)]


def _names_row(entities: Entities, year: int | None, said: str) -> bool | None:
    """Whether an indicator is called so, not a form or an office; None where nothing is."""
    scope = scope_of(read(said, entities), entities, year)
    return None if scope.passages or scope.unknown else bool(scope.rows)


def _fields(reading: Reading) -> list[Mention]:
    """The words for fields, without those in what something is called."""
    scopes = _scopes(reading)
    inside = [m for m in reading.fields if any(start <= m.start < end for start, end in scopes)]
    return [m for m in reading.fields if m.name != "gap" and m not in inside]


def _marks(reading: Reading, names: tuple[str, ...]) -> list[Mention]:
    return [m for m in reading.marks if m.name in names]


@dataclass(frozen=True)
class _Exchange:
    """Each kind of thing said now with its place in the last question."""

    old: Reading
    now: Reading
    before: Before
    said: Bare
    entities: Entities
    year: int | None

    def edits(self) -> list[Edit]:
        """What is put in which place; none where anything has no place."""
        found: list[Edit] = []
        for kind in (
            self._scope,
            self._level,
            self._field,
            self._rank,
            self._bound,
            self._added,
            self._asked,
            self._quote,
        ):
            placed = list(kind())
            if None in placed:
                return []
            found += [one for one in placed if one is not None]
        changes = [one for one in found if self.old.text[one[0] : one[1]] != one[2]]
        return changes if any(self._is_more_than_asking(one) for one in changes) else []

    def _is_more_than_asking(self, edit: Edit) -> bool:
        """Whether more than 有哪些 for 有几个 is exchanged."""
        return not any((m.start, m.end) == edit[:2] for m in _marks(self.old, _ASKS))

    def _scope(self) -> Iterator[Edit | None]:
        mine = _scopes(self.now)
        if not mine:
            return
        if len(mine) != 1 or self.old.numbers:
            yield None
            return
        said = self.now.text[slice(*mine[0])]
        of_row = _names_row(self.entities, self.year, said) or False
        old = self.old.text
        theirs = [
            one
            for one in _scopes(self.old)
            if _names_row(self.entities, self.year, old[slice(*one)]) is of_row
        ]
        yield (*theirs[0], said) if len(theirs) == 1 else None

    def _level(self) -> Iterator[Edit | None]:
        if not self.now.levels:
            return
        alone = len(self.now.levels) == 1 and len(self.old.levels) == 1
        at = self.old.levels[0] if alone else None
        yield (at.start, at.end, self.now.levels[0].text) if at is not None else None

    def _field(self) -> Iterator[Edit | None]:
        """换成执行数: of the same things; 执行数呢 after one that was picked, or a list, is asked of that."""
        mine, theirs = _fields(self.now), _fields(self.old)
        if not mine or self._is_of_the_bound():
            return
        query = self.before.query
        asked_of_these = query is not None and query.ask in ("top", "list", "count", "yesno")
        kept = bool(self.now.bounds or [b for b in self.old.bounds if b.signed])
        of_shown = asked_of_these and not (_marks(self.now, _RANKS) or self.said.instead)
        alone = len(mine) == len(theirs) == 1 and not (kept or of_shown)
        yield (theirs[0].start, theirs[0].end, mine[0].text) if alone else None

    def _is_of_the_bound(self) -> bool:
        """低于95分, after 总分低于97分: the field of the number that is exchanged said again."""
        names = {m.name for m in self.now.fields}
        return bool(self.now.bounds) and names == {m.name for m in self.old.fields}

    def _rank(self) -> Iterator[Edit | None]:
        mine, theirs = _marks(self.now, _RANKS), _marks(self.old, _RANKS)
        if not mine:
            return
        within = self.before.several and self.now.fields and not (self.said.instead or self.said.asks)
        if len(mine) != 1 or len(theirs) != 1 or within:
            yield None
            return
        said = self._with_its_way(mine[0].text, theirs[0].text)
        yield (theirs[0].start, theirs[0].end, said) if said else None

    def _with_its_way(self, mine: str, theirs: str) -> str:
        """前五个, after 最低的三个: the lowest five. "" where it cannot be told which end is meant."""
        end, first = _END.search(theirs), _FIRST.fullmatch(mine)
        if first is None:
            ambiguous = "倒" in mine and not (end and end["way"] in "高大多好长")
            return "" if ambiguous else mine
        if end is None or not (first["n"] or first["nth"]):
            return ""
        way, number = end["way"], number_of(first["n"] or first["nth"])
        if first["n"]:
            return f"最{way}的{number}个"
        return f"第{number}{way}的" if number != 1 else f"最{way}的"

    def _bound(self) -> Iterator[Edit | None]:
        mine, theirs = self.now.bounds, [b for b in self.old.bounds if b.signed]
        if not mine:
            return
        if len(mine) != 1 or len(theirs) != 1 or not self._compares_alike():
            yield None
            return
        one, other = mine[0], theirs[0]
        text = self.now.text[one.start : one.end]
        if not one.signed:
            text = _NUMBER.sub(text, self.old.text[other.start : other.end], count=1)
        yield other.start, other.end, text

    def _compares_alike(self) -> bool:
        """Whether the number is of the field that the last one was of."""
        query = self.before.query
        one, other = self.now.bounds[0], next(b for b in self.old.bounds if b.signed)
        if self.now.fields:
            return self._is_of_the_bound()
        stated = [c for c in query.conditions() if c.number is not None] if query is not None else []
        return one.unit in ("", other.unit) and len(stated) == 1 and bool(self.now.text)

    def _added(self) -> Iterator[Edit | None]:
        """加起来呢, after a sum, says nothing new; 平均呢 takes its place."""
        mine, theirs = _marks(self.now, _ADDS), _marks(self.old, _ADDS)
        if not mine:
            return
        if len({m.name for m in mine}) != 1 or not theirs:
            yield None
            return
        if mine[0].name != theirs[0].name:
            yield (theirs[0].start, theirs[0].end, mine[0].text) if len(theirs) == 1 else None

    def _asked(self) -> Iterator[Edit | None]:
        """有几个, after 有哪些: the number of such."""
        mine = [m for m in _marks(self.now, _ASKS) if m.name != "yesno"]
        theirs = [m for m in _marks(self.old, _ASKS) if m.name != "yesno"]
        if not mine or (mine[0].name in {m.name for m in theirs}):
            return
        if len(mine) != 1 or len(theirs) != 1:
            yield None if not self._asks_for_one(mine) else (0, 0, "")
            return
        text = "有几个" if mine[0].name == "count" else "有哪些"
        ranked = _marks(self.old, _RANKS) and mine[0].name == "which"
        yield (theirs[0].start, theirs[0].end, theirs[0].text if ranked else text)

    def _quote(self) -> Iterator[Edit | None]:
        """打“/”的呢, after 写“无”的: another thing that a cell reads."""
        if not self.now.quotes:
            return
        theirs = list(QUOTE.finditer(self.old.text))
        alone = len(theirs) == 1 and self.said.asks
        yield (*theirs[0].span(), f"“{self.now.quotes[0]}”") if alone else None

    def _asks_for_one(self, mine: list[Mention]) -> bool:
        return all(m.name == "which" for m in mine) and bool(_marks(self.now, _RANKS))


def without_its_scope(before: Before, entities: Entities, year: int | None) -> str | None:
    """The last question without the form or office that it was of; None where it had none.

    只看轻工业处的 says nothing else: then it is the question before.
    """
    old, text = before.reading, before.reading.text
    scopes = [one for one in _scopes(old) if _names_row(entities, year, text[slice(*one)]) is False]
    if not scopes and before.among is None:
        return None
    for start, end in reversed(scopes):
        text = f"{text[:start]}{text[end:]}"
    text = without_pointing(text).lstrip("的,")
    if _NOTHING.fullmatch(text):
        return before.among.question if before.among is not None else None
    return text
