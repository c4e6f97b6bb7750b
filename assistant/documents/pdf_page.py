"""What a PDF page holds, without its tables: characters in lines, and the straight lines that are drawn.

Lengths are points, counted from the upper left corner of the page.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple, TypeVar

_SAME_LINE = 0.5
"""Characters whose middles are apart by less than this part of their size stand in one line."""
_WORD_GAP = 0.25
_FIELD_GAP = 1.8
"""Gaps of so many character sizes part Latin words, and fields of a line of text."""
_SNAP = 2.5
"""Drawn lines closer than this are one line: borders are often drawn twice, or as thin rectangles."""
_JOIN = 3.5
_SHORTEST = 6.0
_THIN = 2.0
_PAGE_SHARE = 0.92
_RADICALS = str.maketrans(
    "⺁⺄⺅⺇⺈⺉⺊⺌⺎⺐⺒⺓⺕⺖⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺲⺶⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻓⻔⻖⻗"
    "⻘⻙⻚⻛⻜⻝⻞⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻭⻮⻰⻱⻳戶",
    "厂乙亻几刀刂卜小兀尢巳幺彐忄扌攵旡日月歹母民氵氺灬爫爫丬牛犭王疋目示礻竹糹纟罒羊耂肀聿月臼艹艹艹虎衤覀西见角角讠贝足车辶辶辶阝钅長长门阝雨"
    "青韦页风飞食食饣首马骨鬼鱼鸟卤麦黄黾齐歯齿龙龟龟户",
)
"""Signs for radicals, which some programs save instead of the characters that are printed the same."""
_KANGXI = range(0x2F00, 0x2FE0)


_CLOSING = frozenset("，。、；：！？）》】”’％%,.;:!?)]}〉」』…—·")
_OPENING = frozenset("（《【“‘([{〈「『")
Item = TypeVar("Item")


class Glyph(NamedTuple):
    """A printed character."""

    text: str
    left: float
    right: float
    middle: float
    size: float


class TextLine(NamedTuple):
    """A line of text between ``left`` and ``right``; ``size`` is the usual height of its characters."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    first: float
    """Width of what would have had to fit on the line above: one character or Latin word, with its signs."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A drawn line: ``at`` is its x (upright) or y (level), from ``start`` to ``end`` along it."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class PageContent:
    """The glyphs of a page and its strokes, level and upright, joined where they were drawn in pieces."""

    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    level: tuple[Stroke, ...]
    upright: tuple[Stroke, ...]
    pictures: int


def page_content(page: Any) -> PageContent:
    """The content of a pdfplumber page."""
    width, height = float(page.width), float(page.height)
    level, upright = _strokes(page, width, height)
    return PageContent(width, height, tuple(_glyphs(page)), level, upright, len(page.images))


def _glyphs(page: Any) -> Iterable[Glyph]:
    seen: set[tuple[str, int, int]] = set()
    for char in page.chars:
        text = _plain(char["text"])
        left, right = float(char["x0"]), float(char["x1"])
        middle = (float(char["top"]) + float(char["bottom"])) / 2
        # Bold type is often the same character printed twice, a hair apart.
        spots = {(text, round(left + dx), round(middle)) for dx in (-0.5, 0.5)}
        if text and not spots & seen:
            seen |= spots
            yield Glyph(text, left, right, middle, max(float(char["size"]), 1.0))


def _plain(text: str) -> str:
    if text.isascii():
        return text
    if any(ord(character) in _KANGXI for character in text):
        text = unicodedata.normalize("NFKC", text)
    return text.translate(_RADICALS)


def _strokes(page: Any, width: float, height: float) -> tuple[tuple[Stroke, ...], tuple[Stroke, ...]]:
    level: list[Stroke] = []
    upright: list[Stroke] = []
    for edge in page.edges:
        left, right = sorted((float(edge["x0"]), float(edge["x1"])))
        top, bottom = sorted((float(edge["top"]), float(edge["bottom"])))
        # A frame or a background of the whole page is no table.
        of_page = edge.get("object_type") == "rect_edge" and (
            right - left > _PAGE_SHARE * width or bottom - top > _PAGE_SHARE * height
        )
        if of_page:
            continue
        if bottom - top <= _THIN:
            level.append(Stroke((top + bottom) / 2, left, right))
        elif right - left <= _THIN:
            upright.append(Stroke((left + right) / 2, top, bottom))
    return _joined(level), _joined(upright)


def _joined(strokes: list[Stroke]) -> tuple[Stroke, ...]:
    """Strokes on the same line as one, where they touch; what is too short to part cells is left out."""
    joined = []
    for group in clusters(strokes, [stroke.at for stroke in strokes]):
        at = sum(stroke.at for stroke in group) / len(group)
        group.sort(key=lambda stroke: stroke.start)
        start, end = group[0].start, group[0].end
        for stroke in group[1:]:
            if stroke.start <= end + _JOIN:
                end = max(end, stroke.end)
            else:
                joined.append(Stroke(at, start, end))
                start, end = stroke.start, stroke.end
        joined.append(Stroke(at, start, end))
    return tuple(stroke for stroke in joined if stroke.end - stroke.start >= _SHORTEST)


def clusters(items: Sequence[Item], positions: Sequence[float]) -> list[list[Item]]:
    """Items in groups of nearly the same position, in rising order."""
    groups: list[list[Item]] = []
    first = 0.0
    for position, item in sorted(zip(positions, items, strict=True), key=lambda pair: pair[0]):
        if groups and position - first <= _SNAP:
            groups[-1].append(item)
        else:
            groups.append([item])
            first = position
    return groups


def nearest(positions: Sequence[float], position: float) -> int:
    """The number of the position that is nearest."""
    return min(range(len(positions)), key=lambda number: abs(positions[number] - position))


def lines_of(glyphs: Iterable[Glyph], *, fields: bool = False) -> list[TextLine]:
    """Glyphs as lines of text from top to bottom. ``fields``: wide gaps in a line become two blanks."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: glyph.middle):
        last = rows[-1][0] if rows else None
        if last is not None and glyph.middle - last.middle <= _SAME_LINE * max(last.size, glyph.size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    lines = [_line(sorted(row, key=lambda glyph: glyph.left), fields) for row in rows]
    return [line for line in lines if line is not None]


def _line(row: list[Glyph], fields: bool) -> TextLine | None:
    while row and row[0].text.isspace():
        row.pop(0)
    while row and row[-1].text.isspace():
        row.pop()
    if not row:
        return None
    size = sorted(glyph.size for glyph in row)[len(row) // 2]
    pieces = [row[0].text]
    for before, glyph in pairwise(row):
        gap = glyph.left - before.right
        if fields and gap > _FIELD_GAP * size:
            pieces.append("  ")
        elif gap > _WORD_GAP * size and _is_word(before.text) and _is_word(glyph.text):
            pieces.append(" ")
        pieces.append(glyph.text)
    middle, text = row[0].middle, "".join(pieces)
    first = _first_unit(row, size)
    return TextLine(text, row[0].left, row[-1].right, middle - size / 2, middle + size / 2, size, first)


def _first_unit(row: list[Glyph], size: float) -> float:
    """Width of what may not be parted at the beginning of a line: 100%。 or （一 or just one character."""
    for before, glyph in pairwise(row):
        word = (
            _is_word(before.text) and _is_word(glyph.text) and glyph.left - before.right <= _WORD_GAP * size
        )
        if not (word or before.text in _OPENING or glyph.text in _CLOSING):
            return before.right - row[0].left
    return row[-1].right - row[0].left


def _is_word(text: str) -> bool:
    return text[:1].isascii() and not text.isspace()
