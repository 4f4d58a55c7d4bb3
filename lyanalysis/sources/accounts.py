"""GDP and its three sectors, as blocks that add up, inside windows that may be compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

import pandas as pd

from lyanalysis import catalog
from lyanalysis.errors import DataError
from lyanalysis.sources.observations import ACCOUNTS, read_breaks, shared_observations
from lyanalysis.sources.selection import annual, check_request, count_breaks, spread

SECTORS = ["va_primary", "va_secondary", "va_tertiary"]
"""Value added of the three sectors."""
SECTOR_SHARES = ["gdp_share_primary", "gdp_share_secondary", "gdp_share_tertiary"]
"""Shares of the three sectors in GDP, in the order of :data:`SECTORS`."""
SECTOR_GROWTH = ["va_primary_growth", "va_secondary_growth", "va_tertiary_growth"]
"""Real growth of the three sectors, in the order of :data:`SECTORS`."""
COLUMNS = ["gdp", *SECTORS]
DERIVED = "derived_from_shares"
"""Flag of a sector that is a published share times the GDP of the same source and vintage."""
TOLERANCE = 0.005
"""How far sectors may be from GDP, as a part of it."""
BLOCK = ["region_code", "year", "vintage", "source_id"]


def load_accounts(
    regions: Sequence[str], *, first_year: int, last_year: int, data: Path | None = None
) -> catalog.Sourced:
    """Load GDP and its three sectors, each year from one source and one vintage.

    Parameters
    ----------
    regions : sequence of str
        Six-digit codes.
    first_year, last_year : int
        Range of years, both included.
    data : Path, optional
        Folder of a data package; ``None`` means the shipped one.

    Returns
    -------
    Sourced
        Index ``(region_code, year, window)``; columns ``gdp``, ``va_primary``, ``va_secondary``,
        ``va_tertiary`` at current prices in 亿元. Every year of the range is there: a year without
        data has NaN and window ``""``, a year with GDP alone has NaN sectors. A window names the
        first and last year, inside the range, whose sectors may be compared: ``"2019–2022"``. A
        year published before and after a revision stands twice, once on either side of the
        break. Flags: ``derived_from_shares`` on sectors, and those of :func:`load_series`.

    Raises
    ------
    ParameterError
        If a region is unknown or the range is empty.
    DataError
        If the sectors of a block are further than 0.5 % from its GDP.

    Notes
    -----
    A block is complete where one source publishes, in one vintage, GDP and either the three
    sectors or their shares; sectors are then share times GDP, never scaled to add up, and may miss
    GDP by the rounding of shares. Order of preference: final, census_revised, preliminary,
    yearbook, compiled; then published sectors before derived ones, grade of the source, the later
    publication. Where a year has no complete block, the preferred GDP stands alone.

    Examples
    --------
    >>> accounts = load_accounts(["410300"], first_year=2021, last_year=2023)
    >>> accounts.values["gdp"].droplevel("region_code").to_dict()  # doctest: +NORMALIZE_WHITESPACE
    {(2021, '2021–2022'): 5447.1231, (2022, '2021–2022'): 5675.2,
     (2022, '2022–2023'): 5386.2, (2023, '2022–2023'): 5481.6}
    """
    _, codes = check_request([], regions, first_year, last_year, data)
    found = annual([*COLUMNS, *SECTOR_SHARES], codes, first_year, last_year, data)
    found = found[found["refused"].eq("")]
    blocks = _complete_blocks(found)
    alone = _gdp_alone(found, blocks)
    chosen = _choose(_on_sides(pd.concat([blocks, alone]), data))
    chosen = chosen.assign(window=_windows(chosen))
    cells = _cells(chosen)
    return spread(cells, _index(chosen, codes, first_year, last_year), COLUMNS)


def _complete_blocks(found: pd.DataFrame) -> pd.DataFrame:
    """Return one row a complete block: published sectors, else shares times GDP."""
    described = ["rank", "grade", "published", "table", "row"]
    head = found.drop_duplicates(BLOCK).set_index(BLOCK)[described]
    wide = found.pivot(index=BLOCK, columns="variable", values="value")
    wide = wide.reindex(columns=[*COLUMNS, *SECTOR_SHARES])
    notes = found.pivot(index=BLOCK, columns="variable", values="flag")
    notes = notes.where(notes.notna(), "").reindex(columns=wide.columns, fill_value="")
    printed = wide[COLUMNS].notna().all(axis=1)
    shared = wide[["gdp", *SECTOR_SHARES]].notna().all(axis=1) & ~printed
    derived = wide[SECTOR_SHARES].mul(wide["gdp"] / 100, axis=0).set_axis(SECTORS, axis=1)
    values = wide[COLUMNS].mask(shared, derived.assign(gdp=wide["gdp"])[COLUMNS])
    share_notes = notes[SECTOR_SHARES].set_axis(SECTORS, axis=1)
    marked = share_notes.where(share_notes == "", ";" + share_notes)
    flags = notes[COLUMNS].mask(shared, (DERIVED + marked).assign(gdp=notes["gdp"])[COLUMNS])
    flags = flags.add_prefix("flag_")
    blocks = values.join([flags, head]).assign(derived=shared)[printed | shared].reset_index()
    _check_sums(blocks)
    return blocks


def _check_sums(blocks: pd.DataFrame) -> None:
    gap = blocks[SECTORS].sum(axis=1, skipna=False) / blocks["gdp"] - 1
    for block in blocks[gap.abs() > TOLERANCE].itertuples():
        total = sum(getattr(block, sector) for sector in SECTORS)
        raise DataError(
            f"{block.table}, row {block.row}, column value: GDP of {block.region_code} in "
            f"{block.year} ({block.vintage}, {block.source_id}) is {block.gdp:.2f}, its sectors "
            f"add up to {total:.2f}, more than 0.5 % off; check both against the source",
            table=str(block.table),
            row=block.row,
            variable="gdp",
            region=block.region_code,
            year=block.year,
        )


def _gdp_alone(found: pd.DataFrame, blocks: pd.DataFrame) -> pd.DataFrame:
    """Return the preferred GDP of every year that has no complete block."""
    year = ["region_code", "year"]
    gdp = found[found["variable"].eq("gdp")].drop_duplicates(year)
    covered = pd.MultiIndex.from_frame(gdp[year]).isin(pd.MultiIndex.from_frame(blocks[year]))
    alone = gdp[~covered].rename(columns={"value": "gdp", "flag": "flag_gdp"})
    kept = [*BLOCK, "gdp", "flag_gdp", "rank", "grade", "published"]
    return alone[kept].assign(derived=False)


def _on_sides(blocks: pd.DataFrame, data: Path | None) -> pd.DataFrame:
    """Count, for every block, the breaks of its region that lie before it."""
    numbered = blocks.assign(variable=ACCOUNTS).reset_index(drop=True)
    return numbered.assign(side=count_breaks(numbered, read_breaks(data)))


def _choose(blocks: pd.DataFrame) -> pd.DataFrame:
    """Keep the preferred block of every region, year and side of the breaks."""
    order = ["region_code", "year", "side", "rank", "derived", "grade", "published", "source_id"]
    rising = [name != "published" for name in order]
    ordered = blocks.sort_values(order, ascending=rising)
    return ordered.drop_duplicates(["region_code", "year", "side"], ignore_index=True)


def _windows(chosen: pd.DataFrame) -> pd.Series:
    """Name the windows by their years with sectors, or with GDP where there are no sectors."""
    stretch = [chosen["region_code"], chosen["side"]]
    complete = chosen["year"].where(chosen[SECTORS].notna().all(axis=1)).groupby(stretch)
    known = chosen["year"].groupby(stretch)
    first, last = (
        complete.transform(end).where(complete.transform("count").gt(0), known.transform(end))
        for end in ("min", "max")
    )
    names = [
        f"{start:.0f}" if start == end else f"{start:.0f}–{end:.0f}"
        for start, end in zip(first, last, strict=True)
    ]
    windows = pd.Series(names, index=chosen.index, dtype=str)
    # Clipped to one year, the windows on either side of a revision would share a name.
    twice = chosen.assign(window=windows).duplicated(["region_code", "year", "window"], keep=False)
    vintage = chosen["vintage"].where(twice).groupby(stretch).transform("first")
    return windows.mask(vintage.notna(), windows + " " + vintage)


def _cells(chosen: pd.DataFrame) -> pd.DataFrame:
    """Return one row a number, as :func:`spread` wants it."""
    level = ["region_code", "year", "window", "source_id", "vintage"]
    values = chosen.melt(level, COLUMNS, var_name="variable")
    flags = chosen.melt(level, [f"flag_{name}" for name in COLUMNS], value_name="flag")
    return values.assign(flag=flags["flag"]).dropna(subset="value")


def _index(
    chosen: pd.DataFrame, codes: list[str], first_year: int, last_year: int
) -> pd.MultiIndex:
    """Return every year of the range for every region, a year in two windows twice."""
    years = range(first_year, last_year + 1)
    grid = pd.MultiIndex.from_product([codes, years], names=["region_code", "year"]).to_frame()
    full = grid.reset_index(drop=True).merge(
        chosen[["region_code", "year", "window"]], how="left", on=["region_code", "year"]
    )
    return pd.MultiIndex.from_frame(
        full.assign(window=full["window"].where(full["window"].notna(), ""))
    )


def newest_accounts(accounts: catalog.Sourced) -> catalog.Sourced:
    """Keep one row a year: the one on the newest side of the breaks.

    Parameters
    ----------
    accounts : Sourced
        What :func:`load_accounts` returned.

    Returns
    -------
    Sourced
        Index ``(region_code, year)``.

    Examples
    --------
    >>> accounts = load_accounts(["410300"], first_year=2021, last_year=2023)
    >>> newest_accounts(accounts).values["gdp"].tolist()
    [5447.1231, 5386.2, 5481.6]
    """
    index = accounts.flags.reset_index("window").index
    kept = ~index.duplicated(keep="last")
    frames = (getattr(accounts, field.name) for field in fields(accounts))
    return catalog.Sourced(*(frame.set_axis(index)[kept] for frame in frames))


def _is_derived(flags: pd.Series) -> pd.Series:
    return flags.str.startswith(DERIVED)


def covered_years(region: str, *, data: Path | None = None) -> range:
    """Return the years a report may end in: from the first GDP to the newest complete accounts.

    Parameters
    ----------
    region : str
        Six-digit code.
    data : Path, optional
        Folder of a data package.

    Returns
    -------
    range
        Never empty; single years in it may lack figures.

    Raises
    ------
    ParameterError
        If the region is unknown.
    DataError
        If it has no complete year.

    Examples
    --------
    >>> covered_years("410300")
    range(2008, 2026)
    """
    code = catalog.region(region, data=data).code
    found = years_by_region([code], data=data)
    if code not in found:
        name = catalog.region_name(code, "zh", data=data)
        raise DataError(
            f"region {code} ({name}): no year has GDP, the three sectors and real growth "
            "published; choose another region, or add its figures to observations/",
            table="observations",
            variable="gdp",
            region=code,
        )
    return found[code]


def years_by_region(regions: Sequence[str], *, data: Path | None = None) -> dict[str, range]:
    """Return the years reports may end in, for many regions at once.

    Parameters
    ----------
    regions : sequence of str
        Six-digit codes.
    data : Path, optional
        Folder of a data package.

    Returns
    -------
    dict of str to range
        As :func:`covered_years` returns them; a region without a complete year is left out.

    Raises
    ------
    ParameterError
        If a region is unknown.

    Examples
    --------
    >>> years_by_region(["410300", "411200"])
    {'410300': range(2008, 2026), '411200': range(2010, 2024)}
    """
    codes = list(dict.fromkeys(catalog.region(one, data=data).code for one in regions))
    if not codes:
        return {}
    dated = shared_observations(data)["year"]
    first_year, last_year = int(dated[dated > 0].min()), int(dated.max())
    accounts = newest_accounts(
        load_accounts(codes, first_year=first_year, last_year=last_year, data=data)
    )
    printed = (accounts.sources != "") & ~accounts.flags.apply(_is_derived)
    series = annual(["gdp", "gdp_growth_real"], codes, 0, last_year, data)
    series = series[series["refused"].eq("")].astype({"region_code": str})
    grown = series.loc[series["variable"].eq("gdp_growth_real"), ["region_code", "year"]]
    complete = printed.index[printed.all(axis=1)].intersection(pd.MultiIndex.from_frame(grown))
    newest = complete.to_frame(index=False).groupby("region_code")["year"].max()
    oldest = series[series["variable"].eq("gdp")].groupby("region_code")["year"].min()
    return {
        code: range(int(oldest[code]), int(newest[code]) + 1) for code in codes if code in newest
    }


def newest_complete_year(region: str, *, data: Path | None = None) -> int:
    """Return the newest year with GDP, three sectors and real growth, all of them published.

    Parameters
    ----------
    region : str
        Six-digit code.
    data : Path, optional
        Folder of a data package.

    Returns
    -------
    int
        A year; sectors derived from shares do not count.

    Raises
    ------
    ParameterError
        If the region is unknown.
    DataError
        If it has no such year.

    Examples
    --------
    >>> newest_complete_year("410300")
    2025
    """
    return covered_years(region, data=data)[-1]
