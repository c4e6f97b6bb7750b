"""Points said to be too high or too low: of the form, or of its indicators."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.asking.reading.mentions import Mention, Reading

_JOINS = re.compile("[,、;和及与跟比的了是那么又还实际表上里中填写印该应]*")
_EXECUTION = {
    "score": "exec_score",
    "total_rule": "exec_score_rule",
    "rule_score": "exec_score_rule",
    "score_gap": "exec_gap",
}
_ASKED_OF = re.compile("(?:(?:多少|几)[个条项]?|哪(?:些|几[个条项]?)|(?<!所)有)$")
_REALLY = re.compile("实际上?(?:合计|加起来)?(?:是|为|有)?(?:多少|几)")
SCORED = frozenset(("over_scored", "under_scored"))


def points_beside(mark: Mention, reading: Reading) -> Mention | None:
    """执行得分少给了, 多给了执行分: the word for the points of the form beside the mark."""
    near = [
        m
        for m in reading.fields
        if m.name in ("exec_score", "total")
        and (0 <= mark.start - m.end <= 1 or 0 <= m.start - mark.end <= 1)
    ]
    return near[-1] if near else None


def points_of_form(reading: Reading) -> bool:
    """Whether all that is said to be scored too high or too low are points of the form."""
    marks = [m for m in reading.marks if m.name in SCORED]
    return bool(marks) and all(points_beside(m, reading) for m in marks)


def rows_of_share(reading: Reading) -> None:
    """有几个指标完成率不到80%: indicators by what each reached, not the share of those that reached it."""
    for at, mention in enumerate(reading.fields):
        asked = _ASKED_OF.search(reading.text[: mention.start])
        if mention.name == "met_share" and asked and mention.text.startswith("指标"):
            noun = mention._replace(name="row", end=mention.start + 2, text="指标")
            share = mention._replace(name="completion", start=noun.end, text=mention.text[2:])
            reading.fields[at] = share
            reading.nouns.append(noun)


def what_it_really_is(reading: Reading) -> None:
    """分值加起来不是100的,实际是多少: of what is wrong, not what an indicator reached."""
    if not reading.says("weight_off", "wrong_weight"):
        return
    reading.fields[:] = [
        mention
        for mention in reading.fields
        if not (mention.name == "actual" and _REALLY.match(reading.text, mention.start))
    ]


def with_points_meant(fields: Sequence[Mention], text: str) -> list[Mention]:
    """执行得分填了几分，应得几分: points that are said right after those of the execution are these too."""
    meant: list[Mention] = []
    for mention in fields:
        before = meant[-1] if meant else None
        of_execution = before is not None and before.name.startswith("exec_score")
        if before is not None and of_execution and _JOINS.fullmatch(text, before.end, mention.start):
            meant_by = "" if "总" in mention.text else _EXECUTION.get(mention.name, "")
            meant.append(mention._replace(name=meant_by or mention.name))
        else:
            meant.append(mention)
    return meant
