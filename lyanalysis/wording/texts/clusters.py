"""Texts around the exhibits on trades, components of growth, clusters and an anchor's projects."""

from __future__ import annotations

from lyanalysis.catalog import Language

EXHIBITS: dict[str, dict[Language, tuple[str, str, str, str]]] = {
    "location-quotients": {
        "zh": (
            "{region}各行业的比重与区位商",
            "左图每行一个行业，实心点为本地占生产总值的比重，空心点为参照地区的比重；右图横条从1起，"
            "深色为高于参照，浅色为低于参照。",
            "参照为同省公布同一组行业的市级单位合计，本地在内；省和全国没有公布这组行业。现价。",
            "{region}没有可以同参照地区相比的分行业增加值，本图从略。",
        ),
        "en": (
            "Shares and location quotients of trades, {region}",
            "Left, one row a trade: filled the share in the region's GDP, hollow that in the "
            "reference. Right: bars that start at 1, dark above the reference, pale below.",
            "The reference is the sum of the province's units that publish the same trades, this "
            "region included; province and nation do not publish them. Current prices.",
            "No value added by trade that could be set against a reference is published for "
            "{region}; the figure is left out.",
        ),
    },
    "location-account": {
        "zh": (
            "{region}区位商核算表",
            "按行业列出增加值、本地比重、参照比重和区位商。",
            "各行合计为生产总值。其他服务业为第三产业减去所列五个行业，含信息服务、商务服务、教育、"
            "卫生和公共管理。第二产业不再细分，因为同年公布建筑业的单位太少。",
            "{region}没有可以同参照地区相比的分行业增加值，本表从略。",
        ),
        "en": (
            "Location account, {region}",
            "By trade: value added, share in the region, share in the reference and quotient.",
            "The rows add up to GDP. Other services are the tertiary sector less the five trades "
            "listed: information and business services, education, health, public administration. "
            "The secondary sector is not split, because too few units publish construction for "
            "the year.",
            "No value added by trade that could be set against a reference is published for "
            "{region}; the table is left out.",
        ),
    },
    "growth-steps": {
        "zh": (
            "{region}经济增长的偏离份额分解",
            "每年一图，零线为参照地区增速，自上而下：产业结构分量、三次产业各自的竞争力分量，最后是本地"
            "与参照地区的增速之差；每一步从上一步的终点起。",
            "年份后的两个数依次为参照地区和本地的增速。参照为上一级地区（市为全省，省为全国）。上年水平由当年水平和实际增速倒推，"
            "不跨断点。公布增速只有一位小数，百分之几个百分点的分量在舍入之内。",
            "{region}没有一个年份同上级地区一起公布三次产业的增加值和实际增速，本图从略。",
        ),
        "en": (
            "Shift-share decomposition of growth, {region}",
            "One panel a year; the zero line is growth of the reference. From the top: the mix, "
            "each sector's own performance, and the gap they make; every step starts where the "
            "last one ends.",
            "The two rates behind the year are those of the reference and of the region. The "
            "reference is the region above: the province of a city, the nation of a province. "
            "Levels of the year before are backed out of levels and real growth, at prices of the "
            "year itself, so no break is crossed. Published rates have one decimal: a component of "
            "a few hundredths is within rounding.",
            "In no year do {region} and a region above it publish value added and real growth of "
            "the three sectors; the figure is left out.",
        ),
    },
    "shift-share": {
        "zh": (
            "{region}偏离份额核算表",
            "按参照地区、年份和产业列出拉动、参照增长、产业结构、竞争力四项和恒等式残差。",
            "拉动＝参照增长＋产业结构＋竞争力＋残差，各项均为对本地增长的百分点；合计行的拉动即三次"
            "产业合计的增速，与公布的生产总值增速可有舍入之差。",
            "{region}没有一个年份同上级地区一起公布三次产业的增加值和实际增速，本表从略。",
        ),
        "en": (
            "Shift-share account, {region}",
            "By reference, year and sector: pull, growth of the reference, mix, performance and "
            "the residual of the identity.",
            "Pull is the sum of reference growth, mix, performance and residual, all in points of "
            "the region's growth. The pull of the total is growth of the three sectors together "
            "and may miss published GDP growth by rounding.",
            "In no year do {region} and a region above it publish value added and real growth of "
            "the three sectors; the table is left out.",
        ),
    },
    "overlap": {
        "zh": (
            "各口径共有的工业行业大类数",
            "三角矩阵，每格一对口径，数字为共有的行业大类个数，颜色越深个数越多；带框的对角格为口径"
            "自身的大类数。",
            "按《国民经济行业分类》（GB/T 4754—2017）。"
            "两个数字的，前者为整个大类同属两个口径的个数，"
            "后者连同只有部分小类属于口径的大类；消费品制造业没有公布的大类名单，归类是推定的。战略性"
            "新兴产业和高新技术产业按产品认定，与大类没有对应，不在图中。全国分类，各地相同。",
            "没有行业大类的分类表，本图从略。",
        ),
        "en": (
            "Divisions of industry that official groups share",
            "A triangle of tiles, one a pair of groups, with the number of divisions they share, "
            "the darker the more; framed on the diagonal is the size of a group itself.",
            "By the national classification of industries, GB/T 4754-2017. Of two numbers the "
            "first counts divisions that belong to both groups in full, the second also those of "
            "which only some classes do. No list of divisions is published for consumer goods; "
            "the assignment is inferred. Strategic emerging and new-and-high-tech industry go by "
            "product and have no divisions of their own, so they are not shown. The "
            "classification is national and the same everywhere.",
            "There is no table of divisions; the figure is left out.",
        ),
    },
    "sector-frames": {
        "zh": (
            "{region}的产业口径对照",
            "按报道所用的口径逐项列出产业、在另一口径中的对应和说明。",
            "口径和项目出自报道，对应关系是本报告的判断。各口径互相重叠，规模不可相加。",
            "所核报道没有给出{region}的产业集群口径，本表从略。",
        ),
        "en": (
            "Sector frames and their crosswalk, {region}",
            "Item by item: the frames the article uses, the counterpart in another frame, remarks.",
            "Frames and items are the article's, the matches are this report's judgement. The "
            "frames overlap, and their sizes must not be added.",
            "The article under examination gives no frame of clusters for {region}; the table is "
            "left out.",
        ),
    },
    "chain-revenue": {
        "zh": (
            "{region}产业链营业收入：报道所称与公布数",
            "按指标和时段并列报道所称的数与公布的数。",
            "两栏来历不同，不可连成一个序列；“预计”是年内的预计，不是实际数。“—”为没有。",
            "{region}没有产业链营业收入的说法或公布数，本表从略。",
        ),
        "en": (
            "Revenue of the chains: article and publication, {region}",
            "By measure and period: what the article says beside what is published.",
            "The two columns are of different origin and make no series. An expected figure was "
            "foreseen during the year and is no result. “—”: no figure.",
            "Nothing is said or published on revenue of the chains of {region}; the table is left "
            "out.",
        ),
    },
    "project-pipeline": {
        "zh": (
            "{region}龙头项目与配套项目的进度",
            "漏斗图，配套项目和龙头项目分期各一个：空心条为签约或规划的数量，实心条为已投产的数量，"
            "宽度为占前者的百分比。",
            "报道所称，没有写明时点；按项目数计，不分大小。",
            "所核报道没有给出{region}龙头企业项目的进度，本图从略。",
        ),
        "en": (
            "Progress of an anchor's and its suppliers' projects, {region}",
            "Two funnels, supplier projects and phases of the anchor: hollow what is signed or "
            "planned, solid what is in production, as wide as its percentage of the former.",
            "As the article says, without a date. Projects are counted, large and small alike.",
            "The article under examination tells nothing of an anchor firm's projects in {region}; "
            "the figure is left out.",
        ),
    },
    "anchor-checks": {
        "zh": (
            "{region}龙头项目的推算与集中度",
            "逐项列出由报道数字推算的量、数值及其界限、所用的说法和应当注意之处。",
            "“超过”“低于”为界限，由带界限的数字算出，尾数四舍五入；“两边不封闭”的是两个下限相除，"
            "只是按印出的数字相除的结果。",
            "所核报道没有给出{region}龙头企业项目的数字，本表从略。",
        ),
        "en": (
            "What follows for the anchor and its weight, {region}",
            "Row by row: a quantity computed from figures of the article, its bound, the claims "
            "used and what to beware of.",
            "“More than” and “less than” are bounds that follow from bounds, their last digit "
            "rounded. “Open on both sides”: one lower bound over another, the quotient of the "
            "printed numbers only.",
            "The article under examination gives no figures on an anchor firm in {region}; the "
            "table is left out.",
        ),
    },
}
