"""The form as a value: every cell is a string exactly as printed, an empty cell is ``""``.

Names follow the field's terms: ``level1/level2/name`` are 一级/二级/三级指标, ``target`` is 年度指标值,
``actual`` 实际完成值, ``weight`` 分值, ``score`` 得分, ``explanation`` 偏差原因分析及改进措施.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

BLANK = "【待填】"
"""Stands in a cell for a fact that only the office can know; the rule ``placeholder`` finds it."""

_YEAR = re.compile("(?:19|20)[0-9]{2}")

UNVERIFIED = "【待核实】"
"""Marks a sentence whose number or name stands neither in the form nor in cited evidence."""


class Frozen(BaseModel):
    """Base of all values: immutable, and unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @classmethod
    def trusted(cls, **fields: Any) -> Self:
        """The value of all ``fields`` in their order, as our own code computed them: nothing is validated.

        It takes half the time of the constructor, and a fourth of pydantic's ``model_construct``.
        """
        return cls.trusted_dict(fields)

    @classmethod
    def trusted_dict(cls, fields: dict[str, Any]) -> Self:
        """``trusted``, without the time that keywords take: ``fields`` become the value's own."""
        made = _new(cls)
        _put_values(made, fields)
        _put_fields_set(made, _all_fields(cls))
        _put_extra(made, None)
        _put_private(made, None)
        return made


_new = object.__new__
# The slots of a model: set through the class, they take half the time that a look-up by name takes.
_put_values, _put_fields_set, _put_extra, _put_private = (
    vars(BaseModel)[slot].__set__
    for slot in ("__dict__", "__pydantic_fields_set__", "__pydantic_extra__", "__pydantic_private__")
)


@cache
def _all_fields(model: type[BaseModel]) -> set[str]:
    """One set for all frozen values of ``model``: nothing adds to it."""
    return set(model.model_fields)


class FundLine(Frozen):
    """One row of 项目资金. ``initial`` 年初预算数, ``budget`` 全年预算数(A), ``executed`` 全年执行数(B).

    The transfer form has no initial budget, weight or score; those cells are ``""`` there.
    """

    label: str = ""
    initial: str = ""
    budget: str = ""
    executed: str = ""
    weight: str = ""
    rate: str = ""
    score: str = ""


class Goal(Frozen):
    """年度总体目标: 预期目标 and 实际完成情况. Paragraphs are kept apart by a line break."""

    expected: str = ""
    actual: str = ""


class Indicator(Frozen):
    """One row of 绩效指标, merged levels carried down."""

    level1: str = ""
    level2: str = ""
    name: str = ""
    target: str = ""
    actual: str = ""
    weight: str = ""
    score: str = ""
    explanation: str = ""


class Total(Frozen):
    """The 总分 row; ``note`` is what stands in its explanation column."""

    weight: str = ""
    score: str = ""
    note: str = ""


class Source(Frozen):
    """Where a form was read: the file's name and which form of it this is, counted from 1."""

    file: str = ""
    position: int = 1


class Unplaced(Frozen):
    """Text that fits no cell of the form, kept with its place in the source."""

    place: str
    text: str


class OtherScore(Frozen):
    """A row scored outside 项目资金 and 绩效指标: ``block`` 资金管理情况, ``name`` 分配科学性."""

    block: str = ""
    name: str = ""
    weight: str = ""
    score: str = ""


class RowSum(Frozen):
    """Points that a form prints for its indicator rows ``first`` to ``last`` (from 1), with their label.

    ``below``: a row that adds up rows above it (产出指标小计); else a heading over them: 年度目标1（40分）.
    """

    label: str = ""
    weight: str = ""
    score: str = ""
    first: int = Field(ge=1)
    last: int = Field(ge=1)
    below: bool = False


class Form(Frozen):
    """A 项目支出绩效自评表 (``project``) or the form for 转移支付 (``transfer``). Never changed in place."""

    template: Literal["project", "transfer"] = "project"
    title: str = ""
    year_line: str = ""
    project_name: str = ""
    department: str = ""
    central_department: str = ""
    unit: str = ""
    funds: tuple[FundLine, ...] = ()
    goal: Goal = Goal()
    indicators: tuple[Indicator, ...] = ()
    total: Total = Total()
    remark: str = ""
    grade: str = Field(default="", description="自评等级, on editions that have a cell for it.")
    money_unit: Literal["万元", "元"] = "万元"
    year: int | None = Field(
        default=None, description="The year the form is about, where it is known; else None."
    )
    notes: tuple[str, ...] = Field(default=(), description="Foot notes, often the scoring rule.")
    unplaced: tuple[Unplaced, ...] = ()
    other_scores: tuple[OtherScore, ...] = Field(
        default=(), description="Rows with points that belong to neither 项目资金 nor 绩效指标."
    )
    row_sums: tuple[RowSum, ...] = Field(
        default=(), description="Sums printed among the indicators as they were read; exports leave them out."
    )
    absent: tuple[str, ...] = Field(
        default=(), description="Cells that the printed form has no place for: goal.actual, funds.rate."
    )
    source: Source = Source()

    @property
    def is_scored(self) -> bool:
        """Whether the form carries points: always a project form, of 转移支付 only later editions."""
        return self.template == "project" or any(row.weight.strip(" -—–/") for row in self.indicators)

    @property
    def stated_year(self) -> int | None:
        """The year that the form itself states in its year cell, its year line or its title."""
        found = _YEAR.search(self.year_line) or _YEAR.search(self.title)
        return self.year or (int(found[0]) if found else None)

    def to_json(self) -> dict[str, Any]:
        """The contract's shape: cells that this template does not have are left out."""
        data = self.model_dump(mode="json")
        if self.template == "transfer":
            for line in data["funds"]:
                for key in ("initial", "weight", "score"):
                    if not line[key]:
                        del line[key]
        else:
            del data["central_department"]
        for key in ("remark", "grade", "notes", "unplaced", "other_scores", "row_sums", "absent"):
            if not data[key]:
                del data[key]
        if data["year"] is None:
            del data["year"]
        return data
