"""Texts around the exhibits of the chapter on space and urban renewal."""

from __future__ import annotations

from lyanalysis.catalog import Language

REQUIREMENTS: tuple[tuple[tuple[str, str], tuple[str, str], tuple[str, ...]], ...] = (
    (
        ("有产业", "Industry"),
        (
            "亩均产值、亩均税收，投产面积占比",
            "output and tax per mu, part of the land in production",
        ),
        ("devzone_revenue", "va_industry_above_scale_growth"),
    ),
    (
        ("有科技", "Technology"),
        (
            "研发经费占营收比重，高新技术企业占比",
            "R&D in percent of revenue, part of firms that are high-tech",
        ),
        ("rd_intensity", "new_hightech_industry_share"),
    ),
    (
        ("是社区", "Community"),
        (
            "每岗位住房和公共服务面积，职住比",
            "housing and services for each job, jobs for each resident worker",
        ),
        ("urbanization_rate", "urban_new_jobs"),
    ),
    (
        ("靠市场", "Market"),
        (
            "民营和社会资本占投资比重，租金收入覆盖成本的程度",
            "part of private capital in investment, rents as a part of costs",
        ),
        ("private_investment_growth",),
    ),
    (
        ("不搞房地产化", "No drift to property"),
        (
            "可售住宅和商办面积占比，工业用地占比",
            "floor area sold as flats and offices, part of land for industry",
        ),
        ("industrial_investment_growth", "real_estate_investment_growth"),
    ),
)
"""Requirements of a community: name, proposed measures, what is published of the region."""
CARD_EVIDENCE = [variable for *_, variables in REQUIREMENTS for variable in variables]
"""Published variables that the card of requirements reads."""
PARK_NEEDS = (
    ("各园区面积与已用、已投产面积（亩）", "Land of each park, used and in production (mu)"),
    ("各园区实际产值、税收（万元）", "Actual output and tax of each park (10 000 yuan)"),
    ("厂房入驻率（%）", "Occupancy of floor space (%)"),
    ("各园区实有企业和就业", "Firms and jobs in each park"),
    ("改造前后的用途、产出和客流", "Use, output and visitors before and after renewal"),
    ("住宅和商办面积占比（%）", "Part of floor space that is flats and offices (%)"),
)
"""Figures of parks that are published nowhere in the data."""

EXHIBITS: dict[str, dict[Language, tuple[str, str, str, str]]] = {
    "towns": {
        "zh": (
            "{region}与所比地区{year}年城镇化率和五年间常住人口变动",
            "横向柱形图，每个地区一根，深色为{region}；分别为常住人口城镇化率和五年间常住人口变动的百分比。",
            "按第一栏排列，深色为{region}。城镇化率和常住人口均为年末数；五年之间有普查断点的不画人口变动；"
            "没有公布的地区或指标不画。",
            "{year}年{region}及所比地区都没有公布城镇化率，也没有可比的常住人口，本图从略。",
        ),
        "en": (
            "Urbanisation in {year}, residents over five years: {region} and the regions compared",
            "Horizontal bars, one a region, dark for {region}: urbanisation rate of residents and "
            "change of residents over five years in percent.",
            "Ranked by the first panel; dark is {region}. Both are figures of the end of the year. "
            "No change of residents is drawn across a break after a census; what is not published "
            "is not drawn.",
            "Neither {region} nor the regions compared publish an urbanisation rate or comparable "
            "counts of residents for {year}; the figure is left out.",
        ),
    },
    "people-years": {
        "zh": (
            "{region}人口、城镇化和就业",
            "按年份列出常住人口、城镇常住人口、城镇化率、城镇新增就业和城镇非私营单位从业人员。",
            "人口为年末数，从业人员不含私营单位。说明写有“跨断点”的年份与此前各年不可比。“—”为没有公布。",
            "{region}没有公布人口和就业。",
        ),
        "en": (
            "Residents, towns and jobs, {region}",
            "By year: residents, urban residents, urbanisation rate, new urban jobs and persons "
            "employed in urban non-private units.",
            "Residents are counted at the end of the year; persons employed leave out private "
            "firms. A year marked as across a break does "
            "not compare with those before it. “—”: not published.",
            "No residents or jobs are published for {region}.",
        ),
    },
    "property-weight": {
        "zh": (
            "{region}与所比地区{year}年房地产业、建筑业占地区生产总值比重",
            "横向柱形图，每个地区一根，深色为{region}；分别为房地产业和建筑业增加值占地区生产总值的百分比。",
            "按第一栏排列，深色为{region}。现价增加值之比；没有公布的地区不画。",
            "{year}年{region}及所比地区都没有公布房地产业和建筑业增加值，本图从略。",
        ),
        "en": (
            "Real estate and construction in GDP in {year}, {region} and the regions compared",
            "Horizontal bars, one a region, dark for {region}: value added of real estate and of "
            "construction in percent of GDP.",
            "Ranked by the first panel; dark is {region}. Ratios of value added at current prices; "
            "regions that do not publish it are not drawn.",
            "Neither {region} nor the regions compared publish value added of real estate or "
            "construction for {year}; the figure is left out.",
        ),
    },
    "investment-drift": {
        "zh": (
            "{region}各类投资增速",
            "横向柱形图，按年份分组，依次为固定资产投资、工业投资、民间投资和房地产开发投资的增速。",
            "均为名义增速，按当年可比口径；棕色为房地产开发投资。2011年起固定资产投资不含农户，"
            "此前为全社会口径。没有公布的不画。",
            "{region}没有公布各类投资的增速，本图从略。",
        ),
        "en": (
            "Growth of investment by kind, {region}",
            "Horizontal bars in groups by year: growth of all fixed investment, of industrial, "
            "private and real-estate investment.",
            "Nominal growth on the comparable scope of the year; brown is real estate. Fixed "
            "investment leaves out rural households since 2011 and covers all before. What is not "
            "published is not drawn.",
            "No growth of investment by kind is published for {region}; the figure is left out.",
        ),
    },
    "site-facts": {
        "zh": (
            "报道所称的{region}园区和更新项目",
            "逐项列出报道所称的数、性质（已有或预计）和实际公布数。",
            "报道没有写统计时点，预计数都是全部投产后的，没有期限；数据包里没有这些场所的公布数，"
            "实际一栏因此全空。",
            "所核的报道没有写到{region}的园区和更新项目，也没有园区一级的公布数。",
        ),
        "en": (
            "Parks and renewal projects of {region} as the article tells them",
            "One row a number: what the article says, whether it is there now or expected, and "
            "the actual published figure.",
            "The article gives no date; what is expected is for full operation, without a term. "
            "The data package holds no published figures of these sites, so the last column is "
            "empty throughout.",
            "The article under examination tells of no parks or renewal projects of {region}, and "
            "no figures of parks are published.",
        ),
    },
    "fact-matrix": {
        "zh": (
            "报道写到的{region}各处场所与评价所需的事实",
            "矩阵图，行为场所，列为占地、企业、产值、税收、就业和改造前后；实心为已有，空心为预计，叉为没有写。",
            "实心为报道所称的已有数，空心为全部投产后的预计数，叉为报道没有写。没有任何数字的案例不在图中。",
            "所核的报道没有写到{region}的园区和更新项目，本图从略。",
        ),
        "en": (
            "Sites of {region} in the article and the facts needed to judge them",
            "A matrix: sites in rows; land, firms, output, tax, jobs, before and after in columns. "
            "Filled where told of today, hollow where expected, a cross where nothing is said.",
            "Filled: said of today; hollow: expected for full operation; cross: not said. A case "
            "told without any number is not shown.",
            "The article under examination tells of no parks or renewal projects of {region}; the "
            "figure is left out.",
        ),
    },
    "site-yields": {
        "zh": (
            "由报道所称的数推算的{region}园区产出强度",
            "逐项列出检查编号和题目、推算的量、带界限的结果和说明，说明末尾是所用的说法。",
            "检查编号见目标与说法一章。下限除以确数仍为下限；两个下限相除，两边都不封闭，只就印出的数而言。"
            "亩均产值和税收都是计划值，没有实际值。",
            "没有可以推算{region}园区产出强度的数。",
        ),
        "en": (
            "What land, firms and jobs of the parks of {region} yield, from what the article says",
            "One row a quantity: number and title of the check, quantity, result with its bound, "
            "remark and the claims used.",
            "Numbers of checks are those of the chapter on targets and claims. A lower bound "
            "over an exact number stays one; a quotient of two lower bounds is open on both sides "
            "and holds for the printed numbers only. Output and tax per mu are planned, not "
            "actual.",
            "There is nothing to derive yields of parks of {region} from.",
        ),
    },
    "community-targets": {
        "zh": (
            "{region}科技产业社区建设目标",
            "逐项列出目标的对象、内容、报道所称的目标值、到期年份和实际公布数。",
            "报道只写目标，没有写已完成多少；数据包里没有对应的公布数，完成进度因此不能计算。",
            "所核的报道没有写到{region}的社区建设目标。",
        ),
        "en": (
            "Targets for technology and industry communities, {region}",
            "One row a target: subject, what is counted, the target the article gives, the year it "
            "is due, and the actual published figure.",
            "The article tells targets and no progress. No published figure corresponds to them, "
            "so progress cannot be computed.",
            "The article under examination gives no targets for communities of {region}.",
        ),
    },
    "target-checks": {
        "zh": (
            "由{region}社区建设目标推算的量",
            "逐项列出检查编号和题目、推算的量、带界限的结果和说明，说明末尾是所用的说法。",
            "检查编号见目标与说法一章。目标多为下限，相除之后两边都不封闭，只就印出的数而言。",
            "没有可以由{region}社区建设目标推算的数。",
        ),
        "en": (
            "What the targets for communities of {region} come to",
            "One row a quantity: number and title of the check, quantity, result with its bound, "
            "remark and the claims used.",
            "Numbers of checks are those of the chapter on targets and claims. Most targets are "
            "lower bounds; their quotients are open on both sides and hold for the printed numbers "
            "only.",
            "There is nothing to derive from targets for communities of {region}.",
        ),
    },
    "firms-per-community": {
        "zh": (
            "{region}各社区企业数与目标平均数",
            "横向柱形图：虚线空心为目标平均数和假设推算，实心为报道所称的现有企业数。",
            "实心为报道所称，没有统计时点；虚线空心为由目标推算的平均数，以及假设其中一处计入目标后"
            "其余社区的平均数。都不是公布数。",
            "所核的报道没有写到{region}的社区建设目标，本图从略。",
        ),
        "en": (
            "Firms of sites against the average the targets imply, {region}",
            "Horizontal bars: dashed and hollow the average of the targets and what is worked out "
            "from it, solid the firms the article says are there.",
            "Solid: as the article says, undated. Dashed and hollow: the average of the targets, "
            "and that of the other communities should one site count. These are no published "
            "figures.",
            "The article under examination gives no targets for communities of {region}; the "
            "figure is left out.",
        ),
    },
    "tourism-years": {
        "zh": (
            "{region}接待游客、旅游总收入和人次花费",
            "三组柱形图，按年份分别为接待游客人次、旅游总收入和人次花费；花费带误差线。",
            "人次和收入为公布数；统计方法几经调整，各年水平只作参考；年份下为公布的比上年增速。人次花费由两者相除，误差线为公布数取整"
            "所允许的范围（整数末尾的零按取整计）。",
            "{region}没有公布年度接待游客和旅游总收入，本图从略。",
        ),
        "en": (
            "Visits, tourism revenue and spend per visit, {region}",
            "Three groups of bars by year: tourist visits, tourism revenue and spend per visit, "
            "the last with a range.",
            "Visits and revenue as published; the method has changed more than once, so levels "
            "compare loosely; below each year stands published growth. "
            "Spend is their quotient; its range is what rounding allows (zeros at the end of a "
            "whole number count as rounding).",
            "No annual visits and tourism revenue are published for {region}; the figure is left "
            "out.",
        ),
    },
    "tourism-parts": {
        "zh": (
            "{region}旅游总收入增长的量价分解",
            "堆积横柱图：公布数与报道所称分列两图，每年一根，分为人次和花费拉动的百分点。",
            "由收入增速和人次增速用对数均值分解，两部分之和等于收入增速；花费为现价。柱旁为人次／花费。"
            "公布数与报道所称分图，刻度不同，不成一列。",
            "{region}没有同时公布接待游客和旅游总收入增速的年份，本图从略。",
        ),
        "en": (
            "Growth of tourism revenue by visits and spend, {region}",
            "Stacked horizontal bars, published growth and that of the article in panels of their "
            "own, one a year: points from visits and from spend.",
            "Split by logarithmic means from growth of revenue and of visits, so that both parts "
            "add up; spend at current prices. Beside each bar: visits / spend. The two panels have "
            "scales of their own and form no series.",
            "No year has growth of both visits and tourism revenue for {region}; the figure is "
            "left out.",
        ),
    },
    "tourism-checks": {
        "zh": (
            "由报道所称的旅游数推算的量",
            "逐项列出检查编号和题目、推算的量、带界限的结果和说明，说明末尾是所用的说法。",
            "只用报道所称的数，不是公布数。倒推的上年水平可与上面两图中{region}公布的同年数对照，"
            "人次公布到千万位，小的出入出自取整。检查编号见目标与说法一章。",
            "所核的报道没有写到{region}的旅游。",
        ),
        "en": (
            "What the article's figures on tourism imply",
            "One row a quantity: number and title of the check, quantity, result with its bound, "
            "remark and the claims used.",
            "From figures of the article alone, not published ones. Levels worked back to the year "
            "before can be held against those published for {region} in the figures above, where "
            "visits are printed in tens of millions: small gaps are rounding. Numbers of checks "
            "are those of the chapter on targets and claims.",
            "The article under examination tells nothing of tourism in {region}.",
        ),
    },
    "tourism-occasions": {
        "zh": (
            "{region}节庆、假日和部分年度的旅游数据",
            "按时间列出半年、节庆、假日等的接待游客、旅游收入和增速。",
            "各次活动天数和范围不同，既不能相加，也不能与年度数排成一列。增速与上年同一时段相比。",
            "{region}没有公布节庆、假日等时段的旅游数据。",
        ),
        "en": (
            "Tourism in festivals, holidays and parts of years, {region}",
            "By time: visits, revenue and growth of half-years, festivals and holidays.",
            "Occasions differ in length and scope: they neither add up nor form a series with "
            "figures of years. Growth is on the same occasion a year before.",
            "No figures of festivals, holidays or parts of years are published for {region}.",
        ),
    },
    "requirement-card": {
        "zh": (
            "科技产业社区五项要求评价卡：{region}",
            "每项要求一行：建议的园区衡量指标、本地已公布的最近数和园区一级的数。",
            "五项要求取自所核的报道，衡量指标为本报告建议。第三栏是全市（或全省、全国）的数，只作背景，"
            "不能代替园区的数；R&D为研究与试验发展。",
            "{region}没有公布与五项要求有关的数。",
        ),
        "en": (
            "Five requirements of a technology and industry community: {region}",
            "A row a requirement: measures proposed for a park, the newest figures published for "
            "the region, and the figure for parks.",
            "The requirements are those of the article, the measures a proposal of this report. "
            "The third column is of the whole region: background, no substitute for figures of "
            "parks.",
            "No figures that bear on the five requirements are published for {region}.",
        ),
    },
    "space-needs": {
        "zh": (
            "评价{region}空间再造所需的数和已有的数",
            "逐项列出所需的数、报告期内有公布数的年份数和最近年份；园区一级的在前，一律没有。",
            "园区一级的数在数据包的任何地区都没有。“—”为没有公布。",
            "{region}没有公布评价空间再造所需的任何数。",
        ),
        "en": (
            "Figures needed to judge the use of space, and those there are, {region}",
            "By figure: years with a published value in the range of the report and the newest of "
            "them; figures of parks come first and are published nowhere.",
            "Figures of parks are in the data for no region at all. “—”: not published.",
            "No figure needed to judge the use of space is published for {region}.",
        ),
    },
    "space-sources": {
        "zh": (
            "本章资料来源",
            "按等级和日期列出本章所用来源的标题、发布者、日期和网址。",
            "同一文件有两个网址的，两个都列出。报道的说法不是来源，编号列在各图表之下。",
            "{region}没有可用的来源。",
        ),
        "en": (
            "Sources of this chapter",
            "By grade and date: title, publisher, date and address of the sources used.",
            "A document found at two addresses is listed with both. Claims of the article are no "
            "sources; their numbers stand under each exhibit.",
            "There are no usable sources for {region}.",
        ),
    },
}
