"""The place of one form among all by one of its figures: 按执行数排第几."""

from __future__ import annotations

import re

from assistant.asking.planning.asked import Asked
from assistant.asking.planning.meaning import Meaning
from assistant.asking.reading.years import forms_beside
from assistant.asking.records.fields import FIELDS
from assistant.asking.records.query import Order, Query

PLACE = re.compile(
    "(?:排(?:名|到|进|在|得)*|位列|位居|名列)(?:倒数)?(?:第几|多少[名位]|第多少|几名)(?:名|位|个)?|排[名位](?:是|为|在|有)?(?:多少|几)(?![名位个张])|(?<![的了])第几(?:名|位|高|大|多)"
    "|(?<![个排])名次(?:是|为)?(?:多少|几|怎么样|如何)?"
)
_RISING = re.compile(
    "(?:从|由)?(?:低|少|小)(?:到|往|至|向)(?:高|多|大)|倒数第几|倒(?:着|过来)|第几(?:低|少|小)"
)
_AMONG = re.compile(
    "(?:在|算)(?P<base>[^,;]{2,20}?)(?:的)?(?:[0-9一二两三四五六七八九十几]*[个张]?(?:项目|表|专项))?(?:里头?|里面|当?中|之中)"
)
_ENDS = re.compile(
    "(?:是不是|是否|算不算)(?:也)?(?P<field>[^,;]{0,8}?)最(?P<way>[高低多少大小好差])(?:的|分)?(?:那)?(?:一)?(?:[个张])?(?:项目|表)?(?:吗|呢)?$"
    "|(?:是|算)(?P<field_2>[^,;]{0,8}?)最(?P<way_2>[高低多少大小好差])(?:的|分)?(?:那)?(?:一)?(?:[个张])?(?:项目|表)?吗$"
)
"""是不是总分最低的: whether the form that is named stands first."""


def as_place(asked: Asked) -> Meaning | None:
    """The place of the form that is named, among all of its year; the highest figure is the first."""
    text = asked.reading.text
    end = _ENDS.search(text)
    if not (PLACE.search(text) or end) or not asked.one_form() or asked.rows_spoken:
        return None
    fields = [name for name in asked.numeric("forms") if FIELDS["forms"][name].unit]
    if len(fields) != 1 or asked.predicates:
        return None
    rising = (end["way"] or end["way_2"]) in "低少小差" if end else _RISING.search(text) is not None
    query = Query(
        of="forms",
        forms=forms_beside(asked.scope.forms or (), asked.entities),
        order=Order(field=fields[0], descending=not rising),
        ask="first" if end else "place",
    )
    if (among := _AMONG.search(text)) is not None and (forms := _forms_in(asked, among)) is not None:
        if not set(asked.scope.forms or ()) <= set(forms):
            return Meaning(kind="unclear", reason=among["base"])
        query = query.model_copy(update={"forms": forms})
    return Meaning(queries=(query.model_copy(update={"base_forms": asked.scope.forms}),))


def _forms_in(asked: Asked, among: re.Match[str]) -> tuple[int, ...] | None:
    """在离退休处的项目里: the forms of the office that they are placed among; None where all are meant."""
    inside = [one for one in asked.reading.offices if among.start() <= one[0] < among.end()]
    return tuple(number for _, _, forms in inside for number in forms) if inside else None
