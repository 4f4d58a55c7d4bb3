"""The nation by sector: value added of the input-output tables, and persons employed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from lyanalysis.errors import ParameterError
from lyanalysis.sources.tables import numbers, read_keyed

INPUT_OUTPUT = "national_input_output.csv"
EMPLOYMENT = "national_employment.csv"


def load_national_input_output(
    years: Sequence[int] | None = None, *, data: Path | None = None
) -> pd.DataFrame:
    """Load value added of the nation by sector from the input-output tables.

    Parameters
    ----------
    years : sequence of int, optional
        Years with a table; all of them by default.
    data : Path, optional
        Folder of data of the user's own; ``None`` means the data in use.

    Returns
    -------
    DataFrame
        Index ``(year, code)``, in the order of the tables, years as requested. ``sector_zh`` and
        ``sector_en``; ``value_added`` at current prices in 亿元; ``source_id``.

    Raises
    ------
    ParameterError
        If there is no table for a year: one is compiled every few years only, and sectors are cut
        differently in each, so that nothing could stand for the years between.
    DataError
        If the data are damaged.

    Notes
    -----
    Codes are those of the table of one year. From 2015 on there are 42 sectors, in 2010 there are
    41: compare sectors of two years by name, never by code alone.

    Examples
    --------
    >>> found = load_national_input_output([2020])
    >>> len(found), found.loc[(2020, "02"), "sector_en"], found.loc[(2020, "02"), "source_id"]
    (42, 'Mining and washing of coal', 's_io_tables')
    """
    columns = ["year", "io_code", "sector_zh", "sector_en", "value_added_yi", "source_id"]
    table = read_keyed(INPUT_OUTPUT, ["year", "io_code"], columns, data)
    known = list(dict.fromkeys(table["year"]))
    wanted = _checked(known if years is None else years)
    for year in wanted:
        if year not in known:
            listed = ", ".join(str(one) for one in known)
            raise ParameterError(
                f"there is no input-output table for {year}; there is one for {listed}",
                name="years",
                value=year,
            )
    found = table.assign(value_added=numbers(table, "value_added_yi"))
    found = found.rename(columns={"io_code": "code"}).set_index(["year", "code"])
    kept = ["sector_zh", "sector_en", "value_added", "source_id"]
    return pd.concat([found.loc[[year], kept] for year in wanted])


def load_national_employment(
    years: Sequence[int] | None = None, *, data: Path | None = None
) -> pd.DataFrame:
    """Load the number of persons employed in the nation by sector.

    Parameters
    ----------
    years : sequence of int, optional
        Any years; all with figures by default.
    data : Path, optional
        Folder of data of the user's own; ``None`` means the data in use.

    Returns
    -------
    DataFrame
        Index ``(year, code)``: every sector for every year, years as requested. ``sector_zh`` and
        ``sector_en``; ``persons`` in 万人, NaN where there is no figure; ``source_id``, empty
        there. A code is ``TOT``, a letter for a section, or a letter and two digits for a part of
        it.

    Raises
    ------
    DataError
        If the data are damaged.

    Notes
    -----
    A section is the sum of its parts: never add both.

    Examples
    --------
    >>> found = load_national_employment([2018, 2019])
    >>> found["persons"].xs("TOT", level="code").to_dict()
    {2018: 77586.0, 2019: nan}
    """
    columns = ["year", "code", "sector_zh", "sector_en", "persons", "source_id"]
    table = read_keyed(EMPLOYMENT, ["year", "code"], columns, data)
    wanted = _checked(list(dict.fromkeys(table["year"])) if years is None else years)
    sectors = table.drop_duplicates("code").set_index("code")[["sector_zh", "sector_en"]]
    figures = table.assign(persons=numbers(table, "persons")).set_index(["year", "code"])
    index = pd.MultiIndex.from_product([wanted, sectors.index], names=["year", "code"])
    found = figures[["persons", "source_id"]].reindex(index)
    found["source_id"] = found["source_id"].where(found["source_id"].notna(), "")
    names = sectors.loc[index.get_level_values("code")].set_axis(index)
    return names.join(found)


def _checked(years: Sequence[int]) -> list[int]:
    if isinstance(years, int | str):
        raise ParameterError(
            f"years must be a list, not {years!r}; write [{years}]", name="years", value=years
        )
    return list(dict.fromkeys(years))
