"""Rules on the names of indicators and on cells that must not stay empty."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.form.finding import Section, Severity
from assistant.form.model import BLANK, UNVERIFIED
from assistant.form.numerals import normal
from assistant.form.text import has_any, shortened
from assistant.form.value import Kind
from assistant.form.wording import FIELD_NAMES
from assistant.rules.cells import Cell
from assistant.rules.figures import figures_of_name
from assistant.rules.line import Line
from assistant.rules.phrasing import named, same_words
from assistant.rules.rows import is_of_process
from assistant.rules.rule import Case, Observation, rule
from assistant.rules.words import SURNAMES

_PREFIX = re.compile(
    r"^\s*(?:(?:三级)?指标\s*[0-9０-９一二三四五六七八九十①-⑳]+\s*[：:、.．]?"
    r"|[(（]?[0-9０-９]{1,2}(?:[)）、．]|[.:：](?!\d))|[①-⑳])\s*"
)
_PREFIX_STARTS = frozenset("三指(（0123456789０１２３４５６７８９①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_NUMBER = r"\d+(?:\.\d+)?\s*"
_TARGET = re.compile(
    # What any of these begins with is looked for first.
    rf"(?=[≥≤≧≦⩾⩽＞＜>＝=<不至控达为\d])(?:(?:[≥≤≧≦⩾⩽＞＜>＝=]|<(?!=?[^\d\s])|不低于|不少于|不小于|不超过|不高于|不大于|至少|控制在)[=＝]?\s*{_NUMBER}(?:[%％]|[一-鿿])?"
    rf"|(?:达到?|为)\s*{_NUMBER}[%％]|{_NUMBER}[%％]\s*(?:及)?以[上下内])"
)
_DIGIT = re.compile(r"\d")
_MUCH_THE_SAME = re.compile("好评|认可|支持率|获得感|幸福感|评价")
_MASK = r"[XxＸｘ×*＊_＿□○△]"
_PLACEHOLDER = re.compile(
    # The characters that any of these begins with, looked at first: they are rare.
    rf"(?=[【待此]|{_MASK})(?:{re.escape(BLANK)}|{re.escape(UNVERIFIED)}"
    rf"|(?<![A-Za-z0-9*＊/:.])(?:{_MASK})(?:\s?{_MASK})+(?![A-Za-z0-9*＊])"
    r"|(?:待填写?|待补充|此处填写)(?:[)）】\]]|$))"
)
_CLUES = ("【", "待填", "待补充", "此处填写", *"XxＸｘ×*＊_＿□○△")
"""Every placeholder has one of these: looked for one by one they are found faster than by the pattern."""
_MASKED_NAME = re.compile(rf"(?:^|[，。、；：:,;（( \n]|[和与及给为由])[{SURNAMES}][*＊×Xx某]{{1,2}}$")
_LIBRARY_PATTERN = re.compile(r"[≥≤≧≦＞＜<>=＝]{1,2}\s*[*＊]{2,}")
_ELLIPSIS = re.compile(r"[…\.。·]{2,}")
_LEFT_OVER = re.compile(r"^[^\S\n]*(?:(?:三级)?指标[^\n]{0,4}|[…\.。·]{2,})[^\S\n]*$", re.MULTILINE)
_LEFT_STARTS = frozenset("三指….。·")
_TO_FILL_IN = re.compile(r"[（(](?:限|不超过)?\d{2,4}字(?:以内|之内|左右|内)[)）][。.]?$", re.MULTILINE)
_TASK = re.compile("说明|填写|概述|描述|简述|分析|提出|对照")
"""What a template asks for, where its own words still stand in the cell."""
_EXECUTION = ("预算执行率", "预算执行情况", "资金执行率")
_OF_WHOLE_OFFICE = re.compile("(?:部门|单位)整体|整体(?:支出)?绩效")
_REQUIRED = (("project_name", Severity.ERROR), ("department", Severity.WARNING), ("unit", Severity.WARNING))


@rule("N001", Severity.NOTE)
def name_prefix(case: Case) -> Iterator[Observation]:
    """指标名称前留着模板的“指标1：”

    检查什么：三级指标名称以“指标”加序号或者单以序号（1.、（1）、①）开头。
    依据：自评表模板中的“指标1：”是填表示例
    为什么：序号不是名称的一部分，查找和比较同类指标时会认不出来。
    反例：
        indicators[1].name = 指标1：举办集中培训班期数
    正例：
        indicators[1].name = 举办集中培训班期数
    不检查什么：只有“指标1：”而没有名称的，见 placeholder。
    """
    for line in case.lines:
        prefix = _prefix(line.cells.name)
        if prefix and len(prefix) < len(line.cells.name.strip()):
            rest = line.cells.name[len(prefix) :].strip()
            yield Observation(
                f"“{shortened(rest)}”前留着模板的“{prefix.strip()}”。",
                "indicators",
                line.number,
                "name",
                printed=line.cells.name,
                expected=rest,
                hint=f"删去“{prefix.strip()}”，只留指标名称。",
            )


@rule("N002", Severity.NOTE)
def name_carries_target(case: Case) -> Iterator[Observation]:
    """指标名称里写了指标值

    检查什么：名称中出现符号加数值（满意率≥95%）、“不低于95%”“95%以上”这样的要求，或者与指标值相同的数量（新建24座）。
    依据：三级指标名称应简洁，不含数值和要求（财预〔2021〕101号，未核对原文）
    为什么：名称和指标值两处都写，改了一处忘了另一处，就会自相矛盾。
    反例：
        indicators[8].name = 参训教师满意度≥90%
        或
        indicators[2].name = 培训360名教师
        indicators[2].target = ≥360名
    正例：
        indicators[8].name = 参训教师满意度
    不检查什么：名称中说明对象的数（39人的采暖费、规模以上企业）。
    """
    for line in case.lines:
        if not _DIGIT.search(line.cells.name):
            continue
        found = _TARGET.search(line.cells.name)
        said = found[0].strip() if found else _own_target(line)
        if said:
            yield Observation(
                f"{named(line)}的名称里写了指标值“{said}”。",
                "indicators",
                line.number,
                "name",
                printed=line.cells.name,
                expected=(
                    _TARGET.sub("", line.cells.name) if found else line.cells.name.replace(said, "")
                ).strip(),
                hint="名称只写衡量什么，要求写到年度指标值一栏。",
            )


@rule("N003", Severity.WARNING)
def duplicate_indicator(case: Case) -> Iterator[Observation]:
    """同一张表里有两个名称相同的指标

    检查什么：去掉“指标1：”、标点和空格后，有没有名称相同的两行。
    依据：绩效指标不应重复设置（财预〔2021〕101号，未核对原文）
    为什么：同一件事计两次分；产出和效益下各写一次的，只能认一次。
    反例：
        indicators[6].name = 培训合格率
        indicators[6].target = ≥95%
        indicators[6].actual = 97.50%
    正例：
        indicators[6].name = 培训优秀率
        indicators[6].target = ≥30%
        indicators[6].actual = 36%
    不检查什么：意思相近而名称不同的指标，需要人判断。
    """
    first: dict[str, Line] = {}
    for line in case.lines:
        key = same_words(_without_prefix(line.cells.name))
        if not key:
            continue
        if key not in first:
            first[key] = line
            continue
        yield Observation(
            f"第{line.number}行{named(line)}与第{first[key].number}行名称相同。",
            "indicators",
            line.number,
            "name",
            printed=line.cells.name,
            expected="每个指标只出现一次",
            hint="删去重复的一行，或者把两行各自衡量的对象写进名称。",
        )


@rule("N004", Severity.WARNING)
def satisfaction_name(case: Case) -> Iterator[Observation]:
    """满意度指标的名称不是满意度

    检查什么：一级或二级指标是满意度，三级指标名称里却没有“满意”；写成“认可度”“好评率”这样的说法为提示。
    依据：满意度指标反映服务对象的满意程度（财预〔2021〕101号，未核对原文）
    为什么：把工作内容或“无投诉”填在满意度下，等于没有调查满意度。
    反例：
        indicators[8].name = 组织教师参加培训
    正例：
        indicators[8].name = 参训教师对课程的满意情况
    不检查什么：有没有真的做过问卷调查。
    """
    for line in case.filled:
        if "满意" not in line.cells.level1 + line.cells.level2:
            continue
        name = line.cells.name.strip()
        if name and "满意" not in name:
            near = _MUCH_THE_SAME.search(name) is not None
            yield Observation(
                f"满意度下的{named(line)}没有写成满意度。"
                if near
                else f"满意度下的{named(line)}不是满意度指标。",
                "indicators",
                line.number,
                "name",
                printed=name,
                expected="…满意度",
                hint="写成“谁对什么的满意度”；不是满意度的，移到产出或效益下。",
                severity=Severity.NOTE if near else None,
            )


@rule("N005", Severity.ERROR)
def placeholder(case: Case) -> Iterator[Observation]:
    """还有没替换的占位符

    检查什么：【待填】、【待核实】、XXX、***、××、____，只剩“指标1：”或“……”的格子，以及没有换掉的填表要求（……100字以内），全表都看；整行只有“指标1：”或“……”的，合并为一条提醒；
        指标名称里留着指标库的格式（≥**人）而指标值已填的，合并为一条提示。
    依据：自评表各项应如实填写完整（财预〔2020〕10号 单位自评要求，未核对原文）
    为什么：带着占位符的表不能报出。
    反例：
        goal.actual = 全年培训教师XXX人。
        或
        indicators[1].actual = 【待填】
    正例：
        goal.expected = 建成5G基站，覆盖A4级景区，培训教师360人，举办集中培训班6期。
    不检查什么：隐去姓名和号码的星号（王**、138****1234）。
    """
    held = case.cells.having(_PLACEHOLDER) if has_any(case.cells.text, _CLUES) else ()
    blanks = [cell for cell, _ in held]
    of_library = [cell for cell in blanks if _is_of_library(case, cell)]
    if of_library:
        yield _library_names(of_library)
    seen = [(cell, placeholder_in(cell.text)) for cell in blanks if cell not in of_library]
    seen += [(cell, _left_over(cell.field, cell.text)) for cell in _templates(case)]
    asked = case.cells.having(_TO_FILL_IN) if "字" in case.cells.text else ()
    seen += [(cell, found[0]) for cell, found in asked if _TASK.search(cell.text)]
    filled = {line.number for line in case.filled}
    spare = [line for line in case.lines if line.number not in filled and line.cells.name.strip()]
    if spare:
        yield _left_rows(spare)
    numbers = {line.number for line in spare}
    for cell, found in seen:
        if found and not (cell.section == "indicators" and cell.row in numbers):
            yield Observation(
                f"{_cell_name(case, cell.section, cell.row, cell.field)}还有没填的“{found}”。",
                cell.section,
                cell.row,
                cell.field,
                printed=shortened(cell.text, 60),
                expected="实际内容",
                hint=f"把“{found}”换成实际内容；核实过的，去掉标记。",
            )


@rule("N006", Severity.ERROR)
def required_missing(case: Case) -> Iterator[Observation]:
    """必填的格子是空的

    检查什么：项目名称、主管部门、实施单位，以及每个指标的名称和年度指标值，有没有空着的。
    依据：自评表各项应填写完整（财预〔2020〕10号 单位自评要求，未核对原文）
    为什么：缺了这些，别人不知道是哪个项目、考核什么。
    反例：
        project_name =
        或
        indicators[2].target =
    正例：
        project_name = 教师信息技术培训
    不检查什么：完成值、得分、总体目标和资金，它们各有规则；整行空白的行；指标值写在下面“其中”各行里的；决策、过程类指标和预算执行率的指标值；部门整体支出自评表的项目名称和实施单位。
    """
    of_whole = _OF_WHOLE_OFFICE.search(case.form.title)
    for field, severity in () if of_whole else _REQUIRED:
        if not getattr(case.form, field).strip():
            yield Observation(
                f"{FIELD_NAMES[field]}没有填。",
                "header",
                field=field,
                expected=FIELD_NAMES[field],
                hint=f"填写{FIELD_NAMES[field]}的全称。",
                severity=severity,
            )
    broken_down = set(case.parts.values())
    nothing = Kind.EMPTY
    for line in case.filled:
        if line.target.kind is not nothing and line.cells.name.strip():
            continue
        if not any((line.cells.name, line.cells.target, line.cells.actual, line.cells.score)):
            continue
        empty = [] if line.cells.name.strip() else ["name"]
        # The targets of a row that is broken down stand beside its parts.
        told = line.target.kind is not nothing or line.number in broken_down or _needs_no_target(line)
        empty += [] if told else ["target"]
        for field in empty:
            yield Observation(
                f"{named(line)}没有填{FIELD_NAMES[field]}。",
                "indicators",
                line.number,
                field,
                printed=getattr(line.cells, field),
                expected=FIELD_NAMES[field],
                hint=f"填写{FIELD_NAMES[field]}；不用的行请整行删去。",
            )


def _prefix(name: str) -> str:
    """What the template left before a name, with the blanks around it; ``""`` if nothing."""
    found = _PREFIX.match(name) if name.lstrip()[:1] in _PREFIX_STARTS else None
    return found[0] if found else ""


def _without_prefix(name: str) -> str:
    return name[len(_prefix(name)) :]


def _needs_no_target(line: Line) -> bool:
    """Whether a row has nothing to reach: how the project was run, or the execution of its budget."""
    return is_of_process(line.cells) or line.cells.name.strip() in _EXECUTION


def _left_rows(spare: Sequence[Line]) -> Observation:
    """One observation for all rows in which the template's own name is all there is."""
    rows = "、".join(str(line.number) for line in spare)
    names = "、".join(dict.fromkeys(f"“{line.cells.name.strip()}”" for line in spare))
    return Observation(
        f"第{rows}行是模板留下的空行（{names}），没有删去。",
        "indicators",
        spare[0].number,
        "name",
        printed=names,
        expected="没有空行",
        hint="用不着的行整行删去；要用的，把指标填写完整。",
        severity=Severity.WARNING,
    )


def _own_target(line: Line) -> str:
    """The target's number and unit as the name repeats them; ``""`` where it does not."""
    target = line.target
    if target.number is None or not target.unit:
        return ""
    plain_target = normal(line.cells.target).lstrip("≥≤=><")
    if plain_target[0].isdigit() and _stands_alone(plain_target, normal(line.cells.name)):
        return plain_target
    said = [figure for figure in figures_of_name(line.cells.name) if figure.unit]
    return next((f.printed for f in said if f.equals(target.number, target.unit_norm)), "")


def _is_of_library(case: Case, cell: Cell) -> bool:
    """Whether a name keeps the pattern of an indicator library (≥**人) while its target has the number."""
    if cell.section != "indicators" or cell.row is None or cell.field != "name":
        return False
    rest = _LIBRARY_PATTERN.sub("", cell.text)
    return (
        rest != cell.text and not placeholder_in(rest) and case.lines[cell.row - 1].target.number is not None
    )


def _library_names(cells: Sequence[Cell]) -> Observation:
    rows = "、".join(str(cell.row) for cell in cells)
    return Observation(
        f"第{rows}行的指标名称里留着指标库的格式（如“{shortened(cells[0].text, 40)}”），指标值已经填在后面。",
        "indicators",
        cells[0].row,
        "name",
        printed=shortened(cells[0].text, 60),
        expected="只写名称",
        hint="删去名称里的“≥**”一类格式。",
        severity=Severity.NOTE,
    )


def _stands_alone(number: str, text: str) -> bool:
    """True where ``number`` stands in ``text`` and is not the end of a longer number."""
    at = text.find(number)
    while at >= 0:
        if at == 0 or not (text[at - 1].isdecimal() or text[at - 1] == "."):
            return True
        at = text.find(number, at + 1)
    return False


def placeholder_in(text: str) -> str:
    """The placeholder in ``text``; ``""`` if none: a masked name (王**) is none."""
    for found in _PLACEHOLDER.finditer(text):
        if not _MASKED_NAME.search(text, 0, found.end()):
            return found[0]
    return ""


def _templates(case: Case) -> Iterator[Cell]:
    """The cells that begin as what a template leaves in them, which may be all they say."""
    for line in case.lines:
        cells = line.cells
        for field, text in (("name", cells.name), ("target", cells.target), ("actual", cells.actual)):
            if text.lstrip()[:1] in _LEFT_STARTS and _LEFT_OVER.search(text):
                yield Cell("indicators", line.number, field, text)
    if _LEFT_OVER.search(actual := case.form.goal.actual):
        yield Cell("goal", None, "actual", actual)


def _left_over(field: str, text: str) -> str:
    """What the template left in a cell that says nothing else."""
    whole = text.strip()
    if field in ("name", "target", "actual") and _ELLIPSIS.fullmatch(whole):
        return whole
    return whole if field == "name" and whole and not _without_prefix(whole).strip() else ""


def _cell_name(case: Case, section: Section, row: int | None, field: str) -> str:
    if section == "indicators" and row is not None:
        return f"{named(case.lines[row - 1])}的{FIELD_NAMES.get(field, '格子')}"
    if section == "goal":
        return "总体目标的实际完成情况" if field == "actual" else "年度总体目标"
    return FIELD_NAMES.get(field, "标题") if section in ("header", "title") else "这一格"


RULES = (
    name_prefix,
    name_carries_target,
    duplicate_indicator,
    satisfaction_name,
    placeholder,
    required_missing,
)
