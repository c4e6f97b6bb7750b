"""The grade that a text of the form states: 优, 良, 中 or 差."""

from __future__ import annotations

import re

from assistant.form.numerals import normal

_HEAD = "(?:等级|等次|档次|评级|评价结论|自评结论|自评结果|评价结果)"
_STATED = re.compile(_HEAD + '(?:为|是|:|—|-|“|")+(优|良|中|差)[秀好等]?(?![一-龥])')
_ALONE = re.compile("(优|良|中|差)[秀好等]?")
_CHOICE = re.compile("优[^一-龥]*良[^一-龥]*中[^一-龥]*差")
_TICKED = "[☑√■✓✔☒⊠]"
_BOX = re.compile(f"(?:□|☐|◻|{_TICKED})\\)?$|\\( ?\\)$")


def stated_grade(text: str) -> str:
    """The grade that ``text`` states in words (自评等次：良) or ticks; ``""`` where none is clear."""
    body = normal(text)
    if choice := _CHOICE.search(body):
        return _ticked(body, choice)
    found = _STATED.search(body) or _ALONE.fullmatch(body)
    return found[1] if found else ""


def _ticked(body: str, choice: re.Match[str]) -> str:
    """The one ticked grade; the boxes stand before the grades or after them."""
    before = _BOX.search(body, 0, choice.start()) is not None
    pattern = f"{_TICKED}\\)?(优|良|中|差)" if before else f"(优|良|中|差)\\(?{_TICKED}"
    ticked = re.findall(pattern, body)
    return ticked[0] if len(ticked) == 1 else ""
