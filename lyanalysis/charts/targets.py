"""Charts of the chapter on targets and claims: how far targets have come."""

from __future__ import annotations

import matplotlib as mpl
import pandas as pd
from matplotlib.figure import Figure

from lyanalysis.charts.claims import BARRED, HOLLOW, Look, add_stacked_bars
from lyanalysis.charts.style import LIGHT, NEW, OLD, STYLE, canvas

STANDING_LOOKS: tuple[Look, ...] = (
    {"facecolor": NEW, "edgecolor": NEW},
    {"facecolor": "white", "edgecolor": NEW, "hatch": "////"},
    {"facecolor": OLD, "edgecolor": OLD},
    HOLLOW,
    BARRED,
    {"facecolor": LIGHT, "edgecolor": LIGHT},
)
"""Of what is met, on track, behind, undetermined, of another concept, without an actual figure."""


@mpl.rc_context(STYLE)
def target_state_bars(counts: pd.DataFrame) -> Figure:
    """Draw how many targets are met, behind, or cannot be judged.

    Parameters
    ----------
    counts : DataFrame
        One row a group of targets, one column a standing, in the order of
        :data:`STANDING_LOOKS`; labels are the words to show.

    Returns
    -------
    Figure
        A stacked horizontal bar a group; what cannot be judged is grey.
    """
    figure, (axes,) = canvas(1.25 + 0.36 * max(2, len(counts)))
    if not add_stacked_bars(axes, counts, STANDING_LOOKS):
        return figure
    figure.legend(loc="outside lower center", ncols=2)
    return figure
