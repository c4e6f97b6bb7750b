"""Form + profile -> ScoreSheet: every point with its inputs and its arithmetic in words."""

from __future__ import annotations

from decimal import Decimal

from assistant.form.model import Form, Frozen
from assistant.form.value import Direction
from assistant.rules.profile import Profile


class ExecutionScore(Frozen):
    """预算执行率 and its score. ``rate`` as a fraction (1 = 100%), unrounded; None where nothing can be divided.

    ``weight`` None on forms that do not score execution (转移支付). ``formula``: "10 × 85.385 ÷ 89.7558 = 9.51".
    """

    rate: Decimal | None = None
    weight: Decimal | None = None
    printed: Decimal | None = None
    rule: Decimal | None = None
    formula: str = ""


class IndicatorScore(Frozen):
    """One indicator row. ``rule`` None where no rule gives a score; ``formula`` then says why.

    ``completion``: actual ÷ target in the target's unit, None where not a ratio. ``met``: None where undecided.
    ``band``: the score range that the wording of a qualitative actual claims, else None.
    """

    row: int
    weight: Decimal | None = None
    printed: Decimal | None = None
    rule: Decimal | None = None
    formula: str = ""
    direction: Direction = Direction.HIGHER
    completion: Decimal | None = None
    met: bool | None = None
    band: tuple[Decimal, Decimal] | None = None


class ScoreSheet(Frozen):
    """Every point of a form under ``profile`` (its id).

    ``total_rule`` is the sum of the rule scores, the printed score standing in where no rule gives one; None for a
    form without scores. ``grade`` is of ``total_rule`` (优 良 中 差), "" where there is none.
    """

    profile: str
    execution: ExecutionScore = ExecutionScore()
    indicators: tuple[IndicatorScore, ...] = ()
    total_printed: Decimal | None = None
    total_rule: Decimal | None = None
    grade: str = ""


def score_form(form: Form, profile: Profile) -> ScoreSheet:
    """The score sheet of ``form``; never raises on odd cells, they come out as None with the reason."""
    raise NotImplementedError
