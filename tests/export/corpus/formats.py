"""Versions of the notebook format, kernels, what programs leave out, code shown and hidden."""

from __future__ import annotations

from export.corpus.case import Case, code, failure, notebook, prose, raw, result, shows, stream

PYTHON = {"display_name": "Python 3", "language": "python", "name": "python3"}

OLD = {
    "metadata": {"name": "old"},
    "nbformat": 3,
    "nbformat_minor": 0,
    "worksheets": [
        {
            "metadata": {},
            "cells": [
                {"cell_type": "heading", "level": 2, "metadata": {}, "source": ["An old heading"]},
                {"cell_type": "markdown", "metadata": {}, "source": ["An old ", "paragraph"]},
                {
                    "cell_type": "code",
                    "collapsed": False,
                    "input": ["old_code = 1"],
                    "language": "python",
                    "metadata": {},
                    "prompt_number": 3,
                    "outputs": [
                        {"output_type": "stream", "stream": "stdout", "text": ["old print\n"]},
                        {
                            "output_type": "pyout",
                            "prompt_number": 3,
                            "metadata": {},
                            "text": ["old result"],
                        },
                        {
                            "output_type": "pyerr",
                            "ename": "OldError",
                            "evalue": "long ago",
                            "traceback": ["\x1b[0;31mOldError\x1b[0m: long ago"],
                        },
                    ],
                },
            ],
        }
    ],
}

MINORS = {
    f"format 4.{minor}": Case(
        notebook(prose(f"Minor version {minor}"), code("x", stream("printed text\n")), minor=minor),
        seen=(f"Minor version {minor}", "printed text"),
    )
    for minor in range(6)
}

LISTING = "total = sum(value for value in values if value > 0)  # only gains"
LONG_LINE = "url = 'https://example.org/" + "abcdefghij" * 30 + "'"

CASES: dict[str, Case] = {
    **MINORS,
    "format 3": Case(
        OLD,
        seen=(
            "An old heading",
            "An old paragraph",
            "old print",
            "old result",
            "OldError: long ago",
        ),
        unseen=("old_code",),
        warned=("cell 3: the cell ended with OldError: long ago; the traceback is shown",),
    ),
    "lists of lines": Case(
        notebook(
            prose(["# Lines\n", "\n", "first\n", "second"]),
            code("x", stream(["one\n", "two\n"]), shows({"text/html": ["<p>th", "ree</p>"]})),
        ),
        seen=("first", "second", "one", "two", "three"),
    ),
    "invalid metadata": Case(
        notebook(
            prose("still read", metadata={"tags": None}),
            {"cell_type": "heading", "level": 2, "metadata": {}, "source": "A heading of format 3"},
            {"cell_type": "strange", "metadata": {}, "source": "never seen"},
            code("shown = 1", stream("printed"), jupyter="no mapping", tags="no list"),
            kernelspec="no mapping",
            papermill="no mapping",
            authors="no list",
        ),
        seen=("still read", "A heading of format 3", "shown = 1", "printed"),
        traits={"show_code": True},
    ),
    "empty": Case(notebook(), seen=("note",)),
    "one empty cell": Case(notebook(prose(""), code("", count=None)), seen=("note",)),
    "only raw cells": Case(
        notebook(
            raw("---\ntitle: header of another program\n---"),
            raw("raw and plain"),
            raw("<b>raw page</b><script>steal()</script>", raw_mimetype="text/html"),
            raw("raw *Markdown*", format="text/markdown"),
            raw("raw reStructuredText", raw_mimetype="text/restructuredtext"),
        ),
        seen=("raw and plain", "raw page", "raw Markdown"),
        unseen=("header of another program", "reStructuredText", "steal"),
    ),
    "never run": Case(
        notebook(prose("Only prose so far"), code("x = 1", count=None)),
        seen=("Only prose so far",),
        warned=("none of its code cells has been run",),
    ),
    "R": Case(
        notebook(
            code("summary(c(1, 2))", result({"text/plain": "   Min. 1st Qu.\n   1.00    1.25"})),
            kernelspec={"display_name": "R", "language": "R", "name": "ir"},
            language_info={"name": "R", "file_extension": ".r"},
        ),
        seen=("summary(c(1, 2))", "1st Qu.", "1.25"),
        traits={"show_code": True},
    ),
    "Julia": Case(
        notebook(
            code("α = [1 2; 3 4]", result({"text/plain": "2×2 Matrix{Int64}:\n 1  2\n 3  4"})),
            kernelspec={"display_name": "Julia 1.10", "language": "julia", "name": "julia-1.10"},
        ),
        seen=("α = [1 2; 3 4]", "2×2 Matrix{Int64}:"),
        traits={"show_code": True},
    ),
    "code hidden": Case(
        notebook(code(LISTING, stream("the sum is 7\n")), kernelspec=PYTHON),
        seen=("the sum is 7",),
        unseen=("only gains",),
    ),
    "code shown": Case(
        notebook(
            code(LISTING, stream("the sum is 7\n")),
            code("folded = 1", jupyter={"source_hidden": True}),
            code("tagged = 1", stream("output of a tagged cell"), tags=["remove-input"]),
            code("removed = 1", stream("output of a removed cell"), tags=["remove-cell"]),
            kernelspec=PYTHON,
        ),
        seen=(LISTING, "the sum is 7", "output of a tagged cell"),
        unseen=("folded", "tagged = 1", "removed"),
        tags=("pre.code code",),
        traits={"show_code": True},
    ),
    "long lines of code": Case(
        notebook(code(f"if True:\n\t{LONG_LINE}\n    # 中文注释 <b> & \\ $ # *")),
        seen=("if True:", LONG_LINE, "# 中文注释 <b> & \\ $ # *"),
        traits={"show_code": True},
    ),
    "errors": Case(
        notebook(
            prose("# Before"),
            code(
                "f()",
                stream("so far so good\n"),
                failure(
                    "ZeroDivisionError",
                    "division by zero",
                    "\x1b[31m---------\x1b[39m",
                    "\x1b[36mFile \x1b[39m\x1b[32m<ipython-input>:1\x1b[39m, in f()",
                    "\x1b[31mZeroDivisionError\x1b[39m: division by zero",
                ),
            ),
            code("g()", failure("KeyError", "'gone'")),
            prose("After"),
        ),
        seen=("so far so good", "<ipython-input>:1, in f()", "KeyError: 'gone'", "After"),
        unseen=("[31m",),
        warned=(
            "cell 2: the cell ended with ZeroDivisionError",
            "cell 3: the cell ended with KeyE",
        ),
    ),
}
