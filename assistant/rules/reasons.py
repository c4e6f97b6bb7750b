"""What stands in 偏差原因分析及改进措施: nothing, a statement of no deviation, a reason, a measure."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.form.numerals import normal
from assistant.form.record import TEXTS_OF_A_FORM

_HEAD = re.compile(
    r"(?<![^,;。:!])"
    r"(?:偏差原因分析及(?:改进|整改)措施|(?:偏差)?原因分析|(?:偏差|未完成|主要)?原因|(?:下一步)?(?:改进|整改)?措施|(?:改进|整改)(?=:))"
    r"(?:是|为)?:?"
)
_MEASURE_HEAD = re.compile(r"(?:改进|整改|应对|补救|下一步)措施|(?:措施|改进|整改)(?:是|为)?:|措施(?:是|为)")
_HEAD_BEGINS = re.compile("[偏原未主下改整措](?<![^,;。:!].)")
"""Heads are rare, and looked for at every place of a long text."""
_PUNCTUATION = re.compile(r"[^\w%]")
_GOAL = (
    "(?:(?:年度|全年|年初|预期|既定|绩效|预定|各项|计划|设定|工作)*"
    "(?:目标|指标|任务|计划|要求|标准|效果|进度)值?)"
)
_NO_GAP = "(?:无|未(?:发生|产生|出现|有)?|没有|不存在|未见)(?:明显|重大)?(?:偏离|偏差|差异)"
_NOTHING = re.compile(
    r"(?:无+|没有|暂无|不适用|不涉及|无需(?:说明|改进|整改)?|正常|[Nn]one|NA|na|null|NULL|0"
    rf"|(?:指标|目标|执行)*{_NO_GAP}(?:情况|原因|及改进措施)*"
    r"|(?:指标|目标|任务|工作)?(?:已经?|均已?|全部|按时|按期|如期|按计划|按要求|顺利|圆满)*"
    rf"(?:完成|达成|达标|实现|达到)了?{_GOAL}?"
    rf"|(?:与|和|同)?{_GOAL}(?:一致|相符)|符合{_GOAL})+"
)
_NO_DEVIATION = re.compile(rf"{_NO_GAP}|目标值?(?:一致|相符)")
_DONE = re.compile("完成|达成|达标|实现|达到")

_LATER = re.compile(
    "后续|今后|下一步|下步|下阶段|下一年|下年|来年|明年|次年|以后|接下来|日后|未来|力争|争取|尽快|抓紧|务必|预计"
    r"|计划(?:于|在|到|下|明|[1-9])"
)
_ADVERBS = "加强|强化|完善|优化|规范|加大|加快|做好|健全|细化|改进|提升|提高|推进|落实|严格|调整|压实|压减"
_PLANS = "加强|进一步|提前|及时|合理|科学|充分|根据|结合|继续"
_MEASURE = re.compile(
    r"将(?!军|近|来往|[0-9])|拟(?!合)|督促|催收|催缴|商请|避免|防止|杜绝|进一步|继续|持续|建立健全|定期|整改"
    r"|(?<![主重需必不摘纪])要(?![求素件是道闻因点])|应当|应该|须(?!知)"
    rf"|[应需]要?(?=(?:{_PLANS}))|(?:{_ADVERBS})(?!了|后|过|到位)(?=[一-鿿]{{2}})"
    r"|提前(?=谋划|部署|安排|与|做|编|制|对接|组织|启动|沟通)"
    r"|(?:积极|主动|及时)(?:协调|沟通|对接|争取|跟进|推进|联系)"
    r"|(?:合理|科学|精准|准确|客观|据实|审慎)(?:设定|设置|编制|制定|安排|测算|确定|预计|预估|规划)"
    r"|(?<!未)(?:月|月底|年底|季度|[0-9]日)(?:之|以)?前(?![^,;。:]*(?:未|没))[^,;。:]{0,8}(?:完成|完工|竣工|交付|支付|拨付|建成|投用|开工|到位|完毕)"
    r"|(?:已|正)(?:安排|组织|调整|联系|协调|督促|列入|制定|补)|补(?:训|齐|办|做|拨|签)"
)
_CAUSE = re.compile(
    r"^(?:主要)?是?(?:因|由于|受|鉴于|为(?!避免)|根据|按照|考虑到|随着|年初|原)|导致|致使|造成|影响|所致|原因"
)
_AS_ABOVE = re.compile("(?:原因|措施|说明|情况|理由)*同(?:上|前|第[0-9一二三四五六七八九十]+[行项条])")
_REMEDY = (
    "改为|改用|改由|改在|改成|更换|替换|增设|增开|增派|增配|增聘|增补|增至|加派|加装|加密|新购|添置|配齐|补[齐种栽植签录传测做发训]|抢修|修复"
    "|恢复(?:使用|运行|正常|供)|启用|开通|约谈|通报|追责|处罚|扣减|扣除|追回|委托|聘请|招聘|选派|调配|责成|责令|报请|印发|出台|扩建|引入|搭建"
    "|采取|采用|清退|设立|建立|走访|劝导|上门|每[月季周日天][^,]{0,3}(?:开展|组织|召开|通报|检查|巡查|调度)|增加(?=[^,]{0,8}[0-9])"
)
"""What is done against a deviation, by words that hardly ever tell its cause."""
_ACTION = (
    "组织|协调|实行|推行|落实|统一|开展|安装|制定|完善|签订|采购|购置|修订|修改|改造|补充|开放|重新|升级|核定"
)
_WITH = r"(?:(?:并|同时|现|目前|正|一是|二是)|(?:通过|对|在|由|与|向|从|把|按)[^,]{1,16}?){0,2}"
_ACTS = re.compile(rf"{_WITH}(?:{_REMEDY}|{_ACTION})(?!的|了?[^,]{{0,6}}(?:较|偏|不足|困难|滞后|缓慢))")
_REMEDIES = re.compile(rf"{_WITH}[^,]{{0,10}}?(?:{_REMEDY})(?!的)")
_DONE_SINCE = re.compile(rf"已经?[^,;。]{{0,12}}?(?:{_REMEDY}|{_ACTION})|(?:今年|即日|明年|20\d\d年)起")
_PUT_OFF = re.compile(
    "未|没|无法|不能|推迟|延至|延期|延迟|延后|延误|顺延|推后|拖|结转|结余|跨年|转入|才|方[能可]|滞后|到期|质保|预付|支付$"
)
_POSTPONED = re.compile(
    r"(?:推迟|延迟|延期|顺延|延后|推后|延至|延到|结转|转入|跨)(?:至|到|在)?(?:下一?年|来年|明年|次年|以后|20\d\d年)"
)
_WORSE = re.compile(
    "减少|下降|降低|不足|偏[低高少多慢]|缓慢|停[工业产止用机电课]|困难|难度|缺|较[低少差慢]|上涨|超"
)
_YEAR = re.compile(r"(?<!\d)(20\d\d)年")
_MEASURE_AS_ABOVE = re.compile("措施(?:同|见|与)(?:上|前|第[0-9一二三四五六七八九十]+[行项条])")
_CLAUSES = re.compile(r"[,;。:\n]")
_PARTED = re.compile(r"([,;。:\n])")
_SENTENCES = re.compile(r"[;。!?；！？\r\n]|(?<=[^\d\s])\s+(?=[^\d\s])")
_GENERIC = re.compile(
    r"(?:(?:因|由于|受|是|的|等|主要|各种|多种|多方面|各方面|方方面面|多重|各类|相关|有关|一些|其他|特殊|主客观|客观|主观|大环境|环境|种种|诸多|外部|历史|实际|工作|正常"
    r"|综合|自身|一定)*"
    r"(?:原因|因素|情况|影响|工作需要|安排|条件限制|不可抗力|需要|偏差|变化|调整)+(?:综合|共同)?(?:影响|所致|导致|造成|制约|特殊|复杂)?"
    r"|(?:未能?|没有|没能|尚未|无法)(?:按[时期])?(?:全部|完全|全面)?(?:完成|达到|实现|达标)(?:年度|年初|预期)*(?:目标|任务|指标|计划)?"
    r"|(?:进一步|继续|今后|后续|下一?步|以后|明年|将|不断|要|切实|认真|积极|持续|全面|高度|更加|大力)*(?:加强|加大|改进|完善|提高|提升|强化|努力|规范|重视|做好|抓好)"
    r"(?:管理|工作|改进|落实|监督|监管|督促|督导|指导|力度|认识|意识|能力|水平|质量|效率|责任心?|统筹|协调|沟通|学习|制度|服务|预算|绩效|项目"
    r"|日常|相关|有关|各项|思想|业务|和|与|及|的)*"
    r"|(?:今后|后续|下一?步|明年|下年度?|将|尽快|争取|力争|确保|保证|努力|尽力|按[时期]|如期|全面|全部|高质量|圆满)+"
    r"(?:完成|达到|实现|达标)(?:年度|全年|预期|各项|既定|绩效|工作|的)*(?:目标|任务|指标|计划|要求)?)+"
)


@lru_cache(maxsize=TEXTS_OF_A_FORM)
def reason_of(text: str) -> str:
    """The explanation as normal text; ``""`` where it says that there is none (无, /, 无偏差, 已完成)."""
    if not text:
        return ""
    body = normal(text)
    core = _core(body)
    return "" if not core or _NOTHING.fullmatch(core) else body


def says_no_deviation(text: str) -> bool:
    """True for 无偏差, 无偏离, 与目标一致: a statement, unlike a bare 无."""
    return not reason_of(text) and bool(_NO_DEVIATION.search(normal(text)))


def says_done(text: str) -> bool:
    """True for an explanation that only says 已完成, 达到年度目标."""
    return not reason_of(text) and bool(_DONE.search(normal(text)))


@lru_cache(maxsize=TEXTS_OF_A_FORM)
def has_measure(text: str, year: int | None = None) -> bool:
    """True where an explanation says what was or will be done; the words 改进措施 are not needed.

    ``year``: that of the form, what a text says of a later one is a plan; 0 where the form has none, None
    where years do not matter.
    """
    body = normal(text)
    if _AS_ABOVE.fullmatch(_core(body)) or _MEASURE_AS_ABOVE.search(body):
        return True
    if head := _MEASURE_HEAD.search(body):
        return bool(_unpunctuated(body[head.end() :]).strip("是为无"))
    if any(
        (_LATER.search(clause) and not _POSTPONED.search(clause))
        or (_MEASURE.search(clause) and not _CAUSE.search(clause))
        or (_DONE_SINCE.search(clause) and not _CAUSE.search(clause) and not _PUT_OFF.search(clause))
        for clause in _CLAUSES.split(body)
    ):
        return True
    return _plans_ahead(body, year) or _acts_against(body)


def _plans_ahead(body: str, year: int | None) -> bool:
    """True where a clause says what happens in a year after the form's, not what was put off until then."""
    if year is None or "20" not in body:
        return False
    return any(
        int(found[1]) > year and not _PUT_OFF.search(clause) and not _CAUSE.search(clause)
        for clause in _CLAUSES.split(body)
        for found in _YEAR.finditer(clause)
    )


def _acts_against(body: str) -> bool:
    """True where the reason is followed by what is done: …，改为线上授课; …。组织返乡人员补签。"""
    parts = _PARTED.split(body)
    for stop, clause in zip(parts[1::2], parts[2::2], strict=True):
        begins = stop not in ",:"
        if not (_REMEDIES.match(clause) or (begins and _ACTS.match(clause))):
            continue
        if not (_PUT_OFF.search(clause) or _CAUSE.search(clause)) and (begins or not _WORSE.search(clause)):
            return True
    return False


def is_generic(text: str) -> bool:
    """True for a reason that names no cause at all: 客观原因, 受实际情况影响, 加强管理."""
    return _GENERIC.fullmatch(_core(normal(text))) is not None


@lru_cache(maxsize=TEXTS_OF_A_FORM)
def pieces(text: str) -> tuple[str, ...]:
    """The sentences of an explanation without heads and punctuation, for comparing explanations."""
    parts: list[str] = []
    for sentence in _SENTENCES.split(text):
        body = normal(sentence)
        under = _HEAD.split(body) if _HEAD_BEGINS.search(body) else [body]
        parts += [core for part in under if (core := _unpunctuated(part))]
    return tuple(parts)


def _core(body: str) -> str:
    return _unpunctuated(_HEAD.sub("", body) if _HEAD_BEGINS.search(body) else body)


def _unpunctuated(text: str) -> str:
    return _PUNCTUATION.sub("", text).replace("_", "")
