"""Charts of the chapter on innovation draw what is published, and nothing for what is not."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.text import Text

from lyanalysis import charts

NAN = np.nan


def panel(regions: dict[str, dict[int, tuple[float, ...]]], columns: list[str]) -> pd.DataFrame:
    rows = {(code, year): row for code, years in regions.items() for year, row in years.items()}
    index = pd.MultiIndex.from_tuples(list(rows), names=["region_code", "year"])
    return pd.DataFrame(list(rows.values()), index=index, columns=columns, dtype=float)


INTENSITY = panel(
    {
        "410300": {2020: (2.82, NAN), 2021: (NAN, NAN), 2023: (3.44, 3.47), 2024: (3.03, NAN)},
        "100000": {2020: (2.4, NAN), 2021: (2.44, NAN), 2023: (2.64, 2.65), 2024: (NAN, NAN)},
    },
    ["rd_intensity", "other_value"],
)


def texts(figure: Figure) -> list[str]:
    figure.draw_without_rendering()
    return [text.get_text() for text in figure.findobj(Text) if text.get_text()]


def test_lines_break_where_a_year_is_missing() -> None:
    figure = charts.rd_intensity_lines(INTENSITY, language="en")
    (axes,) = figure.axes
    own = axes.lines[0]
    drawn = dict(zip(own.get_xdata(), own.get_ydata(), strict=True))
    assert [year for year, value in drawn.items() if np.isnan(value)] == [2021, 2022]
    assert drawn[2024] == 3.03


def test_a_disputed_figure_is_hollow_and_stands_beside_the_one_used() -> None:
    figure = charts.rd_intensity_lines(INTENSITY, language="zh")
    hollow = [
        dots.get_offsets().tolist()
        for dots in figure.axes[0].collections
        if not len(dots.get_facecolor())
    ]
    assert sorted(hollow[:2]) == [[[2023.0, 2.65]], [[2023.0, 3.47]]]
    shown = texts(figure)
    assert "3.44 / 3.47" in shown
    assert "洛阳 3.03" in shown
    assert "全国 2.64 (2023)" in shown


def test_dots_stand_by_size_and_the_own_region_in_colour() -> None:
    newest = panel(
        {
            "419001": {2020: (2.06,), 2023: (3.44,)},
            "410300": {2023: (3.44,), 2024: (3.03,)},
            "410100": {2023: (2.72,)},
        },
        ["rd_intensity"],
    )
    (axes,) = charts.rd_across_dots(newest, region="410300", language="zh").axes
    names = [label.get_text() for label in axes.get_yticklabels()]
    assert names == ["郑州", "洛阳", "济源"]
    labels = {text.get_text(): to_hex(text.get_color()) for text in axes.texts}
    assert labels["3.44 (2023) → 3.03 (2024)"] == to_hex(charts.style.NEW)
    assert labels["2.72 (2023)"] == to_hex(charts.style.INK)


def test_a_year_without_expenditure_has_no_bar() -> None:
    columns = ["rd_expenditure", "rd_expenditure_industry"]
    spent = panel(
        {"410300": {2022: (168.09, NAN), 2023: (190.01, 135.62), 2025: (NAN, NAN)}}, columns
    )
    (axes,) = charts.rd_expenditure_bars(spent, language="en").axes
    heights = [bar.get_height() for bar in axes.patches]
    assert heights == [168.09, 190.01, 135.62]
    assert {"168.1", "190.0", "135.6"} <= {text.get_text() for text in axes.texts}


@pytest.mark.parametrize(
    ("granted", "valid", "panels"), [(9797.0, 16785.0, 2), (9797.0, NAN, 1), (NAN, 16785.0, 1)]
)
def test_patents_have_a_panel_for_what_is_published(
    granted: float, valid: float, panels: int
) -> None:
    columns = ["patents_granted", "invention_patents_granted", "invention_patents_valid"]
    patents = panel({"410300": {2025: (granted, NAN, valid)}}, columns)
    figure = charts.patent_panels(patents, language="en")
    assert len(figure.axes) == panels
    assert sum(len(axes.patches) for axes in figure.axes) == panels


def test_the_two_ratios_of_loans_are_never_joined() -> None:
    columns = ["loan_deposit_ratio_rmb", "loan_deposit_ratio", "science_budget_share"]
    funds = panel(
        {"410300": {2022: (85.7, NAN, 5.76), 2023: (88.7, 88.2, 6.36), 2025: (NAN, 79.2, NAN)}},
        columns,
    )
    left, right = charts.fund_panels(funds, language="zh").axes
    yuan, every = left.lines
    assert list(yuan.get_ydata()) == [85.7, 88.7]
    assert np.isnan(every.get_ydata()[1])
    assert [bar.get_height() for bar in right.patches] == [5.76, 6.36]


def test_high_tech_lines_are_those_of_regions_that_publish() -> None:
    columns = ["hightech_mfg_margin", "hightech_mfg_revenue_per_firm"]
    hightech = panel(
        {
            "410300": {2022: (NAN, NAN), 2023: (NAN, NAN)},
            "410000": {2022: (4.1, 6.1), 2023: (3.8, 5.3)},
        },
        columns,
    )
    for axes in charts.hightech_panels(hightech, language="en").axes:
        assert len(axes.lines) == 1
        assert axes.texts[0].get_text().startswith("Henan")


EMPTY = panel(
    {"410600": {2023: (NAN,) * 8}},
    [
        *["rd_intensity", "other_value", "rd_expenditure", "rd_expenditure_industry"],
        *["loan_deposit_ratio_rmb", "loan_deposit_ratio", "science_budget_share"],
        "hightech_mfg_margin",
    ],
).assign(
    hightech_mfg_revenue_per_firm=NAN,
    patents_granted=NAN,
    invention_patents_granted=NAN,
    invention_patents_valid=NAN,
)


@pytest.mark.parametrize(
    "draw",
    [
        charts.rd_intensity_lines,
        charts.rd_expenditure_bars,
        charts.patent_panels,
        charts.fund_panels,
        charts.hightech_panels,
    ],
)
def test_nothing_published_draws_nothing(draw: object) -> None:
    figure = draw(EMPTY, language="zh")  # type: ignore[operator]
    assert not any(axes.axison for axes in figure.axes)
    assert not any(
        axes.axison for axes in charts.rd_across_dots(EMPTY, region="410600", language="zh").axes
    )
