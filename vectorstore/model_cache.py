"""Vectors of a model, kept by text in a file: they cost money and time, and a rebuilt index takes them."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from vectorstore.space import Floats

_LOG = logging.getLogger(__name__)
_BUSY_SECONDS = 30.0
_TABLE = "CREATE TABLE IF NOT EXISTS vectors (model TEXT, text TEXT, vector BLOB, PRIMARY KEY (model, text))"
_ASKED_AT_ONCE = 500


class VectorCache:
    """The vectors of any number of models, in a file for all processes or (``file`` None) in memory."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._memory: dict[tuple[str, str], Floats] = {}

    def read(self, model: str, texts: Sequence[str]) -> dict[str, Floats]:
        """The known vectors of ``texts``; none where the file is damaged."""
        with self._lock:
            if self._file is None:
                return {text: self._memory[model, text] for text in texts if (model, text) in self._memory}
            try:
                return self._read(self._file, model, texts)
            except sqlite3.Error:
                _LOG.warning("the kept vectors of the model cannot be read", exc_info=True)
                return {}

    def write(self, model: str, vectors: Mapping[str, Floats]) -> None:
        """Keeps vectors; a damaged file is begun anew, and one that cannot be written keeps nothing."""
        with self._lock:
            if self._file is None:
                self._memory.update({(model, text): vector for text, vector in vectors.items()})
                return
            rows = [(model, text, vector.astype("<f4").tobytes()) for text, vector in vectors.items()]
            try:
                self._change(self._file, "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.OperationalError):
                    _LOG.warning("the vectors of the model cannot be kept: %s", error)
                    return
                self._file.unlink(missing_ok=True)
                self._change(self._file, "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)

    def forget(self, model: str) -> None:
        """Drops all vectors of a model."""
        with self._lock:
            if self._file is None:
                self._memory = {key: vector for key, vector in self._memory.items() if key[0] != model}
            elif self._file.exists():
                try:
                    self._change(self._file, "DELETE FROM vectors WHERE model = ?", [(model,)])
                except sqlite3.DatabaseError:
                    self._file.unlink(missing_ok=True)

    def _read(self, file: Path, model: str, texts: Sequence[str]) -> dict[str, Floats]:
        found: dict[str, Floats] = {}
        if not file.exists():
            return found
        with closing(sqlite3.connect(file, timeout=_BUSY_SECONDS)) as database:
            for start in range(0, len(texts), _ASKED_AT_ONCE):
                part = texts[start : start + _ASKED_AT_ONCE]
                marks = ",".join("?" * len(part))
                query = f"SELECT text, vector FROM vectors WHERE model = ? AND text IN ({marks})"  # noqa: S608
                for text, content in database.execute(query, (model, *part)):
                    found[text] = np.frombuffer(content, dtype="<f4")
        return found

    def _change(self, file: Path, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(file, timeout=_BUSY_SECONDS)) as database, database:
            database.execute(_TABLE)
            database.executemany(statement, rows)
