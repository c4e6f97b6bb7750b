"""benchmark: measured speeds beside their baselines."""

from __future__ import annotations

import click

from assistant.cli.options import json_option
from assistant.cli.output import print_json
from assistant.cli.table import TABLE
from assistant.errors import AssistantError

_LEAST = 1000


@click.command(help=TABLE["benchmark"].does)
@click.option(
    "--forms", type=click.IntRange(min=1000), default=10_000, show_default=True, help="检查多少张表。"
)
@click.option(
    "--indicators",
    default="",
    help="只测检索：在这么多条生成的指标上，如 10000,100000（一百万条约需十几分钟）。",
)
@click.option(
    "--questions",
    default="",
    help="只测提问：在这么多张表上，如 1000,100000（十万张约需十几分钟）。",
)
@json_option
def benchmark(forms: int, indicators: str, questions: str, as_json: bool) -> int:
    """Prints the table of measured speeds."""
    # Imported here: only this command loads what it measures.
    if indicators:
        from assistant.benchmark_search import search_table  # noqa: PLC0415

        table = search_table(_counts(indicators, "--indicators", "条"))
    elif questions:
        from assistant.benchmark_asking import asking_table  # noqa: PLC0415

        table = asking_table(_counts(questions, "--questions", "张"))
    else:
        from assistant.benchmark import benchmark_table  # noqa: PLC0415
        from assistant.benchmark_asking import rows_over  # noqa: PLC0415

        table = benchmark_table(forms, rows_over)
    if as_json:
        print_json(table.to_json())
    else:
        click.echo(table.to_text())
    return 0


def _counts(text: str, option: str, unit: str) -> list[int]:
    parts = text.replace("，", ",").split(",")
    counts = [int(part) for part in parts if part.strip().isdecimal()]
    if not counts or len(counts) != len(parts) or min(counts) < _LEAST:
        raise AssistantError(f"{option} 应是用逗号隔开的{unit}数，每个不少于{_LEAST}，例如 10000,100000。")
    return counts
