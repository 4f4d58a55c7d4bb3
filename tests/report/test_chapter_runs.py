from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lyanalysis.errors import ChapterError
from lyanalysis.report import cache
from lyanalysis.report.limits import Limits
from lyanalysis.report.manner import Manner
from lyanalysis.report.parameters import Parameters
from lyanalysis.report.plan import Plan, read_plan
from lyanalysis.report.render import render

pytestmark = pytest.mark.slow

Render = Callable[..., dict[str, bytes]]


@pytest.fixture
def executed() -> list[str]:
    """Return the chapters that were executed, in the order in which they ended."""
    return []


@pytest.fixture
def make(tmp_path: Path, parameters: Parameters, executed: list[str]) -> Render:
    """Return a function that renders a plan and returns the files that must not vary."""

    def call(plan: Plan, manner: Manner, formats: tuple[str, ...] = ("html",)) -> dict[str, bytes]:
        executed.clear()
        report = render(parameters, plan, tmp_path / "r", formats=formats, manner=manner)
        noted = json.loads((report.folder / "run.json").read_text(encoding="utf-8"))["seconds"]
        executed.extend(name for name in noted if name in {one.name for one in plan.chapters})
        files = {path.name: path.read_bytes() for path in report.folder.iterdir()}
        del files["run.json"]
        return files

    return call


def test_how_chapters_run_changes_nothing(make_plan: Callable[..., Plan], make: Render) -> None:
    plan = make_plan("good", "other")
    every = ("html", "pdf", "xlsx")
    plain = make(plan, Manner(warm=False), every)
    assert make(plan, Manner(workers=3), every) == plain
    assert make(plan, Manner(workers=2, warm=False), every) == plain


def test_only_what_has_changed_is_executed(
    write_plan: Callable[..., Path], make: Render, executed: list[str], tmp_path: Path
) -> None:
    plan = read_plan(write_plan("good", "other"))
    manner = Manner(cache=tmp_path / "cache")
    first = make(plan, manner)
    assert executed == ["good", "other"]
    assert make(plan, manner) == first
    assert executed == []

    other = plan.path(plan.chapters[1])
    notebook = json.loads(other.read_text(encoding="utf-8"))
    notebook["cells"][0]["source"] = "# Another title"
    other.write_text(json.dumps(notebook), encoding="utf-8")
    assert make(plan, manner)["report.ipynb"] != first["report.ipynb"]
    assert executed == ["other"]

    make(plan, Manner(cache=tmp_path / "cache", force=True))
    assert sorted(executed) == ["good", "other"]
    make(plan, Manner())
    assert sorted(executed) == ["good", "other"], "without a cache"
    for entry in (tmp_path / "cache").glob("*.chapter"):
        entry.write_bytes(entry.read_bytes()[:-1])
    make(plan, manner)
    assert sorted(executed) == ["good", "other"], "damaged"


def test_data_that_changed_are_read_again(
    make_plan: Callable[..., Plan],
    make: Render,
    executed: list[str],
    tmp_path: Path,
) -> None:
    plan = make_plan("good", "other")
    manner = Manner(cache=tmp_path / "cache")
    make(plan, manner)
    for path in (tmp_path / "cache").glob("*.chapter"):
        found = cache.find(path.parent, path.stem)
        assert found is not None
        if "regions.csv" in found.reads:
            stale = found._replace(reads=found.reads | {"regions.csv": "0" * 64})
            cache.keep(path.parent, path.stem, stale)
    make(plan, manner)
    assert executed


def test_the_first_failure_in_order_is_told_and_what_ran_beside_it_is_kept(
    make_plan: Callable[..., Plan], make: Render, executed: list[str], tmp_path: Path
) -> None:
    manner = Manner(workers=4, cache=tmp_path / "cache")
    with pytest.raises(ChapterError, match="chapter raises, cell 4") as caught:
        make(make_plan("good", "raises", "other"), manner)
    assert caught.value.notebook is not None
    assert caught.value.notebook.is_file()
    make(make_plan("good"), manner)
    assert executed == []


def limited(message: str, name: str, limits: Limits, make: Render, plan: Any) -> None:
    with pytest.raises(ChapterError, match=message):
        make(plan(name), Manner(limits))


def test_limits_name_chapter_cell_and_limit(make_plan: Callable[..., Plan], make: Render) -> None:
    one = r"chapter times_out, cell \d+: took longer than 1 s, which is all a cell may take"
    limited(one, "times_out", Limits(cell=1), make, make_plan)
    all_ = r"chapter times_out, cell \d+: the report took longer than 1 s, which is all it may take"
    limited(all_, "times_out", Limits(report=1), make, make_plan)
    memory = r"chapter eats, cell 3: needed more than 700 MB of memory, which is all a process"
    limited(memory, "eats", Limits(memory=700), make, make_plan)
