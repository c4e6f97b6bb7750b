"""What is printed on the many editions of the form: labels (labels.yaml), and how to know them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

import yaml

from assistant.documents.celltext import LONGEST_LABEL, label_key
from assistant.errors import DefinitionError

GoalPart = Literal["expected", "actual"]

_FILE = Path(__file__).with_name("labels.yaml")
_TRANSFER_LABELS = ("转移支付", "中央主管部门", "地方主管部门", "资金使用单位")
_EXPLANATION = re.compile(r"偏差|偏离|未完成|未达|未实现|原因|改进措施")
_DEVIATION_FIGURE = re.compile(r"^是否|(?:偏差|偏离)(?:率|值|度|量|幅度|比例|程度|比率|大小)$")
"""A column that states how far the value is off, not why."""
_LONGEST_EXPLANATION = 30
_WEAK_LABELS = ("单位名称", "部门名称", "部门单位名称", "预算部门", "省级主管部门")
_LONGEST = 2 * LONGEST_LABEL
_OF_OTHERS = re.compile(
    r"上年|去年|上一年|历史|复核|审核|审定|复评|财政局|财政厅|抽查|核查|评价组|第三方|专家|标准|依据|解释|来源|编码"
)
"""Headers with these words are about something else than the office's own statement for the year."""
_LIKE_INDICATORS = (
    ("level1", re.compile(r"^一级")),
    ("level2", re.compile(r"^二级")),
    ("name", re.compile(r"^[三四]级|^(?:具体|明细)指标")),
    ("actual", re.compile(r"(?:完成|实现|实际)(?:值|数|情况|程度|结果)$|^(?:实际|自评)?(?:完成|实现)")),
    ("target", re.compile(r"(?:指标|目标|预期|计划|设定|绩效|标准)(?:数?值|数)$")),
    ("weight", re.compile(r"(?:分值|权重|满分)(?:分|数|值)?$|^(?:分值|权重)")),
    ("score", re.compile(r"(?:得分|评分|自评分数?|自评分值)$|^(?:自评)?得分")),
    ("sign", re.compile(r"指标(?:值)?(?:性质|符号|方向)$|(?:计算|比较|运算)(?:符号?|关系)$")),
    ("unit", re.compile(r"(?:度量|计量|指标值?)单位$")),
)
_LIKE_FUNDS = (
    ("initial", re.compile(r"年初.*(?:预算|批复|安排|下达)|批复数$")),
    ("rate", re.compile(r"(?:执行|支出|完成|支付)(?:率|比例|进度)$")),
    ("executed", re.compile(r"(?:执行|支出|支付|使用|完成)(?:数|额|金额)$|^实际(?:支出|执行|支付|使用)")),
    ("budget", re.compile(r"预算.*[数额]$|(?:调整|变更|变动|追加)后|(?:调整|变更|追加|年度?|最终)预算$")),
    ("weight", re.compile(r"(?:分值|权重|满分)")),
    ("score", re.compile(r"得分$|自评分")),
)
_LIKE_GOAL: tuple[tuple[GoalPart, re.Pattern[str]], ...] = (
    ("actual", re.compile(r"目标.{0,4}(?:完成|实现|达成)(?:情况|程度)?(?:综述|概述|说明|小结)?$")),
    ("actual", re.compile(r"^(?:全年|年度|总体|项目|实际)(?:实际)?完成情况(?:综述|概述|说明|小结)$")),
    ("expected", re.compile(r"(?:总体|年度|绩效|预期|设定|全年|计划|项目|工作|年初).{0,5}目标$")),
)
_TASK = re.compile(r"任务|主要内容|工作内容|(?:活动|事项|子项目|项目)(?:名称|内容)$")
_SOURCE = re.compile(r"中央|省|市|县|区|地|本级|上级|财政|单位|自筹|其他|其它|社会|银行|上年|结转")
_LONGEST_GOAL_LABEL = 14
_NUMBERED = re.compile(r"(?<=目标)[\d一二三四五六七八九]{1,2}$")
_LIKE_HEADER = (
    ("grade", re.compile(r"(?:自评|评价|评定|绩效|综合)(?:结果|得分|分数|对应|评定)*(?:等级|等次|档次)$")),
    ("department", re.compile(r"主管(?:预算)?(?:部门|单位)(?:名称)?$")),
    (
        "unit",
        re.compile(
            r"^(?:项目)?(?:用款|承担|承办|执行|建设|责任|[组织具体]*实施|管护)(?:单位|主体)(?:名称)?$"
        ),
    ),
)
SECOND_CHOICE = re.compile(r"年初|备注|说明|描述")
"""Headers that stand for a column only where no better one does."""

# What the label column at the left edge is made of, also where it is broken into single characters.
_LONGEST_SECTION_LABEL = 24
_SECTION_CHARACTERS = frozenset(
    "绩效指标项目年度完成情况支出总体资金预算执行目实际自评价财政投入使用万元全初设定的及与部门整(一二三)、:"
)
_TITLE = re.compile(r"(?:自评|绩效).{0,24}表(?:\(.{0,24}\))?$")
_NOT_TITLE = re.compile(r"^(?:注|备注|说明|附[件表]?\d*[:、]?\d*$|[一二三四五六七八九十]+、)|[。；;]")
_YEAR = re.compile(r"(?:19|20)\d{2}(?=年)|^\(?(?:19|20)\d{2}\)?$")
_YEAR_LINE = re.compile(
    r"^\(?(?:(?:19|20)\d{2}年度?|(?:20)?[_X×x]*年度|年度:(?:19|20)\d{2}年?)\)?$|^\((?:19|20)\d{2}\)$"
)
_NOTE = re.compile(r"^(?:注|备注|附注|说明|填[报表写]说明)\s*\d?[:、.]|^注\d?$|^\*|^※")
_PART = re.compile(r"^\(?(?:\d|[一二三四五六七八九十])[.、)].{2,24}(?:情况|概述|说明|综述)$|基本情况$")
_SIGNATURE = re.compile(
    r"^(?:填[报表]|联系|负责人|项目负责人|财务负责人|单位负责人|审核|制表|经办|评价人|复核|日期|电话)"
)
_AMOUNT = re.compile(r"[-—–/无]*|[¥￥]?-?\d[\d,.]*(?:%|万?元|万|亿元?|分)?")
_WIDE_BLANK = re.compile(r"[ \u3000]{2,}|\n")
_NUMBER_OF_PART = re.compile(r"^[一二三四五六七八九十]{1,2}、")
_MONEY_UNIT = re.compile(r"(?:\(|单位:?|金额:?)(?:人民币)?(万元|元)\)?")


@cache
def _names(group: str) -> dict[str, str]:
    """Label -> field of one group of labels.yaml. Raises DefinitionError where a label stands twice."""
    groups = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    names: dict[str, str] = {}
    for field, labels in groups[group].items():
        for label in labels:
            if label in names:
                raise DefinitionError(f"labels.yaml 的“{group}”里“{label}”出现了两次，请删去一处。")
            names[label] = field
    return names


def half_width(text: str) -> str:
    """NFKC without blanks: what patterns are matched against."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def field_of(text: str) -> str:
    """The Form field that a header label names, ``""`` for any other text."""
    return _field_of(text) if len(text) <= _LONGEST else ""


@lru_cache(maxsize=4096)
def _field_of(text: str) -> str:
    key = label_key(text)
    listed = _names("header").get(key, "")
    return listed or next((name for name, words in _LIKE_HEADER if words.search(key)), "")


def fund_like(text: str) -> str:
    """The FundLine field that an unlisted column header names by its words."""
    return _like(_LIKE_FUNDS, text)


def indicator_like(text: str) -> str:
    """The Indicator field that an unlisted column header names by its words."""
    return _like(_LIKE_INDICATORS, text)


@lru_cache(maxsize=8192)
def _like(known: tuple[tuple[str, re.Pattern[str]], ...], text: str) -> str:
    if len(text) > _LONGEST:
        return ""
    key = label_key(text)
    if not key or _OF_OTHERS.search(key):
        return ""
    return next((role for role, words in known if words.search(key)), "")


def is_weak_label(text: str) -> bool:
    """Whether the label names a field only where no better one does: 填报单位 or 责任单位 beside 实施单位."""
    key = label_key(text)
    return key.startswith("填报") or key in _WEAK_LABELS or key not in _names("header")


def label_before_colon(text: str) -> str:
    """What stands before a colon, or the whole text: the label of 项目名称：……"""
    ends = [end for colon in "：:" if (end := text.find(colon, 0, LONGEST_LABEL)) >= 0]
    return text[: min(ends)] if ends else text


def labelled_parts(text: str) -> list[str]:
    """Labels with their values in one text (项目名称：……  主管部门：……), one by one; ``[]`` for others."""
    parts = [part for part in _WIDE_BLANK.split(text) if part.strip()]
    for number, part in enumerate(parts):
        label = label_before_colon(part)
        if field_of(label) and (number == 0 or len(label) < len(part)):
            return parts
    return []


def is_part_label(text: str) -> bool:
    """Whether a text labels a block or a numbered part of one: 项目基本情况, 2.项目实施内容及过程概述."""
    return len(text) <= _LONGEST and bool(_PART.search(half_width(text)))


def is_transfer_label(text: str) -> bool:
    """Whether the label stands only on the form for 转移支付."""
    return label_key(text).startswith(_TRANSFER_LABELS)


def is_source(text: str) -> bool:
    """Whether a column header names where money comes from: 中央（万元）, 本级, 其他资金."""
    return bool(_SOURCE.match(label_key(text)))


def is_task_label(text: str) -> bool:
    """Whether a column header names tasks or what they are about."""
    return len(text) <= _LONGEST and bool(_TASK.search(label_key(text)))


def fund_role(text: str) -> str:
    """The FundLine field that a column header names, else ``""``."""
    return _names("funds").get(label_key(text), "") if len(text) <= _LONGEST else ""


def indicator_role(text: str) -> str:
    """The Indicator field (or ``sign``, ``unit``, ``actual_unit``) that a column header names."""
    return _indicator_role(text) if len(text) <= _LONGEST else ""


@lru_cache(maxsize=8192)
def _indicator_role(text: str) -> str:
    key = label_key(text)
    role = _names("indicators").get(key, "")
    if key and not role and _EXPLANATION.search(key) and len(key) <= _LONGEST_EXPLANATION:
        return "" if _DEVIATION_FIGURE.search(key) else "explanation"
    return role


def names_value(text: str) -> bool:
    """Whether a column header says that values stand below it: 实际完成值, not 完成情况."""
    return label_key(text).endswith(("值", "数"))


def goal_part(text: str) -> GoalPart | None:
    """Which half of 年度总体目标 a label heads, None for other texts."""
    part = _names("goal").get(_NUMBERED.sub("", label_key(text)))
    return "actual" if part == "actual" else "expected" if part == "expected" else None


def is_numbered_goal(text: str) -> bool:
    """Whether a label heads one of several goals, each with its own indicators: 年度目标2（40分）."""
    key = label_key(text)
    return bool(_NUMBERED.search(key)) and goal_part(text) == "expected"


def goal_like(text: str) -> GoalPart | None:
    """The same for an unlisted label, by its words; short goals can read alike: 完成年度目标."""
    part = goal_part(text)
    key = "" if part else label_key(text)
    if not key or len(key) > _LONGEST_GOAL_LABEL:
        return part
    return next((name for name, words in _LIKE_GOAL if words.search(key)), None)


def is_total(text: str) -> bool:
    """Whether the text is the label of the 总分 row."""
    if len(text) > _LONGEST:
        return False
    return _names("closing").get(label_key(_NUMBER_OF_PART.sub("", text.strip()))) == "total"


def is_remark(text: str) -> bool:
    """Whether the text is the label of a 说明/备注 row."""
    return _names("closing").get(label_key(text)) == "remark"


def is_section_label(text: str) -> bool:
    """Whether the text can be (a part of) a label of the left edge: 绩效指标, 项目资金, or just 绩."""
    return len(text) <= 2 * _LONGEST_SECTION_LABEL and _is_section_label(text)


@lru_cache(maxsize=4096)
def _is_section_label(text: str) -> bool:
    plain = half_width(text)
    return len(plain) <= _LONGEST_SECTION_LABEL and _SECTION_CHARACTERS.issuperset(plain)


def is_amount(text: str) -> bool:
    """Whether a cell holds a number, a dash for none, or nothing."""
    return bool(_AMOUNT.fullmatch(half_width(text)))


def is_title(text: str) -> bool:
    """Whether a line reads like a form's title: … 自评表, 绩效…表."""
    plain = half_width(text)
    return 4 <= len(plain) <= 60 and bool(_TITLE.search(plain)) and not _NOT_TITLE.search(plain)


def is_year_line(text: str) -> bool:
    """Whether a line is a form's year, filled in or blank: （2021年度）, （    年度）."""
    plain = half_width(text)
    return len(plain) <= 14 and bool(_YEAR_LINE.match(plain))


def is_note(text: str) -> bool:
    """Whether a line opens foot notes."""
    return bool(_NOTE.match(half_width(text[:12])))


def is_signature(text: str) -> bool:
    """Whether a line names who filled in or checked the form."""
    return bool(_SIGNATURE.match(half_width(text[:12])))


def year_in(text: str) -> int | None:
    """The first year (1900 to 2099) printed in ``text``."""
    found = _YEAR.search(half_width(text))
    return int(re.sub(r"\D", "", found.group())) if found else None


def money_unit_in(text: str) -> Literal["万元", "元"] | None:
    """The unit of amounts that a label states in brackets or after 单位, else None."""
    found = _MONEY_UNIT.search(half_width(text))
    if not found:
        return None
    return "元" if found.group(1) == "元" else "万元"
