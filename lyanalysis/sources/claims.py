"""The claims of an article, and what is published beside them; a claim is never evidence."""

from __future__ import annotations

from collections.abc import Container, Mapping
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from lyanalysis import catalog
from lyanalysis.sources.observations import (
    COMPARATORS,
    EXAMPLES,
    NO_NUMBER,
    NO_REGION,
    NUMBER,
    PERIODS,
    REPEATED,
    shared_observations,
    unit_factors,
)
from lyanalysis.sources.selection import annual

CLAIM_COLUMNS = [
    *["claim_id", "section", "theme", "region_code", "scope_zh", "scope_en"],
    *["entity_zh", "entity_en", "indicator_zh", "indicator_en", "indicator_id", "variable"],
    *["period", "period_kind", "as_of", "status", "kind", "value", "unit", "comparator"],
    *["tags", "repeat_of", "note_zh", "note_en"],
]
"""Columns of the table of claims."""
NAMED = [*CLAIM_COLUMNS[4:11], "section", "theme"]
"""Columns without which a claim cannot be shown."""
CLAIM_COMPARATORS = (*COMPARATORS, ">=", "<=")
"""How a claim may be qualified."""
STATUSES = ("stated", "target", "expected")
"""What a claim speaks of: something that is, something aimed at, something foreseen."""
KINDS = ("count", "level", "share", "ratio", "growth", "duration", "date", "target")
"""What a claim is made of."""
TAGS = ("label", "verbal", "implied")
"""Why a number is no hard one: part of a slogan, said in words, following from the sentence."""
RANGES = ("cumulative", "average", "change", "event")
"""Kinds of period whose figures an undated claim cannot mean."""
FILES = ("claims.csv", "units.csv", "variables.csv", "regions.csv")
"""What the claims depend on."""


def load_claims(data: Path | None = None) -> pd.DataFrame:
    """Load the claims of the article.

    Parameters
    ----------
    data : Path, optional
        Folder of data of the user's own; see :mod:`lyanalysis.catalog`.

    Returns
    -------
    DataFrame
        Index ``claim_id``. ``region_code``, empty where the scope is no region of the catalogue;
        ``scope``, ``entity``, ``indicator`` and ``note`` in both languages; ``variable``, the
        published series of the same concept, empty where there is none; ``period``,
        ``period_kind``, ``as_of``, ``status``, one of :data:`STATUSES`; ``kind``; ``value``, a
        float in ``unit``, the unit of the catalogue, and ``step``, its last printed digit;
        ``printed`` and ``printed_unit`` as they stand in the article; ``comparator``; ``tags``,
        joined by ``|``; ``repeat_of``, the claim that is said again; ``section`` and ``theme``.

    Raises
    ------
    DataError
        If the table is damaged: unknown region, variable, unit or claim, wrong form of a period,
        text in a number, an identifier that occurs twice.

    Notes
    -----
    Claims never become observations: an article is no evidence for itself.

    Examples
    --------
    >>> load_claims().loc[["F036"], ["value", "unit", "period", "variable"]].to_numpy().tolist()
    [[1208.59, '亿元', '2024', 'tourism_revenue']]
    """
    return shared_claims(data).copy()


def shared_claims(data: Path | None) -> pd.DataFrame:
    """Return the checked claims themselves, for callers that never change them."""
    return _claims(tuple(catalog.version(name, data) for name in FILES), data)


@cache
def _claims(_files: tuple[catalog.Version, ...], data: Path | None) -> pd.DataFrame:
    table = catalog.read_table("claims.csv", columns=CLAIM_COLUMNS, data=data)
    factors = unit_factors(data)
    _check(table, factors, data)
    factor = table["unit"].map({unit: number for unit, (_, number) in factors.items()})
    units = table["unit"].map({unit: canonical for unit, (canonical, _) in factors.items()})
    wanted = table["variable"].map({id: one.unit for id, one in catalog.variables(data).items()})
    expected = "cannot be converted to the unit of the variable; add it to units.csv"
    catalog.refuse(table, wanted.notna() & wanted.ne(units), column="unit", expected=expected)
    digits = table["value"].str.partition(".")[2].str.len()
    typed = table.assign(
        printed=table["value"],
        printed_unit=table["unit"],
        value=table["value"].astype(float) * factor,
        step=10.0**-digits * factor,
        unit=units,
    )
    return typed.set_index("claim_id")


def _check(table: pd.DataFrame, units: Container[str], data: Path | None) -> None:
    """Refuse a table of claims that breaks a rule."""
    catalog.refuse(table, table["claim_id"].duplicated(), column="claim_id", expected=REPEATED)
    for column in ("claim_id", *NAMED):
        empty = table[column].eq("")
        catalog.refuse(table, empty, column=column, expected="is empty; write what it is")
    published = [id for id, entry in catalog.variables(data).items() if entry.kind == "published"]
    lists: Mapping[str, tuple[Container[str], str]] = {
        "region_code": (("", *catalog.regions(data)), f"{NO_REGION}, or leave the cell empty"),
        "variable": (("", *published), "is not a published variable; leave the cell empty"),
        "period_kind": (PERIODS, f"is not a kind of period; use one of {', '.join(PERIODS)}"),
        "status": (STATUSES, f"is not a status; use one of {', '.join(STATUSES)}"),
        "kind": (KINDS, f"is not a kind of claim; use one of {', '.join(KINDS)}"),
        "unit": (units, "is not a unit; add it to units.csv"),
        "comparator": (
            CLAIM_COMPARATORS,
            f"is not a comparator; use one of {' '.join(CLAIM_COMPARATORS)}",
        ),
        "repeat_of": (("", *table["claim_id"]), "is not a claim; correct it, or leave it empty"),
    }
    for column, (known, expected) in lists.items():
        wrong = ~table[column].map(lambda code, known=known: code in known).astype(bool)
        catalog.refuse(table, wrong, column=column, expected=expected)
    wrong = table["tags"].map(lambda tags: bool({*tags.split("|")} - {"", *TAGS}))
    expected = f"holds an unknown tag; use {', '.join(TAGS)}, separated by |"
    catalog.refuse(table, wrong, column="tags", expected=expected)
    wrong = table["repeat_of"].eq(table["claim_id"])
    catalog.refuse(table, wrong, column="repeat_of", expected="is the claim itself; correct it")
    wrong = table["variable"].ne("") & table["region_code"].eq("")
    expected = "has figures of regions only; give region_code, or leave the cell empty"
    catalog.refuse(table, wrong, column="variable", expected=expected)
    for kind, form in PERIODS.items():
        wrong = table["period_kind"].eq(kind) & ~table["period"].str.fullmatch(form)
        expected = f"does not have the form of {kind}; write it like {EXAMPLES[kind]}"
        catalog.refuse(table, wrong, column="period", expected=expected)
    undated = table["period_kind"].eq("as_reported")
    for column in ("as_of", "note_zh", "note_en"):
        wrong = undated & table[column].eq("")
        expected = "is empty; an undated claim says when it was reported and that it is undated"
        catalog.refuse(table, wrong, column=column, expected=expected)
    wrong = ~table["value"].str.fullmatch(NUMBER)
    catalog.refuse(table, wrong, column="value", expected=NO_NUMBER)


def claim_beside_published(data: Path | None = None) -> pd.DataFrame:
    """Put every claim of a published series beside all figures published for it.

    Parameters
    ----------
    data : Path, optional
        Folder of data of the user's own.

    Returns
    -------
    DataFrame
        One row a claim and published figure, in the order of claims, then periods; a claim beside
        which nothing is published has one row without a figure. ``claim_id``, ``variable``,
        ``region_code``, ``unit``; ``claimed``, ``claim_comparator``, ``claim_period``,
        ``claim_period_kind``; ``published``, ``comparator``, ``period``, ``period_kind``,
        ``as_of``, ``vintage``, ``source_id`` of the figure; ``difference``, claimed minus
        published; ``equal``, whether that is within rounding; ``same_period``; ``comparable``,
        whether the two can mean the same: figures of one kind of period, or any but ranges of
        years and events beside an undated claim; ``closest``, true for one comparable figure.

    Raises
    ------
    DataError
        If the data package is damaged.

    Notes
    -----
    Two figures are equal when they differ by at most half of the last digit of the one printed
    with fewer digits and are qualified alike: more than 300 is not 300. Expectations are left out.
    Of equally close figures that of the same period is the closest one, then the one that comes
    first by vintage, grade, later publication and source.

    Examples
    --------
    >>> found = claim_beside_published().query("claim_id == 'F062'")
    >>> bool(found["equal"].any()), found.query("period == '2024'")["published"].unique().tolist()
    (False, [3.03])
    """
    claims = shared_claims(data)
    claims = claims[claims["variable"].ne("")].reset_index()
    columns = ["claim_id", "variable", "region_code", "unit", "value", "step", "comparator"]
    left = claims[[*columns, "period", "period_kind"]].assign(place=claims.index)
    found = shared_observations(data)
    found = found[found["vintage"].ne("expected") & found["variable"].isin(left["variable"])]
    pairs = left.merge(
        found.drop(columns="unit"),
        how="left",
        on=["region_code", "variable"],
        suffixes=("_claimed", ""),
    )
    pairs = pairs.sort_values(
        ["place", "period", "rank", "grade", "published", "source_id"],
        ascending=[True, True, True, True, False, True],
        ignore_index=True,
    )
    gap = pairs["value_claimed"] - pairs["value"]
    step = pairs[["step_claimed", "step"]].max(axis=1)
    same_kind = pairs["period_kind"].eq(pairs["period_kind_claimed"])
    undated = pairs["period_kind_claimed"].eq("as_reported") & ~pairs["period_kind"].isin(RANGES)
    beside = pd.DataFrame(
        {
            **{name: pairs[name] for name in ("claim_id", "variable", "region_code", "unit")},
            "claimed": pairs["value_claimed"],
            "claim_comparator": pairs["comparator_claimed"],
            "claim_period": pairs["period_claimed"],
            "claim_period_kind": pairs["period_kind_claimed"],
            "published": pairs["value"],
            **{
                name: pairs[name].where(pairs["value"].notna(), "").astype(str)
                for name in ("comparator", "period", "period_kind", "as_of", "vintage", "source_id")
            },
            "difference": gap,
            # Half a digit, and a little for numbers binary arithmetic cannot hold exactly.
            "equal": (gap.abs() <= step * (0.5 + 1e-6))
            & pairs["comparator"].eq(pairs["comparator_claimed"]),
            "same_period": same_kind & pairs["period"].eq(pairs["period_claimed"]),
            "comparable": (same_kind | undated) & pairs["value"].notna(),
        }
    )
    return beside.assign(closest=_closest(beside))


def _closest(beside: pd.DataFrame) -> pd.Series:
    """Mark one comparable figure of every claim: the closest, of its own period where it can be."""
    ranked = beside.assign(apart=beside["difference"].abs(), other=~beside["same_period"])
    ranked = ranked[ranked["comparable"]].sort_values(["apart", "other"], kind="stable")
    first = ranked.drop_duplicates("claim_id").index
    return pd.Series(beside.index.isin(first), index=beside.index)


def match_claims(data: Path | None = None) -> pd.DataFrame:
    """Say of every claim of a published series whether a published figure equals it.

    Parameters
    ----------
    data : Path, optional
        Folder of data of the user's own.

    Returns
    -------
    DataFrame
        Index ``claim_id``: ``variable``, ``region_code``, ``unit``, ``claimed``, ``comparator``,
        ``period``, ``period_kind`` of the claim; ``figures``, the number of comparable published
        ones; ``match``: ``same_period`` (one of that period equals it), ``other_period`` (one of
        another period does, for an undated claim of any), ``none`` (none does), ``unpublished``;
        ``equal_periods``, joined by ``;``; ``closest_value``, ``closest_period``,
        ``closest_kind``, ``closest_source`` and ``difference``, claimed minus closest;
        ``annual_value`` and ``annual_year``, the figure used for the year of the claim, of an
        undated one for the last year that was over when it was made, or the newest before.

    Raises
    ------
    DataError
        If the data package is damaged.

    Notes
    -----
    An equal figure of another period dates an undated claim, as far as figures alone can.

    Examples
    --------
    >>> shown = ["match", "claimed", "annual_value", "annual_year"]
    >>> match_claims().loc[["F062"], shown].to_numpy().tolist()
    [['none', 3.28, 3.03, 2024]]
    """
    beside = claim_beside_published(data)
    comparable = beside[beside["comparable"]]
    equal = comparable[comparable["equal"]]
    first = beside.drop_duplicates("claim_id").set_index("claim_id")
    closest = beside[beside["closest"]].set_index("claim_id").reindex(first.index)
    figures = comparable.groupby("claim_id").size().reindex(first.index, fill_value=0)
    periods = equal.groupby("claim_id")["period"].agg(lambda texts: ";".join(dict.fromkeys(texts)))
    periods = periods.reindex(first.index)
    same = first.index.isin(equal.loc[equal["same_period"], "claim_id"])
    any_equal, nothing = periods.notna().to_numpy(), figures.eq(0).to_numpy()
    matches = np.select(
        [same, any_equal, nothing], ["same_period", "other_period", "unpublished"], "none"
    )
    newest = _annual(first, data)
    texts = {
        "closest_period": "period",
        "closest_kind": "period_kind",
        "closest_source": "source_id",
    }
    return pd.DataFrame(
        {
            **{name: first[name] for name in ("variable", "region_code", "unit", "claimed")},
            "comparator": first["claim_comparator"],
            "period": first["claim_period"],
            "period_kind": first["claim_period_kind"],
            "figures": figures,
            "match": pd.Series(matches, index=first.index, dtype=str),
            "equal_periods": periods.where(periods.notna(), "").astype(str),
            "closest_value": closest["published"],
            **{
                name: closest[column].where(closest[column].notna(), "").astype(str)
                for name, column in texts.items()
            },
            "difference": closest["difference"],
            "annual_value": newest["value"].astype(float),
            "annual_year": newest["year"].astype("Int64"),
        }
    )


def _annual(claims: pd.DataFrame, data: Path | None) -> pd.DataFrame:
    """Return the newest annual figure used up to the year each claim can be about."""
    columns = ["value", "year"]
    if claims.empty:
        return pd.DataFrame(index=claims.index, columns=columns)
    variables, regions = claims["variable"].unique(), claims["region_code"].unique()
    found = annual(list(variables), list(regions), 1, 9999, data)
    used = found[found["refused"].eq("")].drop_duplicates(["region_code", "variable", "year"])
    whole = claims["claim_period_kind"].eq("year")
    last = claims["claim_period"].str[:4].astype(int) - ~whole
    left = claims[["region_code", "variable"]].assign(last=last).reset_index()
    pairs = left.merge(used, on=["region_code", "variable"])
    pairs = pairs[pairs["year"].le(pairs["last"])].sort_values("year", kind="stable")
    newest = pairs.drop_duplicates("claim_id", keep="last").set_index("claim_id")
    return newest[columns].reindex(claims.index)
