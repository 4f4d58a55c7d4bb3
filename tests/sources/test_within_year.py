from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lyanalysis.errors import ParameterError
from lyanalysis.sources import load_dated, load_within_year

Row = dict[str, str]
Make = Callable[..., Row]
Package = Callable[..., Path]
GROWTH = "gdp_growth_real"


def test_dated_figures_stand_with_their_dates(row: Make, package: Package) -> None:
    rows = [
        row(GROWTH, 2025, 6, "new"),
        row(GROWTH, "2025-H1", 5.5, "new", period_kind="half_year"),
        row(GROWTH, "2025-01/2025-09", 5.8, "new", period_kind="year_to_date"),
        row(GROWTH, "2024-Q1", 5.1, "new", period_kind="quarter"),
        row(GROWTH, "2025", 5.9, "press", period_kind="year_to_date", as_of="2025-10"),
        row(GROWTH, "2021/2025", 5, "new", period_kind="average", basis="real_average_growth"),
        row(GROWTH, "2023-Q1", 4, "new", period_kind="quarter"),
        row(GROWTH, "2025-Q4", 9, "press", period_kind="quarter", vintage="expected"),
    ]
    asked = {"first_year": 2024, "last_year": 2025, "data": package(rows)}
    found = load_within_year([GROWTH], ["410300"], **asked)
    assert found[["period", "period_kind", "as_of", "value"]].to_numpy().tolist() == [
        ["2024-Q1", "quarter", "", 5.1],
        ["2025", "year_to_date", "2025-10", 5.9],
        ["2025-01/2025-09", "year_to_date", "", 5.8],
        ["2025-H1", "half_year", "", 5.5],
    ]
    assert found["source_id"].tolist() == ["new", "press", "new", "new"]
    assert found.index.tolist() == [0, 1, 2, 3]
    assert load_within_year(["gdp"], ["410300"], **asked).empty


def test_units_are_converted_and_comparators_kept(row: Make, package: Package) -> None:
    half = {"period_kind": "half_year", "comparator": ">"}
    data = package([row("gdp", "2025-H1", "28500000", "new", unit="万元", **half)])
    found = load_within_year(["gdp"], ["410300"], first_year=2025, last_year=2025, data=data)
    (only,) = found.to_dict("records")
    assert (only["value"], only["unit"], only["comparator"]) == (2850, "亿元", ">")


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"source_id": "press"}, {"source_id": "new", "comparator": "about"}),
        ({"source_id": "new", "vintage": "final"}, {"source_id": "later"}),
        ({"source_id": "new"}, {"source_id": "press"}),
        ({"source_id": "later"}, {"source_id": "new"}),
        ({"source_id": "new"}, {"source_id": "same"}),
    ],
)
def test_the_order_of_preference(row: Make, package: Package, better: Row, worse: Row) -> None:
    half = {"period_kind": "half_year"}
    rows = [row("gdp", "2025-H1", 9, "x", **half) | worse]
    rows += [row("gdp", "2025-H1", 8, "x", **half) | better]
    data = package(rows)
    found = load_within_year(["gdp"], ["410300"], first_year=2025, last_year=2025, data=data)
    assert found["value"].tolist() == [8]


def test_regions_and_variables_stand_as_requested(row: Make, package: Package) -> None:
    half = {"period_kind": "half_year"}
    rows = [
        row(name, "2025-H1", 5, "new", region_code=code, **half)
        for code in ("410000", "410300")
        for name in ("gdp", GROWTH)
    ]
    asked = {"first_year": 2025, "last_year": 2025, "data": package(rows)}
    found = load_within_year([GROWTH, "gdp"], ["410300", "410000"], **asked)
    assert found[["region_code", "variable"]].to_numpy().tolist() == [
        ["410300", GROWTH],
        ["410300", "gdp"],
        ["410000", GROWTH],
        ["410000", "gdp"],
    ]


def test_requests_that_cannot_be_met() -> None:
    with pytest.raises(ParameterError, match="first_year 2025 is after last_year 2024"):
        load_within_year([GROWTH], ["410300"], first_year=2025, last_year=2024)
    with pytest.raises(ParameterError, match="variable 'pull' is derived"):
        load_within_year(["pull"], ["410300"], first_year=2024, last_year=2025)


def test_dated_figures_keep_their_kind_and_end_inside_the_range() -> None:
    asked = ["specialised_sme", "new_hightech_enterprises", "smart_factories_provincial"]
    found = load_dated(asked, ["410300"], first_year=2021, last_year=2025)
    kinds = found.groupby("variable", sort=False)["period_kind"].agg(list).to_dict()
    assert kinds == {
        "specialised_sme": ["cumulative"],
        "new_hightech_enterprises": ["year", "stock"],
        "smart_factories_provincial": ["stock", "stock"],
    }
    # A sum over 2021 to 2025 says nothing of a report on 2024.
    before = load_dated(asked, ["410300"], first_year=2021, last_year=2024)
    assert "cumulative" not in set(before["period_kind"])


def test_a_dated_figure_is_exact_where_it_can_be() -> None:
    found = load_dated(["tech_contract_value"], ["410300"], first_year=2025, last_year=2025)
    assert found[["value", "comparator"]].to_numpy().tolist() == [[284.9, "="]]
