"""The two READMEs are twins."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from lyanalysis.report.batch_plan import read_batch_plan
from lyanalysis.report.jobs import list_jobs
from lyanalysis.report.plan import read_plan
from lyanalysis.sources import years_by_region

ROOT = Path(__file__).parents[1]
ENGLISH = (ROOT / "README.md").read_text(encoding="utf-8")
CHINESE = (ROOT / "README.zh-CN.md").read_text(encoding="utf-8")


def test_both_give_the_same_commands() -> None:
    blocks = [re.findall(r"(?s)```.*?```", text) for text in (ENGLISH, CHINESE)]
    assert blocks[0] == blocks[1]


def test_both_have_the_same_sections_and_tables() -> None:
    shapes = [
        [line.split(" ")[0] for line in text.splitlines() if line.startswith(("#", "|"))]
        for text in (ENGLISH, CHINESE)
    ]
    assert shapes[0] == shapes[1]


def test_both_name_the_same_files() -> None:
    names = [set(re.findall(r"`([\w./-]+)`", text)) for text in (ENGLISH, CHINESE)]
    assert names[0] == names[1]


def block(kind: str) -> str:
    (found,) = re.findall(rf"(?s)```{kind}\n(.*?)```", ENGLISH)
    return str(found)


def test_the_plan_is_one(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(block("toml"), encoding="utf-8")
    plan = read_batch_plan(path)
    defaults = read_plan(ROOT / "notebooks").parameters.model_dump()
    jobs, _ = list_jobs(plan, defaults, years=years_by_region, source="plan.toml")
    found = {job.id: job for job in jobs}
    assert len(found) > 100
    assert found["410300/2025-en"].parameters.first_year == 2015
    assert found["410300/2025-zh"].parameters.first_year != 2015
    assert [one.html for one in found["320300/2023-zh"].recipients] == [False, True]


CRON = r"(\*|\d+(-\d+)?)(/\d+)?(,(\*|\d+(-\d+)?)(/\d+)?)*"
LIMITS = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))


def test_the_crontab_is_one() -> None:
    (line,) = block("crontab").splitlines()
    *times, command = line.split(maxsplit=5)
    for field, (least, most) in zip(times, LIMITS, strict=True):
        assert re.fullmatch(CRON, field)
        assert all(least <= int(number) <= most for number in re.findall(r"\d+", field))
    # In a crontab an unescaped per cent sign ends the command.
    assert "%" not in command
    checked = subprocess.run(["sh", "-n", "-c", command], capture_output=True, check=False)
    assert checked.returncode == 0, checked.stderr


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
def test_the_systemd_units_are_some(tmp_path: Path) -> None:
    program = tmp_path / "lyanalysis"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    service = block("systemd-service").replace("/srv/lyanalysis/.venv/bin/lyanalysis", str(program))
    service = service.replace("=/srv/lyanalysis", f"={tmp_path}")
    (tmp_path / "lyanalysis.service").write_text(service)
    (tmp_path / "lyanalysis.timer").write_text(block("systemd-timer"))
    units = [str(tmp_path / name) for name in ("lyanalysis.service", "lyanalysis.timer")]
    checked = subprocess.run(
        ["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False
    )
    ours = [line for line in checked.stderr.splitlines() if "lyanalysis" in line]
    assert (checked.returncode, ours) == (0, [])
