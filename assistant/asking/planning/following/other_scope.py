"""The last question over another scope: 那B呢, after what was asked of A."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.asking.reading.entities import Entities
from assistant.asking.reading.mentions import Reading
from assistant.asking.reading.reading import read

SCOPE_ONLY = re.compile(
    "^(?:那么?|换成|改成|换|[只光就仅](?:看|要|算|说|统计|留|保留|列|剩)(?:下)?)(?:一下)?|(?:的|呢)+$"
)


def over_other_scope(reading: Reading, old: Reading, entities: Entities) -> Reading:
    """只看无线电管理局的, after 偏差原因提到疫情的指标有哪些: that question, asked of these."""
    whole = old.causes or old.marks or old.quotes or old.nouns
    if old.offices or old.phrases or old.numbers or old.years or reading.years or not whole:
        said = {**old.said, **reading.said}
        signed = [bound for bound in old.bounds if bound.signed]
        return replace(reading, said=said, fields=old.fields, levels=old.levels, bounds=signed)
    scope = SCOPE_ONLY.sub("", reading.text)
    return read(f"{scope}的{old.text}", entities) if scope else reading
