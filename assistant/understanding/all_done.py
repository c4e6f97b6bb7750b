"""其他都完成了, 其余按目标值填: the actual values of all rows that have none yet, as far as the words go."""

from __future__ import annotations

import re

from assistant.form.model import Form, Indicator
from assistant.form.rounding import plain
from assistant.rules.score import total_fund_row
from assistant.understanding.clauses import split
from assistant.understanding.fund_facts import cell_amount
from assistant.understanding.quantities import Quantity, find_quantities
from assistant.understanding.reading import Reading
from assistant.understanding.row_facts import actual_text, wants
from assistant.understanding.row_matching import find_rows, is_blank, is_worded

_OTHERS = r"(?:其他|其它|其余|剩下|剩余|余下|各项|所有|全部|以上|上述|别)的?"
_REST = rf"{_OTHERS}(?:各项|几项|各?行|指标|任务|工作|内容|方面|的)*"
_FILLING = r"(?:都|均|也|全部?|已经?|按期|按时|按计划|如期|基本|顺利|就|统一|可以|直接|请|帮我)*"
_DONE = re.compile(
    rf"{_REST}{_FILLING}(?:完成|达标|达到(?:了)?(?:目标|要求|预期)|达成|实现|没(?:有)?问题|做完|办完)"
)
_VALUE = r"(?:年初|年度|今年|原定|预定|设定|计划)?的?(?:绩效)?(?:目标值?|指标值|目标数|计划数?|计划值)"
_AS_TARGET = re.compile(
    rf"(?:{_REST})?{_FILLING}"
    rf"(?:(?:按照?|照着?|依照?|跟|和|与|同|等于|达到了?|达成了?|完成了?|就?是|为|填|写)+{_VALUE})"
    r"(?:一样|一致|相同|持平|完成|填写?|写|来|达到|实现|算|执行|即可|就行|就好|都|的|了|吧|哈|，)*"
)
_EXCEPT = re.compile(
    r"除(?:了|去|开|掉)?(?P<names>[^，。；]{2,40}?)(?:这[两几三四]?[项个条]|之外|以外|外|，|没有?|只|未|$)"
)
_BUT = re.compile(
    r"(?:就是|就|只有|只是|但是?|不过)(?P<names>[^，。；]{2,16}?)(?:还|都)?(?:差|少|没(?!问题)|未|低|晚|不够)"
)
_KEPT = re.compile(
    r"(?:只留|保留|留着?|只要)(?P<names>[^，。；]{2,40}?)(?:这[两几三四]?[项个条行]|就行|，|$)"
)
_MANY = (
    r"(?P<many>[一两二三四五六七八九十几\d]{1,2}|些)?(?:[个条项行样](?:指标|任务|工作|内容)?|指标|任务|的)"
)
_JUST_ADDED = r"(?:刚才?|刚刚|新|后来?)(?:加|添|补|增|说|提|列|报|写)(?:上|入|到|进去)?的?(?:这|那)?"
_POINTED_AT = r"(?:这|那|上面|前面|上述|以上|刚才)(?:的|这|那)?"
_THESE = re.compile(
    rf"^(?:那|好|嗯|现在)?(?:{_JUST_ADDED}(?:{_MANY})?|{_POINTED_AT}{_MANY.replace('many', 'many2')})"
    r"(?P<done>[\u3400-\u9fff]{2,16})$"
)
_THEY_ARE = re.compile(
    rf"{_FILLING}(?:(?P<exact>(?:按照?|照着?|依照?)?{_VALUE}(?:都|全部?)*(?:完成|做完|办完|做到|达到|做|填|算|来|写)+|(?:跟|和|与|同|等于|完成|达到|就是)+{_VALUE}(?:一样|一致|相同|持平)?)"
    r"|完成|做完|办完|做到|达标|达到|实现|搞定|弄完|干完|没(?:有)?问题|到位|落实)(?:了|的|吧|啦|哈|算)*"
)
_NUMBERS = {word: number for number, word in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_AND = re.compile(r"和|与|及|、|跟|还有")
_NOT = re.compile(r"没(?!问题|有问题)|未|不(?!动产)|差")
_TOTAL = re.compile(r"总成本|总费用|总支出|总投资|总经费")
_COST = re.compile(r"成本|经费|费用?")


def read_all_done(reading: Reading, clause: str) -> bool:
    """Reads a clause that speaks of all rows at once. True where it does.

    Done as planned: wordings and rates that can only be 100%. Done by the target's value: its figure too.
    What it cost is what was spent, where the target is the whole budget. Days are told by nobody else.
    """
    exact = _AS_TARGET.fullmatch(clause)
    if (not exact and not _DONE.search(clause)) or _NOT.search(clause):
        return False
    spared = spared_rows(reading)
    rows = [row for row in wants(reading.form, "actual") if row not in spared]
    left = []
    before = len(reading.sets)
    for row in rows:
        if not is_blank(reading.form.indicators[row - 1].target):
            value = _value(reading.form, reading.form.indicators[row - 1], exact=exact is not None)
            if value:
                reading.set("indicators", row, "actual", value)
            else:
                left.append(row)
    if left:
        reading.remark(_still_open(reading.form, left, exact=exact is not None))
    elif not reading.form.indicators:
        reading.remark("还没有指标，等指标定下来再填完成值。")
    elif len(reading.sets) == before:
        reading.same = True
    return True


def read_these_done(reading: Reading) -> None:
    """Reads the clauses on the rows named last before their number is read as a figure (这三条都完成了)."""
    for sentence in split(reading.rest, reading.form.year):
        for clause in sentence.clauses:
            now = clause.mood == "stated" and clause.when in ("", "present")
            if now and _read_these(reading, clause.text):
                reading.take(clause.start, clause.end)


def _read_these(reading: Reading, clause: str) -> bool:
    """这两条照目标完成, 刚加的都完成了: the rows that were added or changed last. True where it says so."""
    found = _THESE.match(clause)
    done = _THEY_ARE.fullmatch(found["done"]) if found is not None else None
    rows = _rows_named(reading, found["many"] or found["many2"]) if found is not None and done else []
    if done is None or not rows:
        return False
    left = []
    for row in rows:
        indicator = reading.form.indicators[row - 1]
        told = done["exact"] is not None or _target_sign(indicator) not in ("≤", "<")
        if value := _value(reading.form, indicator, exact=told):
            reading.set("indicators", row, "actual", value)
        else:
            left.append(row)
    if left:
        reading.remark(_still_open(reading.form, left, exact=True))
    return True


def _rows_named(reading: Reading, many: str | None) -> list[int]:
    """The open rows among those named last; of more than ``many`` the last ones, of fewer none."""
    names = reading.situation.named
    rows = [row for row in wants(reading.form, "actual") if reading.form.indicators[row - 1].name in names]
    spared = spared_rows(reading)
    rows = [
        row for row in rows if row not in spared and not is_blank(reading.form.indicators[row - 1].target)
    ]
    count = int(many) if many and many.isdigit() else _NUMBERS.get(many or "")
    if count is None:
        return rows
    rows.sort(key=lambda row: names.index(reading.form.indicators[row - 1].name))
    return rows[-count:] if count <= len(rows) else []


def _target_sign(row: Indicator) -> str:
    target = next(iter(find_quantities(row.target)), None)
    return target.sign if target is not None else ""


def spared_rows(reading: Reading) -> set[int]:
    """The rows of 除了讲座和满意度，其他都…"""
    found = _EXCEPT.search(reading.text) or _KEPT.search(reading.text) or _BUT.search(reading.text)
    if found is None:
        return set()
    parts = [part for part in _AND.split(found["names"]) if part]
    return {row for part in (*parts, found["names"]) for row in find_rows(reading.form, part).rows}


def _still_open(form: Form, rows: list[int], *, exact: bool) -> str:
    numbers = "、".join(str(row) for row in rows)
    names = "、".join(f"“{form.indicators[row - 1].name}”" for row in rows[:3])
    if exact:
        return f"第{numbers}行（{names}）要填实际的日期或数，请告诉我。"
    return f"第{numbers}行要填具体的数，请告诉我实际完成多少；和目标一样的，可以说“其余按目标值填”。"


def _value(form: Form, row: Indicator, *, exact: bool) -> str:
    if is_worded(row):
        return row.target
    target = next(iter(find_quantities(row.target)), None)
    if target is None or target.number is None or target.upper is not None:
        return ""
    if cost := _spent(form, row, target):
        return cost
    whole = target.unit == "%" and target.number == 100 and target.sign in ("", "=", "≥")
    return actual_text(row, target) if exact or whole else ""


def _spent(form: Form, row: Indicator, target: Quantity) -> str:
    """What was spent, in the row's unit, where the row is the whole cost or the whole budget; else ""."""
    number = total_fund_row(form)
    if number is None or target.kind != "money" or not _COST.search(row.name):
        return ""
    line = form.funds[number - 1]
    budget, executed, yuan = cell_amount(line.budget), cell_amount(line.executed), target.in_yuan
    if budget is None or executed is None or yuan is None or target.number is None or not budget:
        return ""
    unit = 1 if form.money_unit == "元" else 10000
    if budget * unit != yuan and not _TOTAL.search(row.name):
        return ""
    return f"{plain(executed * unit * target.number / yuan)}{target.unit}"
