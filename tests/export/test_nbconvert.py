"""The exporters as the command `jupyter nbconvert` and JupyterLab's menu reach them."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import nbformat
import pytest
from nbconvert.exporters import get_exporter


@pytest.mark.parametrize(
    ("name", "suffix", "mime"),
    [("lyanalysis-html", ".html", "text/html"), ("lyanalysis-pdf", ".pdf", "application/pdf")],
)
def test_exporters_are_registered(name, suffix, mime):
    exporter = get_exporter(name)()
    assert (exporter.file_extension, exporter.output_mimetype) == (suffix, mime)


def test_looking_an_exporter_up_loads_no_engine():
    code = (
        "import sys, lyanalysis.export.html, lyanalysis.export.pdf as pdf\n"
        "pdf.PDFReportExporter()\n"
        "print([name for name in ('typst', 'pypandoc', 'matplotlib', 'pandas') "
        "if name in sys.modules])"
    )
    finished = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert finished.stdout.strip() == "[]"


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["html", "pdf"])
def test_the_command_converts_a_notebook(foreign, tmp_path, kind):
    nbformat.write(foreign, tmp_path / "note.ipynb")
    finished = subprocess.run(
        [sys.executable, "-m", "nbconvert", "--to", f"lyanalysis-{kind}", "note.ipynb"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    assert (tmp_path / f"note.{kind}").read_bytes().startswith((b"<!DOCTYPE html>", b"%PDF"))


@pytest.mark.parametrize("kind", ["HTML", "PDF"])
def test_the_menu_has_names_of_its_own(kind: str) -> None:
    """The download address of JupyterLab takes letters, digits and underscores only."""
    name = f"Lyanalysis_{kind}"
    assert re.fullmatch(r"\w+", name, re.ASCII)
    assert issubclass(get_exporter(name), get_exporter(f"lyanalysis-{kind.lower()}"))


def test_a_server_offers_what_its_menu_can_use() -> None:
    code = (
        "import json\n"
        "from jupyter_server.serverapp import ServerApp\n"
        "from nbconvert.exporters.base import get_export_names\n"
        "before = get_export_names()\n"
        "ServerApp.instance()\n"
        "print(json.dumps([before, get_export_names()]))"
    )
    finished = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=True
    )
    anywhere, in_server = (
        [name for name in names if "lyanalysis" in name.lower()]
        for names in json.loads(finished.stdout)
    )
    assert anywhere == ["Lyanalysis_HTML", "Lyanalysis_PDF", "lyanalysis-html", "lyanalysis-pdf"]
    assert in_server == ["Lyanalysis_HTML", "Lyanalysis_PDF"]
