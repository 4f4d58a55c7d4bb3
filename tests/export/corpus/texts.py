"""Scripts, symbols and amounts of text that few notebooks hold, and some do."""

from __future__ import annotations

from export.corpus.case import SVG, Case, code, notebook, prose, result, shows, stream

LINES = "".join(f"line {number} of a long log\n" for number in range(3000))

CASES: dict[str, Case] = {
    "emoji": Case(
        notebook(
            prose("# Launch 🚀\n\nDone ✅ by 👩‍🔬, 1️⃣ of 🇨🇳\n\n| 🎉 |\n|--|\n| 👍🏽 |\n"),
            code("print('🎈')", stream("🎈 printed 😀\n"), result({"text/plain": "'🎈'"})),
            code("svg", shows({"image/svg+xml": SVG.replace("drawn", "&#128640; up")}), alt="a 🚀"),
        ),
        seen=("Launch", "Done", "printed"),
        in_page=("🚀", "✅", "🎈", "👩‍🔬"),
        in_pdf=("Launch⟨rocket⟩", "⟨white heavy check mark⟩", "⟨balloon⟩printed⟨grinning face⟩"),
        unprinted=(
            r"title: no font has '🚀' \(U\+1F680\)",
            r"cell 1: .*U\+2705",
            r"cell 2: .*U\+1F388",
            r"cell 3: .*1F680",
        ),
        traits={"show_code": True},
    ),
    "a script no font has": Case(
        notebook(prose("ภาษาไทย and 𠮷 and \ue000, then more")),
        seen=("then more",),
        in_page=("ภาษาไทย", "𠮷"),
        in_pdf=("□",),
        unprinted=(r"cell 1: no font has .*U\+0E20",),
    ),
    "many languages": Case(
        notebook(
            prose("Ελληνικά Русский Tiếng Việt Łódź ñ ß Ø 日本語 繁體中文 “quoted” — … ≤ ≈ → ✓ ½ €")
        ),
        seen=("Ελληνικά Русский", "Łódź ñ ß Ø", "日本語", "繁體中文", "≤ ≈ → ✓ ½ €"),
    ),
    "right to left": Case(
        notebook(prose("שלום עולם\n\n<p dir='rtl'>مرحبا</p>"), code("x", stream("שלום\n"))),
        in_page=("שלום עולם", "مرحبا"),
    ),
    "ANSI": Case(
        notebook(
            code(
                "x",
                stream(
                    "\x1b[1;31mred\x1b[0m \x1b[38;5;208morange\x1b[39m "
                    "\x1b[38:2::1:2:3mtrue\x1b[m\n"
                ),
                stream(
                    "\x1b]8;;https://example.org\x1b\\link\x1b]8;;\x1b\\ \x1b[2K\x1b[1A\x1b(Bdone\n"
                ),
                stream(" 10%\r 50%\r100%\n"),
                stream("ab\x08c\x07 bell\x00\n"),
            )
        ),
        seen=("red orange true", "link done", "100%", "ac bell"),
        unseen=("[0m", "50%", "38;5"),
    ),
    "a huge log": Case(
        notebook(code("log()", stream(LINES))), seen=("line 0 of", "line 1500 of", "line 2999 of")
    ),
    "a huge line": Case(
        notebook(code("x", stream("0123456789" * 3000)), code("y", stream("字" * 3000))),
        seen=("0123456789" * 20, "字" * 20),
    ),
    "half a character": Case(
        notebook(prose("cut \ud83d here"), code("x", stream("\udc00 there\n"))),
        seen=("here", "there"),
    ),
    "markup of every kind": Case(
        notebook(
            prose(
                "#let x = 1; @ref <label> $ \\ `` [a](b) \\[c\\] _d_ ~ /* e */ // f\n\n= g\n\n+ h"
            ),
            code("x", stream("#set page(width: 1pt) \\u{1} <b> & $ ` \" '\n")),
        ),
        seen=("#let x = 1; @ref", "/* e */ // f", "= g", "#set page(width: 1pt) \\u{1} <b> & $"),
    ),
    "invisible characters": Case(
        notebook(
            prose(
                "soft\u00adhyphen zero\u200bwidth no\u2060break mark\u200e bom\ufeff nbsp\u00a0end"
            )
        ),
        seen=("nbsp",),
    ),
    "Chinese": Case(
        notebook(
            prose("# 结构变动\n\n第二产业份额*下降*，第三产业份额**上升**。\n\n- 一\n- 二"),
            code("x", stream("合计\t100.0\n")),
        ),
        seen=("结构变动", "第三产业份额上升。", "合计"),
        tags=("html[lang=zh-CN]",),
    ),
}
