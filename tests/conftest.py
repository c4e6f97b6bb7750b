"""Which tests `make quick` leaves to `make test`."""

from __future__ import annotations

from pathlib import Path

import pytest

_HERE = Path(__file__).parent
_SLOW = (
    *("web/test_review_page.py", "web/test_pages.py", "web/test_library_page.py", "web/test_ask_page.py"),
    *("web/test_check_page.py", "web/test_serving.py", "wire", "property", "golden/test_reading.py"),
    *("documents/test_read_pdf.py", "documents/test_mutated.py", "documents/test_confined.py"),
    *("library/test_findings_kept.py", "library/test_facts.py", "asking/test_findings_agree.py"),
    *("vectorstore/test_follow.py", "vectorstore/test_model_vectors.py", "cli/test_commands.py"),
    *("conversation/test_in_passing.py", "conversation/test_many_ways.py"),
)
"""Files and folders of which a whole run takes seconds; single slow tests carry the mark themselves."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    slow = [_HERE / name for name in _SLOW]
    for item in items:
        if any(item.path.is_relative_to(path) for path in slow):
            item.add_marker(pytest.mark.slow)
