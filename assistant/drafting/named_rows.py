"""Rows of a form that is yet to be: named after what the user counts, the project's cost, those it serves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.drafting.context import Context
from assistant.drafting.precedents import generalised, likeness
from assistant.form.model import Frozen
from assistant.form.units import standard
from assistant.form.value import read_actual, read_target
from assistant.grounding.evidence import Evidence
from assistant.understanding.customs import ProjectKind, customs
from assistant.understanding.measure import is_bad_event
from assistant.understanding.quantities import same_group
from assistant.understanding.statements import BARE_EXTENTS, Statement, count_name, read_statements
from assistant.understanding.subjects import action_and_object, is_verb, noun_phrase, title_of

_DOUBLE = 0.6
_LONGEST_NAME = 18
_LONGEST_COST = 11
_LONGEST_SUBJECT = 8
_NAMED_COUNTS = 5
_AMOUNT_OF_BENEFIT = re.compile(
    r"(?:带动|引进|引入|撬动|拉动|吸引|引导|完成|新增)[^，]*(?:投资|消费|贷款|资金)"
    r"|产值|收入|税|签约|成交|销售|融资|到位资金|引资|利润|营业额"
)
_FUNDS = re.compile(
    r"预算|资金总额|总资金|财政|拨款|下达|执行|花|支出|中央|省级|经费|配套|自筹|合同|总|全年|费用"
)
_LASTING = re.compile(r"(?:工期|租期|期限|周期|有效期|质保期|合同期|保修期|建设期)$")
_REACTION = re.compile(r"(?:响应|处理|处置|到达|恢复|办理|办结|审批|受理|等待|修复)(?:时间|时长|时限)?$")
_TIME_UNITS = frozenset({"年", "个月", "月", "季度", "周", "天", "日", "工作日", "小时", "分钟"})
_PEOPLE = frozenset({"人", "名", "位"})
_PLACES = frozenset({"村", "乡", "镇", "县"})
_PEOPLE_END = frozenset("生者人户民众客员工童女业兵属象庭士")
_YEARS = frozenset({"年", "个月", "月", "季度"})
_SERVER = re.compile(r"^.{0,16}?(?:委员会|委|局|厅|处|办公室|管理中心|服务中心|街道|政府)的")
_PLACE = re.compile(
    r"^.{1,10}?(?:自治区|省|市|县|区|街道|镇|乡|村|中心|医院|馆|学校|学院|大学|监测站|局)(?=.{2,})"
)
_BOUNDED = re.compile(r"(?:浓度|排放量|噪声|能耗|耗电量|耗水量)$")
_BARE_RATE = re.compile(r"(?:合格|完成|及时|覆盖|通过|达标|有效|准确|到位|完好|办结|正常)率")
_GAIN = re.compile(r"(?:增收|收入|节支|增加值)")
_BUDGETED = re.compile(r"经费|预算|费用|拨款|总投资|概算")


class NewRow(Frozen):
    """A row to be proposed: ``level`` is its second level's key, ``said`` the statement that is its target.

    ``told``: the user's statement that it is named after, which may tell what was done, no target.
    ``custom``: the customary target where the row comes from custom; ``evidence``: the past row behind it.
    ``target``, ``prompt``: what a model proposed, checked, and by which prompt.
    """

    level: str
    name: str
    said: Statement | None = None
    told: Statement | None = None
    custom: str = ""
    evidence: tuple[Evidence, ...] = ()
    target: str = ""
    prompt: str = ""

    def with_said(self, said: Statement) -> NewRow:
        """The row with another statement as its target."""
        return self.model_copy(update={"said": said})


def named_rows(
    context: Context, kinds: tuple[ProjectKind, ...], there: list[tuple[str, str]]
) -> list[NewRow]:
    """Rows for what the user and the goal name with a quantity, without what the form has already.

    What was done, and is planned nowhere, becomes a row whose target is left to the user.
    """
    goal = read_statements(context.form.goal.expected, context.year)
    told = [one for one in (*goal, *context.statements) if not one.past and not one.cause]
    rows: list[NewRow] = []
    for said in sorted(told, key=lambda one: one.phase == "done"):
        row = _named_row(said, kinds, context)
        if (
            row is None
            or (said.phase == "done" and _is_result(said, context))
            or any(likeness(row.name, name) >= _DOUBLE for _, name in there)
        ):
            continue
        same = next((at for at, one in enumerate(rows) if _same_count(one, row)), None)
        if said.phase == "done":
            if same is None and row.level == "数量":
                rows.append(row.model_copy(update={"said": None}))
        elif same is None:
            rows.append(row)
        elif _corrects(said, rows[same].said):
            rows[same] = row if len(row.name) >= len(rows[same].name) else rows[same].with_said(said)
    counts = [row for row in rows if row.level == "数量"]
    return [row for row in rows if row.level != "数量" or row in counts[:_NAMED_COUNTS]]


def _is_result(said: Statement, context: Context) -> bool:
    """Whether a row of the form has what was done as its result already: 实际修了33公里 of 维修管网里程."""
    for row in context.form.indicators:
        done = read_actual(row.actual, read_target(row.target, name=row.name))
        if done.number == said.quantity.number and same_group(done.unit, said.unit):
            return True
    return False


def _corrects(later: Statement, earlier: Statement | None) -> bool:
    """Whether a later figure for the same thing counts: a plan does, and one of a later sentence."""
    if earlier is None or (later.phase == "plan" and later.said):
        return True
    return later.sentence > earlier.sentence and not (earlier.phase == "plan" and earlier.said)


def _same_count(one: NewRow, other: NewRow) -> bool:
    """Whether two rows are about the same thing: alike, or one says less of it (培训100人, 培训村医100人)."""
    if one.level != other.level or not (
        one.told and other.told and same_group(one.told.unit, other.told.unit)
    ):
        return False
    if likeness(one.name, other.name) >= 0.8:
        return True
    if one.told.each != other.told.each:
        return False
    first, second = one.told, other.told
    units = first.unit == second.unit or {first.unit, second.unit} <= _PEOPLE
    part = second.topic in one.name or first.topic in other.name
    return units and (part or is_verb(second.topic) or is_verb(first.topic)) and second.phase == "done"


def _named_row(said: Statement, kinds: tuple[ProjectKind, ...], context: Context) -> NewRow | None:
    if said.quantity.kind == "money":
        return _amount_row(said)
    if standard(said.unit) in _TIME_UNITS and _REACTION.search(said.topic):
        topic = said.topic if re.search("时[间长限]$", said.topic) else f"{said.topic}时间"
        return _row("时效", topic, said)
    if said.for_one or said.part:
        return None
    if _BOUNDED.search(said.topic) and said.quantity.sign in ("≤", "<"):
        return NewRow(level="生态效益", name=said.topic, said=said, told=said)
    if said.quantity.kind == "percent":
        return _rate_row(said, kinds, context)
    if said.unit in _YEARS or (said.unit in _TIME_UNITS and _LASTING.search(said.topic)):
        return None
    if is_bad_event(said.topic):
        return _row("质量", f"{said.topic}发生数", said)
    return _row("数量", _count_name(said, kinds, context), said) if said.quantity.number else None


_WHICH_PEOPLE = re.compile(
    r"(?:残疾|留守|困境|流动|孤独症|自闭症|脑瘫|听障|学龄前?|农村|困难|特困|贫困|脱贫|失能|高龄|独居|空巢|失独|患病|适龄|低收入|下岗|失业)$"
)
"""Words before people that say which of them."""


def _count_name(said: Statement, kinds: tuple[ProjectKind, ...], context: Context) -> str:
    name = count_name(said)
    if not said.thing or (is_verb(said.topic) and said.unit in _PEOPLE):
        return _by_unit(said, kinds) or name
    if said.topic in BARE_EXTENTS:
        title = noun_phrase(context.form.project_name or title_of(context.words))
        return f"{title[-_LONGEST_COST:]}{name.removeprefix('全长')}"
    return f"覆盖{name}" if name[:1] == said.thing in _PLACES else name


def _rate_row(said: Statement, kinds: tuple[ProjectKind, ...], context: Context) -> NewRow | None:
    name = count_name(said)
    if re.fullmatch("(?:总体|综合)?满意[度率]", name):
        own = next(own_rows(context, kinds, "满意度"), None)
        name = own.name if own else kinds[0].rows["满意度"][0].name
    if _BARE_RATE.fullmatch(name):
        subject = noun_phrase(title_of(context.words) or context.form.project_name)
        name = f"{_PLACE.sub('', subject)[-_LONGEST_SUBJECT:]}{name}"
    level = "满意度" if "满意" in name else "时效" if re.search(r"及时|按期|按时", name) else "质量"
    return _row(level, name, said) if re.search(r"(率|度|比例|占比|效果)$", name) else None


def _amount_row(said: Statement) -> NewRow | None:
    """Benefits in money and named parts of the cost; the budget and amounts per person are no rows."""
    if said.for_one and _GAIN.search(said.topic):
        mean = said.each if said.each in "人户亩" else ""
        return _row(
            "经济效益", f"{mean}均{said.topic}" if mean and "均" not in said.topic else said.topic, said
        )
    if said.for_one or _BUDGETED.search(said.topic):
        return None
    if _AMOUNT_OF_BENEFIT.search(said.topic):
        return _row("经济效益", count_name(said), said)
    is_cost = re.search(r"(费|成本|补助|补贴)$", said.topic) and not _FUNDS.search(said.topic)
    return _row("成本", said.topic, said) if is_cost else None


def _by_unit(said: Statement, kinds: tuple[ProjectKind, ...]) -> str:
    """The customary name of what is counted in a unit, where the words name no thing."""
    same = [row for kind in kinds for row in kind.rows["数量"] if same_group(row.value, said.unit)]
    exact = [row for row in same if row.value == said.unit or {row.value, said.unit} <= _PEOPLE]
    return next((row.name for row in exact or same if row.value not in ("个", "项")), "")


def _row(level: str, name: str, said: Statement) -> NewRow | None:
    short = generalised(name)
    return NewRow(level=level, name=short, said=said, told=said) if 2 < len(short) <= _LONGEST_NAME else None


def own_rows(context: Context, kinds: tuple[ProjectKind, ...], level: str) -> Iterator[NewRow]:
    """The cost named after the project itself, and satisfaction after those whom it serves."""
    title = _SERVER.sub("", context.form.project_name) or title_of(context.words)
    custom = next(iter(kinds[0].rows.get(level, ())), None)
    if custom is None or level not in ("成本", "满意度"):
        return
    if level == "成本":
        told = custom.value == "万元" and (context.form.project_name or not _is_list(context, title))
        name = cost_name(title) if told else ""
    else:
        name = custom.name if kinds[0].served else _satisfaction(context, title)
    if name:
        yield NewRow(level=level, name=name, custom=custom.value)


def _is_list(context: Context, title: str) -> bool:
    """Whether ``title`` is but the first of several things in one clause (采购CT机1台、呼吸机10台)."""
    counted = [one.text for one in context.statements if one.quantity.kind == "count" and not one.past][:2]
    thing = action_and_object(title)[1]
    return len(counted) > 1 and counted[0] == counted[1] and "、" in counted[0] and thing in counted[0]


def _satisfaction(context: Context, title: str) -> str:
    things = [one.thing for one in context.statements if one.quantity.kind == "count" and not one.cause]
    served = beneficiary(title) or next(filter(None, map(_counted_people, things)), "")
    return f"{served}满意度" if served else ""


def cost_name(title: str) -> str:
    """The whole cost of what ``title`` names (农村公路养护总成本); "" where that is no short name."""
    phrase = generalised(noun_phrase(title))
    if len(phrase) > _LONGEST_COST:
        phrase = _PLACE.sub("", phrase)
    if not 2 <= len(phrase) <= _LONGEST_COST or re.search(r"[，、\d]|[^\u3400-\u9fffA-Za-z]", phrase):
        return ""
    return f"{phrase}总成本"


def beneficiary(title: str) -> str:
    """Who is served by what ``title`` names, by its last word that tells; "" where none does."""
    return _last_told(title, "")


def _counted_people(thing: str) -> str:
    """Who is served where ``thing`` is counted: people or bodies, named at its end."""
    return _last_told(thing, r"(?:人|者|家庭|群众|人员|对象|单位)?$")


def _particular(before: str, word: str, name: str) -> str:
    """The group as the words have it: 残疾儿童及家长 where 残疾 stands before 儿童."""
    which = _WHICH_PEOPLE.search(before)
    return which[0] + name if which and name.startswith(word) else name


def _last_told(text: str, ending: str) -> str:
    found = [
        (match.end(), len(word), _particular(text[: match.start()], word, name))
        for name, words in customs().beneficiaries.items()
        for word in words
        for match in re.finditer(word + ending, text)
        if not ending or match.group()[-1] in _PEOPLE_END
    ]
    return max(found)[2] if found else ""
