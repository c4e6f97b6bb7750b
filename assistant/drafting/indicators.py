"""A complete set of indicators for a project: what the user named, similar projects had, is customary."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from assistant.drafting.context import Context, Draft, proposal_id
from assistant.drafting.kinds import fit, kinds_of
from assistant.drafting.named_rows import NewRow, named_rows, own_rows
from assistant.drafting.precedents import CITED, evidence_of, generalised, is_own, likeness
from assistant.drafting.proposal import Proposal
from assistant.drafting.structure import Structure, place, share
from assistant.drafting.targets import draft_target, target_from
from assistant.form.amount import read_points
from assistant.form.edit import Edit, apply
from assistant.form.finding import Location
from assistant.form.model import BLANK, Form, Indicator
from assistant.form.rounding import plain
from assistant.form.units import is_money
from assistant.form.value import read_target
from assistant.grounding.evidence import Evidence
from assistant.understanding.customs import CustomRow, ProjectKind, customs, project_kinds
from assistant.understanding.measure import read_measure
from assistant.understanding.quantities import find_quantities
from assistant.understanding.subjects import title_of
from vectorstore.index import Filters

_FITS = 0.55
_LONGEST_NAME = 18
_DOUBLE = 0.6
_NEAR = 0.72
_COUNT_ROWS = 2
_ENOUGH_ROWS = 9
_MOST_ROWS = 12
_PAST_ROWS = 8
_PROPER = re.compile(
    r"[“”‘’\"《》]|第[一二三四五六七八九十\d]+[届批期次]|[^市区县]{2}(?:自治区|省|市|州|县|镇|乡|村委)|"
    r"有限|公司|全疆|我区|我省|我市"
)
_ABOUT_NATURE = re.compile(r"环境|生态|环保|绿化|绿色|节能|减排|污染|治沙|造林|草原|湿地|水质|垃圾|污水")
_ABOUT_MONEY = re.compile(
    r"产业|招商|奖补|经济(?!普查)|增收|收入|就业|(?:带动|引进|撬动|固定资产)[^，。]*投资|税|销售|消费券|乡村振兴|农业(?!农村局)|种植"
    r"|养殖|成果转化|旅游(?!手册)|贸易|企业发展|专精特新"
)
_RATE = re.compile(r"(?:合格|达标|合规|覆盖|完好)率$")
_COMPLETION = re.compile(
    r"完成|完工|竣工|建成|交付|上线|办完|结束|弄完|做完|干完|搞完|投用|投入使用|启用|开通|[装修建种铺挖栽配备办拍印](?:好|完|齐|毕)|完毕|到货|到位|配齐|通车|投产|交货|结项|结题|开馆|验收|发完|发放到位"
)


Suggest = Callable[[Sequence[str], Sequence[Evidence]], list[NewRow]]
"""Second levels that lack a row, and past rows of them -> rows that somebody (a model) suggests."""


def indicator_proposals(
    context: Context, structure: Structure, suggest: Suggest | None = None
) -> Iterator[Proposal]:
    """Rows that the form lacks, in official order, with targets and with weights that complete each level.

    Rows are numbered as if those before were accepted; each proposal inserts one. ``suggest`` may add rows of
    second levels that nobody has named yet.
    """
    rows = new_rows(context, structure, suggest)
    weights = _weights(context.form, rows, structure)
    form, places = context.form, []
    for row, weight in zip(rows, weights, strict=True):
        level1, level2 = structure.labels(row.level)
        at = place(form, row.level, structure)
        content = Indicator(level1=level1, level2=level2, name=row.name, weight=weight)
        form = apply(form, [_insertion(at, content)])
        places.append((row, at))
    whole = context.with_form(form)
    for row, at in places:
        draft = _target(whole, at, row)
        content = form.indicators[at - 1].model_copy(update={"target": draft.new})
        yield _proposal(whole, at, content, draft, row)


def new_rows(context: Context, structure: Structure, suggest: Suggest | None = None) -> list[NewRow]:
    """The rows a complete set lacks: named by the user, then from similar projects, then from custom."""
    kinds = kinds_of(context.form, context.words)
    there = [(structure.key(row), row.name) for row in context.form.indicators]
    chosen = named_rows(context, kinds, there)
    wanted = _wanted_levels(context, kinds, structure)
    named = {key for key, _ in there} | {row.level for row in chosen}
    missing = [level.key for level in structure.levels if level.key in wanted - named]
    if suggest and missing:
        suggested = suggest(missing, _past_evidence(context, kinds, missing))
        room = _MOST_ROWS - len(there) - len(chosen) - len(missing) - (_COUNT_ROWS - 1)
        chosen += _one_each_first(suggested, max(room, 0))
    for level in (one.key for one in structure.levels):
        held = [key for key, _ in there] + [row.level for row in chosen]
        if level in wanted and level not in held:
            count = _COUNT_ROWS if level == "数量" and not there else 1
            chosen += _filled(context, kinds, level, chosen, count)
    if not there and len(chosen) < _ENOUGH_ROWS:
        chosen += _filled(context, kinds, "质量", chosen, 1)
    order = [level.key for level in structure.levels]
    return sorted(chosen, key=lambda row: order.index(row.level))


def _one_each_first(rows: list[NewRow], more: int) -> list[NewRow]:
    """The first row of each level, and up to ``more`` of the others."""
    first = {row.level: row for row in reversed(rows)}
    others = [row for row in rows if row is not first[row.level]]
    return [*first.values(), *others[:more]]


def _wanted_levels(context: Context, kinds: tuple[ProjectKind, ...], structure: Structure) -> set[str]:
    """The levels that every set has, and those that the project is about; causes do not tell that."""
    title = context.form.project_name or title_of(context.words)
    told = (one.text for one in context.statements if not one.cause)
    text = "，".join((title, context.form.goal.expected, *told))
    keys = {level.key for level in structure.levels}
    wanted = set(structure.required) & keys
    for level, about in (("生态效益", _ABOUT_NATURE), ("经济效益", _ABOUT_MONEY)):
        if about.search(text) and any(kind.rows.get(level) for kind in kinds):
            wanted.add(level)
    return wanted & keys


def _filled(
    context: Context, kinds: tuple[ProjectKind, ...], level: str, chosen: list[NewRow], count: int
) -> list[NewRow]:
    """Up to ``count`` rows of a second level: rows of similar projects that fit, else customary ones.

    Costs come from custom alone: the parts of another project's budget say nothing about this one.
    """
    own = list(own_rows(context, kinds, level))
    past = _from_past(context, kinds, level) if level != "成本" and not own else []
    names = [row.name for row in chosen] + [row.name for row in context.form.indicators]
    found = own[:count]
    custom = _customary(context, kinds, level)
    for row in (*custom, *past) if level == "数量" else (*past, *custom):
        if len(found) < count and not any(_is_double(row.name, name) for name in names):
            found.append(row)
            names.append(row.name)
    return found


def _is_double(name: str, other: str) -> bool:
    """Whether two names ask for the same: alike, or rates of one kind (养护质量合格率, 工程验收合格率)."""
    rates = [found[0] for one in (name, other) if (found := _RATE.search(one))]
    return likeness(name, other) >= _DOUBLE or (len(rates) == 2 and rates[0] == rates[1])


def _customary(context: Context, kinds: tuple[ProjectKind, ...], level: str) -> Iterator[NewRow]:
    if level == "时效" and _dated(context):
        yield NewRow(level=level, name="项目完成时间")
    general = project_kinds()[-1]
    text = f"{context.form.project_name} {context.form.goal.expected} {context.words}"
    for kind in (*kinds, general):
        if level == "数量" and kind.id == general.id and kinds[0].id != general.id:
            continue
        for row in kind.rows.get(level, ()):
            second = len(kinds) > 1 and kind == kinds[1]
            if not second or row.needs or fit(row.name, text) > 0:
                yield _custom_row(level, row)


def _custom_row(level: str, row: CustomRow) -> NewRow:
    return NewRow(level=level, name=row.name, custom=row.value)


def _dated(context: Context) -> bool:
    dates = [one for one in find_quantities(context.words) if one.kind == "date"]
    return len(dates) == 1 and bool(_COMPLETION.search(context.words))


def _from_past(context: Context, kinds: tuple[ProjectKind, ...], level: str) -> list[NewRow]:
    """Rows of past projects of the same kind whose generalised name fits this project's description."""
    word = next(one.words[0] for one in customs().second_levels if one.key == level)
    query = f"{context.form.project_name} {kinds[0].name} {level}"
    text = f"{context.form.project_name} {context.form.goal.expected} {context.words} {kinds[0].name}"
    found: list[tuple[float, NewRow]] = []
    for hit in context.search(query, _PAST_ROWS, Filters(level2=word)):
        if is_own(context.form, hit.row, context.year):
            continue
        name = generalised(hit.row.indicator)
        past = Form(project_name=hit.row.project_name)
        usable = 4 <= len(name) <= _LONGEST_NAME and not _PROPER.search(name) and "，" not in name
        own = [row.name for kind in kinds for row in kind.rows.get(level, ())]
        alike = kinds_of(past)[0].id in {kind.id for kind in kinds}
        # A day can only be told by the office, a rate of punctuality is told by 按计划完成.
        dated = read_measure(name, hit.row.level2).shape == "date" and not _dated(context)
        if usable and alike and not dated and fit(name, text, *own) >= _FITS and fit(name, text) > 0:
            found.append((fit(name, text), NewRow(level=level, name=name, evidence=(evidence_of(hit.row),))))
    return [row for _, row in sorted(found, key=lambda entry: -entry[0])]


def _past_evidence(context: Context, kinds: tuple[ProjectKind, ...], levels: Sequence[str]) -> list[Evidence]:
    """Past rows of these second levels, a few each, to suggest from."""
    query = f"{context.form.project_name} {kinds[0].name}"
    words = [one.words[0] for one in customs().second_levels if one.key in levels]
    hits = [hit for word in words for hit in context.search(f"{query} {word}", 3, Filters(level2=word))]
    return [evidence_of(hit.row) for hit in hits if not is_own(context.form, hit.row, context.year)]


def _target(whole: Context, at: int, row: NewRow) -> Draft:
    """The target of a new row: as said, else as ``draft_target`` finds it, else the customary one."""
    draft = draft_target(whole, at)
    measure = read_measure(row.name, whole.form.indicators[at - 1].level2)
    if row.target:
        evidence = row.evidence or draft.evidence
        return Draft(new=row.target, reason="由模型参照资料提出。", evidence=evidence)
    if row.said is not None and (text := target_from(row.said.quantity, measure)):
        history = draft.reason.removeprefix(f"按您所说“{row.said.text}”填写").strip("；。")
        history = history if draft.evidence or history.startswith("您说") else ""
        reason = "；".join(filter(None, (f"按“{row.said.text}”设置", history))) + "。"
        return Draft(new=text, reason=reason, evidence=draft.evidence, computed=text)
    if row.level == "数量" and row.custom and BLANK in draft.new:
        asked = draft.question.replace(f"多少{measure.unit}？", f"多少{row.custom}？")
        return draft.model_copy(update={"new": f"≥{BLANK}{row.custom}", "question": asked})
    if not row.custom or _is_unit(row.custom, row.level):
        return draft
    if any(likeness(row.name, one.indicator) >= _NEAR for one in draft.evidence) or (
        draft.evidence and _stricter(draft.new, row)
    ):
        return draft
    history = "；".join(part for part in draft.reason.split("；") if part.startswith("近似指标"))
    reason = "；".join(filter(None, ("按同类项目的惯例设置，可按实际修改", history.rstrip("。")))) + "。"
    none = row.custom if row.custom.startswith("=0") else ""
    return draft.model_copy(update={"computed": none, "new": row.custom, "reason": reason, "question": ""})


def _is_unit(custom: str, level: str) -> bool:
    """Whether a customary row names a unit or the year's end, where targets are found otherwise."""
    return level == "数量" or is_money(custom) or custom == "年底"


def _stricter(found: str, row: NewRow) -> bool:
    """Whether precedents ask for a higher rate than custom does."""
    value, custom = read_target(found), read_target(row.custom)
    if value.number is None or custom.number is None or row.custom.startswith("≤") or not custom.number:
        return False
    return value.unit_norm == custom.unit_norm and value.number > custom.number


def _weights(form: Form, rows: list[NewRow], structure: Structure) -> list[str]:
    """Weights of the new rows: what the rows that are there leave of the first level's points."""
    weights: dict[int, Decimal] = {}
    for first, points in structure.points.items():
        mine = [at for at, row in enumerate(rows) if structure.first_of(row.level) == first]
        if points is None or not mine:
            continue
        held = sum(
            (
                read_points(row.weight) or Decimal(0)
                for row in form.indicators
                if structure.first_level(row) == first
            ),
            Decimal(0),
        )
        if points > held:  # rows that have no points yet get their share too, see weight_proposals
            open_rows = [
                row
                for row in form.indicators
                if structure.first_level(row) == first and read_points(row.weight) is None
            ]
            shares = share(points - held, len(open_rows) + len(mine))[len(open_rows) :]
        else:  # the level is full: its rows make room, see weight_proposals
            there = sum(structure.first_level(row) == first for row in form.indicators)
            shares = share(points, there + len(mine))[there:]
        weights.update(zip(mine, shares, strict=True))
    return [plain(weights[at]) if at in weights else "" for at in range(len(rows))]


def _insertion(at: int, content: Indicator) -> Edit:
    return Edit(operation="insert", location=Location(section="indicators", row=at), indicator=content)


def _proposal(whole: Context, at: int, content: Indicator, draft: Draft, row: NewRow) -> Proposal:
    evidence = tuple(dict.fromkeys((*row.evidence, *draft.evidence)))[:CITED]
    origin = f"指标名称参照“{row.evidence[0].project_name}”的同类指标；" if row.evidence else ""
    place_at = Location(section="indicators", row=at)
    weight = f"{content.weight}分" if content.weight else ""
    shown = (content.level1, content.level2, content.name, content.target, weight)
    return Proposal(
        id=proposal_id("indicator", Location(section="indicators"), f"{row.level}|{row.name}"),
        kind="indicator",
        edits=(_insertion(at, content),),
        location=place_at,
        new="｜".join(shown),
        reason=origin + draft.reason,
        evidence=evidence,
        grounded=whole.supports(f"{content.name} {content.target}", evidence, draft.computed),
        source="model" if row.prompt else "rules",
        question=draft.question,
        prompt=row.prompt,
    )
