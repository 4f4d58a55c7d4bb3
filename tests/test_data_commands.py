"""The commands ``lyanalysis data …``, as a reader and as a program meets them."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len

from lyanalysis import catalog, cli
from lyanalysis.cli.views import CONTRACTS_EN
from lyanalysis.cli.words import CONTRACTS_ZH
from lyanalysis.sources import check_data, list_variables, read_observations, show_values

Run = Callable[..., tuple[int, str, str]]
COMMANDS = [
    "list",
    "show gdp --region 洛阳",
    "show hightech_mfg_share",
    "sources --region Luoyang --variable gdp",
    "conflicts gdp --region 410300",
    "check",
    "check --settled",
    "coverage --region 410300",
    "coverage --variable gdp",
]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs the command in this process: exit code, stdout, stderr."""
    # Set first, so that what --data sets is undone after the test.
    monkeypatch.setenv("LYANALYSIS_DATA", "")

    def command(*arguments: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["lyanalysis", "data", *map(str, arguments)])
        with pytest.raises(SystemExit) as caught:
            cli.main()
        return (int(caught.value.code or 0), *capfd.readouterr())

    return command


def on_a_terminal(width: int, *arguments: str) -> str:
    """Run the command with a terminal of some columns as standard output; return what it shows."""
    upper, lower = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "lyanalysis", "data", *arguments],
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


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_piped_text_is_plain_aligned_and_whole(run: Run, command: str, language: str) -> None:
    code, out, err = run(*command.split(), "--language", language)
    assert (code, err) == (0, "")
    assert "\x1b" not in out
    assert "…" not in out or command.startswith("sources")  # where titles have it
    assert len(out.splitlines()) > 1
    assert all(line == line.rstrip() for line in out.splitlines())


def test_columns_of_piped_text_begin_under_their_headings(run: Run) -> None:
    """Chinese characters are two columns wide; names of regions differ in length."""
    _, out, _ = run("show", "gdp", "--language", "zh")
    head, *lines = out.splitlines()
    place = cell_len(head[: head.index("来源")])
    sources = set(catalog.sources())
    for line in lines:
        (source,) = [cell for cell in line.split() if cell in sources]
        assert cell_len(line[: line.index(source)]) == place


@pytest.mark.parametrize("width", [80, 200])
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.slow
def test_a_terminal_is_never_overrun_and_nothing_is_cut(command: str, width: int) -> None:
    shown = on_a_terminal(width, *command.split())
    assert max(cell_len(line) for line in shown.splitlines()) <= width
    assert "…" not in shown or command.startswith("sources")


@pytest.mark.slow
def test_a_terminal_shows_every_figure_of_the_plain_text(run: Run) -> None:
    shown = on_a_terminal(80, "show", "gdp", "--region", "410300")
    for value in show_values("gdp", "410300")["value"]:
        assert f"{value:.12g}" in shown


@pytest.mark.slow
def test_a_terminal_has_room_for_every_column() -> None:
    """English names are long: they stand under the identifiers, and wrap."""
    shown = on_a_terminal(80, "list", "--language", "en")
    head = shown[: shown.index("──")]
    assert all(name in head for name in ("Variable", "Name", "Driver", "Figures", "Years"))
    table = list_variables()
    assert all(variable in shown for variable in table["variable"])
    assert "2008–2025" in shown


@pytest.mark.parametrize("command", [*COMMANDS, "sources", "conflicts", "coverage"])
def test_json_and_csv_hold_the_same_records(run: Run, command: str) -> None:
    words = [word for word in command.split() if word != "--settled"]
    code, out, err = run(*words, "--json")
    assert (code, err) == (0, "")
    records = json.loads(out)
    _, out, _ = run(*words, "--csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert len(records) == len(rows)
    for record, row in zip(records, rows, strict=True):
        assert list(record) == list(row)
        texts = {key: "" if cell is None else str(cell) for key, cell in record.items()}
        assert texts == row


def test_numbers_for_programs_are_exact(run: Run) -> None:
    _, out, _ = run("show", "gdp", "--json")
    assert [record["value"] for record in json.loads(out)] == show_values("gdp")["value"].tolist()


def test_lists_hold_everything(run: Run) -> None:
    _, out, _ = run("list", "--json")
    assert sum(record["figures"] for record in json.loads(out)) == len(read_observations())
    _, out, _ = run("sources", "--json")
    assert {record["source_id"] for record in json.loads(out)} == set(
        read_observations()["source_id"]
    )


def test_names_are_in_the_language_asked_for(run: Run) -> None:
    _, zh, _ = run("coverage", "--region", "410300")
    _, en, _ = run("coverage", "--region", "410300", "--language", "en")
    assert "地区生产总值" in zh
    assert "Gross domestic product" in en
    assert not re.search(r"[\u4e00-\u9fff]", en)


def test_the_region_may_be_called_as_anywhere_else(run: Run) -> None:
    answers = {run("show", "gdp", "--region", name)[1] for name in ("410300", "洛阳", "luoyang")}
    assert len(answers) == 1


REFUSED = [
    ("show gpd", "unknown variable 'gpd': did you mean gdp"),
    ("show gdp --region Louyang", "unknown region 'Louyang': did you mean 410300 (洛阳市)"),
    ("show pull", "variable 'pull' is derived, not published; only published variables have"),
    ("show", "missing argument 'variable'; see lyanalysis data show --help"),
    ("show gdp --language fr", "--language 'fr' is no language of names; choose zh or en"),
    ("list --json --csv", "--json and --csv exclude each other; give one"),
    ("conflicts gpd", "unknown variable 'gpd': did you mean gdp"),
    ("sources --variable nav", "variable 'nav' is derived, not published"),
    ("coverage --region 4103", "unknown region '4103': no region has this code"),
    ("coverage --chart c.svg", "--chart draws one region or one variable; give --region or"),
    ("coverage --region 洛阳 --chart c.gif", "--chart 'c.gif' must end with .svg, .png or .pdf"),
    ("list --data nowhere", "--data 'nowhere' does not exist; name a folder with tables of your"),
    ("list --data README", "--data 'README' is a file; name a folder"),
    ("lst", "no such command 'lst'. Did you mean 'list'? See lyanalysis data --help"),
]


@pytest.mark.parametrize(("command", "message"), REFUSED)
def test_what_cannot_be_done_is_one_line(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: str, message: str
) -> None:
    (tmp_path / "README").write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    code, out, err = run(*command.split())
    assert (code, out) == (2, "")
    assert err.startswith(f"error: {message}")
    assert len(err.splitlines()) == 1
    assert os.environ["LYANALYSIS_DATA"] == ""


def test_a_report_takes_own_data_too(
    run: Run, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["lyanalysis", "render", "--data", "nowhere"])
    with pytest.raises(SystemExit) as caught:
        cli.main()
    assert caught.value.code == 2
    assert capfd.readouterr().err.startswith("error: --data 'nowhere' does not exist; name a ")


def test_without_a_command_help_is_shown(run: Run) -> None:
    code, out, err = run()
    assert (code, out) == (2, "")
    commands = ["list", "show", "sources", "conflicts", "check", "coverage"]
    assert re.findall(r"(?m)^  (\w+)  ", err) == commands


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return shutil.copytree(catalog.shipped("data"), tmp_path / "data")


def test_a_finding_that_is_not_settled_fails_the_check(run: Run, copied: Path) -> None:
    (copied / "breaks.csv").write_text(
        (copied / "breaks.csv").read_text(encoding="utf-8").splitlines()[0] + "\n",
        encoding="utf-8",
    )
    found = check_data(copied)
    unsettled = found.loc[found["settled"].eq(""), "message"].tolist()
    assert len(unsettled) > 10
    code, out, err = run("check", "--data", copied)
    assert code == 3
    assert err.splitlines() == [f"error: {message}" for message in unsettled]
    (line,) = [line for line in out.splitlines() if line.startswith("deflator")]
    assert int(line.split()[-1]) > 10
    code, out, err = run("check", "--data", copied, "--json")
    assert code == 3
    assert len(err.splitlines()) == len(unsettled)
    assert len(json.loads(out)) == len(found)


def test_a_verdict_on_a_claim_that_does_not_compute_fails_the_check(run: Run, copied: Path) -> None:
    path = copied / "checks.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    tested = next(row for row in rows if row["verdict"] == "ok" and row["expected_lower"])
    tested["verdict"] = "flag"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    code, out, err = run("check", "--data", copied, "--language", "en")
    assert code == 3
    head = f"error: checks.csv, check {tested['check_id']}, part {tested['part']}: the editor says "
    assert err.startswith(head + "flag, the test says consistent: the result is ")
    assert len(err.splitlines()) == 1
    assert re.search(r"(?m)^claims  .* 0     1$", out)


def test_a_damaged_table_fails_the_check_in_one_line(run: Run, copied: Path) -> None:
    with (copied / "regions.csv").open("a", encoding="utf-8") as file:
        file.write("short\n")
    code, _, err = run("check", "--data", copied)
    assert code == 3
    assert re.fullmatch(r"error: regions\.csv, row \d+: 1 cells? where .*\n", err)


def test_other_commands_refuse_a_damaged_table(run: Run, copied: Path) -> None:
    with (copied / "regions.csv").open("a", encoding="utf-8") as file:
        file.write("short\n")
    code, out, err = run("list", "--data", copied)
    assert (code, out) == (3, "")
    assert err.startswith("error: regions.csv, row ")


def test_own_data_lie_over_the_shipped_ones(run: Run, tmp_path: Path) -> None:
    """A folder without datapackage.json adds its figures."""
    (tmp_path / "observations").mkdir()
    shipped = catalog.shipped("data") / "observations" / "accounts.csv"
    with shipped.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    own = rows[0] | {"region_code": "410300", "variable": "gdp", "period": "1999", "value": "1"}
    own |= {"unit": "亿元", "basis": "current_prices", "period_kind": "year", "note": ""}
    with (tmp_path / "observations" / "mine.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(own))
        writer.writeheader()
        writer.writerow(own)
    code, out, err = run("show", "gdp", "--region", "洛阳", "--data", tmp_path, "--json")
    assert (code, err) == (0, "")
    periods = [record["period"] for record in json.loads(out)]
    assert periods[0] == "1999"
    assert "2025" in periods
    assert os.environ["LYANALYSIS_DATA"] == str(tmp_path)


@pytest.mark.parametrize("form", ["svg", "png", "pdf"])
def test_the_chart_is_saved_and_the_same_each_time(run: Run, tmp_path: Path, form: str) -> None:
    files = [tmp_path / f"{name}.{form}" for name in ("one", "two")]
    for file in files:
        code, out, err = run("coverage", "--region", "洛阳", "--chart", file)
        assert (code, out, err) == (0, f"{file}\n", "")
    assert files[0].read_bytes() == files[1].read_bytes()


def test_a_chart_that_cannot_be_saved_is_told(run: Run, tmp_path: Path) -> None:
    code, out, err = run("coverage", "--variable", "gdp", "--chart", tmp_path / "no" / "c.svg")
    assert (code, out) == (5, "")
    assert err.startswith(f"error: {tmp_path}/no/c.svg: cannot be written: ")


def test_contracts_are_explained_in_both_languages() -> None:
    assert list(CONTRACTS_ZH) == list(CONTRACTS_EN)


def test_a_pipe_that_closes_early_is_no_defect() -> None:
    """``lyanalysis data show gdp | head -1`` ends quietly."""
    with tempfile.TemporaryFile() as errors:
        with subprocess.Popen(
            [sys.executable, "-m", "lyanalysis", "data", "show", "gdp", "--json"],
            stdout=subprocess.PIPE,
            stderr=errors,
        ) as process:
            assert process.stdout
            process.stdout.readline()
            process.stdout.close()
        errors.seek(0)
        assert errors.read() == b""


def test_every_variable_listed_can_be_shown(run: Run) -> None:
    for variable in list_variables()["variable"]:
        show_values(variable)
