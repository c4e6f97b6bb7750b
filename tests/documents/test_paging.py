"""How many pages the official table takes, and the letters that save one."""

from __future__ import annotations

import re
import subprocess
from io import BytesIO
from pathlib import Path
from shutil import which

import docx
import pytest

from assistant.documents.official import official_table
from assistant.documents.paging import SMALL, USUAL, lettering, pages
from assistant.documents.write_docx import write_docx
from assistant.form.model import Form, FundLine, Goal, Indicator, Total

FUNDS = tuple(
    FundLine(label=label, initial="120", budget="120", executed="118")
    for label in ("年度资金总额", "其中：当年财政拨款", "上年结转资金", "其他资金")
)
LEVELS = (("产出指标", "数量指标"), ("产出指标", "质量指标"), ("效益指标", "社会效益指标"))


def form(rows: int, explanation: str = "") -> Form:
    """A form of so many indicators, each with the same explanation."""
    indicators = tuple(
        Indicator(
            level1=LEVELS[n * 3 // rows][0],
            level2=LEVELS[n * 3 // rows][1],
            name=f"第{n + 1}批设备更新数量",
            target="≥12台",
            actual="13台",
            weight="5",
            score="5",
            explanation=explanation,
        )
        for n in range(rows)
    )
    return Form(
        title="项目支出绩效自评表",
        year_line="（2023年度）",
        project_name="供水管网改造",
        department="某市水务局",
        unit="某市供水公司",
        funds=FUNDS,
        goal=Goal(expected="更新老旧管网，" * 12, actual="已更新老旧管网，" * 12),
        indicators=indicators,
        total=Total(weight="100", score="98"),
    )


CASES = [
    form(10),
    form(10, "供货延迟，已催交。"),
    form(20),
    form(24),
    form(14, "供货延迟。改进措施：提前一个季度签订合同，" * 2),
    form(30, "供货延迟。改进措施：提前签订合同。" * 3),
    form(60),
    form(4, "供货延迟。改进措施：提前签订合同。" * 40),
]


def test_ten_short_rows_fit_on_one_page_in_the_usual_letters() -> None:
    table = official_table(form(10, "供货延迟，已催交。"))
    assert pages(table, USUAL) == 1
    assert lettering(table) == USUAL


def test_small_letters_are_taken_only_where_they_save_a_page() -> None:
    taken = []
    for rows in range(1, 60):
        table = official_table(form(rows))
        small = lettering(table) == SMALL
        assert small == (pages(table, SMALL) < pages(table, USUAL))
        taken.append(small)
    assert True in taken and False in taken


def test_more_rows_never_take_fewer_pages() -> None:
    for size in (USUAL, SMALL):
        counts = [pages(official_table(form(rows)), size) for rows in range(1, 80)]
        assert counts == sorted(counts)
        assert counts[0] == 1 and counts[-1] > 2


def test_a_text_longer_than_a_page_takes_pages_of_its_own() -> None:
    long = Form(goal=Goal(expected="一" * 9000), indicators=(Indicator(name="甲"),))
    assert pages(official_table(long), USUAL) > 3


def test_the_letters_of_the_document_are_those() -> None:
    for case in CASES:
        size = lettering(official_table(case))
        styles = docx.Document(BytesIO(write_docx(case))).styles
        style = styles["自评表单元格"]
        assert (style.font.size.pt, style.paragraph_format.line_spacing.pt) == (size.character, size.line)


@pytest.mark.office
@pytest.mark.skipif(which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_prints_as_many_pages_as_estimated(tmp_path: Path) -> None:
    for number, case in enumerate(CASES):
        (tmp_path / f"{number}.docx").write_bytes(write_docx(case))
    command = ["soffice", "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"]
    command += ["--convert-to", "pdf", "--outdir", str(tmp_path), *map(str, sorted(tmp_path.glob("*.docx")))]
    subprocess.run(command, check=True, capture_output=True, timeout=100)
    printed = [
        len(re.findall(rb"/Type\s*/Page\b", (tmp_path / f"{number}.pdf").read_bytes()))
        for number in range(len(CASES))
    ]
    estimated = [pages(table, lettering(table)) for table in map(official_table, CASES)]
    assert printed == estimated
