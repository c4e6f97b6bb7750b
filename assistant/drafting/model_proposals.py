"""Proposals with a model: it words and chooses by evidence id, code checks all that it gives.

What a model says never counts as a fact: a figure must stand in the form, the user's words or (for customary
values) the cited rows, a cause in the user's words, and the trial copy must bear it. Where one fails, the
rules' proposal stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.drafting.context import Context, is_open
from assistant.drafting.explanations import Gap, compose, gap_of, nothing_said, told_by_row
from assistant.drafting.kinds import fit
from assistant.drafting.named_rows import NewRow
from assistant.drafting.precedents import likeness
from assistant.drafting.proposal import Proposal
from assistant.drafting.replies import (
    ExplanationReply,
    IndicatorReply,
    IndicatorsReply,
    TargetReply,
    TargetsReply,
    citing,
)
from assistant.drafting.structure import Structure
from assistant.drafting.targets import is_stated
from assistant.errors import ModelUnavailableError
from assistant.form.model import BLANK, Form, Indicator
from assistant.form.value import Kind, read_target
from assistant.grounding.evidence import Evidence
from assistant.llm import ChatModel
from assistant.prompt import Block, Prompt, load_prompt
from assistant.understanding.measure import read_measure

_SHOWN = 24
_SUPPORTED = 0.5
_DOUBLE = 0.6
_LONGEST_NAME = 20
_LONGEST_PART = 100
_DIGIT = re.compile(r"\d")


@dataclass
class ModelTurn:
    """One turn with a model: asks until it fails, and counts what was refused, for the notice."""

    context: Context
    model: ChatModel
    failure: str = ""
    refused: int = 0
    used: int = 0

    @property
    def notice(self) -> str:
        """What to tell the user about the model's part; "" where all went well."""
        if self.failure:
            reason = self.failure.rstrip("。")
            return f"模型这次没有给出可用的回答（{reason}），其余建议由规则和往年资料给出。"
        if self.refused and not self.used:
            return "模型的回答没有通过核对，以下建议由规则和往年资料给出。"
        if self.refused:
            return f"模型的回答中有{self.refused}处没有通过核对，已改用规则和往年资料的建议。"
        return ""

    def targets(self, proposals: Sequence[Proposal]) -> list[Proposal]:
        """The target proposals, those that nobody has stated yet reconsidered by the model."""
        rows = {
            one.location.row or 0: one
            for one in proposals
            if not is_stated(self.context, one.location.row or 0)
        }
        if not rows or self.failure:
            return list(proposals)
        prompt = load_prompt("targets")
        cited = _numbered(evidence for one in rows.values() for evidence in one.evidence)
        text = prompt.render(
            project=_project(self.context.form, self.context.year),
            rows="\n".join(_open_row(number, self.context.form) for number in rows),
            words=self.context.words,
            evidence=_target_blocks(cited),
        )
        try:
            reply = self.model.answer(text, citing(TargetsReply, list(cited)), prompt_id=prompt.reference)
        except ModelUnavailableError as error:
            self.failure = str(error)
            return list(proposals)
        better = {}
        for answer in reply.targets:
            rules = rows.get(answer.row)
            found = self._target(rules, answer, cited, prompt) if rules else None
            if found is not None and answer.row not in better:
                better[answer.row] = found
        return [better.get(one.location.row or 0, one) for one in proposals]

    def _target(
        self, rules: Proposal, answer: TargetReply, cited: dict[str, Evidence], prompt: Prompt
    ) -> Proposal | None:
        text = answer.wording.strip() or f"{answer.sign}{answer.value.strip()}{answer.unit.strip()}"
        if is_open(text) or text == rules.new:
            return None
        evidence = tuple(cited[one] for one in answer.evidence_ids if one in cited) or rules.evidence
        edits = (rules.edits[0].model_copy(update={"new": text}),)
        if not self._bears(rules, text, evidence) or self.context.at_cell(edits, rules.location):
            self.refused += 1
            return None
        self.used += 1
        said = answer.reason.strip()
        history = "；".join(part for part in rules.reason.split("；") if "近似指标" in part and "条" in part)
        keep = said and self.context.supports(said, evidence)
        reason = "；".join(
            filter(None, (said.rstrip("。") if keep else "由模型参照资料提出", history.rstrip("。")))
        )
        return rules.model_copy(
            update={
                "edits": edits,
                "new": text,
                "reason": f"{reason}。",
                "evidence": evidence,
                "grounded": True,
                "question": "",
                "source": "model",
                "prompt": prompt.reference,
            }
        )

    def _bears(self, rules: Proposal, text: str, evidence: tuple[Evidence, ...]) -> bool:
        """Whether a target may stand: of the row's shape, its figures known for that kind of row."""
        row = self.context.form.indicators[(rules.location.row or 1) - 1]
        measure = read_measure(row.name, row.level2, row.level1)
        value = read_target(text, name=row.name, level2=row.level2)
        if value.kind in (Kind.EMPTY, Kind.TEXT) or len(text) > _LONGEST_NAME:
            return False
        if measure.certain and (value.kind is Kind.QUALITATIVE) != (measure.shape == "wording"):
            return False
        ours = measure.basis in ("office", "budget", "year_end")
        if not ours:
            return self.context.supports(text, evidence)
        number = rules.location.row or 1
        goal = "；".join(one.quantity.text for one in self.context.goal_by_row.get(number, ()))
        return self.context.supports_row(number, text, f"{goal}；{rules.new}")

    def explanations(self, proposals: Sequence[Proposal]) -> list[Proposal]:
        """The explanation proposals, worded by the model where what it says is supported."""
        causes, measures = told_by_row(self.context)
        found = []
        for one in proposals:
            row = one.location.row
            indicator = self.context.form.indicators[row - 1] if row else None
            gap = gap_of(indicator) if indicator else None
            if row is None or indicator is None or gap is None or self.failure:
                found.append(one)
                continue
            found.append(self._explained(one, indicator, gap, (causes.get(row, ""), measures.get(row, ""))))
        return found

    def _explained(self, rules: Proposal, row: Indicator, gap: Gap, told: tuple[str, str]) -> Proposal:
        prompt = load_prompt("explanation")
        cited = _numbered(rules.evidence)
        text = prompt.render(
            project=_project(self.context.form, self.context.year),
            row=_full_row(rules.location.row or 0, row),
            computed=gap.figures,
            words=self.context.words,
            evidence=[
                (key, f"{one.project_name}｜{one.indicator}｜{one.text}") for key, one in cited.items()
            ],
        )
        try:
            schema = citing(ExplanationReply, list(cited))
            answer = self.model.answer(text, schema, prompt_id=prompt.reference)
        except ModelUnavailableError as error:
            self.failure = str(error)
            return rules
        number = rules.location.row or 0
        own_words = "；".join((gap.figures, gap.short, *told, row.explanation))
        cause = self._cause(answer, row, told[0], number, own_words)
        measure = self._measure(answer, number, own_words)
        if not cause and not measure:
            self.refused += 1
            return rules
        own = rules.new.partition("改进措施：")[2]
        new = compose(gap, cause or told[0], measure or told[1] or own)
        edits = (rules.edits[0].model_copy(update={"new": new}),)
        if not self.context.supports_row(number, new, own_words) or self.context.at_cell(
            edits, rules.location
        ):
            self.refused += 1
            return rules
        self.used += 1
        return rules.model_copy(
            update={
                "edits": edits,
                "new": new,
                "question": _question(rules, row, cause, told[0]),
                "grounded": True,
                "source": "model",
                "prompt": prompt.reference,
            }
        )

    def _cause(self, answer: ExplanationReply, row: Indicator, told: str, number: int, own_words: str) -> str:
        """The model's cause where the user's words bear it; "" where they do not, or it leaves the blank."""
        cause = answer.cause.strip()
        if not cause or BLANK[:3] in cause:
            return ""
        known = f"{told} {row.explanation} {self.context.words}"
        stands = self.context.supports_row(number, cause, own_words)
        if len(cause) > _LONGEST_PART or fit(cause, known) < _SUPPORTED or not stands:
            self.refused += 1
            return ""
        return cause

    def _measure(self, answer: ExplanationReply, number: int, own_words: str) -> str:
        measure = answer.measure.strip()
        usable = measure and BLANK[:3] not in measure and len(measure) <= _LONGEST_PART
        return measure if usable and self.context.supports_row(number, measure, own_words) else ""

    def rows(
        self, structure: Structure, missing: Sequence[str], evidence: Iterable[Evidence]
    ) -> list[NewRow]:
        """Indicators that the model suggests for the missing second levels, as far as they may stand."""
        if not missing or self.failure:
            return []
        prompt = load_prompt("indicators")
        cited = _numbered(evidence)
        form = self.context.form
        text = prompt.render(
            project=_project(form, self.context.year),
            words=self.context.words,
            existing="\n".join(f"{r.level1}｜{r.level2}｜{r.name}｜{r.target}" for r in form.indicators),
            missing="\n".join("／".join(structure.labels(key)) for key in missing),
            evidence=[
                (key, f"{one.project_name}｜{one.indicator}｜{one.target}") for key, one in cited.items()
            ],
        )
        try:
            schema = citing(IndicatorsReply, list(cited))
            reply = self.model.answer(text, schema, prompt_id=prompt.reference)
        except ModelUnavailableError as error:
            self.failure = str(error)
            return []
        names = [row.name for row in form.indicators]
        found: list[NewRow] = []
        for answer in reply.indicators:
            row = self._row(answer, structure, missing, cited, prompt)
            if row is None or any(likeness(row.name, name) >= _DOUBLE for name in names):
                self.refused += 1
                continue
            names.append(row.name)
            found.append(row)
        self.used += len(found)
        return found

    def _row(
        self,
        answer: IndicatorReply,
        structure: Structure,
        missing: Sequence[str],
        cited: dict[str, Evidence],
        prompt: Prompt,
    ) -> NewRow | None:
        name = answer.name.strip()
        key = structure.key(Indicator(level1=answer.level1, level2=answer.level2))
        good = 2 < len(name) <= _LONGEST_NAME and not _DIGIT.search(name) and key in missing
        if not good or not self.context.supports(name):
            return None
        evidence = tuple(cited[one] for one in answer.evidence_ids if one in cited)
        measure = read_measure(name, structure.labels(key)[1])
        text = f"{answer.sign}{answer.value.strip()}{answer.unit.strip()}"
        kind = read_target(text, name=name, level2=structure.labels(key)[1]).kind
        ours = measure.basis in ("office", "budget", "year_end")
        usable = kind not in (Kind.EMPTY, Kind.TEXT) and self.context.supports(text, () if ours else evidence)
        return NewRow(
            level=key, name=name, target=text if usable else "", evidence=evidence, prompt=prompt.reference
        )


def _question(rules: Proposal, row: Indicator, cause: str, told: str) -> str:
    """What is asked about a cause: the rules' question where there is none, else whether it is right."""
    if cause and not told and nothing_said(row.explanation):
        return f"第{rules.location.row}行的原因是模型从您的话里整理的：{cause}。对吗？"
    return rules.question if not cause and not told else ""


def _numbered(evidence: Iterable[Evidence]) -> dict[str, Evidence]:
    """Each piece of evidence once, under the id that the model may cite: E1, E2 …"""
    unique = list(dict.fromkeys(evidence))[:_SHOWN]
    return {f"E{number}": one for number, one in enumerate(unique, 1)}


def _target_blocks(cited: dict[str, Evidence]) -> list[Block]:
    return [
        (
            key,
            f"{one.project_name}（{one.year or '年度不详'}）｜{one.indicator}｜"
            f"指标值 {one.target}｜完成值 {one.actual}",
        )
        for key, one in cited.items()
    ]


def _project(form: Form, year: int | None) -> str:
    line = form.funds[0] if form.funds else None
    parts = {
        "项目名称": form.project_name,
        "实施单位": form.unit,
        "年度": str(year or ""),
        "全年预算数": f"{line.budget or line.initial}（{form.money_unit}）" if line else "",
        "全年执行数": f"{line.executed}（{form.money_unit}）" if line and line.executed else "",
        "预期目标": form.goal.expected,
    }
    return "\n".join(f"{label}：{text}" for label, text in parts.items() if text.strip("（）万元"))


def _open_row(number: int, form: Form) -> str:
    row = form.indicators[number - 1]
    return f"第{number}行｜{row.level1}｜{row.level2}｜{row.name}"


def _full_row(number: int, row: Indicator) -> str:
    values = f"指标值 {row.target}｜完成值 {row.actual}｜分值 {row.weight}｜得分 {row.score}"
    return f"第{number}行｜{row.name}｜{values}"
