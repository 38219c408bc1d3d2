"""The languages of an XLSForm's columns: ``label::Français (fr)`` and how else they are written."""

from __future__ import annotations

import re

from rapporteur.calls.questionnaire.model import LANGUAGES

NAMES = {
    "ar": "العربية",
    "zh-hans": "中文",
    "en": "English",
    "fr": "Français",
    "ru": "Русский",
    "es": "Español",
}
# As they are written in forms made elsewhere, in small letters.
OTHER_NAMES = {
    "arabic": "ar", "arabe": "ar", "árabe": "ar", "арабский": "ar",
    "chinese": "zh-hans", "chinese (simplified)": "zh-hans", "chinois": "zh-hans",
    "chino": "zh-hans", "китайский": "zh-hans", "简体中文": "zh-hans",
    "anglais": "en", "inglés": "en", "английский": "en", "الإنجليزية": "en",
    "french": "fr", "francais": "fr", "francés": "fr", "французский": "fr", "الفرنسية": "fr",
    "russian": "ru", "russe": "ru", "ruso": "ru", "الروسية": "ru",
    "spanish": "es", "espagnol": "es", "espanol": "es", "испанский": "es", "الإسبانية": "es",
}  # fmt: skip
BY_NAME = {name.lower(): code for code, name in NAMES.items()} | OTHER_NAMES
WITH_CODE = re.compile(r"(?P<name>.*?)\s*\((?P<code>[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]+)*)\)")
CHINESE = frozenset({"zh", "zh-cn", "zh-sg", "zh-hans", "zh-hans-cn"})


def language_header(code: str) -> str:
    """Return how a language is written in a header: ``Français (fr)``."""
    return f"{NAMES[code]} ({code})"


def language_of_header(text: str) -> str | None:
    """Return the code of the language that a header names, ``None`` where it is none of ours."""
    text = " ".join(text.split())
    match = WITH_CODE.fullmatch(text)
    code = (match["code"] if match else text).lower().replace("_", "-")
    if code in CHINESE:
        return "zh-hans"
    base = code.split("-")[0]
    if base in LANGUAGES:
        return base
    return BY_NAME.get(text.lower()) or (BY_NAME.get(match["name"].lower()) if match else None)
