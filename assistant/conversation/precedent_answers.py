"""Questions about other years and offices in the middle of a draft, answered from the index with sources."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.conversation.cards import Desk, last_form, trial
from assistant.conversation.draft_log import DraftLog
from assistant.conversation.reply import pending_edits
from assistant.conversation.requests import waiting_rows
from assistant.drafting.context import form_year
from assistant.drafting.precedents import cite, precedents
from assistant.drafting.targets import past_targets
from assistant.form.model import Form, Frozen, Indicator
from assistant.form.text import shortened
from assistant.grounding.evidence import Evidence
from assistant.rules.score import total_fund_row
from assistant.rules.year import own_year
from assistant.understanding.clauses import is_question
from assistant.understanding.levels import level_of
from assistant.understanding.row_matching import STRONG, find_rows, row_numbers

_OTHERS = (
    r"去年|上年|上一?年度?|前年|往年|历年|以前|过去|前几年|一般|通常|惯例|常见|普遍|大家|别人|人家|兄弟单位|同类|类似|相近|同行"
    r"|(?:别的|其他|其它|别家|周边|隔壁)(?:单位|地方|项目|县|市|区|局|部门|学校|医院)?"
)
_ASKS = re.compile(
    rf"(?:{_OTHERS})[^，。；]{{0,16}}?(?:多少|几(?!个百分)|怎么(?:定|设|写|填|说|分|处理)|什么|啥|哪些)"
    rf"|(?:多少|怎么定|哪些|什么)[^，。；]{{0,6}}(?:合适|合理|(?:{_OTHERS}))|(?:有没有|有)(?:可以|能)?(?:参考|借鉴)的|参考(?:一下)?(?:{_OTHERS})"
)
_WORDS = re.compile(
    rf"{_OTHERS}|多少|合适|合理|怎么|什么|哪些|有没有|参考|借鉴|都|会|应该|该|要|可以|能|得|是|定|设|填|写|说|报|做|有|呢|啊|呀|吗|吧|了|的|这[类种样]|那[类种样]"
    r"|[这那]个|[这那]一?[条行项]|指标值?|目标值?|我们|咱们|帮我|给我|请问|问一下|看看|看一?下|查一?下|看|查|他们|它|为|在|到|几|比较|好|来着|[，。？、\s]"
)
_REASON = re.compile(r"原因|偏差|措施|说明|解释")
_FUNDS = re.compile(r"预算|经费|资金|执行|支出|[花拨]了|钱")
_WHICH_ROWS = re.compile(r"(?:哪些|什么|几个|多少个)[^，。；]{0,6}指标|指标[^，。；]{0,6}(?:哪些|什么)")
_LAST_YEAR = re.compile(r"去年|上年|上一?年|往年|历年|前年|以前")
_SHOWN = 3
_LONGEST, _LONGEST_REASON = 60, 140
_SHORTEST, _SHORTEST_REASON = 2, 8
_NO_SUCH = "项目库里没有相近的项目。说“推荐几个指标”，我按同类项目的惯例来拟。"
_WHICH = "您问的是哪一项？可以说“满意度一般定多少”“第3行别人怎么定”；整年的数据请到“问答”页问。"


class Answer(Frozen):
    """What is told, and the row of the form that it is about, None where it is about none."""

    text: str
    row: int | None = None


def asks_about_others(said: str) -> bool:
    """Whether a cleaned message asks what other years or offices have (满意度一般定多少)."""
    return bool(_ASKS.search(said)) and is_question(said)


def precedent_answer(desk: Desk, form: Form, log: DraftLog, said: str) -> Answer:
    """What past forms have on what is asked, with their names and numbers in the library; no cell changes."""
    shown = trial(form, pending_edits(log))
    full = shown.model_copy(update={"indicators": (*shown.indicators, *waiting_rows(log))})
    words = _WORDS.sub("", said)
    named = [row for row in row_numbers(said, len(full.indicators)) if 1 <= row <= len(full.indicators)]
    if _WHICH_ROWS.search(said) and not named:
        return Answer(text=_usual_rows(desk, full))
    if _FUNDS.search(said) and not find_rows(full, words).rows:
        return Answer(text=_last_funds(desk, full))
    name = _REASON.sub("", words)
    if not named and len(name) >= _SHORTEST:
        match = find_rows(full, name)
        surely = match.strength >= STRONG
        named = list(match.rows[:1]) if surely else [len(full.indicators) + 1]
        full = full if surely else _with_row(full, name)
    elif not named:
        named = _talked_of(full, log)
    if not named:
        return Answer(text=_WHICH)
    told = _reasons(desk, full, named[0]) if _REASON.search(said) else _targets(desk, full, named[0], said)
    return Answer(text=told, row=named[0] if named[0] <= len(form.indicators) else None)


def _with_row(form: Form, name: str) -> Form:
    level1, level2 = level_of(form, name, None)
    row = Indicator(level1=level1, level2=level2, name=name)
    return form.model_copy(update={"indicators": (*form.indicators, row)})


def _talked_of(form: Form, log: DraftLog) -> list[int]:
    """The row that is asked for, that a waiting card asks for, or that was talked of last."""
    if log.asked is not None and log.asked.section == "indicators" and log.asked.row:
        return [log.asked.row]
    card = log.asking()
    content = card.edits[0].indicator if card is not None else None
    if content is not None and content in form.indicators:
        return [form.indicators.index(content) + 1]
    return [log.topic] if log.topic is not None and log.topic <= len(form.indicators) else []


def _targets(desk: Desk, form: Form, number: int, said: str) -> str:
    row = form.indicators[number - 1]
    past = past_targets(desk.context(form, ""), number)
    if not past.evidence:
        return f"项目库里没有和“{row.name}”相近的往年指标，没有可参考的数。"
    missing = ""
    if _LAST_YEAR.search(said) and last_form(desk, form) is None:
        missing = "项目库里没有本项目往年的表，下面是相近项目的。\n"
    usual = f"，最常见的是{past.new}" if past.new else ""
    return f"{missing}“{row.name}”：{past.reason}{usual}。\n{_sources(past.evidence)}"


def _sources(evidence: Sequence[Evidence], longest: int = _LONGEST) -> str:
    lines = []
    for one in evidence[:_SHOWN]:
        year = f"（{one.year}年）" if one.year else ""
        said = shortened(one.text, longest)
        lines.append(f"· 库中第{one.form}号{year}“{one.project_name}”的“{one.indicator}”：{said}")
    return "\n".join(lines)


def _reasons(desk: Desk, form: Form, number: int) -> str:
    row = form.indicators[number - 1]
    found = precedents(form, row, desk.search, year=form_year(form))
    told = [one for one in found if len(one.row.explanation) >= _SHORTEST_REASON]
    if not told:
        return f"项目库里和“{row.name}”相近的往年指标都没有写偏差原因。"
    return f"往年相近指标是这样写的：\n{_sources(cite(told, explanations=True), _LONGEST_REASON)}"


def _usual_rows(desk: Desk, form: Form) -> str:
    query = form.project_name or form.goal.expected
    hits = desk.search(query, 4 * _SHOWN) if query else []
    names = dict.fromkeys(f"“{hit.row.indicator}”（库中第{hit.row.form}号）" for hit in hits)
    if not names:
        return _NO_SUCH
    listed = "、".join(list(names)[: 2 * _SHOWN])
    return f"相近项目用过的指标有：{listed}。要加就说“加一个指标：…”。"


def _last_funds(desk: Desk, form: Form) -> str:
    past = last_form(desk, form)
    number = total_fund_row(past.form) if past is not None else None
    if past is None or number is None:
        return "项目库里没有本项目往年的表；别的项目的预算和支出请到“问答”页问，那里会给出出处。"
    line, unit, year = past.form.funds[number - 1], past.form.money_unit, own_year(past.form).year
    when = f"{year}年" if year else "往年"
    return (
        f"同一项目{when}：全年预算{line.budget or '（空）'}{unit}，全年执行{line.executed or '（空）'}{unit}"
        f"（库中第{past.number}号）。"
    )
