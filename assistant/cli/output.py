"""How the terminal prints: one JSON document, or lines for a person; problems to stderr."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import click

from assistant.documents.read import Problem


def print_json(document: Any) -> None:
    """One JSON document on stdout, Chinese as it is."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=1))


def print_problems(problems: Iterable[Problem]) -> int:
    """One line per problem on stderr; gives the exit code: 2 where there is any, else 0."""
    code = 0
    for problem in problems:
        click.echo(f"{problem.file}：{problem.message}", err=True)
        code = 2
    return code


def problems_json(problems: Iterable[Problem]) -> list[dict[str, str]]:
    """Problems in the contract's shape."""
    return [{"file": problem.file, "message": problem.message} for problem in problems]
