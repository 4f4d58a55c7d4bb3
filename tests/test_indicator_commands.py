"""The command ``lyanalysis indicators``, as a reader and as a program meets it."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len

from lyanalysis import cli
from lyanalysis.catalog import Language
from lyanalysis.cli import reference
from lyanalysis.errors import ExportError
from lyanalysis.export import reference_page
from lyanalysis.export.reference_page import Chapter, render_reference
from lyanalysis.indicators.reference import describe, list_indicators

Run = Callable[..., tuple[int, str, str]]
CHINESE = r"[\u4e00-\u9fff]"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs the command in this process: exit code, stdout, stderr."""

    def command(*arguments: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["lyanalysis", "indicators", *map(str, arguments)])
        with pytest.raises(SystemExit) as caught:
            cli.main()
        return (int(caught.value.code or 0), *capfd.readouterr())

    return command


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_list_groups_every_indicator_by_its_question(run: Run, language: str) -> None:
    code, out, err = run("--language", language)
    assert (code, err) == (0, "")
    assert "\x1b" not in out
    assert all(line == line.rstrip() for line in out.splitlines())
    _, *groups = re.split(r"(?m)^(?=\w)", out.split("\n", 1)[1])
    table = list_indicators()
    assert len(groups) == table["module"].nunique()
    for text, (module, group) in zip(groups, table.groupby("module", sort=False), strict=True):
        head, *lines = text.strip().splitlines()
        assert re.split(r"\s{2,}", head) == [module, group[f"question_{language}"].iloc[0]]
        assert [line.split()[0] for line in lines] == group.index.tolist()
        for line, name in zip(lines, group.index, strict=True):
            assert group.loc[name, "name_zh"] in line
            assert group.loc[name, "name_en"] in line
            assert line.endswith("。" if language == "zh" else ".")


def test_the_list_may_be_of_one_module(run: Run) -> None:
    _, out, _ = run("--module", "upgrading", "--json")
    assert [record["name"] for record in json.loads(out)] == list_indicators(
        module="upgrading"
    ).index.tolist()


def test_an_indicator_is_explained_in_full(run: Run) -> None:
    code, out, err = run("结构变动K值")
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == "结构变动K值（Structural change K）  structural_change_k"
    for text in (
        "\n  各部分比重变动的绝对值之和，百分点。0为结构未变，200为全部更替。\n",
        "\n  Sum of the absolute changes of all shares.\n",
        "\n调用\n  structure.structural_change_k(start, end)\n",
        "\n输入\n  `start, end`: 1-D sequence (one row) or DataFrame\n      Levels or shares",
        "\n结果\n  float or Series\n      Percentage points: 0 no change, 200 all replaced.\n",
        "\n公式与说明\n  K = \\sum_i \\left| q_{i1} - q_{i0} \\right| = 200 \\, NAV\n\n  More",
        "https://www.hanspub.org/journal/PaperInformation.aspx?paperID=62594\n",
        "\n拒绝的输入\n  ValueError\n      A negative,",
        '\n示例\n  >>> print(f"{structural_change_k([10, 50, 40], [5, 40, 55]):.1f}")\n  30.0\n',
    ):
        assert text in out
    assert "$" not in out
    assert "```" not in out


def test_headings_are_in_the_language_asked_for(run: Run) -> None:
    _, out, _ = run("share_drift", "--language", "en")
    assert out.startswith("Drift of published shares (公布比重的漂移)  share_drift\n\n  Reads ")
    headings = re.findall(r"(?m)^(\S.*)$", out)[1:]
    assert headings == [
        *("Call", "Inputs", "Result", "Formula and notes", "Source", "Refusals", "Example")
    ]
    assert "\nSource\n  own definition; there is no standard source\n" in out


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_indicator_can_be_explained(language: Language) -> None:
    for record in reference.find(name=None, module=None):
        lines = list(reference.explained(record, language))
        assert all(line == line.rstrip() for line in lines)
        for formula in record.formulas:
            assert f"  {formula}" in lines


def test_programs_get_the_whole_record(run: Run) -> None:
    _, out, _ = run("nav", "--json")
    record = json.loads(out)
    assert record["name_en"] == "Norm of absolute values"
    assert record["parameters"][0]["name"] == "start, end"
    assert record["formulas"] == list(describe("nav").formulas)
    _, out, _ = run("--json")
    records = json.loads(out)
    assert [one["name"] for one in records] == list_indicators().index.tolist()
    assert record in records


REFUSED = [
    ("mor", "unknown indicator 'mor': did you mean moore?"),
    ("偏离度", "unknown indicator '偏离度': did you mean structural_deviation?"),
    ("qqq", "unknown indicator 'qqq': known indicators are listed by lyanalysis indicators"),
    ("--module growht", "--module 'growht' is not allowed; expected growth, structure, "),
    ("nav --module growth", "NAME and --module exclude each other; give one"),
    ("--json --html page.html", "--json and --html exclude each other; give one"),
    ("--language fr", "--language 'fr' is no language of names; choose zh or en"),
    ("--html page.txt", "--html 'page.txt' must end with .html"),
    ("--htm page.html", "no such option: --htm"),
]


@pytest.mark.parametrize(("command", "message"), REFUSED)
def test_what_cannot_be_done_is_one_line(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: str, message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = run(*command.split())
    assert (code, out) == (2, "")
    assert err.startswith(f"error: {message}")
    assert len(err.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("language", "tag"), [("zh", "zh-CN"), ("en", "en")])
def test_the_page_needs_nothing(run: Run, tmp_path: Path, language: str, tag: str) -> None:
    file = tmp_path / "page.html"
    answer = run("--module", "structure", "--html", file, "--language", language)
    assert answer == (0, f"{file}\n", "")
    assert list(tmp_path.iterdir()) == [file]
    page = file.read_text(encoding="utf-8")
    assert f'<html lang="{tag}">' in page
    assert "default-src 'none'" in page
    assert page.count("<script") == page.count("<script>") == 1, "its own, from the file itself"
    assert not re.search(r"""(src|srcset|data|poster|action)=["']?(https?:)?//""", page)
    assert not re.search(r"<link[^>]+href=\"(?!data:,\")|url\((?!\"data:)|@import", page)
    records = [describe(name) for name in list_indicators(module="structure").index]
    assert page.count('<math display="block"') == sum(len(one.formulas) for one in records)
    for number, record in enumerate(records, start=1):
        assert f'<a href="#section--1-{number}">' in page
        assert f'<h3 id="section--1-{number}">' in page
        assert record.name_en in page
        assert record.name_zh in page


def test_the_same_page_comes_out_each_time(run: Run, tmp_path: Path) -> None:
    """A page of one indicator, over a page that is there already."""
    file = tmp_path / "NAV.HTM"
    pages = set()
    for _ in range(2):
        assert run("NAV", "--html", file)[0] == 0
        pages.add(file.read_bytes())
    (page,) = pages
    assert page.count(b"<h3") == 1


def test_a_page_is_replaced_as_a_whole_or_not_at_all(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(*_: object, **__: object) -> str:
        raise ExportError("no")

    file = tmp_path / "page.html"
    file.write_text("before", encoding="utf-8")
    file.with_name("folder.html").mkdir()
    monkeypatch.setattr(reference_page, "render_reference", refuse)
    assert run("nav", "--html", file) == (4, "", "error: no\n")
    monkeypatch.setattr(reference_page, "render_reference", lambda *_, **__: "after")
    for name in ("folder.html", "no/page.html"):
        code, out, err = run("nav", "--html", tmp_path / name)
        assert (code, out) == (5, "")
        assert err.startswith(f"error: {tmp_path}/{name}: cannot be written: ")
        assert len(err.splitlines()) == 1
    assert file.read_text(encoding="utf-8") == "before"
    assert run("nav", "--html", file)[0] == 0
    assert file.read_text(encoding="utf-8") == "after"
    assert {path.name for path in tmp_path.iterdir()} == {"page.html", "folder.html"}


def test_a_formula_that_cannot_be_read_names_its_entry() -> None:
    chapter = Chapter("growth", "Growth", ("## Good\n\n$x$", "## Bad\n\n$$\\nonsense{x}$$"))
    with pytest.raises(ExportError, match=r"chapter growth, cell 2: the formula"):
        render_reference([chapter], title="T", language="en", version="1")


def on_a_terminal(width: int, *arguments: str) -> str:
    """Run the command with a terminal of some columns as standard output; return what it shows."""
    upper, lower = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "lyanalysis", "indicators", *arguments],
        stdout=lower,
        stderr=subprocess.PIPE,
        env={**os.environ, "COLUMNS": str(width), "LINES": "50", "TERM": "xterm-256color"},
    ) as process:
        os.close(lower)
        shown = b""
        while True:
            try:
                more = os.read(upper, 65536)
            except OSError:  # Linux: the other end is closed
                break
            if not more:
                break
            shown += more
    os.close(upper)
    assert process.returncode == 0
    return re.sub(r"\x1b\[[0-9;]*m", "", shown.decode("utf-8")).replace("\r\n", "\n")


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [("--language", "en"), ("share_drift",)])
def test_a_terminal_is_never_overrun_and_nothing_is_cut(arguments: tuple[str, ...]) -> None:
    shown = on_a_terminal(80, *arguments)
    assert max(cell_len(line) for line in shown.splitlines()) <= 80
    assert "…" not in shown
    words = re.sub(r"\s", "", shown)
    wanted = list_indicators().index if len(arguments) == 2 else [describe("share_drift").notes]
    for text in wanted:
        assert re.sub(r"[\s]|\$\$", "", text) in words


def test_the_first_sentence_is_enough_for_the_list() -> None:
    for record in reference.find(name=None, module=None):
        for text in (record.summary_zh, record.summary_en):
            first = reference._first_sentence(text)
            assert text.startswith(first)
            assert first.endswith(("。", "."))
