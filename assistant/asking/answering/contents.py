"""What stands under each office, and how all of its forms did, in words."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.asking.answering import answer as words
from assistant.asking.answering.answer import Answer, Sources
from assistant.asking.records.fields import FIELDS
from assistant.asking.records.frame import Rows
from assistant.asking.records.query import Query
from assistant.asking.records.records import Cell, Record
from assistant.asking.records.results import Result

_CITED, _PLACES, _WHOLE = 60, 2, 100
_COUNTERS = {"project_name": "个项目", "unit": "个单位", "department": "个部门"}


def contents(query: Query, result: Result, sources: Sources) -> Answer:
    """The answer to a query with ``contents``: under each group the different names of these fields."""
    lines, rows, places = [], [], []
    for group in result.groups:
        records = _first_of_each(group.records, query.contents)
        lines.append(f"{group.key}：{_told(group.records, query.contents)}")
        rows += [(group.key, *(record[name].text for name in query.contents)) for record in records]
        places += [(record.form, 0) for record in records]
    if not rows:
        return words.nothing("这样的单位和项目")
    label = FIELDS[query.of][query.group].label
    head = f"共{len(result.groups)}个{label}：" if len(result.groups) > 1 else ""
    return Answer(
        answer=f"{head}{words.enumerated(lines)}。",
        values=tuple(dict.fromkeys(text for row in rows for text in row)),
        table=words.Table(
            columns=(label, *(FIELDS[query.of][name].label for name in query.contents)),
            rows=tuple(rows),
            places=tuple(places),
        ),
        citations=tuple(sources.cite(record, query.contents[-1]) for record in result.records[:_CITED]),
    )


def _first_of_each(records: Rows, names: Sequence[str]) -> list[Record]:
    """One record for every different combination of texts."""
    texts = zip(*(records.texts(name) for name in names), strict=True)
    first: dict[tuple[str, ...], int] = {}
    for at, combination in enumerate(texts):
        first.setdefault(combination, at)
    return [records[at] for at in first.values()]


def _told(records: Rows, names: Sequence[str]) -> str:
    """河湖科、农水科（2个单位）; with what stands under each in brackets."""
    found: dict[str, list[str]] = {}
    for record in _first_of_each(records, names):
        found.setdefault(record[names[0]].text, []).append(record[names[-1]].text if len(names) > 1 else "")
    listed = [f"{name}（{'、'.join(inner)}）" if inner[0] else name for name, inner in found.items()]
    return f"{'、'.join(listed)}（{len(found)}{_COUNTERS.get(names[0], '个')}）"


def summary(results: Sequence[Result], sources: Sources) -> Answer:
    """How the forms of the first result did; the others hold what they missed and what the check found."""
    forms, missed, found = results
    if not len(forms.records):
        return words.nothing("这样的项目")
    budget, (executed, total) = forms.value or Cell(), forms.more
    figures = [
        f"全年预算数合计{_figure(budget)}" if budget.number is not None else "",
        f"全年执行数合计{_figure(executed)}" if executed.number is not None else "",
    ]
    arithmetic: tuple[str, ...] = ()
    if budget.number and executed.number is not None and budget.unit == executed.unit:
        rate = words.figure(executed.number * _WHOLE / budget.number, "%", _PLACES)
        figures.append(f"总体执行率{rate}")
        arithmetic = (f"{_figure(executed)} ÷ {_figure(budget)} = {rate}",)
    if total.number is not None:
        figures.append(f"总分平均{words.figure(total.number, '分', _PLACES)}")
    figures += [f"没有达到目标的指标{len(missed.records)}个", f"检查发现问题{len(found.records)}处"]
    said = "；".join(_line(record) for record in forms.records[: words.NAMED])
    more = "……（其余见表）" if len(forms.records) > words.NAMED else ""
    query = Query(of="forms", show=("budget", "executed", "rate", "total", "year"))
    told = "，".join([f"共{len(forms.records)}张表", *filter(None, figures)])
    return Answer(
        answer=f"{told}。其中：{said}{more}。",
        values=(f"{len(forms.records)}张", *(_number(one) for one in figures if one)),
        table=words.table_of(query, forms.records),
        citations=tuple(sources.cite(record, "total") for record in forms.records[:_CITED]),
        arithmetic=arithmetic,
    )


def _figure(cell: Cell) -> str:
    return words.figure(cell.number, cell.unit or "万元") if cell.number is not None else ""


def _number(said: str) -> str:
    """The figure at the end of what is said."""
    return said[next(at for at, sign in enumerate(said) if sign.isdigit() or sign == "-") :]


def _line(record: Record) -> str:
    name = words.dated(record["project_name"].text, record, told=True)
    figures = [f"执行率{words.value_of(record, 'rate')}", f"总分{words.value_of(record, 'total')}"]
    return f"{name}{'，'.join(figures)}"
