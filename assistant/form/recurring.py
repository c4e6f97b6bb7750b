"""Days that recur, as a limit or as what was kept: 每月15日前, 次月10日, 每周五前, 每季度末."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from assistant.form.numerals import normal
from assistant.form.record import TEXTS_OF_A_FORM

_LAST = 31
_DAY = r"(?:[0-9]{1,2}[日号]?[-~至到、])?(?P<day>[0-9]{1,2})[日号]|(?P<tens>[上中下]旬|月?[底末])"
_DONE = (
    "完成|足额|按时|及时|准时|全部|全额|发放|发完|兑付|支付|报送|报告|上报|提交|拨付|划拨|缴纳|公示|公开|更新|结算|到位|"
    "到账|完毕|结束|办结|资金|补贴|补助|工资|打卡|了"
)
_RECURRING = re.compile(
    r"(?:全年|均|都|一律|已|能够?|于|在|不[晚迟]于|[≤<])*"
    r"(?:每(?:个?工作)?[日天](?P<hour>[0-9]{1,2})(?:[时点]|:)(?:(?P<minute>[0-9]{1,2})分?)?"
    r"|(?:每个?|按|逐|各)?(?P<week>周|星期|礼拜)(?P<weekday>[一二三四五六日天末])"
    rf"|(?P<period>(?:每个?|各)?季度?(?:的?(?:首|末|次)月|的?第[一二三]个月)?|(?:每个?|各)月的?(?:次|下)月|"
    rf"(?:每个?|各|当|本|次|下个?)月)?(?:的|度)?(?:{_DAY}))"
    rf"(?:\([^()]*\))?(?:之前|以前|之内|以内|前|内|止)?(?:{_DONE})*"
)
_SUNDAY = str.maketrans("天末", "日日")
_TENS = {"上旬": 10, "中旬": 20}
_MAYBE = re.compile("[月季周星礼]|每.{0,3}[日天]")


class RecurringDay(NamedTuple):
    """``period`` 日 (then ``day`` is in minutes), 周, 月, 季 or a month of it (季末月), ``""``: not given.

    ``later``: months after the one it is for; None where that is left open.
    """

    period: str
    later: int | None
    day: int


@lru_cache(maxsize=TEXTS_OF_A_FORM)
def recurring_day(text: str) -> RecurringDay | None:
    """The day that ``text``, which says nothing else, names for every period; the later one of two."""
    found = _RECURRING.fullmatch(normal(text).strip(" 。;,、.")) if len(text) <= 40 else None
    if found is None:
        return None
    if found["hour"]:
        return RecurringDay("日", 0, 60 * int(found["hour"]) + int(found["minute"] or 0))
    if found["week"]:
        return RecurringDay("周", 0, "一二三四五六日".find(found["weekday"].translate(_SUNDAY)) + 1)
    period = found["period"] or ""
    day = int(found["day"]) if found["day"] else _TENS.get(found["tens"], _LAST)
    if not 1 <= day <= _LAST:
        return None
    if "季" in period:
        return RecurringDay("季" + period.partition("季")[2].lstrip("度的"), 0, day)
    later = 1 if re.search("[次下]个?月$", period) else 0 if period[:1] in ("当", "本") else None
    return RecurringDay("月" if period else "", later, day)


def is_kept(limit: str, actual: str) -> bool | None:
    """Whether the day of ``actual`` is not after that of ``limit``; None where the two do not compare."""
    if not _MAYBE.search(limit) or (due := recurring_day(limit)) is None or not due.period:
        return None
    done = recurring_day(actual)
    if done is None or done.period not in ("", due.period):
        return None
    if due.later is None and done.later == 1:
        return None
    later = due.later or 0
    return ((later if done.later is None else done.later), done.day) <= (later, due.day)
