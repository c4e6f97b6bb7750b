"""Walks through the clauses of a message and gives each figure to the cell that its words name."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.form.model import Form
from assistant.form.units import is_money
from assistant.understanding.all_done import read_all_done
from assistant.understanding.clauses import Clause, split
from assistant.understanding.fund_facts import (
    Role,
    is_rate,
    is_without_figures,
    read_unchanged,
    read_without_figures,
    set_amount,
)
from assistant.understanding.fund_totals import settle_total
from assistant.understanding.level_weights import SHARE, in_points
from assistant.understanding.meant_rows import (
    ALL_ALIKE,
    JOINED,
    inherited_rows,
    rest_rows,
    rows_meant,
    with_actuals,
)
from assistant.understanding.money_figures import Flow, read_money, read_old_amount
from assistant.understanding.pleased_groups import name_groups
from assistant.understanding.quantities import Quantity, find_quantities
from assistant.understanding.reading import READ, Doubt, Reading, Unplaced
from assistant.understanding.relative_figures import FURTHER, adds_to
from assistant.understanding.row_facts import (
    Column,
    Mode,
    column_of,
    is_bad_event,
    mode_of,
    read_none_happened,
    read_wording,
    settle_column,
    write_figure,
)
from assistant.understanding.row_matching import (
    STRONG,
    Match,
    content_of,
    find_rows,
    mask_row_numbers,
    row_numbers,
    unit_of,
)

_NOT_REACHED = r"没有?|未能?|还没|尚未|并未|不能|无法|没能|不是"
_NEGATED = re.compile(
    rf"(?:{_NOT_REACHED}|除[了去开]?|剩下?|剩余|余下|不足|不够|差(?![错评异旅额])|还差|比[^，]{{1,8}}(?:多|少)|(?<![彩B商])超(?:出|过|额)?了?|(?<![许大众最])(?:多|少)[\u3400-\u9fff]{{1,2}}了"
    r"|多|少|提高|增长"
    rf"|增加|下降|减少|降低)"
    r"(?:了)?[^，了到至为]{0,6}$"
)
_NOT_YET = re.compile(rf"(?:{_NOT_REACHED})[^，]{{0,12}}$")
_DID_NOT = re.compile(r"[^，\d%]{0,12}(?:没(?!问题)|未(?!来|成年)|不(?!动产|锈钢|低于|少于|超过|高于))")
_FROM = re.compile(r"(?:从|由)[^，]{0,12}$")
_TO = re.compile(
    r"(?:改成|改为|改回到?|恢复[成到为]|调整?[到为至]|提[高升]到|降[低到]?到|变成|增加到|到|至)\s*$"
)
_CHANGED_TO = re.compile(r"(?:的?(?:目标|实际|分值))?(?:改|调整?|换|变|更正)(?:成|为|到)")
_NONE_HAPPENED = re.compile(
    r"(?:没有?|从?未|无|零)(?:再)?(?:发生|出现|接到|收到|产生|出|有)?过?(?:任何|什么|一[起例次件])?"
)
_PAID = re.compile(r"(?:都|全部?|已经?|均)*(?:支付|付清|付完|付|结清|付款)(?:完毕|完成|到位|了)*")
_COMPARED = re.compile(
    r"比[^，]{1,10}(?:多|少|高|低)了?$|比(?:目标|计划|预期|原定|任务)[数值]?(?:还)?(?:多|少|超|差)[\u3400-\u9fff]{1,3}$|(?:超出|超过|多出|少于|低于|高于)(?:目标|计划|预期)$"
)
_POINTED_AT = re.compile(r"[那这]$")
"""那7套设备的钱 speaks of what was told before."""
_LEFT_OPEN = re.compile(
    r"(?:就|先|暂时|暂)+(?:给我|帮我)?(?:空着|空起|留空|不填|不写|放着|放一放|空一下)|(?:等|回头|以后|后面|晚点)[^，]{0,6}再(?:补|填|报)"
)
_NOT_THERE = re.compile("没|未|还|暂")
_FOR_LATER = re.compile("准备|打算|预计|争取|计划|力争|拟")
_ORDER_ALONE = re.compile(
    r"(?:请|帮我|帮忙|给我|麻烦|你|再|也|还|要|得|先|就)*(?:加|补|写|填|列|改|记|弄)(?:上|进去|进来|一下|下|好|一[个条笔])*(?:吧|呗|哈|了)?"
)
_TURN = re.compile(r"(?:那|哦|唉|嗯)?(?:算|好|对|行|得|完|错)了(?:吧)?")
_RATIO_ONLY = re.compile(r"(?:完成率|完成比例|达成率|完成进度)[是为达到了：]*$")


def read_figures(reading: Reading) -> None:
    """Reads all figures and wordings of the stated clauses that no other reader took."""
    flow = Flow()
    later: list[str] = []
    for sentence in split(reading.rest, reading.form.year):
        for clause in sentence.clauses:
            if clause.mood != "stated":
                flow = Flow(later=flow.later)
            elif clause.when in ("past", "next"):
                words = _without_figure(clause.text)
                flow.words = words if content_of(words) else flow.words
            else:
                _read_clause(reading, clause, flow)
        later += flow.later
        keeps = not sentence.ends_topic or sentence.clauses[-1].text.endswith("：")
        flow = replace(flow, later=[]) if keeps else Flow()
    _settle_unplaced(reading)
    settle_total(reading)
    # Only when all amounts are known: 都是财政拨款 may be said before them.
    for text in later:
        read_unchanged(reading, text)  # 年初预算85万没有调整
        read_without_figures(reading, text)
    settle_total(reading)


def _settle_unplaced(reading: Reading) -> None:
    """Beside actual values, a figure that has no row yet is one too, unless its words speak of a plan."""
    told = any(e.location.section == "indicators" and e.location.field == "actual" for e in reading.sets)
    if told:
        reading.unplaced = [
            part.model_copy(update={"done": part.done or mode_of(part.text, None, "") != "target"})
            for part in reading.unplaced
        ]


def _without_figure(text: str) -> str:
    first = next(iter(find_quantities(text)), None)
    return text[: first.start] + text[first.end :] if first else text


def _read_clause(reading: Reading, clause: Clause, flow: Flow) -> None:
    quantities = find_quantities(mask_row_numbers(clause.text))
    if not quantities:
        _read_words(reading, clause.text, flow)
        return
    subjects = _listed(reading.form, clause.text, quantities)
    if not subjects and len(quantities) > 1 and _names_several(reading.form, clause):
        reading.doubt(Doubt(question=f"“{clause.text}”里的数和行数对不上，请一行一行地说。"))
        return
    end, old = 0, ""
    for at, quantity in enumerate(quantities):
        last = at + 1 == len(quantities)
        subject = subjects[at] if subjects else old + clause.text[end : quantity.start]
        after = clause.text[quantity.end : len(clause.text) if last else quantities[at + 1].start]
        end, old = quantity.end, ""
        if not last and _is_old(subject, after, quantity, quantities[at + 1]):
            old = subject
            read_old_amount(reading, subject, quantity, flow)
        else:
            _read_figure(reading, subject, quantity, "" if subjects else after, flow)
    part = flow.role is not None and flow.role.part and "executed" in flow.role.columns
    if end < len(clause.text) and not part:  # 本级80万用完: of that part only
        flow.later.append(clause.text[end:])


def _is_old(subject: str, after: str, quantity: Quantity, following: Quantity) -> bool:
    """从90%改成95%: the first figure is what stood there."""
    changed = _FROM.search(subject) or _CHANGED_TO.fullmatch(after)
    return bool(changed and _TO.search(after)) and quantity.kind == following.kind


def _names_several(form: Form, clause: Clause) -> bool:
    head, mark, _ = clause.text.partition("分别")
    return bool(mark) and len(row_numbers(head, len(form.indicators))) > 1


def _listed(form: Form, text: str, quantities: tuple[Quantity, ...]) -> list[str]:
    """The subjects of 甲和乙分别为1和2, one for each figure; empty where the clause is no such list."""
    head, mark, tail = text[: quantities[0].start].partition("分别")
    rows = row_numbers(head, len(form.indicators)) if mark else ()
    if len(rows) == len(quantities) > 1:
        return [f"第{row}行{tail}" for row in rows]
    names = [name for name in JOINED.split(head) if name.strip()] if mark else []
    return [name + tail for name in names] if len(names) == len(quantities) > 1 else []


def _read_figure(reading: Reading, subject: str, quantity: Quantity, after: str, flow: Flow) -> None:
    form, before = reading.form, flow.mode
    flow.mode = mode_of(subject, quantity, flow.mode)
    if _COMPARED.search(subject) or (_POINTED_AT.search(subject) and quantity.kind == "count"):
        return
    if _NOT_YET.search(subject) or (_NEGATED.search(subject) and quantity.kind != "money"):
        flow.rows = find_rows(form, subject + after, quantity).rows or flow.rows
        flow.words = subject + after
        return
    if not content_of(subject) and _DID_NOT.match(after):
        flow.words = after
        return
    quantity = in_points(form, subject, _counted(form, subject, quantity, flow))
    named = (SHARE.sub("", subject) or subject) if quantity.kind == "points" else subject
    match = rows_meant(form, named, after, quantity)
    if quantity.kind in ("money", "bare") and read_money(reading, subject, quantity, after, flow, match):
        flow.mode = before  # that money was spent tells nothing of what is counted next
        return
    match = _of_known_unit(form, match, quantity, after)
    if quantity.kind == "percent" and is_rate(subject) and match.strength < STRONG:
        _read_rate(reading, quantity)
        return
    rest = rest_rows(form, subject, quantity)
    rows = rest or match.rows or inherited_rows(reading, subject, quantity, flow, after)
    if not rows:
        flow.unpaid = quantity if quantity.kind == "money" else None
        flow.words = subject if content_of(subject) else flow.words
        _keep_unplaced(reading, subject, quantity, after, flow.mode)
        return
    alike = bool(rest or ALL_ALIKE.search(subject)) or len(row_numbers(subject, len(form.indicators))) > 1
    column = _column(subject, quantity, flow)
    rows = rows if alike else _changed_rows(form, rows, subject)
    flow.rows, flow.words = rows, subject
    if len(rows) > 1 and not alike:
        _ask_which(reading, rows, quantity, column or settle_column(reading, rows[0], subject))
        return
    if column is None and match.strength < STRONG and _planned_here(reading, rows[0], subject):
        _keep_unplaced(reading, subject, quantity, after, flow.mode)
    else:
        _write(reading, rows, subject, quantity, column)


def _write(
    reading: Reading, rows: tuple[int, ...], subject: str, quantity: Quantity, column: Column | None
) -> None:
    if FURTHER.match(subject) and adds_to(reading, rows[0], quantity):
        return
    for row in rows:
        write_figure(reading, row, column or settle_column(reading, row, subject), quantity)
    name_groups(reading, rows, subject, quantity)


def _planned_here(reading: Reading, row: int, subject: str) -> bool:
    """Whether this message has told a row's plan already, and the words name something: 展览8场，演出40场."""
    place = ("indicators", row, "target")
    told = any((at.section, at.row, at.field) == place for at in (edit.location for edit in reading.sets))
    return told and bool(content_of(subject))


def _counted(form: Form, subject: str, quantity: Quantity, flow: Flow) -> Quantity:
    """人次应该是2.69万: an amount in 万 without 元, said of a row that counts, is a count."""
    words = subject if content_of(subject) else flow.words
    if quantity.unit != "万元" or not content_of(words) or flow.role is not None:
        return quantity
    rows = with_actuals(form, find_rows(form, words).rows, words)
    row = rows[0] if len(rows) == 1 else None
    unit = unit_of(form.indicators[row - 1]) if row is not None else ""
    if not unit or is_money(unit) or unit == "%" or flow.words.endswith("元"):
        return quantity
    scaled = unit if unit[0] in "万亿" else f"万{unit}"
    shown = quantity.text.removesuffix("万元") + scaled
    return quantity.model_copy(update={"kind": "count", "unit": scaled, "text": shown})


def _read_rate(reading: Reading, quantity: Quantity) -> None:
    """The execution rate: all was spent where it is full, else it is computed."""
    line = reading.form.funds[0] if reading.form.funds else None
    if line is not None and line.budget and line.executed:
        return
    if quantity.number != 100 or not read_without_figures(reading, "全部支出完毕"):
        computed = "执行率由系统按“全年执行数÷全年预算数”自动计算，不用填"
        reading.remark(f"{computed}；请告诉我全年执行数是多少。")


def _of_known_unit(form: Form, match: Match, quantity: Quantity, after: str) -> Match:
    """A number with a unit that nobody knows (5200叶) is no money; 32万没发 is no value."""
    if quantity.kind == "money" and _DID_NOT.match(after):
        return Match()
    if quantity.kind != "bare" or not re.match(r"[\u3400-\u9fff](?:$|，|；)", after):
        return match
    rows = tuple(row for row in match.rows if not is_money(unit_of(form.indicators[row - 1]) or "个"))
    return match.model_copy(update={"rows": rows}) if rows != match.rows else match


def _changed_rows(form: Form, rows: tuple[int, ...], subject: str) -> tuple[int, ...]:
    """Of rows that fit a change equally well, the one with a result: the others were only suggested."""
    told = tuple(row for row in rows if form.indicators[row - 1].actual)
    return told if len(told) == 1 and _TO.search(subject) else rows


def _column(subject: str, quantity: Quantity, flow: Flow) -> Column | None:
    """The column that the words name; 分值：甲10，乙15 goes on as weights."""
    column = column_of(subject, quantity, flow.mode)
    flow.weights = column == "weight" or (flow.weights and quantity.kind in ("bare", "points"))
    return "weight" if flow.weights else column


def _ask_which(reading: Reading, rows: tuple[int, ...], quantity: Quantity, column: str) -> None:
    names = "、".join(f"第{row}行“{reading.form.indicators[row - 1].name}”" for row in rows)
    question = f"“{quantity.text}”说的是哪一行？可能是{names}。请回复行号，例如“第{rows[0]}行”。"
    value = quantity.sign + quantity.text if column == "target" else quantity.text
    reading.doubt(Doubt(question=question, rows=rows, field=column, value=value))


def _keep_unplaced(reading: Reading, subject: str, quantity: Quantity, after: str, mode: Mode) -> None:
    """Keeps a stated figure that no cell can hold; ratios of completion are computed and need no cell."""
    if quantity.kind in ("bare", "points") or (quantity.kind == "percent" and _RATIO_ONLY.search(subject)):
        return
    until = quantity.kind == "date" and re.search(r"(?:到|截至|截止|至)$", subject)
    later = quantity.kind == "date" and reading.situation.deviating and _FOR_LATER.search(subject)
    if until or later or re.match(r"[^，]{0,4}(?:没|未|不)", after):
        return
    text = (subject + quantity.sign + quantity.text + after).replace(READ, "").strip("，、 ")
    part = Unplaced(text=text, done=mode == "actual")
    if part not in reading.unplaced:
        reading.unplaced.append(part)


def _leave_open(reading: Reading, text: str, flow: Flow) -> bool:
    """满意度没做调查，先空着: the row that is named, or was named right before, stays empty; that is said."""
    found = _LEFT_OPEN.search(text)
    if found is None:
        return False
    match = find_rows(reading.form, text[: found.start()])
    if match.strength < STRONG:
        match = find_rows(reading.form, _NOT_THERE.split(flow.words)[0])
    rows = match.rows if match.strength >= STRONG else flow.rows
    names = "、".join(f"“{reading.form.indicators[row - 1].name}”" for row in rows)
    if names:
        reading.remark(f"{names}先空着，有了数再告诉我。")
    return bool(names)


def _read_words(reading: Reading, text: str, flow: Flow) -> None:
    """A clause without figures: money all spent, a wording, nothing bad happened; else a topic."""
    if flow.unpaid is not None and _PAID.fullmatch(text):
        set_amount(reading, Role(columns=("executed",)), flow.unpaid)
        return
    if is_without_figures(text):
        flow.later.append(text)
        return
    if read_unchanged(reading, text):
        return
    if read_all_done(reading, text):
        return
    flow.mode = flow.mode if _TURN.fullmatch(text) else mode_of(text, None, flow.mode)
    if _leave_open(reading, text, flow):
        return
    none = _NONE_HAPPENED.search(text)
    match = find_rows(reading.form, text[none.end() :] if none else text)
    if match.strength < 0.5:
        flow.words = text if content_of(text) and not _ORDER_ALONE.fullmatch(text) else flow.words
        return
    flow.rows, flow.words = match.rows, text
    for row in match.rows:
        indicator = reading.form.indicators[row - 1]
        one = len(match.rows) == 1
        if one and none and is_bad_event(indicator) and not indicator.actual:
            read_none_happened(reading, row)
        elif one or ALL_ALIKE.search(text):
            read_wording(reading, row, text, flow.mode)
