"""Commands about whole rows or named cells: delete, add, rename, set, clear, last year's targets."""

from __future__ import annotations

import re

from assistant.form.model import Indicator
from assistant.form.rounding import plain
from assistant.understanding.all_done import spared_rows
from assistant.understanding.clauses import Sentence, is_question, split
from assistant.understanding.counted_things import as_count
from assistant.understanding.level_weights import read_level_run, read_level_weights
from assistant.understanding.levels import level_of
from assistant.understanding.measure import plain_name
from assistant.understanding.quantities import find_quantities
from assistant.understanding.reading import READ, Doubt, Reading
from assistant.understanding.row_facts import actual_text, signed, target_text
from assistant.understanding.row_matching import STRONG, find_rows, mask_row_numbers, row_numbers
from assistant.understanding.told_matching import whole_cost

_DELETE_WORDS = r"删掉|删除|删去|删了|删|去掉|去除|移除|拿掉|划掉|不要了?|取消掉?"
_DELETE = re.compile(
    rf"^(?:请|帮我|麻烦|可以|直接|再|也)*(?:把|将)(?P<object>[^，。；]{{1,60}}?)(?:都|也|给我|全部"
    rf"|一起)*(?:{_DELETE_WORDS})(?:吧|掉|了|啊)*$"
    rf"|^(?:请|帮我|麻烦|可以|直接|再|也)*(?:{_DELETE_WORDS})(?P<object2>[^，。；]{{1,60}})$"
    rf"|^(?P<object3>[^，。；]{{1,60}}?)(?:这一?[行个条项](?:指标)?|指标)?(?:都|也|可以|就|给我)*(?:不要了"
    rf"|(?<=[行条个项标])不要|不用了|(?:删掉|删除|删去|删了|去掉|去除|移除|拿掉|划掉|(?<=[行条个项])[去拿撤砍]了)[吧了啊]*)$"
)
_DELETE_IT = re.compile(rf"(?:就|给我|帮我|请|直接|可以)*(?:{_DELETE_WORDS})(?:吧|了|啊|掉)*$")
_DELETE_OTHERS = re.compile(
    rf"(?:其他|其它|其余|剩下|别的)的?(?:指标|行|条)*(?:都|全部?|就)*(?:{_DELETE_WORDS})(?:吧|了|啊|掉)*$"
)
_BEYOND = re.compile(
    r"合并|拆成|拆开|挪到|移到|排到|放到[^，]*(?:前|后)|(?:调|换)[^，]*(?:顺序|位置)|归到|归入"
)
_ADD = re.compile(
    r"(?:^|[，。；])(?:请|帮我|麻烦|再|还要|还|另外|需要|要|想"
    r"|应该)*(?:在(?P<under>[^，。；]{2,12}?)(?:指标)?(?:下面|下|里面|里|中)?)?"
    r"(?:再|还)?(?:加上|加入|加(?![固装密快大高强工热盖班宽])|增加|添加|新增|补充|增设|补上|补(?![助贴偿种办发播植修]))(?:一|两|二|三|几|\d)*(?:个|条|项|行|下)?"
    r"(?P<level>[\u3400-\u9fff]{0,4}(?:数量|质量|时效|成本|经济效益|社会效益|生态效益|可持续影响"
    r"|满意度))?(?:类|方面|效益|产出)?(?:的)?"
    r"(?:(?:三级|绩效|新)?指标(?!值))?(?:名称)?(?:，?(?:叫做?|名为|是|为)|：|，|“)*(?P<body>[^。；\n]+)"
)
_ADD_TO_LEVEL = re.compile(
    r"(?:^|[，。；])(?:请|帮我|给|在|再)*(?P<level>数量|质量|时效|成本|经济效益|社会效益|生态效益|可持续影响|满意度)(?:类|方面)?(?:指标)?"
    r"(?:里|下面|下|中|这一?[块类])?(?:再|还)?(?:加|增加|补|添|写)(?:上|入)?(?:一|1)?(?:个|条|项|行)?(?:指标)?(?P<under>)[：，](?P<body>[^。；\n]*\d[^。；\n]*)"
)
_ADD_BEHIND = re.compile(
    r"^(?:请|帮我|再|还要|另外|把|将|那个)*(?P<level>)(?P<under>)(?P<body>(?!一|这|那|几|两)[\u3400-\u9fff]{3,24}?)(?:的|这个|这方面的?|方面的?)指标(?:也|再|给我|帮我|都|请)*"
    r"(?:加|列|补|添)(?:上|进去|进来|一下|[一1][个条项])+(?:吧)?$"
)
"""保障高考用电的指标加一个: what is to be added stands before the order."""
_BEYOND_COUNTS = re.compile(r"[一1][个条行项]")
_ADD_SIGNAL = re.compile(r"指标|[一几两二三\d](?:行|条|项|个)|这一?行")
_SEVERAL_ROWS = re.compile(r"[两二三四五六几\d][个条项行](?:指标)?[：，]|指标：")
_NOT_ADDED = re.compile(r"^(?:了|预算|资金|经费|投入|拨款|到|为|至|附件|文件|说明|原因|图|附|\d+万|\d+元)")
_WEIGHT = re.compile(r"(?:分值|权重|占|给)(?:是|为|：)?(\d+(?:\.\d+)?)分?|(\d+(?:\.\d+)?)分(?:$|，)")
_DONE_VALUE = re.compile(r"(?:实际|已?完成了?|达到了|做到|做了|办了)[是为了到]*(?P<value>[^，。；]+)")
_DONE_WORDING = re.compile(
    r"(?:实际(?:完成)?|完成值|结果)(?:情况|值)?(?:也?(?:是|为|达到))*[：]?(?P<value>(?!没|未|不)[^，。；\d]{2,12}?)(?:了|的)?(?:$|[，。；])"
)
_OF_ROW_BEFORE = re.compile(r"^(?:实际|已?完成|目标|指标值|达到|分值|权重|年度)[^，]{0,4}?\d")
_TAIL = re.compile(
    r"(?:的)?(?:这个|这一)?(?:三级)?指标$|[，：]+$|(?:年度)?(?:指标值|目标值|目标|计划数?|要求)(?:是"
    r"|为|定为|设为|：|达到)*$|(?:是|为|达到|要达到|定为|：|，)+$"
)
_FIELDS = (
    ("explanation", r"偏差原因分析及改进措施|偏差原因(?:分析)?|偏差说明|偏差|原因说明|说明"),
    ("name", r"三级指标(?:名称)?|指标名称?|名称|名字"),
    ("level1", r"一级指标"),
    ("level2", r"二级指标"),
    ("target", r"年度指标值|指标值|目标值|目标"),
    ("actual", r"实际完成值|实际完成情况|完成值|完成情况|实际值|实际完成|实际"),
    ("weight", r"分值|权重"),
    ("score", r"得分"),
)
_FIELD = "|".join(f"(?P<{name}>{words})" for name, words in _FIELDS)
_PUT = r"(?:应该|应|就)?(?:改成|改为|写成|填成|填写|填上|填|写上|写|设为|设成|换成|定为|是|为|：)+"
_SET = re.compile(
    rf"(?:^|[，。；])(?:请|帮我)*(?:把"
    rf"|将)?(?P<row>[^，。；：]{{1,40}}?)的?(?:{_FIELD}){_PUT}(?P<value>[^\n]+)$"
)
_OF_PROJECT = re.compile(r"(?:本|该|这个|我们的?)?(?:项目|单位|表)")
_RENAME = re.compile(
    r"(?:^|[，。；])(?:请|帮我)*(?:把|将)?(?P<row>[^，。；]{1,40}?)(?:这个指标|这一行"
    r"|指标)?(?:改个?名字?，?(?:为|成|叫做?)?|重命名为|改叫(?:做)?|名称改成|名称改为)(?P<value>[^，。；\n]+)"
)
_CLEAR = re.compile(rf"^(?:请|帮我)*(?:清空|清除|删除|删掉|去掉)(?P<row>[^，。；]{{1,30}}?)的(?:{_FIELD})$")
_ROLL_OVER = re.compile(
    r"(?:(?:照|按|依|照着|按照|依照|参照|参考|沿用|套用|仿照|用)(?:着)?(?:去年|上年|上一?年|往年"
    r"|前一年)度?的?"
    r"|(?:跟|和|与|同)(?:去年|上年|上一?年|往年)度?的?(?:指标|目标|表)?(?:保持)?(?:一样|一致|相同|不变))"
)
_TAG_QUESTION = re.compile(r"，?(?:行不行|行吗|可以吗|可不可以|好不好|好吗|成吗|能行吗)$")
_ROLL_OVER_REST = re.compile(
    r"^(?:来|填|办|做|定|写|执行|指标|目标|表|自评表|那样|标准|套|情况|就行|就好|吧|的|都|今年|我们|请"
    r"|帮我|项目|值|也|可以|先|全部|一样|，|。)*$"
)


def read_row_changes(reading: Reading) -> None:
    """Reads the commands about rows out of ``reading.rest``."""
    _read_set(reading)
    for sentence in split(reading.rest):
        goes_on = False
        said = reading.rest[sentence.start : sentence.end]
        if sentence.clauses[0].mood == "stated" and read_level_run(reading, said):
            reading.take(sentence.start, sentence.end)
            continue
        for clause in sentence.clauses:
            stated = clause.mood == "stated"
            goes_on = stated and read_level_weights(reading, clause.text, goes_on=goes_on)
            if goes_on:
                reading.take(clause.start, clause.end)
    for sentence in split(reading.rest):
        _rename(reading, sentence)
    _read_in_context(reading)
    for sentence in split(reading.rest):
        for clause in sentence.clauses:
            text = _TAG_QUESTION.sub("", clause.text)
            if (clause.mood == "stated" or text != clause.text) and _read_clause(reading, text):
                reading.take(clause.start, clause.end)
    _read_added(reading)


def _read_in_context(reading: Reading) -> None:
    for sentence in split(reading.rest):
        before = ""
        for clause in sentence.clauses:
            if clause.mood == "stated" and _of_others(reading, clause.text, before):
                reading.take(clause.start, clause.end)
            before = clause.text


def _read_clause(reading: Reading, text: str) -> bool:
    if (found := _ROLL_OVER.search(text)) and _ROLL_OVER_REST.match(
        text[: found.start()] + text[found.end() :]
    ):
        reading.roll_over = True
        return True
    if (found := _CLEAR.match(text)) and _clear(reading, found):
        return True
    found = _DELETE.match(text)
    return found is not None and _delete(reading, found["object"] or found["object2"] or found["object3"])


def _rename(reading: Reading, sentence: Sentence) -> None:
    found = _RENAME.search(reading.rest[sentence.start : sentence.end])
    row = _one_row(reading, found["row"]) if found and sentence.clauses[0].mood == "stated" else None
    if found is not None and row is not None:
        reading.set("indicators", row, "name", found["value"].strip('“”"《》 吧'))
        reading.take(sentence.start + found.start(), sentence.start + found.end())


def _of_others(reading: Reading, text: str, before: str) -> bool:
    """What a clause says of the row named right before it (这条…，划掉), or of all others.

    Rows are neither merged nor moved in words; that is said.
    """
    if _DELETE_OTHERS.match(text):
        kept = spared_rows(reading)
        others = [row for row in range(1, len(reading.form.indicators) + 1) if row not in kept]
        reading.deleted += others if kept else []
        return bool(kept)
    name = re.split(r"[这那]一?[行个条项]", before)[0]
    if name and _DELETE_IT.match(text) and (row := _one_row(reading, name)) is not None:
        reading.deleted.append(row)
        return True
    if _BEYOND.search(text) and not find_quantities(mask_row_numbers(_BEYOND_COUNTS.sub("", text))):
        parts = re.split(r"和|与|跟|、", re.sub("^(?:请|把|将)+", "", _BEYOND.split(text)[0]))
        if any(find_rows(reading.form, part).rows for part in parts):
            reading.remark(f"“{text}”在对话里还做不到，请在表格里改。")
            return True
    return False


def _delete(reading: Reading, what: str) -> bool:
    what = re.sub(r"(?<![第前后头])(?:那|这|这些|那些|两|三|几|这两|这几)一?[行个条项](?:指标)?$", "", what)
    count = len(reading.form.indicators)
    numbers = row_numbers(what, count)
    if numbers:
        beyond = [number for number in numbers if not 1 <= number <= count]
        for number in beyond:
            reading.doubt(Doubt(question=f"表里只有{count}行指标，没有第{number}行；请说明要删哪一行。"))
        reading.deleted += [number for number in numbers if number not in beyond]
        return True
    parts = [part for part in re.split(r"和|与|、|以及", what) if part]
    named = [find_rows(reading.form, part) for part in parts]
    if all(match.strength >= STRONG and match.row for match in named):
        reading.deleted += [match.rows[0] for match in named]
        return True
    if len(parts) > 1:
        reading.doubt(Doubt(question=f"“{what}”里有我没找到的指标，请说行号，例如“删掉第3、5行”。"))
        return True
    whole = find_rows(reading.form, what)
    if whole.strength >= STRONG and len(whole.rows) > 1:
        names = "、".join(f"第{n}行“{reading.form.indicators[n - 1].name}”" for n in whole.rows)
        reading.doubt(
            Doubt(question=f"要删的是哪一行？可能是{names}。请说行号，例如“删掉第{whole.rows[0]}行”。")
        )
        return True
    if whole.strength >= STRONG and whole.row:
        reading.deleted.append(whole.row)
        return True
    if re.search(r"行|指标", what):
        reading.doubt(Doubt(question=f"表里没有找到“{what}”，请说行号，例如“删掉第3行”。"))
        return True
    return False


def _clear(reading: Reading, found: re.Match[str]) -> bool:
    row = _one_row(reading, found["row"])
    if row is None:
        return False
    reading.set("indicators", row, _field(found), "")
    return True


def _read_set(reading: Reading) -> None:
    """把第3行的名称改成…: a text for a named cell; figures are left to the reader of figures."""
    found = _SET.search(reading.rest)
    if found is None or is_question(reading.rest):
        return
    field, value = _field(found), found["value"].strip().strip("。；")
    quoted = re.fullmatch(r"[“\"「](.+)[”\"」]", value)
    value = quoted[1] if quoted else value
    prose = field in ("explanation", "name", "level1", "level2")
    if not prose and (not quoted or find_quantities(value)) and (find_quantities(value) or "，" in value):
        return
    row = None if _OF_PROJECT.fullmatch(found["row"]) else _one_row(reading, found["row"])
    if row is None or (field == "explanation" and not row_numbers(found["row"], 1) and not quoted):
        return
    value = re.split(r"[，。；]", value)[0] if prose and field != "explanation" and not quoted else value
    reading.set("indicators", row, field, re.sub(r"(?:吧|哈)$", "", value))
    reading.take(*found.span())


def _field(found: re.Match[str]) -> str:
    return next(name for name, _ in _FIELDS if found[name])


def _one_row(reading: Reading, words: str) -> int | None:
    match = find_rows(reading.form, words)
    return match.row if match.strength >= STRONG else None


def _read_added(reading: Reading) -> None:
    for sentence in split(reading.rest):
        text = reading.rest[sentence.start : sentence.end]
        behind = _ADD_BEHIND.match(text)
        found = behind or _ADD_TO_LEVEL.search(text) or _ADD.search(text)
        stated = all(clause.mood == "stated" for clause in sentence.clauses)
        if found is None or not stated or _NOT_ADDED.match(found["body"]):
            continue
        if not (behind or _ADD_SIGNAL.search(found.group()) or found["level"] or found["under"]):
            continue
        body, end = _whole_list(reading, sentence, found)
        added = [row for part in bodies(body) if (row := new_row(reading, part, found)) is not None]
        if added:
            for row in added:
                _add(reading, row)
            reading.take(sentence.start + found.start(), end)


def _whole_list(reading: Reading, sentence: Sentence, found: re.Match[str]) -> tuple[str, int]:
    """What is to be added and where that ends: after 加两条： the parts behind a ；, too."""
    end = sentence.start + found.end()
    listed = _SEVERAL_ROWS.search(found.group())
    line = re.match(r"(?:；[^。；\n]*\d[^。；\n]*)+", reading.rest[end:]) if listed else None
    if line is None or READ in line[0]:
        return found["body"], end
    return found["body"] + line[0], end + line.end()


def _add(reading: Reading, row: Indicator) -> None:
    """Adds a row; one of that name, or of the whole cost, that is there already takes its values."""
    names = [one.name for one in reading.form.indicators]
    known = names.index(row.name) + 1 if row.name in names else whole_cost(reading, row.name)
    if known is None:
        reading.inserted.append(row)
        return
    for field in ("target", "actual", "weight"):
        if told := getattr(row, field):
            reading.set("indicators", known, field, told)


def bodies(body: str) -> list[str]:
    """The indicators of one command: parts that carry both a name and a figure stand alone."""
    parts = [
        part for part in re.split(r"[，、；]|(?:和|以及)(?=[\u3400-\u9fff]{2,}\D*\d)", body) if part.strip()
    ]
    complete = [
        bool(find_quantities(part)) and len(_name(part)) >= 2 and not _WEIGHT.match(part) for part in parts
    ]
    if len(parts) > 1 and all(complete):
        joined = parts[:1]
        for part in parts[1:]:
            if _OF_ROW_BEFORE.match(part):
                joined[-1] = f"{joined[-1]}，{part}"
            else:
                joined.append(part)
        return joined
    return [body]


def _name(body: str) -> str:
    quantities = [one for one in find_quantities(mask_row_numbers(body)) if one.kind != "points"]
    name = body[: quantities[0].start] if quantities else re.split(r"[，。；]", body)[0]
    name = _WEIGHT.sub("", name).strip('“”"《》 ，：')
    while (shorter := _TAIL.sub("", name).strip()) != name:
        name = shorter
    return name


def new_row(reading: Reading, body: str, found: re.Match[str]) -> Indicator | None:
    """The row that ``body`` describes, under the level that ``found`` names; None where it names nothing."""
    quantities = [one for one in find_quantities(body) if one.kind not in ("points",)]
    name = _name(body)
    quantity = as_count(name, quantities[0], body) if quantities else None
    if quantity is not None and not name:
        name = plain_name(re.sub(r"^的", "", body[quantity.end :]).split("，")[0])
    if len(name) < 2 or len(name) > 60:
        return None
    level1, level2 = level_of(reading.form, name, quantity, found["level"] or found["under"] or "")
    row = Indicator(level1=level1, level2=level2, name=name)
    target = (
        target_text(row, signed(quantity)) if quantity is not None and not quantity.vague else _wording(body)
    )
    done = _DONE_VALUE.search(body[quantity.end :]) if quantity is not None else None
    actual = next(iter(find_quantities(done["value"])), None) if done else None
    actual = as_count(name, actual, done["value"]) if done and actual is not None else None
    if quantity is None and target and (worded := _DONE_WORDING.search(body)):
        row = row.model_copy(update={"actual": worded["value"]})
    if actual is not None and not actual.vague:
        row = row.model_copy(
            update={
                "actual": actual_text(row.model_copy(update={"target": target}), actual, reading.form.year)
            }
        )
    weight = _WEIGHT.search(body)
    points = plain_weight(weight[1] or weight[2]) if weight else ""
    return row.model_copy(update={"target": target, "weight": points})


def _wording(body: str) -> str:
    told = re.search(r"(?:目标值?|指标值)(?:是|为|定为|：)*(?P<value>[^，。；\d]{2,12})", body)
    return told["value"] if told else ""


def plain_weight(text: str) -> str:
    """A weight as printed: 10.0 gives 10."""
    quantity = find_quantities(text)
    return plain(quantity[0].number) if quantity and quantity[0].number is not None else text
