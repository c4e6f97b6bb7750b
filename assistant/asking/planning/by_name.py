"""Projects called by a part of their names, said by their numbers: 三个专项经费, 中央那笔和自治区那笔."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.asking.reading.entities import Entities
from assistant.asking.reading.reading import read
from assistant.asking.reading.scope import scope_of
from assistant.form.numerals import normal, number_of

_COUNTED = re.compile(
    "(?P<n>[两二三四五六七八九2-9])(?:个|张|笔|份)(?P<name>[一-龥]{2,10}?)(?:的)?(?:项目|表)?(?=分别|各|都|一共|总共|合计|加起来|哪|谁|的|,|，)"
)
_THAT_ONE = re.compile("(?P<name>[一-龥]{2,8}?)(?:的)?那(?:一)?[笔张份个](?:表|项目|钱|资金)?")
_JOINTS = re.compile("^(?:和|跟|与|同|比|、|还是|以及)+")
_MOST = 60
"""So many names are looked through, at most."""
_LEAST = 2


def counted_by_name(question: str, entities: Entities) -> str | None:
    """三个专项经费分别花了多少, where just so many projects are called so; else None."""
    found = _COUNTED.search(normal(question))
    number = number_of(found["n"].replace("两", "二")) if found is not None else None
    if found is None or number is None:
        return None
    forms = _called(found["name"], entities.related([found["name"]], named=True), entities)
    if len(forms) != number:
        return None
    text = normal(question)
    return f"{text[: found.start()]}{_numbered(forms)}{text[found.end() :]}"


def those_by_name(question: str, entities: Entities) -> str | None:
    """中央那笔和自治区那笔, of the forms that have what else is named; None where one is not clear."""
    text = normal(question)
    said = list(_THAT_ONE.finditer(text))
    if len(said) < _LEAST:
        return None
    rest = _THAT_ONE.sub("", text)
    scope = scope_of(read(rest, entities), entities, None)
    among = tuple(dict.fromkeys(form for form, _ in scope.rows))
    if len(among) < _LEAST:
        return None
    chosen: list[int] = []
    for one in reversed(said):
        name = _JOINTS.sub("", one["name"])
        forms = _called(name, among, entities)
        if len(forms) != 1 or forms[0] in chosen:
            return None
        start = one.end("name") - len(name)
        text = f"{text[:start]}{forms[0]}号表{text[one.end() :]}"
        chosen.append(forms[0])
    return text


def _called(name: str, forms: Iterable[int], entities: Entities) -> list[int]:
    """Of these forms those whose project's name holds ``name`` as it stands."""
    numbers = list(forms)
    if len(numbers) > _MOST:
        return []
    return [number for number in numbers if name in entities.by_number[number].form.project_name]


def _numbered(forms: Iterable[int]) -> str:
    return "、".join(f"{form}号表" for form in forms)
