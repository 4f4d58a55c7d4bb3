from __future__ import annotations

import os
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from lyanalysis.report import cache
from lyanalysis.report.cache import Entry, chapter_key, find, keep, remove_unfinished, trim

INPUTS = {"package": {"sha256": "1"}, "environment": {}, "fonts": [], "notebooks": ["not decisive"]}
PLACE = {"notebook": "a.ipynb", "number": 1}


def entry(text: str) -> Entry:
    shown = new_output("stream", name="stdout", text=text)
    return Entry(new_notebook(cells=[new_code_cell("1", outputs=[shown])]), {"regions.csv": "0"})


def test_what_is_kept_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "made" / "when needed"
    assert find(folder, "k") is None
    first, newer = entry("市"), entry("newer")
    keep(folder, "k", first)
    keep(folder, "other", entry("x"))
    assert find(folder, "k") == first
    keep(folder, "k", newer)
    assert find(folder, "k") == newer
    assert {path.name for path in folder.iterdir()} - {cache.LOCK} == {"k.chapter", "other.chapter"}


@pytest.mark.parametrize("damage", ["cut", "flipped", "empty", "text", "folder"])
def test_a_damaged_entry_is_none(tmp_path: Path, damage: str) -> None:
    keep(tmp_path, "k", entry("市"))
    (path,) = tmp_path.glob(f"*{cache.SUFFIX}")
    good = path.read_bytes()
    if damage == "folder":
        path.unlink()
        path.mkdir()
    else:
        flipped = bytes([*good[:-9], good[-9] ^ 1, *good[-8:]])
        bad = {"cut": good[:-20], "flipped": flipped, "empty": b"", "text": b"no hash"}
        path.write_bytes(bad[damage])
    assert find(tmp_path, "k") is None


def test_a_cache_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    keep(tmp_path / "file", "k", entry("x"))
    assert find(tmp_path / "file", "k") is None


@pytest.mark.parametrize("change", ["source", "values", "place", "package", "environment", "fonts"])
def test_all_that_decides_is_in_the_key(change: str) -> None:
    notebook = new_notebook(cells=[new_code_cell("1", id="a")])
    other = new_notebook(cells=[new_code_cell("2" if change == "source" else "1", id="a")])
    values = {"year": 2024 if change == "values" else 2025}
    place = PLACE | ({"number": 2} if change == "place" else {})
    inputs = INPUTS | ({change: ["else"]} if change in INPUTS else {})
    key = chapter_key(notebook, {"year": 2025}, PLACE, INPUTS)
    assert chapter_key(other, values, place, inputs) != key
    assert chapter_key(notebook, {"year": 2025}, PLACE, INPUTS | {"notebooks": []}) == key


def test_what_is_used_stays(tmp_path: Path) -> None:
    for age, name in enumerate(("a", "b", "c")):
        keep(tmp_path, name, entry(name))
        os.utime(tmp_path / f"{name}{cache.SUFFIX}", (1000 + age, 1000 + age))
    assert find(tmp_path, "a") is not None
    size = (tmp_path / f"a{cache.SUFFIX}").stat().st_size
    trim(tmp_path, 2 * size + 5)
    assert {path.stem for path in tmp_path.glob("*.chapter")} == {"a", "c"}
    trim(tmp_path / "not there")


def test_what_killed_writers_left_is_removed(tmp_path: Path) -> None:
    whole = entry("x")
    keep(tmp_path, "k", whole)
    (tmp_path / ".left.tmp").write_bytes(b"half")
    remove_unfinished(tmp_path)
    assert not (tmp_path / ".left.tmp").exists()
    assert find(tmp_path, "k") == whole
    remove_unfinished(tmp_path / "not there")
    assert not (tmp_path / "not there").exists()
