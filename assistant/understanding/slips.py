"""What a person takes back in the same breath: 实际105人，不对，是98人 says 98人 only."""

from __future__ import annotations

import re

_NUMBER = r"(?:\d[\d.]*|[零一二两三四五六七八九十百千]{1,7})"
_UNIT = r"[万亿千]?[\u3400-\u9fff%‰]{0,3}?"
_SLIP = re.compile(
    rf"(?<![\d.])(?P<old>{_NUMBER})(?P<unit>{_UNIT})，(?:哦|噢|啊|呃|嗯|哎呀?|不好意思|，)*"
    r"(?:不对|不是(?=，)|[说写打记看]?错了|口误)(?=[，应我其是为])，?(?:应该?|我是说|其实)*[是为]?"
    rf"(?P<new>{_NUMBER})(?P<said>{_UNIT})(?=$|[，。；！\n])"
)


def without_slips(text: str) -> str:
    """A message without the figures that it takes back itself; another unit is another thing."""
    return _SLIP.sub(_corrected, text)


def _corrected(match: re.Match[str]) -> str:
    if match["said"] not in ("", match["unit"]):
        return match[0]
    return match["new"] + match["unit"]
