"""benchmark: measured speeds beside their baselines."""

from __future__ import annotations

import click

from assistant.cli.files import json_option
from assistant.cli.output import print_json


@click.command(help="测速：检查、读文件、检索、启动，与基准并列。")
@click.option(
    "--forms", type=click.IntRange(min=1000), default=10_000, show_default=True, help="检查多少张表。"
)
@json_option
def benchmark(forms: int, as_json: bool) -> int:
    """Prints the table of measured speeds."""
    # Imported here: only this command loads what it measures.
    from assistant.benchmark import benchmark_table  # noqa: PLC0415

    table = benchmark_table(forms)
    if as_json:
        print_json(table.to_json())
    else:
        click.echo(table.to_text())
    return 0
