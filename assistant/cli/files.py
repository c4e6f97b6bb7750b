"""Commands that need no library: read, check, export, rules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from assistant.cli.output import print_json, print_problems, problems_json
from assistant.documents.batch import named_apart, zipped
from assistant.documents.read import ReadResult, files_in, joined, read_each, read_paths
from assistant.errors import AssistantError
from assistant.form.finding import Finding, Severity
from assistant.form.model import Form
from assistant.form.rounding import plain
from assistant.form.wording import SEVERITY_NAMES
from assistant.rules.check import Report, check_forms
from assistant.rules.profile import load_profile, profile_ids

json_option = click.option("--json", "as_json", is_flag=True, help="只输出一份 JSON。")
files_argument = click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))


@click.command(help="读文件，列出其中的自评表。")
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


@click.command(help="检查自评表：重新计算每一分，列出问题。")
@files_argument
@click.option(
    "--profile", "profile_id", help="评分口径，默认按表的年度和版式选择。可选：见“系统”页或 rules。"
)
@click.option("--year", type=int, help="表的年度，默认从表中读出。")
@click.option(
    "--report", type=click.Path(path_type=Path, dir_okay=False), help="检查报告：.docx、.xlsx 或 .html。"
)
@click.option(
    "--copies",
    type=click.Path(path_type=Path),
    help="批注稿写到这个文件夹（或 .zip）：问题批注在原文件的格上，原文件不改动。",
)
@json_option
def check(
    files: tuple[Path, ...],
    profile_id: str | None,
    year: int | None,
    report: Path | None,
    copies: Path | None,
    as_json: bool,
) -> int:
    """Scores and checks forms; exit 1 where any finding is an error."""
    if profile_id is not None and profile_id not in profile_ids():
        raise AssistantError(f"没有“{profile_id}”这个评分口径，可选：{'、'.join(profile_ids())}。")
    paths = list(files_in(files))
    results = list(read_each(paths))
    result = joined(results)
    reports = (
        check_forms(result.forms, load_profile(profile_id) if profile_id else None, year)
        if result.forms
        else []
    )
    if report is not None:
        _write_report(reports, report)
    if copies is not None:
        _write_copies(paths, results, reports, copies)
    if as_json:
        print_json({"forms": [report_json(r) for r in reports], "problems": problems_json(result.problems)})
    else:
        for checked in reports:
            _print_report(checked)
    if print_problems(result):
        return 2
    return 1 if any(f.severity is Severity.ERROR for r in reports for f in r.findings) else 0


def _write_copies(paths: list[Path], results: list[ReadResult], reports: list[Report], target: Path) -> None:
    # Imported here, as the report writers are.
    from assistant.documents.review import reviewed_file  # noqa: PLC0415

    left = iter(reports)
    written: list[tuple[str, bytes]] = []
    for path, result in zip(paths, results, strict=True):
        checked = [(form, next(left).findings) for form in result.forms]
        made = reviewed_file(path.read_bytes(), checked) if checked else []
        names = (
            [f"{path.stem}-批注.docx"]
            if len(made) == 1
            else [f"{path.stem}-{number:02}-批注.docx" for number in range(1, len(made) + 1)]
        )
        written += zip(names, made, strict=True)
    _write_together(written, target)
    click.echo(f"批注稿{len(written)}份已写入 {target}", err=True)


def _write_together(files: list[tuple[str, bytes]], target: Path) -> list[Path]:
    """Files into a folder, or into one .zip; of equal names each gets its own."""
    if target.suffix.lower() == ".zip":
        target.write_bytes(zipped(files))
        return [target]
    target.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, content in named_apart(files):
        paths.append(target / name)
        paths[-1].write_bytes(content)
    return paths


def report_json(report: Report) -> dict[str, Any]:
    """A checked form in the contract's shape; decimals as numbers, null where no rule gives a score."""
    sheet = report.sheet.model_dump(mode="python", exclude={"profile"})
    return {
        "project_name": report.form.project_name,
        "source": report.form.source.model_dump(),
        "profile": report.profile,
        "profile_title": load_profile(report.profile).title,
        "year": report.year,
        "score": _numbers(sheet),
        "findings": [finding.model_dump(mode="json") for finding in report.findings],
    }


def _numbers(value: Any) -> Any:
    """Decimals as JSON numbers: the score sheet's figures are printed with at most four decimals."""
    if isinstance(value, dict):
        return {key: _numbers(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_numbers(part) for part in value]
    return float(value) if hasattr(value, "as_tuple") else value


def _print_report(report: Report) -> None:
    sheet = report.sheet
    total = plain(sheet.total_rule) if sheet.total_rule is not None else "无"
    printed = plain(sheet.total_printed) if sheet.total_printed is not None else "无"
    click.echo(f"\n■ {report.form.project_name or report.form.source.file}")
    click.echo(f"  评分口径：{load_profile(report.profile).title}")
    click.echo(f"  填报总分 {printed}，按规则 {total} {sheet.grade}")
    for severity in Severity:
        for finding in report.findings:
            if finding.severity is severity:
                click.echo(f"  [{SEVERITY_NAMES[severity]}] {finding_line(finding)}")


def finding_line(finding: Finding) -> str:
    """A finding as one line: message, arithmetic, code."""
    arithmetic = f"（{finding.arithmetic}）" if finding.arithmetic else ""
    return f"{finding.message}{arithmetic} {finding.code}"


def _write_report(reports: list[Report], path: Path) -> None:
    # Imported here: the report writers load python-docx and openpyxl, which a plain check does not need.
    from assistant.reporting import write_report  # noqa: PLC0415

    path.write_bytes(write_report(reports, path.suffix.lower()))
    click.echo(f"检查报告已写入 {path}", err=True)


@click.command(help="把自评表导出成正式版式（.docx、.xlsx，或装着全部 .docx 的 .zip）。")
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
        written = [str(path) for path in _write_together(files, target)]
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


@click.command(help="检查规则目录，或一条规则的说明。")
@click.argument("code", required=False)
@json_option
def rules(code: str | None, as_json: bool) -> int:
    """Prints the catalogue, or the page of one rule by its code or name."""
    from assistant.rules.catalogue import NOT_CHECKED, RULES  # noqa: PLC0415

    chosen = [r for r in RULES if code is None or code.lower() in (r.code.lower(), r.name)]
    if not chosen:
        raise AssistantError(f"没有编号或名称为“{code}”的规则，用 rules 列出全部。")
    if as_json:
        keys = ("code", "name", "severity", "basis", "contract")
        print_json({"rules": [{key: getattr(r, key) for key in keys} for r in chosen]})
    elif code is None:
        for rule in RULES:
            first = rule.contract.splitlines()[0] if rule.contract else ""
            click.echo(f"{rule.code}  {SEVERITY_NAMES[rule.severity]}  {rule.name}  {first}")
        click.echo("\n不检查的条款：")
        for clause in NOT_CHECKED:
            click.echo(f"- {clause}")
    else:
        for rule in chosen:
            click.echo(f"{rule.code} {rule.name}（{SEVERITY_NAMES[rule.severity]}）")
            click.echo(f"依据：{rule.basis}\n\n{rule.contract}")
    return 0
