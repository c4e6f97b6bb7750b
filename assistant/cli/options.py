"""Arguments and options that many commands share."""

from __future__ import annotations

from pathlib import Path

import click

json_option = click.option("--json", "as_json", is_flag=True, help="只输出一份 JSON。")
files_argument = click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
