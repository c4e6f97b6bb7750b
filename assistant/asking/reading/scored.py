"""Points said to be too high or too low: of the form, or of its indicators."""

from __future__ import annotations

from assistant.asking.reading.mentions import Mention, Reading

SCORED = frozenset(("over_scored", "under_scored"))


def points_beside(mark: Mention, reading: Reading) -> Mention | None:
    """执行得分少给了, 多给了执行分: the word for the points of the form beside the mark."""
    near = [
        m
        for m in reading.fields
        if m.name in ("exec_score", "total")
        and (0 <= mark.start - m.end <= 1 or 0 <= m.start - mark.end <= 1)
    ]
    return near[-1] if near else None


def points_of_form(reading: Reading) -> bool:
    """Whether all that is said to be scored too high or too low are points of the form."""
    marks = [m for m in reading.marks if m.name in SCORED]
    return bool(marks) and all(points_beside(m, reading) for m in marks)
