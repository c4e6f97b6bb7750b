"""Collects the rows of one form, section by section, and makes the Form of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from assistant.documents.celltext import level_label, one_line, paragraphs, unwrapped
from assistant.documents.columns import (
    EXTRA,
    LABEL,
    SECTION,
    SOURCE,
    Columns,
    FundPair,
    Line,
    fund_pair_row,
    second_header,
)
from assistant.documents.edition import absent_cells
from assistant.documents.grid import Cell
from assistant.documents.labels import (
    field_of,
    goal_like,
    goal_part,
    is_numbered_goal,
    is_remark,
    is_section_label,
    is_transfer_label,
    is_weak_label,
    is_year_line,
    label_before_colon,
    labelled_parts,
    money_unit_in,
    year_in,
)
from assistant.documents.places import Spot
from assistant.documents.printed_points import PrintedPoints
from assistant.documents.row_cells import (
    blanks_before_value,
    in_unit_column,
    level_heading,
    points_in,
    quantity,
    read_total,
    total_of_header,
    with_points,
)
from assistant.form.model import Form, FundLine, Goal, Indicator, Source, Total, Unplaced
from assistant.form.wording import FIELD_NAMES

_LEVELS = ("level1", "level2")


@dataclass(slots=True)
class FormAssembly(PrintedPoints):
    """One form while it is being read. Every text that it is given ends in the form or in ``unplaced``."""

    fields: dict[str, str] = field(default_factory=dict)
    template: Literal["project", "transfer"] = "project"
    money_unit: Literal["万元", "元"] | None = None
    funds: list[FundLine] = field(default_factory=list)
    goal: dict[str, list[str]] = field(default_factory=lambda: {"expected": [], "actual": []})
    total: Total = field(default_factory=Total)
    remarks: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    fund_header: Columns | None = None
    fund_amounts: list[FundPair] = field(default_factory=list)
    execution_points: str = ""
    goal_header: Columns | None = None
    goal_found: bool = False
    goal_labels: set[str] = field(default_factory=set)
    below_header: bool = False
    weak_fields: set[str] = field(default_factory=set)
    levels: dict[str, str] = field(default_factory=lambda: dict.fromkeys(_LEVELS, ""))

    def add_title(self, line: Line) -> None:
        """A title row; a year that stands in the same cell becomes the year line."""
        lines = [part for part in line.text.split("\n") if part.strip()]
        years = [part for part in lines if is_year_line(part)]
        title = "\n".join(part for part in lines if part not in years)
        self.set_field("title", title, line.place)
        self.places["title", None, "title"] = Spot(line.grid, line.number, line.own[0].column)
        if years:
            self.set_field("year_line", years[0].strip(), line.place)

    def set_field(self, name: str, text: str, place: str, label: str = "") -> None:
        """A header field; a second text for the same field is kept as unplaced.

        What a weak ``label`` (填报单位) names gives way to what the usual one (实施单位) does.
        """
        value = unwrapped(text)
        before = self.fields.get(name, "")
        # Of several lines that read like a title the one next to the table is meant.
        replaces = name == "title" or (name in self.weak_fields and not is_weak_label(label))
        if not value or value == before:
            self.fields.setdefault(name, value)
        elif before and not replaces:
            self.keep(place, value)
        else:
            self.keep(place, before)
            self.fields[name] = value
            self.weak_fields.discard(name)
            if is_weak_label(label):
                self.weak_fields.add(name)

    def add_fields(self, line: Line) -> None:
        """A header row: labels, each followed by its value; unknown pairs are kept as unplaced."""
        cells = [cell for cell in line.cells if not cell.covered]
        position = 0
        while position < len(cells):
            text = cells[position].text
            name = field_of(text)
            if name:
                position += blanks_before_value(cells, position)
            follower = cells[position + 1].text if position + 1 < len(cells) else ""
            if name:
                self._note_template(text)
                self.set_field(name, follower, line.place, text)
                self.note_place("header", None, name, line, cells[min(position + 1, len(cells) - 1)])
                position += 2
            elif not text.strip() or self._add_labelled(text, line, cells[position]):
                position += 1
            else:
                named = bool(follower.strip()) and not field_of(follower)
                self.keep(one_line(text) if named else line.place, follower if named else text)
                position += 2 if named else 1

    def _add_labelled(self, text: str, line: Line, cell: Cell) -> bool:
        """Labels with their values in one cell or paragraph: 项目名称：……  主管部门：……"""
        for part in (parts := labelled_parts(text)):
            label = label_before_colon(part)
            name = field_of(label)
            if name and len(part) > len(label):
                self._note_template(label)
                self.set_field(name, part[len(label) + 1 :], line.place, label)
                self.note_place("header", None, name, line, cell)
            elif (unit := money_unit_in(part)) is not None:
                self.money_unit = self.money_unit or unit
            else:
                self.keep(line.place, part)
        return bool(parts)

    def _note_template(self, label: str) -> None:
        if is_transfer_label(label):
            self.template = "transfer"

    def note_fund_label(self, line: Line) -> None:
        """Takes from a label such as 项目资金（万元）（20分） the unit of amounts and the points."""
        for cell in line.own:
            if self.money_unit is None and len(cell.text) <= 40:
                self.money_unit = money_unit_in(cell.text)
            self.execution_points = self.execution_points or points_in(cell.text)

    def add_fund_pairs(self, pairs: list[FundPair], line: Line) -> None:
        """Amounts that stand beside their labels: 全年预算数 | 100 | 全年执行数 | 95."""
        self.fund_amounts = pairs
        texts: dict[str, list[str]] = {}
        row = len(self.funds) + 1
        for pair in pairs:
            self.places.setdefault(("funds", row, pair.role), Spot(line.grid, line.number, pair.amount))
            texts.setdefault(pair.role, []).append(pair.text)
        used = {column for pair in pairs for column in (pair.label, pair.amount)}
        for cell in (cell for cell in line.own if cell.column not in used):
            self.keep_unless_label(line, cell)
        self.funds.append(FundLine.model_validate(self._single(texts, "项目资金")))

    def add_fund_amounts(self, line: Line) -> bool:
        """A row of sources below such amounts; False where it is none."""
        row = fund_pair_row(self.fund_amounts, line) if self.fund_amounts else None
        if row is None:
            return False
        label, amounts, others = row
        for name, text in others:
            self.keep(f"项目资金第{len(self.funds) + 1}行“{one_line(name)}”", text)
        for pair in self.fund_amounts:
            place = Spot(line.grid, line.number, pair.amount)
            self.places.setdefault(("funds", len(self.funds) + 1, pair.role), place)
        self.funds.append(FundLine.model_validate({"label": one_line(label), **amounts}))
        return True

    def add_fund(self, line: Line) -> None:
        """A row of 项目资金 under ``fund_header``."""
        if self.fund_header is None:
            self.keep_line(line)
            return
        values: dict[str, list[str]] = {}
        for column, cell in self.fund_header.assign(line):
            if not cell.covered:
                self.note_place("funds", len(self.funds) + 1, column.role, line, cell)
            if cell.covered or not cell.text.strip():
                continue
            if column.role == SECTION or (is_section_label(cell.text) and money_unit_in(cell.text)):
                self.keep_unless_label(line, cell)
            elif column.role in (EXTRA, SOURCE):
                self.keep(f"项目资金第{len(self.funds) + 1}行“{one_line(column.header)}”", cell.text)
            else:
                values.setdefault(column.role, []).append(cell.text)
        if values:
            label = "".join(one_line(text) for text in values.pop(LABEL, []))
            place = f"项目资金第{len(self.funds) + 1}行"
            self.funds.append(FundLine(label=label, **self._single(values, place)))

    def begin_goal(self, header: Columns, line: Line) -> None:
        """The header of 年度总体目标 with both its halves."""
        self.goal_header = header
        self.goal_found = True
        self.goal_labels.update(self.goal)
        self.note_place("goal", None, "", line, line.own[0])

    def _single(self, values: dict[str, list[str]], place: str) -> dict[str, str]:
        """One text for each field; a second cell under the same header is kept as unplaced."""
        for texts in values.values():
            for surplus in texts[1:]:
                self.keep(place, surplus)
        return {role: unwrapped(texts[0]) for role, texts in values.items()}

    def add_goal(self, line: Line) -> None:
        """A row below the header of 年度总体目标."""
        if self.goal_header is None:
            self.keep_line(line)
            return
        for column, cell in self.goal_header.assign(line):
            if column.role in self.goal and not cell.covered:
                self.note_place("goal", None, column.role, line, cell)
            if cell.covered or not cell.text.strip():
                continue
            if column.role in self.goal:
                self.goal[column.role].append(paragraphs(cell.text))
            else:
                self.keep_unless_label(line, cell)

    def add_goal_pairs(self, line: Line) -> None:
        """Labels of 年度总体目标 with their text beside them."""
        part: str | None = None
        answered = True
        for n, cell in enumerate(line.own):
            # A text that reads like a label is one where it begins the row or another text follows it.
            like = answered and n + 1 < len(line.own)
            label = goal_like(cell.text) if like else goal_part(cell.text)
            answered = label is None
            if label is not None:
                part = label
                self.goal_labels.add(label)
                if is_numbered_goal(cell.text):
                    self.head_rows(cell.text)
            elif part is not None:
                self.goal[part].append(paragraphs(cell.text))
                self.note_place("goal", None, part, line, cell)
            else:
                self.keep_unless_label(line, cell)

    def begin_indicators(self, header: Columns, line: Line) -> None:
        """The header of 绩效指标, which may stand again on each page."""
        self.note_place("indicators", None, "", line, line.own[0])
        self.indicator_header, self.below_header = header, True
        self.head_rows_beside(line)

    def add_indicator(self, line: Line) -> None:
        """A row of 绩效指标 under ``indicator_header``, or the second row of that header."""
        if self.indicator_header is None:
            self.keep_line(line)
            return
        if self._is_heading(line, self.indicator_header):
            return
        cells: dict[str, list[Cell]] = {}
        extras: list[tuple[str, str]] = []
        for column, cell in self.indicator_header.assign(line):
            if column.role not in (SECTION, EXTRA):
                cells.setdefault(column.role, []).append(cell)
            elif not cell.covered and cell.text.strip():
                if column.role == EXTRA:
                    extras.append((one_line(column.header), cell.text))
                else:
                    self.label_beside(line, cell)
        indicator = self._indicator(cells)
        for header, text in extras:
            number = len(self.indicators) + (indicator is not None)
            self.keep(f"绩效指标第{number}行“{header}”" if header else line.place, text)
        if indicator is not None:
            self.indicators.append(indicator)
            for role, row in cells.items():
                self.note_place("indicators", len(self.indicators), role, line, row[0])

    def _is_heading(self, line: Line, header: Columns) -> bool:
        """Takes in the second row of a header (any other row ends it), or a level in a row of its own."""
        merged = second_header(header, line) if self.below_header else None
        self.indicator_header = merged or header
        self.below_header = merged is not None
        if (told := self.goal_above(line)) is not None:
            self.goal["expected"] += [told] if told else []
            return True
        heading = level_heading(line, header)
        if heading:
            self.levels = {"level1": heading, "level2": ""}
        return merged is not None or bool(heading)

    def _indicator(self, cells: dict[str, list[Cell]]) -> Indicator | None:
        """The row's indicator; None for a row that is empty and not part of a merged level."""
        own = any(not cell.covered and cell.text.strip() for row in cells.values() for cell in row)
        merged = any(cell.covered and cell.text.strip() for level in _LEVELS for cell in cells.get(level, ()))
        if not own and not merged:
            return None
        self._carry_levels(cells)
        place = f"绩效指标第{len(self.indicators) + 1}行"
        texts = {
            role: [c.text for c in row if not c.covered and c.text.strip()] for role, row in cells.items()
        }
        target = self._quantity(texts, ("sign", "target", "unit"), place)
        actual = in_unit_column(self._quantity(texts, ("", "actual", "actual_unit"), place), target, texts)
        # A name or an explanation over several rows is said of each of them; a weight is not.
        shared = {
            role: [c.text for c in cells.get(role, ()) if c.text.strip()] for role in ("name", "explanation")
        }
        rest = {role: texts[role] for role in ("weight", "score") if texts.get(role)}
        return Indicator(
            **self.levels,
            name=unwrapped("\n".join(shared["name"])),
            target=target,
            actual=actual,
            explanation=paragraphs("\n".join(shared["explanation"])),
            **self._single(rest, place),
        )

    def _carry_levels(self, cells: dict[str, list[Cell]]) -> None:
        """Merged levels go down to the rows they cover; a new first level ends the second level above it."""
        changed = False
        for level in _LEVELS:
            own = [cell for cell in cells.get(level, ()) if not cell.covered]
            text = "".join(level_label(cell.text) for cell in own)
            if text or any(cell.origin for cell in own):
                self.levels[level] = text
                changed = True
            elif changed:
                self.levels[level] = ""

    def _quantity(self, texts: dict[str, list[str]], roles: tuple[str, str, str], place: str) -> str:
        text, left = quantity(texts, *roles)
        for name, part in left:
            self.keep(f"{place}“{name}”", part)
        return text

    def add_total(self, line: Line) -> None:
        """The 总分 row."""
        row = read_total(line, self.indicator_header)
        self.note_place("total", None, "", line, row.label)
        for name, cell in row.cells.items():
            self.note_place("total", None, name, line, cell)
        for surplus in row.surplus:
            self.keep(line.place, surplus)
        self.keep_sum(self.total)
        self.total = Total.model_validate(row.values)

    def add_remark(self, line: Line) -> None:
        """A 说明/备注 row: everything beside its label."""
        texts = [cell.text for cell in line.own if not is_remark(cell.text)]
        if len(line.own) == 1 and texts:
            texts = [texts[0][len(label_before_colon(texts[0])) + 1 :]]
        self.remarks += [text for raw in texts if (text := paragraphs(raw))]

    def leftovers(self) -> list[Unplaced]:
        """All texts of something that began like a form and is none."""
        for name, text in self.fields.items():
            self.keep(f"“{FIELD_NAMES.get(name, '标题')}”", text)
        for part in (*self.goal["expected"], *self.goal["actual"], *self.remarks, *self.notes):
            self.keep("不完整的表", part)
        for fund in self.funds:
            self.keep("不完整的表“项目资金”", " ".join(text for text in fund.model_dump().values() if text))
        return self.unplaced

    @property
    def is_form(self) -> bool:
        """Whether enough of a form was seen to call it one."""
        named = "project_name" in self.fields
        money = self.fund_header is not None or bool(self.funds)
        return self.indicator_header is not None or (named and (money or self.goal_found))

    def missing_parts(self) -> list[str]:
        """The official names of sections that were not found."""
        seen = {
            "项目名称": "project_name" in self.fields,
            "项目资金": self.fund_header is not None or bool(self.funds),
            "年度总体目标": self.goal_found or "goal.expected" in self._absent(),
            "绩效指标": self.indicator_header is not None,
        }
        return [name for name, found in seen.items() if not found]

    def _absent(self) -> tuple[str, ...]:
        rows = self.indicator_header if self.template == "project" else None
        return absent_cells(self.goal_labels, rows, self.fund_header, self.fund_amounts)

    def build(self, file: str, position: int) -> Form:
        """The form as read."""
        year = year_in(self.fields.get("year_line", "")) or year_in(self.fields.get("title", ""))
        total, left = total_of_header(self.total, self.fields.pop("total_score", ""))
        self.keep("自评总分", left)
        self.end_heading()
        return Form(
            template=self.template,
            **self.fields,
            funds=with_points(self.funds, self.execution_points),
            goal=Goal(**{part: "\n".join(texts) for part, texts in self.goal.items()}),
            indicators=tuple(self.indicators),
            total=total,
            remark="\n".join(self.remarks),
            money_unit=self.money_unit or "万元",
            year=year,
            notes=tuple(self.notes),
            unplaced=tuple(self.unplaced),
            other_scores=tuple(self.other_scores),
            row_sums=tuple(self.row_sums),
            absent=self._absent(),
            source=Source(file=file, position=position),
        )
