"""Figures said as a formula (执行数÷预算数, 执行率×10), put into the word for its field.

What must be recomputed by hand, and how, says no more than the name of that field.
"""

from __future__ import annotations

import re

_TURNS = "(?:一?[遍下次])?"
_ADVERBS = "(?:自己|自行|重新?|动手|再|来|去|另外?|手工)*"
_COMPUTED = f"(?:{_ADVERBS}(?:计?算|重算|核算?|测算|折算|换算|验算|除|比|推){_TURNS}(?:出来|下来|过)?的?)?"
_BY = f"(?:(?:按照?|拿|用|以|把|将|依据?|根据|照){_ADVERBS})?"
_SPENT = "(?:全年|实际)?(?:执行|支出|花费|使用)(?:数额?|金额|额)?(?:合计)?"
_GRANTED = "(?:全年|年度)?预算(?:数额?|金额|额)?(?:合计)?"
_SIGN = "(?:÷|/|去?除以?|比上|比(?!(?:全年|年度)?预算[数额金]*(?:的|要|还|都)?[高低多少大小超差节]))"
_TEN = "[,再]{0,2}(?:×|x|X|[*]|乘以?|乘上)(?:满分|分值|权重)?(?:10|十)分?"
_QUOTIENT = f"{_BY}{_SPENT}{_SIGN}{_GRANTED}(?:的(?:商|比值|结果|比例))?"
_RATE = f"(?:{_BY}(?:这个|算出来?的|实际的?)?执行率|(?:按照?|拿|用|以)?[0-9.]+%|{_QUOTIENT})"
_POINTS = re.compile(
    f"(?:{_BY}(?:10|十)分?(?:×|[*]|乘以?){_RATE}|{_RATE}{_COMPUTED}{_TEN}){_COMPUTED}"
    "(?:的?(?:结果|数|得分|分数?))?"
)
"""执行率乘10: what the rule gives for the execution of the budget."""
_ALIKE = ",?(?:两个?(?:数|者))?(?:完全|正好|恰好|都)?(?:是)?(?:一样|相等|一致|相同|一分(?:都|也)?不差)"
_SHARE = re.compile(f"(?:{_ADVERBS})?{_QUOTIENT}(?!{_ALIKE})(?:{_COMPUTED})")
_OWN = re.compile(f"(?<=执行率)(?:自己|自行|重新?|动手|手工)+(?:计?算|核算|测算){_TURNS}(?:出来|下来)?")
_DUE = re.compile("应得执行得分(?:应该?|应当|该)?(?:为|是|得|打|给)*(?=多少|几)")
_TWICE = re.compile(
    "(?:应得执行得分[,的]?|(?:预算)?执行得分的?)(?=应得执行得分)|执行率[,的(]{0,2}(?=执行率)"
    "|(?<=执行得分)[(]执行率[)]"
)
_ANEW = re.compile(f"(?:重新?|再)(?:计?算|核算){_TURNS}(?:预算)?(?=执行(?:得分|率)[,(])")
_LINES = "(?:各?分项|(?:各|每|所有|全部)(?:行|条|项|个)?)(?:绩效|三级)?(?:指标)?的?"
_TENTH = "(?:预算)?执行(?:率)?(?:的|那)?(?:得分|(?:10|十)分|那?(?:一)?[行项块])"
_PLUS = "(?:加上?|连同|跟|和|与|同|及|[+、,])"
_ADD = "(?:加|累加|相加|合计|求和|加总|汇总)"
_TOGETHER = (
    f"(?:都|全|一起|一块儿?|再|重新?)*{_ADD}(?:在)?(?:一起|一块儿?|起来|总|和)?(?:的?(?:总和|总数|合计))?"
)
_SUM = re.compile(
    f"(?:把|将)?(?:重新?|再|自己)?(?:{_LINES}得分{_PLUS}{_TENTH}|{_TENTH}{_PLUS}{_LINES}得分){_TOGETHER}"
    f"|(?<=得分)[(]{_LINES}{_PLUS}{_TENTH}[)]"
)
"""各行得分加执行得分: the sum that the total should be."""
_SUM_AGAIN = re.compile(f"^(?:重新?|再|自己){_ADD}{_TURNS}(?=.*各项得分加起来)")
_SUM_ANEW = re.compile(f"^(?:重新?|再|自己){_ADD}{_TURNS}(?P<of>[^,;]{{2,24}}?)的?得分(?=$|,)")

_QUOTED = re.compile('[“"](?P<field>应得执行得分)[”"]')
"""“执行率×10” is no text that a cell holds."""


def in_fields(text: str) -> str:
    """``text`` with the formulas of scores and of the execution as the fields that hold their results."""
    text = _SUM.sub("各项得分加起来", text).replace("得分各项得分加起来", "各项得分加起来")
    text = _SUM_AGAIN.sub("", text)
    text = _SUM_ANEW.sub(r"\g<of>的各项得分加起来", text)
    text = _QUOTED.sub(r"\g<field>", _POINTS.sub("应得执行得分", text))
    text = _SHARE.sub("执行率", _OWN.sub("", text)).replace("执行率(执行率)", "执行率")
    return _ANEW.sub("", _DUE.sub("应得执行得分是", _TWICE.sub("", text)))
