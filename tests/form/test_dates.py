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
    ("printed", "iso"),
    [
        ("2021年3月5日", "2021-03-05"),
        ("2021年3月底", "2021-03-31"),
        ("2021-3-5", "2021-03-05"),
        ("20210305", "2021-03-05"),
        ("2021年第二季度", "2021-06"),
        ("2020-2021年底", "2021-12-31"),
        ("21年3月5日", "2021-03-05"),
        ("3月5日", "03-05"),
        ("第3季度末", "09-30"),
        ("二季度", "06"),
        ("全年年底", "12-31"),
        ("当年末", "12-31"),
        ("年度内", "12-31"),
        ("上半年", "06"),
        ("下半年", "12"),
    ],
)
@pytest.mark.parametrize("around", ["{}", "印发2期，{}建成", "共12.5万元,{}、30人"])
def test_each_spelling_is_found_wherever_it_stands(printed: str, iso: str, around: str) -> None:
    text = around.format(printed)
    assert iso in [date.iso for date in find_dates(text)]


@pytest.mark.parametrize(
    "text", ["12个月", "3年内", "三年内", "365天", "2021年龄", "四季如春", "1-3%", "3-5天"]
)
def test_what_only_looks_like_a_date(text: str) -> None:
    assert [date.iso for date in find_dates(text) if date.iso != "2021"] == []
