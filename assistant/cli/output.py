"""How the terminal prints: one JSON document, or lines for a person; problems to stderr."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from assistant.documents.result import Problem, ReadResult


def print_json(document: Any) -> None:
    """One JSON document on stdout, Chinese as it is."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=1))


def print_problems(result: ReadResult) -> int:
    """One line per problem on stderr; gives the exit code: 2 where a file gave no form at all, else 0.

    A problem beside a form (tracked changes taken as accepted, say) is a notice, not a failure.
    """
    readable = {form.source.file for form in result.forms}
    for problem in result.problems:
        click.echo(f"{problem.file}：{problem.message}", err=True)
    return 2 if any(problem.file not in readable for problem in result.problems) else 0


def problems_json(problems: Iterable[Problem]) -> list[dict[str, str]]:
    """Problems in the contract's shape."""
    return [{"file": problem.file, "message": problem.message} for problem in problems]


def write_together(files: list[tuple[str, bytes]], target: Path) -> list[Path]:
    """Files into a folder, or into one .zip; of equal names each gets its own."""
    from assistant.documents.batch import named_apart, zipped  # noqa: PLC0415  few commands write many files

    if target.suffix.lower() == ".zip":
        target.write_bytes(zipped(files))
        return [target]
    target.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, content in named_apart(files):
        paths.append(target / name)
        paths[-1].write_bytes(content)
    return paths
