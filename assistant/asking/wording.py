"""A query in words, so that a person sees how the question was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.asking.fields import FIELDS, NOUNS
from assistant.asking.query import Condition, Query
from assistant.form.rounding import plain

_SIGNS = {"eq": "等于", "ne": "不等于", "gt": "大于", "ge": "不小于", "lt": "小于", "le": "不大于"}
_NAMED = 4


def in_words(queries: Sequence[Query], names: Mapping[int, str], notes: Sequence[str] = ()) -> str:
    """How a question was understood; ``names``: the projects by the number of their form."""
    said = "；对比：".join(_query(query, names) for query in queries)
    return f"{said}（{'；'.join(notes)}）" if notes else said


def _query(query: Query, names: Mapping[int, str]) -> str:
    fields = FIELDS[query.of]
    parts = [_scope(query, names)]
    parts += [_condition(condition, query) for condition in query.where]
    if query.group:
        parts.append(f"按{'项目' if query.group == 'form' else fields[query.group].label}分组")
    if query.measure:
        label = fields[query.measure.field].label if query.measure.field else "个数"
        words = {"sum": "合计", "mean": "平均", "max": "最大", "min": "最小", "count": "", "share": "占比"}
        parts.append(label + words[query.measure.op])
    parts += [
        f"结果{_SIGNS[c.op]}{plain(c.number)}"
        for c in query.having
        if c.number is not None and c.op in _SIGNS
    ]
    if query.order:
        label = "结果" if query.order.field == "value" else fields[query.order.field].label
        parts.append(f"按{label}{'从大到小' if query.order.descending else '从小到大'}")
    if query.limit:
        parts.append(f"取第{query.offset + 1}个" if query.offset else f"取前{query.limit}个")
    if query.show and query.ask in ("cells", "quote", "how"):
        parts.append("看" + "、".join(fields[name].label for name in query.show))
    return "，".join(part for part in parts if part)


def _scope(query: Query, names: Mapping[int, str]) -> str:
    noun = NOUNS[query.of]
    if query.rows is not None:
        return f"{len(query.rows)}个指标"
    if query.forms is None:
        return f"全部自评表的{noun}" if query.of != "forms" else "全部自评表"
    listed = "、".join(f"“{names.get(n, n)}”" for n in query.forms[:_NAMED])
    more = f"等{len(query.forms)}张表" if len(query.forms) > _NAMED else ""
    return f"{listed}{more}" + (f"的{noun}" if query.of != "forms" else "")


def _condition(condition: Condition, query: Query) -> str:
    label = FIELDS[query.of][condition.field].label
    match condition.op:
        case "empty":
            return f"{label}为空"
        case "filled":
            return f"{label}不为空"
        case "contains":
            return f"{label}含“{'”或“'.join(condition.texts)}”"
        case "lacks":
            return f"{label}不含“{'”“'.join(condition.texts)}”"
    sign = _SIGNS[condition.op]
    if condition.other:
        factor = "" if condition.factor == 1 else f"的{plain(condition.factor)}倍"
        return f"{label}{sign}{FIELDS[query.of][condition.other].label}{factor}"
    if condition.number is not None:
        unit = condition.unit or FIELDS[query.of][condition.field].unit
        return f"{label}{sign}{plain(condition.number)}{unit}"
    return f"{label}{'是' if condition.op == 'eq' else '不是'}“{'”或“'.join(condition.texts)}”"
