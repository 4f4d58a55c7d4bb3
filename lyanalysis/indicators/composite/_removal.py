"""Weights of a framework from which one indicator or pillar is gone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from lyanalysis.indicators._frames import FloatArray
from lyanalysis.indicators.composite._scores import children_of
from lyanalysis.indicators.composite._tree import label
from lyanalysis.indicators.composite.framework import Tree


def weights_without(tree: Tree, *, aggregates: bool) -> tuple[pd.Index[Any], FloatArray]:
    """Return what is removed, and for each the weights of the framework without it.

    Parameters
    ----------
    tree : Tree
        The framework.
    aggregates : bool
        Whether aggregates other than the root are removed too.

    Returns
    -------
    Index and array of float, (removed, rows of the framework)
        Weights sum to 1 among siblings; what is removed weighs 0, and so does an aggregate that
        loses all its children.
    """
    removed = tree.leaves.append(tree.aggregates[:-1]) if aggregates else tree.leaves
    weights = np.tile(tree.weights, (len(removed), 1))
    weights[np.arange(len(removed)), tree.names.get_indexer(removed)] = 0.0
    positions = tree.names.get_indexer(tree.aggregates)
    for position, children in zip(positions, children_of(tree), strict=True):
        sums = np.sum(weights[:, children], axis=1, keepdims=True)
        empty = sums == 0
        kept = weights[:, children] / np.where(empty, 1.0, sums)
        weights[:, children] = np.where(empty, tree.weights[children], kept)
        weights[empty[:, 0], position] = 0.0
    bare = weights[:, positions[-1]] == 0
    if bare.any():
        name = label(removed, int(np.argmax(bare)))
        raise ValueError(f"framework: without {name} nothing that has a weight is left")
    return removed, weights
