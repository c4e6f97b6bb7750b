"""Questions in many registers: what is understood only in other words, and what stays refused."""

from __future__ import annotations

import pytest

from assistant.asking.asker import Asker
from assistant.asking.language.boundaries import with_told_ends
from assistant.asking.language.words import in_looser_words


@pytest.mark.parametrize(
    ("asked", "plainly"),
    [
        # Ends of a range told apart from it
        ("30万以下的项目，正好30万的别算", "预算低于30万的项目"),
        ("扣分1分以上的指标有几条，1分本身也算", "扣分不低于1分的指标有几条"),
        ("预算满500万的项目有几个", "预算不低于500万的项目有几个"),
        ("百万级的项目有哪些", "预算不低于100万且低于1000万的项目有哪些"),
        ("预算不到8万的，还有超过2000万的，有哪些项目", "预算低于8万或者超过2000万的项目有哪些"),
        # What is asked of stands first, or last
        ("生态效益这类指标，哪些表里没有", "没有生态效益指标的表有哪些"),
        ("哪几个项目的表里一条质量指标都没有", "没有质量指标的项目有哪些"),
        ("经济效益指标空缺的自评表", "没有经济效益指标的表"),
        ("离退休处不算，总分97以下的还有哪些项目", "除离退休处以外，总分97以下的项目有哪些"),
        ("权重是多少？看葡萄酒项目的满意度", "葡萄酒项目的满意度权重是多少"),
        # How many of the first
        ("执行率最低的是哪两个项目", "执行率最低的2个项目"),
        ("扣分，排在最后面的是哪四个", "扣分最低的4个项目"),
        ("全年预算排名1至4位的项目名单", "预算前4名的项目"),
        ("按总分从低往高数 给我前三个", "总分最低的3个项目"),
        # Offices, heads and frames
        ("请统计人事处申报的项目数量", "人事处有几个项目"),
        ("请列明未设置时效指标的项目名称", "没有时效指标的项目有哪些"),
        ("填报单位一共几家，重复的只算一次", "实施单位一共几家"),
        # Money in other words
        ("安排资金最少的是哪个项目", "预算最低的是哪个项目"),
        ("规划编制费还趴在账上的有多少", "规划编制费没花完的钱有多少"),
        ("规划编制费花了几成", "规划编制费的执行率是多少"),
        ("执行进度拖后腿的是谁", "执行率最低的项目是哪个"),
        # Points
        ("预算执行得分没给满10分的有哪些表", "执行得分没拿满的有哪些表"),
        ("执行率100%但总分没到100的项目，分扣在哪", "执行率100%且总分低于100的项目被扣分的指标有哪些"),
        # Explanations
        ("怪疫情的表有哪几张", "原因提到疫情的表有哪几张"),
        ("拿疫情说事的项目有哪些", "原因提到疫情的项目有哪些"),
        ("“及时跟进”这句话写在哪几条指标后面", "原因提到“及时跟进”的指标有哪几条"),
    ],
)
def test_the_same_is_understood(asker: Asker, asked: str, plainly: str) -> None:
    answer, meant = asker.ask(asked), asker.ask(plainly)
    assert answer.found, answer.answer
    assert answer.table.places == meant.table.places


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("频占费征缴任务，两个无线电项目的目标值、完成值列个对照", {"937.6万元", "906.43万"}),
        ("两张无线电的表，频占费征缴完成率哪张高", {"95.63%", "91.28%"}),
        ("离退休处的项目平均几分，轻工处的平均几分", {"97分", "99.75分"}),
        ("数量指标条数及未完成条数，中小企业专项的", {"9条", "2条"}),
        ("频占费的设备购建为啥没花完", {"尾款"}),
        ("中博会那边，协议一共签下来多少钱", {"3200万元"}),
        ("效益指标丢了几分", {"7.1分"}),
    ],
)
def test_figures(asker: Asker, question: str, values: set[str]) -> None:
    answer = asker.ask(question)
    told = " ".join((answer.answer, *answer.values))
    assert answer.found
    assert all(value in told for value in values), told


def test_what_was_put_into_other_words_is_told(asker: Asker) -> None:
    assert "“趴在账上”按“没花完”理解" in asker.ask("规划编制费还趴在账上的有多少").understood


@pytest.mark.parametrize(
    "question",
    [
        "无线电那18期培训一共多少人参加",
        "请统计中小企业服务券累计发放金额",
        "请查询十四五重点产业规划的印刷数量（册）",
        "第三方复核完，园区专项资金的最终得分",
        "法律顾问签约律所名称",
        "园区专项是哪个部委批的",
        "教育厅信息化项目的满意度目标",
    ],
)
def test_what_no_form_tells_stays_refused_in_any_words(asker: Asker, question: str) -> None:
    assert not asker.ask(question).found


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("20万以下的项目,正好20万的别算", "低于20万元的项目"),
        ("100万以上(含100万)的项目", "不低于100万元的项目"),
        ("97分以下的有几张,97分也算", "不超过97分的有几张"),
        ("20万以下的项目,正好30万的别算", "20万以下的项目,正好30万的别算"),
    ],
)
def test_the_end_of_a_range_is_told_by_its_comparison(text: str, told: str) -> None:
    assert with_told_ends(text) == told


def test_names_as_printed_are_left_alone() -> None:
    text, changed = in_looser_words("躺在账上的项目", lambda _: [(0, 4)])
    assert (text, changed) == ("躺在账上的项目", ())
