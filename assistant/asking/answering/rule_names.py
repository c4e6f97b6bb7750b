"""What the rules of the check are called in an answer."""

from __future__ import annotations

from functools import cache

from assistant.rules.catalogue import RULES


@cache
def _titles() -> dict[str, str]:
    return {entry.name: entry.contract.strip().splitlines()[0].rstrip("。") for entry in RULES}


def rule_title(name: str) -> str:
    """The title of a rule by its fixed name; the name itself where no rule is called so."""
    return _titles().get(name, name)
