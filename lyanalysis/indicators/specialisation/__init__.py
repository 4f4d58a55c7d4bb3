"""What a region lives on, how concentrated that is, and how unequal regions are.

Every row is one distribution. For location, specialisation and concentration the rows are regions
(or regions and years) and the columns industries; for inequality the columns are the units among
which it is measured, regions or people, and the rows are years. A 1-D sequence is one row. Where
rows have an index level "year", a reference of "all regions" means those of the same year.

Shares, gaps and concentration ratios are in percent, differences in percentage points; indices stay
on the scale of the literature: Krugman 0 to 2, Hoover, Herfindahl, Gini and Dagum 0 to 1, Theil 0
up. Levels are 0 or more in one unit. A missing level makes everything that rests on the total of
its row missing; nothing is left out in silence.
"""

from __future__ import annotations

from lyanalysis.indicators.specialisation._account import inequality_account
from lyanalysis.indicators.specialisation._concentration import concentration_ratio, herfindahl
from lyanalysis.indicators.specialisation._dagum import dagum, dagum_pairs
from lyanalysis.indicators.specialisation._gini import gini
from lyanalysis.indicators.specialisation._gini_location import (
    gini_of_concentration,
    gini_of_specialisation,
)
from lyanalysis.indicators.specialisation._krugman import hoover, krugman_specialisation
from lyanalysis.indicators.specialisation._location import (
    LEAST_GAP,
    location_account,
    location_quotient,
    location_quotient_difference,
)
from lyanalysis.indicators.specialisation._location_interval import location_quotient_interval
from lyanalysis.indicators.specialisation._theil import theil_l, theil_t
from lyanalysis.indicators.specialisation._theil_groups import theil_by_group, theil_decomposition
from lyanalysis.indicators.specialisation._theil_permutation import theil_permutation

__all__ = [
    "LEAST_GAP",
    "concentration_ratio",
    "dagum",
    "dagum_pairs",
    "gini",
    "gini_of_concentration",
    "gini_of_specialisation",
    "herfindahl",
    "hoover",
    "inequality_account",
    "krugman_specialisation",
    "location_account",
    "location_quotient",
    "location_quotient_difference",
    "location_quotient_interval",
    "theil_by_group",
    "theil_decomposition",
    "theil_l",
    "theil_permutation",
    "theil_t",
]
