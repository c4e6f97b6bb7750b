"""What narrows a question and no query takes up: sources, quotations, kinds of indicators, prose."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.asking.planning.asked import Asked
from assistant.asking.planning.used import Used
from assistant.asking.reading.conditions import MONEY

_FEW = 4
_EACH = re.compile("各(?=有|是|占|多少|几|其中)|分别")


_EACH_SHARE = re.compile("(?:各自?|分别)占")
"""One share of all of them does not tell that of each."""
_BOTH = re.compile("(?:指标值|目标值?)(?:跟|和|与|、|同)(?:实际)?(?:完成值|实际值?|完成)(?:都|均|全)")
_UNRELATED = re.compile("没(?:有|啥|什么)?(?:任何)?(?:关系|关联|牵连|相干)|(?<!有)无关|不(?:相干|沾边|搭界)")
"""原因跟疫情没关系的: those that tell of it are the others."""
_BARE = re.compile(
    "(?:预算|扣分|总分|得分|执行率|支出|结余|完成率|权重|分值|金额|满意度)(?:比较|较|偏|很|挺|特别|都|又)*[大小高低多少]"
    "(?=的(?!多少)|但|却|而|、|,|又|且)"
)
_COMPARES = re.compile("谁|哪[个家边张条]|比(?!较)|最|更|从|跟|和|与|于")


def passed_over(used: Used, asked: Asked) -> str:
    """The first such words; "" where there are none."""
    if asked.reading.sources and not any(query.of == "funds" for query in used.queries):
        return asked.reading.sources[0].text
    if asked.scope.passages and any(query.rows == () for query in used.queries):
        return "、".join(asked.scope.words)
    if unrelated := _UNRELATED.search(asked.reading.text):
        return "" if any(c.negated or c.op == "lacks" for c in used.conditions) else unrelated[0]
    if asked.says("fractional") and not any(c.op == "whole" for c in used.conditions):
        return next(m.text for m in asked.reading.marks if m.name == "fractional")
    if apart := _both_cells(used, asked) or _several_values(used, asked):
        return apart
    if (each := _EACH_SHARE.search(asked.reading.text)) and used.op("share") and not _of_groups(used):
        return each[0]
    return _each_quotation(used, asked) or _kind_of_finding(used, asked) or _vague(used, asked)


def _of_groups(used: Used) -> bool:
    return any(query.group for query in used.queries) or len(used.queries) > 1


def _vague(used: Used, asked: Asked) -> str:
    """预算小但扣分多: without a number or anything to compare with, nothing is stated."""
    text = asked.reading.text
    found = _BARE.search(text)
    compares = _COMPARES.search(text) or asked.reading.says("compare_two", "order_up", "order_down")
    told = used.asks("compare", "top", "place", "quote", "how", "check")
    by_rule = asked.says("over_scored", "under_scored")
    return found[0] if found and not (compares or told or by_rule) else ""


def _both_cells(used: Used, asked: Asked) -> str:
    """指标值和完成值都写“长期”: what is quoted must be looked for in both cells."""
    both = _BOTH.search(asked.reading.text) if asked.reading.quotes else None
    stated = {c.field for c in used.conditions if c.texts}
    return both[0] if both and not {"target", "actual"} <= stated else ""


def _several_values(used: Used, asked: Asked) -> str:
    """90%的几个、95%的几个: no cell reads several figures at once."""
    for query in used.queries:
        stated = [(c.field, c.number) for c in query.where if c.op == "eq" and c.number is not None]
        if len(set(stated)) > len({field for field, _ in stated}):
            bound = next(b for b in asked.reading.bounds if b.number in {number for _, number in stated})
            return asked.reading.text[bound.start : bound.end]
    return ""


def _each_quotation(used: Used, asked: Asked) -> str:
    """“…”的和“…”的各几条: one number does not tell of each."""
    each = _EACH.search(asked.reading.text)
    if each is None or len(set(asked.reading.quotes)) < 2 or len(used.queries) > 1:
        return ""
    told = any(query.group for query in used.queries) or any(len(c.texts) > 1 for c in used.conditions)
    return "" if told else each[0]


def _kind_of_finding(used: Used, asked: Asked) -> str:
    """不带单位的数量指标: what the check finds is not told apart by kinds of indicators."""
    if not asked.reading.levels or asked.scope.rows or used.fields & {"level1", "level2"}:
        return ""
    of_findings = any(query.of == "findings" for query in used.queries)
    return asked.reading.levels[0].text if of_findings else ""


def reads_so(number: Decimal, asked: Asked) -> bool:
    """平均参展天数3-5天: whether the target of the one indicator that is named states the number."""
    rows = asked.scope.rows
    if not rows and asked.scope.named and asked.scope.forms is not None:
        forms = [asked.entities.by_number[form].record for form in asked.scope.forms[:_FEW]]
        return all(number in {form[name].number for name in MONEY} for form in forms)
    if len(rows) != 1:
        return False
    target = asked.record(rows[0])["target"]
    return number == target.number or target.text.startswith(f"{number}-")
