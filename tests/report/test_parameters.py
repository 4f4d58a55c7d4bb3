from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from lyanalysis.errors import DataError, ParameterError
from lyanalysis.report.parameters import Parameters, resolve_parameters

DEFAULTS = {"region": "410300", "first_year": 2010, "language": "zh", "peers": ()}


def resolve(**requested: Any) -> Parameters:
    return resolve_parameters(requested, DEFAULTS, years=lambda _region: range(2008, 2026))


def test_a_code_with_a_leading_zero_stays_text() -> None:
    parameters = Parameters(
        region="010500", year=2025, first_year=2010, language="zh", peers=("010600",)
    )
    assert parameters.for_notebook() == {
        "region": "010500",
        "year": 2025,
        "first_year": 2010,
        "language": "zh",
        "peers": ["010600"],
    }


def test_parameters_cannot_be_changed_or_extended() -> None:
    parameters = resolve()
    with pytest.raises(ValidationError):
        parameters.year = 2020
    with pytest.raises(ValidationError):
        Parameters(**parameters.model_dump(), city="x")


@pytest.mark.parametrize("text", ["410300", "洛阳", "洛阳市", "Luoyang", "LUOYANG", "luoyang"])
def test_a_region_is_found_in_the_words_of_the_user(text: str) -> None:
    assert resolve(region=text).region == "410300"


def test_what_is_not_given_comes_from_the_defaults_and_the_data() -> None:
    assert resolve(language="EN").language == "en"
    assert resolve(year=None, language="en") == Parameters(
        region="410300", year=2025, first_year=2010, language="en", peers=()
    )


def test_peers_are_found_too() -> None:
    assert resolve(peers=["郑州"]).peers == ("410100",)


def test_default_peers_leave_the_region_itself_out() -> None:
    defaults = DEFAULTS | {"peers": ("郑州", "洛阳")}
    found = resolve_parameters({}, defaults, years=lambda _region: range(2008, 2026))
    assert found.peers == ("410100",)


def test_years_may_be_text() -> None:
    found = resolve(year="2020", first_year="2012")
    assert (found.year, found.first_year) == (2020, 2012)


@pytest.mark.parametrize(
    ("requested", "name", "message"),
    [
        ({"regoin": "洛阳"}, "regoin", "no parameter 'regoin'; did you mean 'region'?"),
        ({"region": "Louyang"}, "region", "unknown region 'Louyang': did you mean 410300"),
        ({"region": 410300}, "region", "region must be a name or a six-digit code in quotes"),
        ({"language": "fr"}, "--language", "--language 'fr' is no language of a report; choose zh"),
        ({"year": "2025.0"}, "--year", "--year '2025.0' is not a year; write four digits"),
        ({"year": True}, "--year", "--year True is not a year"),
        ({"year": 25}, "--year", "--year 25 is not a year"),
        ({"year": "２０２５"}, "--year", "is not a year"),
        ({"first_year": 1900}, "--first-year", "begin in 2008; give a year from 1949 on"),
        (
            {"first_year": 2026},
            "--first-year",
            "--first-year 2026 is after 2025, the newest year of 410300 (洛阳市)",
        ),
        (
            {"first_year": 2021, "year": 2020},
            "--first-year",
            "--first-year 2021 is after --year 2020; give an earlier one",
        ),
        (
            {"year": 2009},
            "--year",
            "--year 2009 is before 2010 (first_year in report.toml); add --first-year 2008",
        ),
        ({"peers": "郑州"}, "--peers", "--peers must be a list of regions, not '郑州'"),
        ({"peers": ["Atlantis"]}, "--peers", "--peers: unknown region 'Atlantis'"),
        (
            {"peers": ["洛阳"]},
            "--peers",
            "--peers: '洛阳' is 410300 (洛阳市), the region of the report itself; leave it out",
        ),
        (
            {"peers": ["郑州", "410100"]},
            "--peers",
            "--peers: '410100' is 410100 (郑州市), named already; leave it out",
        ),
    ],
)
def test_a_mistake_is_told_in_one_line(
    requested: dict[str, object], name: str, message: str
) -> None:
    with pytest.raises(ParameterError) as caught:
        resolve(**requested)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.name == name


@pytest.mark.parametrize(
    ("default", "message"),
    [
        ({"region": "Louyang"}, "report.toml: region: unknown region 'Louyang'"),
        ({"first_year": 2026}, "report.toml: first_year 2026 is after 2025, the newest year"),
        ({"peers": ["Atlantis"]}, "report.toml: peers: unknown region 'Atlantis'"),
        ({"peers": ["郑州", "410100"]}, "report.toml: peers: '410100' is 410100 (郑州市), named"),
    ],
)
def test_a_mistake_in_the_defaults_names_their_file(
    default: dict[str, object], message: str
) -> None:
    with pytest.raises(ParameterError) as caught:
        resolve_parameters({}, DEFAULTS | default, years=lambda _region: range(2008, 2026))
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("year", "message"),
    [
        (
            2031,
            "--year 2031: GDP, sectors and growth of 410300 (洛阳市) are published up to 2025; "
            "choose a year from 2008 to 2025",
        ),
        (
            1900,
            "--year 1900: GDP of 410300 (洛阳市) is published from 2008 on; "
            "choose a year from 2008 to 2025",
        ),
    ],
)
def test_a_year_without_figures_is_a_data_error(year: int, message: str) -> None:
    with pytest.raises(DataError) as caught:
        resolve(year=year)
    assert str(caught.value) == message
    assert caught.value.keys == {"region": "410300", "year": year}
