"""A follow-up computed with what the last answer showed: the rest of it, two things of it, its groups."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.asking.planning.before import Ask, Before
from assistant.asking.planning.following.beside_named import beside_named
from assistant.asking.planning.following.checked_apart import checked_apart
from assistant.asking.planning.following.in_a_row import asked_in_a_row
from assistant.asking.planning.following.turn_words import (
    bare,
    means_both,
    names_records,
    only_ties,
    points_into,
    without_both,
    without_light_words,
    without_pointing,
)
from assistant.asking.planning.following.whose import on_rows, whose
from assistant.asking.planning.meaning import Meaning
from assistant.asking.reading.conditions import field_of
from assistant.asking.reading.entities import Entities
from assistant.asking.reading.mentions import Reading
from assistant.asking.reading.reading import read
from assistant.asking.reading.scope import scope_of
from assistant.asking.records.fields import FIELDS
from assistant.asking.records.query import GROUPED, Condition, Measure, Operation, Order, Query, Shape, Step
from assistant.form.numerals import number_of

_LISTED = frozenset(("list", "count", "yesno"))
_HOW_MANY = "(?:有|是|占)?了?(?:多少|几)(?:个|张|条|项|家)"
_WHICH = "(?:都|分别)?(?:还)?(?:有|是)?(?:哪些|哪几[个张条项家]|哪[个张条项家]|谁)"
_REST = re.compile(
    "(?:剩下|余下|剩余|其余|其他|其它|别的|另外)的?(?:那?(?:些|几[个张条项]))?(?:项目|表|指标)?(?:又|还)?"
    f"(?:{_WHICH}|(?P<n>{_HOW_MANY}))?"
)
_POLAR = re.compile(
    f"(?P<ask>{_WHICH}|{_HOW_MANY})?(?P<not>没有?|未|不(?!到|足|满|超|低|高|少|多|及|含|限))?(?P<what>[^,;]{{0,12}}?)的?,?(?:一共|总共|又|还|都)?"
    f"(?P<tail>{_WHICH}|{_HOW_MANY}|吗)?"
)
_NOT = re.compile("没有?|未|不(?!到|足|满|超|低|高|少|多)")
_BLAND = frozenset("设有写填列是拿得达到完成了过的")
_MUCH = "(?:是|了|有|出)*(?:多少|几)(?:万元?|元|钱|分|个?百分点|[个条张项人家次])?"
_APART = re.compile(f"(?:之间|的)*(?:相?差|差额|差距)(?:{_MUCH})?")
_WHO = re.compile(
    "(?:[里中当]|之?间)*(?:哪[个张条项家边笔头]|谁)的?(?:更|比较|要)?(?:多|高|大|少|低|小)(?:一?[些点])?"
)
_AGAINST = re.compile(
    "(?:[它这那](?:个|张|条)?(?:项目|表|指标)?)?的?(?:和|跟|与|同|比)(?P<what>[^,;]{2,14}?)的?(?:那[个张条])?"
    f"(?:要|还|相)*(?:(?:差|高|低|多|少|大|小)(?:{_MUCH})|是?(?:高还是低|低还是高|多还是少|少还是多|高不高|低不低|高吗|低吗))"
)
_END = re.compile(
    "(?P<field>[^最第,;]{0,6}?)(?:最(?P<way>[高低大小多少好差])|(?:排)?第(?P<n>[二三四五六七八九十2-9])(?:[高低大小多少])?(?:名|位|个)?)"
    "的?那?(?:一?[个张条])?(?:项目|表|指标)?"
)
_MEAN = re.compile(
    "(?:所有|全部|全厅|各|总体|整体)?(?:项目|表)?的?平均(?P<field>[^,;]{0,6}?)(?:值|数|水平|线|分)?"
)
_MOST = re.compile(
    "(?:其中|里面)?的?(?:哪[个家]|谁)?(?:处室?|科室|单位)?(?:报|有|占|得|花)?得?(?:的|了)?最(?P<way>[多少高低大小])的?"
    "是?(?:哪[个家]|谁)?(?:处室?|科室|单位)?"
)
_DOWN = "低少小差"
_OFFICE = re.compile("处室|科室|单位|部门")
_NO_CONDITIONS = frozenset(
    ("top", "top_n", "nth", "last_n", "order", "order_up", "order_down", "sum", "mean", "median", "extremes")
)
_STATES = re.compile("(?!.*(?:多少|几|最|哪|谁|什么|怎)).+")
"""What may state a condition: it asks for nothing."""
_DIGITS = re.compile("[0-9.]+")
_PART = re.compile(
    "(?:其中|里面)?(?P<field>[^,;最]{0,5}?)(?:得|的)?最(?P<way>[多高大少低小])的?(?:那|这)?(?:一?[个张条项家])?(?:项目|表|指标|处室)?,?"
    "占(?:了|到)?(?:这里面?|其中|里面|总数|全部|总额|总的|合计|这[些几0-9一二三四五六七八九十]+[个张条项]?)*的?"
    "(?:百分之(?:几|多少)|几成|多少|多大比例|比例|比重)(?:是?多少)?"
)
_FURTHEST = re.compile(
    "(?:哪[个张条项]|谁)(?:离|距离?|比)目标(?:值)?(?:还)?(?:差|缺|少)(?:得|的|了)?(?:更|最|比较)?(?:多|远|大)(?:一?些|一点)?"
)
_ONLY = re.compile("[只光就仅](?:看|要|算|列|留)")
_TWO = 2


def of_shown(question: str, before: Before, entities: Entities, year: int | None, ask: Ask) -> Meaning | None:
    """The meaning of a question that is computed with what was shown; None where it is none."""
    shown = _Shown(bare(question).text, before, entities, year, ask)
    ways = (
        *(shown.groups, shown.against, shown.rest, shown.opposite, shown.limit),
        *(
            shown.part_of_these,
            shown.furthest,
            shown.checked,
            shown.in_a_row,
            shown.beside,
            shown.each_of_two,
            shown.owners,
            shown.of_named,
        ),
    )
    return next((meaning for way in ways if (meaning := way()) is not None), None)


def _one(query: Query) -> Meaning:
    return Meaning(queries=(query,))


@dataclass(frozen=True)
class _Shown:
    """The question without what ties it to the one before, and what that one left."""

    text: str
    before: Before
    entities: Entities
    year: int | None
    ask: Ask

    def rest(self) -> Meaning | None:
        """其余的呢: all that the last answer left aside."""
        found, query = _REST.fullmatch(self.text), self.before.query
        if found is None or query is None or not _chooses(query):
            return None
        chosen = query.model_copy(update={"ask": "list"})
        ask = "count" if found["n"] else "list"
        return _one(_all_among(query).model_copy(update={"lacking": (chosen,), "ask": ask}))

    def opposite(self) -> Meaning | None:
        """没设的有几张, after 哪些表设了经济效益指标: its words said again the other way round."""
        found, query = _POLAR.fullmatch(self.text), self.before.query
        if found is None or query is None or not (_chooses(query) or _asks_of_all(query)):
            return None
        what, old = set(found["what"]) - _BLAND, self.before.reading.text
        said = self.before.question + old
        again = what <= set(said) and set(_DIGITS.findall(found["what"])) <= set(_DIGITS.findall(said))
        if not (found["not"] or found["what"]) or not again or "最" in what:
            return None
        if (found["not"] is not None) == (_NOT.search(old) is not None):
            return None
        counts = any(re.fullmatch(_HOW_MANY, said) for said in (found["ask"], found["tail"]) if said)
        turned = _exceptions(query) or self._in_own_words(found, query, "") or _turned(query)
        return _one(turned.model_copy(update={"ask": "count" if counts else "list"}))

    def _in_own_words(self, found: re.Match[str], query: Query, *fields: str) -> Query | None:
        """没花完的, after 花完了的: what these words state themselves, where it is of the same field."""
        if len(query.where) != 1 or query.any_of:
            return None
        noun = "指标" if query.of == "indicators" else "项目"
        for field in fields:
            said = f"{field}{found['not'] or ''}{found['what']}"
            alone = self.ask(f"{said}的{noun}有哪些", None).meaning
            stated = alone.queries[0].where if len(alone.queries) == 1 else ()
            if len(stated) == 1 and stated[0].field == query.where[0].field:
                return query.model_copy(update={"where": stated})
        return None

    def limit(self) -> Meaning | None:
        """低于95分的呢, 还有比100更高的吗: another limit of the field that the last question set one for."""
        found, query = _POLAR.fullmatch(self.text), self.before.query
        if found is None or query is None or not _chooses(query) or not _STATES.fullmatch(found["what"]):
            return None
        reading = read(self.text, self.entities)
        marks = {m.name for m in reading.marks} & _NO_CONDITIONS
        other_sort = reading.names_something() or names_records(reading) or reading.years or reading.levels
        if other_sort or marks or points_into(self.text) or not all(b.signed for b in reading.bounds):
            return None
        field = FIELDS[query.of][query.where[0].field].label if query.where else ""
        other = self._in_own_words(found, query, "", field)
        asked = next((name for name in ("yesno", "count") if reading.says(name)), query.ask)
        ask = "list" if reading.says("which") else asked
        another = other is not None and other.where != query.where
        if other is None or not another:
            return None
        told = tuple(c.field for c in other.where if ask == "list" and FIELDS[other.of][c.field].unit)
        return _one(other.model_copy(update={"ask": ask, "show": told}))

    def in_a_row(self) -> Meaning | None:
        """差多少, 哪个多: of the figures that were shown."""
        return asked_in_a_row(self.text, self.before, self.entities)

    def checked(self) -> Meaning | None:
        """相差几分, after a check: of what was printed."""
        return checked_apart(self.text, self.before)

    def beside(self) -> Meaning | None:
        """和园区专项差多少: the figure that was shown beside another."""
        return beside_named(self.text, self.before, self.entities, self.year, self.ask)

    def each_of_two(self) -> Meaning | None:
        """换成执行数,两个各多少: one field of the things that were asked for one after the other."""
        query, said = self.before.query, without_light_words(without_both(self.text))
        reading = read(said, self.entities)
        fields = [m for m in reading.fields if m.name != "gap"]
        asked = [one.query for one in self.before.earlier]
        if query is None or not asked or not means_both(self.text) or len(fields) != 1:
            return None
        field = field_of(fields[0].name, query.of)
        of_forms = query.of == "forms" and field in FIELDS["forms"] and only_ties(reading)
        owners = [one.forms or () if one is not None else () for one in (*asked, query)]
        if not of_forms or reading.names_something() or any(len(forms) != 1 for forms in owners):
            return None
        forms = tuple(dict.fromkeys(form for one in owners for form in one))
        return _one(Query(of="forms", forms=forms, show=(field,), ask="cells"))

    def part_of_these(self) -> Meaning | None:
        """剩得最多的那个占这里面的百分之几: of what was added up, or listed, the part of its first one."""
        found, query, field = _PART.fullmatch(self.text), self.before.query, self.before.field
        if found is None or query is None or not field or not self.before.several or query.group:
            return None
        if query.of not in ("forms", "indicators") or not self._is_field(found["field"], field, query):
            return None
        shown = Query(of=query.of, forms=self.before.forms, rows=self.before.rows or None)
        if query.of == "indicators":
            shown = shown.model_copy(update={"forms": None})
        order = Order(field=field, descending=found["way"] not in _DOWN)
        top = {"order": order, "limit": 1, "measure": Measure(op="share", field=field), "ask": "value"}
        return _one(shown.model_copy(update={**top, "base_forms": self.before.forms, "base": query.where}))

    def furthest(self) -> Meaning | None:
        """哪张离目标差得更多: of the indicators shown the one that is furthest below its target."""
        if _FURTHEST.fullmatch(self.text) is None or len(self.before.rows) < _TWO:
            return None
        order = Order(field="gap", descending=False)
        return _one(
            Query(of="indicators", rows=self.before.rows, ask="top", order=order, limit=1, show=("actual",))
        )

    def _name(self, query: Query) -> str:
        """The name of the one form or row, or of the office whose forms they are."""
        known = self.entities.by_number
        forms = [known[form].record for form in query.forms or ()]
        if query.rows is not None and len(query.rows) == 1:
            form, row = query.rows[0]
            alone = len({known[form].indicators[row - 1]["name"].text for form, row in self.before.rows}) > 1
            return known[form].indicators[row - 1]["name" if alone else "project_name"].text
        if len(forms) == 1:
            return forms[0]["project_name"].text
        return "、".join(dict.fromkeys(form["unit"].text for form in forms)) or "全部"

    def against(self) -> Meaning | None:
        """比最低的高多少, 跟第二名差多少, after a single figure: set against an end, or the mean, of all."""
        found, query, field = _AGAINST.fullmatch(self.text), self.before.query, self.before.field
        if found is None or query is None or not field or query.of not in ("forms", "indicators"):
            return None
        among = self._compared_among(query)
        other = self._end_or_mean(found["what"], field, query) if among is not None else None
        if among is None or other is None:
            return None
        own = self._own(query, field)
        label = FIELDS[query.of][field].label
        terms = (own, among.model_copy(update={"ask": "term", **other[0]}))
        first = terms[0].model_copy(update={"steps": (Step(op="difference", of=(0, 1)),)})
        return Meaning(
            queries=(first, terms[1]), labels=(f"“{self._name(own)}”{label}", f"{other[1]}{label}")
        )

    def _compared_among(self, query: Query) -> Query | None:
        """All records of which one was picked, or those of its year."""
        if query.ask == "top" and query.limit == 1:
            return query.model_copy(update={"order": None, "limit": None, "offset": 0, "show": ()})
        known = self.entities
        if query.ask != "cells" or query.of != "forms" or len(self.before.forms) != 1:
            return None
        year = known.by_number[self.before.forms[0]].year
        same = tuple(form.number for form in known.forms if form.year == year)
        return Query(of="forms", forms=same if len(same) < len(known.forms) else None)

    def _own(self, query: Query, field: str) -> Query:
        measure = Measure(op="max", field=field)
        if query.of == "indicators":
            return Query(of="indicators", rows=self.before.rows[:1], ask="term", measure=measure)
        return Query(of="forms", forms=self.before.forms[:1], ask="term", measure=measure)

    def _end_or_mean(self, what: str, field: str, query: Query) -> tuple[dict[str, object], str] | None:
        """What gives the figure that is set against it, and what it is called."""
        end, mean = _END.fullmatch(what), _MEAN.fullmatch(what)
        said = (end or mean)["field"] if (end or mean) else ""  # type: ignore[index]
        if not (end or mean) or not self._is_field(said, field, query):
            return None
        if end is None:
            return {"measure": Measure(op="mean", field=field)}, "平均"
        if end["way"]:
            op: Operation = "min" if end["way"] in _DOWN else "max"
            return {"measure": Measure(op=op, field=field)}, f"最{end['way']}的"
        falling = query.order.descending if query.order is not None else True
        place = int(number_of(end["n"]) or _TWO)
        order = Order(field=field, descending=falling)
        measure = Measure(op="max", field=field)
        return {"order": order, "limit": 1, "offset": place - 1, "measure": measure}, f"第{end['n']}名的"

    def _is_field(self, said: str, field: str, query: Query) -> bool:
        if not said.strip("的"):
            return True
        reading = read(said, self.entities)
        return bool(reading.fields) and all(field_of(m.name, query.of) == field for m in reading.fields)

    def groups(self) -> Meaning | None:
        """报了不止一个的有哪几家, 最多的是哪家: after a figure for each office."""
        query = self.before.query
        if query is not None and not query.group and (office := self._office_with_most(query)) is not None:
            return office
        if query is None or not query.group or query.measure is None or query.change is not None:
            return None
        if (most := _MOST.fullmatch(self.text)) is not None:
            order = Order(field=GROUPED, descending=most["way"] not in _DOWN)
            return _one(query.model_copy(update={"order": order, "limit": 1, "offset": 0, "ask": "top"}))
        reading = read(self.text, self.entities)
        bounds = [bound for bound in reading.bounds if bound.signed]
        if len(bounds) != 1 or reading.fields or reading.levels or reading.names_something():
            return None
        told = Condition(field=GROUPED, op=bounds[0].op, number=bounds[0].number, upper=bounds[0].upper)
        ask: Shape = "count" if reading.says("count") and not reading.says("which") else "list"
        return _one(query.model_copy(update={"having": (*query.having, told), "ask": ask, "limit": None}))

    def _office_with_most(self, query: Query) -> Meaning | None:
        """哪个处室最多, after records: by how many of them each office has."""
        most = _MOST.fullmatch(self.text)
        office = _OFFICE.search(self.text) is not None
        if most is None or not office or not self.before.several or query.of not in ("forms", "indicators"):
            return None
        shown = Query(of=query.of, forms=self.before.forms, rows=self.before.rows or None)
        if query.of == "indicators":
            shown = shown.model_copy(update={"forms": None})
        order = Order(field=GROUPED, descending=most["way"] not in _DOWN)
        counted = {"group": "unit", "measure": Measure(op="count"), "order": order, "limit": 1, "ask": "top"}
        return _one(shown.model_copy(update=counted))

    def owners(self) -> Meaning | None:
        """涉及几张表, 落到指标上是几条: the other sort of record that was shown with them."""
        return whose(self.text, self.before) or on_rows(self.text, self.before, self.ask)

    def of_named(self) -> Meaning | None:
        """其中轻工业处的有哪些, 只看轻工业处的: those of the last answer that are of one office or form."""
        said, query = without_pointing(self.text), self.before.query
        only = _ONLY.match(self.text) is not None
        reading = read(said, self.entities)
        if query is None or query.group or not self.before.several or not _only_lists(reading, only=only):
            return None
        named_before = self.before.reading.offices or self.before.reading.phrases
        if named_before and self.text == said and not only:
            return None
        scope = scope_of(reading, self.entities, self.year)
        if scope.unknown or scope.rows or scope.parts or not scope.named or not scope.forms:
            return None
        ask: Shape = "count" if reading.says("count") else "list"
        if query.of == "indicators":
            rows = tuple(row for row in self.before.rows if row[0] in scope.forms)
            return _one(Query(of="indicators", rows=rows, ask=ask))
        return _one(Query(of="forms", ask=ask, forms=tuple(f for f in self.before.forms if f in scope.forms)))


def _only_lists(reading: Reading, *, only: bool) -> bool:
    """Whether nothing but which, or how many, is said beside a name; ``only``: not even that need be."""
    marks = {m.name for m in reading.marks} - {"which", "count"}
    listed = only or reading.says("which", "count")
    states = marks or reading.fields or reading.levels or reading.bounds
    return listed and not states and only_ties(reading)


def _chooses(query: Query) -> bool:
    """Whether a query gives all records that meet its conditions, so that there are others."""
    plain = query.group == "form" or not (query.group or query.measure)
    narrows = query.conditions() or query.within or query.lacking or query.group
    return bool(narrows) and plain and query.ask in _LISTED and not (query.order or query.every)


def _asks_of_all(query: Query) -> bool:
    """都达标了吗: whether all of some records are so."""
    return query.ask == "yesno" and len(query.every) == 1 and not (query.group or query.measure)


def _exceptions(query: Query) -> Query | None:
    """Those that are not as it was asked of all; None where nothing was asked of all."""
    if not _asks_of_all(query):
        return None
    other = query.every[0].model_copy(update={"negated": not query.every[0].negated})
    return query.model_copy(update={"every": (), "where": (*query.where, other)})


def _all_among(query: Query) -> Query:
    """All records among which ``query`` chose."""
    if query.group == "form":
        return Query(of="forms", forms=query.forms, without=query.without)
    return Query(of=query.of, forms=query.forms, rows=query.rows, without=query.without)


def _turned(query: Query) -> Query:
    """The query with its one condition the other way round; of several, what does not meet them all."""
    if query.group or query.within or query.any_of or len(query.where) + len(query.lacking) != 1:
        return _all_among(query).model_copy(update={"lacking": (query.model_copy(update={"ask": "list"}),)})
    if query.lacking:
        return query.model_copy(update={"lacking": (), "within": query.lacking})
    only = query.where[0]
    return query.model_copy(update={"where": (only.model_copy(update={"negated": not only.negated}),)})
