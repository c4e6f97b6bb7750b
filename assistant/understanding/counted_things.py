"""What a figure counts by its noun: whether a row of a fitting unit counts another thing."""

from __future__ import annotations

import re

from assistant.form.model import Indicator
from assistant.form.units import MEASURES, standard
from assistant.understanding.customs import customs
from assistant.understanding.quantities import Quantity
from assistant.understanding.subjects import action_and_object

_EVERY_THING = frozenset("个项件处座台套条张份部间场")
"""Units in which things of many kinds are counted, so that only the noun tells them apart."""

_COUNTED_IN = re.compile(
    r"(?:(?P<unit>[人批场架车班户]次)|(?P<unit2>[人户件份册株亩页条盏头只羽])数)(?:目标|计划)?[是为约]*$"
)
_ANY_THING = ("活动", "设备", "物资", "项目", "工程", "任务", "工作", "东西", "货", "服务", "产品")
_COUNTED = re.compile(
    r"(?:总?(?:人次|人数|户数|次数|场次|期数|班次|天数|件数|份数|台数|套数|个数|面积|里程|长度|数量|总量|数目|数)|[场期班批]次)$"
)
_WHICH_WORK = re.compile(r"^(?:新|已|再|又|还|共|全部|完成了?|实际)+|(?:了|的|工作|任务|项目|工程)+$")
_PEOPLE_END = re.compile(
    r"(?:[人者员生师娘民工童匠医护警兵友长女男孩老客嫂孕母妇]|孩子|干部|骨干|群众|对象|劳力|劳动力|家属|委员|代表|嘉宾|子女|户主|专家|教练|主播|书记)$"
)
_HOUSE_END = re.compile(r"(?:户|家庭|人家|住家)$")
_EVENT_END = re.compile(r"(?:会|班|赛|展|活动|讲座|课|演出|演练|节|培训|论坛|集市)$")
_PLACE_OF_PEOPLE = re.compile(r"(?:工|员工|生|老人|孩子|人|师)(?=家$)")


def _is_people(noun: str) -> bool:
    """Whether a noun names people."""
    return bool(_PEOPLE_END.search(noun)) and not _PLACE_OF_PEOPLE.search(noun)


def as_count(name: str, quantity: Quantity, text: str) -> Quantity:
    """检测批次2万: an amount in 万 without 元 of what is counted by its name as a count, else as it is."""
    counted = _COUNTED_IN.search(name)
    if (
        counted is None
        or quantity.unit not in ("万元", "亿元")
        or "元" in text[quantity.start : quantity.end]
    ):
        return quantity
    unit = quantity.unit[0] + (counted["unit"] or counted["unit2"])
    shown = quantity.text.removesuffix(quantity.unit) + unit
    return quantity.model_copy(update={"kind": "count", "unit": unit, "text": shown})


def counts_other(words: str, row: Indicator, unit: str, quantity: Quantity) -> bool:
    """Whether ``words`` around a figure name another thing than the row counts (改造小区24个, 改造户数).

    ``words``: without what every statement has; ``unit``: the row's. Words without a noun name none.
    """
    if quantity.kind != "count" or "/" in unit:
        return False
    noun, own = _noun(words), _noun(_COUNTED.sub("", row.name))
    if not noun or noun.endswith(_ANY_THING) or own.endswith(_ANY_THING) or set(noun) & set(own):
        return False
    said = standard(quantity.unit)
    if _group(unit) == "people":
        return said == "个" and not _is_people(noun)
    if said == "个" and unit in ("户", "户次"):
        return not _HOUSE_END.search(noun)
    if own:
        return said in _EVERY_THING or said != standard(unit)
    return said == "个" and standard(unit) != "个" and not _is_counted_in(noun, unit)


def _group(unit: str) -> str:
    return MEASURES.get(standard(unit).lstrip("万亿千百"), ("",))[0]


def _is_counted_in(noun: str, unit: str) -> bool:
    if _group(unit) == "events":
        return bool(_EVENT_END.search(noun))
    known = next((one for one, things in customs().classifiers.items() if noun.endswith(things)), "")
    return not known or standard(known) == standard(unit)


def _noun(text: str) -> str:
    """``text`` without the verbs at its ends: 改造小区 and 小区改造 give 小区, 培训 gives nothing."""
    text = _WHICH_WORK.sub("", text)
    verb, thing = action_and_object(text)
    thing = "" if not verb and thing in customs().actions else thing
    for action in customs().actions:
        thing = thing.removesuffix(action)
    return thing if len(thing) > 1 or _PEOPLE_END.search(thing) else ""
