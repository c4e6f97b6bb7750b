"""The official table as HTML: its layout, its texts, and the marks at the cells that findings concern."""

from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from assistant.form.finding import Finding, Section, Severity
from assistant.form.model import BLANK, Form, FundLine, Goal, Indicator
from assistant.web.shown.form_table import Proposed, form_table
from tests.web.forms import DREDGING, TRANSFER, finding
from tests.web.html_table import Page
from tests.web.test_escape import HOSTILE

WORDS = st.sampled_from(["", "产出指标", "数量指标", "质量指标", "≥5%", BLANK, *HOSTILE])


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    return finding(
        draw(st.sampled_from(get_args(Section))),
        draw(st.sampled_from([None, 1, 2, 3, 9])),
        draw(st.sampled_from(["", "target", "score", "rate", "expected", "project_name", "level1", "note"])),
        draw(st.sampled_from(list(Severity))),
        draw(WORDS),
    )


FORMS = st.builds(
    Form,
    template=st.sampled_from(["project", "transfer"]),
    title=WORDS,
    project_name=WORDS,
    unit=WORDS,
    funds=st.lists(st.builds(FundLine, label=WORDS, budget=WORDS, rate=WORDS), max_size=3).map(tuple),
    goal=st.builds(Goal, expected=WORDS, actual=WORDS),
    indicators=st.lists(
        st.builds(Indicator, level1=WORDS, level2=WORDS, name=WORDS, target=WORDS), max_size=5
    ).map(tuple),
    remark=WORDS,
    notes=st.lists(WORDS, max_size=2).map(tuple),
)


@given(
    FORMS,
    st.lists(findings(), max_size=8),
    st.lists(st.builds(Indicator, level1=WORDS, name=WORDS), max_size=2),
)
def test_any_form_gives_a_whole_table_of_our_own_elements(
    form: Form, found: list[Finding], new_rows: list[Indicator]
) -> None:
    page = Page(form_table(form, found, Proposed(rows=tuple(new_rows))))
    grid = page.grid()
    assert {len(row) for row in grid} == {9}
    assert None not in [cell for row in grid for cell in row], "a hole in the table"
    ours = {
        "div",
        "table",
        "colgroup",
        "col",
        "tbody",
        "tr",
        "th",
        "td",
        "ul",
        "li",
        "b",
        "span",
        "mark",
        "ins",
    }
    assert {tag for tag, _ in page.tags} <= ours
    names = {name for _, attributes in page.tags for name in attributes}
    assert names <= {
        "class",
        "style",
        "colspan",
        "rowspan",
        "title",
        "data-mark",
        "data-row-mark",
        "data-row",
    }


def test_all_cells_are_there_and_equal_levels_are_merged() -> None:
    page = Page(form_table(DREDGING))
    for row in DREDGING.indicators:
        for text in (row.name, row.target, row.actual, row.score):
            assert text in page.text
    assert DREDGING.goal.expected in page.text, "line breaks of prose are kept"
    assert page.cell("产出指标").span("rowspan") == 3
    assert page.cell("数量指标").span("rowspan") == 2
    assert page.cell("满意度指标").span("rowspan") == 1


def test_the_transfer_form_has_its_own_columns() -> None:
    page = Page(form_table(TRANSFER))
    heads = [cell.text for row in page.rows for cell in row if cell.tag == "th"]
    assert "中央主管部门" in heads
    assert "全年预算数（A）" in heads
    assert "未完成原因和改进措施" in heads
    assert not {"得分", "总分", "年初预算数"} & set(heads)


def test_a_finding_marks_its_cell_and_is_told_beneath_its_row() -> None:
    wrong = finding("indicators", 2, "score", message="得分应为9.00", arithmetic="10 × 2.7 ÷ 3 = 9.00")
    page = Page(form_table(DREDGING, [wrong]))
    marked = [cell for row in page.rows for cell in row if "data-mark" in cell.attributes]
    assert [(cell.text, cell.attributes["data-mark"]) for cell in marked] == [("9", "error")]
    assert marked[0].attributes["title"] == "错误：得分应为9.00"
    at = next(y for y, row in enumerate(page.rows) if any(cell.text == "清运淤泥" for cell in row))
    assert "得分应为9.00" in page.rows[at + 1][0].text
    assert "10 × 2.7 ÷ 3 = 9.00" in page.rows[at + 1][0].text
    assert page.cell("产出指标").span("rowspan") == 4


def test_a_note_marks_but_does_not_talk() -> None:
    page = Page(form_table(DREDGING, [finding("indicators", 1, "target", Severity.NOTE, "符号请用≥")]))
    assert page.cell("≥12公里").attributes == {
        "class": "",
        "data-mark": "note",
        "title": "提示：符号请用≥",
    }
    assert "符号请用≥" not in page.text


def test_the_worst_of_several_findings_colours_the_cell() -> None:
    found = [
        finding("funds", 1, "rate", Severity.NOTE, "格式"),
        finding("funds", 1, "rate", Severity.ERROR, "执行率"),
    ]
    assert Page(form_table(DREDGING, found)).cell("95.00%").attributes["data-mark"] == "error"


def test_findings_of_sections_without_rows_stand_at_the_indicators() -> None:
    for section in ("weights", "structure", "cost"):
        page = Page(form_table(DREDGING, [finding(section, message="缺少成本指标")]))
        heads = next(y for y, row in enumerate(page.rows) if row[-1].text == "偏差原因分析及改进措施")
        assert "缺少成本指标" in page.rows[heads + 1][0].text


def test_what_only_the_office_knows_is_conspicuous() -> None:
    form = DREDGING.model_copy(update={"unit": BLANK})
    assert f"<mark>{BLANK}</mark>" in form_table(form)


def test_what_waits_for_a_decision_is_shown_as_such() -> None:
    waiting = Proposed(
        cells={("indicators", 1, "actual"): "12.6公里"},
        rows=(Indicator(level1="效益指标", level2="生态效益指标", name="水质达标率", target="≥95%"),),
    )
    text = form_table(DREDGING, proposed=waiting)
    assert '<ins class="af-ghost">12.6公里</ins>' in text
    assert "水质达标率" in Page(text).text
    assert "af-new" in text


def test_an_empty_form_shows_the_layout_to_be_filled() -> None:
    page = Page(form_table(Form()))
    assert "还没有指标" in page.text
    assert "预期目标" in page.text


def test_a_form_in_work_is_not_scolded_for_what_is_not_yet_filled_in() -> None:
    form = DREDGING.model_copy(update={"unit": ""})
    found = [
        finding("header", None, "unit", message="没有填实施单位"),
        finding("indicators", 2, "explanation", message="没有说明偏差"),
        finding("indicators", 3, "explanation", message="得分低于分值"),
    ]
    checked = Page(form_table(form, found)).text
    in_work = Page(form_table(form, found, Proposed())).text
    assert "没有填实施单位" in checked
    assert "没有填实施单位" not in in_work
    assert "没有说明偏差" in in_work
    assert "得分低于分值" in in_work
    assert 'data-mark="gap" title="待填：没有填实施单位"' in form_table(form, found, Proposed())


def test_a_proposed_row_does_not_repeat_the_findings_of_the_section() -> None:
    waiting = Proposed(rows=(Indicator(level1="效益指标", name="水质达标率"),))
    page = Page(form_table(DREDGING, [finding("structure", message="没有效益指标")], waiting))
    assert page.text.count("没有效益指标") == 1


def test_the_amounts_that_a_form_in_work_still_needs_are_hatched() -> None:
    line = DREDGING.funds[0].model_copy(update={"executed": ""})
    form = DREDGING.model_copy(update={"funds": (line, *DREDGING.funds[1:])})
    assert form_table(form, (), Proposed()).count('data-mark="gap"') == 1
    assert 'data-mark="gap"' not in form_table(form), "a form that was handed in has no gaps"


def test_rows_that_are_only_proposed_stand_with_their_kin() -> None:
    first = DREDGING.indicators[0]
    same = first.model_copy(update={"name": "新增的同类指标"})
    other = Indicator(level1="满意度指标", level2="服务对象满意度指标", name="新增的满意度指标")
    page = Page(form_table(DREDGING, proposed=Proposed(rows=(other, same))))
    names = [cell.text for row in page.rows for cell in row]
    of_kind = [
        row.name for row in DREDGING.indicators if (row.level1, row.level2) == (first.level1, first.level2)
    ]
    position = {
        name: next(at for at, text in enumerate(names) if text.endswith(name))
        for name in (of_kind[-1], same.name, DREDGING.indicators[-1].name, other.name)
    }
    assert position[of_kind[-1]] < position[same.name] < position[DREDGING.indicators[-1].name]
    assert position[same.name] < position[other.name]
