"""The local record of model calls: one JSON line each, no key, no prompt text."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock

_LOGGER = logging.getLogger(__name__)


@dataclass
class CallRecord:
    """One call: ``prompt`` is id, version and hash; tokens are None where the server reports none.

    ``outcome`` is ``ok``, ``repaired`` or the kind of failure; ``asked`` and ``replied`` stay None unless
    texts are to be kept.
    """

    prompt: str
    schema: str
    model: str
    time: str = ""
    rung: str = ""
    requests: int = 0
    input_tokens: int | None = None
    output_tokens: int | None = None
    seconds: float = 0.0
    outcome: str = ""
    asked: str | None = None
    replied: str | None = None


class CallLog:
    """Appends records to one file per month in ``folder``; None keeps no log."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._lock = Lock()

    def add(self, record: CallRecord) -> None:
        """Writes one line. A full or read-only disk costs the log line, not the answer."""
        if self._folder is None:
            return
        now = datetime.now().astimezone()
        fields = {**asdict(record), "time": now.isoformat(timespec="seconds")}
        line = json.dumps({k: v for k, v in fields.items() if v is not None}, ensure_ascii=False)
        try:
            with self._lock:
                self._folder.mkdir(parents=True, exist_ok=True)
                with (self._folder / f"calls-{now:%Y-%m}.jsonl").open("a", encoding="utf-8") as file:
                    file.write(line + "\n")
        except OSError as error:
            _LOGGER.warning("call log not written: %s", error)
