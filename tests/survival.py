"""Runs of the command that are killed or starved, and what they leave: a place to look at both.

Two editions, A and B, of notebooks and of data give reports that differ in every file, so that a
published folder can be told to be wholly the one or the other by its bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from editions import FIXTURES, HEAD, OWN_DATA

EDITIONS = ("A", "B")
REGIONS = ("410300", "410100")
"""Of a batch; a single report is of the first."""
CHAPTERS = ("good", "other")
QUICK_FORMATS = ("--format", "html,xlsx")
ALL_FORMATS = ("--format", "pdf")
"""Added to the others, as the option may be given more than once."""
PAUSE = 0.0005
PATIENCE = 60
"""Seconds within which what must come has come, on a machine that others use too."""
PHASES = (
    "before anything",
    "making the report",
    "writing the files",
    "just exchanged",
    "published, not yet ended",
)


class Stand:
    """A folder of reports, two editions of what they are made from, and folders of its own.

    Parameters
    ----------
    folder : Path
        Empty; with a short name, for the sockets of kernels live in it.
    regions : sequence of str, optional
        Of a batch.

    Attributes
    ----------
    seconds : float
        How long a batch took that executed every chapter.
    """

    def __init__(self, folder: Path, regions: Sequence[str] = REGIONS) -> None:
        self.folder = folder
        self.regions = regions
        self.temporary = folder / "t"
        self.out = folder / "reports"
        self.caches = folder / "caches"
        self.cache = self.caches / "lyanalysis" / "chapters"
        self.temporary.mkdir()
        for edition in EDITIONS:
            _write_notebooks(folder / f"notebooks-{edition}", edition)
            _write_data(folder / f"data-{edition}", edition)
        self.reports: dict[tuple[str, str], dict[str, str]] = {}
        for edition in EDITIONS:
            began = time.monotonic()
            finished = self.run("batch", edition, *ALL_FORMATS)
            self.seconds = time.monotonic() - began
            assert finished.returncode == 0, finished.stderr
            for region in regions:
                self.reports[region, edition] = hashes(self.target(region))
        for region in regions:
            first, second = (self.reports[region, edition] for edition in EDITIONS)
            assert first.keys() == second.keys()
            assert not set(first.values()) & set(second.values()), "every file tells its edition"

    def target(self, region: str = REGIONS[0], out: Path | None = None) -> Path:
        """Return the folder of a report."""
        return (out or self.out) / region / "2025-zh"

    def command(self, name: str, edition: str, *options: str, out: Path | None = None) -> list[str]:
        """Return the command line that makes an edition: ``render`` or ``batch``."""
        what = ["410300"] if name == "render" else ["--regions", ",".join(self.regions)]
        inputs = ["--notebooks", f"notebooks-{edition}", "--data", f"data-{edition}"]
        place = ["--out", str(out or self.out), *QUICK_FORMATS]
        words = [sys.executable, "-m", "lyanalysis", name, *what, *inputs, *place, *options]
        return words if name == "render" else [*words, "--workers", "2"]

    def environment(self, **more: str) -> dict[str, str]:
        """Return the environment of every command; TMPDIR marks all processes that come of it."""
        places = {"TMPDIR": str(self.temporary), "XDG_CACHE_HOME": str(self.caches)}
        return {**os.environ, **places, **more}

    def start(
        self, name: str, edition: str, *options: str, **places: Path
    ) -> subprocess.Popen[str]:
        """Start a command; both outputs are pipes, of which nobody reads much."""
        temporary = places.pop("temporary", self.temporary)
        return subprocess.Popen(
            self.command(name, edition, *options, **places),
            cwd=self.folder,
            env=self.environment(TMPDIR=str(temporary)),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(
        self, name: str, edition: str, *options: str, **places: Path
    ) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        process = self.start(name, edition, *options, **places)
        stdout, stderr = process.communicate(timeout=10 * PATIENCE)
        return subprocess.CompletedProcess(process.args, process.returncode, stdout, stderr)

    def edition(self, region: str = REGIONS[0], out: Path | None = None) -> str | None:
        """Tell which edition is published, None where there is no report; no mixture passes."""
        target = self.target(region, out)
        if not target.exists():
            return None
        found = hashes(target)
        assert {"report.html", "tables.xlsx", "report.ipynb", "manifest.json"} <= found.keys()
        # Where there is no PDF, none was asked for: run.json would name it.
        return next(one for one in EDITIONS if found.items() <= self.reports[region, one].items())

    def old_and_new(self) -> tuple[str, str]:
        """Return the edition that is published, and the other one."""
        old = self.edition()
        return (EDITIONS[1], EDITIONS[0]) if old == EDITIONS[1] else EDITIONS

    def processes(self) -> list[str]:
        """Return the command lines of all processes that came of the commands and still live."""
        return [*_marked(f"TMPDIR={self.temporary}".encode())]

    def leftovers(self, out: Path | None = None) -> list[str]:
        """List what a good run must not leave, each with its place."""
        out = out or self.out
        end = time.monotonic() + PATIENCE
        # What was killed takes a moment to be gone.
        while (alive := self.processes()) and time.monotonic() < end:
            time.sleep(0.1)
        kept = {".batch.lock", "batch.log.jsonl", "index.html", *self.regions}
        debris = [path for path in out.iterdir() if path.name not in kept]
        beside = {"2025-zh", ".2025-zh.lock"}
        for region in self.regions:
            debris += [path for path in out.glob(f"{region}/*") if path.name not in beside]
        debris += [*self.temporary.iterdir(), *self.caches.rglob("*.tmp")]
        return [*map(str, debris), *alive]

    def damage_cache(self, moments: random.Random) -> None:
        """Flip a byte of an entry of the cache, or cut it short; under the feet of whoever runs."""
        for path in self.cache.glob("*.chapter"):
            # It may be replaced at this moment.
            with suppress(FileNotFoundError), path.open("r+b") as file:
                size = path.stat().st_size
                at = moments.randrange(size or 1)
                if moments.random() < 0.5:
                    file.truncate(at)
                else:
                    file.seek(at)
                    byte = file.read(1) or b"\0"
                    file.seek(at)
                    file.write(bytes([byte[0] ^ 1]))


def hashes(target: Path) -> dict[str, str]:
    """Return the hash of every file of a published report but ``run.json``, which must agree."""
    while True:
        before = target.stat().st_ino
        with suppress(FileNotFoundError):
            files = {path.name: path.read_bytes() for path in target.iterdir()}
            # Read while another took its place: read again.
            if target.stat().st_ino == before:
                break
    record = json.loads(files.pop("run.json"))
    found = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    assert {one["file"]: one["sha256"] for one in record["outputs"]} == found
    return found


def kill(process: subprocess.Popen[str]) -> str:
    """Kill a process, that one alone, with SIGKILL, and return what it had said of its progress."""
    process.kill()
    # Children may hold the pipe for a moment longer.
    _, said = process.communicate(timeout=PATIENCE)
    return said


def phase(target: Path, before: int | None, said: str) -> str:
    """Tell from what is there how far a run came that was killed."""
    exchanged = inode(target) != before
    if unfinished(target):
        return "just exchanged" if exchanged else "writing the files"
    if exchanged:
        return "published, not yet ended"
    return "making the report" if said else "before anything"


def inode(target: Path) -> int | None:
    """Return what tells one published folder from the next; None where there is none."""
    try:
        return target.stat().st_ino
    except FileNotFoundError:
        return None


def unfinished(target: Path) -> list[Path]:
    """Return the folders of a report that are being written or removed; not empty probes."""
    found = []
    for path in target.parent.glob(f".{target.name}.*.tmp"):
        with suppress(FileNotFoundError, NotADirectoryError):
            found += [path] if any(path.iterdir()) else []
    return found


def wait_until(process: subprocess.Popen[str], target: Path, moment: str) -> None:
    """Wait until a run writes (``writing``) or has exchanged (``exchanged``), or has ended."""
    before = inode(target)
    while process.poll() is None:
        if moment == "writing" and unfinished(target):
            return
        if moment == "exchanged" and inode(target) != before:
            return
        time.sleep(PAUSE)


def _write_notebooks(folder: Path, edition: str) -> None:
    folder.mkdir()
    chapters = ""
    for number, name in enumerate(CHAPTERS, start=1):
        text = (FIXTURES / f"{name}.ipynb").read_text(encoding="utf-8")
        assert text.count("{name} {region}") == 1
        changed = text.replace("{name} {region}", f"{{name}} {{region}} {edition}")
        (folder / f"{name}.ipynb").write_text(changed, encoding="utf-8")
        chapters += f'\n[[chapters]]\nnotebook = "{name}.ipynb"\nnumber = {number}\n'
    (folder / "report.toml").write_text(HEAD + chapters, encoding="utf-8")


def _write_data(folder: Path, edition: str) -> None:
    shutil.copytree(OWN_DATA, folder)
    regions = folder / "regions.csv"
    text = regions.read_text(encoding="utf-8")
    regions.write_text(text.replace("示例新区", f"示例新区{edition}"), encoding="utf-8")


def _marked(mark: bytes) -> Iterator[str]:
    for folder in Path("/proc").glob("[0-9]*"):
        # A process may end while it is looked at; those of others cannot be read.
        with suppress(OSError):
            if mark in (folder / "environ").read_bytes().split(b"\0"):
                words = (folder / "cmdline").read_bytes().split(b"\0")
                yield f"process {folder.name}: {b' '.join(words).decode(errors='replace')[:200]}"
