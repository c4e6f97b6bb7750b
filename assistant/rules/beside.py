"""The texts of a form outside its cells: rows below the table, passages, remarks, notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from assistant.form.model import Form

# What the labels of reasons, measures and problems have.
REASONS = re.compile(
    "(?:偏差|偏离|差异|未完成|没有完成|未达|没有达|未实现|扣分|失分|丢分)[^:]{0,14}(?:原因|分析|说明|情况|措施)|原因(?:分析|说明|及)|^(?:主要)?原因$"
)
MEASURES = re.compile("措施|整改|改进|下一步|下步|结果应用|工作打算|整治")
PROBLEMS = re.compile("问题|不足|困难")
_ROW = re.compile(r"绩效指标第(\d+)行“(.*)”$")
_QUOTED = re.compile("“([^”]*)”$")
_PLACE = re.compile(r"(?:第\d+(?:个表格|段)|正文|项目资金|绩效指标第|文本框|页眉|页脚|不完整的表|工作表)")
_NOT_SAID = re.compile("标准|依据|办法|规则|方法|公式|来源|性质|单位|类别|类型|属性|日期|电话|等[级次]")
_HEADING = re.compile(
    r"^(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）]?[、.．:：]?)?(.{2,24}?)[:：]\s*(.*)$", re.S
)
_LONGEST_HEADING = 24
_INSTRUCTION = re.compile(
    r"须|应当|应(?=[在按对予说填])|请(?!假|示)|填[写报列表]|[计记评赋]分|得分(?:=|按|不|为|率)|口径|公式|分为|分[为达三四]|是指|指(?=[当财以实])"
    r"|权重|分值|满分|(?:定量|定性|正向|反向)指标|×|包括.{0,12}(?:资金|结转)|不填|附件|保留(?:两位|2位)"
    r"|逐[项一条](?:分析|说明|填|写)|简要(?:说明|分析|写)|如实|[需应须要](?:要)?(?:说明|分析|写明|注明)|(?:说明|分析|写明|注明)(?:具体|偏差|未完成|主要)*(?:的)?原因"
)
_ITEMS = re.compile(r"(?<=[。;；])|(?<!\d)(?=\d{1,2}[.、．](?!\d))|\n")


class Passage(NamedTuple):
    """A text outside the form's cells; ``label``: what it stands under, ``row``: in whose row, if in one."""

    label: str
    text: str
    row: int | None = None


def beside(form: Form) -> tuple[Passage, ...]:
    """What the office itself says outside the cells: not how to fill in the form, nor how it is scored."""
    return tuple(
        passage
        for passage in _labelled(form)
        if passage.text and not (_NOT_SAID.search(passage.label) or _INSTRUCTION.search(passage.text))
    )


def _labelled(form: Form) -> Iterator[Passage]:
    """All texts outside the cells, each with the label it stands under."""
    for piece in form.unplaced:
        if own := _ROW.search(piece.place):
            yield Passage(own[2], piece.text, int(own[1]))
    loose = (piece for piece in form.unplaced if not _ROW.search(piece.place))
    yield from _under_headings((_label_of(piece.place), piece.text) for piece in loose)
    yield from _under_headings(("", item) for item in _items(form.remark))
    yield from _under_headings(("", item) for note in form.notes for item in _items(note))
    yield Passage("", form.total.note)


def _items(text: str) -> list[str]:
    return _ITEMS.split(text) if text else []


def _label_of(place: str) -> str:
    quoted = _QUOTED.search(place)
    return quoted[1] if quoted else "" if _PLACE.match(place) else place


def _under_headings(texts: Iterable[tuple[str, str]]) -> Iterator[Passage]:
    """Texts under the label before them: 偏差原因：…, or a line 三、偏差原因分析 and what follows it."""
    heading = ""
    for label, text in texts:
        body = text.strip()
        if label:
            heading = ""
            yield Passage(label, body)
            continue
        found = _HEADING.match(body)
        if found and _speaks(found[1]):
            heading = found[1]
            yield Passage(heading, found[2])
        elif len(body) <= _LONGEST_HEADING and _speaks(body) and "。" not in body:
            heading = body
        else:
            yield Passage(heading, body)


def _speaks(heading: str) -> bool:
    return any(words.search(heading) for words in (REASONS, MEASURES, PROBLEMS))
