"""年度总体目标: sentences composed from the indicators' names and values, so that text and table agree."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from assistant.drafting.context import Context, Draft, amount, is_open, total_line
from assistant.drafting.proposal import Proposal
from assistant.form.finding import Location
from assistant.form.model import Form, Indicator
from assistant.form.rounding import plain
from assistant.form.value import Kind, Sign, Value, read_actual, read_target
from assistant.understanding.customs import customs
from assistant.understanding.measure import plain_name

_FEWEST = 3
_LONGEST_CELL = 24
_EFFECTS = frozenset({"经济效益", "社会效益", "生态效益", "可持续影响", "满意度"})
_MONEY_NAME = re.compile(r"(?:经费|资金|费|补助|补贴|津贴)(?:项目)?$")
_VERBS = re.compile(
    r"^(提升|提高|增强|促进|推动|推进|加强|改善|保障|保证|确保|维护|助力|健全|优化|实现|满足|减少|降低)"
)


def goal_proposals(context: Context, *, anew: bool = False) -> Iterator[Proposal]:
    """Texts for the expected and the actual goal where they are empty and the indicators tell enough.

    ``anew``: in place of those that are there, too.
    """
    form = context.form
    if (anew or is_open(form.goal.expected)) and (text := expected_text(form, context.year)):
        draft = Draft(new=text, reason="由表中各项指标和指标值组成，与指标逐项对应。")
        yield context.set_cell("goal", Location(section="goal", field="expected"), draft)
    if (anew or is_open(form.goal.actual)) and (text := actual_text(form, context.year)):
        draft = Draft(new=text, reason="由各项指标的实际完成值和资金执行数组成。")
        yield context.set_cell("goal", Location(section="goal", field="actual"), draft)


def expected_text(form: Form, year: int | None) -> str:
    """The expected goal from names and targets; "" where fewer than three targets or no output is known."""
    rows = [row for row in form.indicators if not is_open(row.target)]
    if not form.project_name or len(rows) < _FEWEST or "数量" not in {_key(row) for row in rows}:
        return ""
    outputs = _by_level((row for row in rows if _key(row) not in _EFFECTS), _planned)
    effects = _by_level((row for row in rows if _key(row) in _EFFECTS), _planned)
    text = f"{_when(year)}{_undertaking(form)}，计划实现以下目标：{'；'.join(outputs)}。"
    return text + (f"通过项目实施，{'，'.join(effects)}。" if effects else "")


def actual_text(form: Form, year: int | None) -> str:
    """What was reached, from the actual values and the spending; "" unless most rows have an actual value."""
    rows = [row for row in form.indicators if not is_open(row.actual) and len(row.actual) <= _LONGEST_CELL]
    if not form.project_name or len(rows) < _FEWEST or 2 * len(rows) < len(form.indicators):
        return ""
    outputs = _by_level((row for row in rows if _key(row) not in _EFFECTS), _reached)
    effects = _by_level((row for row in rows if _key(row) in _EFFECTS), _reached)
    money = "".join(f"，{part}" for part in _spending(form))
    text = f"{_when(year)}{form.project_name}实际完成情况{money}。" if money else ""
    text = text or f"{_when(year)}{form.project_name}实际完成情况如下。"
    text = text.replace("实际完成情况，", "")
    done = f"{'；'.join(outputs)}。" if outputs else ""
    return text + done + (f"项目实施后，{'，'.join(effects)}。" if effects else "")


def _undertaking(form: Form) -> str:
    """安排资金50万元，实施村医培训; a project that is itself money (办案业务费) is 安排 and nothing else."""
    line = total_line(form)
    budget = amount(line.budget or line.initial, form.money_unit) if line is not None else None
    named_money = bool(_MONEY_NAME.search(form.project_name))
    if budget is None:
        return f"{'安排' if named_money else '实施'}{form.project_name}"
    if named_money:
        return f"安排{form.project_name}{plain(budget)}万元"
    return f"安排资金{plain(budget)}万元，实施{form.project_name}"


def _by_level(rows: Iterable[Indicator], sentence: Callable[[Indicator], str]) -> list[str]:
    order = [level.key for level in customs().second_levels]
    found: dict[str, list[str]] = {}
    for row in rows:
        if text := sentence(row):
            found.setdefault(_key(row), []).append(text)
    keys = sorted(found, key=lambda key: order.index(key) if key in order else len(order))
    return ["，".join(found[key]) for key in keys]


def _key(row: Indicator) -> str:
    level = customs().second_level(row.level2, row.level1)
    return level.key if level else ""


def _when(year: int | None) -> str:
    return f"{year}年度，" if year is not None else "本年度，"


def _planned(row: Indicator) -> str:
    name = plain_name(row.name)
    target = read_target(row.target, name=row.name, level2=row.level2)
    if target.kind is Kind.QUALITATIVE:
        return _wording(name, target.wording or row.target)
    if target.kind is Kind.DATE:
        return f"{name}不晚于{row.target.strip().removesuffix('之前').removesuffix('前')}"
    if target.kind is Kind.RANGE:
        return f"{name}为{row.target.strip()}"
    if target.number is None:
        return ""
    value = f"{plain(target.number)}{target.unit_norm}"
    if target.number == 0:
        return f"{name}为{value}"
    bound = {Sign.LE: "不超过", Sign.LT: "低于", Sign.GT: "超过", Sign.GE: "不低于"}.get(target.sign, "达到")
    if target.unit_norm not in ("%", "") and target.sign is Sign.GE:
        bound = "不少于"
    return f"{name}{bound}{value}"


def _wording(name: str, phrase: str) -> str:
    verb = _VERBS.match(name)
    if verb and phrase.endswith(verb[0]):
        return phrase + name[verb.end() :]
    if phrase == "长期" and "持续" in name:
        return name.replace("持续", "长期持续", 1)
    if len(phrase) >= 4 or phrase == "长期":
        return f"{name}{phrase}" + ("有效" if phrase == "长期" else "")
    return f"{name}（{phrase}）"


def _reached(row: Indicator) -> str:
    name = plain_name(row.name)
    target = read_target(row.target, name=row.name, level2=row.level2)
    actual = read_actual(row.actual, target)
    if actual.kind is Kind.QUALITATIVE:
        return _wording(name, actual.wording or row.actual)
    if actual.number is None:
        return f"{name}{row.actual.strip()}"
    return f"{name}{plain(actual.number)}{_unit(actual, target)}"


def _unit(actual: Value, target: Value) -> str:
    return actual.unit_norm or target.unit_norm


def _spending(form: Form) -> list[str]:
    line = total_line(form)
    if line is None:
        return []
    budget, executed = amount(line.budget, form.money_unit), amount(line.executed, form.money_unit)
    if budget is None or executed is None:
        return []
    return [f"全年预算{plain(budget)}万元，执行{plain(executed)}万元"]
