"""Figures of which a source, or their own date, leaves a doubt are listed; agreement is not."""

from __future__ import annotations

import pytest

from lyanalysis.errors import ParameterError
from lyanalysis.sources import list_readings

ASKED = {"first_year": 2010, "last_year": 2025}


def test_disputed_years_and_figures_of_no_year() -> None:
    found = list_readings("rd_intensity", "410300", **ASKED, language="zh").reset_index()
    assert found[["period", "rd_intensity", "use"]].to_numpy().tolist() == [
        ["2023", 3.44, "used"],
        ["2023", 3.47, "other"],
        ["2025-10", 3.47, "not_annual"],
    ]
    assert found["source_citation"].str.contains("《").all()


def test_a_figure_printed_with_fewer_digits_is_no_dispute() -> None:
    # 2020: 2.82 in two sources, 2.8 in a third.
    found = list_readings("rd_intensity", "410300", **ASKED, language="en")
    assert "2020" not in found.index


def test_agreement_and_silence_list_nothing() -> None:
    assert list_readings("rd_intensity", "410000", **ASKED, language="en").empty
    silent = list_readings("rd_intensity", "410600", **ASKED, language="en")
    assert silent.empty
    assert "rd_intensity" in silent
    with pytest.raises(ParameterError, match="region"):
        list_readings("rd_intensity", "999999", **ASKED, language="en")
