"""Parameters are data: what is no region, year or language is refused in one short line."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hostile import HOSTILE, texts
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from lyanalysis import catalog
from lyanalysis.errors import LONGEST_MESSAGE, LyanalysisError, ParameterError
from lyanalysis.report.parameters import Parameters, resolve_parameters
from lyanalysis.report.plan import read_plan

DEFAULTS = {"region": "410300", "first_year": 2010, "language": "zh", "peers": ()}
HUGE = 10_000_000
NAMES = ("region", "year", "first_year", "language", "peers")
COUNTS = [200, pytest.param(1_000, marks=pytest.mark.soak)]

HEAD = """
[report]
title.zh = "{title}"
title.en = "x"
authors = ["x"]
keywords.zh = []
keywords.en = []

[parameters]
region = "410300"
first_year = {first_year}
language = "zh"

[[chapters]]
notebook = "{notebook}"
number = 1
"""


def resolve(**requested: Any) -> Parameters:
    return resolve_parameters(requested, DEFAULTS, years=lambda _region: range(2008, 2026))


def is_short_line(message: str) -> bool:
    return message.isprintable() and 0 < len(message) <= LONGEST_MESSAGE


def check_refused(name: str, text: str) -> None:
    """A text is what it names after blanks are stripped, or it is refused."""
    message = "accepted"
    try:
        found = resolve(**{name: [text] if name == "peers" else text})
    except LyanalysisError as error:
        message = str(error)
    assert is_short_line(message), text
    if message == "accepted":
        assert re.fullmatch(r"[0-9]{6}/[0-9]{4}-(zh|en)", found.id)
        assert catalog.find_region(found.region).code == found.region


@pytest.mark.parametrize("count", COUNTS)
def test_hostile_values_are_refused(count: int) -> None:
    for text in HOSTILE:
        for name in NAMES:
            check_refused(name, text)
    drawn = given(st.sampled_from(NAMES), texts() | st.text(max_size=200))(check_refused)
    settings(max_examples=count, deadline=None, derandomize=True, database=None)(drawn)()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("letter", ["a", "1", "洛", "\n", "\x1b", "<", "../"])
def test_a_text_of_ten_million_letters_is_refused_in_a_short_line(name: str, letter: str) -> None:
    text = letter * (HUGE // len(letter))
    with pytest.raises(ParameterError) as caught:
        resolve(**{name: [text] if name == "peers" else text})
    assert is_short_line(str(caught.value))
    assert len(str(caught.value)) < 500


def test_an_unknown_name_of_ten_million_letters_is_refused() -> None:
    with pytest.raises(ParameterError) as caught:
        resolve(**{"<" * HUGE: 1})
    assert is_short_line(str(caught.value))


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", NAMES)
def test_no_hostile_value_becomes_a_parameter(name: str, text: str) -> None:
    values = {"region": "410300", "year": 2025, "first_year": 2010, "language": "zh", "peers": ()}
    with pytest.raises(ValidationError):
        Parameters(**values | {name: (text,) if name == "peers" else text})


def plan_of(folder: Path, **changes: str) -> Path:
    fixture = Path(__file__).parents[1] / "report" / "fixtures" / "accounts.ipynb"
    (folder / "accounts.ipynb").write_bytes(fixture.read_bytes())
    texts = {"title": "x", "first_year": "2010", "notebook": "accounts.ipynb"} | changes
    text = HEAD
    for name, value in texts.items():
        text = text.replace(f"{{{name}}}", value)
    (folder / "report.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": "{region.__class__}"}, "may only hold {region}, {year} and {first_year}"),
        ({"title": "{region!r}"}, "may only hold"),
        ({"title": "{region:>1000000000}"}, "may only hold"),
        ({"title": "{year[0]}"}, "may only hold"),
        ({"title": "{0}"}, "may only hold"),
        ({"title": "{"}, "may only hold"),
        ({"notebook": "../accounts.ipynb"}, "must be a file name, without folders"),
        ({"notebook": "/etc/passwd"}, "must be a file name, without folders"),
        ({"notebook": ".."}, "does not exist in"),
        ({"notebook": "a" * 100_000}, "is longer than the name of a file can be"),
        ({"first_year": "9" * 10_000}, "is not valid TOML"),
        ({"first_year": "[" * 10_000}, "is not valid TOML"),
        ({"first_year": f"'{'<' * HUGE}'"}, "parameters.first_year is '<"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_plan_is_refused_in_a_short_line(
    tmp_path: Path, changes: dict[str, str], message: str
) -> None:
    with pytest.raises(ParameterError) as caught:
        read_plan(plan_of(tmp_path, **changes))
    assert message in str(caught.value)
    assert is_short_line(str(caught.value))


@pytest.mark.parametrize("write", [str.upper, str.title, "  {}  ".format])
def test_known_words_are_still_found(write: Callable[[str], str]) -> None:
    assert resolve(region=write("luoyang")).region == "410300"
