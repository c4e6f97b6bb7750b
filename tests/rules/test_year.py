"""The year of a form: what tells it, and in which order."""

from __future__ import annotations

import pytest
from overlay import named_form, overlaid

from assistant.form.model import Form, Source
from assistant.rules.year import form_years, own_year, printed_year, years_said

SILENT = {
    "year_line": "",
    "project_name": "教师信息技术培训",
    "goal.expected": "举办集中培训班6期。",
    "goal.actual": "举办集中培训班6期。",
    "indicators[2].explanation": "学校封闭管理。今后提前安排。",
}


def form(**changes: str) -> Form:
    cells = {key.replace("__", "."): text for key, text in changes.items()}
    return overlaid(named_form("project_10"), {**SILENT, **cells})


@pytest.mark.parametrize(
    ("changes", "year", "told_by"),
    [
        ({"year_line": "（2021年度）"}, 2021, "year_line"),
        ({"year_line": "( ２０２１ 年度 )"}, 2021, "year_line"),
        ({"year_line": "二〇二一年度"}, 2021, "year_line"),
        ({"title": "2021年度项目支出绩效自评表"}, 2021, "year_line"),
        ({"year_line": "（××××年度）"}, None, "nothing"),
        ({"year": "2021"}, 2021, "option"),
        ({"project_name": "2020年教师培训（2021年度）"}, 2021, "name_or_goal"),
        ({"goal__expected": "完成2021年度培训任务。"}, 2021, "name_or_goal"),
        ({"project_name": "2021年教师培训"}, 2021, "name_or_goal"),
        ({"project_name": "2021年9月至2022年8月教师培训"}, 2021, "name_or_goal"),
        ({"project_name": "2021-2023年教师培训"}, 2021, "name_or_goal"),
        ({"project_name": "2021中央教师培训资金"}, 2021, "name_or_goal"),
        ({"project_name": "2021/2022年度采暖补助"}, 2021, "name_or_goal"),
        ({"goal__expected": "2020/2021年度采暖期补助538人。"}, 2021, "prose"),
        ({"goal__actual": "2021年举办集中培训班6期。"}, 2021, "prose"),
        ({"indicators[2]__explanation": "2021年5月学校封闭。今后提前安排。"}, 2021, "prose"),
        ({"indicators[2]__explanation": "2021年5月封闭，计划2022年补训。"}, 2021, "prose"),
        ({"goal__actual": "比2020年度增加2期，2021年举办6期。"}, 2021, "prose"),
        (
            {"goal__actual": "2021年举办6期。", "indicators[2]__explanation": "停课。2022年补训。"},
            2021,
            "prose",
        ),
        ({"indicators[2]__explanation": "学校封闭。2022年寒假前补训，2023年起按月补训。"}, None, "nothing"),
        ({"goal__actual": "到2025年建成示范县，落实云教发〔2020〕5号。"}, None, "nothing"),
        ({"project_name": "2000名教师培训"}, None, "nothing"),
        ({}, None, "nothing"),
    ],
)
def test_what_a_form_tells(changes: dict[str, str], year: int | None, told_by: str) -> None:
    told = own_year(form(**changes))
    assert (told.year, told.told_by) == (year, told_by)


def test_the_printed_line_wins_over_the_name() -> None:
    assert own_year(form(year_line="（2022年度）", project_name="2021年教师培训")).year == 2022


def test_dates_of_indicators_tell_no_year() -> None:
    assert own_year(form()).year is None
    assert years_said("2022年11月30日前") == [2022]


def test_the_option_overrides_everything() -> None:
    told = form_years([form(year_line="（2022年度）"), form()], 2020)
    assert [(year.year, year.told_by) for year in told] == [(2020, "option")] * 2


def test_most_of_the_other_forms_tell_a_silent_one() -> None:
    others = [form(year_line=f"（{year}年度）") for year in (2021, 2021, 2020)]
    assert form_years([*others, form()])[-1].year == 2021
    assert form_years([*others, form()])[-1].told_by == "batch"


def test_no_year_where_the_others_disagree() -> None:
    others = [form(year_line=f"（{year}年度）") for year in (2021, 2020)]
    assert form_years([*others, form()])[-1].told_by == "nothing"


def test_forms_of_the_same_file_are_asked_first() -> None:
    def of_file(name: str, **changes: str) -> Form:
        return form(**changes).model_copy(update={"source": Source(file=name)})

    forms = [
        of_file("甲", year_line="（2021年度）"),
        of_file("乙", year_line="（2020年度）"),
        of_file("乙", year_line="（2020年度）"),
        of_file("甲"),
    ]
    assert form_years(forms)[-1].year == 2021


def test_a_year_line_without_a_year() -> None:
    assert printed_year(form(year_line="（    年度）")) is None
