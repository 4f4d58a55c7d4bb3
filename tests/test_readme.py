"""The two READMEs are twins."""

from __future__ import annotations

import re
from pathlib import Path

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
