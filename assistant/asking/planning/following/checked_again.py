"""填对了吗, 按执行率该得几分, 少给了多少, after a figure was told: that figure held against the rule."""

from __future__ import annotations

import re

from assistant.asking.language.checking import tokens_of
from assistant.asking.language.frames import plain_text
from assistant.asking.planning.before import Before
from assistant.asking.planning.meaning import Meaning
from assistant.asking.records.query import Query

_OPENS = re.compile("^(?:那么?|这|它|那个|这个|其)+(?=.{2})")
_ENDS = re.compile("[呢啊呀嘛]$")
_HOLDS = frozenset(("rule", "again", "due", "gap", "way", "differs", "fits", "agrees"))
"""Words that hold a figure against the rule."""
_FIGURES = frozenset(
    ("exec", "rate", "total", "sum", "score", "added", "weights", "funds", "sources", "part")
)
_TOLD = {
    "exec_score": "exec_score",
    "exec_score_rule": "exec_score",
    "rate": "rate",
    "rate_printed": "rate",
    "total": "total",
    "total_sum": "total",
    "score": "score",
    "rule_score": "score",
}
"""The figure that is checked, by what was told of it."""
_MOST = 2


def checked_again(question: str, before: Before) -> Meaning | None:
    """The check of the one figure of one form or indicator that was told last; None where none is asked.

    None too where the question says anything beside, or names a figure.
    """
    queries = before.meaning.queries if before.meaning is not None else ()
    told = _told(queries[0]) if len(queries) == 1 and len(before.forms) == 1 else ""
    text = _ENDS.sub("", _OPENS.sub("", plain_text(question)))
    runs = [run for run in tokens_of(text, [False] * len(text)) if run[-1].end - run[0].start == len(text)]
    if not runs:
        return None
    kinds, points = {word.kind for word in runs[0]}, any(word.points for word in runs[0])
    if not told and points and len(before.rows) == 1 and len(queries) == 1 and queries[0].of == "indicators":
        told = "score"
    if not told:
        return None
    if not kinds & _HOLDS or kinds & (_FIGURES | {"who"}):
        return None
    if told == "score":
        rows = Query(of="indicators", rows=before.rows, ask="check", show=("score", "rule_score"))
        return Meaning(queries=(rows,))
    return Meaning(queries=(Query(of="forms", forms=before.forms, ask="check", show=(told,)),))


def _told(query: Query) -> str:
    """The one figure with a rule that a query told of a record; "" where it told another, or several."""
    shown = {_TOLD.get(name, name) for name in query.show}
    single = (
        query.ask in ("cells", "check", "how") and len(query.rows or ()) <= 1 and len(query.show) <= _MOST
    )
    told = shown.pop() if single and len(shown) == 1 else ""
    return told if told in _TOLD and (query.of == "indicators") == (told == "score") else ""
