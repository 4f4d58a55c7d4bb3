"""Reports that several tests look at: rendered once, by the command a user types."""

from __future__ import annotations

import json
import os
import shutil
import site
import subprocess
import sys
import venv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

ROOT = Path(__file__).parents[1]
NOTEBOOKS = ROOT / "notebooks"
# They import peers that are not in the lock.
collect_ignore_glob = ["reference/make_*.py"]
MIME = "application/vnd.lyanalysis.exhibit+json"


def render(
    out: Path, *arguments: str, python: str = sys.executable, **environment: str
) -> subprocess.CompletedProcess[str]:
    # Without the cache, or a test of two equal runs would compare one run with itself.
    return subprocess.run(
        [python, "-m", "lyanalysis", "render", *arguments, "--no-cache", "--out", str(out)],
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


def common_folder(factory: pytest.TempPathFactory) -> Path:
    """Return the folder in which the processes of this test run have their own."""
    base = factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session", autouse=True)
def caches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what tests leave in caches out of those of the user."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(common_folder(tmp_path_factory) / "caches"))
        yield


def render_once(factory: pytest.TempPathFactory, name: str, *arguments: str) -> Path:
    """Render a report for all processes of this test run; the first that asks does it."""
    common = common_folder(factory)
    out = common / name
    with FileLock(common / f"{name}.lock"):
        if not out.exists():
            out.mkdir()
            finished = render(out, *arguments)
            assert finished.returncode == 0, finished.stderr
    return out / "410300"


@pytest.fixture(scope="session")
def luoyang(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the Luoyang report in Chinese, rendered without naming anything."""
    return render_once(tmp_path_factory, "luoyang") / "2025-zh"


@pytest.fixture(scope="session")
def luoyang_in_english(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the same report in English."""
    return render_once(tmp_path_factory, "english", "Luoyang", "--language", "en") / "2025-en"


@pytest.fixture
def some_chapters(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that copies a few chapters with their plan: what holds for them holds."""

    def copy(*names: str) -> Path:
        folder = tmp_path / "some-chapters"
        folder.mkdir()
        head, *all_of_them = (NOTEBOOKS / "report.toml").read_text("utf-8").split("[[chapters]]")
        kept = [one for one in all_of_them if any(f'"{name}.ipynb"' in one for name in names)]
        (folder / "report.toml").write_text("[[chapters]]".join([head, *kept]), "utf-8")
        for name in names:
            shutil.copy(NOTEBOOKS / f"{name}.ipynb", folder)
        return folder

    return copy


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
