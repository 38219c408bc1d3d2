"""Bodies that no list knows, recognised by how UN texts name bodies.

A body is a capitalised phrase around a head word ("Commission", "Alliance", "Task Force"), with
what goes before it ("World Benchmarking Alliance") and what follows of/for/on ("Coalition for
Digital Environment Sustainability"). Office-holders ("Special Rapporteur on the right to privacy")
and working groups ("open-ended working group on …") go on in small letters up to the verb.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from rapporteur.analysis.organizations.vocabulary import (
    CONNECTORS,
    FINITE_VERBS,
    GENERIC,
    HEADS,
    LEADERS,
    NOT_BEFORE,
    NOT_BODIES,
    STRONG_HEADS,
    words,
)

_TOKEN = re.compile(r"[^\W_](?:[\w'&-]*\w)?|&")
_HOLDER = re.compile(
    r"(?:Office of the )?(?:(?:United Nations|UN) |Secretary-General's )?(?:"
    r"Special Rapporteur(?: of the (?:Human Rights Council|Commission on Human Rights))? (?:on|in)"
    r"|Independent Expert on"
    r"|Special (?:Representative|Envoy|Adviser|Advisor|Advocate|Coordinator)"
    r"(?: of the Secretary-General| to the Secretary-General)? (?:on|for)"
    r"|(?:Personal )?Envoy(?: of the Secretary-General)? (?:on|for)"
    r"|High (?:Commissioner|Representative)(?: of the Union)? (?:for|on)"
    r"|(?:Under|Assistant) ?-?Secretary-General (?:for|of)"
    r")(?: the)? "
)
_HOLDER_CUES = (
    "Rapporteur",
    "Independent Expert",
    "Envoy",
    "Special Advis",
    "Special Coord",
    "Special Advoc",
    "Representative",
    "Commissioner",
    "tary-General for",
)
_SMALL_GROUP = re.compile(
    r"(?:\b(?:open-ended|ad hoc|inter-agency|intergovernmental|informal|dedicated|joint|expert)\s)*"
    r"\b(?:working group|task force|group of governmental experts|steering committee"
    r"|advisory group|special rapporteur|expert group)\s(?:on|for)\s(?:the )?"
)
_SMALL_GROUP_CUES = (
    "ing group on",
    "ing group for",
    "task force",
    "experts on",
    "committee ",
    "ry group",
    "rapporteur",
    "rt group",
)
_SMALL_ALLIANCE_CUES = (" coalition", " alliance", " consortium")
_GOVERNMENT = re.compile(r"\bGovernments? of (?:the )?(?=[A-Z])")
_COUNTRY = re.compile(
    r"(?:(?:Republic|Kingdom|State|States|Union|Federation|Emirates|Arab|Islamic|Democratic"
    r"|People's|Plurinational|Bolivarian|Federated|Federal|Grand|Principality|Commonwealth|Duchy"
    r"|[A-ZÀ-Ý][\w'-]*) )*?(?:(?:Republic|Kingdom|States?|Union|Federation|Duchy|Principality) of "
    r"(?:the )?)?[A-ZÀ-Ý][\w'-]*(?: [A-ZÀ-Ý][\w'-]*){0,4}"
)
_SMALL_ALLIANCE = re.compile(
    r"(?:(?:[A-Z][\w'-]*|\d{1,2}) ){1,6}(?:digital |global |international )?"
    r"(?:coalition|alliance|consortium)(?![\w-])"
)
_POSSESSIVES = words("""
    Children's Women's Men's People's Workers' Employers' Girls' Secretary-General's Experts'
    Ministers' Consumers' Persons'
""")
_COMPLEMENT = frozenset({"of", "for", "on", "against", "to", "in"})
_LISTING = frozenset({"Committee", "Commission", "Department", "Ministry", "Office", "Council"})
_SUBJECT_WORDS = 22
_NAME_WORDS = 16
_YEARS = re.compile(r"\s(?:19|20)\d\d-(?:19|20)?\d\d\b")


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a paragraph with its place."""

    start: int
    end: int
    word: str

    @property
    def capital(self) -> bool:
        first = self.word[0]
        return first.isupper() or (first.isdigit() and not self.word.isdigit())


@dataclass(frozen=True, slots=True)
class Found:
    """A body found by pattern: its place, and the known owner it takes into its name, if any."""

    start: int
    end: int
    owner: int | None = None


class Paragraph:
    """One flattened paragraph, with the spans that known names already hold."""

    def __init__(
        self, flat: str, spans: list[tuple[int, int, str]], places: frozenset[str]
    ) -> None:
        self.flat = flat
        self.places = places
        self.spans = spans
        self._starts = [start for start, _, _ in spans]
        self._tokens: list[Token] | None = None

    @property
    def tokens(self) -> list[Token]:
        if self._tokens is None:
            self._tokens = [
                Token(match.start(), match.end(), match.group())
                for match in _TOKEN.finditer(self.flat)
            ]
        return self._tokens

    def gap(self, index: int) -> str:
        """What stands between token ``index`` and the one before it."""
        return self.flat[self.tokens[index - 1].end : self.tokens[index].start]

    def at(self, position: int) -> int | None:
        """The number of the known span that holds ``position``, ``None`` when it is free."""
        number = bisect_right(self._starts, position) - 1
        return number if number >= 0 and position < self.spans[number][1] else None

    def known(self, token: Token) -> int | None:
        """The number of the known span that holds ``token``, ``None`` when it is free."""
        return self.at(token.start)


def find_patterns(paragraph: Paragraph, heads: list[int]) -> list[Found]:
    """Return the bodies that patterns find, none overlapping another, in text order.

    ``heads`` are the places of capitalised head words that no known name holds.
    """
    found: list[Found] = []

    def keep(item: Found) -> None:
        if all(item.end <= other.start or item.start >= other.end for other in found):
            found.append(item)

    flat = paragraph.flat
    if any(cue in flat for cue in _HOLDER_CUES):
        for match in _HOLDER.finditer(flat):
            if paragraph.at(match.start()) is None:
                keep(_with_subject(paragraph, match.start(), match.end()))
    if "overnment" in flat:
        for item in _governments(paragraph):
            keep(item)
    if any(cue in flat for cue in _SMALL_GROUP_CUES):
        for match in _SMALL_GROUP.finditer(flat):
            if paragraph.at(match.start()) is None:
                keep(_with_subject(paragraph, match.start(), match.end()))
    if any(cue in flat for cue in _SMALL_ALLIANCE_CUES):
        for match in _SMALL_ALLIANCE.finditer(flat):
            alliance = _small_alliance(paragraph, match)
            if alliance:
                keep(alliance)
    if heads:
        places = set(heads)
        for index, token in enumerate(paragraph.tokens):
            if token.start in places:
                named = _around_head(paragraph, index)
                if named:
                    keep(named)
    found.sort(key=lambda item: item.start)
    return found


def _around_head(paragraph: Paragraph, index: int) -> Found | None:
    """Return the name around the head word at ``index``; ``None`` when it names nobody."""
    tokens, flat = paragraph.tokens, paragraph.flat
    head = tokens[index].word.removesuffix("'s")
    if head not in HEADS:
        return None
    left, owner = _left_of(paragraph, index)
    possessive = tokens[index].word.endswith("'s")
    right = index + 1
    if not possessive and right < len(tokens) and paragraph.gap(right) == " ":
        following = tokens[right]
        if head == "Group" and following.word.isdigit():
            right += 1
        elif following.capital and paragraph.known(following) is None:
            run = right
            while (
                run < len(tokens)
                and run - right < 6
                and tokens[run].capital
                and (run == right or paragraph.gap(run) == " ")
            ):
                if tokens[run].word in HEADS:
                    return None  # the later head's name takes this one in
                run += 1
            if head not in STRONG_HEADS or left == index:
                return None
        else:
            right = _right_of(paragraph, index + 1, head)
    before = tokens[index - 1].word if index > left else ""
    complement = right > index + 1
    own = [token.word for token in tokens[left:index]]
    if not complement:
        if before in NOT_BEFORE.get(head, ()):
            return None
        generic = all(word in GENERIC or word in HEADS or word == "and" for word in own)
    else:
        rest = [t.word for t in tokens[index + 1 : right] if t.word not in CONNECTORS]
        generic = all(word in HEADS or word in GENERIC or word == "Experts" for word in rest) and (
            all(word in GENERIC for word in own)
        )
        if head == "Group" and rest and rest[0].isdigit():
            generic = False
        if before in NOT_BEFORE.get(head, ()) and before not in GENERIC:
            return None
    start, end = tokens[left].start, tokens[right - 1].end
    if possessive and right == index + 1:
        end -= 2
    if owner is not None and (generic or left == index):
        if head == "Secretariat" or (head in {"Community", "Team", "Mission"} and not complement):
            return None
        return Found(paragraph.spans[owner][0], end, owner)
    if generic or (left == index and not complement) or flat[start:end] in paragraph.places:
        return None
    return Found(start, end)


def _left_of(paragraph: Paragraph, index: int) -> tuple[int, int | None]:
    """Return the first token of the name before a head, and the known owner right before it."""
    tokens = paragraph.tokens
    left = index
    owner: int | None = None
    series = False
    while left > 0 and index - left < _NAME_WORDS:
        previous = tokens[left - 1]
        gap = paragraph.gap(left)
        if gap == ", " and series and previous.capital and paragraph.known(previous) is None:
            # "Social, Humanitarian and Cultural Committee": single words only.
            if left >= 2 and paragraph.gap(left - 1) in {", ", " "} and previous.word not in HEADS:
                left -= 1
                continue
            break
        if gap not in {" ", "-", "/"}:
            break
        known = paragraph.known(previous)
        if known is not None:
            owner = known if gap == " " else None
            break
        word = previous.word
        if previous.capital:
            if word.endswith(("'s", "s'")) and word not in _POSSESSIVES:
                break
            if word in paragraph.places and left == index:
                pass
            left -= 1
            continue
        if word in {"and", "&"} and left >= 2 and paragraph.gap(left - 1) in {" ", ", "}:
            earlier = tokens[left - 2]
            if (
                earlier.capital
                and left < index + 1
                and paragraph.gap(left - 1) == " "
                and paragraph.known(earlier) is None
                and earlier.word not in HEADS
                and earlier.word not in LEADERS
                and earlier.word not in paragraph.places
                and not earlier.word.isupper()
                and left != index
            ):
                left -= 2
                series = True
                continue
        break
    while left < index and (
        tokens[left].word in LEADERS or tokens[left].word.lower() in CONNECTORS
    ):
        left += 1
    return left, owner if left == index or tokens[left].word not in LEADERS else None


def _right_of(paragraph: Paragraph, position: int, head: str) -> int:
    """Return the token after the last one of the name that goes on from a head word."""
    tokens = paragraph.tokens
    end = position
    complement = False
    while end < len(tokens) and end - position < _NAME_WORDS:
        gap = paragraph.gap(end)
        token = tokens[end]
        word = token.word
        if gap == ", " and complement and head in _LISTING:
            stop = _series_end(paragraph, end)
            if stop is None:
                break
            end = stop
            continue
        if gap not in {" ", "-", "/"}:
            break
        if token.capital:
            if paragraph.known(token) is not None or (gap == " " and not complement):
                break
            end += 1
            continue
        following = end + 1
        if word in _COMPLEMENT and following < len(tokens) and paragraph.gap(following) == " ":
            if tokens[following].word in {"the", "all", "a"} and following + 1 < len(tokens):
                following += 1
            target = tokens[following]
            if not target.capital or not _may_follow(paragraph, target, word, head, complement):
                break
            end = following
            complement = True
            end = _run_end(paragraph, end)
            continue
        if word in {"and", "&"} and complement and following < len(tokens):
            with_article = tokens[following].word == "the"
            if with_article:
                following += 1
            if following >= len(tokens) or paragraph.gap(following) != " ":
                break
            target = tokens[following]
            if not target.capital or paragraph.known(target) is not None:
                break
            stop = _run_end(paragraph, following)
            run = [item.word for item in tokens[following:stop]]
            if (
                run[-1] in HEADS
                or run[0] in LEADERS
                or " ".join(run) in paragraph.places
                or (run[0].isupper() and len(run[0]) > 2 and not with_article)
                or (with_article and any(item in NOT_BODIES for item in run))
            ):
                break
            end = stop
            continue
        break
    return end


def _may_follow(
    paragraph: Paragraph, target: Token, connector: str, head: str, complement: bool
) -> bool:
    known = paragraph.known(target)
    if known is not None:
        return False
    if connector == "in":
        return complement and target.word not in paragraph.places
    if connector == "to":
        return complement
    if target.word in LEADERS and target.word not in {"All", "Women"}:
        return False
    return not (head in {"Union", "Body", "Fund"} and connector == "of" and not complement)


def _run_end(paragraph: Paragraph, position: int) -> int:
    tokens = paragraph.tokens
    end = position + 1
    while (
        end < len(tokens)
        and end - position < 8
        and paragraph.gap(end) in {" ", "-", "/"}
        and tokens[end].capital
        and paragraph.known(tokens[end]) is None
    ):
        end += 1
    return end


def _series_end(paragraph: Paragraph, position: int) -> int | None:
    """Return where "…, Telecommunications and Information Technology" ends, if it is one list."""
    tokens = paragraph.tokens
    end = position
    for _ in range(6):
        if (
            end >= len(tokens)
            or not tokens[end].capital
            or paragraph.known(tokens[end]) is not None
        ):
            return None
        stop = _run_end(paragraph, end)
        run = [item.word for item in tokens[end:stop]]
        if stop - end > 3 or any(item in HEADS or item in LEADERS for item in run):
            return None
        if " ".join(run) in paragraph.places:
            return None
        if stop + 1 < len(tokens) and paragraph.gap(stop) in {" ", ", "}:
            if tokens[stop].word in {"and", "&"} and tokens[stop + 1].capital:
                last = _run_end(paragraph, stop + 1)
                words = [item.word for item in tokens[stop + 1 : last]]
                known = paragraph.known(tokens[stop + 1])
                if known is None and words[-1] not in HEADS and words[0] not in LEADERS:
                    return last
                return None
            if paragraph.gap(stop) == ", ":
                end = stop
                continue
        return None
    return None


def _with_subject(paragraph: Paragraph, start: int, subject: int) -> Found:
    """Extend an office or a group over its subject, up to the verb or the next known body."""
    flat = paragraph.flat
    end = last = subject
    previous = "on"
    for count, match in enumerate(_TOKEN.finditer(flat, subject)):
        word = match.group()
        gap = flat[end : match.start()] if count else ""
        if count >= _SUBJECT_WORDS or gap not in {"", " ", "-", "/"}:
            break
        lowered = word.lower()
        ends_in_ed = lowered.endswith("ed") and previous not in CONNECTORS and not word[0].isupper()
        if lowered in FINITE_VERBS or ends_in_ed:
            break
        if lowered == "to" and previous not in {"right", "rights", "access", "threats", "relating"}:
            break
        if paragraph.at(match.start()) is not None:
            break
        end = match.end()
        if lowered not in CONNECTORS:
            last = end
        previous = lowered
    if last == subject:
        last = len(flat[:subject].rstrip())
    years = _YEARS.match(flat, last)
    return Found(start, years.end() if years else last)


def _governments(paragraph: Paragraph) -> Iterator[Found]:
    for match in _GOVERNMENT.finditer(paragraph.flat):
        place = _place_at(paragraph, match.end())
        if place:
            yield Found(match.start(), place)


def _place_at(paragraph: Paragraph, position: int) -> int | None:
    """Return where the country that begins at ``position`` ends."""
    flat = paragraph.flat
    longest = None
    for length in range(min(len(flat) - position, 60), 2, -1):
        if flat[position : position + length] in paragraph.places:
            after = flat[position + length : position + length + 1]
            if not after.isalnum():
                longest = position + length
                break
    if longest:
        return longest
    match = _COUNTRY.match(flat, position)
    return match.end() if match else None


def _small_alliance(paragraph: Paragraph, match: re.Match[str]) -> Found | None:
    start = match.start()
    while True:
        space = paragraph.flat.index(" ", start)
        word = paragraph.flat[start:space]
        taken = paragraph.at(start) is not None
        if not taken and word not in LEADERS:
            break
        start = space + 1
        if start >= match.end() or not (
            paragraph.flat[start].isupper() or paragraph.flat[start].isdigit()
        ):
            return None
    return Found(start, match.end())
