"""What a region has, counted from the observations themselves."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from lyanalysis.errors import ParameterError
from lyanalysis.sources import list_breaks, list_series, read_breaks

DATA = Path(__file__).parents[2] / "data"


def test_every_figure_of_the_region_is_counted_once() -> None:
    rows = [
        row
        for path in (DATA / "observations").glob("*.csv")
        for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())
        if row["region_code"] == "410300"
    ]
    series = list_series("410300")
    assert series["figures"].sum() == len(rows)
    one = [row for row in rows if row["variable"] == "rd_intensity"]
    found = series.loc["rd_intensity"]
    assert found["documents"] == len({row["source_id"] for row in one})
    assert found["since"] == min(int(row["period"][:4]) for row in one)
    assert set(found["vintages"].split(";")) == {row["vintage"] for row in one}


def test_vintages_stand_in_the_order_of_preference() -> None:
    vintages = list_series("410300").loc["gdp", "vintages"].split(";")
    order = ["final", "census_revised", "preliminary", "yearbook", "compiled"]
    assert [one for one in order if one in vintages] == [one for one in vintages if one in order]


def test_a_region_without_figures_has_no_series() -> None:
    assert list_series("130000").empty
    assert list_breaks("130000", language="zh").empty


def test_every_break_has_its_reason_in_the_language_asked_for() -> None:
    assert len(list_breaks("410300", language="zh")) == (
        read_breaks()["region_code"].eq("410300").sum()
    )
    assert list_breaks("410300", language="en")["reason_text"].str.isascii().any()
    assert not list_breaks("410300", language="zh")["reason_text"].str.isascii().any()


def test_an_unknown_region_is_refused() -> None:
    with pytest.raises(ParameterError):
        list_series("999999")
    with pytest.raises(ParameterError):
        list_breaks("999999", language="en")
