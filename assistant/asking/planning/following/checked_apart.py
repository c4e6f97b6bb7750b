"""相差几分, 两张表加起来少打了多少分: after points that were checked, by how much they are off."""

from __future__ import annotations

import re

from assistant.asking.planning.before import Before
from assistant.asking.planning.meaning import Meaning
from assistant.asking.records.query import Measure, Query

_APART = re.compile(
    "(?:那么?|它们?|这|那|里面|其中)*(?:[0-9两二三四五六七八九十]+|几)?(?:[张个条份]|处)?(?:表|项目|指标)?(?:各自?|分别)?"
    "(?P<sum>加起来|合起来|合计|一共|总共|总计)?(?:又|还|到底|就)*(?:是|相)?(?:差|多|少|高|低)(?:打|算|给|填|印|写|得|扣)?(?:了|出|着)*(?:多少|几)分?(?:呢)?"
)
_GAPS = {"exec_score": "exec_gap", "total": "total_gap", "score": "score_gap"}
_GAPS_OF_RULES = {"total_score": "total_gap", "exec_score": "exec_gap"}


def checked_apart(text: str, before: Before) -> Meaning | None:
    """The difference of what was checked; None where the last answer checked no points."""
    if (should := computed(text, before)) is not None:
        return should
    said, query = _APART.fullmatch(text), before.query
    field = _gap(query) if query is not None else ""
    if said is None or query is None or not field or not before.forms:
        return None
    rows = before.rows if field == "score_gap" else ()
    if field == "score_gap" and not rows:
        return None
    shown = Query(of="indicators", rows=rows) if rows else Query(of="forms", forms=before.forms)
    if said["sum"]:
        measure = Measure(op="sum", field=field)
        return Meaning(queries=(shown.model_copy(update={"ask": "value", "measure": measure}),))
    return Meaning(queries=(shown.model_copy(update={"ask": "cells", "show": (field,)}),))


_SHOULD = re.compile(
    "(?:那么?)?(?:(?:按照?|照|依照?|根据)(?:全年|预算数?|执行数?|执行率|比例|规则|公式|数|[和与跟、的÷/])+)?"
    "(?:重新|重)?(?:折算|计算|核算|算)?(?:下来|出来)?,?(?:正确的?)?(?:应该?|应当)(?:是|为|得|填)(?:多少|几)分?(?:呢)?"
)
_COMPUTED = {"rate_printed": "rate"}


def computed(text: str, before: Before) -> Meaning | None:
    """重新算应该是多少, after a printed figure of one form: what it comes to."""
    query = before.query
    if query is None or query.ask != "cells" or len(query.show) != 1 or _SHOULD.fullmatch(text) is None:
        return None
    field = query.show[0]
    if query.of == "forms" and field in _COMPUTED:
        return Meaning(queries=(query.model_copy(update={"show": (_COMPUTED[field],)}),))
    return Meaning(queries=(query.model_copy(update={"ask": "check"}),)) if field in _GAPS else None


def _gap(query: Query) -> str:
    """The field of the difference between what was printed and what was expected."""
    if query.ask in ("check", "how"):
        return next((_GAPS[name] for name in query.show if name in _GAPS), "")
    rules = [text for c in query.where if query.of == "findings" and c.field == "rule" for text in c.texts]
    return _GAPS_OF_RULES.get(rules[0], "") if len(rules) == 1 else ""
