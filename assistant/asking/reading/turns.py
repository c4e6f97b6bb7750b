"""Whose turn it is: which words of a question are taken before others."""

from __future__ import annotations

BEFORE_FIELDS, BEFORE_BOUNDS = "last_n", "full"
"""After these the special fields and levels, and the numbers, are taken."""
EARLY_FIELDS = frozenset(
    (
        "exec_score",
        "exec_score_rule",
        "indicator_count",
        "unit_asked",
        "exec_weight",
        "left_rate",
        "exec_lost",
        "central_department",
        "met_share",
        "total_diff",
        "unspent",
        "adjusted",
        "gap",
        "total_sum",
        "total_rule",
        "rate_printed",
        "measure_text",
        "unit_who",
        "unit_asked",
        "project_text",
        "completion_times",
    )
)
"""Fields whose words would else be taken apart."""
