"""The finding of the summary: four short answers to the question of the report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lyanalysis import catalog
from lyanalysis.catalog import Language
from lyanalysis.wording.numbers import Prose, direction_of, in_text, join, number, say

KNOWLEDGE = {
    "grade": ("只出自A级来源", "rest", "on sources of grade A alone"),
    "change": ("算得出较上年的变动", "have", "a change on the year before"),
    "beside": ("有全省或全国同年的数可比", "have", "a figure of province or nation beside it"),
}
"""What may be known of a measure, in Chinese and as an English verb and its object."""
BESIDE = {"province": ("全省", "the province"), "nation": ("全国", "the nation")}

QUESTIONS = (
    ("结构变了吗？", "Did the structure change?"),
    ("变了多少？", "By how much?"),
    ("同谁比？", "Against whom?"),
    ("有几分把握？", "How sure?"),
)
"""What the report is asked, in the order of the answers."""


def summarise(
    card: pd.DataFrame, gaps: pd.DataFrame, *, region: str, year: int, language: Language
) -> Prose:
    """Say whether the structure changed, by how much, against whom, and how sure that is.

    Parameters
    ----------
    card : DataFrame
        Index ``variable``; columns ``value``, ``value_year``, ``change``, ``province``,
        ``nation``, ``evidence_grade``; rows ``gdp_growth_real``, ``tertiary_contribution``,
        ``hightech_mfg_share`` and ``energy_intensive_share`` among them.
    gaps : DataFrame
        Index ``(region_code, aggregate)``, aggregates of old and new drivers; column
        ``growth_gap`` in percentage points for the year of the report.
    region : str
        Six-digit code.
    year : int
        Year of the report.
    language : {"zh", "en"}
        Language of the sentences.

    Returns
    -------
    Prose
        A list of four answers. A shift from old to new is claimed only where all aggregates of
        either side are on the right side of industry as a whole.
    """
    name = catalog.region_name(region, language)
    rows = {str(variable): row for variable, row in card.iterrows()}
    gap = gaps["growth_gap"].xs(region, level="region_code")
    answers = (
        _drivers(gap, year, language),
        _amounts(rows, language) + _weights(rows, language),
        _growth(rows, name, language),
        _evidence(card, catalog.region(region).level == "nation", language),
    )
    asked = [say(zh, en, language) for zh, en in QUESTIONS]
    listed = [*zip(asked, answers, strict=True)]
    return Prose(
        "\n".join(f"- **{question}** {said}" for question, said in listed),
        markdown="\n".join(
            f"- **{question}** {catalog.escape_markdown(said)}" for question, said in listed
        ),
    )


def _amounts(rows: Mapping[str, pd.Series[Any]], language: Language) -> str:
    """Say by how much the sectors moved, as far as adjacent years on one basis allow."""
    row = rows.get("tertiary_share")
    if row is None or pd.isna(row["value"]):
        return ""
    year, share = int(row["value_year"]), number(row["value"], 1)
    zh = "与上年之间缺数或有断点，不计变动"
    en = "with no comparable figure for the year before"
    if pd.notna(row["change"]):
        direction, size = direction_of(row["change"]), number(abs(row["change"]), 1)
        zh = {
            "rising": f"比上年提高{size}个百分点",
            "falling": f"比上年下降{size}个百分点",
            "steady": "与上年持平",
        }[direction]
        en = {
            "rising": f"up {size} points on the year before",
            "falling": f"down {size} points on the year before",
            "steady": "unchanged on the year before",
        }[direction]
    said = say(
        f"{year}年第三产业增加值占生产总值{share}%，{zh}",
        f"The tertiary sector made {share}% of GDP in {year}, {en}",
        language,
    )
    speed = rows.get("structural_change_k")
    if speed is not None and pd.notna(speed["value"]):
        points, when = number(speed["value"], 2), int(speed["value_year"])
        zh_when = "" if when == year else f"{when}年"
        en_when = "" if when == year else f" in {when}"
        said += say(
            f"；{zh_when}三次产业比重变动之和（K值）为{points}个百分点",
            f"; all sector shares together moved by {points} points{en_when} (K)",
            language,
        )
    return say(f"{said}。", f"{said}. ", language)


def _growth(rows: Mapping[str, pd.Series[Any]], name: str, language: Language) -> str:
    row = rows["gdp_growth_real"]
    if pd.isna(row["value"]):
        return say(
            f"没有公布{name}生产总值的实际增速。",
            f"Real growth of GDP is not published for {name}.",
            language,
        )
    year, value = int(row["value_year"]), float(row["value"])
    size = number(abs(value), 1)
    fell = direction_of(value) == "falling"
    zh = [f"{year}年{name}生产总值实际{'下降' if fell else '增长'}{size}%"]
    en = [f"In {year} GDP of {name} {'fell' if fell else 'grew'} by {size}% in real terms"]
    if pd.notna(row["change"]):
        zh.append(f"增速{_compared_zh('上年', row['change'])}")
        en.append(_compared_en("the year before", row["change"]))
    if beside := _beside(row, language):
        zh.append(beside)
        en.append(beside)
    part = rows["tertiary_contribution"]
    if not fell and part["value_year"] == year:
        share = number(part["value"], 1)
        zh.append(f"第三产业对增长的贡献率为{share}%")
        en.append(f"and the tertiary sector contributed {share}% of growth")
    return say(f"{'，'.join(zh)}。", f"{', '.join(en)}.", language)


def _compared_zh(other: str, gap: float) -> str:
    if direction_of(gap) == "steady":
        return f"与{other}持平"
    return f"比{other}{'高' if gap > 0 else '低'}{number(abs(gap), 1)}个百分点"


def _compared_en(other: str, gap: float) -> str:
    if direction_of(gap) == "steady":
        return f"the same rate as in {other}"
    direction = "higher" if gap > 0 else "lower"
    return f"a rate {number(abs(gap), 1)} points {direction} than in {other}"


def _beside(row: pd.Series[Any], language: Language) -> str:
    """Say where a rate stands against province and nation, as far as they are published."""
    words = {
        "rising": ("高于", "above "),
        "falling": ("低于", "below "),
        "steady": ("等于", "level with "),
    }
    parts = []
    for column, (zh, en) in BESIDE.items():
        if pd.notna(row[column]):
            above = direction_of(row["value"] - row[column])
            parts.append((above, zh, en, number(row[column], 1)))
    pieces = []
    for direction, (word_zh, word_en) in words.items():
        group = [part for part in parts if part[0] == direction]
        if group:
            zh = join([f"{one[1]}（{one[3]}%）" for one in group], "zh")
            en = join([f"{one[2]} ({one[3]}%)" for one in group], "en")
            pieces.append(say(word_zh + zh, word_en + en, language))
    return say("，", " and ", language).join(pieces)


def _drivers(gaps: pd.Series[Any], year: int, language: Language) -> str:
    """Give the verdict the growth of old and new drivers allows."""
    known = gaps.dropna()
    sides = pd.Series({name: catalog.variable(str(name)).driver for name in known.index}, dtype=str)
    new, old = known[sides.eq("new")], known[sides.eq("old")]
    if known.empty:
        return say(
            f"{year}年没有同时公布新旧动能各口径与规模以上工业的增速，转换与否无从判断。",
            f"For {year} growth of the aggregates of old and new drivers is not published together "
            "with that of above-scale industry, so whether drivers are shifting cannot be told.",
            language,
        )
    listed = say("，", "; ", language).join(
        _gap(str(name), value, language)
        for side in (known[known > 0], known[known <= 0])
        for name, value in side.items()
    )
    return say(
        f"{year}年与规模以上工业增速相比，{listed}：{_verdict(new, old, 'zh')}。",
        f"Against the growth of above-scale industry in {year}, {listed}: "
        f"{_verdict(new, old, 'en')}.",
        language,
    )


def _gap(name: str, value: float, language: Language) -> str:
    size = number(abs(value), 1)
    direction = direction_of(value)
    if direction == "steady":
        return say(
            f"{in_text(name, 'zh')}持平", f"{in_text(name, 'en')} was level with it", language
        )
    faster = direction == "rising"
    return say(
        f"{in_text(name, 'zh')}{'快' if faster else '慢'}{size}个百分点",
        f"{in_text(name, 'en')} was {size} points {'faster' if faster else 'slower'}",
        language,
    )


def _verdict(new: pd.Series[Any], old: pd.Series[Any], language: Language) -> str:
    ahead = {
        "new": {direction_of(value) for value in new},
        "old": {direction_of(value) for value in old},
    }
    if not ahead["new"]:
        return say(
            "新动能各口径的增速没有公布，不能判断转换",
            "growth of new drivers is not published, so no shift can be claimed",
            language,
        )
    if not ahead["old"]:
        if ahead["new"] == {"falling"}:
            return say(
                "新动能各口径都落在后面，旧动能的增速没有公布，不能判断转换",
                "every aggregate of new drivers lags behind and growth of old drivers is not "
                "published, so no shift can be claimed",
                language,
            )
        if ahead["new"] == {"rising"}:
            return say(
                "新动能各口径都跑在前面，但旧动能的增速没有公布，转换只能看到一半",
                "every aggregate of new drivers is ahead, but growth of old drivers is not "
                "published, so only half of the shift can be seen",
                language,
            )
        return say(
            "新动能没有全部跑在前面，旧动能的增速没有公布，不能判断转换",
            "not every aggregate of new drivers is ahead and growth of old drivers is not "
            "published, so no shift can be claimed",
            language,
        )
    if ahead == {"new": {"rising"}, "old": {"falling"}}:
        return say(
            "以增速看，工业的增长正由旧动能转向新动能",
            "by growth rates, industry is moving from old drivers to new ones",
            language,
        )
    if ahead == {"new": {"falling"}, "old": {"rising"}}:
        return say(
            "以增速看，工业的增长反而靠向旧动能",
            "by growth rates, industry is moving back to old drivers",
            language,
        )
    if ahead in ({"new": {one}, "old": {one}} for one in ("rising", "falling")):
        return say(
            "新旧动能在工业总体的同一边，分不出转换",
            "old and new drivers are on the same side of industry as a whole, so no shift can be "
            "claimed",
            language,
        )
    return say(
        "新旧各口径快慢不一，不能判断工业增长已由旧动能转向新动能",
        "aggregates of one kind are on both sides of industry as a whole or level with it, so no "
        "shift can be claimed",
        language,
    )


def _weights(rows: Mapping[str, pd.Series[Any]], language: Language) -> str:
    """Say how heavy old and new drivers weigh, beside province and nation."""
    parts = []
    for name in ("hightech_mfg_share", "energy_intensive_share"):
        row = rows[name]
        if pd.isna(row["value"]):
            continue
        year, share = int(row["value_year"]), number(row["value"], 1)
        others = [
            say(f"{zh}{number(row[column], 1)}%", f"{en} {number(row[column], 1)}%", language)
            for column, (zh, en) in BESIDE.items()
            if pd.notna(row[column])
        ]
        aggregate = in_text(name.removesuffix("_share"), language)
        parts.append(
            say(
                f"{aggregate}占{share}%（{'，'.join([f'{year}年', *others])}）",
                f"{aggregate} accounted for {share}% ({', '.join([str(year), *others])})",
                language,
            )
            + _on_same_scope(row["change"], language)
        )
    if not parts:
        return say(
            "高技术制造业和高耗能行业占工业的比重都没有公布。",
            "Neither the share of high-tech manufacturing nor that of energy-intensive industry is "
            "published.",
            language,
        )
    return say(
        f"规模以上工业增加值中，{'；'.join(parts)}。",
        f"Of value added of above-scale industry, {'; '.join(parts)}.",
        language,
    )


def _on_same_scope(change: Any, language: Language) -> str:
    """Say how a share moved on the year before, where growth implies it."""
    if pd.isna(change):
        return ""
    direction, size = direction_of(change), number(abs(change), 1)
    return {
        "rising": say(
            f"，同口径比上年升{size}个百分点", f", up {size} points on a constant scope", language
        ),
        "falling": say(
            f"，同口径比上年降{size}个百分点", f", down {size} points on a constant scope", language
        ),
        "steady": say("，同口径与上年持平", ", unchanged on a constant scope", language),
    }[direction]


def _evidence(card: pd.DataFrame, alone: bool, language: Language) -> str:
    """Say how much of the scorecard is known, and how well; `alone` has nothing beside it."""
    total, known = len(card), int(card["value"].notna().sum())
    counts = {
        "grade": int(card["evidence_grade"].eq("A").sum()),
        "change": int(card["change"].notna().sum()),
        "beside": int(card[list(BESIDE)].notna().any(axis=1).sum()),
    }
    if alone:
        del counts["beside"]
    zh = "，".join(_counted_zh(count, known) + KNOWLEDGE[what][0] for what, count in counts.items())
    en = join([_counted_en(count, known, what) for what, count in counts.items()], "en")
    if known == 0:
        return say(
            f"记分卡{total}项指标都没有数。",
            f"The scorecard has no figure for any of its {total} measures.",
            language,
        )
    full = known == total
    return say(
        f"记分卡{total}项指标{'全部' if full else f'中{known}项'}有数：{zh}。",
        f"The scorecard has figures for {f'all {total}' if full else f'{known} of {total}'} "
        f"measures: {en}.",
        language,
    )


def _counted_zh(count: int, total: int) -> str:
    return "各项都" if count == total else f"{count}项" if count else "没有一项"


def _counted_en(count: int, total: int, what: str) -> str:
    _, verb, rest = KNOWLEDGE[what]
    if count == total > 1:
        return f"all {verb} {rest}"
    singular = {"have": "has"}.get(verb, f"{verb}s")
    return (
        f"{count} {verb} {rest}" if count > 1 else f"{('not one', 'one')[count]} {singular} {rest}"
    )
