"""Texts around the exhibits of the annex on data."""

from __future__ import annotations

from lyanalysis.catalog import Language

EXHIBITS: dict[str, dict[Language, tuple[str, str, str, str]]] = {
    "data-series": {
        "zh": (
            "{region}的指标及其来源",
            "按指标列出公布数的个数、起止年份、来源个数、最好的来源等级和版次。",
            "包括年内数、预计数和修订前后的各版。版次按取用的次序排列；来源等级：A为统计部门和政府的"
            "正式文本，B为媒体报道、年鉴的转录和其他整理，C为汇总网站。",
            "数据包里没有{region}的数。",
        ),
        "en": (
            "Series of {region} and what they rest on",
            "By variable: number of published figures, first and last year, number of sources, the "
            "best grade among them, vintages.",
            "Figures within years, expected ones and all vintages are counted. Vintages stand in "
            "the order in which they are preferred. Grades: A official texts of statistical "
            "offices and governments, B media reports, transcriptions of yearbooks and other "
            "compilations, C aggregators.",
            "The data hold no figure of {region}.",
        ),
    },
    "data-breaks": {
        "zh": (
            "{region}各指标的口径断点",
            "按指标列出断点之前的最后一年和断点的原因。",
            "断点两侧的水平和比重不作比较；公布的实际增速按可比口径计算，不受影响。",
            "{region}的各指标没有已知的断点。",
        ),
        "en": (
            "Breaks in the series of {region}",
            "By variable: the last year before the break, and its reason.",
            "Levels and shares are not compared across a break; published real growth compares "
            "like with like and is not affected.",
            "No break is known in the series of {region}.",
        ),
    },
    "data-conflicts": {
        "zh": (
            "{region}全部指标的来源分歧",
            "按指标和年份列出采用值、另一来源的值、两者版次、差额和取舍理由。",
            "两种公布数都保留在数据包里；这里列出差额超过四舍五入的和口径、精度不同的年度数。",
            "{region}的年度数在各来源之间没有超过四舍五入的分歧。",
        ),
        "en": (
            "All figures on which sources disagree, {region}",
            "By variable and year: the value used, the value of another source, both vintages, the "
            "difference and the reason for the choice.",
            "Both figures stay in the data package. Listed are annual figures that differ by more "
            "than rounding, or that are of another basis or precision.",
            "No annual figures of {region} disagree between sources by more than rounding.",
        ),
    },
    "data-sources": {
        "zh": (
            "{region}的全部来源",
            "按等级和日期列出来源的标题、发布者、日期和网址。",
            "同一文件有两个网址的，两个都列出。",
            "数据包里没有{region}的来源。",
        ),
        "en": (
            "All sources of {region}",
            "By grade and date: title, publisher, date and address of the sources.",
            "A document found at two addresses is listed with both.",
            "The data hold no source of {region}.",
        ),
    },
}
