"""Which country a printed name means, in the many ways in which sources print them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from babel import Locale

from rapporteur.directory.names import fold_name
from rapporteur.register.importing.synonyms import ABBREVIATIONS, COUNTRIES, STATE_WORDS

LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh", "de", "pt", "it")
IN_BRACKETS = re.compile(r"^(.*?)\s*[(\[]\s*([^()\[\]]+?)\s*[)\]]\s*$")
WORD = re.compile(r"[^\W\d_]+")


class Countries:
    """All names and codes of the countries in force; ``find`` returns ISO 3166-1 alpha-3.

    Codes: ISO alpha-2 and alpha-3 in whatever case, M49 numbers. Names: the directory's in six
    languages, its aliases, those of Unicode's locale data in nine languages, and forms as published
    (``KOREA (REP. OF)``, ``Virgin Islands, U.S.``).
    """

    def __init__(self, rows: Iterable[tuple[str, str, str, Mapping[str, str], list[str]]]) -> None:
        """``rows``: (alpha-3, alpha-2, M49, names by language, aliases)."""
        self._codes: dict[str, str] = {}
        self._keys: dict[str, str] = {}
        self.shown: dict[str, str] = {}
        held = list(rows)
        self.names = {iso3: names.get("en", iso3) for iso3, _a2, _m49, names, _more in held}
        for iso3, iso2, m49, names, aliases in held:
            self._codes.update({iso3: iso3, iso2: iso3, m49: iso3, m49.lstrip("0"): iso3})
            for name in (*names.values(), *aliases):
                self._add(name, iso3)
        by_iso2 = {iso2: iso3 for iso3, iso2, _m49, _names, _aliases in held}
        for language in LANGUAGES:
            for code, name in Locale.parse(language).territories.items():
                if code in by_iso2:
                    self._add(name, by_iso2[code])
        for iso3, listed in COUNTRIES.items():
            if iso3 in self.names:
                for name in listed.split(";"):
                    self._add(name, iso3)

    def _add(self, name: str, iso3: str) -> None:
        for key in _keys_of(name):
            self._keys.setdefault(key, iso3)
        self.shown.setdefault(name, iso3)

    def find(self, printed: str) -> str:
        """Return the code that a name or code means, ``""`` where it means none."""
        text = printed.strip()
        code = self._codes.get(text.upper())
        if code is not None:
            return code
        for key in _keys_of(text):
            if key in self._keys:
                return self._keys[key]
        match = IN_BRACKETS.match(text)
        if match is None:
            return self._named_fully(text)
        outer, inner = self.find(match[1]), self.find(match[2])
        if outer and inner and outer != inner:
            return ""
        if outer and not inner and _is_kind_of_state(match[2]) and _is_divided(match[1]):
            return ""
        return outer or inner

    def _named_fully(self, text: str) -> str:
        """Return the country of ``Republic of Kenya`` where it is listed as Kenya alone."""
        kind, joint, name = text.partition(" of ")
        name = name.strip().removeprefix("the ")
        if not joint or not _is_kind_of_state(kind) or _is_divided(name):
            return ""
        return next((self._keys[key] for key in _keys_of(name) if key in self._keys), "")


def _is_kind_of_state(words: str) -> bool:
    return all(word in STATE_WORDS for word in WORD.findall(words.casefold()))


def _is_divided(name: str) -> bool:
    """Return whether a name alone does not tell which of two states it is."""
    return fold_name(name) in ("korea", "congo")


def _keys_of(name: str) -> Iterator[str]:
    """Yield the folded forms under which a name is looked up, the plainest first."""
    key = fold_name(name)
    if key:
        yield key
    turned = ""
    match = IN_BRACKETS.match(name)
    if match is not None:
        turned = f"{match[2]} {match[1]}"
    elif name.count(",") == 1:
        first, _comma, second = name.partition(",")
        turned = f"{second} {first}"
    for text in (turned, name):
        expanded = _expanded(text)
        if expanded:
            yield expanded


def _expanded(text: str) -> str:
    """Return the folded text with shortened words written out and small words left out."""
    words = [ABBREVIATIONS.get(word, word) for word in WORD.findall(text.casefold())]
    return fold_name(" ".join(word for word in words if word not in ("the", "of")))
