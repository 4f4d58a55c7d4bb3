from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from editions import OWN_CITY, Bench

from lyanalysis.report.explanation import explain
from lyanalysis.report.manner import Manner
from lyanalysis.report.plan import read_plan
from lyanalysis.report.render import render

pytestmark = pytest.mark.slow
Explain = Callable[[], dict[str, str]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, bench: Bench) -> Path:
    """Return a folder with a report of two chapters and the cache of them."""
    folder = tmp_path_factory.mktemp("explained")
    plan = bench.plan("accounts", "good")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LYANALYSIS_DATA", str(bench.data))
        manner = Manner(cache=folder / "cache", warm=False)
        render(OWN_CITY, plan, folder / "reports", formats={"html"}, manner=manner)
    return folder


@pytest.fixture
def explained(made: Path, at_hand: Bench, tmp_path: Path) -> Explain:
    """Return a function that explains what was made, in a copy a test may change."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)

    def tell() -> dict[str, str]:
        plan = read_plan(at_hand.notebooks)
        lines = explain(OWN_CITY, plan, tmp_path / "reports", tmp_path / "cache")
        return dict(line.split("  ", 1) for line in lines)

    return tell


def test_nothing_changed(explained: Explain) -> None:
    assert explained() == {
        "419901/2025-zh": "current",
        "accounts": "in the cache",
        "good": "in the cache",
    }


def test_a_notebook_changed(explained: Explain, at_hand: Bench) -> None:
    at_hand.edit(at_hand.notebooks / "good.ipynb", "Some text.", "Other text.")
    assert explained() == {
        "419901/2025-zh": "notebook changed: good.ipynb",
        "accounts": "in the cache",
        "good": "to be executed: not in the cache",
    }


def test_figures_changed_that_one_chapter_reads(explained: Explain, at_hand: Bench) -> None:
    at_hand.edit(at_hand.figures, "1030.5", "1031.5")
    assert explained() == {
        "419901/2025-zh": "data changed: own/observations/example.csv",
        "accounts": "to be executed: data changed: own/observations/example.csv",
        "good": "in the cache",
    }


def test_neither_report_nor_cache(explained: Explain, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "reports")
    shutil.rmtree(tmp_path / "cache")
    assert explained() == {
        "419901/2025-zh": "new",
        "accounts": "to be executed: not in the cache",
        "good": "to be executed: not in the cache",
    }
