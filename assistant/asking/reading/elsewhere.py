"""What is named in a question and cannot be in the library."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.asking.reading.entities import Entities
from assistant.asking.reading.mentions import Reading

_KINDS_OF_ORGANISATION = frozenset("厅局委署")
_COUNTS = frozenset(
    (
        *("数量", "个数", "总数", "数目", "规模", "人数", "家数", "次数"),
        *("比例", "比率", "标准", "程度", "水平", "金额", "面积"),
    )
)
"""Words for how many or how much: alone they name nothing."""


def not_of_the_library(words: Sequence[str], reading: Reading, entities: Entities) -> str | None:
    """What is named where the library can have nothing of that name."""
    if all(word in _COUNTS for word in words):
        return words[0]
    return _other_organisation(reading, entities)


def _other_organisation(reading: Reading, entities: Entities) -> str | None:
    """教育厅, where no name has 育厅: an organisation that the library does not know."""
    for mention in reading.phrases:
        end = mention.end
        kind = reading.text[end : end + 1]
        passed_over = kind in _KINDS_OF_ORGANISATION and reading.rest[end : end + 1] == kind
        if passed_over and not entities.names_have(reading.text[end - 1 : end + 1]):
            return f"{mention.text}{kind}"
    return None
