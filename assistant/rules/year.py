"""The year a form is about: from its printed lines, its name, its prose, else from the forms beside it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from assistant.form.model import Form
from assistant.form.numerals import half_width
from assistant.form.record import TEXTS_OF_A_FORM
from assistant.rules.rule import FormYear

_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_CHINESE_YEAR = re.compile(r"二[〇○零][〇○零一二三四五六七八九]{2}(?=年)")
# What must not stand before a year comes second, so that its digits are found fast.
_YEAR = r"(20(?<!\d20)\d\d)"
_PRINTED = re.compile(_YEAR + r"(?!\d)")
# A year that ends a period (2020/2021年度, 2021年4月至2022年3月) is not the year of the form by itself.
_YEAR_LABEL = re.compile(_YEAR + r"(?<![-—–~～/至到]20\d\d)\s*年度")
_PERIOD = r"\s*(?:年(?:度|\d{1,2}月(?:\d{1,2}日)?)?)?\s*[-—–~～/至到]\s*20\d\d(?!\d)"
_SAID = re.compile(rf"{_YEAR}(?=\s*年|{_PERIOD}|\s*采暖|[./-]\d{{1,2}}[./-]\d)")
_LEADING = re.compile(r"^(20\d\d)(?=[一-鿿])(?![名人个万元亩米吨户家台套平公盏件条])")
_COMPARED = re.compile(r"(?:[较比与自从]|同比|相比|对比|相较于)\s*$")
_AHEAD = re.compile(
    r"将|拟|预计|计划|力争|争取|下一步|今后|后续|明年|次年|下年|来年|规划|远景|奠定|打下|[到至]\s*20\d\d\s*年(?!度|\d)"
    r"|20\d\d\s*年[^,，。;；]{0,6}(?:[之以]?前|起)(?!期|后|来)"
)
_CLAUSE = re.compile(r"[,，。；;！!？?\n]")


@lru_cache(maxsize=TEXTS_OF_A_FORM)
def normalised(text: str) -> str:
    """``text`` in half width, with Chinese year numerals (二〇二一年) as digits."""
    plain = half_width(text)
    if "二" not in plain:
        return plain
    return _CHINESE_YEAR.sub(lambda found: found[0].translate(_CHINESE_DIGITS), plain)


def years_said(text: str) -> list[int]:
    """Every year that ``text`` names as a year (2021年, 2020/2021, 2021-12-31), in the order of the text."""
    return [int(found[1]) for found in _SAID.finditer(normalised(text))]


def own_year(form: Form) -> FormYear:
    """The year as the form itself tells it: printed line, name or goal, prose; ``nothing`` where it does not.

    Dates given as targets or actual values never count: they are what is checked against the year.
    """
    if year := printed_year(form):
        return FormYear.trusted(year=year, told_by="year_line")
    if form.year is not None:
        return FormYear.trusted(year=form.year, told_by="option")
    if year := _named(form):
        return FormYear.trusted(year=year, told_by="name_or_goal")
    if year := _latest_in_prose(form):
        return FormYear.trusted(year=year, told_by="prose")
    return FormYear.trusted(year=None, told_by="nothing")


def printed_year(form: Form) -> int | None:
    """The year of the line under the title, or of the title itself; None where neither carries one."""
    for text in (form.year_line, form.title):
        if text and (found := _PRINTED.search(normalised(text))):
            return int(found[1])
    return None


def form_years(forms: Sequence[Form], option: int | None = None) -> list[FormYear]:
    """The year of every form of a batch; ``option`` overrides, other forms tell it where one is silent."""
    if option is not None:
        return [FormYear(year=option, told_by="option") for _ in forms]
    own = [own_year(form) for form in forms]
    return [
        year if year.year is not None else _told_by_others(index, forms, own)
        for index, year in enumerate(own)
    ]


def _named(form: Form) -> int | None:
    name = normalised(form.project_name)
    if label := _YEAR_LABEL.search(name):
        return int(label[1])
    if (labelled := _goal_label(form)) is not None:
        return labelled
    if said := years_said(name):
        return said[0]
    return int(found[1]) if (found := _LEADING.match(name)) else None


def _goal_label(form: Form) -> int | None:
    """The ××××年度 that the goal speaks of most often; the first of several."""
    years = []
    for text in (form.goal.expected, form.goal.actual):
        plain = normalised(text)
        # Most texts have no label at all.
        for clause in _CLAUSE.split(plain) if _YEAR_LABEL.search(plain) else ():
            if _AHEAD.search(clause):
                continue
            years += [
                int(found[1])
                for found in _YEAR_LABEL.finditer(clause)
                if not _COMPARED.search(clause[: found.start()])
            ]
    return Counter(years).most_common(1)[0][0] if years else None


def _latest_in_prose(form: Form) -> int | None:
    """The latest year of the goal, else of the explanations, which also speak of what comes after."""
    goal = _latest((form.goal.expected, form.goal.actual))
    return goal or _latest((*(row.explanation for row in form.indicators), form.total.note))


def _latest(texts: Iterable[str]) -> int | None:
    past = [
        year
        for text in texts
        if "20" in (plain := normalised(text))
        for clause in _CLAUSE.split(plain)
        if not _AHEAD.search(clause)
        for year in years_said(clause)
    ]
    return max(past, default=None)


def _told_by_others(index: int, forms: Sequence[Form], own: Sequence[FormYear]) -> FormYear:
    """What most other forms of the same file say, else most of the batch; nothing where they disagree."""
    others = [number for number in range(len(forms)) if number != index]
    beside = [number for number in others if forms[number].source.file == forms[index].source.file]
    for group in (beside, others):
        if year := majority(Counter(year for number in group if (year := own[number].year) is not None)):
            return FormYear(year=year, told_by="batch")
    return FormYear()


def majority(years: Counter[int]) -> int | None:
    """The year of more than half of the forms; None where there is none."""
    if not years:
        return None
    year, count = years.most_common(1)[0]
    return year if count * 2 > years.total() else None
