"""A question in words -> a query, without a model: known words, numbers, and names by retrieval."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.asking import conditions as cond
from assistant.asking.entities import Entities
from assistant.asking.fields import FIELDS, Sort
from assistant.asking.intents import finding_rules, order_of, top_of
from assistant.asking.meaning import Choice, Meaning
from assistant.asking.numbers import Bound
from assistant.asking.query import Condition, Measure, Order, Query, Shape
from assistant.asking.reading import Reading, read
from assistant.asking.scope import Scope, scope_of

_NOUN = re.compile(
    "(?:哪些|哪几[个张项条家]?|哪[个张项条]|哪一[个张项条]|几[个张项条家]|多少[个张项条家]?|每[个张]|各[个张]?)(?:的)?"
    "(?P<a>表|项目|专项|指标|处室|单位|部门)|的(?P<b>表|项目|专项|指标|处室|单位|部门)(?:都)?(?:一共|总共)?(?:有|是)?(?:哪|几|多少|$|吗|占|名单|清单|列)"
    "|(?:哪|几|多少)(?P<c>张)(?!表)|(?P<d>表|项目|专项|指标)(?:有|是)(?:哪|几|多少)|(?:列出|找出|有没有|有无)[^,]{0,20}?的(?P<e>表|项目|专项|指标)"
)
_MANY = 8


@dataclass(frozen=True)
class Understood:
    """A meaning with the reading that led to it, for a question that follows on it."""

    meaning: Meaning
    reading: Reading


def understand(
    question: str, entities: Entities, *, year: int | None = None, before: Understood | None = None
) -> Understood:
    """What ``question`` asks; ``before`` is what was asked last, ``year`` the latest year of the library."""
    reading = read(question, entities)
    within: tuple[tuple[int, int], ...] | None = None
    if before is not None:
        reading = _carried(reading, before)
    meaning = _Builder(reading, scope_of(reading, entities, year), entities).meaning()
    del within
    return Understood(meaning, reading)


def _carried(reading: Reading, before: Understood) -> Reading:
    """那去年呢, 那人事处呢: the last question with another scope."""
    old = before.reading
    asks = reading.fields or reading.levels or reading.bounds or set(reading.said) - _SCOPE_WORDS
    if re.match("那|换成|改成", reading.text) or reading.text.endswith("呢"):
        if not asks:
            return replace(
                reading,
                said={**old.said, **reading.said},
                fields=old.fields,
                levels=old.levels,
                bounds=old.bounds,
            )
        if not (reading.offices or reading.phrases or reading.numbers or reading.years):
            return replace(
                reading, offices=old.offices, phrases=old.phrases, numbers=old.numbers, years=old.years
            )
    return reading


_SCOPE_WORDS = frozenset(
    ("year_last", "year_now", "year_next", "year_before", "year_after", "yesno", "which")
)


class _Builder:
    """Builds one meaning; each ``_as_…`` gives a meaning or None where the question is of another kind."""

    def __init__(self, reading: Reading, scope: Scope, entities: Entities) -> None:
        self.reading = reading
        self.scope = scope
        self.entities = entities
        self.noun = self._asked_noun()
        self.of: Sort = self._sort()
        self.notes: list[str] = []

    def meaning(self) -> Meaning:
        """The first reading that fits, from the most to the least special."""
        if self.scope.missing_year is not None:
            return Meaning(kind="nothing", reason=f"{self.scope.missing_year}年的表")
        if self.scope.unknown:
            return Meaning(kind="nothing", reason=f"“{self.scope.unknown}”")
        for attempt in (
            self._as_arithmetic,
            self._as_findings,
            self._as_prose,
            self._as_share,
            self._as_comparison,
            self._as_units,
            self._as_groups,
            self._as_set,
            self._as_cells,
        ):
            meaning = attempt()
            if meaning is not None:
                return meaning.model_copy(update={"notes": (*meaning.notes, *self.notes)})
        return Meaning(kind="nothing", reason=f"“{self.reading.text}”")

    # What it is about

    def _asked_noun(self) -> str:
        found = _NOUN.search(self.reading.text)
        noun = next((group for group in found.groups() if group), "") if found else ""
        return {"张": "表", "专项": "表", "项目": "表", "部门": "处室", "单位": "处室"}.get(noun, noun)

    def _sort(self) -> Sort:
        reading = self.reading
        rows = bool(self.scope.rows or reading.levels or cond.ROW_WORDS & reading.said.keys())
        rows = rows or any(m.name in cond.ROW_FIELDS for m in reading.fields) or self.noun == "指标"
        form_only = [m for m in reading.fields if not cond.has_field(m.name, "indicators")]
        if (
            form_only
            and not reading.levels
            and not cond.ROW_WORDS & reading.said.keys()
            and self.noun != "指标"
        ):
            return "forms"
        if self.scope.rows and not self._rows_are_meant():
            return "forms"
        return "indicators" if rows or re.search("指标(?!值)", reading.text) else "forms"

    def _rows_are_meant(self) -> bool:
        """False where money is asked and the rows found count something else (培训班花了多少钱)."""
        asked = {m.name for m in self.reading.fields}
        if asked & {"total", "exec_score", "rate", "unspent", "overspent", "total_rule", "grade"}:
            return False
        if not asked or not asked <= {"budget", "executed", "initial"}:
            return True
        money = [row for row in self.scope.rows if self._record(row)["actual"].unit.endswith("元")]
        return bool(money)

    def _record(self, row: tuple[int, int]):  # type: ignore[no-untyped-def]
        one = next(one for one in self.entities.forms if one.number == row[0])
        return one.indicators[row[1] - 1]

    def _fields(self, of: Sort) -> list[str]:
        names = [cond.field_of(m.name, of) for m in self.reading.fields if cond.has_field(m.name, of)]
        return list(dict.fromkeys(names))

    def _conditions(self, of: Sort) -> list[Condition]:
        found = cond.of_words(self.reading, of)
        for bound in self._value_bounds(of):
            found += cond.of_bound(bound, self.reading, of)
        for quote in self.reading.quotes:
            field = (
                "project_name"
                if of == "forms"
                else "explanation"
                if "原因" in self.reading.text or "说明" in self.reading.text
                else "name"
            )
            found.append(Condition(field=field, op="contains", texts=(quote,)))
        if of == "forms" and self.reading.says("under_spent") is False and self._lists_unspent():
            found.append(Condition.model_validate({"field": "unspent", "op": "gt", "number": 0}))
        if of == "indicators" and self.scope.passages and not self.scope.rows:
            found.append(Condition(field="explanation", op="contains", texts=self.scope.words))
        return found

    def _lists_unspent(self) -> bool:
        asked = any(m.name == "unspent" for m in self.reading.fields)
        several = self.scope.forms is None or len(self.scope.forms) > 1
        bounded = any(b.signed for b in self.reading.bounds)
        return asked and several and not bounded and not self.reading.says("sum", "mean")

    def _value_bounds(self, of: Sort) -> list[Bound]:
        return [
            b
            for b in self.reading.bounds
            if b not in self._count_bounds() and (b.signed or _is_value(b, self.reading))
        ]

    def _count_bounds(self) -> list[Bound]:
        """Numbers of rows (3个以上成本指标, 指标超过10个), not of a cell."""
        found = []
        for bound in self.reading.bounds:
            after = self.reading.text[bound.end : bound.end + 8]
            before = self.reading.text[max(0, bound.start - 8) : bound.start]
            counts = bound.unit in ("个", "条", "项", "张", "")
            near = re.match(
                "的?(?:产出|效益|满意度|数量|质量|时效|成本|经济|社会|生态|可持续)*(?:影响|效益)?指标", after
            )
            if counts and (
                near
                or re.search(
                    "指标(?:数量?|个数|总数|条数)?(?:是|有)?$|项目(?:数量?|个数)?(?:有|是)?$", before
                )
            ):
                found.append(bound)
        return found

    def _scoped(self, of: Sort) -> dict[str, object]:
        scope: dict[str, object] = {"of": of, "forms": self.scope.forms}
        if of == "indicators" and self.scope.rows:
            scope["rows"] = self.scope.rows
        return scope

    # Kinds of questions

    def _as_arithmetic(self) -> Meaning | None:
        if not self.reading.says("how") or self.scope.forms is None:
            return None
        names = {m.name for m in self.reading.fields}
        if self.scope.rows and not names & {"exec_score", "rate", "total"}:
            return _one(Query(**self._scoped("indicators"), ask="how", show=("score", "rule_score")))  # type: ignore[arg-type]
        field = next((f for f in ("exec_score", "rate", "total", "total_rule", "unspent") if f in names), "")
        field = field or ("exec_score" if "执行" in self.reading.text else "total")
        return _one(Query(of="forms", forms=self.scope.forms, ask="how", show=(field,)))

    def _as_findings(self) -> Meaning | None:
        rules = finding_rules(self.reading)
        if rules is None:
            return None
        where: list[Condition] = []
        if rules:
            where.append(Condition(field="rule", op="eq", texts=rules))
        else:
            serious = ("错误",) if "错" in self.reading.text else ("错误", "提醒")
            where.append(Condition(field="severity", op="eq", texts=serious))
        scope = Query(of="findings", forms=self.scope.forms, where=tuple(where))
        if self.scope.forms is not None and len(self.scope.forms) == 1:
            yes = self.reading.says("yesno", "correct")
            return _one(
                scope.model_copy(
                    update={"ask": "yesno" if yes else "list", "show": ("place", "message", "arithmetic")}
                )
            )
        if self.reading.says("top", "top_n"):
            top = top_of(self.reading)
            return _one(
                scope.model_copy(
                    update={
                        "group": "form",
                        "order": Order(field="value", descending=top[0]),
                        "limit": top[1],
                        "ask": "top",
                    }
                )
            )
        by_form = self.noun != "问题" and not (self.noun == "指标" and self.reading.says("wrong_score"))
        ask: Shape = "count" if self.reading.says("count") else "list"
        if by_form:
            return _one(scope.model_copy(update={"group": "form", "ask": ask}))
        return _one(scope.model_copy(update={"ask": ask, "show": ("place", "message", "arithmetic")}))

    def _as_prose(self) -> Meaning | None:
        """Why, and what is to be done: quoted from the explanations and goals."""
        names = {m.name for m in self.reading.fields}
        goals = [n for n in ("goal_expected", "goal_actual", "note", "remark") if n in names]
        if goals and self.scope.forms is not None and not names & {"reason_text", "measure_text"}:
            return _one(Query(of="forms", forms=self.scope.forms, ask="quote", show=tuple(goals)))
        if not names & {"reason_text", "measure_text"}:
            if self.scope.passages and not self._is_set():
                return _one(
                    Query(
                        of="indicators", ask="quote", rows=self.scope.passages, show=("actual", "explanation")
                    )
                )
            return None
        where = self._conditions("indicators")
        if self.scope.rows:
            return _one(Query(**self._scoped("indicators"), ask="quote", show=("explanation",)))  # type: ignore[arg-type]
        if self.scope.forms is None and not where:
            return None
        where = [c for c in where if c.field != "reason"]
        where.append(Condition(field="reason", op="eq", texts=("是",)))
        return _one(
            Query(
                of="indicators",
                forms=self.scope.forms,
                where=tuple(where),
                ask="quote",
                show=("explanation",),
            )
        )

    def _as_share(self) -> Meaning | None:
        if not self.reading.says("share"):
            return None
        fields = [f for f in self._fields(self.of) if f not in ("rate", "completion", "grade")]
        where = tuple(self._conditions(self.of))
        field = fields[0] if fields and (self.of == "forms" or not where) else ""
        if (
            not field
            and self.of == "forms"
            and not where
            and not self.noun
            and "个数" not in self.reading.text
            and "项目数" not in self.reading.text
        ):
            field = "budget"
        if self.scope.forms is None and not where and not self.scope.rows:
            return None
        scope = self._scoped(self.of)
        base = None
        if len(self.scope.parts) == 2:
            scope["forms"], base = self.scope.parts[0][1].forms, self.scope.parts[1][1].forms
        elif self.of == "indicators" and self.scope.forms is not None and where:
            base = self.scope.forms
        query = Query(
            **scope, where=where, measure=Measure(op="share", field=field), base_forms=base, ask="value"
        )  # type: ignore[arg-type]
        return _one(query)

    def _as_comparison(self) -> Meaning | None:
        parts = self.scope.parts
        if len(parts) < 2:
            return None
        wanted = self.reading.says("compare_two", "ratio", "which", "top") or "比" in self.reading.text
        if not wanted or self.reading.says("sum", "mean") or not all(p.forms or p.rows for _, p in parts):
            return None
        of: Sort = (
            "indicators" if all(part.rows for _, part in parts) and self.of == "indicators" else "forms"
        )
        fields = self._fields(of) or (["actual"] if of == "indicators" else ["budget"])
        queries = []
        for _, part in parts:
            scope = Query(
                of=of, forms=part.forms, rows=part.rows if of == "indicators" else None, ask="compare"
            )
            several = of == "forms" and len(part.forms or ()) > 1
            op = "mean" if several and fields[0] in ("rate", "total") else "sum"
            if self.noun == "表" and self.reading.says("count"):
                measure = Measure(op="count")
            else:
                measure = Measure(op=op, field=fields[0])
            queries.append(scope.model_copy(update={"measure": measure}))
        return Meaning(queries=tuple(queries), labels=tuple(label for label, _ in parts))

    def _as_units(self) -> Meaning | None:
        """Questions by office: 哪个处室项目最多, 各处室预算合计, 一共几个处室."""
        said = self.reading.says
        if said("count_units") or (
            self.noun == "处室"
            and said("count", "which")
            and not said("top", "top_n", "nth", "last_n")
            and not self.scope.named
        ):
            where = tuple(self._conditions(self.of))
            return _one(
                Query(
                    of=self.of,
                    where=where,
                    group="unit",
                    ask="count" if said("count_units", "count") else "list",
                )
            )
        if not said("per_unit", "which_unit") and self.noun != "处室":
            return None
        if self.scope.forms is not None and not said("top", "top_n", "per_unit", "nth", "last_n"):
            return None
        return _one(self._grouping("unit"))

    def _as_groups(self) -> Meaning | None:
        """Questions by form, or by kind of indicator, about many rows of each."""
        said = self.reading.says
        counts = self._count_bounds()
        if said("per_level2"):
            return _one(self._grouping("level2"))
        if said("per_level1"):
            return _one(self._grouping("level1"))
        lacking = said("negated_set") and self.of == "indicators" and (self.reading.levels or self.scope.rows)
        if lacking and not counts:
            zero = Condition.model_validate({"field": "value", "op": "eq", "number": 0})
            return _one(
                self._grouping("form").model_copy(
                    update={"having": (zero,), "every_form": True, "ask": self._ask()}
                )
            )
        about_forms = self.noun == "表" or said("per_form")
        if self.of == "indicators" and about_forms:
            summed = [b for b in self._value_bounds("indicators")] if said("sum", "mean") else []
            having = tuple(cond.having(b) for b in (counts or summed))
            grouping = self._grouping("form", without_bounds=bool(summed))
            return _one(grouping.model_copy(update={"having": having, "every_form": bool(counts)}))
        if counts and self.of == "forms":
            return _one(
                Query(
                    of="forms",
                    forms=self.scope.forms,
                    where=tuple(self._count_conditions(counts)),
                    ask=self._ask(),
                    show=("indicator_count",),
                )
            )
        return None

    def _count_conditions(self, counts: Sequence[Bound]) -> list[Condition]:
        return [Condition(field="indicator_count", op=b.op, number=b.number) for b in counts]

    def _grouping(self, group: str, *, without_bounds: bool = False) -> Query:
        said = self.reading.says
        fields = [f for f in self._fields(self.of) if FIELDS[self.of][f].unit]
        where = cond.of_words(self.reading, self.of) if without_bounds else self._conditions(self.of)
        op = "sum"
        if said("mean") or (fields and fields[0] in ("rate", "total", "completion") and not said("sum")):
            op = "mean"
        words = {"missed", "no_full", "no_reason", "exceeded"}
        counted = not fields or (
            where and words & self.reading.said.keys() and fields[0] not in ("lost", "total_lost")
        )
        measure = Measure(op="count") if counted else Measure.model_validate({"op": op, "field": fields[0]})
        query = Query(
            of=self.of, group=group, measure=measure, where=tuple(where), **_scope_only(self._scoped(self.of))
        )
        if said("top", "top_n", "nth", "last_n"):
            down, limit, offset = top_of(self.reading)
            return query.model_copy(
                update={
                    "order": Order(field="value", descending=down),
                    "limit": limit,
                    "offset": offset,
                    "ask": "top",
                }
            )
        order = order_of(self.reading)
        if order is not None or not (said("count") or self.noun == "表"):
            query = query.model_copy(update={"order": Order(field="value", descending=order is not False)})
        return query.model_copy(update={"ask": self._ask()})

    def _is_set(self) -> bool:
        said = self.reading.says
        return bool(
            said(
                "count",
                "which",
                "top",
                "top_n",
                "nth",
                "last_n",
                "order",
                "order_up",
                "order_down",
                "sum",
                "mean",
            )
        )

    def _ask(self) -> Shape:
        said = self.reading.says
        if said("count"):
            return "count"
        return "yesno" if said("yesno") and not said("which") else "list"

    def _as_set(self) -> Meaning | None:
        """Lists, counts, sums, means, rankings over the forms or rows that meet the conditions."""
        said = self.reading.says
        where = self._conditions(self.of)
        fields = self._fields(self.of)
        numeric = [f for f in fields if FIELDS[self.of][f].unit or f in ("target", "actual", "gap")]
        query = Query(where=tuple(where), show=tuple(fields), **self._scoped(self.of))  # type: ignore[arg-type]
        if said("top", "top_n", "nth", "last_n"):
            return self._ranked(query, numeric)
        if order_of(self.reading) is not None or said("order"):
            field = numeric[0] if numeric else self._default_order()
            return _one(
                query.model_copy(
                    update={
                        "order": Order(field=field, descending=order_of(self.reading) is not False),
                        "ask": "list",
                    }
                )
            )
        one = self.scope.forms is not None and len(self.scope.forms) == 1
        if said("mean") or (said("sum") and numeric and not (one and self.of == "forms")):
            field = numeric[0] if numeric else ("total" if self.of == "forms" else "score")
            return _one(
                query.model_copy(
                    update={
                        "measure": Measure(op="mean" if said("mean") else "sum", field=field),
                        "ask": "value",
                    }
                )
            )
        if said("count") and not self._asks_cell():
            return _one(query.model_copy(update={"ask": "count"}))
        if where and (said("yesno") and not said("which")):
            return _one(query.model_copy(update={"ask": "yesno"}))
        if where or (
            said("which") and (self.scope.forms is None or not one) and (self.noun or self.scope.rows)
        ):
            if self.reading.text.endswith("多少") and numeric and not where:
                return None
            return _one(query.model_copy(update={"ask": "list"}))
        return None

    def _asks_cell(self) -> bool:
        """多少家, 几次 of one named row is its 完成值, not a number of rows."""
        if self.of == "indicators":
            return (
                bool(self.scope.rows)
                and self.noun not in ("指标", "表")
                and "指标" not in self.reading.said["count"].text
            )
        return self.scope.forms is not None and bool(self._fields("forms")) and self.noun != "表"

    def _default_order(self) -> str:
        if self.of == "indicators":
            return "actual" if self.scope.rows or self.reading.levels else "completion"
        return "total" if self.reading.says("full", "no_full") else "budget"

    def _ranked(self, query: Query, numeric: list[str]) -> Meaning:
        down, limit, offset = top_of(self.reading)
        if (
            not numeric
            and self.of == "indicators"
            and self.noun == "表"
            or "指标最" in self.reading.text
            or "指标数" in self.reading.text
        ):
            field = "indicator_count"
            query = query.model_copy(update={"of": "forms", "rows": None, "where": (), "show": ()})
        else:
            field = numeric[0] if numeric else self._default_order()
        order = Order(field=field, descending=down)
        if self.reading.says("nth") and self.scope.forms is not None:
            query = query.model_copy(update={"forms": None})
        return _one(query.model_copy(update={"order": order, "limit": limit, "offset": offset, "ask": "top"}))

    def _as_cells(self) -> Meaning | None:
        """One cell, or a few, of what is named."""
        names = {m.name for m in self.reading.fields}
        if not self.scope.named:
            if self.reading.says("sum") or not names:
                return self._whole_library()
            return self._over_all()
        show = self._cells_asked(names)
        query = Query(show=tuple(show), ask="cells", **self._scoped(self.of))  # type: ignore[arg-type]
        too_many = self.scope.rows if self.of == "indicators" else self.scope.forms or ()
        if len(too_many) > _MANY or (
            self.of == "indicators" and not self.scope.rows and len(self.scope.forms or ()) > 3
        ):
            return self._choices(too_many)
        return _one(query)

    def _cells_asked(self, names: set[str]) -> list[str]:
        show = self._fields(self.of)
        if self.of == "forms":
            extra = {"unit_name": "unit", "project_text": "project_name", "year_text": "year"}
            show += [field for word, field in extra.items() if word in names]
            return show or ["budget", "executed", "total"]
        if "gap" in show and "actual" not in show:
            show = ["actual", *show]
        return show or ["actual"]

    def _whole_library(self) -> Meaning | None:
        if self.reading.says("count", "sum", "which") and (self.noun or "表" in self.reading.text):
            return _one(Query(of=self.of, ask="count" if self.reading.says("count", "sum") else "list"))
        return None

    def _over_all(self) -> Meaning | None:
        fields = self._fields(self.of)
        if not fields or (self.noun and not self.reading.says("per_form")):
            return None
        if self.reading.says("per_form"):
            return _one(
                Query(of=self.of, show=tuple(fields), ask="list", where=tuple(self._conditions(self.of)))
            )
        return self._choices(())

    def _choices(self, found: Sequence[object]) -> Meaning:
        numbers = [n if isinstance(n, int) else n[0] for n in found] if found else []  # type: ignore[index]
        names = {one.number: one.form.project_name for one in self.entities.forms}
        chosen = list(dict.fromkeys(numbers))[:_MANY] or list(names)[:_MANY]
        asked = self.reading.text
        choices = tuple(Choice(label=names[n], question=f"{n}号表的{asked}") for n in chosen)  # type: ignore[index]
        return Meaning(kind="choose", choices=choices)


def _scope_only(scope: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in scope.items() if key != "of"}


def _one(query: Query) -> Meaning:
    return Meaning(queries=(query,))


def _is_value(bound: Bound, reading: Reading) -> bool:
    """得100分的, 执行率100%的, 预算20万的: a number that is a condition although no comparison is said."""
    return bound.unit in ("分", "%", "万元", "元", "亿元") and "多少" not in reading.text[bound.end :]
