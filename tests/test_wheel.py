"""The wheel alone is enough: data, notebooks and templates ride inside it."""

from __future__ import annotations

import os
import site
import subprocess
import sys
import venv
from pathlib import Path
from zipfile import ZipFile

import nbformat
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
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel that pip builds from the checkout."""
    folder = tmp_path_factory.mktemp("dist")
    options = ["--quiet", "--no-deps", "--no-build-isolation", "--disable-pip-version-check"]
    built = run(sys.executable, "-m", "pip", "wheel", *options, "-w", folder, ROOT, cwd=folder)
    assert built.returncode == 0, built.stderr
    (file,) = folder.glob("*.whl")
    return file


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a Python that has the wheel and its dependencies, but not the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
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


def files(folder: str) -> set[str]:
    """Return the files of a folder of the checkout that are not caches."""
    paths = [path.relative_to(ROOT) for path in (ROOT / folder).rglob("*") if path.is_file()]
    return {
        path.as_posix()
        for path in paths
        if not {"__pycache__", ".ipynb_checkpoints"} & {*path.parts}
    }


def test_the_wheel_holds_code_templates_data_and_notebooks(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        inside = {name for name in archive.namelist() if ".dist-info/" not in name}
    shipped = {f"lyanalysis/{name}" for name in files("data") | files("notebooks")}
    assert inside == files("lyanalysis") | shipped
    assert {"lyanalysis/data/datapackage.json", "lyanalysis/notebooks/report.toml"} <= shipped
    assert any("/templates/" in name for name in inside)


def test_init_and_render_work_in_an_empty_folder(installed: str, tmp_path: Path) -> None:
    started = run(installed, "-m", "lyanalysis", "init", "mine", cwd=tmp_path)
    assert started.returncode == 0, started.stderr
    copied = {f"notebooks/{path.name}" for path in (tmp_path / "mine" / "notebooks").iterdir()}
    assert copied == files("notebooks")

    chapter = tmp_path / "mine" / "notebooks" / "02_structure.ipynb"
    notebook = nbformat.read(chapter, as_version=4)
    prose = next(cell for cell in notebook.cells if cell.metadata.get("tags") == ["zh"])
    prose.source += "\n\n这一段是用户自己写的。"
    nbformat.write(notebook, chapter)
    report = tmp_path / "mine" / "notebooks" / "report.toml"
    text = report.read_text(encoding="utf-8")
    head, *chapters = text.replace("新旧动能转换分析报告", "动能报告").split("[[chapters]]")
    kept = [one for one in chapters if "02_structure" in one or "98_data" in one]
    report.write_text("[[chapters]]".join([head, *kept]), encoding="utf-8")
    rendered = run(installed, "-m", "lyanalysis", "render", cwd=tmp_path / "mine")
    assert rendered.returncode == 0, rendered.stderr
    page = tmp_path / "mine" / "reports" / "410300" / "2025-zh" / "report.html"
    text = page.read_text(encoding="utf-8")
    assert "洛阳市动能报告" in text, "one's own report.toml is used"
    assert "这一段是用户自己写的。" in text, "one's own notebooks are used"


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
