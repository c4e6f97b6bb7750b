"""An answer's table as a workbook."""

from __future__ import annotations

from assistant.asking.answering.answer import Answer
from assistant.documents.write_report import ReportPart, ReportTable, write_parts

_SHEET = "问答结果"
_WIDE, _NARROW = 8, 4


def write_answer(question: str, answer: Answer) -> bytes:
    """The table as .xlsx, every cell text; the question and the answer are its first row."""
    columns = answer.table.columns
    widths = [
        _WIDE if any(len(row[at]) > 12 for row in answer.table.rows) else _NARROW
        for at in range(len(columns))
    ]
    rows = tuple(
        (f"第{form}号表", row) for (form, _), row in zip(answer.table.places, answer.table.rows, strict=True)
    )
    about = ReportTable(
        heading="问题", columns=(("问题", _WIDE), ("回答", _WIDE)), rows=((question, answer.answer),)
    )
    parts = [ReportPart(heading="问答", tables=(about,))]
    headed = tuple(zip(columns, widths, strict=True))
    parts += [
        ReportPart(heading=where, tables=(ReportTable(heading=_SHEET, columns=headed, rows=(row,)),))
        for where, row in rows
    ]
    return write_parts("问答", tuple(parts), ".xlsx")
