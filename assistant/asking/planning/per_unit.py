"""Amounts for each person, enterprise or time: an amount by the number that one of its rows counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.asking.planning.meaning import Choice, Meaning
from assistant.asking.planning.operands import Understand
from assistant.asking.reading.entities import Entities
from assistant.asking.reading.scope import Scope, scope_of
from assistant.asking.records.fields import FIELDS
from assistant.asking.records.query import Measure, Query, Step
from assistant.asking.records.records import FormRecords, Record
from assistant.form.text import pairs
from assistant.form.units import MEASURES, is_money

_COUNTED = (
    "人|个人(?:头上?)?|位|名|家|户|次|场|期|班|届|批|篇|册|辆|台|套|亩|公顷|平方米|公里|吨"
    "|个(?!人|项目|表|处|单位|部门|科|专项|指标|百分|月|季|年)"
)
_RECORDS = "项目|表|处室|单位|部门|科室|指标|专项|资金行|年"
_AMOUNT = (
    "平均|大概|大约|约|[合摊花发支用补投]|是|多少|几|的?(?:成本|经费|费用|资金|支出|预算|补助|投入)"
    "|要|得|领|拿|执行|能|可|$"
)
PER_UNIT = re.compile(
    "(?:平均(?:下来)?|折算(?:下来)?(?:是)?|折合|[均分]?摊(?:下来|到)?|合|算下来)*(?:的)?(?:到)?"
    f"(?:每(?:一)?(?P<unit>{_COUNTED})(?!{_RECORDS})(?P<noun>[一-龥]{{0,6}}?)(?={_AMOUNT})"
    "|(?P<head>[人户家次场期篇]均(?!收入|工资|增)))"
    "(?:平均|[均分]?摊(?:下来|到)?|合(?=多少|几))*"
)
_TOLD = re.compile(f",?(?:一?共|总共|合计)?(?P<n>[0-9]+(?:[.][0-9]+)?)(?:{_COUNTED})(?:人|职工|学员)?,?$")
"""63人, right before 人均: what the row that counts must say."""
_HOW_MUCH = re.compile("(?:多少|几)(?:万元?|元|块)(?:钱)?")
_ASKED = re.compile("多少|几(?:万|元|块|百|千)|多大|金额|呢$")
_OTHERWISE = re.compile("每(?:一)?个?[月年天日周季]|[月年日]均|标准|工资|收入")
"""A standard or a wage is set by nobody's dividing, and what each gets a month no form tells."""
_MONEY = ("executed", "budget", "initial")
_WEAK = re.compile("^(?!.*(?:预算|安排|下达|批|拨|计划|年初)).*(?:钱|资金|经费|补助|费用|投入)")
"""Money in general is what was spent."""
_NOUNS = {
    "人": "人数|名单",
    "家": "家数|企业数|单位数",
    "次": "次数",
    "期": "期数",
    "篇": "篇",
    "场": "场数|场次",
    "户": "户数",
}
_ONE = {"位": "人", "名": "人", "个人": "人", "个人头": "人", "个人头上": "人"}
_MOST = 5


def as_per_unit(
    text: str,
    plain: Meaning,
    understand: Understand,
    entities: Entities,
    year: int | None,
    shown: Sequence[int] = (),
) -> Meaning | None:
    """What an amount of one form is for each of what one of its rows counts; None where that is not asked.

    ``plain``: what the question means otherwise, a row that is itself called 人均…, perhaps. ``shown``: the
    forms of the last answer, one of which is meant where none is named.
    """
    found = PER_UNIT.search(text)
    if found is None or not _ASKED.search(text) or _OTHERWISE.search(text):
        return None
    before, told = text[: found.start()], None
    if (told := _TOLD.search(before)) is not None:
        before = before[: told.start()]
    asked = _HOW_MUCH.sub("多少钱", text[found.end() :])
    meaning, reading = understand(f"{before}{asked}".strip(",;的"))
    scope = scope_of(reading, entities, year)
    forms = tuple(shown) if scope.forms is None and not scope.named else scope.forms
    said = found["head"] or f"每{found['unit']}"
    # 执行数除以培训人数,人均…: that is to be divided, whatever row is called 人均.
    own_row = "除以" not in text and _is_a_row(
        plain, said, forms or (), [m.text for m in reading.phrases], entities
    )
    if own_row or forms is None or len(forms) != 1 or scope.missing_year is not None:
        return None
    if scope.unknown or meaning.kind == "nothing":
        return Meaning(kind="nothing", reason=meaning.reason or f"“{scope.unknown}”")
    own = entities.by_number[forms[0]]
    fields = [m.name for m in reading.fields if not (m.name in _MONEY and _WEAK.search(m.text))]
    amount = _amount(own.number, scope, fields, own.indicators)
    if amount is None:
        return Meaning(kind="unclear", reason=found[0])
    unit = found["head"][0] if found["head"] else found["unit"]
    by = _Unit(_ONE.get(unit, unit), found["noun"] or "", Decimal(told["n"]) if told is not None else None)
    return _divided(own, amount, by, reading.rows, text)


@dataclass(frozen=True)
class _Unit:
    """每家企业: what is counted with, and the thing that is counted, "" where it was not said.

    ``many``: how many the question says that there are.
    """

    name: str
    noun: str
    many: Decimal | None = None


def _divided(
    own: FormRecords, amount: tuple[Query, str], unit: _Unit, rows: Sequence[int], text: str
) -> Meaning:
    """The amount by the one row that counts so; the question back where there are several."""
    counted = _counted(own.indicators, unit.name, unit.noun, rows)
    if unit.many is not None:
        counted = [record for record in counted if record["actual"].number == unit.many]
    if not counted:
        return Meaning(kind="nothing", reason=f"按“{unit.name}”计数的完成值，算不出每{unit.name}的金额")
    part = unit.name != "人" and unit.noun and amount[0].of == "forms" and not rows
    if part and not _is_all(unit.noun, own.record["project_name"].text):
        return Meaning(kind="nothing", reason=f"只用于“{unit.noun}”的金额，这张表的钱不只用于它")
    if len(counted) > 1:
        return _asked_back(own.number, counted, text)
    place = ((own.number, counted[0].row or 0),)
    count = Query(of="indicators", rows=place, ask="term", measure=Measure(op="sum", field="actual"))
    steps = (Step(op="per", of=(0, 1), unit=unit.name),)
    return Meaning(
        queries=(amount[0].model_copy(update={"steps": steps}), count),
        labels=(amount[1], f"“{counted[0]['name'].text}”实际完成值"),
    )


def _is_a_row(
    plain: Meaning, said: str, forms: Sequence[int], phrases: Sequence[str], entities: Entities
) -> bool:
    """Whether a row that is itself called 人均… is meant: one of the form, or all that is named."""
    rows = (plain.queries[0].rows if len(plain.queries) == 1 else None) or ()
    names = {form: entities.by_number[form].indicators[row - 1]["name"].text for form, row in rows}
    return bool(names) and all(
        said in name and ([form] == list(forms) or all(phrase.strip("的") in name for phrase in phrases))
        for form, name in names.items()
    )


def _is_all(noun: str, project: str) -> bool:
    """Whether a project is about what is counted, so that all of its money is for that."""
    return any(pair in project for pair in pairs(noun))


def _amount(
    form: int, scope: Scope, fields: Sequence[str], records: Sequence[Record]
) -> tuple[Query, str] | None:
    """The amount with what it is called: a cell of the head, or a cost that is named; None for others."""
    said = [name for name in dict.fromkeys(fields) if name in _MONEY]
    if len(said) > 1 or set(fields) - {*_MONEY, "actual"}:
        return None
    costs = [row for row in scope.rows if is_money(records[row[1] - 1]["actual"].unit)]
    if costs and not said:
        if len(costs) > 1:
            return None
        query = Query(
            of="indicators", rows=tuple(costs), ask="term", measure=Measure(op="sum", field="actual")
        )
        return query, f"“{records[costs[0][1] - 1]['name'].text}”实际完成值"
    field = said[0] if said else "executed"
    query = Query(of="forms", forms=(form,), ask="term", measure=Measure(op="sum", field=field))
    return query, FIELDS["forms"][field].label


def _counted(records: Sequence[Record], unit: str, noun: str, rows: Sequence[int]) -> list[Record]:
    """The rows whose 完成值 counts so: in the very unit, else in one of its kind, or by name."""
    known = [
        record
        for record in records
        if (record["actual"].number or 0) > 0 and "满意" not in record["level2"].text + record["name"].text
    ]
    kind = MEASURES.get(unit, ("", 0))[0]
    tries = (
        [r for r in known if r["actual"].unit == unit],
        [r for r in known if kind and MEASURES.get(r["actual"].unit, ("", 0))[0] == kind],
        [r for r in known if not r["actual"].unit and re.search(_NOUNS.get(unit, "$^"), r["name"].text)],
    )
    found = list({record.row: record for among in tries for record in among}.values())
    exact = [record for record in found if record["actual"].unit == unit]
    if rows:
        return [record for record in found if record.row in rows]
    found = exact or found
    fitting = [
        record for record in found if noun and any(pair in record["name"].text for pair in pairs(noun))
    ]
    return fitting or found


def _asked_back(form: int, counted: Sequence[Record], text: str) -> Meaning:
    """Which row's number is meant."""
    if len(counted) > _MOST:
        return Meaning(kind="unclear", reason="这张表有几条指标按这个单位计数，请写明按哪一条算")
    choices = tuple(
        Choice(
            label=f"按“{record['name'].text}”（{record['actual'].text}）算",
            question=f"{form}号表第{record.row}行，{_just_asked(text)}",
        )
        for record in counted
    )
    return Meaning(kind="choose", choices=choices)


def _just_asked(text: str) -> str:
    """What is asked, without the names before it."""
    found = PER_UNIT.search(text)
    return text[found.start() :] if found is not None else text
