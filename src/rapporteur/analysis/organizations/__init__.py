"""Bodies named in running text.

What counts (decided once, after the Secretary-General's reports on the Summit's follow-up):

- every named body: UN organs and entities, other organizations, companies, coalitions, funds,
  working groups, office-holders ("Special Rapporteur on …", "Secretary-General") and "Government
  of X";
- "Internet Governance Forum" and "high-level political forum" are bodies: they have a mandate, a
  secretariat, an advisory group and sessions. Other forums, summits, conferences, days and weeks
  are events ("WSIS Forum"), unless the directory lists them or the text gives them as a body's
  name with an acronym ("World Economic Forum (WEF)");
- not countries, publications, treaties, programmes, projects and products;
- "United Nations" where it stands for the Organization, not where it qualifies another noun
  ("United Nations entities");
- a body's secretariat or head counts as the body ("CSTD secretariat"); an unknown unit of a known
  body goes by both names joined ("ITU Council") when its own words say too little;
- "the Assembly", "the Council", "the Commission", "the Fund" stand for the one body of that kind
  named before them in the paragraph; alone they name nobody.

The name given is the acronym where the directory or the document has one, else the name as printed.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from rapporteur.analysis.names import Names
from rapporteur.analysis.organizations.acronyms import defined_acronyms
from rapporteur.analysis.organizations.known import (
    CAPITALISED,
    WORD,
    KnownNames,
    flattened,
    known_names,
)
from rapporteur.analysis.organizations.paragraphs import Paragraph
from rapporteur.analysis.organizations.patterns import find_patterns
from rapporteur.analysis.organizations.spans import Spans
from rapporteur.analysis.organizations.vocabulary import HEADS, HOLDER_WORDS, words

__all__ = [
    "Mention",
    "defined_acronyms",
    "find_mentions",
    "find_organizations",
    "organizations_of_statements",
]

_QUOTED_TITLE = re.compile(
    r"(?:titled|theme|theme of|called|headed|report|publication|paper|series)[, ]+“[^“”]{0,400}”"
)
# The look-behind makes one start of "A/B/C/…", so that a long one without digits costs little.
_ADDRESS_OR_SYMBOL = re.compile(
    r"(?:https?://|www\.)\S+"
    r"|(?<![\w/.-])[A-Z]{1,6}(?:/[\w.()-]+)*/[\w.()-]*\d[\w.()-]*"
)
_UNITED_NATIONS = frozenset({"United Nations", "UN"})
# Words after "United Nations" where it is the Organization itself.
_AFTER_UNITED_NATIONS = words("""
    has have had is was will would should can could may must in to on at for with by through that
    which as or itself continues adopted established launched recognized recognised proclaimed
    designated but since from against during within when where who itself, plays remains does did
    also organized convened hosted created estimates estimated issued published held declared
""")
_WORD = re.compile(r"\s*([^\s,;:.()]+)")
_SHORT_WORDS = words("""
    Assembly Council Commission Committee Union Organization Organisation Fund Bank Board Forum
    Group Alliance Coalition Partnership Programme Office Agency Foundation Institute Association
    Body
""")
_SHORT_FORM = re.compile(
    r"[Tt]he (?:High-[Ll]evel )?(?:Advisory |Working )?([A-Z][a-z]+)(?![\w-])"
    r"(?! (?:of|on|for) |'s [A-Z]| [A-Z])"
)


class Mention(NamedTuple):
    """One naming of a body: where it stands in the text, and what the body is called."""

    start: int
    end: int
    label: str


def find_organizations(
    text: str,
    names: Names,
    *,
    defined: Mapping[str, str] | None = None,
    titles: Sequence[str] = (),
) -> list[str]:
    """Return the bodies named in ``text``, in order of first mention, each once.

    ``defined`` are the acronyms that the document defines (see ``defined_acronyms``); those of
    ``text`` itself count without being passed. ``titles`` are the publications named in it (the
    strings in italics), whose words name no bodies.
    """
    found = find_mentions(text, names, defined=defined, titles=titles)
    return list(dict.fromkeys(mention.label for mention in found))


def organizations_of_statements(
    text: str,
    statements: Sequence[str],
    names: Names,
    *,
    defined: Mapping[str, str] | None = None,
    titles: Sequence[str] = (),
) -> tuple[list[str], list[list[str]]]:
    """Return the bodies of a paragraph, and those of each of its statements, from one reading.

    ``statements`` are ``split_statements(text)``. Short forms ("the Commission") in a statement
    are resolved by the statements before it.
    """
    mentions = find_mentions(text, names, defined=defined, titles=titles)
    each: list[list[str]] = []
    position = number = 0
    for statement in statements:
        start = text.find(statement, position)
        end = position = (start if start >= 0 else position) + len(statement)
        labels: dict[str, None] = {}
        while number < len(mentions) and mentions[number].start < end:
            labels[mentions[number].label] = None
            number += 1
        each.append(list(labels))
    return list(dict.fromkeys(mention.label for mention in mentions)), each


def find_mentions(
    text: str,
    names: Names,
    *,
    defined: Mapping[str, str] | None = None,
    titles: Sequence[str] = (),
) -> list[Mention]:
    """Return every naming of a body in ``text``, in text order.

    Mentions do not overlap, but for a body named within the name of another ("working group on …
    of the Commission on …").
    """
    if not text:
        return []
    flat = flattened(text)
    index = known_names(names)
    acronyms: Mapping[str, str] = defined or {}
    if "(" in text:
        here = defined_acronyms(flat)
        if here:
            acronyms = {**acronyms, **here}
    shut = _shut_spans(flat, titles)
    spans, heads, holders = _known_and_heads(flat, index, acronyms, shut)
    paragraph = Paragraph(flat, spans, names.places)
    patterns = [
        item
        for item in find_patterns(paragraph, heads, holders=holders)
        if not shut.touches(item.start, item.end)
    ]
    if not spans and not patterns:
        return []

    absorbed = {item.owner for item in patterns if item.owner is not None}
    definitions = _definitions(frozenset(acronyms.items()), index) if acronyms else _NO_DEFINITIONS
    mentions = []
    for number, (start, end, label) in enumerate(spans):
        if number not in absorbed:
            mentions.append(Mention(start, end, definitions.by_label.get(label, label)))
    for item in patterns:
        printed = item.label or flat[item.start : item.end]
        named = (
            index.labels.get(printed)
            or definitions.by_name.get(printed)
            or _acronym_behind(flat, item.end, acronyms)
            or item.label
            or text[item.start : item.end]
        )
        mentions.append(Mention(item.start, item.end, " ".join(named.split())))
    mentions = _disjoint(mentions)
    for start, end, _ in spans:
        # A body named within a longer name follows it in the list of mentions.
        for offset, inner in index.inner.get(flat[start:end], ()):
            mentions.append(Mention(start + offset, end, inner))
    mentions.sort(key=lambda mention: (mention.start, -mention.end))
    return _with_short_forms(flat, mentions)


@dataclass(frozen=True, slots=True)
class _Definitions:
    """The acronyms of a document, by the name as printed and by the directory's label."""

    by_name: Mapping[str, str]
    by_label: Mapping[str, str]


_NO_DEFINITIONS = _Definitions({}, {})


@lru_cache(maxsize=64)
def _definitions(acronyms: frozenset[tuple[str, str]], index: KnownNames) -> _Definitions:
    by_name: dict[str, str] = {}
    by_label: dict[str, str] = {}
    for acronym, name in sorted(acronyms):
        flat = flattened(name)
        by_name.setdefault(flat, acronym)
        # "ITU Radiocommunication Bureau (BR)" goes on as "the Radiocommunication Bureau".
        owner, _, rest = flat.partition(" ")
        if owner in index.labels and " " in rest:
            by_name.setdefault(rest, acronym)
        label = index.labels.get(flat)
        if label and " " in label:
            # The directory has no acronym for this body; the document has.
            by_label.setdefault(label, acronym)
    return _Definitions(by_name, by_label)


def _shut_spans(flat: str, titles: Sequence[str]) -> Spans:
    """Return the spans in which nothing names a body: titles, addresses, symbols."""
    spans: list[tuple[int, int]] = []
    if "“" in flat:
        spans.extend((match.start(), match.end()) for match in _QUOTED_TITLE.finditer(flat))
    if "/" in flat or "www." in flat:
        spans.extend((match.start(), match.end()) for match in _ADDRESS_OR_SYMBOL.finditer(flat))
    for title in titles:
        wanted = flattened(title).strip()
        if len(wanted) >= 6 and " " in wanted:
            start = flat.find(wanted)
            if start >= 0:
                spans.append((start, start + len(wanted)))
    return Spans(spans) if spans else _NOTHING


_NOTHING = Spans()


def _stands_for_body(flat: str, span: tuple[int, int, str]) -> bool:
    """Leave out what only looks like a known name: "UN agencies", "WHO" in a line of capitals."""
    start, end, _ = span
    printed = flat[start:end]
    if printed in _UNITED_NATIONS:
        following = _WORD.match(flat, end)
        after = flat[end : end + 1]
        if after == "-" and flat[end + 1 : end + 2].isalpha():
            return False
        if flat.startswith(" and international ", end):
            return False
        if after == " " and following:
            word = following.group(1)
            if word not in _AFTER_UNITED_NATIONS and word != "and":
                return False
        return not flat.endswith(("Charter of the ", "Charter of "), 0, start)
    if printed == "Secretary-General":
        return _is_of_the_united_nations(flat, start, end)
    if printed.isupper() and len(printed) <= 5 and not flat[end + 1 : end + 2].islower():
        # In a line of capitals "WHO" and "IT" are words.
        around = flat[max(0, start - 12) : start] + flat[end : end + 12]
        letters = [letter for letter in around if letter.isalpha()]
        return not (len(letters) >= 10 and all(letter.isupper() for letter in letters))
    return True


def _is_of_the_united_nations(flat: str, start: int, end: int) -> bool:
    """Whether "Secretary-General" is nobody's deputy and no other body's head."""
    if flat.endswith(("Deputy ", "Assistant ", "Under-", "Under "), 0, start):
        return False
    owner = _OWNER_BEFORE.search(flat, max(0, start - 14), start)
    if owner and owner.group(1) not in _UNITED_NATIONS:
        return False
    return _OWNER_BEHIND.match(flat, end) is None


_OWNER_BEFORE = re.compile(r"(?<![\w-])([A-Z][A-Z-]{1,9}) $")
_OWNER_BEHIND = re.compile(r" of (?:the )?(?!United Nations |United Nations[,.;:)]|UN\b)[A-Z]")


def _known_and_heads(
    flat: str,
    index: KnownNames,
    acronyms: Mapping[str, str],
    shut: Spans,
) -> tuple[list[tuple[int, int, str]], list[int], bool]:
    """Return the known names, the places of the head words left over, and a sign of holders.

    The sign says that a word is there which the names of office-holders and Governments contain.
    One pass over the capitalised words; acronyms that the document defines count as known.
    """
    heads: list[int] = []
    holders = False
    by_words, interesting = index.by_words, index.interesting
    # "IAWG-AI" is looked up whole, from its first part on.
    joined = any("-" in acronym or "&" in acronym for acronym in acronyms)

    def known_at(first: re.Match[str]) -> tuple[int, int, str] | None:
        start, word = first.start(), first.group(1)
        found = None
        if word in by_words:
            found = index.at(flat, start, word, (first.group(2) or "").lower())
        end = start + len(word)
        printed = word
        if joined and flat[end : end + 1] in _ACRONYM_JOINTS:
            match = _ACRONYM.match(flat, start)
            if match and match.group() in acronyms:
                printed = match.group()
                end = match.end()
        if printed in acronyms and (found is None or found[0] < end):
            glued = start and (flat[start - 1].isalnum() or flat[start - 1] in "-/")
            if not glued and not flat[end : end + 1].isalnum():
                found = (end, index.labels.get(flattened(acronyms[printed]), printed))
        if found is None:
            return None
        span = (start, found[0], found[1])
        if shut.touches(start, span[1]) or not _stands_for_body(flat, span):
            return None
        return span

    small: list[tuple[int, int, str]] = []
    for start in index.small_starts(flat):
        if not small or start >= small[-1][1]:
            first = WORD.match(flat, start)
            held = known_at(first) if first else None
            if held:
                small.append(held)
    spans: list[tuple[int, int, str]] = []
    position = 0
    for capitalised in CAPITALISED.finditer(flat):
        start = capitalised.start()
        if start < position:
            continue
        printed = capitalised.group(1)
        if (
            printed not in interesting
            and printed not in acronyms
            and not (joined and flat[capitalised.end(1) : capitalised.end(1) + 1] in "-&")
        ):
            continue
        span = known_at(capitalised)
        if span:
            spans.append(span)
            position = span[1]
        elif printed in HEADS:
            heads.append(start)
        elif printed in HOLDER_WORDS:
            holders = True
    if small:
        found = Spans((start, end) for start, end, _ in spans)
        spans.extend(span for span in small if not found.touches(span[0], span[1]))
        spans.sort()
    return spans, heads, holders


_ACRONYM_JOINTS = frozenset("-&")
_ACRONYM = re.compile(r"[A-Z][A-Za-z0-9&]*(?:-[A-Z][A-Za-z&]+)*")


def _acronym_behind(flat: str, end: int, acronyms: Mapping[str, str]) -> str | None:
    if not flat.startswith(" (", end):
        return None
    close = flat.find(")", end, end + 20)
    inside = flat[end + 2 : close] if close > 0 else ""
    return inside if inside in acronyms else None


def _disjoint(mentions: list[Mention]) -> list[Mention]:
    """Keep the longer of two mentions that overlap."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda mention: (mention.start, -mention.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def _with_short_forms(flat: str, mentions: list[Mention]) -> list[Mention]:
    """Add "the Commission" where one commission was named before it in the paragraph."""
    if "he " not in flat:
        return mentions
    short_forms = [match for match in _SHORT_FORM.finditer(flat) if match.group(1) in _SHORT_WORDS]
    if not short_forms:
        return mentions
    held = Spans((mention.start, mention.end) for mention in mentions)
    added: list[Mention] = []
    last: dict[str, str] = {}
    number = 0
    for match in short_forms:
        while number < len(mentions) and mentions[number].end <= match.start():
            mention = mentions[number]
            for word in _SHORT_WORDS.intersection(flat[mention.start : mention.end].split()):
                last[word] = mention.label
            number += 1
        start, end = match.span(1)
        label = last.get(match.group(1))
        if label and not held.touches(start, end):
            added.append(Mention(start, end, label))
    return sorted([*mentions, *added], key=lambda mention: mention.start) if added else mentions
