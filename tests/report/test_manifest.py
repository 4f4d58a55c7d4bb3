from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from lyanalysis.errors import DataError
from lyanalysis.report import manifest
from lyanalysis.report.manifest import (
    as_json,
    build_manifest,
    build_run_record,
    fixed_inputs,
    read_reads,
)
from lyanalysis.report.parameters import Parameters
from lyanalysis.report.plan import Plan


def write_log(path: Path, *entries: tuple[str, str]) -> Path:
    lines = [json.dumps({"file": file, "sha256": digest}) for file, digest in entries]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def made_from(parameters: Parameters, plan: Plan, log: Path) -> dict[str, Any]:
    return build_manifest(parameters, fixed_inputs(plan), read_reads(log))


def test_the_order_of_reading_does_not_matter(
    make_plan: Callable[..., Plan], parameters: Parameters, tmp_path: Path
) -> None:
    plan = make_plan("good", "other")
    a, b = ("observations/accounts.csv", "0" * 64), ("sources.csv", "1" * 64)
    first = made_from(parameters, plan, write_log(tmp_path / "1", a, b, a))
    second = made_from(parameters, plan, write_log(tmp_path / "2", b, a))
    assert as_json(first) == as_json(second)
    assert first["data"] == [{"file": name, "sha256": digest} for name, digest in (a, b)]


def test_every_input_has_its_hash(
    make_plan: Callable[..., Plan], parameters: Parameters, tmp_path: Path
) -> None:
    plan = make_plan("good")
    made = made_from(parameters, plan, tmp_path / "nothing was read")
    assert made["data"] == []
    assert made["parameters"] == {
        "region": "410300",
        "year": 2025,
        "first_year": 2010,
        "language": "zh",
        "peers": ["410100"],
    }
    good = hashlib.sha256(plan.path(plan.chapters[0]).read_bytes()).hexdigest()
    assert [one["file"] for one in made["notebooks"]] == ["report.toml", "good.ipynb"]
    assert made["notebooks"][1]["sha256"] == good
    assert [one["file"] for one in made["fonts"]] == [
        "NotoSansSC-Regular.otf",
        "NotoSerifSC-Regular.otf",
    ]
    assert str(tmp_path) not in as_json(made)


def test_a_change_of_any_input_changes_the_manifest(
    make_plan: Callable[..., Plan], parameters: Parameters, tmp_path: Path
) -> None:
    plan = make_plan("good")
    log = tmp_path / "log"
    before = made_from(parameters, plan, log)
    notebook = plan.path(plan.chapters[0])
    notebook.write_text(notebook.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert made_from(parameters, plan, log) != before


def test_data_that_changes_during_a_run_is_refused(
    make_plan: Callable[..., Plan], parameters: Parameters, tmp_path: Path
) -> None:
    log = write_log(tmp_path / "log", ("sources.csv", "0" * 64), ("sources.csv", "1" * 64))
    with pytest.raises(DataError, match=r"sources\.csv changed while the report was being made"):
        made_from(parameters, make_plan("good"), log)


def test_the_environment_is_the_lock_or_the_installed_versions(
    make_plan: Callable[..., Plan],
    parameters: Parameters,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text("pandas==3\n")
    monkeypatch.setattr(manifest, "LOCK", lock)
    made = made_from(parameters, make_plan("good"), tmp_path / "log")
    digest = hashlib.sha256(b"pandas==3\n").hexdigest()
    assert made["environment"] == {"lock": {"file": "requirements.lock", "sha256": digest}}
    lock.unlink()
    made = made_from(parameters, make_plan("good"), tmp_path / "log")
    assert {"pandas", "papermill", "typst"} <= set(made["environment"]["packages"])
    assert all(made["environment"]["packages"].values())


def test_the_run_record_holds_what_varies() -> None:
    start = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    record = build_run_record(start, start, {"join": 0.12345}, {"b": b"22", "a": b"1"})
    assert record["start"] == "2026-01-02T03:04:05.000+00:00"
    assert record["seconds"] == {"join": 0.123}
    assert record["outputs"] == [
        {"file": "a", "size": 1, "sha256": hashlib.sha256(b"1").hexdigest()},
        {"file": "b", "size": 2, "sha256": hashlib.sha256(b"22").hexdigest()},
    ]
    assert record["git"] is None or set(record["git"]) == {"commit", "dirty"}


def test_a_package_outside_of_a_checkout_has_no_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manifest, "CHECKOUT", tmp_path)
    moment = datetime.now(UTC)
    assert build_run_record(moment, moment, {}, {})["git"] is None
    (tmp_path / ".git").mkdir()
    assert build_run_record(moment, moment, {}, {})["git"] is None
