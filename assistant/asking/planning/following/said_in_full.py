"""A question that calls something by a part of its name, or puts another name for one that was not known."""

from __future__ import annotations

import re

from assistant.asking.planning.before import Before
from assistant.asking.planning.following.turn_words import bare, points_into
from assistant.asking.reading.entities import Entities
from assistant.asking.reading.reading import read

_THIS_THING = re.compile(
    "^(?:那么?)?[这那该](?:一)?[个项次场类](?P<thing>[一-龥]{2,8}?)的?(?P<kind>成本|质量|数量|时效|满意度)(?:指标)?(?:的)?(?=.{2})"
)
_TOPIC_FIRST = re.compile(
    "(?P<topic>[^,;]{2,12}?)呢,(?P<asked>[^,;]*(?:项目|表|处室|单位|科室)[^,;]*?(?:设|列|填|定|写|有)[了过]?)(?:呢|的)?"
)
"""经济效益指标呢,有哪些项目设了: what is asked of is said before it is asked."""
_UNKNOWN = re.compile("^“(?P<name>[^”]{2,})”$")
_KIND = re.compile("[省市县区州]")
_NAME_ALONE = re.compile("(?P<name>[一-龥]{2,12}?)(?:的|那边|那个|这边)*")


def of_this_thing(text: str, before: Before) -> str | None:
    """这个培训的成本是多少, after 干部培训 of one form: asked of what is called so there; else None."""
    said = _THIS_THING.match(text)
    if said is None or len(before.forms) != 1:
        return None
    called = any(said["thing"] in m.text for m in before.reading.phrases)
    return f"{before.forms[0]}号表的{said['thing']}{said['kind']}指标{text[said.end() :]}" if called else None


def of_the_topic(text: str, entities: Entities) -> str | None:
    """那经济效益指标呢,有哪些项目设了: 有哪些项目设了经济效益指标, whatever was shown; else None."""
    said = _TOPIC_FIRST.fullmatch(bare(text).text)
    if said is None or points_into(text):
        return None
    topic, asked = read(said["topic"], entities), read(said["asked"], entities)
    kind = topic.levels and not (topic.fields or topic.bounds or topic.marks or topic.names_something())
    whole = asked.nouns and not (asked.levels or asked.fields or asked.bounds or asked.names_something())
    return f"{said['asked']}{said['topic']}" if kind and whole else None


def of_the_known(text: str, before: Before, entities: Entities) -> str | None:
    """那新疆的呢, after a question about what is not in the library: that question about this; else None."""
    meaning, said = before.meaning, bare(text)
    unknown = _UNKNOWN.match(meaning.reason) if meaning is not None and meaning.kind == "nothing" else None
    name = _NAME_ALONE.fullmatch(said.text)
    if unknown is None or name is None or not said.asks or points_into(said.text):
        return None
    reading = read(name["name"], entities)
    if reading.fields or reading.marks or reading.bounds or reading.levels:
        return None
    old, at = before.reading.text, before.reading.text.find(unknown["name"])
    if at < 0:
        return None
    end = at + len(unknown["name"])
    end += 1 if _KIND.match(old, end) else 0
    return f"{old[:at]}{name['name']}{old[end:]}"
