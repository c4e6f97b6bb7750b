"""Details that only prose tells: 动用了几个单位, 点了哪几个地方的名; the sentence that holds it is quoted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.asking.language.naming import spans, told_parts
from assistant.asking.planning.asked import Asked
from assistant.asking.planning.kinds import one
from assistant.asking.planning.meaning import Meaning
from assistant.asking.reading.matching import RowId
from assistant.asking.reading.scope import scope_of
from assistant.asking.records.query import Condition, Query
from assistant.form.numerals import normal
from assistant.form.text import pairs

_FEW = 3
"""More forms than this are not read through sentence by sentence."""
_UNITS = "万元|亿元|个百分点|万|亿|元|块|%|人次|家次|[个家人名次场期篇天张条项份户批届台套所座间栋辆]"
_PERSONS = "[人名位]"
"""几个, of what is not said, may be so many persons."""
_NUMBER = re.compile(
    f"(?P<verb>[一-龥]{{0,3}}?)(?:了|过|出|成|到|得|是|有|为|又|来)*(?:多少|(?<!哪)几)(?!十|百|千)(?P<unit>{_UNITS})?(?P<noun>[一-龥]{{0,5}})"
)
_LISTED = re.compile("哪(?:些|几(?:个|家|条|项|类|种|处|次)?)(?P<noun>[一-龥]{0,4})")
_WHICH_PLACE = re.compile(
    "(?:是|在)?哪(?:一)?个(?P<kind>街道|地州|乡镇|[县市区镇乡村州])(?![一-龥]?(?:多|少|高|低)?$)|哪(?P<short>[县市区镇乡村])"
)
_WHO = re.compile("[找跟向和请]谁")
_URGED = re.compile("[商请函报督协]")
_OF_MONEY = frozenset("省花付收支缴欠发领拨补")
"""What was done with an amount, so that 省了多少 asks for one."""
_WHY = re.compile("怎么|为什么|为啥|理由|原因|打算|措施")
_COUNTED = re.compile("(?:多少|几)个?$")
_PLACE = re.compile("地方|地区|市县|县市|地州|州市")
_OF_PLACE = re.compile("[一-龥](?:市|县|区|州|镇|乡)(?:$|[、,，和等])")
_AUTHORITY = re.compile("[一-龥]{2,}(?:厅|局|委|部门|政府|公司|中心|办公室)")
_SENTENCE = re.compile("[。；;！!？?\n]+")
_QUOTES = re.compile("[“”\"'‘’「」『』《》 ]")
_IDLE = frozenset("了的个是有和在把被给才就都还也又再只各共总到最啊呢吧几多少哪谁")
_ALIKE = (
    frozenset(("行业", "产业", "领域")),
    frozenset(("省", "节约", "结余", "节省")),
    frozenset(("签", "签订", "签约")),
)
_EXPLAINED = re.compile("说明|原因|理由|偏差|措施|改进|备注")
_LABEL = re.compile("^(?:偏差)?(?:原因|说明)(?:分析)?[:：]")
_HELD = 0.6
"""So much of what is said must the passage hold, beside the names."""


@dataclass(frozen=True)
class _Cell:
    """A cell of prose with the names that it stands under."""

    form: int
    row: int
    field: str
    text: str
    names: str


def as_detail(asked: Asked, before: tuple[tuple[int, ...], tuple[RowId, ...]] = ((), ())) -> Meaning | None:
    """The sentences of one cell that hold every detail asked for; None where no cell, or more than one, does.

    ``before``: the forms and rows of the last answer, which are meant where nothing is named.
    """
    wants = list(_wants(asked.reading.text))
    if not wants:
        return None
    words = _words(asked)
    forms, rows = _among(asked, words, before)
    words = [word for word in words if not _is_the_form(word, forms, asked)]
    explained = _EXPLAINED.search(asked.reading.text) is not None
    if not 0 < len(forms) <= _FEW or (not words and not (explained or before[0])):
        return None
    found: list[tuple[float, _Cell, tuple[str, ...]]] = []
    # A word that all are called by (企业) may have found another row than the one that tells.
    for among in (rows, ()) if rows and not explained else (rows,):
        found = found or [
            (share, cell, told)
            for cell in _cells(asked, forms, among, explained=explained)
            if (told := _sentences(cell, wants, words)) and (share := _held(words, cell, wants)) >= _HELD
        ]
    best = max((share for share, _, _ in found), default=0)
    likely = [(cell, told) for share, cell, told in found if share == best]
    if len({tuple(_LABEL.sub("", one) for one in told) for _, told in likely}) != 1:
        return None
    named = {form for form, _ in rows}
    if len(named) > 1 and not named <= {cell.form for cell, _ in likely}:
        # Of several forms that are named alike each may tell its own.
        return None
    cell, told = likely[0]
    whole = _WHY.search(asked.reading.text)
    where = () if whole else (Condition(field=cell.field, op="contains", texts=told),)
    if cell.row:
        place = ((cell.form, cell.row),)
        return one(Query(of="indicators", rows=place, where=where, show=(cell.field,), ask="quote"))
    return one(Query(of="forms", forms=(cell.form,), where=where, show=(cell.field,), ask="quote"))


def _is_the_form(word: str, forms: Sequence[int], asked: Asked) -> bool:
    """战新: what the one form is called, though no cell of it says so."""
    if len(forms) != 1 or asked.scope.forms != tuple(forms) or len(asked.reading.phrases) < 2:
        return False
    named = asked.entities.match([word], None, projects=True)
    return named.forms == tuple(forms) and not named.left.strip()


def _among(
    asked: Asked, words: Sequence[str], before: tuple[tuple[int, ...], tuple[RowId, ...]]
) -> tuple[tuple[int, ...], tuple[RowId, ...]]:
    """The forms, and the rows where any are named, whose prose is read."""
    scope = asked.scope
    counted = [o for o in asked.reading.offices if _COUNTED.search(asked.reading.text[: o[0]])]
    if counted:
        offices = [o for o in asked.reading.offices if o not in counted]
        scope = scope_of(replace(asked.reading, offices=offices), asked.entities, None)
    if scope.given or (not scope.named and before[0]):
        return (scope.forms or ()) if scope.given else before[0], () if scope.given else before[1]
    if scope.forms is not None and len(scope.forms) <= _FEW:
        return scope.forms, scope.rows
    told = asked.entities.passages(words) if words else ()
    return tuple(dict.fromkeys(form for form, _ in told)), ()


@dataclass(frozen=True)
class _Want:
    """One detail: ``kind`` number, also (another number), list, place or who, with the words around it."""

    kind: str
    unit: str
    verb: str
    noun: str


def _wants(text: str) -> Iterator[_Want]:
    for found in _NUMBER.finditer(text):
        verb = "".join(c for c in found["verb"] if c not in _IDLE)[-2:]
        noun = re.split("[的了是,;]", found["noun"])[0].strip("啊呢吧钱来")
        unit = found["unit"] or ("万元" if "钱" in found["noun"] else "")
        if unit == "个" and noun[:1] == "人":
            unit, noun = "人", noun[1:]
        # 发了多少人、多少万: of what was done before.
        also = not (verb or noun) and text[: found.start()].endswith(("、", "和", ",", "及"))
        yield _Want("also" if also else "number", unit, verb, noun)
    for found in _LISTED.finditer(text):
        yield _Want("list", "", "", re.split("[的了是]", found["noun"])[0])
    for found in _WHICH_PLACE.finditer(text):
        yield _Want("place", "", "", found["kind"] or found["short"])
    for _ in _WHO.finditer(text):
        yield _Want("who", "", "", "")


def _words(asked: Asked) -> list[str]:
    """What was said and is no known word, in runs that the library has."""
    found = []
    for mention in asked.reading.phrases:
        text = mention.text.strip("的了")
        known = [asked.entities.knows(pair) for pair in pairs(text)]
        found += [text[start : end + 1] for start, end in spans(known)] or [text]
    return [word for word in dict.fromkeys(found) if len(word) > 1]


def _cells(asked: Asked, forms: Sequence[int], rows: Sequence[RowId], *, explained: bool) -> Iterator[_Cell]:
    for number in forms:
        own = asked.entities.by_number[number]
        name = own.record["project_name"].text
        if not rows:
            fields = ("note",) if explained else ("goal_actual", "note")
            yield from (_Cell(number, 0, field, own.record[field].text, name) for field in fields)
        for record in own.indicators:
            if rows and (number, record.row or 0) not in rows:
                continue
            for field in ("explanation",) if explained else ("explanation", "actual"):
                names = f"{name} {record['name'].text}"
                yield _Cell(number, record.row or 0, field, record[field].text, names)


def _sentences(cell: _Cell, wants: Sequence[_Want], words: Sequence[str]) -> tuple[str, ...]:
    """The sentences that hold the details, in their order; none where one of them is not held.

    Of several that hold one, that which tells the most of what was said, where one alone does.
    """
    sentences = [part.strip() for part in _SENTENCE.split(cell.text) if len(part.strip()) > _FEW]
    chosen: set[int] = set()
    for want in wants:
        holding = [at for at, sentence in enumerate(sentences) if _holds(_plain(sentence), want)]
        told = {at: sum(_covered(word, _plain(sentences[at])) for word in words) for at in holding}
        best = [at for at in holding if told[at] == max(told.values())]
        if len(best) != 1:
            return ()
        chosen.add(best[0])
    return tuple(sentences[at] for at in sorted(chosen))


def _plain(text: str) -> str:
    return _QUOTES.sub("", normal(text))


def _holds(sentence: str, want: _Want) -> bool:
    if want.kind == "who":
        return _AUTHORITY.search(sentence) is not None and _URGED.search(sentence) is not None
    if want.kind == "place":
        return re.search(f"[一-龥]{{2,}}{want.noun}(?!里|内|上)", sentence) is not None
    if want.kind == "list":
        items = "、" in sentence
        if _PLACE.search(want.noun):
            return items and len(_OF_PLACE.findall(sentence)) > 1
        return items and bool(want.noun) and _tells(sentence, want.noun[-2:])
    return any(_holds_number(clause, want) for clause in re.split("[,，、]", sentence))


def _holds_number(clause: str, want: _Want) -> bool:
    """A number in the unit, beside the thing that is counted, else beside what was done."""
    unit = _unit(want)
    if not unit and (want.kind == "also" or want.verb[-1:] not in _OF_MONEY):
        return False
    number = re.search(f"[0-9](?:[0-9.]*){unit or '(?:万元?|亿元?|元)'}", clause)
    if number is None or want.kind == "also":
        return number is not None
    word = want.noun[:2] if len(want.noun) > 1 else want.verb[-1:]
    return bool(word) and _tells(clause, word)


def _unit(want: _Want) -> str:
    """How a sentence writes the unit; "" where none was said."""
    if want.unit in ("万", "万元"):
        return "万元?"
    if want.unit == "块":
        return "元"
    persons = want.unit in "人名位" or (want.unit == "个" and not want.noun)
    return _PERSONS if want.unit and persons else re.escape(want.unit)


def _tells(text: str, word: str) -> bool:
    """Whether ``text`` has the word, or another for the same."""
    alike = next((group for group in _ALIKE if word in group), frozenset((word,)))
    return any(one in text for one in alike)


def _held(words: Sequence[str], cell: _Cell, wants: Sequence[_Want]) -> float:
    """How much of what was said, beside what is asked for, the cell and its names hold."""
    text = f"{_plain(cell.text)} {_plain(cell.names)}"
    wanted = held = 0
    for word in words:
        if any(word in want.noun or want.noun[:2] == word for want in wants):
            continue
        for part in told_parts(word) or [(word,)]:
            size = max(len(one) for one in part)
            wanted += size
            held += max(_covered(one, text) for one in part)
    return held / wanted if wanted else 1.0


def _covered(word: str, text: str) -> int:
    held = [False] * len(word)
    for at, pair in enumerate(pairs(word)):
        if pair in text:
            held[at] = held[at + 1] = True
    return sum(held)
