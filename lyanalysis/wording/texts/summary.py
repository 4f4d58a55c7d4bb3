"""Texts around the exhibits of the summary."""

from __future__ import annotations

from lyanalysis.catalog import Language

EXHIBITS: dict[str, dict[Language, tuple[str, str, str, str]]] = {
    "scorecard": {
        "zh": (
            "{region}新旧动能转换记分卡",
            "按指标列出最近一年的数值、年份、较上年的变动、全省和全国同年的数值、证据等级和说明。",
            "全省、全国取与本地数值相同的年份。变动只在口径一致的相邻两年之间计算，比率的变动为"
            "百分点；各口径比重的变动由当年比重与增速倒推。证据等级取本地数值及其变动所用来源中"
            "最低的一级：A为统计部门和政府的正式文本，B为媒体报道、年鉴的转录和其他整理。“缺”指没有公布。",
            "{region}没有公布记分卡所需的任何指标。",
        ),
        "en": (
            "Scorecard of the shift from old to new drivers, {region}",
            "By measure: the newest value, its year, its change on the year before, province and "
            "nation in the same year, grade of evidence and remarks.",
            "Province and nation are of the year of the region's own value. A change is taken "
            "between adjacent years on one basis only, in points where the measure is a "
            "percentage; that of an aggregate's share is backed out of share and growth. Grade is "
            "the lowest among the sources of the region's own value and change: A official texts "
            "of statistical offices and governments, B media reports, transcriptions of yearbooks "
            "and other compilations. “No” means not published.",
            "No measure of the scorecard is published for {region}.",
        ),
    },
    "scorecard-strips": {
        "zh": (
            "{region}记分卡各指标与全省、全国的同年数",
            "点图，每行一项指标、一把尺子，实心圆为{region}，空心方形为全省，空心菱形为全国；右侧列出数值、年份和证据等级。",
            "每行按本行的最小值和最大值定尺，只看先后，不看距离。右侧为各地区数值、年份和"
            "{region}数值的证据等级；“—”为没有同一年的数。",
            "{region}的指标没有上级地区同年的数可比，本图从略。",
        ),
        "en": (
            "Measures of the scorecard, {region} beside province and nation",
            "Dot strips, one a measure on a scale of its own: filled circle {region}, hollow "
            "square the province, hollow diamond the nation; values, year and grade of evidence on "
            "the right.",
            "Each row is scaled between its smallest and largest figure: read the order, not "
            "the distance. On the right: values, then year and grade of the figure of {region}; "
            "“—”: no figure of the same year.",
            "No measure of {region} has a figure of the regions above it for the same year; the "
            "figure is left out.",
        ),
    },
    "updates": {
        "zh": (
            "{region}年内最新公布数",
            "按指标列出时期、数值、最近年度数、发布日期和说明。",
            "只列比年度数新、或没有年度数的指标，每项取最近一次。未注明时期的，不能推定为某一年。",
            "{region}没有比年度数更新的年内公布数。",
        ),
        "en": (
            "Newest figures within the year, {region}",
            "By measure: period, value, newest annual figure, date of publication and remark.",
            "Listed are measures with a figure newer than the annual one, or without an annual "
            "one, the newest of each. What states no period must not be given a year.",
            "No figure within the year is newer than the annual ones for {region}.",
        ),
    },
    "growth-gaps": {
        "zh": (
            "{year}年新旧动能各口径与规模以上工业的增速之差",
            "横向柱形图，按口径分组，每个公布了增速的地区一根：{region}为实心，其他地区为空心；"
            "零线右侧为快于规模以上工业。",
            "各地区都与本地规模以上工业相比；没有公布的不画。实心为{region}，空心为其他地区；"
            "蓝色为新动能口径，棕色为传统动能口径。各口径互相重叠，不可相加。",
            "{year}年{region}及所比地区都没有同时公布各口径和规模以上工业的增速，本图从略。",
        ),
        "en": (
            "Growth of old and new drivers less growth of above-scale industry, {year}",
            "Horizontal bars in groups by aggregate, one for each region that publishes growth: "
            "solid for {region}, hollow for the others; right of zero is faster than industry.",
            "Each region is compared with its own above-scale industry. Solid: {region}; hollow: "
            "the other regions. Blue: aggregates of new drivers; brown: of old drivers; what is "
            "not published is not drawn. The aggregates overlap and must not be added.",
            "Neither {region} nor the regions beside it publish growth of the aggregates together "
            "with that of above-scale industry for {year}; the figure is left out.",
        ),
    },
    "summary-sources": {
        "zh": (
            "摘要资料来源",
            "按等级和日期列出本章图表所用来源的标题、发布者、日期和网址。",
            "同一文件有两个网址的，两个都列出。",
            "{region}没有可用的来源。",
        ),
        "en": (
            "Sources of the summary",
            "By grade and date: title, publisher, date and address of the sources used for the "
            "tables and figures.",
            "A document found at two addresses is listed with both.",
            "There are no usable sources for {region}.",
        ),
    },
}
