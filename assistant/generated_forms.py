"""Made-up forms in any number, of which no two have the same texts or amounts: what checking is measured on.

No cache that lives longer than one form can know them; what a form says of itself (sums, rates, ratios) still
holds, so the rules find in them about what they find in the forms they are made of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.form.model import Form, FundLine, Goal, Indicator
from assistant.generated_indicators import PLACES, RANKS
from vectorstore.corpus import bundled_forms

_AMOUNT = re.compile(
    r"(?<![\d.,])\d+(?:\.\d+)?(?=\s*(?:万元|亿元|元|人|名|次|个|家|户|场|处|件|套|台|公里|平方米|路))"
)
_BARE = re.compile(r"(?<![\d.,])\d+(?:\.\d+)?(?![\d.,%％])")
_MOST = 997
"""So many different multiples of the amounts there are."""
_NUMBERED = re.compile(r"^(?:指标\s*\d+\s*[:：]\s*)?")
_SHORT = 8
"""Real forms repeat texts as short as this one (无偏差) word for word."""


def varied(count: int) -> Iterator[Form]:
    """The bundled forms over and over, each time for another place and with other amounts."""
    bundled = bundled_forms()
    for number in range(count):
        turn, which = divmod(number, len(bundled))
        yield _moved(bundled[which], _place(turn), 1 + turn % _MOST)


def _place(turn: int) -> str:
    """Another one for each ``turn``; ``""`` for the first."""
    if not turn:
        return ""
    words = [place + rank for rank in RANKS for place in PLACES]
    larger, smaller = divmod(turn, len(words))
    return words[larger % len(words)] + words[smaller]


def _moved(form: Form, place: str, times: int) -> Form:
    goal = Goal(
        expected=_told(form.goal.expected, place, times), actual=_told(form.goal.actual, place, times)
    )
    return form.model_copy(
        update={
            "project_name": place + form.project_name,
            "unit": place + form.unit if form.unit else "",
            "funds": tuple(_fund(line, times) for line in form.funds),
            "goal": goal,
            "indicators": tuple(_indicator(row, place, times) for row in form.indicators),
        }
    )


def _fund(line: FundLine, times: int) -> FundLine:
    amounts = {name: getattr(line, name) for name in ("initial", "budget", "executed")}
    return line.model_copy(update={name: _times(text, times, _BARE) for name, text in amounts.items()})


def _indicator(row: Indicator, place: str, times: int) -> Indicator:
    cells = _BARE if "数量" in row.level2 and "率" not in row.name else _AMOUNT
    return row.model_copy(
        update={
            "name": _NUMBERED.sub(lambda found: found[0] + place, _times(row.name, times, _AMOUNT)),
            "target": _times(row.target, times, cells),
            "actual": _times(row.actual, times, cells),
            "explanation": _told(row.explanation, place, times),
        }
    )


def _told(text: str, place: str, times: int) -> str:
    return f"{place}：{_times(text, times, _AMOUNT)}" if place and len(text) > _SHORT else text


def _times(text: str, times: int, amount: re.Pattern[str]) -> str:
    return amount.sub(lambda found: f"{Decimal(found[0]) * times:f}", text) if times > 1 else text
