"""The place of one form among all by one of its figures: 按执行数排第几."""

from __future__ import annotations

import re

from assistant.asking.planning.asked import Asked
from assistant.asking.planning.meaning import Meaning
from assistant.asking.records.fields import FIELDS
from assistant.asking.records.query import Order, Query

PLACE = re.compile(
    "排(?:名)?(?:在)?(?:第几|多少位|第多少)(?:名|位|个)?|第几(?:名|位|高|大|多)|名次(?:是|为)?(?:多少|几|怎么样|如何)?"
)
_RISING = re.compile("(?:从|由)?(?:低到高|少到多|小到大)|倒数第几|第几(?:低|少|小)")


def as_place(asked: Asked) -> Meaning | None:
    """The place of the form that is named, among all; the highest figure is the first."""
    if not PLACE.search(asked.reading.text) or not asked.one_form() or asked.rows_spoken:
        return None
    fields = [name for name in asked.numeric("forms") if FIELDS["forms"][name].unit]
    if len(fields) != 1 or asked.predicates:
        return None
    order = Order(field=fields[0], descending=not _RISING.search(asked.reading.text))
    return Meaning(queries=(Query(of="forms", order=order, ask="place", base_forms=asked.scope.forms),))
