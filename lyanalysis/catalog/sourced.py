"""Numbers that carry the source of each of them: what every loader returns."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True, slots=True, eq=False)
class Sourced:
    """Numbers together with where each of them comes from.

    Attributes
    ----------
    values : DataFrame
        Numbers in the unit of the catalogue; NaN where nothing is published.
    sources, vintages : DataFrame of str
        Source and stage of publication of each number; empty where there is none.
    flags : DataFrame of str
        Caveats, codes joined by ``;``: empty for a number as published.

    Raises
    ------
    ValueError
        If the four frames differ in index or columns.
    """

    values: pd.DataFrame
    sources: pd.DataFrame
    vintages: pd.DataFrame
    flags: pd.DataFrame

    def __post_init__(self) -> None:
        for name in ("sources", "vintages", "flags"):
            frame: pd.DataFrame = getattr(self, name)
            same = frame.index.equals(self.values.index)
            if not (same and frame.columns.equals(self.values.columns)):
                raise ValueError(f"{name}: index and columns must be those of values")

    @property
    def source_ids(self) -> tuple[str, ...]:
        """Sources of all numbers, each once, in alphabetical order."""
        return tuple(sorted(set(self.sources.to_numpy().ravel()) - {""}))

    def source_ids_of(self, shown: pd.DataFrame) -> tuple[str, ...]:
        """Return the sources of the region-years that a frame shows.

        Parameters
        ----------
        shown : DataFrame
            Numbers computed from these. Where its index and that of `values` both have levels
            ``region_code`` and ``year``, only the pairs with a number in `shown` count.

        Returns
        -------
        tuple of str
            Each source once, in alphabetical order; those of all numbers where `shown` has no
            years.
        """
        keys = ["region_code", "year"]
        if not set(keys) <= set(shown.index.names) & set(self.sources.index.names):
            return self.source_ids
        numbers = shown.select_dtypes("number").dropna(how="all")
        wanted = pd.MultiIndex.from_arrays([numbers.index.get_level_values(key) for key in keys])
        own = pd.MultiIndex.from_arrays([self.sources.index.get_level_values(key) for key in keys])
        cells = self.sources[own.isin(wanted)].to_numpy()
        return tuple(sorted(set(cells.ravel()) - {""}))
