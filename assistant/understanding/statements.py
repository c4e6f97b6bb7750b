"""What the user has said, as data: quantities with their thing and year, causes of deviations, measures.

The user's words are the only source of this year's facts beside the form, so nothing is read into them: a
sentence that is not understood gives no statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from assistant.form.model import Frozen
from assistant.form.units import standard
from assistant.understanding.clauses import Clause, clean, split
from assistant.understanding.customs import customs, phrases
from assistant.understanding.quantities import Quantity, find_quantities, same_group
from assistant.understanding.row_matching import without_row_numbers
from assistant.understanding.subjects import action_and_object, at_home, bare, is_verb

Phase = Literal["", "plan", "done"]

_PLAN = re.compile(
    r"(?<![部动星学])计划|目标|预计|拟|(?<!即)将|打算|准备|安排|不少于|不低于|至少|力争|(?<![主需重])要"
)
_DONE = re.compile(
    r"实际|完成了|已经|已|共完成|做到|(?<![\d万千百十])只(?=[\u3400-\u9fff]{0,8}\d)|仅|达到了|参加了|花了|用了|(?:完工|竣工|建成)(?=了?\d)|(?<!项目)支出(?!预算|绩效|计划)|(?<!为)了(?:[约近]|大约|大概|将近)?"
    r"(?=[\d一二三四五六七八九十百两])|结果"
)
_DIFFERENCE = re.compile(
    r"(?:少|多|差|缺|(?<![彩B商])超)(?:了|出|额)?(?:[约近]|大约)?(?=\d)|[还尚][差欠缺]|比(?:计划|目标|预期)"
    r"|(?:未|没有?|没能)(?:来|到|能|参加|完成|发放|达到|通过)"
)
_CAUSE = re.compile(
    r"因为|由于|原因|是因|导致|造成(?!林)|致使|受[^，。]{1,20}影响|(?:疫情|天气|政策|市场)[^，。]{0,4}影响"
    r"|因(?![此而素特子果公病灾残学战材]|地制宜)(?=[\u3400-\u9fff]{2})"
)
_TRAILING = re.compile(
    r"(减免|无障碍改造|适老化改造|发放|提供|进行|开展|给予|参加|赴|实施|补助|补贴|支持|服务|培训|建设|改造|购置|采购|适配|安装|配备|举办|享受|购买|买|投保|发(?=[补救慰奖津生抚])).*$"
)
_LIGHT_START = re.compile(
    r"^(发放|提供|进行|开展|给予|参加|赴|实施|购置|采购|安装|配备|举办|适配|享受|购买|买|发)(?=..)"
)
_EVENT_UNITS = frozenset({"次", "期", "场", "班", "批", "班次"})
_CONJUNCTION = re.compile(r"^(?:以及|及(?!时)|和|与|并|、|，)")
_SHARED = frozenset(
    {"购置", "采购", "购买", "租赁", "租用", "配备", "配置", "安装", "加装", "更换", "发放", "印发"}
    | {"印制", "制作", "新建", "改建", "建设", "修建", "修缮", "维修", "铺设", "栽植", "种植"}
)
"""Verbs that are said once for all things of a list: 购置水泵2台、发电机1台."""
_ACTIVITY_LENGTH, _SHORT_ACTIVITY = 6, 4
_NAME_LENGTH = 14
_SCALE = re.compile(r"^[十百千万亿]+(?=.)")
_AMOUNT_ENDS = re.compile(r"(?:额|金额|收入|产值|税收|消费|销售|利润)$")
_AMOUNT_STEMS = re.compile(r"(?:投资|贷款|资金|融资)$")
_TALLY = re.compile(r"(?:(?:任务数|指标数|名额|总数|总量|规模)|(?<=..)任务)[约共为是]*$")
_LASTS = re.compile(r"(?:时长|时间|天数|期限)$")
_RECEIVERS = frozenset({"", "给", "为", "对", "向"})
_ONE_EACH = re.compile(
    r"每(?P<one>[期班场次人户家个生亩座村点名项辆台条所件孩天日月周])|(?P<mean>[人户亩生日月])均"
)
PERIODS = {"天": "日均", "日": "日均", "月": "月均", "周": "周均"}
"""Of what a figure may be per, the stretches of time, and how a name says so: 每天收运60吨 is 日均收运量."""
ROUNDS = frozenset("期班场次")
"""Of what a figure may be per, those that a row of its own counts: 每期50人."""
BARE_EXTENTS = frozenset({"面积", "总面积", "全长", "长度", "总长度", "里程", "总里程"})
"""Extents that do not say of what."""
_SPOKEN_VERB = re.compile(
    r"(建(?![筑立成议设国党材])|修(?![建缮复补理订剪])|办(?![公事案理学])|搞|设(?![备施计置立点])|种(?![植子类])"
    r"|装(?![修备配置])|配(?![套合电备送置方])|拍(?![摄卖])|发(?![放现展生表布挥动明电票行证])"
    r"|建成|修好|建好)(?=..)"
)
_WRITTEN = {
    **dict.fromkeys(("建", "建成", "建好"), "建设"),
    **dict.fromkeys(("修", "修好"), "修建"),
    **{"种": "种植", "装": "安装", "配": "配备", "拍": "拍摄", "发": "发放"},
}
_ENDS_SPOKEN = re.compile(
    r"(?<=[\u3400-\u9fff]{2})(?:(?<![更转置变调交兑退])换|(?<![维检抢整装研进翻大返编新专必选])修|(?<![规计策筹])划"
    r"|(?<![安包服加新武改被冬夏春秋着组吊灌工童军制吊])装|(?<![新改扩修筹组搭重共党基创构续在援代迁复配])建|(?<=[金贴款品资券料本书卡包])发|(?<![购收采])买"
    r"|(?<![航抓竞])拍|(?<![举承督创兴主协代公民经查催])办|搞|做|弄|(?<![骨主树才相若])干|(?<![赛长慢短])跑|(?<![店商床药当卧])铺|(?<![申邀聘])请|(?<![应外])聘)$"
)
"""A spoken verb behind its thing: 护栏换, 标线划, 培训搞."""
_WRITTEN_LAST = {
    **{"换": "更换", "修": "维修", "划": "施划", "装": "安装", "建": "建设", "种": "种植"},
    **{"发": "发放", "买": "采购", "拍": "拍摄", "铺": "铺设", "请": "聘请", "聘": "聘用"},
}
_DICTATED = re.compile(r"^(?:那)?(?:偏差)?原因(?:你)?(?:就|可以)?(?:写|填|说)(?:成|是|为|上)?(?=..)")
_MEASURED_END = re.compile(r"(?:时间|时长|浓度|单价|标准|能耗|排放量)$")
_FOR_LATER = re.compile(
    r"^[^，]{0,8}(?:计划|预计|承诺|答应|争取|力争|确保|拟|将)(?:在|于|到)?(?:明年|来年|次年|下一?年|20\d\d年|\d{1,2}月|下一?步|下个?[月季])"
    r"|^等[^，]{2,16}?(?:了|后|以后|之后)?(?:明年|来年|次年|马上|就|再|\d{1,2}月)|^[^，]{1,12}(?:后|之后|以后)(?:马上|立即|尽快|就|再)"
    r"|^已经?(?:[和与跟同][^，]{2,12}(?:约定|[约谈说定讲]好|协商|商定|签|沟通|对接|衔接)|签|补签|协调|联系|安排|督促|要求)"
    r"|^(?:剩|其余|余下)[^，]{0,16}(?:20\d\d年|明年|来年|次年|年后|\d{1,2}月|[一二三四]季度)"
    r"|^(?:明年|来年|次年|开春|年后|节后)(?!的)"
    r"|^今年(?:已|又|新)[^，]{2,}(?:签|招|补|送|派|增)"
    r"|^(?:明年|来年|次年|20\d\d年)[^，]{0,12}(?:补|改|装|建|完成|到位|扫尾|实施|推进|重新|招标|采购|开工|复工)"
)
_NEEDS_ITS_END = re.compile(
    r"[断拖坏停走换涨晚慢死病贵丢塌冻堵漏搬撤拆关]了[。，\s]*$|不[\u3400-\u9fff]{1,3}了[。，\s]*$"
)
_MEASURE_LABEL = re.compile(
    r"^(?:(?:改进|整改|措施|办法|下一?步(?:打算|计划|安排|措施)?|今后)[是为]?[：:]+|.*?(?:改进|整改)措施[是为：:]*)"
)
_INNER_LABEL = re.compile(r"(?<=，)(?:(?:改进|整改)(?:措施)?|措施)[是为]?[：:]+")
_CHANGES = re.compile(r"(?:增长|下降|降低|减少|提高|提升|增加)$")


class Statement(Frozen):
    """A quantity that the user named: ``thing`` is what is counted (中小企业), ``action`` the verb before it.

    ``sentence`` counts from 0; ``past``: of an earlier year; ``phase`` tells a plan from what was done, "" if
    the words do not; ``said``: in this very clause. ``cause``: the figure belongs to a cause or to a
    difference (少了15户), so it is neither plan nor result. ``each``: what it is per (期 in 每期50人), or "".
    ``part``: it is a part of a figure before it (其中线上450人次).
    """

    text: str
    sentence: int
    action: str
    thing: str
    quantity: Quantity
    past: bool = False
    phase: Phase = ""
    said: bool = False
    cause: bool = False
    each: str = ""
    part: bool = False

    @property
    def topic(self) -> str:
        """Action and thing together, what the statement is compared by."""
        return self.action + self.thing

    @property
    def for_one(self) -> bool:
        """Whether the figure is per person, household or thing, so that it says nothing of the whole."""
        return bool(self.each) and self.each not in ROUNDS and self.each not in PERIODS

    @property
    def unit(self) -> str:
        """The unit as said."""
        return self.quantity.unit


def read_statements(words: str, year: int | None = None) -> tuple[Statement, ...]:
    """The quantities in ``words`` in order; ``year`` is this year, so that a named year can be placed.

    A clause without a thing of its own speaks of the thing before ("去年培训了84人，今年计划100人").
    Questions and suppositions state nothing.
    """
    found: list[Statement] = []
    for number, sentence in enumerate(split(clean(words), year)):
        phase: Phase = ""
        because = part = False
        before: Statement | None = None
        for clause in sentence.clauses:
            told = phase_of(clause.text)
            reason = _CAUSE.search(clause.text) or (phase == "done" and "主要是" in clause.text)
            because = bool(reason) or (because and told != "plan")
            part = part or "其中" in clause.text
            counted = list(_statements(clause, number)) if clause.mood == "stated" else []
            differs = because or bool(_DIFFERENCE.search(clause.text))
            now = told or phase
            for one in counted:
                before = _following(before, one).model_copy(
                    update={
                        "phase": "done" if differs else now,
                        "said": bool(told),
                        "cause": differs,
                        "part": part and one.quantity.kind != "percent",
                    }
                )
                found.append(before)
            phase = now if counted or told == "plan" else ""
    return tuple(found)


def phase_of(clause: str) -> Phase:
    """Whether a clause by itself tells a plan or what was done."""
    if _DONE.search(clause):
        return "done"
    return "plan" if _PLAN.search(clause) else ""


def _following(before: Statement | None, one: Statement) -> Statement:
    """A figure without a thing counts the thing before it: 去年培训了84人，今年100人; 1300户4200人."""
    if before is None:
        return one
    if one.each in ROUNDS and not one.thing:
        return one.model_copy(update={"thing": before.thing.removesuffix("班")})
    if one.topic in BARE_EXTENTS and before.thing:
        thing = before.thing + (one.topic if one.topic != "全长" else "长度")
        return one.model_copy(update={"thing": thing, "action": ""})
    if one.thing:
        return one
    next_to = "money" not in (before.quantity.kind, one.quantity.kind) and one.text[
        : one.quantity.start
    ].rstrip().endswith(before.quantity.text)
    if next_to or (same_group(before.unit, one.unit) and not before.for_one):
        return one.model_copy(update={"thing": before.thing, "action": one.action or before.action})
    return one


def count_name(statement: Statement) -> str:
    """The short name of an indicator that counts what the statement names: 培训 + 100人 gives 培训人数.

    "" where the statement names no thing. At most 14 characters where the words can be cut.
    """
    thing = statement.thing
    if not thing:
        return ""
    if statement.quantity.kind == "percent":
        topic = statement.topic if statement.action not in customs().light_actions else thing
        return topic + "率" if _CHANGES.search(topic) and "率" not in topic else topic
    ending = _ending(statement)
    thing = (_LASTS.sub("", thing) or thing) if ending == "天数" else thing
    action = (
        "" if statement.action in customs().light_actions or statement.action in thing else statement.action
    )
    action = f"每{statement.each}" if statement.each in ROUNDS else action
    thing, action = _in_writing(thing, action)
    parts = [part for part in (thing, *_shorter(thing)) if part]
    names = [
        _ended(topic, ending) for topic in (action + thing, *parts, *(action + part for part in parts[1:]))
    ]
    name = next((name for name in names if len(name) <= _NAME_LENGTH), names[0])
    period = PERIODS.get(statement.each, "")
    return f"{period}{name.removeprefix(period)}"


def _in_writing(thing: str, action: str) -> tuple[str, str]:
    """建大棚 as the form says it: 大棚建设; verbs that say nothing (办, 搞, 设) are left out."""
    thing = "培训班" if thing == "办班" else thing
    if ends := _ENDS_SPOKEN.search(action + thing):
        return (action + thing)[: ends.start()] + _WRITTEN_LAST.get(ends[0], ""), ""
    found = None if action else _SPOKEN_VERB.match(thing)
    if found is None:
        return thing, action
    verb = _WRITTEN.get(found[1], "")
    rest = thing[found.end() :]
    return (rest if rest.endswith(verb) else rest + verb), ""


def _ending(statement: Statement) -> str:
    unit = standard(_SCALE.sub("", statement.unit))
    if statement.quantity.kind == "money":
        stem = statement.thing
        return "" if _AMOUNT_ENDS.search(stem) else "额" if _AMOUNT_STEMS.search(stem) else "金额"
    ending = next((name for name, units in customs().count_names.items() if unit in units), "数量")
    return "" if ending == "数量" and _MEASURED_END.search(statement.thing) else ending


def _shorter(thing: str) -> list[str]:
    """``thing`` without what comes before its last 的, and without all but the last of several."""
    found = [thing.rsplit("的", 1)[1]] if "的" in thing else []
    return [*found, re.split("[、和及与]", found[-1] if found else thing)[-1]]


def _ended(topic: str, ending: str) -> str:
    measured = (ending == "数量" and topic.endswith("量")) or (
        ending in ("里程", "长度") and topic.endswith("长")
    )
    if topic.endswith(ending) or measured:
        return topic
    if ending in ("人次", "户数", "次数") and topic.endswith(("人数", "户数", "次数")):
        return topic.removesuffix("数").removesuffix("人") + ending if ending == "人次" else topic
    if ending == "人数" and topic.endswith("人口"):
        return f"{topic}数"
    shared = next((end for end in ("户", "次", "面积") if topic.endswith(end) and ending[0] == end[0]), "")
    return (topic.removesuffix(shared) if len(topic) > len(shared) + 1 else topic) + ending


def _statements(clause: Clause, sentence: int) -> Iterator[Statement]:
    text = clause.text
    quantities = [
        one
        for one in find_quantities(text)
        if one.kind in ("count", "percent", "money") and not text.startswith("代", one.end)
    ]
    end, verb = 0, ""
    for at, quantity in enumerate(quantities):
        last = at + 1 == len(quantities)
        left = text[end : quantity.start]
        right = text[quantity.end : len(text) if last else quantities[at + 1].start]
        each = _ONE_EACH.search(left)
        action, thing, used = _thing(left, right, quantity.unit, last=last)
        goes_on = verb and thing and not action and quantity.kind == "count" and _CONJUNCTION.match(left)
        action = verb if goes_on else action
        verb = action if action in _SHARED else ""
        end = quantity.end + used
        yield Statement(
            text=text,
            sentence=sentence,
            action=action,
            thing=thing,
            quantity=quantity,
            past=clause.when == "past",
            each=(each["one"] or each["mean"]) if each else "",
        )


def _thing(left: str, right: str, unit: str, *, last: bool) -> tuple[str, str, int]:
    """Action, thing, and how many characters of ``right`` were used: "举办|3期|培训班" or "培训|100人|"."""
    action, thing = action_and_object(_TALLY.sub("", bare(_CONJUNCTION.sub("", left))))
    verb = thing if not action and is_verb(thing) else action
    if thing and verb != thing:  # 采购电脑|30台, 开展教师|5次|培训
        more = _noun(right) if last else ""
        joins = 0 < len(more) <= _ACTIVITY_LENGTH and not _TRAILING.search(more, 1) and not is_verb(thing)
        return action, thing + more if joins else thing, len(right) if joins else 0
    noun = _noun(right)
    used = len(noun)
    activity = _TRAILING.search(noun) if verb in _RECEIVERS and unit not in _EVENT_UNITS else None
    if activity is None and verb not in _RECEIVERS and unit not in _EVENT_UNITS and _TRAILING.match(noun):
        noun = ""
    if activity:
        noun = noun[: activity.start()]
        given = _LIGHT_START.sub("", bare(activity.group()))[:_ACTIVITY_LENGTH]
        if len(given) > _SHORT_ACTIVITY and (verb_of := action_and_object(given)[0]):
            given = verb_of
        if last:
            used = len(right)
            return (given, noun, used) if noun else ("", given, used)
        return "", bare(noun), len(noun)
    noun = bare(noun)
    return (verb, noun, used) if noun else (action, thing, 0)


def _noun(right: str) -> str:
    """What a figure is followed by and counts, up to the next pause."""
    if re.match(r"[的之（(]|以[上内]", right) or _CONJUNCTION.match(right):
        return ""
    return re.split("[、（(按]", at_home(right), maxsplit=1)[0]


class Told(Frozen):
    """A cause or measure as told: ``sentence`` counts from 0, ``text`` is in the form's language."""

    sentence: int
    text: str
    source: str


def read_causes(words: str) -> tuple[Told, ...]:
    """The causes that ``words`` state, each as a clause that can stand behind 偏差原因."""
    return tuple(
        Told(sentence=number, text=cause, source="，".join(parts))
        for number, parts in enumerate(_stated(words))
        if (cause := _cause(parts))
    )


def read_measures(words: str) -> tuple[Told, ...]:
    """The improvement measures that ``words`` state."""
    found = []
    for number, parts in enumerate(_stated(words)):
        start = next((at for at, part in enumerate(parts) if _is_measure(part)), None)
        if start is not None:
            text = without_label("，".join(parts[start:]))
            if text:
                found.append(Told(sentence=number, text=formal(text), source="，".join(parts)))
    return tuple(found)


def without_label(measure: str) -> str:
    """A measure without 改进措施：, 整改： and the like, wherever they stand in it."""
    return _INNER_LABEL.sub("", _MEASURE_LABEL.sub("", measure))


def _stated(words: str) -> list[list[str]]:
    """The stated clauses of each sentence."""
    return [
        [clause.text for clause in sentence.clauses if clause.mood == "stated"]
        for sentence in split(clean(words))
    ]


def _is_measure(clause: str) -> bool:
    starts = clause.startswith(phrases().measure_starts) or _has(clause, phrases().measure_words)
    return starts or bool(_FOR_LATER.search(clause))


def _cause(parts: list[str]) -> str:
    markers = phrases().cause_markers
    end = next((at for at, part in enumerate(parts) if _is_measure(part)), len(parts))
    told = "，".join(parts[:end])
    told = _DICTATED.sub("", told)
    for marker in markers.after:
        if marker in told:
            return formal(told.split(marker, 1)[1].lstrip("：:是"))
    for marker in markers.start:
        at = next((m.start() for m in re.finditer(f"{marker}(?![此而]|素)", told)), -1)
        if at == 0 or (at > 0 and (told[at - 1] in "，是 " or marker != "受")):
            return formal(told[at:])
    for at, part in enumerate(parts[:end]):
        if _has(part, markers.inside) or _has(part, markers.state):
            return formal(without_row_numbers("，".join(parts[at:end])))
    return ""


def formal(text: str) -> str:
    """Chat in the form's language: first persons and spoken negations replaced, closing particles dropped."""
    table = phrases().formal
    for spoken in sorted(table, key=len, reverse=True):
        text = text.replace(spoken, table[spoken])
    kept = "把" in text or _NEEDS_ITS_END.search(text)  # 把旧的换了, 资金链断了
    ending = r"[啦吧呢啊嘛。，,；;\s]+$" if kept else r"(?:(?<!不)了|[啦吧呢啊嘛。，,；;\s])+$"
    return re.sub(ending, "", text.strip())


def _has(text: str, words: tuple[str, ...]) -> bool:
    return any(word in text for word in words)
