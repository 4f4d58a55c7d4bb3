"""A place to make batches of small reports in, whose moods a test decides without touching them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import nbformat
from editions import FIXTURES, HEAD
from nbformat.v4 import new_code_cell

DEEDS = {
    "raises": "1 / 0",
    "dies": "os._exit(1)",
    "sleeps": "time.sleep(60)",
    "is killed": "os.kill(os.getppid(), signal.SIGKILL)",
}
"""What a report may do in cell 5 of its chapter ``moody``, besides being good."""
MOOD = """
import os, signal, time
from pathlib import Path

mood = Path(MOODS) / f"{region}-{year}"
deed = mood.read_text("utf-8") if mood.exists() else ""
mood.with_suffix(".begun").touch()
if deed.startswith("once "):
    mood.unlink()
    deed = deed.removeprefix("once ")
exec(DEEDS.get(deed, ""))
"""


class Place:
    """A folder with a plan, notebooks and moods, and the command run on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.out = folder / "reports"
        self.notebooks = folder / "notebooks"
        self.moods = folder / "moods"
        self.scratch = folder / "t"
        for one in (self.notebooks, self.moods, self.scratch):
            one.mkdir(parents=True)
        self.chapters("moody")

    def chapters(self, *names: str) -> None:
        """Write notebooks: fixtures, or the moody one."""
        chapters = ""
        for number, name in enumerate(names, start=1):
            kind = "good" if name == "moody" else name
            notebook = nbformat.read(FIXTURES / f"{kind}.ipynb", as_version=4)
            if name == "moody":
                text = MOOD.replace("MOODS", repr(str(self.moods))).replace("DEEDS", repr(DEEDS))
                cell = new_code_cell(text, id="mood")
                notebook.cells.insert(4, cell)
            nbformat.write(notebook, self.notebooks / f"{name}.ipynb")
            chapters += f'\n[[chapters]]\nnotebook = "{name}.ipynb"\nnumber = {number}\n'
        (self.notebooks / "report.toml").write_text(HEAD + chapters, encoding="utf-8")

    def plan(self, text: str, name: str = "plan.toml") -> Path:
        """Write a plan that uses the notebooks."""
        path = self.folder / name
        path.write_text(f'notebooks = "notebooks"\n{text}', encoding="utf-8")
        return path

    def mood(self, region: str, year: int, deed: str = "") -> None:
        """Decide what a report does; nothing by default."""
        (self.moods / f"{region}-{year}").write_text(deed, encoding="utf-8")

    def begun(self) -> set[str]:
        """Return the reports whose mood has been looked at."""
        return {path.stem for path in self.moods.glob("*.begun")}

    def start(self, *arguments: str | Path, **environment: str) -> subprocess.Popen[str]:
        """Start ``lyanalysis`` in the folder."""
        return subprocess.Popen(
            [sys.executable, "-m", "lyanalysis", *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=self.folder,
            env={
                **os.environ,
                "TMPDIR": str(self.scratch),
                **environment,
            },
        )

    def run(self, *arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run ``lyanalysis`` in the folder to its end."""
        process = self.start(*arguments, **environment)
        out, err = process.communicate(timeout=120)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def batch(
        self, *arguments: str | Path, **environment: str
    ) -> tuple[dict[str, Any], subprocess.CompletedProcess[str]]:
        """Run a batch that ends with a summary and return that, too."""
        finished = self.run("batch", *arguments, "--summary-json", "-", **environment)
        assert finished.stdout, finished.stderr
        return json.loads(finished.stdout), finished

    def events(self) -> list[dict[str, Any]]:
        """Return what the log tells."""
        lines = (self.out / "batch.log.jsonl").read_text("utf-8").splitlines()
        return [json.loads(line) for line in lines]

    def processes(self) -> list[int]:
        """Return the processes at work in this folder, or on something in it."""
        here = os.fsencode(self.folder)
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                known = os.fsencode((process / "cwd").readlink())
                known += (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
                if here in known:
                    found.append(int(process.name))
        return found

    def wait(self, condition: Any, seconds: float = 60) -> None:
        """Wait until something holds."""
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end
            time.sleep(0.05)


def contents(folder: Path, without: Sequence[str] = ()) -> dict[str, bytes]:
    """Return the files below a folder, by their paths in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in without
    }
