"""Editions of the form as offices print it: other names, orders, columns and merged cells, in each format.

A sheet is a table of cells with spans; one drawing of it serves Word, Excel, web pages and PDF.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from random import Random
from typing import NamedTuple
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from assistant.documents.labels import year_in
from assistant.form.model import Form, FundLine, Indicator
from tests.documents.wordml import C, document, paragraph, table


class Box(NamedTuple):
    """A cell that takes columns and rows."""

    text: str
    wide: int = 1
    high: int = 1


SheetRow = list[Box]

TARGET = [
    "年度指标值",
    "年度指标值（A）",
    "指标值",
    "年初目标值",
    "预期指标值",
    "年度目标值",
    "计划值",
    "目标值",
]
ACTUAL = [
    "实际完成值",
    "实际完成值（B）",
    "全年实际完成值",
    "全年完成值",
    "完成值",
    "实际完成情况",
    "完成情况",
]
WEIGHT = ["分值", "权重", "分值（权重）", "分值\n（100分）", "指标分值", "满分", "分值（分）"]
SCORE = ["得分", "自评得分", "自评分", "实际得分", "得分（分）"]
EXPLANATION = [
    "偏差原因分析及改进措施",
    "未完成原因和改进措施",
    "偏差原因",
    "未完成原因分析及拟采取的措施",
    "备注",
    "说明",
]
NAME = ["三级指标", "三级指标名称", "指标内容", "指标名称"]
SIGN = ["指标性质", "指标方向", "计算符号", "符号", "比较符号"]
UNIT = ["度量单位", "计量单位", "单位", "指标单位"]
EXTRAS = [
    ("指标解释", "反映该项工作的完成情况。"),
    ("评分标准", "完成得满分，未完成按比例扣分。"),
    ("评（扣）分标准", "每少1个扣1分，扣完为止。"),
    ("复核得分", "8"),
    ("财政审核得分", "9"),
    ("佐证资料", "见附件"),
    ("指标编码", "gx010401"),
    ("上年完成值", "12个"),
    ("数据来源", "统计报表"),
]  # fmt: skip
_BARE = re.compile(r"[≥≤=]?[\d,]+(?:\.\d+)?")
_QUANTITY = re.compile(r"([≥≤=＝><]?)(\d[\d.,]*)(\D.*)?")


@dataclass(frozen=True)
class Edition:
    """How a form is printed. ``columns``: role (or ``extra``) and header of each column, in order."""

    columns: tuple[tuple[str, str, str], ...]
    levels: str = "merged"
    section: bool = True
    funds: str = "table"
    fund_names: tuple[str, ...] = ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
    goal: str = "columns"
    goal_names: tuple[str, str] = ("预期目标", "实际完成情况")
    header_names: tuple[str, str, str] = ("项目名称", "主管部门", "实施单位")
    total: str = "总分"
    two_rows: bool = False
    title_inside: bool = False
    notes: tuple[str, ...] = ()
    money: str = "（万元）"


@dataclass
class Sheet:
    """Lines above the table, the table, lines below, and the form that it must be read as."""

    above: list[str]
    rows: list[SheetRow]
    below: list[str]
    columns: int
    expected: Form = field(default_factory=Form)


def random_edition(random: Random) -> Edition:
    """An edition that some office might use."""
    pick = random.choice
    columns = [
        ("level1", "一级指标", ""),
        ("level2", "二级指标", ""),
        ("name", pick(NAME), ""),
    ]
    values = [("target", pick(TARGET), ""), ("actual", pick(ACTUAL), "")]
    split = random.random() < 0.3
    if split:
        order = [
            ("sign", pick(SIGN), ""),
            ("value", pick(["指标值", "年度指标值", "目标值"]), ""),
            ("unit", pick(UNIT), ""),
        ]
        values[:1] = order if random.random() < 0.7 else [order[0], order[2], order[1]]
    marks = [("weight", pick(WEIGHT), ""), ("score", pick(SCORE), "")]
    place = random.random()
    if place < 0.2:
        columns += [marks[0], *values, marks[1]]
    elif place < 0.3:
        columns += [*marks, *values]
    else:
        columns += [*values, *marks]
    columns.append(("explanation", pick(EXPLANATION), ""))
    for name, text in random.sample(EXTRAS, pick([0, 0, 0, 1, 2])):
        columns.insert(random.randint(3, len(columns)), ("extra", name, text))
    return Edition(
        tuple(columns),
        levels=pick(["merged", "merged", "repeated", "blank"]),
        section=random.random() < 0.8,
        funds=pick(["table", "table", "table", "pairs"]),
        fund_names=pick(
            [
                ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"),
                ("年初预算数", "全年预算数（A）", "全年执行数（B）", "分值", "执行率（B/A）", "得分"),
                ("年初预算", "调整后预算数", "实际支出数", "权重", "预算执行率（%）", "自评得分"),
            ]
        ),
        goal=pick(["columns", "columns", "rows"]),
        goal_names=pick(
            [
                ("预期目标", "实际完成情况"),
                ("年初设定目标", "全年实际完成情况"),
                ("年度绩效目标", "目标完成情况"),
            ]
        ),
        header_names=pick(
            [
                ("项目名称", "主管部门", "实施单位"),
                ("项目（政策）名称", "主管部门及代码", "项目实施单位"),
                ("项目支出名称", "预算主管部门", "预算单位"),
            ]
        ),
        total=pick(["总分", "合计", "总计", "总 分"]),
        two_rows=_together(columns) and random.random() < 0.5,
        title_inside=random.random() < 0.3,
        notes=pick(
            [
                (),
                (),
                ("注：1.得分保留两位小数；2.其他资金包括单位自筹。",),
                ("说明：定性指标按达成程度分三档计分。",),
            ]
        ),
        money=pick(["（万元）", "（元）", "\n（万元）", "（单位：万元）"]),
    )


def _together(columns: Sequence[tuple[str, str, str]]) -> bool:
    """Whether sign, value and unit stand side by side, so that one header can stand above them."""
    places = [n for n, (role, _, _) in enumerate(columns) if role in ("sign", "value", "unit")]
    return len(places) == 3 and places[2] - places[0] == 2


def sheet_of(form: Form, edition: Edition) -> Sheet:
    """``form`` as ``edition`` prints it, and as what it must be read."""
    lead = 1 if edition.section else 0
    count = max(lead + len(edition.columns), 9)
    rows: list[SheetRow] = []
    above = [form.title, form.year_line]
    if edition.title_inside:
        rows += [[Box(text, count)] for text in above if text]
        above = []
    rows += _header_rows(form, edition, count)
    funds = _fund_rows(form, edition, count)
    goals = _goal_rows(form, edition, count)
    shown = [_shown(row, edition) for row in form.indicators]
    rows += [*funds, *goals, *_indicator_rows(shown, edition, count), *_total_rows(form, edition, count)]
    return Sheet(above, rows, list(edition.notes), count, _expected(form, edition))


def _spread(texts: Sequence[str], count: int) -> list[Box]:
    """Texts over all columns, the last one the widest."""
    return [*(Box(text) for text in texts[:-1]), Box(texts[-1], count - len(texts) + 1)]


def _header_rows(form: Form, edition: Edition, count: int) -> list[SheetRow]:
    name, department, unit = edition.header_names
    half = count // 2
    return [
        [Box(name, 2), Box(form.project_name, count - 2)],
        [
            Box(department, 2),
            Box(form.department, half - 2),
            Box(unit, 2),
            Box(form.unit, count - half - 2),
        ],
    ]


_SCORED = ("initial", "budget", "executed", "weight", "rate", "score")


def _fund_rows(form: Form, edition: Edition, count: int) -> list[SheetRow]:
    label = "项目资金" + edition.money
    if edition.funds == "pairs":
        rows = []
        for number, line in enumerate(form.funds):
            first, second = ("预算数：", "执行数：") if number == 0 else (line.label, line.label)
            rows.append(
                [
                    *([Box(label, 2, len(form.funds))] if number == 0 else []),
                    Box(first, 2),
                    Box(line.budget),
                    Box(second, 2),
                    Box(line.executed, count - 7),
                ]
            )
        return rows
    head = [Box(label, 2, 1 + len(form.funds)), Box("")]
    wide = count - 8
    rows = [[*head, *(Box(name) for name in edition.fund_names[:-1]), Box(edition.fund_names[-1], wide)]]
    for line in form.funds:
        values = [getattr(line, role) for role in _SCORED]
        rows.append([Box(line.label), *(Box(value) for value in values[:-1]), Box(values[-1], wide)])
    return rows


def _goal_rows(form: Form, edition: Edition, count: int) -> list[SheetRow]:
    half = count // 2
    expected, actual = edition.goal_names
    if edition.goal == "rows":
        return [
            [Box(expected, 2), Box(form.goal.expected, count - 2)],
            [Box(actual, 2), Box(form.goal.actual, count - 2)],
        ]
    return [
        [Box("年度总体目标", 1, 2), Box(expected, half - 1), Box(actual, count - half)],
        [Box(form.goal.expected, half - 1), Box(form.goal.actual, count - half)],
    ]


def _shown(row: Indicator, edition: Edition) -> dict[str, str]:
    cells = row.model_dump()
    if any(role == "value" for role, _, _ in edition.columns):
        found = _QUANTITY.fullmatch(row.target)
        sign, value, unit = found.groups("") if found else ("定性", row.target, "")
        cells |= {"sign": sign, "value": value, "unit": unit}
    return cells


def _indicator_rows(shown: list[dict[str, str]], edition: Edition, count: int) -> list[SheetRow]:
    lead = edition.section
    rest = count - len(edition.columns) - lead
    high = 1 + edition.two_rows + len(shown)
    widths = [1] * (len(edition.columns) - 1) + [1 + rest]
    header: SheetRow = [Box("绩\n效\n指\n标", 1, high)] if lead else []
    second: SheetRow = []
    position = 0
    while position < len(edition.columns):
        role, name, _ = edition.columns[position]
        if edition.two_rows and role in ("sign", "value", "unit"):
            header.append(Box("年度指标值", 3))
            second += [Box(name) for _, name, _ in edition.columns[position : position + 3]]
            position += 3
            continue
        header.append(Box(name, widths[position], 1 + edition.two_rows))
        position += 1
    rows = [header, *([second] if edition.two_rows else [])]
    for number, cells in enumerate(shown):
        row: SheetRow = []
        for (role, _, text), wide in zip(edition.columns, widths, strict=True):
            if role not in ("level1", "level2"):
                row.append(Box(text if role == "extra" else cells[role], wide))
            elif (height := _height(shown, number, role)) and edition.levels == "merged":
                row.append(Box(cells[role], 1, height))
            elif edition.levels != "merged":
                row.append(Box(cells[role] if height or edition.levels == "repeated" else ""))
        rows.append(row)
    return rows


def _height(shown: list[dict[str, str]], number: int, role: str) -> int:
    """Rows that a level reaches down from this row; 0 where it began above."""

    def key(n: int) -> tuple[str, ...]:
        return (shown[n]["level1"],) if role == "level1" else (shown[n]["level1"], shown[n]["level2"])

    if number and key(number - 1) == key(number):
        return 0
    end = number
    while end < len(shown) and key(end) == key(number):
        end += 1
    return end - number


def _total_rows(form: Form, edition: Edition, count: int) -> list[SheetRow]:
    roles = [role for role, _, _ in edition.columns]
    texts = {"weight": form.total.weight, "score": form.total.score, "explanation": form.total.note}
    first = min(n for n, role in enumerate(roles) if role in texts)
    row = [Box(edition.total, first + edition.section)]
    rest = count - len(edition.columns) - edition.section
    for number, role in enumerate(roles[first:], first):
        row.append(Box(texts.get(role, ""), 1 + rest if number == len(roles) - 1 else 1))
    return [row]


def _expected(form: Form, edition: Edition) -> Form:
    funds = form.funds
    if edition.funds == "pairs":
        funds = tuple(
            FundLine(label=line.label if number else "", budget=line.budget, executed=line.executed)
            for number, line in enumerate(funds)
        )
    rows = form.indicators
    if any(role == "unit" for role, _, _ in edition.columns):
        # A bare actual has the unit that its row has in a column of its own.
        rows = tuple(
            row.model_copy(update={"actual": row.actual + _shown(row, edition)["unit"]})
            if _BARE.fullmatch(row.actual)
            else row
            for row in rows
        )
    return form.model_copy(
        update={
            "funds": funds,
            "indicators": rows,
            "notes": edition.notes,
            "year": year_in(form.year_line) or year_in(form.title),
            "money_unit": "元" if edition.money == "（元）" else "万元",
        }
    )


_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def as_docx(sheet: Sheet, *, lines: bool = False) -> bytes:
    """A Word document; ``lines``: with the borders of the table drawn."""
    blocks = docx_blocks(sheet)
    if lines:
        column = f'<w:gridCol w:w="{9600 // sheet.columns}"/>'
        properties = (
            f'<w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{_BORDERS}</w:tblBorders></w:tblPr>'
            f"<w:tblGrid>{column * sheet.columns}</w:tblGrid>"
        )
        width = '<w:tcW w:w="1000" w:type="dxa"/>'
        blocks = [block.replace("<w:tblPr/>", properties).replace(width, "") for block in blocks]
    return document(*blocks)


def docx_blocks(sheet: Sheet) -> list[str]:
    """The parts of a Word document, so that several forms can stand in one."""
    grid: list[list[str | C]] = []
    reaching: dict[int, tuple[int, int]] = {}
    for row in sheet.rows:
        cells: list[str | C] = []
        boxes = iter(row)
        column = 0
        left: dict[int, tuple[int, int]] = {}
        while column < sheet.columns:
            if column in reaching:
                wide, high = reaching[column]
                cells.append(C("", wide, "go on"))
                if high > 1:
                    left[column] = (wide, high - 1)
                column += wide
                continue
            box = next(boxes)
            cells.append(C(box.text, box.wide, "start" if box.high > 1 else ""))
            if box.high > 1:
                left[column] = (box.wide, box.high - 1)
            column += box.wide
        reaching = left
        grid.append(cells)
    return [*map(paragraph, filter(None, sheet.above)), table(grid), *map(paragraph, sheet.below)]


def as_html(sheet: Sheet, style: str = "") -> bytes:
    """A web page, as many systems export it."""

    def cell(box: Box) -> str:
        text = escape(box.text).replace("\n", "<br>")
        return f'<td colspan="{box.wide}" rowspan="{box.high}">{text}</td>'

    rows = "".join(f"<tr>{''.join(map(cell, row))}</tr>" for row in sheet.rows)
    lines = [
        "".join(f"<p>{escape(line)}</p>" for line in part if line) for part in (sheet.above, sheet.below)
    ]
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><style>{style}</style></head>'
        f'<body>{lines[0]}<table border="1">{rows}</table>{lines[1]}</body></html>'
    ).encode()


def as_xlsx(sheet: Sheet, *, lines: bool = False) -> bytes:
    """A workbook; ``lines``: with the borders of all cells drawn."""
    book = Workbook()
    page = book.active
    assert page is not None
    top = 1
    for line in filter(None, sheet.above):
        page.cell(top, 1, line)
        page.merge_cells(start_row=top, end_row=top, start_column=1, end_column=sheet.columns)
        top += 1
    _fill_rows(page, sheet, top)
    for number, line in enumerate(sheet.below, top + len(sheet.rows)):
        page.cell(number, 1, line)
    if lines:
        _draw_lines(page, sheet, top)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _fill_rows(page: Worksheet, sheet: Sheet, top: int) -> None:
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(sheet.rows, top):
        column = 1
        for box in row:
            while (number, column) in taken:
                column += 1
            if box.text:
                page.cell(number, column).value = box.text
                page.cell(number, column).data_type = "s"
            bottom, right = number + box.high - 1, column + box.wide - 1
            taken |= {(r, c) for r in range(number, bottom + 1) for c in range(column, right + 1)}
            if box.high * box.wide > 1:
                page.merge_cells(start_row=number, end_row=bottom, start_column=column, end_column=right)
            column = right + 1


def _draw_lines(page: Worksheet, sheet: Sheet, top: int) -> None:
    thin = Side(style="thin")
    for place in page.iter_rows(top, top + len(sheet.rows) - 1, 1, sheet.columns):
        for cell in place:
            cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
            cell.alignment = Alignment(wrap_text=True, vertical="center")
    for number, row in enumerate(sheet.rows, top):
        page.row_dimensions[number].height = 16 * max(len(box.text) // (5 * box.wide) + 1 for box in row)
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
