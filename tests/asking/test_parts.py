"""Questions of two parts: asked in one sentence and one after the other, with what the forms' JSON says.

Each first part finds forms or a row, each second one asks something of what was found.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from itertools import cycle
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from assistant.asking.answering.answer import Answer
from assistant.asking.asker import Asker
from tests.asking.played import last_turn

_FORMS: list[dict[str, Any]] = [
    json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((Path(__file__).parents[2] / "vectorstore" / "corpus").glob("*.json"))
]
_NUMBER = re.compile("[0-9]+(?:[.][0-9]+)?")
_JOINED = cycle(("，", "？", "；", "？顺便问一下，", "，另外"))
_FIRST = (
    ("支出比预算还多的是哪个项目", (3,)),
    ("总分超过100分的是哪张表", (5,)),
    ("有没有执行率低于85%的项目", (20,)),
    ("花钱最多的是哪个项目", (20,)),
    ("总分最低的是哪张表", (10,)),
    ("节能处有什么项目", (8,)),
    ("执行率最低的三个项目是哪几个", (20, 7, 6)),
    ("预算都是1000万的两个项目是哪两个", (1, 7)),
    ("总分低于95.5分的表有几张", (1, 10, 19)),
    ("离退休干部工作处报了几张表", (3, 12)),
)


class _Case(NamedTuple):
    """A first and a second part; the second is answered with ``figures``, ``said`` or ``rows``."""

    first: str
    second: str
    figures: tuple[Decimal, ...] = ()
    said: tuple[str, ...] = ()
    rows: tuple[tuple[int, int], ...] = ()


def _amount(text: str) -> Decimal:
    return Decimal(_NUMBER.findall(text.replace(",", ""))[0])


def _cell(form: int, name: str) -> Decimal:
    if name == "total":
        return _amount(_FORMS[form - 1]["total"]["score"])
    return _amount(_FORMS[form - 1]["funds"][0][name])


def _rounded(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.01"), ROUND_HALF_UP).normalize()


def _lost(form: int) -> dict[int, Decimal]:
    rows = [(row["weight"], row["score"]) for row in _FORMS[form - 1]["indicators"]]
    known = {at: _amount(w) - _amount(s) for at, (w, s) in enumerate(rows, 1) if w and s}
    return {at: lost for at, lost in known.items() if lost}


def _of_one(first: str, form: int) -> Iterator[_Case]:
    budget, spent = _cell(form, "budget"), _cell(form, "executed")
    everything = sum((_cell(n, "budget") for n in range(1, len(_FORMS) + 1)), Decimal(0))
    yield _Case(first, "预算是多少", (budget,))
    yield _Case(first, "实际花了多少", (spent,))
    yield _Case(first, "执行率呢", (_rounded(spent * 100 / budget),))
    yield _Case(first, "占全部项目预算的百分之几", (_rounded(budget * 100 / everything),))
    yield _Case(first, "是哪个处室的", said=(_FORMS[form - 1]["unit"],))
    lost = _lost(form)
    if lost:
        yield _Case(first, "扣在哪几条上", rows=tuple((form, at) for at in lost))
        yield _Case(first, "指标一共扣了几分", (sum(lost.values(), Decimal(0)),))
    if spent > budget:
        yield _Case(first, "多出来多少万", (spent - budget,))


def _of_many(first: str, forms: tuple[int, ...]) -> Iterator[_Case]:
    budgets, spent = ([_cell(form, name) for form in forms] for name in ("budget", "executed"))
    yield _Case(first, "实际各花了多少", tuple(spent))
    yield _Case(first, "预算分别是多少", tuple(budgets))
    yield _Case(first, "合计预算是多少", (sum(budgets),))
    rate = _rounded(sum(spent) * 100 / sum(budgets))
    yield _Case(first, "预算、执行数、总的执行率各是多少", (sum(budgets), sum(spent), rate))
    yield _Case(
        first, "其中预算最少的是哪个", said=(_FORMS[forms[budgets.index(min(budgets))] - 1]["project_name"],)
    )
    yield _Case(first, "分别是哪个处室的", said=tuple(_FORMS[form - 1]["unit"] for form in forms))


def _cases() -> Iterator[_Case]:
    for first, forms in _FIRST:
        yield from _of_one(first, forms[0]) if len(forms) == 1 else _of_many(first, forms)


def _tells(answer: Answer, case: _Case) -> bool:
    figures = {Decimal(n) for value in answer.values for n in _NUMBER.findall(value.replace(",", ""))}
    rows = {place for place in answer.table.places if place[1]}
    said = f"{answer.answer}{answer.values}"
    return (
        answer.found
        and set(case.figures) <= figures
        and all(text in said for text in case.said)
        and (not case.rows or rows == set(case.rows))
    )


@pytest.mark.parametrize("case", list(_cases()), ids=lambda case: f"{case.first}-{case.second}")
def test_the_same_is_told_in_one_sentence_and_one_after_the_other(asker: Asker, case: _Case) -> None:
    one_by_one = last_turn(asker, (case.first, case.second)).answer
    assert _tells(one_by_one, case), (one_by_one.answer, one_by_one.values)
    sentence = f"{case.first}{next(_JOINED)}{case.second}"
    together = asker.ask(sentence)
    assert _tells(together, case), (sentence, together.answer, together.values)
    first = asker.ask(case.first)
    assert {form for form, _ in first.table.places} <= {form for form, _ in together.table.places}


@pytest.mark.parametrize(
    ("turns", "values"),
    [
        (("葡萄酒专项的指标总共扣了几分",), {"0分"}),
        (("纺织培训项目的总分是多少", "按各项得分重新加总呢"), {"99.48分"}),
        (("招商引资专项的总分是多少", "分项得分和执行得分加起来应该是多少"), {"110分"}),
        (("战新专项扣分的指标是哪条", "目标呢"), {"100%"}),
        (("战新专项扣分的指标是哪条", "和目标差多少"), {"50%"}),
        (("规划编制费的执行得分应得几分", "填了几分"), {"9.51分"}),
        (("无线电安全保障的频占费征缴，按完成比例折算应该得几分", "和表上印的差多少"), {"0.14分"}),
        (("执行率最低的处室是哪个", "报了几张表"), {"1张"}),
        (("预算合计最多的处室是哪个，其中预算最少的是哪个项目",), {"10270万元", "690万"}),
        (("资金拨付及时率哪些项目设过", "其中哪个没达到目标，实际完成多少"), {"50%"}),
        (("明明有结余，执行率还印成100%的是哪张表？正确的应该是多少",), {"97.60%"}),
        (("哪张表列了中央主管部门？是哪个部委",), {"工业和信息化部"}),
        (("单位里谁报的表最多，报了几张",), {"6张"}),
    ],
)
def test_what_follows_means_what_was_shown(asker: Asker, turns: tuple[str, ...], values: set[str]) -> None:
    answer = last_turn(asker, turns).answer
    assert values <= set(answer.values), (answer.answer, answer.values)


def test_nothing_follows_on_nothing(asker: Asker) -> None:
    assert not last_turn(asker, ("园区专项没完成的指标有哪些", "都写原因了吗")).answer.found


@pytest.mark.parametrize(
    ("turns", "value"),
    [
        (("2023年预算最高的项目是哪个", "占全部项目预算的百分之几"), "40.23%"),
        (("2023年预算最高的项目是哪个，占全部项目预算的百分之几",), "40.23%"),
        (("2024年总分最低的项目是哪个", "总分比平均低多少"), "-3分"),
    ],
)
def test_the_whole_is_of_the_year_that_was_spoken_of(
    years_asker: Asker, turns: tuple[str, ...], value: str
) -> None:
    answer = last_turn(years_asker, turns).answer
    assert value in answer.values, (answer.answer, answer.values)
