"""The project's own evaluation sets, each as one table beside its baselines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.form.model import Frozen
from assistant.llm import ChatModel


class EvaluationTable(Frozen):
    """Measured figures: one row per method; cells already as they are printed."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def to_text(self) -> str:
        """As a Markdown table."""
        lines = [f"### {self.title}", "", _line(self.columns), _line(["---"] * len(self.columns))]
        return "\n".join([*lines, *(_line(row) for row in self.rows)])

    def to_json(self) -> dict[str, Any]:
        """The rows as objects by column."""
        return {"title": self.title, "rows": [dict(zip(self.columns, row, strict=True)) for row in self.rows]}


def evaluation_table(what: str, model: ChatModel | None = None) -> EvaluationTable:
    """The table of ``retrieval``, ``drafting`` or ``asking``, measured now; drafting with ``model`` too."""
    if what == "drafting":
        return _drafting(model)
    return {"retrieval": _retrieval, "asking": _asking}[what]()


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _retrieval() -> EvaluationTable:
    # Imported here, as below: each evaluation loads what only it needs.
    from vectorstore.evaluate import as_table, evaluate  # noqa: PLC0415

    measured = as_table(evaluate("reported"))
    methods = list(dict.fromkeys(row["method"] for row in measured))
    by_method = {(row["method"], row["wording"]): row for row in measured}
    rows = []
    for method in methods:
        whole = by_method[method, "all"]
        ndcg = [by_method[method, wording]["ndcg"] for wording in ("all", "as_printed", "other_words")]
        rows.append((method, *map(_figure, [*ndcg, whole["hit"], whole["mrr"], whole["false_hits"]])))
    queries = by_method[methods[0], "all"]["queries"]
    return EvaluationTable(
        title=f"retrieval, {queries} graded queries kept out of tuning",
        columns=(
            "method",
            "nDCG@10",
            "worded alike",
            "worded otherwise",
            "hit@10",
            "MRR",
            "hits where none fits",
        ),
        rows=tuple(rows),
    )


def _drafting(model: ChatModel | None) -> EvaluationTable:
    from assistant.drafting.evaluate import evaluate_drafting  # noqa: PLC0415

    return _table("drafting, leave one form out over the bundled forms", evaluate_drafting(model))


def _asking() -> EvaluationTable:
    from assistant.asking.evaluate import evaluate_asking  # noqa: PLC0415

    return _table("asking, questions kept out of tuning: our own, and other people's", evaluate_asking())


def _table(title: str, measured: Sequence[Mapping[str, Any]]) -> EvaluationTable:
    columns = tuple(measured[0])
    return EvaluationTable(
        title=title, columns=columns, rows=tuple(tuple(_figure(row[c]) for c in columns) for row in measured)
    )


def _figure(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:.3f}" if value <= 1 else f"{value:.1f}"
    return str(value)
