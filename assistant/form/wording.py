"""The official Chinese terms of severities, sections and fields, and a place of the form in words."""

from __future__ import annotations

from assistant.form.finding import Location, Severity
from assistant.form.model import Form

SEVERITY_NAMES = {Severity.ERROR: "错误", Severity.WARNING: "提醒", Severity.NOTE: "提示"}
SECTION_NAMES = {
    "title": "标题",
    "header": "基本信息",
    "funds": "项目资金",
    "goal": "年度总体目标",
    "indicators": "绩效指标",
    "weights": "分值",
    "total": "总分",
    "structure": "指标结构",
    "cost": "成本指标",
}
NO_NAME = "（未填项目名称）"
"""Stands where a form's project has no name yet."""

FIELD_NAMES = {
    "project_name": "项目名称",
    "department": "主管部门",
    "unit": "实施单位",
    "central_department": "中央主管部门",
    "year_line": "年度",
    "year": "年度",
    "money_unit": "金额单位",
    "remark": "说明",
    "grade": "自评等级",
    "label": "资金来源",
    "initial": "年初预算数",
    "budget": "全年预算数",
    "executed": "全年执行数",
    "rate": "执行率",
    "expected": "预期目标",
    "level1": "一级指标",
    "level2": "二级指标",
    "name": "三级指标",
    "target": "年度指标值",
    "actual": "实际完成值",
    "weight": "分值",
    "score": "得分",
    "explanation": "偏差原因分析及改进措施",
    "note": "备注",
}


def place_name(form: Form, location: Location) -> str:
    """A place in words: ``绩效指标第3行“资金拨付及时率”实际完成值``."""
    words = SECTION_NAMES[location.section]
    if location.row is not None:
        words = f"{'另有分值的' if location.section == 'weights' else words}第{location.row}行"
        rows = {
            "indicators": [i.name for i in form.indicators],
            "funds": [f.label for f in form.funds],
            "weights": [o.name for o in form.other_scores],
        }
        labels = rows.get(location.section, [])
        if 1 <= location.row <= len(labels) and labels[location.row - 1]:
            words += f"“{labels[location.row - 1]}”"
    if location.section == "goal" and location.field == "actual":
        return words + "实际完成情况"
    return words + FIELD_NAMES.get(location.field, "")
