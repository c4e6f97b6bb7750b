"""Cards, findings, points and steps as HTML; file names of what is taken away."""

from decimal import Decimal

from assistant.conversation.session import Step
from assistant.conversation.steps import steps_of
from assistant.drafting.proposal import Proposal
from assistant.form.edit import Edit
from assistant.form.finding import Location, Severity
from assistant.form.model import BLANK, Form, OtherScore
from assistant.grounding.evidence import Evidence
from assistant.rules.check import Report, check_form
from assistant.rules.score import ExecutionScore, IndicatorScore, ScoreSheet
from assistant.web.draft.steps import awaited, place_of, told
from assistant.web.shown.card import decided_line, proposal_card, proposed
from assistant.web.shown.export import file_name
from assistant.web.shown.form_table import form_table
from assistant.web.shown.report import finding_groups, finding_item, score_line, score_table
from tests.web.forms import DREDGING, finding, indicator
from tests.web.html_table import Page
from tests.web.test_escape import HOSTILE

TARGET = Location(section="indicators", row=2, field="target")
SHEET = ScoreSheet(
    profile="national-2020",
    execution=ExecutionScore(
        weight=Decimal(10), printed=Decimal("9.5"), rule=Decimal("9.50"), formula="10 × 76 ÷ 80 = 9.50"
    ),
    indicators=(
        IndicatorScore(
            row=1, weight=Decimal(10), printed=Decimal(10), rule=Decimal(10), formula="12.4 ≥ 12，得满分"
        ),
        IndicatorScore(
            row=2,
            weight=Decimal(10),
            printed=Decimal("9.5"),
            rule=Decimal("9"),
            formula="10 × 2.7 ÷ 3 = 9.00",
        ),
        IndicatorScore(row=3, weight=Decimal(10), printed=Decimal(10), formula="没有规则"),
    ),
    total_printed=Decimal("98.5"),
    total_rule=Decimal("98"),
    grade="优",
)


def proposal(old: str = "", new: str = "≥3万立方米", **more: object) -> Proposal:
    return Proposal.model_validate(
        {
            "id": "a",
            "kind": "target",
            "edits": (Edit(location=TARGET, old=old, new=new),),
            "location": TARGET,
            "old": old,
            "new": new,
            **more,
        }
    )


def test_a_card_shows_place_change_reason_source_and_evidence() -> None:
    evidence = Evidence(
        form=7,
        row=2,
        project_name="北渠清淤",
        indicator="清运量",
        year=2023,
        unit="某县水务局",
        target="≥2万立方米",
        actual="2.1万立方米",
        score="10",
        text="雨季前完成",
    )
    card = proposal("≥2万立方米", reason="比上年多一段河道", evidence=(evidence,), source="model")
    page = Page(proposal_card(DREDGING, card))
    for text in ("清运淤泥", "年度指标值", "≥2万立方米", "≥3万立方米", "比上年多一段河道", "模型"):
        assert text in page.text
    for text in (
        "2023年",
        "北渠清淤",
        "某县水务局",
        "清运量",
        "2.1万立方米",
        "得分 10",
        "雨季前完成",
        "第7号",
    ):
        assert text in page.text
    assert {"del", "ins", "details"} <= {tag for tag, _ in page.tags}


def test_a_card_says_when_something_is_not_proven_or_must_be_asked() -> None:
    sure = Page(proposal_card(DREDGING, proposal())).text
    unsure = Page(proposal_card(DREDGING, proposal(grounded=False, question="按什么口径统计？"))).text
    assert "请核实" not in sure
    assert "请核实" in unsure
    assert "按什么口径统计？" in unsure


def test_long_texts_show_their_differences_inside() -> None:
    old = "受连续降雨影响，清运工作停工二十天，清运量没有达到年初设定的目标值。"
    page = Page(proposal_card(DREDGING, proposal(old, old.replace("二十天", "十八天") + "下一步汛前完成。")))
    assert page.text.count("清运量没有达到年初设定的目标值") == 1
    assert "下一步汛前完成。" in page.text


def test_sentences_that_changed_are_not_mixed_character_by_character() -> None:
    same = "偏差原因：年度指标值230人，实际完成191人，完成率83.04%，比目标少39人。"
    old = same + "改进措施：下一年度由市第三中学负责，加强统筹协调和过程跟踪。"
    new = same + "改进措施：以后每学期开学前重新核定名单，由学校负责通知家长。"
    html = proposal_card(DREDGING, proposal(old, new))
    assert "由市第三中学负责，加强统筹协调和过程跟踪" in html
    assert "以后每学期开学前重新核定名单，由学校负责通知家长" in html
    assert html.count("<del>") == html.count("<ins>") == 1


def test_facts_list_each_change() -> None:
    edits = (
        Edit(location=Location(section="header", field="unit"), new="某市河道管理所"),
        Edit(location=Location(section="funds", row=1, field="budget"), old="80", new="85"),
    )
    page = Page(proposal_card(DREDGING, proposal(kind="facts", edits=edits, source="user")))
    assert [[cell.text for cell in row] for row in page.rows] == [
        ["实施单位", "某市河道管理所"],
        ["年度资金总额 · 全年预算数（万元）", "80 → 85"],
    ]


def test_facts_stand_in_the_order_of_the_form_and_a_new_row_names_no_other() -> None:
    row = indicator("产出指标", "数量指标", "清淤船租用", "≥2艘", "3艘", "")
    edits = (
        Edit(location=Location(section="indicators", row=3, field="actual"), old="100%", new="98%"),
        Edit(operation="insert", location=Location(section="indicators", row=1), indicator=row),
        Edit(location=Location(section="funds", row=1, field="budget"), old="80", new="85"),
        Edit(location=Location(section="header", field="unit"), new="某市河道管理所"),
        Edit(location=Location(section="header", field="department"), new="某市水利局"),
    )
    page = Page(proposal_card(DREDGING, proposal(kind="facts", edits=edits, source="user")))
    told = [[cell.text for cell in line] for line in page.rows]
    assert [line[0] for line in told[:4]] == [
        "主管部门",
        "实施单位",
        "年度资金总额 · 全年预算数（万元）",
        "新增一行",
    ]
    assert told[3][1] == "数量指标｜清淤船租用｜≥2艘｜完成3艘"
    assert told[4][0].startswith("第3行")


def test_a_single_weight_tells_its_row() -> None:
    edit = Edit(location=Location(section="indicators", row=2, field="weight"), old="10", new="20")
    card = proposal(kind="weights", edits=(edit,), new="产出50分：20")
    assert Page(proposal_card(DREDGING, card)).rows[0][0].text == "第2行 清运淤泥 · 分值"


def test_one_stated_fact_tells_its_place_too() -> None:
    edit = Edit(location=Location(section="indicators", row=2, field="actual"), old="2.7", new="3万")
    page = Page(proposal_card(DREDGING, proposal(kind="facts", edits=(edit,), source="user")))
    assert [[cell.text for cell in row] for row in page.rows] == [
        ["第2行 清运淤泥 · 实际完成值", "2.7 → 3万"]
    ]
    fact = proposal(kind="facts", edits=(edit,), source="user", new="3万")
    assert "第2行实际完成值：3万" in Page(decided_line(DREDGING, fact, "accepted")).text


def test_the_cells_of_one_row_share_a_line() -> None:
    edits = tuple(
        Edit(location=Location(section="funds", row=row, field=field), new=new)
        for field, new in (("budget", "85"), ("executed", "76"))
        for row in (1, 2)
    )
    page = Page(proposal_card(DREDGING, proposal(kind="facts", edits=edits, source="user")))
    assert [row[0].text for row in page.rows] == ["年度资金总额", "其中：当年财政拨款"]
    for row in page.rows:
        for part in ("全年预算数 85", "全年执行数 76", "万元"):
            assert part in row[1].text


def test_what_is_still_blank_in_a_proposal_is_conspicuous() -> None:
    card = proposal(new=f"偏差原因：原因是{BLANK}。", kind="explanation")
    assert ("mark", {}) in Page(proposal_card(DREDGING, card)).tags


def test_a_new_indicator_shows_its_parts() -> None:
    row = indicator("效益指标", "生态效益指标", "水质达标率", "≥95%", "", "")
    edit = Edit(operation="insert", location=Location(section="indicators", row=5), indicator=row)
    card = proposal(new="效益指标｜生态效益指标｜水质达标率｜≥95%｜10分", kind="indicator", edits=(edit,))
    text = Page(proposal_card(DREDGING, card)).text
    for part in ("效益指标", "生态效益指标", "水质达标率", "≥95%", "10分"):
        assert part in text
    assert proposed([card, proposal()]).rows == (row,)
    assert proposed([card, proposal()]).cells == {("indicators", 2, "target"): "≥3万立方米"}


def test_hostile_texts_stay_texts_in_every_view() -> None:
    ours = {
        "div",
        "b",
        "span",
        "del",
        "ins",
        "details",
        "summary",
        "table",
        "thead",
        "tbody",
        "tr",
        "td",
        "th",
    }
    ours |= {"ul", "li", "ol", "i", "p", "a"}
    for text in HOSTILE:
        evidence = Evidence(form=1, project_name=text, indicator=text, unit=text, target=text, text=text)
        card = proposal(text, text + "改", reason=text, question=text, evidence=(evidence,), grounded=False)
        form = DREDGING.model_copy(update={"indicators": (indicator(text, text, text, text, text, text),)})
        found = (finding("indicators", 1, "target", message=text, arithmetic=text),)
        steps = (Step(name=text, done=False, missing=(text,)),)
        drawn = [
            proposal_card(form, card),
            decided_line(form, card, "accepted"),
            finding_item(form, found[0]),
            finding_item(form, found[0], brief=True),
            score_table(form, SHEET),
            told(steps),
        ]
        for html in drawn:
            page = Page(html)
            assert {tag for tag, _ in page.tags} <= ours, html
            links = [dict(attributes)["href"] for tag, attributes in page.tags if tag == "a"]
            assert set(links) <= {"library?form=1", "rules?rule=T001"}, html
            assert not [name for _, given in page.tags for name in given if name.startswith("on")]


def test_points_show_rule_printed_and_arithmetic() -> None:
    page = Page(score_table(DREDGING, SHEET))
    by_name = {row[1].text: [cell.text for cell in row] for row in page.rows if len(row) > 5}
    assert by_name["预算执行率"][4:] == ["10", "9.5", "9.5", "10 × 76 ÷ 80 = 9.50"]
    assert by_name["清运淤泥"][4:] == ["10", "9.5", "9", "10 × 2.7 ÷ 3 = 9.00"]
    assert by_name["验收合格率"][6] == "—"
    marked = [cell.text for row in page.rows for cell in row if "data-mark" in cell.attributes]
    assert marked == ["9.5"], "only the score that differs from the rule is marked"


def test_points_of_other_blocks_stand_among_the_points() -> None:
    managed = OtherScore(block="资金管理情况", name="分配科学性", weight="5", score="4.6")
    page = Page(score_table(DREDGING.model_copy(update={"other_scores": (managed,)}), SHEET))
    rows = [[cell.text for cell in row] for row in page.rows if len(row) > 5]
    assert ["资金管理情况“分配科学性”", "", "", "5", "4.6", "—"] in [row[1:7] for row in rows]


def test_findings_come_errors_first() -> None:
    found = (
        finding("funds", 1, "rate", Severity.NOTE, "格式"),
        finding("total", message="总分不等于各行之和"),
    )
    assert [(mark, len(one)) for _, mark, one in finding_groups(DREDGING, found)] == [
        ("error", 1),
        ("note", 1),
    ]


def test_a_form_in_work_counts_what_is_not_yet_filled_in_apart() -> None:
    form = DREDGING.model_copy(update={"unit": ""})
    found = (finding("header", field="unit"), finding("indicators", 2, "explanation"), finding("structure"))
    report = Report(form=form, profile="p", sheet=SHEET, findings=found)
    assert "错误 3" in Page(score_line(report)).text
    in_work = Page(score_line(report, in_work=True)).text
    assert "错误 2" in in_work
    assert "待填 1" in in_work
    empty = report.model_copy(update={"form": Form(), "findings": (finding("structure"),)})
    assert "错误 0" in Page(score_line(empty, in_work=True)).text


def test_the_score_line_counts() -> None:
    found = (finding("total"), finding("title", severity=Severity.WARNING))
    report = Report(form=DREDGING, profile="p", sheet=SHEET, findings=found)
    text = Page(score_line(report)).text
    for part in ("98", "优", "98.5", "错误 1", "提醒 1", "提示 0"):
        assert part in text


def test_steps_tell_what_the_first_open_one_lacks() -> None:
    steps = (
        Step(name="基本信息", done=True),
        Step(name="资金", done=False, missing=("全年执行数",)),
        Step(name="目标", done=False, missing=("预期目标",)),
    )
    assert told(steps) == "资金还缺：全年执行数"
    assert told(steps, "目标") == "目标还缺：预期目标"
    assert told(steps, "基本信息") == "资金还缺：全年执行数", "a step that is done lacks nothing"
    assert "可以导出" in told(steps[:1])


def test_steps_tell_that_a_proposal_waits_rather_than_what_is_missing() -> None:
    line = DREDGING.funds[0].model_copy(update={"initial": "", "executed": ""})
    form = DREDGING.model_copy(update={"funds": (line, *DREDGING.funds[1:])})
    steps = steps_of(form, check_form(form))
    edits = [
        Edit(location=Location(section="funds", row=1, field=field), new=new)
        for field, new in (("initial", "80"), ("executed", "76"))
    ]
    both = awaited(form, [proposal(kind="facts", edits=tuple(edits))])
    assert told(steps, waiting=both) == "资金：已列在对话的卡片上，等您采纳。"
    one = awaited(form, [proposal(kind="facts", edits=(edits[1],))])
    assert told(steps, waiting=one) == "资金还缺：年初预算数；其余已列在对话的卡片上，等您采纳。"
    assert told(steps, waiting=awaited(form, [])) == "资金还缺：年初预算数、全年执行数"


def test_steps_lead_to_the_first_cell_that_is_missing() -> None:
    rows = (
        DREDGING.indicators[0],
        DREDGING.indicators[1].model_copy(update={"explanation": ""}),
        DREDGING.indicators[2].model_copy(update={"actual": "", "score": ""}),
        DREDGING.indicators[3].model_copy(update={"target": ""}),
    )
    line = DREDGING.funds[0].model_copy(update={"executed": ""})
    form = DREDGING.model_copy(update={"indicators": rows, "unit": "", "funds": (line, *DREDGING.funds[1:])})
    report = check_form(form)
    places = {
        "基本信息": Location(section="header", field="unit"),
        "资金": Location(section="funds", row=1, field="executed"),
        "目标": Location(section="goal", field="expected"),
        "指标": Location(section="indicators", row=4, field="target"),
        "完成情况": Location(section="indicators", row=3, field="actual"),
        "偏差": Location(section="indicators", row=2, field="explanation"),
    }
    assert {step: place_of(step, form, report) for step in places} == places
    for place in places.values():
        marked = [tag for tag, given in Page(form_table(form, here=place)).tags if "data-here" in given]
        assert marked == ["td"], place


def test_file_names_hold_nothing_that_a_system_reads() -> None:
    assert file_name(DREDGING) == "2024年城区河道清淤工程绩效自评表"
    odd = Form(project_name="../../etc/passwd: 甲/乙*?\n", year=2024)
    assert not set(file_name(odd)) & set('/\\:*?"<>|\n ')
    assert file_name(Form(project_name=BLANK)) == "绩效自评表"
