"""The main job on real input: what the report says, shows, attaches and repeats."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import headlines
import pytest

pytestmark = pytest.mark.slow

FILES = {
    "manifest.json",
    "report.html",
    "report.ipynb",
    "report.pdf",
    "run.json",
    "tables.xlsx",
}
Exhibits = Callable[[Path], dict[str, dict[str, Any]]]
Render = Callable[..., subprocess.CompletedProcess[str]]
Chapters = Callable[..., Path]


def numbers_of(exhibit: dict[str, Any]) -> list[list[Any]]:
    """Return the rows of an exhibit; of words only whether there are any."""
    return [
        [bool(value) if isinstance(value, str) else value for value in row]
        for row in exhibit["data"]["rows"]
    ]


def test_a_run_publishes_everything_together(luoyang: Path) -> None:
    assert {path.name for path in luoyang.iterdir()} == FILES
    assert all((luoyang / name).stat().st_size > 500 for name in FILES)


def test_the_manifest_names_what_the_report_was_made_from(luoyang: Path) -> None:
    manifest = json.loads((luoyang / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["parameters"] == {
        "region": "410300",
        "year": 2025,
        "first_year": 2010,
        "language": "zh",
        "peers": [],
    }
    data = Path(__file__).parents[1] / "data"
    listed = json.dumps(manifest["data"])
    digest = hashlib.sha256((data / "observations" / "accounts.csv").read_bytes()).hexdigest()
    assert digest in listed


def test_printed_values_of_the_communique_come_out(luoyang: Path, exhibits_of: Exhibits) -> None:
    numbers = headlines.of_exhibits(exhibits_of(luoyang))
    pulls = [
        numbers["growth-account", f"2025 va_{sector}", "pull"]
        for sector in ("primary", "secondary", "tertiary")
    ]
    assert pulls == pytest.approx([0.15, 2.48, 3.37], abs=0.005)
    assert sum(pulls) == pytest.approx(6.0, abs=0.005)
    implied = [
        numbers["driver-drift", name, "implied_previous_share"]
        for name in (
            "new_hightech_industry",
            "hightech_mfg",
            "sei",
            "equipment_mfg",
            "energy_intensive",
        )
    ]
    assert implied == pytest.approx([57.6, 7.0, 15.4, 26.4, 44.5], abs=0.05)


def test_the_page_says_the_numbers_and_needs_no_network(luoyang: Path) -> None:
    page = (luoyang / "report.html").read_text(encoding="utf-8")
    assert '<html lang="zh-CN"' in page
    assert "第三产业拉动3.37个百分点（贡献率56.2%）" in page
    assert "不判断比重升降" in page
    assert not re.search(r"<(script|link|img|iframe)[^>]+(src|href)=\"(https?:)?//", page)
    assert "load_accounts" not in page, "code is not for readers"


def test_same_exhibits_and_numbers_in_both_languages(
    luoyang: Path, luoyang_in_english: Path, exhibits_of: Exhibits
) -> None:
    zh, en = exhibits_of(luoyang), exhibits_of(luoyang_in_english)
    assert list(zh) == list(en)
    for name in zh:
        assert numbers_of(zh[name]) == numbers_of(en[name]), name
        assert zh[name]["number"] == en[name]["number"]
        assert not re.search(r"[\u4e00-\u9fff]", en[name]["caption"] + en[name]["note"])
    page = (luoyang_in_english / "report.html").read_text(encoding="utf-8")
    assert '<html lang="en"' in page


def test_the_same_render_gives_the_same_bytes(
    luoyang: Path, rendering: Render, tmp_path: Path
) -> None:
    again = rendering(
        tmp_path,
        "洛阳市",
        PYTHONHASHSEED="7",
        TZ="Asia/Shanghai",
        LC_ALL="C",
        HOME=str(tmp_path),
    )
    assert again.returncode == 0, again.stderr
    for name in FILES - {"run.json"}:
        first, second = luoyang / name, tmp_path / "410300" / "2025-zh" / name
        assert first.read_bytes() == second.read_bytes(), name


@pytest.mark.parametrize(
    "languages",
    [("zh", "en"), pytest.param(("zh", "zh"), marks=pytest.mark.soak)],
    ids=" and ".join,
)
def test_two_processes_at_once_give_the_bytes_of_one(
    rendering: Render, some_chapters: Chapters, tmp_path: Path, languages: tuple[str, str]
) -> None:
    """In two surroundings, one of which can name no file and write no word outside of ASCII."""
    notebooks = some_chapters("00_summary", "98_data")
    command = ["410300", "--notebooks", str(notebooks), "--language"]
    alone, together = tmp_path / "alone", tmp_path / "together"
    for folder in (alone, together):
        folder.mkdir()
    for language in dict.fromkeys(languages):
        assert rendering(alone, *command, language).returncode == 0
    surroundings = [
        {"TZ": "America/St_Johns", "PYTHONHASHSEED": "1", "SOURCE_DATE_EPOCH": "1"},
        {"TZ": "Asia/Kathmandu", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ]
    with ThreadPoolExecutor(max_workers=2) as pool:
        runs = [
            pool.submit(rendering, together, *command, language, **environment)
            for language, environment in zip(languages, surroundings, strict=True)
        ]
    for run in runs:
        assert run.result().returncode == 0, run.result().stderr
    for language in languages:
        name = Path("410300") / f"2025-{language}"
        assert {path.name for path in (together / name).iterdir()} == FILES
        for file in FILES - {"run.json"}:
            same = (together / name / file).read_bytes() == (alone / name / file).read_bytes()
            assert same, file
    locks = {f".2025-{language}.lock" for language in languages}
    left = {path.name for path in (together / "410300").iterdir()} - locks
    assert left == {f"2025-{language}" for language in languages}
    assert {path.name for path in together.iterdir()} == {"410300"}


def test_one_changed_value_changes_text_chart_and_table(
    exhibits_of: Exhibits,
    rendering: Render,
    some_chapters: Chapters,
    checkout: tuple[Path, str],
    tmp_path: Path,
) -> None:
    copy, python = checkout
    command = ["410300", "--notebooks", str(some_chapters("02_structure"))]
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
    assert rendering(first, *command, python=python).returncode == 0
    table = copy / "data" / "observations" / "accounts.csv"
    text = table.read_text(encoding="utf-8")
    changed, count = re.subn(
        r"(?m)^(410300,va_secondary_growth,2025,year,.*?),6\.2,", r"\1,7.2,", text
    )
    assert count == 2, "the communiqué stands in the data under two source ids"
    table.write_text(changed, encoding="utf-8")

    finished = rendering(second, *command, python=python)
    assert finished.returncode == 0, finished.stderr
    places = [folder / "410300" / "2025-zh" for folder in (first, second)]
    before, after = map(exhibits_of, places)

    page = (places[1] / "report.html").read_text(encoding="utf-8")
    pull = 2470.63 * (1 - 1 / 1.072) / (6164.52 / 1.06) * 100
    assert f"第二产业拉动{pull:.2f}个百分点" in page
    assert "第二产业拉动2.48个百分点" not in page
    assert before["sector-pull"]["figure"]["svg"] != after["sector-pull"]["figure"]["svg"]
    assert before["growth-account"]["table"]["rows"] != after["growth-account"]["table"]["rows"]
    assert before["sector-shares"]["figure"] == after["sector-shares"]["figure"], "levels stayed"
    hashes = [
        json.loads((place / "manifest.json").read_text(encoding="utf-8"))["data"]
        for place in places
    ]
    assert hashes[0] != hashes[1]


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_the_pdf_says_the_same_as_the_page(luoyang: Path) -> None:
    text = subprocess.run(
        ["pdftotext", "-layout", str(luoyang / "report.pdf"), "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    flat = re.sub(r"\s", "", text)
    assert "第三产业拉动3.37个百分点" in flat
    assert "洛阳市三次产业比重" in flat
    assert "load_accounts" not in flat


def test_tables_fit_a_page_and_exhibits_name_where_numbers_come_from(
    luoyang: Path, exhibits_of: Exhibits
) -> None:
    shown = {id: one for id, one in exhibits_of(luoyang).items() if one["kind"] != "notice"}
    wide = [id for id, one in shown.items() if len(one.get("table", {}).get("columns", [])) > 8]
    assert wide == []
    silent = {id for id, one in shown.items() if not one["source_line"]}
    # A classification, and what the annex on data counts in the package itself.
    assert silent - {id for id in silent if shown[id].get("lists_sources")} == {
        "overlap",
        "data-series",
        "data-breaks",
    }
