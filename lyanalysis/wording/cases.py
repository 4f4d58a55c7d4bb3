"""Sentences and words on the sites of an article and on what follows from its numbers."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from lyanalysis.catalog import Language
from lyanalysis.wording.numbers import (
    MISSING,
    Prose,
    join,
    number,
    paragraph,
    prose,
    quantity,
    say,
    term,
)
from lyanalysis.wording.periods import computed_quantity

YIELDS = ("output_per_mu", "tax_per_mu", "output_per_job", "mu_per_firm")
"""Parts of checks a planner asks for first."""


def tabulate_cases(cases: pd.DataFrame, *, targets: bool, language: Language) -> pd.DataFrame:
    """Put what the article says of sites into the form of a table.

    Parameters
    ----------
    cases : DataFrame
        As :func:`lyanalysis.sources.load_cases` returns it.
    targets : bool
        Whether to list targets, or all else.
    language : {"zh", "en"}
        Language of the words.

    Returns
    -------
    DataFrame
        Index ``claim_id``; ``entity``, ``indicator``, ``said``, ``status`` or, of targets,
        ``due``, and ``actual``, for which there is no published series.
    """
    found = cases[cases["status"].eq("target") == targets]
    last = (
        {"due": found["due"].where(found["due"].ne(""), MISSING)}
        if targets
        else {"status": [term(status, language) for status in found["status"]]}
    )
    return pd.DataFrame(
        {
            "entity": found["entity"],
            "indicator": found["indicator"],
            "said": _said(found, language),
            **last,
            "actual": MISSING,
        },
        index=found.index,
    ).reset_index(drop=True)


def _said(cases: pd.DataFrame, language: Language) -> list[str]:
    return [
        quantity(printed, unit, comparator, language)
        for printed, unit, comparator in zip(
            cases["printed"], cases["printed_unit"], cases["comparator"], strict=True
        )
    ]


def tabulate_facts(
    cases: pd.DataFrame, facts: Collection[str], *, language: Language
) -> pd.DataFrame:
    """Set the sites of an article against the facts a site can be judged by.

    Parameters
    ----------
    cases : DataFrame
        As :func:`lyanalysis.sources.load_cases` returns it; targets are left out.
    facts : collection of str
        Facts to ask for, codes of the package.
    language : {"zh", "en"}
        Language of the words.

    Returns
    -------
    DataFrame
        Index ``(entity, fact)`` in words, every pair once; ``value``, NaN where nothing is said;
        ``status``; ``said`` in words.
    """
    found = cases[cases["status"].ne("target") & cases["fact"].isin(list(facts))]
    found = found.drop_duplicates(["entity", "fact"]).assign(
        said=lambda rows: _said(rows, language)
    )
    index = pd.MultiIndex.from_product(
        [found["entity"].unique(), list(facts)], names=["entity", "fact"]
    )
    cells = found.set_index(["entity", "fact"])[["value", "status", "said"]].reindex(index)
    texts = cells[["status", "said"]]
    cells[["status", "said"]] = texts.where(texts.notna(), "").astype(str)
    words = {fact: term(fact, language) for fact in facts}
    return cells.astype({"value": float}).rename(index=words, level="fact")


def describe_facts(facts: pd.DataFrame, *, language: Language) -> Prose:
    """Say how much of what is needed to judge the sites the article tells.

    Parameters
    ----------
    facts : DataFrame
        As :func:`tabulate_facts` returns it.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One paragraph.
    """
    if facts.empty:
        return prose(
            "所核的报道没有写到本地的园区或更新项目，数据包里也没有园区一级的公布数。",
            "The article under examination tells of no park or renewal project here, and the data "
            "package holds no published figures of parks.",
            language,
        )
    sites, asked = len(facts.index.unique("entity")), len(facts)
    given = int(facts["value"].notna().sum())
    planned = int(facts["status"].eq("expected").sum())
    never = [
        str(name)
        for name, cells in facts["value"].groupby(level="fact", sort=False)
        if cells.isna().all()
    ]
    sentences = [
        say(
            f"报道写到{sites}处有数字的场所，按{asked // sites}项事实应有{asked}个数，"
            f"实际给出{given}个，其中{planned}个是全部投产后的预计数。",
            f"The article gives numbers for {sites} {'site' if sites == 1 else 'sites'}; of the "
            f"{asked} facts that {asked // sites} questions ask for it tells {given}, {planned} of "
            f"them expected for full operation.",
            language,
        )
    ]
    if never:
        listed = join([name if language == "zh" else name.lower() for name in never], language)
        sentences.append(
            say(
                f"没有一处写出{listed}的数。",
                f"It gives no figures on {listed} for any site.",
                language,
            )
        )
    return paragraph(
        sentences,
        language,
        headline=say(
            f"{sites}处场所应有{asked}个数，报道只给出{given}个，{planned}个还是预计数",
            f"Of {asked} facts on {sites} {'site' if sites == 1 else 'sites'} the article tells "
            f"{given}, {planned} of them expected",
            language,
        ),
    )


def describe_yields(results: pd.DataFrame, *, language: Language) -> Prose:
    """Say what the planned output, tax and jobs of a park come to for its land.

    Parameters
    ----------
    results : DataFrame
        As :func:`lyanalysis.sources.checks_about` returns them.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One paragraph; a plain statement where the article gives nothing to divide.
    """
    parts = results[results.index.get_level_values("part").isin(YIELDS)]
    if parts.empty:
        return prose(
            "没有可以折算到土地、企业和岗位上的数，亩均产值和亩均税收无从计算。",
            "There is nothing to divide by land, firms or jobs, so output and tax for a mu cannot "
            "be computed.",
            language,
        )
    listed = [
        say(
            f"{name}{computed_quantity(value, unit, comparator, 'zh')}",
            f"{name[0].lower()}{name[1:]} {computed_quantity(value, unit, comparator, 'en')}",
            language,
        )
        for name, value, unit, comparator in parts[
            [f"part_{language}", "value", "unit", "comparator"]
        ].itertuples(index=False, name=None)
    ]
    return paragraph(
        [
            say(
                f"按报道所称的数折算：{'，'.join(listed)}。",
                f"What the article says comes to: {join(listed, 'en')}.",
                language,
            ),
            say(
                "产值、税收和岗位是全部投产后的预计数，企业是现已招引的；实际产值和税收没有公布，"
                "还不能据此判断土地用得是否集约。",
                "Output, tax and jobs are expected for full operation, firms are those attracted "
                "so far. Actual output and tax are not published, so how well the land is used "
                "cannot be judged yet.",
                language,
            ),
        ],
        language,
    )


def tabulate_sizes(
    cases: pd.DataFrame, results: pd.DataFrame, *, language: Language
) -> pd.DataFrame:
    """Set the firms of the sites named against the average the targets imply.

    Parameters
    ----------
    cases : DataFrame
        As :func:`lyanalysis.sources.load_cases` returns it.
    results : DataFrame
        As :func:`lyanalysis.sources.checks_about` returns them.
    language : {"zh", "en"}
        Language of the words.

    Returns
    -------
    DataFrame
        Index ``site`` in words: the average of the targets, the sites it is compared with, and
        what would be left for each other site if one counted. ``value``; ``status``, ``target``,
        ``stated`` or ``scenario``; ``said`` in words; ``claims``, joined by ``;``. Empty where
        there is no target.
    """
    by_part = results.reset_index("check_id")
    rows: list[tuple[str, float, str, str, str]] = []
    for part, status in (("firms_per_community", "target"), ("firms_each", "scenario")):
        for _, row in by_part.loc[by_part.index == part].iterrows():
            name, title = row[f"part_{language}"], row[f"title_{language}"]
            label = say(f"{name}（{title}）", f"{name} ({title})", language)
            said = quantity(number(row["value"], 0), row["unit"], "=", language)
            rows.append((label, float(row["value"]), status, said, ";".join(row["claim_ids"])))
    compared = by_part.loc[by_part.index.isin(["of_average", "of_target"]), "claim_ids"]
    named = {claim for listed in compared for claim in listed}
    stated = cases[cases.index.isin(named) & cases["status"].eq("stated")]
    columns = (stated["entity"], stated["value"], _said(stated, language), stated.index)
    for entity, value, said, claim in zip(*columns, strict=True):
        rows.insert(len(rows) - 1, (entity, float(value), "stated", said, str(claim)))
    names = ["site", "value", "status", "said", "claims"]
    return pd.DataFrame(rows, columns=names).astype({"claims": str}).set_index("site")


def describe_sizes(results: pd.DataFrame, *, language: Language) -> Prose:
    """Say how the sites named compare with the average the targets imply.

    Parameters
    ----------
    results : DataFrame
        As :func:`lyanalysis.sources.checks_about` returns them.
    language : {"zh", "en"}
        Language of the sentence.

    Returns
    -------
    Prose
        One paragraph; a plain statement where there is no target.
    """
    parts = results.index.get_level_values("part")
    found = {str(part): float(value) for part, value in zip(parts, results["value"], strict=True)}
    if "firms_per_community" not in found:
        return prose(
            "报道没有写到本地的社区建设目标，无从比较。",
            "The article gives no targets for communities here, so there is nothing to compare.",
            language,
        )
    average = number(found["firms_per_community"], 0)
    sentences = [
        say(
            f"目标合每个社区{average}家企业；目标都是下限，商只就印出的数而言。",
            f"The targets come to {average} firms for a community; all targets are lower bounds, "
            "so the quotient is that of the printed numbers.",
            language,
        )
    ]
    headline = ""
    if "of_average" in found:
        share = number(found["of_average"], 0)
        sentences.append(
            say(
                f"报道举为样板的社区，企业数相当于这个平均数的{share}%。",
                f"The community held up as a model has {share}% of that average.",
                language,
            )
        )
        headline = say(
            f"样板社区的企业数只及目标平均的{share}%"
            if found["of_average"] < 100
            else f"样板社区的企业数为目标平均的{share}%",
            f"The model community has {share}% of the firms the targets imply",
            language,
        )
    if {"of_target", "firms_each"} <= set(found):
        share = number(found["of_target"], 0)
        each = number(found["firms_each"], 0)
        sentences.append(
            say(
                f"假如企业最多的那一处也算作社区，它一处就占企业目标的{share}%，其余每个社区只需约"
                f"{each}家，目标就不难；是否计入，报道没有说。",
                f"Should the site with the most firms count as a community, it alone would fill "
                f"{share}% of the target and each other one would need about {each} firms: an easy "
                "target. Whether it counts, the article does not say.",
                language,
            )
        )
    return paragraph(sentences, language, headline=headline)
