"""Principal components of indicators, and weights from them."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

import numpy as np
import pandas as pd

from lyanalysis.indicators._choices import one_of
from lyanalysis.indicators._frames import BoolArray, FloatArray, Table, divide, refuse
from lyanalysis.indicators.composite._reading import read_rows

# Correlations and eigenvalues this close together differ by rounding alone.
NEGLIGIBLE = 1e-12
_TIED = 1e-9
_TURNS = 1000

Given = Literal["data", "correlation"]


class PrincipalComponents(NamedTuple):
    """Principal components of a correlation matrix.

    Attributes
    ----------
    eigenvalues : Series by component (1, 2, ...)
        Variance of each component in units of one indicator, descending; they sum to the number
        of indicators that vary.
    explained : Series by component
        Percent of the variance, 0 to 100, summing to 100.
    loadings : DataFrame, indicators by components
        Correlation of indicator and component, -1 to 1. NaN for an indicator that does not vary.
    """

    eigenvalues: pd.Series[Any]
    explained: pd.Series[Any]
    loadings: pd.DataFrame


def varying_columns(table: Table) -> tuple[BoolArray, FloatArray]:
    """Return which indicators vary, or may because a cell is missing, and their cells."""
    varying = ~(np.min(table.cells, axis=0) == np.max(table.cells, axis=0))
    return varying, table.cells if varying.all() else table.cells[:, varying]


def correlations(cells: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Correlate columns that all vary; return their deviations over their range as well."""
    deviations = cells - np.mean(cells, axis=0)
    deviations /= np.max(cells, axis=0) - np.min(cells, axis=0)
    products = deviations.T @ deviations
    lengths = np.sqrt(np.diag(products))
    matrix: FloatArray = np.clip(products / np.outer(lengths, lengths), -1.0, 1.0)
    return matrix, lengths


def _read(data: pd.DataFrame, given: str) -> tuple[Table, FloatArray, BoolArray]:
    """Return the correlations of the indicators that vary, and which those are."""
    one_of("given", given, ("data", "correlation"))
    table = read_rows("data", data)
    if given == "data":
        varying, cells = varying_columns(table)
        size = cells.shape[1]
        missing = bool(np.isnan(cells).any())
        matrix = np.full((size, size), np.nan) if missing else correlations(cells)[0]
        return table, matrix, varying
    if len(table.rows) != len(table.parts) or not table.rows.isin(table.parts).all():
        raise ValueError("data: rows and columns differ; expected a matrix of correlations")
    matrix = table.cells[table.rows.get_indexer(table.parts)]
    square = table._replace(cells=matrix, rows=table.parts)
    refuse(square, np.abs(matrix) > 1 + _TIED, "a correlation between -1 and 1")
    off = np.abs(np.diag(matrix) - 1) > _TIED
    refuse(square, np.diag(off), "1, the correlation of an indicator with itself")
    refuse(square, np.abs(matrix - matrix.T) > _TIED, "a matrix that is symmetric")
    return table, matrix, np.ones(len(table.parts), dtype=bool)


def principal_components(data: pd.DataFrame, *, given: Given = "data") -> PrincipalComponents:
    r"""Principal components (主成分分析).

    Directions along which standardised indicators vary most, each uncorrelated with those before.

    对标准化后的指标（即相关系数矩阵）求主成分。特征值不小于0，合计为指标个数；方差贡献率为百分数，
    0至100，合计100；载荷为指标与主成分的相关系数，-1至1，0为无关。

    Parameters
    ----------
    data : DataFrame
        Rows (regions, or regions by year, pooled) by indicators in any unit; or a matrix of
        correlations, indicators by indicators.
    given : {"data", "correlation"}, keyword-only
        What `data` holds.

    Returns
    -------
    PrincipalComponents
        eigenvalues and explained (percent) by component, loadings of indicators by component.
        All NaN where a cell is missing; an indicator that is the same in all rows has no loadings
        (NaN) and no component.

    Raises
    ------
    ValueError
        An infinite or non-numeric value; a matrix that is not one of correlations.

    Notes
    -----
    .. math:: R v_k = \lambda_k v_k, \qquad l_{jk} = \sqrt{\lambda_k} v_{jk}

    An eigenvector and its negative are equally right. Here the loadings of each component sum to 0
    or more; where they sum to 0, the first that is not 0 is positive. Components with equal
    eigenvalues are any basis of the same plane. Computed by numpy's eigh.

    References
    ----------
    OECD and European Commission JRC (2008). Handbook on constructing composite indicators,
    step 4. https://doi.org/10.1787/533411815016

    Examples
    --------
    The eigenvalues of two indicators are 1 + r and 1 - r:

    >>> names = ["patents", "exports"]
    >>> matrix = pd.DataFrame([[1, 0.6], [0.6, 1]], index=names, columns=names)
    >>> found = principal_components(matrix, given="correlation")
    >>> [f"{value:.1f}" for value in found.explained]
    ['80.0', '20.0']
    """
    table, matrix, varying = _read(data, given)
    names = pd.RangeIndex(1, len(matrix) + 1, name="component")
    loadings = np.full((len(table.parts), len(matrix)), np.nan)
    if not matrix.size or np.isnan(matrix).any():
        eigenvalues = np.full(len(matrix), np.nan)
    else:
        ascending, vectors = np.linalg.eigh(matrix)
        eigenvalues, vectors = ascending[::-1], vectors[:, ::-1]
        if given == "correlation" and eigenvalues[-1] < -_TIED:
            raise ValueError(
                f"data: has the eigenvalue {eigenvalues[-1]}; expected a matrix that correlations "
                "of one set of rows can form"
            )
        eigenvalues = np.maximum(eigenvalues, 0.0)
        loadings[varying] = vectors * _signs(vectors) * np.sqrt(eigenvalues)
    return PrincipalComponents(
        pd.Series(eigenvalues, index=names),
        pd.Series(100 * eigenvalues / max(1, len(matrix)), index=names),
        pd.DataFrame(loadings, index=table.parts, columns=names),
    )


def _signs(vectors: FloatArray) -> FloatArray:
    sums = np.sum(vectors, axis=0)
    first = np.argmax(np.abs(vectors) > _TIED, axis=0)
    leading = np.take_along_axis(vectors, first[np.newaxis], axis=0)[0]
    return np.where(np.where(np.abs(sums) > _TIED, sums, leading) < 0, -1.0, 1.0)


def pca_weights(
    data: pd.DataFrame,
    *,
    given: Given = "data",
    method: Literal["handbook", "first_component"] = "handbook",
    components: int | None = None,
) -> pd.Series[Any]:
    r"""Weights by principal components (主成分分析法权重).

    Weights from squared loadings: an indicator weighs by the variance it shares with its component.

    按主成分载荷平方确定的客观权重：指标与所属主成分共有的方差越多，权重越大。取值0至1，合计为1；
    0为各行相同，不起作用，1为只由该指标决定。不会出现负权重。

    Parameters
    ----------
    data : DataFrame
        As for :func:`principal_components`.
    given : {"data", "correlation"}, keyword-only
        What `data` holds.
    method : {"handbook", "first_component"}, keyword-only
        "handbook" rotates the components kept and gives each indicator its largest share;
        "first_component" uses the first component alone.
    components : int, keyword-only
        How many components "handbook" keeps, 1 to the number of indicators; without it those with
        an eigenvalue above 1.

    Returns
    -------
    Series
        By indicator, 0 to 1, summing to 1. NaN for all where a cell is missing, no indicator
        varies, or the components kept are not unique because the next has the same eigenvalue.

    Raises
    ------
    ValueError
        As :func:`principal_components`; a misspelt method; a number of components there cannot
        be, or one beside "first_component".

    Notes
    -----
    With loadings of the varimax rotation (of rows brought to length 1), variance of the rotated
    factors and the factor f on which an indicator's share is largest,

    .. math::
        E_f = \sum_j l_{jf}^2, \qquad f(j) = \arg\max_f \frac{l_{jf}^2}{E_f}, \qquad
        w_j \propto \frac{l_{j f(j)}^2}{E_{f(j)}} \cdot \frac{E_{f(j)}}{\sum_g E_g}

    First component: squared loadings over their sum. Where no eigenvalue is above 1 the indicators
    are uncorrelated; all components are kept and the weights are equal. Loadings themselves are
    no weights: COINr offers those of the first component and gives an indicator with a negative
    loading a negative weight. Such an indicator may need the opposite direction. Own code:
    statsmodels' rotation stays where it starts if that is a saddle point, as for two blocks of
    indicators with equal correlations.

    References
    ----------
    Nicoletti, G., Scarpetta, S., Boylaud, O. (2000). Summary indicators of product market
    regulation. OECD Economics Department Working Papers 226. OECD and European Commission JRC
    (2008). Handbook on constructing composite indicators, step 6. Kaiser, H. F. (1958). The
    varimax criterion for analytic rotation in factor analysis. Psychometrika 23(3), 187-200.

    Examples
    --------
    >>> names = ["a", "b", "c"]
    >>> matrix = pd.DataFrame([[1, 0.8, 0], [0.8, 1, 0], [0, 0, 1]], index=names, columns=names)
    >>> weights = pca_weights(matrix, given="correlation", components=2)
    >>> [f"{weight:.3f}" for weight in weights]
    ['0.321', '0.321', '0.357']
    """
    one_of("method", method, ("handbook", "first_component"))
    found = principal_components(data, given=given)
    eigenvalues = found.eigenvalues.to_numpy()
    unknown = pd.Series(np.nan, index=found.loadings.index)
    if not len(eigenvalues):
        return unknown
    kept = _kept(eigenvalues, method, components)
    gap = np.append(eigenvalues[:-1] - eigenvalues[1:], np.inf)[kept - 1]
    if np.isnan(eigenvalues).any() or gap < _TIED:
        return unknown
    loadings = found.loadings.to_numpy()[:, :kept]
    varying = ~np.isnan(loadings[:, 0])
    squares = varimax(loadings[varying]) ** 2
    factors = np.argmax(divide(squares, np.sum(squares, axis=0)), axis=1)
    weights = np.zeros(len(loadings))
    weights[varying] = squares[np.arange(len(squares)), factors]
    return pd.Series(weights / np.sum(weights), index=found.loadings.index)


def _kept(eigenvalues: FloatArray, method: str, components: int | None) -> int:
    """Return how many components to keep."""
    if method == "first_component":
        if components is not None:
            raise ValueError('components: is not allowed here; it belongs to method "handbook"')
        return 1
    if components is None:
        # None above 1 means that all are 1: no component stands for more than one indicator.
        return int(np.sum(eigenvalues > 1 + _TIED)) or len(eigenvalues)
    if isinstance(components, bool) or components not in range(1, len(eigenvalues) + 1):
        raise ValueError(
            f"components: {components!r} is not allowed; expected a whole number from 1 to "
            f"{len(eigenvalues)}"
        )
    return components


def varimax(loadings: FloatArray) -> FloatArray:
    """Rotate so that each factor has few large loadings, plane by plane to the best angle."""
    lengths = np.linalg.norm(loadings, axis=1, keepdims=True)
    rotated = loadings / np.where(lengths == 0, 1.0, lengths)
    rows, factors = rotated.shape
    for _ in range(_TURNS):
        largest = 0.0
        for one in range(factors - 1):
            for other in range(one + 1, factors):
                x, y = rotated[:, one].copy(), rotated[:, other].copy()
                u, v = x**2 - y**2, 2 * x * y
                along = u @ u - v @ v - (np.sum(u) ** 2 - np.sum(v) ** 2) / rows
                across = 2 * (u @ v - np.sum(u) * np.sum(v) / rows)
                if abs(along) + abs(across) < NEGLIGIBLE:
                    continue
                angle = np.arctan2(across, along) / 4
                rotated[:, one] = x * np.cos(angle) + y * np.sin(angle)
                rotated[:, other] = y * np.cos(angle) - x * np.sin(angle)
                largest = max(largest, abs(float(angle)))
        if largest < NEGLIGIBLE:
            break
    full: FloatArray = rotated * lengths
    return full
