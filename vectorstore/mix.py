"""How the parts of a search count."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Mix:
    """How the parts count; measured on the tuning half of ``evaluation/``.

    A hit covers at least ``cut`` of the query (half of that by words that are not general) and has ``tail``
    of the best score; where not even the best reaches ``least``, nothing is similar. The ``other_…`` are
    factors for rows that miss a wish, ``near_value`` for a target within what is asked but of another number,
    ``unexplained`` for a row without an explanation where a cause is asked for. ``model`` is what a fully
    trusted model counts beside the other two; what it alone finds must be as near as ``model_alone``.
    """

    coverage: float = 0.5
    neighbours: float = 0.5
    model: float = 0.1
    model_alone: float = 0.8
    synonyms: float = 1.0
    embedded_synonyms: float = 0.8
    cut: float = 0.05
    least: float = 0.38
    tail: float = 0.15
    other_level: float = 0.6
    other_kind: float = 0.8
    other_year: float = 0.7
    other_value: float = 0.75
    near_value: float = 0.85
    other_unit: float = 0.6
    unexplained: float = 0.7
