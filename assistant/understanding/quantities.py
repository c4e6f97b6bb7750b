"""Quantities in running Chinese text: where they stand, their sign, number, unit and kind.

The value grammar of ``assistant.form.value`` reads a cell; here the numbers are found inside a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from assistant.form.model import Frozen
from assistant.form.numerals import ARABIC, number_of
from assistant.form.rounding import plain
from assistant.form.units import is_money, ratio, standard, unit_at

QuantityKind = Literal["count", "percent", "money", "date", "points", "bare"]

_SIGN_WORDS = (
    ("≥", r"≥|≧|>=|不低于|不少于|不小于|不得低于|不得少于|大于等于|大于或等于|至少|最少|起码|最低"),
    ("≤", r"≤|≦|<=|不超过?|不高于|不多于|不大于|不得超过|不得高于|小于等于|小于或等于|至多|最多|最高|控制在"),
    (">", r">|大于|高于|多于|超过"),
    ("<", r"<|小于|低于|少于|不足|不到|不满"),
    ("=", r"=|等于"),
)
_SIGN = re.compile(
    "(?:" + "|".join(f"({words})" for _, words in _SIGN_WORDS) + r")(?:到|在|为|是)?\s*(?:人民币)?$"
)
_AFTER = re.compile(r"及?以上|以内|以下|之内")
_MONTH, _DAY = "(?:1[0-2]|0?[1-9])", "(?:3[01]|[12][0-9]|0?[1-9])"
_IN_MONTH = rf"(?:底|末|份|上旬|中旬|下旬|{_DAY}[日号]|{_DAY}(?=之?前|以前))"
_DATE = (
    rf"(?:20\d\d年度?{_MONTH}月{_IN_MONTH}?|20\d\d[-/.]{_MONTH}[-/.]{_DAY}(?!\d)|20\d\d年(?:底|末"
    rf"|年底|年末)|(?<!\d){_MONTH}月{_IN_MONTH})"
)
_DATES = re.compile(rf"{_DATE}(?:[至到-]{_DATE})?(?:之前|以前|前)?")
_CHINESE_DIGITS = "零〇一二两三四五六七八九十百千"
_CHINESE = rf"[{_CHINESE_DIGITS}]+(?:万[{_CHINESE_DIGITS}]*|点[零一二三四五六七八九]+)?"
_NUMBERS = re.compile(
    rf"百分之(?P<percent>{_CHINESE}|{ARABIC})"
    r"|(?P<tenths>[一二三四五六七八九]成[一二三四五六七八九半]?)(?![功立本就为员果绩长])"
    rf"|(?P<number>{ARABIC}|{_CHINESE})(?P<more>多|余|来|几)?"
)
_RANGE = re.compile(rf"[-~～—–至到](?P<upper>{ARABIC}|{_CHINESE})")
_SPOKEN_MONEY = {
    "平": "平方米",
    "w": "万元",
    "W": "万元",
    "万块钱": "万元",
    "万块": "万元",
    "块钱": "元",
    "百万": "百万元",
    "千万": "千万元",
}
_SPOKEN = re.compile(
    r"(?:平(?=$|[，。；、）的])|[wW](?![a-zA-Z])|万块钱|万块|块钱|[百千]万(?=元|$|[，。；、！）)])|万千瓦时)"
)
_POINTS = re.compile(r"分(?!钟|别|之|类|为|局|公司|配|析|项|期|批|阶段|散|包|标)")
_NOT_A_UNIT = re.compile(
    r"(?:字(?=[号第])|点(?=半|钟|多)|线|路(?!口)|方(?=案|面|式|向|便)|师|课(?=程|题)|科|对(?!眼)|段|站"
    r"|周(?=[岁年边期])|行|标准|小组|级|讲(?=座|师)|村|乡|镇|县|团|日(?=常)|人员|人民)"
)
_PERSON = (
    r"(?:孩子|学生|老师|教师|老人|儿童|青年|学员|干部|群众|村民|居民|市民|职工|员工|农民|工人|民工|司机|妇女|医生|护士|患者|病人|专家"
    r"|党员|家长|骨干|游客|观众|读者|同志|师傅|人才|家属|教练|选手|劳动力|毕业生|留学生|研究生|残疾人|老年人|匠人|传人|传承人)"
)
_OF_PEOPLE = re.compile(
    rf"(?:[\u3400-\u9fff]{{0,6}}?{_PERSON}|[\u3400-\u9fff]{{1,4}}[者员]|[\u3400-\u9fff]{{0,4}}人员?)"
    r"(?=$|[，。；、：！（）()\s\d]|[都也没未不已全参受接来去和与及因要拿考通报想得了里])"
)
_PEOPLE_BEFORE = re.compile(rf"{_PERSON}[有共约达到是为了：]?$")
_NOT_BEFORE = re.compile(r"(?:第|[a-zA-Z][-.]?|[〔\[［]|文号|编号|电话|手机)$")
_VAGUE = re.compile(
    r"(?:大概|大约|差不多|可能|估计|估摸|也许|应该有|好像|预估|觉得|希望|有望|应该能|应该可以|估计能)[^，。；！？\d]{0,10}$"
    r"|(?:(?<![签合预条节集制履违邀大])约|将近|接近|近|几)(?:是|有|为|在|了|用了|花了|完成)*$"
)
_ABOUT = re.compile(r"左右|上下|多(?![\d了出])")
_INDEFINITE_NEXT = (
    "个",
    "项",
    "份",
    "张",
    "种",
    "类",
    "条",
    "批",
    "家",
    "次",
    "支",
    "部",
    "套",
    "座",
    "位",
    "年",
    "期",
    "级",
)
_WORDS_WITH_NUMERALS = re.compile(
    r"十[一二三四]五|一次性|一体化|一站式|一带一路|一卡通|一网通办|一事一议|三农|三公|三支一扶|两会"
    r"|两癌|四好|双一流|(?<![一二三四五六七八九十百千两几\d])万一(?![一二三四五六七八九十百千])|千方百计"
    r"|(?<![\d.])\d{1,4}(?:\.\d+)?(?:小时|天|日|分钟|个?工作日|个月|年|周)(?:以?内)?(?=[\u3400-\u9fff]{1,6}(?:率|比例)(?:$|[^\u3400-\u9fff]|目标|要求|计划|实际|完成|达|是|为))"
    r"|(?:上午|下午|早上|晚上|明天|今天|后天|中午)\d{1,2}点半?|(?<![\d.])\d{1,3}(?:周)?岁(?:及?以[上下])?|[一两]遍|一回|[一二三四五]期(?=建设|工程|项目|改造|升级|续建|扩容)|(?<=[园墓路站馆网房库])[二三四五]期(?=$|[，。；])|统一|一般|一定|一直|一些|一下|一点|一样|一起|一共|一并|一致|[一二三四五六七八九十]是|一方面"
    r"|(?<![月\d.])\d{1,3}号(?=[\u3400-\u9fff])(?!之?前|以[前后]|才|就|完|开|起|左右)"
    r"|进一步|同一|唯一|(?:[这那]|(?<!提)前|最近)[一两三](?:天|日|周|星期|个?月|年)|(?:加班|忙|干|熬|开会)到[^，。；\d]{0,4}\d{1,2}点"
    r"|第[一二三四五六七八九十百]+|红十字|十字|一体|一流|一线|[一两三五]年(?!期)|几[十百千万]|十分(?!之)"
    r"|[一二三四五六七八九十]级|一大批|这一|每一|某一"
    r"|(?:19|20)\d\d年度?(?!\s*(?:\d{1,2}月|底|末|年底|年末))"
    r"|20[1-3]\d(?=[\u3400-\u9fff])(?!人|名|元|万|个|户|家|次|台|套|吨|亩|米|平|公|年|头|只|株|棵"
    r"|件|份|册|盏|座|处|条|场|期|度|方(?![案面式向便])|立方|张|本(?![年级市县])|斤|枚|支|根|扇|间|瓶|袋|箱|幅|羽|尾|剂)"
)
_SPOKEN_ENDING = re.compile("(?:(?<=[一二两三四五六七八九十])[万千百]|亿)[一二两三四五六七八九]$")
_NEXT_PLACE = {"亿": "千万", "万": "千", "千": "百", "百": "十"}
"""九十八万五 is 九十八万五千."""
_TENTHS = {c: n for n, c in enumerate("零一二三四五六七八九")}


class Quantity(Frozen):
    """One number in a text. ``start``/``end`` count its characters, sign included.

    ``number`` is in ``unit`` as said (None for a date); ``upper`` the upper end of a range. ``sign`` is ≥ ≤ >
    < = or "". ``vague``: said as about so much (大约, 左右, 多), no figure to be entered. ``text``: as it is
    printed in a cell, without its sign.
    """

    start: int
    end: int
    kind: QuantityKind
    text: str
    sign: str = ""
    number: Decimal | None = None
    upper: Decimal | None = None
    unit: str = ""
    vague: bool = False

    @property
    def in_yuan(self) -> Decimal | None:
        """The amount in 元, exact; None where it is not money."""
        factor = ratio(standard(self.unit), "元") if self.kind == "money" and self.unit else None
        if self.number is None or factor is None:
            return None
        return self.number * factor.numerator / factor.denominator


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """All quantities of ``text`` in reading order; numbers inside words (十四五, 第3行, 一次性) are none."""
    masked = _WORDS_WITH_NUMERALS.sub(lambda match: "□" * len(match.group()), text)
    found: list[Quantity] = []
    for match in _DATES.finditer(masked):
        sign, start = _sign_before(text, match.start())
        found.append(Quantity(start=start, end=match.end(), kind="date", text=_date(match[0]), sign=sign))
    for date in found:
        masked = masked[: date.start] + "□" * (date.end - date.start) + masked[date.end :]
    found += _merged(_numbers(masked))
    return tuple(sorted(found, key=lambda quantity: quantity.start))


def _date(text: str) -> str:
    """A day as forms print it: 2024/9/30前 and 2024年9月30号前 as 2024年9月30日前."""
    text = re.sub(r"(20\d\d)[-/.](\d{1,2})[-/.](\d{1,2})", _printed_day, text).replace("号", "日")
    return re.sub(r"(?<=月)(\d{1,2})(?=之?前|以前)", r"\1日", text)


def _printed_day(match: re.Match[str]) -> str:
    return f"{match[1]}年{int(match[2])}月{int(match[3])}日"


def chinese_number(text: str) -> Decimal | None:
    """A number written in Chinese (一百二十, 三点五) or in digits; None where it is none."""
    text = _SPOKEN_ENDING.sub(lambda match: match[0] + _NEXT_PLACE[match[0][0]], text)
    whole, scale, rest = text.partition("万")
    if scale and not text[0].isdigit():
        upper, lower = number_of(whole), number_of(rest) if rest else Decimal(0)
        return None if upper is None or lower is None else upper * 10000 + lower
    return number_of(text)


def same_group(unit: str, other: str) -> bool:
    """Whether two units count the same kind of thing (人 and 名; 场 and 次; 个 and any count)."""
    return unit == other or ratio(standard(unit), standard(other)) is not None


def _numbers(text: str) -> Iterator[Quantity]:
    end = 0
    for match in _NUMBERS.finditer(text):
        if match.start() < end or _NOT_BEFORE.search(text, max(0, match.start() - 4), match.start()):
            continue
        quantity = _quantity(match, text)
        if quantity is not None:
            end = quantity.end
            yield quantity


def _merged(quantities: Iterator[Quantity]) -> Iterator[Quantity]:
    """3亿5000万元 and 12万3456元 as one amount in the last unit."""
    held: Quantity | None = None
    for quantity in quantities:
        factor = (
            ratio(standard(held.unit), standard(quantity.unit)) if held and quantity.kind == "money" else None
        )
        if (
            held
            and held.kind == "money"
            and held.end == quantity.start
            and held.number
            and quantity.number
            and factor
        ):
            high = held.number * factor.numerator / factor.denominator
            if high > quantity.number and not quantity.sign:
                number = high + quantity.number
                text = plain(number) + quantity.unit
                held = quantity.model_copy(
                    update={"start": held.start, "number": number, "text": text, "sign": held.sign}
                )
                continue
        if held:
            yield held
        held = quantity
    if held:
        yield held


def _quantity(match: re.Match[str], text: str) -> Quantity | None:
    number, upper, unit, end = _number_and_unit(match, text)
    if unit == "月" and upper is None:
        return None
    if number is None or (match["number"] and _is_word(match["number"], unit, text, end)):
        return None
    if "万" in (match["number"] or ""):
        number, unit = number / 10000, "万" + (unit or "元")
    if unit in ("百万元", "千万元"):
        number, unit = number * (100 if unit == "百万元" else 1000), "万元"
    unit = _written_unit(unit, text, match.start(), end)
    sign, start = _sign_before(text, match.start())
    bound = _AFTER.match(text, end)
    if bound:
        sign, end = sign or ("≥" if bound.group().endswith("上") else "≤"), bound.end()
    vague = bool(match["more"]) or bool(_VAGUE.search(text, 0, start)) or bool(_ABOUT.match(text, end))
    shown = plain(number) + (f"-{plain(upper)}" if upper is not None else "") + unit
    return Quantity(
        start=start, end=end, kind=_kind(unit), text=shown, sign=sign,
        number=number, upper=upper, unit=unit, vague=vague,
    )  # fmt: skip


def _written_unit(unit: str, text: str, start: int, end: int) -> str:
    """The counter that forms write for what is counted: 50个孩子 are 50人."""
    if unit in ("个", "名", "位") and (_OF_PEOPLE.match(text, end) or _PEOPLE_BEFORE.search(text, 0, start)):
        return "人"
    return unit


def _number_and_unit(match: re.Match[str], text: str) -> tuple[Decimal | None, Decimal | None, str, int]:
    """Number, upper end of a range, unit, and where all that ends."""
    if match["percent"]:
        return (
            (Decimal(100) if match["percent"] == "百" else chinese_number(match["percent"])),
            None,
            "%",
            match.end(),
        )
    if match["tenths"]:
        digits = [Decimal(5) if c == "半" else Decimal(_TENTHS[c]) for c in match["tenths"].replace("成", "")]
        return digits[0] * 10 + (digits[1] if len(digits) > 1 else 0), None, "%", match.end()
    number = chinese_number(match["number"])
    unit, end = _unit(text, match.end(), spelled=not match["number"][0].isdigit())
    other = _RANGE.match(text, end)
    if other and not text.startswith("年", other.end()):
        upper = chinese_number(other["upper"])
        upper_unit, upper_end = _unit(text, other.end(), spelled=False)
        if (
            upper is not None
            and number is not None
            and upper > number
            and upper_unit
            and unit in ("", upper_unit)
        ):
            return number, upper, upper_unit, upper_end
    return number, None, unit, end


def _unit(text: str, at: int, *, spelled: bool) -> tuple[str, int]:
    if spoken := _SPOKEN.match(text, at):
        end = spoken.end() + (
            1 if spoken.group() in ("百万", "千万") and text.startswith("元", spoken.end()) else 0
        )
        return _SPOKEN_MONEY.get(spoken.group(), spoken.group()), end
    if points := _POINTS.match(text, at):
        return "分", points.end()
    unit = unit_at(text, at)
    if not unit or unit == "分" or _NOT_A_UNIT.match(text, at):
        return "", at
    if spelled and unit[0] in "万亿" and len(unit) == 1:
        return unit + "元", at + 1
    return ("%" if unit == "％" else unit + "元" if unit in ("万", "亿") else unit), at + len(unit)


def _kind(unit: str) -> QuantityKind:
    if unit == "":
        return "bare"
    if unit == "分":
        return "points"
    if unit in ("%", "‰", "百分点", "个百分点"):
        return "percent"
    return "money" if is_money(unit) and "/" not in unit else "count"


def _is_word(number: str, unit: str, text: str, end: int) -> bool:
    """Whether a Chinese numeral is part of a word or an indefinite article, not a figure."""
    if number[0].isdigit():
        return False
    if not unit:
        zero = number == "零" and text[end - 2 : end - 1] in ("为", "是", "：", "=")
        return "万" not in number and not zero
    if number == "一" and re.match(r"[也都]?(?:没有?|不|未)[少落缺差漏拖误]", text[end:]):
        return True  # 一天没落
    article = number in ("一", "两") and unit in _INDEFINITE_NEXT
    return article and text[end : end + 1] not in ("", "，", "。", "；", "、", "！", "\n")


def _sign_before(text: str, at: int) -> tuple[str, int]:
    match = _SIGN.search(text, max(0, at - 10), at)
    if match is None:
        return "", at
    number = next(n for n, group in enumerate(match.groups()) if group)
    return _SIGN_WORDS[number][0], match.start()
