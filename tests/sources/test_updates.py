"""What is newer than the annual figure, the newest of each measure, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lyanalysis.errors import ParameterError
from lyanalysis.sources import load_updates

Row = dict[str, str]
Make = Callable[..., Row]
Package = Callable[..., Path]
GROWTH = "gdp_growth_real"
HALF = {"period_kind": "half_year"}


def test_an_annual_figure_puts_those_of_its_year_aside(row: Make, package: Package) -> None:
    rows = [
        row(GROWTH, 2024, 4.9, "new"),
        row(GROWTH, "2024-H1", 4.7, "new", **HALF),
        row(GROWTH, "2025-H1", 5.7, "new", **HALF),
        row(GROWTH, "2025-01/2025-09", 5.8, "new", period_kind="year_to_date"),
    ]
    (found,) = load_updates("410300", [GROWTH], year=2024, data=package(rows)).to_dict("records")
    assert (found["period"], found["value"]) == ("2025-01/2025-09", 5.8)
    assert (found["annual_value"], found["annual_year"]) == (4.9, 2024)


def test_once_the_year_is_out_nothing_is_newer(row: Make, package: Package) -> None:
    rows = [row(GROWTH, 2025, 6, "new"), row(GROWTH, "2025-H1", 5.7, "new", **HALF)]
    assert load_updates("410300", [GROWTH], year=2025, data=package(rows)).empty


def test_the_newest_is_told_by_its_end_and_not_by_its_spelling(row: Make, package: Package) -> None:
    rows = [
        row(GROWTH, "2025-Q4", 4, "new", period_kind="quarter"),
        row(GROWTH, "2025-H1", 5, "new", **HALF),
        row(GROWTH, "2025", 6, "press", period_kind="year_to_date", as_of="2025-10"),
    ]
    found = load_updates("410300", [GROWTH], year=2025, data=package(rows))
    assert found["period"].tolist() == ["2025-Q4"]
    assert found["annual_value"].isna().all()


def test_older_figures_are_asked_for(row: Make, package: Package) -> None:
    data = package([row(GROWTH, "2014-H1", 8, "new", **HALF)])
    assert load_updates("410300", [GROWTH], year=2025, data=data).empty
    asked = {"year": 2025, "since": 2010, "data": data}
    assert load_updates("410300", [GROWTH], **asked)["value"].tolist() == [8]


def test_a_figure_on_another_basis_says_so(row: Make, package: Package) -> None:
    other = row(GROWTH, "2025-H1", 8, "new", basis="nominal_growth_on_previous_year", **HALF)
    found = load_updates("410300", [GROWTH], year=2025, data=package([other]))
    assert found["flag"].tolist() == ["different_basis"]


def test_luoyang_keeps_what_states_no_period_apart() -> None:
    found = load_updates("410300", ["industrial_profit"], year=2025).iloc[0]
    # Press conference of 30 September 2025: 308.7, without a year; the yearbook has 274.4 for 2023.
    assert (found["value"], found["period_kind"], found["annual_year"]) == (
        308.7,
        "as_reported",
        2023,
    )


def test_an_unknown_variable_is_refused() -> None:
    with pytest.raises(ParameterError):
        load_updates("410300", ["gdp_total"], year=2025)
