"""What a reading says, ready for use: the sort of records, the conditions, the fields, what is counted."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from assistant.asking.language.numbers import Bound
from assistant.asking.language.patterns import WHOLE_COLUMN
from assistant.asking.planning.heads import head_of, is_used
from assistant.asking.planning.row_amounts import OF_AN_AMOUNT, is_an_amount, of_the_amount, state_money
from assistant.asking.reading import conditions as cond
from assistant.asking.reading.aimed import end_of_a_gap, of_an_aim
from assistant.asking.reading.alternatives import Stated, stated
from assistant.asking.reading.dated import in_a_cell
from assistant.asking.reading.entities import Entities
from assistant.asking.reading.intents import MORE
from assistant.asking.reading.matching import RowId
from assistant.asking.reading.mentions import Mention, Reading
from assistant.asking.reading.narrowing import (
    counts_in,
    counts_things,
    in_counted,
    in_each_counted,
    in_things_counted,
    in_unit_asked,
    in_unit_of_none,
    of_kind,
    topic,
    with_said_number,
    without_other_numbers,
)
from assistant.asking.reading.predicates import (
    Predicate,
    counts_rows,
    number_of_rows,
    predicates_of,
)
from assistant.asking.reading.quoted import quotations
from assistant.asking.reading.scope import Scope
from assistant.asking.reading.scored import SCORED, points_of_form
from assistant.asking.reading.shares_of_none import without_shares_of_none
from assistant.asking.reading.unit_asked import COUNTING, unit_asked, unit_counted
from assistant.asking.records.fields import FIELDS, Sort
from assistant.asking.records.query import Condition, Shape
from assistant.asking.records.records import Record
from assistant.form.units import is_money

_NOUN_NAMES = {"form": "表", "row": "指标", "unit": "处室", "finding": "问题"}
_WEAK = re.compile("^(?!.*(?:预算|安排|下达|批|拨|给|投|盘子|规模)).*(?:经费|资金|钱)")
"""经费, 多少钱: money in general, which any other field says better."""
EXPLAINING = re.compile("偏差|原因(?!是)|措施|说明(?:里|中|栏)")
LOST_WHERE = re.compile(
    "(?:扣|丢|失|差在|栽在|折在|输在|亏在)[^,;]{0,4}(?:哪|什么地方|何处)|(?:哪里|哪儿|哪一?[条项]|哪些地方)[^,;]{0,4}(?:扣|丢|失)"
)
"""扣分扣在哪里: in which rows of one form."""
_UNSPENT = re.compile("^(?:资金|钱|预算|经费)(?:还)?[没未]有?[^,;的]{1,2}(?:完|光|掉|出去|到位)$")
"""预算没花完: a condition, where 没花完的钱 names an amount."""
_FEW_ROWS = 3
_HOW_DONE = ("target", "actual", "completion")
_HOW_DONE_SAID = re.compile("(?:实际)?完成(?:得|怎|的?情况)")
POINTS_ASKED = re.compile("(?:给|占|值)?(?:多少|几)?分")
"""Points, whichever: 多少分, 给几分."""
_OF_POINTS = frozenset(
    ("weight", "weight_sum", "lost", "exec_lost", "total_lost", "rule_score", "exec_score", "total_sum")
)
_ASKED_OF = re.compile(
    "(?:等于|的|是|有|为|得|占|共|各|总共|一共|合计|总计|总和|之和|加总|相加|累计|加起来|加在一起)*"
)
"""分值合计多少分: nothing but the sum stands between the points and how many they are."""
_TIMES = frozenset("次场期班")
_OF_EVERY_ROW = frozenset(("weight", "score", "lost", "rule_score"))
"""Cells that hold a number whatever the indicator aims at."""
_FORM_ONLY = frozenset(
    ("total", "exec_score", "rate", "unspent", "overspent", "total_rule", "grade", "total_sum")
)


class Asked:
    """One question: its reading, its scope, and what follows from both."""

    def __init__(self, reading: Reading, scope: Scope, entities: Entities) -> None:
        self.entities = entities
        scope = in_each_counted(without_other_numbers(scope, entities), reading, entities)
        kind = of_kind(topic(scope, reading, entities), reading, entities)
        counted = in_unit_asked(in_counted(kind, entities), reading, entities)
        counted = in_unit_of_none(in_things_counted(counted, reading, entities), reading, entities)
        self.scope = with_said_number(counted, reading, entities)
        names = [self.record(row)["name"].text for row in self.scope.rows[:_FEW_ROWS]]
        self.reading = without_shares_of_none(reading, names)

    @cached_property
    def head(self) -> str:
        """What 哪些 or 几个 is asked of: form, row, unit, finding, or ""."""
        head = head_of(self.reading, self.predicates, parts=bool(self.scope.parts))
        things = head == "form" and self.scope.rows and counts_things(self.scope, self.reading)
        return "" if things else head

    @cached_property
    def noun(self) -> str:
        """The head in the words of a question: 表, 指标, 处室, 问题, or ""."""
        return _NOUN_NAMES.get(self.head, "")

    @cached_property
    def rows_spoken(self) -> bool:
        """Whether the question speaks of indicators, be it only in a condition."""
        reading = self.reading
        if reading.levels or self._row_words() or WHOLE_COLUMN.search(reading.text):
            return True
        if reading.causes and not reading.nouns and not self.said_names():
            return True
        if reading.quotes and (
            EXPLAINING.search(reading.text)
            or (
                not self.said_names() & {"goal_expected", "goal_actual", "note"}
                and any(len(quote) > 1 and self.entities.row_is_called(quote) for quote in reading.quotes)
            )
        ):
            return True
        if self.one_form() and self.says("no_full", "lost") and LOST_WHERE.search(reading.text):
            return True
        if any(n.name == "row" and not is_used(n, reading) and not self._counted(n) for n in reading.nouns):
            return True
        if self.scope.rows:
            return self._rows_are_meant()
        names = {m.name for m in self.said_fields()}
        own = names & {*cond.MONEY, "exec_score", "exec_score_rule"}
        of_form = bool(own) and any(m.name.startswith("versus_") for m in reading.marks)
        if of_form or points_of_form(reading) or self.says("extremes", "over_budget", "last_n", "top_n"):
            names -= {"gap"}
        return bool(names & cond.ROW_FIELDS)

    def _row_words(self) -> bool:
        """Whether a word was said that only an indicator can be; 执行得分少给了 is said of the form."""
        said = cond.ROW_WORDS & self.reading.said.keys()
        return bool(said - SCORED) or (bool(said) and not points_of_form(self.reading))

    def _counted(self, noun: Mention) -> bool:
        """指标最多的表, 指标超过10个: the number of indicators, a field of the form."""
        told = self.reading.text[: noun.start].removesuffix("的")
        qualified = any(m.end == len(told) and m.name in cond.WORDS for m in self.reading.marks)
        numbered = any(counts_rows(bound, noun, self.reading) for bound in self.count_bounds())
        most = re.match("(?:数量?|个数)?最[多少]", self.reading.text[noun.end :])
        of_offices = numbered and any(one.name == "unit" for one in self.reading.nouns)
        return (
            bool(most or numbered)
            and not of_offices
            and not (qualified or self.reading.levels or cond.ROW_WORDS & self.reading.said.keys())
        )

    @cached_property
    def predicates(self) -> list[Predicate]:
        """All conditions in words and numbers, with their places."""
        found = predicates_of(self.reading, self.value_bounds(), self.rows_spoken)
        if is_an_amount(self.scope, self.entities):
            found = [of_the_amount(one) for one in found]
        if self.rows_spoken and not self.reading.levels:
            return found
        counted = [number_of_rows(b, self.reading) for b in self.count_bounds()]
        return sorted((*found, *(one for one in counted if one)), key=lambda one: one.start)

    @cached_property
    def of(self) -> Sort:
        """The sort of records that the question is over."""
        reading = self.reading
        if (
            self.scope.passages
            and self.head != "form"
            and re.search("原因|偏差|说明|理由|措施|解释", reading.text)
        ):
            return "indicators"
        return "indicators" if self.rows_spoken else "forms"

    def stated(self, of: Sort) -> Stated:
        """All conditions on a record of ``of``."""
        found = stated(self.predicates, self.reading, of)
        more = tuple(self._other_conditions(of))
        dated = [in_a_cell(one, self.reading) for one in self.reading.written if of == "indicators"]
        return Stated((*found.where, *more), (*found.any_of, *dated))

    def says(self, *names: str) -> bool:
        """Whether any of these was said."""
        return self.reading.says(*names)

    def record(self, row: RowId) -> Record:
        """The record of an indicator row."""
        return self.entities.by_number[row[0]].indicators[row[1] - 1]

    def fields(self, of: Sort) -> list[str]:
        """The fields named, as fields of ``of``."""
        names = [name for m in self.said_fields() if cond.has_field(m.name, of) for name in meant(m, of)]
        several = len(re.findall("多少|几", self.reading.text)) > 1
        if {"unspent", "overspent"} & set(names) and not several:
            names = [name for name in names if name not in ("budget", "executed")]
        return list(dict.fromkeys(names))

    def numeric(self, of: Sort) -> list[str]:
        """Those of them that hold numbers."""
        return [
            name for name in self.fields(of) if FIELDS[of][name].unit or name in ("target", "actual", "gap")
        ]

    def said_names(self) -> set[str]:
        """The names of all fields said, as in the word list."""
        return {m.name for m in self.reading.fields}

    def conditions(self, of: Sort) -> list[Condition]:
        """All conditions on a single record, without alternatives."""
        return list(self.stated(of).where)

    def _other_conditions(self, of: Sort) -> list[Condition]:
        """What quotations, qualitative wordings and passages of prose narrow."""
        found = []
        if of == self.of:
            found += quotations(of, self.reading, self.entities)
        if of == "indicators":
            texts = [m.text.removesuffix("的") for m in self.reading.phrases]
            wordings = tuple(text for text in texts if self.entities.is_wording(text))
            found += [Condition(field="target", op="contains", texts=wordings)] if wordings else []
        stated = any(c.field == "unspent" for p in self.predicates for c in p.conditions)
        if of == "forms" and not stated and self._means_money_left():
            found.append(Condition.model_validate({"field": "unspent", "op": "gt", "number": 0}))
        return found

    def value_bounds(self) -> list[Bound]:
        """Numbers that a cell is compared with; what is said of a single row, or of a sum, is none."""
        counts = self.count_bounds()
        asked = self.says("sum") and self.says("yesno")
        single = len(self.scope.rows) == 1
        told = [b for b in self.reading.bounds if single and (b.upper is not None or not b.signed)]
        told += [b for b in self.reading.bounds if asked and b.op == "eq"]
        return [
            b
            for b in self.reading.bounds
            if b not in counts and b not in told and (b.signed or cond.is_value(b, self.reading))
        ]

    def count_bounds(self) -> list[Bound]:
        """Numbers of rows (3个以上成本指标, 指标超过10个), not of a cell."""
        found = []
        levels = "(?:产出|效益|满意度|数量|质量|时效|成本|经济|社会|生态|可持续)*(?:影响|效益)?"
        such = "(?!的?(?:项目|表|处室|单位|专项))[^,;]{1,18}?"
        for bound in self.reading.bounds:
            after = self.reading.text[bound.end : bound.end + 10]
            before = self.reading.text[max(0, bound.start - 12) : bound.start]
            near = re.match(f"的?{levels}指标", after) or (
                bound.signed and re.match(f"{such}指标(?!值)", self.reading.text[bound.end :])
            )
            told = re.search(
                "指标(?:数量?|个数|总数|条数)?(?:是|有|设了|在|达到?)?$|(?:满意度|产出|效益|成本|时效|质量|数量)(?:设|列|有)了?$|项目(?:数量?|个数)?(?:有|是)?$",
                before,
            )
            negated = not bound.signed and self.says("negated_set")
            if bound.unit in ("个", "条", "项", "张", "") and ((near and bound.unit) or told) and not negated:
                found.append(bound)
        return found

    def scoped(self, of: Sort) -> dict[str, Any]:
        """Sort, forms and rows for a query."""
        scope: dict[str, Any] = {"of": of, "forms": self.scope.forms, "without": self.scope.without}
        if of == "indicators" and self.scope.rows:
            scope["rows"] = self.scope.rows
        elif of == "indicators" and self.scope.passages:
            scope["rows"] = tuple(row for row in self.scope.passages if row[1])
        elif of == "forms" and self.scope.passages:
            scope["forms"] = tuple(dict.fromkeys(form for form, _ in self.scope.passages))
        return scope

    def shape(self) -> Shape:
        """A list, a number or a yes; 项目数不少于2个的处室有哪些 asks for a list."""
        told = self.says("which") and self.reading.text.endswith(self.reading.said["which"].text)
        if self.says("count") and not (told and self.reading.said["count"].text.endswith("数")):
            return "count"
        return "yesno" if self.says("yesno") and not self.says("which") else "list"

    def is_set(self) -> bool:
        """Whether the question is about many records."""
        names = (
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
            "median",
            "extremes",
        )
        named = bool(self.reading.causes) and _NAMES_RECORDS.search(self.reading.text) is not None
        return named or self.says(*names)

    def is_ranked(self) -> bool:
        """Whether an extreme or a place in an order is asked."""
        return self.says("top", "top_n", "nth", "last_n") or (
            not self.scope.parts and bool(MORE.search(self.reading.text))
        )

    def one_form(self) -> bool:
        """Whether the question names exactly one form."""
        return self.scope.forms is not None and len(self.scope.forms) == 1

    def fitting_rows(self, rows: tuple[RowId, ...]) -> tuple[RowId, ...]:
        """Of several rows those in the unit that is asked (多少人, 花了多少钱); all where none fits."""
        unit = unit_asked(self.reading.text)
        if unit == "钱" or (not unit and self.said_names() & {"budget", "executed", "initial"}):
            unit = "元"
        if any("百分之" in m.text for m in self.reading.fields if m.name == "actual"):
            unit = "%"
        each = re.search("分别|各", self.reading.text) or self.said_names() & _OF_EVERY_ROW
        alike = len({self.record(row)["name"].text for row in rows}) == 1
        if not (unit or each or alike) and re.search("几个|多少个|多少$", self.reading.text):
            told = {row: self.record(row) for row in rows}
            known = tuple(
                r for r, one in told.items() if (one["target"].number or one["actual"].number) is not None
            )
            return known or rows
        if not unit or len(rows) < 2:
            return rows
        fitting = tuple(row for row in rows if counts_in(self.record(row), unit))
        return fitting or rows

    def counts_other(self, rows: tuple[RowId, ...]) -> str:
        """The unit that is asked (几个人) where every one of ``rows`` counts in another; else ""."""
        unit = unit_counted(self.reading.text)
        units = {self.record(row)["actual"].unit or self.record(row)["target"].unit for row in rows}
        uncounted = all(one == "%" or is_money(one) for one in units)
        if uncounted and re.search("(?:几|多少)个(?!百分点|点)", self.reading.text):
            return "个"
        if unit not in COUNTING or any(counts_in(self.record(row), unit) for row in rows):
            return ""
        own = [self.record(row)["target"].unit or self.record(row)["actual"].unit for row in rows]
        things = set() if unit.endswith("元") else {"个"}
        alike = things | (_TIMES if unit in _TIMES else {unit})
        return "" if alike & set(own) or not (all(own) or len(rows) > 1) else unit

    def said_fields(self) -> list[Mention]:
        """The words for fields, without 多几个 where two things are compared with each other."""
        apart = len(self.scope.parts) > 1
        said = [m for m in self.reading.fields if not (m.name == "gap" and apart and not of_an_aim(m))]
        said = [m for m in said if not (self._is_said_again(m) or self._is_of_a_share(m))]
        said = [m for m in said if not end_of_a_gap(m, self.reading)]
        ranks = {mark.start for mark in self.reading.marks if mark.name == "top"}
        strong = [m for m in said if m.name != "budget" or m.end in ranks or not _WEAK.search(m.text)]
        return strong if strong or (self.scope.rows and self._rows_are_meant()) else said

    def _is_said_again(self, mention: Mention) -> bool:
        """分值合计最高的是哪张,合计几分: the points that were named in the clause before, or just now."""
        if mention.name != "score" or not POINTS_ASKED.fullmatch(mention.text):
            return False
        mode = self.reading.said.get("mode")
        if mode is not None and any(m.end <= mode.start < mention.start for m in self.reading.fields):
            return True
        comma = self.reading.text.rfind(",", 0, mention.start)
        return any(
            m.end <= comma or _ASKED_OF.fullmatch(self.reading.text, m.end, mention.start)
            for m in self.reading.fields
            if m.name in _OF_POINTS
        )

    def _is_of_a_share(self, mention: Mention) -> bool:
        """占效益指标的比例: the part of a number, not the points that 占10分 tells."""
        bare = mention.name == "weight" and mention.text.startswith("占")
        return bare and any(m.start == mention.end for m in self.reading.levels)

    def _rows_are_meant(self) -> bool:
        """False where money is asked and the rows found count something else (培训班花了多少钱)."""
        asked = self.said_names()
        if asked & _FORM_ONLY:
            return asked <= OF_AN_AMOUNT and is_an_amount(self.scope, self.entities)
        if not asked or not asked <= {"budget", "executed", "initial"}:
            return True
        return state_money(map(self.record, self.scope.rows), () if self.is_ranked() else self.scope.words)

    def _means_money_left(self) -> bool:
        """Whether only forms with money left are meant: 预算没花完的, or 没花完的钱 of several forms."""
        if self.scope.forms is not None and len(self.scope.forms) < 2:
            return False
        if any(m.name == "unspent" and _UNSPENT.search(m.text) for m in self.reading.fields):
            return True
        # 预算跟执行差多少: the difference of all of them, also of those that spent more.
        named = any(m.name == "unspent" and not _DIFFERENCE.search(m.text) for m in self.said_fields())
        return named and not self.says("per_form") and not any(b.signed for b in self.reading.bounds)


_DIFFERENCE = re.compile("预算.*(?:执行|支出|花)")
_NAMES_RECORDS = re.compile("的(?:自评)?(?:表|项目|单位|指标)$")
"""提到疫情的项目: such are asked for, though no word asks."""


def meant(mention: Mention, of: Sort) -> tuple[str, ...]:
    """The fields that a word means; 完成得怎么样 of an indicator its cells too: many have no figure."""
    how_done = mention.name in ("completion", "goal_actual") and _HOW_DONE_SAID.match(mention.text)
    return _HOW_DONE if how_done and of == "indicators" else (cond.field_of(mention.name, of),)
