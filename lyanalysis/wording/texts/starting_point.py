"""Texts around the exhibits of the chapter on the starting point."""

from __future__ import annotations

from lyanalysis.catalog import Language

EXHIBITS: dict[str, dict[Language, tuple[str, str, str, str]]] = {
    "milestones": {
        "zh": (
            "所核报道讲述的{region}工业历程",
            "时间轴，自上而下按先后排列报道注明年份的各件事，横条为一段年份，空心为计划。",
            "全部是所核报道的说法，未经核实。横条为一段年份；空心为计划。",
            "所核报道没有关于{region}的、注明年份的说法，本图从略。",
        ),
        "en": (
            "The industrial past of {region} as the article tells it",
            "Time line of the events the article dates, in order of time from the top; bars are "
            "ranges of years, hollow marks are plans.",
            "All of it is what the article says, not verified. Bars are ranges of years; hollow "
            "marks are plans.",
            "The article makes no dated claim on {region}; the figure is left out.",
        ),
    },
    "real-growth": {
        "zh": (
            "{region}与上级地区生产总值实际增速",
            "折线图，横轴为年份，纵轴为实际增速；各地区用不同标记和线型，缺年份处断开。",
            "线只在相邻年份之间相连；上级地区缺的年份数据包没有收录，不作补算。",
            "没有公布{region}及其上级地区的实际增速，本图从略。",
        ),
        "en": (
            "Real GDP growth of {region} and the regions above it",
            "Line chart of real growth by year; regions differ in marker and line, and a missing "
            "year leaves a gap.",
            "Lines join adjacent years only; years the data package lacks for a region above are "
            "not filled in.",
            "Real growth is published neither for {region} nor for the regions above it; the "
            "figure is left out.",
        ),
    },
    "growth-averages": {
        "zh": (
            "{region}年均实际增速及与上级地区之差",
            "按地区列出所比的时段、年数、本地与所比地区的年均实际增速和两者之差。",
            "年均增速为各年增速连乘的几何平均。每一行只用双方都公布、其间不缺年份的最长一段年份，一样长的取最近的；"
            "第一行是本地自己的最长时段。各行时段不同，不能上下相比。",
            "没有公布{region}的实际增速，本表从略。",
        ),
        "en": (
            "Average real growth of {region} and its distance from the regions above",
            "By region: the years compared, their number, average real growth here and there, and "
            "the difference.",
            "Averages are compound. Each row uses the longest run of years published for both, "
            "without a gap, the newest of equals; the first row is the longest run of the region "
            "itself. Rows cover different years and do not compare with each other.",
            "Real growth is not published for {region}; the table is left out.",
        ),
    },
    "gdp-levels": {
        "zh": (
            "{region}生产总值（现价）与统计断点",
            "折线图，横轴为年份，纵轴为现价生产总值；线只在可比时段内相连，竖虚线为断点，上方写明缘由。",
            "竖虚线为断点：两侧的水平不能直接相比。同一年有两点的，是修订前后各公布的一版。",
            "没有公布{region}的生产总值，本图从略。",
        ),
        "en": (
            "GDP of {region} at current prices, with its statistical breaks",
            "Line chart of GDP by year; lines join inside comparable windows only, dotted rules "
            "mark breaks and name their kind.",
            "Dotted rules are breaks, across which levels do not compare. A year with two points "
            "was published before and after a revision.",
            "No GDP is published for {region}; the figure is left out.",
        ),
    },
    "gdp-breaks": {
        "zh": (
            "{region}生产总值的断点",
            "按先后列出断点的缘由类别、断点前后的年份和生产总值、前后之差及说明。",
            "前后之差：同一年的是修订幅度；不同年的还含其间的名义增长，只作参考，不能当作增速引用。",
            "所列年份之内{region}的生产总值没有断点，或没有公布。",
        ),
        "en": (
            "Breaks in the GDP of {region}",
            "In order of time: kind of break, years and GDP on either side, the difference, and "
            "the reason.",
            "The difference is the size of the revision where both figures are of one year; "
            "between two years it holds nominal growth as well, is indicative only and must not "
            "be quoted as growth.",
            "GDP of {region} has no break in the years shown, or is not published.",
        ),
    },
    "share-of-above": {
        "zh": (
            "{region}生产总值占上级地区的比重",
            "折线图，横轴为年份，纵轴为占上级地区生产总值的百分比；线只在可比时段内相连，竖虚线隔开各段。",
            "现价；市与所在省比，省与全国比，两者取断点同一侧的数。纵轴不从零开始。2018年及以前，各地区自行核算，"
            "下级合计与上级总数不一定相等；2019年起由上级统一核算。",
            "没有与{region}的上级地区在断点同一侧的生产总值，本图从略。",
        ),
        "en": (
            "GDP of {region} as a share of the region above it",
            "Line chart of the share by year; lines join inside comparable windows only, dotted "
            "rules keep them apart.",
            "Current prices; a city is set against its province, a province against the nation, "
            "both on the same side of the breaks. The axis does not start at zero. Until 2018 "
            "regions kept their own accounts and need not add up to the total above them; since "
            "2019 they are compiled by the level above.",
            "No GDP stands beside that of the region above {region} on the same side of the "
            "breaks; the figure is left out.",
        ),
    },
    "old-part": {
        "zh": (
            "{region}规模以上工业中新旧动能各口径的比重",
            "点图，每行一个口径，横轴为占规模以上工业增加值的百分比；方形为传统动能，圆形为新动能，实心为最近一年。",
            "棕色方形为传统动能，蓝色圆形为新动能；实心为最近公布的一年，空心为更早的年份，靠得太近的不标年份。两次公布之间"
            "样本和目录可能变动，点不相连。各口径互相重叠，不可相加。",
            "没有公布{region}新旧动能各口径的年度比重，本图从略。",
        ),
        "en": (
            "Shares of old and new aggregates in above-scale industry, {region}",
            "Dot chart, one row an aggregate, by share of above-scale industrial value added; "
            "squares are old drivers, circles new ones, filled is the newest year.",
            "Brown squares: old drivers; blue circles: new ones. Filled: the newest year "
            "published; hollow: earlier years, unnamed where too close. Points are not joined: "
            "sample and catalogue may change between publications. Aggregates overlap and must "
            "not be added.",
            "No annual share of old or new drivers is published for {region}; the figure is left "
            "out.",
        ),
    },
    "industrial-profit": {
        "zh": (
            "{region}规模以上工业利润总额",
            "柱形图，横轴为年份，纵轴为利润总额；蓝色柱有同年营业收入，写明利润率。",
            "现价，税前利润。蓝色柱有同年营业收入，可算利润率；浅色柱只公布了利润。规模以上企业的范围逐年变动，"
            "水平之差含企业进出的影响，不同于公布的增速。",
            "没有公布{region}规模以上工业的年度利润，本图从略。",
        ),
        "en": (
            "Profit of above-scale industry, {region}",
            "Bars of profit by year; blue bars have revenue of the same year and carry the margin.",
            "Current prices, before tax. Blue: revenue of the year is published, so a margin can "
            "be computed; pale: profit alone. Firms above scale change from year to year, so the "
            "difference of levels holds firms that came and went, unlike published growth.",
            "No annual profit of above-scale industry is published for {region}; the figure is "
            "left out.",
        ),
    },
    "industry-figures": {
        "zh": (
            "{region}规模以上工业的规模与效益",
            "按年份列出企业数、资产、营业收入、利润、利润增减幅度和利润率。",
            "利润增减幅度由两年的水平计算，上年没有公布或为亏损的不算。“—”为没有公布或不能计算。",
            "没有公布{region}规模以上工业的企业数、资产、营业收入和利润。",
        ),
        "en": (
            "Size and earnings of above-scale industry, {region}",
            "By year: firms, assets, revenue, profit, its change and margin.",
            "The change of profit is computed from the levels of two years, not where the year "
            "before is missing or a loss. “—”: not published or not to be computed.",
            "Firms, assets, revenue and profit of above-scale industry are not published for "
            "{region}.",
        ),
    },
    "hightech-margin": {
        "zh": (
            "高技术制造业营业收入利润率：{region}及其上级地区",
            "折线图，横轴为年份，纵轴为利润除以营业收入的百分比；缺年份处断开。",
            "由公布的利润和营业收入相除。2018年及以前的分母为主营业务收入，略小于营业收入。没有公布的地区不画。",
            "没有同时公布{region}及其上级地区高技术制造业的利润和营业收入，本图从略。",
        ),
        "en": (
            "Profit margin of high-tech manufacturing, {region} and the regions above it",
            "Line chart of profit over revenue by year; a missing year leaves a gap.",
            "Published profit over published revenue. Until 2018 the denominator is revenue from "
            "the main business, a little less than all revenue. Regions without the figures are "
            "not drawn.",
            "Profit and revenue of high-tech manufacturing are published neither for {region} nor "
            "for the regions above it; the figure is left out.",
        ),
    },
    "starting-point-sources": {
        "zh": (
            "本章资料来源",
            "按等级和日期列出本章所用来源的标题、发布者、日期和网址。",
            "同一文件有两个网址的，两个都列出。",
            "{region}没有可用的来源。",
        ),
        "en": (
            "Sources of this chapter",
            "By grade and date: title, publisher, date and address of the sources used.",
            "A document found at two addresses is listed with both.",
            "There are no usable sources for {region}.",
        ),
    },
}
