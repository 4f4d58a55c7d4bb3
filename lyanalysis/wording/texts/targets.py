"""Texts around the exhibits on targets and checks, of the chapter on targets and claims."""

from __future__ import annotations

from lyanalysis.catalog import Language

EXHIBITS: dict[str, dict[Language, tuple[str, str, str, str]]] = {
    "target-states": {
        "zh": (
            "{region}的目标和预期：能否判断进度",
            "横向堆积条形图，按目标的出处和是否到期分组，各段为已达到、符合进度、落后和无法判断的个数。",
            "是否到期以{year}年末为准。灰色各段都无法判断：没有公布现值，或只有另一概念的数。",
            "没有关于{region}的目标或预期，本图从略。",
        ),
        "en": (
            "Targets and expectations of {region}: whether progress can be told",
            "Stacked horizontal bars in groups by origin and due date; the parts count targets "
            "that are met, on track, behind, or cannot be judged.",
            "Due dates are counted to the end of {year}. The grey parts cannot be judged: no "
            "actual figure is published, or only one of another concept.",
            "No targets or expectations are on record for {region}; the figure is left out.",
        ),
    },
    "targets": {
        "zh": (
            "报道所称的目标（与{region}有关）",
            "按目标列出完成进度、时间进度、目标值、期限、最接近的数、进展和说明。",
            "报道所称，本身不是证据；其中可有报道拿来对照的地区。“—”为不能计算，原因见说明。最接近的数只供参照：概念不同的不与目标相比。"
            "完成进度＝现值÷目标值，有起点的从起点算起；时间进度＝已过时间÷全部时间，没有写明起点的不算。",
            "报道没有提到{region}的目标。",
        ),
        "en": (
            "Targets told by the article that concern {region}",
            "By target: progress, time elapsed, target value, due date, the nearest figure, "
            "standing and remark.",
            "Told by the article, which is no evidence; regions it compares with may be among "
            "them. “—” cannot be computed, for the reason remarked. The nearest figure is for "
            "orientation: one of another concept is not compared with the target. Progress is the "
            "actual figure over the target, from the start where one is known; time elapsed is not "
            "counted where no start is given.",
            "The article mentions no target of {region}.",
        ),
    },
    "expectation-progress": {
        "zh": (
            "{region}公布的预期与公布的结果",
            "横向条形图，每项预期一根，长度为结果占预期的百分比；竖短线为时间进度，竖虚线为预期本身。",
            "实心为已达到，空心为未达到。结果取该年最先公布的数，与作出预期时的口径一致。",
            "{region}的目标和预期都没有可比的结果，本图从略。",
        ),
        "en": (
            "Published expectations of {region} and what was published later",
            "Horizontal bars, one an expectation, as long as the outcome in percent of it; the "
            "upright mark is time elapsed, the dashed rule the expectation itself.",
            "Solid: met; hollow: not met. The outcome is the figure first published for the year, "
            "on the basis of the time of the expectation.",
            "No target or expectation of {region} has an outcome to compare with; the figure is "
            "left out.",
        ),
    },
    "expectations": {
        "zh": (
            "{region}公布的预期与结果",
            "按预期列出年份、预期值、公布数、完成进度、所需年均增速、进展和说明。",
            "预期出自新闻发布会等公布的文本，结果出自统计公报。结果取该年最先公布的数，此后有修订的注明。"
            "“—”为没有公布或不必计算。",
            "没有公布过关于{region}的预期。",
        ),
        "en": (
            "Published expectations of {region} and their outcome",
            "By expectation: year, expected value, published figure, progress, growth needed, "
            "standing and remark.",
            "Expectations come from press conferences and similar texts, outcomes from statistical "
            "communiqués. The outcome is the figure first published for the year; later revisions "
            "are remarked. “—”: not published, or not needed.",
            "No expectation of {region} was published.",
        ),
    },
    "plan-figures": {
        "zh": (
            "{region}公布的规划期数字",
            "按指标列出时期、含义、限定、数值和计至日期。",
            "各数只属于所列时期，不是年度数。规划期未满的计至所列日期，不可与整个规划期的目标直接相比。",
            "没有公布过{region}的规划期数字。",
        ),
        "en": (
            "Figures of plan periods published for {region}",
            "By variable: period, measure, qualification, value and date counted to.",
            "Each figure belongs to its period and is no annual one. Where the period had not "
            "ended it is counted to the date shown, and must not be set against a target for the "
            "whole period.",
            "No figures of plan periods are published for {region}.",
        ),
    },
    "check-verdicts": {
        "zh": (
            "对报道说法的检查：结论",
            "横向堆积条形图，每类检查一根，各段为一致、供参考、待澄清、有冲突的项数。",
            "一项检查有几个结果的，取其中最严重的结论。供参考的只是推算，不证明任何说法。",
            "没有涉及{region}的检查，本图从略。",
        ),
        "en": (
            "Checks on the claims: how they came out",
            "Stacked horizontal bars, one a kind of check; the parts count those that are "
            "consistent, of use, in question or in conflict.",
            "A check with several results has the gravest verdict among them. Information is a "
            "derivation that proves no claim.",
            "No check concerns {region}; the figure is left out.",
        ),
    },
    "check-placements": {
        "zh": (
            "受检结果与预期范围",
            "每行一个结果：灰带为预期范围，圆点在范围之内，菱形在范围之外，箭头为远在图外；右侧为结果和预期。",
            "各行各有单位，统一折算为预期范围的一半等于1。灰带伸到图边的，只有一侧有限。",
            "没有涉及{region}的结果设有预期范围，本图从略。",
        ),
        "en": (
            "Tested results beside what was expected",
            "A row a result: the grey strip is the expected range, a dot lies inside it, a diamond "
            "outside, an arrow far beyond the edge; result and expectation stand to the right.",
            "Rows have units of their own and are scaled so that half of the expected range is "
            "one. A strip that runs to the edge is bounded on one side only.",
            "No result that concerns {region} has an expected range; the figure is left out.",
        ),
    },
    "checks-tested": {
        "zh": (
            "设有预期范围的检查",
            "按检查列出算得的量、结果、预期、检验和结论。",
            "检验由计算作出：舍入范围触及预期（含容差）即为相符。结论由编者作出；两者矛盾的，数据检查不会通过。"
            "理由见以下各表。",
            "没有涉及{region}的检查设有预期范围。",
        ),
        "en": (
            "Checks with an expected range",
            "By check: quantity, result, expectation, test and verdict.",
            "The test is computed: it is consistent where the range left by rounding reaches what "
            "is expected, tolerance included. The verdict is the editor's; a test that contradicts "
            "it fails the contracts on the data. Reasons stand in the tables below.",
            "No check that concerns {region} has an expected range.",
        ),
    },
    "checks-questions": {
        "zh": (
            "核对报道内部的数字：有冲突或待澄清的",
            "按检查列出算得的结果、结论和说明，有冲突的在前。",
            "由报道自己的数字算出，四位有效数字，上千的留一位小数；括号里是四舍五入留下的范围。两边不封闭，是下限除以下限，"
            "只是印出数字之比。说明末尾是所用的说法。",
            "没有涉及{region}的检查有冲突或待澄清。",
        ),
        "en": (
            "Numbers of the article against each other: conflicts and questions",
            "By check: results, verdict and remark, conflicts first.",
            "Computed from the article's own numbers, to four significant digits or one "
            "decimal; in brackets the range rounding leaves. Open on both sides means one lower "
            "bound over another: no more than the quotient of the printed numbers.",
            "No check that concerns {region} found a conflict or left a question.",
        ),
    },
    "checks-derived": {
        "zh": (
            "核对报道内部的数字：一致的和供参考的",
            "按检查列出算得的结果、结论和说明，一致的在前。",
            "由报道自己的数字算出，四位有效数字，上千的留一位小数；括号里是四舍五入留下的范围。供参考的推算不证明任何说法。说明末尾是所用的说法。",
            "没有涉及{region}的一致或供参考的检查。",
        ),
        "en": (
            "Numbers of the article against each other: consistent, and for information",
            "By check: results, verdict and remark, consistent ones first.",
            "Computed from the article's own numbers, to four significant digits or one "
            "decimal; in brackets the range rounding leaves. What is for information proves no "
            "claim.",
            "No check that concerns {region} is consistent or for information.",
        ),
    },
    "checks-text": {
        "zh": (
            "核对报道的措辞",
            "按检查列出结论和说明。",
            "措辞的检查不计算任何数。",
            "没有涉及{region}的措辞检查。",
        ),
        "en": (
            "Checks on the words of the article",
            "By check: verdict and remark.",
            "Checks on words compute nothing.",
            "No check on words concerns {region}.",
        ),
    },
    "checks-published": {
        "zh": (
            "报道的说法与公布数对照",
            "按检查列出算得的结果、结论和说明。",
            "公布数取同一指标、同一时期的首选来源；来源列在表下。",
            "没有涉及{region}的说法可以与公布数对照。",
        ),
        "en": (
            "Claims of the article beside published figures",
            "By check: results, verdict and remark.",
            "The published figure is that of the preferred source for the same variable and "
            "period; sources are named below the table.",
            "No claim that concerns {region} can be set beside a published figure.",
        ),
    },
    "targets-sources": {
        "zh": (
            "本章资料来源",
            "按等级和日期列出本章所用来源的标题、发布者、日期和网址。",
            "只列公布数的来源；报道本身不是来源。同一文件有两个网址的，两个都列出。",
            "{region}没有可用的来源。",
        ),
        "en": (
            "Sources of this chapter",
            "By grade and date: title, publisher, date and address of the sources used.",
            "Sources of published figures alone; the article is none. A document found at two "
            "addresses is listed with both.",
            "There are no usable sources for {region}.",
        ),
    },
}
