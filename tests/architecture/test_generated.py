"""What is generated from the code is not stale."""

from tests.generated import stale
from tests.measured import PAGES, PARTS, parts_in, put


def test_generated_documents_are_fresh() -> None:
    assert stale() == [], "run `make docs`"


def test_what_can_be_measured_has_its_place_and_no_other() -> None:
    places = [part for page in PAGES for part in parts_in(page.read_text(encoding="utf-8"))]
    assert sorted(places) == sorted(PARTS)


def test_a_measured_part_goes_between_its_own_marks() -> None:
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    again = put(put(text, "asking", "old lines"), "asking", "new\nlines")
    assert again.count("new\nlines") == 1
    assert "old lines" not in again
    assert list(parts_in(again)) == list(parts_in(text))
