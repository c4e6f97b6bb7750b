"""Results of each shape put into words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.asking.answering import answer as words
from assistant.asking.answering import listed, shown, whether
from assistant.asking.answering.answer import Answer, Sources
from assistant.asking.answering.arithmetic import arithmetic_of, whole_of
from assistant.asking.answering.changes import changes
from assistant.asking.answering.contents import contents
from assistant.asking.planning.wording import condition_in_words, measure_in_words
from assistant.asking.records.execute import Group, Result
from assistant.asking.records.fields import FIELDS
from assistant.asking.records.query import Measure, Query
from assistant.asking.records.records import Record
from assistant.asking.records.rule_names import rule_title

_CHARTED = 30

_CITED = 60
_TOLD, _FEW = 12, 2
_NAMED, _NAMED_WITH_SUMS = 20, 6
"""So many of what is counted are named, and beside sums."""

_TWICE = 200


def compose(query: Query, result: Result, sources: Sources) -> Answer:
    """The answer to one query."""
    if query.ask in ("how", "check"):
        return shown.how(query, result, sources)
    if query.ask == "quote":
        return shown.quote(query, result, sources)
    if query.ask == "cells":
        return shown.cells(query, result, sources)
    if query.change is not None:
        return changes(query, query.change, result, sources)
    if query.contents:
        return contents(query, result, sources)
    told_each = query.group == "form" and query.ask in ("list", "yesno") and query.order is None
    if query.of == "findings" and told_each:
        return _findings(query, result, sources)
    if query.group:
        return _groups(query, result, sources)
    shapes: dict[str, Callable[[Query, Result, Sources], Answer]] = {
        "value": _value,
        "count": _count,
        "yesno": _yesno,
        "top": _ranking,
        "place": _place,
        "first": _place,
        "list": _list,
    }
    return shapes.get(query.ask, _list)(query, result, sources)


def _citations(
    query: Query, records: Sequence[Record], sources: Sources, field: str = ""
) -> tuple[words.Citation, ...]:
    stated = query.conditions()
    name = field or (query.show[0] if query.show else stated[0].field if stated else "")
    return tuple(sources.cite(record, name) for record in records[:_CITED])


def _list(query: Query, result: Result, sources: Sources) -> Answer:
    records = result.records
    if query.order is not None:
        return _ranking(query, result, sources)
    if not records:
        return Answer(answer=f"没有符合条件的{words.noun(query.of)}。", values=(words.counted(0, query),))
    labels = listed.labels(query, records, sources)
    head = f"共{words.counted(len(records), query)}"
    summed, sums = _sums(query, result)
    return Answer(
        answer=f"{head}{summed}：{words.enumerated(labels)}。",
        values=(*listed.named_with_cells(query, records), *sums),
        table=words.table_of(query, records),
        citations=_citations(query, records, sources),
    )


def _sums(query: Query, result: Result) -> tuple[str, list[str]]:
    """What the records add up to, in words, with the figures alone."""
    told = [
        (measure_in_words(one, query.of), words.measured(cell, one, query))
        for one, cell in zip(query.measures(), (result.value, *result.more), strict=False)
    ]
    return "".join(f"，{label}{text}" for label, text in told if text), [text for _, text in told if text]


def _count(query: Query, result: Result, sources: Sources) -> Answer:
    number = words.counted(len(result.records), query)
    summed, sums = _sums(query, result)
    if len(result.records) > (_NAMED_WITH_SUMS if sums else _NAMED):
        query = query.model_copy(update={"show": ()})
        names = ""
    else:
        names = words.enumerated(listed.labels(query, result.records, sources))
    return Answer(
        answer=f"共{number}{words.noun(query.of)}{summed}{'：' if names else ''}{names}。",
        values=(number, *sums, *(listed.named_with_cells(query, result.records) if query.show else ())),
        table=words.table_of(query, result.records),
        citations=_citations(query, result.records, sources),
    )


def _yesno(query: Query, result: Result, sources: Sources) -> Answer:
    if query.every:
        return _whether_all(query, result, sources)
    if query.of == "findings":
        if not result.records:
            return Answer(answer="没有发现这方面的错误。", values=("没有",))
        return Answer(
            answer=f"有，{words.counted(len(result.records), query)}："
            + words.enumerated([r["message"].text for r in result.records]),
            values=("有",),
            table=words.table_of(query, result.records),
            citations=_citations(query, result.records, sources),
            arithmetic=tuple(r["arithmetic"].text for r in result.records if r["arithmetic"].text),
        )
    if (of_one := whether.of_one(query, result, sources)) is not None:
        return of_one
    if not result.records:
        return Answer(answer=f"没有，没有符合条件的{words.noun(query.of)}。", values=("没有",))
    number = words.counted(len(result.records), query)
    return Answer(
        answer=f"有，{number}：{words.enumerated(listed.labels(query, result.records, sources))}。",
        values=("有", number, *(listed.named_with_cells(query, result.records) if query.show else ())),
        table=words.table_of(query, result.records),
        citations=_citations(query, result.records, sources),
    )


def _whether_all(query: Query, result: Result, sources: Sources) -> Answer:
    """都完成了吗: yes, or those that did not."""
    number = words.counted(int(result.value.number or 0), query) if result.value else ""
    said = "且".join(condition_in_words(c, query.of) for c in query.every)
    if result.value is not None and not result.value.number:
        return words.nothing(f"符合条件的{words.noun(query.of)}")
    if not result.records:
        return Answer(answer=f"是，{number}{words.noun(query.of)}都{said}。", values=("是", number))
    failing = words.counted(len(result.records), query)
    shown = query.model_copy(update={"show": tuple(dict.fromkeys(c.field for c in query.every))})
    return Answer(
        answer=f"不是，{number}{words.noun(query.of)}中有{failing}不符合“{said}”："
        f"{words.enumerated(listed.labels(query, result.records, sources))}。",
        values=("不是", failing, *listed.named_with_cells(shown, result.records)),
        table=words.table_of(query, result.records),
        citations=_citations(query, result.records, sources, query.every[0].field),
    )


def _ranking(query: Query, result: Result, sources: Sources) -> Answer:
    field = query.order.field if query.order else ""
    any_of_it = [c for c in query.where if c.field == field]
    if query.order is not None and not result.records and any_of_it == [*query.conditions()]:
        said = "且".join(condition_in_words(c, query.of) for c in any_of_it)
        return Answer(answer=f"没有{said}的{words.noun(query.of)}。", values=(words.counted(0, query),))
    if query.order is None or not result.records:
        return words.nothing(f"有相应数字的{words.noun(query.of)}")
    named = result.records[: words.NAMED + 1]
    told = listed.tells_years(query, result.records, sources)
    names = [words.dated(words.label_of(r), r, told=told) for r in named]
    lines = [
        f"{name}{_ranked(r, field, query.counter)}{_also_shown(query, r, field)}"
        for name, r in zip(names, named, strict=True)
    ]
    if query.of == "indicators":
        lines = [
            f"{line}（{record['project_name'].text}）" for line, record in zip(lines, named, strict=True)
        ]
    way = "从大到小" if query.order.descending else "从小到大"
    label = FIELDS[query.of][field].label
    head = (
        f"{label}{'最高' if query.order.descending else '最低'}的是"
        if query.limit == 1 and not query.offset
        else f"按{label}{way}："
    )
    asked_for = query.model_copy(update={"show": tuple(dict.fromkeys((field, *query.show)))})
    return Answer(
        answer=f"{head}{words.enumerated(lines)}。",
        values=listed.named_with_cells(asked_for, result.records),
        table=words.table_of(query, result.records, (field,)),
        citations=_citations(query, result.records, sources, field),
        chart=tuple((words.label_of(r), float(r[field].number or 0)) for r in result.records[:_CHARTED])
        if len(result.records) > 1
        else (),
        chart_label=label,
    )


def _place(query: Query, result: Result, sources: Sources) -> Answer:
    """The place of a form among all with such a figure; those with the same share one."""
    field = query.order.field if query.order else ""
    ordered = result.records
    at = next((n for n, record in enumerate(ordered) if record.form in (query.base_forms or ())), None)
    if query.order is None or at is None:
        return words.nothing("这张表可以排名的数字")
    own = ordered[at]
    place = next(n for n, record in enumerate(ordered, 1) if record[field].number == own[field].number)
    figure, label = words.value_of(own, field), FIELDS[query.of][field].label
    way = "从高到低" if query.order.descending else "从低到高"
    whether = [] if query.ask == "place" else ["是" if place == 1 else "不是"]
    alike = sum(record[field].number == own[field].number for record in ordered) - 1
    beside = f"（并列的另有{alike}张）" if alike else ""
    told = f"{label}{figure}，在{len(ordered)}张有这项数字的表中{way}排第{place}{beside}"
    return Answer(
        answer=f"{''.join(f'{said}，' for said in whether)}{sources.short(own.form)}：{told}。",
        values=(*whether, f"第{place}", figure),
        table=words.table_of(query, ordered, (field,)),
        citations=_citations(query, [own], sources, field),
    )


def _also_shown(query: Query, record: Record, field: str) -> str:
    """What else is asked of each of a ranking: 预算最多的三个项目，总分各是多少."""
    known = FIELDS[query.of]
    offices = [record[n].text for n in ("unit", "department") if n in query.show]
    said = [
        f"{known[n].label}{words.value_of(record, n) or '没有填写'}"
        for n in query.show
        if n != field and known[n].unit
    ]
    return "".join(f"，{text}" for text in (*filter(None, offices), *said))


def _ranked(record: Record, field: str, counter: str) -> str:
    """A figure of a ranking; 2000% of a target is said as 20 times too."""
    text, number = words.value_of(record, field, counter), record[field].number
    if field == "completion" and number is not None and number >= _TWICE:
        return f"{text}（是目标的{words.figure(number / 100, '倍', 2)}）"
    return text


def _called(field: str, key: str) -> str:
    """What a group is called: a rule by its title, a year as one."""
    if field == "rule":
        return rule_title(key)
    return f"{key}年" if field == "year" and key.isdigit() else key


def _groups(query: Query, result: Result, sources: Sources) -> Answer:
    groups, by_form = result.groups, query.group == "form"
    if not groups:
        none = "没有" if query.ask == "yesno" else "0"
        return Answer(answer=f"没有符合条件的{'表' if by_form else ''}。", values=(none,))
    names = [_called(query.group, group.key) for group in groups]
    if by_form:
        records = [sources[int(key)].record for key in names]
        told = listed.tells_years(query, records, sources)
        names = [words.dated(record["project_name"].text, record, told=told) for record in records]
    figures = ["，".join(_group_figures(query, group)) for group in groups]
    cells = [_group_figures(query, group) for group in groups]
    empty = all(group.value.number == 0 for group in groups)
    pairs = list(zip(names, figures, strict=True))
    lines = names if empty else [f"{name}（{number}）" for name, number in pairs]
    told_of_each = (
        names if empty else [text for n, row in zip(names, cells, strict=True) for text in (n, *row)]
    )
    head, first = _group_head(query, len(groups))
    label = words.measure_name(query)
    alone = (
        query.ask == "top" and query.limit == 1 and len(groups) == 1 and query.of == "forms" and not by_form
    )
    return Answer(
        answer=f"{head}{words.enumerated(lines)}。",
        values=tuple(first if query.ask == "count" else [*first, *told_of_each]),
        table=words.table_of(query, groups[0].records)
        if alone
        else words.Table(
            columns=(
                "项目名称" if by_form else FIELDS[query.of][query.group].label,
                label,
                *(measure_in_words(one, query.of) for one in query.also),
            ),
            rows=tuple((name, *row) for name, row in zip(names, cells, strict=True)),
            places=_places_of(query, groups),
        ),
        citations=_group_citations(query, result, sources),
        chart=tuple((name, float(g.value.number or 0)) for name, g in zip(names, groups, strict=True))
        if len(groups) > 1 and not empty
        else (),
        chart_label=label,
    )


def _findings(query: Query, result: Result, sources: Sources) -> Answer:
    """The forms in which something was found, each with what is printed and what it should be."""
    records = result.records
    if not records:
        return Answer(answer="没有发现这方面的错误。", values=("没有", "0"))
    named = [int(group.key) for group in result.groups[:_CITED]]
    if len(records) <= _TOLD:
        said = ["；".join(words.labels_of(group.records)) for group in result.groups]
    else:
        said = [f"{len(group.records)}处" for group in result.groups[:_CITED]]
    lines = [f"{sources.short(form)}（{told}）" for form, told in zip(named, said, strict=True)]
    more = "……（其余见表）" if len(result.groups) > _CITED else ""
    head = f"共{len(result.groups)}张表，{len(records)}处"
    names = [sources[int(group.key)].record["project_name"].text for group in result.groups]
    # Long texts are read for what is told, not for all that was found.
    figures = [text for record in records for text in _off_by(record)] if len(records) <= _CITED else []
    sums = (record["arithmetic"].text for record in records[:_CITED])
    return Answer(
        answer=f"{'有，' if query.ask == 'yesno' else ''}{head}：{'；'.join(lines)}{more}。",
        values=(*(["有"] if query.ask == "yesno" else []), *names, *filter(None, figures)),
        table=words.table_of(query, records, ("printed", "expected")),
        citations=tuple(sources.cite(record) for record in records[:_CITED]),
        arithmetic=tuple(text for text in sums if text)[:_TOLD],
        chart=tuple((n, float(g.value.number or 0)) for n, g in zip(names, result.groups, strict=True))
        if len(names) > _FEW
        else (),
        chart_label="问题数",
    )


def _off_by(finding: Record) -> tuple[str, ...]:
    """What is printed, what it should be, and how much that is apart."""
    printed, expected = finding["printed"].text, finding["expected"].text
    return (printed, expected, words.difference(printed, expected))


def _form_of(query: Query, group: Group) -> int:
    """The form of a group by form, else the first form in it; 0 where it has none."""
    if query.group == "form":
        return int(group.key)
    return int(group.records.forms[0]) if len(group.records) else 0


def _places_of(query: Query, groups: Sequence[Group]) -> tuple[tuple[int, int], ...]:
    """The form of each group; the row itself where every form has one alone that is meant."""
    rows = query.of == "indicators" and query.group == "form" and not query.measures()
    if rows and all(len(group.records) == 1 for group in groups):
        return tuple((one.records[0].form, one.records[0].row or 0) for one in groups)
    return tuple((_form_of(query, group), 0) for group in groups)


def _group_figures(query: Query, group: Group) -> list[str]:
    measures = query.measures() or (Measure(op="count"),)
    cells = (group.value, *group.more)
    return [words.measured(cell, one, query) for cell, one in zip(cells, measures, strict=True)]


def _group_head(query: Query, number: int) -> tuple[str, list[str]]:
    """The words before the groups, and the values that say how many there are."""
    total = f"{number}{'张' if query.group == 'form' else '个'}"
    if query.ask == "top":
        falling = query.order is not None and query.order.descending
        name = words.measure_name(query)
        ends = (
            ("最多", "最少")
            if query.measure is None or query.measure.op in ("sum", "count")
            else ("最高", "最低")
        )
        kind = FIELDS[query.of][query.group]
        # 指标数最多的分值是10分: the groups are figures, not names.
        what = kind.label if kind.unit else ""
        place = f"第{query.offset + 1}" if query.offset else "最"
        most = f"{name}{place}{(ends[0] if falling else ends[1])[1:]}的{what}是"
        return (most if query.limit == 1 else f"{name}排名："), []
    head = f"共{total}{'表' if query.group == 'form' else ''}："
    if query.ask == "yesno":
        return f"有，{head}", ["有", total]
    return head, [total] if query.ask == "count" else []


def _group_citations(query: Query, result: Result, sources: Sources) -> tuple[words.Citation, ...]:
    field = query.measure.field if query.measure else ""
    cited = [sources.cite(record, field) for record in result.records[:_CITED]]
    if not cited and query.group == "form":
        cited = [sources.cite(sources[int(g.key)].record, "indicator_count") for g in result.groups]
    return tuple(cited)


def _value(query: Query, result: Result, sources: Sources) -> Answer:
    measures = query.measures()
    cells = (result.value, *result.more)
    texts = [words.measured(cell, one, query) for cell, one in zip(cells, measures, strict=True)]
    if not any(texts):
        return words.nothing("可以计算的数字")
    said = [
        f"{measure_in_words(one, query.of)}{'是' if len(texts) == 1 else ''}{text or '算不出'}"
        for one, text in zip(measures, texts, strict=True)
    ]
    subject = f"{words.counted(len(result.records), query)}{words.noun(query.of)}的"
    if measures[0].op == "count" and len(measures) > 1:
        subject, said[0] = "共", f"{texts[0]}{words.noun(query.of)}"
    if query.base_field and measures[0].op == "share":
        said[0] = (
            f"{FIELDS[query.of][measures[0].field].label}占{FIELDS[query.of][query.base_field].label}的{texts[0]}"
        )
    spread = measures[0].op == "range" and len(measures) == 1
    ends: list[str] = []
    if spread:
        told = [(words.label_of(r), words.value_of(r, measures[0].field)) for r in result.records[:4]]
        ends = [text for pair in told for text in pair]
        listed_ends = "，".join(map("".join, told))
        subject, said = (
            FIELDS[query.of][measures[0].field].label,
            [f"最大与最小相差{texts[0]}（{listed_ends}）"],
        )
    part = whole_of(query, result)
    said[0] += f"（{part[0]} ÷ {part[1]}）" if part else ""
    return Answer(
        answer=f"{subject}{'，'.join(said)}。",
        values=(*(text for text in texts if text), *part, *ends),
        table=words.table_of(query, result.records),
        citations=_citations(query, result.records, sources, measures[0].field),
        arithmetic=arithmetic_of(query, result),
    )
