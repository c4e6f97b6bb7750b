"""A grid of questions over three years, of every project, office and year, against the forms' figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import combinations, cycle

import pytest

from assistant.asking.asker import Asker
from assistant.asking.evaluate import Question, given_by, is_right
from assistant.form.model import Form
from tests.asking import several_years
from tests.asking.played import last_turn

_FORMS = several_years.forms()
_FIELDS: dict[str, Callable[[Form], Decimal]] = {
    "预算": lambda form: Decimal(form.funds[0].budget),
    "执行数": lambda form: Decimal(form.funds[0].executed),
    "总分": lambda form: Decimal(form.total.score),
}
_SUMS = ("预算", "执行数")
Asked = tuple[tuple[str, ...], Question]


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")


def _series() -> Iterator[tuple[str, str, dict[int, Decimal]]]:
    """The name, the field and its figures by year: of every project, department and office."""
    for field, figure in _FIELDS.items():
        for name in dict.fromkeys(form.project_name for form in _FORMS):
            own = [form for form in _FORMS if form.project_name == name]
            yield name, field, {form.year: figure(form) for form in own if form.year}
        for office in dict.fromkeys(name for form in _FORMS for name in (form.department, form.unit)):
            own = [form for form in _FORMS if office in (form.department, form.unit)]
            years = sorted({form.year for form in own if form.year})
            if field in _SUMS:
                yield office, field, {y: sum(figure(f) for f in own if f.year == y) for y in years}


def _asked(questions: tuple[str, ...], *values: Decimal | int, says: tuple[str, ...] = ()) -> Asked:
    numbers = tuple(_plain(Decimal(value)) for value in values)
    return questions, Question(ask=questions[-1], kind="years", values=numbers, says=says)


def _of_one_year() -> Iterator[Asked]:
    ways = cycle(("{y}年{n}的{f}一共多少", "{n}{y}年{f}合计多少", "{n}，{y}年的{f}总共是多少"))
    for name, field, figures in _series():
        if field in _SUMS:
            for year, figure in figures.items():
                yield _asked((next(ways).format(n=name, f=field, y=year),), figure)


def _of_each_year() -> Iterator[Asked]:
    ways = cycle(("{n}三年的{f}分别是多少", "{n}历年{f}", "{n}各年的{f}是多少", "{n}{f}，这三年各是多少"))
    for name, field, figures in _series():
        if len(figures) > len(_SUMS):
            yield _asked((next(ways).format(n=name, f=field),), *figures.values())


def _changes() -> Iterator[Asked]:
    ways = cycle(
        (
            "{n}{b}年{f}比{a}年{m}了多少",
            "{n}的{f}从{a}年到{b}年一共{m}了多少",
            "与{a}年相比，{n}{b}年的{f}{m}多少",
        )
    )
    for name, field, figures in _series():
        for one, two in combinations(sorted(figures), 2):
            apart = figures[two] - figures[one]
            if apart:
                told = "增加" if apart > 0 else "减少"
                question = next(ways).format(n=name, f=field, a=one, b=two, m=told)
                yield _asked((question,), abs(apart), says=(told,))


def _ends() -> Iterator[Asked]:
    ways = cycle(("{n}哪年{f}最{e}", "{n}{f}最{e}的是哪一年，多少", "{n}三年里哪年{f}最{e}"))
    for name, field, figures in _series():
        for end, best in (("高", max), ("低", min)):
            wanted = best(figures.values())
            years = [year for year, figure in figures.items() if figure == wanted]
            if len(years) == 1 and len(figures) > 1:
                yield _asked((next(ways).format(n=name, f=field, e=end),), years[0], wanted)


def _followed() -> Iterator[Asked]:
    for name, field, figures in _series():
        years = sorted(figures)
        if field in _SUMS and len(years) > 1:
            first = f"{name}{years[-1]}年{field}合计多少"
            yield _asked((first, f"那{years[0]}年呢"), figures[years[0]])
            yield _asked((f"{name}历年{field}", "加起来多少"), sum(figures.values(), Decimal(0)))


def _of_no_year() -> Iterator[Asked]:
    years = {form.year for form in _FORMS if form.year}
    for name, field, figures in _series():
        for year in sorted(years - {*figures}):
            refused = Question(ask="", kind="years", found=False)
            yield (f"{name}{year}年{field}合计多少",), refused


_GRID = [*_of_no_year(), *_of_one_year(), *_of_each_year(), *_changes(), *_ends(), *_followed()]


@pytest.mark.parametrize("kind", range(5))
def test_the_grid(years_asker: Asker, kind: int) -> None:
    asked = _GRID[kind::5]
    wrong = [
        f"{' >> '.join(questions)}: {answer.answer}"
        for questions, wanted in asked
        if not is_right(wanted, given_by(answer := last_turn(years_asker, questions).answer))
    ]
    assert len(asked) > len(_FORMS)
    assert not wrong, "\n".join(wrong)
