"""Every question that the manual gives as an example is answered from the bundled forms."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.asking.asker import Asker

_MANUAL = (Path(__file__).resolve().parents[2] / "docs" / "manual.md").read_text(encoding="utf-8")
_TABLE = re.search(r"\n## 问答\n.*?\n(\| 想知道什么 .*?)\n\n", _MANUAL, re.S)
_EXAMPLES = re.findall("“([^”]+)”", _TABLE[1]) if _TABLE else []


def test_the_manual_has_a_table_of_examples() -> None:
    assert len(_EXAMPLES) > 20


@pytest.mark.parametrize("question", _EXAMPLES)
def test_an_example_of_the_manual_is_answered(asker: Asker, question: str) -> None:
    answer = asker.ask(question)
    assert answer.found, answer.answer
    assert answer.values and answer.citations
