"""Reports that several tests look at: rendered once, by the command a user types."""

from __future__ import annotations

import json
import os
import shutil
import site
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
# They import peers that are not in the lock.
collect_ignore_glob = ["reference/make_*.py"]
MIME = "application/vnd.lyanalysis.exhibit+json"


def render(
    out: Path, *arguments: str, python: str = sys.executable, **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [python, "-m", "lyanalysis", "render", *arguments, "--out", str(out)],
        capture_output=True,
        text=True,
        cwd=out,
        env={**os.environ, **environment},
        timeout=300,
        check=False,
    )


def read_exhibits(folder: Path) -> dict[str, dict[str, Any]]:
    notebook = json.loads((folder / "report.ipynb").read_text(encoding="utf-8"))
    return {
        output["data"][MIME]["id"]: output["data"][MIME]
        for cell in notebook["cells"]
        for output in cell.get("outputs", [])
        if MIME in output.get("data", {})
    }


@pytest.fixture(scope="session")
def exhibits_of() -> Callable[[Path], dict[str, dict[str, Any]]]:
    return read_exhibits


@pytest.fixture(scope="session")
def rendering() -> Callable[..., subprocess.CompletedProcess[str]]:
    return render


@pytest.fixture(scope="session")
def luoyang(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the Luoyang report in Chinese, rendered without naming anything."""
    out = tmp_path_factory.mktemp("reports")
    finished = render(out)
    assert finished.returncode == 0, finished.stderr
    return out / "410300" / "2025-zh"


@pytest.fixture(scope="session")
def luoyang_in_english(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the same report in English."""
    out = tmp_path_factory.mktemp("reports")
    finished = render(out, "Luoyang", "--language", "en")
    assert finished.returncode == 0, finished.stderr
    return out / "410300" / "2025-en"


@pytest.fixture
def checkout(tmp_path: Path) -> tuple[Path, str]:
    """Return a copy of the project that may be changed, and a Python that imports it."""
    copy = tmp_path / "checkout"
    for folder in ("lyanalysis", "data", "notebooks"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    home = tmp_path / "venv"
    venv.create(home, with_pip=False, symlinks=True)
    (packages,) = home.glob("lib/python*/site-packages")
    installed = [path for path in site.getsitepackages() if Path(path).is_dir()]
    (packages / "checkout.pth").write_text("\n".join([str(copy), *installed]), encoding="utf-8")
    return copy, str(home / "bin" / "python")
