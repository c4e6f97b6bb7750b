"""Grounding: what stands in the facts passes in every spelling, anything else is marked."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.form.model import UNVERIFIED, Form, FundLine, Goal, Indicator, Total
from assistant.grounding.check import ground
from assistant.grounding.evidence import Evidence
from assistant.grounding.facts import Derivation, facts_of, stated

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT.parent / "shared" / "golden" / "forms"

FORM = Form(
    year=2022,
    year_line="（2022年度）",
    project_name="东湖县城乡供水一体化工程",
    department="东湖县水利局",
    unit="东湖县供水管理总站",
    funds=(
        FundLine(
            label="年度资金总额",
            initial="900",
            budget="1,250.5",
            executed="1180.4",
            weight="10",
            score="9.44",
        ),
        FundLine(label="其中：当年财政拨款", initial="900", budget="1,250.5", executed="1180.4"),
    ),
    goal=Goal(expected="铺设管网36公里，惠及居民1.2万人。", actual="铺设管网33.5公里，惠及居民约1.1万人。"),
    indicators=(
        Indicator(
            level1="产出指标",
            level2="数量指标",
            name="铺设管网长度",
            target="≥36公里",
            actual="33.5公里",
            weight="15",
        ),
        Indicator(
            level1="产出指标",
            level2="数量指标",
            name="新建泵站数量",
            target="≥12个",
            actual="21",
            weight="15",
            score="15",
        ),
        Indicator(
            level1="产出指标",
            level2="数量指标",
            name="培训管护员人数",
            target="48",
            actual="45",
            weight="5",
            score="4.69",
        ),
        Indicator(
            level1="产出指标",
            level2="质量指标",
            name="水质检测合格率",
            target="≥95%",
            actual="93.5%",
            weight="10",
        ),
        Indicator(
            level1="产出指标",
            level2="时效指标",
            name="完工时间",
            target="11月30日前",
            actual="2022年12月18日",
        ),
        Indicator(
            level1="产出指标", level2="成本指标", name="户均投资", target="≤3-5千元", actual="9.30266万"
        ),
    ),
    total=Total(weight="100", score="96.13"),
)
WORDS = (
    "停工是因为穿越国道的那段要等第十一交通管理支队批准，省里的批复是东水发〔2022〕18号，"
    "按《供水管道施工导则》返工了三处，7月到9月共停工52天，另有两三户没有签字。用了GIS系统和TC-200检测仪。"
)
FACTS = facts_of(FORM, words=WORDS)

PASSES = (
    # the same amount in every spelling
    "全年预算1250.5万元。",
    "全年预算1,250.5万元。",
    "全年预算１２５０．５万元。",
    "全年预算12505000元。",
    "全年预算0.12505亿元。",
    "全年预算壹仟贰佰伍拾万零伍仟元整。",
    "全年预算一千二百五十万五千元。",
    "户均投资9.30266万元。",
    "户均投资9.30266万。",
    "户均投资93026.6元。",
    "户均投资9万3026元6角。",
    "户均投资玖万叁仟零贰拾陆元陆角。",
    "户均投资约9.3万元。",
    "户均投资9.3万元左右。",
    "年初预算900万元，全年预算增加350.5万元。",
    # counts, persons, classifiers that people exchange
    "新建泵站21个。",
    "新建泵站二十一个。",
    "新建泵站21项。",
    "新建泵站20余个。",
    "培训管护员45人。",
    "培训管护员45名。",
    "惠及居民1.2万人。",
    "惠及居民12000人。",
    "惠及居民一万二千人。",
    "停工52天。",
    "停工五十二天。",
    "铺设管网33.5公里，即33500米。",
    # shares and arithmetic
    "合格率93.5%，比指标值95%低1.5个百分点。",
    "合格率百分之九十三点五。",
    "预算执行率94.39%。",
    "预算执行率94.4%。",
    "结余70.1万元。",
    "管网完成率93.06%，少铺2.5公里。",
    "泵站完成175%，超出9个，是指标值的1.75倍。",
    "培训完成率93.75%，少3人。",
    "本行扣0.31分。",
    # dates, exact or coarser
    "2022年12月18日完工。",
    "2022年12月完工。",
    "二〇二二年十二月十八日完工。",
    "2022/12/18完工。",
    "要求11月30日前完工。",
    "要求11月底前完工。",
    "要求2022年11月30日前完工。",
    "2022年第四季度完工。",
    "2022年下半年完工。",
    "7月至9月停工。",
    "7-9月停工。",
    "2022年度完成。",
    # ranges
    "户均3-5千元。",
    "户均3000至5000元。",
    "户均不超过5000元。",
    # names
    "东湖县水利局已与第十一交通管理支队沟通。",
    "已请第十一交通管理支队尽快批准。",
    "按照《供水管道施工导则》返工。",
    "依据东水发〔2022〕18号实施。",
    "依据东水发[2022]18号实施。",
    "东湖县供水管理总站使用GIS系统和TC-200检测仪。",
    "有两三户没有签字，返工三处。",
    "第3行指标未完成。",
    "“供水管道施工导则”已印发。",
    f"施工受阻{UNVERIFIED}。",
    "原因是【待填：2019年的批文】。",
    "",
)


@pytest.mark.parametrize("text", PASSES)
def test_what_stands_in_the_facts_passes(text: str) -> None:
    found = ground(text, FACTS)
    assert found.unsupported == ()
    assert found.grounded
    assert UNVERIFIED not in found.text


FAILS = (
    # one digit, the unit, the scale
    ("全年预算1250.6万元。", "1250.6万元"),
    ("全年预算1250.5元。", "1250.5元"),
    ("全年预算1250.5亿元。", "1250.5亿元"),
    ("全年预算壹仟贰佰陆拾万零伍仟元整。", "壹仟贰佰陆拾万零伍仟元"),
    ("户均投资9.3万元。", "9.3万元"),
    ("户均投资约9万元。", "9万元"),
    ("户均投资9.31万元左右。", "9.31万元"),
    ("户均投资9.30266元。", "9.30266元"),
    ("户均投资9.30266个。", "9.30266个"),
    ("新建泵站22个。", "22个"),
    ("新建泵站二十二个。", "二十二个"),
    ("新建泵站21万元。", "21万元"),
    ("新建泵站21公里。", "21公里"),
    ("新建泵站30余个。", "30余个"),
    ("新建泵站2１1个。", "211个"),
    ("培训45万人。", "45万人"),
    ("培训45人次。", "45人次"),
    ("培训45期。", "45期"),
    ("惠及居民1.2万户。", "1.2万户"),
    ("惠及居民1.3万人。", "1.3万人"),
    ("停工53天。", "53天"),
    ("停工52小时。", "52小时"),
    ("铺设管网33.5米。", "33.5米"),
    # shares, arithmetic that does not follow, invented rounding
    ("合格率94%。", "94%"),
    ("合格率93.5‰。", "93.5‰"),
    ("比指标值低1.5%，低2个百分点。", "2个百分点"),
    ("执行率94.38%。", "94.38%"),
    ("执行率94.30%。", "94.30%"),
    ("结余70万元。", "70万元"),
    ("完成率94.06%。", "94.06%"),
    ("是指标值的2倍。", "2倍"),
    ("完成九成六。", "九成六"),
    ("完成三分之一。", "三分之一"),
    ("一半以上没有完成。", "一半"),
    ("比上年翻一番。", "翻一番"),
    ("执行率100%。", "100%"),
    # dates
    ("2022年12月19日完工。", "2022年12月19日"),
    ("2021年12月18日完工。", "2021年12月18日"),
    ("2023年3月底前完成。", "2023年3月底"),
    ("10月底前完工。", "10月底"),
    ("6月30日前补齐。", "6月30日"),
    ("2022年第一季度完工。", "2022年第一季度"),
    ("2022年上半年完工。", "2022年上半年"),
    ("12月上旬完工。", "12月上旬"),
    ("7-10月停工。", "7-10月"),
    ("近五年来逐年下降。", "五年"),
    ("二〇二三年完工。", "2023年"),
    # ranges, bounds
    ("户均4-5千元。", "4-5千元"),
    ("户均不低于5000元。", "5000元"),
    # ordinals and codes
    ("等第十二交通管理支队批准。", "第十二交通管理支队"),
    ("参加第九届展会。", "第九届"),
    ("第7行指标未完成。", "第7行"),
    ("使用TC-300检测仪。", "TC-300"),
    ("三四户没有签字。", "三四户"),
    # names
    ("西湖县水利局协调不力。", "西湖县"),
    ("东湖县财政局未及时拨付。", "财政局"),
    ("因财政厅审核较慢。", "财政厅"),
    ("由宏远管道安装有限公司施工。", "宏远管道安装有限公司"),
    ("赴成都考察。", "成都"),
    ("受石桥镇征地影响。", "石桥镇"),
    ("按照《水利工程管理条例》执行。", "《水利工程管理条例》"),
    ("依据东水发〔2021〕18号实施。", "东水发〔2021〕18号"),
    ("依据东水发〔2022〕19号实施。", "东水发〔2022〕19号"),
    ("依据财预〔2022〕18号实施。", "财预〔2022〕18号"),
    ("开展“清水润万家”活动。", "“清水润万家”"),
    ("使用SCADA系统。", "SCADA"),
    ("详见http://example.com/a。", "http://example.com/a"),
    ("与西部水务大学合作。", "西部水务大学"),
)


@pytest.mark.parametrize(("text", "culprit"), FAILS)
def test_what_does_not_is_marked_and_named(text: str, culprit: str) -> None:
    found = ground(text, FACTS)
    assert not found.grounded
    assert any(culprit in item.text for item in found.unsupported), found.unsupported
    assert found.text == text.rstrip("。") + UNVERIFIED + "。"
    assert found.kept == ""


NO_FIGURES = """\
一是加强调度，二是完善制度，三是强化督导。
第一，做好前期准备；第二，加强过程管理。
首先统一部署，其次分步实施，进一步压实责任。
结合“十四五”规划，完善项目库建设。
完善市、县、乡、村四级服务网络，三级指标已细化。
一定要重视，一般问题立行立改，一律按期办结。
从三个方面入手，两者并重，形成一体化格局。
建议每半年开展一次自查，每季度通报一次进度。
1.加强管理。
2、完善制度；3)督促整改。
（一）提前谋划。
各县（市）申报积极性高，我局将会同有关部门加强监管。
园区基础设施进一步完善，城市社区和农村社区服务能力同步提升。
中小学校、医院等公共机构带头示范，聘请物业公司负责保洁。
市场价格上涨，部分区域地质条件复杂，处理难度大。
以项目建设为中心，统筹推进各项工作，维护社会稳定和长治久安。
网上申报系统升级，数据中心建设进度略有滞后。
举办专题研讨会，开展大学生就业创业培训。
对重点企业进行一对一帮扶，千方百计稳就业。
十分重视绩效管理，层层落实责任，严禁一刀切。
由第三方机构开展评价，资金一次性拨付到位。
采购程序较长，合同签订时间较晚，尾款暂未支付。
超市、集市和乡镇卫生院均已覆盖，上市企业带头。
加快完成都市圈规划，河道南岸绿化和田间道路同步推进。
严格落实“三重一大”决策制度和“放管服”要求。
二次供水设施已移交，二维码巡检全面推行。
受春季低温影响，播种期推迟，苗木成活情况不理想。
养殖户参与积极性不高，防疫物资发放进度受到影响。
下一步将强化部门协作，提前落实用地手续，力争早开工、早见效。
部分家长对政策了解不够，申请材料提交不齐全。
因设备进口报关周期较长，到货时间晚于合同约定。
护理人员流动性大，培训后离岗现象较多。
警务站点建设涉及征地拆迁，协调难度较大。
文艺下乡演出场次受天气影响有所减少。
演出活动多安排在节假日，群众参与度高，观众人数超过预期。
图书采购实行集中招标，单价下降，节约了经费。
经费结余主要是差旅、会议等支出压减所致。
项目单位对绩效指标理解不到位，指标设置不够科学。
今后在编制预算时充分论证，细化测算依据，提高预算编制的准确性。
建立项目进度台账，实行销号管理，每月调度。
加强对承接主体的考核，将考核结果与付款挂钩。
完善验收标准和流程，聘请专家把关，确保工程质量。
由于上级资金下达较晚，当年未能形成实际支出。
结转资金将于下一年度继续使用。
因退休人员死亡、转移等原因，发放人数少于年初预计。
道路管护受冰雪天气影响，养护频次增加，成本相应上升。
原材料和人工价格上涨，导致单位成本超出指标值。
服务对象满意度调查采用问卷方式，样本覆盖面较广。
个别群众对补助标准有意见，满意度未达到指标值。
加强政策解读和入户宣传，争取群众理解支持。
供应商未按合同约定交货，已按合同追究违约责任。
对逾期未完工的施工单位进行约谈，责令限期整改。
积极对接金融机构，拓宽企业融资渠道。
统筹线上线下资源，扩大培训覆盖面，提高参训率。
技术方案多次调整，影响了系统上线时间。
系统试运行期间发现的问题已全部整改到位。
做好与业务主管部门的数据共享，减少重复录入。
项目绩效目标已基本实现，社会效益明显。
草原生态修复区域植被盖度逐步提高。
监测点位布设在河流断面和水源地周边。
县级财政配套资金到位不及时，影响工程款支付。
各乡镇街道按照职责分工抓好落实。
学校食堂改造在暑假期间集中实施。
医院信息化改造与等级评审工作同步推进。
村级组织运转经费得到保障，基层治理能力增强。
旱情持续时间长，抗旱应急支出增加。
机关后勤服务实行社会化，人员经费有所减少。
专家评审环节耗时较长，立项批复较晚。
今年上级组织的比赛取消，未能参加。
加强内部控制，完善报销审核流程，防范资金风险。
组织开展“回头看”，对发现的问题逐一整改。
有的企业主动放弃申报，符合条件的数量减少。
针对上述问题，我单位将认真分析原因，举一反三。
深入社区、企业、学校开展普法宣传。
完成了全部采集任务，数据质量符合规范要求。
市民反映良好，媒体广泛报道。
该项工作由业务科室牵头，办公室、财务科配合。
按进度支付工程款，余款在决算审计后结清。
不断优化营商环境，推进“一网通办”。
加强干部队伍建设，提升履职能力。
推进城乡融合，促进农业增效、农民增收。
逐步建立起覆盖省、市、县的监测网络。
项目区群众饮水安全得到保障。
由于统计口径变化，数据与上年不可比。
利用双休日和节假日加班加点，抢抓工期。
"""


@pytest.mark.parametrize("text", NO_FIGURES.splitlines())
def test_ordinary_words_raise_no_alarm(text: str) -> None:
    assert ground(text, facts_of()).unsupported == ()


INVENTED = """\
由华通路桥有限公司承建，进度滞后。
委托西北农林大学开展评估。
因乌苏市财政局未及时拨付资金。
赴上海开展招商推介活动。
根据《预算绩效管理暂行办法》执行。
按照财预〔2020〕10号文件要求。
会同交通运输局办理审批。
商请水利厅加快审批。
在阿勒泰地区开展试点。
受墨玉县疫情防控影响。
向国家发改委申请延期。
组织“云上招商季”活动。
使用SAP系统管理。
参加第五届进博会。
与石河子大学第一附属医院签订协议。
红旗镇、柳树村道路未通。
依托天山区文化馆举办。
由市卫健委统一安排。
联合国家税务总局新疆税务局开展培训。
中国农业银行系统升级。
请登录 www.example.com 查看。
在北京市海淀区中关村召开会议。
邀请清华大学教授授课。
施工方新疆天池建设集团停工。
受哈萨克斯坦口岸关闭影响。
参加亚欧商品贸易博览会。
项目位于城北开发区。
由伊犁州水利局组织验收。
与腾讯科技公司合作。
因和田地区物流中断，材料未能进场。
江苏省对口援建单位撤回人员。
项目由中建八局承建。
云南白药集团中止合作。
协调县自然资源局办理用地手续。
平安镇中心卫生院未完成搬迁。
北屯监狱改造工程延期。
受巴里坤县暴雪影响。
省审计厅提出整改意见。
昌吉学院承担培训任务。
中国科学院新疆分院提供技术支持。
沙湾市大泉乡三道沟村道路塌方。
按照《关于加强财政支出管理的通知》要求。
财政部驻新疆监管局核查后核减资金。
新疆大学第一附属医院牵头。
参加中国—亚欧博览会。
在广州召开推介会。
友好路街道办事处未配合。
引进“雪莲”牌设备。
采用ERP管理平台。
委托天诚会计师事务所审计。
由市住建局和城管局联合验收。
巴音镇第三小学改扩建滞后。
"""


@pytest.mark.parametrize("text", INVENTED.splitlines())
def test_an_invented_name_is_found(text: str) -> None:
    assert {item.kind for item in ground(text, facts_of()).unsupported} >= {"name"}


def test_only_the_sentence_in_doubt_is_marked() -> None:
    text = "新建泵站21个。培训99人，进度滞后；\n合格率93.5%！另有（见附件88号）。"
    found = ground(text, FACTS)
    assert found.text == (
        f"新建泵站21个。培训99人，进度滞后{UNVERIFIED}；\n合格率93.5%！另有（见附件88号）{UNVERIFIED}。"
    )
    assert found.kept == "新建泵站21个。\n合格率93.5%！"
    assert [(item.kind, item.text) for item in found.unsupported] == [("number", "99人"), ("number", "88号")]


def test_marking_is_idempotent_and_follows_new_facts() -> None:
    once = ground("培训99人。", FACTS)
    assert once.text == f"培训99人{UNVERIFIED}。"
    assert ground(once.text, FACTS) == once
    assert ground(once.text, FACTS + stated("一共培训了99人")).text == "培训99人。"


def test_a_marked_sentence_of_the_form_is_no_fact() -> None:
    form = FORM.model_copy(update={"remark": f"另培训77人{UNVERIFIED}。返工6处。"})
    facts = facts_of(form)
    assert not ground("培训77人。", facts).grounded
    assert ground("返工6处。", facts).grounded


def test_invisible_characters_neither_hide_nor_remain() -> None:
    found = ground("新建\u200b泵站2\u200b1\u2060个\u202e，培训9\u200d9人。", FACTS)
    assert found.text == f"新建泵站21个，培训99人{UNVERIFIED}。"
    assert [item.text for item in found.unsupported] == ["99人"]


def test_weights_and_scores_are_points_not_counts() -> None:
    assert ground("本指标分值15分。", FACTS).grounded
    assert not ground("增加15人。", FACTS).grounded
    assert not ground("增加100个。", FACTS).grounded


def test_past_figures_are_facts_only_where_the_evidence_is_given() -> None:
    past = Evidence(
        form=4,
        project_name="南山区管网改造",
        indicator="管网长度",
        year=2020,
        target="≥18公里",
        actual="17公里",
    )
    text = "南山区管网改造2020年完成17公里，完成率94.44%。"
    assert ground(text, facts_of(FORM, evidence=[past])).grounded
    assert not ground(text, facts_of(FORM)).grounded


def test_declared_arithmetic_is_recomputed_and_only_on_facts() -> None:
    words = "三个标段分别为120.5万元、80万元和40万元。"
    total = Derivation(operation="sum", operands=("120.5万元", "80万元", "40万元"))
    share = Derivation(operation="share", operands=("120.5万元", "80万元", "40万元"))
    facts = facts_of(words=words, derivations=[total, share])
    assert ground("合计240.5万元，第一标段约占50.1%。".replace("第一标段约", "最大的"), facts).grounded
    assert not ground("合计240.5万元。", facts_of(words=words)).grounded
    assert not ground("合计241万元。", facts).grounded
    invented = Derivation(operation="sum", operands=("120.5万元", "60万元"))
    mixed = Derivation(operation="sum", operands=("120.5万元", "80个"))
    assert not ground("合计180.5万元。", facts_of(words=words, derivations=[invented])).grounded
    assert not ground("合计200.5万元。", facts_of(words=words + "共80个。", derivations=[mixed])).grounded


def test_a_share_never_rounds_up_to_all() -> None:
    row = Indicator(name="覆盖户", target="1000户", actual="999户")
    facts = facts_of(Form(indicators=(row,)))
    assert ground("完成率99.9%。", facts).grounded
    assert not ground("完成率100%。", facts).grounded


def test_units_come_from_the_other_cell_or_the_name() -> None:
    rows = (
        Indicator(name="参训学员", target="≥60人", actual="84"),
        Indicator(name="满意度", target="≧90", actual="97%"),
        Indicator(name="培训次数", target="3", actual="4"),
        Indicator(name="事故发生率", target="0", actual="0"),
    )
    facts = facts_of(Form(indicators=rows))
    for said in ("84人", "90%", "4次", "0%", "7个百分点"):
        assert ground(f"为{said}。", facts).grounded, said
    for said in ("84家", "84%", "90人", "4人", "0人", "97个"):
        assert not ground(f"为{said}。", facts).grounded, said


# -- properties

AMOUNTS = st.decimals(min_value=Decimal("0.01"), max_value=Decimal(99999), places=2)
UNITS = st.sampled_from(
    ["万元", "元", "亿元", "人", "个", "家", "公里", "%", "天", "吨", "次", "平方米", "人次"]
)


@given(number=AMOUNTS, unit=UNITS)
def test_any_figure_that_is_not_in_the_facts_is_found(number: Decimal, unit: str) -> None:
    found = ground(f"本年完成{number}{unit}，进展顺利。", facts_of(words="加强管理，进展顺利。"))
    assert [item.text for item in found.unsupported] == [f"{number}{unit}"]


@given(number=AMOUNTS, unit=UNITS, other=AMOUNTS, other_unit=UNITS)
def test_text_made_of_facts_passes_and_nothing_else(
    number: Decimal, unit: str, other: Decimal, other_unit: str
) -> None:
    facts = stated(f"用户说：{number}{unit}")
    assert ground(f"共{number}{unit}。", facts).grounded
    alike = ground(f"共{other}{other_unit}。", facts).grounded
    if (number, unit) == (other, other_unit):
        assert alike
    elif alike:
        factor = {"万元": 10**4, "亿元": 10**8, "元": 1}
        assert {unit, other_unit} <= set(factor) or {unit, other_unit} == {"个", "家"} or number == other
        assert number * factor.get(unit, 1) == other * factor.get(other_unit, 1)


NOISE = "共完成一二十百千万亿点分之成倍约余第年月日号个人元%.,0123456789，。；-~至“”《》〔〕市县局公司ABc "


@given(text=st.text(alphabet=NOISE, max_size=40))
def test_any_text_is_grounded_in_itself_and_nothing_crashes(text: str) -> None:
    assert ground(text, stated(text)).unsupported == ()


# -- the bundled forms


def _prose(form: Form) -> list[str]:
    texts = [form.goal.expected, form.goal.actual, *(row.explanation for row in form.indicators)]
    return [text for text in texts if text.strip()]


def _bundled() -> list[tuple[str, Form]]:
    folder = ROOT / "vectorstore" / "corpus"
    return [
        (path.stem, Form.model_validate_json(path.read_bytes())) for path in sorted(folder.glob("*.json"))
    ]


def test_prose_of_the_bundled_forms_stands_in_its_own_form() -> None:
    for name, form in _bundled():
        facts = facts_of(form)
        for text in _prose(form):
            assert ground(text, facts).unsupported == (), name


def test_nearly_every_altered_digit_of_the_bundled_forms_is_found() -> None:
    """What slips through is a digit that happens to make another figure of the same form."""
    altered = found = 0
    for _, form in _bundled():
        texts = _prose(form)
        bare = form.model_copy(
            update={
                "goal": Goal(),
                "indicators": tuple(row.model_copy(update={"explanation": ""}) for row in form.indicators),
            }
        )
        base = facts_of(bare)
        for text in texts:
            facts = base + stated(text)
            for match in re.finditer("[0-9]", text):
                digit = str((int(match[0]) + 3) % 10)
                changed = text[: match.start()] + digit + text[match.end() :]
                altered += 1
                found += not ground(changed, facts).grounded
    assert altered > 200
    assert found / altered > 0.95


def test_restated_prose_is_grounded_in_the_original_form() -> None:
    """The bundled prose was restated by people: the same facts in other words."""
    if not GOLDEN.is_dir():
        pytest.skip("the original forms are not on this machine")
    alarms = []
    sentences = 0
    for name, form in _bundled():
        original = Form.model_validate(json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8")))
        facts = facts_of(original)
        for text in _prose(form):
            sentences += text.count("。") + 1
            alarms += [(name, item.text) for item in ground(text, facts).unsupported]
    assert sentences > 150
    # form 17 names two sums for two persons; the restatement says 其中1人, which no cell does
    assert {alarm for alarm in alarms if alarm != ("17", "1人")} == set()
