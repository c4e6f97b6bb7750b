"""Which forms and rows a loosely worded phrase means: shared pairs of characters, synonyms, offices."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from assistant.asking.matching import Match, RowId, forgiven
from assistant.asking.naming import (
    FEW,
    grams,
    in_order,
    is_called,
    nearly,
    pairs,
    spans,
    squeezed,
    told_parts,
)
from assistant.asking.records import FormRecords
from assistant.asking.words import bundled_words
from vectorstore.lexicon import bundled_lexicon

_ORGANISATION = re.compile(
    r"[一-龥]{1,12}?(?:处室|处|局|办公室|办|中心|科|站|委|厅|院|所|室|队|部|支队|学校|医院|公司)"
)
_TAIL = re.compile(r"(?:处室|处|局|办公室|办|中心|科|站|委|厅|院|所|室|队|部)$")
_PLAN = re.compile("[一-龥]{2}(?:计划|任务|目标)")
"""天山计划 for 天山企业家人才培养计划, which is no target."""
_LONG_NAME = 5
_LEAST_OFFICE = 3
_START = "(?:^|自治区|[省市县区年度])"
_COMMON = re.compile("[0-9]|专项|项目|工作|年度|资金|经费|支出|预算|执行|下达|关于|通知|企业")


@dataclass
class Entities:
    """The names of a library, indexed by pairs of characters."""

    forms: Sequence[FormRecords]
    _form_pairs: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _row_pairs: dict[str, set[RowId]] = field(default_factory=lambda: defaultdict(set))
    _prose: list[tuple[RowId, str]] = field(default_factory=list)
    _explained: list[tuple[RowId, str]] = field(default_factory=list)
    _told: dict[str, bool] = field(default_factory=dict)
    _names: dict[str, set[RowId]] = field(default_factory=lambda: defaultdict(set))
    _units: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _long: set[str] = field(default_factory=set)
    _four: set[str] = field(default_factory=set)
    _wordings: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        seen: dict[str, int] = defaultdict(int)
        self.by_number = {one.number: one for one in self.forms}
        for one in self.forms:
            self._units[squeezed(one.form.unit)].add(one.number)
            header = squeezed(one.form.project_name)
            for pair in pairs(header):
                self._form_pairs[pair].add(one.number)
            self._long.update(grams(header, _LONG_NAME))
            self._telling(header, seen)
            for record in one.indicators:
                self._add_row((one.number, record.row or 0), squeezed(record["name"].text))
                if record["target_kind"].text == "定性":
                    self._wordings.add(squeezed(record["target"].text))
                told = record["actual"].text + " " + record["explanation"].text + " " + record["target"].text
                self._prose.append(((one.number, record.row or 0), "".join(told.split())))
                told = record["explanation"].text
                self._explained.append(((one.number, record.row or 0), "".join(told.split())))
            told = f"{one.form.goal.expected} {one.form.goal.actual} {one.form.total.note}"
            self._prose.append(((one.number, 0), "".join(told.split())))
            self._explained.append(((one.number, 0), "".join(one.form.total.note.split())))

    def _telling(self, name: str, seen: dict[str, int]) -> None:
        """Four characters of a project's name keep together too, where few projects have them."""
        for gram in set(grams(name, 4)):
            seen[gram] += 1
            if _COMMON.search(gram):
                continue
            if seen[gram] <= FEW:
                self._four.add(gram)
            else:
                self._four.discard(gram)

    def _add_row(self, row: RowId, name: str) -> None:
        self._names[name].add(row)
        self._long.update(grams(name, _LONG_NAME))
        for pair in pairs(name):
            self._row_pairs[pair].add(row)

    def named_spans(self, text: str) -> list[tuple[int, int]]:
        """Stretches of ``text`` that are names as printed: whole ones, or five characters of any."""
        marked = [False] * len(text)
        for at in range(len(text) - _LONG_NAME + 1):
            if text[at : at + _LONG_NAME] in self._long:
                marked[at : at + _LONG_NAME] = [True] * _LONG_NAME
        for size in (3, 4):
            for at in range(len(text) - size + 1):
                if text[at : at + size] in self._names or text[at : at + size] in self._four:
                    marked[at : at + size] = [True] * size
        for plan in _PLAN.finditer(text):
            if any(in_order(plan[0], squeezed(one.form.project_name)) for one in self.forms):
                marked[plan.start() : plan.end()] = [True] * len(plan[0])
        return spans(marked)

    def names_have(self, pair: str) -> bool:
        """Whether a pair of characters stands in a name of a project or an indicator."""
        return pair in self._form_pairs or pair in self._row_pairs

    def names_a_project(self, text: str) -> bool:
        """Whether ``text`` stands in the name of one project alone, or of few."""
        found = sum(text in squeezed(one.form.project_name) for one in self.forms)
        return 0 < found <= FEW

    def row_is_called(self, text: str) -> bool:
        """Whether ``text`` stands in an indicator's name, and in no project's."""
        projects = any(text in squeezed(one.form.project_name) for one in self.forms)
        return not projects and any(text in name for name in self._names)

    def in_a_name(self, text: str) -> bool:
        """Whether ``text`` stands as it is in a name of a project or an indicator."""
        return any(text in name for name in self._names) or any(
            text in squeezed(one.form.project_name) for one in self.forms
        )

    def read_as(self, phrase: str, forms: Sequence[int]) -> tuple[int, ...]:
        """Of ``forms`` those whose project's name holds ``phrase`` with one character another one."""
        patterns = [
            re.escape(phrase[:at]) + "[一-龥]" + re.escape(phrase[at + 1 :]) for at in range(len(phrase))
        ]
        whole = re.compile("|".join(patterns))
        return tuple(n for n in forms if whole.search(squeezed(self.by_number[n].form.project_name)))

    def beside_form(self, phrase: str, form: int) -> str:
        """What of ``phrase`` the form's own name does not hold; "" where that is next to nothing."""
        own = set(pairs(squeezed(self.by_number[form].form.project_name)))
        held = [False] * len(phrase)
        for at, pair in enumerate(pairs(phrase)):
            if pair in own:
                held[at] = held[at + 1] = True
        left = ["".join(phrase[a:b]) for a, b in spans([not one for one in held])]
        longest = max(left, key=len, default="")
        return longest if len(longest) > 2 else ""

    def knows(self, pair: str) -> bool:
        """Whether a pair of characters stands anywhere in the library's names or prose."""
        if pair in self._form_pairs or pair in self._row_pairs:
            return True
        if pair not in self._told:
            self._told[pair] = any(pair in text for _, text in self._prose)
        return self._told[pair]

    def has(self, text: str) -> bool:
        """Whether a character, or a pair of them, stands anywhere in the library's names or prose."""
        if len(text) > 1:
            return self.knows(text)
        if text not in self._told:
            named = any(text in pair for pair in (*self._form_pairs, *self._row_pairs))
            self._told[text] = named or any(text in told for _, told in self._prose)
        return self._told[text]

    def numbered(self, numbers: Sequence[int]) -> tuple[int, ...]:
        """Those of these numbers that are forms of the library."""
        return tuple(number for number in numbers if number in self.by_number)

    def is_wording(self, text: str) -> bool:
        """Whether a qualitative target reads like this: 长期, 效果显著."""
        return text in self._wordings

    def related_rows(self, words: Sequence[str]) -> tuple[RowId, ...]:
        """The indicators in whose names all of these words stand."""
        wanted = [pair for word in words for pair in pairs(word)]
        return (
            tuple(sorted(set.intersection(*(self._row_pairs.get(pair, set()) for pair in wanted))))
            if wanted
            else ()
        )

    def related(self, words: Sequence[str], *, named: bool = False) -> tuple[int, ...]:
        """The forms in whose project's or an indicator's name all of these words stand.

        ``named``: only in a project's, where there are any.
        """
        wanted = [pair for word in words for pair in pairs(word)]
        if not wanted:
            return ()
        by_name = set.intersection(*(self._form_pairs.get(pair, set()) for pair in wanted))
        by_row = set.intersection(*(self._row_pairs.get(pair, set()) for pair in wanted))
        if named and by_name:
            return tuple(sorted(by_name))
        return tuple(sorted(by_name | {form for form, _ in by_row}))

    def full_offices(self, text: str) -> list[tuple[int, int, tuple[int, ...]]]:
        """Whole names of the library's offices in ``text``, the longest first, with their forms."""
        found: list[tuple[int, int, tuple[int, ...]]] = []
        for unit, numbers in sorted(self._full_names.items(), key=lambda pair: -len(pair[0])):
            at = text.find(unit) if len(unit) >= _LONG_NAME else -1
            if at >= 0 and not any(a < at + len(unit) and at < b for a, b, _ in found):
                found.append((at, at + len(unit), tuple(sorted(numbers))))
        return sorted(found)

    @cached_property
    def _full_names(self) -> dict[str, set[int]]:
        """The offices' names, also without the authority before them: 离退休干部工作处."""
        names: dict[str, set[int]] = defaultdict(set)
        for unit, numbers in self._units.items():
            own = re.split("厅|委(?!员)", unit)[-1]
            for name in {unit, own if _TAIL.search(own) else unit}:
                names[name] |= numbers
        return names

    def offices(self, text: str) -> list[tuple[int, int, tuple[int, ...]]]:
        """Names of the library's offices in ``text``, each with the forms that it implements."""
        found = []
        for match in _ORGANISATION.finditer(text):
            best = self._office(match[0])
            if best is None:
                best = self._mistyped_office(match[0])
            if best is not None:
                length, forms = best
                found.append((match.end() - length, match.end(), forms))
        return found

    def _mistyped_office(self, words: str) -> tuple[int, tuple[int, ...]] | None:
        """离退修处: three characters or more before the ending, one of them another one."""
        for start in range(len(words) - _LEAST_OFFICE):
            name = words[start:]
            core = _TAIL.sub("", name)
            if len(core) < _LEAST_OFFICE or core == name:
                continue
            for at in range(1, len(core)):
                forms = {
                    number
                    for unit, numbers in self._units.items()
                    if nearly(core, at, unit) and unit.endswith(name[-1])
                    for number in numbers
                }
                if forms:
                    return len(name), tuple(sorted(forms))
        return None

    def _office(self, words: str) -> tuple[int, tuple[int, ...]] | None:
        """The longest end of ``words`` that names an office: its length and forms."""
        for start in range(len(words) - 1):
            name = words[start:]
            core = _TAIL.sub("", name)
            forms = {
                n for unit, numbers in self._units.items() if is_called(name, core, unit) for n in numbers
            }
            if forms:
                return len(name), tuple(sorted(forms))
        return None

    def match(
        self, phrases: Sequence[str], within: Iterable[int] | None = None, *, projects: bool = False
    ) -> Match:
        """What ``phrases`` together mean, among the forms ``within`` (None: all).

        ``projects``: only names of projects count.
        """
        text = "\n".join(phrases)
        if not text.strip():
            return Match(unknown=0.0)
        allowed = None if within is None else set(within)
        forms: dict[int, int] = defaultdict(int)
        rows: dict[RowId, int] = defaultdict(int)
        weights = [0.0] * len(text)
        for at in range(len(text) - 1):
            pair = text[at : at + 2]
            if "\n" in pair:
                continue
            bits = 3 << at
            self._collect(pair, bits, forms, rows, allowed)
            weight = self._weight(pair)
            weights[at], weights[at + 1] = max(weights[at], weight), max(weights[at + 1], weight)
        self._abbreviations(text, forms, allowed)
        if not forms and not rows:
            return Match(left=text)
        self._synonyms(text, forms, rows, allowed)
        if projects:
            rows.clear()
        found = self._best(text, weights, forms, rows)
        return forgiven(found, text, weights)

    def _collect(
        self, pair: str, bits: int, forms: dict[int, int], rows: dict[RowId, int], allowed: set[int] | None
    ) -> None:
        for number in self._form_pairs.get(pair, ()):
            if allowed is None or number in allowed:
                forms[number] |= bits
        for row in self._row_pairs.get(pair, ()):
            if allowed is None or row[0] in allowed:
                rows[row] |= bits

    def _abbreviations(self, text: str, forms: dict[int, int], allowed: set[int] | None) -> None:
        """战新 for 战略性新兴: where one project alone is shortened so, and no name holds the word itself."""
        at = 0
        for run in text.split("\n"):
            if FEW + 1 >= len(run) > 1 and not any(
                pair in self._form_pairs or pair in self._row_pairs for pair in pairs(run)
            ):
                pattern = re.compile(_START + ".{1,3}?".join(map(re.escape, run)))
                found = [one.number for one in self.forms if pattern.search(squeezed(one.form.project_name))]
                if len(found) == 1 and (allowed is None or found[0] in allowed):
                    forms[found[0]] |= ((1 << len(run)) - 1) << at
            at += len(run) + 1

    def _synonyms(
        self, text: str, forms: dict[int, int], rows: dict[RowId, int], allowed: set[int] | None
    ) -> None:
        lexicon = bundled_lexicon()
        at = 0
        for run in text.split("\n"):
            place = at
            for word in lexicon.segment(run):
                bits = ((1 << len(word)) - 1) << place
                for other in lexicon.widened.get(word, {}):
                    if len(other) > 1:
                        self._collect_whole(other, bits, forms, rows, allowed)
                place += len(word)
            at += len(run) + 1

    def _collect_whole(
        self, word: str, bits: int, forms: dict[int, int], rows: dict[RowId, int], allowed: set[int] | None
    ) -> None:
        word_pairs = pairs(word)
        for number in set.intersection(*(self._form_pairs.get(p, set()) for p in word_pairs)):
            if allowed is None or number in allowed:
                forms[number] |= bits
        for row in set.intersection(*(self._row_pairs.get(p, set()) for p in word_pairs)):
            if allowed is None or row[0] in allowed:
                rows[row] |= bits

    def _weight(self, pair: str) -> float:
        """High for pairs that few forms carry, and for pairs that none does."""
        carriers = len(self._form_pairs.get(pair, ())) + len(
            {row[0] for row in self._row_pairs.get(pair, ())}
        )
        return 0.2 + math.log((len(self.forms) + 2.0) / (min(carriers, len(self.forms)) + 1.0))

    def _best(self, text: str, weights: list[float], forms: dict[int, int], rows: dict[RowId, int]) -> Match:
        whole = sum(weights) or 1.0
        cache: dict[int, float] = {0: 0.0}

        def worth(bits: int) -> float:
            if bits not in cache:
                cache[bits] = sum(w for at, w in enumerate(weights) if bits >> at & 1)
            return cache[bits]

        by_form = {number: worth(bits) for number, bits in forms.items()}
        by_row = {row: worth(bits | forms.get(row[0], 0)) for row, bits in rows.items()}
        best_form, best_row = max(by_form.values(), default=0.0), max(by_row.values(), default=0.0)
        best = max(best_form, best_row)
        if best <= 0:
            return Match(left=text)
        if best_row > best_form + 1e-9:
            chosen = tuple(sorted(row for row, value in by_row.items() if value >= best - 1e-9))
            bits = rows[chosen[0]] | forms.get(chosen[0][0], 0)
            found = tuple(sorted({row[0] for row in chosen}))
        else:
            chosen = ()
            found = tuple(sorted(number for number, value in by_form.items() if value >= best - 1e-9))
            bits = forms[found[0]]
        left = "".join(c if not bits >> at & 1 else " " for at, c in enumerate(text))
        return Match(found, chosen, 1.0 - best / whole, left)

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
        wanted = [[pairs(word) for word in part] for part in parts]
        allowed = None if within is None else set(within)
        found = [
            row
            for row, text in (self._explained if explained else self._prose)
            if (allowed is None or row[0] in allowed)
            and all(any(all(pair in text for pair in word) for word in part) for part in wanted)
        ]
        return tuple(sorted(found))
