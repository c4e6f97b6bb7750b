"""What the printed form has no place for, so that nobody can have left it out."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from assistant.documents.columns import EXTRA, SECTION, SOURCE, Columns, FundPair
from assistant.documents.labels import goal_like


def absent_cells(
    goal: Collection[str], indicators: Columns | None, funds: Columns | None, pairs: Collection[FundPair]
) -> tuple[str, ...]:
    """The cells, as section.field, that a form has no label or column for.

    ``goal``: the halves of 年度总体目标 that have a label. A form without any has no place for them only
    where its indicators are headed by 年度绩效目标; else they were left out. ``pairs``: amounts beside their
    labels.
    """
    return tuple(_absent(goal, indicators, funds, {pair.role for pair in pairs}))


def _absent(
    goal: Collection[str], indicators: Columns | None, funds: Columns | None, pairs: Collection[str]
) -> Iterator[str]:
    if goal:
        yield from (f"goal.{part}" for part in ("expected", "actual") if part not in goal)
    elif indicators is not None and _are_goals(indicators):
        yield from ("goal.expected", "goal.actual")
    if indicators is not None:
        # A table without any points lacks nothing without full points: the official form of 转移支付.
        roles = ("weight", "explanation") if indicators.has("score") else ("explanation",)
        yield from (f"indicators.{role}" for role in roles if not indicators.has(role))
    if (funds is not None and not funds.has("rate")) or (funds is None and pairs and "rate" not in pairs):
        yield "funds.rate"
    if funds is not None and funds.has(SOURCE):
        yield "funds.sources"


def _are_goals(indicators: Columns) -> bool:
    """Whether the label beside the indicators calls them the year's goals: 年度绩效目标1（40分）."""
    labels = (column.header for column in indicators.columns if column.role in (SECTION, EXTRA))
    return any(goal_like(label) for label in labels)
