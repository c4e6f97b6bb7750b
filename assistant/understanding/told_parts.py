"""The figures of a clause with the words that each is said of, for rows that are spelled out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.form.rounding import plain
from assistant.understanding.clauses import Clause
from assistant.understanding.counted_things import as_count
from assistant.understanding.quantities import Quantity, find_quantities
from assistant.understanding.row_facts import mode_of
from assistant.understanding.row_matching import mask_row_numbers
from assistant.understanding.statements import read_statements
from assistant.understanding.subjects import is_verb

LEVEL_LABEL = re.compile(
    r"^(?:\d+[.、])?(?P<level>数量|质量|时效|成本|经济效益|社会效益|生态效益|可持续影响|(?:服务对象)?满意度)(?:类)?指标[：，]?"
)
ROLE_WORDS = re.compile(
    r"原(?=计划|定的|目标)|(?:原来|原先|原本|本来|当初)(?:也|就|都)*是?(?=要求|定|计划|目标|任务|指标)|(?:超过|高于|低于|超出|多于|少于)了?(?=年?度?(?:目标|计划))|比(?=年初|计划|目标|原定)|(?:年度)?(?:指标值|目标[值数]?|计划(?!生育|完成率|单列)[数值]?|预期|要求|任务数?)|(?:原来|原先|年初|当初|本来)?(?:定|设|计划)的?(?:目标)?(?=是|为|$)"
    r"|实际(?:完成|达到|上)?|完成[值数]|结果|验收(?:下来|结果)|(?:问卷|抽查|抽样|调查|测评|统计|实测|测得|检测)(?:下来|结果|显示)?|年底|年末|最后|最终|平均|目前|截至"
    r"|抽检(?=$)|(?:全年|一年)?[测查检算量核化统验抽][\u3400-\u9fff]?下来|(?:我们|咱们?|自己)?(?:测|查|量|算)(?:得|的|出来?)(?=[是为]?$)|今年|本年度?|当年|全年|去年|上年|不(?:少|低|高|多)于|至少|控制在|达到了?|只有|仅有?|同样|一样|(?<![编书撰])写$|填$|[是为到达在有也就都呢嘛：，、（）()“”\s的□]"
)
SURVEYED = re.compile(
    r"^(?:经|由|请|委托|年底|最后)*(?:第三方|机构|公司|问卷|测评|调查|抽检|抽查|抽样|检测|监测|验收|考核|统计|评估|复核|核实|现场|电话|入户|上门|回访|走访|随访|专家|系统|台账|考试|审计)+"
    r"(?:测|评|考|查|做|算|核|打|给|显示|统计|监测|访|问)*(?:的|下来|出来|显示|结果|得分|了|出|得)*(?:是|为|有)?$"
)
"""How a rate was found out (问卷下来, 电话访的): words that name nothing before a rate."""
DONE_START = re.compile(
    r"^(?:做了?(?=问卷|调查)|实际|结果|最后|最终|年底|已经?|一共|总共|共|全年|只|仅|才|都|全)*(?:完成|达到|达|实现|做到|(?:弄|整|搞|做|干)(?:成|完|好|出)|弄|整|办|建|装|买|搞|开|发|种|修|招"
    r"|培训|改造?|采购|来|到|做|举办|组织|开展|在岗|到岗|到场|到位|验收|完工|竣工|到货|供货|交货|送达|运抵|入库|建成|竣工|交付|投用|上线|开通|落实|兑现|参训|录用|抽查|调查|实测|测得|检测|问卷下来|问卷|调查|平均|测评|统计|花|用|支出|付)?了?(?:只有|仅有?|是|为)?$"
    r"|^(?:实际|最后|最终|年底|已经?|一共|总共|共|只|仅|才|都|全|就)*[\u3400-\u9fff]{1,2}(?:了|出来了?|完了?|成了|到了|上了)$"
)
_HOWEVER = re.compile(r"^[，、]?(?:可惜|遗憾的是|不过|但是?|可是|只是|其实|结果呢|到头来)+(?=..)")
_GIVES = re.compile(r"[，、]?(?:免费)?[给为对向](?:[\u3400-\u9fff]{1,4}的)?")
_COUNTED_AFTER = re.compile(r"^[\u3400-\u9fff]{2,10}$")
_OWN_DAYS = ("完工", "竣工", "验收", "投用", "上线", "开通", "交付", "启用", "建成")
_BY_THEN = re.compile(
    r"^(?:就|要|应|全部|都|，)*(?P<verb>[\u3400-\u9fff]{0,6}?)(?:全部|都|要)*"
    rf"(?P<end>{'|'.join(_OWN_DAYS)}|完成|完毕|完|到位|结束)(?:使用|了)?$"
)
_SPOKEN = {
    **dict.fromkeys(("发", "发放"), "发放"),
    **dict.fromkeys(("做", "干", "弄", "办", "搞"), ""),
    **{"拨": "拨付", "付": "支付", "建": "建设", "修": "修建", "装": "安装", "种": "种植"},
}


_EACH_ONE = re.compile(
    r"(?<=标准)(?:是|为|按|：)*每(?:个|一)?(?P<one>[\u3400-\u9fff]{1,2}?)(?:补贴?|补助|发放?|给|奖励?|按)*(?:是|为)?$"
)

ONE_VERB = {
    **{
        "补": "补贴",
        "种": "种植",
        "栽": "栽植",
        "改": "改造",
        "建": "建设",
        "修": "维修",
        "装": "安装",
        "换": "更换",
    },
    **{
        "买": "采购",
        "购": "采购",
        "发": "发放",
        "拍": "拍摄",
        "印": "印制",
        "清": "清理",
        "拆": "拆除",
        "铺": "铺设",
    },
    **{
        "救": "救助",
        "查": "检查",
        "挖": "开挖",
        "招": "招聘",
        "聘": "聘用",
        "请": "聘请",
        "送": "配送",
        "治": "治理",
    },
}
"""Verbs of one character as people say them, and as forms write them."""
_ORIGINAL = re.compile(r"原(?=计划|定的|目标)")
_GOES_ON = re.compile(r"[养供资救管住护]着")
_NOUN_AFTER = re.compile(r"^(?:的)?(?P<noun>[\u3400-\u9fff]{2,8})(?=$|[，。；、（(])")


@dataclass
class Part:
    """A figure with the words before it, and where both stand in the message."""

    words: str
    quantity: Quantity
    start: int
    end: int
    tail: str = ""


def name_first(part: Part, clause: Clause, name: str, thing: str) -> None:
    """清理垃圾点，目标60处: a figure whose words name nothing takes the name of the clause before."""
    name = name or (thing if mode_of(part.words, part.quantity, "") == "target" else "")
    if name and not ROLE_WORDS.sub("", part.words).strip("，为是 "):
        part.words, part.start = name + part.words, clause.start


def name_day(part: Part) -> None:
    """1月25日前发完: a day by which something was to be done has its name behind it."""
    done = _BY_THEN.match(part.tail) if part.quantity.kind == "date" else None
    if done is None or not part.quantity.text.endswith(("前", "底")) or ROLE_WORDS.sub("", part.words):
        return
    verb = _SPOKEN.get(done["verb"], done["verb"])
    end = done["end"] if done["end"] in _OWN_DAYS else "完成"
    part.words, part.tail = f"{verb}{end}时间", ""


def _after_label(words: str) -> str:
    """What stands behind a colon, with what stands before it where that alone says what is counted."""
    label, colon, rest = words.rpartition("：")
    names = (
        colon and not ROLE_WORDS.sub("", rest).strip() and not re.match(r"指标\d*$|.*(?:如下|情况)$", label)
    )
    return words if names else rest


def _served(text: str, quantity: Quantity) -> str:
    """Who is served, and how: 给800名困难学生减免学费 counts 减免困难学生."""
    said = (one for one in read_statements(text) if one.quantity.start == quantity.start)
    return next((one.topic for one in said), "")


def _for_each(words: str, quantity: Quantity) -> tuple[str, Quantity]:
    """A standard in its unit: 补贴标准每亩58块 is 58元/亩."""
    each = _EACH_ONE.search(words)
    unit = "元" if quantity.unit == "块" else quantity.unit
    if each is None or quantity.number is None or not (quantity.kind == "money" or unit == "元"):
        return words, quantity
    unit = f"{unit}/{each['one']}"
    text = plain(quantity.number) + unit
    return words[: each.start()], quantity.model_copy(update={"kind": "count", "unit": unit, "text": text})


def _counted_noun(after: str) -> str:
    """What a figure counts that follows it: 40个路口，… gives 路口."""
    found = _NOUN_AFTER.match(after)
    return found["noun"] if found and not DONE_START.match(found["noun"]) else ""


def parts_of(clause: Clause) -> list[Part]:
    """The figures of a clause in order."""
    text = mask_row_numbers(clause.text)
    quantities = find_quantities(text)
    found: list[Part] = []
    end = 0
    for at, quantity in enumerate(quantities):
        words = _HOWEVER.sub("", LEVEL_LABEL.sub("", _after_label(text[end : quantity.start])))
        tail = text[quantity.end :] if at + 1 == len(quantities) else ""
        opened = words.find("（")
        noun = words[:opened].strip() if opened > 0 else ""
        if found and noun and not ROLE_WORDS.sub("", DONE_START.sub("", found[-1].words)):
            found[-1].words = noun  # 4台DR（计划5台）: what is counted stands behind its figure
            words = words[opened:]
        start = clause.start + quantity.start - len(words)
        if _GIVES.fullmatch(ROLE_WORDS.sub("", words)):
            words += _served(text, quantity)
        verb = ROLE_WORDS.sub("", words).strip("，、（( □")
        if verb in ONE_VERB or _GOES_ON.fullmatch(verb):
            done = ONE_VERB.get(verb, verb.rstrip("着"))
            noun = _counted_noun(text[quantity.end :])
            if verb in ONE_VERB:
                words = _ORIGINAL.sub("", words[: words.rfind(verb)]) + noun + done
            elif noun:
                words = words[: words.rfind(verb)] + f"在{done}{noun}"
            tail = tail if noun != tail else ""
        words, figure = _for_each(words, as_count(ROLE_WORDS.sub("", words), quantity, text))
        counted = _COUNTED_AFTER.match(tail)
        if counted and not DONE_START.match(tail) and is_verb(ROLE_WORDS.sub("", words)):
            words += counted[0]  # 新增3处研学基地
        found.append(Part(words, figure, start, clause.start + quantity.end, tail.strip("（）() ")))
        end = quantity.end
    return found
