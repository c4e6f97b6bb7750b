"""检查: one file, many files, files that cannot be read; what is listed, opened and downloaded."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence

from docx import Document
from streamlit.testing.v1 import AppTest

from assistant.documents.read import read_bytes
from assistant.documents.write_docx import write_docx
from assistant.form.model import Form
from assistant.rules.check import check_forms
from assistant.web.check.copies import review_copies
from tests.web.conftest import Open, html_of
from tests.web.forms import DREDGING
from tests.web.html_table import Page

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WRONG = DREDGING.model_copy(
    update={
        "project_name": "北渠清淤",
        "funds": (DREDGING.funds[0].model_copy(update={"rate": "50%", "score": "3"}), *DREDGING.funds[1:]),
        "indicators": (DREDGING.indicators[0].model_copy(update={"score": "12"}), *DREDGING.indicators[1:]),
    }
)


def uploaded(test: AppTest, forms: Sequence[Form]) -> AppTest:
    """``test`` after these forms were handed in as files."""
    files = [(f"{number}.docx", write_docx(form), DOCX) for number, form in enumerate(forms, 1)]
    return test.file_uploader(key="check_files").set_value(files).run()


def named(number: int) -> Form:
    return DREDGING.model_copy(update={"project_name": f"第{number}渠清淤", "unit": f"第{number}所"})


def test_begins_with_what_to_do(open_page: Open) -> None:
    shown = html_of(open_page("check"))
    assert "先选要检查的自评表" in shown
    assert "不会存进项目库" in shown


def test_shows_findings_and_points_of_a_file(open_page: Open) -> None:
    test = uploaded(open_page("check"), [WRONG])
    shown = html_of(test)
    assert "北渠清淤" in shown
    assert 'data-mark="error"' in shown
    keys = {button.key for button in test.get("download_button")}
    assert {"report.docx", "report.xlsx", "report.html", "check-0-docx", "check-0-xlsx"} <= keys


def test_many_forms_come_worst_first_and_are_narrowed_down(open_page: Open) -> None:
    test = uploaded(open_page("check"), [named(1), named(2), WRONG, named(3), named(4)])
    assert next(iter(test.dataframe[0].value["项目名称"])) == "北渠清淤"
    assert "北渠清淤" in html_of(test), "the worst one is opened"
    test.selectbox(key="check_severity").set_value("有错误").run()
    faulty = test.dataframe[0].value
    assert list(faulty["错误"]) and all(count > 0 for count in faulty["错误"])
    test.selectbox(key="check_severity").set_value("全部").run()
    test.text_input(key="check_words").set_value("第3所").run()
    assert list(test.dataframe[0].value["项目名称"]) == ["第3渠清淤"]
    test.text_input(key="check_words").set_value("没有这个单位").run()
    assert "请放宽" in html_of(test)


def test_rules_lead_to_the_cells_where_they_are_broken(open_page: Open) -> None:
    test = uploaded(open_page("check"), [named(1), WRONG])
    test.segmented_control(key="check_shown").set_value("按规则").run()
    rules, places = (frame.value for frame in test.dataframe)
    assert next(iter(rules["级别"])) == "错误"
    assert rules["次数"][0] == len(places)
    assert "data-here" in html_of(test), "the first of the places is marked in the form"
    [shown] = [one for one in test.segmented_control if str(one.key).endswith("-shown")]
    shown.set_value("得分").run()
    assert "算式" in html_of(test), "the person may look elsewhere afterwards"


def test_units_are_listed_with_their_forms(open_page: Open) -> None:
    test = uploaded(open_page("check"), [named(1), named(2), WRONG])
    test.segmented_control(key="check_shown").set_value("按单位").run()
    units, forms = (frame.value for frame in test.dataframe)
    assert next(iter(units["单位"])) == WRONG.unit
    assert list(forms["项目名称"]) == ["北渠清淤"]


def test_the_profile_is_chosen_by_the_person_and_its_reason_told(open_page: Open) -> None:
    test = uploaded(open_page("check"), [DREDGING])
    assert "因为一级指标里没有“成本指标”" in html_of(test)
    test.selectbox(key="check_profile").set_value("hubei").run()
    assert "是您选的" in html_of(test)
    test.segmented_control(key="check-0-shown").set_value("得分").run()
    assert "hubei" in Page(html_of(test)).text


def test_an_unreadable_file_is_one_sentence(open_page: Open) -> None:
    test = open_page("check")
    test.file_uploader(key="check_files").upload("坏.docx", b"\x00\x01 no form", DOCX).run()
    shown = html_of(test)
    assert "af-problems" in shown
    assert "坏.docx" in shown
    assert "没有读到自评表" in shown


def test_what_could_not_be_read_is_told_at_once_and_folded_where_it_is_much(open_page: Open) -> None:
    wrong = [(f"坏{number}.docx", b"", DOCX) for number in range(4)]
    test = open_page("check")
    test.file_uploader(key="check_files").set_value(wrong[:3]).run()
    assert "<li><b>坏2.docx</b>" in html_of(test)
    assert "<summary>" not in html_of(test)
    more = open_page("check")
    more.file_uploader(key="check_files").set_value(wrong).run()
    assert "有 4 处没有读出来" in html_of(more)


def test_formats_may_be_mixed(open_page: Open) -> None:
    files = [
        ("一.docx", write_docx(DREDGING), DOCX),
        ("二.json", json.dumps(WRONG.to_json(), ensure_ascii=False).encode(), "application/json"),
    ]
    test = open_page("check")
    test.file_uploader(key="check_files").set_value(files).run()
    assert sorted(test.dataframe[0].value["项目名称"]) == ["北渠清淤", "城区河道清淤工程"]


def test_a_whole_folder_is_taken(open_page: Open) -> None:
    test = open_page("check")
    test.toggle(key="check_files_folder").set_value(True).run()
    files = [("甲/一.docx", write_docx(named(1)), DOCX), ("乙/二.docx", write_docx(named(2)), DOCX)]
    test.file_uploader(key="check_files_of_folder").set_value(files).run()
    assert len(test.dataframe[0].value) == 2


def test_another_batch_begins_with_no_files(open_page: Open) -> None:
    test = open_page("check")
    assert not [button for button in test.button if button.label == "换一批"]
    test.file_uploader(key="check_files").set_value([("一.docx", write_docx(WRONG), DOCX)]).run()
    test.button(key="check_files_anew").click().run()
    assert "先选要检查的自评表" in html_of(test)
    test.file_uploader(key="check_files_1").set_value([("一.docx", write_docx(named(1)), DOCX)]).run()
    assert "先选要检查的自评表" not in html_of(test)


def test_review_copies_belong_to_their_files() -> None:
    files = [("甲/一.docx", write_docx(named(1))), ("坏.docx", b"no form"), ("乙/一.docx", write_docx(WRONG))]
    forms = [form for name, data in files for form in read_bytes(data, name).forms]
    packed = zipfile.ZipFile(io.BytesIO(review_copies(files, check_forms(forms))))
    contents = {name: Document(io.BytesIO(packed.read(name))) for name in packed.namelist()}
    assert list(contents) == ["一（批注）.docx", "一（批注）（2）.docx"]
    names = [copy.tables[0].cell(0, 2).text for copy in contents.values()]
    assert [name in ("第1渠清淤", "北渠清淤") for name in names] == [True, True] and names[0] != names[1]
    assert len(list(contents["一（批注）（2）.docx"].comments)) >= 1
