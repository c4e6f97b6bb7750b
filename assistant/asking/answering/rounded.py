"""An answer with its figures rounded half-up to as many places as the question wishes."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.asking.answering.answer import Answer
from assistant.form.rounding import half_up

_FIGURE = re.compile(r"(-?[0-9]+\.[0-9]+)((?:万元|亿元|元|分|%|个百分点|倍|条|个|张|万)?)")


def rounded(answer: Answer, places: int) -> Answer:
    """``answer`` with no figure of its values longer than ``places``; the table and the sums stay exact.

    Figures with fewer places stay as they are. What was rounded is told in the notice.
    """
    told, changed = answer.answer, []
    values = []
    for value in answer.values:
        figure = _FIGURE.fullmatch(value)
        if figure is None or len(figure[1].partition(".")[2]) <= places:
            values.append(value)
            continue
        short = f"{half_up(Decimal(figure[1]), places)}{figure[2]}"
        told = re.sub(rf"(?<![0-9.]){re.escape(value)}", short, told)
        changed.append(f"{value}取{short}")
        values.append(short)
    if not changed:
        return answer
    listed = "、".join(dict.fromkeys(changed[:3])) + ("等" if len(changed) > 3 else "")
    notice = "；".join(one for one in (answer.notice, f"按要求四舍五入：{listed}") if one)
    return answer.model_copy(update={"answer": told, "values": tuple(values), "notice": notice})
