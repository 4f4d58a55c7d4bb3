"""What the benchmark of the indicators measures: functions, numpy lines and peers."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from lyanalysis.indicators import (
    composite,
    coordination,
    dynamics,
    growth,
    outlook,
    productivity,
    shift_share,
    specialisation,
    structure,
    upgrading,
)

Array = npt.NDArray[np.float64]


class Inputs(NamedTuple):
    """Made-up figures of a panel, all with the same rows: regions by years."""

    start: pd.DataFrame
    end: pd.DataFrame
    rates: pd.DataFrame
    rate: pd.Series[Any]
    sectors: pd.DataFrame
    workers: pd.DataFrame
    scores: pd.DataFrame
    systems: pd.DataFrame
    weights: pd.Series[Any]
    framework: pd.DataFrame
    year: Array


@dataclass(frozen=True, slots=True)
class Case:
    """A closed form: how to call it, the numpy line beside it, and a peer.

    `arrays` gives what the numpy line takes; the sum of their sizes is the size of the input.
    The line computes every figure of our answer, but neither labels nor flags, and looks at no
    input: `values` picks from our answer what it computes, where that is less.
    """

    name: str
    ours: Callable[[Inputs], Any]
    arrays: Callable[[Inputs], tuple[Array, ...]]
    plain: Callable[..., Any]
    values: Callable[[Any], Any] = lambda answer: answer
    peer: tuple[str, Callable[..., Any]] | None = None


@dataclass(frozen=True, slots=True)
class Other:
    """A function that draws, fits, iterates or makes a long table: seconds at growing sizes."""

    name: str
    prepare: Callable[[int], Callable[[], object]]
    sizes: tuple[int, ...]


def make_inputs(regions: int, parts: int, years: int, seed: int = 20250101) -> Inputs:
    """Make the figures of a panel."""
    draw = np.random.default_rng(seed)
    codes = [f"{code:06d}" for code in range(regions)]
    rows = pd.MultiIndex.from_product([codes, range(2000, 2000 + years)])
    rows = rows.set_names(["region_code", "year"])
    shape = (len(rows), parts)

    def frame(least: float, most: float, columns: int) -> pd.DataFrame:
        names = [f"p{column:02d}" for column in range(columns)]
        cells = draw.uniform(least, most, (len(rows), columns))
        return pd.DataFrame(cells, index=rows, columns=names)

    start = frame(1, 100, parts)
    return Inputs(
        start=start,
        end=start * draw.uniform(0.8, 1.3, shape),
        rates=frame(-20, 30, parts),
        rate=pd.Series(draw.uniform(1, 12, len(rows)), index=rows),
        sectors=frame(1, 100, 3),
        workers=frame(1, 100, 3),
        scores=frame(0.05, 1, parts),
        systems=frame(0.05, 1, 3),
        weights=pd.Series(1 / parts, index=start.columns),
        framework=composite.flat_framework(start.columns),
        year=np.tile(np.arange(years), regions).astype(float),
    )


def both(inputs: Inputs) -> tuple[Array, ...]:
    return inputs.start.to_numpy(), inputs.end.to_numpy()


def one(inputs: Inputs) -> tuple[Array, ...]:
    return (inputs.start.to_numpy(),)


def with_rates(inputs: Inputs) -> tuple[Array, ...]:
    return inputs.start.to_numpy(), inputs.rates.to_numpy()


def with_total(inputs: Inputs) -> tuple[Array, ...]:
    return inputs.rates.to_numpy(), inputs.rate.to_numpy()


def panel(inputs: Inputs) -> tuple[Array, ...]:
    return inputs.start.to_numpy(), inputs.year


def scores(inputs: Inputs) -> tuple[Array, ...]:
    return inputs.scores.to_numpy(), inputs.weights.to_numpy()


def fractions(levels: Array) -> Array:
    return levels / levels.sum(1, keepdims=True)


def totals(levels: Array, year: Array) -> Array:
    """Return for every row the sums of its year; what a user of numpy would write."""
    return np.array([levels[year == one].sum(0) for one in np.unique(year)])[year.astype(int)]


def location_quotient(levels: Array, year: Array) -> Array:
    return fractions(levels) / fractions(totals(levels, year))


def gini(levels: Array) -> Array:
    ordered, n = np.sort(levels, axis=1), levels.shape[1]
    rank = np.arange(1, n + 1)
    index = 2 * (ordered * rank).sum(1) / (n * ordered.sum(1)) - (n + 1) / n
    return np.column_stack([index, index * n / (n - 1)])


def theil_t(levels: Array) -> Array:
    relative = levels / levels.mean(1, keepdims=True)
    return (relative * np.log(relative)).mean(1)


def theil_l(levels: Array) -> Array:
    return np.log(levels.mean(1)) - np.log(levels).mean(1)


def lilien(start: Array, end: Array) -> Array:
    spread = np.log(end / start) - np.log(end.sum(1) / start.sum(1))[:, None]
    return np.sqrt((fractions(end) * spread**2).sum(1))


def moore(start: Array, end: Array) -> Array:
    lengths = np.sqrt((start**2).sum(1) * (end**2).sum(1))
    cosine = np.clip((start * end).sum(1) / lengths, -1, 1)
    angle = np.arccos(cosine)
    return np.column_stack([cosine, angle, np.degrees(angle)])


def herfindahl(levels: Array) -> Array:
    index, n = (fractions(levels) ** 2).sum(1), levels.shape[1]
    return np.column_stack([index, (index - 1 / n) / (1 - 1 / n), 1 / index])


def dunn(start: Array, end: Array, year: Array) -> Array:
    base, last = totals(start, year), totals(end, year)
    rates = last / base
    whole = last.sum(1, keepdims=True) / base.sum(1, keepdims=True)
    parts = [start * (whole - 1), start * (rates - whole), end - start * rates]
    return np.hstack([end - start, *parts])


def vector_angle(levels: Array) -> Array:
    angles = np.arccos(levels / np.sqrt((levels**2).sum(1, keepdims=True)))
    return np.column_stack([angles, angles @ np.array([3.0, 2.0, 1.0])])


def rationalisation(output: Array, workers: Array) -> Array:
    shares, employed = fractions(output), fractions(workers)
    return (shares * np.log(shares / employed)).sum(1)


def entropy(levels: Array) -> Array:
    shares = levels / levels.sum(0)
    spread = 1 + (shares * np.log(shares)).sum(0) / np.log(len(levels))
    return spread / spread.sum()


def critic(levels: Array) -> Array:
    least, most = levels.min(0), levels.max(0)
    scaled = (levels - least) / (most - least)
    information = scaled.std(0) * (1 - np.corrcoef(scaled.T)).sum(0)
    return information / information.sum()


def topsis(levels: Array, weights: Array) -> Array:
    weighted = levels / np.sqrt((levels**2).sum(0)) * weights
    far, near = (
        np.sqrt(((weighted - ideal) ** 2).sum(1)) for ideal in (weighted.min(0), weighted.max(0))
    )
    return far / (far + near)


def coupling(systems: Array) -> Array:
    n = systems.shape[1]
    return n * systems.prod(1) ** (1 / n) / systems.sum(1)


def obstacle(levels: Array, weights: Array) -> Array:
    short = weights * (1 - levels)
    return 100 * short / short.sum(1, keepdims=True)


def installed(name: str, call: Callable[..., Any]) -> tuple[str, Callable[..., Any]] | None:
    """Return a peer where it is installed."""
    return (name, call) if importlib.util.find_spec(name) else None


def peer_theil(levels: Array) -> Array:
    from inequality.theil import Theil

    return Theil(levels.T).T


def peer_entropy(levels: Array) -> Array:
    from pymcdm.weights import entropy_weights

    return entropy_weights(levels)


def peer_critic(levels: Array) -> Array:
    from pymcdm.weights import critic_weights

    return critic_weights(levels)


def peer_topsis(levels: Array, weights: Array) -> Array:
    from pymcdm.methods import TOPSIS
    from pymcdm.normalizations import vector_normalization

    return TOPSIS(vector_normalization)(levels, weights, np.ones(len(weights)))


CLOSED_FORMS = (
    Case(
        "growth_rate",
        lambda inputs: growth.growth_rate(inputs.end, inputs.start),
        both,
        lambda start, end: 100 * (end - start) / start,
    ),
    Case(
        "implied_previous_level",
        lambda inputs: growth.implied_previous_level(inputs.start, inputs.rates),
        with_rates,
        lambda level, rates: level / (1 + rates / 100),
    ),
    Case(
        "pull",
        lambda inputs: growth.pull(inputs.start, inputs.rates),
        with_rates,
        lambda share, rates: share * rates / 100,
    ),
    Case(
        "contribution",
        lambda inputs: growth.contribution(inputs.rates, inputs.rate),
        with_total,
        lambda pull, total: 100 * pull / total[:, None],
    ),
    Case(
        "shares",
        lambda inputs: structure.shares(inputs.start),
        one,
        lambda levels: 100 * fractions(levels),
    ),
    Case(
        "nav",
        lambda inputs: structure.nav(inputs.start, inputs.end),
        both,
        lambda start, end: np.abs(fractions(end) - fractions(start)).sum(1) / 2,
    ),
    Case(
        "structural_change_k",
        lambda inputs: structure.structural_change_k(inputs.start, inputs.end),
        both,
        lambda start, end: 100 * np.abs(fractions(end) - fractions(start)).sum(1),
    ),
    Case(
        "moore",
        lambda inputs: structure.moore(inputs.start, inputs.end),
        both,
        moore,
    ),
    Case(
        "lilien",
        lambda inputs: structure.lilien(inputs.start, inputs.end),
        both,
        lilien,
        lambda answer: answer["lilien"],
    ),
    Case(
        "ts_ratio",
        lambda inputs: upgrading.ts_ratio(inputs.sectors),
        lambda inputs: (inputs.sectors.to_numpy(),),
        lambda levels: levels[:, 2] / levels[:, 1],
    ),
    Case(
        "layer_coefficient",
        lambda inputs: upgrading.layer_coefficient(inputs.sectors),
        lambda inputs: (inputs.sectors.to_numpy(),),
        lambda levels: fractions(levels) @ np.array([1.0, 2.0, 3.0]),
    ),
    Case(
        "vector_angle",
        lambda inputs: upgrading.vector_angle(inputs.sectors),
        lambda inputs: (inputs.sectors.to_numpy(),),
        vector_angle,
    ),
    Case(
        "theil_rationalisation",
        lambda inputs: upgrading.theil_rationalisation(inputs.sectors, inputs.workers),
        lambda inputs: (inputs.sectors.to_numpy(), inputs.workers.to_numpy()),
        rationalisation,
    ),
    Case(
        "structural_deviation",
        lambda inputs: upgrading.structural_deviation(inputs.sectors, inputs.workers),
        lambda inputs: (inputs.sectors.to_numpy(), inputs.workers.to_numpy()),
        lambda output, workers: np.abs(fractions(output) / fractions(workers) - 1).sum(1),
    ),
    Case(
        "location_quotient",
        lambda inputs: specialisation.location_quotient(inputs.start),
        panel,
        location_quotient,
    ),
    Case(
        "krugman_specialisation",
        lambda inputs: specialisation.krugman_specialisation(inputs.start),
        panel,
        lambda levels, year: np.abs(fractions(levels) - fractions(totals(levels, year))).sum(1),
    ),
    Case(
        "hoover",
        lambda inputs: specialisation.hoover(inputs.start, reference=inputs.end),
        both,
        lambda start, end: np.abs(fractions(end) - fractions(start)).sum(1) / 2,
    ),
    Case(
        "herfindahl",
        lambda inputs: specialisation.herfindahl(inputs.start),
        one,
        herfindahl,
    ),
    Case(
        "concentration_ratio",
        lambda inputs: specialisation.concentration_ratio(inputs.start),
        one,
        lambda levels: 100 * np.sort(levels, axis=1)[:, -4:].sum(1) / levels.sum(1),
    ),
    Case(
        "gini",
        lambda inputs: specialisation.gini(inputs.start),
        one,
        gini,
    ),
    Case(
        "theil_t",
        lambda inputs: specialisation.theil_t(inputs.start),
        one,
        theil_t,
        peer=installed("inequality", peer_theil),
    ),
    Case("theil_l", lambda inputs: specialisation.theil_l(inputs.start), one, theil_l),
    Case(
        "shift_share",
        lambda inputs: shift_share.shift_share(inputs.start, inputs.end),
        lambda inputs: (*both(inputs), inputs.year),
        dunn,
    ),
    Case(
        "normalise",
        lambda inputs: composite.normalise(inputs.start, method="min_max"),
        one,
        lambda levels: 100 * (levels - levels.min(0)) / (levels.max(0) - levels.min(0)),
    ),
    Case(
        "aggregate (arithmetic)",
        lambda inputs: composite.aggregate(inputs.scores, inputs.framework),
        scores,
        lambda levels, weights: (levels @ weights)[:, None],
    ),
    Case(
        "aggregate (geometric)",
        lambda inputs: composite.aggregate(inputs.scores, inputs.framework, method="geometric"),
        scores,
        lambda levels, weights: np.exp(np.log(levels) @ weights)[:, None],
    ),
    Case(
        "entropy_weights",
        lambda inputs: composite.entropy_weights(inputs.start),
        one,
        entropy,
        peer=installed("pymcdm", peer_entropy),
    ),
    Case(
        "critic_weights",
        lambda inputs: composite.critic_weights(inputs.start),
        one,
        critic,
        peer=installed("pymcdm", peer_critic),
    ),
    Case(
        "topsis",
        lambda inputs: composite.topsis(inputs.start, inputs.weights),
        lambda inputs: (inputs.start.to_numpy(), inputs.weights.to_numpy()),
        topsis,
        lambda answer: answer["closeness"],
        installed("pymcdm", peer_topsis),
    ),
    Case(
        "coupling",
        lambda inputs: coordination.coupling(inputs.systems),
        lambda inputs: (inputs.systems.to_numpy(),),
        coupling,
    ),
    Case(
        "obstacle_degree",
        lambda inputs: coordination.obstacle_degree(inputs.scores, inputs.weights),
        scores,
        obstacle,
    ),
)


YEARS, PARTS = 15, 20


def on_panel(call: Callable[[Inputs], object]) -> Callable[[int], Callable[[], object]]:
    """Prepare a call on a panel of so many rows."""

    def prepare(rows: int) -> Callable[[], object]:
        inputs = make_inputs(rows // YEARS, PARTS, YEARS)
        return lambda: call(inputs)

    return prepare


def on_regions(call: Callable[[Inputs], object]) -> Callable[[int], Callable[[], object]]:
    """Prepare a call on one year of so many regions."""

    def prepare(rows: int) -> Callable[[], object]:
        inputs = make_inputs(rows, PARTS, 1)
        return lambda: call(inputs)

    return prepare


def on_years(call: Callable[[pd.DataFrame], object]) -> Callable[[int], Callable[[], object]]:
    """Prepare a call on a frame of years by so many regions."""

    def prepare(regions: int) -> Callable[[], object]:
        draw = np.random.default_rng(20250101)
        years = pd.RangeIndex(2000, 2000 + YEARS, name="year")
        steps = draw.normal(0.05, 0.02, (YEARS, regions)).cumsum(axis=0)
        frame = pd.DataFrame(100 * np.exp(steps), index=years)
        return lambda: call(frame)

    return prepare


def groups(inputs: Inputs) -> dict[str, str]:
    return {name: f"g{place % 4}" for place, name in enumerate(inputs.start.columns)}


def panel_of_years(inputs: Inputs) -> pd.DataFrame:
    return inputs.scores.droplevel("year")


def related(inputs: Inputs) -> pd.DataFrame:
    """Indicators that three things drive, as in real panels.

    How long factors are turned depends on how many there are and how clearly they part, not on the
    rows: indicators without any relation would show chance for an order of growth.
    """
    drivers = np.eye(3)[np.arange(PARTS) % 3].T
    return inputs.start + 3 * inputs.start.to_numpy()[:, :3] @ drivers


ROWS, FEW, SERIES = (1500, 15000, 150000), (15, 60, 240), (10, 20, 40)

OTHERS = (
    Other(
        "account_growth_from_levels",
        on_panel(lambda one: growth.account_growth_from_levels(one.start, one.end)),
        ROWS,
    ),
    Other(
        "location_account", on_panel(lambda one: specialisation.location_account(one.start)), ROWS
    ),
    Other(
        "location_quotient_interval",
        on_panel(lambda one: specialisation.location_quotient_interval(one.start // 1)),
        ROWS,
    ),
    Other(
        "gini_of_specialisation",
        on_panel(lambda one: specialisation.gini_of_specialisation(one.start)),
        ROWS,
    ),
    Other(
        "theil_decomposition",
        on_panel(lambda one: specialisation.theil_decomposition(one.start, groups(one))),
        ROWS,
    ),
    Other(
        "theil_permutation",
        on_panel(lambda one: specialisation.theil_permutation(one.start, groups(one))),
        (15, 150, 1500),
    ),
    Other(
        "dagum",
        on_panel(lambda one: specialisation.dagum(one.start, groups(one))),
        (150, 1500, 15000),
    ),
    Other(
        "shift_share_dynamic",
        on_panel(lambda one: shift_share.shift_share_dynamic(one.start)),
        ROWS,
    ),
    Other(
        "malmquist (two inputs)",
        on_regions(
            lambda one: productivity.malmquist(
                one.start.iloc[:, :2],
                one.start.iloc[:, 2:3],
                one.end.iloc[:, :2],
                one.end.iloc[:, 2:3],
            )
        ),
        FEW,
    ),
    Other("treat_outliers", on_panel(lambda one: composite.treat_outliers(one.start)), ROWS),
    Other("impute", on_panel(lambda one: composite.impute(one.start, method="interpolate")), ROWS),
    Other(
        "fixed_base_index",
        on_panel(
            lambda one: composite.fixed_base_index(
                one.scores, framework=one.framework, base_year=2000
            )
        ),
        ROWS,
    ),
    Other("pca_weights", on_panel(lambda one: composite.pca_weights(related(one))), ROWS),
    Other(
        "leave_one_out",
        on_regions(lambda one: composite.leave_one_out(panel_of_years(one), one.framework)),
        FEW,
    ),
    Other(
        "rank_uncertainty",
        on_regions(lambda one: composite.rank_uncertainty(panel_of_years(one), one.framework)),
        FEW,
    ),
    Other(
        "rank_uncertainty (data error)",
        on_regions(
            lambda one: composite.rank_uncertainty(
                panel_of_years(one), one.framework, data_error=5.0
            )
        ),
        FEW,
    ),
    Other(
        "rank_sensitivity",
        on_regions(lambda one: composite.rank_sensitivity(panel_of_years(one), one.framework)),
        FEW,
    ),
    Other(
        "coupling_coordination",
        on_panel(lambda one: coordination.coupling_coordination(one.systems)),
        ROWS,
    ),
    Other("decoupling", on_panel(lambda one: coordination.decoupling(one.rates, one.rates)), ROWS),
    Other("sigma_convergence", on_years(dynamics.sigma_convergence), ROWS),
    Other(
        "beta_convergence",
        on_years(lambda one: dynamics.beta_convergence(one.iloc[0], one.iloc[-1], years=YEARS - 1)),
        ROWS,
    ),
    Other(
        "markov_transition",
        on_years(
            lambda one: dynamics.markov_transition(dynamics.classify(one, quantiles=4), classes=4)
        ),
        ROWS,
    ),
    Other("linear_trend", on_years(lambda one: outlook.linear_trend(one, horizon=5)), SERIES),
    Other(
        "exponential_smoothing",
        on_years(lambda one: outlook.exponential_smoothing(one, horizon=5)),
        SERIES,
    ),
    Other("backtest", on_years(outlook.backtest), SERIES),
    Other(
        "years_to_threshold",
        on_years(lambda one: outlook.years_to_threshold(one, 300.0)),
        SERIES,
    ),
)
