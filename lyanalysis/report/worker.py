"""One report of a batch in a process of its own: ``python -m lyanalysis.report.worker FOLDER``.

The folder holds ``request.json`` and gets ``result.json``. What a report leaves behind in memory
ends with its process, and what kills it kills nothing else.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import threading
import time
import traceback
import warnings
from pathlib import Path
from typing import Any

from lyanalysis.errors import LyanalysisError
from lyanalysis.report.batch import REQUEST, RESULT
from lyanalysis.report.changes import summary_lines
from lyanalysis.report.compare import compare
from lyanalysis.report.edition import Edition, read_edition
from lyanalysis.report.limits import Limits
from lyanalysis.report.manner import Manner
from lyanalysis.report.parameters import Parameters
from lyanalysis.report.plan import read_plan
from lyanalysis.report.processes import PARENT
from lyanalysis.report.render import render

ROOM = 16_000
"""Bytes of an answer, which is seldom longer."""
PAUSE = 1
"""Seconds between looks for the parent."""


def main(folder: Path) -> None:
    """Make the report a request asks for and say what came of it."""
    # The filters that kernels start with would turn what exporters warn of into errors.
    warnings.resetwarnings()
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    _end_with_parent(os.environ.pop(PARENT, None))
    answer = folder / f"{RESULT}.tmp"
    # Room is taken now: a report that has been published must be told to be.
    answer.write_bytes(bytes(ROOM))
    request = json.loads((folder / REQUEST).read_text(encoding="utf-8"))
    try:
        result = _make(request, folder)
    except LyanalysisError as error:
        result = {
            "status": "failed",
            "message": str(error),
            "exit_code": error.exit_code,
            "transient": error.is_transient,
            "chapter": getattr(error, "chapter", None),
            "cell": getattr(error, "cell", None),
        }
    except Exception as error:
        result = {
            "status": "failed",
            "message": f"{type(error).__name__}: {error}; this is a defect of lyanalysis",
            "exit_code": LyanalysisError.exit_code,
            "transient": isinstance(error, MemoryError),
            "chapter": None,
            "cell": None,
            "traceback": traceback.format_exc(),
        }
    with answer.open("r+b") as file:
        file.write(json.dumps(result).encode())
        file.truncate()
    answer.replace(folder / RESULT)


def _end_with_parent(parent: str | None) -> None:
    """Let a worker that was started end when its batch is gone; a forked one does so anyway."""
    if parent is None or os.name != "posix":
        return

    def watch() -> None:
        while os.getppid() == int(parent):
            time.sleep(PAUSE)
        # It leads its group: pandoc goes too, and kernels that were started watch for themselves.
        os.killpg(0, signal.SIGKILL)

    threading.Thread(target=watch, daemon=True).start()


def _make(request: dict[str, Any], folder: Path) -> dict[str, Any]:
    parameters = Parameters.model_validate_json(json.dumps(request["parameters"]))
    out = Path(request["out"])
    target = out / parameters.id
    # A copy, not what is in it: the memory is needed.
    before = _copy(target, folder / "before") if request["compare"] else None
    since_last = request["since_last"] and _edition(target) is not None
    render(
        parameters,
        read_plan(Path(request["notebooks"])),
        out,
        formats=request["formats"],
        since=target if since_last else None,
        manner=Manner(
            limits=Limits(**request["limits"]),
            workers=request["workers"],
            warm=request["server"] is not None,
            server=Path(request["server"]) if request["server"] else None,
            cache=Path(request["cache"]) if request["cache"] else None,
            force=request["force"],
        ),
    )
    changes: list[str] = []
    if before is not None and (old := _edition(before)) and (now := _edition(target)):
        changes = summary_lines(compare(old, now), request["language"])
    return {"status": "made", "changes": changes}


def _copy(report: Path, copy: Path) -> Path | None:
    """Keep a report that is about to be replaced; there may be none."""
    try:
        return Path(shutil.copytree(report, copy))
    except OSError:
        return None


def _edition(target: Path) -> Edition | None:
    """Read a report for the comparison; one that is new or damaged has nothing to compare."""
    try:
        return read_edition(target)
    except LyanalysisError:
        return None


if __name__ == "__main__":
    main(Path(sys.argv[1]))
