"""Colours and typefaces of charts.

In a page the stylesheet gives the colours; here are their values for files, light and dark. The
stylesheet repeats the ramp (``--ramp-1`` … ``--ramp-5``) and the shade of no data.
"""

from __future__ import annotations

import re

LIGHT = {
    "ink": "#171a1f",
    "ink-2": "#4b525d",
    "hair": "#d7dae0",
    "line": "#757c88",
    "accent": "#0a4a82",
    "paper": "#ffffff",
    "none": "#e9ebee",
    "ramp-1": "#cddff0",
    "ramp-2": "#97bbdd",
    "ramp-3": "#5d93c4",
    "ramp-4": "#2a6aa3",
    "ramp-5": "#083d6e",
}
DARK = {
    "ink": "#e4e7ec",
    "ink-2": "#abb4c1",
    "hair": "#2d3745",
    "line": "#808b9b",
    "accent": "#92c4f5",
    "paper": "#10151d",
    "none": "#262d37",
    "ramp-1": "#1a3653",
    "ramp-2": "#264f78",
    "ramp-3": "#33689c",
    "ramp-4": "#74abe0",
    "ramp-5": "#b8dafa",
}
RAMP = ("ramp-1", "ramp-2", "ramp-3", "ramp-4", "ramp-5")
NAMES = {value: name for name, value in LIGHT.items()}
"""Which name a light value stands for."""

_LATIN = "system-ui, 'Noto Sans'"
_ARABIC = "'Noto Sans Arabic', 'Noto Naskh Arabic'"
_CHINESE = "'Noto Sans CJK SC', 'Noto Sans SC'"
_ARABIC_SIGN = re.compile("[\u0600-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")
_CHINESE_SIGN = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")


def has_arabic(text: str) -> bool:
    return bool(_ARABIC_SIGN.search(text))


def families(text: str) -> str:
    """Return the system's typefaces for a text, the one for its script first.

    A browser finds a fitting typeface by itself; for a PNG the first that exists is taken, and a
    sign that it lacks comes from whatever the machine has, often in another weight.
    """
    order = [_LATIN, _ARABIC, _CHINESE]
    if _CHINESE_SIGN.search(text):
        order = [_CHINESE, _LATIN, _ARABIC]
    elif has_arabic(text):
        order = [_ARABIC, _LATIN, _CHINESE]
    return ", ".join([*order, "sans-serif"])


def on(shade: str) -> str:
    """Return the name of the colour for text on a shade of the ramp."""
    return "paper" if shade in RAMP[3:] else "ink"


def _rules(colours: dict[str, str]) -> str:
    return "".join(
        f".f-{name}{{fill:{value}}}.s-{name}{{stroke:{value}}}" for name, value in colours.items()
    )


# Light colours are in the drawing itself; the style only turns them for a dark screen. The ground
# is for who opens the file alone: a browser shows it on white.
_GROUND = f"svg{{background:{DARK['paper']}}}"
STYLE = f"@media screen and (prefers-color-scheme:dark){{{_GROUND}{_rules(DARK)}}}"
