"""Reads a rule's docstring: a title, then the fixed headings, with examples that a test executes.

The layout, every heading once and in this order:

    一句话的标题

    检查什么：…
    依据：…
    为什么：…
    反例：
        indicators[1].target = 6期
    正例：
        indicators[1].target = ≥6期
    不检查什么：…

An example changes cells of a named valid form, one cell a line. ``表样 = transfer`` names the form (else
``project_10``), ``删除 = indicators[3]`` deletes a row, ``年度 = 2022`` gives the year as an option. ``\\n``
is a line break and ``{文字}×200`` repeats; a line ``或`` starts an alternative. For rules over a
batch ``表2 = project_101`` adds a form and ``表2.title = …`` changes it.
"""

from __future__ import annotations

import re

from assistant.errors import DefinitionError
from assistant.form.edit import HEADER_FIELDS
from assistant.form.finding import Location
from assistant.form.model import Frozen

HEADINGS = ("检查什么", "依据", "为什么", "反例", "正例", "不检查什么")
DEFAULT_FORM = "project_10"
_HEADING = re.compile(rf"^({'|'.join(HEADINGS)})[：:]\s*(.*)$")
_PATH = re.compile(
    rf"(funds|indicators)\[(\d+)\](?:\.(\w+))?|(goal|total)\.(\w+)|({'|'.join(HEADER_FIELDS)})"
)
_REPEATED = re.compile(r"\{([^}]+)\}×(\d+)")
_OTHER = re.compile(r"表(\d+)(?:\.(.+))?")


class ExampleForm(Frozen):
    """A named valid form and its changes: cells as (path, text), paths of deleted rows."""

    form: str = DEFAULT_FORM
    cells: tuple[tuple[str, str], ...] = ()
    deleted: tuple[str, ...] = ()


class Example(Frozen):
    """One or more forms that are checked together; ``year`` as given by an option."""

    forms: tuple[ExampleForm, ...]
    year: int | None = None


class Contract(Frozen):
    """A rule's docstring in its parts; ``bad`` examples give a finding of the rule, ``good`` ones none."""

    title: str
    checks: str
    basis: str
    reason: str
    bad: tuple[Example, ...]
    good: tuple[Example, ...]
    excluded: str


def read_contract(text: str) -> Contract:
    """The parts of a rule's docstring. Raises DefinitionError for a missing or misplaced heading."""
    title, parts = _split(text)
    if tuple(parts) != HEADINGS or not title:
        raise DefinitionError(
            f"规则说明“{title}”的标题应依次为{'、'.join(HEADINGS)}，现为{'、'.join(parts)}。"
        )
    return Contract(
        title=title,
        checks=_joined(parts["检查什么"]),
        basis=_joined(parts["依据"]),
        reason=_joined(parts["为什么"]),
        bad=_examples(parts["反例"]),
        good=_examples(parts["正例"]),
        excluded=_joined(parts["不检查什么"]),
    )


def basis_of(text: str) -> str:
    """What stands under 依据 in a rule's docstring, ``""`` where nothing does."""
    return _joined(_split(text)[1].get("依据", []))


def written_out(text: str) -> str:
    """The cell text that an example means: ``\\n`` as a line break, ``{文字}×200`` repeated."""
    return _REPEATED.sub(lambda found: found[1] * int(found[2]), text).replace("\\n", "\n")


def place(path: str) -> Location:
    """``indicators[2].actual``, ``goal.expected``, ``title`` … as a Location; a whole row has no ``field``.

    Raises DefinitionError for a text that names no place of a form.
    """
    found = _PATH.fullmatch(path.strip())
    if found is None:
        raise DefinitionError(f"“{path}”不是表中的位置，应写成 indicators[2].actual 这样的形式。")
    rows, number, cell, block, block_cell, header = found.groups()
    if rows:
        return Location.model_validate({"section": rows, "row": int(number), "field": cell or ""})
    if block:
        return Location.model_validate({"section": block, "field": block_cell})
    return Location(section="header", field=header)


def _split(text: str) -> tuple[str, dict[str, list[str]]]:
    title, *lines = text.strip().splitlines() or [""]
    parts: dict[str, list[str]] = {}
    current: list[str] = []
    for line in lines:
        heading = _HEADING.match(line.strip())
        if heading and heading[1] not in parts:
            current = parts[heading[1]] = [heading[2]] if heading[2] else []
        elif line.strip():
            current.append(line.strip())
    return title.strip(), parts


def _joined(lines: list[str]) -> str:
    """Wrapped Chinese lines as one paragraph: no blank where a line was broken."""
    return "".join(lines)


def _examples(lines: list[str]) -> tuple[Example, ...]:
    groups: list[list[str]] = [[]]
    for line in lines:
        if line == "或":
            groups.append([])
        else:
            groups[-1].append(line)
    return tuple(_example(group) for group in groups)


def _example(lines: list[str]) -> Example:
    year: int | None = None
    names: dict[int, str] = {1: DEFAULT_FORM}
    cells: dict[int, list[tuple[str, str]]] = {}
    deleted: dict[int, list[str]] = {}
    for line in lines:
        key, equals, text = (part.strip() for part in line.partition(" ="))
        if not equals:
            raise DefinitionError(f"例子“{line}”应写成“位置 = 内容”。")
        number, key = _form_number(key)
        if key == "年度":
            year = int(text)
        elif key == "表样":
            names[number] = text
        elif key == "删除":
            deleted.setdefault(number, []).append(text)
        else:
            place(key)
            cells.setdefault(number, []).append((key, written_out(text)))
            names.setdefault(number, DEFAULT_FORM)
    forms = tuple(
        ExampleForm(form=name, cells=tuple(cells.get(number, ())), deleted=tuple(deleted.get(number, ())))
        for number, name in sorted(names.items())
    )
    return Example(forms=forms, year=year)


def _form_number(key: str) -> tuple[int, str]:
    """``表2.title`` is cell ``title`` of the second form, ``表2`` names that form."""
    other = _OTHER.fullmatch(key)
    return (int(other[1]), other[2] or "表样") if other else (1, key)
