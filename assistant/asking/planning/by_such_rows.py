"""Forms by how many indicators they have of which something is said: 没有…的指标的项目, 至少两个…的."""

from __future__ import annotations

import re

from assistant.asking.language.numbers import NUMBER
from assistant.asking.planning.meaning import Meaning
from assistant.asking.planning.operands import Understand
from assistant.asking.records.query import GROUPED, Condition, Measure, Query
from assistant.form.numerals import number_of

_HAVING = (
    "(?:(?P<none>(?<![有是])没有(?P<any>任何)?)|(?:(?:至少|起码)有?|不少于|不低于|有|存在)"
    f"(?:(?P<n>{NUMBER})[个条项](?:及?以上)?(?:的)?)?)(?P<such>[^,;]{{2,40}}指标)"
)
_SO_MANY = (
    "(?P<such>[^,;]{2,40}指标)数?(?:至少有?|起码有?|不少于|不低于|有|在)"
    f"(?P<n>{NUMBER})[个条项](?:及?以上)?"
)
_FORMS = "(?:自评)?(?:项目|表|单子)"
_WAYS = (
    re.compile(f"(?P<scope>){_SO_MANY}的{_FORMS}(?P<asked>有哪些|有几[个张份项])"),
    re.compile(
        f"(?P<scope>[^,;]*?)的?(?P<asked>有?(?:哪些|哪几[个张]|多少[个张]?|几[个张])){_FORMS}的?{_SO_MANY}"
    ),
    re.compile(f"(?P<scope>[^,;]*?)的?{_HAVING}的{_FORMS}(?P<asked>有哪些|有几[个张份项])"),
    re.compile(
        f"(?P<scope>[^,;]*?)的?(?P<asked>有?(?:哪些|哪几[个张]|多少[个张]?|几[个张])){_FORMS}{_HAVING}"
    ),
)
_FIGURE = re.compile("[0-9]|%|空|倍")
_DONE = re.compile("完成|达标|达到|达成|实现|做到|写|填|说明|打|扣|丢|得满|拿满|得分|超")
"""没有完成的指标: not completed ones, rather than none that is."""
_AT_LEAST = re.compile("至少|起码|不少于|不低于|[个条项]及?以上")
_OF_THE_FORM = re.compile(
    "指标(?:值)?(?:都|全|均|数|里|中)|总分|执行|预算|项目|(?<!指)标题|最|平均|合计|哪|几|多少"
)


def by_such_rows(text: str, understand: Understand) -> Meaning | None:
    """The meaning of ``text``, whose condition is understood as that of a list of indicators."""
    found = next((one for way in _WAYS if (one := way.fullmatch(text)) is not None), None)
    if found is None:
        return None
    said = {"none": "", "any": "", "n": "", **found.groupdict(default="")}
    if _OF_THE_FORM.search(said["such"]) or (said["n"] and not _AT_LEAST.search(text)):
        return None
    verb = _DONE.match(said["such"]) and not _FIGURE.search(said["such"])
    if verb and said["none"] and not said["any"]:
        return None
    scope, such = said["scope"], said["such"]
    meaning, reading = understand(f"{scope}的{such}有哪些" if scope else f"{such}有哪些")
    rows = _listed(meaning)
    if rows is None or rows.within or rows.lacking or reading.says("or"):
        return None
    ask = "list" if "哪" in said["asked"] else "count"
    if said["none"]:
        lacking = rows.model_copy(update={"forms": None})
        forms = Query(of="forms", forms=rows.forms, without=rows.without, lacking=(lacking,), ask=ask)
        return Meaning(queries=(forms,))
    grouped = rows.model_copy(update={"group": "form", "ask": ask})
    if said["n"]:
        number = number_of(said["n"])
        least = (Condition(field=GROUPED, op="ge", number=number),)
        grouped = grouped.model_copy(update={"having": least, "measure": Measure(op="count")})
    return Meaning(queries=(grouped,))


def _listed(meaning: Meaning) -> Query | None:
    """The query of a plain list of indicators by conditions; None for anything else."""
    if len(meaning.queries) != 1 or meaning.notes:
        return None
    query = meaning.queries[0]
    plain = (
        query.of == "indicators" and query.ask == "list" and not (query.group or query.order or query.every)
    )
    stated = query.where or query.any_of
    return query.model_copy(update={"show": ()}) if plain and stated and query.rows is None else None
