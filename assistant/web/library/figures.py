"""Counts of past indicators by kind as quiet bars. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from assistant.web.shown.escape import escape


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
