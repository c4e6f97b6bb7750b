"""By what a form of a province with a practice of its own is known: never by one mark alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from assistant.form.amount import read_weight
from assistant.form.model import Form
from assistant.form.rounding import plain

_PROVINCES = {
    "省": (
        "河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 "
        "陕西 甘肃 青海"
    ),
    "市": "北京 天津 上海 重庆",
    "": "内蒙古 广西 西藏 宁夏 新疆",
}
_PROVINCE = re.compile(
    "|".join(f"(?:{names.replace(' ', '|')}){ending}" for ending, names in _PROVINCES.items())
)
_LABEL = re.compile("“([^”]*)”$")
_KINDS = ("项目类别", "项目属性", "项目类型")
_BOX = re.compile("[□☐☑√✓■▢口]")
_REASONS_OF_ALL = re.compile(r"偏差大.{0,3}目标未完成原因")
_BANDS_TO_HALF = re.compile(r"80%\s*[-—~～至]\s*50%|50%\s*[-—~～至]\s*0%")
_CLOSING = frozenset(("评价结论", "存在问题", "改进措施"))
_SOURCES = ("财政专户管理资金", "单位资金")
_CODE = re.compile(r"^51\d{4}\d{2}[A-Z]\d{6,}")


class Region(NamedTuple):
    """A province's practice: its profile, the province, and what speaks for it on a form, in Chinese.

    ``marks`` takes the form and the points that the profile gives to the execution rate.
    """

    profile: str
    province: str
    marks: Callable[[Form, Decimal], list[str]]


def region_of(form: Form, execution_of: Callable[[str], Decimal]) -> tuple[str, str] | None:
    """Profile and reason where a project form has two marks of one province's edition, else None.

    ``execution_of`` gives the points of the execution rate by a profile.
    A form whose title or offices name another province is not of it, whatever its layout.
    """
    if form.template != "project":
        return None
    for region in _REGIONS:
        marks = region.marks(form, execution_of(region.profile))
        if len(marks) > 1 and _provinces_named(form) <= {region.province}:
            return region.profile, f"{region.province}自评表的样式：{'、'.join(marks)}"
    return None


def _provinces_named(form: Form) -> set[str]:
    return set(_PROVINCE.findall(" ".join((form.title, form.department, form.unit))))


def _of_hubei(form: Form, execution: Decimal) -> list[str]:
    """预算执行20分 and 年度财政资金总额 go together there; other provinces have either."""
    totals = [row for row in form.funds if "财政" in row.label and "总额" in row.label]
    if not any(read_weight(row.weight) == execution for row in totals):
        return []
    marks = [f"预算执行{plain(execution)}分，只列年度财政资金总额"]
    kinds = [piece.place for piece in form.unplaced if piece.place in _KINDS and _BOX.search(piece.text)]
    if kinds:
        marks.append(f"{'、'.join(dict.fromkeys(kinds))}有选项框")
    if any(_REASONS_OF_ALL.search(piece.place + piece.text) for piece in form.unplaced):
        marks.append("表下有“偏差大或目标未完成原因分析”")
    if any(_BANDS_TO_HALF.search(text) for text in (form.remark, *form.notes)):
        marks.append("附注定性指标以80%、50%分档")
    return marks


def _of_sichuan(form: Form, _execution: Decimal) -> list[str]:
    """The closing texts, the sources and the project's code, each of which alone stands elsewhere too."""
    marks = []
    labels = {found[1] for piece in form.unplaced if (found := _LABEL.search(piece.place))}
    if labels >= _CLOSING:
        marks.append("表下有评价结论、存在问题、改进措施")
    if all(any(name in row.label for row in form.funds) for name in _SOURCES):
        marks.append("资金来源分财政专户管理资金、单位资金")
    if _CODE.match(form.project_name.strip()):
        marks.append("项目编码以51开头")
    return marks


_REGIONS = (Region("hubei", "湖北省", _of_hubei), Region("sichuan", "四川省", _of_sichuan))
