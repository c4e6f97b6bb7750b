"""The one figure that a question asked for."""

from __future__ import annotations

from assistant.asking.planning.before import Before
from assistant.asking.planning.operands import as_term
from assistant.asking.records.query import Measure, Query

_CELL = "actual"
"""What is told of an indicator where no single cell of it was asked for."""


def is_figure(before: Before) -> tuple[str, str, str] | None:
    """What one figure a question asked for: the sort of record, the field, and how it is computed."""
    term = figure_of(before)
    if term is None or term.measure is None:
        return None
    return term.of, term.measure.field, term.measure.op


def figure_of(before: Before) -> Query | None:
    """The one figure that a question asked for; None where it asked for several, or for none."""
    queries = before.meaning.queries if before.meaning is not None else ()
    if len(queries) != 1 or queries[0].change is not None:
        return None
    query = queries[0]
    of_a_row = query.ask in ("cells", "top") and (query.rows is not None or len(before.rows) == 1)
    if query.of == "indicators" and of_a_row:
        return _of_a_row(before, query)
    if query.rows is not None:
        return None
    if query.ask == "top" and query.of == "forms" and query.order is not None and not query.group:
        if query.limit != 1 or len(before.forms) != 1:
            return None
        measure = Measure(op="sum", field=query.order.field)
        return Query(ask="term", forms=before.forms, measure=measure)
    return as_term(query)


def _of_a_row(before: Before, query: Query) -> Query | None:
    """The cell of the one indicator that was shown."""
    if len(before.rows) != 1 or query.group or query.ask not in ("cells", "top"):
        return None
    field = before.field or (_CELL if _CELL in query.show else "")
    if not field:
        return None
    return Query(of="indicators", ask="term", rows=before.rows, measure=Measure(op="sum", field=field))
