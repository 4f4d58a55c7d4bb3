from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lyanalysis.errors import ParameterError
from lyanalysis.sources import AGGREGATES, list_conflicts, load_industry_aggregates, load_series

Row = dict[str, str]
Make = Callable[..., Row]
Package = Callable[..., Path]


def one(data: Path, variable: str, year: int) -> tuple[float, str, str, str]:
    found = load_series([variable], ["410300"], first_year=year, last_year=year, data=data)
    frames = (found.values, found.sources, found.vintages, found.flags)
    return tuple(frame.iloc[0, 0] for frame in frames)


def test_values_are_picked_one_by_one(row: Make, package: Package) -> None:
    rows = [
        row("gdp", 2020, 100, "old", vintage="yearbook"),
        row("gdp", 2021, 200, "new"),
        row("gdp", 2021, 190, "later", vintage="final"),
        row("va_secondary", 2021, 80, "new"),
    ]
    data = package(rows)
    found = load_series(
        ["va_secondary", "gdp"], ["410300", "410000"], first_year=2020, last_year=2021, data=data
    )
    assert found.values.columns.tolist() == ["va_secondary", "gdp"]
    assert found.values.index.names == ["region_code", "year"]
    assert found.values["gdp"].loc["410300"].tolist() == [100, 190]
    assert found.values.loc["410000"].isna().all(axis=None)
    assert found.vintages["gdp"].tolist() == ["yearbook", "final", "", ""]
    assert found.source_ids == ("later", "new", "old")


def test_statements_come_last_and_expectations_never(row: Make, package: Package) -> None:
    rows = [
        row("gdp", 2022, 5800, "press", vintage="expected", comparator="about"),
        row("gdp", 2023, 55, "press", vintage="statement"),
        row("gdp", 2024, 55, "press", vintage="statement"),
        row("gdp", 2024, 60, "old", vintage="compiled"),
    ]
    data = package(rows)
    assert one(data, "gdp", 2022)[1:] == ("", "", "")
    assert one(data, "gdp", 2023) == (55, "press", "statement", "")
    assert one(data, "gdp", 2024)[0] == 60


def test_bases_are_never_mixed_and_the_refusal_is_listed(row: Make, package: Package) -> None:
    name = "new_hightech_industry_share"
    rows = [
        row(name, 2021, 50, "new", basis="unstated", vintage="final"),
        row(name, 2021, 43, "old", vintage="yearbook"),
        row(name, 2022, 51, "new", basis="unstated"),
        row(name, 2023, 52, "new", comparator=">"),
    ]
    data = package(rows)
    assert one(data, name, 2021)[0] == 43
    assert one(data, name, 2022)[1] == ""
    found = list_conflicts([name], ["410300"], first_year=2021, last_year=2023, data=data)
    assert found["reason"].tolist() == ["different_basis", "different_basis", "not_exact"]
    assert found["picked_value"].isna().tolist() == [False, True, True]
    assert found["other_value"].tolist() == [50, 51, 52]
    assert found["picked_source"].tolist() == ["old", "", ""]


def test_averages_and_parts_of_years_are_no_annual_values(row: Make, package: Package) -> None:
    growth = "gdp_growth_real"
    rows = [
        row(growth, "2013/2017", 8.8, "press", period_kind="average", basis="real_average_growth"),
        row(growth, "2014-H1", 9, "press", period_kind="half_year"),
        row(growth, "2014-Q1", 9, "press", period_kind="quarter"),
        row(growth, "2014-01/2014-09", 9, "press", period_kind="year_to_date"),
        row(growth, "2014-07", 9, "press", period_kind="as_reported"),
    ]
    found = load_series([growth], ["410300"], first_year=2013, last_year=2017, data=package(rows))
    assert found.values.isna().all(axis=None)


def test_printed_wording_becomes_a_flag(row: Make, package: Package) -> None:
    rows = [row("hightech_mfg_growth", 2025, 8, "new", note="原文名称：高技术产业；原文版次：存疑")]
    assert one(package(rows), "hightech_mfg_growth", 2025)[3] == "named_otherwise;doubtful"


@pytest.mark.parametrize(
    ("first", "second", "listed"),
    [
        ("5386.2", "5675.2", True),
        ("5675.2", "5675", False),
        ("5675.5", "5675", False),
        ("5675.6", "5675", True),
        ("3.47", "3.5", False),
        ("3.44", "3.5", True),
        ("6", "6.0", False),
        ("0.15", "0.1", False),
    ],
)
def test_only_more_than_rounding_is_a_conflict(
    row: Make, package: Package, first: str, second: str, listed: bool
) -> None:
    data = package([row("gdp", 2022, first, "new"), row("gdp", 2022, second, "old")])
    found = list_conflicts(["gdp"], ["410300"], first_year=2022, last_year=2022, data=data)
    assert len(found) == listed


def test_rounding_is_judged_in_the_printed_unit(row: Make, package: Package) -> None:
    rows = [row("gdp", 2018, "46407821", "old", unit="万元"), row("gdp", 2018, "4640.8", "new")]
    data = package(rows)
    assert list_conflicts(["gdp"], ["410300"], first_year=2018, last_year=2018, data=data).empty


@pytest.mark.parametrize(
    ("picked", "other", "reason"),
    [
        ({"source_id": "new", "vintage": "final"}, {"source_id": "later"}, "vintage"),
        ({"source_id": "new"}, {"source_id": "press"}, "grade"),
        ({"source_id": "later"}, {"source_id": "new"}, "published"),
        ({"source_id": "new"}, {"source_id": "same"}, "source_id"),
    ],
)
def test_the_reason_for_a_choice(
    row: Make, package: Package, picked: Row, other: Row, reason: str
) -> None:
    rows = [row("gdp", 2022, 120, "x") | other, row("gdp", 2022, 100, "x") | picked]
    found = list_conflicts(["gdp"], ["410300"], first_year=2022, last_year=2022, data=package(rows))
    (only,) = found.to_dict("records")
    assert only["reason"] == reason
    assert (only["picked_source"], only["other_source"]) == (
        picked["source_id"],
        other["source_id"],
    )
    assert (only["difference"], only["difference_percent"]) == (20, 20)


def test_the_conflicts_of_luoyang_2022() -> None:
    found = list_conflicts(["gdp", "gdp_growth_real"], ["410300"], first_year=2022, last_year=2022)
    assert found.index.names == ["region_code", "variable", "year"]
    gdp = found.xs("gdp", level="variable")
    growth = found.xs("gdp_growth_real", level="variable")
    assert gdp["picked_value"].unique().tolist() == [5386.2]
    assert gdp["other_value"].tolist() == [5675.2, 5675]
    assert gdp["difference"].tolist() == pytest.approx([289, 288.8])
    assert gdp["difference_percent"].iloc[0] == pytest.approx(100 * 289 / 5386.2)
    assert growth["picked_value"].unique().tolist() == [2.3]
    assert growth["other_value"].tolist() == [3, 3.5]
    assert growth["difference_percent"].isna().all()
    assert set(found["reason"]) == {"vintage"}


def test_gdp_in_use_is_that_of_its_block() -> None:
    found = list_conflicts(["gdp"], ["410300"], first_year=2017, last_year=2017)
    assert found[["picked_value", "other_value", "reason"]].to_numpy().tolist() == [
        [4290.1869, 4343.1, "block"]
    ]


def test_sectors_derived_from_shares_are_set_against_printed_ones() -> None:
    found = list_conflicts(["va_secondary"], ["410300"], first_year=2022, last_year=2022)
    assert found["picked_value"].tolist() == pytest.approx([5386.2 * 0.403])
    assert found["other_value"].tolist() == [2473.9]


def test_conflicts_stand_in_the_order_of_the_request() -> None:
    asked = (["gdp_growth_real", "gdp"], ["410300", "410000"])
    found = list_conflicts(*asked, first_year=2010, last_year=2025)
    pairs = list(dict.fromkeys(found.index.droplevel("year")))
    assert pairs == [
        (code, name) for code in asked[1] for name in asked[0] if (code, name) in pairs
    ]
    assert len(pairs) > 2


@pytest.mark.parametrize("load", [load_series, list_conflicts])
@pytest.mark.parametrize(
    ("variables", "regions", "years", "message"),
    [
        (["gdp_real"], ["410300"], (2020, 2021), r"unknown variable 'gdp_real': did you mean"),
        (["gdp"], ["410303"], (2020, 2021), r"unknown region '410303': .* are 410300"),
        (["sei"], ["410300"], (2020, 2021), r"variable 'sei' is aggregate, not published"),
        (["pull"], ["410300"], (2020, 2021), r"variable 'pull' is derived, not published"),
        (["gdp"], ["410300"], (2021, 2020), r"first_year 2021 is after last_year 2020"),
        ("gdp", ["410300"], (2020, 2021), r"variables must be a list"),
    ],
)
def test_requests_that_cannot_be_met(
    load: Callable[..., object],
    variables: list[str],
    regions: list[str],
    years: tuple[int, int],
    message: str,
) -> None:
    with pytest.raises(ParameterError, match=message):
        load(variables, regions, first_year=years[0], last_year=years[1])


def test_names_given_twice_stand_once() -> None:
    found = load_series(
        ["gdp", "gdp"], ["410300", "410000", "410300"], first_year=2025, last_year=2025
    )
    assert found.values.shape == (2, 1)
    assert found.values["gdp"].tolist() == [6164.52, 66632.79]


def test_results_are_fresh() -> None:
    asked = {"first_year": 2025, "last_year": 2025}
    first = load_series(["gdp"], ["410300"], **asked)
    for frame in (first.values, first.sources, first.vintages, first.flags):
        frame.iloc[0, 0] = frame.iloc[0, 0] * 2
    again = load_series(["gdp"], ["410300"], **asked)
    assert again.values["gdp"].tolist() == [6164.52]
    assert again.sources["gdp"].tolist() == ["s4a70902e"]
    listed = list_conflicts(["gdp"], ["410300"], first_year=2022, last_year=2022)
    listed.loc[:, "picked_value"] = 0
    fresh = list_conflicts(["gdp"], ["410300"], first_year=2022, last_year=2022)
    assert fresh["picked_value"].tolist() == [5386.2, 5386.2]


def test_the_aggregates_of_luoyang_2025() -> None:
    found = load_industry_aggregates(["410300"], year=2025)
    assert found.values.loc["410300"].to_numpy().tolist() == [
        [59.3, 11.7, 8.5, 55.8, 2024],
        [10.4, 61.9, 8.5, 3.0, 2023],
        [18.9, 32.8, 8.5, 12.6, 2023],
        [29.4, 20.7, 8.5, 21.9, 2023],
        [42.8, 4.3, 8.5, 40.9, 2023],
    ]
    assert found.values.index.tolist() == [("410300", name) for name in AGGREGATES]
    assert found.flags.eq("").all(axis=None)


def test_an_earlier_share_across_a_change_of_scope_is_marked(row: Make, package: Package) -> None:
    rows = [row("sei_share", 2022, 20, "new"), row("sei_share", 2025, 25, "later")]
    rows += [row("hightech_mfg_share", 2022, 5, "new")]
    rupture = ("410300", "sei_share", "2022", "", "2023", "", "catalogue")
    data = package(rows, breaks=[rupture])
    found = load_industry_aggregates(["410300"], year=2025, data=data)
    assert found.flags["last_share"].loc["410300"].tolist() == ["", "", "crosses_break", "", ""]
    assert found.values["last_year"].loc["410300"].tolist()[1:3] == [2022, 2022]
    before = load_industry_aggregates(["410300"], year=2022, data=data)
    assert before.values["share"].loc[("410300", "sei")] == 20
    assert before.values["last_share"].isna().all()


def test_aggregates_nothing_is_published_of_are_missing() -> None:
    found = load_industry_aggregates(["150200", "410300"], year=2025)
    assert found.values.loc["150200"].isna().all(axis=None)
    assert found.values.loc["410300"].notna().all(axis=None)
    assert found.sources.loc["150200"].eq("").all(axis=None)


def test_an_unknown_aggregate_is_refused() -> None:
    with pytest.raises(ParameterError, match="unknown variable 'hightech_share': did you mean"):
        load_industry_aggregates(["410300"], year=2025, aggregates=["hightech"])
