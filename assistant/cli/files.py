"""Commands that score: check, rules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from pydantic import BaseModel

from assistant.cli.options import files_argument, json_option
from assistant.cli.output import print_json, print_problems, problems_json, write_together
from assistant.cli.table import TABLE
from assistant.documents.read import ReadResult, files_in, joined, read_each
from assistant.errors import AssistantError
from assistant.form.finding import Finding, Severity
from assistant.form.rounding import plain
from assistant.form.wording import SEVERITY_NAMES
from assistant.rules.check import Report, check_forms
from assistant.rules.profile import Profile, Setting, load_profile, profile_ids, profiles


@click.command(help=TABLE["check"].does)
@files_argument
@click.option("--profile", "profile_id", help="评分口径的编号，默认按表的年度和表式选用；用 rules 列出全部。")
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
        known = "；".join(f"{profile.id}（{profile.name}）" for profile in profiles())
        raise AssistantError(f"没有“{profile_id}”这个评分口径，可选：{known}。")
    paths = list(files_in(files))
    results = list(read_each(paths))
    result = joined(results)
    reports = (
        check_forms(result.forms, load_profile(profile_id) if profile_id else None, year)
        if result.forms
        else []
    )
    if report is not None:
        _write_report(reports, result, report)
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
    write_together(written, target)
    click.echo(f"批注稿{len(written)}份已写入 {target}", err=True)


def report_json(report: Report) -> dict[str, Any]:
    """A checked form in the contract's shape; decimals as numbers, null where no rule gives a score."""
    sheet = report.sheet.model_dump(mode="python", exclude={"profile", "profile_reason"})
    return {
        "project_name": report.form.project_name,
        "source": report.form.source.model_dump(),
        "profile": report.profile,
        "profile_title": load_profile(report.profile).title,
        "profile_reason": report.sheet.profile_reason,
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
    click.echo(f"  评分口径：{load_profile(report.profile).title}；{sheet.profile_reason}")
    click.echo(f"  填报总分 {printed}，按规则 {total} {sheet.grade_told}")
    for severity in Severity:
        for finding in report.findings:
            if finding.severity is severity:
                click.echo(f"  [{SEVERITY_NAMES[severity]}] {finding_line(finding)}")


def finding_line(finding: Finding) -> str:
    """A finding as one line: message, arithmetic, code."""
    arithmetic = f"（{finding.arithmetic}）" if finding.arithmetic else ""
    return f"{finding.message}{arithmetic} {finding.code}"


def _write_report(reports: list[Report], result: ReadResult, path: Path) -> None:
    # Imported here: the report writers load python-docx and openpyxl, which a plain check does not need.
    from assistant.reporting import write_report  # noqa: PLC0415

    path.write_bytes(write_report(reports, path.suffix.lower(), result.problems))
    click.echo(f"检查报告已写入 {path}", err=True)


@click.command(help=TABLE["rules"].does)
@click.argument("code", required=False)
@json_option
def rules(code: str | None, as_json: bool) -> int:
    """Prints the catalogue and the profiles, or one page: of a rule (code or name) or a profile (id)."""
    from assistant.rules.catalogue import NOT_CHECKED, RULES  # noqa: PLC0415

    if code in profile_ids():
        _print_profile(load_profile(code), as_json=as_json)
        return 0
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
        click.echo("\n评分口径：")
        for profile in profiles():
            click.echo(f"- {profile.title}")
        click.echo("\n不检查的条款：")
        for clause in NOT_CHECKED:
            click.echo(f"- {clause}")
    else:
        for rule in chosen:
            click.echo(f"{rule.code} {rule.name}（{SEVERITY_NAMES[rule.severity]}）")
            click.echo(f"依据：{rule.basis}\n\n{rule.contract}")
    return 0


def _print_profile(profile: Profile, *, as_json: bool) -> None:
    """Every parameter of a profile with its value, source, date and whether the source was read."""
    if as_json:
        print_json({"profile": profile.model_dump(mode="json")})
        return
    click.echo(f"{profile.title}\n")
    for name, setting in profile:
        if isinstance(setting, Setting):
            read = "已核对原文" if setting.verified else "未核对原文"
            click.echo(f"{name} = {_shown(setting.value)}\n    {setting.source}（{setting.date}，{read}）")
    click.echo("\n不检查的条款：")
    for clause in profile.not_checked:
        click.echo(f"- {clause}")


def _shown(value: object) -> str:
    """A setting's value on one line; — where the practice has none."""
    if isinstance(value, BaseModel):
        return "、".join(f"{name} {_shown(part)}" for name, part in value)
    if isinstance(value, tuple):
        return "、".join(_shown(part) for part in value) or "—"
    return "—" if value is None else str(value)
