"""Widths of images, in page and PDF."""

from __future__ import annotations

import base64
import io

import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_markdown_cell
from PIL import Image

TEXT_WIDTH = 453
"""Points between the margins, rounded down."""


def png(width, height, dots=None, kind="PNG"):
    buffer = io.BytesIO()
    more = {"dpi": (dots, dots)} if dots else {}
    Image.new("RGB", (width, height), "red").save(buffer, kind, **more)
    return base64.b64encode(buffer.getvalue()).decode("ascii")


@pytest.fixture
def widths(foreign, page_of, pdf_of, read_pdf):
    """Style of the only image on the page; its width in the PDF, in points."""

    def measure(cell):
        foreign.cells = [cell]
        image = BeautifulSoup(page_of(foreign), "html.parser").find("main").find("img")
        row = read_pdf(pdf_of(foreign), "pdfimages", "-list").splitlines()[2].split()
        return image.get("style"), image.get("width"), round(int(row[3]) / int(row[12]) * 72)

    return measure


@pytest.mark.parametrize(
    ("attributes", "style", "points"),
    [
        ('width="200"', "width:200px", 150),
        ("width=200 height=10", "width:200px", 150),
        ('style="border: 0; width: 100px"', "width:100px", 75),
        ('width="3000"', "width:3000px", TEXT_WIDTH),
        ('width="10em"', "width:160px", 120),
        ('style="width:5cm"', "width:188.976378px", 142),
        ('width="1in"', "width:96px", 72),
        ('width="wide"', None, 300),
        ('width="3ch"', None, 300),
        ('style="max-width: 10px"', None, 300),
    ],
)
def test_the_width_of_a_tag_is_kept(widths, attributes, style, points):
    tag = f'<img src="data:image/png;base64,{png(300, 150)}" alt="x" {attributes}>'
    shown = widths(new_markdown_cell(tag))
    assert shown[0] == style
    assert shown[2] == pytest.approx(points, abs=6)


def test_a_percentage_is_of_the_text(widths):
    tag = f'a <img src="data:image/png;base64,{png(300, 150)}" alt="x" width="50%"> b'
    style, _, points = widths(new_markdown_cell(tag))
    assert style == "width:50%"
    assert points == pytest.approx(TEXT_WIDTH / 2, abs=4)


def test_a_width_in_the_html_of_an_output_is_kept(widths, show):
    tag = f'<img src="data:image/png;base64,{png(300, 150)}" alt="x" width="200" onload="x()">'
    assert widths(show({"text/html": tag}))[1:] == ("200", pytest.approx(150, abs=2))


def test_a_width_in_the_html_of_an_output_has_no_unit(widths, show):
    tag = f'<img src="data:image/png;base64,{png(300, 150)}" alt="x" width="10em">'
    assert widths(show({"text/html": tag}))[1:] == ("160", pytest.approx(120, abs=2))


def test_the_width_an_output_states_is_kept(show, page_of, foreign):
    cell = show({"image/png": png(300, 150)})
    cell.outputs[0].metadata = {"image/png": {"width": 120, "height": 60, "alt": "x"}}
    foreign.cells = [cell]
    assert BeautifulSoup(page_of(foreign), "html.parser").main.img["style"] == "width:120px"


@pytest.mark.parametrize(
    ("pixels", "dots", "style", "points"),
    [
        (600, 300, "width:192px", 144),
        (600, 72, None, TEXT_WIDTH),
        (600, 96, None, 450),
        (600, None, None, TEXT_WIDTH),
        (3000, 150, "width:1920px", TEXT_WIDTH),
    ],
)
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_an_image_is_as_wide_as_its_dots_say_and_no_wider_than_the_text(
    widths, show, pixels, dots, style, points, kind
):
    shown = widths(show({f"image/{kind.lower()}": png(pixels, 100, dots, kind)}))
    assert shown[0] == style
    assert shown[2] == pytest.approx(points, abs=6)
