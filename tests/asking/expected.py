"""The evaluation's questions with answers computed here from the bundled forms' JSON alone, not by the asker.

``python -m tests.asking.expected`` writes the two files of ``assistant/asking/evaluation``.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "vectorstore" / "corpus"
EVALUATION = ROOT / "assistant" / "asking" / "evaluation"
F = {int(p.stem): json.loads(p.read_text(encoding="utf-8")) for p in sorted(CORPUS.glob("*.json"))}
ALL = tuple(F)
ROWS = [(n, r) for n in ALL for r in range(1, len(F[n]["indicators"]) + 1)]
QING = (13, 14, 15, 16, 17, 18)
RETIRED = (3, 12)
RADIO = (9, 20)


def num(text: str) -> Decimal | None:
    """The first number of a cell."""
    found = re.search(r"[0-9]+(?:\.[0-9]+)?", text.replace(",", ""))
    return Decimal(found[0]) if found else None


def money(n: int, column: str) -> Decimal:
    return num(F[n]["funds"][0].get(column, "")) or Decimal(0)


def total(n: int) -> Decimal | None:
    return num(F[n]["total"]["score"])


def row(n: int, r: int) -> dict[str, str]:
    return F[n]["indicators"][r - 1]


def rate(n: int) -> Decimal:
    return (money(n, "executed") * 100 / money(n, "budget")).quantize(Decimal("0.01"), ROUND_HALF_UP)


def level2(text: str) -> list[tuple[int, int]]:
    return [(n, r) for n, r in ROWS if text in row(n, r)["level2"]]


def lost(n: int, r: int) -> Decimal:
    return (num(row(n, r)["weight"]) or Decimal(0)) - (num(row(n, r)["score"]) or Decimal(0))


def weight(n: int, level1: str) -> Decimal:
    rows = [i for i in F[n]["indicators"] if level1 in i["level1"]]
    return sum((num(i["weight"]) or Decimal(0) for i in rows), Decimal(0))


def plain(value: Any) -> str:
    text = format(Decimal(value), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def two(value: Decimal) -> str:
    return plain(value.quantize(Decimal("0.01"), ROUND_HALF_UP))


def count(rows: Any) -> str:
    return str(len(list(rows)))


def units() -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for n in ALL:
        found[F[n]["unit"]].append(n)
    return found


def falling(key: Any, among: Any = ALL) -> list[int]:
    return sorted(among, key=key, reverse=True)


def v(*values: Any) -> dict[str, Any]:
    return {"values": [x if isinstance(x, str) else plain(x) for x in values]}


def forms(found: Any) -> dict[str, Any]:
    return {"forms": sorted(set(found))}


def rows(found: Any) -> dict[str, Any]:
    return {"rows": [f"{n}#{r}" for n, r in sorted(set(found))]}


def order(found: Any) -> dict[str, Any]:
    return {"order": list(found)}


def says(*texts: str) -> dict[str, Any]:
    return {"says": list(texts)}


NONE: dict[str, Any] = {"found": False}
SCORED = [n for n in ALL if total(n) is not None]
UNSPENT = {n: money(n, "budget") - money(n, "executed") for n in ALL}
LOST = [(n, r) for n, r in ROWS if lost(n, r) > 0]
NO_COST = [n for n in ALL if not any(a == n for a, _ in level2("成本"))]
NO_REASON = {"", "无", "/", "无偏离"}
DATED = [(3, 4), (4, 6), (7, 6), (10, 4), (12, 4)]
COVID = [(n, r) for n, r in ROWS if "疫情" in row(n, r)["explanation"]]
TRAINING = [(n, r) for n, r in ROWS if "培训" in row(n, r)["name"]]
# Read by hand: actual below a ≥ target or above a ≤ one (cells checked one by one).
MISSED = [
    (1, 3),
    (3, 1),
    (3, 5),
    (8, 8),
    (8, 9),
    (9, 10),
    (10, 7),
    (15, 1),
    (15, 2),
    (19, 2),
    (19, 3),
    (19, 14),
    (20, 13),
]
OVER_TWICE = [(1, 5), (1, 6), (5, 4), (7, 4), (7, 5), (9, 3), (20, 4), (20, 5)]
OVER = falling(lambda n: -n, [n for n in ALL if UNSPENT[n] < 0])
SUM_WRONG = [
    n
    for n in SCORED
    if (num(F[n]["funds"][0]["score"]) or 0)
    + sum((num(i["score"]) or Decimal(0) for i in F[n]["indicators"]), Decimal(0))
    != total(n)
]
WEIGHT_WRONG = [n for n in SCORED if 10 + sum(weight(n, level) for level in ("产出", "效益", "满意")) != 100]


def middle(numbers: Any) -> Decimal:
    listed = sorted(numbers)
    half = len(listed) // 2
    return listed[half] if len(listed) % 2 else (listed[half - 1] + listed[half]) / 2


def mean(numbers: Any) -> Decimal:
    listed = list(numbers)
    return sum(listed, Decimal(0)) / len(listed)


def score(n: int) -> Decimal:
    return total(n) or Decimal(0)


def best_of_each(key: Any, *, lowest: bool = False) -> list[int]:
    """The form of each office with the largest (or lowest) ``key``, and those equal to it."""
    found = []
    for members in units().values():
        known = [n for n in members if key(n) is not None]
        end = (min if lowest else max)((key(n) for n in known), default=None)
        found += [n for n in known if key(n) == end]
    return found


def first_level(text: str) -> list[tuple[int, int]]:
    return [(n, r) for n, r in ROWS if text in row(n, r)["level1"]]


def points(text: str) -> Decimal:
    return sum((lost(n, r) for n, r in first_level(text) if total(n) is not None), Decimal(0))


MEAN_SCORE = mean(score(n) for n in SCORED)
NOT_QING = [n for n in ALL if n not in QING]
NOT_RADIO = [n for n in ALL if n not in RADIO]

TUNING: list[tuple[str, str, dict[str, Any]]] = [
    (
        "rank",
        "没花完的钱按差额从大到小排一排",
        order(falling(lambda n: UNSPENT[n], [n for n in ALL if UNSPENT[n] > 0])),
    ),
    ("missing", "哪些表一个成本指标都没设？", forms(NO_COST)),
    ("count", "时效指标里填日期的有几个？", v(len(DATED))),
    ("group", "产出指标分值合计超过60分的是哪些项目？", forms(n for n in ALL if weight(n, "产出") > 60)),
    ("difference", "绿色制造体系建设单位奖励了多少家，比目标多几家？", v(33, 3)),
    (
        "conditions",
        "完成值超过目标一倍还没写原因的指标有哪些？",
        rows(x for x in OVER_TWICE if row(*x)["explanation"] in NO_REASON),
    ),
    ("how", "人事处那张表的执行得分是怎么算出来的？", {**v("9.76"), **says("10 × 11 ÷ 11.27")}),
    ("cell", "葡萄酒项目培育了几个知名品牌？", v(12)),
    ("cell", "房屋出租征缴任务完成了多少？", v("12.59")),
    ("cell", "园区处那个项目的执行率是多少", v(rate(7))),
    ("cell", "无线电频率占用经费全年预算多少，实际花了多少？", v(9580, "8083.77")),
    ("cell", "十四五规划编制费是哪个处室负责的？", says("规划与投资处")),
    ("cell", "节能处的总分是多少？", v("99.7")),
    ("cell", "战略性新兴产业项目引导的社会投资实际完成多少？", v(25)),
    ("cell", "创客中国大赛有多少企业和团队参加？", v(473)),
    ("cell", "招商引资意向签订目标是几个", v(5)),
    ("cell", "频占费征缴任务中央那个项目完成了多少？", v("906.43")),
    ("cell", "消费品处培训的人才满意度是多少？", v("100")),
    ("sum", "轻工处一共执行了多少钱？", v(sum(money(n, "executed") for n in QING))),
    ("sum", "20个项目的全年预算加起来是多少？", v(sum(money(n, "budget") for n in ALL))),
    ("sum", "离退休处两个项目总共花了多少？", v(sum(money(n, "executed") for n in RETIRED))),
    ("mean", "所有项目的平均总分是多少？", v(two(sum(total(n) for n in SCORED) / len(SCORED)))),
    ("mean", "轻工业行业管理处的项目平均预算多少", v(two(sum(money(n, "budget") for n in QING) / 6))),
    ("group", "哪个处室项目最多？", {**v(6), **says("轻工业行业管理处")}),
    (
        "group",
        "哪个单位的预算总额最高？",
        {**v(money(9, "budget") + money(20, "budget")), **says("无线电管理局")},
    ),
    ("compare", "园区专项和节能减排哪个预算多，多多少？", v(2000)),
    ("compare", "葡萄酒和天山企业家两个项目总分相差多少？", v(total(18) - total(4))),
    ("list", "满意度低于95%的指标有哪些", rows([(5, 13), (19, 16)])),
    ("text", "因为疫情没完成的指标有哪些？", rows(x for x in COVID if x in MISSED)),
    ("finding", "哪些表总分算错了？", forms(SUM_WRONG)),
    ("count", "一共有多少张表", v(20)),
    ("count", "总共有几个指标？", v(len(ROWS))),
    ("count", "轻工处有几个项目？", v(6)),
    ("count", "没有得满分的指标有几个？", v(len(LOST))),
    ("count", "总分满100分的项目有几个？", v(count(n for n in SCORED if total(n) == 100))),
    ("count", "执行率不到90%的项目有几个", v(count(n for n in ALL if rate(n) < 90))),
    ("list", "哪些项目总分低于97分？", forms(n for n in SCORED if total(n) < 97)),
    ("list", "预算超过1000万的有哪些项目", forms(n for n in ALL if money(n, "budget") > 1000)),
    ("list", "预算10万到50万之间的项目有哪些？", forms(n for n in ALL if 10 <= money(n, "budget") <= 50)),
    ("top", "预算最大的是哪个项目？", {"forms": [20], "values": ["9580"]}),
    ("top", "总分最低的项目是哪个", forms([10])),
    ("top", "扣分最多的指标是哪个？", rows([max(LOST, key=lambda x: lost(*x))])),
    ("top", "执行率最低的三个项目", order(sorted(ALL, key=rate)[:3])),
    ("top", "分值最高的指标是哪个？", rows([(7, 12)])),
    (
        "top",
        "指标最多的表是哪张？",
        forms(n for n in ALL if len(F[n]["indicators"]) == max(len(F[m]["indicators"]) for m in ALL)),
    ),
    (
        "share",
        "轻工处的预算占全部预算的比重是多少",
        v(two(sum(money(n, "budget") for n in QING) * 100 / sum(money(n, "budget") for n in ALL))),
    ),
    ("share", "没完成目标的指标占全部指标的百分之几？", v(two(Decimal(len(MISSED)) * 100 / len(ROWS)))),
    (
        "missing",
        "没设质量指标的是哪几张表？",
        forms(n for n in ALL if not any("质量" in i["level2"] for i in F[n]["indicators"])),
    ),
    ("missing", "没有标题的表是哪张？", forms(n for n in ALL if not F[n]["title"])),
    ("missing", "没完成又没写原因的指标", rows(x for x in MISSED if row(*x)["explanation"] in NO_REASON)),
    ("finding", "哪张表的执行率算错了", forms([4])),
    ("finding", "哪些表的执行得分填错了？", forms([12, 19])),
    ("finding", "分值加起来不是100的表有哪些", forms(WEIGHT_WRONG)),
    ("yesno", "有没有超预算的项目？", {**forms(OVER), **says("有")}),
    ("yesno", "葡萄酒项目超支了吗？", says("没有")),
    ("quote", "资金拨付及时率为什么只有50%？", says("财政局没有及时")),
    ("quote", "频占费征缴没完成是什么原因", says("公众移动通信业务")),
    ("quote", "设施购建支出没花完，后续打算怎么办？", says("加快支付")),
    ("text", "名称里带“退休”的项目有几个？", v(count(n for n in ALL if "退休" in F[n]["project_name"]))),
    ("none", "科技质量处的处长电话是多少？", NONE),
    ("none", "2022年的预算是多少？", NONE),
    ("none", "财政厅的项目有哪些？", NONE),
    ("none", "明天乌鲁木齐天气怎么样", NONE),
    ("none", "葡萄酒项目的中标供应商是谁？", NONE),
    ("none", "你觉得哪个处室干得最好？", NONE),
    ("none", "工信厅有多少在编人员？", NONE),
    ("none", "园区项目的合同编号是什么", NONE),
    ("none", "教育局的校舍维修花了多少钱？", NONE),
    ("none", "今年新疆的GDP是多少？", NONE),
    ("median", "各项目总分的中位数是多少", v(middle(score(n) for n in SCORED))),
    (
        "several",
        "预算和执行数各合计多少",
        v(sum(money(n, "budget") for n in ALL), sum(money(n, "executed") for n in ALL)),
    ),
    ("several", "轻工处有几个项目，预算一共多少", v("6", sum(money(n, "budget") for n in QING))),
    (
        "either",
        "总分低于97分或者执行率低于90%的项目有哪些",
        forms(n for n in ALL if (n in SCORED and score(n) < 97) or rate(n) < 90),
    ),
    (
        "either",
        "预算小于10万或大于1000万的项目有几个",
        v(count(n for n in ALL if money(n, "budget") < 10 or money(n, "budget") > 1000)),
    ),
    ("without", "不是轻工处的项目有哪些", forms(NOT_QING)),
    ("without", "除了轻工处，其他处室的预算加起来是多少", v(sum(money(n, "budget") for n in NOT_QING))),
    ("each", "每个处室预算最大的项目是哪个", forms(best_of_each(lambda n: money(n, "budget")))),
    ("each", "各处室里总分最低的项目分别是哪个", forms(best_of_each(total, lowest=True))),
    (
        "range",
        "预算最大和最小的项目差多少",
        v(max(money(n, "budget") for n in ALL) - min(money(n, "budget") for n in ALL)),
    ),
    ("mean", "总分高于平均分的项目有几个", v(count(n for n in SCORED if score(n) > MEAN_SCORE))),
    ("all", "所有项目都得满分的处室有哪些", {**says("自治区工信厅"), **forms([11])}),
    ("nested", "总分最低的项目有哪些没完成的指标", rows(x for x in MISSED if x[0] == 10)),
    (
        "nested",
        "预算超过1000万的项目里没完成的指标有哪些",
        rows(x for x in MISSED if money(x[0], "budget") > 1000),
    ),
    ("group", "产出、效益、满意度三类指标各丢了几分", v(points("产出"), points("效益"), points("满意"))),
    ("check", "房屋出租征缴4.2分算得对不", {**v("4.2"), **says("填写正确")}),
    ("check", "中博会企业数量的得分合理吗", v("4.4")),
    ("against", "园区表的成本指标加总与执行数是否一致？差多少？", v("993.8", "873", "120.8")),
    ("none", "新能源汽车补贴执行率", NONE),
    ("none", "项目经理是谁", NONE),
]

REPORTED: list[tuple[str, str, dict[str, Any]]] = [
    ("rank", "把各项目按全年执行数从高到低排个序", order(falling(lambda n: money(n, "executed")))),
    ("rank", "总分由低到高列一下", order(sorted(SCORED, key=lambda n: (total(n), n)))),
    (
        "rank",
        "按执行率从低到高给项目排名",
        order(sorted(ALL, key=lambda n: (money(n, "executed") / money(n, "budget"), n))),
    ),
    ("top", "花钱最多的前五个项目是谁？", order(falling(lambda n: money(n, "executed"))[:5])),
    ("top", "剩钱最多的是哪个项目，剩了多少？", {**forms([20]), **v("1496.23")}),
    ("top", "预算第二大的项目是哪个", forms([8])),
    ("top", "得分最低的项目得了多少分？", v("94.2")),
    ("top", "哪个项目的资金规模最小？", forms([16])),
    ("top", "哪个指标超额完成得最多？", rows([(1, 6)])),
    (
        "count",
        "超额完成目标的指标里写了原因的有多少个？",
        v(count([(9, 1), (9, 3), (20, 1), (20, 4), (20, 5)])),
    ),
    ("count", "成本指标一共有几条？", v(len(level2("成本")))),
    ("count", "满分的项目有多少个？", v(count(n for n in SCORED if total(n) == 100))),
    ("count", "有几个处室报了表？", v(len(units()))),
    ("count", "无线电管理局报了几张表", v(2)),
    ("count", "扣了分的指标有多少个？", v(len(LOST))),
    ("count", "预算不足20万元的项目有多少", v(count(n for n in ALL if money(n, "budget") < 20))),
    (
        "count",
        "执行率达到100%的项目有几个？",
        v(count(n for n in ALL if money(n, "executed") >= money(n, "budget"))),
    ),
    ("list", "总分在98分以上但不到100分的项目有哪些？", forms(n for n in SCORED if 98 <= total(n) < 100)),
    ("list", "哪些项目没有把预算花完？", forms(n for n in ALL if UNSPENT[n] > 0)),
    ("list", "超支的项目有哪些？", forms(OVER)),
    ("list", "列出全部生态效益指标", rows(level2("生态"))),
    ("list", "得0分的指标是哪些", rows([(19, 3), (19, 14)])),
    ("list", "哪些项目存在没完成的指标？", forms(n for n, _ in MISSED)),
    ("list", "分值不低于20分的指标有哪些？", rows(x for x in ROWS if (num(row(*x)["weight"]) or 0) >= 20)),
    (
        "missing",
        "没有设社会效益指标的项目有哪些？",
        forms(n for n in ALL if not any("社会" in i["level2"] for i in F[n]["indicators"])),
    ),
    (
        "missing",
        "缺时效指标的表是哪些？",
        forms(n for n in ALL if not any("时效" in i["level2"] for i in F[n]["indicators"])),
    ),
    ("missing", "扣了分却没写原因的指标有哪些", rows(x for x in LOST if row(*x)["explanation"] in NO_REASON)),
    ("cell", "天山企业家人才培养计划培训了多少人？", v(84)),
    ("cell", "开展能效对标的企业有多少家？", v(120)),
    ("cell", "园区干部培训计划搞几次？", v(4)),
    ("cell", "纺织服装人才培训项目执行率多少", v("99.82")),
    ("cell", "驻村人员休假交通数量的目标值是多少？", v(6)),
    ("cell", "法律意见提供了几次", v(15)),
    ("cell", "皮革公司盐湖医院退休职工享受三项经费的有多少人？", v(39)),
    ("cell", "参加第十七届中博会的企业实际有几家？", v(44)),
    ("cell", "招商引资专项的差旅费花了多少？", v(5)),
    ("cell", "办公室那张表得了多少分？", v("94.2")),
    ("cell", "离休干部遗孀那个项目年初预算是多少", v("242.2596")),
    ("cell", "2021年园区专项资金由哪个处负责？", says("园区处")),
    ("cell", "APEC技展会签约额得了几分？", v(0)),
    ("difference", "参加中博会的企业比目标少几家？", v(44, 6)),
    ("difference", "无线电技术培训比计划多办了几期？", v(13)),
    ("difference", "葡萄酒品牌比目标多培育了几个", v(2)),
    ("compare", "无线电管理局两个项目的预算差多少？", v(money(20, "budget") - money(9, "budget"))),
    ("compare", "人事处和办公室谁的总分高？", {**says("人事处"), **v(total(4), total(10))}),
    ("compare", "节能减排项目的预算是园区专项的几倍？", v(3)),
    ("sum", "无线电管理局两个项目一共执行了多少？", v(sum(money(n, "executed") for n in RADIO))),
    ("sum", "所有项目没花完的钱合计多少？", v(sum(UNSPENT[n] for n in ALL if UNSPENT[n] > 0))),
    ("sum", "节能处成本指标的实际支出加起来是多少", v(566 + 1110 + 1324)),
    ("sum", "园区处的成本指标分值合计是多少？", v(2 + 3 + 2 + 5 + 8)),
    ("mean", "平均每个项目预算是多少？", v(two(sum(money(n, "budget") for n in ALL) / 20))),
    ("mean", "轻工处六张表平均得多少分", v(two(sum(total(n) for n in QING) / 6))),
    ("group", "各处室分别有几个项目？", v(6, 2, 1)),
    (
        "group",
        "成本指标超过3个的项目有哪些？",
        forms(n for n in ALL if sum(a == n for a, _ in level2("成本")) > 3),
    ),
    ("group", "哪张表扣分的指标最多？", forms([19])),
    (
        "share",
        "无线电管理局的预算占总预算多大比例？",
        v(two((money(9, "budget") + money(20, "budget")) * 100 / sum(money(n, "budget") for n in ALL))),
    ),
    (
        "share",
        "满分项目占全部项目的比例是多少",
        v(two(Decimal(100) * sum(total(n) == 100 for n in SCORED) / 20)),
    ),
    ("how", "规划处的预算执行得分怎么来的？", {**v("9.51"), **says("10 × 85.385 ÷ 89.7558")}),
    ("how", "园区专项资金的执行率怎么算的？", {**v("87.3"), **says("873", "1000")}),
    ("how", "葡萄酒项目总分是怎么加出来的", {**v(100), **says("+")}),
    (
        "finding",
        "哪些指标的得分和规则不一致？",
        rows([(2, 3), (3, 1), (9, 10), (12, 1), (12, 5), (19, 2), (8, 8), (3, 5)]),
    ),
    ("finding", "执行得分算得不对的是哪几张表？", forms([12, 19])),
    ("finding", "有没有哪张表的总分对不上？", forms(SUM_WRONG)),
    ("yesno", "人事处的钱花完了吗？", says("没有")),
    ("yesno", "有没有总分超过100分的表？", {**forms([5]), **says("有")}),
    ("quote", "APEC技展会为什么没有企业参加？", says("还没有举办")),
    ("quote", "房屋出租收入没完成的原因是什么？", says("疫情影响")),
    ("quote", "成本超了，节能处怎么解释的？", says("年初设定目标值")),
    ("text", "偏差原因提到疫情的指标有几个？", v(len(COVID))),
    ("text", "指标名称里含“满意”的有多少个？", v(count(x for x in ROWS if "满意" in row(*x)["name"]))),
    ("none", "园区处处长叫什么名字？", NONE),
    ("none", "2019年的执行率是多少", NONE),
    ("none", "卫健委有哪些项目？", NONE),
    ("none", "葡萄酒项目的联系人手机号是多少？", NONE),
    ("none", "明年的预算准备安排多少？", NONE),
    ("none", "这些项目谁负责审计？", NONE),
    ("none", "节能减排项目招标代理机构是哪家", NONE),
    ("none", "帮我写一首诗", NONE),
    ("none", "公务员工资什么时候涨？", NONE),
    ("none", "农村公路建设了多少公里？", NONE),
    ("median", "20个项目的预算，中位数是几", v(middle(money(n, "budget") for n in ALL))),
    ("median", "执行率的中间值是多少？", v(middle(rate(n) for n in ALL))),
    (
        "several",
        "离退处的平均总分和预算合计分别是多少",
        v(mean(score(n) for n in RETIRED), sum(money(n, "budget") for n in RETIRED)),
    ),
    (
        "several",
        "满分的项目有几个，一共花了多少钱",
        v(
            count(n for n in SCORED if score(n) == 100),
            sum(money(n, "executed") for n in SCORED if score(n) == 100),
        ),
    ),
    (
        "either",
        "哪些项目总分不到95或者超过100？",
        forms(n for n in SCORED if score(n) < 95 or score(n) > 100),
    ),
    (
        "either",
        "预算不足10万元，或者执行数在3000万以上的，有几张表",
        v(count(n for n in ALL if money(n, "budget") < 10 or money(n, "executed") >= 3000)),
    ),
    (
        "without",
        "除无线电管理局外，剩下的项目执行数合计多少",
        v(sum(money(n, "executed") for n in NOT_RADIO)),
    ),
    ("without", "不含轻工处的话，平均总分是多少", v(two(mean(score(n) for n in SCORED if n not in QING)))),
    ("each", "每个单位花钱最多的是哪个项目", forms(best_of_each(lambda n: money(n, "executed")))),
    ("each", "各个处室执行率最低的项目各是哪个？", forms(best_of_each(rate, lowest=True))),
    ("range", "总分最高的比最低的多几分", v(max(score(n) for n in SCORED) - min(score(n) for n in SCORED))),
    (
        "mean",
        "哪些项目的预算比平均水平高",
        forms(n for n in ALL if money(n, "budget") > mean(money(n, "budget") for n in ALL)),
    ),
    (
        "mean",
        "执行率低于平均值的有几个项目",
        v(count(n for n in ALL if rate(n) < mean(rate(n) for n in ALL))),
    ),
    (
        "nested",
        "扣分超过3分的项目里，哪些指标没达标？",
        rows(x for x in MISSED if x[0] in SCORED and 100 - score(x[0]) > 3),
    ),
    (
        "nested",
        "总分最低的三个项目预算合计多少",
        v(sum(money(n, "budget") for n in falling(lambda n: -score(n), SCORED)[:3])),
    ),
    (
        "group",
        "数量指标、质量指标、成本指标各有几个",
        v(count(level2("数量")), count(level2("质量")), count(level2("成本"))),
    ),
    ("check", "人事处填的执行率对吗？", v("97.6")),
    ("check", "绿色转型升级那项得4.8分对不对", says("填写正确")),
    ("none", "这些项目的验收专家有谁", NONE),
    ("none", "水利厅花了多少钱", NONE),
]


def written(half: str, items: list[tuple[str, str, dict[str, Any]]]) -> str:
    """The file of one half."""
    head = {
        "tuning": "# Questions over the bundled forms that words and patterns may be tuned on.\n",
        "reported": "# Questions over the bundled forms kept out of tuning.\n",
    }[half]
    content = [{"ask": ask, "kind": kind, **expected} for kind, ask, expected in items]
    body = yaml.safe_dump(
        {"half": half, "questions": content}, allow_unicode=True, sort_keys=False, width=110
    )
    return f"{head}# Answers computed by tests/asking/expected.py.\n{body}"


if __name__ == "__main__":
    for half, items in (("tuning", TUNING), ("reported", REPORTED)):
        (EVALUATION / f"{half}.yaml").write_text(written(half, items), encoding="utf-8")
