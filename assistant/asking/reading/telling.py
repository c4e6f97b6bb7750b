"""The passages that tell a cause."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.asking.reading.entities import Entities
from assistant.asking.reading.matching import RowId
from assistant.asking.reading.mentions import Reading
from assistant.form.text import pairs

EXPLAINED = re.compile(
    "(?:说明|原因|偏差|理由|解释|措施|备注)(?:分析|一?栏)?(?:里头?面?|中|上|说是|写的?是|说的?是|写着|跟|和|与|说到|写到|谈到|讲到|点到|点了|扯到|扯上|提到|提及|涉及)"
)
"""说明里写到…: told where deviations are explained, not in goals."""
_BECAUSE = re.compile(
    "^(?:因|由于|受|归|怪|赖|拿|把|将|说是|埋怨|抱怨|责怪)|理由|借口|由头|挡箭牌|导致|造成|引起|所致|影响|拖累|耽误"
)
"""因为…, 拿…当理由: a deviation has it for a cause, though a goal may speak of it too."""


_COUNTED = re.compile("(?:几|多少)(?:个人|[户家人名所])[一-龥]{0,4}(?:是)?(?:因|由于|受)")
"""有几户家庭因为…: so many, of what the cause says."""
_JOINED = re.compile(
    "(?P<a>.+?)(?:(?P<lacks>[但却而可]*(?:没有?|未)(?:提到?|写到?了?|说到?))|(?P<either>或者?是?)|(?P<both>(?:且|也|又)(?:提到|写到?了?|说到)))"
    "(?P<b>.+)"
)
"""疫情却没提尾款, 疫情或尾款, 疫情也提到尾款: two things that an explanation is asked to tell, or not to."""


def _joined(said: re.Match[str], told: Callable[..., set[RowId]]) -> tuple[RowId, ...]:
    """What tells both of two things, either, or the one without the other."""
    if said["both"]:
        found = told(said["a"]) & told(said["b"])
    else:
        found = told(said["a"]) | told(said["b"]) if said["either"] else told(said["a"]) - told(said["b"])
    return tuple(sorted(found))


def telling(reading: Reading, entities: Entities, forms: tuple[int, ...] | None) -> tuple[RowId, ...]:
    """What tells the causes; of 找不着、没联系上, where nothing tells both, what tells either."""
    explained = EXPLAINED.search(reading.text) is not None
    if len(reading.causes) == 1 and (joined := _JOINED.fullmatch(reading.causes[0])) is not None:
        return _joined(joined, lambda *words: set(entities.passages(words, forms, explained)))
    said = reading.said.get("reason_contains")
    because = said is not None and _BECAUSE.search(said.text) is not None
    if because and (told := entities.passages(reading.causes, forms, explained=True)):
        return told
    if told := entities.passages(reading.causes, forms, explained):
        return told
    ways = [way for cause in reading.causes for way in re.split("、还?", cause) if len(way) > 1]
    if len(ways) == len(reading.causes):
        return ()
    return tuple(sorted({row for way in ways for row in entities.passages([way], forms, explained)}))


def telling_of_counted(
    reading: Reading, entities: Entities, forms: tuple[int, ...] | None, among: tuple[int, ...] | None
) -> tuple[RowId, ...]:
    """What tells the causes in ``forms``, else ``among`` all where what is counted was no name."""
    told = telling(reading, entities, forms)
    return told or (telling(reading, entities, among) if _COUNTED.search(reading.text) else ())


def in_figures(row: RowId, words: Sequence[str], entities: Entities) -> bool:
    """Whether what an indicator reached or aims at tells any of these words, not its explanation alone."""
    record = entities.by_number[row[0]].indicators[row[1] - 1]
    told = f"{record['actual'].text} {record['target'].text}"
    return any(pair in told for word in words for pair in pairs(word))
