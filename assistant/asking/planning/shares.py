"""Parts of a whole: 占多少, 几成, of a sum, of a number of records, or of what an order picks."""

from __future__ import annotations

import re

from assistant.asking.language.patterns import WHOLE
from assistant.asking.planning.asked import Asked
from assistant.asking.planning.binding import UNKNOWN, ranking_of
from assistant.asking.planning.kinds import one
from assistant.asking.planning.meaning import Meaning
from assistant.asking.reading.years import forms_beside, forms_of_its_year
from assistant.asking.records.fields import FIELDS
from assistant.asking.records.query import GROUPED, Condition, Measure, Order, Query
from assistant.form.units import is_money

_INSIDE = re.compile("(?:指标|项目|表)(?:里头?|里面|当?中|之中)(?!间)")
_STATES = re.compile(
    f"占(?:了|到)?(?:{WHOLE}|总)[^,;]{{0,6}}(?:一半|[0-9一二三四五六七八九]成|[0-9.]+%)以?[上下]?的"
)
_NO_SHARE = frozenset(("rate", "completion", "grade", "target", "actual", "gap", "score_rate"))


def as_share(asked: Asked) -> Meaning | None:
    """占多少: the part of a sum, or of a number of records."""
    if not asked.says("share") or asked.says("per_unit", "per_form", "per_year", "which_unit"):
        return None
    if "占" not in asked.reading.text and asked.one_form() and not (asked.said_fields() or asked.rows_spoken):
        # 3号表到了百分之几: of what is not said.
        return Meaning(kind="unclear", reason=asked.reading.said["share"].text)
    if ranking_of(asked) is not None:
        return _other_than_a_part(asked) or _share_of_ranked(asked)
    special = _other_than_a_part(asked) or _row_of_form(asked) or _form_of_all(asked)
    if special is not None:
        return special
    where = tuple(asked.conditions(asked.of))
    if asked.of == "forms" and _of_the_budget(asked):
        return one(_spent(asked, where))
    if not where and (asked.scope.forms is None or asked.scope.rows):
        return None
    field = _measured(asked, where)
    scope = asked.scoped(asked.of)
    part, base = _part_and_whole(asked, where)
    scope["forms"] = part
    other = _of_a_number(asked, field) or _spent_of_budget(asked) or _of_each(asked, field)
    if other is not None:
        return other
    whole = ""
    end = asked.reading.said["share"].end
    alike = any(m.name == "unspent" and m.start >= end for m in asked.said_fields())
    among = re.search("(?:钱|资金|结余|余额)(?:里头?|当?中)", asked.reading.text)
    if asked.of == "forms" and "unspent" in asked.said_names() and not asked.noun and not among and not alike:
        field, whole = "unspent", "budget"
        of_all = re.match(f"{WHOLE}|总|[0-9]", asked.reading.text[asked.reading.said["share"].end :])
        base = asked.scope.forms if asked.one_form() and not of_all else base
    query = Query(**scope, where=where, base_forms=base, base_field=whole, base=_among(asked), ask="value")
    return one(query.model_copy(update={"measure": Measure(op="share", field=field)}))


_EACH = re.compile(f"(?:各自?|分别)占(?!(?:了|到)?(?:{WHOLE}))")


def _of_each(asked: Asked, field: str) -> Meaning | None:
    """两张表的预算各占多少: what each has of them together."""
    several = asked.of == "forms" and len(asked.scope.forms or ()) > 1
    if not several or not field or not _EACH.search(asked.reading.text):
        return None
    measure = Measure(op="share", field=field)
    return one(Query(**asked.scoped("forms"), group="form", measure=measure, ask="list"))


def _part_and_whole(
    asked: Asked, where: tuple[Condition, ...]
) -> tuple[tuple[int, ...] | None, tuple[int, ...] | None]:
    """The forms of the part, and those of the whole (None: all): of a year where the question is of one."""
    forms = asked.scope.forms
    if len(asked.scope.parts) == 2 and _named_after(asked):
        return asked.scope.parts[0][1].forms, asked.scope.parts[1][1].forms
    if forms is not None and where and "全部" not in asked.reading.text:
        return forms, forms
    of_year = forms_of_its_year(asked.reading, asked.entities, asked.entities.newest_year)
    of_year = of_year if of_year is not None else forms_beside(forms or (), asked.entities)
    return forms, of_year if asked.of == "forms" else None


def _of_a_number(asked: Asked, field: str) -> Meaning | None:
    """One named indicator is no part of a number of them."""
    single = asked.of == "indicators" and len(asked.scope.rows) == 1
    alone = single and not (field or asked.head)
    return Meaning(kind="unclear", reason=asked.reading.said["share"].text) if alone else None


def _other_than_a_part(asked: Asked) -> Meaning | None:
    """多百分之几 is no part of a whole, 占一半以上的 a condition; rows of a form are two figures."""
    text, mark = asked.reading.text, asked.reading.said["share"]
    more = re.search("(?:多|少|高|低|超)(?:了|出)?$", text[: mark.start])
    states = asked.of == "forms" and _STATES.search(text)
    lost = asked.scope.rows and all(re.search("扣分|丢分|失分", part) for part in text.split(mark.text, 1))
    return Meaning(kind="unclear", reason=mark.text) if more or lost or states else None


def _named_after(asked: Asked) -> bool:
    """A占B: the second thing is named after 占; else both are a part of something else."""
    at = asked.reading.said["share"].start
    named = [m.start for m in asked.reading.phrases] + [start for start, _, _ in asked.reading.offices]
    return any(start > at for start in named)


def _among(asked: Asked) -> tuple[Condition, ...]:
    """时效指标里拿了满分的占多少: what is said before 里 narrows the whole too, but not before 全部指标里."""
    among = _INSIDE.search(asked.reading.text)
    if among is None or re.search(f"(?:{WHOLE})的?$", asked.reading.text[: among.start()]):
        return ()
    before = [p for p in asked.predicates if p.of == asked.of and p.end <= among.end()]
    return tuple(c for predicate in before for c in predicate.conditions)


def _row_of_form(asked: Asked) -> Meaning | None:
    """设备购置的完成值占全年执行数: one indicator's amount, of an amount of its form's."""
    at = asked.reading.said["share"].start
    before = {m.name for m in asked.said_fields() if m.end <= at}
    whole = {m.name for m in asked.said_fields() if m.start > at}
    if len(asked.scope.rows) != 1 or not before <= {"actual", "target", "executed"} or len(whole) != 1:
        return None
    amount = whole.pop()
    row = asked.record(asked.scope.rows[0])
    if amount not in ("executed", "budget", "initial") or not is_money(row["actual"].unit):
        return None
    field = "target" if "target" in before else "actual"
    part = Query(of="indicators", rows=asked.scope.rows, ask="ratio", measure=Measure(op="sum", field=field))
    form = Query(of="forms", forms=(row.form,), ask="ratio", measure=Measure(op="sum", field=amount))
    return Meaning(queries=(part, form), labels=(row["name"].text, FIELDS["forms"][amount].label))


def _form_of_all(asked: Asked) -> Meaning | None:
    """频占费的预算占全部预算: a form called as one of its indicators is, beside the sum of all."""
    at = asked.reading.said["share"].start
    money = [[m.name for m in asked.said_fields() if (m.end <= at) == before] for before in (True, False)]
    alike = len(money[0]) == 1 and money[0] == money[1] and money[0][0] in ("executed", "budget", "initial")
    if not alike or not asked.scope.rows or not asked.one_form() or asked.reading.levels:
        return None
    if not re.match(f"占(?:{WHOLE}|总)", asked.reading.text[at:]):
        return None
    measure = Measure(op="share", field=money[0][0])
    return one(Query(of="forms", forms=asked.scope.forms, measure=measure, ask="value"))


def _spent_of_budget(asked: Asked) -> Meaning | None:
    """85.385万占预算百分之多少, of one form that spent so much: its execution rate."""
    given = {b.number for b in asked.reading.bounds if not b.signed and b.unit.endswith("元")}
    if not given or not asked.one_form() or asked.of != "forms":
        return None
    record = asked.entities.by_number[(asked.scope.forms or (0,))[0]].record
    if given == {record["unspent"].number} and "unspent" in asked.said_names():
        return None
    if given != {record["executed"].number}:
        return Meaning(kind="unclear")
    return one(_spent(asked, ()))


def _spent(asked: Asked, where: tuple[Condition, ...]) -> Query:
    """What was spent, of what was planned."""
    spent = Query(**asked.scoped("forms"), where=where, base_forms=asked.scope.forms, base=where)
    measure = Measure(op="share", field="executed")
    return spent.model_copy(update={"measure": measure, "base_field": "budget", "ask": "value"})


def _measured(asked: Asked, where: tuple[Condition, ...]) -> str:
    """The field that is added up; "" for a number of records."""
    compared = {name for one in where for name in (one.field, one.other) if name}
    fields = [name for name in asked.numeric(asked.of) if name not in _NO_SHARE | compared]
    counted = asked.noun or where or any(word in asked.reading.text for word in ("个数", "项目数", "表数"))
    after = asked.reading.said["share"].end
    if re.match("(?:的|全部|所有|总)*扣分", asked.reading.text[after:]):
        return "lost" if asked.of == "indicators" else "total_lost"
    whole = [m.name for m in asked.said_fields() if m.start >= after and m.name in asked.numeric(asked.of)]
    fields = whole or fields
    if not fields and asked.says("sum"):
        fields = [name for name in sorted(compared) if FIELDS[asked.of][name].unit not in ("", "%")]
    if fields == ["indicator_count"] or "indicator_count" in asked.said_names():
        return ""
    return fields[0] if fields else "" if counted or asked.of != "forms" else "budget"


def _of_the_budget(asked: Asked) -> bool:
    """执行数合计占预算合计多少: what was spent, before 占, of what was planned, after it."""
    at = asked.reading.said["share"].start
    before = {m.name for m in asked.said_fields() if m.end <= at}
    after = {m.name for m in asked.said_fields() if m.start >= at}
    return before == {"executed"} and after == {"budget"}


def _share_of_ranked(asked: Asked) -> Meaning | None:
    """预算最多的三个项目占全部预算的几成: the part of a sum that those picked have."""
    ranking = ranking_of(asked)
    if ranking is None or ranking.field in ("", UNKNOWN) or ranking.limit is None or asked.head == "unit":
        return None
    share = asked.reading.said["share"]
    if share.start < ranking.start:
        return None
    if ranking.noun == "unit" and ranking.of == "forms":
        # 执行数最多的部门占多少: of all of the office's forms, not of the form with the most.
        query = Query(
            **asked.scoped("forms"), where=tuple(asked.conditions("forms")), group="unit", ask="top"
        )
        order = Order(field=GROUPED, descending=ranking.descending)
        part = {"measure": Measure(op="share", field=ranking.field), "order": order, "limit": ranking.limit}
        return one(query.model_copy(update=part))
    summed = [f for f in asked.numeric(ranking.of) if FIELDS[ranking.of][f].unit not in ("%", "")]
    own = [ranking.field] if FIELDS[ranking.of][ranking.field].unit not in ("%", "") else []
    apart = [name for name in summed if name not in own]
    field = next(iter(apart or own), "")
    if not field or len(apart) > 1:
        return None
    order = Order(field=ranking.field, descending=ranking.descending)
    query = Query(**asked.scoped(ranking.of), where=tuple(asked.conditions(ranking.of)), ask="value")
    measure = Measure(op="share", field=field)
    base = asked.scope.forms
    picked = {"order": order, "limit": ranking.limit, "offset": ranking.offset, "base_forms": base}
    return one(query.model_copy(update={"measure": measure, **picked}))
