"""Amounts, points and rates of their columns."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.form.amount import Rate, has_unit, read_amount, read_points, read_rate


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("12", "万元", "12"),
        ("12万", "万元", "12"),
        ("9580万元", "万元", "9580"),
        ("120000元", "万元", "12"),
        ("1.2亿元", "万元", "12000"),
        ("12万元", "元", "120000"),
        ("1,234.50", "元", "1234.50"),
        ("１２．５", "万元", "12.5"),
        ("¥50", "元", "50"),
        ("12（万元）", "万元", "12"),
        ("约12", "万元", "12"),
        ("-3", "万元", "-3"),
        ("0", "万元", "0"),
        ("", "万元", None),
        ("—", "万元", None),
        ("无", "万元", None),
        ("12人", "万元", None),
        ("12万元（其中结转2万元）", "万元", None),
        ("中央10，地方2", "万元", None),
    ],
)
def test_amount(text: str, unit: str, expected: str | None) -> None:
    assert read_amount(text, unit) == (None if expected is None else Decimal(expected))


def test_a_unit_in_the_cell_is_seen() -> None:
    assert has_unit("12万")
    assert not has_unit("12")
    assert not has_unit("—")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10", "10"),
        ("9.50分", "9.50"),
        ("（10分）", "10"),
        ("-1", "-1"),
        ("十", "10"),
        ("10×98%=9.8", "9.8"),
        ("20分×49/50＝19.6分", "19.6"),
        ("10×98%", None),
        ("≥5=4", None),
        ("—", None),
        ("15%", None),
    ],
)
def test_points(text: str, expected: str | None) -> None:
    assert read_points(text) == (None if expected is None else Decimal(expected))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("97.60%", Rate(Decimal("0.976"), 2, True)),
        ("97.6％", Rate(Decimal("0.976"), 1, True)),
        ("100%", Rate(Decimal(1), 0, True)),
        ("100.00", Rate(Decimal(1), 2, False)),
        ("0.976", Rate(Decimal("0.976"), 1, False)),
        ("108.45%", Rate(Decimal("1.0845"), 2, True)),
        ("—", None),
        ("", None),
        ("87元", None),
    ],
)
def test_rate(text: str, expected: Rate | None) -> None:
    assert read_rate(text) == expected
