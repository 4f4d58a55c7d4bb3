"""Sentences and words on tourism: years, the two parts of growth, occasions."""

from __future__ import annotations

import pandas as pd

from lyanalysis import catalog
from lyanalysis.catalog import Language
from lyanalysis.wording.numbers import Prose, number, paragraph, prose, say
from lyanalysis.wording.periods import period_text
from lyanalysis.wording.space import changed

HOLIDAYS = {
    "spring-festival-holiday": ("春节假期", "Spring Festival holiday"),
    "national-day-holiday": ("国庆假期", "National Day holiday"),
    "labour-day-holiday": ("五一假期", "Labour Day holiday"),
}
"""Holidays of the whole country; an event of a region is named by its variable."""
SPLIT = ["visits_points", "spend_points"]
"""The two parts of growth of revenue."""
RATES = ["tourism_revenue_growth", "tourism_visits_growth"]


def describe_tourism(years: pd.DataFrame, *, language: Language) -> Prose:
    """Say how visits and revenue of the newest year moved, and what a visit brought in.

    Parameters
    ----------
    years : DataFrame
        Index ``(region_code, year)`` of one region; ``tourism_visits`` (10 000 visits),
        ``tourism_revenue`` (100 million yuan), both growth rates in percent; ``spend_per_visit``,
        ``spend_lower`` and ``spend_upper`` in yuan.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One paragraph; a plain statement where no year has both levels.
    """
    frame = years.droplevel("region_code")
    both = frame.dropna(subset=["tourism_visits", "tourism_revenue"])
    if both.empty:
        return prose(
            "没有一年同时公布了接待游客人次和旅游总收入。",
            "No year has both tourist visits and tourism revenue published.",
            language,
        )
    year, row = int(both.index[-1]), both.iloc[-1]
    visits, revenue = row["tourism_visits"], row["tourism_revenue"]
    revenue_moved, visits_moved = (
        "" if pd.isna(row[name]) else changed(row[name], 1, language) for name in RATES
    )
    sentences = [
        say(
            f"{year}年接待游客{number(visits / 10_000, 2)}亿人次"
            f"{f'，比上年{visits_moved}' if visits_moved else ''}；"
            f"旅游总收入{number(revenue, 1)}亿元"
            f"{f'，比上年{revenue_moved}' if revenue_moved else ''}。",
            f"Visits of {year} came to {number(visits / 100, 1)} million"
            f"{f' and {visits_moved} on the year before' if visits_moved else ''}; tourism "
            f"revenue was {number(revenue / 10, 2)} billion yuan"
            f"{f' and {revenue_moved}' if revenue_moved else ''}.",
            language,
        ),
        _spend(both, year, language),
    ]
    head = (
        say(
            f"{year}年接待游客{visits_moved}，旅游总收入{revenue_moved}",
            f"Visits {visits_moved} and tourism revenue {revenue_moved} in {year}",
            language,
        )
        if visits_moved and revenue_moved
        else say(
            f"{year}年接待{number(visits / 10_000, 2)}亿人次、收入{number(revenue, 1)}亿元",
            f"{number(visits / 100, 0)} million visits, {number(revenue / 10, 1)} billion yuan "
            f"in {year}",
            language,
        )
    )
    return paragraph(sentences, language, headline=head)


def _spend(both: pd.DataFrame, year: int, language: Language) -> str:
    """Say what a visit brought, and whether rounding allows a comparison with the year before."""
    rows = both.to_dict("index")
    row = rows[year]
    spend, low, high = (
        number(row[name], 0) for name in ("spend_per_visit", "spend_lower", "spend_upper")
    )
    said = say(
        f"人次花费{spend}元，因公布数取整，实际在{low}至{high}元之间",
        f"A visit brought in {spend} yuan; rounding of published figures leaves {low} to {high}",
        language,
    )
    if year - 1 not in both.index:
        return said + say("。", ".", language)
    before = rows[year - 1]
    if before["spend_upper"] < row["spend_lower"]:
        verdict = say("，高于上年", ", which is above the year before", language)
    elif before["spend_lower"] > row["spend_upper"]:
        verdict = say("，低于上年", ", which is below the year before", language)
    else:
        verdict = say(
            f"，与上年的{number(before['spend_lower'], 0)}至{number(before['spend_upper'], 0)}元"
            "有重叠，只看水平分不出升降",
            f" and overlaps with the {number(before['spend_lower'], 0)} to "
            f"{number(before['spend_upper'], 0)} of the year before, so levels alone do not tell "
            "whether it rose",
            language,
        )
    return said + verdict + say("。", ".", language)


def set_beside(
    published: pd.DataFrame, claimed: pd.DataFrame, *, periods: pd.Series, language: Language
) -> pd.DataFrame:
    """Put published growth beside that of the article, never in one series.

    Parameters
    ----------
    published : DataFrame
        Index ``(region_code, year)`` of one region; growth of visits and of revenue in percent.
    claimed : DataFrame
        One row a subject, the same columns.
    periods : Series of str
        Years the claims speak of; they must agree, or else none is named.
    language : {"zh", "en"}
        Language of the names of the two series.

    Returns
    -------
    DataFrame
        Index ``(series, year)``, the series in words; every year of the published ones, and the
        first subject of which the article gives both rates.
    """
    rows = published.droplevel("region_code")[RATES]
    said = claimed.dropna(subset=RATES)[RATES].iloc[:1]
    spoken_of = periods.iloc[0] if len(set(periods)) == 1 else say("无年份", "undated", language)
    names = [say("公布数", "Published", language), say("报道所称", "The article says", language)]
    parts = {
        names[0]: rows.set_axis(rows.index.astype(str), axis=0),
        names[1]: said.set_axis([spoken_of] * len(said), axis=0),
    }
    return pd.concat(parts, names=["series", "year"])


def describe_spend(parts: pd.DataFrame, *, language: Language) -> Prose:
    """Say whether revenue grew by more visits or by more spending on each.

    Parameters
    ----------
    parts : DataFrame
        Index as :func:`set_beside` returns it; ``spend_growth``, ``visits_points``,
        ``spend_points`` and ``visits_contribution``.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One paragraph; a plain statement where nothing can be decomposed.
    """
    published = say("公布数", "Published", language)
    sentences, headline = [], ""
    found = parts.dropna(subset=SPLIT)
    labels = (found.index.get_level_values(level) for level in ("series", "year"))
    for series, year, row in zip(*labels, found.to_dict("records"), strict=True):
        total = row["visits_points"] + row["spend_points"]
        visits, spend = number(row["visits_points"], 1), number(row["spend_points"], 1)
        own = series == published
        share = (
            say(
                f"，人次的贡献率为{number(row['visits_contribution'], 0)}%",
                f"; visits contributed {number(row['visits_contribution'], 0)}%",
                language,
            )
            if pd.notna(row["visits_contribution"]) and total > 0
            else ""
        )
        moved = changed(row["spend_growth"], 1, language)
        sentences.append(
            say(
                f"{'' if own else '按报道所称的增速，'}{year}年旅游总收入"
                f"{changed(total, 1, 'zh')}，人次拉动{visits}个百分点，"
                f"花费拉动{spend}个百分点{share}；人次花费{moved}。",
                f"{'Revenue' if own else 'By the rates the article gives, revenue'} of {year} "
                f"{changed(total, 1, 'en')}: {visits} points from visits and {spend} from spend"
                f"{share}. Spend per visit {moved}.",
                language,
            )
        )
        if own:
            headline = say(
                f"{year}年旅游收入增速中，人次占{visits}个百分点，花费占{spend}个百分点",
                f"Revenue growth of {year}: {visits} points from visits, {spend} from spend",
                language,
            )
    if not sentences:
        return prose(
            "没有一年同时公布了接待游客和旅游总收入的增速，不能分解。",
            "No year has growth of both visits and revenue published, so growth cannot be split.",
            language,
        )
    return paragraph(sentences, language, headline=headline)


def tabulate_occasions(occasions: pd.DataFrame, *, language: Language) -> pd.DataFrame:
    """Put figures of halves, festivals and holidays into the form of a table.

    Parameters
    ----------
    occasions : DataFrame
        As :func:`lyanalysis.sources.load_occasions` returns it.
    language : {"zh", "en"}
        Language of the words.

    Returns
    -------
    DataFrame
        ``occasion`` and ``when`` in words; visits, revenue and their growth as columns of the
        catalogue; ``flag``, with ``lower_bound`` where a figure is printed as more than.
    """
    bound = occasions["comparator"].eq(">") | occasions["revenue_comparator"].eq(">")
    flags = [
        ";".join(code for code in (flag, "lower_bound" if above else "") if code)
        for flag, above in zip(occasions["flag"], bound, strict=True)
    ]
    return pd.DataFrame(
        {
            "occasion": [catalog.variable_name(id, language) for id in occasions["variable"]],
            "when": [
                _when(period, kind, as_of, language)
                for period, kind, as_of in zip(
                    occasions["period"], occasions["period_kind"], occasions["as_of"], strict=True
                )
            ],
            **{
                f"tourism_{name}": occasions[name]
                for name in ("visits", "visits_growth", "revenue", "revenue_growth")
            },
            "flag": flags,
        }
    )


def _when(period: str, kind: str, as_of: str, language: Language) -> str:
    """Say which part of which year a period is."""
    year = period[:4]
    if kind == "event":
        zh, en = HOLIDAYS.get(period[5:], ("活动期间", "event"))
        return say(f"{year}年{zh}", f"{year}, {en}", language)
    if kind == "half_year":
        return period_text(period, kind, language)
    if kind == "year_to_date" and as_of:
        month, day = (int(part) for part in as_of[5:].split("-"))
        return say(f"{year}年，截至{month}月{day}日", f"{year}, up to {as_of}", language)
    return say(f"{year}年（{period[5:]}）", f"{year} ({period[5:]})", language)
