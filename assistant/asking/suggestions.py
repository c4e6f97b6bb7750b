"""Questions to begin with that fit what the library holds: each of them has an answer with rows."""

from __future__ import annotations

from assistant.asking.asker import Asker
from assistant.asking.records.permitted import EVERYTHING, Permitted

_CANDIDATES = (
    "没花完的钱按差额从大到小排一排",
    "完成值超过目标一倍还没写原因的指标有哪些？",
    "哪些表的执行得分算错了？",
    "哪些表一个成本指标都没设？",
    "每个处室总分最低的项目是哪个？",
    "执行率低于95%或者总分低于97分的项目有哪些？",
    "没完成目标又没写原因的指标有哪些？",
    "哪些表总分算错了？",
    "哪个处室的预算总额最高？",
    "总分低于平均分的项目有哪些？",
    "扣分最多的三个指标是哪些？",
    "没完成目标的指标占全部指标的百分之几？",
    "各年度的预算合计是多少？",
    "总分最低的三个项目是哪些？",
    "一共有多少张表？",
)
_SHOWN = 6


def suggested(asker: Asker, permitted: Permitted = EVERYTHING) -> tuple[str, ...]:
    """The first questions of the list that have an answer with something in it."""
    found = []
    for question in _CANDIDATES:
        answer = asker.ask(question, permitted=permitted)
        if answer.found and answer.table.rows:
            found.append(question)
        if len(found) == _SHOWN:
            break
    return tuple(found)
