"""What a question names to be left aside: 除轻工处以外, 不是轻工处的."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.asking.reading.mentions import Reading


def left_aside(reading: Reading) -> tuple[Reading, Reading] | None:
    """除轻工处以外, 不是轻工处的: what is named to be left aside, and what else is; None where nothing is."""
    stretches = []
    for mark in reading.marks:
        if mark.name == "except":
            ends = [m.start for m in reading.marks if m.name == "besides" and m.start >= mark.end]
            comma = re.search("[,;]", reading.text[mark.end :])
            ends += [mark.end + comma.start()] if comma else []
            stretches.append((mark.end, min(ends, default=len(reading.text))))
        elif mark.name == "not_it":
            stretches.append((mark.end, mark.end + 1))
        elif mark.name == "besides" and not reading.says("except"):
            named = [(a, b) for a, b, _ in reading.offices] + [(m.start, m.end) for m in reading.phrases]
            stretches += [span for span in named if span[1] == mark.start]
    if not stretches:
        return None

    def aside(start: int) -> bool:
        return any(a <= start < b for a, b in stretches)

    out = replace(
        reading,
        offices=[o for o in reading.offices if aside(o[0])],
        phrases=[p for p in reading.phrases if aside(p.start)],
        numbers=[],
    )
    if not (out.offices or out.phrases):
        return None
    rest = replace(
        reading,
        offices=[o for o in reading.offices if not aside(o[0])],
        phrases=[p for p in reading.phrases if not aside(p.start)],
    )
    return out, rest
