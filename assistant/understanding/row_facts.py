"""Targets, actuals, weights and wordings of rows: which column a figure belongs to, and how it is written."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal

from assistant.form.model import Form, Indicator
from assistant.form.numerals import normal
from assistant.form.rounding import plain
from assistant.form.units import MEASURES, is_money, ratio, standard
from assistant.form.value_words import is_bad_event as is_unwanted
from assistant.understanding.measure import read_measure
from assistant.understanding.quantities import Quantity, find_quantities
from assistant.understanding.reading import Doubt, Reading
from assistant.understanding.row_matching import is_blank, is_worded, unit_of

Column = Literal["target", "actual", "weight", "score"]
Mode = Literal["", "target", "actual"]

_TARGET = re.compile(
    r"(?:目标|指标值?|计划)[^，。]{0,3}[高低大小多少][了的]|目标值?|指标值|计划|预期|任务数?|要求|力争|争取|打算|(?<!模)拟|预计|准备|要(?=达到|完成|实现|办"
    r"|建|培|修|种|装|买|配|发|铺)|应(?=达到|完成|不)|年初定|定为|设为|设定|原定|原来定|(?<![稳固约决确鉴测规法指限])[定设](?:的|了|在)$|^(?:我们|咱们)?[那就先都]*[定设](?:个|到)?$|^那就(?:按|用)?$"
)
_ACTUAL = re.compile(
    r"实际|实测|测得|完成值|完成了|已|达到了|(?<![检测评审查])结果|最终|只有|仅|(?<![人英天文口])才(?!艺|能|华|干)|[\u3400-\u9fff]了(?=$|[^解])|[\u3400-\u9fff]下来(?=$|[是为有达，])|(?:测|查|量|算|统计)(?:得|的|出来?)(?=[是为有]?$)|截至|最后|实绩|到位(?!资金|率)"
)
_WEAK = re.compile(r"完成|达到|达|实现|提高到|提升到|有|为|是")
_CHANGED = re.compile(
    r"(?:改|调整?|更正|更改|换|变|修改)(?:成|为|到)|(?:提高|提升|降低|下调|上调|降|升)(?:到|至|为)"
)
_CORRECTS = re.compile(r"不对|错|更正|应该|应为|改(?![造善建革良进装扩编])|不是")
_WEIGHT = re.compile(r"分值|权重|占分|满分|占(?=$)")
_GIVEN = re.compile(r"[这那该](?:个|一?[行项条])(?:指标)?(?:就|给|是|算)?$|给$|设$|定$")
_SCORE = re.compile(r"得分|打分|评分|自评分?|得了?$|扣后|实得")
_PEOPLE = frozenset({"人", "名", "位"})
_EXACT_PLACES = 4
_MEASURED = frozenset({"length", "area", "volume", "mass", "time", "energy", "power"})
_CARS = frozenset({"辆", "台"})
_SCALE = re.compile("^[百千万亿]+(?=.)")
_CHANGES = (
    "提升|提高|改善|增强|增加|提振|保障|保证|推动|促进|带动|帮助|降低|减少"
    "|优化|完善|发挥|扩大|落实|满足|缓解|维护|加强"
)
_PHRASE = re.compile(
    r"(?:效果|成效|作用|影响)(?:比较|较为|较|十分|非常|很)?(?:显著|明显|良好|好|突出)"
    rf"|(?:显著|明显|有效|持续|稳步|不断|逐步|大幅|进一步|较好|切实|充分)(?:有效|明显|显著)?(?:{_CHANGES})"
    rf"|(?:{_CHANGES})(?:显著|明显)"
    r"|长期(?:有效|稳定|坚持|保持|发挥作用)?|正常运行|运行正常|良好|优秀|优良|达标|合格|显著|明显|稳定"
    r"|完善|健全"
    r"|(?:基本|全部|部分|未)?达成(?:年度)?(?:指标|目标|预期目标)?(?:且效果较差|并具有一定效果)?"
    r"|基本完成|部分完成|符合(?:标准|要求|规定)|适应[\u3400-\u9fff]{2,8}"
)


def mode_of(words: str, quantity: Quantity | None, before: Mode) -> Mode:
    """Whether words speak of what was planned or done; "" where neither they nor those before tell."""
    marks: list[tuple[int, Mode]] = [(match.end(), "target") for match in _TARGET.finditer(words)]
    marks += [(match.end(), "actual") for match in _ACTUAL.finditer(words)]
    if marks:
        return max(marks)[1]
    weak = bool(_WEAK.search(words))
    if quantity is not None and quantity.sign not in ("", "=") and not (weak and before == "actual"):
        return "target"
    return before


def column_of(words: str, quantity: Quantity, mode: Mode) -> Column | None:
    """The column that the words name; None where the row's own state must decide."""
    if quantity.kind in ("points", "bare") or quantity.unit == "":
        if quantity.kind == "points" and _GIVEN.search(words):
            return "weight"
        if _WEIGHT.search(words) or (quantity.kind == "points" and _CHANGED.search(words)):
            return "weight"
        if _SCORE.search(words):
            return "score"
    return mode or None


def settle_column(reading: Reading, number: int, words: str) -> Column:
    """The column of a figure whose words tell none, from what the row already has."""
    row = reading.form.indicators[number - 1]
    waits = not is_blank(row.target) and not row.actual
    if waits and not _CHANGED.search(words) and not _CORRECTS.search(reading.text):
        return "actual"
    for edit in reversed(reading.situation.recent):
        at = edit.location
        if at.section == "indicators" and at.row == number and at.field in ("target", "actual"):
            return "target" if at.field == "target" else "actual"
    has_target = not is_blank(row.target)
    if _CHANGED.search(words) and has_target and not row.actual:
        return "target"
    return "actual" if has_target else "target"


def write_figure(reading: Reading, number: int, column: Column, quantity: Quantity) -> None:
    """Writes a figure into a row, in the way the column is printed; asks where it is no exact figure."""
    row = reading.form.indicators[number - 1]
    if column in ("weight", "score"):
        if quantity.number is not None:
            reading.set("indicators", number, column, plain(quantity.number))
        return
    if quantity.kind == "count" and unit_of(row) == "%":
        question = f"“{row.name}”按百分比填，“{quantity.text}”没有写入；请告诉我百分之多少。"
        reading.doubt(Doubt(question=question))
        return
    if column == "target":
        reading.set("indicators", number, "target", target_text(row, quantity))
        return
    if quantity.kind == "points" and unit_of(row) != "分":
        question = f"“{row.name}”的“{quantity.text}”是自评得分，还是实际完成值？请说明一下。"
        reading.doubt(Doubt(question=question))
        return
    if quantity.vague or quantity.sign in ("≥", "≤", ">", "<") or quantity.upper is not None:
        said = f"{quantity.sign}{quantity.text}"
        question = (
            f"“{row.name}”的实际完成值“{said}”不是确切的数，请给出准确值，例如“第{number}行实际完成"
            f"{plain(quantity.number) if quantity.number is not None else ''}{quantity.unit}”。"
        )
        reading.doubt(Doubt(question=question))
        return
    reading.set("indicators", number, "actual", actual_text(row, quantity, reading.form.year))


def actual_text(row: Indicator, quantity: Quantity, year: int | None = None) -> str:
    """A figure as 实际完成值: in the target's unit of money, with the row's unit where none was said.

    A day without a year is one of the form's ``year``.
    """
    if quantity.kind != "date":
        return _in_row_unit(row, quantity)
    dated = quantity.text.startswith("20") or year is None
    return quantity.text if dated else f"{year}年{quantity.text}"


def signed(target: Quantity) -> Quantity:
    """A full rate is printed with =, where nothing else was said."""
    full = target.kind == "percent" and target.number == 100 and not target.sign
    return target.model_copy(update={"sign": "="}) if full else target


def target_text(row: Indicator, quantity: Quantity) -> str:
    """A figure as 年度指标值: with the sign said, else that of the old target, else the customary one."""
    if quantity.kind == "date":
        return quantity.text if quantity.text.endswith("前") or not quantity.sign else quantity.text + "前"
    value = _in_row_unit(row, quantity)
    if quantity.upper is not None:
        return value
    return (quantity.sign or _sign_of(row)) + value


def read_wording(reading: Reading, number: int, words: str, mode: Mode) -> bool:
    """A qualitative value (效果显著) at the end of ``words`` for row ``number``. True where there is one."""
    row = reading.form.indicators[number - 1]
    said = words.replace(row.name, "")
    matches = list(_PHRASE.finditer(said))
    if (
        not matches
        or not is_worded(row)
        or re.search(r"(?:没有?|未|不)[\u3400-\u9fff]{0,3}$", said[: matches[-1].start()])
    ):
        return False
    if said[matches[-1].end() :].strip("了的。，□ "):
        return False
    phrase = matches[-1].group()
    column = "target" if mode == "target" or is_blank(row.target) else "actual"
    reading.set("indicators", number, column, phrase)
    return True


def read_none_happened(reading: Reading, number: int) -> None:
    """Nothing bad happened (未发生事故): the actual of a row that is to be kept at or below a number is 0."""
    row = reading.form.indicators[number - 1]
    quantity = next(iter(find_quantities(row.target)), None)
    unit = quantity.unit if quantity is not None and quantity.number is not None else unit_of(row)
    reading.set("indicators", number, "actual", "0" + unit)


def is_bad_event(row: Indicator) -> bool:
    """Whether a row counts what should not happen (投诉, 事故, 上访)."""
    return is_unwanted(normal(row.name)) and "成本" not in row.level2 + row.level1


def wants(form: Form, column: str) -> tuple[int, ...]:
    """Rows with a name whose ``column`` is empty or blank."""
    return tuple(n for n, row in enumerate(form.indicators, 1) if row.name and is_blank(getattr(row, column)))


def _in_row_unit(row: Indicator, quantity: Quantity) -> str:
    unit, number = unit_of(row), quantity.number
    if number is None:
        return quantity.text
    upper = quantity.upper
    said = quantity.unit
    if unit and is_money(unit) and quantity.kind == "money":
        factor = ratio(standard(said), standard(unit))
        if factor is not None:
            number = number * factor.numerator / factor.denominator
            upper = upper * factor.numerator / factor.denominator if upper is not None else None
            said = standard(unit)
    elif not said or (said in _PEOPLE and unit in _PEOPLE):
        said = standard(unit) if is_money(unit) and unit else unit
    elif (
        quantity.kind == "count"
        and unit
        and (said == "个" or _has_unit(row))
        and (changed := _changed_to(number, said, unit)) is not None
    ):
        upper = _changed_to(upper, said, unit) if upper is not None else None
        number, said = changed, unit
    return plain(number) + (f"-{plain(upper)}" if upper is not None else "") + said


def _has_unit(row: Indicator) -> bool:
    """Whether a figure of the row is printed with its unit, so that the unit is no guess."""
    return any(figure.unit for cell in (row.target, row.actual) for figure in find_quantities(cell))


def _changed_to(number: Decimal, said: str, unit: str) -> Decimal | None:
    """A count in the row's own unit, where that is exact: 480个 in 人, 3500米 in 公里; else None."""
    factor = ratio(standard(said), standard(unit))
    measured = MEASURES.get(_SCALE.sub("", standard(said)), ("",))[0] in _MEASURED
    if unit in _CARS and said in _CARS:
        return number
    same = _SCALE.sub("", said) == _SCALE.sub("", unit)
    if factor is None or same or not (measured or said == "个"):
        return None
    changed = number * factor.numerator / factor.denominator
    return changed if changed == round(changed, _EXACT_PLACES) else None


def _sign_of(row: Indicator) -> str:
    printed = next(iter(find_quantities(row.target)), None)
    if printed is not None and printed.number is not None:
        return printed.sign
    if read_measure(row.name, row.level2, row.level1).lower:
        return "≤"
    return "≥"
