"""The rendered examples of all prompts; ``python -m tests.llm.snapshots`` writes them anew for review."""

from __future__ import annotations

from pathlib import Path

from assistant.prompt import PROMPTS, load_prompt

FOLDER = Path(__file__).parent / "snapshots"
NAMES = sorted(path.stem for path in PROMPTS.glob("*.md"))


def snapshot(name: str) -> Path:
    """Where the rendered example of a prompt is kept."""
    return FOLDER / f"{name}.txt"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for prompt in NAMES:
        snapshot(prompt).write_text(load_prompt(prompt).render_example(), encoding="utf-8")
