"""How far a location quotient of counts can be trusted."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pandas as pd

from lyanalysis.indicators._choices import read_confidence
from lyanalysis.indicators._frames import Row, divide, flags, refuse
from lyanalysis.indicators.specialisation._distributions import repeated, stacked
from lyanalysis.indicators.specialisation._location_reference import read_compared


def location_quotient_interval(
    counts: Row | pd.DataFrame,
    *,
    reference: Row | pd.DataFrame | None = None,
    confidence: float = 0.95,
) -> pd.DataFrame:
    r"""Confidence interval of the location quotient (区位商置信区间).

    Location quotients of counted persons or firms, with the interval that their number allows.

    按人数或企业数计算的区位商及其置信区间。区位商0以上，1为与参照相同；区间含1时，相对集中与否在所给
    置信水平上不能断定；数目越小区间越宽。

    Parameters
    ----------
    counts : 1-D sequence (one region) or DataFrame
        Rows: regions, or regions and years with an index level "year". Columns: industries, all of
        them. Persons or firms, not thousands of them: whole numbers of 0 or more.
    reference : 1-D sequence or DataFrame, optional
        Counts by industry of the nation or province, which contains the region: one row for
        all, one row a year, or the rows of `counts`. Without it the sum of all rows of a year.
    confidence : float, keyword-only
        Level of the interval, above 0 and below 1.

    Returns
    -------
    DataFrame
        Indexed by the row labels and "part". Columns quotient, lower, upper (0 to infinity),
        standard_error_log (of the natural logarithm of the quotient) and flag: "" or, joined by
        ";", "missing", "zero_total", "no_reference" (the reference lacks the industry),
        "zero_count" (none in the region), "no_count_elsewhere" (none outside it). Where a flag
        stands, the bounds and the error are NaN.

    Raises
    ------
    ValueError
        A count that is negative or not whole, a count above that of the reference, labels that
        differ, one region without a reference, or a confidence outside 0 to 1.

    Notes
    -----
    Persons of the region (n) and of the rest of the reference (m) are taken as two independent
    multinomial samples with the shares p and q of an industry. The reference of N = n + m contains
    the region, so that its share Q = (n p + m q) / N and p are correlated. The delta method gives

    .. math::
        \operatorname{Var}(\ln \mathrm{LQ}) = \frac{p (1 - p)}{n p^2}
        + \frac{n p (1 - p) + m q (1 - q)}{N^2 Q^2} - \frac{2 p (1 - p)}{N p Q}
        = \frac{B}{A^2} \left( \frac{B}{a} (1 - p) + 1 - q \right)

    with a the count in the region, B that in the rest and A = a + B, and the bounds are the
    quotient times :math:`\exp(\pm z \sqrt{\operatorname{Var}})`. Counts of a full census have no
    sampling error: the interval then says what chance alone would do to regions of this size. A
    zero count has no logarithm and no bounds. Own code: no library computes it.

    References
    ----------
    The idea: Moineddin, R., Beyene, J., Boyle, E. (2003). On the location quotient confidence
    interval. Geographical Analysis 35(3), 249-256.

    Examples
    --------
    Twice the share of the reference, yet six persons cannot be told from the same share:

    >>> row = location_quotient_interval([6, 294], reference=[100, 9900]).loc[0]
    >>> print(f"{row['quotient']:.2f} from {row['lower']:.2f} to {row['upper']:.2f}")
    2.00 from 0.93 to 4.31
    """
    quantile = NormalDist().inv_cdf(0.5 + read_confidence(confidence) / 2)
    table, compared = read_compared(counts, reference, name="counts")
    refuse(table, table.cells % 1 > 0, "a whole number of persons or firms")
    given = compared.at_rows(compared.cells)
    refuse(table, table.cells > given, "a count within that of the reference, which contains it")
    own, whole = table.cells, np.sum(table.cells, axis=1, keepdims=True)
    total = compared.at_rows(compared.total)
    rest = given - own
    inside, outside = divide(own, whole), divide(rest, total - whole)
    quotient = divide(inside, divide(given, total))
    variance = divide(rest, given**2) * (divide(rest, own) * (1 - inside) + 1 - outside)
    known = (own > 0) & (rest > 0)
    error = np.sqrt(np.where(known, variance, np.nan))
    reach = quantile * error
    missing = np.isnan(own + whole + given + total)
    conditions = (
        (missing, "missing"),
        (whole == 0, "zero_total"),
        (given == 0, "no_reference"),
        (own == 0, "zero_count"),
        ((own > 0) & (rest == 0), "no_count_elsewhere"),
    )
    columns = {
        "quotient": quotient,
        "lower": quotient * np.exp(-reach),
        "upper": quotient * np.exp(reach),
        "standard_error_log": error,
        "flag": flags(*((np.broadcast_to(holds, own.shape), name) for holds, name in conditions)),
    }
    lines = {name: cells.ravel() for name, cells in columns.items()}
    labels = {"part": repeated(table.parts, len(table.rows))}
    return pd.DataFrame(lines, index=stacked(table, labels))
