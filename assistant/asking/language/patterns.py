"""What no list of words holds: numbers of forms, years, causes, comparisons, quotations."""

from __future__ import annotations

import re

from assistant.asking.language.numbers import NUMBER

FORM_NUMBER = re.compile(
    rf"(?:第|编号为?|编号是)?(?P<n>[0-9]+|{NUMBER})号(?:表|项目|自评表)|第(?P<m>[0-9]+|{NUMBER})(?:张|个|份)(?:表|项目|自评表)|编号为?(?P<k>[0-9]+)(?:的)?(?:表|项目)?|表(?P<j>[0-9]{{1,3}})(?![0-9.%])"
)
ROW_NUMBER = re.compile(rf"第(?P<n>[0-9]+|{NUMBER})(?:(?P<row>行)(?:的)?(?:指标)?|条(?:指标)?|(?:项|个)指标)")
"""第3行; 第3条 only of a form that is named by its number."""
YEAR = re.compile("(?<![0-9.])(20[0-9]{2})(?:年度?)?(?![0-9.,%名人个家万元次户台条件项分亿])")
YEAR_RANGE = re.compile(
    "(?<![0-9.])(20[0-9]{2})(?:年度?)?(?:到|至|[-~])(20[0-9]{2})(?:年度?)(?:(?:这|的)?[两二三四五六]年)?|(?<![0-9.])(20[0-9]{2})[-~](20[0-9]{2})(?![0-9.])"
)
"""2022到2024年: every year from the first to the last."""
LAST_YEARS = re.compile(
    "(?:最?近|过去|这)的?([两二三四五六])个?年(?!级|期|制|行动|计划|规划|度)(?:以来|来|间|里|内|之间|之中)?"
)
"""近两年: so many of the latest years."""
DATE = re.compile("(20[0-9]{2})(?:年|[-/.])([0-9]{1,2})(?:月|[-/.])([0-9]{1,2})(?:日|号)?")
"""2021年12月31日: what a cell reads, in whatever way."""
DAY = re.compile("(?<![0-9年])([0-9]{1,2})月([0-9]{1,2})[日号]")
"""12月31日 of no year that is said."""
WRITTEN = re.compile(
    "(?P<verb>(?:写|填|定|设|标|印|误|要求|出现|停|停留|落|安排|排|拖|推|推迟|延|卡|留)(?:成|为|的是|是|着|在|到|的|至)*了?(?:的?还?是)?)$"
    "|(?:日期|时间|年份|期限)(?:里|上)?(?:还|却|仍|仍然|竟然?|居然|都|也)*(?:是|为|在|到)$"
)
"""写成了2020年, 还停在2020年: what a cell reads, not the year of the forms."""
MONTH = re.compile("(?<=年)([0-9]{1,2})月(?:份)?")
"""11月 of a year that a cell reads."""
RELATIVE = re.compile(
    "(?P<last>去年|上年(?!结转|结余)|上一年|上年度)|(?P<now>今年|本年|当年)|(?P<next>明年|下一?年度?|来年)|(?P<before>前年)|(?P<after>后年)"
)
NOUNS = {
    "form": re.compile("项目|专项|(?<![报列])表(?!示|现|明|态|达)|单子|张"),
    "row": re.compile("指标(?!值)|条目|条(?=$|[的,是])"),
    "unit": re.compile("处室|单位|部门|科室|股室|委办局|(?<=[各个家])[局厅]"),
    "finding": re.compile("问题|错误|差错|毛病|错处|警告|提醒|提示"),
}
WHOLE = "(?:全部|所有|整个|总的|全(?:[厅局委省市县区州旗院校乡镇处所]|单位|部门|系统))"
"""All that there are, of whatever authority the library is: 全部, 全厅, 全县."""
OF_ALL = re.compile(
    rf"(?<![前后第过足到于满最0-9])(?:(?:{WHOLE}|全|这)(?:的)?)?(?P<n>{NUMBER})(?:个|张|份)(?P<what>项目|自评表|表)(?P<in>里头?面?|中|当中|之中)?"
)
"""全部20个项目, 20张表中: the number of all there are says nothing more."""
OF_SOURCE = re.compile(
    "(?:[也又都还却]?(?:(?<!有)没有?|没能|未|不)能?(?:是|动?用|使用|花|走|靠|依靠|有|安排|列|含|来自)?[了到过]?(?:任何|一分)?的?"
    "|(?:只|仅|纯|单|全部?|都)+(?:动?用|使用|花|靠|依靠|有|来自|出自|出在|来源于|走)[了的于]?|(?:动用|使用|用)[了到过]?)$"
)
"""没用财政拨款, 全靠其他资金: what is said of the source that follows."""
NO_CELL = re.compile("(?<!有)(?:没有?|未|漏|缺少?)(?:填写?|写|有|打|给|列|评|算|印)?(?:了|着)?$")
EMPTY = re.compile(
    "(?:[那这]?[一两]?[栏列格])?(?:里|上)?(?:整(?:个|张)?表?(?:格|里)?|整列|整栏|全列|一列|从[头上]到[尾下]|自始至终|[一半]个?(?:格子?|行|条|字)|全部|全)?(?:都|全|却|又|也|还|仍)*(?:为空|是空的?|空着|空白|(?:都|也)没有(?=$|的|[,;])|没填写?|没写|没印|没有印|没有填写?|未填写?|未写|漏填)(?:的|着)?"
)
FILLED = re.compile(
    "(?:一栏|栏|那栏)?(?:里|上)?(?:都|却|又|也)*(?:不为空|不是空的?|填了|写了(?:东西|内容)?|有内容)(?:的)?"
)
POINTS_BEFORE = re.compile(
    "(?:总分|得分|分值|分数|自评分)(?:写|填|印|打|标|报|给|评)?(?:的|了|着|成)?(?:是|为|满)?$|(?:给|打|拿|评|扣|丢)(?:了|掉)?(?:个|到)?$|得了(?:个)?$"
)
"""总分100的: a number of points, though 分 is not said again."""
SHARE_BEFORE = re.compile(
    "(?:满意度|[执完合及得]?[行成格时分]率)(?:都|目标|定得|是|为|的|填|写|印|标|了|着)*$"
)
HAS_CELL = re.compile(
    "(?<![没未无漏缺])(?:(?:印|填|写|打|标|评)?有(?:了|着)?|(?:列|印|填|写|标)(?:出|明)?(?:了|着))$"
)
"""有总分的表, 填了分值的表: that a cell holds something."""
HELD = frozenset(
    (
        "total",
        "title",
        "note",
        "score",
        "weight",
        "actual",
        "target",
        "exec_score",
        "remark",
        "central_department",
    )
)
OWN = (
    "(?:(?:给|打|印|填|写|评|算|标|报)(?:得|的)|按|的|了|却|还|都|又|也|仍|且|则|均|完全|恰好|恰恰|反而|反倒|居然|竟然?"
    "|倒|明显|远远?|稍|略)*"
)
VERSUS = {
    "versus_gt": re.compile(OWN + "(?:高于|超过了?|超出了?|大于|多于|高过|超)(?:了)?的?"),
    "versus_lt": re.compile(
        OWN + "(?:低于|小于|少于|不及|没到|不到|(?:没有?|未)能?够?达到?|(?:没有?|未)能够?到|达不到|低过|不足"
        "|不如|赶不上|够不上)的?"
    ),
    "versus_ge": re.compile(OWN + "(?:不低于|不少于|不小于)的?"),
    "versus_le": re.compile(OWN + "(?:不超过|不高于|不大于|没超过?)的?"),
    "versus_eq": re.compile(OWN + "(?:等于|正好等于|刚好等于)的?"),
    "versus_ne": re.compile(OWN + "(?:不等于|≠)的?"),
}
BY = re.compile(OWN + "(?:比|跟|和|与|同)的?")
THAN = re.compile(
    "的?(?:值|数)?(?:要|还|都|完全|正好|刚好)?(?:(?P<gt>高|多|大|调增|调高|追加|增加)|(?P<lt>低|少|小|调减|调低|核减|压减|削减|减少)|(?P<eq>相等|一样|一致|相同|持平|相符)|(?:不一致|不一样|不符|不同|不相等|对不上|有出入|有差异))(?:的|了)?"
)
HOW_MUCH = re.compile("多少|几|出")
WITH_NOUN = frozenset(
    ("which_unit", "per_unit", "count_units", "count", "per_form", "which", "top_n", "problems")
)
COUNTS_OFFICES = frozenset(("which_unit", "top_n", "last_n"))
"""哪个处, 哪三家, 前三家: offices, by the word that they are counted with."""
OFFICE_ALONE = re.compile("(?:实施)?(?:处室|单位|部门|科室|股室|[局厅处科])")
EACH_OFFICE = re.compile("(?<=[每2-9两二三四五六七八九十][个家])[局厅处科](?![一-龥]?[长室])")
"""平均每个局, where 每个 was read with 平均."""
DATE_ONLY = re.compile("[0-9年月日号度的至到-]+")
NAMED_BY = re.compile(
    "(?P<noun>项目|指标)?(?:名称|名字|(?<![0-9一二三四五六七八九十几两])名)(?:里面?|中|当中|上)?(?:带有?|含有?|包含|有|出现|写[了着]|提到)(?:了|着)?(?P<in>[一-龥A-Za-z0-9]{1,8}?)"
    "(?:字样|[一二两三四]个字)?(?:的)?(?:吗|么)?(?=的|$|[有,、]|又|而且|并且|且|但|却|还|指标|项目)"
)
QUOTE = re.compile("[“\"「『《‘'](.{1,60}?)[”\"」』》’']")
SIGN = re.compile(
    "(?:[≥≤≦≧]|>=|<=)(?:的?符?号)?(?![0-9零一二两三四五六七八九十])|[大小]于或?等于(?:的?符?号)"
)
"""目标带≥号的: a sign that no number follows is what a cell holds, as if it were quoted."""
LACKS_SIGN = re.compile("(?:没有?|未|不|缺|漏|少)(?:带|写|标|填|加|印|用)?(?:有|了|上)?$")
COMPARED = re.compile(
    "(?:的|都|是|为|在|填的?|写的?|带|不)*(?:[0-9零一二两三四五六七八九十百]|超|[大高多低小少]于|不[到足低高超大小等够]|等于|至少|以[上下]|百分|文字|日期|空|“)"
)
"""After the word for a cell: not that it holds nothing, but what it does not hold."""
LACKS = re.compile(
    '(?:不(?:包?含|带|包括)|[没未](?:有)?(?:写|出现|提到|提及|包?含|带)?)(?:有|了|着)?[“"‘「『《]?$'
)
"""不含“工信厅”的: the cell does not hold what is quoted."""
WHOLE_COLUMN = re.compile(
    "整(?:个)?(?:一)?[列栏]|一整[列栏]|全列|通篇|清一色|从[头上](?:空|白)?着?到[尾下底]|自始至终|每一?[行条格]|[列栏格][^,;]{0,3}(?:全|都)"
)
"""整列空白: said of every indicator of a form."""
LISTS = re.compile("列|找出")
"""列出…: what follows at once is not what is listed, but where it stands."""
EARLY = frozenset(
    (
        "exec_score",
        "exec_score_rule",
        "indicator_count",
        "counted_in",
        "unit_asked",
        "exec_weight",
        "weight_sum",
        "score_gap",
        "left_rate",
        "exec_lost",
        "central_department",
        "met_share",
        "total_diff",
        "unspent",
        "adjusted",
        "adjusted_rate",
        "gap",
        "total_sum",
        "total_rule",
        "rate_printed",
        "measure_text",
        "unit_who",
        "unit_asked",
        "project_text",
        "completion_times",
    )
)
"""Fields whose words would else be taken apart: they are read before numbers and the other fields."""
