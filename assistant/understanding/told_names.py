"""What a row that is spelled out is called: as the words have it, or after what it counts."""

from __future__ import annotations

import re

from assistant.understanding.measure import is_bad_event
from assistant.understanding.quantities import Quantity
from assistant.understanding.row_matching import without_row_numbers
from assistant.understanding.statements import count_name, read_statements
from assistant.understanding.told_pairs import Told

SHORTEST_NAME = 2
_PLANNED_END = re.compile(
    r"(?:标准[上里中]?(?:的?规定|写|要求)(?:的|是)*|(?:合同|方案|文件|协议|上级|上头)(?:[上里中])?(?:的?规?定|写|要求?)*(?:的|是)*"
    r"|原来|原先|原本|本来|当初|起初|最初|(?<!今)年初|一开始|年度|指标值|目标[值数]?|计划[数值]?|要求|呢|嘛|的话|也|同样|都|就|(?<![编书撰])写|填|(?<![稳固约决确鉴测规法指限])定|是|为|达到|：|，)+$"
    r"|(?:原来|原先|年初)?定的(?:是|为)*$"
)


_FRAME = re.compile(
    r"(?:是|为|达到?|[：，])+$|^(?:哦|嗯|哎呀?|对了|那个|然后|其中|另外|还有|以及|和|及(?!时)|还|已经?|累计|共|年度|全年|今年)+(?=..)"
)


_INNER_PLAN = re.compile(
    r"(?<=[\u3400-\u9fff]{2})(?<![主需重必])(?<!年初)(?<!原来)(?<!原先)(?<!本来)(?<!当初)(?<!今年)(?<!全年)(?<!我们)(?<!单位)(?<![响适供反对效感])(?:一共|总共|本来|原本)?(?:该|应该?|要|需要|计划|打算|准备)(?=[新再]?[建修装购买采配发补种植栽铺办开培检巡清洗换维改拆挖安印运])"
)
"""自动站该运维, 隔离带要新开: between a thing and what is done, it tells the plan."""


_STRIVES = re.compile(
    r"^(?:争取|力争|确保|保证|努力)(?:拿到?|夺得?|获得?|达到|完成|实现|做到)?(?=[\u3400-\u9fff]{2})"
)


ADDED = "＋"
"""Stands before a name that is to be a row of its own: 志愿者满意度也要加."""


_HAS = re.compile("有[声机线轨氧]")


def is_none(one: Told) -> bool:
    """安全事故0起: nothing bad happened, and none was to."""
    actual = one.actual or one.target
    return bool(one.said) and actual is not None and actual.number == 0 and _is_unwanted(name_of(one), actual)


def _is_unwanted(name: str, none: Quantity) -> bool:
    """Whether none of it is good news: by its name, or since it is counted in 起 as accidents are."""
    return is_bad_event(name) or none.unit in ("起", "例", "宗")


def name_of(one: Told) -> str:
    """The row's short name: as the words have it for a rate or a date, else after what is counted."""
    quantity = one.target or one.actual
    words = without_row_numbers(one.said).strip("，、（） □" + ADDED)
    if quantity is None:
        return ""
    core = re.sub(r"(?:提[高升]|降低?|增加|减少)[到至]$", "", words)
    core = _STRIVES.sub("", _INNER_PLAN.sub("", core))
    core = _FRAME.sub("", _PLANNED_END.sub("", core)).strip("“”《》 ")
    if quantity.number == 0 and _is_unwanted(core, quantity):
        return core.removesuffix("发生数") + "发生数"
    if core.endswith("满意"):
        return f"{core}度"
    if "/" in quantity.unit and core.endswith("标准"):
        return core
    if quantity.kind == "count" and core.endswith("数"):
        return core
    if quantity.kind in ("count", "percent"):
        said = read_statements(core + quantity.text)
        if said and (counted := count_name(said[0])):
            return "有" + counted if _HAS.match(core) and counted[0] != "有" else counted
        return f"{core}数量" if quantity.kind == "count" and not core.endswith("数量") else core
    return re.sub(r"控制(?:在)?$", "", core)
