"""The one door through which text of users, files and models enters the page."""

from __future__ import annotations

import html
import re

from assistant.form.model import BLANK, UNVERIFIED

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls
    "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufe00-\ufe0f"  # zero width, text direction, variants
    "\U000e0000-\U000e007f\U000e0100-\U000e01ef]"  # tags that a reader does not see and a model does
)


def visible(text: str) -> str:
    """``text`` without characters that nobody sees and with plain line breaks; still unescaped."""
    return _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n"))


def escape(text: object) -> str:
    """Any text as HTML that shows exactly its visible characters, in an element or in a quoted attribute."""
    return html.escape(visible(str(text)), quote=True)


def conspicuous(text: str) -> str:
    """As ``escape``, with what is still to be filled in or checked marked."""
    shown = escape(text)
    for sign in (BLANK, UNVERIFIED):
        shown = shown.replace(sign, f"<mark>{sign}</mark>")
    return shown
