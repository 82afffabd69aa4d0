"""The journal's own look, dark and light: calm, with one accent."""

from textual.theme import Theme


def _scrollbars(bar: str, hovered: str, behind: str) -> dict[str, str]:
    """Scrollbars that stay in the background; Textual's own are black on a dark screen."""
    names = (
        "scrollbar-background",
        "scrollbar-background-hover",
        "scrollbar-background-active",
        "scrollbar-corner-color",
    )
    return {"scrollbar": bar, "scrollbar-hover": hovered, "scrollbar-active": hovered, **dict.fromkeys(names, behind)}


DARK = Theme(
    name="kneejournal",
    primary="#5fb8a5",
    secondary="#86a9c8",
    accent="#5fb8a5",
    foreground="#d6dde1",
    background="#13181c",
    surface="#1a2127",
    panel="#232c33",
    success="#86c586",
    warning="#e2b457",
    error="#e58674",
    dark=True,
    variables={
        "border": "#3a4750",
        "footer-key-foreground": "#5fb8a5",
        "block-cursor-text-style": "bold",
        **_scrollbars(bar="#3a4750", hovered="#4c5b66", behind="#1a2127"),
    },
)
LIGHT = Theme(
    name="kneejournal-light",
    primary="#17705f",
    secondary="#3a6489",
    accent="#17705f",
    foreground="#1f2c2e",
    background="#f5f4ef",
    surface="#fdfdfb",
    panel="#e6e9e4",
    success="#2c7437",
    warning="#8f5f00",
    error="#ad3b2a",
    dark=False,
    variables={
        "border": "#b4bcb8",
        "footer-key-foreground": "#17705f",
        "block-cursor-text-style": "bold",
        **_scrollbars(bar="#b4bcb8", hovered="#98a29d", behind="#eef0ec"),
    },
)
