"""Words of a question that no query takes up and that would change its meaning."""

from __future__ import annotations

import re

from assistant.asking.language.patterns import LISTS
from assistant.asking.language.words import bundled_words
from assistant.asking.planning.asked import Asked
from assistant.asking.planning.places import PLACE
from assistant.asking.planning.used import Used
from assistant.asking.reading.aimed import AIM
from assistant.asking.reading.mentions import Mention, Reading
from assistant.asking.records.query import Query
from assistant.form.numerals import number_of

_OPERATORS = re.compile(
    "(?:怎么|咋|如何)(?!样|完成)|为[什何啥]|除[了去开]|(?<!而)非(?!常)|最(?!后|终)|太[多少大小高低长短早晚](?!了吧)|偏离(?!原因|分析|情况)|接近|相近|要么|[高低多少大小早晚先迟]于|以[上下]|超(?!级|市)|不(?:足|到|满|及|含|包括|是|算|带|写|填|设|列)|排除|扣除|不同|相同|[没未](?!有?$)|扣(?!除)|丢|欠|剩|倒数|垫底|分布(?!在|于)|构成|出在|哪个?(?:部门|单位|部委)"
)
"""What is left of a question where it should not be: words that change its meaning."""


_RECORDS_AFTER = re.compile("(?:类|方面|有关|相关)?的?(?:绩效)?(?:指标|项目|表|专项|处|单位|部门|科室|单子)")
"""哪几个口岸 asks for what no record is; 哪些培训指标 does not."""
_APART = re.compile(
    "等于(?!分值|满分)|对得上|相等|对不上|不一致|不一样|不相等|不相符|不吻合|有出入|一样[多少高低大小]"
)
_TWO = re.compile("两者|二者|[它这那]俩|彼此")
_ANOTHER = re.compile(
    "(?:另外?|另一|其[他余它])(?:的)?[一二两三四五六七八九十几那]*(?:[个条张]|项(?!目))(?=[一-龥])"
)
"""另外一条: not what the last answer showed."""
_OF_ITS_OWN = re.compile("占了?(?:它|其|该|自己|自身|本身|本(?:项目|处室?|单位|局|科室?|部门)|这张|这个)")
_OVERALL = re.compile("(?:总体|整体)执行率")
_FORMS = re.compile("[一-龥]{0,4}?(?:项目|表|单子)(?![一-龥]{0,4}指标)")
_WHERE = re.compile("哪(?:里|儿|边)|何处|什么地方|(?:扣|丢|失|差|低|高|输|少|多)在了?哪")
_LOST_IN = re.compile("(?:扣|丢|失)在了?哪(?!个项目|张表|个表)")
_GONE = re.compile(
    "(?:去|花|用|投)(?:到|在|往)?了?哪(?:里|儿|去)?了?$|(?:去|花|用|投)(?:到|在|往)?了?哪(?:里|儿)"
)
"""没花完的钱去哪了: no figure tells where money is."""
_PER_ONE = re.compile(
    "各(?:自)?(?:领|拿|得|分|补|交|花|获)了?(?:到|得)?(?:多少|几)(?!分)|各(?:奖励|奖补|补贴|补助|分到|分得|拨付|拨)了?(?:多少|几)|[人户]均|单价|每(?:一)?[人户亩吨]|每(?:一)?(?:个|家|名|位)(?!项目|表|处|局|科|单位|部门|指标|级|类|[一二]级|年|档)[一-龥]{2}"
)
"""人均, 每个园区: an amount for each of what is counted; only an indicator of its own states one."""


_STATED = "(?<![第前后每哪过于到足超最0-9.])([0-9]+|[两二三四五六七八九十]+)"
"""A number of records that a question tells of, no limit and no condition."""
_SOME_EACH = re.compile(f"{_STATED}[项块笔条][^,;]{{0,8}}?(?:,[^,;]{{0,4}})?(?:各|分别)")
_PERSONS = frozenset("人名位户家")
_EACH_PERSON = re.compile("人均|每(?:一)?(?:个|位|名)?人")


def number_told(query: Query, asked: Asked) -> int | None:
    """五条成本指标…合计: how many records are added up, as the question tells; None where it does not."""
    added = any(one.op in ("sum", "mean", "median") for one in query.measures())
    of_names = query.ask == "cells" and query.of == "forms" and asked.scope.named and not asked.scope.parts
    noun = {"indicators": "指标", "forms": "(?:项目|表|钱|资金|经费|专项)"}.get(query.of)
    if not (added or of_names) or noun is None or query.order or query.group:
        return None
    stated = re.compile(f"{_STATED}(?:[个条项张笔份]|家单位)[一-龥]{{0,6}}?{noun}")
    names = asked.entities.named_spans(asked.reading.text)
    found = [
        one[1]
        for one in stated.finditer(asked.reading.text)
        if not any(start <= one.start() < end for start, end in names)
    ]
    number = number_of(found[0]) if len(found) == 1 else None
    # 两个无线电项目先不算，其余…: what is left aside was counted.
    return int(number) if number is not None and number != len(query.without) else None


def words_left(used: Used, asked: Asked) -> str:
    """Words of the rest that would change the meaning."""
    checks = (
        *(_groups_left, _things_left, _comparisons_left, _others_left, _operators_left),
        *(_strange_left, _places_left, _counted_left, _forms_left, _each_left),
    )
    return next((left for check in checks if (left := check(used, asked))), "")


def _groups_left(used: Used, asked: Asked) -> str:
    only = re.search("只[有设含]|仅[有设]", asked.reading.rest)
    # 只有谁家设了…: who they are is asked, not who has nothing else.
    asks = only is not None and asked.reading.text.startswith(("谁", "哪"), only.end())
    if only and not asks and not any(query.having or query.lacking for query in used.queries):
        return only[0]
    grouped = any(query.group in ("unit", "form") for query in used.queries)
    whole = re.search(
        "全都|全部都|(?:项目|指标)都(?!是(?:哪|谁|什么)|(?:出|分布|落|集中)?在|来自|出自)", asked.reading.rest
    )
    return whole[0] if whole and grouped and not any(query.every for query in used.queries) else ""


def _things_left(used: Used, asked: Asked) -> str:
    if used.asks("compare"):
        return ""
    for mark in (m for m in asked.reading.marks if m.name == "which"):
        thing = next((p for p in asked.reading.phrases if p.start == mark.end), None)
        if thing is not None and LISTS.match(mark.text) and _is_listed_of(thing, asked.reading):
            continue
        if thing is not None and not _RECORDS_AFTER.match(asked.reading.text[thing.end :]):
            return f"{mark.text}{thing.text}"
    return ""


_OF_IT = re.compile("的(?:全部|所有|各[项个])?$")


def _is_listed_of(thing: Mention, reading: Reading) -> bool:
    """列出…的数量指标: what is named only says of what."""
    listed = (*reading.nouns, *reading.levels, *reading.fields)
    return any(_OF_IT.search(reading.text, thing.end, m.start) for m in listed if m.start > thing.end)


def _counted_left(used: Used, asked: Asked) -> str:
    """几个老师, of rows in whose names there are no 老师."""
    rows = [row for query in used.queries for row in query.rows or ()]
    names = [f"{asked.record(row)['name'].text}{asked.record(row)['project_name'].text}" for row in rows]
    for mark in (m for m in asked.reading.marks if m.name in ("count", "unit_of_value")):
        thing = next((p.text for p in asked.reading.phrases if p.start == mark.end), "")[:2]
        if len(thing) > 1 and names and not any(thing in name for name in names):
            return f"{mark.text}{thing}"
    return ""


def _comparisons_left(used: Used, asked: Asked) -> str:
    apart = _APART.search(asked.reading.rest)
    if apart and not used.asks("compare", "ratio", "check", "yesno"):
        return apart[0]
    part = re.search("几分之几", asked.reading.text)
    if part and not used.asks("ratio") and not used.op("share"):
        return part[0]
    than = re.search("(?<![对相])比(?![较例重率如赛])", asked.reading.rest)
    if than is None or used.asks("compare", "ratio") or used.op("range"):
        return ""
    # 跟控制数比,省了多少: the difference says it.
    aimed = "gap" in used.fields and _THAN_AIM.search(asked.reading.text, 0, than.start())
    return "" if aimed else than[0]


_THAN_AIM = re.compile(f"(?:{AIM.pattern})(?:值|数)?相?$")


def _others_left(used: Used, asked: Asked) -> str:
    """An amount for each, a place, another one, both: what only a query of its own answers."""
    text = asked.reading.text
    for per in _PER_ONE.finditer(text):
        # 七个科室各花了多少: of each group.
        of_groups = per[0].startswith("各") and any(query.group for query in used.queries)
        if _of_a_mean(per, asked) or _of_each_record(per, used, asked) or of_groups:
            continue
        rows = [row for query in used.queries for row in query.rows or ()]
        alike = {per[0][:2]} | ({"人均", "每人"} if _EACH_PERSON.match(per[0]) else set())
        if not any(part in asked.record(row)["name"].text for row in rows for part in alike):
            return per[0]
    if (gone := _GONE.search(asked.reading.rest)) and not used.asks("quote"):
        return gone[0]
    if (place := PLACE.search(text)) and not used.asks("place"):
        return place[0]
    if (other := _ANOTHER.search(text)) and not asked.scope.given:
        return other[0]
    overall = _OVERALL.search(text)
    if overall and used.op("mean") and not any(query.base_field for query in used.queries):
        return overall[0]
    own = _OF_ITS_OWN.search(text)
    if own and used.op("share") and not any(query.base_field or query.base_forms for query in used.queries):
        return own[0]
    two = _TWO.search(text)
    return two[0] if two and not used.asks("compare", "ratio", "value") else ""


def _of_a_mean(per: re.Match[str], asked: Asked) -> bool:
    """平均每个执行了多少: what is counted was said before, the mean is of a field."""
    mean = any(m.name == "mean" and m.start <= per.start() < m.end for m in asked.reading.marks)
    return mean and any(per.start() < m.start < per.end() for m in asked.reading.fields)


def _of_each_record(per: re.Match[str], used: Used, asked: Asked) -> bool:
    """三项成本各花了多少: each of the records shown has a cell of its own; not 52家企业各领了多少."""
    persons = [b for b in asked.reading.bounds if b.unit in _PERSONS and b.end <= per.start()]
    kinds = [q for q in used.queries if q.of == "indicators" and q.rows is None and q.where]
    several = [q for q in used.queries if max(len(q.rows or ()), len(q.forms or ())) > 1]
    each = used.asks("cells", "list") and len(several) + len(kinds) >= len(used.queries)
    return per[0].startswith("各") and each and not persons


def _forms_left(used: Used, asked: Asked) -> str:
    """那两张表, where the name found is of one form."""
    named = [{form for form, _ in query.rows or ()} or query.forms for query in used.queries]
    forms = {len(own) for own in named if own is not None}
    if not used.asks("cells", "value") or len(forms) != 1:
        return ""
    for bound in asked.reading.bounds:
        counted = bound.unit in ("个", "张", "份") and not bound.signed and bound.number > 1
        if counted and _FORMS.match(asked.reading.text[bound.end :]) and bound.number not in forms:
            return asked.reading.text[bound.start : bound.end]
    return ""


def _each_left(used: Used, asked: Asked) -> str:
    """三块支出各花了多少, where the cell found is a single one."""
    single = all(len(query.rows or query.forms or (0, 0)) == 1 and not query.where for query in used.queries)
    if not used.asks("cells") or not single or len(used.queries) > 1:
        return ""
    each = _SOME_EACH.search(asked.reading.text)
    names = asked.entities.named_spans(asked.reading.text)
    named = each is not None and any(start <= each.start() < end for start, end in names)
    return each[0] if each is not None and not named else ""


def _operators_left(used: Used, asked: Asked) -> str:
    steps = len(used.queries) > 1 and all(query.measure for query in used.queries)
    left = [found[0] for found in _OPERATORS.finditer(asked.reading.rest)]
    return next((word for word in left if not (steps and word == "分布")), "")


def _strange_left(_used: Used, asked: Asked) -> str:
    """A single character that nothing took and that is part of a name, or states something (伟 of 张伟)."""
    return next((c for c in asked.reading.loose if c in bundled_words().strange), "")


def _places_left(used: Used, asked: Asked) -> str:
    """扣在哪儿, after another question: rows, or a reason, that no list of forms tells."""
    where = _WHERE.search(asked.reading.rest) or _LOST_IN.search(asked.reading.text)
    return (
        where[0]
        if where and all(query.of == "forms" for query in used.queries) and not used.asks("cells")
        else ""
    )
