import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.form.model import Form, Source
from assistant.library.identity import content_of, identity_of, year_of
from tests.library.small_forms import planting


@pytest.mark.parametrize(
    ("form", "year"),
    [
        (Form(year=2020, year_line="（2021年度）"), 2020),
        (Form(year_line="（2021年度）"), 2021),
        (Form(title="2022年度项目支出绩效自评表"), 2022),
        (Form(project_name="2021年园区专项资金"), 2021),
        (Form(project_name="2016年五百名人才培训（2021年度人才培训）"), 2021),
        (Form(project_name="采购2020台设备"), None),
        (Form(year_line="年度", project_name="园区资金"), None),
    ],
)
def test_the_year_of_a_form(form: Form, year: int | None) -> None:
    assert year_of(form) == year


def test_identity_is_project_unit_and_year_however_they_are_typed() -> None:
    form = planting()
    assert identity_of(form) == identity_of(form.model_copy(update={"project_name": "国土 绿化　"}))
    assert identity_of(form) == identity_of(planting(target="≥2万亩"))
    assert identity_of(form) != identity_of(planting(year=2022))
    assert identity_of(form) != identity_of(planting(unit="另一个局"))


def test_forms_without_a_name_are_only_themselves() -> None:
    assert identity_of(Form(remark="甲")) != identity_of(Form(remark="乙"))
    assert identity_of(Form(remark="甲")) == identity_of(Form(remark="甲", source=Source(file="x")))


@given(st.text(), st.text())
def test_content_is_what_is_printed_not_where_it_was_read(remark: str, file: str) -> None:
    form = planting().model_copy(update={"remark": remark})
    assert content_of(form) == content_of(form.model_copy(update={"source": Source(file=file)}))
    assert content_of(form) != content_of(form.model_copy(update={"remark": remark + "。"}))
