"""Where published figures disagree, which one is used, and why."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from lyanalysis import catalog
from lyanalysis.sources.accounts import COLUMNS, load_accounts, newest_accounts
from lyanalysis.sources.overview import show_values
from lyanalysis.sources.selection import CELL, annual, check_request


def list_conflicts(
    variables: Sequence[str],
    regions: Sequence[str],
    *,
    first_year: int,
    last_year: int,
    data: Path | None = None,
) -> pd.DataFrame:
    """List where annual figures differ by more than rounding, and why one was chosen.

    Parameters
    ----------
    variables, regions, first_year, last_year, data
        As for :func:`load_series`.

    Returns
    -------
    DataFrame
        Index ``(region_code, variable, year)``; one row for every other value, the most preferred
        first. ``picked_value``, ``picked_vintage``, ``picked_source``, ``other_value``,
        ``other_vintage``, ``other_source``; ``difference``, the other minus the one used;
        ``difference_percent``, NaN for figures that are percentages; ``reason`` for the choice:
        ``vintage``, ``grade``, ``published`` (later publication), ``source_id`` (nothing else
        tells them apart), ``block`` (the other alone would come first, but GDP and its sectors
        are taken from one source together), or why the other is no candidate:
        ``different_basis``, ``not_exact``. Where no observation is a candidate ``picked_value`` is
        NaN.

    Raises
    ------
    ParameterError
        If a variable or region is unknown or the range is empty.

    Notes
    -----
    The value used is that of :func:`load_series`; of GDP and its sectors it is that of
    :func:`load_accounts`, on the newest side of the breaks. Two figures agree when they differ by
    at most half of the last digit of the one printed with fewer digits. Equal figures of several
    sources are listed once.

    Examples
    --------
    >>> found = list_conflicts(["gdp"], ["410300"], first_year=2022, last_year=2022)
    >>> found[["picked_value", "other_value", "reason"]].to_numpy().tolist()
    [[5386.2, 5675.2, 'vintage'], [5386.2, 5675.0, 'vintage']]
    """
    ids, codes = check_request(variables, regions, first_year, last_year, data)
    found = annual(ids, codes, first_year, last_year, data)
    candidates = found[found["refused"].eq("")].drop_duplicates(CELL)
    blocks = _used_in_blocks(found, ids, codes, first_year, last_year, data)
    candidates = pd.concat([blocks, candidates]).drop_duplicates(CELL)
    pairs = found.merge(candidates, how="left", on=CELL, suffixes=("_other", "_picked"))
    step = pairs[["step_other", "step_picked"]].max(axis=1)
    gap = pairs["value_other"] - pairs["value_picked"]
    # Half a digit, and a little for numbers binary arithmetic cannot hold exactly.
    apart = gap.abs() > step * (0.5 + 1e-6)
    unlike = pairs["refused_other"].ne("") & pairs["source_id_other"].ne(pairs["source_id_picked"])
    pairs = pairs.assign(difference=gap)[apart | unlike]
    pairs = pairs.drop_duplicates([*CELL, "value_other", "refused_other"])
    table = pairs.set_index(CELL)
    return pd.DataFrame(
        {
            "picked_value": table["value_picked"],
            "picked_vintage": table["vintage_picked"].where(table["vintage_picked"].notna(), ""),
            "picked_source": table["source_id_picked"].where(table["source_id_picked"].notna(), ""),
            "other_value": table["value_other"],
            "other_vintage": table["vintage_other"],
            "other_source": table["source_id_other"],
            "difference": table["difference"],
            "difference_percent": (100 * table["difference"] / table["value_picked"]).where(
                table["unit_other"].ne("%")
            ),
            "reason": _reasons(table),
        }
    )


def list_readings(
    variable: str,
    region: str,
    *,
    first_year: int,
    last_year: int,
    language: catalog.Language,
    data: Path | None = None,
) -> pd.DataFrame:
    """List every figure of a variable of which another source, or its own date, leaves a doubt.

    Parameters
    ----------
    variable : str
        Identifier of a published variable.
    region : str
        Six-digit code.
    first_year, last_year : int
        Range of years in which the periods begin, both included.
    language : {"zh", "en"}
        Language of the citations.
    data : Path, optional
        Folder of data of the user's own; ``None`` means the data in use.

    Returns
    -------
    DataFrame
        Index ``period``: all figures of years whose sources differ by more than rounding, the one
        used first, and all that are of no year at all. A column named as the variable, in the unit
        of the catalogue; ``use``: ``used``, ``same`` (prints the value used), ``other`` or
        ``not_annual``; ``source_grade``, ``source_citation``, ``source_id``. Empty where sources
        agree.

    Raises
    ------
    ParameterError
        If variable or region is unknown, or the variable is not a published one.

    Examples
    --------
    >>> asked = {"first_year": 2023, "last_year": 2024, "language": "zh"}
    >>> found = list_readings("rd_intensity", "410300", **asked)
    >>> found[["rd_intensity", "use"]].reset_index().to_numpy().tolist()
    [['2023', 3.44, 'used'], ['2023', 3.47, 'other']]
    """
    shown = show_values(variable, region, data)
    begins = shown["period"].str[:4].astype(int)
    shown = shown[begins.between(first_year, last_year) & shown["vintage"].ne("expected")]
    uses = {"not_annual": "not_annual", "equal": "same"}
    use = shown["reason"].map(lambda reason: uses.get(reason, "other"))
    shown = shown.assign(use=use.mask(shown["picked"], "used"))
    doubted = shown.loc[shown["use"].isin(["other", "not_annual"]), "period"]
    kept = shown[shown["period"].isin(doubted)].set_index("period")
    return pd.DataFrame(
        {
            variable: kept["value"].astype(float),
            "use": kept["use"],
            "source_grade": kept["grade"],
            "source_citation": [catalog.citation(id, language) for id in kept["source_id"]],
            "source_id": kept["source_id"],
        }
    )


def _used_in_blocks(
    found: pd.DataFrame,
    ids: list[str],
    codes: list[str],
    first_year: int,
    last_year: int,
    data: Path | None,
) -> pd.DataFrame:
    """Return the cells of GDP and its sectors that accounts use, described as observations are."""
    wanted = [id for id in ids if id in COLUMNS]
    if not wanted:
        return found.iloc[:0]
    accounts = newest_accounts(
        load_accounts(codes, first_year=first_year, last_year=last_year, data=data)
    )
    cells = pd.DataFrame(
        {
            name: frame[wanted].stack()
            for name, frame in (
                ("value", accounts.values),
                ("source_id", accounts.sources),
                ("vintage", accounts.vintages),
            )
        }
    ).dropna(subset="value")
    cells = cells.rename_axis(["region_code", "year", "variable"]).reset_index()
    block = ["region_code", "year", "vintage", "source_id"]
    # A sector derived from shares stands in no file; the document it comes from is in `found`.
    known = found.drop_duplicates(block)[[*block, "rank", "grade", "published"]]
    printed = found.drop_duplicates([*CELL, "vintage", "source_id"])
    steps = printed[[*CELL, "vintage", "source_id", "step", "unit"]]
    described = cells.merge(known, how="left", on=block).merge(
        steps, how="left", on=[*CELL, "vintage", "source_id"]
    )
    step = described["step"].where(described["step"].notna(), 0.0)
    return described.assign(step=step, refused="")


def _reasons(table: pd.DataFrame) -> pd.Series:
    block = table["rank_other"].lt(table["rank_picked"]).to_numpy()
    tests = {
        name: table[f"{name}_other"].ne(table[f"{name}_picked"]).to_numpy()
        for name in ("rank", "grade", "published")
    }
    named = np.select(
        [block, *tests.values()], ["block", "vintage", "grade", "published"], "source_id"
    )
    refused = table["refused_other"].to_numpy(str)
    return pd.Series(np.where(refused == "", named, refused), index=table.index, dtype=str)
