"""How a rate was found: 抽查了200户，满意的190户; 40件展品里38件完好. Such counts are no values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from assistant.form.rounding import plain
from assistant.understanding.clauses import Sentence, split
from assistant.understanding.quantities import Quantity, find_quantities, same_group
from assistant.understanding.reading import READ, Reading
from assistant.understanding.row_facts import mode_of
from assistant.understanding.row_matching import mask_row_numbers, unit_of

_WHOM = r"(?:家长|群众|居民|村民|学[生员]|患者|病人|企业|商户|游客|职工|老人|用户|农户|牧民|观众|读者)"
_ASKED = re.compile(
    r"(?:(?:做|搞|开展)了?(?:个|一次)?(?=问卷|调查|回访)(?:问卷|调查|回访)|调查|排查|考核|抽|问|走?访|调研|[检普]查|[测检]测|测评|发放?|发出|收|填写|回收|有效)"
    rf"(?:查|检|验|样|取|调查|访|了|出|到|回|来|的|有效|问卷|样本|电话|过|{_WHOM})*$"
    r"|[检查]出[\u3400-\u9fff]{0,4}的?有?$"
)
"""How many were asked or looked at, before the figure."""
_SURELY = re.compile(
    r"^(?:.*[度率])?(?:我们|一共|总共|共|其中|打?电话|现场|随机|入户|线上|网上|又|先|，)*"
    r"(?:(?:做|搞|开展)了?(?:个|一次)?(?=问卷|调查|回访)|抽|回访|走访|访问|问|问卷|调查|测评|发放?|发出|收|回收|填写|有效)"
    rf"(?:查|检|验|样|取|调查|测评|了|出|到|回|来|的|有效|问卷|样本|电话|{_WHOM})*$"
)
"""Words that stand before nothing but the size of a sample."""
_AMONG = re.compile(r"^[\u3400-\u9fff]{0,8}?(?:里面|里头|里|当中|之中|中间?)(?![心学小医国央])")
"""…or after it: 40件展品里."""
_GOOD = (
    r"(?:满意|合格|达标|通过|赞成|好评|知晓|知道|了解|正常|完好|是?好的|答对|存活|成活|活了?|有效|规范|及时|按[时期]|办结|整改|签约"
    r"|随访|就业|上岗|修复|修好|到位|入学|治愈|管住)"
)
_IS_GOOD = re.compile(_GOOD)
_ALL_OF_THEM = re.compile(r"^[\u3400-\u9fff]{0,4}?(?:全部|全都|都|一个不[落少漏])")
_BAD = re.compile(r"不(?:满意|合格|达标|了解|知道|及时|规范|正常)|未|没")
_FAULTY = re.compile(
    r"差错|错[误了]|[出答记填登录]错|不(?:满意|[合及]格|达标|规范|正常|及时|了解|知道)|[没未](?:通过|达标|合格)"
)
"""What a part of those looked at is counted for, where it is not good."""
_FAULT_RATE = re.compile(
    r"(?:差错|错误|出错|失误|误差|不合格|不达标|不满意|漏[检报]|退件|返工|次品|故障|事故)率"
)
_GOOD_RATE = re.compile(
    r"满意|(?:[合及]格|优良|达标|通过|完好|正常|准确|正确|规范|及时|知晓|了解|无差错)[\u3400-\u9fff]{0,2}(?:率|度|比例)"
)
_RATE = re.compile(r"满意|[\u3400-\u9fff]率|比例|占比|完好度|知晓度")


@dataclass(frozen=True)
class _Share:
    """``part`` of ``whole``, both figures of one sentence."""

    whole: Quantity
    part: Quantity
    left: Quantity | None = None
    """The counted part, where ``part`` is what it leaves of the whole."""
    unit: str = "%"

    @property
    def counted(self) -> Quantity:
        """The figure of the part that the sentence tells."""
        return self.left or self.part

    @property
    def rate(self) -> str:
        """The share in percent or per mille, exact to two places."""
        if self.part.number is None or not self.whole.number:
            return ""
        share = self.part.number / self.whole.number * Decimal(1000 if self.unit == "‰" else 100)
        return plain(share.quantize(Decimal("0.01"))) + self.unit


def read_surveys(reading: Reading) -> None:
    """Puts the rate in place of the counts that it follows from, or takes them out where it is told, too."""
    for sentence in split(reading.rest, reading.form.year):
        text = reading.rest[sentence.start : sentence.end]
        if READ not in text and all(one.mood == "stated" for one in sentence.clauses):
            _read(reading, sentence, text)


def _read(reading: Reading, sentence: Sentence, text: str) -> None:
    figures = find_quantities(mask_row_numbers(text))
    asked = [at for at in range(len(figures)) if _is_asked(text, figures, at)]
    surely = [at for at in asked if _SURELY.match(_before(text, figures, at).rsplit("，", 1)[-1])]
    told = any(
        figure.kind == "percent" and mode_of(_before(text, figures, at), figure, "") != "target"
        for at, figure in enumerate(figures)
        if any(one < at for one in surely)
    )
    share = _share(text, figures, asked) or _of_faults(text, figures, asked)
    named = _RATE.search(text)
    if told or share is None:
        for at in surely if told or named else ():
            _take(reading, sentence, text, figures[at])
        if told and share is not None:
            _take(reading, sentence, text, share.counted)
    elif named and _written(reading, sentence, text, share):
        reading.remark(
            f"按{plain(share.part.number or Decimal(0))} ÷ {_plain(share.whole)}＝{share.rate}填。"
        )
    elif not _names_rate(text, share):
        _of_topic(reading, sentence, text, share)


def _plain(figure: Quantity) -> str:
    return plain(figure.number) if figure.number is not None else figure.text


def _before(text: str, figures: tuple[Quantity, ...], at: int) -> str:
    return text[figures[at - 1].end if at else 0 : figures[at].start]


def _after(text: str, figures: tuple[Quantity, ...], at: int) -> str:
    return text[figures[at].end : figures[at + 1].start if at + 1 < len(figures) else len(text)]


def _is_asked(text: str, figures: tuple[Quantity, ...], at: int) -> bool:
    figure = figures[at]
    if figure.kind not in ("count", "bare") or figure.sign or figure.vague:
        return False
    before = _before(text, figures, at).rsplit("，", 1)[-1]
    return bool(_ASKED.search(before)) or bool(_AMONG.match(_after(text, figures, at)))


def _share(text: str, figures: tuple[Quantity, ...], asked: list[int]) -> _Share | None:
    """The last whole, and the part of it that the words call good."""
    for at in reversed(asked):
        whole = figures[at]
        among = _AMONG.match(_after(text, figures, at))
        for other in range(at + 1, len(figures)):
            part = figures[other]
            alike = part.kind == "bare" or not whole.unit or same_group(part.unit, whole.unit)
            if part.kind not in ("count", "bare") or not alike or not _within(part, whole):
                continue
            around = _before(text, figures, other) + "｜" + _after(text, figures, other).split("，")[0]
            every = part.number == whole.number and _ALL_OF_THEM.match(_after(text, figures, other))
            if not _BAD.search(around) and (among or every or _IS_GOOD.search(around)):
                return _Share(whole, part)
    return None


def _of_faults(text: str, figures: tuple[Quantity, ...], asked: list[int]) -> _Share | None:
    """The share that follows from how many of a whole were not good: of the faults, or of all others."""
    per_mille = any(one.unit == "‰" for one in figures)
    for at in reversed(asked):
        whole = figures[at]
        for other in range(at + 1, len(figures)):
            bad = figures[other]
            alike = bad.kind == "bare" or not whole.unit or same_group(bad.unit, whole.unit)
            if bad.kind not in ("count", "bare") or not alike or not _within(bad, whole):
                continue
            around = _before(text, figures, other).rsplit("，", 1)[-1]
            around += "｜" + _after(text, figures, other).split("，")[0]
            if not _FAULTY.search(around) or bad.number is None or whole.number is None:
                continue
            if _FAULT_RATE.search(text):
                return _Share(whole, bad, unit="‰" if per_mille else "%")
            if not _GOOD_RATE.search(text):  # 整改率 follows from something else
                continue
            number = whole.number - bad.number
            good = bad.model_copy(update={"number": number, "text": plain(number) + bad.unit})
            return _Share(whole, good, left=bad)
    return None


def _within(part: Quantity, whole: Quantity) -> bool:
    return bool(whole.number) and part.number is not None and part.number <= (whole.number or 0)


def _take(reading: Reading, sentence: Sentence, text: str, figure: Quantity) -> None:
    """Takes a count out with the clause that it stands in alone, else by itself."""
    begin, end = _clause(text, figure)
    alone = len(find_quantities(mask_row_numbers(text[begin:end]))) == 1
    reading.take(sentence.start + (begin if alone else figure.start), sentence.start + figure.end)


def _clause(text: str, figure: Quantity) -> tuple[int, int]:
    begin = text.rfind("，", 0, figure.start) + 1
    end = text.find("，", figure.end)
    return begin, end if end >= 0 else len(text)


def _names_rate(text: str, share: _Share) -> bool:
    return bool(_RATE.search(_without(text, share)))


def _without(text: str, share: _Share) -> str:
    """A sentence without the clauses of the counts; what stands before the first in its clause stays."""
    begin, _ = _clause(text, share.whole)
    _, end = _clause(text, share.counted)
    head = text[begin : share.whole.start]
    begin = _with_earlier(text, begin)
    kept = head if find_quantities(head) or _RATE.search(head) else ""
    kept = _ASKED.sub("", kept)
    return "，".join(part.strip("，") for part in (text[:begin], kept, text[end:]) if part.strip("，"))


def _with_earlier(text: str, begin: int) -> int:
    """The beginning of the clauses before that only tell how many were asked as well (发了150份，…)."""
    while begin:
        start = text.rfind("，", 0, begin - 1) + 1
        clause = text[start : begin - 1]
        figures = find_quantities(clause)
        if len(figures) != 1 or figures[0].kind != "count" or not _SURELY.match(clause[: figures[0].start]):
            break
        begin = start
    return begin


def _written(reading: Reading, sentence: Sentence, text: str, share: _Share) -> bool:
    """Writes the rate behind the clause that names it, in the room that the counts leave. True if done."""
    rest = _without(text, share)
    clauses = rest.split("，")
    at = next((n for n in reversed(range(len(clauses))) if _tells_rate(clauses[n])), None)
    if at is None:
        return False
    told = "，".join((*clauses[: at + 1], f"实际{share.rate}", *clauses[at + 1 :]))
    room = len(text) - len(told)
    if room < 0:
        return False
    shown = (READ * (room - 1) + "，" if room > 1 else "，" * room) + told
    reading.rest = reading.rest[: sentence.start] + shown + reading.rest[sentence.end :]
    return True


def _tells_rate(clause: str) -> bool:
    percent = any(one.kind == "percent" for one in find_quantities(clause))
    return percent or bool(_RATE.search(clause))


def _of_topic(reading: Reading, sentence: Sentence, text: str, share: _Share) -> None:
    row = _rated(reading, text)
    if row is None or unit_of(reading.form.indicators[row - 1]) != "%":
        return
    begin, _ = _clause(text, share.whole)
    reading.take(sentence.start + begin, sentence.start + share.counted.end)
    reading.set("indicators", row, "actual", share.rate)
    name = reading.form.indicators[row - 1].name
    reading.remark(f"“{name}”按{_plain(share.part)} ÷ {_plain(share.whole)}＝{share.rate}填。")


def _rated(reading: Reading, text: str) -> int | None:
    """The row whose rate is worked out where none is named: the only one on satisfaction, else the topic."""
    pleased = [n for n, row in enumerate(reading.form.indicators, 1) if "满意" in row.name]
    if "满意" in text and len(pleased) == 1:
        return pleased[0]
    return reading.situation.topic
