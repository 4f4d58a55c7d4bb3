"""The benchmark measures what it says: packages of the stated size, loaded in full."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from lyanalysis.sources import read_observations


@pytest.fixture
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "bench_data", Path(__file__).with_name("bench_data.py")
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_synthetic_package_has_every_region_variable_and_year(
    bench: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench, "REGIONS", 3)
    bench.write_package(tmp_path / "data", years=2)
    found = read_observations(tmp_path / "data")
    counted = [found[name].nunique() for name in ("region_code", "variable", "year")]
    assert counted == [3, bench.VARIABLES, 2]
    assert len(found) == 3 * bench.VARIABLES * 2
    measured = bench.measure(tmp_path / "data")
    assert measured["rows"] == len(found)
    assert all(measured[step] > 0 for step in (*bench.STEPS, "package", "memory"))
