"""Two or more things by one measure: which is more, by how much, how many times."""

from __future__ import annotations

import re

from assistant.asking.planning.asked import Asked
from assistant.asking.planning.by_department import office_label
from assistant.asking.planning.meaning import Meaning
from assistant.asking.reading.aimed import AIM, of_an_aim
from assistant.asking.reading.intents import MORE
from assistant.asking.reading.matching import RowId
from assistant.asking.reading.narrowing import counts_in
from assistant.asking.reading.scope import Scope
from assistant.asking.reading.unit_asked import COUNTING, unit_asked
from assistant.asking.records.fields import Sort
from assistant.asking.records.query import Measure, Query, Shape


def as_comparison(asked: Asked) -> Meaning | None:
    """Two or more things by one measure: 哪个多, 差多少, 几倍."""
    parts = asked.scope.parts
    which = MORE.search(asked.reading.text) is not None and len(parts) > 1
    if not _sets_against(asked) or asked.says("share") or (asked.says("sum", "mean") and not which):
        return None
    if not which and any(m.name == "gap" and of_an_aim(m) for m in asked.reading.fields):
        # 各差目标几家: each is set against what it aims at, not one against the other.
        return None
    if len(parts) < 2:
        return _rows_of_one(asked) or _rows_of_two(asked) or _within(asked)
    if not all(part.forms or part.rows for _, part in parts):
        return None
    of: Sort = "indicators" if all(part.rows for _, part in parts) and asked.of == "indicators" else "forms"
    if asked.reading.levels and asked.of == "indicators":
        return _of_kinds(asked)
    if of == "forms" and any(_of_a_row(asked, label, part) for label, part in parts):
        return None
    fields = asked.numeric(of)
    if of == "forms" and not fields and (unit := _counted_in(asked)):
        return _by_counts(asked, unit)
    fields = _measured(asked, of, fields)
    ask: Shape = "ratio" if asked.says("ratio") else "compare"
    queries = []
    for _, part in parts:
        rows = _fitting(asked, part.rows) if of == "indicators" else None
        queries.append(
            Query(
                of=of, forms=part.forms, rows=rows, ask=ask, measure=_measure(asked, fields[-1], part.forms)
            )
        )
    return Meaning(
        queries=tuple(queries),
        labels=tuple(office_label(asked, label, part.forms or ()) for label, part in parts),
    )


def _measured(asked: Asked, of: Sort, fields: list[str]) -> list[str]:
    """The fields to compare by, the last of which counts; of what is usual where none was said."""
    if not fields and of == "forms":
        points = any(m.name in ("mean", "median", "same") and "分" in m.text for m in asked.reading.marks)
        fields = ["total_lost" if asked.says("no_full") else "total" if points else "budget"]
    fields = ["completion"] if asked.says("nearest") else fields or ["actual"]
    if (
        of == "forms"
        and not asked.reading.levels
        and re.search("指标数?(?:更|要)?[多少]", asked.reading.text)
    ):
        fields = ["indicator_count"]
    return ["executed" if name == "overspent" else name for name in fields]


def _counted_in(asked: Asked) -> str:
    """The unit of things in which the difference is asked (少几个人); "" for an amount, points or none."""
    unit = unit_asked(asked.reading.text)
    return unit if unit in COUNTING and not unit.endswith("元") else ""


def _by_counts(asked: Asked, unit: str) -> Meaning:
    """这张表比那张少几个人: of each form its one row in that unit; the money of the forms is no answer."""
    queries = []
    for _, part in asked.scope.parts:
        of_part = [asked.entities.by_number[form] for form in part.forms or ()]
        rows = [(one.number, r.row or 0) for one in of_part for r in one.indicators if counts_in(r, unit)]
        if len(rows) != 1:
            return Meaning(kind="nothing", reason=f"按“{unit}”计数、可以直接比较的这一项")
        measure = Measure(op="sum", field="actual")
        queries.append(Query(of="indicators", rows=tuple(rows), ask="compare", measure=measure))
    return Meaning(queries=tuple(queries), labels=tuple(label for label, _ in asked.scope.parts))


def _sets_against(asked: Asked) -> bool:
    """Whether things are set against each other; 花的比预算少的 does so with two cells of each form."""
    if any(m.name.startswith("versus_") for m in asked.reading.marks) and asked.says("which"):
        return False
    said = asked.says("compare_two", "ratio", "top", "same", "nearest") or "比" in asked.reading.text
    return _one_of(asked) or said or _of_a_gap(asked)


def _one_of(asked: Asked) -> bool:
    """哪个, 谁, of several things named 哪家: one of them is asked for."""
    names = ["which"] if len(asked.scope.parts) < 2 else ["which", "which_unit"]
    said = [asked.reading.said[name].text for name in names if asked.says(name)]
    return any(re.match("是?(?:哪(?!些|几)|谁)", text) for text in said)


def _of_kinds(asked: Asked) -> Meaning | None:
    """天山与纺织培训谁满意度高: the indicators of one kind, of each of the things named."""
    where = tuple(asked.conditions("indicators"))
    field = next((name for name in asked.numeric("indicators") if name != "gap"), "actual")
    alike = asked.says("share", "ratio") or any(c.number is not None for c in where)
    if alike or any(len(part.forms or ()) != 1 for _, part in asked.scope.parts):
        return None
    queries = tuple(
        Query(
            of="indicators",
            forms=part.forms,
            where=where,
            ask="compare",
            measure=Measure(op="mean", field=field),
        )
        for _, part in asked.scope.parts
    )
    return Meaning(queries=queries, labels=tuple(label for label, _ in asked.scope.parts))


def _of_a_row(asked: Asked, label: str, part: Scope) -> bool:
    """Whether only an indicator is called so: the money of its form is not its own."""
    return bool(part.rows) and all(asked.entities.beside_form(label, form) for form in part.forms or ())


def _fitting(asked: Asked, rows: tuple[RowId, ...]) -> tuple[RowId, ...]:
    """Of the rows of one thing those that count in the unit asked: 中博会和APEC的签约额差多少万."""
    return asked.fitting_rows(rows) if len(rows) > 1 else rows


def _rows_of_one(asked: Asked) -> Meaning | None:
    """园区两个增速差几个点: two rows of one form, where nothing is said of what they aim at."""
    text = asked.reading.text
    rows = asked.scope.rows or _of_the_kinds(asked)
    if len(rows) != _TWO or len({form for form, _ in rows}) > 1 or not _TWO_ROWS.search(text):
        return None
    apart = asked.says("compare_two") or any(m.name == "gap" for m in asked.reading.fields)
    if not apart or _MISSED.search(text) or AIM.search(text):
        return None
    measure = Measure(op="sum", field="actual")
    where = tuple(c for c in asked.conditions("indicators") if c.field in ("level1", "level2"))
    base = Query(of="indicators", where=where, ask="compare", measure=measure)
    queries = tuple(base.model_copy(update={"rows": (row,)}) for row in rows)
    return Meaning(queries=queries, labels=tuple(asked.record(row)["name"].text for row in rows))


def _of_the_kinds(asked: Asked) -> tuple[RowId, ...]:
    """两项成本: the rows of one form that are of the kind said."""
    if not asked.one_form() or len(asked.reading.levels) != 1:
        return ()
    form, kind = (asked.scope.forms or (0,))[0], asked.reading.levels[0].name
    records = asked.entities.by_number[form].indicators
    return tuple((form, record.row or 0) for record in records if kind in record["level2"].text)


_TWO_ROWS = re.compile("(?:两|2|二)[个项条](?!百分点|点)|两者|二者|俩|相差|之间")


def _rows_of_two(asked: Asked) -> Meaning | None:
    """两张表都有的征缴指标, 哪张收得多, 多收多少: one row in each of two forms."""
    rows = asked.scope.rows
    names = {asked.entities.by_number[form].record["project_name"].text: form for form, _ in rows}
    text = asked.reading.text
    if len(rows) == len(names) == _TWO and _EACH_AND_WHO.search(text):
        return _each_of_two(asked, rows, tuple(names))
    if (
        len(rows) != 2
        or len(names) != 2
        or not (asked.says("same", "nearest") or _WHICH_FORM.search(text))
        or _MISSED.search(text)
    ):
        return None
    asked_for = asked.numeric("indicators")
    fields = [name for name in asked_for if name not in ("gap", "completion")]
    nearest = "completion" in asked_for or asked.says("nearest")
    fields = ["completion"] if nearest else fields or ["actual"]
    measure = Measure(op="sum", field=fields[0])
    queries = tuple(Query(of="indicators", rows=(row,), ask="compare", measure=measure) for row in rows)
    return Meaning(queries=queries, labels=tuple(names))


_WHICH_FORM = re.compile(
    "(?:哪(?:个|张|份|边|家|笔)(?:项目|表)?|谁)[一-龥]{0,4}?(?:多|少|高|低|大|小|好)|(?:两[张个份者]|相互)[^,;]*差(?:多少|几)"
    "|两[张个份者][^,;]*(?:一样|相同|一致)"
)


_TWO = 2
_EACH_AND_WHO = re.compile("(?:各|分别)[^;]{0,14},[^;]*(?:哪[个张边]|谁)[^,;]{0,6}[多少高低大小好差]")


def _each_of_two(asked: Asked, rows: tuple[RowId, ...], names: tuple[str, ...]) -> Meaning:
    """各完成了多少, 谁多: the figure of each is told beside what sets them against each other."""
    asked_for = asked.numeric("indicators")
    if "gap" in asked_for or _MISSED_ONLY.search(asked.reading.text):
        show = ("target", "actual", "gap")
        return Meaning(queries=(Query(of="indicators", rows=rows, ask="cells", show=show),))
    field = "completion" if "completion" in asked_for else next(iter(asked_for), "actual")
    measure = Measure(op="sum", field=field)
    queries = tuple(Query(of="indicators", rows=(row,), ask="compare", measure=measure) for row in rows)
    return Meaning(queries=queries, labels=names)


_MISSED_ONLY = re.compile("没完成|未完成|没达|未达|差额|缺口")


def _of_a_gap(asked: Asked) -> bool:
    return "gap" in asked.said_names() or _GAP.search(asked.reading.text) is not None


_GAP = re.compile("之差|差值|相差")
_MISSED = re.compile("各|没完成|未完成|没达|未达|差额")
"""What each is short of is another figure of each."""


def _within(asked: Asked) -> Meaning | None:
    """The two forms of one office: 两个项目差多少."""
    forms = asked.scope.forms
    fields = [name for name in asked.numeric("forms") if name != "gap"]
    if (
        asked.scope.rows
        or asked.says("others")
        or forms is None
        or len(forms) != 2
        or not fields
        or not (asked.says("compare_two", "ratio", "same") or _of_a_gap(asked))
    ):
        return None
    queries = tuple(
        Query(of="forms", forms=(number,), ask="compare", measure=Measure(op="sum", field=fields[0]))
        for number in forms
    )
    labels = tuple(asked.entities.by_number[number].record["project_name"].text for number in forms)
    return Meaning(queries=queries, labels=labels)


def _measure(asked: Asked, field: str, forms: tuple[int, ...] | None) -> Measure:
    if re.search("(?:项目|表)(?:数量?|个数)?(?:更|要)?(?:多|少)", asked.reading.text) and not asked.numeric(
        "forms"
    ):
        return Measure(op="count")
    several = len(forms or ()) > 1
    mean = asked.says("mean") or (several and field in ("rate", "total"))
    return Measure(op="mean" if mean else "sum", field=field)
