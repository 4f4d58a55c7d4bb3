"""Where people live and what is invested in: residents of regions, and since when they compare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

import pandas as pd

from lyanalysis import catalog
from lyanalysis.sources.panel import CROSSES, load_panel

PEOPLE = [
    "population_resident",
    "population_urban",
    "urbanization_rate",
    "urban_new_jobs",
    "employed_urban_units",
]
"""Published variables on residents, towns and jobs."""
INVESTMENT = [
    "fixed_investment_growth",
    "industrial_investment_growth",
    "private_investment_growth",
    "real_estate_investment_growth",
]
"""Published growth of investment by kind."""
RESIDENTS = "population_resident"
URBANISED = "urbanization_rate"
BEFORE = "earlier_population"


def load_people(
    regions: Sequence[str], *, year: int, span: int = 5, data: Path | None = None
) -> catalog.Sourced:
    """Load how urban regions are in a year, and their residents then and some years before.

    Parameters
    ----------
    regions : sequence of str
        Six-digit codes.
    year : int
        Year to load.
    span : int, optional
        Years between the two counts of residents.
    data : Path, optional
        Folder of data of the user's own; ``None`` means the data in use.

    Returns
    -------
    Sourced
        Index ``(region_code, year)``, one row a region in the order given;
        ``urbanization_rate`` in percent, ``population_resident`` and ``earlier_population``, the
        residents `span` years before, both in 10 000 persons. The earlier count is missing where a
        break of the series, such as a census that the years before it were not revised for, lies
        between the two.

    Raises
    ------
    ParameterError
        If a region is unknown.
    DataError
        If the data are damaged.

    Examples
    --------
    >>> load_people(["410300"], year=2025).values.iloc[0].tolist()
    [69.08, 708.3, 705.91]
    """
    panel = load_panel(
        [RESIDENTS, URBANISED], regions, first_year=year - span, last_year=year, data=data
    )
    broken = panel.flags[RESIDENTS].str.contains(CROSSES, regex=False)
    broken &= panel.flags.index.get_level_values("year") > year - span
    crossed = broken.groupby(level="region_code", sort=False).any()
    parts = {}
    for field in fields(panel):
        frame: pd.DataFrame = getattr(panel, field.name)
        now = frame.xs(year, level="year", drop_level=False)
        earlier = frame[RESIDENTS].xs(year - span, level="year")
        blank = float("nan") if field.name == "values" else ""
        earlier = earlier.mask(crossed, blank).reindex(now.index.get_level_values("region_code"))
        parts[field.name] = now[[URBANISED, RESIDENTS]].assign(**{BEFORE: earlier.to_numpy()})
    return catalog.Sourced(**parts)
