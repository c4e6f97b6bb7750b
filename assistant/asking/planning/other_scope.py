"""The last question over another scope: 那B呢, after what was asked of A."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.asking.language.patterns import QUOTE
from assistant.asking.reading.entities import Entities
from assistant.asking.reading.mentions import Reading
from assistant.asking.reading.reading import read

SCOPE_ONLY = re.compile(
    "^(?:那么?|换成|改成|换|[只光就仅](?:看|要|算|说|统计|留|保留|列|剩)(?:下)?)(?:一下)?|(?:的|呢)+$"
)
_YEAR_BEFORE = re.compile("20[0-9]{2}年度?的?$")
_YEAR = re.compile("20[0-9]{2}")
_OF_YEAR = re.compile("(?P<y>20[0-9]{2})年度?的?")
_JOIN = re.compile("[、,()“”年月日度至到0-9-]{0,20}")
"""What may stand between the parts of one name."""


def over_other_scope(reading: Reading, old: Reading, entities: Entities) -> Reading:
    """只看无线电管理局的, after 偏差原因提到疫情的指标有哪些: that question, asked of these."""
    if (put_in := _in_its_place(reading, old, entities)) is not None:
        return read(put_in, entities)
    whole = old.causes or old.marks or old.quotes or old.nouns
    if old.offices or old.phrases or old.numbers or old.years or reading.years or not whole:
        said = {**old.said, **reading.said}
        signed = [bound for bound in old.bounds if bound.signed]
        return replace(reading, said=said, fields=old.fields, levels=old.levels, bounds=signed)
    scope = SCOPE_ONLY.sub("", reading.text)
    return read(f"{scope}的{old.text}", entities) if scope else reading


def _in_its_place(reading: Reading, old: Reading, entities: Entities) -> str | None:
    """那离退休处呢: the last question with the one thing it named exchanged; None where there are more."""
    named = [_named(one, entities) for one in (old, reading)]
    whole = reading.quotes or any(one.numbers or one.causes for one in (old, reading))
    if whole or len(named[0]) != 1 or len(named[1]) != 1:
        return None
    (start, end), (first, last) = named[0][0], named[1][0]
    if reading.years and _YEAR.search(f"{reading.text[:first]},{reading.text[last:]}"):
        return None
    name, year = SCOPE_ONLY.sub("", reading.text[first:last]), _OF_YEAR.match(old.text, start)
    # 2023年园区专项…, 那天山企业家呢: of that year too.
    kept = year is not None and int(year["y"]) in entities.years and not _YEAR.search(name)
    return f"{old.text[:start]}{year[0] if year is not None and kept else ''}{name}{old.text[end:]}"


def _named(reading: Reading, entities: Entities) -> list[tuple[int, int]]:
    """The stretches that name something, each with a year before it; the parts of one name are one."""
    text = reading.text
    parts = [(a, b) for a, b, _ in reading.offices] + [(m.start, m.end) for m in reading.phrases]
    quoted = [found.span() for found in QUOTE.finditer(text)]
    parts = [
        part
        for part in sorted((*parts, *entities.named_spans(text)))
        if not any(a <= part[0] and part[1] <= b for a, b in quoted)
    ]
    found: list[tuple[int, int]] = []
    for start, end in parts:
        if found and (start <= found[-1][1] or _JOIN.fullmatch(text[found[-1][1] : start])):
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    if len(found) > 1 and entities.in_a_name(text[found[0][0] : found[-1][1]]):
        found = [(found[0][0], found[-1][1])]
    return [
        (year.start() if (year := _YEAR_BEFORE.search(text[:start])) is not None else start, end)
        for start, end in found
    ]
