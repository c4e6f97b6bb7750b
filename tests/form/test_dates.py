"""Dates: bounds of what is printed, and impossible days."""

from __future__ import annotations

import pytest

from assistant.form.dates import date_bounds, find_dates


@pytest.mark.parametrize(
    ("iso", "year", "expected"),
    [
        ("2021-12-31", None, ((2021, 12, 31), (2021, 12, 31))),
        ("2021-06", None, ((2021, 6, 1), (2021, 6, 30))),
        ("2020-02", None, ((2020, 2, 1), (2020, 2, 29))),
        ("2021", None, ((2021, 1, 1), (2021, 12, 31))),
        ("12-31", 2021, ((2021, 12, 31), (2021, 12, 31))),
        ("12", 2021, ((2021, 12, 1), (2021, 12, 31))),
        ("12-31", None, None),
        ("2021-02-30", None, ((2021, 2, 30), (2021, 2, 30))),
        ("2021-13", None, ((2021, 13, 1), (2021, 13, 31))),
        ("", 2021, None),
    ],
)
def test_bounds(iso: str, year: int | None, expected: object) -> None:
    assert date_bounds(iso, year) == expected


def test_dates_of_a_sentence_keep_their_places() -> None:
    text = "2021年3月开工,2021年11月30日前完工"
    found = [(text[date.start : date.end], date.iso, date.before) for date in find_dates(text)]
    assert found == [("2021年3月", "2021-03", False), ("2021年11月30日前", "2021-11-30", True)]


@pytest.mark.parametrize(
    "text", ["12个月", "3年内", "三年内", "365天", "2021年龄", "四季如春", "1-3%", "3-5天"]
)
def test_what_only_looks_like_a_date(text: str) -> None:
    assert [date.iso for date in find_dates(text) if date.iso != "2021"] == []
