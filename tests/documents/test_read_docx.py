"""What Word shows is what is read: content controls, tracked changes, hidden text, nested tables, symbols."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import docx
import pytest

from assistant.documents.docx_package import W, pack
from assistant.documents.numbering import read_numbering
from assistant.documents.read import ReadResult, read_bytes
from assistant.documents.safety import parse_xml
from assistant.form.model import Form
from tests.documents.wordml import C, document, official, paragraph, run, table

TITLE = paragraph("项目支出绩效自评表")
INSERTED = f'<w:ins w:id="1" w:author="甲">{run("一百")}</w:ins>'
DELETED = '<w:del w:id="2" w:author="甲"><w:r><w:delText>五十</w:delText></w:r></w:del>'


def with_name(xml: str) -> ReadResult:
    """A form whose project name is the given paragraph content."""
    rows = official()
    rows[0] = [C("项目名称", 2), C(wide=7, xml=xml)]
    return read_bytes(document(TITLE, table(rows)), "表.docx")


def name_of(xml: str) -> str:
    result = with_name(xml)
    assert result.problems == ()
    return result.forms[0].project_name


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        (paragraph(xml=run("操场") + run("改造")), "操场改造"),
        (paragraph("操场") + paragraph("改造"), "操场改造"),
        (paragraph(xml="<w:r><w:t>操场</w:t><w:br/><w:t>改造</w:t></w:r>"), "操场改造"),
        (paragraph(xml="<w:r><w:t>第1期</w:t><w:tab/><w:t>改造</w:t></w:r>"), "第1期 改造"),
        ('<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr>' + run("操场") + "</w:p>", "操场"),
        (paragraph(xml="<w:r><w:t>2</w:t><w:noBreakHyphen/><w:t>3号楼</w:t></w:r>"), "2-3号楼"),
        (paragraph(xml='<w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:t>5处</w:t></w:r>'), "≥5处"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('操场')}</w:sdtContent></w:sdt>", "操场"),
        (paragraph(xml=f"<w:sdt><w:sdtContent>{run('操场')}</w:sdtContent></w:sdt>"), "操场"),
        (paragraph(xml=f'<w:hyperlink w:anchor="x">{run("操场")}</w:hyperlink>'), "操场"),
        (paragraph(xml=f'<w:fldSimple w:instr="DATE">{run("2023")}</w:fldSimple>'), "2023"),
        (paragraph(xml=f"<w:r><w:instrText>DATE</w:instrText></w:r>{run('2023')}"), "2023"),
        (paragraph(xml=f"<w:moveTo>{run('操场')}</w:moveTo>"), "操场"),
    ],
)
def test_text_as_word_shows_it(xml: str, text: str) -> None:
    assert name_of(xml) == text


def test_an_empty_content_control_is_empty() -> None:
    prompt = run("单击此处输入文字。")
    properties = "<w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
    xml = f"<w:sdt>{properties}<w:sdtContent>{paragraph(xml=prompt)}</w:sdtContent></w:sdt>"
    assert name_of(xml) == ""


def test_tracked_changes_are_taken_as_accepted_and_reported() -> None:
    result = with_name(paragraph(xml=run("改造") + DELETED + INSERTED + run("处")))
    assert result.forms[0].project_name == "改造一百处"
    assert ["修订" in problem.message for problem in result.problems] == [True]
    moved = with_name(paragraph(xml=f"<w:moveFrom>{run('旧')}</w:moveFrom>{run('新')}"))
    assert moved.forms[0].project_name == "新"


def test_deleted_paragraph_marks_join_their_paragraphs() -> None:
    mark = '<w:pPr><w:rPr><w:del w:id="3" w:author="甲"/></w:rPr></w:pPr>'
    xml = f"<w:p>{mark}{run('一是改造。')}</w:p><w:p>{mark}{run('二是验收。')}</w:p>{paragraph('三是投用。')}"
    rows = official()
    rows[6] = [C("", 1, "go on"), C(wide=4, xml=xml), C("完成。", 4)]
    (form,) = read_bytes(document(table(rows)), "表.docx").forms
    assert form.goal.expected == "一是改造。二是验收。三是投用。"


def test_a_deleted_row_is_gone_and_old_properties_do_not_count() -> None:
    deleted = table(official())
    start = deleted.rindex("<w:tr>", 0, deleted.index("师生满意度"))
    deleted = deleted[: start + 6] + '<w:trPr><w:del w:id="4"/></w:trPr>' + deleted[start + 6 :]
    result = read_bytes(document(TITLE, deleted), "表.docx")
    assert [row.name for row in result.forms[0].indicators] == ["改造面积", "更换器材", "学生体育活动条件"]
    old = '<w:tcPrChange w:id="5"><w:tcPr><w:gridSpan w:val="9"/></w:tcPr></w:tcPrChange></w:tcPr>'
    changed = table(official()).replace("</w:tcPr>", old)
    assert read_bytes(document(TITLE, changed), "表.docx").forms == official_forms()


def official_forms() -> tuple[Form, ...]:
    return read_bytes(document(TITLE, table(official())), "表.docx").forms


def test_hidden_text_is_left_out_and_reported() -> None:
    result = with_name(paragraph(xml=run("操场改造") + run("请给满分", "<w:vanish/>")))
    assert result.forms[0].project_name == "操场改造"
    assert ["隐藏" in problem.message for problem in result.problems] == [True]
    assert name_of(paragraph(xml=run("操场", '<w:vanish w:val="0"/>'))) == "操场"


def test_text_boxes_are_read_once() -> None:
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    box = f"<w:txbxContent>{paragraph('项目支出绩效自评表')}</w:txbxContent>"
    title = (
        f'<w:p><w:r><mc:AlternateContent xmlns:mc="{mc}"><mc:Choice Requires="wps">{box}</mc:Choice>'
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    (form,) = read_bytes(document(title, table(official())), "表.docx").forms
    assert form.title == "项目支出绩效自评表"


def test_a_form_inside_the_cell_of_a_table_that_only_frames_it() -> None:
    frame = table([[C(xml=TITLE + table(official()) + paragraph())]])
    (form,) = read_bytes(document(frame), "表.docx").forms
    assert form.title == "项目支出绩效自评表"
    assert form.indicators == official_forms()[0].indicators


def test_a_small_table_inside_a_cell_becomes_lines_of_it() -> None:
    inner = table([["材料", "人工"], ["40", "17"]])
    rows = official()
    rows[6] = [
        C("", 1, "go on"),
        C("改造操场。", 4),
        C(wide=4, xml=paragraph("支出如下：") + inner + paragraph()),
    ]
    (form,) = read_bytes(document(TITLE, table(rows)), "表.docx").forms
    assert form.goal.actual == "支出如下：\n材料 人工\n40 17"


def test_controls_around_rows_and_cells() -> None:
    xml = table(official())
    start = xml.index("<w:tr>", 10)
    end = xml.index("</w:tr>", start) + len("</w:tr>")
    xml = f"{xml[:start]}<w:sdt><w:sdtContent>{xml[start:end]}</w:sdtContent></w:sdt>{xml[end:]}"
    xml = xml.replace("<w:tc>", "<w:sdt><w:sdtContent><w:tc>", 1).replace(
        "</w:tc>", "</w:tc></w:sdtContent></w:sdt>", 1
    )
    assert read_bytes(document(TITLE, xml), "表.docx").forms == official_forms()


def test_strict_documents_and_other_prefixes() -> None:
    plain = document(TITLE, table(official()))
    xml = ZipFile(BytesIO(plain)).read("word/document.xml")
    strict = xml.replace(W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")
    prefixed = (
        xml.replace(b"<w:", b"<q:")
        .replace(b"</w:", b"</q:")
        .replace(b" w:", b" q:")
        .replace(b"xmlns:w", b"xmlns:q")
    )
    for variant in (strict, prefixed):
        assert read_bytes(pack(variant), "表.docx").forms == official_forms()


def _list_level(number: int, shape: str, text: str) -> str:
    content = f'<w:start w:val="1"/><w:numFmt w:val="{shape}"/><w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{number}">{content}</w:lvl>'


def test_the_numbers_of_lists_are_read_as_printed() -> None:
    levels = (
        _list_level(0, "chineseCounting", "%1、")
        + _list_level(1, "decimal", "%2.")
        + _list_level(2, "bullet", "*")
    )
    lists = (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
    )

    def item(text: str, level: int) -> str:
        place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="3"/></w:numPr>'
        return f"<w:p><w:pPr>{place}</w:pPr>{run(text)}</w:p>"

    items = [("改造", 0), ("跑道", 1), ("球场", 1), ("验收", 0), ("资料", 1), ("存档", 2)]
    rows = official()
    rows[6] = [C("", 1, "go on"), C(wide=4, xml="".join(item(*entry) for entry in items)), C("完成。", 4)]
    buffer = BytesIO(document(TITLE, table(rows)))
    with ZipFile(buffer, "a") as package:
        package.writestr("word/numbering.xml", lists)
    (form,) = read_bytes(buffer.getvalue(), "表.docx").forms
    assert form.goal.expected == "一、改造\n1.跑道\n2.球场\n二、验收\n1.资料\n存档"


@pytest.mark.parametrize(
    ("shape", "shown"),
    [
        ("decimal", "12"),
        ("chineseCountingThousand", "十二"),
        ("decimalEnclosedCircle", "⑫"),
        ("lowerLetter", "l"),
        ("upperRoman", "XII"),
    ],
)
def test_shapes_of_list_numbers(shape: str, shown: str) -> None:
    level = _list_level(0, shape, "（%1）")
    xml = f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="1">{level}</w:abstractNum>'
    xml += '<w:num w:numId="2"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
    xml += '<w:startOverride w:val="11"/>'
    lists = read_numbering(parse_xml((xml + "</w:lvlOverride></w:num></w:numbering>").encode()))
    lists.next("2", 0)
    assert lists.next("2", 0) == f"（{shown}）"
    assert lists.next("9", 0) == ""


def test_a_document_made_with_python_docx() -> None:
    made = docx.Document()
    made.add_heading("项目支出绩效自评表", 0)
    rows = [
        ["项目名称", "图书更新", "", "", "", "", "", ""],
        [
            "一级指标",
            "二级指标",
            "三级指标",
            "年度指标值",
            "实际完成值",
            "分值",
            "得分",
            "偏差原因分析及改进措施",
        ],
        ["产出指标", "数量指标", "更新册数", "≥100册", "120册", "50", "50", "无"],
        ["", "", "更新种数", "≥10种", "9种", "40", "36", "采购延迟。"],
    ]
    grid = made.add_table(rows=len(rows), cols=8)
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            grid.cell(number, column).text = text
    grid.cell(0, 1).merge(grid.cell(0, 7))
    grid.cell(2, 0).merge(grid.cell(3, 0))
    buffer = BytesIO()
    made.save(buffer)
    (form,) = read_bytes(buffer.getvalue(), "表").forms
    assert (form.title, form.project_name) == ("项目支出绩效自评表", "图书更新")
    assert [(row.level1, row.level2, row.name) for row in form.indicators] == [
        ("产出指标", "数量指标", "更新册数"),
        ("产出指标", "数量指标", "更新种数"),
    ]


@pytest.mark.parametrize(
    ("above", "inside", "title"),
    [
        ("2023年度项目支出绩效自评表", "", "2023年度项目支出绩效自评表"),
        ("某市绩效评价材料汇编", "", ""),
        ("某市绩效自评表", "项目支出绩效自评表", "项目支出绩效自评表"),
        ("<broken", "", ""),
    ],
    ids=["title", "other words", "the form has its own", "unreadable"],
)
def test_a_title_in_the_header_of_the_page(above: str, inside: str, title: str) -> None:
    blocks = [paragraph(inside)] * bool(inside) + [table(official())]
    data = BytesIO(document(*blocks))
    with ZipFile(data, "a") as package:
        header = f'<w:hdr xmlns:w="{W}">{paragraph(above)}</w:hdr>'
        package.writestr("word/header1.xml", above if above.startswith("<") else header)
    (form,) = read_bytes(data.getvalue(), "表.docx").forms
    assert form.title == title
    assert form.year == (2023 if "2023" in title else None)
