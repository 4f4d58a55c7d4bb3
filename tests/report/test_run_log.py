from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from lyanalysis.report import run_log
from lyanalysis.report.run_log import RunLog


def test_every_event_is_a_line_of_json(tmp_path: Path) -> None:
    path = tmp_path / "logs" / "batch.jsonl"
    log = RunLog(path)
    log.write("report", id="410300/2025-zh", message="两行\nand “quotes” \udcff")
    log.write("end", exit_code=0)
    first, second = map(json.loads, path.read_text("utf-8").splitlines())
    assert (first["event"], first["id"]) == ("report", "410300/2025-zh")
    assert first["message"] == "两行\nand “quotes” \udcff"
    assert second == {"time": second["time"], "run": first["run"], "event": "end", "exit_code": 0}
    assert datetime.fromisoformat(second["time"]).tzinfo is not None
    assert "两行" in path.read_text("utf-8"), "to be read by people, too"


def test_a_log_goes_on_in_the_next_run(tmp_path: Path) -> None:
    path = tmp_path / "log"
    for _ in range(2):
        RunLog(path).write("begin")
    assert len(path.read_text("utf-8").splitlines()) == 2


def test_a_long_log_is_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_log, "LARGEST", 100)
    path = tmp_path / "log"
    for number in range(4):
        RunLog(path).write("begin", number=number, filler="x" * 100)
    kept = {file.name: json.loads(file.read_text("utf-8"))["number"] for file in tmp_path.iterdir()}
    assert kept == {"log": 3, "log.1": 2}


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    RunLog(tmp_path).write("begin")
    (tmp_path / "file").write_text("")
    RunLog(tmp_path / "file" / "log").write("begin")
    assert [one.name for one in tmp_path.iterdir()] == ["file"]
