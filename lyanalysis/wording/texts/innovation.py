"""Texts around the exhibits of the chapter on innovation and institutions."""

from __future__ import annotations

from lyanalysis.catalog import Language

EXHIBITS: dict[str, dict[Language, tuple[str, str, str, str]]] = {
    "rd-intensity": {
        "zh": (
            "{region}及上级地区的研发投入强度",
            "折线图，横轴为年份，纵轴为研发投入强度的百分数，每条线一个地区；实心为采用的数，"
            "空心为其他来源的公布数。",
            "全社会R&D经费与现价生产总值之比，分母用公布当时的总量。只在相邻年份之间连线，"
            "缺数的年份断开。没有所属年份的数不入图。",
            "{region}及其上级地区都没有公布研发投入强度，本图从略。",
        ),
        "en": (
            "R&D intensity of {region} and the regions above it",
            "Line chart of R&D intensity in percent by year, one line a region; filled is the "
            "figure used, hollow what other sources print.",
            "R&D expenditure over GDP at current prices, with GDP as it was known when published. "
            "Only neighbouring years are joined; a missing year breaks the line. Figures of no "
            "year are not drawn.",
            "R&D intensity is published neither for {region} nor for the regions above it; the "
            "figure is left out.",
        ),
    },
    "rd-readings": {
        "zh": (
            "{region}研发投入强度的不同公布数",
            "列出各来源不一致的年份和没有所属年份的公布数：数值、取用、来源等级和来源。",
            "“采用”按全书统一的次序取：版次、来源等级、发布日期。没有所属年份的数不参与取用。",
            "{region}研发投入强度各来源没有超过四舍五入的分歧，也没有缺所属年份的数。",
        ),
        "en": (
            "R&D intensity of {region} as different sources print it",
            "Figures of years on which sources disagree and figures of no year: value, use, grade "
            "and source.",
            "The figure used is picked in the order of the whole report: vintage, grade, date of "
            "publication. Figures of no year are never picked.",
            "Sources do not disagree on R&D intensity of {region} by more than rounding, and no "
            "figure lacks its year.",
        ),
    },
    "rd-across": {
        "zh": (
            "各地区研发投入强度",
            "点图，每行一个公布研发投入强度的地区，实心为最近一年，空心为此前最近一次公布的数，"
            "括号内为年份。",
            "各地区最近公布的年份不尽相同，排次只看同一年。彩色为本地区。没有列出的地区没有公布。",
            "没有一个地区公布研发投入强度，本图从略。",
        ),
        "en": (
            "R&D intensity by region",
            "Dot plot, one row a region that publishes R&D intensity; filled is the newest year, "
            "hollow the figure published before it, with the year in brackets.",
            "Regions last published for different years: only figures of one year can be ranked. "
            "The region of this report is in colour. Regions that are not shown do not publish it.",
            "No region publishes R&D intensity; the figure is left out.",
        ),
    },
    "rd-expenditure": {
        "zh": (
            "{region}研究与试验发展（R&D）经费",
            "柱形图，每年一根，高度为全社会R&D经费；实心部分为规模以上工业企业，仅在公布的年份画出。",
            "现价，按执行地统计。没有柱的年份没有公布。规模以上工业企业R&D经费是全社会经费的一部分，"
            "不是财政科技支出。",
            "{region}没有公布R&D经费，本图从略。",
        ),
        "en": (
            "Expenditure on research and development, {region}",
            "Bars, one a year, as high as R&D expenditure; the filled part is above-scale "
            "industry, in the years it is published.",
            "Current prices, by place of performance. Years without a bar are not published. R&D "
            "of above-scale industry is a part of the total and no budget expenditure.",
            "No R&D expenditure is published for {region}; the figure is left out.",
        ),
    },
    "innovation-inputs": {
        "zh": (
            "{region}研发投入与技术合同：水平和与生产总值之比",
            "按年份列出生产总值、R&D经费、公布的和推算的研发投入强度、规上工业研发强度、"
            "技术合同成交额及其与生产总值之比。",
            "推算的强度用现在采用的生产总值作分母，公布的强度用当时的总量，总量修订后两者不等。"
            "规上工业研发强度的分母是营业收入，不能与前两列比较。技术合同额是登记额，不是增加值，"
            "与生产总值之比只表示相对规模。“—”为没有公布。",
            "{region}没有公布R&D经费、研发投入强度和技术合同成交额，本表从略。",
        ),
        "en": (
            "R&D and technology contracts of {region}: levels and ratios to GDP",
            "By year: GDP, R&D expenditure, published and computed R&D intensity, R&D intensity of "
            "industry, value of technology contracts and its ratio to GDP.",
            "The computed intensity takes GDP as it is used now, the published one GDP as it was "
            "known then: after a revision they differ. Industry R&D intensity is over revenue and "
            "does not compare with the two. Contract value is registered, no value added: its "
            "ratio to GDP tells relative size alone. “—”: not published.",
            "Neither R&D nor technology contracts are published for {region}; the table is left "
            "out.",
        ),
    },
    "patents": {
        "zh": (
            "{region}专利授权量与有效发明专利",
            "柱形图。左：每年专利授权量，实心部分为发明专利；右：年末有效发明专利。",
            "左为当年流量，右为年末存量，不能相加。2021年起审查从严，授权量减少不等于创新减少，"
            "宜看发明专利。没有柱的年份没有公布。",
            "{region}没有公布专利授权量和有效发明专利，本图从略。",
        ),
        "en": (
            "Patents granted and invention patents in force, {region}",
            "Bars. Left: patents granted by year, inventions filled in. Right: invention patents "
            "in force at the end of the year.",
            "Left is a flow of the year, right a stock at its end; they must not be added. "
            "Examination is stricter since 2021, so that fewer grants do not mean less innovation: "
            "inventions say more. Years without a bar are not published.",
            "Neither patents granted nor patents in force are published for {region}; the figure "
            "is left out.",
        ),
    },
    "dated-figures": {
        "zh": (
            "{region}创新主体、平台、技术合同与数字化：有日期的公布数",
            "按期别列出时期、指标、数值和说明。",
            "时点数、累计数、批次数和变动幅度是不同的量，不能接成序列，也不能相减。高新技术企业是"
            "资格认定，科技型企业范围更宽；专精特新中小企业与“小巨人”级别不同，不能相加。",
            "{region}没有公布这些指标的数，本表从略。",
        ),
        "en": (
            "Firms, platforms, contracts and digital upgrading in {region}: dated figures",
            "By kind of period: period, variable, value and remark.",
            "Stocks, sums over years, parts of a year and rates of change are different "
            "quantities: they make no series and must not be subtracted. Certified high-tech "
            "enterprises are a part of technology firms; little giants are a level above "
            "specialised small firms, and the two must not be added.",
            "Nothing is published on these for {region}; the table is left out.",
        ),
    },
    "innovation-funds": {
        "zh": (
            "{region}存贷比与财政科技支出占比",
            "左图为存贷比折线，人民币与本外币两个序列；右图为科学技术支出占一般公共预算支出的柱形图。",
            "由公布的余额和支出额推算。存贷比是年末余额之比，不是银行监管指标；人民币与本外币两个"
            "序列不能相接。财政科技支出是财政资金，不是全社会R&D经费。",
            "{region}没有公布存贷款余额和财政科技支出，本图从略。",
        ),
        "en": (
            "Loans by deposits and the science share of the budget, {region}",
            "Left: lines of loans by deposits, in yuan and in all currencies. Right: bars of "
            "science and technology as a share of general public budget expenditure.",
            "Computed from published balances and expenditure. Loans by deposits is a ratio of "
            "balances at the end of the year and no supervisory measure; the two series must not "
            "be joined. Science expenditure of the budget is public money, not R&D expenditure.",
            "Neither loans and deposits nor science expenditure are published for {region}; the "
            "figure is left out.",
        ),
    },
    "hightech-firms": {
        "zh": (
            "高技术制造业的利润率与户均营业收入",
            "两幅折线图，横轴为年份，每条线一个公布这些数的地区：左为营业收入利润率，右为户均营业收入。",
            "国家统计分类的高技术制造业，规模以上企业，现价；不是高新技术企业。2013年和2017年修订过分类，"
            "缺数的年份断开。只公布到省一级，是各市所处的背景。",
            "{region}及其上级地区都没有公布高技术制造业的企业数、营业收入和利润，本图从略。",
        ),
        "en": (
            "Profit margin and size of high-tech manufacturing firms",
            "Two line charts by year, one line a region that publishes them: left profit margin, "
            "right revenue per firm.",
            "High-tech manufacturing by the national class, above-scale firms, current prices; not "
            "firms certified as high-tech enterprises. The class was revised in 2013 and 2017; a "
            "missing year breaks the line. Published down to provinces: the background of a city.",
            "Neither {region} nor the regions above it publish firms, revenue and profit of "
            "high-tech manufacturing; the figure is left out.",
        ),
    },
    "chain-matrix": {
        "zh": (
            "{region}：报道中的四链与人才",
            "按链条和案例列出报道所称的投入、覆盖面和成效；“—”为报道没有说到。",
            "全部是报道所称，未经核实，多数没有日期。人才在四链之外另列。哪条说法归入哪一格是本报告的归类。",
            "所核报道没有提到{region}的产业链、创新链、资金链、政策链和人才，本表从略。",
        ),
        "en": (
            "{region}: the four chains and talent in the article",
            "By chain and case: what the article says of cost, reach and result; a dash where it "
            "says nothing.",
            "All of it is told by the article, not verified, and mostly undated. Talent stands "
            "outside the four chains. Which claim goes into which cell is this report's choice.",
            "The article under examination says nothing of the chains and talent of {region}; the "
            "table is left out.",
        ),
    },
    "reform-panel": {
        "zh": (
            "{region}：混合所有制改革案例前后",
            "按主体和内容列出报道所称的改革之前、之后和未写时间的数，以及说法编号。",
            "分界为报道所称的改革启动年份。只有前后两栏都有同一内容的数，才谈得上效果；"
            "“—”为报道没有说到。",
            "所核报道没有提到{region}的混合所有制改革，本表从略。",
        ),
        "en": (
            "{region}: a mixed-ownership reform, before and after",
            "By subject and quantity: what the article says of before the reform, after it and "
            "without a date, and the identifier of the claim.",
            "The line is drawn at the year the article gives for the start of the reform. Only "
            "where both columns hold the same quantity could an effect be read. “—”: the article "
            "says nothing.",
            "The article under examination tells of no mixed-ownership reform in {region}; the "
            "table is left out.",
        ),
    },
    "innovation-sources": {
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
