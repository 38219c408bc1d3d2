"""Finding the names of the directory in text: one dictionary look-up per capitalised word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapporteur.analysis.names import Names, Organization
from rapporteur.analysis.organizations.vocabulary import HEADS, HOLDER_WORDS, words

# A capitalised word, and the word behind it without consuming that.
CAPITALISED = re.compile(
    r"([A-ZÀ-ÖØ-ÞĀ-Ž][A-Za-z0-9À-ÖØ-öø-ɏ]*)(?=(?:[^\w.;:]{0,3}([A-Za-z0-9À-ÖØ-öø-ɏ]+))?)"
)
WORD = re.compile(r"([^\W_]+)(?=(?:[^\w.;:]{0,3}([^\W_]+))?)")
_FIRST_WORDS = re.compile(r"([^\W_]+)[\W_]*([^\W_]*)")
_HYPHENATED = re.compile(r"[A-Z]{2,}-[A-Z][A-Za-z]+$")
_TREATIES = words("Convention Treaty Covenant Protocol Agreement")
_TREATY_BODIES = HEADS | words("secretariat Conference Parties Meeting Rapporteur programme")
_OF = re.compile(r" of (?:the )?")
_SPACE = re.compile(r" ")
_UNITED_NATIONS = ("UN", "United Nations")
_UN = re.compile(r"^(?:United Nations|UN) ")
# Letters that differ between spellings of one name; replaced one for one, so positions hold.
_SAME = (("’", "'"), ("‘", "'"), ("‐", "-"), ("‑", "-"), ("\u00a0", " "), ("–", "-"))
_SPELLED_TWO_WAYS = (
    ("Organisation", "Organization"),
    ("Programme", "Program"),
    ("Centre", "Center"),
    ("Labour", "Labor"),
    ("High-level", "High-Level"),
)
# Words that UN style prints small inside a name: "the working group on enhanced cooperation".
_PRINTED_SMALL = ("Working Group", "Steering Committee", "Political Forum", "Task Force")


def flattened(text: str) -> str:
    """Return ``text`` with one apostrophe, hyphen and space; every position stays the same."""
    if not text.isascii():
        for one, other in _SAME:
            if one in text:
                text = text.replace(one, other)
    return text


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way to write a known name. ``small``: the case of its letters does not matter.

    ``official`` is the directory's own name or acronym, not an alias.
    """

    text: str
    lower: str
    label: str
    small: bool
    official: bool


class KnownNames:
    """The directory's spellings, by their first two words, longest first."""

    def __init__(self, names: Names) -> None:
        spellings: dict[str, Spelling] = {}
        rows = list(names.by_spelling.items())
        for text, organization in rows:
            official = text in {organization.name, organization.acronym}
            self._add(spellings, text, organization.label, official=official)
        for text, organization in rows:
            for variant in _variants(text, organization):
                self._add(spellings, variant, organization.label)
        self.inner = _inner_names(spellings)
        self.labels = {key: spelling.label for key, spelling in spellings.items()}
        self.by_words: dict[str, dict[str, tuple[Spelling, ...]]] = {}
        for spelling in sorted(spellings.values(), key=lambda item: -len(item.text)):
            found = _FIRST_WORDS.match(spelling.text)
            if found is None:
                continue
            first, second = found.group(1), (found.group(2) or "").lower()
            for word in {first, first.capitalize()} if spelling.small else {first}:
                seconds = self.by_words.setdefault(word, {})
                seconds[second] = (*seconds.get(second, ()), spelling)
        # First words printed small ("working group on …", "eTrade for all") need a look of their
        # own, only in paragraphs that hold one of them.
        self.small_words = frozenset(
            spelling.text.split()[0]
            for spelling in spellings.values()
            if not spelling.text[0].isupper()
        )
        alternatives = "|".join(sorted(map(re.escape, self.small_words), key=len, reverse=True))
        self._small = re.compile(rf"[\s(“\"'/-](?:{alternatives})(?![^\W_])")
        self.interesting = frozenset(self.by_words) | HEADS | HOLDER_WORDS

    @staticmethod
    def _add(
        spellings: dict[str, Spelling], text: str, label: str, *, official: bool = False
    ) -> None:
        flat = flattened(" ".join(text.split()))
        if len(flat) < 2 or flat in spellings or names_a_treaty(flat):
            return
        small = flat.count(" ") >= 2 and flat[0].isupper()
        spellings[flat] = Spelling(flat, flat.lower(), label, small, official)

    def at(self, flat: str, start: int, word: str, following: str) -> tuple[int, str] | None:
        """Return end and label of the known name that begins with ``word`` at ``start``.

        ``following`` is the word behind it in small letters, ``""`` without one nearby.
        """
        seconds = self.by_words.get(word)
        if seconds is None:
            return None
        candidates = seconds.get(following, ())
        if following and "" in seconds:
            candidates = (*candidates, *seconds[""])
        if not candidates or (start and (flat[start - 1].isalnum() or flat[start - 1] in "_@.&")):
            return None
        for spelling in candidates:
            end = start + len(spelling.text)
            if not flat.startswith(spelling.text, start) and not (
                spelling.small and flat[start:end].lower() == spelling.lower
            ):
                continue
            after = flat[end : end + 1]
            if not (after.isalnum() or after == "_"):
                return end, spelling.label
        return None

    def small_starts(self, flat: str) -> list[int]:
        """Return where a first word printed small stands."""
        if self.small_words.isdisjoint(flat.split()):
            return []
        starts = [match.start() + 1 for match in self._small.finditer(flat)]
        if flat.split(maxsplit=1)[0] in self.small_words and not flat[0].isspace():
            starts.insert(0, 0)
        return starts


def names_a_treaty(name: str) -> bool:
    """Whether a name is a treaty's rather than that of the body that a treaty set up."""
    found = words(name)
    return not found.isdisjoint(_TREATIES) and found.isdisjoint(_TREATY_BODIES)


def _inner_names(spellings: dict[str, Spelling]) -> dict[str, tuple[tuple[int, str], ...]]:
    """Return the bodies named within other names: offset and label, by the longer spelling.

    "Working Group … of the Commission …" names the commission too, and so does an alias that
    begins with the owner ("CSTD Working Group on …"). The United Nations and the head of an
    office ("Office of the High Commissioner") are no bodies of their own there.
    """
    inner: dict[str, tuple[tuple[int, str], ...]] = {}
    for spelling in spellings.values():
        text = spelling.text
        if text.startswith(("Office", "Executive Office", "Secretariat", "secretariat")):
            continue
        found: list[tuple[int, str]] = []
        for match in _OF.finditer(text):
            tail = spellings.get(text[match.end() :])
            if tail and tail.label not in {spelling.label, *_UNITED_NATIONS}:
                found.append((match.end(), tail.label))
                break
        if not spelling.official and " " in text:
            for space in _SPACE.finditer(text):
                owner = spellings.get(text[: space.start()])
                rest = text[space.end() :]
                if owner and " " in rest and owner.label not in {spelling.label, *_UNITED_NATIONS}:
                    found.append((0, owner.label))
                    break
        if found:
            inner[text] = tuple(found)
    return inner


def _variants(text: str, organization: Organization) -> Iterator[str]:
    """Other ways in which UN texts write the same name."""
    for one, other in _SPELLED_TWO_WAYS:
        if one in text:
            yield text.replace(one, other)
        if other in text:
            yield re.sub(rf"\b{other}\b", one, text)
    if _HYPHENATED.match(text):
        yield text.replace("-", " ")
    if " of the United Nations" not in text and text == organization.name and " " in text:
        bare = _UN.sub("", text)
        if bare == text and organization.kind.startswith("un-"):
            yield "United Nations " + text
        if organization.kind.startswith("un-"):
            yield "UN " + bare
    for phrase in _PRINTED_SMALL:
        if phrase in text and text.count(" ") >= 3:
            small = text.replace(phrase, phrase.lower())
            yield small
            if text.startswith(phrase):
                yield text.lower()


@lru_cache(maxsize=8)
def known_names(names: Names) -> KnownNames:
    """Return the index of ``names``, built once for each ``Names`` object."""
    return KnownNames(names)
