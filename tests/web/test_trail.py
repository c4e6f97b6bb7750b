"""The audit trail on the page: what stood there before and after, on whose proposal, and who changed whom."""

from __future__ import annotations

from datetime import UTC, datetime

from assistant.form.edit import Edit
from assistant.form.finding import Location
from assistant.form.model import FundLine, Indicator
from assistant.library import AuditEntry
from assistant.people import Person, Role
from assistant.services import Services
from assistant.web.shown.trail import trail_table
from tests.web.html_table import Page
from tests.web.test_escape import HOSTILE

TARGET = Location(section="indicators", row=2, field="target")


def entry(*edits: Edit, by: str = "user", person: str = "王芳（wang@city）") -> AuditEntry:
    at = datetime(2026, 3, 5, 8, 30, tzinfo=UTC)
    return AuditEntry(at=at, subject="draft:1", version=3, by=by, person=person, what="采纳", edits=edits)


def test_each_change_shows_before_and_after_and_where() -> None:
    page = Page(trail_table([entry(Edit(location=TARGET, old="≥80人", new="≥100人"))]))
    told = page.rows[1][3].text
    assert "绩效指标第2行年度指标值" in told
    assert told.index("≥80人") < told.index("→") < told.index("≥100人")


def test_it_tells_whose_words_were_taken() -> None:
    sources = [entry(by=by) for by in ("user", "rules", "model")]
    told = [row[4].text for row in Page(trail_table(sources)).rows[1:]]
    assert told == ["模型建议", "规则建议", "本人"], "the newest comes first"


def test_rows_that_came_and_went() -> None:
    row = Indicator(level1="产出指标", level2="数量指标", name="植树", target="≥5万株")
    fund = FundLine(label="其他资金", budget="3")
    place = Location(section="indicators", row=4)
    told = Page(
        trail_table(
            [
                entry(
                    Edit(operation="insert", location=place, indicator=row),
                    Edit(operation="insert", location=Location(section="funds", row=5), fund=fund),
                    Edit(operation="delete", location=place),
                )
            ]
        )
    ).text
    assert "新增" in told
    assert "植树｜≥5万株" in told
    assert "其他资金｜3" in told
    assert "删去 绩效指标第4行" in told


def test_many_changes_are_unfolded_when_wanted() -> None:
    edits = [Edit(location=TARGET, old=str(n), new=str(n + 1)) for n in range(9)]
    html = trail_table([entry(*edits)])
    assert "<summary>改了 9 处</summary>" in html
    assert html.count("<li>") == 9


def test_hostile_texts_stay_texts() -> None:
    for text in HOSTILE:
        row = Indicator(level1=text, level2=text, name=text, target=text)
        edits = (
            Edit(location=TARGET, old=text, new=f"{text}改"),
            Edit(operation="insert", location=Location(section="indicators", row=1), indicator=row),
        )
        page = Page(trail_table([entry(*edits, by=text, person=text)]))
        ours = {"table", "thead", "tbody", "tr", "th", "td", "ul", "li", "b", "ins", "del"}
        assert {tag for tag, _ in page.tags} <= ours
        assert not [name for _, given in page.tags for name in given if name.startswith("on")]


def test_a_draft_keeps_what_stood_there(services: Services) -> None:
    draft = services.session.begin().id
    for name in ("植树造林", "退耕还林"):
        place = Location(section="header", field="project_name")
        old = services.session.view(draft).form.project_name
        version = services.session.view(draft).version
        services.session.edit(draft, (Edit(location=place, old=old, new=name),), version)
    newest = Page(trail_table(services.library.audit(f"draft:{draft}"))).rows[1]
    assert "植树造林 → 退耕还林" in newest[3].text
    assert newest[4].text == "本人"


def test_changes_of_users_tell_the_roles_before(services: Services) -> None:
    register = services.library.register
    drafter = Person(id="trail@city", name="赵明", roles=frozenset({Role.DRAFTER}), units=("某局",))
    register.save(drafter)
    register.save(drafter.model_copy(update={"roles": frozenset({Role.REVIEWER}), "units": ("某局", "某站")}))
    register.save(drafter.model_copy(update={"active": False}))
    told = [row[3].text for row in Page(trail_table(register.trail(2))).rows[1:]]
    assert "停用用户" in told[0]
    assert "原为审核；某局、某站" in told[0]
    assert "审核；某局、某站（原为经办；某局）" in told[1]
    assert len(told) == 2
