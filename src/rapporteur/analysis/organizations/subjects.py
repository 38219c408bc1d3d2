"""The subject of an office or a group, printed in small letters: "on the right to privacy"."""

import re

from rapporteur.analysis.organizations.paragraphs import TOKEN, Found, Paragraph
from rapporteur.analysis.organizations.vocabulary import CONNECTORS, FINITE_VERBS

_SUBJECT_WORDS = 24
_YEARS = re.compile(r"\s(?:19|20)\d\d-(?:19|20)?\d\d\b")
# "truth, justice, reparation and guarantees of non-recurrence": a list within the subject.
_LIST = re.compile(r"(?:, [a-z][\w'-]*(?: [a-z][\w'-]*){0,2}){1,5},? (?:and|or) [a-z]")
# "the working group on nets of the Commission": the owner is no part of the subject.
_OWNER = re.compile(r" the [A-Z]")
# "on the right to food and the Independent Expert on": the next office or body.
_NEXT_BODY = re.compile(r" the [A-Z]")
_NEXT_OFFICE = re.compile(
    r" (?:the )?(?:Special (?:Rapporteur|Representative|Envoy|Adviser|Advocate)|Independent Expert"
    r"|Personal Envoy|Under-Secretary-General|Assistant Secretary-General|High Commissioner"
    r"|High Representative|Working Group|Chairs?\b|President\b|Executive Director)"
)
_TO_NOUN = frozenset({"right", "rights", "access", "threats", "relating", "related", "respect"})


def with_subject(paragraph: Paragraph, start: int, subject: int) -> Found | None:
    """Extend an office or a group over its subject, up to the verb or the next known body.

    A subject in capitals ("Children and Armed Conflict") ends with its last capitalised word.
    ``None`` when no subject follows.
    """
    flat = paragraph.flat
    end = last = subject
    previous = "on"
    titled: bool | None = None
    listed = subject
    for count, match in enumerate(TOKEN.finditer(flat, subject)):
        word = match.group()
        gap = flat[end : match.start()] if count else ""
        if gap == ", " and not titled:
            inside = match.start() < listed
            following = None if inside else _LIST.match(flat, end)
            if following and not FINITE_VERBS.intersection(following.group().split()):
                listed = following.end()
            elif not inside:
                break
        elif gap not in {"", " ", "-", "/"}:
            break
        lowered = word.lower()
        small = lowered in CONNECTORS or lowered == "or"
        if titled is None and not small:
            titled = word[0].isupper()
        if (
            count >= _SUBJECT_WORDS
            or paragraph.at(match.start()) is not None
            or (lowered in FINITE_VERBS)
            or (titled and not small and not word[0].isupper())
            or (lowered.endswith("ed") and previous not in CONNECTORS and not word[0].isupper())
            or (lowered == "on" and count >= 3 and not titled)
        ):
            break
        if lowered == "and" and (_NEXT_OFFICE if titled else _NEXT_BODY).match(flat, match.end()):
            break
        if lowered == "of" and not titled and _OWNER.match(flat, match.end()):
            break
        noun_behind = flat.startswith((" the ", " a "), match.end())
        if lowered == "to" and previous not in _TO_NOUN and not noun_behind:
            break
        end = match.end()
        if not small:
            last = end
        previous = lowered
    if last == subject:
        return None
    years = _YEARS.match(flat, last)
    return Found(start, years.end() if years else last)
