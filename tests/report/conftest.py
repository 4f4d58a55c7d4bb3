from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from editions import HEAD, Bench

from lyanalysis import catalog
from lyanalysis.report.parameters import Parameters
from lyanalysis.report.plan import Plan, read_plan


@pytest.fixture
def fixtures() -> Path:
    """Return the folder of notebooks named for the failure they hold."""
    return Path(__file__).parent / "fixtures"


@pytest.fixture
def write_plan(tmp_path: Path, fixtures: Path) -> Callable[..., Path]:
    """Return a function that makes a notebook folder of the named fixtures."""

    def write(*names: str) -> Path:
        folder = tmp_path / "notebooks"
        folder.mkdir(exist_ok=True)
        chapters = ""
        for number, name in enumerate(names, start=1):
            shutil.copy(fixtures / f"{name}.ipynb", folder)
            chapters += f'\n[[chapters]]\nnotebook = "{name}.ipynb"\nnumber = {number}\n'
        (folder / "report.toml").write_text(HEAD + chapters, encoding="utf-8")
        return folder

    return write


@pytest.fixture
def make_plan(write_plan: Callable[..., Path]) -> Callable[..., Plan]:
    """Return a function that makes and reads a plan of the named fixtures."""
    return lambda *names: read_plan(write_plan(*names))


@pytest.fixture
def parameters() -> Parameters:
    return Parameters(region="410300", year=2025, first_year=2010, language="zh", peers=("410100",))


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """Return a place to render editions of one small report from data and notebooks of its own."""
    return Bench(tmp_path_factory.mktemp("bench"))


@pytest.fixture(scope="module")
def published(bench: Bench) -> Path:
    """Return the folder of a report rendered with all its files."""
    return bench.render("first")


@pytest.fixture
def at_hand(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    """Return the bench with its data in use; what a test changes there is put back."""
    monkeypatch.setenv(catalog.OWN_DATA, str(bench.data))
    kept = bench.contents()
    yield bench
    for path in bench.contents().keys() - kept.keys():
        path.unlink()
    for path, content in kept.items():
        path.write_bytes(content)
