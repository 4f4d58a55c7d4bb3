"""With which regions a region is compared, and where they stand on a map-like grid."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from lyanalysis import catalog
from lyanalysis.sources.observations import NO_REGION, shared_observations
from lyanalysis.sources.tables import read_keyed

TILES = "tile_grid.csv"
LEAST_UNITS = 8
"""Below this number of units a province is no group whose spread or mobility means anything."""


def units_compared(region: str, *, data: Path | None = None) -> list[str]:
    """Return the cities that form one group with a region.

    Parameters
    ----------
    region : str
        Six-digit code.
    data : Path, optional
        Folder of data of the user's own; ``None`` means the data in use.

    Returns
    -------
    list of str
        Codes of the cities with figures in the region's province, or in the region itself where it
        is a province. All cities with figures where the province has fewer than
        :data:`LEAST_UNITS` of them, and for the nation. The region comes first where it is among
        them, the others follow in the order of the catalogue.

    Raises
    ------
    ParameterError
        If the region is unknown.
    DataError
        If the data are damaged.

    Examples
    --------
    >>> len(units_compared("410300")), units_compared("410300")[:2]
    (18, ['410300', '410100'])
    >>> len(units_compared("320300")) == len(units_compared("100000"))
    True
    """
    units = _units_of_province(region, data)
    return units if len(units) >= LEAST_UNITS else _first(region, _cities(data))


def regions_compared(region: str, peers: Sequence[str], *, data: Path | None = None) -> list[str]:
    """Return the regions a comparison is made of, the region itself first.

    Parameters
    ----------
    region : str
        Six-digit code.
    peers : sequence of str
        Regions chosen to compare with; empty for all cities in the data.
    data : Path, optional
        Folder of data of the user's own; ``None`` means the data in use.

    Returns
    -------
    list of str
        The region; then the cities with figures in its province, or in the region itself where it
        is a province; then the peers, or all other cities with figures where none are chosen.

    Raises
    ------
    ParameterError
        If a region is unknown.
    DataError
        If the data are damaged.

    Examples
    --------
    >>> regions_compared("420600", ["410300"])
    ['420600', '420300', '420500', '410300']
    """
    chosen = [catalog.region(code, data=data).code for code in peers]
    units = _units_of_province(region, data)
    return list(dict.fromkeys([region, *units, *(chosen or _cities(data))]))


def provinces_of(regions: Sequence[str], *, data: Path | None = None) -> pd.Series[str]:
    """Return the province of each city.

    Parameters
    ----------
    regions : sequence of str
        Six-digit codes of cities.
    data : Path, optional
        Folder of data of the user's own; ``None`` means the data in use.

    Returns
    -------
    Series of str
        By ``region_code``: code of the region above.

    Raises
    ------
    ParameterError
        If a region is unknown.

    Examples
    --------
    >>> provinces_of(["410300", "420600"]).tolist()
    ['410000', '420000']
    """
    index = pd.Index(regions, name="region_code", dtype=str)
    return pd.Series([catalog.region(code, data=data).parent for code in index], index, dtype=str)


def _units_of_province(region: str, data: Path | None) -> list[str]:
    found = catalog.region(region, data=data)
    province = found.code if found.level == "province" else found.parent
    cities = _cities(data)
    return _first(region, [c for c in cities if catalog.region(c, data=data).parent == province])


def _cities(data: Path | None) -> list[str]:
    known = set(shared_observations(data)["region_code"])
    entries = catalog.regions(data).values()
    return [entry.code for entry in entries if entry.level == "city" and entry.code in known]


def _first(region: str, codes: list[str]) -> list[str]:
    return sorted(codes, key=lambda code: code != region)


def load_tile_grid(region: str, *, data: Path | None = None) -> pd.DataFrame:
    """Load where the units of a region's province stand in a map-like grid of tiles.

    Parameters
    ----------
    region : str
        Six-digit code.
    data : Path, optional
        Folder of data of the user's own; ``None`` means the data in use.

    Returns
    -------
    DataFrame
        Index ``region_code``; ``tile_row``, 0 in the north, and ``tile_column``, 0 in the west. No
        rows for a province that has no grid, and for the nation.

    Raises
    ------
    ParameterError
        If the region is unknown.
    DataError
        If the table is damaged: an unknown region, two units on one tile.

    Examples
    --------
    >>> grid = load_tile_grid("410300")
    >>> len(grid), grid.loc["410300"].tolist()
    (18, [3, 1])
    """
    found = catalog.region(region, data=data)
    province = found.code if found.level == "province" else found.parent
    # The nation is the parent of provinces, which have no tiles.
    places = read_tile_grid(data)
    own = places[places["parent"].eq(province)]
    return own.set_index("region_code")[["tile_row", "tile_column"]]


def read_tile_grid(data: Path | None = None) -> pd.DataFrame:
    """Return the tiles of all units; refuse unknown regions and two units on one tile.

    Examples
    --------
    >>> read_tile_grid().columns.tolist()
    ['region_code', 'tile_row', 'tile_column', 'parent']
    """
    table = read_keyed(TILES, ["region_code"], ["region_code", "row", "column"], data)
    known = catalog.regions(data)
    unknown = ~table["region_code"].isin(list(known))
    catalog.refuse(table, unknown, column="region_code", expected=NO_REGION)
    for column in ("row", "column"):
        wrong = ~table[column].str.fullmatch("[0-9]+")
        catalog.refuse(table, wrong, column=column, expected="is no place of a tile, 0 or more")
    parents = table["region_code"].map({code: entry.parent for code, entry in known.items()})
    twice = table.assign(parent=parents).duplicated(["parent", "row", "column"])
    expected = "puts a second unit on a tile; give every unit of a province its own"
    catalog.refuse(table, twice, column="column", expected=expected)
    return pd.DataFrame(
        {
            "region_code": table["region_code"].to_numpy(str),
            "tile_row": table["row"].to_numpy(int),
            "tile_column": table["column"].to_numpy(int),
            "parent": parents.to_numpy(str),
        }
    ).astype({"region_code": str, "parent": str})
