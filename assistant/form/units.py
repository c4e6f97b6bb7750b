"""Units of indicator values: how they are spelled, their standard form, and exact conversion between them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

ONE = Fraction(1)
"""What ``ratio`` gives for units that are the same, or where one is missing."""
_Table = Mapping[str, tuple[str, Fraction]]


def _dimension(name: str, **factors: int | Fraction) -> dict[str, tuple[str, Fraction]]:
    return {unit: (name, Fraction(factor)) for unit, factor in factors.items()}


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _alike(name: str, units: str) -> dict[str, tuple[str, Fraction]]:
    return {unit: (name, Fraction(1)) for unit in _words(units)}


MEASURES: _Table = {
    "%": ("share", Fraction(1)),
    "‰": ("share", Fraction(1, 10)),
    **_dimension("share", 成=10, 百分点=1),
    **_dimension("money", 元=1),
    **_dimension("time", 秒=Fraction(1, 60), 分钟=1, 小时=60, 天=1440, 日=1440, 周=10080, 星期=10080),
    **_dimension("months", 个月=1, 季度=3, 个季度=3, 年=12),
    **_dimension(
        "mass",
        微克=Fraction(1, 10**9),
        公斤=1,
        吨=1000,
        克=Fraction(1, 1000),
        毫克=Fraction(1, 10**6),
        斤=Fraction(1, 2),
    ),
    **_dimension("length", 米=1, 公里=1000, 海里=1852, 厘米=Fraction(1, 100), 毫米=Fraction(1, 1000)),
    **_dimension("area", 平方米=1, 平方公里=10**6, 公顷=10**4, 亩=Fraction(2000, 3)),
    **_dimension("volume", 立方米=1, 升=Fraction(1, 1000), 毫升=Fraction(1, 10**6)),
    **_dimension("energy", 千瓦时=1, 兆瓦时=1000),
    **_dimension("power", 千瓦=1, 兆瓦=1000),
    **_alike("people", "人 名 位 人次 人数 名次"),
    **_alike("events", "次 场 期 届 批 轮 回 班 场次 班次 期次 批次 次数 趟 遍 频次"),
    **_alike("organisations", "家 户 所 家次 户次"),
    **_alike("papers", "份 篇 本 册 部 期刊"),
    **_alike("things", "个 项 件"),
    **_alike("lessons", "学时 课时"),
    **_alike("equipment", "台 套 台套 台件 件套"),
}
"""Standard unit: (dimension, how many of the dimension's base unit it is)."""

_COUNTED = frozenset(
    _words("辆 座 处 条 只 头 株 棵 幅 张 块 间 栋 幢 架 艘 根 支 组 队 对 副 片 口 眼 盏 门 例 起 宗 案")
    + _words("单 笔 顶 扇 种 类 款 版 标段 站 村 乡 镇 县 台次 车次 架次 项次 枚 颗 箱 袋 瓶 桶 盒 首 集")
    + _words("卷 门次 课 讲 盆 捆 坛 盘 罐 筐 桩 樘 孔 杆 点位 具 尊 簇 丛 航次 船次 列次 件次 套次")
)
"""Counting words that compare with 个 and with themselves only."""

_OWN = frozenset(
    _words("分 倍 级 度 工作日 美元 欧元 港元 日元 英镑 吨标准煤 人天 人日 人月 工日 标准箱")
    + _words("床日 延米 吨公里 人公里 页 字 点 床 张床 线 字节 分贝 兆 羽 尾 匹 峰 粒 车 班组 人份")
    + _words(
        "剂 剂次 层 道 段 户数 家数 个数 项数 份数 宗数 例数 dB °C GB TB MB Mbps 辆次 班车次 例次 亩次 头次"
    )
)
_ALIASES = {
    **dict.fromkeys(("百分比", "个百分比", "pct"), "%"),
    **dict.fromkeys(("个百分点", "pp"), "百分点"),
    **dict.fromkeys(("元人民币", "人民币", "块钱"), "元"),
    **dict.fromkeys(("m2", "平米", "平方", "m^2"), "平方米"),
    **dict.fromkeys(("km2", "平方千米", "km^2"), "平方公里"),
    **dict.fromkeys(("m3", "立方", "方", "m^3"), "立方米"),
    **dict.fromkeys(("km", "千米"), "公里"),
    **dict.fromkeys(("kg", "千克"), "公斤"),
    **dict.fromkeys(("kwh", "kw·h", "千瓦小时", "千瓦·时"), "千瓦时"),
    **dict.fromkeys(("h", "个小时", "钟头", "个钟头"), "小时"),
    **dict.fromkeys(("个工作日", "工作天"), "工作日"),
    **dict.fromkeys(("吨标煤", "tce"), "吨标准煤"),
    **dict.fromkeys(("t", "公吨"), "吨"),
    **dict.fromkeys(("台/套", "台(套)"), "台套"),
    **{"人/次": "人次", "场/次": "场次", "个季度": "季度", "月": "个月", "min": "分钟", "s": "秒"},
    **{"mwh": "兆瓦时", "kw": "千瓦", "mw": "兆瓦", "ha": "公顷", "cm": "厘米", "mm": "毫米", "m": "米"},
    **dict.fromkeys(("/万", "/1万"), "/万"),
    **dict.fromkeys(("/10万", "/十万"), "/10万"),
    **{"g": "克", "mg": "毫克", "μg": "微克", "µg": "微克", "ug": "微克", "l": "升", "ml": "毫升"},
}
_PER_ALIASES = {
    "天": "日",
    "个月": "月",
    "名": "人",
    "位": "人",
    "每年": "年",
    "平米": "平方米",
    "千米": "公里",
}
_COUNTING = frozenset({"people", "events", "organisations", "papers", "things", "equipment"})
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}

_KNOWN = {*MEASURES, *_OWN, *_COUNTED, *_ALIASES}
_LONGEST_FIRST = sorted(_KNOWN, key=lambda unit: (-len(unit), unit))
_CHINESE_BASE = "|".join(re.escape(unit) for unit in _LONGEST_FIRST if not unit[0].isascii() or unit == "%")
_LATIN = [unit for unit in _LONGEST_FIRST if unit[0].isascii() and unit != "%"]
_LATIN_BASE = "|".join(re.escape(unit) if len(unit) > 1 else f"(?-i:{unit})" for unit in _LATIN)
_BASE = rf"(?:{_CHINESE_BASE}|(?:{_LATIN_BASE})(?![A-Za-z0-9]))"
_PER = rf"(?:[/每](?:[万亿]?{_BASE}|[A-Za-z]{{1,3}}[0-9]?|月|年|天)(?:[·.]{_BASE})?)*"
_IN_MANY = "/(?:10|十|1)?万(?!元)"
_UNIT = re.compile(rf"{_IN_MANY}|(?:{_BASE}|[十百千]?[万亿]+{_BASE}?|[百千]{_BASE}){_PER}", re.IGNORECASE)
_UNIT_STARTS = frozenset("/十百千万亿") | {c for unit in _KNOWN for c in unit[0].lower() + unit[0].upper()}
_SCALED = re.compile(r"([十百千]?[万亿]+|[百千])(?=(.+)?$)")
_MONEY_BASE = ("元", "")


def unit_at(text: str, start: int) -> str:
    """The longest known unit at ``start`` of normal text with scale and 每-part; ``""`` if none (13周岁)."""
    if text[start : start + 1] not in _UNIT_STARTS:
        return ""
    found = _UNIT.match(text, start)
    return found[0] if found and text[found.end() : found.end() + 1] != "岁" else ""


@lru_cache(maxsize=1024)
def is_unit(text: str) -> bool:
    """True for normal text that is a known unit and nothing else; also for none at all."""
    return unit_at(text, 0) == text


@lru_cache(maxsize=1024)
def standard(unit: str, *, bare_scale: str = "元") -> str:
    """``unit`` in its standard form (万元 for 万, 平方米 for m2); a bare 万 counts ``bare_scale``."""
    unit = unit.replace("每", "/")
    if known := _ALIASES.get(unit.lower()):
        return known
    head, slash, per = unit.partition("/")
    scale, base = _split(head)
    base = _ALIASES.get(base.lower(), base)
    per = _ALIASES.get(per.lower(), per) if per.isascii() else per
    if scale and not base:
        base = bare_scale
    return scale + base + slash + per


def _split(unit: str) -> tuple[str, str]:
    """Scale and base: 万平方米 → (万, 平方米); 千瓦 and 百分点 are bases of their own."""
    known = unit in _KNOWN or unit.lower() in _ALIASES
    found = None if known else _SCALED.match(unit)
    return (found[1], unit[found.end() :]) if found else ("", unit)


def _factor(scale: str) -> Fraction:
    factor = Fraction(1)
    for c in scale:
        factor *= _SCALES[c]
    return factor


@lru_cache(maxsize=1024)
def ratio(unit: str, other: str) -> Fraction | None:
    """What one ``unit`` is in ``other``, both in standard form; None if they do not compare.

    A missing unit counts as the other's. Counting words compare one to one where they count the same sort of
    thing (场/次, 人/名) and with 个. A missing 每-part (次/年 for 次) is the other's; not for money.
    """
    if not unit or not other or unit == other:
        return ONE
    (head, _, per), (other_head, _, other_per) = unit.partition("/"), other.partition("/")
    (scale, base), (other_scale, other_base) = _split(head), _split(other_head)
    dimension, size = MEASURES.get(base, (f"={base}", Fraction(1)))
    other_dimension, other_size = MEASURES.get(other_base, (f"={other_base}", Fraction(1)))
    per, other_per = _parts(per), _parts(other_per)
    if per != other_per and ((per and other_per) or "money" in (dimension, other_dimension)):
        return None
    if dimension != other_dimension and not _counted_alike(dimension, base, other_dimension, other_base):
        return None
    return (_factor(scale) * size) / (_factor(other_scale) * other_size)


def times(number: Decimal, factor: Fraction) -> Decimal:
    """``number`` times an exact ``factor``."""
    # Mostly units are the same, and a Fraction is slow to ask.
    return number if factor is ONE else number * factor.numerator / factor.denominator


@lru_cache(maxsize=1024)
def _parts(per: str) -> str:
    """The 每-parts of a unit in one order and spelling: 人·月 and 月/人 are the same."""
    parts = [_PER_ALIASES.get(part, part) for part in re.split("[/·.]", per) if part]
    return "/".join(sorted(parts))


def _counted_alike(dimension: str, base: str, other_dimension: str, other_base: str) -> bool:
    """个 stands for every counting word; 项 and 件 only for each other and for 个."""
    return (base == "个" and _counts(other_dimension)) or (other_base == "个" and _counts(dimension))


def _counts(dimension: str) -> bool:
    return dimension in _COUNTING or (dimension[1:] in _COUNTED)


@lru_cache(maxsize=1024)
def is_money(unit: str) -> bool:
    """True for 元 with any scale, also 万 alone."""
    return _split(unit.partition("/")[0])[1] in _MONEY_BASE and unit != ""
