"""What no list of words holds: numbers of forms, years, causes, comparisons, quotations."""

from __future__ import annotations

import re

from assistant.asking.numbers import NUMBER

FORM_NUMBER = re.compile(
    rf"(?:第|编号为?|编号是)?(?P<n>[0-9]+|{NUMBER})号(?:表|项目|自评表)|第(?P<m>[0-9]+|{NUMBER})(?:张|个|份)(?:表|项目|自评表)|编号为?(?P<k>[0-9]+)(?:的)?(?:表|项目)?|表(?P<j>[0-9]{{1,3}})(?![0-9.%])"
)
YEAR = re.compile("(?<![0-9.])(20[0-9]{2})(?:年度?)?(?![0-9.,%名人个家万元次户台条件项分亿])")
DATE = re.compile("(20[0-9]{2})(?:年|[-/.])([0-9]{1,2})(?:月|[-/.])([0-9]{1,2})(?:日|号)?")
"""2021年12月31日: what a cell reads, in whatever way."""
WRITTEN = re.compile("(?:写|填|定|设|标|印|误|要求)(?:成|为|的是|是|着|在|到)了?$")
"""写成了2020年: what a cell reads, not the year of the forms."""
RELATIVE = re.compile(
    "(?P<last>去年|上年(?!结转|结余)|上一年|上年度)|(?P<now>今年|本年|当年)|(?P<next>明年|下一?年度?|来年)|(?P<before>前年)|(?P<after>后年)"
)
NOUNS = {
    "form": re.compile("项目|专项|(?<![报列])表(?!示|现|明|态|达)|单子|张"),
    "row": re.compile("指标(?!值)|条目|条(?=$|[的,是])"),
    "unit": re.compile("处室|单位|部门|科室"),
    "finding": re.compile("问题|错误|差错|毛病|错处"),
}
WHOLE = "(?:全部|所有|整个|总的|全(?:[厅局委省市县区州旗院校乡镇处所]|单位|部门|系统))"
"""All that there are, of whatever authority the library is: 全部, 全厅, 全县."""
OF_ALL = re.compile(
    rf"(?<![前后第过足到于满最0-9])(?:(?:{WHOLE}|全|这)(?:的)?)?(?P<n>{NUMBER})(?:个|张|份)(?P<what>项目|自评表|表)(?P<in>里头?面?|中|当中|之中)?"
)
"""全部20个项目, 20张表中: the number of all there are says nothing more."""
NO_CELL = re.compile("(?<!有)(?:没有?|未|漏|缺少?)(?:填写?|写|有|打|给|列|评|算|印)?(?:了|着)?$")
EMPTY = re.compile(
    "(?:一栏|栏|那栏)?(?:为空|是空的?|空着|空白|没填写?|没写|没印|没有印|没有填写?|未填写?|未写|漏填)(?:的|着)?"
)
FILLED = re.compile("(?:一栏|栏|那栏)?(?:里|上)?(?:不为空|不是空的?|填了|写了(?:东西|内容)?|有内容)(?:的)?")
POINTS_BEFORE = re.compile(
    "(?:总分|得分|分值|分数|自评分)(?:是|为|满)?$|(?:给|打|拿|评)了?(?:个|到)?$|得了(?:个)?$"
)
"""总分100的: a number of points, though 分 is not said again."""
SHARE_BEFORE = re.compile(
    "(?:满意度|[执完合及得]?[行成格时分]率)(?:都|目标|定得|是|为|的|填|写|印|标|了|着)*$"
)
CAUSE = re.compile(
    "(?:因为|由于|受|(?<!原)因|归咎于|归因于)(?:了)?(?!什么|啥|何|哪|为)(?P<a>[^,;]{2,14}?)(?:而|所以|的?影响)*(?:影响了?(?:完成|执行|进度|使用|支付|支出|得分)(?:情况)?)?(?=影响|导致|造成|没|未|的(?:项目|指标|表|有|是)|扣|,|$)"
    "|(?:^|(?<=[,;的]))(?:由)?(?P<c>[^,;因由受的]{2,10}?)(?:导致|造成|引起|所致)的?(?=没|未|扣|(?:项目|指标|表)|偏差)"
    "|(?:提到|提及|写到|说到|谈到|讲到|提起|说起|谈及|讲的是|写着|写的是|(?<![没未填])写了|里写(?!到|着|了|的)|里说(?:要|了|到)?|里要求)(?!20[0-9]{2}年)(?!了?(?:东西|内容|字|些|原因|改进|整改|措施|偏差|理由|说明|年度|单位|日期|清|什么|啥|怎么|如何|明))(?:了|过)?(?P<b>[^,;哪有几多是]{2,12}?)(?:的)?(?:都|一共|总共|共)?(?=$|(?:有|是)?(?:哪|几|多少|谁)|的?(?:项目|指标|表))"
)
OWN = "(?:按|的|了|却|还|都)*"
VERSUS = {
    "versus_gt": re.compile(OWN + "(?:高于|超过了?|超出了?|大于|多于|高过|超)(?:了)?的?"),
    "versus_lt": re.compile(OWN + "(?:低于|小于|少于|不及|没到|不到|没有?达到|未达到?|达不到|低过|不足)的?"),
    "versus_ge": re.compile(OWN + "(?:不低于|不少于|不小于)的?"),
    "versus_le": re.compile(OWN + "(?:不超过|不高于|不大于|没超过?)的?"),
    "versus_eq": re.compile(OWN + "(?:等于|正好等于|刚好等于)的?"),
    "versus_ne": re.compile(OWN + "(?:不等于|≠)的?"),
}
BY = re.compile(OWN + "(?:比|跟|和|与|同)的?")
THAN = re.compile(
    "的?(?:值|数)?(?:要|还|都|完全|正好|刚好)?(?:(?P<gt>高|多|大)|(?P<lt>低|少|小)|(?P<eq>相等|一样|一致|相同|持平|相符)|(?:不一致|不一样|不符|不同|不相等|对不上|有出入|有差异))(?:的|了)?"
)
HOW_MUCH = re.compile("多少|几|出")
WITH_NOUN = frozenset(
    ("which_unit", "per_unit", "count_units", "count", "per_form", "which", "top_n", "problems")
)
DATE_ONLY = re.compile("[0-9年月日号度的至到-]+")
NAMED_BY = re.compile(
    "(?:项目|指标)?(?:名称|名字|名)(?:里面?|中|当中)?(?:带有?|含有?|包含|有|出现)(?:了|着)?([一-龥A-Za-z0-9]{1,8}?)"
    "(?:字样|[一二两三四]个字)?(?=的|$|[有,])"
)
QUOTE = re.compile("[“\"「『《‘'](.{1,60}?)[”\"」』》’']")
