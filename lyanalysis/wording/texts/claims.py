"""Texts around the exhibits on claims and lessons, of the chapter on targets and claims."""

from __future__ import annotations

from lyanalysis.catalog import Language

EXHIBITS: dict[str, dict[Language, tuple[str, str, str, str]]] = {
    "claim-evidence": {
        "zh": (
            "与{region}有关的报道说法：是否坐实、确切、写明时期",
            "三幅横向堆积条形图，每行为报道的一个部分：左图按数字是否坐实，中图按确切程度，右图按是否写明时期。",
            "条末为该部分的条数，小于4的段不标数。口号中的数、汉字概数、推出和重复的数都不作硬数字，归入其他。",
            "报道没有关于{region}的定量说法，本图从略。",
        ),
        "en": (
            "Claims that concern {region}: how firm, how exact, how dated",
            "Three panels of stacked bars, a row a section of the article: by firmness of the "
            "number, by exactness, and by whether a period is named.",
            "The number at the end counts the section; parts below four carry no number. "
            "Labels, numerals in words, implied and repeated numbers are not hard ones.",
            "The article makes no quantitative claim about {region}; the figure is left out.",
        ),
    },
    "claim-matches": {
        "zh": (
            "与{region}有关的报道说法与公布数的对照",
            "横向条形图，按对照结果分为五类，长度为条数；实心为硬数字，斜线为其他。",
            "相等指差额不超过末位的一半、限定也相同：“超过300”不等于300。与别的时期相等，只能推测所指时期。",
            "报道没有关于{region}的定量说法，本图从略。",
        ),
        "en": (
            "Claims that concern {region} beside published figures",
            "Horizontal bars, one for each of five outcomes, as long as the number of claims; hard "
            "numbers are solid, all others hatched.",
            "Equal means within half of the last digit and qualified alike: more than 300 is not "
            "300. An equal figure of another period only suggests which period is meant.",
            "The article makes no quantitative claim about {region}; the figure is left out.",
        ),
    },
    "claims-published": {
        "zh": (
            "有公布序列的说法与最接近的公布数",
            "按说法列出报道所称的数和最接近的公布数及其时期、差额、对照结果、公布相等数字的发布者。",
            "差额＝报道所称－公布数，百分数之差为百分点；写明时期而两边时期不同的不相减。未写时期的说法，差额里可能有真实的变动。"
            "转载不另计发布者，报道自己也不计；A级为统计部门和政府的正式文本，B级为媒体报道和其他整理。",
            "报道关于{region}的说法都没有含义相同的公布序列。",
        ),
        "en": (
            "Claims with a published series, and the closest published figure",
            "By claim: the claim and the closest published figure with their periods, the "
            "difference, the match, and who publishes an equal figure.",
            "Difference is claim less published figure, of percentages in points; where the claim "
            "names a period and the figure is of another, no difference is taken. That of an "
            "undated claim may hold real change. Neither a reprint nor the article counts as a "
            "publisher; grade A stands for official texts, B for media and other compilations.",
            "No claim about {region} has a published series of the same meaning.",
        ),
    },
    "lessons": {
        "zh": (
            "报道的启示和专家点评：凭什么，怎样检验",
            "按启示和点评列出所据说法、可以检验的指标、报道中是否有数和已公布的年度数个数。",
            "用本报告的话转述。年度数指可用于该指标的公布序列截至{year}年的个数，有数不等于已经检验。",
            "报道没有关于{region}的启示和点评。",
        ),
        "en": (
            "Lessons and judgements of the article: what they rest on, and what would test them",
            "By lesson or judgement: claims, the indicator that would test it, whether the "
            "article gives it, and annual figures published.",
            "All are in words of this report. Annual figures are those published up to {year} "
            "for series that enter the indicator; that they exist does not mean that the lesson "
            "has been tested.",
            "The article draws no lesson and gives no judgement about {region}.",
        ),
    },
    "risks": {
        "zh": (
            "检查所提示的风险",
            "按风险列出算得的结果、所据检查、可以澄清它的指标和已公布的年度数个数。",
            "结果由报道自己的数字算出，不是公布数。“—”为没有一个数可以检验，本身就是缺口。",
            "没有关于{region}的风险提示。",
        ),
        "en": (
            "Risks the checks bring to light",
            "By risk: results, the check, the indicator that would settle it, and annual "
            "figures published.",
            "Results are computed from the article's own numbers and are no published figures. "
            "“—”: there is no number at all to test it with, which is a gap in itself.",
            "No risk is on record for {region}.",
        ),
    },
}
