"""Texts around the exhibits of the chapter on the composite index, coordination and outlook."""

from __future__ import annotations

from lyanalysis.catalog import Language

EXHIBITS: dict[str, dict[Language, tuple[str, str, str, str]]] = {
    "index-coverage": {
        "zh": (
            "{year}年各城市的指标覆盖",
            "方格图，每行一个指标，每列一个城市；实心为有公布数，空心为没有，右端为有数的城市"
            "个数；灰色为备选指标。",
            "城市按入选指标的多少从左到右排列，只列公布了一项以上的城市和{region}。由公布数计"
            "算的指标，所需各数齐全才算有。",
            "{year}年没有城市公布所需指标，本图从略。",
        ),
        "en": (
            "Coverage of the indicators by city, {year}",
            "Grid with a row for each indicator and a column for each city; a filled square "
            "is a published figure, a hollow one a gap, and the number of cities stands at "
            "the right. Candidates are grey.",
            "Cities are in order of the number of indicators in use; only those with one or "
            "more are listed, and {region}. A derived indicator counts where all its inputs "
            "are published.",
            "No city publishes the indicators for {year}; the figure is left out.",
        ),
    },
    "index-framework": {
        "zh": (
            "转换指数的指标体系与{year}年覆盖",
            "按指标列出所属维度、方向、在总指数中的权重、有数的城市个数和未列入的原因。",
            "四个维度等权，维度内等权；备选指标权重为0。增速之差为该口径实际增速减所属总体实"
            "际增速。本数据包自行设计，不是官方指标体系。",
            "{year}年没有城市公布所需指标，本表从略。",
        ),
        "en": (
            "Framework of the transition index and its coverage, {year}",
            "By indicator: pillar, direction, weight in the whole index, number of cities "
            "with a figure, and why candidates are not used.",
            "Pillars weigh the same, and so do the indicators of a pillar; candidates weigh "
            "0. Growth gaps are real growth less that of the total. The package's own "
            "design, not an official framework.",
            "No city publishes the indicators for {year}; the table is left out.",
        ),
    },
    "index-years": {
        "zh": (
            "截至{year}年各年能否计算转换指数",
            "按年份列出指标达七成的城市、指标齐全的城市、得分的城市、是否计算和不足八城的指标。",
            "达七成但有维度全缺的城市不计算得分。不足八城的指标指入选指标中有数的城市不足八个"
            "的。来源只列报告年份的。",
            "没有可以列出的年份。",
        ),
        "en": (
            "Years up to {year} and whether the index can be computed",
            "By year: cities with seven in ten of the indicators, with all of them, and with "
            "a score; the verdict; and the indicators that fewer than eight cities have.",
            "A city with enough indicators but an empty pillar is not scored. The last "
            "column lists indicators in use only. Sources are those of the year of the "
            "report.",
            "There are no years to list.",
        ),
    },
    "index-scores": {
        "zh": (
            "{year}年转换指数与各维度得分",
            "按城市列出指标覆盖率、四个维度得分和总指数。",
            "0为参与计算的城市中最差，100为最好。有缺项的城市只依据公布的指标，只作参考。本数"
            "据包自行设计，不是官方指数。",
            "{year}年达到要求的城市不足八个，不计算指数；缺什么见上表。",
        ),
        "en": (
            "Transition index and its pillars, {year}",
            "By city: share of indicators observed, scores of the four pillars and the index.",
            "0 is the worst of the cities compared, 100 the best. Cities with gaps are "
            "scored on what they publish, an indication only. The package's own design, not "
            "an official index.",
            "Fewer than eight cities qualify for {year}, and no index is computed; the table "
            "above says what is lacking.",
        ),
    },
    "index-ranks": {
        "zh": (
            "{year}年转换指数的名次与区间",
            "横向点图，每行一个城市，圆点为名次，横条为5%至95%的名次区间；实心为{region}。",
            "只含指标齐全的城市。权重在±25%内随机，标准化取极差、标准分、名次三种，合成取算"
            "术、几何两种，共一万次，随机种子固定。",
            "{year}年指标齐全的城市不足八个，本图从略。",
        ),
        "en": (
            "Ranks by the transition index and their intervals, {year}",
            "Dot plot with a row for each city: a dot at its rank and a bar from the 5 to "
            "the 95 percent quantile of its ranks; filled for {region}.",
            "Cities with all indicators only. Ten thousand draws with a fixed seed: weights "
            "within 25 percent, three normalisations (min-max, z-score, rank), two "
            "aggregations (arithmetic, geometric).",
            "Fewer than eight cities have all indicators for {year}; the figure is left out.",
        ),
    },
    "index-methods": {
        "zh": (
            "{year}年不同赋权和合成方法下的名次",
            "按城市列出五种方法下的名次和其中的最好、最差名次。",
            "只含指标齐全的城市。熵权、CRITIC和主成分权重由标准化后的指标算出，不分维度。",
            "{year}年指标齐全的城市不足八个，本表从略。",
        ),
        "en": (
            "Ranks under other weights and means, {year}",
            "By city: ranks under five methods, and the best and worst of them.",
            "Cities with all indicators only. Entropy, CRITIC and principal-component "
            "weights come from normalised indicators, without pillars.",
            "Fewer than eight cities have all indicators for {year}; the table is left out.",
        ),
    },
    "index-sensitivity": {
        "zh": (
            "{year}年名次对各项选择的敏感性",
            "横向柱形图，每行一项选择，外框为索博尔总指数，实心为单独作用。",
            "总指数含与其他选择的交互作用，合计可以超过1；抽样误差可使其略低于0或高于1。{regi"
            "on}指标齐全的，解释它的名次，否则解释全部名次的平均移动。",
            "{year}年指标齐全的城市不足八个，本图从略。",
        ),
        "en": (
            "Sensitivity of ranks to the choices behind the index, {year}",
            "Horizontal bars, one a choice: the outline is the total Sobol index, the solid "
            "part what the choice does by itself.",
            "Total indices hold interactions and may sum to more than 1; sampling may bring "
            "them slightly below 0 or above 1. They explain the rank of {region} where it "
            "has all indicators, else the mean shift of all ranks.",
            "Fewer than eight cities have all indicators for {year}; the figure is left out.",
        ),
    },
    "index-leave-one-out": {
        "zh": (
            "{year}年逐一剔除指标后的名次",
            "按剔除的指标列出{region}的名次、剔除后的名次、变动，以及各城市中最大的变动。",
            "正数为剔除后名次前移。变动大说明名次系于这一个指标，不说明指标有误。",
            "{year}年指标齐全的城市不足八个，本表从略。",
        ),
        "en": (
            "Ranks with one indicator left out, {year}",
            "By indicator left out: rank of {region}, its rank without, the shift, and the "
            "largest shift of any city.",
            "A positive shift is a better place without the indicator. A large one says that "
            "the rank hangs on that figure, not that the figure is wrong.",
            "Fewer than eight cities have all indicators for {year}; the table is left out.",
        ),
    },
    "own-index": {
        "zh": (
            "{region}定基指数与分类指数",
            "折线图，横轴为年份，基年为100；粗线为总指数，其余为分类指数，线端为末年数值；虚"
            "线跨过没有公布的年份。",
            "仿国家统计局新动能指数的办法，分类指数等权，不是官方指数。金额为现价；网络经济只"
            "有电信业务收入一项。",
            "{region}没有两个以上各项水平指标齐全的年份，本图从略。",
        ),
        "en": (
            "Fixed-base index of {region} and its sub-indices",
            "Line chart by year, base year 100: the thick line is the total, the others are "
            "sub-indices, each with its last value; dashes span years without figures.",
            "After the method of the national index, sub-indices of equal weight; not an "
            "official index. Amounts at current prices; the network economy rests on telecom "
            "revenue alone.",
            "{region} has no two years with all the levels; the figure is left out.",
        ),
    },
    "national-editions": {
        "zh": (
            "各版全国新动能指数",
            "两幅折线图，左为2014年=100，右为2022年=100，每版一条线，线端为版次和末年数值。",
            "国家统计局编制。每版修订历史，两种基期的分类指数和权重不同，不能连接；两图纵轴不同。",
            "{year}年及以前没有公布全国新动能指数，本图从略。",
        ),
        "en": (
            "The national index of new drivers by edition",
            "Two line charts, with 2014 as 100 on the left and 2022 as 100 on the right; one "
            "line an edition, named at its end with its last value.",
            "Compiled by the National Bureau of Statistics. Every edition revises the past, "
            "and the two bases differ in sub-indices and weights: they must not be chained. "
            "Axes differ.",
            "No national index was published for {year} or before; the figure is left out.",
        ),
    },
    "three-new-share": {
        "zh": (
            "全国“三新”经济增加值相当于国内生产总值的比例",
            "折线图，横轴为年份，纵轴为百分比，每点标出数值；竖虚线为统计断点。",
            "现价。2023年及以前为第五次经济普查修订以前的数，与2024年不可直接相减；虚线跨过没"
            "有公布的年份。",
            "{year}年及以前没有公布，本图从略。",
        ),
        "en": (
            "Value added of the three new over GDP, nation",
            "Line chart by year, in percent, every figure written at its marker; the dotted "
            "rule is a break.",
            "Current prices. Figures up to 2023 stand before the revision of the fifth "
            "economic census and are not to be subtracted from that of 2024; dashes span "
            "years not published.",
            "Nothing was published for {year} or before; the figure is left out.",
        ),
    },
    "coupling-levels": {
        "zh": (
            "{year}年新动能与工业基本盘的水平",
            "横向点图，每行一个城市，圆点为新动能系统，方块为工业基本盘，右端为耦合协调度。",
            "水平在指标齐全的城市之间标准化为0.01至1。工业基本盘包含新动能。",
            "{year}年四项增速齐全的城市不足八个，本图从略。",
        ),
        "en": (
            "Levels of new drivers and of the industrial base, {year}",
            "Dot plot with a row for each city: a dot for the system of new drivers, a "
            "square for the industrial base, coordination at the right.",
            "Levels are scaled to 0.01 to 1 among cities with all indicators. The base holds "
            "the new drivers.",
            "Fewer than eight cities have all four growth rates for {year}; the figure is "
            "left out.",
        ),
    },
    "coupling-grades": {
        "zh": (
            "{year}年新动能与工业基本盘的耦合协调度",
            "按城市列出两个系统的水平、耦合度、综合水平、传统式和修正式协调度与等级。",
            "等级按传统式协调度，每0.1一档，是通行的约定。",
            "{year}年四项增速齐全的城市不足八个，本表从略。",
        ),
        "en": (
            "Coupling coordination of new drivers and the industrial base, {year}",
            "By city: levels of the two systems, coupling, development, coordination in both "
            "forms, and grade.",
            "Grades go by the traditional form, a tenth each, by convention.",
            "Fewer than eight cities have all four growth rates for {year}; the table is left out.",
        ),
    },
    "energy-decoupling": {
        "zh": (
            "{region}能耗与产出的增速",
            "散点图，横轴为产出实际增速，纵轴为能耗增速；两条斜线为弹性0.8和1.2，分出各种脱钩"
            "状态。",
            "圆点和方块分别为不同的能耗口径，旁注年份。用电量对地区生产总值，规模以上工业能耗"
            "对规模以上工业增加值。",
            "{region}没有公布相邻两年的用电量或规模以上工业能耗增速，本图从略。",
        ),
        "en": (
            "Growth of energy use and of output, {region}",
            "Scatter plot: real growth of output across, growth of energy use up; rays of "
            "elasticity 0.8 and 1.2 part the states of decoupling.",
            "Markers tell measures of energy use apart, years stand beside them. Electricity "
            "is set against GDP, industrial energy against value added of above-scale "
            "industry.",
            "{region} publishes neither electricity use of two adjacent years nor growth of "
            "industrial energy use; the figure is left out.",
        ),
    },
    "energy-states": {
        "zh": (
            "{region}能耗与产出的脱钩状态",
            "按年份和能耗口径列出能耗增速、产出实际增速、弹性和状态。",
            "弹性0.8至1.2为连接，两端在内。只列能够计算的年份。",
            "{region}没有公布所需的能耗数，本表从略。",
        ),
        "en": (
            "Decoupling of energy use and output, {region}",
            "By year and measure: growth of energy use, real growth of output, elasticity "
            "and state.",
            "From 0.8 to 1.2, both included, counts as coupling. Only years that can be "
            "computed are listed.",
            "{region} does not publish the energy figures needed; the table is left out.",
        ),
    },
    "growth-outlook": {
        "zh": (
            "{region}生产总值实际增速照旧外推",
            "两幅折线图，各用一种方法：实线为公布数，虚线空心点为外推的中心值，灰带为95%预测区间。",
            "末年的数值写在线端。区间是单独一年的可能范围；不含政策和冲击的判断。",
            "{region}公布的连续年份不足或中间缺年，不外推。",
        ),
        "en": (
            "Real growth of GDP of {region} if it went on so",
            "Two line charts, one a method: solid line for published figures, dashed with "
            "hollow markers for central values, grey band for the 95 percent interval.",
            "Values of the last year stand at the end of the lines. The interval is that of "
            "a single year; it foresees neither policy nor shocks.",
            "Too few years in a row are published for {region}, or some in between are "
            "missing; nothing is continued.",
        ),
    },
    "outlook-backtest": {
        "zh": (
            "{region}外推方法的回测",
            "按方法列出回测次数、平均误差、平均绝对误差、与沿用上年值之比和区间覆盖率。",
            "每次只用目标年份之前的数，预测一年。误差比小于1为优于沿用上年值；覆盖率应接近95%。",
            "{region}的序列太短，无法回测。",
        ),
        "en": (
            "Back-test of the methods, {region}",
            "By method: forecasts, mean error, mean absolute error, error relative to "
            "repeating the last value, coverage of the interval.",
            "Each forecast uses earlier years only and looks one year ahead. Below 1 is "
            "better than repeating the last value; coverage should be near 95 percent.",
            "The series of {region} is too short for a back-test.",
        ),
    },
    "threshold-years": {
        "zh": (
            "达到全国现有水平的年份",
            "按指标和地区列出最近数值、全国水平、按线性趋势达到的年份及90%区间，或不给年份的原因。",
            "只用最后一个断点之后、连续八年以上的数。全国水平取最近一年公布数，假定不变。",
            "没有可以比较的序列。",
        ),
        "en": (
            "Years in which the nation's present level is reached",
            "By measure and region: newest value, level of the nation, year in which a "
            "linear trend reaches it with a 90 percent interval, or why no year is given.",
            "Only figures behind the last break, eight years or more in a row, are used. The "
            "level of the nation is its newest figure and taken to stand still.",
            "There is no series to compare.",
        ),
    },
    "transition-sources": {
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
