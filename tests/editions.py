"""A place to render editions of one small report from data and notebooks of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from lyanalysis import catalog
from lyanalysis.report.formats import FORMATS
from lyanalysis.report.parameters import Parameters
from lyanalysis.report.plan import Plan, read_plan
from lyanalysis.report.render import render

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
OWN_DATA = Path(__file__).parent / "own_data"
FIXTURES = Path(__file__).parent / "report" / "fixtures"
OWN_CITY = Parameters(region="419901", year=2025, first_year=2019, language="zh", peers=())


class Bench:
    """A folder of own data and one of notebooks, to be changed, and what is rendered from them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "figures"
        self.notebooks = folder / "notebooks"
        self.figures = self.data / "observations" / "example.csv"
        shutil.copytree(OWN_DATA, self.data)
        self.notebooks.mkdir()
        self.plan("accounts")

    def plan(self, *names: str) -> Plan:
        """Write a plan of the named fixtures, each as it was shipped."""
        chapters = ""
        for number, name in enumerate(names, start=1):
            shutil.copy(FIXTURES / f"{name}.ipynb", self.notebooks)
            chapters += f'\n[[chapters]]\nnotebook = "{name}.ipynb"\nnumber = {number}\n'
        (self.notebooks / "report.toml").write_text(HEAD + chapters, encoding="utf-8")
        return read_plan(self.notebooks)

    @staticmethod
    def edit(file: Path, old: str, new: str) -> None:
        """Replace a text that stands once in a file."""
        text = file.read_text(encoding="utf-8")
        assert text.count(old) == 1
        file.write_text(text.replace(old, new), encoding="utf-8")

    def render(self, name: str, formats: Iterable[str] = FORMATS) -> Path:
        """Render the report from what is there now and return its folder."""
        out = self.folder / name
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv(catalog.OWN_DATA, str(self.data))
            plan = read_plan(self.notebooks)
            return render(OWN_CITY, plan, out, formats=frozenset(formats)).folder

    def contents(self) -> dict[Path, bytes]:
        """Return all files of data and notebooks."""
        return {
            path: path.read_bytes()
            for folder in (self.data, self.notebooks)
            for path in folder.rglob("*")
            if path.is_file()
        }
