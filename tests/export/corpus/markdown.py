"""Every construct of Markdown that Jupyter shows."""

from __future__ import annotations

from urllib.parse import quote

from export.corpus.case import GIF, PNG, SVG, Case, base64_of, notebook, prose

WORD = "Donaudampfschifffahrt" * 12
ADDRESS = "https://example.org/" + "a-long/path_with/parts/" * 12 + "end.html"


def marked(source: str, **expected: object) -> Case:
    return Case(notebook(prose(source)), **expected)  # type: ignore[arg-type]


CASES: dict[str, Case] = {
    "emphasis": marked(
        "*slanted* **heavy** ***both*** ~~struck~~ `code span` line  \nbreak\\\n"
        "again &amp; \\*star\\*",
        seen=("slanted", "heavy", "both", "struck", "code span", "& *star*"),
        tags=("em", "strong", "del", "code", "br"),
    ),
    "headings of every level": marked(
        "\n\n".join(f"{'#' * level} Level {level} ends" for level in range(1, 7))
        + "\n\nSetext one\n===\n\nSetext two\n---\n\n## Closed ##\n\n####### seven",
        seen=(*(f"Level {level} ends" for level in range(1, 7)), "Setext two", "Closed", "seven"),
    ),
    "repeated headings": marked(
        "# Top\n\n## Results\n\none\n\n## Results\n\ntwo\n\n## **Results** `x` $y$ "
        "[link](https://e.org)",
        seen=("one", "two", "Results x"),
    ),
    "headings that skip levels": marked("#### deep\n\n# top\n\n###### deepest\n\n## middle"),
    "headings without letters": Case(
        notebook(prose("# ![logo](logo.png)\n\n#\n\n## $x$\n\n## —\n\n$ $ and $$ $$\n\n## real")),
        seen=("real",),
        tags=("img[alt=logo]", "main math"),
        files={"logo.png": PNG},
    ),
    "nested lists": marked(
        "- a\n  - b\n    - c\n      1. d\n      2. e\n\n         inside e\n\n3. three\n4. four\n\n"
        "* loose\n\n* list\n\n  > quoted in it\n\n  ```\n  code in it\n  ```\n",
        seen=("inside e", "quoted in it", "code in it", "four"),
        tags=("ul ul ul ol", "ol[start='3']", "li blockquote", "li pre"),
    ),
    "task lists": marked(
        "- [ ] to do\n- [x] done\n",
        seen=("to do", "done"),
        in_pdf=("☐", "☒"),
        tags=("ul.task-list",),
    ),
    "definition lists": marked(
        "Term\n: what it means\n", seen=("Term", "what it means"), tags=("dl",)
    ),
    "quotes and rules": marked(
        "> outer\n>\n> > inner\n\n***\n\n---\n\n___\n", seen=("outer", "inner"), tags=("hr",)
    ),
    "code blocks": marked(
        "```python\ndef f(x):\n    return x  # fenced\n```\n\n~~~\ntilde $x$ <b>\n~~~\n\n"
        "    indented\n\n"
        "```{r, echo=FALSE}\nodd info\n```\n\n```\nnever closed",
        seen=("return x  # fenced", "tilde $x$ <b>", "indented", "odd info", "never closed"),
    ),
    "pipe tables": marked(
        "| name | value | centred |\n|:--|--:|:-:|\n| a \\| b | 1.5 | *m* |\n"
        "| $x$ | `c | d` | [l](https://e.org) |\n"
        "\nno | border\n---|---\n1 | 2\n\n| one |\n|---|\n",
        seen=("a | b", "1.5", "no", "border", "one"),
        tags=("table th[scope=col]", "td em"),
    ),
    "a table of prose": marked(
        "| a | b |\n|--|--|\n| " + "many words in one cell " * 40 + " | short |\n", seen=("short",)
    ),
    "links": marked(
        f"[text](https://example.org 'title') <https://auto.example> https://bare.example/x. "
        f"[ref][r] [email](mailto:a@b.example) [file](other.ipynb) [jump](#part) "
        f"[bad](javascript:steal)\n\n[r]: https://ref.example\n\n{ADDRESS}",
        seen=(
            "text",
            "https://auto.example",
            "https://bare.example/x",
            "ref",
            "file",
            "jump",
            ADDRESS,
        ),
        unseen=("steal",),
        tags=("a[href='https://ref.example']", "a[href='mailto:a@b.example']"),
    ),
    "footnotes": marked(
        "A claim[^1] and another[^long].\n\n[^1]: Its source.\n[^long]: A longer note\n\n"
        "    with two parts.\n",
        seen=("A claim", "Its source.", "with two parts."),
    ),
    "long words": marked(
        f"{WORD}\n\n`{WORD}`\n\n# {WORD}\n\n| a |\n|--|\n| {WORD} |\n", seen=(WORD,)
    ),
    "entities": marked(
        "&copy; &alpha; &#8364; &#x4e2d; &lt;tag&gt; &nbsp; &unknown; 3 < 4 & 5 > 2",
        seen=("© α € 中 <tag>", "&unknown;", "3 < 4 & 5 > 2"),
    ),
    "raw HTML": marked(
        "<div align='center'><h2>Made by hand</h2><p style='color:red'>red "
        "<u>under</u></p></div>\n\n"
        "H<sub>2</sub>O x<sup>2</sup> <b>fat</b> <kbd>Ctrl</kbd><br>next <font "
        "color='red'>tint</font>\n\n"
        "<table><tr><th>h</th></tr><tr><td>cell</td></tr></table>\n\n<!-- a comment -->\n\n"
        "<style>p {color: red}</style><script>steal()</script>\n\n<ul><li>item</ul>",
        seen=("Made by hand", "red under", "fat", "Ctrl", "tint", "cell", "item"),
        unseen=("a comment", "steal", "color: red"),
        tags=("p sub", "p sup", "table"),
    ),
    "details": marked(
        "<details>\n<summary>Click me</summary>\n\nHidden **treasure**\n\n</details>",
        seen=("Click me", "Hidden treasure"),
    ),
    "alerts of HTML": marked(
        '<div class="alert alert-block alert-info">\n<b>Note:</b> mind the gap\n</div>\n\nafter',
        seen=("Note: mind the gap", "after"),
    ),
    "images": Case(
        notebook(
            prose(
                "![by path](picture.png) ![in a folder](folder/a%20drawing.svg) "
                "![attached](attachment:a.png)\n\n"
                f"![in the text](data:image/gif;base64,{base64_of(GIF)})\n\n"
                f"![drawn](data:image/svg+xml,{quote(SVG)})\n\n"
                '<img src="picture.png" width="100" alt="by tag">\n\n'
                "![remote](https://example.org/p.png)",
                attachments={"a.png": {"image/png": base64_of(PNG)}},
            )
        ),
        seen=("remote",),
        in_pdf=("drawn",),
        tags=(
            "img[alt='by path']",
            "img[alt='in a folder']",
            "img[alt='attached']",
            "img[alt='in the text']",
            "img[alt='by tag']",
            "a[href='https://example.org/p.png']",
        ),
        files={"picture.png": PNG, "folder/a drawing.svg": SVG.encode()},
    ),
    "images without description": Case(
        notebook(prose("![](picture.png)")),
        in_page=(),
        tags=("img[alt='Image shown by cell 1; its author gave no description']",),
        warned=("cell 1: the image 'picture.png' has no alternative text; the PDF is not PDF/UA",),
        files={"picture.png": PNG},
        is_accessible=False,
    ),
    "images that are not there": Case(
        notebook(
            prose(
                "![a plot](gone.png) ![](../secret.png) ![x](attachment:gone.png) still "
                "![t](note.txt)"
            ),
            prose(
                "![broken](data:image/png;base64,abc) ![cut](cut.png) ![](http://[bad) "
                "![nul](%00.png)"
            ),
        ),
        seen=(
            "[missing image: a plot]",
            "[missing image: ../secret.png]",
            "[missing image: t]",
            "still",
        ),
        warned=(
            "'gone.png' was not found",
            "no attachment 'gone.png'",
            "is not PNG",
            "not valid Base64",
        ),
        files={"note.txt": b"text", "../secret.png": PNG},
    ),
    "formulas": marked(
        "$E=mc^2$ and $ x_1 $ and \\\\(y_2\\\\) but $5 or $6\n\n$$\\int_0^1 x\\,dx$$\n\n"
        "\\\\[z_3\\\\]\n\n"
        "$$\na\n\n= b\n$$\n\n$\\alpha$-helix `$code$`",
        seen=("but $5 or $6", "-helix", "$code$"),
        tags=("math[display=inline]", "math[display=block]"),
        unseen=("$ x_1 $",),
    ),
    "environments": marked(
        "\\begin{align}\na &= b \\\\\nc &= d \\label{eq:one} \\tag{7}\n\\end{align}\n\n"
        "\\begin{equation*}\nf(x) = \\begin{cases} 1 & x > 0 \\\\ 0 & \\text{otherwise} "
        "\\end{cases}\n"
        "\\end{equation*}\n\n$$\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}$$\n\n"
        "\\begin{bmatrix} 1 \\end{bmatrix}\n\n$$\\begin{array}{c|c} a & b \\\\ \\hline c & d "
        "\\end{array}$$\n\n"
        "as in \\ref{eq:one} and \\eqref{eq:one}\n\n\\begin{eqnarray}\nx &=& y \\nonumber\n"
        "\\end{eqnarray}",
        seen=("otherwise", "as in 7 and (7)"),
        tags=("math",),
    ),
    "unknown commands": marked(
        "before $\\unknowncommand{x} + \\frac{1}$ between\n\n$$\\begin{nonsense} a "
        "\\end{nonsense}$$\n\nafter",
        seen=("before", "\\unknowncommand{x}", "between", "after"),
        warned=("cell 1: the formula .*unknowncommand.* cannot be converted; its source is shown",),
    ),
    "many symbols of mathematics": marked(
        "$\\mathbb{R} \\mathcal{L} \\hat{\\beta} \\overline{x} \\underbrace{a+b}_{n} "
        "\\sqrt[3]{x} \\binom{n}{k}"
        " \\sum_{i=1}^n \\prod \\lim_{x\\to\\infty} \\left( \\frac{a}{b} \\right] \\mathrm{d}x "
        "\\vec{v}"
        " \\nabla \\partial \\operatorname{argmin} \\mathbf{X}^\\top \\boldsymbol{\\Sigma}^{-1} "
        "\\text{且}"
        " \\stackrel{d}{=} \\xrightarrow{p} \\begin{vmatrix}a\\end{vmatrix} \\lVert x \\rVert "
        "\\ldots \\%$",
        tags=("math",),
    ),
}
