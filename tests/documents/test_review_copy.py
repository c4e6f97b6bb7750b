"""The review copy: comments at the cells that the findings are about, the rest of the document untouched."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from lxml import etree

from assistant.documents.docx_package import W
from assistant.documents.read import read_bytes
from assistant.documents.review import annotated_original, review_copy, reviewed_file
from assistant.documents.write_docx import write_docx
from assistant.documents.write_xlsx import write_xlsx
from assistant.errors import UnreadableFileError
from assistant.form.finding import Finding, Location, Section, Severity
from assistant.form.model import Form
from tests.documents.test_writing import FORM
from tests.documents.wordml import C, document, official, paragraph, table

CHANGED = {"[Content_Types].xml", "word/_rels/document.xml.rels", "word/document.xml", "word/comments.xml"}


def finding(section: Section, row: int | None = None, field: str = "", **texts: str) -> Finding:
    return Finding(
        code="T001",
        rule="test",
        severity=Severity.ERROR,
        location=Location(section=section, row=row, field=field),
        **{"message": f"{section} {row} {field}", **texts},
    )


def parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def places(data: bytes) -> dict[str, str]:
    """First line of each comment -> the text of the cell or paragraph in which it is anchored."""
    root = etree.fromstring(parts(data)["word/document.xml"])
    texts = {
        str(comment.comment_id): comment.text.split("\n")[0]
        for comment in docx.Document(BytesIO(data)).comments
    }
    found = {}
    for start in root.iter(f"{{{W}}}commentRangeStart"):
        holder = next(start.iterancestors(f"{{{W}}}tc"), start.getparent())
        found[texts[start.get(f"{{{W}}}id")]] = "".join(holder.itertext(f"{{{W}}}t"))
    return found


CASES: list[tuple[Finding, str]] = [
    (finding("header", None, "unit"), "某县第一中学"),
    (finding("funds", 1, "executed"), "57"),
    (finding("funds", 2), "其中：财政拨款"),
    (finding("goal", None, "actual"), "已改造并投用。"),
    (finding("indicators", 1, "level1"), "产出指标"),
    (finding("indicators", 2, "score"), "16.67"),
    (finding("indicators", 2, "explanation"), "到货延迟。改进措施：催交。"),
    (finding("indicators", 3), "学生体育活动条件"),
    (finding("cost", 2, "target"), "=12套"),
    (finding("total", None, "score"), "96.17"),
    (finding("weights", None, "weight"), "100"),
    (finding("structure"), "绩效指标"),
    (finding("title", None, "title"), "项目支出绩效自评表"),
]


def test_each_finding_stands_at_its_cell_of_an_uploaded_document() -> None:
    original = document(paragraph("项目支出绩效自评表"), paragraph("（2023年度）"), table(official()))
    (form,) = read_bytes(original, "表.docx").forms
    made = annotated_original(original, form, [case for case, _ in CASES])
    assert places(made) == {f"【错误】{case.message}": text for case, text in CASES}
    (again,) = read_bytes(made, "表.docx").forms
    assert again == form


def test_nothing_else_of_the_document_changes() -> None:
    original = write_docx(FORM)
    made = annotated_original(original, FORM, [finding("indicators", 1, "target")])
    before, after = parts(original), parts(made)
    assert {name for name in after if after[name] != before.get(name)} == CHANGED
    marks = {f"{{{W}}}{name}" for name in ("commentRangeStart", "commentRangeEnd", "commentReference")}
    root = etree.fromstring(after["word/document.xml"])
    for mark in [element for element in root.iter() if element.tag in marks]:
        holder = mark.getparent()
        holder.remove(mark)
        if holder.tag == f"{{{W}}}r":
            holder.getparent().remove(holder)
    assert etree.tostring(root, method="c14n") == etree.tostring(
        etree.fromstring(before["word/document.xml"]), method="c14n"
    )


def test_comments_that_are_there_stay() -> None:
    file = docx.Document(BytesIO(write_docx(FORM)))
    run = file.tables[0].cell(0, 1).paragraphs[0].runs[0]
    file.add_comment(run, "请核对名称", author="科长")
    out = BytesIO()
    file.save(out)
    made = annotated_original(out.getvalue(), FORM, [finding("indicators", 1), finding("indicators", 2)])
    comments = list(docx.Document(BytesIO(made)).comments)
    assert [comment.author for comment in comments] == ["科长", "绩效自评助手", "绩效自评助手"]
    assert len({comment.comment_id for comment in comments}) == 3


def test_the_second_form_of_a_document_gets_its_own() -> None:
    second = official()
    second[0] = [C("项目名称", 2), C("食堂改造", 7)]
    original = document(table(official()), paragraph("第二张"), table(second))
    forms = read_bytes(original, "表.docx").forms
    (made,) = reviewed_file(original, [(form, [finding("header", None, "project_name")]) for form in forms])
    root = etree.fromstring(parts(made)["word/document.xml"])
    marked = [next(m.iterancestors(f"{{{W}}}tc")) for m in root.iter(f"{{{W}}}commentRangeStart")]
    assert ["".join(cell.itertext(f"{{{W}}}t")) for cell in marked] == ["学校操场改造", "食堂改造"]


def test_a_comment_tells_arithmetic_hint_and_rule() -> None:
    told = finding("indicators", 1, "score", arithmetic="10 × 1 = 10", hint="改为10。", basis="10号文")
    (comment,) = docx.Document(BytesIO(review_copy(FORM, [told]))).comments
    assert comment.text.split("\n") == [
        "【错误】indicators 1 score", "算式：10 × 1 = 10", "建议：改为10。", "依据：10号文（规则 T001）"
    ]  # fmt: skip


def test_text_that_looks_like_markup_is_only_text() -> None:
    made = review_copy(FORM, [finding("indicators", 1, message="</w:t><script>\x00\u202e甲")])
    (comment,) = docx.Document(BytesIO(made)).comments
    assert "</w:t><script>甲" in comment.text


@pytest.mark.parametrize("original", [b"", b"PK\x03\x04", write_xlsx(FORM), document(paragraph("无表"))])
def test_what_is_no_document_with_the_form_gives_the_official_copy(original: bytes) -> None:
    with pytest.raises(UnreadableFileError):
        annotated_original(original, FORM, [finding("indicators", 1)])
    (made,) = reviewed_file(original, [(FORM, [finding("indicators", 1)])])
    assert list(places(made).values()) == [FORM.indicators[0].name]


def test_every_finding_has_a_place_even_in_an_empty_form() -> None:
    findings = [case for case, _ in CASES]
    assert len(list(docx.Document(BytesIO(review_copy(Form(), findings))).comments)) == len(findings)
