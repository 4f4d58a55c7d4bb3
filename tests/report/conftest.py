from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from editions import HEAD, Bench
from mail_server import Authority

from lyanalysis import catalog
from lyanalysis.report.manifest import as_json, build_run_record
from lyanalysis.report.parameters import Parameters
from lyanalysis.report.plan import Plan, read_plan
from lyanalysis.report.publishing import publish


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


@pytest.fixture
def publish_report(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that publishes small files in the shape of a report."""

    def make(
        title: str = "洛阳市测试报告",
        *,
        language: str = "zh",
        year: int = 2025,
        summary: str = "- **变了吗？** 2025年升**3.4**个百分点。\n- 同谁比？",
        left_out: str = "",
        out: Path = tmp_path / "reports",
    ) -> Path:
        front = {"title": title, "period": f"2010–{year}", "data_date": "2026-08"}
        texts = {0: "没有数字。", 1: summary, 2: "下一章，2025年。"}
        notebook = {
            "cells": [
                {
                    "metadata": {"lyanalysis": {"number": cell // 2}},
                    "outputs": [{"data": {"text/markdown": text.splitlines(True)}}],
                }
                for cell, text in texts.items()
            ],
            "metadata": {"lyanalysis": front},
        }
        asked = {"region": "410300", "year": year, "first_year": 2010, "language": language}
        files = {
            "report.pdf": b"%PDF-1.7\r\n.\r\n" + bytes(range(256)) * 40,
            "report.html": "<!DOCTYPE html><title>洛阳</title>\n".encode(),
            "report.ipynb": json.dumps(notebook).encode(),
            "manifest.json": json.dumps({"parameters": {**asked, "peers": ["410100"]}}).encode(),
        }
        files.pop(left_out, None)
        now = datetime.now(UTC)
        files["run.json"] = as_json(build_run_record(now, now, {}, files)).encode()
        target = out / "410300" / f"{year}-{language}"
        publish(files, target)
        return target

    return make


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Return a certificate authority, made for these tests."""
    return Authority(tmp_path_factory.mktemp("authority"))


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
