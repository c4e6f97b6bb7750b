"""differences: which findings on stored forms a change of rules adds or removes."""

from __future__ import annotations

import json
from pathlib import Path

import click

from assistant.cli.library import open_library_forms
from assistant.cli.options import json_option
from assistant.cli.output import print_json, print_problems
from assistant.cli.table import TABLE
from assistant.documents.read import ReadResult, read_paths
from assistant.errors import AssistantError
from assistant.form.finding import Severity
from assistant.form.wording import SEVERITY_NAMES
from assistant.rules.check import check_forms
from assistant.rules.snapshot import Difference, Seen, Snapshot, difference, read_snapshot, snapshot
from vectorstore.corpus import bundled_forms


@click.command(help=TABLE["differences"].does)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--library", is_flag=True, help="看项目库中的全部表。")
@click.option(
    "--since", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="与这份快照比较。"
)
@click.option(
    "--write", "target", type=click.Path(path_type=Path, dir_okay=False), help="把现在的结果写成快照。"
)
@json_option
def differences(
    files: tuple[Path, ...], library: bool, since: Path | None, target: Path | None, as_json: bool
) -> int:
    """Checks the forms, compares with ``--since``, and keeps the result with ``--write``."""
    if files and library:
        raise AssistantError("给了文件就不能再用 --library，二者选一。")
    before = _stored(since) if since else None
    result = _forms(files, library=library)
    now = snapshot(check_forms(result.forms))
    changed = difference(before, now) if before else None
    if target is not None:
        target.write_text(snapshot_text(now), encoding="utf-8")
        click.echo(f"快照已写入 {target}", err=True)
    if as_json:
        document = {"forms": len(now.forms), "findings": len(now.findings)}
        print_json(document | (_difference_json(changed) if changed else {}))
    else:
        _print(now, changed)
    return print_problems(result)


def snapshot_text(found: Snapshot) -> str:
    """A snapshot as it is kept: JSON with one finding a line, so that a diff of it reads well."""
    data = found.to_json()
    parts = []
    for key, rows in data.items():
        lines = ",\n".join(f" {json.dumps(row, ensure_ascii=False)}" for row in rows)
        parts.append(f'"{key}": [\n{lines}\n]' if rows else f'"{key}": []')
    return "{" + ",\n".join(parts) + "}\n"


def difference_lines(changed: Difference) -> list[str]:
    """The difference for a person: by rule, then finding by finding."""
    if not (changed.added or changed.removed):
        return ["没有变化。"]
    lines = [f"多了{len(changed.added)}条，少了{len(changed.removed)}条。"]
    for rule, severity, more, less in changed.by_rule():
        lines.append(f"  {rule}（{SEVERITY_NAMES[Severity(severity)]}）：＋{more} −{less}")
    lines += [f"＋ {_line(seen)}" for seen in changed.added]
    return lines + [f"− {_line(seen)}" for seen in changed.removed]


def _line(seen: Seen) -> str:
    return f"{seen.form}  {seen.place}  {SEVERITY_NAMES[Severity(seen.severity)]} {seen.rule}"


def _stored(path: Path) -> Snapshot:
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise AssistantError(
            f"{path.name} 不是可以读的 JSON 文件，请用 differences --write 重新生成。"
        ) from error
    return read_snapshot(data)


def _forms(files: tuple[Path, ...], *, library: bool) -> ReadResult:
    if files:
        return read_paths(files)
    return ReadResult(forms=open_library_forms() if library else bundled_forms())


def _print(now: Snapshot, changed: Difference | None) -> None:
    counts = "，".join(
        f"{SEVERITY_NAMES[severity]}{sum(seen.severity == severity.value for seen in now.findings)}"
        for severity in Severity
    )
    click.echo(f"{len(now.forms)}张表，{len(now.findings)}条：{counts}。")
    for line in difference_lines(changed) if changed else ():
        click.echo(line)


def _difference_json(changed: Difference) -> dict[str, object]:
    return {
        "added": [seen._asdict() for seen in changed.added],
        "removed": [seen._asdict() for seen in changed.removed],
        "by_rule": [
            {"rule": rule, "severity": severity, "added": more, "removed": less}
            for rule, severity, more, less in changed.by_rule()
        ],
    }
