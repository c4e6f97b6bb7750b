"""Headings and tables as .docx, .xlsx or .html: how check reports leave the program."""

from __future__ import annotations

from assistant.documents.report import Column, ReportPart, ReportTable
from assistant.documents.report_docx import docx_report
from assistant.documents.report_html import html_report
from assistant.documents.report_xlsx import xlsx_report
from assistant.errors import AssistantError

__all__ = ["Column", "ReportPart", "ReportTable", "write_parts"]


def write_parts(title: str, parts: tuple[ReportPart, ...], suffix: str) -> bytes:
    """The report as ``suffix`` (``.docx``, ``.xlsx``, ``.html``). Raises AssistantError for any other."""
    writers = {".docx": docx_report, ".xlsx": xlsx_report, ".html": html_report}
    if suffix not in writers:
        raise AssistantError(f"检查报告不能写成“{suffix}”，请用 .docx、.xlsx 或 .html。")
    return writers[suffix](title, parts)
