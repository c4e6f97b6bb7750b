"""Project name, department, unit and year from ordinary sentences."""

from __future__ import annotations

import re

from assistant.understanding.clauses import is_stated
from assistant.understanding.offices import (
    ORG_END,
    is_value,
    organisation,
    read_office_clause,
    read_organisations,
    read_units_named,
)
from assistant.understanding.project_names import QUOTED, project_name, read_name, read_name_clause, value_of
from assistant.understanding.quantities import chinese_number
from assistant.understanding.reading import Reading

_IS = (
    r"(?:应该|应当|应|就|也|还|同样|都|改|换|填|写|暂定)?(?:是|为|叫做|叫|名为|称为|改成|改为|换成|填成|写成|写|填"
    r"|成|：|=)+"
)
_NEXT_LABEL = (
    r"主管部门|主管单位|实施单位|项目单位|承担单位|预算单位|填报单位|项目名称|年初预算|全年预算|预算"
    r"|(?:资金|支出)(?=\d|是|为|：|总额|共|约|来源)|总投资|年度总体目标|总体目标"
    r"|实际支出|全年执行|执行数"
)
_LABELS = {
    "project_name": r"(?:项目(?:的)?(?:全称|名称|名字|名)|(?:本|该|这个|此|我们(?:这个|的)?)?项目(?=叫"
    r"|名叫|名为|称为|就叫)|(?<![\u3400-\u9fff])(?:名称|名字)(?=就?(?:叫|是|为|：)))",
    "department": r"(?:上级|行业|业务|归口)?主管(?:的)?(?:部门|单位|局|机关)(?:名称)?|上级(?:部门|单位)"
    r"|(?<![\u3400-\u9fff])(?:主管|上级)(?=：|也?是(?!不|否|哪|谁))",
    "unit": r"(?:项目)?(?:具体)?(?:实施|承担|承办|执行|预算|填报|申报|用款|使用|责任|牵头|组织"
    r"|建设)(?:的)?(?:单位|部门|处室|科室)(?:名称)?"
    r"|项目单位(?:名称)?|(?<![\u3400-\u9fff])(?:我们?的?)?单位(?:名称)?(?=是(?!不|否)|为|叫|写|填|：)"
    r"|我们(?:的)?(?:单位|处室|科室)|(?<![\u3400-\u9fff])(?:实施|承办|承担)(?=：)",
}
_BOTH_UNITS = re.compile(
    rf"(?:主管(?:部门|单位)(?:和|与|、|及)(?:我们)?(?:实施|项目|承担)?单位"
    rf"|(?:实施|项目|承担)单位(?:和|与|、|及)主管(?:部门|单位))(?:都|均|同)?{_IS}(?P<value>[^，。；！？\n□]{{2,40}})"
)
_VALUE = (
    rf"(?:{QUOTED}(?=$|[，。；！？\n□吧]|项目|的|{_NEXT_LABEL})"
    rf"|(?P<value>(?:“[^”\n]*”|[^，。；！？\n□])+?)(?=$|[，。；！？\n□]|{_NEXT_LABEL}))"
)
_STRONG_LABEL = {
    "project_name": "项目名称",
    "department": "主管(?:部门|单位)",
    "unit": "实施单位|项目单位|"
    rf"(?<![\u3400-\u9fff])单位(?=[\u3400-\u9fff]{{2,20}}?{ORG_END}(?:$|[，。；！\n]))",
}
_STAMP = r"(?:（[^（）]{1,8}）|\([^()]{1,8}\))?"
_YEAR_LABELLED = re.compile(
    rf"(?:年度|年份|所属年度|评价年度)(?:{_IS})?(?P<a>20\d\d)|(?P<b>20\d\d)年度|(?<!\d)(?P<c>2\d)年度"
    r"|今年(?:是|就是)(?P<d>20\d\d)|(?:^|[，。；□])(?P<f>2\d)年的?(?=$|[，。；]|项目|自评)"
    r"|(?:填|写|做|搞|弄|报)(?:一下|个)?(?P<h>2\d)年度?的?(?=[\u3400-\u9fff]{4})|(?:^|[，；。\n])(?P<g>20\d\d)(?=$|[，；。\n])|(?:是|填|做|写|按|改成|改为)(?:的是)?(?P<e>20\d\d)年?的?(?=$|[，。；！？\n]|项目|自评|表|，)"
)
_YEAR_PLAIN = re.compile(
    r"(?<![\d至到-])(?P<year>20\d\d)年(?!\d|底|末|年底|年末|前|之前|以前|起|后|以后|以来|度?(?:至|到"
    r"|-)|[一-龥]{0,6}结转)"
)
_YEAR_OF_DEADLINE = re.compile(
    r"(?<!\d)(20\d\d)年(?:\d{1,2}月(?:\d{1,2}[日号]|底|末|份)?|底|年底)(?:之前|以前|前)?"
    r"(?=[^，。；\d]{0,6}(?:完成|完工|竣工|建成|交付|投用|投入使用|上线|启用|弄完|做完|办完|验收|开通))"
)
_YEAR_OF_SPAN = re.compile(r"(?<!\d)(20\d\d)年\d{1,2}月份?(?:到|至|-)\d{1,2}月")
_OF_OFFICE = re.compile(
    rf"(?P<office>[\u3400-\u9fff]{{2,20}}?{ORG_END})的?(?P<year>20\d\d)年度?的?(?P<name>[^，。]{{4,}})$"
)
_CHINESE_YEAR = re.compile(r"二[〇零○]([一二三四五六七八九〇零○])([一二三四五六七八九〇零○])年")


def read_header(reading: Reading) -> None:
    """Reads the basic facts of the project out of ``reading.rest``."""
    reading.rest = _CHINESE_YEAR.sub(_arabic_year, reading.rest)
    _read_units_together(reading)
    for field in ("project_name", "department", "unit"):
        _read_labelled(reading, field)
    read_units_named(reading)
    if not reading.form.project_name:
        read_name(reading)
    read_organisations(reading)
    read_office_clause(reading)
    if not reading.form.project_name:
        read_name_clause(reading)
    _split_name(reading)
    _read_year(reading)


def _split_name(reading: Reading) -> None:
    """市三院的2024年病房改造项目 names the unit, the year and the project in one."""
    found = _OF_OFFICE.match(reading.form.project_name)
    told = any(edit.location.field == "project_name" for edit in reading.sets)
    if found is None or not told or not is_value(found["office"]):
        return
    reading.set("header", None, "project_name", found["name"])
    if not reading.form.unit:
        reading.set("header", None, "unit", organisation(found["office"]))
    if reading.form.year is None:
        set_year(reading, int(found["year"]))


def set_year(reading: Reading, year: int) -> None:
    """Sets the year and the printed year line."""
    reading.set("header", None, "year", str(year))
    reading.set("header", None, "year_line", f"（{year}年度）")


def _arabic_year(match: re.Match[str]) -> str:
    digits = [chinese_number(character.replace("○", "〇")) for character in match.groups()]
    # Seven characters stay seven, so that places in the text remain right.
    return f"20{digits[0]}{digits[1]}年"


def _read_units_together(reading: Reading) -> None:
    if match := _BOTH_UNITS.search(reading.rest):
        value = organisation(match["value"])
        if is_value(value) and is_stated(reading.text, match.start()):
            reading.set("header", None, "department", value)
            reading.set("header", None, "unit", value)
            reading.take(*match.span())


def _read_labelled(reading: Reading, field: str) -> None:
    patterns = (
        rf"(?:{_LABELS[field]}){_STAMP}{_IS}{_VALUE}",
        rf"(?:{_STRONG_LABEL[field]})(?:名称)?{_STAMP}{_VALUE}",
        rf"(?:{_LABELS[field]})(?:名称)?从.{{1,40}}(?:改成|改为|换成|变成){_VALUE}",
        rf"(?:{_LABELS[field]})(?:名称)?(?:是|写|填|说)?(?:的)?(?:不对|错了|有误|不准确|填错了?"
        rf"|写错了?)，{_IS}{_VALUE}",
    )
    for pattern in patterns:
        for match in re.finditer(pattern, reading.rest):
            value = value_of(match)
            value = project_name(value) if field == "project_name" else organisation(value)
            if is_value(value) and is_stated(reading.text, match.start()):
                reading.set("header", None, field, value)
                reading.take(*match.span())


def _read_year(reading: Reading) -> None:
    labelled = [m for m in _YEAR_LABELLED.finditer(reading.rest) if is_stated(reading.text, m.start())]
    stated = [m for m in labelled if reading.form.year is None or not m["b"] or len(reading.text) <= 12]
    if stated:
        group = next(name for name in "abcdefgh" if stated[-1][name])
        text = stated[-1][group]
        set_year(reading, int(text) if len(text) == 4 else 2000 + int(text))
        reading.take(*stated[-1].span())
        return
    if reading.form.year is not None:
        return
    years = [int(m["year"]) for m in _YEAR_PLAIN.finditer(reading.text) if is_stated(reading.text, m.start())]
    years = years or [int(m[1]) for m in _YEAR_OF_SPAN.finditer(reading.text)]
    years = years or [
        int(m[1]) for m in _YEAR_OF_DEADLINE.finditer(reading.text) if is_stated(reading.text, m.start())
    ]
    if years:
        set_year(reading, max(years))
