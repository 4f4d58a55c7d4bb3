"""Location, specialisation, concentration and inequality."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from vectors.reading import Adapters, Inputs, numbers

from lyanalysis.indicators import specialisation


def beside(given: Any) -> Any:
    """Return figures that go by name where they have names; a list goes by position."""
    figures = numbers(given)
    return figures.to_numpy() if isinstance(given, list) and figures.ndim == 1 else figures


def rows(given: Any) -> Any:
    """Return one row for a single number, else what the figures are."""
    figures = numbers(given)
    return figures if isinstance(figures, (pd.Series, pd.DataFrame)) else pd.Series([figures])


def location_quotient(inputs: Inputs) -> Any:
    """Take one region, regions with a total each, or one industry in several regions."""
    levels, reference = rows(inputs["e_ij"]), beside(inputs["e_i"])
    totals = {
        name: beside(inputs[given])
        for name, given in (("total", "e_j"), ("reference_total", "e"))
        if inputs.get(given) is not None
    }
    one_industry = levels.ndim == 1 and len(levels) == np.size(totals.get("total")) > 1
    if one_industry:
        levels = levels.to_frame("industry")
    if np.ndim(reference) == 0:
        reference = [reference]
    elif one_industry:
        reference = pd.DataFrame({"industry": np.asarray(reference)}, index=levels.index)
    quotients = specialisation.location_quotient(levels, reference=reference, **totals)
    return quotients["industry"] if one_industry else quotients


def krugman(inputs: Inputs) -> Any:
    """Compare a region with the mean of the others, or with the reference that is given."""
    region = numbers(inputs["region"])
    form = str(inputs.get("variant", ""))
    scale = 0.5 if "hal" in form else 1.0
    if "others" not in inputs:
        names = [name for name in ("reference", "nation", "total") if name in inputs]
        if not names:
            raise KeyError("others")
        given = beside(inputs[names[0]])
        return scale * specialisation.krugman_specialisation(region, reference=given)
    others = numbers(inputs["others"])
    if not others.columns.isin(region.index).all():
        others = others.set_axis(region.index, axis=1)
    together = pd.concat([region.to_frame().T, others], ignore_index=True)
    reference = "mean_of_others"
    if "minus" in form or "rest" in form:
        reference = "rest"
    elif "nation" in form or "total" in form:
        reference = "total"
    return scale * specialisation.krugman_specialisation(together, reference=reference)[0]


def herfindahl(inputs: Inputs) -> Any:
    index = specialisation.herfindahl(numbers(inputs["x"]))
    return index.rename({"herfindahl": "hhi"}, axis=index.ndim - 1)


def concentration_ratio(inputs: Inputs) -> Any:
    return specialisation.concentration_ratio(numbers(inputs["x"]), largest=inputs["n"]) / 100


def weights(inputs: Inputs) -> dict[str, Any]:
    given = inputs.get("weights")
    return {} if given is None else {"weights": beside(given)}


def gini(inputs: Inputs) -> Any:
    index = specialisation.gini(numbers(inputs["x"]), **weights(inputs))
    return index.rename({"small_sample": "normalised"}, axis=index.ndim - 1)


def gini_of_specialisation(inputs: Inputs) -> Any:
    return specialisation.gini_of_specialisation(
        numbers(inputs["e_ij"]), reference=beside(inputs["e_i"])
    )


def gini_of_concentration(inputs: Inputs) -> Any:
    """Take one industry over regions; of several, each row is one over the regions."""
    levels = numbers(inputs["e_ij"])
    return specialisation.gini_of_concentration(
        levels if levels.ndim == 1 else levels.T, reference=beside(inputs["e_j"])
    )


def theil_split(inputs: Inputs) -> Any:
    split = specialisation.theil_decomposition(
        numbers(inputs["y"]), inputs["group"], **weights(inputs)
    )
    return split.rename({"total": "T"}, axis=split.ndim - 1)


def dagum(inputs: Inputs) -> Any:
    """Take the values group by group."""
    given = inputs["groups"]
    lists = given if isinstance(given, Mapping) else dict(enumerate(given))
    values = [value for members in lists.values() for value in members]
    groups = [name for name, members in lists.items() for _ in members]
    names = {"gini": "G", "within": "Gw", "net_between": "Gnb", "transvariation": "Gt"}
    return specialisation.dagum(numbers(values), groups, **weights(inputs)).rename(names)


ADAPTERS: Adapters = {
    "location_quotient": location_quotient,
    "krugman_specialisation": krugman,
    "hhi": herfindahl,
    "concentration_ratio": concentration_ratio,
    "gini": gini,
    "gini_specialisation": gini_of_specialisation,
    "gini_concentration": gini_of_concentration,
    "theil_T": lambda inputs: specialisation.theil_t(numbers(inputs["y"]), **weights(inputs)),
    "theil_L_mld": lambda inputs: specialisation.theil_l(numbers(inputs["y"]), **weights(inputs)),
    "theil_T_decomposition": theil_split,
    # Printed on a scale of 0 to 100.
    "hoover_index": lambda inputs: (
        100
        * specialisation.hoover(numbers(inputs["industry"]), reference=beside(inputs["population"]))
    ),
    "dagum_gini_decomposition": dagum,
}
