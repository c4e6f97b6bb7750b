"""数量指标改成三个：…, 质量指标只留验收合格率: all rows of a level at once."""

from __future__ import annotations

import re

from assistant.form.model import Form, Indicator
from assistant.understanding.clauses import is_question
from assistant.understanding.quantities import Quantity, chinese_number, find_quantities
from assistant.understanding.reading import Doubt, Reading
from assistant.understanding.row_changes import bodies, new_row
from assistant.understanding.row_facts import signed, target_text
from assistant.understanding.row_matching import STRONG, Match, find_rows
from assistant.understanding.statements import count_name, read_statements

_LEVELS = r"数量|质量|时效|成本|经济效益|社会效益|生态效益|可持续影响|(?:服务对象)?满意度|产出|效益"
_GROUP = re.compile(
    rf"(?:^|(?<=[。\n]))(?:请|帮我|麻烦)*(?:把|将)?(?P<level>{_LEVELS})(?:类|方面|这一?[块类])?的?(?:三级)?(?:指标)?"
    r"(?:全部?|都|统一|重新|就)*(?:改成|改为|换成|换为|调整[成为]|替换[成为]|重?新?定为|定成|写成?|用|(?P<keep>只要|只留下?|只保留|保留))"
    r"(?:以下|下面|如下|这)*(?:(?P<many>[一两二三四五六七八\d])(?:个|条|项))?(?:指标)?(?P<colon>[：，])?"
    r"(?P<under>)(?P<body>[^。\n]+)"
)
_AND = re.compile(r"[，、；]|和|以及")
_END = re.compile(r"(?:就行|就好|就够了?|即可|吧|这[几两三]?[个条项])+$")
_NUMBERED = re.compile(r"(?:^|(?<=[\u3400-\u9fff%])|[ ，；])\d[.、)）](?!\d)")
_ONE_IS = re.compile(r"(?:(?<=[，、；])|^)(?:第?[一二三四五]个|一[条项]|另外?一?个|还有一?个)(?:就?是|：)")
_MEASURED = re.compile(r"(?:率|度|数|量|次|期|面积|里程|长度|金额|时间|成本|占比|比例)$")
_FEWEST = 2


def read_row_groups(reading: Reading) -> None:
    """Reads a command that says which rows a level has from now on: named ones stay, others go or are new."""
    found = _GROUP.search(reading.rest)
    if found is None or is_question(reading.rest):
        return
    parts = _parts(found)
    told = int(chinese_number(found["many"]) or 0) if found["many"] else 0
    if not told and not found["keep"] and len(parts) < _FEWEST:
        return
    level = [
        n
        for n, row in enumerate(reading.form.indicators, 1)
        if found["level"].removeprefix("服务对象") in row.level2 + row.level1
    ]
    if not level or not (found["keep"] or found["colon"] or told):
        return
    reading.take(*found.span())
    if told and told != len(parts):
        reading.doubt(
            Doubt(
                question=f"您说{found['level']}指标是{told}个，我读出{len(parts)}个，没有改动；"
                f"请一个一个地写，例如“{found['level']}指标改成两个：甲≥10个，乙≥5次”。"
            )
        )
        return
    _replace(reading, level, parts, found)


def _parts(found: re.Match[str]) -> list[str]:
    whole = _END.sub("", _NUMBERED.sub("，", found["body"]).strip("：，； "))
    parts = bodies(_ONE_IS.sub("", whole))
    if len(parts) == 1 and not find_quantities(whole):
        parts = [part for part in _AND.split(whole) if part.strip()]
    return parts


def _replace(reading: Reading, level: list[int], parts: list[str], found: re.Match[str]) -> None:
    kept: set[int] = set()
    for part in parts:
        quantity = next(iter(find_quantities(part)), None)
        match = _meant(reading.form, [row for row in level if row not in kept], part, quantity)
        named = new_row(reading, part, found)
        if match.row is None:
            reading.inserted += [_well_named(named, part)] if named is not None else []
            continue
        kept.add(match.row)
        if quantity is not None:
            held = reading.form.indicators[match.row - 1]
            reading.set("indicators", match.row, "target", target_text(held, signed(quantity)))
        if named is not None and match.strength < STRONG:
            reading.set("indicators", match.row, "name", _well_named(named, part).name)
    if kept or reading.inserted:
        reading.deleted += [row for row in level if row not in kept]


def _meant(form: Form, rows: list[int], part: str, quantity: Quantity | None) -> Match:
    """Which of ``rows`` a part means: one that is alike and counted so, else one that is named."""
    among = form.model_copy(update={"indicators": tuple(form.indicators[row - 1] for row in rows)})
    match = find_rows(among, part, quantity)
    if match.row is None or (quantity is None and match.strength < STRONG):
        return Match()
    return Match(rows=(rows[match.row - 1],), strength=match.strength)


def _well_named(row: Indicator, part: str) -> Indicator:
    """举办讲座5场 is called by what it counts, as in a first draft."""
    said = next(iter(read_statements(part)), None)
    if said is None or _MEASURED.search(row.name) or not (name := count_name(said)):
        return row
    return row.model_copy(update={"name": name})
