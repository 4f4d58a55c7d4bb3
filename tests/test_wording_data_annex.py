"""Sentences on how much is published, with one and with many."""

from __future__ import annotations

import pandas as pd
import pytest

from lyanalysis import wording


def series(*documents: int) -> pd.DataFrame:
    return pd.DataFrame({"figures": [2 for _ in documents], "documents": list(documents)})


def grades(*letters: str) -> pd.DataFrame:
    return pd.DataFrame({"grade": list(letters)})


def test_counts_and_grades_are_said() -> None:
    said = wording.describe_series(series(1, 3, 1), grades("B", "A", "B"), language="zh")
    assert said == (
        "数据包里有这个地区的3项指标、6个数，出自3个来源（A级1个、B级2个）。"
        "其中2项只有一个来源，无从互相核对。"
    )
    english = wording.describe_series(series(1), grades("C"), language="en")
    assert english == (
        "The data hold 2 figures of 1 variable for this region, from 1 source (1 of grade C). "
        "1 variable of these rests on a single source and cannot be held against another."
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_is_doubted_where_all_can_be_checked(language: str) -> None:
    said = wording.describe_series(series(2, 2), grades("A", "A"), language=language)
    assert ("只有一个" in said or "rest" in said) is False


def test_a_region_without_figures_is_told_so() -> None:
    said = wording.describe_series(series(), grades(), language="zh")
    assert said == "数据包里没有这个地区的数。"


def test_breaks_of_accounts_have_a_name() -> None:
    breaks = pd.DataFrame(
        {"before_year": [2013, 2021]}, index=pd.Index(["accounts", "sei_share"], name="broken")
    )
    named = wording.name_broken_series(breaks, language="en")
    assert named.index.tolist()[0] == "GDP and its sectors"
    assert named.index.name == "broken"
    assert breaks.index.tolist() == ["accounts", "sei_share"]
