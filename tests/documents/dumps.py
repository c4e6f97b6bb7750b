"""Text dumps of Word tables, written the way the forms come in: one cell a line, blank lines between rows."""

from __future__ import annotations

from collections.abc import Sequence

HEADER = [
    "绩\n效\n指\n标",
    "一级指标",
    "二级指标",
    "三级指标",
    "年度\n指标值",
    "实际\n完成值",
    "分值",
    "得分",
    "偏差原因分析及改进措施",
]
FUNDS = ["项目资金\n（万元）", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"]


def dump(rows: Sequence[Sequence[str]]) -> str:
    """Each cell on a new line after a TAB, each row followed by a blank line."""
    return "".join("".join(f"\t{cell}\n" for cell in row) + "\n" for row in rows)


def form_rows(name: str = "公共图书馆开放补助", title: str = "项目支出绩效自评表") -> list[list[str]]:
    """A complete form of the project template."""
    return [
        *([[title]] if title else []),
        ["项目名称", name],
        ["主管部门", "某市文化和旅游局", "实施单位", "某市图书馆"],
        FUNDS,
        ["", "年度资金总额", "80", "80", "76", "10", "95%", "9.5"],
        ["", "其中：当年财政拨款", "80", "80", "76", "—", "", "—"],
        ["", "  上年结转资金", "", "", "", "—", "", "—"],
        ["年度总体目标", "预期目标", "实际完成情况"],
        ["", "全年免费开放，办好读书活动。", "全年开放310天，办活动22场。"],
        HEADER,
        ["", "产出指标", "数量指标", "读书活动场次", "≥20场", "22场", "20", "20", ""],
        [
            "",
            "",
            "",
            "新增图书册数",
            "≥5000册",
            "4800册",
            "20",
            "19.2",
            "采购周期延长。\n改进措施：提前招标。",
        ],
        ["", "", "质量指标", "图书上架合格率", "≥98%", "99%", "10", "10", ""],
        ["", "效益指标", "社会效益\n指标", "市民阅读氛围", "有效改善", "有效改善", "30", "30", ""],
        ["", "满意度指标", "服务对象满意度指标", "读者满意度", "≥90%", "96%", "10", "10", ""],
        ["总分", "100", "98.7", ""],
    ]
