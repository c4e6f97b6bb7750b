"""Corrections in two steps, what was wrong and what is right: 预算数写错了，是60万; 人数又核了下，是88."""

from __future__ import annotations

import re

from assistant.form.rounding import plain
from assistant.understanding.clauses import is_question, split
from assistant.understanding.fund_facts import Column, Role, role_of, set_amount
from assistant.understanding.offices import is_value, organisation
from assistant.understanding.project_names import project_name
from assistant.understanding.quantities import Quantity, chinese_number, find_quantities
from assistant.understanding.reading import READ, Reading
from assistant.understanding.row_facts import Column as RowColumn
from assistant.understanding.row_facts import write_figure
from assistant.understanding.row_matching import STRONG, content_of, find_rows, is_blank, mask_row_numbers

_SLIP = r"(?:写|填|打|说|记|看|抄|录|搞|弄|算|报|听|敲|输|贴|标)"
_WRONG = re.compile(
    r"(?P<what>[^，。；\n□]{2,24}?)(?:[这那](?:个|块|条|行)?)?(?:的?(?:数据|数字|数|地方))?(?:我|刚才|刚刚|之前|上面|前面|又|再|重新|好像|是|给|的)*"
    rf"(?:{_SLIP}(?:错|反|漏|混)[^，]{{0,4}}|{_SLIP}[成的]了?(?:是)?[^，]{{1,12}}|(?:少|多|漏){_SLIP}了?[^，]{{0,6}}|少了?一?个?[字零0位]"
    r"|(?:改|更新|更正|调整)一下|要改|得改|有变[化动]?|变了|有误|不准确?|(?:错|不对|有问题)了?|(?:核对?|核实|复核|查|看|数|算|问|翻|统计)了?(?:一?[下遍次]|过|台账|资料|系统|记录|底稿)[^，]{0,6})"
    r"[，：](?:经核实|台账|系统)?(?:上|里|显示|其实|实际上?|应该?|正确的?|准确的?|真实的?|就|改|要|数据?)*(?P<is>[是为成：]*)(?P<value>[^，。；\n□]+)"
)
_SPELLED = r"[零一二两三四五六七八九十百千万点]{1,9}"
_OLD = rf"(?:\d[^，。；\n□是为]{{0,7}}?|{_SPELLED}[\u3400-\u9fff%‰]{{0,3}}?)"
_NEW = rf"(?:\d[^，。；\n□]{{0,7}}|{_SPELLED}[\u3400-\u9fff%‰]{{0,3}})"
_NOT_BUT = re.compile(
    rf"(?P<what>[^，。；\n□]{{0,20}}?)(?:应该|其实|实际上)?(?:并?不是|不该是|不应该是)(?P<old>{_OLD})，?(?:而|应该|应|其实|实际上)*[是为](?P<new>{_NEW})"
    r"(?:，(?P<other>[^，。；\n□\d]{0,8}?)(?:也|都|同样)(?:应该|要|改|变)*(?:[是成为])+(?P<same>\d[^，。；\n□]{0,7}))?(?=$|[，。；！\n])"
)
"""甲不是20台，是25台 tells what stood there, so that the column is known; 买的也是25台: the other too."""
_RATHER = (
    re.compile(
        r"(?P<what>[^，。；\n□\d]{2,20}?)(?:应该?|其实)*[是为](?P<new>\d[^，。；\n□是]{0,7})，(?:那个?|这个?|刚才(?:说|写)?的)?"
        r"(?P<old>\d[^，。；\n□是]{0,7}?)(?:那个?)?(?:只|才)?是[^，。；\n□\d]{2,14}(?=$|[，。；！\n])"
    ),
    re.compile(
        r"(?:^|[，。；])(?:那个?|这个?|刚才(?:说|写)?的)?(?P<old>\d[^，。；\n□是]{0,7}?)(?:那个?)?(?:只|才)?是[^，。；\n□\d]{2,14}"
        r"，(?P<what>[^，。；\n□\d]{2,20}?)(?:应该?|其实)*[是为](?P<new>\d[^，。；\n□是]{0,7})(?=$|[，。；！\n])"
    ),
)
"""甲是25台，20是去年的数: the figure that stood there is something else's."""
_LABELS = (
    ("project_name", re.compile(r"项目(?:的)?(?:名称?|名字|全称)|名称$")),
    ("department", re.compile(r"主管(?:部门|单位)|上级(?:部门|单位)")),
    ("unit", re.compile(r"(?:实施|项目|填报|承担)?单位(?:的)?(?:名称?|名字|全称)?$")),
)
_COLUMNS: tuple[tuple[RowColumn, re.Pattern[str]], ...] = (
    ("weight", re.compile(r"分值|权重")),
    ("target", re.compile(r"目标|计划|指标值|要求")),
    ("actual", re.compile(r"实际|完成|结果")),
)
_ASIDE = re.compile(r"刚才|刚刚|刚说的|上面|前面|不好意思|哎呀?|对了|那个|这个|我|把")


def read_corrections(reading: Reading) -> None:
    """Reads such pairs of clauses out of ``reading.rest``."""
    for sentence in split(reading.rest):
        text = reading.rest[sentence.start : sentence.end]
        if READ in text or is_question(text):
            continue
        pairs = [found for pattern in (_NOT_BUT, *_RATHER) for found in pattern.finditer(text)]
        for found in pairs:
            if _replace(reading, found):
                reading.take(sentence.start + found.start(), sentence.start + found.end())
        text = reading.rest[sentence.start : sentence.end]
        for found in _WRONG.finditer(text):
            what = _ASIDE.sub("", found["what"])
            if what and _correct(reading, what, found["value"].strip("。 吧")):
                reading.take(sentence.start + found.start(), sentence.start + found.end())


def _replace(reading: Reading, found: re.Match[str]) -> bool:
    """Puts the new figure where the old one stands. True where a row holds the old one."""
    old, new = (_told(found[name]) for name in ("old", "new"))
    if old is None or new is None or old.number is None or new.number is None:
        return False
    what = _ASIDE.sub("", found["what"])
    row = _row_replaced(reading, what, old)
    if row is None:
        return False
    held = [
        column
        for column, text in (
            ("target", reading.form.indicators[row - 1].target),
            ("actual", reading.form.indicators[row - 1].actual),
        )
        if any(one.number == old.number for one in find_quantities(text)[:1])
    ]
    named = next((column for column, label in _COLUMNS[1:] if label.search(found["what"])), None)
    columns: list[RowColumn] = [named] if named else ["target"] if held == ["target"] else ["actual"]
    if said := found.groupdict().get("same"):
        same = _told(said)
        if same is None or same.number != new.number:
            return False
        columns = ["target", "actual"]
    for column in columns:
        write_figure(reading, row, column, new)
    return bool(held)


def _told(text: str) -> Quantity | None:
    """The figure of a few words; numerals without a unit are one, too (八十三)."""
    spelled = chinese_number(text) if re.fullmatch(_SPELLED, text) else None
    return next(iter(find_quantities(text if spelled is None else plain(spelled))), None)


def _row_replaced(reading: Reading, what: str, old: Quantity) -> int | None:
    """The row that is named, else the one talked of; None where it does not hold the old figure."""
    if content_of(what):
        match = find_rows(reading.form, re.sub(r"目标|计划|指标值|实际|完成", "", what), old)
        row = match.row if match.strength >= STRONG else None
    else:
        row = reading.situation.topic
    if row is None or row > len(reading.form.indicators):
        return None
    cells = (reading.form.indicators[row - 1].target, reading.form.indicators[row - 1].actual)
    return (
        row if any(one.number == old.number for cell in cells for one in find_quantities(cell)[:1]) else None
    )


def _correct(reading: Reading, what: str, value: str) -> bool:
    figures = find_quantities(mask_row_numbers(value))
    if not figures:
        return _name(reading, what, value)
    figure = figures[0]
    if len(figures) > 1 or content_of(value[: figure.start] + value[figure.end :]):
        return False
    return _figure(reading, what, figure) or _amount(reading, what, figure)


def _name(reading: Reading, what: str, value: str) -> bool:
    field = next((field for field, words in _LABELS if words.search(what)), "")
    new = project_name(value) if field == "project_name" else organisation(value)
    if not field or not is_value(new):
        return False
    reading.set("header", None, field, new)
    return True


def _figure(reading: Reading, what: str, figure: Quantity) -> bool:
    old = find_quantities(mask_row_numbers(what))
    words = what[: old[0].start] + what[old[0].end :] if old else what
    column = next((column for column, label in _COLUMNS if label.search(words)), None)
    bare = re.sub(r"分值|权重", "", words)
    match = find_rows(reading.form, bare, None if column == "weight" else figure)
    if match.row is None or match.strength < STRONG:
        return False
    row = reading.form.indicators[match.row - 1]
    if column is None:
        column = "target" if not row.actual and not is_blank(row.target) else "actual"
    write_figure(reading, match.row, column, figure)
    return True


def _amount(reading: Reading, what: str, figure: Quantity) -> bool:
    """An amount of the funds; the initial budget goes with the whole year's where the two are the same."""
    role = role_of(what, "", reading.form, None)
    if role is None or not role.columns or figure.kind not in ("money", "bare") or not reading.form.funds:
        return False
    line = reading.form.funds[0]
    columns: tuple[Column, ...] = role.columns
    if set(columns) == {"initial", "budget"} and line.initial and line.initial != line.budget:
        columns = ("budget",)
    set_amount(reading, Role(line=role.line, columns=columns), figure)
    return True
