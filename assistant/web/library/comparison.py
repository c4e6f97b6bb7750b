"""Two forms field by field: the same project in two years, or two versions of a table. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from assistant.form.model import Form, FundLine, Indicator
from assistant.form.wording import FIELD_NAMES

_HEADER = ("project_name", "department", "unit", "year_line")
_FUNDS = ("initial", "budget", "executed", "rate", "score")
_ROW = ("level2", "target", "actual", "weight", "score", "explanation")
_ALIKE = 0.6
_NOTHING = ("—", "-", "－", "–", "/", "——")
_DIGITS = re.compile(r"(?:19|20)\d\d年?度?|第[一二三四五六七八九十\d]+批")
_NAMED = re.compile(r"\s|[（(].*?[)）]")


@dataclass(frozen=True)
class Line:
    """One field of both forms; a side is None where that form has no such row."""

    section: str
    label: str
    left: str | None
    right: str | None

    @property
    def differs(self) -> bool:
        """Whether the two say something different; blanks, and a dash for nothing, do not count."""
        missing = (self.left is None) != (self.right is None)
        return missing or _said(self.left or "") != _said(self.right or "")


def compared(left: Form, right: Form) -> list[Line]:
    """Every field of both forms, fund sources matched by name, indicators by level and name."""
    return [
        *_fields("基本信息", left, right, _HEADER),
        *_fund_lines(left, right),
        Line("年度总体目标", "预期目标", left.goal.expected, right.goal.expected),
        Line("年度总体目标", "实际完成情况", left.goal.actual, right.goal.actual),
        *_indicator_lines(left.indicators, right.indicators),
        *_fields("总分", left.total, right.total, ("score",)),
    ]


def likeness(left: Form, right: Form) -> float:
    """How surely two forms are of one project, from 0 to 1; the year in a name does not count."""
    one, other = _bare(left.project_name), _bare(right.project_name)
    same_unit = 0.2 if left.unit.strip() and left.unit.strip() == right.unit.strip() else 0.0
    return 0.8 * SequenceMatcher(None, one, other, autojunk=False).ratio() + same_unit


def _fields(section: str, left: object, right: object, names: Sequence[str]) -> Iterator[Line]:
    for name in names:
        yield Line(section, FIELD_NAMES[name], getattr(left, name), getattr(right, name))


def _fund_lines(left: Form, right: Form) -> Iterator[Line]:
    for one, other in _matched([f.label for f in left.funds], [f.label for f in right.funds]):
        first = left.funds[one] if one is not None else None
        second = right.funds[other] if other is not None else None
        label = (first or second or FundLine()).label
        for name in _FUNDS:
            texts = (getattr(first, name, None), getattr(second, name, None))
            if any(texts):
                yield Line("项目资金", f"{label} · {FIELD_NAMES[name]}", *texts)


def _indicator_lines(left: Sequence[Indicator], right: Sequence[Indicator]) -> Iterator[Line]:
    for one, other in _matched([row.name for row in left], [row.name for row in right]):
        first = left[one] if one is not None else None
        second = right[other] if other is not None else None
        name = (first or second or Indicator()).name
        if first is None or second is None or first.name != second.name:
            yield Line(
                "绩效指标", f"{name} · 三级指标", getattr(first, "name", None), getattr(second, "name", None)
            )
        for field in _ROW:
            texts = (getattr(first, field, None), getattr(second, field, None))
            if any(texts):
                yield Line("绩效指标", f"{name} · {FIELD_NAMES[field]}", *texts)


def _matched(left: Sequence[str], right: Sequence[str]) -> Iterator[tuple[int | None, int | None]]:
    """Pairs of positions: equal names first, then the likeliest; what is left over stands alone."""
    pairs: dict[int, int] = {}
    free = list(range(len(right)))
    for alike in (1.0, _ALIKE):
        for at, name in enumerate(left):
            if at in pairs or not free:
                continue
            ratio, best = max((_ratio(name, right[other]), -other) for other in free)
            if ratio >= alike:
                pairs[at] = -best
                free.remove(-best)
    for at in range(len(left)):
        yield at, pairs.get(at)
    for other in free:
        yield None, other


def _said(text: str) -> str:
    bare = "".join(text.split())
    return "" if bare in _NOTHING else bare


def _ratio(one: str, other: str) -> float:
    one, other = _bare(one), _bare(other)
    return SequenceMatcher(None, one, other, autojunk=False).ratio() if one and other else float(one == other)


def _bare(name: str) -> str:
    return _DIGITS.sub("", _NAMED.sub("", name))
