"""A question that is not understood as it stands, in other words: tried one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.asking.language.words import in_looser_words
from assistant.asking.planning.joint_rows import HELD_TOGETHER
from assistant.asking.planning.meaning import Meaning
from assistant.asking.reading.entities import Entities
from assistant.asking.reading.loosely_named import loosely_named
from assistant.asking.reading.mentions import Reading
from assistant.asking.reading.whole_names import in_numbers

Notes = tuple[str, ...]
_SPACES = re.compile(r"(?<=[一-龥0-9%”）)])\s+(?=[一-龥“（(])")
_LAST = re.compile(
    r"^(?P<asked>.{6,}?)(?:[,，?？;；:：]+|(?=[(（]))[(（]?(?P<scope>[^,，?？;；:：()（）]{2,30})[)）]?$"
)
_POINTING = re.compile(
    "^(?:我)?(?:[就只仅]?(?:看|查|问|说|指|限|要|算|统计)(?:的)?(?:就)?(?:是|于|一下)?|是|在|针对|关于|对于|按)"
)
_POINTED = re.compile(
    "(?:的|里|中|上|那边|这边|里面|里头|那[张份个条笔项](?:表|项目)?|这[张份个条笔项](?:表|项目)?|那块|来说|项目|专项|自评表|表)+$"
)
_ASKS = re.compile("多少|几|哪|谁|什么|啥|怎|吗|最|是否|有没有")
_KNOWN = 0.3
"""A clause of which no more is unknown names a form."""


def may_be_reworded(meaning: Meaning, reading: Reading) -> bool:
    """Whether words were not understood: not where what is asked is plain and no form tells it."""
    plain = meaning.kind == "query" or meaning.reason.endswith(HELD_TOGETHER)
    return not reading.says("foreign", "opinion") and not plain


def other_wordings(
    question: str, reading: Reading, meaning: Meaning, entities: Entities
) -> Iterator[tuple[str, Notes]]:
    """The question in other words, each with notes of what was put into which."""
    tried = {question, reading.text}
    if (numbered := in_numbers(question, entities)) is not None:
        yield numbered, ()
    yield from _by_likely_names(reading, meaning, entities)
    for text in _arranged(question, reading, entities):
        looser, changed = in_looser_words(text, entities.named_spans)
        notes = tuple(f"“{said}”按“{plain}”理解" for said, plain in changed if _is_worth_telling(said, plain))
        for one, told in ((text, ()), (looser, notes)):
            if one not in tried:
                tried.add(one)
                yield one, told


def _is_worth_telling(said: str, plain: str) -> bool:
    """Whether a word was put into another one, not only the sentence into another order."""
    return len(said) > 1 and bool(plain) and plain[0] not in "的,、"


def _by_likely_names(reading: Reading, meaning: Meaning, entities: Entities) -> Iterator[tuple[str, Notes]]:
    """The text with what no name holds put into what one name nearly is."""
    if meaning.kind != "nothing":
        return
    left = [
        m.text for m in reading.phrases if any(part in m.text for part in _UNREAD.findall(meaning.reason))
    ]
    known = [m.text for m in reading.phrases if m.text not in left]
    owners = entities.match(known).forms if known else None
    meant = loosely_named(left, owners or None, entities)
    text = reading.text
    for said, name in meant:
        text = text.replace(said, name)
    if meant:
        yield text, tuple(f"“{said}”按“{name}”理解" for said, name in meant)


_UNREAD = re.compile("[一-龥A-Za-z0-9]{2,}")


def _arranged(question: str, reading: Reading, entities: Entities) -> Iterator[str]:
    """The text with pauses for spaces, and with a form that is named last named first."""
    paused = _SPACES.sub(",", question)
    texts = (reading.text,) if paused == question else (reading.text, paused)
    yield from texts
    for text in texts:
        if (moved := _scope_first(text, entities)) is not None:
            yield moved


def _scope_first(text: str, entities: Entities) -> str | None:
    """预算是多少？我问的是园区专项: 园区专项的预算是多少."""
    last = _LAST.match(text.rstrip("?？。!！"))
    if last is None or _ASKS.search(last["scope"]) or not _ASKS.search(last["asked"] + "几"):
        return None
    scope = _POINTED.sub("", _POINTING.sub("", last["scope"]))
    if len(scope) < 2:
        return None
    match = entities.match([scope])
    named = match.forms and match.unknown <= _KNOWN
    return f"{scope}的{last['asked']}" if named else None
