"""The check report as a Word document, as somebody who prints it sees it."""

from io import BytesIO

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn

from assistant.documents.report import Column, ReportPart, ReportTable
from assistant.documents.write_report import write_parts

COLUMNS = (Column("级别", 2, "severity"), Column("问题", 9), Column("次数", 2, "number"))
ROWS = (("错误", "总分不等于各项之和", "2"), ("提醒", "没有计量单位\n请补上", "11"))
TABLE = ReportTable(heading="各规则情况", columns=COLUMNS, rows=ROWS)


def test_tables_can_be_read_on_every_page() -> None:
    data = write_parts(
        "检查报告", (ReportPart(heading="总览", lines=("共2张表。",), tables=(TABLE,)),), ".docx"
    )
    document = Document(BytesIO(data))
    assert [p.text for p in document.paragraphs if p.text] == ["检查报告", "总览", "共2张表。", "各规则情况"]
    [table] = document.tables
    head, *rows = table.rows
    assert [tuple(cell.text for cell in row.cells) for row in rows] == list(ROWS)
    assert head._tr.find(f".//{qn('w:tblHeader')}") is not None, "the headings stand on each page"
    assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in rows)
    for row in table.rows:
        sides = [cell.paragraphs[0].alignment for cell in row.cells]
        assert sides == [None, None, WD_ALIGN_PARAGRAPH.RIGHT], "figures stand under each other"
    colours = [row.cells[0].paragraphs[0].runs[0].font.color.rgb for row in rows]
    assert colours[0] != colours[1] is not None
    widths = [cell.width for cell in rows[0].cells]
    assert widths[1] > 4 * widths[0] == 4 * widths[2]


def test_an_empty_table_is_left_out() -> None:
    empty = TABLE.model_copy(update={"rows": ()})
    document = Document(
        BytesIO(write_parts("检查报告", (ReportPart(heading="总览", tables=(empty,)),), ".docx"))
    )
    assert not document.tables
