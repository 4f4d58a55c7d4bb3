"""Time loading of the data: ``python tests/benchmarks/bench_data.py``.

First the shipped package: every table, all checks of the observations, the loaders a report uses.
Then synthetic packages of 300 regions x 50 variables over 5, 10, 20 and 40 years, so that growth is
seen: seconds and memory should double from row to row. Every row is a fresh process, which imports
first and is timed afterwards; memory is the most it ever held, imports included. Machines are
noisy: compare rows of one run, never rows of two.

``--repeats N`` says how often each is measured; the table shows the median of the seconds.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from lyanalysis import catalog, sources
from lyanalysis.catalog.folders import described_tables
from lyanalysis.sources.observations import COLUMNS, shared_observations

REGIONS, VARIABLES = 300, 50
YEARS = (5, 10, 20, 40)
ACCOUNTS = ("gdp", *sources.SECTORS)
SOURCE = "synthetic"
STEPS = ("observations", "other tables", "accounts", "panel", "conflicts")


def write_package(folder: Path, years: int) -> None:
    """Write a complete data package: the shipped catalogue, regions and figures made up."""
    shipped = catalog.shipped("data")
    shutil.copytree(shipped, folder, ignore=shutil.ignore_patterns("observations"))
    names = [row["region_code"] for row in _rows(shipped / "regions.csv")]
    regions = [f"{code:06d}" for code in range(900000, 900000 + REGIONS)]
    assert not set(regions) & set(names)
    _append(folder / "regions.csv", [[code, code, code, "city", "410000", ""] for code in regions])
    _append(folder / "sources.csv", [[SOURCE, "Figures", "Nobody", "", "2025", "C"]])
    published = [
        row
        for row in _rows(shipped / "variables.csv")
        if row["kind"] == "published" and row["variable"] not in ACCOUNTS
    ]
    made = [published[place % len(published)] for place in range(VARIABLES - len(ACCOUNTS))]
    added = [{**row, "variable": f"{row['variable']}_{place}"} for place, row in enumerate(made)]
    _append(folder / "variables.csv", [list(row.values()) for row in added])
    units = {row["variable"]: (row["unit"], row["basis"]) for row in added}
    units |= dict.fromkeys(ACCOUNTS, ("亿元", "current_prices"))
    (folder / "observations").mkdir()
    with (folder / "observations" / "made.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for code in regions:
            for name, (unit, basis) in units.items():
                for year in range(1990, 1990 + years):
                    part = 1.0 if name == "gdp" else 1 / len(sources.SECTORS)
                    key = [code, name, year, "year", "preliminary", SOURCE]
                    value = f"{(int(code[3:]) + year) * part:.2f}"
                    note = "as printed, in table 2" if year % 10 == 0 else ""
                    writer.writerow([*key, value, "=", unit, basis, "", note])
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    kept = [one for one in descriptor["resources"] if "observations/" not in one["path"]]
    text = json.dumps(descriptor | {"resources": kept}, ensure_ascii=False)
    (folder / "datapackage.json").write_text(text, encoding="utf-8")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _append(path: Path, rows: list[list[str]]) -> None:
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def measure(data: Path) -> dict[str, float]:
    """Load everything in this process; return the seconds of every step, rows and memory."""
    found: dict[str, float] = {}

    @contextmanager
    def timed(step: str) -> Iterator[None]:
        begin = time.perf_counter()
        yield
        found[step] = time.perf_counter() - begin

    with timed("observations"):
        rows = len(shared_observations(data))
    with timed("other tables"):
        for name, described in described_tables(data).items():
            if not name.startswith("observations/"):
                catalog.read_table(name, columns=described.columns, data=data)
        sources.read_breaks(data)
    found["package"] = found["observations"] + found["other tables"]
    observed = shared_observations(data)
    regions = sorted(observed["region_code"].unique())
    variables = sorted(observed["variable"].unique())
    annual = observed.loc[observed["year"].gt(0), "year"]
    years = {"first_year": int(annual.min()), "last_year": int(annual.max()), "data": data}
    steps: dict[str, Callable[[], object]] = {
        "accounts": lambda: sources.load_accounts(regions, **years),
        "panel": lambda: sources.load_panel(variables, regions, **years),
        "conflicts": lambda: sources.list_conflicts(variables, regions, **years),
    }
    for name, step in steps.items():
        with timed(name):
            step()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return found | {"rows": rows, "memory": peak * (1 if sys.platform == "darwin" else 1024)}


def measure_apart(data: Path, repeats: int) -> dict[str, float]:
    """Measure in fresh processes, and return the median of every number."""
    command = [sys.executable, str(Path(__file__)), "--measure", str(data)]
    runs = [
        json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        for _ in range(repeats)
    ]
    return {name: median(run[name] for run in runs) for name in runs[0]}


def main() -> None:
    parser = argparse.ArgumentParser(description=str(__doc__).split(":", maxsplit=1)[0])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.measure:
        print(json.dumps(measure(asked.measure)))
        return
    columns = ("package", *STEPS)
    print(f"{'':12}{'rows':>9}{'memory':>9}" + "".join(f"{name:>14}" for name in columns))
    with tempfile.TemporaryDirectory() as name:
        folders = {"shipped": catalog.shipped("data")}
        for years in YEARS:
            folders[f"{years} years"] = Path(name) / str(years)
            write_package(folders[f"{years} years"], years)
        for label, folder in folders.items():
            found = measure_apart(folder, asked.repeats)
            seconds = "".join(f"{found[name]:12.3f} s" for name in columns)
            print(f"{label:12}{found['rows']:9.0f}{found['memory'] / 1e6:6.0f} MB{seconds}")


if __name__ == "__main__":
    main()
