from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from lyanalysis.errors import ParameterError
from lyanalysis.report.batch_plan import plan_of, read_batch_plan, read_years
from lyanalysis.report.limits import Limits
from lyanalysis.report.mail_settings import Recipient

EVERY_KEY = """
out = "made"
notebooks = "chapters"
data = "/srv/figures"
workers = 3
attempts = 2
owners = ["owner@example.org"]
language = "en"

[limits]
cell = 60
report = 600
start = 30
memory = 1024

[mail]
host = "mail.example.org"
security = "tls"
port = 4650
user = "reporter"
sender = "reports@example.org"
timeout_seconds = 5.5
ca_file = "authority.pem"

[[reports]]
regions = ["洛阳", "410100"]
years = "2023..2025"
languages = ["zh", "en"]
first_year = 2015
peers = ["Kaifeng"]
formats = ["pdf"]
recipients = ["reader@example.org", { address = "other@example.org", html = true }]
folders = ["share", "/srv/share"]
limits = { report = 900 }

[[overrides]]
region = "洛阳"
year = 2025
language = "en"
first_year = 2010
peers = []
formats = ["html", "pdf"]
recipients = []
folders = []
limits = { cell = 90 }
"""
SMALL = '[[reports]]\nregions = ["洛阳"]\n'
MAIL = '[mail]\nhost = "h.example.org"\nsecurity = "tls"\nsender = "r@example.org"\n'


def write(folder: Path, text: str | bytes) -> Path:
    path = folder / "plan.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def refusal(folder: Path, text: str | bytes) -> str:
    path = write(folder, text)
    with pytest.raises(ParameterError) as caught:
        read_batch_plan(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert "\n" not in message
    return message.removeprefix(f"{path}: ")


def test_a_plan_may_say_everything(tmp_path: Path) -> None:
    plan = read_batch_plan(write(tmp_path, EVERY_KEY))
    assert (plan.out, plan.notebooks) == (tmp_path / "made", tmp_path / "chapters")
    assert plan.data == Path("/srv/figures")
    assert (plan.workers, plan.attempts, plan.language) == (3, 2, "en")
    assert plan.owners == ("owner@example.org",)
    assert plan.limits.over(Limits()) == Limits(cell=60, report=600, start=30, memory=1024)
    assert plan.mail is not None
    assert plan.mail.ca_file == tmp_path / "authority.pem"
    assert (plan.mail.port, plan.mail.timeout_seconds) == (4650, 5.5)
    (product,), (override,) = plan.reports, plan.overrides
    assert product.regions == ("洛阳", "410100")
    assert product.years == (2023, 2024, 2025)
    assert product.languages == ("zh", "en")
    assert (product.first_year, product.peers, product.formats) == (2015, ("Kaifeng",), ("pdf",))
    assert product.folders == (tmp_path / "share", Path("/srv/share"))
    assert product.recipients == (
        Recipient(address="reader@example.org"),
        Recipient(address="other@example.org", html=True),
    )
    assert product.limits is not None
    assert product.limits.over(Limits(cell=7)) == Limits(cell=7, report=900)
    assert (override.region, override.year, override.language) == ("洛阳", 2025, "en")
    assert (override.peers, override.recipients, override.folders) == ((), (), ())


def test_a_plan_needs_no_more_than_regions(tmp_path: Path) -> None:
    plan = read_batch_plan(write(tmp_path, "\ufeff" + SMALL))
    assert plan.out == tmp_path / "reports"
    assert (plan.attempts, plan.language, plan.mail, plan.owners) == (3, "zh", None, ())
    assert plan.limits.over(Limits()) == Limits()
    (product,) = plan.reports
    assert (product.years, product.languages) == (None, ("zh",))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("outt = 'x'\n" + SMALL, "unknown key 'outt'; did you mean 'out'?"),
        (
            SMALL + "yeers = 2025\n",
            "unknown key 'reports.0.yeers'; did you mean 'years'?",
        ),
        # The key of another table is not proposed.
        (SMALL + "year = 2025\n", "unknown key 'reports.0.year'; did you mean 'years'?"),
        (SMALL + "limits = { sell = 1 }\n", "'reports.0.limits.sell'; did you mean 'cell'?"),
        (
            SMALL + "recipients = [{ adress = 'a@example.org' }]\n",
            "'reports.0.recipients.0.adress'; did you mean 'address'?",
        ),
        (SMALL + "[limits]\nmemry = 1\n", "'limits.memry'; did you mean 'memory'?"),
        (SMALL + MAIL + "pasword = 'x'\n", "unknown key 'mail.pasword'; known are host, security"),
        (SMALL + "[[overrides]]\nregon = 'x'\n", "'overrides.0.regon'; did you mean 'region'?"),
    ],
)
def test_an_unknown_key_is_named_with_the_one_that_was_meant(
    tmp_path: Path, text: str, told: str
) -> None:
    assert told in refusal(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "lacks the key 'reports'; add it"),
        ("[[reports]]\nyears = 2025\n", "lacks the key 'reports.0.regions'; add it"),
        ("reports = []", "lists no reports; add one"),
        ("[[reports]]\nregions = []\n", "lists no reports.0.regions; add one"),
        ("[[reports]]\nregions = '洛阳'\n", "reports.0.regions is '洛阳': input should be a"),
        ("[[reports]]\nregions = [410300]\n", "reports.0.regions.0 is 410300: input should be a"),
        (SMALL + "languages = ['fr']\n", "reports.0.languages.0 is 'fr': input should be 'zh'"),
        (SMALL + "languages = []\n", "lists no reports.0.languages; add one"),
        (SMALL + "first_year = '2010'\n", "reports.0.first_year is '2010': input should be"),
        (SMALL + "recipients = ['nobody']\n", "reports.0.recipients.0.address: 'nobody' is not"),
        (SMALL + "limits = { memory = 1 }\n", "reports.0.limits.memory is 1: input should be"),
        ("workers = 0\n" + SMALL, "workers is 0: input should be greater"),
        ("attempts = 11\n" + SMALL, "attempts is 11: input should be less"),
        ("language = 'de'\n" + SMALL, "language is 'de': input should be 'zh' or 'en'"),
        ("out = 7\n" + SMALL, "out is 7: input is not a valid path"),
        ("out = '~nobody-here/x'\n" + SMALL, "out: '~nobody-here/x' is in the home of a user"),
        (SMALL + "[mail]\nhost = 'h'\n", "lacks the key 'mail.security'; add it"),
        (SMALL + "[[overrides]]\nyear = '2025'\n", "overrides.0.year is '2025': input should be"),
    ],
)
def test_a_wrong_value_is_named_with_its_key(tmp_path: Path, text: str, told: str) -> None:
    assert refusal(tmp_path, text).startswith(told)


@pytest.mark.parametrize(
    ("given", "years"),
    [
        ("2020..2022", (2020, 2021, 2022)),
        ("2024", (2024,)),
        (2024, (2024,)),
        ([2024, 2021], (2024, 2021)),
        ("newest", None),
    ],
)
def test_years_have_several_forms(given: Any, years: tuple[int, ...] | None) -> None:
    assert read_years(given) == years


@pytest.mark.parametrize(
    "given", ["", "20", "2020-2022", "2020...2022", [], ["2020"], [True], 2025.0, 20, "２０２０"]
)
def test_what_names_no_years_is_refused(given: Any) -> None:
    with pytest.raises(ValueError, match=r"names no years; write '2020\.\.2025'"):
        read_years(given)


def test_years_run_forwards(tmp_path: Path) -> None:
    told = refusal(tmp_path, SMALL + "years = '2025..2020'\n")
    assert told == "reports.0.years: '2025..2020': the last year is before the first; exchange them"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (SMALL + "recipients = ['a@example.org']\n", "names recipients, but no mail server"),
        (
            SMALL + "[[overrides]]\nrecipients = ['a@example.org']\n",
            "names recipients, but no mail server",
        ),
        ("owners = ['a@example.org']\n" + SMALL, "names owners, but no mail server"),
    ],
)
def test_mail_needs_a_server(tmp_path: Path, text: str, told: str) -> None:
    assert refusal(tmp_path, text) == f"{told}; add a table [mail]"


def test_a_file_that_is_no_plan_is_told_in_a_line(tmp_path: Path) -> None:
    assert refusal(tmp_path, "[[reports]\n").startswith("is not valid TOML: ")
    told = refusal(tmp_path, "out = '洛阳'".encode("gb18030"))
    assert told == "is not encoded in UTF-8; save it in that encoding"
    with pytest.raises(ParameterError, match="No such file or directory; name a plan file"):
        read_batch_plan(tmp_path / "none.toml")
    with pytest.raises(ParameterError, match="cannot be read: Is a directory"):
        read_batch_plan(tmp_path)


def test_the_command_line_makes_a_plan_of_one_product() -> None:
    plan = plan_of({"regions": ["洛阳"], "years": "2024..2025", "formats": ["html"]})
    assert plan.out == Path("reports")
    (product,) = plan.reports
    assert (product.years, product.formats) == ((2024, 2025), ("html",))


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"languages": ["fr"]}, "--language is 'fr': input should be 'zh' or 'en'"),
        ({"years": "20"}, "--years: '20' names no years; write"),
    ],
)
def test_the_command_line_is_told_its_own_options(values: dict[str, Any], told: str) -> None:
    with pytest.raises(ParameterError) as caught:
        plan_of({"regions": ["洛阳"], **values})
    assert str(caught.value).startswith(told)
