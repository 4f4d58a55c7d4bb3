"""What the statistical authorities call new drivers: their index, and the divisions of industry."""

from __future__ import annotations

from itertools import combinations_with_replacement
from pathlib import Path

import pandas as pd

from lyanalysis import catalog
from lyanalysis.errors import ParameterError
from lyanalysis.sources.tables import numbers, read_keyed

INDEX = "new_driver_index.csv"
DIVISIONS = "classifications/divisions.csv"
DIVISION_SOURCES = "classifications/division_sources.csv"
NUMBERS = ["index", "growth_pct", "contribution_pct"]
SECTIONS = ["mining", "manufacturing", "utilities"]
GROUPS = {
    "equipment_mfg": ("equipment_manufacturing", ["yes"], []),
    "hightech_mfg": ("high_tech", ["full"], ["partial"]),
    "digital_products_mfg": ("digital_product_manufacturing", [], ["most", "part"]),
    "consumer_goods_mfg": ("consumer_goods", ["yes"], ["candidate"]),
    "energy_intensive": ("energy_intensive", ["yes"], []),
}
"""National groups -> column of the divisions, flags of whole and of partial membership."""
KEPT = [*NUMBERS, "contribution_kind", "base", "status", "release_date", "source_id", "note"]


def load_new_driver_index(edition: int, *, data: Path | None = None) -> pd.DataFrame:
    """Load one edition of the national index of new growth drivers (经济发展新动能指数).

    Parameters
    ----------
    edition : int
        Year in which it was released; its figures end a year earlier, or two in 2017.
    data : Path, optional
        Folder of data of the user's own; ``None`` means the data in use.

    Returns
    -------
    DataFrame
        Index ``(series, year)``: ``total`` and the partial indices, years in order. ``index`` on
        ``base``; ``growth_pct`` on the year before; ``contribution_pct`` to the total, which is a
        share of its level or of its growth as ``contribution_kind`` says; NaN where the edition
        prints none. ``status`` is ``published``, or ``derived`` for a figure that follows from
        published ones; ``release_date``, ``source_id``, ``note``.

    Raises
    ------
    ParameterError
        If there is no such edition; the message lists those there are.
    DataError
        If the data are damaged.

    Notes
    -----
    Every edition revises the years before it, and those from 2024 on are another system with
    another base and four partial indices instead of five. Figures of two editions must not be
    put into one series; that is why one edition is loaded at a time.

    Examples
    --------
    >>> load_new_driver_index(2024)["index"].xs(2023, level="year").to_dict()["total"]
    119.5
    """
    table = read_new_driver_index(data=data)
    known = sorted(set(table["edition"]))
    if edition not in known:
        listed = ", ".join(str(one) for one in known)
        raise ParameterError(
            f"there is no edition {edition!r} of the new driver index; there are {listed}",
            name="edition",
            value=edition,
        )
    found = table[table["edition"].eq(edition)]
    order = {series: place for place, series in enumerate(dict.fromkeys(found["series"]))}
    found = found.assign(place=found["series"].map(order)).sort_values(["place", "year"])
    return found.set_index(["series", "year"])[KEPT]


def read_new_driver_index(*, data: Path | None = None) -> pd.DataFrame:
    """Read and check all editions of the index, one row a figure.

    Parameters
    ----------
    data : Path, optional
        Folder of data of the user's own; ``None`` means the data in use.

    Returns
    -------
    DataFrame
        ``edition``, ``year``, ``series`` and the columns of :func:`load_new_driver_index`. Figures
        of two editions must not be put into one series.

    Raises
    ------
    DataError
        If the data are damaged.

    Examples
    --------
    >>> sorted(set(read_new_driver_index()["edition"]))[:2]
    [2017, 2018]
    """
    columns = ["edition", "year", "series", *KEPT]
    table = read_keyed(INDEX, ["edition", "series", "year"], columns, data)
    return table.assign(**{column: numbers(table, column) for column in NUMBERS})


SUBINDEX_WEIGHTS: dict[str, dict[str, float]] = {
    "2014=100": {
        "network_economy": 0.2,
        "innovation_driven": 0.2,
        "economic_vitality": 0.2,
        "knowledge_capability": 0.2,
        "transformation_upgrading": 0.2,
    },
    "2022=100": {
        "network_economy": 0.3,
        "innovation_driven": 0.3,
        "economic_vitality": 0.2,
        "transformation_upgrading": 0.2,
    },
}
"""Weights of the partial indices by base year. One of them is printed; the others follow from the
printed contributions, which they reproduce within rounding in every edition."""


def load_editions(*, last_year: int, data: Path | None = None) -> pd.DataFrame:
    """Load all editions of the national index of new growth drivers, one beside the other.

    Parameters
    ----------
    last_year : int
        Figures of later years are left out.
    data : Path, optional
        Folder of data of the user's own; ``None`` means the data in use.

    Returns
    -------
    DataFrame
        Index ``(edition, series, year)``; the columns of :func:`load_new_driver_index`. Empty
        where nothing is that old.

    Raises
    ------
    DataError
        If the data are damaged.

    Notes
    -----
    Editions are set side by side, never joined: see :func:`load_new_driver_index`.

    Examples
    --------
    >>> editions = load_editions(last_year=2025)["index"]
    >>> editions.xs(("total", 2017), level=("series", "year")).to_dict()
    {2018: 210.1, 2020: 204.1, 2021: 191.2}
    """
    table = read_new_driver_index(data=data)
    found = table[table["year"].le(last_year)].sort_values(["edition", "series", "year"])
    return found.set_index(["edition", "series", "year"])[KEPT]


def load_divisions(*, data: Path | None = None) -> pd.DataFrame:
    """Load the 41 divisions of industry (GB/T 4754-2017) with the groups each belongs to.

    Parameters
    ----------
    data : Path, optional
        Folder of data of the user's own; ``None`` means the data in use.

    Returns
    -------
    DataFrame
        Index ``code``, two digits as text. ``section`` (B, C, D), ``name_zh``, ``name_en``; true or
        false: ``mining``, ``manufacturing``, ``utilities``; text: one column a group, such as
        ``equipment_manufacturing``, ``high_tech`` or ``energy_intensive``, with the columns that
        say where the flag comes from, by marks that :func:`load_division_sources` explains. ``no``
        and ``none`` mean outside, ``yes``, ``full`` and ``core`` inside, ``partial`` that only
        classes of the division belong to the group; the other words are explained in
        ``datapackage.json``.

    Raises
    ------
    DataError
        If the data are damaged.

    Notes
    -----
    The groups overlap, and none of them is new or old as a whole: never add them up.

    Examples
    --------
    >>> divisions = load_divisions()
    >>> divisions.index[divisions["high_tech"].eq("full")].tolist()
    ['27', '39']
    >>> divisions.loc["31", ["name_zh", "energy_intensive"]].tolist()
    ['黑色金属冶炼和压延加工业', 'yes']
    """
    columns = catalog.table_columns(DIVISIONS)
    table = read_keyed(DIVISIONS, ["code"], columns, data)
    for column in SECTIONS:
        wrong = ~table[column].isin(["0", "1"])
        catalog.refuse(table, wrong, column=column, expected="is neither 0 nor 1")
    return table.assign(**{name: table[name].eq("1") for name in SECTIONS}).set_index("code")


def count_shared_divisions(*, data: Path | None = None) -> pd.DataFrame:
    """Count the divisions of industry that belong to each two of the official groups.

    Parameters
    ----------
    data : Path, optional
        Folder of data of the user's own; ``None`` means the data in use.

    Returns
    -------
    DataFrame
        Index ``(group, other_group)``, aggregates of the catalogue in the order of
        :data:`GROUPS`, a group with itself included and every pair once. ``whole``: divisions that
        belong to both in full; ``at_most``: those that do so in full or with some of their
        classes; ``of_divisions``: all divisions there are.

    Raises
    ------
    DataError
        If the data are damaged.

    Notes
    -----
    A division that belongs to a group only by some of its classes is counted in ``at_most`` alone,
    also where it stands in both groups: the classes need not be the same.

    Examples
    --------
    >>> shared = count_shared_divisions()
    >>> shared.loc[("equipment_mfg", "hightech_mfg")].tolist()
    [1, 6, 41]
    """
    divisions = load_divisions(data=data)
    whole = {name: divisions[column].isin(inside) for name, (column, inside, _) in GROUPS.items()}
    part = {name: divisions[column].isin(partly) for name, (column, _, partly) in GROUPS.items()}
    pairs = list(combinations_with_replacement(GROUPS, 2))
    rows = [
        (
            int((whole[one] & whole[other]).sum()),
            int(((whole[one] | part[one]) & (whole[other] | part[other])).sum()),
            len(divisions),
        )
        for one, other in pairs
    ]
    index = pd.MultiIndex.from_tuples(pairs, names=["group", "other_group"])
    return pd.DataFrame(rows, index=index, columns=["whole", "at_most", "of_divisions"])


def load_division_sources(*, data: Path | None = None) -> pd.DataFrame:
    """Load what stands behind the flags of the divisions.

    Parameters
    ----------
    data : Path, optional
        Folder of data of the user's own; ``None`` means the data in use.

    Returns
    -------
    DataFrame
        Index ``mark``, as in the columns of :func:`load_divisions` that end in ``source``.
        ``status`` says whether the document itself was seen; ``url``, ``note_zh``, ``note_en``.

    Raises
    ------
    DataError
        If the data are damaged.

    Examples
    --------
    >>> load_division_sources().loc["S4", "status"]
    'seen'
    """
    columns = catalog.table_columns(DIVISION_SOURCES)
    return read_keyed(DIVISION_SOURCES, ["mark"], columns, data).set_index("mark")
