"""What a project's money was spent on: its indicators of cost, each with its amount."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.asking.planning.asked import Asked
from assistant.asking.planning.meaning import Meaning
from assistant.asking.reading.conditions import MONEY
from assistant.asking.reading.mentions import Mention
from assistant.asking.records.query import Query
from assistant.asking.records.records import Record
from assistant.form.units import is_money

_SPENDS = "(?:花|用|使用|支出|执行|开支|开销|投|投入)"
_WHERE = (
    "(?:哪(?:些|几)?(?:个|种|类|块|项)?(?:方面|地方|环节|事项?|用途|支出|开支|块|处|里|儿|上|去)"
    "|(?:什么|啥)(?:方面|地方|用途|上面?|事))"
)
_SPENT_ON = re.compile(
    f"{_SPENDS}(?:到|在|于|去|了|往|的|是)*{_WHERE}"
    "|(?:支出|花销|开支|开销|花费|用款|费用|钱|经费|资金)的?(?:都|主要|具体|一共|总共)*(?:分成?|分为|包括|包含)了?"
    "(?:几|哪(?:些|几)?)(?:个|块|项|类|种|部分|方面)+"
    "|(?:支出|花销|开支|费用|资金|经费|钱)的?(?:明细|构成|用途)(?:$|是|有|[,;])"
)
_LEFT = re.compile("[没未](?:有)?(?:花|用|执行|支出)|结余|剩|余下")
_COST = "成本"


def asks_what_for(asked: Asked) -> bool:
    """Whether the question is what money went into, and not where money is that was left over."""
    text = asked.reading.text
    return _SPENT_ON.search(text) is not None and not _LEFT.search(text)


def as_spent_on(asked: Asked) -> Meaning | None:
    """20万花在哪些方面: the costs of the form that is named; nothing where it tells none apart."""
    scope = asked.scope
    if not asks_what_for(asked) or not asked.one_form() or scope.rows or not scope.named:
        return None
    (form,) = scope.forms or ()
    own = asked.entities.by_number[form]
    amounts = {own.record[name].number for name in MONEY}
    stated = [c for predicate in asked.predicates for c in predicate.conditions]
    if any(c.field not in MONEY or c.op != "eq" for c in stated):
        return None
    if (other := next((c.number for c in stated if c.number not in amounts), None)) is not None:
        return Meaning(kind="unclear", reason=f"{other}")
    costs = [record for record in own.indicators if _is_amount(record)]
    if len(costs) < 2:
        return Meaning(kind="nothing", reason="钱花在哪些方面的明细，这张表没有分项填写")
    # 哪些方面, 构成: what was asked by it is told, and nothing is left of it.
    taken = _SPENT_ON.search(asked.reading.text)
    if taken is not None:
        rest = asked.reading.rest
        blank = "□" * (taken.end() - taken.start())
        asked.reading = replace(
            asked.reading,
            rest=f"{rest[: taken.start()]}{blank}{rest[taken.end() :]}",
            marks=_beside(asked, taken),
        )
    rows = tuple((form, record.row or 0) for record in costs)
    return Meaning(queries=(Query(of="indicators", rows=rows, show=("target", "actual"), ask="cells"),))


def _beside(asked: Asked, taken: re.Match[str]) -> list[Mention]:
    return [m for m in asked.reading.marks if not taken.start() <= m.start < taken.end()]


def _is_amount(record: Record) -> bool:
    units = (record["actual"].unit, record["target"].unit)
    return _COST in record["level2"].text and any(map(is_money, units))
