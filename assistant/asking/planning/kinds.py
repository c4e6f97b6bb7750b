"""Questions with an answer of their own kind: arithmetic, checks, sums against a cell, findings."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.asking.language.numbers import Comparison
from assistant.asking.planning.asked import LOST_WHERE, Asked
from assistant.asking.planning.binding import ranking_of
from assistant.asking.planning.meaning import Meaning
from assistant.asking.reading.alternatives import Stated
from assistant.asking.reading.conditions import of_groups
from assistant.asking.reading.intents import finding_rules, top_of
from assistant.asking.reading.matching import RowId
from assistant.asking.reading.scored import SCORED
from assistant.asking.records.fields import FIELDS
from assistant.asking.records.query import GROUPED, Condition, Measure, Order, Query, Step

_NONE_FOUND = re.compile(
    "(?<!有)(?:没有?|未|无)(?:发现|查出|有|出)?(?:任何|一处|一个)?(?:填报)?(?:的)?(?:问题|错误|差错|毛病|警告|提醒|提示)"
    "|(?:问题|错误|差错|毛病|警告|提醒|提示)(?:一[个处条项]|半[个点])?(?:都|也)?(?:没有|未发现|查不出|没查出)"
)
_TO_THE_LETTER = re.compile(
    "一个?字(?:都|也)?[没不未](?:有)?[差改变动]|一模一样|完全(?:照抄|相同|一样|一致)|原封不动"
)
_LEVELS = {"错误": "错误(?!率)", "提醒": "提醒|警告", "提示": "提示"}
_MADE_UP = re.compile("拆|加|凑|构成|组成")
_OF_EACH = re.compile("各|分别|几[个处条][^,;]{2,4}几[个处条]")
_FULL = Decimal(100)
"""The points of a whole form."""
PROSE = frozenset(("reason_text", "measure_text"))
"""Words for what only explanations tell."""


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
    # 总分由指标得分和执行得分怎么凑成: the parts are named beside what they make up.
    made_up = {"exec_score", "score", "total"} <= names or _MADE_UP.search(asked.reading.said["how"].text)
    parts = {"exec_score", "rate"} if made_up and "total" in names else set()
    known = ("exec_score", "rate", "total", "total_rule", "weight_sum", "unspent")
    field = next((name for name in known if name in names - parts), "")
    share = any(bound.unit == "%" for bound in asked.reading.bounds)
    field = field or ("rate" if share else "exec_score" if "执行" in asked.reading.text else "total")
    return one(Query(of="forms", forms=asked.scope.forms, ask="how", show=(field,)))


def _rows_with_points(asked: Asked) -> tuple[RowId, ...]:
    """那4.2分: of the one form named the rows that were given so many points."""
    given = {b.number for b in asked.reading.bounds if b.unit == "分" and not b.signed}
    if not asked.one_form() or len(given) != 1:
        return ()
    form = asked.entities.by_number[(asked.scope.forms or (0,))[0]]
    return tuple((form.number, r.row or 0) for r in form.indicators if r["score"].number in given)


def _of_these_points(asked: Asked) -> tuple[RowId, ...]:
    """Of the rows named those with the points that the question says; all where none has.

    Rows of a form that gives no points are left aside where others have some.
    """
    rows = asked.scope.rows
    rows = tuple(row for row in rows if asked.record(row)["weight"].number is not None) or rows
    given = [b.number for b in asked.reading.bounds if b.unit == "分" and not b.signed]
    return tuple(row for row in rows if asked.record(row)["score"].number in given) or rows


_THAT_ROW = re.compile("[那这]一?[条项]|指标")
_BOTH = ({"total", "total_sum"}, {"rate_printed", "rate"})
"""What is printed, and what it should be."""


def as_check(asked: Asked) -> Meaning | None:
    """得分对吗, 应该是几分: one score, rate or total held against the rule."""
    names = asked.said_names()
    wrong = ("wrong_score", "wrong_exec_score", "wrong_rate", "wrong_total", "wrong_weight", "weight_off")
    asks = asked.says("correct", *wrong)
    by_rule = names & {"rule_score", "exec_score_rule", "total_rule", "total_sum", "score_gap", "exec_gap"}
    asks = asks or (asked.says(*SCORED) and not asked.is_set())
    if not asks and not by_rule and not any(pair <= names for pair in _BOTH):
        return None
    given = any(bound.unit == "分" for bound in asked.reading.bounds)
    if asked.scope.rows and names == {"target", "actual"} and not given:
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
    pointed = _THAT_ROW.search(asked.reading.text) and not names - {"score"}
    if pointed and (rows := _rows_with_points(asked)):
        return one(Query(of="indicators", rows=rows, ask="check", show=("score", "rule_score")))
    field = _checked_field(asked)
    if field == "total" and names & {"rule_score", "total_rule"} and "规则" in asked.reading.text:
        show = ("total", "total_sum", "total_rule")
        return one(Query(of="forms", forms=asked.scope.forms, ask="cells", show=show))
    return one(Query(of="forms", forms=asked.scope.forms, ask="check", show=(field,))) if field else None


def _of_row(asked: Asked) -> bool:
    """培训人数这条自评得分8: 自评 is said of the points of an indicator too, 总分 of a form alone."""
    said = [m.text for m in asked.reading.fields if m.name == "total"]
    return all(text.startswith("自评") and "总" not in text for text in said)


def _checked_field(asked: Asked) -> str:
    names = asked.said_names()
    if "total_sum" in names:
        return "total"
    if "weight_sum" in names or asked.says("wrong_weight", "weight_off"):
        return "weight_sum"
    if names & {"exec_score", "exec_score_rule", "exec_gap"} or asked.says("wrong_exec_score"):
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


def as_weights_of_form(asked: Asked) -> Meaning | None:
    """分值加起来是不是100: the points of the indicators and of the execution rate, beside 100."""
    if not asked.says("wrong_weight") or not asked.one_form() or asked.scope.rows or asked.reading.levels:
        return None
    if any(bound.number != _FULL for bound in asked.reading.bounds) or asked.says("which", "count"):
        return None
    own = {"forms": asked.scope.forms, "ask": "term"}
    steps = (Step(op="sum", of=(0, 1)), Step(op="same", of=(2,), number=_FULL, unit="分"))
    rows = Query.model_validate({"of": "indicators", **own, "measure": Measure(op="sum", field="weight")})
    rate = Query.model_validate({**own, "measure": Measure(op="sum", field="exec_weight")})
    queries = (rows.model_copy(update={"steps": steps}), rate)
    return Meaning(queries=queries, labels=("指标分值合计", "执行率分值"))


def as_weights_summed(asked: Asked) -> Meaning | None:
    """分值加起来是多少: of a whole form, with the points of the execution and without them."""
    names, reading = asked.said_names() - {"score"}, asked.reading
    whole = asked.one_form() and not (asked.scope.rows or reading.levels or asked.predicates)
    if not whole or names != {"weight"} or not asked.says("sum") or asked.says("which", "count", "mean"):
        return None
    if any(noun.name == "row" for noun in reading.nouns):
        return None
    return one(Query(of="forms", forms=asked.scope.forms, ask="how", show=("weight_sum",)))


def as_where_lost(asked: Asked) -> Meaning | None:
    """扣分扣在哪里, of a form no row of which lost any: the points of the execution rate.

    Where the points that the form lost were said, all of them are meant: those of rows, and these.
    """
    everywhere = asked.says("lost_everywhere")
    where = asked.says("no_full") and LOST_WHERE.search(asked.reading.text)
    if not asked.one_form() or not (everywhere or where):
        return None
    form = asked.entities.by_number[(asked.scope.forms or (0,))[0]]
    given = {bound.number for bound in asked.reading.bounds if bound.unit == "分" and not bound.signed}
    everywhere = everywhere or bool(where and form.record["total_lost"].number in given)
    lost = any((row["lost"].number or 0) > 0 for row in form.indicators)
    of_form = form.record["exec_lost"].number
    if asked.scope.rows or (lost and not everywhere) or not (of_form or everywhere):
        return None
    of_money = Query(
        of="forms", forms=asked.scope.forms, show=("exec_lost", "exec_score", "rate"), ask="cells"
    )
    points = Condition.model_validate({"field": "lost", "op": "gt", "number": 0})
    rows = Query(of="indicators", forms=asked.scope.forms, where=(points,), ask="list")
    if not (lost and of_form):
        return one(of_money if of_form else rows)
    return Meaning(queries=(rows, of_money))


def as_findings(asked: Asked) -> Meaning | None:
    """算错, 填错, 有什么问题: what the check finds."""
    rules = finding_rules(asked.reading)
    if rules and asked.says("problems") and any(p.fields for p in asked.predicates):
        # 总分100分、一处错误都没有: the total is what the forms are told by, not where the mistake is.
        rules = ()
    if rules is None or (not rules and (asked.scope.passages or asked.said_names() & PROSE)):
        return None
    serious = _severities(asked.reading.text)
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
    query = Query(of="findings", forms=asked.scope.forms, where=conditions, within=_narrowing(asked))
    graded = not rules and len(_told(asked.reading.text)) > 1 and _OF_EACH.search(asked.reading.text)
    if asked.says("per_rule") or graded:
        return one(_by_rule(asked, query))
    of_forms = any(noun.name == "form" for noun in asked.reading.nouns) and asked.head in ("form", "finding")
    of_forms = of_forms or (asked.says("rightly") and not asked.head)
    if (told := _of_forms(asked, query, of_forms=of_forms and not asked.one_form())) is not None:
        return told
    if asked.is_ranked() and not asked.one_form():
        return one(_ranked_findings(asked, query, of_forms))
    if asked.one_form():
        ask = "yesno" if asked.says("yesno", "correct") else "count" if asked.says("count") else "list"
        return one(query.model_copy(update={"ask": ask, "show": ("place", "message")}))
    by_row = asked.noun in ("问题", "指标") or (asked.says("wrong_score", "no_unit") and asked.noun != "表")
    ask = "count" if asked.says("count") else "list"
    if by_row and _group_of(asked) == "form":
        return one(query.model_copy(update={"ask": ask, "show": ("place", "message")}))
    return one(query.model_copy(update={"group": _group_of(asked), "ask": asked.shape()}))


_TOO: dict[str, Comparison] = {"too_high": "gt", "too_low": "lt"}
_SIDES = {
    "wrong_exec_score": ("exec_score", "exec_score_rule"),
    "wrong_total": ("total", "total_sum"),
    "wrong_rate": ("rate_printed", "rate"),
}
"""What is printed, and what it is too high or too low against."""


def _narrowing(asked: Asked) -> tuple[Query, ...]:
    """总分低于97分的项目有什么问题: the forms whose findings are asked."""
    too = next((name for name in _TOO if asked.says(name)), "")
    sides = next((sides for mark, sides in _SIDES.items() if too and asked.says(mark)), None)
    off = () if sides is None else (Condition(field=sides[0], op=_TOO[too], other=sides[1]),)
    stated = asked.stated("forms")
    if any(not p.fields for p in asked.predicates):
        stated = Stated()
    if not stated and not off:
        return ()
    where = (*stated.where, *off)
    return (Query(of="forms", forms=asked.scope.forms, where=where, any_of=stated.any_of),)


def _of_forms(asked: Asked, query: Query, *, of_forms: bool) -> Meaning | None:
    """The forms in which nothing was found, or so many things; only forms can be told to lack a finding."""
    if not of_forms:
        rightly = asked.reading.said.get("rightly")
        return Meaning(kind="unclear", reason=rightly.text) if rightly is not None else None
    if _NONE_FOUND.search(asked.reading.text) or asked.says("rightly"):
        found = query.model_copy(update={"within": ()})
        forms = Query(of="forms", forms=asked.scope.forms, lacking=(found,), within=_narrowing(asked))
        return one(forms.model_copy(update={"ask": asked.shape()}))
    numbers = [b for b in asked.reading.bounds if b.signed and b.unit in ("处", "个", "条", "项", "")]
    if not numbers:
        return None
    having = of_groups(numbers, GROUPED)
    grouped = {"group": "form", "measure": Measure(op="count"), "having": having}
    return one(query.model_copy(update={**grouped, "ask": asked.shape()}))


def _severities(text: str) -> tuple[str, ...]:
    """What is spoken of: mistakes, warnings or remarks; problems in general are mistakes and warnings."""
    return _told(text) or (("错误",) if "错" in text else ("错误", "提醒"))


def _told(text: str) -> tuple[str, ...]:
    return tuple(level for level, words in _LEVELS.items() if re.search(words, text))


def _by_rule(asked: Asked, query: Query) -> Query:
    """哪条规则查出的问题最多, 错误和提醒各几条: the findings counted by rule, or by how grave they are."""
    grouped = query.model_copy(update={"group": "rule" if asked.says("per_rule") else "severity"})
    down, limit, _ = top_of(asked.reading)
    ranked = asked.is_ranked()
    order = Order(field=GROUPED, descending=down)
    shape = {"ask": "top", "limit": limit} if ranked else {"ask": "list"}
    return grouped.model_copy(update={"measure": Measure(op="count"), "order": order, **shape})


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
    return query.model_copy(update={"group": _group_of(asked), "order": order, "limit": limit, "ask": "top"})


def _group_of(asked: Asked) -> str:
    """错误最多的处室: what the findings are counted by."""
    nouns = {noun.name for noun in asked.reading.nouns}
    return "unit" if "unit" in nouns and not (nouns & {"form", "row"} or asked.scope.named) else "form"


def as_copied(asked: Asked, where: tuple[Condition, ...]) -> Meaning:
    """一字不差: the forms whose goal is copied to the letter."""
    query = Query(of="findings", forms=asked.scope.forms, where=where)
    if asked.one_form():
        return one(query.model_copy(update={"ask": "yesno", "show": ("place", "message")}))
    return one(query.model_copy(update={"group": "form", "ask": asked.shape()}))
