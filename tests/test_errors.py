"""Everything that can go wrong under the hands of a user: one line, the right exit code, no harm.

Each case goes through the real command. The tables below are also the list of what is told.
"""

from __future__ import annotations

import csv
import errno
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lyanalysis import cli
from lyanalysis.errors import ChapterError
from lyanalysis.report.limits import Limits
from lyanalysis.report.manner import Manner
from lyanalysis.report.parameters import Parameters
from lyanalysis.report.plan import read_plan
from lyanalysis.report.render import render

FIXTURES = Path(__file__).parent / "report" / "fixtures"
PREVIOUS = {"report.html": "previous", "report.pdf": "previous", "manifest.json": "previous"}

PLAN = """
[report]
title.zh = "{region}测试报告"
title.en = "Test report: {region}"
authors = ["lyanalysis"]
keywords.zh = []
keywords.en = []

[parameters]
region = "410300"
first_year = 2010
language = "zh"
peers = []

[[chapters]]
notebook = "NAME.ipynb"
number = 1
"""

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs the command in this process: exit code, stdout, stderr."""

    def command(*arguments: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["lyanalysis", *map(str, arguments)])
        with pytest.raises(SystemExit) as caught:
            cli.main()
        return (int(caught.value.code or 0), *capfd.readouterr())

    return command


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Return a folder of reports that holds a good one."""
    target = tmp_path / "reports" / "410300" / "2025-zh"
    target.mkdir(parents=True)
    for name, text in PREVIOUS.items():
        (target / name).write_text(text, encoding="utf-8")
    return tmp_path / "reports"


def plan_of(folder: Path, name: str) -> Path:
    """Make a folder with report.toml and one notebook of the fixtures."""
    folder.mkdir(exist_ok=True)
    shutil.copy(FIXTURES / f"{name}.ipynb", folder)
    (folder / "report.toml").write_text(PLAN.replace("NAME", name), encoding="utf-8")
    return folder


def the_error(stderr: str, stages: tuple[str, ...] = ()) -> str:
    """Return the one line that tells what went wrong, which follows the stages that began."""
    *before, last = stderr.splitlines()
    assert before == list(stages)
    assert last.startswith("error: ")
    return last.removeprefix("error: ")


def holds_only_the_previous_report(out: Path) -> bool:
    found = {
        path.name: path.read_text(encoding="utf-8") for path in (out / "410300/2025-zh").iterdir()
    }
    beside = {path.name for path in (out / "410300").iterdir()}
    return found == PREVIOUS and beside <= {"2025-zh", ".2025-zh.lock", "2025-zh.failed"}


REQUESTS = [
    ("render Louyang", 2, "unknown region 'Louyang': did you mean 410300 (洛阳市)"),
    ("render 洛样", 2, "unknown region '洛样': did you mean 410300 (洛阳市)?"),
    (
        "render 410311",
        2,
        "unknown region '410311': no region has this code; codes that begin like it are "
        "410300 (洛阳市)",
    ),
    (
        "render 4103",
        2,
        "unknown region '4103': no region has this code; codes that begin like it are "
        "410300 (洛阳市)",
    ),
    (
        "render Atlantis",
        2,
        "unknown region 'Atlantis': known regions are listed in regions.csv of the data package",
    ),
    (
        "render 安徽",
        3,
        "region 340000 (安徽省): no year has GDP, the three sectors and real growth published; "
        "choose another region, or add its figures to observations/",
    ),
    ("render --year abc", 2, "--year 'abc' is not a year; write four digits, such as 2025"),
    ("render --year 2.5", 2, "--year '2.5' is not a year; write four digits, such as 2025"),
    (
        "render --year 1900",
        3,
        "--year 1900: GDP of 410300 (洛阳市) is published from 2008 on; "
        "choose a year from 2008 to 2025",
    ),
    (
        "render --year 2031",
        3,
        "--year 2031: GDP, sectors and growth of 410300 (洛阳市) are published up to 2025; "
        "choose a year from 2008 to 2025",
    ),
    (
        "render --year 2009",
        2,
        "--year 2009 is before 2010 (first_year in report.toml); add --first-year 2008, where the "
        "figures of 410300 (洛阳市) begin",
    ),
    (
        "render --year 2020 --first-year 2021",
        2,
        "--first-year 2021 is after --year 2020; give an earlier one",
    ),
    (
        "render --first-year 2030",
        2,
        "--first-year 2030 is after 2025, the newest year of 410300 (洛阳市); give an earlier one",
    ),
    (
        "render --first-year 1900",
        2,
        "--first-year 1900: figures of 410300 (洛阳市) begin in 2008; give a year from 1949 on",
    ),
    ("render --language fr", 2, "--language 'fr' is no language of a report; choose zh or en"),
    (
        "render --format docx",
        2,
        "--format 'docx' is no format of a report; known are html, pdf, xlsx",
    ),
    ("render --format html,pfd", 2, "--format 'pfd' is no format of a report; did you mean 'pdf'?"),
    ("render --format ,", 2, "--format names no format; give one or more of html, pdf, xlsx"),
    (
        "render --peers 洛阳",
        2,
        "--peers: '洛阳' is 410300 (洛阳市), the region of the report itself; leave it out",
    ),
    (
        "render --peers 郑州、Zhengzhou",
        2,
        "--peers: 'Zhengzhou' is 410100 (郑州市), named already; leave it out",
    ),
    (
        "render --peers 410200 --peers 开封",
        2,
        "--peers: '开封' is 410200 (开封市), named already; leave it out",
    ),
    (
        "render --peers 郑州,Kaifen",
        2,
        "--peers: unknown region 'Kaifen': did you mean 410200 (开封市)?",
    ),
    ("render --regoin x", 2, "no such option: --regoin; see lyanalysis render --help"),
    (
        "render --frist-year 2010",
        2,
        "no such option: --frist-year (Possible options: --first-year",
    ),
    (
        "render 洛阳 郑州",
        2,
        "got unexpected extra argument(s) (郑州); see lyanalysis render --help",
    ),
    ("render --year", 2, "option '--year' requires an argument; see lyanalysis"),
    ("rendr", 2, "no such command 'rendr'. Did you mean 'render'? See lyanalysis --help"),
    ("--quiet", 2, "no such option: --quiet; see lyanalysis --help"),
    ("init", 2, "missing argument 'folder'; see lyanalysis init --help"),
    (
        "render --notebooks nowhere",
        2,
        "nowhere/report.toml: cannot be read: No such file or directory; name a folder that holds "
        "one, or make it with 'lyanalysis init FOLDER'",
    ),
]


@pytest.mark.parametrize(("line", "code", "message"), REQUESTS, ids=[case[0] for case in REQUESTS])
def test_a_request_that_cannot_be_met(
    run: Run, out: Path, monkeypatch: pytest.MonkeyPatch, line: str, code: int, message: str
) -> None:
    monkeypatch.chdir(out.parent)
    found, stdout, stderr = run(*line.split())
    assert (found, stdout) == (code, "")
    told = the_error(stderr)
    assert told.startswith(message)
    if message.endswith("--help"):
        assert told == message
    assert holds_only_the_previous_report(out)


def test_no_command_shows_the_help(run: Run) -> None:
    code, stdout, stderr = run()
    assert (code, stdout) == (2, "")
    assert stderr.startswith("Usage: ")
    assert "render" in stderr
    assert "error" not in stderr


def test_the_command_itself_tells_a_mistake_in_one_line() -> None:
    command = [sys.executable, "-m", "lyanalysis", "render", "--year", "abc"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert the_error(done.stderr).startswith("--year 'abc' is not a year")


def test_init_overwrites_nothing(run: Run, tmp_path: Path) -> None:
    own = tmp_path / "notebooks" / "report.toml"
    own.parent.mkdir()
    own.write_text("mine", encoding="utf-8")
    code, stdout, stderr = run("init", tmp_path)
    assert (code, stdout) == (5, "")
    assert the_error(stderr).startswith(f"{own} is there already; nothing was written. Choose")
    assert [path.name for path in own.parent.iterdir()] == ["report.toml"]
    assert own.read_text(encoding="utf-8") == "mine"


PLANS = [
    ("title.zh", "titel.zh", "has an unknown key 'report.titel'; did you mean 'title'?"),
    ('title.en = "Test report: {region}"', "", "lacks the key 'report.title.en'; add it"),
    ("{region}", "{city}", "may only hold {region}, {year} and {first_year}"),
    ("NAME.ipynb", "absent.ipynb", "'absent.ipynb' does not exist in .*; put it there or correct"),
    ("[report]", "[report", r"is not valid TOML: .*\(at line 2, column 8\); correct it there"),
    ('language = "zh"', 'language = "fr"', "parameters.language is 'fr': input should be 'zh' or"),
    ("first_year = 2010", "first_year = 2030", "first_year 2030 is after 2025, the newest year"),
    ('region = "410300"', 'region = "Louyang"', "region: unknown region 'Louyang': did you mean"),
    ("peers = []", 'peers = ["Kaifen"]', "peers: unknown region 'Kaifen': did you mean 410200"),
]


@pytest.mark.parametrize(("old", "new", "message"), PLANS, ids=[case[1] for case in PLANS])
def test_a_plan_that_cannot_be_used(
    run: Run, out: Path, tmp_path: Path, old: str, new: str, message: str
) -> None:
    assert old in PLAN
    folder = plan_of(tmp_path / "own", "good")
    text = PLAN.replace(old, new, 1).replace("NAME", "good")
    (folder / "report.toml").write_text(text, encoding="utf-8")
    code, stdout, stderr = run("render", "--notebooks", folder, "--out", out)
    assert (code, stdout) == (2, "")
    assert re.search(f"report.toml: .*{message}", the_error(stderr))
    assert holds_only_the_previous_report(out)


Edit = Callable[[Path], object]


def cell(column: str, text: str, row: int = 2) -> Edit:
    """Return a function that writes a text into one cell; the header is row 1."""

    def edit(path: Path) -> None:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        rows[row - 1][rows[0].index(column)] = text
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)

    return edit


def text(change: Callable[[str], str], encoding: str = "utf-8") -> Edit:
    """Return a function that changes a file as text."""
    return lambda path: path.write_bytes(change(path.read_text(encoding="utf-8")).encode(encoding))


def repeat_row_2(content: str) -> str:
    return content + content.splitlines()[1] + "\n"


FIGURES = "observations/accounts.csv"
DATA: dict[str, tuple[str, Edit, str]] = {
    "missing column": (
        FIGURES,
        text(lambda content: content.replace("vintage", "edition", 1)),
        r"column 'vintage' must occur once in the header, .*; expected are region_code,.*: correct",
    ),
    "text in a number": (
        FIGURES,
        cell("value", "5,675.2亿元"),
        "row 2, column value: '5,675.2亿元' is not a plain number; leave out units, spaces",
    ),
    "duplicate key": (
        FIGURES,
        text(repeat_row_2),
        r"row \d+: .* is already in observations/accounts.csv, row 2; keep one of them",
    ),
    "unknown region": (
        FIGURES,
        cell("region_code", "419999"),
        "row 2, column region_code: '419999' is not a region; add it to regions.csv",
    ),
    "unknown variable": (
        FIGURES,
        cell("variable", "gdp_total"),
        "row 2, column variable: 'gdp_total' is not a published variable; add it to variables.csv",
    ),
    "unknown source": (
        FIGURES,
        cell("source_id", "nobody"),
        "row 2, column source_id: 'nobody' is not a source; add it to sources.csv",
    ),
    "unknown vintage": (
        FIGURES,
        cell("vintage", "first"),
        "row 2, column vintage: 'first' is not a vintage; use one of final, ",
    ),
    "wrong period": (
        FIGURES,
        cell("period", "2025年"),
        "row 2, column period: '2025年' does not have the form of year; write it like 2025",
    ),
    "wrong unit": (
        FIGURES,
        cell("unit", "%"),
        "row 2, column unit: '%' cannot be converted to '亿元', the unit of gdp; add it to units",
    ),
    "wrong encoding": (
        "regions.csv",
        text(str, encoding="gbk"),
        r"row 2: not UTF-8 text \(perhaps GBK\); save the file as 'CSV UTF-8'",
    ),
    "missing file": (
        FIGURES,
        Path.unlink,
        "not found in .*; every data package has this table, restore it",
    ),
    "empty file": (
        FIGURES,
        text(lambda _: ""),
        "the file is empty; expected is a header with region_code,.*: restore it",
    ),
    "a folder": (
        "sources.csv",
        lambda path: (path.unlink(), path.mkdir()),
        "cannot be read from .*: Is a directory; allow reading it",
    ),
    "open quote": (
        FIGURES,
        text(lambda content: content.replace("\n", '\n"', 1)),
        "not a CSV table .*; check the quotes",
    ),
    "row too short": (
        FIGURES,
        text(lambda content: content + "410300,gdp\n"),
        r"row \d+: 2 cells where the header has 12; a value with a comma must be in double quotes",
    ),
    "region twice": (
        "regions.csv",
        text(repeat_row_2),
        r"row \d+, column region_code: '\d+' is already in row 2; keep one of them",
    ),
    "region without its zeros": (
        "regions.csv",
        cell("region_code", "1300", row=3),
        "row 3, column region_code: '1300' is not a code of six digits; write it in full, as text",
    ),
    "variable without decimals": (
        "variables.csv",
        cell("decimals", "one"),
        "row 2, column decimals: 'one' is not a whole number from 0 to 9; give how many decimals",
    ),
    "unit without factor": (
        "units.csv",
        cell("factor", "万"),
        "row 2, column factor: '万' is not a plain number; leave out units",
    ),
    "break of nothing": (
        "breaks.csv",
        cell("region_code", "419999"),
        "row 2, column region_code: '419999' is not a region; add it to regions.csv",
    ),
    "no descriptor": (
        "datapackage.json",
        text(lambda content: content[:100]),
        r"does not list the tables of the data package \(.*\); restore it",
    ),
}


@pytest.mark.parametrize("damage", DATA)
def test_damaged_data(checkout: tuple[Path, str], out: Path, damage: str) -> None:
    project, python = checkout
    name, edit, message = DATA[damage]
    edit(project / "data" / name)
    command = [python, "-m", "lyanalysis", "render", "--out", str(out)]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (3, "")
    assert re.match(rf"{name}(: |, ){message}", the_error(done.stderr))
    assert holds_only_the_previous_report(out)


SUMS = """
from lyanalysis.sources import load_accounts

load_accounts(
    peers, first_year=first_year, last_year=year
)
"""


@pytest.mark.slow
def test_data_at_fault_inside_a_chapter(checkout: tuple[Path, str], out: Path) -> None:
    """Sums are checked for the regions a chapter asks for: here the peers, not the report's own."""
    project, python = checkout
    path = project / "data" / FIGURES
    lines = path.read_text(encoding="utf-8").splitlines()
    row = next(
        number
        for number, line in enumerate(lines, start=1)
        if line.startswith("410100,gdp,2015,year,")
    )
    cell("value", "1", row=row)(path)
    folder = plan_of(project / "own", "raises")
    notebook = (folder / "raises.ipynb").read_text(encoding="utf-8")
    source = SUMS.strip().replace("\n", "\\n")
    (folder / "raises.ipynb").write_text(
        notebook.replace("1 / (before - 1)", source), encoding="utf-8"
    )
    command = [python, "-m", "lyanalysis", "render", "--notebooks", "own", "--peers", "郑州"]
    done = subprocess.run(
        [*command, "--out", str(out)], cwd=project, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (3, "")
    assert re.fullmatch(
        rf"chapter raises, cell 4: DataError: {FIGURES}, row {row}, column value: GDP of 410100 in "
        r"2015 \(.*\) is 1.00, its sectors add up to .*, more than 0.5 % off; check both against "
        r"the source, in the line `load_accounts\(` \(kept for reading: .*raises.ipynb\)",
        the_error(done.stderr, ("prepare", "raises")),
    )
    assert holds_only_the_previous_report(out)


CHAPTERS = [
    ("raises", r"cell 4: ZeroDivisionError: division by zero, in the line `1 / \(before - 1\)` \("),
    ("warns", r"cell 4: warning: UserWarning: look out, in the line `warnings.warn\(\"look out\""),
    (
        "writes_stderr",
        r"cell 4: wrote to stderr: something odd, in the cell that begins `print\(\"something",
    ),
    (
        "kills_kernel",
        r"cell 4: the kernel died: out of memory, or ended by the code, in the cell that begins `",
    ),
    ("exits", r"cell 4: SystemExit: 0, in the line `sys.exit\(0\)` \(kept for reading: "),
]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "message"), CHAPTERS, ids=[case[0] for case in CHAPTERS])
def test_a_chapter_that_fails(run: Run, out: Path, tmp_path: Path, name: str, message: str) -> None:
    folder = plan_of(tmp_path / "own", name)
    code, stdout, stderr = run("render", "--notebooks", folder, "--out", out)
    assert (code, stdout) == (4, "")
    told = the_error(stderr, ("prepare", name))
    assert re.match(rf"chapter {name}, {message}", told)
    kept = out / "410300" / "2025-zh.failed" / f"{name}.ipynb"
    assert told.endswith(f"(kept for reading: {kept})")
    assert kept.is_file()
    assert holds_only_the_previous_report(out)


@pytest.mark.slow
def test_a_chapter_that_takes_too_long(out: Path, tmp_path: Path) -> None:
    plan = read_plan(plan_of(tmp_path / "own", "times_out"))
    wanted = Parameters(region="410300", year=2025, first_year=2010, language="zh", peers=())
    with pytest.raises(ChapterError) as caught:
        render(wanted, plan, out, manner=Manner(Limits(cell=1)))
    assert str(caught.value).startswith(
        "chapter times_out, cell 4: took longer than 1 s, which is all a cell may take, "
        "in the cell that begins `time.sleep(60)` (kept for reading: "
    )
    assert caught.value.exit_code == 4
    assert holds_only_the_previous_report(out)


NOTEBOOKS = [
    (
        "no_parameters",
        "no cell is tagged 'parameters'; give that tag to the cell that assigns region, year, "
        "first_year, language, peers",
    ),
    (
        "unknown_parameter",
        "the parameters cell declares 'city', which no report has; known are region, year, "
        "first_year, language, peers; correct it, or assign it in another cell",
    ),
    (
        "missing_parameter",
        "the parameters cell does not declare 'peers'; assign it there, every chapter declares "
        "region, year, first_year, language, peers",
    ),
]


@pytest.mark.parametrize(("name", "message"), NOTEBOOKS, ids=[case[0] for case in NOTEBOOKS])
def test_a_notebook_that_is_no_chapter(
    run: Run, out: Path, tmp_path: Path, name: str, message: str
) -> None:
    folder = plan_of(tmp_path / "own", name)
    code, stdout, stderr = run("render", "--notebooks", folder, "--out", out)
    assert (code, stdout) == (4, "")
    assert the_error(stderr) == f"chapter {name}: {message}"
    assert holds_only_the_previous_report(out)


def test_a_notebook_that_is_not_json(run: Run, out: Path, tmp_path: Path) -> None:
    folder = plan_of(tmp_path / "own", "good")
    (folder / "good.ipynb").write_text("{broken", encoding="utf-8")
    code, stdout, stderr = run("render", "--notebooks", folder, "--out", out)
    assert (code, stdout) == (4, "")
    assert the_error(stderr) == (
        f"chapter good: {folder / 'good.ipynb'} is not a readable notebook: Notebook does not "
        "appear to be JSON: '{broken'; save it again in JupyterLab or restore an earlier copy"
    )
    assert holds_only_the_previous_report(out)


def in_the_way(out: Path) -> dict[str, Path]:
    """Return places for a report that a file is in the way of, each with that file."""
    (out / "file").write_text("mine", encoding="utf-8")
    (out / "second" / "410300").mkdir(parents=True)
    (out / "second" / "410300" / "2025-zh").write_text("mine", encoding="utf-8")
    return {
        "file": out / "file",
        "file/below": out / "file",
        "second": out / "second" / "410300" / "2025-zh",
    }


@pytest.mark.parametrize("place", ["file", "file/below", "second"])
def test_a_file_in_the_way(run: Run, out: Path, tmp_path: Path, place: str) -> None:
    file = in_the_way(out)[place]
    folder = plan_of(tmp_path / "own", "good")
    code, stdout, stderr = run("render", "--notebooks", folder, "--out", out / place)
    assert (code, stdout) == (5, "")
    assert the_error(stderr, ("prepare",)) == (
        f"{out / place}/410300/2025-zh: cannot be written: {file} is a file, not a folder; choose "
        "another folder; the previous report, if any, is unchanged"
    )
    assert file.read_text(encoding="utf-8") == "mine"
    assert holds_only_the_previous_report(out)


def test_a_file_in_the_way_of_init(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    code, stdout, stderr = run("init", tmp_path / "file")
    assert (code, stdout) == (5, "")
    assert f"{tmp_path / 'file'} is a file, not a folder; choose" in the_error(stderr)


def test_a_folder_without_permission(run: Run, out: Path, tmp_path: Path) -> None:
    folder = plan_of(tmp_path / "own", "good")
    (out / "410300").chmod(0o555)
    try:
        if os.access(out / "410300", os.W_OK):
            pytest.skip("the superuser may write everywhere")
        code, stdout, stderr = run("render", "--notebooks", folder, "--out", out)
    finally:
        (out / "410300").chmod(0o755)
    assert (code, stdout) == (5, "")
    assert the_error(stderr, ("prepare",)) == (
        f"{out}/410300/2025-zh: cannot be written: {os.strerror(errno.EACCES)}; allow writing "
        "there or choose another folder; the previous report, if any, is unchanged"
    )
    assert holds_only_the_previous_report(out)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a folder on a file system of 64 kB, less than a report needs."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    command = [mount or "mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    if mount is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount a file system")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.slow
def test_a_full_disk(run: Run, small_disk: Path, out: Path, tmp_path: Path) -> None:
    shutil.copytree(out, small_disk, dirs_exist_ok=True)
    folder = plan_of(tmp_path / "own", "good")
    code, stdout, stderr = run("render", "--notebooks", folder, "--out", small_disk)
    assert (code, stdout) == (5, "")
    assert stderr.splitlines()[-1] == (
        f"error: {small_disk}/410300/2025-zh: cannot be written: {os.strerror(errno.ENOSPC)}; free "
        "some space or choose another folder; the previous report, if any, is unchanged"
    )
    assert holds_only_the_previous_report(small_disk)


def limited_to(size: int) -> Callable[[], None]:
    """Return a function that lets a new process write files of at most so many bytes."""
    import resource

    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="needs limits on the size of files")
@pytest.mark.parametrize(
    ("formats", "size", "place", "advice"),
    [
        # A PDF needs more room for its fonts than in its place.
        ("html", 12_000, "OUT/410300/2025-zh", "free some space or choose another folder"),
        (
            "html,pdf",
            1_000,
            "TMP",
            "free some space, or let the variable TMPDIR name another folder",
        ),
    ],
)
def test_no_room_for_the_files(
    out: Path, tmp_path: Path, formats: str, size: int, place: str, advice: str
) -> None:
    folder = plan_of(tmp_path / "own", "good")
    scratch = tmp_path / "t"
    scratch.mkdir()
    command = [sys.executable, "-m", "lyanalysis", "render", "--notebooks", str(folder)]
    done = subprocess.run(
        [*command, "--out", str(out), "--format", formats],
        env={**os.environ, "TMPDIR": str(scratch)},
        preexec_fn=limited_to(size),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (5, "")
    where = place.replace("OUT", str(out)).replace("TMP", str(scratch))
    assert done.stderr.splitlines()[-1] == (
        f"error: {where}: cannot be written: {os.strerror(errno.EFBIG)}; {advice}; "
        "the previous report, if any, is unchanged"
    )
    assert list(scratch.iterdir()) == []
    assert holds_only_the_previous_report(out)


def test_a_defect_of_ours_keeps_its_traceback(
    checkout: tuple[Path, str], out: Path, tmp_path: Path
) -> None:
    project, python = checkout
    module = project / "lyanalysis" / "report" / "plan.py"
    broken = module.read_text(encoding="utf-8").replace(
        "    path = folder / FILE_NAME\n", '    raise KeyError("nobody foresaw\\nthis")\n'
    )
    module.write_text(broken, encoding="utf-8")
    scratch = tmp_path / "t"
    scratch.mkdir()
    done = subprocess.run(
        [python, "-m", "lyanalysis", "render", "--out", str(out)],
        cwd=project,
        env={**os.environ, "TMPDIR": str(scratch)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    (kept,) = scratch.iterdir()
    assert the_error(done.stderr) == (
        "KeyError: 'nobody foresaw\\nthis'; this is a defect of lyanalysis, please report it with "
        f"the traceback in {kept}"
    )
    traceback = kept.read_text(encoding="utf-8")
    assert traceback.startswith("Traceback (most recent call last):")
    assert "in read_plan" in traceback
    assert holds_only_the_previous_report(out)


@pytest.mark.parametrize("kind", ["html", "pdf"])
def test_nbconvert_of_a_notebook_that_was_never_run(tmp_path: Path, kind: str) -> None:
    shutil.copy(FIXTURES / "good.ipynb", tmp_path)
    command = [sys.executable, "-m", "nbconvert", "--to", f"lyanalysis-{kind}", "good.ipynb"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].endswith(
        "notebook good: none of its code cells has been run, and the exhibits come from running "
        "them; run it and save it, or give nbconvert the option --execute"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["good.ipynb"]


@pytest.mark.skipif(os.name != "posix", reason="a pipe that is closed looks otherwise there")
def test_a_reader_who_has_enough_is_no_defect() -> None:
    command = [sys.executable, "-m", "lyanalysis", "data", "list", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
