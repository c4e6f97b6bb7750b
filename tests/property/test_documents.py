"""Whatever a form holds: written and read back it is the same form, and no bytes make the reader raise."""

from __future__ import annotations

from functools import cache
from random import Random

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from assistant.documents.read import read_bytes
from assistant.documents.write_docx import write_docx
from assistant.documents.write_xlsx import write_xlsx
from assistant.form.model import Form, FundLine, Goal, Indicator, Total
from tests.documents.dumps import dump, form_rows
from tests.documents.strategies import BROKEN, LINES, forms

_QUIET = settings(
    max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
FORTY = Form(
    project_name="四十个指标",
    indicators=tuple(
        Indicator(
            level1="产出指标",
            level2="数量指标",
            name=f"指标{n}",
            target="≥1次",
            actual="1次",
            weight="2",
            score="2",
        )
        for n in range(40)
    ),
)

BREAKS = Form(
    title="某市\n自评表",
    project_name="甲\n乙",
    unit="第一科\n\n第二科",
    funds=(FundLine(label="其中：\n拨款", budget="1\n2"),),
    goal=Goal(expected="甲\n\n乙", actual="一\n  二"),
    indicators=(
        Indicator(
            level1="产出\n指标", level2="数量\n指标", name="甲\n乙", target="≥1\n个", explanation="甲\n乙"
        ),
    ),
    total=Total(note="甲\n乙"),
    remark="甲\n乙",
    notes=("注：甲\n乙",),
)


@cache
def written(kind: str) -> bytes:
    return write_docx(FORTY) if kind == "docx" else write_xlsx(FORTY)


def read_back(form: Form, data: bytes) -> Form:
    result = read_bytes(data, "表.docx")
    assert result.problems == ()
    assert len(result.forms) == 1
    return result.forms[0].model_copy(update={"source": form.source})


@_QUIET
@given(forms(lines=st.one_of(LINES, BROKEN)))
@example(Form())
@example(FORTY)
@example(BREAKS)
@example(Form(funds=tuple(FundLine(label=f"来源{n}", budget=str(n)) for n in range(12))))
@example(Form(goal=Goal(expected="一是甲。\n二是乙。"), total=Total(score="95", note="第一段\n第二段")))
def test_docx_gives_back_the_form(form: Form) -> None:
    assert read_back(form, write_docx(form)) == form


@settings(_QUIET, max_examples=12)
@given(forms(lines=st.one_of(LINES, BROKEN)))
@example(Form())
@example(BREAKS)
@example(FORTY)
def test_xlsx_gives_back_the_form(form: Form) -> None:
    assert read_back(form, write_xlsx(form)) == form


@_QUIET
@given(st.integers(0, 10**6), st.sampled_from([0.05, 0.2, 0.5]))
def test_blank_lines_in_the_cells_of_a_dump_change_nothing(seed: int, share: float) -> None:
    random = Random(seed)
    rows = [*form_rows("甲"), *form_rows("乙", title=""), *form_rows("丙")]
    loose = [[_loose(cell, random, share) for cell in row] for row in rows]
    assert read_bytes(dump(loose).encode(), "往年.txt") == read_bytes(dump(rows).encode(), "往年.txt")


def _loose(cell: str, random: Random, share: float) -> str:
    """A cell as it comes out of a document with empty paragraphs in its cells."""
    if random.random() < share:
        cell = cell.replace("\n", "\n\n")
    empty = random.random() < (share if cell.strip() else share / 3)
    return cell + "\n" * random.randint(1, 3) if empty else cell


@_QUIET
@given(st.binary(max_size=400))
def test_no_bytes_make_the_reader_raise(data: bytes) -> None:
    result = read_bytes(data, "任意")
    assert result.forms or result.problems


@_QUIET
@given(
    st.text(
        alphabet="\t\n 一二三级指标值项目名称总分年度预期目标实际完成情况执行数全初预算:（）0", max_size=300
    )
)
def test_no_text_makes_the_reader_raise(text: str) -> None:
    result = read_bytes(text.encode(), "任意.txt")
    assert result.forms or result.problems
    assert "损坏" not in "".join(problem.message for problem in result.problems)


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
@settings(max_examples=15, deadline=None, derandomize=True)
@given(place=st.integers(0, 10**6), value=st.integers(0, 255))
def test_a_damaged_file_is_read_or_refused(kind: str, place: int, value: int) -> None:
    data = bytearray(written(kind))
    data[place % len(data)] = value
    result = read_bytes(bytes(data), "坏")
    assert result.forms or result.problems
