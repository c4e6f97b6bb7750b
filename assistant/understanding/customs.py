"""The customs of the field as data: what names measure, how offices word things, what projects measure.

Loaded strictly from ``customs.yaml``, ``project_kinds.yaml`` and ``phrases.yaml`` beside this module, once
per process.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar

import yaml
from pydantic import ValidationError

from assistant.errors import DefinitionError
from assistant.form.model import Frozen

Shape = Literal["percent", "count", "money", "date", "duration", "wording"]
Basis = Literal["custom", "office", "budget", "year_end", "wording"]
Model = TypeVar("Model", bound=Frozen)
Deviation = Literal["shortfall", "late", "overrun", "underspend", "excess", "partial", "low_execution"]


class MeasurePattern(Frozen):
    """How a name tells what is measured; ``level2`` limits it to these second levels, empty means any."""

    pattern: str
    shape: Shape
    unit: str
    basis: Basis
    value: Decimal | None = None
    level2: tuple[str, ...] = ()


class SecondLevel(Frozen):
    """A second level: its ``key`` here, its official ``label``, its first level, words of a printed label."""

    key: str
    label: str
    level1: str
    words: tuple[str, ...]


class Customs(Frozen):
    """``customs.yaml``: patterns of names, units by thing, names of counts, verbs, who is served, levels."""

    measures: tuple[MeasurePattern, ...]
    classifiers: dict[str, tuple[str, ...]]
    none_wanted: tuple[str, ...]
    count_names: dict[str, tuple[str, ...]]
    actions: tuple[str, ...]
    light_actions: tuple[str, ...]
    beneficiaries: dict[str, tuple[str, ...]]
    second_levels: tuple[SecondLevel, ...]

    def second_level(self, level2: str, level1: str = "") -> SecondLevel | None:
        """The second level that a printed label means; the first level decides where the label is blank."""
        for printed in (level2, level1):
            for level in self.second_levels:
                if printed and any(word in printed for word in level.words):
                    return level
        return None


class CustomRow(Frozen):
    """A customary indicator: ``value`` is a unit for 数量 and amounts, else a target.

    ``needs``: words of which a description must hold one for the row to fit; none: it fits its whole kind.
    """

    name: str
    value: str
    needs: tuple[str, ...] = ()


class ProjectKind(Frozen):
    """A kind of project: the words that tell it and its customary indicators by second level.

    ``call``: what its work may be called; the one that a description uses replaces ``{it}`` in the rows'
    names, else the first. ``served``: the satisfaction row names who is served by all projects of the kind.
    """

    id: str
    name: str
    words: tuple[str, ...]
    call: tuple[str, ...] = ()
    served: bool = False
    rows: dict[str, tuple[CustomRow, ...]]


class Wording(Frozen):
    """A phrase for qualitative targets whose names contain one of ``words``; no words: always."""

    words: tuple[str, ...]
    phrase: str


class CauseMeasure(Frozen):
    """The improvement measure for causes that contain one of ``words``."""

    words: tuple[str, ...]
    measure: str


class KindMeasure(Frozen):
    """The improvement measure for indicators about one of ``about``; nothing named: for all."""

    about: tuple[str, ...] = ()
    measure: str


class CauseMarkers(Frozen):
    """Words that tell a cause, by how much of the clause belongs to it."""

    after: tuple[str, ...]
    start: tuple[str, ...]
    inside: tuple[str, ...]
    state: tuple[str, ...]


class Phrases(Frozen):
    """``phrases.yaml``: wordings, markers of causes and measures, chat into office language, measures."""

    wordings: tuple[Wording, ...]
    level_wordings: dict[str, str]
    cause_markers: CauseMarkers
    measure_starts: tuple[str, ...]
    measure_words: tuple[str, ...]
    formal: dict[str, str]
    cause_measures: tuple[CauseMeasure, ...]
    measures: dict[Deviation, tuple[KindMeasure, ...]]


@cache
def customs() -> Customs:
    """The customs of names and units. Raises DefinitionError where the file is not what it must be."""
    found = _load("customs.yaml", Customs, _document("customs.yaml"))
    for entry in found.measures:
        try:
            re.compile(entry.pattern)
        except re.error as problem:
            raise DefinitionError(f"customs.yaml：表达式“{entry.pattern}”写法有误，请改正。") from problem
    return found


@cache
def project_kinds() -> tuple[ProjectKind, ...]:
    """All kinds of projects, the general one last. Raises DefinitionError for a malformed file."""
    name = "project_kinds.yaml"
    entries = _document(name)
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise DefinitionError(f"{name}：应为项目类型的列表，请对照文件开头的说明改正。")
    keys = {level.key for level in customs().second_levels}
    kinds = []
    for entry in entries:
        texts = entry.get("rows", {})
        rows = {level: [_custom_row(text) for text in texts[level]] for level in texts}
        if unknown := set(rows) - keys:
            raise DefinitionError(f"{name}：{entry.get('id')}中有未知的二级指标{sorted(unknown)}，请改正。")
        kinds.append(_load(name, ProjectKind, {**entry, "rows": rows}))
    return tuple(kinds)


@cache
def phrases() -> Phrases:
    """The wording of the office. Raises DefinitionError where the file is not what it must be."""
    return _load("phrases.yaml", Phrases, _document("phrases.yaml"))


def _custom_row(text: str) -> dict[str, object]:
    name, value, needs, *more = [*(part.strip() for part in text.split("|")), "", ""]
    if not name or not value or any(more[:-1]):
        raise DefinitionError(
            f"project_kinds.yaml：“{text}”应写成“指标名称 | 单位或指标值”，后面可加“| 须有的词”，请改正。"
        )
    return {"name": name, "value": value, "needs": needs.split()}


def _document(name: str) -> Any:
    return yaml.safe_load(Path(__file__).with_name(name).read_text(encoding="utf-8"))


def _load(name: str, model: type[Model], data: Any) -> Model:
    try:
        return model.model_validate(data)
    except ValidationError as problem:
        raise DefinitionError(f"{name}内容有误，请改正：{problem}") from problem
