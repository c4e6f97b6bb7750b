"""Why, and what is to be done: quoted from the explanations, the goals and the notes."""

from __future__ import annotations

import re

from assistant.asking.language.naming import told_parts
from assistant.asking.planning.asked import Asked, meant
from assistant.asking.planning.binding import ranking_of
from assistant.asking.planning.kinds import PROSE, one
from assistant.asking.planning.meaning import Meaning
from assistant.asking.reading.conditions import has_field
from assistant.asking.reading.matching import RowId
from assistant.asking.records.execute import satisfies
from assistant.asking.records.query import Condition, Order, Query
from assistant.form.text import pairs

_THINGS_COUNTED = re.compile(
    "[一-龥](?<![有是])了(?:多少|几)[条项篇场期个]|(?:多少|几)个?(?:人|家|次|名|位|户|天|台|套|辆|所|座|公里|吨)"
)
_CLAUSES = re.compile("[,，。；;、]")
_TELLING = 4
"""A word of so many characters tells one thing from another."""
_WHY = re.compile("为什么|为何|为啥|怎么(?!改|办|整)|咋|什么原因|是什么")
_REASON_TOO = re.compile(
    "(?:、|和|与|及|跟|还有)(?:各自|相应|对应|其)?的?(?:偏差)?(?:原因|理由|说明)(?:分析)?(?:[及和、]?改进措施)?"
    "(?:分别|都|各)?(?:是什么|是啥|有哪些|写(?:的|了)?(?:什么|啥)|怎么写的)?$"
)
_AND_WHY = re.compile("[、,和与及](?:以及)?(?:又|都|各)?(?:是)?(?:因为)?(?:什么原因|为什么|为何|为啥|原因)$")
"""扣了几分，为什么: of a row that is named."""
_GOALS = ("goal_expected", "goal_actual", "note", "remark")


def as_prose(asked: Asked) -> Meaning | None:
    """Why, and what is to be done: quoted from the explanations and goals."""
    names = asked.said_names()
    if asked.reading.quotes and (asked.head in ("form", "row") or "indicator_count" in names):
        return None
    goals = tuple(name for name in _GOALS if name in names)
    if goals and asked.scope.forms is not None and not asked.scope.rows and not names & PROSE:
        return one(Query(of="forms", forms=asked.scope.forms, ask="quote", show=goals))
    if not names & PROSE:
        return _told(asked)
    if (written := _whether_written(asked)) is not None:
        return written
    if asked.says("no_reason", "no_measure", "blank_reason"):
        asks = any(m.name in PROSE and _WHY.search(m.text) for m in asked.said_fields())
        return Meaning(kind="unclear", reason="没写原因的，表里也查不到原因") if asks else None
    if any(c.op == "empty" for predicate in asked.predicates for c in predicate.conditions):
        return Meaning(kind="unclear", reason="表里不会说明某一格为什么没有填")
    for attempt in (
        _told_so_too,
        _beside_cells,
        _of_ranked,
        _of_passages,
        _of_rows,
        _of_told_rows,
        _of_set,
        _of_money,
        _with_causes,
    ):
        if (meaning := attempt(asked)) is not None:
            return meaning
    return _explained(asked)


_WRITES = "写|填|说|讲|给|附|作|列|交代|交待|说明|解释|注明|填写|写明"
_ASKS_IF_WRITTEN = re.compile(
    f"(?:是否|有没有|有无|是不是)(?:都|也)?(?:{_WRITES})|(?:{_WRITES})(?:了|上|过|出|清楚|明白)*[^,;]{{0,8}}(?:吗|么|没有?|否)$"
)


def _whether_written(asked: Asked) -> Meaning | None:
    """偏差原因写没写: whether there is an explanation, of the rows that are named; not what it says."""
    said = [m for m in asked.said_fields() if m.name in PROSE]
    asks_what = any(_WHY.search(m.text) for m in said) or asked.says("which", "count")
    if not asked.scope.rows or asks_what or not asked.says("yesno") or asked.reading.causes:
        return None
    if not _ASKS_IF_WRITTEN.search(asked.reading.text):
        return None
    field = "measure" if all(m.name == "measure_text" for m in said) else "reason"
    where = (Condition(field=field, op="eq", texts=("是",)),)
    rows = asked.fitting_rows(asked.scope.rows)
    return one(Query(of="indicators", rows=rows, where=where, ask="yesno", show=("explanation",)))


_SAME_TOLD = re.compile(
    "(?:这个|这种|这样|同样|一样|相同|同一个|这一?条)的?(?:偏差)?(?:原因|理由|解释|说明)的?(?:都|一共|还)*(?:有|是)?(?:哪|几|多少)"
)


def _told_so_too(asked: Asked) -> Meaning | None:
    """写这个原因的有哪几张表: the rows whose explanation reads as that of the one that is named."""
    rows = _with_number(asked, asked.scope.rows)
    if len(rows) != 1 or not _SAME_TOLD.search(asked.reading.text):
        return None
    told = asked.record(rows[0])["explanation"].text
    where = (Condition(field="explanation", op="eq", texts=(told,)),)
    return one(Query(of="indicators", where=where, ask="quote", show=("explanation",))) if told else None


def _beside_cells(asked: Asked) -> Meaning | None:
    """没完成的指标和原因, 目标值、完成值和偏差原因: rows of which the reason is one cell among others."""
    listed = _REASON_TOO.search(asked.reading.text)
    if listed is None and asked.scope.rows:
        listed = _AND_WHY.search(asked.reading.text)
    if listed is None or asked.scope.passages or asked.reading.causes or not asked.scope.named:
        return None
    before = [m for m in asked.said_fields() if m.end <= listed.start() and m.name not in PROSE]
    names = dict.fromkeys(
        name for m in before if has_field(m.name, "indicators") for name in meant(m, "indicators")
    )
    if not (names or asked.head == "row" or asked.rows_spoken):
        return None
    where = tuple(c for c in asked.conditions("indicators") if c.field != "reason")
    query = Query(**asked.scoped("indicators"), where=where, show=(*names, "explanation"))
    return one(query.model_copy(update={"ask": "cells"} if asked.scope.rows else {}))


def _of_passages(asked: Asked) -> Meaning | None:
    searched = asked.scope.passages and (asked.is_set() or asked.head) and not asked.scope.rows
    return _told(asked) if searched else None


def _of_rows(asked: Asked) -> Meaning | None:
    """Why a named indicator is as it is."""
    if not asked.scope.rows:
        return None
    rows = _such(asked, _with_number(asked, asked.fitting_rows(asked.scope.rows)))
    return one(Query(of="indicators", rows=rows, ask="quote", show=("explanation",)))


def _such(asked: Asked, rows: tuple[RowId, ...]) -> tuple[RowId, ...]:
    """电梯没装够是什么原因: of several rows those of which it is true that they missed; all where of none."""
    missed = [c for c in asked.conditions("indicators") if c.field in ("met", "completion")]
    such = tuple(row for row in rows if all(satisfies(asked.record(row), c) for c in missed))
    return such if missed and such else rows


def _of_told_rows(asked: Asked) -> Meaning | None:
    """运维支出为啥没花完: what no name but the prose of some rows holds."""
    rows = tuple(row for row in asked.scope.passages if row[1])
    if not rows or asked.reading.causes or asked.is_set() or asked.head:
        return None
    return one(Query(of="indicators", rows=rows, ask="quote", show=("explanation",)))


def _with_number(asked: Asked, rows: tuple[RowId, ...]) -> tuple[RowId, ...]:
    """为什么只发了432人: of the rows, else of all of their forms, those that read so; all where none does."""
    numbers = {b.number for b in asked.reading.bounds if b.unit and not b.signed}
    forms = dict.fromkeys(asked.scope.forms or (form for form, _ in rows))
    others = tuple((n, r.row or 0) for n in forms for r in asked.entities.by_number[n].indicators)
    for among in (rows, others):
        found = tuple(
            row
            for row in among
            if numbers & {asked.record(row)[name].number for name in ("actual", "target")}
        )
        if found:
            return found
    return rows


def _of_money(asked: Asked) -> Meaning | None:
    """Why a form's money is as it is: its note, else what stands beside its costs."""
    notes = _notes(asked)
    if notes is not None:
        return one(notes)
    if asked.one_form() and asked.said_names() & _MONEY_WHY and not asked.reading.levels:
        return one(_cost_reasons(asked))
    return None


def _with_causes(asked: Asked) -> Meaning | None:
    """改进措施里写加大催收力度的: the rows whose explanation says so."""
    if not (asked.reading.causes and asked.scope.passages):
        return None
    stated = asked.stated("indicators")
    query = Query(**asked.scoped("indicators"), where=stated.where, any_of=stated.any_of)
    return one(query.model_copy(update={"ask": asked.shape()}))


def _explained(asked: Asked) -> Meaning | None:
    """All explanations of the forms, or of the rows with the conditions, that were named."""
    if asked.one_form() and not asked.reading.levels and (told := _only_noted(asked)) is not None:
        return one(told)
    where = [c for c in asked.conditions("indicators") if (c.field != "reason" and c.op != "eq") or c.texts]
    where = [c for c in where if c.field != "reason"]
    if asked.scope.forms is None and not where:
        return None
    where.append(Condition(field="reason", op="eq", texts=("是",)))
    scope = asked.scope.forms
    return one(Query(of="indicators", forms=scope, where=tuple(where), ask="quote", show=("explanation",)))


def _of_ranked(asked: Asked) -> Meaning | None:
    """扣分最多的项目为什么扣分: the reasons of what a superlative picks."""
    ranking = ranking_of(asked)
    if ranking is None or asked.scope.rows or not ranking.field:
        return None
    order = Order(field=ranking.field, descending=ranking.descending)
    picked = Query(**asked.scoped(ranking.of), where=tuple(asked.conditions(ranking.of)))
    picked = picked.model_copy(update={"order": order, "limit": ranking.limit, "offset": ranking.offset})
    if ranking.of == "indicators":
        return one(picked.model_copy(update={"ask": "quote", "show": ("explanation",)}))
    told = Condition(field="reason", op="eq", texts=("是",))
    lost = Condition.model_validate({"field": "lost", "op": "gt", "number": 0})
    of_points = ranking.field in ("total", "total_lost")
    return one(
        Query(
            of="indicators",
            within=(picked,),
            where=(told, lost) if of_points else (told,),
            ask="quote",
            show=("explanation",),
        )
    )


_POINTED_AT = re.compile("的那(?:一)?[个张份]")
"""超支的那个项目: one form, which must be found first."""


def _of_set(asked: Asked) -> Meaning | None:
    """执行率低于90%的为什么没执行完: the reasons of the forms that meet the conditions.

    Of money these stand beside the costs, and in the notes; of points beside the rows that lost any.
    """
    stated = asked.stated("forms")
    single = _POINTED_AT.search(asked.reading.text)
    if not stated or single or asked.one_form() or asked.scope.rows or asked.reading.causes:
        return None
    where = tuple(dict.fromkeys(stated.where))
    picked = Query(**asked.scoped("forms"), where=where, any_of=stated.any_of)
    fields = {c.field for c in picked.conditions()}
    rows = tuple(c for c in asked.conditions("indicators") if c.field != "reason")
    told = Condition(field="reason", op="eq", texts=("是",))
    query = Query(of="indicators", within=(picked,), ask="quote", show=("explanation",))
    if rows or not fields & _MONEY_WHY:
        lost = Condition.model_validate({"field": "lost", "op": "gt", "number": 0})
        of_points = fields & {"total", "total_lost"} and not rows
        where = (told, lost) if of_points else (told, *rows)
        return one(query.model_copy(update={"where": where}))
    costs = Condition(field="level2", op="contains", texts=("成本",))
    noted = Condition(field="note", op="filled")
    notes = picked.model_copy(update={"where": (*picked.where, noted), "ask": "quote", "show": ("note",)})
    return Meaning(queries=(query.model_copy(update={"where": (told, costs)}), notes))


_COUNTED_UNIT = re.compile("(?:多少|几)个?([家人名次场期篇户座台])")


def _counted_in_goal(asked: Asked) -> Query | None:
    """专精特新中小企业培育了几家: the goal, where one clause alone has the words with a number of 家."""
    unit = _COUNTED_UNIT.search(asked.reading.text)
    telling = max((part for word in asked.scope.words for part in told_parts(word)), key=_length, default=())
    if unit is None or _length(telling) < _TELLING:
        return None
    number = re.compile(f"[0-9]+{unit[1]}")
    found = [
        form
        for form in dict.fromkeys(form for form, _ in asked.scope.passages)
        for clause in _CLAUSES.split("".join(asked.entities.by_number[form].form.goal.actual.split()))
        if number.search(clause) and any(all(pair in clause for pair in pairs(word)) for word in telling)
    ]
    return (
        Query(of="forms", forms=(found[0],), ask="quote", show=("goal_actual",)) if len(found) == 1 else None
    )


def _length(part: tuple[str, ...]) -> int:
    return max((len(word) for word in part), default=0)


def _told(asked: Asked) -> Meaning | None:
    """What no name but some prose holds: the passage, or the forms that have it."""
    if not asked.scope.passages:
        return None
    if (unit := _counted_otherwise(asked)) is not None:
        return Meaning(kind="nothing", reason=f"按“{unit}”计数的这一项")
    if asked.head == "row" and asked.predicates and any(row for _, row in asked.scope.passages):
        return None
    if not asked.is_set() or _THINGS_COUNTED.search(asked.reading.text):
        counted = _THINGS_COUNTED.search(asked.reading.text) and not any(r for _, r in asked.scope.passages)
        if counted and (goal := _counted_in_goal(asked)) is not None:
            return one(goal)
        if not _amount_told(asked) and (counted or (asked.numeric("forms") and not asked.scope.named)):
            return Meaning(kind="nothing", reason=f"“{'、'.join(asked.scope.words)}”的这一项数字")
        return one(_passages(asked))
    if asked.head == "form" and not asked.reading.levels and not asked.predicates:
        forms = tuple(dict.fromkeys(form for form, _ in asked.scope.passages))
        return one(Query(of="forms", forms=forms, without=asked.scope.without, ask=asked.shape()))
    return None


def _amount_told(asked: Asked) -> bool:
    """绘制图谱花了多少钱, where the one cell that tells of it tells an amount too."""
    rows = [row for row in asked.scope.passages if row[1]]
    if len(rows) != 1 or not asked.said_names() <= {"executed", "budget"} or not asked.said_names():
        return False
    return any(_AMOUNT.search(asked.record(rows[0])[name].text) for name in ("actual", "explanation"))


_AMOUNT = re.compile("[0-9](?:万|亿)?元")


def _counted_otherwise(asked: Asked) -> str | None:
    """12期培训多少人听课: the unit in which neither the rows named nor what is told of them counts."""
    unit = asked.counts_other(asked.scope.rows) if asked.scope.rows else ""
    told = " ".join(
        asked.record(row)[name].text
        for row in asked.scope.passages
        if row[1]
        for name in ("actual", "explanation")
    )
    return unit if unit and not re.search(f"[0-9]个?名?{unit}", told) else None


_MONEY_WHY = frozenset(("rate", "unspent", "executed", "exec_score", "overspent"))


def _cost_reasons(asked: Asked) -> Query:
    """Without a note, why money was not spent can only stand beside the costs."""
    where = (
        Condition(field="level2", op="contains", texts=("成本",)),
        Condition(field="reason", op="eq", texts=("是",)),
    )
    return Query(of="indicators", forms=asked.scope.forms, where=where, ask="quote", show=("explanation",))


def _only_noted(asked: Asked) -> Query | None:
    """The note beside the total, where no indicator of the form is explained."""
    owner = asked.entities.by_number[(asked.scope.forms or (0,))[0]]
    told = any(record["reason"].text == "是" for record in owner.indicators)
    noted = owner.record["note"].text.strip(" 无/-")
    return (
        Query(of="forms", forms=asked.scope.forms, ask="quote", show=("note",))
        if noted and not told
        else None
    )


def _notes(asked: Asked) -> Query | None:
    """Why a form's money or total is as it is stands in the note of its total, if anywhere."""
    forms = asked.scope.forms or ()
    of_forms = asked.said_names() & {"rate", "exec_score", "total", "unspent", "executed", "budget"}
    noted = tuple(n for n in forms if asked.entities.by_number[n].record["note"].text.strip(" 无/-"))
    if not of_forms or not noted or asked.reading.levels:
        return None
    return Query(of="forms", forms=noted, ask="quote", show=("note",))


def _only_told(asked: Asked, rows: tuple[RowId, ...]) -> bool:
    """Whether the explanations alone have something of what was said: 去世了几个人."""
    records = [asked.record(row) for row in rows]
    told = " ".join(record["explanation"].text for record in records)
    others = " ".join(
        record[name].text for record in records for name in ("name", "project_name", "target", "actual")
    )
    return any(pair in told and pair not in others for word in asked.scope.words for pair in pairs(word))


def _passages(asked: Asked) -> Query:
    """Rows, or goals of forms, whose prose holds the words."""
    rows = tuple(row for row in asked.scope.passages if row[1])
    if rows:
        told = [asked.entities.by_number[form].indicators[row - 1]["explanation"].text for form, row in rows]
        wanted = [pair for word in asked.scope.words for pair in pairs(word)]
        in_reason = sum(pair in " ".join(told) for pair in wanted) * 2 > len(wanted) or _only_told(
            asked, rows
        )
        show = "explanation" if in_reason or asked.said_names() & PROSE else "actual"
        return Query(of="indicators", ask="quote", rows=rows, show=(show,))
    forms = tuple(dict.fromkeys(form for form, _ in asked.scope.passages))
    return Query(of="forms", forms=forms, ask="quote", show=("goal_expected", "goal_actual", "note"))
