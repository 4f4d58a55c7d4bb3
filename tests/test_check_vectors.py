from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

TESTS = Path(__file__).parent
SHARED = TESTS.parents[1] / "shared" / "reference" / "test_vectors.json"

# Indicators of the shared file that belong to `growth` and `structure`.
OURS = {
    "crossover_year", "growth_contribution_pct", "growth_rate_pct", "implied_previous",
    "level_share_pct", "lilien", "moore_structural_change", "nav_michaely", "pull_points",
    "rationalisation_structural_deviation", "rationalisation_theil", "share_pct",
    "structure_change_k", "structure_change_k_annual", "upgrading_layer_coefficient",
    "upgrading_vector_angle",
}  # fmt: skip


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(TESTS / "check_vectors.py"), *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def vector(indicator: str, inputs: dict[str, Any], expected: Any, tolerance: float = 1e-9) -> dict:
    name = f"{indicator}_{len(json.dumps(inputs))}"
    return {
        "id": name,
        "indicator": indicator,
        "inputs": inputs,
        "expected": expected,
        "tolerance": tolerance,
    }


GOOD = [
    vector("growth_rate_pct", {"previous": 0, "current": 5}, None),
    vector("growth_rate_pct", {"previous": {"a": 4, "b": None}, "current": {"a": 5, "b": 1}},
           {"a": 25.0, "b": None}),
    vector("implied_previous", {"current": [110, 220], "growth_pct": [10, 10]}, [100, 200]),
    vector("share_pct", {"parts": [0, 0]}, [None, None]),
    vector("share_pct", {"parts": [[1, 3], [1, None]]}, [[25, 75], [None, None]]),
    vector("share_pct", {"parts": {"a": 1, "b": 3}}, {"b": 75.0}),
    vector("level_share_pct", {"sub_index": {"a": 100, "b": 200}, "weights": {"b": 0.25, "a": 0.5}},
           {"a": 50.0, "b": 50.0}),
    vector("growth_contribution_pct",
           {"current": [105, 110], "growth_pct": [5, 10], "total_growth_pct": 0.4},
           [None, None]),
    vector("growth_contribution_pct", {"previous": [100, 100], "current": [110, 130]}, [25, 75]),
    vector("growth_contribution_pct",
           {"previous_share_pct": {"a": 40, "b": 60}, "growth_pct": {"a": 5, "b": 10},
            "total_growth_pct": 8}, {"a": 25, "b": 75}),
    vector("pull_points", {"part_previous_share_pct": 40, "part_growth_pct": 5}, 2.0),
    vector("pull_points",
           {"share_pct": [40, 60], "growth_pct": [8, 8], "total_growth_pct": 8}, [3.2, 4.8]),
    vector("pull_points", {"contribution_pct": 50, "total_growth_pct": 0.2}, 0.1),
    vector("moore_structural_change", {"w0": [0, 0], "w1": [1, 1]},
           {"cosine": None, "theta_rad": None, "theta_deg": None}),
    vector("moore_structural_change", {"w0": [[1, 0], [1, 1]], "w1": [[0, 1], [2, 2]]},
           {"theta_deg": [90, 0]}),
    vector("moore_structural_change", {"w0": {"x": [1, 0], "y": [1, 1]},
                                       "w1": {"x": [0, 1], "y": [2, 2]}},
           {"x": {"theta_deg": 90}, "y": {"theta_deg": 0}}),
    vector("nav_michaely", {"s0": [[1, 0], [1, 1]], "s1": [[0, 1], [2, 2]]}, [1, 0]),
    vector("structure_change_k", {"s0": [1, None], "s1": [1, 2]}, None),
    vector("structure_change_k_annual", {"s0": [1, 0], "s1": [0, 1], "years": 4}, 50),
    vector("lilien", {"x0": [0, 50], "x1": [10, 80], "weights": "mean"},
           {"lilien": 0, "flag": "share_dropped"}),
    vector("crossover_year", {"years": [2018, 2019], "old": [2, 2], "new": [1, 3]}, None),
    vector("crossover_year", {"years": [2018, 2019], "old": [2, 2], "new": [1, 3], "hold": 1},
           2018.5),
    vector("crossover_year", {"years": [2018, 2019, 2020], "old": {"x": [2, 2, 2], "y": [2, 2, 2]},
                              "new": {"x": [1, 3, 3], "y": [1, None, 3]}},
           {"x": 2018.5, "y": None}),
    # Shares of the region 1/4, 3/4; of the others 1/2, 1/2 and 1/5, 4/5; of all 5/17, 12/17.
    vector("krugman_specialisation",
           {"region": [1, 3], "others": [[2, 2], [1, 4]], "variant": "mean of others"}, 0.2),
    vector("krugman_specialisation",
           {"region": [1, 3], "others": [[2, 2], [1, 4]], "variant": "nation minus region"}, 1 / 6),
    vector("krugman_specialisation",
           {"region": [1, 3], "others": [[2, 2], [1, 4]], "variant": "nation minus region, halved"},
           1 / 12),
    vector("entropy_weights",
           {"X": [[1, 5], [2, 5], [3, 5]], "normalisation": "min-max"}, [1, 0]),
    vector("markov_transition", {"counts": [[1, 0], [0, 1]]}, {"steady_state": None}),
]  # fmt: skip


def write(folder: Path, vectors: object) -> Path:
    path = folder / "vectors.json"
    path.write_text(json.dumps(vectors), encoding="utf-8")
    return path


def test_good_vectors_pass(tmp_path):
    result = run(write(tmp_path, GOOD))
    failed = [line for line in result.stdout.splitlines() if "FAIL" in line]
    assert not failed
    assert result.returncode == 0
    assert result.stdout.splitlines()[-1] == f"passed {len(GOOD)} of {len(GOOD)}"
    assert result.stderr == ""


WRONG = [
    vector("growth_rate_pct", {"previous": 4, "current": 5}, 25.1),
    vector("growth_rate_pct", {"previous": 4, "current": 5}, None),
    vector("growth_rate_pct", {"previous": 4, "current": None}, 25.0),
    vector("growth_rate_pct", {"previous": 4, "current": -5}, 25.0),
    vector("growth_rate_pct", {"previous": 4}, 25.0),
    vector("share_pct", {"parts": [1, 3]}, [25.0]),
    vector("share_pct", {"parts": {"a": 1, "b": 3}}, {"a": 25.0, "c": 75.0}),
    vector("nav_michaely", {"s0": [1, 0], "s1": [0, 1]}, "one"),
    vector("lilien", {"x0": [0, 50], "x1": [10, 80]}, {"flag": ""}),
    vector("krugman_specialisation", {"region": [1, 3]}, 0.2),
]


def test_wrong_vectors_fail(tmp_path):
    result = run(write(tmp_path, [GOOD[0], *WRONG]))
    *lines, last = result.stdout.splitlines()
    assert result.returncode == 1
    assert lines[0].endswith(": ok")
    for wrong, line in zip(WRONG, lines[1:], strict=True):
        assert line.startswith(f"{wrong['id']}: FAIL expected {wrong['expected']!r} got ")
    assert last == f"passed 1 of {1 + len(WRONG)}"
    assert result.stderr == ""


def test_unknown_indicator_is_counted_but_does_not_fail(tmp_path):
    result = run(write(tmp_path, [GOOD[0], vector("astrology", {}, 7)]))
    assert result.returncode == 0
    assert "astrology is not in the package" in result.stdout
    assert result.stdout.splitlines()[-1] == "passed 1 of 2"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "is not JSON"),
        ("{}", "holds no list of vectors"),
        ("[3]", "vector 1 is not an object"),
        ('[{"id": "a"}]', "vector 1 (a) lacks indicator"),
        (json.dumps([GOOD[0] | {"inputs": 3}]), "inputs is not an object"),
        (json.dumps([GOOD[0] | {"tolerance": None}]), "tolerance is not a number"),
    ],
)
def test_malformed_file(tmp_path, content, message):
    path = tmp_path / "vectors.json"
    path.write_text(content, encoding="utf-8")
    result = run(path)
    assert result.returncode == 1
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_unreadable_file(tmp_path):
    missing = run(tmp_path / "nothing.json")
    assert missing.returncode == 1
    assert "cannot be read" in missing.stderr
    (tmp_path / "gbk.json").write_bytes("洛阳".encode("gbk"))
    assert "is not UTF-8 text" in run(tmp_path / "gbk.json").stderr


def test_usage():
    assert run().returncode == 2


@pytest.mark.skipif(not SHARED.is_file(), reason="the shared vectors are not beside this checkout")
def test_shared_vectors():
    result = run(SHARED)
    vectors = json.loads(SHARED.read_text(encoding="utf-8"))
    ours = [f"{each['id']}: ok" for each in vectors if each["indicator"] in OURS]
    assert ours
    lines = result.stdout.splitlines()
    assert not [line for line in lines if "FAIL" in line]
    assert not set(ours) - set(lines)
    assert result.returncode == 0
