"""Questions for one cell, or a few, of what is named; and the question back where too much is meant."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.asking.planning.asked import EXPLAINING, Asked
from assistant.asking.planning.joint_rows import HELD_TOGETHER, one_of_several
from assistant.asking.planning.kinds import one
from assistant.asking.planning.meaning import Choice, Meaning
from assistant.asking.reading.conditions import MONEY
from assistant.asking.reading.matching import RowId
from assistant.asking.reading.narrowing import counts_in
from assistant.asking.records.fields import FIELDS
from assistant.asking.records.query import Measure, Query
from assistant.form.text import pairs
from assistant.form.units import is_money

_WHEN = re.compile("什么时候|何时|哪一?天|几月|几号")
_IDENTITY = re.compile(
    "谁|哪家(?!处室|单位|也?(?:设|定|有|用))|哪(?:些|几[个家位名])(?!指标|项目|表|处室|单位)|什么(?!情况)|啥(?!情况)"
    "|哪(?:[0-9]+|[一二两三四五六七八九十百]+)[个家位名种支]|(?<!指标)(?<!项目)(?<!表)(?<!专项)名[单录册]|花名册"
    "|何时|哪[天年月]|哪里|哪儿|怎么(?!样|完成)|为何"
)
"""What a number does not answer."""
_THING_ASKED = re.compile(
    "[一-龥]了?(?<!是)(?<!为)(?<!于)(?:什么|啥)(?!情况|样|水平|程度|等)|给谁|(?:哪些|哪几[个家种])"
)
"""花的钱买了什么: a figure does not tell."""
_NOT_MONEY = re.compile("(?:多少|几)个?(?:人|名|户|位|家|场|次|期|天)(?!单)")
_EACH_PERSON = re.compile("(?:[0-9]+|[一二两三四五六七八九十]+)(?:个人|[人名位户])(?:各自?|分别)")
_COUNTED = frozenset("家人名次场期篇天户")
_DONE_ASKED = re.compile("[,;][^,;]*了(?:多少|几)")
_MANY = 8
_FEW = 4
_EXTRA = {
    "unit_name": "unit",
    "unit_who": "unit",
    "unit_asked": "unit",
    "project_text": "project_name",
    "year_text": "year",
}


def as_cells(asked: Asked) -> Meaning | None:
    """The cells asked for; over the whole library only where each form is asked."""
    if not asked.scope.named:
        return _over_all(asked)
    show = tuple(_fields(asked))
    if (
        asked.of == "indicators"
        and not asked.fields(asked.of)
        and (other := _IDENTITY.search(asked.reading.text))
        and not asks_a_date(asked)
    ):
        return Meaning(kind="nothing", reason=f"“{other[0]}”所问的内容，这一项只填了数值")
    if not show:
        return _counted(asked) if asked.of == "forms" else None
    if asked.of == "forms" and (found := _counted(asked)) is not None:
        return found
    return _of_forms(asked, show) if asked.of == "forms" else _of_rows(asked, show)


def asks_a_date(asked: Asked) -> bool:
    """什么时候完工的: when, of an indicator that tells a date."""
    if not asked.scope.rows or not _WHEN.search(asked.reading.text):
        return False
    kinds = {
        asked.record(row)[f"{cell}_kind"].text for row in asked.scope.rows for cell in ("target", "actual")
    }
    return "日期" in kinds


def _of_forms(asked: Asked, show: tuple[str, ...]) -> Meaning:
    """Cells of the heads of forms, where what is asked is a figure of theirs."""
    forms = tuple(form for form in asked.scope.forms or () if form not in asked.scope.without)
    figures = all(FIELDS["forms"][name].unit for name in show)
    if figures and (thing := _THING_ASKED.search(asked.reading.rest)):
        return Meaning(kind="nothing", reason=f"“{thing[0]}”所问的内容，表里只填了数字")
    counted = _NOT_MONEY.search(asked.reading.text)
    if (each := _EACH_PERSON.search(asked.reading.text)) and set(show) <= set(MONEY):
        return Meaning(kind="nothing", reason=f"“{each[0]}”的金额")
    if counted and set(show) <= set(MONEY):
        return Meaning(kind="nothing", reason=f"“{counted[0]}”的这一项")
    if (part := of_a_part(asked)) is not None:
        return Meaning(kind="nothing", reason=f"“{part}”的这一项数字")
    if len(forms) > _MANY and not (asked.scope.by_office or asked.scope.given):
        return _choices(asked, forms)
    aside = asked.scope.without
    return one(
        Query(
            of="forms", forms=forms, without=aside, show=show, also=_added_up(asked, forms, show), ask="cells"
        )
    )


def _added_up(asked: Asked, forms: Sequence[int], show: tuple[str, ...]) -> tuple[Measure, ...]:
    """两个项目花了多少钱: each amount, and what they add up to; 分别, 各 ask for each alone."""
    amount = len(show) == 1 and FIELDS["forms"][show[0]].unit == "万元" and not asked.scope.parts
    each = re.search("分别|各", asked.reading.text) or asked.says("sum", "mean", "share", "ratio")
    one_year = len(forms) > 1 and len({asked.entities.by_number[form].year for form in forms}) == 1
    return (Measure(op="sum", field=show[0]),) if amount and one_year and not each else ()


def _of_rows(asked: Asked, show: tuple[str, ...]) -> Meaning:
    """Cells of indicators, where one of them counts in the unit that is asked and has the number said."""
    rows = asked.fitting_rows(_rows(asked))
    if asked.scope.rows and (unit := asked.counts_other(rows)):
        return Meaning(kind="nothing", reason=f"按“{unit}”计数的这一项")
    if told := _not_told(asked, rows):
        return Meaning(kind="nothing", reason=told)
    if (number := _other_number(asked, rows)) is not None:
        return Meaning(kind="unclear", reason=number)
    if len(rows) == 1 and (part := one_of_several(asked.record(rows[0]), asked.scope.words)) is not None:
        return Meaning(kind="nothing", reason=f"“{part}”{HELD_TOGETHER}")
    if len(rows) <= _MANY:
        return one(Query(of="indicators", rows=rows, show=show, ask="cells"))
    if asked.scope.given and asked.scope.rows:
        return one(Query(of="indicators", rows=rows, show=show, ask="list"))
    several = len({form for form, _ in rows}) > 1
    if not asked.scope.rows and not several and not _of_indicators(asked):
        return Meaning(kind="unclear")
    return _choices(asked, [form for form, _ in rows]) if several else _all_of(asked, show)


def _not_told(asked: Asked, rows: Sequence[RowId]) -> str:
    """Another unit that is asked too, or an amount for each of several persons; "" for neither."""
    if unit := _other_unit_too(asked, rows):
        return f"按“{unit}”计数的这一项"
    each = _EACH_PERSON.search(asked.reading.text)
    of_money = all(is_money(asked.record(row)["actual"].unit) for row in rows)
    return f"“{each[0]}”的金额" if each and of_money else ""


_UNITS_ASKED = re.compile("(?:多少|几)个?([人名家户次场期篇天万元钱])")


def _other_unit_too(asked: Asked, rows: Sequence[RowId]) -> str:
    """发了多少人、多少万: of two units that are asked the one in which none of ``rows`` counts; else ""."""
    asked_in = ["元" if unit in "万元钱" else unit for unit in _UNITS_ASKED.findall(asked.reading.text)]
    units = list(dict.fromkeys(asked_in))
    records = [asked.record(row) for row in rows]
    missing = (unit for unit in units if not any(counts_in(record, unit) for record in records))
    return next(missing, "") if len(units) > 1 else ""


def _of_indicators(asked: Asked) -> bool:
    """Whether indicators are spoken of, so that all of a form may be meant."""
    return bool(asked.reading.levels) or any(noun.name == "row" for noun in asked.reading.nouns)


def _other_number(asked: Asked, rows: Sequence[RowId]) -> str | None:
    """十三家园区 said of an indicator in which no such number stands: something else is meant."""
    for bound in asked.reading.bounds:
        said = asked.reading.text[bound.start : bound.end]
        if bound.signed or bound.unit not in _COUNTED:
            continue
        texts = [f"{r['name'].text} {r['target'].text} {r['actual'].text}" for r in map(asked.record, rows)]
        if not any(f"{bound.number}" in text or said in text for text in texts):
            return said
    return None


def of_a_part(asked: Asked) -> str | None:
    """服务券发了多少钱: the money of a whole form is no answer for what one of its indicators counts."""
    if asked.rows_spoken or not asked.said_names() & {"budget", "executed", "overspent", "unspent"}:
        return None
    if (bought := _bought(asked)) is not None:
        return bought
    for label, part in asked.scope.parts:
        names = [asked.entities.by_number[form].record["project_name"].text for form in part.forms or ()]
        if part.rows and not any(pair in name for name in names for pair in pairs(label)):
            return label
    if not asked.scope.rows:
        return _told_beside(asked) if asked.scope.passages else None
    counted = [b for b in asked.reading.bounds if b.unit in _COUNTED and not b.signed]
    if counted:
        return asked.reading.text[counted[0].start : counted[0].end]
    for word in asked.scope.words:
        beside = [asked.entities.beside_form(word, form) for form in asked.scope.forms or ()]
        if beside and all(beside):
            return beside[0]
    return None


_BOUGHT = frozenset(("采购", "购买", "聘请", "邀请", "签约", "招标"))


def _bought(asked: Asked) -> str | None:
    """采购节约了多少: what only a part of the money was for, though a name need not hold the word."""
    names = [asked.entities.by_number[form].record["project_name"].text for form in asked.scope.forms or ()]
    said = [word for word in asked.scope.words if word in _BOUGHT]
    return next((word for word in said if names and not any(word in name for name in names)), None)


def _told_beside(asked: Asked) -> str | None:
    """A word that only the prose of a form has, of which its money is not told."""
    narrows = (
        asked.reading.causes or asked.reading.quotes or asked.head or EXPLAINING.search(asked.reading.text)
    )
    forms = asked.scope.forms or tuple(dict.fromkeys(form for form, _ in asked.scope.passages))
    if narrows or len(forms) != 1:
        return None
    name = asked.entities.by_number[forms[0]].record["project_name"].text
    words = [word for word in asked.scope.words if len(word) > 1]
    return next((word for word in words if not any(pair in name for pair in pairs(word))), None)


def _counted(asked: Asked) -> Meaning | None:
    """十四五规划编制了几篇: of the named form the indicators that count in this unit."""
    forms = asked.scope.forms or ()
    if (
        not re.search("(?:多少|几)(?!个?(?:项目|表|指标|处室|分|钱|号))", asked.reading.text)
        or len(forms) > 1
    ):
        return None
    every = tuple((n, r.row or 0) for n in forms for r in asked.entities.by_number[n].indicators)
    rows = asked.fitting_rows(every)
    if (
        asked.said_names() - {"actual", "target", "gap", "completion"}
        or len(rows) == len(every)
        or len(rows) > _FEW
    ):
        return None
    return one(Query(of="indicators", rows=rows, show=("actual",), ask="cells"))


def _rows(asked: Asked) -> tuple[RowId, ...]:
    if asked.scope.rows:
        return asked.scope.rows
    forms = [asked.entities.by_number[number] for number in asked.scope.forms or ()]
    return tuple((form.number, record.row or 0) for form in forms for record in form.indicators)


def _all_of(asked: Asked, show: tuple[str, ...]) -> Meaning:
    return one(Query(of="indicators", forms=asked.scope.forms, show=show, ask="list"))


def _fields(asked: Asked) -> list[str]:
    show = asked.fields(asked.of)
    if asked.of == "forms":
        names = asked.said_names()
        show += [field for word, field in _EXTRA.items() if word in names]
        show += ["unit"] if asked.says("which_unit") else []
        plain_name = (
            not re.search("谁|哪|多少|什么|啥|吗|几|怎", asked.reading.text) or "情况" in asked.reading.text
        )
        return list(dict.fromkeys(show)) or (["budget", "executed", "total"] if plain_name else [])
    if (
        show
        and "actual" not in show
        and re.search("(?<!目标)(?<!指标值)是?(?:多少|几)[,;]", asked.reading.text)
    ):
        show = ["actual", *show] if "target" not in show[:1] else show
    if "gap" in show and "actual" not in show:
        show = ["actual", *show]
    if show == ["target"] and (
        len(re.findall("多少|几", asked.reading.text)) > 1 or _asks_what_came_of_it(asked)
    ):
        show = ["actual", "target"]
    if asked.says("ratio") and "completion" not in show:
        show = [*show, "completion"]
    if asked.said_names() & {"unit_name", "unit_who"} or asked.says("which_unit"):
        show = [*show, "unit"]
    if "project_text" in asked.said_names():
        show = [*show, "project_name"]
    return show or ["actual"]


def _asks_what_came_of_it(asked: Asked) -> bool:
    """说好要组织50家,到底去了几家: the aim is told as known, and a later clause asks what was done."""
    text, aims = asked.reading.text, [m.end for m in asked.reading.fields if m.name == "target"]
    done = _DONE_ASKED.search(text, max(aims, default=0))
    return done is not None and re.search("[0-9]", text[max(aims, default=0) : done.start()]) is not None


def _over_all(asked: Asked) -> Meaning | None:
    fields = asked.fields(asked.of)
    if asked.says("per_form") and fields:
        where = tuple(asked.conditions(asked.of))
        return one(Query(**asked.scoped(asked.of), show=tuple(fields), where=where))
    if asked.says("sum", "count") and not fields and "表" in asked.reading.text:
        return one(Query(**asked.scoped(asked.of), ask="count"))
    if fields and not asked.noun:
        return _ways(asked, fields[0])
    return None


def _ways(asked: Asked, field: str) -> Meaning:
    """A field with nothing else said: what may be meant of it."""
    known = FIELDS[asked.of][field]
    if not known.unit or asked.of != "forms":
        return _choices(asked, ())
    label = known.label
    whole = [("合计", f"所有项目的{label}合计是多少")] if known.unit == "万元" else []
    if field == "rate":
        whole = [("总体", "所有项目的总体执行率是多少")]
    asks = [*whole, ("平均", f"所有项目的平均{label}是多少"), ("从高到低", f"所有项目按{label}从高到低排序")]
    asks += [("最高的项目", f"{label}最高的项目是哪个"), ("最低的项目", f"{label}最低的项目是哪个")]
    return Meaning(
        kind="choose", choices=tuple(Choice(label=f"{label}：{way}", question=text) for way, text in asks)
    )


def _choices(asked: Asked, found: Sequence[int]) -> Meaning:
    chosen = list(dict.fromkeys(found))[:_MANY] or [one.number for one in asked.entities.forms[:_MANY]]
    names = [asked.entities.by_number[number].form.project_name for number in chosen]
    choices = tuple(
        Choice(label=name, question=f"{number}号表的{asked.reading.text}")
        for name, number in zip(names, chosen, strict=True)
    )
    return Meaning(kind="choose", choices=choices)
