"""A small library of past rows of our own invention, with a search over it: names alike first."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.drafting.precedents import likeness
from vectorstore.index import Filters, Hit, IndicatorRow


def row(
    form: int, number: int, level2: str, name: str, target: str, actual: str, **more: object
) -> IndicatorRow:
    level1 = "满意度" if "满意" in level2 else "效益" if "效益" in level2 or "影响" in level2 else "产出"
    content = {
        "project_name": f"样例项目{form}",
        "unit": "样例单位",
        "year": 2023,
        "weight": "10",
        "score": "10",
    }
    return IndicatorRow.model_validate(
        {
            **content,
            "form": form,
            "row": number,
            "level1": f"{level1}指标",
            "level2": level2,
            "indicator": name,
            "target": target,
            "actual": actual,
            **more,
        }
    )


PAST = (
    row(1, 1, "数量指标", "骨干教师培训人数", "≥60人", "66人", project_name="骨干教师能力提升培训"),
    row(1, 2, "数量指标", "培训班次", "≥2期", "2期", project_name="骨干教师能力提升培训"),
    row(1, 3, "质量指标", "培训考核合格率", "≥95%", "98%", project_name="骨干教师能力提升培训"),
    row(1, 4, "时效指标", "培训按期完成率", "=100%", "100%", project_name="骨干教师能力提升培训"),
    row(1, 5, "满意度指标", "参训教师满意度", "≥92%", "96%", project_name="骨干教师能力提升培训"),
    row(2, 1, "数量指标", "乡村医生培训人数", "≥30人", "24人", project_name="乡村医生轮训",
        explanation="偏差原因：部分乡镇值班人手紧张。改进措施：后续分批安排参训。", score="8"),
    row(2, 2, "质量指标", "培训考核合格率", "≥95%", "95%", project_name="乡村医生轮训"),
    row(2, 3, "服务对象满意度指标", "参训医生满意度", "≥92%", "93%", project_name="乡村医生轮训"),
    row(3, 1, "数量指标", "管网巡查次数", "≥10次", "25次", project_name="供水管网巡查"),
    row(3, 2, "时效指标", "巡查任务完成时间", "2023年11月前", "2023年10月", project_name="供水管网巡查"),
    row(4, 1, "数量指标", "道路巡查次数", "≥12次", "30次", project_name="道路巡查养护"),
    row(4, 2, "社会效益指标", "群众出行安全", "有效保障", "有效保障", project_name="道路巡查养护"),
    row(5, 1, "数量指标", "桥梁巡查次数", "≥8次", "16次", project_name="桥梁巡查"),
    row(5, 2, "成本指标", "巡查总成本", "≤20万元", "19万元", project_name="桥梁巡查"),
)  # fmt: skip


class SmallLibrary:
    """A search over given rows; ``asked`` keeps the queries."""

    def __init__(self, rows: Sequence[IndicatorRow] = PAST) -> None:
        self.rows = tuple(rows)
        self.asked: list[str] = []

    def __call__(self, query: str, n: int = 10, filters: Filters | None = None) -> list[Hit]:
        self.asked.append(query)
        wanted = filters or Filters()
        allowed = [
            one for one in self.rows if wanted.level2 in one.level2 and one.form not in wanted.without_forms
        ]
        scored = [(likeness(query, f"{one.indicator}{one.project_name}"), one) for one in allowed]
        best = sorted((entry for entry in scored if entry[0] > 0), key=lambda entry: -entry[0])[:n]
        return [Hit(rank=rank, score=score, row=one) for rank, (score, one) in enumerate(best, 1)]


def nothing(query: str, n: int = 10, filters: Filters | None = None) -> list[Hit]:
    """The search of an empty library."""
    return []
