"""Forms for property tests: any trimmed texts, line breaks where prose may have them."""

from __future__ import annotations

from hypothesis import strategies as st

from assistant.documents.celltext import paragraphs, unwrapped
from assistant.documents.labels import (
    field_of,
    fund_role,
    goal_part,
    indicator_role,
    is_note,
    is_remark,
    is_section_label,
    is_title,
    is_total,
    year_in,
)
from assistant.form.model import Form, FundLine, Goal, Indicator, OtherScore, Total
from assistant.form.text import visible

_CHARACTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp", "Co", "Cn"))
_WORDS = st.sampled_from(
    [
        "≥95%",
        "=SUM(A1)",
        "+1",
        "-5",
        "@甲",
        "１２万元",
        "（一）",
        "，",
        "—",
        "0",
        "100.00%",
        "3-5天",
        "“引号”",
        "…",
        "A&B <c>",
    ]
)


def _trimmed(text: str) -> str:
    return unwrapped(visible(text)[0].replace("\n", "")).strip()


def _is_label(text: str) -> bool:
    """Texts that are labels of the form stand for places, not for what somebody wrote."""
    roles = (
        field_of,
        fund_role,
        indicator_role,
        goal_part,
        is_total,
        is_remark,
        is_title,
        is_note,
        is_section_label,
    )
    return bool(text) and any(role(text) for role in roles)


LINES = st.one_of(
    _WORDS, st.text(_CHARACTERS, max_size=30).map(_trimmed).filter(lambda text: not _is_label(text))
)
PROSE = st.lists(LINES.filter(bool), max_size=4).map(lambda lines: paragraphs("\n".join(lines)))
LEVEL1 = st.sampled_from(["成本指标", "产出指标", "效益指标", "满意度指标", "产出指标（50分）", ""])
LEVEL2 = st.sampled_from(["数量指标", "质量指标", "时效指标", "成本指标", "社会效益指标", ""])
NUMBERS = st.sampled_from(["", "10", "9.5", "—", "-", "100%", "12万", "1,234.50"])
TITLES = st.sampled_from(
    ["", "项目支出绩效自评表", "××省（2021年）专项转移支付绩效目标自评表", "部门项目支出绩效自评情况表"]
)
YEARS = st.sampled_from(["", "（2021年度）", "2022年度", "（    年度）", "(2020)"])


def _rows(model: type, **fields: st.SearchStrategy[str]) -> st.SearchStrategy[tuple]:  # type: ignore[type-arg]
    row = st.builds(model, **fields).filter(lambda made: any(made.model_dump().values()))
    return st.lists(row, max_size=6).map(tuple)


_BLOCKS = st.sampled_from(["过程管理（13分）", "资金管理情况", "预算编制", ""])
_POINTS = st.sampled_from(["5", "4.5", "8分"])
OTHERS = st.lists(
    st.builds(
        OtherScore, block=_BLOCKS, name=LINES.filter(bool), weight=_POINTS, score=_POINTS | st.just("—")
    ),
    max_size=3,
).map(tuple)

BROKEN = st.lists(LINES.filter(bool), min_size=1, max_size=3).map("\n".join)
"""Short cells with line breaks in them, as a form that came as JSON may have them."""


@st.composite
def forms(draw: st.DrawFn, *, lines: st.SearchStrategy[str] = LINES) -> Form:
    """A form of either template whose texts are trimmed; ``lines``: what its short cells hold."""
    transfer = draw(st.booleans())
    scored = not transfer or draw(st.booleans())
    cell = NUMBERS if scored else st.just("")
    title, year_line = draw(TITLES), draw(YEARS)
    return Form(
        template="transfer" if transfer else "project",
        title=title,
        year_line=year_line,
        project_name=draw(lines),
        department=draw(lines),
        central_department=draw(lines) if transfer else "",
        grade=draw(st.sampled_from(("", "优", "良", "☑优 □良 □中 □差"))),
        unit=draw(lines),
        funds=draw(
            _rows(
                FundLine,
                label=lines,
                initial=cell,
                budget=NUMBERS,
                executed=NUMBERS,
                weight=cell,
                rate=NUMBERS,
                score=cell,
            )
        ),
        other_scores=draw(st.just(()) | OTHERS),
        goal=Goal(expected=draw(PROSE), actual=draw(PROSE)),
        indicators=draw(
            _rows(
                Indicator,
                level1=LEVEL1,
                level2=LEVEL2,
                name=lines,
                target=lines,
                actual=lines,
                weight=cell,
                score=cell,
                explanation=PROSE,
            )
        ),
        total=Total(weight=draw(cell), score=draw(cell), note=draw(PROSE)) if scored else Total(),
        remark=draw(PROSE),
        money_unit=draw(st.sampled_from(["万元", "元"])),
        year=year_in(year_line) or year_in(title),
        notes=draw(st.lists(PROSE.filter(bool), max_size=3).map(tuple)),
    )
