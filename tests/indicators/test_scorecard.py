"""Every measure of the scorecard is what its definition says, and changes are never guessed."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lyanalysis import catalog
from lyanalysis.indicators import scorecard, structure, upgrading

LEVELS = {
    # Luoyang as published: two sides of the revision of 2022, then 2025 alone.
    (2021, "2021–2022"): (5447.1231, 262.19, 2375.83, 2809.1),
    (2022, "2021–2022"): (5675.2, 265.7, 2474.9, 2934.6),
    (2022, "2022–2023"): (5386.2, 253.2, 2165.4, 2967.6),
    (2023, "2022–2023"): (5481.6, 245.5, 2117.4, 3118.7),
    (2025, "2025"): (6164.52, 230.71, 2470.63, 3463.18),
}
CITY, NATION = "410300", "100000"


def accounts(region: str = CITY, scale: float = 1.0) -> pd.DataFrame:
    index = pd.MultiIndex.from_tuples(
        [(region, *key) for key in LEVELS], names=["region_code", "year", "window"]
    )
    columns = ["gdp", *scorecard.SECTORS]
    return pd.DataFrame(LEVELS.values(), index=index, columns=columns, dtype=float) * scale


def rates(region: str = CITY, **columns: list[float]) -> pd.DataFrame:
    index = pd.MultiIndex.from_product([[region], range(2021, 2026)], names=["region_code", "year"])
    return pd.DataFrame(np.nan, index=index, columns=scorecard.RATES).assign(**columns)


NONE = float("nan")
PUBLISHED = rates(
    gdp_growth_real=[4.8, 3.5, 2.3, 4.9, 6.0],
    va_primary_growth=[NONE, NONE, NONE, NONE, 3.9],
    va_secondary_growth=[NONE, NONE, NONE, NONE, 6.2],
    va_tertiary_growth=[NONE, NONE, NONE, NONE, 6.0],
    va_industry_above_scale_growth=[NONE, NONE, 3.0, NONE, 8.5],
    hightech_mfg_growth=[NONE, NONE, NONE, NONE, 61.9],
    hightech_mfg_share=[NONE, NONE, 3.0, NONE, 10.4],
    energy_intensive_growth=[NONE, NONE, NONE, NONE, 4.3],
    energy_intensive_share=[NONE, NONE, 40.9, NONE, 42.8],
)


@pytest.fixture
def measures() -> pd.DataFrame:
    return scorecard.measure(accounts(), PUBLISHED)


def row(measures: pd.DataFrame, year: int, name: str) -> tuple[float, float, str]:
    found = measures.loc[(CITY, year, name)]
    return float(found["value"]), float(found["change"]), str(found["flag"])


def test_measures_are_those_of_the_indicators(measures: pd.DataFrame) -> None:
    sectors = list(LEVELS[2025, "2025"][1:])
    assert row(measures, 2025, "ts_ratio")[0] == upgrading.ts_ratio(sectors)
    assert row(measures, 2025, "layer_coefficient")[0] == upgrading.layer_coefficient(sectors)
    assert row(measures, 2025, "structure_angle_w")[0] == upgrading.vector_angle(sectors)["W"]
    assert row(measures, 2025, "tertiary_share")[0] == pytest.approx(100 * 3463.18 / 6164.52)
    assert row(measures, 2025, "tertiary_contribution")[0] == pytest.approx(56.2, abs=0.05)
    before, after = (list(LEVELS[year, "2022–2023"][1:]) for year in (2022, 2023))
    assert row(measures, 2023, "structural_change_k")[0] == pytest.approx(
        structure.structural_change_k(before, after)
    )


def test_a_year_on_both_sides_of_a_break_is_taken_on_the_newer_one(measures: pd.DataFrame) -> None:
    assert row(measures, 2022, "ts_ratio")[0] == pytest.approx(2967.6 / 2165.4)
    assert measures.loc[(CITY, 2022, "ts_ratio"), "window"] == "2022–2023"
    _, change, flag = row(measures, 2022, "ts_ratio")
    assert (np.isnan(change), flag) == (True, "break_since_year_before")


def test_a_change_stays_inside_a_window_and_never_skips_a_year(measures: pd.DataFrame) -> None:
    _, change, flag = row(measures, 2023, "ts_ratio")
    assert change == pytest.approx(3118.7 / 2117.4 - 2967.6 / 2165.4)
    assert flag == ""
    _, change, flag = row(measures, 2025, "ts_ratio")
    assert np.isnan(change)
    assert flag == "year_before_missing"
    assert row(measures, 2025, "gdp_growth_real")[1] == pytest.approx(1.1)
    assert row(measures, 2025, "va_industry_above_scale_growth")[2] == "year_before_missing"


def test_the_change_of_an_aggregates_share_comes_from_growth(measures: pd.DataFrame) -> None:
    _, change, flag = row(measures, 2025, "hightech_mfg_share")
    assert change == pytest.approx(10.4 - 10.4 * 1.085 / 1.619)
    assert flag == ""
    assert row(measures, 2023, "hightech_mfg_share")[2] == "change_lacks_growth"
    assert row(measures, 2025, "energy_intensive_share")[1] < 0


def test_speed_of_a_year_in_two_windows_is_taken_where_the_year_before_is(
    measures: pd.DataFrame,
) -> None:
    before, after = (list(LEVELS[year, "2021–2022"][1:]) for year in (2021, 2022))
    value, change, flag = row(measures, 2022, "structural_change_k")
    assert value == pytest.approx(structure.structural_change_k(before, after))
    assert (np.isnan(change), flag) == (True, "is_a_change")
    assert measures.loc[(CITY, 2022, "structural_change_k"), "window"] == "2021–2022"


def test_contribution_changes_inside_a_window_only() -> None:
    grown = PUBLISHED.assign(
        va_primary_growth=3.0, va_secondary_growth=4.0, va_tertiary_growth=6.0, gdp_growth_real=5.0
    )
    found = scorecard.measure(accounts(), grown)
    _, change, flag = row(found, 2022, "tertiary_contribution")
    assert (np.isnan(change), flag) == (True, "break_since_year_before")
    _, change, flag = row(found, 2023, "tertiary_contribution")
    assert flag == ""
    assert 0 < change < 10


def test_missing_stays_missing() -> None:
    empty = scorecard.measure(accounts() * np.nan, rates())
    assert empty.empty
    card = scorecard.compare(empty, region=CITY, beside={}, grades=[])
    assert list(card.index) == list(scorecard.INPUTS)
    assert card["value"].isna().all()
    published = [inputs == (name,) for name, inputs in scorecard.INPUTS.items()]
    assert card["flag"].eq("not_published").tolist() == published
    assert card["flag"].eq("inputs_missing").tolist() == [not known for known in published]
    assert card["evidence_grade"].eq("").all()
    assert scorecard.inputs_used(card, empty, {"value": CITY}).empty


def test_order_of_rows_does_not_matter() -> None:
    ordered = scorecard.measure(accounts(), PUBLISHED)
    mixed = scorecard.measure(accounts(), PUBLISHED.iloc[::-1])
    pd.testing.assert_frame_equal(ordered, mixed.reindex(ordered.index))


BOTH = scorecard.measure(
    pd.concat([accounts(), accounts(NATION, 200.0)]),
    pd.concat([PUBLISHED, rates(NATION, hightech_mfg_share=[NONE, NONE, NONE, 16.3, 17.1])]),
)


@pytest.fixture
def card() -> pd.DataFrame:
    levels, yearly = (frame.map(lambda _: "A") for frame in (accounts(), PUBLISHED))
    yearly.loc[(CITY, 2025), "va_industry_above_scale_growth"] = "B"
    levels.loc[(CITY, 2022, "2022–2023"), "va_primary"] = "C"
    levels.loc[(CITY, 2022, "2021–2022"), "va_primary"] = "D"
    notes = accounts().map(lambda _: "")
    notes.loc[(CITY, 2022, "2022–2023"), ["va_primary", "va_tertiary"]] = "derived_from_shares"
    return scorecard.compare(
        BOTH, region=CITY, beside={"nation": NATION}, grades=[levels, yearly], caveats=[notes]
    )


def test_the_newest_value_stands_beside_the_nation_of_that_year(card: pd.DataFrame) -> None:
    share = card.loc["hightech_mfg_share"]
    assert (share["value"], share["value_year"], share["nation"]) == (10.4, 2025, 17.1)
    speed = card.loc["structural_change_k"]
    assert speed["value_year"] == 2023
    assert speed["nation"] == pytest.approx(speed["value"])
    assert card["province"].isna().all()
    assert not card["flag"].str.contains("province").any(), "none applies"
    assert card.loc["gdp_growth_real", "flag"] == "nation_missing"


def test_evidence_is_the_weakest_source_of_the_value(card: pd.DataFrame) -> None:
    grades = card["evidence_grade"]
    assert grades["gdp_growth_real"] == "A"
    assert grades["va_industry_above_scale_growth"] == "B"
    assert grades["hightech_mfg_growth_gap"] == "B"
    assert grades["structural_change_k"] == "C", "the year before is an input, too"


def test_caveats_of_the_figures_used_are_carried_on(card: pd.DataFrame) -> None:
    assert card.loc["structural_change_k", "flag"] == "is_a_change;derived_from_shares"
    assert "derived" not in card.loc["ts_ratio", "flag"]


def test_inputs_are_listed_figure_by_figure(card: pd.DataFrame) -> None:
    def used(name: str, **changed: float) -> pd.MultiIndex:
        return scorecard.inputs_used(
            card.loc[[name]].assign(**changed), BOTH, {"value": CITY, "nation": NATION}
        )

    speed = used("structural_change_k")
    assert set(speed.get_level_values("year")) == {2022, 2023}
    assert set(speed.get_level_values("window")) == {"2022–2023"}
    assert set(speed.get_level_values("variable")) == set(scorecard.SECTORS)
    assert set(used("ts_ratio", nation=np.nan).get_level_values("region_code")) == {CITY}
    assert used("gdp_growth_real").tolist() == [
        (CITY, year, "", "gdp_growth_real") for year in (2024, 2025)
    ]
    assert {name for code, *_, name in used("hightech_mfg_share") if code == CITY} == {
        "hightech_mfg_share",
        "hightech_mfg_growth",
        scorecard.INDUSTRY,
    }


def test_measures_and_inputs_are_known_to_the_catalogue() -> None:
    known = catalog.variables()
    for name, inputs in scorecard.INPUTS.items():
        assert all(known[id].kind == "published" for id in inputs)
        entry = known[name]
        direct = {id for id in entry.inputs if known[id].kind == "published"}
        assert entry.kind == "published" or not direct or direct == set(inputs), name


def test_refusals_name_the_argument() -> None:
    with pytest.raises(ValueError, match="accounts: expected index levels"):
        scorecard.measure(accounts().droplevel("window"), PUBLISHED)
    with pytest.raises(ValueError, match="rates: expected index levels"):
        scorecard.measure(accounts(), PUBLISHED.droplevel("year"))
    with pytest.raises(ValueError, match="beside: 'county' is not allowed; expected province"):
        scorecard.compare(BOTH, region=CITY, beside={"county": "410305"}, grades=[])
    with pytest.raises(ValueError, match=r"growth: -100\.0 at 0 is not allowed"):
        scorecard.growth_gap(pd.Series([-100.0]), pd.Series([1.0]))
