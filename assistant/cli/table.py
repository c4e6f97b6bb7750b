"""The commands by name: where each one is, and what it does in one line; read without loading any of them."""

from __future__ import annotations

from typing import NamedTuple


class Entry(NamedTuple):
    """A command: its module in this package, its name there, its help, and whether it reads files."""

    module: str
    name: str
    does: str
    reads: bool = False


TABLE = {
    "read": Entry("reading", "read", "读文件，列出其中的自评表。", reads=True),
    "check": Entry("files", "check", "检查自评表：重新计算每一分，列出问题。", reads=True),
    "import": Entry(
        "library", "import_forms", "把自评表导入项目库和检索索引；重复导入不会产生重复。", reads=True
    ),
    "search": Entry("library", "search", "检索相似的历史指标。"),
    "ask": Entry("asking", "ask", "就往年的表提问，回答带出处；材料里没有的就说没有。"),
    "draft": Entry(
        "library",
        "draft",
        "为一张未填完的表提出建议：目标值、偏差说明、指标、总体目标、自评概述。",
        reads=True,
    ),
    "export": Entry(
        "reading", "export", "把自评表导出成正式版式（.docx、.xlsx，或装着全部 .docx 的 .zip）。", reads=True
    ),
    "rules": Entry("files", "rules", "检查规则目录，或一条规则、一种评分口径的说明。"),
    "reindex": Entry("library", "reindex", "按数据库重建检索索引。"),
    "evaluate": Entry("library", "evaluate", "在项目自带的评测集上评测。"),
    "benchmark": Entry("benchmark", "benchmark", "测速：检查、读文件、检索、启动，与基准并列。"),
    "differences": Entry(
        "rules_difference", "differences", "规则改动前后，存着的表上多了、少了哪些问题；默认看随附的往年表。"
    ),
}
