"""Acronyms that a document defines: "… the International Cable Protection Committee (ICPC) …"."""

import re

from rapporteur.analysis.organizations.vocabulary import CONNECTORS, HEADS, LEADERS, NOT_BEFORE

_BRACKETS = re.compile(r"\(([A-Z][^()]{1,110})\)")
_ACRONYM = re.compile(r"[A-Z][A-Za-z0-9&-]{1,15}(?:/[A-Z]{2,10})?")
_ACRONYM_BEFORE = re.compile(r"(?<![\w-])[A-Z][A-Z0-9&-]{1,11} $")
_TOKEN = re.compile(r"[\w&][\w’'&./-]*")
_NOT_FORUM = frozenset({"Summit", "Conference", "Convention", "Agenda", "Framework", "Goals"})
_REACH = 170  # characters before the bracket in which the name may stand
_LONGEST = 18  # words of a name


def defined_acronyms(text: str) -> dict[str, str]:
    """Return the acronyms that ``text`` defines for bodies, with the names they stand for.

    A definition is a capitalised name with the acronym in brackets behind it, or the acronym with
    the name in brackets. Acronyms of things that are no bodies ("information and communications
    technology (ICT)", "Sustainable Development Goals (SDGs)", "World Summit … (WSIS)") are left
    out. Where one acronym is defined twice, the first counts.
    """
    found: dict[str, str] = {}
    if "(" not in text:
        return found
    for match in _BRACKETS.finditer(text):
        inside, start = match.group(1), match.start()
        if _ACRONYM.fullmatch(inside):
            capitals = sum(1 for letter in inside if letter.isupper())
            name = _name_before(text, start, inside) if capitals >= 2 else None
            if name and not inside.endswith("s") and names_a_body(name):
                found.setdefault(inside, name)
            continue
        before = _ACRONYM_BEFORE.search(text, max(0, start - 14), start)
        if before and _spells(before.group().strip(), _tokens(inside)) and names_a_body(inside):
            found.setdefault(before.group().strip(), inside.strip())
    return found


def names_a_body(name: str) -> bool:
    """Whether a capitalised name that has an acronym is a body's, by the words it is made of."""
    parts = _tokens(name)
    if any(part in _NOT_FORUM for part in parts):
        return name.startswith("United Nations Conference on Trade")
    heads = [number for number, part in enumerate(parts) if part in HEADS]
    if heads:
        # "Computer Incident Response Team", "Information Society", "Local Area Network".
        return any(
            not number or parts[number - 1] not in NOT_BEFORE.get(parts[number], ())
            for number in heads
        )
    return bool(parts) and (
        parts[-1] == "Forum"
        or "Forum" in parts
        or (parts[-1] == "Programme" and parts[0] in {"United", "World", "UN", "Joint"})
        or (parts[0] == "Group" and parts[1:2] == ["of"])
    )


def _name_before(text: str, end: int, acronym: str) -> str | None:
    """Return the capitalised name that ends at ``end``, cut to where the acronym begins."""
    window_start = max(0, end - _REACH)
    window = text[window_start:end].rstrip()
    # A name does not run over the end of a sentence, a semicolon or a bracket.
    for stop in (". ", "; ", ": ", "(", ")", "“", "”", '"', "\n", "–", "—"):
        cut = window.rfind(stop)
        if cut >= 0:
            window = window[cut + len(stop) :]
    tokens = list(_TOKEN.finditer(window))[-_LONGEST:]
    first = len(tokens)
    while first > 0:
        word = tokens[first - 1].group()
        if not (word[0].isupper() or word[0].isdigit() or word.lower() in CONNECTORS):
            break
        first -= 1
    run = tokens[first:]
    while run and (run[0].group().lower() in CONNECTORS or run[0].group() in LEADERS):
        run = run[1:]
    if not run:
        return None
    for index in range(len(run) - 1, -1, -1):
        word = run[index].group()
        if word[0].upper() != acronym[0].upper() or not word[0].isupper():
            continue
        if _spells(acronym, [token.group() for token in run[index:]]):
            return window[run[index].start() : run[-1].end()].strip()
    return window[run[0].start() : run[-1].end()].strip()


def _tokens(name: str) -> list[str]:
    return [token.group().strip("./'’") for token in _TOKEN.finditer(name)]


def _spells(acronym: str, parts: list[str]) -> bool:
    """Whether the letters of ``acronym`` are initials of ``parts``, in order, most words used."""
    letters = [letter.lower() for letter in acronym if letter.isalpha()]
    initials = [
        piece[0].lower()
        for part in parts
        if part.lower() not in {"of", "the", "for", "and", "on", "in", "to"}
        for piece in part.split("-")
        if piece
    ]
    position = 0
    for initial in initials:
        if position < len(letters) and initial == letters[position]:
            position += 1
    return position >= len(letters) or (position >= 2 and len(initials) <= position)
