"""The catalogue as a page for staff: ``docs/rules.md`` is what ``catalogue_page`` returns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from assistant.form.model import Form
from assistant.form.wording import SEVERITY_NAMES, place_name
from assistant.rules.catalogue import FAMILIES, NOT_CHECKED, RULES
from assistant.rules.contract import DEFAULT_FORM, Example, ExampleForm, place, read_contract
from assistant.rules.profile import load_profile, profile_ids
from assistant.rules.rule import BatchRule, RuleEntry

_INTRODUCTION = """\
# 检查规则

这一页由程序从规则本身生成，与软件实际执行的检查一致。

检查不用模型、不联网：同一张表、同一口径，每次结果相同。每条结果都指到格子，写明填的是什么、应当是什么、怎么算出来的。

结果分三级：

- **错误**：算术不对，或者违反了一条明确的规定，报出前必须改。
- **提醒**：很可能有问题，需要人看一眼；有理由的可以保留。
- **提示**：写法和格式，不影响得分，集中列在最后。

编号的第一个字母是类别，编号一经使用不再变动。同一条规则在轻重不同的情形下可能给出不同的级别，下面写的是通常的级别。

例子是在一张填写正确的表上只改动所列的格子，每个例子都由程序核对过。
"""
_NAME = re.compile(rf"\b(?:{'|'.join(entry.name for entry in RULES)})\b", re.ASCII)
_MARKDOWN = re.compile(r"[|*]|_(?![a-z0-9])")
_SAMPLES = {"project_101": "（成本为一级指标的表）", "transfer": "（转移支付表）"}


def catalogue_page() -> str:
    """All rules by family with examples, and what is not checked, as Markdown in Chinese."""
    counts = Counter(entry.severity for entry in RULES)
    listed = "、".join(f"{name} {counts[severity]} 条" for severity, name in SEVERITY_NAMES.items())
    parts = [_INTRODUCTION, f"共 {len(RULES)} 条规则，其中{listed}。\n", *_overview()]
    for letter, family in FAMILIES.items():
        parts.append(f"## {family}\n")
        parts += [rule_page(entry) for entry in RULES if entry.code[0] == letter]
    return "\n".join([*parts, *_not_checked()])


def rule_page(entry: RuleEntry) -> str:
    """One rule as a section of the page."""
    contract = read_contract(entry.contract)
    scope = "，比较一起检查的各张表" if isinstance(entry, BatchRule) else ""
    lines = [
        f'<a id="{entry.code}"></a>\n',
        f"### {entry.code} {contract.title}\n",
        f"{SEVERITY_NAMES[entry.severity]} · `{entry.name}`{scope}\n",
        f"{_sentence(contract.checks)}\n",
        f"- **为什么**：{_sentence(contract.reason)}",
        f"- **依据**：{_sentence(entry.basis)}",
        f"- **不检查**：{_sentence(contract.excluded)}\n",
        "| 会报出 | 不会报出 |",
        "|---|---|",
        f"| {_told(contract.bad)} | {_told(contract.good)} |",
    ]
    return "\n".join(lines) + "\n"


def _overview() -> Iterator[str]:
    yield "| 编号 | 级别 | 检查 | 名称 |\n|---|---|---|---|"
    for entry in RULES:
        title, severity = read_contract(entry.contract).title, SEVERITY_NAMES[entry.severity]
        yield f"| [{entry.code}](#{entry.code}) | {severity} | {title} | `{entry.name}` |"
    yield ""


def _not_checked() -> Iterator[str]:
    yield "## 不检查的条款\n"
    yield "下列条款和常见的审核意见没有规则，需要人判断或者需要表以外的材料：\n"
    yield from (f"- {clause}" for clause in NOT_CHECKED)
    for profile_id in profile_ids():
        profile = load_profile(profile_id)
        if profile.not_checked:
            yield f"\n口径“{profile.name}”（{profile.document}）中另有：\n"
            yield from (f"- {clause}" for clause in profile.not_checked)
    yield ""


def _told(examples: tuple[Example, ...]) -> str:
    """Examples as one cell of a table, alternatives below each other."""
    return "<br>或：".join(_example(example) for example in examples)


def _example(example: Example) -> str:
    told = [_form_told(number, form) for number, form in enumerate(example.forms, 1)]
    year = f"年度选项为{example.year}；" if example.year is not None else ""
    return year + "；".join(part for part in told if part)


def _form_told(number: int, form: ExampleForm) -> str:
    which = f"第{number}张表" if number > 1 else ""
    kind = _SAMPLES.get(form.form, "")
    changes = [_change(path, text) for path, text in form.cells]
    changes += [f"删去{_place(path)}" for path in form.deleted]
    if number > 1 and not changes:
        return f"{which}{kind or '与第1张相同'}"
    return which + (kind if form.form != DEFAULT_FORM else "") + "；".join(changes)


def _change(path: str, text: str) -> str:
    shown = _escaped(" ".join(text.split()))
    shown = shown if len(shown) <= 80 else f"{shown[:79]}…（共{len(text)}字）"
    return f"{_place(path)}“{shown}”" if shown else f"{_place(path)}空着"


def _place(path: str) -> str:
    """``indicators[2].actual`` as 第2行实际完成值."""
    location = place(path)
    words = place_name(Form(), location)
    if location.section in ("indicators", "header"):
        words = words.removeprefix("绩效指标").removeprefix("基本信息")
    return words or {"title": "标题", "remark": "备注"}.get(location.field, "这一格")


def _sentence(text: str) -> str:
    """A paragraph of a contract, with other rules named as staff know them."""
    linked = _NAME.sub(lambda found: _link(found[0]), _escaped(text))
    return linked if linked.endswith(("。", "！", "？")) else f"{linked}。"


def _escaped(text: str) -> str:
    """``text`` so that Markdown shows it as it is; the _ of a rule's name needs nothing."""
    return _MARKDOWN.sub(r"\\\g<0>", text).replace("<", "&lt;")


def _link(name: str) -> str:
    entry = next(entry for entry in RULES if entry.name == name)
    return f"[{entry.code} {read_contract(entry.contract).title}](#{entry.code})"
