"""Small .docx files for tests: WordprocessingML as office programs write it, not as our writer does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from assistant.documents.docx_package import W, pack


@dataclass(frozen=True)
class C:
    """A cell: text or ready-made content, columns taken, ``down``: "start" or "go on" of a vertical merge."""

    text: str = ""
    wide: int = 1
    down: str = ""
    xml: str = ""


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(text: str = "", xml: str = "", style: str = "") -> str:
    """A paragraph of one run, or with ready-made content."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{xml or run(text)}</w:p>"


def _cell(cell: str | C) -> str:
    made = cell if isinstance(cell, C) else C(cell)
    merge = {"start": '<w:vMerge w:val="restart"/>', "go on": "<w:vMerge/>", "": ""}[made.down]
    span = f'<w:gridSpan w:val="{made.wide}"/>' if made.wide > 1 else ""
    content = made.xml or "".join(paragraph(line) for line in made.text.split("\n"))
    return f'<w:tc><w:tcPr><w:tcW w:w="1000" w:type="dxa"/>{span}{merge}</w:tcPr>{content}</w:tc>'


def table(rows: Sequence[Sequence[str | C]]) -> str:
    """A table; the grid itself is left out, as readers must not depend on it."""
    return (
        "<w:tbl><w:tblPr/>" + "".join(f"<w:tr>{''.join(map(_cell, row))}</w:tr>" for row in rows) + "</w:tbl>"
    )


def document(*blocks: str) -> bytes:
    """A .docx of paragraphs and tables."""
    body = "".join(blocks)
    return pack(f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'.encode())


def official(
    header: Sequence[str | C] | None = None, rows: Sequence[Sequence[str | C]] | None = None
) -> list[Sequence[str | C]]:
    """The rows of a small project form, as Word merges them; ``header`` and ``rows`` are the indicators."""
    return [
        [C("项目名称", 2), C("学校操场改造", 7)],
        [C("主管部门", 2), C("某县教育局", 3), "实施单位", C("某县第一中学", 3)],
        [
            C("项目资金\n（万元）", 2, "start"),
            C("", 1),
            "年初预算数",
            "全年预算数",
            "全年执行数",
            "分值",
            "执行率",
            "得分",
        ],
        [C("", 2, "go on"), "年度资金总额", "60", "60", "57", "10", "95%", "9.5"],
        [C("", 2, "go on"), "其中：财政拨款", "60", "60", "57", "—", "", "—"],
        [C("年度总体目标", 1, "start"), C("预期目标", 4), C("实际完成情况", 4)],
        [C("", 1, "go on"), C("改造操场一处。\n按期投用。", 4), C("已改造并投用。", 4)],
        header
        or [
            C("绩效指标", 1, "start"),
            "一级指标",
            "二级指标",
            "三级指标",
            "年度指标值",
            "实际完成值",
            "分值",
            "得分",
            "偏差原因分析及改进措施",
        ],
        *(
            rows
            or [
                [
                    C("", 1, "go on"),
                    C("产出\n指标", 1, "start"),
                    C("数量指标", 1, "start"),
                    "改造面积",
                    "≥8000平方米",
                    "8100平方米",
                    "30",
                    "30",
                    "",
                ],
                [
                    C("", 1, "go on"),
                    C("", 1, "go on"),
                    C("", 1, "go on"),
                    "更换器材",
                    "=12套",
                    "10套",
                    "20",
                    "16.67",
                    "到货延迟。\n改进措施：催交。",
                ],
                [
                    C("", 1, "go on"),
                    "效益指标",
                    "社会效益指标",
                    "学生体育活动条件",
                    "改善",
                    "改善",
                    "30",
                    "30",
                    "",
                ],
                [
                    C("", 1, "go on"),
                    "满意度指标",
                    "服务对象满意度指标",
                    "师生满意度",
                    "≥90%",
                    "95%",
                    "10",
                    "10",
                    "",
                ],
            ]
        ),
        [C("总分", 6), "100", "96.17", ""],
    ]
