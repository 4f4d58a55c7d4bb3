"""Texts around the exhibits of the chapter that compares a region with others."""

from __future__ import annotations

from lyanalysis.catalog import Language

EXHIBITS: dict[str, dict[Language, tuple[str, str, str, str]]] = {
    "growth-tiles": {
        "zh": (
            "{year}年全省各地生产总值实际增速",
            "网格地图，每个地区一格，位置仿照实际方位，颜色越深增速越高，格内写明增速。",
            "单位为%。格子的位置只示意方位，大小与面积、总量无关；粗框为{region}，斜线格没有公布。",
            "数据包中没有{region}各地的网格地图，或{year}年没有公布各地增速，本图从略。",
        ),
        "en": (
            "Real growth of GDP in the units of the province, {year}",
            "Tile map: one tile a unit, placed roughly as on a map, the darker the faster, with "
            "the rate written in it.",
            "Percent. Tiles show where units lie, not their area or size; a heavy frame marks "
            "{region}, hatched tiles are not published.",
            "The data hold no tile map that shows {region}, or growth of the units is not "
            "published for {year}; the figure is left out.",
        ),
    },
    "scale-growth": {
        "zh": (
            "{year}年各城市生产总值与实际增速",
            "散点图，横轴为生产总值（对数刻度），纵轴为实际增速，每个城市一点；虚线为全省、全国增速。",
            "菱形为{region}；实心圆为同省地区，空心圆为其他城市。横轴为对数刻度。总量为现价，增速按不变价；"
            "只画两者都公布的城市，标出{region}、所选比较地区和两端的城市。",
            "{year}年所比城市都没有同时公布生产总值和实际增速，本图从略。",
        ),
        "en": (
            "GDP and its real growth, cities compared, {year}",
            "Scatter of cities: GDP on a logarithmic axis against real growth; dashed rules mark "
            "growth of province and nation.",
            "Diamond: {region}; filled: units of the same province; hollow: other cities. The "
            "horizontal axis is logarithmic. Levels are at current prices, growth is real. Only "
            "cities that publish both are drawn; {region}, chosen peers and extremes are named.",
            "No city compared publishes both GDP and real growth for {year}; the figure is left "
            "out.",
        ),
    },
    "comparison-profile": {
        "zh": (
            "{year}年{region}与各城市主要指标",
            "按地区列出生产总值、实际增速、人均生产总值、第二和第三产业比重、三产二产之比和结构夹角W。",
            "同一地区的总量和比重取自同一来源、同一版次。人均数一律由本表的生产总值除以年末常住人口，"
            "与公报按年平均人口计算的略有出入。省和全国列入只作参照，不排位。“—”为没有公布；当年一项都没有公布的城市不列。",
            "{year}年{region}和所比地区没有公布表中的指标。",
        ),
        "en": (
            "Main figures of {region} and the cities compared, {year}",
            "By region: GDP, real growth, GDP per head, secondary and tertiary share, tertiary "
            "over secondary and structure angle W.",
            "Total and shares of a region come from one source and one vintage. GDP per head is "
            "GDP of this table over residents at the end of the year for all; communiqués divide "
            "by mean population and differ a little. Provinces and the nation stand here for "
            "reference and are not ranked. “—”: not published; cities that publish nothing for the "
            "year are left out.",
            "Nothing in this table is published for {region} and the regions compared in {year}.",
        ),
    },
    "unit-structure": {
        "zh": (
            "{region}及所比各地区三次产业比重的变化",
            "小型折线图组，每个地区一幅，坐标相同，三条线为三次产业占生产总值的比重。",
            "各图坐标相同，横轴为年份后两位，加框的是{region}。线只在口径一致的时段内相连，断开处为普查或最终核实"
            "修订；只有一年的时段画作单点。",
            "{region}及所比各地区没有公布三次产业增加值，本图从略。",
        ),
        "en": (
            "Sector shares over time, {region} and the units of its group",
            "Small multiples: a panel a unit on the same axes, three lines for the shares of the "
            "sectors in GDP.",
            "All panels have the same axes, years by their last two digits; {region} is framed. "
            "Lines are joined only inside a window of one statistical basis: gaps are revisions "
            "after a census or in final verification. A window of one year is a single marker.",
            "No value added by sector is published for {region} and the units of its group; the "
            "figure is left out.",
        ),
    },
    "upgrading-dots": {
        "zh": (
            "{year}年各城市产业结构高级化程度",
            "点图，每个城市一行，按三产二产之比排列；左图为三产二产之比，右图为结构夹角W。",
            "菱形为{region}；虚线为全省、全国。工业强市再工业化时三产二产之比会下降，并不等于结构倒退，两个指标"
            "要一起看。按现价比重计算。",
            "{year}年所比城市没有公布三次产业增加值，本图从略。",
        ),
        "en": (
            "How advanced the sector mix is, cities compared, {year}",
            "Dot plot, a row a city in order of tertiary over secondary output: that ratio on the "
            "left, structure angle W on the right.",
            "Diamond: {region}; dashed rules: province and nation. The ratio falls when a "
            "manufacturing city re-industrialises, which is no step back: read both measures "
            "together. Shares at current prices.",
            "No city compared publishes value added by sector for {year}; the figure is left out.",
        ),
    },
    "spread": {
        "zh": (
            "{region}所比各地区人均生产总值的离散程度",
            "折线图，横轴为年份，纵轴为人均生产总值自然对数的标准差；实心为不变价，空心为现价。",
            "只含首年起连续公布实际增速和常住人口的地区；有地区缺数的年份不计算。不变价由首年水平和公布的实际增速"
            "链接，不受普查修订影响；现价的虚线段跨越断点或缺失年份，只作参考。",
            "{region}所比各地区没有足够的连续数据，本图从略。",
        ),
        "en": (
            "Spread of GDP per head over the units compared with {region}",
            "Line chart by year of the standard deviation of the logarithm of GDP per head; filled "
            "marks at constant prices, hollow ones at current prices.",
            "Only units that publish real growth and population without a gap from the first year "
            "on; a year in which one is missing is not computed. Constant prices are chained from "
            "the level of the first year by published real growth and do not move with census "
            "revisions; dashed parts at current prices cross a break or missing years and are "
            "indicative only.",
            "The units compared with {region} lack figures without gaps; the figure is left out.",
        ),
    },
    "convergence": {
        "zh": (
            "{region}所比各地区的起点与增长",
            "散点图，横轴为期初人均生产总值（对数刻度），纵轴为人均生产总值年均实际增速；直线为回归线。",
            "菱形为{region}。增速由公布的实际增速链接，再除以常住人口的变化，不受普查修订影响。回归线向右下倾斜，"
            "表示起点低的增长较快。横轴为对数刻度。",
            "{region}所比各地区没有足够的连续数据，本图从略。",
        ),
        "en": (
            "Starting level and growth, units compared with {region}",
            "Scatter: GDP per head at the start on a logarithmic axis against mean real growth of "
            "GDP per head a year; the line is fitted.",
            "Diamond: {region}. Growth is chained from published real growth and divided by the "
            "change of residents, so that census revisions do not move it. A line falling to the "
            "right says that those that started lower grew faster. The horizontal axis is "
            "logarithmic.",
            "The units compared with {region} lack figures without gaps; the figure is left out.",
        ),
    },
    "convergence-estimates": {
        "zh": (
            "{region}所比各地区β收敛的估计",
            "按模型列出斜率、p值、拟合优度、收敛速度、半程年数、地区数和说明。",
            "最小二乘法，一地一个观测，不加权。斜率为期初水平的自然对数每高1，年均增速相差的百分点。斜率与零没有显著"
            "差别（p值不低于0.05）时，速度和半程不应引用。",
            "{region}所比各地区没有可以估计的数据。",
        ),
        "en": (
            "Estimates of beta convergence, units compared with {region}",
            "By model: slope, p-value, R², speed, half-life, number of regions and remark.",
            "Least squares, one observation a region, unweighted. The slope is the difference of "
            "yearly growth in points for a start level higher by one in natural logarithms. Where "
            "it cannot be told from zero (p-value of 0.05 or more), speed and half-life should not "
            "be quoted.",
            "There are no figures to estimate from for the units compared with {region}.",
        ),
    },
    "mobility": {
        "zh": (
            "{region}所比各地区人均水平类型的逐年转移",
            "方格图，行为年初类型，列为次年类型，格内为转移概率和次数，颜色越深概率越高。",
            "格内为转移概率，括号内为次数。按不变价人均生产总值与各地平均数之比分为四类：低于0.75为低，0.75至1为中低，"
            "1至1.25为中高，1.25以上为高。各年合并计算；空白为没有发生。",
            "{region}所比各地区没有足够的连续数据，本图从略。",
        ),
        "en": (
            "Moves between classes of GDP per head, units compared with {region}",
            "Cells: rows the class in a year, columns the class a year later, with probability and "
            "number of moves; the darker the more likely.",
            "Probability, number of moves in brackets. Classes by GDP per head at constant prices "
            "over the mean of the units: low below 0.75, lower middle to 1, upper middle to 1.25, "
            "high from there. All years are pooled; empty cells did not occur.",
            "The units compared with {region} lack figures without gaps; the figure is left out.",
        ),
    },
    "inequality": {
        "zh": (
            "{region}所比各地区之间的差异",
            "按年份列出人口加权的基尼系数、泰尔指数和胡佛指数；涉及几个省的，另列泰尔指数的省际和省内部分。",
            "现价，地区同离散程度一图；有地区缺数的年份不列。各地内部的收入差距不在其中。跨断点的年份同此前相比只作参考。",
            "{region}所比各地区没有一年公布了全部所需的数。",
        ),
        "en": (
            "Inequality between the units compared with {region}",
            "By year: Gini coefficient and Theil index weighted by population and Hoover index; "
            "where several provinces are involved, the Theil index between and within them.",
            "Current prices, the units of the figure on spread; years in which one of them is "
            "missing are left out. Inequality inside a unit is not in it. Comparison of a year "
            "behind a break with earlier ones is indicative only.",
            "For no year is all that is needed published for the units compared with {region}.",
        ),
    },
    "hightech-dots": {
        "zh": (
            "{year}年各地高技术制造业比重与增速",
            "点图，每个地区一行，按增速排列；左图为占规模以上工业增加值的比重，右图为增速，竖短线为规模以上工业增速。",
            "菱形为{region}。只列公布了比重或增速的地区；有的来源用相近的名称，口径以来源为准。规模小的地区增速容易大起"
            "大落。",
            "{year}年{region}和所比地区没有公布高技术制造业的比重或增速，本图从略。",
        ),
        "en": (
            "High-tech manufacturing: share and growth by region, {year}",
            "Dot plot, a row a region in order of growth: share of above-scale industrial value "
            "added on the left, real growth on the right; short rules mark growth of above-scale "
            "industry.",
            "Diamond: {region}. Only regions that publish share or growth; some sources use a "
            "similar name, and their scope is theirs. Where the aggregate is small, growth swings "
            "widely.",
            "Neither {region} nor the regions compared publish share or growth of high-tech "
            "manufacturing for {year}; the figure is left out.",
        ),
    },
    "peer-stories": {
        "zh": (
            "报道所称的几个故事并列",
            "按观察对象列出报道所称的规模、增长、企业、成本效果、效率效果和目标；空格为报道没有数字。",
            "全部为所核报道的说法，未经核实，不是证据。“—”为报道没有给出数字。观察对象有城市、都市圈、开发区和单个企业之别，"
            "不能排名或相加；成本降低、周期缩短以正数表示。未注时间的数不能当作某一年的数。",
            "所核报道没有讲到{region}或其所辖各市，本表从略。",
        ),
        "en": (
            "The article's stories side by side",
            "By unit of observation: what the article says of scale, growth, firms, cost, "
            "efficiency and target; a dash where it gives no number.",
            "All of it is what the article under examination says, not verified and no evidence. "
            "“—”: the article gives no number. A city, a metropolitan area, a zone and a firm were "
            "observed: do not rank or add. Reductions of cost or time are positive numbers. An "
            "undated figure belongs to no year.",
            "The article under examination tells no story of {region} or of a city in it; the "
            "table is left out.",
        ),
    },
    "story-figures": {
        "zh": (
            "与这些故事最接近的公布数",
            "按地区和指标列出公布数及其时期。",
            "公布数与报道所说的观察对象不同，不能互相印证到个位，也不能接成一个序列；预期数不列。",
            "没有与报道所讲故事相近的公布数，或报道没有讲到{region}，本表从略。",
        ),
        "en": (
            "Published figures nearest to these stories",
            "By region and variable: published figures with their period.",
            "They were observed on other units than the stories speak of: they neither confirm the "
            "article digit by digit nor continue its figures. Expected values are left out.",
            "Nothing near the stories is published, or the article tells no story of {region}; the "
            "table is left out.",
        ),
    },
    "comparison-sources": {
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
