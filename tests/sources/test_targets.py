"""A target stands beside the figure it may be compared with, and beside no other."""

from __future__ import annotations

import math
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from lyanalysis.errors import DataError, ParameterError
from lyanalysis.indicators.targets import assess
from lyanalysis.sources import ASSESSED, count_targets, load_plan_figures, load_targets
from lyanalysis.sources.targets import read_targets

DATA = Path(__file__).parents[2] / "data"
Write = Callable[[str, str], Path]


@pytest.fixture
def edited(tmp_path: Path) -> Write:
    """Return a copy of the data in which a text of the table of targets was replaced."""

    def write(old: str, new: str) -> Path:
        folder = tmp_path / "data"
        shutil.copytree(DATA, folder)
        path = folder / "targets.csv"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return folder

    return write


def test_targets_are_those_of_the_article_and_published_expectations() -> None:
    """The model lists 13 targets and one target date; three expectations were published."""
    found = load_targets("410300", year=2025)
    assert found["origin"].value_counts().to_dict() == {"article": 14, "published": 3}
    assert found.index[14:].tolist() == ["advantage_chain_revenue:2025", "gdp:2022", "gdp:2025"]
    assert load_targets("410100", year=2025).empty
    with pytest.raises(ParameterError):
        load_targets("999999", year=2025)


def test_an_expectation_meets_the_figure_first_published() -> None:
    """GDP of 2022: 5675.2 in the first print, 5386.2 after revision; expected about 5800."""
    found = load_targets("410300", year=2025)
    assert found.loc["gdp:2022", "actual"] == pytest.approx(5675.2, abs=0.3)
    assert found.loc["gdp:2022", "remarks"] == "revised_since"
    assert found.loc["gdp:2025", ["actual", "remarks"]].tolist() == [6164.52, ""]
    state = assess(found[ASSESSED])["state"]
    assert state[["gdp:2022", "gdp:2025"]].tolist() == ["behind", "met"]


def test_before_its_year_an_expectation_has_no_outcome() -> None:
    early = load_targets("410300", year=2024).loc["gdp:2025"]
    assert (early["actual"], early["year"], early["due"]) == (5825.86, 2024.0, "ahead")
    assert math.isnan(load_targets("410300", year=2021).loc["gdp:2025", "actual"])


def test_another_concept_is_shown_and_never_compared() -> None:
    found = load_targets("410300", year=2025)
    anchor = found.loc["F014"]
    assert (anchor["actual"], anchor["beside_claim"], anchor["due"]) == (92.0, "F010", "open")
    assessed = assess(found[ASSESSED])
    other = found["remarks"].eq("different_concept")
    assert other.sum() == 3
    assert assessed.loc[other, ["progress", "gap", "needed_growth"]].isna().to_numpy().all()
    assert set(assessed.loc[found["origin"].eq("article"), "state"]) == {"undetermined"}


def test_no_figure_is_later_than_the_report() -> None:
    found = load_targets("410300", year=2024)
    assert found.loc["F082", "beside_printed"] == ""
    assert found.loc["F082", "remarks"] == ""
    assert found.loc["F083", "beside_printed"] == "62.6"


def test_targets_are_counted_by_standing() -> None:
    found = load_targets("410300", year=2025)
    counts = count_targets(found.join(assess(found[ASSESSED])))
    assert counts.to_numpy().sum() == 17
    assert counts.loc["published_passed", ["met", "behind", "no_actual"]].tolist() == [1, 1, 1]
    assert counts.loc["article_open", ["different_concept", "no_actual"]].tolist() == [1, 3]
    nothing = load_targets("410100", year=2025)
    assert count_targets(nothing.join(assess(nothing[ASSESSED]))).empty


def test_figures_of_plans_keep_period_comparator_and_date() -> None:
    found = load_plan_figures("410300", year=2025).set_index(["variable", "period"])
    visits = found.loc[("tourism_visits", "2021/2025")]
    assert visits[["value", "comparator", "as_of"]].tolist() == [60000.0, ">", "2025-10-14"]
    assert found.index.get_level_values("period")[0] == "2021/2025"
    ends = load_plan_figures("410300", year=2020)["period"].str[5:].astype(int)
    assert len(ends) == 6
    assert ends.max() == 2020
    assert load_plan_figures("410600", year=2025).empty
    assert load_plan_figures("410300", year=2012).empty, "all periods end later"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("F011,", "F010,", "column claim_id: 'F010' is not a claim with status target"),
        ("F056,2024", "F056,24", "column start_year: '24' is not a year"),
        ("F010,different_concept", "F010,other", "column remark: 'other' is not known"),
        ("F014,,,F010", "F014,,,F017", "column beside: 'F017' is neither"),
        ("410100:nev_output:2024", "410100:nev_output:1999", "column beside"),
        ("F056,2024,0", "F056,2024,nought", "column start"),
    ],
)
def test_a_damaged_table_is_refused(edited: Write, old: str, new: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        read_targets(data=edited(old, new))
