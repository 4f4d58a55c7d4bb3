from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from lyanalysis.errors import DataError, ParameterError
from lyanalysis.report.parameters import Parameters, resolve_parameters

DEFAULTS = {"region": "410300", "first_year": 2010, "language": "zh", "peers": ()}


def resolve(**requested: Any) -> Parameters:
    return resolve_parameters(requested, DEFAULTS, newest_year=lambda _region: 2025)


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
    assert resolve(year=None, language="en") == Parameters(
        region="410300", year=2025, first_year=2010, language="en", peers=()
    )


def test_peers_are_found_too() -> None:
    assert resolve(peers=["郑州"]).peers == ("410100",)


@pytest.mark.parametrize(
    ("requested", "name", "message"),
    [
        ({"regoin": "洛阳"}, "regoin", "no parameter 'regoin'; did you mean 'region'?"),
        ({"region": "Louyang"}, "region", "410300"),
        ({"region": 410300}, "region", "region must be a name or a six-digit code in quotes"),
        ({"language": "fr"}, "language", "language 'fr': input should be 'zh' or 'en'"),
        ({"year": "2025"}, "year", "year '2025': input should be a valid integer"),
        ({"year": True}, "year", "year True: input should be a valid integer"),
        ({"year": 25}, "year", "year 25: input should be greater than or equal to 1949"),
        ({"first_year": 2026}, "", "first_year 2026 is after year 2025"),
        ({"peers": "郑州"}, "peers", "peers must be a list of regions, not '郑州'"),
        ({"peers": ["洛阳"]}, "", "peers contain 410300, the region of the report itself"),
        ({"peers": ["郑州", "410100"]}, "", "peers name a region twice"),
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


def test_a_year_after_the_newest_is_a_data_error() -> None:
    with pytest.raises(DataError) as caught:
        resolve(year=2031)
    assert str(caught.value) == "no GDP, sectors and growth for 410300 in 2031; newest is 2025"
    assert caught.value.keys == {"region": "410300", "year": 2031}
