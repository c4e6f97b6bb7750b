"""Which first and second level a new indicator stands under, as said or by its name."""

from __future__ import annotations

import re

from assistant.form.model import Form
from assistant.understanding.customs import customs
from assistant.understanding.measure import read_measure
from assistant.understanding.quantities import Quantity

_EFFECTS = (
    ("生态效益", re.compile(r"植被|盖度|森林|绿化率|空气|水质优良|减排|能耗|PM")),
    ("社会效益", re.compile(r"就业率|知晓率|普及率|(?:下降|降低|提高|提升|增长|减少|缩短)率?$")),
)
"""Rates that tell what a project brings, not how well its work was done."""


def level_of(form: Form, name: str, quantity: Quantity | None, said: str = "") -> tuple[str, str]:
    """First and second level of a new indicator, as ``said`` or by its name, labelled as in the form."""
    known = customs()
    level = known.second_level(said) if said else None
    if level is None:
        key = _level_key(name, quantity)
        level = next(one for one in known.second_levels if one.key == key)
    for row in form.indicators:
        if (found := known.second_level(row.level2, row.level1)) is not None and found.key == level.key:
            return row.level1, row.level2
    return f"{level.level1}指标", level.label


def _level_key(name: str, quantity: Quantity | None) -> str:
    if "满意" in name:
        return "满意度"
    measure = read_measure(name)
    kind = quantity.kind if quantity is not None else ""
    if (
        re.search(r"及时|按期|按时|准时|如期|时间|时限|日期|期限", name)
        or kind == "date"
        or measure.shape == "date"
    ):
        return "时效"
    if kind == "money" and quantity is not None and quantity.sign in ("≥", ">"):
        return "经济效益"
    if quantity is not None and "/" in quantity.unit and name.endswith("标准"):
        return "成本"
    if kind == "money" or re.search(r"成本|费用?$|支出$|经费$|单价", name):
        return (
            "经济效益"
            if re.search(
                r"产值|收入|投资|税收|销售|利润|增收|签约|消费|带动|拉动|撬动|交易|成交|贸易|融资|贷款|零售|营业",
                name,
            )
            else "成本"
        )
    if kind == "percent" and (effect := next((key for key, words in _EFFECTS if words.search(name)), "")):
        return effect
    if kind == "percent" or name.endswith(("率", "占比", "比例")):
        return "质量"
    return (
        "社会效益"
        if quantity is None and measure.shape in ("wording", "count") and _is_effect(name)
        else "数量"
    )


def _is_effect(name: str) -> bool:
    return bool(re.search(r"提升|提高|改善|促进|保障|增强|推动|带动|意识|水平|环境|能力|作用|影响", name))
