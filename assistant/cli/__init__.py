"""The terminal: the same services as the page.

Exit 0 fine, 1 findings of severity error (``check`` only), 2 unreadable input or bad usage.
``--json`` prints one JSON document on stdout and nothing else; everything else goes to stderr.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

import click

from assistant.cli.table import TABLE
from assistant.documents.confined import start_reading
from assistant.errors import AssistantError


class _Commands(click.Group):
    """The commands of the table, each loaded when it is called, so that none waits for all."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names, in the order of the table."""
        return list(TABLE)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command by its name; None for any other word."""
        if cmd_name not in TABLE:
            return None
        entry = TABLE[cmd_name]
        if entry.reads:
            # The process that reads files starts while this one loads the command.
            start_reading()
        command: click.Command = getattr(import_module(f"assistant.cli.{entry.module}"), entry.name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Their lines in the help."""
        with formatter.section("命令"):
            formatter.write_dl([(name, entry.does) for name, entry in TABLE.items()])


commands = _Commands(
    help="绩效自评助手：读表、检查、检索、问答、起草、导出。",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and gives its exit code; errors come out as one Chinese line each on stderr."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    try:
        result = commands.main(arguments, prog_name="python -m assistant", standalone_mode=False)
    except click.ClickException as error:
        click.echo(_usage_line(error), err=True)
        return 2
    except AssistantError as error:
        click.echo(str(error), err=True)
        return 2
    except click.Abort:
        click.echo("已中止。", err=True)
        return 2
    return result if isinstance(result, int) else 0


def _usage_line(error: click.ClickException) -> str:
    """Click's usage errors in Chinese, with the place to look for help."""
    context = getattr(error, "ctx", None)
    where = f"用法见：{context.command_path} --help" if context else "用法见：python -m assistant --help"
    name = getattr(error, "option_name", "") or getattr(
        getattr(error, "param", None), "human_readable_name", ""
    )
    match error:
        case click.NoSuchOption():
            return f"没有“{name}”这个选项。{where}"
        case click.MissingParameter():
            return f"缺少参数“{name}”。{where}"
        case click.FileError():
            return f"文件打不开：{error.ui_filename}。"
        case click.BadParameter():
            return f"参数“{name}”的值不对：{error.message}{where}"
        case _:
            return f"命令或参数不对（{error.format_message()}）。{where}"
