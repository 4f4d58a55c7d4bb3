"""Ordinary least squares with the few results the indicators need, and no warnings."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from lyanalysis.indicators._frames import FloatArray, divide

# A residual that is known to be zero says nothing about the spread of the others.
_LEVERAGE = 1 - 1e-10

# Outcomes that differ by less, beside the largest, are equal but for rounding.
_NOISE = 1e-12


class Estimates(NamedTuple):
    """Coefficients, one a column of the design, and what is known about them."""

    coefficients: FloatArray
    standard_errors: FloatArray
    p_values: FloatArray
    lower: FloatArray
    upper: FloatArray
    r_squared: float


def is_estimable(design: FloatArray) -> bool:
    """Tell whether no column of the design is a combination of the others."""
    rows, columns = design.shape
    return rows >= columns and bool(np.linalg.matrix_rank(design / _scale(design)) == columns)


def _scale(design: FloatArray) -> FloatArray:
    # Populations beside logarithms: without a common scale the small columns lose their digits.
    largest = np.max(np.abs(design), axis=0)
    scale: FloatArray = np.where(largest > 0, largest, 1.0)
    return scale


def least_squares(
    outcome: FloatArray,
    design: FloatArray,
    confidence: float,
    *,
    robust: bool = False,
    groups: npt.NDArray[np.intp] | None = None,
) -> Estimates:
    """Estimate; with `robust` by HC3, with `groups` by errors clustered in these groups.

    The design must be estimable and have more rows than columns. Standard errors are NaN where
    HC3 does not exist because an observation is fitted whatever its value.
    """
    from scipy import stats
    from statsmodels.regression.linear_model import OLS

    scale = _scale(design)
    options: dict[str, Any] = {}
    if groups is not None:
        options = {"cov_type": "cluster", "cov_kwds": {"groups": groups}, "use_t": True}
    elif robust:
        options = {"cov_type": "HC3", "use_t": True}
    if robust and np.max(np.sum(np.linalg.qr(design / scale)[0] ** 2, axis=1)) > _LEVERAGE:
        result = OLS(outcome, design / scale).fit()
        errors = np.full(len(scale), np.nan)
    else:
        result = OLS(outcome, design / scale).fit(**options)
        errors = np.asarray(result.bse) / scale
    freedom = result.df_resid if groups is None else len(np.unique(groups)) - 1
    coefficients = np.asarray(result.params) / scale
    total = np.atleast_1d(np.sum((outcome - np.mean(outcome)) ** 2))
    if np.ptp(outcome) <= _NOISE * np.max(np.abs(outcome)):
        # Nothing varies that could be explained: what is left of a slope is noise.
        constant = np.ptp(design, axis=0) == 0
        coefficients = np.where(constant, coefficients, 0.0)
        errors = np.where(constant, errors, 0.0)
        total = np.zeros(1)
    reach = stats.t.isf((1 - confidence) / 2, freedom) * errors
    return Estimates(
        coefficients,
        errors,
        2 * stats.t.sf(np.abs(divide(coefficients, errors)), freedom),
        coefficients - reach,
        coefficients + reach,
        float(np.clip(1 - divide(np.atleast_1d(result.ssr), total)[0], 0.0, 1.0)),
    )
