"""What a model answers that is asked for a query: one that is whole, to be changed by a test."""

from __future__ import annotations

from typing import Any

MEAN_RATE: dict[str, Any] = {
    "answerable": "yes",
    "of": "forms",
    "ask": "value",
    "form_numbers": [],
    "row_ids": [],
    "where": [],
    "group": "",
    "measure": "mean",
    "measure_field": "rate",
    "order_field": "",
    "direction": "",
    "limit": 0,
    "show": [],
}
