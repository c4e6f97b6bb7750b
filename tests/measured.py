"""Measures what the documents print and writes it there: ``python -m tests.measured [PART...]``.

A part stands between two marks in README.md or docs/benchmarks.md and is what one command prints. Without
names the parts that judge quality are measured (a minute); those of speed are named, since they need a
machine that does nothing else.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGES = (ROOT / "README.md", ROOT / "docs" / "benchmarks.md")
QUALITY = {
    "retrieval": ("assistant", "evaluate", "retrieval"),
    "drafting": ("assistant", "evaluate", "drafting"),
    "asking": ("assistant", "evaluate", "asking"),
}
SPEED = {
    "speed": ("assistant", "benchmark"),
    "indicators": ("assistant", "benchmark", "--indicators", "10000,100000,1000000"),
    "browser": ("tests.browser.speed",),
    "people": ("tests.browser.load", "--people", "30"),
}
PARTS = QUALITY | SPEED


def begin(part: str) -> str:
    """The mark before a part; the next line of marks ends it."""
    return f"<!-- measured: {part} -->"


END = "<!-- end of measured -->"


def parts_in(text: str) -> Iterator[str]:
    """The parts for which a document keeps a place."""
    for found in re.finditer(rf"{begin('([a-z]+)')}\n(?:.*\n)*?{END}", text):
        yield found[1]


def put(text: str, part: str, measured: str) -> str:
    """The document with what was measured between the marks of ``part``; the same where it has none."""
    place = re.compile(rf"({begin(part)}\n)(?:.*\n)*?({END})")
    return place.sub(lambda marks: f"{marks[1]}{measured}\n{marks[2]}", text)


def measured_now(part: str) -> str:
    """What the command of ``part`` prints, as Markdown, with the day and how busy the machine was."""
    before = os.getloadavg()[0]
    command = [sys.executable, "-m", *PARTS[part]]
    run = subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    printed = run.stdout.strip()
    body = printed.partition("\n\n")[2] if printed.startswith("### ") else f"```\n{printed}\n```"
    said = f"`python -m {' '.join(PARTS[part])}`, {date.today().isoformat()}"  # noqa: DTZ011  the day here
    if part in SPEED:
        said += f", {os.cpu_count()} cores, load before the start {before:.1f}"
    return f"{said}\n\n{body}"


def main(names: Sequence[str]) -> int:
    """Measures and writes one part after the other; 2 for a name that is none."""
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        print(f"no such part: {', '.join(unknown)}; there are {', '.join(PARTS)}", file=sys.stderr)
        return 2
    for part in names or QUALITY:
        measured = measured_now(part)
        for page in PAGES:
            page.write_text(put(page.read_text(encoding="utf-8"), part, measured), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
