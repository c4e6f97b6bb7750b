"""What a clause speaks of: office, auxiliaries and adverbials taken off, the verb told from its object."""

from __future__ import annotations

import re
from functools import cache

from assistant.understanding.clauses import clean, split
from assistant.understanding.customs import customs
from assistant.understanding.quantities import find_quantities

_FILLING = re.compile(
    r"(?:原来|原先|原本|本来|当初|起初|最初|年初|一开始|事先)(?=计划|目标|定|安排|打算|要求|预计|准备|拟|设|$)|去年|上年|上一年|今年|本年度?|当年|全年|全部|20\d\d年度?|(?<![部动星学划])计划(?!生育|完成率|单列)|目标[是为]?|预计|打算|准备|需要|"
    r"一共|总共|共计|合计|累计|大约|大概|左右|实际|已经|(?<![检测评审查])结果|不少于|不低于|不超过|不高于|至少|最多|达到|力争|一年|每年|其中|"
    r"[了：:“”‘’\"（）()《》\s]"
)
_EDGES = re.compile(
    r"^(?:争取|力争|确保)(?:拿到?|夺得?|获得?|达到|完成|实现|做到)?(?=[\u3400-\u9fff]{2})|^(?:[要想还又只仅拟请共将把需约]|应(?![急用收对届诉])|再(?![犯就生造利]))+(?=.)|^是(?=..)|^(?:做|搞|建|办)?[一几][个场座条](?=..)|^[做搞](?=[^法好大强])|^(?:主要|继续|全面|负责|用于|安排|另外|以及|同时|然后|拟定|我想)(?=..)|^有(?=[^机线害关效].)"
    r"|(?<=.)[约共到在为是有要将达]+$|^[约共到在是的]+$"
)
_SPEAKER = re.compile(
    r"^(?:我们?|咱们?|本)(?:单位|处|局|委|厅|办|县|市|区|镇|乡|村|院|校|站|所|中心|街道|社区|公司|科室?|省|盟|旗|州)?"
    r"(?=.)"
)
_OFFICE = (
    r"^(?!{verbs}(?!部))[\u3400-\u9fff]{0,14}?(?:(?<=[\u3400-\u9fff])(?<![格布结全当定])局|委员会|[改健工政党县市区团纪检]委|厅|"
    r"联合会|总工会|残联|妇联|科协|侨联|文联|宣传部|组织部|统战部|武装部|政府|法院|检察院|电视台|广播台|报社|融媒体中心|财政所|环卫所|管理处|街道办(?:事处)?|(?<=[^公])办公室)"
    r"(?![员托派任、，和与及])的?(?=.)"
)
_INSTITUTION = (
    r"^(?![要拟将再还]?{verbs})[\u3400-\u9fff]{0,14}?(?:街道|社区|中心|医院|馆|所|站|学校|小学|中学|大学|学院|党校|公司|协会|支队|大队|总队|"
    r"法院|检察院|研究院|林场|乡|镇|村|村委会|居委会|办公室)(?=(?:拟|要|将|计划|准备|打算|在|给|为|对|向|赴|与)"
    r"|(?!建设|改造|维修|修缮|扩建|装修|维护|服务){verbs})"
)
_ADVERBIAL = (
    r"^(?:(?:在|于|赴|到|去|进|深入|走进|利用|通过|依托|围绕|面向|依据|根据|按照)[^，]{1,14}?"
    r"|(?:委托|聘请|邀请)(?:第三方(?:机构)?|专家|(?:中介|专业|社会)机构)?|组织[^，]{2,8}?(?=参加|参与|赴|到))(?={verbs}|参加|参与)"
)
_RECIPIENT = re.compile(r"^(?:给予|给|为|对|向|帮助|使|让)(?=.)")
_ALL_OF = re.compile(
    r"^(?:全(?:县|市|区|省|镇|乡|州|疆|校|院|局|域)|各(?:县|市|区|乡|镇|村|单位)+)(?:的)?(?=..|$)"
)
_AGES = re.compile(
    r"符合[^，的]{0,8}的|\d+(?:周岁|岁)(?:及?以[上下内])?(?:的)?[、至到和-]*|(?:每[人户家个生月年天亩期班场次座村点件孩])+|以[上下]的?(?=[\u3400-\u9fff])"
)
_EXAMPLES = r"(?P<verb>^{verbs})?[^，]*?、[^，]*?等(?=[\u3400-\u9fff]{2,})"
_NAMED_PROJECT = re.compile(
    r"(?P<name>[^，。；：、（()）\d]{2,30}?)(?:专项资金|专项经费|补助资金|项目|专项|工作经费|经费|工作)(?=[，。；（\s]|的?自评|$)"
)
_SMALL_TALK = re.compile(
    r"^(?:你好|您好|请问|一下|我们?想要?|我[们要]|帮我?|麻烦|我?想?做一个|做个|填|写|关于|(?:整|弄|填|做|写)(?:一?下|一?个)?(?:我们|咱们?)?[\u3400-\u9fff]{0,12}的(?:自评)?表|申请(?:一)?个?项目?|有(?:一)?个|这是|这个|是|搞)+"
)
_TO_FILL = re.compile(
    r"(?:你好|您好|我们?|想|要|得|请|帮忙?|给我|来|准备|需要)*(?:填|做|写|弄|搞|报)(?:一?[个张份下])?(?:绩效)?(?:自评)?(?:的)?表?格?(?:吧|了)?"
)
_ROLE = (
    r"(?:会计|出纳|财务|干事|科员|办事员|文员|专员|助理|秘书|书记|主席|负责人|经办人?|联络员|统计员|管理员|技术员|工作人员|老师|新人|实习生"
    r"|(?:主任|[科股处局所站院校园馆队镇乡村]长))"
)
_INTRODUCTION = re.compile(
    r"^(?:[你您]好|请问|在吗|打扰了?|那个|嗯|，)*"
    r"(?:(?:我|本人)(?:就|这边|这里|刚|新|也)*(?:是|叫|姓|在)(?!做|搞|弄|填|报)(?![^，]*(?:项目|负责|申报|填报|做[\u3400-\u9fff]{3}))[^，]*"
    rf"|[\u3400-\u9fff]{{0,16}}{_ROLE}(?:[小老][\u3400-\u9fff]|[\u3400-\u9fff]某)?)$"
)
_LABEL = re.compile(r"^(?:项目名称|项目名|名称|项目|内容)[是为叫：]+")
_PURPOSE = re.compile(
    r"^(?:为了?(?:落实|贯彻|推进|加强|提升|保障|改善|提高|促进|解决|进一步|做好|加快|满足|确保)|根据|按照|依据)"
)
_PAREN = re.compile(r"[（(【][^（()）】]*[）)】]")
_ORDINAL = re.compile(r"第[一二三四五六七八九十\d]+[届次批期轮](?:全国|全省|全区|全市|全县)?")
_FOR_SOME = re.compile(r"^.{1,4}?(?=安装|加装|新建|建设|修建|改造|更换|配备|购置|采购|适配|铺设)")
_MEASURED = re.compile(r"(?<=..)(?:面积|里程|长度|数量|人数|任务|办完|完成|结束|已)$")
_CODE = re.compile(r"[A-Za-z]+\d+(?:线)?|\d{3,5}(?=[热专]线|平台)")
_GIVEN = re.compile(
    r"(?:发放|给予|提供|开展|进行|实施|补发|支付|适配|配发|购买|买|发|做)(?=[\u3400-\u9fff]{2,})"
)
_ONLY_OFFICE = re.compile(
    r"(?:局|委|厅|政府|委员会|办公室|街道|中心|医院|学校|馆|院|所|站|公司|中学|小学|大学|会|社|队)$"
)
_SHORTEST = 2
_FUNDS = re.compile(
    r"预算|资金|经费|总投资|概算|合同|金额|地址|电话|文件|期限|工期|租期|年度$|^年|^共$|^(?:总|建筑|占地)?(?:面积|长度|里程|全长)$"
)
_ENDING = re.compile(
    r"(?:的?(?:绩效)?自评表?|(?:专项)?(?:项目|工作|经费|资金|补助费|费用|(?<=[护理行转赁修养])费|的))+$"
)
_NOUN_OF = {
    **dict.fromkeys(("新建", "建设", "修建", "建成", "扩建", "改建", "新装"), "建设"),
    **dict.fromkeys(("采购", "购置", "购买", "配备"), "购置"),
    **dict.fromkeys(("举办", "开展", "组织", "承办", "召开", "实施", "做好", "进行"), ""),
}
_MODIFIED = frozenset({"规划", "制度", "机制", "体系", "网络", "平台", "系统", "中心", "基地", "标准"})
"""Nouns that a verb before them makes special: 免疫规划 is no 规划 that is 免疫ed."""
_BOUGHT = re.compile(r"^新?(?:买|购)(?=[^买卖物书房置]..)")
_ARTICLE = re.compile(r"(?<=[修建])一?[条座](?=[\u3400-\u9fff])")
_ROUNDS = 4
_ARTICLE_BEFORE = re.compile(r"^[一几](?:个|座|条|批|项|套|处|所|场)(?=..)")
_DONE_FOR = re.compile(
    r"^(?:免费)?(?:给|为|对)[\u3400-\u9fff]{2,12}?(?:免费)?(?:做|进行|开展)(?=[\u3400-\u9fff]{2,})|^免费(?=..)"
)


@cache
def _with_verbs(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace("{verbs}", verbs()))


@cache
def verbs() -> str:
    """An expression for the verbs of customs.yaml of two characters and more, the longest first."""
    words = [word for word in (*customs().actions, *customs().light_actions) if len(word) > 1]
    words.sort(key=len, reverse=True)
    return f"(?:{'|'.join(words)})"


def bare(text: str) -> str:
    """``text`` without time words, planning and particles, the office that acts, and where it acts."""
    text = _DONE_FOR.sub("", at_home(_AGES.sub("", _FILLING.sub("", text.rsplit("：", 1)[-1]))))
    for _ in range(_ROUNDS):
        before = text
        for pattern in (
            _SPEAKER,
            _with_verbs(_OFFICE),
            _with_verbs(_INSTITUTION),
            _with_verbs(_ADVERBIAL),
            _EDGES,
        ):
            text = pattern.sub("", text)
        if text == before:
            break
    return _listed(text)


def at_home(text: str) -> str:
    """残疾人家里做无障碍改造 as the form says it: 残疾人家庭无障碍改造."""
    return re.sub(r"家[里中](?:面)?(?:免费)?(?:做|进行|开展|实施)", "家庭", text)


def action_and_object(text: str) -> tuple[str, str]:
    """The verb that a bare clause begins with and what follows: 安装路灯 gives 安装, 路灯; "" for no verb.

    A verb that stands alone is what the clause is about: 培训 gives "", 培训.
    """
    if text in customs().light_actions:
        return text, ""
    text = _BOUGHT.sub("采购", _RECIPIENT.sub("", text))
    found = _with_verbs("^{verbs}").match(text)
    if found is None:
        return "", _ALL_OF.sub("", text)
    thing = _ARTICLE_BEFORE.sub("", _ALL_OF.sub("", text[found.end() :].lstrip("的")))
    return (
        ("", text) if not thing and found.group() not in customs().light_actions else (found.group(), thing)
    )


def _received(text: str) -> str:
    """``text`` without 为, 给, 对 and 全县 at its start."""
    return _ALL_OF.sub("", re.sub("^[给为对向]$", "", _RECIPIENT.sub("", text)))


def is_verb(text: str) -> bool:
    """Whether ``text`` is nothing but a verb of customs.yaml."""
    return text in customs().actions or text in customs().light_actions


def _listed(text: str) -> str:
    """进博会、广交会等展会 is about 展会."""
    text = _ARTICLE.sub("", re.sub("^[^，]*、[^，]*等$", "", text))
    return _with_verbs(_EXAMPLES).sub(lambda match: match["verb"] or "", text, count=1)


def title_of(words: str) -> str:
    """What a message's project is about: 民政局要给2000户低保家庭发放取暖补贴 gives 低保家庭取暖补贴.

    A clause with 项目名称 counts, else the first that names a project or says what is done; "" for none.
    """
    clauses = [
        one.text
        for sentence in split(clean(words))
        for one in sentence.clauses
        if one.mood == "stated" and one.when != "past"
    ]
    labelled = (_topic(_LABEL.sub("", text)) for text in clauses if _LABEL.match(text))
    told = (_named_project(text) or _topic(text) for text in clauses)
    return next(filter(None, labelled), "") or next(filter(None, told), "")


def noun_phrase(title: str) -> str:
    """A title as what is paid for: 更换路灯 gives 路灯更换, 新建消防站 消防站建设, 举办文化节 文化节."""
    whole = bare(_PAREN.sub("", title))
    verb, thing = action_and_object(_ORDINAL.sub("", whole))
    thing = _ENDING.sub("", thing)
    if thing in _MODIFIED:
        return _ENDING.sub("", whole)
    noun = _NOUN_OF.get(verb, "" if verb in customs().light_actions else verb)
    if noun and thing.endswith(customs().actions):
        return verb + thing
    return thing if not noun or noun in thing else thing + noun


def _paid_for(text: str) -> str:
    """What an amount is for, where its clause says so: 招商引资工作经费 gives 招商引资."""
    found = re.fullmatch(r"(.{2,}?)(?:专项)?(?:工作)?(?:经费|资金|补助费|款)", bare(text))
    if (
        found is None
        or _FUNDS.search(found[1])
        or re.search(r"财政|中央|省级|市级|县级|总|配套|活动$", found[1])
    ):
        return ""
    return action_and_object(found[1])[1]


def _named_project(text: str) -> str:
    text = _SMALL_TALK.sub("", _LABEL.sub("", _PAREN.sub("", text)))
    found = _NAMED_PROJECT.match(_FILLING.sub("", text))
    title = bare(found["name"]) if found else ""
    return title if len(title) >= _SHORTEST and not _FUNDS.search(title) else ""


def introduces_speaker(text: str) -> bool:
    """Whether a clause says who speaks (我是县残联的会计, 镇财政所会计小吴), which names no work."""
    return bool(_INTRODUCTION.match(text)) and not (
        text[:1] not in "我本" and _with_verbs("^[^，]{0,8}{verbs}").match(text)
    )


def _topic(text: str) -> str:
    """The clause without its figures; the receiver and what is given without the verb between them."""
    if _TO_FILL.fullmatch(text) or introduces_speaker(text):
        return ""
    head, _, tail = text.partition("：")
    text = tail if tail and _ONLY_OFFICE.search(head) else head
    text = _CODE.sub("", _SMALL_TALK.sub("", _PAREN.sub("", text)))
    counted = [one for one in find_quantities(text) if one.kind in ("count", "percent", "money")]
    if _PURPOSE.match(text):
        return ""
    if any(one.kind == "money" for one in counted) and _FUNDS.search(text):
        return _paid_for(text[: counted[0].start])
    first = counted[0] if counted else None
    before = bare(text[: first.start] if first else text)
    if first is not None and (not _received(before) or is_verb(before)):
        rest = text[first.end : counted[1].start] if len(counted) > 1 else text[first.end :]
        before = (before if before in customs().actions else "") + _FOR_SOME.sub("", bare(rest))
    title = _MEASURED.sub("", _GIVEN.sub("", _ENDING.sub("", _received(before))))
    office = _ONLY_OFFICE.search(title) and not action_and_object(title)[0]
    if len(title) < _SHORTEST or office or _FUNDS.search(title) or re.search(r"\d", title):
        return ""
    return title
