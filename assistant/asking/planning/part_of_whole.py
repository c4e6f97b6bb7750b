"""What one thing has of an amount of several: 轻工处的预算里，葡萄酒占多少; 葡萄酒占轻工处预算的百分之几."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from assistant.asking.language.patterns import WHOLE
from assistant.asking.planning.figure_words import adds_figures
from assistant.asking.planning.meaning import Meaning, forms_named
from assistant.asking.planning.operands import Operand, Understand, operand_of
from assistant.asking.reading.entities import Entities
from assistant.asking.reading.mentions import Reading
from assistant.asking.records.fields import FIELDS
from assistant.asking.records.query import Query, Step
from assistant.form.units import is_money

_OWN = "(?:一[家项个条块]|自己|本身|单独|独自|(?:这|那)[个家张份条项块笔](?:项目|表|指标)?)*"
_HAS = re.compile(f"{_OWN}(?:独|就|只|才|仅|共|约|大概|大约|能|要|一共|总共)*占(?:了|到|去|据|的)*")
_SHARE = re.compile(
    "(?:其中|总数|总量)?的?(?:(?:多少|几)(?:个?百分点|%)?(?:的?(?:比例|比重|份额))?|百分之(?:几|多少)|几成|几分之几"
    "|(?:多大|什么)的?(?:比例|比重|份额|一块)?|(?:比例|比重|份额|百分比|比)(?:是|为|有)*(?:多少|多大|多高|几)?)"
    "[啊呀呢吧嘛]*$"
)
_AMONG = re.compile("(?:里头?面?|当?中|之中)(?:面)?(?:,|:|所)?|[,:]")
_STATED = re.compile(
    "(?:的)?(?:[这那](?:笔)?)?(?P<n>[0-9]+(?:[.][0-9]+)?)(?P<u>万元?|亿元?|元)的?"
    "(?P<field>年初预算|全年预算数?|预算数?|全年执行数|执行数|支出)?(?:资金|经费|的?钱|总额)?$"
)
"""20万, 9580万的预算: an amount by how much it is."""
_IN_10000 = {"万": Decimal(1), "亿": Decimal(10000), "元": Decimal("0.0001")}
_AMOUNTS = ("executed", "budget", "initial")
_SUMS = re.compile("合计|总额|总数|总和|之和|加起来|一共|总共")


def as_part_of_whole(text: str, plain: Meaning, understand: Understand, entities: Entities) -> Meaning | None:
    """The share of two figures of one field, of which the second is added up over what holds the first.

    Unclear where both are named and ``plain`` would take the part of all that there is.
    """
    if "占" not in text or adds_figures(text) or re.search("(?:各自?|分别)占", text):
        return None
    named = False
    for part, whole in _divided(text, entities):
        if (meaning := _row_of_form(part, whole, understand, entities)) is not None:
            return meaning
        _, reading = understand(whole)
        if not reading.names_something() or re.search(f"{WHOLE}(?:的)?(?:项目|表)", whole):
            continue
        if (meaning := _share(part, whole, reading, understand, entities)) is not None:
            return meaning
        named = named or understand(part)[1].names_something()
    of_all = any(
        query.measure is not None and query.measure.op == "share" and query.base_forms in (None, query.forms)
        for query in plain.queries
    )
    return Meaning(kind="unclear", reason="占") if named and of_all else None


def _divided(text: str, entities: Entities) -> Iterator[tuple[str, str]]:
    """The part and the whole, in every way in which the text can be divided."""
    for has in _HAS.finditer(text):
        told, asked = text[: has.start()], _SHARE.search(text, has.end())
        if asked is None or entities.in_a_word(text, text.index("占", has.start())):
            continue
        if asked.start() > has.end():
            middle = text[has.end() : asked.start()]
            for among in _AMONG.finditer(told):
                if among.start() and told[among.end() :]:
                    yield told[among.end() :], f"{told[: among.start()].removeprefix('在')}的{middle}"
            yield told, middle
            continue
        for among in _AMONG.finditer(told):
            part, whole = told[among.end() :], told[: among.start()]
            if whole and part and not re.search("[,;]", part):
                yield part, whole.removeprefix("在")
            if whole and not part.strip(",:"):
                yield from _inside(whole)


def _inside(text: str) -> Iterator[tuple[str, str]]:
    """A在B(里): what stands on either side of 在."""
    for found in re.finditer("在", text):
        part, whole = text[: found.start()].strip(",:"), text[found.end() :]
        if part and whole:
            yield part, whole


def _share(
    part: str, whole: str, reading: Reading, understand: Understand, entities: Entities
) -> Meaning | None:
    fields = reading.fields or understand(part)[1].fields
    if not fields:
        return None
    field = fields[-1].text.removeprefix("的")
    said = whole if reading.fields else f"{whole}的{field}"
    of_all = _summed(said, understand, entities)
    if of_all is None or _is_one(of_all.query):
        return None
    own = part if understand(part)[1].fields else f"{part}的{field}"
    of_part = operand_of(own, understand, entities)
    if of_part is None or not _belongs(of_part, of_all):
        of_part = _summed(own, understand, entities)
    if of_part is None or not _belongs(of_part, of_all):
        return None
    return _a_share(of_part, of_all)


def _row_of_form(part: str, whole: str, understand: Understand, entities: Entities) -> Meaning | None:
    """招商那20万里，委托业务费占几成: one indicator's amount, of an amount of its form's."""
    of_form = _amount_of_form(whole, understand, entities)
    if of_form is None or of_form.form is None:
        return _row_of_rows(part, whole, understand, entities)
    found = _money_row(part, f"{of_form.form}号表的", understand, entities)
    return _a_share(found, of_form) if found is not None and found.form == of_form.form else None


def _row_of_rows(part: str, whole: str, understand: Understand, entities: Entities) -> Meaning | None:
    """设备购置支出占三项成本的几成: one indicator's amount, of those of a kind in its form."""
    meaning, reading = understand(whole)
    if not reading.levels:
        return None
    named = sorted(forms_named(meaning)) if reading.names_something() else []
    of_form = f"{named[0]}号表的" if len(named) == 1 else ""
    found = _money_row(part, of_form, understand, entities)
    if found is None or found.form is None:
        return None
    said = f"{whole}的{FIELDS['indicators'][found.field].label}合计"
    of_kind = operand_of(said if of_form else f"{found.form}号表的{said}", understand, entities)
    if of_kind is None or of_kind.query.of != "indicators" or of_kind.form != found.form:
        return None
    return _a_share(found, replace(of_kind, label=said)) if of_kind.field == found.field else None


def _money_row(part: str, of_form: str, understand: Understand, entities: Entities) -> Operand | None:
    """The amount that one indicator reached, else aims at; None where it is no amount."""
    own = part.strip(",:")
    for said in (own, f"{own}的实际完成值", f"{own}的目标值"):
        found = operand_of(f"{of_form}{said}", understand, entities)
        if found is None or found.query.of != "indicators" or found.op != "sum" or not found.query.rows:
            continue
        cells = [entities.by_number[form].indicators[row - 1][found.field] for form, row in found.query.rows]
        if all(one.number is not None and is_money(one.unit) for one in cells):
            return found
    return None


def _a_share(part: Operand, whole: Operand) -> Meaning:
    first = part.query.model_copy(update={"steps": (Step(op="share", of=(0, 1)),)})
    return Meaning(queries=(first, whole.query), labels=(part.label, whole.label))


def _amount_of_form(whole: str, understand: Understand, entities: Entities) -> Operand | None:
    """An amount of one form: its field said, or how much it is, 招商那20万."""
    stated = _STATED.search(whole)
    if stated is None:
        found = operand_of(whole, understand, entities)
        return found if found is not None and found.field in _AMOUNTS and found.query.of == "forms" else None
    name, said = whole[: stated.start()], Decimal(stated["n"]) * _IN_10000[stated["u"][0]]
    fields = [stated["field"]] if stated["field"] else ["执行数", "预算", "年初预算"]
    for field in fields if name else ():
        found = operand_of(f"{name}的{field}", understand, entities)
        if found is None or found.form is None or found.field not in _AMOUNTS:
            continue
        if entities.by_number[found.form].record[found.field].number == said:
            return found
    return None


def _summed(said: str, understand: Understand, entities: Entities) -> Operand | None:
    """The sum over all that is said."""
    return operand_of(said if _SUMS.search(said) else f"{said}合计", understand, entities)


def _is_one(query: Query) -> bool:
    """Whether it is of one record: that is no whole of several."""
    return len(query.rows or ()) == 1 or (query.of == "forms" and len(query.forms or ()) == 1)


def _belongs(part: Operand, whole: Operand) -> bool:
    """Whether the first is of the same sort and field, and of some of the records of the second."""
    one, all_of = part.query, whole.query
    if (one.of, part.field, part.op) != (all_of.of, whole.field, whole.op) or one == all_of:
        return False
    if all_of.rows is not None and not set(one.rows or ()) <= set(all_of.rows):
        return False
    if all_of.forms is None:
        return False
    forms = {form for form, _ in one.rows or ()} or set(one.forms or ())
    return bool(forms) and forms <= set(all_of.forms)
