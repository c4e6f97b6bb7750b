"""A query in words, so that a person sees how the question was read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from assistant.asking.reading.matching import RowId
from assistant.asking.records.fields import COUNTERS, FIELDS, NOUNS, Sort
from assistant.asking.records.query import Condition, Measure, Query
from assistant.asking.records.rule_names import rule_title
from assistant.form.rounding import plain

SIGNS = {"eq": "等于", "ne": "不等于", "gt": "大于", "ge": "不小于", "lt": "小于", "le": "不大于"}
OPERATIONS = {
    "sum": "合计",
    "mean": "平均",
    "median": "中位数",
    "max": "最大",
    "min": "最小",
    "range": "最大与最小之差",
    "count": "",
    "share": "占比",
}
_NAMED, _ROWS_NAMED = 4, 3


class Names(Protocol):
    """What forms and indicators are called."""

    def form(self, number: int) -> str:
        """The project of a form; its number where it is no longer there."""

    def row(self, row: RowId) -> str:
        """The indicator, or "" where it is no longer there."""


def in_words(queries: Sequence[Query], names: Names, notes: Sequence[str] = ()) -> str:
    """How a question was understood; ``names``: of what is named in them."""
    said = "；对比：".join(_query(query, names) for query in queries)
    if queries and queries[0].ask == "years":
        said = "；".join(_query(query, names) for query in queries) + _steps_over_years(queries)
    elif queries and queries[0].steps:
        said = "；再取：".join(_query(query, names) for query in queries) + _steps(queries)
    return f"{said}（{'；'.join(notes)}）" if notes else said


def measure_in_words(measure: Measure, of: Sort) -> str:
    """执行率平均, 指标数."""
    label = FIELDS[of][measure.field].label if measure.field else f"{NOUNS[of]}数"
    return label + OPERATIONS[measure.op]


def _query(query: Query, names: Names) -> str:
    parts = [_scope(query, names)]
    parts += [f"属于（{_query(inner, names)}）" for inner in query.within]
    parts += [f"没有（{_query(inner, names)}）" for inner in query.lacking]
    parts += [f"项目也属于（{_query(inner, names)}）" for inner in query.joined]
    parts += [f"项目不属于（{_query(inner, names)}）" for inner in query.apart]
    cited = [c for c in query.where if query.ask == "quote" and c.op == "contains" and c.field in query.show]
    parts += [condition_in_words(condition, query.of) for condition in query.where if condition not in cited]
    parts += ["或".join(condition_in_words(c, query.of) for c in several) for several in query.any_of]
    if query.alike:
        parts.append(f"同一张表里有几行的{FIELDS[query.of][query.alike].label}相同")
    parts += _groups(query) + _changes(query, names) + _orders(query)
    if query.show and query.ask in ("cells", "quote", "how", "top", "list"):
        shown = "、".join(FIELDS[query.of][name].label for name in query.show)
        parts.append(f"看{shown}" + ("里写到这一点的句子" if cited else ""))
    return "，".join(part for part in parts if part)


def _steps(queries: Sequence[Query]) -> str:
    """；算①减②: what is computed with the figures of the queries."""
    signs = {
        "sum": "加",
        "difference": "减",
        "same": "减",
        "quotient": "除以",
        "share": "除以",
        "per": "除以",
    }
    found = []
    for step in queries[0].steps:
        said = [f"{plain(step.number)}{step.unit}"] if step.number is not None else []
        terms = [*(f"第{place + 1}个数" for place in step.of), *said]
        found.append(f"；算{signs[step.op].join(terms)}")
    return "".join(found)


def _steps_over_years(queries: Sequence[Query]) -> str:
    """；逐年合计."""
    told = {"sum": "合计", "mean": "平均每年", "change": "首末两年相比", "highest": "最高", "lowest": "最低"}
    return "".join(f"；各年{told.get(step.op, '')}" for step in queries[0].steps)


def _groups(query: Query) -> list[str]:
    fields = FIELDS[query.of]
    steps = f"每{plain(query.width)}{fields[query.group].unit}一档" if query.width else "分组"
    parts = [f"按{_label(query.of, query.group)}{steps}"] if query.group else []
    parts += [f"各组全部{condition_in_words(c, query.of)}" for c in query.every]
    if (query.measures() and not query.order) or (query.measures() and query.group):
        parts.append("、".join(measure_in_words(one, query.of) for one in query.measures()))
    if query.contents:
        parts.append(f"列出{'、'.join(fields[name].label for name in query.contents)}")
    if query.base_field:
        parts.append(f"占{fields[query.base_field].label}")
    return parts + [
        f"结果{SIGNS[c.op]}{plain(c.number)}{c.unit}"
        for c in query.having
        if c.number is not None and c.op in SIGNS
    ]


def _changes(query: Query, names: Names) -> list[str]:
    """与（…）相比增加的幅度."""
    if query.change is None:
        return []
    made = {"sum": "各年合计", "mean": "各年平均", "each": "各年并列"}.get(query.change.op)
    told = {"up": "增加", "down": "减少", "apart": "增减", "": "变化"}[query.change.way]
    times = "、再与".join(f"（{_scope(one, names)}）" for one in query.change.since)
    if made is not None:
        return [f"连同{times}的同一{_label(query.of, query.group)}，{made}"]
    how = "幅度" if query.change.relative else "数额"
    return [f"与{times}的同一{_label(query.of, query.group)}相比{told}的{how}"]


def _orders(query: Query) -> list[str]:
    if not query.order:
        return []
    label = "结果" if query.order.field == "value" else FIELDS[query.of][query.order.field].label
    each = f"每个{_label(query.of, query.each)}内" if query.each else ""
    parts = [f"{each}按{label}{'从大到小' if query.order.descending else '从小到大'}"]
    if query.limit:
        last = f"到第{query.offset + query.limit}" if query.limit > 1 else ""
        parts.append(f"取第{query.offset + 1}{last}个" if query.offset else f"取前{query.limit}个")
    if query.measures() and not query.group:
        parts.append("再算" + "、".join(measure_in_words(one, query.of) for one in query.measures()))
    return parts


def _label(of: Sort, name: str) -> str:
    return "项目" if name == "form" else FIELDS[of][name].label


def _scope(query: Query, names: Names) -> str:
    noun = NOUNS[query.of]
    if query.rows is not None:
        listed = dict.fromkeys(filter(None, (names.row(row) for row in query.rows[:_ROWS_NAMED])))
        said = "、".join(f"“{name}”" for name in listed) if len(query.rows) <= _ROWS_NAMED else ""
        return f"{said}{len(query.rows)}{COUNTERS['indicators']}指标"
    aside = f"（不含{_names(query.without, names)}）" if query.without else ""
    if query.forms is None:
        return (f"全部自评表的{noun}" if query.of != "forms" else "全部自评表") + aside
    return _names(query.forms, names) + aside + (f"的{noun}" if query.of != "forms" else "")


def _names(forms: Sequence[int], names: Names) -> str:
    listed = "、".join(f"“{names.form(n)}”" for n in forms[:_NAMED])
    return f"{listed}等{len(forms)}张表" if len(forms) > _NAMED else listed


def condition_in_words(condition: Condition, of: Sort) -> str:
    """总分小于97分, 预算大于平均."""
    said = _condition(condition, of)
    if condition.op == "whole" and condition.negated:
        return said.replace("是整数", "不是整数")
    return f"不满足“{said}”" if condition.negated else said


_SAID = {
    ("met", "eq", "是"): "达到目标",
    ("met", "eq", "否"): "没有达到目标",
    ("met", "ne", "否"): "没有不达标的",
    ("reason", "eq", "是"): "写了偏差原因",
    ("reason", "eq", "否"): "没有写偏差原因（“无”“/”也算没写）",
    ("explanation", "empty", ""): "偏差原因空着（“无”“/”不算空）",
    ("measure", "eq", "是"): "写了改进措施",
    ("measure", "eq", "否"): "没有写改进措施",
    ("way", "ne", "lower"): "不是越低越好的",
    ("unspent", "gt", "0"): "有没花完的钱",
    ("unspent", "le", "0"): "没有剩余的钱",
    ("overspent", "gt", "0"): "超出预算",
    ("adjusted", "gt", "0"): "追加过预算",
    ("adjusted", "lt", "0"): "调减过预算",
    ("overspent", "le", "0"): "没有超出预算",
    ("lost", "gt", "0"): "被扣分",
    ("target_unit", "eq", "无"): "指标值没有计量单位",
    ("actual_unit", "eq", "无"): "完成值没有计量单位",
    ("target_sign", "eq", "none"): "指标值没有比较符号",
}
"""Conditions that people say in a word of their own."""


def _condition(condition: Condition, of: Sort) -> str:
    value = plain(condition.number) if condition.number is not None else "".join(condition.texts)
    if (said := _SAID.get((condition.field, condition.op, value))) is not None:
        return said
    fields = FIELDS[of]
    label = fields[condition.field].label
    if condition.field == "levels":
        return f"设有{'或'.join(condition.texts)}类指标"
    named = map(rule_title, condition.texts) if condition.field == "rule" else condition.texts
    texts = "”或“".join(named)
    plainly = {"empty": "为空", "filled": "不为空", "contains": f"含“{texts}”", "lacks": f"不含“{texts}”"}
    plainly["whole"] = "是整数"
    if condition.op in plainly:
        return label + plainly[condition.op]
    unit = condition.unit or fields[condition.field].unit
    if condition.op == "between" and condition.number is not None and condition.upper is not None:
        return f"{label}在{plain(condition.number)}到{plain(condition.upper)}{unit}之间"
    sign = SIGNS.get(condition.op, "")
    if condition.against:
        return f"{label}{sign}{OPERATIONS[condition.against]}"
    if condition.other:
        factor = "" if condition.factor == 1 else f"的{plain(condition.factor)}倍"
        return f"{label}{sign}{fields[condition.other].label}{factor}"
    if condition.number is not None:
        return f"{label}{sign}{plain(condition.number)}{unit}"
    return f"{label}{'是' if condition.op == 'eq' else '不是'}“{texts}”"
