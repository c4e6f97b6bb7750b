"""Questions with an answer of their own kind: arithmetic, findings, prose, shares, comparisons."""

from __future__ import annotations

import re

from assistant.asking.language.naming import told_parts
from assistant.asking.planning.asked import LOST_WHERE, Asked
from assistant.asking.planning.binding import ranking_of
from assistant.asking.planning.meaning import Meaning
from assistant.asking.reading.intents import finding_rules, top_of
from assistant.asking.reading.matching import RowId
from assistant.asking.records.fields import FIELDS
from assistant.asking.records.query import GROUPED, Condition, Measure, Order, Query
from assistant.form.text import pairs

_THINGS_COUNTED = re.compile(
    "[一-龥](?<![有是])了(?:多少|几)[条项篇场期个]|(?:多少|几)个?(?:人|家|次|名|位|户|天|台|套|辆|所|座|公里|吨)"
)
_NONE_FOUND = re.compile(
    "(?<!有)(?:没有?|未|无)(?:发现|查出|有|出)?(?:任何|一处|一个)?(?:填报)?(?:的)?(?:问题|错误|差错|毛病)"
    "|(?:问题|错误|差错|毛病)(?:都|也)?(?:没有|未发现|查不出)"
)
_TO_THE_LETTER = re.compile(
    "一个?字(?:都|也)?[没不未](?:有)?[差改变动]|一模一样|完全(?:照抄|相同|一样|一致)|原封不动"
)
_CLAUSES = re.compile("[,，。；;、]")
_TELLING = 4
"""A word of so many characters tells one thing from another."""
_PROSE = frozenset(("reason_text", "measure_text"))
_GOALS = ("goal_expected", "goal_actual", "note", "remark")


def one(query: Query) -> Meaning:
    """A meaning of one query."""
    return Meaning(queries=(query,))


def as_arithmetic(asked: Asked) -> Meaning | None:
    """怎么算出来的: the arithmetic of a score, a rate or a total."""
    if not asked.says("how") or asked.scope.forms is None:
        return None
    names = asked.said_names()
    if asked.scope.rows and not names & {"exec_score", "rate", "total"}:
        rows = _of_these_points(asked)
        return one(Query(of="indicators", rows=rows, ask="how", show=("score", "rule_score")))
    if not names & {"exec_score", "rate", "total"} and (pointed := _rows_with_points(asked)):
        return one(Query(of="indicators", rows=pointed, ask="how", show=("score", "rule_score")))
    known = ("exec_score", "rate", "total", "total_rule", "unspent")
    field = next((name for name in known if name in names), "")
    field = field or ("exec_score" if "执行" in asked.reading.text else "total")
    return one(Query(of="forms", forms=asked.scope.forms, ask="how", show=(field,)))


def _rows_with_points(asked: Asked) -> tuple[RowId, ...]:
    """那4.2分: of the one form named the rows that were given so many points."""
    given = {b.number for b in asked.reading.bounds if b.unit == "分" and not b.signed}
    if not asked.one_form() or len(given) != 1:
        return ()
    form = asked.entities.by_number[(asked.scope.forms or (0,))[0]]
    return tuple((form.number, r.row or 0) for r in form.indicators if r["score"].number in given)


def _of_these_points(asked: Asked) -> tuple[RowId, ...]:
    """Of the rows named those with the points that the question says; all where none has."""
    rows = asked.scope.rows
    given = [b.number for b in asked.reading.bounds if b.unit == "分" and not b.signed]
    return tuple(row for row in rows if asked.record(row)["score"].number in given) or rows


def as_check(asked: Asked) -> Meaning | None:
    """得分对吗, 应该是几分: one score, rate or total held against the rule."""
    names = asked.said_names()
    asks = asked.says("correct", "wrong_score", "wrong_exec_score", "wrong_rate", "wrong_total")
    if not asks and not names & {"rule_score", "exec_score_rule", "total_rule"}:
        return None
    if asked.scope.rows and names == {"target", "actual"}:
        return one(
            Query(of="indicators", rows=asked.scope.rows, ask="cells", show=("target", "actual", "gap"))
        )
    if (
        asked.scope.rows
        and asked.head not in ("form", "unit")
        and not names & {"exec_score", "rate", "rate_printed"}
        and not ("total" in names and not _of_row(asked))
    ):
        rows = _of_these_points(asked)
        return one(Query(of="indicators", rows=rows, ask="check", show=("score", "rule_score")))
    if not asked.one_form() or not (names or asks):
        return None
    field = _checked_field(asked)
    if field == "total" and names & {"rule_score", "total_rule"} and "规则" in asked.reading.text:
        show = ("total", "total_sum", "total_rule")
        return one(Query(of="forms", forms=asked.scope.forms, ask="cells", show=show))
    return one(Query(of="forms", forms=asked.scope.forms, ask="check", show=(field,))) if field else None


def _of_row(asked: Asked) -> bool:
    """中博会企业数这条自评得分3: 自评 is said of the points of an indicator too, 总分 of a form alone."""
    said = [m.text for m in asked.reading.fields if m.name == "total"]
    return all(text.startswith("自评") and "总" not in text for text in said)


def _checked_field(asked: Asked) -> str:
    names = asked.said_names()
    if "total_sum" in names:
        return "total"
    if names & {"exec_score", "exec_score_rule"} or asked.says("wrong_exec_score"):
        return "exec_score"
    if "rate" in names and any(bound.unit == "分" for bound in asked.reading.bounds):
        return "exec_score"
    if names & {"rate", "rate_printed"} or asked.says("wrong_rate"):
        return "rate"
    return (
        "total" if names & {"total", "total_sum", "total_rule", "score"} or asked.says("wrong_total") else ""
    )


def as_sum_against_cell(asked: Asked) -> Meaning | None:
    """成本指标加总与执行数是否一致: a sum over the indicators of a form beside a cell of its head."""
    if asked.scope.forms is None or not asked.reading.levels:
        return None
    if not re.search("一致|相符|相等|对[得不能]?上|差|比|等于|吻合|一样|相同", asked.reading.text):
        return None
    money = [n for n in asked.fields("forms") if n in ("executed", "budget", "initial")]
    if not money or not re.search("加|合计|总和|之和|总", asked.reading.text):
        return None
    # A number said with the cell is what the cell reads, not a condition on the indicators.
    where = tuple(c for c in asked.conditions("indicators") if c.number is None)
    rows = Query(**asked.scoped("indicators"), where=where, ask="compare")
    form = Query(
        of="forms", forms=asked.scope.forms, ask="compare", measure=Measure(op="sum", field=money[-1])
    )
    field = "target" if money[-1] != "executed" and "完成" not in asked.reading.text else "actual"
    rows = rows.model_copy(update={"measure": Measure(op="sum", field=field)})
    kinds = "、".join(m.name for m in asked.reading.levels)
    labels = (f"{kinds}指标{FIELDS['indicators'][field].label}合计", FIELDS["forms"][money[-1]].label)
    return Meaning(queries=(rows, form), labels=labels)


def as_where_lost(asked: Asked) -> Meaning | None:
    """扣分扣在哪里, of a form no row of which lost any: the points of the execution rate."""
    if not asked.one_form() or not asked.says("no_full") or not LOST_WHERE.search(asked.reading.text):
        return None
    form = asked.entities.by_number[(asked.scope.forms or (0,))[0]]
    lost = any((row["lost"].number or 0) > 0 for row in form.indicators)
    if asked.scope.rows or lost or not form.record["exec_lost"].number:
        return None
    return one(
        Query(of="forms", forms=asked.scope.forms, show=("exec_lost", "exec_score", "rate"), ask="cells")
    )


def as_findings(asked: Asked) -> Meaning | None:
    """算错, 填错, 有什么问题: what the check finds."""
    rules = finding_rules(asked.reading)
    if rules is None or (not rules and (asked.scope.passages or asked.said_names() & _PROSE)):
        return None
    serious = ("错误",) if "错" in asked.reading.text else ("错误", "提醒")
    where = (
        Condition(field="rule", op="eq", texts=rules)
        if rules
        else Condition(field="severity", op="eq", texts=serious)
    )
    counted = Condition(field="severity", op="eq", texts=("错误", "提醒"))
    if asked.says("copied_goal") and _TO_THE_LETTER.search(asked.reading.text):
        same = {"field": "message", "op": "contains", "texts": ("完全相同",)}
        return as_copied(asked, (where, where.model_copy(update=same)))
    as_noted = asked.says("no_year", "no_unit", "copied_goal") or not rules
    conditions = (where,) if as_noted else (where, counted)
    query = Query(of="findings", forms=asked.scope.forms, where=conditions)
    of_forms = any(noun.name == "form" for noun in asked.reading.nouns) and asked.head in ("form", "finding")
    if of_forms and not asked.one_form():
        if _NONE_FOUND.search(asked.reading.text):
            forms = Query(of="forms", forms=asked.scope.forms, lacking=(query,), ask=asked.shape())
            return one(forms)
        if numbers := [
            b for b in asked.reading.bounds if b.signed and b.unit in ("处", "个", "条", "项", "")
        ]:
            having = tuple(Condition(field=GROUPED, op=b.op, number=b.number) for b in numbers)
            grouped = {"group": "form", "measure": Measure(op="count"), "having": having}
            return one(query.model_copy(update={**grouped, "ask": asked.shape()}))
    if asked.is_ranked() and not asked.one_form():
        return one(_ranked_findings(asked, query, of_forms))
    if asked.one_form():
        ask = "yesno" if asked.says("yesno", "correct") else "count" if asked.says("count") else "list"
        return one(query.model_copy(update={"ask": ask, "show": ("place", "message")}))
    by_row = asked.noun in ("问题", "指标") or (asked.says("wrong_score", "no_unit") and asked.noun != "表")
    ask = "count" if asked.says("count") else "list"
    if by_row:
        return one(query.model_copy(update={"ask": ask, "show": ("place", "message")}))
    return one(query.model_copy(update={"group": "form", "ask": asked.shape()}))


def _ranked_findings(asked: Asked, query: Query, of_forms: bool) -> Query:
    """问题最多的表; 没写年度的表里预算最大的: by the number, or by a field of the forms with any."""
    ranked = ranking_of(asked) if of_forms else None
    if ranked is not None and ranked.used is not None and ranked.of == "forms":
        found = query.model_copy(update={"group": "form"})
        order = Order(field=ranked.field, descending=ranked.descending)
        forms = Query(of="forms", forms=asked.scope.forms, within=(found,), order=order, ask="top")
        return forms.model_copy(update={"limit": ranked.limit, "offset": ranked.offset})
    down, limit, _ = top_of(asked.reading)
    order = Order(field="value", descending=down)
    return query.model_copy(update={"group": "form", "order": order, "limit": limit, "ask": "top"})


def as_copied(asked: Asked, where: tuple[Condition, ...]) -> Meaning:
    """一字不差: the forms whose goal is copied to the letter."""
    query = Query(of="findings", forms=asked.scope.forms, where=where)
    if asked.one_form():
        return one(query.model_copy(update={"ask": "yesno", "show": ("place", "message")}))
    return one(query.model_copy(update={"group": "form", "ask": asked.shape()}))


def as_prose(asked: Asked) -> Meaning | None:
    """Why, and what is to be done: quoted from the explanations and goals."""
    names = asked.said_names()
    if asked.reading.quotes and asked.head in ("form", "row"):
        return None
    goals = tuple(name for name in _GOALS if name in names)
    if goals and asked.scope.forms is not None and not asked.scope.rows and not names & _PROSE:
        return one(Query(of="forms", forms=asked.scope.forms, ask="quote", show=goals))
    if not names & _PROSE:
        return _told(asked)
    if any(c.op == "empty" for predicate in asked.predicates for c in predicate.conditions):
        return Meaning(kind="unclear", reason="表里不会说明某一格为什么没有填")
    for attempt in (_of_ranked, _of_passages, _of_rows, _of_told_rows, _of_money, _with_causes):
        if (meaning := attempt(asked)) is not None:
            return meaning
    return _explained(asked)


def _of_passages(asked: Asked) -> Meaning | None:
    searched = asked.scope.passages and (asked.is_set() or asked.head) and not asked.scope.rows
    return _told(asked) if searched else None


def _of_rows(asked: Asked) -> Meaning | None:
    """Why a named indicator is as it is."""
    if not asked.scope.rows:
        return None
    rows = _with_number(asked, asked.fitting_rows(asked.scope.rows))
    return one(Query(of="indicators", rows=rows, ask="quote", show=("explanation",)))


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
        if counted or (asked.numeric("forms") and not asked.scope.named):
            return Meaning(kind="nothing", reason=f"“{'、'.join(asked.scope.words)}”的这一项数字")
        return one(_passages(asked))
    if asked.head == "form" and not asked.reading.levels and not asked.predicates:
        forms = tuple(dict.fromkeys(form for form, _ in asked.scope.passages))
        return one(Query(of="forms", forms=forms, without=asked.scope.without, ask=asked.shape()))
    return None


def _counted_otherwise(asked: Asked) -> str | None:
    """18期培训多少人参加: the unit in which neither the rows named nor what is told of them counts."""
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
        show = "explanation" if in_reason or asked.said_names() & _PROSE else "actual"
        return Query(of="indicators", ask="quote", rows=rows, show=(show,))
    forms = tuple(dict.fromkeys(form for form, _ in asked.scope.passages))
    return Query(of="forms", forms=forms, ask="quote", show=("goal_expected", "goal_actual", "note"))
