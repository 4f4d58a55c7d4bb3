"""The chart of what the data package covers."""

from __future__ import annotations

from typing import Literal

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from lyanalysis import catalog
from lyanalysis.charts.style import (
    DRIVER_COLOURS,
    FULL_WIDTH,
    INK,
    LIGHT,
    STYLE,
    canvas,
    year_ticks,
)

ROW = 0.175
"""Inches a row takes."""
MARGINS = 1.0
"""Inches for title, years and key."""
PALE = 0.42
"""Opacity of a year with one figure; a year with several is solid."""
EMPTY = 0.22
"""Opacity of a year without a figure."""
STRIP = 3.6
"""Inches for the years, beside the names."""
LETTER = 0.062
"""Inches a Latin letter takes; a Chinese character takes two."""
LATIN = "\u2000"
"""Where the letters end that are half as wide as a Chinese character."""
KEY: dict[catalog.Language, dict[str, str]] = {
    "zh": {
        "one": "一个数（浅）",
        "several": "多个数，可互相核对（深）",
        "old": "传统动能",
        "new": "新动能",
    },
    "en": {
        "one": "one figure (pale)",
        "several": "several to compare (solid)",
        "old": "old drivers",
        "new": "new drivers",
    },
}
"""Words of the key: they belong to this chart, which no chapter shows."""


@mpl.rc_context(STYLE)
def coverage_strip(
    counts: pd.DataFrame,
    *,
    rows: Literal["variable", "region_code"],
    language: catalog.Language,
) -> Figure:
    """Draw for which years figures are published: a row a variable, or a row a region.

    Parameters
    ----------
    counts : DataFrame
        Index ``(region_code, variable)``, one column a year: the number of figures, 0 where there
        is none.
    rows : {"variable", "region_code"}
        What the rows are; the other level of the index has one value.
    language : {"zh", "en"}
        Language of the labels.

    Returns
    -------
    Figure
        Years on the x axis. A cell is pale where one figure is published and solid where there are
        several; its hue is that of old or of new drivers, grey for all other variables.

    Examples
    --------
    >>> index = pd.MultiIndex.from_tuples([("410300", "gdp")], names=["region_code", "variable"])
    >>> counts = pd.DataFrame({2024: [1], 2025: [2]}, index=index)
    >>> len(coverage_strip(counts, rows="variable", language="en").axes)
    1
    """
    figure, (axes,) = canvas(MARGINS + ROW * max(3, len(counts)))
    if counts.empty:
        axes.set_axis_off()
        return figure
    names = [_name(str(id), rows, language) for id in counts.index.get_level_values(rows)]
    # A chart of its own, not of a page: it grows with the longest name.
    longest = max(sum(1 + (character > LATIN) for character in name) for name in names)
    figure.set_figwidth(max(FULL_WIDTH, STRIP + LETTER * longest))
    drivers = [catalog.variable(id).driver for id in counts.index.get_level_values("variable")]
    numbers = counts.to_numpy(int)
    cells = np.full((*numbers.shape, 4), to_rgba(LIGHT, EMPTY))
    for place, driver in enumerate(drivers):
        cells[place, numbers[place] == 1] = to_rgba(DRIVER_COLOURS[driver], PALE)
        cells[place, numbers[place] > 1] = to_rgba(DRIVER_COLOURS[driver])
    years = counts.columns.astype(int)
    # Cells with white edges, not an image, which browsers would blur.
    axes.pcolormesh(
        np.append(years, years[-1] + 1) - 0.5,
        np.arange(len(counts) + 1) - 0.5,
        cells,
        edgecolors="white",
        linewidth=1.2,
    )
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_xticks(year_ticks(pd.Index(years)))
    axes.tick_params(axis="both", length=0)
    axes.tick_params(axis="x", labeltop=len(counts) > 40)
    axes.spines[:].set_visible(False)
    axes.set_title(_title(counts, rows, language), loc="left", fontsize=9.5, color=INK)
    _add_key(figure, drivers, language)
    return figure


def _title(counts: pd.DataFrame, rows: str, language: catalog.Language) -> str:
    """Name what all rows have in common."""
    region, variable = (str(id) for id in counts.index[0])
    if rows == "variable":
        return catalog.region_name(region, language)
    return catalog.variable_name(variable, language)


def _name(id: str, rows: str, language: catalog.Language) -> str:
    if rows == "region_code":
        return catalog.region_name(id, language, short=True)
    return catalog.variable_name(id, language)


def _add_key(figure: Figure, drivers: list[str], language: catalog.Language) -> None:
    words = KEY[language]
    grey = DRIVER_COLOURS["neutral"]
    handles = [
        Patch(facecolor=to_rgba(grey, PALE), label=words["one"]),
        Patch(facecolor=grey, label=words["several"]),
    ]
    named = [name for name in ("old", "new") if name in drivers]
    handles += [Patch(facecolor=DRIVER_COLOURS[name], label=words[name]) for name in named]
    figure.legend(handles=handles, loc="outside lower center", ncols=len(handles), handlelength=1.0)
