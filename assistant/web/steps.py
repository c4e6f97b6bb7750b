"""The way to a handed-in form as one line of steps, with what the first open one still lacks. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.conversation.session import Step
from assistant.web.escape import escape


def step_line(steps: Sequence[Step], version: int) -> str:
    """All steps, done ones ticked; the titles and the text behind tell what is missing; the saved version."""
    current = next((step for step in steps if not step.done), None)
    chips = "".join(_chip(number, step, step is current) for number, step in enumerate(steps, 1))
    if current is None:
        told = "都已齐备，可以导出。"
    else:
        told = f"{escape(current.name)}还缺：{escape('、'.join(current.missing))}" if current.missing else ""
    saved = f'<span class="af-saved">已自动保存 · 第{version}版</span>'
    return f'<div class="af-steps"><ol>{chips}</ol><span class="af-missing">{told}</span>{saved}</div>'


def _chip(number: int, step: Step, current: bool) -> str:
    where = "done" if step.done else "now" if current else "open"
    missing = "、".join(step.missing)
    title = f' title="还缺：{escape(missing)}"' if missing and not step.done else ""
    sign = "✓" if step.done else str(number)
    here = ' aria-current="step"' if current else ""
    return f'<li data-step="{where}"{title}{here}><i>{sign}</i>{escape(step.name)}</li>'
