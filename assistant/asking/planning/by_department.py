"""Questions by department, where the library has forms of several: 各部门, 哪个局, 水利局 of two places."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.asking.planning.asked import Asked
from assistant.asking.planning.meaning import Choice, Meaning
from assistant.asking.records.query import Query

_DEPARTMENT = re.compile("部门|[局厅]|委办|主管")
_MOST_CHOICES = 8
_SPOKEN = frozenset(("per_unit", "which_unit", "count_units", "unit_name"))


def of_departments(query: Query, asked: Asked) -> Query:
    """The query with departments for the offices under them, where 部门 or 局 is said of several."""
    said = [m.text for m in (*asked.reading.marks, *asked.reading.fields) if m.name in _SPOKEN]
    said += [m.text for m in asked.reading.nouns if m.name == "unit"]
    if not asked.entities.by_department.several or not any(map(_DEPARTMENT.search, said)):
        return query
    changes = {name: "department" for name in ("group", "each") if getattr(query, name) == "unit"}
    show = tuple(dict.fromkeys("department" if name == "unit" else name for name in query.show))
    return query.model_copy(update={**changes, "show": show})


def other_number(asked: Asked) -> str:
    """四个局各…, where there are not four of them: the words; "" where the number told is right."""
    mark = asked.reading.said.get("per_unit")
    told = next((b for b in asked.reading.bounds if mark is not None and b.end == mark.start), None)
    if mark is None or told is None:
        return ""
    forms = asked.scope.forms if asked.scope.forms is not None else tuple(asked.entities.by_number)
    records = [asked.entities.by_number[number].record for number in forms]
    several = asked.entities.by_department.several and _DEPARTMENT.search(mark.text)
    names = {record["department" if several else "unit"].text for record in records}
    return "" if told.number == len(names) else asked.reading.text[told.start : mark.end]


def department_label(asked: Asked, label: str) -> str:
    """The whole name of a department that was named in short."""
    named = [one for found in asked.entities.by_department.named(label) for one in found.departments]
    return named[0].name if len(named) == 1 else label


def office_label(asked: Asked, label: str, forms: Sequence[int]) -> str:
    """The whole name of an office that was named in short."""
    if (department := department_label(asked, label)) != label:
        return department
    units = {asked.entities.by_number[number].record["unit"].text for number in forms}
    office = len(units) == 1 and re.search("[处局厅办室科股队]$", label)
    return units.pop() if office else label


def which_department(asked: Asked) -> Meaning:
    """水利局 where two departments are called so: each with the question on it; none of another place."""
    short, names = asked.reading.unsure[0]
    if not names:
        return Meaning(kind="nothing", reason=f"“{short}”")
    return Meaning(
        kind="choose",
        choices=tuple(
            Choice(label=name, question=asked.reading.text.replace(short, name, 1)) for name in names
        ),
    )


def which_project(asked: Asked) -> Meaning:
    """葡萄洒项目: the projects that may be meant, each with the question on it."""
    choices = []
    for number in asked.scope.suggested[:_MOST_CHOICES]:
        name = asked.entities.by_number[number].form.project_name
        question = asked.reading.text.replace(asked.scope.words[0], f"{number}号表", 1)
        choices.append(Choice(label=name, question=question))
    return Meaning(kind="choose", choices=tuple(choices))
