"""Reports made at the same time, from the same warm process, share nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from lyanalysis.report.chapters import read_chapters
from lyanalysis.report.kernel import kernel_environment
from lyanalysis.report.manner import Manner
from lyanalysis.report.parameters import Parameters
from lyanalysis.report.plan import Plan, read_plan
from lyanalysis.report.processes import fork_server, import_statements
from lyanalysis.report.render import render

Files = dict[str, bytes]
Exhibits = dict[str, dict[str, Any]]

COMMON = {
    *("overlap", "national-editions", "three-new-share"),
    *("index-coverage", "index-framework", "index-years"),
}
"""Exhibits about the catalogue, the nation or all cities: the same in all reports of a language."""
OF_A_PROVINCE = {
    *("hightech-margin", "growth-tiles", "unit-structure", "inequality", "spread", "mobility"),
    *("convergence", "convergence-estimates", "comparison-sources"),
    *("peer-stories", "story-figures"),
}
"""Exhibits about a province and its cities: the same for all of them."""
FEW = (["02_structure"], ["410300", "410600"], ["en"])
MANY = (
    ["00_summary", "01_starting_point", "02_structure", "05_comparison", "06_transition_index"],
    ["410300", "410100", "410600", "420600", "410000", "411700"],
    ["zh", "en"],
)
SIZES = [pytest.param(FEW, id="few"), pytest.param(MANY, id="many", marks=pytest.mark.soak)]


def asked(regions: list[str], languages: list[str]) -> list[Parameters]:
    years = {"year": 2024, "first_year": 2012}
    return [
        Parameters(region=region, language=language, peers=("410200",), **years)
        for region in regions
        for language in languages
    ]


def make(parameters: Parameters, plan: Plan, out: Path, manner: Manner) -> Files:
    folder = render(parameters, plan, out, formats=frozenset(("html",)), manner=manner).folder
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "run.json"}


@pytest.fixture
def together(tmp_path: Path) -> Callable[[Plan, list[Parameters]], list[Files]]:
    """Return a function that makes reports at once, all kernels forked from one process."""

    def call(plan: Plan, wanted: list[Parameters]) -> list[Files]:
        folder = tmp_path / "s"
        folder.mkdir()
        environment = kernel_environment(folder, folder / "unused")
        imports = import_statements(read_chapters(plan))
        with fork_server(imports, folder, environment) as server:
            assert server is not None
            manner = Manner(workers=2, server=server, cache=tmp_path / "cache")
            with ThreadPoolExecutor(max_workers=3) as pool:
                made = [pool.submit(make, one, plan, tmp_path / "once", manner) for one in wanted]
                return [one.result() for one in made]

    return call


def exhibits_of(files: Files) -> Exhibits:
    """Return the data of every exhibit of a report."""
    outputs = (
        output["data"]
        for cell in json.loads(files["report.ipynb"])["cells"]
        for output in cell.get("outputs", [])
    )
    mime = "application/vnd.lyanalysis.exhibit+json"
    return {data[mime]["id"]: data[mime] for data in outputs if mime in data}


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
def test_reports_made_at_once_are_those_made_alone(
    size: tuple[list[str], list[str], list[str]],
    some_chapters: Callable[..., Path],
    together: Callable[[Plan, list[Parameters]], list[Files]],
    tmp_path: Path,
) -> None:
    chapters, regions, languages = size
    plan, wanted = read_plan(some_chapters(*chapters)), asked(regions, languages)
    at_once = together(plan, wanted)
    alone = [make(one, plan, tmp_path / "alone", Manner(warm=False)) for one in wanted]
    for parameters, made, expected in zip(wanted, at_once, alone, strict=True):
        shown, own = exhibits_of(made), exhibits_of(expected)
        assert shown.keys() == own.keys()
        for id, exhibit in shown.items():
            assert exhibit == own[id], f"{id} of {parameters.id}"
        assert made == expected, parameters.id
    # What the comparison rests on: no two regions have the same figures of their own.
    for language in languages:
        reports = {
            one.region: exhibits_of(made)
            for made, one in zip(alone, wanted, strict=True)
            if one.language == language
        }
        for one, other in combinations(reports, 2):
            alike = COMMON | OF_A_PROVINCE if one[:2] == other[:2] else COMMON
            assert same_data(reports[one], reports[other]) <= alike, (one, other)


def same_data(one: Exhibits, other: Exhibits) -> set[str]:
    shown = {id for id in one.keys() & other.keys() if one[id]["kind"] != "notice"}
    return {id for id in shown if one[id]["data"] == other[id]["data"]}
