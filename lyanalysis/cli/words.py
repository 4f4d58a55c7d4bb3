"""Headings and words of the tables that the commands print, in two languages."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    # Headings.
    "basis": ("口径", "Basis"),
    "contract": ("核对", "Contract"),
    "difference": ("差额", "Difference"),
    "difference_percent": ("差额%", "In %"),
    "driver": ("动能", "Driver"),
    "figures": ("数据数", "Figures"),
    "grade": ("等级", "Grade"),
    "holds": ("要求", "What it holds"),
    "indicator": ("函数", "Function"),
    "indicators": ("指标手册", "Reference of indicators"),
    "measures": ("量什么", "Measures"),
    "message": ("发现", "Finding"),
    "name": ("名称", "Name"),
    "open": ("未解决", "Open"),
    "other_name": ("英文名", "Chinese name"),
    "other_source": ("另一来源", "Its source"),
    "other_value": ("另一公布值", "Other value"),
    "period": ("时期", "Period"),
    "picked": ("采用", "Used"),
    "picked_source": ("采用来源", "Its source"),
    "picked_value": ("采用值", "Value used"),
    "published_on": ("发布日期", "Date"),
    "publisher": ("发布者", "Publisher"),
    "reason": ("理由", "Reason"),
    "region": ("地区", "Region"),
    "regions": ("地区数", "Regions"),
    "settled": ("已说明", "Settled"),
    "settled_by": ("说明", "Settled by"),
    "source": ("来源", "Source"),
    "title": ("标题", "Title"),
    "url": ("网址", "Address"),
    "value": ("数值", "Value"),
    "variable": ("指标", "Variable"),
    "variables": ("指标数", "Variables"),
    "vintage_name": ("版次", "Vintage"),
    "year": ("年份", "Year"),
    "years": ("年份", "Years"),
    # Codes.
    "yes": ("是", "yes"),
    "old": ("传统", "old"),
    "new": ("新", "new"),
    "neutral": ("", ""),
    "final": ("最终核实", "final"),
    "census_revised": ("普查修订", "census-revised"),
    "preliminary": ("初步核算", "preliminary"),
    "yearbook": ("年鉴", "yearbook"),
    "compiled": ("整理", "compiled"),
    "statement": ("公布数", "statement"),
    "expected": ("预计", "expected"),
    # Why a figure is used or not.
    "only": ("唯一", "the only one"),
    "vintage": ("版次优先", "vintage"),
    "published": ("发布较晚者优先", "published later"),
    "source_id": ("按来源编号", "source identifier"),
    "graded": ("来源等级优先", "grade of source"),
    "equal": ("各来源相同", "the same in several"),
    "block": ("与分产业成套", "with its sectors"),
    "not_annual": ("不是年度数", "not annual"),
    "not_exact": ("不是确数", "not exact"),
    "different_basis": ("口径不同", "other basis"),
}
"""Code -> (Chinese, English)."""

CONTRACTS_ZH = {
    "keys": "表能读出，代码已登记，主键不重复，勘误仍然适用",
    "sums": "同一文件中各部分之和与总数相差不超过0.5%",
    "shares": "同一文件中各比重之和为100，只差四舍五入",
    "magnitude": "每个数都在同类数可能的范围内",
    "parts": "部分不大于整体",
    "ratios": "百分比等于分子除以分母",
    "sector_growth": "GDP增速在三次产业增速的最高与最低之间",
    "deflator": "水平与实际增速隐含的价格变动合理，否则有断点说明",
    "growth": "名义增速与水平一致，否则有断点说明",
    "drivers": "各口径的比重与其增速一致，否则有断点说明",
    "population": "常住人口的年度变动合理，否则有断点说明",
    "per_head": "人均GDP等于GDP除以人口",
    "cities": "各市之和等于全省",
    "nation": "下级地区是上级地区的合理部分",
    "claims": "对文章数据的核查，计算结果与编辑判断一致",
}
"""Name of a contract -> what it holds; in English the contracts say it themselves."""


def word(code: str, language: str) -> str:
    """Return the word for a code, or the code itself where readers know it best.

    Examples
    --------
    >>> word("vintage_name", "zh"), word("s4f7b791e", "en")
    ('版次', 's4f7b791e')
    """
    return WORDS.get(code, (code, code))[language == "en"]


def why(reason: str, language: str) -> str:
    """Return the words for the reason of a choice.

    Examples
    --------
    >>> why("grade", "en")
    'grade of source'
    """
    return word("graded" if reason == "grade" else reason, language)
