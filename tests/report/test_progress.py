from __future__ import annotations

import sys
from typing import Any

import pytest

from lyanalysis.report.batch import Outcome
from lyanalysis.report.progress import show_progress, show_reports


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


OUTCOMES = [
    Outcome("410300/2025-zh", "made", ("new",), 2.51, 2),
    Outcome("410100/2025-zh", "failed", ("new",), 1.0, 1, "cell 4: [bold]no\nfigures", exit_code=4),
]


def go_through_reports() -> None:
    with show_reports() as tell:
        tell(None, 2)
        for outcome in OUTCOMES:
            tell(outcome, 0)


def test_a_log_has_one_plain_line_a_report(capsys: Any) -> None:
    go_through_reports()
    assert capsys.readouterr() == (
        "",
        "2 due\n"
        "410300/2025-zh  made  2.5 s, 2 tries  new\n"
        "410100/2025-zh  failed  1.0 s  cell 4: [bold]no figures\n",
    )


def test_a_terminal_has_a_bar_for_all_reports(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    go_through_reports()
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "410100/2025-zh  failed  1.0 s  cell 4: [bold]no figures" in printed.err
    assert "2/2" in printed.err
