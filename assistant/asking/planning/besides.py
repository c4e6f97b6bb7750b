"""除了这条还有哪几条: a question that leaves aside what the last answer showed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.asking.planning.meaning import Meaning
from assistant.asking.reading.matching import RowId
from assistant.asking.records.query import Query

_ASIDE = re.compile(
    "(?:除了?|除开|除去|去掉|撇开|抛开|不算)(?:上面|前面|刚才|刚刚)?(?:说的|提到的|列的)?(?:这|那|它|该|上面|前面)"
    "(?:一?[条个项张份家]|[两三四五几0-9]+[条个项张份家]|些)?(?:表|项目|指标)?(?:以外|之外|外)?,?(?=[^,;]*(?:还|另外|别的|其他|其余|哪|几|多少))"
)
_SAME_FORM = re.compile(
    "(?:在)?(?:同一?|这|那|该|本)(?:一)?[张个份]?(?:表|项目)(?:里头?|里面|中|当中)?(?:的)?,?"
)
_SO_TOO = re.compile(
    "(?:还|另外?|此外|其他还)有(?:没有)?(?:其[他它]的?|别的|另外的?)?(?P<which>哪些|哪几[个条张项]|哪[个条张项]|几[个条张项])(?P<what>[^,;]{0,12}?)[也同](?:样)?"
)
"""还有哪些指标也写了疫情: those beside what was shown."""
_FORMS_TOO = re.compile("(?:哪些|[几哪][个张])(?:项目|表|处室|单位)")
_STILL = re.compile("(?:还有|还|另外|其他的?|别的)(?=.{2})")


def besides_shown(
    question: str, forms: Sequence[int], rows: Sequence[RowId], *, of_one: bool
) -> tuple[str, Query] | None:
    """The question without these words, and what it leaves aside; None where it leaves nothing aside.

    ``of_one``: the last question was about a single form, so that this one is too.
    """
    said = _ASIDE.search(question)
    if not forms:
        return None
    if said is not None:
        text = question[: said.start()] + _STILL.sub("", question[said.end() :], count=1)
    elif (like := _SO_TOO.search(question)) is not None:
        text = f"{question[: like.start()]}有{like['which']}{like['what']}{question[like.end() :]}"
    else:
        return None
    if not rows or _FORMS_TOO.search(question):
        return text, Query(of="forms", forms=tuple(forms))
    same = _SAME_FORM.search(text)
    text = text[: same.start()] + text[same.end() :] if same else text
    if (same or of_one) and len(set(forms)) == 1:
        text = f"{forms[0]}号表{text.removeprefix('的')}"
    return text, Query(of="indicators", rows=tuple(rows))


def leaving_aside(meaning: Meaning, shown: Query) -> Meaning:
    """The meaning without what was shown; not understood where it is about something else."""
    if meaning.kind != "query" or any(query.of != shown.of for query in meaning.queries):
        return meaning if meaning.kind != "query" else Meaning(kind="unclear")
    queries = tuple(_without(query, shown) for query in meaning.queries)
    return meaning.model_copy(update={"queries": queries})


def _without(query: Query, shown: Query) -> Query:
    if query.rows is None:
        return query.model_copy(update={"lacking": (*query.lacking, shown)})
    rows = tuple(row for row in query.rows if row not in (shown.rows or ()))
    return query.model_copy(update={"rows": rows})
