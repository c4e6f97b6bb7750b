"""Whether a text about one row stands on that row: a figure of another row is none of its own.

Names may stand anywhere in the form. Figures must be the row's own (with the arithmetic of its target and
actual), of the header or the funds, of the user's words about no other row, or of a row that is named.
"""

from __future__ import annotations

from assistant.form.model import Form, Goal, Total
from assistant.form.text import pairs
from assistant.grounding.check import Grounded, ground_each
from assistant.grounding.facts import Facts, facts_of, facts_of_row, stated
from assistant.understanding.clauses import clean, split
from assistant.understanding.row_matching import find_rows
from assistant.understanding.statements import read_statements

_NAMED = 0.6


def ground_of_row(text: str, form: Form, number: int, *, words: str = "", computed: str = "") -> Grounded:
    """``text`` about row ``number``, sentence by sentence; ``computed``: figures worked out by code."""
    own = _own(form, number, words) + stated(computed)

    def facts(sentence: str) -> Facts:
        named = [other for other in _rows_named(form, sentence) if other != number]
        found = own
        for other in named:
            found += facts_of_row(other, form.indicators[other - 1])
        return found

    return ground_each(text, facts)


def _own(form: Form, number: int, words: str) -> Facts:
    """The figures that are the row's own or nobody's, with the text of the whole form for its names."""
    bare = form.model_copy(
        update={
            "indicators": (),
            "goal": Goal(),
            "remark": "",
            "total": Total(weight=form.total.weight, score=form.total.score),
        }
    )
    own = facts_of(bare, words=words_about(form, number, words))
    own += facts_of_row(number, form.indicators[number - 1])
    whole = facts_of(form, words=words)
    return Facts(own.figures, own.derived, whole.text)


def words_about(form: Form, number: int, words: str) -> str:
    """The user's words without the clauses that tell plan or result of another row."""
    others = set()
    for one in read_statements(words, form.year):
        if one.cause:
            continue
        row = find_rows(form, one.topic or one.text, one.quantity).row
        if row is not None and row != number:
            others.add(one.text)
    kept = [
        clause.text
        for sentence in split(clean(words), form.year)
        for clause in sentence.clauses
        if clause.text not in others
    ]
    return "。".join(kept)


def _rows_named(form: Form, sentence: str) -> list[int]:
    """The rows whose names a sentence speaks of, whole or in most of their characters' pairs."""
    found = []
    for number, row in enumerate(form.indicators, 1):
        if row.name and (row.name in sentence or _share(set(pairs(row.name)), sentence) >= _NAMED):
            found.append(number)
    return found


def _share(named: set[str], sentence: str) -> float:
    return sum(pair in sentence for pair in named) / len(named) if named else 0.0
