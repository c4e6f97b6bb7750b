"""Answers that show cells as they stand: values, quotations, and the arithmetic behind a score."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from assistant.asking.answering import answer as words
from assistant.asking.answering.answer import Answer, Sources
from assistant.asking.records.aggregates import aggregate
from assistant.asking.records.execute import Result
from assistant.asking.records.fields import FIELDS
from assistant.asking.records.frame import Rows
from assistant.asking.records.query import Query
from assistant.asking.records.records import FormRecords, Record
from assistant.form.amount import read_points
from assistant.form.rounding import plain

_CITED = 60
_WHOLE = 100


def cells(query: Query, result: Result, sources: Sources) -> Answer:
    """The cells asked for, with what is computed beside what is printed."""
    records = result.records
    lines, values = [], []
    sources = sources.telling_years(words.several_years(records))
    for record in records:
        facts = []
        for field in query.show:
            text = words.value_of(record, field)
            values += _times(record, field) if field == "completion" else []
            values += [text.lstrip("-") if field == "gap" else text] if text else []
            values += _times(record, field) if field == "rate" else []
            facts.append(_fact(record, field, text, "target" not in query.show))
        head = words.label_of(record) if record.of == "indicators" else sources.short(record.form)
        if record.of == "funds":
            head = f"{head}的{record['label'].text.removeprefix('其中:')}"
        if record.of == "indicators" and len({r.form for r in records}) > 1:
            head = f"{sources.short(record.form)}的{head}"
        lines.append(f"{head}：{'，'.join(facts)}")
    if not records and query.conditions():
        none = words.counted(0, query)
        return Answer(answer=f"没有符合条件的{words.noun(query.of)}。", values=(none,))
    if not values:
        return words.nothing("这一项，相应的单元格是空的")
    if whole := _whole(query, records):
        told = [f"{label if len(whole) > 1 else ''}{figure}" for label, figure in whole]
        lines.append(f"合计{'，'.join(told)}")
        values += [figure for _, figure in whole]
    return Answer(
        answer="；".join(lines) + "。",
        values=tuple(values),
        table=words.table_of(query, records),
        citations=tuple(sources.cite(r, f) for r in records[:_CITED] for f in query.show),
        arithmetic=tuple(
            a for record in records for field in query.show for a in _cell_arithmetic(record, field)
        ),
    )


def _whole(query: Query, records: Rows) -> list[tuple[str, str]]:
    """What the amounts shown add up to, each with its field; none where one of them is not told."""
    if len(records) <= 1 or words.several_years(records):
        return []
    found = []
    for one in query.also:
        total = aggregate(one, records)
        known = all(record[one.field].number is not None for record in records)
        if known and total.number is not None:
            found.append((FIELDS[query.of][one.field].label, words.figure(total.number, total.unit)))
    return found


def _times(record: Record, field: str) -> list[str]:
    number = record[field].number
    if field == "rate" and number is not None and number > _WHOLE:
        return [words.figure(number - _WHOLE, "%", 2)]
    if field != "completion" or number is None:
        return []
    beyond = [words.figure(abs(number - 100), "%", 2)] if number != 100 else []
    return [words.figure(number / 100, "倍", 2), *beyond]


def _fact(record: Record, field: str, text: str, beside: bool = True) -> str:
    label = FIELDS[record.of][field].label
    if field == "completion" and record[field].number is not None:
        times, *beyond = _times(record, field)
        more = "多" if (record[field].number or 0) > _WHOLE else "少"
        return f"{label}{text}（是目标的{times}{f'，比目标{more}{beyond[0]}' if beyond else ''}）"
    if field == "actual":
        return (
            f"实际完成值{text}（年度指标值{record['target'].text}）"
            if record["target"].text and beside
            else f"{label}{text}"
        )
    if field == "gap" and record["gap"].number is not None:
        number = record["gap"].number
        unit = "个百分点" if record["gap"].unit == "%" else record["gap"].unit
        end = _end_of_range(record)
        return (
            f"比目标{end[:2]}{'多' if number > 0 else '少'}{words.figure(abs(number), unit)}"
            if number
            else "与目标相同"
        )
    if field == "rate" and record["rate_printed"].text.strip("%") != record["rate"].text.strip("%"):
        return f"执行率按执行数和预算数计算为{text}（表中填写{record['rate_printed'].text or '空'}）"
    if field == "rate" and (over := _times(record, field)):
        return f"{label}{text}（比预算多{over[0]}）"
    if field == "exec_score" and record["exec_score_rule"].number not in (None, record["exec_score"].number):
        return f"执行得分填写{text}（按规则重算{record['exec_score_rule'].text}分）"
    return f"{label}{text or '（空）'}"


def _end_of_range(record: Record) -> str:
    """上限3%: the end that an actual outside of its target's range is measured from; else ""."""
    gap, actual = record["gap"], record["actual"].number
    if record["target_kind"].text != "区间" or not gap.number or actual is None:
        return ""
    return f"{'上' if gap.number > 0 else '下'}限{words.figure(actual - gap.number, gap.unit)}"


def _cell_arithmetic(record: Record, field: str) -> list[str]:
    if field == "gap" and record["gap"].number is not None and record["actual"].number is not None:
        aim = _end_of_range(record)[2:] or record["target"].text
        return [f"{record['actual'].text} − {aim} = {words.value_of(record, 'gap')}"]
    if field == "rate" and record["rate"].number is not None:
        executed, budget = words.value_of(record, "executed"), words.value_of(record, "budget")
        return [f"{executed} ÷ {budget} = {record['rate'].text}"]
    if field in ("unspent", "overspent") and record[field].number is not None:
        left, right = ("budget", "executed") if field == "unspent" else ("executed", "budget")
        terms = [words.value_of(record, name) for name in (left, right, field)]
        return [f"{terms[0]} − {terms[1]} = {terms[2]}"]
    return []


def quote(query: Query, result: Result, sources: Sources) -> Answer:
    """Explanations, goals and notes word for word."""
    lines, cited, values = [], [], []
    sources = sources.telling_years(words.several_years(result.records))
    for record in result.records:
        for field in query.show:
            text = _sentences(query, field) or record[field].text.strip()
            if not text or (field == "explanation" and record["reason"].text == "否"):
                continue
            head = record["name"].text if record.of == "indicators" else FIELDS["forms"][field].label
            lines.append(
                f"{sources.short(record.form)}“{head}”：“{text}”"
                if record.of == "indicators"
                else f"{sources.short(record.form)}{head}：“{text}”"
            )
            cited.append(sources.cite(record, field))
            values.append(text)
    if not lines:
        where = f"{sources.short(result.records[0].form)}的表里没有写" if result.records else ""
        return words.nothing(f"说明：{where}这一项的原因和措施" if where else "这样的说明")
    return Answer(
        answer="\n".join(lines),
        values=tuple(values),
        table=words.table_of(query, result.records, query.show),
        citations=tuple(cited),
    )


def _sentences(query: Query, field: str) -> str:
    """The sentences of a cell that the question is after; "" for the whole cell."""
    wanted = [c for c in query.where if c.field == field and c.op == "contains" and not c.negated]
    return "……".join(text for condition in wanted for text in condition.texts) if query.ask == "quote" else ""


def how(query: Query, result: Result, sources: Sources) -> Answer:
    """The arithmetic of a score, a rate or a total; its operands are values of the answer too."""
    lines, values = [], []
    sources = sources.telling_years(words.several_years(result.records))
    field = query.show[0]
    for record in result.records:
        made = _formula(record, sources[record.form], field)
        values += _told(made, query)
        differs = (
            ""
            if not made.printed or made.printed.rstrip("分%") == made.value.rstrip("分%")
            else f"；表中填写的是{made.printed}"
        )
        if query.ask == "check":
            differs += _verdict(made)
        lines.append(f"{sources.short(record.form)}：{made.formula}{differs}")
    return Answer(
        answer="；".join(lines) + "。",
        values=tuple(values),
        table=words.table_of(query, result.records),
        citations=tuple(sources.cite(record, field) for record in result.records),
        arithmetic=tuple(lines),
    )


def _told(made: _Made, query: Query) -> list[str]:
    """What the rule gives with what it is made of, and what is printed where that differs.

    Of a check also how far off it is, but not all that was added up.
    """
    off = words.difference(made.printed, made.value)
    told = [made.printed, made.value] if made.printed != made.value and made.printed else [made.value]
    if query.ask != "check":
        return [*(told if off else [made.value]), *made.operands]
    added = query.show[0] in ("total", "weight_sum")
    return [*told, *([off] if off else []), *(() if added else made.operands)]


def _verdict(made: _Made) -> str:
    """Whether what is printed is what the rule gives; said plainly."""
    left, right = (read_points(text.rstrip("分%")) for text in (made.printed, made.value))
    if left is None or right is None:
        return "；规则给不出得分，需人工判断" if right is None else "；表中没有填写"
    if not (off := words.difference(made.printed, made.value)):
        return "；填写正确"
    return f"；填写不对，应为{made.value}，{'多' if left > right else '少'}了{off}"


def _at_rate(record: Record) -> str:
    """The rate of execution, which points were given for, in brackets."""
    return f"（执行率{record['rate'].text}）" if record["rate"].number is not None else ""


def _how_far(record: Record) -> str:
    """The actual and its target, which points were given for, in brackets."""
    actual, target = (words.value_of(record, field) for field in ("actual", "target"))
    return f"（实际完成{actual}，目标{target}）" if actual and target else ""


class _Made(NamedTuple):
    """What is printed, the arithmetic, its result, and the figures that this is made of."""

    printed: str
    formula: str
    value: str
    operands: tuple[str, ...] = ()


def _formula(record: Record, one: FormRecords, field: str) -> _Made:
    if record.of == "indicators" and record.row is not None:
        score = one.sheet.indicators[record.row - 1]
        return _Made(
            words.value_of(record, "score"),
            f"{record['name'].text}：{score.formula}{_how_far(record)}",
            words.value_of(record, "rule_score") or words.value_of(record, "score"),
            _cells_of(record, "weight", "actual", "target"),
        )
    money = _cells_of(record, "executed", "budget")
    if field == "exec_score":
        return _Made(
            words.value_of(record, "exec_score"),
            f"执行得分 {one.sheet.execution.formula}{_at_rate(record)}",
            words.value_of(record, "exec_score_rule"),
            (*money, *_cells_of(record, "rate")),
        )
    if field == "rate":
        formula = "执行率 " + "".join(_cell_arithmetic(record, "rate"))
        return _Made(record["rate_printed"].text, formula, record["rate"].text, money)
    if field == "unspent":
        formula = "未执行金额 " + "".join(_cell_arithmetic(record, "unspent"))
        return _Made("", formula, words.value_of(record, "unspent"), money)
    return _weights(record, one) if field == "weight_sum" else _total(record, one)


def _weights(record: Record, one: FormRecords) -> _Made:
    """All weights of a form, the first of them that of the execution."""
    if record["weight_sum"].number is None:
        return _Made("", "分值没有填写", "")
    execution = one.sheet.execution.weight
    rows = [row.weight for row in one.sheet.indicators if row.weight is not None]
    told = tuple(plain(part) for part in (execution, *rows) if part is not None)
    parts = (plain(sum(rows, Decimal(0))), *([] if execution is None else [plain(execution)]))
    named = "，".join(
        f"{name}{part}" for name, part in zip(("指标分值合计", "执行率分值"), parts, strict=False)
    )
    formula = f"各项分值相加 {' + '.join(told)} = {record['weight_sum'].text}（{named}）"
    return _Made(one.form.total.weight, formula, record["weight_sum"].text, (*parts, *told))


def _total(record: Record, one: FormRecords) -> _Made:
    """The total by its parts: what the indicators have, and what the execution has."""
    if record["total_sum"].number is None:
        return _Made("", "总分没有填写", "")
    rows = [row.printed for row in one.sheet.indicators if row.printed is not None]
    execution = one.sheet.execution.printed
    shown = " + ".join(plain(part) for part in (execution, *rows) if part is not None)
    parts = (plain(sum(rows, Decimal(0))), *([] if execution is None else [plain(execution)]))
    told = "，".join(f"{name}{part}" for name, part in zip(("指标得分合计", "执行得分"), parts, strict=False))
    return _Made(
        words.value_of(record, "total"),
        f"各项得分相加 {shown} = {record['total_sum'].text}（{told}）",
        words.value_of(record, "total_sum"),
        (*parts, *(plain(row) for row in rows)),
    )


def _cells_of(record: Record, *fields: str) -> tuple[str, ...]:
    return tuple(text for field in fields if (text := words.value_of(record, field)))
