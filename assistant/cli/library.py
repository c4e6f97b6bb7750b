"""Commands over the library: import, search, draft, reindex, evaluate."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.cli.importing import Journal, import_files
from assistant.cli.options import files_argument, json_option
from assistant.cli.output import print_json, problems_json
from assistant.cli.table import TABLE
from assistant.documents.read import files_in, read_paths
from assistant.errors import AssistantError
from assistant.form.model import Form
from assistant.settings import Settings
from vectorstore.index import Filters, Hit

if TYPE_CHECKING:
    from assistant.services import Services


@contextmanager
def open_library(*, offline: bool = False) -> Iterator[Services]:
    """The services, closed again at the end; ``offline`` leaves a configured model aside."""
    # Imported here: the services load Chroma and LangChain, which read and check do not need.
    from assistant.services import open_services  # noqa: PLC0415

    services = open_services(Settings(), offline=offline)
    try:
        yield services
    finally:
        services.close()


def open_library_forms() -> tuple[Form, ...]:
    """All forms of the library, by number."""
    with open_library(offline=True) as services:
        return tuple(stored.form for stored in services.library.forms())


@click.command("import", help=TABLE["import"].does)
@files_argument
@click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="同时读几个文件。")
@json_option
def import_forms(files: tuple[Path, ...], jobs: int, as_json: bool) -> int:
    """Reads the files and adds their forms to the library; goes on with an import that was interrupted."""
    settings = Settings()
    settings.home.mkdir(parents=True, exist_ok=True)
    journal = Journal(settings.home / "import.journal")
    if journal.done:
        click.echo(f"接着上次中断的导入：已经完成的{len(journal.done)}个文件不再读。", err=True)
    with open_library() as services:
        import_files(list(files_in(files)), partial(services.library.add_forms, index=False), journal, jobs)
        services.library.add_forms(())
        # What questions need is computed now, not while somebody waits for an answer.
        services.asker.prepare()
    journal.close()
    done = journal.result
    if as_json:
        print_json({**done.model_dump(), "problems": problems_json(journal.problems)})
    else:
        click.echo(f"新增{done.added}张，更新{done.updated}张，未变{done.unchanged}张。")
    for problem in journal.problems:
        click.echo(f"{problem.file}：{problem.message}", err=True)
    return 2 if journal.failed else 0


@click.command(help=TABLE["search"].does)
@click.argument("query", required=False)
@click.option("-n", "count", type=click.IntRange(min=1), default=10, show_default=True, help="返回几条。")
@click.option("--level1", default="", help="只要这个一级指标。")
@click.option("--level2", default="", help="只要这个二级指标，如 数量。")
@click.option("--unit", default="", help="只要这个单位的。")
@click.option("--department", default="", help="只要这个主管部门的。")
@click.option("--year", type=int, help="只要这一年的。")
@click.option(
    "--queries", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="一行一个查询的文件。"
)
@json_option
def search(query: str | None, queries: Path | None, count: int, as_json: bool, **facets: Any) -> int:
    """Similar past indicators for one query, or for each line of a file."""
    if (query is None) == (queries is None):
        raise AssistantError("请给出一个查询，或用 --queries 指定一行一个查询的文件，二者选一。")
    asked = [query] if query is not None else read_lines(queries)
    filters = Filters(**facets)
    with open_library() as services:
        found = services.library.search_many(asked, count, filters)
        notice = services.library.search_notice
    if notice:
        click.echo(notice, err=True)
    if not as_json:
        for text, hits in zip(asked, found, strict=True):
            _print_hits(text, hits)
    elif query is not None:
        print_json({"hits": [_hit_json(hit) for hit in found[0]]})
    else:
        results = [
            {"query": q, "hits": [_hit_json(h) for h in hits]} for q, hits in zip(asked, found, strict=True)
        ]
        print_json({"results": results})
    return 0


def read_lines(path: Path | None) -> list[str]:
    """The lines of a file that are not empty."""
    text = path.read_text(encoding="utf-8-sig") if path else ""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _hit_json(hit: Hit) -> dict[str, Any]:
    # The row's own score (得分) gives way to the hit's.
    own = {"rank": hit.rank, "score": round(hit.score, 4)}
    return {**own, **hit.row.model_dump(exclude={"score"}), "why": hit.why}


def _print_hits(query: str, hits: list[Hit]) -> None:
    click.echo(f"\n■ {query}" + ("" if hits else "：没有相似的历史指标。"))
    for hit in hits:
        row = hit.row
        click.echo(
            f"  {hit.rank}. {row.indicator}  目标 {row.target}  完成 {row.actual}"
            f"  〔{row.form}〕{row.project_name}（{row.unit}）  {hit.why}"
        )


@click.command(help=TABLE["draft"].does)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--goal",
    type=click.Choice(["targets", "explanations", "indicators", "goals", "summary", "all"]),
    default="all",
    show_default=True,
    help="要哪一类建议。",
)
@click.option("--words", default="", help="补充说明（项目情况、原因等），可作为依据。")
@click.option("--offline", is_flag=True, help="不用模型。")
@json_option
def draft(file: Path, goal: Any, words: str, offline: bool, as_json: bool) -> int:
    """Prints proposals for the first form of FILE."""
    from assistant.drafting.propose import propose  # noqa: PLC0415

    form = _one_form(file)
    with open_library(offline=offline) as services:
        result = propose(form, goal, services.library.search, words=words, model=services.model)
    if as_json:
        print_json({"proposals": [p.to_json() for p in result.proposals], "notice": result.notice})
        return 0
    for proposal in result.proposals:
        click.echo(f"\n■ {proposal.new}\n  理由：{proposal.reason}")
        for item in proposal.evidence:
            click.echo(f"  依据：〔{item.form}〕{item.project_name} {item.indicator} {item.text}")
    if result.notice:
        click.echo(result.notice, err=True)
    return 0


def _one_form(file: Path) -> Form:
    result = read_paths([file])
    for problem in result.problems:
        click.echo(f"{problem.file}：{problem.message}", err=True)
    if not result.forms:
        raise AssistantError(f"{file.name} 中没有读到自评表，请换一个文件。")
    return result.forms[0]


@click.command(help=TABLE["reindex"].does)
def reindex() -> int:
    """Rebuilds the index from the database."""
    with open_library() as services:
        click.echo(f"索引已重建，共{services.library.reindex()}条指标。")
        services.asker.prepare()
        if services.library.search_notice:
            click.echo(services.library.search_notice, err=True)
    return 0


@click.command(help=TABLE["evaluate"].does)
@click.argument("what", type=click.Choice(["retrieval", "drafting", "asking"]))
@json_option
def evaluate(what: str, as_json: bool) -> int:
    """Prints the measured figures beside the baselines."""
    from assistant.evaluation import evaluation_table  # noqa: PLC0415
    from assistant.services import model_from  # noqa: PLC0415
    from assistant.settings import Settings  # noqa: PLC0415

    table = evaluation_table(what, model_from(Settings()) if what == "drafting" else None)
    if as_json:
        print_json(table.to_json())
    else:
        click.echo(table.to_text())
    return 0
