"""Text that means harm: to a terminal, to markup, to a reader's eyes."""

MARKUP = (
    "[/", "[/]", "[/red]", "[a=b", "[[nested] brackets]", "[/[bold]]", "[bold]not bold[/bold]", "[link=http://x]y[/link]",
    "[@click=app.quit]tap[/]", "[@click=app.wipe('all')]tap", "[red", "red]", "[]", "[ ]", "[#ff0000]", "[on red]x",
    "\\[escaped]", "\\", "$note", "[b]$note[/b]", "{}", "{0}", "%s %d", "<b>html</b>", "&amp;", "*md* _md_ `md`",
    "[text](http://x)",
)  # fmt: skip
"""27 strings that markup languages would read as more than text."""

ESCAPES = (
    "\x1b]0;title\x07", "\x1b]2;title\x1b\\", "\x1b]52;c;aGFjaw==\x07", "\x1b]8;;http://x\x07link\x1b]8;;\x07",
    "\x1b[2J", "\x1b[H", "\x1b[31mred", "\x1b[?1049l", "\x1b[?1049h", "\x1b[6n", "\x1bc", "\x1b[!p", "\x1b[?1000h",
    "\x1bP+q544e\x1b\\", "\x1b_apc\x1b\\", "\x1b^pm\x1b\\", "\x9b2J", "\x9d0;title\x9c", "\x90dcs\x9c", "\x85next",
    "nul\x00nul", "\x0eshift\x0f", "bell\x07", "back\x08\x08\x08", "over\rwritten", "\x0b\x0c", "\x7fdel", "tab\ttab",
    "\u202egpj.exe", "\u2066isolate\u2069", "zero\u200bwidth\ufeff", "line\u2028sep\u2029", "a" + "\u0301" * 60,
)  # fmt: skip
"""33 payloads that a terminal obeys, or that hide or turn what stands there."""

assert (len(MARKUP), len(ESCAPES)) == (27, 33)
