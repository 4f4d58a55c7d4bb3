from __future__ import annotations

import sys
from typing import Any

import pytest

from lyanalysis.report.progress import show_progress


def go() -> None:
    with show_progress() as progress:
        for stage in ("first", "second"):
            for done in range(3):
                progress(stage, done, 2)


def test_a_log_has_one_plain_line_a_stage(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    go()
    assert capsys.readouterr() == ("", "first\nsecond\n")


def test_a_terminal_has_a_bar_a_stage(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    go()
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "\x1b[" in printed.err
    assert "first" in printed.err
    assert "2/2" in printed.err
