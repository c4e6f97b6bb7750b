"""Rows that a message spells out: 安装探头≥150个，装了142个 names a thing, its target and what was reached.

A row of the form that is meant gets both values; else a new row carries them. Plans without results, and
results without plans, are left to the readers of single figures, unless a sign or a word says what they are.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.form.units import standard
from assistant.understanding.clauses import Sentence, split
from assistant.understanding.measure import is_bad_event
from assistant.understanding.quantities import Quantity, find_quantities
from assistant.understanding.reading import READ, Reading
from assistant.understanding.row_facts import mode_of
from assistant.understanding.subjects import is_verb
from assistant.understanding.told_done import done_names
from assistant.understanding.told_names import ADDED, SHORTEST_NAME, is_none, name_of
from assistant.understanding.told_pairs import (
    EACH,
    Told,
    completes,
    in_unit_of,
    is_sum,
    is_twin,
    is_whole,
    of_unit,
    rest_as_planned,
    takes_distance,
    takes_respectively,
    takes_result,
    tells_rest,
)
from assistant.understanding.told_parts import (
    DONE_START,
    LEVEL_LABEL,
    ROLE_WORDS,
    SURVEYED,
    Part,
    name_day,
    name_first,
    parts_of,
)
from assistant.understanding.told_placing import place

_ALL_DONE = re.compile(
    r"^(?:也|已经?|现在|按(?:计划|合同|数量))*(?:都|全部?|均|全都|一[个件台]不[少差])(?:已经?|是|按[数量期时]|如[数期]|顺利|保质保量)*"
    r"[\u3400-\u9fff]{1,7}(?:了|货|位|完|成|毕|格|标)?$"
)
_NOT = re.compile(
    r"没|未|不(?!锈|动产)|差|少|缺|[定批]的|计划的|目标|年初|批复|规定|要求|文件|财政|拨款|预算"
)
_MONEY_ROW = re.compile(
    r"成本|(?<!经)费用?$|产值|[人户亩单]均|每[人户亩]|收入|投资额|签约|销售|税|补贴标准|单价|增收"
)
_FUNDS = re.compile(r"预算|资金|经费|支出|执行|拨款|财政|花|付|合同")
_COUNTING_NAME = re.compile(r"(?:率|度|占比|[人批班场架车]次|[\u3400-\u9fff]数|数量|面积|里程)$")
_NO_NAME = re.compile(
    r"^(?:[少晚缺剩]|差(?![错评异旅])|超过|超出|高于|低于)|没(?:有|能)?[完达做办建买]|未(?:能)?[完达]成?"
    r"|比(?:目标|计划|预期|原定)[^的]|比(?:去年|上年)|(?:少|多|差|(?<![彩B商])超|超出|超过|高出|低)[\u3400-\u9fff]?了?$"
    r"|(?:目标|计划|指标值|分值|权重)[值数]?(?:再|往[上下])?(?:提高|提升|上调|下调|调[高低]?|增加|减少?|加|降低?)了?$"
    r"|(?:目标|计划|任务)数?的$|(?:核|查|数|算|看)了?[一下遍过]+(?![降滑跌])"
)
"""Words before a figure that tell how far it lies from a plan, or that it was counted anew: no name."""
_BARE_ORDER = re.compile(r"[那就先都把要给嗯好]*(?:改|调|定|设|填|按|写)?(?:成|为|到|在|个)?")
_BOTH = re.compile(
    r"(?P<name>[^，]*?)的?(?:年度)?(?:目标[值数]?|计划[数值]?|指标值)(?:和|与|跟|、|以及)?(?:实际)?(?:完成|达到)?(?:情况|[值数])?"
    r"(?<![目计划标])(?:应该|应)?(?:都|均|全|一样|同样|全部)(?:应该|应|要)?(?:是|为|改[成为]?|写|填|定|按|：)*$"
)
_DONE_BEFORE = re.compile(r"^(?:已经?|累计|总?共|一共|全部)+")
_TOTAL = re.compile(r"一共|合计|总共|共计|总计")
_DATED = re.compile(r"(?:时间|日期|时限|期限|时点)$")
_WEIGHT_WORDS = re.compile(
    r"(?:这|那|该)(?:个|一?[行项条])?(?:指标)?|分值|权重|给|占|得|是|为|就|定|算|设|[，、的□]"
)
_MORE = re.compile(
    r"^(?:另外|还有|然后|再就是|再有|其次|对了|哦|还)+(?:一[个项条](?:是|叫)?)?(?=[\u3400-\u9fff]{2})"
)
_THING = re.compile(r"(?!其中|今年|都|全)[\u3400-\u9fff]{2,12}(?<![了吧的])")
_TO_ADD = re.compile(
    r"^(?P<name>[\u3400-\u9fff]{2,14}?)(?:这个|这条|指标)?(?:也|还|再)?(?:要|得|需要|想|请|帮我)*(?:加|列|补|算|写|填|报)(?:上|进去|进来|一下|一[个条])+(?:吧|呗|哈)?$"
    r"|^(?P<name2>[\u3400-\u9fff]{2,14}?)(?:这个|这条|指标)?(?:也|还)?(?:要|得|需要|想)+(?:加|列|补|算)(?:吧|呗|哈)?$"
)
_NO_RESULT = re.compile(r"^(?:还|暂时|暂|尚)?(?:没有?|未)(?:调查|测|统计|做|出来?|问|汇总|拿到|收到)|^等")
_FELL_SHORT = re.compile(
    r"^(?P<name>[\u3400-\u9fff]{2,12}?)(?:这|那)?(?:一?[块项个条]|方面)?(?:没有?|未能?|不)(?:达标|达到|完成|做到|够|到位|理想)"
)
_COMMAND = re.compile(
    r"^(?:请|帮我)?(?:把|将)|分别|不是|不对|(?<!差)错|改[成为到]|更正|调整?[到为至成]|提[高升]到(?![^，]*实际)|降[低]?[到至](?![^，]*实际)|从[^，]*到|增加到|减少到|删|加一"
)
_NONE_LEFT_OUT = re.compile(r"^一[个件台天次户人场期笔页][也都]?(?:没有?|不|未)[少差落缺漏拖误]了?$")
_NO_EVENT = re.compile(
    r"(?<=事故|投诉|上访|伤亡|差错|故障)(?:一[起例件次])?(?:都|也)?(?:没有|没出|没发生|无|为零)过?$"
)
_LIST = 2
_NAME_ALONE = re.compile(
    r"^(?:那?就?(?:写|叫|填|用|改成|换成|是)(?:成|做|为)?)?(?P<name>[\u3400-\u9fff]{2,18}(?:率|度|数|量|时间|人次|成本|面积|里程|金额|收入))$"
)


def read_told_rows(reading: Reading) -> None:
    """Reads the rows that are spelled out in ``reading.rest``; in an empty form only those with results."""
    first = not reading.form.indicators
    told: list[Told] = []
    level = ""
    for sentence in split(reading.rest, reading.form.year):
        found, level = _of_sentence(sentence, told, level)
        told += found
    if any(one.explicit for one in told) and not any(one.actual or one.as_planned for one in told):
        for one in told:  # a list of plans: 改造管网≥26公里，维修水厂3座，…
            one.explicit = one.target is not None
    if sum(one.complete for one in told) >= _LIST:
        for one in told:  # among results a full rate is one, too: 合格率100%
            full = one.target is not None and one.target.kind == "percent" and one.target.number == 100
            one.as_planned = one.as_planned or bool(full and not one.explicit and one.actual is None)
    used: set[int] = set()
    for one in told:
        planned = one.explicit and one.target is not None and not first
        bare = one.target is not None and one.target.kind == "bare" and not is_none(one)
        if bare and not _COUNTING_NAME.search(ROLE_WORDS.sub("", one.said)):
            continue
        if one.complete or planned or (is_none(one) and not first):
            place(reading, one, used)


def _of_sentence(sentence: Sentence, before: list[Told], level: str) -> tuple[list[Told], str]:
    told: list[Told] = []
    name = thing = ""
    for clause in sentence.clauses:
        if clause.mood == "stated" and takes_respectively(clause, [*before, *told]):
            continue
        if clause.mood != "stated" or clause.when in ("past", "next") or _is_command(clause.text):
            told.append(Told(said=""))
            continue
        if label := LEVEL_LABEL.match(clause.text):
            level = label["level"]
        parts = parts_of(clause)
        if not parts:
            if tells_rest(clause.text):
                rest_as_planned([*before, *told], clause)
            name, thing = _without_figure(clause.text, told, before)
            continue
        name_first(parts[0], clause, name, thing)
        name_day(parts[-1])
        name = thing = ""
        _take_parts(parts, told, before, level)
        if told and _ALL_DONE.match(parts[-1].tail) and not _NOT.search(parts[-1].tail):
            if is_bad_event(name_of(told[-1])):  # 投诉32起全部办结 tells a rate, no plan
                told.append(Told(said=""))
            _as_planned(told[-1:])
    return told, level


def _take_parts(parts: list[Part], told: list[Told], before: list[Told], level: str) -> None:
    for part in parts:
        known = [*before, *told]
        if not (_weigh(part, known) or takes_result(part, known) or takes_distance(part, known)):
            _add(told, part, level)


def _is_command(text: str) -> bool:
    return bool(_COMMAND.search(text)) and not any(
        _BOTH.match(text[: figure.start]) for figure in find_quantities(text)[:1]
    )


def _without_figure(text: str, told: list[Told], before: list[Told]) -> tuple[str, str]:
    """Takes a clause without figures; gives the row's name that it may be, surely and perhaps.

    ``before``: what earlier sentences spelled out.
    """
    if _NONE_LEFT_OUT.match(text) or (_ALL_DONE.match(text) and not _NOT.search(text)):
        _as_planned(told)
    elif names := done_names(text):
        for one in (*before, *told):  # 车床和机器人都到货了
            if one.target is not None and one.actual is None and any(name in one.said for name in names):
                one.as_planned = True
    elif told and told[-1].said and _NO_RESULT.match(text):
        told[-1].explicit = told[-1].actual is None
    text = _MORE.sub("", re.sub(r"^指标(?:名称)?\d*：", "", text))
    if to_add := _TO_ADD.match(text):
        return ADDED + (to_add["name"] or to_add["name2"]), ""
    text = _NO_EVENT.sub("", text)
    found = _FELL_SHORT.match(text) or _NAME_ALONE.match(text)
    return found["name"] if found else "", text if _THING.fullmatch(text) else ""


def _add(told: list[Told], part: Part, level: str) -> None:
    """Takes a figure as the beginning of a row, or as what is still missing of the one before."""
    words, quantity = part.words, part.quantity
    if re.search(r"分值|权重", words):
        return
    if (both := _BOTH.match(words)) and len(both["name"]) >= SHORTEST_NAME:
        told.append(Told(said=both["name"], parts=[part], target=quantity, actual=quantity, explicit=True))
        return
    mode = mode_of(words, quantity, "")
    name = ROLE_WORDS.sub("", words).strip()
    bare = not name or _is_bare(words.strip("，、（( □"), quantity)
    before = of_unit(told, quantity, mode) if bare else told[-1] if told else None
    done = _DONE_BEFORE.sub("", name)
    bare = bare or (before is not None and mode == "actual" and bool(done) and done in before.said)
    bare = bare or (before is not None and before.explicit and before.actual is None and is_verb(done))
    if before is not None and is_verb(done) and done not in before.said and not _same_unit(before, quantity):
        bare = False  # 宣传22场次，培训3期
    if mode != "actual" and words.startswith(("、", "和")) and is_verb(name):  # 巡查120次、培训8场
        bare = False
    if before is not None and _goes_on(told, before, part, mode, bare=bare):
        return
    if (
        bare
        or READ in words
        or _NO_NAME.search(words.strip("，、（"))
        or _BARE_ORDER.fullmatch(name)
        or not (
            _can_be_row(name, quantity)
            or (quantity.kind == "bare" and mode == "target" and len(name) >= SHORTEST_NAME)
        )
    ):
        told.append(Told(said=""))  # ends the row before
        return
    told.append(
        Told(
            said=words,
            parts=[part],
            target=None if mode == "actual" else quantity,
            actual=quantity if mode == "actual" else None,
            explicit=mode == "target",
            level=level,
        )
    )


def _is_bare(words: str, quantity: Quantity) -> bool:
    """Whether the words before a figure only say that it is a result."""
    found_out = quantity.kind in ("percent", "bare", "points") and SURVEYED.match(words)
    return bool(DONE_START.match(words) or found_out)


def _same_unit(one: Told, quantity: Quantity) -> bool:
    held = one.target or one.actual
    return held is not None and (not quantity.unit or standard(held.unit) == standard(quantity.unit))


def _goes_on(told: list[Told], before: Told, part: Part, mode: str, *, bare: bool) -> bool:
    """Takes a figure that belongs to the row before, or to its twin; True where it is one."""
    words, quantity = part.words, part.quantity
    if bare and _TOTAL.search(words) and is_sum(told, quantity):
        told.append(Told(said=""))
    elif bare and is_whole(before, part):
        before.parts.append(part)
        before.target, before.said = quantity, EACH.sub("", before.said)
    elif bare and completes(before, quantity, mode):
        before.parts.append(part)
        if mode == "target":  # 宣传88次（要求不少于80次）: the first figure was the result
            before.actual = before.actual or before.target
            before.target, before.explicit = in_unit_of(quantity, before.actual), True
        else:
            before.actual = quantity
            before.target = before.target and in_unit_of(before.target, quantity)
    elif before.said and is_twin(before, words, quantity):
        told.append(replace(before, parts=[part], target=quantity, actual=None))
    else:
        return False
    return True


def _can_be_row(name: str, quantity: Quantity) -> bool:
    if quantity.vague or len(name) < SHORTEST_NAME:
        return False
    if quantity.kind == "bare":
        return bool(_COUNTING_NAME.search(name)) or (quantity.number == 0 and is_bad_event(name))
    if quantity.kind == "money":
        if quantity.sign in ("≥", ">") and not re.search(r"预算|执行|支出|拨款|财政|经费", name):
            return True  # 带动企业投入≥1.5亿元: no amount of the funds has a bound
        return bool(_MONEY_ROW.search(name)) and not re.search(r"预算|执行|支出", name)
    if quantity.kind == "date":
        return bool(_DATED.search(name))
    return not _FUNDS.search(name) or quantity.kind == "percent"


def _as_planned(told: list[Told]) -> None:
    """都开了, 都按数到货: the rows before that have a plan and no result were done as planned."""
    for one in reversed(told):
        if not one.said or one.target is None or one.actual is not None:
            break
        one.as_planned = True


def _weigh(part: Part, told: list[Told]) -> bool:
    """这个指标20分: the points of the row that is named, or was spelled out last; True for any points."""
    labelled = re.search(r"分值|权重", part.words)
    if part.quantity.kind != "points" and not (part.quantity.kind == "bare" and labelled):
        return False
    name = _WEIGHT_WORDS.sub("", part.words).strip()
    rows = [one for one in told if one.said and (not name or name in one.said)]
    if not rows:
        return True
    bare = not part.words.strip(" ，（(") and rows[-1] is told[-1] and rows[-1].complete
    if name or bare or re.search(r"[这那该]|分值|权重|占|给", part.words):
        rows[-1].weight = part.quantity
        rows[-1].parts.append(part)
    return True
