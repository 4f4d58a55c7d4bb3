from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from lyanalysis.errors import ParameterError
from lyanalysis.report.batch_plan import BatchPlan
from lyanalysis.report.jobs import Job, expand_region, list_jobs, only_jobs
from lyanalysis.report.limits import Limits

DEFAULTS = {"region": "410300", "first_year": 2010, "language": "zh", "peers": ["410100"]}
MAIL = {"host": "h.example.org", "security": "tls", "sender": "r@example.org"}
READER = {"address": "reader@example.org"}
CITIES = [410100, *range(410200, 411800, 100), 419001]


def years(codes: Sequence[str]) -> Mapping[str, range]:
    """Say that every region but one has reports to end in 2011 to 2025."""
    return {code: range(2011, 2026) for code in codes if code != "411200"}


def make(
    *reports: dict[str, Any], overrides: Sequence[dict[str, Any]] = (), **rest: Any
) -> tuple[list[Job], list[str]]:
    contents = {"reports": [*reports], "overrides": [*overrides], "mail": MAIL, **rest}
    plan = BatchPlan.model_validate(contents)
    return list_jobs(plan, DEFAULTS, years=years, source="plan.toml")


def ids(jobs: Sequence[Job]) -> list[str]:
    return [job.id for job in jobs]


def refusal(*reports: dict[str, Any], **rest: Any) -> str:
    with pytest.raises(ParameterError) as caught:
        make(*reports, **rest)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_product_is_every_region_with_every_year_and_language() -> None:
    jobs, missing = make(
        {"regions": ["洛阳", "Zhengzhou"], "years": "2024..2025", "languages": ["zh", "en"]}
    )
    assert ids(jobs) == [
        "410300/2024-zh",
        "410300/2024-en",
        "410300/2025-zh",
        "410300/2025-en",
        "410100/2024-zh",
        "410100/2024-en",
        "410100/2025-zh",
        "410100/2025-en",
    ]
    assert missing == []
    assert jobs[0].parameters.peers == ("410100",)
    assert jobs[4].parameters.peers == (), "not a peer of itself"
    assert jobs[0].formats == {"html", "pdf", "xlsx"}
    assert jobs[0].limits == Limits()
    assert (jobs[0].recipients, jobs[0].folders) == ((), ())


@pytest.mark.parametrize("name", ["河南", "Henan", "410000"])
def test_a_province_stands_for_its_cities(name: str) -> None:
    assert [int(one.code) for one in expand_region(name, "")] == CITIES
    jobs, missing = make({"regions": [name]})
    assert len(jobs) == 17
    assert missing == ["411200"], "of which there are no figures"


def test_the_nation_stands_for_itself() -> None:
    assert [one.code for one in expand_region("全国", "")] == ["100000"]


def test_what_has_no_figures_is_told() -> None:
    jobs, missing = make({"regions": ["洛阳", "三门峡"], "years": [2025, 2026]})
    assert ids(jobs) == ["410300/2025-zh"]
    assert missing == ["410300/2026", "411200/2025", "411200/2026"]


def test_the_newest_year_is_that_of_the_region() -> None:
    assert ids(make({"regions": ["洛阳"]})[0]) == ["410300/2025-zh"]


def test_overrides_match_by_region_year_and_language() -> None:
    both = {"years": [2024, 2025], "languages": ["zh", "en"]}
    jobs, _ = make(
        {"regions": ["洛阳", "襄阳"], **both},
        overrides=[
            {"first_year": 2011},
            {"region": "河南", "first_year": 2012},
            {"region": "Luoyang", "year": 2025, "first_year": 2013},
            {"language": "en", "peers": []},
            {"region": "410300", "language": "en", "year": 2024, "peers": ["开封"]},
        ],
    )
    told = {job.id: (job.parameters.first_year, job.parameters.peers) for job in jobs}
    assert told == {
        "410300/2024-zh": (2012, ("410100",)),
        "410300/2024-en": (2012, ("410200",)),
        "410300/2025-zh": (2013, ("410100",)),
        "410300/2025-en": (2013, ()),
        "420600/2024-zh": (2011, ("410100",)),
        "420600/2024-en": (2011, ()),
        "420600/2025-zh": (2011, ("410100",)),
        "420600/2025-en": (2011, ()),
    }


def test_a_later_override_prevails_and_says_only_what_it_names() -> None:
    (job,), _ = make(
        {"regions": ["洛阳"], "formats": ["html"], "folders": ["/a"]},
        overrides=[{"formats": ["PDF"], "folders": []}, {"formats": ["xlsx", "html"]}],
    )
    assert (job.formats, job.folders) == ({"xlsx", "html"}, ())


def test_limits_lie_over_each_other() -> None:
    (job,), _ = make(
        {"regions": ["洛阳"], "limits": {"report": 200}},
        overrides=[{"limits": {"memory": 512}}, {"limits": {"memory": 600}}],
        limits={"cell": 10, "report": 100},
    )
    assert job.limits == Limits(cell=10, report=200, memory=600)


def test_one_identifier_asked_for_twice() -> None:
    same = {"regions": ["洛阳"], "years": 2025}
    assert ids(make(same, {"regions": ["河南"]})[0])[0] == "410300/2025-zh"
    assert len(make(same, same)[0]) == 1
    told = refusal(same, {**same, "formats": ["html"]})
    assert told.startswith(
        "plan.toml: 410300/2025-zh is asked for twice, with different values; one folder holds"
    )


@pytest.mark.parametrize(
    ("report", "told"),
    [
        (
            {"recipients": [READER], "formats": ["html"]},
            "410300/2025-zh is mailed, but its formats leave out pdf; add it",
        ),
        (
            {"recipients": [{**READER, "html": True}], "formats": ["pdf"]},
            "410300/2025-zh is mailed, but its formats leave out html; add it",
        ),
        (
            {"recipients": [{**READER, "html": True}], "formats": ["xlsx"]},
            "410300/2025-zh is mailed, but its formats leave out html, pdf; add it",
        ),
        (
            {"formats": ["docx"]},
            "410300/2025-zh: --format 'docx' is no format of a report; known are html, pdf, xlsx",
        ),
        ({"peers": ["洛阳"]}, "410300/2025-zh: --peers: '洛阳' is 410300 (洛阳市), the region of"),
        ({"first_year": 2030}, "410300/2025-zh: --first-year 2030 is after --year 2025"),
        ({"regions": ["洛羊"]}, "unknown region '洛羊'"),
    ],
)
def test_what_cannot_be_made_is_told_with_its_report(report: dict[str, Any], told: str) -> None:
    message = refusal({"regions": ["洛阳"], "years": 2025, **report})
    assert message.startswith("plan.toml: ")
    assert told in message


def test_an_override_of_no_region_is_told_though_nothing_matches_it() -> None:
    told = refusal({"regions": ["洛阳"], "years": 1990}, overrides=[{"region": "洛羊"}])
    assert told.startswith("plan.toml: unknown region '洛羊'")


def test_a_mailed_report_may_have_both_files() -> None:
    (job,), _ = make(
        {"regions": ["洛阳"], "recipients": [{**READER, "html": True}], "formats": ["pdf", "html"]}
    )
    assert [one.address for one in job.recipients] == ["reader@example.org"]


def test_the_command_line_is_told_without_a_file() -> None:
    plan = BatchPlan.model_validate({"reports": [{"regions": ["洛阳"], "formats": ["docx"]}]})
    with pytest.raises(ParameterError) as caught:
        list_jobs(plan, DEFAULTS, years=years, source="")
    assert str(caught.value).startswith("410300/2025-zh: --format 'docx'")


def test_only_some_reports() -> None:
    jobs, _ = make({"regions": ["河南"], "years": "2020..2025"})
    assert only_jobs(jobs, []) == jobs
    chosen = only_jobs(jobs, ["419001/2025-zh", "410300/2020-zh"])
    assert ids(chosen) == ["410300/2020-zh", "419001/2025-zh"], "in the order of the plan"
    with pytest.raises(ParameterError, match="did you mean '419001/2025-zh'"):
        only_jobs(jobs, ["419001/2025"])
    with pytest.raises(ParameterError, match=r"no such report; --dry-run lists those there are$"):
        only_jobs(jobs, ["everything"])


def test_folders_are_copied_to_as_they_were_read() -> None:
    (job,), _ = make({"regions": ["洛阳"], "folders": ["share", "/srv/share"]})
    assert job.folders == (Path("share"), Path("/srv/share"))
