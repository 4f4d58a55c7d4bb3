"""Texts around the exhibits of the chapter on industrial structure."""

from __future__ import annotations

from lyanalysis.catalog import Language

EXHIBITS: dict[str, dict[Language, tuple[str, str, str, str]]] = {
    "sector-shares": {
        "zh": (
            "{region}三次产业比重",
            "折线图，横轴为年份，纵轴为占生产总值的百分比，三条线为三次产业；"
            "线只在可比时段内相连，竖虚线为统计口径断点。",
            "现价。竖虚线为口径断点（经济普查或最终核实修订），断点两侧的水平不可直接比较；"
            "只有一年的时段画作单点。",
            "{region}没有公布可用的三次产业增加值，本图从略。",
        ),
        "en": (
            "Sector shares of GDP, {region}",
            "Line chart of the three sectors' shares of GDP by year; lines are joined only inside "
            "comparable windows, dotted rules mark breaks in the series.",
            "Current prices. Dotted rules mark breaks (revisions after a census or in final "
            "verification): levels "
            "on either side are not directly comparable. A window of one year is a single marker.",
            "No usable value added by sector is published for {region}; the figure is left out.",
        ),
    },
    "sector-accounts": {
        "zh": (
            "{region}生产总值与三次产业比重",
            "按年份列出生产总值、三次产业比重和所属可比时段。",
            "同一行的总量与比重出自同一来源、同一版次。同一年出现两次，表示修订前后的两版数"
            "分属断点两侧。“—”为没有公布。",
            "{region}没有公布可用的生产总值。",
        ),
        "en": (
            "GDP and sector shares, {region}",
            "By year: GDP, the shares of the three sectors and the comparable window of the year.",
            "Total and shares in a row come from one source and one vintage. A year listed twice "
            "shows the figures before and after a revision, on either side of a break. "
            "“—”: not published.",
            "No usable GDP is published for {region}.",
        ),
    },
    "sector-pull": {
        "zh": (
            "{region}三次产业对经济增长的拉动",
            "堆积柱形图，每年一根，分为三次产业拉动的百分点；菱形为公布的实际增速。",
            "由当年增加值和公布的实际增速倒推按当年价格计算的上年水平；没有公布分产业数的年份只"
            "画总增速。",
            "{region}没有同时公布三次产业增加值与实际增速的年份，本图从略。",
        ),
        "en": (
            "Pull of the three sectors on GDP growth, {region}",
            "Stacked bars, one a year, split into the percentage points each sector adds; the "
            "diamond is the published real growth rate.",
            "Levels of the year before are backed out of this year's value added and published "
            "real growth. Years without growth by sector show total growth alone.",
            "No year has both value added and real growth of the sectors for {region}; the figure "
            "is left out.",
        ),
    },
    "growth-account": {
        "zh": (
            "{region}增长来源分解",
            "按年份和产业列出比重、实际增速、倒推的上年比重、拉动点数和贡献率。",
            "拉动＝上年比重×实际增速；贡献率＝拉动÷总增速。当年比重为现价，与实际增速相配是近似。"
            "公布增速只有一位小数，合计与公布总增速可有细小出入，不作强制平衡。",
            "{region}没有可以分解的年份，本表从略。",
        ),
        "en": (
            "Sources of growth, {region}",
            "By year and sector: share, real growth, implied share a year earlier, pull and "
            "contribution.",
            "Pull is the share a year earlier times real growth; contribution is pull over total "
            "growth. Pairing a current-price share with real growth is an approximation. Published "
            "rates have one decimal, so the total may differ slightly from the published growth; "
            "nothing is forced to add up.",
            "No year can be decomposed for {region}; the table is left out.",
        ),
    },
    "structural-change": {
        "zh": (
            "{region}结构变动的年均速度",
            "横向柱形图，每个时段一根，长度为K值的年均变动；实心为可比时段之内，虚线空心为跨断点。",
            "空心虚线柱跨越口径断点，或其间有没有公布的年份，只作参考。",
            "{region}没有两个以上可以比较的年份，本图从略。",
        ),
        "en": (
            "Yearly speed of structural change, {region}",
            "Horizontal bars, one a period, as long as the yearly movement of K; solid inside a "
            "comparable window, dashed and hollow across a break.",
            "Dashed hollow bars cross a break or span years without figures and are indicative "
            "only.",
            "Fewer than two comparable years are published for {region}; the figure is left out.",
        ),
    },
    "structural-change-measures": {
        "zh": (
            "{region}结构变动的几种度量",
            "按时段列出K值、相隔年数、年均K值、Moore角和NAV。",
            "各量都由三次产业比重计算，产业分得越细，数值越大，只宜与同样分组的结果相比。",
            "{region}没有两个以上可以比较的年份，本表从略。",
        ),
        "en": (
            "Measures of structural change, {region}",
            "By period: K, years between, K per year, Moore angle and NAV.",
            "All are computed from the shares of three sectors. A finer classification gives "
            "larger values: compare only with results on the same grouping.",
            "Fewer than two comparable years are published for {region}; the table is left out.",
        ),
    },
    "driver-aggregates": {
        "zh": (
            "{region}{year}年工业新旧动能官方口径",
            "左图为各口径占规模以上工业增加值的比重：实心为当年，空心为按当年口径倒推的上年，"
            "叉号为上次公布值；右图为各口径实际增速，竖线为规模以上工业增速。",
            "蓝色为新动能口径，棕色为传统动能口径；装备制造业列入新动能是本报告的归类。各口径互"
            "相重叠，不可相加。",
            "{region}{year}年没有公布新旧动能各口径的比重，本图从略。",
        ),
        "en": (
            "Official aggregates of old and new drivers in industry, {region}, {year}",
            "Left: share of above-scale industrial value added; filled is the year itself, hollow "
            "the year before implied on today's scope, a cross the value last published. Right: "
            "real growth, the rule marks all above-scale industry.",
            "Blue: aggregates of new drivers; brown: of old drivers. Counting equipment "
            "manufacturing as a new driver is this report's choice. They overlap and must not "
            "be "
            "added.",
            "No shares of old and new drivers are published for {region} in {year}; the figure is "
            "left out.",
        ),
    },
    "driver-drift": {
        "zh": (
            "{region}{year}年新旧动能官方口径：比重、增速与漂移",
            "按口径列出当年比重、实际增速、倒推的上年比重、同口径变动、上次公布的比重与年份、"
            "漂移和判断。",
            "倒推的上年比重＝当年比重×（1＋规上工业增速）÷（1＋该口径增速）；漂移＝倒推值－上次"
            "公布值，"
            "反映样本、目录和价格的变化，上次公布不在上一年的还含其间的实际变动。比重变化与增速"
            "不一致、漂移超过1个百分点、或上次公布不在上一年，不作判断。"
            "各口径互相重叠，不可相加。",
            "{region}{year}年没有公布新旧动能各口径的比重，本表从略。",
        ),
        "en": (
            "Official aggregates of old and new drivers, {region}, {year}: share, growth and drift",
            "By aggregate: share, real growth, implied share a year earlier, change on the same "
            "scope, share and year last published, drift and verdict.",
            "Implied share a year earlier: share × (1 + growth of above-scale industry) ÷ (1 + "
            "growth of the aggregate). Drift is that share minus the one last published and "
            "reflects changes of sample, catalogue and prices, and real change too where the "
            "last share is older than a year. Where share and growth do not "
            "agree, drift exceeds one point, or the last share is older than a year, no "
            "direction is claimed. The "
            "aggregates overlap and must not be added.",
            "No shares of old and new drivers are published for {region} in {year}; the table is "
            "left out.",
        ),
    },
    "sources": {
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
