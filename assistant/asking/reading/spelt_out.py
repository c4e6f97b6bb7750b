"""What a question says in short of the library that it is asked of, spelt out before it is read."""

from __future__ import annotations

import re
from collections.abc import Collection

from assistant.asking.reading.entities import Entities

_SHORT_YEAR = re.compile(
    "(?<![0-9.])(2[0-9])年(?:(?!级|期|制|前|后|来|内|间|以|多|左|长|代|[0-9])|(?<=[比较跟和与同]...)(?=多))"
)
_WITH_A_YEAR = re.compile("(?<![0-9.])(2[0-9])(?=年?度?(?:到|至|[-—~～、]|和|与|及)2[0-9]年)")
"""22到24年, 22、23、24年: the year before another one that is said so."""
_BUT_YEAR = re.compile(
    "(?:除了?|除去|除开|去掉|刨[去开除掉]|抛开|撇开|剔除|排除|不(?:算|含|看|计|包括))(?P<y>20[0-9]{2})年?度?(?:的)?(?:数据|表)?(?:不算|不计|不看)?(?:[以之]外|外)?,?"
)
_ASIDE = re.compile(
    "(?:^|(?<=[,;，；]))(?P<x>[一-龥]{2,4}?)(?:的|那边|那块|系统)?(?:都)?(?:不算|不计|除外|别算|不看)(?:在内)?[,，]"
    "|除(?:了|去)?(?P<y>[一-龥]{2,4}?)(?:的|那边)?(?:以外|之外|外)(?:的)?[,，]?"
)
_MOST_ASIDE = 2

_FULL_YEAR = re.compile("20[0-9]{2}(?=年)")
_YEAR_BEFORE = re.compile("(?:上一?年|[前头]一年)度?(?!结转|结余)")
_YEAR_AFTER = re.compile("20[0-9]{2}年度?的?(?:[后下]一年|次年)度?")


def spelt_out(question: str, entities: Entities) -> str:
    """``question`` with 23年, 不算2022年, 公安的不算 spelt out, of several years or departments."""
    if len(entities.years) > 1:
        question = anchored(with_known_years(question, entities.years))
    if entities.by_department.several:
        question = _ASIDE.sub(lambda found: _department_aside(found, entities), question, count=_MOST_ASIDE)
    return question


def _department_aside(found: re.Match[str], entities: Entities) -> str:
    """公安的不算: 除公安部门以外, where one department is called so."""
    said = found["x"] or found["y"]
    called = entities.by_department.named(f"{said}部门")
    one = len(called) == 1 and len(called[0].departments) == 1 and called[0].start == 0
    return f"除{said}部门以外," if one else found[0]


def anchored(text: str) -> str:
    """上一年, 下一年 as the years meant where the question says one year that they are counted from."""
    said = set(_FULL_YEAR.findall(text))
    if len(said) != 1:
        return text
    year = int(said.pop())
    text = _YEAR_AFTER.sub(f"{year + 1}年", text)
    return _YEAR_BEFORE.sub(f"{year - 1}年", text)


def with_known_years(text: str, known: Collection[int]) -> str:
    """``text`` with 23年 as 2023年 where the library has that year, and 不算2022年 as the other years."""

    def whole(found: re.Match[str], end: str = "") -> str:
        year = 2000 + int(found[1])
        return f"{year}{end}" if year in known else found[0]

    text = _WITH_A_YEAR.sub(whole, text)
    text = _SHORT_YEAR.sub(lambda found: whole(found, "年"), text)
    found = _BUT_YEAR.search(text)
    others = sorted(set(known) - {int(found["y"])}) if found else []
    rest = f"{text[: found.start()]}{text[found.end() :]}" if found else ""
    if found is None or not others or re.search("20[0-9]{2}", rest):
        return text
    return f"{'、'.join(f'{year}年' for year in others)}{rest}"
