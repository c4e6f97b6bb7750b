"""A snapshot follows changes of some forms in milliseconds, and takes them in when they are many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from vectorstore import parts as spaces
from vectorstore.columns import build_columns
from vectorstore.model_vectors import ModelNames
from vectorstore.row import IndicatorRow
from vectorstore.search import Snapshot


def followed(
    base: Snapshot, changed: Mapping[int, Sequence[IndicatorRow]], names: ModelNames | None
) -> Snapshot:
    """``base``, of one part, with other rows for some forms; none for a form that is gone."""
    later = [row for rows in changed.values() for row in rows]
    stood = len(base.rows)
    live = np.ones(stood + len(later), dtype=bool)
    gone = base.columns.of_forms(list(changed))
    live[gone] = False
    parts = spaces.beside(base.words, gone, later)
    base.embedding.extend(base.words.vocabulary, parts[-1].vocabulary)
    return replace(
        base,
        rows=[*base.rows, *later],
        parts=parts,
        columns=base.columns.followed_by(build_columns(later), live[:stood]),
        names=names,
        live=live,
        later=base.embedding.embed_rows(parts[-1], np.arange(len(later), dtype=np.int32)),
    )


def settled(snapshot: Snapshot) -> Snapshot:
    """The same rows as one part again, ready to be searched."""
    rows = snapshot.standing
    space = spaces.at(snapshot.parts, rows)
    space.invert()
    return replace(
        snapshot,
        rows=[snapshot.rows[at] for at in rows.tolist()],
        parts=(space,),
        columns=snapshot.columns.at(rows),
        names=None if snapshot.names is None else snapshot.names.at(rows),
        live=None,
        later=None,
    )
