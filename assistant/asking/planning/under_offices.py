"""What stands under offices, and how they did: 各部门有哪些单位, 水利局有哪些科室, 教育局绩效怎么样."""

from __future__ import annotations

import re

from assistant.asking.planning.asked import Asked
from assistant.asking.planning.meaning import Meaning
from assistant.asking.records.fields import FIELDS
from assistant.asking.records.query import Condition, Measure, Query, Shape
from assistant.asking.records.records import NO

_DEPARTMENTS = "(?:主管)?部门|[局厅](?!长)|委办局"
_UNITS = "(?:实施|下属|所属)?单位|科室|处室|股室|科|股|处"
_EVERY = "各个?|每一?个?|所有|按照?|分"
_HAS = (
    "(?:下面|下|里|内部|内|手下|旗下|名下|的)*(?:分别|各自|都|一共|具体)*"
    "(?:下设|包括|包含|设|有|是|管|承担|负责|报|申报|实施)了?(?:的)?"
)
_WHICH = "(?:分别|各自|都|是)*(?:哪些|哪几个|哪几家|什么|几个|几家|多少个?|多少家)(?:不同)?的?"
_EACH_DEPARTMENT = re.compile(f"(?:{_EVERY})(?:{_DEPARTMENTS})")
_EACH_UNIT = re.compile(f"(?:{_EVERY})(?:{_UNITS})")
_ITS_DEPARTMENTS = re.compile(f"{_HAS}{_WHICH}(?:{_DEPARTMENTS})$")
_ITS_UNITS = re.compile(
    f"{_HAS}{_WHICH}(?:{_UNITS})|(?:下属|所属|下面的?)(?:{_UNITS})(?:名单|清单|{_WHICH}|有{_WHICH}|$)"
)
_ITS_PROJECTS = re.compile(
    f"{_HAS}{_WHICH}(?:项目|专项)|(?:的)?(?:项目|专项)(?:名单|清单|名称)?$"
    "|各(?:有|是)(?:哪些|什么)(?:项目|专项)"
)
_LISTED = re.compile("列|名单|清单|哪些|什么|哪几")
_HOW = re.compile(
    "(?:的)?(?:项目|工作|自评)?(?:的)?(?:绩效|总体|整体|自评)(?:的)?(?:完成|执行|实施|评价|自评|绩效)?(?:情况|结果|表现|绩效|水平|概况)?"
    "(?:是|做得|干得|搞得|怎样|来看)*(?:怎么样|如何|怎样|咋样|咋个样)$"
    "|(?:的)?(?:项目)(?:做得|搞得|干得|完成得|情况)(?:怎么样|如何|怎样|咋样)$|(?:的)?(?:项目)?(?:绩效)?(?:总体|整体|基本)?概况(?:是什么)?$"
    "|(?:总结|概括|汇总|介绍|评价)(?:一下)?[^,;]{2,16}?(?:的)?(?:项目)?(?:总体|整体)?(?:绩效|情况)+$"
)
_MISSED = Condition(field="met", op="eq", texts=(NO,))
_FOUND = Condition(field="severity", op="eq", texts=("错误", "提醒"))


def as_under_offices(asked: Asked) -> Meaning | None:
    """The units of departments, or the projects of either; None where these are not asked."""
    text = asked.reading.text
    plain = not (asked.said_fields() or asked.rows_spoken or asked.is_ranked() or asked.scope.unknown)
    if not plain or asked.says("sum", "mean", "share", "problems"):
        return None
    if asked.reading.offices and _ITS_DEPARTMENTS.search(text) and asked.entities.by_department.several:
        ask: Shape = "count" if asked.says("count", "count_units") else "list"
        return Meaning(queries=(Query(**asked.scoped("forms"), group="department", ask=ask),))
    departments = _of_departments(asked) or _EACH_DEPARTMENT.search(text) is not None
    units = _ITS_UNITS.search(text) is not None or (departments and _EACH_UNIT.search(text) is not None)
    projects = _ITS_PROJECTS.search(text) is not None and _LISTED.search(text) is not None
    if departments and units and asked.entities.by_department.several:
        return _listing(asked, "department", ("unit", "project_name") if projects else ("unit",))
    if not projects:
        return None
    if _EACH_DEPARTMENT.search(text) and asked.entities.by_department.several:
        return _listing(asked, "department", ("project_name",))
    if _EACH_UNIT.search(text):
        return _listing(asked, "unit", ("project_name",))
    return None


def _of_departments(asked: Asked) -> bool:
    """Whether departments are named, and nothing else is."""
    known = {one.forms for one in asked.entities.by_department.all}
    return bool(asked.reading.offices) and all(forms in known for _, _, forms in asked.reading.offices)


def _listing(asked: Asked, group: str, contents: tuple[str, ...]) -> Meaning:
    stated = asked.stated("forms")
    query = Query(**asked.scoped("forms"), where=stated.where, any_of=stated.any_of, group=group)
    return Meaning(queries=(query.model_copy(update={"contents": contents}),))


def as_summary(asked: Asked) -> Meaning | None:
    """教育局的项目绩效怎么样: the figures of all the forms that an office has, a year, or the library."""
    if (
        _HOW.search(asked.reading.text) is None
        or asked.predicates
        or asked.scope.rows
        or asked.reading.levels
    ):
        return None
    of_office = asked.scope.by_office or bool(asked.reading.offices)
    if asked.scope.named and not of_office:
        return None
    if asked.scope.parts or asked.says("per_unit"):
        return _summary_of_each(asked)
    scope = asked.scoped("forms")
    forms = Query(
        **scope,
        ask="summary",
        measure=Measure(op="sum", field="budget"),
        also=(Measure(op="sum", field="executed"), Measure(op="mean", field="total")),
    )
    beside = {**scope, "measure": Measure(op="count"), "ask": "value"}
    rows = Query(**{**beside, "of": "indicators"}, where=(_MISSED,))
    found = Query(**{**beside, "of": "findings"}, where=(_FOUND,))
    return Meaning(queries=(forms, rows, found))


def _summary_of_each(asked: Asked) -> Meaning | None:
    """Of several offices the same figures, each in a line of its own."""
    group = "department" if _of_departments(asked) or _EACH_DEPARTMENT.search(asked.reading.text) else "unit"
    if group not in FIELDS["forms"]:
        return None
    more = (
        Measure(op="sum", field="budget"),
        Measure(op="sum", field="executed"),
        Measure(op="mean", field="rate"),
        Measure(op="mean", field="total"),
    )
    query = Query(**asked.scoped("forms"), group=group, measure=Measure(op="count"), also=more)
    return Meaning(queries=(query,))
