from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lyanalysis import catalog
from lyanalysis.errors import DataError, ParameterError
from lyanalysis.sources import load_framework, load_index_inputs, since_last_break

Package = Callable[..., Path]
HEAD = "framework,variable,pillar,direction,weight,flag\n"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("transition,nothing,gdp,1,1,", "column variable: 'nothing' is not a variable"),
        ("transition,gdp,nothing,1,1,", "column pillar: 'nothing' is not a variable"),
        ("transition,gdp,gdp,2,1,", "column direction: '2' is neither 1 nor -1"),
        ("transition,gdp,gdp,1,-1,", "column weight: '-1' is no weight"),
        ("transition,gdp,gdp,1,,", "column weight: '' is no weight"),
    ],
)
def test_a_damaged_framework_is_refused(package: Package, row: str, message: str) -> None:
    data = package([])
    (data / "framework.csv").write_text(f"{HEAD}{row}\n", encoding="utf-8")
    with pytest.raises(DataError, match=message):
        load_framework("transition", data=data)


def test_an_unknown_framework_names_those_there_are() -> None:
    with pytest.raises(ParameterError, match="no framework 'x'; there are transition, fixed_base"):
        load_framework("x")


def test_a_candidate_weighs_nothing_and_says_why() -> None:
    for name in ("transition", "fixed_base", "coupling"):
        framework = load_framework(name)
        assert framework["flag"].ne("").equals(framework["weight"].eq(0))


def test_inputs_of_derived_indicators_are_loaded_once() -> None:
    asked = {"first_year": 2025, "last_year": 2025}
    names = ["sei_growth_gap", "hightech_mfg_growth_gap", "gdp_growth_real"]
    found = load_index_inputs(names, ["410300"], **asked).values
    assert found.columns.tolist() == [
        "sei_growth",
        "va_industry_above_scale_growth",
        "hightech_mfg_growth",
        "gdp_growth_real",
    ]
    assert found.iloc[0].tolist() == [32.8, 8.5, 61.9, 6.0]


def test_figures_before_the_last_break_are_left_out() -> None:
    index = pd.MultiIndex.from_product(
        [["A", "B"], [2022, 2023, 2024]], names=["region_code", "year"]
    )
    values = pd.DataFrame({"x": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]}, index)
    flags = pd.DataFrame({"x": ["", "doubtful;crosses_break", "", "", "", ""]}, index)
    text = pd.DataFrame({"x": ["s"] * 6}, index)
    found = since_last_break(catalog.Sourced(values, text, text, flags))
    assert found.values["x"].tolist()[1:] == [2.0, 3.0, 4.0, 5.0, 6.0]
    assert np.isnan(found.values["x"].iloc[0])
    assert found.sources["x"].tolist()[0] == ""
