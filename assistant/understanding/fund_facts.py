"""Amounts of the 项目资金 block: which of its cells an amount belongs to, and what follows from it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal

from assistant.form.model import Form, Frozen, FundLine
from assistant.form.rounding import plain
from assistant.understanding.quantities import Quantity, find_quantities
from assistant.understanding.reading import Doubt, Reading

Line = Literal["total", "fiscal", "carried", "other", "central", "local"]
Column = Literal["initial", "budget", "executed"]
Change = Literal["", "more", "less", "left"]

_LINES: dict[Line, str] = {
    "total": r"总额|合计|总计",
    "fiscal": r"财政拨款|财政资金",
    "carried": r"结转|结余",
    "other": r"其他资金|其他|单位资金|自筹",
    "central": r"中央",
    "local": r"地方",
}
_LABELS: dict[Line, str] = {
    "total": "年度资金总额",
    "fiscal": "其中：当年财政拨款",
    "carried": "上年结转资金",
    "other": "其他资金",
    "central": "其中：中央财政资金",
    "local": "地方资金",
}
_SOURCES: tuple[tuple[Line, str], ...] = (
    ("carried", r"结转|上年结余|上年度结余|往年结余|存量资金"),
    (
        "other",
        r"其他(?:资金|来源)|自己(?:又)?(?:掏|出|拿|筹|垫|凑|补)|自筹|自有资金|单位资金|社会(?:资本|资金)|非财政|企业(?:投入|配套|自筹)"
        r"|捐赠|事业收入|其他(?=$|\d)",
    ),
    (
        "fiscal",
        r"财政(?:拨款|资金|拨付|补助|安排|预算内|专项|投入|的|[拨给批](?=了?\d|了?$))|(?:中央|省级?|自治区|市级?|区级?|县级?"
        r"|本级|上级|同级|[省市区县镇乡]里)(?:财政|补助|专项|[\u3400-\u9fff]{0,4}资金|拨款|配套)|地方(?:财政|配套|资金)|财政(?=$|\d|出)|拨款|专项债|一般公共预算"
        r"|(?:中央|[省市区州县]级?|自治区|本级|上级|同级)(?=$|\d|[这那](?:边|块|头|部分)|部分)"
        r"|国债",
    ),
)
_TRANSFER_SOURCES: tuple[tuple[Line, str], ...] = (
    ("central", r"中央"),
    ("local", r"地方|省级?财政|市级?财政|县级?财政|自治区财政|省级|市级|县级|配套"),
    ("other", r"其他|自筹|社会"),
)
_EXECUTED = re.compile(
    r"执行|支出|支付|列支|(?:发|拨|付|打|划|兑)(?:下|出)去了?|实[支付花]|支[了掉]|花|[用使](?:脱|掉|去|完|出去)了?|使了|发了|发放了|拨了|用了|用掉|用去|使用|支付|付了|付出|付款|付掉|开支|决算数?|报销|消耗|兑付|兑现|完成投资"
    r"|(?:已经?|实际|全部|只|才|累计)(?:拨付?|付|发放?)|拨付了|拨付到位|拨出"
)
_PLANNED_SPENDING = re.compile(r"(?:计划|预计|打算|准备|拟)(?:花|用|投入|支出|使用|安排)")
_ADJUSTED = re.compile(
    r"(?:调整|(?<!下)(?<!上)调(?!查|研|解|配|度)|变更|追加|调增|调减|压减|核减|增加|减少|追减|压缩|增|减)(?:了|以)?(?:后|到|为|至|成)"
    r"|全年预算|调整预算|调整后|最终预算|(?:改|变)(?:成|为|到)"
)
_INITIAL_SET = re.compile(
    r"(?:年初|期初|初始)(?:批复)?的?预算数?(?:应该?|要)?(?:改|更正|变|调整?|修改|填|写)(?:成|为|到)?$"
)
_INITIAL = re.compile(r"年初|期初|批复|初始|原(?:来的?|定|先的?)预算|(?:由|从)$")
_BUDGET = re.compile(
    r"预算|安排|下达|批(?:了|下来|给)|总?投资|总额|投[入了]|到位|经费|资金|拨款|核定|立项金额|金额|补助|需要?|规模|(?:钱|款)(?=[是有共]|一共|总共)"
)
_PAYMENT = re.compile(r"(?:首付|预付|进度|中期|验收|结算|[首一二三四]期|第[一二三四\d][笔期次])款?")
"""A payment among several: what was spent is their sum."""
_BUDGET_AND_SPENT = re.compile(
    r"预算数?(?:和|与|跟|、|及)(?:实际)?(?:支出|执行|支付)数?(?:都|均|各)(?:是|为)?$"
)
_GIVEN = re.compile(
    r"(?:上级|上[头面边]|中央|国家|财政|地方|[省市区县镇乡][里级]?)[^，]{0,4}(?:拨|给|批|补|配|下达|安排)(?:付|款|套)?(?:了|过来|下来)+$"
    r"|(?:拨|给|批|安排)(?:了|给)?(?:我们|我[局处院校站所馆]|咱们|单位|下来)(?:的|了)?(?:是|有)?$"
)
_ALL_MONEY = re.compile(
    r"(?:这|那|本|我们|今年|全年|年度)?(?:笔|个)?的?(?:项目|专项|总|补助|补贴)?的?资金(?:那?块|这边|方面|的话)?(?:一共|总共|共|有|是|为|约|：|，)*"
)
"""Money without a word of its source: the whole budget."""
_MORE = re.compile(r"(?:追加|增加|调增|增拨|补充|新增|追拨|多给)(?:了|预算|资金|经费|拨款)*$")
_LESS = re.compile(r"(?:核减|调减|压减|减少|收回|压缩|扣减|追减|砍|砍掉|扣)(?:了|预算|资金|经费)*$")
_LEFT = re.compile(
    r"(?:还?剩|剩余|剩下|结余|余下|没花|未花|未支出|没用|还有|没执行|未执行|没支付)(?:了|有|下|的|资金"
    r"|预算|完)*$"
)
_LEFT_AFTER = re.compile(r"^(?:资金|经费|钱)?(?:没有?|未|还没)(?:花|用|支|付|执行|拨|使用)")
_ALL_SPENT = re.compile(
    r"(?:全部|全都|都|全|均|已经?|一分不剩|一分没剩)[^，。没未]{0,4}?(?:用完|花完|执行完|支出完|支付完"
    r"|花光|用光|付清|付完|付了|结清|执行到位|执行完毕|支出完毕|使用完毕|支付完毕|用掉|花掉|执行了|花了|用了|支出了"
    r"|支付了|支出(?=$)|执行(?=$)|支付(?=$)|拨付(?=$)|使用(?=$))|(?:用完|花完|花光|执行完毕|支出完毕|使用完毕|支付完毕"
    r"|执行完|(?<!没)(?<!未)(?:支|花|用)(?:完|光|干净))了?$"
    r"|^(?:钱|款|资金|经费|补贴|补助|奖金|津贴|慰问金)?(?:已经?)?(?:全部|全都|都|全)已?(?:发完|发放完|发了|发放了|拨了|拨完)了?$"
)
_ALL_FISCAL = re.compile(
    r"(?:都是|全部是|全是|均为|全部为|全部来自|全部由|都由|都来自|均来自|全额"
    r"|全部)(?P<source>[^，。]{0,8}?(?:财政|拨款|自筹|自有资金|其他资金|结转)[^，。]{0,6})"
)
_ONLY_SOURCE = re.compile(
    r"(?:项目|全部|所有)?(?:的)?(?:资金|钱|经费|预算|款)?(?:来源)?(?:都|全部?|均)?(?:就?是|为|来自|来源于|由|用的?是?|靠)?"
    r"(?P<source>(?:当年|本年|中央|自治区|省|市|区|县|上级|本级|同级|级|一般公共预算|的|专项|地方)*"
    r"(?:财政(?:拨款|资金|补助|预算|专项|拨付|的|安排|出)*(?:资金|钱|补助)?|专项债券?(?:资金)?|债券资金|国债(?:资金)?|补助资金|补助"
    r"|(?:衔接|转移支付|专项)资金|拨款|自筹(?:资金)?|自有资金|单位自筹(?:资金)?|其他资金))"
    r"(?:安排|解决|保障|承担|出)?的?"
)
_UNCHANGED = re.compile(
    r"(?:没有?|未|无)(?:做|作|进行|发生)?(?:过)?(?:调整|变化|变动|追加|增减|调过)"
    r"|没变|不变|没调|没动|一样的?$|相同$|一致$"
)
_ABOUT_BUDGET = re.compile(r"预算|年初|调整|追加|调过|增减")
_RATE = re.compile(
    r"执行率|支出率|支付率|使用率|(?:执行|支出|支付|用款|付款|拨付|资金)(?:进度|比例)|(?:钱|资金|预算|经费)(?:已|共)*(?:花|用|执行|支出|支付)(?:了|掉|到)*$"
)


class Role(Frozen):
    """The cells an amount belongs to. ``change``: it is added to, taken from, or left over of the budget.

    ``inherited``: the line is that of the amount before, so a larger amount means the total again.
    ``part``: the money of one government level, of which a form holds only the sum.
    """

    line: Line = "total"
    columns: tuple[Column, ...] = ()
    change: Change = ""
    inherited: bool = False
    part: bool = False


def role_of(subject: str, after: str, form: Form, before: Role | None) -> Role | None:
    """The role that the words around an amount give it; ``before`` is that of the amount before it.

    None where the words speak of no money of the project.
    """
    line = _line(subject, form)
    if spelled := _spelled(subject, line, form):
        return spelled
    columns = _columns(_without_source(subject, form), form)
    if (_LEFT.search(subject) and line is None) or _LEFT_AFTER.match(after):
        return Role(line=line or "total", columns=("executed",), change="left")
    if _MORE.search(subject):
        return Role(columns=("budget",), change="more")
    if _LESS.search(subject):
        return Role(columns=("budget",), change="less")
    if columns:
        follows = line is None and _inherits(subject, before)
        inherited = before.line if before is not None and follows else "total"
        part = _is_part(subject) or bool(_PAYMENT.search(subject) and columns == ("executed",))
        return Role(line=line or inherited, columns=columns, inherited=follows, part=part)
    if line is not None:
        return Role(line=line, columns=before.columns if before else _both(form), part=_is_part(subject))
    if re.match(r"的?(?:这个)?(?:项目|经费|预算|资金|专项|总投资)", after) or _ALL_SPENT.search(after):
        return Role(columns=_both(form))
    bare = not re.sub(r"[是为共有了约即合计总一，、到了其中和\s□]", "", subject)
    further = before is not None and before.part and "executed" in before.columns and _PAYMENT.search(subject)
    if before is not None and before.part and bare and re.search("共|合计|总计", subject):
        before = Role(columns=before.columns)
    return before if bare or further else None


def _spelled(subject: str, line: Line | None, form: Form) -> Role | None:
    """The role of 预算和支出都是…, and of what a level of government gave."""
    if _BUDGET_AND_SPENT.search(subject):
        return Role(columns=(*_both(form), "executed"))
    if _GIVEN.search(subject):
        return Role(line=line or "fiscal", columns=_both(form), part=_is_part(subject))
    return None


def set_amount(reading: Reading, role: Role, quantity: Quantity) -> None:
    """Writes an amount into its cells, in the form's unit of money, exactly."""
    amount = _in_form_unit(reading.form, quantity)
    if amount is None:
        return
    if quantity.vague or quantity.sign in ("≥", "≤", ">", "<") or quantity.upper is not None:
        reading.doubt(
            Doubt(question=f"“{quantity.text}”不是确切金额，表里要填准确的数，请告诉我准确金额是多少？")
        )
        return
    if quantity.kind == "bare" and amount >= 100000 and reading.form.money_unit == "万元":
        reading.doubt(
            Doubt(question=f"“{quantity.text}”的单位是元还是万元？请带上单位再说一遍，例如“预算60万元”。")
        )
        return
    row = fund_row(reading, role.line)
    if role.inherited and amount > (cell_amount(reading.form.funds[row - 1].budget) or 0):
        row = fund_row(reading, "total")
    if role.change:
        _change(reading, row, role, amount)
        return
    alone = _only_source(reading, row)
    for column in _unsettled(reading, row, role.columns):
        value = plain(_with_parts(reading, row, column, amount, part=role.part))
        reading.set("funds", row, column, value)
        if alone is not None:
            reading.set("funds", alone, column, value)


def is_without_figures(clause: str) -> bool:
    """Whether a clause says that all was spent, or that all came from one source."""
    return bool(_ALL_SPENT.search(clause) or _ALL_FISCAL.search(clause) or _ONLY_SOURCE.fullmatch(clause))


def read_unchanged(reading: Reading, clause: str) -> bool:
    """The adjusted budget is the initial one (没有调整). True where the clause says so."""
    if not _UNCHANGED.search(clause) or not reading.form.funds:
        return False
    row = fund_row(reading, "total")
    line = reading.form.funds[row - 1]
    asked = reading.situation.asked
    about = _ABOUT_BUDGET.search(clause) or (asked is not None and asked.field == "initial")
    if line.budget and not line.initial and about:
        reading.set("funds", row, "initial", line.budget)
        return True
    if not line.initial or (line.budget and "预算" not in clause):
        return False
    reading.set("funds", row, "budget", line.initial)
    for number, source in enumerate(reading.form.funds, 1):
        if number != row and source.initial and not source.budget:
            reading.set("funds", number, "budget", source.initial)
    return True


def read_without_figures(reading: Reading, clause: str) -> bool:
    """All spent, or all from one source: facts that need no figure. True where the clause said so."""
    spent = _ALL_SPENT.search(clause)
    if spent and not re.search(r"(?:没|未|不)(?:有|能)?(?:全部|全|都)?(?:用|花|执|支)", clause):
        row = fund_row(reading, "total")
        line = reading.form.funds[row - 1]
        if line.budget:
            alone = _only_source(reading, row)
            reading.set("funds", row, "executed", line.budget)
            if alone is not None:
                reading.set("funds", alone, "executed", line.budget)
            return True
    all_from = _ALL_FISCAL.search(clause) or _ONLY_SOURCE.fullmatch(clause)
    source = _line(all_from["source"], reading.form) if all_from else None
    if source is None or source == "total":
        return False
    total = reading.form.funds[fund_row(reading, "total") - 1]
    row = fund_row(reading, source)
    for column in ("initial", "budget", "executed"):
        if value := getattr(total, column):
            reading.set("funds", row, column, value)
    return True


def is_rate(subject: str) -> bool:
    """Whether a percentage is the execution rate, which the rules compute."""
    return bool(_RATE.search(subject))


def fund_row(reading: Reading, line: Line) -> int:
    """The number of a fund row, added at the end where the form lacks it."""
    if reading.form.template == "transfer" and line == "fiscal":
        line = "central"
    for number, row in enumerate(reading.form.funds, 1):
        if re.search(_LINES[line], row.label):
            return number
    scored = reading.form.template == "project"
    weight = "10" if line == "total" else "—"
    score = "" if line == "total" else "—"
    new = FundLine(label=_LABELS[line], weight=weight if scored else "", score=score if scored else "")
    return reading.add_line(new)


def line_named(label: str) -> Line | None:
    """The row of the funds that a printed label means; None for other labels."""
    return next((line for line, words in _LINES.items() if re.search(words, label)), None)


def _line(subject: str, form: Form) -> Line | None:
    found: list[tuple[int, Line]] = []
    for line, pattern in _TRANSFER_SOURCES if form.template == "transfer" else _SOURCES:
        found += [(match.end(), line) for match in re.finditer(pattern, subject)]
    found += [
        (match.end(), "total")
        for match in re.finditer(r"总额|合计|总计|总预算|总投资|总的|一共|总共|共计|加起来", subject)
    ]
    return max(found)[1] if found else None


def _both(form: Form) -> tuple[Column, ...]:
    return ("budget",) if form.template == "transfer" else ("initial", "budget")


def _columns(subject: str, form: Form) -> tuple[Column, ...]:
    """The columns that the last telling word names."""
    if _PLANNED_SPENDING.search(subject):
        return _both(form)
    if _EXECUTED.search(subject):
        return ("executed",)
    if re.fullmatch(r"[，；：□\s]*全年(?:共|数|是|为)*", subject):
        return ("budget",)
    if _INITIAL_SET.search(subject) and form.template == "project":
        return ("initial",)
    if _ADJUSTED.search(subject):
        return ("budget",)
    if _INITIAL.search(subject):
        return ("initial",) if form.template == "project" else ("budget",)
    return _both(form) if _BUDGET.search(subject) else ()


def _without_source(subject: str, form: Form) -> str:
    """The words without those that only name a source (财政拨款 says nothing of the column)."""
    for _, pattern in _TRANSFER_SOURCES if form.template == "transfer" else _SOURCES:
        subject = re.sub(pattern, "", subject)
    return subject if _ALL_MONEY.fullmatch(subject) else re.sub(r"资金|拨款", "", subject)


def _is_part(subject: str) -> bool:
    return bool(
        re.search(
            r"中央|自治区|地方|[省市区县镇乡][级里]|[省市县]财政|本级|上级|同级|^[，、和其中□\s]*[省市县区]$",
            subject,
        )
    )


def _with_parts(reading: Reading, row: int, column: Column, amount: Decimal, *, part: bool) -> Decimal:
    """The amount, or the sum where the message has named money of another level for the same cell."""
    place = (row, column)
    earlier = reading.parts.get(place, ())
    if not part:
        return amount
    reading.parts[place] = (*earlier, amount)
    if not earlier:
        return amount
    total = sum(reading.parts[place], Decimal(0))
    shown = " + ".join(plain(one) for one in reading.parts[place])
    label = reading.form.funds[row - 1].label.removeprefix("其中：")
    reading.remarks = [text for text in reading.remarks if not text.startswith(label)]
    of = "各笔款项" if column == "executed" and not re.search("拨款|资金$", label) else "各级资金"
    reading.remark(f"{label}按{of}相加：{shown} = {plain(total)}（{reading.form.money_unit}）。")
    return total


def _only_source(reading: Reading, total: int) -> int | None:
    """The one source row that carries all that the total does, so that it goes on doing so; else None."""
    funds = reading.form.funds
    line = funds[total - 1]
    told = [at for at, one in enumerate(funds, 1) if at != total and _amounts(one) != ("", "", "")]
    if (
        len(told) != 1
        or not re.search(_LINES["total"], line.label)
        or _amounts(line) != _amounts(funds[told[0] - 1])
    ):
        return None
    return told[0]


def _amounts(line: FundLine) -> tuple[str, str, str]:
    return (line.initial, line.budget, line.executed)


def _inherits(subject: str, before: Role | None) -> bool:
    """Whether 支出 after an amount of a source may speak of that source."""
    return (
        before is not None
        and before.line != "total"
        and bool(re.match(r"^[，、]?(?:实际|已|其?执行|支出)", subject))
    )


def _unsettled(reading: Reading, row: int, columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """预算 alone means both budgets, unless the initial one is known to differ from the adjusted one."""
    line = reading.form.funds[row - 1]
    if columns == ("initial", "budget") and line.initial and line.initial != line.budget:
        return ("budget",)
    return columns


def _change(reading: Reading, row: int, role: Role, amount: Decimal) -> None:
    line = reading.form.funds[row - 1]
    base = cell_amount(line.budget) if role.change == "left" else cell_amount(line.initial or line.budget)
    if base is None and role.change == "left" and line.executed:
        return  # what is not paid yet follows from what was paid
    if base is None:
        reading.remark(
            f"{line.label}还没有预算数，{plain(amount)}{reading.form.money_unit}的增减没有记入；请先说预算是多少。"
        )
        return
    result = base + amount if role.change == "more" else base - amount
    if result < 0:
        reading.doubt(
            Doubt(question=f"{plain(amount)}{reading.form.money_unit}比预算还多，请核对后再说一遍。")
        )
        return
    reading.set("funds", row, role.columns[0], plain(result))
    sign = "+" if role.change == "more" else "−"
    name = {"executed": "全年执行数", "budget": "全年预算数", "initial": "年初预算数"}[role.columns[0]]
    unit = reading.form.money_unit
    reading.remark(f"{name}按您说的算出：{plain(base)} {sign} {plain(amount)} = {plain(result)}（{unit}）。")


def cell_amount(text: str) -> Decimal | None:
    """The number of a money cell in the column's unit; None where there is none."""
    quantity = next(iter(find_quantities(text)), None)
    return quantity.number if quantity is not None and quantity.kind in ("bare", "money") else None


def _in_form_unit(form: Form, quantity: Quantity) -> Decimal | None:
    if quantity.kind == "bare":
        return quantity.number
    yuan = quantity.in_yuan
    if yuan is None:
        return None
    return yuan if form.money_unit == "元" else yuan / 10000
