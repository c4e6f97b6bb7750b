"""benchmark: measured speeds beside their baselines."""

from __future__ import annotations

import click

from assistant.cli.options import json_option
from assistant.cli.output import print_json
from assistant.cli.table import TABLE
from assistant.errors import AssistantError

_LEAST_INDICATORS = 1000


@click.command(help=TABLE["benchmark"].does)
@click.option(
    "--forms", type=click.IntRange(min=1000), default=10_000, show_default=True, help="检查多少张表。"
)
@click.option(
    "--indicators",
    default="",
    help="只测检索：在这么多条生成的指标上，如 10000,100000（一百万条约需十几分钟）。",
)
@json_option
def benchmark(forms: int, indicators: str, as_json: bool) -> int:
    """Prints the table of measured speeds."""
    # Imported here: only this command loads what it measures.
    if indicators:
        from assistant.benchmark_search import search_table  # noqa: PLC0415

        table = search_table(_counts(indicators))
    else:
        from assistant.benchmark import benchmark_table  # noqa: PLC0415

        table = benchmark_table(forms)
    if as_json:
        print_json(table.to_json())
    else:
        click.echo(table.to_text())
    return 0


def _counts(text: str) -> list[int]:
    counts = [int(part) for part in text.replace("，", ",").split(",") if part.strip().isdecimal()]
    if (
        not counts
        or len(counts) != len(text.replace("，", ",").split(","))
        or min(counts) < _LEAST_INDICATORS
    ):
        raise AssistantError(
            f"--indicators 应是用逗号隔开的条数，每个不少于{_LEAST_INDICATORS}，例如 10000,100000。"
        )
    return counts
