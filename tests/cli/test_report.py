"""The check report of many forms: by unit, by rule, worst first, each line traceable to its cell."""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

from assistant.cli import main
from assistant.documents.result import Problem
from assistant.errors import AssistantError
from assistant.form.finding import Severity
from assistant.form.model import Form, FundLine, Goal, Indicator, OtherScore, Source, Total
from assistant.reporting import write_report
from assistant.rules.check import Report, check_forms

LEVELS = (("产出指标", "数量指标"), ("效益指标", "社会效益指标"), ("满意度指标", "服务对象满意度指标"))


def form(unit: str, file: str, **faults: str) -> Form:
    fund = FundLine(
        label="年度资金总额",
        initial="50",
        budget="50",
        executed="50",
        weight="10",
        rate="100.00%",
        score="10",
    )
    rows = [
        Indicator(level1=one, level2=two, name=name, target="≥80%", actual="88%", weight=weight, score=weight)
        for (one, two), name, weight in zip(LEVELS, ("巡查率", "知晓率", "居民满意度"), "573", strict=True)
    ]
    weights = ("50", "30", "10")
    rows = [row.model_copy(update={"weight": w, "score": w}) for row, w in zip(rows, weights, strict=True)]
    if "target" in faults:
        rows[0] = rows[0].model_copy(update={"actual": faults["target"]})
    return Form(
        title="项目支出绩效自评表",
        year_line="（2023年度）",
        project_name=faults.get("name", f"{unit}巡查"),
        department="云溪县城市管理局",
        unit=unit,
        funds=(fund,),
        goal=Goal(expected="开展街面巡查。", actual=faults.get("goal", "全年开展街面巡查，秩序好转。")),
        indicators=tuple(rows),
        total=Total(weight="100", score="100"),
        source=Source(file=file),
    )


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    return check_forms(
        [
            form("甲所", "甲.docx"),
            form("乙所", "乙.docx", target="60%", goal=""),
            form("丙所", "丙.docx", goal="", name="=1+1"),
            form("乙所", "乙二.docx"),
        ]
    )


@pytest.fixture(scope="module")
def book(reports: list[Report]) -> Any:
    return load_workbook(BytesIO(write_report(reports, ".xlsx")))


def rows(sheet: Any) -> list[dict[str, Any]]:
    head, *body = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in body]


def test_units_come_worst_first_with_numbers_that_sort(book: Any) -> None:
    units = rows(book["各单位情况"])
    assert [row["单位"] for row in units] == ["乙所", "丙所", "甲所"]
    assert [row["表数"] for row in units] == [2, 1, 1]
    assert all(isinstance(row["错误"], int) for row in units)
    assert units[0]["错误"] > units[1]["错误"] > units[2]["错误"] == 0
    assert "总体目标没有填" in units[1]["最多的问题"]


def test_every_finding_is_traceable_to_file_form_and_cell(book: Any, reports: list[Report]) -> None:
    found = rows(book["发现的问题"])
    severities = [finding.severity for report in reports for finding in report.findings]
    assert len(found) == sum(severity is not Severity.NOTE for severity in severities)
    missed = next(row for row in found if row["规则"] == "E001")
    assert (missed["文件"], missed["第几张"], missed["单位"]) == ("乙.docx", 1, "乙所")
    assert missed["位置"] == "绩效指标第1行“巡查率”偏差原因分析及改进措施"
    assert missed["级别"] == "错误" and missed["怎么改"]


def test_notes_stand_apart_one_row_a_rule() -> None:
    given = form("甲所", "甲.docx")
    bare = [row.model_copy(update={"target": "80%"}) for row in given.indicators]
    (report, other) = check_forms([given.model_copy(update={"indicators": tuple(bare)}), given])
    book = load_workbook(BytesIO(write_report([report, other], ".xlsx")))
    notes = [row for row in rows(book["写法和格式的提示"]) if row["文件"] == "甲.docx"]
    signs = next(row for row in notes if row["规则"] == "I001")
    assert (signs["处数"], signs["位置"], signs["填的是"]) == (3, "绩效指标第1、2、3行年度指标值", "80%")
    counted = sum(f.severity is Severity.NOTE for r in (report, other) for f in r.findings)
    assert sum(row["处数"] for row in notes) == counted
    page = write_report([report], ".html").decode("utf-8")
    assert page.count("绩效指标第1、2、3行年度指标值") == 1


def test_sheets_filter_and_lead_to_the_details(book: Any) -> None:
    tables = ["各单位情况", "各规则情况", "各表情况", "发现的问题", "写法和格式的提示", "得分明细"]
    assert book.sheetnames == ["总览", *[name for name in tables if name in book.sheetnames]]
    assert set(tables) - set(book.sheetnames) <= {"写法和格式的提示"}
    for name in book.sheetnames[1:]:
        sheet = book[name]
        assert sheet.auto_filter.ref == sheet.dimensions and sheet.freeze_panes == "A2"
        assert sheet.print_title_rows == "$1:$1"
    for name in ("各单位情况", "各表情况"):
        sheet = book[name]
        for (cell,) in sheet.iter_rows(min_row=2, max_col=1):
            target = re.fullmatch(r"'(.+)'!A(\d+)", cell.hyperlink.location)
            assert target, cell.value
            details = {column.value: column.column for column in book[target[1]][1]}
            key = "单位" if name == "各单位情况" else "项目名称"
            shown = cell.value if name == "各单位情况" else sheet.cell(cell.row, 2).value
            assert book[target[1]].cell(int(target[2]), details[key]).value == shown


def test_text_never_becomes_a_formula(book: Any) -> None:
    names = [cell for (cell,) in book["各表情况"].iter_rows(min_row=2, min_col=2, max_col=2)]
    assert "=1+1" in [cell.value for cell in names] and {cell.data_type for cell in names} == {"s"}


def test_the_cover_names_profile_and_document(book: Any) -> None:
    text = "\n".join(str(cell.value) for (cell,) in book["总览"].iter_rows(max_col=1))
    assert "3个单位的4张表" in text and "财预〔2020〕10号" in text and "全国通用" in text


def test_html_links_lead_somewhere_and_text_is_escaped(reports: list[Report]) -> None:
    evil = reports[0].model_copy(
        update={"form": reports[0].form.model_copy(update={"project_name": "<script>x</script>"})}
    )
    page = write_report([evil, *reports[1:]], ".html").decode("utf-8")
    anchors = re.findall(r' id="([^"]+)"', page)
    targets = set(re.findall(r'href="#([^"]+)"', page))
    assert len(anchors) == len(set(anchors))
    assert targets <= set(anchors), targets - set(anchors)
    assert "<script>" not in page and "&lt;script&gt;" in page
    assert page.index(">乙所<") < page.index(">丙所<") < page.index(">甲所<")
    assert "按规则看" in page and "财预〔2020〕10号" in page


def test_one_form_needs_no_overview(reports: list[Report]) -> None:
    page = write_report(reports[1:2], ".html").decode("utf-8")
    assert "各单位情况" not in page and "乙.docx 第1张" in page and "财预〔2020〕10号" in page


def test_what_html_prints_of_many_forms_is_the_overview_unless_all_is_asked_for(
    reports: list[Report],
) -> None:
    page = write_report(reports, ".html").decode("utf-8")
    sections = re.findall(r"<section( class=\"d\")?><h[23][^>]*>([^<]+)", page)
    assert [name for detail, name in sections if not detail] == ["总览"]
    assert {"甲所", "乙所", "丙所", "甲所巡查"} <= {name for detail, name in sections if detail}
    assert page.index('id="whole"') < page.index("<section")
    alone = write_report(reports[1:2], ".html").decode("utf-8")
    assert 'id="whole"' not in alone and 'class="d"' not in alone


def test_docx_has_the_same_chapters(reports: list[Report]) -> None:
    document = Document(BytesIO(write_report(reports, ".docx")))
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings == ["总览", "乙所", "丙所", "甲所"]
    assert any("财预〔2020〕10号" in p.text for p in document.paragraphs)


def test_docx_overview_leads_to_the_details(reports: list[Report]) -> None:
    document = Document(BytesIO(write_report(reports, ".docx")))
    places = {
        mark.get(qn("w:name")): mark.getparent() for mark in document.element.iter(qn("w:bookmarkStart"))
    }
    links = list(document.element.iter(qn("w:hyperlink")))
    # Three units and four forms; the rules have no chapters of their own here.
    assert len(links) == 3 + 4
    for link in links:
        shown = "".join(text.text for text in link.iter(qn("w:t")))
        heading = "".join(text.text for text in places[link.get(qn("w:anchor"))].iter(qn("w:t")))
        assert shown == heading


def test_docx_tables_say_what_the_workbook_says(reports: list[Report], book: Any) -> None:
    odd = reports[1].form.model_copy(update={"project_name": "<甲> & \x01“乙”\n二期"})
    report = reports[1].model_copy(update={"form": odd})
    document = Document(BytesIO(write_report([report], ".docx")))
    assert document.paragraphs[1].text == "<甲> & “乙”\n二期"
    found = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert found[0][0] == "级别" and found[1][0] == "错误"
    assert [row[4] for row in found[1:]] == [row["问题"] for row in rows(book["发现的问题"])][
        : len(found) - 1
    ]
    for table in document.tables:
        first = table.rows[0]._tr.trPr
        assert first.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_the_terminal_names_the_profile_with_its_document(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "甲.json"
    file.write_text(json.dumps(form("甲所", "").to_json(), ensure_ascii=False), encoding="utf-8")
    main(["check", str(file)])
    assert (
        "评分口径：全国通用（成本在产出之下），财预〔2020〕10号（national-2020）" in capsys.readouterr().out
    )
    main(["check", str(file), "--profile", "sichuan", "--json"])
    [checked] = json.loads(capsys.readouterr().out)["forms"]
    assert checked["profile"] == "sichuan" and "四川省" in checked["profile_title"]


@pytest.mark.parametrize("many", [True, False])
def test_what_could_not_be_read_stands_in_the_report(reports: list[Report], many: bool) -> None:
    problems = [Problem(file="扫描件.pdf", message="没有文字，\x01请用原来的文件。")]
    shown = reports if many else reports[:1]
    book = load_workbook(BytesIO(write_report(shown, ".xlsx", problems)))
    assert rows(book["读文件时的问题"]) == [
        {"文件": "扫描件.pdf", "情况和办法": "没有文字，请用原来的文件。"}
    ]
    page = write_report(shown, ".html", problems).decode("utf-8")
    assert "扫描件.pdf" in page and ("另有1个文件" in page) is many


def test_printed_pages_lie_across_and_are_numbered(book: Any) -> None:
    for sheet in book:
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth) == ("landscape", 1)
        assert sheet.title in sheet.oddHeader.left.text or sheet.title == "总览"
        assert "&P" in sheet.oddFooter.center.text and "&N" in sheet.oddFooter.center.text


def test_a_workbook_of_many_rows_says_how_to_print_it(reports: list[Report], book: Any) -> None:
    def cover(of: Any) -> str:
        return "\n".join(str(cell.value) for (cell,) in of["总览"].iter_rows(max_col=1))

    assert "筛选" in cover(load_workbook(BytesIO(write_report(reports * 60, ".xlsx"))))
    assert "筛选" not in cover(book)


def test_another_ending_is_refused(reports: list[Report]) -> None:
    with pytest.raises(AssistantError, match="docx"):
        write_report(reports, ".pdf")


def test_points_of_other_blocks_are_listed_so_that_the_total_adds_up() -> None:
    managed = OtherScore(block="资金管理情况", name="分配科学性", weight="5", score="4.6")
    given = form("甲所", "甲.docx").model_copy(update={"other_scores": (managed,)})
    book = load_workbook(BytesIO(write_report(check_forms([given]), ".xlsx")))
    listed = next(row for row in rows(book["得分明细"]) if row["指标"] == "资金管理情况“分配科学性”")
    assert (float(listed["分值"]), float(listed["填报得分"])) == (5, 4.6)
    assert "填报得分" in listed["算式"]
