"""Places in addresses: what is written is read back, nothing else gets through, each has one drawn cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.form.finding import Location
from assistant.form.model import Form, Indicator
from assistant.web.shown.form_table import form_table
from assistant.web.shown.place import read_place, written
from tests.web.forms import DREDGING, TRANSFER
from tests.web.html_table import Page

SECTIONS = ("header", "funds", "goal", "indicators", "total", "weights", "structure", "cost", "title")
PLACES = st.builds(
    Location,
    section=st.sampled_from(SECTIONS),
    row=st.none() | st.integers(1, 2),
    field=st.sampled_from(("", "target", "level1", "year", "score", "project_name", "note")),
)


@given(PLACES)
def test_what_is_written_is_read_back(place: Location) -> None:
    assert read_place(written(place)) == place


@pytest.mark.parametrize(
    "text",
    ["", "indicators-x-<b>", "nowhere-1", "indicators-1-target-2", "indicators-99999", 'funds-1-a"b', "目标"],
)
def test_nothing_else_is_a_place(text: str) -> None:
    assert read_place(text) is None


@given(st.text(max_size=30))
def test_any_text_is_a_place_or_none(text: str) -> None:
    read_place(text)


@pytest.mark.parametrize(
    ("form", "section"),
    [(DREDGING, section) for section in SECTIONS]
    # The transfer form has neither weights nor a total.
    + [(TRANSFER, section) for section in SECTIONS if section not in ("total", "weights")],
)
def test_each_section_has_a_cell_that_stands_for_it(form: Form, section: str) -> None:
    tags = Page(form_table(form, here=read_place(section))).tags
    assert [given["data-here"] for _, given in tags if "data-here" in given] == ["row"]


def test_a_place_that_is_not_drawn_marks_nothing() -> None:
    form = Form(indicators=(Indicator(name="甲"),))
    assert "data-here" not in form_table(form, here=read_place("indicators-7-target"))
