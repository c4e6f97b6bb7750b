"""Questions in the words of people who never saw this product: frames, synonyms, keywords, mistypings."""

from __future__ import annotations

import pytest

from assistant.asking.asker import Asker


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("能源审计核查那条，年初说好查多少家来着", {"≥80家"}),
        ("帮忙翻一下科技质量处那张表，资金拨付及时率最后干成了多少", {"50%"}),
        ("现场督导调研最多允许花多少", {"≤9万元"}),
        ("“培育节能减排项目”的年度指标值", {"≥20个"}),
        ("编“十四五”规划一共要出几篇，实际交了几篇", {"7篇"}),
        ("新增产值是目标的几倍", {"20倍"}),
        ("园区处的增加值增速超出上限多少个点", {"31.8%"}),
        ("中博会签约额超了多少万", {"200万元"}),
        ("中博会参展企业离50家还差几家", {"6家"}),
        ("无线电培训超了原定几倍", {"360%"}),
        ("离休干部遗孀那个项目规定什么时候办完", {"2021年12月31日之前"}),
        ("天山计划的期限到哪个月为止", {"2022年6月前"}),
        ("老职工补助那张表实际花了12万还是13万", {"13.014万"}),
        ("法律意见次数实际除以计划是百分之几", {"150%"}),
        ("中小企业专项一共有几条数量指标、几条扣了分", {"9条", "2条"}),
    ],
)
def test_cells(asker: Asker, question: str, values: set[str]) -> None:
    answer = asker.ask(question)
    assert answer.found
    assert values <= set(answer.values)


@pytest.mark.parametrize(
    ("question", "forms"),
    [
        ("自评总分没上九十八的，一共几家", {1, 3, 10, 12, 19}),
        ("哪几个项目执行数正好等于预算", {1, 5, 8, 9, 10, 11, 13, 14, 15, 16, 17, 18}),
        ("平均分以下的项目有哪些", {1, 3, 10, 12, 15, 19}),
        ("资金总额不到十万元", {13, 16}),
        ("五十万块以下的项目合计多少钱", {3, 4, 5, 10, 13, 14, 15, 16, 17}),
        ("效益指标分值不到30分的表", {2, 4, 5, 6}),
        ("没列资金来源明细、光有总额的表", {4}),
        ("哪些项目的结转资金不是零", {12}),
        ("分值一栏全空着的是哪张表", {20}),
        ("标题都没写的表有吗", {14}),
        ("总分低于97的都列出来，注明所属处室", {1, 10, 19}),
        ("烦请提供执行率未达95%的项目名单", {7, 20}),
        ("各位老师好，想了解一下有哪些表结余率超过10%", {7, 20}),
        ("非转移支付的表里执行率最低的", {7}),
        ("执行得分算少了的有哪几张", {12, 19}),
        ("各项得分求和跟总分合不拢的表", {5}),
        ("重新算一下全部执行率，和填的不一样的找出来", {4}),
        ("钱花得最慢的两个项目", {7, 20}),
        ("待遇补助到22年3月为止的是哪几份", {13, 14, 16}),
        ("规定12月31日以前做完的指标有哪些", {7, 10, 12}),
    ],
)
def test_forms(asker: Asker, question: str, forms: set[int]) -> None:
    answer = asker.ask(question)
    assert answer.found
    assert {form for form, _ in answer.table.places} == forms


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("指标值和完成值分毫不差却扣了分的指标", {(2, 3), (12, 1)}),
        ("实际支出少于目标值又没写原因的成本指标", {(7, 7), (7, 10), (8, 10)}),
        ("满意度实际值没做到95%的", {(5, 13), (19, 16)}),
        ("完成值为0但不扣分、权重10分以上的指标", {(3, 7), (12, 7), (13, 5), (14, 5), (17, 5)}),
        ("目标是区间的指标有哪些", {(5, 5), (7, 4), (7, 5)}),
        ("哪条数量指标超得最多", {(20, 4)}),
        ("疫情拖累的指标一共几条", {(3, 1), (9, 10), (10, 7), (20, 11), (20, 12), (20, 13)}),
        ("既超额又写了原因的无线电管理局指标", {(9, 1), (9, 3), (20, 1), (20, 4), (20, 5)}),
        ("质量指标的目标不是百分比的有哪些", {(4, 5)}),
    ],
)
def test_rows(asker: Asker, question: str, rows: set[tuple[int, int]]) -> None:
    answer = asker.ask(question)
    assert answer.found
    assert set(answer.table.places) == rows


@pytest.mark.parametrize(
    "question",
    [
        "假如园区处的执行率达到100%，总分会是多少",
        "哪些项目预算小但扣分多",
        "有改进措施的指标占写了原因的几成",
        "疫情影响的金额类指标有哪些",
        "各项目按预算分成三档",
        "二级指标写成“满意度指标”和“服务对象满意度指标”的各几条",
        "这些表是什么时候上报的",
        "结转资金占年度预算的比例",
    ],
)
def test_what_narrows_and_is_not_understood_is_not_passed_over(asker: Asker, question: str) -> None:
    assert not asker.ask(question).found


def test_what_follows_says_where_points_were_lost(asker: Asker) -> None:
    last = asker.turn("总分最低的三个项目")
    answer = asker.turn("它们分别扣在哪些指标上", last).answer
    assert set(answer.table.places) == {(1, 3), (10, 7), (19, 2), (19, 3), (19, 14)}
