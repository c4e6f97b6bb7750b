"""Which indicator row a piece of chat means: by number, by its name as people shorten it, by unit, level."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable

from assistant.form.model import BLANK, Form, Frozen, Indicator
from assistant.form.text import pairs
from assistant.form.units import is_money, standard
from assistant.understanding.counted_things import counts_other
from assistant.understanding.measure import read_measure
from assistant.understanding.quantities import Quantity, chinese_number, find_quantities, same_group

STRONG = 0.8
"""From here on a text names the row beyond doubt: its name, or a part of it that is all that was said."""

_ENOUGH = 0.5
_WHOLE_NAME = 4
_HARDLY_A_NAME = 3
_CLOSE_CALL = 0.08
_SHORT_FOR = (2, 3)
_FILLING = re.compile(
    r"实际完成值|年度指标值|分值|权重|得分|偏差原因|改进措施|完成情况|完成值|指标值|目标值|实际上|实际数|计划数"
    r"|目标数|实际|目标|计划|预期|"
    r"今年|去年|上年|本年度|本年|全年|当年|年内|一年|每年|全部|截至目前|到目前为止|目前|现在|到年底|年底|最后|最终|结果"
    r"|应该|应当|不对|错了|说错|刚才|"
    r"完成了|达到了|完成|达到|只有|仅有|只达|仅达|已经|一共|总共|合计|累计|共计|其中|我们|我处|我局"
    r"|我单位|这个|那个|"
    r"指标\d*[:：]|指标|数值|数字|情况|算了|还是|改回到?|恢复[成到为]|改成|改为|调整为|调整到|调到|调成|调整|更正为|更正|填成|填写|填"
    r"|写成|写|设[成为到]|定[成为]|给到|"
    r"预计|打算|力争|争取|要求|需要|准备|任务|[那这]一?[行项条个块]|另外|还有|以及|然后|至于|关于|表示|分别|各|把|将|由"
    r"|给|请|帮我|麻烦|"
    r"就(?!业|诊|医|读|餐|地)|从(?!业)|[它了为是有共达已才仅只的到都也还再拟应需要吧啊呢嗯哦呀得在了：:，、“”‘’\"'《》（）()。；\s□]"
)
_BRACKETS = re.compile(r"[（(].*?[)）]")
_ORDINAL = re.compile(
    r"(?<!最后)第?([\d零一二两三四五六七八九十]{1,6})(?:([-—~至到])第?([\d零一二两三四五六七八九十]+))?"
    r"((?:[、，和及与]第?[\d零一二两三四五六七八九十]+)*)(?:行|条指标|个指标|项指标|号指标)"
    r"|第([\d零一二两三四五六七八九十]+)(?:个|条|项)(?![\u3400-\u9fff]{2,}指标)"
)
_N = r"[一二两三四五六七八九十\d]{1,2}"
_FROM_END = re.compile(rf"倒数第(?P<back>{_N})(?:行|个|条|项)")
_SEVERAL = re.compile(
    rf"(?P<end>最后|后面|末尾|前面?|头)(?:的|这|那)?(?P<many>{_N})(?:行|个(?!月|季|年|人)|条|项)(?:指标)?"
)
_LAST_ROW = re.compile(r"最后(?:一|那)?(?:行|个|条|项)")
_VERB = re.compile(
    "举办|开展|培训|参加|参与|组织|建成|新建|修建|建设|改造|安装|采购|购置|购买|发放|召开|印发|签订|签约|实施|支持|服务|惠及|受益|检查|慰问"
)
_EVERYDAY_UNITS = frozenset({"个", "项", "件", "处", "条", "家", "人", "名", "位", "人次", "年", ""})


class Match(Frozen):
    """Rows that a text means, counted from 1; several where they fit equally well. ``strength`` in [0, 1]."""

    rows: tuple[int, ...] = ()
    strength: float = 0.0

    @property
    def row(self) -> int | None:
        """The one row meant, or None."""
        return self.rows[0] if len(self.rows) == 1 else None


def row_numbers(text: str, count: int) -> tuple[int, ...]:
    """Rows named by number: 第3行, 第2、4行, 第3到5行, 前两个, 倒数第二个, 最后一行; beyond ``count`` too."""
    found = [count - _whole(match["back"]) + 1 for match in _FROM_END.finditer(text)]
    for match in _SEVERAL.finditer(text):
        many = min(_whole(match["many"]), count)
        front = match["end"][0] in "前头"
        found += range(1, many + 1) if front else range(count - many + 1, count + 1)
    text = _SEVERAL.sub("", _FROM_END.sub("", text))
    for match in _ORDINAL.finditer(text):
        first = _whole(match[1] or match[5])
        if match[3]:
            found += range(first, min(_whole(match[3]), first + 100) + 1)
        else:
            found.append(first)
        found += [_whole(part) for part in re.findall(r"[\d零一二两三四五六七八九十]+", match[4] or "")]
    if count and _LAST_ROW.search(text):
        found.append(count)
    return tuple(dict.fromkeys(found))


def without_row_numbers(text: str) -> str:
    """``text`` without 第3行 and the like."""
    for pattern in (_FROM_END, _SEVERAL, _ORDINAL, _LAST_ROW):
        text = pattern.sub("", text)
    return text


def mask_row_numbers(text: str) -> str:
    """``text`` of the same length in which 第3行 and the like are no figures."""
    for pattern in (_FROM_END, _SEVERAL, _ORDINAL):
        text = pattern.sub(lambda match: "□" * len(match.group()), text)
    return text


def unit_of(row: Indicator) -> str:
    """The unit that a row is counted in: as its target or actual prints it, else as its name tells, or ""."""
    for text in (row.target, row.actual):
        printed = next(iter(find_quantities(text)), None)
        if printed is not None and printed.unit:
            return printed.unit
    measure = read_measure(row.name, row.level2, row.level1)
    return measure.unit if measure.shape != "date" else ""


def is_blank(text: str) -> bool:
    """Whether a cell is empty or still holds a marked blank (≥【待填】人)."""
    return not text.strip() or BLANK[:3] in text


def is_worded(row: Indicator) -> bool:
    """Whether a row is answered in words (效果显著), not by a figure."""
    if not is_blank(row.target):
        return not find_quantities(row.target)
    return read_measure(row.name, row.level2, row.level1).shape == "wording"


def is_date_row(row: Indicator) -> bool:
    """Whether a row is answered by a date."""
    quantities = find_quantities(row.target)
    if quantities:
        return quantities[0].kind == "date"
    return is_blank(row.target) and read_measure(row.name, row.level2, row.level1).shape == "date"


def find_rows(form: Form, subject: str, quantity: Quantity | None = None) -> Match:
    """The rows that ``subject`` (words around a figure, or a clause) means; ``quantity`` helps by unit."""
    count = len(form.indicators)
    numbered = [number for number in row_numbers(subject, count) if 1 <= number <= count]
    if numbered:
        return Match(rows=tuple(numbered), strength=1.0)
    fitting = [
        n
        for n, row in enumerate(form.indicators, 1)
        if quantity is None or _fits(row, quantity) or (len(row.name) >= _WHOLE_NAME and row.name in subject)
    ]
    said = content_of(subject)
    if not fitting or not said:
        return Match()
    names = [content_of(row.name) for row in form.indicators]
    weights = _rarity(names)
    scores = {n: _likeness(said, subject, form.indicators[n - 1], names[n - 1], weights) for n in fitting}
    if quantity is not None and quantity.kind == "count":
        scores = {
            n: score for n, score in scores.items() if score >= STRONG or not _other(form, n, said, quantity)
        }
        fitting = [n for n in fitting if n in scores]
    best = max(scores.values(), default=0.0)
    if quantity is not None and _ENOUGH <= best < 1 and (exact := only_row_in(form, quantity)) in scores:
        return Match(rows=(exact,), strength=max(best, _ENOUGH))
    if best >= _ENOUGH:
        chosen = _closest([n for n in fitting if scores[n] >= best - _CLOSE_CALL], form, quantity)
        return Match(rows=tuple(chosen), strength=min(best, 1.0))
    return _by_unit(form, said, scores, quantity)


def _other(form: Form, number: int, said: str, quantity: Quantity) -> bool:
    row = form.indicators[number - 1]
    return counts_other(said, row, unit_of(row), quantity)


def _fits(row: Indicator, quantity: Quantity) -> bool:
    unit = unit_of(row)
    if quantity.kind == "date":
        return is_date_row(row)
    if quantity.kind == "points":
        return True
    if is_worded(row) or is_date_row(row):
        return False
    if quantity.kind == "percent":
        return unit in ("%", "‰", "个百分点", "")
    if quantity.kind == "money":
        return is_money(unit) and "/" not in unit
    if quantity.kind == "count":
        return unit == "" or (
            (unit not in ("%", "‰") and same_group(quantity.unit, unit)) or _is_car(row, quantity, unit)
        )
    return True


def _is_car(row: Indicator, quantity: Quantity, unit: str) -> bool:
    """3台车 are 3辆."""
    return {quantity.unit, unit} == {"台", "辆"} and "车" in row.name


def only_row_in(form: Form, quantity: Quantity) -> int | None:
    """The one row counted in the quantity's unit, unless that is an everyday one (个, 人); else None.

    For a date, the one row that is answered by a date.
    """
    if quantity.kind == "date":
        dated = [n for n, row in enumerate(form.indicators, 1) if is_date_row(row)]
        return dated[0] if len(dated) == 1 else None
    if quantity.kind != "count" or quantity.unit in _EVERYDAY_UNITS:
        return None
    unit = standard(quantity.unit)
    rows = [n for n, row in enumerate(form.indicators, 1) if standard(unit_of(row)) == unit]
    return rows[0] if len(rows) == 1 else None


def content_of(text: str) -> str:
    """What is left of a text without the words that every statement has (实际, 完成, 了)."""
    return _FILLING.sub("", _BRACKETS.sub("", without_row_numbers(text)))


def _parts(text: str) -> list[str]:
    return pairs(text) or ([text] if text else [])


def _rarity(names: Iterable[str]) -> dict[str, float]:
    """Weight of each character pair: high for pairs that few names carry."""
    named = [set(_parts(name)) for name in names]
    counts = Counter(pair for parts in named for pair in parts)
    return {pair: math.log((len(named) + 1) / seen) + 0.2 for pair, seen in counts.items()}


def _likeness(said: str, subject: str, row: Indicator, name: str, weights: dict[str, float]) -> float:
    if row.name and row.name in subject:
        return 1.2
    if name and said == name:
        return 1.1
    if len(said) >= 2 and said in name:
        return 0.9
    if len(name) >= 2 and name in said:
        return 1.0
    if _SHORT_FOR[0] <= len(said) <= _SHORT_FOR[1] and _is_short_for(said, name):
        return STRONG
    by_name = _shared(said, name, weights)
    by_level = 0.85 if len(said) >= 2 and said in row.level2 + row.level1 else 0.0
    if "满意" in said and "满意" in row.level2 + row.level1:
        by_level = max(by_level, 0.5 + by_name / 4)
    return max(by_name, by_level)


def _is_short_for(said: str, name: str) -> bool:
    """临展 for 临时展览数量: the characters stand in the name in this order, beginning with its first."""
    at = 0
    for character in said:
        at = name.find(character, at) + 1
        if not at:
            return False
    return name[0] == said[0]


def _shared(said: str, name: str, weights: dict[str, float]) -> float:
    """How much of what was said stands in the name, rare pairs counting more, at most 0.85."""
    parts, known = _parts(said), set(_parts(name))
    total = sum(weights.get(pair, 1.0) for pair in parts)
    shared = sum(weights.get(pair, 1.0) for pair in parts if pair in known)
    back = sum(1 for pair in known if pair in parts) / max(len(known), 1)
    return 0.8 * shared / total + 0.05 * back if total else 0.0


def _closest(rows: list[int], form: Form, quantity: Quantity | None) -> list[int]:
    """Of equally named rows those whose unit is the quantity's own."""
    if quantity is None or len(rows) < 2:
        return rows
    known = [n for n in rows if unit_of(form.indicators[n - 1])]
    exact = [n for n in known if unit_of(form.indicators[n - 1]) == quantity.unit]
    return exact or (known if quantity.unit and known else rows)


def _by_unit(form: Form, said: str, scores: dict[int, float], quantity: Quantity | None) -> Match:
    """A row that alone is counted in the quantity's unit, where the words are hardly more than a verb."""
    if quantity is None or quantity.kind not in ("count", "date"):
        return Match()
    rows = [n for n in scores if quantity.kind == "date" or unit_of(form.indicators[n - 1])]
    exact = [n for n in rows if standard(unit_of(form.indicators[n - 1])) == standard(quantity.unit)]
    rows = exact or rows
    if len(rows) != 1:
        return Match()
    shares = bool(set(_parts(said)) & set(_parts(form.indicators[rows[0] - 1].name)))
    planned = not is_blank(form.indicators[rows[0] - 1].target)
    short = len(said) <= _HARDLY_A_NAME
    special = bool(exact) and quantity.unit not in _EVERYDAY_UNITS and planned and short
    if shares or len(said) == 1 or _VERB.fullmatch(said) or special or quantity.kind == "date":
        return Match(rows=tuple(rows), strength=_ENOUGH)
    return Match()


def _whole(text: str) -> int:
    number = chinese_number(text)
    return int(number) if number is not None and number < 10000 else 0
