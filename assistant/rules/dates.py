"""Rules on the year of the form and on dates."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator

from assistant.form.dates import date_bounds
from assistant.form.finding import Severity
from assistant.form.model import Form
from assistant.form.text import shortened
from assistant.form.value import Kind, Sign, Value
from assistant.rules.judge import doubtful_date
from assistant.rules.line import Line
from assistant.rules.passages import is_explained
from assistant.rules.phrasing import named
from assistant.rules.rule import Case, Observation, rule
from assistant.rules.year import normalised, own_year, printed_year, years_said

_PERIOD = re.compile(
    r"(20\d\d)\s*年?(?:度)?(?:\s*\d{1,2}\s*月)?(?:\s*\d{1,2}\s*日)?\s*[-—–~～/至到]{1,2}\s*(20\d\d)"
)
_FULL_DATE = re.compile(
    # What stands before the year comes second, so that its digits are found fast; so below.
    r"(20(?<!\d20)\d\d)(?:\s*年\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*[日号])?"
    r"|([-/.])(\d{1,2})\4(\d{1,2})(?!\d|\4|%))"
)
_DAY_ALONE = re.compile(r"(?<![\d年])(\d{1,2})月(\d{1,2})[日号]")
_ANY_LEAP_YEAR = 2020
_ANY_MONTH_HAS = 28
_DAY_OR_PERIOD = re.compile(
    # What any of these begins with comes first, so that places are found fast.
    r"[2２二月](?:(?:(?<=2)0|(?<=２)０|(?<=二)[〇○零])..\s*(?:年.{1,3}月|[-/.])|(?<=月).{1,3}[日号])"
)
_MONTHS = re.compile(
    r"(20(?<!\d20)\d\d)\s*年\s*(\d{1,2})\s*月(?:\s*\d{1,2}\s*日)?\s*[-—–~～至到]{1,2}\s*"
    r"(?:(20\d\d)\s*年\s*)?(\d{1,2})\s*月"
)


@rule("D001", Severity.WARNING)
def year_missing(case: Case) -> Iterator[Observation]:
    """标题下没有写年度

    检查什么：标题和标题下一行里都没有“（2022年度）”。表中别处（名称、目标、说明、日期）能看出年度的给提示，看不出的给提醒。
    依据：自评表标题下应注明年度（财预〔2020〕10号 自评表样）
    为什么：没有年度，无法核对日期，也无法和别的年份比较。
    反例：
        year_line =
    正例：
        year_line = （2022年度）
        或
        title = 2022年度项目支出绩效自评表
        year_line =
    不检查什么：年度写得对不对（见 year_contradiction）；同一文件里只有第一张表有标题和年度的，其余各表。
    """
    if printed_year(case.form) is not None or "year_line" in case.form.absent:
        return
    told = case.year.told_by in ("name_or_goal", "prose") or _told_by_form(case.form, case.year.year)
    year = case.year.year
    source = "按同一批的其他表，作" if case.year.told_by == "batch" else "本表按"
    known = f"（{source}{year}年检查）" if year is not None else "，也看不出是哪一年，日期无法核对"
    yield Observation(
        f"标题下没有写年度{known}。",
        "title",
        field="year_line",
        printed=case.form.year_line,
        expected=f"（{year}年度）" if year is not None else "（××××年度）",
        hint=f"在标题下写“（{year}年度）”。" if year is not None else "在标题下写明年度。",
        severity=Severity.NOTE if told else None,
    )


@rule("D002", Severity.ERROR)
def year_contradiction(case: Case) -> Iterator[Observation]:
    """日期不在本表的年度之内

    检查什么：指标值和完成值里的日期早于本表年度的为错误，晚于的为提醒。
    依据：年度绩效目标和完成值应属于同一预算年度（财预〔2020〕10号 单位自评要求，未核对原文）
    为什么：多半是从去年的表复制过来忘了改年份。
    反例：
        indicators[4].target = 2021年11月30日前
        indicators[4].actual = 2021年11月25日
    正例：
        indicators[4].target = 11月30日前
        indicators[4].actual = 11月25日
    不检查什么：名称或目标写明跨年的项目（2021年4月至2022年3月）中、落在这段时间内的日期。
    """
    if case.year.year is None:
        return
    for line in case.lines:
        for field, value in (("target", line.target), ("actual", line.actual)):
            year = _year_of(value)
            if year is None or year == case.year.year:
                continue
            if any(start <= year <= end for start, end in _spans(case.form)):
                continue
            early = year < case.year.year
            yield Observation(
                f"{named(line)}的日期“{shortened(value.raw)}”是{year}年，本表是{case.year.year}年度。",
                "indicators",
                line.number,
                field,
                printed=value.raw,
                expected=f"{case.year.year}年的日期",
                arithmetic=f"{year} {'＜' if early else '＞'} {case.year.year}",
                hint="核对年份；项目跨年的，在项目名称或总体目标中写明起止时间。",
                severity=Severity.ERROR if early else Severity.WARNING,
            )
            break


@rule("D003", Severity.ERROR)
def date_late(case: Case) -> Iterator[Observation]:
    """完成日期晚于目标日期

    检查什么：完成值的日期晚于指标值要求的日期。得了满分又没有说明为错误；得满分但有说明，或不打分又没有说明为提醒。
    依据：未达到指标值的应扣分并说明原因（财预〔2020〕10号 单位自评要求，未核对原文）
    为什么：没有按时完成，不应得满分。
    反例：
        indicators[4].actual = 2022年12月8日
    正例：
        indicators[4].actual = 2022年12月8日
        indicators[4].score = 8
        indicators[4].explanation = 阶梯教室维修推迟交付。今后先落实场地再排课。
        total.score = 97.30
    不检查什么：已经扣分并说明了原因的；日期不够具体、分不出先后的；
        日期不存在、目标日期的年份有误的（见 date_impossible、year_contradiction）。
    """
    year = case.year.year
    for line in case.lines:
        late = _is_late(line, year)
        if not late:
            continue
        score, explained = line.score, is_explained(case, line)
        scored = score.printed is not None and score.weight is not None
        full = scored and (score.printed or 0) >= (score.weight or 0)
        if (explained and not full) or (scored and not full):
            continue
        yield Observation(
            f"{named(line)}要求“{shortened(line.cells.target)}”，完成于“{shortened(line.cells.actual)}”，晚了"
            + ("，却得了满分。" if full else "。"),
            "indicators",
            line.number,
            "actual",
            printed=line.cells.actual,
            expected=line.cells.target,
            arithmetic=late,
            hint="核对日期；确实晚了的，酌情扣分并说明原因。",
            severity=Severity.ERROR if full and not explained else Severity.WARNING,
        )


@rule("D004", Severity.ERROR)
def date_impossible(case: Case) -> Iterator[Observation]:
    """日历上没有的日期，或者结束早于开始的时间段

    检查什么：全表各格中有没有日历上没有的年月日，或者结束早于开始的“某年某月至某年某月”。
    依据：公历
    为什么：日期写错，按时与否无从判断。
    反例：
        indicators[4].target = 2022年11月31日前
        或
        goal.actual = 2022年9月至2022年3月举办集中培训班6期，培训教师342人。
    正例：
        indicators[4].target = 2022年11月30日前
    不检查什么：只写到月份的日期在不在项目期内。
    """
    for place, found in case.cells.places(_DAY_OR_PERIOD):
        text = normalised(found.string)
        for printed, why in (*_impossible_days(text), *_backward_periods(text)):
            cell = case.cells[place]
            yield Observation(
                f"“{printed}”{why}。",
                cell.section,
                cell.row,
                cell.field,
                printed=printed,
                expected="日历上有的日期",
                hint="核对原始材料后改正日期。",
            )


def _told_by_form(form: Form, year: int | None) -> bool:
    """True where the form tells its year somewhere, be it only in a date."""
    if own_year(form).year is not None:
        return True
    if year is None:
        return False
    cells = (text for row in form.indicators for text in (row.name, row.target, row.actual))
    return any(year in years_said(text) for text in cells if str(year) in text)


def _spans(form: Form) -> list[tuple[int, int]]:
    """The periods over several years that the name, the year line or the goal states."""
    texts = (form.project_name, form.year_line, form.goal.expected, form.goal.actual)
    return [
        (int(found[1]), int(found[2]))
        for text in texts
        if "20" in text
        for found in _PERIOD.finditer(normalised(text))
    ]


def _year_of(value: Value) -> int | None:
    head = value.date.partition("-")[0]
    return int(head) if len(head) == 4 and value.kind is Kind.DATE else None


def _is_late(line: Line, year: int | None) -> str:
    """``2022-12-08 晚于 2022-11-30``; ``""`` where the actual is in time, or not exact enough to tell."""
    if not line.target.date or not line.actual.date or line.actual.sign is Sign.BEFORE:
        return ""
    if doubtful_date(line.target, line.actual, year):
        return ""
    due = date_bounds(line.target.date, year or _year_of(line.actual))
    done = date_bounds(line.actual.date, due[1][0] if due else year)
    return f"{line.actual.date} 晚于 {line.target.date}" if due and done and done[0] > due[1] else ""


def _impossible_days(text: str) -> Iterator[tuple[str, str]]:
    for found in _FULL_DATE.finditer(text):
        year, month = int(found[1]), int(found[2] or found[5])
        if why := _no_such_day(year, month, int(found[3] or found[6] or 1), f"{year}年"):
            yield found[0], why
    for found in _DAY_ALONE.finditer(text) if "月" in text else ():
        if why := _no_such_day(_ANY_LEAP_YEAR, int(found[1]), int(found[2]), ""):
            yield found[0], why


def _no_such_day(year: int, month: int, day: int, shown: str) -> str:
    if not 1 <= month <= 12:
        return f"中没有{month}月"
    if 1 <= day <= _ANY_MONTH_HAS:
        return ""
    days = calendar.monthrange(year, month)[1]
    return "" if 1 <= day <= days else f"不存在，{shown}{month}月只有{days}天"


def _backward_periods(text: str) -> Iterator[tuple[str, str]]:
    for found in _MONTHS.finditer(text):
        start, end = (int(found[1]), int(found[2])), (int(found[3] or found[1]), int(found[4]))
        if end < start and found[3]:
            yield found[0], "结束早于开始"


RULES = (year_missing, year_contradiction, date_late, date_impossible)
