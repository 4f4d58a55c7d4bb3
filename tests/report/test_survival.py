"""Whatever happens to a run: the old report or the new one, and nothing else after the next run.

``make test`` runs a seeded sample of the kills and each of the other mishaps once; ``make soak``
kills two hundred times and prints what it met.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
import survival
from survival import ALL_FORMATS, EDITIONS, PHASES, REGIONS, Stand

from lyanalysis.report.run_lock import HOLDER

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc"),
]

SEED = 20261128
LANES = (("render", 70), ("render", 70), ("batch", 60))
"""Side by side, each with a folder of its own: command and how many of its runs are killed."""
GOOD_RUN_AFTER = 10
"""Kills in a row before a run that may end."""
MANNERS = ((), (), (), ("--no-cache", *ALL_FORMATS), (), (), ("--no-warm", "--no-cache"))
"""Mostly from the cache, which is as likely to be hit and takes a quarter of the time."""
MOMENTS = ("any", "writing", "any", "exchanged", "any")
"""When to kill: at any moment of a run, and as often while it publishes, which takes no time."""
either = pytest.mark.parametrize(
    "command", [pytest.param("render", marks=pytest.mark.soak), pytest.param("batch")]
)
"""A batch does all that a single report does; ``make test`` leaves the latter out."""


@pytest.fixture(scope="module")
def made() -> Iterator[Stand]:
    with tempfile.TemporaryDirectory(dir="/tmp", prefix="s") as folder:
        yield Stand(Path(folder), REGIONS[:1])


@pytest.fixture
def stand(made: Stand) -> Stand:
    """Return the stand with one edition of both reports published."""
    if not holds(made, made.edition() or ""):
        assert made.run("batch", "A").returncode == 0
    assert made.leftovers() == []
    return made


class Killings:
    """Runs of one command that are killed one after the other, and the figures of it."""

    def __init__(self, stand: Stand, command: str, seed: int) -> None:
        self.stand = stand
        self.command = command
        self.regions = stand.regions[:1] if command == "render" else stand.regions
        self.random = random.Random(seed)
        self.seconds = dict.fromkeys(MANNERS, stand.seconds)
        self.phases: Counter[str] = Counter()
        self.found: Counter[str] = Counter()
        self.kills = self.missed = self.good = 0
        self.leftovers: list[str] = []

    def go_on(self, kills: int) -> None:
        """Kill so many runs; a run that ends before its moment is not counted."""
        self.good_run()
        while self.kills < kills:
            assert self.missed < 2 * kills
            before = self.kills
            self.kill_one()
            if self.kills > before and self.kills % GOOD_RUN_AFTER == 0:
                self.good_run()

    def good_run(self) -> None:
        """Let a run end, as long as it takes, and look at what it leaves."""
        edition = self.stand.old_and_new()[1]
        began = time.monotonic()
        finished = self.stand.run(self.command, edition)
        self.seconds[MANNERS[0]] = time.monotonic() - began
        assert finished.returncode == 0, finished.stderr
        assert {self.stand.edition(region) for region in self.regions} == {edition}
        self.leftovers += self.stand.leftovers()
        self.good += 1
        print(self.figures(), flush=True)

    def kill_one(self) -> None:
        """Kill one run at a moment drawn at random and look at what is published."""
        manner = MANNERS[self.kills % len(MANNERS)]
        moment = MOMENTS[self.kills % len(MOMENTS)]
        if self.random.random() < 0.2:
            self.stand.damage_cache(self.random)
        # In a batch either report may be the one that is watched.
        region = self.random.choice(self.regions)
        target = self.stand.target(region)
        edition = self.stand.old_and_new()[1]
        published = {one: self.stand.edition(one) for one in self.regions}
        before = survival.inode(target)
        process = self.stand.start(self.command, edition, *manner)
        if moment == "any":
            time.sleep(self.random.uniform(0, self.seconds[manner]))
        else:
            survival.wait_until(process, target, moment)
            time.sleep(self.random.uniform(0, 0.005))
        ended = process.poll() is not None
        said = survival.kill(process)
        for one in self.regions:
            now = self.stand.edition(one)
            assert now in {published[one], edition}
            if not ended:
                self.found["new" if now == edition != published[one] else "old"] += 1
        if ended:
            self.missed += 1
        else:
            self.kills += 1
            self.phases[survival.phase(target, before, said)] += 1

    def figures(self) -> str:
        """Return what was met, in one line."""
        met = ", ".join(f"{name} {self.phases[name]}" for name in PHASES)
        return (
            f"{self.command}: {self.kills} kills ({met}); published reports found old "
            f"{self.found['old']}, new {self.found['new']}; {self.good} good runs between, "
            f"leftovers {len(self.leftovers)}"
        )


@either
def test_a_killed_run_leaves_the_old_report_or_the_new(stand: Stand, command: str) -> None:
    killings = Killings(stand, command, SEED)
    for _ in range(3):
        killings.kill_one()
    killings.good_run()
    assert killings.leftovers == []


@pytest.mark.soak
def test_two_hundred_kills(capsys: pytest.CaptureFixture[str]) -> None:
    def lane(number: int) -> Killings:
        command, kills = LANES[number]
        regions = REGIONS[:1] if command == "render" else REGIONS
        with tempfile.TemporaryDirectory(dir="/tmp", prefix="s") as folder:
            killings = Killings(Stand(Path(folder), regions), command, SEED + number)
            killings.go_on(kills)
            return killings

    with capsys.disabled(), ThreadPoolExecutor() as pool:
        lanes = [*pool.map(lane, range(len(LANES)))]
        print(f"{sum(one.kills for one in lanes)} kills, reports that are a mixture: 0")
    assert [one.leftovers for one in lanes] == [[]] * len(LANES)


def last_line(finished: subprocess.CompletedProcess[str]) -> str:
    return finished.stderr.splitlines()[-1]


def holds(stand: Stand, edition: str, out: Path | None = None) -> bool:
    return {stand.edition(region, out) for region in stand.regions} == {edition}


@contextmanager
def disk(folder: Path, options: str) -> Iterator[Callable[[str], None]]:
    """Mount an empty file system; yields what mounts it anew with other options."""
    folder.mkdir(exist_ok=True)

    def mount(options: str) -> int:
        words = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
        return subprocess.run(words, capture_output=True, check=False).returncode

    if shutil.which("mount") is None or mount(options):
        folder.rmdir()
        pytest.skip("needs the right to mount a file system")
    try:
        yield lambda options: assert_done(mount(f"remount,{options}"))
    finally:
        subprocess.run(["umount", str(folder)], check=True)
        folder.rmdir()


def assert_done(code: int) -> None:
    assert code == 0


@either
def test_a_full_disk(stand: Stand, command: str) -> None:
    old, new = stand.old_and_new()
    place = stand.folder / "disk"
    with disk(place, "size=64m") as remount:
        shutil.copytree(stand.out, place, dirs_exist_ok=True)
        used = shutil.disk_usage(place).used
        remount(f"size={used + 40_000}")
        finished = stand.run(command, new, out=place)
        assert finished.returncode == 5
        assert "cannot be written: No space left on device; free some space or choose another " in (
            last_line(finished)
        )
        assert holds(stand, old, place)
        remount("size=64m")
        assert stand.run("batch", new, out=place).returncode == 0
        assert holds(stand, new, place)
        assert stand.leftovers(place) == []


@either
def test_no_room_for_temporary_files(stand: Stand, command: str) -> None:
    old, new = stand.old_and_new()
    place = stand.folder / "small"
    with disk(place, "size=4k"):
        finished = stand.run(command, new, "--no-cache", temporary=place)
        assert finished.returncode == 5
        assert f"{place}: cannot be written: No space left on device; free some space, or let" in (
            last_line(finished)
        )
        assert [*place.iterdir()] == []
    assert holds(stand, old)
    assert stand.run("batch", new).returncode == 0
    assert holds(stand, new)
    assert stand.leftovers() == []


def at_the_first_cell(process: subprocess.Popen[str], stand: Stand) -> None:
    """Wait until a run executes: by then it has looked at its place and found it good."""
    while process.poll() is None and not [*stand.temporary.glob("lyanalysis-*/*/kernel.json")]:
        time.sleep(survival.PAUSE)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Make a folder read-only, for the superuser too and whoever has files open beside it."""
    steps = (["--bind", str(folder), str(folder)], ["-o", "remount,bind,ro", str(folder)])
    for done, step in enumerate(steps):
        if subprocess.run(["mount", *step], capture_output=True, check=False).returncode:
            assert done == 0
            pytest.skip("needs the right to mount a file system")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@either
def test_a_target_that_becomes_read_only(stand: Stand, command: str) -> None:
    old, new = stand.old_and_new()
    with stand.start(command, new, "--no-cache") as process:
        at_the_first_cell(process, stand)
        with read_only(stand.target().parent):
            _, said = process.communicate(timeout=survival.PATIENCE)
    assert process.returncode == 5
    assert (
        "cannot be written: Read-only file system; allow writing there or choose "
        in (said.splitlines()[-1])
    )
    assert holds(stand, old)
    assert stand.run("batch", new).returncode == 0
    assert holds(stand, new)
    assert stand.leftovers() == []


@either
def test_a_target_that_vanishes_is_made_again(stand: Stand, command: str) -> None:
    _, new = stand.old_and_new()
    process = stand.start(command, new, "--no-cache")
    at_the_first_cell(process, stand)
    shutil.rmtree(stand.out)
    _, said = process.communicate(timeout=survival.PATIENCE)
    assert process.returncode == 0, said
    assert stand.edition() == new
    assert stand.run("batch", new).returncode == 0
    assert holds(stand, new)
    assert stand.leftovers() == []


def test_a_cache_that_is_damaged_meanwhile(stand: Stand) -> None:
    old, new = stand.old_and_new()
    process = stand.start("batch", new)
    moments = random.Random(SEED)
    while process.poll() is None:
        stand.damage_cache(moments)
        time.sleep(0.01)
    _, said = process.communicate()
    assert process.returncode == 0, said
    assert holds(stand, new)
    assert stand.run("render", old).returncode == 0
    assert stand.edition() == old
    assert stand.leftovers() == []


def test_two_renders_at_once(stand: Stand) -> None:
    both = [stand.start("render", edition) for edition in EDITIONS]
    seen = set()
    while any(process.poll() is None for process in both):
        seen.add(stand.edition())
        time.sleep(0.01)
    assert [process.communicate()[0] != "" for process in both] == [True, True]
    assert [process.returncode for process in both] == [0, 0]
    assert seen | {stand.edition()} <= {*EDITIONS}
    assert stand.leftovers() == []


def test_two_batches_at_once(stand: Stand) -> None:
    old, new = stand.old_and_new()
    first = stand.start("batch", new, "--no-cache")
    while first.poll() is None and not stand.out.joinpath(HOLDER).exists():
        time.sleep(survival.PAUSE)
    second = stand.run("batch", old)
    assert second.returncode == 6
    assert last_line(second).startswith(f"error: {stand.out}: process {first.pid} on ")
    assert last_line(second).endswith("wait until it has ended, or name another folder")
    assert first.communicate()[1].count("made") == len(stand.regions)
    assert first.returncode == 0
    assert holds(stand, new)
    assert stand.leftovers() == []
