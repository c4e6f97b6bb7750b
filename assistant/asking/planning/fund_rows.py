"""Questions after the rows of a form's funds: 当年财政拨款, 上年结转, 地方资金."""

from __future__ import annotations

import re
from typing import Any

from assistant.asking.planning.asked import Asked
from assistant.asking.planning.binding import Ranking, ranking_of
from assistant.asking.planning.by_source import AMOUNTS, negated, tells_forms_apart, with_money
from assistant.asking.planning.meaning import Meaning
from assistant.asking.reading.intents import order_of
from assistant.asking.reading.mentions import Mention
from assistant.asking.reading.predicates import Predicate
from assistant.asking.records.fields import FIELDS
from assistant.asking.records.query import GROUPED, Condition, Measure, Order, Query, Step

_AMOUNT_ASKED = re.compile("(?:多少|几)(?:钱|万元?|元)?(?=$|[,;])")
_WHICH = re.compile("(?:哪[个种类笔边]|谁)(?:更|要|比较)?[多少高低大小](?:一?些|一点)?$")
_EITHER = re.compile("还是|或者?|吗$")
_EACH = re.compile("各|分别")
_TOLD = ("budget", "executed")
_APART = re.compile("[,;、]|又|且|但|并|而|还")
_UP_TO = re.compile("的?(?:金额|预算数?|执行数?|资金|年初|全年|支出|花|得|用|安排|规模|数)*的?")
"""其他资金用得最多: what may stand between a source and the superlative that ranks its rows."""


def as_fund_rows(asked: Asked) -> Meaning | None:
    """The amounts of the sources named, of the forms named or of all."""
    sources = tuple(dict.fromkeys(m.name for m in asked.reading.sources))
    if (added := _added_up(asked)) is not None:
        return added
    which = len(sources) > 1 and asked.one_form() and _EITHER.search(asked.reading.text) is not None
    if which or (not sources and asked.says("fund_sources")):
        return _all_sources(asked)
    named_row = bool(asked.scope.rows) and asked.one_form() and not asked.reading.levels
    if not sources or (asked.rows_spoken and not named_row) or asked.says("share", "ratio"):
        return None
    if any(m.name == "negated_set" and not _stated(m, asked) for m in asked.reading.marks):
        return None
    of_rows = [one for one in asked.predicates if _is_of_a_row(one, asked)]
    of_forms = [one for one in asked.predicates if one not in of_rows]
    if _by_forms(asked, of_forms):
        return Meaning(kind="unclear", reason=sources[0]) if of_rows else None
    conditions = [c for one in of_rows for c in one.conditions]
    beyond = [c.field for c in conditions if c.field in ("unspent", "overspent")]
    if beyond and asked.one_form() and _AMOUNT_ASKED.search(asked.reading.text):
        # 财政拨款超了预算多少: of one row the figure is asked, not whether there is any.
        conditions = []
    rows = Query(
        of="funds",
        forms=asked.scope.forms,
        without=asked.scope.without,
        where=(Condition(field="label", op="contains", texts=sources), *conditions),
    )
    if asked.says("except", "besides"):
        others = tuple(
            Condition(field="label", op="contains", texts=texts, negated=True)
            for texts in (sources, ("总额",))
        )
        rows = rows.model_copy(update={"where": (*others, *conditions)})
    fields = [name for name in asked.numeric("forms") if name in FIELDS["funds"]]
    if set(asked.numeric("forms")) - set(fields):
        return None
    return _meant(asked, rows, beyond or fields)


def _stated(mark: Mention, asked: Asked) -> bool:
    """Whether a word belongs to a condition: 没填 of 执行数没填."""
    return any(one.start <= mark.start < one.end for one in asked.predicates)


def _all_sources(asked: Asked) -> Meaning | None:
    """园区专项的钱从哪来: the sources of the forms named, with their amounts."""
    if asked.scope.forms is None or asked.rows_spoken:
        return None
    others = Condition(field="label", op="lacks", texts=("总额",))
    if asked.says("adds_up_to", "same") and asked.one_form():
        return _all_added(asked, others)
    rows = with_money(Query(of="funds", forms=asked.scope.forms, where=(others,)))
    shown = tuple(name for name in asked.numeric("forms") if name in FIELDS["funds"]) or _TOLD
    return Meaning(queries=(rows.model_copy(update={"show": shown, "ask": "cells"}),))


def _all_added(asked: Asked, others: Condition) -> Meaning:
    """各来源的预算加起来等于总额吗: all rows but the total against it."""
    fields = [name for name in asked.numeric("forms") if name in FIELDS["funds"]] or ["budget"]
    term = {"forms": asked.scope.forms, "measure": Measure(op="sum", field=fields[0]), "ask": "term"}
    rows = Query(of="funds", where=(others,)).model_copy(update=term)
    rows = rows.model_copy(update={"steps": (Step(op="same", of=(1, 0)),)})
    total = Query(of="forms").model_copy(update=term)
    return Meaning(queries=(rows, total), labels=("各资金来源合计", "资金总额"))


def _is_of_a_row(one: Predicate, asked: Asked) -> bool:
    """其他资金超过50万的: an amount of the source; 预算超过50万、用了其他资金的 states one of the form."""
    amounts = one.of == "forms" and all(c.field in AMOUNTS for c in one.conditions)
    before = [m for m in asked.reading.sources if m.end <= one.start]
    after = any(m.start >= one.end for m in asked.reading.sources)
    if not before:
        return amounts and not after
    if amounts and all(c.op in ("empty", "filled") for c in one.conditions):
        return True
    return amounts and _APART.search(asked.reading.text[before[-1].end : one.start]) is None


def _by_forms(asked: Asked, of_forms: list[Predicate]) -> bool:
    """Whether forms are asked for, of which the sources are one condition among others."""
    several = asked.scope.forms is None or len(asked.scope.forms) > 1
    ranking = ranking_of(asked)
    apart = of_forms or tells_forms_apart(asked) or (ranking is not None and not _ranks_rows(ranking, asked))
    whether = asked.says("yesno") and not asked.reading.fields
    return several and bool(apart or whether) and not _asks_amount(asked)


def _asks_amount(asked: Asked) -> bool:
    """财政拨款多少钱: an amount of the source, not of the forms that have it."""
    return not any(map(negated, asked.reading.sources)) and bool(_AMOUNT_ASKED.search(asked.reading.text))


def _ranks_rows(ranking: Ranking, asked: Asked) -> bool:
    """其他资金最多的: the rows are ranked; 用了其他资金的项目里预算最大的 ranks the forms."""
    before = [m for m in asked.reading.sources if m.end <= ranking.start]
    if not before:
        return True
    return _UP_TO.fullmatch(asked.reading.text[before[-1].end : ranking.start]) is not None


_ADDED = re.compile("[加和与、跟]")
_OF_TOTAL = re.compile("总额|全年预算")


def _added_up(asked: Asked) -> Meaning | None:
    """财政拨款加上结转,凑得够资金总额吗: the rows of one form added up, and set against their total."""
    names = tuple(dict.fromkeys(m.name for m in asked.reading.sources))
    if len(names) < 2 or not asked.one_form() or asked.rows_spoken:
        return None
    ordered = sorted(asked.reading.sources, key=lambda m: m.start)
    first, last = ordered[0], ordered[-1]
    total = _OF_TOTAL.search(asked.reading.text) and asked.says("adds_up_to", "same", "yesno")
    added = _ADDED.search(asked.reading.text[first.end : last.start]) and (total or asked.says("sum"))
    if not added or asked.says("mean", "which", "compare_two", "except", "besides", "share"):
        return None
    fields = [name for name in asked.numeric("forms") if name in FIELDS["funds"]] or ["budget"]
    terms = [
        Query(
            of="funds",
            forms=asked.scope.forms,
            where=(Condition(field="label", op="contains", texts=(name,)),),
        )
        for name in names
    ]
    terms += [Query(of="forms", forms=asked.scope.forms)] if total else []
    term = {"measure": Measure(op="sum", field=fields[0]), "ask": "term"}
    count = len(names)
    steps = [Step(op="sum", of=tuple(range(count)))]
    steps += [Step(op="same", of=(len(terms), count))] if total else []
    queries = [query.model_copy(update=term) for query in terms]
    queries[0] = queries[0].model_copy(update={"steps": tuple(steps)})
    labels = (*(_CALLED.get(name, name) for name in names), *(["资金总额"] if total else []))
    return Meaning(queries=tuple(queries), labels=labels)


_CALLED = {"结转": "上年结转资金", "财政拨款": "当年财政拨款"}


def _meant(asked: Asked, rows: Query, fields: list[str]) -> Meaning:
    def one(query: Query, **changes: Any) -> Meaning:
        return Meaning(queries=(query.model_copy(update=changes),))

    ranking, falling = ranking_of(asked), order_of(asked.reading)
    field = fields[0] if fields else "budget"
    if (against := _against_each_other(asked, rows, field)) is not None:
        return against
    if (of_offices := _by_office(asked, rows, field)) is not None:
        return of_offices
    if ranking is not None or falling is not None:
        descending = ranking.descending if ranking is not None else bool(falling)
        limit = ranking.limit if ranking is not None else None
        offset = ranking.offset if ranking is not None else 0
        order = Order(field=field, descending=descending)
        shape = "top" if ranking is not None else "list"
        return one(rows, order=order, limit=limit, offset=offset, show=(field,), ask=shape)
    several = asked.scope.forms is None or len(asked.scope.forms) > 1
    if asked.head == "form" and several and not asked.says("mean"):
        if asked.says("sum"):
            summed = Measure(op="sum", field=field)
            return one(with_money(rows), show=(field,), measure=summed, ask="list")
        if _AMOUNT_ASKED.search(asked.reading.text):
            return one(with_money(rows), show=tuple(fields) or _TOLD, ask="list")
        forms = Query(of="forms", forms=asked.scope.forms, without=asked.scope.without)
        return one(forms, within=(with_money(rows),), ask=asked.shape())
    if several:
        op = "mean" if asked.says("mean") else "sum"
        measures = [Measure.model_validate({"op": op, "field": name}) for name in fields or ["budget"]]
        asks: dict[str, Any] = {"ask": "value"}
        if asked.says("which") or _EACH.search(asked.reading.text):
            asks = {"ask": "list", "show": tuple(fields or ["budget"])}
        return one(with_money(rows), measure=measures[0], also=tuple(measures[1:]), **asks)
    return one(rows, show=tuple(fields) or ("budget", "executed"), ask="cells")


def _by_office(asked: Asked, rows: Query, field: str) -> Meaning | None:
    """财政拨款最多的部门, 各部门的其他资金: the rows of each office added up."""
    ranking, falling = ranking_of(asked), order_of(asked.reading)
    ranked = ranking is not None and ranking.noun == "unit"
    if not (ranked or asked.head == "unit" or asked.says("per_unit", "which_unit")):
        return None
    descending = ranking.descending if ranking is not None else falling is not False
    shape = {"limit": ranking.limit, "offset": ranking.offset, "ask": "top"} if ranking is not None else {}
    grouped = {"group": "unit", "measure": Measure(op="sum", field=field), "ask": "list", **shape}
    order = Order(field=GROUPED, descending=descending)
    return Meaning(queries=(rows.model_copy(update={**grouped, "order": order}),))


def _against_each_other(asked: Asked, rows: Query, field: str) -> Meaning | None:
    """财政拨款和其他资金哪个多: the sums of two sources, not the largest row of either."""
    names = tuple(dict.fromkeys(m.name for m in asked.reading.sources))
    if len(names) != 2 or asked.head or not _WHICH.search(asked.reading.text):
        return None
    queries = tuple(
        rows.model_copy(
            update={
                "where": (Condition(field="label", op="contains", texts=(name,)), *rows.where[1:]),
                "measure": Measure(op="sum", field=field),
                "ask": "compare",
            }
        )
        for name in names
    )
    return Meaning(queries=queries, labels=names)
