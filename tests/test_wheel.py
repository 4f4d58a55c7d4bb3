"""The wheel alone is enough: data, notebooks and templates ride inside it."""

from __future__ import annotations

import os
import site
import subprocess
import sys
import venv
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]


def run(*command: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(
        [str(word) for word in command],
        capture_output=True,
        text=True,
        cwd=cwd,
        env=environment,
        timeout=300,
        check=False,
    )


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a Python that has the wheel and its dependencies, but not the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    options = ["--quiet", "--no-deps", "--no-build-isolation", "--disable-pip-version-check"]
    built = run(
        sys.executable, "-m", "pip", "wheel", *options, "-w", folder / "dist", ROOT, cwd=folder
    )
    assert built.returncode == 0, built.stderr
    (wheel,) = (folder / "dist").glob("*.whl")
    venv.create(folder / "venv", with_pip=False, symlinks=True)
    (packages,) = (folder / "venv").glob("lib/python*/site-packages")
    # Path files inside a folder named by a path file are not read: the checkout stays out.
    (packages / "dependencies.pth").write_text("\n".join(site.getsitepackages()), encoding="utf-8")
    put = run(
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--target",
        packages,
        wheel,
        cwd=folder,
    )
    assert put.returncode == 0, put.stderr
    python = str(folder / "venv" / "bin" / "python")
    where = run(python, "-c", "import lyanalysis; print(lyanalysis.__file__)", cwd=folder)
    assert str(packages) in where.stdout
    return python


def test_init_and_render_work_in_an_empty_folder(installed: str, tmp_path: Path) -> None:
    started = run(installed, "-m", "lyanalysis", "init", "mine", cwd=tmp_path)
    assert started.returncode == 0, started.stderr
    assert (tmp_path / "mine" / "notebooks" / "report.toml").is_file()

    report = tmp_path / "mine" / "notebooks" / "report.toml"
    text = report.read_text(encoding="utf-8")
    report.write_text(text.replace("新旧动能转换分析报告", "动能报告"), encoding="utf-8")
    rendered = run(installed, "-m", "lyanalysis", "render", cwd=tmp_path / "mine")
    assert rendered.returncode == 0, rendered.stderr
    page = tmp_path / "mine" / "reports" / "410300" / "2025-zh" / "report.html"
    assert "洛阳市动能报告" in page.read_text(encoding="utf-8"), "one's own notebooks are used"


def test_init_overwrites_nothing(installed: str, tmp_path: Path) -> None:
    own = tmp_path / "mine" / "notebooks" / "02_structure.ipynb"
    own.parent.mkdir(parents=True)
    own.write_text("mine", encoding="utf-8")
    refused = run(installed, "-m", "lyanalysis", "init", "mine", cwd=tmp_path)
    assert refused.returncode == 5
    assert len(refused.stderr.splitlines()) == 1
    assert "02_structure.ipynb is there already; nothing was written" in refused.stderr
    assert [path.name for path in own.parent.iterdir()] == ["02_structure.ipynb"]
    assert own.read_text(encoding="utf-8") == "mine"
