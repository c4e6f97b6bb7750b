"""Saved questions: written for the database, asked again over the forms of another time, and compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.asking.answering.answer import Answer
from assistant.asking.asker import Asker, Turn
from assistant.asking.records.permitted import EVERYTHING, Permitted
from assistant.asking.records.query import Query
from assistant.form.model import Frozen
from assistant.library.questions import SavedQuestion

_KEY_COLUMNS = 2
_LISTED = 12


class Difference(Frozen):
    """What changed since a question was saved: lines for people; none where nothing did."""

    lines: tuple[str, ...] = ()


def written(queries: Sequence[Query]) -> list[dict[str, Any]]:
    """Queries as JSON, without what is as usual."""
    return [query.model_dump(mode="json", exclude_defaults=True) for query in queries]


def snapshot(answer: Answer) -> dict[str, Any]:
    """What is compared later: the sentence, the values and the table."""
    return {
        "answer": answer.answer,
        "values": list(answer.values),
        "columns": list(answer.table.columns),
        "rows": [list(row) for row in answer.table.rows],
    }


def asked_again(saved: SavedQuestion, asker: Asker, permitted: Permitted = EVERYTHING) -> Turn:
    """The saved question over the forms of today.

    What names forms or rows of its time is read anew, for next year's forms have other numbers; all else
    is executed exactly as it was saved.
    """
    queries = [Query.model_validate(query) for query in saved.queries]
    if not queries or any(_is_bound(query) for query in queries):
        return asker.turn(saved.question, permitted=permitted)
    return asker.rerun(saved.question, queries, saved.labels, permitted)


def _is_bound(query: Query) -> bool:
    named = query.forms is not None or query.rows is not None or bool(query.without or query.base_forms)
    return named or any(_is_bound(inner) for inner in (*query.within, *query.lacking))


def difference(before: Mapping[str, Any], answer: Answer) -> Difference:
    """What differs between the saved answer and ``answer``."""
    now = snapshot(answer)
    if all(now[name] == before.get(name) for name in now):
        return Difference()
    lines = []
    if before.get("answer") != now["answer"]:
        lines += [f"原来：{before.get('answer', '')}", f"现在：{now['answer']}"]
    return Difference(lines=(*lines, *_of_rows(before, now)))


def _of_rows(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    if before.get("columns") != now["columns"]:
        return []
    columns = now["columns"]
    old, new = _by_key(before.get("rows", [])), _by_key(now["rows"])
    lines = [f"增加：{'，'.join(key)}" for key in new if key not in old]
    lines += [f"减少：{'，'.join(key)}" for key in old if key not in new]
    for key in (key for key in new if key in old):
        changed = [
            f"{column}由{left or '空'}变为{right or '空'}"
            for column, left, right in zip(columns, old[key], new[key], strict=True)
            if left != right
        ]
        lines += [f"{'，'.join(key)}：{'；'.join(changed)}"] if changed else []
    more = len(lines) - _LISTED
    return lines if more <= 0 else [*lines[:_LISTED], f"另有{more}处变化"]


def _by_key(rows: Sequence[Sequence[str]]) -> dict[tuple[str, ...], Sequence[str]]:
    """The rows by their names; the number of a repetition keeps rows of one name apart."""
    found: dict[tuple[str, ...], Sequence[str]] = {}
    for row in rows:
        width = _KEY_COLUMNS if len(row) > _KEY_COLUMNS else 1
        key = tuple(row[:width])
        again = sum(1 for known in found if known[:width] == key)
        found[(*key, f"第{again + 1}个") if again else key] = row
    return found
