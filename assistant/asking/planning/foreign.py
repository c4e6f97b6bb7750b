"""What no form has a cell for, and yet is told: part of a name, a date of a row, the costs of a form."""

from __future__ import annotations

from assistant.asking.planning.asked import Asked
from assistant.asking.planning.cells import asks_a_date
from assistant.asking.planning.spent_on import asks_what_for


def told_all_the_same(asked: Asked) -> bool:
    """Whether a word that no form has a cell for can be answered as it stands in this question."""
    return _is_in_a_name(asked) or asks_a_date(asked) or asks_what_for(asked)


def _is_in_a_name(asked: Asked) -> bool:
    """审计 in 企业审计核查, which an indicator is about."""
    said = asked.reading.said["foreign"]
    inside = any(
        p.start <= said.start and said.end <= p.end and len(p.text) > len(said.text)
        for p in asked.reading.phrases
    )
    return inside and bool(asked.scope.rows)
