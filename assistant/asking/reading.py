"""A question taken apart: what is said in known words, and the rest, which must be names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from assistant.asking.entities import Entities, spans
from assistant.asking.numbers import NUMBER, Bound, find_bounds
from assistant.asking.words import bundled_words
from assistant.form.numerals import normal, number_of

TAKEN = "□"
"""Stands in the text for what has been understood."""


class Mention(NamedTuple):
    """A word of the question that was understood as ``name``."""

    name: str
    start: int
    end: int
    text: str


@dataclass
class Reading:
    """``said``: what was understood, by kind. ``phrases``: stretches left over, with their places."""

    text: str
    said: dict[str, Mention] = field(default_factory=dict)
    fields: list[Mention] = field(default_factory=list)
    levels: list[Mention] = field(default_factory=list)
    bounds: list[Bound] = field(default_factory=list)
    offices: list[tuple[int, int, tuple[int, ...]]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    years: list[int] = field(default_factory=list)
    quotes: list[str] = field(default_factory=list)
    phrases: list[Mention] = field(default_factory=list)

    def says(self, *names: str) -> bool:
        """Whether any of these was said."""
        return any(name in self.said for name in names)


_GOAL = "(?:(?:当初|年初|年度|原定|预定|设定|预期|既定|计划|绩效|定)*的?(?:目标|指标|计划|任务)(?:值|数)?)"
_N = NUMBER
_ROW_NOUN = "指标|项指标|条指标"
_NOUN = "(?:表|项目|单子|专项|指标|处室|单位|部门|条|项|问题|错误|地方)"
# Earlier ones win; each is looked for once, all its places are taken.
_SAID: tuple[tuple[str, str], ...] = (
    (
        "over_scored",
        "(?:多(?:打|给|算)了?分|得分(?:高于|超过|大于|高过|比)按?规则(?:得分|的)?(?:高|多)?|得分偏高|打(?:分)?高了)",
    ),
    (
        "under_scored",
        "(?:少(?:打|给|算)了?分|得分(?:低于|小于|少于)按?规则(?:得分|的)?|得分偏低|打(?:分)?低了)",
    ),
    (
        "opinion",
        "你?(?:觉得|认为|怎么看|评价一下|推荐|预测|预计|估计|猜)|(?:有|提)(?:什么|啥|些|点)?建议|写(?:一)?(?:首|篇|份|段|个)|翻译|讲个|应不应该|值不值|好不好|有必要",
    ),
    ("transfer", "(?:用|是|属于)?(?:了|的)?转移支付(?:类|项目|资金|格式|模板|样式)?(?:的)?"),
    (
        "total_differs",
        "(?:填报|填的?|自评)?总分(?:和|与|跟|同)?(?:按?规则|重算|重新计?算|应得|公式)(?:重算|重新计?算|计?算)?(?:出来|得出)?的?(?:总?分|总?得分|结果)?(?:不一致|不符|不一样|不同|对不上|不相等|有出入|有差异|有差距)",
    ),
    (
        "below_half",
        f"得分(?:低于|不到|少于|不足|没到|小于)(?:了)?(?:分值|满分|权重)的?(?:(?P<half>一半)|(?P<n>{_N})(?P<u>%|成))",
    ),
    (
        "adjusted",
        "(?:年初|全年)预算数?(?:和|与|跟|同)(?:年初|全年)预算数?(?:的)?(?:不一样|不一致|不同|不相等|有差异|有出入|有变化|对不上)|预算(?:有|做|作)?过?(?:了)?(?:调整|追加|调增|调减|变动)(?:过|了)?(?=的|$|□)|(?:调整|追加|调增|调减)(?:了|过)预算",
    ),
    (
        "how",
        "(?:是)?(?:怎么|如何|怎样|咋)(?:计?算|得)(?:出来|出|来|得|下来)?的?|(?:怎么|咋)来的|(?:计算|推导)(?:过程|方法|方式|步骤)|算式|(?:计算)?公式|依据什么算|(?:怎么|咋)(?:个)?算法?",
    ),
    (
        "wrong_total",
        "总分(?:的)?(?:合计|相加|加总)?(?:是不是|有没有|可能)?(?:都)?(?:被)?(?:加|计|算|填|写|合计)?(?:得)?(?:错|不对|有误|有问题|对不上|不一致|不相符|不符|有错)了?(?:误)?|(?:各项|各行|逐项|明细)?得分(?:加起来|合计|相加|之和|加总)(?:和|与|跟|不等于|对不上|不是)?(?:填的?)?(?:总分)?(?:对不上|不等于|不一致|不符|不等|不相等|不同)?(?:总分|填的总分)?|总分(?:和|与|跟)(?:各项|各行|逐项|明细)?得分(?:合计|之和|加总|加起来)?(?:对不上|不一致|不符|不等|不同)|加总(?:出)?错",
    ),
    (
        "wrong_exec_score",
        "(?:预算)?执行(?:率)?(?:的)?得分(?:有没有|是不是)?(?:算|填|写|计)?(?:得)?(?:错|不对|有误|有问题|对不上|不一致|不准)了?(?:误)?",
    ),
    (
        "wrong_rate",
        "执行率(?:是不是|有没有)?(?:被)?(?:算|填|写|计算)?(?:得)?(?:错|不对|有误|有问题|对不上|不一致|不准|不符)了?(?:误)?",
    ),
    (
        "wrong_weight",
        "(?:分值|权重|满分)(?:合计|之和|总和|加起来|总计|相加)?(?:都)?(?:不是|不等于|不为|不足|超过|没到|凑不(?:够|满)|加起来不是|对不上|≠)(?:一百|100)分?|(?:分值|权重)(?:合计|之和|加起来)?(?:加|算|填)?(?:错|不对|有误|有问题)了?",
    ),
    (
        "wrong_score",
        "(?:指标(?:的)?)?得分(?:是不是|有没有)?(?:算|打|填|写|给)?(?:得)?(?:错|不对|有误|有问题|不合规则|不符合规则|不合理|与规则不符|不按规则|和规则不一致)了?(?:误)?|(?:打|算)错分|(?:多|少)(?:打|给|算)(?:了)?分|(?:分|分数)(?:算|打|给)错了?|(?:填报|填的?)(?:得分|分数)(?:和|与|跟)(?:按?规则|应得|重算)(?:的|得分)?(?:不一致|不符|不一样|不同|对不上)",
    ),
    (
        "wrong_date",
        "(?:日期|时间|年份|年度)(?:写|填)?(?:得)?(?:错|不对|有误|有问题|矛盾|穿越|对不上|不一致|不是本年)了?",
    ),
    (
        "copied_goal",
        "(?:照抄|抄|复制|照搬|原样|一字不差|一模一样|雷同)(?:的|了)?(?:预期)?(?:目标)?|目标(?:和|与|跟)(?:实际)?完成情况(?:写得)?(?:一样|相同|雷同|一致)",
    ),
    (
        "no_year",
        "(?:没有?|未|没|缺|漏)(?:有)?(?:填写?|写|标注?|注明|印|带)?(?:明)?(?:年度|年份)(?:行)?|(?:年度|年份)(?:行)?(?:是)?(?:没有?|未|漏|空)(?:填写?|写|着|标)?(?:的)?",
    ),
    (
        "no_title",
        "(?:没有?|未|缺|漏)(?:有)?(?:填写?|写)?(?:表)?(?:标题|题目|表名)|(?:标题|表名)(?:是)?(?:空|缺|没)(?:着|的|白|写|有)?",
    ),
    ("no_sign", "(?:没有?|未|缺|漏)(?:有)?(?:写|填|带|标)?(?:比较)?(?:符号|大于号|≥|≤|不等号)"),
    (
        "no_unit",
        "(?:没有?|未|缺|漏)(?:有)?(?:写|填|带|标)?(?:目标|指标值|目标值|完成值)?(?:的)?(?:计量)?单位(?=的|$|□|指标|是)",
    ),
    (
        "no_actual",
        "(?:没有?|未|缺|漏)(?:有)?(?:写|填)?(?:实际)?完成(?:值|情况)|完成值(?:是)?(?:空|没填|没写|空着|空白|漏填)",
    ),
    (
        "problems",
        "(?:有|存在|查出|查到|发现|出现)?了?(?:哪些|什么|啥|几处|几个|多少(?:个|处)?|几条)?(?:填报|填写|填表)?(?:问题|错误|差错|毛病|错处|错)(?=$|□|[的吗呢了是有在和,最])|(?:哪里|哪儿|什么地方|哪些地方)(?:填|写|算)?(?:错|不对|有问题)了?|(?:填|写|算)错了?(?:什么|哪里|哪些|的地方)|不(?:合规|规范)(?:的地方)?|有没有错",
    ),
    (
        "correct",
        "(?:算|填|写|打|给|加)?(?:得)?(?:对不对|对吗|正确吗|准不准|准确吗|有没有算错|算错没有?|算错了?吗|有没有错|没错吧|错没错|是否正确|是不是对的)",
    ),
    (
        "top_n",
        f"(?:排)?前(?P<n>{_N})(?:个|名|张|位|项|条|大|家)?|(?P<w>最[大高多低小少长短])的?(?P<n2>{_N})(?:个|名|张|位|项|条|家)(?:{_NOUN})?|top(?P<n3>[0-9]+)",
    ),
    (
        "nth",
        f"(?:排(?:名|在)?)?第(?P<n>二|三|四|五|六|七|八|九|十|[2-9])(?P<w>大|高|多|低|小|少|长|短|名|位)?(?:的)?",
    ),
    ("last_n", f"(?:倒数|最后|末尾|垫底)(?:的)?(?:前)?(?P<n>{_N})?(?:第一)?(?:个|名|张|位|项|条)?"),
    (
        "no_reason",
        "(?:偏差)?(?:原因|理由|说明|解释)(?:栏|一栏)?(?:都|却|又|还)?(?:是)?(?:没有?|未|空)(?:有)?(?:填写?|写|说明?|着|白|交代|给)?(?:的)?|(?:没有?|未|还?没|缺|缺少|漏)(?:有)?(?:能)?(?:填写?|写|说|作|做|给|给出|交代|注明|附)?(?:清|明|出|上|任何)?(?:过)?(?:偏差|偏离)?(?:的)?(?:原因|理由|说明|解释)|没(?:有)?(?:说明|解释|交代)(?:清楚)?(?:为什么)?|未(?:予)?(?:说明|解释)|偏差栏?(?:是)?(?:空|没写|没填)(?:着|的|白)?|(?:什么|啥)(?:也|都)没(?:说|写)",
    ),
    (
        "no_measure",
        "(?:没有?|未|缺|缺少|漏)(?:有)?(?:填写?|写|说|提出?|给出)?(?:明)?(?:任何)?(?:具体)?(?:的)?(?:改进|整改)?(?:的)?措施|(?:改进|整改)?措施(?:是)?(?:没有?|未|空)(?:填|写|着)?|不写(?:改进)?措施|没说怎么改",
    ),
    (
        "reason",
        "(?:写|填|作|做|给出?|有|注明|说明|附)(?:了|过|有)?(?:偏差)?(?:的)?(?:原因|理由|说明|解释)|(?:说明|解释)(?:了|过)(?:原因|偏差)?",
    ),
    (
        "times",
        f"(?:(?:是|为|达到?了?|相当于|超过了?|高于|多于|超出了?|比|超|达)?{_GOAL}(?:的)?(?:高|多|超|超出|超过|高出|多出)?(?:出)?了?(?P<n1>{_N})(?P<u1>倍|%|成)(?P<a1>以上|还多|多|有余|及以上)?)|(?:超|超出|超过|翻)了?(?P<n2>{_N})(?P<u2>倍|番)(?P<a2>以上|还多|多)?|翻(?:了)?(?:一)?[番倍](?:以上|还多)?|成倍",
    ),
    (
        "percent_over",
        f"(?:超额完成|超出{_GOAL}|超过{_GOAL}|超{_GOAL})(?:了)?(?P<n>{_N})(?P<u>%|成)(?P<a>以上|还多)?",
    ),
    (
        "over_budget",
        "(?:实际)?(?:全年)?(?:执行数?|支出|花的?(?:钱)?|用的?(?:钱)?)(?:金额)?(?:超过了?|超出了?|大于|高于|多于|突破)(?:了)?(?:全年)?(?:预算)(?:数|金额)?|超(?:了|出了?|过了?)?(?:全年)?预算(?:的|了)?|超支(?:了|的)?|花超了?|花冒了?|超预算执行|(?:执行率)?超(?:过|出)?(?:了)?100%",
    ),
    ("no_over_budget", "(?:没有?|未)(?:有)?(?:超支|超(?:过|出)?预算|花超)"),
    (
        "all_spent",
        "(?:钱|资金|预算|经费)?(?:都|全部?|已经?|全)?(?:花|用|执行|支出|使用)(?:得)?(?:完|光|干净|到位|完毕|精光)了?|(?:全部|全额)(?:执行|支出|花|用|使用)(?:完)?了?|一分(?:钱)?(?:不剩|没剩|都没剩)|执行(?:完毕)",
    ),
    (
        "under_spent",
        "(?:预算|资金|钱|经费)(?:都|还)?(?:没有?|未|没能)(?:全部?|能)?(?:花|用|执行|支出|使用)(?:完|光|掉|到位)|有(?:结余|剩余|余额)|(?:执行|支出)不(?:到位|充分|足)",
    ),
    (
        "missed",
        f"(?:没有?|未|没能|未能|尚未|还没|没)(?:有)?(?:能)?(?:按时)?(?:全部|完全)?(?:完成|达到|达成|实现|达)(?:了)?{_GOAL}?(?:标|任务)?|(?:没有?|未|不)(?:能)?达标|(?:低于|不及|少于|小于|不到|没到|未到|没有到|差于|赶不上){_GOAL}|欠账|打了折扣|拖后腿|没做到位?|没干完|没做完|(?:完成得)?不(?:理想|到位)",
    ),
    (
        "exceeded",
        f"(?:超额|超出{_GOAL}|超{_GOAL})完成(?:了)?(?:任务|目标)?|(?:超过|高于|超出|大于|多于|好于|优于|高出)(?:了)?{_GOAL}(?:了)?|超目标",
    ),
    (
        "exactly",
        f"(?:刚好|正好|恰好|刚刚)(?!是?[0-9一二三四五六七八九十百])(?:完成|达到|等于|达标)?{_GOAL}?|(?:等于|与|和|跟|同){_GOAL}(?:完全)?(?:一样|一致|相同|相等|持平)?",
    ),
    (
        "reached",
        f"(?:全部|都|(?<!平)均|已经?|按时|如期|顺利)?(?:完成|达到|实现|达成)了?{_GOAL}(?:任务)?(?!率)|(?:全部|都|(?<!平)均)(?:完成|达标)了?|达标",
    ),
    (
        "no_full",
        "(?:没有?|未|没能|不是|没)(?:有)?(?:得|拿|打|给)?(?:到|够)?满分|(?:被)?(?:扣|丢|失)(?:了|过|掉了?)?分(?!最|多少|情况|合计|总|之|[0-9一二两三四五六七八九十超大小低高不达至在])|没(?:有)?拿满|不满分",
    ),
    (
        "full",
        "(?:得|拿|打|是|给)?(?:到|了)?满分(?!值|是)|(?:得分)?(?:等于|和)分值(?:一样|相等)?|一分(?:没|未)(?:扣|丢)|没(?:有)?扣分|未扣分",
    ),
    (
        "date_target",
        "(?:填|写|是|用|设|定|为|给)?(?:的|了|着)?(?:具体)?(?:日期|时间点|截止(?:日期|时间)|年月日)(?:型)?(?:的)?",
    ),
    (
        "qualitative",
        "定性(?:的|类|描述|指标)?|(?:用)?文字描述(?:的)?|没(?:有)?(?:具体)?(?:数字|数值|量化)(?:的)?|没量化|未量化",
    ),
    ("quantitative", "定量(?:的|类|指标)?|量化(?:的|了的)?"),
    (
        "share",
        "占(?:了|到|的|据)?|(?:的)?(?:占比|比重|比例|份额|百分比)(?=$|□|是|多|有|为|占|,)|百分之(?:几|多少)|几成",
    ),
    ("ratio", "(?:的)?(?:几|多少)倍"),
    (
        "compare_two",
        "(?:相)?差(?:了)?(?:多少|几)|(?:相差|差距|差额|差别)(?:了|是|有)?(?:多少|几|多大)?|(?:谁|哪个|哪家)(?:更|的|比较)?(?=多|少|高|低|大|小)|(?:多|少|高|低|大)(?:出)?(?:了)?(?:多少|几)(?:[分元个张家]|万元?)?|谁(?:多|少|高|低|大|小)",
    ),
    ("mean", "平均(?:下来|数|值|分|每[个张项家])?(?:是|为)?|均(?:值|分)|人均(?!培训)"),
    ("order_up", "从?(?:小到大|低到高|少到多|由低到高|由小到大|升序|由少到多)"),
    ("order_down", "从?(?:大到小|高到低|多到少|由高到低|由大到小|降序|由多到少)"),
    ("order", "(?:排(?:一排|个?序|列|名|一下|个名|个队|排|行)|依次|按?顺序)(?:一下)?(?:出来)?"),
    (
        "top",
        "(?:排名?)?(?:最(?:为)?(?P<w>大|高|多|低|小|少|长|短|好|差|贵|便宜|快|慢|严重|厉害|悬殊|突出|离谱|充分|足|理想)|(?:排)?第(?:一|1)(?:名|位)?|冠军|榜首|头名|垫底|数一数二|(?P<w2>首)位)(?:的)?",
    ),
    (
        "per_unit",
        "(?:各|每|每个|各个|每一个|分|按|按照|逐个)(?:家)?(?:个)?(?:处室|单位|部门|处(?=[有的平总得花执一几多□,])|科室|实施单位)(?:来)?(?:分|分别|统计|汇总|分组)?",
    ),
    ("which_unit", "(?:是)?(?:哪|哪个|哪家|哪些|哪几个|什么|谁家)(?:处室|单位|部门|科室|处(?!理|置|罚))"),
    ("count_units", "(?:多少|几|有多少|有几)(?:个|家)(?:不同的?)?(?:实施)?(?:处室|单位|部门|科室)"),
    (
        "per_form",
        "(?:各|每|每个|每张|各个|各张|每一[个张]|按|逐[个张])(?:个|张)?(?:项目|表|专项|单子)(?:来)?(?:分别)?(?:各自)?",
    ),
    (
        "per_level2",
        "哪一?(?:类|种)|(?:各|每|每个|各个|每一|哪|哪一?|哪个|什么|按)(?:二级|类|种|类型)的?(?:二级)?指标(?:分类)?|(?:各|每个|按|哪个)二级指标",
    ),
    ("per_level1", "(?:各|每|每个|各个|哪个|按)一级(?:的)?指标|产出、?效益(?:和|、|与)?满意度?(?:各|分别)"),
    (
        "unit_of_value",
        "(?:有)?(?:多少|(?<!哪)几)(?:家|人|名|位|次|场|期|篇|天|平方米|亩|万元|亿元|元|户|份|班|所|套|台|辆|公里|吨)",
    ),
    (
        "count",
        f"(?:有|共有|一共有|总共有|共)?(?:多少|(?<!哪)几)(?:个|张|项|条|家|份|处|行|类|场|种)(?={_NOUN}|$|□|[,的是有没超低达不满扣得])|(?:有|是|共|共有)?(?:多少|(?<!哪)几)(?:{_NOUN})|(?:有)?(?:多少|(?<!哪)几)(?:个|张|项|条|份|处)|数量(?:是)?(?:多少|(?<!哪)几)|(?:个|条|张)数|共(?:有)?几",
    ),
    (
        "sum",
        "合计(?:是|为)?|总共|一共|加起来|总和|总计|累计|共计|之和|加总|加在一起|汇总|总额|总量|相加|全部加|总的",
    ),
    (
        "negated_set",
        "(?:一个|一条|一项)?(?:都|也)?(?<!有)(?<!是)(?:没有?|未|缺|缺少|不含|不包含|没设|未设|没设置|未设置)(?:设置?|填写?|列|写|安排|含|设定|有|涉及)?(?:任何|一个|过|了)?(?=□|的|$)",
    ),
    (
        "yesno",
        "(?:吗|(?<!什)(?<!怎)(?<!那)(?<!这)么|没有|没|否|不)$|有没有|有无|是不是|是否|能不能|对不对|有木有|是否有",
    ),
    (
        "which",
        "(?:有)?哪(?:些|几[个张项条家]|几)|(?:都)?有(?:谁|哪些|什么)|是?哪(?:个|张|一[个张项条]|项|条|份)|列(?:一下|出来?|举|个)|清单|名单|找出|是谁|谁",
    ),
    (
        "reason_contains",
        "(?:因为|由于|受|(?<!原)因|提到|提及|涉及|说到|写到|谈到|归因于|归咎于|包含|含有|出现|带有|带|含)(?:了)?(?=□|[一-龥]{2})",
    ),
)
_PATTERNS = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _SAID)
_BEFORE_FIELDS, _BEFORE_BOUNDS = "last_n", "full"
"""After these the special fields and levels, and the numbers, are taken."""
_EARLY = frozenset(
    (
        "exec_score",
        "exec_score_rule",
        "indicator_count",
        "unit_asked",
        "exec_weight",
        "unspent",
        "adjusted",
        "gap",
        "total_sum",
        "total_rule",
        "rate_printed",
        "measure_text",
    )
)
_FORM_NUMBER = re.compile(
    rf"(?:第|编号为?|编号是)?(?P<n>[0-9]+|{_N})号(?:表|项目|自评表)|第(?P<m>[0-9]+|{_N})(?:张|个|份)(?:表|项目|自评表)|编号为?(?P<k>[0-9]+)(?:的)?(?:表|项目)?|表(?P<j>[0-9]{{1,3}})(?![0-9.%])"
)
_YEAR = re.compile("(?<![0-9.])(20[0-9]{2})(?:年度?)?(?![0-9.,%名人个家万元次户台条件项分亿])")
_RELATIVE = re.compile(
    "(?P<last>去年|上年|上一年|上年度)|(?P<now>今年|本年|当年)|(?P<next>明年|下一?年度?|来年)|(?P<before>前年)|(?P<after>后年)"
)
_DATE_ONLY = re.compile("[0-9年月日号至到-]+")
_QUOTE = re.compile("[“\"「『《‘'](.{1,60}?)[”\"」』》’']")


def read(question: str, entities: Entities) -> Reading:
    """Takes ``question`` apart."""
    return _Reader(question, entities).read()


class _Reader:
    def __init__(self, question: str, entities: Entities) -> None:
        self.entities = entities
        self.text = normal(question).replace(" ", "").rstrip("?。!.;")
        self.work = list(self.text)
        self.found = Reading(self.text)

    def read(self) -> Reading:
        found = self.found
        for match in _QUOTE.finditer(self.text):
            found.quotes.append(match[1])
            self._blank(match.start(), match.end())
        named = self._protect()
        self._offices()
        self._numbers_and_years()
        words = bundled_words()
        if foreign := words.foreign.search("".join(self.work)):
            found.said["foreign"] = Mention("foreign", foreign.start(), foreign.end(), foreign[0])
        for name, pattern in _PATTERNS:
            for match in pattern.finditer("".join(self.work)):
                if match.end() > match.start() and TAKEN not in match[0] and not self._in_a_word(match):
                    found.said.setdefault(name, Mention(name, match.start(), match.end(), match[0]))
                    self._blank(match.start(), match.end())
            if name == _BEFORE_FIELDS:
                for field_name, field_pattern in words.fields:
                    if field_name in _EARLY:
                        self._mentions(field_name, field_pattern, self.found.fields)
                for level, level_pattern in words.levels:
                    self._mentions(level, level_pattern, self.found.levels)
            if name == _BEFORE_BOUNDS:
                self._bounds()
        for field_name, field_pattern in words.fields:
            self._mentions(field_name, field_pattern, self.found.fields)
        self.found.fields.sort(key=lambda mention: mention.start)
        self._phrases(named)
        return found

    def _protect(self) -> list[tuple[int, int]]:
        """Names as printed are kept from being read as ordinary words."""
        text = "".join(self.work)
        named = [one for one in self.entities.named_spans(text) if not _DATE_ONLY.fullmatch(text, *one)]
        self.kept = {at: self.work[at] for start, end in named for at in range(start, end)}
        for at in self.kept:
            self.work[at] = TAKEN
        return named

    def _offices(self) -> None:
        for start, end, forms in self.entities.offices("".join(self.work)):
            self.found.offices.append((start, end, forms))
            self._blank(start, end)

    def _numbers_and_years(self) -> None:
        for match in _FORM_NUMBER.finditer("".join(self.work)):
            number = number_of(next(group for group in match.groups() if group))
            if number is not None:
                self.found.numbers.append(int(number))
                self._blank(match.start(), match.end())
        for match in _YEAR.finditer("".join(self.work)):
            self.found.years.append(int(match[1]))
            self._blank(match.start(), match.end())
        for match in _RELATIVE.finditer("".join(self.work)):
            name = match.lastgroup or ""
            self.found.said.setdefault(f"year_{name}", Mention(name, match.start(), match.end(), match[0]))
            self._blank(match.start(), match.end())

    def _bounds(self) -> None:
        for bound in find_bounds("".join(self.work)):
            if (bound.signed or bound.unit) and not self._named_amount(bound):
                self.found.bounds.append(bound)
                self._blank(bound.start, bound.end)

    def _mentions(self, name: str, pattern: re.Pattern[str], into: list[Mention]) -> None:
        for match in pattern.finditer("".join(self.work)):
            if match.end() > match.start() and TAKEN not in match[0]:
                into.append(Mention(name, match.start(), match.end(), match[0]))
                self._blank(match.start(), match.end())

    def _phrases(self, named: list[tuple[int, int]]) -> None:
        """What is left, with the printed names put back; idle words end a phrase."""
        for match in bundled_words().filler.finditer("".join(self.work)):
            self._blank(match.start(), match.end())
        self._single_fillers()
        for at, character in self.kept.items():
            self.work[at] = character
        marked = [
            bool(re.match("[一-龥A-Za-z0-9]", character)) and character != TAKEN for character in self.work
        ]
        for start, end in spans(marked):
            text = self.text[start:end]
            if len(text) > 1 or any(a <= start < b for a, b in named):
                self.found.phrases.append(Mention("phrase", start, end, text))

    def _named_amount(self, bound: Bound) -> bool:
        """三项经费, 六十年代: a number that is part of a name."""
        beside = self.text[bound.end - 1 : bound.end + 1]
        return (
            not bound.signed
            and len(beside) == 2
            and self.entities.names_have(beside)
            and not beside[0].isdigit()
        )

    def _in_a_word(self, match: re.Match[str]) -> bool:
        """Whether a single character is part of a word of the library: 占 in 频占费."""
        at = match.start()
        beside = (self.text[max(0, at - 1) : at + 1], self.text[at : at + 2])
        return len(match[0]) == 1 and any(
            len(pair) == 2 and self.entities.names_have(pair) for pair in beside
        )

    def _single_fillers(self) -> None:
        """Idle characters go too, but not where they are part of a word that the library uses (减排)."""
        idle = bundled_words().idle
        text = "".join(self.work)
        for at, character in enumerate(text):
            if character in idle and not any(
                TAKEN not in pair
                and (
                    self.entities.names_have(pair)
                    if character in "的了在是和与"
                    else self.entities.knows(pair)
                )
                for pair in (text[max(0, at - 1) : at + 1], text[at : at + 2])
                if len(pair) == 2
            ):
                self._blank(at, at + 1)

    def _blank(self, start: int, end: int) -> None:
        self.work[start:end] = [TAKEN] * (end - start)
