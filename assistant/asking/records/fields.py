"""What can be asked about: the fields of each sort of record, their names and places in the form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Sort = Literal["forms", "indicators", "funds", "findings"]
"""What a question counts or lists."""


@dataclass(frozen=True)
class Field:
    """``unit``: what numbers of the field are shown in, "" where the cell's own unit counts.

    ``section`` and ``cell``: the place in the form, "" for a whole row. ``computed``: printed nowhere.
    """

    id: str
    label: str
    unit: str = ""
    section: str = "header"
    cell: str = ""
    computed: bool = False


def _fields(*fields: Field) -> dict[str, Field]:
    return {field.id: field for field in fields}


_IDENTITY = (
    Field("form", "编号"),
    Field("project_name", "项目名称", cell="project_name"),
    Field("unit", "实施单位", cell="unit"),
    Field("department", "主管部门", cell="department"),
    Field("year", "年度", cell="year_line"),
)

FIELDS: dict[Sort, dict[str, Field]] = {
    "forms": _fields(
        *_IDENTITY,
        Field("title", "标题", section="title", cell="title"),
        Field("template", "表式"),
        Field("central_department", "中央主管部门", cell="central_department"),
        Field("year_line", "年度行", cell="year_line"),
        Field("remark", "说明", cell="remark"),
        Field("initial", "年初预算数", "万元", "funds", "initial"),
        Field("budget", "全年预算数", "万元", "funds", "budget"),
        Field("executed", "全年执行数", "万元", "funds", "executed"),
        Field("unspent", "未执行金额", "万元", "funds", "executed", computed=True),
        Field("overspent", "超出预算金额", "万元", "funds", "executed", computed=True),
        Field("adjusted", "预算调整额", "万元", "funds", "budget", computed=True),
        Field("adjusted_rate", "预算调整幅度", "%", "funds", "budget", computed=True),
        Field("rate", "执行率", "%", "funds", "rate", computed=True),
        Field("left_rate", "结余率", "%", "funds", "rate", computed=True),
        Field("rate_printed", "填报执行率", "%", "funds", "rate"),
        Field("rate_diff", "执行率填报与重算相差", "%", "funds", "rate", computed=True),
        Field("exec_weight", "执行率分值", "分", "funds", "weight"),
        Field("exec_score", "执行得分", "分", "funds", "score"),
        Field("exec_score_rule", "执行得分（重算）", "分", "funds", "score", computed=True),
        Field("exec_gap", "执行得分填报与重算相差", "分", "funds", "score", computed=True),
        Field("exec_diff", "执行得分填报与重算相差的绝对值", "分", "funds", "score", computed=True),
        Field("exec_lost", "执行扣分", "分", "funds", "score", computed=True),
        Field("weight_sum", "分值合计（含执行率分值）", "分", "total", "weight", computed=True),
        Field("total", "总分", "分", "total", "score"),
        Field("total_sum", "各项得分合计", "分", "total", "score", computed=True),
        Field("total_rule", "总分（按规则重算）", "分", "total", "score", computed=True),
        Field("total_gap", "填报与重算相差", "分", "total", "score", computed=True),
        Field("total_diff", "填报与重算相差的绝对值", "分", "total", "score", computed=True),
        Field("sum_diff", "总分与各项得分合计相差", "分", "total", "score", computed=True),
        Field("total_lost", "扣分", "分", "total", "score", computed=True),
        Field("grade", "等次", section="total", cell="score", computed=True),
        Field("indicator_count", "指标数", "个", "indicators", "", computed=True),
        Field("sources", "资金来源行数", "行", "funds", "", computed=True),
        Field("levels", "所设指标类别", "", "indicators", "", computed=True),
        Field("met_share", "完成指标比例", "%", "indicators", "", computed=True),
        Field("goal_expected", "预期目标", section="goal", cell="expected"),
        Field("goal_actual", "实际完成情况", section="goal", cell="actual"),
        Field("note", "总分备注", section="total", cell="note"),
    ),
    "indicators": _fields(
        *_IDENTITY,
        Field("row", "行", "", "indicators"),
        Field("level1", "一级指标", "", "indicators", "level1"),
        Field("level2", "二级指标", "", "indicators", "level2"),
        Field("name", "三级指标", "", "indicators", "name"),
        Field("target", "年度指标值", "", "indicators", "target"),
        Field("actual", "实际完成值", "", "indicators", "actual"),
        Field("weight", "分值", "分", "indicators", "weight"),
        Field("score", "得分", "分", "indicators", "score"),
        Field("rule_score", "得分（按规则重算）", "分", "indicators", "score", computed=True),
        Field("score_gap", "填报与重算相差", "分", "indicators", "score", computed=True),
        Field("lost", "扣分", "分", "indicators", "score", computed=True),
        Field("score_rate", "得分率", "%", "indicators", "score", computed=True),
        Field("completion", "完成值÷目标值", "%", "indicators", "actual", computed=True),
        Field("gap", "完成值与目标值之差", "", "indicators", "actual", computed=True),
        Field("met", "是否达到目标", "", "indicators", "actual", computed=True),
        Field("way", "要求方向", "", "indicators", "target", computed=True),
        Field("target_kind", "指标值类型", "", "indicators", "target", computed=True),
        Field("counted_in", "计量单位", "", "indicators", "target", computed=True),
        Field("actual_kind", "完成值类型", "", "indicators", "actual", computed=True),
        Field("target_unit", "指标值的计量单位", "", "indicators", "target", computed=True),
        Field("actual_unit", "完成值的计量单位", "", "indicators", "actual", computed=True),
        Field("target_sign", "指标值符号", "", "indicators", "target", computed=True),
        Field("explanation", "偏差原因分析及改进措施", "", "indicators", "explanation"),
        Field("reason", "写了原因", "", "indicators", "explanation", computed=True),
        Field("measure", "写了改进措施", "", "indicators", "explanation", computed=True),
    ),
    "funds": _fields(
        *_IDENTITY,
        Field("row", "行", "", "funds"),
        Field("label", "资金来源", "", "funds", "label"),
        Field("initial", "年初预算数", "万元", "funds", "initial"),
        Field("budget", "全年预算数", "万元", "funds", "budget"),
        Field("executed", "全年执行数", "万元", "funds", "executed"),
        Field("unspent", "未执行金额", "万元", "funds", "executed", computed=True),
        Field("overspent", "超出预算金额", "万元", "funds", "executed", computed=True),
        Field("rate", "执行率", "%", "funds", "rate"),
        Field("score", "得分", "分", "funds", "score"),
    ),
    "findings": _fields(
        *_IDENTITY,
        Field("rule", "规则", "", ""),
        Field("severity", "级别", "", ""),
        Field("section", "部分", "", ""),
        Field("place", "位置", "", ""),
        Field("message", "问题", "", ""),
        Field("printed", "填写", "", ""),
        Field("expected", "应为", "", ""),
        Field("arithmetic", "算式", "", ""),
    ),
}

COUNTERS: dict[Sort, str] = {"forms": "张", "indicators": "个", "funds": "行", "findings": "处"}
NOUNS: dict[Sort, str] = {"forms": "表", "indicators": "指标", "funds": "资金行", "findings": "问题"}


def field(of: Sort, name: str) -> Field:
    """A field by its name. Raises KeyError for a field that this sort of record does not have."""
    return FIELDS[of][name]
