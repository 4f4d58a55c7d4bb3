"""The article's dated claims stay claims: with their doubts, and apart from days of interviews."""

from __future__ import annotations

import pytest

from lyanalysis.errors import ParameterError
from lyanalysis.sources import load_milestones


def test_luoyang() -> None:
    found = load_milestones("410300", language="zh")
    # Article: 7 of the 156 projects of 1953–1957, a firm founded in 1954, its reform in 2022, a
    # talent plan of five years, a national cluster of 2024, a start planned for September 2025.
    assert found.index.tolist() == ["F002", "F041", "F053", "F042", "F076", "F011"]
    assert found["year"].tolist() == [1953, 1954, 2021, 2022, 2024, 2025]
    assert found["year_end"].tolist() == [1957, 1954, 2025, 2022, 2024, 2025]
    assert found.loc["F002", ["value", "whole", "whole_claim"]].tolist() == [7, 156, "F001"]
    assert found["status"].tolist() == ["stated"] * 5 + ["target"]
    assert found["whole_claim"].tolist()[1:] == [""] * 5


def test_doubts_are_told_in_the_language_of_the_report() -> None:
    for language, words in (("zh", "也有写7项的"), ("en", "6 or 7")):
        remark = load_milestones("410300", language=language)["remark"]
        assert remark.loc["F002"].startswith("X1 ")
        assert words in remark.loc["F002"]
        assert remark.drop("F002").eq("").all()


def test_the_day_of_an_interview_is_no_event() -> None:
    assert "F023" not in load_milestones("410300", language="zh").index


def test_of_a_region_the_article_does_not_date_there_is_nothing() -> None:
    found = load_milestones("410100", language="en")
    assert found.empty
    assert found[["year", "value", "whole"]].dtypes.astype(str).tolist() == ["float64"] * 3
    assert load_milestones("410400", language="en")["whole"].isna().all()


def test_an_unknown_region_is_refused() -> None:
    with pytest.raises(ParameterError):
        load_milestones("999999", language="en")
