"""The command ``ask``: questions over the past forms."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.library import open_library, read_lines
from assistant.cli.options import json_option
from assistant.cli.output import print_json
from assistant.cli.table import TABLE
from assistant.errors import AssistantError

if TYPE_CHECKING:
    from assistant.asking.answering.answer import Answer


@click.command(help=TABLE["ask"].does)
@click.argument("question", required=False)
@click.option(
    "--questions", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="一行一个问题的文件。"
)
@click.option("--offline", is_flag=True, help="不用模型。")
@json_option
def ask(question: str | None, questions: Path | None, offline: bool, as_json: bool) -> int:
    """Answers one question, or each line of a file."""
    if (question is None) == (questions is None):
        raise AssistantError("请给出一个问题，或用 --questions 指定一行一个问题的文件，二者选一。")
    asked = [question] if question is not None else read_lines(questions)
    with open_library(offline=offline) as services:
        answers = [services.asker.ask(text) for text in asked]
    if not as_json:
        for text, answer in zip(asked, answers, strict=True):
            _print(text, answer)
    elif question is not None:
        print_json(answers[0].to_json())
    else:
        results = [
            {"question": text, **answer.to_json()} for text, answer in zip(asked, answers, strict=True)
        ]
        print_json({"results": results})
    return 0


def _print(question: str, answer: Answer) -> None:
    click.echo(f"\n■ {question}\n  {answer.answer}")
    for line in answer.arithmetic:
        click.echo(f"  算式：{line}")
    if answer.understood:
        click.echo(f"  理解为：{answer.understood}")
    for citation in answer.citations:
        click.echo(f"  出处：〔{citation.form}〕{citation.project_name} {citation.where}")
    if answer.notice:
        click.echo(answer.notice, err=True)
