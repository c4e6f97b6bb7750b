"""How past indicators were reached, counted by kind, and a quiet bar for such counts. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from assistant.rules.check import Report
from assistant.web.escape import escape

BANDS = ("不到80%", "80%到100%", "正好100%", "超过100%", "超过130%", "不是比例")
"""Completion of a target, in the order of the bar; the last one for dates and wordings."""
_LIMITS = ((Decimal("0.8"), 0), (Decimal(1), 1))
_OVER = Decimal("1.3")


def band_of(completion: Decimal | None) -> str:
    """The band in which a completion (actual ÷ target) lies."""
    if completion is None:
        return BANDS[5]
    for limit, band in _LIMITS:
        if completion < limit:
            return BANDS[band]
    if completion == 1:
        return BANDS[2]
    return BANDS[3] if completion < _OVER else BANDS[4]


def by_kind(reports: Iterable[Report], field: str = "level2") -> dict[str, Counter[str]]:
    """How many indicators of each kind lie in each band, the commonest kind first."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for report in reports:
        for score, row in zip(report.sheet.indicators, report.form.indicators, strict=True):
            kind = kind_name(getattr(row, field))
            found[kind][band_of(score.completion)] += 1
    return dict(sorted(found.items(), key=lambda item: -item[1].total()))


def kind_name(text: str) -> str:
    """A level as one kind, however it was printed: 经济效益 and 经济效益指标 are the same."""
    bare = "".join(text.split()).removesuffix("指标")
    if not bare:
        return "（没有写）"
    return "满意度指标" if "满意" in bare else f"{bare}指标"


def bars(counts: dict[str, Counter[str]], parts: Sequence[str]) -> str:
    """One bar a kind, as long as it is common, divided into ``parts``; each figure stands in words too."""
    most = max((count.total() for count in counts.values()), default=1)
    legend = "".join(f'<span><i data-part="{at}"></i>{escape(part)}</span>' for at, part in enumerate(parts))
    rows = "".join(_bar(kind, count, parts, most) for kind, count in counts.items())
    return f'<div class="af-legend">{legend}</div><table class="af-bars"><tbody>{rows}</tbody></table>'


def _bar(kind: str, count: Counter[str], parts: Sequence[str], most: int) -> str:
    pieces = "".join(
        f'<span data-part="{at}" style="width:{100 * count[part] / most:.2f}%" '
        f'title="{escape(f"{kind}：{part} {count[part]} 个")}"></span>'
        for at, part in enumerate(parts)
        if count[part]
    )
    number = f'<td class="af-number">{count.total()}</td>'
    return f"<tr><th>{escape(kind)}</th><td><div>{pieces}</div></td>{number}</tr>"
