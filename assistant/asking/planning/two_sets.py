"""Two sets of records by one figure, and one as a part of the other: 有时效指标的表和没有的平均得分差多少."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.asking.planning.meaning import Meaning
from assistant.asking.planning.operands import Operand, Understand, operand_of
from assistant.asking.reading.entities import Entities
from assistant.asking.reading.mentions import Reading
from assistant.asking.reading.years import forms_beside
from assistant.asking.records.fields import FIELDS
from assistant.asking.records.query import GROUPED, Measure, Operation, Order, Query, Step, StepKind

_NOUN = "项目|自评表|表(?![示现明态达])|专项|指标(?!数|条数|值|总数|个数)"
_SET = f"[^,;]{{0,22}}?(?:{_NOUN})|[^,;]{{1,20}}?的(?!{_NOUN})"
_MEASURE = (
    f"(?!的|{_NOUN})(?:平均(?:每[张个条](?:{_NOUN})?)?|合计|总共|一共|总)?"
    "(?:有|的|是|得)*(?:几个指标|多少个?指标|[一-龥]{2,8}?)"
)
_MUCH = "(?:是|了|有|出)?(?:多少|几)(?:万元?|元|分|个?百分点|[个条张项])?"
_MORE = "(?:要|还|更|又)?(?:高|低|多|少|大|小)"
_AND = "(?:和|跟|与|同|、|比起|相比)"
_WAYS = tuple(
    re.compile(way)
    for way in (
        f"^(?P<a>{_SET}){_AND}(?P<b>{_SET})(?:,|的|比|相比|之间|两类|两组)*(?P<m>{_MEASURE})(?:之间)?(?:相差|差距?|差额)"
        f"{_MUCH}$",
        f"^(?P<a>{_SET})(?:的)?(?P<m>{_MEASURE})比(?P<b>{_SET})(?:的)?(?:(?P=m))?{_MORE}(?:还是{_MORE})?(?:,?(?:相?差))?(?:{_MUCH})?$",
        f"^(?P<a>{_SET})比(?P<b>{_SET})(?:,|的)*(?P<m>{_MEASURE}){_MORE}(?:还是{_MORE})?(?:,?(?:相?差))?(?:{_MUCH})?$",
        f"^(?P<a>{_SET}){_AND}(?P<b>{_SET})(?:,|的|比|相比)*(?:哪[个类种组边些]|谁)的?(?P<m>{_MEASURE})(?:得)?(?:更|要|比较)?"
        "(?:高|低|多|少|大|小)(?:一些|些|一点)?(?:,.{0,3}(?:差|多|少|高|低).{0,4})?$",
        f"^(?P<a>{_SET})比(?P<b>{_SET})(?:,|的)*(?P<m>平均)(?:每[张个](?:{_NOUN}))?(?:要|还)?[多少](?:几个|多少个?)指标$",
        f"^(?P<a>{_SET}){_AND}(?P<b>{_SET})(?:,|的)*(?P<m>{_MEASURE})(?:哪[个类种组边些]|谁)(?:更|要|比较)?"
        "(?:高|低|多|少|大|小)(?:一些|些|一点)?$",
        f"^(?P<a>{_SET}){_AND}(?P<b>{_SET})(?:,|的)*(?P<m>{_MEASURE})(?:分别|各自?|各为)(?:是|为|有)?(?:多少|几)[^,;]{{0,3}}(?:,(?:相?差).{{2,6}})?$",
        f"^(?P<a>{_SET})(?:的)?(?P<m>{_MEASURE})(?:是|有)?(?:多少|几个)?[,;](?P<b>{_SET})(?:的)?(?:呢|又?(?:是|有)?多少)$",
    )
)
_PART = re.compile(
    f"^(?P<a>[^,;]{{2,24}}?(?:{_NOUN}|的))(?:只|才|约|大概|大约|一共|总共)*占(?:到|了|去)?(?P<b>[^,;]{{1,24}}?(?:{_NOUN}))"
    "(?:的)?(?:总数|数量|个数)?(?:的)?(?:百分之(?:几|多少)|比例|比重|百分比|几成|份额|多少|多大(?:的?(?:比例|比重))?)(?:是|为|有|达)?"
    "(?:多少|几|多大|多高)?$"
)
_HAS = re.compile(
    "^(?P<has>有|设有?了?|设置了|写了?|列了|填了|拿了?|得了?|是|属于|完成了?|扣了)(?P<what>.+)$"
)
_BARE_NOT = re.compile("^(?:没有?|未|不)(?P<has>设|写|列|填|是|拿|得|完成|扣|有)?(?:的)?$")
_NUMBER = re.compile("[0-9]")
_MEAN_NUMBER = re.compile("^平均(?:每[张个](?:表|项目))?(?:有|的|是)*(?:几个|多少个?)指标$")
_WHICH_KIND = re.compile("(?:哪[个类种边]|谁)(?!指标)[^,;]{0,8}?(?P<way>[高低多少大小])(?:一些|些|一点)?$")
_POINTS = frozenset(("lost", "weight", "score"))
_ALL = re.compile("^(?:全部|所有|全体|整个)")


def as_two_sets(text: str, understand: Understand, entities: Entities) -> Meaning | None:
    """The figures of two sets of records with their difference or quotient; None where there are not two."""
    return _Sets(understand, entities).meaning(text)


def by_kind(meaning: Meaning, reading: Reading) -> Meaning:
    """产出指标和效益指标哪个扣分多: the kinds are asked, not the one indicator that lost most."""
    query = meaning.queries[0] if len(meaning.queries) == 1 else None
    asked = _WHICH_KIND.search(reading.text)
    if (
        query is None
        or query.ask != "top"
        or query.of != "indicators"
        or query.order is None
        or asked is None
    ):
        return meaning
    kinds = [c for c in query.where if c.field in ("level1", "level2") and len(c.texts) > 1]
    if len(kinds) != 1 or len(reading.levels) < 2 or reading.says("top", "top_n", "nth", "last_n"):
        return meaning
    field, shares = query.order.field, FIELDS["indicators"][query.order.field].unit == "%"
    if not shares and field not in _POINTS:
        return meaning
    op: Operation = "mean" if shares or asked["way"] in "高低" else "sum"
    grouped = {
        "ask": "list",
        "group": kinds[0].field,
        "measure": Measure(op=op, field=field),
        "where": tuple(c for c in query.where if not (c.field == field and c.number == 0)),
        "order": Order(field=GROUPED, descending=query.order.descending),
        "limit": None,
    }
    return meaning.model_copy(update={"queries": (query.model_copy(update=grouped),)})


@dataclass(frozen=True)
class _Sets:
    understand: Understand
    entities: Entities

    def meaning(self, text: str) -> Meaning | None:
        if (part := _PART.match(text)) is not None:
            return self._part(part["a"], part["b"])
        for way in _WAYS:
            found = way.match(text)
            if found is not None and (meaning := self._compared(found["a"], found["b"], found["m"])):
                return meaning
        return None

    def _part(self, part: str, whole: str) -> Meaning | None:
        """有成本指标超支的表占有成本指标的表的比例: two numbers of records of one sort."""
        noun = _noun_of(whole)
        part = part if _noun_of(part) else f"{part}{noun}"
        alike = _noun_of(part) == noun or {_noun_of(part), noun} <= {"表", "项目", "自评表", "专项"}
        if not noun or not alike:
            return None
        unit = "个" if noun == "指标" else "张"
        first, second = (self._number(said, unit) for said in (part, whole))
        if first is None or second is None or first.query.of != second.query.of:
            return None
        if first.query.forms != second.query.forms and second.query.forms is not None:
            return None
        if second.query.forms is None and not _narrowed(second.query):
            # 2023年没花完钱的项目占全部项目: all of that year.
            beside = forms_beside(first.query.forms or (), self.entities)
            second = replace(second, query=second.query.model_copy(update={"forms": beside}))
        return _together((first, second), "share") if _narrowed(first.query) else None

    def _number(self, said: str, unit: str) -> Operand | None:
        if _ALL.match(said) and _noun_of(_ALL.sub("", said).strip("的")) == _ALL.sub("", said).strip("的"):
            of_all = Query(
                of="indicators" if unit == "个" else "forms", ask="term", measure=Measure(op="count")
            )
            return Operand(of_all, said, self.understand(said)[1])
        found = operand_of(f"{said}有几{unit}", self.understand, self.entities)
        return replace(found, label=said) if found is not None else None

    def _compared(self, left: str, right: str, measure: str) -> Meaning | None:
        measure = "平均指标数" if measure == "平均" else _MEAN_NUMBER.sub("平均指标数", measure)
        first = self._figure(left, measure)
        if first is None:
            return None
        for said in _others(left, right):
            second = self._figure(said, measure)
            if (
                second is not None
                and second.query != first.query
                and (second.query.of, second.field, second.op) == (first.query.of, first.field, first.op)
            ):
                return _together((first, second), "difference")
        return None

    def _figure(self, said: str, measure: str) -> Operand | None:
        """The figure of a set that is told by conditions, not by names."""
        ways = (f"的{measure}", measure, f"的{measure}合计", f"的平均{measure}")
        # 扣分是多少 reads as those that lost points, 扣分多少 as how many they lost.
        for way in (f"的{measure}多少",) if measure.endswith("扣分") and "平均" in measure else ways:
            found = operand_of(f"{said}{way}", self.understand, self.entities)
            if found is None or found.query.forms is not None or found.query.rows is not None:
                continue
            if found.op == "sum" and FIELDS[found.query.of][found.field].unit == "%":
                continue
            told = {"sum": "合计", "mean": "平均"}.get(found.op, "")
            label = f"{said}的{measure}" if told in measure else f"{said}的{measure}{told}"
            return replace(found, label=label) if _narrowed(found.query) and found.field else None
        return None


def _narrowed(query: Query) -> bool:
    return bool(query.where or query.any_of or query.within or query.lacking or query.forms)


def _noun_of(said: str) -> str:
    """The noun that a set ends with; "" for an elliptic one."""
    found = re.search(f"(?:{_NOUN})$", said)
    return found[0] if found else ""


def _others(left: str, right: str) -> Iterator[str]:
    """What the second set may be, where it is said in short beside the first."""
    noun = _noun_of(left) or "项目"
    body = left.removesuffix(noun).removesuffix("的")
    own = right if _noun_of(right) else f"{right.removesuffix('的')}的{noun}"
    if (bare := _BARE_NOT.match(right.removesuffix(noun).removesuffix("的"))) is not None:
        has = _HAS.match(body)
        if has is not None:
            verb = has["has"].rstrip("了")
            yield f"{'没有' if verb == '有' else f'没{verb}'}{has['what']}的{noun}"
        yield f"没{'有' if bare['has'] in (None, '有') else ''}{body}的{noun}"
        return
    yield own
    number = _NUMBER.search(body)
    if number is not None and number.start():
        yield f"{body[: number.start()]}{own}"


def _together(operands: tuple[Operand, Operand], op: StepKind) -> Meaning:
    steps = (Step(op=op, of=(0, 1)),)
    first, second = operands
    return Meaning(
        queries=(first.query.model_copy(update={"steps": steps}), second.query),
        labels=(first.label, second.label),
    )
