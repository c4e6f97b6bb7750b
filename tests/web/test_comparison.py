"""Two forms field by field, and bars of counts."""

from collections import Counter

import pytest

from assistant.form.model import Form, Indicator
from assistant.web.library.comparison import compared, likeness
from assistant.web.library.figures import bars
from tests.web.forms import DREDGING, TRANSFER
from tests.web.html_table import Page
from tests.web.test_escape import HOSTILE


def differing(left: Form, right: Form) -> list[tuple[str, str | None, str | None]]:
    return [(line.label, line.left, line.right) for line in compared(left, right) if line.differs]


class TestComparing:
    @pytest.mark.parametrize("form", [DREDGING, TRANSFER, Form()])
    def test_a_form_does_not_differ_from_itself(self, form: Form) -> None:
        assert differing(form, form) == []

    def test_rows_are_matched_by_name_wherever_they_stand(self) -> None:
        first, second, *rest = DREDGING.indicators
        moved = (second, first.model_copy(update={"actual": "11公里"}), *rest)
        assert differing(DREDGING, DREDGING.model_copy(update={"indicators": moved})) == [
            ("清淤长度 · 实际完成值", "12.4公里", "11公里")
        ]

    def test_a_renamed_row_is_still_the_same_row(self) -> None:
        renamed = DREDGING.indicators[0].model_copy(update={"name": "2025年清淤长度"})
        other = DREDGING.model_copy(update={"indicators": (renamed, *DREDGING.indicators[1:])})
        assert [line[0] for line in differing(DREDGING, other)] == ["清淤长度 · 三级指标"]

    def test_rows_that_one_form_lacks_are_told_as_such(self) -> None:
        added = DREDGING.model_copy(
            update={"indicators": (*DREDGING.indicators, Indicator(name="就业人数", target="≥20人"))}
        )
        assert ("就业人数 · 年度指标值", None, "≥20人") in differing(DREDGING, added)
        assert ("就业人数 · 年度指标值", "≥20人", None) in differing(added, DREDGING)

    def test_blanks_and_dashes_are_no_difference(self) -> None:
        line = DREDGING.funds[1]
        one = DREDGING.model_copy(
            update={"funds": (DREDGING.funds[0], line.model_copy(update={"score": "—"}))}
        )
        goal = one.goal.model_copy(update={"expected": "清淤12公里。 汛前完工。"})
        assert differing(DREDGING, one.model_copy(update={"goal": goal})) == []

    def test_the_same_project_of_another_year_is_the_likest(self) -> None:
        last = DREDGING.model_copy(update={"project_name": "2023年城区河道清淤工程（第二批）"})
        other = DREDGING.model_copy(update={"project_name": "乡村公路养护", "unit": "某县公路局"})
        assert likeness(DREDGING, last) > 0.9
        assert likeness(DREDGING, other) < 0.5


class TestFigures:
    def test_bars_are_as_long_as_their_counts_and_only_text(self) -> None:
        for text in HOSTILE:
            page = Page(bars({text: Counter({text: 3}), "乙": Counter({text: 1})}, (text, "别的")))
            assert {tag for tag, _ in page.tags} <= {"div", "span", "i", "table", "tbody", "tr", "th", "td"}
            widths = [given["style"] for tag, given in page.tags if "style" in given]
            assert widths == ["width:100.00%", "width:33.33%"]
