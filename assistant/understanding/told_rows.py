"""Rows that a message spells out: 安装探头≥150个，装了142个 names a thing, its target and what was reached.

A row of the form that is meant gets both values; else a new row carries them. Plans without results, and
results without plans, are left to the readers of single figures, unless a sign or a word says what they are.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.form.model import Indicator
from assistant.form.rounding import plain
from assistant.understanding.clauses import Sentence, split
from assistant.understanding.customs import customs
from assistant.understanding.levels import level_of
from assistant.understanding.measure import is_bad_event
from assistant.understanding.quantities import Quantity, find_quantities
from assistant.understanding.reading import READ, Reading
from assistant.understanding.row_facts import actual_text, mode_of, signed, target_text
from assistant.understanding.row_matching import (
    STRONG,
    Match,
    find_rows,
    is_blank,
    row_numbers,
    without_row_numbers,
)
from assistant.understanding.statements import count_name, read_statements
from assistant.understanding.subjects import is_verb
from assistant.understanding.told_done import done_names
from assistant.understanding.told_matching import same_level, waiting_for, whole_cost
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
    takes_result,
    tells_rest,
)
from assistant.understanding.told_parts import (
    DONE_START,
    LEVEL_LABEL,
    ROLE_WORDS,
    Part,
    name_day,
    name_first,
    parts_of,
)

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
_COUNTING_NAME = re.compile(r"(?:率|度|占比|人次|人数|户数|次数|场次|期数|天数|件数|数量|面积|里程)$")
_NO_NAME = re.compile(
    r"^(?:[少晚缺剩]|差(?![错评异旅])|超过|超出|高于|低于)|没(?:有|能)?[完达做办建买]|未(?:能)?[完达]成?"
    r"|比(?:目标|计划|预期|原定)[^的]|比(?:去年|上年)|(?:少|多|差|(?<![彩B商])超|超出|超过|高出|低)[\u3400-\u9fff]?了?$"
    r"|(?:目标|计划|指标值|分值|权重)[值数]?(?:再|往[上下])?(?:提高|提升|上调|下调|调[高低]?|增加|减少?|加|降低?)了?$"
    r"|(?:目标|计划|任务)数?的$|(?:核|查|数|算|看)了?[一下遍过]+"
)
"""Words before a figure that tell how far it lies from a plan, or that it was counted anew: no name."""
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
_PLANNED_END = re.compile(
    r"(?:标准[上里中]?(?:的?规定|写|要求)(?:的|是)*|(?:合同|方案|文件|协议|上级|上头)(?:[上里中])?(?:的?规?定|写|要求?)*(?:的|是)*"
    r"|原来|原先|原本|本来|当初|起初|最初|(?<!今)年初|一开始|年度|指标值|目标[值数]?|计划[数值]?|要求|呢|嘛|的话|也|同样|都|就|(?<![编书撰])写|填|(?<![稳固约决确鉴测规法指限])定|是|为|达到|：|，)+$"
    r"|(?:原来|原先|年初)?定的(?:是|为)*$"
)
_FRAME = re.compile(
    r"(?:是|为|达到?|[：，])+$|^(?:哦|嗯|哎呀?|对了|那个|然后|其中|另外|还有|以及|和|及(?!时)|还|已经?|累计|共|年度|全年|今年)+(?=..)"
)
_MORE = re.compile(
    r"^(?:另外|还有|然后|再就是|再有|其次|对了|哦|还)+(?:一[个项条](?:是|叫)?)?(?=[\u3400-\u9fff]{2})"
)
_THING = re.compile(r"(?!其中|今年|都|全)[\u3400-\u9fff]{2,12}(?<![了吧的])")
_INNER_PLAN = re.compile(
    r"(?<=[\u3400-\u9fff]{2})(?<![主需重必])(?<!年初)(?<!原来)(?<!原先)(?<!本来)(?<!当初)(?<!今年)(?<!全年)(?<!我们)(?<!单位)(?<![响适供反对效感])(?:一共|总共|本来|原本)?(?:该|应该?|要|需要|计划|打算|准备)(?=[新再]?[建修装购买采配发补种植栽铺办开培检巡清洗换维改拆挖安印运])"
)
"""自动站该运维, 隔离带要新开: between a thing and what is done, it tells the plan."""
_STRIVES = re.compile(
    r"^(?:争取|力争|确保|保证|努力)(?:拿到?|夺得?|获得?|达到|完成|实现|做到)?(?=[\u3400-\u9fff]{2})"
)
_TO_ADD = re.compile(
    r"^(?P<name>[\u3400-\u9fff]{2,14}?)(?:这个|这条|指标)?(?:也|还|再)?(?:要|得|需要|想|请|帮我)*(?:加|列|补|算)(?:上|进去|进来|一下|一[个条])*$"
)
_ADDED = "＋"
"""Stands before a name that is to be a row of its own: 志愿者满意度也要加."""
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
_SHORTEST = 2
_HAS = re.compile("有[声机线轨氧]")


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
        bare = one.target is not None and one.target.kind == "bare" and not _is_none(one)
        if bare and not _COUNTING_NAME.search(ROLE_WORDS.sub("", one.said)):
            continue
        if one.complete or planned or (_is_none(one) and not first):
            _place(reading, one, used)


def _of_sentence(sentence: Sentence, before: list[Told], level: str) -> tuple[list[Told], str]:
    told: list[Told] = []
    name = thing = ""
    for clause in sentence.clauses:
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
        for part in parts:
            known = [*before, *told]
            if _weigh(part, known) or takes_result(part, known) or takes_distance(part, known):
                continue
            _add(told, part, level)
        if told and _ALL_DONE.match(parts[-1].tail) and not _NOT.search(parts[-1].tail):
            if is_bad_event(_name(told[-1])):  # 投诉32起全部办结 tells a rate, no plan
                told.append(Told(said=""))
            _as_planned(told[-1:])
    return told, level


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
        return _ADDED + to_add["name"], ""
    text = _NO_EVENT.sub("", text)
    found = _FELL_SHORT.match(text) or _NAME_ALONE.match(text)
    return found["name"] if found else "", text if _THING.fullmatch(text) else ""


def _add(told: list[Told], part: Part, level: str) -> None:
    """Takes a figure as the beginning of a row, or as what is still missing of the one before."""
    words, quantity = part.words, part.quantity
    if re.search(r"分值|权重", words):
        return
    if (both := _BOTH.match(words)) and len(both["name"]) >= _SHORTEST:
        told.append(Told(said=both["name"], parts=[part], target=quantity, actual=quantity, explicit=True))
        return
    mode = mode_of(words, quantity, "")
    name = ROLE_WORDS.sub("", words).strip()
    bare = not name or bool(DONE_START.match(words.strip("，、（( □")))
    before = of_unit(told, quantity, mode) if bare else told[-1] if told else None
    done = _DONE_BEFORE.sub("", name)
    bare = bare or (before is not None and mode == "actual" and bool(done) and done in before.said)
    bare = bare or (before is not None and before.explicit and before.actual is None and is_verb(done))
    if mode != "actual" and words.startswith(("、", "和")) and is_verb(name):  # 巡查120次、培训8场
        bare = False
    if before is not None and _goes_on(told, before, part, mode, bare=bare):
        return
    if (
        bare
        or READ in words
        or _NO_NAME.search(words.strip("，、（"))
        or not (
            _can_be_row(name, quantity)
            or (quantity.kind == "bare" and mode == "target" and len(name) >= _SHORTEST)
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
    elif before.said and not words and is_twin(before, quantity):
        told.append(replace(before, parts=[part], target=quantity, actual=None))
    else:
        return False
    return True


def _can_be_row(name: str, quantity: Quantity) -> bool:
    if quantity.vague or len(name) < _SHORTEST:
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


def _is_none(one: Told) -> bool:
    """安全事故0起: nothing bad happened, and none was to."""
    actual = one.actual or one.target
    return bool(one.said) and actual is not None and actual.number == 0 and is_bad_event(_name(one))


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


def _name(one: Told) -> str:
    """The row's short name: as the words have it for a rate or a date, else after what is counted."""
    quantity = one.target or one.actual
    words = without_row_numbers(one.said).strip("，、（） □" + _ADDED)
    if quantity is None:
        return ""
    core = re.sub(r"(?:提[高升]|降低?|增加|减少)[到至]$", "", words)
    core = _STRIVES.sub("", _INNER_PLAN.sub("", core))
    core = _FRAME.sub("", _PLANNED_END.sub("", core)).strip("“”《》 ")
    if quantity.number == 0 and is_bad_event(core):
        return core.removesuffix("发生数") + "发生数"
    if core.endswith("满意"):
        return f"{core}度"
    if "/" in quantity.unit and core.endswith("标准"):
        return core
    if quantity.kind in ("count", "percent"):
        said = read_statements(core + quantity.text)
        if said and (counted := count_name(said[0])):
            return "有" + counted if _HAS.match(core) and counted[0] != "有" else counted
        return f"{core}数量" if quantity.kind == "count" and not core.endswith("数量") else core
    return re.sub(r"控制(?:在)?$", "", core)


def _signed_by_kind(one: Told, quantity: Quantity, name: str) -> Quantity:
    """Signs the target of what is not to happen, and of a standard, with =; gives ``quantity``."""
    if _is_none(one):
        if quantity.kind == "bare":
            quantity = quantity.model_copy(update={"kind": "count", "unit": "起", "text": "0起"})
            one.actual = None
        one.actual = one.actual or quantity
        one.target = one.target if one.target is not None and one.target.unit else quantity
        if not one.target.number:
            one.target = one.target.model_copy(update={"sign": "="})
    if name.endswith("标准") and one.target is not None and not one.target.sign:
        one.target = one.target.model_copy(update={"sign": "="})
    return quantity


def _place(reading: Reading, one: Told, used: set[int]) -> None:
    quantity = one.target or one.actual
    name = _name(one)
    if quantity is None or len(name) < _SHORTEST:
        return
    quantity = _signed_by_kind(one, quantity, name)
    numbers = row_numbers(one.said, len(reading.form.indicators))
    match = Match() if one.said.startswith(_ADDED) else find_rows(reading.form, one.said, quantity)
    row = numbers[0] if numbers else match.row or whole_cost(reading, name)
    named_so = bool(numbers) or match.strength >= STRONG
    if not one.complete and not _is_none(one) and row is not None and named_so:
        return  # a plan for a row that is there: for the reader of single figures
    if len(match.rows) > 1 and (row := waiting_for(reading, match.rows, name)) is None:
        return
    known = row is not None and row not in used and row <= len(reading.form.indicators)
    whole = row is not None and row == whole_cost(reading, name)
    named_so = named_so or whole
    if row is not None and known and (named_so or same_level(reading, row, name)):
        used.add(row)
        _fill(reading, row, one, "" if named_so else name)
    else:
        reading.inserted.append(_new(reading, one, name, quantity))
        row = len(reading.form.indicators) + len(reading.inserted)
    reading.told_at += [(part.start, part.end, row) for part in one.parts if row is not None]
    if one.how:
        reading.remark(f"“{name}”的完成值按{one.how}填。")
    for part in one.parts:
        reading.take(part.start, part.end + (len(part.tail) if one.as_planned else 0))


def _fill(reading: Reading, row: int, one: Told, name: str) -> None:
    indicator = reading.form.indicators[row - 1]
    if name and len(name) > _SHORTEST:
        reading.set("indicators", row, "name", name)
    held = one.as_planned and not one.explicit and not is_blank(indicator.target)
    if one.target is not None and not held:  # 接种率96.8%，都完成了: a result beside the target that stands
        plain_row = indicator if one.target.sign else indicator.model_copy(update={"target": ""})
        reading.set("indicators", row, "target", target_text(plain_row, signed(one.target)))
    actual = one.target if one.as_planned and one.actual is None else one.actual
    if actual is not None:
        reading.set("indicators", row, "actual", _actual(reading, row, actual))
    if one.weight is not None and one.weight.number is not None:
        reading.set("indicators", row, "weight", plain(one.weight.number))


def _actual(reading: Reading, row: int, actual: Quantity) -> str:
    indicator = reading.form.indicators[row - 1]
    return actual_text(indicator, actual.model_copy(update={"sign": ""}), reading.form.year)


def _new(reading: Reading, one: Told, name: str, quantity: Quantity) -> Indicator:
    level1, level2 = level_of(reading.form, name, quantity, one.level or _spoken_level(name))
    row = Indicator(level1=level1, level2=level2, name=name)
    target = target_text(row, signed(one.target)) if one.target is not None else ""
    row = row.model_copy(update={"target": target})
    actual = one.target if one.as_planned and one.actual is None else one.actual
    done = actual_text(row, actual.model_copy(update={"sign": ""}), reading.form.year) if actual else ""
    weight = plain(one.weight.number) if one.weight is not None and one.weight.number is not None else ""
    return row.model_copy(update={"actual": done, "weight": weight})


def _spoken_level(name: str) -> str:
    return "质量" if is_bad_event(name) and customs().second_level("质量指标") else ""
