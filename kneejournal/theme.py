"""The journal's own look, dark and light: calm, with one accent."""

from textual.theme import Theme

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
    variables={"border": "#3a4750", "footer-key-foreground": "#5fb8a5", "block-cursor-text-style": "bold"},
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
    variables={"border": "#b4bcb8", "footer-key-foreground": "#17705f", "block-cursor-text-style": "bold"},
)
