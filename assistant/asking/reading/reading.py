"""A question taken apart: what is said in known words, and the rest, which must be names."""

from __future__ import annotations

import re
from itertools import pairwise

from assistant.asking.language.boundaries import of_the_filled, with_told_ends
from assistant.asking.language.formulas import in_fields
from assistant.asking.language.frames import in_one_order, whether_said
from assistant.asking.language.mistyped import put_right
from assistant.asking.language.naming import before_labels, joined, spans, without
from assistant.asking.language.numbers import Bound, compares_at, find_bounds
from assistant.asking.language.patterns import (
    BY,
    COUNTS_OFFICES,
    DATE_ONLY,
    EACH_OFFICE,
    EARLY,
    FORM_NUMBER,
    HOW_MUCH,
    LACKS,
    LACKS_SIGN,
    NAMED_BY,
    NOUNS,
    OF_ALL,
    OF_SOURCE,
    OFFICE_ALONE,
    POINTS_BEFORE,
    QUOTE,
    RELATIVE,
    ROW_NUMBER,
    SHARE_BEFORE,
    SIGN,
    THAN,
    VERSUS,
    WITH_NOUN,
    YEAR,
)
from assistant.asking.language.words import bundled_words, in_known_words, without_light_clauses
from assistant.asking.reading.cause_told import causes_told
from assistant.asking.reading.counted import units_said
from assistant.asking.reading.dated import dates_read
from assistant.asking.reading.entities import Entities
from assistant.asking.reading.filled import said_of
from assistant.asking.reading.held_against import checks_in
from assistant.asking.reading.idle_characters import idle_characters
from assistant.asking.reading.mentions import TAKEN, Mention, Reading
from assistant.asking.reading.offices_named import inside_one_another
from assistant.asking.reading.scored import rows_of_share, what_it_really_is, with_points_meant
from assistant.asking.reading.unquoted import names_unquoted
from assistant.asking.reading.years import years_said
from assistant.form.numerals import normal, number_of

_PAUSE = re.compile("[,;]?(?:…|[.]{2,}|—|(?<![0-9%万元分])～|～(?![0-9])|~{2,})+[,;]?|[?!](?=.)")
_FIGURE = re.compile("[0-9]+(?:[个张份条项行笔块家])?|[四五六七八九十]大?[类种]")
_BEFORE_FIELDS, _BEFORE_BOUNDS = "last_n", "full"
"""After these the special fields and levels, and the numbers, are taken."""


_DONE = frozenset("收签办发做招征缴募建补培")
"""What was done, said in one character: 办了, 缴到."""
_OF_A_NAME = re.compile("(?:产业|行业|专项|项目|处|科|中心|协会|基地|园|资金|经费)")
_OR_A_FIELD = frozenset(("no_full", "under_spent"))
"""扣分正好3分, 支出不足10万元: no condition in words, but a figure that a number is compared with."""


def read(question: str, entities: Entities) -> Reading:
    """Takes ``question`` apart."""
    return _Reader(question, entities).read()


class _Reader:
    def __init__(self, question: str, entities: Entities) -> None:
        self.entities = entities
        said, self.notes = put_right(question, named=lambda text: bool(entities.named_spans(normal(text))))
        text = without_light_clauses(_PAUSE.sub(",", normal(said).replace(" ", "")).rstrip("?。!.;,"))
        text = in_one_order(with_told_ends(whether_said(of_the_filled(text))))
        plain = in_known_words(in_fields(names_unquoted(text, entities)), entities.named_spans)
        self.text = OF_ALL.sub(self._all_of_them, plain)
        self.work = list(self.text)
        self.found = Reading(self.text, typed=question, notes=self.notes)

    def read(self) -> Reading:
        found = self.found
        self._sources()
        for unit, end in units_said(self.text, lambda text: self.entities.reads("counted_in", text)):
            found.written.append(unit)
            self._blank(unit.start, end)
        self._quotes()
        self._causes()
        self._relative_years()
        self._full_offices()
        named = self._protect()
        self._offices()
        self._numbers_and_years()
        self._held_against()
        words = bundled_words()
        if foreign := words.foreign.search("".join(self.work)):
            found.said["foreign"] = Mention(
                "foreign", foreign.start(), foreign.end(), self.text[slice(*foreign.span())]
            )
        for name, pattern in words.said:
            self._say(name, pattern)
            if name == _BEFORE_FIELDS:
                self._special_fields()
            elif name == _BEFORE_BOUNDS:
                self._bounds()
        for field_name, field_pattern in words.fields:
            self._mentions(field_name, field_pattern, self.found.fields)
        self.found.fields.sort(key=lambda mention: mention.start)
        self.found.fields[:] = with_points_meant(self.found.fields, self.text)
        what_it_really_is(found)
        self._between_fields()
        self.found.marks.sort(key=lambda mention: mention.start)
        self._nouns()
        rows_of_share(found)
        self._phrases(named)
        return found

    def _quotes(self) -> None:
        """What a cell is said to read: in quotation marks, a sign, a word of a name."""
        found = self.found
        for match in QUOTE.finditer("".join(self.work)):
            found.quotes.append(match[1])
            lacks = LACKS.search(self.text[: match.start()])
            self._blank(lacks.start() if lacks else match.start(), match.end())
        for match in SIGN.finditer("".join(self.work)):
            if LACKS_SIGN.search(self.text, 0, match.start()):
                continue
            found.quotes.append(match[0].rstrip("的符号"))
            self._blank(match.start(), match.end())
        for match in NAMED_BY.finditer(self.text):
            found.quotes.append(match["in"])
            self._blank(match.start("in") if match["noun"] else match.start(), match.end())

    def _all_of_them(self, found: re.Match[str]) -> str:
        """全部20个项目, where there are as many: all of them."""
        number = number_of(found["n"])
        whole = number == len(self.entities.forms) > 1
        return f"全部{found['what']}{found['in'] or ''}" if whole else found[0]

    def _say(self, name: str, pattern: re.Pattern[str]) -> None:
        for match in pattern.finditer("".join(self.work)):
            inside = range(match.start() + 1, match.end() + 1) if name in _OR_A_FIELD else ()
            # 四个局各…, not 无线电管理局, of whose name the beginning was read.
            rest = (
                name == "per_unit"
                and OFFICE_ALONE.match(match[0])
                and self.text[match.start() - 1] not in "个家"
            )
            if rest or any(compares_at(self.text, at) for at in inside):
                continue
            if match.end() > match.start() and TAKEN not in match[0] and not self._in_a_word(match):
                mention = Mention(name, match.start(), match.end(), match[0])
                self.found.said.setdefault(name, mention)
                self.found.marks.append(mention)
                self._blank(match.start(), match.end())

    def _held_against(self) -> None:
        """填的跟按公式算的对不上: a check, in whatever order its words stand."""
        for place, held in checks_in(self.text, [character == TAKEN for character in self.work]):
            self.found.fields += held.fields
            self.found.checks.append(place)
            for mark in held.marks:
                self.found.said.setdefault(mark.name, mark)
                self.found.marks.append(mark)
            for start, end in held.used:
                self._blank(start, end)

    def _special_fields(self) -> None:
        """Fields whose words would else be taken apart, and the kinds of indicators."""
        words = bundled_words()
        for name, pattern in words.fields:
            if name in EARLY:
                self._mentions(name, pattern, self.found.fields)
        for name, pattern in words.levels:
            self._mentions(name, pattern, self.found.levels)

    def _protect(self) -> list[tuple[int, int]]:
        """Names as printed are kept from being read as ordinary words."""
        text = "".join(self.work)
        named = before_labels(text, self.entities.named_spans(text))
        named = [one for one in named if not DATE_ONLY.fullmatch(text, *one)]
        years = [m for m in YEAR.finditer(text) if not self._named_year(m, text)]
        named = [
            piece
            for start, end in named
            for piece in without(start, end, [(m.start(), m.end()) for m in years])
        ]
        self.kept = {at: self.work[at] for start, end in named for at in range(start, end)}
        for at in self.kept:
            self.work[at] = TAKEN
        return named

    def _named_year(self, year: re.Match[str], text: str) -> bool:
        """2022年3月 in a project's name; 2022年度 after one is the year that is asked of."""
        before, after = text[max(0, year.start() - 2) : year.end()], text[year.start() : year.end() + 2]
        longer = [part for part in (before, after) if len(part) > len(year[0]) + 1]
        other = int(year[1]) not in self.entities.years and self.entities.in_a_name(year[0])
        return other or any(self.entities.in_a_name(part) for part in longer)

    def _causes(self) -> None:
        """因为财政拨款不及时…: what an explanation is asked to tell; 受检企业满意度 is a name."""
        named = self.entities.named_spans(self.text)
        for start, end, cause in causes_told(self.text):
            if any(a <= start < b - 1 for a, b in named):
                continue
            if len(cause) > 1 and TAKEN not in "".join(self.work[start:end]):
                self.found.causes.append(cause)
                said = Mention("reason_contains", start, end, self.text[start:end])
                self.found.said["reason_contains"] = said
                self._blank(start, end)

    def _sources(self) -> None:
        """当年财政拨款, 上年结转: rows of the funds, also in quotation marks; not inside of a name."""
        named = self.entities.named_spans(self.text)
        for name, pattern in bundled_words().sources:
            for match in pattern.finditer(self.text):
                start, end = match.span()
                if any(a < end and start < b for a, b in named) or TAKEN in self.work[start:end]:
                    continue
                verb = OF_SOURCE.search(self.text[:start])
                if verb is not None and TAKEN not in self.work[verb.start() : start]:
                    start = verb.start()
                self.found.sources.append(Mention(name, start, end, self.text[start:end]))
                quoted = QUOTE.fullmatch(self.text[max(0, start - 1) : end + 1])
                self._blank(start - bool(quoted), end + bool(quoted))

    def _full_offices(self) -> None:
        """Whole names of offices go before anything of them is taken for a project's name."""
        for start, end, forms in self.entities.by_office.in_full("".join(self.work)):
            self.found.offices.append((start, end, forms))
            self._blank(start, end)
        text = "".join(self.work)
        for start, end, departments in self.entities.by_department.named(text):
            if len(departments) != 1:
                self.found.unsure.append((text[start:end], tuple(one.name for one in departments)))
            numbers = {number for one in departments for number in one.forms}
            self.found.offices.append((start, end, tuple(sorted(numbers))))
            self._blank(start, end)

    def _offices(self) -> None:
        text = "".join(self.work)
        places, offices = self.entities.by_department.places(text), self.entities.by_office.mentioned(text)
        for start, end, forms in (*places, *offices):
            self.found.offices.append((start, end, forms))
            self._blank(start, end)
        self.found.offices[:] = inside_one_another(self.found.offices)

    def _numbers_and_years(self) -> None:
        for match in FORM_NUMBER.finditer("".join(self.work)):
            number = number_of(next(group for group in match.groups() if group))
            if number is not None:
                self.found.numbers.append(int(number))
                self._blank(match.start(), match.end())
        for match in ROW_NUMBER.finditer("".join(self.work)):
            if (number := number_of(match["n"])) is not None and (match["row"] or self.found.numbers):
                self.found.rows.append(int(number))
                self._blank(match.start(), match.end())
        for written, end in dates_read("".join(self.work)):
            self.found.written.append(written)
            self._blank(written.start, end)
        self._years()

    def _years(self) -> None:
        """The years of forms, and those that a cell reads."""
        for start, end, years, written in years_said("".join(self.work), self.text, self.entities.years):
            self.found.years += years
            self.found.written += written
            self._blank(start, end)

    def _relative_years(self) -> None:
        """明年 in 明年园区专项 goes before names are looked for."""
        for match in RELATIVE.finditer("".join(self.work)):
            name = match.lastgroup or ""
            self.found.said.setdefault(f"year_{name}", Mention(name, match.start(), match.end(), match[0]))
            self._blank(match.start(), match.end())

    def _bounds(self) -> None:
        for found in find_bounds("".join(self.work)):
            bound = self._with_unit(found)
            asked = bound.start > 0 and self.text[bound.start - 1] == "哪"
            decimal = bound.number != bound.number.to_integral_value()
            if (bound.signed or bound.unit or decimal) and not asked and not self._named_amount(bound):
                self.found.bounds.append(bound)
                self._blank(bound.start, bound.end)

    def _between_fields(self) -> None:
        """得分低于分值, 实际花的比预算多: two fields compared with each other."""
        fields = self.found.fields
        self._empty_cells()
        for left, right in pairwise(fields):
            between = self.text[left.end : right.start]
            after = self.text[right.end : right.end + 6]
            for name, pattern in VERSUS.items():
                if pattern.fullmatch(between):
                    self._mark_versus(name, left.end, right.start)
            more = THAN.match(after)
            if BY.fullmatch(between) and more and not HOW_MUCH.match(after[more.end() :]):
                way = next((way for way in ("gt", "lt", "eq") if more[way]), "ne")
                self._mark_versus(f"versus_{way}", left.end, right.start, right.end + more.end())

    def _empty_cells(self) -> None:
        """没有总分, 标题为空: that a cell holds nothing, or something."""
        for mention in self.found.fields:
            if (said := said_of(mention, "".join(self.work), self.text)) is not None:
                self._mark_versus(*said)

    def _mark_versus(self, name: str, start: int, end: int, until: int = 0) -> None:
        until = until or end
        for mark in [m for m in self.found.marks if m.name == "missed" and start <= m.start < end]:
            # 执行数没达到预算: not what an indicator missed.
            self.found.marks.remove(mark)
            self.found.said.pop("missed", None)
        self.found.said.setdefault(name, Mention(name, start, until, self.text[start:until]))
        self.found.marks.append(Mention(name, start, end, self.text[start:end]))
        self._blank(start, end)
        if until > end:
            tail = [at for at in range(end, until) if self.work[at] != TAKEN]
            for at in tail:
                self._blank(at, at + 1)

    def _nouns(self) -> None:
        """The nouns of records, also where they stand in a word already taken (几个项目)."""
        loose = "".join(self.work)
        for name, pattern in NOUNS.items():
            for match in pattern.finditer(loose):
                self.found.nouns.append(Mention(name, match.start(), match.end(), match[0]))
            for mark in self.found.marks:
                if mark.name in WITH_NOUN and (inside := pattern.search(mark.text)):
                    self.found.nouns.append(Mention(name, mark.start + inside.start(), mark.end, inside[0]))
        for match in EACH_OFFICE.finditer(self.text):
            if loose[match.start()] != TAKEN and not any(
                n.start <= match.start() < n.end for n in self.found.nouns
            ):
                self.found.nouns.append(Mention("unit", match.start(), match.end(), match[0]))
        for mark in self.found.marks:
            if mark.name in COUNTS_OFFICES and mark.text.endswith(("处", "科", "家")):
                self.found.nouns.append(Mention("unit", mark.end - 1, mark.end, mark.text[-1]))
        self.found.nouns.sort(key=lambda mention: mention.start)

    def _with_unit(self, bound: Bound) -> Bound:
        """总分100的, 满意度没到95: the unit that the word before a bare number takes."""
        before = self.text[: bound.start]
        if bound.unit:
            return bound
        if not bound.signed and POINTS_BEFORE.search(before):
            return bound._replace(unit="分")
        if bound.signed and SHARE_BEFORE.search(before):
            return bound._replace(unit="%")
        return bound

    def _mentions(self, name: str, pattern: re.Pattern[str], into: list[Mention]) -> None:
        for match in pattern.finditer("".join(self.work)):
            start = match.start() + (name == "actual" and self._ends_a_word(match))
            if match.end() > start and TAKEN not in match[0] and not self._ends_a_noun(match):
                into.append(Mention(name, start, match.end(), self.text[start : match.end()]))
                self._blank(start, match.end())

    def _phrases(self, named: list[tuple[int, int]]) -> None:
        """What is left, with the printed names put back; idle words end a phrase."""
        self.found.rest = "".join(self.work)
        for match in bundled_words().filler.finditer("".join(self.work)):
            self._blank(match.start(), match.end())
        for at in idle_characters("".join(self.work), self.entities):
            self._blank(at, at + 1)
        for at, character in self.kept.items():
            self.work[at] = character
        marked = [
            bool(re.match("[一-龥A-Za-z0-9]", character)) and character != TAKEN for character in self.work
        ]
        for first, end in joined(spans(marked)):
            protected = any(a <= first < b for a, b in named)
            idle = self.text[first] in "的了" and end - first > 2 and not protected
            start = first + 1 if idle else first
            text = self.text[start:end]
            if self._says_nothing(text) and not any(a < end and first < b for a, b in named):
                continue
            if len(text) > 1 or any(a <= start < b for a, b in named):
                self.found.phrases.append(Mention("phrase", start, end, text))
            else:
                self.found.loose += text

    def _says_nothing(self, text: str) -> bool:
        """算一遍, 拎出来, and figures that stand alone (那19份): no names."""
        return _FIGURE.fullmatch(text) is not None or (
            len(text) > 1 and bundled_words().light.fullmatch(text) is not None
        )

    def _named_amount(self, bound: Bound) -> bool:
        """三项经费, 六十年代: a number that is part of a name."""
        beside = self.text[bound.end - 1 : bound.end + 1]
        return (
            not bound.signed
            and len(beside) == 2
            and self.entities.names_have(beside)
            and not beside[0].isdigit()
        )

    def _in_a_word(self, match: re.Match[str]) -> bool:
        """Whether a single character is part of a word of the library: 占 in 频占费."""
        return len(match[0]) == 1 and self.entities.in_a_word(self.text, match.start())

    def _ends_a_noun(self, match: re.Match[str]) -> bool:
        """花 of 棉花专项: a single character between one that says nothing and the word for a project."""
        at = match.start()
        before = self.work[at - 1] if at else TAKEN
        loose = re.match("[一-龥]", before) is not None and before not in bundled_words().idle
        return len(match[0]) == 1 and loose and _OF_A_NAME.match(self.text, match.end()) is not None

    def _ends_a_word(self, match: re.Match[str]) -> bool:
        """缴 of 征缴到: what was done is called by a word of the library that ends with it."""
        at = match.start()
        done = match[0][0] in _DONE and len(match[0]) > 1
        return done and at > 0 and self.entities.names_have(self.text[at - 1 : at + 1])

    def _blank(self, start: int, end: int) -> None:
        self.work[start:end] = [TAKEN] * (end - start)
