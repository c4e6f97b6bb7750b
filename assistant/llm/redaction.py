"""Kept prompts and replies without what identifies a person or opens a door."""

from __future__ import annotations

import re

_PATTERNS = (
    (re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)"), "〔身份证号〕"),
    (re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)"), "〔手机号〕"),
    (re.compile(r"(?<!\d)\d{16,19}(?!\d)"), "〔账号〕"),
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+", re.ASCII), "〔邮箱〕"),
    (re.compile(r"(?:sk|pk|key|token)[-_][A-Za-z0-9_-]{12,}", re.IGNORECASE), "〔密钥〕"),
)


def redacted(text: str) -> str:
    """``text`` with numbers of identity cards, phones and accounts, addresses and keys named, not shown."""
    for pattern, name in _PATTERNS:
        text = pattern.sub(name, text)
    return text
