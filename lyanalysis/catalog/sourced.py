"""Numbers that carry the source of each of them: what every loader returns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from lyanalysis.catalog.entries import source


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

    @property
    def grades(self) -> pd.DataFrame:
        """Grade of the source of each number, ``A`` to ``C``; empty where there is no number."""
        letters = {id: source(id).grade for id in self.source_ids}
        return self.sources.map(lambda id: letters.get(id, ""))

    @property
    def row_flags(self) -> pd.Series[str]:
        """Flags of each row, codes joined by ``;``, each once; empty where there is none."""
        rows = self.flags.to_numpy(dtype=object)
        codes = [dict.fromkeys(";".join(row).split(";")) for row in rows]
        joined = [";".join(code for code in row if code) for row in codes]
        return pd.Series(joined, index=self.flags.index, name="flag", dtype=str)

    def shown_in(self, frame: pd.DataFrame) -> Sourced:
        """Keep the region-years for which a frame holds a number.

        Parameters
        ----------
        frame : DataFrame
            Numbers computed from these.

        Returns
        -------
        Sourced
            The rows whose ``region_code`` and ``year`` have a number in `frame`; all of them where
            one of the two has no such index levels.
        """
        keys = ["region_code", "year"]
        if not set(keys) <= set(frame.index.names) & set(self.values.index.names):
            return self
        numbers = frame.select_dtypes("number").dropna(how="all")
        wanted = pd.MultiIndex.from_arrays([numbers.index.get_level_values(key) for key in keys])
        own = pd.MultiIndex.from_arrays([self.values.index.get_level_values(key) for key in keys])
        kept = own.isin(wanted)
        return Sourced(self.values[kept], self.sources[kept], self.vintages[kept], self.flags[kept])

    def only(self, columns: Sequence[str]) -> Sourced:
        """Keep some columns, in the order given."""
        names = list(columns)
        return Sourced(
            self.values[names], self.sources[names], self.vintages[names], self.flags[names]
        )

    def used_in(self, cells: pd.MultiIndex) -> Sourced:
        """Keep single numbers; all others become missing.

        Parameters
        ----------
        cells : MultiIndex
            ``(region_code, year, window, variable)`` of the numbers that were used; the window is
            empty for numbers that have none.

        Returns
        -------
        Sourced
            Of the same shape.
        """
        index = self.values.index
        rows = [index.get_level_values(key) for key in ("region_code", "year")]
        windowed = "window" in index.names
        rows.append(index.get_level_values("window") if windowed else pd.Index([""] * len(index)))
        kept = pd.DataFrame(
            {
                name: pd.MultiIndex.from_arrays([*rows, [name] * len(index)]).isin(cells)
                for name in self.values.columns
            },
            index=index,
        )
        return Sourced(
            self.values.where(kept),
            self.sources.where(kept, ""),
            self.vintages.where(kept, ""),
            self.flags.where(kept, ""),
        )
