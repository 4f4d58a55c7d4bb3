"""Exhibits carry what exporters need, and refuse what a reader could not see."""

from __future__ import annotations

import io
import json
import re
from xml.etree import ElementTree

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest

from lyanalysis import charts, exhibits, wording
from lyanalysis.catalog import Sourced
from lyanalysis.exhibits.drawing import PLAIN, draw

INDEX = pd.MultiIndex.from_tuples(
    [("410300", "2019–2022"), ("410300", "2022→2024")], names=["region_code", "period"]
)
SPEED = pd.DataFrame(
    {"structural_change_k_per_year": [2.0123456789, 9.0], "flag": ["", "crosses_break"]},
    index=INDEX,
)
LEFT_OUT = re.compile(r"(?<=\.\d\d)\d+|(?<=[\dz])\s+(?=[MLQCz]|$)")
"""Of lengths: decimals beyond the second, line ends within paths."""
TEXT = wording.exhibit_text("structural-change", region="410300", year=2025, language="zh")


def sourced(*ids: str) -> Sourced:
    values = pd.DataFrame({f"c{i}": [1.0] for i in range(len(ids))})
    blank = pd.DataFrame([[""] * len(ids)], columns=values.columns)
    return Sourced(values, pd.DataFrame([ids], columns=values.columns), blank, blank)


def bundle(exhibit: exhibits.Exhibit) -> dict:
    content = exhibit._repr_mimebundle_()
    return json.loads(json.dumps(content))


def figure(**changes: object) -> exhibits.Exhibit:
    options = {
        "id": "speed",
        "data": SPEED,
        "inputs": [sourced("s4f7b791e")],
        "text": TEXT,
    } | changes
    return exhibits.figure(charts.speed_bars(SPEED, language="zh"), **options)


def test_a_figure_carries_caption_sources_and_unrounded_data() -> None:
    content = bundle(figure())[exhibits.MIME]
    assert content["kind"] == "figure"
    assert content["number"] is None
    assert content["caption"] == TEXT.caption
    assert content["source_line"].startswith("资料来源：")
    assert content["source_ids"] == ["s4f7b791e"]
    assert content["data"]["rows"][0] == ["410300", "2019–2022", 2.0123456789, ""]
    assert content["data"]["columns"][2]["unit"] == "个百分点"


def test_the_drawing_comes_with_letters_and_with_outlines() -> None:
    found = bundle(figure())
    assert ">年均K值（个百分点）<" in found[exhibits.MIME]["figure"]["svg"]
    assert "<text" not in found["image/svg+xml"]
    assert "text/html" in found


@pytest.mark.parametrize(("part", "letters"), [("text", "none"), ("paths", "path")])
def test_either_drawing_is_what_matplotlib_saves(part: str, letters: str) -> None:
    chart = charts.speed_bars(SPEED, language="zh")
    chart.axes[0].set_title("<!-- letters --> & $x_1$")
    drawn = draw(chart, "speed")[part]
    chart.set_layout_engine("none")
    saved = io.BytesIO()
    with mpl.rc_context({"svg.fonttype": letters, "svg.hashsalt": "speed"} | PLAIN):
        chart.savefig(saved, format="svg", metadata={"Date": None, "Creator": None})

    def elements(drawing: str) -> list[object]:
        root = ElementTree.fromstring(drawing)
        return [
            (
                one.tag,
                one.text and one.text.strip(),
                [LEFT_OUT.sub("", v) for v in one.attrib.values()],
            )
            for one in root.iter()
        ]

    assert elements(drawn) == elements(saved.getvalue().decode())


def test_sources_are_the_union_of_the_inputs() -> None:
    exhibit = figure(inputs=[sourced("s4f7b791e", "sd54845b1"), sourced("s4f7b791e", "")])
    assert exhibit.source_ids == ("s4f7b791e", "sd54845b1")


def test_the_same_chart_gives_the_same_bytes() -> None:
    assert figure().svg == figure().svg
    assert figure().svg["paths"] != figure(id="other").svg["paths"], "ids must not clash on a page"


def test_no_data_gives_a_notice_in_words() -> None:
    content = bundle(figure(data=SPEED[["flag"]]))[exhibits.MIME]
    assert content["kind"] == "notice"
    assert content["note"] == TEXT.missing
    assert content["data"]["rows"] == []


def test_a_chart_with_nothing_drawn_is_no_figure() -> None:
    empty = charts.speed_bars(SPEED.iloc[:0], language="zh")
    exhibit = exhibits.figure(empty, id="speed", data=SPEED, inputs=[], text=TEXT)
    assert exhibit.kind == "notice"


def test_only_sources_of_the_years_shown_are_named() -> None:
    index = pd.MultiIndex.from_product([["410300"], [2023, 2025]], names=["region_code", "year"])
    values = pd.DataFrame({"pull": [1.0, 2.0]}, index=index)
    ids = pd.DataFrame({"pull": ["s4f7b791e", "sd54845b1"]}, index=index)
    blank = pd.DataFrame({"pull": ["", ""]}, index=index)
    shown = values.where(values > 1)
    table = exhibits.table(
        shown, id="pulls", inputs=[Sourced(values, ids, blank, blank)], text=TEXT
    )
    assert table.source_ids == ("sd54845b1",)


def test_a_label_that_would_be_cut_is_refused() -> None:
    chart = charts.speed_bars(SPEED, language="zh")
    chart.axes[0].annotate("far away", (0, 0), xytext=(-400, 0), textcoords="offset points")
    chart.set_layout_engine("none")
    with pytest.raises(ValueError, match="label 'far away' of exhibit 'speed' leaves the drawing"):
        exhibits.figure(chart, id="speed", data=SPEED, inputs=[], text=TEXT)


@pytest.mark.parametrize("id", ["Speed", "1st", "a--b", "速度", ""])
def test_ids_have_one_form(id: str) -> None:
    with pytest.raises(ValueError, match="lower-case letters, digits and single hyphens"):
        figure(id=id)


def test_alternative_text_is_required() -> None:
    silent = wording.ExhibitText("caption", " ", "", "nothing", "zh")
    with pytest.raises(ValueError, match="no alternative text"):
        figure(text=silent)


def test_a_table_is_formatted_by_the_catalogue() -> None:
    frame = pd.DataFrame(
        {"share": [39.02, 60.98, 100.0], "pull": [0.6435, np.nan, 3.5]},
        index=pd.MultiIndex.from_product(
            [["410300"], [2023], ["va_secondary", "va_tertiary", "total"]],
            names=["region_code", "year", "part"],
        ),
    )
    table = bundle(exhibits.table(frame, id="account", inputs=[], text=TEXT))[exhibits.MIME][
        "table"
    ]
    assert [column["label"] for column in table["columns"]] == ["年份", "产业", "当年比重", "拉动"]
    assert [column["unit"] for column in table["columns"]] == ["", "", "%", "个百分点"]
    assert [column["align"] for column in table["columns"]] == ["left", "left", "right", "right"]
    assert table["rows"][0] == ["2023", "第二产业", "39.0", "0.64"]
    assert table["rows"][1][3] == "—"
    assert table["total_rows"] == [2]


def test_a_table_keeps_several_regions_apart() -> None:
    frame = pd.DataFrame(
        {"share": [1.0, 2.0]}, index=pd.Index(["410300", "410100"], name="region_code")
    )
    table = bundle(exhibits.table(frame, id="regions", inputs=[], text=TEXT))[exhibits.MIME][
        "table"
    ]
    assert [row[0] for row in table["rows"]] == ["洛阳市", "郑州市"]


def test_a_column_without_a_name_is_refused() -> None:
    with pytest.raises(KeyError, match="mystery"):
        exhibits.table(pd.DataFrame({"mystery": [1.0]}), id="x", inputs=[], text=TEXT)


def test_markup_in_texts_is_shown_as_it_is() -> None:
    text = wording.ExhibitText("a < b & c", "alt", "", "", "en")
    page = figure(text=text)._repr_mimebundle_()["text/html"]
    assert "a &lt; b &amp; c" in page


def test_a_list_of_sources_shows_citations_and_holds_the_parts() -> None:
    text = wording.exhibit_text("sources", region="410300", year=2025, language="zh")
    exhibit = exhibits.source_list(
        [sourced("sc213b7f9")], id="sources", text=text, sources=["s4f7b791e"]
    )
    content = bundle(exhibit)[exhibits.MIME]
    assert [row[0] for row in content["table"]["rows"]] == ["A", "B"]
    assert all(re.search(r" https?://\S", row[1]) for row in content["table"]["rows"])
    assert content["data"]["columns"][0]["name"] == "source_source_id"
    assert (
        bundle(exhibits.source_list([], id="sources", text=text))[exhibits.MIME]["kind"] == "notice"
    )


def test_a_row_gives_unit_and_decimals_to_its_figures() -> None:
    frame = pd.DataFrame(
        {"value": [6.04, 2.5244], "value_year": [2025.0, 2023.0], "change": [np.nan, 0.0061]},
        index=pd.Index(["gdp_growth_real", "layer_coefficient"], name="variable"),
    )
    text = wording.exhibit_text("scorecard", region="410300", year=2025, language="zh")
    shown = bundle(exhibits.table(frame, id="card", inputs=[], text=text))[exhibits.MIME]["table"]
    assert shown["rows"] == [
        ["GDP实际增速（%）", "6.0", "2025", "—"],
        ["结构层次系数", "2.524", "2023", "0.006"],
    ]
    assert [column["label"] for column in shown["columns"]] == ["指标", "数值", "年份", "较上年"]
    assert [column["align"] for column in shown["columns"]] == ["left", "right", "left", "right"]
