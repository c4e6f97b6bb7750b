"""Checking stays fast: processor time over forms that no cache knows."""

from __future__ import annotations

import time

import pytest

from assistant.generated_forms import varied
from assistant.rules.check import check_form

_LEAST = 200
"""Forms a second that even a slow and busy machine must check; the goal of the benchmark is 500."""


@pytest.mark.slow
def test_many_forms_are_checked_a_second() -> None:
    forms = list(varied(600))
    check_form(forms[0])
    start = time.process_time()
    for form in forms[1:]:
        check_form(form)
    assert (len(forms) - 1) / (time.process_time() - start) > _LEAST
