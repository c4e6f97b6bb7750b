"""Numbers that Word writes before the paragraphs of a list: printed, but standing nowhere in the text."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from assistant.documents.docx_package import W

_MOST_LEVELS = 9
_DIGITS = "零一二三四五六七八九"


def _w(name: str) -> str:
    return f"{{{W}}}{name}"


@dataclass(slots=True)
class _Level:
    """One level of a list: its number format, its text (``%1.``), the number it begins with."""

    number_format: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass(slots=True)
class Numbering:
    """The lists of a document, counted on from paragraph to paragraph."""

    lists: dict[str, dict[int, _Level]] = field(default_factory=dict)
    counts: dict[str, list[int | None]] = field(default_factory=dict)

    def next(self, list_id: str, level: int) -> str:
        """What stands before the next paragraph of a list; ``""`` for bullets and unknown lists."""
        levels = self.lists.get(list_id)
        if levels is None or level not in levels:
            return ""
        counts = self.counts.setdefault(list_id, [None] * _MOST_LEVELS)
        before = counts[level]
        counts[level] = levels[level].start if before is None else before + 1
        counts[level + 1 :] = [None] * (_MOST_LEVELS - level - 1)
        if levels[level].number_format in ("bullet", "none"):
            return ""
        text = levels[level].text
        for upper in range(level + 1):
            shape = levels.get(upper, _Level())
            count = counts[upper]
            text = text.replace(f"%{upper + 1}", _shown(count or shape.start, shape.number_format))
        return text


def read_numbering(root: etree._Element) -> Numbering:
    """The lists of word/numbering.xml."""
    shapes = {
        shape.get(_w("abstractNumId")) or "": {
            _integer(level.get(_w("ilvl")), 0): _level(level) for level in shape.iterchildren(_w("lvl"))
        }
        for shape in root.iterchildren(_w("abstractNum"))
    }
    numbering = Numbering()
    for item in root.iterchildren(_w("num")):
        shape = shapes.get(_value(item, "abstractNumId"))
        if shape is None:
            continue
        levels = dict(shape)
        for override in item.iterchildren(_w("lvlOverride")):
            number = _integer(override.get(_w("ilvl")), 0)
            start = _value(override, "startOverride")
            if start and number in levels:
                old = levels[number]
                levels[number] = _Level(old.number_format, old.text, _integer(start, old.start))
        numbering.lists[item.get(_w("numId")) or ""] = {
            number: level for number, level in levels.items() if number < _MOST_LEVELS
        }
    return numbering


def _level(level: etree._Element) -> _Level:
    return _Level(
        _value(level, "numFmt") or "decimal",
        _value(level, "lvlText")[:20],
        _integer(_value(level, "start"), 1),
    )


def _value(element: etree._Element, name: str) -> str:
    child = element.find(_w(name))
    return (child.get(_w("val")) or "") if child is not None else ""


def _integer(value: str | None, default: int) -> int:
    return int(value[:6]) if value and value.isascii() and value.isdigit() else default


def _shown(number: int, number_format: str) -> str:
    if number_format.startswith(("chinese", "taiwanese", "ideographDigital", "japaneseCounting")):
        return _chinese(number)
    if "Circle" in number_format and 1 <= number <= 20:
        return chr(ord("①") + number - 1)
    if number_format.endswith("Letter"):
        letter = chr(ord("A") + (number - 1) % 26)
        return letter.lower() if number_format.startswith("lower") else letter
    if number_format.endswith("Roman"):
        return _roman(number).lower() if number_format.startswith("lower") else _roman(number)
    return str(number)


def _chinese(number: int) -> str:
    """一 to 九十九; digits from there on."""
    tens, units = divmod(number, 10)
    if not 0 < number < 100:
        return str(number)
    shown = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
    return shown + (_DIGITS[units] if units else "")


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    out = ""
    for value, sign in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        out += sign * (number // value)
        number %= value
    return out
