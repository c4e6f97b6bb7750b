"""The conditions that a reading states, as conditions of a query."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.asking.language.numbers import Bound, Comparison
from assistant.asking.reading.mentions import Mention, Reading
from assistant.asking.records.fields import FIELDS, Sort
from assistant.asking.records.query import Condition
from assistant.asking.records.records import NO, NO_UNIT, YES
from assistant.form.numerals import number_of
from assistant.form.units import is_money, standard

MONEY = ("initial", "budget", "executed", "unspent", "overspent", "adjusted")
ROW_FIELDS = frozenset(
    ("score_rate", "target", "actual", "weight", "rule_score", "completion", "completion_times", "gap")
)
ROW_WORDS = frozenset(
    (
        *(
            "missed",
            "none_done",
            "exceeded",
            "times",
            "percent_over",
            "exactly",
            "date_target",
            "range_target",
            "qualitative",
            "quantitative",
        ),
        *(
            "no_sign",
            "no_unit",
            "with_unit",
            "no_points",
            "nothing_done",
            "no_actual",
            "no_reason",
            "blank_reason",
            "no_measure",
            "measure_told",
            "reason",
            "below_half",
            "under_share",
            "over_scored",
            "under_scored",
        ),
        *("per_counted", "per_level2", "per_level1", "wrong_score"),
    )
)


def _is(field: str, *texts: str) -> Condition:
    return Condition(field=field, op="eq", texts=texts)


def _number(field: str, op: Comparison, number: int | Decimal) -> Condition:
    unit = "%" if field == "completion" else ""
    return Condition(field=field, op=op, number=Decimal(number), unit=unit)


_HALF_TENTH, _HUNDREDTH = Decimal("0.05"), Decimal("0.01")


_OF_FORMS: dict[str, tuple[Condition, ...]] = {
    "over_budget": (_number("overspent", "gt", 0),),
    "no_over_budget": (_number("overspent", "le", 0),),
    "all_spent": (_number("unspent", "eq", 0),),
    "none_left": (_number("unspent", "le", 0),),
    "kept_money": (_number("unspent", "gt", 0),),
    "under_spent": (_number("unspent", "gt", 0),),
    "no_sources": (_number("sources", "eq", 0),),
    "no_title": (Condition(field="title", op="empty"),),
    "transfer": (_is("template", "转移支付"),),
    "no_transfer": (_is("template", "项目支出"),),
    "adjusted": (_number("adjusted", "ne", 0),),
    "not_adjusted": (_number("adjusted", "eq", 0),),
    "total_differs": (_number("total_gap", "ne", 0),),
    "full": (_number("total", "eq", 100),),
    "no_full": (_number("total", "lt", 100),),
    "not_offset": (_number("unspent", "gt", 0),),
    "scored_only": (Condition(field="total", op="filled"),),
}
_OF_ROWS: dict[str, tuple[Condition, ...]] = {
    "no_reason": (_is("reason", NO),),
    "blank_reason": (Condition(field="explanation", op="empty"),),
    "reason": (_is("reason", YES),),
    "no_measure": (_is("measure", NO),),
    "measure_told": (_is("measure", YES),),
    "date_target": (_is("target_kind", "日期"),),
    "range_target": (_is("target_kind", "区间"),),
    "qualitative": (_is("target_kind", "定性"),),
    "quantitative": (_is("target_kind", "定量", "区间"),),
    "no_sign": (_is("target_sign", "none"), _is("target_kind", "定量")),
    "over_scored": (_number("score_gap", "gt", 0),),
    "under_scored": (_number("score_gap", "lt", 0),),
    "over_budget": (_is("met", NO),),
    "no_over_budget": (_is("met", YES),),
    "all_spent": (_number("completion", "eq", 100),),
    "none_left": (_number("completion", "eq", 100),),
    "kept_money": (_number("completion", "lt", 100),),
    "under_spent": (_number("completion", "lt", 100),),
    "no_actual": (Condition(field="actual", op="empty"),),
    "full": (Condition(field="score", op="eq", other="weight"),),
    "no_full": (_number("lost", "gt", 0),),
    "missed": (_is("met", NO),),
    "none_done": (_number("actual", "eq", 0),),
    "exactly": (_number("completion", "eq", 100),),
    "reached": (_is("met", YES),),
    "no_unit": (_is("target_unit", NO_UNIT),),
    "with_unit": (_is("target_unit", NO_UNIT).model_copy(update={"negated": True}),),
    "no_points": (_number("score", "eq", 0),),
    "nothing_done": (_number("completion", "eq", 0), Condition(field="way", op="ne", texts=("lower",))),
}
OF_MONEY = frozenset(("all_spent", "none_left", "kept_money", "under_spent", "no_over_budget"))
"""What is said of the money of a form, or of an indicator that states an amount."""
WORDS = frozenset(
    (
        *_OF_FORMS,
        *_OF_ROWS,
        "weight_off",
        "times",
        "percent_over",
        "below_half",
        "under_share",
        "exceeded",
        "grade_is",
    )
)
"""What words state of a form, and of an indicator."""


def field_of(name: str, of: Sort) -> str:
    """The field of ``of`` that a word means: 得分 of a form is its 总分, 预算 of an indicator its 指标值."""
    if of == "forms":
        return {
            "score": "total",
            "lost": "total_lost",
            "rule_score": "total_rule",
            "score_gap": "total_gap",
            "weight": "exec_weight",
        }.get(name, name)
    if of == "indicators":
        same = {
            "completion_times": "completion",
            "total": "score",
            "total_lost": "lost",
            "total_rule": "rule_score",
            "rate": "completion",
            "goal_actual": "actual",
        }
        same |= {
            "budget": "target",
            "initial": "target",
            "executed": "actual",
            "unspent": "gap",
            "overspent": "gap",
        }
        return same.get(name, name)
    return name


def has_field(name: str, of: Sort) -> bool:
    """Whether a word means a field of ``of``."""
    return field_of(name, of) in FIELDS[of]


_LESS = ("低", "少", "小", "省")
"""比目标少 says which way, where 没达到目标 says of a limit that too much was spent."""


def of_word(mark: Mention, of: Sort) -> list[Condition]:
    """What one word states of a form or of an indicator; nothing where it says nothing of this sort."""
    if of == "forms":
        return _of_form(mark)
    match mark.name:
        case "times":
            return [_times(mark)]
        case "percent_over":
            return _percent_over(mark.text)
        case "under_share":
            # 比目标低三成: less, whether that is wanted or not.
            wanted = Condition(field="way", op="ne", texts=("lower",))
            return [*_under(mark.text), *(() if re.match("比|较", mark.text) else (wanted,))]
        case "below_half":
            return [_below(mark.text)]
        case "exceeded" if mark.text.startswith(("没", "未", "还")):
            return [_number("completion", "le", 100)]
        case "exceeded":
            found = [_number("completion", "gt", 100)]
            better = re.search("超额|好于|优于", mark.text)
            return found + ([Condition(field="way", op="ne", texts=("lower",))] if better else [])
        case _:
            return _in_its_words(mark)


def _in_its_words(mark: Mention) -> list[Condition]:
    """成本比目标低: less, which is not to miss it; 文字: no number, whether it answers anything or not."""
    if mark.name == "missed" and re.match(f"(?:.{{1,2}}得)?比.*[{''.join(_LESS)}]", mark.text):
        return [_number("completion", "lt", 100)]
    if mark.name == "qualitative" and re.search("文字|汉字|数字|数值", mark.text):
        return [_is("target_kind", "定性", "文字")]
    return list(_OF_ROWS.get(mark.name, ()))


def _of_form(mark: Mention) -> list[Condition]:
    if mark.name == "grade_is" and (grade := re.search("优|良|中|差", mark.text)):
        return [_is("grade", grade[0])]
    if mark.name == "weight_off":
        return [_number("weight_sum", _off_from(mark.text), 100)]
    if mark.name == "adjusted" and (way := re.search("减|低|砍|增|高|加", mark.text)) is not None:
        return [_number("adjusted", "lt" if way[0] in "减低砍" else "gt", 0)]
    return list(_OF_FORMS.get(mark.name, ()))


def _off_from(text: str) -> Comparison:
    """超过100分, 不足100分, 不是100分."""
    more, less = re.search("超|大|高|多", text), re.search("不足|不够|没到|不到|凑不|低|小|少", text)
    return "ne" if bool(more) == bool(less) else "gt" if more else "lt"


def of_levels(levels: Sequence[Mention]) -> list[Condition]:
    """Several levels named side by side are alternatives."""
    level1 = tuple(m.name for m in levels if m.name in ("产出", "效益", "满意度"))
    level2 = tuple(m.name for m in levels if m.name not in ("产出", "效益", "满意度"))
    found = []
    if level2 and level1 and set(level1) == {"满意度"}:
        return [Condition(field="level2", op="contains", texts=(*level2, "满意"))]
    if level2:
        found.append(Condition(field="level2", op="contains", texts=level2))
    if level1 and set(level1) == {"满意度"} and not level2:
        found.append(Condition(field="level2", op="contains", texts=("满意",)))
    elif level1:
        found.append(
            Condition(
                field="level1", op="contains", texts=tuple(n[:2] if n == "满意度" else n for n in level1)
            )
        )
    return found


def _percent_over(text: str) -> list[Condition]:
    match = re.search("([0-9.]+|[一二两三四五六七八九十]+)(%|成)(以上|还多)?", text)
    if not match or (number := number_of(match[1])) is None:
        return []
    number = number * 10 if match[2] == "成" else number
    return [_number("completion", "ge" if match[3] else "gt", 100 + number)]


def _under(text: str) -> list[Condition]:
    """不到目标的六成: less than 60 per cent of it; 比目标低三成以上: 70 per cent of it or less."""
    match = re.search("([0-9.]+|[一二两三四五六七八九十]+)(%|成)", text)
    number = number_of(match[1]) if match else Decimal(5)
    if number is None:
        return []
    share = number * (10 if match is None or match[2] == "成" else 1)
    if re.match("比|较", text):
        return [_number("completion", "le" if re.search("以上|多$", text) else "lt", 100 - share)]
    return [_number("completion", "lt", share)]


def _below(text: str) -> Condition:
    """得分低于分值的一半, 六成, 80%."""
    match = re.search("([0-9.]+|[一二两三四五六七八九十]+)(%|成)$", text)
    number = number_of(match[1]) if match else None
    factor = Decimal(50) if match is None or number is None else number * (10 if match[2] == "成" else 1)
    return Condition(field="score_rate", op="lt", number=factor, unit="%")


def _times(mention: Mention) -> Condition:
    """超过目标一倍: more than twice; 两倍以上, 是目标的三倍: at least that many times."""

    text = mention.text
    more = bool(re.search("以上|还多|多$|有余|及以上|达|是|相当|≥|不低于|不少于|至少", text))
    found = re.search("([0-9.]+|[一二两三四五六七八九十百]+)(倍|%|成|番)", text)
    number = number_of(found[1]) if found else Decimal(1)
    unit = found[2] if found else "番"
    if number is None:
        number = Decimal(1)
    of_it = re.search("的[0-9.一二两三四五六七八九十百]+(?:倍|%|成)", text)
    beyond = bool(re.search("超|高|多(?!$)|翻", text)) and not of_it
    factor = number * 100
    if unit in ("%", "成"):
        factor = number * (10 if unit == "成" else 1) + (100 if beyond else 0)
    elif unit == "番":
        factor = Decimal(100) * 2 ** int(number)
    elif beyond and number == 1:
        factor = Decimal(200)
    return Condition(field="completion", op="ge" if more else "gt", number=factor, unit="%")


def bounded(bound: Bound, field: str) -> list[Condition]:
    """The condition that a number states of ``field``."""
    unit = bound.unit if field not in ("completion",) else "%"
    unit = "" if standard(unit) == "分" or field == "indicator_count" else unit
    if bound.upper is not None:
        return [Condition(field=field, op="between", number=bound.number, upper=bound.upper, unit=unit)]
    if field == "rate" and bound.op == "eq" and _decimals(bound.number) == 1:
        # 执行率95.8%: of a rate with two decimals, said with one.
        least, most = bound.number - _HALF_TENTH, bound.number + _HALF_TENTH - _HUNDREDTH
        return [Condition(field=field, op="between", number=least, upper=most, unit=unit)]
    return [Condition(field=field, op=bound.op, number=bound.number, unit=unit)]


def _decimals(number: Decimal) -> int:
    return max(0, -int(number.normalize().as_tuple().exponent))


def of_groups(bounds: Sequence[Bound], field: str) -> tuple[Condition, ...]:
    """What numbers state of an aggregate, or of a number of records: each end of 8到13个 by itself."""
    found: list[Condition] = []
    for bound in bounds:
        unit = bound.unit if is_money(bound.unit) else ""
        found.append(Condition(field=field, op=bound.op, number=bound.number, unit=unit))
        if bound.upper is not None:
            found.append(Condition(field=field, op="le", number=bound.upper, unit=unit))
    return tuple(found)


_OF_SUCH = re.compile("的(?:那[些几]?[个张条]?)?(?:项目|自评表|表|专项|单子|指标)")
"""执行率100%的项目花了多少: a number right behind its field tells which are meant."""


def is_value(bound: Bound, reading: Reading) -> bool:
    """得100分的, 执行率100%的, 预算20万的: a number that is a condition although no comparison is said."""
    after = re.split("[,;]", reading.text[bound.end :])[0]
    single = re.match("的?[那这](?:一)?[条个项张]", after) is not None
    if single:
        return True
    if _OF_SUCH.match(after) and any(m.end == bound.start for m in reading.fields):
        return True
    asked = re.search("多少(?!个|张|项|条|家)", after) is not None
    return bound.unit in ("分", "%", "万元", "元", "亿元") and not asked


def more_than_none(bound: Bound, field: str) -> list[Condition]:
    """That there is any of ``field`` at all, where only an upper end of it is said."""
    return [_number(field, "gt", 0)] if bound.op in ("lt", "le") and bound.number > 0 else []


def by_unit(bound: Bound, of: Sort) -> str:
    """The field that a number without a word for one means, by its unit; "" for none."""
    unit = bound.unit
    if is_money(unit):
        return "budget" if of == "forms" else "actual"
    if unit == "%":
        return "rate" if of == "forms" else "actual"
    if unit == "分":
        return "total" if of == "forms" else "score"
    return "actual" if of == "indicators" and unit and unit not in ("倍", "番") else ""


def fits(field: str, unit: str) -> bool:
    """Whether a number in ``unit`` can be compared with ``field``."""
    if not unit:
        return True
    if field in MONEY:
        return is_money(unit)
    if field in ("rate", "rate_printed", "completion", "met_share", "score_rate", "left_rate"):
        return unit == "%"
    if field == "rate_diff":
        return unit in ("%", "个百分点", "百分点")
    if field in _POINTS:
        return unit == "分"
    return field in ("target", "actual", "gap", "indicator_count") and unit not in ("倍", "番")


_POINTS = frozenset(
    (
        *("total", "score", "weight", "lost", "total_lost", "exec_score", "total_rule", "rule_score"),
        *(
            "weight_sum",
            "exec_gap",
            *("exec_diff", "total_diff", "sum_diff"),
            "exec_weight",
            "total_sum",
            "exec_lost",
            "total_gap",
            "score_gap",
            "exec_score_rule",
        ),
    )
)
