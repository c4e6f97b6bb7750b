"""The unit that a question asks in: 多少人, 参会人数, 印数（本）."""

from __future__ import annotations

import re

_ASKED = re.compile(
    "(?:多少|几)个?(?P<unit>个百分点|家|人|名|次|场|期|篇|天|平方米|万元|亿元|亿|万(?=$|[,;])|元|钱|户|份|班|金额|资金|补助|补贴"
    "|岁|台|套|辆|吨|公里|亩|册|本(?!级|年|表)|件|座|栋|间|棵|瓶|公斤|斤)"
)
_NOUN = re.compile(
    "(?<!超支)(?<!结余)(?<!执行)(?<!剩余)(?<!预算)(?:总|累计|合计)?"
    "(?P<noun>人次|人数|册数|份数|场数|家数|户数|面积|金额|总额|台数|套数)(?:是|有|为|各|分别)?(?:多少|几)?$"
)
_BRACKETS = re.compile("[(](?:单位:?)?([一-龥]{1,2})[)]$")
_OF_NOUN = {"人次": "人", "人数": "人", "面积": "平方米", "金额": "元", "总额": "元"}
_AMOUNTS = frozenset(("钱", "金额", "资金", "补助", "补贴"))
COUNTING = frozenset(
    ("万元", "亿元", "公里", "人次", *"元家人名次场期篇天户份班岁台套辆吨亩册本件座栋间棵瓶斤")
)
"""Units of which a row that counts in another tells nothing."""


def unit_asked(text: str) -> str:
    """The unit after 多少 or 几; "" for none."""
    found = _ASKED.search(text)
    return {"亿": "亿元", "万": "万元"}.get(found["unit"], found["unit"]) if found else ""


def unit_counted(text: str) -> str:
    """The unit in which an answer must count, told after 多少, by a noun at the end or in brackets."""
    bracket = _BRACKETS.search(text)
    noun = _NOUN.search(text[: bracket.start()] if bracket else text)
    said = _OF_NOUN.get(noun["noun"], noun["noun"][0]) if noun else ""
    said = bracket[1] if bracket and bracket[1] in COUNTING else said
    unit = unit_asked(text) or said
    return "万元" if unit in _AMOUNTS else unit
