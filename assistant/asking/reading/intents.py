"""What is to be done with the records: which findings, which order, how many."""

from __future__ import annotations

import re

from assistant.asking.reading.mentions import Reading
from assistant.form.numerals import number_of

_RULES = {
    "same_name": ("duplicate_indicator",),
    "same_reason": ("duplicate_explanation",),
    "wrong_sources": ("fund_sources_sum",),
    "wrong_total": ("total_score",),
    "wrong_exec_score": ("exec_score",),
    "wrong_rate": ("exec_rate",),
    "wrong_weight": ("weight_sum",),
    "wrong_score": ("rule_score",),
    "wrong_date": ("year_contradiction", "date_late", "date_impossible"),
    "copied_goal": ("goal_copy",),
    "no_year": ("year_missing",),
}
_BY_FIELD = {
    "total": "total_score",
    "exec_score": "exec_score",
    "exec_score_rule": "exec_score",
    "rate": "exec_rate",
    "rate_printed": "exec_rate",
    "score": "rule_score",
    "rule_score": "rule_score",
}
FINDING_WORDS = (*_RULES, "problems", "per_rule")
"""Words that only the check's findings answer."""
MORE = re.compile(
    "(?:哪个|哪张|谁|哪项|哪一[个张项])[^,]{0,8}?(?:更|较|要|比较)?(?:高|低|多|少|大|小|好|差)(?:一些|一点|些)?$"
)
"""哪个执行率低: an extreme among what is named, without 最."""
_SO_MANY = re.compile("哪([0-9]+|[两二三四五六七八九十]+)[个张项条家名]")
_UP = re.compile("低|小|少|短|差|便宜|慢|垫底")


def finding_rules(reading: Reading) -> tuple[str, ...] | None:
    """The rules whose findings are asked; an empty tuple: all of them; None: none is asked."""
    cells = {m.name for m in reading.fields}
    if reading.says("copied_goal") and {"actual", "target"} <= cells:
        return None
    if reading.says("no_unit") and reading.says("problems"):
        return ("target_no_unit",)
    for name, rules in _RULES.items():
        if reading.says(name):
            return rules
    named = tuple(dict.fromkeys(_BY_FIELD[m.name] for m in reading.fields if m.name in _BY_FIELD))
    if reading.says("per_rule"):
        return ()
    if reading.says("problems"):
        return named if "错" in reading.said["problems"].text else ()
    if not named and (reading.bounds or reading.levels):
        return None
    if "rate_printed" in cells and reading.bounds:
        # 执行率印成100%的,应该是多少: what is printed tells which forms are meant.
        return None
    return named if reading.says("correct") else None


def order_of(reading: Reading) -> bool | None:
    """True: falling, False: rising, None: no order is said."""
    if reading.says("order_up"):
        return False
    return True if reading.says("order_down", "order") else None


def asked_many(text: str) -> int | None:
    """How many are asked for (哪三个项目结余最大); None where it is not said."""
    found = _SO_MANY.search(text)
    number = number_of(found[1]) if found else None
    return int(number) if number is not None else None


def top_of(reading: Reading) -> tuple[bool, int, int]:
    """Falling or not, how many, and how many are passed over, of 最高, 前三, 第二低, 倒数三个."""
    said = reading.said
    words = "".join(said[name].text for name in ("top", "top_n", "nth") if name in said)
    if not words and (more := MORE.search(reading.text)):
        words = more[0][-3:]
    down = not _UP.search(words) and "last_n" not in said and order_of(reading) is not False
    if "nth" in said:
        found = re.search("第(.)", said["nth"].text)
        number = number_of(found[1]) if found else None
        return down, 1, int(number or 2) - 1
    for name in ("top_n", "last_n"):
        if name in said:
            found = re.search("[0-9]+|[一二两三四五六七八九十]+", said[name].text.replace("第一", ""))
            number = number_of(found[0]) if found else None
            return down, int(number or 1), 0
    if (many := asked_many(reading.text)) is not None:
        return down, many, 0
    if "top" not in said:
        return down, 1, 0
    several = [b for b in reading.bounds if not b.signed and b.unit in ("个", "张", "项", "条", "家")]
    return down, int(several[0].number) if several else 1, 0
