"""The `import` command: files in groups, with a progress bar; a killed import goes on where it was."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import click

from assistant.cli.output import problems_json
from assistant.documents.read import Problem, ReadResult, joined, read_each
from assistant.form.model import Form
from assistant.library import ImportResult

_GROUP = 50
"""Files that are stored together: what a killed import reads again at most."""


class Journal:
    """What an import that has not come to its end has already stored, by the contents of the files.

    ``failed``: some file gave no form at all.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.done: set[str] = set()
        self.result = ImportResult()
        self.problems: list[Problem] = []
        self.failed = False
        for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
            self._take(line)

    def _take(self, line: str) -> None:
        try:
            entry = json.loads(line)
            result = ImportResult.model_validate(entry["result"])
            problems = [Problem.model_validate(problem) for problem in entry["problems"]]
            digests = set(map(str, entry["files"]))
            failed = bool(entry["failed"])
        except (ValueError, KeyError, TypeError):
            # The line that was being written when the import was killed: its files are read again.
            return
        self.done |= digests
        self.result += result
        self.problems += problems
        self.failed = self.failed or failed

    def add(self, digests: Sequence[str], read: ReadResult, stored: ImportResult) -> None:
        """Notes a group of files whose forms are in the library."""
        readable = {form.source.file for form in read.forms}
        failed = any(problem.file not in readable for problem in read.problems)
        self.result += stored
        self.problems += read.problems
        self.failed = self.failed or failed
        entry = {
            "files": digests,
            "result": stored.model_dump(),
            "problems": problems_json(read.problems),
            "failed": failed,
        }
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def close(self) -> None:
        """The import has come to its end: the next one begins anew."""
        self.path.unlink(missing_ok=True)


def import_files(
    files: Sequence[Path], store: Callable[[Sequence[Form]], ImportResult], journal: Journal, jobs: int
) -> None:
    """Reads the files that the journal does not know, and stores their forms group by group."""
    earlier = frozenset(journal.done)
    with _progress(len(files)) as advance:
        for start in range(0, len(files), _GROUP):
            group = files[start : start + _GROUP]
            known = [(path, _digest(path)) for path in group]
            new = [(path, digest) for path, digest in known if digest not in earlier]
            advance(len(known) - len(new))
            results: list[ReadResult] = []
            for result in read_each([path for path, _ in new], jobs=jobs):
                results.append(result)
                advance(1)
            read = joined(results)
            if new:
                journal.add([digest for _, digest in new], read, store(read.forms))


def _digest(path: Path) -> str:
    """What a file is known by; a file that cannot be opened is known by its name only."""
    try:
        with path.open("rb") as file:
            digest = sha256()
            while block := file.read(1 << 20):
                digest.update(block)
            return digest.hexdigest()
    except OSError:
        return f"unreadable: {path}"


@contextmanager
def _progress(count: int) -> Iterator[Callable[[int], None]]:
    """A bar on stderr where a person looks at it."""
    if not sys.stderr.isatty():
        yield lambda steps: None
        return
    with click.progressbar(length=count, label="导入", file=sys.stderr, show_pos=True) as bar:
        yield bar.update
