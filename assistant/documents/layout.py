"""Tables and paragraphs -> forms, by header names and their aliases, never by fixed positions.

A document may hold several forms, other tables between them, and forms that a page break cut into two tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from assistant.documents.assembly import FormAssembly
from assistant.documents.celltext import paragraphs
from assistant.documents.columns import (
    Columns,
    Line,
    ends_goal,
    fund_columns,
    fund_pairs,
    goal_columns,
    indicator_columns,
    is_amount_row,
    is_same_header,
    is_task_header,
    is_upper_header,
    paragraph_line,
    table_line,
)
from assistant.documents.grid import Block, Paragraph
from assistant.documents.labels import (
    field_of,
    goal_like,
    is_note,
    is_numbered_goal,
    is_remark,
    is_section_label,
    is_signature,
    is_title,
    is_total,
    is_year_line,
    label_before_colon,
    labelled_parts,
    money_unit_in,
)
from assistant.documents.places import Places
from assistant.documents.row_cells import is_ellipsis, is_subtotal
from assistant.documents.scored_block import scored_columns
from assistant.form.model import Form

_MOST_FOREIGN_ROWS = 300
_MOST_COLUMNS = 100


class Stage(IntEnum):
    """How far a form has been read."""

    START = 0
    HEADER = 1
    FUNDS = 2
    GOAL = 3
    INDICATORS = 4
    AFTER = 5


@dataclass(frozen=True, slots=True)
class Layout:
    """The forms of a document, and one Chinese sentence for each thing that could not be read.

    ``places``: for each form, which cell of which block holds which of its cells.
    """

    forms: tuple[Form, ...]
    messages: tuple[str, ...]
    places: tuple[Places, ...]


def read_layout(blocks: Sequence[Block], file: str) -> Layout:
    """Every form in ``blocks``, in order. ``file`` is the name that the forms carry as their source."""
    splitter = _Splitter()
    for line in _lines(blocks):
        splitter.feed(line)
    assemblies = splitter.finish()
    forms = []
    messages = []
    for position, assembly in enumerate(assemblies, 1):
        form = assembly.build(file, position)
        forms.append(form)
        missing = assembly.missing_parts()
        if missing:
            name = f"“{form.project_name}”" if form.project_name else ""
            messages.append(
                f"第{position}张表{name}没有找到{'、'.join(missing)}，这些内容是空的，请对照原文件补填。"
            )
    forms = _under_one_title(forms)
    return Layout(tuple(forms), tuple(messages), tuple(assembly.places for assembly in assemblies))


def _under_one_title(forms: list[Form]) -> list[Form]:
    """The forms, where the first alone has a title: that is the others' too, and so is its year."""
    first, others = forms[:1], forms[1:]
    if not first or not first[0].title or any(form.title or form.year_line for form in others):
        return forms
    shared = {"year": first[0].year}
    return first + [
        form.model_copy(update={**shared, "absent": ("title", "year_line", *form.absent)}) for form in others
    ]


def _lines(blocks: Sequence[Block]) -> Iterator[Line]:
    for number, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            yield paragraph_line(block, number)
            continue
        for row, cells in enumerate(block.rows):
            yield table_line(cells, f"{block.place}第{row + 1}行", number, block.exact, row)


class _Splitter:
    """Goes down the rows, knows in which section of which form it is, and hands each row to that form."""

    def __init__(self) -> None:
        self.done: list[FormAssembly] = []
        self.form = FormAssembly()
        self.stage = Stage.START
        self.in_notes = False
        self.pending: list[Line] = []
        self.upper: Line | None = None
        self.scored: Columns | None = None

    def feed(self, line: Line) -> None:
        """Takes the next row or paragraph."""
        if not line.own and (line.paragraph or not line.cells):
            return
        known = self._opening(line) or self._section_header(line) or self._closing(line)
        if not known and not self._other_score(line):
            self._content(line)

    def finish(self) -> list[FormAssembly]:
        """The forms, after the last row."""
        if self.form.is_form:
            self.done.append(self.form)
            self._settle(self.form)
        elif self.done:
            self.done[-1].unplaced += self.form.leftovers()
            self._settle(self.done[-1])
        return self.done

    def _settle(self, form: FormAssembly) -> None:
        for line in self.pending[:_MOST_FOREIGN_ROWS]:
            form.keep_line(line)
        left = len(self.pending) - _MOST_FOREIGN_ROWS
        if left > 0:
            form.keep(self.pending[-1].place, f"其余{left}行与自评表无关的内容没有列出。")
        self.pending = []

    def _new_form(self) -> None:
        unfinished = self.form
        self.form = FormAssembly()
        if unfinished.is_form:
            self._keep_closing_rows(unfinished)
            self.done.append(unfinished)
        else:
            self.form.unplaced = unfinished.leftovers()
        self.stage = Stage.START
        self.in_notes = False
        self.scored = None

    def _keep_closing_rows(self, form: FormAssembly) -> None:
        """Gives a form the rows right below it in its own table (评价结论 | …), not the form that follows."""
        header = form.indicator_header
        while self.pending and header is not None:
            line = self.pending[0]
            if line.paragraph or line.grid != header.grid or len(line.own) < 2:
                return
            form.keep_line(self.pending.pop(0))

    def _opening(self, line: Line) -> bool:
        """Title, year line and header fields: what a form begins with."""
        if len(line.own) == 1:
            text = line.own[0].text
            if line.role == "title" or (is_title(text) or _titled_with_year(text)):
                if self.stage > Stage.START:
                    self._new_form()
                self._settle(self.form)
                self.form.add_title(line)
                return True
            if self.stage <= Stage.HEADER and (line.role == "year" or is_year_line(text)):
                self.form.set_field("year_line", text, line.place)
                self.form.note_place("title", None, "year_line", line, line.own[0])
                return True
        return self._header_fields(line)

    def _header_fields(self, line: Line) -> bool:
        if not line.own:
            return False
        first = field_of(label_before_colon(line.own[0].text))
        if self.stage > Stage.HEADER:
            if first != "project_name" or not line.leads:
                return False
            self._new_form()
        elif not first and not self._has_fields(line):
            return False
        self._settle(self.form)
        self.stage = Stage.HEADER
        self.form.add_fields(line)
        return True

    @staticmethod
    def _has_fields(line: Line) -> bool:
        """Whether a row has a label of the form's head behind another one, or a paragraph several of them."""
        if line.paragraph:
            return bool(labelled_parts(line.own[0].text))
        # 自评得分 is a label of the head and also heads a column of 项目资金.
        return any(field_of(cell.text) not in ("", "total_score") for cell in line.own)

    def _section_header(self, line: Line) -> bool:
        """The header rows of the three sections; each may stand again on a new page."""
        if not 2 <= len(line.own) <= len(line.cells) <= _MOST_COLUMNS:
            return False
        form = self.form
        if (indicators := indicator_columns(line, self.upper)) is not None:
            form = self._on_next_page()
            form.begin_indicators(indicators, line)
            self.upper = None
            self.stage = Stage.INDICATORS
        elif is_upper_header(line):
            self.upper = line
        elif self._awaits_funds() and (pairs := fund_pairs(line)):
            form.note_fund_label(line)
            form.add_fund_pairs(pairs, line)
            self.stage = Stage.HEADER
        elif self._awaits_funds() and (funds := fund_columns(line)) is not None:
            self._begin_funds(funds, line)
        elif self._awaits_goal() and (goals := goal_columns(line)) is not None:
            form.begin_goal(goals, line)
            self.stage = Stage.GOAL
        elif self._is_goal_pair(line):
            form.goal_header = None
            form.goal_found = True
            self.stage = Stage.GOAL
            form.add_goal_pairs(line)
        elif (scored := scored_columns(line)) is not None and form.stands_in(line.grid):
            self.scored = scored
            return True
        else:
            return False
        self.scored = None
        return True

    def _on_next_page(self) -> FormAssembly:
        """The form whose indicators go on: the one before, where only its title was printed again."""
        if self.form.is_form or not self.done or set(self.form.fields) - {"title", "year_line"}:
            return self.form
        last, title = self.done[-1], self.form.fields.get("title")
        unfinished = last.indicators and not any(last.total.model_dump().values())
        if title and last.fields.get("title") == title and unfinished:
            self.form = self.done.pop()
        return self.form

    def _awaits_funds(self) -> bool:
        """Whether 项目资金 may begin here: in its usual place, or anywhere while there is none yet."""
        return self.stage <= Stage.FUNDS or not (self.form.funds or self.form.fund_header)

    def _awaits_goal(self) -> bool:
        """The same for 年度总体目标."""
        return self.stage <= Stage.GOAL or not self.form.goal_found

    def _begin_funds(self, header: Columns, line: Line) -> None:
        """Takes the header of 项目资金; one of another table of amounts ends 项目资金 and is kept."""
        form = self.form
        if is_task_header(header) or (form.funds and not is_same_header(header, form.fund_header)):
            form.fund_header = None
            self._foreign(line)
            return
        form.fund_header = header
        form.note_place("funds", None, "", line, line.own[0])
        self.stage = Stage.FUNDS
        form.note_fund_label(line)

    def _is_goal_pair(self, line: Line) -> bool:
        """Whether a row is a label of the goal with its text beside it, where no header heads both halves."""
        headed = self.stage == Stage.GOAL and self.form.goal_header is not None
        if self.stage == Stage.INDICATORS and line.leads and len(line.own) == 2:
            return is_numbered_goal(line.own[0].text)
        early = self.stage <= Stage.GOAL or (self.stage == Stage.AFTER and not self.form.goal_found)
        return early and not headed and line.leads and goal_like(line.own[0].text) is not None

    def _closing(self, line: Line) -> bool:
        """总分, 说明 and foot notes: what a form ends with."""
        if self.stage < Stage.FUNDS or not line.leads:
            return False
        text = line.own[0].text
        if self._awaits_total(text) and is_total(label_before_colon(text)) and not is_subtotal(line):
            self.form.add_total(line)
            self.stage = Stage.AFTER
            return True
        if self.stage < Stage.INDICATORS:
            return False
        if field_of(label_before_colon(text)) == "grade":
            self.form.add_fields(line)
            self.stage = Stage.AFTER
            return True
        if not line.paragraph and len(line.cells) <= 4 and is_remark(label_before_colon(text)):
            self.form.add_remark(line)
            self.stage = Stage.AFTER
            return True
        if len(line.own) == 1 and self._is_note(line, text):
            self.form.notes.append(paragraphs(text))
            self.in_notes = True
            return True
        return False

    def _awaits_total(self, text: str) -> bool:
        """Whether 总分 may stand here; 合计 is also a row of 项目资金, which may follow the indicators."""
        late = self.stage in (Stage.FUNDS, Stage.GOAL) and self.form.indicator_header is not None
        # 合计 of the indicators (90) with 总分 (100) below it, or 自评等级 above 总分.
        total = self.form.total
        open_yet = total.weight.strip("分") in ("80", "90") or not any(total.model_dump().values())
        again = self.stage == Stage.AFTER and open_yet
        return self.stage == Stage.INDICATORS or (late and "分" in text) or (again and "总" in text)

    def _is_note(self, line: Line, text: str) -> bool:
        if line.role == "note" or is_note(text):
            return True
        if self.stage != Stage.AFTER and not line.paragraph:
            return False
        header = self.form.indicator_header
        below_table = len(line.cells) == 1 and header is not None and header.grid == line.grid
        return below_table or is_signature(text) or self.in_notes

    def _content(self, line: Line) -> None:
        """A row that is no label: by the block or the section in which it stands."""
        if len(line.own) == 1 and self._is_section_label(line):
            if self.stage <= Stage.FUNDS:
                self.form.note_fund_label(line)
            return
        if line.paragraph or self.stage in (Stage.START, Stage.AFTER):
            self._foreign(line)
        elif self.stage == Stage.HEADER:
            if not self.form.add_fund_amounts(line):
                self.form.add_fields(line)
        elif self.stage == Stage.FUNDS and self._is_fund(line):
            self.form.add_fund(line)
        elif self.stage == Stage.GOAL and self._is_goal(line):
            self.form.add_goal(line)
        elif self.stage == Stage.INDICATORS and self._belongs(line, self.form.indicator_header):
            self._indicator_row(line)
        else:
            self._foreign(line)

    def _indicator_row(self, line: Line) -> None:
        if is_ellipsis(line):
            self.form.keep_line(line)
        elif is_subtotal(line):
            self.form.add_subtotal(line)
        else:
            self.form.add_indicator(line)

    def _other_score(self, line: Line) -> bool:
        """A row of a block with points of its own, which begins between the sections."""
        if self.scored is None or not self._belongs(line, self.scored):
            return False
        return self.form.add_other_score(self.scored, line)

    def _is_section_label(self, line: Line) -> bool:
        """Whether a row holds nothing but a section's label, which may tell the unit of amounts."""
        text = line.own[0].text
        if money_unit_in(text) and len(text) <= 20:
            self.form.note_fund_label(line)
            return line.paragraph or is_section_label(text) or text.lstrip().startswith(("单位", "金额"))
        in_section = Stage.FUNDS <= self.stage <= Stage.INDICATORS and len(line.cells) > 1
        return not line.paragraph and not in_section and is_section_label(text)

    def _is_fund(self, line: Line) -> bool:
        """Whether a row is one of 项目资金; one with texts in the place of amounts begins another block."""
        header = self.form.fund_header
        if header is None or not self._belongs(line, header):
            return False
        if is_amount_row(header, line):
            return True
        self.form.fund_header = None
        return False

    def _is_goal(self, line: Line) -> bool:
        header = self.form.goal_header
        return header is not None and self._belongs(line, header) and not ends_goal(header, line)

    @staticmethod
    def _belongs(line: Line, header: Columns | None) -> bool:
        return header is not None and (header.grid == line.grid or header.fits(line))

    def _foreign(self, line: Line) -> None:
        if line.own:
            self.in_notes = False
            self.pending.append(line)


def _titled_with_year(text: str) -> bool:
    """A title and its year line in one cell."""
    lines = [part for part in text.split("\n") if part.strip()]
    years = [part for part in lines if is_year_line(part)]
    return bool(years) and len(lines) > len(years) and is_title("".join(p for p in lines if p not in years))
