"""The commands ``lyanalysis batch``, ``plan check`` and ``explain``, as a user types them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from batches import Place, contents
from editions import OWN_DATA
from mail_server import PASSWORD, USER, Authority, Mailbox, let_in, serve

from lyanalysis import catalog, cli

pytestmark = pytest.mark.slow
Run = Callable[..., tuple[int, list[str], list[str]]]
SECRET = "LYANALYSIS_SMTP_PASSWORD"
CITIES = """
[[reports]]
regions = ["洛阳", "三门峡"]
years = [2024, 2025, 2026]
languages = ["zh", "en"]
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return Place(tmp_path_factory.mktemp("commands"))


# What is looked up before anything is made.


@pytest.fixture
def run(place: Place, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs the command in this process: exit code and lines of outputs."""
    monkeypatch.setenv(catalog.OWN_DATA, "")
    monkeypatch.chdir(place.folder)

    def command(*arguments: str) -> tuple[int, list[str], list[str]]:
        monkeypatch.setattr(sys, "argv", ["lyanalysis", *arguments])
        with pytest.raises(SystemExit) as caught:
            cli.main()
        out, err = capfd.readouterr()
        return int(caught.value.code or 0), out.splitlines(), err.splitlines()

    return command


def test_identifiers_are_the_same_everywhere(place: Place, run: Run) -> None:
    place.plan(CITIES)
    ids = ["410300/2024-zh", "410300/2024-en", "410300/2025-zh", "410300/2025-en"]
    missing = ["410300/2026", "411200/2024", "411200/2025", "411200/2026"]
    told = [f"{id}: no figures are published; left out" for id in missing]
    assert run("plan", "check", "plan.toml") == (0, ids, told)
    dry = ["batch", "plan.toml", "--dry-run"]
    assert run(*dry) == (0, [f"{id}  new" for id in ids], told)
    some = ["410300/2024-zh  new", "410300/2025-en  new"]
    assert run(*dry, "--only", "410300/2025-en,410300/2024-zh") == (0, some, told)
    assert not place.out.exists(), "nothing is written"


def test_the_command_line_stands_for_a_plan(run: Run) -> None:
    given = ["--regions", "洛阳、郑州", "--years", "2024..2025", "--language", "zh,en"]
    code, lines, _ = run("batch", *given, "--dry-run", "--notebooks", "notebooks")
    assert (code, len(lines)) == (0, 8)
    assert lines[:2] == ["410300/2024-zh  new", "410300/2024-en  new"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "batch takes a plan file or --regions"),
        (["plan.toml", "--regions", "洛阳"], "batch takes a plan file or --regions"),
        (["plan.toml", "--years", "2025"], "batch takes a plan file or --regions"),
        (["none.toml"], "none.toml: cannot be read: No such file or directory; name a plan file"),
        (["--regions", "洛羊"], "unknown region '洛羊'"),
        (["--regions", "洛阳", "--language", "fr"], "--language is 'fr': input should be 'zh' or"),
        (["plan.toml", "--only", "410300/2025"], "did you mean '410300/2025-zh'?"),
        (["nodata.toml"], "nodata.toml: data 'figures' does not exist; name a folder with tables"),
    ],
)
def test_a_mistake_is_one_line(place: Place, run: Run, arguments: list[str], told: str) -> None:
    place.plan(CITIES)
    place.plan(f'data = "figures"\n{CITIES}', "nodata.toml")
    code, lines, (message,) = run("batch", *arguments)
    assert (code, lines) == (2, [])
    assert message.startswith("error: ")
    assert told in message


def test_explain_says_why_a_report_would_be_made(run: Run) -> None:
    told = ["410300/2025-zh  new", "moody  to be executed: not in the cache"]
    assert run("explain", "洛阳", "2025", "--notebooks", "notebooks") == (0, told, [])
    assert run("explain", "洛羊")[0] == 2


# Mail from end to end: one place, run again and again.

MAILED = """
data = "figures"
attempts = 1
owners = ["owner@example.org"]
language = "en"
[mail]
host = "localhost"
port = {port}
security = "starttls"
user = "{user}"
sender = "reports@example.org"
ca_file = "authority.pem"
[[reports]]
regions = ["示例市"]
years = [2024, 2025]
first_year = 2019
formats = ["{formats}"]
[[overrides]]
year = 2025
formats = ["pdf"]
recipients = ["reader@example.org"{more}]
folders = ["share"]
"""


class Mailed:
    """A place with a mail server, where one report is good and the other one fails at first."""

    def __init__(self, folder: Path, port: int, mailbox: Mailbox, authority: Authority) -> None:
        self.place = Place(folder)
        self.place.chapters("accounts", "moody")
        self.port = port
        self.mailbox = mailbox
        (folder / "authority.pem").write_bytes(authority.file.read_bytes())
        for file, content in contents(OWN_DATA).items():
            (folder / "figures" / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / "figures" / file).write_bytes(content)
        self.plan()

    def plan(self, more: str = "") -> None:
        text = MAILED.format(port=self.port, user=USER, formats="html", more=more)
        self.place.plan(text)

    def batch(self, *arguments: str) -> tuple[dict[str, Any], list[EmailMessage], str]:
        """Run a batch and return its summary, the mails it sent and what it printed."""
        known = len(self.mailbox.mails)
        summary, finished = self.place.batch("plan.toml", *arguments, **{SECRET: PASSWORD})
        assert finished.returncode == summary["exit_code"]
        return summary, self.mailbox.parsed()[known:], finished.stdout + finished.stderr


@pytest.fixture(scope="module")
def mailed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mailed]:
    authority = Authority(tmp_path_factory.mktemp("authority"))
    mailbox = Mailbox()
    with serve(
        mailbox,
        authenticator=let_in,
        tls_context=authority.context("localhost"),
        require_starttls=True,
        auth_required=True,
    ) as port:
        yield Mailed(tmp_path_factory.mktemp("mailed"), port, mailbox, authority)


def counts(summary: dict[str, Any]) -> dict[str, int]:
    counted: dict[str, int] = summary["counts"]
    return counted


def test_mail_from_end_to_end(mailed: Mailed) -> None:
    place, printed = mailed.place, ""
    place.mood("419901", 2024, "raises")
    without = place.run("batch", "plan.toml")
    assert (without.returncode, without.stdout) == (2, "")
    assert "has no password" in without.stderr

    # A good report goes to its reader and its folder, a failed one to the owners.
    summary, mails, told = mailed.batch()
    printed += told
    assert counts(summary) == {"made": 1, "failed": 1}
    assert summary["exit_code"] == 4
    reader, owner = mails
    assert (reader["To"], owner["To"]) == ("reader@example.org", "owner@example.org")
    report = place.out / "419901" / "2025-zh"
    (attached,) = reader.iter_attachments()
    assert attached.get_payload(decode=True) == (report / "report.pdf").read_bytes()
    assert owner["Subject"] == "lyanalysis: reports that failed: 1"
    digest = owner.get_content()
    assert "419901/2024-zh  moody    5     chapter moody, cell 5: ZeroDivisionError" in digest
    assert contents(place.folder / "share" / "419901" / "2025-zh") == contents(report)
    assert sorted(one["target"] for one in summary["deliveries"]) == [
        str(place.folder / "share"),
        "owner@example.org",
        "reader@example.org",
    ]

    # The figures change: the reader gets the new edition, the owners what moved.
    place.mood("419901", 2024)
    figures = place.folder / "figures" / "observations" / "example.csv"
    kept = figures.read_text("utf-8")
    assert kept.count(",1030.5,") == 1
    figures.write_text(kept.replace(",1030.5,", ",1030.9,"), "utf-8")
    summary, mails, told = mailed.batch()
    printed += told
    assert counts(summary) == {"made": 2}
    assert summary["exit_code"] == 0
    reasons = {one["id"]: one["reasons"] for one in summary["reports"]}
    assert reasons["419901/2025-zh"] == ["data changed: own/observations/example.csv"]
    reader, owner = mails
    assert (reader["To"], owner["To"]) == ("reader@example.org", "owner@example.org")
    digest = owner.get_content()
    assert "419901/2025-zh" in digest.splitlines()
    assert "419901/2024-zh" not in digest, "new, which is no change"
    (told_changes,) = (one["changes"] for one in summary["reports"] if one["changes"])
    assert told_changes[0] in digest

    # Nothing has changed: nothing is sent.
    summary, mails, told = mailed.batch()
    printed += told
    assert counts(summary) == {"current": 2}
    assert (mails, summary["deliveries"], summary["exit_code"]) == ([], [], 0)

    # Somebody new, and somebody the server does not know: a dry run shows their mails.
    mailed.plan(', "new@example.org", "nobody@example.org"')
    tree = contents(place.folder)
    shown = place.run("batch", "plan.toml", "--dry-run")
    assert shown.returncode == 0, shown.stderr
    lines = shown.stdout.splitlines()
    assert lines[:2] == ["419901/2024-zh  current", "419901/2025-zh  current"]
    written = {
        path: content for path, content in contents(place.folder).items() if path not in tree
    }
    assert sorted(lines[2:]) == sorted(written)
    assert len(written) == 2
    assert all(path.startswith("reports/outbox/") for path in written)
    assert all(path.endswith(".eml") for path in written)
    assert {path: contents(place.folder)[path] for path in tree} == tree

    summary, mails, told = mailed.batch()
    printed += told
    assert [mail["To"] for mail in mails] == ["new@example.org"]
    failed = [one for one in summary["deliveries"] if one["status"] != "delivered"]
    assert [(one["target"], one["status"]) for one in failed] == [
        ("nobody@example.org", "permanent")
    ]
    assert "no such mailbox" in failed[0]["error"]
    assert summary["exit_code"] == 5
    assert "0 made, 2 current, 0 failed, 1 delivered, 1 not delivered in " in told

    assert PASSWORD not in printed
    for path, content in contents(place.folder).items():
        assert PASSWORD.encode() not in content, path
    events = place.events()
    assert {event["event"] for event in events} == {"begin", "report", "delivery", "end"}


def test_figures_that_contradict_each_other_are_told_as_such(
    mailed: Mailed, tmp_path: Path
) -> None:
    place = mailed.place
    asked = '[[reports]]\nregions = ["示例市"]\nfirst_year = 2019\nformats = ["html"]\n'
    place.plan(f'data = "figures"\n{asked}', "damaged.toml")
    figures = place.folder / "figures" / "observations" / "example.csv"
    kept = figures.read_text("utf-8")
    figures.write_text(kept.replace("419901,gdp,2019", "419901,gpd,2019"), "utf-8")
    finished = place.run("batch", "damaged.toml", "--out", tmp_path)
    figures.write_text(kept, "utf-8")
    assert finished.returncode == 3, finished.stderr
    assert "example.csv" in finished.stderr
    assert "gpd" in finished.stderr


def test_a_summary_goes_into_a_file(mailed: Mailed, tmp_path: Path) -> None:
    place = mailed.place
    place.plan('data = "figures"\n[[reports]]\nregions = ["示例市"]\nyears = 2015\n', "none.toml")
    asked = ["batch", "none.toml", "--out", tmp_path / "out", "--log", tmp_path / "log"]
    finished = place.run(*asked, "--summary-json", tmp_path / "summary.json")
    assert finished.returncode == 0, finished.stderr
    assert finished.stdout.startswith("0 made, 0 current, 0 failed, 1 without published figures in")
    summary = json.loads((tmp_path / "summary.json").read_text("utf-8"))
    assert (summary["exit_code"], summary["missing"], summary["reports"]) == (
        0,
        ["419901/2015"],
        [],
    )
    assert len((tmp_path / "log").read_text("utf-8").splitlines()) == 2

    finished = place.run(*asked, "--summary-json", tmp_path / "none" / "summary.json")
    assert finished.returncode == 5
    assert "summary.json: cannot be written: No such file or directory" in finished.stderr
