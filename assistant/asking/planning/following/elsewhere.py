"""别的表里这条指标呢, 还有哪些项目也用了它: the indicator that was shown, in the other forms."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.asking.planning.before import Ask, Before, Understood
from assistant.asking.planning.meaning import Meaning
from assistant.asking.reading import conditions as cond
from assistant.asking.reading.entities import Entities
from assistant.asking.reading.matching import RowId
from assistant.asking.reading.reading import read
from assistant.asking.records.query import Query, Shape
from assistant.form.numerals import normal

_OWNER = "(?:项目|专项|表|处室|单位|部门|科室)"
_ELSEWHERE = re.compile(
    f"(?:在)?(?:其[他它余]的?|别的|另外的?|另)(?:那?(?:几|些|[0-9两三四五六七八九十]+))?(?:[个张家])?{_OWNER}(?:里头?|里面|中|上|那边)?的?"
    f"|(?:还有|还|另外)?(?:有)?(?:哪些|哪几[个张家]|哪[个张家]|谁)(?:别的|其他)?的?{_OWNER}?(?=[^,;]*[也还])(?:里头?|里面|中|上)?"
    f"|(?:还|另外)有(?:哪些|哪几[个张家]|哪[个张家]|谁|几[个张家]){_OWNER}?(?:里头?|里面|中|上)?"
)
_SAME = re.compile(
    "(?:[这该那]一?[个条项]?|同样的?|同名的?|同一[个条项]?|相同的?|一样的?|类似的?)(?:[这那]?[个条项])?(?:同名)?的?(?:绩效)?指标"
    "|[这该那]一?[条项](?!目)|同名的?|同样的?|(?<=[用设有列填])了?它|(?<=考核)了?它"
)
_HAS = re.compile(
    "(?:也|还|都)*(?:有没有|有无|是否|是不是)(?:也|还|都)*(?:用|设|有|列|填|考核|采用|使用)?(?:了|过|到|着)?"
    "|(?:也|还|都)*(?:用|设|有|列|填|考核|采用|使用)(?:了|过|到|着)?|^(?:也|还|都)+"
)
_NUMBERED = re.compile("^指标[0-9]+[:：]")
_ASKS_NOTHING = re.compile("[的了过呢吗啊,]*")
_WHETHER = re.compile("有没有|有无|是否|是不是|吗$")


def same_indicator(text: str, before: Before, entities: Entities, ask: Ask) -> Understood | None:
    """What is asked of the rows of the same name in other forms; None where nothing is asked of these."""
    elsewhere, same = _ELSEWHERE.search(text), _SAME.search(text)
    if elsewhere is None or not before.rows:
        return None
    names = {_name(row, entities) for row in before.rows}
    rest = _without(text, elsewhere, same)
    if len(names) != 1 or (same is None and not _is_of_rows(rest, entities)):
        return None
    rows = _others(before, names.pop(), entities)
    if not rows:
        name = entities.by_number[before.rows[0][0]].indicators[before.rows[0][1] - 1]["name"].text
        return Understood(Meaning(kind="nothing", reason=f"别的表里的“{name}”"), read(text, entities))
    forms = tuple(dict.fromkeys(form for form, _ in rows))
    shown = replace(before, rows=rows, forms=forms, earlier=(), trail=(), joined=False)
    if not _ASKS_NOTHING.fullmatch(rest):
        return ask(f"这些指标{rest}", shown)
    query = before.query
    show = query.show if query is not None and query.of == "indicators" else ()
    shape: Shape = "yesno" if _WHETHER.search(text) else "list"
    listed = Query(of="indicators", rows=rows, ask=shape, show=show or ("target", "actual"))
    return Understood(Meaning(queries=(listed,)), read(text, entities), among=before)


def _is_of_rows(rest: str, entities: Entities) -> bool:
    """Whether nothing, or a cell of indicators, is asked for: 其他表的目标呢."""
    reading = read(rest, entities)
    own = {m.name for m in reading.fields} <= cond.ROW_FIELDS and not (reading.nouns or reading.marks)
    return _ASKS_NOTHING.fullmatch(rest) is not None or (
        bool(reading.fields) and own and not (reading.names_something() or reading.levels or reading.bounds)
    )


def _without(text: str, *said: re.Match[str] | None) -> str:
    """What is left of ``text``: what is asked of these rows."""
    for one in sorted((one for one in said if one is not None), key=lambda one: -one.start()):
        text = f"{text[: one.start()]},{text[one.end() :]}"
    return _HAS.sub("", text.removeprefix("那么").removeprefix("那").strip(",")).strip(",")


def _name(row: RowId, entities: Entities) -> str:
    form, at = row
    return _NUMBERED.sub("", normal(entities.by_number[form].indicators[at - 1]["name"].text))


def _others(before: Before, name: str, entities: Entities) -> tuple[RowId, ...]:
    """The rows so called in other forms of the years that were spoken of."""
    years = {entities.by_number[form].year for form, _ in before.rows}
    shown = {form for form, _ in before.rows}
    return tuple(
        (form.number, at)
        for form in entities.forms
        if form.year in years and form.number not in shown
        for at in range(1, len(form.indicators) + 1)
        if _name((form.number, at), entities) == name
    )
