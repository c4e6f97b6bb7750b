"""What one of a thing costs, in the words of names: 每公里造价 for 单公里造价, 多少钱一顶 for 采购单价."""

from __future__ import annotations

import re

from assistant.asking.reading.entities import Entities

_UNITS = "公里|平方米|平米|座|顶|台|套|辆|件|所|亩|吨|块|盏|床|棵|户|个(?=[一-龥]{2})"
_PRICES = ("造价", "成本", "单价", "价格", "价钱", "费用")
_PRICED = re.compile(
    f"(?P<one>每一?|(?<![统第唯])一|单)(?P<unit>{_UNITS})(?P<thing>[一-龥]{{0,8}}?)(?P<of>的)?(?P<price>{'|'.join(_PRICES)})"
)
_HOW_MUCH = re.compile(f"(?P<much>多少(?:钱|万?元|块钱))(?:一|每)(?P<unit>{_UNITS})(?=$|[,，。?？])")
_TWICE = re.compile(f"(?P<said>单位[一-龥]{{0,4}}?(?:{'|'.join(_PRICES)})|单价)(?:每一?)(?:{_UNITS})")
"""单位成本每平米: of what it is the price was said before."""
_EACH = re.compile("每(?P<unit>户)(?P<month>每?月)?(?=多少|补|发|给|是|领|能|平均)")


def in_names_of_prices(question: str, entities: Entities) -> str:
    """``question`` with the price of one of a thing in the words that names of the library have for it."""
    question = _TWICE.sub(lambda found: found["said"], question)
    question = _PRICED.sub(lambda found: _priced(found, entities), question)
    question = _HOW_MUCH.sub(lambda found: _how_much(found, entities), question)
    return _EACH.sub(lambda found: _each(found, entities), question)


def _of_one(unit: str, entities: Entities) -> str:
    """单座, 户均: how names say that something is of one; "" where none does."""
    ways = (f"单{unit}", f"{unit}均", f"每{unit}")
    return next((way for way in ways if entities.row_is_called(way)), "")


def _price(said: str, one: str, entities: Entities) -> str:
    """The word for a price that a name has beside ``one``: the one that was said, else another."""
    names = [name for name in entities.rows_sharing(one, None) if one in name]
    known = (word for word in (said, *_PRICES) if word and any(word in name for name in names))
    return next(known, said)


def _priced(found: re.Match[str], entities: Entities) -> str:
    one = _of_one(found["unit"], entities)
    if not one:
        return found[0]
    return f"{one}{found['thing']}{found['of'] or ''}{_price(found['price'], one, entities)}"


def _how_much(found: re.Match[str], entities: Entities) -> str:
    if one := _of_one(found["unit"], entities):
        return f"{one}{_price('', one, entities)}{found['much']}"
    return f"单价{found['much']}" if entities.names_have("单价") else found[0]


def _each(found: re.Match[str], entities: Entities) -> str:
    one = _of_one(found["unit"], entities)
    return f"{one}{'月' if found['month'] else ''}" if one else found[0]
