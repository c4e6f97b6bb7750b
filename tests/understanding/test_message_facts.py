"""Chat messages as data: what each states about a form, and nothing beside it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.conversation.blank_form import blank_form
from assistant.form.edit import apply
from assistant.form.finding import Location
from assistant.form.model import Form, FundLine, Indicator
from assistant.understanding.message_facts import read_facts
from assistant.understanding.reading import Situation, StatedFacts

DIALOGUES = sorted((Path(__file__).parent / "dialogues").glob("*.yml"))


def form_of(data: dict[str, Any]) -> Form:
    """The empty form with what the file says of it; a row is ``level2 | name | target [| actual]``."""
    level1 = {"数量指标": "产出指标", "质量指标": "产出指标", "时效指标": "产出指标", "成本指标": "产出指标"}
    rows = []
    for text in data.get("rows", ()):
        level2, name, target, *actual = (part.strip() for part in text.split("|"))
        first = level1.get(level2, "满意度指标" if "满意" in level2 else "效益指标")
        rows.append(
            Indicator(
                level1=first, level2=level2, name=name, target=target, actual="".join(actual), weight="10"
            )
        )
    form = blank_form().model_copy(update={"indicators": tuple(rows), "year": data.get("year")})
    if budget := data.get("budget"):
        line = form.funds[0].model_copy(update={"initial": budget, "budget": budget})
        form = form.model_copy(update={"funds": (line, *form.funds[1:])})
    if data.get("template") == "transfer":
        labels = ("年度资金总额", "其中：中央财政资金", "地方资金", "其他资金")
        form = form.model_copy(
            update={"template": "transfer", "funds": tuple(FundLine(label=one) for one in labels)}
        )
    return form.model_copy(update={"money_unit": data.get("money_unit", "万元")})


def situation_of(case: dict[str, Any], form: Form) -> Situation:
    asked = case.get("asked")
    place = None
    if asked:
        section, *row, field = asked.split(".")
        place = Location(section=section, row=int(row[0]) if row else None, field=field)
    recent = read_facts(case["after"], form).edits if "after" in case else ()
    return Situation(
        asked=place,
        recent=recent,
        latest=recent,
        deviating=tuple(case.get("deviating", ())),
        low_execution=case.get("low_execution", False),
        topic=recent[-1].location.row if recent else None,
    )


def cells(facts: StatedFacts) -> dict[str, str]:
    found = {}
    for edit in facts.edits:
        if edit.operation == "set":
            where = edit.location
            parts = (where.section, *([str(where.row)] if where.row else []), where.field)
            found[".".join(parts)] = edit.new
    return found


def cases() -> list[Any]:
    found = []
    for path in DIALOGUES:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        form = form_of(data["form"])
        for number, case in enumerate(data["cases"], 1):
            found.append(pytest.param(form, case, id=f"{path.stem}-{number}-{case['say'][:16]}"))
    return found


@pytest.mark.parametrize(("form", "case"), cases())
def test_a_message_states_what_is_expected_and_nothing_else(form: Form, case: dict[str, Any]) -> None:
    facts = read_facts(case["say"], form, situation_of(case, form))
    assert cells(facts) == case.get("expect", {})
    deleted = [edit.location.row for edit in facts.edits if edit.operation == "delete"]
    assert sorted(row for row in deleted if row) == case.get("delete", [])
    inserted = [edit.indicator for edit in facts.edits if edit.operation == "insert" and edit.indicator]
    assert ["｜".join((row.level2, row.name, row.target, row.weight)) for row in inserted] == case.get(
        "insert", []
    )
    causes = [{"row": cause.row, "cause": cause.cause, "measure": cause.measure} for cause in facts.causes]
    assert causes == case.get("causes", [])
    assert [part.text for part in facts.unplaced] == case.get("unplaced", [])
    assert facts.roll_over == case.get("roll_over", False)
    asked = " ".join(doubt.question for doubt in facts.doubts)
    assert (case["ask"] in asked) if "ask" in case else not asked
    remarks = " ".join(facts.remarks)
    assert (case["remark"] in remarks) if "remark" in case else not remarks


@pytest.mark.parametrize(("form", "case"), cases())
def test_what_is_stated_can_be_applied(form: Form, case: dict[str, Any]) -> None:
    facts = read_facts(case["say"], form, situation_of(case, form))
    changed = apply(form, facts.edits)
    for edit in facts.edits:
        if edit.operation == "set" and edit.location.section == "header":
            assert str(getattr(changed, edit.location.field)) == edit.new


WORDS = st.sampled_from(
    [
        "第",
        "3",
        "行",
        "培训",
        "人数",
        "88人",
        "，",
        "。",
        "？",
        "不对",
        "是",
        "预算",
        "60万",
        "元",
        "删掉",
        "《",
        "”",
        "因为",
        "目标",
        "改成",
        "95%",
        "≥",
        "分值",
        "和",
        "都",
        "2021年",
        "加一个指标：",
        "\n",
        " ",
        "一",
        "十",
        "万",
        "至",
        "-",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=25).map("".join)))
def test_any_text_is_read_without_an_accident(text: str) -> None:
    form = form_of(
        {"year": 2021, "rows": ["数量指标 | 培训人数 | ≥100人", "满意度指标 | 参训人员满意度 | ≥90%"]}
    )
    facts = read_facts(
        text,
        form,
        Situation(asked=Location(section="indicators", row=1, field="explanation"), deviating=(1,)),
    )
    apply(form, facts.edits)


PAST_FORMS = Path(__file__).resolve().parents[3] / "shared" / "golden" / "forms"


@pytest.mark.skipif(not PAST_FORMS.is_dir(), reason="the transcribed past forms are not beside this checkout")
def test_actual_values_of_past_forms_said_by_name_and_by_number() -> None:
    said = found = 0
    for path in sorted(PAST_FORMS.glob("*.json")):
        form = Form.model_validate_json(path.read_text(encoding="utf-8"))
        rows = tuple(row.model_copy(update={"actual": "", "explanation": ""}) for row in form.indicators)
        empty = form.model_copy(update={"indicators": rows, "year": 2021})
        for number, row in enumerate(form.indicators, 1):
            if not 0 < len(row.actual) <= 14:
                continue
            for text in (f"{row.name}实际完成{row.actual}", f"第{number}行{row.actual}"):
                said += 1
                found += list(cells(read_facts(text, empty))) == [f"indicators.{number}.actual"]
    assert said > 300
    assert found / said > 0.98


def test_a_very_long_message_is_read_in_time() -> None:
    form = form_of(
        {"year": 2021, "rows": ["数量指标 | 培训人数 | ≥100人", "满意度指标 | 参训人员满意度 | ≥90%"]}
    )
    for piece in ("培训人数88人，", "项目名称", "由市局实施", "1", "一二三", "“”", "因为", "\n"):
        started = time.perf_counter()
        read_facts((piece * 4000)[:4000], form)
        assert time.perf_counter() - started < 10, f"{piece!r} repeated takes too long"
