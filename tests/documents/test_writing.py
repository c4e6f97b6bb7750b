"""The official table as Word, WPS and Excel need it."""

from __future__ import annotations

import re
import subprocess
from io import BytesIO
from pathlib import Path
from shutil import which
from zipfile import ZipFile

import docx
import pytest
from openpyxl import load_workbook

from assistant.documents.official import WIDTH, PlacedRow, official_table
from assistant.documents.read import read_bytes
from assistant.documents.widths import divide, line_count
from assistant.documents.write_docx import write_docx
from assistant.documents.write_xlsx import write_xlsx
from assistant.form.model import Form, FundLine, Goal, Indicator, OtherScore, Total, Unplaced

FORM = Form(
    title="项目支出绩效自评表",
    year_line="（2023年度）",
    year=2023,
    project_name="社区养老服务站运营补助",
    department="某区民政局",
    unit="某区养老服务中心",
    funds=(
        FundLine(
            label="年度资金总额",
            initial="120",
            budget="118.5",
            executed="110.02",
            weight="10",
            rate="92.84%",
            score="9.28",
        ),
        FundLine(
            label="其中：当年财政拨款",
            initial="120",
            budget="118.5",
            executed="110.02",
            weight="—",
            score="—",
        ),
    ),
    goal=Goal(
        expected="一是运营12个服务站。\n二是服务老人3000人次。", actual="运营12个服务站，服务3120人次。"
    ),
    indicators=tuple(
        Indicator.model_validate(dict(zip(Indicator.model_fields, cells, strict=True)))
        for cells in [
            ("成本指标", "经济成本指标", "单站补助", "≤10万元", "9.2万元", "20", "20", ""),
            ("产出指标", "数量指标", "运营服务站", "=12个", "12个", "20", "20", ""),
            (
                *("产出指标", "数量指标", "服务人次", "≥3500人次", "3120人次", "20", "17.83"),
                "冬季到站人数减少。\n改进措施：增加上门服务。",
            ),
            ("满意度指标", "服务对象满意度指标", "老人满意度", "≥90%", "93%", "30", "30", ""),
        ]
    ),
    total=Total(weight="100", score="97.11", note="无"),
    remark="补助按季度拨付。",
    notes=("注：得分保留两位小数。",),
)
OTHERS = (
    OtherScore(block="过程管理（13分）", name="预算编制", weight="5", score="5"),
    OtherScore(block="过程管理（13分）", name="资金使用合规性", weight="8", score="7.5"),
    OtherScore(name="档案", weight="2", score="—"),
    OtherScore(name="公开", score="2分"),
    OtherScore(
        block="资金管理情况", name="分配科学性：按因素法分配，兼顾各县区上年执行情况", weight="8", score="8"
    ),
)
TRANSFER = Form(
    template="transfer",
    title="转移支付绩效自评表",
    project_name="农村客运补贴",
    central_department="交通运输部",
    department="某省交通运输厅",
    unit="各县交通局",
    funds=(FundLine(label="年度资金总额", budget="500", executed="480", rate="96%"),),
    indicators=(
        Indicator(level1="产出指标", level2="数量指标", name="补贴车辆", target="≥300辆", actual="310辆"),
    ),
)


def parts(data: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(data)) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def test_the_same_form_gives_the_same_bytes() -> None:
    assert write_docx(FORM) == write_docx(FORM)


def test_fonts_are_named_and_no_theme_is_used() -> None:
    everything = "".join(parts(write_docx(FORM)).values())
    assert "Theme=" not in everything
    assert "/theme" not in everything
    for attribute in ("ascii", "hAnsi", "eastAsia"):
        assert f'w:{attribute}="宋体"' in everything
        assert f'w:{attribute}="方正小标宋简体"' in everything


def test_grid_table_and_cells_agree_on_the_width() -> None:
    xml = parts(write_docx(FORM))["word/document.xml"]
    for table in re.findall(r"<w:tbl>.*?</w:tbl>", xml):
        grid = sum(map(int, re.findall(r'<w:gridCol w:w="(\d+)"', table)))
        (width,) = map(int, re.findall(r'<w:tblW [^>]*w:w="(\d+)"', table))
        assert grid == width
        for row in re.findall(r"<w:tr>.*?</w:tr>", table):
            assert sum(map(int, re.findall(r'<w:tcW [^>]*w:w="(\d+)"', row))) == width


def test_a4_with_a_repeated_header_and_rows_kept_whole() -> None:
    xml = parts(write_docx(FORM))["word/document.xml"]
    assert '<w:pgSz w:w="11906" w:h="16838"/>' in xml
    repeated = [row for row in re.findall(r"<w:tr>.*?</w:tr>", xml) if "tblHeader" in row]
    assert len(repeated) == 1
    assert "三级指标" in repeated[0]
    rows = [row for row in re.findall(r"<w:tr>.*?</w:tr>", xml) if "人次" in row and "产出" not in row]
    assert ["cantSplit" in row for row in rows if "上门服务" in row] == [True]


def test_python_docx_and_openpyxl_open_what_was_written() -> None:
    opened = docx.Document(BytesIO(write_docx(FORM)))
    assert [table.rows[0].cells[0].text for table in opened.tables] == ["项目名称", ""]
    assert opened.core_properties.title == FORM.project_name
    sheet = load_workbook(BytesIO(write_xlsx(FORM))).worksheets[0]
    assert sheet["A1"].value == "项目支出绩效自评表"
    assert sheet.print_title_rows is not None


@pytest.mark.parametrize("text", ["=1+1", "+86", "-5", "@SUM(A1)", '=HYPERLINK("http://x")', "\t=1"])
def test_no_text_becomes_a_formula(text: str) -> None:
    form = FORM.model_copy(update={"project_name": text})
    sheet = load_workbook(BytesIO(write_xlsx(form))).worksheets[0]
    cells = [
        cell
        for row in sheet.iter_rows()
        for cell in row
        if cell.value and str(cell.value).strip() == text.strip()
    ]
    assert cells
    assert all(cell.data_type == "s" for cell in cells)
    assert "<f>" not in parts(write_xlsx(form))["xl/worksheets/sheet1.xml"]


def test_odd_characters_and_markup_do_no_harm() -> None:
    form = FORM.model_copy(update={"project_name": "甲\x00\x0b乙\u202e<w:p>&amp;\ud800\ufffe"})
    for write in (write_docx, write_xlsx):
        (again,) = read_bytes(write(form), "表").forms
        assert again.project_name.replace("\n", "") == "甲乙<w:p>&amp;"


def test_what_has_no_cell_is_not_printed() -> None:
    form = FORM.model_copy(update={"unplaced": (Unplaced(place="x", text="内部批注"),)})
    assert write_docx(form) == write_docx(FORM)


def test_equal_neighbours_are_one_cell_and_empty_levels_stay_empty() -> None:
    levels = [("产出指标", "数量指标"), ("产出指标", "数量指标"), ("产出指标", ""), ("", "数量指标")]
    levels += [("", ""), ("效益指标", "数量指标"), ("效益指标", "")]
    rows = tuple(
        Indicator(level1=one, level2=two, name=str(number)) for number, (one, two) in enumerate(levels)
    )
    form = Form(indicators=rows)
    for write in (write_docx, write_xlsx):
        (again,) = read_bytes(write(form), "表").forms
        assert again.indicators == rows
    assert parts(write_docx(form))["word/document.xml"].count(">产出指标<") == 1


@pytest.mark.parametrize("form", [FORM, TRANSFER])
def test_points_outside_the_indicators_are_printed_and_read_back(form: Form) -> None:
    scored = form.model_copy(update={"other_scores": OTHERS})
    for write in (write_docx, write_xlsx):
        (again,) = read_bytes(write(scored), "表").forms
        assert again.model_copy(update={"source": form.source}) == scored
    assert official_table(form).head == tuple(
        row for row in official_table(scored).head if not {"评分内容", *(o.name for o in OTHERS)} & texts(row)
    )


def test_rows_of_the_workbook_hold_the_label_beside_them() -> None:
    """A label of one character to a line needs as many lines, however little stands beside it."""
    sheet = load_workbook(BytesIO(write_xlsx(FORM))).worksheets[0]
    labels = {str(sheet.cell(area.min_row, area.min_col).value): area for area in sheet.merged_cells.ranges}
    for label in ("年度总体目标", "绩效指标"):
        area = labels[label]
        room = sum(sheet.row_dimensions[row].height for row in range(area.min_row, area.max_row + 1))
        assert room >= len(label) * 13


def texts(row: PlacedRow) -> set[str]:
    return {cell.text for cell in row.cells}


@pytest.mark.parametrize(
    "form", [FORM, TRANSFER, Form(other_scores=OTHERS), Form(template="transfer", other_scores=OTHERS)]
)
def test_rows_reach_from_edge_to_edge(form: Form) -> None:
    table = official_table(form)
    for row in (*table.head, *table.body):
        assert row.cells[0].left == 0
        assert row.cells[-1].right == WIDTH
        assert all(one.right == other.left for one, other in zip(row.cells, row.cells[1:], strict=False))


def test_a_scored_transfer_form_gets_columns_for_its_scores() -> None:
    scored = TRANSFER.model_copy(
        update={"indicators": (TRANSFER.indicators[0].model_copy(update={"weight": "50", "score": "50"}),)}
    )
    headers = [cell.text for cell in official_table(scored).body[0].cells]
    assert "分值" in headers
    assert "未完成原因和改进措施" in headers
    assert "分值" not in [cell.text for cell in official_table(TRANSFER).body[0].cells]


def test_columns_give_room_to_the_longest_texts() -> None:
    usual = {"name": 32, "target": 20, "actual": 20, "explanation": 25}
    row = {"name": "甲", "target": "≥1次", "actual": "1次", "explanation": "因" * 200}
    wide = divide(usual, [row] * 5)
    assert wide["explanation"] > usual["explanation"]
    assert sum(wide.values()) == sum(usual.values())
    assert divide(usual, []) != {} and sum(divide(usual, []).values()) == sum(usual.values())
    assert line_count("一二三四五\n六", 20) == 3


@pytest.mark.office
@pytest.mark.skipif(which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(
    "form",
    [FORM, TRANSFER, FORM.model_copy(update={"other_scores": OTHERS})],
    ids=["project", "transfer", "other"],
)
def test_libreoffice_reads_and_rewrites_the_form_without_loss(form: Form, tmp_path: Path) -> None:
    for suffix, write in ((".docx", write_docx), (".xlsx", write_xlsx)):
        folder = tmp_path / suffix[1:]
        folder.mkdir()
        source = folder / f"表{suffix}"
        source.write_bytes(write(form))
        out = folder / "out"
        command = ["soffice", "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"]
        command += ["--convert-to", suffix[1:], "--outdir", str(out), str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=100)
        result = read_bytes((out / source.name).read_bytes(), "表")
        assert result.problems == ()
        assert [again.model_copy(update={"source": form.source}) for again in result.forms] == [form]
