"""Sentences on how systems move together: new drivers and the base, energy and growth."""

from __future__ import annotations

from typing import Any

import pandas as pd

from lyanalysis import catalog
from lyanalysis.catalog import Language
from lyanalysis.wording.numbers import (
    Prose,
    direction_of,
    join,
    number,
    paragraph,
    prose,
    say,
    term,
)
from lyanalysis.wording.transition import listed

SYSTEMS = ("new_driver_system", "industrial_base_system")
MEASURES: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "electricity_total": (("全社会用电量", "electricity use"), ("地区生产总值", "GDP")),
    "energy_consumption_above_scale_growth": (
        ("规上工业能耗", "industrial energy use"),
        ("规上工业增加值", "value added of above-scale industry"),
    ),
}
"""Measures of energy use and the output each is set against, in words."""
NEAR_ZERO = 0.5
"""Growth of output, in percent, below which an elasticity says little."""


def describe_coupling(
    coupled: pd.DataFrame, known: pd.DataFrame, *, region: str, year: int, language: Language
) -> Prose:
    """Say how new drivers and the industrial base of a region are coordinated, or why not.

    Parameters
    ----------
    coupled : DataFrame
        Index ``(region_code, year)`` of one year; columns ``new_driver_system``,
        ``industrial_base_system``, ``coordination``, ``coordination_modified`` and
        ``coordination_grade``. No rows where it was refused.
    known : DataFrame
        One row a city; the four growth rates among the columns.
    region : str
        Code of the report's region.
    year : int
        Year of the report.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One paragraph.
    """
    if coupled.empty:
        names = ["hightech_mfg_growth", "sei_growth", "va_secondary_growth"]
        counts = known[[*names, "va_industry_above_scale_growth"]].notna().sum()
        listed_zh = "、".join(f"{catalog.short_name(str(n), 'zh')}{c}个" for n, c in counts.items())
        listed_en = join([f"{listed(str(n), 'en')}: {c}" for n, c in counts.items()], "en")
        return prose(
            f"{year}年四项增速齐全的城市不足八个，不计算耦合协调度；公布的城市数为：{listed_zh}。",
            f"Fewer than eight cities have all four growth rates for {year}, so no coordination is "
            f"computed. Cities that publish each: {listed_en}.",
            language,
        )
    rows = coupled.set_axis(coupled.index.get_level_values("region_code"))
    best = str(rows["coordination"].idxmax())
    top = number(float(rows["coordination"].max()), 3)
    leader = catalog.region_name(best, language, short=True)
    summit = say(
        f"{len(rows)}个城市中协调度最高的是{leader}（{top}）。",
        f"Of {len(rows)} cities {leader} is the best coordinated ({top}).",
        language,
    )
    place = catalog.region_name(region, language)
    if region not in rows.index:
        missing = say(
            f"{place}不在{year}年四项增速齐全的城市之列。",
            f"{place} is not among the cities with all four growth rates for {year}.",
            language,
        )
        low = number(rows["coordination"].min(), 3)
        return paragraph(
            [missing, summit],
            language,
            headline=say(
                f"协调度在{low}与{top}之间", f"Coordination lies between {low} and {top}", language
            ),
        )
    row: dict[str, Any] = rows.loc[[region]].iloc[0].to_dict()  # type: ignore[assignment]
    levels = [round(float(row[name]), 2) for name in SYSTEMS]
    new, base = (number(level, 2) for level in levels)
    ahead = _ahead(levels[0], levels[1], language)
    degree, modified = (number(row[n], 3) for n in ("coordination", "coordination_modified"))
    grade = str(row["coordination_grade"])
    return paragraph(
        [
            say(
                f"{year}年{place}新动能系统水平为{new}，工业基本盘为{base}，"
                f"{ahead}；协调度为{degree}，属{term(grade, 'zh')}，修正式为{modified}。",
                f"In {year} the system of new drivers of {place} stands at {new}, the industrial "
                f"base at {base}: {ahead}. Coordination is {degree}, by convention "
                f"{term(grade, 'en')}; the modified form gives {modified}.",
                language,
            ),
            summit,
        ],
        language,
        headline=say(
            f"新动能{new}，基本盘{base}，协调度{degree}",
            f"New drivers {new}, industrial base {base}, coordination {degree}",
            language,
        ),
    )


def _ahead(new: float, base: float, language: Language) -> str:
    if new == base:
        return say("两者相当", "the two are level", language)
    if new > base:
        return say("新动能领先", "new drivers are ahead", language)
    return say("新动能滞后", "new drivers lag behind", language)


def describe_decoupling(points: pd.DataFrame, states: pd.DataFrame, *, language: Language) -> Prose:
    """Say for every measure of energy use how it moved with output in its newest year.

    Parameters
    ----------
    points : DataFrame
        Index ``(region_code, year, variable)`` of one region; columns ``pressure_growth`` and
        ``growth`` (percent), ``elasticity`` and ``state``.
    states : DataFrame
        Index ``state``; columns ``name_zh`` and ``name_en``.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One paragraph.
    """
    if points.empty:
        return prose(
            "没有公布相邻两年的用电量，也没有公布规模以上工业综合能源消费量增速，能耗与增长的关系无从判断。",
            "Neither electricity use of two adjacent years nor growth of the energy consumption of "
            "above-scale industry is published, so energy cannot be set against growth.",
            language,
        )
    sentences, heads = [], []
    rows = points.droplevel("region_code").sort_index(level="year")
    for (year, name), row in zip(rows.index, rows.to_dict("records"), strict=True):
        state = str(states.loc[row["state"], f"name_{language}"])
        use, output = (_moved(row[rate], language) for rate in ("pressure_growth", "growth"))
        measure, product = (say(*words, language) for words in MEASURES[str(name)])
        elasticity = number(row["elasticity"], 2)
        small = abs(row["growth"]) < NEAR_ZERO
        sentences.append(
            say(
                f"{year}年{measure}{use}，{product}{output}，弹性{elasticity}，属{state}"
                f"{'；产出变动接近零，弹性意义不大' if small else ''}。",
                f"In {year} {measure} {use} and {product} {output}: elasticity {elasticity}, "
                f"{state.lower()}"
                f"{'; output hardly moved, so the elasticity says little' if small else ''}.",
                language,
            )
        )
        heads.append(
            say(
                f"{year}年{measure}{use}，属{state}",
                f"{measure[0].upper()}{measure[1:]} {use} in {year}: {state.lower()}",
                language,
            )
        )
    return paragraph(sentences, language, headline=heads[-1])


def _moved(growth: float, language: Language) -> str:
    size = number(abs(growth), 1)
    direction = direction_of(growth)
    if direction == "steady":
        return say("持平", "did not change", language)
    if direction == "rising":
        return say(f"增长{size}%", f"rose by {size}%", language)
    return say(f"下降{size}%", f"fell by {size}%", language)
