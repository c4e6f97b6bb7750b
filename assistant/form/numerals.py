"""Text of a cell made comparable, and the numbers in it: Arabic, full-width, Chinese (十二, 两千, 九点五)."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from assistant.form.record import TEXTS_OF_A_FORM

_GLYPHS = str.maketrans(
    {
        **dict.fromkeys("≧⩾≮", "≥"),
        **dict.fromkeys("≦⩽≯", "≤"),
        **dict.fromkeys("〉›", ">"),
        **dict.fromkeys("〈‹", "<"),
        **dict.fromkeys("—–−‒―‐‑", "-"),
        **dict.fromkeys("～〜∼˜", "~"),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", None),
    }
)
_BULLETS = re.compile("[①-⒛㈠-㈩㊀-㊉❶-➓]")
_ODD_GLYPH = re.compile(f"[{''.join(map(chr, _GLYPHS))}①-⒛㈠-㈩㊀-㊉❶-➓]")
_PLAIN = re.compile("[≥≤]?[0-9A-Za-z%.,\u4e00-\u9fa5]*")
"""Most cells: nothing in them has another spelling, so they need no closer look."""
_WIDE = tuple((wide, chr(ord(wide) - 0xFEE0)) for wide in "，：；（）！？％")
_PROSE = re.compile("[\n -~≥≤\u4e00-\u9fa5。、“”《》，：；（）！？％]*")
"""Most texts: of these characters NFKC changes the wide ones only, and looks up each to find that out."""
_SETTLED = re.compile("[!-;?-~\u4e00-\u9fa5。、“”《》，：；（）！？％]*")
"""The same without what else can be spelled in several ways: blanks and signs."""
_WRAPPED_DIGITS = re.compile(r"(?<=[0-9])[ \t]*[\r\n\v\f]+[ \t]*(?=[0-9])")
_SPACED_THOUSANDS = re.compile(r"(?<![0-9.])[0-9]{1,3}(?: [0-9]{3})+(?![0-9])")
_SPACE = re.compile(r"\s+")
_IDLE_SPACE = re.compile(r"(?<![0-9]) | (?![0-9])")
_SIGNS = (
    (re.compile(r">[=/]+|=>|≥=+"), "≥"),
    (re.compile(r"<[=/]+|=<|≤=+"), "≤"),
    (re.compile(r"([≥≤=<>])\1+"), r"\1"),
)
_TWO_SIGNS = re.compile("[≥≤=<>].*[≥≤=<>/]")
"""One sign alone needs no other spelling."""
MOST_DIGITS = 15
"""Longer runs of digits are identity, account or phone numbers, not quantities."""

ARABIC = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
_ARABIC = re.compile(ARABIC)
NUMERALS = "零〇○一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟"
CHINESE = f"[{NUMERALS}]+(?:点[零〇一二三四五六七八九]+)?"

_DIGIT = {c: n for n, glyphs in enumerate(("零〇○", "一壹", "二两贰", "三叁", "四肆")) for c in glyphs}
_DIGIT |= {c: n for n, glyphs in enumerate(("五伍", "六陆", "七柒", "八捌", "九玖"), 5) for c in glyphs}
_POWER = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}

_NUMBER = rf"(?:{ARABIC}|{CHINESE}|百)"
_BETWEEN = re.compile(r"([0-9.]+%?)[≤<][A-Za-z一-龥]{0,6}[≤<]([0-9.]+)")
_PARTS = re.compile(rf"(百|千|十万|10万|万)分之({_NUMBER})")
_PART_UNITS = {"百": "%", "千": "‰", "万": "/万", "十万": "/10万", "10万": "/10万"}
_SPELLED_RANGE = re.compile(f"(?<![一-龥])({CHINESE})[至到~-]({CHINESE})(?=[^之分点成]|$)")
_ANY_RANGE = re.compile(f"[至到~-](?<=[{NUMERALS}].)[{NUMERALS}]")
_ANY_DATE = re.compile(f"[年月日号](?<=[{NUMERALS}].)")
"""Every range and date in words has one: found at once, while its pattern is tried at every place."""
_YEAR_WORDS = re.compile("([〇零○一二三四五六七八九]{4})(?=年)")
_DAY_WORDS = re.compile(f"(?<![一-龥])({CHINESE})(?=月|日|号)|(?<=[年月])({CHINESE})(?=月|日|号)")


@lru_cache(maxsize=TEXTS_OF_A_FORM)
def normal(text: str) -> str:
    """``text`` without typographic variety: NFKC, one glyph per sign, no white space but between numbers."""
    return _in_digits(text if _PLAIN.fullmatch(text) else _one_glyph(text))


def half_width(text: str) -> str:
    """``text`` in NFKC: digits, letters and punctuation as ASCII where they have such a form."""
    return _narrowed(text) if _PROSE.fullmatch(text) else unicodedata.normalize("NFKC", text)


def _narrowed(text: str) -> str:
    for wide, narrow in _WIDE:
        text = text.replace(wide, narrow)
    return text


def _one_glyph(text: str) -> str:
    if _SETTLED.fullmatch(text):
        return _narrowed(text)
    if _PROSE.fullmatch(text):
        text = _narrowed(text)
    else:
        if _ODD_GLYPH.search(text):
            text = _BULLETS.sub(";", text).translate(_GLYPHS)
        text = unicodedata.normalize("NFKC", text)
        if _ODD_GLYPH.search(text):
            text = text.translate(_GLYPHS)
    if _SPACE.search(text):
        text = _SPACE.sub(" ", _WRAPPED_DIGITS.sub("", text)).strip()
        text = _SPACED_THOUSANDS.sub(lambda found: found[0].replace(" ", ""), text)
        text = _IDLE_SPACE.sub("", text)
    if _TWO_SIGNS.search(text):
        for pattern, sign in _SIGNS:
            text = pattern.sub(sign, text)
        text = _BETWEEN.sub(r"≥\1且≤\2", text)
    return text


def _in_digits(text: str) -> str:
    """Ranges in Chinese numerals and 百分之… in digits."""
    if ("至" in text or "到" in text or "-" in text or "~" in text) and _ANY_RANGE.search(text):
        text = _SPELLED_RANGE.sub(lambda found: _digits(found[1]) + "-" + _digits(found[2]), text)
    return _PARTS.sub(_part, text.replace("百分百", "100%")) if "分" in text else text


def _part(found: re.Match[str]) -> str:
    number = number_of(found[2])
    return found[0] if number is None else f"{number:f}{_PART_UNITS[found[1]]}"


def dates_in_digits(text: str) -> str:
    """Chinese numerals of dates as digits: ``二〇二一年十二月`` becomes ``2021年12月``."""
    if "年" in text and _ANY_DATE.search(text):
        text = _YEAR_WORDS.sub(lambda found: "".join(str(_DIGIT[c]) for c in found[1]), text)
    if ("月" in text or "日" in text or "号" in text) and _ANY_DATE.search(text):
        text = _DAY_WORDS.sub(lambda found: _digits(found[1] or found[2]), text)
    return text


def _digits(words: str) -> str:
    number = number_of(words)
    return words if number is None else f"{number:f}"


def number_of(text: str) -> Decimal | None:
    """The number that ``text`` spells in digits or Chinese numerals; None where it spells none."""
    return arabic(text) if _ARABIC.fullmatch(text) else _chinese(text)


def arabic(text: str) -> Decimal | None:
    """The number of a text that is ``ARABIC``; None where it is too long for a quantity."""
    digits = text.replace(",", "")
    return Decimal(digits) if len(digits) <= MOST_DIGITS + 1 else None


@lru_cache(maxsize=1024)
def _chinese(text: str) -> Decimal | None:
    whole, _, fraction = text.partition("点")
    if whole == "百":
        return Decimal(100)
    value = _positional(whole) if not any(c in _POWER for c in whole) else _counted(whole)
    if value is None or any(c not in _DIGIT for c in fraction):
        return None
    return value + Decimal("0." + "".join(str(_DIGIT[c]) for c in fraction)) if fraction else value


def _positional(text: str) -> Decimal | None:
    """三 or 二〇二一; two or three digits in a row (三四) are an approximation, not a number."""
    if not text or any(c not in _DIGIT for c in text) or len(text) > MOST_DIGITS:
        return None
    return Decimal("".join(str(_DIGIT[c]) for c in text)) if len(text) not in (2, 3) else None


def _counted(text: str) -> Decimal | None:
    """三百五十, 一千零八, 十二, 两千五; None where powers do not fall or digits follow each other."""
    total, digit, last = 0, None, 10_000
    for place, c in enumerate(text):
        if c in _POWER:
            power = _POWER[c]
            if power >= last or (
                digit is None and (power != 10 or place > 0) and text[place - 1] not in "零〇"
            ):
                return None
            total, digit, last = total + (1 if digit is None else digit) * power, None, power
        elif c not in _DIGIT or digit not in (None, 0):
            return None
        else:
            digit = _DIGIT[c]
    colloquial = digit is not None and last > 10 and text[-2] in _POWER
    return Decimal(total + (digit or 0) * (last // 10 if colloquial else 1))
