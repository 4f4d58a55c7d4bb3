"""Which regions a region is compared with."""

from __future__ import annotations

from pathlib import Path

from lyanalysis import catalog

EARLIEST_YEAR = 1949
"""First year to ask for where all of a series is wanted: nothing in the data is older."""


def regions_beside(region: str, *, data: Path | None = None) -> dict[str, str]:
    """Return the province a region belongs to, and the nation.

    Parameters
    ----------
    region : str
        Six-digit code.
    data : Path, optional
        Folder of a data package; ``None`` means the shipped one.

    Returns
    -------
    dict of str to str
        ``"province"`` and ``"nation"`` -> code, as far as they are above the region: a province
        has the nation alone, the nation nothing.

    Raises
    ------
    ParameterError
        If the region is unknown.

    Examples
    --------
    >>> regions_beside("410300"), regions_beside("410000")
    ({'province': '410000', 'nation': '100000'}, {'nation': '100000'})
    """
    above = {}
    code = catalog.region(region, data=data).parent
    while code:
        found = catalog.region(code, data=data)
        above[found.level] = code
        code = found.parent
    return above


def regions_around(region: str, *, data: Path | None = None) -> list[str]:
    """Return a region and those it is looked at together with.

    Parameters
    ----------
    region : str
        Six-digit code.
    data : Path, optional
        Folder of data of the user's own; ``None`` means the data in use.

    Returns
    -------
    list of str
        The region itself first. A city is followed by the other cities of its province, the
        province and the nation; a province or the nation by what lies directly below it, then by
        what is above.

    Raises
    ------
    ParameterError
        If the region is unknown.

    Examples
    --------
    >>> regions_around("430300")
    ['430300', '430200', '430400', '430600', '430000', '100000']
    """
    entry = catalog.region(region, data=data)
    group = entry.parent if entry.level == "city" else region
    others = [code for code, one in catalog.regions(data).items() if one.parent == group]
    return list(dict.fromkeys([region, *others, *regions_beside(region, data=data).values()]))
