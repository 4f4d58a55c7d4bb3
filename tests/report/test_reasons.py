from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from lyanalysis import catalog
from lyanalysis.report.manifest import fixed_inputs
from lyanalysis.report.manner import Manner
from lyanalysis.report.parameters import Parameters
from lyanalysis.report.plan import Plan, read_plan
from lyanalysis.report.reasons import data_reasons, report_key, report_reasons
from lyanalysis.report.render import render


def reads(*files: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for file in files:
        found |= catalog.table_hashes(file)
    return found


def test_a_table_of_several_files_is_compared_as_a_whole() -> None:
    now = reads("observations/accounts.csv", "regions.csv")
    assert data_reasons(now) == []
    assert len(now) > 5
    changed = now | {"regions.csv": "0" * 64, "observations/old.csv": "1" * 64}
    del changed["observations/energy.csv"]
    assert [str(change) for change in data_reasons(changed)] == [
        "data added: observations/energy.csv",
        "data gone: observations/old.csv",
        "data changed: regions.csv",
    ]
    assert [str(change) for change in data_reasons({"no_such_table.csv": "0"})] == [
        "data gone: no_such_table.csv"
    ]


def test_own_data_laid_over_a_table_that_was_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = reads("regions.csv", "sources.csv")
    own = tmp_path / "own"
    own.mkdir()
    shutil.copy(catalog.shipped("data") / "regions.csv", own)
    monkeypatch.setenv(catalog.OWN_DATA, str(own))
    assert [str(change) for change in data_reasons(before)] == ["data added: own/regions.csv"]


@pytest.mark.slow
def test_reasons_to_make_a_report_again(
    write_plan: Callable[..., Path], parameters: Parameters, tmp_path: Path
) -> None:
    folder = write_plan("good", "other")
    plan, out = read_plan(folder), tmp_path / "r"
    target = out / parameters.id
    everything = {"html", "pdf", "xlsx"}

    def reasons(
        about: Parameters = parameters, formats: set[str] = everything, of: Plan = plan
    ) -> list[str]:
        return [str(one) for one in report_reasons(about, formats, fixed_inputs(of), target)]

    assert reasons() == ["new"]
    manner = Manner(cache=tmp_path / "cache")
    render(parameters, plan, out, manner=manner)
    assert reasons() == []
    assert reasons(formats={"html"}) == ["formats gone: pdf", "formats gone: xlsx"]
    longer = parameters.model_copy(update={"first_year": 2005})
    assert reasons(about=longer) == ["parameters changed: first_year"]

    (target / "report.pdf").write_bytes(b"cut")
    (target / "tables.xlsx").unlink()
    assert reasons() == ["files changed: report.pdf", "files gone: tables.xlsx"]
    (target / "manifest.json").write_text("{")
    assert reasons() == ["new"]

    render(parameters, plan, out, manner=manner)
    notebook = plan.path(plan.chapters[1])
    notebook.write_text(notebook.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert reasons() == ["notebook changed: other.ipynb"]
    shorter = read_plan(write_plan("good"))
    assert "notebook gone: other.ipynb" in reasons(of=shorter)


def test_the_key_holds_all_that_decides() -> None:
    manifest = {"parameters": {"year": 2025}, "data": []}
    key = report_key(manifest, ["html", "pdf"])
    assert report_key(manifest, ["pdf", "html"]) == key
    assert report_key(manifest, ["pdf"]) != key
    assert report_key(manifest | {"data": [1]}, ["html", "pdf"]) != key
