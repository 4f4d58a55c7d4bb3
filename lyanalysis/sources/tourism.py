"""Tourist visits and revenue: figures of whole years, and those of halves, festivals, holidays."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from lyanalysis import catalog
from lyanalysis.sources.selection import annual
from lyanalysis.sources.series import load_series
from lyanalysis.sources.within_year import load_within_year

TOURISM = ["tourism_visits", "tourism_visits_growth", "tourism_revenue", "tourism_revenue_growth"]
"""Published variables of whole years."""
PREFIX = "tourism_"
MEASURES = ("visits_growth", "revenue_growth", "visits", "revenue")
"""Ends of identifiers, the longer ones first."""
OCCASION = ["variable", "period", "period_kind", "as_of"]


def load_tourism(
    region: str, *, first_year: int, last_year: int, data: Path | None = None
) -> tuple[catalog.Sourced, pd.DataFrame]:
    """Load visits and revenue of whole years, and how exactly they are printed.

    Parameters
    ----------
    region : str
        Six-digit code.
    first_year, last_year : int
        Range of years, both included.
    data : Path, optional
        Folder of data of the user's own; ``None`` means the data in use.

    Returns
    -------
    tuple of (Sourced, DataFrame)
        :data:`TOURISM` as :func:`load_series` gives them; and of the same shape the last digit
        of each figure that counts, in the unit of the catalogue, NaN where there is no figure.

    Raises
    ------
    ParameterError
        If the region is unknown or the range is empty.
    DataError
        If the data are damaged.

    Notes
    -----
    Zeros at the end of a whole number are taken as rounding: 16000 (10 000 visits) is printed as
    1.6 (100 million). Where they are exact the range is too wide, never too narrow.

    Examples
    --------
    >>> loaded, steps = load_tourism("410300", first_year=2025, last_year=2025)
    >>> loaded.values["tourism_visits"].tolist(), steps["tourism_visits"].tolist()
    ([16000.0], [1000.0])
    """
    loaded = load_series(TOURISM, [region], first_year=first_year, last_year=last_year, data=data)
    found = annual(TOURISM, [region], first_year, last_year, data)
    keys = ["region_code", "year", "variable", "source_id"]
    printed = found[found["refused"].eq("")].drop_duplicates(keys).set_index(keys)["step"]
    used = loaded.sources.stack()
    cells = pd.MultiIndex.from_arrays(
        [*(used.index.get_level_values(level) for level in range(3)), used.to_numpy()]
    )
    digits = printed.reindex(cells).to_numpy(float).reshape(loaded.values.shape)
    steps = pd.DataFrame(digits, index=loaded.values.index, columns=loaded.values.columns)
    return loaded, steps.where(steps.lt(1) | steps.isna(), loaded.values.map(_last_digit))


def _last_digit(value: float) -> float:
    """Return the place of the last digit of a whole number that is not zero."""
    if pd.isna(value) or value == 0:
        return 1.0
    digits = f"{abs(value):.0f}"
    return 10.0 ** (len(digits) - len(digits.rstrip("0")))


def load_occasions(
    region: str, *, first_year: int, last_year: int, data: Path | None = None
) -> pd.DataFrame:
    """Load visits and revenue of half-years, festivals and holidays, one row an occasion.

    Parameters
    ----------
    region : str
        Six-digit code.
    first_year, last_year : int
        Range of the years in which the periods begin, both included.
    data : Path, optional
        Folder of data of the user's own; ``None`` means the data in use.

    Returns
    -------
    DataFrame
        By period, then in the order of the catalogue. ``variable``, that of the visits;
        ``period``, ``period_kind`` and ``as_of`` as in the data; ``visits``, ``visits_growth``,
        ``revenue``, ``revenue_growth`` in the units of the catalogue, NaN where nothing is
        published; ``comparator`` of the visits and ``revenue_comparator``; ``flag`` and
        ``sources``, codes joined by ``;``.
        Occasions differ in length and subject: they are never to be added up or set on one line.

    Raises
    ------
    ParameterError
        If the region is unknown or the range is empty.
    DataError
        If the data are damaged.

    Examples
    --------
    >>> found = load_occasions("410300", first_year=2016, last_year=2016)
    >>> found[["variable", "period_kind"]].iloc[0].tolist(), found["visits"].tolist()[0]
    (['tourism_visits', 'half_year'], 5734.66)
    """
    kinds = {}
    for id, entry in catalog.variables(data).items():
        if entry.kind == "published" and id.startswith(PREFIX):
            measure = next((end for end in MEASURES if id.endswith(f"_{end}")), "")
            if measure:
                kinds[id] = (id.removesuffix(measure) + "visits", measure)
    found = load_within_year(
        list(kinds), [region], first_year=first_year, last_year=last_year, data=data
    )
    measured = found["variable"].map({id: kind for id, (_, kind) in kinds.items()})
    found = found.assign(variable=found["variable"].map({id: v for id, (v, _) in kinds.items()}))
    keys = pd.MultiIndex.from_frame(found[OCCASION])
    # Within a period in the order of the catalogue: all visits before a part of them.
    place = found["variable"].map({id: place for place, id in enumerate(catalog.variables(data))})
    ordered = found.assign(place=place).sort_values(["period", "place"])
    rows = pd.MultiIndex.from_frame(ordered.drop_duplicates(OCCASION)[OCCASION])

    def spread(column: str, kind: str) -> pd.Series:
        cells = found.loc[measured.eq(kind), column]
        return cells.set_axis(keys[measured.eq(kind)]).reindex(rows)

    def words(column: str, kind: str) -> pd.Series:
        cells = spread(column, kind)
        return cells.where(cells.notna(), "").astype(str)

    def joined(column: str) -> list[str]:
        texts = found[column].groupby(keys).agg(lambda cells: ";".join(dict.fromkeys(cells)))
        return [texts[key].strip(";") for key in rows]

    kept = ["visits", "visits_growth", "revenue", "revenue_growth"]
    return (
        pd.DataFrame({kind: spread("value", kind).astype(float) for kind in kept}, index=rows)
        .assign(
            comparator=words("comparator", "visits"),
            revenue_comparator=words("comparator", "revenue"),
            flag=joined("flag"),
            sources=joined("source_id"),
        )
        .reset_index()
    )
