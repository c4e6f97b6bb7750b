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
        ("预算是多少？我问的是园区专项", "园区专项的预算是多少"),
        # How many of the first
        ("执行率最低的是哪两个项目", "执行率最低的2个项目"),
        ("预算，排在最后的是哪四个", "预算最低的4个项目"),
        ("全年预算排名1至4位的项目名单", "预算前4名的项目"),
        ("按执行率从低往高排 给我前三个", "执行率最低的3个项目"),
        # Offices, heads and frames
        ("请统计人事处申报的项目数量", "人事处有几个项目"),
        ("请列出没有成本指标的项目名单", "没有成本指标的项目有哪些"),
        ("报表单位总共几家，同一家只算一次", "实施单位一共几家"),
        # Money in other words
        ("下达经费最少的是哪个项目", "预算最低的是哪个项目"),
        ("规划编制费还趴在账上的有多少", "规划编制费没花完的钱有多少"),
        ("规划编制费花了几成", "规划编制费的执行率是多少"),
        ("执行进度拖后腿的是谁", "执行率最低的项目是哪个"),
        # Points
        ("执行得分没打满10分的是哪些表", "执行得分没拿满的有哪些表"),
        ("执行率100%但总分没到100的项目，分扣在哪", "执行率100%且总分低于100的项目被扣分的指标有哪些"),
        # Explanations
        ("怪疫情的表有哪几张", "原因提到疫情的表有哪几张"),
        ("拿疫情当借口的项目有哪些", "原因提到疫情的项目有哪些"),
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
        ("频占费征缴，把两个无线电项目的目标值和完成值摆出来", {"937.6万元", "906.43万"}),
        ("两个无线电项目，频占费征缴的完成率谁高", {"95.63%", "91.28%"}),
        ("轻工处的项目平均多少分，离退休处的平均多少分", {"97分", "99.75分"}),
        ("数量指标总数和没完成的条数，看中小企业专项", {"9条", "2条"}),
        ("中央频占费的设备购建怎么没花完", {"尾款"}),
        ("中博会的协议总共签了多少钱", {"3200万元"}),
        ("效益指标扣了几分", {"7.1分"}),
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
        "无线电办的18期培训有多少人听课",
        "中小企业服务券的发放总额",
        "十四五重点产业规划印了多少本",
        "财政复评后园区专项资金的得分",
        "法律顾问所在事务所的名称",
        "园区专项是哪个部委批的",
        "教育厅信息化项目的满意度目标",
    ],
)
def test_what_no_form_tells_stays_refused_in_any_words(asker: Asker, question: str) -> None:
    assert not asker.ask(question).found


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("60万以下的项目,刚好60万的不算", "低于60万元的项目"),
        ("300万以上(含300万)的项目", "不低于300万元的项目"),
        ("97分以下的有几张,97分也算", "不超过97分的有几张"),
        ("60万以下的项目,刚好50万的不算", "60万以下的项目,刚好50万的不算"),
    ],
)
def test_the_end_of_a_range_is_told_by_its_comparison(text: str, told: str) -> None:
    assert with_told_ends(text) == told


def test_names_as_printed_are_left_alone() -> None:
    text, changed = in_looser_words("躺在账上的项目", lambda _: [(0, 4)])
    assert (text, changed) == ("躺在账上的项目", ())
