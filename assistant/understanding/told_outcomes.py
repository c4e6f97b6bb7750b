"""Results told without a number: 采购都合规, 设备全部验收合格, 都按时交付 are rates of 100%."""

from __future__ import annotations

import re

from assistant.form.model import Indicator
from assistant.form.text import pairs
from assistant.form.units import standard
from assistant.understanding.clauses import split
from assistant.understanding.quantities import find_quantities
from assistant.understanding.reading import Reading
from assistant.understanding.row_facts import is_bad_event, mode_of
from assistant.understanding.row_matching import (
    content_of,
    is_date_row,
    mask_row_numbers,
    unit_of,
)

_OUTCOMES = tuple(
    (re.compile(told), named)
    for told, named in (
        (r"合规|合法|依法依规|符合(?:规定|程序|要求)|规范", r"合规|规范"),
        (r"合格|(?:通过|过)了?(?:竣工|质量)?验收|验收(?:都|也|全部?|均)?(?:通过|过关|没问题)", r"合格|验收"),
        (r"验收(?=了|完|$)|(?:全部?|都|均)(?:已经?)?验收", r"验收"),
        (r"达标", r"达标|合格"),
        (
            r"按[时期]|按(?:计划|合同|农时|节点)|如期|准时|没有?(?:延误|拖延|逾期|延期)",
            r"按[时期]|按农时|及时|准时|如期|计划完成",
        ),
        (r"及时|[当按][月天日季]|没有?拖欠|不拖欠|从不拖", r"及时|按时|按月"),
        (r"到位", r"到位"),
        (r"完好", r"完好"),
        (r"(?:运行|使用|运转)正常|正常(?:运行|使用|运转)", r"正常"),
        (r"准确|没有?差错|无差错|无误", r"准确"),
        (r"足额", r"足额"),
        (r"全覆盖|覆盖到位|(?:都|全部?|均)覆盖", r"覆盖"),
        (r"办结|办完", r"办结"),
        (r"(?:处理|处置|调处)(?:完|好|到位|掉|了|$)", r"处理|处置|调处"),
        (r"化解(?:完|好|到位|掉|了|$)", r"化解"),
        (r"(?:修复|修好)(?:完|好|到位|了|$)", r"修复"),
        (r"整改(?:完|到位|了|$)", r"整改"),
    )
)
"""What the words of a result are, and what the names of the rates hold that it is the whole of."""

_ALL = re.compile(r"都|全部?|均|一律|统统|所有|每[次个台件批]|[没无][^，]{0,2}(?:延误|差错|拖延|逾期)")
_CONCLUDED = re.compile(
    r"合格|合规|通过|过了|验收(?:了|完)|[按如][时期][\u3400-\u9fff]{1,2}了?$|到位了?$|办结|足额|全覆盖"
)
_HEDGED = re.compile(
    r"部分|基本|多数|大多|个别|有的|一些|少数|几[个家台]|除|只有|仅|差|缺|晚|迟|拖|(?<![彩B商])超(?!市|声)|不(?!动产|锈|误)|未|没(?!问题|有?(?:问题|差错|延误|拖延|逾期|延期))|还要|再"
)
_NONE_BAD = re.compile(r"[没无]有?一[个件台批次]不(?=合格|达标|合规)")
_NOT_TOLD = re.compile(
    r"率|因为|由于|原因|导致|措施|目标|指标|确保|保证|力争|争取|希望|应当?|要求|计划(?!完成)|打算|加强|为了|如果|(?<![主需重])要|改[成为]|[删加填写]|说明|^按|预算|总体"
)
_OTHERS = re.compile(r"其他|其它|其余|剩下|剩余|余下|各项|别的|以上|上述")
_FRAME = re.compile(
    r"都|全部?|均|一律|统统|所有的?|已经?|也|就|很|比较|质量|竣工|验收|检查|情况|结果|最后|各项|这[些批几]|完成|顺利|[的了和及与、，]"
)
_NEAR = re.compile(r"项目|工程|任务|工作|成果|事项|情况|完成|实施|率|政府|资料|数据")
_THINGS = {
    "设备": "个台套辆件架艘部把支",
    "装备": "个台套辆件架艘部把支",
    "物资": "个台套件吨批箱份袋",
    "货物": "个台套件吨批箱份袋",
}
"""Words of a name for things of many kinds, and the units in which such things are counted."""

_SATISFIED = re.compile(r"(?:都|很|非常|比较|挺|十分|普遍|一致)(?:很|挺|比较)?满意")


def read_outcomes(reading: Reading) -> None:
    """Gives a whole rate to the rows that have no result yet and whose outcome the message states of all.

    The words stay to be read: figures beside them are told as well.
    """
    for sentence in split(reading.text, reading.form.year):
        if _NOT_TOLD.search(reading.text[sentence.start : sentence.end]) and "措施" in reading.text:
            continue
        before = ""
        for clause in sentence.clauses:
            text = _without_figures(_NONE_BAD.sub("全部", clause.text))
            if clause.mood == "stated" and clause.when in ("", "present") and "除" not in before:
                _read_clause(reading, text, before)
            before += text


def _without_figures(text: str) -> str:
    for quantity in reversed(find_quantities(mask_row_numbers(text))):
        text = text[: quantity.start] + text[quantity.end :]
    return text


def _read_clause(reading: Reading, text: str, before: str) -> None:
    """Reads a clause without its figures; ``before``: those before it, which say of what an 都 is said."""
    if _NOT_TOLD.search(text) or _OTHERS.search(text) or mode_of(text, None, "") == "target":
        return
    subject = _subject(before)
    for part in re.split(r"、|并且|而且|(?<!合)并(?!网|轨)", text):
        found = [(told.search(part), name) for told, name in _OUTCOMES]
        matches = [(match, name) for match, name in found if match]
        if not matches or _HEDGED.search(part) or not (_ALL.search(part) or _CONCLUDED.search(part)):
            continue
        own = part[: min(match.start() for match, _ in matches)]
        subject = _subject(own) if _ALL.sub("", own) else subject
        _place(reading, subject, [name for _, name in matches], part)
    if _SATISFIED.search(text) and not _HEDGED.search(text):
        _ask_satisfaction(reading)


def _subject(text: str) -> str:
    return _NEAR.sub("", content_of(_FRAME.sub("", text)))


def _place(reading: Reading, subject: str, names: list[str], said: str) -> None:
    rows = _open_rates(reading)
    held = {n: sum(bool(re.search(name, row.name)) for name in names) for n, row in rows.items()}
    fitting = [n for n in rows if held[n]]
    if subject:
        fitting = _about(reading, subject + said, {n: rows[n] for n in fitting}, names)
    best = max((held[n] for n in fitting), default=0)
    for number in fitting:
        if held[number] == best:
            reading.set("indicators", number, "actual", "100%")
    if fitting:  # 投诉17起全部处理完: the count has told its part
        reading.unplaced = [one for one in reading.unplaced if _without_figures(one.text) != said]
    if not fitting and not subject and re.search("按[时期]|如期|准时", said):
        _ask_day(reading)


def _open_rates(reading: Reading) -> dict[int, Indicator]:
    return {
        n: row
        for n, row in enumerate(reading.form.indicators, 1)
        if not row.actual.strip()
        and unit_of(row) == "%"
        and "满意" not in row.name + row.level2
        and not is_bad_event(row)
        and "≤" not in row.target
    }


def _about(reading: Reading, subject: str, rows: dict[int, Indicator], names: list[str]) -> list[int]:
    """The rates of what the words speak of; else the one that is said of things of all kinds."""
    outcome = re.compile("|".join(names))
    cores = {n: outcome.sub("", row.name) for n, row in rows.items()}
    wanted = set(pairs(subject))
    shared = {n: len(wanted.intersection(pairs(core))) for n, core in cores.items()}
    most = max(shared.values(), default=0)
    if most:
        return [n for n in rows if shared[n] == most]
    general = [n for n, core in cores.items() if _is_general(reading, subject, _NEAR.sub("", core))]
    return general if len(general) == 1 else []


def _is_general(reading: Reading, subject: str, core: str) -> bool:
    """Whether a rate by its name is one of anything (任务, 项目), or of the class of things that is named."""
    units = next((units for word, units in _THINGS.items() if core.startswith(word)), None)
    if units is None:
        return not core
    wanted = set(pairs(subject))
    counted = [unit_of(row) for row in reading.form.indicators if wanted.intersection(pairs(row.name))]
    return any(unit and standard(unit) in units for unit in counted)


def _ask_day(reading: Reading) -> None:
    """都按时完成 cannot say on which day."""
    rows = [
        f"第{n}行“{row.name}”"
        for n, row in enumerate(reading.form.indicators, 1)
        if is_date_row(row) and not row.actual.strip()
    ]
    if rows:
        reading.remark(f"{'、'.join(rows)}要填实际的日期，请告诉我是哪一天完成的。")


def _ask_satisfaction(reading: Reading) -> None:
    told = any("满意" in row.name and row.actual.strip() for row in reading.form.indicators)
    waits = any("满意" in row.name and not row.actual.strip() for row in reading.form.indicators)
    if waits and not told and not re.search(r"满意[度率]?[^，。]{0,8}\d", reading.text):
        reading.remark("满意度要填调查得出的百分数，请告诉我是多少。")
