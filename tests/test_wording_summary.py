"""Sentences on the scorecard count what is printed, and call above neither good nor bad."""

from __future__ import annotations

import math

import pandas as pd

from lyanalysis import wording

NAN = math.nan
CARD = pd.DataFrame(
    {
        "value": [6.0, 8.5, 56.2, 42.8, NAN],
        "province": [5.6, 8.52, 57.9, NAN, 3.0],
        "nation": [5.0, 5.9, NAN, NAN, NAN],
    },
    index=pd.Index(
        [
            "gdp_growth_real",
            "va_industry_above_scale_growth",
            "tertiary_contribution",
            "energy_intensive_share",
            "hightech_mfg_share",
        ],
        name="variable",
    ),
)


def gaps(**values: float) -> pd.DataFrame:
    index = pd.MultiIndex.from_product(
        [["410300"], list(values)], names=["region_code", "aggregate"]
    )
    return pd.DataFrame({"growth_gap": list(values.values())}, index=index)


def ahead(language: str, **values: float) -> wording.Prose:
    return wording.describe_gaps(gaps(**values), region="410300", year=2025, language=language)


def test_the_card_is_counted_as_printed() -> None:
    said = wording.describe_card(CARD, language="zh")
    # 8.52 is printed 8.5: level, not below.
    assert "有3项可与全省的同一年相比，1项较高、1项较低、1项持平" in said
    assert "有2项可与全国的同一年相比，2项较高" in said
    assert "高低不等于好坏" in said
    assert said.headline == "可比的指标，与全省比1高1低1平，与全国比2高"
    english = wording.describe_card(CARD, language="en")
    assert "3 measures compare with the province in the same year: 1 above, 1 below" in english


def test_one_measure_is_not_many() -> None:
    one = wording.describe_card(CARD.iloc[[2]], language="en")
    assert one.startswith("One measure compares with the province in the same year: below.")
    nothing = wording.describe_card(CARD.iloc[[3]], language="en")
    assert nothing.headline == ""
    assert "No measure has a figure" in nothing


def test_gaps_on_both_sides() -> None:
    said = ahead("zh", hightech_mfg=53.4, sei=24.3, energy_intensive=-4.2)
    assert "有3个口径公布了增速，2个快于、1个慢于规模以上工业" in said
    assert said.headline == "高技术制造业快53.4个百分点，高耗能行业慢4.2个百分点"
    english = ahead("en", hightech_mfg=53.4, sei=24.3, energy_intensive=-4.2)
    assert "2 were faster than and 1 was slower than above-scale industry" in english
    assert (
        english.headline == "High-tech manufacturing 53.4 points ahead, energy-intensive 4.2 behind"
    )


def test_gaps_on_one_side_ties_and_nothing() -> None:
    assert "各口径都慢于规模以上工业" in ahead("zh", hightech_mfg=-1.0, energy_intensive=-4.2)
    assert "all were slower than" in ahead("en", hightech_mfg=-1.0, energy_intensive=-4.2)
    tie = ahead("en", hightech_mfg=0.04)
    assert "growth of one aggregate for 2025: it was level with above-scale industry" in tie
    assert tie.headline == "High-tech manufacturing level with industry"
    nothing = ahead("zh", hightech_mfg=NAN)
    assert nothing.headline == ""
    assert "没有同时公布" in nothing
