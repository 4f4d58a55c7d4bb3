from __future__ import annotations

import csv
import re
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lyanalysis import catalog
from lyanalysis.errors import DataError
from lyanalysis.indicators.claims import FORMULAS, evaluate_checks, list_disagreements
from lyanalysis.sources import (
    claim_beside_published,
    load_check_inputs,
    load_checks,
    load_claims,
    match_claims,
    read_observations,
)

SHARED = Path(__file__).parents[3] / "shared" / "reference" / "article_ledger.csv"
Row = dict[str, str]
Make = Callable[..., Row]
Package = Callable[..., Path]
Edit = Callable[..., Path]

PRINTED = {
    "D1.visits_2023": "1.3483",
    "D2.revenue_2023": "1041.71",
    "D3.spend_2024": "789.9",
    "D3.spend_2023": "772.6",
    "D3.growth": "2.24",
    "D4.revenue_increment": "166.9",
    "D4.visits_increment": "0.1817",
    "D4.extra_spend": "918",
    "D4.above_average": "16",
    "D5.output_by_investment": "> 3.125",
    "D6.of_full_year": "open 9.2",
    "D6.phase_output": "> 250",
    "D6.of_phase_year": "open 36.8",
    "D6.phase_months": "open 4.4",
    "D7.now": "25",
    "D7.phases_after": "2",
    "D7.after": "50",
    "D8.cells_per_pack": "150",
    "D9.cells": "31536000",
    "D9.packs": "210240",
    "D9.lines_for_target": "> 7.1",
    "D9b.output_per_pack": "> 11.9",
    "D10.in_production": "31.0",
    "D10.investment_each": "> 4.90",
    "D10.outstanding": "20",
    "D10b.leverage": "> 0.444",
    "D10b.together": "> 462",
    "D11.difference": "open 0",
    "D11.without_tourism": "> 3391",
    "D12.revenue_2023": "open 4182",
    "D12.increment": "> 418",
    "D13.chain": "> 270.6",
    "D13.cluster": "> 920",
    "D14.of_chains": "open 21.7",
    "D14.together": "> 5600",
    "D14.of_together": "open 17.9",
    "D14.in_chains": "open 3.7",
    "D15.weight": "< 1.02",
    "D15.multiplier": "> 0.426",
    "D16.scenario": "63.9",
    "D17.lead_from_2023": "2018",
    "D17.above_from_2023": "2019",
    "D17.lead_from_2024": "2019",
    "D17.above_from_2024": "2020",
    "D17.nested": "1",
    "D18.gap": "0.0",
    "D19.output_per_mu": "> 257.3",
    "D19.tax_per_mu": "> 12.01",
    "D19.hectares": "38.9",
    "D19.output_per_km2": "> 38.6",
    "D20.tax_ratio": "open 4.67",
    "D21.output_per_job": "> 150",
    "D21.jobs_per_firm": "24.4",
    "D21.output_per_firm": "> 3659",
    "D21.mu_per_firm": "14.2",
    "D22.firms_per_community": "open 100",
    "D22.fostered": "open 33.3",
    "D22.talents_per_firm": "open 6.7",
    "D22.talents_per_community": "open 667",
    "D23.of_average": "open 41",
    "D24.others": "open 500",
    "D24.communities": "> 14",
    "D24.firms_each": "open 35.7",
    "D24.of_target": "open 67",
    "D25.smart_share": "> 1.67",
    "D25.platforms_per_firm": "0.22",
    "D25.firms_per_factory": "< 60",
    "D26.teams_per_year": "5",
    "D26.named": "55",
    "D26.of_community_target": "< 0.55",
    "D27.share": "4.49",
    "D28.revenue_2023": "285.2",
    "D28.increment": "44.8",
    "D29.multiple": "< 1.22",
    "D30.nev_share": "> 50",
    "D30.vehicles_per_maker": "42.9",
    "D30.suppliers_per_maker": "> 28.6",
    "D30.firms": "> 207",
    "D30.scale_per_firm": "open 14.5",
    "D31.of_chains": "open 65",
    "D31.per_vehicle": "about 10",
    "D32.unit_time": "-16.0",
    "D32.throughput": "51.5",
    "D32.cost_share": "50",
    "D33.visits_per_shop": "< 51000",
    "D33.visits_per_day": "< 140",
    "D34.weekday": "7",
    "D35.age": "70",
    "D35.reform": "2",
    "X2.from_2024": "0.25",
    "X2.from_2023": "-0.16",
    "X2.from_latest": "-0.19",
    "X3.from_2024": "0.0",
    "X3.to_latest": "3.1",
    "X4.growth": "< 13.0",
    "X4.faster": "< 3.0",
    "X5.revenue": "4869",
    "X5.of_industry": "> 94",
    "X5.of_2023": "> 98",
    "X6.increase": "134",
    "X6.growth": "3.4",
    "X7.from_published": "0.0",
    "X7.on_2024": "0.8",
    "X7.on_2023": "2.2",
}
"""Every computed quantity as an independent reading of the article printed it."""
TESTED = {
    "D8.cells_per_pack": ("consistent", "ok"),
    "D9b.output_per_pack": ("conflicting", "flag"),
    "D17.nested": ("consistent", "ok"),
    "D18.gap": ("consistent", "ok"),
    "D20.tax_ratio": ("consistent", "ok"),
    "D34.weekday": ("conflicting", "flag"),
    "X2.from_2024": ("conflicting", "flag"),
    "X2.from_2023": ("conflicting", "flag"),
    "X2.from_latest": ("conflicting", "flag"),
    "X3.from_2024": ("consistent", "ok"),
    "X7.from_published": ("consistent", "ok"),
}
"""Quantities with a test, and both verdicts."""


@pytest.fixture(scope="module")
def evaluated() -> pd.DataFrame:
    found = evaluate_checks(load_checks(), load_check_inputs())
    return found.set_axis(found.index.map(".".join))


def test_every_claim_of_the_article_is_here() -> None:
    claims = load_claims()
    assert claims.index.tolist() == [f"F{number:03d}" for number in range(1, 95)]
    assert Counter(claims["comparator"]) == {"=": 69, ">": 17, ">=": 2, "about": 6}
    assert claims["kind"].eq("growth").sum() == 12
    assert claims["kind"].eq("target").sum() == 13
    assert (claims["tags"].eq("") & claims["repeat_of"].eq("")).sum() == 65
    for columns in (["scope_zh", "scope_en"], ["entity_zh", "entity_en"]):
        assert claims.groupby(columns[0])[columns[1]].nunique().eq(1).all()


@pytest.mark.skipif(not SHARED.is_file(), reason="../shared is absent")
def test_claims_are_those_delivered() -> None:
    with SHARED.open(encoding="utf-8", newline="") as file:
        delivered = {row["fact_id"]: row for row in csv.DictReader(file)}
    claims = load_claims()
    assert list(delivered) == claims.index.tolist()
    for id, row in delivered.items():
        claim = claims.loc[id]
        for ours, theirs in (("printed", "value"), ("scope_zh", "region")):
            assert claim[ours] == row[theirs], id
        for column in ("section", "theme", "indicator_id", "kind", "comparator"):
            assert claim[column] == row[column], id
        assert row["unit_zh"].startswith(claim["printed_unit"]), id


def test_no_claim_is_an_annual_value_that_was_not_one() -> None:
    claims = load_claims()
    undated = claims[claims["period_kind"].eq("as_reported")]
    assert len(undated) == 57
    assert undated["as_of"].eq("2025-07").all()
    assert undated[["note_zh", "note_en"]].ne("").all(axis=None)
    year = claims[claims["period_kind"].eq("year") & claims["status"].eq("stated")]
    assert set(year["period"]) == {"1954", "2022", "2024"}
    targets = claims[claims["status"].ne("stated")]
    assert set(targets["period_kind"]) == {"year", "as_reported"}
    assert claims.loc[["F014", "F026", "F027", "F028"], "status"].eq("expected").all()


def test_repeated_claims_say_the_same() -> None:
    claims = load_claims()
    again = claims[claims["repeat_of"].ne("")]
    assert again["repeat_of"].to_dict() == {"F071": "F070", "F074": "F069", "F075": "F070"}
    first = claims.loc[again["repeat_of"]].set_axis(again.index)
    for column in ("indicator_id", "value", "unit", "comparator"):
        assert again[column].equals(first[column])


def test_claims_are_converted_and_keep_what_was_printed() -> None:
    claims = load_claims()
    tax = claims.loc["F027"]
    assert tax[["printed", "printed_unit", "unit"]].tolist() == ["7000", "万元", "亿元"]
    assert tax[["value", "step"]].tolist() == pytest.approx([0.7, 0.0001])
    pace = claims.loc["F008"]
    assert pace[["value", "unit", "printed_unit"]].tolist() == [150.0, "秒", "分钟"]


def test_claims_never_become_observations() -> None:
    assert not read_observations()["source_id"].str.contains("article|claim").any()
    assert not set(load_claims().index) & set(catalog.sources())


def test_there_are_all_checks() -> None:
    checks = load_checks()
    ids = dict.fromkeys(checks.index.get_level_values("check_id"))
    numeric = [f"D{number}" for number in range(1, 37)] + ["D9b", "D10b"]
    assert set(ids) == {*numeric, *(f"T{n}" for n in range(1, 9)), *(f"X{n}" for n in range(1, 8))}
    kinds = {"D": "numeric", "T": "text", "X": "cross_source"}
    assert all(kinds[check_id[0]] == kind for (check_id, _), kind in checks["kind"].items())
    in_words = {check_id for check_id, _ in checks.index[checks["formula"].eq("")]}
    assert in_words == {"D36", "X1", *(f"T{n}" for n in range(1, 9))}
    for column in ("title_zh", "title_en"):
        assert checks.groupby("check_id")[column].nunique().eq(1).all()


def test_every_claim_with_a_number_of_its_own_is_in_reach_of_a_check() -> None:
    """What no check touches has nothing in the article or the data to be compared with."""
    used = {label for labels in load_checks()["inputs"] for label in labels}
    claims = load_claims()
    hard = claims[claims["tags"].eq("") & claims["repeat_of"].eq("")]
    alone = {"F011", "F044", "F060", "F076", "F084", "F087", "F088", "F093"}
    assert set(hard.index) - used == alone


@pytest.mark.parametrize("name", sorted(PRINTED))
def test_values_are_those_printed(evaluated: pd.DataFrame, name: str) -> None:
    found = evaluated.loc[name]
    comparator, _, printed = PRINTED[name].rpartition(" ")
    digits = len(printed.partition(".")[2])
    assert f"{found['value']:.{digits}f}".replace("-0.0", "0.0") in (printed, f"-{printed}")
    assert float(found["value"]) == pytest.approx(float(printed), abs=0.5001 * 10.0**-digits)
    assert found["comparator"] == (comparator or "=")


def test_nothing_is_computed_that_is_not_frozen_here(evaluated: pd.DataFrame) -> None:
    found = evaluated
    assert set(found.index[found["value"].notna()]) == set(PRINTED)


@pytest.mark.parametrize(
    ("name", "lower", "upper"),
    [
        ("D1.visits_2023", "1.344", "1.353"),
        ("D3.spend_2024", "787.4", "792.5"),
        ("D4.extra_spend", "915", "921"),
    ],
)
def test_rounding_ranges_are_those_printed(
    evaluated: pd.DataFrame, name: str, lower: str, upper: str
) -> None:
    found = evaluated.loc[name]
    for column, printed in (("lower", lower), ("upper", upper)):
        assert f"{found[column]:.{len(printed.partition('.')[2])}f}" == printed


def test_verdicts_of_tests_and_editor(evaluated: pd.DataFrame) -> None:
    found = evaluated
    tested = found[found["computed"].ne("")]
    both = zip(tested["computed"], tested["editorial"], strict=True)
    assert dict(zip(tested.index, both, strict=True)) == TESTED
    assert set(tested["agreement"]) == {"agrees"}


def test_no_verdict_is_contradicted(evaluated: pd.DataFrame) -> None:
    found = list_disagreements(evaluated)
    assert found.empty, found[["value", "comparator", "computed", "editorial", "about"]]


@pytest.mark.parametrize(
    ("label", "value", "part"),
    [
        ("F008", 60.0, "D8.cells_per_pack"),
        ("F014", 500.0, "D9b.output_per_pack"),
        ("F063", 4.0, "D17.nested"),
        ("F066", 6.2, "D18.gap"),
        ("F027", 2.0, "D20.tax_ratio"),
        ("F023", 20250728.0, "D34.weekday"),
        ("F062", 3.03, "X2.from_2024"),
        ("F022", 58.9, "X3.from_2024"),
        ("410300:gdp_growth_real:2025-H1:half_year", 5.2, "X7.from_published"),
    ],
)
def test_a_changed_input_turns_the_verdict(label: str, value: float, part: str) -> None:
    inputs = load_check_inputs()
    inputs.loc[label, "value"] = value
    found = list_disagreements(evaluate_checks(load_checks(), inputs))
    assert part in found.index.map(".".join)
    assert set(found["about"]) == {"verdict"}


def test_a_changed_comparator_is_a_disagreement_too() -> None:
    inputs = load_check_inputs()
    inputs.loc["F036", "comparator"] = ">"
    found = list_disagreements(evaluate_checks(load_checks(), inputs))
    assert ("D2", "revenue_2023") in found.index
    assert "comparator" in set(found["about"])


def test_formulas_of_the_table_are_those_of_the_library() -> None:
    used = set(load_checks()["formula"]) - {""}
    assert used == set(FORMULAS)


def test_inputs_name_their_sources() -> None:
    inputs = load_check_inputs()
    published = inputs[inputs["origin"].eq("published")]
    assert len(published) >= 10
    assert set(published["source_id"]) <= set(catalog.sources())
    assert inputs.loc[inputs["origin"].ne("published"), "source_id"].eq("").all()
    assert inputs.loc["410300:rd_intensity:2024", "value"] == 3.03
    assert inputs.loc["8760", ["value", "comparator", "step"]].tolist() == [8760.0, "=", 0.0]


def test_the_rd_intensity_of_the_article_matches_nothing_published() -> None:
    beside = claim_beside_published()
    own = beside[beside["claim_id"].eq("F062")]
    assert len(own) >= 9
    assert not own["equal"].any()
    assert own.loc[own["period"].eq("2024"), "published"].unique().tolist() == [3.03]
    found = match_claims().loc["F062"]
    assert found["match"] == "none"
    assert found["equal_periods"] == ""
    assert found[["annual_year", "annual_value"]].tolist() == [2024, 3.03]
    assert found["closest_period"] == "2023"
    assert abs(found["difference"]) >= 0.155


def test_what_published_figures_say_of_the_other_claims() -> None:
    found = match_claims()
    assert found["match"].to_dict() == {
        "F022": "other_period",
        "F035": "same_period",
        "F036": "same_period",
        "F037": "none",
        "F038": "none",
        "F039": "none",
        "F040": "other_period",
        "F062": "none",
        "F065": "none",
        "F066": "same_period",
        "F067": "unpublished",
        "F072": "unpublished",
        "F073": "unpublished",
    }
    # An equal figure dates a claim that gives no date.
    assert found.loc[["F022", "F040"], "equal_periods"].tolist() == ["2024", "2024-09"]


@pytest.fixture
def edit(tmp_path: Path) -> Edit:
    """Copy the shipped package and change cells of one table."""

    def make(name: str, key: tuple[str, ...], **cells: str) -> Path:
        folder = tmp_path / "data"
        if not folder.is_dir():
            shutil.copytree(catalog.shipped("data"), folder)
        with (folder / name).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        columns = list(rows[0])
        chosen = [
            row for row in rows if tuple(row[column] for column in columns[: len(key)]) == key
        ]
        assert len(chosen) == 1
        chosen[0].update(cells)
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        return folder

    return make


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"claim_id": "F001"}, "column claim_id: 'F001' is there twice"),
        ({"claim_id": ""}, "column claim_id: '' is empty"),
        ({"region_code": "999999"}, "column region_code: '999999' is not a region"),
        ({"region_code": ""}, "column variable: 'tourism_revenue' has figures of regions only"),
        ({"variable": "tourism"}, "column variable: 'tourism' is not a published variable"),
        ({"variable": "ts_ratio"}, "column variable: 'ts_ratio' is not a published variable"),
        ({"period_kind": "decade"}, "column period_kind: 'decade' is not a kind of period"),
        ({"period": "2024-07"}, "column period: '2024-07' does not have the form of year"),
        ({"status": "hoped"}, "column status: 'hoped' is not a status"),
        ({"kind": "number"}, "column kind: 'number' is not a kind of claim"),
        ({"value": "1 208.59"}, "column value: '1 208.59' is not a plain number"),
        ({"unit": "吨"}, "column unit: '吨' is not a unit"),
        ({"unit": "%"}, "column unit: '%' cannot be converted to the unit of the variable"),
        ({"comparator": "~"}, "column comparator: '~' is not a comparator"),
        ({"tags": "verbal|hard"}, "column tags: 'verbal|hard' holds an unknown tag"),
        ({"repeat_of": "F999"}, "column repeat_of: 'F999' is not a claim"),
        ({"repeat_of": "F036"}, "column repeat_of: 'F036' is the claim itself"),
        ({"indicator_en": ""}, "column indicator_en: '' is empty"),
        (
            {"period": "2025-07", "period_kind": "as_reported"},
            "column as_of: '' is empty; an undated claim says when",
        ),
    ],
)
def test_a_damaged_table_of_claims_is_refused(edit: Edit, cells: Row, message: str) -> None:
    folder = edit("claims.csv", ("F036",), **cells)
    with pytest.raises(DataError, match=re.escape(f"claims.csv, row 37, {message}")) as caught:
        load_claims(folder)
    assert caught.value.table == "claims.csv"
    assert caught.value.keys["row"] == 37


@pytest.mark.parametrize(
    ("cells", "column", "message"),
    [
        ({"part": "revenue_2023", "check_id": "D2"}, "part", "is there twice"),
        ({"part": ""}, "part", "is empty"),
        ({"kind": "guess"}, "kind", "is not a kind of check"),
        ({"verdict": "wrong"}, "verdict", "is not a verdict"),
        ({"reason_en": ""}, "reason_en", "is empty"),
        ({"unit": "吨"}, "unit", "is not a unit"),
        ({"comparator": "around"}, "comparator", "is not a comparator"),
        ({"comparator": ""}, "comparator", "is empty beside a formula"),
        ({"factor": ""}, "factor", "is empty beside a formula"),
        ({"factor": "1e2"}, "factor", "is not a plain number"),
        ({"tolerance": "some"}, "tolerance", "is not a plain number"),
        ({"tolerance": ""}, "tolerance", "does not fit"),
        ({"expected_lower": "", "expected_upper": ""}, "tolerance", "does not fit"),
        ({"tolerance_kind": ""}, "tolerance_kind", "does not fit"),
        ({"tolerance_kind": "wide"}, "tolerance_kind", "is not a kind of tolerance"),
        ({"expected_lower": "9"}, "expected_lower", "is above expected_upper"),
        ({"formula": ""}, "factor", "stands without a formula"),
        ({"inputs": "F999|F067"}, "inputs", "holds an input that is not known"),
        ({"inputs": "D18.gap|F067"}, "inputs", "holds an input that is not known"),
        ({"inputs": "D19.hectares|F067"}, "inputs", "holds an input that is not known"),
        ({"inputs": "ten|F067"}, "inputs", "holds an input that is not known"),
        ({"inputs": "999999:gdp:2024|F067"}, "inputs", "holds an input that is not known"),
        ({"inputs": "410300:gross:2024|F067"}, "inputs", "holds an input that is not known"),
        ({"inputs": "410300:ts_ratio:2024|F067"}, "inputs", "holds an input that is not known"),
        ({"inputs": "410300:gdp:2024-H1|F067"}, "inputs", "holds an input that is not known"),
        ({"inputs": "410300:gdp:2024:decade|F067"}, "inputs", "holds an input that is not known"),
        ({"inputs": "410300:gdp:2024:year:rumour|F067"}, "inputs", "holds an input"),
        ({"inputs": "410300:gdp:2024:year::|F067"}, "inputs", "holds an input that is not known"),
        ({"rounding": "F036"}, "rounding", "must be claims or published figures"),
    ],
)
def test_a_damaged_table_of_checks_is_refused(
    edit: Edit, cells: Row, column: str, message: str
) -> None:
    folder = edit("checks.csv", ("D18", "gap"), **cells)
    expected = rf"checks\.csv, row \d+, column {column}: .*{re.escape(message)}"
    with pytest.raises(DataError, match=expected):
        load_checks(folder)


def test_a_figure_that_is_not_published_is_refused(edit: Edit) -> None:
    folder = edit("checks.csv", ("X7", "on_2023"), inputs="F066|410300:gdp_growth_real:1999")
    with pytest.raises(DataError, match="check X7, part on_2023: nothing exact is published") as at:
        load_check_inputs(folder)
    assert at.value.variable == "gdp_growth_real"
    assert at.value.keys["period"] == "1999"


def test_a_verdict_the_figures_contradict_is_listed(edit: Edit) -> None:
    folder = edit("checks.csv", ("X3", "from_2024"), verdict="flag")
    found = evaluate_checks(load_checks(folder), load_check_inputs(folder))
    assert list_disagreements(found)["about"].to_dict() == {("X3", "from_2024"): "verdict"}


def test_published_figures_are_picked_as_series_are(row: Make, package: Package) -> None:
    """A claim is held against the figure a loader would show, and all others beside it."""
    share = "new_hightech_industry_share"
    data = package(
        [
            row(share, 2024, "55.8", "press", vintage="statement"),
            row(share, 2024, "54.1", "later", vintage="final"),
            row(share, 2024, "90", "new", basis="unstated", vintage="final"),
            row(share, 2025, "60", "press", vintage="expected"),
            row(share, "2025-H1", "55.84", "new", period_kind="half_year"),
            row(share, "2021/2025", "55.8", "new", period_kind="average"),
        ]
    )
    shipped = catalog.shipped("data")
    for name, kept in (("claims.csv", "F022,"), ("checks.csv", "X3,")):
        lines = (shipped / name).read_text(encoding="utf-8").splitlines()
        chosen = [line for line in lines[1:] if line.startswith(kept)][:1]
        text = "\n".join([lines[0], *chosen]) + "\n"
        (data / name).write_text(text, encoding="utf-8")
    beside = claim_beside_published(data).set_index(["period", "source_id"])
    assert len(beside) == 5
    assert beside.loc[("2024", "press"), "equal"]
    assert not beside.loc[("2024", "later"), "equal"]
    assert beside.loc[("2025-H1", "new"), "equal"], "55.84 is printed as 55.8"
    assert not beside.loc[("2021/2025", "new"), "comparable"]
    assert beside["closest"].sum() == 1
    found = match_claims(data).loc["F022"]
    assert found["figures"] == 4
    assert found["equal_periods"] == "2024;2025-H1"
    assert found[["annual_year", "annual_value"]].tolist() == [2024, 54.1]
    inputs = load_check_inputs(data)
    assert inputs.loc[f"410300:{share}:2024", ["value", "source_id"]].tolist() == [54.1, "later"]


def test_a_bound_never_equals_a_figure(row: Make, package: Package, edit: Edit) -> None:
    assert not claim_beside_published().query("claim_id == 'F039'")["equal"].any()
    folder = edit("claims.csv", ("F022",), comparator=">")
    assert match_claims(folder).loc["F022", "match"] == "none"


def test_nothing_published_leaves_one_empty_row(edit: Edit) -> None:
    folder = edit("claims.csv", ("F085",), variable="va_industry_above_scale_growth", unit="%")
    own = claim_beside_published(folder).query("claim_id == 'F085'")
    published = read_observations().query(
        "region_code == '410400' and variable == 'va_industry_above_scale_growth'"
    )
    assert len(own) == max(1, len(published))
    folder = edit("claims.csv", ("F085",), variable="rd_intensity")
    own = claim_beside_published(folder).query("claim_id == 'F085'")
    assert own[["period", "source_id"]].to_numpy().tolist() == [["", ""]]
    assert np.isnan(own["published"].item())
    assert match_claims(folder).loc["F085", "match"] == "unpublished"
