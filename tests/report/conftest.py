from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from lyanalysis.report.parameters import Parameters
from lyanalysis.report.plan import Plan, read_plan

HEAD = """
[report]
title.zh = "{region}测试报告"
title.en = "Test report: {region}"
authors = ["lyanalysis"]
keywords.zh = ["测试"]
keywords.en = ["test"]

[parameters]
region = "410300"
first_year = 2010
language = "zh"
peers = []
"""


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
