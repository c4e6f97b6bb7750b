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
_STILL = re.compile("(?:还有|还|另外|其他的?|别的)(?=.{2})")


def besides_shown(
    question: str, forms: Sequence[int], rows: Sequence[RowId], *, of_one: bool
) -> tuple[str, Query] | None:
    """The question without these words, and what it leaves aside; None where it leaves nothing aside.

    ``of_one``: the last question was about a single form, so that this one is too.
    """
    said = _ASIDE.search(question)
    if said is None or not forms:
        return None
    text = question[: said.start()] + _STILL.sub("", question[said.end() :], count=1)
    if not rows:
        return text, Query(of="forms", forms=tuple(forms))
    same = _SAME_FORM.search(text)
    text = text[: same.start()] + text[same.end() :] if same else text
    if (same or of_one) and len(set(forms)) == 1:
        text = f"{forms[0]}号表{text.removeprefix('的')}"
    return text, Query(of="indicators", rows=tuple(rows))


def leaving_aside(meaning: Meaning, shown: Query) -> Meaning:
    """The meaning without what was shown; not understood where it is about something else."""
    alike = meaning.kind == "query" and all(
        query.of == shown.of and not query.rows for query in meaning.queries
    )
    if not alike:
        return meaning if meaning.kind != "query" else Meaning(kind="unclear")
    queries = tuple(
        query.model_copy(update={"lacking": (*query.lacking, shown)}) for query in meaning.queries
    )
    return meaning.model_copy(update={"queries": queries})
