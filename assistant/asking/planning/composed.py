"""Questions with two figures or more, clause by clause: A加B一共多少, A比B多多少, A占B的几成, A和B对得上吗."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.asking.language.words import bundled_words
from assistant.asking.planning.meaning import Meaning
from assistant.asking.planning.operands import Operand, Understand, operand_of
from assistant.asking.reading.entities import Entities
from assistant.asking.reading.mentions import Reading
from assistant.asking.records.query import Step, StepKind
from assistant.form.numerals import number_of

_OWN = "(?:要|还|又|竟然?|居然|反而|反倒|倒|实际|就|各|到底|具体|究竟|都|总共|一共)*"
_MORE = f"{_OWN}(?:多|少|高|低|大|小|超|差|贵|省)(?:出来?|了|上)*"
_UNIT = "(?:万元?|亿元?|元|块|钱|分|个?百分点|个点|%|[个条项家人名次场期篇天份张])*"
_MUCH = f"{_OWN}(?:多少|几){_UNIT}(?:钱)?"
_AND = "(?:和|跟|与|同|、)"
_FITS = (
    "(?:到底|究竟)?(?:能不能|能否|可否|能|是不是|是否|会不会)?(?:完全|正好|刚好)?"
    "(?:对不对得上|对得上对不上|对得上|对不上|对上|一致|相等|相符|相同|一样|吻合|合得上|扯得平|持平)(?:号)?了?(?:吗|不|么|没有|没|否|不是)?"
)
_BETWEEN: tuple[tuple[StepKind, str, str], ...] = (
    ("difference", "相比于?|相较于?|比起|较之|比(?![例重率较])", f"{_MORE}{_MUCH}"),
    ("difference", _AND, f"(?:之间)?{_OWN}(?:相差|差额|差距|差)(?:是|了|有)?{_MUCH}"),
    ("difference", "减去?", f"(?:是|等于|得|剩|还剩){_MUCH}"),
    ("quotient", "相当于|等于|顶|是", "的?(?:多少|几)倍"),
    ("quotient", "除以|÷", f"(?:是|等于|得){_MUCH}"),
    (
        "share",
        "(?:只|才|能|就|约|大概|大约|一共|总共)*占(?:到|了|去)*",
        "(?:的|里头?|里面|当?中)*(?:百分之(?:几|多少)|比例|比重|百分比|几成|份额|几分之几"
        "|多少(?:个?百分点|%)?|多大(?:的?(?:比例|比重|一块))?)(?:是|为|有|达)?(?:多少|几|多大|多高)?",
    ),
    ("same", "和|跟|与|同", _FITS),
    ("same", "(?:是不是|是否|等不)?等于", "(?:吗|么|不|没有?)?"),
)
_SIGNS = tuple((op, re.compile(sign), re.compile(f"(?P<b>.+?){end}")) for op, sign, end in _BETWEEN)
"""What stands between two figures, and what follows the second."""
_ADDED = re.compile(
    "(?:加起来|加一起|加在一起|加到一起|合起来|合在一起|合计|一共|总共|相加|之和|一加|加总|总和|累加|统共|共计)"
    f"(?:的|是|为|有|得|算|数)*(?:{_MUCH})?(?:的)?"
)
_PIECES = re.compile("、|加上?|和|跟|与|以及|还有|\\+")
_PLUS = re.compile("加上?|\\+")
_COUNTED = re.compile(
    "(?P<n>[0-9]+|[两二三四五六七八九十]+)(?:个|块|项|条|笔|张|家|份|行)(?:指标|项目|表)?(?:的)?"
)
_EACH = re.compile("(?P<listed>.+?)(?:各自?|分别)(?P<asked>[^,;]+)")
_NUMBER = re.compile("(?P<n>[0-9]+(?:\\.[0-9]+)?)(?P<unit>万元?|亿元?|元|块|分|%|[个条项家人名次场期篇天])?")
_MUCH_AT_END = re.compile(f"(?:是|为|有)?{_MUCH}$")
_AGAINST = re.compile(
    "(?:哪[个边条项张头笔]|谁)的?[一-龥]{0,3}?得?(?:更|要|比较)?(?:多|少|高|低|大|小|好|差)(?:一?些|一点)?"
    f"|(?:两[者个边])?(?:之间)?(?:相?差|相差|差距){_MUCH}|(?:多|少){_MUCH}"
)
_CUT = re.compile(
    f"(?<=[多少高低大小超])(?:了|出|一些|一点)*,{_OWN}(?:[多少高低大小超]|超)(?:出|了)*(?={_MUCH}$)"
)
_DIGITS = re.compile("[(（]?(?:保留|取|精确到)?(?:小数点后)?[一两二三四0-9]位(?:小数)?[)）]?")
_WHOLE = re.compile(
    "全部|所有|全区|全厅|整个|总盘子|每个项目|各项目|(?:[0-9]+|[一二两三四五六七八九十]+)个项目|全年度?总"
)
_OTHERS = re.compile(
    "(?:除(?:了|去)?(?:它|这[个张条])?(?:以外|之外|外)?的?)?(?:其他|其余|其它|别的|余下的?|剩下的?|另外)(?:的)?"
    "(?:[0-9]+|[一二两三四五六七八九十]+)?(?:[个张家])?(?:项目|表|单位)?(?:的)?"
)
_IT = re.compile(
    "^(?:这|它|其|该|本|自己|自身|这个|该个|那个|那张|这张|同一?张)(?:项目|表|专项)?(?:自己|本身)?的?(?:那|这)?"
)
_LIGHT = re.compile(
    "(?:合计|总|得)?(?:数|结果|式子|算式)?(?:也)?(?:给我|报我|列出来|列一下|说一下|写出来|要有)?"
)


_TWO = 2
_OF_FORMS = frozenset(
    ("budget", "executed", "initial", "unspent", "overspent", "total", "rate", "exec_score")
)
_AMONG = re.compile(
    "其中(?P<a>.+?)(?:只|就|约|大概)*占(?:到|了|去)*"
    "(?:百分之(?:几|多少)|多大(?:的?(?:比例|比重))?|多少|几成|比例|比重)(?:是|为|有)?(?:多少|多大|多高)?"
)
"""Of the sum asked before the part that one thing has."""


@dataclass(frozen=True)
class _Part:
    """A figure with its place among the terms and results; ``operand`` None for a result."""

    place: int
    operand: Operand | None


def computes(meaning: Meaning) -> bool:
    """Whether a meaning already sets figures against each other."""
    return any(
        query.ask in ("compare", "ratio", "check", "how", "place", "term")
        or any(measure.op in ("share", "range") for measure in query.measures())
        or {"gap", "completion", "unspent", "overspent"}
        & {*query.show, query.order.field if query.order else ""}
        for query in meaning.queries
    )


def names_each(text: str) -> bool:
    """Whether one figure for each of several things is asked."""
    return _EACH.search(text) is not None


def may_be_composed(text: str) -> bool:
    """Whether any words of ``text`` set figures against each other, or add them up."""
    return sets_against(text) or re.search("加|一共|总共|合计|之和|总和", text) is not None


def sets_against(text: str) -> bool:
    """Whether any words set figures against each other, and do not only add them up."""
    return (
        re.search(
            "比|差|占|倍|等于|对[得不能]|对上|一致|相等|相符|吻合|一样|相同|持平|减|除以|[哪谁][^,;]{0,4}[多少高低大小]",
            text,
        )
        is not None
    )


def as_composed(
    text: str, before: Operand | None, understand: Understand, entities: Entities
) -> Meaning | None:
    """The meaning of ``text``; ``before``: what gave the one figure of the last answer."""
    return _Composer(before, understand, entities).meaning(text)


class _Composer:
    def __init__(self, before: Operand | None, understand: Understand, entities: Entities) -> None:
        self.understand = understand
        self.entities = entities
        self.terms: list[Operand] = []
        self.steps: list[Step] = []
        self.context = ""
        self.before = before
        self.known: dict[str, Operand | None] = {}

    def meaning(self, text: str) -> Meaning | None:
        text = _CUT.sub("", _DIGITS.sub("", text))
        each = False
        for clause in _clauses(text):
            if _is_light(clause):
                continue
            if self._each(clause):
                each = True
            elif self._among(clause):
                continue
            elif not any(
                taken(clause) for taken in (self._computed, self._added, self._against, self._figure)
            ):
                if self.terms or _asks(clause):
                    return None
                self.context += f"{clause},"
        if not (self.steps or (each and len(self.terms) > 1)):
            return None
        first = self.terms[0].query.model_copy(update={"steps": self._steps()})
        queries = (first, *(term.query for term in self.terms[1:]))
        return Meaning(queries=queries, labels=self._labels())

    def _labels(self) -> tuple[str, ...]:
        """What the terms are called; those that are called the same with their projects."""
        labels = [term.label for term in self.terms]
        return tuple(
            f"“{self.entities.by_number[term.form].record['project_name'].text}”的{term.label}"
            if labels.count(term.label) > 1 and term.form is not None
            else term.label
            for term in self.terms
        )

    def _steps(self) -> tuple[Step, ...]:
        """The steps with the places of results counted after all of the terms."""

        def placed(place: int) -> int:
            return place if place >= 0 else len(self.terms) - 1 - place

        return tuple(
            step.model_copy(update={"of": tuple(placed(place) for place in step.of)}) for step in self.steps
        )

    def _among(self, clause: str) -> bool:
        """其中中央频占费占多少, after a sum over all: the part that it has of that."""
        found = _AMONG.fullmatch(clause)
        if found is None or not self.terms or self.steps:
            return False
        whole = self.terms[-1]
        part = self._beside(found["a"], whole)
        if part is None or part.query == whole.query:
            return False
        self.steps.append(Step(op="share", of=(self._part(part).place, len(self.terms) - 2)))
        return True

    def _each(self, clause: str) -> bool:
        """A和B各完成了多少: one figure for each thing named."""
        found = _EACH.fullmatch(clause)
        if found is None:
            return False
        for pieces in _ways(found["listed"]):
            figures = [self._operand(f"{piece}{found['asked']}") for piece in pieces]
            known = [figure for figure in figures if figure is not None]
            if len(known) == len(pieces) == len({figure.query for figure in known}):
                self.terms += known
                return True
        return False

    def _computed(self, clause: str) -> bool:
        for op, sign, end in _SIGNS:
            for found in sign.finditer(clause):
                right = end.fullmatch(clause, found.end())
                if right is None:
                    continue
                left = clause[: found.start()]
                if (number := _NUMBER.fullmatch(right["b"])) is not None:
                    if self._against_number(op, left, number):
                        return True
                elif (parts := self._pair(left, right["b"])) is not None:
                    self.steps.append(Step(op=op, of=tuple(part.place for part in parts)))
                    return True
        return False

    def _against_number(self, op: StepKind, left: str, number: re.Match[str]) -> bool:
        """比100万多多少, 跟14.85对得上吗: a figure against a number that was said."""
        first = self._first(left, "")
        if first is None:
            return False
        unit = {"万": "万元", "块": "元", "百分点": "%"}.get(number["unit"], number["unit"] or "")
        self.steps.append(Step(op=op, of=(first.place,), number=Decimal(number["n"]), unit=unit))
        return True

    def _pair(self, left: str, right: str) -> tuple[_Part, ...] | None:
        """The two figures of a clause; nothing said on the left means the last figure."""
        others = _OTHERS.search(right)
        terms, steps = list(self.terms), list(self.steps)
        first = self._first(left, "" if others else right)
        if first is None:
            return None
        second = self._others(right, others, first) if others else self._second(right, first)
        if second is None or (first.operand is not None and second.query == first.operand.query):
            self.terms, self.steps = terms, steps
            return None
        return (first, self._part(second))

    def _first(self, left: str, right: str) -> _Part | None:
        """The figure on the left: named, added up, asked of what is on the right too, or the last one."""
        if not left.strip("的"):
            return self._last()
        found = self._operand(left)
        if found is None and _PLUS.search(left) and any(self._pieces(pieces) for pieces in _ways(left)):
            return _Part(-len(self.steps), None)
        if found is None and right:
            second = self._operand(right)
            found = self._beside(left, second) if second is not None else None
        return self._part(found) if found is not None else None

    def _last(self) -> _Part | None:
        if self.steps:
            return _Part(-len(self.steps), None)
        if self.terms:
            return _Part(len(self.terms) - 1, self.terms[-1])
        if self.before is None:
            return None
        return self._part(self.before)

    def _part(self, operand: Operand) -> _Part:
        self.terms.append(operand)
        return _Part(len(self.terms) - 1, operand)

    def _operand(self, text: str) -> Operand | None:
        if text not in self.known:
            found = operand_of(f"{self.context}{text}", self.understand, self.entities)
            self.known[text] = found or (
                operand_of(text, self.understand, self.entities) if self.context else None
            )
        return self.known[text]

    def _second(self, text: str, first: _Part) -> Operand | None:
        """What the first figure is set against: named itself, or of the same form, or of the same field."""
        owner = first.operand or (self.terms[0] if self.terms else None)
        own = _IT.sub("", text)
        if owner is None:
            return self._operand(own)
        _, reading = self.understand(own)
        named = reading.names_something() or reading.sources
        if reading.fields and not named and not _WHOLE.search(own) and owner.form is not None:
            if (
                own == text
                and _alike(owner, reading)
                and (exchanged := _field_exchanged(owner, own)) is not None
            ):
                found = operand_of(exchanged, self.understand, self.entities)
                if found is not None and found.form == owner.form and found.query != owner.query:
                    return found
            return operand_of(f"{owner.form}号表的{own}", self.understand, self.entities)
        if own != text and owner.form is not None:
            return operand_of(f"{owner.form}号表的{own}", self.understand, self.entities)
        if not reading.fields and (named or _WHOLE.search(own)):
            return self._beside(own, owner)
        return self._operand(own)

    def _beside(self, text: str, other: Operand) -> Operand | None:
        """A name, or all, with what is asked of the other figure: 离退休处, beside 轻工处的预算合计."""
        tail = _tail(other.reading)
        if not tail:
            return None
        for said in (f"{text}{tail}", f"{text}的{tail}"):
            found = operand_of(said, self.understand, self.entities)
            if found is not None and found.field == other.field:
                return found
        return None

    def _others(self, text: str, others: re.Match[str], first: _Part) -> Operand | None:
        """其他项目的平均分: over all but the form of the first figure."""
        owner = first.operand
        if owner is None or owner.form is None:
            return None
        whole = f"所有项目的{text[: others.start()]}{text[others.end() :]}"
        found = operand_of(whole, self.understand, self.entities)
        if found is None or found.field != owner.field:
            field = owner.reading.fields[-1].text if owner.reading.fields else ""
            found = operand_of(f"{whole}{field}", self.understand, self.entities) if field else None
        if found is None or found.query.forms is not None or found.field != owner.field:
            return None
        query = found.query.model_copy(update={"without": (owner.form,)})
        return replace(found, query=query, label=f"其余项目{whole.removeprefix('所有项目的')}")

    def _added(self, clause: str) -> bool:
        """A、B两项一共多少: several figures added up."""
        ends = [found for found in _ADDED.finditer(clause) if found.end() == len(clause)]
        if not ends:
            return False
        listed = clause[: ends[0].start()]
        if len(self.terms) > 1 and not listed.strip("的两三四五几者个都"):
            self.steps.append(Step(op="sum", of=tuple(range(len(self.terms)))))
            return True
        if (whole := self._operand(clause)) is not None:
            self._part(whole)
            return True
        return any(self._pieces(pieces) for pieces in _ways(listed))

    def _pieces(self, pieces: Sequence[str]) -> bool:
        number = next((found for found in [_COUNTED.search(pieces[-1])] if found), None)
        if number is not None and number_of(number["n"]) == len(pieces):
            pieces = [*pieces[:-1], pieces[-1][: number.start()] + pieces[-1][number.end() :]]
        elif number is not None:
            return False
        last = self._operand(pieces[-1])
        if last is None:
            return False
        found: list[Operand] = []
        for piece in pieces[:-1]:
            one = self._operand(piece)
            one = (
                one
                if one is not None and one.field == last.field
                else self._beside(self.context + piece, last)
            )
            if one is None:
                return False
            found.append(one)
        found.append(last)
        if len({one.query for one in found}) < len(found):
            return False
        self.steps.append(Step(op="sum", of=tuple(self._part(one).place for one in found)))
        return True

    def _against(self, clause: str) -> bool:
        """谁多, 差多少: the last two figures."""
        if len(self.terms) < _TWO or self.steps or not _AGAINST.fullmatch(clause):
            return False
        self.steps.append(Step(op="difference", of=(len(self.terms) - 2, len(self.terms) - 1)))
        return True

    def _figure(self, clause: str) -> bool:
        """A clause that asks for one figure of its own."""
        if not _asks(clause):
            return False
        found = self._operand(clause)
        if found is None and self.terms:
            found = self._like_the_last(clause)
        if found is not None:
            self._part(found)
        return found is not None

    def _like_the_last(self, clause: str) -> Operand | None:
        """实际加起来是多少, 离退休处两个项目平均多少: the last figure with another name or field."""
        last = self.terms[-1]
        said = _MUCH_AT_END.sub("", clause)
        _, reading = self.understand(said)
        named = reading.names_something() or reading.sources
        if reading.fields and not named and _alike(last, reading) and len(reading.fields) == 1:
            exchanged = _field_exchanged(last, reading.fields[0].text)
            found = operand_of(exchanged, self.understand, self.entities) if exchanged else None
            return found if found is not None and found.form == last.form else None
        if named and not reading.fields and last.reading.fields:
            field = last.reading.fields[-1].text
            found = operand_of(f"{said}的{field}", self.understand, self.entities)
            found = found or operand_of(f"{said}{field}", self.understand, self.entities)
            same = found is not None and (found.field, found.op) == (last.field, last.op)
            return found if same else None
        return None


def _clauses(text: str) -> Iterator[str]:
    yield from (clause for clause in re.split("[,;]", text) if clause)


def _asks(clause: str) -> bool:
    return re.search("多少|几(?![十百千])|哪|谁|什么|吗$|怎", clause) is not None


def _is_light(clause: str) -> bool:
    return bool(_LIGHT.fullmatch(clause) or bundled_words().light.fullmatch(clause))


def _ways(listed: str) -> Iterator[list[str]]:
    """Ways to divide a list: at every sign, or at each single one."""
    signs = list(_PIECES.finditer(listed))
    whole = [piece for piece in _PIECES.split(listed) if piece]
    if len(whole) > 1:
        yield whole
    if len(signs) > 1:
        for sign in signs:
            if listed[: sign.start()] and listed[sign.end() :]:
                yield [listed[: sign.start()], listed[sign.end() :]]


def _alike(owner: Operand, reading: Reading) -> bool:
    """Whether the field said is of the same sort of record: a budget is no cell of an indicator."""
    return owner.query.of != "indicators" or not {m.name for m in reading.fields} & _OF_FORMS


def _field_exchanged(owner: Operand, text: str) -> str | None:
    """The words of the first figure with another field."""
    if not owner.reading.fields:
        return None
    # Of a name with two words for fields the one that is asked for stands last.
    field = owner.reading.fields[-1]
    said = owner.reading.text
    return f"{said[: field.start]}{text}{said[field.end :]}"


def _tail(reading: Reading) -> str:
    """What is asked of what is named: all after the last name."""
    ends = [end for _, end, _ in reading.offices] + [m.end for m in reading.phrases]
    return re.sub("(?:是多少|是几)$", "", reading.text[max(ends, default=0) :]) if reading.fields else ""
