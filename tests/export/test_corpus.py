"""Notebooks of strangers become page and PDF: nothing crashes, and what must be seen is seen."""

from __future__ import annotations

import hashlib
import io
import json
import logging
import os
import random
import re
import subprocess
import sys
import warnings
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from export.corpus import CASES, PARTS, Case
from export.corpus.case import code, notebook, prose, result

from lyanalysis.export.html import HTMLReportExporter
from lyanalysis.export.pdf import PDFReportExporter

LONG = {"200 columns", "a huge log", "a huge line", "a long DataFrame"}
SAMPLE = {
    *random.Random(7).sample(sorted({*CASES} - LONG), 24),
    *("emoji", "a script no font has", "images", "images that are not there", "errors"),
    *("code shown", "a picture without description", "a picture inside HTML"),
}
"""PDFs made by `make test`; `make soak` makes all."""
REPEATED = ("emoji", "images", "MultiIndex", "footnotes", "code shown", "damaged pictures")
OPTION = "--DocumentExporter.show_code=True"


def compact(text):
    return re.sub(r"[\s\u200b\u00ad]", "", text)


def lay_files(case, folder):
    for name, content in case.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def export(exporter_class, case, folder):
    """What nbconvert does with a file: what it writes, and what its log says."""
    lay_files(case, folder / "notes")
    heard = io.StringIO()
    exporter = exporter_class(**case.traits)
    exporter.log = logging.Logger("nbconvert")
    exporter.log.addHandler(logging.StreamHandler(heard))
    resources = {"metadata": {"name": "note", "path": str(folder / "notes")}}
    with warnings.catch_warnings():
        # About ids, which formats before 4.5 did not have.
        warnings.simplefilter("ignore")
        text = io.StringIO(json.dumps(case.notebook))
        return exporter.from_file(text, resources=resources)[0], heard.getvalue()


def check_warnings(patterns, heard):
    for pattern in patterns:
        assert re.search(pattern, heard), heard
    assert bool(heard) == bool(patterns), heard


def check_pdf(case, folder, read_pdf):
    pdf, heard = export(PDFReportExporter, case, folder)
    check_warnings((*case.warned, *case.unprinted), heard)
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in pdf
    assert (b"<pdfuaid:part>1</pdfuaid:part>" in pdf) == case.is_accessible
    text = compact(read_pdf(pdf, "pdftotext", "-raw"))
    for expected in (*case.seen, *case.in_pdf):
        assert compact(expected) in text
    for hidden in case.unseen:
        assert compact(hidden) not in text


def test_the_corpus_is_large_and_no_name_hides_another():
    assert len(CASES) == sum(map(len, PARTS)) >= 80


@pytest.mark.parametrize("name", CASES)
def test_page(name, tmp_path):
    case = CASES[name]
    page, heard = export(HTMLReportExporter, case, tmp_path)
    check_warnings(case.warned, heard)
    soup = BeautifulSoup(page, "html.parser")
    text = compact(soup.body.get_text())
    for expected in (*case.seen, *case.in_page):
        assert compact(expected) in text
    for hidden in case.unseen:
        assert compact(hidden) not in compact(soup.main.get_text())
    for selector in case.tags:
        assert soup.select(selector), selector
    assert all(image["src"].startswith("data:") for image in soup.select("img"))
    assert all(image["alt"] for image in soup.select("img"))
    assert len(soup.select("script")) == 1


@pytest.mark.parametrize("name", sorted(SAMPLE))
def test_pdf(name, tmp_path, read_pdf):
    check_pdf(CASES[name], tmp_path, read_pdf)


@pytest.mark.soak
@pytest.mark.parametrize("name", sorted({*CASES} - SAMPLE))
def test_every_pdf(name, tmp_path, read_pdf):
    check_pdf(CASES[name], tmp_path, read_pdf)


def shuffle(seed):
    """A notebook of pieces cut out of the others, put together anyhow."""
    chance = random.Random(seed)
    cells = [
        cell for name in sorted({*CASES} - LONG) for cell in CASES[name].notebook.get("cells", ())
    ]
    sources = [source for cell in cells if (source := cell["source"]) and isinstance(source, str)]

    def mix():
        cuts = [chance.choice(sources) for _ in range(chance.randrange(1, 8))]
        starts = [chance.randrange(len(cut)) for cut in cuts]
        pieces = [cut[at : at + 120] for cut, at in zip(cuts, starts, strict=True)]
        return chance.choice(("", "\n", "\n\n")).join(pieces)

    types = ("text/html", "text/markdown", "text/latex", "image/svg+xml", "image/png", "text/plain")
    shown = [code(mix(), result({mime: mix()})) for mime in types]
    return Case(notebook(*(prose(mix()) for _ in range(4)), *shown), traits={"show_code": True})


@pytest.mark.parametrize(
    "seed", [*range(3), *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(3, 100))]
)
def test_pieces_put_together_anyhow(seed, tmp_path):
    case = shuffle(seed)
    assert export(HTMLReportExporter, case, tmp_path)[0].endswith("</html>")
    assert export(PDFReportExporter, case, tmp_path)[0].startswith(b"%PDF")


@pytest.mark.parametrize("exporter_class", [HTMLReportExporter, PDFReportExporter])
def test_a_notebook_may_lack_all_its_metadata(exporter_class, read_pdf):
    """nbformat refuses such a file, but a program may hand one over."""
    printed = {"output_type": "stream", "text": "printed\n"}
    bare = {
        "cells": [
            {"cell_type": "markdown", "source": ["bare ", "prose"]},
            {"cell_type": "code", "source": "1", "outputs": [printed, {}]},
            {"cell_type": "code", "source": None},
        ]
    }
    written, _ = exporter_class().from_notebook_node(nbformat.from_dict(bare))
    text = read_pdf(written, "pdftotext") if isinstance(written, bytes) else written
    assert "bare prose" in text
    assert "printed" in text


def digests(folder):
    """Hashes of page and PDF of some notebooks; called here and in other processes."""
    found = {}
    for name in REPEATED:
        for exporter_class in (HTMLReportExporter, PDFReportExporter):
            written, _ = export(exporter_class, CASES[name], Path(folder))
            content = written if isinstance(written, bytes) else written.encode()
            found[f"{name} {exporter_class.__name__}"] = hashlib.sha256(content).hexdigest()
    return found


@pytest.mark.slow
def test_two_processes_write_the_same_bytes(tmp_path):
    here = Path(__file__).resolve()
    script = (
        "import json, sys\nfrom export.test_corpus import digests\n"
        "print(json.dumps(digests(sys.argv[1])))"
    )
    varied = {"TZ": "Asia/Shanghai", "LC_ALL": "C", "PYTHONHASHSEED": "4711", "PYTHONUTF8": "1"}
    (tmp_path / "elsewhere").mkdir()
    finished = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        cwd=tmp_path / "elsewhere",
        env={**os.environ, **varied, "PYTHONPATH": str(here.parents[1])},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(finished.stdout) == digests(tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["html", "pdf"])
def test_the_command_shows_code_and_warns(kind, tmp_path, read_pdf):
    (tmp_path / "note.ipynb").write_text(json.dumps(CASES["errors"].notebook), encoding="utf-8")
    finished = subprocess.run(
        [sys.executable, "-m", "nbconvert", "--to", f"lyanalysis-{kind}", OPTION, "note.ipynb"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert (
        "WARNING | chapter note, cell 2: the cell ended with ZeroDivisionError" in finished.stderr
    )
    written = (tmp_path / f"note.{kind}").read_bytes()
    text = read_pdf(written, "pdftotext", "-raw") if kind == "pdf" else written.decode()
    assert "f()" in text
    assert "so far so good" in text
