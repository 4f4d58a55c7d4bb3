"""Headline numbers move only together with the file that keeps them, and the changelog."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import headlines
import pytest

Exhibits = Callable[[Path], dict[str, dict[str, Any]]]


def check(found: headlines.Numbers, name: str) -> None:
    kept = headlines.read(name)
    assert found.keys() == kept.keys()
    assert found == pytest.approx(kept, rel=1e-9)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["zhengzhou_2025", "hebi_2025"])
def test_headline_numbers_are_those_that_are_kept(name: str) -> None:
    check(headlines.compute(name), name)


@pytest.mark.slow
def test_headline_numbers_of_the_first_city_are_those_that_are_kept(
    luoyang: Path, luoyang_in_english: Path, exhibits_of: Exhibits
) -> None:
    check(headlines.of_exhibits(exhibits_of(luoyang)), "luoyang_2025_zh")
    check(headlines.of_exhibits(exhibits_of(luoyang_in_english)), "luoyang_2025_en")


def test_both_languages_keep_the_same_numbers() -> None:
    assert headlines.read("luoyang_2025_zh") == headlines.read("luoyang_2025_en")


def test_every_headline_table_is_shown_somewhere() -> None:
    kept = {key[0] for name in headlines.REPORTS for key in headlines.read(name)}
    assert kept == headlines.TABLES
