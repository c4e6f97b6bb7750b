"""A chat message cut into sentences and clauses, each with its mood: stated, asked, supposed."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from assistant.form.model import Frozen
from assistant.form.units import unit_at
from assistant.understanding.slips import without_slips

Mood = Literal["stated", "asked", "supposed"]
When = Literal["", "past", "present", "next"]

_INVISIBLE = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\u00ad\ud800-\udfff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
    "|[\U000e0000-\U000e007f]"
)
_FOLD = {
    code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
_ARABIC_DIGITS = str.maketrans("一二三四五六七八九", "123456789")
_FOLD |= {
    ord(old): ord(new)
    for old, new in zip("％．＝＜＞＋－／﹪≧≦；;?!　\u00a0–—", "%.=<>+-/%≥≤；；？！  --", strict=True)
}
CELL = "\t"
"""Stands between the cells of a pasted table in a cleaned message, and nowhere else."""
_COLUMNS_OF_SPACES = re.compile(r"(?<=\S)[ ]{3,}(?=\S)")
_LEVELS_FIRST = re.compile(r"\s*(?:产出|效益|满意度)指标[-－—/][^-－—/]+[-－—/]")
_VALUE = r"[≥≤=<>]{0,2}\d[^,，/→;；。：: ]*"
_NUMBERING = r"(?:\d{1,2}[.、)）]|[a-zA-Z][.、)）]|[-·•*])?"
_LISTED_NAME = r"[^\d,，:：;；。≥≤=<>]{2,24}?[,，:： ]|[^\d,，:：;；。 ]{2,20}[)）]"
_NAME_AND_TWO = re.compile(
    rf"\s*{_NUMBERING}\s*(?P<name>{_LISTED_NAME})\s*(?P<one>{_VALUE})\s*(?:[,，/→]| )\s*(?P<two>{_VALUE})"
    r"(?:\s*[,，/→ ]\s*(?P<three>\d[\d.]*分?))?\s*[;；。]?$"
)
_FEWEST_CELLS, _FEWEST_LINES = 3, 2
_OPEN, _CLOSE = "《“「『（(【‘", "》”」』）)】’"
_CJK = r"[\u3400-\u9fff]"
_LABEL_END = (
    r"(?:项目名称|项目名|名称|主管部门|主管单位|实施单位|项目单位|承担单位|预算单位|填报单位"
    r"|年度|预算|执行|支出|目标|总体目标|完成情况)"
)
_BULLET = re.compile(
    r"^\s*(?:[(（]?\d{1,2}(?:[)）、]|\.(?!\d))|[(（]?[一二三四五六七八九十]{1,2}[)）、.]|[①-⑳•·*-])\s*", re.M
)
_NUMBERED = re.compile(r"^(?:1[、.)）]|[(（]1[)）])\s*(?=[\u3400-\u9fff])")
_INNER_NUMBER = re.compile(
    r"(?<=[；。，])\s*(?:\d{1,2}[、)）]|[(（]\d{1,2}[)）]|\d{1,2}\.(?!\d))\s*(?=[\u3400-\u9fff])"
)
_SPOKEN_TENTHS = re.compile(r"(?<![\d.])(\d+)([万亿])(\d)(?=$|[^\d.,，%万千百十元块]|，|,(?!\d))")
MISTYPED = {
    **dict.fromkeys(("字评", "自平", "自凭", "自屏"), "自评"),
    **dict.fromkeys(("满意读", "满意渡", "满意杜", "满亿度"), "满意度"),
    **dict.fromkeys(("实行数", "直行数", "执形数", "执行书"), "执行数"),
    **dict.fromkeys(("执行绿", "执行律", "执行滤"), "执行率"),
    **dict.fromkeys(("预祘", "预蒜", "予算"), "预算"),
    **dict.fromkeys(("实施单为", "实施但位", "实时单位"), "实施单位"),
    **dict.fromkeys(("主管部们", "主管布门"), "主管部门"),
    **{
        "完成直": "完成值",
        "目标直": "目标值",
        "指标直": "指标值",
        "绩校": "绩效",
        "支处": "支出",
        "及时绿": "及时率",
        "合格绿": "合格率",
    },
}
"""Words of the form as input methods get them wrong."""
_MISTYPED = re.compile("|".join(MISTYPED))
_SPOKEN_WORDS = (
    (re.compile(r"俺们|咱们|俺(?!妈|爹)"), "我们"),
    (re.compile(r"一哈(?!子|尔)"), "一下"),
    (re.compile(r"莫得|冇得?"), "没有"),
    (re.compile(r"啥子"), "什么"),
    (re.compile(r"俩(?=[月年天周人])"), "两个"),
    (re.compile(r"(?<=[\u3400-\u9fff]{2})(?<![郭博巴塔穆尼库弥])[勒嘞咯噻撒喽啵](?=$|[，。！？\n])"), ""),
    (re.compile(r"(?<![\d.])(20[1-3]\d)的(?=$|[，。\n])"), r"\1年度"),
    (
        re.compile(
            r"(?<=事故|伤亡|火灾)(?:一[起例])?(?:都|也)?(?:没有|没发生|没出|为零|是零|零)过?(?=$|[，。；\n])"
        ),
        "0起",
    ),
)
"""Words of dialects, particles at the end of a clause, and 2024的, as the form's language has them."""
_LABEL_BEHIND = re.compile(r"(?<![\d.至到-])(\d+(?:\.\d+)?%?)(目标|实际)(?=[ ，。；\n]|$)")
"""90目标，91实际: the label stands behind its figure."""
_SPELLED_YEAR = re.compile(r"二[〇零○Oo0][一二三][〇零○一二三四五六七八九](?=年)")
_YEAR_DIGITS = str.maketrans("〇零○Oo一二三四五六七八九", "00000123456789")
_OF_MANY = re.compile(r"(?<=\d[万千])分(?=$|[，。；、 ]|实际|完成|已|都)")
"""2万分 among figures is 2万份: nothing is scored by the ten thousand."""
_BARE_ROWS = re.compile(
    r"(?:(?<=[，。；\n把将])|^)(\d{1,2}(?:[、和与及]\d{1,2})*)"
    r"(?=的(?:分值|权重|目标|指标值|实际|完成值|原因|改进措施|措施|偏差)|(?:都|全)?(?:没|未)(?:完成|达标|达到)|那[条行个])"
)
_DELETED_ROW = re.compile(r"^((?:请|帮我|把)*(?:删掉|删除|删去|去掉))(\d{1,2})(?=$|[，。；])")
_CAPITALS = re.compile(
    r"[壹贰叁肆伍陆柒捌玖零拾佰仟]*[壹贰叁肆伍陆柒捌玖][拾佰仟](?:[壹贰叁肆伍陆柒捌玖零拾佰仟万]|萬)*"
)
_PLAIN_NUMERALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟萬", "一二三四五六七八九十百千万")
_ODD_YUAN = re.compile(r"(?<![\d.])(\d{1,4})万零?(\d{3,4})(?:块钱?|元)")
_SPOKEN_PERCENT = re.compile(r"(?<![第\d.])(\d+(?:\.\d+)?)个点(?![位心球名儿子])")
_WEIGHT_IN_PERCENT = re.compile(
    r"((?:权重|分值)(?:占比?|比重|调整?|改|设|定|给|都|各|均|分别|是|为|成|到|：)*\d+(?:\.\d+)?)%"
)
"""权重15%: the points of a form add up to 100, so that a share in percent is as many points."""
_SPELLED_PERCENT = re.compile(
    r"(?<![第几零一二三四五六七八九十百])([零一二三四五六七八九十百]{2,4}(?:点[零一二三四五六七八九]+)?)个点(?![位心球名儿子])"
)
_THAT_ONE = re.compile(r"(?<=[\u3400-\u9fff]{2})哪(?=个是[^，。；？\n]{6,}(?:[，。]|$))(?![^。；\n]*？)")
_MIXED = re.compile(
    r"(?<![\d.第])(?=\d[千百])(?:(\d)千)?(?:(\d)百)?(?:([\d一二三四五六七八九])十)?(\d{1,2})?(?=[万亿元块])"
)
_STRONG = "。！？；\n"
_WEAK = "，"
_ASKED = re.compile(
    r"吗$|呢$|么$|是不是|是否|能不能|可不可以|可以不|有没有|对不对|行不行|好不好|要不要|为什么|为啥"
    r"|为何|什么|啥|怎么|如何|多少|哪[些个里一行几]|第几|(?<![有好这那招请派找加补买配送建办开设聘调抽选再多])几[个行项分]"
)
_CAUSE = re.compile(r"(?:主要)?(?:是|的原因是)?(?:因为|由于)")
_SUBJECT_LENGTH = 2
_TAG = re.compile(
    r"^(?:对吗|对不对|对吧|是吗|是不是|是吧|行吗|可以吗|好吗|可不可以|没错吧|还是.*|或者.*|要不.*)$"
)
_SUPPOSED = re.compile(
    r"如果|假如|假设|(?<!主)要是|倘若|若是|(?<![一二三四五六七八九十百千两几\d])万一(?![一二三四五六七八九十百千])|比如|例如|譬如|假定|的话(?:$|，)|会不会"
)
_PAST = re.compile(
    r"去年|上年(?!结转|结余)|上一年|往年|历年|前年|前几年|近几年|上年度(?!结转|结余)|以前年度|原来(?!的?(?:定|计划|目标|要求|安排))"
    r"|以前|之前(?=是|完成|培训)|历史上"
)
_PRESENT = re.compile(r"今年|本年|当年|这一?年|本次|这次|现在|目前|截至|实际")
_NEXT = re.compile(r"明年|下一?年度?|来年|次年|后年|今后")
_YEAR = re.compile(r"((?:19|20)\d\d)年(?!\d)")


class Clause(Frozen):
    """A part of a sentence. ``start``/``end`` count characters of the cleaned message.

    ``when`` is past for what another year did (去年…), next for what a later one is to do; it holds on until
    this year is named again.
    """

    start: int
    end: int
    text: str
    mood: Mood = "stated"
    when: When = ""


class Sentence(Frozen):
    """Clauses up to 。！？； or a line break. ``ends_topic``: the next one starts afresh (not after ；)."""

    start: int
    end: int
    clauses: tuple[Clause, ...]
    ends_topic: bool = True


def clean(text: str) -> str:
    """``text`` without invisible and control characters, bullets dropped, digits and signs in half width.

    24万8 is 24.8万. Spaces become a comma between words, a colon after a label, nothing beside a figure.
    """
    text = _INVISIBLE.sub("", text).replace("\r\n", "\n").replace("\r", "\n").translate(_FOLD)
    text = _with_cells(text)
    if _NUMBERED.match(text.strip()):
        text = _INNER_NUMBER.sub("", text)
    text = _BULLET.sub("", text.replace("\\n", "\n"))
    text = re.sub(
        r"(?<=[\u3400-\u9fff\d%）])\n(?=(?:年度)?(?:目标|计划|指标|实际|完成)[值数]?[：:]\s*[≥≤<>=]?\d)",
        "，",
        text,
    )
    text = _MISTYPED.sub(lambda match: MISTYPED[match[0]], text)
    text = _SPELLED_YEAR.sub(lambda match: match[0].translate(_YEAR_DIGITS), text)
    for spoken, written in _SPOKEN_WORDS:
        text = spoken.sub(written, text)
    text = re.sub(r"(?<=以[内上下])[ ]+(?=\d)", "，", text)
    text = _LABEL_BEHIND.sub(r"\2\1", text)
    text = _SPELLED_PERCENT.sub(r"百分之\1", _SPOKEN_PERCENT.sub(r"\1%", text))
    text = _WEIGHT_IN_PERCENT.sub(r"\1分", text)
    text = re.sub(r"百分(?:之)?百(?![分\d])", "100%", text)
    text = _CAPITALS.sub(lambda match: match[0].translate(_PLAIN_NUMERALS), text)
    text = re.sub(r"(?<=\d)个亿", "亿", text)
    text = _ODD_YUAN.sub(_all_in_yuan, re.sub(r"(?<![\d.])(\d+)万(\d)千(?![\d瓦克米])", r"\1.\2万", text))
    text = _THAT_ONE.sub("那", _OF_MANY.sub("份", _MIXED.sub(_in_digits, text)))
    text = re.sub(r"[ ]*\n[ \n]*", "\n", text)
    text = _SPOKEN_TENTHS.sub(r"\1.\3\2", text)
    text = re.sub(rf"(?<={_CJK})[,](?=\D|$)|(?<=[%\d])[,](?!\d{{3}})", "，", text)
    text = re.sub(r"(?<=[^\d\s])[ ]*:[ ]*|(?<=[^\d\s])[ ]*：[ ]*", "：", text)
    text = re.sub(rf"({_LABEL_END})[ ]+(?={_CJK}|《|“)", r"\1：", text)
    text = re.sub(
        r"(?:^|(?<=[\u3400-\u9fff，]))[ ]*(?<![\d.])(20\d\d)(?:[ ]+(?=[\u3400-\u9fff\d])|(?=$|[\n，。]))",
        _lone_year,
        text,
    )
    text = re.sub(r"(?<=[\u3400-\u9fff）])[ ]+((?:20)?2\d年度?)(?:[ ]+|(?=，|。)|$)", r"，\1，", text)
    text = text.replace("，，", "，").replace("，。", "。").removesuffix("，")
    text = re.sub(r"[ ]+/[ ]+", "；", text)
    text = _BARE_ROWS.sub(r"第\1行", _DELETED_ROW.sub(r"\1第\2行", text))
    text = re.sub(rf"(?<={_CJK})[ ]+(?=20\d\d年(?!度))", "，", text)
    text = re.sub(r"(?<![\d.])(2\d)年(?=度)|(?:(?<=[，。；：])|^)(2\d)年(?=的|[，。；]|$)", _full_year, text)
    text = re.sub(rf"(?<=[{re.escape(_CLOSE)}\u3400-\u9fff%])[ ]+(?={_CJK}|[{re.escape(_OPEN)}])", "，", text)
    text = re.sub(r"(?<=[\u3400-\u9fff：≥≤=<>])[ ]+(?=[\d≥≤=<>-])", "", text)
    text = re.sub(r"(?<=\d)[ ]+(?P<run>[\u3400-\u9fff%]+)(?=(?P<next>\d)?)", _close_unit, text)
    return without_slips(re.sub(r"[ ]{2,}", " ", text).strip(" \n"))


def _with_cells(text: str) -> str:
    """The cells of pasted tables (tabs, bars, columns of spaces on several lines) apart."""
    lines = text.split("\n")
    cells = [_cells(line) for line in lines]
    wide = [len(found) >= _FEWEST_CELLS for found in cells]
    if sum(wide) < _FEWEST_LINES:
        return text.replace(CELL, " ")
    return "\n".join(
        CELL.join(found) if is_wide or (len(found) > 1 and CELL in line) else line.replace(CELL, " ")
        for line, found, is_wide in zip(lines, cells, wide, strict=True)
    )


def _cells(line: str) -> list[str]:
    if CELL in line:
        return [cell.strip() for cell in line.split(CELL)]
    if line.count("|") + line.count("｜") >= _FEWEST_CELLS - 1:
        return [cell.strip() for cell in re.split(r"[|｜]", line.strip().strip("|｜"))]
    if _LEVELS_FIRST.match(line):
        return [cell.strip() for cell in re.split(r"[-－—/]", line)]
    if listed := _NAME_AND_TWO.match(line):
        return [cell.strip(" :：,，") for cell in listed.groups("") if cell]
    return [cell.strip() for cell in _COLUMNS_OF_SPACES.split(line.strip(" "))]


def _all_in_yuan(match: re.Match[str]) -> str:
    """45万零800块 is 450800元."""
    return f"{int(match[1]) * 10000 + int(match[2])}元"


def _in_digits(match: re.Match[str]) -> str:
    """6百3十 is 630, 5百67 is 567; a last digit alone counts the next place (5百6 is 560)."""
    thousands, hundreds, tens, rest = (
        int(part.translate(_ARABIC_DIGITS)) if part else 0 for part in match.groups()
    )
    last = match[4] or ""
    spoken = len(last) == 1 and not match[3]
    return str(
        thousands * 1000 + hundreds * 100 + tens * 10 + rest * ((10 if match[2] else 100) if spoken else 1)
    )


def _full_year(match: re.Match[str]) -> str:
    return f"20{match[1] or match[2]}年"


def _lone_year(match: re.Match[str]) -> str:
    """教师培训 2023 预算: a year that stands alone, unless a unit follows it (2024 人)."""
    spaced = match[0].startswith(" ") or match.start() == 0
    unit = unit_at(match.string, match.end())
    counts = unit and not re.match(r"[\u3400-\u9fff]", match.string[match.end() + len(unit) :])
    if not spaced or counts:
        return match[0]
    return f"，{match[1]}年度" + ("，" if match[0].endswith(" ") else "")


def _close_unit(match: re.Match[str]) -> str:
    """60 万 is one amount; 人数88 班次3 are two statements."""
    run = match["run"]
    belongs = bool(unit_at(run, 0)) and not match["next"]
    return ("" if belongs else "，") + run


@lru_cache(maxsize=32)
def split(text: str, year: int | None = None) -> tuple[Sentence, ...]:
    """A cleaned message as sentences. ``year`` is the form's: clauses about an earlier year are past.

    Quotation marks, book titles and parentheses keep their content together.
    """
    sentences = []
    when: When = ""
    for start, end in _sentences(text):
        mark = text[end] if end < len(text) else "。"
        pieces = _pieces(text, start, end, _WEAK)
        moods = _moods([text[a:b] for a, b in pieces], mark)
        clauses = []
        for (a, b), mood in zip(pieces, moods, strict=True):
            when = _when(text[a:b], when, year)
            clauses.append(Clause(start=a, end=b, text=text[a:b], mood=mood, when=when))
        ends_topic = mark != "；"
        when = "" if ends_topic else when
        if clauses:
            sentences.append(Sentence(start=start, end=end, clauses=tuple(clauses), ends_topic=ends_topic))
    return tuple(sentences)


def is_stated(text: str, at: int) -> bool:
    """Whether what stands at a place of a cleaned message is stated there, neither asked nor supposed."""
    clauses = (clause for sentence in split(text) for clause in sentence.clauses)
    return next((clause.mood == "stated" for clause in clauses if clause.start <= at < clause.end), True)


def is_question(text: str) -> bool:
    """Whether a cleaned piece of text asks something."""
    return bool(_ASKED.search(text.rstrip("？。！")) or text.endswith("？"))


def _pieces(text: str, start: int, end: int, separators: str) -> list[tuple[int, int]]:
    """Spans between separators that stand outside brackets; empty ones left out."""
    spans, depth, begin = [], 0, start
    for at in range(start, end):
        character = text[at]
        if character in _OPEN and _closes(text, at, end):
            depth += 1
        elif character in _CLOSE and depth:
            depth -= 1
        elif character in separators and not depth:
            spans.append((begin, at))
            begin = at + 1
    spans.append((begin, end))
    return [(a, b) for a, b in spans if text[a:b].strip()]


def _sentences(text: str) -> list[tuple[int, int]]:
    """Spans up to 。！？； and before a second X是因为…, which is about something else than the first."""
    spans = []
    for start, end in _pieces(text, 0, len(text), _STRONG):
        told, begin = False, start
        for a, b in _pieces(text, start, end, _WEAK):
            cause = _CAUSE.search(text, a, b)
            if cause and told and cause.start() - a >= _SUBJECT_LENGTH:
                spans.append((begin, a - 1))
                begin = a
            told = told or cause is not None
        spans.append((begin, end))
    return spans


def _closes(text: str, at: int, end: int) -> bool:
    """Whether the bracket at ``at`` is closed before the sentence's line ends (a stray one opens nothing)."""
    closing = _CLOSE[_OPEN.index(text[at])]
    found = text.find(closing, at, end)
    line = text.find("\n", at, end)
    return found >= 0 and (line < 0 or found < line)


def _moods(clauses: list[str], mark: str) -> list[Mood]:
    if mark == "？" and clauses and _TAG.match(clauses[-1]):
        return ["asked"] * len(clauses)
    moods: list[Mood] = []
    supposed = False
    for number, clause in enumerate(clauses):
        supposed = supposed or bool(_SUPPOSED.search(clause))
        topic = number < len(clauses) - 1 and mark != "？"  # 满意度呢，目标95%
        asked = _ASKED.search(clause.removesuffix("呢") if topic else clause) or (
            mark == "？" and number == len(clauses) - 1
        )
        moods.append("supposed" if supposed else "asked" if asked else "stated")
    return moods


def _when(clause: str, before: When, year: int | None) -> When:
    """The last time word of a clause decides; without one the clause before does."""
    marks: list[tuple[int, When]] = [(m.start(), "past") for m in _PAST.finditer(clause)]
    marks += [(m.start(), "present") for m in _PRESENT.finditer(clause)]
    marks += [(m.start(), "next") for m in _NEXT.finditer(clause)]
    if year is not None:
        marks += [
            (m.start(), "past" if int(m[1]) < year else "next" if int(m[1]) > year else "present")
            for m in _YEAR.finditer(clause)
        ]
    return max(marks)[1] if marks else before
