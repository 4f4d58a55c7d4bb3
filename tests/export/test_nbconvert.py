"""The exporters as the command `jupyter nbconvert` and JupyterLab's menu reach them."""

from __future__ import annotations

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


@pytest.mark.parametrize("name", ["lyanalysis_html", "lyanalysis_pdf"])
def test_jupyterlab_can_ask_for_the_exporters(name: str) -> None:
    """Its download address takes letters, digits and underscores only."""
    assert re.fullmatch(r"\w+", name)
    assert get_exporter(name) is get_exporter(name.replace("_", "-"))
