"""Which forms and rows a loosely worded phrase means: shared pairs of characters, synonyms, offices."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from assistant.asking.language.naming import FEW, grams, one_other, spans, squeezed, told_parts
from assistant.asking.language.words import bundled_words
from assistant.asking.reading.departments import Departments
from assistant.asking.reading.marks import Covered, best_forms, best_rows, collect_synonyms
from assistant.asking.reading.matching import Match, RowId, forgiven
from assistant.asking.reading.offices_named import OfficesNamed
from assistant.asking.reading.shortened import by_abbreviation, by_characters, by_short_row
from assistant.asking.records.columns import Codes, Mask
from assistant.asking.records.named import Named
from assistant.asking.records.office_names import OfficeNames, grouped
from assistant.asking.records.prose import Prose
from assistant.asking.records.view import View
from assistant.form.text import pairs

_PLAN = re.compile("[一-龥]{2}(?:计划|任务|目标)")
"""天山计划 for 天山企业家人才培养计划, which is no target."""
_YEAR = re.compile("(?<![/~-])20[0-9]{2}年?度?(?![/~-])")
_PAIR, _AMONG = 2, "中里"
_LONG_NAME = 5
_TELLING = 4
_MANY = 500
_SEVERAL = 2
_COMMON = re.compile("[0-9]|专项|项目|工作|年度|资金|经费|支出|预算|执行|下达|关于|通知|企业")
_MOST_TEXTS = 256
"""The names in so many texts are kept: one question is read more than once."""


class Entities:
    """The names and the prose of what a person may ask about, found by pairs of characters."""

    def __init__(self, view: View) -> None:
        self.forms, self.by_number = view.forms, view.by_number
        self._view = view
        self._headers = Named(view, "forms", "_header")
        self._row_names = Named(view, "indicators", "_name")
        self._prose = Prose(view)
        self._carriers: dict[str, int] = {}
        self._spans: dict[str, tuple[tuple[int, int], ...]] = {}

    @cached_property
    def _numbers(self) -> Codes:
        return self._view.records("forms").forms

    @cached_property
    def _owners(self) -> Codes:
        """For each row the place of its form among the permitted ones."""
        places = np.cumsum(self._view.allowed, dtype=np.int32) - 1
        return places[self._view.snapshot.owners["indicators"][self._view.records("indicators").places]]

    @cached_property
    def _wordings(self) -> frozenset[str]:
        rows = self._view.records("indicators")
        kinds, targets = rows.column("target_kind"), rows.column("target")
        qualitative = rows.places[kinds.where(lambda cell: cell.text == "定性", rows.places)]
        return frozenset(squeezed(targets.cells[place].text) for place in targets.used(qualitative).tolist())

    @cached_property
    def by_office(self) -> OfficesNamed:
        """The offices that implement the forms."""
        return OfficesNamed(OfficeNames(self._by_name("_unit")))

    @cached_property
    def by_department(self) -> Departments:
        """The departments that the forms are of."""
        return Departments(self._by_name("_department"))

    def _by_name(self, field: str) -> dict[str, Codes]:
        cells, codes = self._view.column("forms", field)
        used = {place: squeezed(cells[place].text) for place in np.unique(codes).tolist()}
        return grouped(used, codes, self._numbers)

    @cached_property
    def departments(self) -> tuple[str, ...]:
        """The different departments of all forms."""
        return tuple(cell.text for cell in self._view.used("forms", "_department"))

    @cached_property
    def years(self) -> frozenset[int]:
        """The different years of all forms that tell one."""
        numbers = (cell.number for cell in self._view.used("forms", "year"))
        return frozenset(int(number) for number in numbers if number is not None)

    @property
    def newest_year(self) -> int | None:
        """The last of these years; None where no form tells one."""
        return max(self.years, default=None)

    def of_years(self, years: Collection[int | None]) -> tuple[int, ...]:
        """The forms of these years; None: those that tell none."""
        forms = self._view.records("forms")
        column = forms.column("year")
        return tuple(self._numbers[column.where(lambda cell: cell.number in years, forms.places)].tolist())

    def headers(self, field: str) -> list[str]:
        """A field of all forms, in their order."""
        return self._view.records("forms").texts(field)

    def reads(self, field: str, text: str) -> bool:
        """Whether a cell of an indicator reads exactly so."""
        return any(cell.text == text for cell in self._view.used("indicators", field))

    def named_spans(self, text: str) -> list[tuple[int, int]]:
        """Stretches of ``text`` that are names as printed: whole ones, or five characters of any."""
        known = self._spans.get(text)
        if known is None:
            if len(self._spans) >= _MOST_TEXTS:
                self._spans.clear()
            known = self._spans[text] = tuple(self._named_spans(text))
        return [*known]

    def _named_spans(self, text: str) -> list[tuple[int, int]]:
        marked = [False] * len(text)
        # 2023年 stands in 2023年…建设项目, and is a year all the same where that does not follow.
        undated = _YEAR.sub(lambda year: " " * len(year[0]), text)
        for at in range(len(text) - _LONG_NAME + 1):
            if self._is_long(undated[at : at + _LONG_NAME]):
                marked[at : at + _LONG_NAME] = [True] * _LONG_NAME
        for year in _YEAR.finditer(text):
            follows = marked[year.end() : year.end() + 1] == [True]
            if follows and self._is_long(text[year.start() : year.end() + _LONG_NAME]):
                marked[year.start() : year.end()] = [True] * len(year[0])
        for size in (3, 4):
            for at in range(len(text) - size + 1):
                if self._is_name(text[at : at + size]) or (
                    size == _TELLING and self._tells(text[at : at + size])
                ):
                    marked[at : at + size] = [True] * size
        for plan in _PLAN.finditer(text):
            if any(self._headers.matching(re.compile("[^\n]*?".join(plan[0])))):
                marked[plan.start() : plan.end()] = [True] * len(plan[0])
        return spans(marked)

    def _is_long(self, text: str) -> bool:
        """Whether five characters stand in a name, neither beginning nor ending with a particle."""
        return bool(grams(text, len(text))) and self.in_a_name(text)

    def _is_name(self, text: str) -> bool:
        return any(self._row_names[at] == text for at in self._row_names.holding(text))

    def _tells(self, text: str) -> bool:
        """Four characters of a project's name keep together too, where few projects have them."""
        if not grams(text, len(text)) or _COMMON.search(text):
            return False
        return 0 < self._projects(text) <= FEW

    def names_have(self, pair: str) -> bool:
        """Whether a pair of characters stands in a name of a project or an indicator."""
        return self._headers.has(pair) or self._row_names.has(pair)

    def in_a_word(self, text: str, at: int) -> bool:
        """Whether a character is part of a word of the names: 占 in 频占费, not in 预算中占多少."""
        before, after = text[max(0, at - 1) : at + 1], text[at : at + 2]
        beyond = text[max(0, at - 2) : at]
        if before[:1] in _AMONG and len(beyond) == _PAIR and not self.names_have(beyond):
            before = ""
        return any(len(pair) == _PAIR and self.names_have(pair) for pair in (before, after))

    def whole_names(self, text: str) -> list[tuple[str, int]]:
        """The whole names of single forms that stand in ``text``, each with the number of its form."""
        return [(name, int(self._numbers[at])) for name, at in self._headers.inside(text)]

    def names_a_project(self, text: str) -> bool:
        """Whether ``text`` stands in the name of one project alone, or of few."""
        return 0 < self._projects(text) <= FEW

    def _projects(self, text: str) -> int:
        """In how many projects' names ``text`` stands, counted no further than just over a few."""
        many = 0
        for name in self._headers.holding(text):
            many += self._headers.number_of_records(name)
            if many > FEW:
                break
        return many

    def rows_sharing(self, text: str, forms: Iterable[int] | None) -> list[str]:
        """The names of indicators of ``forms`` (None: all) that share a pair of characters with ``text``."""
        _, of_rows = self._allowed(forms)
        among = self._among(self._row_names, of_rows)
        found = {at for pair in pairs(text) for at in self._row_names.having([pair], among).tolist()}
        return [self._row_names[at] for at in sorted(found)]

    def row_is_called(self, text: str) -> bool:
        """Whether ``text`` stands in an indicator's name, and in no project's."""
        return not self._projects(text) and any(True for _ in self._row_names.holding(text))

    def in_a_name(self, text: str) -> bool:
        """Whether ``text`` stands as it is in a name of a project or an indicator."""
        return any(True for _ in self._row_names.holding(text)) or any(
            True for _ in self._headers.holding(text)
        )

    def _header(self, form: int) -> str:
        """A project's name as it is compared. Raises ValueError for a form that is not permitted."""
        at = int(np.searchsorted(self._numbers, np.int32(form)))
        if at == len(self._numbers) or self._numbers[at] != form:
            raise ValueError(form)
        return self._headers.of(at)

    def read_as(self, phrase: str, forms: Sequence[int]) -> tuple[int, ...]:
        """Of ``forms`` those whose project's name holds ``phrase`` with one character another one."""
        if len(forms) > _MANY:
            wanted = self._headers.records(np.array(self._headers.nearly(phrase), dtype=np.int32))
            return tuple(np.intersect1d(self._numbers[wanted], np.array(forms)).tolist())
        whole = re.compile("|".join(one_other(phrase, at) for at in range(len(phrase))))
        return tuple(n for n in forms if whole.search(self._header(n)))

    def names_read_as(self, phrase: str) -> Iterator[str]:
        """The different names of projects that hold ``phrase`` with one character another one."""
        return (self._headers[at] for at in self._headers.nearly(phrase))

    def beside_form(self, phrase: str, form: int) -> str:
        """What of ``phrase`` the form's own name does not hold; "" where that is next to nothing."""
        own = set(pairs(self._header(form)))
        held = [False] * len(phrase)
        for at, pair in enumerate(pairs(phrase)):
            if pair in own:
                held[at] = held[at + 1] = True
        left = ["".join(phrase[a:b]) for a, b in spans([not one for one in held])]
        longest = max(left, key=len, default="")
        return longest if len(longest) > 2 else ""

    def knows(self, pair: str) -> bool:
        """Whether a pair of characters stands anywhere in the library's names or prose."""
        return self.names_have(pair) or self._prose.has(pair)

    def has(self, text: str) -> bool:
        """Whether a character, or a pair of them, stands anywhere in the library's names or prose."""
        if len(text) > 1:
            return self.knows(text)
        return self.in_a_name(text) or self._prose.has(text)

    def numbered(self, numbers: Sequence[int]) -> tuple[int, ...]:
        """Those of these numbers that are forms of the library."""
        return tuple(number for number in numbers if number in self.by_number)

    def is_wording(self, text: str) -> bool:
        """Whether a qualitative target reads like this: 长期, 效果显著."""
        return text in self._wordings

    def related_rows(self, words: Sequence[str]) -> tuple[RowId, ...]:
        """The indicators in whose names all of these words stand."""
        return self._row_ids(self._related(self._row_names, words))

    def related(self, words: Sequence[str], *, named: bool = False) -> tuple[int, ...]:
        """The forms in whose project's or an indicator's name all of these words stand.

        ``named``: only in a project's, where there are any.
        """
        by_name = self._related(self._headers, words)
        if named and len(by_name):
            return tuple(self._numbers[by_name].tolist())
        by_row = self._related(self._row_names, words)
        return tuple(np.unique(self._numbers[np.concatenate((by_name, self._owners[by_row]))]).tolist())

    def _related(self, named: Named, words: Sequence[str]) -> Codes:
        wanted = [pair for word in words for pair in pairs(word)]
        return named.records(named.having(wanted)) if wanted else np.empty(0, dtype=np.int32)

    def _row_ids(self, rows: Codes) -> tuple[RowId, ...]:
        """Rows by their places among the permitted ones as form and row."""
        numbers = self._numbers[self._owners[rows]]
        inside = self._view.snapshot.frames["indicators"].rows[self._view.records("indicators").places[rows]]
        return tuple(zip(numbers.tolist(), inside.tolist(), strict=True))

    def match(
        self, phrases: Sequence[str], within: Iterable[int] | None = None, *, projects: bool = False
    ) -> Match:
        """What ``phrases`` together mean, among the forms ``within`` (None: all).

        ``projects``: only names of projects count.
        """
        text = "\n".join(phrases)
        if not text.strip():
            return Match(unknown=0.0)
        of_forms, of_rows = self._allowed(within)
        forms = Covered(self._headers, self._among(self._headers, of_forms), len(text))
        rows = Covered(self._row_names, self._among(self._row_names, of_rows), len(text))
        weights = [0.0] * len(text)
        for at in range(len(text) - 1):
            pair = text[at : at + 2]
            if "\n" in pair:
                continue
            forms.collect([pair], at, at + 2)
            rows.collect([pair], at, at + 2)
            weight = self._weight(pair)
            weights[at], weights[at + 1] = max(weights[at], weight), max(weights[at + 1], weight)
        by_abbreviation(self._headers, self.names_have, self._of_one_project, text, forms)
        by_characters(self._headers, self._of_one_project, text, forms)
        if within is not None:
            by_short_row(self._row_names, text, rows)
        if not forms and not rows:
            return Match(left=text)
        collect_synonyms(text, (forms, rows))
        if projects:
            rows = Covered(self._row_names, rows.among, len(text))
        best = self._by_own_word(self._best(text, weights, forms, rows, of_forms), phrases)
        return forgiven(self._by_whole_name(best, phrases), text, weights)

    def _by_own_word(self, match: Match, phrases: Sequence[str]) -> Match:
        """全民健身: of the projects found those called so, where others only say another word for it."""
        if match.rows or len(match.forms) < _SEVERAL:
            return match
        wanted = {pair for phrase in phrases for pair in pairs(phrase)}
        shared = {form: len(wanted & set(pairs(self._header(form)))) for form in match.forms}
        if not any(number == len(wanted) for number in shared.values()):
            return match
        return replace(match, forms=tuple(form for form, number in shared.items() if number))

    def _of_one_project(self, name: int) -> bool:
        """Whether one form alone has this name of a project, or one of each of several years."""
        records = self._headers.records(np.array([name], dtype=np.int32))
        if not 1 < len(records) <= len(self.years):
            return len(records) == 1
        years = [self.by_number[form].year for form in self._numbers[records].tolist()]
        return None not in years and len({*years}) == len(years)

    def _by_whole_name(self, match: Match, phrases: Sequence[str]) -> Match:
        """新增产值: of the rows found those that are called just so, where there are any."""
        whole = {squeezed(phrase) for phrase in phrases if len(phrase) >= _TELLING}
        rows = tuple(
            (form, row)
            for form, row in match.rows
            if squeezed(self.by_number[form].indicators[row - 1]["name"].text) in whole
        )
        if not rows:
            return match
        return replace(match, rows=rows, forms=tuple(sorted({form for form, _ in rows})))

    def _allowed(self, within: Iterable[int] | None) -> tuple[Mask | None, Mask | None]:
        """The forms ``within`` and their rows as marks; None: all."""
        if within is None:
            return None, None
        of_forms = np.isin(self._numbers, np.array(tuple(within), dtype=np.int64))
        return of_forms, of_forms[self._owners]

    def _among(self, named: Named, records: Mask | None) -> Mask:
        return named.present if records is None else named.used_by(np.flatnonzero(records))

    def _weight(self, pair: str) -> float:
        """High for pairs that few forms carry, and for pairs that none does."""
        carriers = self._carriers.get(pair)
        if carriers is None:
            by_name = len(self._headers.records(self._headers.having([pair])))
            rows = self._row_names.records(self._row_names.having([pair]))
            carriers = self._carriers[pair] = by_name + len(np.unique(self._owners[rows]))
        return 0.2 + math.log((len(self.forms) + 2.0) / (min(carriers, len(self.forms)) + 1.0))

    def _best(
        self, text: str, weights: list[float], forms: Covered, rows: Covered, allowed: Mask | None
    ) -> Match:
        of_forms = np.ones(len(self._numbers), dtype=np.bool_) if allowed is None else allowed
        by_form = best_forms(forms, of_forms, weights)
        by_row = best_rows(rows, forms, self._owners, of_forms[self._owners], weights)
        best = max(by_form.worth, by_row.worth)
        if best <= 0:
            return Match(left=text)
        if by_row.worth > by_form.worth + 1e-9:
            chosen, bits = self._row_ids(by_row.records), by_row.bits
            found = tuple(np.unique(self._numbers[self._owners[by_row.records]]).tolist())
        else:
            chosen, bits = (), by_form.bits
            found = tuple(self._numbers[by_form.records].tolist())
        left = "".join(c if not bits >> at & 1 else " " for at, c in enumerate(text))
        return Match(found, chosen, 1.0 - best / (sum(weights) or 1.0), left)

    def passages(
        self, phrases: Sequence[str], within: Iterable[int] | None = None, explained: bool = False
    ) -> tuple[RowId, ...]:
        """The rows (row 0: the form's goals and note) whose prose holds every phrase, or words alike.

        ``explained``: only what explains deviations counts.
        """
        soft = bundled_words().soft
        telling = [phrase for phrase in phrases if phrase not in soft]
        parts = [part for phrase in telling or phrases for part in told_parts(phrase)]
        if not parts:
            return ()
        allowed, _ = self._allowed(within)
        return self._prose.holding(parts, allowed, explaining=explained)
