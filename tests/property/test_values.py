"""Properties of the value grammar on any text."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from assistant.form.value import Kind, Sign, direction, in_unit_of, read_actual, read_target

SIGNS = {
    "": Sign.NONE,
    "≥": Sign.GE,
    "＞": Sign.GT,
    "≤": Sign.LE,
    "<": Sign.LT,
    "=": Sign.EQ,
    "不低于": Sign.GE,
}
UNITS = ("", "个", "人次", "万元", "亿元", "%", "平方米", "公里", "次/人/年", "千瓦时", "万人", "元/人", "亩")
GLYPHS = (
    "≥≤<>=0123456789.,，%％万亿元人次个年月日前底至-—/（）()、。 \n"
    "不低于超过达完成共计效果显著零十二百千分之第每"
)
CELL = st.text(alphabet=GLYPHS, max_size=40)
NUMBERS = st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False, allow_infinity=False)
WIDE = str.maketrans("0123456789.%,/-()<>=", "０１２３４５６７８９．％，／－（）＜＞＝")


@given(st.one_of(st.text(max_size=60), CELL), st.one_of(st.text(max_size=60), CELL), CELL)
def test_any_text_is_read(target_text: str, actual_text: str, name: str) -> None:
    target = read_target(target_text, name=name, level2=name)
    actual = read_actual(actual_text, target)
    direction(target, name=name, level2=name)
    in_unit_of(actual, target)
    assert (target.raw, actual.raw) == (target_text, actual_text)
    for value in (target, actual):
        assert (value.number is not None) == (value.kind in (Kind.QUANTITATIVE, Kind.RANGE))
        assert (value.upper is not None) == (value.kind is Kind.RANGE)
        assert bool(value.date) == (value.kind is Kind.DATE)


@given(st.sampled_from(sorted(SIGNS)), NUMBERS, st.sampled_from(UNITS))
def test_sign_number_unit_come_back(sign: str, number: Decimal, unit: str) -> None:
    value = read_target(f"{sign}{number}{unit}")
    assert (value.kind, value.sign, value.number, value.unit) == (
        Kind.QUANTITATIVE,
        SIGNS[sign],
        number,
        unit,
    )
    assert not value.narrative


@given(st.sampled_from(sorted(SIGNS)), NUMBERS, st.sampled_from(UNITS))
def test_thousands_separators_change_nothing(sign: str, number: Decimal, unit: str) -> None:
    grouped, printed = read_target(f"{sign}{number:,}{unit}"), read_target(f"{sign}{number}{unit}")
    assert replace(grouped, raw="") == replace(printed, raw="")


@given(CELL, CELL)
def test_full_width_reads_as_half_width(target_text: str, actual_text: str) -> None:
    half, wide = read_target(target_text), read_target(target_text.translate(WIDE))
    assert replace(half, raw="", wording="") == replace(wide, raw="", wording="")
    first, second = read_actual(actual_text, half), read_actual(actual_text.translate(WIDE), half)
    assert replace(first, raw="", wording="") == replace(second, raw="", wording="")


@given(NUMBERS, st.integers(1, 9999))
def test_an_actual_alone_is_its_number(number: Decimal, target: int) -> None:
    value = read_actual(f"{number}个", read_target(f"≥{target}个"))
    assert in_unit_of(value, read_target(f"≥{target}个")) == number


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_money_converts_exactly(target: int, actual: int) -> None:
    wanted = read_target(f"≥{target}万元")
    assert in_unit_of(read_actual(f"{actual}元", wanted), wanted) == Decimal(actual) / 10_000
    assert in_unit_of(read_actual(f"{actual}亿元", wanted), wanted) == Decimal(actual) * 10_000
