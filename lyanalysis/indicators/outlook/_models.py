"""How a series without gaps goes on: straight line, exponential smoothing, last value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, NamedTuple

import numpy as np
import pandas as pd

from lyanalysis.indicators._frames import FloatArray

Method = Literal["linear_trend", "exponential_smoothing", "last_value"]
METHODS = ("linear_trend", "exponential_smoothing", "last_value")

# Own rules: years below which a series is not continued by default, and the least a model needs.
LEAST_YEARS = {"linear_trend": 8, "exponential_smoothing": 10, "last_value": 3}
FEWEST_YEARS = {"linear_trend": 3, "exponential_smoothing": 7, "last_value": 3}

# Deviations from a line that are rounding, in parts of the largest deviation and of the values.
_ROUNDING = 1e-9
_CONSTANT = 1e-12


class Band(NamedTuple):
    """Central values and interval for the years observed and the years to come."""

    central: FloatArray
    lower: FloatArray
    upper: FloatArray
    flag: str


def moved(band: Band, change: Callable[[FloatArray], FloatArray]) -> Band:
    """Change the three sides of a band in the same way."""
    return Band(change(band.central), change(band.lower), change(band.upper), band.flag)


class Standard(NamedTuple):
    """Values brought to mean 0 and largest deviation 1.

    An exact line, a constant series among them, has no spread a model could be fitted to.
    """

    values: FloatArray
    centre: float
    scale: float
    exact: bool


def standardised(values: FloatArray) -> Standard:
    """Bring a series to a scale on which the models do not depend on its unit."""
    centre = float(np.mean(values))
    largest = float(np.max(np.abs(values)))
    if float(np.max(values)) - float(np.min(values)) <= _CONSTANT * largest:
        return Standard(np.zeros(len(values)), centre, 1.0, exact=True)
    scale = float(np.max(np.abs(values - centre)))
    standard = (values - centre) / scale
    apart = standard - _line(standard, 0)
    return Standard(standard, centre, scale, exact=bool(np.max(np.abs(apart)) <= _ROUNDING))


def _design(years: int, steps: int) -> FloatArray:
    place = np.arange(years + steps) - (years - 1) / 2
    return np.column_stack([np.ones(years + steps), place])


def _line(values: FloatArray, steps: int) -> FloatArray:
    """Continue the line of least squares."""
    line: FloatArray = _design(len(values), steps) @ fitted_line(values).params
    return line


def fitted_line(values: FloatArray) -> Any:
    """Fit a straight line to values a year apart; time is counted from the middle."""
    from statsmodels.regression.linear_model import OLS

    return OLS(values, _design(len(values), 0)).fit()


def future_design(years: int, steps: int) -> FloatArray:
    """Return the regressors of the line for the years to come."""
    return _design(years, steps)[years:]


def smoothing_model(values: FloatArray, *, trend: str | None, damped: bool) -> Any:
    """Fit exponential smoothing with additive errors to values on a common scale."""
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    model = ETSModel(
        pd.Series(values),
        error="add",
        trend=trend,
        damped_trend=damped,
        initialization_method="estimated",
    )
    return model.fit(disp=False, warn_convergence=False)


def smoothing_freedom(years: int, *, trend: str | None, damped: bool) -> int:
    """Return years less estimated parameters: two for the level, two for a trend, one to damp."""
    return years - (2 + 2 * (trend is not None) + damped)


def continued(
    values: FloatArray,
    steps: int,
    *,
    method: Method,
    confidence: float,
    trend: str | None = "add",
    damped: bool = False,
) -> Band:
    """Fit the model and continue it by `steps` years, with prediction intervals."""
    standard = standardised(values)
    exact_fit = method == "linear_trend" or (trend is not None and not damped)
    if method == "last_value":
        band = _walk(standard, steps, confidence)
    elif standard.exact and (exact_fit or not standard.values.any()):
        line = _line(standard.values, steps)
        band = Band(line, line, line, "exact_line")
    elif method == "linear_trend":
        band = _trend(standard.values, steps, confidence)
    else:
        band = _smoothing(standard.values, steps, confidence, trend=trend, damped=damped)
    return moved(band, lambda side: standard.centre + standard.scale * side)


def _trend(values: FloatArray, steps: int, confidence: float) -> Band:
    prediction = fitted_line(values).get_prediction(_design(len(values), steps))
    interval = prediction.conf_int(obs=True, alpha=1 - confidence)
    return Band(np.asarray(prediction.predicted_mean), interval[:, 0], interval[:, 1], "")


def _smoothing(
    values: FloatArray, steps: int, confidence: float, *, trend: str | None, damped: bool
) -> Band:
    from scipy import stats

    years = len(values)
    result = smoothing_model(values, trend=trend, damped=damped)
    prediction = result.get_prediction(0, years + steps - 1)
    central = prediction.predicted_mean.to_numpy()
    freedom = smoothing_freedom(years, trend=trend, damped=damped)
    variance = prediction.forecast_variance * years / freedom
    reach = stats.t.isf((1 - confidence) / 2, freedom) * np.sqrt(variance)
    flag = "" if result.mle_retvals["converged"] else "not_converged"
    return Band(central, central - reach, central + reach, flag)


def _walk(standard: Standard, steps: int, confidence: float) -> Band:
    """Repeat the last value; the interval is that of a random walk without drift."""
    from scipy import stats

    changes = np.diff(standard.values)
    ahead = np.concatenate([np.ones(len(standard.values)), np.arange(1, steps + 1)])
    past = np.concatenate([[np.nan], standard.values[:-1]])
    central = np.concatenate([past, np.repeat(standard.values[-1], steps)])
    reach = stats.t.isf((1 - confidence) / 2, len(changes)) * np.sqrt(ahead * np.mean(changes**2))
    return Band(central, central - reach, central + reach, "")
