"""Time the exporters against nbconvert's own: ``python tests/benchmarks/bench_export.py``.

A round runs each of four conversions of one executed notebook once, in a fresh process, by turns:
``lyanalysis-html`` and ``html``, ``lyanalysis-pdf`` and ``webpdf``, the last with the Chromium of
the system (`chromium_pdf`); ``nbconvert --version``, which is what every conversion pays before it
begins; then, in one more process, all three files of a report as ``lyanalysis render`` makes them,
with the time of every stage. Where Chromium or playwright is not installed,
the row of ``webpdf`` is left out and a line on standard error says so. Machines are noisy: compare
rows of one run, never rows of two.

The notebook is the whole Luoyang report, rendered anew, or the executed notebook given with
``--notebook FILE``. ``--repeats N`` says how many rounds are timed, after one that warms the
caches, ``--json FILE`` where the numbers are kept. The exit code is 1 where a command fails.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any

HTML, STOCK_HTML = "lyanalysis-html", "html"
PDF, STOCK_PDF = "lyanalysis-pdf", "webpdf"
TARGETS = {HTML: HTML, STOCK_HTML: "html", PDF: PDF, STOCK_PDF: "chromium_pdf.ChromiumPDFExporter"}
"""Row -> what ``nbconvert --to`` is given."""
PAIRS = ((HTML, STOCK_HTML), (PDF, STOCK_PDF))
"""Ours, and what it is measured against."""
START = "nbconvert --version"
EXPORT = "all three files"
STAGES = (
    ("read", "lyanalysis.report.files", "read_document"),
    ("pandoc", "lyanalysis.export.pandoc", "_run"),
    ("HTML: font", "lyanalysis.export.html", "font_face"),
    ("HTML", "lyanalysis.report.files", "render_page"),
    ("workbook", "lyanalysis.report.files", "render_workbook"),
    ("PDF: template", "lyanalysis.export.pdf", "write_sources"),
    ("PDF: Typst", "typst", "compile"),
    ("PDF", "lyanalysis.report.files", "render_pdf"),
)
"""Row, and the function whose time it holds; stages of HTML and PDF are part of their totals."""

Rows = dict[str, list[float]]


class CommandError(Exception):
    """A measured command failed; the message is one line."""


def run(words: Sequence[str], folder: Path) -> str:
    """Run Python to its end and return what it printed."""
    finished = subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": path_for_children()},
    )
    if finished.returncode:
        lines = [line.strip() for line in finished.stderr.splitlines() if line.strip()]
        reason = lines[-1] if lines else "no message"
        raise CommandError(f"{' '.join(words[:4])}: exit code {finished.returncode}: {reason}")
    return finished.stdout


def path_for_children() -> str:
    """Return the module path of this process, this folder included: `chromium_pdf` is in it."""
    return os.pathsep.join(
        filter(None, [str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])
    )


def make_notebook(folder: Path) -> Path:
    """Render the whole Luoyang report and return its executed notebook."""
    run(("-m", "lyanalysis", "render", "--format", "html", "--out", str(folder)), folder)
    (notebook,) = folder.glob("*/*/report.ipynb")
    return notebook


def can_print() -> bool:
    """Tell whether what ``webpdf`` needs is installed."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    return chromium is not None and importlib.util.find_spec("playwright") is not None


def measure(notebook: Path, names: Sequence[str], repeats: int, folder: Path) -> Rows:
    """Run all rounds.

    Parameters
    ----------
    notebook : Path
        Executed notebook.
    names : sequence of str
        Keys of `TARGETS`, in the order of a round.
    repeats : int
        Number of timed rounds, at least 1; one before them is not timed.
    folder : Path
        Existing empty folder to write in.

    Returns
    -------
    dict of str to list of float
        Seconds by row, one a round.

    Raises
    ------
    CommandError
        If a command fails.
    """
    rows: Rows = {}
    for number in range(repeats + 1):
        seconds: dict[str, float] = {}
        for name in names:
            words = ("-m", "nbconvert", "--to", TARGETS[name], str(notebook), "--output-dir")
            begin = time.perf_counter()
            run((*words, str(folder), "--output", name), folder)
            seconds[name] = time.perf_counter() - begin
        begin = time.perf_counter()
        run(("-m", "nbconvert", "--version"), folder)
        seconds[START] = time.perf_counter() - begin
        stages = run((str(Path(__file__).resolve()), "--stages", str(notebook)), folder)
        seconds |= json.loads(stages)
        if number:
            for name, value in seconds.items():
                rows.setdefault(name, []).append(value)
    return rows


def time_stages(notebook: Path) -> dict[str, float]:
    """Make all files of a report as ``lyanalysis render`` does, and return the time of each stage.

    Parameters
    ----------
    notebook : Path
        Executed notebook of a report.

    Returns
    -------
    dict of str to float
        Seconds of `EXPORT`, from the read notebook to the last file, and of every stage of it.
        Stages may run at the same time: their sum says nothing.
    """
    import nbformat

    from lyanalysis.report.files import make_files, read_joined
    from lyanalysis.report.formats import FORMATS
    from lyanalysis.report.stages import Stages

    seconds: dict[str, float] = {}
    for name, module, function in STAGES:
        owner = importlib.import_module(module)
        setattr(owner, function, timed(getattr(owner, function), name, seconds))
    joined = nbformat.read(notebook, as_version=4)
    joined.metadata.setdefault("lyanalysis", {"language": "zh"})
    begin = time.perf_counter()
    make_files(read_joined(joined, "{}"), FORMATS, Stages(None), notebook.parent)
    return {EXPORT: time.perf_counter() - begin, **{name: seconds[name] for name, *_ in STAGES}}


def timed(function: Callable[..., Any], name: str, seconds: dict[str, float]) -> Any:
    """Return a function that also adds up how long it takes."""

    def call(*arguments: Any, **options: Any) -> Any:
        begin = time.perf_counter()
        try:
            return function(*arguments, **options)
        finally:
            seconds[name] = seconds.get(name, 0.0) + time.perf_counter() - begin

    seconds[name] = 0.0
    return call


def ratios(rows: Rows) -> dict[str, list[float]]:
    """Return, for each of ours that was measured with its peer, how many times as fast it was.

    First as a user waits for it, then without what both take to start.
    """
    found = {}
    for ours, stock in PAIRS:
        if stock in rows:
            both = [*zip(rows[stock], rows[ours], rows[START], strict=True)]
            found[f"{stock} / {ours}"] = [a / b for a, b, _ in both]
            found[f"{stock} / {ours}, both begun"] = [(a - c) / (b - c) for a, b, c in both]
    return found


def table(rows: Rows) -> Iterator[str]:
    """Yield the lines of the table."""
    width = max(map(len, rows)) + 2
    yield f"{'seconds':{width}}{'median':>8}{'lowest':>8}{'highest':>8}"
    stages = {name for name, *_ in STAGES}
    for name, seconds in rows.items():
        shown = f"  {name}" if name in stages else name
        yield f"{shown:{width}}{median(seconds):8.2f}{min(seconds):8.2f}{max(seconds):8.2f}"
    for name, times in ratios(rows).items():
        yield f"{name}: {median(times):.1f} (from {min(times):.1f} to {max(times):.1f})"


def parse_arguments(words: Sequence[str]) -> argparse.Namespace:
    """Return the options; a wrong one ends the program with a message."""
    parser = argparse.ArgumentParser(description="Time the exporters against nbconvert's own.")
    parser.add_argument("--repeats", type=positive, default=3, help="timed rounds (default: 3)")
    parser.add_argument("--notebook", type=Path, help="executed notebook (default: made anew)")
    parser.add_argument("--json", type=Path, help="file to keep the numbers in")
    parser.add_argument("--stages", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args(words)


def positive(text: str) -> int:
    """Return a number of rounds."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number above 0")
    return int(text)


def main(words: Sequence[str]) -> int:
    """Measure, print and keep; a failure is one line and the exit code 1."""
    options = parse_arguments(words)
    if options.stages is not None:
        print(json.dumps(time_stages(options.stages)))
        return 0
    names = [name for name in TARGETS if name != STOCK_PDF or can_print()]
    if STOCK_PDF not in names:
        print("webpdf is left out: it needs chromium and playwright", file=sys.stderr)
    try:
        with tempfile.TemporaryDirectory(prefix="lyanalysis-bench-") as name:
            folder = Path(name)
            notebook = options.notebook or make_notebook(folder)
            rows = measure(notebook.resolve(strict=True), names, options.repeats, folder)
        print("\n".join(table(rows)))
        if options.json is not None:
            record = {"rows": rows, "ratios": ratios(rows), "processors": os.cpu_count()}
            options.json.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    except (CommandError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
