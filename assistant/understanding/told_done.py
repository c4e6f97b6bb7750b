"""Things told to be done or there as a whole, without a figure: 水泵都到货了, 书买齐了, 车辆装备都到齐了.

A row that counts them and has no result yet was done as planned.
"""

from __future__ import annotations

import re

from assistant.form.model import Form, Indicator
from assistant.form.units import is_money, standard
from assistant.understanding.clauses import split
from assistant.understanding.quantities import find_quantities
from assistant.understanding.reading import READ, Reading
from assistant.understanding.row_facts import actual_text, is_bad_event
from assistant.understanding.row_matching import STRONG, content_of, find_rows, is_blank

_ALL = r"(?:都|全部?|全都|均|一律|统统|通通|一[个台件场期次辆户]不[少落差漏])"
_VERB = (
    r"(?:采购|购置|购买|配备|配置|安装|改造|建设|维修|发放|举办|组织|培训|更换|铺设|栽植|种植|拍摄|印制|验收|交付|清理|检查|保养|维护|检修|养护|调试"
    r"|到|买|购|配|建|装|发|办|修|种|开|做|送|交|换|清|拆|拍|铺|栽|印|弄|搞|干|查|跑|讲|演|走)"
)
_COMPLETE = r"(?:齐全?|完毕?|好|成|妥|毕|完成|到位|到货)"
_DONE = (
    rf"(?:{_VERB}{_COMPLETE}|到货|到齐|到位|齐了?|完工|竣工|交付(?:使用)?|投用|投入使用|完成|落实到位|落实|开工完成"
    rf"|(?:{_VERB}起来|{_VERB})(?=了))"
)
_WHOLE = re.compile(
    rf"^(?P<names>[\u3400-\u9fffA-Za-z、]{{1,24}}?)(?:也|就|已经?|现在|年底前?|按[计合][划同]|按[时期]|如期|顺利)*"
    rf"(?P<all>{_ALL})?(?:已经?|按[计合][划同]|按[时期]|如期|顺利|给)*(?P<done>{_DONE})(?:了|啦|咯)*$"
)
_SURELY_WHOLE = re.compile(r"齐|完|到位|竣工|[装修建办配铺栽种]好")
_NOT_ALL = re.compile(
    r"没|未|不(?!锈|动产|少|落|差|漏)|差|缺|除|部分|基本|几乎|大多|多数|快|将|要|就|才|只|刚|开始|目标|计划|预计|争取|确保|打算|准备"
)
_AND = re.compile(r"、|和|与|跟|及|以及|还有")
_KINDS = {
    **dict.fromkeys(("设备", "装备", "仪器", "器材", "机器", "机具"), "台套件辆架艘部把支个"),
    **dict.fromkeys(
        ("物资", "货", "货物", "东西", "材料", "家具"), "台套件辆架艘部把支个张吨批箱份袋册双条顶"
    ),
    **dict.fromkeys(("车辆", "车"), "辆台"),
    **dict.fromkeys(("工程", "项目", "工地"), "座栋幢处个条公里米平方米"),
}
"""Words for things of many kinds, and the units in which such things are counted."""


_AS_IT_WAS = re.compile(
    r"(?P<names>[\u3400-\u9fff]{2,12}?)(?:也|就|都|还是|保持)*(?:没变|不变|没动|照旧|老样子|(?:和|跟|与|同)?(?:目标|计划)(?:数|值)?(?:一样|一致|相同|持平))(?:的|了)?"
)


def done_names(clause: str) -> tuple[str, ...]:
    """What a clause says was done as a whole, by its names; empty where it says no such thing."""
    if as_it_was := _AS_IT_WAS.fullmatch(clause):
        return (content_of(as_it_was["names"]),)
    found = _WHOLE.match(clause)
    if found is None or _NOT_ALL.search(clause) or find_quantities(clause):
        return ()
    if not found["all"] and not _SURELY_WHOLE.search(found["done"]):
        return ()
    return tuple(name for part in _AND.split(found["names"]) if (name := content_of(part)))


def read_done(reading: Reading) -> None:
    """Gives the target's value to the counting rows without a result that the message says were done."""
    for sentence in split(reading.rest, reading.form.year):
        for clause in sentence.clauses:
            if clause.mood != "stated" or clause.when not in ("", "present") or READ in clause.text:
                continue
            rows = [row for name in done_names(clause.text) for row in _rows(reading.form, name)]
            for row in dict.fromkeys(rows):
                indicator = reading.form.indicators[row - 1]
                target = find_quantities(indicator.target)[0]
                reading.set("indicators", row, "actual", actual_text(indicator, target, reading.form.year))
            if rows:
                reading.take(clause.start, clause.end)


def _rows(form: Form, name: str) -> tuple[int, ...]:
    """The open rows that a name means, or all that count things of the kind that it names."""
    waiting = [number for number, row in enumerate(form.indicators, 1) if _waits(row)]
    match = find_rows(form, name)
    named = [row for row in match.rows if row in waiting] if match.strength >= STRONG else []
    if len(named) == 1:
        return (named[0],)
    single = [n for n in waiting if len(name) == 1 and name in form.indicators[n - 1].name]
    if len(single) == 1:
        return (single[0],)
    units = next((units for word, units in _KINDS.items() if name.endswith(word)), "")
    return tuple(n for n in waiting if _unit(form.indicators[n - 1]) in units) if units else ()


def _waits(row: Indicator) -> bool:
    """Whether a row counts something, has a plan and no result."""
    target = next(iter(find_quantities(row.target)), None)
    return (
        target is not None
        and target.kind == "count"
        and target.upper is None
        and target.sign not in ("≤", "<")
        and not is_blank(row.target)
        and not row.actual.strip()
        and not is_money(target.unit)
        and not is_bad_event(row)
    )


def _unit(row: Indicator) -> str:
    return standard(find_quantities(row.target)[0].unit.lstrip("万亿"))
