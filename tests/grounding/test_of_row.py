"""A figure of another row or project presented as a row's own is found; what is said of it passes."""

from __future__ import annotations

import pytest

from assistant.form.model import Form
from assistant.grounding.of_row import ground_of_row, words_about
from tests.drafting.sample_forms import trained, with_row

FORM: Form = with_row(with_row(trained(), 1, actual="88人"), 2, actual="3期")
WORDS = "培训村医实际88人，办了3期培训班。少12人是因为农忙时有7个村没有派人，明年3月补训。"


def is_grounded(text: str, number: int = 1, words: str = "") -> bool:
    return ground_of_row(text, FORM, number, words=words).grounded


@pytest.mark.parametrize(
    "text",
    [
        "年度指标值100人，实际完成88人，完成率88%，比目标少12人。",
        "村医培训人数未完成，主要是农忙时有7个村没有派人。",
        "比计划少十二人，明年3月补训。",
        "培训班次由4期减为3期，参训人数随之减少12人。",
        "全年预算50万元，执行48万元，未影响培训人数。",
    ],
)
def test_what_is_the_rows_own_passes(text: str) -> None:
    assert is_grounded(text, words=WORDS)


@pytest.mark.parametrize(
    "text",
    [
        "实际完成97%，比目标少12人。",  # the rate of another row
        "全年只办了3期，参训人数不足。",  # another row's result, in a sentence that does not name it
        "目标95%，实际88人。",
        "实际完成84人，比目标少16人。",  # a precedent's figures
        "比目标少15人。",
    ],
)
def test_a_figure_of_another_row_or_project_is_found(text: str) -> None:
    assert not is_grounded(text)


def test_words_about_another_row_are_no_facts_of_this_one() -> None:
    said = "培训村医实际88人。参训村医满意度实际93.5%。"
    assert "93.5" not in words_about(FORM, 1, said)
    assert "88人" in words_about(FORM, 1, said)
    assert not is_grounded("实际完成93.5%。", words=said)
    assert ground_of_row("实际完成93.5%。", FORM, 8, words=said).grounded


def test_the_whole_forms_names_are_known() -> None:
    assert is_grounded("某市卫生培训中心未能按村医能力提升培训方案组织。")
    assert not is_grounded("东湖县水利局未能按方案组织。")
