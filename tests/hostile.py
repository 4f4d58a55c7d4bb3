"""Texts that somebody might hope to have run, opened, rendered or taken for something else."""

from __future__ import annotations

import unicodedata

from hypothesis import strategies

HOSTILE = (
    "../../etc/passwd",
    "..\\..\\windows",
    "; rm -rf ~;",
    "$(touch pwned) `touch pwned`",
    "'; import os; os.system('touch pwned') #",
    '"""\nimport os'.replace("\n", " "),
    "__import__('os').system('touch pwned')",
    "{region.__class__.__mro__}",
    "{0} {} {{}} %s %(a)s",
    "{{ 7 * 7 }}{% raw %}",
    "<script>alert(1)</script>",
    "</script><script src=//evil.example/x.js></script>",
    "</title></style><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)" x="',
    "' autofocus onfocus='alert(1)",
    "<svg/onload=alert(1)><foreignObject>",
    "<iframe src=javascript:alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<!-- --><![CDATA[x]]>&lt;b&gt;&#60;i&#62;&amp;",
    "[x](javascript:alert(1))",
    "![x](http://evil.example/x.png)",
    "![x](file:///etc/passwd)",
    "[x]: http://evil.example 'x'",
    "[^1] [^1]: note",
    "<http://evil.example/>",
    "**bold** *italic* _under_ ~~struck~~ `code`",
    "# heading",
    "- item",
    "+ item",
    "1. item",
    "2) item",
    "> quoted",
    "    code block",
    "``` python",
    "~~~",
    "---",
    "===",
    "***",
    ": definition",
    "| a | b |",
    "|---|---|",
    "$x^2$",
    "$$\\frac{1}{2}$$",
    "\\(x\\) \\[y\\]",
    "\\begin{equation}x\\end{equation}",
    "$\\unknown{",
    "$",
    "`x`{=typst}",
    '`#read("/etc/passwd")`{=typst}',
    "```{=typst}",
    '#read("/etc/passwd")',
    '#import "/report.typ": *',
    '#include "/etc/passwd"',
    '#markdown-picture("image:1")',
    '<img src="image:1" alt="x">',
    '#let x = 1; #panic("x")',
    '#raw("x") #link("http://evil.example")[x]',
    "] #strong[x] [",
    '"] + #eval("1") + ["',
    "@ref <label> = title",
    "= title",
    "/ term: description",
    "// comment /* comment */",
    "http:// https://",
    "\\u{41} \\# \\\\",
    "~ -- --- ...",
    "=1+1",
    '=HYPERLINK("http://evil.example","x")',
    "=cmd|'/c calc'!A1",
    "+1+1",
    "-1+cmd",
    "@SUM(1)",
    "＝1+1",
    "'=1+1",
    "{=1+1}",
    "internal:'x'!A1",
    "file:///etc/passwd",
    "external:c:\\x.xlsx",
    "javascript:alert(1)",
    "mailto:a@evil.example?bcc=b",
    "[evil]sheet:*?/\\'",
    "CON",
    "a.csv",
    "NaN",
    "1e309",
    "-0.4",
    "",
    " ",
    "洛阳" * 40,
    "R&D <5% 甲_乙 [1]",
)
"""One line each: a table with a text of several lines is refused."""
PIECES = (
    *"<>&\"'`$#*_[](){}|\\/~^=+-@!:;.,%?\n 　09aA洛é",
    *("script", "#read(", "{=typst}", "![", "](", "**", "$$", "```", "&#", "&lt;", "<!--", "-->"),
    *("\\begin{equation}", "javascript:", "http://", "onload=", "=1+", "{region}", "%s", "../"),
)
"""What hostile texts are made of; a line end becomes a blank."""


def _is_printable(text: str) -> bool:
    return not any(unicodedata.category(letter).startswith("C") for letter in text)


def texts() -> strategies.SearchStrategy[str]:
    """Give texts of one line: known ones, made-up ones, and both joined."""
    made = strategies.lists(strategies.sampled_from(PIECES), max_size=12).map("".join)
    known = strategies.sampled_from(HOSTILE)
    mixed = strategies.tuples(made, known, made).map("".join)
    return strategies.one_of(known, made, mixed).map(lambda text: " ".join(text.split("\n")))
