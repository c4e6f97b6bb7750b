"""The wordings of indicator cells: signs in words, qualities, claims of completion, sorts of names."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from assistant.form.record import TEXTS_OF_A_FORM
from assistant.form.value_types import Sign

# Asked of every number, see ``value_types``.
_UNSIGNED = Sign.NONE
_SIGN_WORDS: tuple[tuple[Sign, str], ...] = (
    (
        Sign.GE,
        "≥|(?:大于|高于|多于)(?:或者?)?等于|不(?:得|能|应)?(?:低|少|小|下)于|至少|最少|最低|(?:达到|达)或者?超过",
    ),
    (
        Sign.LE,
        "≤|(?:小于|低于|少于)(?:或者?)?等于|不(?:得|能|应)?(?:超过|超出|高于|大于|多于|超)|至多|最多|最高",
    ),
    (Sign.EQ, "=|等于"),
    (Sign.GT, ">|大于|高于|多于|超过|超出|突破|超"),
    (Sign.LT, "<|小于|低于|少于"),
)
_ABOUT = "(?:约|大约|约为|近|人民币|[¥￥$]|为|到|达到|达|在|:)*"
_SIGN_BEFORE = re.compile(
    f"(?:{'|'.join(f'(?P<{sign.name}>{words})' for sign, words in _SIGN_WORDS)}){_ABOUT}$"
)
_SIGN_CLUE = re.compile("[≥≤=><于至最超突]")
"""Every sign before a number has one; most words that may end in one (约, 为, 达到) stand alone."""
_SIGN_ENDS = frozenset("≥≤=><于少低小下过上超出高多破约近币¥￥$为到达在:")
_AFTER_STARTS = frozenset("(及或以之内起左上余多")
_CONTROLLED = re.compile(rf"(?:控制|压缩|压降|限制|降低?|下降|压减|保持)(?:在|至|到)(?:{_ABOUT})$")
_INCLUSIVE = r"(?:\(不?含[^)]*\)|及|或)?"
_SIGN_AFTER: tuple[tuple[Sign, re.Pattern[str]], ...] = (
    (Sign.GE, re.compile(f"{_INCLUSIVE}(?:以上|及以上|起)")),
    (Sign.LE, re.compile(f"{_INCLUSIVE}(?:以下|以内|之内|内(?!容|部|外|地|蒙|设))")),
)
_APPROXIMATE = re.compile("左右|上下|余|多")


def sign_before(text: str, end: int) -> tuple[Sign, int]:
    """The sign that ends at ``end`` of normal text, and its start; NONE and ``end`` if there is none."""
    if text[end - 1 : end] not in _SIGN_ENDS:
        return _UNSIGNED, end
    start = max(0, end - 16)
    found = _SIGN_BEFORE.search(text, start, end) if _SIGN_CLUE.search(text, start, end) else None
    return (Sign[found.lastgroup], found.start()) if found and found.lastgroup else (_UNSIGNED, end)


def sign_after(text: str, end: int) -> tuple[Sign, int]:
    """The sign in words after a quantity that ends at ``end`` (以上, 以内 …) and where it ends."""
    if text[end : end + 1] not in _AFTER_STARTS:
        return _UNSIGNED, end
    for sign, pattern in _SIGN_AFTER:
        if found := pattern.match(text, end):
            return sign, found.end()
    about = _APPROXIMATE.match(text, end)
    return _UNSIGNED, about.end() if about else end


def is_controlled(text: str, start: int) -> bool:
    """True where the words before a target's quantity bound it from above: 控制在, 下降至."""
    return _CONTROLLED.search(text, max(0, start - 12), start) is not None


_CHANGED = re.compile(
    "(?P<down>降低|下降|减少|压减|压缩|缩短|缩减|节约|节省|削减|减排|少于?上年)|"
    "(?P<up>提高|提升|增长|增加|上升|扩大|新增|延长)"
)
_CHANGE_BY = re.compile(
    rf"(?:{_CHANGED.pattern})(?:率|幅度|比例)?了?(?:约|近|达到?|超过?|[≥>]|不低于|不少于|至少)*(?=[0-9])"
)


@lru_cache(maxsize=TEXTS_OF_A_FORM)
def change_by(text: str) -> int:
    """1 for 提高 N, -1 for 降低 N in normal text, 0 for anything else; 降至 N is no change but a level."""
    found = _CHANGE_BY.search(text)
    return 0 if found is None else -1 if found["down"] else 1


_DEGREE = "(?:十分|非常|较为|较|比较|很|更加|极为|特别|基本)?"
_RISING = (
    "有效|显著|明显|持续|不断|稳步|大幅|进一步|逐步|全面|切实|得到|较大|充分|有力|积极|长期|稳定|平稳|普遍|逐年|"
    "大力|整体|总体|更加|较好|深入|良性|健康|有序|高效|广泛"
)
_VERB = (
    "提升|提高|增强|改善|促进|推动|推进|保障|保证|带动|降低|减少|下降|增加|增长|优化|完善|加强|发挥|缓解|扩大|巩固|帮助|"
    "支撑|支持|维护|加快|改进|激发|遏制|控制|落实|实现|运行|开展|发展|坚持|有效|稳定|保持|提供|见效|影响|受益|拓展|健全|"
    "规范|防范|化解|解决|满足|落地|引导|引领|向好|好转|提质|提速|释放|满意|服务"
)
_EFFECT = "效果|成效|作用|影响|效益|反响|贡献|水平|质量|状况|程度|运转|运行|情况"
_GRADE = "优秀|优良|良好|合格|优|良|中等|一般|较好|较差|较高|较低|好|高|满意|达标|正常"
_PHRASE = re.compile(
    f"(?:{_EFFECT}){_DEGREE}(?:显著|明显|良好|突出|较好|优良|优秀|稳定|正常|好|强|深远|积极|长期|有效)"
    f"|(?:{_RISING})(?:{_VERB})(?!率)"
    "|长期有效|长期稳定|长期坚持|长期|正常运[行转]|(?<![不])可持续|符合(?:要求|规定|标准)|满足(?:要求|需求)"
)
_GRADE_ONLY = re.compile(f"(?:{_DEGREE})(?:{_GRADE})(?:及?以上)?")
_NEGATION = re.compile(
    "(?:未|没有|没|不|无法|尚未|难以|未能)(?:能够?|达到|得到|实现|形成|取得|有|够|太|甚|很)?$"
)


@lru_cache(maxsize=1024)
def find_phrase(text: str) -> str:
    """The last qualitative phrase that normal text contains (效果显著, 有效提升 …); ``""`` if none."""
    found = [match[0] for match in _PHRASE.finditer(text) if not denied(text, match.start())]
    if found:
        return found[-1]
    return text if _GRADE_ONLY.fullmatch(text) else ""


def denied(text: str, start: int) -> bool:
    """True where what stands at ``start`` is denied: 未达到…, 不…"""
    return bool(_NEGATION.search(text, max(0, start - 6), start))


class Claim(StrEnum):
    """How much a wording claims. BASIC (基本达成) leaves open which of the two upper bands is meant."""

    ACHIEVED = "达成"
    BASIC = "基本达成"
    PARTLY = "部分达成"
    MISSED = "未达成"


_BETTER = "改善|提升|提高|增强|好转|缓解|优化|完善|健全|建立|巩固|见效|有效|满足|解决|改进|恢复|修复"
_DONE = "达成|完成|实现|达到|达标|落实|开展|执行|通过|合格"
_CLAIMS: tuple[tuple[Claim, re.Pattern[str]], ...] = (
    (
        Claim.PARTLY,
        re.compile(
            f"(?:部分|大部分|未完全|未全部|尚未完全|未全面)(?:已)?(?:{_DONE})|一定效果"
            f"|^(?:大?部分|局部)(?:已|得到|有所)*(?:{_BETTER})了?$"
        ),
    ),
    (
        Claim.MISSED,
        re.compile(f"(?:未能?|没有|没能|尚未|无法|不)(?:按[时期])?(?:{_DONE})|效果(?:较差|不明显|不显著|差)"),
    ),
    (Claim.BASIC, re.compile(f"(?:基本|大体)(?:上)?(?:已)?(?:{_DONE})")),
    (
        Claim.ACHIEVED,
        re.compile(
            "达成|(?:已经?|全部|全面|圆满|顺利|按时|按期|如期|按计划|按要求|超额|均|都)(?:完成|实现|落实|达到|达标)|"
            "(?:完成|实现|达到)(?:了)?(?:预期|年度|年初|既定|全部|各项|绩效)*(?:目标|指标|任务|效果|要求|计划|标准)|"
            "^(?:完成|实现|达标|落实到位|达到)了?$"
        ),
    ),
)


_UNFINISHED = re.compile(
    "(?:未能?|没有|没能|尚未|无法|不)(?:能)?(?:按[时期])?(?:全部|完全)?"
    "(?:完成|完工|竣工|开工|动工|启动|交付|验收|建成|上线|实施|举办|召开|开展|投入使用|到位|发放|拨付|支付|达到)"
    "|正在(?:实施|建设|施工|推进|办理|进行|安装)|(?:实施|建设|施工|进行|办理|推进|安装|调试)中$|在建"
)


def is_unfinished(text: str) -> bool:
    """True where an actual says that the work with a date is not done: 未完工, 正在施工."""
    return _UNFINISHED.search(text) is not None


@lru_cache(maxsize=1024)
def claim_of(text: str) -> Claim | None:
    """What an actual claims about its target; None for a phrase that claims nothing by itself."""
    for claim, pattern in _CLAIMS:
        if pattern.search(text):
            return claim
    return None


_EMPTY_CLAIM = re.compile(
    "^(?:全年度?|年内|本年度?|当年|目前|至今|一直|均)*(?:无|零|0|未(?:有)?发生|没有(?:发生)?|未出现|没有出现|未(?:收到|接到)|不存在)"
)
_NONE_OF = re.compile("(?:无|零|没有)(?!法|需|误|偏|变|效|关|力|故|序|可|要|论)[一-龥]{2,6}")
_BAD = (
    "投诉|上访|信访|事故|败诉|违规|违纪|违法|超支|差错|错误|失误|流失|故障|损坏|损失|伤亡|死亡|返贫|逾期|违约|失业|辍学|"
    "发案|犯罪|案发|误差|漏报|误报|错报|漏检|不合格|不达标|缺勤|空置|闲置|脱落|污染|超标|退货|延误|延期|纠纷|疫情|感染|"
    "发病|患病|复发|复吸|再犯|撤销行政决定|撤销原行政决定|停机|宕机|掉线|中断|丢失|泄露|泄密|浪费|拖欠|欠薪|不满意|漏损|"
    "非法[一-龥]{0,4}案件|闯红灯|排放|能耗|水耗|致死|致贫|舆情|群体性事件|被问责"
)
_BAD_TAIL = (
    f"(?:{_BAD}|事件|案件|发生|情况|人员|人次|行为|问题|责任|安全|质量|群体|重大|较大|年度|综合|平均|的|总|发生的)*"
    "(?:率|次数|起数|件数|数量|数|人数|例数|比例|比率|占比|个数|宗数|金额|额|时间|时长|量|面积|强度|次|起)?"
)
_BAD_NAME = re.compile(f"(?:{_BAD}){_BAD_TAIL}$")
_ANY_BAD, _PARTS = re.compile(_BAD), re.compile("[、/和与及]")
_REMEDY = re.compile(
    "(?:无|零|没有|未|不(?!当|力|足|善|良|规范|到位|及时|慎)|非|减少|降低|下降|避免|防止|防范|杜绝|控制|挽回|化解|处理|处置|查处|查办|整治|打击|消除|受理|接待|"
    "办理|侦办|侦破|纠正|排查|整改|调处|解决|减|降|节约|压减|遏制|治理|清理|处罚|追缴|救治|救助|核查|检查|举报|调解)"
    "[^,、;。]{0,6}$"
)
_WAITING_ENDS = ("时间", "时长", "时限", "耗时", "用时")
_WAITING = re.compile(
    "(?:响应|等待|等候|到达|办理|办结|审批|处置|反应|维修|修复|抢修|出具|结算)(?:平均)?(?:时间|时长)$|(?:时限|耗时|用时)$"
)
_SAVING = re.compile(
    "(?:节约|节省|压减|压缩|降低|下降|节支|降本|减少|节能)(?:的|了)?(?:成本|资金|费用|经费|支出)*(?:率|额|金额|资金|比例|幅度|数|数额)?$"
)
_NO_COST = re.compile(
    "(?:利用|达标|合格|准确|完成|及时|到位|执行|覆盖|回收|优良|达成|实现|通过|使用|发放|拨付|支付|满意|修复|处置|处理)[率度]$"
)
_UNIT_NOTE = re.compile(r"[(\[][^()\[\]]*[)\]]$")
_CLAUSE = re.compile("[,，;；。:]")


def is_cost(level2: str, name: str) -> bool:
    """True for a row of 成本指标 that counts money spent or other harm, not savings or a good rate."""
    return "成本" in level2 and _counts_harm(name)


def _counts_harm(name: str) -> bool:
    subject = _subject(name)
    return subject != "" and not _SAVING.search(subject) and not _NO_COST.search(subject)


def is_bad_event(name: str) -> bool:
    """True where ``name`` measures something unwanted (投诉率), not its remedy (投诉处理率)."""
    subject = _subject(name)
    for part in _PARTS.split(subject) if _ANY_BAD.search(subject) else ():
        found = _BAD_NAME.search(part)
        if found and not _REMEDY.search(part, 0, found.start()):
            return True
    return subject.endswith(_WAITING_ENDS) and _WAITING.search(subject) is not None


def _subject(name: str) -> str:
    """The last clause of an indicator's name without a unit in brackets."""
    if ")" in name or "]" in name:
        name = _UNIT_NOTE.sub("", name)
    if not _CLAUSE.search(name):
        return name
    return next((clause for clause in reversed(_CLAUSE.split(name)) if clause), "")


def claims_none(text: str) -> bool:
    """True for wordings that say that a bad event did not happen: 无, 零投诉, 未发生安全事故."""
    found = _EMPTY_CLAIM.match(text)
    return found is not None and (
        found.end() == len(text) or _ANY_BAD.search(text) is not None or _NONE_OF.fullmatch(text) is not None
    )
