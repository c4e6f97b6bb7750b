"""Rules on the units of 年度指标值 and 实际完成值."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.form.finding import Severity
from assistant.form.numerals import normal
from assistant.form.rounding import half_up, plain
from assistant.form.text import shortened
from assistant.form.units import MEASURES, is_unit
from assistant.form.value import Kind, Value, in_unit_of
from assistant.rules.costs import PER_PIECE
from assistant.rules.line import Line
from assistant.rules.phrasing import named
from assistant.rules.rule import Case, Observation, rule

_MEASURED = (Kind.QUANTITATIVE, Kind.RANGE)
_COUNTED = frozenset({"people", "events", "organisations", "papers", "things"})
# 未发生 answers 0起 without a unit; 六期 has one.
_DIGIT = re.compile(r"[0-9〇零一二两三四五六七八九十百]")
# Something that no list of units knows (μg/m3) stands after the number all the same.
_UNREAD_UNIT = re.compile(r"\d\s*(?!(?:及|或)?以[上下内]|左右|余|多|之[前内])[^\W\d_][^\s]*$")
_BARE_SCALE = re.compile("[十百千]?[万亿]")
_RATE = re.compile(r"(?:率|满意度|比例|比重|占比|增速|增幅)$")
_PURE_NUMBER = re.compile(
    r"(?:系数|指数|倍数|(?<![占同环])比值?|得分|评分|等级|名次|排名|位次|酸碱度|pH值?|PUE值?)"
    r"(?:\([^()]*\))?$",
    re.IGNORECASE,
)
"""Names of what is measured without a unit."""
_BOUNDED = re.compile(
    r"(?:满意度|(?:满意|合格|达标|覆盖|及时|到位|通过|准确|合规|处理|处置|办结|结业|就业|入学|知晓|参与|出勤|成活|好评|发放|公开"
    r"|验收|优良|优秀|占|普及|有效|巩固|落实|控制|结题|登记|整改|报告|随访|建档|完好|正常|正确|在线|可用|存活|保存|差错|故障|破损"
    r"|投诉|事故|死亡|失业|缺勤|流失|成灾|受害|绿化|录取|及格|持证|抽检|报销|结案|调解|清零|复学|接种|筛查|签约|检出|退货)率)$"
    r"|(?:占比|盖度)$"
)
_GROWTH = re.compile("增长|增速|增幅|提高|提升|下降|降低|减少|同比|环比|变化")
_WAN, _YUAN = "万元", Decimal(10_000)
_SPENT = re.compile("经费|成本|费用|费$|费[(]")
_GUESSES = (
    ("%", re.compile(r"(?:率|满意度|比例|比重|占比|增速|增幅)$")),
    ("人次", re.compile("人次$")),
    ("人", re.compile("人数|人员|人才|名额")),
    ("次", re.compile("次数|频次|次$")),
    ("天", re.compile("天数|天$")),
    ("期", re.compile("期数|班次")),
    ("家", re.compile("家数|企业数|单位数")),
    ("户", re.compile("户数")),
    (_WAN, re.compile("金额|资金|收入|产值|投资|经费|成本|费用|费$")),
    ("平方米", re.compile("面积")),
)


@rule("I002", Severity.WARNING)
def target_no_unit(case: Case) -> Iterator[Observation]:
    """定量指标值没有计量单位

    检查什么：年度指标值是数量却没有单位，指标名称里也没有用括号注明单位。单独一个 0 给提示。
    依据：指标值由比较符号、数值和计量单位组成（财预〔2021〕101号，未核对原文）
    为什么：没有单位，60 可以是 60 人也可以是 60%，完成值无法核对。
    反例：
        indicators[2].target = ≥360
    正例：
        indicators[2].target = ≥360人
        或
        indicators[2].name = 参训教师人数（人）
        indicators[2].target = ≥360
        indicators[2].actual = 342
    不检查什么：系数、指数、评分、名次这类没有单位的指标；只有完成值带 % 的，见 percent_mismatch。
    """
    for line in case.lines:
        if line.target.kind not in _MEASURED or line.target.unit or name_unit(line):
            continue
        if _UNREAD_UNIT.search(normal(line.cells.target)):
            continue
        if line.actual.unit_norm == "%" or _is_share(line) or _is_pure(line):
            continue
        unit = line.actual.unit_norm or _guess(case, line)
        bare = line.cells.target.strip()
        yield Observation(
            f"{named(line)}的指标值“{bare}”没有计量单位。",
            "indicators",
            line.number,
            "target",
            printed=bare,
            expected=f"{bare}{unit}" if unit else f"{bare}＋单位",
            hint=f"写成“{bare}{unit}”，完成值用同样的单位。"
            if unit
            else "在数值后面写明单位，完成值用同样的单位。",
            severity=Severity.NOTE if line.target.number == 0 and line.target.upper is None else None,
        )


@rule("I005", Severity.NOTE)
def unit_mismatch(case: Case) -> Iterator[Observation]:
    """指标值和完成值的计量单位不一致

    检查什么：只有一个写了单位，或者两个单位不同。单位之间根本不能比较（万元和个）时为提醒。
    依据：实际完成值应与年度指标值口径一致（财预〔2020〕10号 单位自评要求，未核对原文）
    为什么：单位不同时完成率没有意义；只差写法的，汇总时也会当成两种单位。
    反例：
        indicators[2].actual = 342
        或
        indicators[1].actual = 6场
    正例：
        indicators[2].actual = 342人
    不检查什么：只有一个带 % 的，见 percent_mismatch；都写“万”的，见 unit_abbrev。
    """
    for line in case.lines:
        target, actual = line.target, line.actual
        if target.kind not in _MEASURED or actual.kind not in _MEASURED or target.unit == actual.unit:
            continue
        if "%" in (target.unit_norm, actual.unit_norm) and not (target.unit and actual.unit):
            continue
        if not _DIGIT.search(normal(actual.raw)) or not _DIGIT.search(normal(target.raw)):
            continue
        if (target.unit_norm == actual.unit_norm and not _differ_in_money(line)) or _is_covered_abbreviation(
            line
        ):
            continue
        apart, better = _cannot_compare(target, actual), _with_unit(line)
        yield Observation(
            _mismatch_message(line, apart=apart),
            "indicators",
            line.number,
            "actual" if target.unit else "target",
            printed=f"{line.cells.target.strip()} / {shortened(line.cells.actual)}",
            expected=better,
            arithmetic=_converted(line),
            hint="核对两处的数和单位，改成同一口径。"
            if apart
            else f"{better}。"
            if better.startswith("单位")
            else f"写成“{better}”。",
            severity=Severity.WARNING if apart else None,
        )


@rule("I006", Severity.NOTE)
def unit_abbrev(case: Case) -> Iterator[Observation]:
    """单位只写“万”“亿”，没有写出“元”

    检查什么：指标值的单位只有“万”或“亿”。
    依据：计量单位应完整（财预〔2021〕101号，未核对原文）；金额单位为万元
    为什么：“1000万”可以是元，也可以是人次、亩；表头写的是万元，单位要写全。
    反例：
        indicators[5].target = ≤80万
        indicators[5].actual = 78.4万
    正例：
        indicators[5].target = ≤80万元
    不检查什么：资金栏里的“万”，见 fund_unit_noise。
    """
    for line in case.lines:
        unit = line.target.unit
        if unit.endswith(("万", "亿")) and line.target.kind in _MEASURED and _BARE_SCALE.fullmatch(unit):
            whole = line.target.unit_norm if line.target.unit_norm != unit else f"{unit}＋单位"
            printed = line.cells.target.strip()
            yield Observation(
                f"{named(line)}的指标值“{shortened(printed)}”只写了“{unit}”，没有写全单位。",
                "indicators",
                line.number,
                "target",
                printed=printed,
                expected=printed.replace(unit, whole),
                hint=f"把“{unit}”写成“{whole}”，完成值也一样。",
            )


@rule("I007", Severity.WARNING)
def percent_mismatch(case: Case) -> Iterator[Observation]:
    """指标值和完成值只有一个带百分号

    检查什么：一个写了 %，另一个是没有单位的数。其中一个是 0，或者写的是“百分比”时只给提示。
    依据：实际完成值应与年度指标值口径一致（财预〔2020〕10号 单位自评要求，未核对原文）
    为什么：“≥90”与“100%”一个像分数一个像比率，读表的人无法确定是不是同一口径。
    反例：
        indicators[8].target = ≥90
    正例：
        indicators[8].actual = 0.96
    不检查什么：用小数表示的比率（0.96 就是 96%）；名称里用括号注明 % 的。
    """
    for line in case.lines:
        target, actual = line.target, line.actual
        if target.kind not in _MEASURED or actual.kind not in _MEASURED:
            continue
        if (target.unit_norm == "%") is (actual.unit_norm == "%"):
            continue
        percents = [value for value in (target, actual) if value.unit_norm == "%"]
        bare = [value for value in (target, actual) if not value.unit]
        if len(bare) != 1 or "%" in name_unit(line) or _is_fraction(bare[0], percents[0]):
            continue
        field = "target" if bare[0] is target else "actual"
        printed = getattr(line.cells, field).strip()
        in_words = percents[0].unit != "%"
        only = f"只有一个写了“{percents[0].unit}”" if in_words else "只有一个带百分号"
        yield Observation(
            f"{named(line)}的指标值“{line.cells.target.strip()}”和完成值“{shortened(line.cells.actual)}”{only}。",
            "indicators",
            line.number,
            field,
            printed=f"{line.cells.target.strip()} / {shortened(line.cells.actual)}",
            expected=f"{shortened(printed)}%",
            hint=f"把“{shortened(printed)}”写成“{shortened(printed)}%”。",
            severity=Severity.NOTE if bare[0].number == 0 or in_words else None,
        )


@rule("I008", Severity.ERROR)
def percent_range(case: Case) -> Iterator[Observation]:
    """不可能超过 100% 的比率超过了 100%，或者小于 0

    检查什么：满意度、合格率、覆盖率、及时率等部分占总体的比率，指标值或完成值超过 100%，或者小于 0。
    依据：部分与总体之比在 0 到 100% 之间
    为什么：这样的数一定算错了或者填错了格。
    反例：
        indicators[8].actual = 106%
    正例：
        indicators[6].name = 资源访问量增长率
        indicators[6].target = ≥120%
        indicators[6].actual = 125%
    不检查什么：增长率、完成率这类可以超过 100% 的比率。
    """
    for line in case.lines:
        for field, value in (("target", line.target), ("actual", line.actual)):
            number = impossible_share(line, value)
            if number is None:
                continue
            yield Observation(
                f"{named(line)}是部分占总体的比率，“{shortened(value.raw)}”不在 0 到 100% 之间。",
                "indicators",
                line.number,
                field,
                printed=value.raw,
                expected="0%～100%",
                arithmetic=f"{plain(number)}% {'＞ 100%' if number > 100 else '＜ 0%'}",
                hint="按原始数据重新计算；如果是增长率，请在指标名称中写明。",
            )


def impossible_share(line: Line, value: Value) -> Decimal | None:
    """The percentage of ``value`` where the row's rate can have none such; None where it can."""
    number = value.upper if value.upper is not None else value.number
    if value.unit_norm != "%" or number is None or 0 <= number <= 100:
        return None
    name = normal(line.cells.name)
    return number if _BOUNDED.search(name) and not _GROWTH.search(name) else None


def name_unit(line: Line) -> str:
    """The unit that the name gives in brackets (…数量（篇）), ``""`` if none."""
    name = normal(line.cells.name)
    if not name.endswith((")", "]")) or "(" not in name:
        return ""
    inside = name[name.rindex("(") + 1 : -1].removeprefix("单位:")
    return inside if is_unit(inside) else ""


def _is_share(line: Line) -> bool:
    """True for a rate given as a share of one: 0.95."""
    number = line.target.number
    return number is not None and 0 < number <= 1 and bool(_RATE.search(normal(line.cells.name)))


def _is_pure(line: Line) -> bool:
    """True for a coefficient, an index, a rank: its actual is a bare number too."""
    return not line.actual.unit and _PURE_NUMBER.search(normal(line.cells.name)) is not None


def _is_fraction(bare: Value, percent: Value) -> bool:
    """True where ``bare`` can be the share of one that ``percent`` writes out: 0.96 beside 95%."""
    number = bare.number
    return number is not None and 0 < number <= 1 and in_unit_of(bare, percent) != number


def _guess(case: Case, line: Line) -> str:
    """The unit that the row's name calls for; ``""`` where none is likely.

    A cost is 万元 only where the money of the form allows it, and per head or per piece it may be either.
    """
    name = normal(line.cells.name)
    unit = next((unit for unit, pattern in _GUESSES if pattern.search(name)), "")
    if unit != _WAN or not _SPENT.search(name):
        return unit
    budget, number = case.total_fund and case.total_fund.amounts["budget"], line.target.number
    if budget and number and number > (budget if case.form.money_unit == _WAN else budget / _YUAN):
        return "元"
    return "" if PER_PIECE.search(name) else unit


def _differ_in_money(line: Line) -> bool:
    """True for 万 beside 万元: the same unit, one of them not written out."""
    return bool(_BARE_SCALE.fullmatch(line.target.unit) or _BARE_SCALE.fullmatch(line.actual.unit))


def _is_covered_abbreviation(line: Line) -> bool:
    """True where ``unit_abbrev`` says the same already: the target lacks 元."""
    return bool(_BARE_SCALE.fullmatch(line.target.unit)) and bool(line.actual.unit)


def _cannot_compare(target: Value, actual: Value) -> bool:
    """True where one is money, a share, an area … and the other is not; two counting words may compare."""
    if not target.unit or not actual.unit or in_unit_of(actual, target) is not None:
        return False
    return not (_counts(target.unit_norm) and _counts(actual.unit_norm))


def _counts(unit: str) -> bool:
    base = unit.partition("/")[0]
    base = base if base in MEASURES else base.lstrip("十百千万亿")
    return base not in MEASURES or MEASURES[base][0] in _COUNTED


def _mismatch_message(line: Line, *, apart: bool) -> str:
    target, actual = line.target.unit, line.actual.unit
    if not actual:
        return f"{named(line)}的完成值“{shortened(line.cells.actual)}”没有写单位“{target}”。"
    if not target:
        return f"{named(line)}的完成值带单位“{actual}”，指标值“{line.cells.target.strip()}”没有单位。"
    verdict = "无法比较" if apart else "写法不一致"
    return f"{named(line)}的指标值用“{target}”，完成值用“{actual}”，单位{verdict}。"


def _with_unit(line: Line) -> str:
    """The cell that lacks the unit, or has another, as it should read."""
    target, actual = line.target, line.actual
    if not target.unit:
        return f"{line.cells.target.strip()}{actual.unit_norm}"
    number = actual.number if not actual.unit else in_unit_of(actual, target)
    exact = number is not None and number == half_up(number, 4)
    return (
        f"{plain(number)}{target.unit_norm}"
        if number is not None and exact
        else f"单位都用“{target.unit_norm}”"
    )


def _converted(line: Line) -> str:
    """How the actual reads in the target's unit, where the two convert: ``5640000元 = 564万元``."""
    number, converted = line.actual.number, line.reached
    if not line.actual.unit or not line.target.unit or number is None or converted in (None, number):
        return ""
    return f"{plain(number)}{line.actual.unit} = {plain(converted or Decimal(0), 4)}{line.target.unit}"


RULES = (target_no_unit, unit_mismatch, unit_abbrev, percent_mismatch, percent_range)
