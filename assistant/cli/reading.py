"""Commands that only read and write files: read, export."""

from __future__ import annotations

from pathlib import Path

import click

from assistant.cli.options import files_argument, json_option
from assistant.cli.output import print_json, print_problems, problems_json, write_together
from assistant.cli.table import TABLE
from assistant.documents.read import read_paths
from assistant.errors import AssistantError
from assistant.form.model import Form


@click.command(help=TABLE["read"].does)
@files_argument
@json_option
def read(files: tuple[Path, ...], as_json: bool) -> int:
    """Prints the forms that the files hold."""
    result = read_paths(files)
    if as_json:
        print_json({"forms": [f.to_json() for f in result.forms], "problems": problems_json(result.problems)})
    else:
        for form in result.forms:
            click.echo(
                f"{form.source.file} 第{form.source.position}张：{form.project_name or '（无项目名称）'}"
                f"，{form.unit}，指标{len(form.indicators)}条"
            )
    return print_problems(result)


@click.command(help=TABLE["export"].does)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="输出文件，默认同名 .docx。"
)
@json_option
def export(file: Path, output: Path | None, as_json: bool) -> int:
    """Writes each form of FILE (or folder) in the official layout; several forms get numbered names."""
    result = read_paths([file])
    if not result.forms:
        return print_problems(result) or 2
    target = output or Path(file.with_suffix(".docx").name)
    written = []
    if target.suffix.lower() == ".zip":
        files = [
            (f"{form.project_name or target.stem}.docx", _export_bytes(form, ".docx"))
            for form in result.forms
        ]
        written = [str(path) for path in write_together(files, target)]
    else:
        for number, form in enumerate(result.forms, 1):
            path = target if len(result.forms) == 1 else target.with_stem(f"{target.stem}-{number:02}")
            path.write_bytes(_export_bytes(form, path.suffix.lower()))
            written.append(str(path))
    if as_json:
        print_json({"files": written})
    else:
        for name in written:
            click.echo(name)
    return print_problems(result)


def _export_bytes(form: Form, suffix: str) -> bytes:
    # Imported here: python-docx and openpyxl load slowly and only this command needs them.
    from assistant.documents.write_docx import write_docx  # noqa: PLC0415
    from assistant.documents.write_xlsx import write_xlsx  # noqa: PLC0415

    writers = {".docx": write_docx, ".xlsx": write_xlsx}
    if suffix not in writers:
        raise AssistantError(f"不能导出成“{suffix}”，请用 .docx 或 .xlsx 作为输出文件的扩展名。")
    return writers[suffix](form)
