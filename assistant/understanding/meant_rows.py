"""Which rows a figure is said of: those named around it, else those that the conversation is about."""

from __future__ import annotations

import re

from assistant.form.edit import Edit, read_cell
from assistant.form.model import Form
from assistant.understanding.counted_things import counts_other
from assistant.understanding.level_weights import OF_THIS_ROW, SHARE
from assistant.understanding.money_figures import Flow
from assistant.understanding.quantities import Quantity, find_quantities, same_group
from assistant.understanding.reading import READ, Reading
from assistant.understanding.row_facts import is_bad_event, wants
from assistant.understanding.row_matching import (
    Match,
    content_of,
    find_rows,
    is_date_row,
    only_row_in,
    unit_of,
)

_ORDERED = re.compile(
    r"^(?:我们|咱们)?[那就先都把要给]*(?:的?(?:目标|指标)值?)?[就先都也]*(?:改|调|定|设|填|写|按)?(?:成|为|到|在|个)?$"
)
"""An order without a name: 定95%, 那目标改90%."""
_PAUSE = re.compile(r"[、；，和及]|(?=[没未都也全已才只])")
JOINED = re.compile(r"和|与|及|以及|、|跟|同")


ALL_ALIKE = re.compile(r"都|均|全部?|一律|同样")


_THE_REST = re.compile(
    r"(?:其他|其余|剩下|剩余|别)的?(?:各项|几项|几行|指标|行|都|均|全部|是|为|完成|达到|了|也)*"
)


_SURVEYED = re.compile(
    r"(?:问卷|抽样|现场|电话)*(?:调查|测评|测算|统计|抽查|抽检|回访)(?:下来|出来|结果|得出)?[是为]?$"
)


def with_actuals(form: Form, rows: tuple[int, ...], words: str) -> tuple[int, ...]:
    """Of rows that words about a mistake fit equally well those that have a result already."""
    if len(rows) < 2 or not re.search(r"错|不对|有误", words):
        return rows
    return tuple(row for row in rows if form.indicators[row - 1].actual) or rows


def rows_meant(form: Form, subject: str, after: str, quantity: Quantity) -> Match:
    """The rows that the words before a figure mean, or those words with what follows it (完成3期培训班)."""
    joined = [part for part in JOINED.split(subject) if content_of(part)]
    if len(joined) > 1 and ALL_ALIKE.search(subject):
        singles = [find_rows(form, part, quantity) for part in joined]
        if all(single.rows for single in singles):
            rows = tuple(dict.fromkeys(row for single in singles for row in single.rows))
            return Match(rows=rows, strength=min(single.strength for single in singles))
    following = re.split(r"[、；和及]|(?:的|，)(?=目标|要求|计划)", after)[0]
    candidates = [find_rows(form, subject, quantity)]
    if content_of(following):
        candidates.append(find_rows(form, subject + following, quantity))
    if len(joined) > 1:
        candidates.append(find_rows(form, joined[-1], quantity))
    named = [match for match in candidates if match.rows]
    return max(named, key=lambda match: (match.strength, -len(match.rows)), default=Match())


def inherited_rows(
    reading: Reading, subject: str, quantity: Quantity, flow: Flow, after: str
) -> tuple[int, ...]:
    """The rows of a figure without a subject: those just spoken of, the cell asked for, the corrected."""
    if content_of(SHARE.sub("", _ORDERED.sub("", _SURVEYED.sub("", subject)))):
        return ()
    form = reading.form
    if (OF_THIS_ROW.search(subject) or subject.startswith("它")) and reading.situation.topic is not None:
        return (reading.situation.topic,)
    noun = content_of(_PAUSE.split(after)[0])
    if flow.rows and all(_takes(form, row, quantity, noun) for row in flow.rows):
        return with_actuals(form, flow.rows, flow.words)
    spoken_of = find_rows(form, flow.words, quantity).rows if flow.words else ()
    spoken_of = with_actuals(form, spoken_of, flow.words)
    if spoken_of and all(_takes(form, row, quantity, noun) for row in spoken_of):
        return spoken_of
    if re.search(r"没|未|不(?!动产)", after) or _is_total(reading, subject, quantity):
        return ()
    if (alone := only_row_in(form, quantity)) and _takes(form, alone, quantity, noun):
        return (alone,)
    return () if content_of(after) or READ in after else _rows_talked_of(reading, quantity, flow)


def _is_total(reading: Reading, subject: str, quantity: Quantity) -> bool:
    """东站60册、西站88册，一共148册: the total of figures that have no row has none either."""
    parts = [one for part in reading.unplaced for one in find_quantities(part.text)]
    alike = [one for one in parts if one.unit == quantity.unit]
    return len(alike) > 1 and bool(re.search(r"一共|合计|总共|共计|总计", subject))


def _rows_talked_of(reading: Reading, quantity: Quantity, flow: Flow) -> tuple[int, ...]:
    """The row that a bare figure answers, corrects or goes on about, from the conversation so far."""
    form, asked = reading.form, reading.situation.asked
    if (
        asked is not None
        and asked.section == "indicators"
        and asked.field in ("target", "actual")
        and asked.row
        and _takes(form, asked.row, quantity)
    ):
        flow.mode = flow.mode or ("target" if asked.field == "target" else "actual")
        return (asked.row,)
    topic = reading.situation.topic
    if not content_of(flow.words) and (corrected := _corrected(reading, quantity)):
        flow.mode = "target" if corrected[0].location.field == "target" else "actual"
        return tuple(edit.location.row for edit in corrected if edit.location.row is not None)
    if (
        topic is not None
        and quantity.kind != "bare"
        and _takes(form, topic, quantity)
        and _is_its_unit(form, topic, quantity)
    ):
        return (topic,)
    return ()


def _takes(form: Form, row: int, quantity: Quantity, noun: str = "") -> bool:
    """Whether a row can hold a figure; ``noun``: what stands right behind it."""
    if not 1 <= row <= len(form.indicators):
        return False
    indicator = form.indicators[row - 1]
    unit = unit_of(indicator)
    if counts_other(noun, indicator, unit, quantity):
        return False
    if quantity.kind == "date":
        return is_date_row(indicator)
    return quantity.kind == "bare" or not unit or same_group(quantity.unit, unit)


def _is_its_unit(form: Form, row: int, quantity: Quantity) -> bool:
    """Whether a figure is told in the row's own unit; 120起 are no 个."""
    unit = unit_of(form.indicators[row - 1])
    return (
        quantity.unit == "个" or not unit or unit != "个" or quantity.kind != "count" or quantity.unit == unit
    )


def _corrected(reading: Reading, quantity: Quantity) -> tuple[Edit, ...]:
    """The cells that a bare figure may correct: those of the last message, else the last one before."""
    latest = [edit for edit in reading.situation.latest if _alike(reading.form, edit, quantity)]
    if latest:
        return tuple({edit.location.row: edit for edit in latest}.values())
    found = (edit for edit in reversed(reading.situation.recent) if _alike(reading.form, edit, quantity))
    return tuple(edit for edit in (next(found, None),) if edit is not None)


def _alike(form: Form, edit: Edit, quantity: Quantity) -> bool:
    if edit.location.section != "indicators" or edit.location.field not in ("target", "actual"):
        return False
    value = next(iter(find_quantities(edit.new or read_cell(form, edit.location))), None)
    if value is None:
        return False
    return quantity.kind == "bare" or (value.kind == quantity.kind and same_group(value.unit, quantity.unit))


def rest_rows(form: Form, subject: str, quantity: Quantity) -> tuple[int, ...]:
    """The rows of 其他都是100%: percentages without an actual value yet."""
    if quantity.kind != "percent" or not _THE_REST.fullmatch(subject):
        return ()
    return tuple(
        n
        for n in wants(form, "actual")
        if unit_of(form.indicators[n - 1]) == "%" and not is_bad_event(form.indicators[n - 1])
    )
