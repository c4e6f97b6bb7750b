"""What the assistant says: short, friendly, official Chinese, one next step at a time."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.drafting.proposal import Proposal
from assistant.form.edit import Edit
from assistant.form.model import Form
from assistant.form.text import shortened
from assistant.form.wording import FIELD_NAMES

WELCOME = (
    "您好，我来帮您填写项目支出绩效自评表。请先说说这个项目：名称、单位、年度、预算和支出、今年打算做什么。"
    "例如“我们是市图书馆，2023年做全民阅读推广项目，预算30万元，实际花了28.5万元，去年办了10场，今年计划12场”。"
)
OPENED = "表已打开，您可以直接说要改什么，例如“第2行实际完成10场”。"
HELP = (
    "您可以用平常的话告诉我：\n"
    "· 项目情况：“项目名称是…，主管部门是…，2023年度，预算60万元，花了58万元”\n"
    "· 完成情况：“培训人数实际完成88人，满意度92%”\n"
    "· 修改：“把满意度目标改成95%”“不对，是88人”“删掉第3行”“加一个指标：培训班次不少于3期”\n"
    "· 原因：“没完成是因为疫情停课，下一步改为线上培训”\n"
    "· 提问：“为什么扣分”“第3行怎么算的”“还差什么”\n"
    "我的建议都会先列成卡片，您点“采纳”或回复“确认”才写进表里；写错了说“撤销”。"
)
EMPTY = "您还没有输入内容。可以说说项目情况，或说“帮助”看看怎么用。"
THANKS = "不客气。"
GREETING = "您好！"
EXPORT = "请点表格右上方的导出按钮，可以下载正式的Word表或Excel表。"
UNCHANGED = "表没有改动。"
HOW_TO_UNDO = "回复“撤销”，或点表格上方的“撤销”，就回到上一步。"
_NOT_UNDERSTOOD = (
    "没有写进表里：“{said}”，这句话我没有看懂。可以这样说：“预算60万元，花了58万元”“培训人数实际完成88人”"
    "“把满意度目标改成95%”“第3行怎么算的”。"
)
NO_ANSWER = "这个问题我在这里答不上来。关于这张表，可以问“总分多少”“为什么扣分”“第3行怎么算的”“还差什么”。"
AS_PRECEDENT = "往年的情况我记下了，只作参考，不写进今年的表。"
HEARD = "好的，我记下了。"
SAME = "表里已经是这样，没有要改的。"
WRITTEN = "好的，已写入。"
DESCRIBE_FIRST = (
    "好的。请先用一句话说说这个项目要做什么，例如“市民政局2023年给2000户低保家庭发放取暖补贴，预算600万元”，"
    "我就按它拟出全部指标。"
)
CARDS_WAIT = "已经建议的{count}个指标还等您决定：请在卡片上点“采纳”或“不用”，也可以回复“全部采纳”。"
NOTHING_MORE = "没有更多合适的指标了。您想加哪一个，可以直接说“加一个指标：…不少于…”。"
WHICH_TO_CHANGE = (
    "要换哪一个？还没定的，在那张卡片上点“修改”或“不用”；已经在表里的，说“删掉第3行”“再来一个质量指标”。"
)
RESTARTED = "好的，表已清空，从头来；想恢复就说“撤销”。"
PUT_OFF = "好的，先空着。"
UNSURE = "还有{count}项没有往年数据作依据：{names}。请看过卡片再定；都要的话，再回复一次“全部采纳”。"
NOTHING_TO_SUGGEST = "指标和指标值已经齐了，没有要补的。"
NOTHING_TO_UNDO = "没有可以撤销的修改。"
UNDONE = "已撤销，表回到上一步。"
NOTHING_PENDING = "现在没有等您确认的内容。"
WHICH_CARD = "有{count}项建议等您决定：请在卡片上点“采纳”或“不用”，也可以回复“全部采纳”。"
REJECTED = "好的，没有写进表里。请告诉我正确的内容。"
NO_PAST_FORM = (
    "项目库里没有找到“{name}”往年的自评表，没法照去年的填。"
    "可以在“项目库”导入去年的表，或者直接告诉我今年的指标，例如“今年计划培训100人”。"
)
NO_NAME = "要照去年的来，请先告诉我项目名称。"
NO_SUMMARY = "写自评概述要先知道结果：请先说说各项指标的完成情况。"
NO_GOAL = "写总体目标要先有项目名称和至少三项带指标值的指标，其中要有数量指标。"
SAME_GOAL = "总体目标的文字已经和各项指标一致。"
NEEDS_MODEL = "模型没有用上（{reason}），这一轮按规则读取。"
_NAMED = 8
LATER = "您之前说过的完成情况，现在有对应的指标了，请核对："


_QUOTED = 40


def not_understood(said: str) -> str:
    """That a message was not understood, with its beginning, so that nothing is lost unseen."""
    return _NOT_UNDERSTOOD.format(said=shortened(said, _QUOTED))


def noted(form: Form, edits: Sequence[Edit]) -> str:
    """That facts were read and wait to be confirmed."""
    names = _names(form, edits)
    listed = "、".join(names[:_NAMED]) + ("等" if len(names) > _NAMED else "")
    return f"我读到了：{listed}。请核对卡片，没问题就点“采纳”，或回复“确认”。"


def _names(form: Form, edits: Sequence[Edit]) -> list[str]:
    """What the edits are about: the rows of one field together, a source of money only where it is news."""
    total = {edit.location.field for edit in edits if edit.location.section == "funds" and _at(edit) == 1}
    rows: dict[str, list[str]] = {}
    names: list[str] = []
    for edit in edits:
        at = edit.location
        if at.field == "year_line" or (at.section == "funds" and _at(edit) > 1 and at.field in total):
            continue
        if edit.operation == "set" and at.section == "indicators" and at.row is not None:
            rows.setdefault(at.field, []).append(str(at.row))
        else:
            names.append(_name(form, edit))
    names += [f"第{'、'.join(numbers)}行的{FIELD_NAMES.get(field, field)}" for field, numbers in rows.items()]
    return list(dict.fromkeys(names))


def _at(edit: Edit) -> int:
    return edit.location.row or 0


def summary(form: Form, edits: Sequence[Edit]) -> str:
    """Facts as lines of a card: 项目名称：…"""
    return "\n".join(_line(form, edit) for edit in edits if edit.location.field != "year_line")


def suggested(proposals: Sequence[Proposal]) -> str:
    """What cards besides the facts were made."""
    counts = {
        kind: sum(one.kind == kind for one in proposals) for kind in dict.fromkeys(p.kind for p in proposals)
    }
    wordings = {
        "indicator": "按项目情况和往年相近的项目，建议了{n}个指标，依据在卡片里，请逐项采纳、修改或不用。",
        "target": "有{n}行的指标值给出了建议，依据在卡片里。",
        "explanation": "有{n}处偏差需要说明，写法已拟好；标着“待填”的原因请告诉我，我来补上。",
        "goal": "总体目标的文字也拟好了{n}段，和指标一致，请看看。",
        "weights": "各行分值按评分标准分配好了，请看看是否合适。",
        "summary": "自评概述写好了，数字都由表中数据算出；采纳后写入表下的备注，也可以从卡片里复制。",
    }
    texts = [wordings[kind].format(n=n) for kind, n in counts.items() if kind in wordings]
    if counts.get("explanation") and not any(
        "【待填" in one.new for one in proposals if one.kind == "explanation"
    ):
        texts = [
            text.split("；")[0] + "，请看看是否合适。" if "偏差需要说明" in text else text for text in texts
        ]
    return "".join(texts)


def filled(cards: Sequence[Proposal]) -> str:
    """That what was told stands on the cards of new rows now."""
    names = "、".join(
        f"“{one.edits[0].indicator.name}”" for one in cards if one.edits[0].indicator is not None
    )
    return f"{names}的内容已按您说的填在卡片里，请看看。" if names else ""


def withdrawn(names: Sequence[str]) -> str:
    """That rows which wait on cards are taken away as told."""
    listed = "”“".join(names)
    return f"好的，不列“{listed}”。" if names else ""


_TELLS = re.compile(r"[了坏没不被把]|因为|所以")
"""Words of a statement that is no name of an indicator."""


def unplaced(parts: Sequence[str]) -> str:
    """That figures were stated for which the form has no row."""
    listed = "”“".join(parts[:3])
    how = "请说明是第几行" + ("。" if _TELLS.search(parts[0]) else f"，或说“加一个指标：{parts[0]}”。")
    return f"没有写进表里：“{listed}”，表里没有对应的指标。{how}"


def missed(sentences: Sequence[str]) -> str:
    """That parts of a message were not understood."""
    listed = "”“".join(sentences[:3])
    return f"没有写进表里：“{listed}”，这句没看懂。请换个说法，例如“第2行实际完成88人”。" if sentences else ""


def still_open(count: int, question: str) -> str:
    """That cards wait, with what the first of them asks."""
    return f"还有{count}项建议等您决定。{question}" if question else WHICH_CARD.format(count=count)


def accepted(count: int) -> str:
    """That several cards were taken over."""
    return f"已采纳{count}项，得分已重算。"


def drafted_name(name: str) -> str:
    """The name that is proposed for a project that has none."""
    return f"项目名称拟为“{name}”，可以吗？可以就回复“可以”，不合适就直接说名称。"


def declined(card: Proposal) -> str:
    """That a card is dropped."""
    row = card.edits[0].indicator
    return f"好的，不列“{row.name}”。" if row is not None else "好的，这一项不用。"


def dropped(names: Sequence[str]) -> str:
    """That rows which nobody took over were left out."""
    listed = "”“".join(names)
    return f"“{listed}”还没有采纳，先不列入表里；要列就说“加一个指标：{names[0]}…”。" if names else ""


def how_to_answer(card: Proposal) -> str:
    """How to go on where the question of a card cannot be answered now."""
    if card.kind == "indicator":
        return "（没有这项就回复“不用”，以后再定就回复“跳过”）"
    return "（现在说不清就回复“跳过”）" if card.kind == "explanation" else ""


def _name(form: Form, edit: Edit) -> str:
    at = edit.location
    if edit.operation == "delete":
        return f"删除第{at.row}行“{edit.old}”"
    if edit.indicator is not None:
        return f"新增“{edit.indicator.name}”"
    if edit.fund is not None:
        return edit.fund.label
    label = _LABELS.get((at.section, at.field)) or FIELD_NAMES.get(at.field, at.field)
    if at.section == "indicators":
        return f"第{at.row}行{label}"
    if at.section == "funds" and at.row is not None and 1 < at.row <= len(form.funds):
        return f"{form.funds[at.row - 1].label.removeprefix('其中：')}的{label}"
    return label


_LABELS = {
    ("header", "year"): "年度",
    ("header", "money_unit"): "金额单位",
    ("goal", "actual"): "目标实际完成情况",
    ("total", "note"): "总分行说明",
}


def _line(form: Form, edit: Edit) -> str:
    if edit.operation == "delete":
        return _name(form, edit)
    if edit.indicator is not None:
        row = edit.indicator
        told = "，".join(part for part in (row.target, row.actual and f"实际{row.actual}") if part)
        return f"{_name(form, edit)}（{row.level2}）" + (f"：{told}" if told else "")
    return (
        f"{_name(form, edit)}：{edit.new or '（清空）'}"
        if edit.fund is None
        else f"新增资金行：{edit.fund.label}"
    )
