"""The conditions of a question with their places, and which of them are negated."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.asking.language.numbers import Bound, Comparison
from assistant.asking.language.patterns import COMPARED
from assistant.asking.reading import conditions as cond
from assistant.asking.reading.mentions import Mention, Reading
from assistant.asking.reading.scored import SCORED, points_beside
from assistant.asking.reading.sorts import is_of_a_row, sort_of
from assistant.asking.records.fields import FIELDS, Sort
from assistant.asking.records.query import Condition

_FORM_WORDS = frozenset(
    (
        *("grade_is", "all_spent", "none_left", "kept_money", "under_spent", "no_over_budget"),
        *("no_title", "scored_only", "not_offset", "no_sources", "transfer", "no_transfer"),
        *("adjusted", "not_adjusted", "total_differs", "weight_off"),
    )
)
_SUMS = frozenset(("weight_sum", "total_sum"))
"""把各项分值加在一起,哪张表超过100分: what was added up is what is compared."""
_SOME_OF_IT = frozenset(("lost", "unspent", "overspent"))
"""扣了不到1分: of those that lost any."""
_BESIDE = 2
"""完成值是文字描述的: the cell that is so is named right before."""
_EITHER_WORDS = frozenset(("over_budget", "full", "no_full"))


@dataclass(frozen=True)
class Predicate:
    """What one stretch of the question states of a form or an indicator."""

    start: int
    end: int
    of: Sort
    conditions: tuple[Condition, ...]
    fields: tuple[Mention, ...] = ()
    """The words that name its field, which are used up by it."""


def predicates_of(reading: Reading, bounds: Sequence[Bound], rows: bool) -> list[Predicate]:
    """All predicates; ``rows``: indicators are spoken of, so that words for either mean theirs."""
    found = [_of_word(mark, reading, rows) for mark in reading.marks]
    found += [_of_level(mark, reading) for mark in _levels(reading)]
    found += [_of_mean(mark, reading, rows) for mark in reading.marks if mark.name == "than_mean"]
    found += [_of_versus(mark, reading, rows) for mark in reading.marks if mark.name.startswith("versus_")]
    found += [_of_unspent(mention, reading) for mention in reading.fields if mention.name == "unspent"]
    found += [_of_empty(mark, reading, rows) for mark in reading.marks if mark.name in _EMPTY_OR_NOT]
    found += [_of_fractions(mark, reading, rows) for mark in reading.marks if mark.name == "fractional"]
    taken: list[Mention] = []
    for bound in bounds:
        predicate = _of_bound(bound, reading, rows, taken)
        taken += predicate.fields if predicate else ()
        found.append(predicate)
    known = sorted((one for one in found if one is not None and one.conditions), key=lambda p: p.start)
    return [_negated(one, reading) for one in known]


_BEFORE_NUMBER = re.compile("(?:数量?|个数|总数|条数)?(?:都|共|一共)?(?:是|有|设了?|在|达到?)?")


def counts_rows(bound: Bound, noun: Mention, reading: Reading) -> bool:
    """指标超过10个: whether a number is said of the word for indicators right before it."""
    between = reading.text[noun.end : bound.start] if noun.end <= bound.start else "?"
    return noun.name == "row" and _BEFORE_NUMBER.fullmatch(between) is not None


def number_of_rows(bound: Bound, reading: Reading) -> Predicate | None:
    """指标超过10个, 指标数在8到13个之间: how many indicators a form has; None where something else counts."""
    words = [m for m in reading.fields if m.name == "indicator_count" and m.end <= bound.start]
    kinds = [m for m in reading.levels if m.end <= bound.start]
    nouns = [
        m
        for m in reading.nouns
        if counts_rows(bound, m, reading) and not any(k.start <= m.start <= k.end for k in kinds)
    ]
    if not (words or nouns):
        return None
    conditions = cond.of_groups([bound], "indicator_count")
    near = (words or nouns)[-1]
    return Predicate(near.start, bound.end, "forms", conditions, tuple(words[-1:]))


def _of_word(mark: Mention, reading: Reading, rows: bool) -> Predicate | None:
    name = mark.name
    if name not in cond.WORDS:
        return None
    of: Sort = "indicators"
    if name in _FORM_WORDS or (name in _EITHER_WORDS and not _row_before(mark, reading, rows)):
        of = "forms"
    if name in ("full", "no_full") and (points := _points_before(mark, reading)) is not None:
        op: Comparison = "gt" if name == "no_full" else "le"
        condition = Condition.model_validate({"field": "exec_lost", "op": op, "number": 0})
        return Predicate(points.start, mark.end, "forms", (condition,), (points,))
    if name in SCORED and (beside := points_beside(mark, reading)) is not None:
        return _of_form_points(mark, beside)
    if name in cond.OF_MONEY and rows and is_of_a_row(mark, reading):
        of = "indicators"
    conditions = cond.of_word(mark, of)
    if name in _KINDS_OF_CELLS and (of_cells := _of_cells(mark, conditions, reading)) is not None:
        return of_cells
    return Predicate(mark.start, mark.end, of, tuple(conditions))


_KINDS_OF_CELLS = frozenset(("qualitative", "quantitative", "date_target", "no_unit", "with_unit"))


def _of_cells(mark: Mention, conditions: Sequence[Condition], reading: Reading) -> Predicate | None:
    """完成值不是文字描述的, 目标和完成值都是文字的: of the cells of an indicator named right before."""
    negated = any(m.name == "not_it" and m.end == mark.start for m in reading.marks)
    start = next(m.start for m in reading.marks if m.end == mark.start) if negated else mark.start
    near = [m for m in reading.fields if 0 <= start - m.end <= _BESIDE]
    cells = _listed_before(near[-1], reading) if near else []
    if not cells or any(m.name not in ("target", "actual") for m in cells) or (negated and len(cells) > 1):
        return None
    meant = tuple(
        c.model_copy(update={"field": c.field.replace("target", cell.name), "negated": negated != c.negated})
        for cell in cells
        for c in conditions
    )
    return Predicate(cells[0].start, mark.end, "indicators", meant, tuple(cells))


def _points_before(mark: Mention, reading: Reading) -> Mention | None:
    """执行得分没拿满: the word for the execution score right before."""
    near = [m for m in reading.fields if m.name == "exec_score" and 0 <= mark.start - m.end <= 1]
    return near[-1] if near else None


def _of_form_points(mark: Mention, near: Mention) -> Predicate:
    """Points of a form above or below what the rule gives."""
    by_rule = {"exec_score": "exec_score_rule", "total": "total_rule"}[near.name]
    op: Comparison = "gt" if mark.name == "over_scored" else "lt"
    condition = Condition(field=near.name, op=op, other=by_rule)
    return Predicate(min(mark.start, near.start), max(mark.end, near.end), "forms", (condition,), (near,))


def _row_before(mark: Mention, reading: Reading, rows: bool) -> bool:
    """总分满分的项目里没完成的指标: what 总分 is said of is the form."""
    if not rows:
        return False
    nearest = [m for m in reading.fields if m.end <= mark.start and mark.start - m.end <= 1]
    return not (nearest and nearest[-1].name in ("total", "rate", "exec_score"))


def _levels(reading: Reading) -> list[tuple[Mention, ...]]:
    """Kinds of indicators; those side by side (产出和效益指标) are alternatives."""
    groups: list[tuple[Mention, ...]] = []
    for mention in sorted(reading.levels, key=lambda m: m.start):
        if groups and re.fullmatch(
            "类?的?(?:、|和|与|或者?|及|以及)?", reading.text[groups[-1][-1].end : mention.start]
        ):
            groups[-1] = (*groups[-1], mention)
        else:
            groups.append((mention,))
    return groups


def _of_level(mentions: tuple[Mention, ...], reading: Reading) -> Predicate:
    start, end = mentions[0].start, mentions[-1].end
    told = _LEVEL_AFTER.match(reading.text, end) or _LEVEL_BEFORE.search(reading.text[:start])
    if told is None:
        return Predicate(start, end, "indicators", tuple(cond.of_levels(mentions)))
    field = "level1" if told["n"] in "一1" else "level2"
    texts = tuple(m.name.removesuffix("度") for m in mentions)
    condition = Condition(field=field, op="contains", texts=texts)
    return Predicate(start, end, "indicators", (condition,))


_LEVEL_AFTER = re.compile("(?:指标)?(?:这|那)一?[个类条项](?P<n>[一二12])级指标")
_LEVEL_BEFORE = re.compile(
    "(?P<n>[一二12])级指标(?:名称)?(?:却|还|都)?(?:写|填|标|归|叫|列|设|放)?(?:的)?(?:是|为|在|成|到|着|了)+$"
)
"""满意度这个一级指标, 二级指标是成本: of which level the kind is said."""


def _of_mean(mark: Mention, reading: Reading, rows: bool) -> Predicate | None:
    """高于平均分: compared with the mean, or the median, of the field."""
    low = re.match("低|小|少|不|没|未|达不|在.*下$", mark.text) or re.match("比.*[低少小]的?$", mark.text)
    op: Comparison = "lt" if low else "gt"
    against: Literal["mean", "median"] = "median" if "中位" in mark.text else "mean"
    near = _nearest(reading.fields, mark.start, mark.end)
    inside = next((f for word, f in _IN_MEAN if word in mark.text), "")
    said = near.name if near is not None and mark.start - near.end <= 2 else inside
    if not said:
        said = near.name if near is not None else "total"
    of: Sort = "indicators" if rows and said not in FIELDS["forms"] else "forms"
    field = cond.field_of(said, of)
    if field not in FIELDS[of]:
        return None
    used = (near,) if near is not None and near.name == said else ()
    start = min(mark.start, near.start) if used and near is not None else mark.start
    return Predicate(start, mark.end, of, (Condition(field=field, op=op, against=against),), used)


def _of_unspent(mention: Mention, reading: Reading) -> Predicate | None:
    """钱没花完的项目: a condition; 没花完的钱 is a field."""
    after = reading.text[mention.end :]
    before = reading.text[: mention.start]
    condition = Condition.model_validate({"field": "unspent", "op": "gt", "number": 0})
    if _HAS.search(before) and re.match("的(?:项目|表|有)|且|又|但|而|,|$", after):
        return Predicate(mention.start - 1, mention.end, "forms", (condition,), (mention,))
    if not _NOT_SPENT.fullmatch(mention.text) or re.search("最|排|多少|几", after[:3]):
        return None
    if not (
        re.match("的?(?:项目|表|专项|单子)", after)
        or (not after and re.search("哪|有没有|谁", before))
        or re.match("的?(?:有|是)?(?:哪|几|多少|谁)", after)
        or re.match("[,;](?![^,;]*多少)", after)
        or re.match("的?(?:项目|表)?(?:都|就|也)?(?:不算|别算|不计|不列|除外|不看|剔除|排除)", after)
        or re.match("(?:但|却|而|又|且|还|,)", after)
    ):
        return None
    return Predicate(mention.start, mention.end, "forms", (condition,), (mention,))


_NOT_FILLED = re.compile("(?:都|也)?(?:没有?|未|漏)(?:填写?|写)(?:过|了)?")
_ITS_CELLS = re.compile("(?:[那这]?一?[栏列])?(?:里|上)?(?:[一半]个?(?:格子?|行|条)|整列|从[头上]到[尾下])?")
"""得分那一列一格都没填: nothing but where in the column stands between."""
_EMPTY_OR_NOT = frozenset(("no_cell", "has_cell", "empty_cell", "filled_cell", "negated_set"))


def _of_empty(mark: Mention, reading: Reading, rows: bool) -> Predicate | None:
    """没有总分的表, 标题为空的表: a cell with nothing in it."""
    if mark.name in ("negated_set", "no_cell", "has_cell"):
        near = [m for m in reading.fields if m.start == mark.end]
        if near and mark.name == "negated_set" and COMPARED.match(reading.text[near[0].end :]):
            return None
        if not near and _NOT_FILLED.fullmatch(mark.text):
            between = [reading.text[m.end : mark.start] for m in reading.fields]
            near = [m for m, told in zip(reading.fields, between, strict=True) if _ITS_CELLS.fullmatch(told)]
    else:
        near = [m for m in reading.fields if m.end == mark.start]
    if not near or (
        mark.name != "empty_cell" and near[0].name in ("unspent", "overspent", "lost", "reason_text")
    ):
        return None
    if mark.name in ("negated_set", "no_cell"):
        near = (
            _side_by_side(near[0], reading) if near[0].start >= mark.end else _listed_before(near[0], reading)
        )
    elif mark.name == "empty_cell":
        near = _listed_before(near[-1], reading)
    of, _ = sort_of(near[0], reading, rows or len(near) > 1)
    fields = [cond.field_of(m.name, of) for m in near]
    if any(field not in FIELDS[of] or FIELDS[of][field].computed for field in fields):
        return None
    op: Comparison = "filled" if mark.name in ("filled_cell", "has_cell") else "empty"
    conditions = tuple(Condition(field=field, op=op) for field in fields)
    start, end = min(mark.start, near[0].start), max(mark.end, near[-1].end)
    return Predicate(start, end, of, conditions, tuple(near))


def _of_fractions(mark: Mention, reading: Reading, rows: bool) -> Predicate | None:
    """分值不是整数的, 总分带小数的: of the cell that is named right before."""
    near = [m for m in reading.fields if 0 <= mark.start - m.end <= _BESIDE]
    if not near:
        return None
    cells = _listed_before(near[-1], reading)
    of, _ = sort_of(cells[-1], reading, rows or len(cells) > 1)
    fields = [cond.field_of(m.name, of) for m in cells]
    if any(field not in FIELDS[of] for field in fields):
        return None
    conditions = tuple(Condition(field=field, op="whole", negated=True) for field in fields)
    return Predicate(cells[0].start, mark.end, of, conditions, tuple(cells))


def _side_by_side(first: Mention, reading: Reading) -> list[Mention]:
    """没有分值和得分: the words for cells that are joined to the first one."""
    found = [first]
    for mention in reading.fields:
        if mention.start > found[-1].end and re.fullmatch(
            "和|与|、|及|也没有?|又没有?", reading.text[found[-1].end : mention.start]
        ):
            found.append(mention)
    return found


def _listed_before(last: Mention, reading: Reading) -> list[Mention]:
    """分值和得分都空着: the words for cells that the last one is joined to."""
    found = [last]
    for mention in reversed(reading.fields):
        if mention.end <= found[0].start and re.fullmatch(
            "和|与|、|及|跟|同", reading.text[mention.end : found[0].start]
        ):
            found.insert(0, mention)
    return found


def _of_versus(mark: Mention, reading: Reading, rows: bool) -> Predicate | None:
    """得分低于分值: two fields of one record."""
    left = [m for m in reading.fields if m.end == mark.start]
    right = [m for m in reading.fields if m.start == mark.end]
    if not left or not right:
        return None
    sides = [sort_of(m, reading, rows) for m in (left[0], right[0])]
    if {FIELDS[of][field].unit for of, field in sides if field in FIELDS[of]} == {"分", "%"}:
        return None
    if sides[0][0] != sides[1][0]:
        sides = [("indicators", cond.field_of(m.name, "indicators")) for m in (left[0], right[0])]
    of = sides[0][0]
    if any(field not in FIELDS[of] for _, field in sides):
        return None
    op: Comparison = mark.name.removeprefix("versus_")  # type: ignore[assignment]
    condition = Condition(field=sides[0][1], op=op, other=sides[1][1])
    return Predicate(left[0].start, right[0].end, of, (condition,), (left[0], right[0]))


_HAS = re.compile("(?<!没)有$")
"""有结余且…: that there is any."""
_NOT_SPENT = re.compile(
    "(?:钱|资金|预算|经费)?(?:还|都)?(?:没有?|未|还?没)(?:能)?(?:花|用|使用|支出|执行)(?:完|出去|掉|光|到位|了)?的?(?:钱|资金|经费|预算)?"
)
_IN_MEAN = (("预算", "budget"), ("执行率", "rate"), ("分", "total"))


def _nearest(fields: Sequence[Mention], start: int, end: int) -> Mention | None:
    before = [m for m in fields if m.end <= start]
    if before:
        return before[-1]
    after = [m for m in fields if m.start >= end]
    return after[0] if after else None


def _of_bound(bound: Bound, reading: Reading, rows: bool, taken: Sequence[Mention]) -> Predicate | None:
    """The nearest word before the number (else after it) that takes such a one, else what its unit means."""
    between_or = [m for m in reading.marks if m.name == "or" and m.end <= bound.start]
    clause_start = max([0, *(m.end() for m in re.finditer("[,;]", reading.text[: bound.start]))])
    fitting = [m for m in reading.fields if _fit(m, bound, reading, rows)]
    before = [m for m in fitting if m.end <= bound.start]
    after = [m for m in fitting if m.start >= bound.end and m.start - bound.end <= 1]
    clause = [m for m in before if m.start >= clause_start]
    mention: Mention | None = None
    if clause:
        mention = clause[-1]
    elif after:
        mention = after[0]
    elif before and between_or:
        mention = before[-1]
    apart = before and re.search("[,;]", reading.text[before[-1].end : bound.start])
    summed = before and before[-1].name in _SUMS
    if mention is None and before and (not apart or not bound.unit or summed):
        mention = before[-1]
    of, field = _meant(mention, bound, reading, rows)
    if not field:
        return None
    if field == "target" and bound.unit == "%" and mention is not None:
        # 目标的七成到九成: so much of it was reached.
        field = "completion" if _SO_MUCH_OF.fullmatch(reading.text, mention.end, bound.start) else field
    conditions = tuple(cond.bounded(bound, field))
    if mention is not None and mention.name in _SOME_OF_IT and mention.text.endswith(("了", "掉", "下")):
        conditions += tuple(cond.more_than_none(bound, field))
    start = (
        min(bound.start, mention.start) if mention is not None and mention.end <= bound.start else bound.start
    )
    if mention in taken:
        start = bound.start
    return Predicate(start, bound.end, of, conditions, (mention,) if mention is not None else ())


_SO_MUCH_OF = re.compile("[值数]?的(?:大概|大约|约)?")


def _fit(mention: Mention, bound: Bound, reading: Reading, rows: bool) -> bool:
    of, field = sort_of(mention, reading, rows)
    return field in FIELDS[of] and cond.fits(field, bound.unit)


def _meant(mention: Mention | None, bound: Bound, reading: Reading, rows: bool) -> tuple[Sort, str]:
    if mention is not None:
        return sort_of(mention, reading, rows)
    of: Sort = "indicators" if rows else "forms"
    return of, cond.by_unit(bound, of)


def _left_aside(one: Predicate, reading: Reading) -> bool:
    """除了满意度指标, 产出指标以外: a kind of indicator that is left out."""
    text = reading.text
    after = any(m.name == "besides" and 0 <= m.start - one.end <= 1 for m in reading.marks)
    before = any(
        m.name == "except" and m.end <= one.start and not re.search("[,;]", text[m.end : one.start])
        for m in reading.marks
    )
    return after or before


_TO_THEM = re.compile("的?(?:那[些几]?[张个条]?)?(?:自评)?(?:表|项目|指标|专项)?")
"""没打分的表, before 不算."""


def _negated(one: Predicate, reading: Reading) -> Predicate:
    """不是填日期的, 不是成本指标的."""
    before = [m for m in reading.marks if m.name == "not_it" and m.end == one.start]
    kind = one.conditions[0].field in ("level1", "level2")
    directly = any(m.name == "except" and 0 <= one.start - m.end <= 1 for m in reading.marks)
    told = any(
        m.name == "left_out" and m.start >= one.end and _TO_THEM.fullmatch(reading.text[one.end : m.start])
        for m in reading.marks
    )
    if not before and (told or directly or (kind and _left_aside(one, reading))):
        conditions = tuple(c.model_copy(update={"negated": True}) for c in one.conditions)
        return replace(one, conditions=conditions)
    if not before:
        return one
    conditions = tuple(c.model_copy(update={"negated": not c.negated}) for c in one.conditions)
    return replace(one, start=before[0].start, conditions=conditions)
