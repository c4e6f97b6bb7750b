"""Made-up past indicators in any number, as varied as real ones: what the search is measured on at size."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any

from vectorstore.lexicon import bundled_lexicon
from vectorstore.row import IndicatorRow

_ROWS_PER_FORM = 10
_EXPLAINED = 0.15
"""So large a share of the rows has an explanation."""
_SEED = 20210401
_DIGIT = re.compile(r"\d")


def _words(line: str) -> tuple[str, ...]:
    return tuple(line.split())


PLACES = _words(
    "南湖 北岭 东河 西川 平安 永兴 新源 和顺 临江 青山 石桥 沙湾 白水 红旗 长宁 开元 安泰 金沙 云台 丰收"
)
RANKS = ("省", "市", "县", "区", "自治州", "乡", "镇")
_OFFICES = _words(
    "财政局 教育局 卫生健康委员会 民政局 人力资源和社会保障局 水利局 农业农村局 交通运输局 "
    "住房和城乡建设局 文化和旅游局 生态环境局 应急管理局 工业和信息化局 林业和草原局 "
    "市场监督管理局 公安局 司法局 科学技术局 商务局 统计局 退役军人事务局"
)
_VERBS = _words(
    "开展 组织 完成 举办 建设 推进 落实 购置 维修 发放 补助 培训 检查 宣传 支持 保障 提升 "
    "改善 编制 改造 治理 监测"
)
_COUNTED = _words(
    "次数 人数 数量 覆盖率 完成率 合格率 及时率 面积 户数 场次 家数 满意度 成本 费用 达标率 "
    "里程 增长率 天数 份数 知晓率"
)
_KINDS = {
    "满意度": ("满意度指标", "服务对象满意度指标"),
    "成本": ("产出指标", "成本指标"),
    "费用": ("产出指标", "成本指标"),
    "及时率": ("产出指标", "时效指标"),
    "天数": ("产出指标", "时效指标"),
    "增长率": ("效益指标", "经济效益指标"),
    "知晓率": ("效益指标", "社会效益指标"),
}
_RATES = ("产出指标", "质量指标")
_COUNTS = ("产出指标", "数量指标")
_UNITS = {
    "人数": "人",
    "户数": "户",
    "家数": "家",
    "面积": "平方米",
    "里程": "公里",
    "天数": "天",
    "成本": "万元",
    "费用": "万元",
}
_REASONS = _words("受疫情影响 资金拨付较晚 招标流程延长 政策调整 天气原因 人员变动 年初预计不足 合作单位延期")
_MEASURES = _words("今后提前谋划 加快实施进度 加强与相关部门沟通 科学设定目标值 完善管理制度 细化实施方案")


class _Zipf:
    """Draws from words of which the n-th is n times rarer than the first, as words of a language are."""

    def __init__(self, words: Sequence[str], chance: random.Random) -> None:
        self._words = list(words)
        chance.shuffle(self._words)
        self._weights = list(accumulate(1.0 / rank for rank in range(1, len(words) + 1)))
        self._chance = chance

    def __call__(self) -> str:
        return self._chance.choices(self._words, cum_weights=self._weights)[0]


def generated_rows(count: int) -> Iterator[IndicatorRow]:
    """``count`` indicators of forms with ten rows each; the same ones every time."""
    chance = random.Random(_SEED)  # noqa: S311  no secret
    subject = _Zipf(_subjects(), chance)
    counted, verb, place = _Zipf(_COUNTED, chance), _Zipf(_VERBS, chance), _Zipf(PLACES, chance)
    rank, office = _Zipf(RANKS, chance), _Zipf(_OFFICES, chance)
    for form in range(1, -(-count // _ROWS_PER_FORM) + 1):
        topic, where = subject(), place() + rank()
        shared: dict[str, Any] = {
            "form": form,
            "project_name": f"{where}{topic}{subject()}项目",
            "department": where + office(),
            "unit": where + office(),
            "year": chance.randrange(2016, 2027),
            "goal": f"{verb()}{topic}，{verb()}{subject()}、{subject()}，{verb()}{subject()}水平。",
        }
        for row in range(1, min(_ROWS_PER_FORM, count - (form - 1) * _ROWS_PER_FORM) + 1):
            yield IndicatorRow.model_construct(
                **shared, row=row, **_indicator(chance, verb(), topic, subject(), counted())
            )


def generated_queries(count: int) -> list[str]:
    """Half of them words of an indicator, the other half what people say instead, with how it is counted."""
    chance = random.Random(_SEED + 1)  # noqa: S311  no secret
    spoken = sorted(word for word, links in bundled_lexicon().widened.items() if len(word) > 1 and links)
    subjects = _subjects()
    return [
        chance.choice(subjects if number % 2 else spoken) + chance.choice(subjects) + chance.choice(_COUNTED)
        for number in range(count)
    ]


def _subjects() -> list[str]:
    # Sorted: the order of a set is not the same in every process.
    printed = {word for links in bundled_lexicon().widened.values() for word in links}
    return sorted(word for word in printed if len(word) > 2 and not _DIGIT.search(word))


def _indicator(chance: random.Random, verb: str, topic: str, other: str, counted: str) -> dict[str, Any]:
    name = (topic if chance.random() < 0.5 else other) + counted
    level1, level2 = _KINDS.get(counted, _RATES if counted.endswith(("率", "度")) else _COUNTS)
    if level2 in ("成本指标", "时效指标", "质量指标") or chance.random() < 0.4:
        verb = ""
    if counted.endswith(("率", "度")):
        number, unit = chance.choice((100, 100, 98, 95, 95, 90, 85)), "%"
    else:
        number, unit = int(10 ** chance.uniform(0, 4)), _UNITS.get(counted, "次")
    reason = ""
    if chance.random() < _EXPLAINED:
        reason = f"{chance.choice(_REASONS)}，{other}未按计划完成。{chance.choice(_MEASURES)}。"
    return {
        "level1": level1,
        "level2": level2,
        "indicator": verb + name,
        "target": ("≤" if level2 == "成本指标" else "≥") + f"{number}{unit}",
        "actual": f"{number}{unit}",
        "explanation": reason,
    }
