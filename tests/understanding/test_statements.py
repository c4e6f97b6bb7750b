"""What users state: quantities with their thing and year, causes, measures."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.understanding.said_budget import said_budget
from assistant.understanding.statements import count_name, read_causes, read_measures, read_statements
from assistant.understanding.subjects import noun_phrase, title_of


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("举办3期培训班，培训村医120人次", [("培训班期数", "3期"), ("培训村医人次", "120人次")]),
        ("修路12公里，安装路灯200盏", [("修路里程", "12公里"), ("安装路灯数量", "200盏")]),
        ("发放补贴500户", [("发放补贴户数", "500户")]),
        ("给500户困难群众发放补贴", [("补贴困难群众户数", "500户")]),
        ("购买电脑30台、打印机5台", [("购买电脑数量", "30台"), ("购买打印机数量", "5台")]),
        (
            "购置彩超1台、B超3台和听诊器60副",
            [("购置彩超数量", "1台"), ("购置B超数量", "3台"), ("购置听诊器数量", "60副")],
        ),
        ("检查企业50家、发现隐患120处", [("检查企业数量", "50家"), ("发现隐患数量", "120处")]),
        ("清运淤泥2000方", [("清运淤泥量", "2000方")]),
        ("为20家企业提供贷款贴息", [("贷款贴息企业数量", "20家")]),
        ("签约项目5个，引进投资2亿元", [("签约项目数量", "5个"), ("引进投资额", "2亿元")]),
        ("造林5000亩，成活率85%以上", [("造林面积", "5000亩"), ("成活率", "85%")]),
        ("新增能源站2座", [("新增能源站数量", "2座")]),
        ("开展5次教师培训", [("教师培训次数", "5次")]),
    ],
)
def test_quantities_are_named_as_offices_name_them(words: str, names: list[tuple[str, str]]) -> None:
    assert [(count_name(one), one.quantity.text) for one in read_statements(words)] == names


def test_last_year_and_this_year_are_told_apart() -> None:
    last, this = read_statements("去年培训了84人，今年计划100人")
    assert (last.past, last.quantity.text, this.past, this.quantity.text) == (True, "84人", False, "100人")
    assert (this.thing, this.phase) == ("培训", "plan")


def test_a_named_year_is_placed_by_the_forms_year() -> None:
    last, this = read_statements("2023年完成培训84人，2024年目标100人", 2024)
    assert (last.past, this.past) == (True, False)


def test_questions_and_suppositions_state_nothing() -> None:
    assert read_statements("培训100人够吗？") == ()
    assert read_statements("如果培训100人，要多少钱？") == ()


@pytest.mark.parametrize(
    ("words", "cause"),
    [
        ("培训人数只完成了88人，因为有12人临时出差", "因有12人临时出差"),
        ("受强降雨影响，工期推迟", "受强降雨影响，工期推迟"),
        ("原因是设备到货晚，下一步我们会提前下单", "设备到货晚"),
        ("招标流标导致采购推迟", "招标流标导致采购推迟"),
        ("第4行展会推迟到明年举办", "展会推迟到明年举办"),
        ("人数少是因为没来参加", "未参加"),
    ],
)
def test_causes_are_taken_over_in_the_forms_language(words: str, cause: str) -> None:
    assert [told.text for told in read_causes(words)] == [cause]


@pytest.mark.parametrize("words", ["为什么扣分？", "因此要加强管理。", "满意度目标改成95%", "培训100人。"])
def test_no_cause_is_read_into_words_that_state_none(words: str) -> None:
    assert read_causes(words) == ()


def test_measures_are_told_apart_from_causes() -> None:
    words = "原因是财政资金没到位，下一步我们会加强对接。"
    assert [told.text for told in read_measures(words)] == ["下一步我单位会加强对接"]
    assert [told.text for told in read_causes(words)] == ["财政资金未到位"]


def told(words: str) -> list[tuple[str, str]]:
    return [(count_name(one), one.quantity.text) for one in read_statements(words)]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("县住建局计划更换路灯300盏", "更换路灯数量"),
        ("我们街道要新建社区服务中心2个", "新建社区服务中心数量"),
        ("在主干道两侧安装护栏5公里", "安装护栏里程"),
        ("委托第三方编制应急预案3份", "编制应急预案数量"),
        ("组织企业参加服博会、广交会等展会6场", "参加展会场次"),
        ("惠及居民1.5万户", "惠及居民户数"),
        ("治理面积2.4万亩", "治理面积"),
        ("处理污水800吨", "处理污水量"),
        ("办理法律援助案件300件", "办理法律援助案件数量"),
        ("保护人口2万人", "保护人口数"),
        ("接待游客增长8%", "接待游客增长率"),
        ("再犯罪率1%", "再犯罪率"),
    ],
)
def test_offices_auxiliaries_and_places_stay_out_of_names(words: str, name: str) -> None:
    assert [one for one, _ in told(words)] == [name]


def test_a_figure_beside_another_counts_the_same_thing() -> None:
    assert told("救助受灾群众130户420人") == [("救助受灾群众户数", "130户"), ("救助受灾群众人数", "420人")]
    assert told("修缮古桥3座，面积620平方米")[1] == ("古桥面积", "620平方米")
    assert told("办2期培训班，每期6天")[1] == ("每期培训天数", "6天")


@pytest.mark.parametrize(
    ("words", "phases"),
    [
        ("计划培训100人，实际培训88人", ["plan", "done"]),
        ("去年检查了210家企业，今年计划检查260家", ["done", "plan"]),
        ("培训100人，办班3期", ["", ""]),
        ("花了598万，发放1985户", ["done", "done"]),
        ("结果只办了10个班次，培训820人次", ["done", "done"]),
        ("已完成立项，新建校舍3栋", [""]),
        ("采购种羊200只，改良草场500亩", ["", ""]),
        ("项目主要是为200名老人送餐，救助因病致贫家庭30户", ["", ""]),
        ("扩大社会影响，宣讲60场", [""]),
    ],
)
def test_plans_are_told_from_what_was_done(words: str, phases: list[str]) -> None:
    assert [one.phase for one in read_statements(words)] == phases


@pytest.mark.parametrize(
    "words",
    [
        "少了15户",
        "12人因为值班没来",
        "主要是疫情影响，有3个班停办",
        "因用地未批，2个点没有开工",
        "比计划少12人",
    ],
)
def test_causes_and_differences_are_no_figures_of_the_year(words: str) -> None:
    assert all(one.cause and one.phase == "done" for one in read_statements(words))


def test_amounts_per_person_and_parts_are_marked() -> None:
    one, whole = read_statements("每人每月补贴50元，共390万元")
    assert (one.for_one, whole.for_one) == (True, False)
    all_of_them, online = read_statements("培训600人次，其中线上450人次")
    assert (all_of_them.part, online.part) == (False, True)


@pytest.mark.parametrize(
    ("words", "title", "noun"),
    [
        ("县民政局要给300户特困家庭发放采暖补贴，预算90万元", "特困家庭采暖补贴", "特困家庭采暖补贴"),
        ("住建局更换路灯300盏，资金90万元", "更换路灯", "路灯更换"),
        ("我想做一个关于河道保洁的自评表", "河道保洁", "河道保洁"),
        ("我局2023年安全生产检查项目，检查60家", "安全生产检查", "安全生产检查"),
        ("预算50万元，新建消防站2座", "新建消防站", "消防站建设"),
        ("农机推广工作经费80万元，推广农机30台", "农机推广", "农机推广"),
        ("项目名称：儿童公园改造。资金300万元", "儿童公园改造", "儿童公园改造"),
        ("为落实上级要求，开展古树保护", "古树保护", "古树保护"),
        ("第六届葡萄节，演出3场", "第六届葡萄节", "葡萄节"),
        ("资金20万元", "", ""),
    ],
)
def test_what_a_message_is_about(words: str, title: str, noun: str) -> None:
    assert noun_phrase(title_of(words)) == noun
    assert title_of(words).removeprefix("开展") == title


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("预算600万元，花了598万元", "600"),
        ("每家20万元，共900万元", "900"),
        ("资金4200万元，其中中央资金3000万元，地方配套1200万元", "4200"),
        ("亩均投资2000元，总投资4600万元", "4600"),
        ("资金总额144万元（财政拨款100万元，自筹44万元）", "144"),
        ("招商工作经费150万元，合同引资额40亿元", "150"),
        ("预算50万元，不对，预算60万元", "60"),
        ("合同金额96万", "96"),
        ("培训100人，花了20万元", None),
    ],
)
def test_the_budget_among_the_amounts_said(words: str, amount: str | None) -> None:
    assert said_budget(read_statements(words)) == (Decimal(amount) if amount else None)
