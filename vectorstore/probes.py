"""Whether the vectors of a model tell which indicators mean the same, measured on pairs that do."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from assistant.form.model import Frozen
from vectorstore.space import Floats

PAIRS = (
    ("新建公路里程", "修了多少公里的路"),
    ("城镇新增就业人数", "有多少人找到工作"),
    ("疫苗接种覆盖率", "打预防针的人占多少"),
    ("工程款支付及时率", "施工队的钱有没有按时给"),
    ("图书馆接待读者人次", "来借书看书的人数"),
    ("森林火灾发生次数", "山里着了几次火"),
    ("学生营养餐补助标准", "孩子在校吃饭每人补多少"),
    ("污水处理率", "脏水有多少经过净化"),
    ("社会公众满意度", "老百姓觉得好不好"),
    ("办公设备购置成本", "买电脑打印机花的钱"),
    ("贫困人口脱贫数量", "帮多少穷人摘了帽"),
    ("法律援助案件办结率", "免费帮人打官司的事办完了多少"),
)
_LEAST, _FULL = 0.9, 0.97
"""A model that orders fewer pairs rightly is not used; one that orders this many is trusted fully.

Vectors of bare characters order 0.83 of the pairs rightly, the words of our own lexicon 0.89: a model that
knows no more than these adds nothing to a search that has both, and makes it worse.
"""


class Probe(Frozen):
    """What the pairs say of a model: ``trust`` from 0 to 1; the mean similarity of texts alike and unlike."""

    trust: float
    unlike: float
    like: float

    def scaled(self, similarities: Floats) -> Floats:
        """Similarities with 0 for texts that have nothing in common and 1 for such that mean the same."""
        span = max(self.like - self.unlike, 1e-6)
        return np.asarray(np.clip((similarities - self.unlike) / span, 0.0, 1.0), dtype=np.float32)


def probe_texts() -> list[str]:
    """All texts of the pairs."""
    return [text for pair in PAIRS for text in pair]


def probe(vectors: Mapping[str, Floats]) -> Probe:
    """Measures unit vectors of the texts; pairs without vectors are left out, and few pairs give no trust."""
    known = [pair for pair in PAIRS if pair[0] in vectors and pair[1] in vectors]
    if len(known) < len(PAIRS) // 2:
        return Probe(trust=0.0, unlike=0.0, like=1.0)
    table = (
        np.array([vectors[spoken] for _, spoken in known]) @ np.array([vectors[name] for name, _ in known]).T
    )
    others = ~np.eye(len(known), dtype=bool)
    alike = np.diag(table)
    # How often the printed name of the same thing is nearer than that of another thing.
    right = float((alike[:, None] > table)[others].mean())
    trust = min(1.0, max(0.0, (right - _LEAST) / (_FULL - _LEAST)))
    unlike = float(table[others].mean())
    return Probe(trust=trust, unlike=unlike, like=max(float(alike.mean()), unlike))
